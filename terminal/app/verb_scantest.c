/*
 * verb_scantest.c - `chitra scan-test`: what a scanner sends, how it was
 * understood, and how it should be set.
 *
 * Listens to the scanners that the screen would take, and to the keyboard if
 * there is a terminal. Opens no book, stores nothing, looks nobody up.
 */
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/crypto.h"
#include "core/str.h"
#include "core/tr.h"
#include "core/utf8.h"
#include "terminal/app/json.h"
#include "terminal/app/plugged.h"
#include "terminal/app/scan.h"
#include "terminal/app/scanners.h"
#include "terminal/app/verb.h"
#include "terminal/flows/card_text.h"
#include "terminal/flows/scan_says.h"
#include "terminal/flows/wedge.h"

enum {
	SECONDS = 60,
	SECONDS_MAX = 3600,
	COUNT_MAX = 1000,
	MATCH_MS = 1000,
	KEYS = 256,
	TEXT_SIZE = 4 * IDCARD_MAX_BYTES + 8,
	OTHERS = 2
};

struct scantest_run {
	bool json;
	struct plugged *plugged;
	struct scanners *scanners;
	struct wedge wedge;
	bool keys; /* standard input is a terminal, raw for now */
	struct termios before;
	long long no_key_ms;
	long long match_ms;
	int64_t left; /* scans still wanted */
	cJSON *scans;
	struct event ev;
};

static volatile sig_atomic_t stopped;

static void on_signal(int number)
{
	(void)number;
	stopped = 1;
}

/* ---- what came ---- */

static cJSON *json_scan(const struct event *ev, const struct scan_says *says)
{
	const struct scanned *how = &ev->scan.how;
	static char text[TEXT_SIZE];
	cJSON *o = cJSON_CreateObject();
	cJSON *advice;

	cJSON_AddStringToObject(o, "by", scan_by_code(how->by));
	cJSON_AddStringToObject(o, "device", how->device);
	cJSON_AddStringToObject(o, "aim", how->aim);
	cJSON_AddStringToObject(o, "symbology", scan_symbology(how->aim));
	cJSON_AddStringToObject(o, "suffix", scan_end_code(how->end));
	json_int(o, "bytes", (int64_t)ev->scan.len);
	str_to_hex(ev->scan.bytes, ev->scan.len, text);
	cJSON_AddStringToObject(o, "hex", text);
	scan_safe_text(ev->scan.bytes, ev->scan.len, text, sizeof(text));
	cJSON_AddStringToObject(o, "text", text);
	crypto_wipe(text, sizeof(text));
	json_int(o, "ms", how->ms);
	json_int(o, "pieces", how->pieces);
	json_int(o, "longest_pause_ms", how->longest);
	cJSON_AddStringToObject(o, "kind",
		says->slip ? "z_slip" : idcard_kind_code(says->kind));
	cJSON_AddBoolToObject(o, "good", says->good || says->slip);
	if (says->note != CARD_NOTE_COUNT && !says->slip)
		cJSON_AddStringToObject(o, "note",
			idcard_note_code(says->note));
	cJSON_AddStringToObject(o, "marks", scan_marks_code(says->marks));
	advice = cJSON_AddArrayToObject(o, "advice");
	for (int i = 0; i < says->advices; i++)
		cJSON_AddItemToArray(advice,
			cJSON_CreateString(scan_advice_code(says->advice[i])));
	return o;
}

/* The terminal is raw while the keyboard is listened to. */
static void line(const struct scantest_run *r, const char *label,
	const char *value)
{
	printf("%s%s%s%s", label, *label ? ": " : "", value,
		r->keys ? "\r\n" : "\n");
}

