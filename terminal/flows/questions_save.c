/*
 * questions_save.c - a half-done questionnaire as bytes, and back.
 *
 * Canonical CBOR, a map: 0 version of this form, 1; 1 the answers
 * (survey_answers.h); 2 the question that is asked, as many as there are at
 * the end; 3 what is typed for it.
 */
#include <string.h>

#include "core/buf.h"
#include "core/codec/cbor.h"
#include "core/text.h"
#include "terminal/flows/questions_internal.h"

enum {
	VERSION = 1,
	KEY_VERSION = 0,
	KEY_ANSWERS = 1,
	KEY_AT = 2,
	KEY_TYPED = 3,
	KEYS = 4
};

size_t questions_save(const struct questions *q,
	uint8_t out[QUESTIONS_SAVE_MAX])
{
	uint8_t answers[SURVEY_ANSWERS_MAX];
	const bool end = q->step == QUESTIONS_END;
	struct buf b;

	buf_init(&b, out, QUESTIONS_SAVE_MAX);
	cbor_put_map(&b, KEYS);
	cbor_put_uint(&b, KEY_VERSION);
	cbor_put_uint(&b, VERSION);
	cbor_put_uint(&b, KEY_ANSWERS);
	cbor_put_bytes(&b, answers,
		survey_answers_write(q->survey, &q->answers, answers));
	cbor_put_uint(&b, KEY_AT);
	cbor_put_uint(&b, (uint64_t)(end ? q->survey->questions : q->at));
	cbor_put_uint(&b, KEY_TYPED);
	cbor_put_bytes(&b, q->typed.text, end ? 0 : strlen(q->typed.text));
	return b.len;
}

/* What stands in the bytes. */
struct saved {
	struct cbor_item answers;
	uint64_t at;
	char typed[ENTRY_SIZE];
};

static bool is_key(struct cbor_reader *r, uint64_t key, enum cbor_type type,
	struct cbor_item *out)
{
	return cbor_next(r, out) && out->type == CBOR_UINT &&
	       out->number == key && cbor_next(r, out) && out->type == type;
}

/* What may have been typed: clean, but for a blank at its end. */
static bool take_typed(const struct cbor_item *it, char out[ENTRY_SIZE])
{
	char clean[ENTRY_SIZE];

	if (it->count >= ENTRY_SIZE ||
		!text_clean(it->bytes, it->count, clean, sizeof(clean), NULL))
		return false;
	memcpy(out, it->bytes, it->count);
	out[it->count] = '\0';
	return true;
}

static bool read_saved(const uint8_t *bytes, size_t len, struct saved *out)
{
	struct cbor_reader r;
	struct cbor_item it;

	if (len > QUESTIONS_SAVE_MAX || !cbor_is_canonical(bytes, len))
		return false;
	cbor_reader_init(&r, bytes, len);
	if (!cbor_next(&r, &it) || it.type != CBOR_MAP || it.count != KEYS ||
		!is_key(&r, KEY_VERSION, CBOR_UINT, &it) ||
		it.number != VERSION ||
		!is_key(&r, KEY_ANSWERS, CBOR_BYTES, &out->answers) ||
		!is_key(&r, KEY_AT, CBOR_UINT, &it))
		return false;
	out->at = it.number;
	return is_key(&r, KEY_TYPED, CBOR_BYTES, &it) &&
	       take_typed(&it, out->typed);
}

/* The question that was asked, if it is asked now. */
static bool go_to(struct questions *q, uint64_t at)
{
	const struct survey *s = q->survey;

	if (at == (uint64_t)s->questions) {
		questions_ask(q, -1);
		return true;
	}
	if (at > (uint64_t)s->questions || !q->answers.of[at].asked)
		return false;
	questions_ask(q, (int)at);
	return true;
}

/* The first that has no answer and no good one; the first of all if none. */
static void go_to_first(struct questions *q)
{
	const struct survey *s = q->survey;
	const int wrong = survey_wrong(s, &q->answers, NULL);

	questions_ask(q, wrong >= 0 ? wrong : survey_next(s, &q->answers, -1));
}

/* Only what could be typed for that question. */
static void type_again(struct questions *q, const char *typed)
{
	struct entry e = q->typed;

	entry_set(&e, typed);
	if (entry_length(&e) <= e.max)
		q->typed = e;
}

bool questions_load(struct questions *q, const struct survey *s,
	const uint8_t *bytes, size_t len, enum telex_method typing)
{
	struct questions loaded = {.survey = s, .typing = typing};
	struct saved saved;

	if (!read_saved(bytes, len, &saved))
		return false;
	if (survey_answers_read(s, saved.answers.bytes, saved.answers.count,
		    &loaded.answers)) {
		if (!go_to(&loaded, saved.at))
			return false;
		if (loaded.step == QUESTIONS_ASK)
			type_again(&loaded, saved.typed);
	} else if (survey_answers_carry(s, saved.answers.bytes,
			   saved.answers.count, &loaded.answers)) {
		go_to_first(&loaded);
	} else {
		return false;
	}
	*q = loaded;
	return true;
}
