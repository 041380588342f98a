/* bookacts_consent.c - what people agree to, and ask about their data. */
#include <string.h>

#include "db/requests.h"
#include "support/bookacts_internal.h"

static enum said verdict(enum verdict v)
{
	return v == VERDICT_DONE ? SAID_DONE : v < 0 ? SAID_FAILED : SAID_NO;
}

static const char text[] = "Thông báo.\n(a) Một.\n";

static struct consent_request asked(int64_t person, unsigned yes)
{
	return (struct consent_request){.person = person,
		.notice = "consent-vi-1",
		.text = text,
		.text_len = sizeof(text) - 1,
		.asked = CONSENT_ALL,
		.yes = yes,
		.party = {.by = CONSENT_BY_SELF},
		.proof = {.how = CONSENT_HOW_SIGNED},
		.reason = CONSENT_REFUSAL_CASH};
}

enum said bookacts_consent(struct bookstore *b, int64_t person, struct err *err)
{
	const struct consent_request r = asked(person, CONSENT_ALL);
	struct consent out;
	struct refusal why;

	return verdict(consents_give(b->db, &b->lan, &r, &out, &why, err));
}

enum said bookacts_disagree(struct bookstore *b, int64_t person,
	struct err *err)
{
	const struct consent_request r = asked(person, 0);
	struct consent out;
	struct refusal why;

	return verdict(consents_refuse(b->db, &b->lan, &r, &out, &why, err));
}

enum said bookacts_withdraw(struct bookstore *b, int64_t person,
	struct err *err)
{
	const struct consent_withdrawal w = {.person = person,
		.channel = CONSENT_CHANNEL_COUNTER,
		.party = {.by = CONSENT_BY_SELF}};
	struct consent out;
	struct refusal why;

	return verdict(consents_withdraw(b->db, &b->lan, &w, &out, &why, err));
}

enum said bookacts_request(struct bookstore *b, int64_t person, struct err *err)
{
	struct request out;
	struct refusal why;

	return verdict(requests_note(b->db, &b->lan, person, REQUEST_VIEW, "",
		&out, &why, err));
}
