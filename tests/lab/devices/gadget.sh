# gadget.sh - USB devices of our own: a gadget on dummy_hcd is both ends of
# the cable, with the kernel's drivers at each.

gadgets=/sys/kernel/config/usb_gadget

# gadget NAME VENDOR PRODUCT TEXT FUNCTION...: made, not plugged in.
gadget() {
	local at=$gadgets/$1 function
	mkdir -p "$at/strings/0x409" "$at/configs/c.1"
	echo "0x$2" >"$at/idVendor"
	echo "0x$3" >"$at/idProduct"
	echo "$4" >"$at/strings/0x409/product"
	echo "LAB0001" >"$at/strings/0x409/serialnumber"
	shift 4
	for function; do
		mkdir -p "$at/functions/$function"
	done
}

# plug NAME: into the first socket, or into that of $UDC. What its functions
# are was settled before: from now on they cannot be changed.
plug() {
	local at=$gadgets/$1 function
	for function in "$at"/functions/*; do
		[ -e "$at/configs/c.1/${function##*/}" ] ||
			ln -s "$function" "$at/configs/c.1/"
	done
	echo "${UDC:-dummy_udc.0}" >"$at/UDC"
}
unplug() { echo >"$gadgets/$1/UDC"; }

# hid_node GADGET: where its reports are written.
hid_node() {
	local dev
	read -r dev <"$(echo "$gadgets/$1"/functions/hid.*/dev)"
	echo "/dev/hidg${dev#*:}"
}
