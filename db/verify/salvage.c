#include "db/verify/salvage.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/crypto.h"

enum {
	PATH_BYTES = 4096
};

struct salvage {
	const char *path;
	struct vreport *report;
	int files;
	FILE *spool; /* the records of the run; NULL: none goes on */
	uint64_t first;
	uint64_t last;
	uint8_t last_h[VRECORD_HASH];
	/* Of the head, before the first record. */
	uint8_t dev[VRECORD_ID];
	uint8_t device_key[VRECORD_HASH];
	uint8_t h[VRECORD_HASH];
	uint8_t key[VRECORD_HASH];
	int64_t tot[VTOTAL_COUNT];
	const struct keyring *keys;
};

struct salvage *salvage_new(const char *path, struct vreport *report)
{
	struct salvage *s = calloc(1, sizeof(*s));

	if (s) {
		s->path = path;
		s->report = report;
	}
	return s;
}

void salvage_free(struct salvage *s)
{
	if (!s)
		return;
	if (s->spool)
		fclose(s->spool);
	free(s);
}

static bool failed(struct err *err, const char *path)
{
	return err_set(err, ERR_IO, errno, "%s: %s", path, strerror(errno));
}

/* ---- CBOR out --------------------------------------------------------------
 */

static void put_head(FILE *out, unsigned major, uint64_t v)
{
	int bytes = 0;

	if (v < 24) {
		putc((int)(major << 5 | v), out);
		return;
	}
	while (bytes < 3 && v >> (8 << bytes))
		bytes++;
	putc((int)(major << 5 | (24U + (unsigned)bytes)), out);
	for (int shift = (8 << bytes) - 8; shift >= 0; shift -= 8)
		putc((int)(v >> shift & 0xff), out);
}

static void put_bytes(FILE *out, const uint8_t *bytes, size_t len)
{
	put_head(out, 2, len);
	fwrite(bytes, 1, len, out);
}

static void put_text(FILE *out, const char *text)
{
	put_head(out, 3, strlen(text));
	fwrite(text, 1, strlen(text), out);
}

static void put_totals(FILE *out, const int64_t tot[VTOTAL_COUNT])
{
	put_head(out, 4, VTOTAL_COUNT);
	for (int i = 0; i < VTOTAL_COUNT; i++)
		put_head(out, 0, tot[i] > 0 ? (uint64_t)tot[i] : 0);
}

static void put_users(FILE *out, const struct keyring *keys)
{
	put_head(out, 4, keys->users);
	for (size_t i = 0; i < keys->users; i++) {
		put_head(out, 4, 3);
		put_head(out, 0, keys->user[i].number);
		put_head(out, 0, keys->user[i].role);
		put_bytes(out, keys->user[i].key, VRECORD_HASH);
	}
}

static void put_begin(FILE *out, const struct salvage *s)
{
	put_head(out, 5, 12);
	put_head(out, 0, 0);
	put_text(out, "CHITRA-JOURNAL");
	put_head(out, 0, 1);
	put_head(out, 0, 1);
	put_head(out, 0, 2);
	put_bytes(out, s->dev, sizeof(s->dev));
	put_head(out, 0, 3);
	put_bytes(out, s->device_key, sizeof(s->device_key));
	put_head(out, 0, 4);
	put_head(out, 0, s->first);
	put_head(out, 0, 5);
	put_head(out, 0, s->last);
	put_head(out, 0, 6);
	put_bytes(out, s->h, sizeof(s->h));
	put_head(out, 0, 7);
	put_bytes(out, s->last_h, sizeof(s->last_h));
	put_head(out, 0, 8);
	put_bytes(out, s->key, sizeof(s->key));
	put_head(out, 0, 9);
	put_totals(out, s->tot);
	put_head(out, 0, 10);
	put_users(out, s->keys);
	put_head(out, 0, 11);
	put_text(out, "");
}

static void put_end(FILE *out, const struct salvage *s)
{
	put_head(out, 5, 5);
	put_head(out, 0, 0);
	put_text(out, "END");
	put_head(out, 0, 1);
	put_head(out, 0, s->last - s->first + 1);
	put_head(out, 0, 2);
	put_head(out, 0, s->last);
	put_head(out, 0, 3);
	put_bytes(out, s->last_h, sizeof(s->last_h));
	put_head(out, 0, 4);
	put_bytes(out, s->last_h, 0);
}

/* ---- runs ------------------------------------------------------------------
 */

static bool begin(struct salvage *s, const struct salvage_place *before,
	uint64_t seq, struct err *err)
{
	s->spool = tmpfile();
	if (!s->spool)
		return failed(err, "temporary file");
	s->first = seq;
	memcpy(s->dev, before->dev, sizeof(s->dev));
	memcpy(s->device_key, before->device_key, sizeof(s->device_key));
	memcpy(s->h, before->h, sizeof(s->h));
	memcpy(s->key, before->key, sizeof(s->key));
	memcpy(s->tot, before->tot, sizeof(s->tot));
	s->keys = before->keys;
	return true;
}

/* Head, the run, end, and all of it on the disk. */
static bool fill(struct salvage *s, FILE *out)
{
	char bytes[4096];
	size_t n;

	/* rewind() forgets whether the last of it found room. */
	if (fflush(s->spool) != 0 || ferror(s->spool))
		return false;
	put_begin(out, s);
	rewind(s->spool);
	while ((n = fread(bytes, 1, sizeof(bytes), s->spool)) > 0)
		fwrite(bytes, 1, n, out);
	put_end(out, s);
	return !ferror(s->spool) && fflush(out) == 0 && !ferror(out) &&
	       fsync(fileno(out)) == 0;
}

static FILE *make(const char *path)
{
	const int fd =
		open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	FILE *out = fd >= 0 ? fdopen(fd, "w") : NULL;

	if (!out && fd >= 0)
		close(fd);
	return out;
}

bool salvage_break(struct salvage *s, struct err *err)
{
	char path[PATH_BYTES];
	FILE *out;
	bool ok;

	if (!s->spool)
		return true;
	snprintf(path, sizeof(path), "%s", s->path);
	if (s->files > 0)
		snprintf(path, sizeof(path), "%s.%d", s->path, s->files);
	out = make(path);
	if (!out)
		return failed(err, path);
	ok = fill(s, out);
	if (fclose(out) != 0 || !ok) {
		failed(err, path);
		unlink(path);
		return false;
	}
	fclose(s->spool);
	s->spool = NULL;
	s->files++;
	vreport_info(s->report, 0, "records %llu to %llu hold: %.120s",
		(unsigned long long)s->first, (unsigned long long)s->last,
		path);
	return true;
}

bool salvage_add(struct salvage *s, const struct salvage_place *before,
	uint64_t seq, const uint8_t *body, size_t len,
	const uint8_t sig[VRECORD_SIG], const uint8_t *rsig,
	const uint8_t h[VRECORD_HASH], struct err *err)
{
	if (s->spool && seq != s->last + 1 && !salvage_break(s, err))
		return false;
	if (!s->spool && !begin(s, before, seq, err))
		return false;
	put_head(s->spool, 4, 3);
	put_bytes(s->spool, body, len);
	put_bytes(s->spool, sig, VRECORD_SIG);
	put_bytes(s->spool, rsig ? rsig : sig, rsig ? VRECORD_SIG : 0);
	s->last = seq;
	memcpy(s->last_h, h, sizeof(s->last_h));
	return !ferror(s->spool) || failed(err, "temporary file");
}
