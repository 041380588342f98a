/*
 * audit_limits.c - the limits of the point, as the records change them: V13.
 *
 * A CONFIG record with key 31 says what holds from there on; before it, the
 * defaults. Read with a table of its own, as all that the writer could get
 * wrong.
 */
#include <stdio.h>
#include <string.h>

#include "core/crypto.h"
#include "db/verify/audit_internal.h"

/* As journal.md 5 and db/README.md give them. */
static const struct row {
	const char *name;
	int64_t usual;
	int64_t least;
	int64_t most;
} rows[AUDIT_LIMITS] = {
	[AUDIT_SINGLE] = {"single", 15000000, 100000, 200000000},
	[AUDIT_PAYOUTS] = {"payouts", 300, 1, 2000},
	[AUDIT_SUM] = {"sum", 2000000000, 1000000, 20000000000},
	[AUDIT_PACE] = {"pace", 15, 0, 600},
	[AUDIT_HOURS] = {"hours", 2400, 1, 23592400},
};

void audit_limits_begin(struct audit *a)
{
	struct audit_limit *m = a->limit;
	const struct audit_begin *b = &a->begin;

	for (int i = 0; i < AUDIT_LIMITS; i++)
		m[i] = (struct audit_limit){.value = rows[i].usual,
			.known = b->first <= 1 || b->has_limits};
	for (size_t i = 0; i < b->limits; i++)
		if (!audit_limit_line(a, b->limit[i]))
			vreport_find(a->report, 0, 13,
				"the head says of a limit what it cannot be");
}

void audit_limits_forget(struct audit *a)
{
	for (int i = 0; i < AUDIT_LIMITS; i++)
		a->limit[i].known = false;
}

/* A number as it is written: no sign, no zero before it. */
static bool read_number(const char *text, int64_t *out)
{
	int64_t v = 0;

	if (!*text || (text[0] == '0' && text[1]))
		return false;
	for (; *text; text++) {
		if (*text < '0' || *text > '9' || v > INT64_C(100000000000))
			return false;
		v = v * 10 + (*text - '0');
	}
	*out = v;
	return true;
}

static int two(const char *at)
{
	if (at[0] < '0' || at[0] > '9' || at[1] < '0' || at[1] > '9')
		return -1;
	return (at[0] - '0') * 10 + at[1] - '0';
}

/* "07:00-17:30" */
static bool read_hours(const char *text, int64_t *out)
{
	int64_t h[2];
	int64_t m[2];

	if (strlen(text) != 11 || text[2] != ':' || text[5] != '-' ||
		text[8] != ':')
		return false;
	for (int i = 0; i < 2; i++, text += 6) {
		h[i] = two(text);
		m[i] = two(text + 3);
		if (h[i] < 0 || m[i] < 0 || m[i] > 59 ||
			h[i] * 60 + m[i] > INT64_C(24) * 60)
			return false;
	}
	*out = (h[0] * 100 + m[0]) * 10000 + h[1] * 100 + m[1];
	return h[0] * 60 + m[0] < h[1] * 60 + m[1];
}

static bool read_value(int which, const char *text, int64_t *out)
{
	if (which == AUDIT_HOURS ? !read_hours(text, out)
				 : !read_number(text, out))
		return false;
	return *out >= rows[which].least && *out <= rows[which].most;
}

bool audit_limit_line(struct audit *a, const char *line)
{
	static const char word[] = "limit ";
	int64_t value;
	size_t len;

	if (strncmp(line, word, strlen(word)) != 0)
		return false;
	line += strlen(word);
	len = strcspn(line, " ");
	for (int i = 0; i < AUDIT_LIMITS; i++) {
		if (strlen(rows[i].name) != len || line[len] != ' ' ||
			memcmp(line, rows[i].name, len) != 0 ||
			!read_value(i, line + len + 1, &value))
			continue;
		a->limit[i] = (struct audit_limit){value, true};
		return true;
	}
	return false;
}

/* Key 24 is over the line and its end. */
static bool sum_is_right(const struct vrecord *r)
{
	uint8_t sum[VRECORD_HASH];
	struct crypto_hash h;

	crypto_hash_start(&h);
	crypto_hash_add(&h, r->line, strlen(r->line));
	crypto_hash_add(&h, "\n", 1);
	crypto_hash_end(&h, sum);
	return memcmp(sum, r->rsum, sizeof(sum)) == 0;
}

