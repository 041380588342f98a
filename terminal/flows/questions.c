#include "terminal/flows/questions.h"

#include <string.h>

#include "core/buf.h"
#include "core/codec/scantext.h"
#include "core/text.h"
#include "core/tr.h"
#include "terminal/flows/questions_internal.h"
#include "terminal/flows/survey_text.h"

enum {
	INTEGER_MAX = SURVEY_DIGITS,
	DAY_MAX = 10,
	TEXT_MAX = 80 /* characters */
};

static const struct survey_question *asked(const struct questions *q)
{
	return &q->survey->question[q->at];
}

/* ---- for the view -------------------------------------------------------- */

enum survey_lang questions_lang(void)
{
	return strcmp(tr_lang(), "en") == 0 ? SURVEY_EN : SURVEY_VI;
}

void questions_progress(const struct questions *q, int *number, int *all)
{
	*number = survey_asked_before(q->survey, &q->answers, q->at) + 1;
	*all = survey_asked_before(q->survey, &q->answers,
		q->survey->questions);
}

static bool has_choices(const struct survey_question *question)
{
	return question->kind == SURVEY_ONE || question->kind == SURVEY_MANY;
}

static int pages_of(int rows)
{
	return rows > QUESTIONS_PAGE
		       ? (rows + QUESTIONS_PAGE - 1) / QUESTIONS_PAGE
		       : 1;
}

/* Questions that have an answer, or could have. */
static int lines_of(const struct questions *q)
{
	int n = 0;

	for (int i = 0; i < q->survey->questions; i++)
		n += q->answers.of[i].asked &&
		     q->survey->question[i].kind != SURVEY_NOTE;
	return n;
}

int questions_pages(const struct questions *q)
{
	if (q->step == QUESTIONS_END)
		return pages_of(lines_of(q));
	return has_choices(asked(q))
		       ? pages_of(q->survey->list[asked(q)->list].count)
		       : 1;
}

int questions_choices(const struct questions *q, int *first)
{
	int left;

	*first = q->page * QUESTIONS_PAGE;
	if (q->step != QUESTIONS_ASK || !has_choices(asked(q)))
		return 0;
	left = q->survey->list[asked(q)->list].count - *first;
	return left < QUESTIONS_PAGE ? left : QUESTIONS_PAGE;
}

bool questions_is_chosen(const struct questions *q, int choice)
{
	return q->answers.of[q->at].done &&
	       (q->answers.of[q->at].number >> choice & 1) != 0;
}

int questions_line(const struct questions *q, int line)
{
	int n = q->page * QUESTIONS_PAGE + line;

	for (int i = 0; i < q->survey->questions; i++)
		if (q->answers.of[i].asked &&
			q->survey->question[i].kind != SURVEY_NOTE && n-- == 0)
			return i;
	return -1;
}

/* ---- from question to question ------------------------------------------- */

static void begin_typing(struct questions *q)
{
	char text[SURVEY_ANSWER_SIZE];

	switch (asked(q)->kind) {
	case SURVEY_INTEGER:
		entry_init(&q->typed, ENTRY_NUMBER, INTEGER_MAX);
		break;
	case SURVEY_DATE:
		entry_init(&q->typed, ENTRY_DATE, DAY_MAX);
		break;
	default:
		entry_init(&q->typed, ENTRY_TEXT, TEXT_MAX);
		break;
	}
	if (asked(q)->kind == SURVEY_TEXT)
		entry_typing(&q->typed, q->typing);
	survey_answer_text(q->survey, &q->answers, q->at, text);
	if (!has_choices(asked(q)) && strlen(text) < ENTRY_SIZE)
		entry_set(&q->typed, text);
}

void questions_ask(struct questions *q, int question)
{
	q->page = 0;
	q->step = question < 0 ? QUESTIONS_END : QUESTIONS_ASK;
	if (question < 0)
		return;
	q->at = question;
	begin_typing(q);
}

