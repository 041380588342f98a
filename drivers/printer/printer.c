#include "drivers/printer/printer.h"

#include <stdio.h>
#include <string.h>

#include "core/clock.h"
#include "core/codec/escpos.h"
#include "core/crash.h"
#include "drivers/printer/printer_driver.h"

enum {
	/*
	 * Small transfers, because some USB stacks report 0 for one that was
	 * cancelled half-way: then at most this much is sent twice.
	 */
	CHUNK = 4096,
	/* One transfer waits this long before it is looked at again. */
	PATIENCE_MS = 2000,
	/* A status answer comes at once or not at all. */
	STATUS_MS = 700,
	/* Transfers in a row that moved nothing, whatever the clock says. */
	MAX_IDLE = 10
};

static int shorter(long long a, long long b)
{
	const long long ms = a < b ? a : b;

	return ms > 0 ? (int)ms : 1;
}

enum printer_trouble printer_trouble(const struct printer_status *s)
{
	if (!s->known)
		return PRINTER_WELL;
	if (s->paper_out)
		return PRINTER_NO_PAPER;
	if (s->cover_open)
		return PRINTER_COVER_OPEN;
	if (s->broken)
		return PRINTER_BROKEN;
	if (s->overheated)
		return PRINTER_OVERHEATED;
	return s->online ? PRINTER_WELL : PRINTER_OFFLINE;
}

const char *printer_trouble_text(enum printer_trouble trouble)
{
	static const char *const text[] = {
		[PRINTER_WELL] = "well",
		[PRINTER_NO_PAPER] = "out of paper",
		[PRINTER_COVER_OPEN] = "cover open",
		[PRINTER_BROKEN] = "cutter stuck or broken",
		[PRINTER_OVERHEATED] = "too hot",
		[PRINTER_OFFLINE] = "off line",
	};

	return text[trouble];
}

static bool ask_status(struct printer *p, struct printer_status *out,
	long long deadline, struct err *err)
{
	bool ok;

	memset(out, 0, sizeof(*out));
	if (!p->ops->status)
		return true;
	ok = p->ops->status(p, out, shorter(STATUS_MS, deadline - clock_ms()),
		err);
	if (ok && out->known)
		p->last = *out;
	return ok;
}

static bool is_well(const struct printer_status *s, struct err *err)
{
	const enum printer_trouble trouble = printer_trouble(s);

	return trouble == PRINTER_WELL ||
	       err_set(err, ERR_IO, 0, "%s", printer_trouble_text(trouble));
}

/* What the cable needs for so many bytes, whatever the printer does. */
static int wire_time(const struct printer *p, size_t len)
{
	return p->ops->wire_ms ? p->ops->wire_ms(p, len) : 0;
}

/* Make the printer ready; nothing of the job is sent. */
static bool prepare(struct printer *p, struct printer_status *before,
	long long deadline, struct err *err)
{
	const int patience = PATIENCE_MS + wire_time(p, p->memory.owed);

	if (p->ops->begin &&
		!p->ops->begin(p, p->cut_short,
			shorter(patience, deadline - clock_ms()), err))
		return false;
	p->cut_short = false;
	p->memory.owed = 0;
	return ask_status(p, before, deadline, err) && is_well(before, err);
}

static bool send_all(struct printer *p, const unsigned char *job, size_t len,
	long long deadline, size_t *sent, struct err *err)
{
	bool half = false;
	int idle = 0;

	crash_point("print.first");
	while (*sent < len) {
		const size_t rest = len - *sent;
		const long long left = deadline - clock_ms();
		size_t done = 0;
		bool ok;

		if (left <= 0 || idle == MAX_IDLE)
			return err_set(err, ERR_TIMEOUT, 0,
				"took only %zu of %zu bytes in time", *sent,
				len);
		ok = p->ops->write(p, job + *sent, rest < CHUNK ? rest : CHUNK,
			shorter(PATIENCE_MS, left), &done, err);
		*sent += done;
		if (!ok)
			return err_wrap(err, "after %zu of %zu bytes", *sent,
				len);
		idle = done > 0 ? 0 : idle + 1;
		if (!half && *sent >= len / 2)
			crash_point("print.half");
		half = *sent >= len / 2;
	}
	return true;
}

