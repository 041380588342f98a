/*
 * The one curses file, in a child on a pseudo-terminal of each kind: which
 * bytes come out, which keys come in, and what is left behind.
 */
#include "support/unit.h"

#include <errno.h>
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

#include "terminal/flows/flow.h"
#include "terminal/flows/wedge.h"
#include "terminal/ui/term.h"

enum {
	PATIENCE_MS = 60 * 1000,
	TICK_MS = 50,
	STARTED = 77777, /* told once, when the screen is drawn */
	REFUSED = 88888  /* term_start() said no */
};

/* The terminal, the child in it, and what the child tells. */
struct tty {
	int master;
	int slave; /* kept open: the settings die with the last one */
	int told;
	pid_t child;
	struct termios before;
	char out[65536];
	size_t len;
};

static void tell(int fd, int value)
{
	if (write(fd, &value, sizeof(value)) != sizeof(value))
		_exit(3);
}

static void draw(void)
{
	static struct canvas c;

	term_blank(&c);
	canvas_text(&c, 0, 0, STYLE_TITLE, "NGUYỄN THỊ ĐẸP");
	canvas_text(&c, 1, 0, STYLE_STOP, "\x1b]0;owned\x07\x1b[2J");
	canvas_text(&c, 2, 0, STYLE_WARNING, "▲ ██ ──");
	for (int i = 0; i < 2; i++) {
		canvas_text(&c, 3, 2 * i, STYLE_FIGURE, i ? "7" : "4");
		canvas_text(&c, 3, 10 + 2 * i, STYLE_STOP, i ? "Y" : "X");
	}
	canvas_cursor(&c, 2, 3, true);
	term_show(&c);
}

/* The child: draw, then tell every key, until 'q'. F, G, H beep. */
static void serve(int told, const struct term_options *options)
{
	struct err err = {.code = ERR_NONE};
	int key;

	if (!term_start(options, &err)) {
		tell(told, REFUSED);
		_exit(1);
	}
	draw();
	tell(told, STARTED);
	/* As the loop of the program: a tick now and then, whatever comes. */
	for (int ticks = 0; ticks < PATIENCE_MS / TICK_MS; ticks++) {
		struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};

		poll(&in, 1, TICK_MS);
		while ((key = term_key()) != TERM_NO_KEY) {
			if (key == 'q') {
				term_stop();
				_exit(0);
			}
			if (key >= 'F' && key <= 'H')
				term_beep((enum chime)(CHIME_FINE + key - 'F'));
			tell(told, key);
		}
	}
	_exit(4); /* nobody is there any more */
}

static void become_child(struct tty *s, const char *term, int told,
	const struct term_options *options)
{
	const struct rlimit no_core = {0, 0};

	setsid();
	ioctl(s->slave, TIOCSCTTY, 0);
	dup2(s->slave, STDIN_FILENO);
	dup2(s->slave, STDOUT_FILENO);
	close(s->master);
	setrlimit(RLIMIT_CORE, &no_core);
	/* Who runs this in the background or by nohup has them ignored. */
	signal(SIGHUP, SIG_DFL);
	signal(SIGINT, SIG_DFL);
	signal(SIGQUIT, SIG_DFL);
	setenv("TERM", term, 1);
	setenv("LC_ALL", "C", 1); /* the system's locale must not matter */
	unsetenv("LINES");
	unsetenv("COLUMNS");
	serve(told, options);
}

static void begin(struct tty *s, const char *term,
	const struct term_options *options)
{
	struct winsize size = {.ws_row = 25, .ws_col = 80};
	int told[2];

	memset(s, 0, sizeof(*s));
	assert_int_equal(openpty(&s->master, &s->slave, NULL, NULL, &size), 0);
	assert_int_equal(pipe(told), 0);
	assert_int_equal(tcgetattr(s->slave, &s->before), 0);
	fflush(stdout);
	s->child = fork();
	assert_true(s->child >= 0);
	if (s->child == 0)
		become_child(s, term, told[1], options);
	close(told[1]);
	s->told = told[0];
}

static void take_output(struct tty *s)
{
	const ssize_t n =
		read(s->master, s->out + s->len, sizeof(s->out) - 1 - s->len);

	if (n > 0)
		s->len += (size_t)n;
}

/* Take the bytes of the terminal until the child tells something. */
static int next_told(struct tty *s)
{
	int value;

	for (;;) {
		struct pollfd in[] = {{.fd = s->told, .events = POLLIN},
			{.fd = s->master, .events = POLLIN}};

		if (poll(in, 2, PATIENCE_MS) <= 0)
			fail_msg("nothing came for %d ms", PATIENCE_MS);
		if (in[1].revents & POLLIN) {
			take_output(s);
			continue;
		}
		if (in[0].revents) {
			if (read(s->told, &value, sizeof(value)) !=
				sizeof(value))
				fail_msg("the child is gone");
			return value;
		}
	}
}

