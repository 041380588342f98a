/* Paid marks at the desk: shown, scanned in, refused. */
#include "support/unit.h"

#include <string.h>

#include "core/str.h"
#include "support/feed.h"
#include "terminal/flows/desk.h"

static struct desk d;
static struct carry other; /* the terminal whose codes are scanned */

static struct effect key(int k)
{
	static long long at = 1000;
	struct event ev = {.kind = EV_KEY, .key = k, .at_ms = at += 2000};

	return desk_handle(&d, &ev);
}

static struct effect scan(const char *text)
{
	struct event *ev = feed_answer(EV_SCAN);

	ev->scan.len = strlen(text);
	memcpy(ev->scan.bytes, text, ev->scan.len);
	return desk_handle(&d, ev);
}

static void refuse(enum refusal_code code)
{
	struct event *ev = feed_answer(EV_REFUSED);

	ev->refusal.code = code;
	desk_handle(&d, ev);
}

static void sign_in(enum role role)
{
	static const struct desk_info info = {.point = "P"};

	desk_init(&d, &info);
	d.user = (struct user){.number = 9, .name = "Hùng", .role = role};
	d.stack[0] = DESK_IDLE;
	d.depth = 1;
}

/* What a terminal answers to FX_MARKS_SHOW: 1,000 bits, every tenth set. */
static struct event *message(void)
{
	static const uint8_t seed[CRYPTO_SEED_SIZE] = {3};
	struct event *ev = feed_answer(EV_MARKS);
	struct elsewhere_shown *e = &ev->marks.shown;
	struct marks_card card = {.dev = {1}};
	struct crypto_pair pair;
	uint8_t bits[125] = {0};

	crypto_pair_from_seed(seed, &pair);
	e->head = (struct marks){.seq = 412, .count = 1000};
	for (uint32_t i = 0; i < 1000; i += 10)
		marks_set_bit(bits, i);
	assert_true(marks_write(&e->head, bits, pair.secret, e->bytes,
		&e->len));
	e->lists = 1;
	memcpy(card.public, pair.public, sizeof(card.public));
	marks_card_text(&card, ev->marks.card);
	return ev;
}

static void other_shows(void)
{
	carry_start(&other);
	carry_handle(&other, message());
	assert_int_equal(other.step, CARRY_SHOW);
}

static const char *code(int piece)
{
	static char text[MARKS_TEXT_SIZE];

	other.piece = piece;
	carry_code(&other, text);
	return text;
}

/* Of 5,000 sums every other one is paid: several slips. */
static struct event *long_message(void)
{
	static const uint8_t seed[CRYPTO_SEED_SIZE] = {3};
	struct event *ev = feed_answer(EV_MARKS);
	struct elsewhere_shown *e = &ev->marks.shown;
	struct crypto_pair pair;
	uint8_t bits[625];

	memset(bits, 0x55, sizeof(bits));
	crypto_pair_from_seed(seed, &pair);
	e->head = (struct marks){.seq = 413, .count = 5000};
	assert_true(marks_write(&e->head, bits, pair.secret, e->bytes,
		&e->len));
	e->lists = 1;
	return ev;
}

enum {
	SLIPS = 3 /* of long_message() */
};

static struct effect slip(int piece, enum print_state state)
{
	struct event *ev = feed_answer(EV_PRINT);

	ev->print.test = true;
	ev->print.piece = piece;
	ev->print.seq = 413;
	ev->print.state = state;
	ev->print.trouble = state == PRINT_PRINTED ? PAPER_FINE : PAPER_OUT;
	return desk_handle(&d, ev);
}

static void show_long(void)
{
	sign_in(ROLE_AGENT);
	key('*');
	key('*');
	key('9');
	desk_handle(&d, long_message());
	assert_int_equal(carry_slips(&d.carry), SLIPS);
}

