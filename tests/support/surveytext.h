/*
 * surveytext.h - small questionnaires for tests, from the rows of a sheet.
 */
#ifndef TESTS_SUPPORT_SURVEYTEXT_H
#define TESTS_SUPPORT_SURVEYTEXT_H

#include "core/codec/survey.h"

/*
 * rows: of the sheet survey below "type,name,label,required,relevant,
 * constraint,hint", each after an empty first cell: ",text,a,A\n". Lists of
 * choices there are: who (self, child, other), yn (1, 0), many (c1 to c20).
 * Ends the test if that is no questionnaire.
 */
const struct survey *surveytext(const char *rows);

/* The same without ending: what is wrong, "survey 2 type bad_type [x]\n" a
 * line each; "" if nothing is. */
const char *surveytext_troubles(const char *csv, struct survey *out);

#endif
