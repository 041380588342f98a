#!/bin/bash
# verbs.sh - the contract for scripts (product.md 9): JSON, codes, statuses.
. tests/e2e/lib.sh

data=$dir/store
export CHITRA_PIN=246802

# status WANTED ARGS...: run the program, keep its JSON in $out.
status() {
	local want=$1 got=0
	shift
	out=$("$chitra" "$@" --data "$data" --json 2>"$dir/err") || got=$?
	[ "$got" = "$want" ] ||
		fail "chitra $*: status $got, not $want: $out $(cat "$dir/err")"
}
is() { same "$(field "$out" "$1")" "$2" "$1 of $out"; }

status 0 words 1080000
is words 'Một triệu không trăm tám mươi nghìn đồng'
status 0 words 1.005.000 --south
is words 'Một triệu không trăm lẻ năm ngàn đồng'
status 1 words 12x
is code bad_amount
status 2 words

status 0 telex 'Nguyeenx Thij DDepj'
is text 'Nguyễn Thị Đẹp'
is keys 'Nguyeenx Thij DDepj'
status 0 telex hoaf thuyr --new
is text 'hoà thuỷ'
status 0 vni 'Nguye64n Thi5 D9e5p'
is text 'Nguyễn Thị Đẹp'
status 1 telex $'a\eb'
is code bad_text
status 2 vni
status 2 nonsense

# Units of today, from addresses of any time. No store is needed.
status 0 unit 'Thôn Mẫu, Ô Diên, Hà Nội'
is units.0.code 09817
is units.0.name 'Xã Ô Diên'
is units.0.province 'Thành phố Hà Nội'
is ask false
status 0 unit 'Phường Phương Mai, Đống Đa, Hà Nội'
is units.0.code 00229
is units.1.code 00292
is ask true
status 0 unit 00004
is units.0.name 'Phường Ba Đình'
status 0 unit 'cẩm kh'
is units.0.name 'Xã Cẩm Khê'
is ask true
status 1 unit 'Xã Ví Dụ, Thanh Oai, Hà Nội'
is code no_unit
status 2 unit
status 0 card --text '001145000112||Nguy&#7877;n Thử|02091945|Nữ|Thôn 1, Ô Diên, Hà Nội|01072024'
is name 'Nguyễn Thử'
is address 'Thôn 1, Ô Diên, Hà Nội'
is unit.code 09817
is notes.0.code reencoded
status 1 card --text 'HT2250123456789|4e677579e1bb856e20416e|02/09/1945|1|-'
is kind bhyt
is outcome reject
is id ''
is name 'Nguyễn An'
is dob 1945-09-02
is sex male

# No store yet: one sentence, nothing made.
status 3 find 4578
is code gone
[ ! -e "$data" ] || fail "looking made a store"

status 0 init --point P1 --name 'Bưu cục Thử' --pin-kib 1024 \
	--list-window 1200:1200
status 1 init --point P1 --name 'Bưu cục Thử'
is code invalid
status 2 find 4578
is code no_user
status 0 user add --number 9 --name Hùng --role supervisor
status 1 find 4578
same "$out" "[]" "nobody found"
CHITRA_PIN=999999 status 1 find 4578
is code wrong_pin
status 1 user add --number 1 --name Lan --role agent
is code role
CHITRA_NEW_PIN=135790 status 0 user add --number 1 --name Lan --role agent \
	--as 9
status 0 user list
is 1.name Hùng

# Users: a PIN of his own, revoked for good, never by himself.
CHITRA_NEW_PIN=121212 status 1 user add --number 2 --name An --role staff \
	--as 9
is code pin
CHITRA_NEW_PIN=135790 status 1 user add --number 1 --name An --role staff \
	--as 9
is code user_taken
CHITRA_NEW_PIN=864297 status 0 user add --number 2 --name An --role staff \
	--as 9
CHITRA_PIN=864297 CHITRA_NEW_PIN=975318 status 0 user pin --as 2
CHITRA_PIN=864297 status 1 find 4578 --as 2
is code wrong_pin
CHITRA_PIN=975318 status 1 user revoke --number 9 --as 2
is code role
status 1 user revoke --number 9 --as 9
is code self
status 0 user revoke --number 2 --as 9
CHITRA_PIN=975318 status 1 find 4578 --as 2
is code revoked
status 0 user list
is 1.revoked true

# Nobody reads people's data without signing in; with one user it is he.
status 2 find 4578
is code no_user
status 2 import list assets/demo/people.csv
is code no_user

