#include "support/bookfile.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

#include "core/codec/list_in.h"

#define NS "http://schemas.openxmlformats.org/"
#define REL NS "officeDocument/2006/relationships"

const char *const bookfile_rels =
	"<Relationships xmlns=\"" NS "package/2006/relationships\">"
	"<Relationship Id=\"a\" Type=\"" REL "/officeDocument\""
	" Target=\"xl/workbook.xml\"/></Relationships>";
const char *const bookfile_workbook =
	"<workbook xmlns=\"" NS "spreadsheetml/2006/main\" xmlns:r=\"" REL
	"\"><sheets><sheet name=\"Một\" sheetId=\"1\" r:id=\"r1\"/>"
	"</sheets></workbook>";
const char *const bookfile_workbook_rels =
	"<Relationships xmlns=\"" NS "package/2006/relationships\">"
	"<Relationship Id=\"r1\" Type=\"" REL "/worksheet\""
	" Target=\"worksheets/sheet1.xml\"/>"
	"<Relationship Id=\"r2\" Type=\"" REL "/sharedStrings\""
	" Target=\"/xl/sharedStrings.xml\"/>"
	"<Relationship Id=\"r3\" Type=\"" REL "/styles\""
	" Target=\"styles.xml\"/></Relationships>";

static void die(const char *path)
{
	fprintf(stderr, "%s: cannot be written\n", path);
	exit(1);
}

/* The bytes of a part, repeated, to be freed. */
static char *whole(const struct bookpart *p, size_t *len)
{
	const size_t one = p->len ? p->len : strlen(p->text);
	const size_t times = p->repeat ? p->repeat : 1;
	char *all = malloc(one * times + 1);

	if (!all)
		exit(1);
	for (size_t i = 0; i < times; i++)
		memcpy(all + i * one, p->text, one);
	*len = one * times;
	return all;
}

static void add(zip_t *zip, const struct bookpart *p)
{
	size_t len;
	char *bytes = whole(p, &len);
	zip_source_t *s = zip_source_buffer(zip, bytes, len, 1);
	const zip_int64_t i = zip_file_add(zip, p->name, s, 0);

	if (i < 0)
		die(p->name);
	if (p->link)
		zip_file_set_external_attributes(zip, (zip_uint64_t)i, 0,
			ZIP_OPSYS_UNIX, (zip_uint32_t)(S_IFLNK | 0777) << 16);
	if (p->password)
		zip_file_set_encryption(zip, (zip_uint64_t)i,
			ZIP_EM_TRAD_PKWARE, p->password);
}

void bookfile_write(const char *path, const struct bookpart *part, size_t parts)
{
	int why;
	zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &why);

	if (!zip)
		die(path);
	for (size_t i = 0; i < parts; i++)
		add(zip, &part[i]);
	if (zip_close(zip) != 0)
		die(path);
}

static char *around(const char *before, const char *inside, const char *after)
{
	const size_t size = strlen(before) + strlen(inside) + strlen(after) + 1;
	char *all = malloc(size);

	if (!all)
		exit(1);
	snprintf(all, size, "%s%s%s", before, inside, after);
	return all;
}

void bookfile_sheet(const char *path, const char *rows, const char *strings,
	const char *styles)
{
	char *sheet = around("<worksheet><sheetData>", rows,
		"</sheetData></worksheet>");
	char *sst = around("<sst>", strings ? strings : "", "</sst>");
	char *look =
		around("<styleSheet>", styles ? styles : "", "</styleSheet>");
	const struct bookpart part[] = {
		{.name = "_rels/.rels", .text = bookfile_rels},
		{.name = "xl/workbook.xml", .text = bookfile_workbook},
		{.name = "xl/_rels/workbook.xml.rels",
			.text = bookfile_workbook_rels},
		{.name = "xl/sharedStrings.xml", .text = sst},
		{.name = "xl/styles.xml", .text = look},
		{.name = "xl/worksheets/sheet1.xml", .text = sheet},
	};

	bookfile_write(path, part, sizeof(part) / sizeof(*part));
	free(sheet);
	free(sst);
	free(look);
}

void bookfile_patch(const char *path, const char *from, const char *to)
{
	static char bytes[1 << 20];
	FILE *f = fopen(path, "r+b");
	const size_t len = f ? fread(bytes, 1, sizeof(bytes), f) : 0;
	char *at = bytes;

	if (len == 0)
		die(path);
	while ((at = memmem(at, len - (size_t)(at - bytes), from,
			strlen(from))) != NULL)
		memcpy(at, to, strlen(to));
	rewind(f);
	if (fwrite(bytes, 1, len, f) != len || fclose(f) != 0)
		die(path);
}

static enum cells_header header(const struct cells *row)
{
	return row->count > 0 && row->cell[0].len >= strlen("họ tên") &&
			       memcmp(row->cell[0].text, "họ tên",
				       strlen("họ tên")) == 0
		       ? CELLS_HEADER_WHOLE
		       : CELLS_NO_HEADER;
}

static bool hear(void *ctx, const struct cells *row)
{
	struct bookheard *h = ctx;

	buf_printf(&h->told, "%" PRId64 " ", row->row);
	for (int i = 0; i < row->count; i++)
		buf_printf(&h->told, "%s%s%.*s", i ? "|" : "",
			row->cell[i].too_long ? "!" : "", (int)row->cell[i].len,
			row->cell[i].text);
	buf_printf(&h->told, row->more ? "...\n" : "\n");
	return ++h->rows != h->stop_at;
}

static int64_t read_at(void *ctx, int64_t at, void *out, size_t len)
{
	return pread(*(const int *)ctx, out, len, at);
}

bool bookfile_hear(const char *path, struct bookheard *out, struct err *err)
{
	const struct cells_sink sink = {out, hear};
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct cells_file file = {.ctx = &fd, .read_at = read_at};
	struct stat st;
	bool ok;

	if (fd < 0 || fstat(fd, &st) != 0)
		die(path);
	file.size = st.st_size;
	buf_init(&out->told, out->text, sizeof(out->text));
	out->rows = 0;
	ok = list_in_read_as(&file, header, &sink, out->sheet, err);
	close(fd);
	return ok;
}
