#include "terminal/app/help.h"

#include <string.h>

#include "core/tr.h"
#include "core/utf8.h"
#include "terminal/app/verb.h"

enum {
	COLUMNS = 80,
	NAMES = 12,   /* columns of the longest verb and a space */
	HANG = 8,     /* what a line is moved in that goes on */
	TOGETHER = 48 /* bytes of a bracket that is not broken */
};

struct row {
	const char *name; /* NULL: the head of a group */
	const char *says;
};

static const struct row rows[] = {
	{NULL, TR("Work at the counter")},
	{"shift",
		TR("open a shift, add and take out cash, count, close, slips")},
	{"find", TR("find a person on the lists")},
	{"card", TR("read the code of an ID card")},
	{"pay", TR("pay one person, with receipt")},
	{"recover", TR("settle a payment that was cut short")},
	{"void", TR("void a payment with a second person")},
	{"receipt", TR("a receipt again, marked as a copy")},
	{"complaint", TR("take down a complaint about a receipt")},
	{"account", TR("take down, confirm or show a person's account")},
	{"consent", TR("consents: text, give, refuse, withdraw, requests")},
	{"approve", TR("answer an approval asked for by QR")},
	{"carry", TR("paid marks to the other terminals of the office, by QR")},
	{"handover", TR("hand a person over to another terminal, by QR")},
	{NULL, TR("Work at the door")},
	{"visit", TR("visit lists, the day's plan, what a visit came to")},
	{"questions", TR("what visits ask")},
	{NULL, TR("For the supervisor")},
	{"import",
		TR("lists, changes, answers of banks, people and units")},
	{"lists", TR("the lists that are here; split one between terminals")},
	{"report", TR("forms A and B, papers, exceptions, the dashboard")},
	{"sample", TR("draw receipts to call back, note what was said")},
	{"export", TR("the day's log, the journal, files for banks")},
	{"user", TR("who works here: add, unlock, renew, revoke, PIN")},
	{"limit", TR("limits of payments and the hours of the counter")},
	{"clock", TR("the clock: look at it, confirm it")},
	{"erase", TR("erase what is kept of a person when law allows")},
	{NULL, TR("With the centre")},
	{"centre", TR("join the centre, show how things stand with it")},
	{"upload", TR("send what the centre has not acknowledged")},
	{"down", TR("fetch lists and notices of the centre, take them")},
	{NULL, TR("Setting up and keeping safe")},
	{"init", TR("make the book of a new terminal")},
	{"seal-key", TR("lock the book's key to this machine")},
	{"office-key",
		TR("the key by which terminals of an office know each other")},
	{"backup", TR("copy the whole book into a file")},
	{"restore", TR("look at a copy, make a book of it")},
	{"evidence", TR("compare the book with a paper or file from outside")},
	{"moved", TR("the book is on another machine: look, confirm")},
	{"lost", TR("records that are missing at the end of the book")},
	{"retire", TR("this terminal is never to pay again")},
	{NULL, TR("Devices")},
	{"devices", TR("printers, scanners and cameras that are plugged in")},
	{"selftest", TR("is everything there that a payment needs?")},
	{"print-test", TR("a page that shows what the printer can do")},
	{"scan-test", TR("see what a scanner sends")},
	{"decode", TR("read the codes on a picture or before the camera")},
	{NULL, TR("To try out")},
	{"demo", TR("a made-up point with people, to practise with")},
	{"words", TR("an amount in words")},
	{"compare", TR("are two names the same?")},
	{"telex", TR("what Telex keys type")},
	{"vni", TR("what VNI keys type")},
	{"unit", TR("find a commune by its address, code or name")},
};

static const char *const screen_options[] = {
	"[--data DIR]",
	"[--lang vi|en]",
	"[--printer P]",
	"[--width 58|80]",
	"[--theme mono|8|256|contrast]",
	"[--ascii]",
	"[--slow-line]",
	"[--lines]",
	"[--quiet]",
	"[--lock-after SECONDS]",
	"[--demo | --training]",
	"[--tour]",
	"[--cards DIR]",
	"[--record FILE]",
	"[--replay FILE [--speed N|max]]",
};

/* Of all verbs: what is written, and what it means. */
static const struct row common[] = {
	{"--data DIR", TR("the folder of the book and its settings")},
	{"--as N", TR("who works; the PIN in CHITRA_PIN or from --pin-fd N")},
	{"--json", TR("one JSON value as the answer")},
	{"--lang vi|en", TR("the language")},
	{"--printer P", TR("none, file:DIR, tcp:HOST[:PORT] or usb")},
	{"--progress", TR("say each second how far long work is")},
};

/* A line being written: words go onto it, or onto the next one. */
struct line {
	FILE *out;
	int column;
	int hang;
};

