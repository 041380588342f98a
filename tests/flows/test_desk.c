/* One row is one story: what happens, and where the desk then stands. */
#include "support/unit.h"

#include <string.h>

#include "core/tr.h"
#include "support/story.h"
#include "terminal/flows/desk.h"

/* Sign in, nothing open, own shift: ready. */
#define IN "7\n246810\nSJH"
/* An is found by his card, and his money is recorded. */
#define PAID IN "@P\nM"
#define HELD10(key) "=" key "=" key "=" key "=" key "=" key "=" key "=" key

/* A shift, and sheet 123 of the pad of that day, 00:01. */
#define SHEET IN ",_*2123\n\n0001\n"

/* The campaign staff; nothing unfinished, and something; the list; a visit. */
#define DOOR "7\n246810\n\205JN"
#define OFFERED "7\n246810\n\204JN"
#define LIST DOOR "\215\2171\216"
#define AT_HIM LIST "_1"

struct row {
	const char *name;
	const char *script;
	enum desk_place place;
	enum effect_kind effect; /* the last that was asked for */
	int pays;                /* FX_PAY in all */
	int hands;               /* FX_HANDED in all */
	bool parked;
};

static struct row rows[] = {
	{"starts with the question who works", "", DESK_SIGNIN, FX_NONE, 0, 0,
		false},
	{"nothing can be scanned before signing in", "@", DESK_SIGNIN, FX_NONE,
		0, 0, false},
	{"number and PIN are tried", "7\n246810\n", DESK_SIGNIN, FX_SIGN_IN, 0,
		0, false},
	{"signed in: is a payout open?", "7\n246810\nS", DESK_RECOVER,
		FX_OPEN_PAYOUT, 0, 0, false},
	{"nothing open: is there a shift?", "7\n246810\nSJ", DESK_RECOVER,
		FX_SHIFT_STATE, 0, 0, false},
	{"own shift: ready", IN, DESK_IDLE, FX_SHIFT_STATE, 0, 0, false},
	{"no shift: the drawer first", "7\n246810\nSJN", DESK_DRAWER,
		FX_SHIFT_STATE, 0, 0, false},
	{"another's shift: idle, which says so", "7\n246810\nSJO", DESK_IDLE,
		FX_SHIFT_STATE, 0, 0, false},
	{"T05 an open payout comes before everything", "7\n246810\nSY",
		DESK_RECOVER, FX_OPEN_PAYOUT, 0, 0, false},
	{"T05 no scan leads past it", "7\n246810\nSY@", DESK_RECOVER,
		FX_OPEN_PAYOUT, 0, 0, false},
	{"T05 no key but the digits shown", "7\n246810\nSY\n3*an.",
		DESK_RECOVER, FX_OPEN_PAYOUT, 0, 0, false},
	{"T05 answered: handed", "7\n246810\nSY1", DESK_RECOVER, FX_RECOVER, 0,
		0, false},
	{"T05 after the answer the day goes on", "7\n246810\nSY1R\nH",
		DESK_IDLE, FX_SHIFT_STATE, 0, 0, false},
	{"a digit begins a search", IN "4", DESK_FIND, FX_SHIFT_STATE, 0, 0,
		false},
	{"a letter begins one too", IN "n", DESK_FIND, FX_SHIFT_STATE, 0, 0,
		false},
	{"one found: look at him", IN "4578\nF", DESK_CHECK, FX_PERSON, 0, 0,
		false},
	{"several: choose by digit", IN "4578\nG3", DESK_CHECK, FX_PERSON, 0, 0,
		false},
	{"back from the person to the list", IN "4578\nG3P0", DESK_FIND,
		FX_PERSON, 0, 0, false},
	{"a scan from idle", IN "@", DESK_CHECK, FX_CARD, 0, 0, false},
	{"a scan while typing", IN "45@", DESK_CHECK, FX_CARD, 0, 0, false},
	{"a scan over the list", IN "4578\nG;", DESK_CHECK, FX_CARD, 0, 0,
		false},
	{"half a card changes nothing", IN "@P\"", DESK_CHECK, FX_CARD, 0, 0,
		false},
	{"a bank account's code is no card", IN ":", DESK_IDLE, FX_SHIFT_STATE,
		0, 0, false},
	{"a health-insurance card looks for its name", IN "'", DESK_FIND,
		FX_FIND, 0, 0, false},
	{"one found: he is offered, not taken", IN "'F", DESK_FIND, FX_FIND, 0,
		0, false},
	{"chosen: the check", IN "'F1", DESK_CHECK, FX_PERSON, 0, 0, false},
	{"it pays nobody: the check waits for ENTER", IN "'F1P", DESK_CHECK,
		FX_PERSON, 0, 0, false},
	{"several: choose by digit, as ever", IN "'G3", DESK_CHECK, FX_PERSON,
		0, 0, false},
	{"nobody: ENTER looks for the name alone", IN "'E\n", DESK_FIND,
		FX_FIND, 0, 0, false},
	{"then one found is taken", IN "'E\nF", DESK_CHECK, FX_PERSON, 0, 0,
		false},
	{"a health-insurance card during an open payment is not parked",
		PAID "'", DESK_PAY, FX_PRINT, 1, 0, false},
	{"it is nobody's card for a receiver", IN "@P3'", DESK_CHECK, FX_CARD,
		0, 0, false},
	{"a receipt is shown", IN "`", DESK_PREVIEW, FX_RECEIPT, 0, 0, false},
	{"ENTER pays", IN "@P\n", DESK_PAY, FX_PAY, 1, 0, false},
	{"paid: the paper is printed at once", PAID, DESK_PAY, FX_PRINT, 1, 0,
		false},
	{"1 says that the money is handed over", PAID "1", DESK_PAY, FX_HANDED,
		1, 1, false},
	{"so does ENTER after a rest", PAID "\n", DESK_PAY, FX_HANDED, 1, 1,
		false},
	{"handed: the next", PAID "1D.", DESK_IDLE, FX_HANDED, 1, 1, false},
	{"ENTER held down pays once and hands over nothing",
		IN "@P\n" HELD10("\n") "=M" HELD10("\n"), DESK_PAY, FX_PRINT, 1,
		0, false},
	{"ENTER, another key and ENTER at once hands over nothing",
		IN "@P\n=M=a=\n", DESK_PAY, FX_PRINT, 1, 0, false},
	{"the ENTER of a scanner comes late and pays nobody", IN "@=P=\n",
		DESK_CHECK, FX_CARD, 0, 0, false},
	{"and it hands over nothing", PAID "@=\n", DESK_PAY, FX_PRINT, 1, 0,
		false},
	{"the user's own ENTER pays", IN "@P\n", DESK_PAY, FX_PAY, 1, 0, false},
	{"pasted text pays nobody and is no key", IN "@P\v", DESK_CHECK,
		FX_CARD, 0, 0, false},
	{"pasted text is no search", IN "\v", DESK_IDLE, FX_SHIFT_STATE, 0, 0,
		false},
	{"a scanner's test shows a card and looks nobody up", IN "**4@",
		DESK_SCANTEST, FX_SHIFT_STATE, 0, 0, false},
	{"and leads back", IN "**4@1120", DESK_IDLE, FX_SHIFT_STATE, 0, 0,
		false},
	{"it is there before signing in, too", "*5@;", DESK_SCANTEST, FX_NONE,
		0, 0, false},
	{"and goes by itself when nobody touches it", "*5@~", DESK_SIGNIN,
		FX_NONE, 0, 0, false},
	{"signed in it is locked as any screen", IN "**4@~", DESK_SIGNIN,
		FX_SIGN_OUT, 0, 0, false},
	{"ENTER held down does not go on to the next person",
		PAID "1D" HELD10("\n"), DESK_IDLE, FX_HANDED, 1, 1, false},
	{"1 held down hands over once and prints nothing more",
		PAID "1" HELD10("1") "=D" HELD10("1"), DESK_PAY, FX_HANDED, 1,
		1, false},
	{"keys while an answer is out are dropped", IN "@P\n1119", DESK_PAY,
		FX_PAY, 1, 0, false},
	{"a scan during an open payment is parked", PAID ";", DESK_PAY,
		FX_PRINT, 1, 0, true},
	{"the same person's card is not parked", PAID "@", DESK_PAY, FX_PRINT,
		1, 0, false},
	{"half a card is not parked", PAID "\"", DESK_PAY, FX_PRINT, 1, 0,
		false},
	{"the parked one is next", PAID ";1D\n", DESK_CHECK, FX_CARD, 1, 1,
		false},
	{"a scan after handing over is the next person", PAID "1D;", DESK_CHECK,
		FX_CARD, 1, 1, false},
	{"T09 paying failed: look it up", IN "@P\n!", DESK_PAY, FX_LOOK, 1, 0,
		false},
	{"T09 looked up and there: go on as paid", IN "@P\n!M", DESK_PAY,
		FX_PRINT, 1, 0, false},
	{"T09 looked up and absent: ask, do not pay", IN "@P\n!K", DESK_PAY,
		FX_LOOK, 1, 0, false},
	{"T09 record it again, on request", IN "@P\n!K\n", DESK_PAY, FX_PAY, 2,
		0, false},
	{"T09 or leave it", IN "@P\n!K0", DESK_IDLE, FX_LOOK, 1, 0, false},
	{"T09 looking fails too: only looking is offered", IN "@P\n!!\n0<9.*",
		DESK_PAY, FX_LOOK, 1, 0, false},
	{"T09 look again", IN "@P\n!!1V", DESK_PAY, FX_LOOK, 1, 0, false},
	{"refused: paid already", IN "@P\n-", DESK_PAY, FX_PAY, 1, 0, false},
	{"refused: the next person", IN "@P\n-\n", DESK_IDLE, FX_PAY, 1, 0,
		false},
	{"refused: a copy for the person", IN "@P\n-1", DESK_PAY, FX_PRINT, 1,
		0, false},
	{"a second person approves", IN "@P\n+9\n135790\n", DESK_PAY, FX_PAY, 2,
		0, false},
	{"wrong money noticed at once: 9, then 1", PAID "91", DESK_PAY,
		FX_NOT_HANDED, 1, 0, false},
	{"9 alone does nothing", PAID "9", DESK_PAY, FX_PRINT, 1, 0, false},
	{"not handed: over", PAID "91C\n", DESK_IDLE, FX_NOT_HANDED, 1, 0,
		false},
	{"nobody leaves an open payment by back", PAID "0<.*", DESK_PAY,
		FX_PRINT, 1, 0, false},
	{"no paper: the payment stands", PAID "(1", DESK_PAY, FX_HANDED, 1, 1,
		false},
	{"print it again", PAID "(1D1", DESK_PAY, FX_PRINT, 1, 1, false},
	{"paid already: stop", IN "@A", DESK_CHECK, FX_CARD, 0, 0, false},
	{"paid already: ENTER does not pay", IN "@A\n", DESK_IDLE, FX_CARD, 0,
		0, false},
	{"paid already: see the receipt", IN "@A3", DESK_PREVIEW, FX_RECEIPT, 0,
		0, false},
	{"T17 a sheet of the pad: number, day, time", IN ",_*2123\n",
		DESK_BYPAD, FX_SHIFT_STATE, 0, 0, false},
	{"T17 then the person, as ever", SHEET, DESK_IDLE, FX_SHIFT_STATE, 0, 0,
		false},
	{"T17 what would pay asks about the sheet", SHEET "@P\n", DESK_BYPAD,
		FX_CARD, 0, 0, false},
	{"T17 ENTER records nothing", SHEET "@P\n\n\n", DESK_BYPAD, FX_CARD, 0,
		0, false},
	{"T17 1 does", SHEET "@P\n1", DESK_PAY, FX_PAY, 1, 0, false},
	{"T17 it is handed over already: nothing is printed", SHEET "@P\n1V",
		DESK_PAY, FX_PAY, 1, 0, false},
	{"T17 0 goes back to the person, the sheet still waits",
		SHEET "@P\n0\n", DESK_BYPAD, FX_CARD, 0, 0, false},
	{"T17 the person after it is paid as ever", SHEET "@P\n1V.@P\n",
		DESK_PAY, FX_PAY, 2, 0, false},
	{"T17 . gives the sheet up", SHEET ".@P\n", DESK_PAY, FX_PAY, 1, 0,
		false},
	{"T17 no card leads past the question", SHEET "@P\n;", DESK_BYPAD,
		FX_CARD, 0, 0, false},
	{"the campaign staff begins with the list", DOOR, DESK_VISITS,
		FX_VISITS, 0, 0, false},
	{"0 leads from it to where cards are checked", DOOR "\215\2170",
		DESK_IDLE, FX_VISITS, 0, 0, false},
	{"and the menu back to it", DOOR "\215\2170*3", DESK_VISITS, FX_VISITS,
		0, 0, false},
	{"an unfinished visit is offered first", OFFERED "\216", DESK_VISITS,
		FX_VISITS, 0, 0, false},
	{"to an agent, too, before the drawer", "7\n246810\n\203JN",
		DESK_VISITS, FX_VISITS, 0, 0, false},
	{"then his drawer", "7\n246810\n\203JN\2162\2170", DESK_DRAWER,
		FX_VISITS, 0, 0, false},
	{"an agent with nothing unfinished begins as ever", "7\n246810\nSJN",
		DESK_DRAWER, FX_SHIFT_STATE, 0, 0, false},
	{"an agent comes to it by the third page", IN "**.1", DESK_VISITS,
		FX_VISITS, 0, 0, false},
	{"somebody is chosen", AT_HIM, DESK_VISIT, FX_VISIT_LOOK, 0, 0, false},
	{"a card on the list opens its person's visit", LIST "@", DESK_VISIT,
		FX_VISIT_CARD, 0, 0, false},
	{"another card in a visit opens that one's", AT_HIM "\214\n5;",
		DESK_VISIT, FX_VISIT_CARD, 0, 0, false},
	{"his own does not", AT_HIM "\214\n@", DESK_VISIT, FX_VISIT_LOOK, 0, 0,
		false},
	{"no card while an answer is out", AT_HIM ";", DESK_VISIT,
		FX_VISIT_LOOK, 0, 0, false},
	{"what was chosen is kept", AT_HIM "\214\n5", DESK_VISIT, FX_DRAFT, 0,
		0, false},
	{"nothing is kept before that", AT_HIM "\214\n", DESK_VISIT,
		FX_VISIT_LOOK, 0, 0, false},
	{"back leaves it where it is", AT_HIM "\214\n510", DESK_VISITS,
		FX_VISITS, 0, 0, false},
	{"recorded: the list at whoever comes next", AT_HIM "\214\n511\211\n",
		DESK_VISITS, FX_VISITS, 0, 0, false},
	{"over the list the menu is its own", LIST "*4", DESK_VISITS, FX_VISITS,
		0, 0, false},
	{"at the door it is locked as anywhere", AT_HIM "\214\n5~", DESK_SIGNIN,
		FX_SIGN_OUT, 0, 0, false},
	{"T61 a receipt on the screen: 9 takes it back", IN "`T9",
		DESK_TAKEBACK, FX_RECEIPT, 0, 0, false},
	{"T61 it was scanned: 1 and the supervisor", IN "`T919\n135790\n",
		DESK_TAKEBACK, FX_VOID, 0, 0, false},
	{"T61 ENTER voids nothing", IN "`T9\n\n", DESK_TAKEBACK, FX_RECEIPT, 0,
		0, false},
	{"T61 typed out of the book: the paper is still to be scanned",
		IN "@A3T91", DESK_TAKEBACK, FX_RECEIPT, 0, 0, false},
	{"T61 a card is not taken for it", IN "@A3T9@", DESK_TAKEBACK,
		FX_RECEIPT, 0, 0, false},
	{"T61 0 goes back to the receipt", IN "`T90", DESK_PREVIEW, FX_RECEIPT,
		0, 0, false},
	{"T61 done: the next person", IN "`T919\n135790\n/\n", DESK_IDLE,
		FX_VOID, 0, 0, false},
	{"T61 a scan does not lead away from it", IN "`T91;", DESK_TAKEBACK,
		FX_RECEIPT, 0, 0, false},
	{"a receipt on the screen: 5 is a complaint", IN "`T5", DESK_COMPLAIN,
		FX_RECEIPT, 0, 0, false},
	{"a complaint: the digit and 1", IN "`T521", DESK_COMPLAIN, FX_COMPLAIN,
		0, 0, false},
	{"ENTER notes none", IN "`T52\n\n", DESK_COMPLAIN, FX_RECEIPT, 0, 0,
		false},
	{"it is in the book: its slip is printed", IN "`T521\006",
		DESK_COMPLAIN, FX_COMPLAINT_SLIP, 0, 0, false},
	{"and back to the receipt", IN "`T521\006\0160", DESK_PREVIEW,
		FX_COMPLAINT_SLIP, 0, 0, false},
	{"a scan is the next person, there too", IN "`T52@", DESK_CHECK,
		FX_CARD, 0, 0, false},
	{"the account pays: stop", IN "@B\n", DESK_IDLE, FX_CARD, 0, 0, false},
	{"card and list differ: ENTER does not pay", IN ";P\n", DESK_CHECK,
		FX_CARD, 0, 0, false},
	{"accepted with 1: ENTER pays", IN ";P1\n", DESK_PAY, FX_PAY, 1, 0,
		false},
	{"not paid, and why", IN "@P411", DESK_NOTPAID, FX_NOT_PAID, 0, 0,
		false},
	{"not paid is saved: the next", IN "@P411I", DESK_IDLE, FX_NOT_PAID, 0,
		0, false},
	{"help lies over the payment and gives it back", PAID "#0", DESK_PAY,
		FX_PRINT, 1, 0, false},
	{"a scan under help is parked all the same", PAID "#;", DESK_HELP,
		FX_PRINT, 1, 0, true},
	{"the menu closes the shift", IN "*5", DESK_DRAWER, FX_SHIFT_STATE, 0,
		0, false},
	{"the menu ends the program", IN "*9", DESK_IDLE, FX_QUIT, 0, 0, false},
	{"the menu signs out", IN "*7", DESK_SIGNIN, FX_SIGN_OUT, 0, 0, false},
	{"T66 nobody touches it: locked", IN "~", DESK_SIGNIN, FX_SIGN_OUT, 0,
		0, false},
	{"a little rest does not lock", IN "______", DESK_IDLE, FX_SHIFT_STATE,
		0, 0, false},
	{"T05 locked with an open payout: asked about afterwards",
		PAID "~246810\nSY", DESK_RECOVER, FX_OPEN_PAYOUT, 1, 0, false},
	{"an answer nobody asked for does nothing", IN "MDPCR", DESK_IDLE,
		FX_SHIFT_STATE, 0, 0, false},
	{"a late print report does not disturb", PAID "1D;P(", DESK_CHECK,
		FX_CARD, 1, 1, false},
};

