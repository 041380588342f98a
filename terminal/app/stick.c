#include "terminal/app/stick.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/fd.h"
#include "core/log.h"
#include "core/str.h"
#include "core/tr.h"
#include "db/outbox.h"
#include "db/watch.h"
#include "terminal/app/json.h"
#include "terminal/app/uplink.h"
#include "terminal/flows/upload_text.h"

enum {
	PATH_SIZE = 1024,
	SHORT_ID = 8, /* hex digits of dev in a name */
	MOST_FILES = 100000
};

/* ---- a file that is there whole, or not at all -----------------------------
 */

static bool file_failed(const char *path, struct err *err)
{
	const int sys = errno;

	return err_set(err,
		sys == ENOSPC || sys == EDQUOT                     ? ERR_FULL
		: sys == EACCES || sys == EROFS || sys == EPERM    ? ERR_DENIED
		: sys == ENOENT || sys == ENOTDIR || sys == ENODEV ? ERR_GONE
								   : ERR_IO,
		sys, "%.150s: %s", path, strerror(sys));
}

/* What is on the stick now, not what is remembered of it. */
static bool is_there(const char *path, const uint8_t *bytes, size_t len)
{
	uint8_t block[4096];
	const int fd = open(path, O_RDONLY | O_CLOEXEC);
	size_t at = 0;
	ssize_t n = -1;

	if (fd < 0)
		return false;
	posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
	while ((n = read(fd, block, sizeof(block))) > 0) {
		if ((size_t)n > len - at ||
			memcmp(block, bytes + at, (size_t)n) != 0)
			break;
		at += (size_t)n;
	}
	close(fd);
	if (n == 0 && at == len)
		return true;
	errno = EIO;
	return false;
}

static bool sync_dir(const char *dir)
{
	const int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool ok;

	if (fd < 0)
		return false;
	/* A FAT stick may know of no such thing. */
	ok = fsync(fd) == 0 || errno == EINVAL;
	close(fd);
	return ok;
}

static bool put_file(const char *dir, const char *name, const uint8_t *bytes,
	size_t len, struct err *err)
{
	char path[PATH_SIZE];
	char part[PATH_SIZE + 8];
	bool ok;
	int fd;

	snprintf(path, sizeof(path), "%.700s/%s", dir, name);
	snprintf(part, sizeof(part), "%s.part", path);
	fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC,
		0600);
	if (fd < 0)
		return file_failed(part, err);
	ok = fd_write_all(fd, bytes, len) && fsync(fd) == 0;
	ok = close(fd) == 0 && ok;
	ok = ok && is_there(part, bytes, len) && rename(part, path) == 0 &&
	     sync_dir(dir);
	if (!ok) {
		file_failed(path, err);
		unlink(part);
	}
	return ok;
}

/* ---- out --------------------------------------------------------------------
 */

static void name_batch(const struct db *db, const struct outbox_batch *b,
	char *out, size_t size)
{
	snprintf(out, size, "chitra-%.*s-%010llu-%010llu.batch", SHORT_ID,
		db_info(db)->dev_hex, (unsigned long long)b->from,
		(unsigned long long)b->to);
}

static bool write_batches(struct db *db, const char *dir,
	struct outbox_batch *b, int *files, struct err *err)
{
	struct outbox_state st;
	uint64_t from = 0;
	int64_t done = 0;
	enum lookup got;
	char name[80];

	if (!outbox_state(db, &st, err))
		return false;

	while ((got = outbox_next(db, from, BATCH_MAX_RECORDS, b, err)) ==
		LOOKUP_FOUND) {
		name_batch(db, b, name, sizeof(name));
		if (!put_file(dir, name, b->bytes, b->len, err))
			return false;
		++*files;
		from = b->to + 1;
		done += (int64_t)(b->to - b->from) + 1;
		if (!db_watch_now(db, done, (int64_t)st.waiting, err))
			return false;
	}
	return got == LOOKUP_ABSENT;
}

