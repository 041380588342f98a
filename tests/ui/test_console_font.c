/*
 * The fonts for setfont (assets/mkpsf.c), read back: every letter that the
 * program can write is in them, each is unlike all others, and the kernel's
 * own rules hold.
 */
#include "support/unit.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/utf8.h"
#include "terminal/ui/plain.h"

enum {
	GLYPHS = 256,
	HEADER = 32,
	FILE_MAX = 65536,
	PO_MAX = 1 << 20,
	CHARS = 0x10000
};

struct psf {
	unsigned width;
	unsigned height;
	unsigned bytes; /* of a glyph */
	size_t len;
	int place[CHARS]; /* of a character; -1: none */
	unsigned char file[FILE_MAX];
};

static unsigned number(const struct psf *f, size_t at)
{
	return f->file[at] | (unsigned)f->file[at + 1] << 8 |
	       (unsigned)f->file[at + 2] << 16 |
	       (unsigned)f->file[at + 3] << 24;
}

static const unsigned char *glyph(const struct psf *f, int place)
{
	return f->file + HEADER + (size_t)place * f->bytes;
}

static bool dot(const struct psf *f, int place, unsigned y, unsigned x)
{
	return glyph(f, place)[y * ((f->width + 7) / 8) + x / 8] >>
		       (7 - x % 8) &
	       1;
}

static void read_file(struct psf *f, const char *size)
{
	const char *build = getenv("BUILD");
	char path[256];
	FILE *in;

	snprintf(path, sizeof(path), "%s/console/chitra-%s.psf",
		build ? build : "build/debug", size);
	in = fopen(path, "rb");
	if (!in)
		fail_msg("%s is missing", path);
	f->len = fread(f->file, 1, sizeof(f->file), in);
	fclose(in);
	assert_true(f->len > HEADER && f->len < sizeof(f->file));
}

/* After the glyphs: for each its characters, and 0xff. */
static void read_table(struct psf *f)
{
	const unsigned char *at = glyph(f, GLYPHS);
	const unsigned char *const end = f->file + f->len;

	for (int i = 0; i < CHARS; i++)
		f->place[i] = -1;
	for (int place = 0; place < GLYPHS; place++) {
		while (at < end && *at != 0xff) {
			size_t used;
			const uint32_t ch = utf8_decode((const char *)at,
				(size_t)(end - at), &used);

			/* The sign for what is missing is itself in it. */
			assert_true(ch != UTF8_BAD || used == 3);
			assert_true(ch > 0 && ch < CHARS);
			assert_int_equal(f->place[ch], -1); /* only once */
			f->place[ch] = place;
			at += used;
		}
		assert_true(at < end);
		at++;
	}
	assert_ptr_equal(at, end);
}

static struct psf *read_font(const char *size)
{
	static struct psf f;

	memset(&f, 0, sizeof(f));
	read_file(&f, size);
	assert_int_equal(number(&f, 0), 0x864ab572);
	assert_int_equal(number(&f, 4), 0);
	assert_int_equal(number(&f, 8), HEADER);
	assert_int_equal(number(&f, 12), 1);
	assert_int_equal(number(&f, 16), GLYPHS);
	f.bytes = number(&f, 20);
	f.height = number(&f, 24);
	f.width = number(&f, 28);
	assert_int_equal(f.bytes, f.height * ((f.width + 7) / 8));
	assert_true(HEADER + GLYPHS * f.bytes < f.len);
	read_table(&f);
	return &f;
}

struct row {
	const char *name;
	const char *size;
	unsigned width;
	unsigned height;
};

static struct row rows[] = {
	{"the font of the paper", "12x24", 12, 24},
	{"big, for any kernel", "16x32", 16, 32},
	{"twice as big", "24x48", 24, 48},
};

static void is_a_font(const struct row *row, const struct psf *f)
{
	assert_int_equal(f->width, row->width);
	assert_int_equal(f->height, row->height);
	/* The kernel erases with 32, and programs that know no table write
	 * ASCII by its own numbers. */
	for (unsigned i = 0; i < f->bytes; i++)
		assert_int_equal(glyph(f, ' ')[i], 0);
	for (int ch = ' '; ch < 0x7f; ch++)
		assert_int_equal(f->place[ch], ch);
}

static void has_what_views_may_use(const struct psf *f)
{
	int letters = 0;

	for (uint32_t ch = 0; ch < CHARS; ch++) {
		if (!plain_in_font(ch))
			continue;
		if (f->place[ch] < 0)
			fail_msg("U+%04X is missing", (unsigned)ch);
		letters++;
	}
	assert_in_range(letters, 95 + 134, GLYPHS);
}

