/*
 * stick.h - batches to the centre and its answers back as files, where there
 * is no network: the very bytes that go over the line (db/FORMATS.md).
 *
 *	chitra-DEV8-0000000001-0000000256.batch    written here
 *	chitra-DEV8-0000000001-0000000256.answer   by `chitra-centre take DIR`
 *
 * A file has its name only when it is on the stick whole and was read back:
 * one that is pulled half-way has nothing on it that looks whole. Each batch
 * stands by itself; whatever is brought twice is answered twice, and counts
 * once. On a stick only what the centre signed counts.
 */
#ifndef TERMINAL_APP_STICK_H
#define TERMINAL_APP_STICK_H

#include "terminal/app/verb.h"

enum exit_status stick_to(const struct options *o, struct verb_store *v,
	const char *dir);
enum exit_status stick_from(const struct options *o, struct verb_store *v,
	const char *dir);

#endif
