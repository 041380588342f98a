/* Reports and report descriptors of HID-POS scanners, honest and hostile. */
#include "support/unit.h"

#include <stdbool.h>
#include <string.h>

#include "core/str.h"
#include "drivers/scanner/scanner_report.h"

#define NO SCANNER_REPORT_NOWHERE

/* A scanner of today: count, symbology, 56 bytes, two of its own, one bit. */
#define COMMON                             \
	"058c0902a1018502"                 \
	"0912a102"                         \
	"150026ff007508"                   \
	"95010501093b8102"                 \
	"058c950109fb810209fc810209fd8102" \
	"953809fe82020195020666ff0910"     \
	"8102"                             \
	"058c25017501950109ff810275078103c0c0"
/* No report number, no count, 30 bytes of data behind the bit. */
#define BARE                       \
	"058c0902a101"             \
	"7501950109ff810275078103" \
	"7508951e09fe8102c0"
/* The symbology as one array of three, usages in one go. */
#define ARRAY              \
	"058c0902a1018507" \
	"75089503"         \
	"09fb09fc09fd8102" \
	"9501050109"       \
	"3b8102"           \
	"058c952009fe8102c0"

struct layout_row {
	const char *name;
	const char *descriptor; /* hex */
	struct scanner_layout is;
};

#define USUAL                                                         \
	{                                                             \
		.number = 2, .aim = {2, 3, 4}, .count = 1, .data = 5, \
		.data_size = 56, .more = 63, .usual = true            \
	}

static struct layout_row layout_rows[] = {
	{"as most have it", COMMON,
		{.number = 2,
			.aim = {2, 3, 4},
			.count = 1,
			.data = 5,
			.data_size = 56,
			.more = 63}},
	{"nothing but data and a bit", BARE,
		{.number = 0,
			.aim = {NO, NO, NO},
			.count = NO,
			.data = 1,
			.data_size = 30,
			.more = 0}},
	{"symbology in one item, no bit", ARRAY,
		{.number = 7,
			.aim = {1, 2, 3},
			.count = 4,
			.data = 5,
			.data_size = 32,
			.more = NO}},
	{"T53 an empty descriptor: the usual", "", USUAL},
	{"T53 one that says nothing of data", "058c0902a101c0", USUAL},
	{"T53 cut off in the middle of an item", "058c0902a10185", USUAL},
	{"T53 a long item to the end", "fe", USUAL},
	{"T53 four billion fields before the data",
		"058c097597ffffffff77ffffffff810209fe75089501810"
		"2",
		USUAL},
	{"T53 data not at a byte", "058c75019501810309fe7508950a8102", USUAL},
	{"T53 data of no bytes", "058c7508950009fe8102", USUAL},
	{"T53 data beyond any report", "058c750896ff0f8103810309fe8102", USUAL},
	{"T53 more usages than can be",
		"058c7508950109fe09fe09fe09fe09fe09fe09"
		"fe09fe09fe09fe09fe09fe09fe09fe09fe09fe09fe09fe8102",
		{.number = 0,
			.aim = {NO, NO, NO},
			.count = NO,
			.data = 0,
			.data_size = 0,
			.more = NO,
			.usual = true}},
};

static void a_descriptor_says_where(void **state)
{
	const struct layout_row *r = *state;
	uint8_t bytes[256];
	size_t len = 0;
	struct scanner_layout l;

	assert_true(str_from_hex(r->descriptor, bytes, sizeof(bytes), &len));
	scanner_layout_read(&l, bytes, len);
	if (r->is.usual && r->is.data_size == 0)
		return; /* anything, as long as it is safe */
	assert_int_equal(l.usual, r->is.usual);
	assert_int_equal(l.number, r->is.number);
	assert_int_equal(l.count, r->is.count);
	assert_int_equal(l.data, r->is.data);
	assert_int_equal(l.data_size, r->is.data_size);
	assert_int_equal(l.more, r->is.more);
	assert_int_equal(l.more_bit, r->is.more_bit);
	assert_memory_equal(l.aim, r->is.aim, sizeof(l.aim));
}

