#include "terminal/flows/agree.h"

#include <string.h>

#include "core/str.h"
#include "core/tr.h"
#include "terminal/flows/agree_internal.h"
#include "terminal/flows/err_text.h"
#include "terminal/flows/refusal_text.h"

struct effect agree_start(struct agree *a, const struct person *p)
{
	struct effect fx = effect_of(FX_CONSENT_STATE);
	const enum telex_method typing = a->typed.word.method;

	memset(a, 0, sizeof(*a));
	entry_init(&a->typed, ENTRY_TEXT, 1);
	entry_typing(&a->typed, typing);
	a->person = p->id;
	a->birth = p->birth;
	str_copy(a->person_name, sizeof(a->person_name), p->name);
	str_copy(a->person_id, sizeof(a->person_id), p->id12);
	fx.person = p->id;
	return fx;
}

bool agree_is_slip(const struct agree *a, const struct event *ev)
{
	return ev->kind == EV_PRINT && ev->print.test && a->noted.seq != 0 &&
	       ev->print.seq == a->noted.seq;
}

const struct entry *agree_field(const struct agree *a)
{
	return agree_is_typed(a->step) && a->typed.kind == ENTRY_TEXT
		       ? &a->typed
		       : NULL;
}

int agree_key(const struct agree *a, const struct event *ev)
{
	size_t count;
	const struct binding *b = agree_bindings(a, &count);

	return binding_key(b, count, ev);
}

static struct effect none(void)
{
	return effect_of(FX_NONE);
}

/* ---- from step to step --------------------------------------------------- */

void agree_to(struct agree *a, enum agree_step step)
{
	a->step = step;
	if (agree_is_typed(step))
		agree_field_begin(a);
}

void agree_after_party(struct agree *a)
{
	agree_to(a, a->task == AGREE_GIVE ? AGREE_HOW : AGREE_SURE);
}

void agree_after_proof(struct agree *a)
{
	agree_to(a, AGREE_COPY);
}

int agree_next_held(const struct agree *a, int at)
{
	while (at < CONSENT_PURPOSES && !(a->state.yes & 1U << at))
		at++;
	return at;
}

void agree_before_party(struct agree *a)
{
	switch (a->task) {
	case AGREE_GIVE:
		a->at = CONSENT_PURPOSES - 1;
		agree_to(a, AGREE_PURPOSE);
		break;
	case AGREE_REFUSE:
		agree_to(a, AGREE_REASON);
		break;
	case AGREE_WITHDRAW:
		agree_to(a, AGREE_CHANNEL);
		break;
	case AGREE_ASK:
		agree_to(a, AGREE_WORDS);
		break;
	}
}

void agree_show_part(struct agree *a, int part)
{
	if (part < 0)
		part = 0;
	if (part >= a->parts)
		part = a->parts - 1;
	a->at_part = part;
	a->step = part == a->parts - 1 ? AGREE_END : AGREE_TEXT;
}

void agree_ask_refusal(struct agree *a)
{
	a->task = AGREE_REFUSE;
	a->yes = 0;
	agree_to(a, AGREE_REASON);
}

/* ---- answers of the book ------------------------------------------------- */

static struct effect fetch(struct agree *a)
{
	struct effect fx = effect_of(FX_CONSENT_TEXT);

	str_copy(fx.lang, sizeof(fx.lang), a->langs.lang[a->lang]);
	a->step = AGREE_FETCHING;
	return fx;
}

/* The language in which it was read before. */
static bool find_lang(struct agree *a)
{
	for (int i = 0; i < a->langs.count; i++)
		if (strcmp(a->langs.lang[i], a->resume_lang) == 0) {
			a->lang = i;
			return true;
		}
	return false;
}

static struct effect on_loading_step(struct agree *a, const struct event *ev)
{
	if (ev->kind == EV_CONSENT_STATE) {
		a->state = ev->consent_state.now;
		a->langs = ev->consent_state.langs;
		a->step = AGREE_STATE;
		if (a->resumed && find_lang(a))
			return fetch(a);
		a->resumed = false;
	} else if (ev->kind == EV_FAILED) {
		notice_say(&a->notice, NOTICE_STOP, "%s",
			err_text(ev->err.code, ERR_WHILE_READING));
		return effect_of(FX_LEAVE);
	}
	return none();
}

