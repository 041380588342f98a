#include "terminal/flows/idle.h"

#include <string.h>

#include "core/tr.h"

static const struct binding ready_keys[] = {
	{K_SCAN, "", TR("Scan the card"), NULL, false},
	{K_DIGITS, "0-9", TR("Find by number: last 4 digits or more"),
		TR("Number"), false},
	{K_LETTERS, "a-z", TR("Find by name, marks not needed"), TR("Name"),
		false},
	{'.', ".", TR("Next person"), TR("Next"), false},
	{'*', "*", TR("More"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding demo_keys[] = {
	{K_ACCEPT, "ENTER", TR("Scan the next card of the demo"),
		TR("Demo card"), true},
	{K_DIGITS, "0-9", TR("Find by number: last 4 digits or more"),
		TR("Number"), false},
	{K_LETTERS, "a-z", TR("Find by name, marks not needed"), TR("Name"),
		false},
	{'.', ".", TR("Next person"), TR("Next"), false},
	{'*', "*", TR("More"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};

static const struct binding camera_keys[] = {
	{K_ACCEPT, "ENTER", TR("Scan the card with the camera"),
		TR("By camera"), true},
	{K_DIGITS, "0-9", TR("Find by number: last 4 digits or more"),
		TR("Number"), false},
	{K_LETTERS, "a-z", TR("Find by name, marks not needed"), TR("Name"),
		false},
	{'.', ".", TR("Next person"), TR("Next"), false},
	{'*', "*", TR("More"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};

static const struct binding arrived_keys[] = {
	{K_ACCEPT, "ENTER", TR("Look at the list from the centre"),
		TR("New list"), BINDING_ONCE | BINDING_NEEDS(ACT_DOWN)},
	{K_SCAN, "", TR("Scan the card"), NULL, false},
	{K_DIGITS, "0-9", TR("Find by number: last 4 digits or more"),
		TR("Number"), false},
	{K_LETTERS, "a-z", TR("Find by name, marks not needed"), TR("Name"),
		false},
	{'.', ".", TR("Next person"), TR("Next"), false},
	{'*', "*", TR("More"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};

bool idle_is_foreign(enum idle_step step)
{
	return step == IDLE_FOREIGN || step == IDLE_FOREIGN_ARRIVED;
}

bool idle_has_list(enum idle_step step)
{
	return step == IDLE_ARRIVED || step == IDLE_FOREIGN_ARRIVED;
}

const struct binding *idle_bindings(enum idle_step step, size_t *count)
{
	if (step == IDLE_DEMO) {
		*count = sizeof(demo_keys) / sizeof(demo_keys[0]);
		return demo_keys;
	}
	if (step == IDLE_CAMERA) {
		*count = sizeof(camera_keys) / sizeof(camera_keys[0]);
		return camera_keys;
	}
	if (idle_has_list(step)) {
		*count = sizeof(arrived_keys) / sizeof(arrived_keys[0]);
		return arrived_keys;
	}
	*count = sizeof(ready_keys) / sizeof(ready_keys[0]);
	return ready_keys;
}

void idle_init(struct idle *i, bool demo)
{
	memset(i, 0, sizeof(*i));
	i->step = demo ? IDLE_DEMO : IDLE_READY;
}

struct effect idle_handle(struct idle *i, const struct event *ev)
{
	size_t count;
	const struct binding *b = idle_bindings(i->step, &count);
	const int key = binding_key(b, count, ev);

	i->typed = 0;
	i->lists = key == K_ACCEPT && idle_has_list(i->step);
	if (key == K_ACCEPT)
		return effect_of(i->step == IDLE_DEMO ? FX_DEMO_SCAN
						      : FX_LEAVE);
	if (key == 0 || key == '.' || key == '*' || key == '#')
		return effect_of(FX_NONE);
	i->typed = key;
	return effect_of(FX_LEAVE);
}
