/* Elements of payment codes: every wrong length is found. */
#include "support/unit.h"

#include <string.h>

#include "core/codec/tlv.h"

struct read_row {
	const char *name;
	const char *in;
	enum tlv_verdict verdict;
	int tags; /* elements in *out */
	int first;
	int last;
};

static struct read_row read_rows[] = {
	{"nothing is no element", "", TLV_OK, 0, -1, -1},
	{"one element", "000201", TLV_OK, 1, 0, 0},
	{"two elements", "0002015802VN", TLV_OK, 2, 0, 58},
	{"any order is read", "5802VN000201", TLV_OK, 2, 58, 0},
	{"the last tag of all", "9901x", TLV_OK, 1, 99, 99},
	{"99 bytes are the longest",
		"0199aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"a"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
		TLV_OK, 1, 1, 1},
	{"a length counts bytes, not characters", "0805hóa0101x",
		TLV_BAD_LENGTH, 1, 8, 8},
	{"three letters in four bytes", "0804hóa0101x", TLV_OK, 2, 8, 1},
	{"one byte short", "000301", TLV_BAD_LENGTH, 0, -1, -1},
	{"one byte over", "0002011", TLV_BAD_LENGTH, 1, 0, 0},
	{"a header cut off", "00020158", TLV_BAD_LENGTH, 1, 0, 0},
	{"a header cut off in its length", "000201580", TLV_BAD_LENGTH, 1, 0,
		0},
	{"a length of 00", "0000", TLV_BAD_LENGTH, 0, -1, -1},
	{"a length of 00 in the middle", "00020159005802VN", TLV_BAD_LENGTH, 1,
		0, 0},
	{"a letter in the tag", "0A02VN", TLV_BAD_LENGTH, 0, -1, -1},
	{"a blank in the tag", " 002VN", TLV_BAD_LENGTH, 0, -1, -1},
	{"a letter in the length", "000xVN", TLV_BAD_LENGTH, 0, -1, -1},
	{"a sign in the length", "00+201", TLV_BAD_LENGTH, 0, -1, -1},
	{"a tag twice", "0001a0001b", TLV_REPEATED, 1, 0, 0},
	{"a tag twice, others between", "0001a5801b0001a", TLV_REPEATED, 2, 0,
		58},
};

static void reads(void **state)
{
	const struct read_row *row = *state;
	struct tlv_level got;
	int tags = 0;

	assert_int_equal(tlv_read(row->in, strlen(row->in), &got),
		row->verdict);
	for (int tag = 0; tag < TLV_TAGS; tag++)
		tags += got.value[tag].at != NULL;
	assert_int_equal(tags, row->tags);
	assert_int_equal(got.first, row->first);
	assert_int_equal(got.last, row->last);
}

static void values_are_where_they_stand(void **state)
{
	static const char in[] = "000201"
				 "0808Trợ cấ"
				 "5802VN";
	struct tlv_level got;

	(void)state;
	/* "Trợ cấ" is ten bytes: this length cuts a letter. */
	assert_int_equal(tlv_read(in, sizeof(in) - 1, &got), TLV_BAD_LENGTH);
	assert_true(tlv_is(got.value[0], "01"));
	assert_int_equal(got.value[8].len, 8);
	assert_ptr_equal(got.value[8].at, in + 10);
	assert_null(got.value[58].at);
}

static void a_value_is_a_text_or_not(void **state)
{
	struct tlv_level got;

	(void)state;
	assert_int_equal(tlv_read("5303704", 7, &got), TLV_OK);
	assert_true(tlv_is(got.value[53], "704"));
	assert_false(tlv_is(got.value[53], "705"));
	assert_false(tlv_is(got.value[53], "70"));
	assert_false(tlv_is(got.value[53], "7040"));
	assert_false(tlv_is(got.value[54], ""));
}

struct put_row {
	const char *name;
	size_t room;
	int tag;
	size_t len;
	const char *out; /* NULL: refused */
};

static struct put_row put_rows[] = {
	{"an element is written", 100, 58, 2, "5802xx"},
	{"a small tag has its zero", 100, 0, 1, "0001x"},
	{"ten bytes", 100, 1, 10, "0110xxxxxxxxxx"},
	{"it fits to the byte", 6, 58, 2, "5802xx"},
	{"no room for the last byte", 5, 58, 2, NULL},
	{"no room for the header", 3, 58, 2, NULL},
	{"nothing is no value", 100, 58, 0, NULL},
	{"100 bytes are too many", 200, 58, 100, NULL},
};

static void writes(void **state)
{
	const struct put_row *row = *state;
	char bytes[256];
	char value[128];
	struct buf b;

	memset(value, 'x', sizeof(value));
	buf_init(&b, bytes, row->room);
	assert_int_equal(tlv_put(&b, row->tag, value, row->len),
		row->out != NULL);
	assert_int_equal(b.full, row->out == NULL);
	assert_int_equal(b.len, row->out ? strlen(row->out) : 0);
	if (row->out)
		assert_memory_equal(bytes, row->out, b.len);
}

static void all_lengths_come_back(void **state)
{
	char value[TLV_MAX_LEN];
	char bytes[TLV_HEADER + TLV_MAX_LEN];

	(void)state;
	memset(value, '7', sizeof(value));
	for (int tag = 0; tag < TLV_TAGS; tag++)
		for (size_t len = 1; len <= TLV_MAX_LEN; len++) {
			struct tlv_level got;
			struct buf b;

			buf_init(&b, bytes, sizeof(bytes));
			assert_true(tlv_put(&b, tag, value, len));
			assert_int_equal(tlv_read(bytes, b.len, &got), TLV_OK);
			assert_int_equal(got.first, tag);
			assert_int_equal(got.value[tag].len, len);
			assert_int_equal(tlv_read(bytes, b.len - 1, &got),
				TLV_BAD_LENGTH);
		}
}

static struct CMUnitTest tests[COUNT_OF(read_rows) + COUNT_OF(put_rows) + 3];

int main(void)
{
	size_t n = 0;

	UNIT_ADD_ROWS(tests, &n, read_rows, reads);
	UNIT_ADD_ROWS(tests, &n, put_rows, writes);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(values_are_where_they_stand);
	tests[n++] =
		(struct CMUnitTest)cmocka_unit_test(a_value_is_a_text_or_not);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(all_lengths_come_back);
	return cmocka_run_group_tests_name("tlv", tests, NULL, NULL);
}
