#include "terminal/flows/visit.h"

#include <stdio.h>
#include <string.h>

#include "core/str.h"
#include "core/tr.h"
#include "terminal/flows/err_text.h"
#include "terminal/flows/refusal_text.h"
#include "terminal/flows/visit_internal.h"

enum {
	NOTE_MAX_CHARS = 80,
	PHONE_MAX_CHARS = 10
};

static void init(struct visiting *v, int64_t user, enum telex_method typing)
{
	memset(v, 0, sizeof(*v));
	v->user = user;
	entry_init(&v->day, ENTRY_DATE, 10);
	entry_init(&v->words, ENTRY_TEXT, NOTE_MAX_CHARS);
	entry_typing(&v->words, typing);
}

static struct effect look(struct visiting *v, int64_t person)
{
	struct effect fx = effect_of(FX_VISIT_LOOK);

	fx.person = person;
	v->step = VISIT_LOOKING;
	return fx;
}

struct effect visit_start(struct visiting *v, int64_t person, bool resume,
	int64_t user, enum telex_method typing)
{
	init(v, user, typing);
	v->resume = resume;
	return look(v, person);
}

struct effect visit_start_card(struct visiting *v, const struct idcard *card,
	int64_t user, enum telex_method typing)
{
	struct effect fx = effect_of(FX_VISIT_CARD);

	init(v, user, typing);
	v->by_card = true;
	fx.card = *card;
	return fx;
}

bool visit_is_his(const struct visiting *v, const struct idcard *card)
{
	return v->seen.person.id != 0 && card->id12[0] &&
	       strcmp(v->seen.person.id12, card->id12) == 0;
}

bool visit_is_draft(const struct visiting *v)
{
	return v->begun && v->step != VISIT_DONE;
}

static struct effect leave(struct visiting *v, enum visit_want want)
{
	v->want = want;
	return effect_of(FX_LEAVE);
}

static struct effect go(struct visiting *v, enum visit_step step)
{
	notice_clear(&v->notice);
	v->step = step;
	return effect_of(FX_NONE);
}

/* ---- who it is ---------------------------------------------------------------- */

static struct effect take_draft(struct visiting *v)
{
	struct effect fx = effect_of(FX_DRAFT_TAKE);

	fx.person = v->seen.person.id;
	v->resume = false;
	v->step = VISIT_TAKING;
	return fx;
}

/* The book has a newer visit, or the answer to ours was lost: whose is it? */
static struct effect looked_again(struct visiting *v)
{
	const struct visit *last = &v->seen.look.last;

	v->again = false;
	if (v->seen.look.has_last && last->seq > v->shown &&
		last->actor == v->user) {
		v->noted = *last;
		return go(v, VISIT_DONE);
	}
	go(v, VISIT_SUMMARY);
	if (!v->seen.look.has_last || last->seq <= v->shown) {
		notice_say(&v->notice, NOTICE_WARN, "%s",
			tr("The visit is not in the book: record it again"));
		return effect_of(FX_NONE);
	}
	v->shown = last->seq;
	notice_say(&v->notice, NOTICE_WARN,
		tr("%s was here meanwhile: %s. Key 1 records yours as well."),
		last->actor_name, visit_result_text(last->result));
	return effect_of(FX_NONE);
}

static struct effect on_seen(struct visiting *v, const struct event *ev)
{
	v->seen = ev->visit_look;
	if (v->again)
		return looked_again(v);
	v->shown = v->seen.look.has_last ? v->seen.look.last.seq : 0;
	if (v->resume && v->seen.look.draft)
		return take_draft(v);
	return go(v, VISIT_PERSON);
}

static struct effect on_looking_step(struct visiting *v, const struct event *ev)
{
	switch (ev->kind) {
	case EV_VISIT_LOOK:
		return on_seen(v, ev);
	case EV_NO_PERSON:
		return go(v, VISIT_NOBODY);
	case EV_FAILED:
		go(v, v->again ? VISIT_UNKNOWN : VISIT_NOBODY);
		notice_say(&v->notice, NOTICE_STOP, "%s",
			err_text(ev->err.code, ERR_WHILE_READING));
		break;
	default:
		break;
	}
	return effect_of(FX_NONE);
}

