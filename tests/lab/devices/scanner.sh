# scanner.sh - scanners that are no keyboards, and who hears them.

card_text='025147954966|012345678|Hà Thị Tỵ|01011950|Nữ|Tổ 3, Cẩm Khê, Phú Thọ|01012022'

hex_of() { printf '%s' "$1" | od -An -v -tx1 | tr -d ' \n'; }

# Until a process has this node open.
is_open() { find /proc/[0-9]*/fd -lname "$1" 2>/dev/null | grep -q .; }

# hear NODE [COMMAND...]: in the background, what scan-test, started by that
# command, hears of it.
hear() {
	"${@:2}" "$chitra" scan-test --json --count 1 --seconds 30 </dev/null \
		>$dir/heard 2>&1 &
	hearing=$!
	soon is_open "$1"
}

# heard BY TEXT: it was that text, byte by byte.
heard() {
	wait $hearing || true
	said=$(cat $dir/heard)
	has "$said" "\"by\":\"$1\"" && has "$said" "\"hex\":\"$(hex_of "$2")\""
}

# ---- CDC-ACM ------------------------------------------------------------------

plug_acm() {
	plug acm
	soon exists /dev/ttyACM0 && soon exists /dev/ttyGS0
	stty -F /dev/ttyGS0 raw -echo
}

unplug_acm() {
	unplug acm
	soon gone /dev/ttyACM0
}

# ---- HID-POS ------------------------------------------------------------------

# Report 2: length, AIM, 56 bytes, 2 of the maker, more to come
# (HID Point of Sale Usage Tables 1.02, 4).
make_hid_pos() {
	gadget hid_pos 05e0 1300 'Scanner' hid.pos
	cd "$gadgets/hid_pos/functions/hid.pos" || return
	echo 64 >report_length
	printf '%b' '\x05\x8c\x09\x02\xa1\x01\x85\x02\x09\x12\xa1\x02' \
		'\x15\x00\x26\xff\x00\x75\x08\x95\x01\x05\x01\x09\x3b\x81\x02' \
		'\x05\x8c\x95\x01\x09\xfb\x81\x02\x09\xfc\x81\x02\x09\xfd\x81\x02' \
		'\x95\x38\x09\xfe\x82\x02\x01\x95\x02\x06\x66\xff\x09\x10\x81\x02' \
		'\x05\x8c\x25\x01\x75\x01\x95\x01\x09\xff\x81\x02' \
		'\x75\x07\x81\x03\xc0\xc0' >report_desc
	cd "$TREE" || return
}

# One report a line, as hex: a code longer than 56 bytes comes in parts.
reports() {
	hex_of "$1" | perl -ne 'while (s/^([0-9a-f]{1,112})//) {
		printf "02%02x5d5131%s%s0000%02x\n", length($1) / 2, $1,
			"0" x (112 - length $1), $_ ? 1 : 0 }'
}

# At the pace of a scanner: all reports are ready before the first one goes.
scan_by_hid() {
	reports "$1" | perl -ne 'print pack "H*", $_ =~ s/\n//r' >$dir/reports
	dd bs=64 if=$dir/reports of="$hidg" status=none
}

# plug_hid_pos: $hidraw is its node, $hidg where it says what it scanned.
plug_hid_pos() {
	local raw='/sys/bus/hid/devices/*:05E0:1300.*/hidraw/hidraw*'
	plug hid_pos
	hidg=$(hid_node hid_pos)
	soon exists $hidg && soon exists "$raw" || return
	raw=$(compgen -G "$raw")
	hidraw=/dev/${raw##*/}
	soon exists $hidraw
}

# need_scanners: they are there, not plugged in.
need_scanners() {
	! exists $gadgets/acm || return 0
	gadget acm 05e0 1701 'Scanner' acm.0
	make_hid_pos
}
