#include "terminal/app/scanners.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/crypto.h"
#include "core/log.h"
#include "core/str.h"
#include "drivers/scanner/scanner_hid.h"
#include "drivers/scanner/scanner_serial.h"

enum {
	RETRY_MS = 2000,
	BROKEN_RETRY_MS = 60000, /* it sends nonsense, or is no tty */
	DESCRIPTOR_SIZE = DEVICE_SYSPATH_SIZE + 32
};

/* A port that is wanted, open or not. */
struct slot {
	char node[CONFIG_TEXT_SIZE]; /* "": free */
	char descriptor[DESCRIPTOR_SIZE];
	bool hid;
	bool wanted;
	struct scanner *scanner; /* NULL: not open */
	long long retry_ms;
	enum err_code said; /* in the log already */
};

struct scanners {
	const struct config *config;
	char not_this[CONFIG_TEXT_SIZE];
	struct scanner_settings settings;
	struct slot slot[SCANNERS_MAX];
	int turn; /* whose scan is taken next */
	struct scanner_code code;
};

struct scanners *scanners_new(const struct config *config, const char *not_this,
	struct err *err)
{
	/* The words of chitra.ini are in the same order. */
	static const enum scanner_suffix suffix[] = {
		[CONFIG_SUFFIX_AUTO] = SCANNER_SUFFIX_AUTO,
		[CONFIG_SUFFIX_CR] = SCANNER_SUFFIX_CR,
		[CONFIG_SUFFIX_LF] = SCANNER_SUFFIX_LF,
		[CONFIG_SUFFIX_CRLF] = SCANNER_SUFFIX_CRLF,
		[CONFIG_SUFFIX_TAB] = SCANNER_SUFFIX_TAB,
		[CONFIG_SUFFIX_NONE] = SCANNER_SUFFIX_NONE,
	};
	static const enum scanner_parity parity[] = {
		[CONFIG_PARITY_NONE] = SCANNER_PARITY_NONE,
		[CONFIG_PARITY_EVEN] = SCANNER_PARITY_EVEN,
		[CONFIG_PARITY_ODD] = SCANNER_PARITY_ODD,
	};
	struct scanners *s = calloc(1, sizeof(*s));

	if (!s) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory for scanners");
		return NULL;
	}
	s->config = config;
	str_copy(s->not_this, sizeof(s->not_this), not_this);
	if (!config)
		return s;
	s->settings.speed = (int)config->scanner.speed;
	s->settings.parity = parity[config->scanner.parity];
	s->settings.suffix = suffix[config->scanner.suffix];
	str_copy(s->settings.prefix, sizeof(s->settings.prefix),
		config->scanner.prefix);
	return s;
}

static void close_slot(struct slot *t)
{
	if (t->scanner)
		log_line("scanner", "closed: %s", t->node);
	scanner_close(t->scanner);
	t->scanner = NULL;
}

void scanners_free(struct scanners *s)
{
	if (!s)
		return;
	for (int i = 0; i < SCANNERS_MAX; i++)
		close_slot(&s->slot[i]);
	crypto_wipe(s, sizeof(*s));
	free(s);
}

/* ---- which are wanted ---- */

static struct slot *slot_of(struct scanners *s, const char *node)
{
	struct slot *free_one = NULL;

	for (int i = 0; i < SCANNERS_MAX; i++) {
		if (strcmp(s->slot[i].node, node) == 0)
			return &s->slot[i];
		if (!s->slot[i].node[0] && !free_one)
			free_one = &s->slot[i];
	}
	if (free_one)
		str_copy(free_one->node, sizeof(free_one->node), node);
	return free_one;
}

static void want(struct scanners *s, const char *node, const struct device *d)
{
	struct slot *t;

	if (!node[0] || strcmp(node, s->not_this) == 0 ||
		(d && strcmp(d->node, s->not_this) == 0))
		return;
	t = slot_of(s, node);
	if (!t)
		return;
	t->wanted = true;
	t->hid =
		d ? d->class == DEVICE_HIDRAW : str_starts(node, "/dev/hidraw");
	if (d && t->hid)
		snprintf(t->descriptor, sizeof(t->descriptor),
			"%s/device/report_descriptor", d->syspath);
}

/* What may hang on a ttyUSB or ttyS only the settings can know. */
static bool is_scanner(const struct device *d)
{
	return (d->class == DEVICE_SERIAL &&
		       strcmp(d->driver, "cdc_acm") == 0) ||
	       (d->class == DEVICE_HIDRAW && d->hid == DEVICE_HID_SCANNER);
}

