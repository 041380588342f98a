/*
 * The line mode's terminal, in a child on a pseudo-terminal and on pipes:
 * what comes out, what is echoed, and what is left behind.
 */
#include "support/unit.h"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "terminal/flows/find.h"
#include "terminal/ui/lineterm.h"

enum {
	PATIENCE_MS = 60 * 1000
};

/* The near end is the child's; out is all that it sent or had echoed. */
struct rig {
	int in;
	int out_fd;
	int slave; /* -1: pipes */
	pid_t child;
	struct termios before;
	char out[16384];
	size_t len;
};

/* ---- the child ------------------------------------------------------------- */

/* "pin" asks for a secret, "name" for a text, anything else is said. */
static void draw(struct canvas *c, const char *line)
{
	canvas_text(c, 0, 0, STYLE_TITLE, "TITLE");
	c->part.body = 1;
	canvas_text(c, 1, 0, STYLE_NORMAL, "Nguyễn: ");
	canvas_text(c, 1, 8, STYLE_NORMAL, line);
	canvas_text(c, 2, 0, STYLE_NORMAL, "PIN: ");
	canvas_repeat(c, 2, 5, STYLE_FIELD, '_', 6);
	canvas_cursor(c, 2, 5, true);
	c->secret = strcmp(line, "pin") == 0;
	c->part.notice = 3;
	c->part.keys = 3;
	c->part.end = 3;
}

/* The keys of the next line, as text. False: none will come. */
static bool next_line(struct lineterm *t, struct lineread *in, char *line,
	size_t size)
{
	struct lineread_screen s = {.typed = 0};
	static struct event ev;
	size_t len = 0;
	bool here = true;

	s.b = find_bindings(FIND_TYPE, &s.count);
	for (;;) {
		switch (lineread_next(in, &s, 0, &ev)) {
		case LINEREAD_EVENT:
			if (ev.key < 0x80 && len + 1 < size)
				line[len++] = (char)ev.key;
			break;
		case LINEREAD_NOTHING:
			if (!here)
				return false;
			here = lineterm_read(t, in);
			break;
		default:
			line[len] = '\0';
			return true;
		}
	}
}

static void serve(const struct lineterm_options *options)
{
	static struct canvas c;
	static struct lineread in;
	struct err err;
	char line[64] = "";
	struct lineterm *t = lineterm_start(options, &err);

	if (!t)
		_exit(2);
	lineread_init(&in);
	do {
		lineterm_blank(t, &c);
		draw(&c, line);
		lineterm_say(t, &c, LINES_ANSWER);
		if (strcmp(line, "die") == 0)
			raise(SIGABRT);
		if (strcmp(line, "drop") == 0) {
			usleep(200000);
			lineterm_drop(t);
			lineread_clear(&in);
			lineterm_tell(t, "dropped");
		}
	} while (strcmp(line, "q") != 0 &&
		 next_line(t, &in, line, sizeof(line)));
	lineterm_stop(t);
	_exit(0);
}

static void begin(struct rig *r, bool tty, const struct lineterm_options *o)
{
	struct winsize size = {.ws_row = 24, .ws_col = 40};
	const struct rlimit no_core = {0, 0};
	int to[2];
	int from[2];

	memset(r, 0, sizeof(*r));
	r->slave = -1;
	if (tty) {
		assert_int_equal(openpty(&to[1], &to[0], NULL, NULL, &size), 0);
		assert_int_equal(tcgetattr(to[0], &r->before), 0);
		from[0] = to[1];
		from[1] = to[0];
		r->slave = to[0];
	} else {
		assert_int_equal(pipe(to), 0);
		assert_int_equal(pipe(from), 0);
	}
	fflush(stdout);
	r->child = fork();
	assert_true(r->child >= 0);
	if (r->child == 0) {
		setrlimit(RLIMIT_CORE, &no_core);
		setsid();
		dup2(to[0], STDIN_FILENO);
		dup2(from[1], STDOUT_FILENO);
		close(to[1]);
		if (!tty)
			close(from[0]);
		serve(o);
	}
	if (!tty) {
		close(to[0]);
		close(from[1]);
	}
	r->in = to[1];
	r->out_fd = from[0];
}

/* Wait until it has sent that, after what was seen before. */
static void hear(struct rig *r, size_t from, const char *text)
{
	struct pollfd in = {.fd = r->out_fd, .events = POLLIN};

	while (!memmem(r->out + from, r->len - from, text, strlen(text))) {
		ssize_t n;

		if (poll(&in, 1, PATIENCE_MS) <= 0)
			fail_msg("%s never came: %.*s", text,
				(int)(r->len - from), r->out + from);
		n = read(r->out_fd, r->out + r->len, sizeof(r->out) - r->len);
		if (n <= 0)
			fail_msg("gone before %s: %.*s", text,
				(int)(r->len - from), r->out + from);
		r->len += (size_t)n;
	}
}

static void say(struct rig *r, const char *line)
{
	assert_int_equal(write(r->in, line, strlen(line)),
		(ssize_t)strlen(line));
}

static bool came(const struct rig *r, const char *text)
{
	return memmem(r->out, r->len, text, strlen(text)) != NULL;
}

