/* bookgen_day.c - days of a post office, told as records. */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/bookgen_internal.h"

static const uint64_t second = 1000;
static const uint64_t day_ms = UINT64_C(86400) * 1000;
/* Monday 2025-03-03 07:20 at UTC+7. */
static const uint64_t monday = UINT64_C(1740961200) * 1000;

uint64_t office_below(struct office *o, uint64_t n)
{
	return bookgen_random(&o->random) % n;
}

bool office_often(struct office *o, unsigned percent)
{
	return office_below(o, 100) < percent;
}

void office_bytes(struct office *o, void *out, size_t len)
{
	uint8_t *at = out;

	for (size_t i = 0; i < len; i++)
		at[i] = (uint8_t)bookgen_random(&o->random);
}

void office_pass(struct office *o, uint64_t least_s, uint64_t most_s)
{
	const uint64_t ms = least_s * second +
			    office_below(o, (most_s - least_s) * second + 1);

	o->t += ms;
	o->mono += ms;
}

/* Key 8, by what is known of the clock. */
static uint64_t quality(const struct office *o)
{
	if (o->t < o->latest)
		return 4;
	if (o->server_ms && o->t - o->server_ms <= day_ms)
		return 1;
	if (o->server_ms && o->t - o->server_ms <= 7 * day_ms)
		return 2;
	if (o->set_ms && o->t - o->set_ms <= 7 * day_ms)
		return 3;
	return 0;
}

struct bookgen_rec *office_put(struct office *o, uint64_t kind, uint64_t actor)
{
	struct bookgen_rec r = {.has = 0xbfe, /* 1 to 9 and 11 */
		.v = 1,
		.kind = kind,
		.t = o->t,
		.mono = o->mono,
		.tq = quality(o),
		.actor = actor,
		.shift = o->shift};

	if (kind != GEN_START)
		r.has |= GEN_HAS(10);
	memcpy(r.dev, o->b->dev, 16);
	memcpy(r.boot, o->boot, 8);
	memcpy(r.tot, o->tot, sizeof(r.tot));
	if (o->sigfail) {
		r.sig_by = GEN_BY_KEEP;
		r.has |= GEN_HAS(20);
		r.fl = GEN_SIGFAIL;
	}
	if (o->t > o->latest)
		o->latest = o->t;
	return bookgen_append(o->b, &r);
}

void office_ref(struct bookgen_rec *r, uint64_t seq)
{
	r->has |= GEN_HAS(12);
	r->ref = seq;
}

void office_rsn(struct bookgen_rec *r, uint64_t rsn)
{
	r->has |= GEN_HAS(17);
	r->rsn = rsn;
}

void office_res(struct bookgen_rec *r, uint64_t res)
{
	r->has |= GEN_HAS(28);
	r->res = res;
}

static uint64_t days_in(uint64_t year, uint64_t month)
{
	static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
		30, 31};

	return days[month - 1] + (month == 2 && year % 4 == 0 &&
					 (year % 100 != 0 || year % 400 == 0));
}

uint64_t office_day(uint64_t t, int days)
{
	uint64_t left = (uint64_t)((int64_t)((t + 25200000) / 86400000) + days);
	uint64_t year = 1970;
	uint64_t month = 1;

	while (left >= days_in(year, month)) {
		left -= days_in(year, month);
		if (++month > 12) {
			month = 1;
			year++;
		}
	}
	return year * 10000 + month * 100 + left + 1;
}

void office_flag(struct bookgen_rec *r, uint64_t fl)
{
	r->has |= GEN_HAS(20);
	r->fl |= fl;
}

void office_pdc(struct office *o, struct bookgen_rec *r)
{
	r->has |= GEN_HAS(16);
	office_bytes(o, r->pdc, sizeof(r->pdc));
}

void office_cosign(struct office *o, struct bookgen_rec *r)
{
	const bool away = o->b->revoked_ms && o->t >= o->b->revoked_ms;

	r->has |= GEN_HAS(19);
	r->approver = !away && office_often(o, 50) ? GEN_TUAN : GEN_HOA;
}

void office_notes(struct bookgen_rec *r, int64_t amt)
{
	static const int64_t note[GEN_NOTES] = {500000, 200000, 100000, 50000,
		20000, 10000, 5000, 2000, 1000};

	r->has |= GEN_HAS(26);
	r->cnts = 0;
	for (int i = 0; i < GEN_NOTES; i++) {
		if (amt < note[i])
			continue;
		r->cnt[r->cnts++] =
			(struct bookgen_note){.denomination = note[i],
				.pieces = amt / note[i]};
		amt %= note[i];
	}
	if (amt != 0)
		abort();
}

