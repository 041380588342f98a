#include "terminal/app/json.h"

#include <stdio.h>

#include "core/codec/answerlist.h"
#include "core/codec/changelist.h"
#include "core/money.h"
#include "core/str.h"
#include "core/utf8.h"
#include "terminal/flows/card_text.h"
#include "terminal/flows/list_text.h"
#include "terminal/flows/pay_text.h"

enum {
	LABEL_COLUMNS = 36
};

static const char *const what_name[] = {
	[ENT_MONTH] = "month",
	[ENT_ARREARS] = "arrears",
	[ENT_FUNERAL] = "funeral",
	[ENT_CARRIED] = "carried_over",
	[ENT_OTHER] = "other",
};

static const char *const sex_name[] = {
	[SEX_UNKNOWN] = "",
	[SEX_MALE] = "male",
	[SEX_FEMALE] = "female",
};

void json_int(cJSON *object, const char *name, int64_t value)
{
	/* Exact: every amount and number here is below 2^53. */
	cJSON_AddNumberToObject(object, name, (double)value);
}

void json_date(cJSON *object, const char *name, struct date d)
{
	char text[DATE_TEXT_SIZE];

	cJSON_AddStringToObject(object, name, date_iso(d, text));
}

void json_period(cJSON *object, const char *name, int32_t period)
{
	char text[DATE_TEXT_SIZE];

	cJSON_AddStringToObject(object, name, period_iso(period, text));
}

cJSON *json_ok(void)
{
	cJSON *o = cJSON_CreateObject();

	cJSON_AddBoolToObject(o, "ok", true);
	return o;
}

cJSON *json_found(const struct person_found *f)
{
	cJSON *o = cJSON_CreateObject();

	cJSON_AddStringToObject(o, "id", f->id12);
	cJSON_AddStringToObject(o, "name", f->name);
	json_date(o, "dob", f->birth);
	cJSON_AddStringToObject(o, "hamlet", f->hamlet);
	json_int(o, "due", f->due);
	cJSON_AddBoolToObject(o, "paid", f->paid);
	return o;
}

static void json_change(cJSON *object, const struct person_due *due)
{
	cJSON *o = cJSON_AddObjectToObject(object, "change");

	cJSON_AddStringToObject(o, "kind",
		change_kind_code((enum change_kind)due->change_kind));
	json_period(o, "period", due->change_period);
	if (due->change_monthly > 0)
		json_int(o, "monthly_amount", due->change_monthly);
	cJSON_AddStringToObject(o, "note", due->change_note);
}

static void json_account(cJSON *object, const struct person *p)
{
	cJSON *o = cJSON_AddObjectToObject(object, "account");

	cJSON_AddStringToObject(o, "answer",
		account_answer_code((enum account_answer)p->account_state));
	cJSON_AddStringToObject(o, "bin", p->account_bin);
	cJSON_AddStringToObject(o, "number", p->account_no);
	cJSON_AddStringToObject(o, "date", p->account_date);
	cJSON_AddStringToObject(o, "message", p->account_message);
}

void json_person(cJSON *object, const struct person_due *due)
{
	if (due->left_from) {
		cJSON *o = cJSON_AddObjectToObject(object, "left");

		json_period(o, "from", due->left_from);
		cJSON_AddStringToObject(o, "reason",
			change_reason_code((enum change_reason)
						   due->left_reason));
	}
	if (due->change_kind)
		json_change(object, due);
	if (due->person.account_state != ACCOUNT_NOT_ASKED)
		json_account(object, &due->person);
}

cJSON *json_unit(const struct admin_unit *u)
{
	cJSON *o = cJSON_CreateObject();

	cJSON_AddStringToObject(o, "code", u->code);
	cJSON_AddStringToObject(o, "name", u->full_name);
	cJSON_AddStringToObject(o, "province_code", u->province.code);
	cJSON_AddStringToObject(o, "province", u->province.full_name);
	return o;
}

/* Today's commune of the address, where there is no doubt about it. */
static void add_unit(cJSON *o, const char *address)
{
	struct admin_answer a;

	admin_of_address(address, &a);
	if (!a.ask)
		cJSON_AddItemToObject(o, "unit", json_unit(&a.unit[0]));
}

