#!/bin/bash
# lists.sh - lists that are here; a corrected one in the place of another.
. tests/e2e/lib.sh

data=$dir/store
run() { "$chitra" "$@" --data "$data" --json; }
plain() { "$chitra" "$@" --data "$data"; }
lan() { CHITRA_PIN=135790 run "$@" --as 7; }
at() { same "$(field "$out" "$1")" "$2" "$1 of $out"; }

run init --point P1 --name 'Bưu cục Thử' --pin-kib 1024 \
	--list-window 1200:1200 >/dev/null
export CHITRA_PIN=246802
run user add --number 1 --name Hoa --role supervisor >/dev/null
CHITRA_NEW_PIN=135790 run user add --number 7 --name Lan --role agent --as 1 \
	>/dev/null

head='period,unit_code,list_no,seq,beneficiary_id,id12,cmnd9,name,dob,sex,address,group,monthly_amount'
row() { printf '2026-12,08341,L1,%d,Z%d,00114500000%d,,%s,1945,Nữ,Thôn 3,BTXH,%d\n' \
	"$1" "$1" "$1" "$2" "$3"; }
{ echo "$head"; row 1 'Lê Thị Đào' 500000; row 2 'Lê Văn Mận' 500000
	row 3 'Lê Thị Bưởi' 500000; } >"$dir/one.csv"
{ echo "$head"; row 1 'Lê Thị Đào' 650000; row 2 'Lê Văn Mận' 550000
	row 4 'Lê Thị Hồng' 500000; } >"$dir/two.csv"

# The preview: counts and the first lines; nothing is written.
out=$(plain import list "$dir/one.csv" --check --as 1)
grep -q 'Những dòng đầu:' <<<"$out" || fail "no first rows: $out"
grep -q 'Lê Thị Bưởi, Thôn 3: 12/2026, 500.000' <<<"$out" || fail "$out"
same "$(run lists --as 1)" '{"ok":true,"lists":[]}' 'lists after a look'
run import list "$dir/one.csv" --as 1 --count 3 --sum 1500000 >/dev/null

# Paid before the correction comes.
export CHITRA_PRINTER=none
lan shift open --float 500000x4 >/dev/null
lan pay --id12 001145000001 >/dev/null

# Without a word it is an error; an agent may not correct.
run import list "$dir/two.csv" --as 1 >/dev/null && fail 'taken as it is'
lan import list "$dir/two.csv" --corrects 1 >/dev/null &&
	fail 'an agent corrects'
run import list "$dir/two.csv" --corrects 9 --as 1 >"$dir/out" &&
	fail 'corrects a list that is not here'
grep -q not_corrected "$dir/out" || fail "$(cat "$dir/out")"

# The look says what would be, the import does it.
for look in --check ''; do
	out=$(run import list "$dir/two.csv" --corrects 1 --as 1 $look)
	at corrects.added 1
	at corrects.gone 1
	at corrects.changed 1
	at corrects.kept 1
	at corrects.more 550000
	at corrects.less 500000
done
out=$(run lists --as 1)
at lists.0.corrected_by 2
at lists.1.corrects 1
at lists.1.cash 1050000
plain lists fixes 2 --as 1 | grep -q \
	'Giữ nguyên như cũ: Lê Thị Đào, tháng này: 500.000 -> 650.000 (đã chi rồi)' ||
	fail "$(plain lists fixes 2 --as 1)"
out=$(lan find 001145000002)
at 0.due 550000

# One list for each of two terminals: each takes its own with what it was
# sealed with, and what they have is the list.
out=$(run lists split assets/demo/people.csv --by hamlet --parts 2 \
	--to "$dir/parts" --as 1)
rows=$(field "$out" rows)
sum=$(field "$out" sum)
(cd "$dir/parts" && sha256sum -c --quiet SHA256SUMS) || fail 'the sums'
people=0
money=0
for part in 0 1; do
	file=$dir/parts/$(field "$out" "parts.$part.file")
	data=$dir/terminal-$part
	run init --point "P$part" --name 'Bưu cục Thử' --pin-kib 1024 \
		--list-window 1200:1200 >/dev/null
	run user add --number 1 --name Hoa --role supervisor >/dev/null
	run import list "$file" --as 1 --sha256 "${sum}00" >/dev/null &&
		fail 'another hash is taken'
	got=$(run import list "$file" --as 1 \
		--count "$(field "$out" "parts.$part.rows")" \
		--sum "$(field "$out" "parts.$part.sum")" \
		--sha256 "$(field "$out" "parts.$part.sha256")")
	people=$((people + $(field "$got" new)))
	money=$((money + $(field "$got" sum)))
done
same "$people" "$rows" 'people of both terminals'
same "$money" "$sum" 'their money'
same "$rows" "$(field "$(run import list assets/demo/people.csv --check \
	--as 1)" rows)" 'rows of the list'
data=$dir/store

# Users out of a table: looked at, added with a first PIN each, the same again.
printf 'số,họ tên,vai trò,đến ngày\n8,Nguyễn Thị Minh,giao dịch viên,\n%s\n' \
	'5,Dung,cán bộ vận động,31/12/2099' >"$dir/users.csv"
out=$(run import users "$dir/users.csv" --check --as 1)
at new 0
at rows 2
out=$(run import users "$dir/users.csv" --as 1)
at new 2
at users.1.role staff
pin=$(field "$out" users.0.pin)
[ ${#pin} = 6 ] || fail "the first PIN: $pin"
CHITRA_PIN=$pin run lists --as 8 >/dev/null || fail 'the first PIN is none'
out=$(run import users "$dir/users.csv" --as 1)
at new 0
at same 2
printf 'number,name,role\n8,Somebody Else,agent\n9,An,boss\n' \
	>"$dir/users.csv"
run import users "$dir/users.csv" --as 1 >"$dir/out" && fail 'taken'
same "$(field "$(run user list --as 1)" 4.number)" null 'nobody was added'
lan import users "$dir/users.csv" >/dev/null && fail 'an agent adds users'
run selftest >/dev/null || fail 'the store does not hold'
echo 'lists: ok'
