/* Addresses of before and of today: which unit, sure or to be asked. */
#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/codec/admin.h"

enum {
	PROVINCES = 34,
	UNITS = 3321,
	OLD_UNITS = 10040,
	DIVIDED = 471
};

/* "00004 00097", and "?" behind if a person has to choose or confirm. */
static const char *codes(const struct admin_answer *a, char *out, size_t size)
{
	struct buf b;

	buf_init(&b, out, size);
	for (int i = 0; i < a->units; i++)
		buf_printf(&b, "%s%s", i > 0 ? " " : "", a->unit[i].code);
	buf_printf(&b, "%s", a->ask ? "?" : "");
	return buf_text(&b);
}

struct address_row {
	const char *name;
	const char *address;
	const char *want;
};

static struct address_row address_rows[] = {
	{"today's commune", "Thôn Mẫu, Ô Diên, Hà Nội", "09817"},
	{"today's commune with words", "Thôn 3, xã Cẩm Khê, tỉnh Phú Thọ",
		"08341"},
	{"today's commune without marks", "thon 3, xa cam khe, phu tho",
		"08341"},
	{"three levels of before", "Số 5, Phường Phúc Xá, Ba Đình, Hà Nội",
		"00097"},
	{"three levels with all words",
		"Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội", "00097"},
	{"short words", "P. Phúc Xá, Q. Ba Đình, TP. Hà Nội", "00097"},
	{"a town", "TT. Kim Bài, H. Thanh Oai, Hà Nội", "10114"},
	{"numbers for names", "Phường 5, Quận 3, Thành phố Hồ Chí Minh",
		"27154"},
	{"numbers with a zero and short words", "P.05, Q3, TPHCM", "27154"},
	{"double commas, blanks and a full stop",
		" Phường 5 ,, Quận  3,TP Hồ Chí Minh. ", "27154"},
	{"semicolons", "Thôn 3; xã Cẩm Khê; Phú Thọ", "08341"},
	{"the country behind it", "Ô Diên, Hà Nội, Việt Nam", "09817"},
	{"capitals", "THÔN MẪU, Ô DIÊN, HÀ NỘI", "09817"},
	{"a house number is only text", "272A KP7889, Ô Diên, Hà Nội", "09817"},
	{"an island that had no communes", "Lý Sơn, Quảng Ngãi", "21548"},
	{"its communes of long before", "An Vĩnh, Lý Sơn, Quảng Ngãi", "21548"},
	{"a province by its former name", "Xã A Lưới 1, Thừa Thiên Huế",
		"20056"},
	{"a divided ward in what is a ward of today too: choose",
		"12 Phố Mẫu, Phương Mai, Đống Đa, Hà Nội",
		"00229 00235 00292?"},
	{"a made-up commune in a district of before: nothing",
		"Thôn Mẫu, Xã Ví Dụ, Thanh Oai, Hà Nội", "?"},
	{"commune or old district? the word says commune",
		"Xóm 1, Xã Thanh Oai, Hà Nội", "10114"},
	{"commune or old district? the word says district",
		"Xóm 1, Huyện Thanh Oai, Hà Nội", "?"},
	{"commune or old district? no word: confirm",
		"Xóm 1, Thanh Oai, Hà Nội", "10114?"},
	{"old ward in a district, or village in a commune of today: choose",
		"Sơn Điện, Quan Sơn, Thanh Hóa", "15016 15022?"},
	{"the word decides that too", "Xã Sơn Điện, Quan Sơn, Thanh Hóa",
		"15022"},
	{"town and country district of one name: the word decides",
		"Phường 1, TP Cao Lãnh, Đồng Tháp", "29869"},
	{"town and country district of one name: the commune decides",
		"Mỹ Trà, Cao Lãnh, Đồng Tháp", "29869 29888?"},
	{"without the district, of an old province: confirm",
		"Tân Lập, Vĩnh Phúc", "08824?"},
	{"without the province: confirm", "Phường Phúc Xá, Quận Ba Đình",
		"00097?"},
	{"the commune alone: confirm", "Ô Diên", "09817?"},
	{"a province alone", "Hà Nội", "?"},
	{"a province of before alone", "Hà Giang", "?"},
	{"nothing", "", "?"},
	{"signs only", ", .;,", "?"},
	{"the country alone", "Việt Nam", "?"},
	{"no place at all", "xin chào", "?"},
	{"another script", "Москва, Россия", "?"},
};

