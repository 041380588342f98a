#!/bin/bash
# stick.sh - the daily log onto a real file system that is pulled out half-way,
# locked, breaks or is full, by the verb and from the screen: it is said in a
# sentence, nothing on the stick looks whole, and the next try works.
#
# Needs a mount namespace of its own, and strace, which holds or breaks the
# running program at one of its calls. Exits with 77 where they are not there.
if [ -z "${CHITRA_STICK_STORY:-}" ]; then
	if [ "$(id -u)" = 0 ]; then ns='unshare -m'; else ns='unshare -Urm'; fi
	$ns mount -t tmpfs none /mnt 2>/dev/null || {
		echo 'SKIP: no tmpfs can be mounted here: no stick was pulled out'
		exit 77
	}
	$ns strace -qq -o /dev/null true 2>/dev/null || {
		echo 'SKIP: no strace here: no stick was pulled out'
		exit 77
	}
	CHITRA_STICK_STORY=1 exec $ns "$0"
fi
. tests/e2e/lib.sh

data=$dir/store
usb=$dir/media/usb # only there while a stick is in
kept=$dir/kept     # the same stick, as seen from elsewhere
export CHITRA_PRINTER=none CHITRA_PIN=246802
# As root of a namespace: another's /tmp/tmux-0 is none of ours.
export TMUX_TMPDIR=$dir
clean_up() {
	tmux_ kill-server 2>/dev/null || true
	umount -l "$usb" 2>/dev/null || true
	umount -l "$kept" 2>/dev/null || true
	finish
}
trap clean_up EXIT
mkdir "$dir/media" "$kept"

status() {
	local want=$1 got=0
	shift
	out=$("$chitra" "$@" --data "$data" --json 2>"$dir/err") || got=$?
	same "$got" "$want" "chitra $*: $out $(cat "$dir/err")"
}
is() { same "$(field "$out" "$1")" "$2" "$1 of $out"; }
person() { sed -n "$1p" assets/demo/people.csv | cut -d, -f6; }

# plug, pull: the stick with what is on it; new SIZE: another one.
plug() {
	mkdir "$usb"
	mount --bind "$kept" "$usb"
}
pull() {
	umount -l "$usb"
	rmdir "$usb"
}
new() {
	umount -l "$kept" 2>/dev/null || true
	mount -t tmpfs -o "size=$1" none "$kept"
}
# nothing_whole WHEN: nothing is on the stick that somebody would take.
nothing_whole() {
	[ -z "$(ls "$kept")" ] || fail "$1: on the stick is $(ls -A "$kept")"
}
# whole: one log, all of it, and nothing of the tries before.
whole() {
	same "$(ls -A "$kept" | wc -l)" 1 "$1: $(ls -A "$kept")"
	(cd "$kept/log" && sha256sum --quiet -c SHA256SUMS) ||
		fail "$1: its sums"
}

status 0 init --point P1 --name 'Cẩm Khê' --pin-kib 1024 \
	--list-window 1200:1200
status 0 user add --number 9 --name Hùng --role supervisor
CHITRA_NEW_PIN=135790 status 0 user add --number 1 --name Lan --role agent \
	--as 9
status 0 import list assets/demo/people.csv --as 9
export CHITRA_PIN=135790
status 0 shift open --as 1 --float 500000x40,200000x20,100000x20,20000x9,10000x30
status 0 pay --id12 "$(person 2)" --as 1
status 0 pay --id12 "$(person 4)" --as 1
export CHITRA_PIN=246802

# ---- pulled out, at several moments --------------------------------------------

# held N: the export stands still at its Nth write; $tracee. False: it was
# over before.
held() {
	rm -f "$dir/trace" "$dir/said"
	strace -f -qq -o "$dir/trace" -e trace=write \
		-e "inject=write:signal=SIGSTOP:when=$1" "$chitra" export day \
		--to "$usb/log" --as 9 --data "$data" --json >"$dir/said" 2>"$dir/err" &
	tracer=$!
	for _ in $(seq 1200); do
		tracee=$(sed -n 's/^\([0-9]*\) .*stopped by SIGSTOP.*/\1/p' \
			"$dir/trace" 2>/dev/null | head -1)
		[ -z "$tracee" ] || return 0
		kill -0 "$tracer" 2>/dev/null || return 1
		sleep 0.05
	done
	fail "the export neither stood still at write $1 nor ended"
}

