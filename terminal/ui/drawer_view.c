#include "terminal/ui/drawer_view.h"

#include <stdio.h>

#include "core/money.h"
#include "core/tr.h"
#include "core/utf8.h"
#include "terminal/ui/layout.h"
#include "terminal/ui/note_table_view.h"
#include "terminal/ui/parts.h"
#include "terminal/ui/qr_view.h"

static const char *title(enum drawer_task task)
{
	switch (task) {
	case DRAWER_OPEN:
		return tr("OPEN THE SHIFT");
	case DRAWER_TOP_UP:
		return tr("CASH IN");
	case DRAWER_DROP:
		return tr("CASH TO THE SAFE");
	case DRAWER_CLOSE:
		return tr("CLOSE THE SHIFT");
	}
	return "";
}

static const char *headline(enum drawer_task task)
{
	switch (task) {
	case DRAWER_OPEN:
		return tr("Count the float: how many pieces of each note?");
	case DRAWER_TOP_UP:
		return tr("How many pieces of each note come in?");
	case DRAWER_DROP:
		return tr("How many pieces of each note go to the safe?");
	case DRAWER_CLOSE:
		return tr("Count all the cash in the drawer.");
	}
	return "";
}

/* Whose drawer it is, where that is not who counts it. */
static void whose(struct sheet *s, const struct drawer *d)
{
	if (d->task == DRAWER_CLOSE && d->before.left != SHIFT_LEFT_NOT)
		parts_fact(s, RANK_MUST, tr("Drawer of"), d->before.actor_name);
}

static void body_notes(struct sheet *s, const struct drawer *d)
{
	sheet_text(s, RANK_USEFUL, STYLE_TITLE, headline(d->task));
	whose(s, d);
	sheet_space(s);
	note_table_view(s, &d->table);
	sheet_space(s);
	parts_sum(s, tr("Together"), note_table_sum(&d->table));
}

/* The notes once more, only those that there are. */
static void body_sure(struct sheet *s, const struct drawer *d)
{
	sheet_text(s, RANK_MUST, STYLE_TITLE, tr("Is this right?"));
	sheet_space(s);
	sheet_amount(s, d->sum);
	sheet_space(s);
	for (int i = 0; i < NOTES_KINDS; i++) {
		char money[MONEY_TEXT_SIZE];
		char text[64];

		if (d->notes.pieces[i] == 0)
			continue;
		snprintf(text, sizeof(text), "%s x %d",
			money_format(notes_denomination[i], money),
			(int)d->notes.pieces[i]);
		sheet_money(s, RANK_USEFUL, text,
			notes_denomination[i] * d->notes.pieces[i]);
	}
}

static void body_reason(struct sheet *s, const struct drawer *d,
	const struct frame *frame)
{
	parts_banner(s, tr("THE COUNT IS NOT WHAT THE BOOK SAYS"));
	parts_sum(s, tr("Cash counted"), d->sum);
	sheet_text(s, RANK_MUST, STYLE_NORMAL, tr("Count again, or say why:"));
	sheet_space(s);
	parts_choices(s, frame->binding, frame->bindings);
}

static void body_slip(struct sheet *s, const struct drawer *d)
{
	const struct shift_slip *z = &d->slip;
	char date[DATE_TEXT_SIZE];
	char differs[DRAWER_DIFFERS_SIZE];
	struct states at;

	sheet_print(s, RANK_MUST, STYLE_TITLE, tr("Shift %lld is closed, %s"),
		(long long)z->shift.number, date_time_vi(z->t, date));
	sheet_space(s);
	parts_sum(s, tr("Cash brought in"), z->shift.float_in);
	parts_sum(s, tr("Taken to the safe"), z->shift.float_out);
	parts_sum(s, tr("Paid out"), z->shift.paid);
	parts_sum(s, tr("In the book"), z->shift.expected);
	parts_sum(s, tr("Cash counted"), z->counted);
	sheet_space(s);
	if (z->difference == 0) {
		at = sheet_states(s);
		sheet_state(s, &at, STYLE_STATE, tr("IT AGREES"));
	} else {
		parts_sum(s,
			z->difference > 0 ? tr("Too much") : tr("Too little"),
			z->difference > 0 ? z->difference : -z->difference);
		sheet_text(s, RANK_USEFUL, STYLE_NORMAL,
			drawer_differs_text(z, differs));
	}
	if (z->stand_in > 0)
		parts_fact(s, RANK_MUST, tr("Closed for the agent by"),
			z->stand_in_name);
	if (z->signs > 0) {
		char text[128];

		snprintf(text, sizeof(text),
			tr("For the supervisor to look at: %lld"),
			(long long)z->signs);
		sheet_sign(s, RANK_NICE, SIGN_NOTE, text);
	}
	if (z->code[0])
		parts_fact(s, RANK_NICE, tr("Code of the slip"), z->code);
}

