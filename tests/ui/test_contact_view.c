/* How far the centre has it, on the screen: each trouble as it is said. */
#include "support/unit.h"

#include <string.h>

#include "support/feed.h"
#include "support/sample.h"
#include "support/screens.h"
#include "terminal/ui/contact_view.h"

static struct contact contact;
static struct status status;

enum {
	MINUTE = 60 * 1000
};

static void begin(enum upload_trouble t, int64_t minutes_ago)
{
	status = *sample_status();
	status.has_centre = true;
	status.upload = t;
	status.contact_at = SAMPLE_NOW - minutes_ago * MINUTE;
	status.link = t == UPLOAD_NO_NETWORK ? LINK_DOWN : LINK_UP;
}

static struct screens_keys show(struct canvas *c)
{
	struct frame_info info = *sample_info();
	struct screens_keys keys;

	/* What the sample is in trouble with stays. */
	status.paper_trouble = info.status->paper_trouble;
	status.clock_unsure = info.status->clock_unsure;
	status.disk_low = info.status->disk_low;
	status.drawer_open = info.status->drawer_open;
	info.status = &status;
	contact_view(&contact, &info, c);
	keys.b = contact_bindings(contact.step, &keys.count);
	return keys;
}

static struct screens_keys all_sent(struct canvas *c)
{
	begin(UPLOAD_FINE, 2);
	status.made = 413;
	status.sent = status.acked = 412;
	status.acks = 1;
	contact_start(&contact, &status);
	return show(c);
}

static struct screens_keys waiting(struct canvas *c)
{
	begin(UPLOAD_FINE, 3);
	contact_start(&contact, &status);
	contact_handle(&contact, feed_key('1'));
	return show(c);
}

static struct screens_keys no_network(struct canvas *c)
{
	begin(UPLOAD_NO_NETWORK, 200);
	contact_start(&contact, &status);
	return show(c);
}

static struct screens_keys not_ours(struct canvas *c)
{
	begin(UPLOAD_NOT_OURS, 3 * 24 * 60);
	contact_start(&contact, &status);
	return show(c);
}

static struct screens_keys by_clock(struct canvas *c)
{
	begin(UPLOAD_CLOCK, 3 * 24 * 60);
	contact_start(&contact, &status);
	return show(c);
}

static struct screens_keys rolled_back(struct canvas *c)
{
	begin(UPLOAD_ROLLED_BACK, 5);
	contact_start(&contact, &status);
	return show(c);
}

static struct screens_keys fork(struct canvas *c)
{
	begin(UPLOAD_FORKED, 5);
	contact_start(&contact, &status);
	return show(c);
}

static struct screens_keys refused(struct canvas *c)
{
	begin(UPLOAD_REFUSED, 5);
	contact_start(&contact, &status);
	return show(c);
}

static struct screens_keys no_centre(struct canvas *c)
{
	begin(UPLOAD_FINE, 0);
	status.has_centre = false;
	status.link = LINK_NONE;
	contact_start(&contact, &status);
	return show(c);
}

static const struct screens_state states[] = {
	{"all_sent", all_sent, false},
	{"waiting", waiting, false},
	{"no_network", no_network, false},
	{"not_ours", not_ours, false},
	{"clock", by_clock, false},
	{"rolled_back", rolled_back, false},
	{"fork", fork, false},
	{"refused", refused, false},
	{"no_centre", no_centre, false},
};

int main(void)
{
	return screens_run("contact", states, COUNT_OF(states));
}
