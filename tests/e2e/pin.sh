#!/bin/bash
# pin.sh - guessing a PIN and pulling the plug after each try (T65).
#
# The plug is pulled at every moment of a try: each counts, the tenth locks,
# and no clock unlocks. SEED=n pulls at the same random moments again.
. tests/e2e/lib.sh

fake=$(ls /usr/lib/*/faketime/libfaketime.so.1 2>/dev/null | head -n 1)
[ -n "$fake" ] || fail 'libfaketime is not installed: make deps-test'
seed=${SEED:-$RANDOM}
RANDOM=$seed
data=$dir/store
export CHITRA_PIN=246802 TZ=ICT-7

ask() { "$chitra" "$@" --data "$data" --json 2>/dev/null </dev/null; }

# no CODE ARGS...: refused with that code.
no() {
	local code=$1
	shift
	out=$(ask "$@") && fail "done: $*"
	same "$(field "$out" code)" "$code" "$* (SEED=$seed)"
}

# The count of wrong PINs of lan, and whether she is locked.
lan() { field "$(ask user list)" "0.$1"; }

ask init --point P1 --name 'Bưu cục Thử' --pin-kib 1024 \
	--list-window 1200:1200 >/dev/null
ask user add --number 9 --name Hùng --role supervisor >/dev/null
CHITRA_NEW_PIN=135790 ask user add --number 1 --name Lan --role agent \
	--as 9 >/dev/null
same "$(lan failures)" 0 'at the beginning'

# Killed at the four moments of a try after which it is on the disk, twice.
n=0
for point in login.counted login.tried login.appended login.recorded \
	login.counted login.recorded; do
	rc=0
	CHITRA_CRASH=$point CHITRA_PIN=99999$n ask find 4578 --as 1 \
		>/dev/null || rc=$?
	[ "$rc" -ge 128 ] || fail "not killed at $point: $rc"
	n=$((n + 1))
	same "$(lan failures)" $n "killed at $point"
done

# Killed whenever: a try counts at most once, and never takes one back.
for _ in 1 2 3 4 5; do
	CHITRA_PIN=888777 "$chitra" find 4578 --as 1 --data "$data" \
		>/dev/null 2>&1 </dev/null &
	pid=$!
	sleep 0.0$((RANDOM % 10))
	kill -9 $pid 2>/dev/null || true
	wait $pid 2>/dev/null || true
	now=$(lan failures)
	[ "$now" -ge $n ] && [ "$now" -le $((n + 1)) ] ||
		fail "$now wrong PINs after $n (SEED=$seed)"
	n=$now
	[ "$n" -lt 9 ] || break
done

# To the ninth, and the tenth locks, killed before it is even tried.
while [ "$n" -lt 9 ]; do
	CHITRA_PIN=888777 no wrong_pin find 4578 --as 1
	n=$((n + 1))
done
same "$(lan locked)" false 'nine tries'
CHITRA_CRASH=login.counted CHITRA_PIN=888777 ask find 4578 --as 1 \
	>/dev/null && fail 'not killed at the tenth'
same "$(lan locked)" true 'ten tries'
CHITRA_PIN=135790 no locked find 4578 --as 1

# Nor does any clock: a year ahead, a year back, from another start.
case ${BUILD:-} in
*san) ;;
*)
	for when in '+1y' '-1y' '+3650d'; do
		CHITRA_PIN=135790 LD_PRELOAD=$fake FAKETIME=$when \
			no locked find 4578 --as 1
	done
	;;
esac

# Only a supervisor does, and the right PIN is right again.
CHITRA_PIN=135790 no locked user unlock --number 1 --as 1
ask user unlock --number 1 --as 9 >/dev/null || fail 'not unlocked'
same "$(lan failures)" 0 'after unlocking'
rc=0
CHITRA_PIN=135790 ask find 4578 --as 1 >/dev/null || rc=$?
same "$rc" 1 'nobody is found, but she is in'
"${chitra}-verify" -f "$data" >"$dir/said" ||
	fail "not accepted: $(cat "$dir/said")"
echo 'pin: ok'
