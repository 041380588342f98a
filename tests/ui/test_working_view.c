/* Long work on the screen. */
#include "support/unit.h"

#include "support/sample.h"
#include "support/screens.h"
#include "terminal/ui/working_view.h"

static struct screens_keys show(const struct working *w, struct canvas *c)
{
	struct screens_keys keys;

	working_view(w, sample_info(), c);
	keys.b = working_bindings(w, &keys.count);
	return keys;
}

static struct screens_keys bytes(struct canvas *c)
{
	const struct far f = {.part = 3,
		.parts = 4,
		.done = 46000000,
		.all = 92000000,
		.unit = FAR_BYTES};
	struct working w;

	working_init(&w, FX_COPY, 1000);
	working_far(&w, &f, 22000);
	w.part_ms = 14000;
	return show(&w, c);
}

static struct screens_keys rows(struct canvas *c)
{
	const struct far f = {.parts = 1, .done = 3400, .all = 10000};
	struct working w;

	working_init(&w, FX_SHIFT_FILE, 1000);
	working_far(&w, &f, 2000);
	return show(&w, c);
}

static struct screens_keys nobody_knows(struct canvas *c)
{
	const struct far f = {.parts = 1};
	struct working w;

	working_init(&w, FX_COPY, 1000);
	working_far(&w, &f, 4000);
	return show(&w, c);
}

static struct screens_keys stopping(struct canvas *c)
{
	const struct far f = {.parts = 1, .done = 3400, .all = 10000};
	struct working w;

	working_init(&w, FX_COPY, 1000);
	working_key(&w, K_BACK, 1900);
	working_far(&w, &f, 2000);
	return show(&w, c);
}

static const struct screens_state states[] = {
	{"bytes", bytes, true},
	{"rows", rows, false},
	{"nobody_knows", nobody_knows, false},
	{"stopping", stopping, false},
};

int main(void)
{
	return screens_run("working", states, COUNT_OF(states));
}
