#include "db/centre/witness.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/codec/base64.h"
#include "core/codec/merkle.h"
#include "core/date.h"
#include "core/str.h"

enum {
	ENTRY = 512,
	LINE = 160,
	DAYS_AT_ONCE = 400
};

static const char title[] = "CHITRA-ROOT v1";
static const char dash[] = "\xe2\x80\x94 ";
static const char tag[] = "CHTRWIT1";

struct day {
	int64_t day; /* since 1970 */
	uint64_t count;
	uint8_t root[CRYPTO_HASH_SIZE];
	uint8_t before[CRYPTO_HASH_SIZE]; /* of the entry before, zeros */
};

/* ---- an entry ------------------------------------------------------------------
 */

static void put_lines(const struct day *d, struct buf *out)
{
	char date[DATE_TEXT_SIZE];

	buf_printf(out, "%s\n%s\n%llu\n", title,
		date_iso(date_of_days(d->day), date),
		(unsigned long long)d->count);
	base64_write(out, d->root, sizeof(d->root));
	buf_byte(out, '\n');
	base64_write(out, d->before, sizeof(d->before));
	buf_byte(out, '\n');
}

static void put_signature(const struct centre_home *h,
	const uint8_t sig[CRYPTO_SIG_SIZE], struct buf *out)
{
	uint8_t all[CHECKPOINT_KEY_ID + CRYPTO_SIG_SIZE];

	checkpoint_key_id(h->name, h->witness.public, all);
	memcpy(all + CHECKPOINT_KEY_ID, sig, CRYPTO_SIG_SIZE);
	buf_printf(out, "%s%s ", dash, h->name);
	base64_write(out, all, sizeof(all));
	buf_byte(out, '\n');
}

static void put_entry(const struct day *d, const struct centre_home *h,
	struct buf *out)
{
	const size_t start = out->len;
	uint8_t sig[CRYPTO_SIG_SIZE];

	put_lines(d, out);
	crypto_sign_tagged(tag, out->data + start, out->len - start,
		h->witness.secret, sig);
	put_signature(h, sig, out);
}

static bool next_line(const char **at, const char *end, char out[LINE])
{
	const char *stop = memchr(*at, '\n', (size_t)(end - *at));

	if (!stop || stop - *at >= LINE)
		return false;
	memcpy(out, *at, (size_t)(stop - *at));
	out[stop - *at] = '\0';
	*at = stop + 1;
	return true;
}

static bool read_lines(const char **at, const char *end, struct day *out)
{
	char l[LINE];
	struct date date;
	int64_t count;

	if (!next_line(at, end, l) || strcmp(l, title) != 0 ||
		!next_line(at, end, l) || !date_parse(l, &date) ||
		date.day == 0 || !next_line(at, end, l) ||
		!str_to_int(l, 0, INT64_MAX, &count) ||
		!next_line(at, end, l) ||
		!base64_read(l, strlen(l), out->root, sizeof(out->root)) ||
		!next_line(at, end, l) ||
		!base64_read(l, strlen(l), out->before, sizeof(out->before)))
		return false;
	out->day = date_days(date);
	out->count = (uint64_t)count;
	return true;
}

/*
 * The entry at *at, signed by the witness; *at goes behind it. Written again
 * it must be the same text.
 */
static bool read_entry(const char **at, const char *end,
	const struct centre_home *h, struct day *out)
{
	uint8_t all[CHECKPOINT_KEY_ID + CRYPTO_SIG_SIZE];
	const size_t chars = BASE64_CHARS(sizeof(all));
	const char *start = *at;
	uint8_t again[ENTRY];
	char l[LINE];
	struct buf b;
	size_t lines;

	if (!read_lines(at, end, out) || !next_line(at, end, l) ||
		strlen(l) < chars ||
		!base64_read(l + strlen(l) - chars, chars, all, sizeof(all)))
		return false;
	buf_init(&b, again, sizeof(again));
	put_lines(out, &b);
	lines = b.len;
	put_signature(h, all + CHECKPOINT_KEY_ID, &b);
	return !b.full && b.len == (size_t)(*at - start) &&
	       memcmp(again, start, b.len) == 0 &&
	       crypto_verify_tagged(tag, again, lines, h->witness.public,
		       all + CHECKPOINT_KEY_ID);
}

/* ---- the root of a day ------------------------------------------------------------
 */

static bool add_note(const struct store_note *note, uint64_t t, void *arg)
{
	(void)t;
	merkle_add(arg, note->text, note->len);
	return true;
}

static bool root_of(struct store *s, struct day *d, struct err *err)
{
	const uint64_t from = (uint64_t)date_begins(date_of_days(d->day));
	const uint64_t to = (uint64_t)date_begins(date_of_days(d->day + 1));
	struct merkle m;

	merkle_init(&m);
	if (!store_notes(s, from, to, add_note, &m, err))
		return false;
	d->count = m.count;
	merkle_root(&m, d->root);
	return true;
}

/* The first time of a checkpoint; 0: there is none. */
static bool note_first(const struct store_note *note, uint64_t t, void *arg)
{
	uint64_t *first = arg;

	(void)note;
	if (*first == 0 || t < *first)
		*first = t;
	return true;
}

static int64_t day_of(uint64_t ms)
{
	return ((int64_t)ms + 7 * INT64_C(3600000)) / 86400000;
}

/* ---- the file ---------------------------------------------------------------------
 */

struct file {
	char *text;
	size_t len;
};

