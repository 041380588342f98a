/*
 * A scanner that plays keyboard, and people at the same keyboard: what the
 * loop would be given is played here with a clock of its own.
 */
#include "support/unit.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/utf8.h"
#include "terminal/flows/wedge.h"

#define CARD                                                                              \
	"001145000112|012345678|Nguyễn Thị Thử|02091945|Nữ|Thôn Mẫu, Xã Ví " \
	"Dụ, "                                                                          \
	"Thanh Oai, Hà Nội|15042021"

enum {
	OUT_SIZE = 8192,
	KEYS_MAX = 6000,
	START_MS = 5000
};

/* ---- the stage ---- */

struct stage {
	struct wedge wedge;
	long long us;        /* now */
	long long no_key_us; /* when the reader last saw that none waits */
	long long blind_us;  /* the reader sleeps until then */
	char out[OUT_SIZE];
	size_t len;
	int scans;
	struct scanned how;
	long long longest_ms; /* a key was held so long */
};

static void begin(struct stage *s)
{
	memset(s, 0, sizeof(*s));
	wedge_init(&s->wedge);
	s->us = START_MS * 1000LL;
	s->no_key_us = s->us;
}

static void say(struct stage *s, const char *text, size_t len)
{
	if (s->len + len < sizeof(s->out)) {
		memcpy(s->out + s->len, text, len);
		s->len += len;
	}
}

/* Keys as they are, scans in [ ], "<pasted>". */
static void hear(struct stage *s, const struct event *ev)
{
	char utf8[UTF8_MAX_BYTES];
	const long long ms = s->us / 1000 - ev->at_ms;

	switch (ev->kind) {
	case EV_SCAN:
		s->scans++;
		s->how = ev->scan.how;
		say(s, "[", 1);
		say(s, (const char *)ev->scan.bytes, ev->scan.len);
		say(s, "]", 1);
		break;
	case EV_PASTED:
		say(s, "<pasted>", 8);
		break;
	default:
		assert_int_equal(ev->kind, EV_KEY);
		if (ms > s->longest_ms)
			s->longest_ms = ms;
		if (ev->key == K_ACCEPT)
			say(s, "\n", 1);
		else if (ev->key == K_DOWN)
			say(s, "\t", 1);
		else if (ev->key == K_BACK)
			say(s, "\x1b", 1);
		else if (ev->key == K_UP)
			say(s, "\x02", 1);
		else
			say(s, utf8, utf8_encode((uint32_t)ev->key, utf8));
	}
}

static void take(struct stage *s)
{
	struct event ev;

	while (wedge_take(&s->wedge, s->no_key_us / 1000, &ev))
		hear(s, &ev);
}

/* Time passes without keys: the reader wakes only when it is due. */
static void wait_until(struct stage *s, long long us)
{
	long long due;

	while ((due = wedge_due(&s->wedge)) >= 0 && due * 1000 <= us) {
		if (due * 1000 > s->us)
			s->us = due * 1000;
		s->no_key_us = s->us;
		take(s);
	}
	if (us > s->us)
		s->us = us;
}

static int key_of(uint32_t ch)
{
	switch (ch) {
	case '\n':
		return K_ACCEPT;
	case '\t':
		return K_DOWN;
	case '\x1b':
		return K_BACK;
	case '\x02':
		return K_UP;
	case '\x03':
		return WEDGE_PASTE;
	case '\x04':
		return WEDGE_PASTE_END;
	default:
		return (int)ch;
	}
}

/* The reader wakes up and finds n keys. */
static void read_now(struct stage *s, const int *keys, int n)
{
	if (n == 0)
		return;
	wedge_read(&s->wedge, keys, n, s->no_key_us / 1000, s->us / 1000);
	s->no_key_us = s->us;
	take(s);
}

/* Keys typed every gap_us; the reader finds together of them at a time. */
static void play(struct stage *s, const char *text, long long gap_us,
	int together)
{
	int keys[KEYS_MAX];
	int n = 0;
	uint32_t ch;

	while ((ch = utf8_next(&text)) != 0) {
		if (together <= 1 || n == 0)
			wait_until(s, s->us + gap_us);
		else
			s->us += gap_us;
		assert_true(n < KEYS_MAX);
		keys[n++] = key_of(ch);
		if (n < together)
			continue;
		read_now(s, keys, n);
		n = 0;
	}
	read_now(s, keys, n);
}

static void rest(struct stage *s, int ms)
{
	wait_until(s, s->us + ms * 1000LL);
}

