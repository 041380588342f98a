#include "core/codec/idcard.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "core/codec/cardname.h"
#include "core/codec/mojibake.h"
#include "core/codec/scantext.h"
#include "core/str.h"
#include "core/text.h"
#include "core/utf8.h"

enum {
	MAX_FIELDS = 24, /* two cards glued are 22 */
	MIN_CARD = 20    /* bytes; shorter is no card */
};

#define NO_NOTE CARD_NOTE_COUNT

struct record {
	int fields;
	char field[MAX_FIELDS][IDCARD_ADDRESS_SIZE];
	uint64_t seen; /* a bit per warning */
};

/* Where things stand behind the number: with and without the old number. */
struct places {
	int old_id; /* -1 if dropped */
	int name;
	int birth;
	int sex;
	int address;
	int issued;
	int extra;
};

static const struct places with_old = {1, 2, 3, 4, 5, 6, 7};
static const struct places old_dropped = {-1, 1, 2, 3, 4, 5, 6};

static void see(struct record *r, enum card_note note)
{
	r->seen |= UINT64_C(1) << note;
}

/* ---- fields ---- */

static enum card_note note_of(enum text_verdict v)
{
	switch (v) {
	case TEXT_OK:
	case TEXT_CHANGED:
		break;
	case TEXT_BAD_UTF8:
		return CARD_NOTE_BAD_UTF8;
	case TEXT_CONTROL:
	case TEXT_INVISIBLE:
		return CARD_NOTE_CONTROL;
	case TEXT_TOO_LONG:
		return CARD_NOTE_TOO_LONG;
	}
	return NO_NOTE;
}

/* Split and clean one record. NO_NOTE, or why it cannot be used. */
static enum card_note read_fields(struct scantext rest, char mark,
	struct record *r)
{
	while (rest.at) {
		struct text_report report;
		struct scantext f;
		enum card_note bad;

		if (r->fields == MAX_FIELDS)
			return CARD_NOTE_NOT_A_CARD;
		f = scantext_field(&rest, mark);
		/* Fields that are lines may end in CR and LF. */
		if (f.len > 0 && f.at[f.len - 1] == '\r')
			f.len--;
		text_clean(f.at, f.len, r->field[r->fields++],
			sizeof(r->field[0]), &report);
		bad = note_of(report.verdict);
		if (bad != NO_NOTE)
			return bad;
		if (report.composed)
			see(r, CARD_NOTE_NOT_NFC);
		if (report.trimmed)
			see(r, CARD_NOTE_SPACES);
	}
	return NO_NOTE;
}

enum date_shape {
	NO_DATE,
	BAD_DATE, /* looks like one, but the calendar does not have it */
	PLAIN_DATE,
	MARKED_DATE, /* 02/09/1945 */
};

static enum date_shape date_shape(const char *text, struct date *out)
{
	const size_t len = strlen(text);

	if (str_is_digits(text)) {
		if (len != 4 && len != 8)
			return NO_DATE;
		return date_parse(text, out) ? PLAIN_DATE : BAD_DATE;
	}
	if (date_parse(text, out))
		return MARKED_DATE;
	return len >= 6 && len <= 10 && strspn(text, "0123456789/-.") == len
		       ? BAD_DATE
		       : NO_DATE;
}

enum sex_shape {
	NO_SEX,
	PLAIN_SEX,
	BARE_SEX,    /* "Nu": whoever wrote it had no marks */
	DAMAGED_SEX, /* "N?" */
};

static enum sex_shape sex_shape(const char *text, enum sex *out)
{
	static const struct {
		const char *text;
		enum sex sex;
		enum sex_shape shape;
	} rows[] = {
		{"Nam", SEX_MALE, PLAIN_SEX},
		{"Nữ", SEX_FEMALE, PLAIN_SEX},
		{"NAM", SEX_MALE, PLAIN_SEX},
		{"NỮ", SEX_FEMALE, PLAIN_SEX},
		{"nam", SEX_MALE, PLAIN_SEX},
		{"nữ", SEX_FEMALE, PLAIN_SEX},
		{"Nu", SEX_FEMALE, BARE_SEX},
		{"NU", SEX_FEMALE, BARE_SEX},
		{"nu", SEX_FEMALE, BARE_SEX},
		{"N?", SEX_UNKNOWN, DAMAGED_SEX},
		{"N\xef\xbf\xbd", SEX_UNKNOWN, DAMAGED_SEX},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		if (strcmp(text, rows[i].text) != 0)
			continue;
		*out = rows[i].sex;
		return rows[i].shape;
	}
	return NO_SEX;
}