static void type(struct tty *s, const char *bytes)
{
	assert_int_equal(write(s->master, bytes, strlen(bytes)),
		(ssize_t)strlen(bytes));
}

/* Read what is left and wait for the child. Returns its wait status. */
static int end(struct tty *s)
{
	struct pollfd in = {.fd = s->master, .events = POLLIN};
	int status;

	while (waitpid(s->child, &status, WNOHANG) == 0)
		if (poll(&in, 1, 10) > 0)
			take_output(s);
	while (poll(&in, 1, 0) > 0 && (in.revents & POLLIN))
		take_output(s);
	close(s->told);
	return status;
}

static void settings_are_back(struct tty *s)
{
	struct termios now;

	assert_int_equal(tcgetattr(s->slave, &now), 0);
	assert_int_equal(now.c_lflag, s->before.c_lflag);
	assert_int_equal(now.c_iflag, s->before.c_iflag);
	assert_int_equal(now.c_oflag, s->before.c_oflag);
	close(s->slave);
	close(s->master);
}

static bool came(const struct tty *s, const char *bytes)
{
	return memmem(s->out, s->len, bytes, strlen(bytes)) != NULL;
}

/* ---- what comes out ------------------------------------------------------ */

struct look_row {
	const char *name;
	const char *term;
	struct term_options options;
	const char *has;
	const char *lacks;
};

static struct look_row look_rows[] = {
	{"linux", "linux", {0}, "NGUYỄN THỊ ĐẸP", NULL},
	{"screen", "screen", {0}, "NGUYỄN THỊ ĐẸP", NULL},
	{"vt100 has UTF-8 and no colour", "vt100", {0}, "▲ ██ ──", "\x1b[33"},
	{"xterm-256color in its colours", "xterm-256color", {0},
		"\x1b[38;5;220m", NULL},
	{"xterm-256color in eight", "xterm-256color", {.theme = "8"},
		"\x1b[33m", "38;5;"},
	{"high contrast has no colour", "xterm-256color", {.theme = "contrast"},
		"\x1b[0;1;4mNGUYỄN", "38;5;"},
	{"nor has one colour", "xterm-256color", {.theme = "mono"}, "NGUYỄN",
		"38;5;"},
	{"NO_COLOR", "xterm-256color", {.no_color = "1"}, "NGUYỄN", "38;5;"},
	{"plain is ASCII only", "linux", {.plain = true}, "NGUYEN THI DEP",
		"\xe1"},
	{"a gap between figures keeps their pen", "xterm-256color", {0}, "4 7",
		NULL},
	{"a gap between two stops is no stop", "xterm-256color", {0}, "NGUYỄN",
		"X Y"},
	{"plain signs", "vt100", {.plain = true}, "! ## --", "\xe2"},
};

static void run_look(void **state)
{
	static struct tty s;
	const struct look_row *row = *state;

	begin(&s, row->term, &row->options);
	assert_int_equal(next_told(&s), STARTED);
	type(&s, "x"); /* its answer is behind all of the output */
	assert_int_equal(next_told(&s), 'x');
	assert_true(came(&s, row->has));
	if (row->lacks)
		assert_false(came(&s, row->lacks));
	assert_true(came(&s, "\x1b[?2004h")); /* pastes are marked */
	/* T41: of the data's own escapes only harmless letters are left. */
	assert_true(came(&s, "]0;owned"));
	assert_false(came(&s, "\x1b]0;"));
	assert_false(came(&s, "owned\x07"));
	type(&s, "q");
	assert_int_equal(end(&s), 0);
	assert_true(came(&s, "\x1b[?2004l"));
	settings_are_back(&s);
}

/* ---- which keys come in -------------------------------------------------- */

struct key_row {
	const char *name;
	const char *term;
	const char *bytes;
	int keys[4]; /* ended by 0 */
};

