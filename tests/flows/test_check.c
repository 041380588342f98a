/* One row is one story: what happens, and where the check then stands. */
#include "support/unit.h"

#include <string.h>

#include "core/str.h"
#include "core/tr.h"
#include "support/story.h"
#include "terminal/flows/check.h"

struct row {
	const char *name;
	char card; /* the scan that begins it; 0: found by typing */
	const char *script;
	enum check_step step;
	enum effect_kind effect;    /* of the last event */
	enum check_outcome outcome; /* if that is FX_LEAVE */
};

static struct row rows[] = {
	{"looking", '@', "", CHECK_LOOKUP, FX_NONE, CHECK_BACK},
	{"keys wait for the answer", '@', "\n12", CHECK_LOOKUP, FX_NONE,
		CHECK_BACK},
	{"card and list agree: ready", '@', "P", CHECK_READY, FX_NONE,
		CHECK_BACK},
	{"ENTER pays", '@', "P\n", CHECK_READY, FX_LEAVE, CHECK_PAY},
	{"1 does not", '@', "P1", CHECK_READY, FX_NONE, CHECK_BACK},
	{"back", '@', "P0", CHECK_READY, FX_LEAVE, CHECK_BACK},
	{"Esc is back", '@', "P<", CHECK_READY, FX_LEAVE, CHECK_BACK},
	{"next", '@', "P.", CHECK_READY, FX_LEAVE, CHECK_NEXT},
	{"not paid", '@', "P4", CHECK_READY, FX_LEAVE, CHECK_NOT_PAID},
	{"found by typing: ready, look at the paper", 0, "P", CHECK_READY,
		FX_NONE, CHECK_BACK},
	{"another name on the card: look", ';', "P", CHECK_DIFFERS, FX_NONE,
		CHECK_BACK},
	{"ENTER does not pay then", ';', "P\n", CHECK_DIFFERS, FX_NONE,
		CHECK_BACK},
	{"2 accepts: the card is wrong", ';', "P2", CHECK_READY, FX_NONE,
		CHECK_BACK},
	{"3 accepts: another paper shows it", ';', "P3", CHECK_READY, FX_NONE,
		CHECK_BACK},
	{"1 accepts", ';', "P1", CHECK_READY, FX_NONE, CHECK_BACK},
	{"and then ENTER pays", ';', "P1\n", CHECK_READY, FX_LEAVE, CHECK_PAY},
	{"nobody", '@', "Q", CHECK_NOBODY, FX_NONE, CHECK_BACK},
	{"nobody: next", '@', "Q\n", CHECK_NOBODY, FX_LEAVE, CHECK_NEXT},
	{"the store fails: back", '@', "!", CHECK_LOOKUP, FX_LEAVE, CHECK_BACK},
	{"paid already: stop", '@', "A", CHECK_STOP, FX_NONE, CHECK_BACK},
	{"stop: ENTER is the next person", '@', "A\n", CHECK_STOP, FX_LEAVE,
		CHECK_NEXT},
	{"stop: a copy", '@', "A1", CHECK_STOP, FX_PRINT, CHECK_BACK},
	{"stop: the receipt", '@', "A3", CHECK_STOP, FX_LEAVE, CHECK_RECEIPT},
	{"the account pays: stop", '@', "B", CHECK_NO_CASH, FX_NONE,
		CHECK_BACK},
	{"there is no receipt of it to copy", '@', "B1", CHECK_NO_CASH, FX_NONE,
		CHECK_BACK},
	{"nor to see", '@', "B3", CHECK_NO_CASH, FX_NONE, CHECK_BACK},
	{"the account pays: ENTER is the next person", '@', "B\n",
		CHECK_NO_CASH, FX_LEAVE, CHECK_NEXT},
	{"guardian: name", '@', "P3", CHECK_NAME, FX_NONE, CHECK_BACK},
	{"no name, no further", '@', "P3 \n", CHECK_NAME, FX_NONE, CHECK_BACK},
	{"guardian: number", '@', "P3binh\n", CHECK_ID, FX_NONE, CHECK_BACK},
	{"eleven digits are no number", '@', "P3binh\n00115000021\n", CHECK_ID,
		FX_NONE, CHECK_BACK},
	{"his own number is no receiver's", '@', "P3binh\n001045000112\n",
		CHECK_ID, FX_NONE, CHECK_BACK},
	{"guardian: complete", '@', "P3binh\n001150000217\n", CHECK_READY,
		FX_NONE, CHECK_BACK},
	{"guardian by card", '@', "P3;", CHECK_READY, FX_NONE, CHECK_BACK},
	{"not by his own card", '@', "P3@", CHECK_NAME, FX_NONE, CHECK_BACK},
	{"not by half a card", '@', "P3\"", CHECK_NAME, FX_NONE, CHECK_BACK},
	{"authorised by card: still the paper", '@', "P2;", CHECK_PAPER,
		FX_NONE, CHECK_BACK},
	{"no paper, no authorisation", '@', "P2;\n", CHECK_PAPER, FX_NONE,
		CHECK_BACK},
	{"authorised: until when is it good?", '@', "P2;12 01122026\n",
		CHECK_UNTIL, FX_NONE, CHECK_BACK},
	{"without an end, no further", '@', "P2;12\n\n", CHECK_UNTIL, FX_NONE,
		CHECK_BACK},
	{"that is no day", '@', "P2;12\n32122099\n", CHECK_UNTIL, FX_NONE,
		CHECK_BACK},
	{"nor is a year", '@', "P2;12\n2099\n", CHECK_UNTIL, FX_NONE,
		CHECK_BACK},
	{"back from there to the paper", '@', "P2;12\n<", CHECK_PAPER, FX_NONE,
		CHECK_BACK},
	{"then how they are related", '@', "P2;12\n31122099\n", CHECK_RELATION,
		FX_NONE, CHECK_BACK},
	{"ENTER says nothing of that", '@', "P2;12\n31122099\n\n",
		CHECK_RELATION, FX_NONE, CHECK_BACK},
	{"back from there to the day", '@', "P2;12\n31122099\n0", CHECK_UNTIL,
		FX_NONE, CHECK_BACK},
	{"authorised: complete", '@', "P2;12\n31122099\n1", CHECK_READY,
		FX_NONE, CHECK_BACK},
	{"others: who?", '@', "P6", CHECK_WHO, FX_NONE, CHECK_BACK},
	{"nobody of those", '@', "P60", CHECK_READY, FX_NONE, CHECK_BACK},
	{"a carer", '@', "P61", CHECK_NAME, FX_NONE, CHECK_BACK},
	{"a carer by card", '@', "P61;", CHECK_READY, FX_NONE, CHECK_BACK},
	{"no funeral money is due", '@', "P62", CHECK_WHO, FX_NONE, CHECK_BACK},
	{"nor are others chosen while card and list differ", ';', "P6",
		CHECK_DIFFERS, FX_NONE, CHECK_BACK},
	{"half a card where the number is asked", '@', "P3binh\n\"", CHECK_ID,
		FX_NONE, CHECK_BACK},
	{"a whole card there", '@', "P3binh\n;", CHECK_READY, FX_NONE,
		CHECK_BACK},
	{"thirteen digits do not fit", '@', "P3binh\n0011500002171\n",
		CHECK_READY, FX_NONE, CHECK_BACK},
	{"up and down do nothing to a name", '@', "P3bi{}nh\n", CHECK_ID,
		FX_NONE, CHECK_BACK},
	{"nor to a paper", '@', "P2;12{}\n", CHECK_UNTIL, FX_NONE, CHECK_BACK},
	{"Esc in the paper goes back to the number", '@', "P2;12<", CHECK_ID,
		FX_NONE, CHECK_BACK},
	{"differs: not paid", ';', "P4", CHECK_DIFFERS, FX_LEAVE,
		CHECK_NOT_PAID},
	{"differs: back", ';', "P0", CHECK_DIFFERS, FX_LEAVE, CHECK_BACK},
	{"differs: next", ';', "P.", CHECK_DIFFERS, FX_LEAVE, CHECK_NEXT},
	{"stop: back", '@', "A0", CHECK_STOP, FX_LEAVE, CHECK_BACK},
	{"nobody: back", '@', "Q0", CHECK_NOBODY, FX_LEAVE, CHECK_BACK},
	{"giving up the receiver", '@', "P2;<<\b<", CHECK_READY, FX_NONE,
		CHECK_BACK},
};

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

