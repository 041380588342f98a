#include "terminal/ui/term.h"

#include <curses.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "core/utf8.h"
#include "terminal/flows/flow.h"
#include "terminal/flows/wedge.h"
#include "terminal/ui/plain.h"
#include "terminal/ui/theme.h"

enum {
	FAREWELL_SIZE = 256,
	/* Ours beside the codes of curses, which end at KEY_MAX. */
	CODE_PASTE = KEY_MAX + 1,
	CODE_PASTE_END,
	/* Blanks within figures of money; see painted(). */
	NARROW_GAP = 5
};

/* Have the terminal mark what is pasted (xterm, "bracketed paste"). Others
 * do not know the mode and ignore it. */
static const char mark_pastes[] = "\033[?2004h";
static const char leave_pastes[] = "\033[?2004l";
/* The bell of a Linux console as it was. */
static const char usual_bell[] = "\033[10]\033[11]";

/* Curses itself is one global terminal; this is what it lacks. */
static struct {
	SCREEN *screen;
	bool plain;
	attr_t attr[STYLE_COUNT];
	short pair[STYLE_COUNT];
	char typed[UTF8_MAX_BYTES]; /* a character that is not whole yet */
	size_t typed_len;
	/* What a dying program does with the terminal: set before any signal
	 * is caught, since a handler may neither ask terminfo nor curses. */
	struct termios before;
	char farewell[FAREWELL_SIZE];
	size_t farewell_len;
} term;

/* Deadly signals: programs that end so must not leave a raw terminal. */
static const int deadly[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGHUP,
	SIGQUIT};

static void on_deadly_signal(int number)
{
	const char *rest = term.farewell;
	size_t len = term.screen ? term.farewell_len : 0;

	/* The handler is gone already (SA_RESETHAND). */
	while (len > 0) {
		const ssize_t n = write(STDOUT_FILENO, rest, len);

		if (n <= 0)
			break;
		rest += n;
		len -= (size_t)n;
	}
	if (term.screen)
		tcsetattr(STDIN_FILENO, TCSANOW, &term.before);
	raise(number);
}

/* A capability as it is sent; delays ("$<5>") are for paper terminals. */
static void add_to_farewell(const char *cap)
{
	if (!cap || cap == (const char *)-1)
		return;
	for (; *cap; cap++) {
		if (cap[0] == '$' && cap[1] == '<' && strchr(cap, '>')) {
			cap = strchr(cap, '>');
			continue;
		}
		if (term.farewell_len < sizeof(term.farewell))
			term.farewell[term.farewell_len++] = *cap;
	}
}

/* The only console that lets programs choose pitch and length. */
static bool chooses_tones(void)
{
	const char *name = termname();

	return strcmp(name, "linux") == 0 || strncmp(name, "linux-", 6) == 0;
}

