/*
 * mkcatalog.c - build tool: turn .po files into the table of core/tr.h.
 *
 * Usage: mkcatalog FILE.po... > catalog.c
 *
 * Reads what our catalogues use of gettext's format: comments, msgid and
 * msgstr, strings over several lines, the escapes \n \t \" \\. Entries with
 * an empty msgid (the header) or an empty msgstr are left out. Anything else
 * (msgctxt, plurals), and a msgid that comes twice, stops the build.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	TEXT_MAX = 4096,
	ROWS_MAX = 8192
};

struct row {
	char *english;
	char *vietnamese;
	const char *file;
	int line;
};

static struct row rows[ROWS_MAX];
static size_t count;

static void stop(const char *file, int line, const char *why)
{
	fprintf(stderr, "%s:%d: %s\n", file, line, why);
	exit(1);
}

/* What stands behind the backslash; 0 if we do not know it. */
static char unescaped(char c)
{
	switch (c) {
	case 'n':
		return '\n';
	case 't':
		return '\t';
	case '"':
		return '"';
	case '\\':
		return '\\';
	default:
		return '\0';
	}
}

/* Append the quoted string at s to text. */
static void add_quoted(char *text, const char *s, const char *file, int line)
{
	size_t len = strlen(text);

	s += strspn(s, " \t");
	if (*s++ != '"')
		stop(file, line, "a string in quotes is missing");
	for (; *s != '"'; s++) {
		char c = *s;

		if (c == '\0' || c == '\n')
			stop(file, line, "the closing quote is missing");
		if (c == '\\' && (c = unescaped(*++s)) == '\0')
			stop(file, line, "unknown escape");
		if (len + 1 >= TEXT_MAX)
			stop(file, line, "text too long");
		text[len++] = c;
	}
	text[len] = '\0';
	if (s[1 + strspn(s + 1, " \t\r\n")] != '\0')
		stop(file, line, "something stands behind the string");
}

static char *copy(const char *text)
{
	char *twin = strdup(text);

	if (!twin)
		stop("mkcatalog", 0, "out of memory");
	return twin;
}

static void keep(const char *english, const char *vietnamese, const char *file,
	int line)
{
	if (!*english || !*vietnamese)
		return;
	if (count == ROWS_MAX)
		stop(file, line, "too many texts");
	rows[count++] =
		(struct row){copy(english), copy(vietnamese), file, line};
}

static void read_po(const char *path)
{
	static char text[2][TEXT_MAX]; /* msgid and msgstr */
	char buffer[TEXT_MAX * 2];
	FILE *in = fopen(path, "r");
	int at = -1; /* which of both a continuation belongs to */
	int line = 0;
	int began = 0;

	if (!in)
		stop(path, 0, "cannot be read");
	while (fgets(buffer, sizeof(buffer), in)) {
		const char *s = buffer + strspn(buffer, " \t\r\n");

		line++;
		if (*s == '\0' || *s == '#')
			continue;
		if (strncmp(s, "msgid ", 6) == 0) {
			if (at == 0)
				stop(path, line, "msgid without msgstr before");
			if (at == 1)
				keep(text[0], text[1], path, began);
			at = 0;
			began = line;
			s += 6;
			text[0][0] = text[1][0] = '\0';
		} else if (strncmp(s, "msgstr ", 7) == 0) {
			if (at != 0)
				stop(path, line, "msgstr without msgid");
			at = 1;
			s += 7;
		} else if (*s != '"' || at < 0) {
			stop(path, line, "not understood");
		}
		add_quoted(text[at], s, path, line);
	}
	if (ferror(in) || at == 0)
		stop(path, line, "ends in the middle");
	if (at == 1)
		keep(text[0], text[1], path, began);
	fclose(in);
}

static int compare(const void *a, const void *b)
{
	return strcmp(((const struct row *)a)->english,
		((const struct row *)b)->english);
}

static void emit_string(const char *text)
{
	putchar('"');
	for (; *text; text++) {
		const unsigned char c = (unsigned char)*text;

		if (c == '\n')
			printf("\\n");
		else if (c < ' ' || c == 0x7f)
			printf("\\%03o", c);
		else if (c == '"' || c == '\\' || c == '?') /* ?: trigraphs */
			printf("\\%c", c);
		else
			putchar(c);
	}
	putchar('"');
}

int main(int argc, char **argv)
{
	bool twice = false;

	for (int i = 1; i < argc; i++)
		read_po(argv[i]);
	qsort(rows, count, sizeof(*rows), compare);
	for (size_t i = 1; i < count; i++)
		if (compare(&rows[i - 1], &rows[i]) == 0) {
			fprintf(stderr, "%s:%d: and %s:%d: twice: %s\n",
				rows[i - 1].file, rows[i - 1].line,
				rows[i].file, rows[i].line, rows[i].english);
			twice = true;
		}
	if (twice)
		return 1;
	printf("#include \"core/tr.h\"\n\nconst struct tr_row tr_rows[] = {\n");
	for (size_t i = 0; i < count; i++) {
		printf("\t{");
		emit_string(rows[i].english);
		printf(",\n\t\t");
		emit_string(rows[i].vietnamese);
		printf("},\n");
	}
	/* One row too many, because C has no empty tables. */
	printf("\t{NULL, NULL},\n};\nconst size_t tr_rows_count = %zu;\n",
		count);
	return ferror(stdout) ? 1 : 0;
}
