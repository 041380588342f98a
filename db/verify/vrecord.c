#include "db/verify/vrecord.h"

#include <assert.h>
#include <string.h>

#include "core/crypto.h"
#include "db/verify/vcbor.h"

const int64_t vrecord_notes[VRECORD_NOTES] = {500000, 200000, 100000, 50000,
	20000, 10000, 5000, 2000, 1000};

/* ---- which kind carries which key (db/README.md) --------------------------
 */

#define BIT(key) (UINT64_C(1) << (key))
#define ALWAYS                                                                 \
	(BIT(VKEY_V) | BIT(VKEY_DEV) | BIT(VKEY_SEQ) | BIT(VKEY_KIND) |        \
		BIT(VKEY_T) | BIT(VKEY_MONO) | BIT(VKEY_BOOT) | BIT(VKEY_TQ) | \
		BIT(VKEY_ACTOR) | BIT(VKEY_TOT))

enum {
	NUMBER_MAX = 9999999, /* of a user */
	PURPOSES_MAX = 0xffff
};

static const struct kind {
	const char *name;
	uint64_t must; /* beyond ALWAYS and, but for START, the shift */
	uint64_t may;
} kinds[] = {
	[VKIND_START] = {"START", BIT(VKEY_KPUB), 0},
	[VKIND_KEYROLL] = {"KEYROLL", BIT(VKEY_KPUB), 0},
	[VKIND_OPEN] = {"OPEN", 0, BIT(VKEY_FL)},
	[VKIND_CLOSE] = {"CLOSE",
		BIT(VKEY_AMT) | BIT(VKEY_ASIG) | BIT(VKEY_CNT),
		BIT(VKEY_COSIG) | BIT(VKEY_RSN) | BIT(VKEY_FL)},
	[VKIND_NULL] = {"NULL", 0, BIT(VKEY_RSN)},
	[VKIND_LOGIN] = {"LOGIN", 0, 0},
	[VKIND_LOGOUT] = {"LOGOUT", 0, 0},
	[VKIND_LOGIN_FAIL] = {"LOGIN_FAIL", 0, BIT(VKEY_RSN)},
	[VKIND_CLOCK] = {"CLOCK", BIT(VKEY_RSN), BIT(VKEY_ASIG)},
	[VKIND_PAY] = {"PAY",
		BIT(VKEY_AMT) | BIT(VKEY_PER) | BIT(VKEY_PDC) | BIT(VKEY_ASIG) |
			BIT(VKEY_ITEMS) | BIT(VKEY_WHO),
		BIT(VKEY_COSIG) | BIT(VKEY_FL) | BIT(VKEY_TEV) | BIT(VKEY_PAD) |
			BIT(VKEY_CNT)},
	[VKIND_PRINT] = {"PRINT", BIT(VKEY_REF) | BIT(VKEY_RES), 0},
	[VKIND_HANDED] = {"HANDED", BIT(VKEY_REF),
		BIT(VKEY_COSIG) | BIT(VKEY_CNT)},
	[VKIND_VOID] = {"VOID",
		BIT(VKEY_REF) | BIT(VKEY_AMT) | BIT(VKEY_RSN) | BIT(VKEY_ASIG) |
			BIT(VKEY_ITEMS),
		BIT(VKEY_COSIG) | BIT(VKEY_FL)},
	[VKIND_REPRINT] = {"REPRINT",
		BIT(VKEY_REF) | BIT(VKEY_RSN) | BIT(VKEY_RES), 0},
	[VKIND_VOID_RETURNED] = {"VOID_RETURNED",
		BIT(VKEY_REF) | BIT(VKEY_AMT) | BIT(VKEY_ASIG), 0},
	[VKIND_FLOAT_IN] = {"FLOAT_IN",
		BIT(VKEY_AMT) | BIT(VKEY_ASIG) | BIT(VKEY_CNT), 0},
	[VKIND_FLOAT_OUT] = {"FLOAT_OUT",
		BIT(VKEY_AMT) | BIT(VKEY_ASIG) | BIT(VKEY_CNT), 0},
	[VKIND_COUNT] = {"COUNT",
		BIT(VKEY_AMT) | BIT(VKEY_ASIG) | BIT(VKEY_CNT), 0},
	[VKIND_OVER_SHORT] = {"OVER_SHORT",
		BIT(VKEY_AMT) | BIT(VKEY_RSN) | BIT(VKEY_RES), BIT(VKEY_COSIG)},
	[VKIND_CONSENT] = {"CONSENT", BIT(VKEY_PDC) | BIT(VKEY_RSUM),
		BIT(VKEY_REF) | BIT(VKEY_NOTICE) | BIT(VKEY_PURPOSES) |
			BIT(VKEY_EXPIRES)},
	[VKIND_ACCOUNT] = {"ACCOUNT", BIT(VKEY_PDC),
		BIT(VKEY_REF) | BIT(VKEY_RSN) | BIT(VKEY_RES) | BIT(VKEY_WHO) |
			BIT(VKEY_VIA) | BIT(VKEY_NAMES)},
	[VKIND_CONSENT_REFUSED] = {"CONSENT_REFUSED",
		BIT(VKEY_PDC) | BIT(VKEY_RSUM),
		BIT(VKEY_RSN) | BIT(VKEY_NOTICE) | BIT(VKEY_PURPOSES)},
	[VKIND_CONSENT_WITHDRAWN] = {"CONSENT_WITHDRAWN", BIT(VKEY_PDC),
		BIT(VKEY_REF) | BIT(VKEY_RSN) | BIT(VKEY_PURPOSES)},
	[VKIND_VIEW] = {"VIEW", BIT(VKEY_PDC),
		BIT(VKEY_RSN) | BIT(VKEY_REF) | BIT(VKEY_RES)},
	[VKIND_VISIT] = {"VISIT", BIT(VKEY_PDC) | BIT(VKEY_RES),
		BIT(VKEY_REF) | BIT(VKEY_RSN) | BIT(VKEY_NEXT) |
			BIT(VKEY_MADE)},
	[VKIND_REVIEW] = {"REVIEW", BIT(VKEY_PDC) | BIT(VKEY_RES),
		BIT(VKEY_RSN)},
	[VKIND_NOT_PAID] = {"NOT_PAID", BIT(VKEY_PDC) | BIT(VKEY_RES), 0},
	[VKIND_ACCOUNT_STATE] = {"ACCOUNT_STATE", BIT(VKEY_PDC) | BIT(VKEY_RES),
		BIT(VKEY_REF) | BIT(VKEY_PER) | BIT(VKEY_RSN) | BIT(VKEY_ASIG) |
			BIT(VKEY_COSIG) | BIT(VKEY_FL)},
	[VKIND_CHANGE] = {"CHANGE",
		BIT(VKEY_PER) | BIT(VKEY_PDC) | BIT(VKEY_RES), BIT(VKEY_RSN)},
	[VKIND_IMPORT] = {"IMPORT", BIT(VKEY_RSUM), BIT(VKEY_RES)},
	[VKIND_EXPORT] = {"EXPORT", BIT(VKEY_RSUM) | BIT(VKEY_RES), 0},
	[VKIND_UPLOAD_ACK] = {"UPLOAD_ACK", BIT(VKEY_ACK), 0},
	[VKIND_RELEASE] = {"RELEASE",
		BIT(VKEY_PER) | BIT(VKEY_ENT) | BIT(VKEY_PEER), BIT(VKEY_HOP)},
	[VKIND_ACQUIRE] = {"ACQUIRE",
		BIT(VKEY_REF) | BIT(VKEY_PER) | BIT(VKEY_ENT) | BIT(VKEY_RSUM) |
			BIT(VKEY_PEER),
		BIT(VKEY_HOP)},
	[VKIND_CONFIG] = {"CONFIG", BIT(VKEY_RSUM),
		BIT(VKEY_ASIG) | BIT(VKEY_KPUB) | BIT(VKEY_LINE) |
			BIT(VKEY_UNTIL)},
	[VKIND_REVLIST] = {"REVLIST", BIT(VKEY_RSUM) | BIT(VKEY_RES),
		BIT(VKEY_BARRED)},
	[VKIND_APPROVE] = {"APPROVE",
		BIT(VKEY_ASIG) | BIT(VKEY_RSUM) | BIT(VKEY_RES) |
			BIT(VKEY_PEER),
		BIT(VKEY_AMT) | BIT(VKEY_RSN)},
	[VKIND_MARKS] = {"MARKS",
		BIT(VKEY_REF) | BIT(VKEY_RSUM) | BIT(VKEY_RES) | BIT(VKEY_PEER),
		0},
	[VKIND_COMPLAINT] = {"COMPLAINT", BIT(VKEY_REF) | BIT(VKEY_RSN), 0},
	[VKIND_FAULT_BEGIN] = {"FAULT_BEGIN", BIT(VKEY_RSN), BIT(VKEY_RSUM)},
	[VKIND_FAULT_END] = {"FAULT_END", BIT(VKEY_REF) | BIT(VKEY_RSN), 0},
	[VKIND_RECOVERY] = {"RECOVERY", BIT(VKEY_RES), BIT(VKEY_REF)},
	[VKIND_END] = {"END", BIT(VKEY_RSN), 0},
};

