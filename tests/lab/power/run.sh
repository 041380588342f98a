#!/bin/bash
# run.sh - the power goes at any moment of a day at the counter (T01).
#
# A guest pays on a disk that writes down all that reaches it; here that disk
# is put together again as it was at every mark, every flush and torn between
# them, and the program must find every acknowledged payout on it.
#
# LAB_POWER=full: 200 payouts, every mark, each third flush; short (the
# default): fewer. SEED=n takes the same flushes and tears them the same way. Needs no root. Exits with 77 and one
# line if it cannot run here.
set -euo pipefail

cd "$(dirname "$0")/../../.."
PATH=$PATH:/sbin:/usr/sbin
build=$PWD/build/release
replay=$build/tests/lab/power/replay
chitra=$build/chitra
verify=$build/chitra-verify
work=$PWD/build/lab/power
seed=${SEED:-$RANDOM}
export LC_ALL=C.UTF-8 CHITRA_PIN=246802 CHITRA_PRINTER=none
. tests/lab/power/cut.sh

fail() {
	echo "FAILED: $* (seed $seed)" >&2
	exit 1
}

# A list with one person more than the guest pays: the one after each cut.
make_list() {
	head -n 1 assets/demo/people.csv
	for i in $(seq $((payouts + 1))); do
		printf '2026-12,08341,LAB,%d,LAB%05d,025045%06d,,' $i $i $i
		printf 'Trần Văn Thử,20/04/1945,Nam,"xã Cẩm Khê, tỉnh Phú Thọ",'
		printf 'BTXH,hưu trí xã hội,540000,0,,0,0,540000,self,,,cash,,,\n'
	done
}

# new_disk FS: empty, as $work/base; $work/disk is the guest's.
new_disk() {
	rm -f "$work"/{base,disk,scratch}
	case $1 in
	ext4) truncate -s 64M "$work/base" && mkfs.ext4 -q -F "$work/base" ;;
	xfs) truncate -s 320M "$work/base" && mkfs.xfs -q "$work/base" ;;
	f2fs) truncate -s 320M "$work/base" && mkfs.f2fs -q "$work/base" ;;
	btrfs) truncate -s 320M "$work/base" && mkfs.btrfs -q "$work/base" ;;
	esac >/dev/null
	cp --sparse=always "$work/base" "$work/disk"
	truncate -s 320M "$work/scratch"
}

# boot FS OPTIONS PAYOUTS INITRD: the guest, until its power goes.
boot() {
	local disk drives= status=0
	for disk in disk log scratch; do
		drives="$drives -drive \
file=$work/$disk,if=virtio,format=raw,cache=unsafe"
	done
	timeout $patience qemu-system-x86_64 -accel tcg -cpu max -m 512 \
		-nodefaults -no-user-config -display none -serial stdio \
		-nic none -no-reboot -kernel "$work/vmlinux" -initrd "$4" \
		$drives -append "console=ttyS0 quiet panic=-1 \
mitigations=off FS=$1 OPTIONS=$2 PAYOUTS=$3" \
		</dev/null 2>&1 | tr -d '\r' >"$work/console" || status=$?
	grep -q '^LAB up' "$work/console" || {
		echo "lab-power did not run: QEMU boots nothing here:" \
			"$(tail -n 1 "$work/console")" >&2
		exit 77
	}
	[ $status = 0 ] ||
		fail "the guest did not end: $(tail -n 3 "$work/console")"
}

# record FS OPTIONS: what the guest did to its disk is then in $work/log.
record() {
	rm -f "$work/log"
	truncate -s 2G "$work/log"
	new_disk "$1"
	boot "$1" "$2" "$payouts" "$work/initrd.gz"
	grep -q "^LAB paid $payouts in" "$work/console" ||
		fail "the guest: $(tail -n 5 "$work/console")"
	"$replay" "$work/log" list >"$work/entries"
	sed -n 's/.* mark .* ack://p' "$work/entries" >"$work/acks"
	[ "$(sort -u "$work/acks" | wc -l)" = "$payouts" ] ||
		fail 'not every payout was acknowledged once'
}

# take_out IMAGE: the store as the next start finds it. No mount, no root:
# e2fsck replays the journal of ext4 (it is the kernel's own code), debugfs
# takes the directory out of the image.
take_out() {
	local status=0
	rm -rf "$store"
	e2fsck -p "$1" >"$dir/fsck" 2>&1 || status=$?
	[ $status -le 1 ] || {
		bad "e2fsck says $status: $(tail -n 1 "$dir/fsck")"
		return 1
	}
	debugfs -R "rdump /store $dir" "$1" >/dev/null 2>&1
}

# One worker: cuts in the order of the record, on a disk that grows with it.
work_off() {
	local cuts=$1 at=0 to kind acks papers tries shift upto
	dir=$2 store=$2/store
	mkdir -p "$dir"
	cp --sparse=always "$work/base" "$dir/disk"
	while read -r to kind acks papers tries shift upto; do
		"$replay" "$work/log" play "$dir/disk" "$at" "$to"
		at=$to
		cp --sparse=always "$dir/disk" "$dir/cut"
		[ "$kind" != torn ] || "$replay" "$work/log" torn "$dir/cut" \
			"$to" "$upto" $((seed + upto))
		if [ "$acks" = - ]; then
			check_morning "$dir/cut"
		else
			check "$dir/cut" "$acks" "$papers" "$tries" "$shift"
		fi
		echo "$kind ${upto:-$to} $lost $open ${wrong:+wrong: $wrong}"
	done <"$cuts" >"$dir/findings"
}

