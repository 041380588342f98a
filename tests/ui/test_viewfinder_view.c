/* What the camera sees, in characters, and what is said about it. */
#include "support/unit.h"

#include <string.h>

#include "support/feed.h"
#include "support/sample.h"
#include "support/screens.h"
#include "terminal/ui/viewfinder_view.h"

static struct viewfinder v;

/* A card with its code in the middle of a darker table, no real picture. */
static uint8_t shade(int x, int y, int width, int height)
{
	const int left = width / 4, top = height / 5;
	const int in_x = x - left, in_y = y - top;

	if (in_x < 0 || in_y < 0 || x >= width - left || y >= height - top)
		return (uint8_t)(40 + x / 4);
	if (in_x > width / 8 && in_y > height / 8 && x < width - left - 12 &&
		y < height - top - 9)
		return (in_x / 4 + in_y / 4) % 2 ? 30 : 235;
	return 225;
}

static void see(enum camera_state how, enum camera_hint hint, int width,
	int height)
{
	struct event *ev = feed_answer(EV_CAMERA);

	ev->camera.state = how;
	ev->camera.hint = hint;
	ev->camera.width = width;
	ev->camera.height = height;
	ev->camera.box.height = height * 7 / 8;
	ev->camera.box.width = ev->camera.box.height < width * 3 / 4
				       ? ev->camera.box.height
				       : width * 3 / 4;
	ev->camera.box.x = (width - ev->camera.box.width) / 2;
	ev->camera.box.y = (height - ev->camera.box.height) / 2;
	for (int i = 0; i < width * height; i++)
		ev->camera.pixel[i] =
			shade(i % width, i / width, width, height);
	viewfinder_handle(&v, ev);
}

static struct screens_keys show(struct canvas *c)
{
	struct screens_keys keys;

	viewfinder_view(&v, sample_info(), c);
	keys.b = viewfinder_bindings(v.step, &keys.count);
	return keys;
}

static struct screens_keys opening(struct canvas *c)
{
	viewfinder_init(&v);
	return show(c);
}

static struct screens_keys looking(struct canvas *c)
{
	viewfinder_init(&v);
	see(CAMERA_SEES, CAMERA_HINT_NONE, 91, 68);
	return show(c);
}

static struct screens_keys blurred(struct canvas *c)
{
	viewfinder_init(&v);
	see(CAMERA_SEES, CAMERA_HINT_BLURRED, 91, 51);
	see(CAMERA_SEES, CAMERA_HINT_BLURRED, 91, 51);
	return show(c);
}

/* A camera that stands on its side. */
static struct screens_keys upright(struct canvas *c)
{
	viewfinder_init(&v);
	see(CAMERA_SEES, CAMERA_HINT_NONE, 51, 91);
	return show(c);
}

static struct screens_keys two(struct canvas *c)
{
	viewfinder_init(&v);
	see(CAMERA_TWO_CODES, CAMERA_HINT_NONE, 91, 68);
	return show(c);
}

static struct screens_keys absent(struct canvas *c)
{
	viewfinder_init(&v);
	see(CAMERA_ABSENT, CAMERA_HINT_NONE, 0, 0);
	return show(c);
}

static struct screens_keys tired(struct canvas *c)
{
	struct event *ev;

	viewfinder_init(&v);
	see(CAMERA_SEES, CAMERA_HINT_NONE, 91, 68);
	ev = feed_answer(EV_TICK);
	ev->at_ms += VIEWFINDER_MOST_MS;
	viewfinder_handle(&v, ev);
	return show(c);
}

static const struct screens_state states[] = {
	{"opening", opening, true},
	{"looking", looking, true},
	{"blurred", blurred, true},
	{"upright", upright, false},
	{"two", two, true},
	{"absent", absent, true},
	{"tired", tired, false},
};

int main(void)
{
	return screens_run("viewfinder", states, COUNT_OF(states));
}
