/* A list from a stick: the files, one that is looked at, what it corrects. */
#include "support/unit.h"

#include <string.h>

#include "core/str.h"
#include "support/feed.h"
#include "support/sample.h"
#include "support/screens.h"
#include "terminal/ui/intake_view.h"

static struct screens_keys show(const struct intake *i, struct canvas *c)
{
	struct screens_keys keys;

	intake_view(i, sample_info(), c);
	keys.b = intake_bindings(i, &keys.count);
	return keys;
}

/* F files, N none, L a list, C one that corrects, B a bad one, T taken,
 * A here already, X stopped. */
static const struct event *answer(char what)
{
	static const char *const names[] = {"usb/danh-sach-thang-12.xlsx",
		"usb/danh-sach-thang-12-sua-lan-thu-hai-cua-xa-cam-khe.csv",
		"usb/cu/danh-sach-thang-11.csv"};
	struct event *ev;

	if (what == 'X')
		return feed_failed(ERR_BUSY);
	ev = feed_answer(EV_INTAKE);
	if (what == 'F' || what == 'N') {
		str_copy(ev->intake.folder, sizeof(ev->intake.folder),
			"/media");
		ev->intake.files = what == 'F' ? 3 : 0;
		for (int i = 0; i < ev->intake.files; i++) {
			str_copy(ev->intake.file[i].name,
				sizeof(ev->intake.file[i].name), names[i]);
			ev->intake.file[i].t = SAMPLE_NOW - 86400000 * i;
		}
		return ev;
	}
	ev->intake.rows = 206;
	ev->intake.fresh = what == 'A' ? 0 : 6;
	ev->intake.same = what == 'A' ? 206 : 200;
	ev->intake.sum = 128500000;
	ev->intake.period = 202612;
	ev->intake.again = what == 'A';
	ev->intake.taken = what == 'T';
	ev->intake.fixed[LIST_CHANGED] = 4;
	ev->intake.fixed[LIST_KEPT] = 2;
	ev->intake.more_due = 600000;
	if (what == 'B') {
		ev->intake.errors = 12;
		ev->intake.troubles = 1;
		ev->intake.trouble[0] = (struct paylist_error){.row = 17,
			.column = COL_NAME,
			.trouble = (enum paylist_trouble)1};
	}
	return ev;
}

static struct intake *press(const char *keys)
{
	static struct intake i;

	memset(&i, 0, sizeof(i));
	intake_start(&i);
	for (; *keys; keys++)
		intake_handle(&i, strchr("FNLCBTAX", *keys) ? answer(*keys)
				  : *keys == 'E'            ? feed_key(K_ACCEPT)
							    : feed_key(*keys));
	return &i;
}

#define STATE(name, keys)                                 \
	static struct screens_keys name(struct canvas *c) \
	{                                                 \
		return show(press(keys), c);              \
	}
STATE(files, "F")
STATE(none, "N")
STATE(folder, "F9")
STATE(shown, "F1L")
STATE(again, "F1A")
STATE(bad, "F2B")
STATE(corrects, "F2B21")
STATE(corrected, "F2B21EC")
STATE(taken, "F2B21EC1T")
STATE(stopped, "F1X")

int main(void)
{
	static const struct screens_state states[] = {
		{"files", files, true},
		{"none", none, false},
		{"folder", folder, false},
		{"shown", shown, false},
		{"again", again, false},
		{"bad", bad, false},
		{"corrects", corrects, false},
		{"corrected", corrected, false},
		{"taken", taken, false},
		{"stopped", stopped, false},
	};

	return screens_run("intake", states,
		sizeof(states) / sizeof(states[0]));
}
