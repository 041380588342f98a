/* record.c - journal bodies, byte for byte as journal.md 2 wants them. */
#include <assert.h>
#include <string.h>

#include "core/codec/cbor.h"
#include "db/record_internal.h"

#define ALWAYS                                                           \
	(RECORD_HAS(KEY_V) | RECORD_HAS(KEY_DEV) | RECORD_HAS(KEY_SEQ) | \
		RECORD_HAS(KEY_KIND) | RECORD_HAS(KEY_T) |               \
		RECORD_HAS(KEY_MONO) | RECORD_HAS(KEY_BOOT) |            \
		RECORD_HAS(KEY_TQ) | RECORD_HAS(KEY_ACTOR) |             \
		RECORD_HAS(KEY_TOT))
#define SHIFT RECORD_HAS(KEY_SHIFT)
#define REF RECORD_HAS(KEY_REF)
#define AMT RECORD_HAS(KEY_AMT)
#define PER RECORD_HAS(KEY_PER)
#define PDC RECORD_HAS(KEY_PDC)
#define RSN RECORD_HAS(KEY_RSN)
#define ASIG RECORD_HAS(KEY_ASIG)
#define COSIG RECORD_HAS(KEY_COSIG)
#define FL RECORD_HAS(KEY_FL)
#define KPUB RECORD_HAS(KEY_KPUB)
#define RSUM RECORD_HAS(KEY_RSUM)
#define CNT RECORD_HAS(KEY_CNT)
#define ITEMS RECORD_HAS(KEY_ITEMS)
#define RES RECORD_HAS(KEY_RES)
#define WHO RECORD_HAS(KEY_WHO)
#define TEV RECORD_HAS(KEY_TEV)
#define PAD RECORD_HAS(KEY_PAD)
#define LINE RECORD_HAS(KEY_LINE)
#define PEER RECORD_HAS(KEY_PEER)
#define UNTIL RECORD_HAS(KEY_UNTIL)
#define BARRED RECORD_HAS(KEY_BARRED)
#define NOTICE RECORD_HAS(KEY_NOTICE)
#define PURPOSES RECORD_HAS(KEY_PURPOSES)
#define EXPIRES RECORD_HAS(KEY_EXPIRES)
#define VIA RECORD_HAS(KEY_VIA)
#define NAMES RECORD_HAS(KEY_NAMES)
#define NEXT RECORD_HAS(KEY_NEXT)
#define MADE RECORD_HAS(KEY_MADE)
#define ENT RECORD_HAS(KEY_ENT)
#define HOP RECORD_HAS(KEY_HOP)
#define ACK RECORD_HAS(KEY_ACK)

enum {
	DAY_MAX = 21991231, /* YYYYMMDD */
	PURPOSES_MAX = 0xffff
};

