/*
 * What all scanners have in common: where a code ends, what is cut off, what
 * is a double scan, what is too long. Bytes come from the fake, piece by
 * piece, with a clock of the test's.
 */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "drivers/scanner/scanner_fake.h"

#define CARD \
	"001145000112|012345678|Nguyễn Thị Thử|02091945|Nữ|Thôn Mẫu|15042021"

enum {
	STEPS = 6,
	OUT_SIZE = 512,
	LONG = 5000
};

struct step {
	int ms;            /* after the one before */
	const char *bytes; /* read then; NULL: nothing is there, only time */
};

struct row {
	const char *name;
	struct scanner_settings settings;
	struct step step[STEPS];
	const char *out; /* codes in [ ] */
	const char *aim; /* of the last; NULL: "" */
	enum scanned_end end;
};

static struct row rows[] = {
	{"CR ends it", {0}, {{1, CARD "\r"}, {21, NULL}}, "[" CARD "]", NULL,
		SCANNED_END_CR},
	{"LF ends it", {0}, {{1, CARD "\n"}, {21, NULL}}, "[" CARD "]", NULL,
		SCANNED_END_LF},
	{"CR LF ends it once", {0}, {{1, CARD "\r\n"}, {21, NULL}},
		"[" CARD "]", NULL, SCANNED_END_CRLF},
	{"Tab ends it", {0}, {{1, CARD "\t"}, {21, NULL}}, "[" CARD "]", NULL,
		SCANNED_END_TAB},
	{"silence ends it", {0}, {{1, CARD}, {101, NULL}}, "[" CARD "]", NULL,
		SCANNED_END_NONE},
	{"not too early", {0}, {{1, CARD}, {90, NULL}}, "", NULL, 0},
	{"packets of 20 bytes with pauses", {0},
		{{1, "001145000112|0123456"}, {16, "78|Nguyễn Thị"}, {30, NULL},
			{30, " Thử|02091945|Nữ|Thôn Mẫu|15042021"}, {4, "\r"},
			{21, NULL}},
		"[" CARD "]", NULL, SCANNED_END_CR},
	{"a letter cut between two packets", {0},
		{{1, "Nguy\xe1\xbb"}, {8, "\x85n\r"}, {21, NULL}}, "[Nguyễn]",
		NULL, SCANNED_END_CR},
	{"fields on lines of their own are one code", {0},
		{{1, "001145000112\r012345678\rAn\r"}, {5, "Nam\r"},
			{21, NULL}},
		"[001145000112\r012345678\rAn\rNam]", NULL, SCANNED_END_CR},
	{"CR set: each line is a code", {.suffix = SCANNER_SUFFIX_CR},
		{{1, "one\rtwo\rthree"}, {5, "\r"}}, "[one][two][three]", NULL,
		SCANNED_END_CR},
	{"CR set and CR LF sent: no empty code between",
		{.suffix = SCANNER_SUFFIX_CR}, {{1, "one\r\ntwo\r\n"}},
		"[one][two]", NULL, SCANNED_END_CR},
	{"CR LF set: a lone CR is inside", {.suffix = SCANNER_SUFFIX_CRLF},
		{{1, "a\rb\r"}, {3, "\nc\r\n"}}, "[a\rb][c]", NULL,
		SCANNED_END_CRLF},
	{"LF set", {.suffix = SCANNER_SUFFIX_LF}, {{1, "one\ntwo\n"}},
		"[one][two]", NULL, SCANNED_END_LF},
	{"Tab set", {.suffix = SCANNER_SUFFIX_TAB}, {{1, "one\ttwo\t"}},
		"[one][two]", NULL, SCANNED_END_TAB},
	{"Tab set and never sent: silence ends it all the same",
		{.suffix = SCANNER_SUFFIX_TAB}, {{1, "one"}, {101, NULL}},
		"[one]", NULL, SCANNED_END_NONE},
	{"none set: a line end is part of the code",
		{.suffix = SCANNER_SUFFIX_NONE}, {{1, "one\r\n"}, {101, NULL}},
		"[one\r\n]", NULL, SCANNED_END_NONE},
	{"a silence of one's own", {.silence_ms = 300},
		{{1, "o"}, {200, "ne"}, {301, NULL}}, "[one]", NULL,
		SCANNED_END_NONE},
	{"a reader who comes late does not cut it in two", {0},
		{{1, "001145000112|"}, {900, "012345678\r"}, {21, NULL}},
		"[001145000112|012345678]", NULL, SCANNED_END_CR},
	{"]Q1 is told and cut off", {0}, {{1, "]Q1" CARD "\r"}, {21, NULL}},
		"[" CARD "]", "]Q1", SCANNED_END_CR},
	{"]C1 of a bar code", {0}, {{1, "]C1HT2123456\r"}, {21, NULL}},
		"[HT2123456]", "]C1", SCANNED_END_CR},
	{"] alone is text", {0}, {{1, "]?1abc\r"}, {21, NULL}}, "[]?1abc]",
		NULL, SCANNED_END_CR},
	{"a prefix is cut off", {.prefix = "~~"}, {{1, "~~abc\r"}, {21, NULL}},
		"[abc]", NULL, SCANNED_END_CR},
	{"prefix and identifier", {.prefix = "~"},
		{{1, "~]Q1abc\r"}, {21, NULL}}, "[abc]", "]Q1", SCANNED_END_CR},
	{"identifier and prefix", {.prefix = "~"},
		{{1, "]Q1~abc\r"}, {21, NULL}}, "[abc]", "]Q1", SCANNED_END_CR},
	{"no prefix where one is set", {.prefix = "~"},
		{{1, "abc\r"}, {21, NULL}}, "[abc]", NULL, SCANNED_END_CR},
	{"a double scan is one", {0},
		{{1, "abc\r"}, {25, NULL}, {300, "abc\r"}, {25, NULL}}, "[abc]",
		NULL, SCANNED_END_CR},
	{"a code that lies under the beam is one, however long", {0},
		{{1, "abc\r"}, {25, NULL}, {400, "abc\r"}, {25, NULL},
			{400, "abc\r"}, {25, NULL}},
		"[abc]", NULL, SCANNED_END_CR},
	{"the same after half a second is another scan", {0},
		{{1, "abc\r"}, {25, NULL}, {600, "abc\r"}, {25, NULL}},
		"[abc][abc]", NULL, SCANNED_END_CR},
	{"another code comes at once", {0},
		{{1, "abc\r"}, {25, NULL}, {50, "abd\r"}, {25, NULL}},
		"[abc][abd]", NULL, SCANNED_END_CR},
	{"blanking may be off", {.blank_ms = -1},
		{{1, "abc\r"}, {25, NULL}, {50, "abc\r"}, {25, NULL}},
		"[abc][abc]", NULL, SCANNED_END_CR},
	{"line ends alone are nothing", {0}, {{1, "\r\n\r\n"}, {200, NULL}}, "",
		NULL, 0},
	{"a prefix alone is nothing", {.prefix = "~"},
		{{1, "~\r"}, {200, NULL}}, "", NULL, 0},
	{"control characters stay for the card's parser to refuse", {0},
		{{1, "a\x1d\x1b[2Jb\r"}, {21, NULL}}, "[a\x1d\x1b[2Jb]", NULL,
		SCANNED_END_CR},
};

