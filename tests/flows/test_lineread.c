/* The line mode: what lines become, on which screen. */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/buf.h"
#include "terminal/flows/check.h"
#include "terminal/flows/drawer.h"
#include "terminal/flows/find.h"
#include "terminal/flows/idle.h"
#include "terminal/flows/lineread.h"
#include "terminal/flows/pay.h"
#include "terminal/flows/signin.h"

enum place {
	IDLE,   /* digits and letters are text */
	TYPE,   /* a field for a name; what is typed moves there */
	NUMBER, /* a field for digits */
	LIST,   /* 1-9 choose */
	READY,  /* ENTER pays */
	HANDING,
	DONE,
	NOTES,
	BUSY, /* no keys at all */
};

static struct lineread_screen screen_of(enum place place)
{
	static struct pay pay;
	static struct drawer drawer;
	struct lineread_screen s = {.typed = 0};

	pay.step = place == HANDING ? PAY_HANDING : PAY_DONE;
	drawer.step = DRAWER_NOTES;
	switch (place) {
	case IDLE:
		s.b = idle_bindings(IDLE_READY, &s.count);
		break;
	case TYPE:
		s.b = find_bindings(FIND_TYPE, &s.count);
		break;
	case NUMBER:
		s.b = signin_bindings(SIGNIN_NUMBER, &s.count);
		break;
	case LIST:
		s.b = find_bindings(FIND_LIST, &s.count);
		break;
	case READY:
		s.b = check_bindings(CHECK_READY, &s.count);
		break;
	case HANDING:
	case DONE:
		s.b = pay_bindings(&pay, &s.count);
		break;
	case NOTES:
		s.b = drawer_bindings(&drawer, &s.count);
		break;
	case BUSY:
		s.b = find_bindings(FIND_LOOKUP, &s.count);
		break;
	}
	return s;
}

struct row {
	const char *name;
	enum place place;
	const char *bytes;
	/* Keys as themselves; E: ENTER, B: back, <: erase, U D P: up, down,
	 * page up; S: a scan; then . done, ? again, ! means nothing. */
	const char *does;
	int typed;
};

#define CARD "025144004578|131234567|Nguyễn Thị Đẹp|02091944|Nữ|Thôn 3|14032022"

static struct row rows[] = {
	{"a number of the list is that key and no ENTER", READY, "4\n", "4.",
		0},
	{"1 pays where ENTER would", READY, "1\n", "E.", 0},
	{"an empty line never pays", READY, "\n", "!", 0},
	{"two empty lines neither", READY, "\n\n", "!!", 0},
	{"an empty line hands nothing over", HANDING, "\n", "!", 0},
	{"1 hands over, itself", HANDING, "1\n", "1.", 0},
	{"an empty line does nothing after it", DONE, "\n", "!", 0},
	{"the sign for the next person does", DONE, ".\n", "..", 0},
	{"a digit and then ENTER typed ahead pay nobody", READY, "3\n\n", "3.!",
		0},
	{"several digits are no key", READY, "11\n", "!", 0},
	{"a letter is no key there", READY, "x\n", "!", 0},
	{"a number that is not in the list", READY, "8\n", "!", 0},
	{"a row of a list", LIST, "3\n", "3.", 0},
	{"signs for what has no digit", LIST, "+\n-\n<\n.\n", "D.U.P...", 0},
	{"/ is back, also where 0 is", LIST, "/\n", "B.", 0},
	{"/ is back where digits are text", TYPE, "/\n", "B.", 0},
	{"/ is nothing where there is no way back", NUMBER, "/\n", "!", 0},
	{"a number that is typed has its ENTER", NUMBER, "7\n", "7E.", 0},
	{"a name", TYPE, "nguyen thi\n", "nguyen thiE.", 0},
	{"on the idle screen digits are text", IDLE, "45\n", "45.", 0},
	{"one digit there, too", IDLE, "4\n", "4.", 0},
	{"an empty line is ENTER where that moves nothing", TYPE, "\n", "E.",
		0},
	{"what stood in the field goes first", TYPE, "ba\n", "<<<baE.", 3},
	{"a note's pieces", NOTES, "12\n", "12E.", 0},
	{"no thousands between them: nothing of it is typed", NOTES, "1.200\n",
		"!", 0},
	{"the sign that ends counting", NOTES, ".\n", "..", 0},
	{"letters are no number", NUMBER, "7a\n", "!", 0},
	{"the menu and help are keys of their own", TYPE, "*\n#\n", "*.#.", 0},
	{"in a text they are none", TYPE, "a*b\n", "!", 0},
	{"? says it again, everywhere", READY, "?\n", "?", 0},
	{"? in a text is a letter", TYPE, "a?\n", "a?E.", 0},
	{"a card from a scanner that types", READY, CARD "\n", "S.", 0},
	{"a card on a screen with a field", TYPE, CARD "\n", "S.", 2},
	{"CR and LF are one end", NUMBER, "7\r\n", "7E.", 0},
	{"CR alone is one, too", NUMBER, "7\r", "7E.", 0},
	{"without an end it is no line yet", NUMBER, "7", "", 0},
	{"a NUL is no text", TYPE, "a\\0b\n", "!", 0},
	{"an escape sequence is no text", TYPE, "\033[A\n", "!", 0},
	{"bytes that are no UTF-8 are no text", TYPE, "\xff\xfe\n", "!", 0},
	{"where an answer is out nothing is a key", BUSY, "1\n\n", "!!", 0},
};

