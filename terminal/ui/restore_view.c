#include "terminal/ui/restore_view.h"

#include <stdio.h>

#include "core/date.h"
#include "core/money.h"
#include "core/tr.h"
#include "terminal/flows/far_text.h"
#include "terminal/ui/parts.h"

enum {
	FIELD_COLS = 60,
	DEV_COLS = 6
};

static void list(struct sheet *s, const struct restore *r)
{
	char when[DATE_TEXT_SIZE];
	char number[MONEY_TEXT_SIZE];

	sheet_space(s);
	sheet_text(s, RANK_USEFUL, STYLE_NORMAL, r->found.folder);
	for (int i = 0; i < r->found.count; i++) {
		const struct copy_row *at = &r->found.row[i];
		const int line = sheet_line(s, RANK_MUST);
		const int col = canvas_print(&s->lines, line, s->margin,
			STYLE_KEY, "%d", i + 1);

		canvas_print(&s->lines, line, col + 1,
			at->seen.kin == COPY_AHEAD || at->seen.kin == COPY_FORK
				? STYLE_WARNING
				: STYLE_NORMAL,
			"%s  %.*s  %s", date_time_vi(at->seen.t, when),
			DEV_COLS, at->seen.dev_hex,
			money_format((int64_t)at->seen.last_seq, number));
	}
	if (r->found.count > 0)
		sheet_sign(s, RANK_NICE, SIGN_NOTE,
			tr("Its last record, the terminal, how many records."));
	else
		sheet_sign(s, RANK_MUST, SIGN_NOTE,
			tr("No copy of a book is in this folder."));
	if (r->found.more)
		sheet_sign(s, RANK_USEFUL, SIGN_NOTE,
			tr("These are the newest; there are others."));
}

static void folder(struct sheet *s, const struct restore *r)
{
	sheet_space(s);
	sheet_text(s, RANK_MUST, STYLE_TITLE, tr("In which folder?"));
	sheet_space(s);
	sheet_field(s, "", r->folder.text, FIELD_COLS, true);
	sheet_space(s);
	sheet_sign(s, RANK_USEFUL, SIGN_NOTE,
		tr("A stick that is plugged in is a folder below /media."));
}

static void facts(struct sheet *s, const struct restore *r)
{
	const struct copy_row *at = &r->found.row[r->chosen];
	char text[FAR_TEXT_SIZE];
	char when[DATE_TEXT_SIZE];

	sheet_space(s);
	sheet_text(s, RANK_USEFUL, STYLE_TITLE, at->name);
	parts_fact(s, RANK_MUST, tr("Last record"),
		date_time_vi(at->seen.t, when));
	parts_fact(s, RANK_MUST, tr("Records"),
		money_format((int64_t)at->seen.last_seq, text));
	parts_fact(s, RANK_NICE, tr("Terminal"), at->seen.dev_hex);
	far_amount_text((int64_t)at->seen.bytes, FAR_BYTES, text, sizeof(text));
	parts_fact(s, RANK_NICE, tr("Size"), text);
	sheet_space(s);
}

static void kin(struct sheet *s, const struct restore *r)
{
	const struct copy_seen *seen = &r->found.row[r->chosen].seen;
	const bool stop = seen->kin == COPY_AHEAD || seen->kin == COPY_FORK;
	char text[512];

	restore_kin_text(seen, text, sizeof(text));
	sheet_sign(s, RANK_MUST, stop ? SIGN_STOP : SIGN_NOTE, text);
}

static void checked(struct sheet *s, const struct restore *r)
{
	facts(s, r);
	sheet_text(s, RANK_MUST, STYLE_TITLE,
		tr("[WHOLE] Every record is chained and signed."));
	kin(s, r);
	sheet_sign(s, RANK_USEFUL, SIGN_NOTE,
		tr("It never takes the place of the book here: what was paid "
		   "since would be paid twice."));
}

static void done(struct sheet *s, const struct restore *r)
{
	sheet_space(s);
	sheet_text(s, RANK_MUST, STYLE_TITLE,
		tr("The copy is taken out, as evidence."));
	sheet_text(s, RANK_MUST, STYLE_NORMAL, r->dir);
	sheet_space(s);
	sheet_text(s, RANK_USEFUL, STYLE_NORMAL, tr("It is opened with:"));
	sheet_print(s, RANK_USEFUL, STYLE_NORMAL, "chitra --data %s", r->dir);
	sheet_sign(s, RANK_USEFUL, SIGN_NOTE,
		tr("Nobody signs in there, nobody is paid from it, and names "
		   "in it stay locked."));
}

void restore_view(const struct restore *r, const struct frame_info *info,
	struct canvas *c)
{
	struct frame frame = {.title = tr("COPIES OF THE BOOK"),
		.notice = &r->notice};
	struct sheet s;

	sheet_init(&s, c);
	frame.binding = restore_bindings(r->step, &frame.bindings);
	switch (r->step) {
	case RESTORE_LIST:
		list(&s, r);
		break;
	case RESTORE_FOLDER:
		folder(&s, r);
		break;
	case RESTORE_COPY:
		facts(&s, r);
		kin(&s, r);
		break;
	case RESTORE_CHECKED:
		checked(&s, r);
		break;
	case RESTORE_BROKEN:
		parts_banner(&s, tr("[DAMAGED]"));
		facts(&s, r);
		sheet_text(&s, RANK_MUST, STYLE_NORMAL,
			tr("This copy does not hold: use another one, and keep "
			   "this one for the technician."));
		break;
	case RESTORE_DONE:
		done(&s, r);
		break;
	default:
		parts_waiting(&s, tr("The copies are being looked at"));
	}
	frame_show(c, info, &frame, &s);
}
