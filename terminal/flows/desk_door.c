/* From door to door, and what is kept of it at every key: desk.h. */
#include <stdio.h>
#include <string.h>

#include "core/codec/cbor.h"
#include "core/crypto.h"
#include "core/str.h"
#include "core/tr.h"
#include "terminal/flows/account_text.h"
#include "terminal/flows/desk_internal.h"

bool desk_begins_at_door(const struct desk *d)
{
	return role_may(d->user.role, ACT_VISIT) && !d->status.frozen &&
	       !d->status.moved && (d->offer || d->user.role == ROLE_STAFF);
}

bool desk_is_at_door(const struct desk *d)
{
	return desk_has(d, DESK_VISITS) || desk_has(d, DESK_VISIT);
}

struct effect desk_start_visits(struct desk *d, bool offer)
{
	desk_push(d, DESK_VISITS);
	return visits_start(&d->visits, offer, d->typing);
}

static struct effect start_visit(struct desk *d)
{
	desk_push(d, DESK_VISIT);
	/* Out of the offer, or the list of unfinished ones: straight on. */
	return visit_start(&d->visit, d->visits.chosen,
		d->visits.ask.scope == VISITS_OF_DRAFTS, d->user.number,
		d->typing);
}

/* Back to the day as it would have begun without the offer. */
struct effect desk_left_visits(struct desk *d)
{
	const bool offered = d->offer;

	d->offer = false;
	if (d->visits.chosen != 0)
		return start_visit(d);
	if (desk_has(d, DESK_DUTY)) {
		desk_pop(d);
		return effect_of(FX_NONE);
	}
	desk_home(d);
	desk_settle_idle(d);
	if (offered && !d->status.has_shift &&
		role_may(d->user.role, ACT_DRAWER))
		desk_start_drawer(d, DRAWER_OPEN);
	return effect_of(FX_NONE);
}

static struct effect visit_is_left(struct desk *d)
{
	const bool next = d->visit.want == VISIT_WANTS_NEXT;

	crypto_wipe(&d->visit, sizeof(d->visit));
	memset(&d->draft, 0, sizeof(d->draft));
	while (d->depth > 1 && desk_place(d) != DESK_VISITS)
		desk_pop(d);
	if (desk_place(d) == DESK_VISITS)
		return visits_again(&d->visits, next);
	desk_settle_idle(d);
	return effect_of(FX_NONE);
}

/* From where they were left, if they were answered before. */
static struct effect start_questions(struct desk *d)
{
	const struct survey *form = d->visit.seen.survey;
	const struct visit_parts *p = &d->visit.parts;

	desk_push(d, DESK_QUESTIONS);
	questions_start(&d->questions, form, d->visit.today, d->typing);
	if (p->answers_len > 0)
		survey_answers_carry(form, p->answers, p->answers_len,
			&d->questions.answers);
	return effect_of(FX_NONE);
}

/* What came of it is in the book already; the visit names it. */
struct effect desk_left_agree(struct desk *d)
{
	const struct agree *a = &d->agree;
	struct visit_parts *p = &d->visit.parts;

	d->notice = a->notice;
	desk_pop(d);
	if (desk_place(d) != DESK_VISIT)
		return effect_of(FX_NONE);
	if (a->done) {
		p->consent = a->noted.seq;
		p->yes = a->noted.kind == CONSENT_IS_REFUSED ? 0 : a->noted.yes;
		p->refused = a->noted.kind == CONSENT_IS_REFUSED;
		p->slip |= a->paper.state == PRINT_PRINTED;
		d->visit.begun = true;
	}
	return visit_go_on(&d->visit, VISIT_WANTS_CONSENT);
}

/* "Agribank …3456"; of one that is planned the bank alone. */
static void say_account(const struct enrol *e, char *out, size_t size)
{
	char provider[ACCOUNT_TITLE_SIZE] = "";
	const char *number = e->told.held.account.number;
	const size_t len = strlen(number);

	if (e->told.held.account.bin[0])
		account_provider(&e->told.held.account, provider);
	if (len >= 4)
		snprintf(out, size, "%s …%s", provider, number + len - 4);
	else
		snprintf(out, size, "%s", provider);
}

struct effect desk_left_enrol(struct desk *d)
{
	struct enrol *e = &d->enrol;
	struct visit_parts *p = &d->visit.parts;
	const bool done = e->done;

