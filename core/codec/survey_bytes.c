/* survey_bytes.c - answers as the bytes that survey_answers.h describes. */
#include <inttypes.h>
#include <string.h>

#include "core/buf.h"
#include "core/codec/cbor.h"
#include "core/codec/survey_answers.h"
#include "core/codec/survey_internal.h"
#include "core/str.h"

enum {
	VERSION = 1,
	KEY_VERSION = 0,
	KEY_ID = 1,
	KEY_FORM = 2,
	KEY_HASH = 3,
	KEY_DAY = 4,
	KEY_ANSWERS = 5,
	KEYS = 6
};

static int kept(const struct survey *s, const struct survey_answers *a)
{
	int n = 0;

	for (int i = 0; i < s->questions; i++)
		n += a->of[i].asked && a->of[i].done;
	return n;
}

static void write_choices(const struct survey *s,
	const struct survey_question *q, int64_t bits, struct buf *b)
{
	size_t n = 0;

	for (int64_t left = bits; left; left &= left - 1)
		n++;
	if (q->kind == SURVEY_MANY)
		cbor_put_array(b, n);
	for (int i = 0; i < s->list[q->list].count; i++)
		if (bits >> i & 1)
			cbor_put_text(b,
				survey_text(s,
					survey_choice(s, q->list, i)->name));
}

static void write_one(const struct survey *s, const struct survey_answers *a,
	int question, struct buf *b)
{
	const struct survey_question *q = &s->question[question];

	cbor_put_text(b, survey_text(s, q->name));
	switch (q->kind) {
	case SURVEY_TEXT:
	case SURVEY_BARCODE:
		cbor_put_text(b, a->texts + a->of[question].text);
		break;
	case SURVEY_INTEGER:
	case SURVEY_DATE:
		cbor_put_int(b, a->of[question].number);
		break;
	case SURVEY_ONE:
	case SURVEY_MANY:
		write_choices(s, q, a->of[question].number, b);
		break;
	case SURVEY_NOTE:
	case SURVEY_KINDS:
		break;
	}
}

/* 0: it does not fit. */
static size_t write_all(const struct survey *s, const struct survey_answers *a,
	struct buf *b)
{
	cbor_put_map(b, KEYS);
	cbor_put_uint(b, KEY_VERSION);
	cbor_put_uint(b, VERSION);
	cbor_put_uint(b, KEY_ID);
	cbor_put_text(b, survey_text(s, s->id));
	cbor_put_uint(b, KEY_FORM);
	cbor_put_text(b, survey_text(s, s->version));
	cbor_put_uint(b, KEY_HASH);
	cbor_put_bytes(b, s->sha256, SURVEY_HASH_SHORT);
	cbor_put_uint(b, KEY_DAY);
	cbor_put_uint(b, (uint64_t)survey_day_number(a->day));
	cbor_put_uint(b, KEY_ANSWERS);
	cbor_put_array(b, 2 * (size_t)kept(s, a));
	for (int i = 0; i < s->questions; i++)
		if (a->of[i].asked && a->of[i].done)
			write_one(s, a, i, b);
	return b->full ? 0 : b->len;
}

bool survey_bytes_fit(const struct survey *s, const struct survey_answers *a)
{
	uint8_t bytes[SURVEY_ANSWERS_MAX];
	struct buf b;

	buf_init(&b, bytes, sizeof(bytes));
	return write_all(s, a, &b) > 0;
}

size_t survey_answers_write(const struct survey *s,
	const struct survey_answers *a, uint8_t out[SURVEY_ANSWERS_MAX])
{
	struct buf b;

	/* It fits: survey_answer_set() has seen to that. */
	buf_init(&b, out, SURVEY_ANSWERS_MAX);
	return write_all(s, a, &b);
}

/* ---- and back ------------------------------------------------------------ */

static bool is_key(struct cbor_reader *r, uint64_t key, enum cbor_type type,
	struct cbor_item *out)
{
	return cbor_next(r, out) && out->type == CBOR_UINT &&
	       out->number == key && cbor_next(r, out) && out->type == type;
}

static bool take_text(const struct cbor_item *it, char *out, size_t size)
{
	if (it->type != CBOR_TEXT || it->count >= size)
		return false;
	memcpy(out, it->bytes, it->count);
	out[it->count] = '\0';
	return true;
}

