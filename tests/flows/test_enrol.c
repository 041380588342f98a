/* One row is one story: where somebody wants his money from now on. */
#include "support/unit.h"

#include <string.h>

#include "core/str.h"
#include "core/tr.h"
#include "support/story.h"
#include "terminal/flows/enrol.h"

#define SEARCHED "\02119agri\n1"
#define NUMBER "1500205123456"
#define TWICE SEARCHED NUMBER "\n" NUMBER "\n"
#define HIS TWICE "1\n" /* An's own, his name */
#define IN_BOOK HIS "1\022"

static struct row {
	const char *name;
	const char *script;
	enum enrol_step step;
	enum effect_kind effect; /* of the last event */
	const char *says;        /* "": nothing */
} rows[] = {
	{"what stands in the book comes first", "", ENROL_LOOKUP, FX_ACCOUNT,
		""},
	{"he agreed", "\021", ENROL_START, FX_NONE, ""},
	{"he did not: no account", "\023", ENROL_NO_CONSENT, FX_NONE, ""},
	{"nor by a scan", "\023:", ENROL_NO_CONSENT, FX_NONE, ""},
	{"nor by a digit", "\023112", ENROL_NO_CONSENT, FX_NONE, ""},
	{"cash again needs no consent", "\0304", ENROL_CASH, FX_NONE, ""},
	{"nor is it asked where nothing pays him but cash", "\0214",
		ENROL_START, FX_NONE, ""},
	{"with no consent neither", "\0234", ENROL_NO_CONSENT, FX_NONE, ""},
	{"0 leaves", "\0210", ENROL_START, FX_LEAVE, ""},
	{"not readable: it leaves and says so", "!", ENROL_LOOKUP, FX_LEAVE,
		"disk"},
	{"the QR says bank and number", "\021:", ENROL_WHOSE, FX_NONE, ""},
	{"from the list of banks, too", "\0211:", ENROL_WHOSE, FX_NONE, ""},
	{"and where the number is typed", SEARCHED "15:", ENROL_WHOSE, FX_NONE,
		""},
	{"an ID card is no account", "\021@", ENROL_START, FX_NONE, "ID card"},
	{"half a code is none", "\021\"", ENROL_START, FX_NONE, "account"},
	{"a bank is searched by letters", "\02119agri\n", ENROL_BANK, FX_NONE,
		""},
	{"or by its six digits", "\02119970405\n", ENROL_BANK, FX_NONE, ""},
	{"nobody of that name", "\02119zzz\n", ENROL_SEARCH, FX_NONE,
		"No bank"},
	{"Esc shows all again", "\02119zz<", ENROL_BANK, FX_NONE, ""},
	{"a number is typed", SEARCHED NUMBER "\n", ENROL_AGAIN, FX_NONE, ""},
	{"too short a number is none", SEARCHED "12\n", ENROL_NUMBER, FX_NONE,
		"3 to 20"},
	{"nothing is none", SEARCHED "\n", ENROL_NUMBER, FX_NONE, "3 to 20"},
	{"twice the same", TWICE, ENROL_WHOSE, FX_NONE, ""},
	{"another one: from the beginning", SEARCHED NUMBER "\n1500205123457\n",
		ENROL_NUMBER, FX_NONE, "not the same"},
	{"twice right after it was wrong once",
		SEARCHED NUMBER "\n9\n" NUMBER "\n" NUMBER "\n", ENROL_WHOSE,
		FX_NONE, ""},
	{"mobile money takes a phone number only", "\0211112345678\n",
		ENROL_NUMBER, FX_NONE, "no mobile number"},
	{"one that there is", "\021110986123456\n0986123456\n", ENROL_WHOSE,
		FX_NONE, ""},
	{"his own: his name stands there", TWICE "1", ENROL_HOLDER, FX_NONE,
		""},
	{"the form", HIS, ENROL_FORM, FX_NONE, ""},
	{"ENTER records nothing", HIS "\n\n", ENROL_FORM, FX_NONE, ""},
	{"1 does", HIS "1", ENROL_WRITING, FX_ACCOUNT_ADD, ""},
	{"no key while it is written", HIS "110\n", ENROL_WRITING, FX_NONE, ""},
	{"2 begins again", HIS "2", ENROL_START, FX_NONE, ""},
	{"in the book: its slip is printed", IN_BOOK, ENROL_PRINTING,
		FX_ACCOUNT_SLIP, ""},
	{"printed", IN_BOOK "\026", ENROL_DONE, FX_NONE, ""},
	{"another paper's report is not it", IN_BOOK ")", ENROL_PRINTING,
		FX_NONE, ""},
	{"the slip once more", IN_BOOK "\0271", ENROL_PRINTING, FX_ACCOUNT_SLIP,
		""},
	{"ENTER leaves then", IN_BOOK "\026\n", ENROL_DONE, FX_LEAVE, ""},
	{"0 leaves then", IN_BOOK "\0260", ENROL_DONE, FX_LEAVE, ""},
	{"nobody has to wait for the paper", IN_BOOK "0", ENROL_PRINTING,
		FX_LEAVE, ""},
	{"somebody else has it: why", HIS "1\024", ENROL_SHARED, FX_NONE,
		"has this account too"},
	{"a reason, and the form again", HIS "1\0242", ENROL_FORM, FX_NONE, ""},
	{"it is recorded with it", HIS "1\02421", ENROL_WRITING, FX_ACCOUNT_ADD,
		""},
	{"another reason is said in words", HIS "1\0249", ENROL_WHY, FX_NONE,
		""},
	{"and not without any", HIS "1\0249\n", ENROL_WHY, FX_NONE,
		"a few words"},
	{"in words", HIS "1\0249con\n", ENROL_FORM, FX_NONE, ""},
	{"the consent is gone", HIS "1\025", ENROL_NO_CONSENT, FX_NONE,
		"has not agreed"},
	{"failed: it may be in the book", HIS "1!", ENROL_FORM, FX_NONE,
		"Not known"},
	{"failed: it may be said once more", HIS "1!1", ENROL_WRITING,
		FX_ACCOUNT_ADD, ""},
	{"a guardian's: who he is", TWICE "2", ENROL_OWNER, FX_NONE, ""},
	{"not without a name", TWICE "2\n", ENROL_OWNER, FX_NONE, "full name"},
	{"what he is to the person", TWICE "2binh\n", ENROL_RELATION, FX_NONE,
		""},
	{"his name stands there as holder", TWICE "2binh\n1", ENROL_HOLDER,
		FX_NONE, ""},
	{"a guardian's form", TWICE "2binh\n1\n", ENROL_FORM, FX_NONE, ""},
	{"his card says who he is", TWICE "2;\n1\n", ENROL_FORM, FX_NONE, ""},
	{"an authorised person shows a paper", TWICE "3binh\n1", ENROL_PAPER,
		FX_NONE, ""},
	{"not without it", TWICE "3binh\n1\n", ENROL_PAPER, FX_NONE, "paper"},
	{"his form", TWICE "3binh\n112uq\n\n", ENROL_FORM, FX_NONE, ""},
	{"another holder: why", TWICE "1]]]]binh\n", ENROL_DIFFERS, FX_NONE,
		""},
	{"the bank's spelling", TWICE "1]]]]binh\n1", ENROL_FORM, FX_NONE, ""},
	{"will open one: where", "\0212", ENROL_BANK, FX_NONE, ""},
	{"and when", "\02129agri\n1", ENROL_WHEN, FX_NONE, ""},
	{"nobody knows when", "\02129agri\n1\n", ENROL_FORM, FX_NONE, ""},
	{"no day", "\02129agri\n199\n", ENROL_WHEN, FX_NONE, "no day"},
	{"a day", "\02129agri\n120122026\n", ENROL_FORM, FX_NONE, ""},
	{"cash again: why", "\0224", ENROL_CASH, FX_NONE, ""},
	{"from which list", "\02241", ENROL_CASH_FROM, FX_NONE, ""},
	{"no month", "\02241132027\n", ENROL_CASH_FROM, FX_NONE, "no month"},
	{"a month", "\02241012027\n", ENROL_CASH_SURE, FX_NONE, ""},
	{"ENTER says nothing", "\02241012027\n\n", ENROL_CASH_SURE, FX_NONE,
		""},
	{"1 does it", "\02241012027\n1", ENROL_CASH_WRITING, FX_ACCOUNT_CASH,
		""},
	{"it frees money: a supervisor", "\02241012027\n1+", ENROL_SECOND,
		FX_NONE, "supervisor"},
	{"who gives number and PIN", "\02241012027\n1+1\n246810\n",
		ENROL_CASH_WRITING, FX_ACCOUNT_CASH, ""},
	{"his PIN is wrong", "\02241012027\n1+1\n246810\nW", ENROL_SECOND,
		FX_NONE, ""},
	{"cash again is in the book", "\02241012027\n1\022", ENROL_CASH_WRITING,
		FX_LEAVE, "Cash again from list 01/2027"},
	{"failed: it may be said once more", "\02241012027\n1!",
		ENROL_CASH_SURE, FX_NONE, "Not known"},
};