static void say(const struct scantest_run *r, const struct scan_says *says)
{
	const struct scanned *how = &r->ev.scan.how;
	static char text[TEXT_SIZE];

	line(r, tr("Understood as"), scan_kind_text(says));
	snprintf(text, sizeof(text), "%s%s%s", scan_by_text(how->by),
		how->device[0] ? ", " : "", how->device);
	line(r, tr("Scanner"), text);
	snprintf(text, sizeof(text), "%s %s %s", scan_end_text(how->end),
		how->aim, scan_symbology(how->aim));
	line(r, tr("Ended by"), text);
	snprintf(text, sizeof(text), tr("%d ms, %d parts"), how->ms,
		how->pieces);
	line(r, tr("How long"), text);
	snprintf(text, sizeof(text), "%d ms", how->longest);
	line(r, tr("Longest pause"), text);
	snprintf(text, sizeof(text), "%zu", r->ev.scan.len);
	line(r, tr("Bytes"), text);
	scan_safe_text(r->ev.scan.bytes, r->ev.scan.len, text, sizeof(text));
	line(r, tr("Text"), text);
	str_to_hex(r->ev.scan.bytes,
		r->ev.scan.len < IDCARD_MAX_BYTES ? r->ev.scan.len
						  : IDCARD_MAX_BYTES,
		text);
	line(r, tr("Hex"), text);
	crypto_wipe(text, sizeof(text));
	if (says->note != CARD_NOTE_COUNT && !says->slip)
		line(r, "", card_note_text(says->note));
	line(r, "", scan_marks_text(says->marks));
	for (int i = 0; i < says->advices; i++)
		line(r, "", scan_advice_text(says->advice[i]));
	line(r, "", "");
	fflush(stdout);
}

static void take(struct scantest_run *r)
{
	struct scan_says says;

	if (r->left == 0)
		return;
	r->left--;
	scan_says(&says, r->ev.scan.bytes, r->ev.scan.len, &r->ev.scan.how);
	if (r->json)
		cJSON_AddItemToArray(r->scans, json_scan(&r->ev, &says));
	else
		say(r, &says);
}

/* ---- where it comes from ---- */

static int key_of(const char *at, size_t len, size_t *used)
{
	const uint32_t ch = utf8_decode(at, len, used);

	switch (ch) {
	case '\r':
	case '\n':
		return K_ACCEPT;
	case '\t':
		return K_DOWN;
	case 0x1b:
		return K_BACK;
	case UTF8_BAD:
		return '?';
	default:
		return (int)ch;
	}
}

/*
 * A letter may be cut between two reads of a raw terminal only if a scanner
 * sends one byte at a time, and then each is a key: '?'.
 */
static void read_keys(struct scantest_run *r)
{
	char bytes[KEYS];
	int keys[KEYS];
	const long long now = clock_ms();
	const ssize_t n = read(STDIN_FILENO, bytes, sizeof(bytes));
	int count = 0;
	size_t used;

	for (size_t at = 0; n > 0 && at < (size_t)n; at += used)
		keys[count++] = key_of(bytes + at, (size_t)n - at, &used);
	if (count > 0)
		wedge_read(&r->wedge, keys, count, r->no_key_ms, now);
	r->no_key_ms = now;
	crypto_wipe(bytes, sizeof(bytes));
}

static void take_keys(struct scantest_run *r, bool ready)
{
	if (!r->keys)
		return;
	if (ready)
		read_keys(r);
	else
		r->no_key_ms = clock_ms();
	while (wedge_take(&r->wedge, r->no_key_ms, &r->ev))
		if (r->ev.kind == EV_SCAN)
			take(r);
}

static void match(struct scantest_run *r)
{
	struct device d;
	const long long now = clock_ms();
	bool changed = now >= r->match_ms;

	while (plugged_read(r->plugged, &d) != DEVICE_NO_CHANGE)
		changed = true;
	if (!changed)
		return;
	scanners_match(r->scanners, plugged_list(r->plugged), now);
	r->match_ms = now + MATCH_MS;
}

static long long sooner(long long a, long long due)
{
	return due >= 0 && due < a ? due : a;
}

static void wait_once(struct scantest_run *r, long long until)
{
	struct pollfd in[OTHERS + SCANNERS_MAX] = {
		{.fd = r->keys ? STDIN_FILENO : -1, .events = POLLIN},
		{.fd = plugged_fd(r->plugged), .events = POLLIN},
	};
	const nfds_t n = (nfds_t)scanners_poll(r->scanners, in + OTHERS);
	const long long now = clock_ms();
	long long due = sooner(until, r->match_ms);

	due = sooner(due, scanners_due(r->scanners));
	due = sooner(due, wedge_due(&r->wedge));
	poll(in, OTHERS + n, due > now ? (int)(due - now) : 0);
	take_keys(r, (in[0].revents & POLLIN) != 0);
	if (in[0].revents & (POLLHUP | POLLERR | POLLNVAL))
		stopped = 1;
	while (scanners_take(r->scanners, clock_ms(), &r->ev))
		take(r);
	match(r);
}

