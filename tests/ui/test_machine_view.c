/* The printed test and the cash drawer, on the screen. */
#include "support/unit.h"

#include <string.h>

#include "support/feed.h"
#include "support/sample.h"
#include "support/screens.h"
#include "terminal/ui/machine_view.h"

static struct machine m;

static struct screens_keys show(struct canvas *c)
{
	struct screens_keys keys;

	machine_view(&m, sample_info(), c);
	keys.b = machine_bindings(m.step, &keys.count);
	return keys;
}

static void tested(enum print_state state, enum paper_trouble trouble)
{
	struct event *ev = feed_answer(EV_PRINT);

	ev->print.test = true;
	ev->print.state = state;
	ev->print.trouble = trouble;
	machine_handle(&m, ev);
}

static struct screens_keys test(struct canvas *c)
{
	machine_start_test(&m);
	return show(c);
}

static struct screens_keys no_paper(struct canvas *c)
{
	machine_start_test(&m);
	machine_handle(&m, feed_key('1'));
	tested(PRINT_FAILED, PAPER_OUT);
	return show(c);
}

static struct screens_keys choose(struct canvas *c)
{
	machine_start_test(&m);
	machine_handle(&m, feed_key('1'));
	tested(PRINT_PRINTED, PAPER_FINE);
	machine_handle(&m, feed_key('1'));
	machine_handle(&m, feed_key('8'));
	return show(c);
}

static struct screens_keys reason(struct canvas *c)
{
	machine_start_drawer(&m);
	return show(c);
}

static struct screens_keys opening(struct canvas *c)
{
	machine_start_drawer(&m);
	machine_handle(&m, feed_key('3'));
	machine_handle(&m, feed_answer(EV_CONFIRMED));
	return show(c);
}

static const struct screens_state states[] = {
	{"test", test, false},
	{"no_paper", no_paper, false},
	{"choose", choose, true},
	{"reason", reason, false},
	{"opening", opening, false},
};

int main(void)
{
	return screens_run("machine", states, COUNT_OF(states));
}
