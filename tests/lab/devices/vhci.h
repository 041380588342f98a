/*
 * vhci.h - a USB device that is this program, on vhci-hcd of this kernel.
 *
 * For devices that no gadget of the kernel's may be. vhci-hcd speaks USB/IP
 * over a socket: each transfer of the host comes as a header with a number,
 * and is answered by that number (Documentation/usb/usbip_protocol.rst of the
 * kernel). Needs root. Ends the program on any failure.
 */
#ifndef TESTS_LAB_DEVICES_VHCI_H
#define TESTS_LAB_DEVICES_VHCI_H

#include <stddef.h>
#include <stdint.h>

#include <linux/usb/ch9.h>

enum {
	VHCI_MOST = 65535, /* bytes of one transfer */
	VHCI_STALL = -32,  /* -EPIPE */
	VHCI_NOT_YET = -1
};

/* A request of ch9.h or of a class as one number, for a switch. */
#define VHCI_REQUEST(type, request) ((type) << 8 | (request))

struct vhci_device {
	enum usb_device_speed speed;
	void *user;

	/*
	 * A request on endpoint 0. For one that reads, put at most VHCI_MOST
	 * bytes into bytes; the host gets as many of them as it asked for. For
	 * one that writes, bytes has what came. Returns how many, or
	 * VHCI_STALL.
	 */
	int (*control)(void *user, const struct usb_ctrlrequest *setup,
		uint8_t *bytes);

	/* Optional: what came on another endpoint. */
	void (*take)(void *user, const uint8_t *bytes, size_t len);

	/*
	 * Optional: what goes out on that endpoint, at most so many bytes.
	 * VHCI_NOT_YET: ask again at the next event, or a moment later.
	 */
	int (*give)(void *user, int endpoint, uint8_t *bytes, int most);
};

/* Plug it in; until the host pulls it out. */
void vhci_run(const struct vhci_device *device);

#endif
