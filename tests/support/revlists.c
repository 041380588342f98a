#include "support/revlists.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/str.h"

void revlists_make(const struct crypto_pair *centre, int version,
	int64_t issued, const char *users, char out[REVLISTS_SIZE])
{
	char hex[2 * CRYPTO_SIG_SIZE + 1];
	uint8_t sum[CRYPTO_HASH_SIZE];
	uint8_t sig[CRYPTO_SIG_SIZE];
	int len;

	len = snprintf(out, REVLISTS_SIZE,
		"CHITRA-REVLIST v1\nversion %d\nissued %" PRId64 "\n%s",
		version, issued, users);
	crypto_sha256(out, (size_t)len, sum);
	crypto_sign_tagged("CHTRREV1", sum, sizeof(sum), centre->secret, sig);
	str_to_hex(sig, sizeof(sig), hex);
	snprintf(out + len, REVLISTS_SIZE - (size_t)len, "sig %s\n", hex);
}
