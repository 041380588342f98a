#!/bin/bash
# settings.sh - a supervisor changes the settings at the screen: into the file,
# the old one kept; what cannot be is refused; the receipt is seen as printed.
. tests/e2e/lib.sh

data=$dir/store
ini=$data/chitra.ini
"$chitra" init --data "$data" --point P1 --name 'Bưu cục Thử' \
	--pin-kib 1024 >/dev/null 2>&1
CHITRA_PIN=246802 "$chitra" user add --data "$data" --number 9 --name Hùng \
	--role supervisor --json >/dev/null
CHITRA_PIN=246801 "$chitra" user add --data "$data" --number 7 --name Lan \
	--role agent --as 9 --json >/dev/null 2>&1 || true
printf '; của kỹ thuật viên\n[screen]\nlock_after = 600\n' >"$ini"

enter() {
	start 80 25 --data "$data" --lang vi
	expect 'Số của bạn'
	keys 9 Enter
	keys 246802 Enter
	expect 'VIỆC HÔM NAY'
	keys '*' '*' . 7
	expect 'Máy in, khổ giấy, ngăn kéo tiền'
}

enter
# A choice.
keys 1
expect '2 Khổ giấy: (theo loại máy in)'
keys 2
expect '1 58 mm, cuộn nhỏ'
keys 1
expect 'Đã lưu. Có hiệu lực ngay.'
expect '2 Khổ giấy: 58 mm, cuộn nhỏ'
grep -q '^width = 58$' "$ini" || fail 'the width is not in the file'
grep -q '^; của kỹ thuật viên$' "$ini" || fail 'a comment is gone'
grep -q 'lock_after = 600' "$ini.old" || fail 'the old file is not kept'
! grep -q width "$ini.old" || fail 'the old file is the new one'

# A printer that there is no such kind of is refused, and nothing is written.
cp "$ini" "$dir/before"
keys 1
expect 'Máy in nào'
typed 'lazer'
rest
keys Enter
expect 'Không thể đặt như vậy'
cmp -s "$ini" "$dir/before" || fail 'a wrong printer was written'
keys Escape 0

# A line on every receipt, and the receipt as it would be printed.
keys 2 1
expect 'Dòng riêng của điểm'
typed 'Ddieemr chi trar soos 1'
rest
keys Enter
expect 'Đã lưu. Có hiệu lực ngay.'
grep -q '^header_1 = Điểm chi trả số 1$' "$ini" || fail "$(cat "$ini")"
keys 9
expect 'Điểm chi trả số 1'
expect 'NGUYỄN THỊ MẪU'
keys . . .
expect 'Xin giữ biên nhận này.'
keys 0 0

# A number out of its range, and back to the default: its line goes.
keys 4 3
expect 'Một số từ 30 đến 3600'
keys BSpace BSpace BSpace 5 Enter
expect '▲ Một số từ 30 đến 3600'
keys BSpace
rest
keys Enter
expect '3 Tự khoá sau (giây): (180)'
! grep -q lock_after "$ini" || fail 'the default is in the file'
keys 0 6
expect 'Mã điểm: P1'
keys 0

# From which account people are paid: a bank that there is, then its account.
put() { # ROW TEXT WHAT-IT-SAYS
	keys "$1"
	expect 'Đang là:'
	typed "$2"
	rest
	keys Enter
	expect "$3"
}
keys 9
expect 'Ngân hàng bên chi: (chưa đặt)'
put 4 123456 'Không thể đặt như vậy'
keys Escape
put 4 970405 'Đã lưu. Có hiệu lực ngay.'
put 5 '12 34' 'Không thể đặt như vậy'
keys Escape
put 5 1500205123456 'Đã lưu. Có hiệu lực ngay.'
put 6 'https://x' 'Không thể đặt như vậy'
keys Escape
grep -q '^bank = 970405$' "$ini" || fail "$(cat "$ini")"
grep -q '^account = 1500205123456$' "$ini" || fail "$(cat "$ini")"
! grep -q proxy "$ini" || fail 'a proxy that is none was written'
stop

# A terminal of the office is believed, and then, being lost, no more.
there=$dir/there
"$chitra" init --data "$there" --point P2 --name 'Quầy hai' \
	--pin-kib 1024 >/dev/null 2>&1
CHITRA_PIN=246802 "$chitra" user add --data "$there" --number 9 --name Hùng \
	--role supervisor --json >/dev/null
card=$(CHITRA_PIN=246802 "$chitra" carry card --as 9 --data "$there" \
	2>/dev/null)
CHITRA_PIN=246802 "$chitra" carry know --as 9 --text "$card" --data "$data" \
	--json >"$dir/known" 2>/dev/null || fail "$(cat "$dir/known")"
dev=$(field "$(cat "$dir/known")" device)
enter
keys 8
expect "1 ${dev:0:6}"
keys 1
expect 'Vì sao không tin máy này nữa?'
keys 1
expect 'Lý do'
expect 'Máy bị mất hoặc bị lấy cắp'
keys 0
expect "1 ${dev:0:6}"
keys 1
expect 'Vì sao không tin máy này nữa?'
keys 1
expect 'Đúng: từ nay không tin máy này nữa'
keys 1
expect "Đã bỏ máy ${dev:0:6}"
expect 'Máy này chưa tin máy nào khác.'
stop
"${chitra}-verify" "$data" >"$dir/verdict" 2>&1 || fail "$(cat "$dir/verdict")"

# The next start reads it: nothing in it is refused.
enter
keys 1
expect '2 Khổ giấy: 58 mm, cuộn nhỏ'
stop
echo 'settings: ok'