/* "(b) …" of the text, as it is asked. */
static void take_purposes(struct agree *a)
{
	const char *at = a->text;

	memset(a->purpose, 0, sizeof(a->purpose));
	while (at) {
		const int i = at[0] == '(' && at[1] && at[2] == ')'
				      ? at[1] - 'a'
				      : -1;

		if (i >= 0 && i < READOUT_PURPOSES && at[3] == ' ') {
			const size_t len = strcspn(at + 4, "\n");
			char *out = a->purpose[i];

			str_copy(out, READOUT_PURPOSE_SIZE, at + 4);
			if (len < READOUT_PURPOSE_SIZE)
				out[len] = '\0';
		}
		at = strchr(at, '\n');
		at = at ? at + 1 : NULL;
	}
}

static struct effect take_text(struct agree *a, const struct event *ev)
{
	a->len = ev->consent_text.len < sizeof(a->text) ? ev->consent_text.len
							: sizeof(a->text) - 1;
	memcpy(a->text, ev->consent_text.text, a->len);
	a->text[a->len] = '\0';
	str_copy(a->notice_name, sizeof(a->notice_name), ev->consent_text.name);
	a->parts = agree_parts(a->text, a->len, a->part);
	take_purposes(a);
	if (a->parts == 0) {
		a->step = AGREE_STATE;
		return none();
	}
	if (a->resumed)
		agree_take_up(a);
	else
		agree_show_part(a, 0);
	return none();
}

static struct effect on_fetching_step(struct agree *a, const struct event *ev)
{
	char text[REFUSAL_TEXT_SIZE];

	switch (ev->kind) {
	case EV_CONSENT_TEXT:
		return take_text(a, ev);
	case EV_REFUSED:
		refusal_text(&ev->refusal, text, sizeof(text));
		notice_say(&a->notice, NOTICE_WARN, "%s", text);
		a->step = AGREE_STATE;
		break;
	case EV_FAILED:
		notice_say(&a->notice, NOTICE_STOP, "%s",
			err_text(ev->err.code, ERR_WHILE_READING));
		a->step = AGREE_STATE;
		break;
	default:
		break;
	}
	return none();
}

/* ---- what holds, and the text -------------------------------------------- */

static struct effect slip(struct agree *a, uint64_t seq, bool copy, bool text)
{
	struct effect fx = effect_of(FX_CONSENT_SLIP);

	fx.consent_slip.seq = seq;
	fx.consent_slip.copy = copy;
	fx.consent_slip.text = text;
	a->noted.seq = seq;
	return fx;
}

static struct effect begin_asking(struct agree *a)
{
	a->task = AGREE_GIVE;
	a->asked = a->yes = 0;
	if (a->langs.count == 1) {
		a->lang = 0;
		return fetch(a);
	}
	a->step = AGREE_LANG;
	return none();
}

static struct effect on_state_step(struct agree *a, const struct event *ev)
{
	const int key = agree_key(a, ev);

	if (key != 0)
		notice_clear(&a->notice);
	switch (key) {
	case '1':
		return begin_asking(a);
	case '2':
		a->task = AGREE_WITHDRAW;
		a->yes = 0;
		a->at = agree_next_held(a, 0);
		agree_to(a, AGREE_LEFT);
		break;
	case '3':
		return slip(a, a->state.seq, true, false);
	case '4':
		return slip(a, a->state.consent, true, true);
	case '5':
		a->task = AGREE_ASK;
		a->words[0] = '\0';
		a->step = AGREE_ASKS;
		break;
	case '0':
		return effect_of(FX_LEAVE);
	default:
		break;
	}
	return none();
}

static struct effect on_lang_step(struct agree *a, const struct event *ev)
{
	const int key = agree_key(a, ev);

	if (key == '0') {
		a->step = AGREE_STATE;
	} else if (key >= '1' && key - '1' < a->langs.count) {
		a->lang = key - '1';
		return fetch(a);
	}
	return none();
}

