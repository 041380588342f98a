/*
 * What goes down to terminals, and the centre's keys: the same rows of tests
 * on SQLite and on PostgreSQL.
 */
#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/crypto.h"
#include "db/centre/outlist.h"
#include "db/centre/roll.h"
#include "support/pgserver.h"
#include "support/tmpdir.h"

static const uint64_t now = UINT64_C(1795000000000);
static const char list[] = "STT;Họ và tên;Số tiền\n1;NGUYỄN VĂN AN;600000\n";

struct place {
	const char *kind;
	char where[PGSERVER_URL];
};

/* A centre with two terminals. */
struct world {
	struct store *s;
	const struct place *place;
	char dir[160];
	struct centre_home h;
	struct crypto_pair key[2];
	struct store_device d[2];
};

static struct {
	char dir[128];
	struct pgserver pg;
	struct place place[2];
	struct world w;
} here;

static struct err err;

#define MUST(call)                                           \
	do {                                                 \
		if (!(call))                                 \
			fail_msg("%s: %s", #call, err.text); \
	} while (0)

/* ---- helpers ------------------------------------------------------------------
 */

static bool put_of(struct world *w, const struct parcels_new *n,
	struct parcel *p)
{
	const bool ok = store_begin(w->s, &err) &&
			parcels_put(w->s, &w->h.sign, n, p, &err) &&
			store_commit(w->s, &err);

	if (!ok)
		store_rollback(w->s);
	return ok;
}

static struct parcel put_list(struct world *w, int terminal, const char *text)
{
	struct parcel p;

	MUST(put_of(w,
		&(struct parcels_new){.kind = PARCEL_LIST,
			.to = &w->d[terminal],
			.content = text,
			.len = strlen(text),
			.now = now},
		&p));
	return p;
}

static struct parcel put_text(struct world *w, const char *text)
{
	struct parcel p;

	MUST(put_of(w,
		&(struct parcels_new){.kind = PARCEL_TEXT,
			.content = text,
			.len = strlen(text),
			.now = now},
		&p));
	return p;
}

/* What terminal t is offered who has these. */
static struct manifest *offer(struct world *w, int t,
	const struct manifest_have *have, size_t haves)
{
	static struct parcels_rolls rolls;
	static struct manifest m;
	struct manifest_request r = {.haves = haves};

	memcpy(r.have, have, haves * sizeof(*have));
	MUST(parcels_offer(w->s, w->d[t].dev, &r, &m, &rolls, &err));
	return &m;
}

static void roll(struct world *w, uint64_t wanted)
{
	uint64_t number;

	MUST(centre_roll(w->s, &w->h, now, &number, &err));
	assert_int_equal(number, wanted);
}

static enum centre_fault check(struct world *w, bool mend)
{
	struct centre_found f;

	MUST(centre_check(w->s, &w->h, mend, &f, &err));
	return f.fault;
}

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

static void add_terminal(struct world *w, int n)
{
	struct store_device *d = &w->d[n];

	crypto_pair_new(&w->key[n]);
	*d = (struct store_device){.state = STORE_ACTIVE, .enrolled = now};
	memset(d->dev, n + 1, sizeof(d->dev));
	memcpy(d->pk, w->key[n].public, sizeof(d->pk));
	snprintf(d->name, sizeof(d->name), "Bưu cục số %d", n);
	MUST(store_begin(w->s, &err));
	MUST(store_device_add(w->s, d, &err));
	MUST(store_commit(w->s, &err));
}

/* ---- putting in, giving out -----------------------------------------------------
 */

static void a_list_is_for_one_and_sealed_to_it(struct world *w)
{
	const struct parcel p = put_list(w, 0, list);
	static uint8_t content[1024];
	char plain[sizeof(list)];

	assert_false(p.for_all);
	assert_int_equal(p.version, 1);
	assert_true(parcel_is_signed(&p, w->h.sign.public));
	assert_int_equal(p.len, strlen(list) + CRYPTO_SEAL_EXTRA);
	MUST(parcels_content(w->s, &p, content, &err));
	assert_null(memmem(content, (size_t)p.len, "NGUY", 4));
	assert_true(crypto_seal_open_signer(content, (size_t)p.len,
		w->key[0].secret, plain));
	assert_memory_equal(plain, list, strlen(list));
	assert_false(crypto_seal_open_signer(content, (size_t)p.len,
		w->key[1].secret, plain));
}

static void versions_of_each_terminal_follow_one_another(struct world *w)
{
	assert_int_equal(put_list(w, 0, list).version, 1);
	assert_int_equal(put_list(w, 0, list).version, 2);
	assert_int_equal(put_list(w, 1, list).version, 1);
	assert_int_equal(put_list(w, 0, list).version, 3);
}

/* What cannot be put in like that. */
static const struct {
	uint64_t kind;
	bool to;
	uint64_t version;
} wrong[] = {
	{PARCEL_LIST, false, 0},   /* to nobody */
	{PARCEL_TEXT, true, 0},    /* to one */
	{PARCEL_ROLL, false, 0},   /* by itself */
	{PARCEL_KINDS, false, 0},  /* unknown */
	{PARCEL_REVLIST, true, 2}, /* to one */
	{PARCEL_LIST, true, 7},    /* not the next */
	{PARCEL_USERS, false, 0},  /* to nobody */
};

static void what_is_put_in_wrongly_is_refused(struct world *w)
{
	struct parcel p;

	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		assert_false(put_of(w,
			&(struct parcels_new){.kind = wrong[i].kind,
				.to = wrong[i].to ? &w->d[0] : NULL,
				.content = "x",
				.len = 1,
				.version = wrong[i].version,
				.now = now},
			&p));
		assert_int_equal(err.code, ERR_INVALID);
	}
}

