#include "drivers/scanner/scanner.h"

#include <string.h>

#include "core/str.h"
#include "drivers/scanner/scanner_driver.h"

enum {
	READS_AT_ONCE = 64,   /* then the keys have their turn */
	ENDLESS = 256 * 1024, /* bytes without a code */
	/* A card that is left under the beam may be read 20 times a second. */
	CODES_MOST = 512,
	CODES_MS = 8000,
	IN_A_ROW = 128 /* codes, and always another one waiting */
};

void scanner_init(struct scanner *s, const struct scanner_ops *ops, int fd,
	const char *node, const struct scanner_settings *settings)
{
	const char *slash = strrchr(node, '/');

	memset(s, 0, sizeof(*s));
	s->ops = ops;
	s->fd = fd;
	s->last_ms = -1;
	str_copy(s->device, sizeof(s->device), slash ? slash + 1 : node);
	if (settings)
		s->settings = *settings;
	if (s->settings.blank_ms == 0)
		s->settings.blank_ms = SCANNER_BLANK_MS;
	scanner_frame_init(&s->frame, &s->settings);
}

int scanner_fd(const struct scanner *s)
{
	return s->fd;
}

const char *scanner_device(const struct scanner *s)
{
	return s->device;
}

long long scanner_due(const struct scanner *s)
{
	return scanner_frame_due(&s->frame);
}

void scanner_close(struct scanner *s)
{
	if (!s)
		return;
	crypto_wipe(&s->frame, sizeof(s->frame));
	crypto_wipe(&s->piece, sizeof(s->piece));
	s->ops->close(s);
}

/* A code lies still under the beam, or the trigger was pulled twice. */
static bool is_double(struct scanner *s, const struct scanner_code *c,
	long long now_ms)
{
	uint8_t hash[CRYPTO_HASH_SIZE];
	const bool soon =
		s->last_ms >= 0 && now_ms - s->last_ms < s->settings.blank_ms;
	bool same;

	crypto_sha256(c->bytes, c->len, hash);
	same = memcmp(hash, s->last, sizeof(hash)) == 0;
	memcpy(s->last, hash, sizeof(hash));
	s->last_ms = now_ms;
	return same && soon;
}

static void count_code(struct scanner *s, long long now_ms)
{
	if (now_ms - s->counted_ms >= CODES_MS) {
		s->counted_ms = now_ms;
		s->codes = 0;
	}
	s->codes++;
	s->in_a_row++;
}

/* What was read goes into the frame, up to the end of a code. */
static void use_piece(struct scanner *s, long long now_ms)
{
	const struct scanner_piece *p = &s->piece;

	s->used += scanner_frame_add(&s->frame, p->bytes + s->used,
		p->len - s->used, now_ms);
	if (s->used < p->len)
		return;
	s->fresh = false;
	if (!p->framed)
		return;
	scanner_frame_aim(&s->frame, p->aim);
	if (p->broken || !p->more)
		scanner_frame_end(&s->frame, p->broken, now_ms);
}

/* A whole code out of what was read until now. */
static bool take_code(struct scanner *s, long long now_ms,
	struct scanner_code *out)
{
	do {
		if (s->fresh)
			use_piece(s, now_ms);
		while (scanner_frame_take(&s->frame, out)) {
			s->endless = 0;
			count_code(s, now_ms);
			out->how.by = s->ops->by;
			str_copy(out->how.device, sizeof(out->how.device),
				s->device);
			if (out->len == 0 || !is_double(s, out, now_ms))
				return true;
		}
	} while (s->fresh);
	return false;
}

static enum lookup read_piece(struct scanner *s, struct err *err)
{
	enum lookup found;

	crypto_wipe(&s->piece, sizeof(s->piece));
	found = s->ops->read(s, &s->piece, err);
	if (found == LOOKUP_FAILED)
		err_wrap(err, "%s scanner %s", s->ops->name, s->device);
	s->fresh = found == LOOKUP_FOUND;
	s->used = 0;
	s->endless += s->piece.len;
	if (s->endless <= ENDLESS)
		return found;
	err_set(err, ERR_IO, 0, "scanner %s sends without end", s->device);
	return LOOKUP_FAILED;
}

/* The screen would do nothing else. */
static bool sends_too_many(const struct scanner *s, struct err *err)
{
	if (s->codes <= CODES_MOST && s->in_a_row <= IN_A_ROW)
		return false;
	err_set(err, ERR_IO, 0, "scanner %s sends codes without end",
		s->device);
	return true;
}

enum lookup scanner_take(struct scanner *s, long long now_ms,
	struct scanner_code *out, struct err *err)
{
	for (int i = 0; i < READS_AT_ONCE; i++) {
		enum lookup found;

		if (sends_too_many(s, err))
			return LOOKUP_FAILED;
		if (take_code(s, now_ms, out))
			return LOOKUP_FOUND;
		found = read_piece(s, err);
		if (found == LOOKUP_FAILED)
			return found;
		if (found == LOOKUP_FOUND)
			continue;
		s->in_a_row = 0;
		scanner_frame_quiet(&s->frame, now_ms);
		return take_code(s, now_ms, out) ? LOOKUP_FOUND : LOOKUP_ABSENT;
	}
	return LOOKUP_ABSENT;
}
