#include "terminal/flows/team.h"

#include <string.h>

#include "core/crypto.h"
#include "core/pin.h"
#include "core/str.h"
#include "core/text.h"
#include "core/tr.h"
#include "terminal/flows/err_text.h"
#include "terminal/flows/refusal_text.h"
#include "terminal/flows/team_internal.h"

enum {
	NUMBER_DIGITS = 7,
	NAME_CHARS = 40,
	DAY_CHARS = 10
};

int team_key(const struct team *t, const struct event *ev)
{
	size_t count;
	const struct binding *b = team_bindings(t->step, &count);

	return binding_key(b, count, ev);
}

/* ---- from step to step --------------------------------------------------- */

static void clear_fields(struct team *t)
{
	entry_clear(&t->number);
	entry_clear(&t->name);
	entry_clear(&t->day);
	entry_clear(&t->old);
	entry_clear(&t->pin);
	entry_clear(&t->again);
	t->until = 0;
}

static struct effect load(struct team *t, int64_t after)
{
	struct effect fx = effect_of(FX_USERS);

	clear_fields(t);
	t->step = TEAM_LOADING;
	fx.user.number = after;
	return fx;
}

static void ask_number(struct team *t)
{
	clear_fields(t);
	t->step = t->task == TEAM_FIRST ? TEAM_FIRST_NUMBER : TEAM_NUMBER;
}

void team_ask_pin(struct team *t)
{
	entry_clear(&t->pin);
	entry_clear(&t->again);
	t->step = TEAM_PIN;
}

/* Given up where it began, or over. */
static struct effect leave(struct team *t, bool done)
{
	clear_fields(t);
	t->done = done;
	return effect_of(FX_LEAVE);
}

struct effect team_start(struct team *t, enum team_task task)
{
	crypto_wipe(t, sizeof(*t));
	t->task = task;
	t->role = ROLE_SUPERVISOR;
	entry_init(&t->number, ENTRY_NUMBER, NUMBER_DIGITS);
	entry_init(&t->name, ENTRY_TEXT, NAME_CHARS);
	entry_init(&t->day, ENTRY_DATE, DAY_CHARS);
	entry_init(&t->old, ENTRY_SECRET, PIN_DIGITS);
	entry_init(&t->pin, ENTRY_SECRET, PIN_DIGITS);
	entry_init(&t->again, ENTRY_SECRET, PIN_DIGITS);
	switch (task) {
	case TEAM_FIRST:
		t->step = TEAM_FIRST_NUMBER;
		break;
	case TEAM_PEOPLE:
		return load(t, 0);
	case TEAM_OWN_PIN:
		t->step = TEAM_OLD;
		break;
	}
	return effect_of(FX_NONE);
}

/* ---- the list ------------------------------------------------------------ */

static struct effect on_loading_step(struct team *t, const struct event *ev)
{
	if (ev->kind == EV_FAILED && t->task == TEAM_FIRST) {
		ask_number(t);
		return effect_of(FX_NONE);
	}
	if (ev->kind == EV_FAILED) {
		t->rows = 0;
		t->step = TEAM_LIST;
		notice_say(&t->notice, NOTICE_STOP, "%s",
			err_text(ev->err.code, ERR_WHILE_READING));
	}
	if (ev->kind != EV_USERS)
		return effect_of(FX_NONE);
	/* FIRST looks only after a failure: was it recorded? */
	if (t->task == TEAM_FIRST) {
		if (ev->users.count > 0)
			return leave(t, true);
		ask_number(t);
		return effect_of(FX_NONE);
	}
	t->rows = ev->users.count;
	t->more = ev->users.more;
	memcpy(t->row, ev->users.row, sizeof(t->row));
	t->step = TEAM_LIST;
	return team_ask_seen(t, ev->at_ms);
}

static struct effect on_list_step(struct team *t, const struct event *ev)
{
	const int key = team_key(t, ev);

