# kernel.sh - sourced by the labs: Debian's kernel for a guest.
#
# Downloaded, not installed, once for all labs; no root is needed. Whoever
# sources it sets lab (its name) and kernel (the directory, build/lab/kernel).

trees='arch/x86/crypto crypto lib drivers/block drivers/md drivers/virtio
	fs/ext4 fs/jbd2 fs/mbcache.ko fs/xfs fs/f2fs fs/btrfs
	fs/9p fs/fscache fs/netfs fs/overlayfs fs/configfs net/9p
	drivers/usb drivers/hid drivers/input drivers/media
	drivers/gpu/drm drivers/i2c
	drivers/bluetooth net/bluetooth net/rfkill'

PATH=$PATH:/sbin:/usr/sbin

missing() {
	echo "$lab did not run: $*" >&2
	exit 77
}

# need TOOL...: all that the host must have.
need() {
	local tool
	for tool; do
		command -v $tool >/dev/null ||
			missing "no $tool here (make deps-lab)"
	done
}

# get_kernel: the newest that apt knows; as vmlinux, which boots in 7 s, not
# 11. Then there are $kernel/vmlinux and $kernel/root/lib/modules.
get_kernel() {
	local package deb at what
	package=$(apt-cache depends linux-image-amd64 2>/dev/null |
		sed -n 's/.*Depends: \(linux-image-[^ ]*\).*/\1/p' | head -1)
	[ -n "$package" ] || missing 'apt knows no linux-image-amd64'
	what="$package $trees"
	[ "$(cat "$kernel/what" 2>/dev/null)" = "$what" ] && return
	rm -rf "$kernel"
	mkdir -p "$kernel/root" "$kernel/deb"
	(cd "$kernel/deb" && apt-get -q download "$package" >/dev/null 2>&1) ||
		missing "$package cannot be downloaded"
	deb=$(echo "$kernel"/deb/*.deb)
	dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$kernel/root" --wildcards \
		$(for tree in $trees; do
			echo "./lib/modules/*/kernel/$tree"
		done) './lib/modules/*/modules.*' './boot/vmlinuz-*'
	depmod -b "$kernel/root" "$(ls "$kernel/root/lib/modules")"
	at=$(LC_ALL=C grep -abo $'\xFD7zXZ' "$kernel"/root/boot/vmlinuz-* |
		head -1 | cut -d: -f1)
	# What follows the kernel in the image is not xz's: status ignored.
	tail -c +$((at + 1)) "$kernel"/root/boot/vmlinuz-* |
		xz -dc --single-stream -qq >"$kernel/vmlinux" || true
	[ "$(head -c 4 "$kernel/vmlinux" | tail -c 3)" = ELF ] ||
		missing "the kernel of $package is not packed with xz"
	rm -rf "$kernel/deb"
	echo "$what" >"$kernel/what"
}

# modules_of NAME...: their files, in the order of loading, each once.
modules_of() {
	local module
	for module; do
		modprobe -d "$kernel/root" -S "$(ls "$kernel/root/lib/modules")" \
			--show-depends "$module"
	done | awk '$1 == "insmod" && !seen[$2]++ { print $2 }'
}
