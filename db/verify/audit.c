/* audit.c - the frame of the chain: V02 to V07, V11, V36, V38. */
#include "db/verify/audit.h"

#include <stdlib.h>
#include <string.h>

#include "db/verify/audit_internal.h"
#include "db/verify/salvage.h"
#include "db/verify/vchain.h"
#include "db/verify/vfar.h"

struct audit *audit_new(const struct audit_options *options,
	const struct audit_begin *begin, struct keyring *keys,
	struct evidence *evidence, struct vreport *report)
{
	struct audit *a = calloc(1, sizeof(*a));

	if (!a)
		return NULL;
	a->window = calloc(AUDIT_WINDOW, sizeof(*a->window));
	if (!a->window) {
		free(a);
		return NULL;
	}
	a->options = *options;
	a->begin = *begin;
	a->keys = keys;
	a->evidence = evidence;
	a->report = report;
	a->next = begin->first;
	vchain_training(begin->dev, a->training);
	audit_begin_at(a);
	audit_limits_begin(a);
	return a;
}

void audit_free(struct audit *a)
{
	if (!a)
		return;
	vmap_clear(&a->time.boots);
	vmap_clear(&a->time.pads);
	vmap_clear(&a->money.ents);
	vmap_clear(&a->money.voids);
	vmap_clear(&a->accounts);
	vmap_clear(&a->key.used);
	vmap_clear(&a->rest.pdcs);
	vmap_clear(&a->rest.nonces);
	vmap_clear(&a->rest.moved);
	vmap_clear(&a->rest.quoted);
	vmap_clear(&a->rest.doors);
	vmap_clear(&a->rest.slips);
	vmap_clear(&a->rest.holds);
	vmap_clear(&a->rest.requests);
	free(a->money.pay);
	free(a->money.shifts);
	free(a->key.epoch);
	free(a->window);
	free(a);
}

bool audit_room(struct audit *a, void **list, size_t used, size_t *room,
	size_t size)
{
	const size_t wider = *room ? *room * 2 : 64;
	void *more;

	if (used < *room)
		return true;
	more = realloc(*list, wider * size);
	if (!more) {
		a->memory_out = true;
		return false;
	}
	*list = more;
	*room = wider;
	return true;
}

struct vmap_slot *audit_put(struct audit *a, struct vmap *m, const void *key)
{
	struct vmap_slot *s = vmap_put(m, key);

	if (!s)
		a->memory_out = true;
	return s;
}

/* ---- what is not known -----------------------------------------------------
 */

bool audit_unknown(const struct audit *a, uint64_t seq)
{
	/* Not lost: there never is such a record. */
	if (seq == 0)
		return false;
	if (seq < a->begin.first)
		return true;
	for (size_t i = 0; i < a->gaps; i++)
		if (seq >= a->gap[i].from && seq <= a->gap[i].to)
			return true;
	return false;
}

void audit_forget(struct audit *a)
{
	audit_limits_forget(a);
	a->money.has_tot = false;
	a->money.bracket = AUDIT_SHIFT_UNKNOWN;
	a->money.has_shift = false;
	a->money.agent = 0;
	a->money.has_base = false;
	a->money.has_count = false;
	a->money.has_difference = false;
	a->money.open_pay = 0;
	a->money.voids_owed = 0;
	a->key.blind = true;
	a->key.roll_known = false;
	a->key.rolled = false;
	a->time.t = 0;
	a->time.has_boot = false;
	a->time.boot_owes = false;
	a->time.max_known = false;
}

/* A gap; when there are too many the last one grows over what is between. */
static void add_gap(struct audit *a, uint64_t from, uint64_t to)
{
	if (a->gaps == AUDIT_GAPS) {
		a->gap[AUDIT_GAPS - 1].to = to;
		return;
	}
	a->gap[a->gaps++] = (struct audit_gap){.from = from, .to = to};
}

bool audit_lost(struct audit *a, uint64_t from, uint64_t to, struct err *err)
{
	add_gap(a, from, to);
	audit_forget(a);
	a->has_h = false;
	a->next = to + 1;
	a->rows++;
	a->last_seq = to;
	return !a->options.salvage || salvage_break(a->options.salvage, err);
}

/* ---- the frame -------------------------------------------------------------
 */

static void check_missing(struct audit *a, const struct audit_row *row)
{
	const uint64_t last = a->r.seq - 1;

	if (a->next == last)
		audit_find(a, 5, "record %llu is missing before this one",
			(unsigned long long)last);
	else
		audit_find(a, 5,
			"records %llu to %llu are missing before "
			"this one",
			(unsigned long long)a->next, (unsigned long long)last);
	add_gap(a, a->next, last);
	audit_forget(a);
	/* A file keeps no hashes: there the chain stays broken. */
	if (row->h)
		a->has_h = false;
}

static void check_number(struct audit *a, const struct audit_row *row)
{
	struct vrecord *r = &a->r;
	const uint64_t said = vrecord_has(r, VKEY_SEQ) ? r->seq : a->next;

	r->seq = row->seq ? row->seq : said;
	a->quiet = r->seq < a->options.from;
	if (said != r->seq)
		audit_find(a, 5,
			"the record itself says that it is number "
			"%llu",
			(unsigned long long)said);
	if (r->seq > a->next)
		check_missing(a, row);
	else if (r->seq < a->next)
		audit_find(a, 5, "comes where record %llu should be",
			(unsigned long long)a->next);
	a->next = r->seq + 1;
}