/* ---- rows ---- */

struct act {
	const char *keys; /* NULL: the end */
	int gap_us;
	int together; /* found by one read; 0: each alone */
	int rest_ms;  /* afterwards */
};

struct row {
	const char *name;
	struct act act[4];
	const char *out;
	enum scanned_end end;
};

#define ALL 6000
static struct row rows[] = {
	{"a card at 2.5 ms and ENTER is a scan and no key",
		{{CARD "\n", 2500, 0, 100}}, "[" CARD "]", SCANNED_END_ENTER},
	{"and so it is at 1 ms", {{CARD "\n", 1000, 0, 100}}, "[" CARD "]",
		SCANNED_END_ENTER},
	{"at 3 ms", {{CARD "\n", 3000, 0, 100}}, "[" CARD "]",
		SCANNED_END_ENTER},
	{"at 10 ms, as by Bluetooth", {{CARD "\n", 10000, 0, 100}},
		"[" CARD "]", SCANNED_END_ENTER},
	{"at 16 ms, the slowest there is", {{CARD "\n", 16000, 0, 100}},
		"[" CARD "]", SCANNED_END_ENTER},
	{"without an end it is over after a silence", {{CARD, 2500, 0, 100}},
		"[" CARD "]", SCANNED_END_NONE},
	{"Tab ends it, too", {{CARD "\t", 2500, 0, 100}}, "[" CARD "]",
		SCANNED_END_TAB},
	{"CR and LF are one end and no second ENTER",
		{{CARD "\n\n", 2500, 0, 100}}, "[" CARD "]", SCANNED_END_ENTER},
	{"an ENTER that comes late belongs to the scan",
		{{CARD, 2500, 0, 200}, {"\n", 0, 0, 100}}, "[" CARD "]",
		SCANNED_END_NONE},
	{"and one that comes much later is the user's",
		{{CARD, 2500, 0, 500}, {"\n", 0, 0, 100}}, "[" CARD "]\n",
		SCANNED_END_NONE},
	{"a key soon after a whole scan is the user's",
		{{CARD "\n", 2500, 0, 60}, {"1", 0, 0, 80}, {"\n", 0, 0, 100}},
		"[" CARD "]1\n", SCANNED_END_ENTER},
	{"two ends in a row, the second late",
		{{CARD "\n", 2500, 0, 150}, {"\n", 0, 0, 100}}, "[" CARD "]",
		SCANNED_END_ENTER},
	{"goods from a shop are a scan though no card",
		{{"8936036020038\n", 2500, 0, 100}}, "[8936036020038]",
		SCANNED_END_ENTER},
	{"one that begins with the same digit over and over",
		{{"00000000017\n", 2500, 0, 100}}, "[00000000017]",
		SCANNED_END_ENTER},
	{"a very short code is one if it is very fast",
		{{"123\n", 2500, 0, 100}}, "[123]", SCANNED_END_ENTER},
	{"a reader that wakes up late finds several at once",
		{{CARD "\n", 2500, 7, 100}}, "[" CARD "]", SCANNED_END_ENTER},
	{"and one that was busy for long", {{CARD "\n", 2500, 30, 100}},
		"[" CARD "]", SCANNED_END_ENTER},
	{"a card all at once is told by its shape", {{CARD "\n", 0, ALL, 100}},
		"[" CARD "]", SCANNED_END_ENTER},
	{"a receipt all at once",
		{{"CV1:129S-RZCJ-BYD8-9:0123456789\n", 0, ALL, 100}},
		"[CV1:129S-RZCJ-BYD8-9:0123456789]", SCANNED_END_ENTER},
	{"a link with an identifier in front",
		{{"]Q1https://example.org/a\n", 0, ALL, 100}},
		"[]Q1https://example.org/a]", SCANNED_END_ENTER},
	{"it halts for 40 ms after three keys",
		{{"001", 2500, 0, 38}, {"145000112|x|\n", 2500, 0, 100}},
		"[001145000112|x|]", SCANNED_END_ENTER},
	{"it halts for 50 ms in the middle",
		{{"001145000112|0123", 2500, 0, 47},
			{"45678|Nguyễn\n", 2500, 0, 100}},
		"[001145000112|012345678|Nguyễn]", SCANNED_END_ENTER},
	{"it halts for longer: neither half lands in a field",
		{{"001145000112|0123", 2500, 0, 120}, {"45\n", 2500, 0, 100}},
		"[001145000112|0123]", SCANNED_END_NONE},
	{"a cursor key inside is no cursor key",
		{{"001145000112|\x02|x|\n", 2500, 0, 100}},
		"[001145000112|?|x|]", SCANNED_END_ENTER},
	{"fields on lines of their own stay in one scan",
		{{"001145000112\n012345678\nAn\n02091945\nNam\nX\n", 2500, 0,
			100}},
		"[001145000112\n012345678\nAn\n02091945\nNam\nX]",
		SCANNED_END_ENTER},
	{"Alt and the digits of UTF-8's bytes",
		{{"NGUY\x1b\x30\x1b\x32\x1b\x32\x1b\x35\x1b\x30\x1b\x31\x1b\x38"
		  "\x1b\x37\x1b\x30\x1b\x31\x1b\x33\x1b\x33N\n",
			2500, 0, 100}},
		"[NGUYá»\xc2\x85"
		"N]",
		SCANNED_END_ENTER},
	{"Alt and the digits of a letter",
		{{"Nguy\x1b\x37\x1b\x38\x1b\x37\x1b\x37n\n", 2500, 0, 100}},
		"[Nguyễn]", SCANNED_END_ENTER},
	{"the Vietnamese layout has letters for digits",
		{{"đđăăô\u0300đđđăăâ|An|\n", 2500, 0, 100}},
		"[001145000112|An|]", SCANNED_END_ENTER},

