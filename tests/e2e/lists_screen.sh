#!/bin/bash
# lists_screen.sh - a supervisor on a handheld looks at the payment lists, one
# of them hamlet by hamlet, and what a corrected one changed; gives a hamlet to
# a campaign worker, by the screen and by the verb.
. tests/e2e/lib.sh

data=$dir/store
export CHITRA_PRINTER=none
status() {
	local want=$1 got=0
	shift
	out=$("$chitra" "$@" --data "$data" --json 2>"$dir/err") || got=$?
	same "$got" "$want" "chitra $*: $out $(cat "$dir/err")"
}

head='period,unit_code,list_no,seq,beneficiary_id,id12,cmnd9,name,dob,sex,address,group,monthly_amount'
# row NUMBER NAME ADDRESS AMOUNT
row() { printf '2026-12,08341,L1,%d,Z%d,00114500000%d,,%s,1945,Nữ,%s,BTXH,%d\n' \
	"$1" "$1" "$1" "$2" "$3" "$4"; }
write_list() { # AMOUNT of the first
	{
		echo "$head"
		row 1 'Nguyễn Thị Đẹp' 'Thôn 2' "$1"
		row 2 'Trần Văn An' 'Thôn 2' 500000
		row 3 'Lê Thị Đào' 'Thôn 10' 500000
	} >"$dir/list.csv"
}

export CHITRA_PIN=246802
status 0 init --point P1 --name 'Cẩm Khê' --pin-kib 1024 \
	--list-window 1200:1200
status 0 user add --number 9 --name Hùng --role supervisor
CHITRA_NEW_PIN=135790 status 0 user add --number 5 --name Dũng --role staff --as 9
write_list 500000
status 0 import list "$dir/list.csv" --as 9
write_list 650000
status 0 import list "$dir/list.csv" --corrects 1 --as 9

# ---- by the verb ----

status 0 lists assign 2 --to 5 --range 1-1 --as 9
case $out in *'"people":1'*) ;; *) fail "by range: $out" ;; esac
status 1 lists assign 2 --to 5 --range 7-9 --as 9
case $out in *not_assigned*) ;; *) fail "nobody there: $out" ;; esac
CHITRA_PIN=135790 status 1 lists assign 2 --to 5 --hamlet 'Thôn 2' --as 5
case $out in *'"role"'*) ;; *) fail "a campaign worker assigns: $out" ;; esac
status 2 lists assign 2 --to 5 --as 9
status 2 lists unassign 2 --to 5 --hamlet 'Thôn 2' --as 9
status 0 lists assigned --as 9
case $out in *'"left":1'*) ;; *) fail "assigned: $out" ;; esac
status 0 lists unassign 2 --range 1-1 --as 9

# ---- on the screen ----

start 40 24 --data "$data"
expect 'Số'
keys 9
rest
keys Enter 2 4 6 8 0 2
rest
keys Enter
expect '0/3'
keys '*' '*' '.' 6
expect 'Danh sách 2, kỳ 12/2026'
expect 'THAY cho danh sách 1'
expect 'ĐÃ THAY bằng danh sách 2'
keys 1
expect 'Thôn 10'
expect 'Nhận lúc'
keys 2
expect 'Thay đổi: Nguyễn Thị Đẹp'
expect '500.000 -> 650.000'
keys 0
expect 'Thôn 10'

# The first of the hamlets in their order goes to the campaign worker.
keys 3
expect 'Hãy chọn thôn'
keys 1
expect 'Giao cho ai: Thôn 2'
expect '1  Dũng'
rest
keys 1
expect 'Đã ghi sổ'
keys 3
expect 'đã giao 2 người: Dũng'
keys 0 0
expect 'Danh sách 2, kỳ 12/2026'

# ---- one more from a stick, in the place of the second ----

mkdir -p "$dir/m/u"
echo 'no list' >"$dir/m/u/readme.txt"
write_list 700000
mv "$dir/list.csv" "$dir/m/u/sua.csv"
keys 6
expect 'Thư mục'
keys 9
expect 'Danh sách nằm ở đâu'
keys '*' '*'
typed "$dir/m"
rest
keys Enter
expect '1  u/sua.csv'
keys 1
expect '1 dòng sai'
keys 2
expect 'Danh sách số'
keys 2
rest
keys Enter
expect 'Thay cho danh sách 2'
expect 'đổi 1'
expect '50.000 đồng'
rest
keys 1
expect 'Đã nhận danh sách'
rest
keys Enter
expect 'Danh sách 3, kỳ 12/2026'
expect '1.700.000'
stop

status 0 lists assigned --as 9
case $out in *'"user":5'*'"people":2,"left":2'*) ;; *) fail "$out" ;; esac

# ---- the campaign worker: his hamlet first, and marked ----

status 0 lists assign 3 --to 5 --hamlet 'Thôn 10' --as 9
status 0 lists unassign 3 --hamlet 'Thôn 2' --as 9
start 40 24 --data "$data"
expect 'Số'
keys 5
rest
keys Enter 1 3 5 7 9 0
rest
keys Enter
expect '● Thôn 10'
expect '● có người giao cho mình'
stop
status 0 selftest

# ---- users out of a workbook, as out of a CSV file ----

printf '%s\t%s\t%s\n' 'số' 'họ tên' 'vai trò' \
	5 'Dũng' 'cán bộ vận động' 6 'Trần Thị Mai' 'giao dịch viên' |
	perl tests/e2e/xlsx.pl "$dir/users.xlsx"
status 0 import users "$dir/users.xlsx" --check --as 9
case $out in *'"rows":2'*'"same":1'*Mai*) ;; *) fail "workbook: $out" ;; esac
status 0 import users "$dir/users.xlsx" --as 9
case $out in *'"new":1'*) ;; *) fail "workbook: $out" ;; esac
