/* One row is one story: a visit at An's door, on 5 December 2026. */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/str.h"
#include "core/tr.h"
#include "support/story.h"
#include "terminal/flows/visit.h"

#define HIM "\214"     /* he is on the screen, nobody was here */
#define BEGUN HIM "\n" /* what came of it? */

static struct row {
	const char *name;
	const char *script;
	enum visit_step step;
	enum effect_kind effect; /* of the last event */
	enum visit_result result;
	const char *next; /* ISO; "": none */
	const char *says;
} rows[] = {
	{"he is looked for", "", VISIT_LOOKING, FX_VISIT_LOOK, VISIT_NONE, "",
		""},
	{"and shown", HIM, VISIT_PERSON, FX_NONE, VISIT_NONE, "", ""},
	{"who is not on the list", "Q", VISIT_NOBODY, FX_NONE, VISIT_NONE, "",
		""},
	{"leads back", "Q0", VISIT_NOBODY, FX_LEAVE, VISIT_NONE, "", ""},
	{"a disk that fails", "!", VISIT_NOBODY, FX_NONE, VISIT_NONE, "",
		"The disk could not be read"},
	{"0 leaves him", HIM "0", VISIT_PERSON, FX_LEAVE, VISIT_NONE, "", ""},
	{"ENTER begins", BEGUN, VISIT_RESULT, FX_NONE, VISIT_NONE, "", ""},
	{"somebody was here today: ENTER does not", "\213\n", VISIT_PERSON,
		FX_NONE, VISIT_NONE, "", ""},
	{"but 1 does", "\2131", VISIT_RESULT, FX_NONE, VISIT_NONE, "", ""},
	{"0 leads back to him", BEGUN "0", VISIT_PERSON, FX_NONE, VISIT_NONE,
		"", ""},
	{"4 puts him into the plan", HIM "4", VISIT_PLANNING, FX_VISIT_PLAN,
		VISIT_NONE, "", ""},
	{"and he is looked at again", HIM "4\206", VISIT_LOOKING, FX_VISIT_LOOK,
		VISIT_NONE, "", ""},
	{"the plan fails: said", HIM "4!", VISIT_PERSON, FX_NONE, VISIT_NONE,
		"", "disk"},
	{"who is not in it moves nowhere", HIM "56", VISIT_PERSON, FX_NONE,
		VISIT_NONE, "", ""},
	{"agreed: the consent comes first", BEGUN "1", VISIT_SUMMARY, FX_LEAVE,
		VISIT_AGREED, "", ""},
	{"has an account: the consent, too", BEGUN "2", VISIT_SUMMARY, FX_LEAVE,
		VISIT_HAS_ACCOUNT, "", ""},
	{"wants to think: when again?", BEGUN "3", VISIT_WHEN, FX_NONE,
		VISIT_THINKS, "", ""},
	{"in three days", BEGUN "33", VISIT_SUMMARY, FX_NONE, VISIT_THINKS,
		"2026-12-08", ""},
	{"no day is arranged", BEGUN "3\n", VISIT_SUMMARY, FX_NONE,
		VISIT_THINKS, "", ""},
	{"refuses: why?", BEGUN "4", VISIT_WHY, FX_NONE, VISIT_NONE, "", ""},
	{"wants cash", BEGUN "41", VISIT_SUMMARY, FX_NONE, VISIT_WANTS_CASH, "",
		""},
	{"does not trust it", BEGUN "42", VISIT_SUMMARY, FX_NONE,
		VISIT_DISTRUSTS, "", ""},
	{"the bank is far", BEGUN "43", VISIT_SUMMARY, FX_NONE, VISIT_FAR, "",
		""},
	{"no phone", BEGUN "44", VISIT_SUMMARY, FX_NONE, VISIT_NO_PHONE, "",
		""},
	{"the family decides", BEGUN "45", VISIT_SUMMARY, FX_NONE, VISIT_FAMILY,
		"", ""},
	{"no such reason", BEGUN "46", VISIT_WHY, FX_NONE, VISIT_NONE, "", ""},
	{"another reason must be said", BEGUN "49", VISIT_REMARK, FX_NONE,
		VISIT_REFUSES, "", ""},
	{"an empty one says nothing", BEGUN "49  \n", VISIT_REMARK, FX_NONE,
		VISIT_REFUSES, "", "Say in some words why"},
	{"some words do", BEGUN "49so bi\n", VISIT_SUMMARY, FX_NONE,
		VISIT_REFUSES, "", ""},
	{"without them back to the result", BEGUN "49<", VISIT_RESULT, FX_NONE,
		VISIT_REFUSES, "", ""},
	{"nobody at home: when again?", BEGUN "5", VISIT_WHEN, FX_NONE,
		VISIT_ABSENT, "", ""},
	{"tomorrow", BEGUN "51", VISIT_SUMMARY, FX_NONE, VISIT_ABSENT,
		"2026-12-06", ""},
	{"in nine days", BEGUN "59", VISIT_SUMMARY, FX_NONE, VISIT_ABSENT,
		"2026-12-14", ""},
	{"on a day that is typed", BEGUN "5.2412\n", VISIT_SUMMARY, FX_NONE,
		VISIT_ABSENT, "2026-12-24", ""},
	{"a day of next year", BEGUN "5.0501\n", VISIT_SUMMARY, FX_NONE,
		VISIT_ABSENT, "2027-01-05", ""},
	{"with its year", BEGUN "5.05012027\n", VISIT_SUMMARY, FX_NONE,
		VISIT_ABSENT, "2027-01-05", ""},
	{"today is too early, so it is next year, which is too late",
		BEGUN "5.0512\n", VISIT_DATE, FX_NONE, VISIT_ABSENT, "",
		"within 180 days"},
	{"no such day", BEGUN "5.3002\n", VISIT_DATE, FX_NONE, VISIT_ABSENT, "",
		"This is no day"},
	{"half a day", BEGUN "5.241\n", VISIT_DATE, FX_NONE, VISIT_ABSENT, "",
		"This is no day"},
	{"yesterday", BEGUN "5.04122026\n", VISIT_DATE, FX_NONE, VISIT_ABSENT,
		"", "within 180 days"},
	{"in half a year and a day", BEGUN "5.04062027\n", VISIT_DATE, FX_NONE,
		VISIT_ABSENT, "", "within 180 days"},
	{"the year alone is no day", BEGUN "5.2027\n", VISIT_DATE, FX_NONE,
		VISIT_ABSENT, "", "This is no day"},
	{"Esc goes back to the days", BEGUN "5.2<", VISIT_WHEN, FX_NONE,
		VISIT_ABSENT, "", ""},
	{"moved away", BEGUN "6", VISIT_SUMMARY, FX_NONE, VISIT_MOVED, "", ""},
	{"died: when?", BEGUN "7", VISIT_DIED_ON, FX_NONE, VISIT_DIED, "", ""},
	{"nobody knows", BEGUN "7\n", VISIT_SUMMARY, FX_NONE, VISIT_DIED, "",
		""},
	{"in the future nobody has", BEGUN "706122026\n", VISIT_DIED_ON,
		FX_NONE, VISIT_DIED, "", "still to come"},
	{"no day", BEGUN "731022026\n", VISIT_DIED_ON, FX_NONE, VISIT_DIED, "",
		"This is no day"},
	{"a day", BEGUN "704122026\n", VISIT_SUMMARY, FX_NONE, VISIT_DIED, "",
		""},
	{"cannot open one: why?", BEGUN "8", VISIT_CANNOT_WHY, FX_NONE,
		VISIT_NONE, "", ""},
	{"no card", BEGUN "81", VISIT_SUMMARY, FX_NONE, VISIT_NO_CARD, "", ""},
	{"expired", BEGUN "82", VISIT_SUMMARY, FX_NONE, VISIT_CARD_EXPIRED, "",
		""},
	{"no fingerprints", BEGUN "83", VISIT_SUMMARY, FX_NONE,
		VISIT_NO_FINGERPRINTS, "", ""},
	{"needs a guardian", BEGUN "84", VISIT_SUMMARY, FX_NONE,
		VISIT_NEEDS_GUARDIAN, "", ""},
	{"no papers of birth", BEGUN "85", VISIT_SUMMARY, FX_NONE,
		VISIT_NO_BIRTH_PAPERS, "", ""},
	{"cannot leave the house", BEGUN "86", VISIT_SUMMARY, FX_NONE,
		VISIT_CANNOT_MOVE, "", ""},
	{"another one must be said, too", BEGUN "89", VISIT_REMARK, FX_NONE,
		VISIT_CANNOT, "", ""},
	{"nothing could be done: what was it?", BEGUN "9", VISIT_REMARK,
		FX_NONE, VISIT_OTHER, "", ""},
	{"ENTER records nothing", BEGUN "51\n\n", VISIT_SUMMARY, FX_NONE,
		VISIT_ABSENT, "2026-12-06", ""},
	{"1 does", BEGUN "511", VISIT_SAVING, FX_VISIT, VISIT_ABSENT,
		"2026-12-06", ""},
	{"no key while it is written", BEGUN "5111120", VISIT_SAVING, FX_NONE,
		VISIT_ABSENT, "2026-12-06", ""},
	{"in the book", BEGUN "5\n1\211", VISIT_DONE, FX_NONE, VISIT_ABSENT, "",
		""},
	{"the next person", BEGUN "5\n1\211\n", VISIT_DONE, FX_LEAVE,
		VISIT_ABSENT, "", ""},
	{"without a day there is no slip", BEGUN "5\n1\2111", VISIT_DONE,
		FX_NONE, VISIT_ABSENT, "", ""},
	{"refused: why is said", BEGUN "511$", VISIT_SUMMARY, FX_NONE,
		VISIT_ABSENT, "2026-12-06", "shift"},
	{"visited meanwhile: who was it?", BEGUN "511\210", VISIT_LOOKING,
		FX_VISIT_LOOK, VISIT_ABSENT, "2026-12-06", ""},
	{"it is said, and 1 records it all the same", BEGUN "511\210\213",
		VISIT_SUMMARY, FX_NONE, VISIT_ABSENT, "2026-12-06",
		"Hoa was here meanwhile"},
	{"failed: is it in the book?", BEGUN "511!", VISIT_LOOKING,
		FX_VISIT_LOOK, VISIT_ABSENT, "2026-12-06", ""},
	{"it is not: record it again", BEGUN "511!\214", VISIT_SUMMARY, FX_NONE,
		VISIT_ABSENT, "2026-12-06", "not in the book"},
	{"nobody knows", BEGUN "511!!", VISIT_UNKNOWN, FX_NONE, VISIT_ABSENT,
		"2026-12-06", "The disk could not be read"},
	{"only looking is offered", BEGUN "511!!\n", VISIT_UNKNOWN, FX_NONE,
		VISIT_ABSENT, "2026-12-06", "The disk could not be read"},
	{"look again", BEGUN "511!!1", VISIT_LOOKING, FX_VISIT_LOOK,
		VISIT_ABSENT, "2026-12-06", ""},
	{"no phone without consent", BEGUN "416", VISIT_SUMMARY, FX_NONE,
		VISIT_WANTS_CASH, "", "did not agree to be called"},
	{"no account without consent", BEGUN "14", VISIT_SUMMARY, FX_NONE,
		VISIT_AGREED, "", "No account without consent"},
	{"who refuses has no such key", BEGUN "414", VISIT_SUMMARY, FX_NONE,
		VISIT_WANTS_CASH, "", ""},
	{"who moved has no day to come again", BEGUN "67", VISIT_SUMMARY,
		FX_NONE, VISIT_MOVED, "", ""},
	{"another result drops it", BEGUN "5126", VISIT_SUMMARY, FX_NONE,
		VISIT_MOVED, "", ""},
	{"an unfinished one is offered", "\212", VISIT_PERSON, FX_NONE,
		VISIT_NONE, "", ""},
	{"ENTER does not go on with it", "\212\n", VISIT_PERSON, FX_NONE,
		VISIT_NONE, "", ""},
	{"1 does", "\2121", VISIT_TAKING, FX_DRAFT_TAKE, VISIT_NONE, "", ""},
	{"it is damaged: said", "\2121\207", VISIT_PERSON, FX_NONE, VISIT_NONE,
		"", "cannot be read any more"},
	{"3 asks before it throws away", "\2123", VISIT_DROP, FX_NONE,
		VISIT_NONE, "", ""},
	{"0 keeps it", "\21230", VISIT_PERSON, FX_NONE, VISIT_NONE, "", ""},
	{"1 throws it away", "\21231", VISIT_DROPPING, FX_DRAFT_DROP,
		VISIT_NONE, "", ""},
	{"and he is looked at again", "\21231\206", VISIT_LOOKING,
		FX_VISIT_LOOK, VISIT_NONE, "", ""},
	{"that fails: said", "\21231!", VISIT_PERSON, FX_NONE, VISIT_NONE, "",
		"disk"},
};