	{"a person's word", {{"nguyen\n", 90000, 0, 100}}, "nguyen\n", 0},
	{"a person who types every 30 ms", {{"079085001234\n", 30000, 0, 100}},
		"079085001234\n", 0},
	{"and every 25 ms", {{"079085001234\n", 25000, 0, 100}},
		"079085001234\n", 0},
	{"two fingers at once", {{"th", 4000, 0, 80}, {"i ", 4000, 0, 80}},
		"thi ", 0},
	{"three fingers at once", {{"thi", 8000, 0, 80}}, "thi", 0},
	{"four in a row and rather fast", {{"4578", 9000, 0, 80}}, "4578", 0},
	{"typed ahead while the program was busy, PIN and ENTER",
		{{"246802\n", 80000, 7, 100}}, "246802\n", 0},
	{"twelve digits at once, as from another program",
		{{"079085001234\n", 0, ALL, 100}}, "079085001234\n", 0},
	{"a word that an input method sends at once",
		{{"nguyễn ", 0, ALL, 200}, {"thị ", 0, ALL, 100}},
		"nguyễn thị ", 0},
	{"a key held down, 33 ms", {{"1111111111", 33000, 0, 100}},
		"1111111111", 0},
	{"a key held down, 10 ms, never is a scan",
		{{"11111111111111111111", 10000, 0, 100}},
		"11111111111111111111", 0},
	{"ENTER held down", {{"\n\n\n\n\n\n\n", 30000, 0, 100}},
		"\n\n\n\n\n\n\n", 0},
	{"ENTER held down, 5 ms", {{"\n\n\n\n\n\n\n", 5000, 0, 100}},
		"\n\n\n\n\n\n\n", 0},
	{"cursor keys wait for nothing", {{"\x02\x02\t\t", 3000, 0, 0}},
		"\x02\x02\t\t", 0},
	{"keys, and then a scan",
		{{"4578", 60000, 0, 100}, {CARD "\n", 2500, 0, 100}},
		"4578[" CARD "]", SCANNED_END_ENTER},
	{"a scan, and then keys",
		{{CARD "\n", 2500, 0, 400}, {"12\n", 100000, 0, 100}},
		"[" CARD "]12\n", SCANNED_END_ENTER},
	{"two scans, half a second between",
		{{"8936036020038\n", 2500, 0, 500},
			{"8936036020039\n", 2500, 0, 100}},
		"[8936036020038][8936036020039]", SCANNED_END_ENTER},

	{"what the terminal marks as pasted is neither",
		{{"\x03" CARD "\n\x04", 0, ALL, 100}}, "<pasted>", 0},
	{"and so it is when it comes in pieces",
		{{"\x03" CARD "\n\x04", 1000, 10, 100}, {"1", 0, 0, 100}},
		"<pasted>1", 0},
	{"a paste without an end is over, too",
		{{"\x03"
		  "abc\n",
			 1000, 10, 700},
			{"1", 0, 0, 100}},
		"<pasted>1", 0},
	{"an end without a paste is nothing",
		{{"\x04"
		  "1",
			100000, 0, 100}},
		"1", 0},
	{"a sentence pasted at once into an old terminal is typed",
		{{"Thôn 3, xã Cẩm Khê\n", 0, ALL, 100}}, "Thôn 3, xã Cẩm Khê\n",
		0},
	{"held keys come before a paste",
		{{"12", 15000, 0, 0}, {"\x03x\x04", 0, ALL, 100}}, "12<pasted>",
		0},
};

