/* accounts_read.c - accounts that were taken down, and how far they are. */
#include <string.h>

#include "core/str.h"
#include "db/accounts_internal.h"
#include "db/consents.h"
#include "db/db_internal.h"
#include "db/payouts_internal.h"
#include "db/sealed_internal.h"
#include "db/stmt.h"

enum {
	GET,
	NEWEST,
	OLDER,
	NEXT,
	SAME,
	ON_LISTS,
	ANSWERS,
	STEPS,
	ENDED,
	COUNT
};

/*
 * NEWEST, OLDER: of a person; NEXT: the newest of the next person who has
 * one. SAME: the newest of somebody else, which was not ended. STEPS: how far
 * one came; ENDED: cash again, since.
 */
static const char *const sql[COUNT] = {
	[GET] = ("SELECT seq, person, kind, via, whose, names, shared, consent,"
		 " sealed FROM account WHERE seq = :seq"),
	[NEWEST] = "SELECT max(seq) FROM account WHERE person = :person",
	[OLDER] = "SELECT max(seq) FROM account WHERE person = :person"
		  " AND seq < :seq",
	[NEXT] = ("SELECT min(a.seq) FROM account a WHERE a.seq > :seq AND NOT"
		  " EXISTS (SELECT 1 FROM account b WHERE b.person = a.person"
		  " AND b.seq > a.seq)"),
	[SAME] = ("SELECT a.seq, a.person, a.sealed FROM account a"
		  " WHERE a.blind = :blind AND a.person <> :person AND NOT"
		  " EXISTS (SELECT 1 FROM account b WHERE b.person = a.person"
		  "  AND b.seq > a.seq) AND NOT EXISTS (SELECT 1 FROM"
		  "  account_step s WHERE s.person = a.person AND s.step = 8"
		  "  AND s.seq > a.seq) ORDER BY a.seq"),
	[ON_LISTS] = "SELECT id, sealed FROM person WHERE sealed IS NOT NULL"
		     " AND id <> :person ORDER BY id /* scan */",
	[ANSWERS] =
		("SELECT seq, state, sealed FROM account_state"
		 " WHERE person = :person AND seq > :seq ORDER BY seq DESC"),
	[STEPS] = ("SELECT seq, step FROM account_step WHERE account = :seq"
		   " AND step < 8 ORDER BY step DESC, seq DESC LIMIT 1"),
	[ENDED] = ("SELECT coalesce(max(seq), 0) FROM account_step"
		   " WHERE person = :person AND step = 8 AND seq > :seq"),
};

const struct stmt_set accounts_read_stmts = {"accounts_read", sql, COUNT};

/* The texts of a sealed row of account_state: db/answers.c. */
enum {
	ANSWER_BIN,
	ANSWER_NUMBER,
	ANSWER_DATE,
	ANSWER_MESSAGE
};

/* ---- one row ----------------------------------------------------------------- */

static void copy(char *out, size_t size, const struct sealed *s, int which)
{
	str_copy(out, size, s->text[which]);
}

static void fill_texts(const struct sealed *s, struct account_held *a)
{
	const char *number = s->text[ACCOUNTS_NUMBER];

	/* Of a planned or erased one nothing can be checked. */
	if (!number[0] || account_check(s->text[ACCOUNTS_BIN], number,
				  &a->account) != ACCOUNT_FINE) {
		copy(a->account.bin, sizeof(a->account.bin), s, ACCOUNTS_BIN);
		a->account.bank = bank_by_bin(a->account.bin);
	}
	copy(a->holder, sizeof(a->holder), s, ACCOUNTS_HOLDER);
	copy(a->owner, sizeof(a->owner), s, ACCOUNTS_OWNER);
	copy(a->owner_id, sizeof(a->owner_id), s, ACCOUNTS_OWNER_ID);
	copy(a->paper, sizeof(a->paper), s, ACCOUNTS_PAPER);
	copy(a->why, sizeof(a->why), s, ACCOUNTS_WHY);
	if (s->text[ACCOUNTS_RELATION][0])
		a->relation =
			(enum payee_relation)(s->text[ACCOUNTS_RELATION][0] -
					      '0');
	if (!date_parse(s->text[ACCOUNTS_PLANNED], &a->planned_on))
		a->planned_on = (struct date){0};
}

static bool read_row(struct db *db, sqlite3_stmt *st, struct account_held *a,
	struct err *err)
{
	uint8_t plain[SEALED_PLAIN];
	struct sealed s;
	bool ok;

