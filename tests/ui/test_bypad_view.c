/* A sheet of the pad, on the flow's own states. */
#include "support/unit.h"

#include "support/feed.h"
#include "support/sample.h"
#include "support/screens.h"
#include "terminal/ui/bypad_view.h"

static struct screens_keys show(const char *keys, bool ask, struct canvas *c)
{
	static struct bypad b;
	struct screens_keys out;

	bypad_init(&b, SAMPLE_NOW);
	for (; *keys; keys++)
		bypad_handle(&b, feed_key(*keys == '\n' ? K_ACCEPT : *keys));
	if (ask)
		bypad_ask(&b, "Nguyễn Thị Đẹp", 1000000);
	bypad_view(&b, sample_info(), c);
	out.b = bypad_bindings(b.step, &out.count);
	return out;
}

static struct screens_keys number(struct canvas *c)
{
	return show("0001", false, c);
}

static struct screens_keys day(struct canvas *c)
{
	return show("000123\n", false, c);
}

static struct screens_keys bad_day(struct canvas *c)
{
	return show("000123\n31112026\n", false, c);
}

static struct screens_keys time_of_day(struct canvas *c)
{
	return show("000123\n04122026\n09", false, c);
}

static struct screens_keys sure(struct canvas *c)
{
	return show("000123\n04122026\n0910\n", true, c);
}

static const struct screens_state states[] = {
	{"number", number, false},
	{"day", day, false},
	{"bad_day", bad_day, false},
	{"time", time_of_day, false},
	{"sure", sure, true},
};

int main(void)
{
	return screens_run("bypad", states, COUNT_OF(states));
}