static void run_row(void **state)
{
	static struct check c;
	const struct row *row = *state;
	struct effect fx;

	tr_set_lang("en");
	fx = play(&c, row->card, row->script);
	assert_int_equal(c.step, row->step);
	assert_int_equal(fx.kind, row->effect);
	assert_int_equal(c.outcome, row->outcome);
}

static void the_request_is_complete(void **state)
{
	static struct check c;

	(void)state;
	play(&c, '@', "P2;12 01122026\n31122099\n4");
	assert_true(c.request.person == STORY_PERSON);
	assert_int_equal(c.request.uid[0], 0xa5);
	assert_int_equal(c.request.payee, PAYEE_AUTHORISED);
	assert_string_equal(c.request.payee_name, "Trần Thị Bình");
	assert_string_equal(c.request.payee_id, "001150000217");
	assert_string_equal(c.request.payee_paper, "12 01122026");
	assert_int_equal(c.request.payee_until.year, 2099);
	assert_int_equal(c.request.payee_relation, RELATION_SIBLING);
	assert_int_equal(c.request.review, 0);
	play(&c, '@', "P3;2<\n");
	assert_int_equal(c.request.payee, PAYEE_SELF);
	assert_string_equal(c.request.payee_name, "");
	assert_string_equal(c.request.payee_id, "");
	assert_int_equal(c.request.payee_until.year, 0);
	assert_int_equal(c.request.payee_relation, RELATION_NONE);
}

