/* notes_plan.c - which notes to give for an amount: the rule of notes.h. */
#include <string.h>

#include "core/notes.h"

/*
 * How many notes fewer than would fit are tried of each kind. That two are
 * enough to find an exact way if there is one: let x of a note d be in such a
 * way, and m fit. Smaller notes worth (m - x) d stand in for the others. For
 * m - x of 2 or more, some of them are worth d (or 2 d, where d is five of
 * something: five notes of 200,000), so there is a way with more of d. The
 * test tries all small drawers. Four where d is five of something: five of
 * 200,000 may rather go than two of 500,000.
 */
static const int tries[NOTES_KINDS] = {4, 2, 2, 4, 2, 2, 4, 2, 1};

/* One look for ways to pay an amount. */
struct search {
	const struct notes *have;
	int64_t worth[NOTES_KINDS + 1]; /* of this kind and all smaller */
	int fewest;                     /* tries[] at most */
	struct notes way;               /* so far */
	long *work;                     /* steps that are left */
	bool (*found)(void *ctx, const struct notes *way); /* false: stop */
	void *ctx;
};

/* Ways with i and smaller notes; false: stop looking. */
static bool look(struct search *s, int i, int64_t amount)
{
	int64_t fit;

	if (amount == 0)
		return s->found(s->ctx, &s->way);
	if (i == NOTES_KINDS || amount > s->worth[i])
		return true;
	fit = amount / notes_denomination[i];
	if (fit > s->have->pieces[i])
		fit = s->have->pieces[i];
	for (int t = 0; t < tries[i] && t < s->fewest && fit >= t; t++) {
		const int64_t rest = amount - (fit - t) * notes_denomination[i];

		if (rest > s->worth[i + 1])
			break;
		if (--*s->work < 0)
			return false;
		s->way.pieces[i] = (int32_t)(fit - t);
		if (!look(s, i + 1, rest))
			return false;
		s->way.pieces[i] = 0;
	}
	return true;
}

static void search(struct search *s, int64_t amount)
{
	s->worth[NOTES_KINDS] = 0;
	*s->work -= NOTES_KINDS;
	for (int i = NOTES_KINDS - 1; i >= 0; i--)
		s->worth[i] = s->worth[i + 1] +
			      s->have->pieces[i] * notes_denomination[i];
	if (amount > 0)
		look(s, 0, amount);
}

/* ---- one way, the largest notes first ---------------------------------- */

struct first {
	bool found;
	struct notes way;
};

static bool take_first(void *ctx, const struct notes *way)
{
	struct first *f = ctx;

	f->found = true;
	f->way = *way;
	return false;
}

static bool exact(const struct notes *have, int64_t amount, long *work,
	struct notes *out)
{
	struct first f = {.found = false};
	struct search s = {.have = have,
		.fewest = 2,
		.work = work,
		.found = take_first,
		.ctx = &f};

	search(&s, amount);
	if (f.found)
		*out = f.way;
	return f.found;
}

bool notes_exact(const struct notes *have, int64_t amount, struct notes *out)
{
	long work = NOTES_WORK;

	return exact(have, amount, &work, out);
}

/* ---- those who wait ---------------------------------------------------- */

static void less(struct notes *have, const struct notes *n)
{
	for (int i = 0; i < NOTES_KINDS; i++)
		have->pieces[i] -= n->pieces[i];
}

/* The smallest note that is missing for that amount, were others there. */
static int64_t lacking(const struct notes *have, int64_t amount)
{
	int64_t fetch = 0;

	for (int i = 0; i < NOTES_KINDS; i++) {
		const int64_t pieces = amount / notes_denomination[i];

		if (pieces > have->pieces[i])
			fetch = notes_denomination[i];
		amount -= pieces * notes_denomination[i];
	}
	return fetch;
}

/* How it goes on for those who wait, when one was paid. */
struct served {
	int32_t stuck;
	int64_t fetch; /* of the first of the next NOTES_SOON who is stuck */
};

/*
 * Serve so many of them in thought, until as many are stuck as make no
 * difference, or no work is left. An amount that no notes make is nobody's
 * fault.
 */