void office_cash(struct office *o, uint64_t kind, int64_t amt)
{
	struct bookgen_rec *r;

	office_pass(o, 5, 60);
	r = office_put(o, kind, o->agent);
	r->has |= GEN_HAS(13) | GEN_HAS(18);
	r->amt = amt;
	office_notes(r, amt);
	o->tot[kind == GEN_FLOAT_IN ? 2 : 3] += amt;
	o->drawer += kind == GEN_FLOAT_IN ? amt : -amt;
	memcpy(r->tot, o->tot, sizeof(r->tot));
}

struct bookgen_item office_due(struct office *o, uint64_t what, int64_t amt)
{
	struct bookgen *b = o->b;
	struct bookgen_item item = {.per = o->per, .what = what, .amt = amt};

	if (what == 2) /* arrears of the month before */
		item.per = o->per % 100 == 1 ? o->per - 89 : o->per - 1;
	office_bytes(o, item.ent, sizeof(item.ent));
	if (b->dues == b->dues_size) {
		b->dues_size = b->dues_size ? 2 * b->dues_size : 64;
		b->due = realloc(b->due, b->dues_size * sizeof(*b->due));
		if (!b->due)
			abort();
	}
	b->due[b->dues++].item = item;
	return item;
}

void office_boot(struct office *o)
{
	office_bytes(o, o->boot, sizeof(o->boot));
	o->mono = 20 * second + office_below(o, 30 * second);
	office_pass(o, 1, 40);
}

void office_upload(struct office *o)
{
	struct bookgen_rec *r;
	const uint64_t seq = o->b->n;

	o->server_ms = o->t - office_below(o, 2 * second);
	office_pass(o, 2, 9);
	r = office_put(o, GEN_UPLOAD_ACK, 0);
	r->has |= GEN_HAS(25);
	r->ack = (struct bookgen_ack){.seq = seq,
		.server_ms = o->server_ms,
		.revlist = o->revlist,
		.lease_ms = o->t + 30 * day_ms};
	memcpy(r->ack.dev, o->b->dev, 16);
	office_bytes(o, r->ack.nonce, sizeof(r->ack.nonce));
	o->acked = seq;
}

/* ---- the book begins -------------------------------------------------------*/

static void add_user(struct office *o, int i, uint64_t by)
{
	static const char *const name[] = {"", "agent", "staff", "supervisor",
		"technician"};
	const struct bookgen_user *u = &o->b->user[i];
	struct bytes line = {0};
	struct bookgen_rec *r;

	bytes_text(&line, "user %llu %s ", (unsigned long long)u->number,
		name[u->role]);
	bytes_hex(&line, u->key.public, 32);
	bytes_text(&line, "\n");
	office_pass(o, 5, 50);
	r = office_put(o, GEN_CONFIG, by);
	r->has |= GEN_HAS(24);
	crypto_hash_sha256(r->rsum, line.at, line.len);
	bytes_free(&line);
}

static void import(struct office *o)
{
	struct bookgen_rec *r;

	office_pass(o, 60, 300);
	r = office_put(o, GEN_IMPORT, GEN_HOA);
	r->has |= GEN_HAS(24);
	memcpy(r->rsum, o->b->list, 32);
}

static void begin(struct office *o)
{
	struct bookgen_rec *r;

	office_boot(o);
	r = office_put(o, GEN_START, 0);
	r->has |= GEN_HAS(23);
	r->epoch = o->b->epochs++;
	for (int i = 0; i < GEN_USERS; i++)
		add_user(o, i, i == 0 ? 0 : GEN_HOA);
	import(o);
}

/* ---- a day -----------------------------------------------------------------*/

static void open_shift(struct office *o, uint64_t agent, bool first)
{
	struct bookgen_rec *r;

	o->agent = agent;
	office_pass(o, 20, 90);
	r = office_put(o, GEN_KEYROLL, agent);
	r->has |= GEN_HAS(23);
	r->epoch = o->b->epochs++;
	if (o->b->epochs == GEN_EPOCHS)
		abort();
	r->shift = ++o->shift;
	r = office_put(o, GEN_OPEN, agent);
	if (o->shift % 3 == 2) /* the last Z slip was not scanned */
		office_flag(r, GEN_OVERRIDE);
	if (first)
		office_put(o, GEN_NULL, agent);
	o->drawer = 0;
	office_cash(o, GEN_FLOAT_IN, 60000000);
}

static void difference(struct office *o, int64_t diff)
{
	struct bookgen_rec *r = office_put(o, GEN_OVER_SHORT, o->agent);

	r->has |= GEN_HAS(13);
	r->amt = diff < 0 ? -diff : diff;
	office_rsn(r, 1 + office_below(o, 3));
	office_res(r, diff > 0 ? 1 : 2);
	office_cosign(o, r);
}