static struct effect play(struct visiting *v, const char *script)
{
	static struct event ev;
	struct effect fx =
		visit_start(v, STORY_PERSON, false, STORY_AGENT, TELEX_OFF);
	struct story s;

	v->today = (struct date){2026, 12, 5};
	story_begin(&s, script);
	while (story_next(&s, &ev))
		fx = visit_handle(v, &ev);
	return fx;
}

static void run_row(void **state)
{
	static struct visiting v;
	const struct row *row = *state;
	struct effect fx;
	char next[DATE_TEXT_SIZE];

	tr_set_lang("en");
	fx = play(&v, row->script);
	assert_int_equal(v.step, row->step);
	assert_int_equal(fx.kind, row->effect);
	assert_int_equal(v.result, row->result);
	assert_string_equal(date_iso(v.next, next), row->next);
	if (row->says[0])
		assert_non_null(strstr(v.notice.text, row->says));
	else
		assert_string_equal(v.notice.text, "");
	if (fx.kind == FX_VISIT) {
		assert_int_equal(fx.visit.person, STORY_PERSON);
		assert_int_equal(fx.visit.result, row->result);
		assert_true(fx.drop_keys);
	}
}

/* With a consent that was given today, made in this visit. */
static struct visiting *consented(unsigned yes, bool refused)
{
	static struct visiting v;

