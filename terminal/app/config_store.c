#include "terminal/app/config_store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/buf.h"

enum {
	PATH_SIZE = 1024
};

/* A piece of the file, not ended by a NUL. */
struct part {
	const char *at;
	size_t len;
};

static struct part trimmed(struct part p)
{
	while (p.len > 0 && strchr(" \t\r\n", p.at[0])) {
		p.at++;
		p.len--;
	}
	while (p.len > 0 && strchr(" \t\r\n", p.at[p.len - 1]))
		p.len--;
	return p;
}

static bool is(struct part p, const char *text)
{
	return p.len == strlen(text) && memcmp(p.at, text, p.len) == 0;
}

static bool ends_with(struct part p, const char *text)
{
	const size_t len = strlen(text);

	return p.len >= len && memcmp(p.at + p.len - len, text, len) == 0;
}

/* The next line with its end; false at the end of the text. */
static bool next_line(struct part *rest, struct part *line)
{
	const char *end;

	if (rest->len == 0)
		return false;
	end = memchr(rest->at, '\n', rest->len);
	line->at = rest->at;
	line->len = end ? (size_t)(end - rest->at) + 1 : rest->len;
	rest->at += line->len;
	rest->len -= line->len;
	return true;
}

static bool is_section(struct part line, struct part *name)
{
	const struct part t = trimmed(line);
	const char *end = t.len > 0 ? memchr(t.at, ']', t.len) : NULL;

	if (!end || t.at[0] != '[')
		return false;
	*name = (struct part){t.at + 1, (size_t)(end - t.at) - 1};
	return true;
}

/* As inih takes a line apart: name = value ; comment. */
static bool is_pair(struct part line, struct part *name, struct part *value,
	struct part *comment)
{
	const struct part t = trimmed(line);
	size_t at = 0;
	size_t end;

	if (t.len == 0 || strchr(";#[", t.at[0]))
		return false;
	while (at < t.len && t.at[at] != '=' && t.at[at] != ':')
		at++;
	if (at == t.len)
		return false;
	*name = trimmed((struct part){t.at, at});
	end = at + 1;
	while (end < t.len &&
		!(t.at[end] == ';' && strchr(" \t", t.at[end - 1])))
		end++;
	*value = trimmed((struct part){t.at + at + 1, end - at - 1});
	*comment = (struct part){t.at + end, t.len - end};
	return true;
}

static void put(struct buf *b, struct part p)
{
	buf_put(b, p.at, p.len);
}

static void put_choice(struct buf *b, const struct config_choice *choice,
	struct part comment)
{
	buf_printf(b, "%s = %s%s", choice->key, choice->value,
		comment.len > 0 ? "\t" : "");
	put(b, comment);
	buf_byte(b, '\n');
}

/* Where the new line goes, in bytes from the start of the text. */
struct spot {
	size_t from; /* the line that is replaced: from == to: none is */
	size_t to;
	struct part comment;
	bool has_section;
};

static struct spot find_spot(struct part text,
	const struct config_choice *choice)
{
	struct part rest = text;
	struct spot spot = {text.len, text.len, {NULL, 0}, false};
	struct part line;
	bool here = false;

	while (next_line(&rest, &line)) {
		const size_t end = (size_t)(rest.at - text.at);
		struct part name;
		struct part value;
		struct part comment;

		if (is_section(line, &name)) {
			here = is(name, choice->section);
			spot.has_section = spot.has_section || here;
			if (here)
				spot.from = spot.to = end;
			continue;
		}
		if (!here || !is_pair(line, &name, &value, &comment))
			continue;
		/* Behind the last setting of the section, if it is new. */
		spot.from = spot.to = end;
		if (!is(name, choice->key) ||
			(choice->ends && !ends_with(value, choice->ends)))
			continue;
		spot.from = end - line.len;
		spot.comment = comment;
		return spot;
	}
	return spot;
}

