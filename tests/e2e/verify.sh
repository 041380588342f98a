#!/bin/bash
# verify.sh - what the program writes, the verifier accepts; one byte flipped,
# and it does not.
. tests/e2e/lib.sh

verify=${chitra}-verify
data=$dir/store
export CHITRA_PIN=246802

run() { "$chitra" "$@" --data "$data" --json >"$dir/out" 2>"$dir/err" ||
	fail "chitra $*: $(cat "$dir/out" "$dir/err")"; }

# judge STATUS ARGS...: run the verifier, keep its JSON in $out.
judge() {
	local want=$1 got=0
	shift
	out=$("$verify" --json "$@" 2>"$dir/err") || got=$?
	[ "$got" = "$want" ] ||
		fail "chitra-verify $*: status $got, not $want: $out $(cat "$dir/err")"
}

run init --point P1 --name 'Bưu cục Thử' --pin-kib 1024
run user add --number 9 --name Hùng --role supervisor
CHITRA_NEW_PIN=135790 run user add --number 1 --name Lan --role agent --as 9
run import list assets/demo/people.csv --count 200 --as 9
export CHITRA_PIN=135790
run shift open --as 1 --float 500000x100,100000x50
for row in 2 3 4; do
	run pay --as 1 --id12 "$(sed -n "${row}p" assets/demo/people.csv |
		cut -d, -f6)" --printer "file:$dir/paper"
done
qr=$(field "$(cat "$dir/out")" qr)
cp -r "$data" "$dir/before"
judge 0 "$data"
same "$(field "$out" ok)" true "the verdict"
same "$(field "$out" payouts)" 3 "payouts"
same "$(ls "$data")" "$(ls "$dir/before")" "what lies in the store"
cmp "$data/chitra.db" "$dir/before/chitra.db" || fail "it wrote into the store"

# The office's keys alone: the journal file, the roster, a receipt (T70).
for what in journal keys roster; do
	run export "$what" --as 1 --to "$dir/$what"
done
echo "$qr" >"$dir/receipts"
judge 0 --keys "$dir/keys" --roster "$dir/roster" \
	--receipts "$dir/receipts" "$dir/journal"
same "$(field "$out" payouts)" 3 "payouts in the file"
dev=$(field "$out" dev)
judge 0 receipt "$qr" --keys "$dir/keys"
judge 2 receipt 'CV1:nonsense' --keys "$dir/keys"

# flip FILE AFTER: one bit, a little behind the last place of those hex bytes.
flip() {
	perl -0777 -e 'open my $f, "+<:raw", $ARGV[0]; my $all = <$f>;
		my $at = rindex($all, pack("H*", $ARGV[1]));
		exit 1 if $at < 0;
		$at += length($ARGV[1]) / 2 + 8;
		seek $f, $at, 0; print $f chr(ord(substr $all, $at, 1) ^ 1)' \
		"$1" "$2" || fail "nothing to flip in $1"
}

flip "$dir/journal" "$dev"
judge 1 --keys "$dir/keys" "$dir/journal"
flip "$dir/before/chitra.db" "$dev"
judge 1 "$dir/before"
judge 2 "$dir/nothing"
judge 2 assets/demo/people.csv

# A verdict that cannot be written is none, and status 0 would be one. With
# standard output closed no file may take its place and be written into.
unsaid() {
	local got=0
	"$@" 2>"$dir/err" || got=$?
	[ "$got" = 2 ] || fail "unwritten, and status $got: $*"
	grep -q 'what was found could not be written' "$dir/err" ||
		fail "unwritten, and it says: $(cat "$dir/err")"
}
unsaid "$verify" "$data" >/dev/full
unsaid "$verify" --json --records "$data" >/dev/full
unsaid "$verify" receipt "$qr" --keys "$dir/keys" >/dev/full
unsaid "$verify" --help >/dev/full
unsaid "$verify" --checks >/dev/full
unsaid "$verify" --keys "$dir/keys" "$dir/journal" >/dev/full # findings
unsaid "$verify" "$data" >&-
cp "$dir/before/chitra.db" "$dir/damaged.db"
unsaid "$verify" --salvage "$dir/saved" "$dir/damaged.db" >&-
"$verify" "$dir/saved" >"$dir/out" 2>&1 || fail "saved: $(cat "$dir/out")"

# What is wrong with the command line is said, with how it should be.
for wrong in '' '--keys' 'a b' '--nonsense a' '--from 9 --to 3 a' 'receipt'; do
	got=0
	# shellcheck disable=SC2086 # words
	"$verify" $wrong >"$dir/out" 2>"$dir/err" || got=$?
	[ "$got" = 2 ] || fail "chitra-verify $wrong: status $got"
	grep -q 'chitra-verify receipt' "$dir/err" || fail "$wrong: no usage"
done
"$verify" --checks | grep -q '^V40  ' || fail "--checks"
