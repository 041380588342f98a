/*
 * verb_receipt.c - `chitra receipt CODE`: look at one, or print a copy.
 *
 * Without --again nothing is recorded and nothing printed: the files show
 * what the paper has. With it a numbered REPRINT is journaled first.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "core/tr.h"
#include "terminal/app/json.h"
#include "terminal/app/printing.h"
#include "terminal/app/receipt_doc.h"
#include "terminal/app/verb.h"
#include "terminal/flows/paper_says.h"

struct receipt_words {
	const char *png;
	const char *bytes;
	bool again;
};

static bool write_bytes(const struct receipt_job *job, const char *path,
	struct err *err)
{
	FILE *out = fopen(path, "wb");
	bool ok = out && fwrite(job->bytes, 1, job->len, out) == job->len;

	if (out && fclose(out) != 0)
		ok = false;
	return ok ||
	       err_set(err, ERR_IO, errno, "%s: %s", path, strerror(errno));
}

static bool write_files(const struct receipt_words *w,
	const struct receipt_job *job, struct err *err)
{
	return (!w->png || receipt_job_png(job, w->png, err)) &&
	       (!w->bytes || write_bytes(job, w->bytes, err));
}

/* Number the copy in the book, then print it. */
static bool reprint(const struct options *o, struct verb_store *v,
	struct payout *p, struct receipt_job *job, struct refusal *why,
	enum verdict *got, struct err *err)
{
	struct printing printing;
	int copy = 0;
	bool ok;

	*got = payouts_reprint(v->db, &v->session, p->seq, 1, &copy, why, err);
	if (*got != VERDICT_DONE)
		return false;
	if (!printing_open(&printing, config_printer(&v->config, o->printer),
		    v->dir, db_info(v->db)->demo, err))
		return false;
	receipt_job_settings(job, &v->config);
	job->width =
		printing_width(&printing, config_dots(&v->config, o->width));
	if (!receipt_job_make(db_info(v->db), p, copy, job->width, job, err))
		return false;
	ok = printing_print(&printing, job, err) == PRINT_PRINTED;
	printing_close(&printing);
	p->copies = copy;
	return ok;
}

static enum exit_status show(const struct options *o,
	const struct receipt_words *w, struct verb_store *v, struct payout *p,
	struct receipt_job *job)
{
	struct refusal why = {0};
	struct err err = {0};
	enum verdict got = VERDICT_DONE;
	char text[16384];
	char sentence[PAPER_SAYS_SIZE];
	enum paper_says says;
	cJSON *reply;

	job->width = config_dots(&v->config, o->width);
	if (!job->width)
		job->width = PAGE_80;
	if (w->again && !reprint(o, v, p, job, &why, &got, &err))
		return got == VERDICT_REFUSED ? verb_refusal(o, &why)
					      : verb_err(o, &err);
	if (!w->again &&
		!receipt_job_make(db_info(v->db), p, 0, job->width, job, &err))
		return verb_err(o, &err);
	if (!write_files(w, job, &err))
		return verb_err(o, &err);
	if (!o->json && receipt_job_text(job, text, sizeof(text), &err))
		printf("%s", text);
	says = paper_says_of(p->state, str_starts(o->word[0], "CV1:"));
	paper_says_text(says, p->copies, NULL, sentence);
	fprintf(stderr, "[%s] %s\n", paper_says_title(says), sentence);
	reply = json_ok();
	cJSON_AddStringToObject(reply, "verdict", paper_says_code(says));
	json_payout(reply, p);
	json_int(reply, "bytes", (int64_t)job->len);
	return verb_reply(o, reply, EXIT_DONE);
}

/* A scanned text says more than that it is none of ours. */
static enum exit_status not_found(const struct options *o,
	const struct verb_store *v)
{
	char sentence[PAPER_SAYS_SIZE];
	struct proof_found found;
	struct err err = {0};
	enum paper_says says;

	if (!str_starts(o->word[0], "CV1:"))
		return verb_refuse(o, "not_found",
			tr("This terminal has no receipt with this code. Check"
			   " the letters and digits once more."),
			EXIT_REFUSED);
	if (!proof_look(v->db, o->word[0], &found, &err))
		return verb_err(o, &err);
	says = paper_says_none(&found);
	fprintf(stderr, "[%s]\n", paper_says_title(says));
	return verb_refuse(o,
		says == PAPER_SAYS_NOTHING ? "not_found"
					   : paper_says_code(says),
		paper_says_text(says, 0, &found, sentence), EXIT_REFUSED);
}

static enum exit_status find(const struct options *o,
	const struct receipt_words *w, struct verb_store *v)
{
	struct receipt_job *job = calloc(1, sizeof(*job));
	enum exit_status status = EXIT_COULD_NOT;
	struct err err = {0};
	struct payout p;

	if (!job)
		return EXIT_COULD_NOT;
	switch (payouts_by_code(v->db, o->word[0], &p, &err)) {
	case LOOKUP_FAILED:
		status = verb_err(o, &err);
		break;
	case LOOKUP_ABSENT:
		status = not_found(o, v);
		break;
	case LOOKUP_FOUND:
		status = show(o, w, v, &p, job);
		break;
	}
	free(job);
	return status;
}

enum exit_status verb_receipt(int argc, char **argv)
{
	struct receipt_words w = {0};
	const struct option_spec own[] = {
		{"--png", OPTION_TEXT, &w.png},
		{"--bytes", OPTION_TEXT, &w.bytes},
		{"--again", OPTION_FLAG, &w.again},
	};
	enum exit_status status;
	struct verb_store v;
	struct options o;

	if (!verb_options(&o, "receipt", argc, argv, own, 3))
		return EXIT_USAGE;
	if (o.words != 1)
		return verb_usage("receipt");
	if (!verb_open(&o, true, &v, &status))
		return status;
	status = find(&o, &w, &v);
	verb_close(&v);
	return status;
}
