#!/bin/bash
# counter.sh - the counter's story on the real screen, at two sizes: sign in,
# count the float, scan, pay, hand over, look at the receipt, pay again
# refused; then kill -9 with a payout open, and the question of rule 2.
. tests/e2e/lib.sh

sign_in() {
	expect 'Số của bạn'
	keys 1 Enter 2 4 6 8 0 2 Enter
}

# The float: 200 x 500,000 and 20 x 200,000 in a drawer of nine rows.
float() {
	expect '500.000'
	keys 2 0 0 Enter 2 0 Enter Enter Enter Enter Enter Enter Enter Enter
	rest
	keys 1
}

# The next card that can be paid in the normal way; others are passed by.
one_more() {
	keys Enter
	either '[ĐÚNG NGƯỜI' '■' '[THẺ KHÁC'
	if screen | grep -qF '[ĐÚNG NGƯỜI]'; then
		rest
		keys Enter
		expect '[CHƯA ĐƯA TIỀN]'
		keys 1
		expect '[ĐÃ ĐƯA TIỀN]'
		paid=$((paid + 1))
		expect "$paid/1"
	fi
	keys .
	expect 'MỜI NGƯỜI KẾ TIẾP'
}

story() {
	start "$1" "$2" --demo --data "$dir/$1" --cards "$dir/cards"
	sign_in
	float
	expect 'MỜI NGƯỜI KẾ TIẾP'
	# Names by VNI from now on, and after the plug was pulled.
	keys '*' 6
	expect 'VNI'
	# ENTER "scans" the next card of the demo.
	keys Enter
	expect '[ĐÚNG NGƯỜI]'
	rest
	keys Enter
	expect '[CHƯA ĐƯA TIỀN]'
	rest
	keys 1
	expect '[ĐÃ ĐƯA TIỀN]'
	expect '1/1'
	comes eval '[ -n "$(find "$dir/'"$1"'/receipts" -name "000*.png")" ]' ||
		fail 'no receipt was kept'
	# The same person by number: stopped, with when, where, by whom.
	id=$(basename "$(ls "$dir"/cards/*.png | head -n 1)" .png)
	keys $(printf '%s' "${id##*-}" | sed 's/./& /g') Enter
	expect 'ĐÃ LĨNH'
	expect 'Lan'
	keys .
	expect 'MỜI NGƯỜI KẾ TIẾP'
	paid=1
	while [ "$paid" -lt "$3" ]; do
		one_more "$1"
	done
	# Another payout, and the plug is pulled before the money is out.
	keys Enter
	expect '[ĐÚNG NGƯỜI]'
	rest
	keys Enter
	expect '[CHƯA ĐƯA TIỀN]'
	pkill -9 -f -- "^[^ ]*chitra --demo --data $dir/$1 " || fail "nothing to kill"
	closed "$dir/$1"
	start "$1" "$2" --demo --data "$dir/$1" --cards "$dir/cards"
	sign_in
	expect 'ĐÃ ĐƯA TIỀN CHƯA?'
	# ENTER never answers, however often.
	keys Enter Enter
	expect 'ĐÃ ĐƯA TIỀN CHƯA?'
	rest
	keys 1
	expect '[ĐÃ ĐƯA TIỀN]'
	rest
	keys Enter
	expect 'MỜI NGƯỜI KẾ TIẾP'
	expect "$((paid + 1))/1"
	keys .
	expect 'MỜI NGƯỜI KẾ TIẾP'
	keys T h i 5 Space D 9 e 5 p
	expect 'Thị Đẹp'
	keys DC
	expect 'Thị ___'
	keys '*'
	expect 'VIỆC KHÁC'
	keys '*'
	expect '______________________________'
	stop
	"$chitra" selftest --data "$dir/$1" >"$dir/selftest" ||
		fail "$(cat "$dir/selftest")"
}

story 80 25 10
story 40 24 1
echo 'counter: ok'
