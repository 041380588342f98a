/*
 * smalldisk.h - a disk of a few MiB of its own, that can really be full.
 *
 * A tmpfs in a mount namespace that belongs to this test program alone, as
 * root or by a user namespace; gone with the process.
 */
#ifndef TESTS_SUPPORT_SMALLDISK_H
#define TESTS_SUPPORT_SMALLDISK_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Mount one and make it where tmpdir_make() works from now on. False, and a
 * line that begins with SKIP, where that is not allowed.
 */
bool smalldisk_mount(size_t mib);

/* Fill it to the last byte, or but for so many KiB; and empty it again. */
void smalldisk_fill(size_t leave_kib);
void smalldisk_empty(void);

/* May it be written to? Nothing on it may be open. */
void smalldisk_read_only(bool yes);

/* Unmount it. */
void smalldisk_remove(void);

#endif
