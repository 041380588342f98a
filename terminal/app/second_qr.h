/*
 * second_qr.h - a second person of a verb: by PIN, or by QR in two calls.
 *
 * The first call, with --by-qr, ends with the request (CA1, code
 * approval_needed) and leaves who works signed in, in the book; the second,
 * the same with --approval CA2:…, goes on as him and does it.
 */
#ifndef APP_SECOND_QR_H
#define APP_SECOND_QR_H

#include "db/approvals.h"
#include "terminal/app/verb.h"

struct second_words {
	int64_t by;         /* --by N, PIN in CHITRA_BY_PIN; 0: none */
	bool by_qr;         /* --by-qr */
	const char *answer; /* --approval CA2:… */
};

struct second_qr {
	struct approval a;
	struct session by;
};

/* Instead of verb_open(): with an answer he is signed in still. */
bool second_qr_open(const struct options *o, const struct second_words *w,
	struct verb_store *v, enum exit_status *status);

/* Before the act: *by is its second person, NULL for none. */
bool second_qr_begin(const struct options *o, struct verb_store *v,
	const struct second_words *w, struct second_qr *q,
	const struct session **by, enum exit_status *status);

/*
 * After it, with what it said. True: got and *why are to be told as ever.
 * False: the request was shown, or what failed; *status is it.
 */
bool second_qr_end(const struct options *o, struct verb_store *v,
	const struct second_words *w, struct second_qr *q, enum verdict *got,
	struct refusal *why, struct err *err, enum exit_status *status);

/*
 * For a verb whose act is a flow's (`pay`), which asks and answers with
 * ports->approval: before it, what was asked by the call before (nothing if
 * there is no answer); the request that came of it, shown and kept, and who
 * asked is not signed out; and after it.
 */
bool second_qr_kept(struct verb_store *v, const char *answer,
	struct approval *a, struct err *err);
enum exit_status second_qr_show(const struct options *o, struct verb_store *v,
	const struct approval *a);
void second_qr_over(struct verb_store *v, const char *answer,
	struct approval *a);

#endif
