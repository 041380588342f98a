/* agree_ask.c - the questions of agree.h, a digit each. */
#include <assert.h>

#include "core/date.h"
#include "core/tr.h"
#include "terminal/flows/agree_internal.h"

static struct effect none(void)
{
	return effect_of(FX_NONE);
}

static struct effect on_purpose_step(struct agree *a, const struct event *ev)
{
	const unsigned bit = 1U << a->at;
	const int key = agree_key(a, ev);

	if (key == '0') {
		if (a->at == 0)
			agree_show_part(a, a->parts - 1);
		else
			a->at--;
		return none();
	}
	if (key != '1' && key != '2')
		return none();
	a->asked |= bit;
	a->yes = key == '1' ? a->yes | bit : a->yes & ~bit;
	if (++a->at < CONSENT_PURPOSES)
		return none();
	a->at = CONSENT_PURPOSES - 1;
	if (a->yes == 0)
		agree_ask_refusal(a);
	else
		agree_to(a, AGREE_WHO);
	return none();
}

static bool is_child(const struct agree *a)
{
	const int age = date_age(a->birth, a->today);

	return a->today.year != 0 && age >= 0 && age < 18;
}

static struct effect on_who_step(struct agree *a, const struct event *ev)
{
	const int key = agree_key(a, ev);

	if (key == '0') {
		notice_clear(&a->notice);
		agree_before_party(a);
		return none();
	}
	if (key < '1' || key > '4')
		return none();
	if (key == '1' && is_child(a)) {
		notice_say(&a->notice, NOTICE_WARN, "%s",
			tr("This person is under 18: a parent or guardian has "
			   "to speak."));
		return none();
	}
	notice_clear(&a->notice);
	if (a->party.by != (enum consent_by)(key - '0'))
		a->party = (struct consent_party){
			.by = (enum consent_by)(key - '0')};
	if (a->party.by == CONSENT_BY_SELF)
		agree_after_party(a);
	else
		agree_to(a, AGREE_NAME);
	return none();
}

static struct effect on_relation_step(struct agree *a, const struct event *ev)
{
	const int key = agree_key(a, ev);

	if (key == '0') {
		agree_to(a, AGREE_PAPER);
	} else if (key >= '1' && key <= '9') {
		a->party.relation = (enum payee_relation)(key - '0');
		agree_after_party(a);
	}
	return none();
}

static struct effect on_how_step(struct agree *a, const struct event *ev)
{
	const int key = agree_key(a, ev);
	const bool aloud = a->proof.read_aloud;

	if (key == '0') {
		agree_to(a, AGREE_WHO);
		return none();
	}
	if (key < '1' || key > '3')
		return none();
	if (a->proof.how != (enum consent_how)(key - '0'))
		a->proof =
			(struct consent_proof){.how = (enum consent_how)(key -
									 '0'),
				.read_aloud = aloud};
	if (a->proof.how == CONSENT_HOW_THUMBPRINT)
		agree_to(a, AGREE_WITNESS);
	else if (a->proof.how == CONSENT_HOW_TYPED)
		agree_to(a, AGREE_YES);
	else
		agree_after_proof(a);
	return none();
}

static struct effect on_copy_step(struct agree *a, const struct event *ev)
{
	const int key = agree_key(a, ev);

	if (key == '0') {
		agree_to(a, AGREE_HOW);
	} else if (key == '1' || key == '2') {
		a->copy = key == '1';
		agree_to(a, AGREE_SURE);
	}
	return none();
}

static struct effect on_reason_step(struct agree *a, const struct event *ev)
{
	const int key = agree_key(a, ev);

	if (key == '0') {
		agree_show_part(a, a->at_part);
	} else if (key >= '1' && key <= '9') {
		a->reason = (enum consent_refusal)(key - '0');
		agree_to(a, AGREE_WHO);
	}
	return none();
}

/* Of what holds, one after the other; nothing is taken back by silence. */
static struct effect on_left_step(struct agree *a, const struct event *ev)
{
	const unsigned bit = 1U << a->at;
	const int key = agree_key(a, ev);

	if (key == '0') {
		a->step = AGREE_STATE;
		return none();
	}
	if (key != '1' && key != '2')
		return none();
	a->yes = key == '1' ? a->yes | bit : a->yes & ~bit;
	a->at = agree_next_held(a, a->at + 1);
	if (a->at < CONSENT_PURPOSES)
		return none();
	if (a->yes == a->state.yes) {
		notice_say(&a->notice, NOTICE_NOTE, "%s",
			tr("He keeps all of it: nothing is taken back."));
		a->step = AGREE_STATE;
		return none();
	}
	agree_to(a, AGREE_CHANNEL);
	return none();
}

static struct effect on_channel_step(struct agree *a, const struct event *ev)
{
	const int key = agree_key(a, ev);

	if (key == '0') {
		a->yes = 0;
		a->at = agree_next_held(a, 0);
		agree_to(a, AGREE_LEFT);
	} else if (key >= '1' && key <= '9') {
		a->channel = (enum consent_channel)(key - '0');
		agree_to(a, AGREE_WHO);
	}
	return none();
}

static struct effect on_asks_step(struct agree *a, const struct event *ev)
{
	const int key = agree_key(a, ev);

	if (key == '0') {
		a->step = AGREE_STATE;
	} else if (key >= '1' && key <= '9') {
		a->request = (enum request_kind)(key - '0');
		agree_to(a, AGREE_WORDS);
	}
	return none();
}

struct effect agree_on_question(struct agree *a, const struct event *ev)
{
	switch (a->step) {
	case AGREE_PURPOSE:
		return on_purpose_step(a, ev);
	case AGREE_WHO:
		return on_who_step(a, ev);
	case AGREE_RELATION:
		return on_relation_step(a, ev);
	case AGREE_HOW:
		return on_how_step(a, ev);
	case AGREE_COPY:
		return on_copy_step(a, ev);
	case AGREE_REASON:
		return on_reason_step(a, ev);
	case AGREE_LEFT:
		return on_left_step(a, ev);
	case AGREE_CHANNEL:
		return on_channel_step(a, ev);
	case AGREE_ASKS:
		return on_asks_step(a, ev);
	default:
		assert(!"a step with a question");
		return none();
	}
}
