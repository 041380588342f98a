#include "drivers/devices/quirks.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/asset.h"
#include "core/str.h"

enum {
	KIND,
	USB,
	MODEL,
	WORDS,
	DOTS,
	TCVN3,
	CP1258,
	SOURCE,
	COLUMNS,
	CELL_SIZE = 64
};

struct row {
	char cell[COLUMNS][CELL_SIZE];
};

/* ---- a row ------------------------------------------------------------------ */

/* False: not so many columns, or one is empty or too long. */
static bool split(const char *line, size_t len, struct row *out)
{
	int column = 0;
	size_t at = 0;

	for (size_t i = 0; i <= len; i++) {
		const bool end = i == len || line[i] == '\t';

		if (!end && (at + 1 == CELL_SIZE || column == COLUMNS))
			return false;
		if (!end) {
			out->cell[column][at++] = line[i];
			continue;
		}
		if (at == 0 || column == COLUMNS)
			return false;
		out->cell[column++][at] = '\0';
		at = 0;
	}
	return column == COLUMNS;
}

static bool is_none(const char *cell)
{
	return strcmp(cell, "-") == 0;
}

/* "04b8:0202", "0519:*"; product -1: any. */
static bool read_usb(const char *cell, long *vendor, long *product)
{
	uint8_t bytes[2];
	size_t len;
	char half[5] = "";

	if (strlen(cell) < 6 || cell[4] != ':')
		return false;
	memcpy(half, cell, 4);
	if (!str_from_hex(half, bytes, sizeof(bytes), &len) || len != 2)
		return false;
	*vendor = bytes[0] << 8 | bytes[1];
	*product = -1;
	if (strcmp(cell + 5, "*") == 0)
		return true;
	if (strlen(cell) != 9 ||
		!str_from_hex(cell + 5, bytes, sizeof(bytes), &len) || len != 2)
		return false;
	*product = bytes[0] << 8 | bytes[1];
	return true;
}

/* "30,31", at most QUIRKS_PAGES; "-" leaves what is there. */
static bool read_pages(const char *cell, int out[QUIRKS_PAGES])
{
	char *end = NULL;

	if (is_none(cell))
		return true;
	for (int i = 0; i < QUIRKS_PAGES; i++) {
		const long page = strtol(cell, &end, 10);

		if (end == cell || page < 0 || page > 255)
			return false;
		out[i] = (int)page;
		if (*end == '\0')
			return true;
		if (*end != ',')
			return false;
		cell = end + 1;
	}
	return false;
}

static bool set_word(const char *word, struct quirks *out)
{
	const struct {
		const char *word;
		bool *flag;
	} flags[] = {
		{"one-way", &out->one_way},
		{"vendor-class", &out->vendor_class},
		{"keep-detached", &out->keep_detached},
		{"slow-close", &out->slow_close},
		{"reset-after-cut", &out->reset_after_cut},
		{"no-dle-eot", &out->no_dle_eot},
		{"no-raster", &out->no_raster},
		{"no-cut", &out->no_cut},
		{"no-drawer", &out->no_drawer},
	};
	int64_t bytes;

	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++)
		if (strcmp(flags[i].word, word) == 0) {
			*flags[i].flag = true;
			return true;
		}
	if (strcmp(word, "types") == 0)
		out->scanner = QUIRKS_SCANNER_TYPES;
	else if (strcmp(word, "serial") == 0)
		out->scanner = QUIRKS_SCANNER_SERIAL;
	else if (strcmp(word, "hid-pos") == 0)
		out->scanner = QUIRKS_SCANNER_HID_POS;
	else if (str_starts(word, "transfer=") &&
		 str_to_int(word + 9, 8, 65536, &bytes))
		out->transfer = (int)bytes;
	else
		return false;
	return true;
}

static bool set_words(const char *cell, struct quirks *out)
{
	char word[CELL_SIZE];

	while (!is_none(cell) && *cell) {
		const size_t len = strcspn(cell, ",");

		memcpy(word, cell, len);
		word[len] = '\0';
		if (!set_word(word, out))
			return false;
		cell += len + (cell[len] == ',');
	}
	return true;
}

