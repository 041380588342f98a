/* One row is one story: what may be done with a person's data. */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/codec/cbor.h"
#include "core/str.h"
#include "core/tr.h"
#include "support/story.h"
#include "terminal/flows/agree.h"

#define TEXT "\03111\034"  /* asked in the first language */
#define READ TEXT "\n\n1"  /* read out to its end */
#define ALL READ "1111"    /* four times yes */
#define SURE ALL "112"     /* himself, by his signature, no copy */
#define GIVEN SURE "1\035" /* in the book */

static struct row {
	const char *name;
	const char *script;
	enum agree_step step;
	enum effect_kind effect; /* of the last event */
	const char *says;        /* "": nothing */
} rows[] = {
	{"what holds is looked up first", "", AGREE_LOADING, FX_NONE, ""},
	{"and shown", "\031", AGREE_STATE, FX_NONE, ""},
	{"it could not be read", "!", AGREE_LOADING, FX_LEAVE, "disk"},
	{"0 leaves", "\0310", AGREE_STATE, FX_LEAVE, ""},
	{"ENTER asks nobody", "\031\n", AGREE_STATE, FX_NONE, ""},
	{"nothing can be taken back that was not given", "\0312", AGREE_STATE,
		FX_NONE, ""},
	{"1 asks for the language", "\0311", AGREE_LANG, FX_NONE, ""},
	{"there is no third", "\03113", AGREE_LANG, FX_NONE, ""},
	{"a digit fetches the text", "\03111", AGREE_FETCHING, FX_CONSENT_TEXT,
		""},
	{"no key while it is fetched", "\03111012", AGREE_FETCHING, FX_NONE,
		""},
	{"its first part", TEXT, AGREE_TEXT, FX_NONE, ""},
	{"no text: why is said", "\03111$", AGREE_STATE, FX_NONE, "shift"},
	{"1 does not go on before the end", TEXT "1", AGREE_TEXT, FX_NONE, ""},
	{"nor does 2", TEXT "2", AGREE_TEXT, FX_NONE, ""},
	{"nor in the part before the last", TEXT "\n1", AGREE_TEXT, FX_NONE,
		""},
	{"the last part", TEXT "\n\n", AGREE_END, FX_NONE, ""},
	{". reads on as well", TEXT "..", AGREE_END, FX_NONE, ""},
	{"a key held down reads no further", TEXT "\n\n\n\n\n", AGREE_END,
		FX_NONE, ""},
	{"and back again", TEXT "\n\n{", AGREE_TEXT, FX_NONE, ""},
	{"ENTER goes on from no end", TEXT "\n\n\n", AGREE_END, FX_NONE, ""},
	{"read out: the first question", READ, AGREE_PURPOSE, FX_NONE, ""},
	{"ENTER answers nothing", READ "\n\n\n\n", AGREE_PURPOSE, FX_NONE, ""},
	{"nor do other digits", READ "3456789", AGREE_PURPOSE, FX_NONE, ""},
	{"three answers are not four", READ "111", AGREE_PURPOSE, FX_NONE, ""},
	{"0 goes one question back", READ "1100", AGREE_PURPOSE, FX_NONE, ""},
	{"0 before the first goes back to the text", READ "0", AGREE_END,
		FX_NONE, ""},
	{"four answers: who speaks", ALL, AGREE_WHO, FX_NONE, ""},
	{"four times no is a refusal", READ "2222", AGREE_REASON, FX_NONE, ""},
	{"himself", ALL "1", AGREE_HOW, FX_NONE, ""},
	{"ENTER is nobody", ALL "\n", AGREE_WHO, FX_NONE, ""},
	{"somebody else: his name", ALL "3", AGREE_NAME, FX_NONE, ""},
	{"without a name nobody", ALL "3\n", AGREE_NAME, FX_NONE,
		"Without a name"},
	{"a name: his number", ALL "3binh\n", AGREE_ID, FX_NONE, ""},
	{"eleven digits are no number", ALL "3binh\n00115000021\n", AGREE_ID,
		FX_NONE, "12 digits"},
	{"a number: his paper", ALL "3binh\n001150000217\n", AGREE_PAPER,
		FX_NONE, ""},
	{"a guardian may have none", ALL "3binh\n001150000217\n\n",
		AGREE_RELATION, FX_NONE, ""},
	{"neither number nor paper", ALL "3binh\n\n\n", AGREE_PAPER, FX_NONE,
		"Without number or paper"},
	{"a paper is enough", ALL "3binh\n\nqd 12\n", AGREE_RELATION, FX_NONE,
		""},
	{"who is authorised has a paper", ALL "4binh\n001150000217\n\n",
		AGREE_PAPER, FX_NONE, "Without number or paper"},
	{"its last day", ALL "4binh\n001150000217\nuq 1\n", AGREE_UNTIL,
		FX_NONE, ""},
	{"which it may lack", ALL "4binh\n001150000217\nuq 1\n\n",
		AGREE_RELATION, FX_NONE, ""},
	{"no day is none", ALL "4binh\n001150000217\nuq 1\n99\n", AGREE_UNTIL,
		FX_NONE, "This is no day"},
	{"a card says name and number", ALL "3;", AGREE_PAPER, FX_NONE, ""},
	{"not the person's own card", ALL "3@", AGREE_NAME, FX_NONE,
		"own number"},
	{"the relation: how", ALL "3;\n1", AGREE_HOW, FX_NONE, ""},
	{"ENTER confirms nothing", ALL "1\n", AGREE_HOW, FX_NONE, ""},
	{"a signature: a copy?", ALL "11", AGREE_COPY, FX_NONE, ""},
	{"a thumbprint: the witness", ALL "12", AGREE_WITNESS, FX_NONE, ""},
	{"no witness is none", ALL "12\n", AGREE_WITNESS, FX_NONE,
		"needs a witness"},
	{"a witness by his card", ALL "12;", AGREE_COPY, FX_NONE, ""},
	{"not the person himself", ALL "12@", AGREE_WITNESS, FX_NONE,
		"own number"},
	{"nor who speaks for him", ALL "3;\n12;", AGREE_WITNESS_ID, FX_NONE,
		"somebody else"},
	{"typed by himself", ALL "13", AGREE_YES, FX_NONE, ""},
	{"any word is no yes", ALL "13khong\n", AGREE_YES, FX_NONE,
		"Only the word"},
	{"CÓ is one", ALL "13co\n", AGREE_COPY, FX_NONE, ""},
	{"ENTER wants no copy and refuses none", ALL "11\n", AGREE_COPY,
		FX_NONE, ""},
	{"the summary", SURE, AGREE_SURE, FX_NONE, ""},
	{"ENTER records nothing", SURE "\n\n", AGREE_SURE, FX_NONE, ""},
	{"1 does", SURE "1", AGREE_WRITING, FX_CONSENT_GIVE, ""},
	{"no key while it is written", SURE "110.\n", AGREE_WRITING, FX_NONE,
		""},
	{"in the book: its slip", GIVEN, AGREE_PRINTING, FX_CONSENT_SLIP, ""},
	{"nobody has to wait for it", GIVEN "0", AGREE_PRINTING, FX_LEAVE, ""},
	{"printed", GIVEN "\036", AGREE_DONE, FX_NONE, ""},
	{"not printed", GIVEN "\037", AGREE_DONE, FX_NONE, ""},
	{"another paper's report is not it", GIVEN ")", AGREE_PRINTING, FX_NONE,
		""},
	{"once more, numbered", GIVEN "\0361", AGREE_PRINTING, FX_CONSENT_SLIP,
		""},
	{"and the whole text", GIVEN "\0362", AGREE_PRINTING, FX_CONSENT_SLIP,
		""},
	{"done", GIVEN "\036\n", AGREE_DONE, FX_LEAVE, ""},
	{"refused by the book: why is said", SURE "1$", AGREE_SURE, FX_NONE,
		"shift"},
	{"it may be in the book", SURE "1!", AGREE_SURE, FX_NONE,
		"Not known whether"},
	{"9 refuses before the end", TEXT "9", AGREE_REASON, FX_NONE, ""},
	{"ENTER is no reason", TEXT "9\n", AGREE_REASON, FX_NONE, ""},
	{"a reason: who speaks", TEXT "91", AGREE_WHO, FX_NONE, ""},
	{"a refusal needs no proof", TEXT "911", AGREE_SURE, FX_NONE, ""},
	{"it is recorded", TEXT "9111", AGREE_WRITING, FX_CONSENT_REFUSE, ""},
	{"what holds may be taken back", "\0322", AGREE_LEFT, FX_NONE, ""},
	{"ENTER takes nothing back", "\0322\n\n", AGREE_LEFT, FX_NONE, ""},
	{"each by itself", "\0322111", AGREE_LEFT, FX_NONE, ""},
	{"who keeps all takes nothing back", "\03221111", AGREE_STATE, FX_NONE,
		"nothing is taken back"},
	{"how he let us know", "\03221112", AGREE_CHANNEL, FX_NONE, ""},
	{"who speaks", "\032211121", AGREE_WHO, FX_NONE, ""},
	{"the summary of it", "\0322111211", AGREE_SURE, FX_NONE, ""},
	{"and into the book", "\03221112111", AGREE_WRITING,
		FX_CONSENT_WITHDRAW, ""},
	{"the slip of what holds", "\0323", AGREE_STATE, FX_CONSENT_SLIP, ""},
	{"he asks about his data", "\0315", AGREE_ASKS, FX_NONE, ""},
	{"also who agreed", "\0325", AGREE_ASKS, FX_NONE, ""},
	{"ENTER asks for nothing", "\0315\n", AGREE_ASKS, FX_NONE, ""},
	{"0 goes back", "\03150", AGREE_STATE, FX_NONE, ""},
	{"a digit says what", "\03152", AGREE_WORDS, FX_NONE, ""},
	{"3 is a consent taken back, not a request", "\03153", AGREE_ASKS,
		FX_NONE, ""},
	{"words are not needed", "\03156\n", AGREE_SURE, FX_NONE, ""},
	{"ENTER records no request", "\03156\n\n", AGREE_SURE, FX_NONE, ""},
	{"0 goes back to the words", "\03156\n0", AGREE_WORDS, FX_NONE, ""},
	{"1 does it", "\03156xoa\n1", AGREE_WRITING, FX_REQUEST, ""},
	{"it is in the book, and by when", "\03156xoa\n1\177", AGREE_STATE,
		FX_NONE, "02/12/2026"},
	{"its text", "\0324", AGREE_STATE, FX_CONSENT_SLIP, ""},
};

