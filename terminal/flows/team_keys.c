/* The keys of each step, and the roles in words: team.h. */
#include "core/tr.h"
#include "terminal/flows/team.h"

#define HELP                                      \
	{                                         \
		'#', "#", TR("Help"), NULL, false \
	}
#define BACK {'0', "0", TR("Back"), NULL, false}, HELP
#define TYPED                                           \
	{K_ACCEPT, "ENTER", TR("Go on"), NULL, false},  \
	{                                               \
		K_ERASE, "<-", TR("Erase"), NULL, false \
	}
#define ESCAPE {K_BACK, "Esc", TR("Back"), NULL, false}, HELP

static const struct binding list_keys[] = {
	{K_CHOICES, "1-8", TR("Choose this user"), TR("Choose"), false},
	{'9', "9", TR("Add a user"), TR("Add"), false},
	{'.', ".", TR("Next page"), NULL, false},
	BACK,
};
static const struct binding user_keys[] = {
	{'1', "1", TR("Unlock: the wrong PINs are forgotten"), TR("Unlock"),
		false},
	{'2', "2", TR("Revoke: may not work here any more"), TR("Revoke"),
		false},
	{'3', "3", TR("Renew: another last day"), TR("Last day"), false},
	BACK,
};
static const struct binding sure_keys[] = {
	{'1', "1", TR("Yes: revoke this user for good"), TR("Revoke"), true},
	BACK,
};
static const struct binding first_keys[] = {
	{K_DIGITS, "0-9", TR("Your number, which you choose yourself"),
		TR("Number"), false},
	TYPED,
	{'*', "*", TR("More"), NULL, false},
	HELP,
};
static const struct binding number_keys[] = {
	{K_DIGITS, "0-9", TR("Number of the new user"), TR("Number"), false},
	TYPED,
	ESCAPE,
};
static const struct binding name_keys[] = {
	{K_LETTERS, "a-z", TR("Name, as on receipts"), TR("Name"), false},
	TYPED,
	{K_ERASE_WORD, "Del", TR("Erase the whole word (or press * twice)"),
		TR("Erase word"), false},
	{K_BACK, "Esc", TR("Back"), NULL, false},
	{'*', "*", TR("More"), NULL, false},
	HELP,
};
static const struct binding role_keys[] = {
	{'1', "1", TR("Payout agent"), NULL, false},
	{'2', "2", TR("Campaign staff"), NULL, false},
	{'3', "3", TR("Supervisor"), NULL, false},
	{'4', "4", TR("Technician"), NULL, false},
	BACK,
};
static const struct binding until_keys[] = {
	{K_DIGITS, "0-9", TR("Last day to work here, for example 31122027"),
		TR("Day"), false},
	{K_ACCEPT, "ENTER", TR("Go on; without a day: no end"), TR("Go on"),
		false},
	{K_ERASE, "<-", TR("Erase"), NULL, false},
	ESCAPE,
};
static const struct binding renew_keys[] = {
	{K_DIGITS, "0-9", TR("New last day, for example 31122027"), TR("Day"),
		false},
	{K_ACCEPT, "ENTER", TR("Record it"), NULL, true},
	{K_ERASE, "<-", TR("Erase"), NULL, false},
	ESCAPE,
};
static const struct binding old_keys[] = {
	{K_DIGITS, "0-9", TR("The PIN you have now"), TR("Old PIN"), false},
	TYPED,
	ESCAPE,
};
static const struct binding pin_keys[] = {
	{K_DIGITS, "0-9", TR("The new PIN, six digits"), TR("PIN"), false},
	TYPED,
	ESCAPE,
};
static const struct binding again_keys[] = {
	{K_DIGITS, "0-9", TR("The new PIN again, without seeing it"),
		TR("PIN again"), false},
	{K_ACCEPT, "ENTER", TR("Record it"), NULL, true},
	{K_ERASE, "<-", TR("Erase"), NULL, false},
	ESCAPE,
};

#define ROWS(table)                                          \
	do {                                                 \
		*count = sizeof(table) / sizeof((table)[0]); \
		return table;                                \
	} while (0)

const struct binding *team_bindings(enum team_step step, size_t *count)
{
	switch (step) {
	case TEAM_LIST:
		ROWS(list_keys);
	case TEAM_USER:
		ROWS(user_keys);
	case TEAM_SURE:
		ROWS(sure_keys);
	case TEAM_FIRST_NUMBER:
		ROWS(first_keys);
	case TEAM_NUMBER:
		ROWS(number_keys);
	case TEAM_NAME:
		ROWS(name_keys);
	case TEAM_ROLE:
		ROWS(role_keys);
	case TEAM_UNTIL:
		ROWS(until_keys);
	case TEAM_RENEW:
		ROWS(renew_keys);
	case TEAM_OLD:
		ROWS(old_keys);
	case TEAM_PIN:
		ROWS(pin_keys);
	case TEAM_AGAIN:
		ROWS(again_keys);
	case TEAM_LOADING:
	case TEAM_WORKING:
	case TEAM_STEP_COUNT:
		break;
	}
	*count = 0;
	return NULL;
}

const char *team_role_text(enum role role)
{
	switch (role) {
	case ROLE_AGENT:
		return tr("Payout agent");
	case ROLE_STAFF:
		return tr("Campaign staff");
	case ROLE_SUPERVISOR:
		return tr("Supervisor");
	case ROLE_TECHNICIAN:
		return tr("Technician");
	case ROLE_NONE:
	case ROLE_COUNT:
		break;
	}
	return "";
}
