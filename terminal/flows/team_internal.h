/*
 * team_internal.h - what the files of the users' flow share: team.c, and
 * team_day.c with the days.
 */
#ifndef FLOWS_TEAM_INTERNAL_H
#define FLOWS_TEAM_INTERNAL_H

#include "terminal/flows/team.h"

/* The key that the event means in this step; 0 for none. */
int team_key(const struct team *t, const struct event *ev);

/* What became of a key in a field. */
enum entry_result team_typed(struct team *t, struct entry *e,
	const struct event *ev);

void team_ask_pin(struct team *t);

/* Have the chosen user changed so. */
struct effect team_change(struct team *t, enum effect_kind kind);

/* The last day: of a new one; another one of the chosen. */
void team_ask_renewal(struct team *t);
struct effect team_on_until(struct team *t, const struct event *ev);
struct effect team_on_renew(struct team *t, const struct event *ev);

/* FX_USERS_SEEN, and its EV_STUDY. */
struct effect team_ask_seen(struct team *t, long long at_ms);
void team_hear_seen(struct team *t, const struct event *ev);

#endif
