/*
 * mkadmin.c - build tool: turn assets/admin into the tables of
 * core/codec/admin_rows.h.
 *
 * Usage: mkadmin PROVINCES UNITS OLD_PROVINCES OLD_DISTRICTS OLD_UNITS > admin.c
 *
 * The first line of each file must name the columns that we know. A code that
 * nobody has, one that comes twice, a type that we do not know or rows out of
 * order stop the build: the program searches these tables by halves.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	LINE_MAX_BYTES = 512,
	CODES = 100000, /* five digits */
	TEXT_MAX = 1 << 20,
	COLUMNS_MAX = 4,
	ROWS_MAX = 16384
};

struct table {
	const char *path;
	const char *header;
	int columns;
	int rows;
	char *cell[ROWS_MAX][COLUMNS_MAX];
};

static struct table provinces = {.header = "code\tname\tfull_name\ttype",
	.columns = 4};
static struct table units = {.header = "code\tprovince_code\ttype\tname",
	.columns = 4};
static struct table old_provinces = {.header =
					     "code\tcccd_code\tname\tfull_name",
	.columns = 4};
static struct table old_districts = {.header = "code\tprovince_code\tname",
	.columns = 3};
static struct table old_units = {.header = "code\tdistrict_code\tname\tnow",
	.columns = 4};

/* All names, each once and ended by a NUL; the first is "". */
static char text[TEXT_MAX];
static size_t text_len = 1;

static void stop(const char *what, const char *why)
{
	fprintf(stderr, "mkadmin: %s: %s\n", why, what);
	exit(1);
}

/* ---- reading ---- */

static void add(struct table *t, const char *line)
{
	char *at = strdup(line);

	if (!at || t->rows == ROWS_MAX)
		stop(line, "too many rows");
	for (int i = 0; i < t->columns; i++) {
		char *end = strchr(at, '\t');

		t->cell[t->rows][i] = at;
		if ((end != NULL) != (i < t->columns - 1))
			stop(line, "wrong number of columns");
		if (end) {
			*end = '\0';
			at = end + 1;
		}
	}
	t->rows++;
}

static void read_table(struct table *t, const char *path)
{
	char line[LINE_MAX_BYTES];
	FILE *in = fopen(path, "r");

	if (!in)
		stop(path, "cannot read");
	t->path = path;
	for (int n = 0; fgets(line, sizeof(line), in); n++) {
		if (strpbrk(line, "\"\\\r") || !strchr(line, '\n'))
			stop(line, "a quote, or no line end");
		line[strcspn(line, "\n")] = '\0';
		if (n > 0)
			add(t, line);
		else if (strcmp(line, t->header) != 0)
			stop(path, "other columns");
	}
	fclose(in);
}

static int number(const char *digits)
{
	const size_t len = strlen(digits);

	if (len == 0 || len > 5 || strspn(digits, "0123456789") != len)
		stop(digits, "no code");
	return atoi(digits);
}

/* The row whose first cell is that code. */
static int row_of(const struct table *t, const char *code)
{
	for (int i = 0; i < t->rows; i++)
		if (strcmp(t->cell[i][0], code) == 0)
			return i;
	stop(code, "no such code");
	return -1;
}

static void must_ascend(const struct table *t)
{
	for (int i = 1; i < t->rows; i++)
		if (number(t->cell[i - 1][0]) >= number(t->cell[i][0]))
			stop(t->cell[i][0], "out of order, or twice");
}

/* ---- writing ---- */

static size_t keep(const char *name)
{
	const size_t len = strlen(name) + 1;

	for (size_t at = 0; at < text_len; at += strlen(text + at) + 1)
		if (strcmp(text + at, name) == 0)
			return at;
	if (text_len + len > TEXT_MAX)
		stop(name, "too much text");
	memcpy(text + text_len, name, len);
	text_len += len;
	return text_len - len;
}

