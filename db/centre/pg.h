/*
 * pg.h - one connection to PostgreSQL, and questions with their values.
 *
 * pg.c is the only file that knows <libpq-fe.h>. Values go and come in binary:
 * numbers as bigint, bytes as bytea; many rows go as arrays in one statement,
 * so that a batch costs a handful of round trips, nothing is kept on the
 * connection between two transactions, and pgbouncer may stand in between.
 *
 *	pg_ask(&q, "SELECT ... $1 ...");
 *	pg_number(&q, n);
 *	if (!pg_run(pg, &q, "doing this", err)) ...
 *	pg_get_number(&q, row, column);
 *	pg_done(&q);	always, whatever pg_run() said
 */
#ifndef DB_CENTRE_PG_H
#define DB_CENTRE_PG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"

struct pg;

struct pg *pg_open(const char *url, struct err *err);
void pg_close(struct pg *pg); /* NULL is allowed */

/* Statements without values or rows; several, with ';' between. */
bool pg_simple(struct pg *pg, const char *sql, const char *doing,
	struct err *err);

/*
 * A transaction: begin (with more statements that set it up), end. Between the
 * two a connection that is gone stays gone; outside it is made anew. pg_end()
 * with nothing begun does nothing.
 */
bool pg_begin(struct pg *pg, const char *sql, struct err *err);
bool pg_end(struct pg *pg, bool commit, struct err *err);

enum {
	PG_VALUES = 28
};

struct pg_question {
	const char *sql;
	int n;
	const char *value[PG_VALUES];
	int len[PG_VALUES];
	int binary[PG_VALUES];
	uint8_t number[PG_VALUES][8];
	void *array[PG_VALUES];
	bool full; /* no memory for an array */
	void *result;
	int rows;
	long changed;
};

void pg_ask(struct pg_question *q, const char *sql);
void pg_number(struct pg_question *q, uint64_t v);
/* Bytes and texts are borrowed until pg_run(). */
void pg_bytes(struct pg_question *q, const void *bytes, size_t len);
void pg_text(struct pg_question *q, const char *text);
void pg_numbers(struct pg_question *q, const uint64_t *v, size_t n);
void pg_byteas(struct pg_question *q, const void *const *bytes,
	const size_t *len, size_t n);

bool pg_run(struct pg *pg, struct pg_question *q, const char *doing,
	struct err *err);

/* Of a question that was run. What is of another size leaves zeros. */
uint64_t pg_get_number(const struct pg_question *q, int row, int column);
void pg_get_bytes(const struct pg_question *q, int row, int column, void *out,
	size_t len);
const uint8_t *pg_get_blob(const struct pg_question *q, int row, int column,
	size_t *len);
void pg_get_text(const struct pg_question *q, int row, int column, char *out,
	size_t size);

void pg_done(struct pg_question *q);

#endif