static const struct person an = {.id = STORY_PERSON, .name = "Nguyễn Văn An"};

static struct effect play(struct enrol *e, const char *script)
{
	static struct event ev;
	struct effect fx = enrol_start(e, &an);
	struct story s;

	story_begin(&s, script);
	while (story_next(&s, &ev))
		fx = enrol_handle(e, &ev);
	return fx;
}

static void run_row(void **state)
{
	static struct enrol e;
	const struct row *row = *state;
	struct effect fx;

	tr_set_lang("en");
	memset(&e, 0, sizeof(e));
	fx = play(&e, row->script);
	assert_int_equal(e.step, row->step);
	assert_int_equal(fx.kind, row->effect);
	if (e.step == ENROL_SECOND)
		return;
	if (row->says[0])
		assert_non_null(strstr(e.notice.text, row->says));
	else
		assert_string_equal(e.notice.text, "");
}

static struct enrol *played(const char *script)
{
	static struct enrol e;

	memset(&e, 0, sizeof(e));
	play(&e, script);
	return &e;
}

static void what_is_recorded_is_what_was_said(void **state)
{
	const struct enrol *e = played(TWICE "3binh\n112uq\n\n");

	(void)state;
	assert_int_equal(e->take.person, STORY_PERSON);
	assert_string_equal(e->take.bin, "970405");
	assert_string_equal(e->take.number, NUMBER);
	assert_int_equal(e->take.via, ACCOUNT_VIA_TYPED);
	assert_int_equal(e->take.whose, PAYEE_AUTHORISED);
	assert_int_equal(e->take.relation, RELATION_CHILD);
	assert_string_equal(e->take.owner, "binh");
	assert_string_equal(e->take.paper, "12uq");
	assert_string_equal(e->take.holder, "BINH");
	assert_int_equal(e->take.names, ACCOUNT_NAMES_EQUAL);
	assert_true(e->take.confirmed);
	e = played("\021:1\n");
	assert_int_equal(e->take.via, ACCOUNT_VIA_QR);
	assert_int_equal(e->take.whose, PAYEE_SELF);
	assert_string_equal(e->take.holder, "NGUYEN VAN AN");
}

