/*
 * verb_down.c - `chitra down`: what comes down from the centre (db/down.h).
 *
 *	down                  what is here, and what waits
 *	down --from FOLDER    take the parcels of a stick
 *	down --fetch          ask the centre, and take what it has
 *	down --take           take what waits and was not taken yet
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/crypto.h"
#include "core/date.h"
#include "core/log.h"
#include "core/str.h"
#include "core/tr.h"
#include "db/down.h"
#include "drivers/lists/list_reader.h"
#include "terminal/app/downlink.h"
#include "terminal/app/json.h"
#include "terminal/app/roster_say.h"
#include "terminal/app/uplink.h"
#include "terminal/app/verb.h"
#include "terminal/flows/arrivals.h"
#include "terminal/flows/refusal_text.h"
#include "terminal/flows/upload_text.h"

enum {
	FILES = 512,
	NAME = 256
};

/* What came of it all. */
struct tally {
	const struct options *o;
	cJSON *kept;
	cJSON *taken;
	cJSON *refused;
	int others; /* for other terminals of the same stick */
	int known;  /* here already, or older */
};

static cJSON *json_parcel(uint64_t kind, uint64_t version)
{
	const struct parcel_rule *rule = parcel_rule(kind);
	cJSON *one = cJSON_CreateObject();

	cJSON_AddStringToObject(one, "kind", rule ? rule->name : "unknown");
	json_int(one, "version", (int64_t)version);
	return one;
}

/* ---- the files of a stick ---------------------------------------------------- */

struct file {
	char path[NAME + OPTIONS_DIR_SIZE];
	uint64_t kind;
	uint64_t version;
};

struct files {
	struct file *at;
	int count;
	bool too_many;
};

/* By kind and version: the order in which they stand on each other. */
static int by_version(const void *a, const void *b)
{
	const struct file *x = a;
	const struct file *y = b;

	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	if (x->version != y->version)
		return x->version < y->version ? -1 : 1;
	return strcmp(x->path, y->path);
}

static bool is_named_so(const char *name)
{
	static const char end[] = ".parcel";
	const size_t len = strlen(name);

	return len > strlen(end) && len < NAME &&
	       strcmp(name + len - strlen(end), end) == 0;
}

/* All of a file in memory; NULL: *err. */
static uint8_t *read_file(const char *path, size_t *len, struct err *err)
{
	const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	uint8_t *bytes = NULL;
	struct stat st;
	size_t got = 0;

	if (fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) ||
		st.st_size > PARCEL_CONTENT_MAX + PARCEL_HEAD_MAX)
		err_set(err, ERR_GONE, errno, "%s cannot be read", path);
	else if (!(bytes = malloc((size_t)st.st_size + 1)))
		err_set(err, ERR_NO_MEMORY, 0, "no memory for %s", path);
	while (bytes && got < (size_t)st.st_size) {
		const ssize_t n =
			read(fd, bytes + got, (size_t)st.st_size - got);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			err_set(err, ERR_IO, errno, "%s cannot be read", path);
			free(bytes);
			bytes = NULL;
		} else {
			got += (size_t)n;
		}
	}
	if (fd >= 0)
		close(fd);
	*len = got;
	return bytes;
}