static struct effect on_nobody_step(struct visiting *v, const struct event *ev)
{
	return visit_key(v, ev) == '0' ? leave(v, VISIT_WANTS_BACK)
				       : effect_of(FX_NONE);
}

/* Into the plan of today, out of it, or to another place in it. */
static struct effect change_plan(struct visiting *v, int key)
{
	struct effect fx = effect_of(FX_VISIT_PLAN);
	const int place = v->seen.planned - 1; /* from 0 */

	fx.visit_plan.person = v->seen.person.id;
	if (key == '4') {
		fx.visit_plan.how =
			place < 0 ? VISIT_PLAN_ADD : VISIT_PLAN_REMOVE;
	} else {
		if (key == '5' && place == 0)
			return effect_of(FX_NONE);
		fx.visit_plan.how = VISIT_PLAN_MOVE;
		fx.visit_plan.place = key == '5' ? place - 1 : place + 1;
	}
	v->step = VISIT_PLANNING;
	return fx;
}

static struct effect on_planning_step(struct visiting *v,
	const struct event *ev)
{
	switch (ev->kind) {
	case EV_CONFIRMED:
		return look(v, v->seen.person.id);
	case EV_FAILED:
		go(v, VISIT_PERSON);
		notice_say(&v->notice, NOTICE_WARN, "%s",
			ev->err.code == ERR_INVALID
				? tr("The plan of today is full, or this "
				     "person is not on the list")
				: err_text(ev->err.code, ERR_WHILE_WRITING));
		break;
	default:
		break;
	}
	return effect_of(FX_NONE);
}

static struct effect on_person_step(struct visiting *v, const struct event *ev)
{
	const int key = visit_key(v, ev);

	switch (key) {
	case K_ACCEPT:
		return go(v, VISIT_RESULT);
	case '1':
		return v->seen.look.draft ? take_draft(v) : go(v, VISIT_RESULT);
	case '3':
		return go(v, VISIT_DROP);
	case '4':
	case '5':
	case '6':
		return change_plan(v, key);
	case '0':
		return leave(v, VISIT_WANTS_BACK);
	default:
		return effect_of(FX_NONE);
	}
}

/* ---- what was typed before ------------------------------------------------------ */

/* What opens was put in by visit_load(), before this is handed on. */
static struct effect on_taking_step(struct visiting *v, const struct event *ev)
{
	if (ev->kind == EV_DRAFT || ev->kind == EV_FAILED) {
		go(v, VISIT_PERSON);
		notice_say(&v->notice, NOTICE_WARN, "%s",
			tr("What was typed cannot be read any more: key 3 "
			   "throws it away, and the visit begins anew"));
	}
	return effect_of(FX_NONE);
}

static struct effect on_drop_step(struct visiting *v, const struct event *ev)
{
	struct effect fx = effect_of(FX_DRAFT_DROP);

	switch (visit_key(v, ev)) {
	case '1':
		fx.person = v->seen.person.id;
		v->step = VISIT_DROPPING;
		return fx;
	case '0':
		return go(v, VISIT_PERSON);
	default:
		return effect_of(FX_NONE);
	}
}

static struct effect on_dropping_step(struct visiting *v,
	const struct event *ev)
{
	switch (ev->kind) {
	case EV_CONFIRMED:
		return look(v, v->seen.person.id);
	case EV_FAILED:
		go(v, VISIT_PERSON);
		notice_say(&v->notice, NOTICE_STOP, "%s",
			err_text(ev->err.code, ERR_WHILE_WRITING));
		break;
	default:
		break;
	}
	return effect_of(FX_NONE);
}

/* ---- all together ----------------------------------------------------------------- */

static struct effect ask_questions(struct visiting *v)
{
	if (v->seen.survey)
		return leave(v, VISIT_WANTS_QUESTIONS);
	return effect_of(FX_NONE);
}

/* May an account of his be taken down, by today's consent or an older one? */
static bool holds(const struct visiting *v)
{
	const unsigned yes =
		v->parts.consent ? v->parts.yes : v->seen.consent.yes;

	return (yes & CONSENT_PAYOUT) != 0;
}

