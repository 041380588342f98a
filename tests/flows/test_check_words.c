/* The four words of the check, and why there is nothing to pay. */
#include "support/unit.h"

#include <string.h>

#include "core/tr.h"
#include "support/story.h"
#include "terminal/flows/check.h"

static struct effect begin(struct check *c, char card)
{
	static struct event ev;
	struct idcard read;

	if (!card)
		return check_start(c, STORY_PERSON);
	story_event(card, 0, &ev);
	assert_int_not_equal(idcard_parse(ev.scan.bytes, ev.scan.len, &read),
		CARD_REJECT);
	return check_start_card(c, &read);
}

static struct effect play(struct check *c, char card, const char *script)
{
	static struct event ev;
	struct effect fx = begin(c, card);
	struct story story;

	assert_int_equal(fx.kind, card ? FX_CARD : FX_PERSON);
	fx = effect_of(FX_NONE);
	story_begin(&story, script);
	while (story_next(&story, &ev))
		fx = check_handle(c, &ev);
	return fx;
}

static void the_words(void **state)
{
	static const struct {
		char card;
		const char *script;
		const char *text[CHECK_WORDS];
	} row[] = {
		{'@', "P",
			{"RIGHT PERSON", "NOT PAID YET",
				"ON THE LIST OF THIS POINT",
				"ENTITLED THIS PERIOD"}},
		{0, "P",
			{"NO CARD SCANNED: LOOK AT THE PAPER", "NOT PAID YET",
				"ON THE LIST OF THIS POINT",
				"ENTITLED THIS PERIOD"}},
		{';', "P",
			{"CARD AND LIST DIFFER", "NOT PAID YET",
				"ON THE LIST OF THIS POINT",
				"ENTITLED THIS PERIOD"}},
		{';', "P1",
			{"DIFFERENCE ACCEPTED", "NOT PAID YET",
				"ON THE LIST OF THIS POINT",
				"ENTITLED THIS PERIOD"}},
		{'@', "A",
			{"RIGHT PERSON", "PAID ALREADY",
				"ON THE LIST OF THIS POINT",
				"ENTITLED THIS PERIOD"}},
		{'@', "B",
			{"RIGHT PERSON", "NOT PAID YET",
				"ON THE LIST OF THIS POINT",
				"PAID BY ACCOUNT"}},
	};
	static struct check c;
	struct check_word word[CHECK_WORDS];

	(void)state;
	tr_set_lang("en");
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		play(&c, row[i].card, row[i].script);
		check_words(&c, word);
		for (int w = 0; w < CHECK_WORDS; w++)
			assert_string_equal(word[w].text, row[i].text[w]);
	}
}

static struct nothing_row {
	const char *name;
	bool by_account;
	bool paid; /* that item, by its seq */
	int64_t last_seq;
	int items;
	enum refusal_code code;
	const char *word; /* the fourth one */
} nothing_rows[] = {
	{"by account", true, false, 0, 1, REFUSED_BY_ACCOUNT,
		"PAID BY ACCOUNT"},
	{"by account, and paid in cash before", true, false, 3, 1,
		REFUSED_BY_ACCOUNT, "PAID BY ACCOUNT"},
	{"by account and settled: nothing is due", true, true, 0, 1,
		REFUSED_NOTHING_DUE, "NOTHING TO PAY"},
	{"no money on the list", false, false, 0, 0, REFUSED_NOTHING_DUE,
		"NOTHING TO PAY"},
	{"no cash among it", false, false, 0, 1, REFUSED_NOTHING_DUE,
		"NOTHING TO PAY"},
	{"a receipt, though no sum", false, false, 3, 0, REFUSED_ALREADY_PAID,
		"ENTITLED THIS PERIOD"},
};

static void run_nothing(void **state)
{
	static struct check c;
	static struct event ev;
	const struct nothing_row *row = *state;
	struct check_word word[CHECK_WORDS];

	tr_set_lang("en");
	begin(&c, '@');
	story_event('B', 1, &ev);
	ev.person.due.items = row->items;
	ev.person.due.item[0].by_account = row->by_account;
	ev.person.due.item[0].paid_seq = row->paid ? 3 : 0;
	ev.person.due.last_seq = (uint64_t)row->last_seq;
	check_handle(&c, &ev);
	assert_int_equal(c.stop.code, row->code);
	assert_int_equal(c.step, CHECK_NO_CASH);
	check_words(&c, word);
	assert_string_equal(word[3].text, row->word);
}

static void other_words(void **state)
{
	static struct check c;
	static struct event ev;
	struct check_word word[CHECK_WORDS];

	(void)state;
	tr_set_lang("en");
	/* Part of it was paid before. */
	begin(&c, '@');
	story_event('P', 1, &ev);
	ev.person.due.paid = 540000;
	check_handle(&c, &ev);
	check_words(&c, word);
	assert_string_equal(word[1].text, "PAID IN PART");
	assert_int_equal(word[1].state, CHECK_LOOK);
	/* Another terminal says that it paid what is open here. */
	begin(&c, '@');
	story_event('P', 1, &ev);
	ev.person.due.item[0].elsewhere = 3;
	check_handle(&c, &ev);
	check_words(&c, word);
	assert_string_equal(word[1].text, "PAID AT ANOTHER TERMINAL");
	assert_int_equal(word[1].state, CHECK_BAD);
	begin(&c, '@');
	ev.person.due.item[0].paid_seq = 3;
	check_handle(&c, &ev);
	check_words(&c, word);
	assert_string_equal(word[1].text, "NOT PAID YET");
	/* Somebody recorded a reason not to pay: it stops nobody. */
	begin(&c, '@');
	story_event('P', 1, &ev);
	ev.person.due.person.not_paid_reason = NOT_PAID_ABSENT;
	check_handle(&c, &ev);
	check_words(&c, word);
	assert_string_equal(word[3].text, "A REASON NOT TO PAY IS RECORDED");
	assert_int_equal(c.step, CHECK_READY);
	/* On no list here. */
	play(&c, '@', "Q");
	check_words(&c, word);
	assert_string_equal(word[2].text, "NOT ON THE LIST");
	assert_int_equal(word[2].state, CHECK_BAD);
}

int main(void)
{
	static struct CMUnitTest tests[COUNT_OF(nothing_rows) + 2];
	size_t n = 0;

	UNIT_ADD_ROWS(tests, &n, nothing_rows, run_nothing);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(the_words);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(other_words);
	return cmocka_run_group_tests_name("check in words", tests, NULL, NULL);
}
