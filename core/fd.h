/*
 * fd.h - all of it into a file descriptor.
 *
 * Pure but for the descriptor; any thread. Blocking: as the file does.
 */
#ifndef CORE_FD_H
#define CORE_FD_H

#include <stdbool.h>
#include <stddef.h>

/* write() until all is written, signals or not. False: errno; some of it may
 * have been written. */
bool fd_write_all(int fd, const void *bytes, size_t len);

#endif