	switch (key) {
	case 0:
	case '#':
		break;
	case '0':
		return leave(t, false);
	case '9':
		notice_clear(&t->notice);
		ask_number(t);
		break;
	case '.':
		notice_clear(&t->notice);
		return load(t, t->more && t->rows > 0
				       ? t->row[t->rows - 1].number
				       : 0);
	default:
		if (key - '1' >= t->rows)
			break;
		notice_clear(&t->notice);
		t->chosen = t->row[key - '1'];
		t->step = TEAM_USER;
	}
	return effect_of(FX_NONE);
}

struct effect team_change(struct team *t, enum effect_kind kind)
{
	struct effect fx = effect_of(kind);

	fx.user.number = t->chosen.number;
	notice_clear(&t->notice);
	t->step = TEAM_WORKING;
	return fx;
}

static struct effect on_user_step(struct team *t, const struct event *ev)
{
	switch (team_key(t, ev)) {
	case '1':
		if (t->chosen.locked)
			return team_change(t, FX_USER_UNLOCK);
		notice_say(&t->notice, NOTICE_NOTE, "%s",
			tr("This user is not locked"));
		break;
	case '2':
		notice_clear(&t->notice);
		t->step = TEAM_SURE;
		break;
	case '3':
		team_ask_renewal(t);
		break;
	case '0':
		notice_clear(&t->notice);
		t->step = TEAM_LIST;
		break;
	default:
		break;
	}
	return effect_of(FX_NONE);
}

static struct effect on_sure_step(struct team *t, const struct event *ev)
{
	switch (team_key(t, ev)) {
	case '1':
		return team_change(t, FX_USER_REVOKE);
	case '0':
		t->step = TEAM_USER;
		break;
	default:
		break;
	}
	return effect_of(FX_NONE);
}

/* ---- a new one ----------------------------------------------------------- */

enum entry_result team_typed(struct team *t, struct entry *e,
	const struct event *ev)
{
	enum entry_result got;

	if (ev->kind != EV_KEY)
		return ENTRY_IGNORED;
	got = entry_key(e, ev->key);
	if (got == ENTRY_CHANGED)
		notice_clear(&t->notice);
	return got;
}

/* What became of a key in a field; ACCEPTED only if something is in it. */
static enum entry_result typed(struct team *t, struct entry *e,
	const struct event *ev)
{
	const enum entry_result got = team_typed(t, e, ev);

	return got == ENTRY_ACCEPTED && !*e->text ? ENTRY_IGNORED : got;
}

static struct effect on_number_step(struct team *t, const struct event *ev)
{
	switch (typed(t, &t->number, ev)) {
	case ENTRY_ACCEPTED:
		if (entry_number(&t->number) > 0)
			t->step = TEAM_NAME;
		break;
	case ENTRY_CANCELLED:
		if (t->task == TEAM_PEOPLE)
			return load(t, 0);
		entry_clear(&t->number);
		break;
	case ENTRY_IGNORED:
	case ENTRY_CHANGED:
	case ENTRY_FULL:
		break;
	}
	return effect_of(FX_NONE);
}

static struct effect on_name_step(struct team *t, const struct event *ev)
{
	char clean[ENTRY_SIZE];

	switch (typed(t, &t->name, ev)) {
	case ENTRY_ACCEPTED:
		if (!text_clean(t->name.text, strlen(t->name.text), clean,
			    sizeof(clean), NULL) ||
			clean[0] == '\0')
			break;
		entry_set(&t->name, clean);
		if (t->task == TEAM_FIRST)
			team_ask_pin(t);
		else
			t->step = TEAM_ROLE;
		break;
	case ENTRY_CANCELLED:
		ask_number(t);
		break;
	case ENTRY_IGNORED:
	case ENTRY_CHANGED:
	case ENTRY_FULL:
		break;
	}
	return effect_of(FX_NONE);
}