/* Why, and what the card says, goes along; of a card that agrees, nothing. */
static void the_reason_and_the_card_go_along(void **state)
{
	static struct check c;

	(void)state;
	play(&c, ';', "P2");
	assert_int_equal(c.request.review_reason, REVIEW_REASON_CARD);
	assert_string_equal(c.request.card.name, c.card.name);
	assert_string_equal(c.request.card.id12, c.card.id12);
	assert_int_equal(date_compare(c.request.card.birth, c.card.birth), 0);
	play(&c, ';', "P1");
	assert_int_equal(c.request.review_reason, REVIEW_REASON_LIST);
	play(&c, ';', "P3");
	assert_int_equal(c.request.review_reason, REVIEW_REASON_PAPER);
	play(&c, '@', "P");
	assert_int_equal(c.request.review_reason, REVIEW_REASON_NONE);
	assert_string_equal(c.request.card.name, "");
	assert_string_equal(c.request.card.id12, "");
}

static void an_authorisation_that_ended_is_said(void **state)
{
	static struct check c;
	static struct event ev;

	(void)state;
	tr_set_lang("en");
	play(&c, '@', "P2;12\n30112026");
	c.today = (struct date){2026, 12, 1};
	story_event('\n', 99000, &ev);
	check_handle(&c, &ev);
	assert_int_equal(c.step, CHECK_UNTIL);
	assert_string_equal(c.notice.text,
		"This authorisation ended on 30/11/2026: it allows nobody to "
		"receive any more.");
	c.today = (struct date){2026, 11, 30};
	check_handle(&c, &ev);
	assert_int_equal(c.step, CHECK_RELATION);
}

