/*
 * centre_home.h - the directory of a centre: its keys and its certificates.
 *
 *	centre.key   sign NAME HEX, witness NAME HEX, seal HEX: secrets, 0600
 *	centre.pub   centre NAME HEX, witness NAME HEX, seal HEX: to be handed out;
 *	             its line "centre" is one of a keys file (db/FORMATS.md)
 *	ca.key ca.pem server.key server.pem
 *	centre.db    the store, if it is SQLite
 *
 * centre.key, ca.key and the store are what to back up; who has centre.key and
 * ca.key is the centre. In memory the struct holds secrets: allocate it by
 * crypto_memory_new().
 */
#ifndef DB_CENTRE_CENTRE_HOME_H
#define DB_CENTRE_CENTRE_HOME_H

#include "core/codec/checkpoint.h"
#include "db/centre/tls.h"

enum {
	CENTRE_DIR = 400,
	CENTRE_PATH = 512
};

struct centre_home {
	char dir[CENTRE_DIR];
	char name[CHECKPOINT_NAME]; /* of its keys */
	struct crypto_pair sign;    /* checkpoints, the time */
	struct crypto_pair witness; /* the root of a day */
	uint8_t seal_public[CRYPTO_PUBLIC_SIZE];
	uint8_t seal_secret[CRYPTO_KEY_SIZE];
	struct tls_ca ca;
	struct tls_pem server_key;
	struct tls_pem server_cert;
};

/* Make it all. ERR_INVALID: there is a centre already, or a bad name. */
bool centre_home_make(const char *dir, const char *name,
	const char *const *host, size_t hosts, struct centre_home *out,
	struct err *err);

bool centre_home_open(const char *dir, struct centre_home *out,
	struct err *err);

/* A new key and certificate of the server, in place of the old ones. */
bool centre_home_new_server(struct centre_home *h, const char *const *host,
	size_t hosts, struct err *err);

#endif
