#!/bin/bash
# exceptions.sh - what was not the plain case in a day, by verb: as a list, as
# papers; nothing of it where all was plain.
. tests/e2e/lib.sh

data=$dir/store
export CHITRA_PRINTER=none CHITRA_PIN=246802
run() { "$chitra" "$@" --data "$data" --json; }
lan() { CHITRA_PIN=135790 run "$@" --as 1; }
at() { same "$(field "$out" "$1")" "$2" "$1 of $out"; }
person() { sed -n "$1p" assets/demo/people.csv | cut -d, -f6; }

run init --point P1 --name 'Cẩm Khê' --pin-kib 1024 \
	--list-window 1200:1200 >/dev/null 2>&1
run user add --number 9 --name Hùng --role supervisor >/dev/null
CHITRA_NEW_PIN=135790 run user add --number 1 --name Lan --role agent \
	--as 9 >/dev/null
run import list assets/demo/people.csv --as 9 >/dev/null
lan shift open --float 500000x40,200000x20,100000x20,20000x9,10000x30 \
	>/dev/null
CHITRA_PRINTER=none lan pay --id12 "$(person 2)" >/dev/null
out=$(lan report exceptions 1 --only void,copy,pad)
at rows 0

# A payment is cancelled with the supervisor's PIN, another printed again, a
# wrong PIN typed.
receipt=$(field "$(lan pay --id12 "$(person 4)")" receipt)
CHITRA_BY_PIN=246802 lan void --receipt "$receipt" --reason receipt_lost \
	--by 9 >/dev/null
CHITRA_PIN=000000 run lists --as 1 >/dev/null 2>&1 && fail 'a wrong PIN'
sleep 1
out=$(lan report exceptions --only void,wrong_pin)
at rows 2
at exceptions.0.kind void
at exceptions.0.receipt "$receipt"
at exceptions.0.approver_name Hùng
at exceptions.0.approved_by pin
at exceptions.0.why 'đã thu lại tiền, biên nhận bị mất'
at exceptions.1.kind wrong_pin
[ -n "$(field "$out" exceptions.0.name)" ] || fail 'nobody is named'

# The same as papers, that of the day and that of the shift.
for kind in pdf xlsx csv; do
	out=$(lan report exceptions 1 --to "$dir/list.$kind")
	[ -s "$dir/list.$kind" ] || fail "no $kind: $out"
done
grep -q 'Huỷ khoản chi' "$dir/list.csv" || fail "$(cat "$dir/list.csv")"
grep -q 'duyệt: Hùng (9), bằng PIN' "$dir/list.csv" ||
	fail "$(cat "$dir/list.csv")"
if command -v pdftotext >/dev/null; then
	pdftotext "$dir/list.pdf" - | grep -q 'PHÊ DUYỆT VÀ NGOẠI LỆ' ||
		fail 'the PDF says nothing'
fi

# What there is none of, and what is no word.
lan report exceptions 2001-01-01 --to "$dir/none.csv" >"$dir/out" &&
	fail 'a paper of a day without records'
grep -q no_records "$dir/out" || fail "$(cat "$dir/out")"
lan report exceptions --only nothing >/dev/null 2>&1 && fail 'no such kind'
lan report exceptions gestern >/dev/null 2>&1 && fail 'no such day'

# The same on a handheld: the third page of the supervisor's menu, 4.
start 40 24 --data "$data"
expect 'Số của bạn'
keys 9 Enter 2 4 6 8 0 2 Enter
either 'KIỂM SOÁT' 'Hùng'
rest
keys '*' '*'
expect '. '
keys .
expect 'ngoại lệ của ca'
keys 4
expect 'Ca 1:'
expect 'Sai PIN'
keys 7
expect 'Chỉ xem'
until screen | grep -q 'Chỉ xem: Huỷ khoản chi'; do
	[ "$((tries = ${tries:-0} + 1))" -lt 20 ] || fail 'no voids'
	keys 7
done
keys 1
expect "$receipt"
expect 'Người duyệt: Hùng (9), bằng PIN'
keys 0
expect 'Chỉ xem'
keys 8
expect 'Trước ca đầu tiên'
keys 0
stop
echo 'exceptions: ok'
