# case_udev.sh - nothing needs root when the program runs: udevd with its own
# rules and ours, and a person who is in the four groups, or in none.

person_id=1500

start_udevd() {
	cp "$TREE/assets/udev/60-chitra.rules" /etc/udev/rules.d/
	getent group chitra >/dev/null || groupadd -r chitra
	/lib/systemd/systemd-udevd --daemon
	udevadm trigger --action=add
	mkdir -p $dir/clerk
	chown $person_id $dir/clerk
	chmod 755 $dir
	chmod 644 $job
}

# as_clerk COMMAND...: in the groups of README.md; as_nobody: in none.
as_clerk() {
	XDG_DATA_HOME=$dir/clerk setpriv --reuid $person_id --regid $person_id \
		--groups chitra,lp,dialout,video --no-new-privs "$@"
}

as_nobody() {
	XDG_DATA_HOME=$dir/clerk setpriv --reuid $person_id --regid $person_id \
		--clear-groups --no-new-privs "$@"
}

# state WHO CLASS: of the first of that class that has a node, "none" if there
# is none; more of it with FIELD.
state() {
	"$1" "$chitra" devices --data $dir/clerk/none --json |
		perl -MJSON::PP -CO -0777 -e '
			my ($d) = grep { $_->{class} eq $ARGV[0]
				&& ($_->{kernel_driver} // "") ne "serial" }
				@{decode_json(<STDIN>)->{devices}};
			print $d->{$ARGV[1]} // "none"' "$2" "${3:-state}"
}

ready() { is "$(state as_clerk "$1")" ready; }

# all_in PATTERN: it is there, and udevd has seen to it.
all_in() { soon exists "$1" && udevadm settle --timeout="$SOON"; }

prints_as_clerk() {
	plug printer
	all_in '/dev/usb/lp*' || return
	ready usb-printer && ready lp || return
	printer fresh
	said=$(as_clerk "$tools/job" usb $job 10000)
	is "$said" printed && same_paper || return
	all_in '/dev/usb/lp*' || return
	printer fresh
	said=$(as_clerk "$tools/job" lp $job 10000)
	is "$said" printed && same_paper
}

# Who is in no group is told what is lacking.
nobody_is_told() {
	is "$(state as_nobody usb-printer)" denied || return
	is "$(state as_nobody usb-printer group)" lp || return
	has "$(state as_nobody usb-printer udev_rule)" \
		'ATTR{idVendor}=="04b8", ATTR{idProduct}=="0e15"' || return
	said=$(as_nobody "$tools/job" usb $job 3000)
	has "$said" 'failed: denied: ' && has "$said" 'udev lacks: ' || return
	unplug printer
}

scans_as_clerk() {
	plug_hid_pos && udevadm settle || return
	ready hidraw || return
	hear $hidraw as_clerk || return
	scan_by_hid "$card_text" || return
	heard hid_pos "$card_text" || return
	is "$(state as_nobody hidraw group)" chitra || return
	unplug hid_pos
}

serial_as_clerk() {
	plug_acm && udevadm settle || return
	ready serial || return
	hear /dev/ttyACM0 as_clerk || return
	printf '%s\r' "$card_text" >/dev/ttyGS0
	heard serial "$card_text" || return
	unplug_acm
}

camera_as_clerk() {
	modprobe vivid n_devs=1 node_types=0x101 num_inputs=1 input_types=3 \
		num_outputs=1 output_types=1 no_error_inj=1 multiplanar=1
	all_in /dev/video1 || return
	ready camera || return
	is "$(state as_nobody camera group)" video || return
	modprobe -r vivid
}

# udevd takes its time over the rules, and a keyboard types at once: it finds a
# locked screen all the same. Here udevd is done when it is told to be.
locks_before_udevd_is_done() {
	unplug keyboard
	soon gone "$keys" && udevadm settle --timeout="$SOON" || return
	printf 'while ! [ -e %s/go ]; do sleep 0.1; done\n' $dir >$dir/slow
	echo "SUBSYSTEM==\"input\", PROGRAM=\"/bin/sh $dir/slow\"" \
		>/etc/udev/rules.d/10-slow.rules
	udevadm control --reload
	plug_keyboard || return
	expect 'Máy đã khoá vì vừa có bàn phím' || return
	! udevadm settle --timeout=0 || {
		echo 'udevd was done already'
		return 1
	}
	touch $dir/go
	rm /etc/udev/rules.d/10-slow.rules
	unlock 'Máy đã khoá'
}

need_printer
need_scanners
end_screen
start_udevd >$dir/start 2>&1 || cat $dir/start
check 'with udevd and our rules a clerk prints, by libusb and by usblp, without root' prints_as_clerk
check 'who is in no group is told the group, and the very line that udev lacks' nobody_is_told
check 'a clerk reads a HID-POS scanner: our rule tells it by its descriptor' scans_as_clerk
check 'a clerk reads a scanner on CDC-ACM' serial_as_clerk
check "the camera is a clerk's, too" camera_as_clerk
need_clerk >$dir/start 2>&1 || cat $dir/start
check 'T53 a keyboard finds a locked screen before udevd has seen to it' locks_before_udevd_is_done
