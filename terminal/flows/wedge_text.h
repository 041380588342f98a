/*
 * wedge_text.h - the keys of a scan -> the bytes that were in the code.
 *
 * A scanner that plays keyboard types what a US keyboard has, and does one of
 * several things with other letters; the layout of this machine's keyboard
 * does the rest. Digits and signs come back exactly. What is undone here can
 * have been one thing only; what cannot be told stays as it is and is found
 * by cardname.h later, so that the name is taken from the list or asked for.
 *
 *	Alt and digits	A terminal makes Esc and a digit of each. "0225",
 *			"0187", "0133" are bytes, "7877" is a letter
 *	Vietnamese	The layout "vn" of X has letters where digits are:
 *	layout		"đđăăồ" is 00114 5
 *	anything else	such as a cursor key in the midst: '?'
 *
 * Pure; any thread.
 */
#ifndef FLOWS_WEDGE_TEXT_H
#define FLOWS_WEDGE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/codec/scanned.h"

/*
 * n keys (flow.h) to at most size bytes; what is more is left out, whole
 * characters of it. Sets end and layout of *how. Returns the bytes.
 */
size_t wedge_text(const int *keys, int n, char *out, size_t size,
	struct scanned *how);

/*
 * Do these bytes look like one of the codes that people hold up here: a card,
 * a receipt, a Z slip, an account, a health-insurance card, a link? Only one
 * line of them may.
 */
bool wedge_has_shape(const char *bytes, size_t len);

#endif
