#include "terminal/app/run_arrivals.h"

#include <stdlib.h>

#include "core/crypto.h"
#include "core/log.h"
#include "core/str.h"
#include "db/watch.h"
#include "drivers/lists/list_reader.h"

/* Files of others are taken apart by a child that can do nothing else. */
static bool read_by_child(void *ctx, int fd, enum list_kind kind,
	const struct cells_sink *sink, char *sheet, struct err *err)
{
	(void)ctx;
	return list_reader_read(NULL, fd, kind, LIST_READER_IDLE_MS, sink,
		sheet, err);
}

/* A list under way. */
struct reading {
	struct db *db;
	int64_t size; /* bytes of it */
};

/* As many rows in all as there would be if they were all as long. */
static bool on_rows(void *ctx, int64_t rows, int64_t bytes)
{
	const struct reading *r = ctx;
	const int64_t all = bytes > 0
				    ? (int64_t)((double)rows * (double)r->size /
						(double)bytes)
				    : 0;
	struct err err;

	return db_watch_step(r->db, rows, all, &err);
}

static void tell_users(const struct roster *r, struct arrivals_users *out)
{
	out->later = r->count[ROSTER_LATER];
	out->left = roster_left(r);
	for (int i = 0; i < r->list.count; i++) {
		const struct user_row *row = &r->list.row[i];

		if (row->trouble != USER_FINE || r->fate[i] == ROSTER_OTHER) {
			if (out->wrong == FLOW_ARRIVAL_TROUBLES)
				continue;
			out->trouble[out->wrong].row = row->row;
			out->trouble[out->wrong].trouble = row->trouble;
			out->trouble[out->wrong++].fate = r->fate[i];
		} else if (r->pin[i][0] && out->pins < FLOW_ARRIVAL_PINS) {
			out->pin[out->pins].number = row->number;
			str_copy(out->pin[out->pins].name, DB_NAME_SIZE,
				row->name);
			str_copy(out->pin[out->pins++].pin, ROSTER_PIN_SIZE,
				r->pin[i]);
		}
	}
}

/* What the flow is told of it; the first errors, no names but of users. */
static void tell(const struct down_done *d, struct arrivals_told *out)
{
	const struct list_result *l = &d->list;

	out->row = d->row;
	out->again = l->again;
	out->fresh = l->fresh;
	out->same = l->same;
	out->sum = l->sum;
	out->period = l->firsts > 0 ? l->first[0].period : 0;
	if (d->row.kind == PARCEL_USERS) {
		out->fresh = d->roster.count[ROSTER_NEW];
		out->same = d->roster.count[ROSTER_SAME];
		tell_users(&d->roster, &out->users);
	}
	for (int i = 0; i < l->kept && out->troubles < FLOW_ARRIVAL_TROUBLES;
		i++)
		if (paylist_trouble_is_error(l->trouble[i].trouble))
			out->trouble[out->troubles++] = l->trouble[i];
}

/* Take it, or only look at it. */
static enum verdict handle_it(struct ports *p, const struct down_row *row,
	bool look, struct arrivals_told *out, struct refusal *why,
	struct err *err)
{
	static const struct list_source source = {NULL, read_by_child};
	struct reading reading = {.db = p->db, .size = (int64_t)row->len};
	const struct list_options options = {.source = &source,
		.check_only = look,
		.count = FLOW_ARRIVAL_PINS, /* of users alone */
		.sum = -1,
		.progress = on_rows,
		.ctx = &reading};
	struct down_done *done = malloc(sizeof(*done));
	enum verdict v;

	if (!done) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory for a list");
		return VERDICT_FAILED;
	}
	v = down_take(p->db, &p->session, row, &options, done, why, err);
	if (v == VERDICT_DONE)
		tell(done, out);
	crypto_wipe(done, sizeof(*done));
	free(done);
	return v;
}

static enum verdict look(struct ports *p, struct arrivals_told *out,
	struct refusal *why, struct err *err)
{
	struct down_row row;
	enum lookup got;

	while ((got = down_next_list(p->db, &row, err)) == LOOKUP_FOUND) {
		const enum verdict v = handle_it(p, &row, true, out, why, err);

		if (v != VERDICT_REFUSED || why->code != REFUSED_PARCEL_OVER)
			return v;
		/* It waited behind its last day: it ends by itself. */
		log_line("arrivals", "%s %llu: its time is over",
			parcel_rule(row.kind)->name,
			(unsigned long long)row.version);
		if (handle_it(p, &row, false, out, why, err) == VERDICT_FAILED)
			return VERDICT_FAILED;
		p->written = p->status_due = true;
	}
	return got == LOOKUP_ABSENT ? VERDICT_DONE : VERDICT_FAILED;
}

/* People are found by what is kept of their names, which a list changes. */
static enum verdict take(struct ports *p, const struct down_row *row,
	struct arrivals_told *out, struct refusal *why, struct err *err)
{
	const enum verdict v = handle_it(p, row, false, out, why, err);
	struct err ignored;

	p->written = true;
	p->status_due = true;
	if (!people_prepare(p->db, &ignored))
		log_err("arrivals", &ignored);
	return v;
}

bool run_arrivals(struct ports *p, const struct effect *fx,
	struct event *answer)
{
	struct arrivals_told told = {.waiting = 0};
	struct refusal why = {0};
	struct err err = {0};
	enum verdict v;

	if (fx->kind != FX_ARRIVAL_LOOK && fx->kind != FX_ARRIVAL_TAKE)
		return false;
	v = fx->kind == FX_ARRIVAL_LOOK
		    ? look(p, &told, &why, &err)
		    : take(p, &fx->arrival, &told, &why, &err);
	if (v == VERDICT_DONE &&
		!down_lists_waiting(p->db, &told.waiting, &err))
		v = VERDICT_FAILED;
	switch (v) {
	case VERDICT_DONE:
		answer->kind = EV_ARRIVALS;
		answer->arrivals = told;
		break;
	case VERDICT_REFUSED:
		answer->kind = EV_REFUSED;
		answer->refusal = why;
		break;
	case VERDICT_FAILED:
		answer->kind = EV_FAILED;
		answer->err = err;
		break;
	}
	crypto_wipe(&told, sizeof(told));
	return true;
}
