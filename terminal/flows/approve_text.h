/*
 * approve_text.h - what a second person is asked to approve by QR, in words.
 *
 * The words come from the terminal that asks; what was read is in the book of
 * the one that answers (db/approvals.h).
 */
#ifndef FLOWS_APPROVE_TEXT_H
#define FLOWS_APPROVE_TEXT_H

#include <stddef.h>

#include "core/codec/approval.h"

/* "void": the code for scripts; "other" for a kind of a later release. */
const char *approve_code(const struct approval_request *r);

/* "TAKE A PAYMENT BACK"; gives tr() text. */
const char *approve_title(const struct approval_request *r);

/* Why, as the other terminal says it; "" if it does not. tr() text. */
const char *approve_reason(const struct approval_request *r);

/* The first six digits of the terminal's id, as on receipts. */
const char *approve_device(const struct approval_request *r, char out[8]);

#endif
