/* Account numbers as they may be, and holders' names as banks keep them. */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/codec/account.h"

/* ---- numbers ---- */

#define LENGTH ACCOUNT_NOTE_LENGTH
#define PROVIDER ACCOUNT_NOTE_PROVIDER
#define NO_PHONE ACCOUNT_NOTE_NO_PHONE

struct check_row {
	const char *name;
	const char *bin;
	const char *typed;
	const char *number; /* as kept; NULL: refused */
	enum account_fault fault;
	unsigned notes;
	enum account_wallet wallet;
};

static struct check_row check_rows[] = {
	{"13 digits at Agribank", "970405", "1500205123456", "1500205123456",
		.wallet = WALLET_NONE},
	{"zeros in front count", "970403", "0011012345678", "0011012345678",
		.wallet = WALLET_NONE},
	{"only zeros", "970436", "000000", "000000", .wallet = WALLET_NONE},
	{"a nickname becomes capitals", "970436", "lanhuong99", "LANHUONG99",
		.wallet = WALLET_NONE},
	{"three characters are the fewest", "970436", "abc", "ABC",
		.notes = LENGTH},
	{"five are unusual", "970436", "12345", "12345", .notes = LENGTH},
	{"six are usual", "970436", "123456", "123456", .wallet = WALLET_NONE},
	{"19 are usual", "970436", "1234567890123456789", "1234567890123456789",
		.wallet = WALLET_NONE},
	{"20 are unusual", "970436", "12345678901234567890",
		"12345678901234567890", .notes = LENGTH},
	{"21 cannot be", "970436", "123456789012345678901", NULL,
		ACCOUNT_BAD_LENGTH, .wallet = WALLET_NONE},
	{"two cannot be", "970436", "12", NULL, ACCOUNT_BAD_LENGTH,
		.wallet = WALLET_NONE},
	{"nothing cannot be", "970436", "", NULL, ACCOUNT_BAD_LENGTH,
		.wallet = WALLET_NONE},
	{"a blank is no letter", "970436", "1234 5678", NULL,
		ACCOUNT_BAD_LETTERS, .wallet = WALLET_NONE},
	{"a hyphen is none", "970436", "1234-5678", NULL, ACCOUNT_BAD_LETTERS,
		.wallet = WALLET_NONE},
	{"a letter with a mark is none", "970436", "LÂN123", NULL,
		ACCOUNT_BAD_LETTERS, .wallet = WALLET_NONE},
	{"T41 ESC is none", "970436", "123\x1b[2J", NULL, ACCOUNT_BAD_LETTERS,
		.wallet = WALLET_NONE},
	{"T46 7,089 digits", "970436", "", NULL, ACCOUNT_BAD_LENGTH,
		.wallet = WALLET_NONE},
	{"T46 no UTF-8", "970436", "1234\xff", NULL, ACCOUNT_BAD_LETTERS,
		.wallet = WALLET_NONE},
	{"lengths of a bank are not checked", "970405", "150020512345",
		"150020512345", .wallet = WALLET_NONE},
	{"a bank in no list of ours", "970499", "123456789", "123456789",
		.notes = PROVIDER},
	{"unknown and short", "970499", "1234", "1234",
		.notes = PROVIDER | LENGTH},
	{"a BIN of five digits", "97040", "123456789", NULL, ACCOUNT_BAD_BIN,
		.wallet = WALLET_NONE},
	{"a BIN of seven digits", "9704055", "123456789", NULL, ACCOUNT_BAD_BIN,
		.wallet = WALLET_NONE},
	{"a letter code is no BIN", "VBAVBA", "123456789", NULL,
		ACCOUNT_BAD_BIN, .wallet = WALLET_NONE},
	{"no BIN", "", "123456789", NULL, ACCOUNT_BAD_BIN,
		.wallet = WALLET_NONE},
	{"a lender is not paid to", "977777", "123456789", NULL,
		ACCOUNT_NOT_PAYABLE, .wallet = WALLET_NONE},
	{"a phone number at Viettel Money", "971005", "0986123456",
		"0986123456", .wallet = WALLET_VIETTEL_MONEY},
	{"the same as people write it", "971005", "+84 986.123.456",
		"0986123456", .wallet = WALLET_VIETTEL_MONEY},
	{"VNPT Money", "971011", "0912345678", "0912345678",
		.wallet = WALLET_VNPT_MONEY},
	{"mobile money without a phone number", "971011", "1234567890",
		"1234567890", .notes = NO_PHONE, .wallet = WALLET_VNPT_MONEY},
	{"and a number that cannot be", "971011", "12 34", NULL,
		ACCOUNT_BAD_LETTERS, .wallet = WALLET_NONE},
	{"at a bank a phone number is a number", "970449", "0912345678",
		"0912345678", .wallet = WALLET_NONE},
	{"and must be written as one", "970449", "0912 345 678", NULL,
		ACCOUNT_BAD_LETTERS, .wallet = WALLET_NONE},
	{"MoMo by its BIN", "971025", "PSP123456789000000",
		"PSP123456789000000", .wallet = WALLET_MOMO},
	{"MoMo at BVBank", "970454", "99MM24011M34875080", "99MM24011M34875080",
		.wallet = WALLET_MOMO},
	{"MoMo in small letters", "970454", "99mm24011m34875080",
		"99MM24011M34875080", .wallet = WALLET_MOMO},
	{"ZaloPay at BVBank", "970454", "99ZP24009M07248267",
		"99ZP24009M07248267", .wallet = WALLET_ZALOPAY},
	{"BVBank itself", "970454", "9912345678", "9912345678",
		.wallet = WALLET_NONE},
	{"99MM at another bank is no wallet", "970405", "99MM24011M34875080",
		"99MM24011M34875080", .wallet = WALLET_NONE},
};