static void run_row(void **state)
{
	static struct desk d;
	static struct event ev;
	const struct row *row = *state;
	const struct desk_info info = {.point = "Cẩm Khê"};
	enum effect_kind last = FX_NONE;
	struct story s;
	int pays = 0;
	int hands = 0;

	desk_init(&d, &info);
	story_begin(&s, row->script);
	while (story_next(&s, &ev)) {
		const struct effect fx = desk_handle(&d, &ev);

		pays += fx.kind == FX_PAY;
		hands += fx.kind == FX_HANDED;
		if (fx.kind != FX_NONE)
			last = fx.kind;
	}
	assert_int_equal(desk_place(&d), row->place);
	assert_int_equal(last, row->effect);
	assert_int_equal(pays, row->pays);
	assert_int_equal(hands, row->hands);
	assert_int_equal(d.parked, row->parked);
}

/* Nothing about a person is left in memory once nobody is signed in. */
static void forgets(void **state)
{
	static struct desk d;
	static struct event ev;
	static const char name[] = "Nguyễn Văn An";
	const struct desk_info info = {.point = "Cẩm Khê"};
	struct story s;

	(void)state;
	desk_init(&d, &info);
	story_begin(&s, IN "nguyen\nG1P\nM1D;P~");
	while (story_next(&s, &ev))
		desk_handle(&d, &ev);
	assert_int_equal(desk_place(&d), DESK_SIGNIN);
	assert_null(memmem(&d, sizeof(d), name, sizeof(name) - 1));
	assert_null(memmem(&d, sizeof(d), "001045000112", 12));
}

