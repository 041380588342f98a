/* centre_down.c - verbs of what comes down to terminals, and of the keys. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/date.h"
#include "core/str.h"
#include "db/centre/centre_verbs.h"
#include "db/centre/outlist.h"
#include "db/centre/roll.h"

/* What is wrong with what was asked is found, not failed. */
static enum status ended(bool ok, const struct err *err)
{
	return ok ? DONE : err->code == ERR_INVALID ? FOUND : FAILED;
}

static uint64_t now_ms(void)
{
	return (uint64_t)clock_wall_ms();
}

/* ---- the file -----------------------------------------------------------------
 */

struct content {
	uint8_t *bytes;
	size_t len;
};

static bool read_fd(int fd, struct content *c, struct err *err)
{
	struct stat st;
	size_t got = 0;

	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) ||
		st.st_size > PARCEL_CONTENT_MAX)
		return err_set(err, ERR_INVALID, 0,
			"no file, or longer than 64 MiB");
	c->len = (size_t)st.st_size;
	c->bytes = malloc(c->len + 1);
	if (!c->bytes)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory");
	while (got < c->len) {
		const ssize_t n = read(fd, c->bytes + got, c->len - got);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return err_set(err, ERR_IO, errno,
				"it changed, or cannot be read");
		got += (size_t)n;
	}
	return true;
}

static bool read_file(const char *path, struct content *c, struct err *err)
{
	const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	bool ok;

	if (fd < 0)
		return err_set(err, ERR_INVALID, errno, "%s: %s", path,
			strerror(errno));
	ok = read_fd(fd, c, err);
	close(fd);
	return ok || err_wrap(err, "%s", path);
}

/* ---- to whom --------------------------------------------------------------------
 */

/* The terminals that are meant. */
struct chosen {
	const struct options *o;
	uint8_t dev[BATCH_DEV]; /* of --to */
	struct store_device *at;
	size_t count;
	size_t size;
	bool full;
};

static bool is_meant(const struct chosen *c, const struct store_device *d)
{
	if (d->state == STORE_REVOKED)
		return false;
	if (c->o->to)
		return memcmp(d->dev, c->dev, sizeof(d->dev)) == 0;
	return c->o->all || strcmp(d->name, c->o->point) == 0;
}

static bool choose(const struct store_device *d, void *arg)
{
	struct chosen *c = arg;

	if (!is_meant(c, d))
		return true;
	if (c->count == c->size) {
		const size_t size = c->size ? 2 * c->size : 64;
		struct store_device *more =
			realloc(c->at, size * sizeof(*more));

		c->full = !more;
		if (!more)
			return false;
		c->at = more;
		c->size = size;
	}
	c->at[c->count++] = *d;
	return true;
}

/* One of --to, --point, --all. False: not so. */
static bool is_addressed(const struct options *o)
{
	return !!o->to + !!o->point + o->all == 1;
}

static bool find_chosen(struct store *s, const struct options *o,
	struct chosen *c, struct err *err)
{
	size_t len;

	*c = (struct chosen){.o = o};
	if (o->to && (!str_from_hex(o->to, c->dev, sizeof(c->dev), &len) ||
			     len != sizeof(c->dev)))
		return err_set(err, ERR_INVALID, 0,
			"a terminal has 32 hex digits");
	if (!store_devices(s, choose, c, err))
		return false;
	if (c->full)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory");
	return c->count > 0 || err_set(err, ERR_INVALID, 0, "no such terminal");
}

/* ---- put --------------------------------------------------------------------------
 */

/* "DEV KIND VERSION", and where it is on the stick. */
static bool say(struct centre *c, struct store *s, const struct parcel *p,
	struct err *err)
{
	char dev[2 * PARCEL_DEV + 1] = "all";
	char path[CENTRE_PATH] = "";

	if (!p->for_all)
		str_to_hex(p->dev, sizeof(p->dev), dev);
	if (c->o.out && !parcels_write(s, p, c->o.out, path, err))
		return false;
	printf("%s %s %llu%s%s\n", dev, parcel_rule(p->kind)->name,
		(unsigned long long)p->version, path[0] ? " " : "", path);
	return true;
}

