#!/bin/bash
# replay.sh - a recorded morning of 200 people is played into the demo, and is
# recorded again: the program does what it did. Then what a recording must
# not do: pay in a real store, overwrite a file, hold a PIN, a name or a
# number, be played when it is damaged.
#
# GENERATE=1: tests/data/morning_200.txt is made anew.
. tests/e2e/lib.sh

morning=tests/data/morning_200.txt
verify=$(dirname "$chitra")/chitra-verify

# play FILE DATA ARGS...: as fast as it goes, until it is over.
play() {
	local file=$1 data=$2
	shift 2
	start 80 25 --data "$dir/$data" --replay "$file" --speed max "$@"
	for _ in 1 2 3 4; do comes shows 'left with' && return 0; done
	fail "never played to its end: $file"
}

notes() { sed -n '/^#/p' "$1"; }
lines() { grep -v '^#' "$1"; }

generate() {
	tests/data/morning.pl >"$dir/keys.txt"
	play "$dir/keys.txt" made --demo --record "$dir/made.txt"
	expect 'left with 1'
	{
		head -n 1 "$dir/made.txt"
		notes "$dir/keys.txt"
		tail -n +2 "$dir/made.txt"
	} >"$morning"
}

[ -z "${GENERATE:-}" ] || generate

# ---- the morning ----

play "$morning" demo --demo --record "$dir/again.txt"
expect 'left with 0'
lines "$morning" >"$dir/before.txt"
cmp "$dir/before.txt" "$dir/again.txt" ||
	fail "$(diff "$dir/before.txt" "$dir/again.txt" | head -n 20)"
same "$(stat -c %a "$dir/again.txt")" 600 'mode of a recording'

# Of 200 people 11 have an account, 13 are not paid, all others are.
book=$("$verify" "$dir/demo") || fail "$book"
grep -qx 'ACCEPTED' <<<"$book" || fail "$book"
grep -q '^payouts  *176$' <<<"$book" || fail "$book"
grep -q '^paid  *236\.194\.000 in 176$' <<<"$book" || fail "$book"
same "$(grep -c '^0 = not-paid-saved$' "$dir/again.txt")" 13 'not paid'
same "$(grep -c '^0 = person [0-9]* none$' "$dir/again.txt")" 11 'by account'
slip=$(CHITRA_PIN=135791 "$chitra" shift slip --as 9 --json \
	--data "$dir/demo")
same "$(field "$slip" difference)" 0 'the drawer'

# A key in the normal case, from person to handed over, is one of two.
same "$(perl -ne '
	$keys = 0, $in = 1 if / = person \d+ cash/;
	$keys++ if $in && / key /;
	if (/ = handed/) { $n{$keys}++ if $in; $in = 0; }
	END { my ($most) = sort { $n{$b} <=> $n{$a} } keys %n; print $most; }' \
	"$dir/again.txt")" 2 'keys of the normal case'

# ---- a person at the keyboard, and then the same without one ----

start 80 25 --demo --data "$dir/live" --cards "$dir/cards" \
	--record "$dir/live.txt"
expect 'Số của bạn'
keys 1 Enter 2 4 6 8 0 2 Enter
expect '500.000'
keys 2 0 .
rest
keys 1
expect 'MỜI NGƯỜI KẾ TIẾP'
keys Enter
expect '[ĐÚNG NGƯỜI'
rest
keys Enter
expect '[CHƯA ĐƯA TIỀN]'
keys 1
expect '[ĐÃ ĐƯA TIỀN]'
expect '1/1'
comes eval '[ -n "$(find "$dir/live/receipts" -name "000*.png")" ]' ||
	fail 'no receipt came'
keys .
expect 'MỜI NGƯỜI KẾ TIẾP'
keys T y Enter
expect 'Ty'
stop
same "$(grep -c ' type pin 9$' "$dir/live.txt")" 6 'digits of the PIN'
same "$(grep -c ' type person a$' "$dir/live.txt")" 2 'letters of a name'
grep -q '^[0-9]* scan picture 000000000001|' "$dir/live.txt" ||
	fail "$(cat "$dir/live.txt")"
grep -q '^[0-9]* = handed$' "$dir/live.txt" || fail "$(cat "$dir/live.txt")"
same "$(stat -c %a "$dir/live.txt")" 600 'mode of a recording'
play "$dir/live.txt" relive --demo --record "$dir/relive.txt"
grep -v ' = found' "$dir/live.txt" | sed 's/^[0-9]* //' >"$dir/before.live"
grep -v ' = found' "$dir/relive.txt" | sed 's/^[0-9]* //' >"$dir/after.live"
cmp "$dir/before.live" "$dir/after.live" ||
	fail "$(diff "$dir/before.live" "$dir/after.live")"

# ---- nobody can be known ----

for secret in 246802 135791; do
	same "$(grep -c "$secret" "$morning")" 0 "PIN $secret"
done
cut -d, -f6 assets/demo/people.csv | grep -E '^[0-9]{12}$' >"$dir/numbers"
same "$(grep -cFf "$dir/numbers" "$morning")" 0 'numbers of cards'
same "$(lines "$morning" | LC_ALL=C grep -c '[^ -~]')" 0 'letters of names'

# ---- what it must not do ----

"$chitra" init --data "$dir/real" --point P --name 'Thật' >/dev/null
CHITRA_PIN=246802 "$chitra" user add --data "$dir/real" --number 1 \
	--name Lan --role agent >/dev/null
play "$morning" real
expect 'chi tiền thật'
expect 'left with 1'

play "$morning" demo --demo --record "$dir/again.txt"
expect 'không ghi đè'
cmp "$dir/before.txt" "$dir/again.txt" || fail 'a recording was overwritten'

sed '700s/.*/12 kay 1/' "$morning" >"$dir/damaged.txt"
play "$dir/damaged.txt" demo --demo
expect 'Dòng 700'
expect 'bị hỏng'
expect 'left with 1'

sed '1s/ 1 / 2 /' "$morning" >"$dir/newer.txt"
play "$dir/newer.txt" demo --demo
expect 'Dòng 1'
expect 'phiên bản khác'

# In a book where all are paid already it comes out otherwise, and is said.
play "$morning" demo --demo
expect 'kết quả khác'
expect 'Chỗ khác đầu tiên ở dòng'
expect 'left with 1'
echo 'replay: ok'