	*a = (struct account_held){.seq = (uint64_t)sqlite3_column_int64(st, 0),
		.person = sqlite3_column_int64(st, 1),
		.kind = (enum account_kind)sqlite3_column_int(st, 2),
		.via = (enum account_via)sqlite3_column_int(st, 3),
		.whose = (enum payee)sqlite3_column_int(st, 4),
		.names = (enum account_names)sqlite3_column_int(st, 5),
		.shared = (enum account_shared)sqlite3_column_int(st, 6),
		.consent = (uint64_t)sqlite3_column_int64(st, 7)};
	ok = sealed_read(db, st, 8, DATAKEY_ACCOUNT, (int64_t)a->seq, plain, &s,
		err);
	if (ok)
		fill_texts(&s, a);
	crypto_wipe(plain, sizeof(plain));
	return ok;
}

/* ---- how far it is ------------------------------------------------------------- */

static bool number_of(struct db *db, sqlite3_stmt *st, uint64_t *out,
	struct err *err)
{
	if (stmt_row(db, st, err) != LOOKUP_FOUND)
		return false;
	*out = (uint64_t)sqlite3_column_int64(st, 0);
	stmt_done(st);
	return true;
}

static void stand(struct account_held *a, enum account_standing standing,
	uint64_t seq)
{
	a->standing = standing;
	a->standing_seq = seq;
}

/* Cash again was said since, or he took back that his money may go there. */
static bool read_end(struct db *db, struct account_held *a, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &accounts_read_stmts, ENDED);
	struct consent_state consent;
	uint64_t seq;

	stmt_int(st, ":person", a->person);
	stmt_int(st, ":seq", (sqlite3_int64)a->seq);
	if (!number_of(db, st, &seq, err) ||
		!consents_of(db, a->person, &consent, err))
		return false;
	if (seq != 0)
		stand(a, ACCOUNT_STANDS_ENDED, seq);
	else if (consent.standing != CONSENT_GIVEN ||
		 !(consent.yes & CONSENT_PAYOUT))
		stand(a, ACCOUNT_STANDS_ENDED, consent.seq);
	return true;
}

/* What we did with it. */
static bool read_steps(struct db *db, struct account_held *a, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &accounts_read_stmts, STEPS);
	enum lookup got;

	stmt_int(st, ":seq", (sqlite3_int64)a->seq);
	got = stmt_row(db, st, err);
	stand(a, ACCOUNT_STANDS_CAPTURED, a->seq);
	if (got != LOOKUP_FOUND)
		return got == LOOKUP_ABSENT;
	stand(a,
		sqlite3_column_int(st, 1) == ACCOUNT_STEP_SENT
			? ACCOUNT_STANDS_SENT
			: ACCOUNT_STANDS_CONFIRMED,
		(uint64_t)sqlite3_column_int64(st, 0));
	stmt_done(st);
	return true;
}

static void answered(struct account_held *a, sqlite3_stmt *st,
	const struct sealed *s)
{
	a->answer = (enum account_answer)sqlite3_column_int(st, 1);
	stand(a,
		a->answer == ACCOUNT_VERIFIED ? ACCOUNT_STANDS_VERIFIED
					      : ACCOUNT_STANDS_REFUSED,
		(uint64_t)sqlite3_column_int64(st, 0));
	copy(a->answer_date, sizeof(a->answer_date), s, ANSWER_DATE);
	copy(a->answer_text, sizeof(a->answer_text), s, ANSWER_MESSAGE);
}

/* The last that the bank said of this very account since. */
static bool read_answer(struct db *db, struct account_held *a, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &accounts_read_stmts, ANSWERS);
	uint8_t plain[SEALED_PLAIN];
	enum lookup got;
	struct sealed s;

	stmt_int(st, ":person", a->person);
	stmt_int(st, ":seq", (sqlite3_int64)a->seq);
	while ((got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		if (!sealed_read(db, st, 2, DATAKEY_ANSWER,
			    sqlite3_column_int64(st, 0), plain, &s, err)) {
			got = LOOKUP_FAILED;
			break;
		}
		if (strcmp(s.text[ANSWER_BIN], a->account.bin) == 0 &&
			strcmp(s.text[ANSWER_NUMBER], a->account.number) == 0) {
			answered(a, st, &s);
			break;
		}
	}
	stmt_done(st);
	return got != LOOKUP_FAILED;
}

