/*
 * surveys_internal.h - questionnaires, as the check of the whole book needs
 * them.
 */
#ifndef DB_SURVEYS_INTERNAL_H
#define DB_SURVEYS_INTERNAL_H

#include "db/surveys.h"

/*
 * Is each row the text whose hash its record bears, and are there as many as
 * the records say, count?
 */
bool surveys_check(struct db *db, uint64_t count, bool *told, struct err *err);

#endif
