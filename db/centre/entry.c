#include "db/centre/entry.h"

#include <assert.h>
#include <string.h>

enum {
	KEY_FREE = 64, /* from here on anything is allowed */
	ITEM_PARTS = 4,
	ENT = 16
};

#define BIT(key) (UINT64_C(1) << (key))

/* All have them; 10, the shift, all but START. */
static const uint64_t always = BIT(1) | BIT(2) | BIT(3) | BIT(4) | BIT(5) |
			       BIT(6) | BIT(7) | BIT(8) | BIT(9) | BIT(11);

bool entry_has(const struct entry *e, int key)
{
	return (e->has & BIT(key)) != 0;
}

static bool is_number(const struct cbor_item *item, uint64_t *out)
{
	/* Within what the stores hold. */
	if (item->type != CBOR_UINT || item->number > INT64_MAX)
		return false;
	*out = item->number;
	return true;
}

static bool is_bytes(const struct cbor_item *item, void *out, size_t len)
{
	if (item->type != CBOR_BYTES || item->count != len)
		return false;
	memcpy(out, item->bytes, len);
	return true;
}

static bool get_totals(struct cbor_reader *in, const struct cbor_item *array,
	int64_t out[ENTRY_TOTALS])
{
	struct cbor_item item;
	uint64_t v;

	if (array->type != CBOR_ARRAY || array->count != ENTRY_TOTALS)
		return false;
	for (int i = 0; i < ENTRY_TOTALS; i++) {
		if (!cbor_next(in, &item) || !is_number(&item, &v))
			return false;
		out[i] = (int64_t)v;
	}
	return true;
}

static bool get_item(struct cbor_reader *in)
{
	struct cbor_item item;
	uint8_t ent[ENT];
	uint64_t v;

	if (!cbor_next(in, &item) || item.type != CBOR_ARRAY ||
		item.count != ITEM_PARTS || !cbor_next(in, &item) ||
		!is_bytes(&item, ent, sizeof(ent)))
		return false;
	for (int i = 1; i < ITEM_PARTS; i++)
		if (!cbor_next(in, &item) || !is_number(&item, &v))
			return false;
	return true;
}

static bool get_items(struct cbor_reader *in, const struct cbor_item *array,
	struct entry *out)
{
	if (array->type != CBOR_ARRAY)
		return false;
	out->items = array->count;
	out->item = *in;
	for (size_t i = 0; i < array->count; i++)
		if (!get_item(in))
			return false;
	return true;
}

/* The value of a key whose head is item. */
static bool get_value(struct cbor_reader *in, uint64_t key,
	const struct cbor_item *item, struct entry *out)
{
	uint64_t v;

	switch (key) {
	case 1:
		return is_number(item, &v) && v == 1;
	case 2:
		return is_bytes(item, out->dev, sizeof(out->dev));
	case 3:
		return is_number(item, &out->seq);
	case 4:
		return is_number(item, &out->kind);
	case 5:
		return is_number(item, &out->t);
	case 9:
		return is_number(item, &out->actor);
	case 10:
		return is_number(item, &out->shift);
	case 11:
		return get_totals(in, item, out->tot);
	case 12:
		return is_number(item, &out->ref);
	case 13:
		return is_number(item, &out->amount);
	case 20:
		return is_number(item, &out->flags);
	case 23:
		return is_bytes(item, out->kpub, sizeof(out->kpub));
	default:
		return get_items(in, item, out);
	}
}

static bool is_looked_at(uint64_t key)
{
	static const uint64_t looked_at =
		BIT(1) | BIT(2) | BIT(3) | BIT(4) | BIT(5) | BIT(9) | BIT(10) |
		BIT(11) | BIT(12) | BIT(13) | BIT(20) | BIT(23) | BIT(27);

	return key < KEY_FREE && (looked_at & BIT(key)) != 0;
}

/* All of it is known to be canonical: there is a next head until the end. */
static bool get_pairs(struct cbor_reader *in, struct entry *out)
{
	struct cbor_item map;
	struct cbor_item key;
	struct cbor_item item;

	if (!cbor_next(in, &map))
		return false;
	for (size_t i = 0; i < map.count; i++) {
		if (!cbor_next(in, &key))
			return false;
		if (!is_looked_at(key.number)) {
			if (!cbor_skip(in))
				return false;
		} else if (!cbor_next(in, &item) ||
			   !get_value(in, key.number, &item, out)) {
			return false;
		}
		if (key.number < KEY_FREE)
			out->has |= BIT(key.number);
	}
	return true;
}

/* What the centre needs of this kind. */
static uint64_t needs(uint64_t kind)
{
	switch (kind) {
	case ENTRY_START:
		return always | BIT(23);
	case ENTRY_KEYROLL:
		return always | BIT(10) | BIT(23);
	case ENTRY_PAY:
		return always | BIT(10) | BIT(13) | BIT(27);
	case ENTRY_VOID:
		return always | BIT(10) | BIT(12) | BIT(13) | BIT(27);
	case ENTRY_FLOAT_IN:
	case ENTRY_FLOAT_OUT:
		return always | BIT(10) | BIT(13);
	}
	return always | BIT(10);
}

int entry_read(const void *body, size_t len, struct entry *out)
{
	struct cbor_reader in;

	memset(out, 0, sizeof(*out));
	if (!cbor_is_canonical(body, len))
		return 2;
	cbor_reader_init(&in, body, len);
	if (!get_pairs(&in, out))
		return 36;
	return (out->has & needs(out->kind)) == needs(out->kind) ? 0 : 3;
}

/* The head of the value of a key. */
static bool find(const void *body, size_t len, uint64_t key,
	struct cbor_item *out)
{
	struct cbor_reader in;
	struct cbor_item item;
	size_t pairs;

	if (!cbor_is_canonical(body, len))
		return false;
	cbor_reader_init(&in, body, len);
	if (!cbor_next(&in, &item) || item.type != CBOR_MAP)
		return false;
	pairs = item.count;
	for (size_t i = 0; i < pairs; i++) {
		if (!cbor_next(&in, &item))
			return false;
		if (item.type == CBOR_UINT && item.number == key)
			return cbor_next(&in, out);
		if (!cbor_skip(&in))
			return false;
	}
	return false;
}

bool entry_number(const void *body, size_t len, uint64_t key, uint64_t *out)
{
	struct cbor_item item;

	return find(body, len, key, &item) && is_number(&item, out);
}

bool entry_bytes(const void *body, size_t len, uint64_t key, void *out,
	size_t size)
{
	struct cbor_item item;

	return find(body, len, key, &item) && is_bytes(&item, out, size);
}

void entry_next_item(struct entry *e, uint8_t ent[16])
{
	struct cbor_item item;
	bool ok = cbor_next(&e->item, &item) && cbor_next(&e->item, &item) &&
		  is_bytes(&item, ent, ENT);

	for (int i = 1; i < ITEM_PARTS; i++)
		ok = ok && cbor_next(&e->item, &item);
	assert(ok);
	(void)ok;
}

void entry_count(const struct entry *e, int64_t tot[ENTRY_TOTALS])
{
	const int64_t amount = (int64_t)e->amount;

	switch (e->kind) {
	case ENTRY_PAY:
		tot[0] += amount;
		tot[4]++;
		break;
	case ENTRY_VOID:
		tot[1] += amount;
		tot[5]++;
		break;
	case ENTRY_FLOAT_IN:
		tot[2] += amount;
		break;
	case ENTRY_FLOAT_OUT:
		tot[3] += amount;
		break;
	}
}
