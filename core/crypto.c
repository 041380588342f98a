/*
 * crypto.c - see crypto.h. Thin on purpose: every algorithm is libsodium's,
 * what is ours is the domain tag in front of what is signed.
 */
#include "core/crypto.h"

#include <assert.h>
#include <errno.h>
#include <sodium.h>
#include <string.h>
#include <sys/mman.h>

enum {
	TAG_SIZE = 8,
	NONCE_SIZE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
	BLIND_SIZE = crypto_generichash_BYTES_MIN
};

static_assert(sizeof(crypto_hash_sha256_state) <= sizeof(struct crypto_hash),
	"struct crypto_hash must hold libsodium's state");
static_assert(crypto_hash_sha256_BYTES == CRYPTO_HASH_SIZE, "hash size");
static_assert(crypto_sign_SEEDBYTES == CRYPTO_SEED_SIZE, "seed size");
static_assert(crypto_sign_PUBLICKEYBYTES == CRYPTO_PUBLIC_SIZE, "public size");
static_assert(crypto_sign_SECRETKEYBYTES == CRYPTO_SECRET_SIZE, "secret size");
static_assert(crypto_sign_BYTES == CRYPTO_SIG_SIZE, "signature size");
static_assert(crypto_box_PUBLICKEYBYTES == CRYPTO_PUBLIC_SIZE, "X25519 size");
static_assert(crypto_box_SECRETKEYBYTES == CRYPTO_KEY_SIZE, "X25519 size");
static_assert(crypto_box_SEALBYTES == CRYPTO_SEAL_EXTRA, "sealing size");
static_assert(crypto_pwhash_SALTBYTES == CRYPTO_SALT_SIZE, "salt size");
static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == CRYPTO_KEY_SIZE,
	"key size");
static_assert((int)NONCE_SIZE == (int)CRYPTO_NONCE_SIZE, "nonce size");
static_assert(crypto_kdf_KEYBYTES == CRYPTO_KEY_SIZE &&
		      crypto_kdf_CONTEXTBYTES == TAG_SIZE,
	"key for subkeys");
static_assert(NONCE_SIZE + crypto_aead_xchacha20poly1305_ietf_ABYTES ==
		      CRYPTO_LOCK_EXTRA,
	"locking size");

bool crypto_start(struct err *err)
{
	if (sodium_init() < 0)
		return err_set(err, ERR_IO, 0, "libsodium does not start");
	return true;
}

void crypto_random(void *out, size_t len)
{
	randombytes_buf(out, len);
}

void crypto_wipe(void *secret, size_t len)
{
	sodium_memzero(secret, len);
}

bool crypto_equal(const void *a, const void *b, size_t len)
{
	return sodium_memcmp(a, b, len) == 0;
}

/* ---- SHA-256 ---- */

static crypto_hash_sha256_state *state_of(struct crypto_hash *h)
{
	return (crypto_hash_sha256_state *)h->opaque;
}

void crypto_hash_start(struct crypto_hash *h)
{
	crypto_hash_sha256_init(state_of(h));
}

void crypto_hash_add(struct crypto_hash *h, const void *bytes, size_t len)
{
	crypto_hash_sha256_update(state_of(h), bytes, len);
}

void crypto_hash_end(struct crypto_hash *h, uint8_t out[CRYPTO_HASH_SIZE])
{
	crypto_hash_sha256_final(state_of(h), out);
}

void crypto_sha256(const void *bytes, size_t len, uint8_t out[CRYPTO_HASH_SIZE])
{
	crypto_hash_sha256(out, bytes, len);
}

/* ---- Ed25519 ---- */

void crypto_pair_from_seed(const uint8_t seed[CRYPTO_SEED_SIZE],
	struct crypto_pair *out)
{
	crypto_sign_seed_keypair(out->public, out->secret, seed);
}

void crypto_pair_new(struct crypto_pair *out)
{
	crypto_sign_keypair(out->public, out->secret);
}

