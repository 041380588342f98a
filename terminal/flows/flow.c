#include "terminal/flows/flow.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/str.h"

static bool class_has(int class, int key)
{
	switch (class) {
	case K_DIGITS:
		return key >= '0' && key <= '9';
	case K_CHOICES:
		return key >= '1' && key <= '9';
	case K_LETTERS:
		return key > ' ' && key < K_NAMED_FIRST && key != '*' &&
		       key != '#' && !(key >= '0' && key <= '9');
	default:
		return false;
	}
}

const struct binding *binding_find(const struct binding *b, size_t count,
	int key)
{
	for (size_t i = 0; i < count; i++)
		if (b[i].key == key)
			return &b[i];
	for (size_t i = 0; i < count; i++)
		if (class_has(b[i].key, key))
			return &b[i];
	return NULL;
}

/* A row of its own: where 0 is a digit like others, Esc is none. */
static bool has_key(const struct binding *b, size_t count, int key)
{
	for (size_t i = 0; i < count; i++)
		if (b[i].key == key)
			return true;
	return false;
}

bool binding_is_for(const struct binding *b, enum role role)
{
	const unsigned act = b->rules >> 8;

	return act == 0 || role == ROLE_NONE ||
	       role_may(role, (enum role_act)(act - 1));
}

int binding_key(const struct binding *b, size_t count, const struct event *ev)
{
	if (ev->kind != EV_KEY)
		return 0;
	if (binding_find(b, count, ev->key))
		return ev->key;
	if (ev->key == K_BACK && has_key(b, count, '0'))
		return '0';
	if (ev->key == K_PAGE_DOWN && has_key(b, count, '.'))
		return '.';
	return 0;
}

#define A(event) (UINT64_C(1) << (event))

_Static_assert(EV_KIND_COUNT <= 64, "more events than bits in a row");

