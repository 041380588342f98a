#!/bin/bash
# guest.sh - all cases, in the guest. Runs as process 1, as root.
#
# A case is a sentence and a function: it holds if the function returns 0. It
# prints "LAB ok: SENTENCE", or "LAB FAILED: SENTENCE" and what its function
# said.
cd "$TREE" || exit 1
chitra=$TREE/$BUILD/chitra
tools=$TREE/$BUILD/tests/lab/devices
here=$TREE/tests/lab/devices
dir=/tmp/lab
export XDG_DATA_HOME=$dir CHITRA_PIN=246802
mkdir -p $dir

# check SENTENCE FUNCTION
check() {
	local began=$EPOCHREALTIME
	# A subshell: what a case sets or opens is gone with it.
	if ($2) >$dir/said 2>&1; then
		echo "LAB ok: $1 ($(since $began) s)"
	else
		echo "LAB FAILED: $1"
		sed 's/^/LAB  # /' $dir/said
		dmesg | tail -n 5 | sed 's/^/LAB  # /'
	fi
}

# since TIME: seconds, one digit behind the point.
since() {
	local us=$((${EPOCHREALTIME/./} - ${1/./}))
	echo "$((us / 1000000)).$((us / 100000 % 10))"
}

# soon COMMAND...: true at the latest in 20 s, which is long even where QEMU
# has half a processor; where it has less, in $SOON.
soon() {
	local began=$SECONDS
	until "$@" 2>/dev/null; do
		[ $((SECONDS - began)) -lt "$SOON" ] || {
			echo "never: $*"
			return 1
		}
		sleep 0.05
	done
}

# is WHAT EXPECTED
is() {
	[ "$1" = "$2" ] || {
		echo "expected '$2', got '$1'"
		return 1
	}
}

has() {
	case $1 in
	*"$2"*) ;;
	*)
		echo "no '$2' in '$1'"
		return 1
		;;
	esac
}

# By a pattern, too: any of them.
exists() { compgen -G "$1" >/dev/null; }
gone() { ! exists "$1"; }

. "$here/gadget.sh"
. "$here/printer.sh"
. "$here/scanner.sh"
. "$here/screen.sh"
modprobe dummy_hcd num=3
modprobe -a libcomposite usb_f_fs usb_f_acm usb_f_hid usblp \
	cdc-acm usbhid hid-generic vhci-hcd
# What the keyboard and the first look at the screen need comes before others
# work there; udevd, which takes part in everything, comes last.
for cases in ${ONLY:-printer scanner bluetooth screen camera payment strange font udev}; do
	. "$here/case_$cases.sh"
done
read -r up idle </proc/uptime
echo "LAB ended after $up s, idle $idle s"
echo o >/proc/sysrq-trigger
sleep 60
