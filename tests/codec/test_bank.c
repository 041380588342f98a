/* Banks, wallets and mobile money: the table, its keys, finding one. */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "core/codec/bank.h"
#include "core/str.h"

enum {
	ROWS = 66
};

/* ---- the table is the file ---- */

static const char *type_of(const struct bank *b)
{
	return bank_type_code(b->type);
}

static const char *lookup_of(const struct bank *b)
{
	return b->lookup == BANK_YES  ? "yes"
	       : b->lookup == BANK_NO ? "no"
				      : "unknown";
}

static const char *transfer_of(const struct bank *b)
{
	return b->sends == BANK_YES  ? "transfer"
	       : b->sends == BANK_NO ? "receive-only"
				     : "unknown";
}

static void the_table_is_the_file(void **state)
{
	FILE *in = fopen("assets/banks/banks.tsv", "r");
	char line[1024];
	size_t n = 0;

	(void)state;
	assert_non_null(in);
	assert_non_null(fgets(line, sizeof(line), in));
	for (; fgets(line, sizeof(line), in); n++) {
		char bin[BANK_BIN_SIZE] = "";
		char built[1024];
		const struct bank *b;

		memcpy(bin, line, 6);
		b = bank_by_bin(bin);
		assert_non_null(b);
		snprintf(built, sizeof(built), "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s",
			b->bin, b->code, b->short_name, b->full_name,
			type_of(b), lookup_of(b), transfer_of(b), b->swift);
		assert_true(str_starts(line, built));
		assert_int_equal(line[strlen(built)], '\t');
		if (b->former[0])
			assert_non_null(strstr(line, b->former));
	}
	fclose(in);
	assert_int_equal(n, ROWS);
	assert_int_equal(banks_count, ROWS);
}

static void it_is_sorted_by_short_name(void **state)
{
	(void)state;
	for (size_t i = 1; i < banks_count; i++)
		assert_true(strcasecmp(banks[i - 1].short_name,
				    banks[i].short_name) < 0);
}

static void types_are_counted(void **state)
{
	size_t n[BANK_TYPE_FINANCE + 1] = {0};

	(void)state;
	for (size_t i = 0; i < banks_count; i++)
		n[banks[i].type]++;
	assert_int_equal(n[BANK_TYPE_BANK], 62);
	assert_int_equal(n[BANK_TYPE_WALLET], 1);
	assert_int_equal(n[BANK_TYPE_MOBILE_MONEY], 2);
	assert_int_equal(n[BANK_TYPE_FINANCE], 1);
}

/* ---- looking up ---- */

struct bin_row {
	const char *name;
	const char *bin;
	const char *short_name; /* NULL: nobody */
};

static struct bin_row bin_rows[] = {
	{"by BIN: Agribank", "970405", "Agribank"},
	{"by BIN: the first of the table", "970425", "ABBANK"},
	{"by BIN: the last of the table", "970457", "Woori"},
	{"by BIN: the wallet", "971025", "MoMo"},
	{"by BIN: Viettel Money", "971005", "ViettelMoney"},
	{"by BIN: VNPT Money", "971011", "VNPTMoney"},
	{"by BIN: BVB is Bảo Việt here", "970438", "BaoVietBank"},
	{"by BIN: and Bản Việt is VCCB", "970454", "BVBank"},
	{"by BIN: not in the list", "970499", NULL},
	{"by BIN: five digits", "97040", NULL},
	{"by BIN: seven digits", "9704055", NULL},
	{"by BIN: never by the letter code", "VBA", NULL},
	{"by BIN: nothing", "", NULL},
};

static void finds_by_bin(void **state)
{
	const struct bin_row *row = *state;
	const struct bank *b = bank_by_bin(row->bin);

	if (row->short_name)
		assert_string_equal(b->short_name, row->short_name);
	else
		assert_null(b);
}

struct search_row {
	const char *name;
	const char *typed;
	const char *found; /* short names, the nearest first */
};

static struct search_row search_rows[] = {
	{"search: a short name", "agri", "Agribank"},
	{"search: case does not matter", "AGRIBANK", "Agribank"},
	{"search: a code before what is inside", "vba", "Agribank BVBank"},
	{"search: a BIN", "970436", "Vietcombank"},
	{"search: marks and blanks do not matter", "sài gòn",
		"SaigonBank Sacombank SCB SHB"},
	{"search: a beginning before what is inside", "hsbc", "HSBC"},
	{"search: inside a short name", "combank",
		"PVcomBank PVcomBank_Pay Sacombank Techcombank Vietcombank"},
	{"search: the full name", "nông nghiệp", "Agribank"},
	{"search: the name of before", "bưu điện liên việt", "LPBank"},
	{"search: a former short name", "VietCapital", "BVBank"},
	{"search: DongA is Vikki now", "donga", "Vikki"},
	{"search: the social policy bank", "chính sách", "VBSP"},
	{"search: mobile money", "viettel", "ViettelMoney"},
	{"search: both that say money", "money", "ViettelMoney VNPTMoney"},
	{"search: a code that two banks have had", "bvb", "BaoVietBank BVBank"},
	{"search: nobody", "zzz", ""},
	{"search: signs alone", "--", ""},
};

/* Short names with blanks as '_', one blank between. */
static void put_name(char *out, size_t size, const char *name)
{
	const size_t len = strlen(out);

	snprintf(out + len, size - len, "%s%s", len ? " " : "", name);
	for (char *s = out + len + (len > 0); *s; s++)
		if (*s == ' ')
			*s = '_';
}

static void searches(void **state)
{
	const struct search_row *row = *state;
	const struct bank *found[8];
	const size_t n = bank_search(row->typed, found, COUNT_OF(found));
	char names[256] = "";

	for (size_t i = 0; i < n; i++)
		put_name(names, sizeof(names), found[i]->short_name);
	assert_string_equal(names, row->found);
}

static void nothing_typed_finds_all(void **state)
{
	const struct bank *found[ROWS + 1];

	(void)state;
	assert_int_equal(bank_search("", found, COUNT_OF(found)), ROWS);
	assert_ptr_equal(found[0], &banks[0]);
	assert_ptr_equal(found[ROWS - 1], &banks[ROWS - 1]);
	assert_int_equal(bank_search("", found, 5), 5);
	assert_int_equal(bank_search("", found, 0), 0);
}

static void too_long_a_search_finds_nobody(void **state)
{
	const struct bank *found[1];
	char typed[400];

	(void)state;
	memset(typed, 'a', sizeof(typed) - 1);
	typed[sizeof(typed) - 1] = '\0';
	assert_int_equal(bank_search(typed, found, 1), 0);
}

static struct CMUnitTest tests[COUNT_OF(bin_rows) + COUNT_OF(search_rows) + 5];

int main(void)
{
	size_t n = 0;

	UNIT_ADD_ROWS(tests, &n, bin_rows, finds_by_bin);
	UNIT_ADD_ROWS(tests, &n, search_rows, searches);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(the_table_is_the_file);
	tests[n++] =
		(struct CMUnitTest)cmocka_unit_test(it_is_sorted_by_short_name);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(types_are_counted);
	tests[n++] =
		(struct CMUnitTest)cmocka_unit_test(nothing_typed_finds_all);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(too_long_a_search_finds_nobody);
	return cmocka_run_group_tests_name("bank", tests, NULL, NULL);
}
