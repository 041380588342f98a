/*
 * readouts.h - the texts that are read out before somebody consents, filled
 * in for this point.
 *
 * Of each language the newest version counts, of assets/texts/ or of those that
 * came down from the centre (db/down.h). Who answers
 * for the data says chitra.ini, [consent]; a demo and a training have made-up
 * words of their own, so that they can be tried without settings.
 */
#ifndef TERMINAL_APP_READOUTS_H
#define TERMINAL_APP_READOUTS_H

#include "core/codec/readout.h"
#include "db/db.h"
#include "terminal/app/config.h"
#include "terminal/flows/flow.h"

/* Vietnamese first, then by their letters. */
void readouts_langs(struct consent_langs *out);

/*
 * ERR_INVALID: there is none in that language, or a setting is missing, whose
 * name is in the text. c NULL: no settings at all.
 */
bool readouts_load(const struct config *c, struct db *db, const char *lang,
	struct readout *out, struct err *err);

/* The last day of a consent of today, YYYYMMDD; 0: no end. */
int32_t readouts_until(const struct config *c, const struct db_info *info,
	int64_t now);

/* What is filled in. */
void readouts_values(const struct config *c, const struct db_info *info,
	struct readout_values *out);

#endif
