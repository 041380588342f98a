#include "core/codec/group.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "core/codec/viet.h"
#include "core/str.h"

enum {
	FOLDED_SIZE = 256
};

enum group group_of(const char *code)
{
	static const char *const codes[GROUP_COUNT] = {
		[GROUP_UNKNOWN] = "",
		[GROUP_SOCIAL] = "BTXH",
		[GROUP_MERIT] = "NCC",
		[GROUP_OTHER] = "KHAC",
	};

	for (int g = GROUP_SOCIAL; g < GROUP_COUNT; g++)
		if (strcmp(codes[g], code) == 0)
			return (enum group)g;
	return GROUP_UNKNOWN;
}

/* The words of form B in the district plan of 23 Oct 2023. */
static const char *const titles[SUBGROUP_COUNT] = {
	[1] = "Người hoạt động cách mạng trước ngày 01 tháng 01 năm 1945",
	[2] = "Người hoạt động cách mạng từ ngày 01 tháng 01 năm 1945 đến ngày"
	      " khởi nghĩa tháng Tám năm 1945",
	[3] = "Bà mẹ Việt Nam anh hùng",
	[4] = "Anh hùng Lực lượng vũ trang nhân dân, Anh hùng Lao động trong"
	      " thời kỳ kháng chiến",
	[5] = "Thương binh, người hưởng chính sách như thương binh, thương"
	      " binh B",
	[6] = "Bệnh binh",
	[7] = "Người có công giúp đỡ cách mạng",
	[8] = "Người hoạt động kháng chiến bị nhiễm chất độc hóa học",
	[9] = "Con đẻ còn sống của người hoạt động kháng chiến bị nhiễm chất"
	      " độc hóa học",
	[10] = "Người hoạt động cách mạng, kháng chiến, bảo vệ Tổ quốc, làm"
	       " nghĩa vụ quốc tế bị địch bắt tù, đày",
	[11] = "Thân nhân lương tuất (liệt sĩ, Thương binh, bệnh binh, CĐHH,"
	       " LTCM, TKN)",
	[12] = "Người phục vụ Bà mẹ Việt Nam anh hùng, thương binh, người"
	       " hưởng chính sách như thương binh, thương binh B, bệnh binh,"
	       " người hoạt động kháng chiến bị nhiễm chất độc hóa học",
	[16] = "Quân nhân tham gia kháng chiến chống Mỹ cứu nước có dưới 20"
	       " năm công tác trong quân đội đã phục viên, xuất ngũ về địa"
	       " phương",
	[17] = "Cán bộ, chiến sĩ CAND tham gia kháng chiến chống Mỹ có dưới 20"
	       " năm công tác trong CAND đã thôi việc, xuất ngũ về địa phương",
	[18] = "Đối tượng tham gia chiến tranh bảo vệ Tổ quốc, làm nhiệm vụ"
	       " quốc tế ở Campuchia, giúp bạn Lào sau ngày 30/4/1975 đã phục"
	       " viên, xuất ngũ, thôi việc",
};

bool group_has_subgroup(int number)
{
	return number > SUBGROUP_NONE && number < SUBGROUP_COUNT &&
	       titles[number];
}

const char *group_subgroup_title(int number)
{
	return group_has_subgroup(number) ? titles[number] : "";
}

/*
 * Folded words, looked for in this order: who looks after a disabled soldier
 * is no disabled soldier, nor is who is left behind by one.
 */
static const struct {
	const char *words;
	int number;
} keys[] = {
	{"142 2008", 16},
	{"53 2010", 17},
	{"62 2011", 18},
	{"phuc vu", 12},
	{"tuat", 11},
	{"than nhan", 11},
	{"vo liet si", 11},
	{"con liet si", 11},
	{"con de", 9},
	{"truoc ngay 01 thang 01 nam 1945", 1},
	{"truoc 01 01 1945", 1},
	{"truoc 1 1 1945", 1},
	{"lao thanh cach mang", 1},
	{"ltcm", 1},
	{"khoi nghia", 2},
	{"tkn", 2},
	{"me viet nam anh hung", 3},
	{"me vnah", 3},
	{"bmvnah", 3},
	{"anh hung", 4},
	{"ahllvt", 4},
	{"ahllvtnd", 4},
	{"bi dich bat", 10},
	{"tu day", 10},
	{"thuong binh", 5},
	{"benh binh", 6},
	{"giup do cach mang", 7},
	{"chat doc", 8},
	{"cdhh", 8},
	{"da cam", 8},
	{"cand", 17},
	{"cong an nhan dan", 17},
	{"campuchia", 18},
	{"cpc", 18},
	{"giup ban lao", 18},
	{"quan nhan", 16},
};

/* "5", "05", "ncc 5", "nhom 5", "muc 5": the number, else none. */
static int numbered(const char *folded)
{
	static const char *const before[] = {"ncc", "khac", "nhom", "muc",
		"stt", "so"};
	int64_t number;

	for (size_t i = 0; i < sizeof(before) / sizeof(before[0]); i++) {
		const size_t len = strlen(before[i]);

		if (strncmp(folded, before[i], len) != 0)
			continue;
		folded += len;
		folded += *folded == ' ';
		break;
	}
	return str_is_digits(folded) && str_to_int(folded, 1, 99, &number) &&
			       group_has_subgroup((int)number)
		       ? (int)number
		       : SUBGROUP_NONE;
}

int group_subgroup(const char *text)
{
	char folded[FOLDED_SIZE];
	char spaced[FOLDED_SIZE + 2];
	char key[64];
	int number;

	if (!viet_fold(text, folded, sizeof(folded)) || !folded[0])
		return SUBGROUP_NONE;
	number = numbered(folded);
	if (number != SUBGROUP_NONE)
		return number;
	snprintf(spaced, sizeof(spaced), " %s ", folded);
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		snprintf(key, sizeof(key), " %s ", keys[i].words);
		if (strstr(spaced, key))
			return keys[i].number;
	}
	return SUBGROUP_NONE;
}
