#include "terminal/app/study_recheck.h"

#include <stdlib.h>
#include <string.h>

#include "core/crypto.h"
#include "terminal/app/day_range.h"
#include "terminal/app/sample_doc.h"

/* The newest comes last, and is to be first. */
static bool keep_draw(void *ctx, const struct sample *s)
{
	struct recheck_told *t = ctx;

	t->more = t->more || t->draws == RECHECK_DRAWS_MAX;
	if (t->draws < RECHECK_DRAWS_MAX)
		t->draws++;
	memmove(&t->draw[1], &t->draw[0],
		(size_t)(t->draws - 1) * sizeof(t->draw[0]));
	t->draw[0] = *s;
	return true;
}

static struct recheck_told *read_draws(struct db *db, struct err *err)
{
	struct recheck_told *t = calloc(1, sizeof(*t));

	if (!t) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory for the draws");
		return NULL;
	}
	if (samples_each(db, keep_draw, t, err))
		return t;
	free(t);
	return NULL;
}

void study_recheck_free(struct recheck_told *t)
{
	if (t)
		crypto_wipe(t, sizeof(*t));
	free(t);
}

static bool find(struct db *db, uint64_t seq, struct sample *out,
	struct err *err)
{
	switch (samples_get(db, seq, out, err)) {
	case LOOKUP_FOUND:
		return true;
	case LOOKUP_ABSENT:
		return err_set(err, ERR_GONE, 0, "there is no draw %llu",
			(unsigned long long)seq);
	case LOOKUP_FAILED:
		break;
	}
	return false;
}

struct recheck_told *study_recheck_look(struct db *db, uint64_t seq,
	struct err *err)
{
	struct recheck_told *t = read_draws(db, err);

	if (!t || seq == 0 ||
		(find(db, seq, &t->drawn, err) &&
			samples_items(db, &t->drawn, t->item, &t->count,
				&t->population, err)))
		return t;
	study_recheck_free(t);
	return NULL;
}

struct recheck_told *study_recheck_range(struct db *db, const char *when,
	struct err *err)
{
	struct recheck_told *t = read_draws(db, err);
	char said[DAY_RANGE_WHEN];

	if (!t)
		return NULL;
	switch (day_range_find(db, when[0] ? when : NULL, &t->range, said,
		err)) {
	case DAY_RANGE_FOUND:
		return t;
	case DAY_RANGE_NONE:
		t->range.last = 0;
		return t;
	case DAY_RANGE_NO_WORDS:
		err_set(err, ERR_INVALID, 0, "no day, month or shift");
		break;
	case DAY_RANGE_FAILED:
		break;
	}
	study_recheck_free(t);
	return NULL;
}

bool study_recheck_write(struct db *db, uint64_t seq, enum paper_kind kind,
	const struct paper_sink *sink, struct err *err)
{
	struct recheck_told *t = study_recheck_look(db, seq, err);
	struct sample_doc doc;
	bool ok;

	if (!t)
		return false;
	doc = (struct sample_doc){.s = &t->drawn,
		.item = t->item,
		.count = t->count,
		.population = t->population,
		.office = db_info(db)->name};
	ok = sample_doc_write(&doc, kind, sink, err);
	study_recheck_free(t);
	return ok;
}
