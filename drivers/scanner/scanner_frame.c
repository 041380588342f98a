#include "drivers/scanner/scanner_frame.h"

#include <string.h>

#include "core/crypto.h"
#include "core/str.h"

enum {
	SUFFIX_SILENCE_MS = 20, /* after a line end, with SUFFIX_AUTO */
	PIECE_SILENCE_MS = 500  /* the device said that more is coming */
};

void scanner_frame_init(struct scanner_frame *f,
	const struct scanner_settings *settings)
{
	memset(f, 0, sizeof(*f));
	f->settings = *settings;
	if (f->settings.silence_ms <= 0)
		f->settings.silence_ms = SCANNER_SILENCE_MS;
}

static void forget(struct scanner_frame *f)
{
	const struct scanner_settings settings = f->settings;
	const bool skipping = f->skipping;
	const long long last_ms = f->last_ms;

	crypto_wipe(f, sizeof(*f));
	f->settings = settings;
	f->skipping = skipping;
	f->last_ms = last_ms;
}

/* ---- where it ends ---- */

static bool is_mark(uint8_t byte)
{
	return byte == '\r' || byte == '\n' || byte == '\t';
}

/* Does the last byte end it? */
static bool has_suffix(const struct scanner_frame *f)
{
	const uint8_t last = f->bytes[f->len - 1];

	switch (f->settings.suffix) {
	case SCANNER_SUFFIX_CR:
		return last == '\r';
	case SCANNER_SUFFIX_LF:
		return last == '\n';
	case SCANNER_SUFFIX_CRLF:
		return last == '\n' && f->len > 1 &&
		       f->bytes[f->len - 2] == '\r';
	case SCANNER_SUFFIX_TAB:
		return last == '\t';
	case SCANNER_SUFFIX_AUTO:
	case SCANNER_SUFFIX_NONE:
		break;
	}
	return false;
}

static long long silence_of(const struct scanner_frame *f)
{
	if (f->skipping)
		return f->settings.silence_ms;
	if (f->by_device)
		return PIECE_SILENCE_MS;
	if (f->settings.suffix == SCANNER_SUFFIX_AUTO && f->len > 0 &&
		is_mark(f->bytes[f->len - 1]))
		return SUFFIX_SILENCE_MS;
	return f->settings.silence_ms;
}

long long scanner_frame_due(const struct scanner_frame *f)
{
	return f->pending || f->skipping ? f->last_ms + silence_of(f) : -1;
}

/* ---- bytes in ---- */

static void count_piece(struct scanner_frame *f, long long now_ms)
{
	if (!f->pending)
		f->first_ms = now_ms;
	else if (now_ms - f->last_ms > f->longest)
		f->longest = (int)(now_ms - f->last_ms);
	f->pending = true;
	f->last_ms = now_ms;
	f->pieces++;
}

/* The end of the code before: CR was set, CR and LF come. */
static size_t leading(const uint8_t *bytes, size_t len)
{
	size_t n = 0;

	while (n < len && (bytes[n] == '\r' || bytes[n] == '\n'))
		n++;
	return n;
}

size_t scanner_frame_add(struct scanner_frame *f, const uint8_t *bytes,
	size_t len, long long now_ms)
{
	size_t n = 0;

	if (f->ended)
		return 0;
	/* The rest of what is too long goes by until it is quiet. */
	if (f->skipping) {
		f->last_ms = now_ms;
		return len;
	}
	if (!f->pending)
		n = leading(bytes, len);
	if (n == len)
		return len;
	count_piece(f, now_ms);
	while (n < len && !f->ended) {
		f->bytes[f->len++] = bytes[n++];
		f->skipping = f->len == sizeof(f->bytes);
		f->ended = f->skipping || has_suffix(f);
	}
	return n;
}

