/* Names in memory: who is found for which words, and in which order. */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/buf.h"
#include "db/names_internal.h"

static const struct {
	int64_t id;
	int64_t seq;
	const char *folded;
} people[] = {
	{1, 9, "nguyen thi dep"},
	{2, 8, "nguyen thi depot"},
	{3, 7, "tran thi dep nguyen"},
	{4, 6, "le van an"},
	{5, 5, "le an"},
	{6, 4, "y"},
	{7, 3, ""},
	{8, 2, "thi thi"},
	{9, 6, "le van an"},
};

static const struct {
	const char *name;
	const char *query;
	int max;
	const char *ids; /* in order */
	bool more;
} searches[] = {
	{"the same words come first, then whole words, then beginnings",
		"nguyen thi dep", 9, "1 3 2", false},
	{"order of words does not matter", "dep nguyen thi", 9, "1 3 2", false},
	{"beginnings of words", "ng d", 9, "3 2 1", false},
	{"a word is not found in the middle of another", "guyen", 9, "", false},
	{"nor across two words", "thidep", 9, "", false},
	{"one letter", "y", 9, "6", false},
	{"one-letter words in any order", "a l", 9, "5 4 9", false},
	{"by number on the list, then id", "le van an", 9, "4 9", false},
	{"two typed words want two words", "thi thi", 9, "8", false},
	{"a word and its beginning want two words", "thi t", 9, "8 3", false},
	{"at most max, the best of them", "thi", 2, "8 3", true},
	{"exactly max is not more", "le", 3, "5 4 9", false},
	{"nothing typed finds nobody", "", 9, "", false},
	{"nobody", "xyz", 9, "", false},
	{"a word longer than any name",
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
		9, "", false},
};

static struct names *fill(void)
{
	struct names *n = names_new();

	assert_non_null(n);
	for (size_t i = 0; i < COUNT_OF(people); i++)
		assert_true(names_add(n, people[i].id, people[i].seq,
			people[i].folded));
	return n;
}

static const char *as_text(const int64_t *id, int count, struct buf *b)
{
	for (int i = 0; i < count; i++)
		buf_printf(b, i ? " %d" : "%d", (int)id[i]);
	return buf_text(b);
}

static void words_find_people(void **state)
{
	struct names *n = fill();
	char text[128];
	int64_t id[16];
	bool more;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(searches); i++) {
		struct buf b;
		const int count = names_search(n, searches[i].query, id,
			searches[i].max, &more);

		buf_init(&b, text, sizeof(text));
		if (strcmp(as_text(id, count, &b), searches[i].ids) != 0 ||
			more != searches[i].more)
			fail_msg("%s: got %s", searches[i].name, text);
	}
	names_free(n);
}

static void numbers_of_the_list_find_people(void **state)
{
	struct names *n = fill();
	int64_t id[16];
	bool more;

	(void)state;
	assert_int_equal(names_by_seq(n, 6, id, 16, &more), 2);
	assert_int_equal(id[0], 4);
	assert_int_equal(id[1], 9);
	assert_false(more);
	assert_int_equal(names_by_seq(n, 6, id, 1, &more), 1);
	assert_true(more);
	assert_int_equal(names_by_seq(n, 77, id, 16, &more), 0);
	names_free(n);
}

/* Whoever is found must really fit, and nobody else may: a plain check of
 * every name against two-letter queries over a few thousand names. */
static void no_one_is_missed_in_many_names(void **state)
{
	struct names *n = names_new();
	static char folded[3000][24];
	int64_t id[128];
	bool more;

	(void)state;
	for (int i = 0; i < 3000; i++) {
		snprintf(folded[i], sizeof(folded[i]), "%c%c %c%c",
			'a' + i % 26, 'a' + i / 26 % 26, 'a' + i / 100 % 26,
			'a' + i % 7);
		assert_true(names_add(n, i + 1, i, folded[i]));
	}
	for (char a = 'a'; a <= 'z'; a++)
		for (char b = 'a'; b < 'h'; b++) {
			const char query[] = {a, b, '\0'};
			int expected = 0;

			for (int i = 0; i < 3000; i++)
				expected +=
					memcmp(folded[i], query, 2) == 0 ||
					memcmp(folded[i] + 3, query, 2) == 0;
			assert_int_equal(names_search(n, query, id, 128, &more),
				expected < 128 ? expected : 128);
			assert_int_equal(more, expected > 128);
		}
	names_free(n);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_find_people),
		cmocka_unit_test(numbers_of_the_list_find_people),
		cmocka_unit_test(no_one_is_missed_in_many_names),
	};

	return cmocka_run_group_tests_name("names", tests, NULL, NULL);
}
