/*
 * What the centre keeps: the same rows of tests on SQLite and on PostgreSQL.
 */
#include "support/unit.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/crypto.h"
#include "db/centre/store.h"
#include "support/pgserver.h"
#include "support/tmpdir.h"

static const uint64_t now = UINT64_C(1795000000000);

/* Where the tests of a run keep things; "" for PostgreSQL: not to be had. */
struct place {
	const char *kind;
	char where[PGSERVER_URL];
};

static struct {
	char dir[128];
	struct pgserver pg;
	struct place place[2];
} here;

/* Of the thread that runs the tests. */
static struct err err;

static struct store *open_at(const struct place *p)
{
	struct store *s = store_open(p->where, &err);

	if (!s)
		fail_msg("%s: %s", p->kind, err.text);
	return s;
}

#define MUST(call)                                           \
	do {                                                 \
		if (!(call))                                 \
			fail_msg("%s: %s", #call, err.text); \
	} while (0)

/* Terminal number n. */
static struct store_device device(unsigned n)
{
	struct store_device d = {.state = STORE_ACTIVE,
		.enrolled = now,
		.tot = {1, 2, 3, 4, 5, INT64_C(9000000000000)}};

	memset(d.dev, (int)n, sizeof(d.dev));
	memset(d.pk, 0x50, sizeof(d.pk));
	memset(d.head, 0x51, sizeof(d.head));
	memset(d.key, 0x52, sizeof(d.key));
	snprintf(d.name, sizeof(d.name), "Bưu cục số %u", n);
	return d;
}

static void add_device(struct store *s, unsigned n)
{
	const struct store_device d = device(n);

	MUST(store_begin(s, &err));
	MUST(store_device_add(s, &d, &err));
	MUST(store_commit(s, &err));
}

static void a_terminal_comes_back(struct store *s)
{
	struct store_device d = device(1);
	struct store_device back;

	assert_int_equal(store_device_get(s, d.dev, false, &back, &err),
		LOOKUP_ABSENT);
	add_device(s, 1);
	MUST(store_device_get(s, d.dev, false, &back, &err) == LOOKUP_FOUND);
	assert_memory_equal(&back, &d, sizeof(d));
	d.state = STORE_FROZEN;
	d.last = UINT64_C(1) << 40;
	d.epoch = 7;
	d.claimed = d.last + 1;
	d.unsign = 3;
	d.ended = true;
	d.contact = now + 5;
	d.tot[0] = 77;
	memset(d.head, 0x61, sizeof(d.head));
	memset(d.key, 0x62, sizeof(d.key));
	MUST(store_begin(s, &err));
	MUST(store_device_get(s, d.dev, true, &back, &err) == LOOKUP_FOUND);
	MUST(store_device_put(s, &d, &err));
	MUST(store_commit(s, &err));
	MUST(store_device_get(s, d.dev, false, &back, &err) == LOOKUP_FOUND);
	assert_memory_equal(&back, &d, sizeof(d));
}

static void a_terminal_is_there_once(struct store *s)
{
	const struct store_device d = device(1);

	add_device(s, 1);
	MUST(store_begin(s, &err));
	assert_false(store_device_add(s, &d, &err));
	assert_int_equal(err.code, ERR_INVALID);
	store_rollback(s);
}

static void what_is_rolled_back_never_was(struct store *s)
{
	const struct store_device d = device(2);
	struct store_device back;

	MUST(store_begin(s, &err));
	MUST(store_device_add(s, &d, &err));
	store_rollback(s);
	store_rollback(s);
	assert_int_equal(store_device_get(s, d.dev, false, &back, &err),
		LOOKUP_ABSENT);
}

static uint8_t body[BATCH_BODY_MAX];
static uint8_t hash[BATCH_MAX_RECORDS][CRYPTO_HASH_SIZE];
static uint8_t sig[CRYPTO_SIG_SIZE];

/* n records from number from on. */
static void add_records(struct store *s, unsigned dev, uint64_t from, size_t n,
	uint64_t came)
{
	static struct store_record r[BATCH_MAX_RECORDS];
	const struct store_device d = device(dev);

	for (size_t i = 0; i < n; i++) {
		memset(hash[i], (int)(from + i), sizeof(hash[i]));
		r[i] = (struct store_record){.seq = from + i,
			.kind = 10,
			.t = now + i,
			.shift = 4,
			.body = body,
			.len = i % 2 ? 1 : sizeof(body) / 8,
			.h = hash[i],
			.sig = sig};
	}
	MUST(store_begin(s, &err));
	MUST(store_records_add(s, d.dev, r, n, came, &err));
	MUST(store_commit(s, &err));
}

static bool count_record(const struct store_record *r, void *arg)
{
	uint64_t *next = arg;

	if (r->seq != *next || r->kind != 10 || r->shift != 4 ||
		r->h[5] != (uint8_t)r->seq || r->sig[0] != 0x99 ||
		memcmp(r->body, body, r->len) != 0)
		return false;
	++*next;
	return true;
}

static void records_come_back_in_their_order(struct store *s)
{
	static uint8_t out[BATCH_MAX_RECORDS + 1][CRYPTO_HASH_SIZE];
	const struct store_device d = device(1);
	uint64_t next = 1;
	size_t n;

	memset(body, 0x77, sizeof(body));
	memset(sig, 0x99, sizeof(sig));
	add_device(s, 1);
	add_device(s, 2);
	add_records(s, 1, 1, BATCH_MAX_RECORDS, now);
	add_records(s, 2, 1, 3, now);
	/* A year later: another partition. */
	add_records(s, 1, BATCH_MAX_RECORDS + 1, 44,
		now + UINT64_C(366) * 86400000);
	MUST(store_records(s, d.dev, 1, INT64_MAX, count_record, &next, &err));
	assert_int_equal(next, 301);
	MUST(store_hashes(s, d.dev, 255, 260, out, &n, &err));
	assert_int_equal(n, 6);
	assert_int_equal(out[0][0], 255);
	assert_int_equal(out[5][31], (uint8_t)260);
	MUST(store_hashes(s, d.dev, 299, 999, out, &n, &err));
	assert_int_equal(n, 2);
	MUST(store_hashes(s, d.dev, 1, 999, out, &n, &err));
	assert_int_equal(n, BATCH_MAX_RECORDS + 1);
}

/* The first record of a month, and then something else went wrong. */
static void a_month_that_was_rolled_back(struct store *s)
{
	const uint64_t later = now + UINT64_C(500) * 86400000;
	const struct store_device d = device(1);
	const struct store_record r = {.seq = 1,
		.body = body,
		.len = 3,
		.h = hash[0],
		.sig = sig};
	uint8_t out[BATCH_MAX_RECORDS + 1][CRYPTO_HASH_SIZE];
	size_t n;

	add_device(s, 1);
	MUST(store_begin(s, &err));
	MUST(store_records_add(s, d.dev, &r, 1, later, &err));
	store_rollback(s);
	MUST(store_hashes(s, d.dev, 1, 9, out, &n, &err));
	assert_int_equal(n, 0);
	MUST(store_begin(s, &err));
	MUST(store_records_add(s, d.dev, &r, 1, later, &err));
	MUST(store_commit(s, &err));
	MUST(store_hashes(s, d.dev, 1, 9, out, &n, &err));
	assert_int_equal(n, 1);
}

static void the_key_of_a_record(struct store *s)
{
	static const struct {
		uint64_t seq;
		int key; /* 0: none */
	} row[] = {{0, 0}, {1, 1}, {4, 1}, {5, 2}, {6, 2}, {7, 3}, {900, 3}};
	static const uint64_t first[] = {1, 5, 7};
	const struct store_device d = device(1);
	uint8_t key[CRYPTO_PUBLIC_SIZE];

	add_device(s, 1);
	MUST(store_begin(s, &err));
	for (unsigned i = 0; i < 3; i++) {
		memset(key, (int)i + 1, sizeof(key));
		MUST(store_key_add(s, d.dev, first[i], i, key, &err));
	}
	MUST(store_commit(s, &err));
	for (size_t i = 0; i < COUNT_OF(row); i++) {

		memset(key, 0, sizeof(key));
		assert_int_equal(store_key_at(s, d.dev, row[i].seq, key, &err),
			row[i].key ? LOOKUP_FOUND : LOOKUP_ABSENT);
		assert_int_equal(key[0], row[i].key);
	}
}

static void a_checkpoint_is_one_text(struct store *s)
{
	const struct store_device d = device(1);
	struct store_note note = {.len = CHECKPOINT_TEXT};
	struct store_note back;

	memset(note.text, '\n', sizeof(note.text));
	add_device(s, 1);
	assert_int_equal(store_note_get(s, d.dev, 3, &back, &err),
		LOOKUP_ABSENT);
	MUST(store_begin(s, &err));
	MUST(store_note_put(s, d.dev, 3, &note, now, &err));
	MUST(store_commit(s, &err));
	MUST(store_note_get(s, d.dev, 3, &back, &err) == LOOKUP_FOUND);
	assert_int_equal(back.len, note.len);
	assert_memory_equal(back.text, note.text, note.len);
	MUST(store_begin(s, &err));
	note.len = 5;
	assert_false(store_note_put(s, d.dev, 3, &note, now, &err));
	store_rollback(s);
}

struct notes_seen {
	char order[8];
	size_t n;
};

static bool see_note(const struct store_note *note, uint64_t t, void *arg)
{
	struct notes_seen *seen = arg;

	if (note->len != 1 || t < now || seen->n == sizeof(seen->order) - 1)
		return false;
	seen->order[seen->n++] = note->text[0];
	return true;
}

static void checkpoints_of_a_time_in_their_order(struct store *s)
{
	static const struct {
		unsigned dev;
		uint64_t seq;
		uint64_t after;
		char letter;
	} row[] = {{2, 1, 5, 'c'}, {1, 9, 5, 'b'}, {1, 2, 9, 'a'},
		{2, 3, 10, 'x'}, {2, 2, 4, 'y'}};
	struct notes_seen seen = {0};

	add_device(s, 1);
	add_device(s, 2);
	MUST(store_begin(s, &err));
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		const struct store_device d = device(row[i].dev);
		struct store_note note = {.len = 1};

		note.text[0] = row[i].letter;
		MUST(store_note_put(s, d.dev, row[i].seq, &note,
			now + row[i].after, &err));
	}
	MUST(store_commit(s, &err));
	/* From five on, and before ten. */
	MUST(store_notes(s, now + 5, now + 10, see_note, &seen, &err));
	assert_string_equal(seen.order, "abc");
}