	d->notice = e->notice;
	e->done = false;
	desk_pop(d);
	if (desk_place(d) == DESK_CHECK)
		return done ? check_again(&d->check) : effect_of(FX_NONE);
	if (desk_place(d) != DESK_VISIT)
		return effect_of(FX_NONE);
	if (done && e->seq != 0) {
		p->account = e->seq;
		say_account(e, p->account_says, sizeof(p->account_says));
		p->slip |= e->paper.state == PRINT_PRINTED;
		d->visit.begun = true;
	}
	return visit_go_on(&d->visit, VISIT_WANTS_ACCOUNT);
}

struct effect desk_left_visit(struct desk *d)
{
	switch (d->visit.want) {
	case VISIT_WANTS_CONSENT:
		desk_push(d, DESK_AGREE);
		return agree_start(&d->agree, &d->visit.seen.person);
	case VISIT_WANTS_QUESTIONS:
		return start_questions(d);
	case VISIT_WANTS_ACCOUNT:
		desk_push(d, DESK_ENROL);
		return enrol_start(&d->enrol, &d->visit.seen.person);
	case VISIT_WANTS_BACK:
	case VISIT_WANTS_NEXT:
		break;
	}
	return visit_is_left(d);
}

/* All that was answered; what was broken off is gone, as Back says. */
static void take_answers(struct desk *d)
{
	const struct questions *q = &d->questions;
	struct visit_parts *p = &d->visit.parts;
	int number;

	p->answers_len =
		survey_answers_write(q->survey, &q->answers, p->answers);
	str_copy(p->form_id, sizeof(p->form_id),
		survey_text(q->survey, q->survey->id));
	str_copy(p->form_version, sizeof(p->form_version),
		survey_text(q->survey, q->survey->version));
	questions_progress(q, &number, &p->questions);
	p->answered = 0;
	for (int i = 0; i < q->survey->questions; i++)
		p->answered += q->answers.of[i].asked && q->answers.of[i].done;
}

struct effect desk_left_questions(struct desk *d)
{
	if (d->questions.finished)
		take_answers(d);
	desk_pop(d);
	crypto_wipe(&d->questions, sizeof(d->questions));
	return visit_go_on(&d->visit, VISIT_WANTS_QUESTIONS);
}

struct effect desk_visit_card(struct desk *d, const struct idcard *card)
{
	if (desk_has(d, DESK_VISIT) && visit_is_his(&d->visit, card)) {
		d->visit.by_card = true;
		notice_say(&d->notice, NOTICE_NOTE, "%s",
			tr("The card is this person's"));
		return effect_of(FX_NONE);
	}
	/* What was typed about the one before is a draft by now. */
	while (desk_place(d) != DESK_VISITS && d->depth > 1)
		desk_pop(d);
	memset(&d->draft, 0, sizeof(d->draft));
	desk_push(d, DESK_VISIT);
	return visit_start_card(&d->visit, card, d->user.number, d->typing);
}

/* ---- drafts --------------------------------------------------------------------- */

enum {
	VERSION = 1,
	PARTS = 4 /* version, the visit, what lies over it, and its bytes */
};

/* What lies over the visit, and its bytes; BACK: nothing does. */
static enum visit_want save_over(const struct desk *d, uint8_t *out,
	size_t size, size_t *len)
{
	*len = 0;
	if (desk_has(d, DESK_AGREE) && size >= AGREE_SAVE_SIZE) {
		*len = agree_save(&d->agree, out);
		return *len > 0 ? VISIT_WANTS_CONSENT : VISIT_WANTS_BACK;
	}
	if (desk_has(d, DESK_ENROL) && size >= ENROL_DRAFT_SIZE) {
		*len = enrol_save(&d->enrol, out, size);
		return *len > 0 ? VISIT_WANTS_ACCOUNT : VISIT_WANTS_BACK;
	}
	if (desk_has(d, DESK_QUESTIONS) && size >= QUESTIONS_SAVE_MAX) {
		*len = questions_save(&d->questions, out);
		return VISIT_WANTS_QUESTIONS;
	}
	return VISIT_WANTS_BACK;
}