/* Beyond ALWAYS: what a kind must carry, and what it may. */
static const struct rule {
	uint64_t must;
	uint64_t may;
} rules[] = {
	[JOURNAL_START] = {KPUB, 0},
	[JOURNAL_KEYROLL] = {SHIFT | KPUB, 0},
	[JOURNAL_OPEN] = {SHIFT, FL},
	[JOURNAL_CLOSE] = {SHIFT | AMT | ASIG | CNT, COSIG | RSN | FL},
	[JOURNAL_NULL] = {SHIFT, RSN},
	[JOURNAL_LOGIN] = {SHIFT, 0},
	[JOURNAL_LOGOUT] = {SHIFT, 0},
	[JOURNAL_LOGIN_FAIL] = {SHIFT, RSN},
	[JOURNAL_CLOCK] = {SHIFT | RSN, ASIG},
	[JOURNAL_PAY] = {SHIFT | AMT | PER | PDC | ASIG | ITEMS | WHO,
		COSIG | FL | TEV | PAD | CNT},
	[JOURNAL_PRINT] = {SHIFT | REF | RES, 0},
	[JOURNAL_HANDED] = {SHIFT | REF, COSIG | CNT},
	[JOURNAL_VOID] = {SHIFT | REF | AMT | RSN | ASIG | ITEMS, COSIG | FL},
	[JOURNAL_REPRINT] = {SHIFT | REF | RSN | RES, 0},
	[JOURNAL_VOID_RETURNED] = {SHIFT | REF | AMT | ASIG, 0},
	[JOURNAL_FLOAT_IN] = {SHIFT | AMT | ASIG | CNT, 0},
	[JOURNAL_FLOAT_OUT] = {SHIFT | AMT | ASIG | CNT, 0},
	[JOURNAL_COUNT] = {SHIFT | AMT | ASIG | CNT, 0},
	[JOURNAL_OVER_SHORT] = {SHIFT | AMT | RSN | RES, COSIG},
	[JOURNAL_CONSENT] = {SHIFT | PDC | RSUM | NOTICE | PURPOSES,
		REF | EXPIRES},
	[JOURNAL_CONSENT_REFUSED] = {SHIFT | PDC | RSN | RSUM | NOTICE |
					     PURPOSES,
		0},
	[JOURNAL_CONSENT_WITHDRAWN] = {SHIFT | REF | PDC | RSN | PURPOSES, 0},
	[JOURNAL_VIEW] = {SHIFT | PDC | RSN, REF | RES},
	[JOURNAL_ACCOUNT] = {SHIFT | REF | PDC | RES | WHO, RSN | VIA | NAMES},
	[JOURNAL_VISIT] = {SHIFT | PDC | RES, REF | RSN | NEXT | MADE},
	[JOURNAL_REVIEW] = {SHIFT | PDC | RES, RSN},
	[JOURNAL_NOT_PAID] = {SHIFT | PDC | RES, 0},
	[JOURNAL_ACCOUNT_STATE] = {SHIFT | PDC | RES,
		REF | PER | RSN | ASIG | COSIG | FL},
	[JOURNAL_CHANGE] = {SHIFT | PER | PDC | RES, RSN},
	[JOURNAL_IMPORT] = {SHIFT | RSUM, RES},
	[JOURNAL_EXPORT] = {SHIFT | RSUM | RES, 0},
	[JOURNAL_RELEASE] = {SHIFT | PER | ENT | PEER, HOP},
	[JOURNAL_ACQUIRE] = {SHIFT | REF | PER | ENT | RSUM | PEER, HOP},
	[JOURNAL_UPLOAD_ACK] = {SHIFT | ACK, 0},
	[JOURNAL_CONFIG] = {SHIFT | RSUM, ASIG | KPUB | LINE | UNTIL},
	[JOURNAL_REVLIST] = {SHIFT | RSUM | RES, BARRED},
	[JOURNAL_APPROVE] = {SHIFT | ASIG | RSUM | RES | PEER, AMT | RSN},
	[JOURNAL_MARKS] = {SHIFT | REF | RSUM | RES | PEER, 0},
	[JOURNAL_COMPLAINT] = {SHIFT | REF | RSN, 0},
	[JOURNAL_FAULT_BEGIN] = {SHIFT | RSN, RSUM},
	[JOURNAL_FAULT_END] = {SHIFT | REF | RSN, 0},
	[JOURNAL_RECOVERY] = {SHIFT | RES, REF},
	[JOURNAL_END] = {SHIFT | RSN, 0},
};

static const struct rule *rule_of(uint64_t kind)
{
	if (kind >= sizeof(rules) / sizeof(rules[0]) || !rules[kind].must)
		return NULL;
	return &rules[kind];
}

static void put_totals(struct buf *b, const struct journal_totals *tot)
{
	cbor_put_array(b, JOURNAL_TOTALS);
	cbor_put_int(b, tot->paid_gross);
	cbor_put_int(b, tot->void_gross);
	cbor_put_int(b, tot->float_in);
	cbor_put_int(b, tot->float_out);
	cbor_put_int(b, tot->payments);
	cbor_put_int(b, tot->voids);
}

