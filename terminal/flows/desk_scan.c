/* What a scan does, wherever the user is: desk.h. */
#include <string.h>

#include "core/codec/bhyt.h"
#include "core/codec/seal.h"
#include "core/crypto.h"
#include "core/str.h"
#include "core/tr.h"
#include "terminal/flows/card_text.h"
#include "terminal/flows/desk_internal.h"
#include "terminal/flows/proof_text.h"

static void say_rejected(struct desk *d, const struct idcard *card)
{
	notice_say(&d->notice, NOTICE_WARN, "%s",
		card_note_text(card->note[0]));
}

static bool same_person(const struct desk *d, const struct idcard *card)
{
	return strcmp(card->id12, d->check.due.person.id12) == 0 ||
	       (d->check.has_card &&
		       strcmp(card->id12, d->check.card.id12) == 0);
}

/* A payment is open, or an answer is out: keep it for afterwards. */
static void park(struct desk *d, const struct event *ev)
{
	struct idcard card;

	if (idcard_parse(ev->scan.bytes, ev->scan.len, &card) == CARD_REJECT) {
		say_rejected(d, &card);
		return;
	}
	if (desk_has(d, DESK_PAY) && same_person(d, &card)) {
		notice_say(&d->notice, NOTICE_NOTE, "%s",
			tr("This is the card of the person being paid"));
		return;
	}
	d->parked = true;
	d->next = card;
	notice_say(&d->notice, NOTICE_NOTE, tr("Next: %s"),
		card.name[0] ? card.name : card.id12);
}

/* The text of a Z slip's QR: the book compares it with what it has. */
static bool slip_code(const struct event *ev, struct effect *fx)
{
	*fx = effect_of(FX_EVIDENCE);
	return proof_scanned(ev->scan.bytes, ev->scan.len, fx->paper) &&
	       str_starts(fx->paper, ZSEAL_PREFIX);
}

/* A health-insurance card says who it may be; it pays nobody. */
static bool is_bhyt(const struct event *ev, struct bhyt *out)
{
	return bhyt_parse(ev->scan.bytes, ev->scan.len, out) && out->name[0];
}

static struct effect take(struct desk *d, const struct event *ev)
{
	char code[SEAL_TEXT_SIZE];
	struct effect fx;
	struct idcard card;
	struct bhyt bhyt;

	if (slip_code(ev, &fx)) {
		desk_home(d);
		return fx;
	}
	if (idcard_parse(ev->scan.bytes, ev->scan.len, &card) != CARD_REJECT &&
		desk_is_at_door(d))
		return desk_visit_card(d, &card);
	if (card.outcome != CARD_REJECT) {
		desk_home(d);
		desk_push(d, DESK_CHECK);
		return check_start_card(&d->check, &card);
	}
	if (card.kind == CARD_KIND_RECEIPT &&
		seal_scanned(ev->scan.bytes, ev->scan.len, code,
			sizeof(code))) {
		desk_home(d);
		desk_push(d, DESK_PREVIEW);
		return preview_start_code(&d->preview, code);
	}
	if (card.kind == CARD_KIND_BHYT && is_bhyt(ev, &bhyt)) {
		desk_home(d);
		desk_push(d, DESK_FIND);
		return find_start_bhyt(&d->find, bhyt.name, bhyt.birth,
			d->typing);
	}
	/* The last good one stays on the screen. */
	say_rejected(d, &card);
	return effect_of(FX_NONE);
}

/* A request, or the card of his other terminal: for a supervisor only. */
static bool is_approval(const struct desk *d, const struct event *ev,
	char out[APPROVAL_TEXT_SIZE])
{
	char kind;

	if (!role_may(d->user.role, ACT_APPROVE) || d->waiting != FX_NONE ||
		!seal_scanned(ev->scan.bytes, ev->scan.len, out,
			APPROVAL_TEXT_SIZE))
		return false;
	kind = approval_kind_of(out);
	return kind == 'R' || kind == 'C';
}

static struct effect approve(struct desk *d, const char *text)
{
	while (desk_place(d) == DESK_APPROVE || desk_place(d) == DESK_MENU ||
		desk_place(d) == DESK_HELP)
		desk_pop(d);
	if (d->depth == DESK_DEPTH)
		desk_home(d);
	desk_push(d, DESK_APPROVE);
	approve_start(&d->approve, text);
	return effect_of(FX_NONE);
}

/* Paid marks of another terminal, or its card: for whoever keeps a book. */
static bool is_marks(const struct desk *d, const struct event *ev,
	char out[MARKS_TEXT_SIZE])
{
	if (d->waiting != FX_NONE || !seal_scanned(ev->scan.bytes, ev->scan.len,
					     out, MARKS_TEXT_SIZE))
		return false;
	switch (marks_kind_of(out)) {
	case 'P':
		return role_may(d->user.role, ACT_IMPORT);
	case 'C':
		return role_may(d->user.role, ACT_OFFICE_KEY);
	default:
		return false;
	}
}

