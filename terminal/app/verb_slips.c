#include "terminal/app/verb_slips.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "terminal/app/printing.h"
#include "terminal/app/scan.h"

enum {
	PNG_NAME_SIZE = 512
};

/* ---- out ------------------------------------------------------------------- */

/* "marks.png" -> "marks-2.png": a slip, a file. */
static bool png_name(const struct verb_slips *s, int i, char out[PNG_NAME_SIZE])
{
	const char *slash = strrchr(s->png, '/');
	const char *dot = strrchr(s->png, '.');
	const int stem = dot && (!slash || dot > slash) ? (int)(dot - s->png)
							: (int)strlen(s->png);
	const int n = s->all == 1 ? snprintf(out, PNG_NAME_SIZE, "%s", s->png)
				  : snprintf(out, PNG_NAME_SIZE, "%.*s-%d%s",
					    stem, s->png, i + 1, s->png + stem);

	return n < PNG_NAME_SIZE;
}

static bool into_picture(const struct verb_slips *s, int i,
	const struct receipt_job *job, struct err *err)
{
	char path[PNG_NAME_SIZE];

	if (!s->png)
		return true;
	if (!png_name(s, i, path))
		return err_set(err, ERR_INVALID, 0,
			"the name of the picture is too long");
	return receipt_job_png(job, path, err);
}

static bool onto_paper(const struct verb_slips *s, struct printing *printing,
	struct receipt_job *job, struct err *err)
{
	if (!s->print)
		return true;
	err_set(err, ERR_GONE, 0, "no printer is set up");
	return printing_exists(printing) &&
	       printing_print(printing, job, err) == PRINT_PRINTED;
}

static bool write_them(const struct options *o, struct verb_store *v,
	const struct verb_slips *s, struct printing *printing,
	struct receipt_job *job, struct err *err)
{
	receipt_job_settings(job, &v->config);
	job->width =
		printing_width(printing, config_dots(&v->config, o->width));
	for (int i = 0; i < s->all; i++)
		if (!s->make(s, db_info(v->db), i, job, err) ||
			!into_picture(s, i, job, err) ||
			!onto_paper(s, printing, job, err))
			return false;
	return true;
}

bool verb_slips(const struct options *o, struct verb_store *v,
	const struct verb_slips *s, struct err *err)
{
	struct receipt_job *job;
	struct printing printing;
	bool ok;

	if (!s->png && !s->print)
		return true;
	if (!printing_open(&printing, config_printer(&v->config, o->printer),
		    v->dir, db_info(v->db)->demo, err))
		return false;
	job = calloc(1, sizeof(*job));
	ok = job ? write_them(o, v, s, &printing, job, err)
		 : err_set(err, ERR_NO_MEMORY, 0, "no memory for a slip");
	free(job);
	printing_close(&printing);
	return ok;
}

/* ---- in -------------------------------------------------------------------- */

/* Lines of text, each one piece. The last of them says how it went. */
static enum marks_part take_lines(verb_piece_taker *take, struct marks_parts *p,
	const char *text)
{
	enum marks_part got = MARKS_NO_PIECE;
	char line[MARKS_TEXT_SIZE];

	while (*text && got != MARKS_WHOLE) {
		const size_t n = strcspn(text, "\r\n");

		if (n > 0 && n < sizeof(line)) {
			memcpy(line, text, n);
			line[n] = '\0';
			got = take(p, line);
		}
		text += n;
		text += strspn(text, "\r\n");
	}
	return got;
}

bool verb_pieces(const struct options *o, const char *text, const char *image,
	verb_piece_taker *take, struct marks_parts *p, enum marks_part *got,
	struct err *err)
{
	static struct decode_result codes;
	const char *path = image;

	*got = text ? take_lines(take, p, text) : MARKS_NO_PIECE;
	for (int i = 1; path && *got != MARKS_WHOLE; i++) {
		if (!scan_image(path, &codes, err))
			return false;
		for (int k = 0; k < codes.count && *got != MARKS_WHOLE; k++)
			*got = take_lines(take, p,
				(const char *)codes.code[k].bytes);
		path = i < o->words ? o->word[i] : NULL;
	}
	return true;
}
