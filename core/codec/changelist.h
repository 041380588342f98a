/*
 * changelist.h - the list of changes: who came, who left, who is altered.
 *
 * Columns kind, period, unit_code and one of beneficiary_id, id12, cmnd9 must
 * be there; name, dob, sex, address, group, reason, date, monthly_amount and
 * note may. Who came needs a name, who left a reason. Amount and note are
 * there to be read by people: money comes with payment lists only. Pure.
 */
#ifndef CORE_CODEC_CHANGELIST_H
#define CORE_CODEC_CHANGELIST_H

#include "core/codec/sidelist.h"

/* journal.md key 28 of CHANGE. */
enum change_kind {
	CHANGE_CAME = 1,
	CHANGE_LEFT = 2,
	CHANGE_ALTERED = 3,
};

/* Key 17 of CHANGE: numbers as those of NOT_PAID. */
enum change_reason {
	CHANGE_REASON_NONE = 0,
	CHANGE_MOVED = 2,
	CHANGE_DIED = 3,
	CHANGE_REFUSES = 4,
	CHANGE_PRISON = 5,
	CHANGE_OTHER = 9,
};

struct change_row {
	enum change_kind kind;
	enum change_reason reason;
	struct date date; /* of death; year 0: not said */
	/* Period (from which it holds), unit, numbers, name, birth, sex,
	 * address, group, monthly, note: "" and 0 if not said. */
	struct paylist_row person;
};

/* "left", "died": the codes for scripts; "" for none. */
const char *change_kind_code(enum change_kind kind);
const char *change_reason_code(enum change_reason reason);

/* As struct paylist_sink. */
struct change_sink {
	void *ctx;
	bool (*row)(void *ctx, const struct change_row *row, int errors);
	bool (*trouble)(void *ctx, const struct paylist_error *e);
};

/* Would this row be taken for the header, and is everything in it? */
enum cells_header changelist_header(const struct cells *row);

struct sidelist *changelist_new(const struct change_sink *sink,
	struct err *err);

#endif