static struct effect ask(struct questions *q, int question)
{
	questions_ask(q, question);
	return effect_of(FX_NONE);
}

static struct effect leave(struct questions *q, bool finished)
{
	q->finished = finished;
	return effect_of(FX_LEAVE);
}

/* One that is corrected leads back to the end, or to what lacks then. */
static struct effect next(struct questions *q)
{
	const int wrong =
		q->correcting ? survey_wrong(q->survey, &q->answers, NULL) : -1;

	if (!q->correcting)
		return ask(q, survey_next(q->survey, &q->answers, q->at));
	q->correcting = wrong >= 0;
	return ask(q, wrong);
}

static struct effect back(struct questions *q)
{
	const int from =
		q->step == QUESTIONS_END ? q->survey->questions : q->at;
	const int to = survey_before(q->survey, &q->answers, from);

	notice_clear(&q->notice);
	if (q->correcting) {
		q->correcting = false;
		return ask(q, -1);
	}
	return to < 0 ? leave(q, false) : ask(q, to);
}

/* ---- an answer ----------------------------------------------------------- */

static const char *or_else(const struct questions *q,
	const struct survey_words *says, const char *otherwise)
{
	const char *own = survey_words(q->survey, says, questions_lang());

	return own[0] ? own : otherwise;
}

static const char *why_text(const struct questions *q,
	enum survey_answer_why why)
{
	const char *text = survey_why_text(why);

	if (why == SURVEY_REQUIRED)
		return or_else(q, &asked(q)->required_says, text);
	if (why == SURVEY_REFUSED)
		return or_else(q, &asked(q)->constraint_says, text);
	return text;
}

/* Take the answer, or say why not; false then. */
static bool give(struct questions *q, const char *text)
{
	const enum survey_answer_why why =
		survey_answer_set(q->survey, &q->answers, q->at, text);

	notice_clear(&q->notice);
	if (why != SURVEY_FINE)
		notice_say(&q->notice, NOTICE_WARN, "%s", why_text(q, why));
	return why == SURVEY_FINE;
}

/* On to the next question, unless this one must have an answer. */
static struct effect go_on(struct questions *q)
{
	const bool lacks = asked(q)->required &&
			   asked(q)->kind != SURVEY_NOTE &&
			   !q->answers.of[q->at].done;

	if (!lacks)
		return next(q);
	notice_say(&q->notice, NOTICE_WARN, "%s", why_text(q, SURVEY_REQUIRED));
	return effect_of(FX_NONE);
}

/* ---- choices ------------------------------------------------------------- */

/* The choices as they will be when that one is pressed. */
static void toggled(const struct questions *q, int choice, char *out,
	size_t size)
{
	const struct survey *s = q->survey;
	const int list = asked(q)->list;
	struct buf b;

	buf_init(&b, out, size);
	for (int i = 0; i < s->list[list].count; i++) {
		const bool was = asked(q)->kind == SURVEY_MANY &&
				 questions_is_chosen(q, i);

		if (was != (i == choice))
			buf_printf(&b, "%s%s", b.len ? " " : "",
				survey_text(s,
					survey_choice(s, list, i)->name));
	}
	buf_text(&b);
}

static struct effect choose(struct questions *q, int choice)
{
	char text[SURVEY_ANSWER_SIZE];

	toggled(q, choice, text, sizeof(text));
	if (give(q, text) && asked(q)->kind == SURVEY_ONE)
		return next(q);
	return effect_of(FX_NONE);
}

static struct effect on_choices(struct questions *q, int key)
{
	int first;
	const int rows = questions_choices(q, &first);

	if (key >= '1' && key < '1' + rows)
		return choose(q, first + key - '1');
	switch (key) {
	case K_ACCEPT:
		return go_on(q);
	case QUESTIONS_NOTHING:
		if (!asked(q)->required && give(q, ""))
			return next(q);
		break;
	case '.':
		q->page = (q->page + 1) % questions_pages(q);
		break;
	case '0':
		return back(q);
	default:
		break;
	}
	return effect_of(FX_NONE);
}

