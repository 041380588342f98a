/*
 * mkbanks.c - build tool: turn banks.tsv into the table of core/codec/bank.h.
 *
 * Usage: mkbanks assets/banks/banks.tsv > banks.c
 *
 * The first line must name the columns that we know. A row with another
 * number of columns, a BIN that is not six digits or comes twice, or a word
 * that we do not know stops the build.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
	LINE_MAX_BYTES = 1024,
	ROWS_MAX = 512
};

enum column {
	BIN,
	CODE,
	SHORT_NAME,
	FULL_NAME,
	TYPE,
	LOOKUP,
	TRANSFER,
	SWIFT,
	SOURCES,
	NOTE,
	COLUMNS,
};

static const char header[] = "bin\tcode\tshort_name\tfull_name_vi\ttype\t"
			     "lookup\ttransfer\tswift\tsources\tnote";

struct row {
	char line[LINE_MAX_BYTES];
	char *column[COLUMNS];
};

/* The file's word for something, and ours. */
struct word {
	const char *text;
	const char *name;
};

static const struct word types[] = {
	{"bank", "BANK_TYPE_BANK"},
	{"wallet", "BANK_TYPE_WALLET"},
	{"mobile-money", "BANK_TYPE_MOBILE_MONEY"},
	{"finance", "BANK_TYPE_FINANCE"},
	{NULL, NULL},
};
static const struct word lookups[] = {
	{"yes", "BANK_YES"},
	{"no", "BANK_NO"},
	{"unknown", "BANK_UNKNOWN"},
	{NULL, NULL},
};
static const struct word transfers[] = {
	{"transfer", "BANK_YES"},
	{"receive-only", "BANK_NO"},
	{"unknown", "BANK_UNKNOWN"},
	{NULL, NULL},
};

static struct row rows[ROWS_MAX];
static size_t count;

static void stop(const char *line, const char *why)
{
	fprintf(stderr, "mkbanks: %s: %s\n", why, line);
	exit(1);
}

static void add(const char *line)
{
	struct row *r = &rows[count];
	char *at = r->line;

	if (count == ROWS_MAX)
		stop(line, "too many rows");
	snprintf(r->line, sizeof(r->line), "%s", line);
	for (int i = 0; i < COLUMNS; i++) {
		char *end = strchr(at, '\t');

		r->column[i] = at;
		if ((end != NULL) != (i < COLUMNS - 1))
			stop(line, "wrong number of columns");
		if (end) {
			*end = '\0';
			at = end + 1;
		}
	}
	if (strlen(r->column[BIN]) != 6 ||
		strspn(r->column[BIN], "0123456789") != 6)
		stop(line, "the BIN is not six digits");
	for (size_t i = 0; i < count; i++)
		if (strcmp(rows[i].column[BIN], r->column[BIN]) == 0)
			stop(line, "the BIN comes twice");
	count++;
}

static int by_short_name(const void *a, const void *b)
{
	const struct row *const *left = a;
	const struct row *const *right = b;

	return strcasecmp((*left)->column[SHORT_NAME],
		(*right)->column[SHORT_NAME]);
}

static const char *name_of(const struct word *words, const char *text)
{
	for (; words->text; words++)
		if (strcmp(words->text, text) == 0)
			return words->name;
	stop(text, "we do not know the word");
	return NULL;
}

/* "formerly X", "older short name X; …": the name people may still use. */
static void put_former(const char *note)
{
	static const char *const words[] = {"formerly ", "older short name "};

	for (size_t i = 0; i < 2; i++) {
		const size_t len = strlen(words[i]);

		if (strncmp(note, words[i], len) == 0)
			printf("%.*s", (int)strcspn(note + len, ";"),
				note + len);
	}
}

static void put_row(const struct row *r)
{
	printf("\t{\"%s\", \"%s\", \"%s\",\n\t\t\"%s\",\n\t\t\"",
		r->column[BIN], r->column[CODE], r->column[SHORT_NAME],
		r->column[FULL_NAME]);
	put_former(r->column[NOTE]);
	printf("\", \"%s\", %s,\n\t\t%s, %s},\n", r->column[SWIFT],
		name_of(types, r->column[TYPE]),
		name_of(lookups, r->column[LOOKUP]),
		name_of(transfers, r->column[TRANSFER]));
}

int main(int argc, char **argv)
{
	static const struct row *sorted[ROWS_MAX];
	char line[LINE_MAX_BYTES];
	FILE *in = argc == 2 ? fopen(argv[1], "r") : NULL;

	if (!in)
		stop(argc == 2 ? argv[1] : "mkbanks FILE", "cannot read");
	for (int n = 0; fgets(line, sizeof(line), in); n++) {
		if (strpbrk(line, "\"\\\r") || !strchr(line, '\n'))
			stop(line, "a quote, or no line end");
		line[strcspn(line, "\n")] = '\0';
		if (n > 0)
			add(line);
		else if (strcmp(line, header) != 0)
			stop(line, "other columns");
	}
	fclose(in);
	for (size_t i = 0; i < count; i++)
		sorted[i] = &rows[i];
	qsort(sorted, count, sizeof(*sorted), by_short_name);
	printf("#include \"core/codec/bank.h\"\n\n");
	printf("const struct bank banks[] = {\n");
	for (size_t i = 0; i < count; i++)
		put_row(sorted[i]);
	printf("};\nconst size_t banks_count = %zu;\n", count);
	return 0;
}
