/*
 * What the QR of a card says: every row of tests/data/card_cases.tsv and
 * card_cases_more.tsv, and rows of our own for shapes that they have not.
 */
#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/codec/idcard.h"
#include "core/str.h"

enum {
	/* Rows of the files; fewer means that they were not read. */
	CASES = 55,
	MORE_CASES = 43,
	LINE_SIZE = 16384
};

/* ---- the rows of the file ---- */

struct file_row {
	char name[160]; /* "case: why" */
	enum card_outcome outcome;
	uint8_t bytes[8192];
	size_t len;
	char expected[512]; /* "-": none given */
};

static struct file_row file_rows[CASES + MORE_CASES];

static const char *outcome_text(enum card_outcome outcome)
{
	static const char *const text[] = {"ok", "warn", "reject"};

	return text[outcome];
}

/* The card as the file writes it: id|old|name|ddmmyyyy|sex|address|issued. */
static void card_line(const struct idcard *c, char *out, size_t size)
{
	char issued[16] = "";

	if (c->issued.year)
		snprintf(issued, sizeof(issued), "%02d%02d%04d", c->issued.day,
			c->issued.month, c->issued.year);
	snprintf(out, size, "%s|%s|%s|%02d%02d%04d|%s|%s|%s", c->id12,
		c->old_id, c->name, c->birth.day, c->birth.month, c->birth.year,
		c->sex == SEX_MALE     ? "Nam"
		: c->sex == SEX_FEMALE ? "Nữ"
				       : "",
		c->address, issued);
}

static void assert_nothing_usable(const struct idcard *c)
{
	char line[1024];

	card_line(c, line, sizeof(line));
	assert_string_equal(line, "|||00000000|||");
	assert_int_equal(c->extras, 0);
	assert_int_equal(c->notes, 1);
	assert_true(c->note[0] >= CARD_NOTE_EMPTY);
}

static void assert_notes_are_warnings(const struct idcard *c)
{
	assert_int_equal(c->notes > 0, c->outcome == CARD_WARN);
	for (int i = 0; i < c->notes; i++)
		assert_true(c->note[i] < CARD_NOTE_EMPTY);
}

/* "Nu" in the file stands for what the writer sent; the sex is the same. */
static void assert_fields(const struct idcard *c, const char *expected)
{
	char want[512];
	char line[1024];
	char *bare;

	snprintf(want, sizeof(want), "%s", expected);
	bare = strstr(want, "|Nu|");
	if (bare) {
		memmove(bare + 5, bare + 3, strlen(bare + 3) + 1);
		memcpy(bare, "|Nữ", strlen("|Nữ"));
	}
	card_line(c, line, sizeof(line));
	assert_string_equal(line, want);
}

static void file_case(void **state)
{
	const struct file_row *row = *state;
	struct idcard card;

	idcard_parse(row->bytes, row->len, &card);
	assert_string_equal(outcome_text(card.outcome),
		outcome_text(row->outcome));
	if (card.outcome == CARD_REJECT) {
		assert_nothing_usable(&card);
		return;
	}
	assert_notes_are_warnings(&card);
	if (strcmp(row->expected, "-") != 0) {
		assert_fields(&card, row->expected);
		return;
	}
	/* The name has to be asked for; number and birth are good. */
	assert_int_equal(card.note[0], CARD_NOTE_NAME_DAMAGED);
	assert_string_equal(card.id12, "001145000112");
	assert_int_equal(card.birth.year, 1945);
	assert_string_equal(card.name, "");
	assert_string_equal(card.address, "");
}

static enum card_outcome outcome_of(const char *text)
{
	if (!strcmp(text, "ok"))
		return CARD_OK;
	if (!strcmp(text, "warn"))
		return CARD_WARN;
	assert_string_equal(text, "reject");
	return CARD_REJECT;
}

/* One line: case, expect, payload_hex, expected, why. */
static void read_row(char *line, struct file_row *row)
{
	char *field[5];
	int n = 0;

	line[strcspn(line, "\n")] = '\0';
	while (n < 5) {
		field[n++] = line;
		line += strcspn(line, "\t");
		if (*line)
			*line++ = '\0';
	}
	snprintf(row->name, sizeof(row->name), "%s: %s", field[0], field[4]);
	row->outcome = outcome_of(field[1]);
	assert_true(str_from_hex(field[2], row->bytes, sizeof(row->bytes),
		&row->len));
	snprintf(row->expected, sizeof(row->expected), "%s", field[3]);
}

