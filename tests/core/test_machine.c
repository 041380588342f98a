/* Which machine: what counts as an id of one. */
#include "support/unit.h"

#include <string.h>

#include "core/machine.h"

#define ID "0123456789abcdef0123456789abcdef"

static const struct row {
	const char *name;
	const char *text;
	const char *id; /* "": none */
} rows[] = {
	{"32 hex digits are one", ID, ID},
	{"a line end behind it is none of it", ID "\n", ID},
	{"an empty file is none", "", ""},
	{"a system image before its first start has none", "uninitialized\n",
		""},
	{"one digit too few is none", "0123456789abcdef0123456789abcde", ""},
	{"one digit too many is none", ID "0", ""},
	{"capital letters are none", "0123456789ABCDEF0123456789ABCDEF", ""},
	{"all zero is none: it is the same everywhere",
		"00000000000000000000000000000000", ""},
};

static void what_is_an_id(void **state)
{
	char id[MACHINE_ID_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const bool wanted = *rows[i].id;

		memset(id, 'x', sizeof(id));
		machine_pretend(rows[i].text);
		if (machine_id(id) != wanted || strcmp(id, rows[i].id) != 0)
			fail_msg("%s: '%s'", rows[i].name, id);
	}
	machine_pretend(NULL);
}

/* Whatever this machine has, it has it twice. */
static void the_real_one_stays(void **state)
{
	char one[MACHINE_ID_SIZE];
	char two[MACHINE_ID_SIZE];

	(void)state;
	assert_int_equal(machine_id(one), machine_id(two));
	assert_string_equal(one, two);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_an_id),
		cmocka_unit_test(the_real_one_stays),
	};

	return cmocka_run_group_tests_name("machine", tests, NULL, NULL);
}
