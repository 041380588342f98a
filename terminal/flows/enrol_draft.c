/*
 * enrol_draft.c - a half-done account as bytes: canonical CBOR, keys below.
 * What is not worth keeping (nothing chosen yet) and what stands in the book
 * already is no draft. The bytes are sealed by whoever keeps them.
 */
#include <string.h>

#include "core/buf.h"
#include "core/codec/cbor.h"
#include "core/str.h"
#include "terminal/flows/enrol_internal.h"

enum {
	VERSION = 1
};

/* Numbers are in drafts: add at the end only. */
enum {
	KEY_VERSION = 1,
	KEY_STEP,
	KEY_PERSON,
	KEY_PLANNED,
	KEY_VIA,
	KEY_WHOSE,
	KEY_RELATION,
	KEY_NAMES,
	KEY_SHARED,
	KEY_DAY, /* YYYYMMDD */
	KEY_WHY_OF,
	KEY_NUMBERS_END,
	KEY_NAME = KEY_NUMBERS_END,
	KEY_GUARDIAN,
	KEY_GUARDIAN_ID,
	KEY_BIN,
	KEY_NUMBER,
	KEY_HOLDER,
	KEY_OWNER,
	KEY_OWNER_ID,
	KEY_PAPER,
	KEY_WHY,
	KEY_TYPED,
	KEY_END
};

/* Steps in which something is half done, by what drafts call them. */
static const enum enrol_step steps[] = {ENROL_BANK, ENROL_SEARCH, ENROL_NUMBER,
	ENROL_AGAIN, ENROL_WHOSE, ENROL_OWNER, ENROL_RELATION, ENROL_PAPER,
	ENROL_HOLDER, ENROL_DIFFERS, ENROL_SHARED, ENROL_WHY, ENROL_WHEN,
	ENROL_FORM};

enum {
	STEPS = sizeof(steps) / sizeof(steps[0])
};

static int step_number(enum enrol_step step)
{
	for (int i = 0; i < STEPS; i++)
		if (steps[i] == step)
			return i;
	/* While it is written nobody knows: the form, once more. */
	return step == ENROL_WRITING ? STEPS - 1 : -1;
}

static bool is_typed(enum enrol_step step)
{
	return step == ENROL_SEARCH || step == ENROL_NUMBER ||
	       step == ENROL_OWNER || step == ENROL_PAPER ||
	       step == ENROL_HOLDER || step == ENROL_WHY || step == ENROL_WHEN;
}

struct texts {
	char *text;
	size_t size;
};

/* Where each text lies, from KEY_NAME on. */
static void texts_of(struct enrol *e, struct texts out[KEY_END - KEY_NAME])
{
	const struct texts all[KEY_END - KEY_NAME] = {
		{e->name, sizeof(e->name)},
		{e->guardian, sizeof(e->guardian)},
		{e->guardian_id, sizeof(e->guardian_id)},
		{e->take.bin, sizeof(e->take.bin)},
		{e->take.number, sizeof(e->take.number)},
		{e->take.holder, sizeof(e->take.holder)},
		{e->take.owner, sizeof(e->take.owner)},
		{e->take.owner_id, sizeof(e->take.owner_id)},
		{e->take.paper, sizeof(e->take.paper)},
		{e->take.why, sizeof(e->take.why)},
		{e->typed.text, sizeof(e->typed.text)},
	};

	memcpy(out, all, sizeof(all));
}

static void put_numbers(struct buf *b, const struct enrol *e)
{
	const struct date d = e->take.planned_on;
	const uint64_t number[KEY_NUMBERS_END] = {[KEY_VERSION] = VERSION,
		[KEY_STEP] = (uint64_t)step_number(e->step),
		[KEY_PERSON] = (uint64_t)e->person,
		[KEY_PLANNED] = e->take.planned,
		[KEY_VIA] = (uint64_t)e->take.via,
		[KEY_WHOSE] = (uint64_t)e->take.whose,
		[KEY_RELATION] = (uint64_t)e->take.relation,
		[KEY_NAMES] = (uint64_t)e->take.names,
		[KEY_SHARED] = (uint64_t)e->take.shared,
		[KEY_DAY] = (uint64_t)d.year * 10000 + (uint64_t)d.month * 100 +
			    (uint64_t)d.day,
		[KEY_WHY_OF] = e->why_of == ENROL_SHARED};

	for (int key = KEY_VERSION; key < KEY_NUMBERS_END; key++) {
		cbor_put_uint(b, (uint64_t)key);
		cbor_put_uint(b, number[key]);
	}
}