/* Of those the newest counts, and each terminal has versions of its own. */
static void of_users_the_newest_is_offered_to_whom_they_are_for(struct world *w)
{
	static const struct manifest_have none[] = {{PARCEL_USERS, 0}};
	static const struct manifest_have first[] = {{PARCEL_USERS, 1}};
	static const struct manifest_have newest[] = {{PARCEL_USERS, 2}};
	static const struct manifest_have ahead[] = {{PARCEL_USERS, 5}};
	struct parcels_new n = {.kind = PARCEL_USERS,
		.to = &w->d[0],
		.content = list,
		.len = strlen(list),
		.now = now};
	const struct manifest *m;
	struct parcel p;

	for (uint64_t v = 1; v <= 2; v++) {
		MUST(put_of(w, &n, &p));
		assert_int_equal(p.version, v);
		assert_int_equal(p.len, strlen(list) + CRYPTO_SEAL_EXTRA);
	}
	m = offer(w, 0, none, 1);
	assert_int_equal(m->items, 1);
	assert_int_equal(m->item[0].version, 2);
	assert_int_equal(offer(w, 0, first, 1)->items, 1);
	assert_int_equal(offer(w, 0, newest, 1)->items, 0);
	assert_int_equal(offer(w, 1, none, 1)->items, 0);
	/* It has more than the store, which is older: the next is newer. */
	assert_int_equal(offer(w, 0, ahead, 1)->items, 0);
	MUST(put_of(w, &n, &p));
	assert_int_equal(p.version, 6);
	assert_int_equal(offer(w, 0, ahead, 1)->items, 1);
	n.version = 6;
	assert_false(put_of(w, &n, &p));
	assert_int_equal(err.code, ERR_INVALID);
}

static void a_content_of_many_pieces_comes_back(struct world *w)
{
	const size_t len = 5 * STORE_PIECE + 17;
	uint8_t *content = malloc(len);
	uint8_t *back = malloc(len);
	struct parcel p;

	assert_true(content && back);
	for (size_t i = 0; i < len; i++)
		content[i] = (uint8_t)(i * 7 + i / STORE_PIECE);
	MUST(put_of(w,
		&(struct parcels_new){.kind = PARCEL_TEXT,
			.content = content,
			.len = len,
			.now = now},
		&p));
	MUST(parcels_content(w->s, &p, back, &err));
	assert_memory_equal(back, content, len);
	free(content);
	free(back);
}

