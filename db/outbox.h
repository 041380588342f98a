/*
 * outbox.h - records on their way to the centre, and what it says of them.
 *
 * The journal is never purged; what is behind the last acknowledged record is
 * on its way (journal.md 7, 8). outbox_next() makes a batch of it, whatever
 * brings it (a line, a stick), and outbox_take() takes the centre's
 * checkpoint: checked with the pinned keys (centre_keys.h), it becomes an UPLOAD_ACK record,
 * and in the same transaction the sealed personal data that it covers are
 * gone from here (the row of pd stays: it says whose the record is). A crash
 * between the two changes nothing: the batch is made anew, and the centre
 * answers that it has it.
 *
 * Each UPLOAD_ACK is itself a record. What is left when all others are
 * acknowledged is not sent by itself, else each answer would make the next
 * question: it goes with the next record that means something.
 *
 * A batch is signed by the device key, which the centre knows from the first
 * day on; keys of epochs are for records.
 *
 * Threads and blocking: as db.h; outbox_next() takes some 5 ms for 256
 * records.
 */
#ifndef DB_OUTBOX_H
#define DB_OUTBOX_H

#include "core/codec/batch.h"
#include "core/codec/enrol.h"
#include "db/refusal.h"
#include "db/users.h"

enum {
	OUTBOX_URL = 256,
	OUTBOX_KEY_PEM = 160, /* the device key as PKCS 8 */
	OUTBOX_TROUBLE = 32
};

/* ---- the centre ---------------------------------------------------------- */

struct outbox_centre {
	char name[CHECKPOINT_NAME];
	char url[OUTBOX_URL];
	char cert[ENROL_CERT_MAX];
	char ca[ENROL_CERT_MAX];
};

/* ABSENT: this terminal belongs to no centre yet. */
enum lookup outbox_centre(struct db *db, struct outbox_centre *out,
	struct err *err);

/* The request of `centre join`, signed by the device key. */
bool outbox_enrol(struct db *db, const uint8_t code[CRYPTO_HASH_SIZE],
	struct buf *out, struct err *err);

/*
 * Belong to the centre that gave this answer: from now on personal data are
 * sealed to it, its lists of revoked users are believed and its checkpoints.
 * Two CONFIG records, lines "join NAME SIGNHEX SEALHEX" and "centre SIGNHEX".
 * ACT_OFFICE_KEY. What was sealed before stays sealed to whom it was.
 */
enum verdict outbox_join(struct db *db, const struct session *s,
	const char *url, const struct enrol_answer *a, struct refusal *why,
	struct err *err);

/* May he? REFUSED_ROLE, noted, before anybody is asked anything. */
bool outbox_may(struct db *db, const struct session *s, struct refusal *why);

/* The device key as TLS wants it; wipe it. */
bool outbox_device_key(struct db *db, char pem[OUTBOX_KEY_PEM],
	struct err *err);

/* ---- what goes out ------------------------------------------------------- */

struct outbox_batch {
	uint64_t from;
	uint64_t to;
	size_t len;
	uint8_t bytes[BATCH_MAX_BYTES];
};

/*
 * The next batch: at most `most` records, from record `from` on (0: behind
 * the last acknowledged). ABSENT: nothing is to be sent, or this store never
 * sends (training, evidence).
 */
enum lookup outbox_next(struct db *db, uint64_t from, unsigned most,
	struct outbox_batch *out, struct err *err);

/* ---- what comes back ------------------------------------------------------ */

enum outbox_took {
	OUTBOX_TAKEN,   /* the book has it */
	OUTBOX_OLD,     /* true, but it says nothing new */
	OUTBOX_NO_NOTE, /* no checkpoint */
	OUTBOX_NO_KEY,  /* by none of the pinned keys, or altered */
	OUTBOX_OTHER,   /* of another terminal */
	OUTBOX_AHEAD,   /* of records that are not here */
	OUTBOX_FORK     /* of another record than ours of that number */
};

struct outbox_taken {
	enum outbox_took took;
	uint64_t seq;     /* up to where, if it is ours */
	uint64_t revlist; /* version of the list the centre has */
};

/*
 * Take a checkpoint. ERR_BUSY: a second person is being asked by QR, whose
 * answer is about the very next record; later. ERR_DENIED: the clock shows no
 * day, so nothing is written. now: of the contact.
 */
bool outbox_take(struct db *db, const char *note, size_t len, int64_t now,
	struct outbox_taken *out, struct err *err);

/* Is this the hash of our record seq (0: of the beginning)? */
bool outbox_is_ours(struct db *db, uint64_t seq,
	const uint8_t h[CRYPTO_HASH_SIZE], bool *is, struct err *err);

/*
 * The centre has another book of this terminal: FAULT_BEGIN, reason 5, with
 * the hash of its answer; nothing is paid from now on (proof.h). Done already:
 * nothing.
 */
bool outbox_freeze(struct db *db, const void *answer, size_t len,
	struct err *err);

/* ---- how it goes ---------------------------------------------------------- */

struct outbox_state {
	bool joined;
	uint64_t made;
	uint64_t sent;
	uint64_t acked;
	uint64_t waiting;   /* of them worth sending: without UPLOAD_ACKs */
	int64_t oldest;     /* ms since 1970, of the first of them; 0: none */
	int64_t contact_at; /* last acknowledgement; 0: never */
	int64_t trouble_at;
	char trouble[OUTBOX_TROUBLE]; /* "": the last attempt was fine */
	uint64_t bad_seq;
	uint64_t bad_check;
	bool resending; /* the centre lost what is behind resend */
	uint64_t resend;
};
bool outbox_state(struct db *db, struct outbox_state *out, struct err *err);

/* Of *s what an attempt changes: sent (never less than it was), trouble, its
 * time, bad_*, resend*. The rest is not looked at. */
bool outbox_note(struct db *db, const struct outbox_state *s, struct err *err);

#endif
