#include "terminal/app/printing.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/log.h"
#include "core/str.h"
#include "drivers/printer/printer_open.h"
#include "terminal/app/printers.h"

enum {
	CONNECT_TIMEOUT_MS = 3000,
	STATUS_TIMEOUT_MS = 1000
};

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
		str_copy(p->spec, sizeof(p->spec), "auto");
	p->unnamed = !spec && !demo;
	if (demo)
		snprintf(p->keep, sizeof(p->keep), "%s/receipts", dir);
	if (strcmp(p->spec, "none") != 0 && !printer_open_knows(p->spec))
		return err_set(err, ERR_INVALID, 0, "no such printer: %s",
			p->spec);
	return true;
}

bool printing_exists(const struct printing *p)
{
	struct printers_pick pick;
	struct err err;

	if (!p->unnamed)
		return strcmp(p->spec, "none") != 0;
	if (printers_pick_now(p->now, &pick, &err))
		return pick.found == PRINTERS_ONE;
	log_err("printer", &err);
	return false;
}

/* The model of a printer that somebody named. */
static int dots_of_named(const char *spec)
{
	struct device_list *list = calloc(1, sizeof(*list));
	const struct device *d = NULL;
	struct err ignored;
	int dots = 0;

	if (list && printers_are_seen(spec) && devices_list(list, &ignored))
		d = printers_find(list, spec);
	if (d)
		dots = printers_dots(d);
	free(list);
	return dots;
}

int printing_width(const struct printing *p, int said)
{
	struct printers_pick pick = {.dots = 0};
	struct err ignored;
	int dots;

	if (said)
		return said;
	if (p->unnamed)
		printers_pick_now(p->now, &pick, &ignored);
	dots = p->unnamed ? pick.dots : dots_of_named(p->spec);
	return dots ? page_width_near(dots) : PAGE_80;
}

static bool make_dir(const char *path, struct err *err)
{
	if (mkdir(path, 0700) == 0 || errno == EEXIST)
		return true;
	return err_set(err, ERR_IO, errno, "%s: %s", path, strerror(errno));
}

/* Into p->now: which one it is this time. */
static bool choose(struct printing *p, struct err *err)
{
	struct printers_pick pick;

	if (!p->unnamed)
		return str_copy(p->now, sizeof(p->now), p->spec);
	if (!printers_pick_now(p->now, &pick, err))
		return false;
	str_copy(p->now, sizeof(p->now), pick.spec);
	return pick.found == PRINTERS_ONE ||
	       err_set(err, ERR_GONE, 0,
		       pick.found == PRINTERS_NONE
			       ? "no printer is plugged in, and none is named"
			       : "several printers, and none of them is named");
}

/* Who has it, or what udev lacks: the screen says it. */
static void find_obstacle(struct printing *p, enum err_code code)
{
	struct device_list *list = calloc(1, sizeof(*list));
	struct device by_name = {.class = DEVICE_SERIAL};
	const struct device *d = NULL;
	char node[PRINTER_OPEN_NODE_SIZE];
	struct err ignored;

	if (list && (code == ERR_BUSY || code == ERR_DENIED)) {
		if (devices_list(list, &ignored))
			d = printers_find(list, p->now);
		/* A node that udev does not know. */
		if (!d && printer_open_node(p->now, node) &&
			str_copy(by_name.node, sizeof(by_name.node), node))
			d = &by_name;
		if (d)
			device_access(d, &p->access);
	}
	free(list);
}

static bool ready(struct printing *p, struct err *err)
{
	if (p->printer)
		return true;
	if ((p->keep[0] && !make_dir(p->keep, err)) || !choose(p, err))
		return false;
	p->printer = printer_open(p->now, CONNECT_TIMEOUT_MS, err);
	if (!p->printer) {
		find_obstacle(p, err->code);
		return false;
	}
	printer_remember(p->printer, &p->memory);
	str_copy(p->identity, sizeof(p->identity),
		printer_identity(p->printer));
	return true;
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

	if (job->test || !printing_kept(p, job, path, sizeof(path))[0])
		return;
	if (!make_dir(p->keep, &err) || !receipt_job_png(job, path, &err))
		log_err("keep receipt", &err);
}