static char letter_of(const struct event *ev)
{
	if (ev->kind == EV_SCAN)
		return 'S';
	switch (ev->key) {
	case K_ACCEPT:
		return 'E';
	case K_BACK:
		return 'B';
	case K_ERASE:
		return '<';
	case K_UP:
		return 'U';
	case K_DOWN:
		return 'D';
	case K_PAGE_UP:
		return 'P';
	default:
		return ev->key < 0x80 ? (char)ev->key : '~';
	}
}

/* All that comes out while the screen stays as it is. */
static void run_out(struct lineread *l, struct lineread_screen *s,
	struct buf *out)
{
	static struct event ev;

	for (;;) {
		switch (lineread_next(l, s, 1000, &ev)) {
		case LINEREAD_NOTHING:
			return;
		case LINEREAD_EVENT:
			assert_int_equal(ev.at_ms, 1000);
			buf_byte(out, (unsigned char)letter_of(&ev));
			s->typed -= ev.kind == EV_KEY && ev.key == K_ERASE;
			break;
		case LINEREAD_DONE:
			buf_byte(out, '.');
			break;
		case LINEREAD_AGAIN:
			buf_byte(out, '?');
			break;
		case LINEREAD_NO:
			buf_byte(out, '!');
			break;
		}
	}
}

static void put(struct lineread *l, const char *bytes)
{
	for (; *bytes; bytes++)
		if (bytes[0] == '\\' && bytes[1] == '0')
			lineread_put(l, "", 1), bytes++;
		else
			lineread_put(l, bytes, 1);
}

static void run(void **state)
{
	static struct lineread l;
	const struct row *row = *state;
	struct lineread_screen s = screen_of(row->place);
	char got[256];
	struct buf out;

	lineread_init(&l);
	s.typed = row->typed;
	buf_init(&out, got, sizeof(got));
	put(&l, row->bytes);
	run_out(&l, &s, &out);
	assert_string_equal(buf_text(&out), row->does);
}

static void a_scan_keeps_its_bytes(void **state)
{
	static struct lineread l;
	static struct event ev;
	const struct lineread_screen s = screen_of(READY);

	(void)state;
	lineread_init(&l);
	put(&l, CARD "\n");
	assert_int_equal(lineread_next(&l, &s, 5, &ev), LINEREAD_EVENT);
	assert_int_equal(ev.kind, EV_SCAN);
	assert_int_equal(ev.scan.len, strlen(CARD));
	assert_memory_equal(ev.scan.bytes, CARD, strlen(CARD));
}

