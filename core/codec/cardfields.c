#include "core/codec/cardfields.h"

#include <string.h>

#include "core/str.h"
#include "core/text.h"

static const struct cardfields_places with_old = {1, 2, 3, 4, 5, 6, 7};
static const struct cardfields_places old_dropped = {-1, 1, 2, 3, 4, 5, 6};

void cardfields_see(struct cardfields *r, enum card_note note)
{
	r->seen |= UINT64_C(1) << note;
}

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
	return CARDFIELDS_FINE;
}

/* Split and clean one record. CARDFIELDS_FINE, or why it cannot be used. */
enum card_note cardfields_read(struct scantext rest, char mark,
	struct cardfields *r)
{
	while (rest.at) {
		struct text_report report;
		struct scantext f;
		enum card_note bad;

		if (r->count == CARDFIELDS_MAX)
			return CARD_NOTE_NOT_A_CARD;
		f = scantext_field(&rest, mark);
		/* Fields that are lines may end in CR and LF. */
		if (f.len > 0 && f.at[f.len - 1] == '\r')
			f.len--;
		text_clean(f.at, f.len, r->field[r->count++],
			sizeof(r->field[0]), &report);
		bad = note_of(report.verdict);
		if (bad != CARDFIELDS_FINE)
			return bad;
		if (report.composed)
			cardfields_see(r, CARD_NOTE_NOT_NFC);
		if (report.trimmed)
			cardfields_see(r, CARD_NOTE_SPACES);
	}
	return CARDFIELDS_FINE;
}

enum cardfields_date cardfields_date(const char *text, struct date *out)
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

/*
 * What scanners make of "Nữ": "N?", "N7919", "N 0225 0187", "N░", "Nuữ", "N".
 * An N, and behind it no ASCII letter but u: no word of an address.
 */
static bool is_damaged_sex(const char *text)
{
	enum {
		MAX_BYTES = 24
	};

	if ((text[0] | 0x20) != 'n' || strlen(text) > MAX_BYTES)
		return false;
	for (const char *s = text + 1; *s; s++)
		if (((*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z')) &&
			(*s | 0x20) != 'u')
			return false;
	return true;
}

enum cardfields_sex cardfields_sex(const char *text, enum sex *out)
{
	static const struct {
		const char *text;
		enum sex sex;
		enum cardfields_sex shape;
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
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		if (strcmp(text, rows[i].text) != 0)
			continue;
		*out = rows[i].sex;
		return rows[i].shape;
	}
	*out = SEX_UNKNOWN;
	return is_damaged_sex(text) ? DAMAGED_SEX : NO_SEX;
}

/* The day of issue, or what was left of it when the end got lost. */
static bool may_be_issued(const char *text)
{
	struct date day;

	return !*text || str_is_digits(text) ||
	       cardfields_date(text, &day) != NO_DATE;
}

/* Do the types of the fields fit these places? */
static bool fits(const struct cardfields *r, const struct cardfields_places *p)
{
	struct date day;
	enum sex sex;

	if (r->count <= p->address ||
		cardfields_date(r->field[p->birth], &day) == NO_DATE ||
		cardfields_sex(r->field[p->sex], &sex) == NO_SEX ||
		!r->field[p->name][0] || str_is_digits(r->field[p->name]))
		return false;
	if (p->old_id < 0)
		/* One field fewer must be made good by the last one. */
		return r->count > p->issued &&
		       cardfields_date(r->field[p->issued], &day) >= PLAIN_DATE;
	if (r->count > p->issued && !may_be_issued(r->field[p->issued]))
		return false;
	return !r->field[p->old_id][0] || personid_is_old(r->field[p->old_id]);
}

/* A second card that follows without anything between: date, then id12. */
static bool is_glued(const struct cardfields *r)
{
	for (int i = old_dropped.issued; i + 4 < r->count; i++) {
		const size_t len = strlen(r->field[i]);
		struct date day;
		enum sex sex;

		if (len < 12 || !personid_is_id12(r->field[i] + len - 12))
			continue;
		for (int at = i + 2; at <= i + 3; at++)
			if (cardfields_date(r->field[at], &day) != NO_DATE &&
				cardfields_sex(r->field[at + 1], &sex) !=
					NO_SEX)
				return true;
	}
	return false;
}

/* Why this is no card that can be read. */
static enum card_note misfit(const struct cardfields *r)
{
	const char *id = r->field[0];

	if (!str_is_digits(id))
		return CARD_NOTE_NOT_A_CARD;
	if (r->count >= with_old.issued)
		return personid_is_id12(id) ? CARD_NOTE_SHIFTED
					    : CARD_NOTE_NOT_A_CARD;
	return personid_is_id12(id) || r->count > 1 ? CARD_NOTE_FRAGMENT
						    : CARD_NOTE_NOT_A_CARD;
}

const struct cardfields_places *cardfields_places(const struct cardfields *r,
	enum card_note *why)
{
	const struct cardfields_places *p = NULL;
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
	else if (cardfields_date(r->field[p->birth], &day) == BAD_DATE)
		*why = CARD_NOTE_BAD_BIRTH;
	else
		return p;
	return NULL;
}
