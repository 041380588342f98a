#!/bin/bash
# units.sh - names of the office's own units: taken whole, shown everywhere.
. tests/e2e/lib.sh

data=$dir/store
run() { "$chitra" "$@" --data "$data" --json; }
plain() { "$chitra" "$@" --data "$data"; }
at() { same "$(field "$out" "$1")" "$2" "$1 of $out"; }

run init --point DC1 --name 'Điểm Thử' --pin-kib 1024 \
	--list-window 1200:1200 >/dev/null
export CHITRA_PIN=246802
run user add --number 1 --name Hoa --role supervisor >/dev/null
CHITRA_NEW_PIN=135790 run user add --number 7 --name Lan --role agent --as 1 \
	>/dev/null

# Nothing is written by a look, all of it by the import, nothing the next time.
printf 'mã,tên,loại,trực thuộc\n%s\n%s\n%s\n' \
	'DC1,Điểm chi trả Ô Chợ,điểm chi trả,BC1' \
	'BC1,Bưu cục Ba Đình,bưu cục,' \
	'08341,Xã Của Ta,xã,BC1' >"$dir/units.csv"
plain import units "$dir/units.csv" --check --as 1 >"$dir/out" ||
	fail 'a look is refused'
grep -q 'BC1  Bưu cục Ba Đình \[MỚI\]' "$dir/out" || fail "$(cat "$dir/out")"
same "$(run report units)" '{"ok":true,"units":[]}' 'units after a look'
CHITRA_PIN=135790 run import units "$dir/units.csv" --as 7 >/dev/null &&
	fail 'an agent names units'
out=$(run import units "$dir/units.csv" --as 1)
at new 3
at taken true
out=$(run import units "$dir/units.csv" --as 1)
at same 3
at taken false
out=$(run report units)
at units.2.code DC1
at units.2.kind point
at units.2.parent BC1

# By code: the office's name goes before the state's, and needs no PIN.
out=$(run unit 08341)
at units.0.name 'Xã Của Ta'
out=$(run unit BC1)
at units.0.name 'Bưu cục Ba Đình'
run unit NO.SUCH.CODE >/dev/null && fail 'a unit that is not there'

# One bad row, and none of them is taken.
printf 'code\tname\tkind\tparent\n%s\t%s\t%s\t%s\n%s\t%s\t%s\t%s\n' \
	X1 'Điểm mới' point '' BC1 'Bưu cục Ba Đình' office DC1 \
	>"$dir/bad.tsv"
out=$(run import units "$dir/bad.tsv" --as 1) && fail 'a circle is taken'
at errors.0.row 3
at errors.0.code BC1
run unit X1 >/dev/null && fail 'half a table is taken'
printf 'số,họ tên,vai trò\n8,Minh,giao dịch viên\n' >"$dir/users.csv"
run import units "$dir/users.csv" --as 1 >/dev/null &&
	fail 'users are taken for units'

# On the board and on papers.
{ echo 'period,unit_code,list_no,seq,beneficiary_id,id12,cmnd9,name,dob,sex,address,group,monthly_amount'
	echo '2026-12,08341,L1,1,Z1,001145000001,,Lê Thị Đào,1945,Nữ,Thôn 3,BTXH,500000'
} >"$dir/list.csv"
run import list "$dir/list.csv" --as 1 >/dev/null
plain report dashboard --as 1 >"$dir/out"
grep -q 'Xã Của Ta' "$dir/out" || fail "the board: $(cat "$dir/out")"
for what in a list; do
	run report "$what" 2026-12 --unit 08341 --to "$dir/$what.pdf" --as 1 \
		>/dev/null || fail "report $what"
	command -v pdftotext >/dev/null || continue
	pdftotext "$dir/$what.pdf" "$dir/text"
	grep -qi 'XÃ CỦA TA' "$dir/text" || fail "$(head -9 "$dir/text")"
done

run selftest >/dev/null || fail 'the store does not hold'
echo 'units: ok'