# The device's key on a disk of its own.
mkdir "$dir/stick"
out=$("$chitra" init --data "$dir/away" --point P2 --name 'Bưu cục Khác' \
	--pin-kib 1024 --device-key "$dir/stick/p2.key" --json) || fail "$out"
[ "$(stat -c %s "$dir/stick/p2.key")" = 32 ] || fail 'no key on the stick'
"$chitra" user list --data "$dir/away" --json >/dev/null || fail 'user list'
mv "$dir/stick" "$dir/taken"
got=0
out=$("$chitra" user list --data "$dir/away" --json 2>/dev/null) || got=$?
same "$got" 3 "$out"
is code no_device_key
mv "$dir/taken" "$dir/stick"
"$chitra" user list --data "$dir/away" --json >/dev/null || fail 'user list'

# Lists: looked at, wrong sum, taken, again.
status 0 import list assets/demo/people.csv --check --count 200 --as 9
is taken false
status 1 import list assets/demo/people.csv --sum 1 --as 9
is sum_differs true
is taken false
status 0 import list assets/demo/people.csv --count 200 --as 9
is rows 200
is new 200
is taken true
status 0 import list assets/demo/people.csv --as 9
is again true
is new 0
printf 'a,b\n1,2\n' >"$dir/bad.csv"
status 1 import list "$dir/bad.csv" --as 9
status 3 import list "$dir/none.csv" --as 9
is code gone

# A workbook; and all that is wrong with a list, as a file.
status 0 import list tests/data/sheet_libreoffice.xlsx --check --as 9
is sheet 'Danh sách 12-2026'
is rows 2
is notice_count 2
sed '3s/,3012000,/,=1+1,/' assets/demo/people.csv >"$dir/wrong.csv"
status 1 import list "$dir/wrong.csv" --check --errors "$dir/errors.csv" --as 9
is error_count 1
case $(cat "$dir/errors.csv") in
*$'\r\n3,"'*"\"'=1+1\""*) ;;
*) fail "the file of errors: $(cat "$dir/errors.csv")" ;;
esac
printf '\320\317\021\340 an old workbook' >"$dir/old.xls"
status 1 import list "$dir/old.xls" --as 9
is code not_a_list
status 1 import list "$dir/wrong.csv" --errors "$dir/errors.xlsx" --as 9
is code invalid

# Changes and answers: looked at, wrong, taken, again.
row=$(tail -n 1 assets/demo/people.csv)
IFS=, read -r period unit _ _ code _ <<<"$row"
printf 'kind,period,unit_code,beneficiary_id,reason\nleft,%s,%s,%s,died\n' \
	"$period" "$unit" "$code" >"$dir/changes.csv"
status 0 import changes "$dir/changes.csv" --check --as 9
is new 1
is taken false
status 0 import changes "$dir/changes.csv" --as 9
is new 1
is taken true
status 0 import changes "$dir/changes.csv" --as 9
is again true
sed 's/died/gone/' "$dir/changes.csv" >"$dir/wrong.csv"
status 1 import changes "$dir/wrong.csv" --errors "$dir/errors.csv" --as 9
is errors.0.code bad_reason
is errors.0.column reason
printf 'unit_code,beneficiary_id,account_bin,account_no,answer\n%s,%s,%s\n' \
	"$unit" "$code" 970405,27001,verified >"$dir/answers.csv"
status 0 import answers "$dir/answers.csv" --as 9
is new 1
is taken true
status 1 import changes "$dir/answers.csv" --as 9
is code invalid
status 2 import changes "$dir/changes.csv" --sum 1 --as 9

# All lists of a month in one workbook: the sheet of that kind is read.
book=tests/data/month_libxlsxwriter.xlsx
status 0 import list $book --check --as 9
is sheet 'Chi trả'
status 0 find 025147954966 --as 9
is 0.due 700000
status 0 import changes $book --as 9
is sheet 'Biến động'
is new 2
status 0 find 025147954966 --as 9
is 0.due 160000 # arrears of earlier months stay his
is 0.left.reason died
is 0.change.note 'Giấy báo tử số 12'
status 0 find 025145000112 --as 9
is 0.change.monthly_amount 540000
is 0.due 0
status 0 import answers $book --as 9
is sheet 'Trả lời'
is new 1
status 0 find 025045601158 --as 9
is 0.account.answer name_differs
is 0.account.message 'Chủ tài khoản là LE QUANG LAI'

