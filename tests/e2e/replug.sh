#!/bin/bash
# The USB printer is pulled out and comes back while the screen is up: the
# payment is made all the same, the receipt is printed when it is there again.
. tests/e2e/lib.sh

rig=$PWD/${BUILD:-build/debug}/tests/drivers/umock_printer
if ! command -v umockdev-wrapper >/dev/null; then
	echo "SKIP umockdev-wrapper is not installed"
	exit 77
fi

# A store with an open shift.
"$chitra" demo --cards "$dir/cards" >/dev/null
mkfifo "$dir/plugs"
chitra="TMPDIR=$dir ASAN_OPTIONS=verify_asan_link_order=0:detect_leaks=0 \
umockdev-wrapper $rig $dir/paper plugs=$dir/plugs -- $chitra"

# paid N: the next card that can be paid, handed over.
paid() {
	rest
	keys Enter
	either '[ĐÚNG NGƯỜI' '■' '[THẺ KHÁC'
	until screen | grep -qF '[ĐÚNG NGƯỜI]'; do
		keys .
		expect 'MỜI NGƯỜI KẾ TIẾP'
		rest
		keys Enter
		either '[ĐÚNG NGƯỜI' '■' '[THẺ KHÁC'
	done
	rest
	keys Enter
	expect '[CHƯA ĐƯA TIỀN]'
	expect "$1"
	rest
	keys 1
	expect '[ĐÃ ĐƯA'
	keys .
	expect 'MỜI NGƯỜI KẾ TIẾP'
}

start 80 25 --demo --printer usb --data "$dir/chitra-demo" --cards "$dir/cards"
expect 'Số của bạn'
keys 1 Enter 2 4 6 8 0 2 Enter
expect 'MỜI NGƯỜI KẾ TIẾP'
paid 'Biên nhận đã in'
first=$(stat -c %s "$dir/paper")
[ "$first" -gt 1000 ] || fail "only $first bytes on paper"

echo unplug >"$dir/plugs"
expect 'CHƯA CẮM: máy in'
expect 'Máy in đã bị rút ra'
paid 'Máy in chưa kết nối'
same "$(stat -c %s "$dir/paper")" "$first" 'nothing is printed without it'
screen | grep -qF 'CHƯA CẮM: máy in' || fail 'the header forgot it'

# It comes back: opened anew for the next job, and nothing prints by itself.
echo plug >"$dir/plugs"
expect 'Vừa cắm máy in'
screen | grep -qF 'CHƯA CẮM' && fail 'the printer is there'
same "$(stat -c %s "$dir/paper")" "$first" 'no copy by itself'
keys '*' 1
expect 'In bản sao biên nhận'
keys 1
expect 'Đã in bản sao số 1'
[ "$(stat -c %s "$dir/paper")" -gt $((first + 1000)) ] || fail 'no second paper'