/* The day of issue, or what was left of it when the end got lost. */
static bool may_be_issued(const char *text)
{
	struct date day;

	return !*text || str_is_digits(text) ||
	       date_shape(text, &day) != NO_DATE;
}

/* Do the types of the fields fit these places? */
static bool fits(const struct record *r, const struct places *p)
{
	struct date day;
	enum sex sex;

	if (r->fields <= p->address ||
		date_shape(r->field[p->birth], &day) == NO_DATE ||
		sex_shape(r->field[p->sex], &sex) == NO_SEX ||
		!r->field[p->name][0] || str_is_digits(r->field[p->name]))
		return false;
	if (p->old_id < 0)
		/* One field fewer must be made good by the last one. */
		return r->fields > p->issued &&
		       date_shape(r->field[p->issued], &day) >= PLAIN_DATE;
	if (r->fields > p->issued && !may_be_issued(r->field[p->issued]))
		return false;
	return !r->field[p->old_id][0] || personid_is_old(r->field[p->old_id]);
}

/* A second card that follows without anything between: date, then id12. */
static bool is_glued(const struct record *r)
{
	for (int i = old_dropped.issued; i + 4 < r->fields; i++) {
		const size_t len = strlen(r->field[i]);
		struct date day;
		enum sex sex;

		if (len < 12 || !personid_is_id12(r->field[i] + len - 12))
			continue;
		for (int at = i + 2; at <= i + 3; at++)
			if (date_shape(r->field[at], &day) != NO_DATE &&
				sex_shape(r->field[at + 1], &sex) != NO_SEX)
				return true;
	}
	return false;
}

/* Why this is no card that can be read. */
static enum card_note misfit(const struct record *r)
{
	const char *id = r->field[0];

	if (!str_is_digits(id))
		return CARD_NOTE_NOT_A_CARD;
	if (r->fields >= with_old.issued)
		return personid_is_id12(id) ? CARD_NOTE_SHIFTED
					    : CARD_NOTE_NOT_A_CARD;
	return personid_is_id12(id) || r->fields > 1 ? CARD_NOTE_FRAGMENT
						     : CARD_NOTE_NOT_A_CARD;
}

static const struct places *find_places(const struct record *r,
	enum card_note *why)
{
	const struct places *p = NULL;
	const char *id = r->field[0];
	struct date day;

	if (is_glued(r)) {
		*why = CARD_NOTE_TWO_PEOPLE;
		return NULL;
	}
	if (fits(r, &with_old))
		p = &with_old;
	else if (fits(r, &old_dropped))
		p = &old_dropped;
	if (!p)
		*why = misfit(r);
	else if (!personid_is_id12(id))
		*why = strlen(id) == 11 && str_is_digits(id) ? CARD_NOTE_ID_11
							     : CARD_NOTE_BAD_ID;
	else if (date_shape(r->field[p->birth], &day) == BAD_DATE)
		*why = CARD_NOTE_BAD_BIRTH;
	else
		return p;
	return NULL;
}

/* ---- a card from its fields ---- */

static void read_issued(struct record *r, const struct places *p,
	struct idcard *out)
{
	const char *text = r->fields > p->issued ? r->field[p->issued] : "";
	struct date day;

	switch (strlen(text) > 4 ? date_shape(text, &day) : NO_DATE) {
	case NO_DATE:
	case BAD_DATE:
		see(r, CARD_NOTE_NO_ISSUE_DATE);
		return;
	case MARKED_DATE:
		see(r, CARD_NOTE_DATE_STYLE);
		break;
	case PLAIN_DATE:
		break;
	}
	out->issued = day;
}

static void read_extras(const struct record *r, const struct places *p,
	struct idcard *out)
{
	for (int i = p->extra; i < r->fields; i++) {
		if (out->extras == IDCARD_MAX_EXTRAS)
			break;
		str_copy(out->extra[out->extras], IDCARD_EXTRA_SIZE,
			r->field[i]);
		str_trim(out->extra[out->extras++]); /* cut at a blank */
	}
}

