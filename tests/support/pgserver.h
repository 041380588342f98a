/*
 * pgserver.h - a PostgreSQL server of a test's own, gone when the test is.
 *
 * In a directory of its own, on a unix socket there, as a user who is not
 * root (by that name, "postgres", if the test is root). Synced as a real one.
 */
#ifndef TESTS_SUPPORT_PGSERVER_H
#define TESTS_SUPPORT_PGSERVER_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum {
	PGSERVER_URL = 256
};

struct pgserver {
	char dir[128];
	char url[PGSERVER_URL]; /* postgresql://... */
	pid_t pid;              /* 0: does not run */
};

/*
 * Make a database and start it. False: it is not to be had here, and a line
 * that begins with SKIP says why.
 */
bool pgserver_start(struct pgserver *s);

/* As an administrator, in a transaction if it is more than one statement. */
void pgserver_sql(const struct pgserver *s, const char *sql);

/* A second one that follows the first over a stream. pg_promote() makes it one
 * of its own. False: it does not come up. pgserver_stop() removes it. */
bool pgserver_standby(const struct pgserver *of, struct pgserver *s);

/* pgbouncer before it, a connection a transaction, with so many to the server.
 * False: it is not to be had here, and a line says so. The caller ends it. */
bool pgserver_bouncer(const struct pgserver *of, int pool, char *url,
	size_t size, pid_t *pid);

/* The address of schema number n of its database, made anew and empty. */
void pgserver_schema(struct pgserver *s, unsigned n, char *url, size_t size);

/* kill -9 of the server and all that belongs to it; then start it again. */
void pgserver_kill(struct pgserver *s);
void pgserver_again(struct pgserver *s);

/* Stop it and remove all of it. */
void pgserver_stop(struct pgserver *s);

#endif
