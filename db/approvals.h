/*
 * approvals.h - a second person's word from a terminal of his own, by QR.
 *
 * On the terminal that needs it an act is done twice: first for the request
 * (everything is worked out and undone, and the request has the digest of the
 * record that would be), then with the answer, at the same time of the clock
 * and onto the same last record, so that the very record comes about whose
 * digest he signed. If the book went on meanwhile there is no such record any
 * more, and he is asked again.
 *
 *	approvals_ask(db, s, a, &by)           approvals_answer(db, s, a, text, &by)
 *	the act, with &by as second person     the act, with &by as second person
 *	approvals_asked(db, a, its verdict)    approvals_answered(db, a, its verdict)
 *
 * On his own terminal he signs in, and approvals_give() makes the answer. His
 * key for that is another than the one he signs his acts with; its public half
 * comes on a card, which he registers here himself, signed in with his PIN.
 */
#ifndef DB_APPROVALS_H
#define DB_APPROVALS_H

#include "core/clock.h"
#include "core/codec/approval.h"
#include "db/refusal.h"
#include "db/users.h"

struct journal_entry;
struct record;

enum {
	/* As long as an answer is taken: time to walk over and to scan twice,
	 * and no longer than somebody would leave the screen open. */
	APPROVALS_MS = 5 * 60 * 1000
};

/* A request that waits for its answer. */
struct approval {
	bool asked; /* request and text are there */
	struct approval_request request;
	char text[APPROVAL_TEXT_SIZE]; /* CA1: to be shown */
	/* The rest is of approvals.c: what the record is to come of again. */
	bool asking;
	bool met;   /* a record wanted the second person */
	bool other; /* and it was not the one he signed */
	int64_t person;
	int64_t approver;
	uint8_t sig[CRYPTO_SIG_SIZE];
	uint64_t seq; /* last record of the book */
	uint8_t head[CRYPTO_HASH_SIZE];
	int64_t now;
	int64_t mono;
	uint8_t boot[CLOCK_BOOT_ID_SIZE];
	uint8_t seed[CRYPTO_SEED_SIZE]; /* of the salts of personal data */
};

void approvals_clear(struct approval *a);

/* From here to approvals_asked() nothing that is done is kept. */
bool approvals_ask(struct db *db, const struct session *s, struct approval *a,
	struct session *by, struct err *err);

/*
 * got, *why: what the act said. REFUSED_APPROVAL_WANTED: the request stands in
 * *a. Anything else: the act was refused, or failed, before it came to that.
 */
enum verdict approvals_asked(struct db *db, struct approval *a,
	enum verdict got, struct refusal *why, struct err *err);

/*
 * Is text the answer to *a, by a supervisor whose key is known here? DONE:
 * the act may be done now, once. REFUSED_APPROVAL_… and those of a second
 * person; actor is who answered. Nothing is written by a wrong one.
 */
enum verdict approvals_answer(struct db *db, const struct session *s,
	struct approval *a, const char *text, struct session *by,
	struct refusal *why, struct err *err);
enum verdict approvals_answered(struct db *db, struct approval *a,
	enum verdict got, struct refusal *why);

/*
 * On the second person's own terminal: read what is asked, so that it can be
 * said in words; then give the answer (CA2), with an APPROVE record.
 */
enum verdict approvals_read(const struct session *s, const char *text,
	struct approval_request *out, struct refusal *why);
enum verdict approvals_give(struct db *db, const struct session *s,
	const char *text, char answer[APPROVAL_TEXT_SIZE], struct refusal *why,
	struct err *err);

/* The card (CU1) of a supervisor's key, to be shown to another terminal. */
enum verdict approvals_card(struct db *db, const struct session *s,
	char out[APPROVAL_TEXT_SIZE], struct refusal *why);

/*
 * Take s's own card of his other terminal: CONFIG record, signed by him. The
 * card before it is worth nothing from then on. text NULL: no card any more.
 * REFUSED_CARD: it is no card, or not his.
 */
enum verdict approvals_enrol(struct db *db, const struct session *s,
	const char *text, struct refusal *why, struct err *err);

/*
 * For verbs, which end between request and answer: *a kept in the store, and
 * back; ABSENT: none, or of another release. Keeping one forgets the last.
 */
bool approvals_keep(struct db *db, const struct approval *a, struct err *err);
enum lookup approvals_kept(struct db *db, struct approval *a, struct err *err);
bool approvals_forget(struct db *db, struct err *err);

/*
 * journal.c: the second signature of a record that is to have one. False: it
 * is another record than he signed.
 */
bool approvals_cosign(struct approval *a, const struct journal_entry *entry,
	struct record *r, const uint8_t digest[CRYPTO_HASH_SIZE],
	struct err *err);

/* journal.c: the salt of personal data in record seq. */
void approvals_salt(const struct approval *a, uint64_t seq,
	uint8_t out[CRYPTO_HASH_SIZE]);

#endif
