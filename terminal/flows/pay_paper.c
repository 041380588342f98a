/* How the paper of a payment is doing, in words: what pay.h promises of it. */
#include "core/tr.h"
#include "terminal/flows/err_text.h"
#include "terminal/flows/pay.h"

void pay_paper_text(const struct pay *p, struct notice *state,
	struct notice *cure)
{
	notice_clear(state);
	notice_clear(cure);
	switch (p->paper.state) {
	case PRINT_NONE:
		notice_say(state, NOTICE_WARN, "%s", tr("NO RECEIPT PRINTED"));
		notice_say(cure, NOTICE_NOTE,
			tr("No printer is set up. Write the "
			   "receipt by hand with the number %s."),
			p->payout.code);
		break;
	case PRINT_PRINTING:
		notice_say(state, NOTICE_NOTE, "%s",
			tr("The receipt is being printed"));
		break;
	case PRINT_PRINTED:
		notice_say(state, NOTICE_NOTE, "%s",
			tr("The receipt is printed"));
		break;
	case PRINT_UNKNOWN:
		notice_say(state, NOTICE_WARN, "%s",
			tr("NOBODY KNOWS WHETHER THE RECEIPT WAS PRINTED"));
		notice_say(cure, NOTICE_NOTE, "%s",
			tr("Look at the paper. If it is not whole, print it "
			   "again. The payment stands."));
		break;
	case PRINT_FAILED:
		notice_say(state, NOTICE_WARN, "%s",
			tr("THE RECEIPT IS NOT PRINTED TO THE END"));
		notice_say(cure, NOTICE_NOTE, "%s",
			p->paper.no_paper
				? tr("Put in a new roll of paper and print it "
				     "again. The payment stands.")
				: err_text(p->paper.code, ERR_WHILE_PRINTING));
		break;
	}
}
