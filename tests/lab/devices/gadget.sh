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
		ln -s "$at/functions/$function" "$at/configs/c.1/"
	done
}

# plug NAME: into the first socket, into the second one if UDC says so.
plug() { echo "${UDC:-dummy_udc.0}" >"$gadgets/$1/UDC"; }
unplug() { echo >"$gadgets/$1/UDC"; }