static void read_rows(const char *path, struct file_row *rows, int count)
{
	static char line[LINE_SIZE];
	FILE *in = fopen(path, "r");
	int n = -1;

	if (!in) {
		perror(path);
		exit(1);
	}
	for (; fgets(line, sizeof(line), in); n++)
		if (n >= 0 && n < count)
			read_row(line, &rows[n]);
	fclose(in);
	if (n != count) {
		fprintf(stderr, "%s: %d rows, not %d\n", path, n, count);
		exit(1);
	}
}

/* ---- rows of our own ---- */

#define ID "001145000112"
#define BODY "|012345678|Nguyễn Thị Thử|02091945|Nữ|Thôn Mẫu, Hà Nội|"
#define CARD ID BODY "15042021"
#define NEW "001145000112||Nguyễn Thị Thử|02091945|Nữ|Ô Diên|01072024||||"
#define OTHER "001045000999||Trần Văn Thử|02091945|Nam|Thôn Mẫu, Hà Nội|"

struct own_row {
	const char *name;
	const char *text;
	const char *want; /* outcome kind notes... */
};

static struct own_row own_rows[] = {
	{"issued before July 2024 is a CCCD", CARD, "ok cccd"},
	{"issued on 30 June 2024 is a CCCD", ID BODY "30062024", "ok cccd"},
	{"issued on 1 July 2024 is a căn cước", NEW, "ok can_cuoc"},
	{"no issue date: the kind is not known", ID BODY,
		"warn unknown no_issue_date"},
	{"an issue date cut in half is none", ID BODY "1504",
		"warn unknown no_issue_date"},
	{"an issue date that is no day is none", ID BODY "31022021",
		"warn unknown no_issue_date"},
	{"an issue date of letters is a shift", ID BODY "Hà Nội",
		"reject unknown shifted"},
	{"two different cards glued", CARD OTHER "15042021",
		"reject unknown two_people"},
	{"two different new cards glued", NEW OTHER "15082024||||",
		"reject unknown two_people"},
	{"three times the same, glued", CARD CARD CARD,
		"warn cccd scanned_twice"},
	{"twice the same new card, glued", NEW NEW,
		"warn can_cuoc scanned_twice"},
	{"twice with a tab between", CARD "\t" CARD "\t",
		"warn cccd scanned_twice"},
	{"twice with STX and ETX", "\2" CARD "\3\2" CARD "\3",
		"warn cccd scanned_twice"},
	{"twice with AIM prefixes", "]Q1" CARD "]Q1" CARD,
		"warn cccd scanned_twice"},
	{"twice with CR LF and a blank line", CARD "\r\n\r\n" CARD "\r\n",
		"warn cccd scanned_twice"},
	{"the same person's old and new card", CARD "\n" NEW,
		"reject unknown two_people"},
	{"a card, then half of it", CARD "\n001145000112|0123",
		"reject unknown two_people"},
	{"a line end inside a card", ID "\n" BODY "15042021",
		"reject unknown fragment"},
	{"semicolons in an address are not separators",
		"001145000112||Nguyễn Thị Thử|02091945|Nữ|Tổ 1; Ô Diên|"
		"01072024",
		"ok can_cuoc"},
	{"one field a line",
		"001145000112\n\nNguyễn Thị Thử\n02091945\nNữ\nÔ Diên\n"
		"01072024",
		"warn can_cuoc separator"},
	{"one field a line with CR LF",
		"001145000112\r\n012345678\r\nNguyễn Thị Thử\r\n02091945\r\n"
		"Nữ\r\nÔ Diên\r\n01072024\r\n",
		"warn can_cuoc separator"},
	{"one field a line with CR",
		"001145000112\r012345678\rNguyễn Thị Thử\r02091945\rNữ\r"
		"Ô Diên\r01072024\r",
		"warn can_cuoc separator"},
	{"old number dropped from a new card",
		"001145000112|Nguyễn Thị Thử|02091945|Nữ|Ô Diên|01072024||||",
		"warn can_cuoc old_id_dropped"},
	{"old number and issue date both gone: too little to be sure",
		"001145000112|Nguyễn Thị Thử|02091945|Nữ|Ô Diên",
		"reject unknown fragment"},
	{"an old number of 8 digits",
		"001145000112|12345678|Nguyễn Thị Thử|02091945|Nữ|Ô Diên|"
		"01072024",
		"reject unknown shifted"},
	{"another order of fields",
		"001145000112|Nguyễn Thị Thử|Nữ|02091945|Ô Diên|01072024|",
		"reject unknown shifted"},
	{"no name", "001145000112|||02091945|Nữ|Ô Diên|01072024",
		"reject unknown shifted"},
	{"cut off before the address",
		"001145000112|012345678|Nguyễn Thị Thử|02091945|Nữ|",
		"reject unknown fragment"},
	{"the number alone", "001145000112", "reject unknown fragment"},
	{"another number alone", "8934563138165", "reject unknown not_a_card"},
	{"any other text", "xin chào", "reject unknown not_a_card"},
	{"only blanks and line ends", " \r\n\t", "reject unknown empty"},
	{"only an AIM prefix", "]Q1\r", "reject unknown empty"},
	{"a zero-width space in the name",
		"001145000112||Nguyễn\u200b Thử|02091945|Nữ|Ô Diên|01072024",
		"reject unknown control"},
	{"right-to-left override in the address",
		"001145000112||Nguyễn Thử|02091945|Nữ|Ô \u202eDiên|01072024",
		"reject unknown control"},
	{"HTML entities are undone and said",
		"001145000112||Nguy&#7877;n Thử|02091945|Nữ|Ô Diên|01072024",
		"warn can_cuoc reencoded"},
	{"percent escapes are undone and said",
		"001145000112||Nguy%E1%BB%85n|02091945|Nữ|Ô Diên|01072024",
		"warn can_cuoc reencoded"},
	{"letters of an old code page are not decoded",
		"001145000112||Nguyễn Ph░íng|02091945|Nữ|Ô Diên|01072024",
		"warn can_cuoc name_damaged"},
	{"letters typed double by an input method",
		"001145000112||DĐaăặng Thử|02091945|Nữ|Ô Diên|01072024",
		"warn can_cuoc name_damaged"},
	{"re-encoded with one byte lost is not undone",
		"001145000112||Nguyá»n Thá»\u00ad|02091945|Nam|HÃ Ná»i|"
		"01072024",
		"reject unknown control"},
	{"a letter of a re-encoded name got lost",
		"001145000112||TrÆ°Æng|02091945|Nữ|Ô Diên|01072024",
		"warn can_cuoc name_damaged"},
	{"a name without marks and an address with them",
		"001145000112||Hoa Mai|02091945|Nữ|Ô Diên|01072024",
		"ok can_cuoc"},
	{"nothing has marks",
		"001045000112||Le Van Thu|02091945|Nam|Ha Noi|01072024",
		"warn can_cuoc marks_lost"},
	{"a boy of 2015 fits his number",
		"025215000112||Lê Văn Thử|02092015|Nam|Ô Diên|01072024",
		"ok can_cuoc"},
	{"a girl of 2015 fits hers",
		"025315000112||Lê Thị Thử|02092015|Nữ|Ô Diên|01072024",
		"ok can_cuoc"},
	{"the century against the year is told",
		"025315000112||Lê Thị Thử|02091915|Nữ|Ô Diên|01072024",
		"warn can_cuoc year_differs"},
	{"the sex alone is told",
		"025315000112||Lê Văn Thử|02092015|Nam|Ô Diên|01072024",
		"warn can_cuoc sex_differs"},
	{"a number of another country is told",
		"200145000112||Lê Thị Thử|02091945|Nữ|Ô Diên|01072024",
		"warn can_cuoc province"},
	{"a number against sex and year: both are told",
		"001145000112||Lê Văn Thử|02091946|Nam|Ô Diên|01072024",
		"warn can_cuoc sex_differs year_differs"},
	{"the gravest note comes first",
		"001145000112||Nguy?n|02/09/1946|Nữ|Ô Diên|01072024|",
		"warn can_cuoc name_damaged year_differs date_style"},
	{"a sex that is none",
		"001145000112||Nguyễn Thử|02091945|Khác|Ô Diên|01072024",
		"reject unknown shifted"},
	{"a VNPAY code is a payment, but no account",
		"00020101021126280010A0000007750110010531314453037045408210900"
		"005802VN5910CELLPHONES62600312CPSHN ONLINE0517021908061613127"
		"850705ONLHN0810CellphoneS63047685",
		"reject payment is_payment"},
	{"a VietQR with a line end",
		"00020101021138570010A00000072701270006970405011315002051234560"
		"208QRIBFTTA53037045802VN6304FE3C\r\n",
		"reject vietqr is_vietqr"},
	{"a card whose number begins like a payment code",
		"000201000112||Nguyễn Thử|02091945|Nữ|Ô Diên|01072024",
		"warn can_cuoc sex_differs year_differs province"},
	{"BHYT with the ten digits of 2021",
		"0123456789|4e677579e1bb856e|02/09/1945|2|",
		"reject bhyt is_bhyt"},
	{"ten digits and a name in letters are no BHYT",
		"0123456789|Nguyễn Thử|02/09/1945|2|",
		"reject unknown fragment"},
	{"BHYT code alone", "HT3010123456789", "reject bhyt is_bhyt"},
	{"a receipt of this program", "CV1:KEY:abcdef",
		"reject receipt is_receipt"},
	{"a web address in capitals", "HTTPS://EXAMPLE.INVALID/",
		"reject url is_url"},
	{"ten digits", "1145000112" BODY "15042021", "reject unknown bad_id"},
};

