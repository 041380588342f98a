#!/bin/bash
# notes.sh - which banknotes to give, receivers, differences: by verb, and on
# the real screen at four sizes. The book is accepted afterwards.
. tests/e2e/lib.sh

data=$dir/store
verify=${chitra}-verify
export CHITRA_PRINTER=none

status() {
	local want=$1 got=0
	shift
	out=$("$chitra" "$@" --data "$data" --json 2>"$dir/err") || got=$?
	same "$got" "$want" "chitra $*: $out $(cat "$dir/err")"
}
is() { same "$(field "$out" "$1")" "$2" "$1 of $out"; }
person() { sed -n "$1p" assets/demo/people.csv | cut -d, -f6; }

export CHITRA_PIN=246802
status 0 init --point P1 --name 'Cẩm Khê' --pin-kib 1024 \
	--list-window 1200:1200
status 0 user add --number 9 --name Hùng --role supervisor
CHITRA_NEW_PIN=135790 status 0 user add --number 1 --name Lan --role agent \
	--as 9
status 0 import list assets/demo/people.csv --as 9
export CHITRA_PIN=135790
status 0 shift open --float 500000x40,200000x20,100000x20,20000x9,10000x30 --as 1

# ---- banknotes ----

status 0 pay --id12 "$(person 2)" --notes suggest --as 1
is amount 700000
same "$(field "$out" notes.0.0) $(field "$out" notes.1.0)" '500000 200000' \
	'the fewest pieces'
status 0 shift status --as 1
is notes.0.1 39
is notes_estimated false
# What a script does not say is estimated, and refuses nobody.
status 0 pay --id12 "$(person 4)" --as 1
status 0 shift status --as 1
is notes_estimated true

# ---- receivers ----

bo="--payee authorised --payee-name An --payee-id 001150000217 --payee-paper 12"
status 1 pay --id12 "$(person 5)" --as 1 $bo --payee-until 2026-01-31
is code paper_over
status 0 pay --id12 "$(person 5)" --as 1 $bo --payee-until 2099-01-31 \
	--payee-relation child
is payee authorised
child=$(person 29)
status 1 pay --id12 "$child" --as 1
is code minor
CHITRA_BY_PIN=246802 status 0 pay --id12 "$child" --as 1 --by 9

# ---- differences ----

card=$(printf '%s||Hà Thi Ty|17111947|Nữ|Cẩm Khê|01072021' "$(person 6)" |
	xxd -p | tr -d '\n')
status 1 pay --card "$card" --as 1
is code differs
status 0 pay --card "$card" --as 1 --accept
status 0 report corrections 2026-12 --to "$dir/corrections.csv" --as 1
is rows 2 # the child's, too
grep -q 'Hà Thi Ty.*danh sách sai' "$dir/corrections.csv" ||
	fail "$(cat "$dir/corrections.csv")"
same "$(stat -c %a "$dir/corrections.csv")" 600 'mode of a list'
status 1 report corrections 2026-12 --to "$dir/corrections.csv" --as 1
is code exists
status 0 pay --id12 "$(person 8)" --not-paid absent --as 1
status 0 report unpaid 2026-12 --to "$dir/unpaid.csv" --as 1
grep -q 'Vắng mặt' "$dir/unpaid.csv" || fail 'the reason is not on the list'

# ---- on the screen ----

# columns rows person: found by his number, paid in the notes suggested, or in
# others, which are typed.
on_screen() {
	local c
	start "$1" "$2" --data "$data"
	expect 'Số của bạn'
	keys 1 Enter 1 3 5 7 9 0 Enter
	expect 'Lan'
	expect 'Thêm'
	for c in $(person "$3" | grep -o .); do keys "$c"; done
	keys Enter
	expect 'CHI TIỀN'
	expect '6 '
	rest
	keys Enter
	expect 'Các tờ'
	[ -z "${GENERATE:-}" ] || screen
	keys 4
	expect 'Cộng'
	keys 1 .
	expect 'phải đưa'
	keys Escape
	expect 'Các tờ'
	if [ "$2" = 15 ]; then
		keys 4
		expect 'Cộng'
		keys .
		expect 'không đếm'
	fi
	rest
	keys Enter
	expect 'ĐÃ ĐƯA TIỀN'
	rest
	keys Enter
	stop
}

on_screen 80 25 12
on_screen 53 30 13
on_screen 40 24 14
on_screen 40 15 15
status 0 shift status --as 1
is payouts 9
"$verify" -f "$data" >"$dir/said" || fail "$(cat "$dir/said")"
echo 'notes: ok'