static void sealed_data_stay_as_they_came(struct store *s)
{
	const struct store_device d = device(1);
	static const uint8_t sealed[2][60] = {{1}, {2}};
	const struct batch_pd pd[] = {{4, sealed[0], 60}, {9, sealed[1], 60}};

	add_device(s, 1);
	MUST(store_begin(s, &err));
	MUST(store_pds_add(s, d.dev, pd, 2, &err));
	MUST(store_pds_add(s, d.dev, pd, 2, &err));
	MUST(store_commit(s, &err));
}

/* ---- money ------------------------------------------------------------------
 */

static struct store_paid payment(unsigned dev, uint64_t seq, unsigned ent)
{
	struct store_paid p = {.seq = seq};

	memset(p.ent, (int)ent, sizeof(p.ent));
	memset(p.dev, (int)dev, sizeof(p.dev));
	return p;
}

static size_t pay(struct store *s, const struct store_paid *p, size_t n)
{
	size_t doubles = 99;

	MUST(store_begin(s, &err));
	MUST(store_paid(s, p, n, now, &doubles, &err));
	MUST(store_commit(s, &err));
	return doubles;
}

static void void_it(struct store *s, const struct store_paid *p, uint64_t by)
{
	MUST(store_begin(s, &err));
	MUST(store_voided(s, p, by, &err));
	MUST(store_commit(s, &err));
}