/* What the screen says when a health-insurance card led to somebody. */
static void the_paper_must_be_looked_at(void **state)
{
	static struct desk d;
	static struct event ev;
	const struct desk_info info = {.point = "Cẩm Khê"};
	struct check_word word[CHECK_WORDS];
	struct story s;

	(void)state;
	tr_set_lang("en");
	desk_init(&d, &info);
	story_begin(&s, IN "'");
	while (story_next(&s, &ev)) {
		const struct effect fx = desk_handle(&d, &ev);

		if (fx.kind == FX_FIND)
			assert_string_equal(fx.query, "Nguyễn Văn An");
	}
	for (const char *c = "F1P"; *c; c++) {
		story_event(*c, 90000 + (c[0] == 'P'), &ev);
		desk_handle(&d, &ev);
	}
	assert_int_equal(d.check.step, CHECK_READY);
	assert_false(d.check.has_card);
	check_words(&d.check, word);
	assert_int_equal(word[0].state, CHECK_LOOK);
	assert_string_equal(word[0].text, "NO CARD SCANNED: LOOK AT THE PAPER");
	assert_int_equal(desk_notice(&d)->level, NOTICE_WARN);
	assert_string_equal(desk_notice(&d)->text,
		"Health-insurance card: look at the ID card or paper");
}