static void serve(const struct notes *have, const struct notes_queue *q,
	int most, int32_t enough, long *work, struct served *out)
{
	struct notes left = *have;
	int64_t cash = notes_sum(have);
	int people = 0;
	bool any = true;

	*out = (struct served){0};
	for (int32_t turn = 0; any && people < most; turn++) {
		any = false;
		for (int i = 0; i < q->rows && people < most; i++) {
			const int64_t amount = q->row[i].amount;
			struct notes way;

			if (q->row[i].people <= turn || amount > cash ||
				amount % notes_denomination[NOTES_KINDS - 1])
				continue;
			any = true;
			people++;
			if (exact(&left, amount, work, &way)) {
				less(&left, &way);
				cash -= amount;
				continue;
			}
			if (*work < 0)
				return;
			if (out->fetch == 0 && people <= NOTES_SOON)
				out->fetch = lacking(&left, amount);
			if (++out->stuck >= enough)
				return;
		}
	}
}

/* ---- the choice -------------------------------------------------------- */

struct choice {
	const struct notes *have;
	const struct notes_queue *queue;
	int ahead; /* so many of them must be payable afterwards */
	long *work;
	bool found;
	struct notes best;
	int64_t pieces;
};

static int64_t count(const struct notes *n)
{
	int64_t pieces = 0;

	for (int i = 0; i < NOTES_KINDS; i++)
		pieces += n->pieces[i];
	return pieces;
}

/* Rules 3 and 4. */
static bool is_better(const struct choice *c, const struct notes *way)
{
	const int64_t pieces = count(way);

	if (!c->found || pieces != c->pieces)
		return !c->found || pieces < c->pieces;
	for (int i = NOTES_KINDS - 1; i >= 0; i--)
		if (way->pieces[i] != c->best.pieces[i])
			return way->pieces[i] < c->best.pieces[i];
	return false;
}

/* Rule 2. */
static bool leaves_all_payable(const struct choice *c, const struct notes *way)
{
	struct notes left = *c->have;
	struct served then;

	if (c->ahead == 0)
		return true;
	less(&left, way);
	serve(&left, c->queue, c->ahead, 1, c->work, &then);
	return then.stuck == 0 && *c->work >= 0;
}

static bool weigh(void *ctx, const struct notes *way)
{
	struct choice *c = ctx;

	if (is_better(c, way) && leaves_all_payable(c, way)) {
		c->found = true;
		c->best = *way;
		c->pieces = count(way);
	}
	return *c->work >= 0;
}

/* The best way after which so many can be paid; false: there is none. */
static bool choose(const struct notes *have, const struct notes_queue *queue,
	int64_t amount, int ahead, struct notes *out)
{
	long work = NOTES_WORK;
	struct choice c = {.have = have,
		.queue = queue,
		.ahead = ahead,
		.work = &work};
	struct search s = {.have = have,
		.fewest = NOTES_KINDS,
		.work = &work,
		.found = weigh,
		.ctx = &c};

	search(&s, amount);
	if (c.found)
		*out = c.best;
	return c.found;
}

void notes_suggest(const struct notes *have, int64_t amount,
	const struct notes_queue *queue, struct notes_advice *out)
{
	static const struct notes_queue nobody;
	long work = NOTES_WORK;
	struct notes left = *have;
	struct served then;

	if (!queue)
		queue = &nobody;
	*out = (struct notes_advice){.exact = false};
	if (!choose(have, queue, amount, 0, &out->notes)) {
		if (amount % notes_denomination[NOTES_KINDS - 1] == 0)
			out->fetch = lacking(have, amount);
		return;
	}
	out->exact = true;
	if (queue->rows > 0 &&
		!choose(have, queue, amount, NOTES_AHEAD, &out->notes))
		choose(have, queue, amount, NOTES_SOON, &out->notes);
	less(&left, &out->notes);
	serve(&left, queue, NOTES_AHEAD, INT32_MAX, &work, &then);
	out->stuck = then.stuck;
	out->fetch = then.fetch;
}
