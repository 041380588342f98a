#include "db/proof.h"

#include <string.h>

#include "core/str.h"
#include "db/chain_internal.h"
#include "db/db_internal.h"
#include "db/epoch_internal.h"
#include "db/journal_internal.h"
#include "db/nextkey_internal.h"
#include "db/proof_internal.h"
#include "db/record_internal.h"
#include "db/roles_internal.h"
#include "db/stmt.h"
#include "db/verdict_internal.h"

enum {
	EPOCHS,
	COUNT
};

static const char *const sql[COUNT] = {
	[EPOCHS] = "SELECT public FROM epoch ORDER BY number DESC /* scan */",
};

const struct stmt_set proof_stmts = {"proof", sql, COUNT};

/* A paper of either kind. */
struct paper {
	bool slip;
	struct seal receipt;
	struct zseal z;
	const uint8_t *dev;
	const uint8_t *h; /* 16 bytes */
	uint64_t seq;
	int64_t t;
};

static bool read_paper(const char *text, struct paper *out)
{
	char clean[PROOF_TEXT_SIZE];

	if (!str_copy(clean, sizeof(clean), text))
		return false;
	clean[strcspn(clean, "\r\n")] = '\0';
	out->slip = zseal_parse(clean, &out->z);
	if (!out->slip && !seal_parse(clean, &out->receipt))
		return false;
	out->dev = out->slip ? out->z.dev : out->receipt.dev;
	out->h = out->slip ? out->z.h : out->receipt.h;
	out->seq = out->slip ? out->z.seq : out->receipt.seq;
	out->t = out->slip ? out->z.t : out->receipt.t;
	return true;
}

static bool signed_by(const struct paper *p,
	const uint8_t public[CRYPTO_PUBLIC_SIZE])
{
	return p->slip ? chain_verify_slip(&p->z, public)
		       : chain_verify_receipt(&p->receipt, public);
}

/* By any key that was this terminal's own, or is about to be. */
static bool signed_by_us(struct db *db, const struct paper *p, bool *out,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &proof_stmts, EPOCHS);
	uint8_t next[NEXTKEY_AHEAD][CRYPTO_PUBLIC_SIZE];
	uint8_t public[CRYPTO_PUBLIC_SIZE];
	enum lookup got;
	int count = 0;

	*out = false;
	while ((got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		*out = stmt_column_blob(st, 0, public, sizeof(public)) &&
		       signed_by(p, public);
		if (*out) {
			stmt_done(st);
			return true;
		}
	}
	if (got == LOOKUP_FAILED || !nextkey_publics(db, next, &count, err))
		return false;
	for (int i = 0; i < count; i++)
		*out = *out || signed_by(p, next[i]);
	return true;
}

/* Does the book hold the record that the paper names? */
static bool holds(struct db *db, const struct paper *p, bool *out,
	struct err *err)
{
	struct journal_row row;
	enum lookup got;

	*out = false;
	got = journal_row(db, p->seq, &row, err);
	if (got == LOOKUP_FOUND)
		*out = row.has_rsig && memcmp(row.h, p->h, 16) == 0;
	return got != LOOKUP_FAILED;
}

static bool judge(struct db *db, const struct paper *p, struct proof_found *out,
	struct err *err)
{
	bool held;
	bool ours;

	if (!holds(db, p, &held, err) || !signed_by_us(db, p, &ours, err))
		return false;
	/* Held, but wrongly signed: somebody else's print of our numbers. */
	if (!ours)
		out->proof = PROOF_UNPROVEN;
	else
		out->proof = held ? PROOF_AGREES : PROOF_MISSING;
	return true;
}

bool proof_look(struct db *db, const char *text, struct proof_found *out,
	struct err *err)
{
	struct journal_head head;
	struct paper p;

	*out = (struct proof_found){.frozen = db->lost_tail > 0};
	if (!journal_head(db, &head, err) ||
		!shifts_last_closed(db, &out->last_shift, err))
		return false;
	out->last_seq = head.last_seq;
	if (!read_paper(text, &p))
		return true;
	out->slip = p.slip;
	out->seq = p.seq;
	out->t = p.t;
	out->shift = p.slip ? (int64_t)p.z.shift : 0;
	out->proof = PROOF_FOREIGN;
	if (memcmp(p.dev, db->info.dev, sizeof(db->info.dev)) != 0)
		return true;
	return judge(db, &p, out, err);
}

/* ---- freezing ----------------------------------------------------------- */

bool proof_freeze(struct db *db, int64_t actor,
	const uint8_t rsum[CRYPTO_HASH_SIZE], struct err *err)
{
	const struct journal_entry entry = {.kind = JOURNAL_FAULT_BEGIN,
		.actor = actor,
		.rsum = rsum,
		.has_reason = true,
		.reason = FAULT_TAIL_LOST};
	struct journal_done done;

	if (!journal_append(db, &entry, &done, err))
		return false;
	db->lost_tail = done.seq;
	return true;
}

static bool freeze(struct db *db, int64_t actor, const char *text,
	struct err *err)
{
	uint8_t sum[CRYPTO_HASH_SIZE];

	crypto_sha256(text, strcspn(text, "\r\n"), sum);
	return proof_freeze(db, actor, sum, err);
}

bool proof_take(struct db *db, const struct session *s,
	const struct session *by, const char *text, struct proof_found *out,
	struct err *err)
{
	const bool sworn = by && role_may(by->user.role, ACT_SWEAR);

	if (!proof_look(db, text, out, err))
		return false;
	if (out->proof != PROOF_MISSING &&
		(out->proof != PROOF_UNPROVEN || !sworn))
		return true;
	if (db->lost_tail == 0 && !db->evidence && !db->ended &&
		!freeze(db,
			out->proof == PROOF_MISSING ? s->user.number
						    : by->user.number,
			text, err))
		return err_wrap(err, "freeze the book");
	out->frozen = db->lost_tail > 0;
	return true;
}

uint64_t proof_frozen(const struct db *db)
{
	return db->lost_tail;
}

/* ---- the end of a terminal ------------------------------------------------ */

static enum verdict retire(struct db *db, const struct session *s,
	enum retire_reason reason, struct refusal *why, struct err *err)
{
	const struct journal_entry entry = {.kind = JOURNAL_END,
		.actor = s->user.number,
		.has_reason = true,
		.reason = reason};
	struct shift open;

	if (roles_may(db, s, ACT_SWEAR, why) != VERDICT_DONE)
		return VERDICT_REFUSED;
	switch (shifts_current(db, &open, err)) {
	case LOOKUP_FAILED:
		return VERDICT_FAILED;
	case LOOKUP_FOUND:
		why->actor = open.actor;
		return refuse(why, REFUSED_SHIFT_OPEN);
	case LOOKUP_ABSENT:
		break;
	}
	return journal_append(db, &entry, NULL, err) ? VERDICT_DONE
						     : VERDICT_FAILED;
}

enum verdict proof_retire(struct db *db, const struct session *s,
	enum retire_reason reason, struct refusal *why, struct err *err)
{
	enum verdict v;

	*why = (struct refusal){0};
	if (!db_begin(db, err))
		return VERDICT_FAILED;
	v = db_end_verdict(db, retire(db, s, reason, why, err), err);
	if (v == VERDICT_DONE)
		db->ended = true;
	return v;
}

bool proof_retired(const struct db *db)
{
	return db->ended;
}