static void expect_slip(const struct effect *fx, int piece)
{
	assert_int_equal(fx->kind, FX_MARKS_SLIP);
	assert_int_equal(fx->marks_slip.piece, piece);
	assert_ptr_equal(fx->marks_slip.shown, &d.carry.shown);
	assert_int_equal(d.carry.step, CARRY_PRINTING);
}

static void all_slips_one_after_the_other(void **state)
{
	struct effect fx;

	(void)state;
	show_long();
	fx = key('3');
	expect_slip(&fx, 1);
	/* A key is not a slip, nor is a paper of somebody else. */
	assert_int_equal(key('1').kind, FX_NONE);
	assert_int_equal(slip(2, PRINT_PRINTED).kind, FX_NONE);
	fx = slip(1, PRINT_PRINTED);
	expect_slip(&fx, 2);
	/* Told once more it counts once. */
	assert_int_equal(slip(1, PRINT_PRINTED).kind, FX_NONE);
	/* Under the help, too. */
	key('#');
	assert_int_equal(desk_place(&d), DESK_HELP);
	fx = slip(2, PRINT_PRINTED);
	expect_slip(&fx, 3);
	key('0');
	assert_int_equal(slip(3, PRINT_PRINTED).kind, FX_NONE);
	assert_int_equal(d.carry.step, CARRY_SHOW);
	assert_non_null(strstr(d.carry.notice.text, "3"));
	/* And once more, all of them. */
	fx = key('3');
	expect_slip(&fx, 1);
}

static void without_paper_it_goes_on_from_there(void **state)
{
	static const enum print_state bad[] = {PRINT_FAILED, PRINT_UNKNOWN,
		PRINT_NONE};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		struct notice says, cure;
		struct effect fx;

		show_long();
		key('3');
		slip(1, PRINT_PRINTED);
		assert_int_equal(slip(2, bad[i]).kind, FX_NONE);
		assert_int_equal(d.carry.step, CARRY_STOPPED);
		carry_paper_text(&d.carry, &says, &cure);
		assert_int_equal(says.level, NOTICE_WARN);
		assert_non_null(strstr(says.text, "2"));
		/* Left and come back to, it is as it was. */
		key('0');
		assert_int_equal(d.carry.step, CARRY_SHOW);
		assert_int_equal(key('3').kind, FX_NONE);
		assert_int_equal(d.carry.step, CARRY_STOPPED);
		fx = key('1');
		expect_slip(&fx, 2);
		fx = slip(2, PRINT_PRINTED);
		expect_slip(&fx, 3);
	}
}

static void stopped_by_its_key_no_other_slip_begins(void **state)
{
	struct notice says, cure;
	struct effect fx;

	(void)state;
	show_long();
	key('3');
	key('0');
	assert_int_equal(d.carry.step, CARRY_STOPPED);
	carry_paper_text(&d.carry, &says, &cure);
	assert_int_equal(says.level, NOTICE_NOTE);
	/* The slip that is with the printer is not printed twice. */
	assert_int_equal(key('1').kind, FX_NONE);
	assert_int_equal(d.carry.step, CARRY_PRINTING);
	key('0');
	assert_int_equal(slip(1, PRINT_PRINTED).kind, FX_NONE);
	assert_int_equal(d.carry.slips, 1);
	fx = key('3');
	expect_slip(&fx, 1);
}

static void who_scans_a_person_breaks_it_off_and_is_told(void **state)
{
	(void)state;
	show_long();
	key('3');
	slip(1, PRINT_PRINTED);
	d.depth = 1; /* as a scanned card does */
	assert_int_equal(slip(2, PRINT_PRINTED).kind, FX_NONE);
	assert_int_equal(d.notice.level, NOTICE_WARN);
	assert_non_null(strstr(d.notice.text, "2"));
	assert_non_null(strstr(d.notice.text, "3"));
}