/*
 * Ed25519 reads its message twice, so the pieces must lie side by side.
 * Returns the size of both together.
 */
static size_t put_tag(const char tag[TAG_SIZE], const void *message, size_t len,
	uint8_t out[TAG_SIZE + CRYPTO_SIGN_MAX])
{
	memcpy(out, tag, TAG_SIZE);
	if (len > 0)
		memcpy(out + TAG_SIZE, message, len);
	return TAG_SIZE + len;
}

void crypto_sign_tagged(const char tag[8], const void *message, size_t len,
	const uint8_t secret[CRYPTO_SECRET_SIZE], uint8_t sig[CRYPTO_SIG_SIZE])
{
	uint8_t all[TAG_SIZE + CRYPTO_SIGN_MAX];

	assert(len <= CRYPTO_SIGN_MAX);
	crypto_sign_detached(sig, NULL, all, put_tag(tag, message, len, all),
		secret);
}

bool crypto_verify_tagged(const char tag[8], const void *message, size_t len,
	const uint8_t public[CRYPTO_PUBLIC_SIZE],
	const uint8_t sig[CRYPTO_SIG_SIZE])
{
	uint8_t all[TAG_SIZE + CRYPTO_SIGN_MAX];

	if (len > CRYPTO_SIGN_MAX)
		return false;
	return crypto_sign_verify_detached(sig, all,
		       put_tag(tag, message, len, all), public) == 0;
}

/* ---- locking and sealing ---- */

void crypto_lock_row(const void *plain, size_t len, const void *context,
	size_t context_len, const uint8_t nonce[CRYPTO_NONCE_SIZE],
	const uint8_t key[CRYPTO_KEY_SIZE], uint8_t *locked)
{
	memcpy(locked, nonce, NONCE_SIZE);
	crypto_aead_xchacha20poly1305_ietf_encrypt(locked + NONCE_SIZE, NULL,
		plain, len, context, context_len, NULL, locked, key);
}

bool crypto_unlock_row(const uint8_t *locked, size_t locked_len,
	const void *context, size_t context_len,
	const uint8_t key[CRYPTO_KEY_SIZE], void *plain)
{
	if (locked_len < CRYPTO_LOCK_EXTRA)
		return false;
	return crypto_aead_xchacha20poly1305_ietf_decrypt(plain, NULL, NULL,
		       locked + NONCE_SIZE, locked_len - NONCE_SIZE, context,
		       context_len, locked, key) == 0;
}

void crypto_lock(const void *plain, size_t len, const char *context,
	const uint8_t key[CRYPTO_KEY_SIZE], uint8_t *locked)
{
	uint8_t nonce[NONCE_SIZE];

	randombytes_buf(nonce, sizeof(nonce));
	crypto_lock_row(plain, len, context, strlen(context), nonce, key,
		locked);
}

bool crypto_unlock(const uint8_t *locked, size_t locked_len,
	const char *context, const uint8_t key[CRYPTO_KEY_SIZE], void *plain)
{
	return crypto_unlock_row(locked, locked_len, context, strlen(context),
		key, plain);
}

void crypto_subkey(const uint8_t key[CRYPTO_KEY_SIZE], uint64_t n,
	const char use[8], uint8_t out[CRYPTO_KEY_SIZE])
{
	crypto_kdf_derive_from_key(out, CRYPTO_KEY_SIZE, n, use, key);
}

uint64_t crypto_blind(const uint8_t key[CRYPTO_KEY_SIZE], const void *bytes,
	size_t len)
{
	uint8_t hash[BLIND_SIZE];
	uint64_t out = 0;

	crypto_generichash(hash, sizeof(hash), bytes, len, key,
		CRYPTO_KEY_SIZE);
	for (int i = 0; i < 8; i++)
		out = out << 8 | hash[i];
	return out;
}

