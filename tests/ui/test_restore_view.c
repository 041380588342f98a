/* Copies of the book on the screen. */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/str.h"
#include "support/feed.h"
#include "support/sample.h"
#include "support/screens.h"
#include "terminal/ui/restore_view.h"

static struct event *copies(enum copy_kin kin)
{
	struct event *ev = feed_answer(EV_COPIES);

	memset(&ev->copies, 0, sizeof(ev->copies));
	str_copy(ev->copies.folder, sizeof(ev->copies.folder), "/media/usb");
	ev->copies.count = 3;
	for (int i = 0; i < 3; i++) {
		struct copy_row *row = &ev->copies.row[i];

		snprintf(row->name, sizeof(row->name),
			"chitra-b7f2c1-202612%02d-1702.db", 5 - i);
		row->seen = (struct copy_seen){.bytes = 12345678,
			.last_seq = (uint64_t)(12400 - 800 * i),
			.here = 12412,
			.t = SAMPLE_NOW - INT64_C(86400000) * i,
			.kin = i ? COPY_BEHIND : kin};
		if (kin == COPY_AHEAD)
			row->seen.here = 12300;
		str_copy(row->seen.dev_hex, sizeof(row->seen.dev_hex),
			"b7f2c1a0a1a2a3a4a5a6a7a8a9aaabac");
	}
	return ev;
}

/* C copies; A one that is longer than the book; others as in the flow. */
static struct screens_keys after(const char *script, struct canvas *c)
{
	static struct restore r;
	struct screens_keys keys;
	struct event *ev;

	restore_start(&r);
	for (; *script; script++)
		switch (*script) {
		case 'C':
			restore_handle(&r, copies(COPY_BEHIND));
			break;
		case 'A':
			restore_handle(&r, copies(COPY_AHEAD));
			break;
		case 'N':
			ev = copies(COPY_BEHIND);
			ev->copies.count = 0;
			restore_handle(&r, ev);
			break;
		case 'K':
			restore_handle(&r, feed_answer(EV_CONFIRMED));
			break;
		case 'B':
			restore_handle(&r, feed_failed(ERR_CORRUPT));
			break;
		case 'P':
			ev = feed_answer(EV_COPY_PLACE);
			str_copy(ev->path, sizeof(ev->path),
				"/var/lib/chitra/copy-b7f2c1-12400");
			restore_handle(&r, ev);
			break;
		default:
			restore_handle(&r, feed_key(*script));
		}
	restore_view(&r, sample_info(), c);
	keys.b = restore_bindings(r.step, &keys.count);
	return keys;
}

static struct screens_keys list(struct canvas *c)
{
	return after("C", c);
}

static struct screens_keys none(struct canvas *c)
{
	return after("N", c);
}

static struct screens_keys folder(struct canvas *c)
{
	return after("C9", c);
}

static struct screens_keys copy(struct canvas *c)
{
	return after("C1", c);
}

static struct screens_keys ahead(struct canvas *c)
{
	return after("A1", c);
}

static struct screens_keys checked(struct canvas *c)
{
	return after("C11K", c);
}

static struct screens_keys broken(struct canvas *c)
{
	return after("C11B", c);
}

static struct screens_keys done(struct canvas *c)
{
	return after("C11K2P", c);
}

static struct screens_keys asked(struct canvas *c)
{
	return after("", c);
}

static const struct screens_state states[] = {
	{"list", list, true},
	{"none", none, false},
	{"folder", folder, false},
	{"copy", copy, false},
	{"ahead", ahead, true},
	{"checked", checked, false},
	{"broken", broken, false},
	{"done", done, false},
	{"asked", asked, false},
};

int main(void)
{
	return screens_run("restore", states, COUNT_OF(states));
}