static void begin(struct agree *a)
{
	struct person an = {.id = STORY_PERSON,
		.name = "NGUYỄN VĂN AN",
		.birth = {1950, 1, 1}};

	memset(a, 0, sizeof(*a));
	str_copy(an.id12, sizeof(an.id12), "001045000112");
	assert_int_equal(agree_start(a, &an).kind, FX_CONSENT_STATE);
	a->today = (struct date){2026, 11, 22};
}

static struct effect go(struct agree *a, const char *script)
{
	static struct event ev;
	struct effect fx = effect_of(FX_NONE);
	struct story s;

	story_begin(&s, script);
	while (story_next(&s, &ev))
		fx = agree_handle(a, &ev);
	return fx;
}

static struct effect play(struct agree *a, const char *script)
{
	begin(a);
	return go(a, script);
}

static void run_row(void **state)
{
	static struct agree a;
	const struct row *row = *state;
	struct effect fx;

	tr_set_lang("en");
	fx = play(&a, row->script);
	assert_int_equal(a.step, row->step);
	assert_int_equal(fx.kind, row->effect);
	if (row->says[0] && !strstr(a.notice.text, row->says))
		fail_msg("says \"%s\"", a.notice.text);
	if (!row->says[0])
		assert_string_equal(a.notice.text, "");
}

