#!/bin/bash
# run.sh - the drivers and the real kernel of Debian, in QEMU.
#
# A guest whose root is this machine's, so that what was just built runs
# there, with printers, scanners and a camera that the kernel takes for real
# ones. Needs no root. ONLY="printer scanner" runs these cases alone; SOON=60
# waits that long for what must come, where others use the machine; PICTURES=yes
# with ONLY=font leaves pictures of the console. Exits with 77 and one line if
# it cannot run here.
set -euo pipefail

cd "$(dirname "$0")/../../.."
lab=lab-devices
tree=$PWD
kernel=$tree/build/lab/kernel
work=$tree/build/lab/devices
build=build/release
patience=${PATIENCE:-600}
. tests/lab/kernel.sh

# Only what is needed to see the rest, which lies on the host.
initrd() {
	local root=$work/initrd module
	rm -rf "$root"
	mkdir -p "$root"/{bin,dev,proc,sys,modules}
	cp "$(command -v busybox)" "$root/bin/busybox"
	install tests/lab/devices/init "$root/"
	modules_of virtio_pci 9pnet_virtio 9p overlay configfs |
		while read -r module; do
			cp "$module" "$root/modules/"
			echo "${module##*/}"
		done >"$root/modules/order"
	(cd "$root" && find . -print0 |
		cpio --null -o -H newc -R 0:0 --quiet) |
		gzip -1 >"$work/initrd.gz"
}

# A book with people and users, made here since it is faster.
make_book() {
	rm -rf "$work/book" "$work/cards"
	"$build/chitra" demo --data "$work/book" --cards "$work/cards" \
		>"$work/demo" || {
		echo 'lab-devices FAILED: no demo'
		exit 1
	}
}

boot() {
	local status=0 talk= monitor=()
	# Its socket's path is short: it may have 107 letters.
	[ -z "${PICTURES:-}" ] || {
		talk=$(mktemp -u "${TMPDIR:-/tmp}/lab-XXXXXX")
		monitor=(-chardev "socket,id=says,path=$talk,server=on,wait=off"
			-mon says -serial "unix:$talk")
	}
	timeout "$patience" qemu-system-x86_64 -accel tcg -cpu max -m 768 \
		-nodefaults -no-user-config -display none -serial stdio \
		-device bochs-display,xres=1024,yres=768 \
		"${monitor[@]}" \
		-nic none -no-reboot -kernel "$kernel/vmlinux" \
		-initrd "$work/initrd.gz" \
		-fsdev local,id=host,path=/,security_model=none,readonly=on,multidevs=remap \
		-device virtio-9p-pci,fsdev=host,mount_tag=host \
		-append "console=ttyS0 quiet panic=-1 mitigations=off \
TREE=$tree BUILD=$build SOON=${SOON:-20} PICTURES=${PICTURES:-} ONLY=\"${ONLY:-}\"" \
		</dev/null 2>&1 | sed -u 's/\r//g' | tee "$work/console" |
		sed -un 's/^LAB \(ok\|FAILED\|ended\| #\)/lab-devices \1/p' ||
		status=$?
	[ -z "$talk" ] || rm -f "$talk"
	grep -q '^LAB up' "$work/console" ||
		missing "QEMU boots nothing here: $(tail -n 1 "$work/console")"
	[ $status = 0 ] && grep -q '^LAB ended' "$work/console" || {
		echo "lab-devices FAILED: the guest did not end:"
		tail -n 5 "$work/console"
		exit 1
	}
}

# What QEMU was asked for, it drew.
has_pictures() {
	local picture
	for picture in $(sed -n 's/\r$//; s/^LAB picture //p' "$work/console"); do
		[ -s "$work/pictures/$picture" ] || {
			echo "lab-devices FAILED: no picture $picture"
			return 1
		}
	done
}

need qemu-system-x86_64 busybox cpio depmod perl setsid setpriv udevadm btvirt
mkdir -p "$work"
get_kernel
initrd
make_book
rm -rf "$work/pictures"
mkdir -p "$work/pictures"
started=$SECONDS
boot
echo "lab-devices: in $((SECONDS - started)) s"
has_pictures && ! grep -q '^LAB FAILED' "$work/console"
