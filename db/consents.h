/*
 * consents.h - what a person agreed to about his data, refused, took back.
 *
 *	none --give--> GIVEN --withdraw all--> WITHDRAWN --give--> GIVEN
 *	  |              |  ^                                        |
 *	  |              |  +--give again, withdraw some purposes----+
 *	  +--refuse--> REFUSED --give--> GIVEN      GIVEN --its day--> EXPIRED
 *
 * Each is a record of its own (CONSENT, CONSENT_REFUSED, CONSENT_WITHDRAWN)
 * and never goes away; what holds is worked out from the newest of them. A
 * consent names the text that was read out by its hash, and says of each
 * purpose that it was asked and what the answer was (Law 91/2025 art. 9: no
 * bundling, silence is none). None of it says anything about paying: cash is
 * paid to whoever refuses.
 *
 * Who somebody is opens only while a user is signed in (ERR_DENIED). What was
 * erased has empty texts. Threads: that of the store. Blocking: the disk.
 */
#ifndef DB_CONSENTS_H
#define DB_CONSENTS_H

#include "db/payouts.h"

/* Bits of key 35, in the order in which they are asked. */
enum {
	CONSENT_PAYOUT = 1, /* (a) his money goes to an account */
	CONSENT_VERIFY = 2, /* (b) number and account to bank and NAPAS */
	CONSENT_SHARE = 4,  /* (c) to commune and treasury, to be paid */
	CONSENT_PHONE = 8,  /* (d) he may be called */
	CONSENT_ALL = 15,
	CONSENT_PURPOSES = 4
};

enum {
	CONSENT_NOTICE_SIZE = 32, /* "consent-vi-1" */
	CONSENT_TEXT_MAX = 8192,  /* bytes of a text that is read out */
	CONSENT_PAPER_SIZE = 64,
	CONSENT_QR_SIZE = 72
};

enum consent_kind {
	CONSENT_IS_GIVEN = 30, /* numbers of the records */
	CONSENT_IS_REFUSED = 32,
	CONSENT_IS_WITHDRAWN = 33,
};

/* Who speaks. */
enum consent_by {
	CONSENT_BY_NONE,
	CONSENT_BY_SELF,
	CONSENT_BY_PARENT,
	CONSENT_BY_GUARDIAN,
	CONSENT_BY_AUTHORISED,
};

enum consent_how {
	CONSENT_HOW_NONE,
	CONSENT_HOW_SIGNED,     /* signature on the slip */
	CONSENT_HOW_THUMBPRINT, /* needs a witness */
	CONSENT_HOW_TYPED,      /* he typed the yes himself */
};

/* Key 17 of CONSENT_REFUSED. */
enum consent_refusal {
	CONSENT_REFUSAL_NONE = 0,
	CONSENT_REFUSAL_CASH = 1, /* wants cash */
	CONSENT_REFUSAL_DISTRUST = 2,
	CONSENT_REFUSAL_FAR = 3, /* from any bank */
	CONSENT_REFUSAL_NO_PHONE = 4,
	CONSENT_REFUSAL_FAMILY = 5, /* the family decides */
	CONSENT_REFUSAL_UNSAID = 6, /* he does not want to say */
	CONSENT_REFUSAL_OTHER = 9,
};

/* Key 17 of CONSENT_WITHDRAWN: how he let us know. */
enum consent_channel {
	CONSENT_CHANNEL_NONE = 0,
	CONSENT_CHANNEL_COUNTER = 1,
	CONSENT_CHANNEL_HOME = 2, /* at his door */
	CONSENT_CHANNEL_PHONE = 3,
	CONSENT_CHANNEL_LETTER = 4,
	CONSENT_CHANNEL_OTHER = 9,
};

/* By self all else is "". */
struct consent_party {
	enum consent_by by;
	char name[VIET_NAME_SIZE];
	char id[PERSONID_SIZE];
	char paper[CONSENT_PAPER_SIZE]; /* number and date of his paper */
	struct date paper_until;        /* year 0: not said */
	enum payee_relation relation;   /* what he is to the person */
};

struct consent_proof {
	enum consent_how how;
	bool read_aloud;
	char witness_name[VIET_NAME_SIZE];
	char witness_id[PERSONID_SIZE];
};

struct consent_request {
	int64_t person;
	/* Which text: id, language and version as "consent-vi-1", and all of
	 * it as it was shown, placeholders filled; UTF-8. Borrowed. */
	const char *notice;
	const char *text;
	size_t text_len;
	unsigned asked; /* CONSENT_ bits */
	unsigned yes;
	int32_t until; /* the last day it holds, YYYYMMDD; 0: no end */
	struct consent_party party;
	struct consent_proof proof;
	bool copy;                   /* he wants the text on paper */
	enum consent_refusal reason; /* of consents_refuse() */
};

struct consent_withdrawal {
	int64_t person;
	unsigned left; /* CONSENT_ bits that still hold; 0: none */
	enum consent_channel channel;
	struct consent_party party;
};

