#include "db/centre/centre_home.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/fd.h"
#include "core/str.h"

enum {
	TEXT = 1024,
	PUB_TEXT = 16384 /* with the keys that there were */
};

/* ---- files --------------------------------------------------------------------
 */

static const char *path_of(const struct centre_home *h, const char *name,
	char out[CENTRE_PATH])
{
	snprintf(out, CENTRE_PATH, "%s/%s", h->dir, name);
	return out;
}

/* Under another name first: it is there whole, or not at all. */
bool centre_home_put(const struct centre_home *h, const char *name,
	const void *bytes, size_t len, mode_t mode, struct err *err)
{
	char path[CENTRE_PATH];
	char new[CENTRE_PATH + 8];
	bool ok;
	int fd;

	path_of(h, name, path);
	snprintf(new, sizeof(new), "%s.new", path);
	fd = open(new, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
	if (fd < 0)
		return err_set(err, ERR_IO, errno, "%s: %s", new,
			strerror(errno));
	ok = fchmod(fd, mode) == 0 && fd_write_all(fd, bytes, len) &&
	     fsync(fd) == 0;
	if (!ok)
		err_set(err, ERR_IO, errno, "%s: %s", new, strerror(errno));
	close(fd);
	if (ok && rename(new, path) != 0)
		ok = err_set(err, ERR_IO, errno, "%s: %s", path,
			strerror(errno));
	return ok;
}

/* Read all of it, as a C string. */
bool centre_home_get(const struct centre_home *h, const char *name, char *out,
	size_t size, size_t *len, struct err *err)
{
	char path[CENTRE_PATH];
	ssize_t n;
	int fd;

	fd = open(path_of(h, name, path), O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return err_set(err, ERR_IO, errno, "%s: %s", path,
			strerror(errno));
	n = read(fd, out, size - 1);
	close(fd);
	if (n < 0 || (size_t)n == size - 1)
		return err_set(err, ERR_INVALID, 0, "%s: cannot be read", path);
	out[n] = '\0';
	*len = (size_t)n;
	return true;
}

static bool get_pem(const struct centre_home *h, const char *name,
	struct tls_pem *out, struct err *err)
{
	return centre_home_get(h, name, out->text, sizeof(out->text), &out->len,
		err);
}

static bool put_pem(const struct centre_home *h, const char *name,
	const struct tls_pem *pem, mode_t mode, struct err *err)
{
	return centre_home_put(h, name, pem->text, pem->len, mode, err);
}

/* ---- keys -----------------------------------------------------------------------
 */

/* Lines "centre" of the file that is there, but for the first. */
static void keep_old(const struct centre_home *h, const char *now,
	struct buf *out)
{
	char text[PUB_TEXT];
	struct err ignored = {0};
	size_t len;

	if (!centre_home_get(h, "centre.pub", text, sizeof(text), &len,
		    &ignored))
		return;
	for (char *at = text; *at;) {
		char *end = at + strcspn(at, "\n");
		const bool more = *end == '\n';

		*end = '\0';
		if (str_starts(at, "centre ") && strcmp(at, now) != 0)
			buf_printf(out, "%s\n", at);
		at = end + more;
	}
}

static bool put_public(const struct centre_home *h, struct err *err)
{
	char hex[3][2 * CRYPTO_KEY_SIZE + 1];
	char now[CHECKPOINT_NAME + 2 * CRYPTO_KEY_SIZE + 16];
	uint8_t text[PUB_TEXT];
	struct buf b;

	str_to_hex(h->sign.public, CRYPTO_PUBLIC_SIZE, hex[0]);
	str_to_hex(h->witness.public, CRYPTO_PUBLIC_SIZE, hex[1]);
	str_to_hex(h->seal_public, CRYPTO_PUBLIC_SIZE, hex[2]);
	snprintf(now, sizeof(now), "centre %s %s", h->name, hex[0]);
	buf_init(&b, text, sizeof(text));
	buf_printf(&b, "%s\nwitness %s %s\nseal %s\n", now, h->name, hex[1],
		hex[2]);
	keep_old(h, now, &b);
	return !b.full ? centre_home_put(h, "centre.pub", text, b.len, 0644,
				 err)
		       : err_set(err, ERR_FULL, 0,
				 "%s/centre.pub has too many keys", h->dir);
}

static bool put_keys(const struct centre_home *h, struct err *err)
{
	char hex[3][2 * CRYPTO_KEY_SIZE + 1];
	char text[TEXT];
	bool ok;
	int n;

	str_to_hex(h->sign.secret, CRYPTO_SEED_SIZE, hex[0]);
	str_to_hex(h->witness.secret, CRYPTO_SEED_SIZE, hex[1]);
	str_to_hex(h->seal_secret, CRYPTO_KEY_SIZE, hex[2]);
	n = snprintf(text, sizeof(text), "sign %s %s\nwitness %s %s\nseal %s\n",
		h->name, hex[0], h->name, hex[1], hex[2]);
	ok = centre_home_put(h, "centre.key", text, (size_t)n, 0600, err);
	crypto_wipe(text, sizeof(text));
	crypto_wipe(hex, sizeof(hex));
	return ok && put_public(h, err);
}

/* "word " at *at, then up to the end of the line or a blank. */
static bool word(char **at, const char *wanted, char **out)
{
	char *end;

	if (!str_starts(*at, wanted))
		return false;
	*out = *at + strlen(wanted);
	end = *out + strcspn(*out, " \n");
	if (*end == '\0')
		return false;
	*end = '\0';
	*at = end + 1;
	return true;
}

static bool pair_of(const char *hex, struct crypto_pair *out)
{
	uint8_t seed[CRYPTO_SEED_SIZE];
	size_t len;

	if (!str_from_hex(hex, seed, sizeof(seed), &len) || len != sizeof(seed))
		return false;
	crypto_pair_from_seed(seed, out);
	crypto_wipe(seed, sizeof(seed));
	return true;
}

static bool read_keys(char *at, struct centre_home *h)
{
	char *name;
	char *hex;
	size_t len;

	if (!word(&at, "sign ", &name) || !checkpoint_name_is_good(name) ||
		!word(&at, "", &hex) || !pair_of(hex, &h->sign))
		return false;
	str_copy(h->name, sizeof(h->name), name);
	if (!word(&at, "witness ", &name) || !word(&at, "", &hex) ||
		!pair_of(hex, &h->witness) || !word(&at, "seal ", &hex) ||
		!str_from_hex(hex, h->seal_secret, sizeof(h->seal_secret),
			&len) ||
		len != sizeof(h->seal_secret) || *at != '\0')
		return false;
	crypto_seal_public(h->seal_secret, h->seal_public);
	return true;
}

static bool get_keys(struct centre_home *h, struct err *err)
{
	char text[TEXT];
	size_t len;
	bool ok;

	if (!centre_home_get(h, "centre.key", text, sizeof(text), &len, err))
		return false;
	ok = read_keys(text, h) ||
	     err_set(err, ERR_CORRUPT, 0, "%s/centre.key is damaged", h->dir);
	crypto_wipe(text, sizeof(text));
	return ok;
}

/* ---- the next key -----------------------------------------------------------------
 */

static const char next_name[] = "centre.next";

enum lookup centre_home_next(const struct centre_home *h,
	struct crypto_pair *out, struct err *err)
{
	char path[CENTRE_PATH];
	char text[TEXT];
	size_t len;
	bool ok;

	if (access(path_of(h, next_name, path), F_OK) != 0)
		return errno == ENOENT ? LOOKUP_ABSENT : LOOKUP_FAILED;
	ok = centre_home_get(h, next_name, text, sizeof(text), &len, err);
	text[strcspn(text, "\n")] = '\0';
	if (ok && !pair_of(text, out))
		ok = err_set(err, ERR_CORRUPT, 0, "%s is damaged", path);
	crypto_wipe(text, sizeof(text));
	return ok ? LOOKUP_FOUND : LOOKUP_FAILED;
}

bool centre_home_make_next(const struct centre_home *h, struct crypto_pair *out,
	struct err *err)
{
	char text[2 * CRYPTO_SEED_SIZE + 2];
	bool ok;

	crypto_pair_new(out);
	str_to_hex(out->secret, CRYPTO_SEED_SIZE, text);
	text[2 * CRYPTO_SEED_SIZE] = '\n';
	ok = centre_home_put(h, next_name, text, sizeof(text) - 1, 0600, err);
	crypto_wipe(text, sizeof(text));
	return ok;
}

bool centre_home_roll(struct centre_home *h, const struct crypto_pair *next,
	struct err *err)
{
	char path[CENTRE_PATH];

	h->sign = *next;
	if (!put_keys(h, err))
		return false;
	unlink(path_of(h, next_name, path));
	return true;
}

/* ---- all of it --------------------------------------------------------------------
 */

static bool begin(const char *dir, struct centre_home *out, struct err *err)
{
	memset(out, 0, sizeof(*out));
	if (strlen(dir) >= CENTRE_DIR)
		return err_set(err, ERR_INVALID, 0, "a path too long");
	return str_copy(out->dir, sizeof(out->dir), dir);
}

static bool make_certificates(struct centre_home *h, const char *const *host,
	size_t hosts, struct err *err)
{
	char name[CHECKPOINT_NAME + 32];

	snprintf(name, sizeof(name), "chitra %s", h->name);
	return tls_ca_new(name, clock_wall_ms() / 1000, &h->ca, err) &&
	       put_pem(h, "ca.key", &h->ca.key, 0600, err) &&
	       put_pem(h, "ca.pem", &h->ca.cert, 0644, err) &&
	       centre_home_new_server(h, host, hosts, err);
}

bool centre_home_make(const char *dir, const char *name,
	const char *const *host, size_t hosts, struct centre_home *out,
	struct err *err)
{
	char path[CENTRE_PATH];

	if (!begin(dir, out, err))
		return false;
	if (!checkpoint_name_is_good(name) || hosts == 0)
		return err_set(err, ERR_INVALID, 0,
			"a name of letters without blanks, and a host");
	if (mkdir(dir, 0700) != 0 && errno != EEXIST)
		return err_set(err, ERR_IO, errno, "%s: %s", dir,
			strerror(errno));
	if (access(path_of(out, "centre.key", path), F_OK) == 0)
		return err_set(err, ERR_INVALID, 0, "%s is there already",
			path);
	str_copy(out->name, sizeof(out->name), name);
	crypto_pair_new(&out->sign);
	crypto_pair_new(&out->witness);
	crypto_seal_pair_new(out->seal_public, out->seal_secret);
	/* centre.key last: with it there is a centre. */
	return make_certificates(out, host, hosts, err) && put_keys(out, err);
}

bool centre_home_open(const char *dir, struct centre_home *out, struct err *err)
{
	return begin(dir, out, err) && get_keys(out, err) &&
	       get_pem(out, "ca.key", &out->ca.key, err) &&
	       get_pem(out, "ca.pem", &out->ca.cert, err) &&
	       get_pem(out, "server.key", &out->server_key, err) &&
	       get_pem(out, "server.pem", &out->server_cert, err);
}

bool centre_home_new_server(struct centre_home *h, const char *const *host,
	size_t hosts, struct err *err)
{
	return tls_server_new(&h->ca, host, hosts, clock_wall_ms() / 1000,
		       &h->server_key, &h->server_cert, err) &&
	       put_pem(h, "server.key", &h->server_key, 0600, err) &&
	       put_pem(h, "server.pem", &h->server_cert, 0644, err);
}
