/* Hamlet, street and house out of an address as lists have it. */
#include "support/unit.h"

#include <string.h>

#include "core/codec/dwelling.h"

static struct row {
	const char *name;
	const char *address;
	const char *hamlet;
	const char *key;
	const char *street;
	bool has_house;
} rows[] = {
	{"a hamlet of a commune", "Thôn 3, xã Cẩm Khê, tỉnh Phú Thọ", "Thôn 3",
		"thon 3", "", false},
	{"blanks and case are nothing", "  thôn  3 ,xã Cẩm Khê", "thôn 3",
		"thon 3", "", false},
	{"zeros in front of a number neither", "Thôn 03, xã Cẩm Khê", "Thôn 03",
		"thon 3", "", false},
	{"a zero alone stays", "Tổ 0, phường X", "Tổ 0", "to 0", "", false},
	{"no commas at all", "Khu Đình Mẫu", "Khu Đình Mẫu", "khu dinh mau", "",
		false},
	{"a house, then the hamlet", "Số 12, thôn Đông, xã A", "thôn Đông",
		"thon dong", "", true},
	{"a house and its street, then the group",
		"12/3 Trần Phú, TDP 5, phường X", "TDP 5", "to dan pho 5",
		"tran phu", true},
	{"a house in a lane", "Số nhà 7B, ngõ 5, khu phố 2, phường X",
		"khu phố 2", "khu pho 2", "ngo 5", true},
	{"short for a block", "SN 9, KP 2, phường X", "KP 2", "khu pho 2", "",
		true},
	{"the street stands for a hamlet",
		"12 Trần Phú, phường Ba Đình, Hà Nội", "Trần Phú", "tran phu",
		"tran phu", true},
	{"a street without a house", "Đường 3/2, phường X", "Đường 3/2",
		"duong 3 2", "duong 3 2", false},
	{"a house number and the hamlet in one part", "12 thôn Đông, xã A",
		"thôn Đông", "thon dong", "thon dong", true},
	{"a commune alone is no hamlet", "xã Cẩm Khê, tỉnh Phú Thọ", "", "", "",
		false},
	{"without marks neither", "xa Cam Khe, tinh Phu Tho", "", "", "",
		false},
	{"a hamlet that is called so is one", "Xá Hạ, xã A", "Xá Hạ", "xa ha",
		"", false},
	{"a numbered ward is no hamlet", "45 Lê Lợi, P.5, Đà Lạt", "Lê Lợi",
		"le loi", "le loi", true},
	{"a house of culture is no house", "Nhà văn hóa thôn 5, xã A",
		"Nhà văn hóa thôn 5", "nha van hoa thon 5", "", false},
	{"nothing", "", "", "", "", false},
	{"only commas", " , ,; ,", "", "", "", false},
	{"only a number", "12", "", "", "", true},
	{"in the Highlands", "Buôn Ea Mấp, xã Ea Drơng", "Buôn Ea Mấp",
		"buon ea map", "", false},
};

static void run_row(void **state)
{
	const struct row *r = *state;
	struct dwelling d;

	dwelling_read(r->address, &d);
	assert_string_equal(d.hamlet, r->hamlet);
	assert_string_equal(d.key, r->key);
	assert_string_equal(d.street, r->street);
	assert_int_equal(d.has_house, r->has_house);
}

/* Each before the next. */
static void houses_are_in_the_order_of_people(void **state)
{
	static const char *const order[] = {"Số 2, thôn A", "9 Trần Phú, tổ 1",
		"Số 12, thôn A", "Số 12/3, thôn A", "12/3B, thôn A",
		"12/10, thôn A", "SN 12A, thôn A", "12A/3, thôn A",
		"12B, thôn A", "14/2/1, thôn A", "100, thôn A"};
	struct dwelling before;
	struct dwelling d;

	(void)state;
	dwelling_read(order[0], &before);
	for (size_t i = 1; i < COUNT_OF(order); i++) {
		dwelling_read(order[i], &d);
		if (memcmp(before.house, d.house, sizeof(d.house)) >= 0)
			fail_msg("%s stands before %s", order[i], order[i - 1]);
		before = d;
	}
}

static void hamlets_are_in_the_order_of_their_numbers(void **state)
{
	static const char *const order[] = {"an dong", "khu dinh mau", "thon",
		"thon 2", "thon 2a", "thon 3", "thon 10", "thon 10 b",
		"thon dong"};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(order); i++)
		for (size_t k = 0; k < COUNT_OF(order); k++) {
			const int c = dwelling_compare(order[i], order[k]);

			assert_int_equal((c > 0) - (c < 0), (i > k) - (i < k));
		}
}

/* Whatever a cell may hold. */
static void what_is_too_long_is_cut(void **state)
{
	char address[400];
	struct dwelling d;

	(void)state;
	for (size_t len = 0; len < sizeof(address); len++) {
		memset(address, len % 3 ? 'a' : '7', len);
		address[len] = '\0';
		for (size_t i = 5; i + 1 < len; i += 11)
			address[i] = i % 2 ? ' ' : '/';
		dwelling_read(address, &d);
		assert_true(strlen(d.hamlet) < sizeof(d.hamlet));
		assert_true(strlen(d.key) < sizeof(d.key));
	}
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows) + 3] = {
		cmocka_unit_test(houses_are_in_the_order_of_people),
		cmocka_unit_test(hamlets_are_in_the_order_of_their_numbers),
		cmocka_unit_test(what_is_too_long_is_cut),
	};
	size_t n = 3;

	UNIT_ADD_ROWS(tests, &n, rows, run_row);
	return _cmocka_run_group_tests("dwelling", tests, n, NULL, NULL);
}