# Accounts: read, refused, made, and names compared.
vba=00020101021138570010A00000072701270006970405011315002051234560208QRIBFTTA
status 0 account --text "${vba}53037045802VN6304FE3C"
is outcome ok
is bin 970405
is provider VBA
is kind account
is number 1500205123456
is amount 0
status 1 account --text "${vba}53037045802VN6304FE3D"
is outcome reject
is code bad_crc
is number ''
status 1 account --text '001145000112||Nguyễn Thị Thử|02091945|Nữ|Ô Diên|01072024'
is code is_card
status 1 account --text 00020101021138570010A00000072701270006970403011200110123456780208QRIBFTTA53037045802VN6304F4E5
is code bad_length
status 1 account --text "$(printf '7%.0s' {1..7089})" # T46
is code bad_length
status 1 account --hex fffe8080
is outcome reject
status 0 account --make --bin 970416 --number 257678859 --amount 10.000 \
	--purpose 'Chuyển tiền' --png "$dir/account.png"
is text '00020101021238530010A0000007270123000697041601092576788590208QRIBFTTA53037045405100005802VN62150811Chuyen tien630453E6'
status 0 account --image "$dir/account.png"
is provider ACB
is amount 10000
is purpose 'Chuyen tien'
status 0 account --make --bin 971005 --number '+84 986.123.456'
is number 0986123456
is wallet viettel_money
status 0 account --make --bin 970499 --number 1234
is notes.0.code unusual_length
is notes.1.code unknown_provider
status 1 account --make --bin 970416 --number 12
is code bad_number
status 1 account --make --bin 970416 --number 12345678901234567890
is code bad_number
status 1 account --make --bin 970416 --number 257678859 --amount 1,5
is code bad_amount
status 1 account --make --bin 970416 --number 257678859 --amount 99999999999999
is code bad_amount
status 1 account --make --bin 970416 --number 257678859 \
	--purpose 'Trợ cấp tháng mười hai 2026'
is code bad_purpose
status 3 account --make --bin 970416 --number 257678859 --png "$dir/no/a.png"
status 2 account --make --bin 970416
status 2 account --text "$vba" --bin 970416
status 2 account
status 0 compare 'Lê Thị Hòa' 'LÊ THỊ HOÀ'
is verdict equal
status 0 compare 'Lê Thị Đào' 'LE THI DAO'
is verdict alike
status 1 compare 'Lê Thị Hoa' 'LE THI HUA'
is verdict different
is differs.0.name 1
is differs.0.letter o
is differs.1.at 8
is differs.1.letter U
status 1 compare 'Lê' $'L\x1b[2J'
is code bad_text
status 2 compare 'Lê'