/* One receipt in thirty-six has two blanks side by side in its QR. */
static void a_receipt_is_asked_for_as_it_was_scanned(void **state)
{
	static const char text[] = "CV1:AB  C D\r\n";
	static struct desk d;
	static struct event ev;
	const struct desk_info info = {.point = "Cẩm Khê"};
	struct effect fx;
	struct story s;

	(void)state;
	desk_init(&d, &info);
	story_begin(&s, IN);
	while (story_next(&s, &ev))
		desk_handle(&d, &ev);
	story_event('`', 99000, &ev);
	memcpy(ev.scan.bytes, text, sizeof(text));
	ev.scan.len = sizeof(text) - 1;
	fx = desk_handle(&d, &ev);
	assert_int_equal(fx.kind, FX_RECEIPT);
	assert_string_equal(fx.receipt.code, "CV1:AB  C D");
}

/* Only an answer to the question that is out is one. */
static void waits_for_the_right_answer(void **state)
{
	static struct desk d;
	static struct event ev;
	const struct desk_info info = {.point = "Cẩm Khê"};
	struct story s;

	(void)state;
	desk_init(&d, &info);
	story_begin(&s, IN "@P\nDHTQYRI");
	while (story_next(&s, &ev))
		desk_handle(&d, &ev);
	assert_int_equal(d.waiting, FX_PAY);
	story_event('M', 99000, &ev);
	assert_int_equal(desk_handle(&d, &ev).kind, FX_PRINT);
	assert_int_equal(d.waiting, FX_NONE);
}