/* Only banknotes that are there, the highest first. */
static void put_notes(struct buf *b, const struct notes *n)
{
	size_t kinds = 0;

	for (int i = 0; i < NOTES_KINDS; i++)
		kinds += n->pieces[i] != 0;
	cbor_put_array(b, kinds);
	for (int i = 0; i < NOTES_KINDS; i++) {
		if (n->pieces[i] == 0)
			continue;
		cbor_put_array(b, 2);
		cbor_put_int(b, notes_denomination[i]);
		cbor_put_int(b, n->pieces[i]);
	}
}

static void put_items(struct buf *b, const struct record *r)
{
	cbor_put_array(b, r->items);
	for (size_t i = 0; i < r->items; i++) {
		cbor_put_array(b, 4);
		cbor_put_bytes(b, r->item[i].ent, ENT_SIZE);
		cbor_put_int(b, r->item[i].period);
		cbor_put_int(b, r->item[i].what);
		cbor_put_int(b, r->item[i].amount);
	}
}

/* The fields that are one number, or one string of bytes. */
static const struct field {
	size_t at;  /* in struct record */
	size_t len; /* bytes; 0: a number */
} fields[KEY_LAST + 1] = {
	[KEY_DEV] = {offsetof(struct record, dev), DB_DEV_SIZE},
	[KEY_SEQ] = {offsetof(struct record, seq), 0},
	[KEY_KIND] = {offsetof(struct record, kind), 0},
	[KEY_T] = {offsetof(struct record, t), 0},
	[KEY_MONO] = {offsetof(struct record, mono), 0},
	[KEY_BOOT] = {offsetof(struct record, boot), 8},
	[KEY_TQ] = {offsetof(struct record, tq), 0},
	[KEY_ACTOR] = {offsetof(struct record, actor), 0},
	[KEY_SHIFT] = {offsetof(struct record, shift), 0},
	[KEY_REF] = {offsetof(struct record, ref), 0},
	[KEY_AMT] = {offsetof(struct record, amount), 0},
	[KEY_PER] = {offsetof(struct record, period), 0},
	[KEY_ENT] = {offsetof(struct record, ent), ENT_SIZE},
	[KEY_PDC] = {offsetof(struct record, pdc), CRYPTO_HASH_SIZE},
	[KEY_RSN] = {offsetof(struct record, reason), 0},
	[KEY_ASIG] = {offsetof(struct record, asig), CRYPTO_SIG_SIZE},
	[KEY_FL] = {offsetof(struct record, flags), 0},
	[KEY_KPUB] = {offsetof(struct record, kpub), CRYPTO_PUBLIC_SIZE},
	[KEY_RSUM] = {offsetof(struct record, rsum), CRYPTO_HASH_SIZE},
	[KEY_RES] = {offsetof(struct record, result), 0},
	[KEY_WHO] = {offsetof(struct record, who), 0},
	[KEY_TEV] = {offsetof(struct record, given_at), 0},
	[KEY_PEER] = {offsetof(struct record, peer), DB_DEV_SIZE},
	[KEY_EXPIRES] = {offsetof(struct record, expires), 0},
	[KEY_VIA] = {offsetof(struct record, via), 0},
	[KEY_NAMES] = {offsetof(struct record, names), 0},
	[KEY_NEXT] = {offsetof(struct record, next_day), 0},
	[KEY_HOP] = {offsetof(struct record, hop), 0},
};

static void put_field(struct buf *b, const struct record *r, int key)
{
	const uint8_t *at = (const uint8_t *)r + fields[key].at;
	uint64_t number;

	if (fields[key].len > 0) {
		cbor_put_bytes(b, at, fields[key].len);
	} else {
		memcpy(&number, at, sizeof(number));
		cbor_put_uint(b, number);
	}
}

