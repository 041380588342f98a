/*
 * Jobs that other people's encoders made (tests/data/foreign_escpos.tsv):
 * those that keep to our commands print what was meant, all others are
 * refused by the command. An encoder and a decoder of ours alone could be
 * wrong in the same way.
 */
#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/codec/escpos.h"
#include "core/str.h"

#define ROWS_FILE "tests/data/foreign_escpos.tsv"

enum {
	MAX_ROWS = 64,
	LINE_SIZE = 8192,
	COLUMNS = 6
};

struct row {
	char line[LINE_SIZE];
	char *at[COLUMNS]; /* name, source, mm, letters, hex, expected */
};

static struct row rows[MAX_ROWS];

static bool split(struct row *row)
{
	char *save;
	int n = 0;

	row->line[strcspn(row->line, "\n")] = '\0';
	for (char *word = strtok_r(row->line, "\t", &save); word && n < COLUMNS;
		word = strtok_r(NULL, "\t", &save))
		row->at[n++] = word;
	return n == COLUMNS;
}

static size_t read_rows(void)
{
	FILE *in = fopen(ROWS_FILE, "r");
	size_t n = 0;

	if (!in)
		return 0;
	while (n < MAX_ROWS && fgets(rows[n].line, LINE_SIZE, in))
		if (rows[n].line[0] != '#' && split(&rows[n]))
			n++;
	fclose(in);
	return n;
}

/* Lines joined by '|', blank ones and room at the left dropped. */
static void tell(const struct escpos_paper *paper, char *out, size_t size)
{
	static char text[8192];
	size_t n = 0;

	out[0] = '\0';
	assert_true(escpos_paper_text(paper, text, sizeof(text)));
	for (char *save, *line = strtok_r(text, "\n", &save); line;
		line = strtok_r(NULL, "\n", &save))
		n += (size_t)snprintf(out + n, size - n, "%s%s", n ? "|" : "",
			line + strspn(line, " "));
	if (paper->drawer_opened)
		snprintf(out + n, size - n, "%sdrawer", n ? "|" : "");
}

static void run_row(void **state)
{
	static uint8_t job[LINE_SIZE / 2];
	static struct escpos_paper paper;
	static char got[8192];
	const struct row *row = *state;
	const char *expected = row->at[5];
	struct escpos_how how;
	struct err err = {.code = ERR_NONE};
	size_t len;
	bool ok;

	assert_true(escpos_how_read(row->at[3], &how));
	assert_true(str_from_hex(row->at[4], job, sizeof(job), &len));
	ok = escpos_decode_as(job, len, PAGE_58, &how, &paper, &err);
	if (expected[0] == '!') {
		assert_false(ok);
		if (!strstr(err.text, expected + 1))
			fail_msg("%s", err.text);
		return;
	}
	if (!ok)
		fail_msg("%s", err.text);
	tell(&paper, got, sizeof(got));
	assert_string_equal(got, expected);
}

int main(void)
{
	struct CMUnitTest tests[MAX_ROWS];
	const size_t n = read_rows();

	if (n == 0) {
		fprintf(stderr, "%s: no rows\n", ROWS_FILE);
		return 1;
	}
	for (size_t i = 0; i < n; i++)
		tests[i] = (struct CMUnitTest){.name = rows[i].at[0],
			.test_func = run_row,
			.initial_state = &rows[i]};
	return _cmocka_run_group_tests("escpos_foreign", tests, n, NULL, NULL);
}
