/* The keys of a screen, all of them. */
#include "support/unit.h"

#include "support/feed.h"
#include "support/sample.h"
#include "support/screens.h"
#include "terminal/flows/check.h"
#include "terminal/flows/pay.h"
#include "terminal/ui/help_view.h"

static struct screens_keys show(const struct help *help, struct canvas *c)
{
	struct screens_keys keys;

	help_view(help, sample_info(), c);
	keys.b = help_bindings(&keys.count);
	return keys;
}

static struct screens_keys ready(struct canvas *c)
{
	static struct help help;
	size_t count;
	const struct binding *b = check_bindings(CHECK_READY, &count);

	help_init(&help, b, count);
	return show(&help, c);
}

static struct screens_keys typing(struct canvas *c)
{
	static struct help help;
	size_t count;
	const struct binding *b = check_bindings(CHECK_NAME, &count);

	help_init(&help, b, count);
	return show(&help, c);
}

static struct screens_keys scrolled(struct canvas *c)
{
	static struct help help;
	size_t count;
	const struct binding *b = check_bindings(CHECK_READY, &count);

	help_init(&help, b, count);
	help_handle(&help, feed_key('.'));
	return show(&help, c);
}

static const struct screens_state states[] = {
	{"ready", ready, true},
	{"typing", typing, false},
	{"scrolled", scrolled, false},
};

int main(void)
{
	return screens_run("help", states, COUNT_OF(states));
}