# roomy: where many small stores are made and synced; in memory if it has room.
roomy() {
	local free
	free=$(df -k --output=avail /dev/shm 2>/dev/null | tail -n 1)
	if [ "${free:-0}" -gt $((512 * 1024)) ] && [ -w /dev/shm ]; then
		echo /dev/shm
	else
		echo "${TMPDIR:-/tmp}"
	fi
}

# replay_here: every cut, by as many workers as there are cores.
replay_here() {
	local cores i scratch pids=
	cores=$(nproc)
	scratch=$(mktemp -d "$(roomy)/lab-power.XXXXXX")
	awk -v payouts=$payouts -v every=$every -v between=$between \
		-v late=$late -v phase=$seed -f tests/lab/power/cuts.awk "$work/entries" |
		sort -s -n >"$work/cuts"
	split -n "r/$cores" -d "$work/cuts" "$scratch/cuts."
	for i in "$scratch"/cuts.*; do
		work_off "$i" "$scratch/w${i##*.}" &
		pids="$pids $!"
	done
	for i in $pids; do
		wait "$i" || fail 'a worker died'
	done
	cat "$scratch"/w*/findings >"$work/findings"
	rm -rf "$scratch"
}

# replay_in_guest FS OPTIONS: the marks alone, mounted by a kernel.
replay_in_guest() {
	awk -v payouts=$payouts -v every=3 -v between=1000000 -v late=8 \
		-f tests/lab/power/cuts.awk "$work/entries" |
		grep -v torn | sort -s -n >"$work/cuts"
	cp --sparse=always "$work/base" "$work/disk"
	# A second archive behind the first is the guest's too.
	(cat "$work/initrd.gz"
		cd "$work" && printf 'cuts\nacks\n' |
		cpio -o -H newc --quiet | gzip -1) >"$work/initrd.cuts"
	boot "$1" "$2" 0 "$work/initrd.cuts"
	sed -n 's/^CUT //p' "$work/console" >"$work/findings"
}

# findings PATTERN: how many lines "kind upto lost asked [wrong: what]".
findings() { grep -cE "^$1" "$work/findings" || true; }

marks() { grep -c " mark .* $1" "$work/entries"; }

# say NAME: the figures of one record.
say() {
	echo "lab-power $1: $payouts payouts by $(marks ack) answers and" \
		"$(marks paper) papers, $(marks try) wrong PINs, a close," \
		"$(grep -cE '^[0-9]+ (flush|fua) ' "$work/entries") flushes;" \
		"$(findings play) cuts whole and $(findings torn) torn:" \
		"$answers_lost lost an answer, $wrong_otherwise were wrong" \
		"otherwise, $(findings "$real [0-9]+ 1") asked about;" \
		"a lying disk: $seen losses seen of $(findings late)"
}

# judge NAME: nothing that was acknowledged is lost, and what would be lost by
# a disk that lies is seen.
judge() {
	local real='(play|torn) [0-9]+'
	local lies='[1-9].* receipts on paper|0 .* (wrong PINs|open again)'
	local answers_lost wrong_otherwise seen
	[ "$(wc -l <"$work/findings")" = "$(wc -l <"$work/cuts")" ] ||
		fail 'not every cut was looked at'
	answers_lost=$(findings "$real [1-9]")
	wrong_otherwise=$(findings "$real.* wrong:")
	# A lie is seen: the lost answer together with the receipt that is in
	# no book; the PIN that was tried for nothing; the shift.
	seen=$(findings "late [0-9]+ ($lies)")
	say "$1"
	grep -E "^$real ([1-9]|.* wrong:)" "$work/findings" |
		head -n 20 || true
	[ "$answers_lost" = 0 ] || fail 'an answer was lost'
	[ "$wrong_otherwise" = 0 ] || fail 'something else was wrong'
	[ "$(findings play)" -ge $((payouts / 2)) ] ||
		fail 'too few cuts for a test'
	[ "$seen" = "$(findings late)" ] && [ "$seen" -gt 0 ] ||
		fail 'a loss was not seen: the check is blind'
}

# keeps OPTIONS: ext4, taken apart here, at every point.
keeps() {
	record ext4 "$1"
	replay_here
	judge "ext4 $1"
}

# keeps_mounted FS OPTIONS: any file system, by the guest's kernel.
keeps_mounted() {
	record "$1" "$2"
	replay_in_guest "$1" "$2"
	judge "$1 $2 mounted"
}

# loses OPTIONS: the other control. A file system that is told never to flush
# must lose answers, whatever the program does.
loses() {
	record ext4 "$1"
	replay_here
	echo "lab-power ext4 $1: $payouts payouts, $(findings play) cuts:" \
		"$(findings 'play [0-9]+ [1-9]') lost an answer, as they must"
	[ "$(findings 'play [0-9]+ [1-9]')" -ge $((payouts / 2)) ] ||
		fail 'a disk that never flushes lost nothing: no test'
}

case ${LAB_POWER:-short} in
full)
	payouts=200 every=1 between=3 late=4 patience=1800
	systems='ext4 xfs f2fs btrfs'
	;;
*)
	payouts=24 every=1 between=8 late=4 patience=300
	systems=ext4
	;;
esac
mkdir -p "$work"
started=$SECONDS
list=$work/people.csv
acks_file=$work/acks
make_list >"$list"
seq -f '025045%06.0f' $((payouts + 1)) >"$work/ids"
last=$(tail -n 1 "$work/ids")
tests/lab/power/guest.sh "$build" "$work" $systems
keeps rw
if [ "${LAB_POWER:-short}" = full ]; then
	between=9
	keeps data=writeback
	payouts=24
	loses barrier=0
	for fs in $systems; do
		keeps_mounted $fs rw
	done
fi
echo "lab-power: in $((SECONDS - started)) s (seed $seed)"
