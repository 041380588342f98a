/*
 * verb_selftest.c - `chitra selftest`: is everything there and right?
 *
 * Room on the disk, the whole journal (chain, signatures, totals), the
 * tables made from it, the clock, printer, scanner and camera. Changes
 * nothing; --print puts it on paper, in Vietnamese as all paper.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/codec/viet.h"
#include "core/str.h"
#include "core/tr.h"
#include "db/journal.h"
#include "db/moved.h"
#include "terminal/app/json.h"
#include "terminal/app/plugged.h"
#include "terminal/app/printing.h"
#include "terminal/app/selftest_doc.h"
#include "terminal/app/verb.h"

enum {
	TEXT_COLUMNS = 24
};

#define BYTES_A_MIB UINT64_C(1048576)

/* 1 January 2026: an earlier clock has lost its battery. */
#define CLOCK_EARLIEST_MS INT64_C(1767200400000)

struct selftest {
	const struct options *o;
	cJSON *checks;
	struct selftest_doc doc; /* the same for paper */
	bool all_good;
	bool stopped; /* by ^C: it says nothing about the book */
};

static void keep(struct selftest *t, const char *text, bool good,
	const char *detail)
{
	struct selftest_row *r = &t->doc.row[t->doc.rows];

	if (t->doc.rows == SELFTEST_ROWS)
		return;
	t->doc.rows++;
	str_copy(r->name, sizeof(r->name), text);
	str_copy(r->detail, sizeof(r->detail), detail);
	r->good = good;
}

static void say(struct selftest *t, const char *name, const char *text,
	bool good, const char *detail)
{
	cJSON *c;
	char wide[128];

	if (t->stopped)
		return;
	c = cJSON_CreateObject();
	t->all_good = t->all_good && good;
	cJSON_AddStringToObject(c, "check", name);
	cJSON_AddBoolToObject(c, "ok", good);
	cJSON_AddStringToObject(c, "detail", detail);
	cJSON_AddItemToArray(t->checks, c);
	keep(t, text, good, detail);
	if (t->o->json)
		return;
	viet_pad(text, TEXT_COLUMNS, wide, sizeof(wide));
	printf("%s %s %s\n", good ? tr("[GOOD]") : tr("[BAD] "), wide, detail);
}

static void check_disk(struct selftest *t, struct db *db)
{
	struct db_room room = {0};
	struct err err = {0};
	char detail[160];

	if (!db_room(db, &room, &err))
		snprintf(detail, sizeof(detail), "%.120s", err.text);
	else if (room.read_only)
		snprintf(detail, sizeof(detail), "%s",
			tr("it is read-only: nothing can be recorded"));
	else
		snprintf(detail, sizeof(detail),
			room.reserve ? tr("%llu MiB, the reserve is put aside")
				     : tr("%llu MiB, without a reserve"),
			(unsigned long long)(room.free_bytes / BYTES_A_MIB));
	say(t, "disk", tr("Room on the disk"), room.enough, detail);
}

static void check_journal(struct selftest *t, struct verb_store *v)
{
	struct journal_report r = {0};
	struct err err = {0};
	char detail[192];
	bool read;

	verb_watch(t->o, v);
	read = journal_verify(v->db, 1, &r, &err);
	verb_watched(v);
	if (!read) {
		t->stopped = db_watch_stopped(&err);
		say(t, "journal", tr("The book"), false, err.text);
		return;
	}
	if (r.bad_seq != 0)
		snprintf(detail, sizeof(detail), "%llu: %s",
			(unsigned long long)r.bad_seq, r.finding);
	else
		snprintf(detail, sizeof(detail), tr("%llu records"),
			(unsigned long long)r.records);
	say(t, "journal", tr("The book"), r.bad_seq == 0, detail);
}

static void check_store(struct selftest *t, struct verb_store *v)
{
	struct err err = {0};
	bool good;

	if (t->stopped)
		return;
	verb_watch(t->o, v);
	good = db_check(v->db, &err);
	verb_watched(v);
	t->stopped = !good && db_watch_stopped(&err);
	say(t, "store", tr("The store"), good, good ? "" : err.text);
}

static void check_machine(struct selftest *t, struct db *db)
{
	static const char *const detail[] = {
		[MOVED_NOT] = "",
		[MOVED_UNKNOWN] = TR("this system has no /etc/machine-id: a"
				     " copy on another machine would pay too"),
		[MOVED_AWAY] = TR("it is another one than the store knows:"
				  " nothing is paid here"),
	};
	const enum moved m = moved_state(db);

	say(t, "machine", tr("The machine"), m != MOVED_AWAY,
		m == MOVED_NOT ? "" : tr(detail[m]));
}