/* Names and amounts go with the program, whatever it died of (T66). */
static void prepare_farewell(void)
{
	static const char *const caps[] = {"sgr0", "clear", "E3", "cnorm",
		"rmkx", "rmcup"};

	term.farewell_len = 0;
	for (size_t i = 0; i < sizeof(caps) / sizeof(caps[0]); i++)
		add_to_farewell(tigetstr(caps[i]));
	add_to_farewell(leave_pastes);
	if (chooses_tones())
		add_to_farewell(usual_bell);
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

/* False if the C library cannot write UTF-8 at all. */
static bool speak_utf8(void)
{
	static const char *const names[] = {"C.UTF-8", "C.utf8", "en_US.UTF-8",
		"vi_VN.UTF-8", ""};
	wchar_t ch;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (setlocale(LC_CTYPE, names[i]) &&
			mbtowc(&ch, "ế", sizeof("ế")) == 3 && ch == 0x1ebf)
			return true;
	return false;
}

static void prepare_styles(const struct term_options *options)
{
	const bool colours = has_colors() && start_color() == OK;
	const enum theme theme = theme_choose(options->theme, options->no_color,
		colours ? COLORS : 0);

	if (colours)
		use_default_colors();
	for (int i = 0; i < STYLE_COUNT; i++) {
		const struct look look = theme_look(theme, (enum style)i);

		term.attr[i] = (look.bold ? A_BOLD : 0) |
			       (look.dim ? A_DIM : 0) |
			       (look.reverse ? A_REVERSE : 0) |
			       (look.underline ? A_UNDERLINE : 0);
		term.pair[i] = 0;
		if (look.colour >= 0 && i + 1 < COLOR_PAIRS &&
			init_pair((short)(i + 1), (short)look.colour, -1) == OK)
			term.pair[i] = (short)(i + 1);
	}
}

/* Without these a full screen cannot be drawn ("dumb", hard copy). */
static bool can_place_cursor(void)
{
	const char *cup = tigetstr("cup");
	const char *clear = tigetstr("clear");

	return cup && cup != (const char *)-1 && clear &&
	       clear != (const char *)-1;
}

static bool open_screen(struct err *err)
{
	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return err_set(err, ERR_INVALID, 0, "not a terminal");
	if (tcgetattr(STDIN_FILENO, &term.before) != 0)
		return err_set(err, ERR_IO, 0, "its settings cannot be read");
	/* E3 is no name of the standard. */
	use_extended_names(TRUE);
	/* Not initscr(): that one ends the program when it fails. */
	term.screen = newterm(NULL, stdout, stdin);
	if (!term.screen)
		return err_set(err, ERR_INVALID, 0,
			"the terminal type in TERM is not known");
	if (!can_place_cursor()) {
		term_stop();
		return err_set(err, ERR_INVALID, 0,
			"this terminal cannot place the cursor");
	}
	return true;
}

/* Past curses, which has a buffer of its own. */
static void tell(const char *sequence)
{
	putp(sequence);
	fflush(stdout);
}

bool term_start(const struct term_options *options, struct err *err)
{
	term.plain = !speak_utf8() || options->plain;
	if (!open_screen(err))
		return false;
	prepare_farewell();
	catch_deadly_signals();
	raw();
	noecho();
	nonl();
	keypad(stdscr, TRUE);
	nodelay(stdscr, TRUE);
	meta(stdscr, TRUE);
	/* Alt and the erase key, which would else be Esc and then erase. */
	define_key("\033\177", KEY_SDC);
	define_key("\033\b", KEY_SDC);
	define_key("\033[200~", CODE_PASTE);
	define_key("\033[201~", CODE_PASTE_END);
	tell(mark_pastes);
	set_escdelay(options->escape_ms > 0 ? options->escape_ms : 25);
	prepare_styles(options);
	return true;
}

void term_beep(enum chime chime)
{
	const struct chime_tone tone = chime_tone(chime);
	char sequence[48] = "\a";

	if (!term.screen)
		return;
	if (chooses_tones())
		snprintf(sequence, sizeof(sequence), "\033[10;%d]\033[11;%d]\a",
			tone.hertz, tone.ms);
	tell(sequence);
}

/* What went out of the screen at the top; clearing may have put it there. */
static void wipe_scrollback(void)
{
	const char *e3 = tigetstr("E3");

	if (!e3 || e3 == (const char *)-1)
		return;
	tell(e3);
}

void term_forget(void)
{
	if (!term.screen)
		return;
	/* Both of the screens that curses remembers, and the real one. */
	clear();
	refresh();
	wipe_scrollback();
}

void term_stop(void)
{
	if (!term.screen)
		return;
	/* Names and amounts must not stay on a screen without a program. */
	erase();
	curs_set(1);
	refresh();
	tell(leave_pastes);
	if (chooses_tones())
		tell(usual_bell);
	wipe_scrollback();
	if (!isendwin())
		endwin();
	delscreen(term.screen);
	term.screen = NULL;
}

void term_blank(struct canvas *c)
{
	int rows;
	int cols;

	getmaxyx(stdscr, rows, cols);
	canvas_clear(c, rows, cols);
}

/* Looks a blank like any other in that style? */
static bool blank_shows(enum style style)
{
	return (term.attr[style] & (A_REVERSE | A_UNDERLINE)) != 0;
}

/* The style of the first letter from there on, or of the blank itself. */
static enum style beside(const struct canvas *c, int row, int col, int step)
{
	const enum style own = c->cell[row][col].style;

	for (int i = 1; i <= NARROW_GAP; i++) {
		const int at = col + i * step;

		if (at < 0 || at >= c->cols)
			break;
		if (c->cell[row][at].ch != ' ')
			return c->cell[row][at].style;
	}
	return own;
}

/*
 * A narrow gap is painted in the style of the letters around it, where nobody
 * sees it: to leave that style and come back takes some forty bytes a gap,
 * and big figures have sixty gaps. That is two thirds of such a screen.
 */
static enum style painted(const struct canvas *c, int row, int col)
{
	const struct cell *cell = &c->cell[row][col];
	const enum style left = beside(c, row, col, -1);

	if (cell->ch != ' ' || blank_shows(cell->style) || blank_shows(left) ||
		beside(c, row, col, 1) != left)
		return cell->style;
	return left;
}

static void show_cell(int row, int col, const struct cell *cell,
	enum style style)
{
	const wchar_t ch =
		term.plain ? (wchar_t)plain_char(cell->ch) : (wchar_t)cell->ch;
	const wchar_t text[2] = {ch, 0};
	cchar_t out;

	setcchar(&out, text, term.attr[style], term.pair[style], NULL);
	mvadd_wch(row, col, &out);
}

void term_show(const struct canvas *c)
{
	erase();
	for (int row = 0; row < c->rows; row++)
		for (int col = 0; col < c->cols; col++)
			if (c->cell[row][col].ch != 0)
				show_cell(row, col, &c->cell[row][col],
					painted(c, row, col));
	/* Hidden or not, it stands where a screen reader shall read. */
	curs_set(c->cursor_shown);
	move(c->cursor_row >= 0 ? c->cursor_row : 0,
		c->cursor_col >= 0 ? c->cursor_col : 0);
	refresh();
}

/* What the flows mean by a key of curses; TERM_NO_KEY: nothing. */
static int named_key(wint_t ch)
{
	static const struct {
		wint_t from;
		int to;
	} map[] = {
		{KEY_ENTER, K_ACCEPT},
		{KEY_BACKSPACE, K_ERASE},
		{KEY_DC, K_ERASE_WORD},
		{KEY_SDC, K_ERASE_WORD},
		{KEY_EXIT, K_BACK},
		{KEY_CANCEL, K_BACK},
		{KEY_UP, K_UP},
		{KEY_DOWN, K_DOWN},
		{KEY_PPAGE, K_PAGE_UP},
		{KEY_NPAGE, K_PAGE_DOWN},
		{KEY_F(10), '0'},
		/* The number block, when a terminal sends keys for it. */
		{KEY_A1, '7'},
		{KEY_A3, '9'},
		{KEY_B2, '5'},
		{KEY_C1, '1'},
		{KEY_C3, '3'},
		{KEY_RESIZE, TERM_RESIZED},
		{CODE_PASTE, WEDGE_PASTE},
		{CODE_PASTE_END, WEDGE_PASTE_END},
	};

	for (size_t i = 0; i < sizeof(map) / sizeof(map[0]); i++)
		if (map[i].from == ch)
			return map[i].to;
	if (ch >= KEY_F(1) && ch <= KEY_F(9))
		return '1' + (int)(ch - KEY_F(1));
	return TERM_NO_KEY;
}

static int plain_key(uint32_t ch)
{
	switch (ch) {
	case '\r':
	case '\n':
		return K_ACCEPT;
	case 0x1b:
		return K_BACK;
	case 0x7f:
	case '\b':
		return K_ERASE;
	case 'W' - '@': /* Ctrl-W */
		return K_ERASE_WORD;
	case '\t':
		return K_DOWN;
	case UTF8_BAD:
		return '?';
	default:
		/* Other control characters mean nothing here, C1 neither. */
		if (ch < 0x20 || (ch >= 0x80 && ch < 0xa0))
			return TERM_NO_KEY;
		return (int)ch;
	}
}

/*
 * Characters are put together here and not by get_wch(), which swallows all
 * that is typed after one byte that is no UTF-8.
 */
static int key_of_byte(char byte)
{
	const bool goes_on = ((unsigned char)byte & 0xc0) == 0x80;
	unsigned char lead_byte;
	size_t need;
	size_t used;
	uint32_t ch;

	if (term.typed_len > 0 && !goes_on)
		term.typed_len = 0; /* the one before was never finished */
	term.typed[term.typed_len++] = byte;
	lead_byte = (unsigned char)term.typed[0];
	if (term.typed_len == 1)
		need = lead_byte < 0xc2 || lead_byte > 0xf4 ? 1 : 2;
	else
		need = lead_byte < 0xe0 ? 2 : lead_byte < 0xf0 ? 3 : 4;
	if (term.typed_len < need)
		return TERM_NO_KEY;
	ch = utf8_decode(term.typed, term.typed_len, &used);
	term.typed_len = 0;
	return plain_key(ch);
}

int term_key(void)
{
	int key = TERM_NO_KEY;

	while (key == TERM_NO_KEY) {
		const int ch = getch();

		if (ch == ERR)
			return TERM_NO_KEY;
		key = ch > 0xff ? named_key((wint_t)ch) : key_of_byte((char)ch);
	}
	return key;
}

void term_drop_keys(void)
{
	flushinp();
	term.typed_len = 0;
}
