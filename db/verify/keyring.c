#include "db/verify/keyring.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/crypto.h"
#include "core/str.h"
#include "core/utf8.h"

enum {
	LINE_MAX_BYTES = 512,
	WORDS_MAX = 6
};

static const char *const role_names[KEYRING_ROLES] = {
	[KEYRING_NOBODY] = "nobody",
	[KEYRING_AGENT] = "agent",
	[KEYRING_STAFF] = "staff",
	[KEYRING_SUPERVISOR] = "supervisor",
	[KEYRING_TECHNICIAN] = "technician",
};

const char *keyring_role_name(enum keyring_role role)
{
	return role_names[role];
}

void keyring_init(struct keyring *k)
{
	*k = (struct keyring){0};
}

void keyring_clear(struct keyring *k)
{
	free(k->device);
	free(k->epoch);
	free(k->user);
	free(k->revoked);
	free(k->centre);
	keyring_init(k);
}

/* Room for one more of size bytes in a list of used; NULL: none. */
static void *room(void *list, size_t used, size_t size)
{
	if (used >= KEYRING_MAX)
		return NULL;
	if (used > 0 && (used & (used - 1)) != 0)
		return list; /* grows at the powers of two */
	return realloc(list, (used ? used * 2 : 1) * size);
}

/* ---- users -----------------------------------------------------------------
 */

/* What users_add() of the store hashes into the CONFIG record. */
static void user_rsum(struct keyring_user *u)
{
	char hex[2 * VRECORD_HASH + 1];
	char line[160];

	str_to_hex(u->key, sizeof(u->key), hex);
	snprintf(line, sizeof(line), "user %llu %s %s\n",
		(unsigned long long)u->number, role_names[u->role], hex);
	crypto_sha256(line, strlen(line), u->rsum);
	snprintf(line, sizeof(line), "revoke %llu\n",
		(unsigned long long)u->number);
	crypto_sha256(line, strlen(line), u->revoke);
}

