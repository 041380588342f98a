/* agree_save.c - what is half done, as bytes, and back. */
#include <string.h>

#include "core/codec/cbor.h"
#include "core/crypto.h"
#include "core/str.h"
#include "terminal/flows/agree_internal.h"

enum {
	VERSION = 1,
	KEYS = 21
};

/* Their order is in stores: add at the end only. */
enum save_key {
	SAVE_VERSION = 1,
	SAVE_STEP,
	SAVE_TASK,
	SAVE_LANG,
	SAVE_SUM, /* of the text */
	SAVE_PART,
	SAVE_AT,
	SAVE_ASKED,
	SAVE_YES,
	SAVE_BY,
	SAVE_NAME,
	SAVE_ID,
	SAVE_PAPER,
	SAVE_UNTIL,
	SAVE_RELATION,
	SAVE_HOW,
	SAVE_ALOUD,
	SAVE_WITNESS,
	SAVE_WITNESS_ID,
	SAVE_COPY,
	SAVE_REASON,
};

/* Where there is something that would have to be asked again. */
static bool is_worth_it(const struct agree *a)
{
	if (a->done || a->task > AGREE_REFUSE || a->len == 0)
		return false;
	return a->step >= AGREE_TEXT && a->step <= AGREE_SURE &&
	       a->step != AGREE_LEFT && a->step != AGREE_CHANNEL &&
	       a->step != AGREE_ASKS && a->step != AGREE_WORDS;
}

/* A field is typed anew, from what was accepted. */
static void put_uint(struct buf *b, enum save_key key, uint64_t value)
{
	cbor_put_uint(b, key);
	cbor_put_uint(b, value);
}

static void put_text(struct buf *b, enum save_key key, const char *text)
{
	cbor_put_uint(b, key);
	cbor_put_text(b, text);
}

size_t agree_save(const struct agree *a, uint8_t out[AGREE_SAVE_SIZE])
{
	const struct date u = a->party.paper_until;
	uint8_t sum[CRYPTO_HASH_SIZE];
	struct buf b;

	if (!is_worth_it(a))
		return 0;
	crypto_sha256(a->text, a->len, sum);
	buf_init(&b, out, AGREE_SAVE_SIZE);
	cbor_put_map(&b, KEYS);
	put_uint(&b, SAVE_VERSION, VERSION);
	put_uint(&b, SAVE_STEP, a->step);
	put_uint(&b, SAVE_TASK, a->task);
	put_text(&b, SAVE_LANG, a->langs.lang[a->lang]);
	cbor_put_uint(&b, SAVE_SUM);
	cbor_put_bytes(&b, sum, sizeof(sum));
	put_uint(&b, SAVE_PART, (uint64_t)a->at_part);
	put_uint(&b, SAVE_AT, (uint64_t)a->at);
	put_uint(&b, SAVE_ASKED, a->asked);
	put_uint(&b, SAVE_YES, a->yes);
	put_uint(&b, SAVE_BY, a->party.by);
	put_text(&b, SAVE_NAME, a->party.name);
	put_text(&b, SAVE_ID, a->party.id);
	put_text(&b, SAVE_PAPER, a->party.paper);
	put_uint(&b, SAVE_UNTIL,
		(uint64_t)(u.year * 10000 + u.month * 100 + u.day));
	put_uint(&b, SAVE_RELATION, a->party.relation);
	put_uint(&b, SAVE_HOW, a->proof.how);
	put_uint(&b, SAVE_ALOUD, a->proof.read_aloud);
	put_text(&b, SAVE_WITNESS, a->proof.witness_name);
	put_text(&b, SAVE_WITNESS_ID, a->proof.witness_id);
	put_uint(&b, SAVE_COPY, a->copy);
	put_uint(&b, SAVE_REASON, a->reason);
	return b.full ? 0 : b.len;
}

/* ---- and back ------------------------------------------------------------ */

/* What stands in the bytes, before any of it is believed. */
struct saved {
	uint64_t number[KEYS + 1];
	char name[VIET_NAME_SIZE];
	char id[PERSONID_SIZE];
	char paper[CONSENT_PAPER_SIZE];
	char witness[VIET_NAME_SIZE];
	char witness_id[PERSONID_SIZE];
	char lang[FLOW_LANG_SIZE];
	uint8_t sum[CRYPTO_HASH_SIZE];
};

static bool read_text(const struct cbor_item *item, char *out, size_t size)
{
	if (item->type != CBOR_TEXT || item->count >= size)
		return false;
	memcpy(out, item->bytes, item->count);
	out[item->count] = '\0';
	return true;
}

static bool read_value(struct cbor_reader *in, enum save_key key,
	struct saved *s)
{
	struct cbor_item item;

	if (!cbor_next(in, &item))
		return false;
	switch (key) {
	case SAVE_LANG:
		return read_text(&item, s->lang, sizeof(s->lang));
	case SAVE_NAME:
		return read_text(&item, s->name, sizeof(s->name));
	case SAVE_ID:
		return read_text(&item, s->id, sizeof(s->id));
	case SAVE_PAPER:
		return read_text(&item, s->paper, sizeof(s->paper));
	case SAVE_WITNESS:
		return read_text(&item, s->witness, sizeof(s->witness));
	case SAVE_WITNESS_ID:
		return read_text(&item, s->witness_id, sizeof(s->witness_id));
	case SAVE_SUM:
		if (item.type != CBOR_BYTES || item.count != sizeof(s->sum))
			return false;
		memcpy(s->sum, item.bytes, sizeof(s->sum));
		return true;
	default:
		s->number[key] = item.number;
		return item.type == CBOR_UINT;
	}
}