/* Up to the pairs of answers; *count: names and answers. */
static bool read_head(struct cbor_reader *r, struct survey_answers_head *h,
	size_t *count)
{
	struct cbor_item it;

	if (!cbor_next(r, &it) || it.type != CBOR_MAP || it.count != KEYS ||
		!is_key(r, KEY_VERSION, CBOR_UINT, &it) ||
		it.number != VERSION || !is_key(r, KEY_ID, CBOR_TEXT, &it) ||
		!take_text(&it, h->id, sizeof(h->id)) ||
		!is_key(r, KEY_FORM, CBOR_TEXT, &it) ||
		!take_text(&it, h->version, sizeof(h->version)) ||
		!is_key(r, KEY_HASH, CBOR_BYTES, &it) ||
		it.count != sizeof(h->sha256))
		return false;
	memcpy(h->sha256, it.bytes, sizeof(h->sha256));
	if (!is_key(r, KEY_DAY, CBOR_UINT, &it) || it.number > 99991231 ||
		!survey_day_of((int64_t)it.number, &h->day) ||
		!is_key(r, KEY_ANSWERS, CBOR_ARRAY, &it) || it.count % 2 != 0)
		return false;
	*count = it.count / 2;
	return true;
}

bool survey_answers_head(const void *bytes, size_t len,
	struct survey_answers_head *out)
{
	struct cbor_reader r;
	size_t count;

	cbor_reader_init(&r, bytes, len);
	return len <= SURVEY_ANSWERS_MAX && cbor_is_canonical(bytes, len) &&
	       read_head(&r, out, &count);
}

/* The next answer, as survey_answer_set() takes it. False: it is none. */
static bool read_value(struct cbor_reader *r, char out[SURVEY_ANSWER_SIZE])
{
	char name[SURVEY_NAME_SIZE];
	struct cbor_item it;
	size_t left;
	struct buf b;

	buf_init(&b, out, SURVEY_ANSWER_SIZE);
	if (!cbor_next(r, &it))
		return false;
	if (it.type == CBOR_UINT)
		return it.number <= INT64_MAX &&
		       buf_printf(&b, "%" PRIu64, it.number);
	if (it.type == CBOR_NINT)
		return it.number < INT64_MAX &&
		       buf_printf(&b, "-%" PRIu64, it.number + 1);
	if (it.type == CBOR_TEXT)
		return take_text(&it, out, SURVEY_ANSWER_SIZE);
	if (it.type != CBOR_ARRAY)
		return false;
	for (left = it.count; left > 0; left--)
		if (!cbor_next(r, &it) || !take_text(&it, name, sizeof(name)) ||
			!buf_printf(&b, "%s%s", name, left > 1 ? " " : ""))
			return false;
	buf_text(&b);
	return true;
}

/* 20261205, as the bytes have it, to 2026-12-05. */
static void spell_day(char text[SURVEY_ANSWER_SIZE])
{
	char day[DATE_TEXT_SIZE];
	struct date d;
	int64_t number;

	if (str_to_int(text, 0, 99991231, &number) && survey_day_of(number, &d))
		str_copy(text, SURVEY_ANSWER_SIZE, date_iso(d, day));
}

/* False: it does not fit this questionnaire. */
static bool take_pair(const struct survey *s, struct survey_answers *a,
	const char *name, char text[SURVEY_ANSWER_SIZE])
{
	const int i = survey_find(s, name);

	if (i < 0)
		return false;
	if (s->question[i].kind == SURVEY_DATE)
		spell_day(text);
	return survey_answer_take(s, a, i, text);
}

/* *all: everything was taken. */
static bool read_all(const struct survey *s, const void *bytes, size_t len,
	struct survey_answers *out, bool *all)
{
	struct survey_answers_head head;
	char name[SURVEY_NAME_SIZE];
	char text[SURVEY_ANSWER_SIZE];
	struct cbor_reader r;
	struct cbor_item it;
	size_t count = 0;

	if (!survey_answers_head(bytes, len, &head))
		return false;
	cbor_reader_init(&r, bytes, len);
	read_head(&r, &head, &count);
	survey_answers_init(out, s, head.day);
	*all = true;
	for (; count > 0; count--) {
		if (!cbor_next(&r, &it) ||
			!take_text(&it, name, sizeof(name)) ||
			!read_value(&r, text))
			return false;
		*all = take_pair(s, out, name, text) && *all;
	}
	return true;
}

bool survey_answers_read(const struct survey *s, const void *bytes, size_t len,
	struct survey_answers *out)
{
	uint8_t again[SURVEY_ANSWERS_MAX];
	bool all;

	return read_all(s, bytes, len, out, &all) && all &&
	       survey_answers_write(s, out, again) == len &&
	       memcmp(again, bytes, len) == 0;
}

bool survey_answers_carry(const struct survey *s, const void *bytes, size_t len,
	struct survey_answers *out)
{
	bool all;

	if (!read_all(s, bytes, len, out, &all))
		return false;
	/* Names of this one may be longer than those of the other. */
	if (!survey_bytes_fit(s, out))
		survey_answers_init(out, s, out->day);
	return true;
}
