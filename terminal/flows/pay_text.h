/*
 * pay_text.h - a payment in words: items, states, who receives, masked ID.
 *
 * For receipts and screens alike, so that both say the same. Pure.
 */
#ifndef FLOWS_PAY_TEXT_H
#define FLOWS_PAY_TEXT_H

#include <stddef.h>

#include "db/payouts.h"

enum {
	PAY_TEXT_SIZE = 160
};

/*
 * "Kỳ 12/2026", "Truy lĩnh kỳ 10, 11/2026", "Mai táng phí",
 * "Kỳ trước chuyển sang 09/2026".
 */
const char *pay_item_text(const struct due_item *item, char *out, size_t size);

/* "1x500.000 2x20.000"; "" if there are none. */
const char *pay_notes_text(const struct notes *n, char out[PAY_TEXT_SIZE]);

/* "Người giám hộ"; "Chính chủ" for PAYEE_SELF. */
const char *pay_payee_text(enum payee payee);

/* "Con"; "" if it was not said. */
const char *pay_relation_text(enum payee_relation relation);

/* "BTXH" -> "Bảo trợ xã hội"; a code that is not known comes back as it is. */
const char *pay_group_text(const char *group);

/* "Đã đưa tiền"; "Đã in". */
const char *pay_state_text(enum payout_state state);
const char *pay_print_text(enum print_state state);

/* "********4578"; "" if there is no number. Stars, for the paper. */
const char *pay_masked_id(const char *id12, char out[16]);

/* "Nữ", "Nam", "" if unknown. */
const char *pay_sex_text(enum sex sex);

#endif
