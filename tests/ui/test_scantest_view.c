/* What a scanner sent, on the screen that shows it. */
#include "support/unit.h"

#include <string.h>

#include "support/feed.h"
#include "support/sample.h"
#include "support/screens.h"
#include "terminal/ui/scantest_view.h"

static struct screens_keys show(const struct scantest *t, struct canvas *c)
{
	struct screens_keys keys;

	scantest_view(t, sample_info(), c);
	keys.b = scantest_bindings(t->step, &keys.count);
	return keys;
}

static void scan(struct scantest *t, const char *bytes,
	const struct scanned *how)
{
	static struct event ev;

	memset(&ev, 0, sizeof(ev));
	ev.kind = EV_SCAN;
	ev.scan.len = strlen(bytes);
	memcpy(ev.scan.bytes, bytes, ev.scan.len);
	ev.scan.how = *how;
	scantest_handle(t, &ev);
}

static const struct scanned serial = {.by = SCANNED_BY_SERIAL,
	.end = SCANNED_END_CR,
	.aim = "]Q1",
	.device = "ttyACM0",
	.ms = 21,
	.pieces = 3,
	.longest = 9};
static const struct scanned keys = {.by = SCANNED_BY_KEYS,
	.end = SCANNED_END_NONE,
	.ms = 251,
	.pieces = 101,
	.longest = 4};

static struct screens_keys empty(struct canvas *c)
{
	static struct scantest t;

	scantest_init(&t);
	return show(&t, c);
}

static struct screens_keys whole(struct canvas *c)
{
	static struct scantest t;

	scantest_init(&t);
	scan(&t,
		"001145000112|012345678|Nguyễn Thị Thử|02091945|Nữ|"
		"Thôn Mẫu, Xã Ví Dụ, Thanh Oai, Hà Nội|15042021",
		&serial);
	return show(&t, c);
}

static struct screens_keys bytes(struct canvas *c)
{
	static struct scantest t;

	scantest_init(&t);
	scan(&t,
		"001145000112|012345678|Nguyễn Thị Thử|02091945|Nữ|Thôn Mẫu"
		"|15042021",
		&serial);
	scantest_handle(&t, feed_key('1'));
	return show(&t, c);
}

static struct screens_keys damaged(struct canvas *c)
{
	static struct scantest t;

	scantest_init(&t);
	scan(&t,
		"001145000112|012345678|Nguy?n Th? Th?|02091945|N?|"
		"Th?n M?u, X? V? D?, Thanh Oai, H? N?i|15042021",
		&keys);
	return show(&t, c);
}

static struct screens_keys unknown(struct canvas *c)
{
	static struct scantest t;

	scantest_init(&t);
	scan(&t, "8936036020038\x1b[2J", &serial);
	return show(&t, c);
}

static const struct screens_state states[] = {
	{"empty", empty, false},
	{"whole", whole, false},
	{"bytes", bytes, false},
	{"damaged", damaged, true},
	{"unknown", unknown, false},
};

int main(void)
{
	return screens_run("scantest", states, COUNT_OF(states));
}
