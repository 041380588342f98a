/*
 * verb_seal_key.c - `chitra seal-key`: the key of a terminal that was set up
 * without a TPM goes into the TPM of its machine, and out of its file.
 */
#include <stdio.h>

#include "core/tr.h"
#include "terminal/app/json.h"
#include "terminal/app/verb.h"

enum exit_status verb_seal_key(int argc, char **argv)
{
	struct keeper keeper;
	enum exit_status status;
	struct verb_store v;
	struct err err = {0};
	struct options o;

	if (!verb_options(&o, "seal-key", argc, argv, NULL, 0))
		return EXIT_USAGE;
	if (o.words != 0)
		return verb_usage("seal-key");
	if (!verb_open(&o, true, &v, &status))
		return status;
	keeper_init(&keeper);
	if (db_seal_key(v.db, &v.session, &keeper.with, &err)) {
		if (!o.json)
			printf("%s\n",
				tr("The key of this device is sealed by the TPM"
				   " of this machine now; its file is gone."));
		status = verb_reply(&o, json_ok(), EXIT_DONE);
	} else {
		status = verb_not_opened(&o, &keeper, v.dir, &err);
	}
	verb_close(&v);
	return status;
}