/* Codes of another terminal do not throw away what is being printed. */
static void codes_are_not_taken_in_between(void **state)
{
	(void)state;
	other_shows();
	show_long();
	key('3');
	assert_int_equal(scan(code(0)).kind, FX_NONE);
	assert_int_equal(d.carry.step, CARRY_PRINTING);
	assert_int_equal(d.carry.notice.level, NOTICE_WARN);
}

static void from_the_menu_one_code_after_the_other(void **state)
{
	char first[MARKS_TEXT_SIZE];
	char text[MARKS_TEXT_SIZE];
	int pieces;

	(void)state;
	sign_in(ROLE_AGENT);
	key('*');
	key('*');
	assert_int_equal(key('9').kind, FX_MARKS_SHOW);
	assert_int_equal(desk_place(&d), DESK_CARRY);
	desk_handle(&d, message());
	assert_int_equal(d.carry.step, CARRY_SHOW);
	pieces = marks_pieces(d.carry.shown.len, MARKS_ON_SCREEN);
	assert_int_equal(pieces, 3);
	carry_code(&d.carry, first);
	for (int i = 0; i < pieces; i++) {
		carry_code(&d.carry, text);
		assert_int_equal(strcmp(text, first) == 0, i == 0);
		key('.');
	}
	carry_code(&d.carry, text);
	assert_string_equal(text, first);
	key('5');
	carry_code(&d.carry, text);
	assert_string_equal(text, d.carry.card);
	key('0');
	assert_int_equal(d.carry.step, CARRY_SHOW);
	/* There is one list only. */
	assert_int_equal(key('2').kind, FX_NONE);
	key('0');
	assert_int_equal(desk_place(&d), DESK_IDLE);
}

static void the_next_list_is_asked_for(void **state)
{
	struct event *ev;
	struct effect fx;

	(void)state;
	sign_in(ROLE_AGENT);
	key('*');
	key('*');
	assert_int_equal(key('9').which, 0);
	ev = message();
	ev->marks.shown.lists = 2;
	desk_handle(&d, ev);
	fx = key('2');
	assert_int_equal(fx.kind, FX_MARKS_SHOW);
	assert_int_equal(fx.which, 1);
	ev = message();
	ev->marks.shown.lists = 2;
	desk_handle(&d, ev);
	assert_int_equal(key('2').which, 0);
}

static void T60b_scanned_from_any_screen_in_any_order(void **state)
{
	struct event *ev;
	struct effect fx;

	(void)state;
	sign_in(ROLE_AGENT);
	other_shows();
	assert_int_equal(scan(code(2)).kind, FX_NONE);
	assert_int_equal(desk_place(&d), DESK_CARRY);
	assert_int_equal(d.carry.step, CARRY_COLLECT);
	scan(code(2));
	assert_int_equal(scan(code(0)).kind, FX_NONE);
	assert_true(strstr(d.carry.notice.text, "2") != NULL);
	fx = scan(code(1));
	assert_int_equal(fx.kind, FX_MARKS_TAKE);
	assert_int_equal(fx.marks.len, other.shown.len);
	assert_memory_equal(fx.marks.bytes, other.shown.bytes, fx.marks.len);
	ev = feed_answer(EV_MARKS_TAKEN);
	ev->taken.paid = 100;
	ev->taken.fresh = 100;
	desk_handle(&d, ev);
	assert_int_equal(d.carry.step, CARRY_TAKEN);
	assert_string_equal(d.carry.notice.text, "");
	/* The next message begins from here; given up it is forgotten. */
	scan(code(0));
	assert_int_equal(d.carry.step, CARRY_COLLECT);
	key('0');
	assert_int_equal(desk_place(&d), DESK_IDLE);
	scan(code(1));
	assert_int_equal(scan(code(2)).kind, FX_NONE);
	assert_int_equal(d.carry.step, CARRY_COLLECT);
}

static void what_both_paid_is_a_stop(void **state)
{
	struct event *ev;

	(void)state;
	sign_in(ROLE_SUPERVISOR);
	other_shows();
	for (int i = 0; i < 3; i++)
		scan(code(i));
	ev = feed_answer(EV_MARKS_TAKEN);
	ev->taken.both = 2;
	desk_handle(&d, ev);
	assert_int_equal(d.carry.notice.level, NOTICE_STOP);
}