static void what_is_recorded_is_what_was_answered(void **state)
{
	static struct agree a;
	struct effect fx;

	(void)state;
	fx = play(&a, READ "1212"
			   "3;qd 5\n2"
			   "2"
			   "le thi hoa\n"
			   "001172000777\n"
			   "11");
	assert_int_equal(fx.kind, FX_CONSENT_GIVE);
	assert_true(fx.drop_keys);
	assert_int_equal(fx.consent.person, STORY_PERSON);
	assert_int_equal(fx.consent.asked, CONSENT_ALL);
	assert_int_equal(fx.consent.yes, CONSENT_PAYOUT | CONSENT_SHARE);
	assert_string_equal(fx.consent.notice, "consent-vi-1");
	assert_int_equal(fx.consent.text_len, strlen(fx.consent.text));
	assert_int_equal(fx.consent.party.by, CONSENT_BY_GUARDIAN);
	assert_string_equal(fx.consent.party.id, "001150000217");
	assert_string_equal(fx.consent.party.paper, "qd 5");
	assert_int_equal(fx.consent.party.relation, RELATION_SPOUSE);
	assert_int_equal(fx.consent.proof.how, CONSENT_HOW_THUMBPRINT);
	assert_true(fx.consent.proof.read_aloud);
	assert_string_equal(fx.consent.proof.witness_name, "le thi hoa");
	assert_string_equal(fx.consent.proof.witness_id, "001172000777");
	assert_true(fx.consent.copy);
	fx = play(&a, TEXT "\n\n2"
			   "2222"
			   "4"
			   "11");
	assert_int_equal(fx.kind, FX_CONSENT_REFUSE);
	assert_int_equal(fx.consent.yes, 0);
	assert_int_equal(fx.consent.reason, CONSENT_REFUSAL_NO_PHONE);
	assert_false(fx.consent.proof.read_aloud);
	fx = play(&a, "\0322"
		      "1212"
		      "3"
		      "11");
	assert_int_equal(fx.kind, FX_CONSENT_WITHDRAW);
	assert_int_equal(fx.withdrawal.left, CONSENT_PAYOUT | CONSENT_SHARE);
	assert_int_equal(fx.withdrawal.channel, CONSENT_CHANNEL_PHONE);
	fx = play(&a, "\03152sai ten\n1");
	assert_int_equal(fx.kind, FX_REQUEST);
	assert_int_equal(fx.request.person, STORY_PERSON);
	assert_int_equal(fx.request.kind, REQUEST_CORRECT);
	assert_string_equal(fx.request.words, "sai ten");
}

