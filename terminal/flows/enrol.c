#include "terminal/flows/enrol.h"

#include <stdio.h>
#include <string.h>

#include "core/codec/phone.h"
#include "core/codec/vietqr.h"
#include "core/str.h"
#include "core/tr.h"
#include "terminal/flows/account_text.h"
#include "terminal/flows/card_text.h"
#include "terminal/flows/enrol_internal.h"
#include "terminal/flows/err_text.h"

enum {
	SEARCH_CHARS = 20,
	NUMBER_CHARS = ACCOUNT_NUMBER_SIZE - 1,
	PHONE_CHARS = 16,
	NAME_CHARS = 60,
	PAPER_CHARS = 40,
	WHY_CHARS = 40,
	DATE_CHARS = 10,
	MONTH_CHARS = 6
};

/* ---- fields ---------------------------------------------------------------- */

static bool is_phone(const struct enrol *e)
{
	const struct bank *b = bank_by_bin(e->take.bin);

	return b && b->type == BANK_TYPE_MOBILE_MONEY;
}

static void field(struct enrol *e, enum entry_kind kind, int max,
	const char *was)
{
	entry_init(&e->typed, kind, max);
	entry_set(&e->typed, was);
}

/* The holder of his own account is he; of another one its owner. */
static void begin_holder(struct enrol *e)
{
	char folded[ACCOUNT_NAME_SIZE];

	if (!e->take.holder[0] &&
		account_name_fold(e->take.whose == PAYEE_SELF ? e->name
							      : e->take.owner,
			folded, sizeof(folded)))
		str_copy(e->take.holder, sizeof(e->take.holder), folded);
	field(e, ENTRY_TEXT, NAME_CHARS, e->take.holder);
}

static void begin_owner(struct enrol *e)
{
	if (!e->take.owner[0] && e->take.whose == PAYEE_GUARDIAN &&
		e->guardian[0]) {
		str_copy(e->take.owner, sizeof(e->take.owner), e->guardian);
		str_copy(e->take.owner_id, sizeof(e->take.owner_id),
			e->guardian_id);
	}
	field(e, ENTRY_TEXT, NAME_CHARS, e->take.owner);
}

static void begin_when(struct enrol *e)
{
	char date[DATE_TEXT_SIZE];

	field(e, ENTRY_DATE, DATE_CHARS, date_vi(e->take.planned_on, date));
}

static void begin_month(struct enrol *e)
{
	char text[16] = "";

	if (e->cash_from != 0)
		snprintf(text, sizeof(text), "%02d%d", (int)e->cash_from % 100,
			(int)e->cash_from / 100);
	field(e, ENTRY_NUMBER, MONTH_CHARS, text);
}

void enrol_go(struct enrol *e, enum enrol_step step)
{
	e->step = step;
	switch (step) {
	case ENROL_SEARCH:
		field(e, ENTRY_TEXT, SEARCH_CHARS, "");
		break;
	case ENROL_NUMBER:
	case ENROL_AGAIN:
		field(e, is_phone(e) ? ENTRY_NUMBER : ENTRY_TEXT,
			is_phone(e) ? PHONE_CHARS : NUMBER_CHARS,
			step == ENROL_NUMBER ? e->take.number : "");
		break;
	case ENROL_OWNER:
		begin_owner(e);
		break;
	case ENROL_PAPER:
		field(e, ENTRY_TEXT, PAPER_CHARS, e->take.paper);
		break;
	case ENROL_HOLDER:
		begin_holder(e);
		break;
	case ENROL_WHY:
		field(e, ENTRY_TEXT, WHY_CHARS, e->take.why);
		break;
	case ENROL_WHEN:
		begin_when(e);
		break;
	case ENROL_CASH_FROM:
		begin_month(e);
		break;
	default:
		break;
	}
}

bool enrol_types_text(const struct enrol *e)
{
	return e->step == ENROL_OWNER || e->step == ENROL_PAPER ||
	       e->step == ENROL_WHY;
}

const char *enrol_grouped(const char *number, char out[ACCOUNT_NUMBER_SIZE * 2])
{
	size_t to = 0;

	for (size_t i = 0; number[i] && i < NUMBER_CHARS; i++) {
		if (i > 0 && i % 4 == 0)
			out[to++] = ' ';
		out[to++] = number[i];
	}
	out[to] = '\0';
	return out;
}

/* ---- the beginning -------------------------------------------------------------- */

void enrol_anew(struct enrol *e)
{
	memset(&e->take, 0, sizeof(e->take));
	memset(&e->account, 0, sizeof(e->account));
	e->take.person = e->person;
	e->take.whose = PAYEE_SELF;
	e->take.confirmed = true;
}

struct effect enrol_start(struct enrol *e, const struct person *person)
{
	struct effect fx = effect_of(FX_ACCOUNT);
	char recent[ENROL_RECENT][BANK_BIN_SIZE];

