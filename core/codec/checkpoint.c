#include "core/codec/checkpoint.h"

#include <assert.h>
#include <string.h>

#include "core/codec/base64.h"
#include "core/str.h"

static const char tag[] = "CHTRACK1";
static const char title[] = "CHITRA-CHECKPOINT v1";
/* EM DASH and a blank: the line of a signature. */
static const char dash[] = "\xe2\x80\x94 ";

bool checkpoint_name_is_good(const char *name)
{
	const size_t len = strlen(name);

	if (len == 0 || len >= CHECKPOINT_NAME)
		return false;
	for (size_t i = 0; i < len; i++)
		if (name[i] <= ' ' || name[i] > '~')
			return false;
	return true;
}

void checkpoint_key_id(const char *name,
	const uint8_t public[CRYPTO_PUBLIC_SIZE],
	uint8_t out[CHECKPOINT_KEY_ID])
{
	uint8_t all[CRYPTO_HASH_SIZE];
	struct crypto_hash h;

	crypto_hash_start(&h);
	crypto_hash_add(&h, name, strlen(name));
	crypto_hash_add(&h, "\n\x01", 2);
	crypto_hash_add(&h, public, CRYPTO_PUBLIC_SIZE);
	crypto_hash_end(&h, all);
	memcpy(out, all, CHECKPOINT_KEY_ID);
}

/* The lines that are signed. */
static void put_lines(const struct checkpoint *c, struct buf *out)
{
	char hex[2 * CHECKPOINT_DEV + 1];

	str_to_hex(c->dev, CHECKPOINT_DEV, hex);
	buf_printf(out, "%s\n%s\n%llu\n", title, hex,
		(unsigned long long)c->seq);
	base64_write(out, c->h, sizeof(c->h));
	buf_printf(out, "\n%llu %llu %llu\n", (unsigned long long)c->time,
		(unsigned long long)c->revlist, (unsigned long long)c->lease);
	base64_write(out, c->nonce, sizeof(c->nonce));
	buf_byte(out, '\n');
}

static void put_signature(const struct checkpoint *c, struct buf *out)
{
	uint8_t all[CHECKPOINT_KEY_ID + CRYPTO_SIG_SIZE];

	memcpy(all, c->key_id, CHECKPOINT_KEY_ID);
	memcpy(all + CHECKPOINT_KEY_ID, c->sig, CRYPTO_SIG_SIZE);
	buf_printf(out, "%s%s ", dash, c->name);
	base64_write(out, all, sizeof(all));
	buf_byte(out, '\n');
}

void checkpoint_sign(struct checkpoint *c, const char *name,
	const struct crypto_pair *key, struct buf *out)
{
	uint8_t lines[CHECKPOINT_TEXT];
	struct buf b;

	assert(checkpoint_name_is_good(name));
	str_copy(c->name, sizeof(c->name), name);
	checkpoint_key_id(name, key->public, c->key_id);
	buf_init(&b, lines, sizeof(lines));
	put_lines(c, &b);
	crypto_sign_tagged(tag, lines, b.len, key->secret, c->sig);
	buf_put(out, lines, b.len);
	put_signature(c, out);
}

/* The next line without its line feed, as a C string in out. */
static bool next_line(const char **at, const char *end, char *out, size_t size)
{
	const char *stop = memchr(*at, '\n', (size_t)(end - *at));

	if (!stop || (size_t)(stop - *at) >= size)
		return false;
	memcpy(out, *at, (size_t)(stop - *at));
	out[stop - *at] = '\0';
	*at = stop + 1;
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
static bool three_numbers(char *text, struct checkpoint *out)
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

static bool signature(char *text, struct checkpoint *out)
{
	uint8_t all[CHECKPOINT_KEY_ID + CRYPTO_SIG_SIZE];
	char *name;
	char *blank;

	if (!str_starts(text, dash))
		return false;
	name = text + strlen(dash);
	blank = strchr(name, ' ');
	if (!blank)
		return false;
	*blank++ = '\0';
	if (!checkpoint_name_is_good(name) ||
		!base64_read(blank, strlen(blank), all, sizeof(all)))
		return false;
	str_copy(out->name, sizeof(out->name), name);
	memcpy(out->key_id, all, CHECKPOINT_KEY_ID);
	memcpy(out->sig, all + CHECKPOINT_KEY_ID, CRYPTO_SIG_SIZE);
	return true;
}

static bool read_lines(const char *at, const char *end, struct checkpoint *out)
{
	char l[256];
	size_t got;

	return next_line(&at, end, l, sizeof(l)) && strcmp(l, title) == 0 &&
	       next_line(&at, end, l, sizeof(l)) &&
	       str_from_hex(l, out->dev, sizeof(out->dev), &got) &&
	       got == sizeof(out->dev) && next_line(&at, end, l, sizeof(l)) &&
	       number(l, &out->seq) && next_line(&at, end, l, sizeof(l)) &&
	       base64_read(l, strlen(l), out->h, sizeof(out->h)) &&
	       next_line(&at, end, l, sizeof(l)) && three_numbers(l, out) &&
	       next_line(&at, end, l, sizeof(l)) &&
	       base64_read(l, strlen(l), out->nonce, sizeof(out->nonce)) &&
	       next_line(&at, end, l, sizeof(l)) && signature(l, out) &&
	       at == end;
}

bool checkpoint_read(const char *text, size_t len, struct checkpoint *out)
{
	uint8_t again[CHECKPOINT_TEXT];
	struct buf b;

	*out = (struct checkpoint){0};
	if (len > CHECKPOINT_TEXT || !read_lines(text, text + len, out))
		return false;
	/* Zeros in front, hex in capitals, a NUL: one text, one checkpoint. */
	buf_init(&b, again, sizeof(again));
	put_lines(out, &b);
	put_signature(out, &b);
	return !b.full && b.len == len && memcmp(again, text, len) == 0;
}

bool checkpoint_is_signed(const struct checkpoint *c,
	const uint8_t public[CRYPTO_PUBLIC_SIZE])
{
	uint8_t id[CHECKPOINT_KEY_ID];
	uint8_t lines[CHECKPOINT_TEXT];
	struct buf b;

	checkpoint_key_id(c->name, public, id);
	if (memcmp(id, c->key_id, sizeof(id)) != 0)
		return false;
	buf_init(&b, lines, sizeof(lines));
	put_lines(c, &b);
	return crypto_verify_tagged(tag, lines, b.len, public, c->sig);
}
