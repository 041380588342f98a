/* vstore_lists.c - lists and people's tables against the book: V27, V34, V40. */
#include <string.h>

#include "core/crypto.h"
#include "core/lookup.h"
#include "db/verify/vstore_internal.h"

/* ---- lists as evidence -----------------------------------------------------
 */

static bool add_due(sqlite3_stmt *st, struct evidence *e,
	struct vreport *report, struct err *err)
{
	const uint8_t *sha256 = vstore_blob(st, 0, VRECORD_HASH);
	const uint8_t *ent = vstore_blob(st, 1, VRECORD_ID);
	struct vitem item = {.period = (uint64_t)sqlite3_column_int64(st, 2),
		.what = (uint64_t)sqlite3_column_int64(st, 3),
		.amount = sqlite3_column_int64(st, 4)};

	if (!sha256 || !ent || item.amount <= 0 || item.period > 219912 ||
		item.what > 5) {
		vreport_find(report, 0, 34,
			"table entitlement has a row that cannot be");
		return true;
	}
	memcpy(item.ent, ent, sizeof(item.ent));
	return evidence_add_due(e, sha256, &item, report) ||
	       err_set(err, ERR_NO_MEMORY, 0, "no memory");
}

static bool read_list(sqlite3_stmt *st, struct evidence *e,
	struct vreport *report, struct err *err)
{
	const uint8_t *sha256 = vstore_blob(st, 0, VRECORD_HASH);
	size_t list;

	if (!sha256) {
		vreport_find(report, 0, 34, "table list has no hash of a list");
		return true;
	}
	return evidence_list(e, sha256, &list) ||
	       err_set(err, ERR_NO_MEMORY, 0, "no memory");
}

bool vstore_read_lists(struct vstore *s, struct evidence *e,
	struct vreport *report, struct err *err)
{
	sqlite3_stmt *st =
		vstore_prepare(s, "SELECT sha256 FROM list ORDER BY id", err);
	bool good = true;
	bool ok = true;

	e->roster_given = true;
	e->roster_of_store = true;
	while (st && vstore_row(s, st, &ok, err))
		good = good && read_list(st, e, report, err);
	if (!st || !ok || !good)
		return false;
	st = vstore_prepare(s,
		"SELECT l.sha256, e.ent, e.period, e.what, e.amount"
		" FROM entitlement AS e LEFT JOIN list AS l ON l.id = e.list"
		" ORDER BY e.person",
		err);
	while (st && vstore_row(s, st, &ok, err))
		good = good && add_due(st, e, report, err);
	return st && ok && good;
}

/* ---- rows that tell of one record ------------------------------------------
 */

/* A table of rows that each stand for a record, and what must agree. */
struct mirror {
	const char *table;
	uint64_t kind;
	/* seq, then body of the record or NULL, then columns to compare */
	const char *sql;
	bool (*same)(sqlite3_stmt *st, const struct vrecord *r);
};

static bool same_change(sqlite3_stmt *st, const struct vrecord *r)
{
	const uint64_t reason = vrecord_has(r, VKEY_RSN) ? r->rsn : 0;

	return (uint64_t)sqlite3_column_int64(st, 2) == r->res &&
	       (uint64_t)sqlite3_column_int64(st, 3) == r->per &&
	       (uint64_t)sqlite3_column_int64(st, 4) == reason;
}

static bool same_result(sqlite3_stmt *st, const struct vrecord *r)
{
	return (uint64_t)sqlite3_column_int64(st, 2) == r->res;
}

/* What a record does not have is 0 there. */
static bool same_account(sqlite3_stmt *st, const struct vrecord *r)
{
	return (uint64_t)sqlite3_column_int64(st, 2) == r->res &&
	       (uint64_t)sqlite3_column_int64(st, 3) == r->via &&
	       (uint64_t)sqlite3_column_int64(st, 4) == r->who &&
	       (uint64_t)sqlite3_column_int64(st, 5) == r->names &&
	       (uint64_t)sqlite3_column_int64(st, 6) == r->rsn &&
	       (uint64_t)sqlite3_column_int64(st, 7) == r->ref;
}

static bool same_step(sqlite3_stmt *st, const struct vrecord *r)
{
	return (uint64_t)sqlite3_column_int64(st, 2) == r->res &&
	       (uint64_t)sqlite3_column_int64(st, 3) == r->ref &&
	       (uint64_t)sqlite3_column_int64(st, 4) == r->per &&
	       (uint64_t)sqlite3_column_int64(st, 5) == r->rsn;
}