static bool read_file(int fd, struct file *out)
{
	struct stat st;
	size_t got = 0;

	*out = (struct file){0};
	if (fstat(fd, &st) != 0)
		return false;
	out->text = malloc((size_t)st.st_size + 1);
	if (!out->text)
		return false;
	while (got < (size_t)st.st_size) {
		const ssize_t n = pread(fd, out->text + got,
			(size_t)st.st_size - got, (off_t)got);

		if (n <= 0)
			break;
		got += (size_t)n;
	}
	out->len = got;
	return got == (size_t)st.st_size;
}

static int open_file(const struct centre_home *h, int flags, struct err *err)
{
	char path[CENTRE_PATH];
	int fd;

	snprintf(path, sizeof(path), "%s/witness.log", h->dir);
	fd = open(path, flags | O_CLOEXEC, 0644);
	if (fd < 0)
		err_set(err, ERR_IO, errno, "%s: %s", path, strerror(errno));
	return fd;
}

/* Walk the entries; *last is the last, before is made ready for the next. */
static bool last_entry(const struct file *f, const struct centre_home *h,
	struct day *last, bool *any, struct err *err)
{
	const char *at = f->text;
	const char *start = at;

	*any = false;
	while (at < f->text + f->len) {
		start = at;
		if (!read_entry(&at, f->text + f->len, h, last))
			return err_set(err, ERR_CORRUPT, 0,
				"witness.log is damaged: look before anything"
				" is added");
		*any = true;
	}
	if (*any)
		crypto_sha256(start, (size_t)(at - start), last->before);
	return true;
}

static bool append(int fd, const uint8_t *text, size_t len, struct err *err)
{
	if (write(fd, text, len) != (ssize_t)len || fsync(fd) != 0)
		return err_set(err, ERR_IO, errno, "witness.log: %s",
			strerror(errno));
	return true;
}

static bool add_days(struct store *s, const struct centre_home *h, int fd,
	struct day d, int64_t today, uint64_t *added, struct err *err)
{
	uint8_t text[ENTRY];
	struct buf b;

	for (; d.day < today && *added < DAYS_AT_ONCE; d.day++, ++*added) {
		if (!root_of(s, &d, err))
			return false;
		buf_init(&b, text, sizeof(text));
		put_entry(&d, h, &b);
		if (!append(fd, text, b.len, err))
			return false;
		crypto_sha256(text, b.len, d.before);
	}
	return true;
}

static bool extend(struct store *s, const struct centre_home *h, int fd,
	const struct file *f, uint64_t now, uint64_t *added, struct err *err)
{
	struct day d = {0};
	uint64_t first = 0;
	bool any;

	if (!last_entry(f, h, &d, &any, err))
		return false;
	if (any) {
		d.day++;
	} else {
		if (!store_notes(s, 0, INT64_MAX, note_first, &first, err))
			return false;
		if (first == 0)
			return true;
		d.day = day_of(first);
	}
	return add_days(s, h, fd, d, day_of(now - WITNESS_LATER_MS), added,
		err);
}

bool witness_extend(struct store *s, const struct centre_home *h, uint64_t now,
	uint64_t *added, struct err *err)
{
	const int fd = open_file(h, O_RDWR | O_APPEND | O_CREAT, err);
	struct file f = {0};
	bool ok = false;

	*added = 0;
	if (fd < 0)
		return false;
	if (read_file(fd, &f))
		ok = extend(s, h, fd, &f, now, added, err);
	else
		err_set(err, ERR_IO, errno, "witness.log cannot be read");
	free(f.text);
	close(fd);
	return ok;
}

/* ---- checking -----------------------------------------------------------------------
 */

/* Why the entry at *at is not right; NULL: it is. False: could not look. */
static bool check_entry(struct store *s, const struct centre_home *h,
	const char **at, const char *end, const struct day *before, bool first,
	struct day *d, const char **why, struct err *err)
{
	struct day found;

	*why = "it is damaged, or the witness did not sign it";
	if (!read_entry(at, end, h, d))
		return true;
	*why = "it does not follow the one before";
	if (memcmp(d->before, before->before, sizeof(d->before)) != 0 ||
		(!first && d->day != before->day + 1))
		return true;
	found.day = d->day;
	if (!root_of(s, &found, err))
		return false;
	*why = "the store has other checkpoints of that day";
	if (found.count == d->count &&
		memcmp(found.root, d->root, sizeof(d->root)) == 0)
		*why = NULL;
	return true;
}

static bool check_file(struct store *s, const struct centre_home *h,
	const struct file *f, struct witness_found *out, struct err *err)
{
	const char *at = f->text;
	const char *start;
	struct day before = {0};
	struct day d = {0};

	while (at < f->text + f->len) {
		start = at;
		if (!check_entry(s, h, &at, f->text + f->len, &before,
			    out->days == 0, &d, &out->why, err))
			return false;
		if (out->why) {
			char date[DATE_TEXT_SIZE];

			str_copy(out->day, sizeof(out->day),
				date_iso(date_of_days(d.day), date));
			return true;
		}
		crypto_sha256(start, (size_t)(at - start), d.before);
		before = d;
		out->days++;
	}
	return true;
}

bool witness_check(struct store *s, const struct centre_home *h,
	struct witness_found *out, struct err *err)
{
	const int fd = open_file(h, O_RDONLY, err);
	struct file f = {0};
	bool ok = false;

	*out = (struct witness_found){0};
	if (fd < 0)
		return false;
	if (read_file(fd, &f))
		ok = check_file(s, h, &f, out, err);
	else
		err_set(err, ERR_IO, errno, "witness.log cannot be read");
	free(f.text);
	close(fd);
	return ok;
}