static bool read_standing(struct db *db, struct account_held *a,
	struct err *err)
{
	if (a->kind == ACCOUNT_PLANNED) {
		stand(a, ACCOUNT_STANDS_PLANNED, a->seq);
		return read_end(db, a, err);
	}
	return read_steps(db, a, err) &&
	       (!a->account.number[0] || read_answer(db, a, err)) &&
	       read_end(db, a, err);
}

/* ---- asked for ------------------------------------------------------------------ */

/* Who took it down, and when; whose it is. */
static bool read_rest(struct db *db, struct account_held *a, struct err *err)
{
	struct refusal_prior by;
	struct person_due due;
	enum lookup got;

	if (payouts_prior(db, a->seq, &by, err) != LOOKUP_FOUND)
		return false;
	a->t = by.t;
	a->actor = by.actor;
	str_copy(a->actor_name, sizeof(a->actor_name), by.actor_name);
	got = people_get(db, a->person, &due, err);
	if (got == LOOKUP_FOUND)
		str_copy(a->name, sizeof(a->name), due.person.name);
	return got != LOOKUP_FAILED;
}

static enum lookup get_bare(struct db *db, uint64_t seq,
	struct account_held *out, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &accounts_read_stmts, GET);
	enum lookup got;
	bool ok;

	stmt_int(st, ":seq", (sqlite3_int64)seq);
	got = stmt_row(db, st, err);
	if (got != LOOKUP_FOUND)
		return got;
	ok = read_row(db, st, out, err);
	stmt_done(st);
	return ok && read_standing(db, out, err) ? LOOKUP_FOUND : LOOKUP_FAILED;
}

enum lookup accounts_get(struct db *db, uint64_t seq, struct account_held *out,
	struct err *err)
{
	enum lookup got;

	*out = (struct account_held){.seq = 0};
	got = get_bare(db, seq, out, err);
	if (got == LOOKUP_FOUND && !read_rest(db, out, err))
		got = LOOKUP_FAILED;
	return got;
}

static bool newest(struct db *db, int64_t person, uint64_t *seq,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &accounts_read_stmts, NEWEST);

	stmt_int(st, ":person", person);
	return number_of(db, st, seq, err);
}

enum lookup accounts_of(struct db *db, int64_t person, struct account_held *out,
	struct err *err)
{
	uint64_t seq;

	*out = (struct account_held){.seq = 0};
	if (!newest(db, person, &seq, err))
		return LOOKUP_FAILED;
	return seq == 0 ? LOOKUP_ABSENT : accounts_get(db, seq, out, err);
}

bool accounts_history(struct db *db, int64_t person,
	bool (*each)(void *ctx, const struct account_held *a), void *ctx,
	struct err *err)
{
	uint64_t seq;

	if (!newest(db, person, &seq, err))
		return false;
	while (seq != 0) {
		struct account_held a;
		sqlite3_stmt *st;

		if (accounts_get(db, seq, &a, err) != LOOKUP_FOUND)
			return false;
		if (!each(ctx, &a))
			return true;
		st = stmt_get(db, &accounts_read_stmts, OLDER);
		stmt_int(st, ":person", person);
		stmt_int(st, ":seq", (sqlite3_int64)seq);
		if (!number_of(db, st, &seq, err))
			return false;
	}
	return true;
}

bool accounts_each(struct db *db,
	bool (*each)(void *ctx, const struct account_held *a), void *ctx,
	struct err *err)
{
	uint64_t seq = 0;

	for (;;) {
		sqlite3_stmt *st = stmt_get(db, &accounts_read_stmts, NEXT);
		struct account_held a;

		stmt_int(st, ":seq", (sqlite3_int64)seq);
		if (!number_of(db, st, &seq, err))
			return false;
		if (seq == 0)
			return true;
		if (accounts_get(db, seq, &a, err) != LOOKUP_FOUND)
			return false;
		if (!each(ctx, &a))
			return true;
	}
}

/* For the check screen: seldom more than one row to open. */
bool accounts_read(struct db *db, struct person_due *due, struct err *err)
{
	struct account_held a;
	uint64_t seq;

	if (!newest(db, due->person.id, &seq, err))
		return false;
	if (seq == 0)
		return true;
	if (get_bare(db, seq, &a, err) != LOOKUP_FOUND)
		return false;
	due->account.standing = (int)a.standing;
	due->account.answer = (int)a.answer;
	return true;
}