static size_t keep_unit(const char *type, const char *name)
{
	static const char *const word[][2] = {
		{"xã", "Xã"},
		{"phường", "Phường"},
		{"đặc khu", "Đặc khu"},
	};
	char full[LINE_MAX_BYTES];

	for (size_t i = 0; i < sizeof(word) / sizeof(*word); i++) {
		if (strcmp(word[i][0], type) != 0)
			continue;
		snprintf(full, sizeof(full), "%s %s", word[i][1], name);
		return keep(full);
	}
	stop(type, "we do not know the type");
	return 0;
}

static void put_provinces(void)
{
	must_ascend(&provinces);
	printf("const struct admin_province_row admin_provinces[] = {\n");
	for (int i = 0; i < provinces.rows; i++)
		printf("\t{%d, %zu},\n", number(provinces.cell[i][0]),
			keep(provinces.cell[i][2]));
	printf("};\nconst int admin_provinces_count = %d;\n", provinces.rows);
}

static void put_units(void)
{
	must_ascend(&units);
	printf("const struct admin_unit_row admin_units[] = {\n");
	for (int i = 0; i < units.rows; i++)
		printf("\t{%d, %d, %zu},\n", number(units.cell[i][0]),
			row_of(&provinces, units.cell[i][1]),
			keep_unit(units.cell[i][2], units.cell[i][3]));
	printf("};\nconst int admin_units_count = %d;\n", units.rows);
}

/* Rows first..first+count of below hang on each row of t, in order. */
static void put_parents(const char *name, const struct table *t, int text_cell,
	const struct table *below)
{
	int at = 0;

	printf("const struct admin_old_row %s[] = {\n", name);
	for (int i = 0; i < t->rows; i++) {
		const int first = at;

		while (at < below->rows &&
			strcmp(below->cell[at][1], t->cell[i][0]) == 0)
			at++;
		if (at == first)
			stop(t->cell[i][0], "nothing hangs on it");
		printf("\t{%zu, %d, %d},\n", keep(t->cell[i][text_cell]), first,
			at - first);
	}
	if (at != below->rows)
		stop(below->cell[at][0], "hangs on nothing, or out of order");
	printf("};\nconst int %s_count = %d;\n", name, t->rows);
}

static int now[ROWS_MAX * 2];
static int nows;

static void put_old_units(void)
{
	printf("const struct admin_old_row admin_old_units[] = {\n");
	for (int i = 0; i < old_units.rows; i++) {
		const int first = nows;
		char *rest = old_units.cell[i][3];
		char *code;

		while ((code = strsep(&rest, " ")) != NULL)
			now[nows++] = row_of(&units, code);
		printf("\t{%zu, %d, %d},\n", keep(old_units.cell[i][2]), first,
			nows - first);
	}
	printf("};\nconst uint16_t admin_now[] = {");
	for (int i = 0; i < nows; i++)
		printf("%s%d,", i % 12 ? " " : "\n\t", now[i]);
	printf("\n};\n");
}

/* As numbers: a literal of this length is beyond what C promises to take. */
static void put_text(void)
{
	printf("const char admin_text[] = {");
	for (size_t i = 0; i < text_len; i++)
		printf("%s%d,", i % 20 ? "" : "\n\t", (signed char)text[i]);
	printf("\n};\n");
}

int main(int argc, char **argv)
{
	if (argc != 6)
		stop("mkadmin", "five files wanted");
	read_table(&provinces, argv[1]);
	read_table(&units, argv[2]);
	read_table(&old_provinces, argv[3]);
	read_table(&old_districts, argv[4]);
	read_table(&old_units, argv[5]);
	printf("#include \"core/codec/admin_rows.h\"\n\n");
	put_provinces();
	put_units();
	put_parents("admin_old_provinces", &old_provinces, 3, &old_districts);
	put_parents("admin_old_districts", &old_districts, 2, &old_units);
	put_old_units();
	put_text();
	return 0;
}
