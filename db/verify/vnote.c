#include "db/verify/vnote.h"

#include <string.h>

#include "core/crypto.h"
#include "core/str.h"

/* EM DASH and a blank: the line of a signature. */
static const char dash[] = "\xe2\x80\x94 ";

enum {
	LINE = 256
};

/* ---- base64 with padding (RFC 4648) ----------------------------------------
 */

static int sextet(char c)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "abcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *at = c ? strchr(letters, c) : NULL;

	return at ? (int)(at - letters) : -1;
}

/* Exactly len bytes, in the one way they are written. */
static bool from_base64(const char *text, uint8_t *out, size_t len)
{
	const size_t pad = (3 - len % 3) % 3;
	const size_t chars = (len + 2) / 3 * 4;
	unsigned bits = 0;
	size_t n = 0;

	if (strlen(text) != chars)
		return false;
	for (size_t i = 0; i < chars; i++) {
		int v = sextet(text[i]);

		if (i >= chars - pad) {
			if (text[i] != '=')
				return false;
			v = 0;
		}
		if (v < 0)
			return false;
		bits = (bits << 6 | (unsigned)v) & 0xffffff;
		if (i % 4 != 3)
			continue;
		for (int k = 16; k >= 0; k -= 8) {
			const uint8_t byte = (uint8_t)(bits >> k);

			if (n < len)
				out[n++] = byte;
			else if (byte != 0)
				return false;
		}
	}
	return true;
}

/* ---- lines -----------------------------------------------------------------
 */

/* The next line into out, without its line feed. */
static bool line(const char **at, const char *end, char out[LINE])
{
	const char *stop = *at;

	while (stop < end && *stop != '\n')
		stop++;
	if (*at == end || stop - *at >= LINE)
		return false;
	memcpy(out, *at, (size_t)(stop - *at));
	out[stop - *at] = '\0';
	if (strlen(out) != (size_t)(stop - *at))
		return false;
	*at = stop < end ? stop + 1 : end;
	return true;
}

static bool number(const char *text, uint64_t *out)
{
	int64_t v;

	if (!str_to_int(text, 0, INT64_MAX, &v))
		return false;
	*out = (uint64_t)v;
	return true;
}

/* "<time> <revlist> <lease>" */
static bool numbers(char *text, struct vnote *out)
{
	char *second = strchr(text, ' ');
	char *third = second ? strchr(second + 1, ' ') : NULL;

	if (!third)
		return false;
	*second++ = '\0';
	*third++ = '\0';
	return number(text, &out->time) && number(second, &out->revlist) &&
	       number(third, &out->lease);
}

/* "- name base64(id, signature)" */
static bool signature(char *text, struct vnote *out)
{
	uint8_t all[KEYRING_ID + VRECORD_SIG];
	char *name;
	char *blank;

	if (!str_starts(text, dash))
		return false;
	name = text + strlen(dash);
	blank = strchr(name, ' ');
	if (!blank)
		return false;
	*blank++ = '\0';
	if (!str_copy(out->name, sizeof(out->name), name) ||
		!from_base64(blank, all, sizeof(all)))
		return false;
	memcpy(out->id, all, KEYRING_ID);
	memcpy(out->sig, all + KEYRING_ID, VRECORD_SIG);
	return true;
}

bool vnote_read(const char *text, size_t len, struct vnote *out)
{
	const char *at = text;
	const char *end = text + len;
	char l[LINE];
	size_t got;

	*out = (struct vnote){0};
	if (!line(&at, end, l) || strcmp(l, "CHITRA-CHECKPOINT v1") != 0 ||
		!line(&at, end, l) ||
		!str_from_hex(l, out->dev, sizeof(out->dev), &got) ||
		got != sizeof(out->dev) || !line(&at, end, l) ||
		!number(l, &out->seq) || !line(&at, end, l) ||
		!from_base64(l, out->h, sizeof(out->h)) || !line(&at, end, l) ||
		!numbers(l, out) || !line(&at, end, l) ||
		!from_base64(l, out->nonce, sizeof(out->nonce)))
		return false;
	out->len = (size_t)(at - text);
	if (out->len > sizeof(out->text))
		return false;
	memcpy(out->text, text, out->len);
	return line(&at, end, l) && signature(l, out) && at == end;
}

enum vnote_verdict vnote_check(const struct vnote *n,
	const struct keyring *keys)
{
	for (size_t i = 0; i < keys->centres; i++) {
		const struct keyring_centre *c = &keys->centre[i];

		if (strcmp(c->name, n->name) == 0 &&
			memcmp(c->id, n->id, sizeof(c->id)) == 0)
			return crypto_verify_tagged("CHTRACK1", n->text, n->len,
				       c->key, n->sig)
				       ? VNOTE_GOOD
				       : VNOTE_FORGED;
	}
	return VNOTE_NO_KEY;
}
