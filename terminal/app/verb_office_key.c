/*
 * verb_office_key.c - `chitra office-key`: the secret that an office names
 * entitlements with (db/office_key.h), made once and taken by each terminal.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/str.h"
#include "core/tr.h"
#include "db/office_key.h"
#include "terminal/app/json.h"
#include "terminal/app/verb.h"

enum {
	LINE = 2 * CRYPTO_KEY_SIZE + 1 /* the digits, and the end of a line */
};

static enum exit_status done(const struct options *o, const char *mark)
{
	cJSON *reply = json_ok();

	cJSON_AddStringToObject(reply, "mark", mark);
	if (!o->json && mark[0])
		printf(tr("The key of the office: %s\n"), mark);
	else if (!o->json)
		printf("%s\n", tr("This terminal has no key of an office."));
	return verb_reply(o, reply, EXIT_DONE);
}

static enum exit_status no_file(const struct options *o)
{
	return verb_refuse(o, "no_file",
		tr("The file of the key cannot be read or written, or is no"
		   " key. Look at its name and at the stick."),
		EXIT_REFUSED);
}

/* A new one, into a file that is not there yet and nobody else reads. */
static enum exit_status make(const struct options *o, const char *path)
{
	uint8_t key[CRYPTO_KEY_SIZE];
	char line[LINE + 1];
	char mark[OFFICE_KEY_MARK];
	const int fd =
		open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	bool ok;

	if (fd < 0)
		return no_file(o);
	crypto_random(key, sizeof(key));
	str_to_hex(key, sizeof(key), line);
	line[LINE - 1] = '\n';
	ok = write(fd, line, LINE) == LINE && fsync(fd) == 0;
	ok = close(fd) == 0 && ok;
	office_key_mark(key, mark);
	crypto_wipe(key, sizeof(key));
	crypto_wipe(line, sizeof(line));
	return ok ? done(o, mark) : no_file(o);
}

static bool read_key(const char *path, uint8_t key[CRYPTO_KEY_SIZE])
{
	const int fd = open(path, O_RDONLY | O_CLOEXEC);
	char line[LINE + 1] = "";
	size_t len = 0;
	ssize_t n;

	if (fd < 0)
		return false;
	n = read(fd, line, sizeof(line));
	close(fd);
	if (n == LINE && line[LINE - 1] == '\n')
		line[--n] = '\0';
	if (n == LINE - 1)
		str_from_hex(line, key, CRYPTO_KEY_SIZE, &len);
	crypto_wipe(line, sizeof(line));
	return len == CRYPTO_KEY_SIZE;
}

static enum exit_status take(const struct options *o, struct verb_store *v,
	const char *path)
{
	uint8_t key[CRYPTO_KEY_SIZE];
	char mark[OFFICE_KEY_MARK];
	struct refusal why;
	struct err err = {0};
	enum verdict got;

	if (!read_key(path, key))
		return no_file(o);
	got = office_key_take(v->db, &v->session, key, &why, &err);
	office_key_mark(key, mark);
	crypto_wipe(key, sizeof(key));
	if (got == VERDICT_FAILED)
		return verb_err(o, &err);
	return got == VERDICT_REFUSED ? verb_refusal(o, &why) : done(o, mark);
}

static enum exit_status show(const struct options *o, struct verb_store *v)
{
	char mark[OFFICE_KEY_MARK];
	struct err err = {0};

	return office_key_here(v->db, mark, &err) ? done(o, mark)
						  : verb_err(o, &err);
}

enum exit_status verb_office_key(int argc, char **argv)
{
	enum exit_status status;
	struct verb_store v;
	struct options o;
	bool taken;

	if (!verb_options(&o, "office-key", argc, argv, NULL, 0))
		return EXIT_USAGE;
	if (o.words == 2 && strcmp(o.word[0], "make") == 0)
		return make(&o, o.word[1]);
	taken = o.words == 2 && strcmp(o.word[0], "take") == 0;
	if (!taken && (o.words != 1 || strcmp(o.word[0], "show") != 0))
		return verb_usage("office-key");
	if (!verb_open(&o, true, &v, &status))
		return status;
	status = taken ? take(&o, &v, o.word[1]) : show(&o, &v);
	verb_close(&v);
	return status;
}
