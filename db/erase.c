#include "db/erase_internal.h"

#include <stdio.h>
#include <string.h>

#include "db/db_internal.h"
#include "db/journal_internal.h"
#include "db/people.h"
#include "db/people_internal.h"
#include "db/record_internal.h"
#include "db/roles_internal.h"
#include "db/sealed_internal.h"
#include "db/stmt.h"
#include "db/unsealed_internal.h"
#include "db/visits_internal.h"

enum {
	BY_ID12,
	OPEN_OF,
	PERSON,
	PAYOUT,
	CHANGE,
	ANSWER,
	NOT_PAID,
	REVIEW,
	CONSENT,
	REQUEST,
	ACCOUNT,
	PD,
	PD_OF,
	PAID_SEQS,
	EVERYBODY,
	COUNTS,
	COUNT
};

/*
 * PD: of records that tables tell of, which is how rows of an older store are
 * known, too. PAID_SEQS: PAYs before which a REVIEW of his may stand.
 */
static const char *const sql[COUNT] = {
	[BY_ID12] = "SELECT id FROM person WHERE id12 = :id12 ORDER BY id",
	[OPEN_OF] = "SELECT 1 FROM payout WHERE person = :person"
		    " AND state = 1",
	[PERSON] = "UPDATE person SET code = NULL, id12 = NULL, old_id = NULL,"
		   " sealed = NULL WHERE id = :person",
	[PAYOUT] = "UPDATE payout SET payee = x'' WHERE person = :person",
	[CHANGE] = "UPDATE change SET sealed = x'' WHERE person = :person",
	[ANSWER] =
		"UPDATE account_state SET sealed = x'' WHERE person = :person",
	[NOT_PAID] = "UPDATE not_paid SET sealed = x'' WHERE person = :person",
	[REVIEW] = "UPDATE review SET sealed = x'' WHERE person = :person"
		   " /* scan */",
	[CONSENT] = "UPDATE consent SET sealed = x'' WHERE person = :person",
	[REQUEST] = "UPDATE request SET sealed = x'' WHERE person = :person",
	[ACCOUNT] = "UPDATE account SET blind = NULL, sealed = x''"
		    " WHERE person = :person",
	[PD] = "DELETE FROM pd WHERE person = :person OR seq IN ("
	       "SELECT seq FROM payout WHERE person = :person"
	       " UNION SELECT seq FROM change WHERE person = :person"
	       " UNION SELECT seq FROM account_state WHERE person = :person"
	       " UNION SELECT seq FROM not_paid WHERE person = :person)"
	       " /* scan */",
	[PD_OF] = "DELETE FROM pd WHERE seq = :seq",
	[PAID_SEQS] = "SELECT p.seq - 1 FROM payout p JOIN pd d"
		      " ON d.seq = p.seq - 1 WHERE p.person = :person"
		      " AND d.person IS NULL",
	[EVERYBODY] = "SELECT id FROM person /* scan */",
	[COUNTS] =
		"SELECT (SELECT count(*) FROM person),"
		" (SELECT count(*) FROM person WHERE sealed IS NULL AND NOT"
		"  EXISTS (SELECT 1 FROM unsealed WHERE what > 0)),"
		" (SELECT count(*) FROM payout),"
		" (SELECT count(*) FROM account_state),"
		" (SELECT count(*) FROM list),"
		" (SELECT coalesce(max(imported_at), 0) FROM list) /* scan */",
};

const struct stmt_set erase_stmts = {"erase", sql, COUNT};

enum {
	MAX_SAME = 8 /* units that know one person */
};

static const char *const reasons[ERASE_REASONS] = {
	[ERASE_NO_REASON] = "none",
	[ERASE_REQUEST] = "request",
	[ERASE_ORDER] = "order",
	[ERASE_ERROR] = "error",
	[ERASE_OVER] = "over",
};

const char *erase_reason_name(enum erase_reason r)
{
	return reasons[r];
}

bool erase_reason_parse(const char *name, enum erase_reason *out)
{
	for (int r = ERASE_NO_REASON + 1; r < ERASE_REASONS; r++)
		if (strcmp(name, reasons[r]) == 0) {
			*out = (enum erase_reason)r;
			return true;
		}
	return false;
}