static void want_all(struct scanners *s, const struct device_list *list)
{
	const struct config_list *use =
		s->config ? &s->config->scanner.use : NULL;

	for (int i = 0; use && i < use->count; i++)
		want(s, use->at[i], devices_by_node(list, use->at[i]));
	if (use && use->count > 0)
		return;
	for (int i = 0; i < list->count; i++)
		if (is_scanner(&list->at[i]))
			want(s, list->at[i].node, &list->at[i]);
}

/* ---- opening ---- */

/* Once, however often it is tried. */
static void say_once(struct slot *t, const struct err *err)
{
	if (t->said != err->code)
		log_err("scanner", err);
	t->said = err->code;
}

static long long again_ms(enum err_code code)
{
	return code == ERR_IO || code == ERR_INVALID ? BROKEN_RETRY_MS
						     : RETRY_MS;
}

static void open_slot(const struct scanners *s, struct slot *t,
	long long now_ms)
{
	struct err err = {.code = ERR_NONE};

	if (t->scanner || now_ms < t->retry_ms)
		return;
	t->scanner = t->hid ? scanner_hid_open(t->node, t->descriptor,
				      &s->settings, &err)
			    : scanner_serial_open(t->node, &s->settings, &err);
	if (t->scanner) {
		log_line("scanner", "open: %s", t->node);
		t->said = ERR_NONE;
		return;
	}
	t->retry_ms = now_ms + again_ms(err.code);
	say_once(t, &err);
}

void scanners_match(struct scanners *s, const struct device_list *list,
	long long now_ms)
{
	for (int i = 0; i < SCANNERS_MAX; i++)
		s->slot[i].wanted = false;
	want_all(s, list);
	for (int i = 0; i < SCANNERS_MAX; i++) {
		struct slot *t = &s->slot[i];

		if (t->node[0] && !t->wanted) {
			close_slot(t);
			memset(t, 0, sizeof(*t));
		} else if (t->wanted) {
			open_slot(s, t, now_ms);
		}
	}
}

/* ---- reading ---- */

int scanners_poll(const struct scanners *s, struct pollfd *out)
{
	int n = 0;

	for (int i = 0; i < SCANNERS_MAX; i++)
		if (s->slot[i].scanner)
			out[n++] = (struct pollfd){
				.fd = scanner_fd(s->slot[i].scanner),
				.events = POLLIN};
	return n;
}

long long scanners_due(const struct scanners *s)
{
	long long soonest = -1;

	for (int i = 0; i < SCANNERS_MAX; i++) {
		const struct scanner *one = s->slot[i].scanner;
		const long long due = one ? scanner_due(one) : -1;

		if (due >= 0 && (soonest < 0 || due < soonest))
			soonest = due;
	}
	return soonest;
}

static void fill_event(struct scanners *s, long long now_ms, struct event *ev)
{
	memset(ev, 0, sizeof(*ev));
	ev->kind = EV_SCAN;
	ev->at_ms = now_ms;
	ev->scan.how = s->code.how;
	ev->scan.len = s->code.len;
	memcpy(ev->scan.bytes, s->code.bytes, s->code.len);
	crypto_wipe(&s->code, sizeof(s->code));
}

bool scanners_take(struct scanners *s, long long now_ms, struct event *ev)
{
	for (int n = 0; n < SCANNERS_MAX; n++) {
		struct slot *t = &s->slot[s->turn];
		struct err err = {.code = ERR_NONE};

		s->turn = (s->turn + 1) % SCANNERS_MAX;
		if (!t->scanner)
			continue;
		switch (scanner_take(t->scanner, now_ms, &s->code, &err)) {
		case LOOKUP_FOUND:
			fill_event(s, now_ms, ev);
			return true;
		case LOOKUP_FAILED:
			log_err("scanner", &err);
			close_slot(t);
			t->said = err.code;
			t->retry_ms = now_ms + again_ms(err.code);
			break;
		case LOOKUP_ABSENT:
			break;
		}
	}
	return false;
}

bool scanners_are_away(const struct scanners *s)
{
	/* Of others it is not known that they should be there. */
	if (!s->config || s->config->scanner.use.count == 0)
		return false;
	for (int i = 0; i < SCANNERS_MAX; i++)
		if (s->slot[i].wanted && !s->slot[i].scanner)
			return true;
	return false;
}

int scanners_open_count(const struct scanners *s)
{
	int n = 0;

	for (int i = 0; i < SCANNERS_MAX; i++)
		n += s->slot[i].scanner != NULL;
	return n;
}
