/* centre_tell.c - the verbs that tell what the centre holds. */
#include <stdio.h>

#include "core/clock.h"
#include "db/centre/centre_verbs.h"
#include "db/centre/daylog.h"
#include "db/centre/paper.h"
#include "db/centre/report.h"

static enum status daylog(struct centre *c, struct store *s, struct err *err)
{
	struct rows rows = {.out = stdout, .form = c->o.form};
	struct store_device d;
	struct daylog_sum sum;
	struct date day;

	if (!c->o.day || !date_parse(c->o.day, &day) || day.day == 0)
		return USAGE;
	switch (daylog_terminal(s, c->o.daylog, &d, err)) {
	case LOOKUP_FAILED:
		return err->code == ERR_INVALID ? FOUND : FAILED;
	case LOOKUP_ABSENT:
		err_set(err, ERR_INVALID, 0, "no such terminal");
		return FOUND;
	case LOOKUP_FOUND:
		break;
	}
	if (!daylog_write(s, &d, day, &rows, &sum, err))
		return FAILED;
	return sum.lacking || d.state == STORE_FROZEN ? FOUND : DONE;
}

static enum status daylog_of(struct centre *c, struct err *err)
{
	struct store *s = store_open(c->store, err);
	const enum status status = s ? daylog(c, s, err) : FAILED;

	store_close(s);
	return status;
}

enum status verb_receipt(struct centre *c, struct err *err)
{
	struct rows rows = {.out = stdout, .form = c->o.form};
	struct paper_found found;
	struct store *s;
	bool ok;

	if (!c->o.id)
		return USAGE;
	s = store_open(c->store, err);
	ok = s && paper_check(s, c->o.id, c->o.terminal, &found, err) &&
	     paper_write(&found, &rows, err);
	store_close(s);
	if (!ok)
		return err->code == ERR_INVALID ? FOUND : FAILED;
	return found.verdict == PAPER_TRUE ? DONE : FOUND;
}

enum status verb_report(struct centre *c, struct err *err)
{
	struct store *s;
	struct report_sum sum;
	bool ok;

	if (c->o.daylog)
		return daylog_of(c, err);
	s = store_open(c->store, err);
	ok = s && report_write(s, (uint64_t)clock_wall_ms(), stdout, &sum, err);
	store_close(s);
	if (!ok)
		return FAILED;
	return sum.frozen || sum.doubles || sum.lacking || sum.kept ||
			       sum.moves.unpaired
		       ? FOUND
		       : DONE;
}
