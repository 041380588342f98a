#!/bin/bash
# run.sh - run tests and count them. The last line is "N passed, N failed".
#
# Usage: BUILD=build/debug tests/run.sh [TEST...]
#
# With no argument everything: unit tests, fuzz corpora, the rules of the
# tree, the stories of tests/e2e, and the labs: power cuts if LAB_POWER says how
# long (short, full), devices if LAB_DEVICES says yes. A unit test program (cmocka) counts as many tests as it
# has rows; a corpus input, a rule and a story count one each. A lab counts
# each of its records or cases, and nothing, aloud, where it cannot run.
#
# Programs run UNIT_JOBS at a time (one a processor), stories STORY_JOBS (two a
# processor, since they mostly wait for a screen), and a lab has the machine
# for itself. Results come in the order in which they end, each in one piece.
set -u

started=$SECONDS
processors=$(nproc)
unit_jobs=${UNIT_JOBS:-$processors}
story_jobs=${STORY_JOBS:-$((2 * processors))}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
: >"$work/counts"

# A program may run several groups of tests; each says its own number.
sum() { awk '{ n += $1 } END { print n + 0 }'; }

# One cmocka program: show it only if something failed.
unit() {
	local ok bad rc
	"$1" >"$log" 2>&1
	rc=$?
	ok=$(sed -n 's/.*\[  PASSED  \] \([0-9]*\) test(s).*/\1/p' "$log" | sum)
	bad=$(sed -n 's/^ *\([0-9]*\) FAILED TEST(S).*/\1/p' "$log" | sum)
	# A program that dies has failed, whatever it counted before.
	if [ $rc -ne 0 ] && [ "$bad" -eq 0 ]; then bad=1; fi
	passed=$((passed + ok))
	failed=$((failed + bad))
	printf '  %-5s %-44s %4d\n' "$([ $bad = 0 ] && echo ok || echo FAIL)" \
		"${1##*/}" "$ok"
	[ $bad = 0 ] || cat "$log"
	say_skipped
}

# One command that is right or wrong.
one() {
	local name=$1
	shift
	local rc=0
	"$@" >"$log" 2>&1 || rc=$?
	case $rc in
	0)
		passed=$((passed + 1))
		printf '  %-5s %s\n' ok "$name"
		;;
	77) printf '  %-5s %s\n' skip "$name" ;;
	*)
		failed=$((failed + 1))
		printf '  %-5s %s\n' FAIL "$name"
		cat "$log"
		;;
	esac
	[ $rc = 0 ] || [ $rc = 77 ] || return 0
	say_skipped
}

# What did not run here, and why, is said aloud.
say_skipped() {
	skipped=$((skipped + $(grep -c '^SKIP' "$log")))
	sed -n 's/^SKIP/        SKIP/p' "$log"
}

# The lab's own words are its result: figures, or why it did not run.
lab() {
	local rc=0 ok bad
	"$1" >"$log" 2>&1 || rc=$?
	ok=$(grep -cE '^lab-(power .*: .* payouts|devices ok: )' "$log")
	bad=$(grep -c '^lab-devices FAILED: ' "$log")
	if [ $rc != 0 ] && [ $rc != 77 ] && [ "$bad" = 0 ]; then bad=1; fi
	passed=$((passed + ok))
	failed=$((failed + bad))
	[ $rc != 77 ] || printf '  %-5s %s\n' skip "${1#tests/}"
	[ $rc = 77 ] || printf '  %-5s %-44s %4d\n' \
		"$([ $rc = 0 ] && echo ok || echo FAIL)" "${1#tests/}" "$ok"
	sed 's/^/        /' "$log"
}

corpus() {
	local name=${1##*/fuzz_} n=0 input
	for input in tests/fuzz/corpus_"$name"/*; do
		[ -f "$input" ] || continue
		n=$((n + 1))
	done
	if "$1" tests/fuzz/corpus_"$name"/* >"$log" 2>&1; then
		passed=$((passed + n))
		printf '  %-5s %-44s %4d\n' ok "corpus $name" $n
	else
		failed=$((failed + 1))
		printf '  %-5s %s\n' FAIL "corpus $name"
		cat "$log"
	fi
}

# Each is a process of its own from here on: it counts for itself, and says
# its part while nobody else does.
result() {
	local log passed=0 failed=0 skipped=0
	log=$(mktemp -p "$work")
	run "$1" >"$log.said"
	(
		flock 9
		cat "$log.said"
		echo "$passed $failed $skipped" >>"$work/counts"
		[ $failed = 0 ] || cat "$log.said" >>"$work/wrong"
	) 9>"$work/lock"
	rm -f "$log" "$log.said"
}

# at_once JOBS TEST...
at_once() {
	local jobs=$1 t
	shift
	for t in "$@"; do
		while [ "$(jobs -rp | wc -l)" -ge "$jobs" ]; do wait -n; done
		result "$t" &
	done
	wait
}

run() {
	case $1 in
	*/tests/fuzz/*) corpus "$1" ;;
	*/test_*) unit "$1" ;;
	tests/lab/*) lab "$1" ;;
	*.sh) one "${1#tests/}" "$1" ;;
	esac
}

if [ $# -eq 0 ]; then
	set -- $(find "$BUILD/tests" -name 'test_*' -type f -perm -u+x | sort) \
		$(find "$BUILD/tests/fuzz" -name 'fuzz_*' -type f -perm -u+x | sort) \
		tests/layers.sh tests/headers.sh tests/texts.sh \
		$(find tests/e2e -name '*.sh' ! -name 'lib*.sh' | sort) \
		${LAB_POWER:+tests/lab/power/run.sh} \
		${LAB_DEVICES:+tests/lab/devices/run.sh}
fi
units=() stories=() labs=()
for t in "$@"; do
	case $t in
	tests/lab/*) labs+=("$t") ;;
	tests/e2e/*) stories+=("$t") ;;
	*) units+=("$t") ;;
	esac
done
at_once "$unit_jobs" "${units[@]}"
at_once "$story_jobs" "${stories[@]}"
at_once 1 "${labs[@]}"

read -r passed failed skipped ended < <(awk '{ p += $1; f += $2; s += $3 }
	END { print p + 0, f + 0, s + 0, NR }' "$work/counts")
# A result that was lost is no pass.
[ "$ended" = $# ] || failed=$((failed + $# - ended))
[ $skipped = 0 ] || echo "$skipped could not run here: SKIP says why"
# Once more at the end: a reader of a long output begins there.
if [ -s "$work/wrong" ] && [ $# -gt 1 ]; then
	echo 'What failed, again:'
	tail -c 20000 "$work/wrong"
fi
echo "in $((SECONDS - started)) s"
echo "$passed passed, $failed failed"
[ $failed = 0 ]