static void say_numbers(struct db *db, cJSON *reply, bool aloud)
{
	struct outbox_state s;
	struct err err;

	if (!outbox_state(db, &s, &err))
		return;
	json_int(reply, "made", (int64_t)s.made);
	json_int(reply, "sent", (int64_t)s.sent);
	json_int(reply, "acked", (int64_t)s.acked);
	json_int(reply, "waiting", (int64_t)s.waiting);
	if (aloud)
		printf(tr("Recorded %llu, sent %llu, confirmed by the centre"
			  " %llu.\n"),
			(unsigned long long)s.made, (unsigned long long)s.sent,
			(unsigned long long)s.acked);
}

/* What is on the stick has left, as far as anybody here can say. */
static bool note_sent(struct db *db, uint64_t to, struct err *err)
{
	struct outbox_state s;
	struct upload u;

	if (!outbox_state(db, &s, err))
		return false;
	upload_init(&u, 0);
	uplink_recall(&s, &u);
	return uplink_note(db, &u, to, clock_wall_ms(), err);
}

/* ^C between two files. */
static enum exit_status written_so_far(const struct options *o, int files)
{
	char message[VERB_PLAIN_SIZE];

	snprintf(message, sizeof(message),
		tr("Stopped: %d files are on the stick, each of them whole. "
		   "The same again writes them all."),
		files);
	return verb_stopped(o, message);
}

enum exit_status stick_to(const struct options *o, struct verb_store *v,
	const char *dir)
{
	struct outbox_batch *b = malloc(sizeof(*b));
	struct err err = {0};
	cJSON *reply;
	int files = 0;
	bool ok;

	if (!b)
		return EXIT_COULD_NOT;
	verb_watch(o, v);
	ok = write_batches(v->db, dir, b, &files, &err) &&
	     (files == 0 || note_sent(v->db, b->to, &err));
	verb_watched(v);
	free(b);
	if (!ok && db_watch_stopped(&err))
		return written_so_far(o, files);
	if (!ok)
		return verb_file_err(o, &err);
	reply = json_ok();
	json_int(reply, "files", files);
	if (!o->json)
		printf(tr("%d files for the centre are on the stick.\n"),
			files);
	say_numbers(v->db, reply, !o->json);
	return verb_reply(o, reply, EXIT_DONE);
}

/* ---- back -------------------------------------------------------------------
 */

/* Answers to batches of this terminal, in the order of their numbers. */
struct answers {
	char (*name)[80];
	size_t count;
	size_t size;
};

static int by_name(const void *a, const void *b)
{
	return strcmp(a, b);
}

static bool keep_name(struct answers *list, const char *name, struct err *err)
{
	if (list->count == list->size) {
		const size_t size = list->size ? 2 * list->size : 64;
		void *more = size > MOST_FILES
				     ? NULL
				     : realloc(list->name,
					       size * sizeof(list->name[0]));

		if (!more)
			return err_set(err, ERR_NO_MEMORY, 0,
				"too many answers");
		list->name = more;
		list->size = size;
	}
	str_copy(list->name[list->count++], sizeof(list->name[0]), name);
	return true;
}

static bool is_answer_to_us(const struct db *db, const char *name)
{
	static const char end[] = ".answer";
	const size_t len = strlen(name);
	char head[32];

	snprintf(head, sizeof(head), "chitra-%.*s-", SHORT_ID,
		db_info(db)->dev_hex);
	return len > sizeof(end) && len < 80 &&
	       strncmp(name, head, strlen(head)) == 0 &&
	       strcmp(name + len - strlen(end), end) == 0;
}

static bool find_answers(const struct db *db, const char *dir,
	struct answers *list, struct err *err)
{
	DIR *d = opendir(dir);
	const struct dirent *e;
	bool ok = true;

	if (!d)
		return file_failed(dir, err);
	while (ok && (e = readdir(d)) != NULL)
		if (is_answer_to_us(db, e->d_name))
			ok = keep_name(list, e->d_name, err);
	closedir(d);
	if (ok && list->count > 1)
		qsort(list->name, list->count, sizeof(list->name[0]), by_name);
	return ok;
}

static bool read_answer(const char *dir, const char *name,
	struct uplink_reply *r, struct err *err)
{
	char path[PATH_SIZE];
	struct batch_answer a;
	ssize_t n;
	int fd;

