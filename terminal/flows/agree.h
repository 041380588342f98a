/*
 * agree.h - a person is asked what may be done with his data: the text is
 * read out to its end, each purpose is asked by itself, and what he says is
 * a record. The same for a refusal, and for taking it back.
 *
 *	LOADING -> STATE --1--> LANG -> FETCHING -> TEXT ... END --1, 2--> PURPOSE
 *	             |                                |                (each of
 *	             |                                9                them) |
 *	             |                                v                      v
 *	             |                              REASON <-- all "no" ----+--> WHO
 *	             |                                |                       |
 *	             |                     NAME, ID, PAPER, UNTIL, RELATION --+
 *	             |                                |                       v
 *	             |                                |   COPY <- WITNESS* <- HOW
 *	             |                                v     v
 *	             +--5--> ASKS -> WORDS -> SURE --1--> WRITING -> STATE
 *	             +--2--> LEFT.. -> CHANNEL -> WHO > SURE --1--> WRITING
 *	                                                               |
 *	                            (leaves) <--- 0 -- DONE <- PRINTING +
 *
 * Nothing has a default: ENTER answers no question. The key that goes on is
 * not there before the last part of the text was on the screen. Who refuses
 * is paid in cash as ever, which the screen says.
 *
 * Whoever puts this over another flow looks at done, seq and task when it
 * leaves. What is half done can be kept as bytes (agree_save()) and taken up
 * again; the text is then fetched anew, and if it is another one by now, the
 * reading begins anew.
 */
#ifndef FLOWS_AGREE_H
#define FLOWS_AGREE_H

#include "core/codec/readout.h"
#include "terminal/flows/entry.h"
#include "terminal/flows/flow.h"
#include "terminal/flows/pay.h"

enum agree_step {
	AGREE_LOADING, /* what holds: an answer is out */
	AGREE_STATE,   /* it, and what may be done */
	AGREE_LANG,
	AGREE_FETCHING, /* the text: an answer is out */
	AGREE_TEXT,     /* part by part */
	AGREE_END,      /* the last part: read out, or read by himself */
	AGREE_PURPOSE,  /* at: which */
	AGREE_WHO,      /* speaks */
	AGREE_NAME,
	AGREE_ID,
	AGREE_PAPER,
	AGREE_UNTIL,
	AGREE_RELATION,
	AGREE_HOW,
	AGREE_YES, /* he types it himself */
	AGREE_WITNESS,
	AGREE_WITNESS_ID,
	AGREE_COPY,
	AGREE_REASON,  /* of a refusal */
	AGREE_LEFT,    /* at: does he keep it, or take it back? */
	AGREE_CHANNEL, /* of a withdrawal */
	AGREE_ASKS,    /* what, about his data */
	AGREE_WORDS,   /* in his words */
	AGREE_SURE,
	AGREE_WRITING,
	AGREE_PRINTING, /* it is in the book */
	AGREE_DONE,     /* … and the paper came out, or did not */
	AGREE_STEP_COUNT,
};

enum agree_task {
	AGREE_GIVE,
	AGREE_REFUSE,
	AGREE_WITHDRAW,
	AGREE_ASK, /* no consent: he wants to see, correct … his data */
};

enum {
	AGREE_PARTS = 96,
	AGREE_PART_COLUMNS = 180, /* at most, of what is shown at once */
	AGREE_SAVE_SIZE = 1024
};

/* Some sentences of the text; where in it they stand. */
struct agree_part {
	uint16_t head; /* the heading above them, or where the text begins */
	uint16_t head_len;
	uint16_t from;
	uint16_t len;
};

struct agree {
	enum agree_step step;
	enum agree_task task;
	int64_t person;
	char person_name[VIET_NAME_SIZE];
	char person_id[PERSONID_SIZE];
	struct date birth;
	struct date today; /* year 0: not known; set by the desk */
	struct consent_state state;
	struct consent_langs langs; /* there are texts in these */
	int lang;                   /* index */
	char notice_name[READOUT_NAME_SIZE];
	char text[READOUT_TEXT_MAX];
	size_t len;
	struct agree_part part[AGREE_PARTS];
	int parts;
	int at_part;
	char purpose[READOUT_PURPOSES][READOUT_PURPOSE_SIZE];
	int at; /* purpose that is asked about */
	unsigned asked;
	unsigned yes; /* of a withdrawal: what is kept */
	struct consent_party party;
	struct consent_proof proof;
	bool copy;
	enum consent_refusal reason;
	enum consent_channel channel;
	enum request_kind request;
	char words[REQUEST_WORDS_SIZE];
	struct entry typed; /* the one field of a step */
	bool resumed; /* taken up again: go on at resume when the text came */
	enum agree_step resume;
	uint8_t resume_sum[CRYPTO_HASH_SIZE];
	int resume_part;
	char resume_lang[FLOW_LANG_SIZE];
	bool done; /* it is in the book: noted, whatever became of the paper */
	struct consent noted;
	struct pay_paper paper;
	struct notice notice;
};

/* About that person; -> FX_CONSENT_STATE. */
struct effect agree_start(struct agree *a, const struct person *p);
struct effect agree_handle(struct agree *a, const struct event *ev);
const struct binding *agree_bindings(const struct agree *a, size_t *count);

/* Is it a report about the slip of what was noted here? */
bool agree_is_slip(const struct agree *a, const struct event *ev);

/* The text that is being typed, NULL if none is: for the desk. */
const struct entry *agree_field(const struct agree *a);

/* Does a scan go to this flow now? */
bool agree_wants_scan(const struct agree *a);

/* How the slip is doing, as a state ("NOT PRINTED"), and what helps. */
void agree_paper_text(const struct agree *a, struct notice *state,
	struct notice *cure);

/* Cut a text into parts; how many. */
int agree_parts(const char *text, size_t len,
	struct agree_part out[AGREE_PARTS]);

/*
 * What is half done, as canonical CBOR; 0: nothing that is worth keeping, or
 * it is recorded already. agree_load(): a flow that agree_start() began
 * becomes as it was; false: not our bytes, or of another version; then
 * nothing is changed.
 */
size_t agree_save(const struct agree *a, uint8_t out[AGREE_SAVE_SIZE]);
bool agree_load(struct agree *a, const uint8_t *bytes, size_t len);

/* Through tr(): "Wants cash", "At the counter", "The guardian", "By a
 * signature". */
const char *agree_reason_text(enum consent_refusal reason);
const char *agree_channel_text(enum consent_channel channel);
const char *agree_by_text(enum consent_by by);
const char *agree_how_text(enum consent_how how);
/* "Agreed", "Refused": what holds, in a word or two. */
const char *agree_standing_text(enum consent_standing standing);
/* "see his data" */
const char *agree_request_text(enum request_kind kind);
/* What a purpose is, in a few words: "Money to an account". */
const char *agree_purpose_text(int purpose);

#endif
