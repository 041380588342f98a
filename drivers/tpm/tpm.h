/*
 * tpm.h - 32 secret bytes sealed by the TPM 2.0 chip of this machine.
 *
 * What comes out of tpm_seal() is no secret: only the chip that made it, and
 * only until it is cleared, turns it back. The chip keeps nothing of it: the
 * key above is made anew from the chip's own seed each time. There is no PIN
 * on it, so whoever runs as root on that machine can open it; who has only
 * its disk cannot. On the wires to the chip the secret is encrypted: one who
 * listens learns nothing, one who sits between and answers for it does.
 *
 * Threads: one at a time, and the first call before others are started (it
 * silences the library by the environment). Blocking: about a second on a
 * real chip. A build without tpm2-tss has no TPM and says so.
 */
#ifndef DRIVERS_TPM_TPM_H
#define DRIVERS_TPM_TPM_H

#include <stdbool.h>
#include <stdint.h>

#include "core/err.h"

enum {
	TPM_SECRET_SIZE = 32,
	TPM_SEALED_SIZE = 512 /* what is not used of it is 0 */
};

/*
 * at: how tpm2-tss names the chip ("swtpm:path=…"); NULL: the one of this
 * machine, through the kernel's resource manager.
 * ERR_GONE: there is none, or it may not be used by this user. ERR_DENIED
 * (of unseal): another chip has sealed it, or this one was cleared since.
 * ERR_CORRUPT: these bytes were sealed by no chip, or were altered in form.
 * ERR_IO: it answered with an error, which the text has in its own words.
 */
bool tpm_seal(const char *at, const uint8_t secret[TPM_SECRET_SIZE],
	uint8_t sealed[TPM_SEALED_SIZE], struct err *err);
bool tpm_unseal(const char *at, const uint8_t sealed[TPM_SEALED_SIZE],
	uint8_t secret[TPM_SECRET_SIZE], struct err *err);

/* Can this build use one at all? */
bool tpm_is_built_in(void);

#endif
