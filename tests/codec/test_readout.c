/* Texts that are read out: filled in to the byte, or refused. */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/asset.h"
#include "core/codec/readout.h"
#include "core/crypto.h"
#include "core/str.h"
#include "core/utf8.h"

static const struct readout_values values = {.controller = "UBND xã Cẩm Khê",
	.address = "Thôn 1, xã Cẩm Khê",
	.phone = "0210 123 456",
	.processor = "Bưu cục Cẩm Khê",
	.withdraw_phone = "0210 123 457",
	.withdraw_place = "quầy 2",
	.keep = "10 năm"};

#define HEAD                                            \
	"# id: consent\n# language: vi\n# version: 2\n" \
	"# term: mãi\n# term-months: {months} tháng\n"
#define ABCD "(a) Một.\n(b) Hai.\n(c) Ba.\n(d) Bốn.\n"

static struct readout out;

static enum readout_fault fill(const char *file, const struct readout_values *v,
	char *which)
{
	return readout_fill(file, strlen(file), v, &out, which);
}

static void what_is_shown_is_the_text_with_its_places_filled(void **state)
{
	struct readout_values years = values;

	(void)state;
	assert_int_equal(fill(HEAD "{controller}, {term}.\n\n" ABCD, &values,
				 NULL),
		READOUT_FINE);
	assert_string_equal(out.text, "UBND xã Cẩm Khê, mãi.\n\n" ABCD);
	assert_int_equal(out.len, strlen(out.text));
	assert_string_equal(out.name, "consent-vi-2");
	assert_string_equal(out.lang, "vi");
	assert_int_equal(out.version, 2);
	assert_false(out.draft);
	assert_string_equal(out.purpose[0], "Một.");
	assert_string_equal(out.purpose[3], "Bốn.");
	years.months = 24;
	assert_int_equal(fill(HEAD "{term}\n" ABCD, &years, NULL),
		READOUT_FINE);
	assert_string_equal(out.text, "24 tháng\n" ABCD);
}

static const struct row {
	const char *name;
	const char *file;
	enum readout_fault fault;
	const char *which;
} rows[] = {
	{"nothing at all", "", READOUT_HEAD, ""},
	{"only a head", HEAD, READOUT_HEAD, ""},
	{"a head without a version",
		"# id: consent\n# language: vi\n# term: x\n# term-months: "
		"y\n" ABCD,
		READOUT_HEAD, ""},
	{"a head without a language",
		"# id: consent\n# version: 1\n# term: x\n# term-months: "
		"y\n" ABCD,
		READOUT_HEAD, ""},
	{"a capital in its language",
		"# id: consent\n# language: VI\n# version: 1\n# term: x\n"
		"# term-months: y\n" ABCD,
		READOUT_HEAD, ""},
	{"no purpose", HEAD "A text.\n", READOUT_PURPOSE, ""},
	{"three purposes", HEAD "(a) 1\n(b) 2\n(c) 3\n", READOUT_PURPOSE, ""},
	{"a purpose twice", HEAD ABCD "(a) 1\n", READOUT_PURPOSE, ""},
	{"a place that nobody knows", HEAD ABCD "{town}\n", READOUT_PLACE,
		"town"},
	{"a place without an end", HEAD ABCD "{phone\n", READOUT_PLACE, ""},
	{"a control character", HEAD ABCD "a\x1b[2J\n", READOUT_TEXT, ""},
	{"half a letter", HEAD ABCD "Th\xe1\xbb\n", READOUT_TEXT, ""},
	{"letters that are not composed", HEAD ABCD "e\xcc\x81\n", READOUT_TEXT,
		""},
	{"two blanks, which paper and screen would show as one",
		HEAD ABCD "a  b\n", READOUT_TEXT, ""},
};

static void what_is_no_text_is_refused(void **state)
{
	char which[READOUT_VALUE_SIZE];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const enum readout_fault got =
			fill(rows[i].file, &values, which);

		if (got != rows[i].fault ||
			(rows[i].which[0] && strcmp(which, rows[i].which)))
			fail_msg("%s: %d, \"%s\"", rows[i].name, got, which);
	}
}

/* Nobody is asked in the name of nobody. */
static void a_place_with_nothing_to_fill_it_is_said(void **state)
{
	struct readout_values v = values;
	char which[READOUT_VALUE_SIZE];

	(void)state;
	v.phone[0] = '\0';
	assert_int_equal(fill(HEAD "{phone}\n" ABCD, &v, which), READOUT_VALUE);
	assert_string_equal(which, "phone");
	str_copy(v.phone, sizeof(v.phone), "{address}");
	assert_int_equal(fill(HEAD "{phone}\n" ABCD, &v, which), READOUT_VALUE);
	str_copy(v.phone, sizeof(v.phone), "1\n2");
	assert_int_equal(fill(HEAD "{phone}\n" ABCD, &v, which), READOUT_VALUE);
}

