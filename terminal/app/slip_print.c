#include "terminal/app/slip_print.h"

#include <stdlib.h>

#include "core/log.h"
#include "core/tr.h"
#include "terminal/app/printing.h"
#include "terminal/app/slip_doc.h"

/* printing NULL: a picture, for no printer. */
static struct receipt_job *make(const struct options *o,
	const struct verb_store *v, const struct printing *printing,
	const struct shift_slip *z, int copy, struct err *err)
{
	const int said = config_dots(&v->config, o->width);
	const int width = printing ? printing_width(printing, said)
			  : said   ? said
				   : PAGE_80;
	struct receipt_job *job = calloc(1, sizeof(*job));

	if (!job) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory for a slip");
		return NULL;
	}
	receipt_job_settings(job, &v->config);
	if (slip_job_make(db_info(v->db), z, copy, width, job, err))
		return job;
	free(job);
	return NULL;
}

static bool begin(struct verb_store *v, const struct shift_slip *z, int *copy,
	struct err *err)
{
	struct refusal why;

	switch (slips_print_begin(v->db, &v->session, z->seq, copy, &why,
		err)) {
	case VERDICT_DONE:
		return true;
	case VERDICT_REFUSED:
		return err_set(err, ERR_DENIED, 0, "no slip: %s",
			refusal_code_name(why.code));
	case VERDICT_FAILED:
		break;
	}
	return false;
}

static enum print_state print(struct printing *printing, struct verb_store *v,
	const struct shift_slip *z, struct receipt_job *job, struct err *err)
{
	const enum print_state state = printing_print(printing, job, err);
	struct err late;

	if (job->copy == 0 &&
		!slips_print_result(v->db, &v->session, z->seq, state, &late))
		log_err("print result", &late);
	return state;
}

enum print_state slip_print(const struct options *o, struct verb_store *v,
	const struct shift_slip *z, int *copy, struct err *err)
{
	enum print_state state = PRINT_FAILED;
	struct receipt_job *job = NULL;
	struct printing printing;

	*copy = 0;
	if (!printing_open(&printing, config_printer(&v->config, o->printer),
		    v->dir, db_info(v->db)->demo, err))
		return PRINT_FAILED;
	if (!printing_exists(&printing)) {
		err_set(err, ERR_GONE, 0, "no printer is set up");
		state = PRINT_NONE;
	} else if (begin(v, z, copy, err)) {
		job = make(o, v, &printing, z, *copy, err);
		if (job)
			state = print(&printing, v, z, job, err);
	}
	if (state == PRINT_FAILED || state == PRINT_UNKNOWN)
		log_err("print", err);
	free(job);
	printing_close(&printing);
	return state;
}

bool slip_png(const struct options *o, struct verb_store *v,
	const struct shift_slip *z, int copy, const char *path, struct err *err)
{
	struct receipt_job *job = make(o, v, NULL, z, copy, err);
	const bool ok = job && receipt_job_png(job, path, err);

	free(job);
	return ok;
}

const char *slip_state_text(enum print_state state)
{
	switch (state) {
	case PRINT_PRINTED:
		return tr("printed");
	case PRINT_UNKNOWN:
		return tr("not known whether printed: look at the paper");
	case PRINT_NONE:
	case PRINT_PRINTING:
	case PRINT_FAILED:
		break;
	}
	return tr("NOT printed; print it later with: chitra shift slip");
}