static void a_terminal_is_offered_its_own_and_what_is_for_all(struct world *w)
{
	static const struct manifest_have none[] = {{PARCEL_ROLL, 0},
		{PARCEL_REVLIST, 0}, {PARCEL_TEXT, 0}, {PARCEL_LIST, 0}};
	static const struct manifest_have some[] = {{PARCEL_LIST, 1}};
	const struct manifest *m;

	put_list(w, 0, list);
	put_list(w, 0, list);
	put_list(w, 1, list);
	put_text(w, "# id: consent\n");
	m = offer(w, 0, none, COUNT_OF(none));
	assert_int_equal(m->items, 3);
	assert_int_equal(m->item[0].kind, PARCEL_TEXT);
	assert_int_equal(m->item[1].version, 1);
	assert_int_equal(m->item[2].version, 2);
	/* Of a kind that it does not name it knows nothing. */
	m = offer(w, 0, some, COUNT_OF(some));
	assert_int_equal(m->items, 1);
	assert_int_equal(m->item[0].kind, PARCEL_LIST);
	assert_int_equal(m->item[0].version, 2);
	m = offer(w, 1, none, COUNT_OF(none));
	assert_int_equal(m->items, 2);
}

/* It has lists that a store from an older backup knows nothing of. */
static void T58_versions_go_on_behind_what_a_terminal_has(struct world *w)
{
	static const struct manifest_have ahead[] = {{PARCEL_TEXT, 9},
		{PARCEL_LIST, 5}};
	static const struct manifest_have mad[] = {{PARCEL_LIST, INT64_MAX}};

	put_list(w, 0, list);
	assert_int_equal(offer(w, 0, ahead, 2)->items, 0);
	assert_int_equal(put_list(w, 0, list).version, 6);
	assert_int_equal(offer(w, 0, ahead, 2)->items, 1);
	/* Nobody else is moved by it, nor what is for all. */
	assert_int_equal(put_list(w, 1, list).version, 1);
	assert_int_equal(put_text(w, "# id: consent\n").version, 1);
	assert_int_equal(offer(w, 1, mad, 1)->items, 0);
	assert_int_equal(put_list(w, 1, list).version, 2);
}

static void a_file_on_a_stick_is_the_parcel(struct world *w)
{
	const struct parcel p = put_list(w, 0, list);
	char path[CENTRE_PATH];
	static uint8_t bytes[4096];
	const uint8_t *content;
	struct parcel back;
	FILE *f;
	size_t len;

	MUST(parcels_write(w->s, &p, w->dir, path, &err));
	assert_non_null(strstr(path, "/chitra-list-01010101-1.parcel"));
	f = fopen(path, "rb");
	assert_non_null(f);
	len = fread(bytes, 1, sizeof(bytes), f);
	fclose(f);
	assert_true(parcel_read(bytes, len, &back, &content));
	assert_true(parcel_is_signed(&back, w->h.sign.public));
	assert_false(parcels_write(w->s, &p, "/nowhere", path, &err));
	assert_int_equal(err.code, ERR_IO);
}

/* ---- who is out -----------------------------------------------------------------
 */

static void T67_each_list_has_all_of_the_one_before(struct world *w)
{
	const struct outlist_user out[2] = {{.number = 7, .any_key = true},
		{.number = 12}};
	static const struct manifest_have have[] = {{PARCEL_REVLIST, 1}};
	const struct manifest *m;
	static char text[4096];
	struct parcel p;

	MUST(outlist_add(w->s, &w->h.sign, NULL, 0, now, &p, &err));
	assert_int_equal(p.version, 0);
	MUST(outlist_add(w->s, &w->h.sign, out, 1, now, &p, &err));
	assert_int_equal(p.version, 1);
	MUST(outlist_add(w->s, &w->h.sign, out + 1, 1, now + 5, &p, &err));
	assert_int_equal(p.version, 2);
	MUST(parcels_content(w->s, &p, text, &err));
	text[p.len] = '\0';
	assert_non_null(strstr(text, "CHITRA-REVLIST v1\nversion 2\nissued "
				     "1795000000005\nuser 7 - 1795000000000\n"
				     "user 12 00000000"));
	/* Only the newest of them is offered. */
	MUST(outlist_add(w->s, &w->h.sign, NULL, 0, now + 9, &p, &err));
	m = offer(w, 0, have, COUNT_OF(have));
	assert_int_equal(m->items, 1);
	assert_int_equal(m->item[0].version, 3);
}

/* ---- the keys ---------------------------------------------------------------------
 */