/* The PIN is in the effect and nowhere in the desk. */
static void keeps_no_pin(void **state)
{
	static struct desk d;
	static struct event ev;
	const struct desk_info info = {.point = "Cẩm Khê"};
	struct effect fx = effect_of(FX_NONE);
	struct story s;

	(void)state;
	desk_init(&d, &info);
	story_begin(&s, "7\n246810\n");
	while (story_next(&s, &ev))
		fx = desk_handle(&d, &ev);
	assert_int_equal(fx.kind, FX_SIGN_IN);
	assert_int_equal(fx.sign_in.number, 7);
	assert_string_equal(fx.sign_in.pin, "246810");
	assert_null(memmem(&d, sizeof(d), "246810", 6));
}

/* Telex, VNI, none, Telex: in every field for names, and kept. */
static void the_menu_changes_how_names_are_typed(void **state)
{
	static struct desk d;
	static struct event ev;
	static const struct {
		const char *script;
		enum telex_method method;
		const char *text;
	} steps[] = {
		{IN "nos", TELEX_TELEX, "nó"},
		{"*6", TELEX_VNI, "nó"},
		{"2", TELEX_VNI, "nò"},
		{"*6", TELEX_OFF, "nò"},
		{"s2", TELEX_OFF, "nòs2"},
		{"<*6na1", TELEX_TELEX, "na1"},
	};
	const struct desk_info info = {.point = "Cẩm Khê"};

	(void)state;
	desk_init(&d, &info);
	for (size_t i = 0; i < COUNT_OF(steps); i++) {
		struct story s;

		story_begin(&s, steps[i].script);
		while (story_next(&s, &ev))
			desk_handle(&d, &ev);
		assert_int_equal(desk_place(&d), DESK_FIND);
		assert_int_equal(d.typing, steps[i].method);
		assert_int_equal(d.find.query.word.method, steps[i].method);
		assert_int_equal(d.check.name.word.method, steps[i].method);
		assert_int_equal(d.check.paper.word.method, steps[i].method);
		assert_string_equal(d.find.query.text, steps[i].text);
	}
}

