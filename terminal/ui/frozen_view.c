#include "terminal/ui/frozen_view.h"

#include "core/tr.h"
#include "terminal/ui/parts.h"

void frozen_view(const struct frozen *frozen, const struct frame_info *info,
	struct canvas *c)
{
	struct frame frame = {.title = tr("STOPPED"),
		.notice = &frozen->notice};
	struct sheet s;

	sheet_init(&s, c);
	frame.binding = frozen_bindings(&frame.bindings);
	parts_banner(&s, tr("NOTHING MAY BE PAID ON THIS TERMINAL"));
	sheet_text(&s, RANK_MUST, STYLE_NORMAL,
		tr("A paper that this terminal signed is not in its book:"
		   " records are missing."));
	sheet_text(&s, RANK_NICE, STYLE_NORMAL,
		tr("The end of the book was lost, or an old copy of the disk"
		   " was put back."));
	sheet_space(&s);
	sheet_sign(&s, RANK_MUST, SIGN_STOP,
		tr("Keep the paper that was scanned and all receipts. Call"
		   " the supervisor."));
	sheet_sign(&s, RANK_USEFUL, SIGN_NOTE,
		tr("Send the people to another terminal. Count and close the"
		   " drawer."));
	sheet_sign(&s, RANK_NICE, SIGN_NOTE,
		tr("Supervisor: compare receipts and cash, then chitra"
		   " retire."));
	frame_show(c, info, &frame, &s);
}
