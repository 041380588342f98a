#include "db/centre/centre_home.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/str.h"

enum {
	TEXT = 1024
};

/* ---- files --------------------------------------------------------------------
 */

static const char *path_of(const struct centre_home *h, const char *name,
	char out[CENTRE_PATH])
{
	snprintf(out, CENTRE_PATH, "%s/%s", h->dir, name);
	return out;
}

static bool write_whole(int fd, const char *text, size_t len)
{
	while (len > 0) {
		const ssize_t n = write(fd, text, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		text += n;
		len -= (size_t)n;
	}
	return true;
}

/* Under another name first: it is there whole, or not at all. */
static bool put_file(const struct centre_home *h, const char *name,
	const char *text, size_t len, mode_t mode, struct err *err)
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
	ok = fchmod(fd, mode) == 0 && write_whole(fd, text, len) &&
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
static bool get_file(const struct centre_home *h, const char *name, char *out,
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
	return get_file(h, name, out->text, sizeof(out->text), &out->len, err);
}

static bool put_pem(const struct centre_home *h, const char *name,
	const struct tls_pem *pem, mode_t mode, struct err *err)
{
	return put_file(h, name, pem->text, pem->len, mode, err);
}

/* ---- keys -----------------------------------------------------------------------
 */

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
	ok = put_file(h, "centre.key", text, (size_t)n, 0600, err);
	crypto_wipe(text, sizeof(text));
	crypto_wipe(hex, sizeof(hex));
	if (!ok)
		return false;
	str_to_hex(h->sign.public, CRYPTO_PUBLIC_SIZE, hex[0]);
	str_to_hex(h->witness.public, CRYPTO_PUBLIC_SIZE, hex[1]);
	str_to_hex(h->seal_public, CRYPTO_PUBLIC_SIZE, hex[2]);
	n = snprintf(text, sizeof(text),
		"centre %s %s\nwitness %s %s\nseal %s\n", h->name, hex[0],
		h->name, hex[1], hex[2]);
	return put_file(h, "centre.pub", text, (size_t)n, 0644, err);
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

	if (!get_file(h, "centre.key", text, sizeof(text), &len, err))
		return false;
	ok = read_keys(text, h) ||
	     err_set(err, ERR_CORRUPT, 0, "%s/centre.key is damaged", h->dir);
	crypto_wipe(text, sizeof(text));
	return ok;
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
