#!/bin/bash
# guest.sh - makes the guest: Debian's kernel and an initrd with the program.
#
# Usage: guest.sh BUILD OUT FS...  ->  OUT/vmlinux, OUT/initrd.gz
#
# The kernel is downloaded, not installed, once; no root is needed. Exits
# with 77 and says why if something is not to be had.
set -euo pipefail

build=$1
out=$2
shift 2
here=$(dirname "$0")
modules='virtio_pci virtio_blk crc32c_generic dm-log-writes dm-snapshot'
trees='arch/x86/crypto crypto drivers/block drivers/md drivers/virtio
	fs/ext4 fs/jbd2 fs/mbcache.ko fs/xfs fs/f2fs fs/btrfs lib'

missing() {
	echo "lab-power did not run: $*" >&2
	exit 77
}

for tool in qemu-system-x86_64 busybox dmsetup cpio depmod debugfs sqlite3 \
	${*/#/mkfs.}; do
	PATH=$PATH:/sbin:/usr/sbin command -v $tool >/dev/null ||
		missing "no $tool here (make deps-lab)"
done
PATH=$PATH:/sbin:/usr/sbin
mkdir -p "$out"
out=$(cd "$out" && pwd)

# kernel: the newest that apt knows; as vmlinux, which boots in 7 s, not 11.
kernel() {
	local package deb at what
	package=$(apt-cache depends linux-image-amd64 2>/dev/null |
		sed -n 's/.*Depends: \(linux-image-[^ ]*\).*/\1/p' | head -1)
	[ -n "$package" ] || missing 'apt knows no linux-image-amd64'
	what="$package $trees"
	[ "$(cat "$out/kernel" 2>/dev/null)" = "$what" ] && return
	rm -rf "$out/root" "$out/deb" "$out/vmlinux"
	mkdir -p "$out/root" "$out/deb"
	(cd "$out/deb" && apt-get -q download "$package" >/dev/null 2>&1) ||
		missing "$package cannot be downloaded"
	deb=$(echo "$out"/deb/*.deb)
	dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$out/root" --wildcards \
		$(for tree in $trees; do
			echo "./lib/modules/*/kernel/$tree"
		done) './lib/modules/*/modules.*' './boot/vmlinuz-*'
	depmod -b "$out/root" "$(ls "$out/root/lib/modules")"
	at=$(LC_ALL=C grep -abo $'\xFD7zXZ' "$out"/root/boot/vmlinuz-* |
		head -1 | cut -d: -f1)
	# What follows the kernel in the image is not xz's: status ignored.
	tail -c +$((at + 1)) "$out"/root/boot/vmlinuz-* |
		xz -dc --single-stream -qq >"$out/vmlinux" || true
	[ "$(head -c 4 "$out/vmlinux" | tail -c 3)" = ELF ] ||
		missing "the kernel of $package is not packed with xz"
	rm -rf "$out/deb"
	echo "$what" >"$out/kernel"
}

# put FILE [AS]: a program and its libraries.
put() {
	local file=$1 as=${2:-/bin/${1##*/}} lib
	install -D "$file" "$root$as"
	for lib in $(ldd "$file" 2>/dev/null | grep -o '/[^ )]*'); do
		[ -e "$root$lib" ] || install -D "$lib" "$root$lib"
	done
}

# modules_of FS VERSION: names in the order of loading; busybox knows none.
modules_of() {
	local module
	for module in $modules "$1"; do
		modprobe -d "$out/root" -S "$2" --show-depends "$module"
	done | awk '$1 == "insmod" && !seen[$2]++ { print $2 }' |
		while read -r module; do
			cp "$module" "$root/modules/"
			echo "${module##*/}"
		done
}

initrd() {
	local version fs
	version=$(ls "$out/root/lib/modules")
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
		modules_of "$fs" "$version" >"$root/modules/$fs"
	done
	(cd "$root" && find . -print0 |
		cpio --null -o -H newc -R 0:0 --quiet) |
		gzip -1 >"$out/initrd.gz"
}

kernel
initrd "$@"
