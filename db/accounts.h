/*
 * accounts.h - where somebody wants his money from now on, and how far that is.
 *
 * An account is taken down at the door or the counter (ACCOUNT): from its QR,
 * or typed twice, or only planned. It says nothing about money: that changes
 * with the list that has him paid by account, or with what a supervisor says
 * (accounts_pays()). Until then he is paid in cash, whatever stands here. Each
 * record stays; the newest of a person is the one that counts.
 *
 *	CAPTURED --the person looks at it--> CONFIRMED --list for the bank--> SENT
 *	     \------------- the bank answers (changes.h) -----------------------+
 *	                                          VERIFIED or REFUSED <---------+
 *	all of these --money comes back to cash--> ENDED
 *
 * Nobody's account is taken down without his consent to purpose (a). Reading
 * any of this takes a session. Threads: that of the store.
 */
#ifndef DB_ACCOUNTS_H
#define DB_ACCOUNTS_H

#include "core/codec/account.h"
#include "core/codec/answerlist.h"
#include "db/payouts.h"

enum {
	ACCOUNTS_TEXT_SIZE = 96,
	ACCOUNTS_MAX_OTHERS = 4
};

/* Key 28 of ACCOUNT. By the provider, but for the last. */
enum account_kind {
	ACCOUNT_KIND_NONE = 0,
	ACCOUNT_BANK = 1,
	ACCOUNT_WALLET = 2,
	ACCOUNT_MOBILE = 3, /* mobile money: the number is a phone's */
	ACCOUNT_PLANNED = 4 /* he will open one; only the provider is known */
};

/* Key 37 of ACCOUNT: where the number is from. */
enum account_via {
	ACCOUNT_VIA_NONE = 0, /* planned */
	ACCOUNT_VIA_QR = 1,
	ACCOUNT_VIA_TYPED = 2, /* twice, the second time blind */
};

/* Key 38 of ACCOUNT: how the holder's name fits its owner's. From 3 on it is
 * different, and that is why. */
enum account_names {
	ACCOUNT_NAMES_NONE = 0, /* planned */
	ACCOUNT_NAMES_EQUAL = 1,
	ACCOUNT_NAMES_ALIKE = 2,   /* but for marks, blanks, order */
	ACCOUNT_NAMES_BANK = 3,    /* the bank has it shortened or wrong */
	ACCOUNT_NAMES_LIST = 4,    /* the list has it wrong */
	ACCOUNT_NAMES_CHANGED = 5, /* he had another name before */
	ACCOUNT_NAMES_OTHER = 9,
};

/* Key 17 of ACCOUNT: why it is somebody else's too. */
enum account_shared {
	ACCOUNT_SHARED_NOT = 0,
	ACCOUNT_SHARED_GUARDIAN = 1, /* both have that guardian */
	ACCOUNT_SHARED_HOUSEHOLD = 2,
	ACCOUNT_SHARED_OTHER = 9, /* the text says it */
};

/* Key 28 of ACCOUNT_STATE, beside enum account_answer. */
enum account_step {
	ACCOUNT_STEP_NONE = 0,
	ACCOUNT_STEP_CONFIRMED = 6, /* by the person; ref the ACCOUNT */
	ACCOUNT_STEP_SENT = 7,      /* to the bank's check; ref the ACCOUNT */
	ACCOUNT_STEP_CASH = 8,      /* cash again from period on; rsn why */
	ACCOUNT_STEP_PAYS = 9,      /* the account pays from period on */
};

/* Key 17 of ACCOUNT_STATE with ACCOUNT_STEP_CASH. */
enum account_back {
	ACCOUNT_BACK_NOT = 0,
	ACCOUNT_BACK_ASKED = 1,     /* the person wants cash */
	ACCOUNT_BACK_RETURNED = 2,  /* the bank sent the money back */
	ACCOUNT_BACK_WITHDRAWN = 3, /* consent was withdrawn */
	ACCOUNT_BACK_OTHER = 9,
};

/* Never two at once. */
enum account_standing {
	ACCOUNT_STANDS_NOT, /* there is none */
	ACCOUNT_STANDS_PLANNED,
	ACCOUNT_STANDS_CAPTURED,
	ACCOUNT_STANDS_CONFIRMED,
	ACCOUNT_STANDS_SENT,
	ACCOUNT_STANDS_VERIFIED,
	ACCOUNT_STANDS_REFUSED, /* answer says why */
	ACCOUNT_STANDS_ENDED,   /* cash again, or the consent is gone */
	ACCOUNT_STANDS_COUNT,
};

/* What is to be taken down. Texts are cleaned, the rest is checked. */
struct account_take {
	int64_t person;
	bool planned;
	enum account_via via;    /* not for a planned one */
	char bin[BANK_BIN_SIZE]; /* "": planned, and not yet known where */
	char number[ACCOUNT_NUMBER_SIZE];
	char holder[VIET_NAME_SIZE]; /* folded as banks do */
	enum payee whose;            /* PAYEE_SELF, GUARDIAN, AUTHORISED */
	char owner[VIET_NAME_SIZE];  /* if not his own */
	char owner_id[PERSONID_SIZE];
	enum payee_relation relation;
	char paper[64];               /* AUTHORISED: must be there */
	enum account_names names;     /* why, if the names differ; else any */
	enum account_shared shared;   /* why, if it is somebody else's too */
	char why[ACCOUNTS_TEXT_SIZE]; /* in words, for either OTHER */
	struct date planned_on;       /* year 0: not said */
	bool confirmed; /* the person looked at it: that record follows, too */
};

