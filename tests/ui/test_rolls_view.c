/* The payment lists: all of them, one by hamlets, what it corrected. */
#include "support/unit.h"

#include <string.h>

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
 * R so far, F failed. */
static const struct event *counted(const struct rolls *r, char what)
{
	struct event *ev = feed_answer(EV_STUDY);

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
		rolls_handle(&r, strchr("SNHCRF", *keys) ? counted(&r, *keys)
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
	};

	return screens_run("rolls", states, sizeof(states) / sizeof(states[0]));
}
