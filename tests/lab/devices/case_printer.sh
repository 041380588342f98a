# case_printer.sh - a receipt printer on USB: by libusb, by usblp, and paid
# with; in each kind of trouble.

paper=$dir/paper
job=$dir/job

# 34 KB, as a receipt drawn in dots; DLE EOT stands in it now and then.
make_job() {
	for _ in $(seq 340); do
		head -c 97 /dev/urandom
		printf '\x10\x04\x01'
	done >$job
}

# printer COMMAND...: to the gadget, its answer in $said.
printer() {
	echo "$*" >&$to_printer
	read -r -t 20 said <&$from_printer
}

start_printer() {
	gadget printer 04b8 0e15 'Receipt printer' ffs.printer
	mkdir -p $dir/ffs
	mount -t functionfs printer $dir/ffs
	coproc FFS { exec "$tools/ffs_printer" $dir/ffs $paper; }
	# Others, since bash shuts its own in subshells.
	exec {from_printer}<&"${FFS[0]}" {to_printer}>&"${FFS[1]}"
	read -r -t 20 said <&$from_printer
	is "$said" ready || return
	plug printer
	soon exists /dev/usb/lp0
}

# send [MS [PRINTER]]: the job, $said is what became of it.
send() { said=$("$tools/job" "${2:-usb}" $job "${1:-10000}") || true; }

same_paper() { cmp $job $paper; }

# begun: something is printed already.
begun() {
	printer taken
	[ "$said" -gt 3000 ]
}

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
	plug printer
	soon exists /dev/usb/lp0
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


make_job
start_printer >$dir/start 2>&1 || cat $dir/start
check 'a receipt goes to a USB printer, byte by byte what was sent' prints
check 'an endpoint that stalls in the middle is freed, and nothing is lost' stalls
check 'a printer that needs 40 ms a packet is waited for' is_slow
check 'a printer that takes nothing for 4 s goes on where it stopped' pauses
check 'one that takes no more leaves UNKNOWN; the next job begins anew' takes_no_more
check 'the roll ends: UNKNOWN, then FAILED for want of paper, then all is well' runs_empty
check 'unplugged in the middle of a receipt: UNKNOWN, and it is gone' is_unplugged
check 'by /dev/usb/lpN of usblp, too, byte by byte' prints_by_node
