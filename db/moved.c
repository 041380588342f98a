#include "db/moved_internal.h"

#include <stdio.h>
#include <string.h>

#include "core/machine.h"
#include "core/str.h"
#include "db/db_internal.h"
#include "db/journal_internal.h"
#include "db/proof.h"
#include "db/roles_internal.h"
#include "db/slips.h"
#include "db/verdict_internal.h"
#include "db/window_internal.h"

static const char setting[] = "machine";
static const char tag[] = "CHTRMACH";

/* What the store keeps of this machine; "": it has no id. */
static void mark_of_machine(const struct db *db, char out[DB_MACHINE_SIZE])
{
	uint8_t sum[CRYPTO_HASH_SIZE];
	char id[MACHINE_ID_SIZE];
	struct crypto_hash h;

	out[0] = '\0';
	if (!machine_id(id))
		return;
	crypto_hash_start(&h);
	crypto_hash_add(&h, tag, strlen(tag));
	crypto_hash_add(&h, id, strlen(id));
	crypto_hash_add(&h, db->info.dev, sizeof(db->info.dev));
	crypto_hash_end(&h, sum);
	crypto_wipe(id, sizeof(id));
	str_to_hex(sum, sizeof(sum), out);
}

bool moved_bind(struct db *db, struct err *err)
{
	char here[DB_MACHINE_SIZE];

	mark_of_machine(db, here);
	if (!setting_put(db, setting, here, err))
		return false;
	db->moved = here[0] ? MOVED_NOT : MOVED_UNKNOWN;
	return true;
}

/* Not done is no harm: the next start does it. */
static void bind_late(struct db *db)
{
	struct err ignored;

	if (db_begin(db, &ignored) &&
		!db_end(db, moved_bind(db, &ignored), &ignored))
		db->moved = MOVED_UNKNOWN;
}

bool moved_look(struct db *db, struct err *err)
{
	char known[DB_MACHINE_SIZE];
	char here[DB_MACHINE_SIZE];

	db->moved = MOVED_NOT;
	/* Nobody pays from these two anyway, and they stay as they are. */
	if (db->evidence || db->ended)
		return true;
	if (!setting_get(db, setting, known, sizeof(known), err))
		return false;
	mark_of_machine(db, here);
	if (known[0])
		/* Nor may one file less on the other machine bind nothing. */
		db->moved = strcmp(known, here) == 0 ? MOVED_NOT : MOVED_AWAY;
	else if (here[0])
		bind_late(db);
	else
		db->moved = MOVED_UNKNOWN;
	return true;
}

enum moved moved_state(const struct db *db)
{
	return db->moved;
}

/* ---- confirming ----------------------------------------------------------- */

bool moved_needs_paper(struct db *db, bool *out, struct err *err)
{
	struct journal_head head;
	int64_t last;

	if (!journal_head(db, &head, err) ||
		!shifts_last_closed(db, &last, err))
		return false;
	*out = last > 0 || head.totals.payments > 0;
	return true;
}

/* Of the papers that agree, one that a copy of last week would not hold. */
static bool is_newest(struct db *db, const struct proof_found *f, bool *out,
	struct err *err)
{
	struct shift_slip z = {0};

	if (f->slip || f->last_shift == 0) {
		*out = !f->slip || f->shift == f->last_shift;
		return true;
	}
	if (slips_get(db, f->last_shift, &z, err) != LOOKUP_FOUND)
		return false;
	*out = f->seq > z.seq;
	return true;
}

static enum verdict paper_fits(struct db *db, const struct session *s,
	const char *paper, struct refusal *why, struct err *err)
{
	struct proof_found found;
	bool newest = false;
	bool needed;

	if (!moved_needs_paper(db, &needed, err))
		return VERDICT_FAILED;
	if (!needed)
		return VERDICT_DONE;
	if (!paper || !paper[0])
		return refuse(why, REFUSED_LAST_PAPER);
	if (!proof_take(db, s, NULL, paper, &found, err))
		return VERDICT_FAILED;
	if (found.frozen)
		return refuse(why, REFUSED_TAIL_LOST);
	if (found.proof == PROOF_AGREES && !is_newest(db, &found, &newest, err))
		return VERDICT_FAILED;
	return newest ? VERDICT_DONE : refuse(why, REFUSED_LAST_PAPER);
}

static bool write_moved(struct db *db, const struct session *s, struct err *err)
{
	uint8_t sum[CRYPTO_HASH_SIZE];
	const struct journal_entry entry = {.kind = JOURNAL_CONFIG,
		.actor = s->user.number,
		.by = s,
		.rsum = sum};
	char known[DB_MACHINE_SIZE];
	char here[DB_MACHINE_SIZE];
	char line[48];

	if (!setting_get(db, setting, known, sizeof(known), err))
		return false;
	mark_of_machine(db, here);
	snprintf(line, sizeof(line), "moved %.8s %.8s\n", known,
		here[0] ? here : "none");
	crypto_sha256(line, strlen(line), sum);
	return journal_append(db, &entry, NULL, err) && moved_bind(db, err);
}

static enum verdict confirm(struct db *db, const struct session *s,
	struct refusal *why, struct err *err)
{
	const enum verdict v = window_clock(db, why, err);

	if (v != VERDICT_DONE)
		return v;
	return write_moved(db, s, err) ? VERDICT_DONE : VERDICT_FAILED;
}

enum verdict moved_confirm(struct db *db, const struct session *s,
	const char *paper, struct refusal *why, struct err *err)
{
	enum verdict v;

	*why = (struct refusal){0};
	if (roles_may(db, s, ACT_SWEAR, why) != VERDICT_DONE) {
		roles_note(db);
		return VERDICT_REFUSED;
	}
	if (db->lost_tail)
		return refuse(why, REFUSED_TAIL_LOST);
	if (db->moved != MOVED_AWAY)
		return VERDICT_DONE;
	/* By itself: a book that it freezes stays frozen. */
	v = paper_fits(db, s, paper, why, err);
	if (v != VERDICT_DONE)
		return v;
	if (!db_begin(db, err))
		return VERDICT_FAILED;
	v = db_end_verdict(db, confirm(db, s, why, err), err);
	if (v != VERDICT_DONE)
		db->moved = MOVED_AWAY;
	return v;
}