static void of_address(void **state)
{
	const struct address_row *row = *state;
	struct admin_answer a;
	char got[256];

	admin_of_address(row->address, &a);
	assert_string_equal(codes(&a, got, sizeof(got)), row->want);
}

struct old_row {
	const char *name;
	const char *province;
	const char *district;
	const char *commune;
	const char *want;
};

static struct old_row old_rows[] = {
	{"one became one", "Hà Nội", "Ba Đình", "Trúc Bạch", "00004"},
	{"with words", "Thành phố Hà Nội", "Quận Ba Đình", "Phường Trúc Bạch",
		"00004"},
	{"another kind of commune then", "Hà Nội", "Ba Đình", "Xã Trúc Bạch",
		"00004"},
	{"a wrong kind of district is none", "Hà Nội", "Xã Ba Đình",
		"Trúc Bạch", "?"},
	{"divided", "Hà Nội", "Đống Đa", "Phương Mai", "00229 00292?"},
	{"of any district", "Hà Nội", "", "Trúc Bạch", "00004"},
	{"of any province", "", "Ba Đình", "Trúc Bạch", "00004"},
	{"none of that name", "Hà Nội", "Ba Đình", "Ví Dụ", "?"},
	{"no such district", "Hà Nội", "Ví Dụ", "Trúc Bạch", "?"},
	{"no such province", "Ví Dụ", "Ba Đình", "Trúc Bạch", "?"},
	{"signs are not any", "--", "Ba Đình", "Trúc Bạch", "?"},
	{"no commune is none", "Hà Nội", "Ba Đình", "", "?"},
	{"an island", "Hải Phòng", "Bạch Long Vĩ", "", "11948"},
	{"a name that holds for more than can be shown", "", "", "Tân Lập",
		NULL},
};

static void of_old(void **state)
{
	const struct old_row *row = *state;
	struct admin_answer a;
	char got[256];

	admin_of_old(row->province, row->district, row->commune, &a);
	if (row->want) {
		assert_string_equal(codes(&a, got, sizeof(got)), row->want);
		return;
	}
	assert_int_equal(a.units, ADMIN_MAX_ANSWERS);
	assert_true(a.ask);
}

/* ---- codes and search ---- */

static void by_code(void **state)
{
	static const char *const none[] = {"", "9817", "009817", "09818",
		"0981a", "99999", "00000"};
	struct admin_province p;
	struct admin_unit u;

	(void)state;
	assert_true(admin_by_code("09817", &u));
	assert_string_equal(u.code, "09817");
	assert_string_equal(u.name, "Ô Diên");
	assert_string_equal(u.full_name, "Xã Ô Diên");
	assert_string_equal(u.province.code, "01");
	assert_string_equal(u.province.name, "Hà Nội");
	for (size_t i = 0; i < COUNT_OF(none); i++)
		assert_false(admin_by_code(none[i], &u));
	assert_true(admin_province_by_code("25", &p));
	assert_string_equal(p.full_name, "Tỉnh Phú Thọ");
	assert_false(admin_province_by_code("02", &p));
	assert_false(admin_province_by_code("1", &p));
	assert_false(admin_province_by_code("x1", &p));
	assert_int_equal(admin_province_count(), PROVINCES);
	admin_province_at(PROVINCES - 1, &p);
	assert_string_equal(p.name, "Cà Mau");
}

static void search(void **state)
{
	static struct admin_unit all[UNITS + 1];
	struct admin_unit u[4];

	(void)state;
	assert_int_equal(admin_search("o dien", NULL, u, 4), 1);
	assert_string_equal(u[0].code, "09817");
	assert_int_equal(admin_search("xã ô diên", NULL, u, 4), 1);
	assert_int_equal(admin_search("phường ô diên", NULL, u, 4), 0);
	assert_int_equal(admin_search("khe", "25", u, 4), 2);
	assert_int_equal(admin_search("cam khe", "01", u, 4), 0);
	assert_int_equal(admin_search("cam khe", "99", u, 4), 0);
	assert_int_equal(admin_search("!", NULL, u, 4), 0);
	assert_int_equal(admin_search("", NULL, all, UNITS + 1), UNITS);
	assert_int_equal(admin_search("", "01", all, UNITS + 1), 126);
	/* The whole name first, then what begins so, then any word. */
	assert_true(admin_search("binh minh", NULL, all, UNITS) > 1);
	assert_string_equal(all[0].name, "Bình Minh");
	assert_int_equal(admin_search("a", NULL, u, 4), 4);
}

