#!/bin/bash
# limits.sh - the limits of a point, by verb and on the real screen at two
# sizes: who may change them, what that does to the next payment, and that
# chitra-verify knows what held at each record; and the key of the office.
. tests/e2e/lib.sh

verify=${chitra}-verify

status() {
	local want=$1 got=0
	shift
	out=$("$chitra" "$@" --data "$data" --json 2>/dev/null) || got=$?
	same "$got" "$want" "chitra $*: $out"
}

# The limit of that place in the list of `chitra limit`.
limit() { field "$("$chitra" limit --data "$data" --json)" "limits.$1.$2"; }

supervisor() { CHITRA_PIN=246802 status "$1" "${@:2}" --as 9; }

pays() { # person's row, status wanted
	local id
	id=$(sed -n "$1p" assets/demo/people.csv | cut -d, -f6)
	CHITRA_PIN=135790 status "$2" pay --as 1 --id12 "$id" --printer none
}

store() {
	data=$dir/$1
	export CHITRA_PIN=246802
	status 0 init --point P1 --name 'Cẩm Khê' --pin-kib 1024 \
		--hours 07:00-17:00
	status 0 user add --number 9 --name Hùng --role supervisor
	CHITRA_NEW_PIN=135790 supervisor 0 user add --number 1 --name Lan \
		--role agent
	# The names of this office are worked out by nobody else.
	status 0 office-key make "$dir/key"
	same "$(stat -c '%s %a' "$dir/key")" '65 600' 'the key'
	status 1 office-key make "$dir/key"
	CHITRA_PIN=135790 status 1 office-key take "$dir/key" --as 1
	same "$(field "$out" code)" role 'an agent'
	supervisor 0 office-key take "$dir/key"
	grep -qa "$(head -c 64 "$dir/key")" "$data/chitra.db" &&
		fail 'the key lies bare in the store'
	supervisor 0 import list assets/demo/people.csv --count 200
}

by_verb() {
	supervisor 0 office-key show
	[ -n "$(field "$out" mark)" ] || fail 'no key of the office'
	mv "$dir/key" "$dir/first"
	status 0 office-key make "$dir/key"
	supervisor 1 office-key take "$dir/key"
	same "$(field "$out" code)" office_key 'another key'
	same "$(limit 0 value)" 15000000 'the default'
	same "$(limit 4 value)" 07:00-17:00 'hours of init'
	CHITRA_PIN=135790 status 1 limit set single 20000000 --as 1
	same "$(field "$out" code)" role 'an agent'
	supervisor 1 limit set single 20
	same "$(field "$out" code)" limit_range 'too little'
	supervisor 1 limit set hours 17:00-07:00
	same "$(field "$out" code)" limit_range 'hours over midnight'
	supervisor 2 limit set speed 20
	supervisor 0 limit set single 100000
	same "$(limit 0 value) $(limit 0 by)" '100000 9' 'after it'
	supervisor 0 limit set hours 00:00-24:00
	CHITRA_PIN=135790 status 0 shift open --as 1 --float 500000x100
	pays 2 1
	same "$(field "$out" code)" second_person 'over the new limit'
	supervisor 0 limit set single 15000000
	pays 2 0
	supervisor 0 limit set payouts 1
	pays 3 1
	same "$(field "$out" code)" limit_count 'one a shift'
}

on_screen() { # columns rows
	start "$1" "$2" --data "$data"
	expect 'Số của bạn'
	keys 9 Enter 2 4 6 8 0 2 Enter
	expect 'Hùng'
	expect 'Thêm'
	keys '*' 2
	expect '15.000.000 đồng'
	keys 2 0 Enter
	expect 'Không đặt được'
	keys BSpace "$3" Enter
	expect 'Từ nay'
	keys Enter
	expect 'Từ nay'
	rest
	keys 1
	expect 'Đã ghi'
	keys 5 0 6 3 0 1 8 0 0 Enter
	expect '06:30-18:00'
	rest
	keys 1
	expect 'Đã ghi'
	keys 0
	stop
	same "$(limit 1 value)" "$3" 'by the screen'
	same "$(limit 4 value)" 06:30-18:00 'hours by the screen'
}

store store
by_verb
on_screen 80 25 2
pays 3 0
pays 4 1
supervisor 0 limit set hours 00:00-24:00
on_screen 40 24 3
pays 4 0

# The book holds, and so does each part of it (what an altered table does is
# in tests/verify/test_stores.c).
"$verify" -f "$data" >"$dir/said" || fail "$(cat "$dir/said")"
supervisor 0 export journal --to "$dir/journal"
"$verify" -f "$dir/journal" >"$dir/said" || fail "$(cat "$dir/said")"
supervisor 0 export journal --from 40 --to "$dir/later"
"$verify" -f "$dir/later" >"$dir/said" || fail "$(cat "$dir/said")"
grep -q 'V13' "$dir/said" && fail "limits are not known: $(cat "$dir/said")"
echo 'limits: ok'
