#include "support/screens.h"

#include <stdio.h>
#include <string.h>

#include "core/tr.h"
#include "support/golden.h"
#include "support/sample.h"
#include "support/unit.h"
#include "terminal/flows/lineread.h"
#include "terminal/ui/frame.h"
#include "terminal/ui/lines.h"
#include "terminal/ui/plain.h"

enum {
	MAX_TESTS = 400,
	MAX_KEYS = 32,
	NAME_SIZE = 96,
	PATH_SIZE = 160,
	ARROW = 0x2192 /* before the row that is chosen */
};

static const struct {
	int cols;
	int rows;
} sizes[] = {{80, 25}, {53, 30}, {40, 24}, {40, 15}, {50, 15}, {34, 10}};

enum {
	TOO_SMALL = COUNT_OF(sizes) - 1,
	DOUBLED = TOO_SMALL - 1
};

/* What is seen all day, on 800x480 with large letters, too. */
static const struct {
	const char *view;
	const char *state;
} main_screens[] = {
	{"signin", "number"},
	{"drawer", "counting"},
	{"idle", "ready"},
	{"find", "many"},
	{"check", "ready"},
	{"check", "already_paid"},
	{"pay", "handing"},
	{"pay", "done"},
	{"notpaid", "reason"},
	{"menu", "shift"},
	{"drawer", "slip"},
	{"recover", "ask"},
};

static bool is_main(const char *view, const char *state)
{
	for (size_t i = 0; i < COUNT_OF(main_screens); i++)
		if (strcmp(main_screens[i].view, view) == 0 &&
			strcmp(main_screens[i].state, state) == 0)
			return true;
	return false;
}

struct job {
	char name[NAME_SIZE];
	const char *view;
	const struct screens_state *state;
	int cols;
	int rows;
	bool styles;
};

struct screens_keys screens_keys_for(enum role role, const struct binding *b,
	size_t count)
{
	static struct binding row[MAX_KEYS];
	struct screens_keys keys = {.b = row};

	for (size_t i = 0; i < count; i++)
		if (binding_is_for(&b[i], role)) {
			assert_true(keys.count < MAX_KEYS);
			row[keys.count++] = b[i];
		}
	return keys;
}

static void only_letters_of_the_font(const struct canvas *c)
{
	for (int row = 0; row < c->rows; row++)
		for (int col = 0; col < c->cols; col++)
			if (!plain_in_font(c->cell[row][col].ch))
				fail_msg("U+%04X is not in the font",
					(unsigned)c->cell[row][col].ch);
}

static void every_key_is_shown(const char *drawn,
	const struct screens_keys *keys)
{
	for (size_t i = 0; i < keys->count; i++) {
		const struct binding *b = &keys->b[i];
		const char *brief = b->brief ? b->brief : b->does;

		/* Narrow footers write these by their caps alone. */
		if ((b->key == '#' && strstr(drawn, "# ?")) ||
			(b->key >= K_UP && b->key <= K_PAGE_DOWN &&
				strstr(drawn, frame_key_name(b))))
			continue;
		if (!strstr(drawn, tr(b->does)) && !strstr(drawn, tr(brief)))
			fail_msg("key %s (%s) is not on the screen:\n%s",
				b->key_name, b->does, drawn);
	}
}

static bool has_style(const struct canvas *c, int row, enum style style)
{
	for (int col = 0; col < c->cols; col++)
		if (c->cell[row][col].style == style)
			return true;
	return false;
}

static bool has_char(const struct canvas *c, int row, uint32_t ch)
{
	for (int col = 0; col < c->cols; col++)
		if (c->cell[row][col].ch == ch)
			return true;
	return false;
}

static bool is_blank(const struct canvas *c, int row)
{
	for (int col = 0; col < c->cols; col++)
		if (c->cell[row][col].ch != ' ')
			return false;
	return true;
}

/*
 * Screen readers and braille displays follow the cursor: it stands in the
 * field in which something is typed, else on the chosen row, else where
 * something is to be read.
 */
static void cursor_is_on_the_focus(const struct canvas *c, const char *drawn)
{
	const int row = c->cursor_row;
	const int col = c->cursor_col;
	bool chosen = false;

	for (int i = 0; i < c->rows; i++)
		chosen = chosen || (has_style(c, i, STYLE_FIELD) &&
					   has_char(c, i, ARROW));
	if (row < 0 || col < 0)
		fail_msg("the cursor is nowhere:\n%s", drawn);
	if (c->cursor_shown && c->cell[row][col].style != STYLE_FIELD &&
		(col == 0 || c->cell[row][col - 1].style != STYLE_FIELD))
		fail_msg("the cursor (%d, %d) is beside the field:\n%s", row,
			col, drawn);
	if (!c->cursor_shown && chosen && !has_style(c, row, STYLE_FIELD))
		fail_msg("the cursor (%d, %d) is not on the chosen row:\n%s",
			row, col, drawn);
	if (is_blank(c, row))
		fail_msg("the cursor (%d, %d) is on an empty row:\n%s", row,
			col, drawn);
}

