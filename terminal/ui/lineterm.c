#include "terminal/ui/lineterm.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "core/crypto.h"
#include "core/tr.h"
#include "core/utf8.h"
#include "terminal/ui/layout.h"
#include "terminal/ui/plain.h"
#include "terminal/ui/wrap.h"

enum {
	USUAL_COLS = 80,
	READ_SIZE = 4096
};

struct lineterm {
	bool plain;
	bool tty;    /* the settings below are those of a terminal */
	bool asked;  /* the question stands there without a line feed */
	bool gone;   /* nobody reads or writes there any more */
	bool secret; /* what is typed is not echoed */
	int cols;
	struct termios mode;
	struct lines lines;
	char text[LINES_SIZE];
};

/* What a dying program does; a handler has no other way to know of it. */
static struct {
	volatile sig_atomic_t on;
	struct termios before;
} lineterm_back;

static const int deadly[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGHUP,
	SIGQUIT};

static void on_deadly_signal(int number)
{
	/* The handler is gone already (SA_RESETHAND). */
	if (lineterm_back.on)
		tcsetattr(STDIN_FILENO, TCSANOW, &lineterm_back.before);
	raise(number);
}

/* Leave alone what the program or a sanitizer handles itself. */
static void catch_deadly_signals(void)
{
	struct sigaction old;
	const struct sigaction act = {.sa_handler = on_deadly_signal,
		.sa_flags = SA_RESETHAND | SA_NODEFER};

	for (size_t i = 0; i < sizeof(deadly) / sizeof(deadly[0]); i++)
		if (sigaction(deadly[i], NULL, &old) == 0 &&
			old.sa_handler == SIG_DFL)
			sigaction(deadly[i], &act, NULL);
}

/* ---- the terminal ----------------------------------------------------------- */

/* Its own line editing, and no keys but those: Ctrl-C and Ctrl-D are none. */
static bool set_mode(struct lineterm *t, struct err *err)
{
	if (tcgetattr(STDIN_FILENO, &t->mode) != 0)
		return err_set(err, ERR_IO, errno,
			"its settings cannot be read");
	lineterm_back.before = t->mode;
	t->mode.c_iflag |= ICRNL | IUTF8;
	t->mode.c_lflag |= ICANON | ECHO | ECHOE | ECHOK | ECHONL;
	t->mode.c_lflag &= ~(tcflag_t)(ISIG | IEXTEN | ECHOCTL);
	t->mode.c_cc[VEOF] = _POSIX_VDISABLE;
	if (tcsetattr(STDIN_FILENO, TCSADRAIN, &t->mode) != 0)
		return err_set(err, ERR_IO, errno,
			"its settings cannot be changed");
	lineterm_back.on = 1;
	catch_deadly_signals();
	return true;
}

static void set_echo(struct lineterm *t, bool secret)
{
	if (!t->tty || secret == t->secret)
		return;
	t->mode.c_lflag &= ~(tcflag_t)(ECHO | ECHOE | ECHOK);
	if (!secret)
		t->mode.c_lflag |= ECHO | ECHOE | ECHOK;
	if (tcsetattr(STDIN_FILENO, TCSADRAIN, &t->mode) != 0)
		t->gone = true;
	t->secret = secret;
}

struct lineterm *lineterm_start(const struct lineterm_options *options,
	struct err *err)
{
	struct lineterm *t = calloc(1, sizeof(*t));

	if (!t) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory for lines");
		return NULL;
	}
	t->plain = options->plain;
	t->cols = options->cols;
	lines_init(&t->lines);
	t->tty = isatty(STDIN_FILENO) != 0;
	/* Who stops reading must not kill us in the middle of a payment. */
	signal(SIGPIPE, SIG_IGN);
	if (t->tty && !set_mode(t, err)) {
		free(t);
		return NULL;
	}
	return t;
}

void lineterm_stop(struct lineterm *t)
{
	if (!t)
		return;
	if (lineterm_back.on)
		tcsetattr(STDIN_FILENO, TCSADRAIN, &lineterm_back.before);
	lineterm_back.on = 0;
	crypto_wipe(t, sizeof(*t));
	free(t);
}

