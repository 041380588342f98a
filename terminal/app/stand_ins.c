#include "terminal/app/stand_ins.h"

#include <stdlib.h>
#include <string.h>

#include "core/str.h"

/* The first people of the store. */
struct crowd {
	int64_t *id;
	int count;
	int max;
};

static bool gather(void *ctx, const struct person *p)
{
	struct crowd *c = ctx;

	c->id[c->count++] = p->id;
	return c->count < c->max;
}

static void fill(const struct person *p, struct stand_in *out)
{
	memset(out, 0, sizeof(*out));
	out->id = p->id;
	out->seq = p->seq;
	str_copy(out->id12, sizeof(out->id12), p->id12);
	str_copy(out->old_id, sizeof(out->old_id), p->old_id);
	str_copy(out->name, sizeof(out->name), p->name);
	str_copy(out->address, sizeof(out->address), p->address);
	out->birth = p->birth;
	out->sex = p->sex;
}

static bool suits(const struct stand_wish *wish, const struct person_due *due)
{
	if (!wish->listed || (wish->scanned && !due->person.id12[0]))
		return false;
	return wish->cash == (due->due > 0 || due->paid > 0);
}

/* The first of the recording who is not cast yet, and whom this one suits. */
static void cast(const struct person_due *due, const struct stand_wish *wish,
	int count, struct stand_in *out)
{
	for (int i = 1; i <= count; i++)
		if (out[i].id == 0 && suits(&wish[i], due)) {
			fill(&due->person, &out[i]);
			return;
		}
}

static int left_over(const struct stand_wish *wish, int count,
	const struct stand_in *out)
{
	int left = 0;

	for (int i = 1; i <= count; i++)
		left += wish[i].listed && out[i].id == 0;
	return left;
}

/* From the first *done people on, who were looked at before. */
static bool cast_crowd(struct db *db, const struct crowd *c, int done,
	const struct stand_wish *wish, int count, struct stand_in *out,
	struct err *err)
{
	struct person_due *due = calloc(1, sizeof(*due));
	enum lookup got = LOOKUP_FOUND;

	if (!due)
		return err_set(err, ERR_NO_MEMORY, 0, "people to play with");
	for (int i = done; i < c->count && got != LOOKUP_FAILED; i++) {
		got = people_get(db, c->id[i], due, err);
		if (got == LOOKUP_FOUND)
			cast(due, wish, count, out);
	}
	free(due);
	return got != LOOKUP_FAILED;
}

bool stand_ins_choose(struct db *db, const struct stand_wish *wish, int count,
	struct stand_in *out, struct err *err)
{
	struct crowd c = {.max = 2 * count + 64};
	int done = 0;
	bool ok = true;

	memset(out, 0, (size_t)(count + 1) * sizeof(*out));
	while (ok && left_over(wish, count, out) > 0) {
		c.count = 0;
		c.id = calloc((size_t)c.max, sizeof(*c.id));
		if (!c.id)
			return err_set(err, ERR_NO_MEMORY, 0, "many people");
		ok = people_each(db, gather, &c, err) &&
		     cast_crowd(db, &c, done, wish, count, out, err);
		free(c.id);
		if (c.count < c.max)
			break; /* that was everybody */
		done = c.count;
		c.max *= 4;
	}
	for (int i = 0; i <= count; i++)
		if (out[i].id == 0)
			masked_stranger(i, &out[i]);
	return ok;
}
