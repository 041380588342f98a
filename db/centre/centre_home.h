/*
 * centre_home.h - the directory of a centre: its keys and its certificates.
 *
 *	centre.key   sign NAME HEX, witness NAME HEX, seal HEX: secrets, 0600
 *	centre.pub   centre NAME HEX, witness NAME HEX, seal HEX: to be handed out;
 *	             its line "centre" is one of a keys file (db/FORMATS.md), and
 *	             so are those behind "seal", of the keys that there were
 *	ca.key ca.pem server.key server.pem
 *	centre.db    the store, if it is SQLite
 *
 * centre.key, ca.key and the store are what to back up; who has centre.key and
 * ca.key is the centre. In memory the struct holds secrets: allocate it by
 * crypto_memory_new().
 */
#ifndef DB_CENTRE_CENTRE_HOME_H
#define DB_CENTRE_CENTRE_HOME_H

#include <sys/types.h>

#include "core/codec/checkpoint.h"
#include "core/lookup.h"
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

/*
 * The signing key to come, while a roll is under way (roll.h): DIR/centre.next.
 * LOOKUP_ABSENT: none is. centre_home_roll(): it is the one that signs now.
 */
enum lookup centre_home_next(const struct centre_home *h,
	struct crypto_pair *out, struct err *err);
bool centre_home_make_next(const struct centre_home *h, struct crypto_pair *out,
	struct err *err);
bool centre_home_roll(struct centre_home *h, const struct crypto_pair *next,
	struct err *err);

/* A file of the directory: written whole or not at all; read with a NUL behind
 * it, at most size - 1 bytes. */
bool centre_home_put(const struct centre_home *h, const char *name,
	const void *bytes, size_t len, mode_t mode, struct err *err);
bool centre_home_get(const struct centre_home *h, const char *name, char *out,
	size_t size, size_t *len, struct err *err);

#endif
