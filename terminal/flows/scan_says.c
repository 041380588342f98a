#include "terminal/flows/scan_says.h"

#include <stdio.h>
#include <string.h>

#include "core/codec/zseal.h"
#include "core/text.h"
#include "core/tr.h"
#include "core/utf8.h"
#include "terminal/flows/card_text.h"

enum {
	SLOW_KEY_MS = 12 /* mean; wedge.h tells up to 17 */
};

/* ---- what it is ---- */

static bool has_note(const struct idcard *card, enum card_note note)
{
	for (int i = 0; i < card->notes; i++)
		if (card->note[i] == note)
			return true;
	return false;
}

static enum scan_marks marks_of(const struct idcard *card)
{
	if (card->outcome == CARD_REJECT)
		return SCAN_MARKS_UNKNOWN;
	if (has_note(card, CARD_NOTE_NAME_DAMAGED))
		return SCAN_MARKS_DAMAGED;
	if (has_note(card, CARD_NOTE_MARKS_LOST))
		return SCAN_MARKS_LOST;
	if (has_note(card, CARD_NOTE_REENCODED))
		return SCAN_MARKS_REPAIRED;
	return SCAN_MARKS_KEPT;
}

/* Codes that the counter takes besides cards. */
static bool is_taken(enum card_kind kind)
{
	return kind == CARD_KIND_RECEIPT || kind == CARD_KIND_BHYT ||
	       kind == CARD_KIND_VIETQR;
}

static bool is_slip(const void *bytes, size_t len)
{
	const size_t n = sizeof(ZSEAL_PREFIX) - 1;

	return len > n && memcmp(bytes, ZSEAL_PREFIX, n) == 0;
}

/* ---- what to do ---- */

static void advise(struct scan_says *s, enum scan_advice advice)
{
	if (s->advices < SCAN_SAYS_ADVICE)
		s->advice[s->advices++] = advice;
}

static void advise_all(struct scan_says *s, size_t len,
	const struct scanned *how)
{
	const bool lost =
		s->marks == SCAN_MARKS_LOST || s->marks == SCAN_MARKS_DAMAGED;
	const bool typed = how->by == SCANNED_BY_KEYS;

	if (len == 0 || len > IDCARD_MAX_BYTES ||
		(!s->good && s->note == CARD_NOTE_FRAGMENT))
		advise(s, SCAN_ADVICE_AGAIN);
	if (typed && lost)
		advise(s, SCAN_ADVICE_SERIAL);
	if (typed && how->layout)
		advise(s, SCAN_ADVICE_LAYOUT);
	if (!typed && (lost || s->marks == SCAN_MARKS_REPAIRED))
		advise(s, SCAN_ADVICE_UTF8);
	if (typed && how->pieces > 1 &&
		how->ms / (how->pieces - 1) >= SLOW_KEY_MS)
		advise(s, SCAN_ADVICE_FASTER);
	if (len > 0 && how->end == SCANNED_END_NONE &&
		how->by != SCANNED_BY_PICTURE)
		advise(s, SCAN_ADVICE_SUFFIX);
	if (s->advices == 0)
		advise(s, SCAN_ADVICE_FINE);
}

void scan_says(struct scan_says *out, const void *bytes, size_t len,
	const struct scanned *how)
{
	struct idcard card;

	memset(out, 0, sizeof(*out));
	idcard_parse(bytes, len, &card);
	out->kind = card.kind;
	out->slip = is_slip(bytes, len);
	out->good = card.outcome != CARD_REJECT || is_taken(card.kind);
	out->note =
		card.outcome == CARD_REJECT ? card.note[0] : CARD_NOTE_COUNT;
	out->marks = marks_of(&card);
	advise_all(out, len, how);
}

/* ---- sentences ---- */

const char *scan_advice_text(enum scan_advice advice)
{
	static const char *const text[SCAN_ADVICE_COUNT] = {
		[SCAN_ADVICE_FINE] = TR("This scanner is set up well."),
		[SCAN_ADVICE_SERIAL] =
			TR("Switch this scanner to USB serial (USB-COM): "
			   "typed as keys, Vietnamese letters are lost."),
		[SCAN_ADVICE_UTF8] =
			TR("The scanner changes letters itself: set its "
			   "output to UTF-8, or to \"no conversion\"."),
		[SCAN_ADVICE_LAYOUT] =
			TR("Set the keyboard layout of this machine to US; "
			   "this time the digits could be put right."),
		[SCAN_ADVICE_FASTER] =
			TR("Its keys come slowly, almost as those of a "
			   "person: set its delay between keys to 0."),
		[SCAN_ADVICE_SUFFIX] =
			TR("Nothing ends its codes: let it send CR (ENTER) "
			   "behind each."),
		[SCAN_ADVICE_AGAIN] =
			TR("The code did not come whole: scan it again."),
	};

	return tr(text[advice < SCAN_ADVICE_COUNT ? advice : 0]);
}

