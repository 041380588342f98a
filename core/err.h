/*
 * err.h - the one way a function says that it failed, and why.
 *
 * A function that can fail takes a struct err as its last parameter and
 * returns false (or NULL). The place that meets the cause calls err_set().
 * A caller that knows something the callee did not, such as which printer or
 * which file, adds it with err_wrap(). One place at the top of the program
 * writes the text to the log and chooses, by the code, what the user reads;
 * nobody in between prints. On success *err is left alone, so one may serve
 * several calls.
 */
#ifndef CORE_ERR_H
#define CORE_ERR_H

#include <stdbool.h>

/* What the caller can do about it. Details go into the text, not in here. */
enum err_code {
	ERR_NONE = 0,
	ERR_INVALID,   /* the input is wrong: ask for other input */
	ERR_BUSY,      /* someone else holds it: try again */
	ERR_TIMEOUT,   /* no answer in time: try again, or give up */
	ERR_GONE,      /* unplugged or deleted: wait for it to come back */
	ERR_DENIED,    /* permissions or a secret forbid it */
	ERR_FULL,      /* no room left on the disk */
	ERR_IO,        /* the device or the disk failed: look before redoing */
	ERR_CORRUPT,   /* stored data breaks its own rules: stop writing */
	ERR_NO_MEMORY, /* allocation failed */
};

struct err {
	enum err_code code;
	int sys;           /* errno, LIBUSB_ERROR_* or SQLite code, 0 if none */
	const char *where; /* "file:line" of the cause; static storage */
	char text[256];    /* outermost context first, the cause last; made
			      plain, for names of files may be anything */
};

/*
 * Record a cause. Always returns false, so that a failing function can end
 * with "return err_set(...)". An earlier error in *err is overwritten.
 */
#define err_set(err, code, sys, ...)                                       \
	err_set_at((err), (code), (sys), __FILE__ ":" ERR_LINE_(__LINE__), \
		__VA_ARGS__)

/* Put "<context>: " in front of the text. Always returns false. */
bool err_wrap(struct err *err, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* True if the same call may succeed later without anyone's help. */
bool err_is_transient(const struct err *err);

/* Implementation of err_set(); not for direct use. */
#define ERR_STR_(x) #x
#define ERR_LINE_(x) ERR_STR_(x)
bool err_set_at(struct err *err, enum err_code code, int sys, const char *where,
	const char *fmt, ...) __attribute__((format(printf, 5, 6)));

#endif
