/* people_waiting.c - how many people wait for which amount. In memory. */
#include <string.h>

#include "db/people_internal.h"

void people_wait(struct people_waiting *w, int64_t amount, int32_t people)
{
	int at = PEOPLE_WAITING;

	if (amount == 0)
		return;
	for (int i = 0; i < PEOPLE_WAITING; i++) {
		if (w->row[i].amount == amount) {
			at = i;
			break;
		}
		if (w->row[i].people == 0 && at == PEOPLE_WAITING)
			at = i;
	}
	/* No row is free, or it had none when he came: he is not counted. */
	if (at == PEOPLE_WAITING || w->row[at].people + people < 0)
		return;
	w->row[at].amount = amount;
	w->row[at].people += people;
}

static bool goes_before(const struct notes_queue *q, int i, int64_t amount,
	int32_t people)
{
	return people > q->row[i].people ||
	       (people == q->row[i].people && amount < q->row[i].amount);
}

void people_waiting_queue(const struct people_waiting *w,
	struct notes_queue *out)
{
	out->rows = 0;
	for (int i = 0; i < PEOPLE_WAITING; i++) {
		int at = out->rows;

		if (w->row[i].people == 0)
			continue;
		while (at > 0 && goes_before(out, at - 1, w->row[i].amount,
					 w->row[i].people))
			at--;
		if (at == NOTES_QUEUE_MAX)
			continue;
		if (out->rows < NOTES_QUEUE_MAX)
			out->rows++;
		memmove(&out->row[at + 1], &out->row[at],
			(size_t)(out->rows - at - 1) * sizeof(out->row[0]));
		out->row[at].amount = w->row[i].amount;
		out->row[at].people = w->row[i].people;
	}
}