static bool same_file(sqlite3_stmt *st, const struct vrecord *r)
{
	const uint8_t *sha256 = vstore_blob(st, 2, VRECORD_HASH);
	const uint64_t kind = vrecord_has(r, VKEY_RES) ? r->res : 0;

	return sha256 && memcmp(sha256, r->rsum, VRECORD_HASH) == 0 &&
	       (uint64_t)sqlite3_column_int64(st, 3) == kind;
}

/* "limit single 20000000" of the record, "single" of the table. */
static bool same_limit(sqlite3_stmt *st, const struct vrecord *r)
{
	static const char word[] = "limit ";
	const char *name = (const char *)sqlite3_column_text(st, 2);
	const size_t len = name ? strlen(name) : 0;

	return name && strncmp(r->line, word, strlen(word)) == 0 &&
	       strncmp(r->line + strlen(word), name, len) == 0 &&
	       r->line[strlen(word) + len] == ' ';
}

/* Paid marks, whose record has the hash of them. */
static bool same_message(sqlite3_stmt *st, const struct vrecord *r)
{
	const void *bytes = sqlite3_column_blob(st, 2);
	uint8_t sum[VRECORD_HASH];

	if (!bytes)
		return false;
	crypto_sha256(bytes, (size_t)sqlite3_column_bytes(st, 2), sum);
	return memcmp(sum, r->rsum, sizeof(sum)) == 0;
}

/* A questionnaire: the text, and the hash that answers name it by. */
static bool same_survey(sqlite3_stmt *st, const struct vrecord *r)
{
	const uint8_t *sha256 = vstore_blob(st, 3, VRECORD_HASH);

	return r->res == VIMPORT_QUESTIONS && sha256 && same_message(st, r) &&
	       memcmp(sha256, r->rsum, VRECORD_HASH) == 0;
}

static bool same_visit(sqlite3_stmt *st, const struct vrecord *r)
{
	return (uint64_t)sqlite3_column_int64(st, 2) == r->t &&
	       (uint64_t)sqlite3_column_int64(st, 3) == r->actor &&
	       (uint64_t)sqlite3_column_int64(st, 4) == r->res &&
	       (uint64_t)sqlite3_column_int64(st, 5) == r->rsn &&
	       (uint64_t)sqlite3_column_int64(st, 6) == r->next_day;
}

static const struct mirror mirrors[] = {
	{"visit", VKIND_VISIT,
		"SELECT c.seq, j.body, c.t, c.actor, c.result, c.reason,"
		" c.next_day FROM visit AS c"
		" LEFT JOIN journal AS j ON j.seq = c.seq",
		same_visit},
	{"change", VKIND_CHANGE,
		"SELECT c.seq, j.body, c.kind, c.period, c.reason"
		" FROM change AS c LEFT JOIN journal AS j ON j.seq = c.seq",
		same_change},
	{"account", VKIND_ACCOUNT,
		"SELECT c.seq, j.body, c.kind, c.via, c.whose, c.names,"
		" c.shared, c.consent FROM account AS c"
		" LEFT JOIN journal AS j ON j.seq = c.seq",
		same_account},
	{"account_step", VKIND_ACCOUNT_STATE,
		"SELECT c.seq, j.body, c.step, c.account, c.period, c.reason"
		" FROM account_step AS c"
		" LEFT JOIN journal AS j ON j.seq = c.seq",
		same_step},
	{"account_state", VKIND_ACCOUNT_STATE,
		"SELECT c.seq, j.body, c.state FROM account_state AS c"
		" LEFT JOIN journal AS j ON j.seq = c.seq",
		same_result},
	{"not_paid", VKIND_NOT_PAID,
		"SELECT c.seq, j.body, c.reason FROM not_paid AS c"
		" LEFT JOIN journal AS j ON j.seq = c.seq",
		same_result},
	{"list", VKIND_IMPORT,
		"SELECT c.seq, j.body, c.sha256, 0 FROM list AS c"
		" LEFT JOIN journal AS j ON j.seq = c.seq",
		same_file},
	{"limit_change", VKIND_CONFIG,
		"SELECT c.seq, j.body, c.name FROM limit_change AS c"
		" LEFT JOIN journal AS j ON j.seq = c.seq",
		same_limit},
	{"mark_set", VKIND_MARKS,
		"SELECT c.seq, j.body, c.bytes FROM mark_set AS c"
		" LEFT JOIN journal AS j ON j.seq = c.seq",
		same_message},
	{"survey", VKIND_IMPORT,
		"SELECT c.seq, j.body, c.bytes, c.sha256 FROM survey AS c"
		" LEFT JOIN journal AS j ON j.seq = c.seq",
		same_survey},
	{"side_file", VKIND_IMPORT,
		"SELECT c.seq, j.body, c.sha256, c.kind FROM side_file AS c"
		" LEFT JOIN journal AS j ON j.seq = c.seq",
		same_file},
};