# Cards.
mkdir "$dir/cards"
"$chitra" demo --data "$dir/demo" --cards "$dir/cards" --json >"$dir/demo.json"
out=$(cat "$dir/demo.json")
is state handed
is printed printed
[ -s "$(field "$out" png)" ] || fail 'the demo receipt is no file'
card=$(ls "$dir"/cards/*.png | sed -n 20p)
id=${card##*-}
id=${id%.png}
status 0 decode "$card"
is 0.symbology QR-Code
hex=$(field "$out" 0.hex)
status 0 card --hex "$hex"
is outcome ok
is id "$id"
status 0 card --image "$card"
is id "$id"
status 1 card --hex 00zz
is code invalid
status 1 card --text 'https://example.invalid/'
is outcome reject
status 3 decode "$dir/no-such.png"
echo 'no image' >"$dir/no-image.png"
status 1 decode "$dir/no-image.png"
is code invalid

# Pay: refused until everything is right.
export CHITRA_PIN=135790
CHITRA_PIN=999999 status 1 pay --as 1 --id12 "$id"
is code wrong_pin
status 1 pay --as 1 --id12 "$id"
is code no_shift
status 0 shift open --as 1 --float 500000x10,200000x5
is expected 6000000
status 1 shift open --as 1 --float 500000x10
is code shift_open
status 2 shift open --as 1 --float 300000x10
status 1 pay --as 1 --id12 000000000000
is code not_found
status 0 find "$id" --as 1
is 0.id "$id"
due=$(field "$out" 0.due)
status 0 pay --as 1 --card "$hex" --printer "file:$dir/paper"
is amount "$due"
is state handed
is printed printed
receipt=$(field "$out" receipt)
status 1 pay --as 1 --image "$card"
is code already_paid
is prior.receipt "$receipt"
status 0 shift status
is expected $((6000000 - due))
status 0 find "$id" --as 1
is 0.paid true
is 0.due 0

# The receipt, as PNG and bytes, and a numbered copy.
status 0 receipt "$receipt" --png "$dir/r.png" --bytes "$dir/r.bin" --width 58 --as 1
is copies 0
status 0 decode "$dir/r.png"
case $(field "$out" 0.text) in CV1:*) ;; *) fail 'no receipt QR in the PNG' ;; esac
status 0 receipt "$(field "$out" 0.text)" --as 1
is receipt "$receipt"
is verdict true
qr=$(field "$out" qr)
# One letter of the middle changed: the same record, and not what was signed.
status 1 receipt "${qr:0:91}$([ "${qr:91:1}" = 0 ] && echo 1 || echo 0)${qr:92}" --as 1
is code altered
status 0 receipt "$receipt" --again --as 1 --printer "file:$dir/paper"
is copies 1
status 0 receipt "$receipt" --as 1
is verdict in_book
status 1 receipt 0000-0000-0000-0 --as 1

# A complaint about it, with its slip; listed, and nothing else changes.
status 2 complaint --receipt "$receipt" --reason tired --as 1
status 1 complaint --receipt 0000-0000-0000-0 --reason amount --as 1
status 0 complaint --receipt "$receipt" --reason amount --as 1 \
	--print --printer "file:$dir/paper" --png "$dir/complaint.png"
is printed printed
is receipt "$receipt"
[ -s "$dir/complaint.png" ] || fail 'no slip of the complaint'
status 0 report complaints --as 1
is complaints.0.reason amount
is complaints.0.state handed

# Ten by card image; each once.
for card in $(ls "$dir"/cards/*.png | sed -n 31,40p); do
	got=0
	out=$("$chitra" pay --as 1 --image "$card" --data "$data" --json \
		2>/dev/null) || got=$?
	case $got-$(field "$out" code) in
	0-null) is state handed ;;
	1-by_account | 1-not_enough_cash) ;;
	*) fail "paying $card: $out" ;;
	esac
done
status 0 recover --as 1
is open null
status 1 shift close --as 1 --count 500000x1
is code difference
status 0 selftest
is ok true

# The printed test: what came out right is kept for that printer.
status 0 print-test --printer "file:$dir/roll"
is blocks.0.name 'TCVN-3 (30, 31)'
[ "$(wc -c <"$dir/roll")" -gt 10000 ] || fail 'no printed test'
status 1 print-test --printer "file:$dir/roll" --right 0
is code none_right
status 0 print-test --printer "file:$dir/roll" --no-print --right 19
is letters tcvn3:30:31
grep -qx "proved = tcvn3:30:31 file:$dir/roll" "$data/chitra.ini" ||
	fail 'what was proved is not kept'
status 3 print-test --printer file:/nowhere/at/all
is code gone
status 2 print-test --no-print
rm "$data/chitra.ini"

# A lost terminal: how many it concerns, and by when it is to be reported.
status 0 lost
is people 201
is list null
status 0 lost --as 1
same "$(field "$out" list.0.name | wc -w | tr -d ' ' | sed 's/[2-9]/some/')" some \
	'words of a name'

# Somebody is erased, and the book still holds.
status 1 erase --id12 "$id" --reason request --as 1
is code role
status 2 erase --id12 "$id" --reason because --as 1
export CHITRA_PIN=246802
status 1 erase --id12 000000000000 --reason request --as 9
is code not_found
status 1 erase --id12 025045601158 --reason request --as 9
is code due
status 0 erase --id12 "$id" --reason request --as 9
is people 1
status 1 find "$id" --as 9
status 0 lost
is people 200
is erased 1
"${chitra}-verify" "$data" >"$dir/verify" ||
	fail "not accepted: $(cat "$dir/verify")"
grep -q 'V27.*erased' "$dir/verify" || fail "$(cat "$dir/verify")"
status 0 selftest

# T64: no file of the store names any of them, nor has a number of theirs.
perl -CSD -ne 'while (/(\d{12})|"?(\p{Lu}\p{L}+( \p{Lu}\p{L}*){1,4})"?,/g) {
	print defined $1 ? "$1\n" : "$2\n" }' assets/demo/people.csv |
	sort -u >"$dir/people"
[ "$(wc -l <"$dir/people")" -gt 300 ] || fail 'nobody to look for'
grep -qaFf "$dir/people" assets/demo/people.csv || fail 'a pattern for nothing'
! grep -raFlf "$dir/people" "$data" || fail 'somebody shows'
echo 'verbs: ok'
