/* The papers of the month: choosing, the table at every size, its files. */
#include "support/unit.h"

#include <string.h>

#include "core/str.h"
#include "support/feed.h"
#include "support/sample.h"
#include "support/samplepaper.h"
#include "support/screens.h"
#include "terminal/ui/papers_view.h"

static struct paper_grid *grid;

static struct screens_keys show(const struct papers *p, struct canvas *c)
{
	struct screens_keys keys;

	papers_view(p, sample_info(), c);
	keys.b = papers_bindings(p->step, &keys.count);
	return keys;
}

static struct event *study(const struct papers *p, enum study_state state)
{
	struct event *ev = feed_answer(EV_STUDY);

	ev->study.number = p->number;
	ev->study.state = state;
	ev->study.grid = grid;
	ev->study.period = 202612;
	return ev;
}

/* Real ones, and one of no list of communes. */
static struct event *units(const struct papers *p, int count)
{
	static const char *const codes[] = {"08218", "08230", "08341", "X-1",
		"08416", "08431", "08434"};
	static struct units_here all;
	struct event *ev = study(p, STUDY_DONE);

	all = (struct units_here){.count = count};
	for (int i = 0; i < count; i++) {
		str_copy(all.unit[i].code, sizeof(all.unit[i].code), codes[i]);
		all.unit[i].people = 1234 / (i + 1);
	}
	ev->study.units = &all;
	return ev;
}

static struct papers *press(const char *keys)
{
	static struct papers p;

	memset(&p, 0, sizeof(p));
	papers_start(&p);
	/* 'C': they are not counted yet, 'U': two, 'V': seven. */
	if (*keys != 'C')
		papers_handle(&p, units(&p, *keys == 'U'   ? 2
					    : *keys == 'V' ? 7
							   : 1));
	keys += *keys == 'C' || *keys == 'U' || *keys == 'V';
	for (; *keys; keys++) {
		struct event *ev;

		if (*keys == 'D') {
			papers_handle(&p, study(&p, STUDY_DONE));
		} else if (*keys == 'P') {
			ev = feed_answer(EV_COPY_PLACE);
			str_copy(ev->path, sizeof(ev->path),
				"/media/usb/danh-sach-chi-tra-2026-12");
			papers_handle(&p, ev);
		} else if (*keys == 'W' || *keys == 'N') {
			ev = study(&p, STUDY_DONE);
			ev->study.sent = 12;
			ev->study.files = *keys == 'W' ? 3 : 2;
			ev->study.no_pdf = *keys == 'N';
			papers_handle(&p, ev);
		} else if (*keys == 'F') {
			ev = study(&p, STUDY_FAILED);
			ev->study.code = ERR_GONE;
			papers_handle(&p, ev);
		} else if (*keys == 'R') {
			ev = study(&p, STUDY_RUNS);
			ev->study.done = 450;
			ev->study.all = 1000;
			papers_handle(&p, ev);
		} else {
			papers_handle(&p,
				feed_key(*keys == '\n' ? K_ACCEPT : *keys));
		}
	}
	return &p;
}

#define STATE(name, keys)                                 \
	static struct screens_keys name(struct canvas *c) \
	{                                                 \
		return show(press(keys), c);              \
	}
STATE(choose, "")
STATE(month, "1122026")
STATE(day, "805122026")
STATE(no_day, "831022026\n")
STATE(no_month, "1132026\n")
STATE(making, "3\nR")
STATE(table, "3\nD")
STATE(table_right, "3\nD866")
STATE(table_end, "3\nD.....")
STATE(row, "3\nD88\n")
STATE(path, "3\nD1P")
STATE(not_written, "3\nD1P\nF")
STATE(writing, "3\nD1P\n")
STATE(written, "3\nD1P\nW")
STATE(bank_path, "9D1P")
STATE(bank_sent, "9D1P\nW")
STATE(no_pdf, "3\nD1P\nN")
STATE(counting, "C3")
STATE(unit, "U3")
STATE(unit_again, "U32\nF4")
STATE(units_many, "V3")
STATE(units_last, "V3.2\nF1")
STATE(unit_month, "U32")
STATE(unit_table, "U32\nD")

int main(void)
{
	static const struct screens_state states[] = {
		{"choose", choose, false},
		{"month", month, false},
		{"day", day, false},
		{"no_day", no_day, false},
		{"no_month", no_month, false},
		{"making", making, false},
		{"table", table, true},
		{"table_right", table_right, false},
		{"table_end", table_end, false},
		{"row", row, false},
		{"path", path, false},
		{"not_written", not_written, false},
		{"writing", writing, false},
		{"written", written, false},
		{"bank_path", bank_path, false},
		{"bank_sent", bank_sent, false},
		{"no_pdf", no_pdf, false},
		{"counting", counting, false},
		{"unit", unit, false},
		{"unit_again", unit_again, true},
		{"units_many", units_many, false},
		{"units_last", units_last, false},
		{"unit_month", unit_month, false},
		{"unit_table", unit_table, false},
	};
	int failed;

	grid = samplepaper(20);
	failed = screens_run("papers", states,
		sizeof(states) / sizeof(states[0]));
	paper_grid_free(grid);
	return failed;
}
