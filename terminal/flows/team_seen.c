/* How long ago each user was here, counted aside: team.h. */
#include "terminal/flows/team_internal.h"

/* Boards, papers and lists count from 0 on; nobody makes so many of them. The
 * struct is wiped between two times: what is still on its way is not taken for
 * that which was asked later. */
enum {
	FIRST = 1 << 24,
	TIMES = 1 << 24
};

struct effect team_ask_seen(struct team *t, long long at_ms)
{
	struct effect fx = effect_of(FX_USERS_SEEN);

	t->asked = FIRST + (int)(at_ms % TIMES);
	fx.study.number = t->asked;
	return fx;
}

void team_hear_seen(struct team *t, const struct event *ev)
{
	if (ev->study.number == t->asked && ev->study.state == STUDY_DONE &&
		ev->study.seen)
		t->seen = *ev->study.seen;
}

const struct user_seen *team_seen_of(const struct team *t, int64_t number)
{
	for (int i = 0; i < t->seen.count; i++)
		if (t->seen.row[i].number == number)
			return &t->seen.row[i];
	return NULL;
}