static void checks(void **state)
{
	const struct check_row *row = *state;
	static char many[7090];
	const char *typed = row->typed;
	struct account got;

	if (strstr(row->name, "7,089")) {
		memset(many, '7', sizeof(many) - 1);
		typed = many;
	}
	memset(&got, 0x55, sizeof(got));
	assert_int_equal(account_check(row->bin, typed, &got), row->fault);
	assert_string_equal(got.number, row->number ? row->number : "");
	assert_string_equal(got.bin, row->number ? row->bin : "");
	assert_int_equal(got.notes, row->notes);
	assert_int_equal(got.wallet, row->wallet);
	assert_int_equal(got.bank != NULL,
		row->number && !(row->notes & PROVIDER));
	if (got.bank)
		assert_string_equal(got.bank->bin, row->bin);
}

static void every_code_has_its_word(void **state)
{
	(void)state;
	assert_string_equal(account_fault_code(ACCOUNT_FINE), "");
	assert_string_equal(account_fault_code(ACCOUNT_BAD_BIN), "bad_bin");
	assert_string_equal(account_fault_code(ACCOUNT_BAD_LENGTH),
		"bad_number");
	assert_string_equal(account_fault_code(ACCOUNT_BAD_LETTERS),
		"bad_number");
	assert_string_equal(account_fault_code(ACCOUNT_NOT_PAYABLE),
		"not_payable");
	assert_string_equal(account_note_code(LENGTH), "unusual_length");
	assert_string_equal(account_note_code(PROVIDER), "unknown_provider");
	assert_string_equal(account_note_code(NO_PHONE), "no_phone_number");
	assert_string_equal(account_wallet_code(WALLET_NONE), "");
	assert_string_equal(account_wallet_code(WALLET_MOMO), "momo");
	assert_string_equal(account_wallet_code(WALLET_ZALOPAY), "zalopay");
	assert_string_equal(account_wallet_code(WALLET_VIETTEL_MONEY),
		"viettel_money");
	assert_string_equal(account_wallet_code(WALLET_VNPT_MONEY),
		"vnpt_money");
}

/* ---- names ---- */

struct fold_row {
	const char *name;
	const char *in;
	const char *out; /* "": refused, or nothing in it */
	bool refused;
};

static struct fold_row fold_rows[] = {
	{"fold: marks go, capitals come", "Nguyễn Thị Thử", "NGUYEN THI THU",
		false},
	{"fold: Đ is D", "Đặng Đình đô", "DANG DINH DO", false},
	{"fold: an apostrophe goes without a gap", "H'Mẫu Êban", "HMAU EBAN",
		false},
	{"fold: a printed one too", "H’ Mẫu", "H MAU", false},
	{"fold: the other one too", "K‘Brơi", "KBROI", false},
	{"fold: the letter that looks like it", "KʼBrơi", "KBROI", false},
	{"fold: a hyphen", "Y-Bhăm", "YBHAM", false},
	{"fold: a dash between blanks", "Y – Bhăm", "Y BHAM", false},
	{"fold: hyphens of typesetters", "Y‐Bhăm‑Niê", "YBHAMNIE", false},
	{"fold: a grave and a tilde that stand alone", "Ho`a Nga~", "HOA NGA",
		false},
	{"fold: blanks at the ends and doubled", "  LE   VAN  A ", "LE VAN A",
		false},
	{"fold: any other sign parts words", "Lê.Văn/A", "LE VAN A", false},
	{"fold: NFD", "Nguye\u0302\u0303n", "NGUYEN", false},
	{"fold: digits stay", "Lan 2", "LAN 2", false},
	{"fold: nothing", "", "", false},
	{"fold: only signs", "'-`~", "", false},
	{"T42 fold: a Cyrillic letter is refused", "L\u0430n", "", true},
};

static void folds(void **state)
{
	const struct fold_row *row = *state;
	char out[ACCOUNT_NAME_SIZE] = "left";

	assert_int_equal(account_name_fold(row->in, out, sizeof(out)),
		!row->refused);
	assert_string_equal(out, row->out);
}

