/*
 * down.h - what comes down from the centre: kept as it came, then taken.
 *
 *	bytes --down_put--> WAITS --down_take--> TAKEN
 *	                                   \---> REFUSED: a list with errors
 *
 * A parcel (core/codec/parcel.h) is kept only if it is whole, signed by a key
 * of the centre that is believed here (centre_keys.h), for this terminal, and
 * the next of its kind; otherwise nothing of it stays. It is taken later, by
 * the module that owns what is in it: a payment list needs somebody who may
 * take lists, and people's data open, and so does a table of users (roster.h); a
 * list of revoked users and a text need nobody. A roll of the centre's key is taken at once. What was taken or
 * refused is over, also if the power goes: the same again changes nothing.
 *
 * Threads: that of the store. Blocking: the disk; a list as long as its
 * import. A parcel is in memory whole, and once more while it is opened.
 */
#ifndef DB_DOWN_H
#define DB_DOWN_H

#include "core/codec/manifest.h"
#include "db/centre_keys.h"
#include "db/lists.h"
#include "db/refusal.h"
#include "db/revlist.h"
#include "db/roster.h"

enum down_state {
	DOWN_WAITS,
	DOWN_TAKEN,
	DOWN_REFUSED,
};

struct down_row {
	uint64_t kind;
	uint64_t version;
	uint64_t made;  /* by the centre, ms */
	uint64_t until; /* ms; 0: no end */
	uint64_t len;
	enum down_state state;
	int64_t came; /* ms */
	int64_t done; /* ms; 0: it waits */
	int64_t rows; /* of a list */
	int64_t errors;
};

/* Which versions are here, waiting or done: for `POST /v1/open`. The nonce is
 * the caller's. */
bool down_have(struct db *db, struct manifest_request *out, struct err *err);

/*
 * Keep a parcel. *head: of it, as far as it could be read; *same: it was here
 * already. REFUSED_PARCEL: none, cut off or changed; REFUSED_CENTRE: no centre
 * is known; REFUSED_PARCEL_FORGED; REFUSED_PARCEL_OTHER: for another terminal;
 * REFUSED_PARCEL_KIND: this program does not know it; REFUSED_PARCEL_OVER: its
 * time is over (but lists, which down_take() refuses then);
 * REFUSED_PARCEL_OLD: amount is the version here;
 * REFUSED_PARCEL_GAP: amount is the one that has to come before.
 */
enum verdict down_put(struct db *db, const void *bytes, size_t len,
	struct parcel *head, bool *same, struct refusal *why, struct err *err);

/*
 * The answer of `POST /v1/open`: rolls in it are taken, then it must be signed
 * by the key that signs now, for this terminal, with that nonce. What to fetch
 * is in *out. REFUSED_PARCEL, REFUSED_PARCEL_FORGED, REFUSED_PARCEL_OTHER. The
 * centre's time is kept beside ours (down_contact()).
 */
enum verdict down_open(struct db *db, const void *bytes, size_t len,
	const uint8_t nonce[MANIFEST_NONCE], struct manifest *out,
	struct refusal *why, struct err *err);

struct down_contact {
	int64_t at;     /* ms by our clock; 0: never */
	int64_t centre; /* ms by the centre's then */
};
bool down_contact(struct db *db, struct down_contact *out, struct err *err);

/* The next that waits and that s may take; s may be nobody. */
enum lookup down_next(struct db *db, const struct session *s,
	struct down_row *out, struct err *err);
/* How many wait, whoever may take them. */
bool down_waiting(struct db *db, int *out, struct err *err);

/* The same of lists, changes, answers and users: what somebody has to take.
 * The first of them, and how many there are. */
enum lookup down_next_list(struct db *db, struct down_row *out,
	struct err *err);
bool down_lists_waiting(struct db *db, int *out, struct err *err);

struct down_done {
	struct down_row row;
	struct list_result list;     /* of list, changes, answers */
	struct revlist_done revlist; /* of revlist */
	/* Of users. There are first PINs in it: wipe it when they were told. */
	struct roster roster;
};

/*
 * Take one that waits. DONE: it is over, row.state says how. REFUSED: it
 * waits on (REFUSED_ROLE, REFUSED_CLOCK_DAY), but for what can never be taken
 * (REFUSED_REVLIST, REFUSED_REVLIST_OLD, REFUSED_PARCEL_TEXT,
 * REFUSED_PARCEL_OVER), which is over,
 * too. options: of a list; count and sum are not used. With check_only a list
 * is only looked at, as it would be taken: it waits on, nothing is written.
 *
 * Of users at most count new ones are added at once (-1: all). Are there more,
 * or did it fail when somebody had a PIN already, it is DONE and row.state
 * DOWN_WAITS: tell these, and take it again.
 */
enum verdict down_take(struct db *db, const struct session *s,
	const struct down_row *which, const struct list_options *options,
	struct down_done *out, struct refusal *why, struct err *err);

/* Everything that came, by kind and version, the newest last. Each false:
 * stop. */
bool down_rows(struct db *db, bool (*each)(void *ctx, const struct down_row *r),
	void *ctx, struct err *err);

/* The newest text of that language that came down: its file as in
 * assets/texts/. *len at most DOWN_TEXT_MAX. */
enum {
	DOWN_TEXT_MAX = 16384
};
enum lookup down_text(struct db *db, const char *lang, int *version,
	char out[DOWN_TEXT_MAX], size_t *len, struct err *err);

#endif
