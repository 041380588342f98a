#!/bin/bash
# centre.sh - chitra-centre as its administrator has it: made, started, asked,
# killed, started again, stopped; what it refuses; what others see of it.
. tests/e2e/lib.sh

centre=${chitra}-centre
home=$dir/centre
pid=
trap '[ -z "$pid" ] || kill -9 "$pid" 2>/dev/null || true; finish' EXIT

status() {
	local want=$1 got=0
	shift
	out=$("$centre" "$@" 2>"$dir/said") || got=$?
	same "$got" "$want" "chitra-centre $*: $out $(cat "$dir/said")"
}

# ---- usage, and making one ----------------------------------------------------

status 2
status 2 init --dir "$home"
status 2 init --dir "$home" --name centre-1
status 2 nonsense --dir "$home"
status 2 serve --dir "$home" --port 70000
status 2 serve --dir "$home" --in-hand 0
status 3 serve --dir "$home"
status 1 init --dir "$home" --name 'two words' --host localhost
umask 000 # its own shall hold
status 0 init --dir "$home" --name centre-1 --host localhost --host 127.0.0.1
same "$(cd "$home" && stat -c '%a %n' *.key centre.db | sort)" "\
600 ca.key
600 centre.db
600 centre.key
600 server.key" 'who may read it'
same "$(cut -d' ' -f1 "$home/centre.pub" | tr '\n' ' ')" 'centre witness seal ' \
	'the public keys'
# Keys are made once: never lost by typing a command twice.
before=$(sha256sum "$home"/*.key)
status 1 init --dir "$home" --name centre-1 --host localhost
same "$(sha256sum "$home"/*.key)" "$before" 'the keys after a second init'
status 0 cert --dir "$home" --host localhost
[ "$(sha256sum "$home/server.key")" != "$(echo "$before" | grep server.key)" ] ||
	fail 'the server kept its key'
same "$(sha256sum "$home/ca.key")" "$(echo "$before" | grep ca.key)" \
	"the authority's key after cert"

# ---- codes ----------------------------------------------------------------------

status 2 code --dir "$home"
status 0 code --dir "$home" --point 'Bưu cục Cẩm Khê'
echo "$out" | grep -Eqx '([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}' ||
	fail "no code: $out"
# Who copies the store has no code that is good.
grep -aq "${out//-/}" "$home"/centre.db* && fail 'the code lies in the store'

# ---- at work ----------------------------------------------------------------------

serve() {
	"$centre" serve --dir "$home" --listen 127.0.0.1 --port "$1" \
		--metrics 0 >"$dir/out" 2>>"$dir/log" &
	pid=$!
	comes grep -q '^port' "$dir/out" || fail "no centre: $(tail -2 "$dir/log")"
	read -r _ port _ metrics <"$dir/out"
	port=${port%,}
}

ask() { # PATH: of the metrics' address
	exec 3<>"/dev/tcp/127.0.0.1/$metrics"
	printf 'GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' "$1" >&3
	cat <&3
	exec 3>&-
}

serve 0
ask /metrics | tr -d '\r' >"$dir/metrics"
grep -qx 'chitra_centre_store_up 1' "$dir/metrics" || fail 'the store is down'
grep -qx 'chitra_centre_terminals 0' "$dir/metrics" || fail 'terminals'
grep -qx 'chitra_centre_batches_total{answer="ack"} 0' "$dir/metrics" ||
	fail 'batches'
grep -qx 'chitra_centre_batch_seconds_bucket{le="+Inf"} 0' "$dir/metrics" ||
	fail 'times'
# What is for terminals is not there, and the other way round.
ask /v1/time | grep -q '^HTTP/1.1 404' || fail 'the time without TLS'
# Without TLS nobody gets a word out of it
exec 3<>"/dev/tcp/127.0.0.1/$port"
# It may hang up before the last line.
(printf 'GET /v1/time HTTP/1.1\r\n\r\n' >&3) 2>/dev/null || true
! timeout 10 cat <&3 | grep -aq HTTP || fail 'it speaks without TLS'
exec 3>&-
# The report, and a further code, while it is at work.
status 0 report --dir "$home"
echo "$out" | tail -1 | grep -q '^sum	0 terminals' || fail "report: $out"
status 0 code --dir "$home" --point P2
# No checkpoint yet, so no day to witness.
status 3 witness --dir "$home"
status 0 root --dir "$home"
same "$out" '0 days added to witness.log' 'roots'
status 0 witness --dir "$home"
# A second one at that port says why it cannot.
status 3 serve --dir "$home" --listen 127.0.0.1 --port "$port"
grep -q 'port' "$dir/said" || fail "no reason: $(cat "$dir/said")"

# ---- killed, started again, stopped -------------------------------------------------

kill -9 $pid
wait $pid 2>/dev/null || true
serve "$port"
got=0
kill -TERM $pid
wait $pid || got=$?
same "$got" 0 'status after SIGTERM'
pid=
# Each line of the log is one JSON object that says what happened.
same "$(grep -c '^{"t":[0-9]*,"event":"start",.*}$' "$dir/log")" 2 'the log'

# ---- a day, a receipt -----------------------------------------------------------------

status 0 --help
echo "$out" | grep -q 'Exit status' || fail 'help without exit statuses'
status 2 report --dir "$home" --daylog 001122
status 2 report --dir "$home" --daylog 001122 --day 2026-02-30
status 1 report --dir "$home" --daylog 0011 --day 2026-11-22
status 1 report --dir "$home" --daylog 001122 --day 2026-11-22
grep -q 'no such terminal' "$dir/said" || fail "said: $(cat "$dir/said")"
status 2 receipt --dir "$home"
status 1 receipt --dir "$home" 129S-RZCJ-BYD8-9
echo "$out" | grep -q '^receipt	no_record	No payment' || fail "receipt: $out"
status 1 receipt --dir "$home" 129S-RZCJ-BYD8-8 --json
echo "$out" | grep -q '^{"what":"receipt","verdict":"unreadable"' ||
	fail "receipt: $out"
# The sample of journal.md 6, of a terminal that is not of this centre.
status 1 receipt --dir "$home" --csv "$(cat <<'QR'
CV1:B90NJK.UKG.KZ8L9KLSVL2/LP5M000200000I/0524I/2C905 INQ7Z31BZJVMI3OJ*ZEO$0G6Q5NTUACCS1P49M8F1.CHSO3T57:4T2QN%B87L*$0Q%BEB35 U-3T9MPCDMG4NZ6U9DHM7PEM9RPN%J8%Y1ODMBVJ0KMD-LFH7KBB
QR
)"
echo "$out" | grep -q '^"receipt","stranger",' || fail "receipt: $out"

# ---- refused ------------------------------------------------------------------------

status 2 revoke --dir "$home"
status 2 revoke --dir "$home" 1234
status 1 revoke --dir "$home" 00112233445566778899aabbccddeeff
status 3 report --dir "$home" --store 'postgresql:///x?host=/nowhere&password=s3cret'
! grep -q s3cret "$dir/said" || fail 'a password in the message'
CHITRA_CENTRE_STORE=/nowhere/at/all.db status 3 report --dir "$home"
printf 'damaged' >"$home/centre.key"
status 3 report --dir "$home"
echo 'centre: ok'