static void what_the_book_refuses_is_said_at_home(void **state)
{
	static const enum refusal_code codes[] = {REFUSED_MARKS,
		REFUSED_MARKS_OWN, REFUSED_MARKS_PEER, REFUSED_MARKS_FORGED,
		REFUSED_MARKS_LIST, REFUSED_MARKS_NAMES, REFUSED_MARKS_OLD};

	(void)state;
	other_shows();
	for (size_t i = 0; i < COUNT_OF(codes); i++) {
		sign_in(ROLE_AGENT);
		for (int k = 0; k < 3; k++)
			scan(code(k));
		refuse(codes[i]);
		assert_int_equal(desk_place(&d), DESK_IDLE);
		assert_int_equal(d.notice.level, NOTICE_WARN);
		assert_true(strlen(d.notice.text) > 20);
	}
}

static void a_card_is_believed_by_a_supervisor_and_by_1(void **state)
{
	struct effect fx;
	struct event *ev;

	(void)state;
	other_shows();
	sign_in(ROLE_SUPERVISOR);
	assert_int_equal(scan(other.card).kind, FX_NONE);
	assert_int_equal(d.carry.step, CARRY_PEER);
	assert_int_equal(key(K_ACCEPT).kind, FX_NONE);
	fx = key('1');
	assert_int_equal(fx.kind, FX_PEER);
	assert_int_equal(fx.peer.dev[0], 1);
	ev = feed_answer(EV_CONFIRMED);
	desk_handle(&d, ev);
	assert_int_equal(desk_place(&d), DESK_IDLE);
	assert_int_equal(d.notice.level, NOTICE_NOTE);
	sign_in(ROLE_AGENT);
	scan(other.card);
	assert_int_equal(desk_place(&d), DESK_IDLE);
}

/* Nobody signed in, staff, or an answer that is out: nothing is collected. */
static void who_may_not_is_shown_nothing(void **state)
{
	(void)state;
	other_shows();
	sign_in(ROLE_STAFF);
	scan(code(0));
	assert_int_equal(desk_place(&d), DESK_IDLE);
	sign_in(ROLE_AGENT);
	d.user.number = 0;
	scan(code(0));
	assert_int_equal(desk_place(&d), DESK_IDLE);
}

static void a_code_that_was_not_read_whole(void **state)
{
	char half[MARKS_TEXT_SIZE];

	(void)state;
	other_shows();
	sign_in(ROLE_AGENT);
	str_copy(half, sizeof(half), code(0));
	half[99] = '\0';
	scan(half);
	assert_int_equal(d.carry.step, CARRY_COLLECT);
	assert_int_equal(d.carry.notice.level, NOTICE_WARN);
	scan(code(0));
	assert_int_equal(d.carry.notice.level, NOTICE_NOTE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(from_the_menu_one_code_after_the_other),
		cmocka_unit_test(the_next_list_is_asked_for),
		cmocka_unit_test(T60b_scanned_from_any_screen_in_any_order),
		cmocka_unit_test(what_both_paid_is_a_stop),
		cmocka_unit_test(what_the_book_refuses_is_said_at_home),
		cmocka_unit_test(a_card_is_believed_by_a_supervisor_and_by_1),
		cmocka_unit_test(who_may_not_is_shown_nothing),
		cmocka_unit_test(a_code_that_was_not_read_whole),
		cmocka_unit_test(all_slips_one_after_the_other),
		cmocka_unit_test(without_paper_it_goes_on_from_there),
		cmocka_unit_test(stopped_by_its_key_no_other_slip_begins),
		cmocka_unit_test(who_scans_a_person_breaks_it_off_and_is_told),
		cmocka_unit_test(codes_are_not_taken_in_between),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
