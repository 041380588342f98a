# case_bluetooth.sh - a receipt printer on Bluetooth, by way of /dev/rfcomm0:
# two controllers of btvirt, which is BlueZ's own, and the kernel's RFCOMM.

bt_paper=$dir/bt_paper

# bt COMMAND...: to the printer, its answer in $said.
bt() {
	echo "$*" >&$to_bt
	read -r -t "$SOON" said <&$from_bt
}

start_bt() {
	modprobe -a af_alg algif_hash algif_skcipher ecb cmac hci_vhci rfcomm
	btvirt -l2 >$dir/btvirt &
	soon exists /sys/class/bluetooth/hci1 || return
	coproc BT { exec "$here/bt_printer.pl" $bt_paper; }
	exec {from_bt}<&"${BT[0]}" {to_bt}>&"${BT[1]}"
	read -r -t "$SOON" said <&$from_bt
	is "$said" ready && soon exists /dev/rfcomm0
}

send_bt() { send "${1:-30000}" rfcomm:/dev/rfcomm0; }

# A question may stand before it and behind it.
is_on_bt_paper() {
	perl -0777 -e 'open A, "<", $ARGV[0]; open B, "<", $ARGV[1];
		exit(index(<B>, <A>) < 0)' $job $bt_paper || {
		echo "$(stat -c %s $bt_paper) bytes, and not what was sent"
		return 1
	}
}

# printed_once: the whole job, by one call.
printed_once() {
	bt fresh
	send_bt
	is "$said" printed && is_on_bt_paper || return
	bt calls
	is "$said" 1
}

# Some of it is on the paper: nobody may print it again but a person.
is_dropped() {
	bt fresh
	bt drop 9000
	send_bt
	has "$said" 'unknown: gone: ' || return
	sleep 2
	bt taken
	is "$said" 9000 || return
	bt calls
	is "$said" 1 && printed_once
}

does_not_answer() {
	bt fresh
	bt off
	send_bt 5000
	has "$said" 'failed: gone: ' || return
	bt taken
	is "$said" 0 || return
	bt on
	printed_once
}

make_job
start_bt >$dir/start 2>&1 || cat $dir/start $dir/btvirt
check 'a receipt goes to a Bluetooth printer, byte by byte, by one call' printed_once
check 'the link is dropped in the middle of a receipt: UNKNOWN, and no second copy by itself' is_dropped
check 'a Bluetooth printer that does not answer took nothing: FAILED' does_not_answer
kill $BT_PID
