/* The centre's lines of a keys file: by which keys acknowledgements are. */
#include <string.h>

#include "core/codec/checkpoint.h"
#include "core/str.h"
#include "db/centre_keys.h"
#include "db/export_internal.h"
#include "db/outbox.h"
#include "db/record_internal.h"
#include "db/stmt.h"

enum {
	ACKS,
	COUNT
};

static const char *const sql[COUNT] = {
	[ACKS] = ("SELECT j.body FROM ack AS a JOIN journal AS j"
		  " ON j.seq = a.seq ORDER BY a.seq /* scan */"),
};

const struct stmt_set export_centre_stmts = {"export centre", sql, COUNT};

/* Is that UPLOAD_ACK by one of the keys that are known here? */
static bool is_known(const struct centre_keys *keys, const char *name,
	const void *body, size_t len)
{
	struct checkpoint note;
	struct record r;
	const char *finding;

	if (!body || !record_decode(body, len, &r, &finding) ||
		!checkpoint_read((const char *)r.ack, r.ack_len, &note) ||
		strcmp(note.name, name) != 0)
		return false;
	for (int i = 0; i < keys->count; i++)
		if (checkpoint_is_signed(&note, keys->key[i]))
			return true;
	return false;
}

/* Who rolled twice is known here by two of three keys: that is worse than
 * none, since the rest would seem to be forged. */
static bool all_known(struct db *db, const struct centre_keys *keys,
	const char *name, bool *all, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &export_centre_stmts, ACKS);
	enum lookup got;

	*all = true;
	while ((got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		*all = is_known(keys, name, sqlite3_column_blob(st, 0),
			(size_t)sqlite3_column_bytes(st, 0));
		if (*all)
			continue;
		stmt_done(st);
		return true;
	}
	return got == LOOKUP_ABSENT;
}

bool export_centre_lines(struct db *db, struct buf *out, int *lines,
	struct err *err)
{
	char hex[2 * CRYPTO_PUBLIC_SIZE + 1];
	struct outbox_centre centre;
	struct centre_keys keys;
	bool all;

	*lines = 0;
	switch (outbox_centre(db, &centre, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_ABSENT:
		return true;
	case LOOKUP_FOUND:
		break;
	}
	if (!centre_keys_load(db, &keys, err) ||
		!all_known(db, &keys, centre.name, &all, err))
		return false;
	if (!all)
		buf_printf(out, "# the centre's keys have changed more than"
				" once: its lines are in its centre.pub\n");
	for (int i = 0; all && i < keys.count; i++) {
		str_to_hex(keys.key[i], CRYPTO_PUBLIC_SIZE, hex);
		buf_printf(out, "centre %s %s\n", centre.name, hex);
		++*lines;
	}
	return true;
}