	static struct survey form;

	play(&v, BEGUN "1");
	v.seen.survey = &form;
	assert_int_equal(v.want, VISIT_WANTS_CONSENT);
	v.parts.consent = 70;
	v.parts.yes = yes;
	v.parts.refused = refused;
	return &v;
}

static void what_comes_next_comes_by_itself(void **state)
{
	struct visiting *v = consented(CONSENT_ALL, false);
	struct effect fx = visit_go_on(v, VISIT_WANTS_CONSENT);

	(void)state;
	assert_int_equal(fx.kind, FX_LEAVE);
	assert_int_equal(v->want, VISIT_WANTS_ACCOUNT);
	v->parts.account = 71;
	fx = visit_go_on(v, VISIT_WANTS_ACCOUNT);
	assert_int_equal(fx.kind, FX_LEAVE);
	assert_int_equal(v->want, VISIT_WANTS_QUESTIONS);
	fx = visit_go_on(v, VISIT_WANTS_QUESTIONS);
	assert_int_equal(fx.kind, FX_NONE);
	assert_int_equal(v->step, VISIT_SUMMARY);
}

/* What he agreed to earlier holds: nobody reads it out again. */
static void an_older_consent_is_enough(void **state)
{
	static struct visiting v;
	static struct event ev;

	(void)state;
	play(&v, BEGUN);
	v.seen.consent.standing = CONSENT_GIVEN;
	v.seen.consent.yes = CONSENT_PAYOUT;
	story_event('1', 50000, &ev);
	assert_int_equal(visit_handle(&v, &ev).kind, FX_LEAVE);
	assert_int_equal(v.want, VISIT_WANTS_ACCOUNT);
	/* It does not hold for an account. */
	play(&v, BEGUN);
	v.seen.consent.standing = CONSENT_GIVEN;
	v.seen.consent.yes = CONSENT_PHONE;
	assert_int_equal(visit_handle(&v, &ev).kind, FX_LEAVE);
	assert_int_equal(v.want, VISIT_WANTS_CONSENT);
}

