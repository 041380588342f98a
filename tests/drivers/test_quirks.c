/* The table of models: that every row of it is well made, and what is found
   for devices as they name themselves. */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/asset.h"
#include "drivers/devices/quirks.h"

struct row {
	const char *name;
	uint16_t vendor;
	uint16_t product;
	const char *says; /* product string or IEEE 1284 id */
	bool known;
	bool one_way;
	int dots;
	int tcvn3;
	int cp1258;
	enum quirks_scanner scanner;
};

static struct row rows[] = {
	{"nobody knows it", 0x1234, 0x5678, "USB Printing Support", false,
		false, 0, -1, -1, QUIRKS_NO_SCANNER},
	{"by its product string", 0x04b8, 0x0e15, "TM-T20II", true, false, 576,
		30, 52, QUIRKS_NO_SCANNER},
	{"by its IEEE 1284 id", 0, 0,
		"MFG:EPSON;CMD:ESC/POS;MDL:TM-T88II;CLS:PRINTER;", true, false,
		512, 30, 52, QUIRKS_NO_SCANNER},
	{"a longer name is another model", 0, 0, "TM-T20IIX", false, false, 0,
		-1, -1, QUIRKS_NO_SCANNER},
	{"and so is one with something in front", 0, 0, "XTM-T20II", false,
		false, 0, -1, -1, QUIRKS_NO_SCANNER},
	{"the whole word counts, wherever it stands", 0, 0,
		"EPSON TM-T70 (J4MF)", true, false, 512, -1, -1,
		QUIRKS_NO_SCANNER},
	{"all of a maker", 0x0519, 0x0099, "", true, true, 0, -1, -1,
		QUIRKS_NO_SCANNER},
	{"a maker and a model together", 0x0519, 0x0003, "TSP600", true, true,
		576, -1, -1, QUIRKS_NO_SCANNER},
	{"a scanner set up as a keyboard", 0x1eab, 0x0103, "", true, false, 0,
		-1, -1, QUIRKS_SCANNER_TYPES},
	{"the same on a serial line", 0x1eab, 0x0106, "", true, false, 0, -1,
		-1, QUIRKS_SCANNER_SERIAL},
	{"the same as HID-POS", 0x1eab, 0x0110, "", true, false, 0, -1, -1,
		QUIRKS_SCANNER_HID_POS},
	{"a scanner, and no more is known", 0x05f9, 0x2601, "", true, false, 0,
		-1, -1, QUIRKS_SCANNER},
};

static void run_row(void **state)
{
	const struct row *row = *state;
	struct quirks q;

	quirks_find(row->vendor, row->product, row->says, &q);
	assert_int_equal(q.known, row->known);
	assert_int_equal(q.one_way, row->one_way);
	assert_int_equal(q.dots, row->dots);
	assert_int_equal(q.tcvn3[0], row->tcvn3);
	assert_int_equal(q.cp1258[0], row->cp1258);
	assert_int_equal(q.scanner, row->scanner);
}

static void single_flags(void **state)
{
	struct quirks q;

	(void)state;
	quirks_find(0x04b8, 0x0202, "", &q);
	assert_true(q.vendor_class);
	quirks_find(0x0519, 0x0001, "", &q);
	assert_true(q.slow_close);
	assert_true(q.one_way);
	quirks_find(0x0a5f, 0x0001, "", &q);
	assert_true(q.keep_detached);
	quirks_find(0, 0, "TM-U220B", &q);
	assert_true(q.no_raster);
	assert_false(q.no_cut);
	quirks_find(0, 0, "TM-T20II", &q);
	assert_int_equal(q.tcvn3[1], 31);
	assert_int_equal(q.cp1258[1], -1);
}

static void the_table_is_well_made(void **state)
{
	int line = -1;

	(void)state;
	for (size_t i = 0; i < assets_count; i++)
		if (strcmp(assets[i].path, "assets/quirks.tsv") == 0)
			line = quirks_check((const char *)assets[i].data,
				assets[i].size);
	assert_int_equal(line, 0);
}

/* What the check is there for. */
static const char *const bad[] = {
	"printer\t04b8:0202\t-\t-\t-\t-\t-\n",
	"printer\t04b8:0202\t-\t-\t-\t-\t-\t\n",
	"printer\t04b8:0202\t-\t-\t-\t-\t-\tx\ty\n",
	"paper\t04b8:0202\t-\t-\t-\t-\t-\tx\n",
	"printer\t04b8\t-\t-\t-\t-\t-\tx\n",
	"printer\t04b8:02\t-\t-\t-\t-\t-\tx\n",
	"printer\t04g8:0202\t-\t-\t-\t-\t-\tx\n",
	"printer\t-\t-\t-\t-\t-\t-\tx\n",
	"printer\t-\tA\tone-wy\t-\t-\t-\tx\n",
	"printer\t-\tA\tone-way,\ttransfer=4\t-\t-\tx\n",
	"printer\t-\tA\ttransfer=4\t-\t-\t-\tx\n",
	"printer\t-\tA\t-\t5760\t-\t-\tx\n",
	"printer\t-\tA\t-\t-\t30,31,32\t-\tx\n",
	"printer\t-\tA\t-\t-\t256\t-\tx\n",
	"printer\t-\tA\t-\t-\t-\t30;31\tx\n",
	"printer\t-"
	"\tA2345678901234567890123456789012345678901234567890123456789"
	"01234567890\t-\t-\t-\t-\tx\n",
};

static void wrong_rows_are_seen(void **state)
{
	char text[512];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		snprintf(text, sizeof(text),
			"# one\nprinter\t-\tA\t-\t-\t-\t-"
			"\tx\n\n%s",
			bad[i]);
		if (quirks_check(text, strlen(text)) != 4)
			fail_msg("taken: %s", bad[i]);
	}
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows) + 3] = {
		cmocka_unit_test(single_flags),
		cmocka_unit_test(the_table_is_well_made),
		cmocka_unit_test(wrong_rows_are_seen),
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		tests[i + 3] = (struct CMUnitTest){.name = rows[i].name,
			.test_func = run_row,
			.initial_state = &rows[i]};
	return cmocka_run_group_tests_name("quirks", tests, NULL, NULL);
}
