#include "support/screens.h"

#include <stdio.h>
#include <string.h>

#include "core/tr.h"
#include "support/golden.h"
#include "support/unit.h"
#include "terminal/ui/frame.h"
#include "terminal/ui/plain.h"

enum {
	MAX_TESTS = 400,
	MAX_KEYS = 32,
	NAME_SIZE = 96,
	PATH_SIZE = 160
};

static const struct {
	int cols;
	int rows;
} sizes[] = {{80, 25}, {53, 30}, {40, 24}, {40, 15}, {34, 10}};

enum {
	TOO_SMALL = COUNT_OF(sizes) - 1
};

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

static int back_to_vietnamese(void **state)
{
	(void)state;
	return tr_set_lang("vi") ? 0 : -1;
}

static void run_job(void **state)
{
	static struct canvas c;
	static char drawn[CANVAS_DUMP_SIZE];
	const struct job *job = *state;
	char path[PATH_SIZE];

	if (job->cols == 80)
		judge_other_sizes(job->state, &c, drawn);
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
			assert_true(n < MAX_TESTS);
			add(&tests[n], &job[n], view, &state[i], size);
			n++;
		}
	return _cmocka_run_group_tests(view, tests, n, NULL, NULL);
}