/* All was taken. Did it leave? */
static bool drain(struct printer *p, long long deadline, struct err *err)
{
	return !p->ops->end ||
	       p->ops->end(p,
		       shorter(deadline - clock_ms() - STATUS_MS,
			       deadline - clock_ms()),
		       err);
}

/* Only so many bytes of the job are surely gone: what the next one must know.
 * Returns how many those are. */
static size_t break_off(struct printer *p, const void *job, size_t len,
	size_t sent)
{
	const size_t unsent = p->ops->drop_unsent ? p->ops->drop_unsent(p) : 0;

	sent -= unsent < sent ? unsent : sent;
	p->cut_short = sent > 0;
	p->memory.owed = sent > 0 ? escpos_rest(job, len, sent) : 0;
	return sent;
}

/* All left. Is the printer well after it? */
static bool settle(struct printer *p, const struct printer_status *before,
	long long deadline, struct err *err)
{
	struct printer_status after;

	if (!ask_status(p, &after, deadline, err) || !is_well(&after, err))
		return err_wrap(err, "after the last byte");
	if (before->known && !before->unasked && !after.known)
		return err_set(err, ERR_TIMEOUT, 0,
			"answered before the job, but not after it");
	return true;
}

enum printer_outcome printer_print(struct printer *p, const void *job,
	size_t len, int timeout_ms, struct err *err)
{
	const int wire_ms = wire_time(p, len + p->memory.owed);
	const long long deadline = clock_ms() + timeout_ms + wire_ms;
	/* The status afterwards needs its share of the time. */
	const long long data_deadline =
		deadline - shorter(STATUS_MS, timeout_ms / 4);
	struct printer_status before;
	enum printer_outcome outcome = PRINTER_FAILED;
	size_t sent = 0;

	if (len == 0 || timeout_ms <= 0) {
		err_set(err, ERR_INVALID, 0, "no job, or no time for it");
	} else if (!prepare(p, &before, data_deadline, err)) {
		/* Nothing was sent. */
	} else if (!send_all(p, job, len, data_deadline, &sent, err) ||
		   !drain(p, deadline, err)) {
		outcome = break_off(p, job, len, sent) > 0 ? PRINTER_UNKNOWN
							   : PRINTER_FAILED;
	} else {
		outcome = settle(p, &before, deadline, err) ? PRINTER_PRINTED
							    : PRINTER_UNKNOWN;
	}
	if (outcome != PRINTER_PRINTED)
		err_wrap(err, "%s printer", p->ops->name);
	return outcome;
}

bool printer_status(struct printer *p, struct printer_status *out,
	int timeout_ms, struct err *err)
{
	memset(out, 0, sizeof(*out));
	if (!p->ops->status)
		return err_set(err, ERR_INVALID, 0,
			"%s printer: cannot tell its status", p->ops->name);
	if (!p->ops->status(p, out, timeout_ms > 0 ? timeout_ms : 1, err))
		return err_wrap(err, "%s printer", p->ops->name);
	if (out->known)
		p->last = *out;
	return true;
}

void printer_last_status(const struct printer *p, struct printer_status *out)
{
	*out = p->last;
}

void printer_memory(const struct printer *p, struct printer_memory *out)
{
	*out = p->memory;
}

void printer_remember(struct printer *p, const struct printer_memory *m)
{
	p->memory = *m;
	p->cut_short = m->owed > 0;
}

/* What a device says of itself is anything: one word in the settings. */
static void keep_plain(char *text)
{
	for (; *text; text++)
		if (*text <= ' ' || *text > '~' || *text == ';')
			*text = '_';
}

void printer_set_usb_identity(struct printer *p, unsigned vendor,
	unsigned product, const char *serial)
{
	snprintf(p->identity, sizeof(p->identity), "usb:%04x:%04x%s%.64s",
		vendor & 0xffff, product & 0xffff, serial[0] ? ":" : "",
		serial);
	keep_plain(p->identity);
}

void printer_set_identity(struct printer *p, const char *place)
{
	snprintf(p->identity, sizeof(p->identity), "%s:%.100s", p->ops->name,
		place);
	keep_plain(p->identity);
}

const char *printer_identity(const struct printer *p)
{
	return p->identity;
}

const char *printer_kind(const struct printer *p)
{
	return p->ops->name;
}

void printer_close(struct printer *p)
{
	if (p)
		p->ops->close(p);
}