static void check_device(struct audit *a)
{
	if (!vrecord_has(&a->r, VKEY_DEV) ||
		memcmp(a->r.dev, a->begin.dev, VRECORD_ID) == 0)
		return;
	if (memcmp(a->r.dev, a->training, VRECORD_ID) == 0)
		audit_find(a, 38,
			"a record of this device's training "
			"journal");
	else
		audit_find(a, 4, "of another device");
}

static void check_start_and_end(struct audit *a)
{
	const bool start = a->r.kind == VKIND_START;

	if (!vrecord_has(&a->r, VKEY_KIND))
		return;
	if (start && a->r.seq != 1)
		audit_find(a, 11, "START in the middle");
	if (!start && a->r.seq == 1)
		audit_find(a, 11, "the first record is no START");
	if (a->key.ended)
		audit_find(a, 11, "a record after END");
	if (a->r.kind == VKIND_END)
		a->key.ended = true;
}

/* The hash of this row, and whether it is the chain's. */
static void check_chain(struct audit *a, const struct audit_row *row)
{
	uint8_t h[VRECORD_HASH] = {0};

	a->sound = a->has_h;
	if (a->has_h)
		vchain_next(a->h, row->body, row->len, h);
	if (!row->h) {
		if (a->has_h)
			memcpy(a->h, h, sizeof(h));
		return;
	}
	if (a->has_h && memcmp(h, row->h, sizeof(h)) != 0) {
		a->sound = false;
		if (a->r.seq == 1)
			audit_find(a, 6,
				"its hash does not begin with this "
				"device's id and key");
		else
			audit_find(a, 7,
				"its hash does not follow from the "
				"record before and its body");
	}
	/* From the stored hash on, so that one fault is told once. */
	memcpy(a->h, row->h, sizeof(a->h));
	a->has_h = true;
}

/* Canonical bytes but no fields to go by: nothing can be said after it. */
static void pass_unreadable(struct audit *a)
{
	add_gap(a, a->r.seq, a->r.seq);
	audit_forget(a);
}

/* Paper and checkpoints first: they are signed by the key before a roll. */
static void check_fields(struct audit *a, const struct audit_row *row)
{
	check_device(a);
	check_start_and_end(a);
	audit_check_rest(a);
	audit_check_time(a);
	audit_check_people(a, row);
	audit_check_limits(a);
	audit_check_money(a);
	audit_check_account(a);
	audit_check_shift(a);
	audit_check_consent(a);
	audit_check_visit(a);
	audit_roll(a);
}

bool audit_row(struct audit *a, const struct audit_row *row, struct err *err)
{
	const bool read = vrecord_read(row->body, row->len, &a->r);

	check_number(a, row);
	for (size_t i = 0; i < a->r.faults; i++)
		audit_find(a, a->r.fault[i].check, "%s", a->r.fault[i].text);
	audit_before(a);
	check_chain(a, row);
	audit_check_signature(a, row);
	if (!audit_keep(a, row, err))
		return false;
	if (read)
		check_fields(a, row);
	else
		pass_unreadable(a);
	a->rows++;
	a->last_seq = a->r.seq;
	memcpy(a->window[a->r.seq % AUDIT_WINDOW], a->h, VRECORD_HASH);
	vreport_record(a->report, a->r.seq, a->r.kind);
	vfar_row(a->options.far);
	if (a->memory_out)
		return err_set(err, ERR_NO_MEMORY, 0,
			"no memory to go on at record %llu",
			(unsigned long long)a->r.seq);
	return true;
}

void audit_end(struct audit *a, bool whole)
{
	struct vreport *r = a->report;

	audit_end_time(a);
	audit_end_rest(a, whole);
	audit_end_people(a, whole);
	r->records = a->rows;
	r->last_seq = a->last_seq;
	r->payouts = a->money.seen_pays;
	r->shifts = a->money.seen_shifts;
	r->has_totals = a->money.has_tot;
	memcpy(r->tot, a->money.tot, sizeof(r->tot));
	r->has_head = a->rows > 0 && a->has_h;
	memcpy(r->head, a->h, sizeof(r->head));
	r->has_dev = true;
	memcpy(r->dev, a->begin.dev, sizeof(r->dev));
	if (a->rows == 0 && whole)
		vreport_find(r, 0, 1, "there is no record");
}

void audit_sum(const struct audit *a, struct audit_sum *out)
{
	*out = (struct audit_sum){.records = a->rows,
		.last_seq = a->last_seq,
		.has_h = a->has_h,
		.has_key = a->key.has_key,
		.has_tot = a->money.has_tot,
		.has_shift = a->money.has_shift,
		.shift = a->money.shift,
		.epoch = a->key.number,
		.whole = a->begin.first == 1 && a->gaps == 0,
		.limits = a->limits_told,
		.marks = a->rest.marks,
		.moves = a->rest.moves,
		.moves_sum = a->rest.moves_sum,
		.surveys = a->rest.surveys,
		.consents = a->rest.consents,
		.visits = a->rest.visits,
		.views = a->rest.views,
		.accounts = a->accounts_told,
		.steps = a->steps_told,
		.committed = a->rest.committed,
		.acked_seq = a->rest.acked_seq};
	memcpy(out->h, a->h, sizeof(out->h));
	memcpy(out->key, a->key.key, sizeof(out->key));
	memcpy(out->tot, a->money.tot, sizeof(out->tot));
	memcpy(out->acked_h, a->rest.acked_h, sizeof(out->acked_h));
}