/* ---- the line mode ---------------------------------------------------------- */

static bool takes_text(const struct screens_keys *keys)
{
	return binding_find(keys->b, keys->count, 'a') ||
	       (keys->count > 0 && keys->b[0].key == K_DIGITS);
}

static void every_key_is_said(const char *said, const struct screens_keys *keys)
{
	char line[512];

	for (size_t i = 0; i < keys->count; i++) {
		const struct binding *b = &keys->b[i];
		const char *name = lineread_key_name(keys->b, keys->count, b);

		if (b->key == K_ERASE || b->key == K_ERASE_WORD)
			continue;
		if (*name)
			snprintf(line, sizeof(line), "\n%s %s\n", name,
				tr(b->does));
		else
			snprintf(line, sizeof(line), " %s\n", tr(b->does));
		/* It has no name where another key does the same. */
		if (*name || b->key < K_NAMED_FIRST)
			if (!strstr(said, line))
				fail_msg("key %s (%s) is not said:\n%s", name,
					b->does, said);
		if (b->key == K_ACCEPT && (b->rules & BINDING_ONCE) &&
			!takes_text(keys) &&
			!binding_find(keys->b, keys->count, '9') &&
			strcmp(name, "ENTER") == 0)
			fail_msg("an empty line would do: %s", b->does);
	}
}

static void only_text_and_line_feeds(const char *said)
{
	for (; *said; said++)
		if (((unsigned char)*said < ' ' && *said != '\n') ||
			*said == 0x7f)
			fail_msg("\\x%02x is said", (unsigned char)*said);
}

/* What is typed for a PIN must not be echoed, nor a number typed again. */
static void pins_are_secret(const struct lines *l, const struct canvas *c)
{
	if (strstr(lines_question(l), "PIN") && !c->secret)
		fail_msg("not secret: %s", lines_question(l));
	if (c->secret && !strstr(lines_question(l), "PIN") &&
		!strstr(lines_question(l), "●"))
		fail_msg("secret: %s", lines_question(l));
}

static const char *say_lines(const struct screens_state *state, int cols,
	const char *lang, struct canvas *c)
{
	static struct lines lines;
	static char said[LINES_SIZE];
	static char all[LINES_SIZE + LINES_TEXT];
	struct screens_keys keys;

	tr_set_lang(lang);
	canvas_for_lines(c, cols);
	keys = state->draw(c);
	only_letters_of_the_font(c);
	lines_init(&lines);
	lines_say(&lines, c, LINES_ANSWER, said, sizeof(said));
	only_text_and_line_feeds(said);
	pins_are_secret(&lines, c);
	if (cols == CANVAS_MAX_COLS)
		every_key_is_said(said, &keys);
	/* Said once it is not said again. */
	lines_say(&lines, c, LINES_UNASKED, all, sizeof(all));
	assert_string_equal(all, "");
	snprintf(all, sizeof(all), "%s%s\n", said, lines_question(&lines));
	return all;
}

static void run_lines(void **state)
{
	static struct canvas c;
	const struct job *job = *state;
	char path[PATH_SIZE];
	const char *said;

	say_lines(job->state, CANVAS_MAX_COLS, "en", &c);
	say_lines(job->state, CANVAS_MAX_COLS, "vi", &c);
	say_lines(job->state, 40, "en", &c);
	said = say_lines(job->state, 40, "vi", &c);
	if (!job->styles)
		return;
	snprintf(path, sizeof(path), "tests/golden/%s_%s_lines.txt", job->view,
		job->state->name);
	golden_compare(path, said);
}

/* ---- at every size ----------------------------------------------------------- */

/* Draw it in this language and look at what no golden file says. */
static void draw_and_judge(const struct screens_state *state, int cols,
	int rows, const char *lang, struct canvas *c, char *drawn)
{
	struct screens_keys keys;

	tr_set_lang(lang);
	canvas_clear(c, rows, cols);
	keys = state->draw(c);
	canvas_dump(c, drawn, CANVAS_DUMP_SIZE);
	only_letters_of_the_font(c);
	if (cols <= sizes[TOO_SMALL].cols)
		return;
	every_key_is_shown(drawn, &keys);
	cursor_is_on_the_focus(c, drawn);
	if (strstr(drawn, tr("The rest needs a bigger screen")))
		fail_msg("%dx%d, lines were cut:\n%s", cols, rows, drawn);
}

