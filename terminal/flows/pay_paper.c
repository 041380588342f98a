/* How the paper of a payment is doing, in words: what pay.h promises of it. */
#include "core/str.h"
#include "core/tr.h"
#include "terminal/flows/err_text.h"
#include "terminal/flows/pay.h"

struct pay_paper pay_paper_of(const struct event *ev)
{
	struct pay_paper p = {.state = ev->print.state,
		.code = ev->print.code,
		.no_printer = ev->print.no_printer,
		.several = ev->print.several,
		.trouble = ev->print.trouble,
		.low = ev->print.low,
		.copy = ev->print.copy};

	str_copy(p.holder, sizeof(p.holder), ev->print.holder);
	str_copy(p.rule, sizeof(p.rule), ev->print.rule);
	return p;
}

static const char *cure_of(enum paper_trouble trouble)
{
	switch (trouble) {
	case PAPER_FINE:
		break;
	case PAPER_OUT:
		return tr("Put in a new roll of paper and print it again.");
	case PAPER_COVER:
		return tr("Close the cover of the printer and print it again.");
	case PAPER_BROKEN:
		return tr("Cutter stuck: switch the printer off, free it, "
			  "then print again.");
	case PAPER_HOT:
		return tr("The printer is too hot: wait some minutes, then "
			  "print it again.");
	case PAPER_OFFLINE:
		return tr("The printer is off line: press its key, or switch "
			  "it off and on, then print it again.");
	}
	return NULL;
}

/* In front of what is to be looked at; with a blank behind it, or "". */
static const char *cause_of(enum paper_trouble trouble)
{
	switch (trouble) {
	case PAPER_FINE:
		break;
	case PAPER_OUT:
		return tr("The paper ran out. ");
	case PAPER_COVER:
		return tr("The cover was opened. ");
	case PAPER_BROKEN:
		return tr("The cutter is stuck. ");
	case PAPER_HOT:
		return tr("The printer got too hot. ");
	case PAPER_OFFLINE:
		return tr("The printer went off line. ");
	}
	return "";
}

void pay_paper_cure(const struct pay_paper *paper, const char *afterwards,
	struct notice *cure)
{
	const char *said = cure_of(paper->trouble);

	if (said)
		notice_say(cure, NOTICE_NOTE, "%s%s%s", said,
			afterwards[0] ? " " : "", afterwards);
	else if (paper->code == ERR_BUSY && paper->holder[0])
		notice_say(cure, NOTICE_NOTE,
			tr("%s holds the printer. Close it, then print "
			   "again."),
			paper->holder);
	else
		notice_say(cure, NOTICE_NOTE, "%s",
			err_text(paper->code, ERR_WHILE_PRINTING));
}

void pay_paper_text(const struct pay *p, struct notice *state,
	struct notice *cure)
{
	notice_clear(state);
	notice_clear(cure);
	switch (p->paper.state) {
	case PRINT_NONE:
		notice_say(state, NOTICE_WARN, "%s", tr("NO RECEIPT PRINTED"));
		notice_say(cure, NOTICE_NOTE,
			p->paper.several
				? tr("Several printers are plugged in, and "
				     "none is named in chitra.ini. Write the "
				     "receipt by hand with the number %s.")
				: tr("No printer is set up. Write the "
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
		if (p->paper.low)
			notice_say(cure, NOTICE_NOTE, "%s",
				tr("The roll of paper is nearly used up: have "
				   "a new one ready."));
		break;
	case PRINT_UNKNOWN:
		notice_say(state, NOTICE_WARN, "%s",
			tr("THE RECEIPT MAY BE PRINTED, OR NOT"));
		notice_say(cure, NOTICE_NOTE, "%s%s",
			cause_of(p->paper.trouble),
			tr("Look at the paper. If it is not whole, print it "
			   "again."));
		break;
	case PRINT_FAILED:
		notice_say(state, NOTICE_WARN, "%s",
			tr("THE RECEIPT IS NOT PRINTED TO THE END"));
		pay_paper_cure(&p->paper, "", cure);
		break;
	}
}
