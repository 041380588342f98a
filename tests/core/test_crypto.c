/*
 * Published vectors: FIPS 180-4, RFC 8032, draft-irtf-cfrg-xchacha-03, the
 * journal format; Argon2id made with argon2(1) of Debian. And what is altered never
 * opens.
 */
#include "support/unit.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/crypto.h"
#include "core/str.h"

static size_t bytes_of(const char *hex, uint8_t *out, size_t size)
{
	size_t len = 0;

	assert_true(str_from_hex(hex, out, size, &len));
	return len;
}

static void assert_hex(const uint8_t *bytes, size_t len, const char *hex)
{
	char text[512];

	assert_true(2 * len < sizeof(text));
	str_to_hex(bytes, len, text);
	assert_string_equal(text, hex);
}

/* ---- SHA-256 ---- */

struct hash_row {
	const char *name;
	const char *text;
	const char *hash;
};

static struct hash_row hash_rows[] = {
	{"SHA-256 of nothing", "",
		"e3b0c44298fc1c149afbf4c8996fb924"
		"27ae41e4649b934ca495991b7852b855"},
	{"SHA-256 of abc", "abc",
		"ba7816bf8f01cfea414140de5dae2223"
		"b00361a396177a9cb410ff61f20015ad"},
	{"SHA-256 of two blocks",
		"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
		"248d6a61d20638b8e5c026930c3e6039"
		"a33ce45964ff2167f6ecedd419db06c1"},
};

static void run_hash(void **state)
{
	const struct hash_row *row = *state;
	const size_t len = strlen(row->text);
	uint8_t out[CRYPTO_HASH_SIZE];

	crypto_sha256(row->text, len, out);
	assert_hex(out, sizeof(out), row->hash);
	for (size_t cut = 0; cut <= len; cut++) {
		struct crypto_hash h;

		crypto_hash_start(&h);
		crypto_hash_add(&h, row->text, cut);
		crypto_hash_add(&h, row->text + cut, len - cut);
		crypto_hash_end(&h, out);
		assert_hex(out, sizeof(out), row->hash);
	}
}

/* ---- Ed25519 ---- */

/* RFC 8032 7.1 TEST SHA(abc); its first 8 bytes serve as the tag. */
static void signature_of_rfc_8032(void **state)
{
	uint8_t message[64];
	uint8_t seed[CRYPTO_SEED_SIZE];
	uint8_t sig[CRYPTO_SIG_SIZE];
	struct crypto_pair pair;

	(void)state;
	bytes_of("833fe62409237b9d62ec77587520911e"
		 "9a759cec1d19755b7da901b96dca3d42",
		seed, sizeof(seed));
	crypto_pair_from_seed(seed, &pair);
	assert_hex(pair.public, sizeof(pair.public),
		"ec172b93ad5e563bf4932c70e1245034"
		"c35467ef2efd4d64ebf819683467e2bf");
	bytes_of("ddaf35a193617abacc417349ae204131"
		 "12e6fa4e89a97ea20a9eeee64b55d39a"
		 "2192992a274fc1a836ba3c23a3feebbd"
		 "454d4423643ce80e2a9ac94fa54ca49f",
		message, sizeof(message));
	crypto_sign_tagged((char *)message, message + 8, 56, pair.secret, sig);
	assert_hex(sig, sizeof(sig),
		"dc2a4459e7369633a52b1bf277839a00"
		"201009a3efbf3ecb69bea2186c26b589"
		"09351fc9ac90b3ecfdfbc7c66431e030"
		"3dca179c138ac17ad9bef1177331a704");
}

static void signature_of_the_journal_format(void **state)
{
	uint8_t seed[CRYPTO_SEED_SIZE];
	uint8_t h1[CRYPTO_HASH_SIZE];
	uint8_t sig[CRYPTO_SIG_SIZE];
	struct crypto_pair pair;

	(void)state;
	for (size_t i = 0; i < sizeof(seed); i++)
		seed[i] = (uint8_t)i;
	crypto_pair_from_seed(seed, &pair);
	assert_hex(pair.public, sizeof(pair.public),
		"03a107bff3ce10be1d70dd18e74bc099"
		"67e4d6309ba50d5f1ddc8664125531b8");
	bytes_of("49b36d19da5a79c9a5cff3b6e0aebcd2"
		 "ccd4200a5623e9250013fc2f0690a41f",
		h1, sizeof(h1));
	crypto_sign_tagged("CHTRSIG1", h1, sizeof(h1), pair.secret, sig);
	assert_hex(sig, sizeof(sig),
		"073796851eaff1203a1d9ea902306011"
		"f9ce7b9a5790221a04614e3b98590504"
		"83cab1184771bdef586d60c213573d91"
		"109a0227666ee089222dd9fa77e68209");
}

