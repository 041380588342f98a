/*
 * printer_node.h - what printers behind a node in /dev have in common: open
 * it for ourselves alone, and move bytes within a time.
 *
 * Private to the drivers: printer_lp.c, printer_serial.c; printer_usb.c and
 * printer_file.c take the naming of who else holds it.
 */
#ifndef DRIVERS_PRINTER_PRINTER_NODE_H
#define DRIVERS_PRINTER_PRINTER_NODE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "core/err.h"

/*
 * What errno sys means on a node. EBUSY: with the process that holds it, if
 * we may see that; EACCES: with the line that udev lacks.
 */
bool printer_node_failed(struct err *err, int sys, const char *node,
	const char *doing);

/*
 * Open a character device, never waiting, with the lock on it that all of us
 * respect. -1 on failure: ERR_GONE, ERR_DENIED, ERR_BUSY, ERR_INVALID (no
 * device), ERR_IO.
 */
int printer_node_open(const char *node, struct err *err);

/*
 * Take the lock of an open file. ERR_BUSY: another job is on its way there.
 */
bool printer_node_lock(int fd, const char *node, struct err *err);

/* As write() and receive() of the drivers; *done and *got may be 0. */
bool printer_node_write(int fd, const char *node, const void *buf, size_t len,
	int timeout_ms, size_t *done, struct err *err);
bool printer_node_receive(int fd, const char *node, void *buf, size_t size,
	int timeout_ms, size_t *got, struct err *err);

/*
 * Wait until it takes data. *ready false: not in time, which is no failure.
 * ERR_GONE: hung up, or the node is not there any more.
 */
bool printer_node_ready(int fd, const char *node, int timeout_ms, bool *ready,
	struct err *err);

#endif