static bool read_saved(const uint8_t *bytes, size_t len, struct saved *s)
{
	struct cbor_reader in;
	struct cbor_item item;

	if (!cbor_is_canonical(bytes, len))
		return false;
	cbor_reader_init(&in, bytes, len);
	if (!cbor_next(&in, &item) || item.count != KEYS)
		return false;
	for (int key = 1; key <= KEYS; key++)
		if (!cbor_next(&in, &item) || item.number != (uint64_t)key ||
			!read_value(&in, (enum save_key)key, s))
			return false;
	return true;
}

static bool in_range(const struct saved *s)
{
	static const struct {
		enum save_key key;
		uint64_t max;
	} most[] = {
		{SAVE_TASK, AGREE_REFUSE},
		{SAVE_PART, AGREE_PARTS - 1},
		{SAVE_AT, CONSENT_PURPOSES - 1},
		{SAVE_ASKED, CONSENT_ALL},
		{SAVE_BY, CONSENT_BY_AUTHORISED},
		{SAVE_UNTIL, 21991231},
		{SAVE_RELATION, RELATION_OTHER},
		{SAVE_HOW, CONSENT_HOW_TYPED},
		{SAVE_ALOUD, 1},
		{SAVE_COPY, 1},
		{SAVE_REASON, CONSENT_REFUSAL_OTHER},
	};
	const uint64_t step = s->number[SAVE_STEP];

	for (size_t i = 0; i < sizeof(most) / sizeof(most[0]); i++)
		if (s->number[most[i].key] > most[i].max)
			return false;
	return s->number[SAVE_VERSION] == VERSION && step >= AGREE_TEXT &&
	       step <= AGREE_SURE && step != AGREE_LEFT &&
	       step != AGREE_CHANNEL && step != AGREE_ASKS &&
	       step != AGREE_WORDS &&
	       (s->number[SAVE_YES] & ~s->number[SAVE_ASKED]) == 0;
}

/* A step that stands on what is not there begins where that is asked. */
static enum agree_step step_of(const struct saved *s)
{
	const enum agree_step step = (enum agree_step)s->number[SAVE_STEP];
	const bool asked = s->number[SAVE_ASKED] == CONSENT_ALL;

	if (s->number[SAVE_TASK] == AGREE_GIVE && step > AGREE_PURPOSE &&
		(!asked || s->number[SAVE_YES] == 0))
		return AGREE_PURPOSE;
	if (step > AGREE_WHO && step != AGREE_REASON &&
		s->number[SAVE_BY] == CONSENT_BY_NONE)
		return AGREE_WHO;
	if (s->number[SAVE_TASK] == AGREE_GIVE && step > AGREE_HOW &&
		s->number[SAVE_HOW] == CONSENT_HOW_NONE)
		return AGREE_HOW;
	return step;
}

static struct date date_of(uint64_t day)
{
	struct date d = {0};

	return date_make((int)(day / 10000), (int)(day / 100 % 100),
		       (int)(day % 100), &d)
		       ? d
		       : (struct date){0};
}

bool agree_load(struct agree *a, const uint8_t *bytes, size_t len)
{
	struct saved s;

	memset(&s, 0, sizeof(s));
	if (!read_saved(bytes, len, &s) || !in_range(&s))
		return false;
	a->task = (enum agree_task)s.number[SAVE_TASK];
	a->asked = (unsigned)s.number[SAVE_ASKED];
	a->yes = (unsigned)s.number[SAVE_YES];
	a->at = (int)s.number[SAVE_AT];
	a->party.by = (enum consent_by)s.number[SAVE_BY];
	a->party.relation = (enum payee_relation)s.number[SAVE_RELATION];
	a->party.paper_until = date_of(s.number[SAVE_UNTIL]);
	a->proof.how = (enum consent_how)s.number[SAVE_HOW];
	a->proof.read_aloud = s.number[SAVE_ALOUD] != 0;
	a->copy = s.number[SAVE_COPY] != 0;
	a->reason = (enum consent_refusal)s.number[SAVE_REASON];
	memcpy(a->party.name, s.name, sizeof(s.name));
	memcpy(a->party.id, s.id, sizeof(s.id));
	memcpy(a->party.paper, s.paper, sizeof(s.paper));
	memcpy(a->proof.witness_name, s.witness, sizeof(s.witness));
	memcpy(a->proof.witness_id, s.witness_id, sizeof(s.witness_id));
	memcpy(a->resume_sum, s.sum, sizeof(s.sum));
	memcpy(a->resume_lang, s.lang, sizeof(s.lang));
	a->resume = step_of(&s);
	a->resume_part = (int)s.number[SAVE_PART];
	a->resumed = true;
	return true;
}

void agree_take_up(struct agree *a)
{
	uint8_t sum[CRYPTO_HASH_SIZE];

	a->resumed = false;
	crypto_sha256(a->text, a->len, sum);
	a->at_part = a->resume_part < a->parts ? a->resume_part : a->parts - 1;
	if (memcmp(sum, a->resume_sum, sizeof(sum)) != 0) {
		/* Another text by now: what was said to the old one is not
		 * said to this one. */
		a->asked = a->yes = 0;
		a->task = AGREE_GIVE;
		a->at_part = 0;
		a->resume = AGREE_TEXT;
	}
	if (a->resume == AGREE_TEXT || a->resume == AGREE_END)
		a->resume = a->at_part == a->parts - 1 ? AGREE_END : AGREE_TEXT;
	agree_to(a, a->resume);
}
