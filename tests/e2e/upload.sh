#!/bin/bash
# upload.sh - a terminal and its centre: joined, sent, acknowledged; by the
# line and by a stick; killed in between; a centre that is not ours, a clock
# that is wrong, a centre that was restored from a backup (T54, T55, T57, T58).
. tests/e2e/lib.sh

centre=${chitra}-centre
verify=${chitra}-verify
home=$dir/centre
data=$dir/store
stick=$dir/stick
pid=
trap '[ -z "$pid" ] || kill -9 "$pid" 2>/dev/null || true; finish' EXIT
export CHITRA_PIN=246802

# serve HOME: a centre at work; $port.
serve() {
	"$centre" serve --dir "$1" --listen 127.0.0.1 --port "${2:-0}" \
		--metrics 0 >"$dir/out" 2>>"$dir/log" &
	pid=$!
	comes test -s "$dir/out" || true
	port=$(sed -n 's/port \([0-9]*\),.*/\1/p' "$dir/out")
	[ -n "$port" ] || fail "no centre: $(cat "$dir/log")"
}
kill_centre() {
	kill -9 "$pid"
	wait "$pid" 2>/dev/null || true
	: >"$dir/out"
}

# status WANTED VERB...: the terminal; its JSON in $out.
status() {
	local want=$1 got=0
	shift
	out=$("$chitra" "$@" --data "$data" --json 2>"$dir/err") || got=$?
	[ "$got" = "$want" ] ||
		fail "chitra $*: status $got, not $want: $out $(cat "$dir/err")"
}
is() { same "$(field "$out" "$1")" "$2" "$1 of $out"; }
join() {
	local want=$1
	shift
	code=$("$centre" code --dir "$home" --point 'Bưu cục' 2>"$dir/hint")
	status "$want" centre join --code "$code" --as 1 "$@"
}
records() { # how many the centre holds
	"$centre" report --dir "$home" | awk -F '\t' '$1 == "terminal" {
		print $5 }' || true
}

mkdir "$stick"
"$centre" init --dir "$home" --name centre-1 --host localhost >/dev/null
"$centre" init --dir "$dir/foreign" --name centre-1 --host localhost >/dev/null
serve "$home"
url=https://localhost:$port

"$chitra" init --data "$data" --point P1 --name 'Bưu cục Thử' --pin-kib 1024 \
	--list-window 1200:1200 >/dev/null 2>&1
"$chitra" user add --data "$data" --number 1 --name Hoa --role supervisor \
	>/dev/null
CHITRA_NEW_PIN=864213 "$chitra" user add --data "$data" --number 7 --name Lan \
	--role agent --as 1 >/dev/null
lan() { CHITRA_PIN=864213 "$chitra" "$@" --as 7 --data "$data" >/dev/null; }
lan import list assets/demo/people.csv

# ---- joining ------------------------------------------------------------------

status 1 upload
is code no_centre
status 2 centre join --url "http://localhost:$port" --code AAAA-AAAA-AAAA-AAAA \
	--ca "$home/ca.pem" --as 1
is code url
# T55: who answers is not whom the file names; nothing was told him.
join 1 --url "$url" --ca "$dir/foreign/ca.pem"
is code not_our_centre
grep -q '"event":"enrol"' "$dir/log" && fail 'somebody else was told the code'
join 1 --url "$url" --pin 'sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='
is code not_our_centre
join 3 --url https://localhost:1 --ca "$home/ca.pem"
is code no_network
status 1 centre join --url "$url" --code AAAA-AAAA-AAAA-AAAA \
	--ca "$home/ca.pem" --as 1
is code code
# An agent may not.
out=$(CHITRA_PIN=864213 "$chitra" centre join --url "$url" --code "$code" \
	--ca "$home/ca.pem" --as 7 --data "$data" --json 2>/dev/null) &&
	fail 'an agent joined a centre'
