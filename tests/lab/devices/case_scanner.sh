# case_scanner.sh - scanners that are no keyboards: on CDC-ACM, and by HID-POS;
# and a printer on a serial line.

by_acm() {
	plug_acm || return
	hear /dev/ttyACM0 || return
	printf '%s\r' "$card_text" >/dev/ttyGS0
	heard serial "$card_text" || return
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

by_hid_pos() {
	plug_hid_pos && hear $hidraw || return
	scan_by_hid "$card_text"
	heard hid_pos "$card_text"
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
need_scanners
head -c 4000 /dev/urandom >$dir/serial_job
check 'a scanner on CDC-ACM is found by itself, its bytes come as they are' by_acm
check 'a receipt goes through a serial line, byte by byte' prints_on_acm
check 'a HID-POS scanner is read through hidraw, over several reports' by_hid_pos
check "a scanner's hiddev beside it is not taken for the printer" beside_hiddev
