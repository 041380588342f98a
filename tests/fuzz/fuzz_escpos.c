/*
 * Any bytes as a print job: refused, or dots that can be told as text. The
 * same bytes as the text of a page: printed as dots or letters, never as
 * commands. The first byte chooses the paper and the printer's letters.
 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/codec/escpos.h"
#include "core/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct escpos_paper paper;

static void tell(void)
{
	static char text[ESCPOS_MAX_ROWS * 200];

	assert(escpos_paper_text(&paper, text, sizeof(text)));
	assert(utf8_valid(text, strlen(text)));
}

static void as_job(const uint8_t *data, size_t size, int width,
	const struct escpos_how *how)
{
	struct err err = {.code = ERR_NONE};

	(void)escpos_rest(data, size, size / 2);
	if (escpos_decode_as(data, size, width, how, &paper, &err)) {
		assert(paper.rows >= 0 && paper.rows <= ESCPOS_MAX_ROWS);
		tell();
	} else {
		assert(err.code == ERR_INVALID && err.text[0]);
	}
}

static void as_text(const uint8_t *data, size_t size, int width,
	const struct escpos_how *how)
{
	static uint8_t job[ESCPOS_MAX_BYTES];
	static struct page page;
	struct err err = {.code = ERR_NONE};
	char *text = malloc(size + 1);
	size_t len;

	assert(text);
	memcpy(text, data, size);
	text[size] = '\0';
	page_init(&page, width);
	page_add_text(&page, size % 2 ? PAGE_CENTER : PAGE_LEFT, size % 3 == 0,
		size % 5 == 0, text);
	page_add_mark(&page, text);
	page_add_pair(&page, true, text, text);
	page_add_field(&page, false, 9, text, text);
	free(text);
	if (!escpos_encode_as(&page, how, job, sizeof(job), &len, &err))
		return; /* too long a text for one page */
	assert(escpos_decode_as(job, len, width, how, &paper, &err));
	assert(paper.cuts == 0 && !paper.drawer_opened);
	tell();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct escpos_how hows[] = {{ESCPOS_RASTER, 0, 0},
		{ESCPOS_TCVN3, 30, 31}, {ESCPOS_CP1258, 52, 0},
		{ESCPOS_UTF8, 0, 0}};
	const struct escpos_how *how;
	uint8_t *copy;
	int width;

	if (size == 0)
		return 0;
	/* The two usual widths, and from the higher bits all between them. */
	width = page_width_near(data[0] % 2 ? PAGE_80 - data[0] / 8 * 8
					    : PAGE_58 + data[0] / 8 * 8);
	/* an exact-size copy: reading past the end is seen */
	copy = malloc(size - 1 + (size == 1));
	assert(copy);
	memcpy(copy, data + 1, size - 1);
	how = &hows[data[0] / 2 % (sizeof(hows) / sizeof(hows[0]))];
	as_job(copy, size - 1, width, how);
	as_text(copy, size - 1, width, how);
	free(copy);
	return 0;
}