static void what_was_broken_off_is_not_asked_again(void **state)
{
	struct visiting *v = consented(CONSENT_VERIFY, false);

	(void)state;
	/* Not to be paid by account: there is none to be asked for. */
	assert_int_equal(visit_go_on(v, VISIT_WANTS_CONSENT).kind, FX_NONE);
	v = consented(0, true);
	assert_int_equal(visit_go_on(v, VISIT_WANTS_CONSENT).kind, FX_NONE);
	v = consented(CONSENT_ALL, false);
	assert_int_equal(visit_go_on(v, VISIT_WANTS_ACCOUNT).kind, FX_NONE);
	assert_int_equal(v->step, VISIT_SUMMARY);
}

static void what_was_made_is_named_in_order(void **state)
{
	struct visiting *v = consented(CONSENT_ALL, false);
	static struct event ev;
	struct effect fx;

	(void)state;
	v->parts.account = 71;
	visit_go_on(v, VISIT_WANTS_QUESTIONS);
	story_event('1', 50000, &ev);
	fx = visit_handle(v, &ev);
	assert_int_equal(fx.kind, FX_VISIT);
	assert_int_equal(fx.visit.mades, 2);
	assert_int_equal(fx.visit.made[0], 70);
	assert_int_equal(fx.visit.made[1], 71);
	/* An older consent that was refreshed after the account. */
	v = consented(CONSENT_ALL, false);
	v->parts.account = 65;
	visit_go_on(v, VISIT_WANTS_QUESTIONS);
	fx = visit_handle(v, &ev);
	assert_int_equal(fx.visit.made[0], 65);
	assert_int_equal(fx.visit.made[1], 70);
	play(v, BEGUN "51");
	fx = visit_handle(v, &ev);
	assert_int_equal(fx.visit.mades, 0);
}