/* ---- the same account with somebody else ------------------------------------------ */

struct others {
	struct account_other *out;
	int max;
	int count;
	char id12[PERSONID_SIZE]; /* whoever asks; the same man in two units
				     is nobody else */
};

static bool is_there(const struct others *o, int64_t person)
{
	for (int i = 0; i < o->count && i < o->max; i++)
		if (o->out[i].person == person)
			return true;
	return false;
}

static bool add_other(struct db *db, struct others *o, int64_t person,
	bool on_list, struct err *err)
{
	struct account_other *to;
	struct person_due due;
	size_t len;

	if (is_there(o, person))
		return true;
	switch (people_get(db, person, &due, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_ABSENT:
		return true;
	case LOOKUP_FOUND:
		break;
	}
	if (o->id12[0] && strcmp(due.person.id12, o->id12) == 0)
		return true;
	if (o->count++ >= o->max)
		return true;
	to = &o->out[o->count - 1];
	*to = (struct account_other){.person = person, .on_list = on_list};
	str_copy(to->name, sizeof(to->name), due.person.name);
	len = strlen(due.person.id12);
	if (len >= 4)
		str_copy(to->last4, sizeof(to->last4),
			due.person.id12 + len - 4);
	return true;
}

/* Rows with the blind; numbers are compared, since two may have one. */
static bool taken_down(struct db *db, int64_t person, const char *key,
	struct others *o, struct err *err)
{
	enum {
		MOST = 64
	};
	int64_t found[MOST];
	uint8_t plain[SEALED_PLAIN];
	sqlite3_stmt *st = stmt_get(db, &accounts_read_stmts, SAME);
	struct sealed s;
	char theirs[ACCOUNTS_KEY_SIZE];
	enum lookup got = LOOKUP_ABSENT;
	int n = 0;

	stmt_int(st, ":blind", datakey_blind(db, DATAKEY_ACCOUNT_NO, key));
	stmt_int(st, ":person", person);
	while (n < MOST && (got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		if (!sealed_read(db, st, 2, DATAKEY_ACCOUNT,
			    sqlite3_column_int64(st, 0), plain, &s, err)) {
			got = LOOKUP_FAILED;
			break;
		}
		if (strcmp(accounts_key(s.text[ACCOUNTS_BIN],
				   s.text[ACCOUNTS_NUMBER], theirs),
			    key) == 0)
			found[n++] = sqlite3_column_int64(st, 1);
	}
	stmt_done(st);
	for (int i = 0; i < n && got != LOOKUP_FAILED; i++)
		if (!add_other(db, o, found[i], false, err))
			got = LOOKUP_FAILED;
	return got != LOOKUP_FAILED;
}

/* Without a bank on the list the number alone is enough to look at. */
static bool on_lists(struct db *db, int64_t person, const char *bin,
	const char *number, struct others *o, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &accounts_read_stmts, ON_LISTS);
	uint8_t plain[SEALED_PLAIN];
	enum lookup got;
	struct sealed s;

	stmt_int(st, ":person", person);
	while ((got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		const int64_t id = sqlite3_column_int64(st, 0);

		if (!sealed_read(db, st, 1, DATAKEY_PERSON, id, plain, &s, err))
			break;
		if (strcmp(s.text[SEALED_ACCOUNT_NO], number) == 0 &&
			(!s.text[SEALED_ACCOUNT_BIN][0] ||
				strcmp(s.text[SEALED_ACCOUNT_BIN], bin) == 0) &&
			!add_other(db, o, id, true, err))
			break;
	}
	stmt_done(st);
	crypto_wipe(plain, sizeof(plain));
	return got == LOOKUP_ABSENT;
}

bool accounts_others(struct db *db, int64_t person, const char *bin,
	const char *number, struct account_other *out, int max, int *count,
	struct err *err)
{
	struct others o = {.out = out, .max = max};
	char key[ACCOUNTS_KEY_SIZE];
	struct person_due due;
	bool ok;

	*count = 0;
	if (!datakey_needed(db, err))
		return false;
	switch (people_get(db, person, &due, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_FOUND:
		str_copy(o.id12, sizeof(o.id12), due.person.id12);
		break;
	case LOOKUP_ABSENT:
		break;
	}
	accounts_key(bin, number, key);
	ok = taken_down(db, person, key, &o, err) &&
	     on_lists(db, person, bin, number, &o, err);
	*count = o.count;
	return ok;
}