static void what_came_of_it_is_left_for_who_asked(void **state)
{
	static struct agree a;

	(void)state;
	play(&a, GIVEN "\0360");
	assert_true(a.done);
	assert_int_equal(a.task, AGREE_GIVE);
	assert_int_equal(a.noted.seq, STORY_CONSENT);
	play(&a, SURE "0");
	assert_false(a.done);
}

static void a_child_does_not_speak_for_himself(void **state)
{
	static struct agree a;

	(void)state;
	tr_set_lang("en");
	play(&a, ALL);
	a.birth = (struct date){2015, 3, 1};
	go(&a, "1");
	assert_int_equal(a.step, AGREE_WHO);
	assert_non_null(strstr(a.notice.text, "under 18"));
	go(&a, "2");
	assert_int_equal(a.step, AGREE_NAME);
}

/* Cut into parts that fit on the smallest screen, and nothing is lost. */
static void a_text_is_cut_into_parts(void **state)
{
	static char text[READOUT_TEXT_MAX];
	static struct agree_part part[AGREE_PARTS];
	size_t len = 0;
	size_t letters = 0;
	int count;

	(void)state;
	len = (size_t)snprintf(text, sizeof(text), "TITLE\n\n1. HEAD\n");
	for (int i = 0; i < 60; i++)
		len += (size_t)snprintf(text + len, sizeof(text) - len,
			"Câu số %d của đoạn này. ", i);
	text[len - 1] = '\n';
	count = agree_parts(text, len, part);
	assert_true(count > 5);
	for (int i = 0; i < count; i++) {
		assert_true(part[i].len <= 3 * AGREE_PART_COLUMNS);
		assert_int_equal(text[part[i].from + part[i].len - 1], '.');
		letters += part[i].len;
		assert_memory_equal(text + part[i].head, "1. HEAD",
			part[i].head_len);
	}
	assert_int_equal(letters + (size_t)count, len - strlen("TITLE\n\n"
							       "1. HEAD\n"));
	/* Without a blank there is nothing better than the middle. */
	memset(text, 'x', 4000);
	assert_int_equal(agree_parts("A\n", 2, part), 0);
	text[0] = 'A';
	text[1] = '\n';
	count = agree_parts(text, 4000, part);
	letters = 0;
	for (int i = 0; i < count; i++)
		letters += part[i].len;
	assert_int_equal(letters, 3998);
	assert_int_equal(agree_parts("", 0, part), 0);
}

/* ---- half done ----------------------------------------------------------- */

static size_t save_after(const char *script, uint8_t out[AGREE_SAVE_SIZE])
{
	static struct agree a;

	play(&a, script);
	return agree_save(&a, out);
}