/* Only where there is something to say: a key that lies about. */
static void check_key(struct selftest *t, struct db *db)
{
	if (db_info(db)->key_left)
		say(t, "key", tr("The key of this device"), false,
			tr("it is sealed, but a file device.key lies in the "
			   "directory, too: take it away"));
}

static void check_clock(struct selftest *t, struct db *db)
{
	const int64_t now = clock_wall_ms();
	struct journal_clock clock;
	struct err err = {0};
	char text[DATE_TEXT_SIZE];

	date_time_vi(now, text);
	say(t, "clock", tr("The clock"),
		now >= CLOCK_EARLIEST_MS && journal_clock(db, &clock, &err) &&
			clock.behind == 0 && !clock.no_day,
		text);
}

static const char *paper_text(const struct printer_status *s)
{
	switch (printer_trouble(s)) {
	case PRINTER_WELL:
		break;
	case PRINTER_NO_PAPER:
		return tr("paper is out: put in a new roll");
	case PRINTER_COVER_OPEN:
		return tr("the cover is open: close it");
	case PRINTER_BROKEN:
		return tr("the cutter is stuck: take the paper out");
	case PRINTER_OVERHEATED:
		return tr("it is too hot: let it cool down");
	case PRINTER_OFFLINE:
		return tr("it is offline: switch it on");
	}
	if (!s->known)
		return tr("it does not tell");
	return s->paper_low ? tr("ready, paper is low") : tr("ready");
}

static void check_printer(struct selftest *t, struct printing *p)
{
	struct printer_status s = {0};
	struct err err = {0};
	char text[160];

	if (!printing_exists(p)) {
		say(t, "printer", tr("The printer"), true,
			tr("none is set: receipts can be printed later"));
		return;
	}
	if (!printing_status(p, &s, &err) && err.code != ERR_INVALID) {
		say(t, "printer", tr("The printer"), false, err.text);
		return;
	}
	/* Nobody named it: which one was taken. */
	snprintf(text, sizeof(text), "%.60s%s%.80s", paper_text(&s),
		p->unnamed ? ": " : "", p->unnamed ? p->now : "");
	say(t, "printer", tr("The printer"),
		printer_trouble(&s) == PRINTER_WELL, text);
}

/* What is plugged in of a class; the ports of the machine may be empty. */
static bool first_of(const struct device_list *list, enum device_class class,
	enum device_hid hid, char *out, size_t size)
{
	for (int i = 0; i < list->count; i++) {
		const struct device *d = &list->at[i];

		if (d->class != class || d->hid != hid ||
			(class == DEVICE_SERIAL && d->bus == DEVICE_BUS_OTHER))
			continue;
		snprintf(out, size, "%.80s%s%.64s", d->product,
			d->product[0] ? " " : "", d->node);
		return true;
	}
	return false;
}

static void check_scanner(struct selftest *t, const struct plugged *p,
	const struct config *config)
{
	const struct device_list *list = plugged_list(p);
	char detail[SELFTEST_TEXT_SIZE];

	for (int i = 0; i < config->scanner.use.count; i++) {
		const char *node = config->scanner.use.at[i];

		if (node[0] != '/' || plugged_has_node(p, node))
			continue;
		snprintf(detail, sizeof(detail),
			tr("%.64s of the settings is not plugged in"), node);
		say(t, "scanner", tr("The scanner"), false, detail);
		return;
	}
	if (!first_of(list, DEVICE_HIDRAW, DEVICE_HID_SCANNER, detail,
		    sizeof(detail)) &&
		!first_of(list, DEVICE_SERIAL, DEVICE_HID_OTHER, detail,
			sizeof(detail)))
		str_copy(detail, sizeof(detail),
			tr("none of its own: one that types is known when it "
			   "scans"));
	say(t, "scanner", tr("The scanner"), true, detail);
}

static void check_camera(struct selftest *t, const struct plugged *p,
	const struct config *config)
{
	const char *node = config->camera.use;
	const bool away = node[0] == '/' && !plugged_has_node(p, node);
	char detail[SELFTEST_TEXT_SIZE];

	if (away)
		snprintf(detail, sizeof(detail),
			tr("%.64s of the settings is not plugged in"), node);
	else if (!first_of(plugged_list(p), DEVICE_CAMERA, DEVICE_HID_OTHER,
			 detail, sizeof(detail)))
		str_copy(detail, sizeof(detail),
			tr("none is plugged in: a scanner, or typing, does"));
	say(t, "camera", tr("The camera"), !away, detail);
}

