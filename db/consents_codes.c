/* consents_codes.c - words for scripts, and back. Pure. */
#include <string.h>

#include "core/coded.h"
#include "db/consents.h"

static const struct coded standings[] = {
	{CONSENT_NONE, "none"},
	{CONSENT_GIVEN, "given"},
	{CONSENT_REFUSED, "refused"},
	{CONSENT_WITHDRAWN, "withdrawn"},
	{CONSENT_EXPIRED, "expired"},
	{0, NULL},
};

static const struct coded kinds[] = {
	{CONSENT_IS_GIVEN, "consent"},
	{CONSENT_IS_REFUSED, "refusal"},
	{CONSENT_IS_WITHDRAWN, "withdrawal"},
	{0, NULL},
};

static const struct coded bys[] = {
	{CONSENT_BY_SELF, "self"},
	{CONSENT_BY_PARENT, "parent"},
	{CONSENT_BY_GUARDIAN, "guardian"},
	{CONSENT_BY_AUTHORISED, "authorised"},
	{0, NULL},
};

static const struct coded hows[] = {
	{CONSENT_HOW_SIGNED, "signature"},
	{CONSENT_HOW_THUMBPRINT, "thumbprint"},
	{CONSENT_HOW_TYPED, "typed"},
	{0, NULL},
};

static const struct coded refusals[] = {
	{CONSENT_REFUSAL_CASH, "cash"},
	{CONSENT_REFUSAL_DISTRUST, "distrust"},
	{CONSENT_REFUSAL_FAR, "far"},
	{CONSENT_REFUSAL_NO_PHONE, "no_phone"},
	{CONSENT_REFUSAL_FAMILY, "family"},
	{CONSENT_REFUSAL_UNSAID, "unsaid"},
	{CONSENT_REFUSAL_OTHER, "other"},
	{0, NULL},
};

static const struct coded channels[] = {
	{CONSENT_CHANNEL_COUNTER, "counter"},
	{CONSENT_CHANNEL_HOME, "home"},
	{CONSENT_CHANNEL_PHONE, "phone"},
	{CONSENT_CHANNEL_LETTER, "letter"},
	{CONSENT_CHANNEL_OTHER, "other"},
	{0, NULL},
};

static const char *const purposes[CONSENT_PURPOSES] = {"payout", "verify",
	"share", "phone"};

const char *consent_standing_name(enum consent_standing s)
{
	return coded_name(standings, s, "unknown");
}

const char *consent_kind_name(enum consent_kind k)
{
	return coded_name(kinds, k, "unknown");
}

const char *consent_by_name(enum consent_by by)
{
	return coded_name(bys, by, "unknown");
}

const char *consent_how_name(enum consent_how how)
{
	return coded_name(hows, how, "unknown");
}

const char *consent_refusal_name(enum consent_refusal r)
{
	return coded_name(refusals, r, "unknown");
}

const char *consent_channel_name(enum consent_channel c)
{
	return coded_name(channels, c, "unknown");
}

bool consent_by_parse(const char *name, enum consent_by *out)
{
	int value;

	if (!coded_parse(bys, name, &value))
		return false;
	*out = (enum consent_by)value;
	return true;
}

bool consent_how_parse(const char *name, enum consent_how *out)
{
	int value;

	if (!coded_parse(hows, name, &value))
		return false;
	*out = (enum consent_how)value;
	return true;
}

bool consent_refusal_parse(const char *name, enum consent_refusal *out)
{
	int value;

	if (!coded_parse(refusals, name, &value))
		return false;
	*out = (enum consent_refusal)value;
	return true;
}

bool consent_channel_parse(const char *name, enum consent_channel *out)
{
	int value;

	if (!coded_parse(channels, name, &value))
		return false;
	*out = (enum consent_channel)value;
	return true;
}

const char *consent_purpose_name(int purpose)
{
	return purpose >= 0 && purpose < CONSENT_PURPOSES ? purposes[purpose]
							  : "unknown";
}

/* The word of len letters at text; false: no purpose. */
static bool add_purpose(const char *text, size_t len, unsigned *bits)
{
	for (int i = 0; i < CONSENT_PURPOSES; i++)
		if (strlen(purposes[i]) == len &&
			memcmp(purposes[i], text, len) == 0) {
			*bits |= 1U << i;
			return true;
		}
	return false;
}

bool consent_purposes_parse(const char *text, unsigned *out)
{
	unsigned bits = 0;

	if (strcmp(text, "all") == 0 || strcmp(text, "none") == 0) {
		*out = text[0] == 'a' ? CONSENT_ALL : 0;
		return true;
	}
	for (;;) {
		const size_t len = strcspn(text, ",");

		if (!add_purpose(text, len, &bits))
			return false;
		if (text[len] == '\0')
			break;
		text += len + 1;
	}
	*out = bits;
	return true;
}