/* Also what is shown of others' names, as long as it is no new letter. */
static void has_what_texts_use(const struct psf *f)
{
	static char text[PO_MAX];
	struct dirent *entry;
	DIR *dir = opendir("assets/locale/vi");
	int files = 0;

	assert_non_null(dir);
	while ((entry = readdir(dir))) {
		const char *at = text;
		char path[512];
		size_t len;
		FILE *in;

		if (!strstr(entry->d_name, ".po"))
			continue;
		snprintf(path, sizeof(path), "assets/locale/vi/%s",
			entry->d_name);
		in = fopen(path, "rb");
		assert_non_null(in);
		len = fread(text, 1, sizeof(text) - 1, in);
		fclose(in);
		assert_in_range(len, 1, sizeof(text) - 2);
		text[len] = '\0';
		while (*at) {
			const uint32_t ch = utf8_next(&at);

			if (ch != '\n' && ch != '\t' &&
				(ch >= CHARS || f->place[ch] < 0))
				fail_msg("%s: U+%04X is missing", path,
					(unsigned)ch);
		}
		files++;
	}
	closedir(dir);
	assert_true(files > 10);
}

/* No two letters look the same; none but blanks is empty. */
static void tells_letters_apart(const struct psf *f)
{
	for (int a = 0; a < GLYPHS; a++) {
		bool empty = true;

		for (unsigned i = 0; i < f->bytes; i++)
			empty = empty && glyph(f, a)[i] == 0;
		assert_int_equal(empty, a == ' ');
		for (int b = a + 1; b < GLYPHS; b++)
			if (memcmp(glyph(f, a), glyph(f, b), f->bytes) == 0)
				fail_msg("places %d and %d look the same", a,
					b);
	}
}

/* What has to meet the next cell does. */
static void lines_meet(const struct psf *f)
{
	const unsigned right = f->width - 1;
	const unsigned below = f->height - 1;
	bool left_end = false;
	bool right_end = false;

	for (unsigned y = 0; y < f->height; y++) {
		left_end = left_end || dot(f, f->place[0x2500], y, 0);
		right_end = right_end || dot(f, f->place[0x2500], y, right);
		for (unsigned x = 0; x < f->width; x++) {
			const bool upper = y < f->height / 2;

			assert_true(dot(f, f->place[0x2588], y, x));
			assert_int_equal(dot(f, f->place[0x2580], y, x), upper);
			assert_int_equal(dot(f, f->place[0x2584], y, x),
				!upper);
		}
	}
	assert_true(left_end && right_end);
	assert_true(dot(f, f->place[0x2502], 0, f->width / 2) ||
		    dot(f, f->place[0x2502], 0, f->width / 2 - 1));
	assert_true(dot(f, f->place[0x2502], below, f->width / 2) ||
		    dot(f, f->place[0x2502], below, f->width / 2 - 1));
}

/* Heights and ends are as many eighths of the cell as they say. */
static void blocks_are_exact(const struct psf *f)
{
	static const struct {
		int ch;
		unsigned eighths;
	} ends[] = {{0x258e, 2}, {0x258c, 4}, {0x258a, 6}};

	for (unsigned y = 0; y < f->height; y++)
		for (unsigned x = 0; x < f->width; x++) {
			for (unsigned n = 1; n <= 8; n++)
				assert_int_equal(dot(f, f->place[0x2580 + n], y,
							 x),
					8 * (f->height - y) <= n * f->height);
			for (size_t i = 0; i < COUNT_OF(ends); i++)
				assert_int_equal(dot(f, f->place[ends[i].ch], y,
							 x),
					8 * (x + 1) <=
						ends[i].eighths * f->width);
		}
}

static void run(void **state)
{
	const struct row *row = *state;
	const struct psf *f = read_font(row->size);

	is_a_font(row, f);
	has_what_views_may_use(f);
	has_what_texts_use(f);
	tells_letters_apart(f);
	lines_meet(f);
	blocks_are_exact(f);
}

/* The big one is the small one with every dot doubled. */
static void doubled_dot_by_dot(void **state)
{
	static struct psf small;
	const struct psf *big;

	(void)state;
	small = *read_font("12x24");
	big = read_font("24x48");
	for (int g = 0; g < GLYPHS; g++)
		for (unsigned y = 0; y < big->height; y++)
			for (unsigned x = 0; x < big->width; x++)
				assert_int_equal(dot(big, g, y, x),
					dot(&small, g, y / 2, x / 2));
}

/* A reader that is not ours. */
static void kbd_reads_them(void **state)
{
	const char *build = getenv("BUILD");
	char command[512];

	(void)state;
	if (system("command -v psfgettable >/dev/null 2>&1") != 0) {
		puts("SKIP psfgettable (package kbd) is not here");
		skip();
	}
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		snprintf(command, sizeof(command),
			"psfgettable %s/console/chitra-%s.psf | "
			"grep -qi '^0x041[[:space:]]*U+0041$'",
			build ? build : "build/debug", rows[i].size);
		assert_int_equal(system(command), 0);
	}
}

int main(void)
{
	static const struct CMUnitTest others[] = {
		cmocka_unit_test(doubled_dot_by_dot),
		cmocka_unit_test(kbd_reads_them),
	};
	struct CMUnitTest tests[COUNT_OF(rows)];
	size_t n = 0;
	int failed;

	UNIT_ADD_ROWS(tests, &n, rows, run);
	failed = cmocka_run_group_tests_name("console font", tests, NULL, NULL);
	return failed +
	       cmocka_run_group_tests_name("console fonts", others, NULL, NULL);
}
