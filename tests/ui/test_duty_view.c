/* The supervisor's first screen: his rows, and what waits beside each. */
#include "support/unit.h"

#include <string.h>

#include "core/str.h"
#include "support/feed.h"
#include "support/sample.h"
#include "support/screens.h"
#include "terminal/ui/duty_view.h"

static struct duty duty;
static struct status status;

static void begin(void)
{
	status = *sample_status();
	status.has_shift = false;
	status.has_centre = true;
	status.contact_at = SAMPLE_NOW - INT64_C(3) * 3600 * 1000;
	memset(&duty, 0, sizeof(duty));
	duty_start(&duty, &status);
}

static void counted(const struct duty_counts *c)
{
	struct event *ev = feed_answer(EV_STUDY);

	ev->study.number = duty.number;
	ev->study.state = c ? STUDY_DONE : STUDY_FAILED;
	if (c)
		ev->study.duty = *c;
	duty_handle(&duty, ev);
}

static struct screens_keys show(struct canvas *c)
{
	struct frame_info info = *sample_info();
	size_t count;
	const struct binding *b = duty_bindings(duty.step, &count);

	info.role = ROLE_SUPERVISOR;
	info.user = "Hoa";
	info.status = &status;
	duty_view(&duty, &info, c);
	return screens_keys_for(ROLE_SUPERVISOR, b, count);
}

static struct screens_keys busy(struct canvas *c)
{
	static const struct duty_counts all = {.exceptions = 12,
		.alone = 2,
		.drawn = true,
		.calls = 3,
		.lists = 1,
		.requests = 2,
		.late = 1,
		.locked = 1,
		.peers = 2,
		.peer = "a3f2b1",
		.peer_at = SAMPLE_NOW - INT64_C(11) * 86400 * 1000};

	begin();
	counted(&all);
	return show(c);
}

/* All is done: nothing calls for anybody. */
static struct screens_keys quiet(struct canvas *c)
{
	static const struct duty_counts none = {.drawn = true};

	begin();
	status.made = status.sent = status.acked = 412;
	status.link = LINK_UP;
	status.done = status.all;
	status.contact_at = SAMPLE_NOW - INT64_C(2) * 60 * 1000;
	counted(&none);
	return show(c);
}

static struct screens_keys counting(struct canvas *c)
{
	begin();
	return show(c);
}

static struct screens_keys failed(struct canvas *c)
{
	begin();
	counted(NULL);
	return show(c);
}

/* Somebody left, and his drawer is open. */
static struct screens_keys left(struct canvas *c)
{
	begin();
	status.has_shift = true;
	status.shift.left = SHIFT_LEFT_REVOKED;
	duty_start(&duty, &status);
	return show(c);
}

/* Ten thousand people, no centre, and more of everything. */
static struct screens_keys large(struct canvas *c)
{
	static const struct duty_counts all = {.exceptions = 12345,
		.alone = 1234,
		.drawn = true,
		.calls = 200,
		.lists = 123,
		.requests = 1234,
		.late = 0,
		.locked = 123,
		.peers = 64,
		.peer = "ffffff"};

	begin();
	status.has_centre = false;
	status.done = 99999;
	status.all = 100000;
	counted(&all);
	return show(c);
}

/* A list of the centre waits: one key, whatever else there is. */
static struct screens_keys arrived(struct canvas *c)
{
	static const struct duty_counts some = {.exceptions = 3, .lists = 1};

	begin();
	status.arrived = 1;
	duty_start(&duty, &status);
	counted(&some);
	return show(c);
}

static const struct screens_state states[] = {
	{"busy", busy, true},
	{"quiet", quiet, true},
	{"counting", counting, false},
	{"failed", failed, false},
	{"large", large, false},
	{"left", left, false},
	{"arrived", arrived, false},
};

int main(void)
{
	return screens_run("duty", states, COUNT_OF(states));
}