struct seen {
	size_t open;
	size_t all;
	struct store_alert last;
};

static bool see_alert(const struct store_alert *a, void *arg)
{
	struct seen *seen = arg;

	seen->all++;
	seen->open += a->ended == 0;
	seen->last = *a;
	return true;
}

static struct seen alerts(struct store *s)
{
	struct seen seen = {0};

	MUST(store_alerts(s, see_alert, &seen, &err));
	return seen;
}

static void stands_with(struct store *s, unsigned ent, unsigned dev,
	uint64_t seq)
{
	const struct store_paid p = payment(0, 0, ent);
	struct store_paid by;

	MUST(store_paid_by(s, p.ent, &by, &err) == LOOKUP_FOUND);
	assert_int_equal(by.dev[0], dev);
	assert_int_equal(by.seq, seq);
}

static void T60b_money_paid_twice_is_an_alert(struct store *s)
{
	/* Not in their order, and two of them paid elsewhere. */
	const struct store_paid first[] = {payment(1, 10, 9),
		payment(1, 10, 3)};
	const struct store_paid second[] = {payment(2, 20, 9),
		payment(2, 20, 5), payment(2, 20, 3), payment(2, 20, 1)};
	struct seen seen;

	assert_int_equal(pay(s, first, 2), 0);
	assert_int_equal(pay(s, second, 4), 2);
	stands_with(s, 9, 1, 10);
	stands_with(s, 3, 1, 10);
	stands_with(s, 5, 2, 20);
	stands_with(s, 1, 2, 20);
	seen = alerts(s);
	assert_int_equal(seen.open, 2);
	assert_int_equal(seen.last.kind, STORE_DOUBLE);
	assert_int_equal(seen.last.ent[0], 9);
	assert_int_equal(seen.last.dev[0], 2);
	assert_int_equal(seen.last.seq, 20);
	assert_int_equal(seen.last.other_dev[0], 1);
	assert_int_equal(seen.last.other_seq, 10);
	assert_int_equal(seen.last.t, now);
}

