#include "db/positions_internal.h"

#include <stdlib.h>
#include <string.h>

#include "db/db_internal.h"
#include "db/stmt.h"

enum {
	COUNT_OF_LIST,
	ENTS,
	COUNT
};

#define OF_LIST                                      \
	" FROM entitlement AS e LEFT JOIN paid AS x" \
	" ON x.ent = e.ent AND x.state < 4"          \
	" WHERE e.list = :list AND e.by_account = 0"

static const char *const sql[COUNT] = {
	[COUNT_OF_LIST] = "SELECT count(*) FROM entitlement WHERE list = :list"
			  " AND by_account = 0 /* scan */",
	[ENTS] = "SELECT e.ent, x.ent IS NOT NULL" OF_LIST
		 " ORDER BY e.ent /* scan */",
};

const struct stmt_set positions_stmts = {"positions", sql, COUNT};

void positions_free(struct positions *p)
{
	free(p->ent);
	free(p->bits);
	*p = (struct positions){0};
}

static bool count_of(struct db *db, int64_t list, uint32_t *out,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &positions_stmts, COUNT_OF_LIST);

	stmt_int(st, ":list", list);
	if (stmt_row(db, st, err) != LOOKUP_FOUND)
		return false;
	*out = (uint32_t)sqlite3_column_int64(st, 0);
	stmt_done(st);
	return true;
}

static bool read_ents(struct db *db, int64_t list, struct positions *p,
	uint32_t count, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &positions_stmts, ENTS);
	uint8_t sum[CRYPTO_HASH_SIZE];
	struct crypto_hash h;
	enum lookup got;

	crypto_hash_start(&h);
	stmt_int(st, ":list", list);
	while ((got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		if (p->count == count ||
			!stmt_column_blob(st, 0, p->ent[p->count], ENT_SIZE)) {
			stmt_done(st);
			return err_set(err, ERR_CORRUPT, 0,
				"an entitlement has no name");
		}
		crypto_hash_add(&h, p->ent[p->count], ENT_SIZE);
		if (sqlite3_column_int(st, 1) != 0) {
			marks_set_bit(p->bits, p->count);
			p->paid++;
		}
		p->count++;
	}
	crypto_hash_end(&h, sum);
	memcpy(p->names, sum, sizeof(p->names));
	return got != LOOKUP_FAILED;
}

bool positions_load(struct db *db, int64_t list, struct positions *out,
	struct err *err)
{
	uint32_t count;

	*out = (struct positions){0};
	if (!count_of(db, list, &count, err))
		return false;
	out->ent = calloc(count > 0 ? count : 1, ENT_SIZE);
	out->bits = calloc(marks_bits_size(count) + 1, 1);
	if (!out->ent || !out->bits)
		return err_set(err, ERR_NO_MEMORY, 0,
			"no memory for the positions of a list");
	return read_ents(db, list, out, count, err);
}
