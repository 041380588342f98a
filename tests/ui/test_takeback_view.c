/* Money that comes back, on the flow's own states. */
#include "support/unit.h"

#include "core/str.h"
#include "support/feed.h"
#include "support/sample.h"
#include "support/screens.h"
#include "terminal/ui/takeback_view.h"

#define RECEIPT "CV1:NOT-A-REAL-SEAL"

static struct screens_keys show(const struct takeback *t, struct canvas *c)
{
	struct screens_keys keys;

	takeback_view(t, sample_info(), c);
	keys.b = takeback_bindings(t, &keys.count);
	return keys;
}

static void begin(struct takeback *t, const char *pad, const char *scanned,
	const char *keys)
{
	struct payout_brief b = {.name = "NGUYỄN THỊ ĐẸP",
		.code = "129S-RZCJ-BYD8-9",
		.amount = 1000000,
		.state = PAYOUT_HANDED,
		.copies = 1};

	str_copy(b.pad, sizeof(b.pad), pad);
	takeback_init(t, 412, &b, scanned);
	for (; *keys; keys++)
		takeback_handle(t, feed_key(*keys == '\n' ? K_ACCEPT : *keys));
}

static struct screens_keys paper(struct canvas *c)
{
	static struct takeback t;

	begin(&t, "", "", "");
	return show(&t, c);
}

static struct screens_keys by_hand(struct canvas *c)
{
	static struct takeback t;

	begin(&t, "000123", "", "");
	return show(&t, c);
}

static struct screens_keys sheet(struct canvas *c)
{
	static struct takeback t;

	begin(&t, "000123", "", "1123");
	assert_int_equal(t.step, TAKEBACK_SHEET);
	return show(&t, c);
}

static struct screens_keys sure(struct canvas *c)
{
	static struct takeback t;

	begin(&t, "", RECEIPT, "");
	assert_int_equal(t.step, TAKEBACK_SURE);
	return show(&t, c);
}

static struct screens_keys lost(struct canvas *c)
{
	static struct takeback t;

	begin(&t, "", "", "2");
	return show(&t, c);
}

static struct screens_keys second(struct canvas *c)
{
	static struct takeback t;

	begin(&t, "", RECEIPT, "19\n13");
	assert_int_equal(t.step, TAKEBACK_SECOND);
	return show(&t, c);
}

static void ask(struct takeback *t)
{
	begin(t, "", RECEIPT, "19\n135790\n");
	assert_int_equal(t->step, TAKEBACK_WRITING);
}

static struct screens_keys writing(struct canvas *c)
{
	static struct takeback t;

	ask(&t);
	return show(&t, c);
}

static struct screens_keys refused(struct canvas *c)
{
	static struct takeback t;
	struct event *ev;

	ask(&t);
	ev = feed_answer(EV_REFUSED);
	ev->refusal.code = REFUSED_PAPER;
	takeback_handle(&t, ev);
	return show(&t, c);
}

static struct screens_keys looking(struct canvas *c)
{
	static struct takeback t;

	ask(&t);
	takeback_handle(&t, feed_failed(ERR_IO));
	assert_int_equal(t.step, TAKEBACK_LOOKING);
	return show(&t, c);
}

static struct screens_keys unknown(struct canvas *c)
{
	static struct takeback t;

	ask(&t);
	takeback_handle(&t, feed_failed(ERR_IO));
	takeback_handle(&t, feed_failed(ERR_IO));
	assert_int_equal(t.step, TAKEBACK_UNKNOWN);
	return show(&t, c);
}

static struct screens_keys done(struct canvas *c)
{
	static struct takeback t;
	struct payout p;

	ask(&t);
	sample_payout(&p);
	p.state = PAYOUT_VOIDED;
	takeback_handle(&t, feed_payout(EV_VOIDED, &p));
	assert_int_equal(t.step, TAKEBACK_DONE);
	return show(&t, c);
}

static const struct screens_state states[] = {
	{"paper", paper, false},
	{"by_hand", by_hand, false},
	{"sheet", sheet, false},
	{"sure", sure, true},
	{"lost", lost, false},
	{"second", second, false},
	{"writing", writing, false},
	{"refused", refused, false},
	{"looking", looking, false},
	{"unknown", unknown, false},
	{"done", done, false},
};

int main(void)
{
	return screens_run("takeback", states, COUNT_OF(states));
}
