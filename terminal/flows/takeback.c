#include "terminal/flows/takeback.h"

#include <string.h>

#include "core/str.h"
#include "core/tr.h"
#include "terminal/flows/err_text.h"
#include "terminal/flows/refusal_text.h"

static const struct binding paper_keys[] = {
	{K_SCAN, "", TR("Scan the QR code of the receipt that came back"),
		TR("Scan the receipt"), false},
	{'2', "2", TR("The receipt is lost, or none was printed"),
		TR("Receipt lost"), false},
	{'0', "0", TR("Back: cancel nothing"), TR("Back"), false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding by_hand_keys[] = {
	{'1', "1", TR("The sheet of the pad came back: its number"),
		TR("Sheet came back"), false},
	{'2', "2", TR("The sheet of the pad is lost"), TR("Sheet lost"), false},
	{'0', "0", TR("Back: cancel nothing"), TR("Back"), false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding sheet_keys[] = {
	{K_DIGITS, "0-9", TR("Number of the sheet"), TR("Number"), false},
	{K_ACCEPT, "ENTER", TR("Go on"), NULL, false},
	{K_ERASE, "<-", TR("Erase"), NULL, false},
	{K_BACK, "Esc", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding sure_keys[] = {
	{'1', "1", TR("Yes: the money is counted and back"),
		TR("Money is back"), true},
	{'0', "0", TR("Back: cancel nothing"), TR("Back"), false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding refused_keys[] = {
	{'0', "0", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding unknown_keys[] = {
	{'1', "1", TR("Look again whether it was recorded"), TR("Look again"),
		true},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding done_keys[] = {
	{K_ACCEPT, "ENTER", TR("Next person"), TR("Next"), true},
	{'1', "1", TR("Print a copy that says CANCELLED"), TR("Print a copy"),
		true},
	{'0', "0", TR("Back"), NULL, false},
	{'.', ".", TR("Next person"), TR("Next"), false},
	{'#', "#", TR("Help"), NULL, false},
};

#define ROWS(table)                                          \
	do {                                                 \
		*count = sizeof(table) / sizeof((table)[0]); \
		return table;                                \
	} while (0)

const struct binding *takeback_bindings(const struct takeback *t, size_t *count)
{
	switch (t->step) {
	case TAKEBACK_PAPER:
		if (t->brief.pad[0])
			ROWS(by_hand_keys);
		ROWS(paper_keys);
	case TAKEBACK_SHEET:
		ROWS(sheet_keys);
	case TAKEBACK_SURE:
		ROWS(sure_keys);
	case TAKEBACK_SECOND:
		return second_bindings(t->second.step, count);
	case TAKEBACK_REFUSED:
		ROWS(refused_keys);
	case TAKEBACK_UNKNOWN:
		ROWS(unknown_keys);
	case TAKEBACK_DONE:
		ROWS(done_keys);
	case TAKEBACK_WRITING:
	case TAKEBACK_LOOKING:
	case TAKEBACK_STEP_COUNT:
		break;
	}
	*count = 0;
	return NULL;
}

static int key_of(const struct takeback *t, const struct event *ev)
{
	size_t count;
	const struct binding *b = takeback_bindings(t, &count);

	return binding_key(b, count, ev);
}

/* It is there, or it is said to be lost: is the money back, too? */
static void ask_sure(struct takeback *t, enum void_reason reason)
{
	t->reason = reason;
	if (reason == VOID_RECEIPT_LOST)
		t->paper[0] = '\0';
	notice_clear(&t->notice);
	t->step = TAKEBACK_SURE;
}

void takeback_init(struct takeback *t, uint64_t seq,
	const struct payout_brief *brief, const char *paper)
{
	memset(t, 0, sizeof(*t));
	t->seq = seq;
	t->brief = *brief;
	second_init(&t->second);
	entry_init(&t->sheet, ENTRY_NUMBER, PAYOUT_PAD_SIZE - 1);
	str_copy(t->paper, sizeof(t->paper), paper);
	if (t->paper[0])
		ask_sure(t, VOID_RECEIPT_BACK);
}

static struct effect leave(void)
{
	return effect_of(FX_LEAVE);
}

/* Which receipt it is the book says; here it only has to be one. */
static void on_scan(struct takeback *t, const struct event *ev)
{
	if (!seal_scanned(ev->scan.bytes, ev->scan.len, t->paper,
		    sizeof(t->paper)) ||
		!str_starts(t->paper, "CV1:")) {
		t->paper[0] = '\0';
		notice_say(&t->notice, NOTICE_WARN, "%s",
			tr("This is no receipt of a payment. Scan the QR code "
			   "on the receipt."));
		return;
	}
	ask_sure(t, VOID_RECEIPT_BACK);
}

static struct effect on_paper_step(struct takeback *t, const struct event *ev)
{
	if (ev->kind == EV_SCAN && !t->brief.pad[0]) {
		on_scan(t, ev);
		return effect_of(FX_NONE);
	}
	switch (key_of(t, ev)) {
	case '1':
		t->step = TAKEBACK_SHEET;
		break;
	case '2':
		ask_sure(t, VOID_RECEIPT_LOST);
		break;
	case '0':
		return leave();
	default:
		break;
	}
	return effect_of(FX_NONE);
}

static struct effect on_sheet_step(struct takeback *t, const struct event *ev)
{
	if (ev->kind != EV_KEY)
		return effect_of(FX_NONE);
	switch (entry_key(&t->sheet, ev->key)) {
	case ENTRY_ACCEPTED:
		if (!t->sheet.text[0])
			break;
		str_copy(t->paper, sizeof(t->paper), t->sheet.text);
		ask_sure(t, VOID_RECEIPT_BACK);
		break;
	case ENTRY_CANCELLED:
		entry_clear(&t->sheet);
		t->step = TAKEBACK_PAPER;
		break;
	case ENTRY_CHANGED:
	case ENTRY_IGNORED:
	case ENTRY_FULL:
		break;
	}
	return effect_of(FX_NONE);
}

static struct effect on_sure_step(struct takeback *t, const struct event *ev)
{
	switch (key_of(t, ev)) {
	case '1':
		second_init(&t->second);
		t->step = TAKEBACK_SECOND;
		break;
	case '0':
		return leave();
	default:
		break;
	}
	return effect_of(FX_NONE);
}

static struct effect on_second_step(struct takeback *t, const struct event *ev)
{
	struct effect fx = effect_of(FX_VOID);
	const enum second_result how = second_handle(&t->second, ev);

	switch (how) {
	case SECOND_TYPING:
		return effect_of(FX_NONE);
	case SECOND_CANCELLED:
		t->step = TAKEBACK_SURE;
		return effect_of(FX_NONE);
	case SECOND_GIVEN:
	case SECOND_ASKED:
		break;
	}
	fx.drop_keys = true;
	fx.take_back.seq = t->seq;
	fx.take_back.reason = t->reason;
	str_copy(fx.take_back.paper, sizeof(fx.take_back.paper), t->paper);
	second_by_qr(&t->second, how, &fx);
	if (t->second.step != SECOND_QR && how == SECOND_GIVEN)
		second_take(&t->second, &fx.take_back.by, fx.take_back.pin);
	t->step = TAKEBACK_WRITING;
	return fx;
}

/* Another second person may do; all else is over. */
static void on_refused(struct takeback *t, const struct event *ev)
{
	char text[REFUSAL_TEXT_SIZE];

	if (second_wrong(&t->second, &ev->refusal)) {
		t->step = TAKEBACK_SECOND;
		return;
	}
	t->why = ev->refusal;
	t->step = TAKEBACK_REFUSED;
	if (t->why.code != REFUSED_SECOND_PERSON &&
		t->why.code != REFUSED_SAME_PERSON)
		return;
	refusal_text(&t->why, text, sizeof(text));
	second_init(&t->second);
	notice_say(&t->second.notice, NOTICE_WARN, "%s", text);
	t->step = TAKEBACK_SECOND;
}

static struct effect look(struct takeback *t)
{
	struct effect fx = effect_of(FX_RECEIPT);

	fx.receipt.seq = t->seq;
	t->step = TAKEBACK_LOOKING;
	return fx;
}

static struct effect on_writing_step(struct takeback *t, const struct event *ev)
{
	switch (ev->kind) {
	case EV_VOIDED:
		t->brief.state = ev->payout.state;
		t->step = TAKEBACK_DONE;
		break;
	case EV_REFUSED:
		on_refused(t, ev);
		break;
	case EV_APPROVAL:
		second_asked(&t->second, ev);
		t->step = TAKEBACK_SECOND;
		break;
	case EV_SIGN_IN_REFUSED:
		second_refused(&t->second, ev);
		t->step = TAKEBACK_SECOND;
		break;
	case EV_FAILED:
		return look(t);
	default:
		break;
	}
	return effect_of(FX_NONE);
}

static struct effect on_looking_step(struct takeback *t, const struct event *ev)
{
	switch (ev->kind) {
	case EV_PREVIEW:
		t->brief.state = ev->preview.brief.state;
		if (t->brief.state == PAYOUT_VOIDED) {
			t->step = TAKEBACK_DONE;
			break;
		}
		notice_say(&t->notice, NOTICE_WARN, "%s",
			tr("Not cancelled: nothing was recorded. Try again, or "
			   "give the money back to the person."));
		t->step = TAKEBACK_SURE;
		break;
	case EV_NO_RECEIPT:
	case EV_FAILED:
		notice_say(&t->notice, NOTICE_STOP, "%s",
			err_text(ev->kind == EV_FAILED ? ev->err.code
						       : ERR_CORRUPT,
				ERR_WHILE_WRITING));
		t->step = TAKEBACK_UNKNOWN;
		break;
	default:
		break;
	}
	return effect_of(FX_NONE);
}

static struct effect on_done_step(struct takeback *t, const struct event *ev)
{
	struct effect fx = effect_of(FX_PRINT);

	switch (key_of(t, ev)) {
	case '1':
		fx.print.seq = t->seq;
		fx.print.copy = true;
		return fx;
	case K_ACCEPT:
	case '0':
	case '.':
		return leave();
	default:
		return effect_of(FX_NONE);
	}
}

struct effect takeback_handle(struct takeback *t, const struct event *ev)
{
	switch (t->step) {
	case TAKEBACK_PAPER:
		return on_paper_step(t, ev);
	case TAKEBACK_SHEET:
		return on_sheet_step(t, ev);
	case TAKEBACK_SURE:
		return on_sure_step(t, ev);
	case TAKEBACK_SECOND:
		return on_second_step(t, ev);
	case TAKEBACK_WRITING:
		return on_writing_step(t, ev);
	case TAKEBACK_LOOKING:
		return on_looking_step(t, ev);
	case TAKEBACK_UNKNOWN:
		return key_of(t, ev) == '1' ? look(t) : effect_of(FX_NONE);
	case TAKEBACK_REFUSED:
		return key_of(t, ev) == '0' ? leave() : effect_of(FX_NONE);
	case TAKEBACK_DONE:
		return on_done_step(t, ev);
	case TAKEBACK_STEP_COUNT:
		break;
	}
	return effect_of(FX_NONE);
}
