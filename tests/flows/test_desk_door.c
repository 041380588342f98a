/*
 * The door on the desk: what is typed of a visit rides with every effect as
 * bytes, and from those bytes alone all of it is on the screen again, whoever
 * killed the program wherever.
 */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/str.h"
#include "core/tr.h"
#include "support/story.h"
#include "support/surveytext.h"
#include "terminal/flows/desk.h"

/* One of the campaign staff at An's door, nobody was here. */
#define IN "7\n246810\n\205JN\215_\2171\2161"

static struct desk desk;
static struct event event;

struct kept {
	int64_t person;
	size_t len;
	uint8_t bytes[DRAFT_MAX];
	int times;
};

static const struct survey *form(void)
{
	return surveytext(",select_one who,e,A\n,text,b,A\n,integer,c,A\n");
}

static struct effect hand(struct desk *d, struct kept *k)
{
	const struct effect fx = desk_handle(d, &event);

	if (fx.draft.person == 0)
		return fx;
	k->person = fx.draft.person;
	k->len = fx.draft.len;
	memcpy(k->bytes, fx.draft.bytes, fx.draft.len);
	k->times++;
	return fx;
}

/* Everybody who is looked at may be asked the questions, too. */
static struct effect play(struct desk *d, const char *script, struct kept *k)
{
	const struct desk_info info = {.point = "Cẩm Khê"};
	struct effect fx = effect_of(FX_NONE);
	struct story s;

	tr_set_lang("en");
	memset(k, 0, sizeof(*k));
	desk_init(d, &info);
	story_begin(&s, script);
	while (story_next(&s, &event)) {
		if (event.kind == EV_VISIT_LOOK)
			event.visit_look.survey = form();
		fx = hand(d, k);
	}
	return fx;
}

static struct kept kept;

static void nothing_is_kept_before_something_was_chosen(void **state)
{
	(void)state;
	play(&desk, IN "\214\n0\n", &kept);
	assert_int_equal(kept.times, 0);
}

static void each_change_is_kept_once(void **state)
{
	(void)state;
	/* The result, W, the letters c h o, and no key that changes nothing. */
	play(&desk, IN "\214\n9cho#0___", &kept);
	assert_int_equal(kept.person, STORY_PERSON);
	assert_int_equal(kept.times, 4);
}

static void what_only_moves_on_is_kept_with_its_effect(void **state)
{
	struct effect fx;

	(void)state;
	fx = play(&desk, IN "\214\n5\n1", &kept);
	assert_int_equal(fx.kind, FX_VISIT);
	/* All of it was kept by the key before. */
	assert_int_equal(fx.draft.person, 0);
	fx = play(&desk, IN "\214\n5", &kept);
	assert_int_equal(fx.kind, FX_DRAFT);
	assert_int_equal(fx.draft.person, STORY_PERSON);
}

static void what_is_recorded_is_kept_no_more(void **state)
{
	int times;

	(void)state;
	play(&desk, IN "\214\n5\n1", &kept);
	times = kept.times;
	story_event('\211', 90000, &event);
	hand(&desk, &kept);
	assert_int_equal(kept.times, times);
	assert_int_equal(desk.visit.step, VISIT_DONE);
}

/* As if the program had been killed there, and somebody signed in again. */
static void resume(struct desk *d, const struct kept *was)
{
	static struct kept again;

	play(d, IN "\2121", &again);
	assert_int_equal(d->visit.step, VISIT_TAKING);
	memset(&event, 0, sizeof(event));
	event.kind = EV_DRAFT;
	event.at_ms = 500000;
	event.draft.person = was->person;
	event.draft.whole = true;
	event.draft.len = was->len;
	memcpy(event.draft.bytes, was->bytes, was->len);
	hand(d, &again);
}

static void whatever_was_typed_is_there_again(void **state)
{
	static const char *const scripts[] = {"4", "41", "5", "5.24", "51",
		"9cho da", "9cho da\n", "70412", "8", "8175.2", "415", "4151",
		"4151an", "4151anh", "4151anh\n12", "4151anh\n12\n",
		"4151anh\n12\n\n"};
	static struct desk again;
	static char script[128];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(scripts); i++) {
		snprintf(script, sizeof(script), "%s%s", IN "\214\n",
			scripts[i]);
		play(&desk, script, &kept);
		assert_true(kept.times > 0);
		resume(&again, &kept);
		assert_int_equal(desk_place(&again), desk_place(&desk));
		assert_int_equal(again.visit.step, desk.visit.step);
		assert_int_equal(again.visit.result, desk.visit.result);
		assert_string_equal(again.visit.note, desk.visit.note);
		assert_string_equal(again.visit.words.text,
			desk.visit.words.text);
		assert_string_equal(again.visit.day.text, desk.visit.day.text);
		assert_int_equal(again.visit.parts.answers_len,
			desk.visit.parts.answers_len);
		if (desk_place(&desk) != DESK_QUESTIONS)
			continue;
		assert_int_equal(again.questions.step, desk.questions.step);
		if (desk.questions.step == QUESTIONS_END)
			continue;
		assert_int_equal(again.questions.at, desk.questions.at);
		assert_string_equal(again.questions.typed.text,
			desk.questions.typed.text);
	}
}

