/* Nothing may be paid any more. */
#include "support/unit.h"

#include "support/sample.h"
#include "support/screens.h"
#include "terminal/ui/frozen_view.h"

static struct screens_keys stopped(struct canvas *c)
{
	static struct frozen f;
	struct screens_keys keys;

	frozen_init(&f);
	frozen_view(&f, sample_info(), c);
	keys.b = frozen_bindings(&keys.count);
	return keys;
}

static const struct screens_state states[] = {
	{"stopped", stopped, true},
};

int main(void)
{
	return screens_run("frozen", states, COUNT_OF(states));
}
