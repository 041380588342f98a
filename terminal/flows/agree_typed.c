/* agree_typed.c - who speaks, and who was there: one field a step. */
#include <string.h>

#include "core/codec/viet.h"
#include "core/str.h"
#include "core/tr.h"
#include "terminal/flows/agree_internal.h"
#include "terminal/flows/card_text.h"

enum {
	NAME_MAX_CHARS = 60,
	PAPER_MAX_CHARS = 40,
	DATE_MAX_CHARS = 10,
	YES_MAX_CHARS = 4,
	WORDS_MAX_CHARS = 60
};

/* False: it is said why not, and nothing goes on. */
typedef bool (*accept_fn)(struct agree *a);

static bool warn(struct agree *a, const char *text)
{
	notice_say(&a->notice, NOTICE_WARN, "%s", text);
	return false;
}

static bool is_blank(const char *text)
{
	return text[strspn(text, " ")] == '\0';
}

static bool accept_name(struct agree *a)
{
	if (is_blank(a->typed.text))
		return warn(a, tr("Without a name nobody can speak for "
				  "another"));
	str_copy(a->party.name, sizeof(a->party.name), a->typed.text);
	agree_to(a, AGREE_ID);
	return true;
}

/* Who has none shows a paper instead. */
static bool accept_id(struct agree *a)
{
	const char *id = a->typed.text;

	if (id[0] && !personid_is_id12(id))
		return warn(a, tr("An ID number has 12 digits"));
	if (id[0] && strcmp(id, a->person_id) == 0)
		return warn(a, tr("This is the person's own number"));
	str_copy(a->party.id, sizeof(a->party.id), id);
	agree_to(a, AGREE_PAPER);
	return true;
}

static bool accept_paper(struct agree *a)
{
	if (is_blank(a->typed.text) &&
		(a->party.by == CONSENT_BY_AUTHORISED || !a->party.id[0]))
		return warn(a, tr("Without number or paper nobody can speak "
				  "for another"));
	str_copy(a->party.paper, sizeof(a->party.paper), a->typed.text);
	agree_to(a, a->party.by == CONSENT_BY_AUTHORISED ? AGREE_UNTIL
							 : AGREE_RELATION);
	return true;
}

/* Many papers have no end. */
static bool accept_until(struct agree *a)
{
	struct date d = {0};

	if (a->typed.text[0] && (!date_parse(a->typed.text, &d) || d.day == 0))
		return warn(a, tr("This is no day. Type day, month and year: "
				  "02092026"));
	if (d.year != 0 && a->today.year != 0 && date_compare(d, a->today) < 0)
		return warn(a, tr("This paper has ended: it allows nobody to "
				  "speak for another any more."));
	a->party.paper_until = d;
	agree_to(a, AGREE_RELATION);
	return true;
}

static bool accept_yes(struct agree *a)
{
	char folded[ENTRY_SIZE];

	if (!viet_fold(a->typed.text, folded, sizeof(folded)) ||
		(strcmp(folded, "co") != 0 && strcmp(folded, "yes") != 0))
		return warn(a, tr("Only the word CÓ is a yes."));
	agree_after_proof(a);
	return true;
}

static bool accept_witness(struct agree *a)
{
	if (is_blank(a->typed.text))
		return warn(a, tr("A thumbprint needs a witness with a name."));
	str_copy(a->proof.witness_name, sizeof(a->proof.witness_name),
		a->typed.text);
	agree_to(a, AGREE_WITNESS_ID);
	return true;
}

static bool accept_witness_id(struct agree *a)
{
	const char *id = a->typed.text;

	if (!personid_is_id12(id))
		return warn(a, tr("An ID number has 12 digits"));
	if (strcmp(id, a->person_id) == 0 || strcmp(id, a->party.id) == 0)
		return warn(a, tr("The witness has to be somebody else."));
	str_copy(a->proof.witness_id, sizeof(a->proof.witness_id), id);
	agree_after_proof(a);
	return true;
}

/* Many say nothing more than what they want. */
static bool accept_words(struct agree *a)
{
	str_copy(a->words, sizeof(a->words), a->typed.text);
	agree_to(a, AGREE_SURE);
	return true;
}