/* All of them, or none. */
static bool put_all(struct centre *c, struct store *s, struct parcels_new *n,
	const struct chosen *to, struct parcel *made, struct err *err)
{
	bool ok = store_begin(s, err);

	for (size_t i = 0; ok && i < to->count; i++) {
		n->to = &to->at[i];
		ok = parcels_put(s, &c->home->sign, n, &made[i], err);
	}
	if (ok && to->count == 0)
		ok = parcels_put(s, &c->home->sign, n, made, err);
	if (ok && store_commit(s, err))
		return true;
	store_rollback(s);
	return false;
}

static bool put(struct centre *c, struct store *s, struct parcels_new *n,
	const struct chosen *to, struct err *err)
{
	const size_t count = to->count > 0 ? to->count : 1;
	struct parcel *made = calloc(count, sizeof(*made));
	bool ok = made || err_set(err, ERR_NO_MEMORY, 0, "no memory");

	ok = ok && put_all(c, s, n, to, made, err);
	for (size_t i = 0; ok && i < count; i++)
		ok = say(c, s, &made[i], err);
	free(made);
	return ok;
}

/* Texts say themselves what they are. */
static bool is_good(uint64_t kind, const struct content *c, struct err *err)
{
	static const char head[] = "# id: ";

	if (!c->bytes || c->len == 0)
		return err_set(err, ERR_INVALID, 0, "the file is empty");
	return kind != PARCEL_TEXT ||
	       (c->len > sizeof(head) &&
		       memcmp(c->bytes, head, sizeof(head) - 1) == 0) ||
	       err_set(err, ERR_INVALID, 0,
		       "this is no text to be read out: it begins with"
		       " \"# id: \"");
}

/* Behind that day, at UTC+7, nobody takes it any more. */
static bool read_until(const char *text, uint64_t now, uint64_t *out)
{
	struct date day;

	*out = 0;
	if (!text)
		return true;
	if (!date_parse(text, &day) || day.day == 0)
		return false;
	*out = (uint64_t)date_begins(date_of_days(date_days(day) + 1));
	return *out > now;
}

enum status verb_put(struct centre *c, struct err *err)
{
	struct parcels_new n = {.kind = c->o.id ? parcel_kind_of(c->o.id) : 0,
		.now = now_ms()};
	const struct parcel_rule *rule = parcel_rule(n.kind);
	struct content content = {0};
	struct chosen to = {0};
	struct store *s;
	bool ok;

	if (!rule || n.kind == PARCEL_ROLL || n.kind == PARCEL_REVLIST ||
		!c->o.file || !read_until(c->o.until, n.now, &n.until) ||
		(rule->for_all ? c->o.to || c->o.point : !is_addressed(&c->o)))
		return USAGE;
	s = store_open(c->store, err);
	ok = s && read_file(c->o.file, &content, err) &&
	     is_good(n.kind, &content, err) &&
	     (rule->for_all || find_chosen(s, &c->o, &to, err));
	n.content = content.bytes;
	n.len = content.len;
	ok = ok && put(c, s, &n, &to, err);
	if (content.bytes)
		crypto_wipe(content.bytes, content.len);
	free(content.bytes);
	free(to.at);
	store_close(s);
	return ended(ok, err);
}

/* ---- revlist ------------------------------------------------------------------------
 */

/* "12" or "12:<64 hex digits>" */
static bool user_of(const char *text, struct outlist_user *out)
{
	char number[16];
	const size_t len = strcspn(text, ":");
	size_t got;

	if (len >= sizeof(number))
		return false;
	memcpy(number, text, len);
	number[len] = '\0';
	out->any_key = text[len] == '\0';
	return str_to_int(number, 1, 9999999, &out->number) &&
	       (out->any_key || (str_from_hex(text + len + 1, out->key,
					 sizeof(out->key), &got) &&
					got == sizeof(out->key)));
}

