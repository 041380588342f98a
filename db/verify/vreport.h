/*
 * vreport.h - findings, collected and said: as sentences or as one JSON value.
 *
 * The same finding at record after record is one finding with a first and a
 * last record. The list is bounded, overall and for each check, so that one
 * cause does not hide another; what did not fit is counted. One thread.
 */
#ifndef DB_VERIFY_VREPORT_H
#define DB_VERIFY_VREPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "db/verify/vrecord.h"

enum {
	VREPORT_LIST = 1000, /* findings that are listed */
	VREPORT_EACH = 100,  /* of one check */
	VREPORT_TEXT = 200,
	VREPORT_NOTES = 64
};

struct vreport_finding {
	uint64_t seq; /* 0: of no single record */
	uint64_t to;  /* the last one in a row, or seq */
	int check;
	char text[VREPORT_TEXT];
};

struct vreport_note {
	int check; /* 0: of the whole */
	char text[VREPORT_TEXT];
};

struct vreport {
	bool json;
	bool each; /* a line for each record, too */
	FILE *out;
	/* Findings outside of these records are not kept. */
	uint64_t from;
	uint64_t to;
	struct vreport_finding *list; /* VREPORT_LIST of them */
	size_t listed;
	uint64_t findings; /* in all; those in a row are one */
	uint64_t unlisted;
	size_t of_check[41];
	struct vreport_note info[VREPORT_NOTES];
	size_t infos;
	struct vreport_note skipped[VREPORT_NOTES];
	size_t skips;
	/* Of the record that is being looked at, for each. */
	uint64_t checks_now;
	/* What the book came to. */
	uint64_t records;
	uint64_t shifts;
	uint64_t payouts;
	bool has_totals;
	int64_t tot[VTOTAL_COUNT];
	uint64_t last_seq;
	bool has_head;
	uint8_t head[VRECORD_HASH];
	bool has_dev;
	uint8_t dev[VRECORD_ID];
};

/* False: no memory. Findings go to out when it ends. */
bool vreport_init(struct vreport *r, FILE *out);
void vreport_clear(struct vreport *r);

/* seq 0: of the whole file or store. */
void vreport_find(struct vreport *r, uint64_t seq, int check, const char *fmt,
	...) __attribute__((format(printf, 4, 5)));

/* Worth knowing, not wrong. Told once: the same text is kept once. */
void vreport_info(struct vreport *r, int check, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* What was not checked, for want of what. */
void vreport_skip(struct vreport *r, int check, const char *why);

/* One record is done: its line, if lines are wanted. */
void vreport_record(struct vreport *r, uint64_t seq, uint64_t kind);

/* Everything, at the end. */
void vreport_end(struct vreport *r);

/* A string as JSON, in quotes; what is no UTF-8 becomes U+FFFD. */
void vreport_json_text(FILE *out, const char *text);

#endif
