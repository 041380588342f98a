# case_printer.sh - a receipt printer on USB: by libusb, by usblp, and paid
# with; in each kind of trouble.

# ---- by libusb ----------------------------------------------------------------

prints() {
	printer fresh
	send
	is "$said" printed && same_paper
}

stalls() {
	printer fresh
	printer halt 9000
	send
	is "$said" printed && same_paper
}

is_slow() {
	printer fresh
	printer slow 40000
	send 20000
	is "$said" printed && same_paper
}

# It does not say why: 4 s without a byte, then it goes on.
pauses() {
	printer fresh
	printer deaf 9000
	(
		soon stopped_at 9000
		sleep 4
		printer go
	) &
	send 20000
	wait $!
	is "$said" printed && same_paper
}

stopped_at() {
	printer taken
	[ "$said" -ge "$1" ]
}

takes_no_more() {
	printer fresh
	printer deaf 9000
	send 3000
	has "$said" 'unknown: timeout: ' || return
	# The next job begins at its beginning, with the half one thrown away.
	printer go
	printer resets
	[ "$said" -ge 1 ] || {
		echo "no reset after a cut: $said"
		return 1
	}
	printer fresh
	send
	is "$said" printed && same_paper
}

runs_empty() {
	printer fresh
	printer empty 9000
	send 3000
	has "$said" 'unknown: ' || return
	send 3000
	has "$said" 'failed: ' && has "$said" 'out of paper' || return
	printer fresh
	send
	is "$said" printed && same_paper
}

is_unplugged() {
	printer fresh
	printer slow 20000
	(
		soon begun
		unplug printer
	) &
	send 10000
	wait $!
	has "$said" 'unknown: gone: ' || return
	send
	has "$said" 'failed: gone: ' || return
	plug_printer
	printer fresh
	send
	is "$said" printed && same_paper
}

# ---- by usblp ------------------------------------------------------------------

prints_by_node() {
	printer fresh
	send 10000 lp
	is "$said" printed && same_paper
}


need_printer
plug_printer
check 'a receipt goes to a USB printer, byte by byte what was sent' prints
check 'an endpoint that stalls in the middle is freed, and nothing is lost' stalls
check 'a printer that needs 40 ms a packet is waited for' is_slow
check 'a printer that takes nothing for 4 s goes on where it stopped' pauses
check 'one that takes no more leaves UNKNOWN; the next job begins anew' takes_no_more
check 'the roll ends: UNKNOWN, then FAILED for want of paper, then all is well' runs_empty
check 'unplugged in the middle of a receipt: UNKNOWN, and it is gone' is_unplugged
check 'by /dev/usb/lpN of usblp, too, byte by byte' prints_by_node
unplug printer