new 16m
cut=0
for n in 1 4 8 12 16 24 32 48; do
	plug
	if ! held "$n"; then
		wait "$tracer" || fail "$(cat "$dir/said" "$dir/err")"
		pull
		rm -r "$kept/log"
		break
	fi
	pull
	kill -CONT "$tracee"
	got=0
	wait "$tracer" || got=$?
	out=$(cat "$dir/said")
	# At what is said behind its last file all of it was there.
	if [ "$got" = 0 ]; then
		whole "pulled out when it was over"
		rm -r "$kept/log"
		continue
	fi
	same "$got" 3 "pulled out at write $n: $out $(cat "$dir/err")"
	is code gone
	grep -q 'Không ghi được tệp' "$dir/err" || fail "$(cat "$dir/err")"
	nothing_whole "pulled out at write $n"
	cut=$((cut + 1))
done
[ "$cut" -ge 3 ] || fail "it was pulled out half-way $cut times only"
plug
status 0 export day --to "$usb/log" --as 9
whole 'after it was pulled out'
pull

# ---- it breaks: what is written cannot be kept --------------------------------

new 16m
plug
for n in 1 2 4 8; do
	got=0
	strace -f -qq -o /dev/null -e trace=fsync \
		-e "inject=fsync:error=EIO:when=$n" "$chitra" export day \
		--to "$usb/log" --as 9 --data "$data" --json >"$dir/said" \
		2>"$dir/err" || got=$?
	out=$(cat "$dir/said")
	same "$got" 3 "sync $n fails: $out $(cat "$dir/err")"
	is code io
	nothing_whole "sync $n failed"
done
status 0 export day --to "$usb/log" --as 9
whole 'after it broke'
pull

# ---- locked, and full ------------------------------------------------------------

new 16m
plug
mount -o remount,bind,ro "$usb"
status 3 export day --to "$usb/log" --as 9
is code denied
nothing_whole 'a locked stick'
pull
new 24k
plug
status 3 export day --to "$usb/log" --as 9
is code full
[ -z "$(ls -A "$kept")" ] || fail "a full stick keeps $(ls -A "$kept")"
pull

# ---- the same on the screen ---------------------------------------------------------

# again: ENTER, on the name that is typed already.
again() {
	rest
	tmux_ send-keys Enter
}
start 80 25 --data "$data" --printer none
expect 'Số của bạn'
keys 9 Enter 2 4 6 8 0 2 Enter
expect '/189'
keys '*' '*' '.' 3
expect 'Muốn xem giấy tờ nào?'
keys 8
expect 'Ngày nào?'
again
expect 'Dòng 1/'
keys 1
expect 'vào đâu?'
keys C-w
typed "$usb/log"
rest
# Nobody has put it in.
again
expect 'Chưa ghi được tệp'
[ ! -e "$usb" ] || fail 'it was written where no stick is'
# It is too small. What is said goes away with the next key, or it would be
# taken for the answer to the next try.
tmux_ send-keys x
vanishes 'Chưa ghi được tệp'
tmux_ send-keys BSpace
plug
again
expect 'Chưa ghi được tệp'
[ -z "$(ls -A "$kept")" ] || fail "a full stick keeps $(ls -A "$kept")"
pull
# A good one.
new 16m
plug
again
expect 'Đã ghi'
[ -s "$kept/log.xlsx" ] && [ -s "$kept/log.csv" ] || fail "$(ls -A "$kept")"
[ -z "$(find "$kept" -name '.*' -type f)" ] || fail "$(ls -A "$kept")"
pull
stop
"$chitra"-verify -f "$data" >"$dir/said" || fail "$(cat "$dir/said")"
echo "stick: ok, pulled out half-way $cut times"
