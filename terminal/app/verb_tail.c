/*
 * verb_tail.c - `chitra centre tail`: what is missing here comes from the
 * centre again (journal.md 9, R1).
 *
 *	centre tail                ask the centre; show what is missing
 *	centre tail --yes          and take it
 *	centre tail --from FILE    the same by stick, once the book is frozen
 *
 * Exit status: 0 nothing is missing, or it is back; 1 something is missing and
 * was not taken, or it cannot come back; 3 no network, store.
 */
#include "terminal/app/verb_tail.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/date.h"
#include "core/log.h"
#include "core/money.h"
#include "core/str.h"
#include "core/tr.h"
#include "db/proof.h"
#include "db/regain.h"
#include "terminal/app/json.h"
#include "terminal/app/uplink.h"
#include "terminal/flows/upload_text.h"

enum {
	FILE_MAX = 64 * 1024 * 1024
};

struct fetching {
	const struct options *o;
	struct verb_store *v;
	struct uplink *line;
	struct uplink_reply *reply;
	struct regain *g;
	uint8_t *page;
	enum regain_came came;
	enum exit_status status; /* if it is over */
	struct err err;
};

/* ---- what is said ------------------------------------------------------------- */

static const char *says(enum regain_came c)
{
	switch (c) {
	case REGAIN_SAME:
		return tr("The centre holds nothing that is not here.");
	case REGAIN_NO_PAGE:
		return tr("That is no answer of a centre, or it was cut off or"
			  " changed on the way. Fetch it again.");
	case REGAIN_NO_KEY:
		return tr("It is not signed by the centre of this terminal.");
	case REGAIN_OTHER:
		return tr("It is for another terminal.");
	case REGAIN_STALE:
		return tr("It answers another question. The centre has to be"
			  " told the number and the word that stand here.");
	case REGAIN_GAP:
		return tr("Records are missing in it. Fetch it again.");
	case REGAIN_FORK:
	case REGAIN_RECORD:
		return tr("What the centre holds does not follow from this"
			  " book: there are two books of this terminal. Do not"
			  " pay any more; retire the terminal: chitra retire"
			  " --reason tail_lost.");
	case REGAIN_TOO_FAR:
		return tr("More than three shifts are missing: the keys of this"
			  " terminal do not go so far. Retire it: chitra retire"
			  " --reason tail_lost, and set it up anew.");
	case REGAIN_KIND:
		return tr("Something is missing that cannot be made again from"
			  " records (visits, consents, accounts, lists). Retire"
			  " the terminal: chitra retire --reason tail_lost, and"
			  " set it up anew.");
	case REGAIN_VALUE:
		return tr("On this disk something was recorded since that must"
			  " not be lost either. Retire the terminal: chitra"
			  " retire --reason tail_lost, and set it up anew.");
	case REGAIN_NOT_ALL:
	case REGAIN_CHANGED:
		return tr("The book went on meanwhile. Begin again.");
	case REGAIN_MORE:
	case REGAIN_WHOLE:
	case REGAIN_CAMES:
		break;
	}
	return "";
}

static cJSON *json_seen(const struct regain_seen *s)
{
	cJSON *reply = json_ok();

	json_int(reply, "from", (int64_t)s->from);
	json_int(reply, "to", (int64_t)s->to);
	json_int(reply, "last", (int64_t)s->last);
	json_int(reply, "records", (int64_t)s->records);
	json_int(reply, "payments", (int64_t)s->payments);
	json_int(reply, "voids", (int64_t)s->voids);
	json_int(reply, "paid", s->paid);
	json_int(reply, "first_at", s->first_at);
	json_int(reply, "last_at", s->last_at);
	json_int(reply, "aside", (int64_t)s->aside);
	return reply;
}

static void print_seen(const struct regain_seen *s)
{
	char first[DATE_TEXT_SIZE];
	char last[DATE_TEXT_SIZE];
	char money[MONEY_TEXT_SIZE];

	printf(tr("Missing here, and held by the centre: %llu records, number"
		  " %llu to %llu.\n"),
		(unsigned long long)s->records, (unsigned long long)s->from,
		(unsigned long long)s->to);
	printf(tr("From %s to %s.\n"), date_time_vi(s->first_at, first),
		date_time_vi(s->last_at, last));
	printf(tr("Payments: %llu, taken back: %llu; together %s.\n"),
		(unsigned long long)s->payments, (unsigned long long)s->voids,
		money_format(s->paid, money));
	if (s->aside > 0)
		printf(tr("Recorded on this disk since, without value, and set"
			  " aside: %llu.\n"),
			(unsigned long long)s->aside);
}

static enum exit_status refused(struct fetching *f)
{
	struct regain_seen seen;