static void line_word(struct line *line, const char *word, size_t len)
{
	char copy[256];
	int columns;

	snprintf(copy, sizeof(copy), "%.*s", (int)len, word);
	columns = utf8_columns(copy);
	if (line->column + 1 + columns > COLUMNS) {
		fprintf(line->out, "\n%*s", line->hang, "");
		line->column = line->hang;
	} else if (line->column > 0) {
		fputc(' ', line->out);
		line->column++;
	}
	fputs(copy, line->out);
	line->column += columns;
}

/* The bytes of a bracket that is closed and short, or 0. */
static size_t bracket_len(const char *text, size_t len)
{
	int depth = 0;

	for (size_t i = 0; i < len && i < TOGETHER; i++) {
		depth += text[i] == '[' || text[i] == '(';
		depth -= text[i] == ']' || text[i] == ')';
		if (depth == 0)
			return i + 1;
	}
	return 0;
}

/* What stays on one line: a short bracket, an option with its value, a word. */
static size_t unit_len(const char *text, size_t len)
{
	size_t n = 0;

	if (*text == '[' || *text == '(')
		n = bracket_len(text, len);
	n += strcspn(text + n, " ");
	if (strncmp(text, "--", 2) == 0 && n + 1 < len &&
		!strchr("-[(|", text[n + 1]))
		n += 1 + strcspn(text + n + 1, " ");
	return n < len ? n : len;
}

static void line_words(struct line *line, const char *text, size_t len)
{
	while (len > 0) {
		size_t n = unit_len(text, len);

		if (n > 0)
			line_word(line, text, n);
		n += n < len;
		text += n;
		len -= n;
	}
}

static void line_end(struct line *line)
{
	fputc('\n', line->out);
	line->column = 0;
}

/* The bytes up to a " | " that stands in no bracket, or all. */
static size_t form_len(const char *usage)
{
	int depth = 0;
	size_t i;

	for (i = 0; usage[i] != '\0'; i++) {
		depth += usage[i] == '[' || usage[i] == '(';
		depth -= usage[i] == ']' || usage[i] == ')';
		if (depth == 0 && strncmp(usage + i, " | ", 3) == 0)
			break;
	}
	return i;
}

void help_forms(FILE *out, const char *name, const char *usage)
{
	struct line line = {.out = out, .hang = HANG};

	for (;;) {
		size_t len = form_len(usage);

		line_words(&line, "chitra", strlen("chitra"));
		line_words(&line, name, strlen(name));
		line_words(&line, usage, len);
		line_end(&line);
		if (usage[len] == '\0')
			return;
		usage += len + strlen(" | ");
	}
}

/* A name, and what it means, in columns of their own. */
static void entry(FILE *out, int names, const char *name, const char *says)
{
	struct line line = {.out = out, .hang = 2 + names};

	line.column = fprintf(out, "  %-*s", names - 1, name);
	line_words(&line, says, strlen(says));
	line_end(&line);
}

static void ends(FILE *out)
{
	fprintf(out, "\n%s\n",
		tr("Exit status: 0 done, 1 refused, 2 asked wrongly, 3 could "
		   "not."));
}

void help_all(FILE *out)
{
	struct line line = {.out = out, .hang = (int)strlen("chitra ")};

	fprintf(out, "%s\n\n",
		tr("chitra - pays social money in cash, once, with a "
		   "receipt."));
	fprintf(out, "%s\n", tr("The screen to work at"));
	line_words(&line, "chitra", strlen("chitra"));
	for (size_t i = 0; i < sizeof(screen_options) / sizeof(char *); i++)
		line_words(&line, screen_options[i], strlen(screen_options[i]));
	line_end(&line);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].name)
			entry(out, NAMES, rows[i].name, tr(rows[i].says));
		else
			fprintf(out, "\n%s\n", tr(rows[i].says));
	fprintf(out, "\n%s\n", tr("chitra VERB --help says more of each."));
	ends(out);
}

const char *help_says(const char *name)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].name && strcmp(rows[i].name, name) == 0)
			return rows[i].says;
	return NULL;
}

bool help_verb(FILE *out, const char *name)
{
	const struct verb *verb = NULL;
	const char *says = help_says(name);

	for (int i = 0; i < verbs_count; i++)
		if (strcmp(verbs[i].name, name) == 0)
			verb = &verbs[i];
	if (!verb || !says)
		return false;
	fprintf(out, "chitra %s: %s\n\n", name, tr(says));
	help_forms(out, name, verb->usage);
	fprintf(out, "\n%s\n", tr("Of all verbs:"));
	for (size_t i = 0; i < sizeof(common) / sizeof(common[0]); i++)
		entry(out, NAMES + 4, common[i].name, tr(common[i].says));
	ends(out);
	return true;
}
