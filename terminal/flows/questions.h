/*
 * questions.h - the questionnaire of a visit is asked, one question a screen.
 *
 *	ASK --answer, ENTER--> ASK (the next that is to be asked) ... --> END
 *	 |  0: the one before                                         |  |
 *	 +-- 0 at the first: leaves, not finished     a digit, or 0 --+  |
 *	                                              ENTER: leaves, finished
 *
 * The form says which questions there are (core/codec/survey.h); it belongs to
 * who starts this and outlives it. Choices are digits, in pages of six; 9
 * gives no answer where none is required. Several may be chosen where the form
 * says so. At the end all answers stand in words, a digit goes back to one of
 * them, and what lacks or does not fit is asked before it is finished. Nothing
 * is recorded here and nothing printed: who embeds it takes answers and
 * finished when it leaves (FX_LEAVE).
 *
 * A half-done one is bytes (questions_save); they hold what was answered and
 * typed, so whoever keeps them seals them.
 */
#ifndef FLOWS_QUESTIONS_H
#define FLOWS_QUESTIONS_H

#include "core/codec/survey_answers.h"
#include "terminal/flows/entry.h"
#include "terminal/flows/flow.h"

enum {
	QUESTIONS_PAGE = 6, /* choices, or answers at the end, on a screen */
	QUESTIONS_SAVE_MAX = SURVEY_ANSWERS_MAX + 2 * ENTRY_SIZE + 64
};

enum questions_step {
	QUESTIONS_ASK,
	QUESTIONS_END,
	QUESTIONS_STEP_COUNT,
};

struct questions {
	enum questions_step step;
	const struct survey *survey;
	struct survey_answers answers;
	int at;             /* the question that is asked */
	int page;           /* of its choices, or of the answers, from 0 */
	struct entry typed; /* what is typed for it */
	enum telex_method typing;
	bool correcting; /* one answer; then to END again */
	bool finished;   /* at FX_LEAVE: everything is answered and fits */
	struct notice notice;
};

/*
 * Begin with the first question. today: a whole day. typing: how this user
 * types words. A form whose questions are all conditional may have none to
 * ask: then it begins at END.
 */
void questions_start(struct questions *q, const struct survey *s,
	struct date today, enum telex_method typing);

struct effect questions_handle(struct questions *q, const struct event *ev);
const struct binding *questions_bindings(const struct questions *q,
	size_t *count);

/* Is a scan an answer here (a barcode), and not the next person? */
bool questions_takes_scan(const struct questions *q);

/* Half-done, as bytes; returns how many. */
size_t questions_save(const struct questions *q,
	uint8_t out[QUESTIONS_SAVE_MAX]);

/*
 * Go on with a half-done one, of this form or of another version of it: then
 * what still fits is kept and it begins with the first question that lacks.
 * False: these bytes are none, and *q is as it was.
 */
bool questions_load(struct questions *q, const struct survey *s,
	const uint8_t *bytes, size_t len, enum telex_method typing);

/* ---- for the view -------------------------------------------------------- */

/* "3 of 8": number of this question, and how many are asked now; notes count
 * as well. */
void questions_progress(const struct questions *q, int *number, int *all);

/* The choices of the page: the first, from 0 in its list; returns how many. */
int questions_choices(const struct questions *q, int *first);
bool questions_is_chosen(const struct questions *q, int choice);

/* Pages that there are, of choices or of answers; at least 1. */
int questions_pages(const struct questions *q);

/* Question on line i of the page at END; -1: none. Notes have no line. */
int questions_line(const struct questions *q, int i);

/* The language of the screen. */
enum survey_lang questions_lang(void);

#endif