static void row_comes_out_as_it_says(void **state)
{
	const struct row *r = *state;
	struct stage s;

	begin(&s);
	for (const struct act *a = r->act; a->keys; a++) {
		play(&s, a->keys, a->gap_us, a->together);
		rest(&s, a->rest_ms);
	}
	rest(&s, 1000);
	s.out[s.len] = '\0';
	assert_string_equal(s.out, r->out);
	if (s.scans > 0) {
		assert_int_equal(s.how.end, r->end);
		assert_int_equal(s.how.by, SCANNED_BY_KEYS);
	}
	assert_int_equal(wedge_due(&s.wedge), -1);
}

/* ---- what holds for anything ---- */

static unsigned next_random(unsigned *seed, unsigned below)
{
	*seed = *seed * 1103515245 + 12345;
	return (*seed >> 8) % below;
}

/* Letters, digits, blanks; never twice the same in a row at the start. */
static void random_text(unsigned *seed, int n, char *out)
{
	static const char letters[] =
		"0123456789abcdefghijklmnopqrstuvwxyz |,./NTVX";

	for (int i = 0; i < n; i++) {
		out[i] = letters[next_random(seed, sizeof(letters) - 1)];
		if (i > 0 && i < 6 && out[i] == out[i - 1])
			i--;
	}
	out[n] = '\0';
}

/* Any text that a machine types: one scan, every byte of it, and no key. */
static void a_machine_never_presses_a_key(void **state)
{
	unsigned seed = 4;

	(void)state;
	for (int round = 0; round < 2000; round++) {
		const int n = 6 + (int)next_random(&seed, 150);
		const int gap_us = 400 + (int)next_random(&seed, 15000);
		char text[256];
		char expected[260];
		struct stage s;

		random_text(&seed, n, text);
		/* Blanks at the end are not cut here, but ENTER is. */
		snprintf(expected, sizeof(expected), "[%s]", text);
		text[n] = '\n';
		text[n + 1] = '\0';
		begin(&s);
		play(&s, text, gap_us, 0);
		rest(&s, 400);
		s.out[s.len] = '\0';
		assert_string_equal(s.out, expected);
	}
}

/* The reader is late by up to 15 ms, as on a busy machine: the same. */
static void a_late_reader_sees_the_same(void **state)
{
	unsigned seed = 7;

	(void)state;
	for (int round = 0; round < 500; round++) {
		const int gap_us = 1000 + (int)next_random(&seed, 2000);
		struct stage s;
		const char *rest_of = CARD "\n";
		int keys[16];

		begin(&s);
		while (*rest_of) {
			const int n = 1 + (int)next_random(&seed, 6);
			int got = 0;

			for (; got < n && *rest_of; got++) {
				keys[got] = key_of(utf8_next(&rest_of));
				s.us += gap_us;
			}
			read_now(&s, keys, got);
		}
		rest(&s, 400);
		s.out[s.len] = '\0';
		assert_string_equal(s.out, "[" CARD "]");
	}
}

/* People: every key, in order, and soon. */
static void a_person_never_scans(void **state)
{
	unsigned seed = 11;
	long long longest = 0;

	(void)state;
	for (int round = 0; round < 2000; round++) {
		char text[64];
		struct stage s;
		int fast = 0;

		random_text(&seed, 40, text);
		begin(&s);
		for (const char *c = text; *c; c++) {
			const char one[2] = {*c, '\0'};
			/* Now and then three fingers are together, no more. */
			const bool soon =
				fast < 2 && next_random(&seed, 6) == 0;

			fast = soon ? fast + 1 : 0;
			play(&s, one,
				soon ? 1000 + next_random(&seed, 12000)
				     : 28000 + next_random(&seed, 300000),
				0);
		}
		rest(&s, 400);
		s.out[s.len] = '\0';
		assert_string_equal(s.out, text);
		if (s.longest_ms > longest)
			longest = s.longest_ms;
	}
	assert_in_range(longest, WEDGE_GAP_MS, WEDGE_LONGEST_MS);
}