static const struct kind *kind_of(uint64_t kind)
{
	if (kind >= sizeof(kinds) / sizeof(kinds[0]) || !kinds[kind].name)
		return NULL;
	return &kinds[kind];
}

const char *vrecord_kind_name(uint64_t kind)
{
	const struct kind *k = kind_of(kind);

	return k ? k->name : "unknown";
}

bool vrecord_has(const struct vrecord *r, enum vkey key)
{
	return (r->has & BIT(key)) != 0;
}

static void fault(struct vrecord *r, int check, const char *text)
{
	if (r->faults < VRECORD_FAULTS)
		r->fault[r->faults++] =
			(struct vfault){.check = check, .text = text};
}

/* ---- values ----------------------------------------------------------------
 */

/* Keys that are one number or one string of bytes of a fixed size. */
static const struct field {
	size_t at;  /* in struct vrecord */
	size_t len; /* bytes; 0: a number */
} fields[VKEY_LAST + 1] = {
	[VKEY_DEV] = {offsetof(struct vrecord, dev), VRECORD_ID},
	[VKEY_SEQ] = {offsetof(struct vrecord, seq), 0},
	[VKEY_KIND] = {offsetof(struct vrecord, kind), 0},
	[VKEY_T] = {offsetof(struct vrecord, t), 0},
	[VKEY_MONO] = {offsetof(struct vrecord, mono), 0},
	[VKEY_BOOT] = {offsetof(struct vrecord, boot), VRECORD_BOOT},
	[VKEY_TQ] = {offsetof(struct vrecord, tq), 0},
	[VKEY_ACTOR] = {offsetof(struct vrecord, actor), 0},
	[VKEY_SHIFT] = {offsetof(struct vrecord, shift), 0},
	[VKEY_REF] = {offsetof(struct vrecord, ref), 0},
	[VKEY_PER] = {offsetof(struct vrecord, per), 0},
	[VKEY_ENT] = {offsetof(struct vrecord, ent), VRECORD_ID},
	[VKEY_PDC] = {offsetof(struct vrecord, pdc), VRECORD_HASH},
	[VKEY_RSN] = {offsetof(struct vrecord, rsn), 0},
	[VKEY_ASIG] = {offsetof(struct vrecord, asig), VRECORD_SIG},
	[VKEY_FL] = {offsetof(struct vrecord, fl), 0},
	[VKEY_TEV] = {offsetof(struct vrecord, tev), 0},
	[VKEY_KPUB] = {offsetof(struct vrecord, kpub), VRECORD_HASH},
	[VKEY_RSUM] = {offsetof(struct vrecord, rsum), VRECORD_HASH},
	[VKEY_RES] = {offsetof(struct vrecord, res), 0},
	[VKEY_WHO] = {offsetof(struct vrecord, who), 0},
	[VKEY_PEER] = {offsetof(struct vrecord, peer), VRECORD_ID},
	[VKEY_EXPIRES] = {offsetof(struct vrecord, expires), 0},
	[VKEY_VIA] = {offsetof(struct vrecord, via), 0},
	[VKEY_NAMES] = {offsetof(struct vrecord, names), 0},
	[VKEY_NEXT] = {offsetof(struct vrecord, next_day), 0},
	[VKEY_HOP] = {offsetof(struct vrecord, hop), 0},
};