/* Going back never leaves a number that was typed only once. */
static void a_number_typed_once_is_never_recorded(void **state)
{
	const struct enrol *e = played(SEARCHED NUMBER "\n9\n");

	(void)state;
	assert_string_equal(e->take.number, "");
	assert_int_equal(e->take.via, ACCOUNT_VIA_NONE);
}

static void what_was_chosen_last_comes_first(void **state)
{
	struct enrol *e = played(TWICE);
	int first;

	(void)state;
	play(e, "\0211");
	assert_int_equal(enrol_page_rows(e, &first), ENROL_PAGE);
	assert_string_equal(e->bank[0]->bin, "970405");
}

static void every_bank_can_be_chosen_and_no_lender(void **state)
{
	const struct enrol *e = played("\0211");

	(void)state;
	assert_true(e->banks > 60);
	for (int i = 0; i < e->banks; i++)
		assert_true(e->bank[i]->type != BANK_TYPE_FINANCE);
}

static void a_number_is_shown_in_groups(void **state)
{
	char out[ACCOUNT_NUMBER_SIZE * 2];

	(void)state;
	assert_string_equal(enrol_grouped("1500205123456", out),
		"1500 2051 2345 6");
	assert_string_equal(enrol_grouped("", out), "");
	assert_string_equal(enrol_grouped("PSP1", out), "PSP1");
	assert_string_equal(enrol_grouped("12345678901234567890", out),
		"1234 5678 9012 3456 7890");
}