/* A number without zeros in front, and the blank behind it, or the end. */
static const char *number_at(const char *at, uint64_t *out)
{
	*out = 0;
	if (!at || *at < '1' || *at > '9')
		return NULL;
	for (; *at >= '0' && *at <= '9'; at++) {
		if (*out > UINT64_MAX / 100)
			return NULL;
		*out = *out * 10 + (uint64_t)(*at - '0');
	}
	if (*at == ' ')
		return at + 1;
	return *at == '\0' ? at : NULL;
}

/* "sample <seed> <first> <last> <count>": receipts drawn by lot. */
static bool is_draw(const char *line, uint64_t seq)
{
	static const char word[] = "sample ";
	static const size_t hex = 32;
	static const uint64_t most = 200;
	const char *at = line + strlen(word);
	uint64_t first;
	uint64_t last;
	uint64_t count;

	if (strncmp(line, word, strlen(word)) != 0 ||
		strspn(at, "0123456789abcdef") != hex || at[hex] != ' ')
		return false;
	at = number_at(at + hex + 1, &first);
	at = number_at(at, &last);
	at = number_at(at, &count);
	return at && *at == '\0' && first <= last && last < seq &&
	       count <= most;
}

/* Is it one of these words, and nothing behind it? */
static bool is_one_of(const char *at, const char *const *word, size_t words)
{
	for (size_t i = 0; i < words; i++)
		if (strcmp(at, word[i]) == 0)
			return true;
	return false;
}

/* Behind the amount of "differs", at its blank or its end; NULL: there is
 * none. */
static const char *behind_amount(const char *at)
{
	static const char most[] = "9223372036854775807";
	const size_t len = strspn(at, "0123456789");

	if (len == 0 || len > strlen(most) ||
		(len == strlen(most) && memcmp(at, most, len) > 0))
		return NULL;
	return at + len;
}

/* "called <draw> <pay> <said> [<amount>] [<note>]": what was said of one. */
static bool is_call(const char *line, uint64_t seq)
{
	static const char word[] = "called ";
	static const char absent[] = "not_reached";
	static const char differs[] = "differs ";
	static const char *const said[] = {"confirmed", "not_received"};
	static const char *const spoke[] = {" self", " relative", " visited",
		""};
	static const char *const silent[] = {" no_answer", " wrong_number",
		" later", ""};
	const char *at = line + strlen(word);
	uint64_t draw;
	uint64_t pay;

	if (strncmp(line, word, strlen(word)) != 0)
		return false;
	at = number_at(at, &draw);
	at = number_at(at, &pay);
	if (!at || draw >= seq || pay >= draw)
		return false;
	if (strncmp(at, absent, strlen(absent)) == 0)
		return is_one_of(at + strlen(absent), silent, 4);
	for (size_t i = 0; i < sizeof(said) / sizeof(said[0]); i++)
		if (strncmp(at, said[i], strlen(said[i])) == 0)
			return is_one_of(at + strlen(said[i]), spoke, 4);
	if (strncmp(at, differs, strlen(differs)) != 0)
		return false;
	at = behind_amount(at + strlen(differs));
	return at && is_one_of(at, spoke, 4);
}

bool audit_sample_line(const char *line, uint64_t seq)
{
	return is_draw(line, seq) || is_call(line, seq);
}

void audit_check_limits(struct audit *a)
{
	if (a->r.kind != VKIND_CONFIG || !vrecord_has(&a->r, VKEY_LINE))
		return;
	if (sum_is_right(&a->r) && audit_sample_line(a->r.line, a->r.seq))
		return;
	a->limits_told++;
	if (!sum_is_right(&a->r))
		audit_find(a, 13,
			"tells of a limit, but its hash is of another line");
	else if (!audit_limit_line(a, a->r.line))
		audit_find(a, 13,
			"changes no limit that there is, or to what it cannot "
			"be");
}

const int64_t *audit_limit(struct audit *a, enum audit_limits which)
{
	if (a->limit[which].known)
		return &a->limit[which].value;
	vreport_skip(a->report, 13,
		"limits of the point: records before, which may have changed "
		"them, are not there");
	return NULL;
}
