#include "terminal/flows/second.h"

#include <string.h>

#include "core/codec/seal.h"
#include "core/crypto.h"
#include "core/str.h"
#include "core/tr.h"
#include "terminal/flows/refusal_text.h"

enum {
	NUMBER_DIGITS = 7
};

static const struct binding number_keys[] = {
	{K_DIGITS, "0-9", TR("Number of the second person"),
		TR("Second person"), false},
	{K_ACCEPT, "ENTER", TR("Go on"), NULL, false},
	{'.', ".", TR("By QR, from the supervisor's own terminal"), TR("By QR"),
		true},
	{K_ERASE, "<-", TR("Erase"), NULL, false},
	{K_BACK, "Esc", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding qr_keys[] = {
	{K_SCAN, "", TR("Scan the answer on the supervisor's screen"),
		TR("Scan the answer"), false},
	{'1', "1", TR("Make a new request"), TR("New request"), true},
	{'0', "0", TR("Back: number and PIN instead"), TR("Back"), false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding pin_keys[] = {
	{K_DIGITS, "0-9", TR("His or her PIN, six digits"), TR("PIN"), false},
	{K_ACCEPT, "ENTER", TR("Approve"), NULL, true},
	{K_ERASE, "<-", TR("Erase"), NULL, false},
	{K_BACK, "Esc", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};

const struct binding *second_bindings(enum second_step step, size_t *count)
{
	if (step == SECOND_NUMBER) {
		*count = sizeof(number_keys) / sizeof(number_keys[0]);
		return number_keys;
	}
	if (step == SECOND_QR) {
		*count = sizeof(qr_keys) / sizeof(qr_keys[0]);
		return qr_keys;
	}
	*count = sizeof(pin_keys) / sizeof(pin_keys[0]);
	return pin_keys;
}

void second_init(struct second *s)
{
	memset(s, 0, sizeof(*s));
	entry_init(&s->number, ENTRY_NUMBER, NUMBER_DIGITS);
	entry_init(&s->pin, ENTRY_SECRET, USERS_PIN_DIGITS);
}

static enum second_result on_number(struct second *s, int key)
{
	if (key == '.')
		return SECOND_ASKED;
	switch (entry_key(&s->number, key)) {
	case ENTRY_ACCEPTED:
		if (entry_number(&s->number) > 0)
			s->step = SECOND_PIN;
		return SECOND_TYPING;
	case ENTRY_CANCELLED:
		return SECOND_CANCELLED;
	case ENTRY_CHANGED:
		notice_clear(&s->notice);
		return SECOND_TYPING;
	case ENTRY_IGNORED:
	case ENTRY_FULL:
		return SECOND_TYPING;
	}
	return SECOND_TYPING;
}

static enum second_result pin_given(struct second *s, long long at_ms)
{
	const long long left = s->not_before_ms - at_ms;

	if (entry_length(&s->pin) != USERS_PIN_DIGITS) {
		notice_say(&s->notice, NOTICE_WARN, "%s",
			tr("The PIN has six digits"));
		return SECOND_TYPING;
	}
	if (left > 0) {
		notice_say(&s->notice, NOTICE_WARN,
			tr("Wait %d seconds, then press ENTER again"),
			(int)((left + 999) / 1000));
		return SECOND_TYPING;
	}
	return SECOND_GIVEN;
}

static enum second_result on_qr(struct second *s, const struct event *ev)
{
	const int key =
		binding_key(qr_keys, sizeof(qr_keys) / sizeof(qr_keys[0]), ev);

	if (ev->kind == EV_SCAN) {
		if (seal_scanned(ev->scan.bytes, ev->scan.len, s->answer,
			    sizeof(s->answer)) &&
			approval_kind_of(s->answer) == 'A')
			return SECOND_GIVEN;
		s->answer[0] = '\0';
		notice_say(&s->notice, NOTICE_WARN, "%s",
			tr("This is no answer. Scan the code on the "
			   "supervisor's screen."));
	} else if (key == '1') {
		return SECOND_ASKED;
	} else if (key == '0') {
		notice_clear(&s->notice);
		s->step = SECOND_NUMBER;
	}
	return SECOND_TYPING;
}

static enum second_result on_key(struct second *s, int key, long long at_ms)
{
	if (s->step == SECOND_NUMBER)
		return on_number(s, key);
	switch (entry_key(&s->pin, key)) {
	case ENTRY_ACCEPTED:
		return pin_given(s, at_ms);
	case ENTRY_CANCELLED:
		entry_clear(&s->pin);
		s->step = SECOND_NUMBER;
		return SECOND_TYPING;
	case ENTRY_CHANGED:
		notice_clear(&s->notice);
		return SECOND_TYPING;
	case ENTRY_IGNORED:
	case ENTRY_FULL:
		return SECOND_TYPING;
	}
	return SECOND_TYPING;
}

enum second_result second_handle(struct second *s, const struct event *ev)
{
	if (s->step == SECOND_QR)
		return on_qr(s, ev);
	if (ev->kind != EV_KEY)
		return SECOND_TYPING;
	return on_key(s, ev->key, ev->at_ms);
}

void second_by_qr(struct second *s, enum second_result how, struct effect *fx)
{
	fx->second.ask = how == SECOND_ASKED;
	if (how != SECOND_GIVEN || s->step != SECOND_QR)
		return;
	str_copy(fx->second.answer, sizeof(fx->second.answer), s->answer);
	s->answer[0] = '\0';
}

void second_asked(struct second *s, const struct event *ev)
{
	str_copy(s->request, sizeof(s->request), ev->approval);
	notice_clear(&s->notice);
	s->step = SECOND_QR;
}

static bool is_about_second(enum refusal_code code)
{
	switch (code) {
	case REFUSED_SECOND_PERSON:
	case REFUSED_SAME_PERSON:
	case REFUSED_NO_USER:
	case REFUSED_REVOKED:
	case REFUSED_EXPIRED:
	case REFUSED_APPROVAL_TEXT:
	case REFUSED_APPROVAL_OTHER:
	case REFUSED_APPROVAL_LATE:
	case REFUSED_APPROVAL_MOVED:
	case REFUSED_APPROVAL_KEY:
	case REFUSED_APPROVAL_FORGED:
		return true;
	default:
		return false;
	}
}

bool second_wrong(struct second *s, const struct refusal *why)
{
	char text[REFUSAL_TEXT_SIZE];

	if (s->step != SECOND_QR || !is_about_second(why->code))
		return false;
	refusal_text(why, text, sizeof(text));
	notice_say(&s->notice, NOTICE_WARN, "%s", text);
	return true;
}

void second_take(struct second *s, int64_t *number, char pin[FLOW_PIN_SIZE])
{
	*number = entry_number(&s->number);
	str_copy(pin, FLOW_PIN_SIZE, s->pin.text);
	entry_clear(&s->pin);
}

void second_refused(struct second *s, const struct event *ev)
{
	entry_clear(&s->pin);
	s->step = SECOND_NUMBER;
	s->not_before_ms = 0;
	switch (ev->sign_in.how) {
	case SIGN_IN_WRONG_PIN:
		s->step = SECOND_PIN;
		s->not_before_ms =
			ev->at_ms + ev->sign_in.wait_seconds * 1000LL;
		notice_say(&s->notice, NOTICE_WARN,
			tr("Wrong PIN; %d tries left"), ev->sign_in.tries_left);
		break;
	case SIGN_IN_LOCKED:
		notice_say(&s->notice, NOTICE_STOP, "%s",
			tr("This user is locked; a supervisor can unlock it"));
		break;
	case SIGN_IN_REVOKED:
		notice_say(&s->notice, NOTICE_STOP, "%s",
			tr("This user was revoked and may not work here any "
			   "more"));
		break;
	case SIGN_IN_EXPIRED:
		notice_say(&s->notice, NOTICE_STOP, "%s",
			tr("The last day of this user is over; a supervisor "
			   "can renew it"));
		break;
	case SIGN_IN_NO_USER:
		notice_say(&s->notice, NOTICE_WARN, "%s",
			tr("No user has this number"));
		break;
	case SIGN_IN_FAILED:
	case SIGN_IN_DONE:
		notice_say(&s->notice, NOTICE_WARN, "%s",
			tr("The PIN could not be checked; try again"));
		break;
	}
}