	memcpy(recent, e->recent, sizeof(recent));
	memset(e, 0, sizeof(*e));
	memcpy(e->recent, recent, sizeof(recent));
	e->person = person->id;
	str_copy(e->name, sizeof(e->name), person->name);
	if (person->payee == LIST_PAYEE_GUARDIAN) {
		str_copy(e->guardian, sizeof(e->guardian), person->payee_name);
		str_copy(e->guardian_id, sizeof(e->guardian_id),
			person->payee_id);
	}
	enrol_anew(e);
	fx.person = person->id;
	return fx;
}

static struct effect on_lookup(struct enrol *e, const struct event *ev)
{
	switch (ev->kind) {
	case EV_ACCOUNT:
		e->told = ev->account;
		enrol_go(e, e->told.consent ? ENROL_START : ENROL_NO_CONSENT);
		break;
	case EV_FAILED:
		notice_say(&e->notice, NOTICE_STOP, "%s",
			err_text(ev->err.code, ERR_WHILE_READING));
		return effect_of(FX_LEAVE);
	default:
		break;
	}
	return effect_of(FX_NONE);
}

static struct effect on_no_consent(struct enrol *e, const struct event *ev)
{
	switch (enrol_key(e, ev)) {
	case '4':
		enrol_go(e, ENROL_CASH);
		break;
	case '0':
		return effect_of(FX_LEAVE);
	default:
		break;
	}
	return effect_of(FX_NONE);
}

/* ---- a scan ------------------------------------------------------------------------ */

bool enrol_takes_scan(const struct enrol *e)
{
	return e->step == ENROL_START || e->step == ENROL_BANK ||
	       e->step == ENROL_SEARCH || e->step == ENROL_NUMBER ||
	       e->step == ENROL_AGAIN || e->step == ENROL_OWNER;
}

static void take_qr(struct enrol *e, const struct vietqr *q)
{
	enrol_anew(e);
	e->account = q->account;
	e->take.via = ACCOUNT_VIA_QR;
	str_copy(e->take.bin, sizeof(e->take.bin), q->account.bin);
	str_copy(e->take.number, sizeof(e->take.number), q->account.number);
	if (!account_name_fold(q->name, e->take.holder, sizeof(e->take.holder)))
		e->take.holder[0] = '\0';
	notice_clear(&e->notice);
	enrol_go(e, ENROL_WHOSE);
}

static void scan_account(struct enrol *e, const struct event *ev)
{
	struct vietqr q;
	const enum vietqr_verdict v =
		vietqr_read(ev->scan.bytes, ev->scan.len, &q);

	if (v != VIETQR_OK)
		notice_say(&e->notice, NOTICE_WARN, "%s",
			account_qr_text(v, q.fault));
	else if (q.to_card)
		notice_say(&e->notice, NOTICE_WARN, "%s",
			tr("This is the QR of a bank card, no account. Ask "
			   "for the QR of the account, or type the number."));
	else
		take_qr(e, &q);
}

static void scan_owner(struct enrol *e, const struct event *ev)
{
	struct idcard card;

	if (idcard_parse(ev->scan.bytes, ev->scan.len, &card) == CARD_REJECT) {
		notice_say(&e->notice, NOTICE_WARN, "%s",
			card_note_text(card.note[0]));
		return;
	}
	str_copy(e->take.owner, sizeof(e->take.owner), card.name);
	str_copy(e->take.owner_id, sizeof(e->take.owner_id), card.id12);
	notice_clear(&e->notice);
	enrol_go(e, ENROL_OWNER);
}

/* ---- typed twice --------------------------------------------------------------------- */

static struct effect on_start(struct enrol *e, const struct event *ev)
{
	const int key = enrol_key(e, ev);

	switch (key) {
	case '1':
	case '2':
		enrol_anew(e);
		e->take.planned = key == '2';
		notice_clear(&e->notice);
		enrol_list_banks(e, "");
		enrol_go(e, ENROL_BANK);
		break;
	case '4':
		notice_clear(&e->notice);
		enrol_go(e, ENROL_CASH);
		break;
	case '0':
		return effect_of(FX_LEAVE);
	default:
		break;
	}
	return effect_of(FX_NONE);
}

/* Mobile money goes to a phone that there is; all else is only looked at. */
static bool number_is_fine(struct enrol *e)
{
	char phone[PHONE_SIZE];
	const enum account_fault fault =
		account_check(e->take.bin, e->typed.text, &e->account);

	if (fault != ACCOUNT_FINE) {
		notice_say(&e->notice, NOTICE_WARN, "%s",
			account_fault_text(fault));
		return false;
	}
	if (is_phone(e) && !phone_read(e->typed.text, phone)) {
		notice_say(&e->notice, NOTICE_WARN, "%s",
			tr("This is no mobile number of today: ten digits, "
			   "for example 0986123456."));
		return false;
	}
	return true;
}