static struct effect on_role_step(struct team *t, const struct event *ev)
{
	static const enum role role[] = {ROLE_AGENT, ROLE_STAFF,
		ROLE_SUPERVISOR, ROLE_TECHNICIAN};
	const int key = team_key(t, ev);

	if (key == '0') {
		t->step = TEAM_NAME;
	} else if (key >= '1' && key <= '4') {
		t->role = role[key - '1'];
		t->step = TEAM_UNTIL;
	}
	return effect_of(FX_NONE);
}

/* ---- PINs ---------------------------------------------------------------- */

static struct effect on_old_step(struct team *t, const struct event *ev)
{
	switch (typed(t, &t->old, ev)) {
	case ENTRY_ACCEPTED:
		if (entry_length(&t->old) == PIN_DIGITS)
			team_ask_pin(t);
		else
			notice_say(&t->notice, NOTICE_WARN, "%s",
				tr("The PIN has six digits"));
		break;
	case ENTRY_CANCELLED:
		return leave(t, false);
	case ENTRY_IGNORED:
	case ENTRY_CHANGED:
	case ENTRY_FULL:
		break;
	}
	return effect_of(FX_NONE);
}

static struct effect pin_cancelled(struct team *t)
{
	entry_clear(&t->pin);
	switch (t->task) {
	case TEAM_FIRST:
		t->step = TEAM_NAME;
		break;
	case TEAM_PEOPLE:
		t->step = TEAM_UNTIL;
		break;
	case TEAM_OWN_PIN:
		entry_clear(&t->old);
		t->step = TEAM_OLD;
		break;
	}
	return effect_of(FX_NONE);
}

static struct effect on_pin_step(struct team *t, const struct event *ev)
{
	const struct refusal unsafe = {.code = REFUSED_PIN};
	char text[REFUSAL_TEXT_SIZE];

	switch (typed(t, &t->pin, ev)) {
	case ENTRY_ACCEPTED:
		if (pin_check(t->pin.text) == PIN_GOOD) {
			t->step = TEAM_AGAIN;
			break;
		}
		refusal_text(&unsafe, text, sizeof(text));
		notice_say(&t->notice, NOTICE_WARN, "%s", text);
		entry_clear(&t->pin);
		break;
	case ENTRY_CANCELLED:
		return pin_cancelled(t);
	case ENTRY_IGNORED:
	case ENTRY_CHANGED:
	case ENTRY_FULL:
		break;
	}
	return effect_of(FX_NONE);
}

static struct effect record(struct team *t)
{
	struct effect fx =
		effect_of(t->task == TEAM_OWN_PIN ? FX_USER_PIN : FX_USER_ADD);

	fx.drop_keys = true;
	fx.user.number = entry_number(&t->number);
	fx.user.role = t->role;
	fx.user.until = t->until;
	str_copy(fx.user.name, sizeof(fx.user.name), t->name.text);
	str_copy(fx.user.old, sizeof(fx.user.old), t->old.text);
	str_copy(fx.user.pin, sizeof(fx.user.pin), t->pin.text);
	entry_clear(&t->old);
	entry_clear(&t->pin);
	entry_clear(&t->again);
	notice_clear(&t->notice);
	t->step = TEAM_WORKING;
	return fx;
}

static struct effect both_given(struct team *t, long long at_ms)
{
	const long long left = t->not_before_ms - at_ms;

	if (strcmp(t->pin.text, t->again.text) != 0) {
		team_ask_pin(t);
		notice_say(&t->notice, NOTICE_WARN, "%s",
			tr("The two PINs differ; choose one and type it "
			   "twice"));
		return effect_of(FX_NONE);
	}
	if (t->task == TEAM_OWN_PIN && left > 0) {
		notice_say(&t->notice, NOTICE_WARN,
			tr("Wait %d seconds, then press ENTER again"),
			(int)((left + 999) / 1000));
		return effect_of(FX_NONE);
	}
	return record(t);
}

