/*
 * receipts.h - receipts for tests and timings: a usual one, the longest one.
 *
 * The usual one has the number, code and QR of the journal's golden vector
 * rec2; the people are invented.
 */
#ifndef TESTS_SUPPORT_RECEIPTS_H
#define TESTS_SUPPORT_RECEIPTS_H

#include "core/codec/receipt.h"

/* Everything a receipt can have, but no mark. */
extern const struct receipt_doc receipts_full;

/* Every text at its full length, every list full. */
void receipts_longest(struct receipt_doc *out);

#endif
