/*
 * options.h - the command line: what every verb takes, and reading its own.
 *
 * A verb lists its options in a table; "--name value" and "--name=value" are
 * the same, the rest are positional. Nothing here decides anything.
 */
#ifndef APP_OPTIONS_H
#define APP_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"

enum option_kind {
	OPTION_FLAG, /* bool */
	OPTION_TEXT, /* const char *, into argv */
	OPTION_INT,  /* int64_t */
};

struct option_spec {
	const char *name; /* with the dashes: "--data" */
	enum option_kind kind;
	void *out;
};

enum {
	OPTIONS_MAX_WORDS = 8,
	OPTIONS_DIR_SIZE = 512
};

/* What every verb takes. */
struct options {
	const char *data; /* --data; NULL: the default directory */
	bool json;
	const char *lang;    /* vi or en */
	int64_t as;          /* user number, 0: nobody */
	int64_t pin_fd;      /* -1: CHITRA_PIN */
	const char *printer; /* none, file:DIR, tcp:HOST[:PORT], usb */
	int64_t width;       /* paper: 58 or 80 mm */
	bool progress;       /* say how far it is, also into a file */
	const char *word[OPTIONS_MAX_WORDS]; /* positional */
	int words;
};

/*
 * Read argv[0..argc) by the verb's own table and the common one. ERR_INVALID
 * with a sentence: unknown option, value missing, no number, too many words.
 */
bool options_read(struct options *o, int argc, char **argv,
	const struct option_spec *own, size_t count, struct err *err);

/* The data directory: --data, else $XDG_DATA_HOME/chitra, else under HOME. */
bool options_dir(const struct options *o, const char *suffix, char *out,
	size_t size, struct err *err);

/*
 * The PIN of --as: from the descriptor, else from CHITRA_PIN. A PIN is never
 * a command-line word, since others could read it. out is wiped by the
 * caller. False if there is none.
 */
bool options_pin(const struct options *o, char *out, size_t size);

#endif
