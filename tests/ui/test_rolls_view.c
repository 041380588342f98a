/* The payment lists: all of them, one by hamlets, what it corrected. */
#include "support/unit.h"

#include <string.h>

#include "core/str.h"
#include "support/feed.h"
#include "support/sample.h"
#include "support/samplelists.h"
#include "support/screens.h"
#include "terminal/ui/rolls_view.h"

static struct screens_keys show(const struct rolls *r, struct canvas *c)
{
	struct screens_keys keys;

	rolls_view(r, sample_info(), c);
	keys.b = rolls_bindings(r, &keys.count);
	return keys;
}

/* Capitals are what was counted: S lists, N none, H hamlets, C corrections,
 * R so far, F failed, U users, G given, E enter. */
static const struct event *counted(const struct rolls *r, char what)
{
	struct event *ev = feed_answer(what == 'U'   ? EV_USERS
				       : what == 'G' ? EV_CONFIRMED
						     : EV_STUDY);

	if (what == 'G')
		return ev;
	if (what == 'U') {
		ev->users.count = 3;
		for (int i = 0; i < 3; i++) {
			ev->users.row[i].number = 5 + i;
			ev->users.row[i].role = i ? ROLE_AGENT : ROLE_STAFF;
			ev->users.row[i].revoked = i == 1;
			str_copy(ev->users.row[i].name,
				sizeof(ev->users.row[i].name),
				i == 2 ? "Nguyễn Thị Lan" : "Lê Văn Dũng");
		}
		return ev;
	}
	ev->study.number = r->number;
	ev->study.state = what == 'R'   ? STUDY_RUNS
			  : what == 'F' ? STUDY_FAILED
					: STUDY_DONE;
	ev->study.done = 450;
	ev->study.all = 1000;
	ev->study.code = ERR_IO;
	if (what == 'S' || what == 'N')
		ev->study.shelf = samplelists(what == 'S' ? 7 : 0);
	if (what == 'H' || what == 'C')
		ev->study.look = samplelists_one(17, what == 'C' ? 9 : 0);
	return ev;
}

static struct rolls *press(const char *keys)
{
	static struct rolls r;

	memset(&r, 0, sizeof(r));
	rolls_start(&r);
	for (; *keys; keys++)
		rolls_handle(&r, strchr("SNHCRFUG", *keys) ? counted(&r, *keys)
				 : *keys == 'E'            ? feed_key(K_ACCEPT)
							   : feed_key(*keys));
	return &r;
}

#define STATE(name, keys)                                 \
	static struct screens_keys name(struct canvas *c) \
	{                                                 \
		return show(press(keys), c);              \
	}
STATE(all, "S")
STATE(older, "S.")
STATE(none, "N")
STATE(counting, "R")
STATE(looking, "S1R")
STATE(one, "S1H")
STATE(one_further, "S1H...")
STATE(one_corrects, "S1C")
STATE(fixes, "S1C2")
STATE(failed, "F")
STATE(which, "S1H3")
STATE(numbers, "S1H36"
	       "12E40")
STATE(users, "S1H31U")
STATE(users_of_numbers, "S1H36"
			"12E40EU")
STATE(given, "S1H31U1GH")

int main(void)
{
	static const struct screens_state states[] = {
		{"all", all, true},
		{"older", older, false},
		{"none", none, false},
		{"counting", counting, false},
		{"looking", looking, false},
		{"one", one, true},
		{"one_further", one_further, false},
		{"one_corrects", one_corrects, false},
		{"fixes", fixes, false},
		{"failed", failed, false},
		{"which", which, false},
		{"numbers", numbers, false},
		{"users", users, false},
		{"users_of_numbers", users_of_numbers, false},
		{"given", given, false},
	};

	return screens_run("rolls", states, sizeof(states) / sizeof(states[0]));
}