static void compare(const struct mirror *m, sqlite3_stmt *st,
	struct vreport *report)
{
	const uint64_t seq = (uint64_t)sqlite3_column_int64(st, 0);
	const uint8_t *body = sqlite3_column_blob(st, 1);
	struct vrecord r;

	if (!body ||
		!vrecord_read(body, (size_t)sqlite3_column_bytes(st, 1), &r) ||
		r.kind != m->kind)
		vreport_find(report, seq, 40,
			"table %s has a row of this record, which is no %s",
			m->table, vrecord_kind_name(m->kind));
	else if (!m->same(st, &r))
		vreport_find(report, seq, 40,
			"table %s does not say what this record says",
			m->table);
}

enum lookup vstore_has_table(struct vstore *s, const char *name,
	struct err *err)
{
	sqlite3_stmt *st = vstore_prepare(s,
		"SELECT 1 FROM sqlite_schema WHERE name = ?1"
		" AND type = 'table'",
		err);
	enum lookup has = LOOKUP_ABSENT;
	bool ok = true;

	if (!st)
		return LOOKUP_FAILED;
	sqlite3_bind_text(st, 1, name, -1, SQLITE_STATIC);
	while (vstore_row(s, st, &ok, err))
		has = LOOKUP_FOUND;
	return ok ? has : LOOKUP_FAILED;
}

static bool check_mirror(struct vstore *s, const struct mirror *m,
	struct vreport *report, struct err *err)
{
	const enum lookup has = vstore_has_table(s, m->table, err);
	sqlite3_stmt *st;
	bool ok = true;

	if (has != LOOKUP_FOUND)
		return has == LOOKUP_ABSENT;
	st = vstore_prepare(s, m->sql, err);
	while (st && vstore_row(s, st, &ok, err))
		compare(m, st, report);
	return st && ok;
}

/* Rows of a table that an older schema does not have. */
static bool count_rows(struct vstore *s, const char *table, const char *sql,
	uint64_t *rows, struct err *err)
{
	const enum lookup has = vstore_has_table(s, table, err);
	sqlite3_stmt *st;
	bool ok = true;

	*rows = 0;
	if (has != LOOKUP_FOUND)
		return has == LOOKUP_ABSENT;
	st = vstore_prepare(s, sql, err);
	while (st && vstore_row(s, st, &ok, err))
		*rows = (uint64_t)sqlite3_column_int64(st, 0);
	return st && ok;
}

/* What another terminal paid is paid here by two, once the book knew it. */
static bool check_elsewhere(struct vstore *s, struct vreport *report,
	struct err *err)
{
	const enum lookup has = vstore_has_table(s, "paid_elsewhere", err);
	sqlite3_stmt *st;
	struct vrecord r;
	bool ok = true;

	if (has != LOOKUP_FOUND)
		return has == LOOKUP_ABSENT;
	if (!vstore_check_marks(s, report, err))
		return false;
	st = vstore_prepare(s,
		"SELECT p.seq, j.body, e.seq FROM paid_elsewhere AS e"
		" JOIN paid AS p ON p.ent = e.ent AND p.seq > e.seq"
		" JOIN journal AS j ON j.seq = p.seq",
		err);
	while (st && vstore_row(s, st, &ok, err)) {
		const uint8_t *body = sqlite3_column_blob(st, 1);

		if (body &&
			vrecord_read(body, (size_t)sqlite3_column_bytes(st, 1),
				&r) &&
			!vrecord_has(&r, VKEY_COSIG))
			vreport_find(report,
				(uint64_t)sqlite3_column_int64(st, 0), 33,
				"pays alone what another terminal had paid, "
				"as record %llu says",
				(unsigned long long)sqlite3_column_int64(st,
					2));
	}
	return st && ok;
}

static bool check_marks(struct vstore *s, const struct audit_sum *sum,
	struct vreport *report, struct err *err)
{
	uint64_t rows;

	if (sum->whole && !count_rows(s, "mark_set",
				  "SELECT count(*) FROM mark_set", &rows, err))
		return false;
	if (sum->whole && rows != sum->marks)
		vreport_find(report, 0, 40,
			"table mark_set has %llu rows, the journal %llu "
			"messages of paid marks",
			(unsigned long long)rows,
			(unsigned long long)sum->marks);
	return check_elsewhere(s, report, err);
}

static bool check_visits(struct vstore *s, const struct audit_sum *sum,
	struct vreport *report, struct err *err)
{
	uint64_t rows;

