#include "terminal/app/printing.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/log.h"
#include "core/str.h"
#include "drivers/printer/printer_open.h"

enum {
	CONNECT_TIMEOUT_MS = 3000,
	STATUS_TIMEOUT_MS = 1000
};

/* The rest of the line is looked at when the printer is opened. */
static bool known(const char *spec)
{
	return strcmp(spec, "none") == 0 || strcmp(spec, "usb") == 0 ||
	       str_starts(spec, "usb:") ||
	       (str_starts(spec, "file:") && spec[5]) ||
	       (str_starts(spec, "tcp:") && spec[4]);
}

bool printing_open(struct printing *p, const char *spec, const char *dir,
	bool demo, struct err *err)
{
	memset(p, 0, sizeof(*p));
	if (!spec)
		spec = getenv("CHITRA_PRINTER");
	if (spec)
		str_copy(p->spec, sizeof(p->spec), spec);
	else if (demo)
		snprintf(p->spec, sizeof(p->spec), "file:%s/receipts", dir);
	else
		str_copy(p->spec, sizeof(p->spec), "none");
	if (demo)
		snprintf(p->keep, sizeof(p->keep), "%s/receipts", dir);
	if (!known(p->spec))
		return err_set(err, ERR_INVALID, 0, "no such printer: %s",
			p->spec);
	return true;
}

bool printing_exists(const struct printing *p)
{
	return strcmp(p->spec, "none") != 0;
}

static bool make_dir(const char *path, struct err *err)
{
	if (mkdir(path, 0700) == 0 || errno == EEXIST)
		return true;
	return err_set(err, ERR_IO, errno, "%s: %s", path, strerror(errno));
}

static bool ready(struct printing *p, struct err *err)
{
	if (p->printer)
		return true;
	if (p->keep[0] && !make_dir(p->keep, err))
		return false;
	p->printer = printer_open(p->spec, CONNECT_TIMEOUT_MS, err);
	return p->printer != NULL;
}

const char *printing_kept(const struct printing *p,
	const struct receipt_job *job, char *out, size_t size)
{
	out[0] = '\0';
	if (!p->keep[0])
		return out;
	if (job->copy > 0)
		snprintf(out, size, "%s/%06llu-copy%d.png", p->keep,
			(unsigned long long)job->seq, job->copy);
	else
		snprintf(out, size, "%s/%06llu.png", p->keep,
			(unsigned long long)job->seq);
	return out;
}

/* The picture is a convenience: without it the paper is still good. */
static void keep(const struct printing *p, const struct receipt_job *job)
{
	char path[PRINTING_SPEC_SIZE + 32];
	struct err err;

	if (!printing_kept(p, job, path, sizeof(path))[0])
		return;
	if (!make_dir(p->keep, &err) || !receipt_job_png(job, path, &err))
		log_err("keep receipt", &err);
}

/* Was it the paper? Then the screen can say so. Open it anew next time. */
static void after_trouble(struct printing *p)
{
	struct printer_status status = {0};
	struct err ignored;

	if (printer_status(p->printer, &status, STATUS_TIMEOUT_MS, &ignored))
		p->no_paper = status.known && status.paper_out;
	printing_close(p);
}

enum print_state printing_print(struct printing *p,
	const struct receipt_job *job, struct err *err)
{
	if (!printing_exists(p))
		return PRINT_NONE;
	if (!ready(p, err))
		return PRINT_FAILED;
	p->no_paper = false;
	switch (printer_print(p->printer, job->bytes, job->len,
		PRINTING_TIMEOUT_MS, err)) {
	case PRINTER_PRINTED:
		keep(p, job);
		return PRINT_PRINTED;
	case PRINTER_UNKNOWN:
		after_trouble(p);
		return PRINT_UNKNOWN;
	case PRINTER_FAILED:
		break;
	}
	after_trouble(p);
	return PRINT_FAILED;
}

bool printing_status(struct printing *p, struct printer_status *out,
	struct err *err)
{
	memset(out, 0, sizeof(*out));
	return ready(p, err) &&
	       printer_status(p->printer, out, CONNECT_TIMEOUT_MS, err);
}

void printing_close(struct printing *p)
{
	printer_close(p->printer);
	p->printer = NULL;
}
