/*
 * harden.h - what a program gives up at its start, before anything else.
 *
 * In its memory are keys, PINs and people's names: no core file, and in the
 * build that people use no other program of the same user may look into it
 * (gdb, strace and /proc/PID/mem included); root still may. Files that are
 * made from now on are their owner's alone. Call it once from main(), first.
 */
#ifndef CORE_HARDEN_H
#define CORE_HARDEN_H

#include <stdbool.h>

#include "core/err.h"

/* ERR_DENIED: the system refused; do not go on. */
bool harden_start(struct err *err);

#endif
