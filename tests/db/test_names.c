/* Names in memory: who is found for which words, and in which order. */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/buf.h"
#include "core/codec/viet.h"
#include "core/codec/viet_sort.h"
#include "db/name_keys_internal.h"
#include "db/names_internal.h"

static const struct {
	int64_t id;
	int64_t seq;
	int64_t birth;
	const char *name;
	const char *folded;
} people[] = {
	{1, 9, 19450902, "Nguyễn Thị Đẹp", "nguyen thi dep"},
	{2, 8, 19450902, "Nguyễn Thị Depot", "nguyen thi depot"},
	{3, 7, 19450902, "Trần Thị Đẹp Nguyên", "tran thi dep nguyen"},
	{4, 6, 19460000, "Lê Văn An", "le van an"},
	{5, 5, 19450902, "Lê An", "le an"},
	{6, 4, 19450902, "Y", "y"},
	{7, 3, 19450902, "阮", ""},
	{8, 2, 19450902, "Thị Thi", "thi thi"},
	{9, 6, 19450000, "LÊ VĂN AN", "le van an"},
	{10, 6, 19460000, "Lê Văn An", "le van an"},
	{11, 1, 19500101, "Bùi Thị Hòa", "bui thi hoa"},
	{12, 1, 19500101, "Bùi Thị Hoa", "bui thi hoa"},
	{13, 1, 19490101, "Bùi Thị Hoà", "bui thi hoa"},
	{14, 1, 19500101, "Bùi Thị Hạo", "bui thi hao"},
	{15, 1, 19500101, "Đỗ Bùi Thị Đan", "do bui thi dan"},
	{16, 1, 19500101, "Dư Bùi Thị Dư", "du bui thi du"},
	{17, -1, 0, "Ân Ba", "an ba"},
	{18, -1, 0, "Ăn Ba", "an ba"},
	{19, -1, 0, "An Ba", "an ba"},
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
	{"beginnings of words, by given name", "ng d", 9, "2 1 3", false},
	{"a word is not found in the middle of another", "guyen", 9, "", false},
	{"nor across two words", "thidep", 9, "", false},
	{"one letter", "y", 9, "6", false},
	{"one-letter words in any order", "a l", 9, "5 9 4 10", false},
	{"the same name: the older first, then by id", "le van an", 9, "9 4 10",
		false},
	{"letters, then tones; Hòa is Hoà; đ behind d", "bui thi", 9,
		"16 15 14 12 13 11", false},
	{"a, ă, â in the family name", "ba an", 9, "19 18 17", false},
	{"two typed words want two words", "thi thi", 9, "8", false},
	{"a word and its beginning want two words", "thi t", 9, "3 8", false},
	{"at most max, the best of them", "le", 2, "5 9", true},
	{"exactly max is not more", "le", 4, "5 9 4 10", false},
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
		assert_true(names_add(n,
			&(struct names_person){.id = people[i].id,
				.seq = people[i].seq,
				.birth = people[i].birth,
				.name = people[i].name,
				.folded = people[i].folded}));
	names_added(n);
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
	assert_int_equal(names_by_seq(n, 6, id, 16, &more), 3);
	assert_int_equal(id[0], 9);
	assert_int_equal(id[1], 4);
	assert_int_equal(id[2], 10);
	assert_false(more);
	assert_int_equal(names_by_seq(n, 6, id, 1, &more), 1);
	assert_true(more);
	assert_int_equal(names_by_seq(n, 77, id, 16, &more), 0);
	assert_false(more);
	/* Who has no number is not found by one. */
	assert_int_equal(names_by_seq(n, -1, id, 16, &more), 0);
	assert_int_equal(names_by_seq(n, UINT32_MAX, id, 16, &more), 0);
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
		assert_true(names_add(n, &(struct names_person){.id = i + 1,
						 .name = folded[i],
						 .folded = folded[i]}));
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

/*
 * Pages: the first rows are the same however many are asked for, whatever
 * order the names came in, and all of them are in the order of lists.
 */
static void rows_go_on_where_the_page_before_ends(void **state)
{
	static const char *const given[] = {"An", "Ánh", "Ân", "Bình", "Dũng",
		"Đan", "Hoa", "Hòa", "Hoà", "Hùng", "Ý"};
	static const char *const middle[] = {"Thị", "Văn", "Đức", "Ngọc Ánh"};
	static const char *const family[] = {"Bùi", "Đỗ", "Lê", "Nguyễn"};
	struct names *n = names_new();
	static char name[2000][40];
	char keys[2][256];
	int64_t all[128];
	int64_t some[128];
	bool more;

	(void)state;
	for (int i = 0; i < 2000; i++) {
		const int k = i * 7919 % 2000;

		snprintf(name[i], sizeof(name[i]), "%s %s %s",
			family[k % COUNT_OF(family)],
			middle[k / 4 % COUNT_OF(middle)],
			given[k / 16 % COUNT_OF(given)]);
		assert_true(names_add(n, &(struct names_person){.id = i,
						 .birth = 19400101 + k % 3,
						 .name = name[i],
						 .folded = "nguyen"}));
	}
	names_added(n);
	assert_int_equal(names_search(n, "n", all, 128, &more), 128);
	for (int max = 1; max < 128; max++) {
		assert_int_equal(names_search(n, "n", some, max, &more), max);
		assert_true(more);
		assert_memory_equal(some, all, (size_t)max * sizeof(all[0]));
	}
	for (int i = 1; i < 128; i++) {
		assert_true(viet_list_key(name[all[i - 1]], keys[0], 256));
		assert_true(viet_list_key(name[all[i]], keys[1], 256));
		assert_true(strcmp(keys[0], keys[1]) <= 0);
	}
	names_free(n);
}

/* What words give one by one, kept and kept again, is what names give. */
static void keys_of_words_are_keys_of_names(void **state)
{
	struct name_keys *k = name_keys_new();
	char name[VIET_NAME_SIZE];
	char kept[NAME_KEY_SIZE];
	char key[NAME_KEY_SIZE];

	(void)state;
	assert_non_null(k);
	for (int i = 0; i < 20000; i++) {
		/* Words come again, in capitals, long, and ever new ones. */
		snprintf(name, sizeof(name), "%s H'%c%c %x %s",
			i % 3 ? "Nguyễn" : "TRẦN", 'a' + i % 26,
			'A' + i / 26 % 26, (unsigned)i * 2654435761U,
			i % 7 ? "Đẹp"
			      : "Ngoằnnghoèoloằngngoằngdàidằngdặcloằngngoằng");
		assert_true(name_keys_make(k, name, kept));
		assert_true(viet_list_key(name, key, sizeof(key)));
		assert_string_equal(kept, key);
	}
	name_keys_free(k);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_find_people),
		cmocka_unit_test(numbers_of_the_list_find_people),
		cmocka_unit_test(no_one_is_missed_in_many_names),
		cmocka_unit_test(rows_go_on_where_the_page_before_ends),
		cmocka_unit_test(keys_of_words_are_keys_of_names),
	};

	return cmocka_run_group_tests_name("names", tests, NULL, NULL);
}