/* Of a dead person the amount is that alone, and all again if he is not. */
static void funeral_money_is_offered_where_it_is_due(void **state)
{
	static struct check c;
	static struct event ev;
	static const char keys[] = "62;1";

	(void)state;
	for (int dead = 0; dead < 2; dead++) {
		begin(&c, '@');
		story_event('P', 1, &ev);
		ev.person.due.items = 2;
		ev.person.due.item[1] = (struct due_item){.what = ENT_FUNERAL,
			.amount = 10800000};
		ev.person.due.due = 11300000;
		ev.person.due.person.not_paid_reason =
			dead ? NOT_PAID_DIED : NOT_PAID_NONE;
		check_handle(&c, &ev);
		for (const char *k = keys; *k; k++) {
			story_event(*k, 1000 * (2 + (k - keys)), &ev);
			check_handle(&c, &ev);
		}
		assert_int_equal(c.step, CHECK_READY);
		assert_int_equal(c.request.payee, PAYEE_FUNERAL);
		assert_int_equal(c.request.payee_relation, RELATION_CHILD);
		assert_int_equal(c.due.due, dead ? 10800000 : 11300000);
		story_event('3', 99000, &ev);
		check_handle(&c, &ev);
		assert_int_equal(c.due.due, 11300000);
	}
}

/* ---- card against list ------------------------------------------------- */

struct pair {
	const char *name;
	const char *card_name;
	const char *card_id;
	struct date card_birth;
	enum sex card_sex;
	unsigned review;
};

/* The list has: Nguyễn Văn An, 001045000112, 02/09/1945, male. */
static struct pair pairs[] = {
	{"the same", "Nguyễn Văn An", "001045000112", {1945, 9, 2}, SEX_MALE,
		0},
	{"capitals are no difference", "NGUYỄN VĂN AN", "001045000112",
		{1945, 9, 2}, SEX_MALE, 0},
	{"marks are one", "Nguyên Văn An", "001045000112", {1945, 9, 2},
		SEX_MALE, REVIEW_NAME_MARKS},
	{"no marks at all", "NGUYEN VAN AN", "001045000112", {1945, 9, 2},
		SEX_MALE, REVIEW_NAME_MARKS},
	{"another name", "Nguyễn Văn Ân Phúc", "001045000112", {1945, 9, 2},
		SEX_MALE, REVIEW_NAME},
	{"a name that could not be read", "", "001045000112", {1945, 9, 2},
		SEX_MALE, REVIEW_CARD},
	{"another day", "Nguyễn Văn An", "001045000112", {1945, 9, 3}, SEX_MALE,
		REVIEW_BIRTH},
	{"the year alone is no difference", "Nguyễn Văn An", "001045000112",
		{1945, 0, 0}, SEX_MALE, 0},
	{"another year alone is", "Nguyễn Văn An", "001045000112", {1946, 0, 0},
		SEX_MALE, REVIEW_BIRTH},
	{"another sex", "Nguyễn Văn An", "001045000112", {1945, 9, 2},
		SEX_FEMALE, REVIEW_SEX},
	{"unknown sex is no difference", "Nguyễn Văn An", "001045000112",
		{1945, 9, 2}, SEX_UNKNOWN, 0},
	{"found by the old number", "Nguyễn Văn An", "001045000999",
		{1945, 9, 2}, SEX_MALE, REVIEW_OLD_ID},
	{"no birth on the card is no difference", "Nguyễn Văn An",
		"001045000112", {0}, SEX_MALE, 0},
	{"everything", "Trần Bình", "001045000999", {1950, 1, 1}, SEX_FEMALE,
		REVIEW_OLD_ID | REVIEW_NAME | REVIEW_BIRTH | REVIEW_SEX},
};

static void run_pair(void **state)
{
	static struct check c;
	static struct event ev;
	const struct pair *p = *state;
	struct idcard card = {.outcome = CARD_OK,
		.birth = p->card_birth,
		.sex = p->card_sex};
	unsigned seen = 0;

	str_copy(card.name, sizeof(card.name), p->card_name);
	str_copy(card.id12, sizeof(card.id12), p->card_id);
	check_start_card(&c, &card);
	story_event('P', 1, &ev);
	check_handle(&c, &ev);
	assert_int_equal(c.request.review, p->review);
	assert_int_equal(c.step, p->review ? CHECK_DIFFERS : CHECK_READY);
	for (int i = 0; i < c.differences; i++)
		seen |= c.difference[i].review;
	assert_int_equal(seen, p->review);
}

