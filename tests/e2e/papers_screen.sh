#!/bin/bash
# papers_screen.sh - a supervisor looks at form A and the payment list on a
# handheld, and has the list written: three files, the same as by the verb,
# that the book knows of.
. tests/e2e/lib.sh

data=$dir/store
export CHITRA_PRINTER=none
status() {
	local want=$1 got=0
	shift
	out=$("$chitra" "$@" --data "$data" --json 2>"$dir/err") || got=$?
	same "$got" "$want" "chitra $*: $out $(cat "$dir/err")"
}

export CHITRA_PIN=246802
status 0 init --point P1 --name 'Cẩm Khê' --pin-kib 1024 \
	--list-window 1200:1200
status 0 user add --number 9 --name Hùng --role supervisor
status 0 import list assets/demo/people.csv --as 9
printf '[reports]\nbefore_day = 7\n' >"$data/chitra.ini"

start 40 24 --data "$data"
expect 'Số'
keys 9
rest
keys Enter 2 4 6 8 0 2
rest
keys Enter
expect '0/189'
keys '*' '*' '.' 3
expect 'Muốn xem giấy tờ nào?'

# ---- form A: its columns move, the first two stay ----

keys 1
expect 'Kỳ nào?'
rest
keys Enter
expect 'Biểu A 12/2026'
expect 'Tổng số đối tượn'
keys 6 6 6 6
expect 'Người có công'
keys 8 8
rest
keys Enter
expect 'Nội dung: Đối tượng Người có công'
keys 0 '.'
expect 'Ghi chú:'
keys '.'
rest
keys Enter
expect 'trước ngày 07/01/2027'
keys 0 0

# ---- the payment list, into files ----

keys 3 1 2 2 0 2 6
rest
keys Enter
expect 'Dòng 1/'
expect 'Hà Thị Ty'
keys 1
expect 'Ghi tệp của giấy tờ này'
# Twice * takes the whole name back.
keys '*' '*'
typed "$dir/no/list"
rest
keys Enter
expect 'Chưa ghi được tệp'
keys '*' '*'
typed "$dir/list"
rest
keys Enter
either 'Đã ghi 3 tệp' 'Đã ghi 2 tệp'
rest
keys Enter
expect 'Dòng 1/'
keys 0 0
expect '0/189'
stop

[ -s "$dir/list.xlsx" ] || fail 'no workbook'
status 0 report list 2026-12 --as 9 --to "$dir/same.csv"
cmp "$dir/same.csv" "$dir/list.csv" || fail 'not the same as by the verb'
same "$(stat -c %a "$dir/list.csv")" 600 'mode'

# ---- a second commune: the list of one of them alone ----

{
	head -1 assets/demo/people.csv
	sed -n 2,9p assets/demo/people.csv |
		sed 's/^2026-12,08341,CK-2026-12,/2026-12,08230,PN-2026-12,/'
} >"$dir/second.csv"
status 0 import list "$dir/second.csv" --as 9

start 40 24 --data "$data"
expect 'Số'
keys 9
rest
keys Enter 2 4 6 8 0 2
rest
keys Enter
expect '0/1'
keys '*' '*' '.' 3
expect 'Muốn xem giấy tờ nào?'
keys 3
expect 'Danh sách chi trả: của xã nào?'
expect '1  Xã Phù Ninh: 8 người'
expect '2  Xã Cẩm Khê: '
expect '6> Tất cả 2 xã'
keys 1
expect 'Kỳ nào?'
expect 'Xã Phù Ninh'
rest
keys Enter
expect 'Danh sách chi trả 12/2026'
expect 'Xã Phù Ninh'
expect 'Dòng 1/'
keys 1
expect 'chi-tra-2026-12-08230'
keys '*' '*'
typed "$dir/one"
rest
keys Enter
either 'Đã ghi 3 tệp' 'Đã ghi 2 tệp'
rest
keys Enter
expect 'Dòng 1/'
# Another paper: the commune is still marked.
keys 0 4
expect '1> Xã Phù Ninh: 8 người'
keys 0 0
stop

status 0 report list 2026-12 --unit 08230 --as 9 --to "$dir/one_same.csv"
cmp "$dir/one_same.csv" "$dir/one.csv" ||
	fail 'of one commune: not the same as by the verb'
cmp -s "$dir/list.csv" "$dir/one.csv" && fail 'of one commune: it is of all'
true