static bool merge(const struct row *r, struct quirks *out)
{
	const bool scanner = strcmp(r->cell[KIND], "scanner") == 0;
	int64_t dots = out->dots;

	if (!scanner && strcmp(r->cell[KIND], "printer") != 0)
		return false;
	if (scanner && out->scanner == QUIRKS_NO_SCANNER)
		out->scanner = QUIRKS_SCANNER;
	if (!is_none(r->cell[DOTS]) &&
		!str_to_int(r->cell[DOTS], 50, 2000, &dots))
		return false;
	out->dots = (int)dots;
	out->known = true;
	return set_words(r->cell[WORDS], out) &&
	       read_pages(r->cell[TCVN3], out->tcvn3) &&
	       read_pages(r->cell[CP1258], out->cp1258);
}

/* ---- does it fit ------------------------------------------------------------- */

static bool is_part(char c)
{
	return isalnum((unsigned char)c) || c == '-';
}

/* Is the model a whole word of the name? "TM-T20II" is none of "TM-T20III". */
static bool has_word(const char *name, const char *model)
{
	const size_t len = strlen(model);

	for (const char *at = name; (at = strstr(at, model)) != NULL; at++)
		if ((at == name || !is_part(at[-1])) && !is_part(at[len]))
			return true;
	return false;
}

static bool fits(const struct row *r, uint16_t vendor, uint16_t product,
	const char *name)
{
	long wants_vendor = 0;
	long wants_product = 0;

	if (!is_none(r->cell[USB]) &&
		(!read_usb(r->cell[USB], &wants_vendor, &wants_product) ||
			wants_vendor != vendor ||
			(wants_product >= 0 && wants_product != product)))
		return false;
	return is_none(r->cell[MODEL]) || has_word(name, r->cell[MODEL]);
}

/* ---- the table ---------------------------------------------------------------- */

struct lines {
	const char *at;
	const char *end;
	const char *row; /* the last one read, and its length */
	size_t len;
	int number; /* of its line, from 1 */
};

/* The next line that is a row; false at the end. */
static bool next_row(struct lines *l)
{
	while (l->at < l->end) {
		const char *nl = memchr(l->at, '\n', (size_t)(l->end - l->at));

		l->row = l->at;
		l->len = (size_t)((nl ? nl : l->end) - l->at);
		l->at = nl ? nl + 1 : l->end;
		l->number++;
		if (l->len > 0 && l->row[0] != '#' &&
			!(l->len > 5 && memcmp(l->row, "kind\t", 5) == 0))
			return true;
	}
	return false;
}

static void quirks_init(struct quirks *q)
{
	memset(q, 0, sizeof(*q));
	for (int i = 0; i < QUIRKS_PAGES; i++)
		q->tcvn3[i] = q->cp1258[i] = -1;
}

void quirks_find(uint16_t vendor, uint16_t product, const char *name,
	struct quirks *out)
{
	struct lines lines = {0};
	struct row row;

	quirks_init(out);
	for (size_t i = 0; i < assets_count; i++)
		if (strcmp(assets[i].path, "assets/quirks.tsv") == 0) {
			lines.at = (const char *)assets[i].data;
			lines.end = lines.at + assets[i].size;
		}
	while (next_row(&lines))
		if (split(lines.row, lines.len, &row) &&
			fits(&row, vendor, product, name))
			merge(&row, out);
}

int quirks_check(const char *text, size_t len)
{
	struct lines lines = {.at = text, .end = text + len};
	struct quirks q;
	struct row row;
	long unused;

	quirks_init(&q);
	while (next_row(&lines))
		if (!split(lines.row, lines.len, &row) || !merge(&row, &q) ||
			(!is_none(row.cell[USB]) &&
				!read_usb(row.cell[USB], &unused, &unused)) ||
			(is_none(row.cell[USB]) && is_none(row.cell[MODEL])))
			return lines.number;
	return 0;
}