static void card_words(const struct idcard *c, char *out, size_t size)
{
	int n = snprintf(out, size, "%s %s", outcome_text(c->outcome),
		idcard_kind_code(c->kind));

	for (int i = 0; i < c->notes; i++)
		n += snprintf(out + n, size - (size_t)n, " %s",
			idcard_note_code(c->note[i]));
}

static void own_case(void **state)
{
	const struct own_row *row = *state;
	struct idcard card;
	char got[256];
	const enum card_outcome outcome =
		idcard_parse(row->text, strlen(row->text), &card);

	assert_int_equal(outcome, card.outcome);
	card_words(&card, got, sizeof(got));
	assert_string_equal(got, row->want);
	if (card.outcome == CARD_REJECT)
		assert_nothing_usable(&card);
	else
		assert_notes_are_warnings(&card);
}

static void extras_stay_raw_and_in_order(void **state)
{
	static const char text[] =
		"001145000112||Nguyễn Thị Thử|02091945|Nữ|Ô Diên|01072024|"
		"001145000888||Nguyễn Văn Cha|Trần Thị Mẹ";
	struct idcard card;

	(void)state;
	assert_int_equal(idcard_parse(text, strlen(text), &card), CARD_OK);
	assert_int_equal(card.extras, 4);
	assert_string_equal(card.extra[0], "001145000888");
	assert_string_equal(card.extra[1], "");
	assert_string_equal(card.extra[2], "Nguyễn Văn Cha");
	assert_string_equal(card.extra[3], "Trần Thị Mẹ");
	assert_string_equal(card.old_id, "");
}