enum status verb_put_out_users(struct centre *c, struct err *err)
{
	static struct outlist_user user[CENTRE_USERS];
	struct parcel p;
	struct store *s;
	bool ok;

	if (c->o.users == 0)
		return USAGE;
	for (size_t i = 0; i < c->o.users; i++)
		if (!user_of(c->o.user[i], &user[i]))
			return USAGE;
	s = store_open(c->store, err);
	ok = s &&
	     outlist_add(s, &c->home->sign, user, c->o.users, now_ms(), &p,
		     err) &&
	     say(c, s, &p, err);
	store_close(s);
	return ended(ok, err);
}

/* ---- give ----------------------------------------------------------------------------
 */

enum {
	GIVE_MAX = 1000
};

/* Versions of one kind. */
struct kind_given {
	uint64_t version[GIVE_MAX];
	size_t count;
};

static bool note_version(const struct parcel *p, void *arg)
{
	struct kind_given *k = arg;

	/* Only the newest counts of some. */
	if (!parcel_rule(p->kind)->each_counts)
		k->count = 0;
	k->version[k->count++] = p->version;
	return k->count < GIVE_MAX;
}

static bool give_kind(struct centre *c, struct store *s, const uint8_t *dev,
	uint64_t kind, struct err *err)
{
	struct kind_given k = {.count = 0};
	struct parcel p;

	if (!store_parcels(s, dev, kind, 0, note_version, &k, err))
		return false;
	for (size_t i = 0; i < k.count; i++)
		if (parcels_head(s, &c->home->sign, dev, kind, k.version[i], &p,
			    err) != LOOKUP_FOUND ||
			!say(c, s, &p, err))
			return false;
	return true;
}

/* dev NULL: what is for all. */
static bool give(struct centre *c, struct store *s, const uint8_t *dev,
	struct err *err)
{
	for (uint64_t k = 1; k < PARCEL_KINDS; k++)
		if (parcel_rule(k)->for_all == !dev &&
			!give_kind(c, s, dev, k, err))
			return false;
	return true;
}

enum status verb_give(struct centre *c, struct err *err)
{
	struct chosen to = {0};
	struct store *s;
	bool ok;

	if (!c->o.out || !is_addressed(&c->o))
		return USAGE;
	s = store_open(c->store, err);
	ok = s && find_chosen(s, &c->o, &to, err) && give(c, s, NULL, err);
	for (size_t i = 0; ok && i < to.count; i++)
		ok = give(c, s, to.at[i].dev, err);
	free(to.at);
	store_close(s);
	return ended(ok, err);
}

/* ---- the keys ----------------------------------------------------------------------------
 */

enum status verb_rotate(struct centre *c, struct err *err)
{
	struct store *s = store_open(c->store, err);
	uint64_t number = 0;
	const bool ok = s && centre_roll(s, c->home, now_ms(), &number, err);

	store_close(s);
	if (ok)
		printf("roll %llu: the centre signs with a new key. Tell "
		       "`serve`"
		       " at once:\nkill -HUP its process, or systemctl reload"
		       " chitra-centre. Keep a copy of\ncentre.key,"
		       " roll-%llu.parcel and the store.\n",
			(unsigned long long)number, (unsigned long long)number);
	return ended(ok, err);
}

enum status verb_check(struct centre *c, struct err *err)
{
	struct store *s = store_open(c->store, err);
	struct centre_found f = {0};
	const bool ok = s && centre_check(s, c->home, c->o.mend, &f, err);

	store_close(s);
	if (!ok)
		return FAILED;
	printf("%s\n%llu rolls of the signing key, %llu days of the witness\n",
		centre_fault_text(f.fault), (unsigned long long)f.rolls,
		(unsigned long long)f.days);
	if (f.mended > 0)
		printf("%llu rolls were put back into the store\n",
			(unsigned long long)f.mended);
	if (f.day[0])
		printf("the first day that is not as it was signed: %s\n",
			f.day);
	return f.fault == CENTRE_FINE ? DONE : FOUND;
}
