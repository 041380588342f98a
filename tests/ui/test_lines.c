/* The line mode: what is said of a screen, and what is not said again. */
#include "support/unit.h"

#include <string.h>

#include "terminal/ui/lines.h"

enum {
	COLS = 40
};

/* A screen by hand: title, header, body, notice, keys. */
struct part {
	const char *title;
	const char *header[2];
	const char *body[4];
	const char *notice;
	const char *keys[3];
};

static int write_part(struct canvas *c, int row, const char *const *text,
	size_t count)
{
	for (size_t i = 0; i < count && text[i]; i++)
		canvas_text(c, row++, 0, STYLE_NORMAL, text[i]);
	return row;
}

static void draw(struct canvas *c, const struct part *p)
{
	int row = 1;

	canvas_for_lines(c, COLS);
	canvas_text(c, 0, 0, STYLE_TITLE, p->title);
	row = write_part(c, row, p->header, COUNT_OF(p->header));
	c->part.body = row;
	row = write_part(c, row, p->body, COUNT_OF(p->body));
	c->part.notice = row;
	row = write_part(c, row, &p->notice, 1);
	c->part.keys = row;
	row = write_part(c, row, p->keys, COUNT_OF(p->keys));
	c->part.end = row;
}

static const struct part first = {"FIND", {"3 to send", "1/200"},
	{"One", "Two", "Three", "Four"}, "● Look", {"1 Choose", "0 Back"}};

struct row {
	const char *name;
	struct part then;
	enum lines_why why;
	const char *said;
};

static struct row rows[] = {
	{"the same again says nothing", first, LINES_UNASKED, ""},
	{"after an answer the notice is said again", first, LINES_ANSWER,
		"● Look\n"},
	{"also where something was begun that takes its time", first,
		LINES_BEGUN, "● Look\n"},
	{"all of it, when asked for", first, LINES_ALL,
		"FIND\n3 to send\n1/200\nOne\nTwo\nThree\nFour\n● Look\n"
		"1 Choose\n0 Back\n"},
	{"a line that changed",
		{"FIND", {"3 to send", "1/200"}, {"One", "2", "Three", "Four"},
			"● Look", {"1 Choose", "0 Back"}},
		LINES_UNASKED, "2\n"},
	{"where most changed, the rest with it",
		{"FIND", {"3 to send", "1/200"}, {"1", "2", "3", "Four"},
			"● Look", {"1 Choose", "0 Back"}},
		LINES_UNASKED, "1\n2\n3\nFour\n"},
	{"another notice by itself",
		{"FIND", {"3 to send", "1/200"},
			{"One", "Two", "Three", "Four"}, "▲ Paper",
			{"1 Choose", "0 Back"}},
		LINES_UNASKED, "▲ Paper\n"},
	{"counts in the header interrupt nobody",
		{"FIND", {"4 to send", "1/200"},
			{"One", "Two", "Three", "Four"}, "● Look",
			{"1 Choose", "0 Back"}},
		LINES_UNASKED, ""},
	{"but are said with the next answer",
		{"FIND", {"4 to send", "1/200"},
			{"One", "Two", "Three", "Four"}, "● Look",
			{"1 Choose", "0 Back"}},
		LINES_ANSWER, "4 to send\n● Look\n"},
	{"other keys are all said",
		{"FIND", {"3 to send", "1/200"},
			{"One", "Two", "Three", "Four"}, NULL,
			{"2 Other", "0 Back"}},
		LINES_ANSWER, "2 Other\n0 Back\n"},
	{"another screen, without the header that is known",
		{"PAID", {"4 to send", "1/200"}, {"One", "Two"}, NULL,
			{"0 Back"}},
		LINES_ANSWER, "PAID\n4 to send\nOne\nTwo\n0 Back\n"},
};

static struct lines lines;
static struct canvas canvas;
static char said[LINES_SIZE];

static const char *say(const struct part *p, enum lines_why why)
{
	draw(&canvas, p);
	return lines_say(&lines, &canvas, why, said, sizeof(said));
}

static void run(void **state)
{
	const struct row *row = *state;

	lines_init(&lines);
	assert_string_equal(say(&first, LINES_UNASKED),
		"FIND\n3 to send\n1/200\nOne\nTwo\nThree\nFour\n● Look\n"
		"1 Choose\n0 Back\n");
	assert_string_equal(say(&row->then, row->why), row->said);
}

/* What was not said when it changed is not forgotten. */
static void a_header_waits_for_the_answer(void **state)
{
	struct part later = first;

	(void)state;
	lines_init(&lines);
	say(&first, LINES_UNASKED);
	later.header[0] = "9 to send";
	assert_string_equal(say(&later, LINES_UNASKED), "");
	assert_string_equal(say(&later, LINES_UNASKED), "");
	assert_string_equal(say(&later, LINES_ANSWER), "9 to send\n● Look\n");
	assert_string_equal(say(&later, LINES_ANSWER), "● Look\n");
}

