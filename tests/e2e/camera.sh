#!/bin/bash
# camera.sh - a card before the camera, which here plays pictures from files:
# too dark, then the card, which is the next person; two codes at once; a
# camera that is not there; by the verb and on the screen.
. tests/e2e/lib.sh

eye=$dir/eye

# A picture of one grey level.
plain() {
	{
		printf 'P5 320 240 255\n'
		head -c 76800 /dev/zero | tr '\0' "$1"
	} >"$eye/next"
	mv "$eye/next" "$eye/now.pgm"
}

# What lies before the camera from now on; the format is told by its bytes.
show() {
	cp "$1" "$eye/next"
	mv "$eye/next" "$eye/now.pgm"
}

mkdir -p "$dir/store" "$eye"
printf '[camera]\nuse = frames:%s\n' "$eye" >"$dir/store/chitra.ini"
plain '\010'
start 80 25 --demo --data "$dir/store" --cards "$dir/cards"
expect 'Số của bạn'
keys 1 Enter 2 4 6 8 0 2 Enter
expect '500.000'
keys 2 0 0 Enter 2 0 Enter Enter Enter Enter Enter Enter Enter Enter
rest
keys 1
expect 'MỜI NGƯỜI KẾ TIẾP'
keys '*' '*' 3
expect 'Tối quá'
card=$(ls "$dir"/cards/*.png | head -n 1)
show "$card"
expect '[ĐÚNG NGƯỜI]'

# Nothing is read any more before the camera is wanted again.
keys 0
expect 'MỜI NGƯỜI KẾ TIẾP'
sleep 1
expect 'MỜI NGƯỜI KẾ TIẾP'

# By the verb, which a script can read.
said=$("$chitra" decode --camera "frames:$eye" --json)
same "$(field "$said" 0.symbology)" QR-Code 'symbology'
case $(field "$said" 0.text) in
*"|"*"|"*) ;;
*) fail "no card: $said" ;;
esac
plain '\200'
"$chitra" decode --camera "frames:$eye" --seconds 1 --json >"$dir/out" &&
	fail 'a code in nothing'
same "$(cat "$dir/out")" '[]' 'nothing to read'

# Pulled out: a sentence, and ENTER tries again.
rm -rf "$eye"
keys '*' '*' 3
expect 'Chưa cắm camera'
mkdir -p "$eye"
plain '\010'
rest
keys Enter
expect 'Tối quá'
keys 0
expect 'MỜI NGƯỜI KẾ TIẾP'
code=0
"$chitra" decode --camera /dev/null --json >"$dir/out" 2>/dev/null || code=$?
same "$code" 3 'exit status of what is no camera'
stop
echo 'camera: ok'
