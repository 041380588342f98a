/* vstore_marks.c - paid marks of other terminals against the book: V33, V40. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/crypto.h"
#include "core/lookup.h"
#include "core/str.h"
#include "db/verify/vmap.h"
#include "db/verify/vstore_internal.h"

/* A message, as FORMATS.md lays it out: ver1 dev16 seq5 t6 h16 list8 names8
 * count4 form1, bits, sig64. */
enum {
	DEV_AT = 1,
	SEQ_AT = 17,
	LIST_AT = 44,
	NAMES_AT = 52,
	COUNT_AT = 60,
	FORM_AT = 64,
	BITS_AT = 65,
	SHORT = 8,
	COUNT_MOST = 1 << 20,
	DEV_HEX = 2 * VRECORD_ID, /* in the line of a peer */
	KEY_HEX = 2 * VRECORD_HASH
};

/* The message at hand, and what all of them mark. */
struct marking {
	struct vstore *s;
	struct vreport *report;
	uint64_t seq; /* of its record */
	const uint8_t *bytes;
	size_t len;
	uint8_t *bits; /* a byte a position */
	uint64_t count;
	uint64_t set;
	struct vmap ents; /* a: the first record that marks it */
	bool no_memory;
};

static uint64_t number(const uint8_t *at, int n)
{
	uint64_t v = 0;

	for (; n > 0; n--)
		v = v << 8 | *at++;
	return v;
}

/* How many are left out before each that is set. */
static bool read_gaps(struct marking *m, const uint8_t *at, const uint8_t *end)
{
	uint64_t next = 0;
	uint64_t gap = 0;
	int shift = 0;

	for (; at < end; at++) {
		gap |= (uint64_t)(*at & 0x7f) << shift;
		shift += 7;
		if (shift > 28)
			return false;
		if (*at & 0x80)
			continue;
		if (gap >= m->count - next)
			return false;
		m->bits[next + gap] = 1;
		m->set++;
		next += gap + 1;
		gap = 0;
		shift = 0;
	}
	return shift == 0;
}

static bool read_plain(struct marking *m, const uint8_t *at, size_t len)
{
	if (len != (m->count + 7) / 8)
		return false;
	for (uint64_t i = 0; i < 8 * len; i++) {
		const int bit = at[i / 8] >> (7 - i % 8) & 1;

		if (i >= m->count && bit)
			return false;
		if (i < m->count)
			m->bits[i] = (uint8_t)bit;
		m->set += (uint64_t)bit;
	}
	return true;
}

/* False: it is none. */
static bool read_message(struct marking *m)
{
	m->set = 0;
	if (!m->bytes || m->len < BITS_AT + VRECORD_SIG || m->bytes[0] != 1)
		return false;
	m->count = number(m->bytes + COUNT_AT, 4);
	if (m->count == 0 || m->count > COUNT_MOST)
		return false;
	m->bits = calloc(m->count, 1);
	if (!m->bits) {
		m->no_memory = true;
		return false;
	}
	if (m->bytes[FORM_AT] == 0)
		return read_plain(m, m->bytes + BITS_AT,
			m->len - BITS_AT - VRECORD_SIG);
	return m->bytes[FORM_AT] == 1 &&
	       read_gaps(m, m->bytes + BITS_AT,
		       m->bytes + m->len - VRECORD_SIG);
}

static void check_record(struct marking *m, const struct vrecord *r)
{
	if (r->ref != number(m->bytes + SEQ_AT, 5) ||
		memcmp(r->peer, m->bytes + DEV_AT, VRECORD_ID) != 0 ||
		r->res != m->set)
		vreport_find(m->report, m->seq, 33,
			"does not say what its message says");
}

/* By the one key of that terminal that stays. */
static bool check_signature(struct marking *m, struct err *err)
{
	sqlite3_stmt *st = vstore_prepare(m->s,
		"SELECT public FROM peer WHERE dev = ?1", err);
	const size_t len = m->len - VRECORD_SIG;
	uint8_t digest[VRECORD_HASH];
	bool is_signed = false;
	bool ok = true;

	if (!st)
		return false;
	sqlite3_bind_blob(st, 1, m->bytes + DEV_AT, VRECORD_ID, SQLITE_STATIC);
	crypto_sha256(m->bytes, len, digest);
	while (vstore_row(m->s, st, &ok, err)) {
		const uint8_t *key = vstore_blob(st, 0, VRECORD_HASH);

		is_signed = key && crypto_verify_tagged("CHTRMRK1", digest,
					   sizeof(digest), key, m->bytes + len);
	}
	if (ok && !is_signed)
		vreport_find(m->report, m->seq, 33,
			"its message is not signed by a terminal that is "
			"known");
	return ok;
}