static void folding_refuses_what_does_not_fit(void **state)
{
	char long_name[5 * ACCOUNT_NAME_SIZE];
	char out[9] = "left";

	(void)state;
	assert_true(account_name_fold("Trần An-h", out, 9));
	assert_string_equal(out, "TRAN ANH");
	assert_false(account_name_fold("Trần Anh", out, 8));
	assert_string_equal(out, "");
	assert_false(account_name_fold("Lan", out, 0));
	memset(long_name, 'a', sizeof(long_name) - 1);
	long_name[sizeof(long_name) - 1] = '\0';
	assert_false(account_name_fold(long_name, out, sizeof(out)));
	assert_string_equal(out, "");
}

struct compare_row {
	const char *name;
	const char *card;
	const char *holder;
	enum viet_verdict verdict;
	const char *differs; /* an x for each flag; NULL: not looked at */
};

static struct compare_row compare_rows[] = {
	{"compare: the same", "Lê Thị Hoa", "Lê Thị Hoa", VIET_EQUAL,
		".........."},
	{"compare: case", "Lê Thị Hoa", "LÊ THỊ HOA", VIET_EQUAL, ".........."},
	{"compare: as banks write it", "Lê Thị Đào", "LE THI DAO", VIET_ALIKE,
		".x...x.xx."},
	{"compare: another order", "Lê Thị Hoa", "HOA LE THI", VIET_ALIKE,
		NULL},
	{"compare: an apostrophe left out", "H'Mẫu Êban", "HMAU EBAN",
		VIET_ALIKE, NULL},
	{"compare: left out and another order", "H'Mẫu Êban", "EBAN HMAU",
		VIET_ALIKE, NULL},
	{"compare: a hyphen left out, another order", "Y-Bhăm Niê", "NIE YBHAM",
		VIET_ALIKE, NULL},
	{"compare: a blank in its place", "Y – Bhăm", "Y BHAM", VIET_ALIKE,
		NULL},
	{"compare: a blank nowhere", "Y – Bhăm", "YBHAM", VIET_ALIKE, NULL},
	{"compare: parted there, and another order", "H'Mẫu Êban", "EBAN MAU H",
		VIET_ALIKE, NULL},
	{"compare: one letter else", "Lê Thị Hoa", "LE THI HUA", VIET_DIFFERENT,
		"........x."},
	{"compare: a letter more", "Lê Văn An", "LE VAN ANH", VIET_DIFFERENT,
		".........x"},
	{"compare: a letter less", "Lê Văn Anh", "LE VAN AN", VIET_DIFFERENT,
		"........."},
	{"compare: a letter else, both with marks", "Lê Thị Hoà", "Lê Thí Hoè",
		VIET_DIFFERENT, ".....x...x"},
	{"compare: the card without marks", "LE THI HUA", "Lê Thị Hòa",
		VIET_DIFFERENT, "........x."},
	{"compare: đ is d there", "Đỗ Đình", "DO DINK", VIET_DIFFERENT,
		"......x"},
	{"compare: NFD on the card", "Le\u0302 Thi\u0323 Hoa", "LE THI HUA",
		VIET_DIFFERENT, "........x."},
	{"compare: a word less", "Lê Thị Hoa", "LE HOA", VIET_DIFFERENT, NULL},
	{"compare: letters of other words", "Lan Anh", "LANA NH", VIET_ALIKE,
		NULL},
	{"compare: i is not y", "Lý Thị Mỹ", "LI THI MI", VIET_DIFFERENT, NULL},
	{"compare: nobody", "Lê Thị Hoa", "", VIET_DIFFERENT, ""},
	{"compare: signs alone are no name", "'", "-", VIET_DIFFERENT, "x"},
	{"T42 compare: a Cyrillic letter", "Lan Anh", "L\u0430n Anh",
		VIET_DIFFERENT, NULL},
	{"T42 compare: in another order too", "Lan Anh", "Anh L\u0430n",
		VIET_DIFFERENT, NULL},
};

static void compares(void **state)
{
	const struct compare_row *row = *state;
	bool differs[VIET_NAME_SIZE] = {false};
	char shown[VIET_NAME_SIZE] = "";
	const size_t n = row->differs ? strlen(row->differs) : 0;

	assert_int_equal(account_compare_names(row->card, row->holder, differs,
				 VIET_NAME_SIZE),
		row->verdict);
	assert_int_equal(account_compare_names(row->holder, row->card, NULL, 0),
		row->verdict);
	for (size_t i = 0; i < n; i++)
		shown[i] = differs[i] ? 'x' : '.';
	if (row->differs)
		assert_string_equal(shown, row->differs);
}

static struct CMUnitTest tests[COUNT_OF(check_rows) + COUNT_OF(fold_rows) +
			       COUNT_OF(compare_rows) + 2];

int main(void)
{
	size_t n = 0;

	UNIT_ADD_ROWS(tests, &n, check_rows, checks);
	UNIT_ADD_ROWS(tests, &n, fold_rows, folds);
	UNIT_ADD_ROWS(tests, &n, compare_rows, compares);
	tests[n++] =
		(struct CMUnitTest)cmocka_unit_test(every_code_has_its_word);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(folding_refuses_what_does_not_fit);
	return cmocka_run_group_tests_name("account", tests, NULL, NULL);
}
