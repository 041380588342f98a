#include "terminal/ui/scantest_view.h"

#include <stdio.h>
#include <string.h>

#include "core/crypto.h"
#include "core/str.h"
#include "core/tr.h"
#include "terminal/flows/card_text.h"
#include "terminal/ui/parts.h"

enum {
	TEXT_SIZE = 512, /* of a code: about five lines of a wide screen */
	HEX_BYTES = 48,  /* the rest is as the verb says it */
	WORDS_SIZE = 160
};

static void empty(struct sheet *s)
{
	sheet_space(s);
	sheet_text(s, RANK_MUST, STYLE_TITLE,
		tr("Scan any code: an ID card, a receipt, an account."));
	sheet_space(s);
	sheet_text(s, RANK_USEFUL, STYLE_NORMAL,
		tr("Here is shown what the scanner sends, and how it should "
		   "be set. Nothing is stored, and nobody is looked up."));
}

struct row {
	const char *label;
	char value[WORDS_SIZE];
};

static const char *device(const struct scanned *how, char *out, size_t size)
{
	if (!how->device[0])
		return scan_by_text(how->by);
	snprintf(out, size, "%s, %s", scan_by_text(how->by), how->device);
	return out;
}

static void facts(struct sheet *s, const struct scantest *t)
{
	char words[WORDS_SIZE];
	const char *symbology = scan_symbology(t->how.aim);
	struct row rows[] = {{tr("Scanner"), ""}, {tr("Ended by"), ""},
		{tr("Bytes"), ""}, {tr("How long"), ""},
		{tr("Longest pause"), ""}};
	const size_t count = sizeof(rows) / sizeof(rows[0]);

	sheet_text(s, RANK_MUST, STYLE_TITLE, scan_kind_text(&t->says));
	str_copy(rows[0].value, WORDS_SIZE,
		device(&t->how, words, sizeof(words)));
	snprintf(rows[1].value, WORDS_SIZE, "%s%s%s%s%s",
		scan_end_text(t->how.end), t->how.aim[0] ? "; " : "",
		t->how.aim, symbology[0] ? " " : "", symbology);
	snprintf(rows[2].value, WORDS_SIZE, "%zu", t->len);
	snprintf(rows[3].value, WORDS_SIZE, tr("%d ms, %d parts"), t->how.ms,
		t->how.pieces);
	snprintf(rows[4].value, WORDS_SIZE, "%d ms", t->how.longest);
	for (size_t i = 0; i < count; i++)
		sheet_pair_room(s, rows[i].label, rows[i].value);
	for (size_t i = 0; i < count; i++)
		sheet_pair(s, i < 2 ? RANK_USEFUL : RANK_NICE, rows[i].label,
			STYLE_NORMAL, rows[i].value);
}

/* "30 31 32 …": the first bytes. */
static void hex(const struct scantest *t, char *out, size_t size)
{
	const size_t len = t->len < HEX_BYTES ? t->len : HEX_BYTES;
	size_t n = 0;

	out[0] = '\0';
	for (size_t i = 0; i < len; i++)
		n += (size_t)snprintf(out + n, size - n, "%02x ", t->bytes[i]);
	if (len < t->len)
		snprintf(out + n, size - n, "...");
}

static void content(struct sheet *s, const struct scantest *t)
{
	char text[TEXT_SIZE];

	if (t->hex)
		hex(t, text, sizeof(text));
	else
		scan_safe_text(t->bytes, t->len, text, sizeof(text));
	if (text[0])
		sheet_text(s, RANK_USEFUL, STYLE_DIM, text);
	crypto_wipe(text, sizeof(text));
}

static void advice(struct sheet *s, const struct scan_says *says)
{
	if (!says->good && !says->slip)
		sheet_sign(s, RANK_USEFUL, SIGN_WARNING,
			card_note_text(says->note));
	else if (!says->slip)
		sheet_sign(s, RANK_MUST,
			says->marks == SCAN_MARKS_LOST ||
					says->marks == SCAN_MARKS_DAMAGED
				? SIGN_WARNING
				: SIGN_NOTE,
			scan_marks_text(says->marks));
	for (int i = 0; i < says->advices; i++)
		sheet_sign(s, i == 0 ? RANK_MUST : RANK_USEFUL,
			says->advice[i] == SCAN_ADVICE_FINE ? SIGN_NOTE
							    : SIGN_WARNING,
			scan_advice_text(says->advice[i]));
}

void scantest_view(const struct scantest *t, const struct frame_info *info,
	struct canvas *c)
{
	struct frame frame = {.title = tr("SCANNER TEST")};
	struct sheet s;

	sheet_init(&s, c);
	frame.binding = scantest_bindings(t->step, &frame.bindings);
	if (t->step == SCANTEST_SEEN) {
		facts(&s, t);
		content(&s, t);
		sheet_space(&s);
		advice(&s, &t->says);
	} else {
		empty(&s);
	}
	frame_show(c, info, &frame, &s);
}