/* ---- drafts ------------------------------------------------------------------ */

static struct kept {
	const char *name;
	const char *script;
} drafts[] = {
	{"at the banks", "\0211"},
	{"a bank is searched", "\02119agr"},
	{"half a number", SEARCHED "1500"},
	{"the second time", SEARCHED NUMBER "\n15"},
	{"whose it is", TWICE},
	{"its owner", TWICE "2bin"},
	{"a paper", TWICE "3binh\n112"},
	{"its holder", TWICE "1"},
	{"another holder", TWICE "1]]]]binh\n"},
	{"the form", HIS},
	{"it is being written", HIS "1"},
	{"somebody else has it", HIS "1\024"},
	{"and why", HIS "1\0249con"},
	{"when it is opened", "\02129agri\n12012"},
};

static void a_draft_goes_on_where_it_was(void **state)
{
	const struct kept *row = *state;
	static struct enrol back;
	struct enrol *e = played(row->script);
	uint8_t bytes[ENROL_DRAFT_SIZE];
	uint8_t again[ENROL_DRAFT_SIZE];
	const size_t len = enrol_save(e, bytes, sizeof(bytes));

	assert_true(len > 0);
	assert_true(enrol_load(&back, bytes, len));
	assert_int_equal(back.step,
		e->step == ENROL_WRITING ? ENROL_FORM : e->step);
	assert_int_equal(back.person, e->person);
	assert_string_equal(back.name, e->name);
	assert_string_equal(back.take.number, e->take.number);
	assert_string_equal(back.take.holder, e->take.holder);
	assert_string_equal(back.typed.text,
		e->step == ENROL_AGAIN ? "" : back.typed.text);
	if (e->step == ENROL_OWNER || e->step == ENROL_NUMBER)
		assert_string_equal(back.typed.text, e->typed.text);
	assert_int_equal(enrol_save(&back, again, sizeof(again)), len);
	assert_memory_equal(bytes, again, len);
}

/* Cut anywhere, a byte another: no draft, or one that can be saved again. */
static void bad_bytes_are_no_draft(void **state)
{
	static struct enrol back;
	uint8_t bytes[ENROL_DRAFT_SIZE];
	uint8_t out[ENROL_DRAFT_SIZE];
	const size_t len =
		enrol_save(played(TWICE "3binh\n112"), bytes, sizeof(bytes));

	(void)state;
	assert_int_equal(enrol_save(played(HIS), out, 16), 0);
	for (size_t cut = 0; cut < len; cut++)
		assert_false(enrol_load(&back, bytes, cut));
	for (size_t i = 0; i < len; i++)
		for (int bit = 0; bit < 8; bit++) {
			bytes[i] ^= (uint8_t)(1 << bit);
			if (enrol_load(&back, bytes, len))
				assert_true(enrol_save(&back, out,
						    sizeof(out)) > 0);
			else
				assert_int_equal(back.person, 0);
			bytes[i] ^= (uint8_t)(1 << bit);
		}
}

static void what_is_over_is_no_draft(void **state)
{
	static const char *const over[] = {"", "\021", "\023", IN_BOOK,
		IN_BOOK "\026", "\02241", "\02241012027\n1+1\n2468"};
	uint8_t bytes[ENROL_DRAFT_SIZE];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(over); i++)
		assert_int_equal(enrol_save(played(over[i]), bytes,
					 sizeof(bytes)),
			0);
}

int main(void)
{
	static struct CMUnitTest tests[128];
	size_t n = 0;

	UNIT_ADD_ROWS(tests, &n, rows, run_row);
	UNIT_ADD_ROWS(tests, &n, drafts, a_draft_goes_on_where_it_was);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(what_is_recorded_is_what_was_said);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(a_number_typed_once_is_never_recorded);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(what_was_chosen_last_comes_first);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(every_bank_can_be_chosen_and_no_lender);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(a_number_is_shown_in_groups);
	tests[n++] =
		(struct CMUnitTest)cmocka_unit_test(bad_bytes_are_no_draft);
	tests[n++] =
		(struct CMUnitTest)cmocka_unit_test(what_is_over_is_no_draft);
	return _cmocka_run_group_tests("enrol", tests, n, NULL, NULL);
}