/* Names as the scanner gave them, or nothing where it damaged them. */
static void read_names(struct record *r, const struct places *p,
	enum sex_shape sex, struct idcard *out)
{
	const char *name = r->field[p->name];
	const char *address = r->field[p->address];

	if (sex == DAMAGED_SEX || !cardname_is_whole(name) ||
		!cardname_is_whole_address(address)) {
		see(r, CARD_NOTE_NAME_DAMAGED);
		return;
	}
	if (sex == BARE_SEX ||
		!(viet_has_marks(name) || viet_has_marks(address)))
		see(r, CARD_NOTE_MARKS_LOST);
	str_copy(out->name, sizeof(out->name), name);
	str_copy(out->address, sizeof(out->address), address);
}

static void check_against_number(struct record *r, const struct idcard *card)
{
	const unsigned odd = personid_check(card->id12, card->sex, card->birth);

	if (odd & PERSONID_PROVINCE_UNKNOWN)
		see(r, CARD_NOTE_PROVINCE);
	if (odd & PERSONID_SEX_DIFFERS)
		see(r, CARD_NOTE_SEX_DIFFERS);
	if (odd & PERSONID_YEAR_DIFFERS)
		see(r, CARD_NOTE_YEAR_DIFFERS);
}

static enum card_kind kind_by(struct date issued)
{
	const struct date since = {2024, 7, 1};

	if (issued.year == 0)
		return CARD_KIND_UNKNOWN;
	return date_compare(issued, since) < 0 ? CARD_KIND_CCCD
					       : CARD_KIND_CAN_CUOC;
}

/* Everything in its struct member. NO_NOTE, or why it cannot be used. */
static enum card_note fill(struct record *r, const struct places *p,
	struct idcard *out)
{
	enum sex_shape sex;

	if (strlen(r->field[p->name]) >= sizeof(out->name))
		return CARD_NOTE_TOO_LONG;
	str_copy(out->id12, sizeof(out->id12), r->field[0]);
	if (p->old_id < 0)
		see(r, CARD_NOTE_OLD_ID_DROPPED);
	else
		str_copy(out->old_id, sizeof(out->old_id), r->field[p->old_id]);
	if (date_shape(r->field[p->birth], &out->birth) == MARKED_DATE)
		see(r, CARD_NOTE_DATE_STYLE);
	if (out->birth.month == 0)
		see(r, CARD_NOTE_YEAR_ONLY);
	sex = sex_shape(r->field[p->sex], &out->sex);
	read_names(r, p, sex, out);
	read_issued(r, p, out);
	read_extras(r, p, out);
	if (!r->field[p->address][0] && out->issued.year == 0)
		return CARD_NOTE_FRAGMENT;
	if (out->issued.year != 0 && date_compare(out->issued, out->birth) < 0)
		see(r, CARD_NOTE_ISSUED_EARLY);
	check_against_number(r, out);
	out->kind = kind_by(out->issued);
	return NO_NOTE;
}

/* One code, stripped. Notes go to *seen. */
static enum card_note read_card(struct scantext s, char mark,
	struct idcard *out, uint64_t *seen)
{
	struct record r = {.fields = 0};
	const struct places *p;
	enum card_note why = read_fields(s, mark, &r);

	if (why != NO_NOTE)
		return why;
	p = find_places(&r, &why);
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
		if (n > 0 && (why != NO_NOTE || !is_same_card(out, &next)))
			return CARD_NOTE_TWO_PEOPLE;
		if (why != NO_NOTE)
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
	const size_t needed = (size_t)old_dropped.issued;

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
		[SCANTEXT_OTHER] = {CARD_KIND_UNKNOWN, NO_NOTE},
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
	if (why != NO_NOTE)
		return why;
	if (!utf8_valid(s.at, s.len))
		return CARD_NOTE_BAD_UTF8;
	if (mojibake_undo(s.at, s.len, undone, &len)) {
		*seen |= UINT64_C(1) << CARD_NOTE_REENCODED;
		s = (struct scantext){undone, len};
	}
	why = read_buffer(s, out, seen);
	if (why != NO_NOTE)
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
	if (why != NO_NOTE) {
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