size_t enrol_save(const struct enrol *e, uint8_t *out, size_t size)
{
	struct enrol copy = *e;
	struct texts text[KEY_END - KEY_NAME];
	struct buf b;

	if (step_number(e->step) < 0)
		return 0;
	/* The second number is never kept: it is typed unseen, and anew. */
	if (!is_typed(e->step))
		copy.typed.text[0] = '\0';
	texts_of(&copy, text);
	buf_init(&b, out, size);
	cbor_put_map(&b, KEY_END - 1);
	put_numbers(&b, e);
	for (int i = 0; i < KEY_END - KEY_NAME; i++) {
		cbor_put_uint(&b, (uint64_t)KEY_NAME + (uint64_t)i);
		cbor_put_text(&b, text[i].text);
	}
	return b.full ? 0 : b.len;
}

static bool get_numbers(struct cbor_reader *in,
	uint64_t number[KEY_NUMBERS_END])
{
	struct cbor_item item;

	for (uint64_t key = KEY_VERSION; key < KEY_NUMBERS_END; key++) {
		if (!cbor_next(in, &item) || item.type != CBOR_UINT ||
			item.number != key || !cbor_next(in, &item) ||
			item.type != CBOR_UINT || item.number > INT32_MAX)
			return false;
		number[key] = item.number;
	}
	return true;
}

static bool get_text(struct cbor_reader *in, uint64_t key, char *out,
	size_t size)
{
	struct cbor_item item;

	if (!cbor_next(in, &item) || item.type != CBOR_UINT ||
		item.number != key || !cbor_next(in, &item) ||
		item.type != CBOR_TEXT || item.count >= size)
		return false;
	memcpy(out, item.bytes, item.count);
	out[item.count] = '\0';
	return true;
}

static bool take_numbers(const uint64_t n[KEY_NUMBERS_END], struct enrol *e)
{
	const struct date d = {.year = (int16_t)(n[KEY_DAY] / 10000),
		.month = (int8_t)(n[KEY_DAY] / 100 % 100),
		.day = (int8_t)(n[KEY_DAY] % 100)};

	if (n[KEY_VERSION] != VERSION || n[KEY_STEP] >= STEPS ||
		n[KEY_PLANNED] > 1 || n[KEY_VIA] > ACCOUNT_VIA_TYPED ||
		n[KEY_WHOSE] < PAYEE_SELF || n[KEY_WHOSE] > PAYEE_AUTHORISED ||
		n[KEY_RELATION] > RELATION_OTHER ||
		n[KEY_NAMES] > ACCOUNT_NAMES_OTHER ||
		n[KEY_SHARED] > ACCOUNT_SHARED_OTHER || n[KEY_WHY_OF] > 1 ||
		n[KEY_DAY] > 21991231 || (n[KEY_DAY] != 0 && !date_valid(d)))
		return false;
	e->step = steps[n[KEY_STEP]];
	e->person = (int64_t)n[KEY_PERSON];
	e->take = (struct account_take){.person = e->person,
		.planned = n[KEY_PLANNED] != 0,
		.via = (enum account_via)n[KEY_VIA],
		.whose = (enum payee)n[KEY_WHOSE],
		.relation = (enum payee_relation)n[KEY_RELATION],
		.names = (enum account_names)n[KEY_NAMES],
		.shared = (enum account_shared)n[KEY_SHARED],
		.planned_on = d,
		.confirmed = true};
	e->why_of = n[KEY_WHY_OF] ? ENROL_SHARED : ENROL_DIFFERS;
	return true;
}

static bool read(struct enrol *e, const uint8_t *bytes, size_t len)
{
	uint64_t number[KEY_NUMBERS_END];
	struct texts text[KEY_END - KEY_NAME];
	struct cbor_reader in;
	struct cbor_item map;

	cbor_reader_init(&in, bytes, len);
	if (!cbor_is_canonical(bytes, len) || !cbor_next(&in, &map) ||
		map.count != KEY_END - 1 || !get_numbers(&in, number) ||
		!take_numbers(number, e))
		return false;
	texts_of(e, text);
	for (int i = 0; i < KEY_END - KEY_NAME; i++)
		if (!get_text(&in, (uint64_t)KEY_NAME + (uint64_t)i,
			    text[i].text, text[i].size))
			return false;
	return true;
}

/* What follows from the rest; what was typed in a field stands there again. */
static void settle(struct enrol *e)
{
	char typed[ENTRY_SIZE];

	str_copy(typed, sizeof(typed), e->typed.text);
	if (e->take.number[0])
		account_check(e->take.bin, e->take.number, &e->account);
	enrol_list_banks(e, "");
	e->told.consent = true; /* the book asks for it again */
	enrol_go(e, e->step);
	if (is_typed(e->step))
		entry_set(&e->typed, typed);
}

bool enrol_load(struct enrol *e, const uint8_t *bytes, size_t len)
{
	memset(e, 0, sizeof(*e));
	if (!read(e, bytes, len)) {
		memset(e, 0, sizeof(*e));
		return false;
	}
	settle(e);
	return true;
}
