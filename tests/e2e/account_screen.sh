#!/bin/bash
# account_screen.sh - where somebody wants his money: a VietQR and a guardian's
# typed account on a handheld of 40x24, the second typing wrong once; the list
# for the bank, its answers; from then on the account pays, and cash again.
. tests/e2e/lib.sh

verify=${chitra}-verify
data=$dir/store

# status WANTED ARGS...: run the program, keep its JSON in $out.
status() {
	local want=$1 got=0
	shift
	out=$("$chitra" "$@" --data "$data" --json 2>"$dir/err") || got=$?
	[ "$got" = "$want" ] ||
		fail "chitra $*: status $got, not $want: $out $(cat "$dir/err")"
}
is() { same "$(field "$out" "$1")" "$2" "$1 of $out"; }
row() { sed -n "${1}p" assets/demo/people.csv | cut -d, -f"$2"; }
accepted() {
	"$verify" "$1" >"$dir/verdict" 2>&1 || fail "$(cat "$dir/verdict")"
}
# person N: that row of the list on the check screen.
person() {
	typed "$(row "$1" 6 | cut -c9-12)"
	keys Enter
	either 'CCCD' 'Chọn'
	screen | grep -q 'CCCD' || keys 1
	expect 'CCCD'
}

export CHITRA_PIN=246802
status 0 init --point P1 --name 'Bưu cục Thử' --pin-kib 1024
status 0 user add --number 9 --name Hùng --role supervisor
CHITRA_NEW_PIN=135790 status 0 user add --number 7 --name Lan --role agent --as 9
status 0 import list assets/demo/people.csv --count 200 --as 9
cat >"$data/chitra.ini" <<-EOF2
	[consent]
	controller = Uỷ ban nhân dân xã Cẩm Khê
	address = Thôn 1, xã Cẩm Khê, Phú Thọ
	phone = 0210 385 1234
	keep = 10 năm
	months = 24
EOF2
an=$(row 2 6)
binh=$(row 3 6)

# Without his consent nothing of an account is taken down.
export CHITRA_PIN=135790
status 1 account add --as 7 --id12 "$an" --bin 970405 --number 1500205123456 \
	--again 1500205123456 --holder 'NGUYEN VAN AN'
is code account_consent
for who in "$an" "$binh"; do
	status 0 consent give --as 7 --id12 "$who" --yes all --how signature --read
done

start 40 24 --data "$data" --printer "file:$dir/slips"
expect 'Số của bạn'
keys 7 Enter 1 3 5 7 9 0 Enter
either 'CHI TIỀN' 'MỞ NGĂN KÉO' 'Tồn' '500.000'
screen | grep -q 'CHI TIỀN' || keys Escape
expect 'CHI TIỀN'

# By the QR that the person shows.
person 2
keys 5
expect 'Quét VietQR'
card '00020101021138530010A0000007270123000697041601092576788590208QRIBFTTA53037045802VN6304AE9F'
expect 'Tài khoản đứng tên ai?'
keys 1
expect 'Tên chủ TK:'
keys Enter
expect 'Ngân hàng hoặc ví: ACB'
expect 'Đọc to'
# ENTER confirms nothing.
keys Enter
expect 'Đọc to'
keys 1
expect 'Đã ghi sổ: số'
expect 'Đã ghi tài khoản'
expect 'ĐÃ IN PHIẾU'
keys 0
expect 'CCCD'
keys .
expect 'Quét thẻ'

# A guardian's, typed twice; the second time wrong once, and never shown.
person 3
keys 5
expect 'Quét VietQR'
keys 1
expect 'Trang 1/'
keys 9
typed 'agri'
keys Enter
expect '1  Agribank'
keys 1
expect 'Số:'
typed '1500205123456'
keys Enter
expect 'Nhập lần nữa'
typed '1500205123457'
expect '●●●●'
screen | grep -q 1500205 && fail 'the second number is shown'
keys Enter
expect 'không giống nhau'
typed '1500205123456'
keys Enter
expect 'Nhập lần nữa'
typed '1500205123456'
keys Enter
expect 'Tài khoản đứng tên ai?'
keys 2
expect 'Họ và tên'
keys Escape
expect 'Tài khoản đứng tên ai?'
keys 2
expect 'người giám hộ'
typed 'Tran Van Binh'
keys Enter
expect 'Quan hệ khác'
keys 3
expect 'Tên chủ TK:'
expect 'TRAN VAN BINH'
keys Enter
expect 'Đọc to'
keys 1
expect 'Đã ghi sổ: số'
expect 'ĐÃ IN PHIẾU'
keys 0
expect 'CCCD'
stop
[ -s "$dir/slips" ] || fail 'no slip came out'

status 0 account show --as 7 --id12 "$an"
is state confirmed
is via qr
is number 257678859
is whose self
is names equal
is pays_from ''
status 0 account show --as 7 --id12 "$binh"
is via typed
is number 1500205123456
is whose guardian
is relation parent
is holder 'TRAN VAN BINH'

# It changes nothing at the counter.
status 0 find "$an" --as 7
before=$(printf '%s' "$out")
case $before in *'"due":0'*) fail "nothing is due: $before" ;; esac

# The list for the bank; who does not agree to that is not on it.
status 0 consent withdraw --as 7 --id12 "$binh" --channel counter --left payout
export CHITRA_PIN=246802
status 0 report accounts --as 9
is rows 1
is skipped 1

# On the screen: its number in part, the files, and marked only with them.
start 40 24 --data "$data"
expect 'Số của bạn'
keys 9
rest
keys Enter 2 4 6 8 0 2
rest
keys Enter
expect 'Thêm'
keys '*' '*' '.' 3
expect 'Tài khoản chờ ngân hàng'
keys 9
expect 'Dòng 1/'
rest
keys Enter
expect 'Mã đối tượng:'
keys '.'
expect '*****8859'
screen | grep -q 257678859 && fail 'the whole number on the screen'
keys 0 1
expect 'đánh dấu đã gửi'
keys '*' '*'
typed "$dir/accounts"
rest
keys Enter
either 'Đã ghi 3 tệp' 'Đã ghi 2 tệp'
expect 'Đã đánh dấu 1 tài khoản'
stop
grep -q '257678859' "$dir/accounts.csv" || fail 'the account is not on the list'
grep -q '1500205123456' "$dir/accounts.csv" && fail 'somebody is asked about'
status 0 account show --as 9 --id12 "$an"
is state sent

# The bank answers; a supervisor says from which list on it pays.
status 1 account pays --as 9 --id12 "$an" --from 2026-12
is code account_unverified
printf 'id12,account_bin,account_no,answer,date\n%s,970416,257678859,verified,2026-11-30\n' \
	"$an" >"$dir/answers.csv"
status 0 import answers "$dir/answers.csv" --as 9
status 0 account show --as 9 --id12 "$an"
is state verified
period=$(row 2 1)
CHITRA_PIN=135790 status 1 account pays --as 7 --id12 "$an" --from "$period"
is code role
status 0 account pays --as 9 --id12 "$an" --from "$period"
is pays_from "$period"
export CHITRA_PIN=135790
status 0 shift open --float 500000x10 --as 7
status 1 pay --id12 "$an" --as 7
is code by_account

# The bank sends it back: a supervisor makes it cash again.
status 1 account cash --as 7 --id12 "$an" --from "$period" --reason returned
is code second_person
CHITRA_BY_PIN=246802 status 0 account cash --as 7 --id12 "$an" \
	--from "$period" --reason returned --by 9
is state ended
is cash_from "$period"
status 0 pay --id12 "$an" --as 7
is state handed
accepted "$data"