static void a_roll_is_signed_by_the_key_before(struct world *w)
{
	static const struct manifest_have none[] = {{PARCEL_ROLL, 0}};
	static const struct manifest_have one[] = {{PARCEL_ROLL, 1}};
	uint8_t key[3][CRYPTO_PUBLIC_SIZE];
	const struct manifest *m;
	const uint8_t *content;
	struct parcel_roll r;
	struct parcel p;

	memcpy(key[0], w->h.sign.public, sizeof(key[0]));
	roll(w, 1);
	memcpy(key[1], w->h.sign.public, sizeof(key[1]));
	roll(w, 2);
	memcpy(key[2], w->h.sign.public, sizeof(key[2]));
	assert_memory_not_equal(key[0], key[1], sizeof(key[0]));
	m = offer(w, 0, none, 1);
	assert_int_equal(m->rolls, 2);
	for (size_t i = 0; i < 2; i++) {
		assert_true(parcel_read(m->roll[i].at, m->roll[i].len, &p,
			&content));
		assert_true(parcel_is_signed(&p, key[i]));
		assert_true(parcel_roll_read(content, (size_t)p.len, &r));
		assert_int_equal(r.number, i + 1);
		assert_memory_equal(r.public, key[i + 1], sizeof(r.public));
	}
	m = offer(w, 0, one, 1);
	assert_int_equal(m->rolls, 1);
	assert_int_equal(check(w, false), CENTRE_FINE);
}

static void
what_was_put_in_before_a_roll_goes_out_under_the_new_key(struct world *w)
{
	struct parcel p;

	put_list(w, 0, list);
	roll(w, 1);
	assert_int_equal(parcels_head(w->s, &w->h.sign, w->d[0].dev,
				 PARCEL_LIST, 1, &p, &err),
		LOOKUP_FOUND);
	assert_true(parcel_is_signed(&p, w->h.sign.public));
	/* The roll itself keeps the signature of the key before it. */
	assert_int_equal(parcels_head(w->s, &w->h.sign, w->d[0].dev,
				 PARCEL_ROLL, 1, &p, &err),
		LOOKUP_FOUND);
	assert_false(parcel_is_signed(&p, w->h.sign.public));
	assert_int_equal(parcels_head(w->s, &w->h.sign, w->d[0].dev,
				 PARCEL_LIST, 2, &p, &err),
		LOOKUP_ABSENT);
}

static void the_new_key_is_there_after_opening_anew(struct world *w)
{
	static struct centre_home again;
	char text[2048];
	size_t len;

	roll(w, 1);
	MUST(centre_home_open(w->dir, &again, &err));
	assert_memory_equal(again.sign.public, w->h.sign.public,
		sizeof(again.sign.public));
	/* Public are all that there ever were. */
	MUST(centre_home_get(&again, "centre.pub", text, sizeof(text), &len,
		&err));
	assert_non_null(strstr(text, "seal "));
	assert_non_null(strstr(strstr(text, "seal "), "centre centre-1 "));
}

/* Killed behind each step; the next call ends it, with the same number. */
static void a_roll_that_was_killed_is_ended(struct world *w)
{
	struct crypto_pair next;
	uint8_t old[CRYPTO_PUBLIC_SIZE];
	static struct centre_home before;

	memcpy(old, w->h.sign.public, sizeof(old));
	/* Behind the file of the key. */
	MUST(centre_home_make_next(&w->h, &next, &err));
	assert_int_equal(check(w, false), CENTRE_ROLL_BEGUN);
	roll(w, 1);
	assert_memory_equal(w->h.sign.public, next.public, sizeof(old));
	assert_int_equal(check(w, false), CENTRE_FINE);
	/* Behind the commit: centre.key is the old one still. */
	before = w->h;
	roll(w, 2);
	memcpy(old, w->h.sign.public, sizeof(old));
	{
		char hex[2 * CRYPTO_SEED_SIZE + 2];
		const struct crypto_pair new = w->h.sign;

		for (int i = 0; i < CRYPTO_SEED_SIZE; i++)
			snprintf(hex + 2 * i, 3, "%02x", new.secret[i]);
		MUST(centre_home_roll(&w->h, &before.sign, &err));
		MUST(centre_home_put(&w->h, "centre.next", hex,
			2 * CRYPTO_SEED_SIZE, 0600, &err));
	}
	assert_int_equal(check(w, false), CENTRE_ROLL_BEGUN);
	roll(w, 2);
	assert_memory_equal(w->h.sign.public, old, sizeof(old));
	assert_int_equal(check(w, false), CENTRE_FINE);
}