static void put_value(struct buf *b, const struct record *r, int key)
{
	switch (key) {
	case KEY_V:
		cbor_put_uint(b, 1);
		break;
	case KEY_TOT:
		put_totals(b, &r->tot);
		break;
	case KEY_COSIG:
		cbor_put_array(b, 2);
		cbor_put_uint(b, r->approver);
		cbor_put_bytes(b, r->cosig, CRYPTO_SIG_SIZE);
		break;
	case KEY_CNT:
		put_notes(b, &r->notes);
		break;
	case KEY_ITEMS:
		put_items(b, r);
		break;
	case KEY_PAD:
		cbor_put_text(b, r->pad);
		break;
	case KEY_LINE:
		cbor_put_text(b, r->line);
		break;
	case KEY_UNTIL:
		cbor_put_array(b, 2);
		cbor_put_uint(b, r->until_user);
		cbor_put_uint(b, r->until);
		break;
	case KEY_BARRED:
		cbor_put_array(b, r->barreds);
		for (size_t i = 0; i < r->barreds; i++)
			cbor_put_uint(b, r->barred[i]);
		break;
	case KEY_NOTICE:
		cbor_put_text(b, r->notice);
		break;
	case KEY_PURPOSES:
		cbor_put_array(b, 2);
		cbor_put_uint(b, r->asked);
		cbor_put_uint(b, r->yes);
		break;
	case KEY_ACK:
		cbor_put_bytes(b, r->ack, r->ack_len);
		break;
	case KEY_MADE:
		cbor_put_array(b, r->mades);
		for (size_t i = 0; i < r->mades; i++)
			cbor_put_uint(b, r->made[i]);
		break;
	default:
		put_field(b, r, key);
	}
}

static void encode_keys(const struct record *r, uint64_t keys, struct buf *b)
{
	size_t pairs = 0;

	for (int key = 1; key <= KEY_LAST; key++)
		pairs += (keys & RECORD_HAS(key)) != 0;
	cbor_put_map(b, pairs);
	for (int key = 1; key <= KEY_LAST; key++) {
		if (!(keys & RECORD_HAS(key)))
			continue;
		cbor_put_uint(b, (uint64_t)key);
		put_value(b, r, key);
	}
}

void record_encode(const struct record *r, struct buf *b)
{
	encode_keys(r, r->has, b);
}

void record_act_digest(const struct record *r, uint8_t out[CRYPTO_HASH_SIZE])
{
	uint8_t bytes[CBOR_MAX_BYTES];
	struct buf b;

	buf_init(&b, bytes, sizeof(bytes));
	encode_keys(r, r->has & ~(ASIG | COSIG), &b);
	crypto_sha256(bytes, b.len, out);
}

/* All of it is known to be canonical, so whoever keeps to its heads always
 * finds another one. */
static struct cbor_item next(struct cbor_reader *in)
{
	struct cbor_item item;
	const bool whole = cbor_next(in, &item);

	assert(whole);
	(void)whole;
	return item;
}

static bool get_uint(struct cbor_reader *in, uint64_t max, uint64_t *out)
{
	const struct cbor_item item = next(in);

	if (item.type != CBOR_UINT || item.number > max)
		return false;
	*out = item.number;
	return true;
}

static bool get_bytes(struct cbor_reader *in, void *out, size_t len)
{
	const struct cbor_item item = next(in);

	if (item.type != CBOR_BYTES || item.count != len)
		return false;
	memcpy(out, item.bytes, len);
	return true;
}

/* An array head; *count is how many elements follow. */
static bool get_array(struct cbor_reader *in, size_t *count)
{
	const struct cbor_item item = next(in);

	if (item.type != CBOR_ARRAY)
		return false;
	*count = item.count;
	return true;
}

static bool get_totals(struct cbor_reader *in, struct journal_totals *tot)
{
	uint64_t v[JOURNAL_TOTALS];
	size_t count;

	if (!get_array(in, &count) || count != JOURNAL_TOTALS)
		return false;
	for (int i = 0; i < JOURNAL_TOTALS; i++)
		if (!get_uint(in, INT64_MAX, &v[i]))
			return false;
	*tot = (struct journal_totals){.paid_gross = (int64_t)v[0],
		.void_gross = (int64_t)v[1],
		.float_in = (int64_t)v[2],
		.float_out = (int64_t)v[3],
		.payments = (int64_t)v[4],
		.voids = (int64_t)v[5]};
	return true;
}