	if (!sum->whole)
		return true;
	if (!count_rows(s, "visit", "SELECT count(*) FROM visit", &rows, err))
		return false;
	if (rows != sum->visits)
		vreport_find(report, 0, 40,
			"table visit has %llu rows, the journal %llu visits",
			(unsigned long long)rows,
			(unsigned long long)sum->visits);
	return true;
}

/* A limit that is left out falls back to what it was before. */
static bool check_limits(struct vstore *s, const struct audit_sum *sum,
	struct vreport *report, struct err *err)
{
	uint64_t rows;

	if (!sum->whole)
		return true;
	if (!count_rows(s, "limit_change", "SELECT count(*) FROM limit_change",
		    &rows, err))
		return false;
	if (rows != sum->limits)
		vreport_find(report, 0, 40,
			"table limit_change has %llu rows, the journal %llu "
			"changes of a limit",
			(unsigned long long)rows,
			(unsigned long long)sum->limits);
	return true;
}

/* An account left out may be somebody else's too; what pays hangs on steps. */
static bool check_accounts(struct vstore *s, const struct audit_sum *sum,
	struct vreport *report, struct err *err)
{
	uint64_t accounts;
	uint64_t steps;

	if (!sum->whole)
		return true;
	if (!count_rows(s, "account", "SELECT count(*) FROM account", &accounts,
		    err) ||
		!count_rows(s, "account_step",
			"SELECT count(*) FROM account_step", &steps, err))
		return false;
	if (accounts != sum->accounts || steps != sum->steps)
		vreport_find(report, 0, 40,
			"tables account and account_step have %llu and %llu "
			"rows, the journal %llu and %llu of their records",
			(unsigned long long)accounts, (unsigned long long)steps,
			(unsigned long long)sum->accounts,
			(unsigned long long)sum->steps);
	return true;
}

/* ---- personal data ---------------------------------------------------------
 */

static bool check_pd(struct vstore *s, const struct audit_sum *sum,
	struct vreport *report, struct err *err)
{
	sqlite3_stmt *st = vstore_prepare(s,
		"SELECT p.seq, j.body FROM pd AS p"
		" LEFT JOIN journal AS j ON j.seq = p.seq ORDER BY p.seq",
		err);
	struct vrecord r;
	uint64_t kept = 0;
	bool ok = true;

	for (; st && vstore_row(s, st, &ok, err); kept++) {
		const uint8_t *body = sqlite3_column_blob(st, 1);

		if (!body ||
			!vrecord_read(body, (size_t)sqlite3_column_bytes(st, 1),
				&r) ||
			!vrecord_has(&r, VKEY_PDC))
			vreport_find(report,
				(uint64_t)sqlite3_column_int64(st, 0), 27,
				"personal data of a record that commits to "
				"none");
	}
	if (sum->whole && kept < sum->committed)
		vreport_info(report, 27,
			"personal data of %llu of %llu records were erased",
			(unsigned long long)(sum->committed - kept),
			(unsigned long long)sum->committed);
	return st && ok;
}

/* One that is left out puts an older one in force. */
static bool check_surveys(struct vstore *s, const struct audit_sum *sum,
	struct vreport *report, struct err *err)
{
	const enum lookup has = vstore_has_table(s, "survey", err);
	uint64_t rows;

	if (has != LOOKUP_FOUND || !sum->whole)
		return has != LOOKUP_FAILED;
	if (!count_rows(s, "survey", "SELECT count(*) FROM survey", &rows, err))
		return false;
	if (rows != sum->surveys)
		vreport_find(report, 0, 40,
			"table survey has %llu rows, the journal %llu "
			"questionnaires",
			(unsigned long long)rows,
			(unsigned long long)sum->surveys);
	return true;
}

static bool check_consents(struct vstore *s, const struct audit_sum *sum,
	struct vreport *report, struct err *err)
{
	const enum lookup has = vstore_has_table(s, "consent", err);

	if (has != LOOKUP_FOUND)
		return has == LOOKUP_ABSENT;
	return vstore_check_consents(s, sum, report, err);
}

bool vstore_check_lists(struct vstore *s, const struct audit_sum *sum,
	struct vreport *report, struct err *err)
{
	for (size_t i = 0; i < sizeof(mirrors) / sizeof(mirrors[0]); i++)
		if (!check_mirror(s, &mirrors[i], report, err))
			return false;
	return check_limits(s, sum, report, err) &&
	       check_visits(s, sum, report, err) &&
	       check_marks(s, sum, report, err) &&
	       vstore_check_moves(s, sum, report, err) &&
	       check_consents(s, sum, report, err) &&
	       check_surveys(s, sum, report, err) &&
	       check_accounts(s, sum, report, err) &&
	       check_pd(s, sum, report, err);
}
