#!/bin/bash
# hostile.sh - T41, T42: whatever is given to a verb, as an argument, the name
# of a file, a cell or a code, nothing but letters comes back: no control
# character but line ends, nothing bidirectional or invisible. (The screen:
# tests/ui/test_hostile_text.c.)
. tests/e2e/lib.sh

verify=${chitra%/*}/chitra-verify
data=$dir/store
export CHITRA_PIN=246802
evil=$'A\e[2J\e]0;own\aB\xe2\x80\xae\xc2\x9bC\xff'

# Bytes that may not come out: C0 but line ends and tabs, DEL, C1, U+200B-200F,
# U+202A-202E, U+2066-2069, U+FEFF.
hidden='[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\x8b-\x8f\xaa-\xae]|\xe2\x81[\xa6-\xa9]|\xef\xbb\xbf'
hides() { LC_ALL=C grep -qaP "$hidden" "$1"; }

runs=0
# ran STATUS PROGRAM ARGS...: its status, "any" for whatever; what it said is
# in $dir/said.
ran() {
	local want=$1 got=0
	shift
	# What is made goes where everything is gone afterwards.
	(cd "$dir" && exec "$@") >"$dir/said" 2>&1 </dev/null || got=$?
	runs=$((runs + 1))
	if hides "$dir/said"; then
		cat -v "$dir/said" >&2
		fail "it came through: $(printf '%q ' "${@:2}")"
	fi
	[ "$want" = any ] || [ "$got" = "$want" ] ||
		fail "status $got, not $want: $(printf '%q ' "${@:2}")" \
			"$(cat -v "$dir/said")"
	[ "$got" -lt 4 ] || fail "status $got: $(printf '%q ' "${@:2}")"
}
try() { ran any "$chitra" "$@" --data "$data"; }

# The looking itself.
printf '%s' "$evil" >"$dir/evil"
hides "$dir/evil" || fail 'nothing is looked for'

ran 0 "$chitra" init --data "$data" --point P1 --name 'Bưu cục Thử' \
	--pin-kib 1024
ran 0 "$chitra" user add --data "$data" --number 1 --name Lan --role agent
ran 2 "$chitra" "$evil"
ran 2 "$chitra" "--$evil"
ran 1 "$chitra" init --data "$dir/other" --point P2 --name "$evil"
ran 1 "$chitra" init --data "$dir/other" --point "$evil" --name x
ran 2 "$chitra" user add --data "$data" --number 2 --name "$evil" --role agent
try user add --number 2 --name Ba --role "$evil"

# ---- lists -------------------------------------------------------------------

# cell COLUMN: the demo's list with that cell of its first row hostile.
cell() {
	evil=$evil perl -F'/,(?=(?:[^"]*"[^"]*")*[^"]*$)/' -lane '
		BEGIN { $want = shift @ARGV }
		if ($. == 1) { @n{@F} = 0 .. $#F } elsif ($. == 2) {
			$F[$n{$want}] = $ENV{evil} }
		print join ",", @F if $. < 4' "$1" assets/demo/people.csv
}
for column in name address id12 dob note list_no beneficiary_id payee_name \
	account_no unit_code period monthly_amount arrears_months; do
	cell "$column" >"$dir/list.csv"
	hides "$dir/list.csv" || fail "no hostile $column"
	ran 1 "$chitra" import list "$dir/list.csv" --data "$data" \
		--errors "$dir/errors.csv"
	! hides "$dir/errors.csv" || tail -c +4 "$dir/errors.csv" >"$dir/rest"
	[ ! -e "$dir/rest" ] || ! hides "$dir/rest" ||
		fail "$column came through to the list of errors"
	ran 1 "$chitra" import list "$dir/list.csv" --data "$data" --json
done
{ printf '%s,' "$evil"; head -n 3 assets/demo/people.csv; } >"$dir/list.csv"
try import list "$dir/list.csv"
try import changes "$dir/list.csv"
try import answers "$dir/list.csv"
try import "$evil" "$dir/list.csv"
ran 3 "$chitra" import list "$dir/$evil" --data "$data"
head -n 5 assets/demo/people.csv >"$dir/$evil.csv"
ran 0 "$chitra" import list "$dir/$evil.csv" --data "$data"

# ---- every other verb ----------------------------------------------------------

for verb in find 'card --text' 'card --image' words 'account --text' \
	'account --bin' 'account --number' telex unit compare decode \
	'export journal --to' export receipt evidence 'backup' clock \
	'shift open --float' 'pay --id12' 'pay --image' 'pay --notes' \
	'pay --payee' 'pay --card' 'recover --answer' selftest 'print-test --right' \
	'print-test --printer' 'scan-test --count'; do
	# shellcheck disable=SC2086 # verb and option
	try $verb "$evil"
	# shellcheck disable=SC2086
	try $verb "$evil" --json
done
try card --hex "$(od -An -tx1 -v "$dir/evil" | tr -d ' \n')"
try compare "$evil" "$evil"
try scan-test --seconds 1 --port "$evil"
try find x --printer "$evil"
try find x --lang "$evil"
try find x --as "$evil"
ran any "$chitra" find x --data "$dir/$evil"
ran any "$chitra" --data "$dir/$evil"
ran any "$chitra" --theme "$evil" --data "$data"
try shift open --as 1 --float 500000x100
try pay --as 1 --id12 025147954966 --payee guardian --payee-name "$evil" \
	--payee-id "$evil" --payee-paper "$evil"
! "$chitra" find 025147954966 --as 1 --data "$data" --json |
	grep -q '"paid":true' || fail 'paid to a hostile name'

# ---- the verifier -----------------------------------------------------------------

ran 2 "$verify" "$dir/none-$evil"
ran 2 "$verify" "$dir/evil"
ran 2 "$verify" --json "$dir/evil"
for file in --keys --receipts --roster --checkpoints; do
	ran any "$verify" "$file" "$dir/evil" "$data"
	ran any "$verify" "$file" "$dir/$evil" "$data"
done
ran any "$verify" receipt "CV1:$evil" --keys "$dir/evil"
echo "hostile: ok, $runs calls"
