/*
 * centre_back.c - `chitra-centre tail`: a terminal's own records, as a file.
 *
 * For a terminal whose book is shorter than what is here and that has no line:
 * it says from which number on and with which word (--nonce), and gets pages
 * (core/codec/tail.h), one behind the other. A book that is frozen here, or
 * out, is given back to nobody (handback.h).
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/str.h"
#include "db/centre/centre_verbs.h"
#include "db/centre/daylog.h"
#include "db/centre/handback.h"

enum {
	PART = CENTRE_PATH + 8
};

static bool file_failed(const char *path, struct err *err)
{
	const int sys = errno;

	return err_set(err, ERR_IO, sys, "%.150s: %s", path, strerror(sys));
}

/* What is not said of the word is zeros. */
static bool read_nonce(const char *text, uint8_t out[TAIL_NONCE])
{
	size_t len;

	memset(out, 0, TAIL_NONCE);
	return text && str_from_hex(text, out, TAIL_NONCE, &len) && len >= 8;
}

static bool write_pages(struct centre *c, struct store *s, struct handback *h,
	int fd, uint64_t *pages, struct err *err)
{
	uint8_t *room = malloc(TAIL_MAX_BYTES);
	uint64_t to = h->from - 1;
	bool ok = room || err_set(err, ERR_NO_MEMORY, 0, "no memory");
	struct buf b;

	do {
		buf_init(&b, room, TAIL_MAX_BYTES);
		h->from = to + 1;
		ok = ok && handback_page(s, c->home, h, &to, &b, err);
		if (ok && write(fd, b.data, b.len) != (ssize_t)b.len)
			ok = file_failed(c->o.to, err);
		*pages += ok;
	} while (ok && to >= h->from && to < h->of->last);
	free(room);
	return ok;
}

/* Written beside, and given its name when it is whole. */
static bool write_file(struct centre *c, struct store *s, struct handback *h,
	uint64_t *pages, struct err *err)
{
	char part[PART];
	bool ok;
	int fd;

	if (snprintf(part, sizeof(part), "%s.part", c->o.to) >=
		(int)sizeof(part))
		return err_set(err, ERR_INVALID, 0, "the name is too long");
	fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC,
		0600);
	if (fd < 0)
		return file_failed(part, err);
	ok = write_pages(c, s, h, fd, pages, err);
	if (ok && fsync(fd) != 0)
		ok = file_failed(part, err);
	if (close(fd) != 0 && ok)
		ok = file_failed(part, err);
	if (ok && rename(part, c->o.to) != 0)
		ok = file_failed(c->o.to, err);
	if (!ok)
		unlink(part);
	return ok;
}

static enum status give_back(struct centre *c, struct store *s,
	struct handback *h, struct err *err)
{
	struct store_device d;
	uint64_t pages = 0;

	switch (daylog_terminal(s, c->o.terminal, &d, err)) {
	case LOOKUP_FAILED:
		return err->code == ERR_INVALID ? FOUND : FAILED;
	case LOOKUP_ABSENT:
		err_set(err, ERR_INVALID, 0, "no such terminal");
		return FOUND;
	case LOOKUP_FOUND:
		break;
	}
	if (d.state != STORE_ACTIVE) {
		err_set(err, ERR_INVALID, 0,
			d.state == STORE_REVOKED
				? "this terminal is out"
				: "there are two books of this terminal: it"
				  " has to be retired and enrolled anew");
		return FOUND;
	}
	h->of = &d;
	if (!write_file(c, s, h, &pages, err))
		return FAILED;
	printf("records %llu to %llu, %llu pages: %s\n",
		(unsigned long long)c->o.from, (unsigned long long)d.last,
		(unsigned long long)pages, c->o.to);
	return DONE;
}

enum status verb_tail(struct centre *c, struct err *err)
{
	struct handback h = {.from = (uint64_t)c->o.from,
		.most = TAIL_MAX_RECORDS,
		.now = (uint64_t)clock_wall_ms(),
		.by_file = true};
	struct store *s;
	enum status status;

	if (!c->o.terminal || c->o.from < 1 || !c->o.to ||
		!read_nonce(c->o.nonce, h.nonce))
		return USAGE;
	s = store_open(c->store, err);
	status = s ? give_back(c, s, &h, err) : FAILED;
	store_close(s);
	return status;
}