static void answers_go_into_the_record(void **state)
{
	struct effect fx;

	(void)state;
	fx = play(&desk, IN "\214\n4151anh\n12\n\n", &kept);
	assert_int_equal(desk_place(&desk), DESK_VISIT);
	assert_int_equal(desk.visit.parts.answered, 3);
	assert_int_equal(desk.visit.parts.questions, 3);
	story_event('1', 900000, &event);
	fx = hand(&desk, &kept);
	assert_int_equal(fx.kind, FX_VISIT);
	assert_true(fx.visit.answers_len > 0);
	assert_ptr_equal(fx.visit.answers, desk.visit.parts.answers);
	assert_string_equal(fx.visit.form_id, survey_text(form(), form()->id));
}

/* The consent comes first; who agreed to it is asked for the account at once,
 * who did not is not. */
static void the_account_follows_the_consent(void **state)
{
	static const struct {
		unsigned yes;
		enum desk_place place;
	} row[] = {
		{CONSENT_ALL, DESK_ENROL},
		{CONSENT_VERIFY, DESK_VISIT},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		play(&desk, IN "\214\n1\03111\034..111111121", &kept);
		assert_int_equal(desk_place(&desk), DESK_AGREE);
		assert_int_equal(desk.agree.step, AGREE_WRITING);
		story_event('\035', 900000, &event);
		event.consent.kind = CONSENT_IS_GIVEN;
		event.consent.yes = row[i].yes;
		hand(&desk, &kept);
		story_event('0', 901000, &event);
		hand(&desk, &kept);
		assert_int_equal(desk_place(&desk), row[i].place);
		assert_int_equal(desk.visit.parts.consent, STORY_CONSENT);
		/* A kill from here on knows of it. */
		resume(&desk, &kept);
		assert_int_equal(desk.visit.parts.consent, STORY_CONSENT);
		assert_int_equal(desk.visit.parts.yes, row[i].yes);
	}
}

static void questions_that_are_left_are_not_answered(void **state)
{
	(void)state;
	play(&desk,
		IN "\214\n415"
		   "0",
		&kept);
	assert_int_equal(desk_place(&desk), DESK_VISIT);
	assert_int_equal(desk.visit.step, VISIT_SUMMARY);
	assert_int_equal(desk.visit.parts.answers_len, 0);
}

static void without_a_form_there_are_no_questions(void **state)
{
	static struct story s;
	const struct desk_info info = {.point = "Cẩm Khê"};

	(void)state;
	desk_init(&desk, &info);
	story_begin(&s, IN "\214\n415");
	while (story_next(&s, &event))
		hand(&desk, &kept);
	assert_int_equal(desk_place(&desk), DESK_VISIT);
	assert_int_equal(desk.visit.step, VISIT_SUMMARY);
}

/* Cut anywhere, or with a bit changed: the person, and a word about it, or a
 * visit with keys. */
static void bad_bytes_open_nothing(void **state)
{
	static struct kept bad;
	size_t count;

	(void)state;
	play(&desk, IN "\214\n4151an", &kept);
	bad = kept;
	for (bad.len = 0; bad.len < kept.len; bad.len += 1 + bad.len / 16) {
		resume(&desk, &bad);
		assert_int_equal(desk_place(&desk), DESK_VISIT);
		assert_int_equal(desk.visit.step, VISIT_PERSON);
		assert_non_null(strstr(desk_notice(&desk)->text,
			"cannot be read any more"));
	}
	for (size_t at = 0; at < kept.len; at += 3) {
		bad = kept;
		bad.bytes[at] ^= 1;
		resume(&desk, &bad);
		desk_bindings(&desk, &count);
		assert_true(count > 0);
	}
}

/* Nobody else's, whatever the store hands out. */
static void another_persons_bytes_are_none(void **state)
{
	static struct kept other;

	(void)state;
	play(&desk, IN "\214\n51", &kept);
	other = kept;
	other.person++;
	resume(&desk, &other);
	assert_int_equal(desk.visit.step, VISIT_PERSON);
}

/* Signed out, nothing of it is in memory. */
static void a_lock_forgets_it_and_keeps_nothing_back(void **state)
{
	(void)state;
	play(&desk, IN "\214\n9congai~", &kept);
	assert_int_equal(desk_place(&desk), DESK_SIGNIN);
	assert_null(memmem(&desk, sizeof(desk), "congai", 6));
	resume(&desk, &kept);
	assert_string_equal(desk.visit.words.text, "congai");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_kept_before_something_was_chosen),
		cmocka_unit_test(each_change_is_kept_once),
		cmocka_unit_test(what_only_moves_on_is_kept_with_its_effect),
		cmocka_unit_test(what_is_recorded_is_kept_no_more),
		cmocka_unit_test(whatever_was_typed_is_there_again),
		cmocka_unit_test(answers_go_into_the_record),
		cmocka_unit_test(the_account_follows_the_consent),
		cmocka_unit_test(questions_that_are_left_are_not_answered),
		cmocka_unit_test(without_a_form_there_are_no_questions),
		cmocka_unit_test(bad_bytes_open_nothing),
		cmocka_unit_test(another_persons_bytes_are_none),
		cmocka_unit_test(a_lock_forgets_it_and_keeps_nothing_back),
	};

	return cmocka_run_group_tests_name("the door", tests, NULL, NULL);
}
