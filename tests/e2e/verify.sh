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
run import list assets/demo/people.csv --count 200
export CHITRA_PIN=135790
run shift open --as 1 --float 500000x100,100000x50
for row in 2 5 9; do
	id=$(sed -n "${row}p" assets/demo/people.csv | cut -d, -f6)
	echo "row $row: $id" >>"$dir/ids"
done
cp -r "$data" "$dir/before"
judge 0 "$data"
same "$(field "$out" ok)" true "the verdict"
same "$(field "$out" shifts)" 1 "shifts"
cmp "$data/chitra.db" "$dir/before/chitra.db" || fail "it wrote into the store"
same "$(ls "$data")" "$(ls "$dir/before")" "what lies in the store"
