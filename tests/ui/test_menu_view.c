/* The menu, opened from every place. */
#include "support/unit.h"

#include "support/sample.h"
#include "support/screens.h"
#include "terminal/ui/menu_view.h"

static struct screens_keys show(enum menu_step step, struct canvas *c)
{
	struct screens_keys keys;
	struct menu menu;

	menu_init(&menu, step);
	menu_view(&menu, sample_info(), c);
	keys.b = menu_bindings(step, &keys.count);
	return keys;
}

static struct screens_keys show_to(enum role role, enum menu_step step,
	struct canvas *c)
{
	struct frame_info info = *sample_info();
	const struct binding *b;
	struct menu menu;
	size_t count;

	info.role = role;
	menu_init(&menu, step);
	menu_view(&menu, &info, c);
	b = menu_bindings(step, &count);
	return screens_keys_for(role, b, count);
}

static struct screens_keys agents_more(struct canvas *c)
{
	return show_to(ROLE_AGENT, MENU_PEOPLE, c);
}

static struct screens_keys supervisors_more(struct canvas *c)
{
	return show_to(ROLE_SUPERVISOR, MENU_PEOPLE, c);
}

static struct screens_keys staff(struct canvas *c)
{
	return show_to(ROLE_STAFF, MENU_NO_SHIFT, c);
}

static struct screens_keys shift(struct canvas *c)
{
	return show(MENU_SHIFT, c);
}

static struct screens_keys signed_out(struct canvas *c)
{
	return show(MENU_SIGNED_OUT, c);
}

static struct screens_keys may_train(struct canvas *c)
{
	return show(MENU_MAY_TRAIN, c);
}

static struct screens_keys in_training(struct canvas *c)
{
	return show(MENU_IN_TRAINING, c);
}

static struct screens_keys no_shift(struct canvas *c)
{
	return show(MENU_NO_SHIFT, c);
}

static struct screens_keys supervisor(struct canvas *c)
{
	return show(MENU_SUPERVISOR, c);
}

static struct screens_keys person(struct canvas *c)
{
	return show(MENU_PERSON, c);
}

static struct screens_keys text(struct canvas *c)
{
	return show(MENU_TEXT, c);
}

static struct screens_keys learning(struct canvas *c)
{
	return show(MENU_LEARNING, c);
}

static const struct screens_state states[] = {
	{"shift", shift, true},
	{"signed_out", signed_out, false},
	{"may_train", may_train, false},
	{"in_training", in_training, false},
	{"no_shift", no_shift, false},
	{"supervisor", supervisor, false},
	{"person", person, false},
	{"text", text, false},
	{"agents_more", agents_more, false},
	{"supervisors_more", supervisors_more, false},
	{"staff", staff, false},
	{"learning", learning, false},
};

int main(void)
{
	return screens_run("menu", states, COUNT_OF(states));
}
