/* samples_internal.h - the two lines of samples.h in records. Pure. */
#ifndef DB_SAMPLES_INTERNAL_H
#define DB_SAMPLES_INTERNAL_H

#include "db/record_internal.h"
#include "db/samples.h"

struct sample_called {
	uint64_t draw;
	uint64_t pay;
	enum sample_said said;
	int64_t amount; /* -1: not said */
	enum sample_note note;
};

/* A signed CONFIG whose line it is, and its hash that of it. seq, t, actor of
 * the record are filled in, the name is not. */
bool samples_read_draw(const struct record *r, struct sample *out);
bool samples_read_called(const struct record *r, struct sample_called *out);

#endif