/* What is chosen is kept for the user, and he finds it when he signs in. */
static void the_typing_goes_with_the_user(void **state)
{
	static struct desk d;
	static struct event ev;
	static const struct {
		const char *script;
		enum telex_method liked; /* of who signs in meanwhile */
		enum telex_method method;
		enum effect_kind last; /* not FX_NONE */
	} steps[] = {
		{IN, TELEX_VNI, TELEX_VNI, FX_SHIFT_STATE},
		{"*6", TELEX_VNI, TELEX_OFF, FX_TYPING},
		{"*6", TELEX_VNI, TELEX_TELEX, FX_TYPING},
		{"n", TELEX_VNI, TELEX_TELEX, FX_TYPING},
		{"*6", TELEX_VNI, TELEX_VNI, FX_TYPING},
		{"<*7", TELEX_VNI, TELEX_VNI, FX_SIGN_OUT},
		{"*6", TELEX_VNI, TELEX_VNI, FX_SIGN_OUT}, /* nobody's */
		{"<" IN, TELEX_OFF, TELEX_OFF, FX_SHIFT_STATE},
	};
	const struct desk_info info = {.point = "Cẩm Khê"};
	struct effect last = effect_of(FX_NONE);

	(void)state;
	desk_init(&d, &info);
	for (size_t i = 0; i < COUNT_OF(steps); i++) {
		struct story s;

		story_begin(&s, steps[i].script);
		while (story_next(&s, &ev)) {
			struct effect fx;

			if (ev.kind == EV_SIGNED_IN)
				ev.typing = steps[i].liked;
			fx = desk_handle(&d, &ev);
			if (fx.kind != FX_NONE)
				last = fx;
		}
		assert_int_equal(last.kind, steps[i].last);
		assert_int_equal(d.typing, steps[i].method);
		if (last.kind == FX_TYPING)
			assert_int_equal(last.typing, steps[i].method);
		/* Nothing is waited for: the next key is taken. */
		assert_int_equal(d.waiting, FX_NONE);
	}
}