static bool read_field(struct vcbor *in, struct vrecord *r, uint64_t key)
{
	uint8_t *at = (uint8_t *)r + fields[key].at;
	uint64_t number;

	assert(fields[key].at > 0 || key == VKEY_DEV);
	if (fields[key].len > 0)
		return vcbor_bytes(in, at, fields[key].len);
	if (!vcbor_uint(in, &number) || number > INT64_MAX)
		return false;
	memcpy(at, &number, sizeof(number));
	return true;
}

static bool read_totals(struct vcbor *in, struct vrecord *r)
{
	uint64_t count;

	if (!vcbor_array(in, &count) || count != VTOTAL_COUNT)
		return false;
	for (int i = 0; i < VTOTAL_COUNT; i++)
		if (!vcbor_int(in, &r->tot[i]))
			return false;
	return true;
}

/* Each banknote once, the highest first, at least one piece of it. */
static bool read_notes(struct vcbor *in, struct vrecord *r)
{
	uint64_t count;
	uint64_t pair;
	uint64_t note;
	uint64_t pieces;
	int i = -1;

	if (!vcbor_array(in, &count))
		return false;
	for (; count > 0; count--) {
		if (!vcbor_array(in, &pair) || pair != 2 ||
			!vcbor_uint(in, &note) || !vcbor_uint(in, &pieces) ||
			pieces == 0 || pieces > INT32_MAX)
			return false;
		do
			i++;
		while (i < VRECORD_NOTES && vrecord_notes[i] != (int64_t)note);
		if (i == VRECORD_NOTES)
			return false;
		r->pieces[i] = (int64_t)pieces;
		r->counted += (int64_t)pieces * vrecord_notes[i];
	}
	return true;
}