void *crypto_memory_new(size_t len)
{
	void *memory = mmap(NULL, len, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (memory == MAP_FAILED)
		return NULL;
	/* Each as far as the system has it, and this user may. */
	mlock(memory, len);
	madvise(memory, len, MADV_DONTDUMP);
	madvise(memory, len, MADV_WIPEONFORK);
	return memory;
}

void crypto_memory_free(void *memory, size_t len)
{
	if (!memory)
		return;
	sodium_memzero(memory, len);
	munmap(memory, len);
}

bool crypto_memory_hold(const void *memory, size_t len)
{
	return mlock(memory, len) == 0;
}

void crypto_seal_pair_new(uint8_t public[CRYPTO_PUBLIC_SIZE],
	uint8_t secret[CRYPTO_KEY_SIZE])
{
	crypto_box_keypair(public, secret);
}

void crypto_seal_public(const uint8_t secret[CRYPTO_KEY_SIZE],
	uint8_t public[CRYPTO_PUBLIC_SIZE])
{
	crypto_scalarmult_base(public, secret);
}

bool crypto_seal_to(const void *plain, size_t len,
	const uint8_t public[CRYPTO_PUBLIC_SIZE], uint8_t *sealed)
{
	return crypto_box_seal(sealed, plain, len, public) == 0;
}

bool crypto_seal_open(const uint8_t *sealed, size_t sealed_len,
	const uint8_t public[CRYPTO_PUBLIC_SIZE],
	const uint8_t secret[CRYPTO_KEY_SIZE], void *plain)
{
	if (sealed_len < CRYPTO_SEAL_EXTRA)
		return false;
	return crypto_box_seal_open(plain, sealed, sealed_len, public,
		       secret) == 0;
}

bool crypto_seal_to_signer(const void *plain, size_t len,
	const uint8_t public[CRYPTO_PUBLIC_SIZE], uint8_t *sealed)
{
	uint8_t x[CRYPTO_PUBLIC_SIZE];

	return crypto_sign_ed25519_pk_to_curve25519(x, public) == 0 &&
	       crypto_box_seal(sealed, plain, len, x) == 0;
}

bool crypto_seal_open_signer(const uint8_t *sealed, size_t sealed_len,
	const uint8_t secret[CRYPTO_SECRET_SIZE], void *plain)
{
	uint8_t key[CRYPTO_KEY_SIZE];
	uint8_t x[CRYPTO_PUBLIC_SIZE];
	bool ok;

	crypto_sign_ed25519_sk_to_curve25519(key, secret);
	crypto_scalarmult_base(x, key);
	ok = crypto_seal_open(sealed, sealed_len, x, key, plain);
	sodium_memzero(key, sizeof(key));
	return ok;
}

/* ---- Argon2id ---- */

bool crypto_pin_key(const char *pin, const uint8_t salt[CRYPTO_SALT_SIZE],
	struct crypto_pin_cost cost, uint8_t key[CRYPTO_KEY_SIZE],
	struct err *err)
{
	const size_t memory = (size_t)cost.kibibytes * 1024;

	if (cost.passes < crypto_pwhash_argon2id_OPSLIMIT_MIN ||
		memory < crypto_pwhash_argon2id_MEMLIMIT_MIN)
		return err_set(err, ERR_INVALID, 0,
			"pin cost %u passes, %u KiB is too low", cost.passes,
			cost.kibibytes);
	if (cost.passes > CRYPTO_PIN_MAX_PASSES ||
		cost.kibibytes > CRYPTO_PIN_MAX_KIBIBYTES)
		return err_set(err, ERR_INVALID, 0,
			"pin cost %u passes, %u KiB is too high", cost.passes,
			cost.kibibytes);
	errno = 0;
	if (crypto_pwhash(key, CRYPTO_KEY_SIZE, pin, strlen(pin), salt,
		    cost.passes, memory, crypto_pwhash_ALG_ARGON2ID13) != 0)
		return err_set(err, ERR_NO_MEMORY, errno,
			"no %u KiB for the pin", cost.kibibytes);
	return true;
}