static void check_devices(struct selftest *t, const struct verb_store *v,
	struct printing *printing)
{
	struct err err;
	struct plugged *p = plugged_open(&err);

	check_printer(t, printing);
	if (!p)
		return;
	check_scanner(t, p, &v->config);
	check_camera(t, p, &v->config);
	plugged_close(p);
}

static void check_all(struct selftest *t, struct verb_store *v,
	struct printing *printing)
{
	check_disk(t, v->db);
	check_journal(t, v);
	check_store(t, v);
	if (t->stopped)
		return;
	check_machine(t, v->db);
	check_key(t, v->db);
	check_clock(t, v->db);
	check_devices(t, v, printing);
}

/* ---- on paper --------------------------------------------------------------- */

static void fill_head(struct selftest *t, struct db *db)
{
	struct journal_head head;
	char hex[2 * CRYPTO_HASH_SIZE + 1];
	struct err err;

	t->doc.info = db_info(db);
	t->doc.at = clock_wall_ms();
	if (!journal_head(db, &head, &err))
		return;
	str_to_hex(head.head, sizeof(head.head), hex);
	snprintf(t->doc.head, sizeof(t->doc.head), "%llu / %.8s",
		(unsigned long long)head.last_seq, hex);
}

struct slip_words {
	bool print;
	const char *png;
};

static bool put_out(struct selftest *t, const struct slip_words *w,
	struct verb_store *v, struct printing *printing, struct err *err)
{
	struct receipt_job *job;
	bool ok;

	if (!w->print && !w->png)
		return true;
	job = calloc(1, sizeof(*job));
	if (!job)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory for a slip");
	fill_head(t, v->db);
	ok = selftest_job_make(&t->doc,
		printing_width(printing, config_dots(&v->config, t->o->width)),
		job, err);
	if (ok && w->png)
		ok = receipt_job_png(job, w->png, err);
	if (ok && w->print && !printing_exists(printing))
		ok = err_set(err, ERR_GONE, 0, "no printer is set up");
	else if (ok && w->print)
		ok = printing_print(printing, job, err) == PRINT_PRINTED;
	free(job);
	return ok;
}

static enum exit_status reply(struct selftest *t)
{
	cJSON *reply;

	if (t->stopped) {
		cJSON_Delete(t->checks);
		return verb_refuse(t->o, "stopped",
			tr("Stopped: the check did not come to its end."),
			EXIT_REFUSED);
	}
	reply = cJSON_CreateObject();
	cJSON_AddBoolToObject(reply, "ok", t->all_good);
	cJSON_AddItemToObject(reply, "checks", t->checks);
	return verb_reply(t->o, reply, t->all_good ? EXIT_DONE : EXIT_REFUSED);
}

static enum exit_status run(struct selftest *t, const struct slip_words *w,
	struct verb_store *v)
{
	struct printing printing;
	struct err err = {0};
	bool ok;

	if (!printing_open(&printing, config_printer(&v->config, t->o->printer),
		    v->dir, db_info(v->db)->demo, &err))
		return verb_err(t->o, &err);
	t->checks = cJSON_CreateArray();
	check_all(t, v, &printing);
	ok = t->stopped || put_out(t, w, v, &printing, &err);
	printing_close(&printing);
	if (ok)
		return reply(t);
	cJSON_Delete(t->checks);
	return verb_err(t->o, &err);
}

enum exit_status verb_selftest(int argc, char **argv)
{
	struct selftest t = {.all_good = true};
	struct slip_words w = {0};
	const struct option_spec own[] = {{"--print", OPTION_FLAG, &w.print},
		{"--png", OPTION_TEXT, &w.png}};
	enum exit_status status;
	struct verb_store v;
	struct options o;

	if (!verb_options(&o, "selftest", argc, argv, own, 2))
		return EXIT_USAGE;
	if (o.words != 0)
		return verb_usage("selftest");
	if (!verb_open(&o, false, &v, &status))
		return status;
	/* What goes onto paper is said in its language on the screen, too. */
	if (w.print || w.png)
		tr_set_lang("vi");
	t.o = &o;
	status = run(&t, &w, &v);
	verb_close(&v);
	return status;
}
