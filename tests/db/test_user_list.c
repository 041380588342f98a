/* A table of people who are to work here. */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "db/user_list.h"

static void feed(struct user_list *l, int64_t number, const char *text)
{
	static struct cells row;
	char copy[512];
	int column = 0;
	char *rest;
	const char *word;

	cells_begin(&row, number);
	snprintf(copy, sizeof(copy), "%s", text);
	for (word = strtok_r(copy, "|", &rest); word;
		word = strtok_r(NULL, "|", &rest), column++)
		if (strcmp(word, "-") != 0)
			cells_set(&row, column, word, strlen(word));
	cells_end(&row);
	user_list_row(l, &row);
}

static const struct {
	const char *name;
	const char *header;
	const char *row;
	enum user_trouble trouble;
	int64_t number;
	enum role role;
	int32_t until;
} rows[] = {
	{"in English", "number|name|role", "12|Nguyễn Văn An|agent", USER_FINE,
		12, ROLE_AGENT, 0},
	{"in Vietnamese, in another order", "Họ và tên|Vai trò|Số",
		"Lê Thị Hoa|Kiểm soát viên|7", USER_FINE, 7, ROLE_SUPERVISOR,
		0},
	{"with a last day", "number|name|role|until", "12|An|staff|31/12/2027",
		USER_FINE, 12, ROLE_STAFF, 20271231},
	{"without one, though there is a column", "number|name|role|until",
		"12|An|technician|-", USER_FINE, 12, ROLE_TECHNICIAN, 0},
	{"columns that nobody asked for", "stt|number|name|role|note",
		"1|12|An|agent|new", USER_FINE, 12, ROLE_AGENT, 0},
	{"a number that is none", "number|name|role", "x|An|agent",
		USER_NO_NUMBER, 0, 0, 0},
	{"the number 0", "number|name|role", "0|An|agent", USER_NO_NUMBER, 0, 0,
		0},
	{"a number with eight digits", "number|name|role", "10000000|An|agent",
		USER_NO_NUMBER, 0, 0, 0},
	{"no name", "number|name|role", "12|-|agent", USER_NO_NAME, 12, 0, 0},
	{"no such role", "number|name|role", "12|An|boss", USER_NO_ROLE, 12, 0,
		0},
	{"no role at all", "number|name|role", "12|An", USER_NO_ROLE, 12, 0, 0},
	{"a year is no last day", "number|name|role|until", "12|An|agent|2027",
		USER_NO_DAY, 12, ROLE_AGENT, 0},
	{"a day that is none", "number|name|role|until",
		"12|An|agent|31/02/2027", USER_NO_DAY, 12, ROLE_AGENT, 0},
};

static void each_row_is_read(void **state)
{
	static struct user_list l;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct user_row *r = &l.row[0];

		user_list_init(&l);
		feed(&l, 1, rows[i].header);
		feed(&l, 2, rows[i].row);
		if (!l.has_header || l.count != 1)
			fail_msg("%s: %d rows", rows[i].name, l.count);
		if (r->trouble != rows[i].trouble ||
			(rows[i].number && r->number != rows[i].number) ||
			l.troubles != (rows[i].trouble != USER_FINE))
			fail_msg("%s: trouble %d, number %d", rows[i].name,
				r->trouble, (int)r->number);
		if (r->trouble == USER_FINE &&
			(r->role != rows[i].role || r->until != rows[i].until))
			fail_msg("%s: role %d until %d", rows[i].name, r->role,
				r->until);
		assert_int_equal(r->row, 2);
	}
}

static void titles_stand_above_and_twice_is_told(void **state)
{
	static struct user_list l;

	(void)state;
	user_list_init(&l);
	feed(&l, 1, "Danh sách người dùng");
	feed(&l, 3, "số|họ tên|vai trò");
	feed(&l, 4, "1|An|agent");
	feed(&l, 5, "2|Bình|agent");
	feed(&l, 6, "1|Chi|agent");
	assert_int_equal(l.count, 3);
	assert_int_equal(l.row[2].trouble, USER_TWICE);
	assert_int_equal(l.troubles, 1);
	assert_string_equal(l.row[1].name, "Bình");
}

static void a_table_without_its_columns_is_none(void **state)
{
	static struct user_list l;

	(void)state;
	user_list_init(&l);
	feed(&l, 1, "number|name");
	feed(&l, 2, "1|An");
	assert_false(l.has_header);
	assert_int_equal(l.count, 0);
}

static void more_than_there_may_be(void **state)
{
	static struct user_list l;
	char text[64];

	(void)state;
	user_list_init(&l);
	feed(&l, 1, "number|name|role");
	for (int i = 1; i <= USERS_MAX + 1; i++) {
		snprintf(text, sizeof(text), "%d|An|agent", i);
		feed(&l, i + 1, text);
	}
	assert_int_equal(l.count, USERS_MAX);
	assert_true(l.too_many);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_row_is_read),
		cmocka_unit_test(titles_stand_above_and_twice_is_told),
		cmocka_unit_test(a_table_without_its_columns_is_none),
		cmocka_unit_test(more_than_there_may_be),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
