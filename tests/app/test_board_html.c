/*
 * The board as a page: names are text and nothing else, the policy takes our
 * looks alone, drawings have their words, labels do not run into each other.
 */
#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/codec/base64.h"
#include "core/crypto.h"
#include "core/str.h"
#include "terminal/app/board_html.h"

enum {
	ROOM = 1 << 20,
	LETTER = 9, /* a figure of 15 px is hardly wider */
	MOST_TEXTS = 200
};

struct sheet {
	char text[ROOM];
	size_t len;
	size_t most; /* then it is full; 0: never */
};

static bool put(void *ctx, const void *bytes, size_t len, struct err *err)
{
	struct sheet *s = ctx;

	if (s->most && s->len + len > s->most)
		return err_set(err, ERR_FULL, 0, "full");
	assert_true(s->len + len < ROOM);
	memcpy(s->text + s->len, bytes, len);
	s->len += len;
	s->text[s->len] = '\0';
	return true;
}

static struct board_place unit;
static struct board_place hamlet;

static void fill(struct board *b, const char *name)
{
	memset(b, 0, sizeof(*b));
	b->period = 202612;
	b->at = INT64_C(1796434200000);
	b->all = (struct board_sum){.people = 10,
		.cash = 9,
		.account = 1,
		.done = 4,
		.waiting = 5};
	unit.sum = hamlet.sum = b->all;
	str_copy(unit.unit, sizeof(unit.unit), "08341");
	str_copy(hamlet.unit, sizeof(hamlet.unit), "08341");
	str_copy(hamlet.hamlet, sizeof(hamlet.hamlet), name);
	b->unit = &unit;
	b->units = 1;
	b->hamlet = &hamlet;
	b->hamlets = 1;
	b->closes = 1;
	b->close[0].difference = -20000;
	str_copy(b->close[0].actor_name, sizeof(b->close[0].actor_name), name);
	b->terminals = 1;
	b->terminal[0].self = true;
}

static void write_it(const struct board *b, const char *point, struct sheet *s)
{
	const struct board_html_info info = {.point = point,
		.unit = point,
		.target = 60};
	const struct paper_sink sink = {.ctx = s, .put = put};
	struct err err;

	s->len = 0;
	s->most = 0;
	assert_true(board_html_write(b, &info, &sink, &err));
}

static int count(const char *text, const char *what)
{
	int n = 0;

	for (const char *at = strstr(text, what); at; at = strstr(at + 1, what))
		n++;
	return n;
}

/* ---- names ------------------------------------------------------------------ */

static void names_are_text_and_nothing_else(void **state)
{
	static const char *const names[] = {"<script>alert(1)</script>",
		"\"><img src=x onerror=alert(1)>", "' onload='alert(1)",
		"</title></style></svg>", "&lt;b&gt; &amp;", "a<!-- b"};
	static struct sheet s;
	static struct sheet plain;
	static struct board b;

	(void)state;
	fill(&b, "Thôn 3");
	write_it(&b, "Cẩm Khê", &plain);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		fill(&b, names[i]);
		write_it(&b, names[i], &s);
		/* As many tags as with a tame name. */
		assert_int_equal(count(s.text, "<"), count(plain.text, "<"));
		assert_int_equal(count(s.text, ">"), count(plain.text, ">"));
		assert_int_equal(count(s.text, "\""), count(plain.text, "\""));
	}
}

static void nothing_of_a_name_moves_or_hides(void **state)
{
	static struct sheet s;
	static struct board b;

	(void)state;
	fill(&b, "A\u202EB\u200BC\x1b[31mD");
	write_it(&b, "A\u202EB\u200BC\x1b[31mD", &s);
	assert_null(strstr(s.text, "\u202E"));
	assert_null(strstr(s.text, "\u200B"));
	assert_null(strchr(s.text, '\x1b'));
}

/* ---- by itself --------------------------------------------------------------- */

static void the_policy_takes_our_looks_alone(void **state)
{
	static struct sheet s;
	static struct board b;
	uint8_t sum[CRYPTO_HASH_SIZE];
	char hash[BASE64_CHARS(CRYPTO_HASH_SIZE) + 1];
	const char *from;
	const char *until;
	struct buf out;

	(void)state;
	fill(&b, "Thôn 3");
	write_it(&b, "Cẩm Khê", &s);
	from = strstr(s.text, "<style>");
	until = strstr(s.text, "</style>");
	assert_true(from && until);
	from += strlen("<style>");
	crypto_sha256(from, (size_t)(until - from), sum);
	buf_init(&out, hash, sizeof(hash));
	base64_write(&out, sum, sizeof(sum));
	assert_non_null(strstr(s.text, buf_text(&out)));
	assert_non_null(strstr(s.text, "default-src 'none'"));
	assert_int_equal(count(s.text, "<style"), 1);
}