struct heard {
	char out[OUT_SIZE];
	struct scanner_code last;
	int codes;
};

static enum lookup hear(struct scanner *s, long long now, struct heard *h)
{
	struct err err = {0};
	enum lookup found;

	while ((found = scanner_take(s, now, &h->last, &err)) == LOOKUP_FOUND) {
		const size_t at = strlen(h->out);

		h->codes++;
		snprintf(h->out + at, sizeof(h->out) - at, "[%.*s]",
			(int)h->last.len, (const char *)h->last.bytes);
	}
	return found;
}

static void a_code_is_framed(void **state)
{
	const struct row *r = *state;
	struct scanner_fake fake;
	struct scanner *s = scanner_fake_init(&fake, &r->settings);
	struct heard h = {0};
	long long now = 1000;

	for (int i = 0; i < STEPS && r->step[i].ms > 0; i++) {
		struct scanner_piece piece = {0};
		const char *bytes = r->step[i].bytes;

		now += r->step[i].ms;
		if (bytes) {
			piece.len = strlen(bytes);
			memcpy(piece.bytes, bytes, piece.len);
			scanner_fake_give(&fake, &piece, 1);
		}
		assert_int_equal(hear(s, now, &h), LOOKUP_ABSENT);
	}
	assert_string_equal(h.out, r->out);
	if (!*r->out)
		return;
	assert_string_equal(h.last.how.aim, r->aim ? r->aim : "");
	assert_int_equal(h.last.how.end, r->end);
	assert_int_equal(h.last.how.by, SCANNED_BY_SERIAL);
	assert_string_equal(h.last.how.device, "fake0");
}

