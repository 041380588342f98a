/*
 * A visit that is not finished as bytes, and back: visit.h.
 *
 * One map of canonical CBOR, keys ascending, all of them there. What stands in
 * it is the user's own, opened with his key; it is read as strictly as what
 * comes from outside all the same, since a draft may be older than the program.
 */
#include <string.h>

#include "core/codec/cbor.h"
#include "core/str.h"
#include "terminal/flows/visit_internal.h"

enum {
	VERSION = 1
};

enum draft_key {
	KEY_VERSION,
	KEY_PERSON,
	KEY_SHOWN,
	KEY_STEP,
	KEY_RESULT,
	KEY_DIED,
	KEY_NEXT,
	KEY_PHONE,
	KEY_NOTE,
	KEY_DAY, /* what is being typed … */
	KEY_DAY_KIND,
	KEY_WORDS,
	KEY_CONSENT,
	KEY_YES,
	KEY_REFUSED,
	KEY_ACCOUNT,
	KEY_ACCOUNT_SAYS,
	KEY_FORM_ID,
	KEY_FORM_VERSION,
	KEY_ANSWERS,
	KEY_ANSWERED,
	KEY_QUESTIONS,
	KEY_SLIP,
	KEY_COUNT,
};

static void put_number(struct buf *b, enum draft_key key, uint64_t value)
{
	cbor_put_uint(b, key);
	cbor_put_uint(b, value);
}

static void put_bytes(struct buf *b, enum draft_key key, const void *bytes,
	size_t len)
{
	cbor_put_uint(b, key);
	cbor_put_bytes(b, bytes, len);
}

static void put_text(struct buf *b, enum draft_key key, const char *text)
{
	put_bytes(b, key, text, strlen(text));
}

/* 0 for no date; those of a visit are known to the day. */
static uint64_t number_of(struct date d)
{
	return (uint64_t)date_number(d);
}

/* Where no key is taken an answer is out: it is asked for again there. */
static enum visit_step kept_step(enum visit_step step)
{
	return step >= VISIT_RESULT && step < VISIT_SUMMARY ? step
							    : VISIT_SUMMARY;
}

static void put_parts(struct buf *b, const struct visit_parts *p)
{
	put_number(b, KEY_CONSENT, p->consent);
	put_number(b, KEY_YES, p->yes);
	put_number(b, KEY_REFUSED, p->refused);
	put_number(b, KEY_ACCOUNT, p->account);
	put_text(b, KEY_ACCOUNT_SAYS, p->account_says);
	put_text(b, KEY_FORM_ID, p->form_id);
	put_text(b, KEY_FORM_VERSION, p->form_version);
	put_bytes(b, KEY_ANSWERS, p->answers, p->answers_len);
	put_number(b, KEY_ANSWERED, (uint64_t)p->answered);
	put_number(b, KEY_QUESTIONS, (uint64_t)p->questions);
	put_number(b, KEY_SLIP, p->slip);
}

size_t visit_save(const struct visiting *v, uint8_t *out, size_t size)
{
	struct buf b;

	buf_init(&b, out, size);
	cbor_put_map(&b, KEY_COUNT);
	put_number(&b, KEY_VERSION, VERSION);
	put_number(&b, KEY_PERSON, (uint64_t)v->seen.person.id);
	put_number(&b, KEY_SHOWN, v->shown);
	put_number(&b, KEY_STEP, kept_step(v->step));
	put_number(&b, KEY_RESULT, v->result);
	put_number(&b, KEY_DIED, number_of(v->died));
	put_number(&b, KEY_NEXT, number_of(v->next));
	put_text(&b, KEY_PHONE, v->phone);
	put_text(&b, KEY_NOTE, v->note);
	put_text(&b, KEY_DAY, v->day.text);
	put_number(&b, KEY_DAY_KIND, v->day.kind);
	put_text(&b, KEY_WORDS, v->words.text);
	put_parts(&b, &v->parts);
	return b.full ? 0 : b.len;
}

/* ---- back ---------------------------------------------------------------------- */

struct draft_value {
	uint64_t number;
	const uint8_t *bytes;
	size_t len;
};

static bool is_text(enum draft_key key)
{
	switch (key) {
	case KEY_PHONE:
	case KEY_NOTE:
	case KEY_DAY:
	case KEY_WORDS:
	case KEY_ACCOUNT_SAYS:
	case KEY_FORM_ID:
	case KEY_FORM_VERSION:
	case KEY_ANSWERS:
		return true;
	default:
		return false;
	}
}

static bool read_value(struct cbor_reader *r, enum draft_key key,
	struct draft_value *out)
{
	struct cbor_item item;

	if (!cbor_next(r, &item) || item.type != CBOR_UINT ||
		item.number != (uint64_t)key || !cbor_next(r, &item) ||
		item.type != (is_text(key) ? CBOR_BYTES : CBOR_UINT))
		return false;
	out->number = item.number;
	out->bytes = item.bytes;
	out->len = item.count;
	return true;
}