/* A text goes on on the screen that its first key opened, no other. */
static void a_text_follows_from_screen_to_screen(void **state)
{
	static struct lineread l;
	static struct event ev;
	const struct lineread_screen idle = screen_of(IDLE);
	const struct lineread_screen type = screen_of(TYPE);
	const struct lineread_screen ready = screen_of(READY);

	(void)state;
	lineread_init(&l);
	put(&l, "451\n1\n");
	assert_int_equal(lineread_next(&l, &idle, 1, &ev), LINEREAD_EVENT);
	assert_int_equal(ev.key, '4');
	assert_int_equal(lineread_next(&l, &type, 1, &ev), LINEREAD_EVENT);
	assert_int_equal(ev.key, '5');
	/* The rest is not for a screen where digits pay. */
	assert_int_equal(lineread_next(&l, &ready, 1, &ev), LINEREAD_NO);
	assert_int_equal(lineread_next(&l, &ready, 1, &ev), LINEREAD_EVENT);
	assert_int_equal(ev.key, K_ACCEPT);
}

static void no_enter_where_the_text_led_to_paying(void **state)
{
	static struct lineread l;
	static struct event ev;
	const struct lineread_screen type = screen_of(TYPE);
	const struct lineread_screen ready = screen_of(READY);

	(void)state;
	lineread_init(&l);
	put(&l, "4\n");
	assert_int_equal(lineread_next(&l, &type, 1, &ev), LINEREAD_EVENT);
	assert_int_equal(lineread_next(&l, &ready, 1, &ev), LINEREAD_DONE);
}

/* At the money step what was typed ahead is thrown away. */
static void what_was_typed_ahead_is_forgotten(void **state)
{
	static struct lineread l;
	static const struct lineread none;
	static struct event ev;
	const struct lineread_screen s = screen_of(READY);

	(void)state;
	lineread_init(&l);
	put(&l, "1\n1\n1\n1");
	assert_int_equal(lineread_next(&l, &s, 1, &ev), LINEREAD_EVENT);
	lineread_clear(&l);
	assert_int_equal(lineread_next(&l, &s, 1, &ev), LINEREAD_DONE);
	assert_int_equal(lineread_next(&l, &s, 1, &ev), LINEREAD_NOTHING);
	assert_memory_equal(l.ahead, none.ahead, sizeof(l.ahead));
	assert_memory_equal(l.line, none.line, sizeof(l.line));
}

static void a_line_without_end_is_dropped_whole(void **state)
{
	static struct lineread l;
	static struct event ev;
	const struct lineread_screen s = screen_of(TYPE);

	(void)state;
	lineread_init(&l);
	for (int i = 0; i < 3 * LINEREAD_AHEAD; i++) {
		lineread_put(&l, "a", 1);
		if (i % 1000 == 0)
			assert_int_equal(lineread_next(&l, &s, 1, &ev),
				LINEREAD_NOTHING);
	}
	put(&l, "\n");
	assert_int_equal(lineread_next(&l, &s, 1, &ev), LINEREAD_NO);
	put(&l, "b\n");
	assert_int_equal(lineread_next(&l, &s, 1, &ev), LINEREAD_EVENT);
	assert_int_equal(ev.key, 'b');
}

int main(void)
{
	static const struct CMUnitTest others[] = {
		cmocka_unit_test(a_scan_keeps_its_bytes),
		cmocka_unit_test(a_text_follows_from_screen_to_screen),
		cmocka_unit_test(no_enter_where_the_text_led_to_paying),
		cmocka_unit_test(what_was_typed_ahead_is_forgotten),
		cmocka_unit_test(a_line_without_end_is_dropped_whole),
	};
	struct CMUnitTest tests[COUNT_OF(rows)];
	size_t n = 0;
	int failed;

	UNIT_ADD_ROWS(tests, &n, rows, run);
	failed = cmocka_run_group_tests_name("lineread", tests, NULL, NULL);
	return failed + cmocka_run_group_tests_name("lineread from screen to "
						    "screen",
				others, NULL, NULL);
}
