#!/bin/sh
# coverage.sh INFO - how much of what moves money, and of the codecs, ran.
#
# Branches are gcov's: both ways of each condition, each short cut of && and
# ||, each case. Those of assert() are not counted (LCOV in the Makefile):
# only our own bug could take them.
set -eu

info=$1
part=$(mktemp)
trap 'rm -f "$part"' EXIT

figures() {
	name=$1
	shift
	lcov --quiet --rc lcov_branch_coverage=1 --extract "$info" "$@" \
		--output-file "$part"
	lcov --rc lcov_branch_coverage=1 --summary "$part" 2>&1 |
		awk -v name="$name" '
			/lines/ { lines = $2 " of" $0; }
			/branches/ { branches = $2 " of" $0; }
			function of(s) { sub(/ of.*\(/, " (", s); return s }
			END { printf "%-22s lines %s, branches %s\n", name,
				of(lines), of(branches) }'
}

flows=
for f in check complain desk drawer frozen notpaid pay preview recover \
	second signin takeback; do
	for c in terminal/flows/"$f".c terminal/flows/"$f"_*.c; do
		[ ! -f "$c" ] || flows="$flows $PWD/$c"
	done
done
figures 'db and flows of money:' "$PWD/db/*" $flows
figures 'core/codec:' "$PWD/core/codec/*"
