/* Acts at people's doors: a visit, half of one, the plan of a day. */
#include "support/bookacts_internal.h"

#include <string.h>

#include "core/clock.h"
#include "db/drafts.h"
#include "db/rounds.h"
#include "db/visits.h"

static enum said visit(struct bookstore *b, int64_t person,
	enum visit_result result, struct err *err)
{
	static const uint8_t answers[] = {0xa1, 0x00, 0x01};
	struct visit_request q = {.person = person,
		.result = result,
		.note = "hỏi con trai",
		.answers = answers,
		.answers_len = sizeof(answers),
		.form_id = "visit",
		.form_version = "1"};
	struct visit_look look;
	struct refusal why;
	struct visit out;
	enum verdict v;

	if (!visits_look(b->db, &b->lan, person, &look, err))
		return SAID_FAILED;
	q.seen = look.last.seq;
	v = visits_record(b->db, &b->lan, &q, &out, &why, err);
	return v == VERDICT_DONE ? SAID_DONE : v < 0 ? SAID_FAILED : SAID_NO;
}

enum said bookacts_visit(struct bookstore *b, struct err *err)
{
	return visit(b, BOOKACTS_VISITED, VISIT_THINKS, err);
}

enum said bookacts_moved(struct bookstore *b, struct err *err)
{
	return visit(b, BOOKACTS_VISITED, VISIT_MOVED, err);
}

/* Kept once: again there is nothing to do. */
enum said bookacts_draft(struct bookstore *b, struct err *err)
{
	static const char half[] = "half a visit";
	uint8_t bytes[DRAFT_MAX];
	size_t len;

	switch (drafts_get(b->db, &b->lan, BOOKACTS_VISITED, bytes, &len,
		err)) {
	case LOOKUP_FAILED:
		return SAID_FAILED;
	case LOOKUP_FOUND:
		return SAID_NO;
	case LOOKUP_ABSENT:
		break;
	}
	return drafts_save(b->db, &b->lan, BOOKACTS_VISITED, half, sizeof(half),
		       err)
		       ? SAID_DONE
		       : SAID_FAILED;
}

/* The same. */
enum said bookacts_plan(struct bookstore *b, struct err *err)
{
	const struct date today = date_of_ms(clock_wall_ms()).date;
	struct round_person p[4];
	int count;

	if (!rounds_plan(b->db, &b->lan, today, p, 4, &count, err))
		return SAID_FAILED;
	if (count > 0)
		return SAID_NO;
	return rounds_plan_add(b->db, &b->lan, today, BOOKACTS_VISITED, err)
		       ? SAID_DONE
		       : SAID_FAILED;
}