/* Found by his old number: the list may have no other. */
static void the_old_number_is_shown_where_there_is_no_new_one(void **state)
{
	static struct check c;
	static struct event ev;
	struct idcard card = {.outcome = CARD_OK,
		.birth = {1945, 9, 2},
		.sex = SEX_FEMALE};

	(void)state;
	tr_set_lang("en");
	str_copy(card.name, sizeof(card.name), "Nguyễn Văn An");
	str_copy(card.id12, sizeof(card.id12), "001045000999");
	check_start_card(&c, &card);
	story_event('P', 1, &ev);
	ev.person.due.person.id12[0] = '\0';
	ev.person.due.person.birth = (struct date){1945, 0, 0};
	check_handle(&c, &ev);
	assert_int_equal(c.request.review, REVIEW_OLD_ID | REVIEW_SEX);
	assert_string_equal(c.difference[0].on_card, "001045000999");
	assert_string_equal(c.difference[0].on_list, "123456789");
	assert_string_equal(c.difference[1].on_card, "Female");
	assert_string_equal(c.difference[1].on_list, "Male");
	/* And the other way round. */
	card.sex = SEX_MALE;
	check_start_card(&c, &card);
	ev.person.due.person.sex = SEX_FEMALE;
	check_handle(&c, &ev);
	assert_string_equal(c.difference[1].on_card, "Male");
	assert_string_equal(c.difference[1].on_list, "Female");
	/* What the list does not say differs from nothing. */
	ev.person.due.person.sex = SEX_UNKNOWN;
	ev.person.due.person.birth = (struct date){0};
	check_start_card(&c, &card);
	check_handle(&c, &ev);
	assert_int_equal(c.request.review, REVIEW_OLD_ID);
}

/* ---- receivers ----------------------------------------------------------- */

/* Whom the list names comes with his number; anybody else is typed. */
static void the_listed_receiver_is_offered(void **state)
{
	static const struct {
		enum paylist_payee listed;
		char key;
		bool offered;
	} row[] = {
		{LIST_PAYEE_GUARDIAN, '3', true},
		{LIST_PAYEE_GUARDIAN, '2', false},
		{LIST_PAYEE_AUTHORISED, '2', true},
		{LIST_PAYEE_AUTHORISED, '3', false},
	};
	static struct check c;
	static struct event ev;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		begin(&c, '@');
		story_event('P', 1, &ev);
		ev.person.due.person.payee = row[i].listed;
		str_copy(ev.person.due.person.payee_name, VIET_NAME_SIZE,
			"Trần Thị C");
		str_copy(ev.person.due.person.payee_id, PERSONID_SIZE,
			"001150000217");
		check_handle(&c, &ev);
		story_event(row[i].key, 2000, &ev);
		check_handle(&c, &ev);
		assert_string_equal(c.name.text,
			row[i].offered ? "Trần Thị C" : "");
		assert_string_equal(c.id.text,
			row[i].offered ? "001150000217" : "");
	}
}

/* A scanner that drops bytes: the number is good, the name is typed. */
static void a_receiver_whose_name_was_damaged_is_typed(void **state)
{
	static const char damaged[] =
		"001150000217||Trần Thị Bình|15051950|N?|Thôn 5, xã Cẩm Khê, "
		"Phú Thọ|01052021";
	static struct check c;
	static struct event ev;

	(void)state;
	tr_set_lang("en");
	play(&c, '@', "P3");
	memset(&ev, 0, sizeof(ev));
	ev.kind = EV_SCAN;
	ev.scan.len = sizeof(damaged) - 1;
	memcpy(ev.scan.bytes, damaged, sizeof(damaged));
	check_handle(&c, &ev);
	assert_int_equal(c.step, CHECK_NAME);
	assert_string_equal(c.id.text, "001150000217");
	assert_string_equal(c.name.text, "");
	assert_int_equal(c.notice.level, NOTICE_WARN);
}

