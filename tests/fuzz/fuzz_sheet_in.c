/*
 * Any bytes as a workbook, and any XML as the sheet of a good one: rows come
 * in order, cells within their limits.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/codec/paylist.h"
#include "core/codec/sheet_in.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct bytes {
	const uint8_t *data;
	size_t size;
};

static int64_t read_at(void *ctx, int64_t at, void *out, size_t len)
{
	const struct bytes *b = ctx;

	if (at < 0 || (size_t)at >= b->size)
		return 0;
	if (len > b->size - (size_t)at)
		len = b->size - (size_t)at;
	memcpy(out, b->data + at, len);
	return (int64_t)len;
}

static bool on_row(void *ctx, const struct cells *row)
{
	int64_t *last = ctx;
	size_t sum = 0;

	assert(row->row > *last && row->row <= CELLS_MAX_ROWS + 1);
	*last = row->row;
	assert(row->count <= CELLS_MAX && !cells_empty(row));
	for (int i = 0; i < row->count; i++) {
		const struct cells_one *c = &row->cell[i];

		assert(c->len <= CELLS_MAX_TEXT);
		assert(!c->too_long || c->len == 0);
		for (size_t k = 0; k < c->len; k++)
			sum += c->text[k] == '\n';
	}
	assert(sum == 0);
	return true;
}

static void read_book(const uint8_t *data, size_t size)
{
	struct bytes b = {data, size};
	const struct cells_file file = {&b, (int64_t)size, read_at};
	char sheet[SHEET_NAME_SIZE];
	int64_t last = 0;
	const struct cells_sink sink = {&last, on_row};
	struct err err = {.code = ERR_NONE};

	if (!sheet_in_read(&file, paylist_header, &sink, sheet, &err))
		assert(err.code == ERR_INVALID || err.code == ERR_NO_MEMORY);
	assert(strlen(sheet) < SHEET_NAME_SIZE);
}

/* ---- a stored ZIP around the input ---- */

struct stored {
	uint8_t *at;
	uint8_t *from;
	uint8_t directory[1024];
	size_t directory_len;
	int entries;
};

static void put(uint8_t **at, uint64_t value, int n)
{
	for (int i = 0; i < n; i++)
		*(*at)++ = (uint8_t)(i < 8 ? value >> 8 * i : 0);
}

static uint32_t crc32_of(const uint8_t *data, size_t len)
{
	uint32_t crc = 0xffffffff;

	for (size_t i = 0; i < len; i++) {
		crc ^= data[i];
		for (int k = 0; k < 8; k++)
			crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
	}
	return ~crc;
}

static void add(struct stored *z, const char *name, const void *data,
	size_t len)
{
	const uint32_t crc = crc32_of(data, len);
	const uint32_t start = (uint32_t)(z->at - z->from);
	const size_t n = strlen(name);
	uint8_t *d = z->directory + z->directory_len;

	put(&z->at, 0x04034b50, 4);
	put(&z->at, 10, 2);
	put(&z->at, 0, 8);
	put(&z->at, crc, 4);
	put(&z->at, (uint32_t)len, 4);
	put(&z->at, (uint32_t)len, 4);
	put(&z->at, (uint32_t)n, 4);
	memcpy(z->at, name, n);
	memcpy(z->at + n, data, len);
	z->at += n + len;
	put(&d, 0x02014b50, 4);
	put(&d, 10, 2);
	put(&d, 10, 2);
	put(&d, 0, 8);
	put(&d, crc, 4);
	put(&d, (uint32_t)len, 4);
	put(&d, (uint32_t)len, 4);
	put(&d, (uint32_t)n, 2);
	put(&d, 0, 12);
	put(&d, start, 4);
	memcpy(d, name, n);
	z->directory_len = (size_t)(d - z->directory) + n;
	z->entries++;
}

static size_t finish(struct stored *z)
{
	const uint32_t start = (uint32_t)(z->at - z->from);

	memcpy(z->at, z->directory, z->directory_len);
	z->at += z->directory_len;
	put(&z->at, 0x06054b50, 4);
	put(&z->at, 0, 4);
	put(&z->at, (uint32_t)z->entries, 2);
	put(&z->at, (uint32_t)z->entries, 2);
	put(&z->at, (uint32_t)z->directory_len, 4);
	put(&z->at, start, 4);
	put(&z->at, 0, 2);
	return (size_t)(z->at - z->from);
}

/* The input is one part of a workbook, by its first byte. */
static void read_part(const uint8_t *data, size_t size)
{
	static const char *const name[] = {"xl/s.xml", "xl/t.xml", "xl/f.xml",
		"xl/_rels/w.xml.rels", "xl/w.xml", "_rels/.rels"};
	static const char *const usual[] = {"<w><row><c t='s' "
					    "s='1'><v>0</v></c></row></w>",
		"<w><si><t>họ tên</t></si></w>",
		"<w><cellXfs><xf/><xf numFmtId='14'/></cellXfs></w>",
		"<w><Relationship Id='a' Type='/worksheet' Target='s.xml'/>"
		"<Relationship Id='b' Type='/sharedStrings' Target='t.xml'/>"
		"<Relationship Id='c' Type='/styles' Target='f.xml'/></w>",
		"<w><sheet name='A' id='a'/></w>",
		"<w><Relationship Id='a' Type='/officeDocument'"
		" Target='xl/w.xml'/></w>"};
	struct stored z = {.from = malloc(size + 4096)};
	const size_t which = data[0] % 6;

	assert(z.from);
	z.at = z.from;
	for (size_t i = 0; i < 6; i++)
		if (i == which)
			add(&z, name[i], data + 1, size - 1);
		else
			add(&z, name[i], usual[i], strlen(usual[i]));
	read_book(z.from, finish(&z));
	free(z.from);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	read_book(data, size);
	if (size > 0)
		read_part(data, size);
	return 0;
}
