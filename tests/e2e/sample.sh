#!/bin/bash
# sample.sh - receipts drawn by lot: the draw is made again here, from the
# seed and the receipts alone; then somebody calls back.
. tests/e2e/lib.sh

data=$dir/store
export CHITRA_PRINTER=none CHITRA_PIN=246802
run() { "$chitra" "$@" --data "$data" --json; }
lan() { CHITRA_PIN=135790 run "$@" --as 1; }
at() { same "$(field "$out" "$1")" "$2" "$1 of $out"; }
person() { sed -n "$1p" assets/demo/people.csv | cut -d, -f6; }

run init --point P1 --name 'Cẩm Khê' --pin-kib 1024 \
	--list-window 1200:1200 >/dev/null 2>&1
run user add --number 9 --name Hùng --role supervisor >/dev/null
CHITRA_NEW_PIN=135790 run user add --number 1 --name Lan --role agent \
	--as 9 >/dev/null
run import list assets/demo/people.csv --as 9 >/dev/null
lan shift open --float 500000x60,200000x20,100000x40,20000x40,10000x40 \
	>/dev/null
run sample draw 1 --count 3 --as 9 >"$dir/out" && fail 'drawn from nothing'
grep -q nothing_paid "$dir/out" || fail "$(cat "$dir/out")"
: >"$dir/receipts"
for row in 2 4 5 8 10; do
	out=$(lan pay --id12 "$(person "$row")") || fail "row $row: $out"
	field "$out" receipt >>"$dir/receipts"
	echo >>"$dir/receipts"
done

# Not the agent; the supervisor, and the book has the seed.
lan sample draw --count 3 >/dev/null && fail 'an agent draws'
out=$(run sample draw 1 --count 3 --as 9)
seed=$(field "$out" seed)
at population 5
[ ${#seed} = 32 ] || fail "the seed: $seed"

# The same draw by another program: SHA-256("CHTRSMP1" + seed + code), least
# first.
perl -MDigest::SHA=sha256_hex -ne 'BEGIN { $seed = pack "H*", shift }
	chomp; $rank{$_} = sha256_hex("CHTRSMP1$seed$_") if $_;
	END { print "$_\n" for (sort { $rank{$a} cmp $rank{$b} } keys %rank)[0..2] }' \
	"$seed" "$dir/receipts" >"$dir/mine"
for i in 0 1 2; do
	field "$out" "receipts.$i.receipt"
	echo
done >"$dir/theirs"
cmp -s "$dir/mine" "$dir/theirs" || fail "$(cat "$dir/mine" "$dir/theirs")"

# Called back: reached, another amount, not reached and then confirmed.
code() { sed -n "$1p" "$dir/mine"; }
said() { run sample result --receipt "$(code "$1")" --as 9 "${@:2}"; }
said 1 --said confirmed >/dev/null
said 2 --said differs --amount 100000 >/dev/null
said 3 --said not_reached >/dev/null
out=$(said 3 --said confirmed)
at receipts.0.said confirmed
at receipts.1.said_amount 100000
at receipts.2.tries 2
at receipts.2.caller_name Hùng
said 1 --said differs >/dev/null 2>&1 && fail 'differs without an amount'
run sample result --receipt NOT-DRAWN --said confirmed --as 9 >/dev/null &&
	fail 'a receipt that was not drawn'

for kind in pdf xlsx csv; do
	run sample show --to "$dir/sample.$kind" --as 9 >/dev/null
	[ -s "$dir/sample.$kind" ] || fail "no $kind"
done
grep -q 'nói chỉ nhận 100.000 đồng' "$dir/sample.csv" ||
	fail "$(cat "$dir/sample.csv")"
out=$(run sample list --as 9)
at draws.0.seed "$seed"
run selftest >/dev/null || fail 'the store does not hold'
echo 'sample: ok'