static struct effect on_text_step(struct agree *a, const struct event *ev)
{
	switch (agree_key(a, ev)) {
	case K_ACCEPT:
	case '.':
	case K_DOWN:
		agree_show_part(a, a->at_part + 1);
		break;
	case K_UP:
	case K_PAGE_UP:
		agree_show_part(a, a->at_part - 1);
		break;
	case '1':
	case '2':
		a->proof.read_aloud = agree_key(a, ev) == '1';
		a->task = AGREE_GIVE;
		a->asked = a->yes = 0;
		a->at = 0;
		agree_to(a, AGREE_PURPOSE);
		break;
	case '9':
		agree_ask_refusal(a);
		break;
	case '0':
		a->step = AGREE_STATE;
		break;
	default:
		break;
	}
	return none();
}

/* ---- into the book ------------------------------------------------------- */

static struct effect record(struct agree *a)
{
	struct effect fx = effect_of(a->task == AGREE_GIVE ? FX_CONSENT_GIVE
							   : FX_CONSENT_REFUSE);

	fx.drop_keys = true;
	fx.consent = (struct consent_request){.person = a->person,
		.notice = a->notice_name,
		.text = a->text,
		.text_len = a->len,
		.asked = a->asked,
		.yes = a->yes,
		.party = a->party,
		.proof = a->proof,
		.copy = a->copy,
		.reason = a->reason};
	a->step = AGREE_WRITING;
	return fx;
}

static struct effect record_withdrawal(struct agree *a)
{
	struct effect fx = effect_of(FX_CONSENT_WITHDRAW);

	fx.drop_keys = true;
	fx.withdrawal = (struct consent_withdrawal){.person = a->person,
		.left = a->yes,
		.channel = a->channel,
		.party = a->party};
	a->step = AGREE_WRITING;
	return fx;
}

static struct effect record_request(struct agree *a)
{
	struct effect fx = effect_of(FX_REQUEST);

	fx.drop_keys = true;
	fx.request.person = a->person;
	fx.request.kind = a->request;
	str_copy(fx.request.words, sizeof(fx.request.words), a->words);
	a->step = AGREE_WRITING;
	return fx;
}

/* Nothing else became of it: what holds is on the screen again. */
static void request_noted(struct agree *a, const struct event *ev)
{
	const int32_t by = ev->request.answer_by;
	char day[DATE_TEXT_SIZE] = "";
	struct date d = {0};

	if (date_make(by / 10000, by / 100 % 100, by % 100, &d))
		date_vi(d, day);
	notice_say(&a->notice, NOTICE_NOTE,
		tr("Request %llu is in the book. It has to be answered by %s: "
		   "tell the supervisor."),
		(unsigned long long)ev->request.noted.seq, day);
	a->step = AGREE_STATE;
}

static enum agree_step before_sure(const struct agree *a)
{
	switch (a->task) {
	case AGREE_GIVE:
		return AGREE_COPY;
	case AGREE_ASK:
		return AGREE_WORDS;
	case AGREE_REFUSE:
	case AGREE_WITHDRAW:
		break;
	}
	return AGREE_WHO;
}

static struct effect on_sure_step(struct agree *a, const struct event *ev)
{
	switch (agree_key(a, ev)) {
	case '1':
		notice_clear(&a->notice);
		if (a->task == AGREE_ASK)
			return record_request(a);
		return a->task == AGREE_WITHDRAW ? record_withdrawal(a)
						 : record(a);
	case '0':
		notice_clear(&a->notice);
		agree_to(a, before_sure(a));
		break;
	default:
		break;
	}
	return none();
}

static struct effect on_writing_step(struct agree *a, const struct event *ev)
{
	char text[REFUSAL_TEXT_SIZE];