/* A record of the three kinds. */
struct consent {
	uint64_t seq; /* its number */
	enum consent_kind kind;
	int64_t person;
	int64_t t;
	int clock_quality; /* journal.md key 8 */
	int64_t actor;
	char actor_name[DB_NAME_SIZE];
	char code[SEAL_CODE_SIZE];
	char qr[CONSENT_QR_SIZE]; /* "CC1:…": db/FORMATS.md */
	/* "" and zeros in a withdrawal */
	char notice[CONSENT_NOTICE_SIZE];
	uint8_t sum[CRYPTO_HASH_SIZE];
	unsigned asked; /* of a withdrawal: what held before … */
	unsigned yes;   /* … and holds still */
	int32_t until;
	/* CONSENT that this one replaces or withdraws from; 0: none. */
	uint64_t ref;
	int reason; /* enum consent_refusal, consent_channel */
	struct consent_party party;
	struct consent_proof proof;
	bool copy;
	int copies; /* REPRINT records so far */
};

enum consent_standing {
	CONSENT_NONE, /* never asked */
	CONSENT_GIVEN,
	CONSENT_REFUSED,
	CONSENT_WITHDRAWN,
	CONSENT_EXPIRED,
};

/* What holds for a person now. */
struct consent_state {
	enum consent_standing standing;
	uint64_t seq;     /* newest record of his; 0: none */
	uint64_t consent; /* the CONSENT that holds, or held last; 0 */
	unsigned asked;   /* of it; of a refusal: of that */
	unsigned yes;     /* what holds now: 0 unless GIVEN */
	int64_t t;        /* of record seq */
	int32_t day;      /* the same, YYYYMMDD at UTC+7 */
	int32_t until;    /* last day of the consent; 0: no end */
	char notice[CONSENT_NOTICE_SIZE];
};

/* False: *err. Nobody need be signed in. */
bool consents_of(struct db *db, int64_t person, struct consent_state *out,
	struct err *err);

/*
 * Agents, staff and supervisors (REFUSED_ROLE). REFUSED_NOT_FOUND: nobody;
 * REFUSED_CLOCK_DAY; REFUSED_CONSENT: something above is missing or cannot
 * be, amount says which (enum consent_lack); REFUSED_PAPER_OVER.
 * consents_refuse() while a consent holds: REFUSED_CONSENT_HOLDS, that is a
 * withdrawal. DONE: on the disk, *out is read from there.
 */
enum verdict consents_give(struct db *db, const struct session *s,
	const struct consent_request *request, struct consent *out,
	struct refusal *why, struct err *err);
enum verdict consents_refuse(struct db *db, const struct session *s,
	const struct consent_request *request, struct consent *out,
	struct refusal *why, struct err *err);

/* REFUSED_CONSENT_NONE: none holds, or not more than what is to be left. */
enum verdict consents_withdraw(struct db *db, const struct session *s,
	const struct consent_withdrawal *w, struct consent *out,
	struct refusal *why, struct err *err);

enum consent_lack {
	CONSENT_LACKS_NOTICE = 1, /* no text, or not in UTF-8 */
	CONSENT_LACKS_PURPOSE,    /* nothing asked, or nothing agreed to */
	CONSENT_LACKS_PARTY,      /* who speaks: name, number or paper */
	CONSENT_LACKS_HOW,
	CONSENT_LACKS_WITNESS, /* none, or one of those who speak */
	CONSENT_LACKS_REASON,
	CONSENT_LACKS_UNTIL, /* its last day is over already */
	CONSENT_LACKS_AGE,   /* under 18 (facts: Law 91/2025 art. 24): a
				parent or guardian speaks */
};

enum lookup consents_get(struct db *db, uint64_t seq, struct consent *out,
	struct err *err);

/* By "Mã" of its slip as typed, or the text of its QR. */
enum lookup consents_by_code(struct db *db, const char *code,
	struct consent *out, struct err *err);

/* All of them after record after, the oldest first; of one person, or of
 * everybody (0). Each false: stop, which is no error. */
bool consents_each(struct db *db, int64_t person, uint64_t after,
	bool (*each)(void *ctx, const struct consent *c), void *ctx,
	struct err *err);

/* The text of that hash; *len at most CONSENT_TEXT_MAX. */
enum lookup consents_text(struct db *db, const uint8_t sum[CRYPTO_HASH_SIZE],
	char out[CONSENT_TEXT_MAX], size_t *len, struct err *err);

/* A copy of the slip: REPRINT with its number, 1, 2, 3 … Whoever may take
 * consents. */
enum verdict consents_reprint(struct db *db, const struct session *s,
	uint64_t seq, int *copy, struct refusal *why, struct err *err);

/* Codes for scripts: "given", "self", "signature", "cash", "counter"; and
 * back. Purposes: "payout", "verify", "share", "phone", by number 0 to 3. */
const char *consent_standing_name(enum consent_standing s);
const char *consent_kind_name(enum consent_kind k);
const char *consent_by_name(enum consent_by by);
bool consent_by_parse(const char *name, enum consent_by *out);
const char *consent_how_name(enum consent_how how);
bool consent_how_parse(const char *name, enum consent_how *out);
const char *consent_refusal_name(enum consent_refusal r);
bool consent_refusal_parse(const char *name, enum consent_refusal *out);
const char *consent_channel_name(enum consent_channel c);
bool consent_channel_parse(const char *name, enum consent_channel *out);
const char *consent_purpose_name(int purpose);
/* "payout,verify"; "all", "none". False: one is not known. */
bool consent_purposes_parse(const char *text, unsigned *out);

#endif