/* The entitlements of its list, in their order; each that is set is marked. */
static bool mark(struct marking *m, struct err *err)
{
	sqlite3_stmt *st = vstore_prepare(m->s,
		"SELECT e.ent FROM entitlement AS e WHERE e.by_account = 0"
		" AND e.list = (SELECT id FROM list"
		" WHERE substr(sha256, 1, 8) = ?1) ORDER BY e.ent",
		err);
	uint8_t names[VRECORD_HASH];
	struct crypto_hash h;
	uint64_t at = 0;
	bool ok = true;

	if (!st)
		return false;
	sqlite3_bind_blob(st, 1, m->bytes + LIST_AT, SHORT, SQLITE_STATIC);
	crypto_hash_start(&h);
	for (; vstore_row(m->s, st, &ok, err); at++) {
		const uint8_t *ent = vstore_blob(st, 0, VRECORD_ID);
		struct vmap_slot *slot;

		if (ent)
			crypto_hash_add(&h, ent, VRECORD_ID);
		if (!ent || at >= m->count || !m->bits[at])
			continue;
		slot = vmap_put(&m->ents, ent);
		if (!slot)
			m->no_memory = true;
		else if (slot->a == 0)
			slot->a = m->seq;
	}
	crypto_hash_end(&h, names);
	if (ok && (at != m->count ||
			  memcmp(names, m->bytes + NAMES_AT, SHORT) != 0))
		vreport_find(m->report, m->seq, 40,
			"its message is of a list that the store does not "
			"have so");
	return ok;
}

static bool check_message(struct marking *m, const uint8_t *body, size_t len,
	struct err *err)
{
	struct vrecord r;
	bool ok = true;

	if (!read_message(m)) {
		vreport_find(m->report, m->seq, 40,
			"table mark_set has what is no message of paid marks");
	} else {
		if (body && vrecord_read(body, len, &r))
			check_record(m, &r);
		ok = check_signature(m, err) && mark(m, err);
	}
	free(m->bits);
	m->bits = NULL;
	return ok;
}

/* No mark too many, and none too few. */
static bool check_marks(struct marking *m, struct err *err)
{
	sqlite3_stmt *st = vstore_prepare(m->s,
		"SELECT ent, seq FROM paid_elsewhere", err);
	uint64_t rows = 0;
	bool ok = true;

	for (; st && vstore_row(m->s, st, &ok, err); rows++) {
		const uint8_t *ent = vstore_blob(st, 0, VRECORD_ID);
		const uint64_t seq = (uint64_t)sqlite3_column_int64(st, 1);
		const struct vmap_slot *slot =
			ent ? vmap_get(&m->ents, ent) : NULL;

		if (!slot || slot->a != seq)
			vreport_find(m->report, seq, 40,
				"table paid_elsewhere has a mark that no "
				"message of this record made");
	}
	if (st && ok && rows != m->ents.used)
		vreport_find(m->report, 0, 40,
			"table paid_elsewhere has %llu marks, the messages "
			"%llu",
			(unsigned long long)rows,
			(unsigned long long)m->ents.used);
	return st && ok;
}

/* ---- whose marks are believed ------------------------------------------------ */

/* A CONFIG with the hash of this line, the newest; 0: none. */
static bool find_line(struct vstore *s, const uint8_t rsum[VRECORD_HASH],
	uint64_t *seq, struct err *err)
{
	sqlite3_stmt *st = vstore_prepare(s,
		"SELECT seq, body FROM journal WHERE instr(body, ?1) > 0"
		" ORDER BY seq",
		err);
	struct vrecord r;
	bool ok = true;

	*seq = 0;
	if (!st)
		return false;
	sqlite3_bind_blob(st, 1, rsum, VRECORD_HASH, SQLITE_STATIC);
	while (vstore_row(s, st, &ok, err)) {
		const uint8_t *body = sqlite3_column_blob(st, 1);

		if (body &&
			vrecord_read(body, (size_t)sqlite3_column_bytes(st, 1),
				&r) &&
			r.kind == VKIND_CONFIG &&
			memcmp(r.rsum, rsum, VRECORD_HASH) == 0)
			*seq = (uint64_t)sqlite3_column_int64(st, 0);
	}
	return ok;
}

/* Nothing of a terminal after it was taken out: record seq. */
static bool check_after(struct vstore *s, const uint8_t *dev, uint64_t seq,
	struct vreport *report, struct err *err)
{
	sqlite3_stmt *st = vstore_prepare(s,
		"SELECT seq, body FROM journal WHERE seq > ?1"
		" AND instr(body, ?2) > 0",
		err);
	struct vrecord r;
	bool ok = true;

	if (!st)
		return false;
	sqlite3_bind_int64(st, 1, (sqlite3_int64)seq);
	sqlite3_bind_blob(st, 2, dev, VRECORD_ID, SQLITE_STATIC);
	while (vstore_row(s, st, &ok, err)) {
		const uint8_t *body = sqlite3_column_blob(st, 1);

		if (body &&
			vrecord_read(body, (size_t)sqlite3_column_bytes(st, 1),
				&r) &&
			(r.kind == VKIND_MARKS || r.kind == VKIND_ACQUIRE ||
				r.kind == VKIND_RELEASE ||
				r.kind == VKIND_APPROVE) &&
			memcmp(r.peer, dev, VRECORD_ID) == 0)
			vreport_find(report,
				(uint64_t)sqlite3_column_int64(st, 0), 33,
				"its terminal was taken out before");
	}
	return ok;
}

