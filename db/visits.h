/*
 * visits.h - what came of a visit at somebody's door (VISIT, journal.md 2).
 *
 * A visit is one meeting, or one try, with one person of the list. Who did it,
 * when, what came of it, why, and when to come again are in the record; they
 * say nothing of who it is. Note, phone and answers of the questionnaire are
 * personal data. What was agreed in it (CONSENT, ACCOUNT …) are records of
 * their own, made before; the VISIT names them.
 *
 * Died and moved are one fact, whoever finds it: the visit writes the same
 * NOT_PAID as the counter does, in its own transaction and before itself, and
 * names it among what was made; if that very reason is in force already there
 * is none. So the counter stops, and the lists of the office have him, by
 * NOT_PAID alone; a supervisor who takes it back makes him somebody to be
 * visited again (rounds.h). Cash is never touched by anything else here.
 *
 * *Reviewed* ("đã rà soát", forms A and B) is a person of whom there is a
 * VISIT that met him (key 28 is 1, whatever he said) or found that he moved or
 * died (3, 4). Not at home (2) and other (9) are none. Of a period: such a
 * visit was made in that month, at UTC+7; cumulative: in it or before. Persons
 * are counted, each once. A visit counts as it was found, whatever is found
 * later, and of people who were erased, too. A NOT_PAID alone is no review.
 *
 * Threads: that of the store. People's data: somebody is signed in, else
 * ERR_DENIED.
 */
#ifndef DB_VISITS_H
#define DB_VISITS_H

#include "core/codec/phone.h"
#include "core/codec/survey_answers.h"
#include "core/visit_result.h"
#include "db/payouts.h"

enum {
	VISIT_NOTE_SIZE = 256,
	VISIT_FORM_SIZE = 64, /* id or version of a questionnaire */
	VISIT_ANSWERS_MAX = SURVEY_ANSWERS_MAX,
	VISIT_MADE_MAX = 8,
};

/* What is to be recorded. Texts are cleaned; pointers are borrowed. */
struct visit_request {
	int64_t person;
	enum visit_result result;
	struct date next; /* come again; year 0: no */
	struct date died; /* VISIT_DIED: the day, or year 0 if not known */
	char note[VISIT_NOTE_SIZE];
	char phone[PHONE_SIZE]; /* "": none, or he does not want us to call */
	/* The questionnaire, in its own encoding; NULL: none was asked. */
	const void *answers;
	size_t answers_len;
	char form_id[VISIT_FORM_SIZE];
	char form_version[VISIT_FORM_SIZE];
	/* Records made in it: CONSENT, CONSENT_REFUSED, ACCOUNT … of this
	 * person, by this user, since his last visit; ascending. */
	uint64_t made[VISIT_MADE_MAX];
	int mades;
	/* The newest visit of this person that was shown; 0: none. */
	uint64_t seen;
};

/* A visit as it stands in the book. */
struct visit {
	uint64_t seq;
	int64_t person;
	int64_t t;
	int64_t actor;
	char actor_name[DB_NAME_SIZE];
	enum visit_result result;
	struct date next;
	struct date died;
	char note[VISIT_NOTE_SIZE];
	char phone[PHONE_SIZE];
	char form_id[VISIT_FORM_SIZE];
	char form_version[VISIT_FORM_SIZE];
	size_t answers_len;            /* 0: none; visits_answers() has them */
	uint64_t made[VISIT_MADE_MAX]; /* its NOT_PAID, too */
	int mades;
};

/*
 * VISIT, and the NOT_PAID of who moved or died; the draft of this user for
 * this person goes, and he leaves this user's plan of today. Agent, staff,
 * supervisor. REFUSED_VISITED: there is a newer visit of him than request->seen
 * (prior is it: who, when; show it, and ask whether to go on with seen set to
 * prior.seq). REFUSED_VISIT_DAY: no possible day to come again, or died in the
 * future. REFUSED_VISIT: no result, a reason "other" without a note, or a
 * record in made that is none of those; amount is that record, else 0.
 * REFUSED_NOT_FOUND: nobody, or erased. REFUSED_CLOCK_DAY, REFUSED_ROLE.
 */
enum verdict visits_record(struct db *db, const struct session *s,
	const struct visit_request *request, struct visit *out,
	struct refusal *why, struct err *err);

enum lookup visits_get(struct db *db, uint64_t seq, struct visit *out,
	struct err *err);

/* Of one person, the newest first. At most max; *more: there are older ones. */
bool visits_of(struct db *db, int64_t person, struct visit *out, int max,
	int *count, bool *more, struct err *err);

/* The answers of a visit; *len 0: it has none. ERR_INVALID: size is too small,
 * which VISIT_ANSWERS_MAX never is. */
bool visits_answers(struct db *db, uint64_t seq, void *out, size_t size,
	size_t *len, struct err *err);

/* What is to be said before a person is visited. */
struct visit_look {
	bool has_last;
	struct visit last;
	bool by_other;   /* last is another user's … */
	bool today;      /* … and of today */
	bool appointed;  /* last.next is today or to come */
	int64_t planned; /* another user who has him in today's plan; 0: none */
	char planned_name[DB_NAME_SIZE];
	int64_t begun; /* another user who has an unfinished visit of him */
	char begun_name[DB_NAME_SIZE];
	bool draft; /* so has s */
};
bool visits_look(struct db *db, const struct session *s, int64_t person,
	struct visit_look *out, struct err *err);

/*
 * Visits made from one time to before another, in their order; until 0: no
 * end. False: *err, or each() wanted no more (then err->code is ERR_NONE).
 */
bool visits_each(struct db *db, int64_t from, int64_t until,
	bool (*each)(void *ctx, const struct visit *v), void *ctx,
	struct err *err);

#endif
