#!/bin/bash
# tail.sh - an older disk is put back after payments went to the centre: the
# terminal notices before it sends anything, pays nobody, gets its records back,
# by the line and by a stick, and goes on; nobody is paid twice (R1, T31).
. tests/e2e/lib.sh

centre=${chitra}-centre
verify=${chitra}-verify
home=$dir/centre
data=$dir/store
pid=
trap '[ -z "$pid" ] || kill -9 "$pid" 2>/dev/null || true; finish' EXIT
export CHITRA_PIN=246802

serve() { # a centre at work; $port
	: >"$dir/out"
	"$centre" serve --dir "$home" --listen 127.0.0.1 --port "${1:-0}" \
		--metrics 0 >"$dir/out" 2>>"$dir/log" &
	pid=$!
	comes test -s "$dir/out" || true
	port=$(sed -n 's/port \([0-9]*\),.*/\1/p' "$dir/out")
	[ -n "$port" ] || fail "no centre: $(cat "$dir/log")"
}
kill_centre() {
	kill -9 "$pid"
	wait "$pid" 2>/dev/null || true
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
lan() { CHITRA_PIN=864213 "$chitra" "$@" --as 7 --data "$data" >/dev/null; }
pays() { # pays WANTED ID12
	local got=0
	out=$(CHITRA_PIN=864213 "$chitra" pay --id12 "$2" --printer none \
		--as 7 --data "$data" --json 2>/dev/null) || got=$?
	same "$got" "$1" "pay: $out"
}
records() { # how many the centre holds
	"$centre" report --dir "$home" | awk -F '\t' '$1 == "terminal" {
		print $5 }' || true
}
copy_disk() { rm -rf "$dir/disk" && cp -r "$data" "$dir/disk"; }
put_back() { rm -rf "$data" && cp -r "$dir/disk" "$data"; }

"$centre" init --dir "$home" --name centre-1 --host localhost >/dev/null
serve
"$chitra" init --data "$data" --point P1 --name 'Bưu cục Thử' --pin-kib 1024 \
	--list-window 1200:1200 >/dev/null 2>&1
"$chitra" user add --data "$data" --number 1 --name Hoa --role supervisor \
	>/dev/null
CHITRA_NEW_PIN=864213 "$chitra" user add --data "$data" --number 7 --name Lan \
	--role agent --as 1 >/dev/null
lan import list assets/demo/people.csv
status 1 centre tail --as 1
is code no_centre
code=$("$centre" code --dir "$home" --point 'Bưu cục' 2>/dev/null)
status 0 centre join --code "$code" --url "https://localhost:$port" \
	--ca "$home/ca.pem" --as 1
lan shift open --float 500000x2000
ids=$(perl -ne 'my @c = split /,/; print "$1\n" if !/account|guardian/ and
	/,(\d{12}),/' assets/demo/people.csv | head -n 7)
set -- $ids
lan pay --id12 "$1" --printer none
status 0 upload
# Nothing is missing: it says so, and nothing is frozen.
status 0 centre tail --as 1
is records 0
copy_disk

# ---- two are paid, and the disk of before is put back -------------------------

lan pay --id12 "$2" --printer none
lan pay --id12 "$3" --printer none
status 0 upload
held=$(records)
put_back
# It asks before it sends: the centre is never told of another book.
lan shift status
status 1 upload
is code tail_lost
same "$(records)" "$held" 'records at the centre'
"$centre" report --dir "$home" | grep -q '^fork' && fail 'a fork at the centre'
pays 1 "$2"
is code tail_lost
# It asks again each time, and sends nothing.
status 1 upload
is code tail_lost

# Seen, not taken; an agent may not; then it is back.
status 1 centre tail --as 1
is code missing
is payments 2
is taken false
got=0
out=$(CHITRA_PIN=864213 "$chitra" centre tail --yes --as 7 --data "$data" \
	--json 2>/dev/null) || got=$?
same "$got" 1 "an agent: $out"
is code role
status 0 centre tail --yes --as 1
is taken true
is payments 2
[ -s "$data/$(field "$out" file)" ] || fail "nothing is set aside: $out"
pays 1 "$2"
is code already_paid
pays 1 "$3"
is code already_paid
pays 0 "$4"
status 0 upload
is waiting 0
same "$(records)" "$(field "$out" acked)" 'each record once'
status 0 selftest --as 1
"$verify" "$data" >"$dir/verdict" || fail "$(cat "$dir/verdict")"

# ---- the same by stick ------------------------------------------------------------

copy_disk
lan pay --id12 "$5" --printer none
status 0 upload
put_back
status 1 upload
is code tail_lost
kill_centre
status 3 centre tail --yes --as 1
is code no_network
# What has to be typed at the centre stands there.
words=$(grep '^chitra-centre tail' "$dir/err" | sed 's/^chitra-centre //') ||
	fail "nothing to type: $(cat "$dir/err")"
words=${words/ FILE/ $dir/tail}
"$centre" ${words/ --nonce / --nonce 00} --dir "$home" >/dev/null 2>&1
status 1 centre tail --from "$dir/tail" --yes --as 1
is code stale
"$centre" $words --dir "$home" >/dev/null || fail "$words"
head -c 300 "$dir/tail" >"$dir/half"
status 1 centre tail --from "$dir/half" --yes --as 1
is code no_page
# Killed before it is committed: as if nothing had been asked.
for at in regain.aside regain.replayed; do
	{ CHITRA_CRASH=$at "$chitra" centre tail --from "$dir/tail" --yes \
		--as 1 --data "$data" || true; } >/dev/null 2>&1
	pays 1 "$5"
	is code tail_lost
done
status 0 centre tail --from "$dir/tail" --yes --as 1
is taken true
pays 1 "$5"
is code already_paid
pays 0 "$6"
serve "$port"
status 0 upload
is waiting 0
same "$(records)" "$(field "$out" acked)" 'each record once, by stick'
"$verify" "$data" >"$dir/verdict" || fail "$(cat "$dir/verdict")"

# ---- something was paid on the disk of before: that is another book ---------------

copy_disk
lan shift top-up 100000x1
status 0 upload
put_back
lan shift top-up 200000x1
status 1 centre tail --yes --as 1
is code value
pays 1 "$7"
is code tail_lost

# What went back is in the centre's report.
same "$("$centre" report --dir "$home" | grep -c '^back')" 6 'lines of what went'
echo 'tail: an older disk, noticed in time; back by line and stick, once'
