#include "terminal/flows/preview.h"

#include <string.h>

#include "core/str.h"
#include "core/tr.h"
#include "terminal/flows/err_text.h"

static const struct binding show_keys[] = {
	{'1', "1", TR("Print a copy of the receipt"), TR("Copy"),
		BINDING_ONCE | BINDING_NEEDS(ACT_REPRINT)},
	{'5', "5", TR("Note a complaint about this receipt"), TR("Complaint"),
		BINDING_NEEDS(ACT_REPRINT)},
	{'.', ".", TR("Further down"), TR("Down"), false},
	{K_DOWN, "Down", TR("Further down"), TR("Down"), false},
	{K_UP, "Up", TR("Further up"), TR("Up"), false},
	{K_PAGE_UP, "PgUp", TR("Further up"), TR("Up"), false},
	{'0', "0", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding given_keys[] = {
	{'1', "1", TR("Print a copy of the receipt"), TR("Copy"),
		BINDING_ONCE | BINDING_NEEDS(ACT_REPRINT)},
	{'5', "5", TR("Note a complaint about this receipt"), TR("Complaint"),
		BINDING_NEEDS(ACT_REPRINT)},
	{'.', ".", TR("Further down"), TR("Down"), false},
	{K_DOWN, "Down", TR("Further down"), TR("Down"), false},
	{K_UP, "Up", TR("Further up"), TR("Up"), false},
	{K_PAGE_UP, "PgUp", TR("Further up"), TR("Up"), false},
	{'9', "9", TR("The money came back: cancel the payment"), TR("Cancel"),
		BINDING_ONCE | BINDING_NEEDS(ACT_PAY)},
	{'0', "0", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding none_keys[] = {
	{'0', "0", TR("Back"), NULL, false},
	{K_ACCEPT, "ENTER", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};

const struct binding *preview_bindings(enum preview_step step, size_t *count)
{
	switch (step) {
	case PREVIEW_SHOW:
		*count = sizeof(show_keys) / sizeof(show_keys[0]);
		return show_keys;
	case PREVIEW_GIVEN:
		*count = sizeof(given_keys) / sizeof(given_keys[0]);
		return given_keys;
	case PREVIEW_NONE:
		*count = sizeof(none_keys) / sizeof(none_keys[0]);
		return none_keys;
	case PREVIEW_LOADING:
	case PREVIEW_STEP_COUNT:
		break;
	}
	*count = 0;
	return NULL;
}

struct effect preview_start(struct preview *p, uint64_t seq)
{
	struct effect fx = effect_of(FX_RECEIPT);

	memset(p, 0, sizeof(*p));
	fx.receipt.seq = seq;
	return fx;
}

struct effect preview_start_code(struct preview *p, const char *code)
{
	struct effect fx = effect_of(FX_RECEIPT);

	memset(p, 0, sizeof(*p));
	str_copy(fx.receipt.code, sizeof(fx.receipt.code), code);
	if (str_starts(code, "CV1:"))
		str_copy(p->scanned, sizeof(p->scanned), code);
	p->typed = !p->scanned[0];
	return fx;
}

static int lines_of(const char *text)
{
	int n = 0;

	for (; *text; text++)
		n += *text == '\n' || text[1] == '\0';
	return n;
}

static void on_loading_step(struct preview *p, const struct event *ev)
{
	switch (ev->kind) {
	case EV_PREVIEW:
		p->seq = ev->preview.seq;
		p->brief = ev->preview.brief;
		memcpy(p->text, ev->preview.text, sizeof(p->text));
		p->text[sizeof(p->text) - 1] = '\0';
		p->lines = lines_of(p->text);
		p->step = p->brief.state == PAYOUT_HANDED ? PREVIEW_GIVEN
							  : PREVIEW_SHOW;
		break;
	case EV_NO_RECEIPT:
		p->proof = ev->evidence;
		p->step = PREVIEW_NONE;
		/* Then the screen has a sentence of its own. */
		if (p->proof.proof == PROOF_UNPROVEN ||
			p->proof.proof == PROOF_FOREIGN)
			break;
		notice_say(&p->notice, NOTICE_WARN, "%s",
			tr("This terminal has no receipt of it"));
		p->step = PREVIEW_NONE;
		break;
	case EV_FAILED:
		notice_say(&p->notice, NOTICE_STOP, "%s",
			err_text(ev->err.code, ERR_WHILE_READING));
		p->step = PREVIEW_NONE;
		break;
	default:
		break;
	}
}

static void scroll(struct preview *p, int by)
{
	const int to = p->top + by;

	if (to < p->lines)
		p->top = to > 0 ? to : 0;
}

static struct effect on_show_step(struct preview *p, const struct event *ev)
{
	struct effect fx = effect_of(FX_PRINT);

	size_t count;
	const struct binding *b = preview_bindings(p->step, &count);

	switch (binding_key(b, count, ev)) {
	case '1':
		fx.print.seq = p->seq;
		fx.print.copy = true;
		return fx;
	case '.':
	case K_DOWN:
		scroll(p, PREVIEW_SCROLL);
		break;
	case K_UP:
	case K_PAGE_UP:
		scroll(p, -PREVIEW_SCROLL);
		break;
	case '5':
		p->complain = true;
		return effect_of(FX_LEAVE);
	case '9':
		p->take_back = true;
		return effect_of(FX_LEAVE);
	case '0':
		return effect_of(FX_LEAVE);
	default:
		break;
	}
	return effect_of(FX_NONE);
}

struct effect preview_handle(struct preview *p, const struct event *ev)
{
	size_t count;
	const struct binding *b;

	switch (p->step) {
	case PREVIEW_LOADING:
		on_loading_step(p, ev);
		break;
	case PREVIEW_SHOW:
	case PREVIEW_GIVEN:
		return on_show_step(p, ev);
	case PREVIEW_NONE:
	case PREVIEW_STEP_COUNT:
		b = preview_bindings(PREVIEW_NONE, &count);
		switch (binding_key(b, count, ev)) {
		case '0':
		case K_ACCEPT:
			return effect_of(FX_LEAVE);
		default:
			break;
		}
	}
	return effect_of(FX_NONE);
}
