/*
 * payouts.h - money moves here and nowhere else (journal.md 5).
 *
 *	(none) --pay--> PAID --handed--> HANDED --void--> VOIDED
 *	           |      |  \--answer: not handed---------^
 *	           |      +-- print result, any time, changes nothing of these
 *	           +-- from the pad: HANDED at once, it was given before
 *
 * PAY is one transaction: preconditions, record, entitlements marked,
 * totals; committed, then read back, hash and signature recomputed. Only
 * then is VERDICT_DONE said. VERDICT_FAILED means unknown: ask
 * payouts_of_request() by the request's uid before anything else; never
 * just pay again. While a payout is open (PAID) no other may begin.
 *
 * Who is noted as dead is paid nothing, but for PAYEE_FUNERAL what is due of
 * funeral money, and that alone. Who is under 18, and has a guardian on the
 * list, is not paid himself (REFUSED_MINOR) unless a second person signs. A
 * paper that ended is none (REFUSED_PAPER_OVER).
 */
#ifndef DB_PAYOUTS_H
#define DB_PAYOUTS_H

#include "core/codec/seal.h"
#include "db/people.h"
#include "db/shifts.h"

/* journal.md key 29. */
enum payee {
	PAYEE_SELF = 1,
	PAYEE_GUARDIAN = 2,
	PAYEE_AUTHORISED = 3,
	PAYEE_FUNERAL = 4,
	PAYEE_CARER = 5,
};

/* How the receiver is related to the person. */
enum payee_relation {
	RELATION_NONE = 0, /* not said */
	RELATION_CHILD = 1,
	RELATION_SPOUSE = 2,
	RELATION_PARENT = 3,
	RELATION_SIBLING = 4,
	RELATION_GRANDCHILD = 5,
	RELATION_OTHER = 9,
};

enum payout_state {
	PAYOUT_PAID = 1,   /* committed, not yet handed */
	PAYOUT_HANDED = 3, /* numbers as in journal.md 4, table paid */
	PAYOUT_VOIDED = 4,
};

enum print_state {
	PRINT_NONE,
	PRINT_PRINTING, /* bytes may be on their way: unknown after a crash */
	PRINT_PRINTED,
	PRINT_UNKNOWN,
	PRINT_FAILED,
};

/* Key 17 of VOID. */
enum void_reason {
	VOID_NONE = 0,
	VOID_NOT_HANDED = 1,   /* the money never left the drawer */
	VOID_RECEIPT_BACK = 2, /* money and receipt are back */
	VOID_RECEIPT_LOST = 3, /* the money is back, the receipt is not */
};

/* journal.md key 28 of NOT_PAID. */
enum not_paid {
	NOT_PAID_NONE = 0,
	NOT_PAID_ABSENT = 1,
	NOT_PAID_MOVED = 2,
	NOT_PAID_DIED = 3,
	NOT_PAID_REFUSES = 4,
	NOT_PAID_PRISON = 5,
	NOT_PAID_WRONG_DATA = 6,
	NOT_PAID_OTHER = 9,
};

enum {
	PAYOUT_UID_SIZE = 16,
	PAYOUT_PAD_SIZE = 20 /* number of a sheet of the pad: digits */
};

/* Differences between card and list that the agent looked at and accepted. */
enum {
	REVIEW_NAME_MARKS = 1, /* marks, order, case of the name */
	REVIEW_NAME = 2,       /* the name itself: needs a reason */
	REVIEW_BIRTH = 4,
	REVIEW_SEX = 8,
	REVIEW_OLD_ID = 16, /* found by the old number only */
	REVIEW_CARD = 32,   /* the card was read with warnings */
	/* Paid to somebody under 18 himself, though the list names a guardian:
	 * set by payouts_pay(), when a second person let it pass. */
	REVIEW_MINOR = 64
};

/* Why it is the right person all the same: key 17 of a REVIEW. */
enum review_reason {
	REVIEW_REASON_NONE = 0,  /* not asked */
	REVIEW_REASON_LIST = 1,  /* the list is wrong */
	REVIEW_REASON_CARD = 2,  /* the card is wrong, or an old one */
	REVIEW_REASON_PAPER = 3, /* another paper shows it */
};

/* What the card says, where there is a difference; year 0, "": nothing. */
struct review_card {
	char name[VIET_NAME_SIZE];
	char id12[PERSONID_SIZE];
	struct date birth;
	enum sex sex;
};

