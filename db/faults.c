#include "db/faults.h"

#include <inttypes.h>
#include <stdio.h>

#include "core/str.h"
#include "db/db_internal.h"
#include "db/journal_internal.h"
#include "db/record_internal.h"

enum {
	NAME_SIZE = 32
};

static const char *name_of(enum fault f, char out[NAME_SIZE])
{
	snprintf(out, NAME_SIZE, "fault %d", (int)f);
	return out;
}

/* What is kept is a hint: the record itself has to say so. */
static bool is_begin(struct db *db, enum fault f, int64_t seq, bool *is,
	struct err *err)
{
	const char *finding = NULL;
	struct journal_row row;
	struct record r;

	*is = false;
	switch (journal_row(db, (uint64_t)seq, &row, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_ABSENT:
		return true;
	case LOOKUP_FOUND:
		break;
	}
	*is = record_decode(row.body, row.len, &r, &finding) &&
	      r.kind == JOURNAL_FAULT_BEGIN && r.reason == (uint64_t)f;
	return true;
}

bool faults_open(struct db *db, enum fault f, uint64_t *seq, struct err *err)
{
	char name[NAME_SIZE];
	char value[24] = "";
	int64_t kept = 0;
	bool is = false;

	*seq = 0;
	if (!setting_get(db, name_of(f, name), value, sizeof(value), err))
		return err_wrap(err, "fault");
	if (!str_to_int(value, 1, INT64_MAX, &kept))
		return true;
	if (!is_begin(db, f, kept, &is, err))
		return err_wrap(err, "fault");
	*seq = is ? (uint64_t)kept : 0;
	return true;
}

/* The record, and the hint that goes with it. */
static bool note(struct db *db, const struct journal_entry *entry, bool open,
	struct err *err)
{
	struct journal_done done = {0};
	char name[NAME_SIZE];
	char value[24];

	if (!journal_append(db, entry, &done, err))
		return false;
	snprintf(value, sizeof(value), "%" PRIu64,
		open ? done.seq : UINT64_C(0));
	return setting_put(db, name_of((enum fault)entry->reason, name), value,
		err);
}

static bool change(struct db *db, const struct session *s, enum fault f,
	bool begin, struct err *err)
{
	struct journal_entry entry = {.kind = begin ? JOURNAL_FAULT_BEGIN
						    : JOURNAL_FAULT_END,
		.actor = s->user.number,
		.has_reason = true,
		.reason = f};
	uint64_t open;

	if (!faults_open(db, f, &open, err))
		return false;
	if (begin == (open > 0))
		return true;
	entry.ref = open;
	return note(db, &entry, begin, err);
}

static bool in_one(struct db *db, const struct session *s, enum fault f,
	bool begin, struct err *err)
{
	if (!db_begin(db, err))
		return false;
	return db_end(db, change(db, s, f, begin, err), err);
}

bool faults_begin(struct db *db, const struct session *s, enum fault f,
	struct err *err)
{
	return in_one(db, s, f, true, err);
}

bool faults_end(struct db *db, const struct session *s, enum fault f,
	struct err *err)
{
	return in_one(db, s, f, false, err);
}