static bool get_notes(struct cbor_reader *in, struct notes *out)
{
	size_t count;
	size_t two;
	uint64_t denomination;
	uint64_t pieces;
	int i = 0;

	*out = (struct notes){0};
	if (!get_array(in, &count))
		return false;
	for (; count > 0; count--, i++) {
		if (!get_array(in, &two) || two != 2 ||
			!get_uint(in, INT64_MAX, &denomination) ||
			!get_uint(in, INT32_MAX, &pieces) || pieces == 0)
			return false;
		while (i < NOTES_KINDS &&
			notes_denomination[i] != (int64_t)denomination)
			i++;
		if (i == NOTES_KINDS)
			return false;
		out->pieces[i] = (int32_t)pieces;
	}
	return true;
}

static bool get_item(struct cbor_reader *in, struct due_item *out)
{
	size_t four;
	uint64_t period;
	uint64_t what;
	uint64_t amount;

	if (!get_array(in, &four) || four != 4 ||
		!get_bytes(in, out->ent, ENT_SIZE) ||
		!get_uint(in, PERIOD_MAX, &period) ||
		!get_uint(in, ENT_OTHER, &what) || what < ENT_MONTH ||
		!get_uint(in, INT64_MAX, &amount))
		return false;
	out->period = (int32_t)period;
	out->what = (enum ent_what)what;
	out->amount = (int64_t)amount;
	return true;
}

static bool get_items(struct cbor_reader *in, struct record *out)
{
	if (!get_array(in, &out->items) || out->items == 0 ||
		out->items > PEOPLE_MAX_ITEMS)
		return false;
	for (size_t i = 0; i < out->items; i++)
		if (!get_item(in, &out->item[i]))
			return false;
	return true;
}

static bool get_cosig(struct cbor_reader *in, struct record *out)
{
	size_t two;

	return get_array(in, &two) && two == 2 &&
	       get_uint(in, INT64_MAX, &out->approver) &&
	       get_bytes(in, out->cosig, CRYPTO_SIG_SIZE);
}

/* Digits only, so that one number is written in one way. */
static bool get_pad(struct cbor_reader *in, struct record *out)
{
	const struct cbor_item item = next(in);

	if (item.type != CBOR_TEXT || item.count == 0 ||
		item.count >= sizeof(out->pad))
		return false;
	memcpy(out->pad, item.bytes, item.count);
	out->pad[item.count] = '\0';
	return strspn(out->pad, "0123456789") == item.count;
}

/* A line of printable ASCII; that it has no end is part of it. */
static bool get_line(struct cbor_reader *in, struct record *out)
{
	struct cbor_item item;

	if (!cbor_next(in, &item) || item.type != CBOR_TEXT ||
		item.count == 0 || item.count >= sizeof(out->line))
		return false;
	for (size_t i = 0; i < item.count; i++)
		if (item.bytes[i] < ' ' || item.bytes[i] > '~')
			return false;
	memcpy(out->line, item.bytes, item.count);
	out->line[item.count] = '\0';
	return true;
}

static bool get_until(struct cbor_reader *in, struct record *out)
{
	size_t two;

	return get_array(in, &two) && two == 2 &&
	       get_uint(in, USERS_NUMBER_MAX, &out->until_user) &&
	       out->until_user > 0 && get_uint(in, DAY_MAX, &out->until) &&
	       out->until > 0;
}

/* Each once, in their order. */
static bool get_barred(struct cbor_reader *in, struct record *out)
{
	uint64_t before = 0;
	uint64_t number;

	if (!get_array(in, &out->barreds) || out->barreds == 0 ||
		out->barreds > JOURNAL_BARRED_MAX)
		return false;
	for (size_t i = 0; i < out->barreds; i++) {
		if (!get_uint(in, USERS_NUMBER_MAX, &number) ||
			number <= before)
			return false;
		out->barred[i] = (uint32_t)number;
		before = number;
	}
	return true;
}

/* Words of small letters and digits, joined by '-'. */
static bool get_notice(struct cbor_reader *in, struct record *out)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
	const struct cbor_item item = next(in);

	if (item.type != CBOR_TEXT || item.count == 0 ||
		item.count >= sizeof(out->notice))
		return false;
	memcpy(out->notice, item.bytes, item.count);
	out->notice[item.count] = '\0';
	return strspn(out->notice, letters) == item.count;
}