bool config_with(const char *text, size_t len,
	const struct config_choice *choice, char *out, size_t size)
{
	const struct part all = {text, len};
	const struct spot spot = find_spot(all, choice);
	struct buf b;

	buf_init(&b, out, size);
	put(&b, (struct part){text, spot.from});
	if (!choice->value) {
		put(&b, (struct part){text + spot.to, len - spot.to});
		buf_text(&b);
		return !b.full;
	}
	if (spot.from > 0 && text[spot.from - 1] != '\n')
		buf_byte(&b, '\n');
	if (!spot.has_section)
		buf_printf(&b, "%s[%s]\n", spot.from > 0 ? "\n" : "",
			choice->section);
	put_choice(&b, choice, spot.comment);
	put(&b, (struct part){text + spot.to, len - spot.to});
	buf_text(&b);
	return !b.full;
}

/* What is there now; "" if nothing is. */
static bool read_old(const char *dir, char *text, size_t size, size_t *len,
	struct err *err)
{
	char path[PATH_SIZE];
	FILE *in;
	bool ok;

	*len = 0;
	snprintf(path, sizeof(path), "%s/" CONFIG_NAME, dir);
	in = fopen(path, "re");
	if (!in)
		return errno == ENOENT ||
		       err_set(err, errno == EACCES ? ERR_DENIED : ERR_IO,
			       errno, CONFIG_NAME ": %s", strerror(errno));
	*len = fread(text, 1, size, in);
	ok = !ferror(in) ||
	     err_set(err, ERR_IO, errno, CONFIG_NAME ": %s", strerror(errno));
	fclose(in);
	return ok && (*len < size || err_set(err, ERR_INVALID, 0,
					     CONFIG_NAME ": too long"));
}

static bool write_failed(int sys, struct err *err)
{
	const enum err_code code = sys == ENOSPC || sys == EDQUOT  ? ERR_FULL
				   : sys == EACCES || sys == EROFS ? ERR_DENIED
								   : ERR_IO;

	return err_set(err, code, sys, CONFIG_NAME ": %s", strerror(sys));
}

static bool write_part(const char *part, const char *text, size_t len)
{
	const int fd =
		open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	bool ok;
	int sys;

	if (fd < 0)
		return false;
	/* A write that stops half-way sets no errno. */
	errno = ENOSPC;
	ok = write(fd, text, len) == (ssize_t)len && fsync(fd) == 0;
	sys = errno;
	close(fd);
	errno = sys;
	return ok;
}

static bool sync_dir(const char *dir)
{
	const int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	const bool ok = fd >= 0 && fsync(fd) == 0;

	if (fd >= 0)
		close(fd);
	return ok;
}

/* Whole beside it, synced, and only then in its place. */
static bool replace(const char *dir, const char *name, const char *text,
	struct err *err)
{
	char path[PATH_SIZE];
	char part[PATH_SIZE];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	snprintf(part, sizeof(part), "%s/" CONFIG_NAME ".part", dir);
	if (write_part(part, text, strlen(text)) && rename(part, path) == 0 &&
		sync_dir(dir))
		return true;
	write_failed(errno, err);
	unlink(part);
	return false;
}

bool config_store(const char *dir, const struct config_choice *choice,
	struct err *err)
{
	const size_t size = CONFIG_FILE_MAX + 1;
	char *old = malloc(2 * size);
	char *new = old ? old + size : NULL;
	struct config *checked = malloc(sizeof(*checked));
	struct config_fault fault;
	size_t len = 0;
	bool ok;

	if (!old || !checked) {
		free(old);
		free(checked);
		return err_set(err, ERR_NO_MEMORY, 0, "no memory for settings");
	}
	ok = read_old(dir, old, size, &len, err);
	/* Nothing that would be a second line or a comment. */
	if (ok && ((choice->value && strpbrk(choice->value, "\r\n;")) ||
			  !config_with(old, len, choice, new, size) ||
			  !config_parse(new, strlen(new), checked, &fault)))
		ok = err_set(err, ERR_INVALID, 0,
			CONFIG_NAME ": cannot take [%s] %s = %s",
			choice->section, choice->key,
			choice->value ? choice->value : "");
	old[len] = '\0';
	if (ok && strcmp(old, new) != 0)
		ok = (len == 0 || replace(dir, CONFIG_NAME ".old", old, err)) &&
		     replace(dir, CONFIG_NAME, new, err);
	free(old);
	free(checked);
	return ok;
}
