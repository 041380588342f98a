#include "db/centre/rows.h"

#include <string.h>

#include "core/buf.h"
#include "core/codec/csv_out.h"

enum {
	LINE = 4096
};

/* Names of points are text of people: no tab or line of its own. */
static void put_plain(FILE *out, const char *text)
{
	for (const char *c = text; *c; c++)
		putc((unsigned char)*c < ' ' || *c == 0x7f ? '?' : *c, out);
}

static void put_quoted(FILE *out, const char *text)
{
	putc('"', out);
	for (const char *c = text; *c; c++) {
		if ((unsigned char)*c < ' ' || *c == 0x7f)
			fprintf(out, "\\u%04x", (unsigned)*c);
		else if (*c == '"' || *c == '\\')
			fprintf(out, "\\%c", *c);
		else
			putc(*c, out);
	}
	putc('"', out);
}

static void table(FILE *out, const char *kind, const struct rows_cell *cell,
	size_t n, bool names)
{
	fprintf(out, "%s%s", names ? "#" : "", kind);
	for (size_t i = 0; i < n; i++) {
		putc('\t', out);
		if (names)
			fputs(cell[i].name, out);
		else if (cell[i].empty)
			putc('-', out);
		else if (cell[i].text)
			put_plain(out, cell[i].text);
		else
			fprintf(out, "%llu",
				(unsigned long long)cell[i].number);
	}
	putc('\n', out);
}

static void csv(FILE *out, const char *kind, const struct rows_cell *cell,
	size_t n, bool names)
{
	char line[LINE];
	struct buf b;

	buf_init(&b, line, sizeof(line));
	csv_out_text(&b, names ? "what" : kind);
	for (size_t i = 0; i < n; i++) {
		if (names)
			csv_out_text(&b, cell[i].name);
		else if (cell[i].empty || cell[i].text)
			csv_out_text(&b, cell[i].empty ? "" : cell[i].text);
		else
			csv_out_number(&b, (int64_t)cell[i].number);
	}
	csv_out_end(&b);
	fwrite(b.data, 1, b.len, out);
}

static void json(FILE *out, const char *kind, const struct rows_cell *cell,
	size_t n)
{
	fprintf(out, "{\"what\":\"%s\"", kind);
	for (size_t i = 0; i < n; i++) {
		fprintf(out, ",\"%s\":", cell[i].name);
		if (cell[i].empty)
			fputs("null", out);
		else if (cell[i].text)
			put_quoted(out, cell[i].text);
		else
			fprintf(out, "%llu",
				(unsigned long long)cell[i].number);
	}
	fputs("}\n", out);
}

void rows_put(struct rows *r, const char *kind, const struct rows_cell *cell,
	size_t n)
{
	const bool names = !r->kind || strcmp(r->kind, kind) != 0;

	if (r->form == ROWS_CSV && !r->kind)
		fputs(CSV_OUT_BOM, r->out);
	r->kind = kind;
	switch (r->form) {
	case ROWS_TABLE:
		if (names)
			table(r->out, kind, cell, n, true);
		table(r->out, kind, cell, n, false);
		return;
	case ROWS_CSV:
		if (names)
			csv(r->out, kind, cell, n, true);
		csv(r->out, kind, cell, n, false);
		return;
	case ROWS_JSON:
		json(r->out, kind, cell, n);
		return;
	}
}

bool rows_end(struct rows *r, struct err *err)
{
	return (fflush(r->out) == 0 && !ferror(r->out)) ||
	       err_set(err, ERR_IO, 0, "cannot write");
}
