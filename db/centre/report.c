#include "db/centre/report.h"

#include <string.h>
#include <time.h>

#include "core/str.h"

enum {
	ID = 2 * BATCH_DEV + 1,
	WHEN = 32
};

static const uint64_t day_ms = 86400000;

struct report {
	FILE *out;
	uint64_t now;
	struct report_sum *sum;
};

/* "-" for never. */
static const char *when(uint64_t ms, char out[WHEN])
{
	const time_t t = (time_t)(ms / 1000);
	struct tm tm;

	if (ms == 0 || !gmtime_r(&t, &tm) ||
		strftime(out, WHEN, "%Y-%m-%dT%H:%M:%SZ", &tm) == 0)
		str_copy(out, WHEN, "-");
	return out;
}

static const char *state_of(enum store_state s)
{
	switch (s) {
	case STORE_ACTIVE:
		return "active";
	case STORE_REVOKED:
		return "revoked";
	case STORE_FROZEN:
		return "frozen";
	}
	return "?";
}

/* Names of points are text of people: no tab or line of its own. */
static const char *plain(const char *name, char out[STORE_NAME])
{
	str_copy(out, STORE_NAME, name);
	for (char *c = out; *c; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7f)
			*c = '?';
	return out;
}

static bool terminal(const struct store_device *d, void *arg)
{
	struct report *r = arg;
	const uint64_t lacking =
		d->claimed > d->last ? d->claimed - d->last : 0;
	char id[ID];
	char at[WHEN];
	char name[STORE_NAME];

	r->sum->terminals++;
	r->sum->frozen += d->state == STORE_FROZEN;
	r->sum->lacking += lacking > 0;
	r->sum->silent += d->state == STORE_ACTIVE && !d->ended &&
			  d->contact + day_ms < r->now;
	str_to_hex(d->dev, BATCH_DEV, id);
	return fprintf(r->out, "terminal\t%s\t%s\t%s\t%llu\t%llu\t%s\t%s\n", id,
		       plain(d->name, name), state_of(d->state),
		       (unsigned long long)d->last, (unsigned long long)lacking,
		       when(d->contact, at), d->ended ? "ended" : "-") > 0;
}

static bool alert(const struct store_alert *a, void *arg)
{
	struct report *r = arg;
	char ent[ID];
	char id[ID];
	char other[ID];
	char at[WHEN];

	str_to_hex(a->dev, BATCH_DEV, id);
	when(a->t, at);
	switch (a->kind) {
	case STORE_DOUBLE:
		r->sum->doubles += a->ended == 0;
		str_to_hex(a->ent, sizeof(a->ent), ent);
		str_to_hex(a->other_dev, BATCH_DEV, other);
		return fprintf(r->out, "double\t%s\t%s %llu\t%s %llu\t%s\t%s\n",
			       ent, id, (unsigned long long)a->seq, other,
			       (unsigned long long)a->other_seq, at,
			       a->ended ? "settled" : "open") > 0;
	case STORE_FORK:
		return fprintf(r->out, "fork\t%s\t%llu\t%s\n", id,
			       (unsigned long long)a->seq, at) > 0;
	case STORE_TOTALS_WRONG:
		return fprintf(r->out, "totals\t%s\t%llu\t%s\n", id,
			       (unsigned long long)a->seq, at) > 0;
	}
	return true;
}

static bool kept(const struct store_evidence *e, void *arg)
{
	struct report *r = arg;
	char id[ID];
	char at[WHEN];

	r->sum->kept++;
	str_to_hex(e->dev, BATCH_DEV, id);
	return fprintf(r->out, "kept\t%s\t%s\t%llu\tV%02llu\t%s\t%zu\n", id,
		       e->kind == STORE_FORKED ? "fork" : "quarantine",
		       (unsigned long long)e->seq, (unsigned long long)e->check,
		       when(e->t, at), e->len) > 0;
}

static bool handed(const struct store_handed *h, void *arg)
{
	struct report *r = arg;
	char id[ID];
	char at[WHEN];

	r->sum->handed += h->to - h->from + 1;
	str_to_hex(h->dev, BATCH_DEV, id);
	return fprintf(r->out, "back\t%s\t%llu\t%llu\t%s\t%s\n", id,
		       (unsigned long long)h->from, (unsigned long long)h->to,
		       when(h->t, at), h->by_file ? "file" : "line") > 0;
}

bool report_write(struct store *s, uint64_t now, FILE *out,
	struct report_sum *sum, struct err *err)
{
	struct report r = {.out = out, .now = now, .sum = sum};

	*sum = (struct report_sum){0};
	fputs("#terminal\tid\tpoint\tstate\trecords\tlacking\tlast contact"
	      "\tend\n",
		out);
	if (!store_devices(s, terminal, &r, err))
		return false;
	fputs("#double\tentitlement\tpaid by\tand before by\tsince\tsettled\n"
	      "#fork\tid\trecord\tsince\n#totals\tid\trecord\tsince\n",
		out);
	if (!store_alerts(s, alert, &r, err))
		return false;
	if (!moves_write(s, out, &sum->moves, err))
		return false;
	fputs("#kept\tid\tas\trecord\tcheck\tsince\tbytes\n", out);
	if (!store_evidence_each(s, kept, &r, err))
		return false;
	fputs("#back\tid\tfrom\tto\tat\tby\n", out);
	if (!store_handed_each(s, handed, &r, err))
		return false;
	fprintf(out,
		"sum\t%llu terminals, %llu silent, %llu lacking, %llu frozen,"
		" %llu doubles open, %llu kept, %llu moved, %llu going,"
		" %llu unpaired, %llu records given back\n",
		(unsigned long long)sum->terminals,
		(unsigned long long)sum->silent,
		(unsigned long long)sum->lacking,
		(unsigned long long)sum->frozen,
		(unsigned long long)sum->doubles, (unsigned long long)sum->kept,
		(unsigned long long)sum->moves.moved,
		(unsigned long long)sum->moves.going,
		(unsigned long long)sum->moves.unpaired,
		(unsigned long long)sum->handed);
	return fflush(out) == 0 || err_set(err, ERR_IO, 0, "cannot write");
}
