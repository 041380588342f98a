/*
 * acmt024.h - what banks answer to acmt.023: a report of ISO 20022,
 * acmt.024.001, as rows of a list of answers (answerlist.h).
 *
 * Row 1 has the names of columns: account_ref, account_bin, account_no,
 * answer, holder_name, message, date. Then comes one row for each report, so
 * that the first is row 2, as in a list. account_ref is the id that we gave the account
 * (iso20022.h); bank and number are only there if the bank repeats them.
 *
 *	true                                    verified
 *	false AC01 AC03 BE06                    not_found
 *	false PN01 PN02 PI01 BE01               name_differs
 *	false AG01 AC04 AC05 AC06 AC07          closed
 *	false DUPL DS28 FF01 NORR RC03 TM01     no answer: nothing was checked
 *	false, any other reason or none         refused
 *
 * true with a reason that says no is an answer that nobody knows. A DOCTYPE,
 * and with it any entity, is refused, as is what is nested deeply or without
 * end (sheet_xml.h). Another message than acmt.024 is ERR_INVALID. Any
 * version of it is read: what is needed here is the same in all. Pure.
 */
#ifndef CORE_CODEC_ACMT024_H
#define CORE_CODEC_ACMT024_H

#include "core/codec/cells.h"

/* Do the first bytes of a file look like XML? */
bool acmt024_is(const void *bytes, size_t len);

/* ERR_INVALID with a reason; ERR_BUSY: the sink said stop; ERR_IO. */
bool acmt024_read(const struct cells_file *file, const struct cells_sink *sink,
	struct err *err);

#endif