static bool read_items(struct vcbor *in, struct vrecord *r)
{
	uint64_t count;
	uint64_t parts;

	if (!vcbor_array(in, &count) || count == 0 || count > VRECORD_ITEMS)
		return false;
	for (uint64_t i = 0; i < count; i++) {
		struct vitem *it = &r->item[i];

		if (!vcbor_array(in, &parts) || parts != 4 ||
			!vcbor_bytes(in, it->ent, sizeof(it->ent)) ||
			!vcbor_uint(in, &it->period) ||
			!vcbor_uint(in, &it->what) || it->what < 1 ||
			it->what > 5 || !vcbor_int(in, &it->amount))
			return false;
	}
	r->items = (size_t)count;
	return true;
}

static bool read_cosig(struct vcbor *in, struct vrecord *r)
{
	uint64_t two;

	return vcbor_array(in, &two) && two == 2 &&
	       vcbor_uint(in, &r->approver) && r->approver <= INT64_MAX &&
	       vcbor_bytes(in, r->cosig, sizeof(r->cosig));
}

static bool read_pad(struct vcbor *in, struct vrecord *r)
{
	struct vcbor_item item;

	if (!vcbor_next(in, &item) || item.type != VCBOR_TEXT ||
		item.value == 0 || item.value >= sizeof(r->pad))
		return false;
	for (uint64_t i = 0; i < item.value; i++)
		if (item.bytes[i] < '0' || item.bytes[i] > '9')
			return false;
	memcpy(r->pad, item.bytes, item.value);
	return true;
}

/* Printable ASCII, so that it says the same wherever it is shown. */
static bool read_line(struct vcbor *in, struct vrecord *r)
{
	struct vcbor_item item;

	if (!vcbor_next(in, &item) || item.type != VCBOR_TEXT ||
		item.value == 0 || item.value >= sizeof(r->line))
		return false;
	for (uint64_t i = 0; i < item.value; i++)
		if (item.bytes[i] < 0x20 || item.bytes[i] > 0x7e)
			return false;
	memcpy(r->line, item.bytes, item.value);
	return true;
}

static bool read_ack(struct vcbor *in, struct vrecord *r)
{
	struct vcbor_item item;

	if (!vcbor_next(in, &item) || item.type != VCBOR_BYTES ||
		item.value == 0 || item.value > VRECORD_ACK_MAX)
		return false;
	memcpy(r->ack, item.bytes, item.value);
	r->ack_len = item.value;
	return true;
}

/* A user, and a day of the calendar as YYYYMMDD. */
static bool read_until(struct vcbor *in, struct vrecord *r)
{
	uint64_t two;

	return vcbor_array(in, &two) && two == 2 &&
	       vcbor_uint(in, &r->until_user) && r->until_user > 0 &&
	       r->until_user <= NUMBER_MAX && vcbor_uint(in, &r->until) &&
	       r->until >= 19000101 && r->until <= 21991231 &&
	       r->until / 100 % 100 >= 1 && r->until / 100 % 100 <= 12 &&
	       r->until % 100 >= 1 && r->until % 100 <= 31;
}

