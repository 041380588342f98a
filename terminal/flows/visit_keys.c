/* The keys of a visit, step by step: visit.h. */
#include "core/tr.h"
#include "terminal/flows/visit_internal.h"

#define BACK                                      \
	{'0', "0", TR("Back"), NULL, false},      \
	{                                         \
		'#', "#", TR("Help"), NULL, false \
	}
#define MORE                                      \
	{                                         \
		'*', "*", TR("More"), NULL, false \
	}

#define INTO_PLAN                                                            \
	{                                                                    \
		'4', "4", TR("Into the plan of today"), TR("Into the plan"), \
			false                                                \
	}
#define PLAN_KEYS                                                            \
	{'4', "4", TR("Out of the plan of today"), TR("Out of it"), false},  \
		{'5', "5", TR("Earlier in the plan"), TR("Earlier"), false}, \
	{                                                                    \
		'6', "6", TR("Later in the plan"), TR("Later in it"), false  \
	}

#define BEGIN_KEY                                                           \
	{                                                                   \
		K_ACCEPT, "ENTER", TR("Begin the visit"), TR("Begin"), true \
	}
#define ALL_THE_SAME                                            \
	{                                                       \
		'1', "1", TR("Visit this person all the same"), \
			TR("All the same"), true                \
	}

static const struct binding person_keys[] = {BEGIN_KEY, INTO_PLAN, MORE, BACK};
static const struct binding planned_keys[] = {BEGIN_KEY, PLAN_KEYS, MORE, BACK};
/* Somebody was here: ENTER is not enough. */
static const struct binding warned_keys[] = {ALL_THE_SAME, INTO_PLAN, MORE,
	BACK};