cJSON *json_card(const struct idcard *card)
{
	static const char *const outcome[] = {
		[CARD_OK] = "ok",
		[CARD_WARN] = "warn",
		[CARD_REJECT] = "reject",
	};
	cJSON *o = cJSON_CreateObject();
	cJSON *list;

	cJSON_AddStringToObject(o, "outcome", outcome[card->outcome]);
	cJSON_AddStringToObject(o, "kind", idcard_kind_code(card->kind));
	cJSON_AddStringToObject(o, "id", card->id12);
	cJSON_AddStringToObject(o, "old_id", card->old_id);
	cJSON_AddStringToObject(o, "name", card->name);
	json_date(o, "dob", card->birth);
	cJSON_AddStringToObject(o, "sex", sex_name[card->sex]);
	cJSON_AddStringToObject(o, "address", card->address);
	add_unit(o, card->address);
	json_date(o, "issued", card->issued);
	list = cJSON_AddArrayToObject(o, "extra");
	for (int i = 0; i < card->extras; i++)
		cJSON_AddItemToArray(list, cJSON_CreateString(card->extra[i]));
	list = cJSON_AddArrayToObject(o, "notes");
	for (int i = 0; i < card->notes; i++) {
		cJSON *note = cJSON_CreateObject();

		cJSON_AddStringToObject(note, "code",
			idcard_note_code(card->note[i]));
		cJSON_AddStringToObject(note, "message",
			card_note_text(card->note[i]));
		cJSON_AddItemToArray(list, note);
	}
	return o;
}

cJSON *json_decoded(const struct decode_result *codes)
{
	static char hex[2 * DECODE_MAX_BYTES + 1];
	cJSON *list = cJSON_CreateArray();

	for (int i = 0; i < codes->count; i++) {
		const struct decoded *d = &codes->code[i];
		cJSON *o = cJSON_CreateObject();

		str_to_hex(d->bytes, d->len, hex);
		cJSON_AddStringToObject(o, "symbology", d->symbology);
		cJSON_AddStringToObject(o, "hex", hex);
		/* JSON text is UTF-8: other bytes are in hex alone. */
		cJSON_AddStringToObject(o, "text",
			utf8_valid(d->bytes, d->len) ? (const char *)d->bytes
						     : "");
		cJSON_AddItemToArray(list, o);
	}
	return list;
}

cJSON *json_fixed(const struct list_fixed *f)
{
	static const char *const kind[LIST_FIX_KINDS] = {
		[LIST_ADDED] = "added",
		[LIST_GONE] = "gone",
		[LIST_CHANGED] = "changed",
		[LIST_KEPT] = "kept",
	};
	static const char *const kept[] = {
		[LIST_KEPT_PAID] = "paid",
		[LIST_KEPT_VOIDED] = "voided",
		[LIST_KEPT_ELSEWHERE] = "elsewhere",
		[LIST_KEPT_CARRIED] = "carried_over",
	};
	cJSON *o = cJSON_CreateObject();

	cJSON_AddStringToObject(o, "kind", kind[f->kind]);
	if (f->row)
		json_int(o, "row", f->row);
	cJSON_AddStringToObject(o, "list_no", f->list_no);
	cJSON_AddStringToObject(o, "name", f->name);
	json_period(o, "period", f->period);
	cJSON_AddStringToObject(o, "what", what_name[f->what]);
	json_int(o, "was", f->was);
	json_int(o, "now", f->now);
	cJSON_AddBoolToObject(o, "by_account", f->by_account);
	if (f->kept)
		cJSON_AddStringToObject(o, "why", kept[f->kept]);
	return o;
}

static void add_firsts(cJSON *o, const struct list_result *r)
{
	cJSON *list = cJSON_AddArrayToObject(o, "first");

	for (int i = 0; i < r->firsts; i++) {
		const struct list_first *f = &r->first[i];
		cJSON *row = cJSON_CreateObject();

		json_int(row, "row", f->row);
		json_int(row, "seq", f->seq);
		json_period(row, "period", f->period);
		cJSON_AddStringToObject(row, "list_no", f->list_no);
		cJSON_AddStringToObject(row, "name", f->name);
		cJSON_AddStringToObject(row, "address", f->address);
		json_int(row, "total", f->total);
		cJSON_AddItemToArray(list, row);
	}
}