static void a_text_of_more_than_there_is_room_for(void **state)
{
	static char file[3 * READOUT_TEXT_MAX];
	size_t len = (size_t)snprintf(file, sizeof(file), "%s", HEAD ABCD);

	(void)state;
	while (len < 2 * READOUT_TEXT_MAX)
		len += (size_t)snprintf(file + len, sizeof(file) - len,
			"Một dòng.\n");
	assert_int_equal(readout_fill(file, len, &values, &out, NULL),
		READOUT_TEXT);
}

/* Facts.md 6, points 2 to 8, and that a lawyer has not read it yet. */
static void every_text_that_is_built_in_says_all_of_it(void **state)
{
	static const char *const must[] = {"UBND xã Cẩm Khê",
		"Thôn 1, xã Cẩm Khê", "0210 123 456", "Bưu cục Cẩm Khê",
		"0210 123 457", "quầy 2", "10 năm", "\n1. ", "\n2. ", "\n3. ",
		"\n4. ", "\n5. ", "\n6. ", "\n7. ", "\n8. ", "(a) ", "(b) ",
		"(c) ", "(d) "};
	int texts = 0;

	(void)state;
	for (size_t i = 0; i < assets_count; i++) {
		const struct asset *a = &assets[i];
		char path[64];

		if (!str_starts(a->path, "assets/texts/"))
			continue;
		texts++;
		assert_int_equal(readout_fill((const char *)a->data, a->size,
					 &values, &out, NULL),
			READOUT_FINE);
		snprintf(path, sizeof(path), "assets/texts/%s.txt", out.name);
		assert_string_equal(path, a->path);
		assert_true(out.draft);
		for (size_t k = 0; k < COUNT_OF(must); k++)
			if (!strstr(out.text, must[k]))
				fail_msg("%s: no \"%s\"", a->path, must[k]);
		/* Its second line says so to whoever hears it, too. */
		assert_non_null(strstr(out.text, strcmp(out.lang, "vi") == 0
							 ? "\n(Bản dự thảo"
							 : "\n(Draft"));
		assert_null(strchr(out.text, '{'));
		assert_null(strchr(out.text, '#'));
		for (int p = 0; p < READOUT_PURPOSES; p++)
			assert_true(utf8_columns(out.purpose[p]) < 180);
	}
	assert_int_equal(texts, 2);
}

/* A text that was agreed to is never changed: a new version is a new file. */
static void the_first_versions_stay_as_they_are(void **state)
{
	static const struct {
		const char *path;
		const char *sum;
	} files[] = {
		{"assets/texts/consent-en-1.txt",
			"918824a1810451d290f25560511c7c39ea339f7be038aef6a44407"
			"44bf1371b9"},
		{"assets/texts/consent-vi-1.txt",
			"69fe4335a501d1f7c314e84b9f71274d69b0dd13951ac045922565"
			"d5523789cd"},
	};
	char hex[2 * CRYPTO_HASH_SIZE + 1];
	uint8_t sum[CRYPTO_HASH_SIZE];

	(void)state;
	for (size_t i = 0; i < assets_count; i++)
		for (size_t k = 0; k < COUNT_OF(files); k++) {
			if (strcmp(assets[i].path, files[k].path) != 0)
				continue;
			crypto_sha256(assets[i].data, assets[i].size, sum);
			str_to_hex(sum, sizeof(sum), hex);
			assert_string_equal(hex, files[k].sum);
		}
}

static void a_name_says_language_and_version(void **state)
{
	char lang[READOUT_LANG_SIZE];
	int version;

	(void)state;
	assert_true(readout_name_parse("consent-hmn-12", lang, &version));
	assert_string_equal(lang, "hmn");
	assert_int_equal(version, 12);
	assert_false(readout_name_parse("consent", lang, &version));
	assert_false(readout_name_parse("consent-vi", lang, &version));
	assert_false(readout_name_parse("consent-vi-0", lang, &version));
	assert_false(readout_name_parse("consent-vi-x", lang, &version));
	assert_false(readout_name_parse("-vi-1", lang, &version));
	assert_false(readout_name_parse("consent-vietnamese-1", lang,
		&version));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			what_is_shown_is_the_text_with_its_places_filled),
		cmocka_unit_test(what_is_no_text_is_refused),
		cmocka_unit_test(a_place_with_nothing_to_fill_it_is_said),
		cmocka_unit_test(a_text_of_more_than_there_is_room_for),
		cmocka_unit_test(every_text_that_is_built_in_says_all_of_it),
		cmocka_unit_test(the_first_versions_stay_as_they_are),
		cmocka_unit_test(a_name_says_language_and_version),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
