#include "core/visit_result.h"

#include <string.h>

enum {
	MET = 1,     /* key 28 */
	NOT_MET = 40 /* from here on key 28 is what is above it */
};

#define COUNT_OF(a) ((int)(sizeof(a) / sizeof((a)[0])))

const enum visit_result visit_results[] = {
	VISIT_AGREED,
	VISIT_HAS_ACCOUNT,
	VISIT_THINKS,
	VISIT_WANTS_CASH,
	VISIT_DISTRUSTS,
	VISIT_FAR,
	VISIT_NO_PHONE,
	VISIT_FAMILY,
	VISIT_REFUSES,
	VISIT_NO_CARD,
	VISIT_CARD_EXPIRED,
	VISIT_NO_FINGERPRINTS,
	VISIT_NEEDS_GUARDIAN,
	VISIT_NO_BIRTH_PAPERS,
	VISIT_CANNOT_MOVE,
	VISIT_CANNOT,
	VISIT_ABSENT,
	VISIT_MOVED,
	VISIT_DIED,
	VISIT_OTHER,
};
const int visit_results_count = COUNT_OF(visit_results);

static const struct {
	enum visit_group group;
	const char *name;
} rows[VISIT_OTHER + 1] = {
	[VISIT_AGREED] = {VISIT_GROUP_AGREED, "agreed"},
	[VISIT_HAS_ACCOUNT] = {VISIT_GROUP_HAS_ACCOUNT, "has_account"},
	[VISIT_THINKS] = {VISIT_GROUP_THINKS, "thinks"},
	[VISIT_WANTS_CASH] = {VISIT_GROUP_REFUSES, "wants_cash"},
	[VISIT_DISTRUSTS] = {VISIT_GROUP_REFUSES, "distrusts"},
	[VISIT_FAR] = {VISIT_GROUP_REFUSES, "far"},
	[VISIT_NO_PHONE] = {VISIT_GROUP_REFUSES, "no_phone"},
	[VISIT_FAMILY] = {VISIT_GROUP_REFUSES, "family"},
	[VISIT_REFUSES] = {VISIT_GROUP_REFUSES, "refuses"},
	[VISIT_NO_CARD] = {VISIT_GROUP_CANNOT, "no_card"},
	[VISIT_CARD_EXPIRED] = {VISIT_GROUP_CANNOT, "card_expired"},
	[VISIT_NO_FINGERPRINTS] = {VISIT_GROUP_CANNOT, "no_fingerprints"},
	[VISIT_NEEDS_GUARDIAN] = {VISIT_GROUP_CANNOT, "needs_guardian"},
	[VISIT_NO_BIRTH_PAPERS] = {VISIT_GROUP_CANNOT, "no_birth_papers"},
	[VISIT_CANNOT_MOVE] = {VISIT_GROUP_CANNOT, "cannot_move"},
	[VISIT_CANNOT] = {VISIT_GROUP_CANNOT, "cannot"},
	[VISIT_ABSENT] = {VISIT_GROUP_ABSENT, "absent"},
	[VISIT_MOVED] = {VISIT_GROUP_MOVED, "moved"},
	[VISIT_DIED] = {VISIT_GROUP_DIED, "died"},
	[VISIT_OTHER] = {VISIT_GROUP_OTHER, "other"},
};

static const char *const group_names[VISIT_GROUPS] = {
	[VISIT_GROUP_NONE] = "none",
	[VISIT_GROUP_AGREED] = "agreed",
	[VISIT_GROUP_HAS_ACCOUNT] = "has_account",
	[VISIT_GROUP_THINKS] = "thinks",
	[VISIT_GROUP_REFUSES] = "refuses",
	[VISIT_GROUP_CANNOT] = "cannot",
	[VISIT_GROUP_ABSENT] = "absent",
	[VISIT_GROUP_MOVED] = "moved",
	[VISIT_GROUP_DIED] = "died",
	[VISIT_GROUP_OTHER] = "other",
};

static bool is_known(enum visit_result r)
{
	return r > VISIT_NONE && r <= VISIT_OTHER && rows[r].name;
}

enum visit_group visit_group(enum visit_result r)
{
	return is_known(r) ? rows[r].group : VISIT_GROUP_NONE;
}

enum visit_result visit_result_of(uint64_t result, uint64_t reason)
{
	enum visit_result r = VISIT_NONE;

	if (result == MET && reason < NOT_MET)
		r = (enum visit_result)reason;
	else if (result != MET && reason == 0 &&
		 result <= VISIT_OTHER - NOT_MET)
		r = (enum visit_result)(result + NOT_MET);
	return is_known(r) ? r : VISIT_NONE;
}

void visit_result_keys(enum visit_result r, uint64_t *result, uint64_t *reason)
{
	const uint64_t number = (uint64_t)r;

	*result = number < NOT_MET ? MET : number - NOT_MET;
	*reason = number < NOT_MET ? number : 0;
}

bool visit_needs_note(enum visit_result r)
{
	return r == VISIT_REFUSES || r == VISIT_CANNOT || r == VISIT_OTHER;
}

bool visit_is_review(enum visit_result r)
{
	return is_known(r) && r != VISIT_ABSENT && r != VISIT_OTHER;
}

const char *visit_result_name(enum visit_result r)
{
	return is_known(r) ? rows[r].name : "none";
}

bool visit_result_parse(const char *name, enum visit_result *out)
{
	for (int i = 0; i < visit_results_count; i++)
		if (strcmp(rows[visit_results[i]].name, name) == 0) {
			*out = visit_results[i];
			return true;
		}
	return false;
}

const char *visit_group_name(enum visit_group g)
{
	return group_names[g];
}

bool visit_group_parse(const char *name, enum visit_group *out)
{
	for (int g = 0; g < VISIT_GROUPS; g++)
		if (strcmp(group_names[g], name) == 0) {
			*out = (enum visit_group)g;
			return true;
		}
	return false;
}

bool visit_next_possible(struct date next, struct date today)
{
	int64_t days;

	if (!date_valid(next) || next.day == 0)
		return false;
	days = date_days(next) - date_days(today);
	return days > 0 && days <= VISIT_NEXT_DAYS;
}