/* Where number is, or belongs: users lie in the order of their numbers. */
static size_t place_of(const struct keyring *k, uint64_t number)
{
	size_t low = 0;
	size_t high = k->users;

	while (low < high) {
		const size_t mid = low + (high - low) / 2;

		if (k->user[mid].number < number)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

struct keyring_user *keyring_user(const struct keyring *k, uint64_t number)
{
	const size_t at = place_of(k, number);

	if (at == k->users || k->user[at].number != number)
		return NULL;
	return &k->user[at];
}

enum keyring_answer keyring_add_user(struct keyring *k, uint64_t number,
	uint64_t role, const uint8_t key[VRECORD_HASH])
{
	const size_t at = place_of(k, number);
	struct keyring_user *u = keyring_user(k, number);
	void *list;

	if (number == 0 || number > 9999999 || role == KEYRING_NOBODY ||
		role >= KEYRING_ROLES)
		return KEYRING_REFUSED;
	if (u)
		return u->role == (enum keyring_role)role &&
				       memcmp(u->key, key, VRECORD_HASH) == 0
			       ? KEYRING_KNOWN
			       : KEYRING_OTHER;
	list = room(k->user, k->users, sizeof(*k->user));
	if (!list) {
		k->no_memory = true;
		return KEYRING_REFUSED;
	}
	k->user = list;
	memmove(&k->user[at + 1], &k->user[at],
		(k->users - at) * sizeof(*k->user));
	k->user[at] = (struct keyring_user){.number = number,
		.role = (enum keyring_role)role};
	memcpy(k->user[at].key, key, VRECORD_HASH);
	user_rsum(&k->user[at]);
	k->users++;
	return KEYRING_NEW;
}

bool keyring_is_revoked(const struct keyring *k, uint64_t number, uint64_t ms)
{
	for (size_t i = 0; i < k->revokeds; i++)
		if (k->revoked[i].number == number && ms >= k->revoked[i].from)
			return true;
	return false;
}

/* ---- the file --------------------------------------------------------------
 */

static bool bytes(const char *hex, void *out, size_t len)
{
	size_t got;

	return str_from_hex(hex, out, len, &got) && got == len;
}

static bool number(const char *text, uint64_t *out)
{
	int64_t v;

	if (!str_to_int(text, 0, INT64_MAX, &v))
		return false;
	*out = (uint64_t)v;
	return true;
}

static bool add_device(struct keyring *k, char **word)
{
	struct keyring_device d;
	void *list;

	if (!bytes(word[1], d.dev, sizeof(d.dev)) ||
		!bytes(word[2], d.key, sizeof(d.key)) ||
		keyring_device(k, d.dev))
		return false;
	list = room(k->device, k->devices, sizeof(d));
	if (!list)
		return false;
	k->device = list;
	k->device[k->devices++] = d;
	return true;
}

static bool put_epoch(struct keyring *k, const struct keyring_epoch *e)
{
	void *list = room(k->epoch, k->epochs, sizeof(*e));

	if (!list)
		return false;
	k->epoch = list;
	k->epoch[k->epochs++] = *e;
	return true;
}

bool keyring_add_epoch(struct keyring *k, const uint8_t dev[VRECORD_ID],
	uint64_t first, uint64_t last, const uint8_t key[VRECORD_HASH])
{
	struct keyring_epoch e = {.first = first, .last = last};

	for (size_t i = 0; i < k->epochs; i++)
		if (k->epoch[i].trusted &&
			memcmp(k->epoch[i].dev, dev, VRECORD_ID) == 0)
			return true;
	memcpy(e.dev, dev, sizeof(e.dev));
	memcpy(e.key, key, sizeof(e.key));
	return put_epoch(k, &e);
}

static bool add_epoch(struct keyring *k, char **word)
{
	struct keyring_epoch e = {.last = UINT64_MAX, .trusted = true};

	if (!bytes(word[1], e.dev, sizeof(e.dev)) ||
		!number(word[2], &e.first) ||
		(strcmp(word[3], "-") != 0 && !number(word[3], &e.last)) ||
		e.last < e.first || !bytes(word[4], e.key, sizeof(e.key)))
		return false;
	return put_epoch(k, &e);
}

static bool add_user(struct keyring *k, char **word)
{
	uint8_t key[VRECORD_HASH];
	struct keyring_user *u;
	uint64_t n;
	int role = KEYRING_AGENT;

	while (role < KEYRING_ROLES && strcmp(word[2], role_names[role]) != 0)
		role++;
	if (!number(word[1], &n) || role == KEYRING_ROLES ||
		!bytes(word[3], key, sizeof(key)) ||
		keyring_add_user(k, n, (uint64_t)role, key) != KEYRING_NEW)
		return false;
	u = keyring_user(k, n);
	if (u)
		u->trusted = true;
	return u != NULL;
}

/* Behind the line of that user. */
static bool add_approval(struct keyring *k, char **word)
{
	struct keyring_user *u;
	uint64_t n;

	if (!number(word[1], &n))
		return false;
	u = keyring_user(k, n);
	if (!u || !bytes(word[2], u->approval, sizeof(u->approval)))
		return false;
	u->has_approval = true;
	return true;
}

static bool add_revoked(struct keyring *k, char **word)
{
	struct keyring_revoked r;
	void *list;

	if (!number(word[1], &r.number) || !number(word[2], &r.from))
		return false;
	list = room(k->revoked, k->revokeds, sizeof(r));
	if (!list)
		return false;
	k->revoked = list;
	k->revoked[k->revokeds++] = r;
	return true;
}

/* As in signed notes: SHA-256(name, line feed, algorithm 1, key). */
static void centre_id(struct keyring_centre *c)
{
	uint8_t h[VRECORD_HASH];
	struct crypto_hash sum;

	crypto_hash_start(&sum);
	crypto_hash_add(&sum, c->name, strlen(c->name));
	crypto_hash_add(&sum, "\n\1", 2);
	crypto_hash_add(&sum, c->key, sizeof(c->key));
	crypto_hash_end(&sum, h);
	memcpy(c->id, h, sizeof(c->id));
}

static bool add_centre(struct keyring *k, char **word)
{
	struct keyring_centre c = {0};
	void *list;

	if (!str_copy(c.name, sizeof(c.name), word[1]) ||
		!bytes(word[2], c.key, sizeof(c.key)))
		return false;
	list = room(k->centre, k->centres, sizeof(c));
	if (!list)
		return false;
	centre_id(&c);
	k->centre = list;
	k->centre[k->centres++] = c;
	return true;
}

static const struct form {
	const char *word;
	int words;
	bool (*add)(struct keyring *k, char **word);
} forms[] = {
	{"device", 3, add_device},
	{"epoch", 5, add_epoch},
	{"user", 4, add_user},
	{"revoked", 3, add_revoked},
	{"approval", 3, add_approval},
	{"centre", 3, add_centre},
};

/* Words apart by blanks; more than WORDS_MAX count as that. */
static int split(char *text, char *word[WORDS_MAX])
{
	int n = 0;

	for (char *at = text; at && n < WORDS_MAX; n++) {
		char *blank = strchr(at, ' ');

		word[n] = at;
		at = blank;
		for (; at && *at == ' '; at++)
			*at = '\0';
	}
	return n;
}

bool keyring_line(struct keyring *k, const char *line, struct err *err)
{
	char text[LINE_MAX_BYTES];
	char *word[WORDS_MAX];
	int words;

	if (!str_copy(text, sizeof(text), line) ||
		!utf8_valid(line, strlen(line)))
		return err_set(err, ERR_INVALID, 0, "no line of text");
	text[strcspn(text, "#")] = '\0';
	str_trim(text);
	words = split(str_trim(text), word);
	if (words == 0 || !word[0][0])
		return true;
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		if (strcmp(word[0], forms[i].word) != 0)
			continue;
		if (words == forms[i].words && forms[i].add(k, word))
			return true;
		return err_set(err, ERR_INVALID, 0, "no good \"%s\" line",
			forms[i].word);
	}
	return err_set(err, ERR_INVALID, 0, "its first word is not known");
}

bool keyring_load(struct keyring *k, const char *path, struct err *err)
{
	char line[LINE_MAX_BYTES];
	FILE *in = fopen(path, "re");
	bool ok = true;
	int n = 0;

	if (!in)
		return err_set(err, ERR_GONE, errno, "%s: %s", path,
			strerror(errno));
	while (ok && fgets(line, sizeof(line), in)) {
		n++;
		if (!strchr(line, '\n') && !feof(in))
			ok = err_set(err, ERR_INVALID, 0, "line too long");
		line[strcspn(line, "\r\n")] = '\0';
		ok = ok && keyring_line(k, line, err);
	}
	if (ok && ferror(in))
		ok = err_set(err, ERR_IO, errno, "%s", strerror(errno));
	fclose(in);
	k->given = true;
	return ok || err_wrap(err, "%s, line %d", path, n);
}

/* ---- asked -----------------------------------------------------------------
 */

const struct keyring_device *keyring_device(const struct keyring *k,
	const uint8_t dev[VRECORD_ID])
{
	for (size_t i = 0; i < k->devices; i++)
		if (memcmp(k->device[i].dev, dev, VRECORD_ID) == 0)
			return &k->device[i];
	return NULL;
}

const struct keyring_epoch *keyring_epoch(const struct keyring *k,
	const uint8_t dev[VRECORD_ID], uint64_t seq)
{
	for (size_t i = 0; i < k->epochs; i++)
		if (seq >= k->epoch[i].first && seq <= k->epoch[i].last &&
			memcmp(k->epoch[i].dev, dev, VRECORD_ID) == 0)
			return &k->epoch[i];
	return NULL;
}