static void a_phone_needs_its_purpose(void **state)
{
	static struct event ev;
	struct visiting *v = consented(CONSENT_PAYOUT, false);

	(void)state;
	tr_set_lang("en");
	visit_go_on(v, VISIT_WANTS_QUESTIONS);
	story_event('6', 50000, &ev);
	visit_handle(v, &ev);
	assert_int_equal(v->step, VISIT_SUMMARY);
	v->parts.yes |= CONSENT_PHONE;
	visit_handle(v, &ev);
	assert_int_equal(v->step, VISIT_TELEPHONE);
	for (const char *c = "0123456789\n"; *c; c++) {
		story_event(*c, 51000, &ev);
		visit_handle(v, &ev);
	}
	assert_int_equal(v->step, VISIT_TELEPHONE);
	assert_non_null(strstr(v->notice.text, "no mobile number"));
	for (const char *c = "\b\b\b\b\b\b\b\b\b\b0912345678\n"; *c; c++) {
		story_event(*c, 52000, &ev);
		visit_handle(v, &ev);
	}
	assert_int_equal(v->step, VISIT_SUMMARY);
	assert_string_equal(v->phone, "0912345678");
}

/* Ours, whose answer was lost: it is done, and nothing is recorded twice. */
static void a_visit_that_is_in_the_book_is_done(void **state)
{
	static struct visiting v;
	static struct event ev;

	(void)state;
	play(&v, BEGUN "511!");
	story_event('\213', 50000, &ev);
	ev.visit_look.look.last.seq = STORY_VISIT;
	ev.visit_look.look.last.actor = STORY_AGENT;
	visit_handle(&v, &ev);
	assert_int_equal(v.step, VISIT_DONE);
	assert_int_equal(v.noted.seq, STORY_VISIT);
}

/* What the book said no to for a newer visit it takes when that was seen. */
static void a_visit_that_was_shown_is_named(void **state)
{
	static struct visiting v;
	static struct event ev;
	struct effect fx = play(&v, BEGUN "511");

	(void)state;
	assert_int_equal(fx.visit.seen, 0);
	play(&v, BEGUN "511\210\213");
	story_event('1', 50000, &ev);
	fx = visit_handle(&v, &ev);
	assert_int_equal(fx.kind, FX_VISIT);
	assert_int_equal(fx.visit.seen, STORY_VISIT - 1);
}

static void a_day_has_a_slip(void **state)
{
	static struct visiting v;
	static struct event ev;
	struct effect fx;

	(void)state;
	play(&v, BEGUN "511");
	story_event('\211', 50000, &ev);
	ev.visit.next = (struct date){2026, 12, 6};
	fx = visit_handle(&v, &ev);
	assert_int_equal(fx.kind, FX_VISIT_SLIP);
	assert_int_equal(fx.seq, STORY_VISIT);
	memset(&ev, 0, sizeof(ev));
	ev.kind = EV_PRINT;
	ev.print.test = true;
	ev.print.seq = STORY_VISIT;
	ev.print.state = PRINT_PRINTED;
	assert_true(visit_is_slip(&v, &ev));
	visit_handle(&v, &ev);
	assert_int_equal(v.paper.state, PRINT_PRINTED);
	ev.print.seq++;
	assert_false(visit_is_slip(&v, &ev));
	story_event('1', 60000, &ev);
	assert_int_equal(visit_handle(&v, &ev).kind, FX_VISIT_SLIP);
}