struct report_row {
	const char *name;
	const char *descriptor;
	const char *head; /* the report's first bytes; NULs up to len */
	size_t head_len;
	size_t len;
	int last; /* the last byte */
	bool ours;
	bool broken;
	bool more;
	const char *data;
	const char *aim;
};

#define HEAD(text) text, sizeof(text) - 1

static struct report_row report_rows[] = {
	{"a whole code", COMMON, HEAD("\x02\x03]Q1abc"), 64, 0, true, false,
		false, "abc", "]Q1"},
	{"it goes on", COMMON, HEAD("\x02\x03]Q1abc"), 64, 1, true, false, true,
		"abc", "]Q1"},
	{"other bits of that byte mean nothing", COMMON, HEAD("\x02\x03]Q1abc"),
		64, 0xfe, true, false, false, "abc", "]Q1"},
	{"symbology without the bracket", COMMON, HEAD("\x02\x03Q1\0abc"), 64,
		0, true, false, false, "abc", "]Q1"},
	{"no symbology", COMMON, HEAD("\x02\x03\0\0\0abc"), 64, 0, true, false,
		false, "abc", ""},
	{"a symbology that is none", COMMON, HEAD("\x02\x03\x1b[2abc"), 64, 0,
		true, false, false, "abc", ""},
	{"bytes behind the count are not read", COMMON, HEAD("\x02\x02]Q1abcd"),
		64, 0, true, false, false, "ab", "]Q1"},
	{"another report is not ours", COMMON, HEAD("\x03\x03]Q1abc"), 64, 0,
		false, false, false, "", ""},
	{"nothing at all", COMMON, HEAD(""), 0, 0, false, false, false, "", ""},
	{"no count: NULs at the end are no data", BARE, HEAD("\0abc"), 31, 0,
		true, false, false, "abc", ""},
	{"no count, and it goes on", BARE, HEAD("\1abc"), 31, 0, true, false,
		true, "abc", ""},
	{"no bit: every report is a code", ARRAY, HEAD("\7]C1\3abc"), 40, 0,
		true, false, false, "abc", "]C1"},
	{"T53 it counts more than it may hold", COMMON, HEAD("\x02\x39]Q1abc"),
		64, 0, true, true, false, "", ""},
	{"T53 it counts 255", COMMON, HEAD("\x02\xff]Q1abc"), 64, 0, true, true,
		false, "", ""},
	{"T53 it counts more than came", COMMON, HEAD("\x02\x08]Q1abc"), 8, 'c',
		true, true, false, "", ""},
	{"T53 it ends before the data", COMMON, HEAD("\x02\x03]"), 3, ']', true,
		true, false, "", ""},
	{"T53 only its number", COMMON, HEAD("\x02"), 1, 2, true, true, false,
		"", ""},
	{"T53 longer than the descriptor says", COMMON, HEAD("\x02\x03]Q1abc"),
		256, 1, true, false, false, "abc", "]Q1"},
};

static void a_report_gives_its_piece(void **state)
{
	const struct report_row *r = *state;
	uint8_t descriptor[256];
	uint8_t bytes[256] = {0};
	size_t len = 0;
	struct scanner_layout l;
	struct scanner_piece p;

	assert_true(str_from_hex(r->descriptor, descriptor, sizeof(descriptor),
		&len));
	scanner_layout_read(&l, descriptor, len);
	memcpy(bytes, r->head, r->head_len);
	if (r->len > r->head_len)
		bytes[r->len - 1] = (uint8_t)r->last;
	assert_int_equal(scanner_report_read(&l, bytes, r->len, &p), r->ours);
	assert_int_equal(p.framed, r->ours);
	assert_int_equal(p.broken, r->broken);
	assert_int_equal(p.more, r->more);
	assert_int_equal(p.len, strlen(r->data));
	assert_memory_equal(p.bytes, r->data, p.len);
	assert_string_equal(p.aim, r->aim);
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(layout_rows) + COUNT_OF(report_rows)];
	size_t n = 0;

	UNIT_ADD_ROWS(tests, &n, layout_rows, a_descriptor_says_where);
	UNIT_ADD_ROWS(tests, &n, report_rows, a_report_gives_its_piece);
	return _cmocka_run_group_tests("scanner_report", tests, n, NULL, NULL);
}
