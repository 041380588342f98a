#include "db/approvals.h"

#include <stdio.h>
#include <string.h>

#include "core/crash.h"
#include "core/str.h"
#include "db/db_internal.h"
#include "db/elsewhere_internal.h"
#include "db/people.h"
#include "db/record_internal.h"
#include "db/roles_internal.h"
#include "db/shifts_internal.h"
#include "db/stmt.h"
#include "db/users_internal.h"
#include "db/verdict_internal.h"
#include "db/window_internal.h"

enum {
	ENROL,
	KEEP,
	KEPT,
	FORGET,
	COUNT
};

static const char *const sql[COUNT] = {
	[ENROL] = "UPDATE user SET approval = :public WHERE number = :number",
	[KEEP] = ("INSERT INTO approval_asked (one, locked)"
		  " VALUES (1, :locked)"
		  " ON CONFLICT (one) DO UPDATE SET locked = excluded.locked"),
	[KEPT] = "SELECT locked FROM approval_asked WHERE one = 1",
	[FORGET] = "DELETE FROM approval_asked WHERE one = 1",
};

const struct stmt_set approvals_stmts = {"approvals", sql, COUNT};

static const char kept_context[] = "approval asked";

void approvals_clear(struct approval *a)
{
	crypto_wipe(a, sizeof(*a));
}

/* ---- asking -------------------------------------------------------------- */

bool approvals_ask(struct db *db, const struct session *s, struct approval *a,
	struct session *by, struct err *err)
{
	struct journal_head head;

	if (!journal_head(db, &head, err))
		return false;
	*a = (struct approval){.asking = true,
		.seq = head.last_seq,
		.now = clock_wall_ms(),
		.mono = clock_boot_ms()};
	if (a->now < 0)
		a->now = 0;
	memcpy(a->head, head.head, sizeof(a->head));
	memcpy(a->boot, db->boot, sizeof(a->boot));
	crypto_random(a->seed, sizeof(a->seed));
	crypto_random(a->request.nonce, sizeof(a->request.nonce));
	memcpy(a->request.dev, db->info.dev, sizeof(a->request.dev));
	a->request.actor = s->user.number;
	/* Who it will be is not known yet: somebody who may. */
	*by = (struct session){.user = {.role = ROLE_SUPERVISOR}};
	db->hold = a;
	return true;
}