static void his_card_is_known(void **state)
{
	static struct visiting v;
	struct idcard card = {.id12 = "001045000112"};

	(void)state;
	play(&v, HIM);
	assert_true(visit_is_his(&v, &card));
	card.id12[11]++;
	assert_false(visit_is_his(&v, &card));
	card.id12[0] = '\0';
	v.seen.person.id12[0] = '\0';
	assert_false(visit_is_his(&v, &card));
}

/* Everybody who visits can say everything that the book knows. */
static void every_result_has_words(void **state)
{
	(void)state;
	for (int lang = 0; lang < 2; lang++) {
		tr_set_lang(lang ? "vi" : "en");
		for (int i = 0; i < visit_results_count; i++) {
			assert_string_not_equal(visit_result_text(visit_results
								[i]),
				"");
			assert_string_not_equal(visit_result_word(visit_results
								[i]),
				"");
		}
	}
	assert_string_equal(visit_result_text(VISIT_NONE), "");
}

static void days_have_their_names(void **state)
{
	const struct date today = {2026, 12, 5}; /* a Saturday */
	char text[VISIT_TEXT_SIZE];

	(void)state;
	tr_set_lang("vi");
	assert_string_equal(visit_day_text(today, 1, false, text),
		"ngày mai, chủ nhật 6/12");
	assert_string_equal(visit_day_text(today, 1, true, text),
		"chủ nhật 6/12");
	assert_string_equal(visit_day_text(today, 2, false, text),
		"thứ hai 7/12");
	assert_string_equal(visit_date_text((struct date){2027, 1, 1}, text),
		"thứ sáu 01/01/2027");
	assert_string_equal(visit_date_text((struct date){1969, 12, 31}, text),
		"thứ tư 31/12/1969");
	assert_string_equal(visit_date_text((struct date){2027, 0, 0}, text),
		"2027");
	assert_string_equal(visit_date_text((struct date){0, 0, 0}, text), "");
}

/* ---- as bytes ------------------------------------------------------------------ */

static size_t bytes_of(const char *script, uint8_t out[DRAFT_MAX])
{
	static struct visiting v;
	size_t len;

	play(&v, script);
	assert_true(visit_is_draft(&v));
	len = visit_save(&v, out, DRAFT_MAX);
	assert_true(len > 0);
	return len;
}

/* Whatever was typed, and wherever: it is there again, and saves the same. */
static void what_was_typed_is_found_again(void **state)
{
	static const char *const scripts[] = {BEGUN "4", BEGUN "41",
		BEGUN "5.24", BEGUN "51", BEGUN "49so", BEGUN "49so bi\n8",
		BEGUN "70412", BEGUN "704122026\n", BEGUN "8", BEGUN "1",
		BEGUN "518co cho", BEGUN "511"};
	static struct visiting was;
	static struct visiting is;
	static uint8_t bytes[DRAFT_MAX];
	static uint8_t again[DRAFT_MAX];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(scripts); i++) {
		const size_t len = bytes_of(scripts[i], bytes);

		play(&was, scripts[i]);
		play(&is, HIM);
		assert_true(visit_load(&is, bytes, len));
		assert_int_equal(is.step,
			was.step == VISIT_SAVING ? VISIT_SUMMARY : was.step);
		assert_int_equal(is.result, was.result);
		assert_memory_equal(&is.next, &was.next, sizeof(is.next));
		assert_memory_equal(&is.died, &was.died, sizeof(is.died));
		assert_string_equal(is.note, was.note);
		assert_string_equal(is.day.text, was.day.text);
		assert_string_equal(is.words.text, was.words.text);
		assert_int_equal(visit_save(&is, again, sizeof(again)), len);
		assert_memory_equal(again, bytes, len);
	}
}