static void it_says_when_to_look_again(void **state)
{
	struct scanner_fake fake;
	struct scanner *s = scanner_fake_init(&fake, NULL);
	struct scanner_piece piece = {.bytes = "abc", .len = 3};
	struct heard h = {0};

	(void)state;
	assert_int_equal(scanner_due(s), -1);
	scanner_fake_give(&fake, &piece, 1);
	hear(s, 1000, &h);
	assert_int_equal(scanner_due(s), 1000 + SCANNER_SILENCE_MS);
	piece = (struct scanner_piece){.bytes = "\r", .len = 1};
	scanner_fake_give(&fake, &piece, 1);
	hear(s, 1010, &h);
	assert_int_equal(scanner_due(s), 1030);
	hear(s, 1030, &h);
	assert_string_equal(h.out, "[abc]");
	assert_int_equal(h.last.how.ms, 10);
	assert_int_equal(h.last.how.pieces, 2);
	assert_int_equal(h.last.how.longest, 10);
	assert_int_equal(scanner_due(s), -1);
}

/* As many bytes as wanted, in pieces. */
static void pour(struct scanner_fake *f, size_t len, long long *now,
	struct heard *h)
{
	struct scanner_piece piece = {.len = 100};

	memset(piece.bytes, '7', sizeof(piece.bytes));
	for (; len > 0; len -= piece.len) {
		piece.len = len < 100 ? len : 100;
		scanner_fake_give(f, &piece, 1);
		hear(&f->base, ++*now, h);
	}
}

static void T46_too_long_is_said_once_and_the_rest_goes_by(void **state)
{
	struct scanner_fake fake;
	struct scanner *s = scanner_fake_init(&fake, NULL);
	struct scanner_piece good = {.bytes = "abc\r", .len = 4};
	struct heard h = {0};
	long long now = 1000;

	(void)state;
	pour(&fake, 7089, &now, &h);
	assert_int_equal(h.codes, 1);
	assert_int_equal(h.last.len, SCANNER_MAX_BYTES + 1);
	hear(s, now + 200, &h);
	assert_int_equal(h.codes, 1);
	scanner_fake_give(&fake, &good, 1);
	hear(s, now + 300, &h);
	hear(s, now + 330, &h);
	assert_int_equal(h.codes, 2);
	assert_memory_equal(h.last.bytes, "abc", h.last.len);
}

static void T46_just_as_long_as_may_be(void **state)
{
	struct scanner_fake fake;
	struct scanner *s = scanner_fake_init(&fake, NULL);
	struct heard h = {0};
	long long now = 1000;

	(void)state;
	pour(&fake, SCANNER_MAX_BYTES, &now, &h);
	hear(s, now + 200, &h);
	assert_int_equal(h.codes, 1);
	assert_int_equal(h.last.len, SCANNER_MAX_BYTES);
}