struct pay_request {
	uint8_t uid[PAYOUT_UID_SIZE]; /* made before the first attempt */
	int64_t person;
	int32_t list_period; /* 0: everything that is due in cash */
	enum payee payee;
	char payee_name[VIET_NAME_SIZE]; /* if not PAYEE_SELF */
	char payee_id[PERSONID_SIZE];
	char payee_paper[64];    /* authorisation: number and date */
	struct date payee_until; /* its last day; year 0: not said */
	enum payee_relation payee_relation;
	struct notes notes; /* the split handed over; all 0: not said */
	bool suggested;     /* notes are: not said if they do not add up */
	unsigned review;    /* REVIEW_ bits: one REVIEW record goes before */
	enum review_reason review_reason;
	struct review_card card;
	const struct session *approver; /* second person, or NULL */
	bool no_printer; /* nothing there that could print a receipt now */
	/* Paid by hand before, with a sheet of the pad; "": paid now. */
	char pad[PAYOUT_PAD_SIZE];
	int64_t given_at; /* when, as the sheet says; before now */
};

struct payout {
	uint64_t seq;
	uint8_t uid[PAYOUT_UID_SIZE];
	enum payout_state state;
	enum print_state print;
	int copies; /* REPRINT records so far */
	int64_t t;
	int clock_quality; /* journal.md key 8 */
	int64_t shift;
	int64_t actor;
	char actor_name[DB_NAME_SIZE];
	int32_t period; /* newest list period among the items */
	int64_t amount;
	struct due_item item[PEOPLE_MAX_ITEMS];
	int items;
	enum payee payee;
	char payee_name[VIET_NAME_SIZE];
	char payee_id[PERSONID_SIZE];
	enum payee_relation payee_relation;
	struct notes notes;   /* all 0: not said */
	struct person person; /* as the list has him; id 0 if erased */
	char code[SEAL_CODE_SIZE];
	char qr[SEAL_TEXT_SIZE];
	enum void_reason void_reason;
	char pad[PAYOUT_PAD_SIZE]; /* "": not written by hand */
	int64_t given_at;          /* pad only: as the sheet says */
	bool quick; /* by payouts_pay() only: see payouts_quick() */
};

/* A fresh uid for a request. */
void payouts_uid(uint8_t out[PAYOUT_UID_SIZE]);

/*
 * With a number of the pad in request the money was given before, when the
 * machine was down: PAY (LATE, HANDWRITTEN) and HANDED in one transaction. No
 * original is ever printed of it, a copy may be. REFUSED_PAD: that number is
 * entered, prior is by whom; REFUSED_LATE: it is no number, or its time is to
 * come or older than a month.
 */
enum verdict payouts_pay(struct db *db, const struct session *s,
	const struct pay_request *request, struct payout *out,
	struct refusal *why, struct err *err);

/* After VERDICT_FAILED: did that request become a payment? */
enum lookup payouts_of_request(struct db *db,
	const uint8_t uid[PAYOUT_UID_SIZE], struct payout *out,
	struct err *err);

/* The cash was given: HANDED. */
enum verdict payouts_handed(struct db *db, const struct session *s,
	uint64_t seq, struct payout *out, struct refusal *why, struct err *err);

/*
 * The same in other notes than those of the request; none: nobody counted
 * them. REFUSED_NOTES if they do not add up. given NULL: as the request says.
 */
enum verdict payouts_handed_in(struct db *db, const struct session *s,
	uint64_t seq, const struct notes *given, struct payout *out,
	struct refusal *why, struct err *err);

/*
 * What lies in the drawer of the open shift, by banknote: what was put in and
 * taken out by FLOAT_IN and FLOAT_OUT, less what was handed over (key 26 of
 * HANDED, else of PAY). Where a record does not say it, and for money that
 * came back, it is estimated (core/notes.h). ABSENT: no shift is open.
 */
enum lookup payouts_stock(struct db *db, struct notes_stock *out,
	struct err *err);

/*
 * Which notes to give for an amount, from that drawer, so that those who
 * still wait on this terminal's lists can be paid, too. One of them, whom
 * that is due to, is he. No advice (exact and fetch are 0) without a shift.
 */
bool payouts_advise(struct db *db, int64_t amount, struct notes_advice *out,
	struct err *err);