/* ---- odd cards ----------------------------------------------------------- */

struct odd_row {
	const char *name;
	enum card_note note; /* CARD_NOTE_COUNT: none */
	const char *card_name;
	bool receiver; /* the list names one */
	enum check_step step;
	unsigned review;
	const char *said; /* how the notice begins; "" none */
};

static struct odd_row odd_rows[] = {
	{"nothing odd, nothing said", CARD_NOTE_COUNT, "Nguyễn Văn An", false,
		CHECK_READY, 0, ""},
	{"blanks taken out are not worth a word", CARD_NOTE_SPACES,
		"Nguyễn Văn An", false, CHECK_READY, 0, ""},
	{"neither are marks put together", CARD_NOTE_NOT_NFC, "Nguyễn Văn An",
		false, CHECK_READY, 0, ""},
	{"nor scanning twice", CARD_NOTE_SCANNED_TWICE, "Nguyễn Văn An", false,
		CHECK_READY, 0, ""},
	{"damaged name: from the list, compared by eye", CARD_NOTE_NAME_DAMAGED,
		"", false, CHECK_DIFFERS, REVIEW_CARD,
		"The scanner damaged name and address; the number is good."},
	{"letters put right: said and kept in the record", CARD_NOTE_REENCODED,
		"Nguyễn Văn An", false, CHECK_READY, REVIEW_CARD,
		"Card: compare all of it by eye"},
	{"marks lost: name compared, and kept in the record",
		CARD_NOTE_MARKS_LOST, "Nguyen Van An", false, CHECK_DIFFERS,
		REVIEW_CARD | REVIEW_NAME_MARKS, "The scanner lost the marks"},
	{"the sex against the number warns, never stops", CARD_NOTE_SEX_DIFFERS,
		"Nguyễn Văn An", false, CHECK_READY, 0,
		"Card: sex and number do not fit"},
	{"so does the year", CARD_NOTE_YEAR_DIFFERS, "Nguyễn Văn An", false,
		CHECK_READY, 0, "Card: year and number do not fit"},
	{"so does the province", CARD_NOTE_PROVINCE, "Nguyễn Văn An", false,
		CHECK_READY, 0, "Card: number of no province"},
	{"so does a card issued before birth", CARD_NOTE_ISSUED_EARLY,
		"Nguyễn Văn An", false, CHECK_READY, 0,
		"Card: issued before birth"},
	{"so does one without its date of issue", CARD_NOTE_NO_ISSUE_DATE,
		"Nguyễn Văn An", false, CHECK_READY, 0,
		"Card: look at its date of issue"},
	{"a receiver on the list is said", CARD_NOTE_COUNT, "Nguyễn Văn An",
		true, CHECK_READY, 0, "The list names a receiver: Trần Thị C"},
	{"the receiver is more, and the word says to look at the card",
		CARD_NOTE_PROVINCE, "Nguyễn Văn An", true, CHECK_READY, 0,
		"The list names a receiver: Trần Thị C"},
};

