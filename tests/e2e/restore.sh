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
"$chitra" init --data "$dir/other" --point P1 --name 'Bưu cục Thử' \
	--pin-kib 1024 >/dev/null 2>&1
"$chitra" user add --data "$dir/other" --number 9 --name Hùng \
	--role supervisor --json >/dev/null
"$chitra" backup "$stick/foreign.db" --data "$dir/other" --as 9 --json \
	>/dev/null
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
screen | grep -q '3 .*  [0-9a-f]\{6\}  ' || fail 'there are not three copies'
screen | grep -q '  4 ' && fail 'something else is taken for a copy'

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
keys 0
expect '9 Xem thư mục khác'

# A copy of another terminal says so, and is only looked at.
keys 3
expect 'Của máy khác: không liên quan đến sổ ở máy này.'

# The stick is pulled out with the list on the screen: said of the stick, and
# not of the book; nothing is left of it.
mv "$stick" "$stick-away"
keys 1
expect 'USB còn cắm không?'
screen | grep -q 'Ngừng chi' && fail 'a stick stops the paying'
[ ! -e "$data/check.part" ] || fail 'the check left something'
keys 0
expect '9 Xem thư mục khác'
keys 9
expect 'Trong thư mục nào?'
rest
keys Enter
expect 'Không có thư mục này.'
keys 0 0

# Backing up: no such folder, a name that is taken, where nobody may write.
expect 'VIỆC HÔM NAY'
backs_up() { # PATH WHAT-IT-SAYS
	keys C-w
	typed "$1"
	rest
	keys Enter
	expect "$2"
}
keys '*' 5
expect 'Ghi bản sao của sổ vào đâu'
backs_up "$stick/a.db" 'Không có thư mục này.'
mv "$stick-away" "$stick"
cp "$stick/two.db" "$dir/before"
backs_up "$stick/two.db" 'Đã có tệp mang tên này'
cmp -s "$stick/two.db" "$dir/before" || fail 'another copy was overwritten'
backs_up "/sys/a.db" 'Không được ghi vào đó.'
backs_up "$stick/three.db" 'Đã sao lưu xong'
[ -s "$stick/three.db" ] || fail 'there is no copy'
[ "$(ls "$stick" | wc -l)" = 5 ] || fail "left: $(ls "$stick")"
keys Enter
stop

"$chitra" selftest --data "$data" --json >/dev/null || fail 'the book is hurt'
echo 'restore: ok'