/* At least as many as a view can be drawn for. */
static int columns(const struct lineterm *t)
{
	struct winsize size;
	int cols = USUAL_COLS;

	if (t->cols > 0)
		cols = t->cols;
	else if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 &&
		 size.ws_col > 0)
		cols = size.ws_col;
	return cols > LAYOUT_MIN_COLS ? cols : LAYOUT_MIN_COLS;
}

void lineterm_blank(const struct lineterm *t, struct canvas *c)
{
	canvas_for_lines(c, columns(t));
}

/* ---- out -------------------------------------------------------------------- */

static void send(struct lineterm *t, const char *bytes, size_t len)
{
	while (len > 0 && !t->gone) {
		const ssize_t n = write(STDOUT_FILENO, bytes, len);

		if (n < 0 && errno == EINTR)
			continue;
		t->gone = n <= 0;
		if (n <= 0)
			break;
		bytes += n;
		len -= (size_t)n;
	}
}

/* In place: it becomes shorter. */
static void make_plain(char *text)
{
	const char *from = text;
	char *to = text;

	while (*from) {
		const uint32_t ch = utf8_next(&from);

		*to++ = ch == '\n' ? '\n' : plain_char(ch);
	}
	*to = '\0';
}

static void send_text(struct lineterm *t, char *text)
{
	if (t->plain)
		make_plain(text);
	send(t, text, strlen(text));
}

/* On a terminal the answer is typed behind it. */
static void ask(struct lineterm *t)
{
	char question[LINES_TEXT + 2];
	const char *field = lines_question(&t->lines);
	size_t len = strlen(field);

	while (len > 0 && (field[len - 1] == '_' || field[len - 1] == ' '))
		len--;
	memcpy(question, len > 0 ? field : ">", len > 0 ? len : 1);
	len = len > 0 ? len : 1;
	memcpy(question + len, t->tty ? " " : "\n", 2);
	send_text(t, question);
	t->asked = true;
}

static void begin_a_line(struct lineterm *t, enum lines_why why)
{
	if (t->asked && t->tty && why == LINES_UNASKED)
		send(t, "\n", 1);
	t->asked = false;
}

void lineterm_say(struct lineterm *t, const struct canvas *c,
	enum lines_why why)
{
	char before[LINES_TEXT];
	bool same;

	memcpy(before, lines_question(&t->lines),
		strlen(lines_question(&t->lines)) + 1);
	lines_say(&t->lines, c, why, t->text, sizeof(t->text));
	same = strcmp(before, lines_question(&t->lines)) == 0;
	set_echo(t, c->secret);
	if (t->text[0] == '\0' && why == LINES_UNASKED && same && t->asked)
		return;
	begin_a_line(t, why);
	if (t->text[0])
		send_text(t, t->text);
	else if (same && why == LINES_ANSWER)
		lineterm_tell(t, tr("Nothing has changed."));
	ask(t);
}

void lineterm_tell(struct lineterm *t, const char *sentence)
{
	char line[512];

	while (*sentence) {
		sentence =
			wrap_next(sentence, columns(t), line, sizeof(line) - 1);
		memcpy(line + strlen(line), "\n", 2);
		send_text(t, line);
	}
	t->asked = false;
}

/* ---- in --------------------------------------------------------------------- */

bool lineterm_read(struct lineterm *t, struct lineread *in)
{
	char bytes[READ_SIZE];
	const ssize_t n = read(STDIN_FILENO, bytes, sizeof(bytes));

	if (n > 0)
		lineread_put(in, bytes, (size_t)n);
	else if (n == 0 || errno != EINTR)
		t->gone = true;
	crypto_wipe(bytes, sizeof(bytes));
	return !t->gone;
}

void lineterm_drop(struct lineterm *t)
{
	struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};
	char bytes[READ_SIZE];

	if (t->tty) {
		tcflush(STDIN_FILENO, TCIFLUSH);
		return;
	}
	while (poll(&in, 1, 0) == 1 && (in.revents & POLLIN))
		if (read(STDIN_FILENO, bytes, sizeof(bytes)) <= 0)
			break;
	crypto_wipe(bytes, sizeof(bytes));
}

void lineterm_forget(struct lineterm *t)
{
	lines_forget(&t->lines);
	crypto_wipe(t->text, sizeof(t->text));
}
