#!/bin/bash
# approve_screen.sh - two terminals side by side: what the agent may not do
# alone is asked for by a code on the screen, the supervisor scans it off
# there with his own scanner, reads what it is, says yes, and the answer is
# scanned back. Each code is read out of what stands on the screen.
. tests/e2e/lib_two.sh

# By QR, from the question for the second person to the answer's being in:
# approve WORDS...: each of them stands on the supervisor's screen.
approve() {
	local request answer word
	expect 'duyệt bằng mã QR'
	look second
	keys .
	request=$(code CA1:)
	look request
	at there
	scan "$request"
	for word in "$@"; do
		expect "$word"
	done
	look ask
	# A scanner's ENTER approves nothing.
	keys Enter
	expect "$1"
	keys 1
	answer=$(code CA2:)
	look answer
	keys 0
	at here
	scan "$answer"
}

# Her receipt comes back (T36): asked, and approved.
take_back() { # take_back RECEIPT
	scan "$1"
	either 'huỷ khoản chi' 'Huỷ khoản chi'
	look receipt
	keys 9
	expect 'HUỶ KHOẢN CHI NÀY?'
	look reason
	rest
	keys 1
	approve 'THU HỒI KHOẢN ĐÃ CHI' 'số 7'
	expect '[ĐÃ HUỶ]'
	look voided
	keys Enter
	expect 'MỜI NGƯỜI KẾ TIẾP'
}

# The next person, by the end of the number.
person() {
	local id
	id=$(id_of "$1")
	keys $(digits "${id: -6}") Enter
	expect '[CHƯA LĨNH'
	look person
	rest
	keys Enter
}

for s in here there; do make_terminal "$dir/$s" P1; done
let_lan_pay "$dir/here"
for row in 2 3; do
	out=$(CHITRA_PIN=$lan "$chitra" pay --as 7 --id12 "$(id_of $row)" \
		--printer "file:$dir/paper" --data "$dir/here" --json) ||
		fail "pay: $out"
	receipts[row]=$(field "$out" qr)
done

# His card, once: from there to here, where he signs in himself.
size=80x25
boot there 80 25 "file:$dir/paper"
sign_in 9 $hung
expect 'Hùng'
keys '*' '*'
look menu
keys 5
card=$(code CU1:)
look card
keys 0
boot here 80 25 "file:$dir/paper"
sign_in 9 $hung
expect 'Hùng'
scan "$card"
expect 'Thẻ duyệt'
look take
keys 1
expect 'Đã ghi'
look taken
keys '*' 7
sign_in 7 $lan
expect 'MỜI NGƯỜI KẾ TIẾP'
take_back "${receipts[2]}"

# Out once more: not without him.
person 2
approve 'người dùng số 7'
expect '[CHƯA ĐƯA TIỀN]'
look paid
rest
keys 1
expect '[ĐÃ ĐƯA TIỀN]'
expect '2/1'
keys .
expect 'MỜI NGƯỜI KẾ TIẾP'

size=40x24
for s in here there; do
	at $s
	tmux_ resize-window -x 40 -y 24
done
at here
take_back "${receipts[3]}"

at here
stop # both: their stores are under one directory
at there
expect 'left with 0'
for s in here there; do
	"$verify" "$dir/$s" >"$dir/verdict" 2>&1 || fail "$(cat "$dir/verdict")"
done
echo "approve_screen: asked, answered and scanned back at two sizes"
