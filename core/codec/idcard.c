#include "core/codec/idcard.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "core/codec/cardfields.h"
#include "core/codec/cardname.h"
#include "core/codec/escapes.h"
#include "core/codec/mojibake.h"
#include "core/codec/scantext.h"
#include "core/str.h"
#include "core/utf8.h"

enum {
	MIN_CARD = 20 /* bytes; shorter is no card */
};

/* ---- a card from its fields ---- */

static void read_issued(struct cardfields *r, const struct cardfields_places *p,
	struct idcard *out)
{
	const char *text = r->count > p->issued ? r->field[p->issued] : "";
	struct date day;

	switch (strlen(text) > 4 ? cardfields_date(text, &day) : NO_DATE) {
	case NO_DATE:
	case BAD_DATE:
		cardfields_see(r, CARD_NOTE_NO_ISSUE_DATE);
		return;
	case MARKED_DATE:
		cardfields_see(r, CARD_NOTE_DATE_STYLE);
		break;
	case PLAIN_DATE:
		break;
	}
	out->issued = day;
}

static void read_extras(const struct cardfields *r,
	const struct cardfields_places *p, struct idcard *out)
{
	for (int i = p->extra; i < r->count; i++) {
		if (out->extras == IDCARD_MAX_EXTRAS)
			break;
		str_copy(out->extra[out->extras], IDCARD_EXTRA_SIZE,
			r->field[i]);
		str_trim(out->extra[out->extras++]); /* cut at a blank */
	}
}

/* Names as the scanner gave them, or nothing where it damaged them. */
static void read_names(struct cardfields *r, const struct cardfields_places *p,
	enum cardfields_sex sex, struct idcard *out)
{
	const char *name = r->field[p->name];
	const char *address = r->field[p->address];

	if (sex == DAMAGED_SEX || !cardname_is_whole(name) ||
		!cardname_is_whole_address(address)) {
		cardfields_see(r, CARD_NOTE_NAME_DAMAGED);
		return;
	}
	if (sex == BARE_SEX ||
		!(viet_has_marks(name) || viet_has_marks(address)))
		cardfields_see(r, CARD_NOTE_MARKS_LOST);
	str_copy(out->name, sizeof(out->name), name);
	str_copy(out->address, sizeof(out->address), address);
}

static void check_against_number(struct cardfields *r,
	const struct idcard *card)
{
	const unsigned odd = personid_check(card->id12, card->sex, card->birth);

	if (odd & PERSONID_PROVINCE_UNKNOWN)
		cardfields_see(r, CARD_NOTE_PROVINCE);
	if (odd & PERSONID_SEX_DIFFERS)
		cardfields_see(r, CARD_NOTE_SEX_DIFFERS);
	if (odd & PERSONID_YEAR_DIFFERS)
		cardfields_see(r, CARD_NOTE_YEAR_DIFFERS);
}

static enum card_kind kind_by(struct date issued)
{
	const struct date since = {2024, 7, 1};

	if (issued.year == 0)
		return CARD_KIND_UNKNOWN;
	return date_compare(issued, since) < 0 ? CARD_KIND_CCCD
					       : CARD_KIND_CAN_CUOC;
}

/* Everything in its struct member. CARDFIELDS_FINE, or why it cannot be used. */
static enum card_note fill(struct cardfields *r,
	const struct cardfields_places *p, struct idcard *out)
{
	enum cardfields_sex sex;

	if (strlen(r->field[p->name]) >= sizeof(out->name))
		return CARD_NOTE_TOO_LONG;
	str_copy(out->id12, sizeof(out->id12), r->field[0]);
	if (p->old_id < 0)
		cardfields_see(r, CARD_NOTE_OLD_ID_DROPPED);
	else
		str_copy(out->old_id, sizeof(out->old_id), r->field[p->old_id]);
	if (cardfields_date(r->field[p->birth], &out->birth) == MARKED_DATE)
		cardfields_see(r, CARD_NOTE_DATE_STYLE);
	if (out->birth.month == 0)
		cardfields_see(r, CARD_NOTE_YEAR_ONLY);
	sex = cardfields_sex(r->field[p->sex], &out->sex);
	read_names(r, p, sex, out);
	read_issued(r, p, out);
	read_extras(r, p, out);
	if (!r->field[p->address][0] && out->issued.year == 0)
		return CARD_NOTE_FRAGMENT;
	if (out->issued.year != 0 && date_compare(out->issued, out->birth) < 0)
		cardfields_see(r, CARD_NOTE_ISSUED_EARLY);
	check_against_number(r, out);
	out->kind = kind_by(out->issued);
	return CARDFIELDS_FINE;
}

/* One code, stripped. Notes go to *seen. */
static enum card_note read_card(struct scantext s, char mark,
	struct idcard *out, uint64_t *seen)
{
	struct cardfields r = {.count = 0};
	const struct cardfields_places *p;
	enum card_note why = cardfields_read(s, mark, &r);