static void a_void_of_the_second_settles_it(struct store *s)
{
	const struct store_paid a = payment(1, 10, 9);
	const struct store_paid b = payment(2, 20, 9);

	assert_int_equal(pay(s, &a, 1), 0);
	assert_int_equal(pay(s, &b, 1), 1);
	void_it(s, &b, 21);
	assert_int_equal(alerts(s).open, 0);
	assert_int_equal(alerts(s).last.ended, 21);
	stands_with(s, 9, 1, 10);
}

static void a_void_of_the_first_lets_the_second_stand(struct store *s)
{
	const struct store_paid a = payment(1, 10, 9);
	const struct store_paid b = payment(2, 20, 9);
	const struct store_paid c = payment(3, 30, 9);

	pay(s, &a, 1);
	pay(s, &b, 1);
	void_it(s, &a, 11);
	assert_int_equal(alerts(s).open, 0);
	stands_with(s, 9, 2, 20);
	/* So who pays it now is the second again. */
	assert_int_equal(pay(s, &c, 1), 1);
	assert_int_equal(alerts(s).last.other_dev[0], 2);
}

static void paid_taken_back_and_paid_again(struct store *s)
{
	const struct store_paid a = payment(1, 10, 9);
	const struct store_paid again = payment(1, 12, 9);
	struct store_paid by;

	pay(s, &a, 1);
	void_it(s, &a, 11);
	assert_int_equal(store_paid_by(s, a.ent, &by, &err), LOOKUP_ABSENT);
	assert_int_equal(pay(s, &again, 1), 0);
	/* A VOID of what is no payment any more changes nothing. */
	void_it(s, &a, 13);
	stands_with(s, 9, 1, 12);
	assert_int_equal(alerts(s).all, 0);
}

/* ---- evidence, codes ----------------------------------------------------------
 */

static bool see_evidence(const struct store_evidence *e, void *arg)
{
	size_t *n = arg;

	if (e->len != 3 || memcmp(e->bytes, "abc", 3) != 0 || e->dev[0] != 1 ||
		e->seq != 17 || e->check != 8 || e->t != now)
		return false;
	++*n;
	return true;
}

static void evidence_is_kept_once(struct store *s)
{
	struct store_evidence e = {.kind = STORE_QUARANTINE,
		.t = now,
		.seq = 17,
		.check = 8,
		.bytes = (const uint8_t *)"abc",
		.len = 3};
	size_t n = 0;

	memset(e.dev, 1, sizeof(e.dev));
	MUST(store_begin(s, &err));
	MUST(store_evidence_add(s, &e, &err));
	MUST(store_evidence_add(s, &e, &err));
	e.kind = STORE_FORKED;
	MUST(store_evidence_add(s, &e, &err));
	MUST(store_commit(s, &err));
	MUST(store_evidence_each(s, see_evidence, &n, &err));
	assert_int_equal(n, 2);
}

