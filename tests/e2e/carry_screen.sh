#!/bin/bash
# carry_screen.sh - two terminals of an office side by side, no network: each
# code of the paid marks is read off one screen and scanned at the other, whose
# book then refuses that money (T60b).
. tests/e2e/lib_two.sh

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

for s in here there; do
	make_terminal "$dir/$s" "$s"
	let_lan_pay "$dir/$s"
done
for row in 3 4 5; do
	CHITRA_PIN=$lan run pay --as 7 --id12 "$(id_of $row)" --data "$dir/there"
done

mkdir "$dir/papers"
boot there 80 25 "file:$dir/papers"
sign_in 7 $lan
expect 'MỜI NGƯỜI KẾ TIẾP'
keys '*' '*'
expect 'Dấu đã chi'
look menu
keys 9
expect 'Mã 1/'
look show
read_codes
# The same on paper, a slip a code.
keys 3
expect 'Đã in đủ 1 phiếu'
same "$(ls "$dir/papers")" job-0001.bin 'slips'
keys 5
card=$(code CD1:)
look card
keys 0

# Unknown at first; the supervisor's scan of its card changes that.
boot here 40 24 none
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