static int end(struct rig *r)
{
	int status;

	assert_int_equal(waitpid(r->child, &status, 0), r->child);
	if (r->slave >= 0) {
		struct termios now;

		assert_int_equal(tcgetattr(r->slave, &now), 0);
		assert_int_equal(now.c_lflag, r->before.c_lflag);
		assert_int_equal(now.c_iflag, r->before.c_iflag);
		assert_int_equal(now.c_cc[VEOF], r->before.c_cc[VEOF]);
		close(r->slave);
	}
	if (r->slave < 0 && r->out_fd >= 0)
		close(r->out_fd);
	if (r->in >= 0)
		close(r->in);
	return status;
}

/* ---- tests -------------------------------------------------------------------- */

static const struct lineterm_options usual = {.plain = false};

static void what_is_typed_is_echoed_but_no_pin(void **state)
{
	static struct rig r;
	size_t at;

	(void)state;
	begin(&r, true, &usual);
	hear(&r, 0, "PIN: ");
	say(&r, "ba\n");
	hear(&r, 0, "Nguyễn: ba");
	assert_true(came(&r, "PIN: ba\r\n"));
	at = r.len;
	say(&r, "pin\n");
	hear(&r, at, "Nguyễn: pin");
	hear(&r, at, "PIN: ");
	at = r.len;
	say(&r, "246802\n");
	hear(&r, at, "Nguyễn: 246802");
	hear(&r, at, "PIN: ");
	/* Once: as what the child says of it. */
	assert_ptr_equal(memmem(r.out + at, r.len - at, "246802", 6),
		(char *)memmem(r.out + at, r.len - at, "Nguyễn: ", 10) + 10);
	say(&r, "q\n");
	assert_int_equal(end(&r), 0);
}

static void only_text_goes_out(void **state)
{
	static struct rig r;

	(void)state;
	begin(&r, true, &usual);
	hear(&r, 0, "PIN: ");
	say(&r, "q\n");
	hear(&r, 0, "Nguyễn: q");
	assert_int_equal(end(&r), 0);
	for (size_t i = 0; i < r.len; i++)
		assert_true((unsigned char)r.out[i] >= ' ' ||
			    r.out[i] == '\r' || r.out[i] == '\n');
}

static void plain_is_ascii(void **state)
{
	static struct rig r;
	const struct lineterm_options plain = {.plain = true};

	(void)state;
	begin(&r, true, &plain);
	hear(&r, 0, "Nguyen:");
	say(&r, "q\n");
	assert_int_equal(end(&r), 0);
	for (size_t i = 0; i < r.len; i++)
		assert_true((unsigned char)r.out[i] < 0x7f);
}

/* They end no program here, and are part of no line. */
static void control_keys_do_nothing(void **state)
{
	static struct rig r;

	(void)state;
	begin(&r, true, &usual);
	hear(&r, 0, "PIN: ");
	say(&r, "\x03\x04\x1a\x1c\n");
	say(&r, "ba\n");
	hear(&r, 0, "Nguyễn: ba");
	say(&r, "q\n");
	assert_int_equal(end(&r), 0);
}

static void a_crash_gives_the_terminal_back(void **state)
{
	static struct rig r;

	(void)state;
	begin(&r, true, &usual);
	hear(&r, 0, "PIN: ");
	say(&r, "pin\n");
	hear(&r, 0, "Nguyễn: pin");
	say(&r, "die\n");
	hear(&r, 0, "Nguyễn: die");
	assert_int_not_equal(end(&r), 0);
}

static void typed_ahead(bool tty)
{
	static struct rig r;
	size_t at;

	begin(&r, tty, &usual);
	hear(&r, 0, "PIN:");
	say(&r, "drop\nlost\n");
	say(&r, "lost\n");
	hear(&r, 0, "dropped");
	at = r.len;
	say(&r, "ba\n");
	hear(&r, at, "Nguyễn: ba");
	assert_false(came(&r, "Nguyễn: lost"));
	say(&r, "q\n");
	assert_int_equal(end(&r), 0);
}

static void what_was_typed_ahead_is_dropped(void **state)
{
	(void)state;
	typed_ahead(true);
	typed_ahead(false);
}

/* The last lines of a pipe count though nobody is at its end any more. */
static void a_pipe_is_read_to_its_end(void **state)
{
	static struct rig r;

	(void)state;
	begin(&r, false, &usual);
	say(&r, "a\nba\n");
	close(r.in);
	hear(&r, 0, "Nguyễn: ba\n");
	r.in = -1;
	assert_int_equal(end(&r), 0);
	assert_true(came(&r, "Nguyễn: a\nPIN:\n"));
}

static void nobody_to_hear_is_the_end(void **state)
{
	static struct rig r;

	(void)state;
	begin(&r, false, &usual);
	hear(&r, 0, "PIN:");
	close(r.out_fd);
	say(&r, "ba\nba\nba\n");
	close(r.in);
	r.in = -1;
	r.out_fd = -1;
	assert_int_equal(end(&r), 0); /* and not SIGPIPE */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_typed_is_echoed_but_no_pin),
		cmocka_unit_test(only_text_goes_out),
		cmocka_unit_test(plain_is_ascii),
		cmocka_unit_test(control_keys_do_nothing),
		cmocka_unit_test(a_crash_gives_the_terminal_back),
		cmocka_unit_test(what_was_typed_ahead_is_dropped),
		cmocka_unit_test(a_pipe_is_read_to_its_end),
		cmocka_unit_test(nobody_to_hear_is_the_end),
	};

	return cmocka_run_group_tests_name("lineterm", tests, NULL, NULL);
}