	if (f->g) {
		regain_seen(f->g, &seen);
		if (seen.bad_seq > 0)
			log_line("tail", "%s: record %llu, kind %llu",
				regain_came_name(f->came),
				(unsigned long long)seen.bad_seq,
				(unsigned long long)seen.bad_kind);
	}
	return verb_refuse(f->o, regain_came_name(f->came), says(f->came),
		EXIT_REFUSED);
}

static enum exit_status nothing(const struct options *o)
{
	cJSON *reply = json_ok();

	json_int(reply, "records", 0);
	if (!o->json)
		printf("%s\n", says(REGAIN_SAME));
	return verb_reply(o, reply, EXIT_DONE);
}

/* What the office has to type, for the way by stick. */
static void print_word(const struct regain *g, const struct db *db)
{
	char dev[2 * DB_DEV_SIZE + 1];
	char word[REGAIN_WORD];
	uint64_t from;

	regain_word(g, &from, word);
	str_to_hex(db_info(db)->dev, DB_DEV_SIZE, dev);
	fprintf(stderr,
		tr("By stick: the centre writes the file with this, and then"
		   " chitra centre tail --from FILE here:"));
	fprintf(stderr,
		"\nchitra-centre tail --terminal %s --from %llu --nonce %s --to"
		" FILE\n",
		dev, (unsigned long long)from, word);
}

/* ---- by line -------------------------------------------------------------------- */

static bool no_net(struct fetching *f, enum net_trouble trouble,
	const struct err *err)
{
	const enum upload_trouble t = uplink_trouble(trouble);

	log_err("tail", err);
	fprintf(stderr, "(%s)\n", err->text);
	if (f->g)
		print_word(f->g, f->v->db);
	f->status = verb_refuse(f->o, upload_trouble_name(t), upload_says(t),
		upload_is_alarm(t) ? EXIT_REFUSED : EXIT_COULD_NOT);
	return false;
}

static bool no_answer(struct fetching *f, unsigned status)
{
	if (status == 409)
		f->came = REGAIN_FORK;
	if (status == 403 || status == 404 || status == 401)
		f->status = verb_refuse(f->o, "revoked",
			upload_says(UPLOAD_REVOKED), EXIT_REFUSED);
	else if (status == 409)
		f->status = refused(f);
	else
		f->status = verb_refuse(f->o, "no_sense",
			upload_says(UPLOAD_BUSY), EXIT_COULD_NOT);
	return false;
}

/* Is anything missing? True: yes, and the book is frozen. */
static bool ask_head(struct fetching *f)
{
	struct uplink_check c;
	struct upload_answer a;

	uplink_check_begin(f->v->db, &c);
	uplink_check_ask(f->line, &c, f->reply);
	if (f->reply->trouble != NET_FINE)
		return no_net(f, f->reply->trouble, &f->reply->err);
	if (f->reply->status != 200)
		return no_answer(f, f->reply->status);
	if (!uplink_check_take(f->v->db, &c, f->reply, &a, &f->err)) {
		if (f->err.code == ERR_NONE)
			return true;
		f->status = verb_err(f->o, &f->err);
	} else {
		f->status = nothing(f->o);
	}
	return false;
}

static bool begin(struct fetching *f)
{
	f->g = regain_new(f->v->db, &f->err);
	if (!f->g)
		f->status = f->err.code == ERR_DENIED
				    ? verb_refuse(f->o, "not_frozen",
					      tr("This book is not frozen:"
						 " nothing is known to be"
						 " missing."),
					      EXIT_REFUSED)
				    : verb_err(f->o, &f->err);
	return f->g != NULL;
}

static bool fetch(struct fetching *f)
{
	struct net_answer a = {.body = f->page, .size = TAIL_MAX_BYTES + 1};
	enum net_trouble trouble = NET_FINE;
	char path[REGAIN_PATH];
	const struct net_question q = {.method = "GET", .path = path};
	size_t used;

	do {
		struct net *net = uplink_net(f->line, &trouble, &f->err);

		regain_question(f->g, path);
		a.len = 0;
		if (!net || !net_ask(net, &q, &a, &trouble, &f->err))
			return no_net(f, trouble, &f->err);
		if (a.status != 200)
			return no_answer(f, a.status);
		if (!regain_look(f->g, a.body, a.len, &used, &f->came,
			    &f->err)) {
			f->status = verb_err(f->o, &f->err);
			return false;
		}
	} while (f->came == REGAIN_MORE);
	return true;
}