/* ---- typed --------------------------------------------------------------- */

static struct effect on_typed(struct questions *q, int key)
{
	switch (entry_key(&q->typed, key)) {
	case ENTRY_ACCEPTED:
		return give(q, q->typed.text) ? go_on(q) : effect_of(FX_NONE);
	case ENTRY_CANCELLED:
		return back(q);
	case ENTRY_CHANGED:
		notice_clear(&q->notice);
		break;
	case ENTRY_IGNORED:
	case ENTRY_FULL:
		break;
	}
	return effect_of(FX_NONE);
}

bool questions_takes_scan(const struct questions *q)
{
	return q->step == QUESTIONS_ASK && asked(q)->kind == SURVEY_BARCODE;
}

static struct effect on_scan(struct questions *q, const struct event *ev)
{
	const struct scantext code =
		scantext_strip((struct scantext){(const char *)ev->scan.bytes,
			ev->scan.len});
	char text[SURVEY_TEXT_SIZE];

	if (!text_clean(code.at, code.len, text, sizeof(text), NULL) ||
		!text[0]) {
		notice_say(&q->notice, NOTICE_WARN, "%s",
			why_text(q, SURVEY_NO_TEXT));
		return effect_of(FX_NONE);
	}
	return give(q, text) ? next(q) : effect_of(FX_NONE);
}

/* ---- steps --------------------------------------------------------------- */

static struct effect on_ask(struct questions *q, const struct event *ev)
{
	size_t count;
	const struct binding *b = questions_bindings(q, &count);
	const int key = binding_key(b, count, ev);

	switch (asked(q)->kind) {
	case SURVEY_ONE:
	case SURVEY_MANY:
		return on_choices(q, key);
	case SURVEY_TEXT:
	case SURVEY_INTEGER:
	case SURVEY_DATE:
	case SURVEY_BARCODE:
		return on_typed(q, ev->key);
	case SURVEY_NOTE:
	case SURVEY_KINDS:
		break;
	}
	if (key == K_ACCEPT)
		return next(q);
	return key == '0' ? back(q) : effect_of(FX_NONE);
}

/* What lacks, or does not fit since another answer was changed. */
static struct effect finish(struct questions *q)
{
	enum survey_answer_why why;
	const int wrong = survey_wrong(q->survey, &q->answers, &why);

	if (wrong < 0)
		return leave(q, true);
	q->correcting = true;
	ask(q, wrong);
	notice_say(&q->notice, NOTICE_WARN, "%s", why_text(q, why));
	return effect_of(FX_NONE);
}

static struct effect on_end(struct questions *q, const struct event *ev)
{
	size_t count;
	const struct binding *b = questions_bindings(q, &count);
	const int key = binding_key(b, count, ev);

	if (key >= '1' && key < '1' + QUESTIONS_PAGE) {
		const int i = questions_line(q, key - '1');

		q->correcting = i >= 0;
		return i < 0 ? effect_of(FX_NONE) : ask(q, i);
	}
	switch (key) {
	case K_ACCEPT:
		return finish(q);
	case '.':
		q->page = (q->page + 1) % questions_pages(q);
		break;
	case '0':
		return back(q);
	default:
		break;
	}
	return effect_of(FX_NONE);
}

struct effect questions_handle(struct questions *q, const struct event *ev)
{
	if (ev->kind == EV_SCAN && questions_takes_scan(q))
		return on_scan(q, ev);
	if (ev->kind != EV_KEY)
		return effect_of(FX_NONE);
	return q->step == QUESTIONS_END ? on_end(q, ev) : on_ask(q, ev);
}

void questions_start(struct questions *q, const struct survey *s,
	struct date today, enum telex_method typing)
{
	memset(q, 0, sizeof(*q));
	q->survey = s;
	q->typing = typing;
	survey_answers_init(&q->answers, s, today);
	ask(q, survey_next(s, &q->answers, -1));
}
