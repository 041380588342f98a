/* The tree of RFC 6962, beside the roots that its known test leaves have. */
#include "support/unit.h"

#include <string.h>

#include "core/codec/merkle.h"
#include "core/str.h"

/* Leaves and roots of the tests of Certificate Transparency's own log. */
static const struct {
	const char *leaf; /* hex */
	const char *root; /* of all up to here */
} known[] = {
	{"", "6e340b9cffb37a989ca544e6bb780a2c"
	     "78901d3fb33738768511a30617afa01d"},
	{"00", "fac54203e7cc696cf0dfcb42c92a1d9d"
	       "baf70ad9e621f4bd8d98662f00e3c125"},
	{"10", "aeb6bcfe274b70a14fb067a5e5578264"
	       "db0fa9b51af5e0ba159158f329e06e77"},
	{"2021", "d37ee418976dd95753c1c73862b9398f"
		 "a2a2cf9b4ff0fdfe8b30cd95209614b7"},
	{"3031", "4e3bbb1f7b478dcfe71fb631631519a3"
		 "bca12c9aefca1612bfce4c13a86264d4"},
	{"40414243", "76e67dadbcdf1e10e1b74ddc608abd2f"
		     "98dfb16fbce75277b5232a127f2087ef"},
	{"5051525354555657", "ddb89be403809e325750d3d263cd7892"
			     "9c2942b7942a34b77e122c9594a74c8c"},
	{"606162636465666768696a6b6c6d6e6f",
		"5dc9da79a70659a9ad559cb701ded9a2"
		"ab9d823aad2f4960cfe370eff4604328"},
};

static void roots_are_the_known_ones(void **state)
{
	uint8_t root[CRYPTO_HASH_SIZE];
	char hex[2 * CRYPTO_HASH_SIZE + 1];
	uint8_t leaf[32];
	struct merkle m;
	size_t len;

	(void)state;
	merkle_init(&m);
	merkle_root(&m, root);
	str_to_hex(root, sizeof(root), hex);
	assert_string_equal(hex, "e3b0c44298fc1c149afbf4c8996fb924"
				 "27ae41e4649b934ca495991b7852b855");
	for (size_t i = 0; i < COUNT_OF(known); i++) {
		len = 0;
		if (known[i].leaf[0])
			assert_true(str_from_hex(known[i].leaf, leaf,
				sizeof(leaf), &len));
		merkle_add(&m, leaf, len);
		merkle_root(&m, root);
		str_to_hex(root, sizeof(root), hex);
		assert_string_equal(hex, known[i].root);
	}
}

/* RFC 6962 2.1 word for word: split at the largest power of two below n. */
static void by_the_book(size_t from, size_t n, uint8_t out[CRYPTO_HASH_SIZE])
{
	uint8_t both[1 + 2 * CRYPTO_HASH_SIZE] = {1};
	uint8_t leaf[2] = {0, (uint8_t)from};
	size_t half = 1;

	if (n == 1) {
		crypto_sha256(leaf, sizeof(leaf), out);
		return;
	}
	while (2 * half < n)
		half *= 2;
	by_the_book(from, half, both + 1);
	by_the_book(from + half, n - half, both + 1 + CRYPTO_HASH_SIZE);
	crypto_sha256(both, sizeof(both), out);
}

static void trees_of_every_size_up_to_200(void **state)
{
	uint8_t want[CRYPTO_HASH_SIZE];
	uint8_t root[CRYPTO_HASH_SIZE];
	struct merkle m;

	(void)state;
	merkle_init(&m);
	for (size_t n = 1; n <= 200; n++) {
		const uint8_t leaf = (uint8_t)(n - 1);

		merkle_add(&m, &leaf, 1);
		merkle_root(&m, root);
		by_the_book(0, n, want);
		assert_memory_equal(root, want, sizeof(want));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(roots_are_the_known_ones),
		cmocka_unit_test(trees_of_every_size_up_to_200),
	};

	if (!crypto_start(NULL))
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
