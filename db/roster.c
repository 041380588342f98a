#include "db/roster.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/codec/list_in.h"
#include "core/crypto.h"
#include "core/fd.h"
#include "core/pin.h"
#include "db/watch.h"

/* ---- the table ------------------------------------------------------------ */

static bool on_cells(void *ctx, const struct cells *row)
{
	user_list_row(ctx, row);
	return true;
}

static int64_t read_at(void *ctx, int64_t at, void *out, size_t len)
{
	return pread(*(const int *)ctx, out, len, (off_t)at);
}

static bool read_here(int fd, const struct cells_sink *sink, char *sheet,
	struct err *err)
{
	const off_t size = lseek(fd, 0, SEEK_END);
	const struct cells_file file = {&fd, size < 0 ? 0 : size, read_at};

	return list_in_read(&file, LIST_PAYMENTS, sink, sheet, err);
}

static bool read_file(struct user_list *l, const struct list_source *source,
	const char *path, struct err *err)
{
	const struct cells_sink sink = {l, on_cells};
	char sheet[LISTS_SHEET_SIZE];
	const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	bool ok;

	if (fd < 0)
		return err_set(err, errno == ENOENT ? ERR_GONE : ERR_IO, errno,
			"open %s: %s", path, strerror(errno));
	ok = source ? source->read(source->ctx, fd, LIST_PAYMENTS, &sink, sheet,
			      err)
		    : read_here(fd, &sink, sheet, err);
	close(fd);
	return ok;
}

/* ---- who of them is here ---------------------------------------------------- */

static enum roster_fate fate_of(const struct session *s, const struct user *u,
	const struct user_row *r)
{
	if (u->revoked || u->role != r->role || strcmp(u->name, r->name) != 0)
		return ROSTER_OTHER;
	return u->until != 0 && r->until > u->until &&
			       u->number != s->user.number
		       ? ROSTER_LATER
		       : ROSTER_SAME;
}

static bool compare(struct db *db, const struct session *s, struct roster *out,
	struct err *err)
{
	for (int i = 0; i < out->list.count; i++) {
		const struct user_row *r = &out->list.row[i];
		struct user u;
		enum lookup got;

		if (r->trouble != USER_FINE)
			continue;
		got = users_get(db, r->number, &u, err);
		if (got == LOOKUP_FAILED)
			return false;
		if (got == LOOKUP_FOUND)
			out->fate[i] = fate_of(s, &u, r);
		out->count[out->fate[i]]++;
	}
	out->errors = out->list.troubles + out->count[ROSTER_OTHER];
	return true;
}

bool roster_read(struct db *db, const struct session *s,
	const struct list_source *source, const char *path, struct roster *out,
	struct err *err)
{
	memset(out, 0, sizeof(*out));
	user_list_init(&out->list);
	if (!read_file(&out->list, source, path, err))
		return false;
	if (!out->list.has_header || out->list.too_many)
		return err_set(err, ERR_INVALID, 0, "no table of users");
	return compare(db, s, out, err);
}

/* ---- taking it --------------------------------------------------------------- */

static void draw_pin(char out[ROSTER_PIN_SIZE])
{
	uint32_t random;

	do {
		crypto_random(&random, sizeof(random));
		snprintf(out, ROSTER_PIN_SIZE, "%06u",
			100000 + random % 900000);
	} while (pin_check(out) != PIN_GOOD);
}

static enum verdict add(struct db *db, const struct session *s,
	struct roster *r, int i, struct refusal *why, struct err *err)
{
	const struct user_row *row = &r->list.row[i];
	const struct user_new u = {row->number, row->name, row->role,
		r->pin[i]};
	enum verdict v;

	if (!db_watch_now(db, r->added + r->renewed,
		    r->count[ROSTER_NEW] + r->count[ROSTER_LATER], err))
		return VERDICT_FAILED;
	draw_pin(r->pin[i]);
	v = users_add_until(db, s, &u, row->until, why, err);
	if (v == VERDICT_DONE)
		r->added++;
	else
		crypto_wipe(r->pin[i], ROSTER_PIN_SIZE);
	return v;
}

static enum verdict renew(struct db *db, const struct session *s,
	struct roster *r, int i, struct refusal *why, struct err *err)
{
	const struct user_row *row = &r->list.row[i];
	const enum verdict v =
		users_renew(db, s, row->number, row->until, why, err);

	r->renewed += v == VERDICT_DONE;
	return v;
}

enum verdict roster_take(struct db *db, const struct session *s,
	struct roster *r, int64_t most, struct refusal *why, struct err *err)
{
	enum verdict v = VERDICT_DONE;

	for (int i = 0; v == VERDICT_DONE && i < r->list.count; i++) {
		if (r->fate[i] == ROSTER_LATER)
			v = renew(db, s, r, i, why, err);
		else if (r->fate[i] == ROSTER_NEW &&
			 (most < 0 || r->added < most))
			v = add(db, s, r, i, why, err);
	}
	return v;
}

int roster_left(const struct roster *r)
{
	return r->count[ROSTER_NEW] - r->added;
}
