#include "terminal/app/openrosa.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/str.h"

static const char uuid[] = "uuid:";

static void fill_meta(const struct openrosa_visit *v, struct survey_meta *m)
{
	char hex[2 * DB_DEV_SIZE + 1];

	*m = (struct survey_meta){.end = v->t};
	str_to_hex(v->dev, sizeof(v->dev), hex);
	survey_instance(v->dev, v->seq, m->instance);
	snprintf(m->device, sizeof(m->device), "chitra:%s", hex);
	snprintf(m->user, sizeof(m->user), "%" PRId64, v->actor);
}

static enum lookup write_it(struct db *db, const struct openrosa_visit *v,
	struct survey *s, char name[OPENROSA_NAME_SIZE], struct buf *xml,
	struct err *err)
{
	struct survey_answers_head head;
	struct survey_answers a;
	struct survey_meta meta;
	enum lookup got;

	if (!survey_answers_head(v->answers, v->len, &head))
		goto corrupt;
	got = surveys_by_hash(db, head.sha256, s, err);
	if (got != LOOKUP_FOUND)
		return got;
	if (!survey_answers_read(s, v->answers, v->len, &a))
		goto corrupt;
	fill_meta(v, &meta);
	snprintf(name, OPENROSA_NAME_SIZE, "%.36s.xml",
		meta.instance + strlen(uuid));
	return survey_xml_write(s, &a, &meta, xml, err) ? LOOKUP_FOUND
							: LOOKUP_FAILED;
corrupt:
	err_set(err, ERR_CORRUPT, 0, "record %" PRIu64 ": no answers", v->seq);
	return LOOKUP_FAILED;
}

enum lookup openrosa_of(struct db *db, const struct openrosa_visit *v,
	char name[OPENROSA_NAME_SIZE], struct buf *xml, struct err *err)
{
	struct survey *s;
	enum lookup got;

	if (v->len == 0)
		return LOOKUP_ABSENT;
	s = malloc(sizeof(*s));
	if (!s) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory for questions");
		return LOOKUP_FAILED;
	}
	got = write_it(db, v, s, name, xml, err);
	free(s);
	return got;
}