static const struct binding both_keys[] = {ALL_THE_SAME, PLAN_KEYS, MORE, BACK};
static const struct binding draft_keys[] = {
	{'1', "1", TR("Go on with this visit"), TR("Go on"), true},
	{'3', "3", TR("Throw away what was typed"), TR("Throw away"), false},
	MORE,
	BACK,
};
static const struct binding nobody_keys[] = {
	BACK,
};
static const struct binding drop_keys[] = {
	{'1', "1", TR("Yes: throw away what was typed"), TR("Throw away"),
		true},
	BACK,
};
static const struct binding result_keys[] = {
	{'1', "1", TR("Agrees to be paid by account"), TR("Says yes"), false},
	{'2', "2", TR("Has an account and wants it used"), TR("Has an account"),
		false},
	{'3', "3", TR("Wants to think about it"), TR("Thinks"), false},
	{'4', "4", TR("Refuses: why"), TR("Refuses"), false},
	{'5', "5", TR("Nobody at home"), NULL, false},
	{'6', "6", TR("Has moved away"), TR("Moved"), false},
	{'7', "7", TR("Has died"), TR("Died"), false},
	{'8', "8", TR("Cannot open an account: why"), TR("Cannot"), false},
	{'9', "9", TR("Nothing could be done"), TR("Other"), false},
	MORE,
	BACK,
};
static const struct binding why_keys[] = {
	{'1', "1", TR("Wants cash"), NULL, false},
	{'2', "2", TR("Does not trust it"), TR("Distrust"), false},
	{'3', "3", TR("The bank is far away"), TR("Far"), false},
	{'4', "4", TR("Has no phone, or cannot use one"), TR("No phone"),
		false},
	{'5', "5", TR("The family decides"), TR("Family"), false},
	{'9', "9", TR("For another reason"), TR("Other"), false},
	BACK,
};
static const struct binding cannot_keys[] = {
	{'1', "1", TR("Has no ID card"), TR("No card"), false},
	{'2', "2", TR("The ID card has expired"), TR("Card expired"), false},
	{'3', "3", TR("Has no fingerprints"), TR("No prints"), false},
	{'4', "4", TR("Needs a guardian"), TR("Guardian"), false},
	{'5', "5", TR("Has no papers of birth"), TR("No birth papers"), false},
	{'6', "6", TR("Cannot leave the house"), TR("Stays in"), false},
	{'9', "9", TR("For another reason"), TR("Other"), false},
	BACK,
};
static const struct binding died_keys[] = {
	{K_DIGITS, "0-9", TR("Day of death, for example 02092026"),
		TR("Day of death"), false},
	{K_ACCEPT, "ENTER", TR("Go on; an empty field: not known"), TR("Go on"),
		false},
	{K_ERASE, "<-", TR("Erase"), NULL, false},
	{K_BACK, "Esc", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding when_keys[] = {
	{K_CHOICES, "1-9", TR("In so many days"), TR("Days"), false},
	{'.', ".", TR("Type the day"), TR("Type"), false},
	{K_ACCEPT, "ENTER", TR("No day is arranged"), TR("No day"), false},
	BACK,
};
static const struct binding date_keys[] = {
	{K_DIGITS, "0-9", TR("Day and month: 0512; or with the year"),
		TR("Day, month"), false},
	{K_ACCEPT, "ENTER", TR("Go on"), NULL, false},
	{K_ERASE, "<-", TR("Erase"), NULL, false},
	{K_BACK, "Esc", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding telephone_keys[] = {
	{K_DIGITS, "0-9", TR("Phone number, 10 digits"), TR("Number"), false},
	{K_ACCEPT, "ENTER", TR("Go on; an empty field: none"), TR("Go on"),
		false},
	{K_ERASE, "<-", TR("Erase"), NULL, false},
	{K_BACK, "Esc", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding remark_keys[] = {
	{K_LETTERS, "a-z", TR("What should be remembered"), TR("Note"), false},
	{K_DIGITS, "0-9", TR("Digits"), NULL, false},
	{K_ACCEPT, "ENTER", TR("Go on"), NULL, false},
	{K_ERASE, "<-", TR("Erase"), NULL, false},
	{K_ERASE_WORD, "Del", TR("Erase the whole word (or press * twice)"),
		TR("Erase word"), false},
	{K_BACK, "Esc", TR("Back"), NULL, false},
	{'*', "*", TR("More"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};

#define RECORD                                                        \
	{                                                             \
		'1', "1", TR("Yes: record this visit"), TR("RECORD"), \
			BINDING_ONCE | BINDING_NEEDS(ACT_VISIT)       \
	}
#define CHANGE                                                      \
	{                                                           \
		'2', "2", TR("Another result"), TR("Result"), false \
	}
#define CONSENT                                      \
	{                                            \
		'3', "3", TR("Consent"), NULL, false \
	}
#define ACCOUNT                                      \
	{                                            \
		'4', "4", TR("Account"), NULL, false \
	}
#define QUESTIONS                                      \
	{                                              \
		'5', "5", TR("Questions"), NULL, false \
	}
#define TELEPHONE                                  \
	{                                          \
		'6', "6", TR("Phone"), NULL, false \
	}
#define AGAIN                                                          \
	{                                                              \
		'7', "7", TR("Come again on"), TR("Come again"), false \
	}
#define REMARK                                    \
	{                                         \
		'8', "8", TR("Note"), NULL, false \
	}

static const struct binding agreed_keys[] = {RECORD, CHANGE, CONSENT, ACCOUNT,
	QUESTIONS, TELEPHONE, AGAIN, REMARK, MORE, BACK};
static const struct binding met_keys[] = {RECORD, CHANGE, CONSENT, QUESTIONS,
	TELEPHONE, AGAIN, REMARK, MORE, BACK};
static const struct binding away_keys[] = {RECORD, CHANGE, AGAIN, REMARK, MORE,
	BACK};
static const struct binding gone_keys[] = {RECORD, CHANGE, REMARK, MORE, BACK};

static const struct binding unknown_keys[] = {
	{'1', "1", TR("Look again whether it is in the book"), TR("See again"),
		true},
	BACK,
};
static const struct binding done_keys[] = {
	{K_ACCEPT, "ENTER", TR("Next person"), TR("Next"), true},
	{'1', "1", TR("Print a slip of the day that was arranged"), TR("Slip"),
		BINDING_ONCE},
	{'0', "0", TR("Back to the list"), TR("Back"), false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding over_keys[] = {
	{K_ACCEPT, "ENTER", TR("Next person"), TR("Next"), true},
	{'0', "0", TR("Back to the list"), TR("Back"), false},
	{'#', "#", TR("Help"), NULL, false},
};

#define ROWS(table)                                          \
	do {                                                 \
		*count = sizeof(table) / sizeof((table)[0]); \
		return table;                                \
	} while (0)

static const struct binding *summary_bindings(const struct visiting *v,
	size_t *count)
{
	switch (visit_kind(v->result)) {
	case VISIT_KIND_AGREED:
		ROWS(agreed_keys);
	case VISIT_KIND_MET:
		ROWS(met_keys);
	case VISIT_KIND_AWAY:
		ROWS(away_keys);
	case VISIT_KIND_GONE:
		break;
	}
	ROWS(gone_keys);
}

static const struct binding *person_bindings(const struct visiting *v,
	size_t *count)
{
	const struct visit_look *l = &v->seen.look;
	const bool warned = (l->by_other && l->today) || l->begun;

	if (l->draft)
		ROWS(draft_keys);
	if (warned && v->seen.planned > 0)
		ROWS(both_keys);
	if (warned)
		ROWS(warned_keys);
	if (v->seen.planned > 0)
		ROWS(planned_keys);
	ROWS(person_keys);
}

static const struct binding *field_bindings(enum visit_step step, size_t *count)
{
	switch (step) {
	case VISIT_RESULT:
		ROWS(result_keys);
	case VISIT_WHY:
		ROWS(why_keys);
	case VISIT_CANNOT_WHY:
		ROWS(cannot_keys);
	case VISIT_DIED_ON:
		ROWS(died_keys);
	case VISIT_WHEN:
		ROWS(when_keys);
	case VISIT_DATE:
		ROWS(date_keys);
	case VISIT_TELEPHONE:
		ROWS(telephone_keys);
	case VISIT_REMARK:
		ROWS(remark_keys);
	default: /* an answer is out */
		*count = 0;
		return NULL;
	}
}

const struct binding *visit_bindings(const struct visiting *v, size_t *count)
{
	switch (v->step) {
	case VISIT_NOBODY:
		ROWS(nobody_keys);
	case VISIT_PERSON:
		return person_bindings(v, count);
	case VISIT_DROP:
		ROWS(drop_keys);
	case VISIT_SUMMARY:
		return summary_bindings(v, count);
	case VISIT_UNKNOWN:
		ROWS(unknown_keys);
	case VISIT_DONE:
		if (v->noted.next.year != 0)
			ROWS(done_keys);
		ROWS(over_keys);
	default:
		return field_bindings(v->step, count);
	}
}

int visit_key(const struct visiting *v, const struct event *ev)
{
	size_t count;
	const struct binding *b = visit_bindings(v, &count);

	return binding_key(b, count, ev);
}
