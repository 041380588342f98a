#include "terminal/flows/signin.h"

#include <stdio.h>
#include <string.h>

#include "core/str.h"
#include "core/tr.h"
#include "terminal/flows/err_text.h"

enum {
	NUMBER_DIGITS = 7
};

static const struct binding number_keys[] = {
	{K_DIGITS, "0-9", TR("Your number"), NULL, false},
	{K_ACCEPT, "ENTER", TR("Go on"), NULL, false},
	{K_ERASE, "<-", TR("Erase"), NULL, false},
	{'*', "*", TR("More"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding pin_keys[] = {
	{K_DIGITS, "0-9", TR("Your PIN, six digits"), TR("PIN"), false},
	{K_ACCEPT, "ENTER", TR("Sign in"), NULL, false},
	{K_ERASE, "<-", TR("Erase"), NULL, false},
	{K_BACK, "Esc", TR("Another user"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding wait_keys[] = {
	{'0', "0", TR("Another user"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};

const struct binding *signin_bindings(enum signin_step step, size_t *count)
{
	switch (step) {
	case SIGNIN_NUMBER:
		*count = sizeof(number_keys) / sizeof(number_keys[0]);
		return number_keys;
	case SIGNIN_PIN:
		*count = sizeof(pin_keys) / sizeof(pin_keys[0]);
		return pin_keys;
	case SIGNIN_WAIT:
		*count = sizeof(wait_keys) / sizeof(wait_keys[0]);
		return wait_keys;
	case SIGNIN_CHECKING:
	case SIGNIN_STEP_COUNT:
		break;
	}
	*count = 0;
	return NULL;
}

void signin_init(struct signin *s, const struct signin_demo *demo)
{
	memset(s, 0, sizeof(*s));
	entry_init(&s->number, ENTRY_NUMBER, NUMBER_DIGITS);
	entry_init(&s->pin, ENTRY_SECRET, USERS_PIN_DIGITS);
	if (demo)
		s->demo = *demo;
}

static void ask_number(struct signin *s)
{
	entry_clear(&s->number);
	entry_clear(&s->pin);
	s->step = SIGNIN_NUMBER;
}

void signin_evidence(struct signin *s)
{
	s->evidence = true;
	entry_clear(&s->number);
	notice_say(&s->notice, NOTICE_STOP, "%s",
		tr("This is a restored copy, evidence only: nobody signs in"
		   " and nothing is written here."));
}

void signin_lock(struct signin *s, int64_t number)
{
	char text[24];

	ask_number(s);
	notice_clear(&s->notice);
	if (number <= 0)
		return;
	snprintf(text, sizeof(text), "%lld", (long long)number);
	entry_set(&s->number, text);
	s->step = SIGNIN_PIN;
}

static struct effect on_number_step(struct signin *s, const struct event *ev)
{
	if (ev->kind != EV_KEY)
		return effect_of(FX_NONE);
	switch (entry_key(&s->number, ev->key)) {
	case ENTRY_ACCEPTED:
		if (s->evidence)
			signin_evidence(s);
		else if (entry_number(&s->number) > 0)
			s->step = SIGNIN_PIN;
		break;
	case ENTRY_CHANGED:
		notice_clear(&s->notice);
		break;
	case ENTRY_CANCELLED:
		entry_clear(&s->number);
		break;
	case ENTRY_IGNORED:
	case ENTRY_FULL:
		break;
	}
	return effect_of(FX_NONE);
}

static struct effect try_pin(struct signin *s)
{
	struct effect fx = effect_of(FX_SIGN_IN);

	if (entry_length(&s->pin) != USERS_PIN_DIGITS) {
		notice_say(&s->notice, NOTICE_WARN, "%s",
			tr("The PIN has six digits"));
		return effect_of(FX_NONE);
	}
	fx.sign_in.number = entry_number(&s->number);
	str_copy(fx.sign_in.pin, sizeof(fx.sign_in.pin), s->pin.text);
	entry_clear(&s->pin);
	notice_clear(&s->notice);
	s->step = SIGNIN_CHECKING;
	return fx;
}

static struct effect on_pin_step(struct signin *s, const struct event *ev)
{
	if (ev->kind != EV_KEY)
		return effect_of(FX_NONE);
	switch (entry_key(&s->pin, ev->key)) {
	case ENTRY_ACCEPTED:
		return try_pin(s);
	case ENTRY_CHANGED:
		notice_clear(&s->notice);
		break;
	case ENTRY_CANCELLED:
		ask_number(s);
		break;
	case ENTRY_IGNORED:
	case ENTRY_FULL:
		break;
	}
	return effect_of(FX_NONE);
}

static void on_refused(struct signin *s, const struct event *ev)
{
	switch (ev->sign_in.how) {
	case SIGN_IN_WRONG_PIN:
		notice_say(&s->notice, NOTICE_WARN,
			tr("Wrong PIN; %d tries left"), ev->sign_in.tries_left);
		s->step = SIGNIN_PIN;
		if (ev->sign_in.wait_seconds > 0) {
			s->step = SIGNIN_WAIT;
			s->wait_seconds = ev->sign_in.wait_seconds;
			s->wait_until_ms =
				ev->at_ms + ev->sign_in.wait_seconds * 1000LL;
		}
		break;
	case SIGN_IN_LOCKED:
		ask_number(s);
		notice_say(&s->notice, NOTICE_STOP, "%s",
			tr("This user is locked; a supervisor can unlock it"));
		break;
	case SIGN_IN_REVOKED:
		ask_number(s);
		notice_say(&s->notice, NOTICE_STOP, "%s",
			tr("This user was revoked and may not work here any "
			   "more"));
		break;
	case SIGN_IN_EXPIRED:
		ask_number(s);
		notice_say(&s->notice, NOTICE_STOP, "%s",
			tr("The last day of this user is over; a supervisor "
			   "can renew it"));
		break;
	case SIGN_IN_NO_USER:
		ask_number(s);
		notice_say(&s->notice, NOTICE_WARN, "%s",
			tr("No user has this number"));
		break;
	case SIGN_IN_FAILED:
	case SIGN_IN_DONE:
		s->step = SIGNIN_PIN;
		notice_say(&s->notice, NOTICE_WARN, "%s",
			tr("The PIN could not be checked; try again"));
		break;
	}
}

static struct effect on_checking_step(struct signin *s, const struct event *ev)
{
	if (ev->kind == EV_SIGNED_IN) {
		ask_number(s);
		return effect_of(FX_LEAVE);
	}
	if (ev->kind == EV_SIGN_IN_REFUSED) {
		on_refused(s, ev);
	} else if (ev->kind == EV_FAILED) {
		s->step = SIGNIN_PIN;
		notice_say(&s->notice, NOTICE_STOP, "%s",
			err_text(ev->err.code, ERR_WHILE_READING));
	}
	return effect_of(FX_NONE);
}

static struct effect on_wait_step(struct signin *s, const struct event *ev)
{
	const long long left = s->wait_until_ms - ev->at_ms;

	if (binding_key(wait_keys, sizeof(wait_keys) / sizeof(wait_keys[0]),
		    ev) == '0') {
		ask_number(s);
		notice_clear(&s->notice);
	} else if (ev->kind == EV_TICK) {
		s->wait_seconds = left > 0 ? (int)((left + 999) / 1000) : 0;
		if (left <= 0)
			s->step = SIGNIN_PIN;
	}
	return effect_of(FX_NONE);
}

struct effect signin_handle(struct signin *s, const struct event *ev)
{
	typedef struct effect (*step_fn)(struct signin *, const struct event *);
	static const step_fn on_step[SIGNIN_STEP_COUNT] = {
		[SIGNIN_NUMBER] = on_number_step,
		[SIGNIN_PIN] = on_pin_step,
		[SIGNIN_CHECKING] = on_checking_step,
		[SIGNIN_WAIT] = on_wait_step,
	};

	return on_step[s->step](s, ev);
}