static void T53_one_that_sends_without_end_is_broken(void **state)
{
	static struct scanner_piece piece = {.len = SCANNER_PIECE_SIZE};
	struct scanner_fake fake;
	struct scanner *s = scanner_fake_init(&fake, NULL);
	struct heard h = {0};
	enum lookup found = LOOKUP_ABSENT;
	int calls = 0;

	(void)state;
	memset(piece.bytes, '7', sizeof(piece.bytes));
	scanner_fake_give(&fake, &piece, 1);
	fake.endless = true;
	while (found == LOOKUP_ABSENT && calls++ < 1000)
		found = hear(s, 1000 + calls, &h);
	assert_int_equal(found, LOOKUP_FAILED);
	assert_int_equal(h.codes, 1); /* "too long" */
	/* The keys had their turn in between. */
	assert_true(calls > 2);
}

static struct scanner_piece report(const char *bytes, bool more)
{
	struct scanner_piece p = {.framed = true, .more = more, .aim = "]Q1"};

	p.len = strlen(bytes);
	memcpy(p.bytes, bytes, p.len);
	return p;
}

/* A second code a millisecond, or one that says more than it has. */
static void T53_codes_without_end_are_broken(void **state)
{
	struct scanner_piece piece = report("abc", false);
	struct scanner_fake fake;
	struct scanner *s = scanner_fake_init(&fake, NULL);
	struct heard h = {0};
	enum lookup found = LOOKUP_ABSENT;
	int ms = 0;

	(void)state;
	while (found != LOOKUP_FAILED && ++ms < 2000) {
		piece.bytes[0] = (uint8_t)('a' + ms % 3);
		piece.broken = ms % 4 == 0;
		scanner_fake_give(&fake, &piece, 1);
		found = hear(s, 1000 + ms, &h);
	}
	assert_int_equal(found, LOOKUP_FAILED);
	assert_in_range(h.codes, 500, 600);
}

/* A slow screen never sees the end of them, however few they are a second. */
static void T53_codes_that_never_pause_are_broken(void **state)
{
	const struct scanner_piece piece = report("abc", false);
	struct scanner_fake fake;
	struct scanner *s = scanner_fake_init(&fake, NULL);
	struct heard h = {0};
	enum lookup found = LOOKUP_ABSENT;
	int calls = 0;

	(void)state;
	scanner_fake_give(&fake, &piece, 1);
	fake.endless = true;
	while (found == LOOKUP_ABSENT && calls++ < 100)
		found = hear(s, 1000 + 5000LL * calls, &h);
	assert_int_equal(found, LOOKUP_FAILED);
	assert_in_range(calls, 2, 4);
}

/* Some read what lies before them 20 times a second. */
static void a_card_left_under_the_beam_is_none_of_these(void **state)
{
	struct scanner_piece piece = report("abc", false);
	struct scanner_fake fake;
	struct scanner *s = scanner_fake_init(&fake, NULL);
	struct heard h = {0};

	(void)state;
	for (int n = 0; n < 2000; n++) {
		scanner_fake_give(&fake, &piece, 1);
		assert_int_equal(hear(s, 1000 + 50 * n, &h), LOOKUP_ABSENT);
	}
	assert_int_equal(h.codes, 1);
}

static void reports_are_put_together(void **state)
{
	const struct scanner_piece pieces[] = {report("001145000112|", true),
		report("012345678|An", true), report("|02091945", false),
		report("abc\r", false), report("", false)};
	struct scanner_fake fake;
	struct scanner *s = scanner_fake_init(&fake, NULL);
	struct heard h = {0};

	(void)state;
	scanner_fake_give(&fake, pieces, COUNT_OF(pieces));
	assert_int_equal(hear(s, 1000, &h), LOOKUP_ABSENT);
	assert_string_equal(h.out, "[001145000112|012345678|An|02091945][abc]");
	assert_int_equal(h.last.how.end, SCANNED_END_REPORT);
	assert_string_equal(h.last.how.aim, "]Q1");
}

static void an_empty_last_report_ends_the_code(void **state)
{
	const struct scanner_piece pieces[] = {report("abc", true),
		report("", false)};
	struct scanner_fake fake;
	struct scanner *s = scanner_fake_init(&fake, NULL);
	struct heard h = {0};

	(void)state;
	scanner_fake_give(&fake, pieces, COUNT_OF(pieces));
	hear(s, 1000, &h);
	assert_string_equal(h.out, "[abc]");
}