/* On a terminal that has no such key: * twice, in every field for names. */
static void a_handheld_can_erase_the_word(void **state)
{
	static struct desk d;
	static struct event ev;
	static const struct {
		const char *script;
		enum desk_place place;
		const char *name; /* of what is looked for */
		const char *payee;
	} steps[] = {
		{IN "nam yy", DESK_FIND, "nam yy", ""},
		{"**", DESK_FIND, "nam ", ""},
		{"*", DESK_MENU, "nam ", ""},
		{"0van]", DESK_FIND, "nam ", ""},
		{"**", DESK_FIND, "", ""},
		{"*", DESK_MENU, "", ""},
		{"*", DESK_MENU, "", ""}, /* nothing to erase: no such row */
		{"0vinh", DESK_FIND, "vinh", ""},
		{HELD10("*"), DESK_MENU, "vinh", ""},
		{"0\nFP", DESK_CHECK, "vinh", ""},
		{"2le thi**", DESK_CHECK, "vinh", "le "},
		{"hai]", DESK_CHECK, "vinh", "le "},
		{"b\n001150000217\n12 thang**", DESK_CHECK, "vinh", "le b"},
	};
	const struct desk_info info = {.point = "Cẩm Khê"};

	(void)state;
	desk_init(&d, &info);
	for (size_t i = 0; i < COUNT_OF(steps); i++) {
		struct story s;

		story_begin(&s, steps[i].script);
		while (story_next(&s, &ev))
			desk_handle(&d, &ev);
		assert_int_equal(desk_place(&d), steps[i].place);
		assert_string_equal(d.find.query.text, steps[i].name);
		assert_string_equal(d.check.name.text, steps[i].payee);
	}
	assert_int_equal(d.check.step, CHECK_PAPER);
	assert_string_equal(d.check.paper.text, "12 ");
}

