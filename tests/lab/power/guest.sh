#!/bin/bash
# guest.sh - makes the guest: Debian's kernel and an initrd with the program.
#
# Usage: guest.sh BUILD OUT FS...  ->  OUT/vmlinux, OUT/initrd.gz
#
# Exits with 77 and says why if something is not to be had.
set -euo pipefail

build=$1
out=$2
shift 2
here=$(dirname "$0")
lab=lab-power
modules='virtio_pci virtio_blk crc32c_generic dm-log-writes dm-snapshot'

mkdir -p "$out"
out=$(cd "$out" && pwd)
kernel=$out/../kernel
. "$here/../kernel.sh"

# put FILE [AS]: a program and its libraries.
put() {
	local file=$1 as=${2:-/bin/${1##*/}} lib
	install -D "$file" "$root$as"
	for lib in $(ldd "$file" 2>/dev/null | grep -o '/[^ )]*'); do
		[ -e "$root$lib" ] || install -D "$lib" "$root$lib"
	done
}

# modules_for FS: names in the order of loading; busybox knows none.
modules_for() {
	local module
	modules_of $modules "$1" | while read -r module; do
		cp "$module" "$root/modules/"
		echo "${module##*/}"
	done
}

initrd() {
	local fs
	root=$out/initrd
	rm -rf "$root"
	mkdir -p "$root"/{bin,dev,proc,sys,modules}
	put "$(command -v busybox)" /bin/busybox
	put "$(command -v dmsetup)" /bin/dmsetup
	put "$(command -v sqlite3)" /bin/sqlite3
	put "$build/chitra"
	put "$build/chitra-verify"
	put "$build/tests/lab/power/payer"
	put "$build/tests/lab/power/paper"
	put "$build/tests/lab/power/replay"
	install "$here/init" "$here/cut.sh" "$root/"
	cp "$out/people.csv" "$out/ids" "$root/"
	for fs in "$@"; do
		modules_for "$fs" >"$root/modules/$fs"
	done
	(cd "$root" && find . -print0 |
		cpio --null -o -H newc -R 0:0 --quiet) |
		gzip -1 >"$out/initrd.gz"
}

need qemu-system-x86_64 busybox dmsetup cpio depmod debugfs sqlite3 \
	${*/#/mkfs.}
get_kernel
ln -sf ../kernel/vmlinux "$out/vmlinux"
initrd "$@"
