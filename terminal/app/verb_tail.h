/* verb_tail.h - `chitra centre tail`: the end of the book, back from the centre
 * (db/regain.h). Threads and blocking: as a verb. */
#ifndef APP_VERB_TAIL_H
#define APP_VERB_TAIL_H

#include "terminal/app/verb.h"

/* from: a file of a stick, NULL by line. yes: take it, else only show it. */
enum exit_status tail_show(const struct options *o, const char *from, bool yes);

#endif
