/*
 * vfar.h - how far a long check is, for whoever waits at the terminal.
 *
 * On a terminal one line that is wiped away at the end, elsewhere, with
 * --progress, a line a second. It changes nothing: ^C may end a check at any
 * time. One thread.
 */
#ifndef DB_VERIFY_VFAR_H
#define DB_VERIFY_VFAR_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct vfar {
	FILE *out; /* NULL: nobody wants to know */
	bool on_terminal;
	bool said; /* there is a line to wipe away */
	FILE *in;  /* where records come from, of so many bytes; or NULL … */
	int64_t size;
	int64_t all; /* … and so many they are; 0: nobody knows */
	int64_t done;
	long long began_ms;
	long long due_ms;
};

/* asked: --progress. json: nobody looks on, unless he asked. */
void vfar_begin(struct vfar *v, FILE *out, bool asked, bool json);

/* One more record. NULL: nobody wants to know. */
void vfar_row(struct vfar *v);

/* Wipes the line away. */
void vfar_end(struct vfar *v);

#endif
