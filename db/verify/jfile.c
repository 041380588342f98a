#include "db/verify/jfile.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/crypto.h"
#include "db/verify/vcbor.h"
#include "db/verify/vchain.h"

enum {
	BUFFER = 1 << 20, /* the head of a terminal with 20,000 users */
	RECORD_ROOM = 16384,
	HEAD_PAIRS = 12,
	LATER_PAIRS = 13, /* of a file that begins in the middle */
	END_PAIRS = 5,
	POINT_MAX = 64
};

struct jfile {
	FILE *in;
	uint8_t *buffer;
	size_t len;             /* bytes in it */
	size_t at;              /* of them taken */
	struct crypto_hash sum; /* of all that was taken */
	bool io_failed;
	uint64_t rows;
	/* What the head says. */
	struct audit_begin begin;
	uint64_t last;
	uint8_t last_h[VRECORD_HASH];
};

/* See to it that wanted bytes are there, or all that are left. */
static size_t fill(struct jfile *f, size_t wanted)
{
	if (f->len - f->at >= wanted)
		return f->len - f->at;
	memmove(f->buffer, f->buffer + f->at, f->len - f->at);
	f->len -= f->at;
	f->at = 0;
	f->len += fread(f->buffer + f->len, 1, BUFFER - f->len, f->in);
	if (ferror(f->in))
		f->io_failed = true;
	return f->len;
}

static void take(struct jfile *f, const struct vcbor *after)
{
	const size_t end = (size_t)(after->at - f->buffer);

	crypto_hash_add(&f->sum, f->buffer + f->at, end - f->at);
	f->at = end;
}

/* ---- the head --------------------------------------------------------------
 */

static bool key_is(struct vcbor *in, uint64_t wanted)
{
	uint64_t key;

	return vcbor_uint(in, &key) && key == wanted;
}

static bool text_is(struct vcbor *in, const char *wanted)
{
	struct vcbor_item item;

	return vcbor_next(in, &item) && item.type == VCBOR_TEXT &&
	       item.value == strlen(wanted) &&
	       memcmp(item.bytes, wanted, item.value) == 0;
}

static bool read_totals(struct vcbor *in, int64_t tot[VTOTAL_COUNT])
{
	uint64_t count;

	if (!vcbor_array(in, &count) || count != VTOTAL_COUNT)
		return false;
	for (int i = 0; i < VTOTAL_COUNT; i++)
		if (!vcbor_int(in, &tot[i]) || tot[i] < 0)
			return false;
	return true;
}

static bool read_users(struct vcbor *in, struct keyring *keys,
	struct vreport *report)
{
	uint8_t key[VRECORD_HASH];
	uint64_t count;
	uint64_t three;
	uint64_t number;
	uint64_t role;
	uint64_t before = 0;

	if (!vcbor_array(in, &count))
		return false;
	for (; count > 0; count--, before = number) {
		if (!vcbor_array(in, &three) || three != 3 ||
			!vcbor_uint(in, &number) || !vcbor_uint(in, &role) ||
			!vcbor_bytes(in, key, sizeof(key)) || number <= before)
			return false;
		switch (keyring_add_user(keys, number, role, key)) {
		case KEYRING_NEW:
		case KEYRING_KNOWN:
			break;
		case KEYRING_OTHER:
			vreport_find(report, 0, 23,
				"key or role of user %llu is not that of the "
				"keys file",
				(unsigned long long)number);
			break;
		case KEYRING_REFUSED:
			return false;
		}
	}
	return true;
}

static bool read_point(struct vcbor *in)
{
	struct vcbor_item item;

	return vcbor_next(in, &item) && item.type == VCBOR_TEXT &&
	       item.value <= POINT_MAX;
}

/* Key 12: the limits that were changed before the first record. */
static bool read_limits(struct vcbor *in, struct audit_begin *b)
{
	struct vcbor_item item;
	uint64_t count;

	if (!key_is(in, 12) || !vcbor_array(in, &count) ||
		count > AUDIT_BEGIN_LIMITS)
		return false;
	b->has_limits = true;
	for (; b->limits < count; b->limits++) {
		if (!vcbor_next(in, &item) || item.type != VCBOR_TEXT ||
			item.value >= VRECORD_LINE_MAX)
			return false;
		memcpy(b->limit[b->limits], item.bytes, item.value);
	}
	return true;
}

static bool read_head(struct jfile *f, struct vcbor *in, struct keyring *keys,
	struct vreport *report)
{
	struct audit_begin *b = &f->begin;
	struct vcbor_item map;
	uint64_t version;