	snprintf(path, sizeof(path), "%.700s/%s", dir, name);
	fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return file_failed(path, err);
	n = read(fd, r->body, sizeof(r->body));
	if (n < 0)
		file_failed(path, err);
	close(fd);
	r->trouble = NET_FINE;
	r->retry_s = 0;
	r->len = n < 0 ? 0 : (size_t)n;
	/* As the line says it in its head. */
	r->status = batch_answer_read(r->body, r->len, &a) ? (unsigned)a.status
							   : BATCH_ACK;
	return n >= 0;
}

/* What of them counted. */
struct heard {
	int taken;
	int known;
	int worthless;
	enum upload_trouble worst;
};

static bool hear(struct db *db, const struct uplink_reply *r, struct heard *h,
	struct err *err)
{
	struct upload_answer a;
	struct outbox_state s;
	struct upload u;

	uplink_take(db, NULL, r, false, clock_wall_ms(), &a, err);
	switch (a.came) {
	case CAME_STORE:
		return false;
	case CAME_ACK:
		h->taken++;
		return true;
	case CAME_WRONG:
	case CAME_FORK:
	case CAME_REVOKED:
	case CAME_UNKNOWN:
		break;
	default:
		/* An acknowledgement of what is acknowledged is one, too. */
		h->known += a.last > 0;
		h->worthless += a.last == 0;
		return true;
	}
	if (!outbox_state(db, &s, err))
		return false;
	upload_init(&u, 0);
	uplink_recall(&s, &u);
	upload_answered(&u, 0, &a);
	h->worst = u.trouble;
	h->worthless++;
	return uplink_note(db, &u, s.sent, clock_wall_ms(), err);
}

static bool hear_all(struct db *db, const char *dir, struct heard *h,
	struct err *err)
{
	struct uplink_reply *r = malloc(sizeof(*r));
	struct answers list = {0};
	bool ok = r && find_answers(db, dir, &list, err);

	for (size_t i = 0; ok && i < list.count; i++)
		ok = read_answer(dir, list.name[i], r, err) &&
		     hear(db, r, h, err) &&
		     db_watch_now(db, (int64_t)i + 1, (int64_t)list.count, err);
	if (!r)
		err_set(err, ERR_NO_MEMORY, 0, "no memory for an answer");
	free(list.name);
	free(r);
	return ok;
}

static enum exit_status heard_so_far(const struct options *o,
	const struct heard *h)
{
	char message[VERB_PLAIN_SIZE];

	snprintf(message, sizeof(message),
		tr("Stopped: %d confirmations were taken and count. The same "
		   "again takes the rest."),
		h->taken);
	return verb_stopped(o, message);
}

enum exit_status stick_from(const struct options *o, struct verb_store *v,
	const char *dir)
{
	struct heard h = {0};
	struct err err = {0};
	cJSON *reply;
	bool ok;

	verb_watch(o, v);
	ok = hear_all(v->db, dir, &h, &err);
	verb_watched(v);
	if (!ok && db_watch_stopped(&err))
		return heard_so_far(o, &h);
	if (!ok)
		return err.code == ERR_GONE ? verb_file_err(o, &err)
					    : verb_err(o, &err);
	reply = json_ok();
	json_int(reply, "taken", h.taken);
	json_int(reply, "known", h.known);
	json_int(reply, "worthless", h.worthless);
	if (h.worst != UPLOAD_FINE) {
		cJSON_ReplaceItemInObject(reply, "ok", cJSON_CreateFalse());
		cJSON_AddStringToObject(reply, "code",
			upload_trouble_name(h.worst));
		fprintf(stderr, "%s\n", upload_says(h.worst));
	}
	if (!o->json)
		printf(tr("%d confirmations of the centre were taken from the"
			  " stick, %d were known, %d are worth nothing.\n"),
			h.taken, h.known, h.worthless);
	say_numbers(v->db, reply, !o->json);
	return verb_reply(o, reply,
		h.worst != UPLOAD_FINE ? EXIT_REFUSED : EXIT_DONE);
}
