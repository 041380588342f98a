/* agree_keys.c - what each key does, step by step, and words for answers. */
#include "core/tr.h"
#include "terminal/flows/agree_internal.h"
#include "terminal/flows/payee_keys.h"

#define BACK                                      \
	{'0', "0", TR("Back"), NULL, false},      \
	{                                         \
		'#', "#", TR("Help"), NULL, false \
	}
#define ASKS                                                                  \
	{                                                                     \
		'5', "5", TR("He asks about his data"), TR("He asks"), NEEDED \
	}
#define NEEDED BINDING_NEEDS(ACT_CONSENT)

static const struct binding ask_keys[] = {
	{'1', "1", TR("Read the notice out and ask for consent"), TR("Ask"),
		NEEDED},
	ASKS,
	BACK,
};
static const struct binding given_keys[] = {
	{'1', "1", TR("Ask anew"), NULL, NEEDED},
	{'2', "2", TR("He takes his consent back"), TR("Take back"), NEEDED},
	{'3', "3", TR("Print the slip again"), TR("Slip again"),
		BINDING_ONCE | NEEDED},
	{'4', "4", TR("Print the whole text"), TR("Whole text"),
		BINDING_ONCE | NEEDED},
	ASKS,
	BACK,
};
static const struct binding lang_keys[] = {
	{K_CHOICES, "1-9", TR("The language in which it is read"),
		TR("Language"), false},
	BACK,
};
static const struct binding text_keys[] = {
	{K_ACCEPT, "ENTER", TR("Read on"), NULL, true},
	{'.', ".", TR("Read on"), NULL, false},
	{K_DOWN, "Down", TR("Read on"), NULL, false},
	{K_UP, "Up", TR("The part before"), TR("Before"), false},
	{K_PAGE_UP, "PgUp", TR("The part before"), TR("Before"), false},
	{'9', "9", TR("He refuses"), TR("He says no"), NEEDED},
	BACK,
};
static const struct binding end_keys[] = {
	{'1', "1", TR("All of it was read out to him"), TR("Read out"), NEEDED},
	{'2', "2", TR("He read all of it himself"), TR("Read himself"), NEEDED},
	{K_UP, "Up", TR("The part before"), TR("Before"), false},
	{K_PAGE_UP, "PgUp", TR("The part before"), TR("Before"), false},
	{'9', "9", TR("He refuses"), TR("He says no"), NEEDED},
	BACK,
};
static const struct binding purpose_keys[] = {
	{'1', "1", TR("Yes, he agrees to this"), TR("Agrees"), NEEDED},
	{'2', "2", TR("No, not to this"), TR("No"), NEEDED},
	BACK,
};
static const struct binding who_keys[] = {
	{'1', "1", TR("The person himself"), TR("Himself"), NEEDED},
	{'2', "2", TR("Father or mother of a child"), TR("Parent"), NEEDED},
	{'3', "3", TR("The guardian"), TR("Guardian"), NEEDED},
	{'4', "4", TR("Somebody he authorised"), TR("Authorised"), NEEDED},
	BACK,
};
static const struct binding name_keys[] = {
	{K_LETTERS, "a-z", TR("Name of who speaks for him"), TR("Name"), false},
	{K_SCAN, "", TR("Or scan his card"), TR("Scan"), false},
	{K_ACCEPT, "ENTER", TR("Go on"), NULL, false},
	{K_ERASE, "<-", TR("Erase"), NULL, false},
	{K_BACK, "Esc", TR("Back"), NULL, false},
	{'*', "*", TR("More"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding id_keys[] = {
	{K_DIGITS, "0-9", TR("His ID number, 12 digits"), TR("ID number"),
		false},
	{K_SCAN, "", TR("Or scan his card"), TR("Scan"), false},
	{K_ACCEPT, "ENTER", TR("Go on"), NULL, false},
	{K_ERASE, "<-", TR("Erase"), NULL, false},
	{K_BACK, "Esc", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding paper_keys[] = {
	{K_LETTERS, "a-z", TR("Number and date of his paper"), TR("Paper"),
		false},
	{K_ACCEPT, "ENTER", TR("Go on"), NULL, false},
	{K_ERASE, "<-", TR("Erase"), NULL, false},
	{K_BACK, "Esc", TR("Back"), NULL, false},
	{'*', "*", TR("More"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding how_keys[] = {
	{'1', "1", TR("He signs the slip"), TR("Signs"), NEEDED},
	{'2', "2", TR("Thumbprint on the slip, before a witness"),
		TR("Thumbprint"), NEEDED},
	{'3', "3", TR("He types his yes here himself"), TR("Types yes"),
		NEEDED},
	BACK,
};
static const struct binding yes_keys[] = {
	{K_LETTERS, "a-z", TR("He types the word: CÓ"), TR("The word"), false},
	{K_ACCEPT, "ENTER", TR("Go on"), NULL, false},
	{K_ERASE, "<-", TR("Erase"), NULL, false},
	{K_BACK, "Esc", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding witness_keys[] = {
	{K_LETTERS, "a-z", TR("Name of the witness"), TR("Name"), false},
	{K_SCAN, "", TR("Or scan the card of the witness"), TR("Scan"), false},
	{K_ACCEPT, "ENTER", TR("Go on"), NULL, false},
	{K_ERASE, "<-", TR("Erase"), NULL, false},
	{K_BACK, "Esc", TR("Back"), NULL, false},
	{'*', "*", TR("More"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding copy_keys[] = {
	{'1', "1", TR("Yes: the whole text on paper"), TR("Wants it"), NEEDED},
	{'2', "2", TR("No, the slip is enough"), TR("No"), NEEDED},
	BACK,
};
static const struct binding reason_keys[] = {
	{'1', "1", TR("Wants cash"), NULL, NEEDED},
	{'2', "2", TR("Does not trust it"), TR("No trust"), NEEDED},
	{'3', "3", TR("Too far from a bank"), TR("Too far"), NEEDED},
	{'4', "4", TR("Has no telephone"), TR("No phone"), NEEDED},
	{'5', "5", TR("The family decides"), TR("Family"), NEEDED},
	{'6', "6", TR("Does not want to say why"), TR("Not said"), NEEDED},
	{'9', "9", TR("Another reason to refuse"), TR("Other"), NEEDED},
	BACK,
};
static const struct binding left_keys[] = {
	{'1', "1", TR("Keeps it"), NULL, NEEDED},
	{'2', "2", TR("Takes this back"), TR("Takes back"), NEEDED},
	BACK,
};
static const struct binding channel_keys[] = {
	{'1', "1", TR("At the counter"), TR("Counter"), NEEDED},
	{'2', "2", TR("At home"), NULL, NEEDED},
	{'3', "3", TR("By telephone"), TR("Phone"), NEEDED},
	{'4', "4", TR("By letter"), TR("Letter"), NEEDED},
	{'9', "9", TR("In another way"), TR("Other"), NEEDED},
	BACK,
};
static const struct binding asks_keys[] = {
	{'1', "1", TR("See his data, or have a copy"), TR("See"), NEEDED},
	{'2', "2", TR("Have something put right"), TR("Put right"), NEEDED},
	{'4', "4", TR("Have them used for less"), TR("Use less"), NEEDED},
	{'5', "5", TR("Objects to their use"), TR("Objects"), NEEDED},
	{'6', "6", TR("Have them deleted"), TR("Delete"), NEEDED},
	BACK,
};
static const struct binding words_keys[] = {
	{K_LETTERS, "a-z", TR("What he says, in a few words"), TR("Words"),
		false},
	{K_ACCEPT, "ENTER", TR("Go on"), NULL, false},
	{K_ERASE, "<-", TR("Erase"), NULL, false},
	{K_BACK, "Esc", TR("Back"), NULL, false},
	{'*', "*", TR("More"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding sure_keys[] = {
	{'1', "1", TR("Yes: write it into the book, print the slip"),
		TR("Record it"), BINDING_ONCE | NEEDED},
	BACK,
};
static const struct binding note_keys[] = {
	{'1', "1", TR("Yes: write the request into the book"), TR("Record it"),
		BINDING_ONCE | NEEDED},
	BACK,
};
/* The printer may take its time; nobody has to wait for it. */
static const struct binding printing_keys[] = {BACK};
static const struct binding done_keys[] = {
	{K_ACCEPT, "ENTER", TR("Go on"), NULL, true},
	{'1', "1", TR("Print the slip again"), TR("Slip again"),
		BINDING_ONCE | NEEDED},
	{'2', "2", TR("Print the whole text"), TR("Whole text"),
		BINDING_ONCE | NEEDED},
	BACK,
};

#define ROWS(table)                                          \
	do {                                                 \
		*count = sizeof(table) / sizeof((table)[0]); \
		return table;                                \
	} while (0)

const struct binding *agree_bindings(const struct agree *a, size_t *count)
{
	switch (a->step) {
	case AGREE_STATE:
		if (a->state.standing == CONSENT_GIVEN)
			ROWS(given_keys);
		ROWS(ask_keys);
	case AGREE_LANG:
		ROWS(lang_keys);
	case AGREE_TEXT:
		ROWS(text_keys);
	case AGREE_END:
		ROWS(end_keys);
	case AGREE_PURPOSE:
		ROWS(purpose_keys);
	case AGREE_WHO:
		ROWS(who_keys);
	case AGREE_NAME:
		ROWS(name_keys);
	case AGREE_ID:
	case AGREE_WITNESS_ID:
		ROWS(id_keys);
	case AGREE_PAPER:
		ROWS(paper_keys);
	case AGREE_UNTIL:
		return payee_until_keys(count);
	case AGREE_RELATION:
		return payee_relation_keys(count);
	case AGREE_HOW:
		ROWS(how_keys);
	case AGREE_YES:
		ROWS(yes_keys);
	case AGREE_WITNESS:
		ROWS(witness_keys);
	case AGREE_COPY:
		ROWS(copy_keys);
	case AGREE_REASON:
		ROWS(reason_keys);
	case AGREE_LEFT:
		ROWS(left_keys);
	case AGREE_CHANNEL:
		ROWS(channel_keys);
	case AGREE_ASKS:
		ROWS(asks_keys);
	case AGREE_WORDS:
		ROWS(words_keys);
	case AGREE_SURE:
		if (a->task == AGREE_ASK)
			ROWS(note_keys);
		ROWS(sure_keys);
	case AGREE_PRINTING:
		ROWS(printing_keys);
	case AGREE_DONE:
		ROWS(done_keys);
	case AGREE_LOADING:
	case AGREE_FETCHING:
	case AGREE_WRITING:
	case AGREE_STEP_COUNT:
		break;
	}
	*count = 0;
	return NULL;
}

/* ---- words --------------------------------------------------------------- */

const char *agree_reason_text(enum consent_refusal reason)
{
	switch (reason) {
	case CONSENT_REFUSAL_CASH:
		return tr("Wants cash");
	case CONSENT_REFUSAL_DISTRUST:
		return tr("Does not trust it");
	case CONSENT_REFUSAL_FAR:
		return tr("Too far from a bank");
	case CONSENT_REFUSAL_NO_PHONE:
		return tr("Has no telephone");
	case CONSENT_REFUSAL_FAMILY:
		return tr("The family decides");
	case CONSENT_REFUSAL_UNSAID:
		return tr("Does not want to say why");
	case CONSENT_REFUSAL_OTHER:
	case CONSENT_REFUSAL_NONE:
		break;
	}
	return tr("Another reason to refuse");
}

const char *agree_channel_text(enum consent_channel channel)
{
	switch (channel) {
	case CONSENT_CHANNEL_COUNTER:
		return tr("At the counter");
	case CONSENT_CHANNEL_HOME:
		return tr("At home");
	case CONSENT_CHANNEL_PHONE:
		return tr("By telephone");
	case CONSENT_CHANNEL_LETTER:
		return tr("By letter");
	case CONSENT_CHANNEL_OTHER:
	case CONSENT_CHANNEL_NONE:
		break;
	}
	return tr("In another way");
}

const char *agree_by_text(enum consent_by by)
{
	switch (by) {
	case CONSENT_BY_PARENT:
		return tr("Father or mother of a child");
	case CONSENT_BY_GUARDIAN:
		return tr("The guardian");
	case CONSENT_BY_AUTHORISED:
		return tr("Somebody he authorised");
	case CONSENT_BY_SELF:
	case CONSENT_BY_NONE:
		break;
	}
	return tr("The person himself");
}

const char *agree_how_text(enum consent_how how)
{
	switch (how) {
	case CONSENT_HOW_SIGNED:
		return tr("Signature");
	case CONSENT_HOW_THUMBPRINT:
		return tr("Thumbprint before a witness");
	case CONSENT_HOW_TYPED:
		return tr("Typed his yes himself");
	case CONSENT_HOW_NONE:
		break;
	}
	return "";
}

const char *agree_standing_text(enum consent_standing standing)
{
	switch (standing) {
	case CONSENT_GIVEN:
		return tr("AGREED");
	case CONSENT_REFUSED:
		return tr("REFUSED CONSENT");
	case CONSENT_WITHDRAWN:
		return tr("TAKEN BACK");
	case CONSENT_EXPIRED:
		return tr("EXPIRED");
	case CONSENT_NONE:
		break;
	}
	return tr("NOT ASKED YET");
}

const char *agree_purpose_text(int purpose)
{
	static const char *const text[CONSENT_PURPOSES] = {
		TR("Money to an account"),
		TR("Data to the bank, to check"),
		TR("Data to commune and treasury"),
		TR("May be called"),
	};

	return purpose >= 0 && purpose < CONSENT_PURPOSES ? tr(text[purpose])
							  : "";
}

const char *agree_request_text(enum request_kind kind)
{
	static const char *const text[REQUEST_KINDS] = {
		[REQUEST_NONE] = "",
		[REQUEST_VIEW] = TR("see his data"),
		[REQUEST_CORRECT] = TR("have them put right"),
		[REQUEST_WITHDRAW] = TR("withdraw consent"),
		[REQUEST_RESTRICT] = TR("use them for less"),
		[REQUEST_OBJECT] = TR("object to their use"),
		[REQUEST_DELETE] = TR("have them deleted"),
	};

	return kind > REQUEST_NONE && kind < REQUEST_KINDS ? tr(text[kind])
							   : "";
}