	b->has_device_key = true;
	b->has_before = true;
	b->has_tot = true;
	return vcbor_next(in, &map) && map.type == VCBOR_MAP &&
	       (map.value == HEAD_PAIRS || map.value == LATER_PAIRS) &&
	       key_is(in, 0) && text_is(in, "CHITRA-JOURNAL") &&
	       key_is(in, 1) && vcbor_uint(in, &version) && version == 1 &&
	       key_is(in, 2) && vcbor_bytes(in, b->dev, sizeof(b->dev)) &&
	       key_is(in, 3) &&
	       vcbor_bytes(in, b->device_key, sizeof(b->device_key)) &&
	       key_is(in, 4) && vcbor_uint(in, &b->first) && b->first > 0 &&
	       key_is(in, 5) && vcbor_uint(in, &f->last) &&
	       f->last >= b->first - 1 && f->last <= INT64_MAX &&
	       key_is(in, 6) && vcbor_bytes(in, b->h, sizeof(b->h)) &&
	       key_is(in, 7) && vcbor_bytes(in, f->last_h, sizeof(f->last_h)) &&
	       key_is(in, 8) && vcbor_bytes(in, b->key, sizeof(b->key)) &&
	       key_is(in, 9) && read_totals(in, b->tot) && key_is(in, 10) &&
	       read_users(in, keys, report) && key_is(in, 11) &&
	       read_point(in) &&
	       (map.value == HEAD_PAIRS ||
		       (b->first > 1 && read_limits(in, b)));
}

/* What the head repeats must be what follows from it. */
static void check_head(const struct jfile *f, const struct keyring *keys,
	struct vreport *report)
{
	const struct audit_begin *b = &f->begin;
	const struct keyring_epoch *e = keyring_epoch(keys, b->dev, b->first);
	static const int64_t nothing[VTOTAL_COUNT];
	uint8_t h[VRECORD_HASH];

	if (b->first > 1) {
		if (e && memcmp(e->key, b->key, sizeof(b->key)) != 0)
			vreport_find(report, 0, 8,
				"the key before the first record is not that "
				"of the keys file");
		if (!e)
			vreport_skip(report, 8,
				"the first key: the file begins in the middle "
				"and no keys file tells of its epoch");
		return;
	}
	vchain_begin(b->dev, b->device_key, h);
	if (memcmp(h, b->h, sizeof(h)) != 0)
		vreport_find(report, 0, 6,
			"the head's first hash is not that of device and key");
	if (memcmp(b->key, b->device_key, sizeof(b->key)) != 0)
		vreport_find(report, 0, 6,
			"the head's first key is not the device's");
	if (memcmp(b->tot, nothing, sizeof(nothing)) != 0)
		vreport_find(report, 0, 12,
			"the head begins with totals that are not zero");
}

/* ---- records ---------------------------------------------------------------
 */

enum next_item {
	ITEM_RECORD,
	ITEM_MAP,
	ITEM_BAD,
	ITEM_NONE,
};

static enum next_item read_record(struct jfile *f, struct vcbor *in,
	struct audit_row *row)
{
	struct vcbor_item item;
	struct vcbor_item body;
	struct vcbor_item sig;
	struct vcbor_item rsig;
	struct vcbor start;

	if (fill(f, RECORD_ROOM) == 0)
		return ITEM_NONE;
	vcbor_init(in, f->buffer + f->at, f->len - f->at);
	start = *in;
	if (!vcbor_next(in, &item))
		return ITEM_BAD;
	if (item.type == VCBOR_MAP) {
		*in = start;
		return ITEM_MAP;
	}
	if (item.type != VCBOR_ARRAY || item.value != 3 ||
		!vcbor_next(in, &body) || body.type != VCBOR_BYTES ||
		!vcbor_next(in, &sig) || sig.type != VCBOR_BYTES ||
		sig.value != VRECORD_SIG || !vcbor_next(in, &rsig) ||
		rsig.type != VCBOR_BYTES ||
		(rsig.value != 0 && rsig.value != VRECORD_SIG))
		return ITEM_BAD;
	*row = (struct audit_row){.body = body.bytes,
		.len = body.value,
		.sig = sig.bytes,
		.rsig = rsig.value ? rsig.bytes : NULL};
	return ITEM_RECORD;
}

/* ---- the end ---------------------------------------------------------------
 */

struct jfile_end {
	uint64_t count;
	uint64_t last;
	uint8_t h[VRECORD_HASH];
	bool has_sig;
	uint8_t sig[VRECORD_SIG];
};

