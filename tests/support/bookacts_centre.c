/* Acts with a centre: joining it, sending, and what it says. */
#include "support/bookacts_internal.h"

#include <string.h>

#include "core/clock.h"
#include "db/outbox.h"
#include "support/madecentre.h"
#include "support/unit.h"

static enum said verdict(enum verdict v)
{
	return v == VERDICT_DONE ? SAID_DONE : v < 0 ? SAID_FAILED : SAID_NO;
}

enum said bookacts_join_again(struct bookstore *b, struct err *err)
{
	struct madecentre c;
	struct enrol_answer a;
	struct refusal why;

	madecentre_make(&c, 1);
	madecentre_enrols(&c, &a);
	return verdict(outbox_join(b->db, &b->hoa, "https://centre.example", &a,
		&why, err));
}

void bookacts_join(struct bookstore *b)
{
	struct err err = {0};

	if (bookacts_join_again(b, &err) != SAID_DONE)
		fail_msg("%s", err.text);
}

enum said bookacts_send(struct bookstore *b, struct err *err)
{
	static struct outbox_batch batch;
	struct outbox_taken taken;
	struct madecentre c;

	switch (outbox_next(b->db, 0, BATCH_MAX_RECORDS, &batch, err)) {
	case LOOKUP_FAILED:
		return SAID_FAILED;
	case LOOKUP_ABSENT:
		return SAID_NO;
	case LOOKUP_FOUND:
		break;
	}
	madecentre_make(&c, 1);
	madecentre_takes(&c, batch.bytes, batch.len);
	if (!outbox_take(b->db, c.note, c.len, clock_wall_ms(), &taken, err))
		return SAID_FAILED;
	return taken.took == OUTBOX_TAKEN ? SAID_DONE : SAID_NO;
}
