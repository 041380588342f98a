/*
 * image_sandbox.h - give up everything but reading, thinking and answering.
 *
 * For the child of image_reader.c, before it sees its first image: limits on
 * memory, time and descriptors, no core dumps, no new privileges, no file
 * system (Landlock, where the kernel has it) and a short list of system
 * calls (seccomp, always). What is not on the list fails with EPERM. There
 * is no way back; threads started before are not covered, so be alone.
 */
#ifndef DRIVERS_CAMERA_IMAGE_SANDBOX_H
#define DRIVERS_CAMERA_IMAGE_SANDBOX_H

#include <stdbool.h>

#include "core/err.h"

/* ERR_DENIED: the kernel refused; then no image may be touched. */
bool image_sandbox_enter(struct err *err);

/* The Landlock part of it alone; true, too, on kernels without. */
bool image_sandbox_forbid_files(struct err *err);

#endif
