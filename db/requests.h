/*
 * requests.h - what people ask about their own data, and by when it is due.
 *
 * Whoever asks to see his data, to have them put right or deleted, or to stop
 * their use, has a right to an answer within days (Law 91/2025 art. 4, ND
 * 356/2025 art. 5). The request is a VIEW record, what came of it VIEWs that
 * refer to it: acknowledged, more time, done or refused. Nothing is done by
 * them: consents_withdraw(), erase_person() and the lists of changes do it.
 *
 * Days are counted at UTC+7 from the day after. For the acknowledgement only
 * working days count; the law says "days" of the others, and these end on the
 * last of them, also if the office is closed then. Holidays are not known but
 * from a list that the caller brings.
 */
#ifndef DB_REQUESTS_H
#define DB_REQUESTS_H

#include "db/consents.h"

/* Key 28 of a VIEW that asks. */
enum request_kind {
	REQUEST_NONE,
	REQUEST_VIEW = 1,     /* see, or have a copy of */
	REQUEST_CORRECT = 2,  /* put right */
	REQUEST_WITHDRAW = 3, /* withdraw consent */
	REQUEST_RESTRICT = 4, /* use them for less */
	REQUEST_OBJECT = 5,
	REQUEST_DELETE = 6,
	REQUEST_KINDS
};

/* Key 17 of a VIEW. */
enum request_reason {
	REQUEST_ASKED = 1, /* he asks himself; with key 28 a request */
	REQUEST_CHECK = 2,
	REQUEST_ACKNOWLEDGED = 3, /* from here to 6 answers: key 12 */
	REQUEST_LONGER = 4,
	REQUEST_DONE = 5,
	REQUEST_REFUSED = 6,
	REQUEST_OTHER = 9,
};

enum {
	REQUEST_WORDS_SIZE = 192,
	REQUEST_HOLIDAYS_MAX = 128
};

struct request {
	uint64_t seq; /* its number */
	int64_t person;
	enum request_kind kind;
	int64_t t;
	int64_t actor; /* who noted it */
	char actor_name[DB_NAME_SIZE];
	char name[VIET_NAME_SIZE]; /* of the person; "" if erased */
	char id12[PERSONID_SIZE];
	char words[REQUEST_WORDS_SIZE]; /* what is to be put right … */
	char code[SEAL_CODE_SIZE];
	/* What came of it; 0: not yet. */
	int64_t acknowledged;
	int64_t longer;
	int64_t over;
	enum request_reason outcome; /* REQUEST_DONE, _REFUSED; 0: open */
	char answer[REQUEST_WORDS_SIZE];
};

/* Days off, YYYYMMDD in any order; count 0: only weekends. */
struct request_holidays {
	int32_t day[REQUEST_HOLIDAYS_MAX];
	int count;
};

/* YYYYMMDD; 0: nothing is due any more. */
struct request_due {
	int32_t acknowledge;
	int32_t answer;        /* with the longer time, if that was taken */
	int32_t answer_most;   /* if it is taken yet */
	bool acknowledge_late; /* as of today */
	bool answer_late;
};

/* Days of ND 356/2025 art. 5 for a kind. */
int request_days(enum request_kind kind);

/* That many days after day; working: without weekends and holidays. */
int32_t request_day_after(int32_t day, int days, bool working,
	const struct request_holidays *off);

void request_dues(const struct request *r, const struct request_holidays *off,
	int32_t today, struct request_due *out);

/* A line a day, "2027-01-01" or "01/01/2027", '#' begins a comment. *line: the
 * first that is none. */
bool request_holidays_parse(const char *text, size_t len,
	struct request_holidays *out, int *line);

/* Whoever may take consents. REFUSED_REQUEST: no kind, or words that may not
 * be kept; REFUSED_NOT_FOUND, REFUSED_CLOCK_DAY. */
enum verdict requests_note(struct db *db, const struct session *s,
	int64_t person, enum request_kind kind, const char *words,
	struct request *out, struct refusal *why, struct err *err);

/* A supervisor says what came of it: ACKNOWLEDGED, LONGER, DONE, REFUSED.
 * REFUSED_REQUEST: none open of that number, or said already; a refusal needs
 * words. */
enum verdict requests_answer(struct db *db, const struct session *s,
	uint64_t seq, enum request_reason reason, const char *words,
	struct request *out, struct refusal *why, struct err *err);

enum lookup requests_get(struct db *db, uint64_t seq, struct request *out,
	struct err *err);

/* Requests after record after, the oldest first; of one person, or all (0);
 * open ones only. Each false: stop, which is no error. */
bool requests_each(struct db *db, int64_t person, bool open_only,
	bool (*each)(void *ctx, const struct request *r), void *ctx,
	struct err *err);

const char *request_kind_name(enum request_kind k);
bool request_kind_parse(const char *name, enum request_kind *out);
const char *request_reason_name(enum request_reason r);
bool request_reason_parse(const char *name, enum request_reason *out);

#endif