static void a_code_is_good_once_and_in_time(struct store *s)
{
	static const uint8_t code[2][CRYPTO_HASH_SIZE] = {{1}, {2}};
	const struct store_device d = device(1);
	char name[STORE_NAME] = "";

	MUST(store_begin(s, &err));
	MUST(store_code_add(s, code[0], "Cẩm Khê", now + 10, &err));
	MUST(store_code_add(s, code[1], "Phú Thọ", now, &err));
	assert_int_equal(store_code_take(s, code[0], now + 10, d.dev, name,
				 &err),
		LOOKUP_ABSENT);
	assert_int_equal(store_code_take(s, code[1], now, d.dev, name, &err),
		LOOKUP_ABSENT);
	assert_int_equal(store_code_take(s, code[0], now, d.dev, name, &err),
		LOOKUP_FOUND);
	assert_string_equal(name, "Cẩm Khê");
	assert_int_equal(store_code_take(s, code[0], now, d.dev, name, &err),
		LOOKUP_ABSENT);
	MUST(store_commit(s, &err));
}

static bool next_device(const struct store_device *d, void *arg)
{
	unsigned *n = arg;

	return d->dev[0] == ++*n;
}

static void everything_is_counted(struct store *s)
{
	struct store_counts c;
	struct store_device d = device(2);
	unsigned n = 0;

	for (unsigned i = 3; i > 0; i--)
		add_device(s, i);
	MUST(store_devices(s, next_device, &n, &err));
	assert_int_equal(n, 3);
	d.last = 12;
	MUST(store_begin(s, &err));
	MUST(store_device_put(s, &d, &err));
	MUST(store_commit(s, &err));
	MUST(store_counts(s, &c, &err));
	assert_int_equal(c.devices, 3);
	assert_int_equal(c.records, 12);
	assert_int_equal(c.evidence, 0);
	assert_int_equal(c.alerts, 0);
}

/* ---- two at once ----------------------------------------------------------------
 */

enum {
	ENTS = 200
};

struct racer {
	const struct place *place;
	unsigned dev;
	size_t doubles;
	bool failed;
};

static void *race(void *arg)
{
	struct racer *r = arg;
	struct err mine = {0};
	struct store *s = store_open(r->place->where, &mine);
	struct store_paid p[20];
	size_t doubles;

	r->failed = !s;
	for (unsigned i = 0; s && i < ENTS && !r->failed; i += 20) {
		for (unsigned k = 0; k < 20; k++) {
			/* One forwards, one backwards. */
			p[k] = payment(r->dev, i + k + 1,
				r->dev == 1 ? k : 19 - k);
			p[k].ent[0] = (uint8_t)i;
		}
		do {
			mine = (struct err){0};
			r->failed =
				!store_begin(s, &mine) ||
				!store_paid(s, p, 20, now, &doubles, &mine) ||
				!store_commit(s, &mine);
			store_rollback(s);
		} while (r->failed && mine.code == ERR_BUSY);
		r->doubles += doubles;
	}
	if (r->failed)
		fprintf(stderr, "%s\n", mine.text);
	store_close(s);
	return NULL;
}

/* Whoever was first: each is paid once, and each second is told. */
static void T59_two_who_pay_the_same_at_once(const struct place *place)
{
	struct racer r[2] = {{place, 1, 0, false}, {place, 2, 0, false}};
	pthread_t thread[2];
	struct store *s;

	for (int i = 0; i < 2; i++)
		assert_int_equal(pthread_create(&thread[i], NULL, race, &r[i]),
			0);
	for (int i = 0; i < 2; i++)
		pthread_join(thread[i], NULL);
	assert_false(r[0].failed || r[1].failed);
	assert_int_equal(r[0].doubles + r[1].doubles, ENTS);
	s = open_at(place);
	assert_int_equal(alerts(s).open, ENTS);
	store_close(s);
}

/* ---- opening -----------------------------------------------------------------------
 */

