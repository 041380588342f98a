/* UTF-8 that was taken for Western letters: undone where only one way is. */
#include "support/unit.h"

#include <string.h>

#include "core/codec/mojibake.h"

struct row {
	const char *name;
	const char *in;
	const char *out; /* NULL: left alone */
};

static struct row rows[] = {
	{"CP1252", "Nguyá»…n Thá»‹", "Nguyễn Thị"},
	{"Latin-1 with C1 controls", "Nguy\u00e1\xc2\xbb\xc2\x85n", "Nguyễn"},
	{"a byte that CP1252 leaves out",
		"Ph\xc3\x83\xc2\xb2ng \xc3\x83\xc2\x81nh", "Phòng Ánh"},
	{"marks apart (NFD)", "Hoa\xc3\x8c\xc2\x80", "Hoa\u0300"},
	{"breves of the highlands", "Ä\xc2\xadÅ\xc2\x8f", "ĭŏ"},
	{"twice over", "NguyÃ¡Â»â€¦n", "Nguyễn"},
	{"ASCII is right as it is", "Nguyen Van A", NULL},
	{"good Vietnamese is right as it is", "Nguyễn Thị Thử", NULL},
	{"good text of Latin-1 letters only", "Hà Tô Thôn Cù", NULL},
	{"an apostrophe after a letter is no half letter", "Ê’Ban", NULL},
	{"a dash after a letter is no half letter", "Ô– Ê–", NULL},
	{"a byte lost", "Nguyá»n", NULL},
	{"a byte replaced", "Nguyá»?n", NULL},
	{"half undone already", "Nguyễn Thá»‹", NULL},
	{"Cyrillic comes out: not ours", "Ð\xc2\x90Ð\xc2\x91", NULL},
	{"bytes that are no UTF-8", "Nguy\xe1n", NULL},
	{"empty", "", NULL},
};

static void run_row(void **state)
{
	const struct row *row = *state;
	char out[256];
	size_t len = 0;
	const bool done = mojibake_undo(row->in, strlen(row->in), out, &len);

	assert_int_equal(done, row->out != NULL);
	if (done) {
		assert_int_equal(len, strlen(row->out));
		assert_memory_equal(out, row->out, len);
	}
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows)];

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		tests[i] = (struct CMUnitTest){.name = rows[i].name,
			.test_func = run_row,
			.initial_state = &rows[i]};
	return cmocka_run_group_tests_name("mojibake", tests, NULL, NULL);
}
