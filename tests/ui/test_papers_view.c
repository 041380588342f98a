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

static struct papers *press(const char *keys)
{
	static struct papers p;

	memset(&p, 0, sizeof(p));
	papers_start(&p);
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
	};
	int failed;

	grid = samplepaper(20);
	failed = screens_run("papers", states,
		sizeof(states) / sizeof(states[0]));
	paper_grid_free(grid);
	return failed;
}