static struct effect on_again_step(struct team *t, const struct event *ev)
{
	switch (typed(t, &t->again, ev)) {
	case ENTRY_ACCEPTED:
		return both_given(t, ev->at_ms);
	case ENTRY_CANCELLED:
		team_ask_pin(t);
		break;
	case ENTRY_IGNORED:
	case ENTRY_CHANGED:
	case ENTRY_FULL:
		break;
	}
	return effect_of(FX_NONE);
}

/* ---- what came of it ----------------------------------------------------- */

static struct effect saved(struct team *t)
{
	if (t->task == TEAM_PEOPLE) {
		notice_say(&t->notice, NOTICE_NOTE, "%s", tr("It is recorded"));
		return load(t, 0);
	}
	if (t->task == TEAM_OWN_PIN)
		notice_say(&t->notice, NOTICE_NOTE, "%s",
			tr("Your PIN is changed"));
	return leave(t, true);
}

static struct effect refused(struct team *t, const struct refusal *why)
{
	char text[REFUSAL_TEXT_SIZE];

	refusal_text(why, text, sizeof(text));
	notice_say(&t->notice, NOTICE_WARN, "%s", text);
	if (t->task == TEAM_OWN_PIN) {
		t->step = TEAM_OLD;
		return effect_of(FX_NONE);
	}
	if (t->task == TEAM_FIRST || why->code == REFUSED_USER_TAKEN ||
		why->code == REFUSED_USER) {
		ask_number(t);
		return effect_of(FX_NONE);
	}
	return load(t, 0);
}

static void old_was_wrong(struct team *t, const struct event *ev)
{
	t->step = TEAM_OLD;
	t->not_before_ms = ev->at_ms + ev->sign_in.wait_seconds * 1000LL;
	if (ev->sign_in.how == SIGN_IN_LOCKED)
		notice_say(&t->notice, NOTICE_STOP, "%s",
			tr("This user is locked; a supervisor can unlock it"));
	else
		notice_say(&t->notice, NOTICE_WARN,
			tr("Wrong PIN; %d tries left"), ev->sign_in.tries_left);
}

static struct effect on_working_step(struct team *t, const struct event *ev)
{
	switch (ev->kind) {
	case EV_USER_SAVED:
		return saved(t);
	case EV_REFUSED:
		return refused(t, &ev->refusal);
	case EV_SIGN_IN_REFUSED:
		old_was_wrong(t, ev);
		break;
	case EV_FAILED:
		notice_say(&t->notice, NOTICE_STOP, "%s",
			err_text(ev->err.code, ERR_WHILE_READING));
		if (t->task != TEAM_OWN_PIN)
			return load(t, 0);
		t->step = TEAM_OLD;
		break;
	default:
		break;
	}
	return effect_of(FX_NONE);
}

struct effect team_handle(struct team *t, const struct event *ev)
{
	typedef struct effect (*step_fn)(struct team *, const struct event *);
	static const step_fn on_step[TEAM_STEP_COUNT] = {
		[TEAM_LOADING] = on_loading_step,
		[TEAM_LIST] = on_list_step,
		[TEAM_USER] = on_user_step,
		[TEAM_SURE] = on_sure_step,
		[TEAM_FIRST_NUMBER] = on_number_step,
		[TEAM_NUMBER] = on_number_step,
		[TEAM_NAME] = on_name_step,
		[TEAM_ROLE] = on_role_step,
		[TEAM_UNTIL] = team_on_until,
		[TEAM_RENEW] = team_on_renew,
		[TEAM_OLD] = on_old_step,
		[TEAM_PIN] = on_pin_step,
		[TEAM_AGAIN] = on_again_step,
		[TEAM_WORKING] = on_working_step,
	};

	if (ev->kind == EV_STUDY) {
		team_hear_seen(t, ev);
		return effect_of(FX_NONE);
	}
	return on_step[t->step](t, ev);
}
