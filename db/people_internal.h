/* people_internal.h - what people, find, progress and lists share. */
#ifndef DB_PEOPLE_INTERNAL_H
#define DB_PEOPLE_INTERNAL_H

#include "db/names_internal.h"
#include "db/people.h"

enum {
	PEOPLE_MAX_TOUCHED = 32
};

/*
 * For SQL: why money e, of table entitlement, is not payable since its owner
 * left (enum change_reason), else 0. The last change that speaks of its month
 * decides. Carried over, and arrears that name no month, are of the month
 * before their list; funeral money is of none, and never lost.
 */
#define PEOPLE_MONTH_BEFORE_                                            \
	"(e.list_period - CASE e.list_period % 100 WHEN 1 THEN 89 ELSE" \
	" 1 END)"
#define PEOPLE_STOPPED                                                      \
	"coalesce((SELECT CASE c.kind WHEN 2 THEN c.reason ELSE 0 END FROM" \
	" change c WHERE c.person = e.person AND c.kind IN (1, 2)"          \
	" AND c.period <= CASE"                                             \
	"  WHEN e.what = 3 THEN 0"                                          \
	"  WHEN e.what = 4 OR (e.what = 2 AND e.period >= e.list_period)"   \
	"  THEN " PEOPLE_MONTH_BEFORE_ " ELSE e.period END"                 \
	" ORDER BY c.seq DESC LIMIT 1), 0)"

/*
 * For SQL: is money e, of table entitlement, paid by the account? The newest
 * word on its list (accounts.h) decides: the account pays it; or cash again,
 * which holds for lists that were here then. Else the list does. Whether
 * anything was ever said is asked once, not for each row.
 */
#define PEOPLE_BY_ACCOUNT                                     \
	"CASE WHEN EXISTS (SELECT 1 FROM account_step"        \
	" WHERE person >= 0) THEN"                            \
	" coalesce((SELECT CASE s.step WHEN 9 THEN 1"         \
	" ELSE e.by_account AND s.seq <"                      \
	" (SELECT l.seq FROM list l WHERE l.id = e.list) END" \
	" FROM account_step s WHERE s.person = e.person"      \
	" AND s.step IN (8, 9) AND s.period <= e.list_period" \
	" ORDER BY s.seq DESC LIMIT 1), e.by_account)"        \
	" ELSE e.by_account END"

/* For SQL: the RELEASE record of money e, of table entitlement, that another
 * terminal is to pay (handover.h); 0: none. */
#define PEOPLE_AWAY                                                  \
	"coalesce((SELECT h.seq FROM handover h WHERE h.ent = e.ent" \
	" AND h.away = 1), 0)"

/*
 * How many people have which amount open: the first so many amounts that are
 * met; a list has some dozens. amount 0: the row is free.
 */
enum {
	PEOPLE_WAITING = 256
};
struct people_waiting {
	struct {
		int64_t amount;
		int32_t people;
	} row[PEOPLE_WAITING];
};

/* One person more, or less (-1), has that open. */
void people_wait(struct people_waiting *w, int64_t amount, int32_t people);

/* Those most people wait for, by their number, then the smaller amount. */
void people_waiting_queue(const struct people_waiting *w,
	struct notes_queue *out);

/* How far each person is: people_progress(). */
struct people_count {
	uint32_t *state; /* by person id; enum in people_progress.c */
	int64_t people;  /* size of state */
	struct people_waiting waiting;
	int64_t done;
	int64_t all;
	int32_t newest; /* list period that "all" is about */
	/* Entitlements whose payment changed since; more than fit: count
	 * everybody anew. */
	uint8_t touched[PEOPLE_MAX_TOUCHED][ENT_SIZE];
	int touches;
};

/* What is kept in memory of the people; db->people, NULL: nothing yet. */
struct people_cache {
	struct names *names;
	struct people_count count;
	bool watching;         /* payments report to touched */
	struct rounds *rounds; /* rounds_internal.h; NULL: none yet */
	bool rounds_watching;  /* what is recorded reports to it */
};

/* people.c: the cache, made if there is none. NULL: *err. */
struct people_cache *people_cache(struct db *db, struct err *err);

/*
 * people.c: forget what is in memory. After a list came in, and whenever the
 * SQLite handle is closed.
 */
void people_forget(struct db *db);

/* people_progress.c: what is open changed without a payment: count anew. */
void people_recount(struct db *db);

/* people_progress.c: how far everybody is now, not within a transaction;
 * NULL: *err. Has he any cash open? */
const struct people_count *people_counted(struct db *db, struct err *err);
bool people_waits(const struct people_count *c, int64_t person);

/* people.c: column birth, YYYYMMDD with 00 for unknown, as a date. */
struct date people_birth(int64_t yyyymmdd);

/*
 * people_find.c: the ids of all that a query finds, at most max of them, in
 * no order that means anything; how many, -1: *err.
 */
int people_match(struct db *db, const char *query, int64_t *id, int max,
	struct err *err);

/* What an agent typed, taken apart. */
struct people_query {
	enum people_by by;
	char digits[PERSONID_SIZE]; /* BY_ID12, BY_OLD_ID, BY_LAST */
	int64_t seq;                /* BY_SEQ */
	char folded[VIET_NAME_SIZE];
};
void people_query_read(const char *query, struct people_query *out);

/*
 * people_query.c: digits from the last to the first, as a number of that
 * width: "0123" of width 6 is 321000, and numbers that end in 0123 are those
 * up to 321999. Returns the first; *last is the other end.
 */
int64_t people_back(const char *digits, int width, int64_t *last);

#endif