static void only_what_was_signed_verifies(void **state)
{
	uint8_t message[20] = "540000";
	uint8_t sig[CRYPTO_SIG_SIZE];
	struct crypto_pair pair;
	struct crypto_pair other;

	(void)state;
	crypto_pair_new(&pair);
	crypto_pair_new(&other);
	crypto_sign_tagged("CHTRREC1", message, 20, pair.secret, sig);
	assert_true(crypto_verify_tagged("CHTRREC1", message, 20, pair.public,
		sig));
	assert_false(crypto_verify_tagged("CHTRRCP1", message, 20, pair.public,
		sig));
	assert_false(crypto_verify_tagged("CHTRREC1", message, 19, pair.public,
		sig));
	assert_false(crypto_verify_tagged("CHTRREC1", message, 20, other.public,
		sig));
	for (size_t i = 0; i < sizeof(message); i++) {
		message[i] ^= 1;
		assert_false(crypto_verify_tagged("CHTRREC1", message, 20,
			pair.public, sig));
		message[i] ^= 1;
	}
	for (size_t i = 0; i < sizeof(sig); i++) {
		sig[i] ^= 0x10;
		assert_false(crypto_verify_tagged("CHTRREC1", message, 20,
			pair.public, sig));
		sig[i] ^= 0x10;
	}
}

static void messages_of_any_allowed_length(void **state)
{
	static uint8_t message[CRYPTO_SIGN_MAX + 1];
	uint8_t sig[CRYPTO_SIG_SIZE];
	struct crypto_pair pair;

	(void)state;
	crypto_pair_new(&pair);
	crypto_sign_tagged("CHTRBAT1", NULL, 0, pair.secret, sig);
	assert_true(crypto_verify_tagged("CHTRBAT1", NULL, 0, pair.public,
		sig));
	crypto_sign_tagged("CHTRBAT1", message, CRYPTO_SIGN_MAX, pair.secret,
		sig);
	assert_true(crypto_verify_tagged("CHTRBAT1", message, CRYPTO_SIGN_MAX,
		pair.public, sig));
	assert_false(crypto_verify_tagged("CHTRBAT1", message,
		CRYPTO_SIGN_MAX + 1, pair.public, sig));
}

/* ---- locking ---- */

#define SUNSCREEN                                                         \
	"Ladies and Gentlemen of the class of '99: If I could offer you " \
	"only one tip for the future, sunscreen would be it."

/* draft-irtf-cfrg-xchacha-03, A.3.1 */
static void unlock_opens_the_published_bytes(void **state)
{
	static const char context[] = "PQRS\xc0\xc1\xc2\xc3\xc4\xc5\xc6\xc7";
	uint8_t key[CRYPTO_KEY_SIZE];
	uint8_t locked[256];
	char plain[256] = "";
	size_t len;

	(void)state;
	for (size_t i = 0; i < sizeof(key); i++)
		key[i] = (uint8_t)(0x80 + i);
	len = bytes_of("404142434445464748494a4b4c4d4e4f5051525354555657"
		       "bd6d179d3e83d43b9576579493c0e939"
		       "572a1700252bfaccbed2902c21396cbb"
		       "731c7f1b0b4aa6440bf3a82f4eda7e39"
		       "ae64c6708c54c216cb96b72e1213b452"
		       "2f8c9ba40db5d945b11b69b982c1bb9e"
		       "3f3fac2bc369488f76b2383565d3fff9"
		       "21f9664c97637da9768812f615c68b13"
		       "b52ec0875924c1c7987947deafd8780acf49",
		locked, sizeof(locked));
	assert_int_equal(len, strlen(SUNSCREEN) + CRYPTO_LOCK_EXTRA);
	assert_true(crypto_unlock(locked, len, context, key, plain));
	assert_string_equal(plain, SUNSCREEN);
}