/* Numbers of users, each once and in their order. */
static bool read_barred(struct vcbor *in, struct vrecord *r)
{
	uint64_t count;
	uint64_t n;
	uint64_t before = 0;

	if (!vcbor_array(in, &count) || count == 0 || count > VRECORD_BARRED)
		return false;
	for (uint64_t i = 0; i < count; i++) {
		if (!vcbor_uint(in, &n) || n <= before || n > NUMBER_MAX)
			return false;
		r->barred[i] = (uint32_t)n;
		before = n;
	}
	r->barreds = (size_t)count;
	return true;
}

/* Small letters, digits and '-'. */
static bool read_notice(struct vcbor *in, struct vrecord *r)
{
	struct vcbor_item item;

	if (!vcbor_next(in, &item) || item.type != VCBOR_TEXT ||
		item.value == 0 || item.value >= sizeof(r->notice))
		return false;
	for (uint64_t i = 0; i < item.value; i++) {
		const uint8_t c = item.bytes[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') &&
			c != '-')
			return false;
	}
	memcpy(r->notice, item.bytes, item.value);
	return true;
}

/* What was asked, and what of it was agreed to. */
static bool read_purposes(struct vcbor *in, struct vrecord *r)
{
	uint64_t two;

	return vcbor_array(in, &two) && two == 2 && vcbor_uint(in, &r->asked) &&
	       r->asked <= PURPOSES_MAX && vcbor_uint(in, &r->yes) &&
	       (r->yes | r->asked) == r->asked;
}

/* Numbers of records, each once and in their order. */
static bool read_made(struct vcbor *in, struct vrecord *r)
{
	uint64_t before = 0;
	uint64_t count;

	if (!vcbor_array(in, &count) || count == 0 || count > VRECORD_MADE)
		return false;
	for (uint64_t i = 0; i < count; i++) {
		if (!vcbor_uint(in, &r->made[i]) || r->made[i] <= before ||
			r->made[i] > INT64_MAX)
			return false;
		before = r->made[i];
	}
	r->mades = (size_t)count;
	return true;
}

static bool read_value(struct vcbor *in, struct vrecord *r, uint64_t key)
{
	uint64_t version;

	switch (key) {
	case VKEY_V:
		return vcbor_uint(in, &version) && version == 1;
	case VKEY_TOT:
		return read_totals(in, r);
	case VKEY_AMT:
		return vcbor_int(in, &r->amt);
	case VKEY_COSIG:
		return read_cosig(in, r);
	case VKEY_PAD:
		return read_pad(in, r);
	case VKEY_LINE:
		return read_line(in, r);
	case VKEY_ACK:
		return read_ack(in, r);
	case VKEY_CNT:
		return read_notes(in, r);
	case VKEY_ITEMS:
		return read_items(in, r);
	case VKEY_UNTIL:
		return read_until(in, r);
	case VKEY_BARRED:
		return read_barred(in, r);
	case VKEY_NOTICE:
		return read_notice(in, r);
	case VKEY_PURPOSES:
		return read_purposes(in, r);
	case VKEY_MADE:
		return read_made(in, r);
	default:
		return read_field(in, r, key);
	}
}

/* ---- the body --------------------------------------------------------------
 */

