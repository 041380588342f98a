#include "terminal/app/report_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "core/tr.h"
#include "terminal/app/json.h"

enum {
	ROOM = 8192
};

void report_file_begin(struct report_file *f)
{
	*f = (struct report_file){.english = strcmp(tr_lang(), "vi") != 0};
	tr_set_lang("vi");
}

bool report_file_end(struct report_file *f, bool ok, struct err *err)
{
	if (f->english)
		tr_set_lang("en");
	if (f->no_memory)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory for a list");
	return ok;
}

bool report_file_put(struct report_file *f, const void *bytes, size_t len)
{
	if (f->len + len > f->size) {
		const size_t size = 2 * (f->len + len) + ROOM;
		char *moved = realloc(f->bytes, size);

		if (!moved) {
			f->no_memory = true;
			return false;
		}
		f->bytes = moved;
		f->size = size;
	}
	memcpy(f->bytes + f->len, bytes, len);
	f->len += len;
	return true;
}

static bool sink_put(void *ctx, const void *bytes, size_t len, struct err *err)
{
	return report_file_put(ctx, bytes, len) ||
	       err_set(err, ERR_NO_MEMORY, 0, "no memory for a list");
}

struct paper_sink report_file_sink(struct report_file *f)
{
	return (struct paper_sink){.ctx = f, .put = sink_put};
}

static enum exit_status done(const struct report_file *f,
	const struct options *o, const char *path, const struct export_done *d,
	cJSON *reply)
{
	char hex[2 * CRYPTO_HASH_SIZE + 1];
	char plain[VERB_PLAIN_SIZE];

	str_to_hex(d->sha256, sizeof(d->sha256), hex);
	if (!o->json)
		printf(tr("%llu lines are in %s.\n"),
			(unsigned long long)f->rows, verb_plain(path, plain));
	cJSON_AddStringToObject(reply, "file", path);
	json_int(reply, "rows", f->rows);
	json_int(reply, "seq", (int64_t)d->seq);
	cJSON_AddStringToObject(reply, "sha256", hex);
	return verb_reply(o, reply, EXIT_DONE);
}

enum exit_status report_file_write(const struct report_file *f,
	const struct options *o, struct verb_store *v, enum export_kind kind,
	const char *path, cJSON *more)
{
	struct export_done d;
	struct refusal why;
	struct err err = {0};

	switch (export_list(v->db, &v->session, kind, f->bytes, f->len, path,
		&d, &why, &err)) {
	case VERDICT_DONE:
		return done(f, o, path, &d, more ? more : json_ok());
	case VERDICT_REFUSED:
		cJSON_Delete(more);
		return verb_refusal(o, &why);
	case VERDICT_FAILED:
		break;
	}
	cJSON_Delete(more);
	return verb_file_err(o, &err);
}

enum exit_status report_not_made(const struct options *o, const struct err *err)
{
	if (err->code != ERR_GONE)
		return verb_err(o, err);
	return verb_refuse(o, "no_font",
		tr("No PDF can be made here: a font for papers"
		   " (fonts-liberation2 or fonts-dejavu-core) or libcairo2 is"
		   " not installed. Give a name that ends in .xlsx or .csv, or"
		   " have them installed."),
		EXIT_COULD_NOT);
}

void report_file_free(struct report_file *f)
{
	free(f->bytes);
	f->bytes = NULL;
}
