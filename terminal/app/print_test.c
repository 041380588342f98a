#include "terminal/app/print_test.h"

#include <stdio.h>
#include <string.h>

#include "core/buf.h"
#include "core/codec/template.h"
#include "terminal/app/config_store.h"

enum {
	FIRST_PAPER = 8, /* blocks 8 and 9 tell how wide the paper is */
	LAST_OF_58 = 8,
	NAME_SIZE = 32
};

/*
 * The numbers of code pages are those of escpos-printer-db (CC BY 4.0), as in
 * assets/quirks.tsv: of 50 printers 19 have TCVN-3, all under 30 and 31.
 */
static const struct print_test_block blocks[PRINT_TEST_BLOCKS] = {
	{{ESCPOS_TCVN3, 30, 31}, PAGE_58},
	{{ESCPOS_CP1258, 52, 0}, PAGE_58},
	{{ESCPOS_CP1258, 27, 0}, PAGE_58},
	{{ESCPOS_CP1258, 94, 0}, PAGE_58},
	{{ESCPOS_CP1258, 35, 0}, PAGE_58},
	{{ESCPOS_CP1258, 32, 0}, PAGE_58},
	{{ESCPOS_UTF8, 0, 0}, PAGE_58},
	{{ESCPOS_RASTER, 0, 0}, PAGE_58},
	{{ESCPOS_RASTER, 0, 0}, PAGE_80},
};

/* Each letter that has a mark, in lines that fit on 58 mm. */
static const char *const letters[] = {
	"ăắằẳẵặâấầẩẫậáàảãạđêếềểễệéèẻẽẹ",
	"íìỉĩịôốồổỗộơớờởỡợóòỏõọưứừửữự",
	"úùủũụýỳỷỹỵ ÚÙỦŨỤÝỲỶỸỴ",
	"ĂẮẰẲẴẶÂẤẦẨẪẬÁÀẢÃẠĐÊẾỀỂỄỆÉÈẺẼẸ",
	"ÍÌỈĨỊÔỐỒỔỖỘƠỚỜỞỠỢÓÒỎÕỌƯỨỪỬỮỰ",
};

const struct print_test_block *print_test_block(int n)
{
	return n >= 1 && n <= PRINT_TEST_BLOCKS ? &blocks[n - 1] : NULL;
}

/* One page of the job behind those before it. */
static bool add_page(struct receipt_job *out, const struct page *page,
	const struct escpos_how *how, struct err *err)
{
	size_t len;

	if (!escpos_encode_as(page, how, out->bytes + out->len,
		    sizeof(out->bytes) - out->len, &len, err))
		return false;
	out->len += len;
	return true;
}

static bool add_head(struct receipt_job *out, struct err *err)
{
	static const struct escpos_how raster = {.letters = ESCPOS_RASTER};
	const struct template_values none = {0};
	size_t len;
	const char *tpl = template_builtin("print_test", &len);

	page_init(&out->page, PAGE_58);
	return template_run(tpl, len, &none, &out->page, err) &&
	       add_page(out, &out->page, &raster, err);
}

static int wide(int dots)
{
	return dots >= PAGE_80_LEAST ? dots : PAGE_80;
}

static bool add_block(struct receipt_job *out, int n, int dots, struct err *err)
{
	const struct print_test_block *b = &blocks[n - 1];
	char name[NAME_SIZE];

	snprintf(name, sizeof(name), "%d. %s", n, machine_block(n));
	page_init(&out->page, b->width == PAGE_80 ? wide(dots) : b->width);
	page_add_text(&out->page, PAGE_LEFT, false, false, name);
	for (size_t i = 0; i < sizeof(letters) / sizeof(letters[0]); i++)
		page_add_text(&out->page, PAGE_LEFT, false, false, letters[i]);
	/* From edge to edge: a part of it is missing on narrower paper. */
	if (n >= FIRST_PAPER)
		page_add_pair(&out->page, false, "|----", "----|");
	page_add_space(&out->page, 16);
	return add_page(out, &out->page, &b->how, err);
}

static bool add_end(struct receipt_job *out, struct err *err)
{
	static const struct escpos_how raster = {.letters = ESCPOS_RASTER};

	page_init(&out->page, PAGE_58);
	page_add_cut(&out->page);
	return add_page(out, &out->page, &raster, err);
}

bool print_test_job(int dots, struct receipt_job *out, struct err *err)
{
	bool ok;

	memset(out, 0, sizeof(*out));
	out->test = true;
	out->width = PAGE_80;
	ok = add_head(out, err);
	for (int n = 1; ok && n <= PRINT_TEST_BLOCKS; n++)
		ok = add_block(out, n, dots, err);
	ok = ok && add_end(out, err);
	out->page.lines = 0; /* the bytes are of many pages */
	return ok || err_wrap(err, "print test");
}

bool print_test_choose(const char *right, struct print_test_choice *out)
{
	bool is_right[PRINT_TEST_BLOCKS + 1] = {false};
	int first = 0;

	memset(out, 0, sizeof(*out));
	for (const char *c = right; *c; c++) {
		if (*c < '1' || *c > '9' || is_right[*c - '0'])
			return false;
		is_right[*c - '0'] = true;
	}
	for (int n = PRINT_TEST_BLOCKS; n >= 1; n--)
		if (is_right[n])
			first = n;
	if (first == 0)
		return false;
	out->how = blocks[first - 1].how;
	if (is_right[PRINT_TEST_BLOCKS])
		out->width = 80;
	else if (is_right[LAST_OF_58])
		out->width = 58;
	return true;
}

bool print_test_keep(const char *dir, const char *identity,
	const struct print_test_choice *choice, int dots, struct err *err)
{
	char mode[ESCPOS_HOW_SIZE];
	char value[CONFIG_TEXT_SIZE];
	char ends[CONFIG_TEXT_SIZE];
	char number[16];
	struct config_choice how = {"printer", "proved", value, ends};
	struct config_choice width = {"printer", "width",
		choice->width == 58 ? "58" : "80", NULL};
	struct config_choice across = {"printer", "dots", number, NULL};

	snprintf(number, sizeof(number), "%d", wide(dots));
	snprintf(ends, sizeof(ends), " %s", identity);
	snprintf(value, sizeof(value), "%s%s",
		escpos_how_text(&choice->how, mode), ends);
	return config_store(dir, &how, err) &&
	       (choice->width == 0 || config_store(dir, &width, err)) &&
	       (choice->width != 80 || wide(dots) == PAGE_80 ||
		       config_store(dir, &across, err));
}