const char *scan_marks_text(enum scan_marks marks)
{
	switch (marks) {
	case SCAN_MARKS_KEPT:
		return tr("Vietnamese letters: all right");
	case SCAN_MARKS_REPAIRED:
		return tr("Vietnamese letters: put right again, exactly");
	case SCAN_MARKS_LOST:
		return tr("Vietnamese letters: the marks are lost");
	case SCAN_MARKS_DAMAGED:
		return tr("Vietnamese letters: damaged, the name is taken from "
			  "the list");
	case SCAN_MARKS_UNKNOWN:
		break;
	}
	return tr("Vietnamese letters: none to judge by");
}

const char *scan_by_text(enum scanned_by by)
{
	switch (by) {
	case SCANNED_BY_SERIAL:
		return tr("USB serial");
	case SCANNED_BY_REPORTS:
		return "HID-POS";
	case SCANNED_BY_KEYS:
		return tr("plays keyboard");
	case SCANNED_BY_PICTURE:
		break;
	}
	return tr("camera or picture");
}

const char *scan_end_text(enum scanned_end end)
{
	switch (end) {
	case SCANNED_END_CR:
		return "CR";
	case SCANNED_END_LF:
		return "LF";
	case SCANNED_END_CRLF:
		return "CR LF";
	case SCANNED_END_TAB:
		return "Tab";
	case SCANNED_END_ENTER:
		return "ENTER";
	case SCANNED_END_REPORT:
		return tr("by the scanner itself");
	case SCANNED_END_NONE:
		break;
	}
	return tr("nothing");
}

const char *scan_kind_text(const struct scan_says *says)
{
	if (says->slip)
		return tr("A Z slip of this program");
	if (says->kind == CARD_KIND_UNKNOWN && says->good)
		return tr("ID card");
	return card_kind_text(says->kind);
}

const char *scan_symbology(const char *aim)
{
	static const struct {
		char letter;
		const char *name;
	} rows[] = {{'Q', "QR"}, {'C', "Code 128"}, {'A', "Code 39"},
		{'E', "EAN/UPC"}, {'d', "Data Matrix"}, {'L', "PDF417"},
		{'z', "Aztec"}, {'I', "ITF"}, {'F', "Codabar"},
		{'G', "Code 93"}, {'e', "GS1 DataBar"}};

	for (size_t i = 0; aim[0] && i < sizeof(rows) / sizeof(*rows); i++)
		if (rows[i].letter == aim[1])
			return rows[i].name;
	return "";
}

/* ---- for scripts ---- */

const char *scan_by_code(enum scanned_by by)
{
	static const char *const code[] = {[SCANNED_BY_PICTURE] = "picture",
		[SCANNED_BY_SERIAL] = "serial",
		[SCANNED_BY_REPORTS] = "hid_pos",
		[SCANNED_BY_KEYS] = "keyboard"};

	return code[by];
}

const char *scan_end_code(enum scanned_end end)
{
	static const char *const code[] = {[SCANNED_END_NONE] = "none",
		[SCANNED_END_CR] = "cr",
		[SCANNED_END_LF] = "lf",
		[SCANNED_END_CRLF] = "crlf",
		[SCANNED_END_TAB] = "tab",
		[SCANNED_END_ENTER] = "enter",
		[SCANNED_END_REPORT] = "report"};

	return code[end];
}

const char *scan_marks_code(enum scan_marks marks)
{
	static const char *const code[] = {[SCAN_MARKS_UNKNOWN] = "unknown",
		[SCAN_MARKS_KEPT] = "kept",
		[SCAN_MARKS_REPAIRED] = "repaired",
		[SCAN_MARKS_LOST] = "lost",
		[SCAN_MARKS_DAMAGED] = "damaged"};

	return code[marks];
}

const char *scan_advice_code(enum scan_advice advice)
{
	static const char *const code[SCAN_ADVICE_COUNT] = {[SCAN_ADVICE_FINE] =
								    "fine",
		[SCAN_ADVICE_SERIAL] = "to_serial",
		[SCAN_ADVICE_UTF8] = "to_utf8",
		[SCAN_ADVICE_LAYOUT] = "layout_us",
		[SCAN_ADVICE_FASTER] = "faster_keys",
		[SCAN_ADVICE_SUFFIX] = "set_suffix",
		[SCAN_ADVICE_AGAIN] = "scan_again"};

	return code[advice];
}

void scan_safe_text(const void *bytes, size_t len, char *out, size_t size)
{
	const char *s = bytes;
	char clean[UTF8_MAX_BYTES + 1];
	size_t at = 0;
	size_t n = 0;

	while (at < len) {
		size_t used = 1;

		utf8_decode(s + at, len - at, &used);
		if (n + 4 * used >= size)
			break;
		/* A tab is a blank to text_clean(), and moves a terminal. */
		if (s[at] == ' ' || s[at] == '\t' ||
			text_clean(s + at, used, clean, sizeof(clean), NULL)) {
			memcpy(out + n, s[at] == '\t' ? " " : s + at, used);
			n += used;
			at += used;
			continue;
		}
		for (; used > 0; used--)
			n += (size_t)snprintf(out + n, size - n, "\\x%02x",
				(unsigned char)s[at++]);
	}
	out[n] = '\0';
}