static bool by_line(struct fetching *f)
{
	bool none;

	f->line = uplink_open(f->v->db, f->v->config.centre.proxy, &none,
		&f->err);
	if (!f->line) {
		f->status =
			none ? verb_refuse(f->o, "no_centre",
				       tr("This terminal belongs to no centre"
					  " yet. A supervisor joins it: chitra"
					  " centre join --url … --code …"),
				       EXIT_REFUSED)
			     : verb_err(f->o, &f->err);
		return false;
	}
	/* Frozen already: what to type for a stick is said if there is no
	 * network. */
	if (proof_frozen(f->v->db) == 0 && !ask_head(f))
		return false;
	return begin(f) && fetch(f);
}

/* ---- by stick -------------------------------------------------------------------- */

static uint8_t *read_file(const char *path, size_t *len, struct err *err)
{
	const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	uint8_t *bytes = NULL;
	size_t got = 0;
	size_t size = 0;
	ssize_t n = -1;

	while (fd >= 0 && size < FILE_MAX) {
		uint8_t *more;

		if (got == size) {
			more = realloc(bytes, size + TAIL_MAX_BYTES);
			if (!more)
				break;
			bytes = more;
			size += TAIL_MAX_BYTES;
		}
		n = read(fd, bytes + got, size - got);
		if (n <= 0)
			break;
		got += (size_t)n;
	}
	if (fd >= 0)
		close(fd);
	*len = got;
	if (n == 0)
		return bytes;
	err_set(err, ERR_GONE, errno, "%s cannot be read", path);
	free(bytes);
	return NULL;
}

static bool by_stick(struct fetching *f, const char *path)
{
	uint8_t *bytes;
	size_t at = 0;
	size_t used = 1;
	size_t len;
	bool ok = true;

	if (!begin(f))
		return false;
	bytes = read_file(path, &len, &f->err);
	if (!bytes) {
		f->status = verb_file_err(f->o, &f->err);
		return false;
	}
	f->came = REGAIN_MORE;
	while (ok && f->came == REGAIN_MORE) {
		ok = regain_look(f->g, bytes + at, len - at, &used, &f->came,
			&f->err);
		at += used;
	}
	free(bytes);
	if (!ok)
		f->status = verb_err(f->o, &f->err);
	if (ok && (f->came == REGAIN_STALE || f->came == REGAIN_GAP))
		print_word(f->g, f->v->db);
	return ok;
}

/* ---- taking it --------------------------------------------------------------------- */

static enum exit_status take(struct fetching *f, const struct regain_seen *seen)
{
	char aside[REGAIN_NAME];
	struct refusal why;
	cJSON *reply;

	switch (regain_take(f->g, &f->v->session, &f->came, aside, &why,
		&f->err)) {
	case VERDICT_FAILED:
		return verb_err(f->o, &f->err);
	case VERDICT_REFUSED:
		return why.code ? verb_refusal(f->o, &why) : refused(f);
	case VERDICT_DONE:
		break;
	}
	reply = json_seen(seen);
	cJSON_AddTrueToObject(reply, "taken");
	cJSON_AddStringToObject(reply, "file", aside);
	if (!f->o->json) {
		print_seen(seen);
		printf("%s\n",
			tr("They are back, and the whole book was checked. This"
			   " terminal pays again."));
	}
	return verb_reply(f->o, reply, EXIT_DONE);
}

static enum exit_status end(struct fetching *f, bool yes)
{
	struct regain_seen seen;
	cJSON *reply;

	if (f->came == REGAIN_SAME)
		return nothing(f->o);
	if (f->came != REGAIN_WHOLE)
		return refused(f);
	regain_seen(f->g, &seen);
	if (yes)
		return take(f, &seen);
	reply = json_seen(&seen);
	cJSON_ReplaceItemInObject(reply, "ok", cJSON_CreateFalse());
	cJSON_AddStringToObject(reply, "code", "missing");
	cJSON_AddFalseToObject(reply, "taken");
	if (!f->o->json) {
		print_seen(&seen);
		printf("%s\n", tr("Nothing is paid until they are back. A"
				  " supervisor takes them: the same with"
				  " --yes."));
	}
	return verb_reply(f->o, reply, EXIT_REFUSED);
}

enum exit_status tail_show(const struct options *o, const char *from, bool yes)
{
	struct fetching f = {.o = o, .status = EXIT_COULD_NOT};
	struct verb_store v;

	if (!verb_open(o, true, &v, &f.status))
		return f.status;
	f.v = &v;
	f.reply = malloc(sizeof(*f.reply));
	f.page = malloc(TAIL_MAX_BYTES + 1);
	if (!f.reply || !f.page) {
		err_set(&f.err, ERR_NO_MEMORY, 0, "no memory for a page");
		f.status = verb_err(o, &f.err);
	} else if (from ? by_stick(&f, from) : by_line(&f)) {
		f.status = end(&f, yes);
	}
	regain_free(f.g);
	uplink_close(f.line);
	free(f.page);
	free(f.reply);
	verb_close(&v);
	return f.status;
}
