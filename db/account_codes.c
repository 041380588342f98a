/* account_codes.c - words for scripts, and back. Pure; links without the
 * store. */
#include "core/coded.h"
#include "db/accounts.h"

static const struct coded kinds[] = {
	{ACCOUNT_BANK, "bank"},
	{ACCOUNT_WALLET, "wallet"},
	{ACCOUNT_MOBILE, "mobile"},
	{ACCOUNT_PLANNED, "planned"},
	{0, NULL},
};
static const struct coded vias[] = {
	{ACCOUNT_VIA_QR, "qr"},
	{ACCOUNT_VIA_TYPED, "typed"},
	{0, NULL},
};
static const struct coded fits[] = {
	{ACCOUNT_NAMES_EQUAL, "equal"},
	{ACCOUNT_NAMES_ALIKE, "alike"},
	{ACCOUNT_NAMES_BANK, "bank"},
	{ACCOUNT_NAMES_LIST, "list"},
	{ACCOUNT_NAMES_CHANGED, "changed"},
	{ACCOUNT_NAMES_OTHER, "other"},
	{0, NULL},
};
static const struct coded shares[] = {
	{ACCOUNT_SHARED_GUARDIAN, "guardian"},
	{ACCOUNT_SHARED_HOUSEHOLD, "household"},
	{ACCOUNT_SHARED_OTHER, "other"},
	{0, NULL},
};
static const struct coded backs[] = {
	{ACCOUNT_BACK_ASKED, "asked"},
	{ACCOUNT_BACK_RETURNED, "returned"},
	{ACCOUNT_BACK_WITHDRAWN, "withdrawn"},
	{ACCOUNT_BACK_OTHER, "other"},
	{0, NULL},
};
static const struct coded standings[] = {
	{ACCOUNT_STANDS_PLANNED, "planned"},
	{ACCOUNT_STANDS_CAPTURED, "captured"},
	{ACCOUNT_STANDS_CONFIRMED, "confirmed"},
	{ACCOUNT_STANDS_SENT, "sent"},
	{ACCOUNT_STANDS_VERIFIED, "verified"},
	{ACCOUNT_STANDS_REFUSED, "refused"},
	{ACCOUNT_STANDS_ENDED, "ended"},
	{0, NULL},
};

const char *account_kind_name(enum account_kind kind)
{
	return coded_name(kinds, kind, "");
}

const char *account_via_name(enum account_via via)
{
	return coded_name(vias, via, "");
}

const char *account_names_name(enum account_names names)
{
	return coded_name(fits, names, "");
}

bool account_names_parse(const char *name, enum account_names *out)
{
	int value;

	if (!coded_parse(fits, name, &value) || value < ACCOUNT_NAMES_BANK)
		return false;
	*out = (enum account_names)value;
	return true;
}

const char *account_shared_name(enum account_shared shared)
{
	return coded_name(shares, shared, "");
}

bool account_shared_parse(const char *name, enum account_shared *out)
{
	int value;

	if (!coded_parse(shares, name, &value))
		return false;
	*out = (enum account_shared)value;
	return true;
}

const char *account_back_name(enum account_back back)
{
	return coded_name(backs, back, "");
}

bool account_back_parse(const char *name, enum account_back *out)
{
	int value;

	if (!coded_parse(backs, name, &value))
		return false;
	*out = (enum account_back)value;
	return true;
}

const char *account_standing_name(enum account_standing standing)
{
	return coded_name(standings, standing, "");
}
