#!/bin/bash
# restore.sh - copies of the book at the screen: listed with what they lack,
# checked to the last signature, taken out beside the book as evidence.
. tests/e2e/lib.sh

data=$dir/store
stick=$dir/usb
mkdir "$stick"
"$chitra" init --data "$data" --point P1 --name 'Bưu cục Thử' \
	--pin-kib 1024 >/dev/null 2>&1
export CHITRA_PIN=246802
"$chitra" user add --data "$data" --number 9 --name Hùng --role supervisor \
	--json >/dev/null
"$chitra" backup "$stick/one.db" --data "$data" --as 9 --json >/dev/null
"$chitra" clock confirm --data "$data" --as 9 --json >/dev/null
"$chitra" backup "$stick/two.db" --data "$data" --as 9 --json >/dev/null
echo 'no copy' >"$stick/readme.txt"

start 80 25 --data "$data" --lang vi
expect 'Số của bạn'
keys 9 Enter
keys 246802 Enter
expect 'VIỆC HÔM NAY'
keys '*' '*' . 7 7
expect 'BẢN SAO CỦA SỔ'
expect '9 Xem thư mục khác'
keys 9
expect 'Trong thư mục nào?'
keys C-w
typed "$stick"
rest
keys Enter
expect 'Bản ghi cuối, máy, số bản ghi'
screen | grep -q '2 .*  [0-9a-f]\{6\}  ' || fail 'there are not two copies'
screen | grep -q '  3 ' && fail 'something else is taken for a copy'

# The newest: whole, and then taken out; the other one stays where it is.
keys 1
expect 'two.db'
expect 'bản sao không có các bản ghi đó'
keys 1
expect '[NGUYÊN VẸN]'
rest
keys 2
expect 'Đã lấy bản sao ra, làm bằng chứng.'
copy=$(ls -d "$data"/copy-*)
"$chitra" selftest --data "$copy" --json >"$dir/said" || true
grep -q '"check":"journal","ok":true' "$dir/said" || fail "$(cat "$dir/said")"
"$chitra" backup "$dir/x" --data "$copy" --as 9 --json 2>/dev/null |
	grep -q '"code":"evidence"' || fail 'the copy is more than evidence'
keys 0 1 1
expect '[NGUYÊN VẸN]'
rest
keys 2
expect 'đã được lấy ra trước đây'

# A damaged one says so, is not taken out, and leaves nothing.
# The id of the terminal stands in each record: one byte of the last one.
perl -e 'my $dev = pack "H*", substr $ARGV[1], 0, 32;
	open F, "+<", $ARGV[0] or die; binmode F; local $/; my $t = <F>;
	my $at = rindex $t, $dev; die if $at < 0; seek F, $at, 0;
	print F chr(1 ^ ord substr $t, $at, 1)' \
	"$stick/one.db" "$(cat "$data/device.id")"
keys 0 2
expect 'one.db'
keys 1
expect '[HỎNG]'
[ ! -e "$data/check.part" ] || fail 'the check left something'
stop

"$chitra" selftest --data "$data" --json >/dev/null || fail 'the book is hurt'
echo 'restore: ok'
