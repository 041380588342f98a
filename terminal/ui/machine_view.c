#include "terminal/ui/machine_view.h"

#include "core/tr.h"
#include "terminal/ui/parts.h"

static void test(struct sheet *s, const struct binding *b, size_t count)
{
	sheet_space(s);
	sheet_text(s, RANK_MUST, STYLE_NORMAL,
		tr("The printer prints numbered samples with all letters that"
		   " have marks. Look which came out right."));
	sheet_sign(s, RANK_USEFUL, SIGN_NOTE, tr("About 25 cm of paper."));
	sheet_space(s);
	parts_choices(s, b, count);
}

static void choose(struct sheet *s, const struct machine *m)
{
	sheet_text(s, RANK_MUST, STYLE_TITLE,
		tr("Which numbers came out right?"));
	sheet_text(s, RANK_NICE, STYLE_NORMAL,
		tr("Every letter must be right, and of 8 and 9 the line must"
		   " reach from edge to edge."));
	for (int n = 1; n <= MACHINE_BLOCKS; n++)
		sheet_print(s, RANK_MUST,
			m->right[n] ? STYLE_TITLE : STYLE_NORMAL, "%d %s %s", n,
			m->right[n] ? "[x]" : "[ ]", machine_block(n));
}

static void reason(struct sheet *s, const struct binding *b, size_t count)
{
	sheet_space(s);
	sheet_text(s, RANK_MUST, STYLE_TITLE,
		tr("Why is the cash drawer opened without a payment?"));
	sheet_sign(s, RANK_USEFUL, SIGN_NOTE,
		tr("It is recorded with your name before it opens."));
	sheet_space(s);
	parts_choices(s, b, count);
}

void machine_view(const struct machine *m, const struct frame_info *info,
	struct canvas *c)
{
	struct frame frame = {.title = m->step < MACHINE_REASON
					       ? tr("PRINTER TEST")
					       : tr("CASH DRAWER"),
		.notice = &m->notice};
	struct sheet s;

	sheet_init(&s, c);
	frame.binding = machine_bindings(m->step, &frame.bindings);
	frame.choices_in_body =
		m->step == MACHINE_TEST || m->step == MACHINE_REASON;
	switch (m->step) {
	case MACHINE_TEST:
		test(&s, frame.binding, frame.bindings);
		break;
	case MACHINE_PRINTING:
		parts_waiting(&s, tr("The test page is being printed..."));
		break;
	case MACHINE_CHOOSE:
		choose(&s, m);
		break;
	case MACHINE_REASON:
		reason(&s, frame.binding, frame.bindings);
		break;
	case MACHINE_OPENING:
		parts_waiting(&s, tr("The drawer is being opened..."));
		break;
	case MACHINE_KEEPING:
	case MACHINE_NOTING:
		parts_waiting(&s, tr("One moment..."));
		break;
	case MACHINE_STEP_COUNT:
		break;
	}
	frame_show(c, info, &frame, &s);
}