/* Half a card could be somebody else's whole one. */
static void a_report_that_never_comes_loses_the_code(void **state)
{
	const struct scanner_piece first = report(CARD, true);
	struct scanner_fake fake;
	struct scanner *s = scanner_fake_init(&fake, NULL);
	struct heard h = {0};

	(void)state;
	scanner_fake_give(&fake, &first, 1);
	hear(s, 1000, &h);
	hear(s, 1400, &h);
	assert_int_equal(h.codes, 0);
	hear(s, 1600, &h);
	assert_int_equal(h.codes, 1);
	assert_int_equal(h.last.len, 0);
}

static void a_report_that_lies_loses_the_code(void **state)
{
	struct scanner_piece pieces[] = {report("001145000112|", true),
		report("", false), report("abc", false)};
	struct scanner_fake fake;
	struct scanner *s = scanner_fake_init(&fake, NULL);
	struct heard h = {0};

	(void)state;
	pieces[1].broken = true;
	scanner_fake_give(&fake, pieces, COUNT_OF(pieces));
	hear(s, 1000, &h);
	assert_string_equal(h.out, "[][abc]");
}

static void faults_come_through_and_it_can_be_closed(void **state)
{
	static const enum err_code codes[] = {ERR_GONE, ERR_IO};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(codes); i++) {
		struct scanner_fake fake;
		struct scanner *s = scanner_fake_init(&fake, NULL);
		const struct scanner_piece piece = {.bytes = "abc", .len = 3};
		struct scanner_code code;
		struct err err = {0};

		scanner_fake_give(&fake, &piece, 1);
		fake.fault.in_reads = 2;
		fake.fault.code = codes[i];
		assert_int_equal(scanner_take(s, 1, &code, &err),
			LOOKUP_FAILED);
		assert_int_equal(err.code, codes[i]);
		assert_non_null(strstr(err.text, "fake0"));
		scanner_close(s);
		assert_int_equal(fake.closed, 1);
	}
	scanner_close(NULL);
}

static void nothing_of_a_card_is_kept(void **state)
{
	struct scanner_fake fake;
	struct scanner *s = scanner_fake_init(&fake, NULL);
	struct scanner_piece piece = {.bytes = CARD "\r", .len = sizeof(CARD)};
	struct heard h = {0};

	(void)state;
	scanner_fake_give(&fake, &piece, 1);
	hear(s, 1000, &h);
	hear(s, 1100, &h);
	assert_int_equal(h.codes, 1);
	assert_null(memmem(s, sizeof(*s), "001145000112", 12));
}

int main(void)
{
	const struct CMUnitTest others[] = {
		cmocka_unit_test(it_says_when_to_look_again),
		cmocka_unit_test(
			T46_too_long_is_said_once_and_the_rest_goes_by),
		cmocka_unit_test(T46_just_as_long_as_may_be),
		cmocka_unit_test(T53_one_that_sends_without_end_is_broken),
		cmocka_unit_test(T53_codes_without_end_are_broken),
		cmocka_unit_test(T53_codes_that_never_pause_are_broken),
		cmocka_unit_test(a_card_left_under_the_beam_is_none_of_these),
		cmocka_unit_test(reports_are_put_together),
		cmocka_unit_test(an_empty_last_report_ends_the_code),
		cmocka_unit_test(a_report_that_never_comes_loses_the_code),
		cmocka_unit_test(a_report_that_lies_loses_the_code),
		cmocka_unit_test(faults_come_through_and_it_can_be_closed),
		cmocka_unit_test(nothing_of_a_card_is_kept),
	};
	struct CMUnitTest tests[COUNT_OF(rows) + COUNT_OF(others)];
	size_t n = 0;

	UNIT_ADD_ROWS(tests, &n, rows, a_code_is_framed);
	for (size_t i = 0; i < COUNT_OF(others); i++)
		tests[n++] = others[i];
	return _cmocka_run_group_tests("scanner", tests, n, NULL, NULL);
}