/* Consent, account, questions: the first that nobody has asked for yet. */
struct effect visit_go_on(struct visiting *v, enum visit_want after)
{
	const bool agreed = visit_kind(v->result) == VISIT_KIND_AGREED;
	const struct visit_parts *p = &v->parts;

	notice_clear(&v->notice);
	v->step = VISIT_SUMMARY;
	if (!agreed)
		return effect_of(FX_NONE);
	if (after == VISIT_WANTS_BACK && p->consent == 0 && !holds(v))
		return leave(v, VISIT_WANTS_CONSENT);
	if ((after == VISIT_WANTS_BACK || after == VISIT_WANTS_CONSENT) &&
		holds(v) && p->account == 0)
		return leave(v, VISIT_WANTS_ACCOUNT);
	if (after == VISIT_WANTS_ACCOUNT && p->account != 0 &&
		p->answers_len == 0)
		return ask_questions(v);
	return effect_of(FX_NONE);
}

static bool may_be_called(const struct visiting *v)
{
	return ((v->parts.consent ? v->parts.yes : v->seen.consent.yes) &
		       CONSENT_PHONE) != 0;
}

static struct effect ask_phone(struct visiting *v)
{
	if (!may_be_called(v)) {
		notice_say(&v->notice, NOTICE_WARN, "%s",
			tr("This person did not agree to be called: take down "
			   "the consent first (key 3)"));
		return effect_of(FX_NONE);
	}
	go(v, VISIT_TELEPHONE);
	entry_init(&v->day, ENTRY_NUMBER, PHONE_MAX_CHARS);
	entry_set(&v->day, v->phone);
	return effect_of(FX_NONE);
}

static struct effect ask_account(struct visiting *v)
{
	if (holds(v))
		return leave(v, VISIT_WANTS_ACCOUNT);
	notice_say(&v->notice, NOTICE_WARN, "%s",
		tr("No account without consent: key 3 first"));
	return effect_of(FX_NONE);
}

static void fill_made(const struct visit_parts *p, struct visit_request *r)
{
	const uint64_t first =
		p->consent < p->account ? p->consent : p->account;
	const uint64_t last = p->consent < p->account ? p->account : p->consent;

	if (first != 0)
		r->made[r->mades++] = first;
	if (last != 0)
		r->made[r->mades++] = last;
}

static struct effect record(struct visiting *v)
{
	struct effect fx = effect_of(FX_VISIT);
	struct visit_request *r = &fx.visit;
	const struct visit_parts *p = &v->parts;

	notice_clear(&v->notice);
	fx.drop_keys = true;
	r->person = v->seen.person.id;
	r->result = v->result;
	r->next = v->next;
	r->died = v->died;
	str_copy(r->note, sizeof(r->note), v->note);
	str_copy(r->phone, sizeof(r->phone), v->phone);
	if (p->answers_len > 0) {
		r->answers = p->answers;
		r->answers_len = p->answers_len;
		str_copy(r->form_id, sizeof(r->form_id), p->form_id);
		str_copy(r->form_version, sizeof(r->form_version),
			p->form_version);
	}
	fill_made(p, r);
	r->seen = v->shown;
	v->step = VISIT_SAVING;
	return fx;
}

static struct effect on_summary_step(struct visiting *v, const struct event *ev)
{
	const int key = visit_key(v, ev);

	switch (key) {
	case '1':
		return record(v);
	case '2':
		return go(v, VISIT_RESULT);
	case '3':
		return leave(v, VISIT_WANTS_CONSENT);
	case '4':
		return ask_account(v);
	case '5':
		return ask_questions(v);
	case '6':
		return ask_phone(v);
	case '7':
		return go(v, VISIT_WHEN);
	case '8':
		entry_set(&v->words, v->note);
		return go(v, VISIT_REMARK);
	case '0':
		return leave(v, VISIT_WANTS_BACK);
	default:
		return effect_of(FX_NONE);
	}
}

/* ---- the record ------------------------------------------------------------------- */

static struct effect print(struct visiting *v)
{
	struct effect fx = effect_of(FX_VISIT_SLIP);

	fx.seq = v->noted.seq;
	memset(&v->paper, 0, sizeof(v->paper));
	v->paper.state = PRINT_PRINTING;
	v->slip_asked = true;
	return fx;
}