	if (why != CARDFIELDS_FINE)
		return why;
	p = cardfields_places(&r, &why);
	if (!p)
		return why;
	why = fill(&r, p, out);
	*seen |= r.seen;
	return why;
}

/* ---- one buffer ---- */

static bool is_same_card(const struct idcard *a, const struct idcard *b)
{
	return !strcmp(a->id12, b->id12) && !strcmp(a->old_id, b->old_id) &&
	       !strcmp(a->name, b->name) && a->sex == b->sex &&
	       !strcmp(a->address, b->address) &&
	       date_compare(a->birth, b->birth) == 0 &&
	       date_compare(a->issued, b->issued) == 0;
}

static size_t count(struct scantext s, char c)
{
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++)
		n += s.at[i] == c;
	return n;
}

/* Every code in the buffer must be the same card. */
static enum card_note read_codes(struct scantext rest, char mark,
	struct idcard *out, uint64_t *seen)
{
	struct scantext one;
	enum card_note why = CARD_NOTE_EMPTY;

	for (int n = 0; scantext_next(&rest, &one); n++) {
		const size_t len = scantext_period(one, MIN_CARD);
		struct idcard next = {.kind = CARD_KIND_UNKNOWN};

		if (n > 0 || len < one.len)
			*seen |= UINT64_C(1) << CARD_NOTE_SCANNED_TWICE;
		one.len = len;
		why = read_card(one, mark, n > 0 ? &next : out, seen);
		if (n > 0 &&
			(why != CARDFIELDS_FINE || !is_same_card(out, &next)))
			return CARD_NOTE_TWO_PEOPLE;
		if (why != CARDFIELDS_FINE)
			return why;
	}
	return why;
}

/*
 * Cards are written with '|'. Where there is none, a writer may have put ';'
 * (keyboard layout) or one field a line.
 */
static enum card_note read_buffer(struct scantext s, struct idcard *out,
	uint64_t *seen)
{
	const uint64_t separator = UINT64_C(1) << CARD_NOTE_SEPARATOR;
	const size_t needed = (size_t)CARDFIELDS_NEEDED - 1;

	if (count(s, '|') > 0)
		return read_codes(s, '|', out, seen);
	if (count(s, ';') >= needed) {
		*seen |= separator;
		return read_codes(s, ';', out, seen);
	}
	if (count(s, '\n') >= needed) {
		*seen |= separator;
		return read_card(s, '\n', out, seen);
	}
	if (count(s, '\r') >= needed) {
		*seen |= separator;
		return read_card(s, '\r', out, seen);
	}
	return read_codes(s, '|', out, seen);
}

static enum card_note other_code(struct scantext s, enum card_kind *kind)
{
	static const struct {
		enum card_kind kind;
		enum card_note note;
	} rows[] = {
		[SCANTEXT_OTHER] = {CARD_KIND_UNKNOWN, CARDFIELDS_FINE},
		[SCANTEXT_RECEIPT] = {CARD_KIND_RECEIPT, CARD_NOTE_IS_RECEIPT},
		[SCANTEXT_URL] = {CARD_KIND_URL, CARD_NOTE_IS_URL},
		[SCANTEXT_BHYT] = {CARD_KIND_BHYT, CARD_NOTE_IS_BHYT},
		[SCANTEXT_VIETQR] = {CARD_KIND_VIETQR, CARD_NOTE_IS_VIETQR},
		[SCANTEXT_PAYMENT] = {CARD_KIND_PAYMENT, CARD_NOTE_IS_PAYMENT},
	};
	const enum scantext_kind k = scantext_kind(s);

	*kind = rows[k].kind;
	return rows[k].note;
}

static enum card_note read_bytes(struct scantext s, struct idcard *out,
	uint64_t *seen)
{
	char undone[IDCARD_MAX_BYTES];
	enum card_note why;
	size_t len;

	if (s.len > IDCARD_MAX_BYTES)
		return CARD_NOTE_TOO_LONG;
	s = scantext_strip(s);
	if (s.len == 0)
		return CARD_NOTE_EMPTY;
	why = other_code(s, &out->kind);
	if (why != CARDFIELDS_FINE)
		return why;
	if (!utf8_valid(s.at, s.len))
		return CARD_NOTE_BAD_UTF8;
	if (escapes_undo(s.at, s.len, undone, &len) ||
		mojibake_undo(s.at, s.len, undone, &len)) {
		*seen |= UINT64_C(1) << CARD_NOTE_REENCODED;
		s = scantext_strip((struct scantext){undone, len});
	}
	why = read_buffer(s, out, seen);
	if (why != CARDFIELDS_FINE)
		out->kind = CARD_KIND_UNKNOWN;
	return why;
}

