/* Health-insurance cards: who they say it is, and nothing that is not sure. */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/codec/bhyt.h"

/* "Nguyễn Thị Thử" and "Thôn Mẫu, Ô Diên" in hex. */
#define THU "4e677579e1bb856e205468e1bb8b205468e1bbad"
#define PLACE "5468c3b46e204de1baab752c20c394204469c3aa6e"
#define CODE "HT3010123456789"
#define TAIL "|01 - 061|01/01/2026|31/12/2026|18/12/2025|01010120878811|-|4|$"

struct row {
	const char *name;
	const char *text;
	const char *want; /* code|name|birth|sex|address|from|to|printed */
};

static struct row rows[] = {
	{"all of it", CODE "|" THU "|02/09/1945|2|" PLACE TAIL,
		CODE "|Nguyễn Thị Thử|1945-09-02|2|Thôn Mẫu, Ô Diên|"
		     "2026-01-01|2026-12-31|2025-12-18"},
	{"ten digits since 2021", "0123456789|" THU "|02/09/1945|2|" PLACE TAIL,
		"0123456789|Nguyễn Thị Thử|1945-09-02|2|Thôn Mẫu, Ô Diên|"
		"2026-01-01|2026-12-31|2025-12-18"},
	{"the code alone", CODE, CODE "|||0||||"},
	{"code and name", CODE "|" THU, CODE "|Nguyễn Thị Thử||0||||"},
	{"a line end and an AIM prefix", "]Q1" CODE "|" THU "|1945|1\r\n",
		CODE "|Nguyễn Thị Thử|1945|1||||"},
	{"small letters in the code", "ht3010123456789|" THU "|1945|1",
		"ht3010123456789|Nguyễn Thị Thử|1945|1||||"},
	{"the year of birth alone", CODE "|" THU "|1945|1|",
		CODE "|Nguyễn Thị Thử|1945|1||||"},
	{"birth without separators", CODE "|" THU "|02091945|1|",
		CODE "|Nguyễn Thị Thử|1945-09-02|1||||"},
	{"a birthday of no calendar", CODE "|" THU "|31/02/1945|1|",
		CODE "|Nguyễn Thị Thử||1||||"},
	{"sex in words", CODE "|" THU "|1945|Nữ|",
		CODE "|Nguyễn Thị Thử|1945|2||||"},
	{"another sex", CODE "|" THU "|1945|3|",
		CODE "|Nguyễn Thị Thử|1945|0||||"},
	{"a dash is no date", CODE "|" THU "|1945|1|" PLACE "|-|-|-|-",
		CODE "|Nguyễn Thị Thử|1945|1|Thôn Mẫu, Ô Diên|||"},
	{"capital hex", CODE "|4E677579E1BB856E|1945|1|",
		CODE "|Nguyễn|1945|1||||"},
	{"marks apart in the hex", CODE "|486fcc8061|1945|1|",
		CODE "|Hòa|1945|1||||"},
	{"an odd number of hex digits", CODE "|4e6|1945|1|",
		CODE "||1945|1||||"},
	{"no hex", CODE "|Nguyen|1945|1|", CODE "||1945|1||||"},
	{"hex of no UTF-8", CODE "|4ee1bb|1945|1|", CODE "||1945|1||||"},
	{"T41 hex of an escape", CODE "|4e1b5b324a|1945|1|",
		CODE "||1945|1||||"},
	{"T42 hex of a bidirectional mark", CODE "|4ee280ae|1945|1|",
		CODE "||1945|1||||"},
	{"hex of another script", CODE "|d090d0bd|1945|1|",
		CODE "||1945|1||||"},
	{"hex of a damaged name", CODE "|4e677579373837376e|1945|1|",
		CODE "||1945|1||||"},
	{"an address cut short", CODE "|" THU "|1945|1|...|",
		CODE "|Nguyễn Thị Thử|1945|1||||"},
	{"an ID card is none",
		"001145000112||Nguyễn Thị Thử|02091945|Nữ|Ô Diên|01072024",
		NULL},
	{"ten digits and a name in letters are none",
		"0123456789|Nguyễn Thử|02/09/1945|2|", NULL},
	{"nothing is none", "", NULL},
};

static void card_line(const struct bhyt *c, char *out, size_t size)
{
	char d[4][DATE_TEXT_SIZE];

	snprintf(out, size, "%s|%s|%s|%d|%s|%s|%s|%s", c->code, c->name,
		date_iso(c->birth, d[0]), (int)c->sex, c->address,
		date_iso(c->from, d[1]), date_iso(c->to, d[2]),
		date_iso(c->printed, d[3]));
}

static void run_row(void **state)
{
	const struct row *row = *state;
	struct bhyt card;
	char got[1024];

	assert_int_equal(bhyt_parse(row->text, strlen(row->text), &card),
		row->want != NULL);
	card_line(&card, got, sizeof(got));
	assert_string_equal(got, row->want ? row->want : "|||0||||");
}

/* The program asks idcard.h first: both must mean the same cards. */
static void idcard_says_the_same(void **state)
{
	const struct row *row = *state;
	struct idcard card;

	idcard_parse(row->text, strlen(row->text), &card);
	assert_int_equal(card.kind == CARD_KIND_BHYT, row->want != NULL);
	if (row->want)
		assert_int_equal(card.outcome, CARD_REJECT);
}

static void lengths_have_a_limit(void **state)
{
	char text[IDCARD_MAX_BYTES + 8];
	struct bhyt card;

	(void)state;
	memset(text, 'a', sizeof(text));
	memcpy(text, CODE "|", strlen(CODE "|"));
	assert_true(bhyt_parse(text, IDCARD_MAX_BYTES, &card));
	assert_string_equal(card.name, "");
	assert_false(bhyt_parse(text, IDCARD_MAX_BYTES + 1, &card));
	assert_string_equal(card.code, "");
}

static struct CMUnitTest tests[2 * COUNT_OF(rows) + 1];

int main(void)
{
	struct CMUnitTest *t = tests;

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		*t++ = (struct CMUnitTest){.name = rows[i].name,
			.test_func = run_row,
			.initial_state = &rows[i]};
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		*t++ = (struct CMUnitTest){.name = rows[i].name,
			.test_func = idcard_says_the_same,
			.initial_state = &rows[i]};
	*t++ = (struct CMUnitTest)cmocka_unit_test(lengths_have_a_limit);
	return cmocka_run_group_tests_name("bhyt", tests, NULL, NULL);
}