static void what_others_made_is_found_again(void **state)
{
	struct visiting *v = consented(CONSENT_PAYOUT | CONSENT_PHONE, false);
	static struct visiting is;
	static uint8_t bytes[DRAFT_MAX];
	size_t len;

	(void)state;
	v->parts.account = 71;
	str_copy(v->parts.account_says, sizeof(v->parts.account_says),
		"Agribank");
	str_copy(v->parts.form_id, sizeof(v->parts.form_id), "gap");
	str_copy(v->parts.form_version, sizeof(v->parts.form_version), "2");
	memset(v->parts.answers, 0x5a, sizeof(v->parts.answers));
	v->parts.answers_len = sizeof(v->parts.answers);
	v->parts.answered = 3;
	v->parts.questions = 5;
	v->parts.slip = true;
	len = visit_save(v, bytes, sizeof(bytes));
	assert_true(len > 0);
	play(&is, HIM);
	assert_true(visit_load(&is, bytes, len));
	assert_memory_equal(&is.parts, &v->parts, sizeof(is.parts));
	/* All that may be in it fits beside what may lie over it. */
	assert_true(len < DRAFT_MAX / 2);
}

/* Cut anywhere, or with any byte changed: none, or a visit that makes sense. */
static void bad_bytes_are_no_draft(void **state)
{
	static struct visiting v;
	static uint8_t bytes[DRAFT_MAX];
	static uint8_t bad[DRAFT_MAX];
	const size_t len = bytes_of(BEGUN "49so bi\n8", bytes);

	(void)state;
	for (size_t cut = 0; cut < len; cut++) {
		play(&v, HIM);
		assert_false(visit_load(&v, bytes, cut));
		assert_int_equal(v.step, VISIT_PERSON);
	}
	memcpy(bad, bytes, len);
	bad[len] = 0;
	assert_false(visit_load(&v, bad, len + 1));
	for (size_t at = 0; at < len; at++)
		for (int flip = 1; flip < 256; flip <<= 1) {
			size_t count;

			memcpy(bad, bytes, len);
			bad[at] ^= (uint8_t)flip;
			play(&v, HIM);
			if (!visit_load(&v, bad, len))
				continue;
			assert_true(v.step >= VISIT_RESULT &&
				    v.step <= VISIT_SUMMARY);
			visit_bindings(&v, &count);
			assert_true(count > 0);
		}
}

static void another_persons_draft_is_none(void **state)
{
	static struct visiting v;
	static uint8_t bytes[DRAFT_MAX];
	const size_t len = bytes_of(BEGUN "51", bytes);

	(void)state;
	play(&v, HIM);
	v.seen.person.id++;
	assert_false(visit_load(&v, bytes, len));
}

static void nothing_is_kept_before_something_was_chosen(void **state)
{
	static struct visiting v;

	(void)state;
	play(&v, BEGUN);
	assert_false(visit_is_draft(&v));
	play(&v, BEGUN "5\n1\211");
	assert_false(visit_is_draft(&v));
}

int main(void)
{
	static const struct CMUnitTest others[] = {
		cmocka_unit_test(what_comes_next_comes_by_itself),
		cmocka_unit_test(an_older_consent_is_enough),
		cmocka_unit_test(what_was_broken_off_is_not_asked_again),
		cmocka_unit_test(what_was_made_is_named_in_order),
		cmocka_unit_test(a_phone_needs_its_purpose),
		cmocka_unit_test(a_visit_that_is_in_the_book_is_done),
		cmocka_unit_test(a_visit_that_was_shown_is_named),
		cmocka_unit_test(a_day_has_a_slip),
		cmocka_unit_test(his_card_is_known),
		cmocka_unit_test(every_result_has_words),
		cmocka_unit_test(days_have_their_names),
		cmocka_unit_test(what_was_typed_is_found_again),
		cmocka_unit_test(what_others_made_is_found_again),
		cmocka_unit_test(bad_bytes_are_no_draft),
		cmocka_unit_test(another_persons_draft_is_none),
		cmocka_unit_test(nothing_is_kept_before_something_was_chosen),
	};
	static struct CMUnitTest tests[COUNT_OF(rows) + COUNT_OF(others)];
	size_t n = 0;

	UNIT_ADD_ROWS(tests, &n, rows, run_row);
	for (size_t i = 0; i < COUNT_OF(others); i++)
		tests[n++] = others[i];
	return cmocka_run_group_tests_name("a visit", tests, NULL, NULL);
}
