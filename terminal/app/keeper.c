#include "terminal/app/keeper.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/str.h"
#include "core/text.h"
#include "core/tr.h"
#include "drivers/tpm/tpm.h"

enum {
	WHERE_SIZE = 512
};

_Static_assert((int)DB_SEALED_SIZE == (int)TPM_SEALED_SIZE,
	"the store keeps what the TPM gives");

static const char *which_tpm(void)
{
#ifdef CRASH_POINTS
	/* For stories with a TPM that is none; a release does not ask. */
	return getenv("CHITRA_TPM");
#else
	return NULL;
#endif
}

static bool seal(void *ctx, const uint8_t *key, uint8_t sealed[DB_SEALED_SIZE],
	struct err *err)
{
	struct keeper *k = ctx;
	const bool ok = tpm_seal(which_tpm(), key, sealed, err);

	k->sealing = true;
	k->trouble = ok ? ERR_NONE : err->code;
	return ok;
}

static bool unseal(void *ctx, const uint8_t sealed[DB_SEALED_SIZE],
	uint8_t *key, struct err *err)
{
	struct keeper *k = ctx;
	const bool ok = tpm_unseal(which_tpm(), sealed, key, err);

	k->trouble = ok ? ERR_NONE : err->code;
	return ok;
}

void keeper_init(struct keeper *k)
{
	*k = (struct keeper){
		.with = {.seal = seal, .unseal = unseal, .ctx = k}};
}

struct db *keeper_open(struct keeper *k, const char *dir, struct err *err)
{
	return db_open_kept(dir, &k->with, err);
}

static const char *no_tpm(const struct keeper *k)
{
	return k->sealing
		       ? tr("The key of this device was not sealed: this"
			    " machine has no TPM that can be used. Make the"
			    " book without it, or with the key on a disk of"
			    " its own.")
		       : tr("The key of this device is sealed by the TPM of its"
			    " machine, and here is none that can be used: the"
			    " book does not open. Tell the technician.");
}

bool keeper_says(const struct keeper *k, const char *dir, const char **code,
	char *out, size_t size)
{
	char where[WHERE_SIZE];

	if (k->trouble == ERR_GONE) {
		*code = "no_tpm";
		return str_copy(out, size, no_tpm(k));
	}
	if (k->trouble == ERR_DENIED) {
		*code = "other_tpm";
		return str_copy(out, size,
			tr("The key of this device was sealed by another TPM:"
			   " this book is of another machine, or the TPM was"
			   " cleared. It does not open. Tell the technician."));
	}
	if (k->trouble != ERR_NONE ||
		!db_key_is_away(dir, where, sizeof(where)))
		return false;
	*code = "no_device_key";
	snprintf(out, size,
		tr("The key of this device is kept at %s, which is not there:"
		   " put that disk in."),
		text_plain(where));
	return true;
}