static struct key_row key_rows[] = {
	{"a digit", "linux", "5", {'5'}},
	{"a letter of two keys' worth of bytes", "linux", "ẹđ",
		{0x1eb9, 0x111}},
	{"return", "linux", "\r", {K_ACCEPT}},
	{"line feed, as some scanners send", "linux", "\n", {K_ACCEPT}},
	{"DEL", "linux", "\x7f", {K_ERASE}},
	{"backspace", "vt100", "\b", {K_ERASE}},
	{"delete of linux takes the word", "linux", "\x1b[3~", {K_ERASE_WORD}},
	{"delete of screen takes the word", "screen", "\x1b[3~",
		{K_ERASE_WORD}},
	{"shift and delete of xterm, too", "xterm-256color", "\x1b[3;2~",
		{K_ERASE_WORD}},
	{"Ctrl-W takes the word", "linux", "\x17", {K_ERASE_WORD}},
	{"Alt and erase take the word", "xterm-256color", "\x1b\x7f",
		{K_ERASE_WORD}},
	{"Alt and backspace take the word", "vt100", "\x1b\b", {K_ERASE_WORD}},
	{"escape alone", "xterm-256color", "\x1b", {K_BACK}},
	{"what is pasted has marks around it", "xterm-256color",
		"\x1b[200~1\x1b[201~", {WEDGE_PASTE, '1', WEDGE_PASTE_END}},
	{"arrows of linux", "linux", "\x1b[A\x1b[B", {K_UP, K_DOWN}},
	{"arrows of xterm", "xterm-256color", "\x1bOA\x1bOB", {K_UP, K_DOWN}},
	{"arrows of a vt100", "vt100", "\x1bOA\x1bOB", {K_UP, K_DOWN}},
	{"arrows of screen", "screen", "\x1bOA\x1bOB", {K_UP, K_DOWN}},
	{"page keys", "linux", "\x1b[5~\x1b[6~", {K_PAGE_UP, K_PAGE_DOWN}},
	{"F1 and F2 of linux", "linux", "\x1b[[A\x1b[[B", {'1', '2'}},
	{"F1 and F10 of xterm", "xterm-256color", "\x1bOP\x1b[21~", {'1', '0'}},
	{"F9 of screen", "screen", "\x1b[20~", {'9'}},
	{"control characters mean nothing", "linux",
		"\x01\x03\x1a"
		"a",
		{'a'}},
	{"C1 as UTF-8 means nothing", "linux",
		"\xc2\x9b"
		"a",
		{'a'}},
	{"a byte that is no UTF-8 does not swallow the next", "linux",
		"\xff"
		"a",
		{'?', 'a'}},
	{"half a character does not swallow the next", "linux",
		"\xe1\xba"
		"a\r",
		{'a', K_ACCEPT}},
};

static void run_key(void **state)
{
	static struct tty s;
	const struct term_options options = {.theme = NULL};
	const struct key_row *row = *state;

	begin(&s, row->term, &options);
	assert_int_equal(next_told(&s), STARTED);
	type(&s, row->bytes);
	for (size_t i = 0; i < COUNT_OF(row->keys) && row->keys[i]; i++)
		assert_int_equal(next_told(&s), row->keys[i]);
	type(&s, "q");
	assert_int_equal(end(&s), 0);
	settings_are_back(&s);
}

/* ---- beeps ---------------------------------------------------------------- */

struct beep_row {
	const char *name;
	const char *term;
	const char *key;
	const char *has;
	const char *lacks;
};

static struct beep_row beep_rows[] = {
	{"fine on a Linux console is short and high", "linux", "F",
		"\033[10;1000]\033[11;80]\a", NULL},
	{"look is between", "linux", "G", "\033[10;700]\033[11;150]\a", NULL},
	{"stop is long and low", "linux", "H", "\033[10;330]\033[11;350]\a",
		NULL},
	{"elsewhere it is the bell alone", "xterm-256color", "H", "\a",
		"\033[10"},
	{"on a vt100, too", "vt100", "G", "\a", "\033[1"},
	{"and in screen", "screen", "F", "\a", "\033[10"},
};

static void run_beep(void **state)
{
	static struct tty s;
	const struct term_options options = {.theme = NULL};
	const struct beep_row *row = *state;
	size_t before;

	begin(&s, row->term, &options);
	assert_int_equal(next_told(&s), STARTED);
	type(&s, "x"); /* all of the screen came */
	assert_int_equal(next_told(&s), 'x');
	before = s.len;
	type(&s, row->key);
	assert_int_equal(next_told(&s), row->key[0]);
	type(&s, "y");
	assert_int_equal(next_told(&s), 'y');
	assert_non_null(memmem(s.out + before, s.len - before, row->has,
		strlen(row->has)));
	if (row->lacks)
		assert_null(memmem(s.out + before, s.len - before, row->lacks,
			strlen(row->lacks)));
	type(&s, "q");
	assert_int_equal(end(&s), 0);
	/* The console's bell is as it was. */
	assert_int_equal(came(&s, "\033[10]\033[11]"),
		strcmp(row->term, "linux") == 0);
	settings_are_back(&s);
}

