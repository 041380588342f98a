/* Not paying, and why, on the flow's own states. */
#include "support/unit.h"

#include "support/feed.h"
#include "support/sample.h"
#include "support/screens.h"
#include "terminal/ui/notpaid_view.h"

static struct screens_keys show(const struct notpaid *n, struct canvas *c)
{
	struct screens_keys keys;

	notpaid_view(n, sample_info(), c);
	keys.b = notpaid_bindings(n->step, &keys.count);
	return keys;
}

static void begin(struct notpaid *n, const char *keys)
{
	struct person_due due;

	sample_due(&due);
	notpaid_init(n, &due.person, (struct date){2026, 12, 5});
	for (; *keys; keys++)
		notpaid_handle(n,
			feed_key(*keys == '\n' ? K_ACCEPT
					       : (unsigned char)*keys));
}

static struct screens_keys reason(struct canvas *c)
{
	static struct notpaid n;

	begin(&n, "");
	return show(&n, c);
}

static struct screens_keys date(struct canvas *c)
{
	static struct notpaid n;

	begin(&n, "30511");
	assert_int_equal(n.step, NOTPAID_DATE);
	return show(&n, c);
}

static struct screens_keys bad_date(struct canvas *c)
{
	static struct notpaid n;

	begin(&n, "331022026\n");
	return show(&n, c);
}

static struct screens_keys sure_died(struct canvas *c)
{
	static struct notpaid n;

	begin(&n, "305112026\n");
	assert_int_equal(n.step, NOTPAID_SURE);
	return show(&n, c);
}

static struct screens_keys sure_absent(struct canvas *c)
{
	static struct notpaid n;

	begin(&n, "1");
	return show(&n, c);
}

static struct screens_keys saving(struct canvas *c)
{
	static struct notpaid n;

	begin(&n, "11");
	assert_int_equal(n.step, NOTPAID_SAVING);
	return show(&n, c);
}

static const struct screens_state states[] = {
	{"reason", reason, true},
	{"date", date, false},
	{"bad_date", bad_date, false},
	{"sure_died", sure_died, false},
	{"sure_absent", sure_absent, false},
	{"saving", saving, false},
};

int main(void)
{
	return screens_run("notpaid", states, COUNT_OF(states));
}