static void slip_paper(struct sheet *s, const struct drawer *d)
{
	static const enum sign signs[] = {
		[NOTICE_NOTE] = SIGN_NOTE,
		[NOTICE_WARN] = SIGN_WARNING,
		[NOTICE_STOP] = SIGN_STOP,
	};
	struct notice state = {.text = ""};
	struct notice cure = {.text = ""};

	drawer_paper_text(d, &state, &cure);
	sheet_space(s);
	sheet_sign(s, RANK_MUST, signs[state.level], state.text);
	if (cure.text[0])
		sheet_sign(s, RANK_USEFUL, signs[cure.level], cure.text);
}

static void body_last_slip(struct sheet *s, const struct drawer *d)
{
	sheet_print(s, RANK_MUST, STYLE_TITLE,
		tr("Scan the Z slip of shift %lld"), (long long)d->last_closed);
	sheet_space(s);
	sheet_text(s, RANK_USEFUL, STYLE_NORMAL,
		tr("It shows that nothing is missing at the end of the book."));
	sheet_space(s);
	if (d->step == DRAWER_COMPARING)
		parts_waiting(s, tr("Looking in the book..."));
	else
		sheet_sign(s, RANK_USEFUL, SIGN_NOTE,
			tr("No slip at hand: key 1 opens without it, and that"
			   " stays in the book."));
}

static void draw_body(struct sheet *s, const struct drawer *d,
	const struct frame *frame)
{
	switch (d->step) {
	case DRAWER_LAST_SLIP:
	case DRAWER_COMPARING:
		body_last_slip(s, d);
		break;
	case DRAWER_NOTES:
		body_notes(s, d);
		break;
	case DRAWER_SURE:
		body_sure(s, d);
		break;
	case DRAWER_WORKING:
		sheet_amount(s, d->sum);
		parts_waiting(s, tr("Writing it into the book..."));
		break;
	case DRAWER_LOOKING:
		sheet_amount(s, d->sum);
		parts_waiting(s, tr("Looking in the book..."));
		break;
	case DRAWER_UNKNOWN:
		parts_banner(s, tr("NOT KNOWN WHETHER IT IS IN THE BOOK"));
		parts_sum(s, tr("Cash counted"), d->sum);
		sheet_text(s, RANK_MUST, STYLE_NORMAL,
			tr("Leave the cash as it is until that is clear."));
		break;
	case DRAWER_REASON:
		body_reason(s, d, frame);
		break;
	case DRAWER_SECOND:
		whose(s, d);
		parts_fact(s, RANK_USEFUL, tr("Reason"),
			drawer_reason_text(d->reason));
		sheet_space(s);
		parts_second(s, &d->second);
		break;
	case DRAWER_SLIP:
		body_slip(s, d);
		slip_paper(s, d);
		break;
	case DRAWER_STEP_COUNT:
		break;
	}
}

/* The cash that the book expects is never shown here: the count is blind. */
void drawer_view(const struct drawer *drawer, const struct frame_info *info,
	struct canvas *c)
{
	const struct notice *notice =
		drawer->step == DRAWER_SECOND && *drawer->second.notice.text
			? &drawer->second.notice
			: &drawer->notice;
	struct frame frame = {.title = title(drawer->task),
		.notice = notice,
		.choices_in_body = drawer->step == DRAWER_REASON};
	struct sheet s;

	if (drawer->step == DRAWER_SECOND && drawer->second.step == SECOND_QR) {
		qr_view_second(&drawer->second, info, c);
		return;
	}

	sheet_init(&s, c);
	frame.binding = drawer_bindings(drawer, &frame.bindings);
	draw_body(&s, drawer, &frame);
	frame_show(c, info, &frame, &s);
}
