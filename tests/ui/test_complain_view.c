/* A complaint about a receipt, on the flow's own states. */
#include "support/unit.h"

#include "core/str.h"
#include "support/feed.h"
#include "support/sample.h"
#include "support/screens.h"
#include "terminal/ui/complain_view.h"

enum {
	NUMBER = 57
};

static struct screens_keys show(const struct complain *complain,
	struct canvas *c)
{
	struct screens_keys keys;

	complain_view(complain, sample_info(), c);
	keys.b = complain_bindings(complain->step, &keys.count);
	return keys;
}

static struct complain *begin(const char *keys)
{
	static struct complain c;
	const struct payout_brief b = {.name = "NGUYỄN THỊ ĐẸP",
		.code = "129S-RZCJ-BYD8-9",
		.amount = 1000000,
		.state = PAYOUT_HANDED};

	complain_init(&c, 412, &b);
	for (; *keys; keys++)
		complain_handle(&c, feed_key(*keys));
	return &c;
}

static struct complain *noted(void)
{
	struct complain *c = begin("21");
	struct event *ev = feed_answer(EV_COMPLAINT);

	ev->complaint.complaint.seq = NUMBER;
	str_copy(ev->complaint.number, sizeof(ev->complaint.number),
		"3fa2b1-57");
	complain_handle(c, ev);
	assert_int_equal(c->step, COMPLAIN_PRINTING);
	return c;
}

static struct complain *slip(enum print_state state, bool no_printer)
{
	struct complain *c = noted();
	struct event *ev = feed_answer(EV_PRINT);

	ev->print.test = true;
	ev->print.seq = NUMBER;
	ev->print.state = state;
	ev->print.no_printer = no_printer;
	ev->print.trouble = PAPER_OUT;
	complain_handle(c, ev);
	assert_int_equal(c->step, COMPLAIN_DONE);
	return c;
}

static struct screens_keys reason(struct canvas *c)
{
	return show(begin(""), c);
}

static struct screens_keys refused(struct canvas *c)
{
	struct complain *complain = begin("31");
	struct event *ev = feed_answer(EV_REFUSED);

	ev->refusal.code = REFUSED_CLOCK_DAY;
	complain_handle(complain, ev);
	assert_int_equal(complain->step, COMPLAIN_REASON);
	return show(complain, c);
}

static struct screens_keys sure(struct canvas *c)
{
	return show(begin("3"), c);
}

static struct screens_keys failed(struct canvas *c)
{
	struct complain *complain = begin("11");

	complain_handle(complain, feed_failed(ERR_IO));
	assert_int_equal(complain->step, COMPLAIN_SURE);
	return show(complain, c);
}

static struct screens_keys writing(struct canvas *c)
{
	return show(begin("11"), c);
}

static struct screens_keys printing(struct canvas *c)
{
	return show(noted(), c);
}

static struct screens_keys printed(struct canvas *c)
{
	return show(slip(PRINT_PRINTED, false), c);
}

static struct screens_keys no_paper(struct canvas *c)
{
	return show(slip(PRINT_FAILED, false), c);
}

static struct screens_keys no_printer(struct canvas *c)
{
	return show(slip(PRINT_NONE, true), c);
}

static const struct screens_state states[] = {
	{"reason", reason, false},
	{"refused", refused, false},
	{"sure", sure, true},
	{"failed", failed, false},
	{"writing", writing, false},
	{"printing", printing, false},
	{"printed", printed, true},
	{"no_paper", no_paper, false},
	{"no_printer", no_printer, false},
};

int main(void)
{
	return screens_run("complain", states, COUNT_OF(states));
}
