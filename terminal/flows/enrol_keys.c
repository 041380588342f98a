/* enrol_keys.c - the keys and words of enrolling. */
#include "core/tr.h"
#include "terminal/flows/enrol_internal.h"
#include "terminal/flows/payee_keys.h"

#define BACK                                      \
	{'0', "0", TR("Back"), NULL, false},      \
	{                                         \
		'#', "#", TR("Help"), NULL, false \
	}
#define TYPED                                              \
	{K_ACCEPT, "ENTER", TR("Go on"), NULL, false},     \
		{K_ERASE, "<-", TR("Erase"), NULL, false}, \
		{K_BACK, "Esc", TR("Back"), NULL, false},  \
		{'*', "*", TR("More"), NULL, false},       \
	{                                                  \
		'#', "#", TR("Help"), NULL, false          \
	}

#define CASH_AGAIN                                                     \
	{                                                              \
		'4', "4", TR("Money in cash again"), TR("Cash again"), \
			BINDING_NEEDS(ACT_ACCOUNT)                     \
	}
#define BEGIN                                                               \
	{K_SCAN, "QR", TR("Scan the QR of the account"), TR("Scan the QR"), \
		false},                                                     \
		{'1', "1", TR("Choose the bank and type the number"),       \
			TR("Type the number"), BINDING_NEEDS(ACT_ACCOUNT)}, \
	{                                                                   \
		'2', "2", TR("Will open an account: where and when"),       \
			TR("Will open one"), BINDING_NEEDS(ACT_ACCOUNT)     \
	}

