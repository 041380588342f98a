#!/bin/bash
# handover_screen.sh - two terminals of an office side by side, no network: a
# person goes from one to the other; each code is read off one screen and
# scanned at the other, which pays. The first one refuses him (T60b).
. tests/e2e/lib_two.sh

# Every code on the screen that shows them, into the array codes.
read_codes() {
	local all text='' i
	codes=()
	all=$(screen | sed -n 's/.*Mã 1\/\([0-9]*\)\..*/\1/p' | head -1)
	[ -n "$all" ] || fail 'how many codes?'
	for i in $(seq "$all"); do
		expect "Mã $i/$all."
		text=$(code CH1: "$text")
		codes+=("$text")
		keys .
	done
}
# The last one first, which alone does not say how many there are; the first one
# of them is not waited for here.
scan_all() {
	local i all=${#codes[@]}
	scan "${codes[all - 1]}"
	expect 'các mã còn lại'
	for ((i = 1; i < all - 1; i++)); do
		scan "${codes[i]}"
		expect "Đã quét: $((i + 1))/$all"
	done
	scan "${codes[0]}"
}

# Each knows the other one's card; both have the same list.
for s in here there; do
	make_terminal "$dir/$s" "$s"
	let_lan_pay "$dir/$s"
done
card_of() {
	field "$("$chitra" carry card --as 9 --data "$dir/$1" --json 2>/dev/null)" "$2"
}
CHITRA_PIN=$hung run carry know --as 9 --text "$(card_of there card)" \
	--data "$dir/here"
CHITRA_PIN=$hung run carry know --as 9 --text "$(card_of here card)" \
	--data "$dir/there"
dev_there=$(card_of there device)
id=$(id_of 3)

# There: which terminal is this? Its number is what is chosen here.
boot there 40 24 none
sign_in 7 $lan
expect 'MỜI NGƯỜI KẾ TIẾP'
keys '*' '*' .
expect 'Nhận người'
look menu
keys 9
expect "Máy này: ${dev_there:0:6}"
look expect

# Here: he is found, and goes.
mkdir "$dir/papers"
boot here 40 24 "file:$dir/papers"
sign_in 7 $lan
expect 'MỜI NGƯỜI KẾ TIẾP'
keys $(digits "${id: -6}") Enter
expect 'CHƯA LĨNH'
keys '*'
expect 'Chuyển máy khác'
look check_menu
keys 4
expect "[1] máy ${dev_there:0:6}"
look pick
rest
keys 1
expect 'Chuyển sang máy'
look sure
# ENTER, as a scanner sends it, moves nobody.
keys Enter
expect 'Chuyển sang máy'
rest
keys 1
expect 'Mã 1/'
look show
read_codes
keys 3
expect 'Đã in phiếu'
same "$(ls "$dir/papers")" job-0001.bin 'slips'
keys 0
expect 'ĐÃ CHUYỂN SANG MÁY KHÁC'
expect 'tiền chi ở máy đó'
look gone

# There he is taken, and paid.
at there
scan_all
expect 'ĐÃ NHẬN'
look taken
rest
keys 1
expect 'CHƯA LĨNH'
rest
keys Enter
expect 'ĐƯA TIỀN'
look pay
rest
keys Enter
expect 'ĐÃ ĐƯA TIỀN'
rest
keys Enter
expect 'MỜI NGƯỜI KẾ TIẾP'

# A code is good once.
scan_all
expect 'Mã này đã nhận rồi'
look used

at there
stop
at here
expect 'left with 0'
for s in here there; do
	"$verify" "$dir/$s" >"$dir/verdict" 2>&1 || fail "$(cat "$dir/verdict")"
done
echo "handover_screen: he goes by ${#codes[@]} codes, is paid there, and codes are good once"
