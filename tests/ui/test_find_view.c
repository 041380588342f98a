/* A search and its results, on the flow's own states. */
#include "support/unit.h"

#include <string.h>

#include "support/feed.h"
#include "support/sample.h"
#include "support/screens.h"
#include "terminal/ui/find_view.h"

static struct screens_keys show(const struct find *f, struct canvas *c)
{
	struct screens_keys keys;

	find_view(f, sample_info(), c);
	keys.b = find_bindings(f->step, &keys.count);
	return keys;
}

static void type(struct find *f, const char *text)
{
	find_init(f, 0, TELEX_TELEX);
	for (; *text; text++)
		find_handle(f, feed_key((unsigned char)*text));
}

static struct screens_keys typing(struct canvas *c)
{
	static struct find f;

	type(&f, "nguyen thi");
	return show(&f, c);
}

static struct screens_keys lookup(struct canvas *c)
{
	static struct find f;

	type(&f, "4578");
	find_handle(&f, feed_key(K_ACCEPT));
	assert_int_equal(f.step, FIND_LOOKUP);
	return show(&f, c);
}

static void found(struct find *f, int count, bool more)
{
	struct event *ev;

	type(f, "nguyen");
	find_handle(f, feed_key(K_ACCEPT));
	ev = feed_answer(EV_FOUND);
	ev->found.count = count;
	ev->found.more = more;
	sample_found(ev->found.row, count);
	find_handle(f, ev);
}

static struct screens_keys few(struct canvas *c)
{
	static struct find f;

	found(&f, 3, false);
	find_handle(&f, feed_key(K_DOWN));
	return show(&f, c);
}

static struct screens_keys many(struct canvas *c)
{
	static struct find f;

	found(&f, 27, true);
	return show(&f, c);
}

static struct screens_keys last_page(struct canvas *c)
{
	static struct find f;

	found(&f, 20, false);
	find_handle(&f, feed_key('.'));
	find_handle(&f, feed_key('.'));
	return show(&f, c);
}

static struct screens_keys nobody(struct canvas *c)
{
	static struct find f;

	found(&f, 0, false);
	return show(&f, c);
}

static struct screens_keys bhyt(struct canvas *c, int count)
{
	static struct find f;
	struct event *ev;

	find_start_bhyt(&f, "Nguyễn Thị Đẹp", (struct date){1944, 9, 2},
		TELEX_TELEX);
	ev = feed_answer(EV_FOUND);
	ev->found.count = count;
	sample_found(ev->found.row, count);
	for (int i = 0; i < count; i++)
		ev->found.row[i].birth = (struct date){1944, 0, 0};
	find_handle(&f, ev);
	return show(&f, c);
}

/* A health-insurance card: a full page and the warning that goes with it. */
static struct screens_keys bhyt_list(struct canvas *c)
{
	return bhyt(c, FIND_PAGE);
}

static struct screens_keys bhyt_nobody(struct canvas *c)
{
	return bhyt(c, 0);
}

static const struct screens_state states[] = {
	{"many", many, true},
	{"typing", typing, true},
	{"lookup", lookup, false},
	{"few", few, false},
	{"last_page", last_page, false},
	{"nobody", nobody, false},
	{"bhyt_list", bhyt_list, false},
	{"bhyt_nobody", bhyt_nobody, false},
};

int main(void)
{
	return screens_run("find", states, COUNT_OF(states));
}
