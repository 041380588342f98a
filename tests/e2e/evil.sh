#!/bin/bash
# evil.sh - what stands between a terminal and its centre is evil: it cuts the
# line after a byte, turns a bit, is slow, or is somebody else; two programs and
# a stick bring the same records at once (T54-T56, T59). What the centre has
# not acknowledged stays; in the end it has each record once.
# EVIL_STRIDE=N cuts at every N-th byte (default: some ten places each way),
# EVIL_SEED=N at others of them. A byte a second: line/test_line_evil.c.
. tests/e2e/lib.sh

centre=${chitra}-centre
home=$dir/centre
book=$dir/book
mode=$dir/mode
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; finish' EXIT

on() {
	local want=$1 got=0
	shift
	out=$("$chitra" "$@" --data "$book" --json 2>"$dir/err") || got=$?
	[ "$got" = "$want" ] ||
		fail "chitra $*: status $got, not $want: $out $(cat "$dir/err")"
}
wait_for() {
	comes test -s "$1" || fail "$1 never came"
}

# ---- a centre, the proxy, a terminal that belongs to it ------------------------

"$centre" init --dir "$home" --name centre-1 --host localhost >"$dir/out"
code=$("$centre" code --dir "$home" --point 'Quầy 1')
"$centre" serve --dir "$home" --listen 127.0.0.1 --port 0 --metrics 0 \
	>"$dir/serve" 2>"$dir/log" &
pids+=($!)
wait_for "$dir/serve"
read -r _ port _ <"$dir/serve"
port=${port%,}
echo pass >"$mode"
perl tests/e2e/evil_proxy.pl "$port" "$mode" "$dir/lines" "$dir/port" &
pids+=($!)
wait_for "$dir/port"
url=https://localhost:$(cat "$dir/port")

export CHITRA_PIN=246802
on 0 init --point q1 --name 'Bưu cục Thử' --pin-kib 1024
on 0 user add --number 9 --name Hùng --role supervisor
on 0 import list assets/demo/people.csv --count 200 --as 9
on 0 centre join --url "$url" --code "$code" --ca "$home/ca.pem" --as 9

# What the terminal says of itself, and the centre of it.
held() {
	"$centre" report --dir "$home" >"$dir/report" 2>&1 || true
	awk -F'\t' '$1 == "terminal" { print $5 }' "$dir/report"
}
# One more thing to send.
something() { on 0 carry card --as 9; }
# upload MODE: once, over a line that is like that; its status in $got.
upload() {
	echo "$1" >"$mode"
	got=0
	out=$("$chitra" upload --once --data "$book" --json 2>"$dir/err") || got=$?
	acked=$(field "$out" acked)
	[ "$acked" -le "$(held)" ] ||
		fail "$1: acknowledged $acked, and the centre has $(held)"
}
# Who has no part in it says that the book is whole.
verified() {
	"${chitra}-verify" "$book" >"$dir/verified" 2>&1 ||
		fail "chitra-verify: $(cat "$dir/verified")"
}
# In the end all is there, once, and both know it.
settled() {
	echo pass >"$mode"
	on 0 upload
	acked=$(field "$out" acked)
	same "$(field "$out" waiting)" 0 'waiting'
	same "$(held)" "$acked" "what the centre has"
	same "$(grep -c '^fork\|^double\|^kept\|^totals' "$dir/report")" 0 \
		"alarms: $(cat "$dir/report")"
	verified
}

something
# The proxy says what it carried when the line is down, a moment later.
comes eval '[ "$(wc -l <"$dir/lines")" -ge 1 ]' || fail 'nobody joined'
: >"$dir/lines"
upload pass
same "$got" 0 "over a good line: $out $(cat "$dir/err")"
comes test -s "$dir/lines" || fail 'it went another way'
sizes=$(grep '^pass' "$dir/lines" | head -1)
settled
most_out=$(echo "$sizes" | cut -f2)
most_in=$(echo "$sizes" | cut -f3)
[ "$most_out" -gt 1000 ] && [ "$most_in" -gt 1000 ] || fail "sizes: $sizes"

# ---- T54: the line breaks after every byte -------------------------------------