	switch (ev->kind) {
	case EV_CONSENT:
		a->noted = ev->consent;
		a->done = true;
		a->step = AGREE_PRINTING;
		return slip(a, a->noted.seq, false,
			a->task == AGREE_GIVE && a->copy);
	case EV_REQUEST:
		request_noted(a, ev);
		break;
	case EV_REFUSED:
		refusal_text(&ev->refusal, text, sizeof(text));
		notice_say(&a->notice, NOTICE_WARN, "%s", text);
		a->step = AGREE_SURE;
		break;
	case EV_FAILED:
		notice_say(&a->notice, NOTICE_STOP, "%s",
			tr("Not known whether it is in the book. Look at what "
			   "holds before you do it again."));
		a->step = AGREE_SURE;
		break;
	default:
		break;
	}
	return none();
}

static struct effect on_done_step(struct agree *a, const struct event *ev)
{
	switch (agree_key(a, ev)) {
	case '1':
		a->step = AGREE_PRINTING;
		return slip(a, a->noted.seq, true, false);
	case '2':
		a->step = AGREE_PRINTING;
		return slip(a, a->noted.seq, true, true);
	case K_ACCEPT:
	case '0':
		return effect_of(FX_LEAVE);
	default:
		break;
	}
	return none();
}

/* The slip's report, whether it is waited for or was printed again. */
static void on_slip(struct agree *a, const struct event *ev)
{
	if (ev->print.state == PRINT_PRINTING)
		return;
	a->paper = pay_paper_of(ev);
	if (a->done && a->step == AGREE_PRINTING)
		a->step = AGREE_DONE;
	if (a->step == AGREE_STATE) {
		struct notice cure;

		agree_paper_text(a, &a->notice, &cure);
	}
}

struct effect agree_handle(struct agree *a, const struct event *ev)
{
	typedef struct effect (*step_fn)(struct agree *, const struct event *);
	static const step_fn on_step[AGREE_STEP_COUNT] = {
		[AGREE_LOADING] = on_loading_step,
		[AGREE_STATE] = on_state_step,
		[AGREE_LANG] = on_lang_step,
		[AGREE_FETCHING] = on_fetching_step,
		[AGREE_TEXT] = on_text_step,
		[AGREE_END] = on_text_step,
		[AGREE_PURPOSE] = agree_on_question,
		[AGREE_WHO] = agree_on_question,
		[AGREE_NAME] = agree_on_typed,
		[AGREE_ID] = agree_on_typed,
		[AGREE_PAPER] = agree_on_typed,
		[AGREE_UNTIL] = agree_on_typed,
		[AGREE_RELATION] = agree_on_question,
		[AGREE_HOW] = agree_on_question,
		[AGREE_YES] = agree_on_typed,
		[AGREE_WITNESS] = agree_on_typed,
		[AGREE_WITNESS_ID] = agree_on_typed,
		[AGREE_COPY] = agree_on_question,
		[AGREE_REASON] = agree_on_question,
		[AGREE_LEFT] = agree_on_question,
		[AGREE_CHANNEL] = agree_on_question,
		[AGREE_ASKS] = agree_on_question,
		[AGREE_WORDS] = agree_on_typed,
		[AGREE_SURE] = on_sure_step,
		[AGREE_WRITING] = on_writing_step,
		[AGREE_PRINTING] = on_done_step,
		[AGREE_DONE] = on_done_step,
	};

	if (agree_is_slip(a, ev)) {
		on_slip(a, ev);
		return none();
	}
	return on_step[a->step](a, ev);
}

void agree_paper_text(const struct agree *a, struct notice *state,
	struct notice *cure)
{
	notice_clear(state);
	notice_clear(cure);
	if (a->paper.state == PRINT_PRINTED) {
		notice_say(state, NOTICE_NOTE, "%s", tr("SLIP PRINTED"));
		notice_say(cure, NOTICE_NOTE, "%s",
			tr("Who spoke and you sign the slip; give it to the "
			   "person."));
		return;
	}
	if (a->paper.no_printer) {
		notice_say(state, NOTICE_WARN, "%s", tr("SLIP NOT PRINTED"));
		notice_say(cure, NOTICE_NOTE, "%s",
			tr("No printer is ready: write number and code down "
			   "for the person. It is in the book."));
		return;
	}
	notice_say(state, NOTICE_WARN, "%s", tr("SLIP NOT PRINTED TO THE END"));
	pay_paper_cure(&a->paper, "", cure);
}
