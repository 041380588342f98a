/* Any bytes as a template: refused with a line number, or a good page. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/codec/receipt.h"
#include "core/utf8.h"
#include "support/receipts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_page(const struct page *p)
{
	assert(p->lines <= PAGE_MAX_LINES && !p->full);
	for (int i = 0; i < p->lines; i++) {
		const struct page_line *l = &p->line[i];

		assert(utf8_valid(l->text, strlen(l->text)));
		assert(utf8_valid(l->value, strlen(l->value)));
		assert(page_text_columns(l->text) <= page_columns(p));
		assert(page_text_columns(l->value) <= page_columns(p));
		assert(l->column >= 0 && l->column <= page_columns(p) / 2);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct page page;
	struct err err = {.code = ERR_NONE};
	char *copy = malloc(size + (size == 0));

	assert(copy);
	memcpy(copy, data, size);
	if (receipt_page_from(copy, size, &receipts_full,
		    size % 2 ? PAGE_80 : PAGE_58, &page, &err))
		check_page(&page);
	else
		assert(err.code == ERR_INVALID && strstr(err.text, "template"));
	free(copy);
	return 0;
}
