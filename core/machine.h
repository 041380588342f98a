/*
 * machine.h - which machine this is, as its system says; tests replace it.
 *
 * /etc/machine-id is made when a system is installed, so it differs between
 * two machines and after a new installation, and is the same after a copy of
 * the whole disk. It is not to be told to anybody: keep a hash of it only.
 * Any thread may call.
 */
#ifndef CORE_MACHINE_H
#define CORE_MACHINE_H

#include <stdbool.h>

enum {
	MACHINE_ID_SIZE = 33 /* 32 hex digits and a NUL */
};

/* False, and out "": the system has none, or not yet. */
bool machine_id(char out[MACHINE_ID_SIZE]);

/*
 * From now on machine_id() gives that; it must live as long. "": there is
 * none; NULL gives the real one back. For tests, before threads start.
 */
void machine_pretend(const char *id);

#endif
