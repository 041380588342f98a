/* The groups and subgroups that lists name, as the monthly forms count them. */
#include "support/unit.h"

#include <string.h>

#include "core/codec/group.h"

static const struct {
	const char *name;
	const char *text;
	int number;
} rows[] = {
	{"a number", "5", 5},
	{"a number with a zero", "05", 5},
	{"a number behind the code of the group", "NCC5", 5},
	{"the same apart", "NCC 11", 11},
	{"the word for group", "Nhóm 18", 18},
	{"no row has 13", "13", SUBGROUP_NONE},
	{"nor 0", "0", SUBGROUP_NONE},
	{"nor 19", "19", SUBGROUP_NONE},
	{"nothing", "", SUBGROUP_NONE},
	{"disabled soldier", "thương binh", 5},
	{"in capitals without marks", "THUONG BINH 1/4", 5},
	{"treated as one", "Người hưởng chính sách như thương binh", 5},
	{"sick soldier", "bệnh binh", 6},
	{"who is left behind by a martyr", "tuất liệt sĩ", 11},
	{"who is left behind by a disabled soldier",
		"Thân nhân thương binh từ trần", 11},
	{"who looks after a disabled soldier", "người phục vụ thương binh", 12},
	{"who looks after a mother", "Người phục vụ Bà mẹ Việt Nam anh hùng",
		12},
	{"a mother", "Bà mẹ Việt Nam anh hùng", 3},
	{"a mother in short", "Mẹ VNAH", 3},
	{"a hero", "Anh hùng LLVT nhân dân", 4},
	{"by chemicals", "chất độc hóa học", 8},
	{"their child", "con đẻ người nhiễm chất độc hóa học", 9},
	{"in prison of the enemy", "HĐCM bị địch bắt tù đày", 10},
	{"helped the revolution", "có công giúp đỡ cách mạng", 7},
	{"a decision by its number", "QĐ 62/2011", 18},
	{"a decision in full", "Quyết định 142/2008/QĐ-TTg", 16},
	{"the police", "QĐ 53/2010/QĐ-TTg", 17},
	{"another year of that number", "QĐ 62/2012", SUBGROUP_NONE},
	{"a part of a word is no word", "tutuatu", SUBGROUP_NONE},
	{"social assistance has no row", "hưu trí xã hội", SUBGROUP_NONE},
};

static void words_of_lists_lead_to_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (group_subgroup(rows[i].text) != rows[i].number)
			fail_msg("%s: '%s' is %d", rows[i].name, rows[i].text,
				group_subgroup(rows[i].text));
}

static void each_title_leads_to_its_own_row(void **state)
{
	int count = 0;

	(void)state;
	for (int n = -1; n <= SUBGROUP_COUNT; n++) {
		if (!group_has_subgroup(n)) {
			assert_string_equal(group_subgroup_title(n), "");
			continue;
		}
		count++;
		assert_int_equal(group_subgroup(group_subgroup_title(n)), n);
	}
	assert_int_equal(count, 15);
}

static void groups_have_codes(void **state)
{
	(void)state;
	assert_int_equal(group_of("BTXH"), GROUP_SOCIAL);
	assert_int_equal(group_of("NCC"), GROUP_MERIT);
	assert_int_equal(group_of("KHAC"), GROUP_OTHER);
	assert_int_equal(group_of(""), GROUP_UNKNOWN);
	assert_int_equal(group_of("ncc"), GROUP_UNKNOWN);
}

/* As long as a list lets it be: it is cut by nobody, and crashes nothing. */
static void a_long_text_is_looked_through(void **state)
{
	char text[96] = "";

	(void)state;
	memset(text, 'x', sizeof(text) - 1);
	assert_int_equal(group_subgroup(text), SUBGROUP_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_of_lists_lead_to_rows),
		cmocka_unit_test(each_title_leads_to_its_own_row),
		cmocka_unit_test(groups_have_codes),
		cmocka_unit_test(a_long_text_is_looked_through),
	};

	return cmocka_run_group_tests_name("group", tests, NULL, NULL);
}