static bool read_end(struct vcbor *in, struct jfile_end *out)
{
	struct vcbor_item item;

	if (!vcbor_next(in, &item) || item.type != VCBOR_MAP ||
		item.value != END_PAIRS || !key_is(in, 0) ||
		!text_is(in, "END") || !key_is(in, 1) ||
		!vcbor_uint(in, &out->count) || !key_is(in, 2) ||
		!vcbor_uint(in, &out->last) || !key_is(in, 3) ||
		!vcbor_bytes(in, out->h, sizeof(out->h)) || !key_is(in, 4) ||
		!vcbor_next(in, &item) || item.type != VCBOR_BYTES ||
		(item.value != 0 && item.value != VRECORD_SIG))
		return false;
	out->has_sig = item.value > 0;
	if (out->has_sig)
		memcpy(out->sig, item.bytes, VRECORD_SIG);
	return true;
}

static void check_end_signature(struct jfile *f, const struct jfile_end *end,
	const struct audit_sum *sum, struct vreport *report)
{
	uint8_t digest[VRECORD_HASH];

	crypto_hash_end(&f->sum, digest);
	if (!end->has_sig)
		vreport_skip(report, 40,
			"the file's end is not signed: newer records may be "
			"in the store");
	else if (!sum->has_key)
		vreport_skip(report, 40,
			"signature of the file's end: the key is not known");
	else if (!crypto_verify_tagged("CHTREXP1", digest, sizeof(digest),
			 sum->key, end->sig))
		vreport_find(report, 0, 40,
			"the signature of the file's end is wrong");
}

static void check_end(struct jfile *f, const struct jfile_end *end,
	const struct audit_sum *sum, struct vreport *report)
{
	if (end->count != sum->records)
		vreport_find(report, 0, 40,
			"the end counts %llu records, the file has %llu",
			(unsigned long long)end->count,
			(unsigned long long)sum->records);
	if (sum->records > 0 &&
		(end->last != sum->last_seq || f->last != sum->last_seq))
		vreport_find(report, 0, 40,
			"head and end name %llu and %llu as the last record, "
			"it is %llu",
			(unsigned long long)f->last,
			(unsigned long long)end->last,
			(unsigned long long)sum->last_seq);
	if (sum->has_h &&
		(memcmp(end->h, sum->h, sizeof(end->h)) != 0 ||
			memcmp(f->last_h, sum->h, sizeof(end->h)) != 0))
		vreport_find(report, 0, 40,
			"head or end name another hash of the last record");
	check_end_signature(f, end, sum, report);
	if (fill(f, 1) > 0)
		vreport_find(report, 0, 1, "bytes behind the end of the file");
}

static bool walk(struct jfile *f, struct audit *a, uint64_t to,
	struct vreport *report, struct err *err)
{
	struct jfile_end end = {0};
	struct audit_sum sum;
	struct audit_row row;
	struct vcbor in;
	enum next_item got;

	while ((got = read_record(f, &in, &row)) == ITEM_RECORD) {
		if (f->begin.first + f->rows > to) {
			audit_end(a, false);
			return true;
		}
		f->rows++;
		if (!audit_row(a, &row, err))
			return false;
		take(f, &in);
	}
	if (f->io_failed)
		return err_set(err, ERR_IO, errno, "read: %s", strerror(errno));
	audit_end(a, true);
	audit_sum(a, &sum);
	if (got == ITEM_NONE)
		vreport_find(report, 0, 1, "the file is cut: it has no end");
	else if (got == ITEM_BAD || !read_end(&in, &end))
		vreport_find(report, 0, 1,
			"behind record %llu comes what is neither a record "
			"nor the end",
			(unsigned long long)sum.last_seq);
	else {
		f->at = (size_t)(in.at - f->buffer);
		check_end(f, &end, &sum, report);
	}
	return true;
}

bool jfile_walk(FILE *in, const struct audit_options *options,
	struct keyring *keys, struct evidence *evidence, struct vreport *report,
	struct err *err)
{
	struct jfile f = {.in = in};
	struct audit *a = NULL;
	struct vcbor head;
	bool ok = false;

	f.buffer = malloc(BUFFER);
	if (!f.buffer)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory");
	crypto_hash_start(&f.sum);
	fill(&f, BUFFER);
	vcbor_init(&head, f.buffer, f.len);
	if (!read_head(&f, &head, keys, report)) {
		err_set(err, ERR_INVALID, 0, "this is no journal file");
		goto out;
	}
	take(&f, &head);
	check_head(&f, keys, report);
	if (!evidence_load(evidence, keys, f.begin.dev, report, err))
		goto out;
	a = audit_new(options, &f.begin, keys, evidence, report);
	if (!a) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory");
		goto out;
	}
	ok = walk(&f, a, options->to, report, err);
	audit_free(a);
out:
	free(f.buffer);
	return ok;
}
