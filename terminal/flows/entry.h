/*
 * entry.h - one line being typed: text, a number, or a PIN.
 *
 * Widgets are fed, they do not read: the flow hands over each key and is told
 * what became of it. Pure; the memory is the caller's.
 *
 * In ENTRY_TEXT keys are Vietnamese by the input method (telex.h); that is
 * off until entry_typing() says otherwise. What was really typed is kept, so
 * that a search can ask for it when the marks were not meant. Whoever sees
 * that a syllable went wrong takes all of it back with one key.
 */
#ifndef FLOWS_ENTRY_H
#define FLOWS_ENTRY_H

#include <stdbool.h>
#include <stddef.h>

#include "core/codec/telex.h"

enum {
	ENTRY_SIZE = 128
};

enum entry_kind {
	ENTRY_TEXT,   /* any letter, digit or mark of punctuation */
	ENTRY_NUMBER, /* digits */
	ENTRY_SECRET, /* digits, shown as ● */
	ENTRY_DATE,   /* digits and / - . */
};

enum entry_result {
	ENTRY_IGNORED, /* not for a field */
	ENTRY_CHANGED,
	ENTRY_FULL, /* no more fits; nothing changed */
	ENTRY_ACCEPTED,
	ENTRY_CANCELLED, /* Esc, or erase when empty */
};

struct entry {
	enum entry_kind kind;
	int max; /* characters */
	char text[ENTRY_SIZE];
	char typed[ENTRY_SIZE]; /* TEXT: the keys since the last erasing,
				   behind what was there; "" if too many */
	struct telex word;      /* TEXT: the word at the end */
};

void entry_init(struct entry *e, enum entry_kind kind, int max);

/* The input method from now on; no matter where no text is typed. */
void entry_typing(struct entry *e, enum telex_method method);

/* Forget what was typed; secrets are wiped, not just ended. */
void entry_clear(struct entry *e);
void entry_set(struct entry *e, const char *text);

enum entry_result entry_key(struct entry *e, int key);

/* Characters typed. */
int entry_length(const struct entry *e);

/* The number typed, 0 if there is none. */
long long entry_number(const struct entry *e);

/* What may be seen: the text, or a ● for each digit of a secret. */
const char *entry_shown(const struct entry *e, char *out, size_t size);

#endif
