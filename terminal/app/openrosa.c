#include "terminal/app/openrosa.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/str.h"
#include "db/export.h"
#include "db/visits.h"
#include "db/watch.h"

enum {
	PATH_SIZE = 1024,
	MORE = 256 /* visits that room is made for at a time */
};

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

/* ---- all of them --------------------------------------------------------- */

/* What is remembered of a visit until its file is written. */
struct one {
	uint64_t seq;
	int64_t t;
	int64_t actor;
};

struct job {
	struct db *db;
	const struct session *session;
	const char *folder;
	struct one *visit;
	size_t visits;
	size_t room;
	bool no_memory;
	struct openrosa_done *out;
	char xml[SURVEY_XML_MAX];
};

static bool remember(void *ctx, const struct visit *visit)
{
	struct job *j = ctx;

	if (visit->answers_len == 0) {
		j->out->without++;
		return true;
	}
	if (j->visits == j->room) {
		struct one *more =
			realloc(j->visit, (j->room + MORE) * sizeof(*more));

		j->no_memory = !more;
		if (!more)
			return false;
		j->visit = more;
		j->room += MORE;
	}
	j->visit[j->visits++] = (struct one){.seq = visit->seq,
		.t = visit->t,
		.actor = visit->actor};
	return true;
}

static bool collect(struct job *j, struct err *err)
{
	if (visits_each(j->db, 0, 0, remember, j, err))
		return true;
	return j->no_memory &&
	       err_set(err, ERR_NO_MEMORY, 0, "no memory for visits");
}

static enum verdict write_file(struct job *j, const char *name,
	const struct buf *xml, struct refusal *why, struct err *err)
{
	char path[PATH_SIZE];
	struct export_done done;
	struct stat st;
	enum verdict got;

	snprintf(path, sizeof(path), "%s/%s", j->folder, name);
	if (lstat(path, &st) == 0) {
		j->out->there++;
		return VERDICT_DONE;
	}
	got = export_list(j->db, j->session, EXPORT_OTHER, xml->data, xml->len,
		path, &done, why, err);
	j->out->written += got == VERDICT_DONE;
	return got;
}

static enum verdict export_one(struct job *j, const struct one *one,
	struct refusal *why, struct err *err)
{
	uint8_t answers[SURVEY_ANSWERS_MAX];
	struct openrosa_visit v = {.seq = one->seq,
		.t = one->t,
		.actor = one->actor,
		.answers = answers};
	char name[OPENROSA_NAME_SIZE];
	struct buf xml;

	if (!visits_answers(j->db, one->seq, answers, sizeof(answers), &v.len,
		    err))
		return VERDICT_FAILED;
	memcpy(v.dev, db_info(j->db)->dev, sizeof(v.dev));
	buf_init(&xml, j->xml, sizeof(j->xml));
	switch (openrosa_of(j->db, &v, name, &xml, err)) {
	case LOOKUP_FAILED:
		return VERDICT_FAILED;
	case LOOKUP_ABSENT:
		j->out->without++;
		return VERDICT_DONE;
	case LOOKUP_FOUND:
		break;
	}
	return write_file(j, name, &xml, why, err);
}

static enum verdict export_all(struct job *j, struct refusal *why,
	struct err *err)
{
	enum verdict got = VERDICT_DONE;

	if (mkdir(j->folder, 0700) != 0 && errno != EEXIST) {
		err_set(err, errno == EACCES ? ERR_DENIED : ERR_GONE, errno,
			"folder %s: %s", j->folder, strerror(errno));
		return VERDICT_FAILED;
	}
	if (!collect(j, err))
		return VERDICT_FAILED;
	for (size_t i = 0; got == VERDICT_DONE && i < j->visits; i++)
		got = db_watch_now(j->db, (int64_t)i, (int64_t)j->visits, err)
			      ? export_one(j, &j->visit[i], why, err)
			      : VERDICT_FAILED;
	return got;
}

enum verdict openrosa_export(struct db *db, const struct session *s,
	const char *folder, struct openrosa_done *out, struct refusal *why,
	struct err *err)
{
	struct job *j = calloc(1, sizeof(*j));
	enum verdict got;

	*out = (struct openrosa_done){.written = 0};
	if (!j) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory for visits");
		return VERDICT_FAILED;
	}
	j->db = db;
	j->session = s;
	j->folder = folder;
	j->out = out;
	got = export_all(j, why, err);
	free(j->visit);
	free(j);
	return got;
}
