/*
 * sheet_book.h - what a workbook says beside its cells: which sheets there
 * are, which cell formats are dates, and the texts that cells share.
 *
 * Only sheet_in.c uses it. Everything is in memory until it is closed; the
 * texts are by far the most.
 */
#ifndef CORE_CODEC_SHEET_BOOK_H
#define CORE_CODEC_SHEET_BOOK_H

#include "core/codec/sheet_format.h"
#include "core/codec/sheet_zip.h"

enum {
	SHEET_MAX_SHEETS = 64,
	SHEET_MAX_STYLES = 65536,
	SHEET_NAME_SIZE = 128,
	SHEET_MAX_STRINGS = 16 * 1000 * 1000,
	SHEET_MAX_TEXTS = 192 * 1024 * 1024 /* bytes of all shared texts */
};

struct sheet_entry {
	char name[SHEET_NAME_SIZE];
	char id[64]; /* of the relationship */
	char part[SHEET_MAX_NAME];
	bool hidden;
};

struct sheet_book {
	struct sheet_zip *zip;
	struct sheet_entry sheet[SHEET_MAX_SHEETS];
	int sheets;
	bool from_1904;
	unsigned char *format; /* enum sheet_format of each cell format */
	size_t formats;
	/* Text i is texts[start[i]] to texts[start[i + 1]]. */
	char *texts;
	size_t texts_len;
	size_t texts_size;
	uint32_t *start;
	size_t strings;
	size_t start_size;
};

/* ERR_INVALID with a reason; *book is to be closed in any case. */
bool sheet_book_open(struct sheet_book *book, struct sheet_zip *zip,
	struct err *err);
void sheet_book_close(struct sheet_book *book);

/*
 * Undo _x000D_ and its like in place (ECMA-376 22.9.2.19); returns the new
 * length, which is never more.
 */
size_t sheet_text_unescape(char *text, size_t len);

#endif
