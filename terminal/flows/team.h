/*
 * team.h - who may work here: the first user, others, one's own PIN.
 *
 *	FIRST:	NUMBER --> NAME --> PIN --> AGAIN --> WORKING --> (leaves)
 *
 *	PEOPLE:	LOADING --> LIST --1-8--> USER --1--> WORKING (unlock)
 *	          ^          |              |--2--> SURE --1--> WORKING (revoke)
 *	          |          |              \--3--> RENEW ----> WORKING
 *	          |          \--9--> NUMBER --> NAME --> ROLE --> UNTIL
 *	          +-- saved -- WORKING <-- AGAIN <-- PIN <---------+
 *
 *	OWN_PIN: OLD --> PIN --> AGAIN --> WORKING --> (leaves)
 *
 * The first user of a store is a supervisor. A new user types his own PIN,
 * twice, the second time blind: nothing is shown, so that only who knows it
 * gets through. What failed is looked up in the list, never tried again.
 * Who is added may get a last day; it is put off by renewing him.
 */
#ifndef FLOWS_TEAM_H
#define FLOWS_TEAM_H

#include "core/date.h"
#include "terminal/flows/entry.h"
#include "terminal/flows/flow.h"

enum team_task {
	TEAM_FIRST,
	TEAM_PEOPLE,
	TEAM_OWN_PIN,
};

enum team_step {
	TEAM_LOADING,
	TEAM_LIST,
	TEAM_USER,
	TEAM_SURE, /* revoke for good? */
	TEAM_FIRST_NUMBER,
	TEAM_NUMBER,
	TEAM_NAME,
	TEAM_ROLE,
	TEAM_UNTIL, /* his last day, or none */
	TEAM_RENEW, /* another one, of the chosen */
	TEAM_OLD,
	TEAM_PIN,
	TEAM_AGAIN,
	TEAM_WORKING,
	TEAM_STEP_COUNT,
};

struct team {
	enum team_task task;
	enum team_step step;
	struct user row[FLOW_TEAM_ROWS];
	int rows;
	bool more;          /* there are others after the last row */
	struct user chosen; /* USER, SURE, RENEW */
	enum role role;     /* of a new one */
	struct entry number;
	struct entry name;
	struct entry day;       /* UNTIL, RENEW */
	int32_t until;          /* of a new one, YYYYMMDD; 0: no end */
	struct users_seen seen; /* count 0: it is not known (yet) */
	int asked;              /* number of that count */
	int64_t now;            /* ms, as the desk knows it; 0: it does not */
	struct entry old;
	struct entry pin;
	struct entry again;
	long long not_before_ms; /* old PIN wrong: no try before */
	bool done;               /* at FX_LEAVE: it is recorded */
	struct notice notice;
};

/* FX_USERS for PEOPLE, else FX_NONE. */
struct effect team_start(struct team *t, enum team_task task);

/* Also EV_STUDY. FX_LEAVE: done or given up; t->done says which. */
struct effect team_handle(struct team *t, const struct event *ev);

const struct binding *team_bindings(enum team_step step, size_t *count);

/* Since when he is here, and when he was here last; NULL: not known. */
const struct user_seen *team_seen_of(const struct team *t, int64_t number);

/* Is his last day over, as far as the desk knows the time? */
bool team_is_over(const struct team *t, const struct user *u);

/* "31/12/2027", "" for none. out as for date_vi(). */
const char *team_day_text(int32_t until, char out[DATE_TEXT_SIZE]);

/* "payout agent"; gives tr() text. */
const char *team_role_text(enum role role);

#endif
