/* vstore_consent.c - tables consent, notice and request against the book. */
#include <string.h>

#include "core/crypto.h"
#include "db/verify/vstore_internal.h"

static bool is_consent(uint64_t kind)
{
	return kind == VKIND_CONSENT || kind == VKIND_CONSENT_REFUSED ||
	       kind == VKIND_CONSENT_WITHDRAWN;
}

/* The record in a column; false: there is none that can be read. */
static bool read_record(sqlite3_stmt *st, int column, struct vrecord *r)
{
	const uint8_t *body = sqlite3_column_blob(st, column);

	return body &&
	       vrecord_read(body, (size_t)sqlite3_column_bytes(st, column), r);
}

/* Whose that consent is; 0: nobody's. */
static bool person_of(struct vstore *s, uint64_t seq, int64_t *person,
	struct err *err)
{
	sqlite3_stmt *st = vstore_prepare(s,
		"SELECT person FROM consent WHERE seq = ?1", err);
	bool ok = true;

	*person = 0;
	if (!st)
		return false;
	sqlite3_bind_int64(st, 1, (sqlite3_int64)seq);
	while (vstore_row(s, st, &ok, err))
		*person = sqlite3_column_int64(st, 0);
	return ok;
}

/* Is the text there whose hash is that? */
static bool has_text(struct vstore *s, const uint8_t sum[VRECORD_HASH],
	bool *has, struct err *err)
{
	sqlite3_stmt *st = vstore_prepare(s,
		"SELECT text FROM notice WHERE sum = ?1", err);
	uint8_t again[VRECORD_HASH];
	bool ok = true;

	*has = false;
	if (!st)
		return false;
	sqlite3_bind_blob(st, 1, sum, VRECORD_HASH, SQLITE_STATIC);
	while (vstore_row(s, st, &ok, err)) {
		const void *text = sqlite3_column_blob(st, 0);

		crypto_sha256(text ? text : "",
			(size_t)sqlite3_column_bytes(st, 0), again);
		*has = memcmp(again, sum, sizeof(again)) == 0;
	}
	return ok;
}

static bool check_text(struct vstore *s, uint64_t seq, const struct vrecord *r,
	struct vreport *report, struct err *err)
{
	bool has;

	if (r->kind == VKIND_CONSENT_WITHDRAWN)
		return true;
	if (!has_text(s, r->rsum, &has, err))
		return false;
	if (!has)
		vreport_find(report, seq, 40,
			"table notice does not have the text that was read "
			"out");
	return true;
}

static bool check_row(struct vstore *s, sqlite3_stmt *st,
	struct vreport *report, struct err *err)
{
	const uint64_t seq = (uint64_t)sqlite3_column_int64(st, 0);
	int64_t person;
	struct vrecord r;

	if (!read_record(st, 1, &r) || !is_consent(r.kind)) {
		vreport_find(report, seq, 40,
			"table consent has a row of this record, which is no "
			"CONSENT, refusal or withdrawal");
		return true;
	}
	if (vrecord_has(&r, VKEY_REF)) {
		if (!person_of(s, r.ref, &person, err))
			return false;
		if (person != sqlite3_column_int64(st, 2))
			vreport_find(report, seq, 41,
				"refers to the consent of somebody else");
	}
	return check_text(s, seq, &r, report, err);
}

static bool check_consents(struct vstore *s, uint64_t *rows,
	struct vreport *report, struct err *err)
{
	sqlite3_stmt *st = vstore_prepare(s,
		"SELECT c.seq, j.body, c.person FROM consent AS c"
		" LEFT JOIN journal AS j ON j.seq = c.seq",
		err);
	bool good = true;
	bool ok = true;

	for (; st && vstore_row(s, st, &ok, err); ++*rows)
		good = good && check_row(s, st, report, err);
	return st && ok && good;
}

static bool check_requests(struct vstore *s, uint64_t *rows,
	struct vreport *report, struct err *err)
{
	sqlite3_stmt *st = vstore_prepare(s,
		"SELECT c.seq, j.body, c.person, p.person, c.ref"
		" FROM request AS c LEFT JOIN journal AS j ON j.seq = c.seq"
		" LEFT JOIN request AS p ON p.seq = c.ref",
		err);
	struct vrecord r;
	bool ok = true;

	for (; st && vstore_row(s, st, &ok, err); ++*rows) {
		const uint64_t seq = (uint64_t)sqlite3_column_int64(st, 0);
		const uint64_t ref = (uint64_t)sqlite3_column_int64(st, 4);

		if (!read_record(st, 1, &r) || r.kind != VKIND_VIEW ||
			(vrecord_has(&r, VKEY_REF) ? r.ref : 0) != ref)
			vreport_find(report, seq, 40,
				"table request does not say what this record "
				"says");
		else if (ref && sqlite3_column_int64(st, 2) !=
					sqlite3_column_int64(st, 3))
			vreport_find(report, seq, 41,
				"answers the request of somebody else");
	}
	return st && ok;
}

static void count(const char *table, uint64_t rows, uint64_t records,
	struct vreport *report)
{
	if (rows != records)
		vreport_find(report, 0, 40,
			"table %s has %llu rows, the journal %llu such records",
			table, (unsigned long long)rows,
			(unsigned long long)records);
}

bool vstore_check_consents(struct vstore *s, const struct audit_sum *sum,
	struct vreport *report, struct err *err)
{
	uint64_t consents = 0;
	uint64_t views = 0;

	if (!check_consents(s, &consents, report, err) ||
		!check_requests(s, &views, report, err))
		return false;
	if (sum->whole) {
		count("consent", consents, sum->consents, report);
		count("request", views, sum->views, report);
	}
	return true;
}
