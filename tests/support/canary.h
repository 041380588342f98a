/*
 * canary.h - people who must not be found in any file of a store (T64).
 *
 * Twenty of them, with names, numbers, addresses, accounts and notes that are
 * nowhere else. Looked for in every file below a directory, as raw bytes: as
 * they are, without marks, in UTF-16, and numbers from behind.
 */
#ifndef TESTS_SUPPORT_CANARY_H
#define TESTS_SUPPORT_CANARY_H

#include <stddef.h>
#include <stdint.h>

enum {
	CANARIES = 20
};

struct canary {
	char name[64];
	char code[24];
	char id12[13];
	char old_id[10];
	char address[96];
	char account[16];
	char guardian[64];
	char guardian_id[13];
	char note[64];
};

void canary_get(int i, struct canary *out);

/* How often any of it stands in a file below dir; *where: in which, first. */
int canary_hits(const char *dir, char *where, size_t size);

#endif