/* All of it as bytes; 0: it does not fit, or there is nothing to keep. */
static size_t save(const struct desk *d, uint8_t out[DRAFT_MAX])
{
	uint8_t visit[DRAFT_MAX / 2];
	uint8_t over[DRAFT_MAX / 2];
	const size_t len = visit_save(&d->visit, visit, sizeof(visit));
	size_t over_len;
	const enum visit_want want =
		save_over(d, over, sizeof(over), &over_len);
	struct buf b;

	buf_init(&b, out, DRAFT_MAX);
	cbor_put_map(&b, PARTS);
	cbor_put_uint(&b, 0);
	cbor_put_uint(&b, VERSION);
	cbor_put_uint(&b, 1);
	cbor_put_bytes(&b, visit, len);
	cbor_put_uint(&b, 2);
	cbor_put_uint(&b, want);
	cbor_put_uint(&b, 3);
	cbor_put_bytes(&b, over, over_len);
	crypto_wipe(visit, sizeof(visit));
	crypto_wipe(over, sizeof(over));
	return len > 0 && !b.full ? b.len : 0;
}

struct effect desk_keep_draft(struct desk *d, struct effect fx)
{
	uint8_t now[DRAFT_MAX];
	size_t len;

	if (!desk_has(d, DESK_VISIT) || !visit_is_draft(&d->visit))
		return fx;
	len = save(d, now);
	if (len == 0 ||
		(len == d->draft.len && memcmp(now, d->draft.bytes, len) == 0))
		return fx;
	memcpy(d->draft.bytes, now, len);
	d->draft.len = len;
	d->draft.person = d->visit.seen.person.id;
	fx.draft.person = d->draft.person;
	fx.draft.bytes = d->draft.bytes;
	fx.draft.len = len;
	if (fx.kind == FX_NONE)
		fx.kind = FX_DRAFT;
	return fx;
}

static bool next_number(struct cbor_reader *r, uint64_t key, uint64_t *out)
{
	struct cbor_item item;

	if (!cbor_next(r, &item) || item.type != CBOR_UINT ||
		item.number != key || !cbor_next(r, &item) ||
		item.type != CBOR_UINT)
		return false;
	*out = item.number;
	return true;
}

static bool next_bytes(struct cbor_reader *r, uint64_t key,
	struct cbor_item *out)
{
	struct cbor_item item;

	return cbor_next(r, &item) && item.type == CBOR_UINT &&
	       item.number == key && cbor_next(r, out) &&
	       out->type == CBOR_BYTES;
}

/* What does not open is begun anew from the visit. */
static struct effect load_over(struct desk *d, uint64_t want,
	const struct cbor_item *over)
{
	const struct survey *form = d->visit.seen.survey;
	struct effect fx = effect_of(FX_NONE);

	switch (want) {
	case VISIT_WANTS_CONSENT:
		fx = agree_start(&d->agree, &d->visit.seen.person);
		if (!agree_load(&d->agree, over->bytes, over->count))
			return effect_of(FX_NONE);
		desk_push(d, DESK_AGREE);
		break;
	case VISIT_WANTS_ACCOUNT:
		if (enrol_load(&d->enrol, over->bytes, over->count) &&
			d->enrol.person == d->visit.seen.person.id)
			desk_push(d, DESK_ENROL);
		break;
	case VISIT_WANTS_QUESTIONS:
		if (form && questions_load(&d->questions, form, over->bytes,
				    over->count, d->typing))
			desk_push(d, DESK_QUESTIONS);
		break;
	default:
		break;
	}
	return fx;
}

/* The visit, and what lay over it. */
struct parts {
	struct cbor_item visit;
	uint64_t want;
	struct cbor_item over;
};

static bool read_draft(const struct event *ev, struct parts *out)
{
	struct cbor_reader r;
	struct cbor_item map;
	uint64_t version;

	cbor_reader_init(&r, ev->draft.bytes, ev->draft.len);
	return ev->draft.whole && cbor_next(&r, &map) && map.type == CBOR_MAP &&
	       map.count == PARTS && next_number(&r, 0, &version) &&
	       version == VERSION && next_bytes(&r, 1, &out->visit) &&
	       next_number(&r, 2, &out->want) &&
	       next_bytes(&r, 3, &out->over) && r.at == r.end;
}

struct effect desk_take_draft(struct desk *d, const struct event *ev)
{
	struct parts draft;

	if (desk_place(d) != DESK_VISIT ||
		ev->draft.person != d->visit.seen.person.id ||
		!read_draft(ev, &draft) ||
		!visit_load(&d->visit, draft.visit.bytes, draft.visit.count))
		return desk_forward(d, ev);
	return load_over(d, draft.want, &draft.over);
}