/* Warnings, the gravest first. */
static const enum card_note by_weight[] = {
	CARD_NOTE_NAME_DAMAGED,
	CARD_NOTE_MARKS_LOST,
	CARD_NOTE_SEX_DIFFERS,
	CARD_NOTE_YEAR_DIFFERS,
	CARD_NOTE_ISSUED_EARLY,
	CARD_NOTE_PROVINCE,
	CARD_NOTE_NO_ISSUE_DATE,
	CARD_NOTE_YEAR_ONLY,
	CARD_NOTE_REENCODED,
	CARD_NOTE_SCANNED_TWICE,
	CARD_NOTE_OLD_ID_DROPPED,
	CARD_NOTE_DATE_STYLE,
	CARD_NOTE_SEPARATOR,
	CARD_NOTE_NOT_NFC,
	CARD_NOTE_SPACES,
};

enum card_outcome idcard_parse(const void *bytes, size_t len,
	struct idcard *out)
{
	const struct scantext s = {len > 0 ? bytes : "", len};
	uint64_t seen = 0;
	enum card_note why;

	memset(out, 0, sizeof(*out));
	why = read_bytes(s, out, &seen);
	if (why != CARDFIELDS_FINE) {
		const enum card_kind kind = out->kind;

		/* Half a card is worse than none. */
		memset(out, 0, sizeof(*out));
		out->kind = kind;
		out->outcome = CARD_REJECT;
		out->note[out->notes++] = why;
		return CARD_REJECT;
	}
	for (size_t i = 0; i < sizeof(by_weight) / sizeof(*by_weight); i++)
		if (seen >> by_weight[i] & 1 && out->notes < IDCARD_MAX_NOTES)
			out->note[out->notes++] = by_weight[i];
	out->outcome = out->notes > 0 ? CARD_WARN : CARD_OK;
	return out->outcome;
}

/* ---- names for scripts ---- */

const char *idcard_note_code(enum card_note note)
{
	static const char *const code[CARD_NOTE_COUNT] = {
		[CARD_NOTE_NOT_NFC] = "not_nfc",
		[CARD_NOTE_SPACES] = "spaces",
		[CARD_NOTE_SCANNED_TWICE] = "scanned_twice",
		[CARD_NOTE_NO_ISSUE_DATE] = "no_issue_date",
		[CARD_NOTE_OLD_ID_DROPPED] = "old_id_dropped",
		[CARD_NOTE_SEPARATOR] = "separator",
		[CARD_NOTE_REENCODED] = "reencoded",
		[CARD_NOTE_MARKS_LOST] = "marks_lost",
		[CARD_NOTE_NAME_DAMAGED] = "name_damaged",
		[CARD_NOTE_DATE_STYLE] = "date_style",
		[CARD_NOTE_YEAR_ONLY] = "year_only",
		[CARD_NOTE_SEX_DIFFERS] = "sex_differs",
		[CARD_NOTE_YEAR_DIFFERS] = "year_differs",
		[CARD_NOTE_PROVINCE] = "province",
		[CARD_NOTE_ISSUED_EARLY] = "issued_early",
		[CARD_NOTE_EMPTY] = "empty",
		[CARD_NOTE_TOO_LONG] = "too_long",
		[CARD_NOTE_TWO_PEOPLE] = "two_people",
		[CARD_NOTE_FRAGMENT] = "fragment",
		[CARD_NOTE_SHIFTED] = "shifted",
		[CARD_NOTE_BAD_UTF8] = "bad_utf8",
		[CARD_NOTE_CONTROL] = "control",
		[CARD_NOTE_ID_11] = "id_11",
		[CARD_NOTE_BAD_ID] = "bad_id",
		[CARD_NOTE_BAD_BIRTH] = "bad_birth",
		[CARD_NOTE_IS_VIETQR] = "is_vietqr",
		[CARD_NOTE_IS_PAYMENT] = "is_payment",
		[CARD_NOTE_IS_BHYT] = "is_bhyt",
		[CARD_NOTE_IS_RECEIPT] = "is_receipt",
		[CARD_NOTE_IS_URL] = "is_url",
		[CARD_NOTE_NOT_A_CARD] = "not_a_card",
	};

	return note < CARD_NOTE_COUNT ? code[note] : "unknown";
}

const char *idcard_kind_code(enum card_kind kind)
{
	static const char *const code[CARD_KIND_COUNT] = {
		[CARD_KIND_UNKNOWN] = "unknown",
		[CARD_KIND_CCCD] = "cccd",
		[CARD_KIND_CAN_CUOC] = "can_cuoc",
		[CARD_KIND_BHYT] = "bhyt",
		[CARD_KIND_VIETQR] = "vietqr",
		[CARD_KIND_PAYMENT] = "payment",
		[CARD_KIND_RECEIPT] = "receipt",
		[CARD_KIND_URL] = "url",
	};

	return kind < CARD_KIND_COUNT ? code[kind] : "unknown";
}
