/*
 * Texts that a scanner, a keys file or a checkpoint may bring. Of receipts,
 * slips and codes the verifier and the program must read the same.
 */
#include <stdlib.h>
#include <string.h>

#include "core/codec/seal.h"
#include "core/codec/zseal.h"
#include "core/crypto.h"
#include "core/str.h"
#include "db/verify/vnote.h"
#include "db/verify/vpaper.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum {
	TEXT_MAX = 2048
};

static void compare_receipt(const char *text, bool good, const struct vpaper *p)
{
	uint8_t head[SEAL_HEAD_BYTES];
	struct seal s;

	if (seal_parse(text, &s) != good)
		abort();
	if (!good)
		return;
	seal_head(&s, head);
	if (p->head_len != sizeof(head) ||
		memcmp(p->head, head, sizeof(head)) != 0 || p->seq != s.seq ||
		p->amount != (uint64_t)s.amount)
		abort();
}

static void compare_slip(const char *text, bool good, const struct vpaper *p)
{
	uint8_t head[ZSEAL_HEAD_BYTES];
	struct zseal z;

	if (zseal_parse(text, &z) != good)
		abort();
	if (!good)
		return;
	zseal_head(&z, head);
	if (p->head_len != sizeof(head) ||
		memcmp(p->head, head, sizeof(head)) != 0)
		abort();
}

static void compare_code(const char *text, bool good)
{
	char code[SEAL_CODE_SIZE];

	if (seal_code_parse(text, code) != good)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char text[TEXT_MAX];
	struct keyring keys;
	struct vpaper p;
	struct vnote n;
	struct err err;
	bool good;

	if (size >= sizeof(text))
		return 0;
	memcpy(text, data, size);
	text[size] = '\0';
	if (!crypto_start(&err))
		return 0;
	keyring_init(&keys);
	if (vnote_read((const char *)data, size, &n))
		vnote_check(&n, &keys);
	text[strcspn(text, "\n")] = '\0';
	keyring_line(&keys, text, &err);
	keyring_clear(&keys);
	good = vpaper_read(text, &p);
	if (str_starts(text, "CV1:"))
		compare_receipt(text, good, &p);
	else if (str_starts(text, "CZ1:"))
		compare_slip(text, good, &p);
	else
		compare_code(text, good);
	return 0;
}