void scanner_frame_end(struct scanner_frame *f, bool broken, long long now_ms)
{
	if (f->ended || (!f->pending && !broken))
		return;
	if (!f->pending)
		count_piece(f, now_ms);
	f->by_device = true;
	f->broken = f->broken || broken;
	f->ended = true;
}

void scanner_frame_aim(struct scanner_frame *f, const char *aim)
{
	f->by_device = true;
	if (!f->aim[0])
		str_copy(f->aim, sizeof(f->aim), aim);
}

/* ---- a code out ---- */

/* What it ends with, cut off. */
static enum scanned_end cut_end(struct scanner_code *c,
	enum scanner_suffix suffix)
{
	const uint8_t last = c->len > 0 ? c->bytes[c->len - 1] : 0;

	if (suffix == SCANNER_SUFFIX_NONE || !is_mark(last))
		return SCANNED_END_NONE;
	c->len--;
	if (last == '\t')
		return SCANNED_END_TAB;
	if (last == '\r')
		return SCANNED_END_CR;
	if (c->len == 0 || c->bytes[c->len - 1] != '\r')
		return SCANNED_END_LF;
	c->len--;
	return SCANNED_END_CRLF;
}

static void cut_front(struct scanner_code *c, size_t len)
{
	memmove(c->bytes, c->bytes + len, c->len - len);
	c->len -= len;
}

static bool cut_prefix(struct scanner_code *c, const char *prefix)
{
	const size_t len = strlen(prefix);

	if (len == 0 || c->len < len || memcmp(c->bytes, prefix, len) != 0)
		return false;
	cut_front(c, len);
	return true;
}

/* ISO/IEC 15424: ']', a letter, and a digit or letter. */
static bool is_aim(const uint8_t *at)
{
	return at[0] == ']' &&
	       ((at[1] >= 'A' && at[1] <= 'Z') ||
		       (at[1] >= 'a' && at[1] <= 'z')) &&
	       ((at[2] >= '0' && at[2] <= '9') ||
		       (at[2] >= 'A' && at[2] <= 'Z') ||
		       (at[2] >= 'a' && at[2] <= 'z'));
}

static void cut_aim(struct scanner_code *c)
{
	if (c->len < 3 || !is_aim(c->bytes))
		return;
	memcpy(c->how.aim, c->bytes, 3);
	c->how.aim[3] = '\0';
	cut_front(c, 3);
}

/* Everything but the bytes of the code; false if nothing else was there. */
static bool fill(const struct scanner_frame *f, struct scanner_code *out)
{
	memset(out, 0, sizeof(*out));
	out->how.ms = (int)(f->last_ms - f->first_ms);
	out->how.pieces = f->pieces;
	out->how.longest = f->longest;
	str_copy(out->how.aim, sizeof(out->how.aim), f->aim);
	if (f->broken)
		return true;
	memcpy(out->bytes, f->bytes, f->len);
	out->len = f->len;
	if (out->len > SCANNER_MAX_BYTES)
		return true;
	out->how.end = cut_end(out, f->settings.suffix);
	if (f->by_device)
		out->how.end = SCANNED_END_REPORT;
	/* Scanners put them in either order. */
	if (!cut_prefix(out, f->settings.prefix)) {
		cut_aim(out);
		cut_prefix(out, f->settings.prefix);
	} else {
		cut_aim(out);
	}
	return out->len > 0;
}

void scanner_frame_quiet(struct scanner_frame *f, long long now_ms)
{
	if (f->skipping && now_ms - f->last_ms >= f->settings.silence_ms)
		f->skipping = false;
	if (f->ended || !f->pending || now_ms < scanner_frame_due(f))
		return;
	/* The next report never came: half a card is worse than none. */
	f->broken = f->broken || f->by_device;
	f->ended = true;
}

bool scanner_frame_take(struct scanner_frame *f, struct scanner_code *out)
{
	bool got;

	if (!f->ended)
		return false;
	got = fill(f, out);
	forget(f);
	return got;
}