cJSON *json_list(const struct list_result *r)
{
	cJSON *o = cJSON_CreateObject();
	cJSON *list;

	cJSON_AddBoolToObject(o, "ok",
		r->errors == 0 && !r->count_differs && !r->sum_differs &&
			!r->hash_differs && !r->period_differs);
	cJSON_AddBoolToObject(o, "taken", r->taken);
	cJSON_AddBoolToObject(o, "again", r->again);
	if (r->sheet[0])
		cJSON_AddStringToObject(o, "sheet", r->sheet);
	json_int(o, "rows", r->rows);
	json_int(o, "new", r->fresh);
	json_int(o, "same", r->same);
	json_int(o, "sum", r->sum);
	json_int(o, "error_count", r->errors);
	json_int(o, "notice_count", r->notices);
	cJSON_AddBoolToObject(o, "count_differs", r->count_differs);
	cJSON_AddBoolToObject(o, "sum_differs", r->sum_differs);
	cJSON_AddBoolToObject(o, "hash_differs", r->hash_differs);
	cJSON_AddItemToObject(o, "errors", cJSON_CreateArray());
	cJSON_AddItemToObject(o, "notices", cJSON_CreateArray());
	for (int i = 0; i < r->kept; i++) {
		const struct paylist_error *t = &r->trouble[i];
		cJSON *e = cJSON_CreateObject();

		list = cJSON_GetObjectItem(o,
			paylist_trouble_is_error(t->trouble) ? "errors"
							     : "notices");
		json_int(e, "row", t->row);
		cJSON_AddStringToObject(e, "column",
			paylist_column_name(t->column));
		cJSON_AddStringToObject(e, "code",
			paylist_trouble_code(t->trouble));
		cJSON_AddStringToObject(e, "value", t->value);
		cJSON_AddStringToObject(e, "message",
			list_trouble_text(t->trouble));
		cJSON_AddItemToArray(list, e);
	}
	cJSON_AddStringToObject(o, "sha256", r->sha256);
	add_firsts(o, r);
	return o;
}

cJSON *json_notes(const struct notes *n)
{
	cJSON *list = cJSON_CreateArray();

	for (int i = 0; i < NOTES_KINDS; i++) {
		cJSON *pair;

		if (n->pieces[i] == 0)
			continue;
		pair = cJSON_CreateArray();
		cJSON_AddItemToArray(pair,
			cJSON_CreateNumber((double)notes_denomination[i]));
		cJSON_AddItemToArray(pair, cJSON_CreateNumber(n->pieces[i]));
		cJSON_AddItemToArray(list, pair);
	}
	return list;
}

void json_payout(cJSON *object, const struct payout *p)
{
	char iso[32];
	cJSON *list;

	json_int(object, "seq", (int64_t)p->seq);
	cJSON_AddStringToObject(object, "receipt", p->code);
	json_int(object, "amount", p->amount);
	json_period(object, "period", p->period);
	cJSON_AddStringToObject(object, "name", p->person.name);
	cJSON_AddStringToObject(object, "at", date_time_iso(p->t, iso));
	json_int(object, "by", p->actor);
	json_int(object, "shift", p->shift);
	cJSON_AddStringToObject(object, "payee", payee_name(p->payee));
	list = cJSON_AddArrayToObject(object, "items");
	for (int i = 0; i < p->items; i++) {
		cJSON *item = cJSON_CreateObject();

		cJSON_AddStringToObject(item, "what",
			what_name[p->item[i].what]);
		json_period(item, "period", p->item[i].period);
		json_int(item, "amount", p->item[i].amount);
		cJSON_AddItemToArray(list, item);
	}
	cJSON_AddItemToObject(object, "notes", json_notes(&p->notes));
	cJSON_AddStringToObject(object, "state", payout_state_name(p->state));
	cJSON_AddStringToObject(object, "printed", print_state_name(p->print));
	json_int(object, "copies", p->copies);
	if (p->void_reason != VOID_NONE)
		cJSON_AddStringToObject(object, "void_reason",
			void_reason_name(p->void_reason));
	if (p->pad[0]) {
		cJSON_AddStringToObject(object, "pad", p->pad);
		cJSON_AddStringToObject(object, "given_at",
			date_time_iso(p->given_at, iso));
	}
	cJSON_AddStringToObject(object, "qr", p->qr);
}

void json_shift(cJSON *object, const struct shift *s)
{
	char iso[32];

	json_int(object, "shift", s->number);
	json_int(object, "by", s->actor);
	cJSON_AddStringToObject(object, "opened",
		date_time_iso(s->opened_at, iso));
	json_int(object, "float_in", s->float_in);
	json_int(object, "float_out", s->float_out);
	json_int(object, "paid", s->paid);
	json_int(object, "payouts", s->payouts);
	json_int(object, "expected", s->expected);
	if (s->left != SHIFT_LEFT_NOT)
		cJSON_AddStringToObject(object, "left",
			s->left == SHIFT_LEFT_REVOKED ? "revoked" : "over");
}

void json_say_payout(const struct payout *p)
{
	char amount[MONEY_TEXT_SIZE];
	char label[PAY_TEXT_SIZE];
	char wide[PAY_TEXT_SIZE + LABEL_COLUMNS];

	printf("%s\n", p->person.name);
	for (int i = 0; i < p->items; i++) {
		pay_item_text(&p->item[i], label, sizeof(label));
		viet_pad(label, LABEL_COLUMNS, wide, sizeof(wide));
		printf("  %s %12s\n", wide,
			money_format(p->item[i].amount, amount));
	}
	viet_pad(p->code, LABEL_COLUMNS, wide, sizeof(wide));
	printf("  %s %12s\n", wide, money_format(p->amount, amount));
}