static void altered_bytes_do_not_unlock(void **state)
{
	uint8_t key[CRYPTO_KEY_SIZE];
	uint8_t locked[5 + CRYPTO_LOCK_EXTRA];
	uint8_t again[5 + CRYPTO_LOCK_EXTRA];
	char plain[6] = "";

	(void)state;
	crypto_random(key, sizeof(key));
	crypto_lock("salts", 5, "pd", key, locked);
	crypto_lock("salts", 5, "pd", key, again);
	assert_memory_not_equal(locked, again, sizeof(locked));
	assert_true(crypto_unlock(locked, sizeof(locked), "pd", key, plain));
	assert_string_equal(plain, "salts");
	assert_false(crypto_unlock(locked, sizeof(locked), "pin", key, plain));
	assert_false(crypto_unlock(locked, sizeof(locked), "", key, plain));
	for (size_t n = 0; n < sizeof(locked); n++)
		assert_false(crypto_unlock(locked, n, "pd", key, plain));
	for (size_t bit = 0; bit < 8 * sizeof(locked); bit++) {
		locked[bit / 8] ^= (uint8_t)(1 << bit % 8);
		assert_false(crypto_unlock(locked, sizeof(locked), "pd", key,
			plain));
		locked[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	key[31] ^= 1;
	assert_false(crypto_unlock(locked, sizeof(locked), "pd", key, plain));
}

static void nothing_can_be_locked_too(void **state)
{
	const uint8_t key[CRYPTO_KEY_SIZE] = {1};
	uint8_t locked[CRYPTO_LOCK_EXTRA];
	uint8_t plain[1];

	(void)state;
	crypto_lock(NULL, 0, "pd", key, locked);
	assert_true(crypto_unlock(locked, sizeof(locked), "pd", key, plain));
}

static void sealed_bytes_open_for_the_centre_only(void **state)
{
	uint8_t public[CRYPTO_PUBLIC_SIZE];
	uint8_t secret[CRYPTO_KEY_SIZE];
	uint8_t other_public[CRYPTO_PUBLIC_SIZE];
	uint8_t other_secret[CRYPTO_KEY_SIZE];
	uint8_t again[CRYPTO_PUBLIC_SIZE];
	uint8_t sealed[6 + CRYPTO_SEAL_EXTRA];
	char plain[7] = "";

	(void)state;
	crypto_seal_pair_new(public, secret);
	crypto_seal_pair_new(other_public, other_secret);
	crypto_seal_public(secret, again);
	assert_memory_equal(again, public, sizeof(again));
	assert_true(crypto_seal_to("person", 6, public, sealed));
	assert_true(crypto_seal_open(sealed, sizeof(sealed), public, secret,
		plain));
	assert_string_equal(plain, "person");
	assert_false(crypto_seal_open(sealed, sizeof(sealed), other_public,
		other_secret, plain));
	assert_false(crypto_seal_open(sealed, CRYPTO_SEAL_EXTRA - 1, public,
		secret, plain));
	assert_false(crypto_seal_open(sealed, sizeof(sealed) - 1, public,
		secret, plain));
	for (size_t i = 0; i < sizeof(sealed); i++) {
		sealed[i] ^= 1;
		assert_false(crypto_seal_open(sealed, sizeof(sealed), public,
			secret, plain));
		sealed[i] ^= 1;
	}
}

/* A key of small order would seal for everybody. */
static void a_bad_public_key_seals_nothing(void **state)
{
	const uint8_t zero[CRYPTO_PUBLIC_SIZE] = {0};
	uint8_t sealed[1 + CRYPTO_SEAL_EXTRA];

	(void)state;
	assert_false(crypto_seal_to("x", 1, zero, sealed));
}

/* ---- PIN ---- */

static void pin_key_is_argon2id(void **state)
{
	static const uint8_t salt[] = "0123456789abcdef";
	uint8_t key[CRYPTO_KEY_SIZE];
	struct err err;

	(void)state;
	assert_true(crypto_pin_key("482913", salt,
		(struct crypto_pin_cost){2, 256}, key, &err));
	assert_hex(key, sizeof(key),
		"78e2a6aa79a7d3dff86e3e2c8b1f1202"
		"d8a9efaf9e6514e1d99e6d51528e99d1");
	assert_true(crypto_pin_key("482913", salt,
		(struct crypto_pin_cost){3, 256}, key, &err));
	assert_hex(key, sizeof(key),
		"5f5838a1869c395485b903909f9971a6"
		"044b06097d236de1e468a86db57093fe");
}

static void pin_key_depends_on_everything(void **state)
{
	static const struct crypto_pin_cost cost = {1, 64};
	uint8_t salt[CRYPTO_SALT_SIZE] = {1};
	uint8_t first[CRYPTO_KEY_SIZE];
	uint8_t key[CRYPTO_KEY_SIZE];
	struct err err;

	(void)state;
	assert_true(crypto_pin_key("482913", salt, cost, first, &err));
	assert_true(crypto_pin_key("482913", salt, cost, key, &err));
	assert_true(crypto_equal(first, key, sizeof(key)));
	assert_true(crypto_pin_key("482914", salt, cost, key, &err));
	assert_false(crypto_equal(first, key, sizeof(key)));
	salt[15] = 1;
	assert_true(crypto_pin_key("482913", salt, cost, key, &err));
	assert_false(crypto_equal(first, key, sizeof(key)));
}

static void a_pin_cost_that_cannot_be_is_an_error(void **state)
{
	const uint8_t salt[CRYPTO_SALT_SIZE] = {1};
	uint8_t key[CRYPTO_KEY_SIZE];
	struct err err;

	(void)state;
	assert_false(crypto_pin_key("482913", salt,
		(struct crypto_pin_cost){0, 256}, key, &err));
	assert_int_equal(err.code, ERR_INVALID);
	assert_false(crypto_pin_key("482913", salt,
		(struct crypto_pin_cost){1, 7}, key, &err));
	assert_int_equal(err.code, ERR_INVALID);
	/* A damaged row of a user: -1. Nobody waits for that. */
	assert_false(crypto_pin_key("482913", salt,
		(struct crypto_pin_cost){UINT32_MAX, 256}, key, &err));
	assert_int_equal(err.code, ERR_INVALID);
	assert_false(crypto_pin_key("482913", salt,
		(struct crypto_pin_cost){1, UINT32_MAX}, key, &err));
	assert_int_equal(err.code, ERR_INVALID);
}

/* In a child, which may use no more memory than it has. */
static int pin_key_without_memory(void)
{
	const struct rlimit none = {1, 1};
	const uint8_t salt[CRYPTO_SALT_SIZE] = {1};
	uint8_t key[CRYPTO_KEY_SIZE];
	struct err err = {.code = ERR_NONE};

	if (setrlimit(RLIMIT_AS, &none) != 0)
		return 100;
	if (crypto_pin_key("482913", salt,
		    (struct crypto_pin_cost){1, 512 * 1024}, key, &err))
		return 101;
	return (int)err.code;
}

static void too_little_memory_is_an_error(void **state)
{
	pid_t child;
	int status = -1;

	(void)state;
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
	skip(); /* their own allocator ends the program instead */
#endif
	fflush(NULL);
	child = fork();
	assert_true(child >= 0);
	if (child == 0)
		_exit(pin_key_without_memory());
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), ERR_NO_MEMORY);
}

