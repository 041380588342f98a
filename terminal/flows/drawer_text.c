/* What the drawer says of its Z slip's paper, and of a difference. */
#include <stdlib.h>

#include "core/buf.h"
#include "core/money.h"
#include "core/tr.h"
#include "terminal/flows/drawer.h"

void drawer_paper_text(const struct drawer *d, struct notice *state,
	struct notice *cure)
{
	notice_clear(state);
	notice_clear(cure);
	switch (d->paper.state) {
	case PRINT_NONE:
		notice_say(state, NOTICE_WARN, "%s",
			tr("THE Z SLIP IS NOT PRINTED"));
		notice_say(cure, NOTICE_NOTE, "%s",
			tr("The shift is closed all the same. Print the slip"
			   " later, before the next shift opens."));
		break;
	case PRINT_PRINTING:
		notice_say(state, NOTICE_NOTE, "%s",
			tr("The Z slip is being printed"));
		break;
	case PRINT_PRINTED:
		notice_say(state, NOTICE_NOTE, "%s",
			tr("The Z slip is printed: keep it, the next shift"
			   " asks for it."));
		break;
	case PRINT_UNKNOWN:
	case PRINT_FAILED:
		notice_say(state, NOTICE_WARN, "%s",
			tr("THE Z SLIP IS NOT PRINTED TO THE END"));
		pay_paper_cure(&d->paper, tr("The shift is closed."), cure);
		break;
	}
}

const char *drawer_differs_text(const struct shift_slip *z,
	char out[DRAWER_DIFFERS_SIZE])
{
	char money[MONEY_TEXT_SIZE];
	struct buf b;

	buf_init(&b, out, DRAWER_DIFFERS_SIZE);
	for (int i = 0; i < NOTES_KINDS; i++) {
		const int n = z->differs.pieces[i];

		if (n == 0)
			continue;
		if (buf_text(&b)[0])
			buf_printf(&b, ", ");
		buf_printf(&b,
			n < 0 ? tr("%d notes of %s too few")
			      : tr("%d notes of %s too many"),
			abs(n), money_format(notes_denomination[i], money));
	}
	return buf_text(&b);
}

const char *drawer_reason_text(enum shift_reason reason)
{
	switch (reason) {
	case SHIFT_REASON_NONE:
		return "";
	case SHIFT_REASON_MISCOUNT:
		return tr("Counted wrongly during the shift");
	case SHIFT_REASON_UNKNOWN:
		return tr("The cause is not known");
	case SHIFT_REASON_CHANGE:
		return tr("Small change could not be given");
	case SHIFT_REASON_OTHER:
		return tr("Another cause");
	}
	return "";
}