seed=${EVIL_SEED:-0}
echo "evil: EVIL_SEED=$seed"
cut() { # WAY MOST
	local at step=${EVIL_STRIDE:-$((($2 + 9) / 10))}
	for ((at = seed % step; at < $2; at += step)); do
		something
		upload "$1 $at"
		# Behind the last byte that counts it may be acknowledged.
		[ "$got" != 0 ] || [ "$(field "$out" waiting)" = 0 ] ||
			fail "$1 $at: status 0, and something waits"
		[ "$at" -ge $(($2 / 2)) ] || [ "$got" != 0 ] ||
			fail "$1 $at: delivered by half a line"
	done
	settled
}
cut cut-out "$most_out"
cut cut-in "$most_in"

# ---- T56: bits that are turned --------------------------------------------------

for way in out in; do
	most=$most_out
	[ $way = out ] || most=$most_in
	for at in 7 $((most / 4)) $((most / 2)) $((most * 3 / 4)); do
		something
		upload "flip-$way $at"
		[ "$got" != 0 ] || fail "flip-$way $at: delivered"
	done
	settled
done

# ---- slow, and all at once again -------------------------------------------------

something
upload 'slow 4000'
same "$got" 0 "a slow line: $out"
settled

# ---- T59: two programs and a stick, all at once ------------------------------------

stick=$dir/stick
for round in 1 2 3; do
	something
	something
	mkdir -p "$stick"
	on 0 upload --to "$stick"
	pair=()
	for n in 1 2; do
		"$chitra" upload --once --wait 30 --data "$book" --json \
			>"$dir/at.once$n" 2>&1 &
		pair+=($!)
	done
	"$centre" take --dir "$home" "$stick" >"$dir/taken" 2>&1 ||
		fail "the stick: $(cat "$dir/taken")"
	for n in 1 2; do
		got=0
		wait "${pair[n - 1]}" || got=$?
		# The other one was faster, and has it.
		[ "$got" -le 3 ] || fail "at once: $got, $(cat "$dir/at.once$n")"
	done
	got=0
	"$chitra" upload --from "$stick" --data "$book" --json >"$dir/out" \
		2>&1 || got=$?
	[ "$got" -le 3 ] || fail "from the stick: $got, $(cat "$dir/out")"
	rm -rf "$stick"
	settled
done

# ---- T55: a login page instead of the centre -------------------------------------

for status in 200 302 511; do
	something
	rm -f "$dir/lines.sent"
	upload "http $status"
	[ "$got" != 0 ] || fail "login page $status: delivered"
	same "$(field "$out" trouble)" not_our_centre "a login page $status"
	# Not a word but the beginning of TLS.
	comes test -s "$dir/lines.sent" || fail 'the terminal asked nobody'
	! grep -aq 'v1/batch\|HTTP' "$dir/lines.sent" ||
		fail "it spoke in the clear: $(cat "$dir/lines.sent")"
done
settled

# ---- T55: somebody else's certificate ----------------------------------------------

# other NAME CERT KEY [OPTION...]: upload while that one stands where the centre
# was.
other() {
	local far name=$1 cert=$2 key=$3
	shift 3
	: >"$dir/heard"
	openssl s_server -accept "$fake" -cert "$cert" -key "$key" "$@" -quiet \
		< <(sleep 60) >"$dir/heard" 2>/dev/null &
	far=$!
	pids+=($far)
	comes eval '(exec 3<>"/dev/tcp/127.0.0.1/$fake") 2>/dev/null' ||
		fail "$1 never listened"
	something
	upload pass
	kill $far 2>/dev/null || true
	wait $far 2>/dev/null || true
	[ "$got" != 0 ] || fail "$name: delivered"
	same "$(field "$out" trouble)" not_our_centre "$name"
	[ ! -s "$dir/heard" ] || fail "$name heard: $(head -c 200 "$dir/heard")"
}
# In the place of the proxy, at the address that the terminal knows.
kill "${pids[1]}"
wait "${pids[1]}" 2>/dev/null || true
fake=$(cat "$dir/port")
openssl req -x509 -newkey ed25519 -nodes -days 2 -subj /CN=localhost \
	-addext subjectAltName=DNS:localhost -keyout "$dir/self.key" \
	-out "$dir/self.pem" 2>/dev/null
"$centre" init --dir "$dir/centre2" --name centre-2 --host localhost \
	>/dev/null
other 'a certificate that it made itself' "$dir/self.pem" "$dir/self.key"
other 'another centre of the same name' "$dir/centre2/server.pem" \
	"$dir/centre2/server.key"
other 'our centre, by TLS 1.1' "$home/server.pem" "$home/server.key" -tls1_1 \
	-cipher ALL@SECLEVEL=0
verified
echo 'evil: what is not acknowledged stays; the centre has each record once'