static bool run(struct db *db, int index, int64_t person, int64_t *changed,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &erase_stmts, index);

	stmt_int(st, ":person", person);
	if (!stmt_run(db, st, err))
		return false;
	if (changed)
		*changed += sqlite3_changes64(db->handle);
	return true;
}

static bool is_review(struct db *db, uint64_t seq, bool *yes, struct err *err)
{
	struct journal_row row;
	struct record r;
	const char *finding;

	*yes = false;
	switch (journal_row(db, seq, &row, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_ABSENT:
		return true;
	case LOOKUP_FOUND:
		break;
	}
	*yes = record_decode(row.body, row.len, &r, &finding) &&
	       r.kind == JOURNAL_REVIEW;
	return true;
}

/* In an older store nothing but its place says whose a REVIEW is: it stands
 * before his PAY. */
static bool erase_reviews(struct db *db, int64_t person, int64_t *records,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &erase_stmts, PAID_SEQS);
	enum lookup got = LOOKUP_ABSENT;
	bool ok = true;

	stmt_int(st, ":person", person);
	while (ok && (got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		const int64_t seq = sqlite3_column_int64(st, 0);
		sqlite3_stmt *gone;
		bool review;

		ok = is_review(db, (uint64_t)seq, &review, err);
		if (!ok || !review)
			continue;
		gone = stmt_get(db, &erase_stmts, PD_OF);
		stmt_int(gone, ":seq", seq);
		ok = stmt_run(db, gone, err);
		*records += 1;
	}
	if (!ok)
		stmt_done(st);
	return ok && got == LOOKUP_ABSENT;
}

/* CONFIG: rsum over a line that names nobody. */
static bool note(struct db *db, const struct session *s, int64_t person,
	enum erase_reason reason, uint64_t *seq, struct err *err)
{
	char line[64];
	uint8_t sum[CRYPTO_HASH_SIZE];
	const struct journal_entry entry = {.kind = JOURNAL_CONFIG,
		.actor = s->user.number,
		.rsum = sum};
	struct journal_done done;

	snprintf(line, sizeof(line), "erase %lld %s\n", (long long)person,
		reasons[reason]);
	crypto_sha256(line, strlen(line), sum);
	if (!journal_append(db, &entry, &done, err))
		return false;
	*seq = done.seq;
	return true;
}

static bool wipe(struct db *db, int64_t person, struct erase_done *out,
	struct err *err)
{
	out->people++;
	return erase_reviews(db, person, &out->records, err) &&
	       run(db, PD, person, &out->records, err) &&
	       run(db, PAYOUT, person, NULL, err) &&
	       run(db, CHANGE, person, NULL, err) &&
	       run(db, ANSWER, person, NULL, err) &&
	       run(db, NOT_PAID, person, NULL, err) &&
	       run(db, REVIEW, person, NULL, err) &&
	       run(db, CONSENT, person, NULL, err) &&
	       run(db, REQUEST, person, NULL, err) &&
	       run(db, ACCOUNT, person, NULL, err) &&
	       visits_erase(db, person, err) &&
	       run(db, PERSON, person, NULL, err);
}

static bool erase_one(struct db *db, const struct session *s, int64_t person,
	enum erase_reason reason, struct erase_done *out, struct err *err)
{
	return wipe(db, person, out, err) &&
	       note(db, s, person, reason, &out->seq, err);
}

static bool is_line_of(int64_t person, const uint8_t rsum[CRYPTO_HASH_SIZE])
{
	uint8_t sum[CRYPTO_HASH_SIZE];
	char line[64];

	for (int r = ERASE_NO_REASON + 1; r < ERASE_REASONS; r++) {
		snprintf(line, sizeof(line), "erase %lld %s\n",
			(long long)person, reasons[r]);
		crypto_sha256(line, strlen(line), sum);
		if (memcmp(sum, rsum, sizeof(sum)) == 0)
			return true;
	}
	return false;
}

bool erase_again(struct db *db, const uint8_t rsum[CRYPTO_HASH_SIZE],
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &erase_stmts, EVERYBODY);
	struct erase_done done = {0};
	int64_t person = 0;
	enum lookup got;

	while ((got = stmt_row(db, st, err)) == LOOKUP_FOUND)
		if (is_line_of(sqlite3_column_int64(st, 0), rsum))
			person = sqlite3_column_int64(st, 0);
	if (got == LOOKUP_FAILED)
		return false;
	return person == 0 ||
	       (wipe(db, person, &done, err) && unsealed_note(db, err));
}