/* ---- the tables against the files ---- */

/* The next line's cells into line; false at the end. */
static bool read_cells(FILE *in, char line[512], char *cell[4])
{
	if (!fgets(line, 512, in))
		return false;
	line[strcspn(line, "\n")] = '\0';
	for (int i = 0; i < 4; i++) {
		cell[i] = line;
		line += strcspn(line, "\t");
		if (*line)
			*line++ = '\0';
	}
	return true;
}

static FILE *open_rows(const char *path)
{
	char line[512];
	FILE *in = fopen(path, "r");

	assert_non_null(in);
	assert_non_null(fgets(line, sizeof(line), in));
	return in;
}

static void every_unit_is_found_by_its_code(void **state)
{
	FILE *in = open_rows("assets/admin/units_2026.tsv");
	struct admin_unit u;
	char line[512];
	char *cell[4];
	int rows = 0;

	(void)state;
	for (; read_cells(in, line, cell); rows++) {
		assert_true(admin_by_code(cell[0], &u));
		assert_string_equal(u.code, cell[0]);
		assert_string_equal(u.province.code, cell[1]);
		assert_string_equal(u.name, cell[3]);
	}
	fclose(in);
	assert_int_equal(rows, UNITS);
}

static struct {
	char code[4];
	char province[64];
	char name[64];
} districts[700];

static int read_districts(void)
{
	FILE *in = open_rows("assets/admin/provinces_legacy63.tsv");
	static char province[100][64];
	char line[512];
	char *cell[4];
	int n = 0;

	while (read_cells(in, line, cell))
		snprintf(province[strtol(cell[0], NULL, 10) % 100], 64, "%s",
			cell[2]);
	fclose(in);
	in = open_rows("assets/admin/districts_legacy.tsv");
	for (; read_cells(in, line, cell) && n < 700; n++) {
		snprintf(districts[n].code, 4, "%s", cell[0]);
		snprintf(districts[n].province, 64, "%s",
			province[strtol(cell[1], NULL, 10) % 100]);
		snprintf(districts[n].name, 64, "%s", cell[2]);
	}
	fclose(in);
	return n;
}

/* Each old commune, by its whole name, leads to just the codes of its row. */
static void every_old_unit_leads_to_its_row(void **state)
{
	FILE *in = open_rows("assets/admin/units_legacy.tsv");
	const int count = read_districts();
	struct admin_answer a;
	char address[512];
	char line[512];
	char want[256];
	char got[256];
	char *cell[4];
	int divided = 0;
	int rows = 0;
	int d = 0;

	(void)state;
	for (; read_cells(in, line, cell); rows++) {
		const bool ask = strchr(cell[3], ' ') != NULL;

		divided += ask;
		while (d < count && strcmp(districts[d].code, cell[1]) != 0)
			d++;
		assert_true(d < count);
		snprintf(want, sizeof(want), "%s%s", cell[3], ask ? "?" : "");
		snprintf(address, sizeof(address), "Tổ 1, %s, %s, %s", cell[2],
			districts[d].name, districts[d].province);
		admin_of_address(address, &a);
		assert_string_equal(codes(&a, got, sizeof(got)), want);
	}
	fclose(in);
	assert_int_equal(rows, OLD_UNITS);
	assert_int_equal(divided, DIVIDED);
}

static struct CMUnitTest tests[COUNT_OF(address_rows) + COUNT_OF(old_rows) + 4];

int main(void)
{
	struct CMUnitTest *t = tests;

	for (size_t i = 0; i < COUNT_OF(address_rows); i++)
		*t++ = (struct CMUnitTest){.name = address_rows[i].name,
			.test_func = of_address,
			.initial_state = &address_rows[i]};
	for (size_t i = 0; i < COUNT_OF(old_rows); i++)
		*t++ = (struct CMUnitTest){.name = old_rows[i].name,
			.test_func = of_old,
			.initial_state = &old_rows[i]};
	*t++ = (struct CMUnitTest)cmocka_unit_test(by_code);
	*t++ = (struct CMUnitTest)cmocka_unit_test(search);
	*t++ = (struct CMUnitTest)
		cmocka_unit_test(every_unit_is_found_by_its_code);
	*t++ = (struct CMUnitTest)
		cmocka_unit_test(every_old_unit_leads_to_its_row);
	return cmocka_run_group_tests_name("admin", tests, NULL, NULL);
}