static bool read_all(const uint8_t *bytes, size_t len,
	struct draft_value value[KEY_COUNT])
{
	struct cbor_reader r;
	struct cbor_item item;

	cbor_reader_init(&r, bytes, len);
	if (!cbor_next(&r, &item) || item.type != CBOR_MAP ||
		item.count != KEY_COUNT)
		return false;
	for (int key = 0; key < KEY_COUNT; key++)
		if (!read_value(&r, (enum draft_key)key, &value[key]))
			return false;
	return r.at == r.end;
}

static bool get_text(const struct draft_value *value, char *out, size_t size)
{
	if (value->len >= size || memchr(value->bytes, '\0', value->len))
		return false;
	memcpy(out, value->bytes, value->len);
	out[value->len] = '\0';
	return true;
}

static bool get_date(const struct draft_value *value, struct date *out)
{
	memset(out, 0, sizeof(*out));
	return value->number == 0 ||
	       (value->number <= INT32_MAX &&
		       date_of_number((int64_t)value->number, out));
}

static bool get_parts(const struct draft_value *value, struct visit_parts *p)
{
	if (!get_text(&value[KEY_ACCOUNT_SAYS], p->account_says,
		    sizeof(p->account_says)) ||
		!get_text(&value[KEY_FORM_ID], p->form_id,
			sizeof(p->form_id)) ||
		!get_text(&value[KEY_FORM_VERSION], p->form_version,
			sizeof(p->form_version)) ||
		value[KEY_ANSWERS].len > sizeof(p->answers) ||
		value[KEY_YES].number > CONSENT_ALL ||
		value[KEY_ANSWERED].number > value[KEY_QUESTIONS].number ||
		value[KEY_QUESTIONS].number > INT16_MAX ||
		value[KEY_REFUSED].number > 1 || value[KEY_SLIP].number > 1)
		return false;
	p->consent = value[KEY_CONSENT].number;
	p->yes = (unsigned)value[KEY_YES].number;
	p->refused = value[KEY_REFUSED].number != 0;
	p->account = value[KEY_ACCOUNT].number;
	p->answers_len = value[KEY_ANSWERS].len;
	memcpy(p->answers, value[KEY_ANSWERS].bytes, p->answers_len);
	p->answered = (int)value[KEY_ANSWERED].number;
	p->questions = (int)value[KEY_QUESTIONS].number;
	p->slip = value[KEY_SLIP].number != 0;
	return true;
}

static bool get_typed(const struct draft_value *value, struct visiting *v)
{
	char text[ENTRY_SIZE];

	if (value[KEY_DAY_KIND].number > ENTRY_DATE ||
		value[KEY_DAY_KIND].number == ENTRY_SECRET ||
		!get_text(&value[KEY_DAY], text, sizeof(text)))
		return false;
	entry_init(&v->day, (enum entry_kind)value[KEY_DAY_KIND].number, 10);
	entry_set(&v->day, text);
	if (!get_text(&value[KEY_WORDS], text, sizeof(text)))
		return false;
	entry_set(&v->words, text);
	return true;
}

/* A step without a result that fits it would show nonsense. */
static bool fits(const struct visiting *v)
{
	const enum visit_group group = visit_group(v->result);

	switch (v->step) {
	case VISIT_RESULT:
	case VISIT_WHY:
	case VISIT_CANNOT_WHY:
		return v->result == VISIT_NONE || group != VISIT_GROUP_NONE;
	case VISIT_DIED_ON:
		return v->result == VISIT_DIED;
	default:
		return group != VISIT_GROUP_NONE;
	}
}

bool visit_load(struct visiting *v, const uint8_t *bytes, size_t len)
{
	struct draft_value value[KEY_COUNT];
	struct visiting loaded = *v;

	if (!read_all(bytes, len, value) ||
		value[KEY_VERSION].number != VERSION ||
		value[KEY_PERSON].number != (uint64_t)v->seen.person.id ||
		value[KEY_STEP].number < VISIT_RESULT ||
		value[KEY_STEP].number > VISIT_SUMMARY ||
		value[KEY_RESULT].number > VISIT_OTHER ||
		!get_date(&value[KEY_DIED], &loaded.died) ||
		!get_date(&value[KEY_NEXT], &loaded.next) ||
		!get_text(&value[KEY_PHONE], loaded.phone,
			sizeof(loaded.phone)) ||
		!get_text(&value[KEY_NOTE], loaded.note, sizeof(loaded.note)) ||
		!get_typed(value, &loaded) || !get_parts(value, &loaded.parts))
		return false;
	loaded.shown = value[KEY_SHOWN].number;
	loaded.step = (enum visit_step)value[KEY_STEP].number;
	loaded.result = (enum visit_result)value[KEY_RESULT].number;
	loaded.begun = true;
	notice_clear(&loaded.notice);
	if (!fits(&loaded))
		return false;
	*v = loaded;
	return true;
}