/* ---- the rest ---- */

static void random_bytes_are_not_the_same_twice(void **state)
{
	uint8_t a[32] = {0};
	uint8_t b[32] = {0};

	(void)state;
	crypto_random(a, sizeof(a));
	crypto_random(b, sizeof(b));
	assert_false(crypto_equal(a, b, sizeof(a)));
	assert_true(crypto_equal(a, b, 0));
	crypto_wipe(a, 31);
	memset(b, 0, 31);
	assert_memory_equal(a, b, 31);
}

static int start(void **state)
{
	struct err err;

	(void)state;
	/* Twice is once. */
	return crypto_start(&err) && crypto_start(&err) ? 0 : -1;
}

static void sealed_to_a_signer_opens_with_his_key_only(void **state)
{
	const uint8_t none[CRYPTO_PUBLIC_SIZE] = {0};
	uint8_t sealed[7 + CRYPTO_SEAL_EXTRA];
	struct crypto_pair pair;
	struct crypto_pair other;
	char plain[7];

	(void)state;
	crypto_pair_new(&pair);
	crypto_pair_new(&other);
	assert_false(crypto_seal_to_signer("person", 7, none, sealed));
	assert_true(crypto_seal_to_signer("person", 7, pair.public, sealed));
	assert_true(crypto_seal_open_signer(sealed, sizeof(sealed), pair.secret,
		plain));
	assert_string_equal(plain, "person");
	assert_false(crypto_seal_open_signer(sealed, sizeof(sealed),
		other.secret, plain));
	sealed[50] ^= 1;
	assert_false(crypto_seal_open_signer(sealed, sizeof(sealed),
		pair.secret, plain));
}