/* Whom it is about, for the words on the other screen. */
static bool name_person(struct db *db, struct approval *a, struct err *err)
{
	struct person_due due;

	if (a->person == 0)
		return true;
	switch (people_get(db, a->person, &due, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_ABSENT:
		break;
	case LOOKUP_FOUND:
		approval_person(due.person.name, due.person.id12,
			a->request.person);
		break;
	}
	crypto_wipe(&due, sizeof(due));
	return true;
}

enum verdict approvals_asked(struct db *db, struct approval *a,
	enum verdict got, struct refusal *why, struct err *err)
{
	db->hold = NULL;
	a->asking = false;
	if (got != VERDICT_REFUSED || why->code != REFUSED_NOT || !a->met)
		return got;
	if (!name_person(db, a, err))
		return VERDICT_FAILED;
	approval_request_text(&a->request, a->text);
	a->asked = true;
	return refuse(why, REFUSED_APPROVAL_WANTED);
}

/* ---- in between: journal.c ----------------------------------------------- */

static void note_request(struct approval *a, const struct journal_entry *entry,
	const struct record *r, const uint8_t digest[CRYPTO_HASH_SIZE])
{
	struct approval_request *q = &a->request;

	q->kind = r->kind;
	q->reason = r->kind == JOURNAL_PAY ? r->flags : r->reason;
	if (r->kind == JOURNAL_OVER_SHORT && r->result == COUNTED_SHORT)
		q->reason |= APPROVAL_SHORTAGE;
	q->amount = (int64_t)r->amount;
	q->t = (int64_t)r->t;
	memcpy(q->digest, digest, sizeof(q->digest));
	a->person = entry->person;
}

/*
 * One word is for one act, and stands in the first of its records that wants
 * it: a CLOSE has it from the OVER_SHORT before.
 */
bool approvals_cosign(struct approval *a, const struct journal_entry *entry,
	struct record *r, const uint8_t digest[CRYPTO_HASH_SIZE],
	struct err *err)
{
	if (a->met)
		return true;
	a->met = true;
	if (a->asking) {
		note_request(a, entry, r, digest);
	} else if (!crypto_equal(a->request.digest, digest,
			   sizeof(a->request.digest))) {
		a->other = true;
		return err_set(err, ERR_INVALID, 0,
			"not the record that was approved");
	}
	r->approver = (uint64_t)a->approver;
	memcpy(r->cosig, a->sig, sizeof(r->cosig));
	r->has |= RECORD_HAS(KEY_COSIG);
	return true;
}

void approvals_salt(const struct approval *a, uint64_t seq,
	uint8_t out[CRYPTO_HASH_SIZE])
{
	struct crypto_hash h;

	crypto_hash_start(&h);
	crypto_hash_add(&h, "CHTRSALT", 8);
	crypto_hash_add(&h, a->seed, sizeof(a->seed));
	crypto_hash_add(&h, &seq, sizeof(seq));
	crypto_hash_end(&h, out);
}

/* ---- answered ------------------------------------------------------------ */

/* Does it go with what was asked, in time, and is the book where it was? */
static enum verdict is_for(struct db *db, const struct session *s,
	const struct approval *a, const struct approval_answer *answer,
	struct refusal *why, struct err *err)
{
	struct journal_head head;

	if (!a->asked || a->request.actor != s->user.number ||
		!crypto_equal(answer->nonce, a->request.nonce,
			sizeof(answer->nonce)))
		return refuse(why, REFUSED_APPROVAL_OTHER);
	if (memcmp(a->boot, db->boot, sizeof(a->boot)) != 0 ||
		clock_boot_ms() - a->mono > APPROVALS_MS)
		return refuse(why, REFUSED_APPROVAL_LATE);
	if (!journal_head(db, &head, err))
		return VERDICT_FAILED;
	if (head.last_seq != a->seq ||
		memcmp(head.head, a->head, sizeof(a->head)) != 0)
		return refuse(why, REFUSED_APPROVAL_MOVED);
	return VERDICT_DONE;
}

/* The same that is asked of who types his PIN, and his key. */
static enum verdict is_by(struct db *db, const struct session *s,
	const struct approval *a, const struct approval_answer *answer,
	struct session *by, struct refusal *why, struct err *err)
{
	enum verdict v;

	why->actor = answer->number;
	switch (users_get(db, answer->number, &by->user, err)) {
	case LOOKUP_FAILED:
		return VERDICT_FAILED;
	case LOOKUP_ABSENT:
		return refuse(why, REFUSED_NO_USER);
	case LOOKUP_FOUND:
		break;
	}
	if (by->user.revoked)
		return refuse(why, REFUSED_REVOKED);
	if (users_is_over(&by->user, a->now))
		return refuse(why, REFUSED_EXPIRED);
	v = second_person(db, s, by, why);
	if (v != VERDICT_DONE)
		return v;
	if (!by->user.has_approval)
		return refuse(why, REFUSED_APPROVAL_KEY);
	if (!crypto_verify_tagged("CHTRACT1", a->request.digest,
		    sizeof(a->request.digest), by->user.approval, answer->sig))
		return refuse(why, REFUSED_APPROVAL_FORGED);
	return VERDICT_DONE;
}

enum verdict approvals_answer(struct db *db, const struct session *s,
	struct approval *a, const char *text, struct session *by,
	struct refusal *why, struct err *err)
{
	struct approval_answer answer;
	enum verdict v;

	*why = (struct refusal){0};
	*by = (struct session){0};
	if (!approval_answer_parse(text, &answer))
		return refuse(why, REFUSED_APPROVAL_TEXT);
	v = is_for(db, s, a, &answer, why, err);
	if (v == VERDICT_DONE)
		v = is_by(db, s, a, &answer, by, why, err);
	if (v != VERDICT_DONE)
		return v;
	a->met = false;
	a->other = false;
	a->approver = answer.number;
	memcpy(a->sig, answer.sig, sizeof(a->sig));
	db->hold = a;
	return VERDICT_DONE;
}

enum verdict approvals_answered(struct db *db, struct approval *a,
	enum verdict got, struct refusal *why)
{
	db->hold = NULL;
	if (got == VERDICT_FAILED && a->other) {
		*why = (struct refusal){0};
		got = refuse(why, REFUSED_APPROVAL_OTHER);
	}
	if (got == VERDICT_DONE)
		approvals_clear(a);
	return got;
}

/* ---- on the second person's own terminal --------------------------------- */

/* His key for approvals, which signs nothing else. */
static void approval_pair(const struct session *s, struct crypto_pair *out)
{
	uint8_t seed[CRYPTO_SEED_SIZE];
	struct crypto_hash h;

	crypto_hash_start(&h);
	crypto_hash_add(&h, "CHTRAPRV", 8);
	crypto_hash_add(&h, s->secret, sizeof(s->secret));
	crypto_hash_end(&h, seed);
	crypto_pair_from_seed(seed, out);
	crypto_wipe(seed, sizeof(seed));
}

enum verdict approvals_read(const struct session *s, const char *text,
	struct approval_request *out, struct refusal *why)
{
	*why = (struct refusal){0};
	if (!approval_request_parse(text, out))
		return refuse(why, REFUSED_APPROVAL_TEXT);
	why->actor = out->actor;
	if (out->actor == s->user.number)
		return refuse(why, REFUSED_SAME_PERSON);
	return VERDICT_DONE;
}

static bool write_approve(struct db *db, const struct session *s,
	const struct approval_request *q, struct err *err)
{
	const struct journal_entry entry = {.kind = JOURNAL_APPROVE,
		.actor = s->user.number,
		.by = s,
		.rsum = q->digest,
		.peer = q->dev,
		.has_amount = true,
		.amount = q->amount,
		.has_reason = q->reason > 0,
		.reason = q->reason,
		.has_result = true,
		.result = q->kind};

	if (!journal_append(db, &entry, NULL, err))
		return false;
	crash_point("approve.appended");
	return true;
}

/* Of a terminal that was lost anybody may ask. */
static enum verdict asked_by_one_out(struct db *db,
	const struct approval_request *q, struct refusal *why, struct err *err)
{
	switch (elsewhere_gone(db, q->dev, err)) {
	case LOOKUP_FAILED:
		return VERDICT_FAILED;
	case LOOKUP_FOUND:
		elsewhere_short_id(q->dev, why->prior.point,
			sizeof(why->prior.point));
		return refuse(why, REFUSED_PEER_GONE);
	case LOOKUP_ABSENT:
		break;
	}
	return VERDICT_DONE;
}

static enum verdict give(struct db *db, const struct session *s,
	const char *text, struct approval_request *q, struct refusal *why,
	struct err *err)
{
	enum verdict v = roles_may(db, s, ACT_APPROVE, why);

	if (v == VERDICT_DONE)
		v = approvals_read(s, text, q, why);
	if (v == VERDICT_DONE)
		v = asked_by_one_out(db, q, why, err);
	if (v == VERDICT_DONE)
		v = window_clock(db, why, err);
	if (v == VERDICT_DONE && !write_approve(db, s, q, err))
		v = VERDICT_FAILED;
	return v;
}

enum verdict approvals_give(struct db *db, const struct session *s,
	const char *text, char answer[APPROVAL_TEXT_SIZE], struct refusal *why,
	struct err *err)
{
	struct approval_answer a = {.number = s->user.number};
	struct approval_request q;
	struct crypto_pair pair;
	enum verdict v;

	*why = (struct refusal){0};
	answer[0] = '\0';
	if (!db_begin(db, err))
		return VERDICT_FAILED;
	v = db_end_verdict(db, give(db, s, text, &q, why, err), err);
	if (v != VERDICT_DONE)
		return v;
	crash_point("approve.committed");
	approval_pair(s, &pair);
	memcpy(a.nonce, q.nonce, sizeof(a.nonce));
	crypto_sign_tagged("CHTRACT1", q.digest, sizeof(q.digest), pair.secret,
		a.sig);
	crypto_wipe(&pair, sizeof(pair));
	approval_answer_text(&a, answer);
	return VERDICT_DONE;
}

/* ---- the card ------------------------------------------------------------ */

enum verdict approvals_card(struct db *db, const struct session *s,
	char out[APPROVAL_TEXT_SIZE], struct refusal *why)
{
	struct crypto_pair pair;
	enum verdict v;

	*why = (struct refusal){0};
	out[0] = '\0';
	v = roles_may(db, s, ACT_APPROVE, why);
	roles_note(db);
	if (v != VERDICT_DONE)
		return v;
	approval_pair(s, &pair);
	approval_card_text(s->user.number, &pair, out);
	crypto_wipe(&pair, sizeof(pair));
	return VERDICT_DONE;
}

/* public all zero: none. */
static bool write_card(struct db *db, const struct session *s,
	const uint8_t public[CRYPTO_PUBLIC_SIZE], bool any, struct err *err)
{
	char hex[2 * CRYPTO_PUBLIC_SIZE + 1];
	uint8_t sum[CRYPTO_HASH_SIZE];
	char line[128];
	const struct journal_entry entry = {.kind = JOURNAL_CONFIG,
		.actor = s->user.number,
		.by = s,
		.kpub = public,
		.rsum = sum};
	sqlite3_stmt *st = stmt_get(db, &approvals_stmts, ENROL);

	str_to_hex(public, CRYPTO_PUBLIC_SIZE, hex);
	snprintf(line, sizeof(line), "approval %lld %s\n",
		(long long)s->user.number, hex);
	crypto_sha256(line, strlen(line), sum);
	stmt_blob(st, ":public", public, any ? CRYPTO_PUBLIC_SIZE : 0);
	stmt_int(st, ":number", s->user.number);
	if (!stmt_run(db, st, err))
		return false;
	crash_point("card.written");
	return journal_append(db, &entry, NULL, err);
}

static enum verdict enrol(struct db *db, const struct session *s,
	const char *text, struct refusal *why, struct err *err)
{
	struct approval_card card = {.number = s->user.number};
	enum verdict v = roles_may(db, s, ACT_APPROVE, why);

	if (v == VERDICT_DONE && text && !approval_card_parse(text, &card))
		v = refuse(why, REFUSED_CARD);
	why->actor = card.number;
	if (v == VERDICT_DONE && card.number != s->user.number)
		v = refuse(why, REFUSED_CARD);
	if (v == VERDICT_DONE)
		v = window_clock(db, why, err);
	if (v == VERDICT_DONE &&
		!write_card(db, s, card.public, text != NULL, err))
		v = VERDICT_FAILED;
	return v;
}

enum verdict approvals_enrol(struct db *db, const struct session *s,
	const char *text, struct refusal *why, struct err *err)
{
	enum verdict v;

	*why = (struct refusal){0};
	if (!db_begin(db, err))
		return VERDICT_FAILED;
	v = db_end_verdict(db, enrol(db, s, text, why, err), err);
	if (v == VERDICT_DONE)
		crash_point("card.committed");
	return v;
}

/* ---- between two verbs ---------------------------------------------------- */

bool approvals_keep(struct db *db, const struct approval *a, struct err *err)
{
	uint8_t locked[sizeof(*a) + CRYPTO_LOCK_EXTRA];
	sqlite3_stmt *st;

	if (!db_begin(db, err))
		return false;
	crypto_lock(a, sizeof(*a), kept_context, db->secret, locked);
	st = stmt_get(db, &approvals_stmts, KEEP);
	stmt_blob(st, ":locked", locked, sizeof(locked));
	return db_end(db, stmt_run(db, st, err), err);
}

enum lookup approvals_kept(struct db *db, struct approval *a, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &approvals_stmts, KEPT);
	uint8_t locked[sizeof(*a) + CRYPTO_LOCK_EXTRA];
	enum lookup got = stmt_row(db, st, err);

	if (got != LOOKUP_FOUND)
		return got;
	if (!stmt_column_blob(st, 0, locked, sizeof(locked)) ||
		!crypto_unlock(locked, sizeof(locked), kept_context, db->secret,
			a))
		got = LOOKUP_ABSENT;
	stmt_done(st);
	return got;
}

bool approvals_forget(struct db *db, struct err *err)
{
	return db_begin(db, err) &&
	       db_end(db,
		       stmt_run(db, stmt_get(db, &approvals_stmts, FORGET),
			       err),
		       err);
}
