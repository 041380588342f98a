/* A scan in which nobody can be known, and somebody else's card made of it. */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "terminal/app/masked.h"

struct row {
	const char *name;
	const char *scan;
	int person;
	const char *masked;
};

static struct row rows[] = {
	{"a card of 2021",
		"025147954966|131654642|Nguyễn Thị Đẹp|17111944|Nữ|Thôn 3, xã "
		"Cẩm Khê|20082021",
		3,
		"000000000003|000000000|xxxxxx xxx xxx|00000000|xx|xxxx 0, xx "
		"xxx xxx|00000000"},
	{"a card without an old number",
		"025147954966||Hà Thị Ty|17111947|Nữ|Thôn 3|20082021", 12345,
		"000000012345||xx xxx xx|00000000|xx|xxxx 0|00000000"},
	{"what the scanner put around it",
		"\x02"
		"025147954966|A|1\r\n",
		1,
		"\x02"
		"000000000001|x|0\r\n"},
	{"a number behind other digits", "131|025147954966|Ty", 2,
		"000|000000000002|xx"},
	{"a card whose number is not plain", "%30%32%35", 7,
		"000000000007||x|0|x|x|"},
	{"what is no card", "Nguyễn Thị Đẹp 1944", 0, "xxxxxx xxx xxx 0000"},
	{"a receipt keeps what it is", "CV1:K3MP-9T2X", 0, "CV1:x0xx-0x0x"},
	{"a Z slip keeps what it is", "CZ1:S80Q-F9PF/UQN7", 0,
		"CZ1:x00x-x0xx/xxx0"},
	{"a link keeps what it is", "https://a.vn/x?id=5", 0,
		"https://x.xx/x?xx=0"},
	{"an account keeps its version", "00020101021138570010A000000727", 0,
		"00020100000000000000x000000000"},
	{"nothing", "", 0, ""},
};

static void run_row(void **state)
{
	const struct row *row = *state;
	char out[IDCARD_MAX_BYTES + 1];
	const size_t n =
		masked_scan(row->scan, strlen(row->scan), row->person, out);

	assert_int_equal(n, strlen(row->masked));
	assert_memory_equal(out, row->masked, n);
	assert_int_equal(masked_person(out, n), row->person);
}

/* Whatever comes in: no digit of it and no letter comes out of a card. */
static void nothing_of_a_card_is_left(void **state)
{
	static const char card[] =
		"\xef\xbb\xbf]Q1125147954966;876543219;Vũ Đức Bảo;17111947;Nam;"
		"Phố 8;29092021\r125147954966;876543219";
	char out[IDCARD_MAX_BYTES + 1];
	const size_t n = masked_scan(card, sizeof(card) - 1, 9, out);

	(void)state;
	assert_int_equal(masked_person(out, n), 9);
	for (size_t i = 0; i < n; i++) {
		assert_false(out[i] >= '1' && out[i] <= '8');
		assert_false(out[i] >= 'a' && out[i] <= 'w');
		assert_false((unsigned char)out[i] >= 0x80);
	}
}

static void the_longest_scan_fits(void **state)
{
	static uint8_t scan[IDCARD_MAX_BYTES + 1];
	static char out[IDCARD_MAX_BYTES + 1];

	(void)state;
	memset(scan, '1', sizeof(scan));
	assert_int_equal(masked_scan(scan, sizeof(scan), 0, out), sizeof(out));
	assert_int_equal(masked_person(out, sizeof(out)), 0);
}

/* ---- a card of somebody else ---- */

struct made {
	const char *name;
	const char *masked;
	const char *card;
};

static struct made cards[] = {
	{"seven fields",
		"000000000003|000000000|xxxxxx|00000000|xx|xxxx|00000000",
		"025045601158|131654642|Lê Quang Lợi|20041945|Nam|Thôn "
		"6|20082024"},
	{"six: no place for the old number",
		"000000000003|xxxxxx|00000000|xx|xxxx|00000000",
		"025045601158|Lê Quang Lợi|20041945|Nam|Thôn 6|20082024"},
	{"the card of 2024 has four more", "000000000003|0|x|0|x|x|0|x|x|x|x",
		"025045601158|131654642|Lê Quang Lợi|20041945|Nam|Thôn "
		"6|20082024||||"},
};

static void run_made(void **state)
{
	static const struct stand_in loi = {.id = 2,
		.id12 = "025045601158",
		.old_id = "131654642",
		.name = "Lê Quang Lợi",
		.birth = {.year = 1945, .month = 4, .day = 20},
		.sex = SEX_MALE,
		.address = "Thôn 6"};
	const struct made *made = *state;
	char out[512];
	const size_t n = masked_card(made->masked, strlen(made->masked), &loi,
		out, sizeof(out));
	static struct idcard card;

	assert_int_equal(n, strlen(made->card));
	assert_memory_equal(out, made->card, n);
	assert_true(idcard_parse(out, n, &card) != CARD_REJECT);
	assert_string_equal(card.id12, loi.id12);
	assert_int_equal(masked_card(made->masked, strlen(made->masked), &loi,
				 out, n),
		0);
}

static void a_strangers_card_can_be_read_and_is_nobodys(void **state)
{
	static const char masked[] = "000000000017||x|0|x|x|0";
	struct stand_in who;
	static struct idcard card;
	char out[512];

	(void)state;
	masked_stranger(17, &who);
	assert_int_equal(who.id, 0);
	assert_true(idcard_parse(out,
			    masked_card(masked, sizeof(masked) - 1, &who, out,
				    sizeof(out)),
			    &card) != CARD_REJECT);
	assert_string_equal(card.id12, "000000000017");
}

enum {
	ROWS = sizeof(rows) / sizeof(rows[0]),
	CARDS = sizeof(cards) / sizeof(cards[0])
};

int main(void)
{
	const struct CMUnitTest others[] = {
		cmocka_unit_test(nothing_of_a_card_is_left),
		cmocka_unit_test(the_longest_scan_fits),
		cmocka_unit_test(a_strangers_card_can_be_read_and_is_nobodys),
	};
	struct CMUnitTest tests[ROWS + CARDS + 3];
	size_t n = 0;

	for (size_t i = 0; i < ROWS; i++)
		tests[n++] = (struct CMUnitTest){rows[i].name, run_row, NULL,
			NULL, &rows[i]};
	for (size_t i = 0; i < CARDS; i++)
		tests[n++] = (struct CMUnitTest){cards[i].name, run_made, NULL,
			NULL, &cards[i]};
	for (size_t i = 0; i < 3; i++)
		tests[n++] = others[i];
	return cmocka_run_group_tests_name("masked", tests, NULL, NULL);
}
