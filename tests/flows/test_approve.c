/* Approving by QR: a supervisor's own terminal, and the desk of both. */
#include "support/unit.h"

#include <string.h>

#include "core/str.h"
#include "terminal/flows/desk.h"

static struct desk d;

static struct effect key(int k)
{
	static long long at = 1000;
	const struct event ev = {.kind = EV_KEY, .key = k, .at_ms = at += 2000};

	return desk_handle(&d, &ev);
}

static struct effect scan(const char *text)
{
	struct event ev = {.kind = EV_SCAN, .scan = {.len = strlen(text)}};

	memcpy(ev.scan.bytes, text, ev.scan.len);
	return desk_handle(&d, &ev);
}

static void answer(enum event_kind kind, const char *text,
	enum refusal_code code)
{
	struct event ev = {.kind = kind};

	if (kind == EV_APPROVAL)
		str_copy(ev.approval, sizeof(ev.approval), text);
	if (kind == EV_REFUSED)
		ev.refusal.code = code;
	desk_handle(&d, &ev);
}

/* Signed in, at the idle screen. */
static void sign_in(enum role role)
{
	static const struct desk_info info = {.point = "P"};

	desk_init(&d, &info);
	d.user = (struct user){.number = 9, .name = "Hùng", .role = role};
	d.stack[0] = DESK_IDLE;
	d.depth = 1;
}

static const char *request(void)
{
	const struct approval_request r = {.kind = 13,
		.reason = VOID_RECEIPT_BACK,
		.amount = 500000,
		.actor = 7,
		.t = 1764547200000,
		.person = "N. T. ĐẸP 4578"};
	static char text[APPROVAL_TEXT_SIZE];

	approval_request_text(&r, text);
	return text;
}

static const char *card(int64_t number)
{
	static const uint8_t seed[CRYPTO_SEED_SIZE] = {7};
	static char text[APPROVAL_TEXT_SIZE];
	struct crypto_pair pair;

	crypto_pair_from_seed(seed, &pair);
	approval_card_text(number, &pair, text);
	return text;
}

static const char *reply(void)
{
	const struct approval_answer a = {.number = 9};
	static char text[APPROVAL_TEXT_SIZE];

	approval_answer_text(&a, text);
	return text;
}

static void T36_a_scan_approves_nothing_before_1(void **state)
{
	struct effect fx;

	(void)state;
	sign_in(ROLE_SUPERVISOR);
	assert_int_equal(scan(request()).kind, FX_NONE);
	assert_int_equal(desk_place(&d), DESK_APPROVE);
	assert_int_equal(d.approve.step, APPROVE_ASK);
	assert_int_equal(key(K_ACCEPT).kind, FX_NONE);
	fx = key('1');
	assert_int_equal(fx.kind, FX_APPROVE);
	assert_string_equal(fx.approval, request());
	answer(EV_APPROVAL, reply(), REFUSED_NOT);
	assert_int_equal(d.approve.step, APPROVE_ANSWER);
	assert_string_equal(d.approve.text, reply());
	key('0');
	assert_int_equal(desk_place(&d), DESK_IDLE);
}

static void no_means_that_nothing_is_signed(void **state)
{
	(void)state;
	sign_in(ROLE_SUPERVISOR);
	scan(request());
	assert_int_equal(key('0').kind, FX_NONE);
	assert_int_equal(desk_place(&d), DESK_IDLE);
}

static void what_the_book_refuses_is_said(void **state)
{
	(void)state;
	sign_in(ROLE_SUPERVISOR);
	scan(request());
	key('1');
	answer(EV_REFUSED, "", REFUSED_SAME_PERSON);
	assert_int_equal(desk_place(&d), DESK_IDLE);
	assert_true(d.notice.text[0] != '\0');
}

static void another_role_is_shown_nothing(void **state)
{
	(void)state;
	sign_in(ROLE_AGENT);
	scan(request());
	assert_int_equal(desk_place(&d), DESK_IDLE);
}

