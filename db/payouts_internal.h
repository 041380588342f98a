/* payouts_internal.h - shared by the files of payouts. Private to db/. */
#ifndef DB_PAYOUTS_INTERNAL_H
#define DB_PAYOUTS_INTERNAL_H

#include "db/payouts.h"

/* Everything that was looked up on the way to a PAY. */
struct payouts_plan {
	const struct session *s;
	struct pay_request request; /* its texts cleaned */
	const struct session *approver;
	struct shift shift;
	struct person_due due;
	struct due_item item[PEOPLE_MAX_ITEMS];
	int items;
	int64_t amount;
	int32_t period; /* newest list among the items */
	bool only_funeral;
	uint64_t flags;
	bool clock_is_right;
};

/*
 * payouts_may.c: the preconditions, in the order in which people can do
 * something about them. In: s, approver, request; fills the rest.
 */
enum verdict payouts_may_pay(struct db *db, struct payouts_plan *p,
	struct refusal *why, struct err *err);

/*
 * The same, as far as it is about the money: is all of it his, due, in cash,
 * and this terminal's to give away (handover.h)? In: s, request.person.
 */
enum verdict payouts_may_release(struct db *db, struct payouts_plan *p,
	struct refusal *why, struct err *err);

/* Fill a refusal from a PAY record. */
enum lookup payouts_prior(struct db *db, uint64_t seq,
	struct refusal_prior *out, struct err *err);

/* The name of a user; "" if he is not known here. */
bool payouts_user_name(struct db *db, int64_t number, char *out, size_t size,
	struct err *err);

/*
 * NOT_PAID and its row, in the caller's transaction; date: of death, "" none.
 * *seq: its number, may be NULL.
 */
bool payouts_write_not_paid(struct db *db, const struct session *s,
	const struct person *p, enum not_paid reason, const char *date,
	uint64_t *seq, struct err *err);

/* The same for the payout that is open; ABSENT: none is. */
enum lookup payouts_prior_open(struct db *db, struct refusal_prior *out,
	struct err *err);

/* The number of the payout that is open. */
enum lookup payouts_open_seq(struct db *db, uint64_t *seq, struct err *err);

/* Does that PAY come less than 15 s after the one before? */
bool payouts_is_quick(struct db *db, uint64_t seq, bool *quick,
	struct err *err);

/* Has this very process begun to print it, and not heard the result? */
bool payouts_printing(const struct db *db, uint64_t seq);

/* Both tables follow the record that was just written. */
bool payouts_set_state(struct db *db, const struct payout *p,
	enum payout_state to, enum void_reason reason, struct err *err);

/*
 * HANDED, and the tables; given: key 26, NULL: as the PAY says. In the
 * caller's transaction.
 */
bool payouts_write_handed(struct db *db, const struct session *s,
	const struct session *by, const struct payout *p,
	const struct notes *given, struct err *err);

/* payouts_stock() of a shift that was opened and closed by these records. */
bool payouts_stock_between(struct db *db, uint64_t opened, uint64_t closed,
	struct notes_stock *out, struct err *err);

/* Column payout.notes. */
enum {
	PAYOUTS_NOTES_SIZE = 4 * NOTES_KINDS
};
void payouts_notes_pack(const struct notes *n, uint8_t out[PAYOUTS_NOTES_SIZE]);

/*
 * VOID, for a reason of money that was out VOID_RETURNED, and the tables. In
 * the caller's transaction; by NULL: flagged.
 */
bool payouts_write_void(struct db *db, const struct session *s,
	const struct session *by, const struct payout *p,
	enum void_reason reason, struct err *err);

/* Why the payment of an entitlement was voided; VOID_NONE: it was not. */
bool payouts_voided_as(struct db *db, const uint8_t ent[ENT_SIZE],
	enum void_reason *out, struct err *err);

/* "123" -> "000123": one number is written in one way. False: no number. */
bool payouts_pad_number(const char *text, char out[PAYOUT_PAD_SIZE]);

/*
 * May this sheet of the pad be entered? Its number is written in full then.
 * REFUSED_LATE, REFUSED_PAD. DONE, too, if the request has none.
 */
enum verdict payouts_may_enter(struct db *db, struct pay_request *r,
	struct refusal *why, struct err *err);

enum {
	PAYOUT_PD_SIZE = 1024
};

/* The texts of what is sealed in column payee. */
enum {
	PAYOUTS_PAYEE_NAME,
	PAYOUTS_PAYEE_ID,
	PAYOUTS_PAYEE_PAPER,
	PAYOUTS_PAYEE_UNTIL,   /* ISO; these two are "" in older rows */
	PAYOUTS_PAYEE_RELATION /* its digit */
};

/* The texts of what is sealed in a row of review. */
enum {
	REVIEW_CARD_NAME,
	REVIEW_CARD_ID,
	REVIEW_CARD_BIRTH,
	REVIEW_LIST_NAME,
	REVIEW_LIST_ID,
	REVIEW_LIST_BIRTH,
	REVIEW_LIST_SEX
};

/*
 * The personal data of a record, canonical CBOR (db/README.md): the person,
 * and those of request (NULL: none) and date (NULL: none). Its length.
 */
size_t payouts_pd(const struct person *p, const struct pay_request *request,
	const char *date, uint8_t out[PAYOUT_PD_SIZE]);

/* The same, and texts under keys of other kinds of records, their keys in
 * ascending order and above those of a REVIEW; "" are left out. */
struct pd_text {
	unsigned key;
	const char *text;
};
size_t payouts_pd_with(const struct person *p,
	const struct pay_request *request, const struct pd_text *more,
	size_t count, uint8_t out[PAYOUT_PD_SIZE]);

/* Those of a REVIEW: the same, and what the card says. */
size_t payouts_review_pd(const struct person *p,
	const struct pay_request *request, uint8_t out[PAYOUT_PD_SIZE]);

#endif