/* Interrupting still works; everything else is a key. */
static void listen_to_keys(struct scantest_run *r)
{
	struct termios raw;

	r->keys = isatty(STDIN_FILENO) &&
		  tcgetattr(STDIN_FILENO, &r->before) == 0;
	if (!r->keys)
		return;
	raw = r->before;
	cfmakeraw(&raw);
	raw.c_lflag |= ISIG;
	tcsetattr(STDIN_FILENO, TCSANOW, &raw);
}

static void run(struct scantest_run *r, int64_t seconds)
{
	const struct sigaction sa = {.sa_handler = on_signal};
	const long long until = clock_ms() + seconds * 1000;

	sigaction(SIGINT, &sa, NULL);
	sigaction(SIGTERM, &sa, NULL);
	sigaction(SIGHUP, &sa, NULL);
	wedge_init(&r->wedge);
	r->no_key_ms = clock_ms();
	match(r);
	fprintf(stderr, "%s\n", tr("Scan now. Ctrl-C ends."));
	listen_to_keys(r);
	while (!stopped && r->left > 0 && clock_ms() < until)
		wait_once(r, until);
	if (r->keys)
		tcsetattr(STDIN_FILENO, TCSANOW, &r->before);
	crypto_wipe(&r->wedge, sizeof(r->wedge));
	crypto_wipe(&r->ev, sizeof(r->ev));
}

/* Open what is needed; false: *err. */
static bool open_run(struct scantest_run *r, const struct config *config,
	struct err *err)
{
	r->plugged = plugged_open(err);
	if (!r->plugged)
		return false;
	r->scanners = scanners_new(config, "", err);
	return r->scanners != NULL;
}

static void close_run(struct scantest_run *r)
{
	scanners_free(r->scanners);
	plugged_close(r->plugged);
}

static enum exit_status hear(const struct options *o, struct config *config,
	int64_t count, int64_t seconds)
{
	static struct scantest_run r;
	struct err err = {0};
	cJSON *reply;
	bool heard;

	r.json = o->json;
	r.left = count;
	if (!open_run(&r, config, &err)) {
		close_run(&r);
		return verb_err(o, &err);
	}
	reply = json_ok();
	r.scans = cJSON_AddArrayToObject(reply, "scans");
	run(&r, seconds);
	close_run(&r);
	heard = r.left < count;
	if (!heard) {
		fprintf(stderr, "%s\n",
			tr("Nothing was scanned. Is the scanner plugged in? "
			   "`chitra devices` shows what is there."));
		cJSON_ReplaceItemInObject(reply, "ok", cJSON_CreateFalse());
		cJSON_AddStringToObject(reply, "code", "nothing_scanned");
	}
	return verb_reply(o, reply, heard ? EXIT_DONE : EXIT_REFUSED);
}

enum exit_status verb_scantest(int argc, char **argv)
{
	static struct config config;
	int64_t count = 1;
	int64_t seconds = SECONDS;
	const char *port = NULL;
	const struct option_spec own[] = {{"--count", OPTION_INT, &count},
		{"--seconds", OPTION_INT, &seconds},
		{"--port", OPTION_TEXT, &port}};
	char dir[OPTIONS_DIR_SIZE];
	enum exit_status status;
	struct err err = {0};
	struct options o;

	if (!verb_options(&o, "scan-test", argc, argv, own,
		    sizeof(own) / sizeof(own[0])))
		return EXIT_USAGE;
	if (o.words != 0 || count < 1 || count > COUNT_MAX || seconds < 1 ||
		seconds > SECONDS_MAX)
		return verb_usage("scan-test");
	if (!options_dir(&o, "", dir, sizeof(dir), &err))
		return verb_err(&o, &err);
	if (!verb_config(&o, dir, &config, &status))
		return status;
	if (port) {
		config.scanner.use.count = 1;
		str_copy(config.scanner.use.at[0],
			sizeof(config.scanner.use.at[0]), port);
	}
	return hear(&o, &config, count, seconds);
}
