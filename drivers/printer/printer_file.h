/*
 * printer_file.h - jobs as files: for the demo, for tests, for a node in
 * /dev, and for any program that wants the bytes.
 *
 * path is a directory: each job becomes job-0001.bin, job-0002.bin ... in it;
 * a file has its name only once it is whole and on the disk. path is anything
 * else (a FIFO, /dev/usb/lp1, a plain file): all jobs go there, one after the
 * other; a plain file is made if need be and appended to. There is no status.
 */
#ifndef DRIVERS_PRINTER_PRINTER_FILE_H
#define DRIVERS_PRINTER_PRINTER_FILE_H

#include "drivers/printer/printer.h"

/* ERR_GONE no such directory, or nobody reads the FIFO; ERR_DENIED; ERR_IO. */
struct printer *printer_file_open(const char *path, struct err *err);

#endif
