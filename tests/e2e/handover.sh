#!/bin/bash
# handover.sh - a person goes from one terminal of an office to another and
# back, by verbs: text, pictures and paper; who is believed; codes are good
# once (T60b).
. tests/e2e/lib.sh

verify=${chitra}-verify
one=$dir/one # quầy 1, which hands over
two=$dir/two # quầy 2

# on STORE WANTED ARGS...: run the program there, keep its JSON in $out.
on() {
	local store=$1 want=$2 got=0
	shift 2
	out=$("$chitra" "$@" --data "$store" --json 2>"$dir/err") || got=$?
	[ "$got" = "$want" ] ||
		fail "chitra $*: status $got, not $want: $out $(cat "$dir/err")"
}
is() { same "$(field "$out" "$1")" "$2" "$1 of $out"; }
id_of() { sed -n "${1}p" assets/demo/people.csv | cut -d, -f6; }
accepted() {
	"$verify" "$1" >"$dir/verdict" 2>&1 || fail "$(cat "$dir/verdict")"
}

export CHITRA_PIN=246802
hung=$CHITRA_PIN
for store in "$one" "$two"; do
	on "$store" 0 init --point "${store##*/}" --name 'Bưu cục Thử' --pin-kib 1024
	on "$store" 0 user add --number 9 --name Hùng --role supervisor
	CHITRA_NEW_PIN=135790 on "$store" 0 user add --number 7 --name Lan \
		--role agent --as 9
	on "$store" 0 import list assets/demo/people.csv --count 200 --as 9
	CHITRA_PIN=135790 on "$store" 0 shift open --as 7 \
		--float 500000x100,100000x50
done
him=$(id_of 3)
CHITRA_PIN=135790

# Nobody is handed to a terminal that is not known.
on "$two" 0 carry card --as 7
card_two=$(field "$out" card)
dev_two=$(field "$out" device)
on "$one" 1 handover release --as 7 --id12 "$him" --to "${dev_two:0:6}"
is code marks_unknown
on "$one" 0 carry card --as 7
card_one=$(field "$out" card)
CHITRA_PIN=$hung on "$one" 0 carry know --as 9 --text "$card_two"

# He goes: the book says so, and nobody pays him here any more.
on "$one" 1 handover show --as 7 --id12 "$him"
is code not_released
on "$one" 0 handover release --as 7 --id12 "$him" --to "${dev_two:0:6}" \
	--png "$dir/slip.png" --width 58
is to "$dev_two"
amount=$(field "$out" amount)
piece=$(field "$out" pieces.0)
on "$one" 1 pay --as 7 --id12 "$him"
is code released
grep -q 'Hùng\|Lan' "$dir/err" || fail "$(cat "$dir/err")"
CHITRA_BY_PIN=$hung on "$one" 1 pay --as 7 --id12 "$him" --by 9
is code released
on "$one" 0 handover show --as 7 --id12 "$him"
is pieces.0 "$piece"
on "$one" 1 handover release --as 7 --id12 "$him" --to "${dev_two:0:6}"
is code released

# The other terminal has to know who hands over, and reads it off the paper.
on "$two" 1 handover take --as 7 --image "$dir/slip.png"
is code marks_unknown
CHITRA_PIN=$hung on "$two" 0 carry know --as 9 --text "$card_one"
on "$one" 1 handover take --as 7 --text "$piece"
is code handover_other
on "$two" 1 handover take --as 7 --text "${piece%??????}000000"
is code handover
on "$two" 0 handover take --as 7 --image "$dir/slip.png"
is amount "$amount"
is id12 "$him"
on "$two" 1 handover take --as 7 --text "$piece"
is code handover_used

# Back again, and the first code is still spent; then he is paid, once.
on "$one" 0 selftest --as 7
dev_one=$("$chitra" carry card --as 7 --data "$one" --json 2>/dev/null)
dev_one=$(field "$dev_one" device)
on "$two" 0 handover release --as 7 --id12 "$him" --to "$dev_one"
back=$(field "$out" pieces.0)
on "$two" 1 handover take --as 7 --text "$piece"
is code handover_used
on "$one" 0 handover take --as 7 --text "$back"
on "$one" 0 pay --as 7 --id12 "$him"
on "$two" 1 pay --as 7 --id12 "$him"
is code released
on "$one" 1 handover release --as 7 --id12 "$him" --to "$dev_two"
is code already_paid

on "$one" 2 handover take --as 7
on "$one" 2 handover release --as 7 --id12 "$him"
accepted "$one"
accepted "$two"
on "$two" 0 selftest --as 7
echo "handover: who goes to another terminal is paid there, and nowhere else"