/* What table peer_gone says of it: why, 0 not at all, and by which record. */
static bool read_gone(struct vstore *s, const uint8_t *dev, int *why,
	uint64_t *seq, struct err *err)
{
	const enum lookup has = vstore_has_table(s, "peer_gone", err);
	sqlite3_stmt *st;
	bool ok = true;

	*why = 0;
	*seq = 0;
	if (has != LOOKUP_FOUND)
		return has == LOOKUP_ABSENT;
	st = vstore_prepare(s, "SELECT why, seq FROM peer_gone WHERE dev = ?1",
		err);
	if (!st)
		return false;
	sqlite3_bind_blob(st, 1, dev, VRECORD_ID, SQLITE_STATIC);
	while (vstore_row(s, st, &ok, err)) {
		*why = sqlite3_column_int(st, 0);
		*seq = (uint64_t)sqlite3_column_int64(st, 1);
	}
	return ok;
}

/* It is out if, and since, and for what the book says so. */
static bool check_gone(struct vstore *s, const uint8_t *dev,
	struct vreport *report, struct err *err)
{
	static const char *const name[] = {"lost", "replaced", "closed"};
	char line[sizeof("drop  replaced\n") + DEV_HEX];
	char hex[DEV_HEX + 1];
	uint8_t rsum[VRECORD_HASH];
	uint64_t told = 0;
	uint64_t seq;
	int told_why = 0;
	int why;

	str_to_hex(dev, VRECORD_ID, hex);
	for (int i = 0; i < (int)(sizeof(name) / sizeof(name[0])); i++) {
		const int len = snprintf(line, sizeof(line), "drop %s %s\n",
			hex, name[i]);

		crypto_sha256(line, (size_t)len, rsum);
		if (!find_line(s, rsum, &seq, err))
			return false;
		if (seq > told) {
			told = seq;
			told_why = i + 1;
		}
	}
	if (!read_gone(s, dev, &why, &seq, err))
		return false;
	if (why != told_why || seq != told)
		vreport_find(report, told, 40,
			"table peer_gone does not say what the records say of "
			"a terminal that was taken out");
	return told == 0 || check_after(s, dev, told, report, err);
}

static bool check_peer(struct vstore *s, const uint8_t *dev, const uint8_t *key,
	struct vreport *report, struct err *err)
{
	char line[sizeof("peer  \n") + DEV_HEX + KEY_HEX] = "peer ";
	const size_t key_at = strlen(line) + DEV_HEX + 1;
	uint8_t rsum[VRECORD_HASH];
	uint64_t told = 0;

	if (dev && key) {
		str_to_hex(dev, VRECORD_ID, line + strlen(line));
		line[key_at - 1] = ' ';
		str_to_hex(key, VRECORD_HASH, line + key_at);
		line[key_at + KEY_HEX] = '\n';
		crypto_sha256(line, key_at + KEY_HEX + 1, rsum);
		if (!find_line(s, rsum, &told, err) ||
			!check_gone(s, dev, report, err))
			return false;
	}
	if (!told)
		vreport_find(report, 0, 40,
			"table peer has a terminal that no CONFIG record tells "
			"of");
	return true;
}

static bool check_peers(struct vstore *s, struct vreport *report,
	struct err *err)
{
	sqlite3_stmt *st =
		vstore_prepare(s, "SELECT dev, public FROM peer", err);
	bool good = true;
	bool ok = true;

	while (st && vstore_row(s, st, &ok, err))
		good = good &&
		       check_peer(s, vstore_blob(st, 0, VRECORD_ID),
			       vstore_blob(st, 1, VRECORD_HASH), report, err);
	return st && ok && good;
}

bool vstore_check_marks(struct vstore *s, struct vreport *report,
	struct err *err)
{
	sqlite3_stmt *st = vstore_prepare(s,
		"SELECT m.seq, m.bytes, j.body FROM mark_set AS m"
		" LEFT JOIN journal AS j ON j.seq = m.seq ORDER BY m.seq",
		err);
	struct marking m = {.s = s, .report = report};
	bool good = true;
	bool ok = true;

	while (st && vstore_row(s, st, &ok, err)) {
		m.seq = (uint64_t)sqlite3_column_int64(st, 0);
		m.bytes = sqlite3_column_blob(st, 1);
		m.len = (size_t)sqlite3_column_bytes(st, 1);
		good = good &&
		       check_message(&m, sqlite3_column_blob(st, 2),
			       (size_t)sqlite3_column_bytes(st, 2), err);
	}
	good = good && st && ok && check_marks(&m, err);
	vmap_clear(&m.ents);
	if (m.no_memory)
		good = err_set(err, ERR_NO_MEMORY, 0, "no memory");
	return good && check_peers(s, report, err);
}