static void what_is_half_done_is_taken_up_again(void **state)
{
	static const struct {
		const char *script;
		enum agree_step step;
	} row[] = {
		{TEXT "\n", AGREE_TEXT},
		{TEXT "\n\n", AGREE_END},
		{READ "12", AGREE_PURPOSE},
		{ALL, AGREE_WHO},
		{ALL "3binh\n", AGREE_ID},
		{ALL "3;", AGREE_PAPER},
		{ALL "12;", AGREE_COPY},
		{SURE, AGREE_SURE},
		{TEXT "9", AGREE_REASON},
		{TEXT "911", AGREE_SURE},
	};
	static uint8_t bytes[AGREE_SAVE_SIZE];
	static struct agree before;
	static struct agree a;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		size_t len;

		play(&before, row[i].script);
		len = agree_save(&before, bytes);
		assert_true(len > 0 && cbor_is_canonical(bytes, len));
		begin(&a);
		assert_true(agree_load(&a, bytes, len));
		assert_int_equal(go(&a, "\031").kind, FX_CONSENT_TEXT);
		go(&a, "\034");
		assert_int_equal(a.step, row[i].step);
		assert_int_equal(a.at, before.at);
		assert_int_equal(a.at_part, before.at_part);
		assert_int_equal(a.asked, before.asked);
		assert_int_equal(a.yes, before.yes);
		assert_int_equal(a.task, before.task);
		assert_memory_equal(&a.party, &before.party, sizeof(a.party));
		assert_memory_equal(&a.proof, &before.proof, sizeof(a.proof));
	}
}

static void nothing_is_kept_of_what_is_done_or_not_begun(void **state)
{
	uint8_t bytes[AGREE_SAVE_SIZE];

	(void)state;
	assert_int_equal(save_after("", bytes), 0);
	assert_int_equal(save_after("\031", bytes), 0);
	assert_int_equal(save_after("\0311", bytes), 0);
	assert_int_equal(save_after(SURE "1", bytes), 0);
	assert_int_equal(save_after(GIVEN, bytes), 0);
	assert_int_equal(save_after("\0322", bytes), 0);
	assert_int_equal(save_after("\03152ab\n", bytes), 0);
}

/* Of another text nobody has answered a question. */
static void another_text_by_now_is_read_from_its_beginning(void **state)
{
	uint8_t bytes[AGREE_SAVE_SIZE];
	static struct agree a;
	static struct event ev;
	size_t len;

	(void)state;
	len = save_after(SURE, bytes);
	begin(&a);
	assert_true(agree_load(&a, bytes, len));
	go(&a, "\031");
	story_event('\034', 1000, &ev);
	ev.consent_text.text[strlen("THÔNG BÁO\n")] = 'X';
	agree_handle(&a, &ev);
	assert_int_equal(a.step, AGREE_TEXT);
	assert_int_equal(a.at_part, 0);
	assert_int_equal(a.asked, 0);
	assert_int_equal(a.yes, 0);
}

/* Every cut and every changed byte: refused, or a state that can be. */
static void bad_bytes_are_no_draft(void **state)
{
	uint8_t bytes[AGREE_SAVE_SIZE];
	uint8_t bad[AGREE_SAVE_SIZE];
	static struct agree a;
	size_t len;

	(void)state;
	len = save_after(ALL "3binh\n001150000217\nqd\n11", bytes);
	assert_true(len > 0);
	begin(&a);
	for (size_t cut = 0; cut < len; cut++)
		assert_false(agree_load(&a, bytes, cut));
	for (size_t i = 0; i < len; i++)
		for (int bit = 0; bit < 8; bit++) {
			memcpy(bad, bytes, len);
			bad[i] ^= (uint8_t)(1U << bit);
			begin(&a);
			if (!agree_load(&a, bad, len))
				continue;
			go(&a, "\031\034");
			assert_true(a.step >= AGREE_STATE &&
				    a.step <= AGREE_SURE);
			assert_int_equal(a.yes & ~a.asked, 0);
			assert_true(a.at >= 0 && a.at < CONSENT_PURPOSES);
		}
}

int main(void)
{
	static struct CMUnitTest tests[COUNT_OF(rows) + 8];
	size_t n = 0;

	UNIT_ADD_ROWS(tests, &n, rows, run_row);
#define ADD(f) tests[n++] = (struct CMUnitTest)cmocka_unit_test(f)
	ADD(what_is_recorded_is_what_was_answered);
	ADD(what_came_of_it_is_left_for_who_asked);
	ADD(a_child_does_not_speak_for_himself);
	ADD(a_text_is_cut_into_parts);
	ADD(what_is_half_done_is_taken_up_again);
	ADD(nothing_is_kept_of_what_is_done_or_not_begun);
	ADD(another_text_by_now_is_read_from_its_beginning);
	ADD(bad_bytes_are_no_draft);
	return cmocka_run_group_tests_name("consent", tests, NULL, NULL);
}
