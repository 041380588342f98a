/* run_office.h - the effects that only supervisors ask for; part of run.c. */
#ifndef APP_RUN_OFFICE_H
#define APP_RUN_OFFICE_H

#include "terminal/app/run.h"

/* False if the effect is none of these. */
bool run_office(struct ports *p, struct effect *fx, struct event *answer);

/* Where the last copy went, "/media" if none did; and that of a new file. */
void run_office_folder(struct ports *p, char *out, size_t size);
void run_office_keep_folder(struct ports *p, const char *path);

#endif
