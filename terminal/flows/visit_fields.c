/* What is chosen and typed during a visit, a step each: visit.h. */
#include <string.h>

#include "core/str.h"
#include "core/tr.h"
#include "terminal/flows/visit_internal.h"

enum {
	SHORT_DAY = 4 /* digits of 0512 */
};

enum visit_kind visit_kind(enum visit_result r)
{
	switch (visit_group(r)) {
	case VISIT_GROUP_AGREED:
	case VISIT_GROUP_HAS_ACCOUNT:
		return VISIT_KIND_AGREED;
	case VISIT_GROUP_MOVED:
	case VISIT_GROUP_DIED:
		return VISIT_KIND_GONE;
	case VISIT_GROUP_ABSENT:
	case VISIT_GROUP_OTHER:
		return VISIT_KIND_AWAY;
	default:
		return VISIT_KIND_MET;
	}
}

/* A day to come again means nothing where nobody will be met. */
static void take_result(struct visiting *v, enum visit_result r)
{
	v->result = r;
	if (visit_kind(r) == VISIT_KIND_GONE)
		memset(&v->next, 0, sizeof(v->next));
	if (r != VISIT_DIED)
		memset(&v->died, 0, sizeof(v->died));
}

static struct effect go(struct visiting *v, enum visit_step step)
{
	notice_clear(&v->notice);
	v->step = step;
	return effect_of(FX_NONE);
}

static struct effect ask_day(struct visiting *v, enum visit_step step)
{
	entry_init(&v->day, ENTRY_DATE, 10);
	return go(v, step);
}

static struct effect ask_note(struct visiting *v)
{
	entry_set(&v->words, v->note);
	return go(v, VISIT_REMARK);
}

/* Why and when are asked at once; what is missing afterwards is in sight. */
static struct effect after_result(struct visiting *v, enum visit_result r)
{
	take_result(v, r);
	if (visit_needs_note(r) && v->note[0] == '\0')
		return ask_note(v);
	switch (visit_group(r)) {
	case VISIT_GROUP_AGREED:
	case VISIT_GROUP_HAS_ACCOUNT:
		return visit_go_on(v, VISIT_WANTS_BACK);
	case VISIT_GROUP_THINKS:
	case VISIT_GROUP_ABSENT:
		return go(v, v->next.year != 0 ? VISIT_SUMMARY : VISIT_WHEN);
	case VISIT_GROUP_DIED:
		return ask_day(v, VISIT_DIED_ON);
	default:
		return go(v, VISIT_SUMMARY);
	}
}

struct effect visit_result_step(struct visiting *v, const struct event *ev)
{
	switch (visit_key(v, ev)) {
	case '1':
		return after_result(v, VISIT_AGREED);
	case '2':
		return after_result(v, VISIT_HAS_ACCOUNT);
	case '3':
		return after_result(v, VISIT_THINKS);
	case '4':
		return go(v, VISIT_WHY);
	case '5':
		return after_result(v, VISIT_ABSENT);
	case '6':
		return after_result(v, VISIT_MOVED);
	case '7':
		return after_result(v, VISIT_DIED);
	case '8':
		return go(v, VISIT_CANNOT_WHY);
	case '9':
		return after_result(v, VISIT_OTHER);
	case '0':
		return go(v,
			v->result == VISIT_NONE ? VISIT_PERSON : VISIT_SUMMARY);
	default:
		return effect_of(FX_NONE);
	}
}

/* Digit 9 is the last row of each table: another reason, and the note. */
static struct effect choose_why(struct visiting *v, const struct event *ev,
	enum visit_result first, enum visit_result other)
{
	const int key = visit_key(v, ev);

	if (key == '0')
		return go(v, VISIT_RESULT);
	if (key < '1' || key > '9')
		return effect_of(FX_NONE);
	return after_result(v,
		key == '9' ? other
			   : (enum visit_result)((int)first + key - '1'));
}

struct effect visit_why_step(struct visiting *v, const struct event *ev)
{
	return choose_why(v, ev, VISIT_WANTS_CASH, VISIT_REFUSES);
}

struct effect visit_cannot_step(struct visiting *v, const struct event *ev)
{
	return choose_why(v, ev, VISIT_NO_CARD, VISIT_CANNOT);
}

/* ---- days ------------------------------------------------------------------- */

static void accept_died(struct visiting *v)
{
	struct date d = {0};

	if (v->day.text[0] && (!date_parse(v->day.text, &d) || d.day == 0))
		notice_say(&v->notice, NOTICE_WARN, "%s",
			tr("This is no day. Type day, month and year: "
			   "02092026"));
	else if (d.year != 0 && v->today.year != 0 &&
		 date_compare(d, v->today) > 0)
		notice_say(&v->notice, NOTICE_WARN, "%s",
			tr("This day is still to come"));
	else {
		v->died = d;
		v->step = VISIT_SUMMARY;
	}
}

struct effect visit_died_step(struct visiting *v, const struct event *ev)
{
	if (ev->kind != EV_KEY)
		return effect_of(FX_NONE);
	switch (entry_key(&v->day, ev->key)) {
	case ENTRY_ACCEPTED:
		accept_died(v);
		break;
	case ENTRY_CANCELLED:
		entry_clear(&v->day);
		return go(v, VISIT_RESULT);
	case ENTRY_CHANGED:
		notice_clear(&v->notice);
		break;
	case ENTRY_IGNORED:
	case ENTRY_FULL:
		break;
	}
	return effect_of(FX_NONE);
}