/* ---- beginnings and ends ------------------------------------------------- */

static void a_resize_is_told(void **state)
{
	static struct tty s;
	const struct term_options options = {.theme = NULL};
	const struct winsize size = {.ws_row = 15, .ws_col = 40};

	(void)state;
	begin(&s, "linux", &options);
	assert_int_equal(next_told(&s), STARTED);
	assert_int_equal(ioctl(s.master, TIOCSWINSZ, &size), 0);
	assert_int_equal(next_told(&s), TERM_RESIZED);
	type(&s, "q");
	assert_int_equal(end(&s), 0);
	settings_are_back(&s);
}

/* A console has no second screen that would come back (T66). */
static void t66_the_screen_is_wiped_at_the_end(void **state)
{
	static struct tty s;
	const struct term_options options = {.theme = NULL};
	size_t drawn;

	(void)state;
	begin(&s, "linux", &options);
	assert_int_equal(next_told(&s), STARTED);
	drawn = s.len;
	assert_true(drawn > 0);
	type(&s, "q");
	assert_int_equal(end(&s), 0);
	assert_non_null(memmem(s.out + drawn, s.len - drawn, "\x1b[J", 3));
	settings_are_back(&s);
}

static void an_unknown_terminal_is_refused_in_silence(void **state)
{
	static struct tty s;
	const struct term_options options = {.theme = NULL};

	(void)state;
	begin(&s, "no-such-terminal", &options);
	assert_int_equal(next_told(&s), REFUSED);
	assert_int_equal(s.len, 0);
	end(&s);
	settings_are_back(&s);
}

static void a_terminal_without_cursor_is_refused(void **state)
{
	static struct tty s;
	const struct term_options options = {.theme = NULL};

	(void)state;
	begin(&s, "dumb", &options);
	assert_int_equal(next_told(&s), REFUSED);
	end(&s);
	settings_are_back(&s);
}

static void a_pipe_is_no_terminal(void **state)
{
	const struct term_options options = {.theme = NULL};
	struct err err = {.code = ERR_NONE};
	int status;
	pid_t child;

	(void)state;
	fflush(stdout);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		const int null = open("/dev/null", O_RDWR);

		dup2(null, STDIN_FILENO);
		dup2(null, STDOUT_FILENO);
		_exit(term_start(&options, &err) || err.code != ERR_INVALID);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

static void stopping_what_never_started_is_fine(void **state)
{
	(void)state;
	term_stop();
}

struct signal_row {
	const char *name;
	int number;
};

static struct signal_row signal_rows[] = {
	{"hang-up gives the terminal back", SIGHUP},
	{"quit gives the terminal back", SIGQUIT},
	{"termination gives the terminal back", SIGTERM},
	{"a failed assert gives the terminal back", SIGABRT},
};

static void run_signal(void **state)
{
	static struct tty s;
	const struct term_options options = {.theme = NULL};
	const struct signal_row *row = *state;

	begin(&s, "linux", &options);
	assert_int_equal(next_told(&s), STARTED);
	assert_int_equal(kill(s.child, row->number), 0);
	assert_int_not_equal(end(&s), 0);
	assert_true(came(&s, "\x1b[H\x1b[J")); /* T66: nothing stays on it */
	settings_are_back(&s);
}

int main(void)
{
	static const struct CMUnitTest others[] = {
		cmocka_unit_test(a_resize_is_told),
		cmocka_unit_test(t66_the_screen_is_wiped_at_the_end),
		cmocka_unit_test(an_unknown_terminal_is_refused_in_silence),
		cmocka_unit_test(a_terminal_without_cursor_is_refused),
		cmocka_unit_test(a_pipe_is_no_terminal),
		cmocka_unit_test(stopping_what_never_started_is_fine),
	};
	struct CMUnitTest tests[COUNT_OF(look_rows) + COUNT_OF(key_rows) +
				COUNT_OF(signal_rows) + COUNT_OF(beep_rows)];
	size_t n = 0;
	int failed;

	UNIT_ADD_ROWS(tests, &n, look_rows, run_look);
	UNIT_ADD_ROWS(tests, &n, key_rows, run_key);
	UNIT_ADD_ROWS(tests, &n, signal_rows, run_signal);
	UNIT_ADD_ROWS(tests, &n, beep_rows, run_beep);
	failed = cmocka_run_group_tests_name("term", tests, NULL, NULL);
	return failed +
	       cmocka_run_group_tests_name("term ends", others, NULL, NULL);
}