/* Nobody says yes to what he was not asked. */
static bool get_purposes(struct cbor_reader *in, struct record *out)
{
	size_t two;

	return get_array(in, &two) && two == 2 &&
	       get_uint(in, PURPOSES_MAX, &out->asked) &&
	       get_uint(in, PURPOSES_MAX, &out->yes) &&
	       (out->yes & ~out->asked) == 0;
}

/* A text; whose it is, and of which record, is another question. */
static bool get_ack(struct cbor_reader *in, struct record *out)
{
	const struct cbor_item item = next(in);
	struct checkpoint note;

	if (item.type != CBOR_BYTES || item.count > sizeof(out->ack) ||
		!checkpoint_read((const char *)item.bytes, item.count, &note))
		return false;
	memcpy(out->ack, item.bytes, item.count);
	out->ack_len = item.count;
	return true;
}

/* Earlier records, each once and in their order. */
static bool get_made(struct cbor_reader *in, struct record *out)
{
	uint64_t before = 0;

	if (!get_array(in, &out->mades) || out->mades == 0 ||
		out->mades > VISIT_MADE_MAX)
		return false;
	for (size_t i = 0; i < out->mades; i++) {
		if (!get_uint(in, INT64_MAX, &out->made[i]) ||
			out->made[i] <= before)
			return false;
		before = out->made[i];
	}
	return true;
}

static bool get_field(struct cbor_reader *in, struct record *out, uint64_t key)
{
	uint8_t *at = (uint8_t *)out + fields[key].at;
	uint64_t number;

	if (fields[key].len > 0)
		return get_bytes(in, at, fields[key].len);
	/* Numbers stay within what SQLite and int64_t hold. */
	if (fields[key].at == 0 || !get_uint(in, INT64_MAX, &number))
		return false;
	memcpy(at, &number, sizeof(number));
	return true;
}

static bool get_value(struct cbor_reader *in, struct record *out, uint64_t key)
{
	uint64_t version;

	switch (key) {
	case KEY_V:
		return get_uint(in, 1, &version) && version == 1;
	case KEY_TOT:
		return get_totals(in, &out->tot);
	case KEY_COSIG:
		return get_cosig(in, out);
	case KEY_CNT:
		return get_notes(in, &out->notes);
	case KEY_ITEMS:
		return get_items(in, out);
	case KEY_PAD:
		return get_pad(in, out);
	case KEY_LINE:
		return get_line(in, out);
	case KEY_UNTIL:
		return get_until(in, out);
	case KEY_BARRED:
		return get_barred(in, out);
	case KEY_NOTICE:
		return get_notice(in, out);
	case KEY_PURPOSES:
		return get_purposes(in, out);
	case KEY_ACK:
		return get_ack(in, out);
	case KEY_MADE:
		return get_made(in, out);
	default:
		return get_field(in, out, key);
	}
}

static bool get_pairs(struct cbor_reader *in, struct record *out)
{
	const struct cbor_item map = next(in);

	for (size_t i = 0; i < map.count; i++) {
		const uint64_t key = next(in).number;

		if (key >= KEY_FOREIGN) {
			const bool whole = cbor_skip(in);

			assert(whole);
			(void)whole;
			continue;
		}
		if (key == 0 || key > KEY_LAST || !get_value(in, out, key))
			return false;
		out->has |= RECORD_HAS(key);
	}
	return true;
}

/* LATE goes with the time it tells, HANDWRITTEN with its pad, and is late. */
static bool is_late_in_full(const struct record *r)
{
	const bool late = (r->flags & JOURNAL_LATE) != 0;
	const bool by_hand = (r->flags & JOURNAL_HANDWRITTEN) != 0;

	return late == ((r->has & TEV) != 0) &&
	       by_hand == ((r->has & PAD) != 0) && (late || !by_hand) &&
	       (!late || r->given_at < r->t);
}