/* Of what is no parcel kind and version are 0: it is told of like the rest. */
static void look_into(struct file *f)
{
	const int fd = open(f->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	uint8_t head[PARCEL_HEAD_MAX];
	struct parcel p;
	ssize_t n;

	if (fd < 0)
		return;
	n = read(fd, head, sizeof(head));
	close(fd);
	if (n > 0 && parcel_read_head(head, (size_t)n, &p) > 0) {
		f->kind = p.kind;
		f->version = p.version;
	}
}

static bool list_files(const char *dir, struct files *out, struct err *err)
{
	DIR *d = opendir(dir);
	const struct dirent *e;

	*out = (struct files){0};
	if (!d)
		return err_set(err, ERR_GONE, errno, "%s cannot be read", dir);
	out->at = calloc(FILES, sizeof(*out->at));
	while (out->at && (e = readdir(d)) != NULL) {
		struct file *f = &out->at[out->count];

		if (!is_named_so(e->d_name))
			continue;
		out->too_many = out->count == FILES - 1;
		if (out->too_many)
			break;
		snprintf(f->path, sizeof(f->path), "%s/%s", dir, e->d_name);
		look_into(f);
		out->count++;
	}
	closedir(d);
	if (!out->at)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory");
	if (out->too_many)
		return err_set(err, ERR_INVALID, 0,
			"more than %d parcels in %s", FILES - 1, dir);
	qsort(out->at, (size_t)out->count, sizeof(*out->at), by_version);
	return true;
}

/* ---- keeping --------------------------------------------------------------------- */

static void tell_refused(struct tally *t, const char *path,
	const struct refusal *why)
{
	char plain[VERB_PLAIN_SIZE];
	char text[REFUSAL_TEXT_SIZE];
	cJSON *one = cJSON_CreateObject();

	cJSON_AddStringToObject(one, "file", path);
	cJSON_AddStringToObject(one, "code", refusal_code_name(why->code));
	cJSON_AddItemToArray(t->refused, one);
	refusal_text(why, text, sizeof(text));
	fprintf(stderr, "%s: %s\n", verb_plain(path, plain), text);
}

/* One file. False: *err. */
static bool keep(struct tally *t, struct db *db, const struct file *f,
	struct err *err)
{
	struct refusal why;
	struct parcel head;
	size_t len;
	bool same;
	uint8_t *bytes = read_file(f->path, &len, err);
	enum verdict v;

	if (!bytes)
		return false;
	v = down_put(db, bytes, len, &head, &same, &why, err);
	free(bytes);
	if (v == VERDICT_FAILED)
		return false;
	if (v == VERDICT_DONE && !same)
		cJSON_AddItemToArray(t->kept,
			json_parcel(head.kind, head.version));
	else if (v == VERDICT_DONE || why.code == REFUSED_PARCEL_OLD)
		t->known++;
	else if (why.code == REFUSED_PARCEL_OTHER)
		t->others++;
	else
		tell_refused(t, f->path, &why);
	if (v == VERDICT_DONE && !same && !t->o->json)
		printf(tr("Received: %s number %lld\n"),
			arrivals_kind(head.kind), (long long)head.version);
	return true;
}

/*
 * Where nobody knows yet how many rolls led to the key that is known here, the
 * one that did says it: from the end, since what it does not understand
 * changes nothing.
 */
static bool learn_number(struct db *db, const struct files *files,
	struct err *err)
{
	struct refusal why;
	struct parcel head;
	size_t len;
	bool same;

	for (int i = files->count - 1; i >= 0; i--) {
		uint8_t *bytes;
		enum verdict v;

		if (files->at[i].kind != PARCEL_ROLL)
			continue;
		bytes = read_file(files->at[i].path, &len, err);
		if (!bytes)
			return false;
		v = down_put(db, bytes, len, &head, &same, &why, err);
		free(bytes);
		if (v == VERDICT_FAILED)
			return false;
	}
	return true;
}

static bool keep_all(struct tally *t, struct db *db, const char *dir,
	struct err *err)
{
	struct files files;
	bool ok = list_files(dir, &files, err) && learn_number(db, &files, err);

	for (int i = 0; ok && i < files.count; i++)
		ok = keep(t, db, &files.at[i], err);
	free(files.at);
	return ok;
}

/* ---- taking ------------------------------------------------------------------------ */

/* Files of others are taken apart by a child that can do nothing else. */
static bool read_by_child(void *ctx, int fd, enum list_kind kind,
	const struct cells_sink *sink, char *sheet, struct err *err)
{
	(void)ctx;
	return list_reader_read(NULL, fd, kind, LIST_READER_IDLE_MS, sink,
		sheet, err);
}

static void say_users(const struct down_done *d)
{
	const struct roster *r = &d->roster;

	roster_say(r);
	printf(tr("%s number %lld: %d new users, %d with a later last day, %d "
		  "known\n"),
		arrivals_kind(d->row.kind), (long long)d->row.version, r->added,
		r->renewed, r->count[ROSTER_SAME]);
}

static void say_taken(const struct down_done *d)
{
	const char *name = arrivals_kind(d->row.kind);
	const long long n = (long long)d->row.version;

	if (d->row.kind == PARCEL_USERS && d->row.errors > 0)
		roster_say(&d->roster);
	if (d->row.state == DOWN_REFUSED)
		printf(tr("NOT taken: %s number %lld has %lld errors. Tell the "
			  "centre; nothing of it is here.\n"),
			name, n, (long long)d->row.errors);
	else if (d->row.kind == PARCEL_REVLIST)
		printf(tr("Taken: %s number %lld, %d of them of this "
			  "terminal\n"),
			name, n, d->revlist.barred);
	else if (d->row.kind == PARCEL_USERS)
		say_users(d);
	else if (d->row.kind == PARCEL_TEXT)
		printf(tr("Taken: %s number %lld\n"), name, n);
	else
		printf(tr("Taken: %s number %lld, %lld rows, %lld of them "
			  "new\n"),
			name, n, (long long)d->list.rows,
			(long long)d->list.fresh);
}

static void tell_taken(struct tally *t, const struct down_done *d)
{
	cJSON *one = json_parcel(d->row.kind, d->row.version);

	json_int(one, "rows", d->row.rows);
	json_int(one, "errors", d->row.errors);
	if (d->row.kind == PARCEL_REVLIST)
		json_int(one, "revoked", d->revlist.barred);
	if (d->row.kind == PARCEL_USERS) {
		json_int(one, "new", d->roster.added);
		json_int(one, "same", d->roster.count[ROSTER_SAME]);
		json_int(one, "renewed", d->roster.renewed);
		cJSON_AddItemToObject(one, "users", roster_json(&d->roster));
	}
	cJSON_AddItemToArray(d->row.state == DOWN_REFUSED ? t->refused
							  : t->taken,
		one);
	/* What comes next may fail, and then there is no reply: whoever has a
	 * PIN is told of at once. */
	if (!t->o->json ||
		(d->row.kind == PARCEL_USERS && d->row.state == DOWN_WAITS))
		say_taken(d);
}

/* A list asks by itself: it knows its rows. */
static bool on_rows(void *db, int64_t rows, int64_t bytes)
{
	struct err stopped = {0};

	(void)bytes;
	return db_watch_now(db, rows, 0, &stopped);
}

/* Until nothing is left that this user may take. */
static bool take_all(struct tally *t, struct verb_store *v, struct err *err)
{
	static const struct list_source source = {NULL, read_by_child};
	const struct list_options options = {.source = &source,
		.count = -1,
		.sum = -1,
		.progress = on_rows,
		.ctx = v->db};
	static struct down_done done;
	struct refusal why;
	struct down_row next;

	for (;;) {
		const enum lookup l = down_next(v->db, &v->session, &next, err);

		if (l != LOOKUP_FOUND)
			return l == LOOKUP_ABSENT;
		switch (down_take(v->db, &v->session, &next, &options, &done,
			&why, err)) {
		case VERDICT_FAILED:
			return false;
		case VERDICT_REFUSED:
			progress_end(&v->progress);
			tell_refused(t, arrivals_kind(next.kind), &why);
			/* Over, and the next may be taken; or it waits on. */
			if (done.row.state == DOWN_WAITS)
				return true;
			break;
		case VERDICT_DONE:
			progress_end(&v->progress);
			tell_taken(t, &done);
			crypto_wipe(&done.roster, sizeof(done.roster));
			break;
		}
	}
}

/* Where what is to be taken comes from. */
struct source {
	const char *folder; /* NULL: from no stick */
	bool fetch;
	bool take;
};

/* What the line or the centre said, in words. */
static enum exit_status say_came(const struct options *o,
	enum downlink_came came, enum net_trouble trouble,
	const struct refusal *why, const struct err *err)
{
	switch (came) {
	case DOWNLINK_MORE:
	case DOWNLINK_OVER:
		return EXIT_DONE;
	case DOWNLINK_REFUSED:
		return verb_refusal(o, why);
	case DOWNLINK_STORE:
		return verb_err(o, err);
	case DOWNLINK_OUT:
		return verb_refuse(o, "unknown", upload_says(UPLOAD_UNKNOWN),
			EXIT_REFUSED);
	case DOWNLINK_LATER:
		break;
	}
	if (trouble == NET_FINE)
		return verb_refuse(o, "busy", upload_says(UPLOAD_BUSY),
			EXIT_COULD_NOT);
	log_err("down", err);
	return verb_refuse(o, net_trouble_name(trouble),
		upload_says(uplink_trouble(trouble)), EXIT_COULD_NOT);
}

/* Ask the centre; what came whole is kept, whatever became of the rest. */
static enum exit_status fetch(const struct options *o, struct verb_store *v,
	int *received)
{
	enum net_trouble trouble = NET_FINE;
	struct err err = {0};
	struct downlink *d = downlink_new(&err);
	struct uplink *line = NULL;
	struct net *net;
	enum downlink_came came;
	struct refusal why = {0};
	enum exit_status status;
	bool none = false;

	if (d)
		line = uplink_open(v->db, v->config.centre.proxy, &none, &err);
	if (none)
		status = verb_refuse(o, "no_centre",
			tr("This terminal belongs to no centre yet. A"
			   " supervisor joins it: chitra centre join --url …"
			   " --code …"),
			EXIT_REFUSED);
	else if (!line)
		status = verb_err(o, &err);
	else {
		net = uplink_net(line, &trouble, &err);
		came = net ? downlink_run(d, v->db, net, &trouble, &why, &err)
			   : DOWNLINK_LATER;
		status = say_came(o, came, trouble, &why, &err);
	}
	if (d)
		*received = downlink_kept(d);
	uplink_close(line);
	downlink_free(d);
	return status;
}

static enum exit_status work(const struct options *o, struct verb_store *v,
	const struct source *from)
{
	struct tally t = {.o = o,
		.kept = cJSON_CreateArray(),
		.taken = cJSON_CreateArray(),
		.refused = cJSON_CreateArray()};
	struct err err = {0};
	cJSON *reply = json_ok();
	int waiting = 0;
	int received = 0;
	bool wrong;
	bool ok;

	if (from->fetch) {
		const enum exit_status status = fetch(o, v, &received);

		/* It is said already, and in JSON there is one answer. */
		if (status != EXIT_DONE) {
			cJSON_Delete(reply);
			cJSON_Delete(t.kept);
			cJSON_Delete(t.taken);
			cJSON_Delete(t.refused);
			return status;
		}
	}
	verb_watch(o, v);
	ok = (!from->folder || keep_all(&t, v->db, from->folder, &err)) &&
	     take_all(&t, v, &err) && down_waiting(v->db, &waiting, &err);
	verb_watched(v);
	wrong = cJSON_GetArraySize(t.refused) > 0;
	cJSON_AddItemToObject(reply, "received", t.kept);
	cJSON_AddItemToObject(reply, "taken", t.taken);
	cJSON_AddItemToObject(reply, "refused", t.refused);
	if (from->fetch)
		json_int(reply, "fetched", received);
	json_int(reply, "known", t.known);
	json_int(reply, "for_others", t.others);
	json_int(reply, "waiting", waiting);
	if (!ok) {
		cJSON_Delete(reply);
		return db_watch_stopped(&err)
			       ? verb_stopped(o,
					 tr("Stopped: what was taken before is "
					    "taken; of the rest nothing, and "
					    "it waits here."))
			       : verb_err(o, &err);
	}
	if (!o->json && t.known > 0)
		printf(tr("Here before: %d\n"), t.known);
	if (!o->json && t.others > 0)
		printf(tr("For other terminals: %d\n"), t.others);
	if (!o->json && waiting > 0)
		printf(tr("%d wait until a supervisor signs in (--as).\n"),
			waiting);
	return verb_reply(o, reply, wrong ? EXIT_REFUSED : EXIT_DONE);
}

/* ---- what is here ---------------------------------------------------------------------- */

static bool show_row(void *ctx, const struct down_row *r)
{
	static const char *const state[] = {"waiting", "taken", "refused"};
	static const char *const said[] = {TR("waits"), TR("taken"),
		TR("not taken")};
	const struct tally *t = ctx;
	cJSON *one = json_parcel(r->kind, r->version);
	char when[DATE_TEXT_SIZE];

	cJSON_AddStringToObject(one, "state", state[r->state]);
	json_int(one, "came", r->came);
	json_int(one, "done", r->done);
	json_int(one, "rows", r->rows);
	json_int(one, "errors", r->errors);
	cJSON_AddItemToArray(t->taken, one);
	if (!t->o->json)
		printf("%s  %s %lld: %s\n", date_time_vi(r->came, when),
			arrivals_kind(r->kind), (long long)r->version,
			tr(said[r->state]));
	return true;
}

static void show_keys(const struct options *o, const struct centre_keys *k,
	cJSON *reply)
{
	char hex[2 * CRYPTO_PUBLIC_SIZE + 1];
	cJSON *keys = cJSON_AddArrayToObject(reply, "centre_keys");

	for (int i = 0; i < k->count; i++) {
		str_to_hex(k->key[i], CRYPTO_PUBLIC_SIZE, hex);
		cJSON_AddItemToArray(keys, cJSON_CreateString(hex));
		if (!o->json)
			printf(i == 0 ? tr("Key of the centre: %.16s…\n")
				      : tr("Key before it: %.16s…\n"),
				hex);
	}
	if (k->has_number)
		json_int(reply, "roll", (int64_t)k->number);
	if (k->count == 0 && !o->json)
		printf("%s\n", tr("No centre is known to this terminal."));
}

static void show_contact(const struct options *o, const struct down_contact *c,
	cJSON *reply)
{
	char when[DATE_TEXT_SIZE];

	if (c->at == 0)
		return;
	json_int(reply, "contact", c->at);
	json_int(reply, "clock_behind_s", (c->centre - c->at) / 1000);
	if (!o->json)
		printf(tr("Last heard of the centre: %s; its clock is %lld "
			  "seconds ahead of this one.\n"),
			date_time_vi(c->at, when),
			(long long)(c->centre - c->at) / 1000);
}

static enum exit_status show(const struct options *o, struct verb_store *v)
{
	struct tally t = {.o = o};
	cJSON *reply = json_ok();
	struct centre_keys keys;
	struct down_contact c;
	struct err err = {0};

	t.taken = cJSON_AddArrayToObject(reply, "parcels");
	if (!centre_keys_load(v->db, &keys, &err) ||
		!down_contact(v->db, &c, &err)) {
		cJSON_Delete(reply);
		return verb_err(o, &err);
	}
	show_keys(o, &keys, reply);
	show_contact(o, &c, reply);
	if (!down_rows(v->db, show_row, &t, &err)) {
		cJSON_Delete(reply);
		return verb_err(o, &err);
	}
	return verb_reply(o, reply, EXIT_DONE);
}

enum exit_status verb_down(int argc, char **argv)
{
	struct source from = {0};
	const struct option_spec own[] = {
		{"--from", OPTION_TEXT, &from.folder},
		{"--fetch", OPTION_FLAG, &from.fetch},
		{"--take", OPTION_FLAG, &from.take},
	};
	enum exit_status status;
	struct verb_store v;
	struct options o;

	if (!verb_options(&o, "down", argc, argv, own, 3))
		return EXIT_USAGE;
	if (o.words != 0 || (from.folder && from.fetch))
		return verb_usage("down");
	/* Signatures speak for themselves; only lists need somebody. */
	if (!verb_open(&o, false, &v, &status))
		return status;
	status = from.folder || from.fetch || from.take ? work(&o, &v, &from)
							: show(&o, &v);
	verb_close(&v);
	return status;
}
