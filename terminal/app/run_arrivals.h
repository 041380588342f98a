/* run_arrivals.h - lists that came from the centre (db/down.h). */
#ifndef APP_RUN_ARRIVALS_H
#define APP_RUN_ARRIVALS_H

#include "terminal/app/run.h"

/* FX_ARRIVAL_LOOK, FX_ARRIVAL_TAKE; false: it is another effect. Long work:
 * who watches the store is asked. */
bool run_arrivals(struct ports *p, const struct effect *fx,
	struct event *answer);

#endif
