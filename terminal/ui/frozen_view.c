#include "terminal/ui/frozen_view.h"

#include "core/tr.h"
#include "terminal/ui/parts.h"

static void lost(struct sheet *s)
{
	sheet_text(s, RANK_MUST, STYLE_NORMAL,
		tr("Records are missing in the book of this terminal: one of"
		   " its papers, or the centre, has them."));
	sheet_text(s, RANK_NICE, STYLE_NORMAL,
		tr("The end of the book was lost, or an old copy of the disk"
		   " was put back."));
	sheet_space(s);
	sheet_sign(s, RANK_MUST, SIGN_STOP,
		tr("Keep the paper that was scanned and all receipts. Call"
		   " the supervisor."));
	sheet_sign(s, RANK_USEFUL, SIGN_NOTE,
		tr("Send the people to another terminal. Close the drawer only"
		   " when the supervisor says so."));
	sheet_sign(s, RANK_USEFUL, SIGN_NOTE,
		tr("Supervisor: end the program. chitra centre tail brings"
		   " them back from the centre; if it cannot, compare receipts"
		   " and cash, then chitra retire."));
}

static void moved(struct sheet *s, const struct frame_info *info,
	const struct binding *b, size_t count)
{
	sheet_text(s, RANK_MUST, STYLE_NORMAL,
		tr("This book belongs to another machine or another system."));
	sheet_text(s, RANK_NICE, STYLE_NORMAL,
		tr("Somebody copied it here, or the system was installed"
		   " anew. Two machines with one book would pay twice."));
	sheet_space(s);
	sheet_sign(s, RANK_MUST, SIGN_STOP,
		tr("Call a supervisor to sign in here. Until then look, but"
		   " do not pay."));
	sheet_space(s);
	parts_choices_for(s, info, b, count);
}

static void sure(struct sheet *s, const struct binding *b, size_t count)
{
	sheet_text(s, RANK_MUST, STYLE_NORMAL,
		tr("Is this the same terminal, on a new system? Is the old"
		   " one switched off for good?"));
	sheet_space(s);
	sheet_sign(s, RANK_MUST, SIGN_WARNING,
		tr("It is recorded with your name. If both machines pay, the"
		   " centre sees it."));
	sheet_space(s);
	parts_choices(s, b, count);
}

static void paper(struct sheet *s)
{
	sheet_text(s, RANK_MUST, STYLE_TITLE,
		tr("Scan the last paper of this terminal."));
	sheet_space(s);
	sheet_text(s, RANK_MUST, STYLE_NORMAL,
		tr("The Z slip of the last shift, or a receipt printed after"
		   " it: one that was printed on the old machine."));
	sheet_sign(s, RANK_USEFUL, SIGN_NOTE,
		tr("If the book lacks that paper, it is an old copy: nothing"
		   " is paid from it."));
}

void frozen_view(const struct frozen *frozen, const struct frame_info *info,
	struct canvas *c)
{
	struct frame frame = {.title = tr("STOPPED"),
		.notice = &frozen->notice};
	struct sheet s;

	sheet_init(&s, c);
	frame.binding = frozen_bindings(frozen->step, &frame.bindings);
	frame.choices_in_body =
		frozen->step == FROZEN_MOVED || frozen->step == FROZEN_SURE;
	parts_banner(&s, tr("NOTHING MAY BE PAID ON THIS TERMINAL"));
	switch (frozen->step) {
	case FROZEN_LOST:
		lost(&s);
		break;
	case FROZEN_MOVED:
		moved(&s, info, frame.binding, frame.bindings);
		break;
	case FROZEN_SURE:
		sure(&s, frame.binding, frame.bindings);
		break;
	case FROZEN_PAPER:
		paper(&s);
		break;
	case FROZEN_ASKING:
	case FROZEN_STEP_COUNT:
		parts_waiting(&s, tr("The book is being asked"));
		break;
	}
	frame_show(c, info, &frame, &s);
}