is code role
# As the centre says it itself.
pin=$(grep -oE 'sha256//[^ ]+' "$dir/hint")
join 0 --url "$url" --pin "$pin"
is centre centre-1
join 0 --url "$url" --ca "$home/ca.pem"

# ---- pay, send ----------------------------------------------------------------

lan shift open --float 500000x2000
ids=$(perl -ne 'my @c = split /,/; print "$1\n" if !/account|guardian/ and
	/,(\d{12}),/' assets/demo/people.csv | head -n 6)
set -- $ids
lan pay --id12 "$1" --printer none
lan pay --id12 "$2" --printer none
status 0 upload
is waiting 0
is trouble fine
acked=$(field "$out" acked)
same "$(($(field "$out" made) - acked))" 1 'records behind the acknowledgement'
same "$(records)" "$acked" 'records at the centre'
# It is not asked for ever: the acknowledgement alone goes nowhere.
status 0 upload
is batches 0
status 0 selftest --as 1

# ---- T57: by another clock ------------------------------------------------------

fake=$(ls /usr/lib/*/faketime/libfaketime.so.1 2>/dev/null | head -n 1)
case ${BUILD:-} in
*tsan | *asan) fake= ;;
esac
if [ -n "$fake" ]; then
	lan pay --id12 "$3" --printer none
	got=0
	out=$(TZ=ICT-7 LD_PRELOAD=$fake FAKETIME='@2001-01-01 10:00:00' \
		FAKETIME_DONT_FAKE_MONOTONIC=1 "$chitra" upload --json \
		--data "$data" 2>/dev/null) || got=$?
	same "$got" 1 "T57: $out"
	is code clock
	status 0 upload
fi

# ---- killed in between ----------------------------------------------------------

lan pay --id12 "$4" --printer none
kill_centre
status 3 upload
is code no_network
status 0 centre show
is trouble no_network
mkdir "$dir/backup"
cp "$home"/centre.db* "$dir/backup"
serve "$home" "$port"
# The terminal dies with the acknowledgement in its hand.
for at in ack.appended ack.purged ack.committed; do
	{ CHITRA_CRASH=$at "$chitra" upload --data "$data" || true; } \
		>/dev/null 2>&1
	status 0 upload
	is waiting 0
	lan shift top-up 100000x1
done
status 0 upload
same "$(records)" "$(field "$out" acked)" 'T54: each record once'

# ---- T58: from last night's backup ------------------------------------------------

kill_centre
rm -f "$home"/centre.db*
cp "$dir/backup"/* "$home"
serve "$home" "$port"
lan pay --id12 "$6" --printer none
status 1 upload
is code server_rollback
is waiting 0
same "$(records)" "$(field "$out" acked)" 'T58: all of it again'
status 0 upload

# ---- by stick -------------------------------------------------------------------

lan pay --id12 "$5" --printer none
kill_centre
status 0 upload --to "$stick"
is files 1
[ -z "$(find "$stick" -name '*.part')" ] || fail 'half a file on the stick'
# Pulled half-way, on another one: nothing of it counts.
mkdir "$dir/half"
for f in "$stick"/*.batch; do
	head -c 200 "$f" >"$dir/half/${f##*/}"
done
got=0
"$centre" take "$dir/half" --dir "$home" >/dev/null || got=$?
same "$got" 1 'half a batch'
status 0 upload --from "$dir/half"
is taken 0
"$centre" take "$stick" --dir "$home" >/dev/null || fail 'the stick'
status 0 upload --from "$stick"
is taken 1
is waiting 0
# Once more, both ways: nothing is new.
"$centre" take "$stick" --dir "$home" | grep -q '0 acknowledged, 1 were before'
status 0 upload --from "$stick"
is taken 0

# ---- what is left ---------------------------------------------------------------

lan shift status
"$verify" "$data" >"$dir/verdict" || fail "$(cat "$dir/verdict")"
echo 'upload: joined, sent, killed, restored, by stick: each record once'
