#!/bin/bash
# down_line.sh - what comes down over the line: a list that is longer than one
# answer, a new key of the centre in the middle of uploads, a centre that is
# killed, a terminal that was away for two keys (T54, T55).
. tests/e2e/lib.sh

centre=${chitra}-centre
home=$dir/centre
data=$dir/store
pid=
trap '[ -z "$pid" ] || kill -9 "$pid" 2>/dev/null || true; finish' EXIT
export CHITRA_PIN=246802

serve() {
	: >"$dir/out"
	"$centre" serve --dir "$home" --listen 127.0.0.1 --port "${1:-0}" \
		--metrics 0 >"$dir/out" 2>>"$dir/log" &
	pid=$!
	comes test -s "$dir/out" || true
	port=$(sed -n 's/port \([0-9]*\),.*/\1/p' "$dir/out")
	[ -n "$port" ] || fail "no centre: $(cat "$dir/log")"
}
again() { # killed, and started anew at its address
	kill -9 "$pid"
	wait "$pid" 2>/dev/null || true
	serve "$port"
}
status() {
	local want=$1 got=0
	shift
	out=$("$chitra" "$@" --data "$data" --json 2>"$dir/err") || got=$?
	[ "$got" = "$want" ] ||
		fail "chitra $*: status $got, not $want: $out $(cat "$dir/err")"
}
is() { same "$(field "$out" "$1")" "$2" "$1 of $out"; }
at_centre() { "$centre" "$@" --dir "$home" >"$dir/said" || fail "$*: $?"; }

"$centre" init --dir "$home" --name centre-1 --host localhost >/dev/null
serve
"$chitra" init --data "$data" --point P1 --name 'Bưu cục Thử' --pin-kib 1024 \
	--list-window 1200:1200 >/dev/null 2>&1
"$chitra" user add --data "$data" --number 1 --name Hoa --role supervisor \
	>/dev/null
status 1 down --fetch
is code no_centre
code=$("$centre" code --dir "$home" --point 'Bưu cục' 2>/dev/null)
status 0 centre join --url "https://localhost:$port" --code "$code" \
	--ca "$home/ca.pem" --as 1

# ---- a list of more than 256 KiB -----------------------------------------------

perl -e 'print "period,unit_code,list_no,seq,beneficiary_id,id12,cmnd9,name,",
		"dob,sex,address,group,total\n";
	printf "2026-12,08341,L1,%d,Z%d,,,Lê Thị Thử %d,1945,Nữ,Thôn 3,BTXH,%d\n",
		$_, $_, $_, 540000 for 1 .. 6000' >"$dir/list.csv"
at_centre put list --file "$dir/list.csv" --point 'Bưu cục'
status 0 down --fetch
is fetched 1
is waiting 1
# Nobody is signed in: it waits; what is here is not fetched again.
status 0 down --fetch --as 1
is fetched 0
is waiting 0
echo "$out" | grep -q '"rows":6000' || fail "not all of it: $out"
grep -c '"event":"parcel"' "$dir/log" | grep -qx 2 ||
	fail "parts: $(grep parcel "$dir/log")"

# ---- records up, and what there is comes with them ---------------------------------

at_centre revlist --user 7
status 0 upload
is trouble fine
is received 1
# Who is out is out at once: nobody need be signed in for that.
status 0 down
echo "$out" | grep -q '"kind":"revlist","version":1,"state":"taken"' ||
	fail "no list of users: $out"

# ---- a new key while a batch waits: understood at once -------------------------------

at_centre rotate
before=$pid
kill -HUP "$pid"
for _ in $(seq 600); do
	grep -q '"event":"reload"' "$dir/log" && break
	sleep 0.05
done
grep -q '"event":"reload"' "$dir/log" || fail 'the new key was not taken'
status 0 user add --number 8 --name Lan --role agent --as 1
status 0 upload
is trouble fine
is waiting 0
status 0 down
is roll 1
kill -0 "$before" || fail 'the centre is gone'

# ---- away for two keys; the centre is killed; the network is gone ---------------------

kill -9 "$pid"
wait "$pid" 2>/dev/null || true
status 3 down --fetch
is code no_network
at_centre rotate
at_centre rotate
serve "$port"
at_centre put list --file assets/demo/people.csv --all
status 0 down --fetch --as 1
is waiting 0
status 0 down
is roll 3
status 0 upload
is trouble fine
status 0 selftest

# ---- while the screen is up: after at most a minute, so only if asked for ---------------

if [ -n "${WITH_SCREEN:-}" ]; then
	at_centre rotate
	again
	at_centre revlist --user 99
	at_centre put list --file "$dir/list.csv" --all
	parts=$(grep -c '"event":"parcel","dev":"[0-9a-f]*","status":200' "$dir/log")
	status 0 user add --number 9 --name Minh --role agent --as 1
	start 80 25 --data "$data"
	for _ in $(seq 1800); do
		now=$(grep -c '"event":"parcel","dev":"[0-9a-f]*","status":200' \
			"$dir/log")
		[ "$now" -ge $((parts + 3)) ] && break
		sleep 0.1
	done
	[ "$now" -ge $((parts + 3)) ] || fail "the screen fetched nothing"
	# What is signed with the new key is understood, and all is confirmed.
	for _ in $(seq 600); do
		last=$(grep '"event":"batch"' "$dir/log" | tail -1)
		[[ $last == *'"answer":"dup"'* ]] && break
		sleep 0.1
	done
	sleep 3
	stop
	status 0 down
	is roll 4
	echo "$out" | grep -q '"kind":"revlist","version":[0-9]*,"state":"waiting"' &&
		fail "who is out waits: $out"
	echo "$out" | grep -q '"kind":"list","version":3,"state":"waiting"' ||
		fail "no list waits: $out"
	status 0 upload
	is trouble fine
fi

# ---- a terminal that is out there gets nothing ----------------------------------------

at_centre revoke "$("$chitra" export keys --to "$dir/keys" --data "$data" \
	--as 1 >/dev/null; sed -n 's/^device \([0-9a-f]*\) .*/\1/p' "$dir/keys")"
status 1 down --fetch
is code unknown
echo 'down_line: ok'
