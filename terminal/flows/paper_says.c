#include "terminal/flows/paper_says.h"

#include <stdio.h>
#include <string.h>

#include "core/str.h"
#include "core/tr.h"
#include "terminal/flows/proof_text.h"

static const struct {
	const char *code;
	const char *title;
	const char *text; /* NULL: made below */
} row[PAPER_SAYS_COUNT] = {
	[PAPER_SAYS_TRUE] = {"true", TR("TRUE RECEIPT"),
		TR("The book has this payment, and the QR code is its own. "
		   "Compare name and amount with what is printed.")},
	[PAPER_SAYS_IN_BOOK] = {"in_book", TR("SUCH A PAYMENT IS IN THE BOOK"),
		TR("A payment with this code is in the book. A typed code "
		   "proves no paper: compare every line, or scan the QR "
		   "code.")},
	[PAPER_SAYS_VOIDED] = {"voided", TR("CANCELLED RECEIPT"),
		TR("This payment was cancelled, its money came back. The paper "
		   "is worth nothing any more.")},
	[PAPER_SAYS_ALTERED] = {"altered", TR("ALTERED OR FORGED"),
		TR("The paper names a record of this terminal, but what it "
		   "says is not what was signed. Give no money, keep the "
		   "paper, call the supervisor.")},
	[PAPER_SAYS_UNPROVEN] = {"unproven", TR("NOT PROVEN"), NULL},
	[PAPER_SAYS_MISSING] = {"missing", TR("RECORDS ARE MISSING"), NULL},
	[PAPER_SAYS_FOREIGN] = {"foreign", TR("OF ANOTHER TERMINAL"),
		TR("Another terminal printed this receipt. Let it be looked "
		   "at there.")},
	[PAPER_SAYS_NOTHING] = {"unknown", TR("NO SUCH RECEIPT"),
		TR("No payment of this terminal has that code.")},
};

enum paper_says paper_says_of(enum payout_state state, bool scanned)
{
	if (state == PAYOUT_VOIDED)
		return PAPER_SAYS_VOIDED;
	return scanned ? PAPER_SAYS_TRUE : PAPER_SAYS_IN_BOOK;
}

enum paper_says paper_says_none(const struct proof_found *f)
{
	switch (f->proof) {
	case PROOF_FOREIGN:
		return PAPER_SAYS_FOREIGN;
	case PROOF_MISSING:
		return PAPER_SAYS_MISSING;
	case PROOF_UNPROVEN:
		return f->seq > 0 && f->seq <= f->last_seq
			       ? PAPER_SAYS_ALTERED
			       : PAPER_SAYS_UNPROVEN;
	case PROOF_NONE:
	case PROOF_AGREES:
		break;
	}
	return PAPER_SAYS_NOTHING;
}

const char *paper_says_code(enum paper_says p)
{
	return row[p].code;
}

const char *paper_says_title(enum paper_says p)
{
	return tr(row[p].title);
}

const char *paper_says_text(enum paper_says p, int copies,
	const struct proof_found *f, char out[PAPER_SAYS_SIZE])
{
	size_t len;

	if (row[p].text)
		str_copy(out, PAPER_SAYS_SIZE, tr(row[p].text));
	else if (f)
		proof_text(f, out, PAPER_SAYS_SIZE);
	else
		out[0] = '\0';
	len = strlen(out);
	if (copies > 0 && !f)
		snprintf(out + len, PAPER_SAYS_SIZE - len,
			tr(" %d copies of it were printed; each bears BẢN SAO "
			   "and its number."),
			copies);
	return out;
}