/* A small screen cuts it: the help key shows it whole, any other ends it. */
static void a_warning_goes_with_the_help_key(void **state)
{
	static struct desk d;
	static struct event ev;
	const struct desk_info info = {.point = "Cẩm Khê"};
	struct story s;

	(void)state;
	desk_init(&d, &info);
	story_begin(&s, IN);
	while (story_next(&s, &ev))
		desk_handle(&d, &ev);
	notice_say(&d.notice, NOTICE_WARN, "Look");
	ev = (struct event){.kind = EV_KEY, .key = '#', .at_ms = 100000};
	desk_handle(&d, &ev);
	assert_int_equal(desk_place(&d), DESK_HELP);
	assert_string_equal(desk_notice(&d)->text, "Look");
	ev.key = '0';
	ev.at_ms += 1000;
	desk_handle(&d, &ev);
	assert_string_equal(d.notice.text, "");
	notice_say(&d.notice, NOTICE_NOTE, "Fine");
	ev.key = '#';
	ev.at_ms += 1000;
	desk_handle(&d, &ev);
	assert_string_equal(d.notice.text, "");
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows) + 9];

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		tests[i] = (struct CMUnitTest){.name = rows[i].name,
			.test_func = run_row,
			.initial_state = &rows[i]};
	tests[COUNT_OF(rows)] =
		(struct CMUnitTest){.name = "T66 signing out forgets everybody",
			.test_func = forgets};
	tests[COUNT_OF(rows) + 1] =
		(struct CMUnitTest){.name = "the desk keeps no PIN",
			.test_func = keeps_no_pin};
	tests[COUNT_OF(rows) + 2] =
		(struct CMUnitTest){.name = "only the right answer counts",
			.test_func = waits_for_the_right_answer};
	tests[COUNT_OF(rows) + 3] =
		(struct CMUnitTest){.name = "the menu changes the typing",
			.test_func = the_menu_changes_how_names_are_typed};
	tests[COUNT_OF(rows) + 4] =
		(struct CMUnitTest){.name = "a health-insurance card: the "
					    "paper must be looked at",
			.test_func = the_paper_must_be_looked_at};
	tests[COUNT_OF(rows) + 5] =
		(struct CMUnitTest){.name = "a handheld can erase the word, by "
					    "* twice",
			.test_func = a_handheld_can_erase_the_word};
	tests[COUNT_OF(rows) + 6] =
		(struct CMUnitTest){.name = "the typing goes with the user",
			.test_func = the_typing_goes_with_the_user};
	tests[COUNT_OF(rows) + 8] =
		(struct CMUnitTest){.name = "a warning goes with the help key",
			.test_func = a_warning_goes_with_the_help_key};
	tests[COUNT_OF(rows) + 7] =
		(struct CMUnitTest){.name = "a receipt is asked for as it was "
					    "scanned",
			.test_func = a_receipt_is_asked_for_as_it_was_scanned};
	return cmocka_run_group_tests_name("the desk", tests, NULL, NULL);
}