/* Sizes between and beyond the golden ones: 800x480 doubled, a laptop ... */
static void judge_other_sizes(const struct screens_state *state,
	struct canvas *c, char *drawn)
{
	static const int others[][2] = {{50, 15}, {80, 15}, {53, 19}, {60, 40},
		{75, 20}, {132, 43}, {256, 128}};

	for (size_t i = 0; i < COUNT_OF(others); i++)
		draw_and_judge(state, others[i][0], others[i][1], "vi", c,
			drawn);
}

/*
 * Whatever happens besides, nothing that must be seen is cut where rows are
 * fewest; drawn only, since no golden file could have it all. The warnings
 * are those that come unasked on any screen.
 */
static void judge_with_trouble(const struct screens_state *state,
	struct canvas *c, char *drawn)
{
	static const int small[][2] = {{40, 15}, {50, 15}, {40, 24}};
	const char *const says[] = {"",
		"BIÊN NHẬN CHƯA IN XONG: NGUYỄN THỊ PHƯƠNG THẢO NGUYÊN. Phím "
		"* rồi phím 1 để in lại.",
		"Vừa có bàn phím cắm vào. Nếu không ai ở đây cắm thì rút ra "
		"và gọi kỹ thuật."};

	for (size_t i = 0; i < COUNT_OF(says); i++)
		for (size_t k = 0; k < COUNT_OF(small); k++) {
			sample_trouble(says[i]);
			draw_and_judge(state, small[k][0], small[k][1], "vi", c,
				drawn);
			sample_trouble(NULL);
		}
}

static int back_to_vietnamese(void **state)
{
	(void)state;
	sample_trouble(NULL);
	return tr_set_lang("vi") ? 0 : -1;
}

static void run_job(void **state)
{
	static struct canvas c;
	static char drawn[CANVAS_DUMP_SIZE];
	const struct job *job = *state;
	char path[PATH_SIZE];

	if (job->cols == 80) {
		judge_other_sizes(job->state, &c, drawn);
		judge_with_trouble(job->state, &c, drawn);
	}
	draw_and_judge(job->state, job->cols, job->rows, "en", &c, drawn);
	draw_and_judge(job->state, job->cols, job->rows, "vi", &c, drawn);
	if (job->styles) {
		canvas_dump_styles(&c, drawn, sizeof(drawn));
		snprintf(path, sizeof(path), "tests/golden/%s_%s_styles.txt",
			job->view, job->state->name);
	} else {
		snprintf(path, sizeof(path), "tests/golden/%s_%s_%dx%d.txt",
			job->view, job->state->name, job->cols, job->rows);
	}
	golden_compare(path, drawn);
}

static void add(struct CMUnitTest *test, struct job *job, const char *view,
	const struct screens_state *state, size_t size)
{
	job->view = view;
	job->state = state;
	job->styles = size == COUNT_OF(sizes);
	job->cols = sizes[job->styles ? 0 : size].cols;
	job->rows = sizes[job->styles ? 0 : size].rows;
	snprintf(job->name, sizeof(job->name), "%s %s %dx%d%s", view,
		state->name, job->cols, job->rows, job->styles ? " looks" : "");
	*test = (struct CMUnitTest){.name = job->name,
		.test_func = run_job,
		.teardown_func = back_to_vietnamese,
		.initial_state = job};
}

/* Of the first state what is said is compared with a file, too. */
static void add_lines(struct CMUnitTest *test, struct job *job,
	const char *view, const struct screens_state *state, bool golden)
{
	job->view = view;
	job->state = state;
	job->styles = golden;
	snprintf(job->name, sizeof(job->name), "%s %s in lines", view,
		state->name);
	*test = (struct CMUnitTest){.name = job->name,
		.test_func = run_lines,
		.teardown_func = back_to_vietnamese,
		.initial_state = job};
}

int screens_run(const char *view, const struct screens_state *state,
	size_t states)
{
	static struct job job[MAX_TESTS];
	static struct CMUnitTest tests[MAX_TESTS];
	size_t n = 0;

	for (size_t i = 0; i < states; i++)
		for (size_t size = 0; size <= COUNT_OF(sizes); size++) {
			if (size == TOO_SMALL && i > 0)
				continue;
			if (size == COUNT_OF(sizes) && !state[i].styles)
				continue;
			if (size == DOUBLED && !is_main(view, state[i].name))
				continue;
			assert_true(n < MAX_TESTS);
			add(&tests[n], &job[n], view, &state[i], size);
			n++;
		}
	for (size_t i = 0; i < states; i++, n++) {
		assert_true(n < MAX_TESTS);
		add_lines(&tests[n], &job[n], view, &state[i], i == 0);
	}
	return _cmocka_run_group_tests(view, tests, n, NULL, NULL);
}
