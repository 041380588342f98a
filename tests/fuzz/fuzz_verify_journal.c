/*
 * Journal files as anybody may hand them to the verifier: it ends, and says
 * something that is JSON. Input: the file.
 */
#include <stdio.h>
#include <stdlib.h>

#include "core/crypto.h"
#include "db/verify/jfile.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static FILE *nowhere;
	const struct audit_options options = {.now = INT64_C(1796434200000),
		.from = 1,
		.to = UINT64_MAX};
	struct evidence evidence;
	struct vreport report;
	struct keyring keys;
	struct err err;
	FILE *in;

	if (size == 0 || !crypto_start(&err))
		return 0;
	if (!nowhere)
		nowhere = fopen("/dev/null", "w");
	in = fmemopen((void *)(uintptr_t)data, size, "r");
	keyring_init(&keys);
	evidence_init(&evidence);
	if (!in || !nowhere || !vreport_init(&report, nowhere))
		abort();
	report.json = true;
	if (jfile_walk(in, &options, &keys, &evidence, &report, &err))
		vreport_end(&report);
	vreport_clear(&report);
	evidence_clear(&evidence);
	keyring_clear(&keys);
	fclose(in);
	return 0;
}
