# printer.sh - the gadget that prints, and jobs for it.

paper=$dir/paper
job=$dir/job

# 34 KB, as a receipt drawn in dots; DLE EOT stands in it now and then.
make_job() {
	[ ! -e $job ] || return 0
	for _ in $(seq 340); do
		head -c 97 /dev/urandom
		printf '\x10\x04\x01'
	done >$job
}

# printer COMMAND...: to the gadget, its answer in $said.
printer() {
	echo "$*" >&$to_printer
	read -r -t "$SOON" said <&$from_printer
}

# need_printer: there is one, not plugged in.
need_printer() {
	[ -z "${to_printer:-}" ] || return 0
	make_job
	gadget printer 04b8 0e15 'Receipt printer' ffs.printer
	mkdir -p $dir/ffs
	mount -t functionfs printer $dir/ffs
	coproc FFS { exec "$tools/ffs_printer" $dir/ffs $paper; }
	# Others, since bash shuts its own in subshells.
	exec {from_printer}<&"${FFS[0]}" {to_printer}>&"${FFS[1]}"
	read -r -t "$SOON" said <&$from_printer
	is "$said" ready
}

plug_printer() {
	plug printer
	soon exists "${1:-/dev/usb/lp0}"
}

# send [MS [PRINTER]]: the job, $said is what became of it.
send() { said=$("$tools/job" "${2:-usb}" $job "${1:-10000}") || true; }

same_paper() { cmp $job $paper; }

# begun: something is printed already.
begun() {
	printer taken
	[ "$said" -gt 3000 ]
}