/* A paper with the day, unless the consent's or the account's is enough. */
static struct effect on_recorded(struct visiting *v, const struct event *ev)
{
	v->noted = ev->visit;
	go(v, VISIT_DONE);
	if (v->noted.next.year != 0 && !v->parts.slip)
		return print(v);
	return effect_of(FX_NONE);
}

static struct effect on_refused(struct visiting *v, const struct event *ev)
{
	char text[REFUSAL_TEXT_SIZE];

	if (ev->refusal.code == REFUSED_VISITED) {
		v->again = true;
		return look(v, v->seen.person.id);
	}
	refusal_text(&ev->refusal, text, sizeof(text));
	notice_say(&v->notice, NOTICE_WARN, "%s", text);
	v->step = VISIT_SUMMARY;
	return effect_of(FX_NONE);
}

static struct effect on_saving_step(struct visiting *v, const struct event *ev)
{
	switch (ev->kind) {
	case EV_VISIT:
		return on_recorded(v, ev);
	case EV_REFUSED:
		return on_refused(v, ev);
	case EV_FAILED:
		v->again = true;
		return look(v, v->seen.person.id);
	default:
		return effect_of(FX_NONE);
	}
}

static struct effect on_unknown_step(struct visiting *v, const struct event *ev)
{
	switch (visit_key(v, ev)) {
	case '1':
		notice_clear(&v->notice);
		v->again = true;
		return look(v, v->seen.person.id);
	case '0':
		return leave(v, VISIT_WANTS_BACK);
	default:
		return effect_of(FX_NONE);
	}
}

bool visit_is_slip(const struct visiting *v, const struct event *ev)
{
	return ev->kind == EV_PRINT && ev->print.test && v->slip_asked &&
	       v->noted.seq != 0 && ev->print.seq == v->noted.seq;
}

static struct effect on_done_step(struct visiting *v, const struct event *ev)
{
	switch (visit_key(v, ev)) {
	case K_ACCEPT:
		return leave(v, VISIT_WANTS_NEXT);
	case '1':
		return print(v);
	case '0':
		return leave(v, VISIT_WANTS_BACK);
	default:
		return effect_of(FX_NONE);
	}
}

static void note_begun(struct visiting *v)
{
	switch (v->step) {
	case VISIT_WHY:
	case VISIT_CANNOT_WHY:
	case VISIT_DIED_ON:
	case VISIT_WHEN:
	case VISIT_DATE:
	case VISIT_TELEPHONE:
	case VISIT_REMARK:
	case VISIT_SUMMARY:
		v->begun = true;
		break;
	default:
		break;
	}
}

struct effect visit_handle(struct visiting *v, const struct event *ev)
{
	typedef struct effect (*step_fn)(struct visiting *,
		const struct event *);
	static const step_fn on_step[VISIT_STEP_COUNT] = {
		[VISIT_LOOKING] = on_looking_step,
		[VISIT_NOBODY] = on_nobody_step,
		[VISIT_PERSON] = on_person_step,
		[VISIT_TAKING] = on_taking_step,
		[VISIT_DROP] = on_drop_step,
		[VISIT_DROPPING] = on_dropping_step,
		[VISIT_PLANNING] = on_planning_step,
		[VISIT_RESULT] = visit_result_step,
		[VISIT_WHY] = visit_why_step,
		[VISIT_CANNOT_WHY] = visit_cannot_step,
		[VISIT_DIED_ON] = visit_died_step,
		[VISIT_WHEN] = visit_when_step,
		[VISIT_DATE] = visit_date_step,
		[VISIT_TELEPHONE] = visit_telephone_step,
		[VISIT_REMARK] = visit_remark_step,
		[VISIT_SUMMARY] = on_summary_step,
		[VISIT_SAVING] = on_saving_step,
		[VISIT_UNKNOWN] = on_unknown_step,
		[VISIT_DONE] = on_done_step,
	};
	struct effect fx;

	if (visit_is_slip(v, ev)) {
		v->paper = pay_paper_of(ev);
		return effect_of(FX_NONE);
	}
	fx = on_step[v->step](v, ev);
	note_begun(v);
	return fx;
}