static void a_file_that_is_no_store_is_refused(void **state)
{
	char path[256];

	(void)state;
	tmpdir_write(here.dir, "text.db", "this is no database, not at all",
		31);
	assert_null(store_open(tmpdir_path(here.dir, "text.db", path,
				       sizeof(path)),
		&err));
	assert_int_equal(err.code, ERR_CORRUPT);
	assert_null(store_open("/nowhere/at/all.db", &err));
	assert_null(store_open("postgresql:///x?host=/nowhere", &err));
	assert_int_equal(err.code, ERR_GONE);
}

/* ---- the rows, on both ---------------------------------------------------------------
 */

static const struct act {
	const char *name;
	void (*run)(struct store *s);
	void (*race)(const struct place *p);
} acts[] = {
	{"a terminal comes back", a_terminal_comes_back, NULL},
	{"a terminal is there once", a_terminal_is_there_once, NULL},
	{"what is rolled back never was", what_is_rolled_back_never_was, NULL},
	{"records come back in their order", records_come_back_in_their_order,
		NULL},
	{"a month that was rolled back", a_month_that_was_rolled_back, NULL},
	{"the key of a record", the_key_of_a_record, NULL},
	{"a checkpoint is one text", a_checkpoint_is_one_text, NULL},
	{"checkpoints of a time in their order",
		checkpoints_of_a_time_in_their_order, NULL},
	{"sealed data stay as they came", sealed_data_stay_as_they_came, NULL},
	{"T60b money paid twice is an alert", T60b_money_paid_twice_is_an_alert,
		NULL},
	{"a VOID of the second settles it", a_void_of_the_second_settles_it,
		NULL},
	{"a VOID of the first lets the second stand",
		a_void_of_the_first_lets_the_second_stand, NULL},
	{"paid, taken back and paid again", paid_taken_back_and_paid_again,
		NULL},
	{"evidence is kept once", evidence_is_kept_once, NULL},
	{"a code is good once and in time", a_code_is_good_once_and_in_time,
		NULL},
	{"everything is counted", everything_is_counted, NULL},
	{"T59 two who pay the same at once", NULL,
		T59_two_who_pay_the_same_at_once},
};

struct row {
	char name[96];
	const struct act *act;
	struct place *place;
};

static struct row rows[2 * COUNT_OF(acts)];

/* A store of its own for each: a file, or a schema. */
static void fresh(struct place *p, unsigned n)
{
	char name[32];

	if (strcmp(p->kind, "sqlite") == 0) {
		snprintf(name, sizeof(name), "%u.db", n);
		tmpdir_path(here.dir, name, p->where, sizeof(p->where));
		return;
	}
	pgserver_schema(&here.pg, n, p->where, sizeof(p->where));
}

static void act_on_a_store(void **state)
{
	static unsigned n;
	const struct row *r = *state;
	struct store *s;

	fresh(r->place, ++n);
	s = open_at(r->place);
	assert_string_equal(store_kind(s), r->place->kind);
	if (r->act->run)
		r->act->run(s);
	store_close(s);
	if (r->act->race)
		r->act->race(r->place);
}

int main(void)
{
	static struct CMUnitTest tests[2 * COUNT_OF(acts) + 1];
	size_t n = 0;
	int failed;

	if (!crypto_start(NULL))
		return 1;
	tmpdir_in_memory();
	tmpdir_make(here.dir, sizeof(here.dir));
	here.place[0].kind = "sqlite";
	here.place[1].kind = "postgresql";
	for (size_t k = 0; k < 2; k++) {
		if (k == 1 && !pgserver_start(&here.pg))
			break;
		for (size_t i = 0; i < COUNT_OF(acts); i++, n++) {
			snprintf(rows[n].name, sizeof(rows[n].name), "%s: %s",
				here.place[k].kind, acts[i].name);
			rows[n].act = &acts[i];
			rows[n].place = &here.place[k];
			tests[n] = (struct CMUnitTest){.name = rows[n].name,
				.test_func = act_on_a_store,
				.initial_state = &rows[n]};
		}
	}
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(a_file_that_is_no_store_is_refused);
	failed = _cmocka_run_group_tests("store", tests, n, NULL, NULL);
	pgserver_stop(&here.pg);
	tmpdir_remove(here.dir);
	return failed;
}