/* A consent is to something, a refusal to nothing; who withdraws has less. */
static bool is_an_answer(const struct record *r)
{
	switch (r->kind) {
	case JOURNAL_CONSENT:
		return r->yes != 0 &&
		       (!(r->has & EXPIRES) ||
			       (r->expires > 0 && r->expires <= DAY_MAX));
	case JOURNAL_CONSENT_REFUSED:
		return r->yes == 0;
	case JOURNAL_CONSENT_WITHDRAWN:
		return r->yes != r->asked;
	}
	return true;
}

/*
 * A result that there is, a reason with the right one of them, a day that may
 * be said to people, and records before this one.
 */
static bool is_visit_in_full(const struct record *r)
{
	const bool met = r->result == 1;
	struct date next;

	if (r->kind != JOURNAL_VISIT)
		return true;
	if (met != ((r->has & RSN) != 0) ||
		visit_result_of(r->result, r->reason) == VISIT_NONE)
		return false;
	if (r->has & NEXT && (!date_of_number((int64_t)r->next_day, &next) ||
				     !visit_next_possible(next,
					     date_of_ms((int64_t)r->t).date)))
		return false;
	return (!(r->has & REF) || (r->ref > 0 && r->ref < r->seq)) &&
	       (r->mades == 0 || r->made[r->mades - 1] < r->seq);
}

bool record_decode(const void *body, size_t len, struct record *out,
	const char **finding)
{
	struct cbor_reader in;
	const struct rule *rule;

	*out = (struct record){0};
	cbor_reader_init(&in, body, len);
	*finding = "body is not canonical CBOR";
	if (!cbor_is_canonical(body, len))
		return false;
	*finding = "a key is unknown or its value out of range";
	if (!get_pairs(&in, out))
		return false;
	*finding = "kind is not known";
	rule = rule_of(out->kind);
	if (!rule)
		return false;
	*finding = "keys are not those of its kind";
	if ((out->has & (ALWAYS | rule->must)) != (ALWAYS | rule->must) ||
		(out->has & ~(ALWAYS | rule->must | rule->may)) != 0)
		return false;
	*finding = "a late record without its time, or by hand without a pad";
	if (!is_late_in_full(out))
		return false;
	*finding = "not what a consent, a refusal or a withdrawal says";
	if (!is_an_answer(out))
		return false;
	*finding = "a visit of no known result, or with an impossible day";
	if (!is_visit_in_full(out))
		return false;
	*finding = NULL;
	return true;
}

void record_count(const struct record *r, struct journal_totals *tot)
{
	const int64_t amount = (int64_t)r->amount;

	switch (r->kind) {
	case JOURNAL_PAY:
		tot->paid_gross += amount;
		tot->payments++;
		break;
	case JOURNAL_VOID:
		tot->void_gross += amount;
		tot->voids++;
		break;
	case JOURNAL_FLOAT_IN:
		tot->float_in += amount;
		break;
	case JOURNAL_FLOAT_OUT:
		tot->float_out += amount;
		break;
	}
}

void totals_pack(const struct journal_totals *tot, uint8_t out[TOTALS_BYTES])
{
	struct buf b;

	buf_init(&b, out, TOTALS_BYTES);
	buf_be(&b, (uint64_t)tot->paid_gross, 8);
	buf_be(&b, (uint64_t)tot->void_gross, 8);
	buf_be(&b, (uint64_t)tot->float_in, 8);
	buf_be(&b, (uint64_t)tot->float_out, 8);
	buf_be(&b, (uint64_t)tot->payments, 8);
	buf_be(&b, (uint64_t)tot->voids, 8);
}

void totals_unpack(const uint8_t in[TOTALS_BYTES], struct journal_totals *tot)
{
	int64_t v[JOURNAL_TOTALS];

	for (int i = 0; i < JOURNAL_TOTALS; i++) {
		uint64_t bits = 0;

		for (int k = 0; k < 8; k++)
			bits = bits << 8 | in[8 * i + k];
		v[i] = (int64_t)bits;
	}
	*tot = (struct journal_totals){.paid_gross = v[0],
		.void_gross = v[1],
		.float_in = v[2],
		.float_out = v[3],
		.payments = v[4],
		.voids = v[5]};
}