/* By Python's hashlib: blake2b(key=bytes(range(32)), digest_size=16). */
static void a_blind_is_keyed_blake2b(void **state)
{
	uint8_t key[CRYPTO_KEY_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof(key); i++)
		key[i] = (uint8_t)i;
	assert_true(crypto_blind(key, "001145000001", 12) ==
		    UINT64_C(0xb1fab4c46b410870));
	key[31] ^= 1;
	assert_false(crypto_blind(key, "001145000001", 12) ==
		     UINT64_C(0xb1fab4c46b410870));
}

static void subkeys_differ_by_number_and_use(void **state)
{
	const uint8_t key[CRYPTO_KEY_SIZE] = {1};
	uint8_t out[4][CRYPTO_KEY_SIZE];

	(void)state;
	crypto_subkey(key, 1, "CHTRROWS", out[0]);
	crypto_subkey(key, 2, "CHTRROWS", out[1]);
	crypto_subkey(key, 1, "CHTRFIND", out[2]);
	crypto_subkey(key, 1, "CHTRROWS", out[3]);
	assert_memory_not_equal(out[0], out[1], CRYPTO_KEY_SIZE);
	assert_memory_not_equal(out[0], out[2], CRYPTO_KEY_SIZE);
	assert_memory_equal(out[0], out[3], CRYPTO_KEY_SIZE);
	assert_memory_not_equal(out[0], key, CRYPTO_KEY_SIZE);
}

static void key_memory_is_zero_in_a_child(void **state)
{
	uint8_t *memory = crypto_memory_new(100);
	int status = 0;
	pid_t child;

	(void)state;
	assert_non_null(memory);
	assert_int_equal(memory[99], 0);
	memory[99] = 77;
	child = fork();
	if (child == 0)
		_exit(memory[99]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	assert_int_equal(memory[99], 77);
	crypto_memory_free(memory, 100);
	crypto_memory_free(NULL, 100);
}

int main(void)
{
	struct CMUnitTest tests[18 + COUNT_OF(hash_rows)] = {
		cmocka_unit_test(signature_of_rfc_8032),
		cmocka_unit_test(signature_of_the_journal_format),
		cmocka_unit_test(only_what_was_signed_verifies),
		cmocka_unit_test(messages_of_any_allowed_length),
		cmocka_unit_test(unlock_opens_the_published_bytes),
		cmocka_unit_test(altered_bytes_do_not_unlock),
		cmocka_unit_test(nothing_can_be_locked_too),
		cmocka_unit_test(sealed_bytes_open_for_the_centre_only),
		cmocka_unit_test(a_bad_public_key_seals_nothing),
		cmocka_unit_test(sealed_to_a_signer_opens_with_his_key_only),
		cmocka_unit_test(a_blind_is_keyed_blake2b),
		cmocka_unit_test(subkeys_differ_by_number_and_use),
		cmocka_unit_test(key_memory_is_zero_in_a_child),
		cmocka_unit_test(pin_key_is_argon2id),
		cmocka_unit_test(pin_key_depends_on_everything),
		cmocka_unit_test(a_pin_cost_that_cannot_be_is_an_error),
		cmocka_unit_test(too_little_memory_is_an_error),
		cmocka_unit_test(random_bytes_are_not_the_same_twice),
	};
	size_t n = 18;

	UNIT_ADD_ROWS(tests, &n, hash_rows, run_hash);
	return _cmocka_run_group_tests("crypto", tests, n, start, NULL);
}
