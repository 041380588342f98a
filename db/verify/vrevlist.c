#include "db/verify/vrevlist.h"

#include <stdlib.h>
#include <string.h>

#include "core/crypto.h"

/* What is still to be read. */
struct cursor {
	const char *at;
	const char *end;
};

static bool word(struct cursor *c, const char *text)
{
	const size_t len = strlen(text);

	if ((size_t)(c->end - c->at) < len || memcmp(c->at, text, len) != 0)
		return false;
	c->at += len;
	return true;
}

/* Digits, no zero before them, at least 1. */
static bool number(struct cursor *c, uint64_t max, uint64_t *out)
{
	uint64_t n = 0;

	if (c->at == c->end || *c->at < '1' || *c->at > '9')
		return false;
	for (; c->at < c->end && *c->at >= '0' && *c->at <= '9'; c->at++) {
		const uint64_t digit = (uint64_t)(*c->at - '0');

		if (n > (max - digit) / 10)
			return false;
		n = n * 10 + digit;
	}
	*out = n;
	return true;
}

static int nibble(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool hex(struct cursor *c, uint8_t *out, size_t len)
{
	if ((size_t)(c->end - c->at) < 2 * len)
		return false;
	for (size_t i = 0; i < len; i++, c->at += 2) {
		const int high = nibble(c->at[0]);
		const int low = nibble(c->at[1]);

		if (high < 0 || low < 0)
			return false;
		out[i] = (uint8_t)(high << 4 | low);
	}
	return true;
}

/* Behind "user ". */
static bool user(struct cursor *c, uint64_t issued, struct vrevlist_user *u)
{
	*u = (struct vrevlist_user){.number = 0};
	if (!number(c, 9999999, &u->number) || !word(c, " "))
		return false;
	u->any_key = word(c, "-");
	if (!u->any_key && !hex(c, u->key, sizeof(u->key)))
		return false;
	return word(c, " ") && number(c, issued, &u->from) && word(c, "\n");
}

static size_t lines_of(const struct cursor *c)
{
	size_t n = 0;

	for (const char *at = c->at; at < c->end; at++)
		n += *at == '\n';
	return n;
}

static bool head(struct cursor *c, struct vrevlist *l)
{
	return word(c, "CHITRA-REVLIST v1\nversion ") &&
	       number(c, INT64_MAX, &l->version) && word(c, "\nissued ") &&
	       number(c, INT64_MAX, &l->issued) && word(c, "\n");
}

static const char *body(struct cursor *c, struct vrevlist *l, bool *no_memory)
{
	l->user = calloc(lines_of(c) + 1, sizeof(*l->user));
	*no_memory = l->user == NULL;
	if (!l->user)
		return "no memory";
	while (word(c, "user "))
		if (!user(c, l->issued, &l->user[l->users++]))
			return "a line of a user that is none";
	return NULL;
}

const char *vrevlist_read(struct vrevlist *l, const char *text, size_t len,
	bool *no_memory)
{
	struct cursor c = {text, text + len};
	const char *wrong;

	*l = (struct vrevlist){.version = 0};
	*no_memory = false;
	if (len > VREVLIST_MAX)
		return "longer than any";
	if (!head(&c, l))
		return "its head is none";
	wrong = body(&c, l, no_memory);
	if (wrong)
		return wrong;
	crypto_sha256(text, (size_t)(c.at - text), l->covered);
	if (!word(&c, "sig ") || !hex(&c, l->sig, sizeof(l->sig)) ||
		!word(&c, "\n"))
		return "it has no signature";
	if (c.at != c.end)
		return "there is something behind its signature";
	crypto_sha256(text, len, l->sha256);
	return NULL;
}

bool vrevlist_is_by(const struct vrevlist *l, const uint8_t key[VRECORD_HASH])
{
	return crypto_verify_tagged("CHTRREV1", l->covered, sizeof(l->covered),
		key, l->sig);
}

void vrevlist_clear(struct vrevlist *l)
{
	free(l->user);
	*l = (struct vrevlist){.version = 0};
}
