/*
 * json.h - records as JSON, the same in every verb (product.md 9).
 *
 * Dates are YYYY-MM-DD (YYYY where only the year is known), periods YYYY-MM,
 * money whole numbers of đồng. All JSON of the program is made by cJSON.
 */
#ifndef APP_JSON_H
#define APP_JSON_H

#include <cjson/cJSON.h>

#include "core/codec/admin.h"
#include "db/lists.h"
#include "db/payouts.h"
#include "db/shifts.h"
#include "drivers/camera/decode.h"

void json_int(cJSON *object, const char *name, int64_t value);
void json_date(cJSON *object, const char *name, struct date d);
void json_period(cJSON *object, const char *name, int32_t period);

/* {"ok":true} to be filled. */
cJSON *json_ok(void);

cJSON *json_found(const struct person_found *f);

/* Adds left, change and account, where there is something to say. */
void json_person(cJSON *object, const struct person_due *due);
cJSON *json_unit(const struct admin_unit *u);
cJSON *json_card(const struct idcard *card);
cJSON *json_decoded(const struct decode_result *codes);
cJSON *json_list(const struct list_result *r);

/* What a corrected list does to one kind of somebody's money. */
cJSON *json_fixed(const struct list_fixed *f);
cJSON *json_notes(const struct notes *n);

/* Adds seq, receipt, amount, items, state, printed … to object. */
void json_payout(cJSON *object, const struct payout *p);
void json_shift(cJSON *object, const struct shift *s);

/* "Kỳ 12/2026: 500.000" … one line an item, to standard output. */
void json_say_payout(const struct payout *p);

#endif