static void an_older_copy_of_the_key_is_found(struct world *w)
{
	const struct crypto_pair old = w->h.sign;
	uint64_t number;

	roll(w, 1);
	MUST(centre_home_roll(&w->h, &old, &err));
	assert_int_equal(check(w, false), CENTRE_KEY_OLD);
	/* And nothing is rolled from there: there would be two. */
	assert_false(centre_roll(w->s, &w->h, now, &number, &err));
	assert_int_equal(err.code, ERR_INVALID);
}

/* A store of before the rolls, beside keys of after them. */
static void T58_an_older_copy_of_the_store_is_mended(struct world *w)
{
	static const struct manifest_have none[] = {{PARCEL_ROLL, 0}};
	struct place older = {.kind = w->place->kind};

	roll(w, 1);
	roll(w, 2);
	store_close(w->s);
	fresh(&older, 1000);
	w->s = store_open(older.where, &err);
	assert_non_null(w->s);
	add_terminal(w, 0);
	assert_int_equal(check(w, false), CENTRE_STORE_OLD);
	assert_int_equal(check(w, true), CENTRE_FINE);
	assert_int_equal(offer(w, 0, none, 1)->rolls, 2);
	roll(w, 3);
	assert_int_equal(check(w, false), CENTRE_FINE);
}

static void the_key_of_another_centre_is_found(struct world *w)
{
	struct crypto_pair other;

	roll(w, 1);
	crypto_pair_new(&other);
	w->h.sign = other;
	assert_int_equal(check(w, false), CENTRE_ROLL_LOST);
}

/* ---- the rows, on both ---------------------------------------------------------------
 */

static const struct act {
	const char *name;
	void (*run)(struct world *w);
} acts[] = {
	{"a list is for one and sealed to it",
		a_list_is_for_one_and_sealed_to_it},
	{"versions of each terminal follow one another",
		versions_of_each_terminal_follow_one_another},
	{"what is put in wrongly is refused",
		what_is_put_in_wrongly_is_refused},
	{"a content of many pieces comes back",
		a_content_of_many_pieces_comes_back},
	{"of users the newest is offered to whom they are for",
		of_users_the_newest_is_offered_to_whom_they_are_for},
	{"a terminal is offered its own and what is for all",
		a_terminal_is_offered_its_own_and_what_is_for_all},
	{"T58 versions go on behind what a terminal has",
		T58_versions_go_on_behind_what_a_terminal_has},
	{"a file on a stick is the parcel", a_file_on_a_stick_is_the_parcel},
	{"T67 each list has all of the one before",
		T67_each_list_has_all_of_the_one_before},
	{"a roll is signed by the key before",
		a_roll_is_signed_by_the_key_before},
	{"what was put in before a roll goes out under the new key",
		what_was_put_in_before_a_roll_goes_out_under_the_new_key},
	{"the new key is there after opening anew",
		the_new_key_is_there_after_opening_anew},
	{"a roll that was killed is ended", a_roll_that_was_killed_is_ended},
	{"an older copy of the key is found",
		an_older_copy_of_the_key_is_found},
	{"T58 an older copy of the store is mended",
		T58_an_older_copy_of_the_store_is_mended},
	{"the key of another centre is found",
		the_key_of_another_centre_is_found},
};

struct row {
	char name[128];
	const struct act *act;
	struct place *place;
};

static struct row rows[2 * COUNT_OF(acts)];

static void act_on_a_store(void **state)
{
	static const char *const host[] = {"localhost"};
	static unsigned n;
	const struct row *r = *state;
	struct world *w = &here.w;

	memset(w, 0, sizeof(*w));
	err = (struct err){0};
	fresh(r->place, ++n);
	w->place = r->place;
	snprintf(w->dir, sizeof(w->dir), "%s/home%u", here.dir, n);
	MUST(centre_home_make(w->dir, "centre-1", host, 1, &w->h, &err));
	w->s = store_open(r->place->where, &err);
	assert_non_null(w->s);
	add_terminal(w, 0);
	add_terminal(w, 1);
	r->act->run(w);
	store_close(w->s);
}

int main(void)
{
	static struct CMUnitTest tests[2 * COUNT_OF(acts)];
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
	failed = _cmocka_run_group_tests("parcels", tests, n, NULL, NULL);
	pgserver_stop(&here.pg);
	tmpdir_remove(here.dir);
	return failed;
}
