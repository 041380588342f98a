/* account_codes.c - words for scripts, and back. Pure; links without the
 * store. */
#include <string.h>

#include "db/accounts.h"

struct name {
	int value;
	const char *name;
};

static const struct name kinds[] = {
	{ACCOUNT_BANK, "bank"},
	{ACCOUNT_WALLET, "wallet"},
	{ACCOUNT_MOBILE, "mobile"},
	{ACCOUNT_PLANNED, "planned"},
	{0, NULL},
};
static const struct name vias[] = {
	{ACCOUNT_VIA_QR, "qr"},
	{ACCOUNT_VIA_TYPED, "typed"},
	{0, NULL},
};
static const struct name fits[] = {
	{ACCOUNT_NAMES_EQUAL, "equal"},
	{ACCOUNT_NAMES_ALIKE, "alike"},
	{ACCOUNT_NAMES_BANK, "bank"},
	{ACCOUNT_NAMES_LIST, "list"},
	{ACCOUNT_NAMES_CHANGED, "changed"},
	{ACCOUNT_NAMES_OTHER, "other"},
	{0, NULL},
};
static const struct name shares[] = {
	{ACCOUNT_SHARED_GUARDIAN, "guardian"},
	{ACCOUNT_SHARED_HOUSEHOLD, "household"},
	{ACCOUNT_SHARED_OTHER, "other"},
	{0, NULL},
};
static const struct name backs[] = {
	{ACCOUNT_BACK_ASKED, "asked"},
	{ACCOUNT_BACK_RETURNED, "returned"},
	{ACCOUNT_BACK_WITHDRAWN, "withdrawn"},
	{ACCOUNT_BACK_OTHER, "other"},
	{0, NULL},
};
static const struct name standings[] = {
	{ACCOUNT_STANDS_PLANNED, "planned"},
	{ACCOUNT_STANDS_CAPTURED, "captured"},
	{ACCOUNT_STANDS_CONFIRMED, "confirmed"},
	{ACCOUNT_STANDS_SENT, "sent"},
	{ACCOUNT_STANDS_VERIFIED, "verified"},
	{ACCOUNT_STANDS_REFUSED, "refused"},
	{ACCOUNT_STANDS_ENDED, "ended"},
	{0, NULL},
};

static const char *name_of(const struct name *names, int value)
{
	for (; names->name; names++)
		if (names->value == value)
			return names->name;
	return "";
}

static bool value_of(const struct name *names, const char *name, int *out)
{
	for (; names->name; names++)
		if (strcmp(names->name, name) == 0) {
			*out = names->value;
			return true;
		}
	return false;
}

const char *account_kind_name(enum account_kind kind)
{
	return name_of(kinds, kind);
}

const char *account_via_name(enum account_via via)
{
	return name_of(vias, via);
}

const char *account_names_name(enum account_names names)
{
	return name_of(fits, names);
}

bool account_names_parse(const char *name, enum account_names *out)
{
	int value;

	if (!value_of(fits, name, &value) || value < ACCOUNT_NAMES_BANK)
		return false;
	*out = (enum account_names)value;
	return true;
}

const char *account_shared_name(enum account_shared shared)
{
	return name_of(shares, shared);
}

bool account_shared_parse(const char *name, enum account_shared *out)
{
	int value;

	if (!value_of(shares, name, &value))
		return false;
	*out = (enum account_shared)value;
	return true;
}

const char *account_back_name(enum account_back back)
{
	return name_of(backs, back);
}

bool account_back_parse(const char *name, enum account_back *out)
{
	int value;

	if (!value_of(backs, name, &value))
		return false;
	*out = (enum account_back)value;
	return true;
}

const char *account_standing_name(enum account_standing standing)
{
	return name_of(standings, standing);
}