/* An account of the book. */
struct account_held {
	uint64_t seq; /* of ACCOUNT; 0: there is none */
	int64_t t;
	int64_t actor;
	char actor_name[DB_NAME_SIZE];
	int64_t person;
	char name[VIET_NAME_SIZE]; /* his; "" if erased */
	enum account_kind kind;
	enum account_via via;
	uint64_t consent;       /* CONSENT, key 12 */
	struct account account; /* number "": planned, or erased */
	char holder[ACCOUNT_NAME_SIZE];
	enum payee whose;
	char owner[VIET_NAME_SIZE];
	char owner_id[PERSONID_SIZE];
	enum payee_relation relation;
	char paper[64];
	enum account_names names;
	enum account_shared shared;
	char why[ACCOUNTS_TEXT_SIZE];
	struct date planned_on;
	enum account_standing standing;
	uint64_t standing_seq;               /* the record that says so */
	enum account_answer answer;          /* VERIFIED, REFUSED: the bank's */
	char answer_date[DATE_TEXT_SIZE];    /* ISO; "" */
	char answer_text[PAYLIST_TEXT_SIZE]; /* its own words; "" */
};

/*
 * What pays him: by the lists that are here, and what was said since. A list
 * that came in later says it anew, but never against a PAYS.
 */
struct account_method {
	int32_t pays_from; /* list from which on his account pays; 0: none */
	int32_t cash_from; /* he is back to cash from that list on; 0 */
	enum account_back back; /* why */
	uint64_t seq; /* ACCOUNT_STATE that says so; 0: the lists do */
};

/* Somebody else with the same account. */
struct account_other {
	int64_t person;
	char name[VIET_NAME_SIZE];
	char last4[5]; /* of his id12 */
	bool on_list;  /* a payment list says so, nobody took it down here */
};

/*
 * REFUSED_ROLE: for agents, staff, supervisors; REFUSED_CLOCK_DAY;
 * REFUSED_NOT_FOUND: no such person; REFUSED_NO_CONSENT: none that stands has
 * purpose (a); REFUSED_ACCOUNT: nothing that could be paid to, or the paper of
 * its owner is missing, or via; REFUSED_ACCOUNT_NAME: the holder is somebody
 * else, and no reason; REFUSED_ACCOUNT_SHARED: so many others (amount) have
 * it, prior.actor_name is one, and no reason.
 */
enum verdict accounts_add(struct db *db, const struct session *s,
	const struct account_take *take, struct account_held *out,
	struct refusal *why, struct err *err);

/* The person looked at it and says yes. REFUSED_NOT_FOUND: seq is no account
 * that stands CAPTURED. */
enum verdict accounts_confirm(struct db *db, const struct session *s,
	uint64_t seq, struct account_held *out, struct refusal *why,
	struct err *err);

/*
 * The account pays from the list of that period on: no cash of those lists
 * any more. REFUSED_ROLE: for a supervisor; REFUSED_NOT_FOUND: there is no
 * such person; REFUSED_ACCOUNT_UNVERIFIED: the bank verified none of his.
 */
enum verdict accounts_pays(struct db *db, const struct session *s,
	int64_t person, int32_t period, struct account_method *out,
	struct refusal *why, struct err *err);

/*
 * Cash again, from the list of that period on. *frees says how much of the
 * lists that are here becomes payable by it, which takes a supervisor: s, or
 * by (REFUSED_SECOND_PERSON, amount is how much). The account ENDS by it.
 */
enum verdict accounts_cash(struct db *db, const struct session *s,
	int64_t person, int32_t period, enum account_back back,
	const struct session *by, struct account_method *out, int64_t *frees,
	struct refusal *why, struct err *err);

/* The newest account of a person; ABSENT: none was ever taken down. */
enum lookup accounts_of(struct db *db, int64_t person, struct account_held *out,
	struct err *err);

enum lookup accounts_get(struct db *db, uint64_t seq, struct account_held *out,
	struct err *err);

bool accounts_method(struct db *db, int64_t person, struct account_method *out,
	struct err *err);

/* All of a person's, the newest first; each false: stop, which is no error. */
bool accounts_history(struct db *db, int64_t person,
	bool (*each)(void *ctx, const struct account_held *a), void *ctx,
	struct err *err);

/* The newest one of everybody who has one, by ACCOUNT. */
bool accounts_each(struct db *db,
	bool (*each)(void *ctx, const struct account_held *a), void *ctx,
	struct err *err);

/*
 * Who else has that account: his newest one here, or that of his newest list.
 * *count may be more than max. Opens everybody once: 0.3 s for 100,000.
 */
bool accounts_others(struct db *db, int64_t person, const char *bin,
	const char *number, struct account_other *out, int max, int *count,
	struct err *err);

/*
 * The list for the bank's check went out with these in it: each is SENT. Those
 * that are planned, answered, ended or SENT already, or whose owner did not
 * agree that the bank is asked (purpose b), are left as they are; *marked is
 * how many are SENT by it. REFUSED_ROLE: who may export may.
 */
enum verdict accounts_sent(struct db *db, const struct session *s,
	const uint64_t *seq, size_t count, size_t *marked, struct refusal *why,
	struct err *err);

/* May the bank be asked about it: does it wait for that, and did he agree? */
bool accounts_may_send(struct db *db, const struct account_held *a, bool *may,
	struct err *err);

/* "mobile", "qr" …: the codes for scripts; "" for none. */
const char *account_kind_name(enum account_kind kind);
const char *account_via_name(enum account_via via);
const char *account_names_name(enum account_names names);
bool account_names_parse(const char *name, enum account_names *out);
const char *account_shared_name(enum account_shared shared);
bool account_shared_parse(const char *name, enum account_shared *out);
const char *account_back_name(enum account_back back);
bool account_back_parse(const char *name, enum account_back *out);
const char *account_standing_name(enum account_standing standing);

#endif
