/*
 * visit.h - one visit at somebody's door, from who it is to the record.
 *
 *	LOOKING --> PERSON --ENTER--> RESULT --digit--> SUMMARY --1--> SAVING
 *	   |          |  0             |  \--> WHY, CANNOT (a digit each)  |
 *	   v          v                |   \-> DIED, WHEN (days)           v
 *	 NOBODY    (leaves)            +-----> NOTE                      DONE
 *
 *	SUMMARY --2..8--> RESULT, WHEN, NOTE, PHONE; or out to the consent, the
 *	account, the questions, which lie over it and come back to it
 *
 * Nothing is in the book before SUMMARY is answered with 1, but what those
 * three recorded, which stands by itself. From RESULT on all of it is a draft
 * that is kept at every key (visit_save()) and found again after whatever
 * happened; leaving by 0 leaves it there.
 *
 * Somebody else was here today: PERSON says so, and only the digit 1 goes on.
 */
#ifndef FLOWS_VISIT_H
#define FLOWS_VISIT_H

#include "core/codec/survey_answers.h"
#include "terminal/flows/entry.h"
#include "terminal/flows/flow.h"
#include "terminal/flows/pay.h"

enum visit_step {
	VISIT_LOOKING,
	VISIT_NOBODY, /* the card is of nobody on the list */
	VISIT_PERSON,
	VISIT_TAKING, /* the draft is being fetched … */
	VISIT_DROP,   /* … or is to be thrown away? */
	VISIT_DROPPING,
	VISIT_PLANNING,
	VISIT_RESULT,
	VISIT_WHY,        /* he refuses, since … */
	VISIT_CANNOT_WHY, /* he cannot open an account, since … */
	VISIT_DIED_ON,
	VISIT_WHEN, /* in how many days to come again */
	VISIT_DATE, /* or on which day */
	VISIT_TELEPHONE,
	VISIT_REMARK,
	VISIT_SUMMARY,
	VISIT_SAVING,
	VISIT_UNKNOWN, /* it failed: is it in the book? */
	VISIT_DONE,
	VISIT_STEP_COUNT,
};

/* FX_LEAVE: where to. */
enum visit_want {
	VISIT_WANTS_BACK,
	VISIT_WANTS_NEXT, /* to the list, at whoever comes next */
	VISIT_WANTS_CONSENT,
	VISIT_WANTS_ACCOUNT,
	VISIT_WANTS_QUESTIONS,
};

/* What the flows that lie over it recorded. */
struct visit_parts {
	uint64_t
		consent; /* CONSENT or CONSENT_REFUSED; 0: none in this visit */
	unsigned yes;    /* purposes that hold (consents.h) */
	bool refused;
	uint64_t account;
	char account_says[128]; /* "Agribank 1500…456", through tr() */
	char form_id[VISIT_FORM_SIZE];
	char form_version[VISIT_FORM_SIZE];
	size_t answers_len; /* 0: nothing was asked */
	uint8_t answers[SURVEY_ANSWERS_MAX];
	int answered; /* of so many that were asked */
	int questions;
	bool slip; /* one of them gave the person a paper */
};

struct visiting {
	enum visit_step step;
	enum visit_want want;
	int64_t user;      /* who visits */
	bool resume;       /* LOOKING: straight into the draft */
	bool again;        /* LOOKING, after the book said no or failed */
	bool late;         /* the visit of somebody else has been shown */
	bool by_card;      /* his own card was scanned */
	bool begun;        /* there is something to be kept */
	struct date today; /* year 0: not known */
	struct visit_seen seen;
	uint64_t shown; /* the newest visit that was on the screen */
	enum visit_result result;
	struct date died;
	struct date next;
	struct entry day;   /* DIED_ON, DATE, TELEPHONE */
	struct entry words; /* REMARK */
	char phone[PHONE_SIZE];
	char note[VISIT_NOTE_SIZE];
	struct visit_parts parts;
	struct visit noted;     /* DONE */
	struct pay_paper paper; /* of its slip, if there is one */
	bool slip_asked;
	struct notice notice;
};

/* By number on the list, into his draft if resume; or by his card. */
struct effect visit_start(struct visiting *v, int64_t person, bool resume,
	int64_t user, enum telex_method typing);
struct effect visit_start_card(struct visiting *v, const struct idcard *card,
	int64_t user, enum telex_method typing);

/* A card while he is on the screen: is it his? */
bool visit_is_his(const struct visiting *v, const struct idcard *card);

struct effect visit_handle(struct visiting *v, const struct event *ev);
const struct binding *visit_bindings(const struct visiting *v, size_t *count);

/* One that lay over it is over; what it recorded is in v->parts by now. Goes
 * on to what comes next of itself: consent, account, questions, SUMMARY. */
struct effect visit_go_on(struct visiting *v, enum visit_want after);

/* Is it worth keeping as a draft? */
bool visit_is_draft(const struct visiting *v);

/*
 * Its bytes as a draft; 0: they do not fit. And back, into a visit that was
 * looked at: false, and nothing changed, if they are no such bytes.
 */
size_t visit_save(const struct visiting *v, uint8_t *out, size_t size);
bool visit_load(struct visiting *v, const uint8_t *bytes, size_t len);

/* Is it a report about this visit's slip? */
bool visit_is_slip(const struct visiting *v, const struct event *ev);

/* ---- words, through tr() ------------------------------------------------- */

/* "Refuses: wants cash"; "" for none. */
const char *visit_result_text(enum visit_result r);

/* The same in a word or two for a list: "refuses". */
const char *visit_result_word(enum visit_result r);

enum {
	VISIT_TEXT_SIZE = 192
};

/* "tomorrow, Mon 23/11", "Wed 25/11": so many days after today. brief: never
 * more than the day. */
const char *visit_day_text(struct date today, int days, bool brief,
	char out[VISIT_TEXT_SIZE]);

/* "Mon 23/11/2026"; "" for none. */
const char *visit_date_text(struct date d, char out[VISIT_TEXT_SIZE]);

/* "22/11 Hoa: nobody at home". */
const char *visit_line_text(const struct visit *v, char out[VISIT_TEXT_SIZE]);

#endif