/* T66: whom it was about is neither kept nor taken as known. */
static void t66_what_was_said_is_forgotten(void **state)
{
	(void)state;
	lines_init(&lines);
	say(&first, LINES_UNASKED);
	lines_forget(&lines);
	assert_null(memmem(&lines, sizeof(lines), "Three", 5));
	assert_string_equal(say(&first, LINES_UNASKED),
		"FIND\n3 to send\n1/200\nOne\nTwo\nThree\nFour\n● Look\n"
		"1 Choose\n0 Back\n");
}

static const char *say_row(void (*write)(struct canvas *c))
{
	static char line[LINES_SIZE];

	lines_init(&lines);
	canvas_for_lines(&canvas, COLS);
	canvas.part.body = 0;
	write(&canvas);
	canvas.part.notice = 1;
	canvas.part.keys = 1;
	canvas.part.end = 1;
	return lines_say(&lines, &canvas, LINES_ALL, line, sizeof(line));
}

static void leaders(struct canvas *c)
{
	canvas_text(c, 0, 0, STYLE_NORMAL, "Kỳ 12");
	canvas_repeat(c, 0, 6, STYLE_DIM, '.', 20);
	canvas_text(c, 0, 28, STYLE_NORMAL, "500.000");
}

static void mask(struct canvas *c)
{
	canvas_text(c, 0, 0, STYLE_NORMAL, "CCCD ●●●●●●●●4578    Nữ");
}

static void differing(struct canvas *c)
{
	canvas_text(c, 0, 2, STYLE_NORMAL, "NGUYỄN THỊ ĐẸP");
	canvas_restyle(c, 0, 11, 1, STYLE_DIFFERS);
	canvas_restyle(c, 0, 14, 2, STYLE_DIFFERS);
}

static void rule(struct canvas *c)
{
	canvas_repeat(c, 0, 0, STYLE_DIM, 0x2500, 10);
	canvas_text(c, 0, 10, STYLE_NORMAL, " A ");
	canvas_repeat(c, 0, 13, STYLE_DIM, 0x2500, 10);
}

static void bar(struct canvas *c)
{
	canvas_repeat(c, 0, 0, STYLE_FIGURE, 0x2588, 10);
	canvas_repeat(c, 0, 10, STYLE_DIM, '.', 20);
}

static void note(struct canvas *c)
{
	canvas_text(c, 0, 0, STYLE_NORMAL, "● A note, one sign");
}

static void what_only_the_eye_sees_becomes_characters(void **state)
{
	(void)state;
	assert_string_equal(say_row(leaders), "Kỳ 12:  500.000\n");
	assert_string_equal(say_row(mask), "CCCD ●4578  Nữ\n");
	assert_string_equal(say_row(differing), "NGUYỄN TH[Ị] Đ[ẸP]\n");
	assert_string_equal(say_row(rule), "A\n");
	assert_string_equal(say_row(bar), "");
	assert_string_equal(say_row(note), "● A note, one sign\n");
}

static void field(struct canvas *c)
{
	canvas_text(c, 0, 0, STYLE_NORMAL, "PIN: ");
	canvas_repeat(c, 0, 5, STYLE_FIELD, '_', 10);
	canvas_cursor(c, 0, 5, true);
}

static void half_typed(struct canvas *c)
{
	field(c);
	canvas_text(c, 0, 5, STYLE_FIELD, "12");
	canvas_cursor(c, 0, 7, true);
}

static void right_aligned(struct canvas *c)
{
	field(c);
	canvas_text(c, 0, 13, STYLE_FIELD, "12");
}

/* The field is the question, and is not said before it. */
static void the_field_is_the_question(void **state)
{
	(void)state;
	assert_string_equal(say_row(field), "");
	assert_string_equal(lines_question(&lines), "PIN: _");
	assert_string_equal(say_row(half_typed), "");
	assert_string_equal(lines_question(&lines), "PIN: 12");
	assert_string_equal(say_row(right_aligned), "");
	assert_string_equal(lines_question(&lines), "PIN: 12");
	say_row(note);
	assert_string_equal(lines_question(&lines), "");
}

int main(void)
{
	static const struct CMUnitTest others[] = {
		cmocka_unit_test(a_header_waits_for_the_answer),
		cmocka_unit_test(t66_what_was_said_is_forgotten),
		cmocka_unit_test(what_only_the_eye_sees_becomes_characters),
		cmocka_unit_test(the_field_is_the_question),
	};
	struct CMUnitTest tests[COUNT_OF(rows)];
	size_t n = 0;
	int failed;

	UNIT_ADD_ROWS(tests, &n, rows, run);
	failed = cmocka_run_group_tests_name("lines", tests, NULL, NULL);
	return failed + cmocka_run_group_tests_name("lines, one by one", others,
				NULL, NULL);
}
