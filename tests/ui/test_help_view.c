/* The keys of a screen, all of them. */
#include "support/unit.h"

#include "support/feed.h"
#include "support/golden.h"
#include "support/sample.h"
#include "terminal/flows/check.h"
#include "terminal/flows/pay.h"
#include "terminal/ui/help_view.h"

static struct golden_keys show(const struct help *help, struct canvas *c)
{
	struct golden_keys keys;

	help_view(help, sample_info(), c);
	keys.b = help_bindings(&keys.count);
	return keys;
}

static struct golden_keys ready(struct canvas *c)
{
	static struct help help;
	size_t count;
	const struct binding *b = check_bindings(CHECK_READY, &count);

	help_init(&help, b, count);
	return show(&help, c);
}

static struct golden_keys typing(struct canvas *c)
{
	static struct help help;
	size_t count;
	const struct binding *b = check_bindings(CHECK_NAME, &count);

	help_init(&help, b, count);
	return show(&help, c);
}

static struct golden_keys scrolled(struct canvas *c)
{
	static struct help help;
	size_t count;
	const struct binding *b = check_bindings(CHECK_READY, &count);

	help_init(&help, b, count);
	help_handle(&help, feed_key('.'));
	return show(&help, c);
}

static const struct golden_state states[] = {
	{"ready", ready, true},
	{"typing", typing, false},
	{"scrolled", scrolled, false},
};

int main(void)
{
	return golden_run("help", states, COUNT_OF(states));
}