static void accept_number(struct enrol *e)
{
	if (!number_is_fine(e))
		return;
	str_copy(e->take.number, sizeof(e->take.number), e->account.number);
	enrol_go(e, ENROL_AGAIN);
}

static void accept_again(struct enrol *e)
{
	struct account again;

	if (account_check(e->take.bin, e->typed.text, &again) == ACCOUNT_FINE &&
		strcmp(again.number, e->take.number) == 0) {
		e->account = again;
		e->take.via = ACCOUNT_VIA_TYPED;
		enrol_go(e, ENROL_WHOSE);
		return;
	}
	e->take.number[0] = '\0';
	enrol_go(e, ENROL_NUMBER);
	notice_say(&e->notice, NOTICE_WARN, "%s",
		tr("The two numbers are not the same. Look at the number and "
		   "type it again, from the beginning."));
}

/* ---- an account that is yet to be ------------------------------------------------------------ */

static void accept_when(struct enrol *e)
{
	struct date d = {0};

	if (e->typed.text[0] &&
		(!date_parse(e->typed.text, &d) || d.day == 0)) {
		notice_say(&e->notice, NOTICE_WARN, "%s",
			tr("This is no day. Type day, month and year, or "
			   "nothing."));
		return;
	}
	e->take.planned_on = d;
	enrol_go(e, ENROL_FORM);
}

/* ---- fields, alike -------------------------------------------------------------------------------- */

/* Where a field leads, and where it is left. */
static const struct {
	void (*accept)(struct enrol *e);
	enum enrol_step before;
} fields[ENROL_STEP_COUNT] = {
	[ENROL_NUMBER] = {accept_number, ENROL_BANK},
	[ENROL_AGAIN] = {accept_again, ENROL_NUMBER},
	[ENROL_OWNER] = {enrol_accept_owner, ENROL_WHOSE},
	[ENROL_PAPER] = {enrol_accept_paper, ENROL_RELATION},
	[ENROL_HOLDER] = {enrol_accept_holder, ENROL_WHOSE},
	[ENROL_WHY] = {enrol_accept_why, ENROL_FORM}, /* why_of */
	[ENROL_WHEN] = {accept_when, ENROL_BANK},
};

static struct effect on_field(struct enrol *e, const struct event *ev)
{
	if (ev->kind != EV_KEY)
		return effect_of(FX_NONE);
	switch (entry_key(&e->typed, ev->key)) {
	case ENTRY_ACCEPTED:
		notice_clear(&e->notice);
		fields[e->step].accept(e);
		break;
	case ENTRY_CANCELLED:
		notice_clear(&e->notice);
		enrol_go(e, e->step == ENROL_WHY ? e->why_of
						 : fields[e->step].before);
		break;
	case ENTRY_CHANGED:
		notice_clear(&e->notice);
		break;
	case ENTRY_IGNORED:
	case ENTRY_FULL:
		break;
	}
	return effect_of(FX_NONE);
}

struct effect enrol_handle(struct enrol *e, const struct event *ev)
{
	typedef struct effect (*step_fn)(struct enrol *, const struct event *);
	static const step_fn on_step[ENROL_STEP_COUNT] = {
		[ENROL_LOOKUP] = on_lookup,
		[ENROL_NO_CONSENT] = on_no_consent,
		[ENROL_START] = on_start,
		[ENROL_BANK] = enrol_on_bank,
		[ENROL_SEARCH] = enrol_on_search,
		[ENROL_NUMBER] = on_field,
		[ENROL_AGAIN] = on_field,
		[ENROL_WHOSE] = enrol_on_whose,
		[ENROL_OWNER] = on_field,
		[ENROL_RELATION] = enrol_on_relation,
		[ENROL_PAPER] = on_field,
		[ENROL_HOLDER] = on_field,
		[ENROL_DIFFERS] = enrol_on_differs,
		[ENROL_SHARED] = enrol_on_shared,
		[ENROL_WHY] = on_field,
		[ENROL_WHEN] = on_field,
		[ENROL_FORM] = enrol_on_form,
		[ENROL_WRITING] = enrol_on_writing,
		[ENROL_PRINTING] = enrol_on_done,
		[ENROL_DONE] = enrol_on_done,
		[ENROL_CASH] = enrol_on_cash,
		[ENROL_CASH_FROM] = enrol_on_cash_from,
		[ENROL_CASH_SURE] = enrol_on_cash_sure,
		[ENROL_SECOND] = enrol_on_second,
		[ENROL_CASH_WRITING] = enrol_on_cash_writing,
	};

	if (ev->kind == EV_SCAN && e->step == ENROL_OWNER)
		scan_owner(e, ev);
	else if (ev->kind == EV_SCAN && enrol_takes_scan(e))
		scan_account(e, ev);
	else
		return on_step[e->step](e, ev);
	return effect_of(FX_NONE);
}