/* Nothing is on its way to him, and nothing is left that he could get. */
static enum erase_outcome may_go(struct db *db, int64_t person, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &erase_stmts, OPEN_OF);
	struct person_due due;
	enum lookup got;

	stmt_int(st, ":person", person);
	got = stmt_row(db, st, err);
	stmt_done(st);
	if (got == LOOKUP_FAILED ||
		people_get(db, person, &due, err) != LOOKUP_FOUND)
		return ERASE_FAILED;
	return got == LOOKUP_FOUND || due.due > 0 ? ERASE_DUE : ERASE_DONE;
}

static int ids_of(struct db *db, const char *id12, int64_t id[MAX_SAME],
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &erase_stmts, BY_ID12);
	enum lookup got = LOOKUP_ABSENT;
	int n = 0;

	stmt_int(st, ":id12", datakey_blind(db, DATAKEY_ID12, id12));
	while (n < MAX_SAME && (got = stmt_row(db, st, err)) == LOOKUP_FOUND)
		id[n++] = sqlite3_column_int64(st, 0);
	stmt_done(st);
	return got == LOOKUP_FAILED ? -1 : n;
}

static enum erase_outcome erase_all(struct db *db, const struct session *s,
	const char *id12, enum erase_reason reason, struct erase_done *out,
	struct err *err)
{
	int64_t id[MAX_SAME];
	const int n = ids_of(db, id12, id, err);
	enum erase_outcome may = n > 0 ? ERASE_DONE : ERASE_NOBODY;

	if (n < 0)
		return ERASE_FAILED;
	for (int i = 0; i < n && may == ERASE_DONE; i++)
		may = may_go(db, id[i], err);
	for (int i = 0; i < n && may == ERASE_DONE; i++)
		if (!erase_one(db, s, id[i], reason, out, err))
			may = ERASE_FAILED;
	if (may == ERASE_DONE && !unsealed_note(db, err))
		may = ERASE_FAILED;
	return may;
}

enum erase_outcome erase_person(struct db *db, const struct session *s,
	const char *id12, enum erase_reason reason, struct erase_done *out,
	struct err *err)
{
	enum erase_outcome got;

	*out = (struct erase_done){.people = 0};
	if (!roles_must(db, s, ACT_ERASE, err))
		return ERASE_FAILED;
	if (reason == ERASE_NO_REASON) {
		err_set(err, ERR_DENIED, 0, "nobody erases without a reason");
		return ERASE_FAILED;
	}
	if (!personid_is_id12(id12))
		return ERASE_NOBODY;
	if (!datakey_needed(db, err) || !db_begin(db, err))
		return ERASE_FAILED;
	got = erase_all(db, s, id12, reason, out, err);
	if (!db_end(db, got == ERASE_DONE, err) && got == ERASE_DONE)
		got = ERASE_FAILED;
	if (got != ERASE_DONE)
		return got;
	people_forget(db);
	return unsealed_seal(db, err) ? ERASE_DONE : ERASE_FAILED;
}

bool erase_counts(struct db *db, struct erase_counts *out, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &erase_stmts, COUNTS);

	if (stmt_row(db, st, err) != LOOKUP_FOUND)
		return false;
	*out = (struct erase_counts){.people = sqlite3_column_int64(st, 0),
		.erased = sqlite3_column_int64(st, 1),
		.payouts = sqlite3_column_int64(st, 2),
		.accounts = sqlite3_column_int64(st, 3),
		.lists = sqlite3_column_int64(st, 4),
		.newest = sqlite3_column_int64(st, 5)};
	out->people -= out->erased;
	stmt_done(st);
	return true;
}