static const char *const bad_value[VKEY_LAST + 1] = {
	[VKEY_V] = "key 1: version is not 1",
	[VKEY_DEV] = "key 2: no device id of 16 bytes",
	[VKEY_SEQ] = "key 3: no number",
	[VKEY_KIND] = "key 4: no number",
	[VKEY_T] = "key 5: no time",
	[VKEY_MONO] = "key 6: no time since boot",
	[VKEY_BOOT] = "key 7: no boot id of 8 bytes",
	[VKEY_TQ] = "key 8: no clock quality",
	[VKEY_ACTOR] = "key 9: no user number",
	[VKEY_SHIFT] = "key 10: no shift number",
	[VKEY_TOT] = "key 11: not six totals",
	[VKEY_REF] = "key 12: no record number",
	[VKEY_AMT] = "key 13: no amount",
	[VKEY_PER] = "key 14: no period",
	[VKEY_ENT] = "key 15: no entitlement of 16 bytes",
	[VKEY_PDC] = "key 16: no commitment of 32 bytes",
	[VKEY_RSN] = "key 17: no reason code",
	[VKEY_ASIG] = "key 18: no signature of 64 bytes",
	[VKEY_COSIG] = "key 19: no approver and signature",
	[VKEY_FL] = "key 20: no flags",
	[VKEY_TEV] = "key 21: no time",
	[VKEY_PAD] = "key 22: no pad number in digits",
	[VKEY_KPUB] = "key 23: no public key of 32 bytes",
	[VKEY_RSUM] = "key 24: no hash of 32 bytes",
	[VKEY_ACK] = "key 25: no checkpoint",
	[VKEY_CNT] = "key 26: no banknotes, the highest first",
	[VKEY_ITEMS] = "key 27: no items",
	[VKEY_RES] = "key 28: no result code",
	[VKEY_WHO] = "key 29: no payee",
	[VKEY_PEER] = "key 30: no device id of 16 bytes",
	[VKEY_LINE] = "key 31: no line of printable ASCII",
	[VKEY_UNTIL] = "key 32: no user and last day",
	[VKEY_BARRED] = "key 33: no users in the order of their numbers",
	[VKEY_NOTICE] = "key 34: no name of a text",
	[VKEY_PURPOSES] = "key 35: no purposes, or a yes to what was not "
			  "asked",
	[VKEY_EXPIRES] = "key 36: no last day",
	[VKEY_VIA] = "key 37: no number",
	[VKEY_NAMES] = "key 38: no number",
	[VKEY_NEXT] = "key 40: no day to come again",
	[VKEY_MADE] = "key 41: no records in the order of their numbers",
	[VKEY_HOP] = "key 46: no count of moves",
};

/* One pair; whatever it is, in stands behind it afterwards. */
static void read_pair(struct vcbor *in, const uint8_t *body, struct vrecord *r)
{
	const size_t from = (size_t)(in->at - body);
	struct vcbor value;
	uint64_t key = 0;

	vcbor_uint(in, &key);
	value = *in;
	vcbor_skip(in, 3);
	if (key == VKEY_ASIG || key == VKEY_COSIG) {
		if (r->sign_keys++ == 0)
			r->sign_from = from;
		r->sign_to = (size_t)(in->at - body);
	}
	if (key >= VKEY_FREE)
		return;
	if (key == 0 || key > VKEY_LAST || !bad_value[key]) {
		fault(r, 36, "a key below 64 that is not known");
		return;
	}
	value.end = in->at;
	if (read_value(&value, r, key))
		r->has |= BIT(key);
	else
		fault(r, 3, bad_value[key]);
}

/* Beside SIGFAIL, which any kind may have. */
static uint64_t flags_of(uint64_t kind)
{
	switch (kind) {
	case VKIND_PAY:
		return VFLAG_LATE | VFLAG_HANDWRITTEN | VFLAG_NO_PRINTER |
		       VFLAG_OVERRIDE;
	case VKIND_OPEN:
	case VKIND_CLOSE:
	case VKIND_VOID:
	case VKIND_ACCOUNT_STATE:
		return VFLAG_OVERRIDE;
	}
	return 0;
}

static void check_flags(struct vrecord *r)
{
	if (!vrecord_has(r, VKEY_FL))
		return;
	if (r->fl == 0)
		fault(r, 3, "key 20: flags of nothing");
	if (r->fl & ~(uint64_t)VFLAG_ALL)
		fault(r, 3, "key 20: a flag that is not known");
	else if (r->fl & ~(flags_of(r->kind) | VFLAG_SIGFAIL))
		fault(r, 3, "key 20: a flag that this kind may not have");
}

/* Results of visits and their reasons (core/visit_result.h, once more). */
static bool is_visit_reason(uint64_t rsn)
{
	return (rsn >= 10 && rsn <= 12) || (rsn >= 20 && rsn <= 24) ||
	       rsn == 29 || (rsn >= 30 && rsn <= 35) || rsn == 39;
}

static void check_visit(struct vrecord *r)
{
	const bool met = r->res == 1;

	if (r->res != 9 && (r->res < 1 || r->res > 4))
		fault(r, 3, "key 28: a result of a visit that is not known");
	if (met != vrecord_has(r, VKEY_RSN))
		fault(r, 3, "key 17: only what was said when he was met");
	else if (met && !is_visit_reason(r->rsn))
		fault(r, 3, "key 17: a result of a visit that is not known");
}