struct effect visit_when_step(struct visiting *v, const struct event *ev)
{
	const int key = visit_key(v, ev);

	if (key == '0')
		return go(v, v->next.year != 0 ? VISIT_SUMMARY : VISIT_RESULT);
	if (key == '.')
		return ask_day(v, VISIT_DATE);
	if (key == K_ACCEPT) {
		memset(&v->next, 0, sizeof(v->next));
		return go(v, VISIT_SUMMARY);
	}
	if (key < '1' || key > '9' || v->today.year == 0)
		return effect_of(FX_NONE);
	v->next = date_of_days(date_days(v->today) + key - '0');
	return go(v, VISIT_SUMMARY);
}

/* "0512": the next 5 December there is. */
static bool read_short_day(const struct visiting *v, struct date *out)
{
	const char *t = v->day.text;
	const int day = (t[0] - '0') * 10 + t[1] - '0';
	const int month = (t[2] - '0') * 10 + t[3] - '0';

	for (int year = v->today.year; year <= v->today.year + 1; year++)
		if (day > 0 && month > 0 && date_make(year, month, day, out) &&
			date_compare(*out, v->today) > 0)
			return true;
	return false;
}

static bool read_day(const struct visiting *v, struct date *out)
{
	if (v->today.year != 0 && strlen(v->day.text) == SHORT_DAY &&
		str_is_digits(v->day.text))
		return read_short_day(v, out);
	return date_parse(v->day.text, out) && out->day != 0;
}

static void accept_next(struct visiting *v)
{
	struct date d = {0};

	if (!read_day(v, &d))
		notice_say(&v->notice, NOTICE_WARN, "%s",
			tr("This is no day. Type day and month: 0512"));
	else if (v->today.year != 0 && !visit_next_possible(d, v->today))
		notice_say(&v->notice, NOTICE_WARN,
			tr("It must be a day to come, within %d days"),
			VISIT_NEXT_DAYS);
	else {
		v->next = d;
		v->step = VISIT_SUMMARY;
	}
}

struct effect visit_date_step(struct visiting *v, const struct event *ev)
{
	if (ev->kind != EV_KEY)
		return effect_of(FX_NONE);
	switch (entry_key(&v->day, ev->key)) {
	case ENTRY_ACCEPTED:
		accept_next(v);
		break;
	case ENTRY_CANCELLED:
		entry_clear(&v->day);
		return go(v, VISIT_WHEN);
	case ENTRY_CHANGED:
		notice_clear(&v->notice);
		break;
	case ENTRY_IGNORED:
	case ENTRY_FULL:
		break;
	}
	return effect_of(FX_NONE);
}

/* ---- phone and note ----------------------------------------------------------- */

static void accept_phone(struct visiting *v)
{
	char number[PHONE_SIZE] = "";

	if (v->day.text[0] && !phone_read(v->day.text, number)) {
		notice_say(&v->notice, NOTICE_WARN, "%s",
			tr("This is no mobile number: 10 digits, and a prefix "
			   "that is in use"));
		return;
	}
	str_copy(v->phone, sizeof(v->phone), number);
	v->step = VISIT_SUMMARY;
}

struct effect visit_telephone_step(struct visiting *v, const struct event *ev)
{
	if (ev->kind != EV_KEY)
		return effect_of(FX_NONE);
	switch (entry_key(&v->day, ev->key)) {
	case ENTRY_ACCEPTED:
		accept_phone(v);
		break;
	case ENTRY_CANCELLED:
		entry_clear(&v->day);
		return go(v, VISIT_SUMMARY);
	case ENTRY_CHANGED:
		notice_clear(&v->notice);
		break;
	case ENTRY_IGNORED:
	case ENTRY_FULL:
		break;
	}
	return effect_of(FX_NONE);
}

static struct effect accept_note(struct visiting *v)
{
	char *note;

	str_copy(v->note, sizeof(v->note), v->words.text);
	note = str_trim(v->note);
	memmove(v->note, note, strlen(note) + 1);
	if (visit_needs_note(v->result) && v->note[0] == '\0') {
		notice_say(&v->notice, NOTICE_WARN, "%s",
			tr("Say in some words why: without it the result "
			   "means nothing"));
		return effect_of(FX_NONE);
	}
	return go(v, VISIT_SUMMARY);
}

struct effect visit_remark_step(struct visiting *v, const struct event *ev)
{
	if (ev->kind != EV_KEY)
		return effect_of(FX_NONE);
	switch (entry_key(&v->words, ev->key)) {
	case ENTRY_ACCEPTED:
		return accept_note(v);
	case ENTRY_CANCELLED:
		return go(v, visit_needs_note(v->result) && !v->note[0]
				     ? VISIT_RESULT
				     : VISIT_SUMMARY);
	case ENTRY_CHANGED:
		notice_clear(&v->notice);
		break;
	case ENTRY_IGNORED:
	case ENTRY_FULL:
		break;
	}
	return effect_of(FX_NONE);
}
