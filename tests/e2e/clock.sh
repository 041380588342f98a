#!/bin/bash
# clock.sh - clocks that jump, on the real program by libfaketime (T13-T16).
#
# Only the wall clock is false; the time since the machine was started, which
# nobody can set, goes on as it does. What was written is looked at with
# chitra-verify, which has to accept every store. T17 (entries made late) is
# for when there are such entries.
. tests/e2e/lib.sh

verify=$PWD/${BUILD:-build/debug}/chitra-verify
fake=$(ls /usr/lib/*/faketime/libfaketime.so.1 2>/dev/null | head -n 1)
[ -n "$fake" ] || fail 'libfaketime is not installed: make deps-test'
case ${BUILD:-} in
*tsan) echo 'clock: not with this sanitizer' && exit 0 ;;
esac
export ASAN_OPTIONS=verify_asan_link_order=0:detect_leaks=0
# Vietnam, for libfaketime; the program knows no other zone.
export TZ=ICT-7
data=$dir/store

# at 'DATE TIME' VERB...: by that clock. The answer is in $out, its exit
# status in $rc.
at() {
	local when=$1
	shift
	rc=0
	out=$(LD_PRELOAD=$fake FAKETIME="@$when" \
		FAKETIME_DONT_FAKE_MONOTONIC=1 "$chitra" "$@" --json \
		--data "$data" 2>/dev/null </dev/null) || rc=$?
}

must() {
	at "$@"
	same "$rc" 0 "$*: $out"
}

# no CODE 'DATE TIME' VERB...: refused with that code.
no() {
	local code=$1
	shift
	at "$@"
	[ "$rc" != 0 ] || fail "done: $*"
	same "$(field "$out" code)" "$code" "$*"
}

# The kinds of the records from the n-th on.
kinds() {
	"$verify" -f --json --records "$data" | perl -MJSON::PP -ne '
		my $r = decode_json($_);
		push @k, $r->{kind} if exists $r->{kind} and $r->{seq} >= '"$1"';
		END { print "@k" }'
}

# How many there are, and that the second reader takes them all.
records() {
	local said
	said=$("$verify" -f --json "$data") || fail "not accepted: $said"
	field "$said" records
}

# store WINDOW: a new one, on the morning of 22 November 2026.
store() {
	rm -rf "$data"
	export CHITRA_PIN=246802
	must '2026-11-22 07:50:00' init --point P1 --name 'Bưu cục Thử' \
		--pin-kib 1024 --list-window "$1"
	must '2026-11-22 07:51:00' user add --number 1 --name Lan --role agent
	CHITRA_NEW_PIN=135791 must '2026-11-22 07:52:00' user add --number 2 \
		--name Hoa --role supervisor --as 1
	must '2026-11-22 07:53:00' import list assets/demo/people.csv --as 1
	must '2026-11-22 08:00:00' shift open --as 1 --float 500000x500
}

# Three people of the demo who get cash by their own number.
first=025147954966
second=025045601158
third=$(perl -F, -lane 'print $F[5] if /,cash,/ and $F[5] =~ /^\d{12}$/' \
	assets/demo/people.csv | grep -vE "$first|$second" | sed -n 3p)

vouch() { CHITRA_PIN=135791 must "$1" clock confirm --as 2; }

# T13: set back a day.
T13() {
	local n
	store 2:3
	must '2026-11-22 08:05:00' pay --as 1 --id12 $first
	n=$(records)
	no clock '2026-11-21 08:06:00' pay --as 1 --id12 $second
	same "$(kinds $((n + 1)))" 'CLOCK LOGIN FAULT_BEGIN LOGOUT' \
		'after a day back'
	at '2026-11-21 08:07:00' clock
	same "$rc" 1 'the clock is behind'
	same "$(field "$out" quality)" 4 'its quality'
	# A supervisor says that it is right now, and paying goes on.
	vouch '2026-11-21 08:08:00'
	must '2026-11-21 08:09:00' pay --as 1 --id12 $second
	# Or it is set right, and nobody has to say anything.
	must '2026-11-22 08:10:00' pay --as 1 --id12 "$third"
	must '2026-11-22 08:11:00' shift status
	same "$(field "$out" payouts)" 3 'payouts'
	records >/dev/null
}

# T14: a year ahead.
T14() {
	local n
	store 2:3
	n=$(records)
	no clock_day '2027-11-22 08:05:00' pay --as 1 --id12 $first
	no clock_day '2027-11-22 08:06:00' shift top-up 500000x1 --as 1
	CHITRA_PIN=111222 no wrong_pin '2027-11-22 08:07:00' pay --as 1 \
		--id12 $first
	at '2027-11-22 08:08:00' find nguyen --as 1
	same "$rc" 0 'looking is allowed'
	same "$(kinds $((n + 1)) | tr ' ' '\n' | sort -u)" CLOCK 'a year ahead'
	n=$(records)
	# Right again: no question, no second person, nothing behind.
	must '2026-11-22 08:10:00' pay --as 1 --id12 $first
	same "$(kinds $((n + 1)))" 'CLOCK LOGIN PAY HANDED LOGOUT' 'after it'
	at '2026-11-22 08:11:00' clock
	same "$rc" 0 'the clock is right'
	# The lists are really as old as that: vouched for, but not their time.
	vouch '2027-11-22 08:12:00'
	no list_day '2027-11-22 08:13:00' pay --as 1 --id12 $second
	# A second person lets it pass, by verb as on the screen.
	n=$(records)
	no no_pin '2027-11-22 08:13:10' pay --as 1 --id12 $second --by 2
	CHITRA_BY_PIN=12 no no_pin '2027-11-22 08:13:20' pay --as 1 \
		--id12 $second --by 2
	CHITRA_BY_PIN=135790 no wrong_pin '2027-11-22 08:13:30' pay --as 1 \
		--id12 $second --by 2
	CHITRA_BY_PIN=135791 no no_user '2027-11-22 08:13:40' pay --as 1 \
		--id12 $second --by 77
	LD_PRELOAD=$fake FAKETIME='@2027-11-22 08:13:50' \
		FAKETIME_DONT_FAKE_MONOTONIC=1 "$chitra" pay --as 1 \
		--id12 $second --data "$data" 2>&1 >/dev/null |
		grep -q -e '--by' || fail 'the refusal does not name --by'
	! kinds $((n + 1)) | grep -q PAY || fail 'paid without a second person'
	CHITRA_BY_PIN=135791 must '2027-11-22 08:14:00' pay --as 1 \
		--id12 $second --by 2
	records >/dev/null
}

# T15: the battery is dead, it is 1970.
T15() {
	local n
	store 2:3
	n=$(records)
	no clock_day '1970-01-02 08:00:00' pay --as 1 --id12 $first
	no clock_day '1970-01-02 08:01:00' shift close --count 500000x500 --as 1
	at '1970-01-02 08:02:00' clock
	same "$(field "$out" quality)" 0 'quality'
	same "$(field "$out" no_day)" true 'no day'
	CHITRA_PIN=135791 at '1970-01-02 08:03:00' clock confirm --as 2
	[ "$rc" != 0 ] || fail 'a supervisor vouched for 1970'
	at '1970-01-02 08:04:00' find nguyen --as 1
	same "$rc" 0 'looking is allowed'
	at '1970-01-02 08:05:00' selftest
	same "$rc" 1 'the self-test finds the clock'
	same "$(kinds $((n + 1)) | tr ' ' '\n' | sort -u)" CLOCK 'in 1970'
	must '2026-11-22 08:10:00' pay --as 1 --id12 $first
	records >/dev/null
}

# T16: past the end of 32-bit seconds, and into the next century.
T16() {
	local when iso id seconds=0
	store 1200:1200
	for when in '2038-01-19 10:14:06' '2038-01-19 10:14:09' \
		'2100-03-01 00:00:01'; do
		seconds=$((seconds + 1))
		id=$(printf '%s\n' $first $second "$third" |
			sed -n "${seconds}p")
		must "$when" pay --as 1 --id12 "$id" --printer none
		iso=$(field "$out" at)
		[ "${iso:0:16}" = "${when:0:10}T${when:11:5}" ] ||
			fail "$when became $iso"
		code=$(field "$out" receipt)
		must "$when" receipt "$code" --as 1
		same "$(field "$out" at)" "$iso" 'the receipt'
	done
	# What comes later sorts later: told to whoever asks again.
	no already_paid '2100-03-01 00:01:00' pay --as 1 --id12 "$third"
	same "$(field "$out" prior.at)" "$iso" 'paid already, when'
	must '2100-03-01 00:02:00' shift status
	same "$(field "$out" quick)" 2 'payouts soon after one another'
	records >/dev/null
}

T13
T14
T15
T16
echo 'clock: ok'