static void check_ranges(struct vrecord *r)
{
	const uint64_t month = r->per % 100;

	if (vrecord_has(r, VKEY_PER) &&
		(r->per < 190001 || r->per > 219912 || month < 1 || month > 12))
		fault(r, 3, "key 14: not a month as YYYYMM");
	for (size_t i = 0; i < r->items; i++) {
		const uint64_t m = r->item[i].period % 100;

		if (r->item[i].period < 190001 || r->item[i].period > 219912 ||
			m < 1 || m > 12)
			fault(r, 3, "key 27: not a month as YYYYMM");
	}
	if (vrecord_has(r, VKEY_WHO) && (r->who < 1 || r->who > 5))
		fault(r, 3, "key 29: a payee that is not known");
	if (r->kind == VKIND_VISIT)
		check_visit(r);
	check_flags(r);
}

static void check_kind(struct vrecord *r)
{
	const struct kind *k = kind_of(r->kind);
	uint64_t must = ALWAYS;
	uint64_t may;

	if (!vrecord_has(r, VKEY_KIND))
		return;
	if (!k) {
		fault(r, 3, "kind is not known");
		return;
	}
	must |= k->must;
	if (r->kind != VKIND_START)
		must |= BIT(VKEY_SHIFT);
	may = must | k->may;
	/* A record that could not be signed says so, whatever it is. */
	if (vrecord_has(r, VKEY_FL) && (r->fl & VFLAG_SIGFAIL) &&
		r->kind != VKIND_START && r->kind != VKIND_KEYROLL)
		may |= BIT(VKEY_FL);
	if (must & ~r->has)
		fault(r, 3, "a key that this kind must carry is missing");
	if (must & ~r->has & BIT(VKEY_PDC))
		fault(r, 27, "personal data that nothing commits to");
	if (r->has & ~may)
		fault(r, 3, "a key that this kind may not carry");
}

bool vrecord_read(const uint8_t *body, size_t len, struct vrecord *out)
{
	struct vcbor_item map;
	struct vcbor in;

	memset(out, 0, offsetof(struct vrecord, item));
	memset(&out->items, 0, sizeof(*out) - offsetof(struct vrecord, items));
	if (len > VRECORD_BODY_MAX) {
		fault(out, 36, "body is longer than 4,096 bytes");
		return false;
	}
	switch (vcbor_check_body(body, len)) {
	case VCBOR_NOT_CANONICAL:
		fault(out, 2, "body is not canonical CBOR");
		return false;
	case VCBOR_TOO_DEEP:
		fault(out, 36, "body is deeper than three levels");
		return false;
	case VCBOR_GOOD:
		break;
	}
	vcbor_init(&in, body, len);
	vcbor_next(&in, &map);
	out->pairs = map.value;
	out->body_at = (size_t)(in.at - body);
	for (uint64_t i = 0; i < map.value; i++)
		read_pair(&in, body, out);
	check_kind(out);
	check_ranges(out);
	return true;
}

/* The head of a map; a body of 4,096 bytes never has 65,536 pairs. */
static size_t map_head(uint64_t pairs, uint8_t out[3])
{
	if (pairs < 24) {
		out[0] = (uint8_t)(0xa0 | pairs);
		return 1;
	}
	if (pairs < 0x100) {
		out[0] = 0xb8;
		out[1] = (uint8_t)pairs;
		return 2;
	}
	out[0] = 0xb9;
	out[1] = (uint8_t)(pairs >> 8);
	out[2] = (uint8_t)pairs;
	return 3;
}

void vrecord_act_digest(const struct vrecord *r, const uint8_t *body,
	size_t len, uint8_t out[VRECORD_HASH])
{
	uint8_t head[3];
	struct crypto_hash h;
	const size_t from = r->sign_keys ? r->sign_from : len;
	const size_t to = r->sign_keys ? r->sign_to : len;

	crypto_hash_start(&h);
	crypto_hash_add(&h, head, map_head(r->pairs - r->sign_keys, head));
	crypto_hash_add(&h, body + r->body_at, from - r->body_at);
	crypto_hash_add(&h, body + to, len - to);
	crypto_hash_end(&h, out);
}