static void close_shift(struct office *o)
{
	/* No less than nothing can be counted. */
	const bool differs = o->shift % 2 == 0 && o->drawer >= 20000;
	const int64_t counted =
		o->drawer + (differs ? (o->shift % 4 ? 50000 : -20000) : 0);
	struct bookgen_rec *r;

	office_pass(o, 100, 400);
	r = office_put(o, GEN_COUNT, o->agent);
	r->has |= GEN_HAS(13) | GEN_HAS(18);
	r->amt = counted;
	office_notes(r, counted);
	office_pass(o, 5, 20);
	if (differs)
		difference(o, counted - o->drawer);
	r = office_put(o, GEN_CLOSE, o->agent);
	r->has |= GEN_HAS(13) | GEN_HAS(18);
	r->amt = o->drawer;
	office_notes(r, counted);
	if (differs)
		office_cosign(o, r);
}

/* The Z slip of the shift that was just closed, now and then a copy. */
static void print_slip(struct office *o)
{
	const uint64_t close = o->b->n;
	struct bookgen_rec *r;

	office_pass(o, 2, 8);
	r = office_put(o, GEN_PRINT, o->agent);
	office_ref(r, close);
	office_res(r, 2);
	if (o->shift % 2 == 0)
		return;
	office_pass(o, 10, 30);
	r = office_put(o, GEN_REPRINT, o->shift % 4 == 1 ? GEN_HOA : o->agent);
	office_ref(r, close);
	office_rsn(r, 1);
	office_res(r, 1);
}

/* A paper shows that the book lost its tail; then the records are back. */
static void tail_lost(struct office *o)
{
	struct bookgen_rec *r;
	uint64_t begin;

	office_pass(o, 60, 600);
	r = office_put(o, GEN_FAULT_BEGIN, 0);
	office_rsn(r, 5);
	r->has |= GEN_HAS(24);
	office_bytes(o, r->rsum, sizeof(r->rsum));
	begin = r->seq;
	office_pass(o, 60, 600);
	r = office_put(o, GEN_FAULT_END, 0);
	office_ref(r, begin);
	office_rsn(r, 5);
}

static void work_shift(struct office *o, int number)
{
	const uint64_t agent = number % 2 == 0 ? GEN_LAN : GEN_MINH;

	office_pass(o, 10, 60);
	office_put(o, GEN_LOGIN, agent);
	open_shift(o, agent, number == 0);
	for (int i = 0; i < o->shape->acts; i++)
		office_act(o);
	close_shift(o);
	if (!o->shape->plain)
		print_slip(o);
	office_pass(o, 3, 30);
	office_put(o, GEN_LOGOUT, agent);
}

static uint64_t period(uint64_t t)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30,
		31};
	uint64_t day = (t + 7 * 3600 * second) / day_ms - 20089; /* 2025 */
	uint64_t month = 0;

	while (day >= (uint64_t)days[month % 12])
		day -= (uint64_t)days[month++ % 12];
	return 202501 + month / 12 * 100 + month % 12;
}

static void live_day(struct office *o, int number)
{
	o->t = monday + (uint64_t)(number / 5 * 7 + number % 5) * day_ms +
	       office_below(o, 20 * 60 * second);
	o->per = period(o->t);
	if (number == o->shape->days / 2)
		o->b->revoked_ms = o->t;
	office_boot(o);
	if (number == 0)
		begin(o);
	else if (office_often(o, 50))
		office_res(office_put(o, GEN_RECOVERY, 0), 1);
	for (int i = 0; i < o->shape->shifts; i++)
		work_shift(o, i);
	if (!o->shape->plain && number % 3 == 0)
		tail_lost(o);
	if (!o->shape->plain && number % 2 == 0)
		office_upload(o);
}

static void people(struct bookgen *b)
{
	static const struct {
		uint64_t number;
		uint64_t role;
	} user[GEN_USERS] = {{GEN_HOA, 3}, {GEN_TUAN, 3}, {GEN_DUNG, 2},
		{GEN_LAN, 1}, {GEN_MINH, 1}, {GEN_KY, 4}};

	for (int i = 0; i < GEN_USERS; i++) {
		b->user[i].number = user[i].number;
		b->user[i].role = user[i].role;
		bookgen_key(b->seed, "user", user[i].number, &b->user[i].key);
	}
}

void bookgen_make(const struct bookgen_shape *shape, struct bookgen *out)
{
	struct office o = {.b = out, .shape = shape, .random = shape->seed};

	*out = (struct bookgen){.seed = shape->seed,
		.point = "BD-0412",
		.revoked_user = GEN_TUAN};
	office_bytes(&o, out->dev, sizeof(out->dev));
	office_bytes(&o, out->list, sizeof(out->list));
	bookgen_key(out->seed, "device", 0, &out->device);
	bookgen_key(out->seed, "centre", 0, &out->centre);
	for (int i = 0; i < GEN_EPOCHS && i < 2 + shape->days * shape->shifts;
		i++)
		bookgen_key(out->seed, "epoch", (uint64_t)i, &out->epoch[i]);
	people(out);
	for (int day = 0; day < shape->days; day++)
		live_day(&o, day);
	if (shape->end) {
		office_pass(&o, 60, 600);
		office_rsn(office_put(&o, GEN_END, GEN_HOA), 1);
	}
}
