/*
 * samples.h - receipts that are drawn by lot, so that somebody calls back and
 * asks whether the money came; and what was said.
 *
 * A draw is a CONFIG record of a supervisor, line "sample <seed, 32 hex>
 * <first> <last> <count>": the seed is random, and in the book before anybody
 * sees what it draws. From it anybody who has the journal makes the same draw:
 * of all PAY from record first to last that no VOID before the draw undid,
 * the count whose SHA-256("CHTRSMP1" || seed, 16 bytes || receipt code, ASCII)
 * is least, in that order. Each answer is a CONFIG record, line "called <draw>
 * <pay> <what was said> [<amount>] [<note>]"; the newest counts, all of them
 * stay.
 *
 * Nothing is stopped by them. No table keeps them: they are read out of the
 * book when asked for. Threads: that of the handle. Blocking: some 10 us a
 * record of the days that were drawn from.
 */
#ifndef DB_SAMPLES_H
#define DB_SAMPLES_H

#include "db/daylog.h"
#include "db/refusal.h"
#include "db/users.h"

enum {
	SAMPLES_SEED = 16,
	SAMPLES_MAX = 200 /* receipts of one draw */
};

enum sample_said {
	SAMPLE_NOT_CALLED,
	SAMPLE_CONFIRMED, /* he has the money, and the amount is right */
	SAMPLE_NOT_REACHED,
	SAMPLE_DIFFERS,      /* he says that it was another amount */
	SAMPLE_NOT_RECEIVED, /* he says that he never had it */
	SAMPLE_SAID_KINDS
};

/* Who spoke, or why nobody did: one of a list, never words of his. */
enum sample_note {
	SAMPLE_NOTE_NONE,
	SAMPLE_NOTE_SELF,     /* the person himself */
	SAMPLE_NOTE_RELATIVE, /* somebody of his family */
	SAMPLE_NOTE_VISITED,  /* seen at his door */
	SAMPLE_NOTE_NO_ANSWER,
	SAMPLE_NOTE_NUMBER, /* it is wrong, or there is none */
	SAMPLE_NOTE_LATER,  /* he asks to be called another time */
	SAMPLE_NOTES
};

struct sample {
	uint64_t seq; /* of its record: the number of the draw */
	int64_t t;
	int64_t actor;
	char actor_name[DB_NAME_SIZE];
	uint8_t seed[SAMPLES_SEED];
	uint64_t first;
	uint64_t last;
	int64_t count; /* as many as were asked for */
};

/* A receipt of a draw. */
struct sample_item {
	int place; /* from 1, in the order of the draw */
	uint64_t pay;
	char code[SEAL_CODE_SIZE];
	int64_t t;
	int64_t amount;
	int64_t agent;
	char agent_name[DB_NAME_SIZE];
	int64_t person; /* 0: erased */
	char name[VIET_NAME_SIZE];
	char hamlet[96];
	char phone[16];        /* of his newest visit; "": not known */
	enum sample_said said; /* the newest word */
	int64_t said_amount;   /* SAMPLE_DIFFERS: what he had, as he says */
	enum sample_note note;
	int64_t said_at;
	int64_t caller;
	char caller_name[DB_NAME_SIZE];
	int tries; /* words so far */
};

/* "confirmed", "not_reached", "differs", "not_received"; "" for none. */
const char *sample_said_name(enum sample_said said);
bool sample_said_parse(const char *name, enum sample_said *out);

/* "self", "relative", "visited", "no_answer", "wrong_number", "later"; "". */
const char *sample_note_name(enum sample_note note);
bool sample_note_parse(const char *name, enum sample_note *out);

/* None goes with all; who spoke with what he said, the others with nobody
 * reached. */
bool sample_note_fits(enum sample_said said, enum sample_note note);

/* Is it to be looked into: says otherwise than the book? Here, as flows do not
 * link the store. */
static inline bool sample_said_otherwise(enum sample_said said)
{
	return said == SAMPLE_DIFFERS || said == SAMPLE_NOT_RECEIVED;
}

/* REFUSED_ROLE; REFUSED_NOT_FOUND: nothing was paid in that range. */
enum verdict samples_draw(struct db *db, const struct session *s,
	const struct daylog_range *range, int64_t count, struct sample *out,
	struct refusal *why, struct err *err);

/* Each draw, the oldest first; each() false: stop. */
bool samples_each(struct db *db,
	bool (*each)(void *ctx, const struct sample *s), void *ctx,
	struct err *err);

/* Draw number seq, 0: the newest. */
enum lookup samples_get(struct db *db, uint64_t seq, struct sample *out,
	struct err *err);

/* The draw done again; *population: how many it was drawn from. ERR_DENIED:
 * nobody is signed in. out: SAMPLES_MAX; people's data: wipe it. */
bool samples_items(struct db *db, const struct sample *s,
	struct sample_item *out, int *count, int64_t *population,
	struct err *err);

/* What was said about a receipt of a draw. */
struct sample_word {
	uint64_t pay;
	enum sample_said said;
	int64_t amount; /* SAMPLE_DIFFERS only, else -1 */
	enum sample_note note;
};

/* REFUSED_ROLE; REFUSED_NOT_FOUND: it is not in that draw. *t: when it was. */
enum verdict samples_note(struct db *db, const struct session *s,
	const struct sample *draw, const struct sample_word *word, int64_t *t,
	struct refusal *why, struct err *err);

#endif
