#include "terminal/flows/proof_text.h"

#include <stdio.h>

#include "core/date.h"
#include "core/str.h"
#include "core/tr.h"

bool proof_scanned(const void *bytes, size_t len, char out[PROOF_TEXT_SIZE])
{
	return seal_scanned(bytes, len, out, PROOF_TEXT_SIZE);
}

static void missing(const struct proof_found *f, char *out, size_t size)
{
	char when[DATE_TEXT_SIZE];

	snprintf(out, size,
		tr("This terminal signed record %llu on %s, and its book does"
		   " not have it: the book ends at %llu. Records are missing."
		   " Nothing may be paid here; keep the paper and call the"
		   " supervisor."),
		(unsigned long long)f->seq, date_time_vi(f->t, when),
		(unsigned long long)f->last_seq);
}

static void unproven(const struct proof_found *f, char *out, size_t size)
{
	snprintf(out, size,
		tr("The paper says that it is record %llu of this terminal,"
		   " but its signature is by no key that the book knows. If"
		   " it was printed here, records are missing: call the"
		   " supervisor."),
		(unsigned long long)f->seq);
}

static void agrees(const struct proof_found *f, char *out, size_t size)
{
	if (f->slip)
		snprintf(out, size,
			tr("The book holds this Z slip: shift %lld, record"
			   " %llu."),
			(long long)f->shift, (unsigned long long)f->seq);
	else
		snprintf(out, size,
			tr("The book holds this receipt: record %llu."),
			(unsigned long long)f->seq);
}

void proof_text(const struct proof_found *f, char *out, size_t size)
{
	switch (f->proof) {
	case PROOF_NONE:
		str_copy(out, size,
			tr("This is not the code of a receipt or a Z slip."));
		break;
	case PROOF_FOREIGN:
		str_copy(out, size,
			tr("This paper is of another terminal: it says nothing"
			   " about this book."));
		break;
	case PROOF_AGREES:
		agrees(f, out, size);
		break;
	case PROOF_MISSING:
		missing(f, out, size);
		break;
	case PROOF_UNPROVEN:
		unproven(f, out, size);
		break;
	}
}
