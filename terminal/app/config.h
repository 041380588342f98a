/*
 * config.h - chitra.ini, the one settings file, in the data directory.
 *
 *	[printer]
 *	width = 58	; mm
 *
 * It belongs to the person who set the terminal up. A name that we do not
 * know, a value that cannot be, anything given twice is refused when the
 * program starts, with the line and a sentence: a setting that is passed over
 * in silence is worse than none. No file means the defaults. What the command
 * line says comes before the environment, and that before the file.
 *
 * To add a setting: a field in struct config, its default in config_init(),
 * a row in the table of config.c, its line in terminal/SETTINGS.md.
 * config_store.h writes single choices back.
 */
#ifndef TERMINAL_APP_CONFIG_H
#define TERMINAL_APP_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"

#define CONFIG_NAME "chitra.ini"

enum {
	CONFIG_TEXT_SIZE = 160,
	CONFIG_NAME_SIZE = 32, /* of a section or a setting */
	CONFIG_LINE_MAX = 190, /* bytes without the line end */
	CONFIG_FILE_MAX = 65536,
	CONFIG_LIST_MAX = 16,
	CONFIG_LINES = 3 /* at the top and at the end of a receipt */
};

/* A setting that may be given several times, one value each. */
struct config_list {
	int count;
	char at[CONFIG_LIST_MAX][CONFIG_TEXT_SIZE];
};

/* The order is that of the words in the table of config.c. */
enum config_suffix {
	CONFIG_SUFFIX_AUTO,
	CONFIG_SUFFIX_CR,
	CONFIG_SUFFIX_LF,
	CONFIG_SUFFIX_CRLF,
	CONFIG_SUFFIX_TAB,
	CONFIG_SUFFIX_NONE,
};

/* The same order, of a scanner on a real serial line. */
enum config_parity {
	CONFIG_PARITY_NONE,
	CONFIG_PARITY_EVEN,
	CONFIG_PARITY_ODD,
};

/* The level at the printer that says "open". The same order. */
enum config_sensor {
	CONFIG_SENSOR_NONE,
	CONFIG_SENSOR_HIGH,
	CONFIG_SENSOR_LOW,
};

struct config {
	struct {
		char use[CONFIG_TEXT_SIZE]; /* as --printer; "": not said */
		int64_t width;              /* mm: 58 or 80; 0: not said */
		int64_t dots;               /* across; 0: not said */
		/* "MODE PRINTER": what print-test proved on which printer */
		struct config_list proved;
	} printer;
	struct {
		int64_t pin;   /* of the printer's drawer socket; 0: none */
		int64_t on_ms; /* of the pulse, and the rest after it */
		int64_t off_ms;
		int64_t sensor; /* enum config_sensor */
		int64_t warn_s; /* open for longer than this; 0: never */
	} drawer;
	struct {
		struct config_list use; /* ports; none: all there are */
		int64_t suffix;         /* enum config_suffix */
		char prefix[CONFIG_TEXT_SIZE];
		int64_t speed;  /* baud, of a serial line; 0: not said */
		int64_t parity; /* enum config_parity */
		bool keyboard;  /* scanners that type */
	} scanner;
	struct {
		char use[CONFIG_TEXT_SIZE]; /* "auto", "none", a node */
		int64_t width;              /* pixels; 0: the best there is */
		int64_t height;
		int64_t rotate; /* degrees: 0, 90, 180, 270 */
		bool mirror;
	} camera;
	/* Of the point's own, on every receipt; "": none. */
	struct {
		char header[CONFIG_LINES][CONFIG_TEXT_SIZE];
		char footer[CONFIG_LINES][CONFIG_TEXT_SIZE];
		char hotline[CONFIG_TEXT_SIZE];
	} receipt;
	/* Who answers for people's data, as the text says that is read out
	 * (assets/texts/); all but the last four have to be said. */
	struct {
		char controller[CONFIG_TEXT_SIZE];
		char address[CONFIG_TEXT_SIZE];
		char phone[CONFIG_TEXT_SIZE];
		char keep[CONFIG_TEXT_SIZE];           /* "10 năm" */
		char processor[CONFIG_TEXT_SIZE];      /* "": the point */
		char withdraw_phone[CONFIG_TEXT_SIZE]; /* "": phone */
		char withdraw_place[CONFIG_TEXT_SIZE]; /* "": address */
		int64_t months; /* how long a consent holds; 0: no end */
	} consent;
	/* The account that payments by account come from (export_bank.h). */
	struct {
		char name[CONFIG_TEXT_SIZE];
		char bank[CONFIG_TEXT_SIZE]; /* its six digits */
		char account[CONFIG_TEXT_SIZE];
	} payer;
	struct {
		int64_t target;     /* percent by account; 0: none */
		int64_t before_day; /* of the next month: forms A and B */
	} reports;
	struct {
		char proxy[CONFIG_TEXT_SIZE]; /* "": straight to it */
	} centre;
	struct {
		bool lock_new_keyboard;      /* T53: plugged in while it runs */
		char lang[CONFIG_NAME_SIZE]; /* "": not said */
		char theme[CONFIG_NAME_SIZE]; /* as --theme; "": not said */
		int64_t lock_after;           /* s without a key; 0: not said */
		bool ascii;                   /* as --ascii */
		bool slow_line;               /* as --slow-line */
		bool lines;                   /* as --lines */
		bool sound;                   /* false: as --quiet */
	} screen;
	uint64_t said; /* rows of the table that the file has: config_said() */
};

enum config_wrong {
	CONFIG_FINE,
	CONFIG_NO_TEXT, /* no UTF-8, or a control character */
	CONFIG_LONG_LINE,
	CONFIG_NO_PAIR,    /* neither [section] nor name = value */
	CONFIG_NO_SECTION, /* we know of none with that name */
	CONFIG_NO_PLACE,   /* before the first section */
	CONFIG_NO_KEY,
	CONFIG_TWICE,
	CONFIG_BAD_VALUE,
	CONFIG_TOO_MANY,
};

/* The first thing that is wrong, for config_says(). */
struct config_fault {
	enum config_wrong wrong;
	int line; /* 1: the first; 0: the file as a whole */
	char section[CONFIG_NAME_SIZE];
	char key[CONFIG_NAME_SIZE];
	char value[CONFIG_TEXT_SIZE];
	char allowed[CONFIG_TEXT_SIZE]; /* "58, 80"; "" if not so simple */
};

void config_init(struct config *c); /* the defaults */

/* The text of a file. False: *fault says why, *c is not to be used. Pure. */
bool config_parse(const char *text, size_t len, struct config *c,
	struct config_fault *fault);

/*
 * The file in dir; none there is fine. False with ERR_INVALID: *fault;
 * otherwise *err alone: ERR_IO, ERR_DENIED.
 */
bool config_read(const char *dir, struct config *c, struct config_fault *fault,
	struct err *err);

/* Setting i of all that the file may have; false behind the last. */
bool config_key(int i, const char **section, const char **key);

/* As the file says it, "" if it does not. Of a list its last line. */
void config_said(const struct config *c, const char *section, const char *key,
	char *out, size_t size);

/* Which printer is meant: the command line's, else the file's; NULL: neither
   says, or CHITRA_PRINTER comes first. */
const char *config_printer(const struct config *c, const char *option);

/*
 * Dots across the paper (page.h): by the command line's mm, else by what the
 * file says. 0: neither says, so it is the printer's to tell.
 */
int config_dots(const struct config *c, int64_t option);

/* The whole sentence, through tr(). */
void config_says(const struct config_fault *fault, char *out, size_t size);

#endif