static void half_a_code_is_not_read(void **state)
{
	char half[APPROVAL_TEXT_SIZE];

	(void)state;
	sign_in(ROLE_SUPERVISOR);
	str_copy(half, sizeof(half), request());
	half[80] = '\0';
	scan(half);
	assert_int_equal(d.approve.step, APPROVE_UNREADABLE);
	assert_int_equal(key('1').kind, FX_NONE);
	key('0');
	assert_int_equal(desk_place(&d), DESK_IDLE);
}

static void his_card_is_shown_and_taken(void **state)
{
	struct effect fx;

	(void)state;
	sign_in(ROLE_SUPERVISOR);
	key('*');
	key('*');
	assert_int_equal(key('5').kind, FX_CARD_SHOW);
	answer(EV_APPROVAL, card(9), REFUSED_NOT);
	assert_int_equal(d.approve.step, APPROVE_CARD);
	key('0');
	scan(card(9));
	assert_int_equal(d.approve.step, APPROVE_TAKE);
	fx = key('1');
	assert_int_equal(fx.kind, FX_CARD_TAKE);
	assert_string_equal(fx.approval, card(9));
	answer(EV_CONFIRMED, "", REFUSED_NOT);
	assert_int_equal(desk_place(&d), DESK_IDLE);
	assert_int_equal(d.notice.level, NOTICE_NOTE);
}

/* ---- on the terminal that asks ------------------------------------------- */

static void begin_void(void)
{
	const struct payout_brief b = {.state = PAYOUT_HANDED};

	sign_in(ROLE_AGENT);
	d.stack[d.depth++] = DESK_TAKEBACK;
	takeback_init(&d.takeback, 412, &b, "CV1:X");
	key('1');
	assert_int_equal(d.takeback.step, TAKEBACK_SECOND);
}

static void T36_the_answer_goes_with_the_same_act(void **state)
{
	struct effect fx;

	(void)state;
	begin_void();
	fx = key('.');
	assert_int_equal(fx.kind, FX_VOID);
	assert_true(fx.second.ask);
	assert_int_equal(fx.take_back.by, 0);
	answer(EV_APPROVAL, request(), REFUSED_NOT);
	assert_int_equal(d.takeback.second.step, SECOND_QR);
	assert_string_equal(d.takeback.second.request, request());
	assert_int_equal(scan("CV1:X").kind, FX_NONE);
	fx = scan(reply());
	assert_int_equal(fx.kind, FX_VOID);
	assert_false(fx.second.ask);
	assert_string_equal(fx.second.answer, reply());
	assert_int_equal(fx.take_back.seq, 412);
	/* Refused: the code stays, and another can be asked for. */
	answer(EV_REFUSED, "", REFUSED_APPROVAL_MOVED);
	assert_int_equal(d.takeback.step, TAKEBACK_SECOND);
	assert_true(d.takeback.second.notice.text[0] != '\0');
	fx = key('1');
	assert_int_equal(fx.kind, FX_VOID);
	assert_true(fx.second.ask);
	assert_int_equal(fx.second.answer[0], '\0');
}

static void back_to_the_pin(void **state)
{
	struct effect fx;

	(void)state;
	begin_void();
	key('.');
	answer(EV_APPROVAL, request(), REFUSED_NOT);
	key('0');
	assert_int_equal(d.takeback.second.step, SECOND_NUMBER);
	key('9');
	key(K_ACCEPT);
	for (const char *pin = "135790"; *pin; pin++)
		key(*pin);
	fx = key(K_ACCEPT);
	assert_int_equal(fx.kind, FX_VOID);
	assert_int_equal(fx.take_back.by, 9);
	assert_string_equal(fx.take_back.pin, "135790");
	assert_int_equal(fx.second.answer[0], '\0');
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(T36_a_scan_approves_nothing_before_1),
		cmocka_unit_test(no_means_that_nothing_is_signed),
		cmocka_unit_test(what_the_book_refuses_is_said),
		cmocka_unit_test(another_role_is_shown_nothing),
		cmocka_unit_test(half_a_code_is_not_read),
		cmocka_unit_test(his_card_is_shown_and_taken),
		cmocka_unit_test(T36_the_answer_goes_with_the_same_act),
		cmocka_unit_test(back_to_the_pin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
