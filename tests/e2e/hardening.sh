#!/bin/bash
# hardening.sh - what stands around a mistake in memory, and around the keys:
# how the two programs are linked, and what a running one lets others see.
#
# What only the build that people use has (fortified calls, no tracing) is
# looked for in build/release, which make check builds first; it is said aloud
# where there is none.
. tests/e2e/lib.sh

release=$PWD/build/release
sanitized=
case ${BUILD:-build/debug} in */asan | */tsan) sanitized=1 ;; esac

# ---- how they are linked -----------------------------------------------------

# has WHAT FILE: the lines on standard input name it.
has() { grep -Eq -- "$1" || fail "$2 lacks $1"; }
lacks() { ! grep -Eq -- "$1" || fail "$2 has $1"; }

linked() {
	local p=$1
	readelf -hW "$p" | has 'Type: +DYN' "$p"
	readelf -dW "$p" >"$dir/dynamic"
	has 'FLAGS_1.* NOW.* PIE|FLAGS_1.* PIE.* NOW' "$p" <"$dir/dynamic"
	lacks 'R(UN)?PATH|TEXTREL' "$p" <"$dir/dynamic"
	readelf -lW "$p" >"$dir/segments"
	has 'GNU_RELRO' "$p" <"$dir/segments"
	has 'GNU_STACK .* RW +0x' "$p" <"$dir/segments"
	lacks ' RWE +0x' "$p" <"$dir/segments"
}

# guarded FILE: a canary on the stack, branches land where they may.
guarded() {
	readelf --dyn-syms -W "$1" | has ' __stack_chk_fail' "$1"
	case $(uname -m) in
	x86_64)
		objdump -d --no-show-raw-insn --disassemble=main "$1" |
			grep -A1 '<main>:' | has endbr64 "$1"
		;;
	esac
}

for program in chitra chitra-verify chitra-centre; do
	linked "${chitra%/*}/$program"
	[ -n "$sanitized" ] || guarded "${chitra%/*}/$program"
	if [ -x "$release/$program" ]; then
		linked "$release/$program"
		guarded "$release/$program"
		n=$(readelf --dyn-syms -W "$release/$program" |
			grep -Ec ' __[a-z]+_chk(@|$)')
		[ "$n" -ge 5 ] || fail "$program: only $n fortified calls"
	fi
done

# ---- what a running one lets others see ---------------------------------------

# A program of its own user, who may do nothing more than others of that user.
mkdir "$dir/bin"
as=
if [ "$(id -u)" = 0 ]; then
	chown -R 65534:65534 "$dir"
	as='setpriv --reuid 65534 --regid 65534 --clear-groups'
fi
[ -x "$release/chitra" ] && tried=$release/chitra || tried=$chitra
install -m 755 "$tried" "$dir/bin/chitra"
data=$dir/store
umask 000 # the program's own shall hold
export CHITRA_PIN=246802
for verb in "init --point P1 --name Thử --pin-kib 1024" \
	"user add --number 1 --name Lan --role agent"; do
	$as "$dir/bin/chitra" $verb --data "$data" >/dev/null ||
		fail "$verb"
done

# up [LIMIT]: the screen of that user; its process is $pid.
up() {
	tmux_ kill-server 2>/dev/null || true
	socket=$socket+
	tmux_ new-session -d -x 80 -y 25 \
		"${1:-true}; $as $dir/bin/chitra --data $data; sleep 60"
	expect 'Số của bạn'
	keys 1 Enter 2 4 6 8 0 2 Enter
	expect 'Đếm tiền đầu ca'
	pid=$(pgrep -f -- "^$dir/bin/chitra --data $data")
}
down() {
	kill -TERM "$pid"
	comes is_not test -e "/proc/$pid" || fail 'it does not end'
}

up
grep -Eq '^Max core file size +0 +0 ' "/proc/$pid/limits" ||
	fail 'a core file may be written'
grep -q '^Umask:.*0077' "/proc/$pid/status" || fail 'umask'
other=$(find "$data" -perm /077)
[ -z "$other" ] || fail "others may see $other"
locked=$(sed -n 's/^VmLck:[^0-9]*\([0-9]*\) kB/\1/p' "/proc/$pid/status")

# peeks PID WHAT: may another program of that user look into it?
peeks() { $as sh -c ": <\"\$0\"" "/proc/$1/$2" 2>/dev/null; }

if [ "$tried" != "$chitra" ] || [ "${BUILD:-}" = build/release ]; then
	# The looking itself works: on a program that allows it.
	$as sleep 61 &
	plain=$!
	comes peeks "$plain" maps || true
	for file in maps environ auxv; do
		peeks "$plain" "$file" || fail "nobody may read any $file here"
		! peeks "$pid" "$file" || fail "/proc/PID/$file can be read"
	done
	! peeks "$pid" mem || fail '/proc/PID/mem can be read'
	kill "$plain"
	if $as strace -qq -o /dev/null true 2>/dev/null; then
		! timeout 5 $as strace -qq -o /dev/null -p "$pid" \
			2>/dev/null || fail 'it can be traced'
	fi
else
	echo 'SKIP: no build/release/chitra: nobody tried to trace it'
fi

# ---- keys and the swap ------------------------------------------------------------

says() { grep -q 'keys may be swapped out' "$data/chitra.log"; }
limit=$(ulimit -l)
if [ "$limit" = unlimited ] || [ "$limit" -ge 8192 ]; then
	[ "$locked" -ge 4 ] || fail "only $locked KiB are locked in memory"
	! says || fail 'locked, and still a warning'
else
	echo "SKIP: ulimit -l is $limit: keys in the swap were not tried"
fi
down
# Too little is said to the technician, and no reason to pay nobody.
up 'ulimit -l 0'
says || fail 'no word about keys in the swap'
down
echo 'hardening: ok'
