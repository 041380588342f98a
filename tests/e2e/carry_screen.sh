#!/bin/bash
# carry_screen.sh - two terminals of an office side by side, no network: each
# code of the paid marks is read off one screen and scanned at the other, whose
# book then refuses that money (T60b). LOOK=DIR keeps every screen there.
. tests/e2e/lib.sh

verify=${chitra}-verify
hung=246802
lan=135790
base=$socket
declare -A sockets far_ends

leave() {
	local name
	for name in "${!far_ends[@]}"; do
		kill "${far_ends[$name]}" 2>/dev/null || true
		tmux -L "${sockets[$name]:-none}" kill-server 2>/dev/null || true
	done
	rm -rf "$dir"
}
trap leave EXIT

run() {
	"$chitra" "$@" >"$dir/out" 2>&1 || fail "chitra $*: $(cat "$dir/out")"
}
id_of() { sed -n "${1}p" assets/demo/people.csv | cut -d, -f6; }
digits() { printf '%s' "$1" | sed 's/./& /g'; }

# make_store STORE: with Hùng, Lan, the list, and a scanner on a line.
make_store() {
	export CHITRA_PIN=$hung
	run init --point "${1##*/}" --name 'Bưu cục Thử' --pin-kib 1024 --data "$1"
	run user add --number 9 --name Hùng --role supervisor --data "$1"
	CHITRA_NEW_PIN=$lan run user add --number 7 --name Lan --role agent \
		--as 9 --data "$1"
	run import list assets/demo/people.csv --count 200 --as 9 --data "$1"
	CHITRA_PIN=$lan run shift open --as 7 --float 500000x100,100000x50 \
		--data "$1"
	mkfifo "$1.scan"
	perl tests/e2e/pty.pl "$1.scan" "$1.node" &
	far_ends[${1##*/}]=$!
	for _ in $(seq 200); do
		[ -s "$1.node" ] && break
		sleep 0.05
	done
	ln -sf "$(cat "$1.node")" "$1.port"
	printf '[scanner]\nuse = %s\n' "$1.port" >"$1/chitra.ini"
}

at() {
	name=$1
	socket=${sockets[$1]}
}
boot() {
	socket=$base-$1-$2
	start "$2" "$3" --data "$dir/$1" --printer none
	sockets[$1]=$socket
	at "$1"
}

# code PREFIX [OTHER]: what stands on the screen as a code, once it is there
# whole and is not OTHER.
code() {
	local text
	for _ in $(seq 100); do
		screen | perl tests/e2e/qr_of_screen.pl >"$dir/screen.pgm"
		text=$(field "$("$chitra" decode "$dir/screen.pgm" --json 2>/dev/null)" \
			0.text 2>/dev/null || true)
		case $text in
		"${2:-nothing}") ;;
		"$1"*)
			printf '%s' "$text"
			return 0
			;;
		esac
		sleep 0.05
	done
	fail "no $1 can be read off the screen"
}

scan() {
	echo "1 $(printf '%s\r' "$1" | od -An -v -tx1 | tr -d ' \n')" \
		>"$dir/$name.scan"
}

shown=0
look() {
	shown=$((shown + 1))
	[ -z "${LOOK:-}" ] ||
		screen >"$LOOK/$(printf %02d $shown)-$name-$1"
}

sign_in() {
	expect 'Số của bạn'
	keys "$1" Enter
	keys $(digits "$2") Enter
}

# Every code on the screen that shows them, into the array codes.
read_codes() {
	local all text='' i
	codes=()
	all=$(screen | sed -n 's/.*Mã 1\/\([0-9]*\)\..*/\1/p' | head -1)
	[ -n "$all" ] || fail 'how many codes?'
	for i in $(seq "$all"); do
		expect "Mã $i/$all."
		text=$(code CM1: "$text")
		codes+=("$text")
		keys .
	done
}

# As a person does, one after the other; the last one is not waited for here.
scan_all() {
	local i
	for i in "${!codes[@]}"; do
		scan "${codes[i]}"
		[ $((i + 1)) = ${#codes[@]} ] ||
			expect "Đã quét: $((i + 1))/${#codes[@]}"
	done
}

for s in here there; do make_store "$dir/$s"; done
for row in 3 4 5; do
	CHITRA_PIN=$lan run pay --as 7 --id12 "$(id_of $row)" --data "$dir/there"
done

boot there 80 25
sign_in 7 $lan
expect 'MỜI NGƯỜI KẾ TIẾP'
keys '*' '*'
expect 'Dấu đã chi'
look menu
keys 9
expect 'Mã 1/'
look show
read_codes
keys 5
card=$(code CD1:)
look card
keys 0

# Unknown at first; the supervisor's scan of its card changes that.
boot here 40 24
sign_in 7 $lan
expect 'MỜI NGƯỜI KẾ TIẾP'
scan_all
expect 'chưa biết máy'
look unknown
keys '*' 7
sign_in 9 $hung
expect 'Hùng'
scan "$card"
expect 'THẺ CỦA MÁY KHÁC'
look peer
keys Enter
expect 'THẺ CỦA MÁY KHÁC'
keys 1
expect 'Đã ghi'
keys '*' 7
sign_in 7 $lan
expect 'MỜI NGƯỜI KẾ TIẾP'
scan "${codes[1]}"
expect 'Còn phải quét mã số: 1'
look collect
keys 0
scan_all
expect 'ĐÃ NẠP DẤU'
look taken
keys 0
expect 'MỜI NGƯỜI KẾ TIẾP'

# Who was paid there: the agent alone cannot, the supervisor can.
id=$(id_of 3)
keys $(digits "${id: -6}") Enter
expect '[MÁY KHÁC CHI]'
look person
rest
keys Enter
expect 'máy khác'
look refused

at here
stop
at there
expect 'left with 0'
for s in here there; do
	"$verify" "$dir/$s" >"$dir/verdict" 2>&1 || fail "$(cat "$dir/verdict")"
done
echo "carry_screen: ${#codes[@]} codes from one screen to another, and none is paid twice"