static void nothing_is_asked_for_and_nothing_runs(void **state)
{
	static const char *const no[] = {"<script", "http:", "https:", "url(",
		"@import", "<img", "<link", "<iframe", "style=\"",
		"javascript:"};
	static struct sheet s;
	static struct board b;

	(void)state;
	fill(&b, "Thôn 3");
	write_it(&b, "Cẩm Khê", &s);
	for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++)
		assert_int_equal(count(s.text, no[i]), 0);
}

static void every_drawing_has_its_words(void **state)
{
	static struct sheet s;
	static struct board b;

	(void)state;
	fill(&b, "Thôn 3");
	b.hour[8] = (struct board_time){.payments = 4, .money = 2000000};
	write_it(&b, "Cẩm Khê", &s);
	assert_int_equal(count(s.text, "role=\"img\""),
		count(s.text, "aria-labelledby=\"d"));
	for (int i = 0; i < count(s.text, "role=\"img\""); i++) {
		char title[32];

		snprintf(title, sizeof(title), "<title id=\"d%d\">", i);
		assert_int_equal(count(s.text, title), 1);
	}
	/* The figures themselves stand beside it. */
	assert_non_null(strstr(s.text, "08:00 - 08:59</th><td class=\"n\">4<"));
}

static void no_list_is_a_page_too(void **state)
{
	static struct sheet s;
	static struct board b;

	(void)state;
	memset(&b, 0, sizeof(b));
	write_it(&b, "Cẩm Khê", &s);
	assert_non_null(strstr(s.text, "</html>"));
}

/* ---- labels ------------------------------------------------------------------ */

struct box {
	int left;
	int right;
	int y;
};

/* The texts of the drawings from *at on, to the end of the next one. */
static int read_texts(const char **at, struct box *box)
{
	const char *end = strstr(*at, "</svg>");
	int n = 0;

	for (const char *t = strstr(*at, "<text"); t && t < end;
		t = strstr(t + 1, "<text")) {
		char text[32] = "";
		int x;
		int y;

		assert_int_equal(sscanf(t, "<text x=\"%d\" y=\"%d\">%31[^<]",
					 &x, &y, text),
			3);
		assert_true(n < MOST_TEXTS);
		box[n].left = x - (int)strlen(text) * LETTER / 2;
		box[n].right = x + (int)strlen(text) * LETTER / 2;
		box[n++].y = y;
	}
	*at = end + 1;
	return n;
}

static void check_labels(const char *text)
{
	struct box box[MOST_TEXTS];
	const char *at = text;

	while ((at = strstr(at, "class=\"chart\"")) != NULL) {
		const int n = read_texts(&at, box);

		for (int i = 0; i < n; i++)
			for (int k = i + 1; k < n; k++)
				if (abs(box[i].y - box[k].y) < 12 &&
					box[i].left < box[k].right &&
					box[k].left < box[i].right)
					fail_msg("labels %d and %d of %d", i, k,
						n);
	}
}

static void labels_do_not_run_into_each_other(void **state)
{
	static struct sheet s;
	static struct board b;

	(void)state;
	for (int days = 1; days <= BOARD_DAYS; days++) {
		fill(&b, "Thôn 3");
		b.days = days;
		for (int i = 0; i < days; i++)
			b.day[i] = (struct board_day){.day = 20261001 + i % 28 +
							     100 * (i / 28),
				.time = {.payments = i % 7 ? 1234 - i : 0}};
		for (int h = 0; h < BOARD_HOURS; h++)
			b.hour[h].payments = days * 100 + h;
		write_it(&b, "Cẩm Khê", &s);
		check_labels(s.text);
	}
}

static void a_full_disk_fails_it(void **state)
{
	static struct sheet s;
	static struct board b;
	const struct board_html_info info = {.point = "A", .unit = ""};
	const struct paper_sink sink = {.ctx = &s, .put = put};
	struct err err = {0};

	(void)state;
	fill(&b, "Thôn 3");
	s.len = 0;
	s.most = 3000;
	assert_false(board_html_write(&b, &info, &sink, &err));
	assert_int_equal(err.code, ERR_FULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_text_and_nothing_else),
		cmocka_unit_test(nothing_of_a_name_moves_or_hides),
		cmocka_unit_test(the_policy_takes_our_looks_alone),
		cmocka_unit_test(nothing_is_asked_for_and_nothing_runs),
		cmocka_unit_test(every_drawing_has_its_words),
		cmocka_unit_test(no_list_is_a_page_too),
		cmocka_unit_test(labels_do_not_run_into_each_other),
		cmocka_unit_test(a_full_disk_fails_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