/* The figures of the header, of people who type evenly. */
static void keys_are_held_as_long_as_it_says(void **state)
{
	static const int gaps_ms[] = {21, 25, 30, 35, 60, 200};
	struct stage s;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(gaps_ms); i++) {
		begin(&s);
		play(&s, "nguyen thi dep 079085001234", gaps_ms[i] * 1000LL, 0);
		rest(&s, 400);
		assert_int_equal(s.scans, 0);
		assert_int_equal(s.longest_ms, WEDGE_GAP_MS);
	}
	begin(&s);
	play(&s, "th", 15000, 0);
	rest(&s, 400);
	assert_int_equal(s.longest_ms, WEDGE_HOLD_MS);
}

static void T46_more_than_any_code_is_said_to_be_too_long(void **state)
{
	static char text[KEYS_MAX];
	struct stage s;
	struct event ev;

	(void)state;
	for (int i = 0; i < KEYS_MAX - 1; i++)
		text[i] = (char)('0' + i % 10);
	begin(&s);
	play(&s, text, 1000, 0);
	rest(&s, 10);
	s.no_key_us = s.us + 100000;
	assert_true(wedge_take(&s.wedge, s.no_key_us / 1000, &ev));
	assert_int_equal(ev.kind, EV_SCAN);
	assert_int_equal(ev.scan.len, IDCARD_MAX_BYTES + 1);
	assert_false(wedge_take(&s.wedge, s.no_key_us / 1000, &ev));
}

static void T46_more_than_any_code_at_once_is_a_paste(void **state)
{
	static char text[KEYS_MAX];
	struct stage s;

	(void)state;
	for (int i = 0; i < KEYS_MAX - 1; i++)
		text[i] = (char)('0' + i % 10);
	begin(&s);
	play(&s, text, 0, KEYS_MAX);
	rest(&s, 100);
	s.out[s.len] = '\0';
	assert_string_equal(s.out, "<pasted>");
}

/* [scanner] keyboard = no: no key waits, nothing is a scan; pastes are. */
static void where_no_scanner_types_keys_are_keys_at_once(void **state)
{
	struct stage s;

	(void)state;
	begin(&s);
	s.wedge.off = true;
	play(&s, "8936036020038\n", 2500, 0);
	play(&s,
		"\x03"
		"12\x04",
		0, ALL);
	s.out[s.len] = '\0';
	assert_string_equal(s.out, "8936036020038\n<pasted>");
	assert_int_equal(s.longest_ms, 0);
	wedge_clear(&s.wedge);
	assert_true(s.wedge.off);
}

static void what_was_typed_before_a_change_is_forgotten(void **state)
{
	struct stage s;
	const struct wedge *w = &s.wedge;

	(void)state;
	begin(&s);
	play(&s, "12", 5000, 0);
	wedge_clear(&s.wedge);
	rest(&s, 400);
	assert_int_equal(s.len, 0);
	for (int i = 0; i < WEDGE_MAX; i++)
		assert_int_equal(w->key[i], 0);
}

static void nothing_of_a_card_is_kept(void **state)
{
	struct stage s;

	(void)state;
	begin(&s);
	play(&s, CARD "\n", 2500, 0);
	rest(&s, 400);
	assert_int_equal(s.scans, 1);
	assert_null(memmem(&s.wedge, sizeof(s.wedge), "001145000112", 12));
	for (int i = 0; i < WEDGE_MAX; i++)
		assert_int_equal(s.wedge.key[i], 0);
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows) + 9];
	size_t n = 0;
	const struct CMUnitTest others[] = {
		cmocka_unit_test(a_machine_never_presses_a_key),
		cmocka_unit_test(a_late_reader_sees_the_same),
		cmocka_unit_test(a_person_never_scans),
		cmocka_unit_test(keys_are_held_as_long_as_it_says),
		cmocka_unit_test(T46_more_than_any_code_is_said_to_be_too_long),
		cmocka_unit_test(T46_more_than_any_code_at_once_is_a_paste),
		cmocka_unit_test(where_no_scanner_types_keys_are_keys_at_once),
		cmocka_unit_test(what_was_typed_before_a_change_is_forgotten),
		cmocka_unit_test(nothing_of_a_card_is_kept),
	};

	UNIT_ADD_ROWS(tests, &n, rows, row_comes_out_as_it_says);
	for (size_t i = 0; i < COUNT_OF(others); i++)
		tests[n++] = others[i];
	return _cmocka_run_group_tests("wedge", tests, n, NULL, NULL);
}
