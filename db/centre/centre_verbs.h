/*
 * centre_verbs.h - what the files of the program's verbs share.
 *
 * centre_main.c has the options and most verbs, centre_down.c those of what
 * comes down to terminals and of the keys, centre_tell.c what is told,
 * centre_take.c what comes by stick, centre_back.c what goes back by it.
 */
#ifndef DB_CENTRE_CENTRE_VERBS_H
#define DB_CENTRE_CENTRE_VERBS_H

#include "db/centre/centre_home.h"
#include "db/centre/rows.h"

enum status {
	DONE = 0,
	FOUND = 1,
	USAGE = 2,
	FAILED = 3
};

enum {
	CENTRE_HOSTS = 8,
	CENTRE_USERS = 64
};

struct options {
	const char *dir;
	const char *store;
	const char *name;
	const char *point;
	const char *address;
	const char *host[CENTRE_HOSTS];
	size_t hosts;
	int64_t port;
	int64_t metrics;
	int64_t workers;
	int64_t in_hand; /* 0: as serve.h has it */
	int64_t days;
	int64_t lease;
	int64_t from; /* 0: not said */
	const char *nonce;
	const char *id; /* or another word behind the verb */
	const char *daylog;
	const char *day;
	const char *terminal;
	enum rows_form form;
	const char *file;
	const char *until; /* a day; NULL: no end */
	const char *to;
	bool all;
	const char *out;
	bool mend;
	const char *user[CENTRE_USERS];
	size_t users;
};

struct centre {
	struct options o;
	struct centre_home *home;
	char store[CENTRE_PATH];
};

enum status verb_report(struct centre *c, struct err *err);
enum status verb_receipt(struct centre *c, struct err *err);
enum status verb_put(struct centre *c, struct err *err);
enum status verb_put_out_users(struct centre *c, struct err *err);
enum status verb_give(struct centre *c, struct err *err);
enum status verb_rotate(struct centre *c, struct err *err);
enum status verb_check(struct centre *c, struct err *err);
enum status verb_tail(struct centre *c, struct err *err);
enum status verb_take(struct centre *c, struct err *err);

#endif
