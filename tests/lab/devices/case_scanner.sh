# case_scanner.sh - scanners that are no keyboards: on CDC-ACM, and by HID-POS;
# and a printer on a serial line.

card='025147954966|012345678|Hà Thị Tỵ|01011950|Nữ|Tổ 3, Cẩm Khê, Phú Thọ|01012022'

hex_of() { printf '%s' "$1" | od -An -v -tx1 | tr -d ' \n'; }

# Until a process has this node open.
is_open() { find /proc/[0-9]*/fd -lname "$1" 2>/dev/null | grep -q .; }

# hear NODE: in the background, what scan-test hears of it.
hear() {
	"$chitra" scan-test --json --count 1 --seconds 30 </dev/null \
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

by_acm() {
	plug_acm || return
	hear /dev/ttyACM0 || return
	printf '%s\r' "$card" >/dev/ttyGS0
	heard serial "$card" || return
	unplug_acm
}

prints_on_acm() {
	plug_acm || return
	cat /dev/ttyGS0 >$dir/serial_paper &
	local reading=$!
	said=$("$tools/job" serial:/dev/ttyACM0 $dir/serial_job 10000) || true
	kill $reading
	is "$said" printed || return
	# Before and after it are the questions, which nobody answered.
	perl -0777 -e 'open A, "<", $ARGV[0]; open B, "<", $ARGV[1];
		exit(index(<B>, <A>) < 0)' $dir/serial_job $dir/serial_paper || {
		echo 'the paper is not what was sent'
		return 1
	}
	unplug_acm
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

by_hid_pos() {
	make_hid_pos
	plug hid_pos
	hidg=$(hid_node hid_pos)
	soon exists $hidg && soon exists /dev/hidraw0 || return
	hear /dev/hidraw0 || return
	scan_by_hid "$card"
	heard hid_pos "$card"
}

# A scanner has a hiddev as well, in the directory of the printers' nodes and
# with their numbers: then the printer is not lp0.
beside_hiddev() {
	unplug hid_pos
	UDC=dummy_udc.1 plug hid_pos
	soon exists /dev/usb/hiddev0
	said=$("$tools/job" lp $job 3000) || true
	has "$said" 'failed: gone: ' || return
	plug_printer '/dev/usb/lp*'
	printer fresh
	send 10000 lp
	is "$said" printed && same_paper || return
	unplug printer
	unplug hid_pos
}

need_printer
gadget acm 05e0 1701 'Scanner' acm.0
head -c 4000 /dev/urandom >$dir/serial_job
check 'a scanner on CDC-ACM is found by itself, its bytes come as they are' by_acm
check 'a receipt goes through a serial line, byte by byte' prints_on_acm
check 'a HID-POS scanner is read through hidraw, over several reports' by_hid_pos
check "a scanner's hiddev beside it is not taken for the printer" beside_hiddev
