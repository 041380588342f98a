/*
 * tls.h - certificates: the centre's own authority, its server, its terminals.
 *
 * tls.c is the only file that knows GnuTLS. The authority is the centre's
 * alone, and terminals trust no other (they pin it), so nothing of the public
 * web can stand in for it. A terminal's certificate is for its device key,
 * which it has anyway; its name (CN) is the terminal's id in hex. Taking one
 * back is a row of the store, not a list: see STORE_REVOKED.
 */
#ifndef DB_CENTRE_TLS_H
#define DB_CENTRE_TLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/crypto.h"
#include "core/err.h"

enum {
	TLS_PEM = 4096,
	TLS_DEV = 16,
	TLS_PIN = 64, /* "sha256//" and 44 letters */
	TLS_CA_DAYS = 20 * 366,
	TLS_SERVER_DAYS = 3 * 366,
	TLS_DEVICE_DAYS = 5 * 366
};

struct tls_pem {
	char text[TLS_PEM]; /* with its NUL */
	size_t len;
};

struct tls_ca {
	struct tls_pem key;
	struct tls_pem cert;
};

/* An authority of that name. now: seconds since 1970. */
bool tls_ca_new(const char *name, int64_t now, struct tls_ca *out,
	struct err *err);

/* For a server at these names and addresses, the first of which names it. */
bool tls_server_new(const struct tls_ca *ca, const char *const *host,
	size_t hosts, int64_t now, struct tls_pem *key, struct tls_pem *cert,
	struct err *err);

/* For a terminal and its device key. */
bool tls_device_new(const struct tls_ca *ca, const uint8_t dev[TLS_DEV],
	const uint8_t pk[CRYPTO_PUBLIC_SIZE], int64_t now, struct tls_pem *cert,
	struct err *err);

/* The key of a terminal as TLS wants it, from the seed it was made of. */
bool tls_device_key(const struct crypto_pair *key, struct tls_pem *out,
	struct err *err);

/*
 * Who is at the other end of a session (a gnutls_session_t of a server): the
 * terminal whose certificate it showed. False: none, or none of ours.
 */
bool tls_peer(void *session, uint8_t dev[TLS_DEV]);

/*
 * What its key is known by before anybody believes the authority: the SHA-256
 * of its SubjectPublicKeyInfo, as curl writes it. False: it cannot be read.
 */
bool tls_pin(const struct tls_pem *cert, char out[TLS_PIN]);

/*
 * What a server seals the sessions of its clients with, that they may take
 * them up again without the signatures of a full handshake: with it go the
 * certificate that was shown, and tls_peer(). A server that was started anew,
 * or another one, has another key, and asks for a full handshake.
 */
struct tls_tickets;
struct tls_tickets *tls_tickets_new(struct err *err);
void tls_tickets_free(struct tls_tickets *t); /* NULL is allowed */
/* Before the handshake. */
void tls_tickets_on(const struct tls_tickets *t, void *session);

/* When a certificate ends, seconds since 1970; -1: it cannot be read. */
int64_t tls_ends(const struct tls_pem *cert);

#endif