/* Of somebody whom an account pays, or is to pay, and of all others. */
static const struct binding no_consent_keys[] = {
	CASH_AGAIN,
	{'*', "*", TR("More"), NULL, false},
	BACK,
};
static const struct binding no_consent_cash_keys[] = {
	{'*', "*", TR("More"), NULL, false},
	BACK,
};
static const struct binding start_keys[] = {
	BEGIN,
	CASH_AGAIN,
	{'*', "*", TR("More"), NULL, false},
	BACK,
};
static const struct binding start_cash_keys[] = {
	BEGIN,
	{'*', "*", TR("More"), NULL, false},
	BACK,
};
static const struct binding bank_keys[] = {
	{K_CHOICES, "1-6", TR("Choose this bank or wallet"), TR("Choose"),
		false},
	{'9', "9", TR("Search by letters or by the six digits"), TR("Search"),
		false},
	{'.', ".", TR("Next page"), NULL, false},
	BACK,
};
static const struct binding search_keys[] = {
	{K_LETTERS, "a-z", TR("Letters of the bank's name, or its six digits"),
		TR("Name or digits"), false},
	TYPED,
};
static const struct binding number_keys[] = {
	{K_LETTERS, "0-9", TR("The account number, as on the card or app"),
		TR("Number"), false},
	TYPED,
};
static const struct binding again_keys[] = {
	{K_LETTERS, "0-9", TR("The same number once more, unseen"),
		TR("Once more"), false},
	TYPED,
};
static const struct binding whose_keys[] = {
	{'1', "1", TR("The person's own account"), TR("His own"), false},
	{'2', "2", TR("The guardian's account"), TR("Guardian's"), false},
	{'3', "3", TR("An authorised person's account"), TR("Authorised's"),
		false},
	BACK,
};
static const struct binding owner_keys[] = {
	{K_LETTERS, "a-z", TR("The owner's full name, or scan his card"),
		TR("Full name"), false},
	TYPED,
};
static const struct binding paper_keys[] = {
	{K_LETTERS, "a-z", TR("Number and date of the authorisation"),
		TR("Paper"), false},
	TYPED,
};
static const struct binding holder_keys[] = {
	{K_LETTERS, "A-Z", TR("The holder's name, without marks"), TR("Holder"),
		false},
	TYPED,
};
static const struct binding differs_keys[] = {
	{'1', "1", TR("The bank has it shortened or misspelt"),
		TR("The bank's spelling"), false},
	{'2', "2", TR("The list has the name wrong"), TR("List wrong"), false},
	{'3', "3", TR("The person had another name before"), TR("Name changed"),
		false},
	{'9', "9", TR("Another reason, in words"), TR("Other"), false},
	BACK,
};
static const struct binding shared_keys[] = {
	{'1', "1", TR("Both have the same guardian"), TR("Same guardian"),
		false},
	{'2', "2", TR("They live in one household"), TR("One household"),
		false},
	{'9', "9", TR("Another reason, in words"), TR("Other"), false},
	BACK,
};
static const struct binding why_keys[] = {
	{K_LETTERS, "a-z", TR("The reason, in a few words"), TR("Reason"),
		false},
	TYPED,
};
static const struct binding when_keys[] = {
	{K_DIGITS, "0-9", TR("The day he means to open it, or nothing"),
		TR("Day"), false},
	{K_ACCEPT, "ENTER", TR("Go on"), NULL, false},
	{K_ERASE, "<-", TR("Erase"), NULL, false},
	{K_BACK, "Esc", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding form_keys[] = {
	{'1', "1", TR("The person says that all of it is right"),
		TR("All right"), BINDING_ONCE | BINDING_NEEDS(ACT_ACCOUNT)},
	{'2', "2", TR("Something is wrong: begin again"), TR("Begin again"),
		false},
	BACK,
};
static const struct binding printing_keys[] = {BACK};
static const struct binding done_keys[] = {
	{K_ACCEPT, "ENTER", TR("Go on"), NULL, false},
	{'1', "1", TR("Print the slip of the account again"), TR("Slip again"),
		BINDING_ONCE},
	BACK,
};
static const struct binding cash_keys[] = {
	{'1', "1", TR("The person wants cash"), TR("Wants cash"), false},
	{'2', "2", TR("The bank sent the money back"), TR("Sent back"), false},
	{'3', "3", TR("Consent was withdrawn"), TR("Withdrawn"), false},
	{'9', "9", TR("Another reason for cash"), TR("Other"), false},
	BACK,
};
static const struct binding cash_from_keys[] = {
	{K_DIGITS, "0-9", TR("Month of the list, for example 012027"),
		TR("Month"), false},
	{K_ACCEPT, "ENTER", TR("Go on"), NULL, false},
	{K_ERASE, "<-", TR("Erase"), NULL, false},
	{K_BACK, "Esc", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding cash_sure_keys[] = {
	{'1', "1", TR("Yes: cash again from that list on"), TR("Cash again"),
		BINDING_ONCE | BINDING_NEEDS(ACT_ACCOUNT)},
	BACK,
};

#define TABLE(rows)                                    \
	{                                              \
		rows, sizeof(rows) / sizeof((rows)[0]) \
	}

static const struct {
	const struct binding *b;
	size_t count;
} tables[ENROL_STEP_COUNT] = {
	[ENROL_LOOKUP] = {NULL, 0},
	[ENROL_NO_CONSENT] = TABLE(no_consent_keys),
	[ENROL_START] = TABLE(start_keys),
	[ENROL_BANK] = TABLE(bank_keys),
	[ENROL_SEARCH] = TABLE(search_keys),
	[ENROL_NUMBER] = TABLE(number_keys),
	[ENROL_AGAIN] = TABLE(again_keys),
	[ENROL_WHOSE] = TABLE(whose_keys),
	[ENROL_OWNER] = TABLE(owner_keys),
	[ENROL_PAPER] = TABLE(paper_keys),
	[ENROL_HOLDER] = TABLE(holder_keys),
	[ENROL_DIFFERS] = TABLE(differs_keys),
	[ENROL_SHARED] = TABLE(shared_keys),
	[ENROL_WHY] = TABLE(why_keys),
	[ENROL_WHEN] = TABLE(when_keys),
	[ENROL_FORM] = TABLE(form_keys),
	[ENROL_WRITING] = {NULL, 0},
	[ENROL_PRINTING] = TABLE(printing_keys),
	[ENROL_DONE] = TABLE(done_keys),
	[ENROL_CASH] = TABLE(cash_keys),
	[ENROL_CASH_FROM] = TABLE(cash_from_keys),
	[ENROL_CASH_SURE] = TABLE(cash_sure_keys),
	[ENROL_SECOND] = {NULL, 0},
	[ENROL_CASH_WRITING] = {NULL, 0},
};

/* Is there an account that he could go back from? */
static bool may_go_back(const struct account_told *told)
{
	return told->method.pays_from != 0 ||
	       (told->held.seq != 0 &&
		       told->held.standing != ACCOUNT_STANDS_ENDED);
}

#define ROWS(table)                                          \
	do {                                                 \
		*count = sizeof(table) / sizeof((table)[0]); \
		return table;                                \
	} while (0)

const struct binding *enrol_bindings(const struct enrol *e, size_t *count)
{
	if (e->step == ENROL_SECOND)
		return second_bindings(e->second.step, count);
	if (e->step == ENROL_RELATION)
		return payee_relation_keys(count);
	if (e->step == ENROL_START && !may_go_back(&e->told))
		ROWS(start_cash_keys);
	if (e->step == ENROL_NO_CONSENT && !may_go_back(&e->told))
		ROWS(no_consent_cash_keys);
	*count = tables[e->step].count;
	return tables[e->step].b;
}

int enrol_key(const struct enrol *e, const struct event *ev)
{
	size_t count;
	const struct binding *b = enrol_bindings(e, &count);

	return binding_key(b, count, ev);
}

const char *enrol_standing_text(enum account_standing standing)
{
	switch (standing) {
	case ACCOUNT_STANDS_NOT:
	case ACCOUNT_STANDS_COUNT:
		break;
	case ACCOUNT_STANDS_PLANNED:
		return tr("Will open an account");
	case ACCOUNT_STANDS_CAPTURED:
		return tr("Account taken down, not yet looked at by the "
			  "person");
	case ACCOUNT_STANDS_CONFIRMED:
		return tr("Account taken down, not yet confirmed by the bank");
	case ACCOUNT_STANDS_SENT:
		return tr("Sent to the bank's check, no answer yet");
	case ACCOUNT_STANDS_VERIFIED:
		return tr("Confirmed by the bank");
	case ACCOUNT_STANDS_REFUSED:
		return tr("Not confirmed by the bank");
	case ACCOUNT_STANDS_ENDED:
		return tr("The account is not used any more");
	}
	return tr("No account was taken down");
}

const char *enrol_names_text(enum account_names names)
{
	switch (names) {
	case ACCOUNT_NAMES_NONE:
		break;
	case ACCOUNT_NAMES_EQUAL:
		return tr("The names are the same.");
	case ACCOUNT_NAMES_ALIKE:
		return tr("The names are alike: only marks, signs, blanks or "
			  "the order of words differ. Look at both.");
	case ACCOUNT_NAMES_BANK:
		return tr("The bank has it shortened or misspelt");
	case ACCOUNT_NAMES_LIST:
		return tr("The list has the name wrong");
	case ACCOUNT_NAMES_CHANGED:
		return tr("The person had another name before");
	case ACCOUNT_NAMES_OTHER:
		return tr("Another reason, in words");
	}
	return "";
}

const char *enrol_shared_text(enum account_shared shared)
{
	switch (shared) {
	case ACCOUNT_SHARED_NOT:
		break;
	case ACCOUNT_SHARED_GUARDIAN:
		return tr("Both have the same guardian");
	case ACCOUNT_SHARED_HOUSEHOLD:
		return tr("They live in one household");
	case ACCOUNT_SHARED_OTHER:
		return tr("Another reason, in words");
	}
	return "";
}

const char *enrol_back_text(enum account_back back)
{
	switch (back) {
	case ACCOUNT_BACK_NOT:
		break;
	case ACCOUNT_BACK_ASKED:
		return tr("The person wants cash");
	case ACCOUNT_BACK_RETURNED:
		return tr("The bank sent the money back");
	case ACCOUNT_BACK_WITHDRAWN:
		return tr("Consent was withdrawn");
	case ACCOUNT_BACK_OTHER:
		return tr("Another reason for cash");
	}
	return "";
}

const char *enrol_whose_text(enum payee whose)
{
	switch (whose) {
	case PAYEE_GUARDIAN:
		return tr("The guardian's account");
	case PAYEE_AUTHORISED:
		return tr("An authorised person's account");
	case PAYEE_SELF:
	case PAYEE_FUNERAL:
	case PAYEE_CARER:
		break;
	}
	return tr("The person's own account");
}