/*
 * The cash was not given and is still in the drawer (wrong amount noticed at
 * once, person changed his mind): VOID within the open payment. by is the
 * second person; without one the record carries the OVERRIDE flag.
 */
enum verdict payouts_not_handed(struct db *db, const struct session *s,
	uint64_t seq, const struct session *by, struct payout *out,
	struct refusal *why, struct err *err);

/*
 * The money was handed over, and is back: VOID and VOID_RETURNED, which puts
 * it into the drawer of s, whoever paid it and in whatever shift. Always with
 * a supervisor, who has seen it. paper proves that the receipt is back: the
 * text of its QR as scanned, or the number of its sheet of the pad; not read
 * when it is said to be lost. REFUSED_NOT_FOUND, REFUSED_VOIDED,
 * REFUSED_OPEN_PAYOUT (answer that first), REFUSED_PAPER,
 * REFUSED_SECOND_PERSON, REFUSED_SAME_PERSON.
 */
struct void_request {
	uint64_t seq; /* of the payout */
	enum void_reason reason;
	const char *paper; /* NULL: none */
	const struct session *by;
};
enum verdict payouts_void(struct db *db, const struct session *s,
	const struct void_request *request, struct payout *out,
	struct refusal *why, struct err *err);

/*
 * The payout that is neither handed nor voided. After a crash its print
 * state PRINTING is reported as UNKNOWN.
 */
enum lookup payouts_open(struct db *db, struct payout *out, struct err *err);

/*
 * The answer to "was the money handed over?" after a crash: RECOVERY record,
 * then HANDED or VOID, in one transaction. Doing it twice is refused with
 * REFUSED_NO_OPEN_PAYOUT. For an agent who is out (shifts.h) somebody else
 * answers, with a second person, whatever the answer is.
 */
enum verdict payouts_recover(struct db *db, const struct session *s,
	bool handed, const struct session *by, struct payout *out,
	struct refusal *why, struct err *err);

/*
 * Paper. Begin before the first byte goes out: false in *first if the
 * original was printed, may be printing, or is unknown: then it must be a
 * copy. Result after: PRINT_PRINTED, PRINT_UNKNOWN or PRINT_FAILED.
 */
bool payouts_print_begin(struct db *db, uint64_t seq, bool *first,
	struct err *err);
bool payouts_print_result(struct db *db, const struct session *s, uint64_t seq,
	enum print_state result, struct err *err);

/* A copy: REPRINT record with its number; *copy is 1, 2, 3 … */
enum verdict payouts_reprint(struct db *db, const struct session *s,
	uint64_t seq, int reason, int *copy, struct refusal *why,
	struct err *err);

/* NOT_PAID record with the reason; date is the day of death, else zero. */
enum verdict payouts_not_paid(struct db *db, const struct session *s,
	int64_t person, enum not_paid reason, struct date date,
	struct refusal *why, struct err *err);

/*
 * How many payouts of a shift came sooner after the one before than the limit
 * of pace (15 s, limits.h) says: for
 * the supervisor, nothing is stopped by it. Counted by the clock that nobody
 * can set; a repeated voided payout counts like any other.
 */
bool payouts_quick(struct db *db, int64_t shift, int64_t *count,
	struct err *err);

enum lookup payouts_get(struct db *db, uint64_t seq, struct payout *out,
	struct err *err);

/* By the "Mã" code as typed or the text of the receipt's QR. */
enum lookup payouts_by_code(struct db *db, const char *code, struct payout *out,
	struct err *err);

/* By the number of its sheet of the pad. */
enum lookup payouts_by_pad(struct db *db, const char *pad, struct payout *out,
	struct err *err);

/* Codes for scripts: "handed", "printed", "self", "absent"; and back. */
const char *payout_state_name(enum payout_state s);
const char *print_state_name(enum print_state s);
const char *payee_name(enum payee p);
const char *review_reason_name(enum review_reason r);
const char *payee_relation_name(enum payee_relation r);
bool payee_relation_parse(const char *name, enum payee_relation *out);
bool payee_parse(const char *name, enum payee *out);
const char *void_reason_name(enum void_reason r);
bool void_reason_parse(const char *name, enum void_reason *out);
const char *not_paid_name(enum not_paid r);
bool not_paid_parse(const char *name, enum not_paid *out);

#endif