static void lengths_have_a_limit(void **state)
{
	char text[IDCARD_MAX_BYTES + 8];
	struct idcard card;
	int n;

	(void)state;
	n = snprintf(text, sizeof(text), "%s", CARD "|||");
	memset(text + n, '|', sizeof(text) - (size_t)n);
	idcard_parse(text, IDCARD_MAX_BYTES + 1, &card);
	assert_int_equal(card.note[0], CARD_NOTE_TOO_LONG);
	idcard_parse(text, IDCARD_MAX_BYTES, &card);
	assert_int_equal(card.note[0], CARD_NOTE_NOT_A_CARD);
	/* A name longer than any that we keep. */
	n = snprintf(text, sizeof(text), ID "||%0200d|02091945|Nữ|Ô|01072024",
		0);
	memset(text + strlen(ID "||"), 'a', 200);
	idcard_parse(text, (size_t)n, &card);
	assert_int_equal(card.note[0], CARD_NOTE_TOO_LONG);
}

static void every_code_is_its_own(void **state)
{
	(void)state;
	for (int i = 0; i < CARD_NOTE_COUNT; i++)
		for (int k = 0; k < i; k++)
			assert_string_not_equal(
				idcard_note_code((enum card_note)i),
				idcard_note_code((enum card_note)k));
	for (int i = 0; i < CARD_KIND_COUNT; i++)
		for (int k = 0; k < i; k++)
			assert_string_not_equal(
				idcard_kind_code((enum card_kind)i),
				idcard_kind_code((enum card_kind)k));
}

static struct CMUnitTest tests[COUNT_OF(file_rows) + COUNT_OF(own_rows) + 3];

int main(void)
{
	struct CMUnitTest *t = tests;

	read_rows("tests/data/card_cases.tsv", file_rows, CASES);
	read_rows("tests/data/card_cases_more.tsv", file_rows + CASES,
		MORE_CASES);
	for (size_t i = 0; i < COUNT_OF(file_rows); i++)
		*t++ = (struct CMUnitTest){.name = file_rows[i].name,
			.test_func = file_case,
			.initial_state = &file_rows[i]};
	for (size_t i = 0; i < COUNT_OF(own_rows); i++)
		*t++ = (struct CMUnitTest){.name = own_rows[i].name,
			.test_func = own_case,
			.initial_state = &own_rows[i]};
	*t++ = (struct CMUnitTest)
		cmocka_unit_test(extras_stay_raw_and_in_order);
	*t++ = (struct CMUnitTest)cmocka_unit_test(lengths_have_a_limit);
	*t++ = (struct CMUnitTest)cmocka_unit_test(every_code_is_its_own);
	return cmocka_run_group_tests_name("idcard", tests, NULL, NULL);
}