static void run_odd(void **state)
{
	static struct check c;
	static struct event ev;
	const struct odd_row *row = *state;
	struct idcard card = {.outcome = CARD_WARN};
	struct check_word word[CHECK_WORDS];
	const bool looks = row->note != CARD_NOTE_COUNT &&
			   row->note != CARD_NOTE_SPACES &&
			   row->note != CARD_NOTE_NOT_NFC &&
			   row->note != CARD_NOTE_SCANNED_TWICE;

	tr_set_lang("en");
	if (row->note != CARD_NOTE_COUNT)
		card.note[card.notes++] = row->note;
	str_copy(card.name, sizeof(card.name), row->card_name);
	str_copy(card.id12, sizeof(card.id12), "001045000112");
	check_start_card(&c, &card);
	story_event('P', 1, &ev);
	if (row->receiver) {
		ev.person.due.person.payee = LIST_PAYEE_GUARDIAN;
		str_copy(ev.person.due.person.payee_name, VIET_NAME_SIZE,
			"Trần Thị C");
	}
	check_handle(&c, &ev);
	assert_int_equal(c.step, row->step);
	assert_int_equal(c.request.review, row->review);
	assert_memory_equal(c.notice.text, row->said, strlen(row->said));
	assert_int_equal(c.notice.text[0] != '\0', row->said[0] != '\0');
	assert_string_equal(c.due.person.name, "Nguyễn Văn An");
	check_words(&c, word);
	if (row->step == CHECK_READY)
		assert_int_equal(word[0].state,
			looks ? CHECK_LOOK : CHECK_GOOD);
	if (row->step != CHECK_DIFFERS)
		return;
	/* Looked at and accepted: then it is paid like any other. */
	assert_string_equal(c.difference[0].on_card, row->card_name);
	assert_string_equal(c.difference[0].on_list, "Nguyễn Văn An");
	story_event('1', 2000, &ev);
	check_handle(&c, &ev);
	assert_int_equal(c.step, CHECK_READY);
	story_event('\n', 4000, &ev);
	assert_int_equal(check_handle(&c, &ev).kind, FX_LEAVE);
	assert_int_equal(c.outcome, CHECK_PAY);
	assert_int_equal(c.request.review, row->review);
}

/* "Nguyên" on the card: the ễ of the list is what differs, nothing else. */
static void the_letter_is_shown(void **state)
{
	static struct check c;
	static struct event ev;
	struct idcard card = {.outcome = CARD_OK};

	(void)state;
	str_copy(card.name, sizeof(card.name), "Nguyên Văn An");
	str_copy(card.id12, sizeof(card.id12), "001045000112");
	check_start_card(&c, &card);
	story_event('P', 1, &ev);
	check_handle(&c, &ev);
	assert_int_equal(c.differences, 1);
	for (int i = 0; i < CHECK_FLAGS; i++)
		assert_int_equal(c.difference[0].differs[i], i == 4);
}

/* ---- words ------------------------------------------------------------- */

static void a_receiver_without_a_name_is_asked_for(void **state)
{
	static struct check c;

	(void)state;
	tr_set_lang("en");
	play(&c, '@', "P3 \n");
	assert_string_equal(c.notice.text,
		"Without a name nobody can receive for another");
	play(&c, '@', "P3 \nb");
	assert_string_equal(c.notice.text, "");
}

static struct CMUnitTest
	tests[COUNT_OF(rows) + COUNT_OF(pairs) + COUNT_OF(odd_rows) + 9];

int main(void)
{
	size_t n = 0;

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		tests[n++] = (struct CMUnitTest){.name = rows[i].name,
			.test_func = run_row,
			.initial_state = &rows[i]};
	for (size_t i = 0; i < COUNT_OF(pairs); i++)
		tests[n++] = (struct CMUnitTest){.name = pairs[i].name,
			.test_func = run_pair,
			.initial_state = &pairs[i]};
	UNIT_ADD_ROWS(tests, &n, odd_rows, run_odd);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(
		the_old_number_is_shown_where_there_is_no_new_one);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(the_listed_receiver_is_offered);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(a_receiver_whose_name_was_damaged_is_typed);
	tests[n++] =
		(struct CMUnitTest)cmocka_unit_test(the_request_is_complete);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(an_authorisation_that_ended_is_said);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(the_reason_and_the_card_go_along);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(funeral_money_is_offered_where_it_is_due);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(the_letter_is_shown);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(a_receiver_without_a_name_is_asked_for);
	return cmocka_run_group_tests_name("check", tests, NULL, NULL);
}
