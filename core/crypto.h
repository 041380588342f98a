/*
 * crypto.h - the primitives of the journal format (journal.md 1), by libsodium.
 *
 * SHA-256, Ed25519, X25519 sealed boxes, XChaCha20-Poly1305, Argon2id.
 * crypto.c is the only file that knows <sodium.h>. Secrets live in the
 * caller's memory; wipe them with crypto_wipe(). Call crypto_start() once
 * before anything else; after that any thread.
 */
#ifndef CORE_CRYPTO_H
#define CORE_CRYPTO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"

enum {
	CRYPTO_HASH_SIZE = 32,
	CRYPTO_SEED_SIZE = 32,
	CRYPTO_PUBLIC_SIZE = 32, /* Ed25519 or X25519 */
	CRYPTO_SECRET_SIZE = 64, /* Ed25519: seed and public key */
	CRYPTO_SIG_SIZE = 64,
	CRYPTO_KEY_SIZE = 32, /* symmetric */
	CRYPTO_SALT_SIZE = 16,
	CRYPTO_NONCE_SIZE = 24,
	CRYPTO_LOCK_EXTRA = 24 + 16, /* nonce and tag around locked bytes */
	CRYPTO_SEAL_EXTRA = 32 + 16, /* ephemeral key and tag, sealed box */
	CRYPTO_SIGN_MAX = 4096       /* longest message: a whole body */
};

bool crypto_start(struct err *err);

void crypto_random(void *out, size_t len);
void crypto_wipe(void *secret, size_t len);

/* In time that does not depend on where they differ. */
bool crypto_equal(const void *a, const void *b, size_t len);

/* SHA-256 piece by piece. The struct is opaque but for its size. */
struct crypto_hash {
	uint64_t opaque[16];
};
void crypto_hash_start(struct crypto_hash *h);
void crypto_hash_add(struct crypto_hash *h, const void *bytes, size_t len);
void crypto_hash_end(struct crypto_hash *h, uint8_t out[CRYPTO_HASH_SIZE]);

/* SHA-256 of bytes in one go. */
void crypto_sha256(const void *bytes, size_t len,
	uint8_t out[CRYPTO_HASH_SIZE]);

struct crypto_pair {
	uint8_t public[CRYPTO_PUBLIC_SIZE];
	uint8_t secret[CRYPTO_SECRET_SIZE];
};

/* Ed25519 key pair: from a seed, or a new one. */
void crypto_pair_from_seed(const uint8_t seed[CRYPTO_SEED_SIZE],
	struct crypto_pair *out);
void crypto_pair_new(struct crypto_pair *out);

/*
 * Ed25519 over tag (8 ASCII bytes, no NUL) followed by the message, at most
 * CRYPTO_SIGN_MAX bytes; a longer one never verifies. What is longer is
 * signed by its hash.
 */
void crypto_sign_tagged(const char tag[8], const void *message, size_t len,
	const uint8_t secret[CRYPTO_SECRET_SIZE], uint8_t sig[CRYPTO_SIG_SIZE]);
bool crypto_verify_tagged(const char tag[8], const void *message, size_t len,
	const uint8_t public[CRYPTO_PUBLIC_SIZE],
	const uint8_t sig[CRYPTO_SIG_SIZE]);

/*
 * XChaCha20-Poly1305 with a random nonce: locked is len + CRYPTO_LOCK_EXTRA
 * bytes. context (a C string) is bound in, so that bytes locked for one use
 * do not open for another. crypto_unlock() is false for a wrong key, wrong
 * context or altered bytes.
 */
void crypto_lock(const void *plain, size_t len, const char *context,
	const uint8_t key[CRYPTO_KEY_SIZE], uint8_t *locked);
bool crypto_unlock(const uint8_t *locked, size_t locked_len,
	const char *context, const uint8_t key[CRYPTO_KEY_SIZE], void *plain);

/*
 * The same with a context of bytes and a nonce of the caller's, which may
 * never come twice under one key: for many rows, where drawing each nonce
 * takes longer than the locking.
 */
void crypto_lock_row(const void *plain, size_t len, const void *context,
	size_t context_len, const uint8_t nonce[CRYPTO_NONCE_SIZE],
	const uint8_t key[CRYPTO_KEY_SIZE], uint8_t *locked);
bool crypto_unlock_row(const uint8_t *locked, size_t locked_len,
	const void *context, size_t context_len,
	const uint8_t key[CRYPTO_KEY_SIZE], void *plain);

/* Key number n for one use (eight letters) from another key. */
void crypto_subkey(const uint8_t key[CRYPTO_KEY_SIZE], uint64_t n,
	const char use[8], uint8_t out[CRYPTO_KEY_SIZE]);

/* The first 64 bits of keyed BLAKE2b: says nothing without the key. */
uint64_t crypto_blind(const uint8_t key[CRYPTO_KEY_SIZE], const void *bytes,
	size_t len);

/*
 * Memory for keys: zero at first, never swapped out nor in a core file (as
 * far as the system allows), and zero in a child after fork(). NULL: none.
 */
void *crypto_memory_new(size_t len);
void crypto_memory_free(void *memory, size_t len); /* wiped; NULL is allowed */

/*
 * Secrets that lie in other memory: its pages are never swapped out from now
 * on. False: the system does not allow it (RLIMIT_MEMLOCK); errno says why.
 */
bool crypto_memory_hold(const void *memory, size_t len);

/* X25519: a key pair to seal to (secret is 32 bytes), and the sealing. */
void crypto_seal_pair_new(uint8_t public[CRYPTO_PUBLIC_SIZE],
	uint8_t secret[CRYPTO_KEY_SIZE]);
/* The public key that belongs to such a secret. */
void crypto_seal_public(const uint8_t secret[CRYPTO_KEY_SIZE],
	uint8_t public[CRYPTO_PUBLIC_SIZE]);
bool crypto_seal_to(const void *plain, size_t len,
	const uint8_t public[CRYPTO_PUBLIC_SIZE], uint8_t *sealed);
bool crypto_seal_open(const uint8_t *sealed, size_t sealed_len,
	const uint8_t public[CRYPTO_PUBLIC_SIZE],
	const uint8_t secret[CRYPTO_KEY_SIZE], void *plain);

/*
 * The same to whoever has an Ed25519 key: the two kinds of keys are the same
 * point. False: the public key is none.
 */
bool crypto_seal_to_signer(const void *plain, size_t len,
	const uint8_t public[CRYPTO_PUBLIC_SIZE], uint8_t *sealed);
bool crypto_seal_open_signer(const uint8_t *sealed, size_t sealed_len,
	const uint8_t secret[CRYPTO_SECRET_SIZE], void *plain);

/*
 * Above this a stored cost is damage, not caution: it would keep whoever signs
 * in waiting for hours. Argon2id is measured to ten passes at most.
 */
enum {
	CRYPTO_PIN_MAX_PASSES = 100,
	CRYPTO_PIN_MAX_KIBIBYTES = 1024 * 1024
};

/* Argon2id: how hard a PIN is to try. Measured at init, stored per user. */
struct crypto_pin_cost {
	uint32_t passes;
	uint32_t kibibytes;
};

/*
 * The key that a PIN stands for. ERR_NO_MEMORY if the machine cannot spare
 * that much; ERR_INVALID below 1 pass or 8 KiB, and above the two. Takes a
 * good part of a second on purpose.
 */
bool crypto_pin_key(const char *pin, const uint8_t salt[CRYPTO_SALT_SIZE],
	struct crypto_pin_cost cost, uint8_t key[CRYPTO_KEY_SIZE],
	struct err *err);

#endif