static struct effect carry(struct desk *d, const char *text)
{
	if (desk_place(d) != DESK_CARRY) {
		desk_home(d);
		desk_push(d, DESK_CARRY);
	}
	return carry_scan(&d->carry, text);
}

/* The answer of a second person is waited for. */
static bool is_for_second(const struct desk *d)
{
	switch (desk_place(d)) {
	case DESK_DRAWER:
		return d->drawer.step == DRAWER_SECOND &&
		       d->drawer.second.step == SECOND_QR;
	case DESK_RECOVER:
		return d->recover.step == RECOVER_SECOND &&
		       d->recover.second.step == SECOND_QR;
	case DESK_PAY:
		return d->pay.step == PAY_SECOND &&
		       d->pay.second.step == SECOND_QR;
	case DESK_TAKEBACK:
		return d->takeback.step == TAKEBACK_SECOND &&
		       d->takeback.second.step == SECOND_QR;
	default:
		return false;
	}
}

/* The QR of an account, or the card of its owner. */
static bool is_for_enrol(const struct desk *d)
{
	return desk_place(d) == DESK_ENROL && enrol_takes_scan(&d->enrol);
}

static bool is_for_payee(const struct desk *d)
{
	return desk_place(d) == DESK_CHECK &&
	       (d->check.step == CHECK_NAME || d->check.step == CHECK_ID);
}

/* On another machine a card may be looked at, unless something is asked. */
static bool is_frozen(const struct desk *d)
{
	return d->status.frozen ||
	       (desk_place(d) == DESK_FROZEN && d->frozen.step != FROZEN_MOVED);
}

struct effect desk_scan(struct desk *d, const struct event *ev)
{
	char text[APPROVAL_TEXT_SIZE];
	char marks[MARKS_TEXT_SIZE];

	/* The camera's user went on while it was reading. */
	if (ev->scan.camera && desk_place(d) != DESK_VIEWFINDER)
		return effect_of(FX_NONE);
	notice_clear(&d->notice);
	if (desk_place(d) == DESK_VIEWFINDER) {
		desk_pop(d);
		crypto_wipe(&d->viewfinder, sizeof(d->viewfinder));
	}
	if (desk_place(d) == DESK_SCANTEST)
		return desk_forward(d, ev);
	if (is_for_second(d))
		return desk_forward(d, ev);
	if (is_approval(d, ev, text))
		return approve(d, text);
	if (desk_place(d) == DESK_DRAWER && d->drawer.step == DRAWER_LAST_SLIP)
		return desk_forward(d, ev);
	if (desk_place(d) == DESK_FROZEN && d->frozen.step == FROZEN_PAPER)
		return desk_forward(d, ev);
	if (desk_place(d) == DESK_TAKEBACK &&
		d->takeback.step == TAKEBACK_PAPER)
		return desk_forward(d, ev);
	if (desk_place(d) == DESK_AGREE && d->waiting == FX_NONE &&
		agree_wants_scan(&d->agree))
		return desk_forward(d, ev);
	if (d->user.number == 0 || desk_has(d, DESK_RECOVER) ||
		(desk_has(d, DESK_ENROL) && !is_for_enrol(d)) ||
		desk_has(d, DESK_AGREE) || desk_has(d, DESK_DRAWER) ||
		desk_has(d, DESK_TAKEBACK) || desk_has(d, DESK_OFFICE) ||
		desk_has(d, DESK_BYPAD) || desk_has(d, DESK_TEAM) ||
		desk_has(d, DESK_APPROVE) ||
		(desk_has(d, DESK_FROZEN) && is_frozen(d))) {
		notice_say(&d->notice, NOTICE_WARN, "%s",
			tr("Not scanned: finish what is on the screen first"));
		return effect_of(FX_NONE);
	}
	if (d->waiting != FX_NONE && desk_is_at_door(d)) {
		notice_say(&d->notice, NOTICE_WARN, "%s",
			tr("Not scanned: finish what is on the screen first"));
		return effect_of(FX_NONE);
	}
	if (d->waiting != FX_NONE ||
		(desk_has(d, DESK_PAY) && pay_is_open(&d->pay))) {
		park(d, ev);
		return effect_of(FX_NONE);
	}
	if (is_for_payee(d) || is_for_enrol(d) ||
		(desk_place(d) == DESK_QUESTIONS &&
			questions_takes_scan(&d->questions)))
		return desk_forward(d, ev);
	if (is_marks(d, ev, marks))
		return carry(d, marks);
	if (desk_is_handover(d, ev, marks))
		return desk_scan_handover(d, marks);
	return take(d, ev);
}
