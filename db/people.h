/*
 * people.h - the people on the payment lists, found in every way a counter
 * needs, and what is due to each.
 *
 * A person is one beneficiary of one unit; lists of several months refer to
 * the same person. What is due is a set of entitlements: one for each kind
 * of money of each list row (month, arrears, funeral, carried over), each
 * payable exactly once.
 *
 * Who a person is opens only while somebody is signed in (users.h): else what
 * reads people fails with ERR_DENIED. What was erased has empty texts.
 */
#ifndef DB_PEOPLE_H
#define DB_PEOPLE_H

#include "core/codec/idcard.h"
#include "core/codec/paylist.h"
#include "core/notes.h"
#include "db/db.h"

enum {
	PEOPLE_ADDRESS_SIZE = PAYLIST_TEXT_SIZE,
	PEOPLE_MAX_ITEMS = 16, /* open entitlements of one person */
	PEOPLE_MAX_FOUND = 100,
	ENT_SIZE = 16
};

/* journal.md key 27. */
enum ent_what {
	ENT_MONTH = 1,
	ENT_ARREARS = 2,
	ENT_FUNERAL = 3,
	ENT_CARRIED = 4,
	ENT_OTHER = 5,
};

struct due_item {
	uint8_t ent[ENT_SIZE];
	int32_t period;      /* of the money: the arrears month if it is one */
	int32_t list_period; /* of the list that it stands on */
	enum ent_what what;
	int64_t amount;
	char months[64];   /* arrears months as listed, "" if one or none */
	bool by_account;   /* the account pays this: no cash */
	uint64_t paid_seq; /* PAY record that paid it; 0: not paid */
	int stopped;       /* he left before: enum change_reason; 0: payable */
	/* MARKS record that says that another terminal paid it; 0: none. */
	uint64_t elsewhere;
	/* RELEASE record: another terminal is to pay it (handover.h); 0. */
	uint64_t away;
};

struct person {
	int64_t id; /* in this store only */
	char unit_code[PAYLIST_CODE_SIZE];
	char beneficiary_id[PAYLIST_CODE_SIZE];
	char id12[PERSONID_SIZE]; /* "" if none */
	char old_id[PERSONID_OLD_SIZE];
	char name[VIET_NAME_SIZE];
	struct date birth;
	enum sex sex;
	char address[PEOPLE_ADDRESS_SIZE];
	char group[PAYLIST_CODE_SIZE];
	char list_no[PAYLIST_CODE_SIZE]; /* of the newest list */
	int64_t seq;                     /* STT on it */
	enum paylist_payee payee;        /* whom the list names as receiver */
	char payee_name[VIET_NAME_SIZE];
	char payee_id[PERSONID_SIZE];
	char list_bin[8]; /* the account on his newest list; "": it has none */
	char list_account[24];
	bool has_account; /* the bank said that it is his */
	/* enum account_answer, and of which account that was and when (ISO);
	 * of the one on the newest list, if that has one. */
	int account_state;
	char account_bin[8];
	char account_no[24];
	char account_date[DATE_TEXT_SIZE];
	char account_message[PAYLIST_TEXT_SIZE]; /* the bank's own words */
	/* enum not_paid of payouts.h; 0: none since his newest list came in.
	 * Death counts for ever. */
	int not_paid_reason;
};

/* How far the account is that was taken down, and what pays: accounts.h. */
struct person_account {
	int standing;      /* enum account_standing; 0: there is none */
	int answer;        /* enum account_answer */
	int32_t pays_from; /* the list from which on it pays; 0: cash */
	int32_t cash_from; /* cash again from that list on; 0 */
	int back;          /* enum account_back */
};

struct person_due {
	struct person person;
	struct person_account account;
	/* All that is open, and all of his newest list, newest list first. If
	 * more than PEOPLE_MAX_ITEMS are open: the oldest of them. */
	struct due_item item[PEOPLE_MAX_ITEMS];
	int items;
	/* He left, from that period on; 0: he did not, or is back. */
	int32_t left_from;
	int left_reason;   /* enum change_reason */
	uint64_t left_seq; /* the CHANGE record */
	/* The newest change of him; kind 0: none. What it says of money is for
	 * people to read, and never paid. */
	int change_kind; /* enum change_kind */
	int32_t change_period;
	int64_t change_monthly; /* 0: not said */
	char change_note[PAYLIST_TEXT_SIZE];
	int64_t due;       /* cash still to pay */
	int64_t paid;      /* paid here of what stands above */
	uint64_t last_seq; /* newest PAY of this person here; 0: none */
};

/* One line of a result list. */
struct person_found {
	int64_t id;
	char id12[PERSONID_SIZE];
	char name[VIET_NAME_SIZE];
	struct date birth;
	char hamlet[96]; /* first part of the address */
	int64_t due;     /* cash that may be paid now */
	bool paid;       /* something was paid and nothing is due any more */
};

/* How a query was understood. */
enum people_by {
	PEOPLE_BY_NOTHING, /* empty, only marks, or too many digits */
	PEOPLE_BY_ID12,
	PEOPLE_BY_OLD_ID, /* nine digits */
	PEOPLE_BY_LAST, /* four or more last digits of id12 or the old number */
	PEOPLE_BY_SEQ,  /* one to three digits, or "#17": number on the list */
	PEOPLE_BY_NAME, /* words in any order, marks optional, beginnings do */
};

enum people_by people_query_kind(const char *query);

/*
 * Open everybody's name and number into memory, for people_find(): 100,000
 * in some 0.3 s. After signing in, so that the first search need not; without
 * it that does. They are wiped when the last one signs out.
 */
bool people_prepare(struct db *db, struct err *err);

/*
 * Find people by what an agent typed. At most max (PEOPLE_MAX_FOUND) rows;
 * *count is how many were written, *more whether there are others. By name:
 * every word typed must begin a word of the name; exact words come first.
 * Else, and for numbers, the order is that of lists of people: given name,
 * middle names, family name (viet_list_key()), then birth, then id, so that
 * fewer rows asked for are the first of more. Special characters are literal (T47). false: *err.
 */
bool people_find(struct db *db, const char *query, struct person_found *out,
	int max, int *count, bool *more, struct err *err);

/*
 * By card: id12, else the card's old number, if it is one person's. Several
 * units may know one id12: then the one who has cash due, else the one on
 * the newest list. A rejected card is nobody's.
 */
enum lookup people_by_card(struct db *db, const struct idcard *card,
	struct person_due *out, struct err *err);

enum lookup people_by_id12(struct db *db, const char *id12,
	struct person_due *out, struct err *err);
enum lookup people_get(struct db *db, int64_t id, struct person_due *out,
	struct err *err);

/* Everybody whose data are here, by id; each false: stop, which is no error. */
bool people_each(struct db *db, bool (*each)(void *ctx, const struct person *p),
	void *ctx, struct err *err);

/*
 * Done and all, for the header "142/200": people who have cash on the newest
 * period's lists, or open from before; done are those with nothing open.
 * Money lost by leaving (changes.h) is none of it. The
 * first call reads all entitlements (0.1 s for 100,000 people), later ones
 * only what was paid since.
 */
bool people_progress(struct db *db, int64_t *done, int64_t *all,
	struct err *err);

/*
 * What is due to those who have cash to get, by amount, most people first;
 * the same count as people_progress(), which is up to date afterwards, too.
 */
bool people_queue(struct db *db, struct notes_queue *out, struct err *err);

#endif