/* What it says for itself, so that the screen can name the cure. */
static void ask_why(struct printing *p)
{
	struct printer_status status;
	struct err ignored;

	if (printer_status(p->printer, &status, STATUS_TIMEOUT_MS, &ignored))
		p->last = status;
}

/* How it came out right on this printer. False: nobody has looked. */
static bool letters_proved(const struct config_list *proved,
	const char *identity, struct escpos_how *out)
{
	for (int i = 0; i < proved->count; i++) {
		const char *blank = strchr(proved->at[i], ' ');
		char mode[ESCPOS_HOW_SIZE];

		if (!blank || strcmp(blank + 1, identity) != 0 ||
			(size_t)(blank - proved->at[i]) >= sizeof(mode))
			continue;
		snprintf(mode, sizeof(mode), "%.*s",
			(int)(blank - proved->at[i]), proved->at[i]);
		return escpos_how_read(mode, out);
	}
	return false;
}

/* A picture is right everywhere, and takes its time on a slow line. */
static bool choose_letters(const struct printing *p, struct receipt_job *job,
	struct err *err)
{
	struct escpos_how letters;

	if (job->page.lines == 0 || !printer_open_is_slow(p->now) ||
		!letters_proved(&job->proved, p->identity, &letters))
		return true;
	return receipt_job_encode(job, &letters, err);
}

static enum print_state print_open(struct printing *p,
	const struct receipt_job *job, struct err *err)
{
	const enum printer_outcome outcome = printer_print(p->printer,
		job->bytes, job->len, PRINTING_TIMEOUT_MS, err);

	if (outcome == PRINTER_PRINTED) {
		printer_last_status(p->printer, &p->last);
		keep(p, job);
		return PRINT_PRINTED;
	}
	ask_why(p);
	return outcome == PRINTER_UNKNOWN ? PRINT_UNKNOWN : PRINT_FAILED;
}

enum print_state printing_print(struct printing *p, struct receipt_job *job,
	struct err *err)
{
	enum print_state state = PRINT_FAILED;

	if (strcmp(p->spec, "none") == 0)
		return PRINT_NONE;
	memset(&p->last, 0, sizeof(p->last));
	memset(&p->access, 0, sizeof(p->access));
	if (!ready(p, err))
		return PRINT_FAILED;
	if (choose_letters(p, job, err))
		state = print_open(p, job, err);
	printing_close(p);
	return state;
}

void printing_says(const struct printing *p, struct event *ev)
{
	static const enum paper_trouble means[] = {
		[PRINTER_WELL] = PAPER_FINE,
		[PRINTER_NO_PAPER] = PAPER_OUT,
		[PRINTER_COVER_OPEN] = PAPER_COVER,
		[PRINTER_BROKEN] = PAPER_BROKEN,
		[PRINTER_OVERHEATED] = PAPER_HOT,
		[PRINTER_OFFLINE] = PAPER_OFFLINE,
	};

	ev->print.trouble = means[printer_trouble(&p->last)];
	ev->print.low = p->last.known && p->last.paper_low;
	str_copy(ev->print.printer, sizeof(ev->print.printer), p->identity);
	str_copy(ev->print.holder, sizeof(ev->print.holder), p->access.holder);
	str_copy(ev->print.rule, sizeof(ev->print.rule), p->access.rule);
}

bool printing_status(struct printing *p, struct printer_status *out,
	struct err *err)
{
	bool ok;

	memset(out, 0, sizeof(*out));
	ok = ready(p, err) &&
	     printer_status(p->printer, out, CONNECT_TIMEOUT_MS, err);
	printing_close(p);
	return ok;
}

bool printing_drawer(struct printing *p, enum config_sensor sensor, bool *open)
{
	struct printer_status status = {0};
	struct err ignored;

	if (sensor == CONFIG_SENSOR_NONE || !ready(p, &ignored) ||
		!printer_status(p->printer, &status, STATUS_TIMEOUT_MS,
			&ignored))
		return false;
	*open = status.drawer_high == (sensor == CONFIG_SENSOR_HIGH);
	return status.known && status.drawer_known;
}

void printing_close(struct printing *p)
{
	if (p->printer)
		printer_memory(p->printer, &p->memory);
	printer_close(p->printer);
	p->printer = NULL;
}
