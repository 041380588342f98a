/* enrol_owner.c - whose account it is, and how the name on it fits. */
#include <string.h>

#include "core/str.h"
#include "core/tr.h"
#include "terminal/flows/enrol_internal.h"

/* ---- whose it is ------------------------------------------------------------------------ */

struct effect enrol_on_whose(struct enrol *e, const struct event *ev)
{
	switch (enrol_key(e, ev)) {
	case '1':
		e->take.whose = PAYEE_SELF;
		enrol_go(e, ENROL_HOLDER);
		break;
	case '2':
		e->take.whose = PAYEE_GUARDIAN;
		enrol_go(e, ENROL_OWNER);
		break;
	case '3':
		e->take.whose = PAYEE_AUTHORISED;
		enrol_go(e, ENROL_OWNER);
		break;
	case '0':
		enrol_go(e, ENROL_START);
		break;
	default:
		break;
	}
	return effect_of(FX_NONE);
}

void enrol_accept_owner(struct enrol *e)
{
	if (!e->typed.text[0]) {
		notice_say(&e->notice, NOTICE_WARN, "%s",
			tr("Type the full name of whoever owns the account"));
		return;
	}
	if (strcmp(e->typed.text, e->take.owner) != 0)
		e->take.owner_id[0] = '\0';
	str_copy(e->take.owner, sizeof(e->take.owner), e->typed.text);
	enrol_go(e, ENROL_RELATION);
}

struct effect enrol_on_relation(struct enrol *e, const struct event *ev)
{
	const int key = enrol_key(e, ev);

	if (key == '0') {
		enrol_go(e, ENROL_OWNER);
	} else if (key >= '1' && key <= '9') {
		e->take.relation = (enum payee_relation)(key - '0');
		enrol_go(e, e->take.whose == PAYEE_AUTHORISED ? ENROL_PAPER
							      : ENROL_HOLDER);
	}
	return effect_of(FX_NONE);
}

void enrol_accept_paper(struct enrol *e)
{
	if (!e->typed.text[0]) {
		notice_say(&e->notice, NOTICE_WARN, "%s",
			tr("Type number and date of the paper that "
			   "authorises him"));
		return;
	}
	str_copy(e->take.paper, sizeof(e->take.paper), e->typed.text);
	enrol_go(e, ENROL_HOLDER);
}

/* ---- the name on it ------------------------------------------------------------------------ */

void enrol_accept_holder(struct enrol *e)
{
	char folded[ACCOUNT_NAME_SIZE];

	if (!account_name_fold(e->typed.text, folded, sizeof(folded)) ||
		!folded[0]) {
		notice_say(&e->notice, NOTICE_WARN, "%s",
			tr("Type the holder's name as the bank has it, in "
			   "letters without marks"));
		return;
	}
	str_copy(e->take.holder, sizeof(e->take.holder), folded);
	switch (account_names_fit(e->take.whose == PAYEE_SELF ? e->name
							      : e->take.owner,
		folded)) {
	case VIET_EQUAL:
		e->take.names = ACCOUNT_NAMES_EQUAL;
		break;
	case VIET_ALIKE:
		e->take.names = ACCOUNT_NAMES_ALIKE;
		break;
	case VIET_DIFFERENT:
		enrol_go(e, ENROL_DIFFERS);
		return;
	}
	enrol_go(e, ENROL_FORM);
}

struct effect enrol_on_differs(struct enrol *e, const struct event *ev)
{
	static const enum account_names reason[] = {ACCOUNT_NAMES_BANK,
		ACCOUNT_NAMES_LIST, ACCOUNT_NAMES_CHANGED};
	const int key = enrol_key(e, ev);

	switch (key) {
	case '1':
	case '2':
	case '3':
		e->take.names = reason[key - '1'];
		enrol_go(e, ENROL_FORM);
		break;
	case '9':
		e->take.names = ACCOUNT_NAMES_OTHER;
		e->why_of = ENROL_DIFFERS;
		enrol_go(e, ENROL_WHY);
		break;
	case '0':
		enrol_go(e, ENROL_HOLDER);
		break;
	default:
		break;
	}
	return effect_of(FX_NONE);
}

void enrol_accept_why(struct enrol *e)
{
	if (!e->typed.text[0]) {
		notice_say(&e->notice, NOTICE_WARN, "%s",
			tr("Say the reason in a few words"));
		return;
	}
	str_copy(e->take.why, sizeof(e->take.why), e->typed.text);
	enrol_go(e, ENROL_FORM);
}
