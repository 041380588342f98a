#include "core/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/buf.h"
#include "core/clock.h"
#include "core/date.h"
#include "core/utf8.h"

enum {
	LINE_SIZE = 1024
};

/* The open file, -1 for none; see log.h. */
static atomic_int log_fd = -1;

/* Failing to put the old one aside is no reason to have no log. */
static void put_aside(const char *path)
{
	char old[4096];
	struct stat st;

	if (stat(path, &st) == 0 && st.st_size > LOG_MAX_BYTES &&
		snprintf(old, sizeof(old), "%s.1", path) < (int)sizeof(old))
		rename(path, old);
}

static int open_for_append(const char *path)
{
	put_aside(path);
	return open(path,
		O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
}

bool log_open(const char *path, struct err *err)
{
	const int fd = open_for_append(path);

	if (fd < 0)
		return err_set(err, errno == EACCES ? ERR_DENIED : ERR_IO,
			errno, "open log %s: %s", path, strerror(errno));
	/* It may be there from before, with a wider mode. */
	if (fchmod(fd, 0600) != 0) {
		err_set(err, ERR_DENIED, errno, "mode of log %s: %s", path,
			strerror(errno));
		close(fd);
		return false;
	}
	log_close();
	atomic_store(&log_fd, fd);
	return true;
}

void log_close(void)
{
	const int fd = atomic_exchange(&log_fd, -1);

	if (fd >= 0)
		close(fd);
}

/*
 * Append text; what could end the line, move a terminal that shows the file,
 * or is no UTF-8 becomes '?'. What does not fit is left out.
 */
static void put_plain(struct buf *b, const char *text)
{
	while (*text) {
		const char *start = text;
		const uint32_t ch = utf8_next(&text);

		if (utf8_width(ch) == 0 || ch == UTF8_BAD)
			buf_byte(b, '?');
		else
			buf_put(b, start, (size_t)(text - start));
	}
}

static void write_line(int fd, const char *event, const char *rest)
{
	char line[LINE_SIZE];
	char when[32];
	struct buf b;

	/* One byte is kept for the newline. */
	buf_init(&b, line, sizeof(line) - 1);
	buf_printf(&b, "%s ", date_time_iso(clock_wall_ms(), when));
	put_plain(&b, event);
	buf_byte(&b, ' ');
	put_plain(&b, rest);
	line[b.len] = '\n';
	while (write(fd, line, b.len + 1) < 0 && errno == EINTR)
		continue;
}

void log_line(const char *event, const char *fmt, ...)
{
	const int fd = atomic_load(&log_fd);
	char rest[LINE_SIZE];
	va_list ap;

	if (fd < 0)
		return;
	va_start(ap, fmt);
	vsnprintf(rest, sizeof(rest), fmt, ap);
	va_end(ap);
	write_line(fd, event, rest);
}

void log_err(const char *event, const struct err *err)
{
	log_line(event, "%s (code %d, sys %d, %s)", err->text, (int)err->code,
		err->sys, err->where ? err->where : "?");
}

const char *log_mask(const char *number, char *out, size_t size)
{
	const size_t len = strlen(number);
	/* Of four or fewer the last four would be all. */
	const size_t hidden = len > 4 ? len - 4 : len;
	struct buf b;

	buf_init(&b, out, size);
	for (size_t i = 0; i < len; i++)
		buf_byte(&b, i < hidden ? '*' : (unsigned char)number[i]);
	return buf_text(&b);
}