/* What a step types, and which step Esc goes back to. */
static const struct typing {
	enum entry_kind kind; /* 0 is ENTRY_TEXT: see max */
	int max;              /* 0: nothing is typed here */
	accept_fn accept;
	enum agree_step before;
} typings[AGREE_STEP_COUNT] = {
	[AGREE_NAME] = {ENTRY_TEXT, NAME_MAX_CHARS, accept_name, AGREE_WHO},
	[AGREE_ID] = {ENTRY_NUMBER, PERSONID_SIZE - 1, accept_id, AGREE_NAME},
	[AGREE_PAPER] = {ENTRY_TEXT, PAPER_MAX_CHARS, accept_paper, AGREE_ID},
	[AGREE_UNTIL] = {ENTRY_DATE, DATE_MAX_CHARS, accept_until, AGREE_PAPER},
	[AGREE_WORDS] = {ENTRY_TEXT, WORDS_MAX_CHARS, accept_words, AGREE_ASKS},
	[AGREE_YES] = {ENTRY_TEXT, YES_MAX_CHARS, accept_yes, AGREE_HOW},
	[AGREE_WITNESS] = {ENTRY_TEXT, NAME_MAX_CHARS, accept_witness,
		AGREE_HOW},
	[AGREE_WITNESS_ID] = {ENTRY_NUMBER, PERSONID_SIZE - 1,
		accept_witness_id, AGREE_WITNESS},
};

bool agree_is_typed(enum agree_step step)
{
	return typings[step].max > 0;
}

static const char *known(const struct agree *a)
{
	switch (a->step) {
	case AGREE_NAME:
		return a->party.name;
	case AGREE_ID:
		return a->party.id;
	case AGREE_PAPER:
		return a->party.paper;
	case AGREE_WITNESS:
		return a->proof.witness_name;
	case AGREE_WITNESS_ID:
		return a->proof.witness_id;
	case AGREE_WORDS:
		return a->words;
	default:
		return "";
	}
}

void agree_field_begin(struct agree *a)
{
	const struct typing *t = &typings[a->step];
	const enum telex_method method = a->typed.word.method;

	entry_init(&a->typed, t->kind, t->max);
	entry_typing(&a->typed, method);
	entry_set(&a->typed, known(a));
}

bool agree_wants_scan(const struct agree *a)
{
	return a->step == AGREE_NAME || a->step == AGREE_ID ||
	       a->step == AGREE_WITNESS || a->step == AGREE_WITNESS_ID;
}

/* Whose card it is goes into the two fields as if he had been typed. */
static void take_card(struct agree *a, const struct event *ev)
{
	const bool witness =
		a->step == AGREE_WITNESS || a->step == AGREE_WITNESS_ID;
	struct idcard card;

	if (idcard_parse(ev->scan.bytes, ev->scan.len, &card) == CARD_REJECT) {
		warn(a, card_note_text(card.note[0]));
		return;
	}
	if (strcmp(card.id12, a->person_id) == 0) {
		warn(a, tr("This is the person's own number"));
		return;
	}
	notice_clear(&a->notice);
	if (card.name[0]) {
		agree_to(a, witness ? AGREE_WITNESS : AGREE_NAME);
		entry_set(&a->typed, card.name);
		typings[a->step].accept(a);
	} else {
		warn(a, card_note_text(CARD_NOTE_NAME_DAMAGED));
		return;
	}
	entry_set(&a->typed, card.id12);
	typings[a->step].accept(a);
}

struct effect agree_on_typed(struct agree *a, const struct event *ev)
{
	if (ev->kind == EV_SCAN && agree_wants_scan(a))
		take_card(a, ev);
	if (ev->kind != EV_KEY)
		return effect_of(FX_NONE);
	switch (entry_key(&a->typed, ev->key)) {
	case ENTRY_ACCEPTED:
		notice_clear(&a->notice);
		typings[a->step].accept(a);
		break;
	case ENTRY_CANCELLED:
		notice_clear(&a->notice);
		agree_to(a, typings[a->step].before);
		break;
	case ENTRY_CHANGED:
		notice_clear(&a->notice);
		break;
	case ENTRY_IGNORED:
	case ENTRY_FULL:
		break;
	}
	return effect_of(FX_NONE);
}