static const uint64_t answers[FX_KIND_COUNT] = {
	[FX_SIGN_IN] = A(EV_SIGNED_IN) | A(EV_SIGN_IN_REFUSED),
	[FX_USERS] = A(EV_USERS),
	[FX_INTAKE_FILES] = A(EV_INTAKE),
	[FX_INTAKE_LOOK] = A(EV_INTAKE) | A(EV_REFUSED),
	[FX_INTAKE_TAKE] = A(EV_INTAKE) | A(EV_REFUSED),
	[FX_ASSIGN] = A(EV_CONFIRMED) | A(EV_REFUSED),
	[FX_USER_ADD] = A(EV_USER_SAVED) | A(EV_REFUSED),
	[FX_USER_PIN] =
		A(EV_USER_SAVED) | A(EV_REFUSED) | A(EV_SIGN_IN_REFUSED),
	[FX_USER_UNLOCK] = A(EV_USER_SAVED) | A(EV_REFUSED),
	[FX_USER_REVOKE] = A(EV_USER_SAVED) | A(EV_REFUSED),
	[FX_USER_RENEW] = A(EV_USER_SAVED) | A(EV_REFUSED),
	[FX_SHIFT_STATE] = A(EV_SHIFT) | A(EV_NO_SHIFT),
	[FX_SHIFT_OPEN] = A(EV_SHIFT) | A(EV_REFUSED),
	[FX_SHIFT_TOP_UP] = A(EV_SHIFT) | A(EV_REFUSED),
	[FX_SHIFT_DROP] = A(EV_SHIFT) | A(EV_REFUSED),
	[FX_SHIFT_CLOSE] = A(EV_SHIFT_CLOSED) | A(EV_REFUSED) |
			   A(EV_SIGN_IN_REFUSED) | A(EV_APPROVAL),
	[FX_FIND] = A(EV_FOUND),
	[FX_PERSON] = A(EV_PERSON) | A(EV_NO_PERSON),
	[FX_CARD] = A(EV_PERSON) | A(EV_NO_PERSON),
	[FX_PAY] = A(EV_PAID) | A(EV_REFUSED) | A(EV_SIGN_IN_REFUSED) |
		   A(EV_APPROVAL),
	[FX_LOOK] = A(EV_PAID) | A(EV_NOT_RECORDED),
	[FX_HANDED] = A(EV_HANDED) | A(EV_REFUSED),
	[FX_NOT_HANDED] = A(EV_NOT_HANDED) | A(EV_REFUSED),
	[FX_OPEN_PAYOUT] = A(EV_OPEN_PAYOUT) | A(EV_NO_OPEN_PAYOUT),
	[FX_RECOVER] = A(EV_RECOVERED) | A(EV_REFUSED) | A(EV_SIGN_IN_REFUSED) |
		       A(EV_APPROVAL),
	[FX_VOID] = A(EV_VOIDED) | A(EV_REFUSED) | A(EV_SIGN_IN_REFUSED) |
		    A(EV_APPROVAL),
	[FX_APPROVE] = A(EV_APPROVAL) | A(EV_REFUSED),
	[FX_CARD_SHOW] = A(EV_APPROVAL) | A(EV_REFUSED),
	[FX_CARD_TAKE] = A(EV_CONFIRMED) | A(EV_REFUSED),
	[FX_MARKS_SHOW] = A(EV_MARKS) | A(EV_REFUSED),
	[FX_MARKS_TAKE] = A(EV_MARKS_TAKEN) | A(EV_REFUSED),
	[FX_PEER] = A(EV_CONFIRMED) | A(EV_REFUSED),
	[FX_EXCEPTIONS] = A(EV_EXCEPTIONS),
	[FX_ARRIVAL_LOOK] = A(EV_ARRIVALS) | A(EV_REFUSED),
	[FX_ARRIVAL_TAKE] = A(EV_ARRIVALS) | A(EV_REFUSED),
	[FX_RECHECK_SAID] = A(EV_RECHECK_SAID) | A(EV_REFUSED),
	[FX_HANDOVER] = A(EV_HANDOVER) | A(EV_REFUSED),
	[FX_RELEASE] = A(EV_HANDOVER) | A(EV_REFUSED),
	[FX_ACQUIRE] = A(EV_ACQUIRED) | A(EV_REFUSED),
	[FX_ACCOUNT] = A(EV_ACCOUNT),
	[FX_ACCOUNT_ADD] = A(EV_ACCOUNT) | A(EV_REFUSED),
	[FX_ACCOUNT_CASH] =
		A(EV_ACCOUNT) | A(EV_REFUSED) | A(EV_SIGN_IN_REFUSED),
	[FX_COMPLAIN] = A(EV_COMPLAINT) | A(EV_REFUSED),
	[FX_CONSENT_STATE] = A(EV_CONSENT_STATE),
	[FX_CONSENT_TEXT] = A(EV_CONSENT_TEXT) | A(EV_REFUSED),
	[FX_CONSENT_GIVE] = A(EV_CONSENT) | A(EV_REFUSED),
	[FX_CONSENT_REFUSE] = A(EV_CONSENT) | A(EV_REFUSED),
	[FX_REQUEST] = A(EV_REQUEST) | A(EV_REFUSED),
	[FX_CONSENT_WITHDRAW] = A(EV_CONSENT) | A(EV_REFUSED),
	[FX_VISITS] = A(EV_VISITS),
	[FX_VISIT_LOOK] = A(EV_VISIT_LOOK) | A(EV_NO_PERSON),
	[FX_VISIT_CARD] = A(EV_VISIT_LOOK) | A(EV_NO_PERSON),
	[FX_VISIT_PLAN] = A(EV_CONFIRMED),
	[FX_VISIT] = A(EV_VISIT) | A(EV_REFUSED),
	[FX_DRAFT_TAKE] = A(EV_DRAFT),
	[FX_DRAFT_DROP] = A(EV_CONFIRMED),
	[FX_NOT_PAID] = A(EV_NOT_PAID_SAVED) | A(EV_REFUSED),
	[FX_CLOCK] = A(EV_CONFIRMED) | A(EV_REFUSED),
	[FX_COPY_PLACE] = A(EV_COPY_PLACE),
	[FX_PAPER_PLACE] = A(EV_COPY_PLACE),
	[FX_COPY] = A(EV_COPIED) | A(EV_REFUSED),
	[FX_SHIFT_FILE] = A(EV_COPIED) | A(EV_REFUSED),
	[FX_LIMITS] = A(EV_LIMITS),
	[FX_LIMIT_SET] = A(EV_LIMITS) | A(EV_REFUSED),
	[FX_SETTINGS] = A(EV_SETTINGS) | A(EV_REFUSED),
	[FX_SETTING_PUT] = A(EV_SETTINGS) | A(EV_REFUSED),
	[FX_PEER_OUT] = A(EV_SETTINGS) | A(EV_REFUSED),
	[FX_SAMPLE] = A(EV_SAMPLE),
	[FX_COPIES] = A(EV_COPIES) | A(EV_REFUSED),
	[FX_COPY_CHECK] = A(EV_CONFIRMED) | A(EV_REFUSED),
	[FX_RESTORE] = A(EV_COPY_PLACE) | A(EV_REFUSED),
	[FX_PRINT_KEEP] = A(EV_CONFIRMED),
	[FX_DRAWER_OPEN] = A(EV_CONFIRMED) | A(EV_REFUSED),
	[FX_MOVED] = A(EV_CONFIRMED) | A(EV_REFUSED),
	[FX_EVIDENCE] = A(EV_EVIDENCE),
	[FX_RECEIPT] = A(EV_PREVIEW) | A(EV_NO_RECEIPT),
};

bool flow_is_answered(enum effect_kind asked)
{
	return answers[asked] != 0;
}

bool flow_answers(enum effect_kind asked, enum event_kind ev)
{
	if (!flow_is_answered(asked))
		return false;
	return ev == EV_FAILED || (answers[asked] & A(ev)) != 0;
}

void notice_clear(struct notice *n)
{
	n->level = NOTICE_NOTE;
	n->text[0] = '\0';
}

void notice_say(struct notice *n, enum notice_level level, const char *fmt, ...)
{
	char wide[2 * sizeof(n->text)];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(wide, sizeof(wide), fmt, ap);
	va_end(ap);
	n->level = level;
	str_copy(n->text, sizeof(n->text), wide); /* whole characters */
}

struct effect effect_of(enum effect_kind kind)
{
	struct effect fx;

	memset(&fx, 0, sizeof(fx));
	fx.kind = kind;
	return fx;
}
