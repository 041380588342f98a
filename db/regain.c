/* regain.c - pages of the centre beside the book: what came, and is it ours? */
#include "db/regain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/codec/chain.h"
#include "core/str.h"
#include "db/centre_keys.h"
#include "db/db_internal.h"
#include "db/epoch_internal.h"
#include "db/outbox.h"
#include "db/outbox_internal.h"
#include "db/regain_internal.h"

enum {
	WORD_BYTES = 8
};

static const char tag[] = "CHTRTAI1";

const char *regain_came_name(enum regain_came c)
{
	static const char *const name[REGAIN_CAMES] = {
		[REGAIN_MORE] = "more",
		[REGAIN_WHOLE] = "whole",
		[REGAIN_SAME] = "same",
		[REGAIN_NO_PAGE] = "no_page",
		[REGAIN_NO_KEY] = "no_key",
		[REGAIN_OTHER] = "other",
		[REGAIN_STALE] = "stale",
		[REGAIN_GAP] = "gap",
		[REGAIN_FORK] = "fork",
		[REGAIN_RECORD] = "record",
		[REGAIN_TOO_FAR] = "too_far",
		[REGAIN_KIND] = "kind",
		[REGAIN_VALUE] = "value",
		[REGAIN_NOT_ALL] = "not_all",
		[REGAIN_CHANGED] = "changed",
	};

	return name[c];
}

/* ---- begin ----------------------------------------------------------------- */

/* Of the record that froze the book: nobody knew it before, and it is another
 * one each time. */
static bool make_nonce(struct regain *g, struct err *err)
{
	uint8_t sum[CRYPTO_HASH_SIZE];
	struct journal_row row;
	struct crypto_hash h;

	switch (journal_row(g->db, g->db->lost_tail, &row, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_ABSENT:
		return err_set(err, ERR_CORRUPT, 0,
			"the record that froze the book is not there");
	case LOOKUP_FOUND:
		break;
	}
	crypto_hash_start(&h);
	crypto_hash_add(&h, tag, strlen(tag));
	crypto_hash_add(&h, row.h, sizeof(row.h));
	crypto_hash_end(&h, sum);
	memcpy(g->nonce, sum, WORD_BYTES);
	return true;
}

/* Behind the last record that the centre acknowledged: so far they agree. */
static bool stand(struct regain *g, struct err *err)
{
	struct journal_row row;

	if (!journal_head(g->db, &g->own, err))
		return false;
	g->next = g->own.acked_seq + 1;
	if (g->own.acked_seq == 0) {
		chain_genesis(g->db->info.dev, g->db->device_public, g->h);
		memcpy(g->key, g->db->device_public, sizeof(g->key));
		return true;
	}
	if (journal_row(g->db, g->own.acked_seq, &row, err) != LOOKUP_FOUND)
		return err->code != ERR_NONE
			       ? false
			       : err_set(err, ERR_CORRUPT, 0,
					 "what was acknowledged is not there");
	memcpy(g->h, row.h, sizeof(g->h));
	return epoch_public_for(g->db, g->next, g->key, err);
}

struct regain *regain_new(struct db *db, struct err *err)
{
	struct regain *g;

	if (!outbox_may_leave(db) || db->ended || db->lost_tail == 0) {
		err_set(err, ERR_DENIED, 0, "the book is not frozen");
		return NULL;
	}
	g = calloc(1, sizeof(*g));
	if (!g) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory for records");
		return NULL;
	}
	g->db = db;
	if (make_nonce(g, err) && stand(g, err) &&
		nextkey_publics(db, g->ahead, &g->aheads, err))
		return g;
	regain_free(g);
	return NULL;
}

void regain_free(struct regain *g)
{
	if (!g)
		return;
	free(g->record);
	free(g->bytes);
	free(g);
}

static void write_question(char out[REGAIN_PATH], uint64_t from,
	const uint8_t nonce[TAIL_NONCE], const char *most)
{
	char hex[2 * TAIL_NONCE + 1];

	str_to_hex(nonce, TAIL_NONCE, hex);
	snprintf(out, REGAIN_PATH, "/v1/tail?from=%llu&nonce=%s%s",
		(unsigned long long)from, hex, most);
}

void regain_question(const struct regain *g, char out[REGAIN_PATH])
{
	write_question(out, g->next, g->nonce, "");
}

void regain_word(const struct regain *g, uint64_t *from, char out[REGAIN_WORD])
{
	*from = g->own.acked_seq + 1;
	str_to_hex(g->nonce, WORD_BYTES, out);
}

void regain_seen(const struct regain *g, struct regain_seen *out)
{
	*out = g->seen;
	out->last = g->last;
	out->records = g->records;
	out->from = g->first;
	out->to = g->first ? g->first + g->records - 1 : 0;
	out->aside = g->first && g->first <= g->own.last_seq
			     ? g->own.last_seq - g->first + 1
			     : 0;
}

/* ---- what is kept ------------------------------------------------------------ */

static bool grow(void **at, size_t *size, size_t need, size_t one)
{
	size_t more = *size ? *size : 1024;
	void *p;

	while (more < need)
		more *= 2;
	if (more == *size)
		return true;
	p = realloc(*at, more * one);
	if (!p)
		return false;
	*at = p;
	*size = more;
	return true;
}

static size_t put(struct regain *g, const void *bytes, size_t len)
{
	const size_t at = g->used;

	memcpy(g->bytes + at, bytes, len);
	g->used += len;
	return at;
}

static bool keep(struct regain *g, const struct batch_record *b,
	const struct batch_pd *pd, struct err *err)
{
	const size_t len = b->len + CRYPTO_SIG_SIZE + (pd ? pd->len : 0);
	void *record = g->record;
	void *bytes = g->bytes;
	bool ok = g->records < REGAIN_MOST;

	ok = ok && grow(&record, &g->room, g->records + 1, sizeof(*g->record));
	g->record = record;
	ok = ok && grow(&bytes, &g->size, g->used + len, 1);
	g->bytes = bytes;
	if (!ok)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory for records");
	g->record[g->records++] =
		(struct regained){.body = put(g, b->body, b->len),
			.len = b->len,
			.sig = put(g, b->sig, CRYPTO_SIG_SIZE),
			.pd = pd ? put(g, pd->sealed, pd->len) : 0,
			.pd_len = pd ? pd->len : 0};
	return true;
}

static void count(struct regain *g, const struct record *r)
{
	struct regain_seen *s = &g->seen;

	if (s->first_at == 0)
		s->first_at = (int64_t)r->t;
	s->last_at = (int64_t)r->t;
	if (r->kind == JOURNAL_PAY) {
		s->payments++;
		s->paid += (int64_t)r->amount;
	} else if (r->kind == JOURNAL_VOID) {
		s->voids++;
		s->paid -= (int64_t)r->amount;
	}
}

/* ---- one record --------------------------------------------------------------- */

static enum regain_came bad(struct regain *g, uint64_t kind,
	enum regain_came what)
{
	g->seen.bad_seq = g->next;
	g->seen.bad_kind = kind;
	return what;
}

/* Nothing that money, people or keys hang on. */
static bool is_of_no_value(const struct record *r)
{
	switch (r->kind) {
	case JOURNAL_LOGIN:
	case JOURNAL_LOGOUT:
	case JOURNAL_LOGIN_FAIL:
	case JOURNAL_CLOCK:
	case JOURNAL_UPLOAD_ACK:
	case JOURNAL_FAULT_BEGIN:
	case JOURNAL_FAULT_END:
		return true;
	case JOURNAL_RECOVERY:
		return !(r->has & RECORD_HAS(KEY_REF));
	}
	return false;
}

/* Ours, from the first on that is another one there. */
static bool look_aside(struct regain *g, enum regain_came *out, struct err *err)
{
	struct journal_row row;
	struct record r;
	const char *finding;

	*out = REGAIN_MORE;
	for (uint64_t seq = g->next; seq <= g->own.last_seq; seq++) {
		if (journal_row(g->db, seq, &row, err) != LOOKUP_FOUND)
			return false;
		if (record_decode(row.body, row.len, &r, &finding) &&
			is_of_no_value(&r))
			continue;
		g->seen.bad_seq = seq;
		g->seen.bad_kind = r.kind;
		*out = REGAIN_VALUE;
		return true;
	}
	return true;
}

/* Is it here, just so? */
static bool have(struct regain *g, const uint8_t h[CRYPTO_HASH_SIZE], bool *is,
	struct err *err)
{
	*is = false;
	return g->first > 0 || g->next > g->own.last_seq ||
	       outbox_is_ours(g->db, g->next, h, is, err);
}

static bool take_key(struct regain *g, const struct record *r, bool here)
{
	bool known = here;

	if (r->kind != JOURNAL_START && r->kind != JOURNAL_KEYROLL)
		return true;
	for (int i = 0; i < g->aheads; i++)
		known = known ||
			memcmp(g->ahead[i], r->kpub, sizeof(r->kpub)) == 0;
	memcpy(g->key, r->kpub, sizeof(g->key));
	return known;
}

static bool new_one(struct regain *g, const struct batch_record *b,
	const struct batch_pd *pd, const struct record *r,
	enum regain_came *out, struct err *err)
{
	*out = REGAIN_MORE;
	if (!g->first) {
		g->first = g->next;
		memcpy(g->before, g->h, sizeof(g->before));
		if (!look_aside(g, out, err))
			return false;
		if (*out != REGAIN_MORE)
			return true;
	}
	if (!regain_replays(r)) {
		*out = bad(g, r->kind, REGAIN_KIND);
		return true;
	}
	count(g, r);
	return keep(g, b, pd, err);
}

static bool look_at(struct regain *g, const struct batch_record *b,
	const struct batch_pd *pd, enum regain_came *out, struct err *err)
{
	const bool begins = g->next == g->own.acked_seq + 1;
	uint8_t h[CRYPTO_HASH_SIZE];
	const char *finding;
	struct record r;
	bool here;

	*out = bad(g, 0, REGAIN_RECORD);
	if (!record_decode(b->body, b->len, &r, &finding) || r.seq != g->next ||
		memcmp(r.dev, g->db->info.dev, sizeof(r.dev)) != 0)
		return true;
	g->seen.bad_kind = r.kind;
	chain_next(g->h, b->body, b->len, h);
	if (!chain_verify(h, g->key, b->sig)) {
		*out = begins ? REGAIN_FORK : REGAIN_RECORD;
		return true;
	}
	if (!have(g, h, &here, err))
		return false;
	if (!here && !new_one(g, b, pd, &r, out, err))
		return false;
	if (!here && *out != REGAIN_MORE)
		return true;
	*out = take_key(g, &r, here) ? REGAIN_MORE
				     : bad(g, r.kind, REGAIN_TOO_FAR);
	memcpy(g->h, h, sizeof(g->h));
	g->next++;
	return true;
}

/* ---- a page --------------------------------------------------------------------- */

static bool is_believed(struct db *db, const struct tail *t, bool *yes,
	struct err *err)
{
	struct centre_keys have;

	*yes = false;
	if (!centre_keys_load(db, &have, err))
		return false;
	for (int i = 0; i < have.count; i++)
		*yes = *yes || tail_is_signed(t, have.key[i]);
	return true;
}

/* Is it an answer of the centre to just this question? MORE: it is. */
static bool judge(struct db *db, const struct tail *t,
	const uint8_t nonce[TAIL_NONCE], enum regain_came *out, struct err *err)
{
	bool yes;

	if (!is_believed(db, t, &yes, err))
		return false;
	*out = !yes ? REGAIN_NO_KEY
	       : memcmp(t->dev, db->info.dev, sizeof(t->dev)) != 0
		       ? REGAIN_OTHER
	       : memcmp(t->nonce, nonce, TAIL_NONCE) != 0 ? REGAIN_STALE
							  : REGAIN_MORE;
	return true;
}

/* All pages are of one state of the centre's copy. */
static bool is_next(struct regain *g, const struct tail *t)
{
	if (g->has_page && (t->last != g->last ||
				   memcmp(t->head, g->head, sizeof(g->head))))
		return false;
	g->has_page = true;
	g->last = t->last;
	memcpy(g->head, t->head, sizeof(g->head));
	return t->from == g->next && (t->records > 0 || g->next > t->last);
}

static enum regain_came at_the_end(struct regain *g)
{
	if (g->next <= g->last)
		return REGAIN_MORE;
	if (g->next == g->last + 1 && memcmp(g->h, g->head, sizeof(g->h)) != 0)
		return bad(g, 0, REGAIN_FORK);
	g->whole = g->records > 0;
	return g->whole ? REGAIN_WHOLE : REGAIN_SAME;
}

static bool look_at_all(struct regain *g, const struct tail *t,
	enum regain_came *out, struct err *err)
{
	size_t pd = 0;

	for (size_t i = 0; i < t->records; i++) {
		const struct batch_pd *sealed = NULL;

		if (pd < t->pds && t->pd[pd].seq == g->next)
			sealed = &t->pd[pd++];
		if (!look_at(g, &t->record[i], sealed, out, err))
			return false;
		if (*out != REGAIN_MORE)
			return true;
	}
	*out = at_the_end(g);
	return true;
}

bool regain_look(struct regain *g, const void *bytes, size_t len, size_t *used,
	enum regain_came *out, struct err *err)
{
	struct tail *t = malloc(sizeof(*t));
	const char *finding;
	bool ok = true;

	if (!t)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory for a page");
	*out = REGAIN_NO_PAGE;
	*used = tail_read(bytes, len, t, &finding);
	if (*used > 0)
		ok = judge(g->db, t, g->nonce, out, err);
	if (ok && *out == REGAIN_MORE && !is_next(g, t))
		*out = REGAIN_GAP;
	if (ok && *out == REGAIN_MORE)
		ok = look_at_all(g, t, out, err);
	free(t);
	return ok;
}

/* ---- is there more at the centre? --------------------------------------------- */

void regain_ask_head(struct db *db, uint8_t nonce[TAIL_NONCE],
	char out[REGAIN_PATH], struct err *err)
{
	struct journal_head head = {0};

	crypto_random(nonce, TAIL_NONCE);
	if (!journal_head(db, &head, err))
		head.last_seq = 0;
	write_question(out, head.last_seq + 1, nonce, "&most=0");
}

bool regain_take_head(struct db *db, const uint8_t nonce[TAIL_NONCE],
	const void *bytes, size_t len, enum regain_head *out, struct err *err)
{
	struct tail *t = malloc(sizeof(*t));
	struct journal_head head = {0};
	enum regain_came came = REGAIN_NO_PAGE;
	const char *finding;
	bool ours = true;
	bool ok;

	*out = REGAIN_HEAD_NONE;
	if (!t)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory for a page");
	ok = tail_read(bytes, len, t, &finding) != len ||
	     judge(db, t, nonce, &came, err);
	if (ok && came == REGAIN_MORE) {
		ok = journal_head(db, &head, err);
		*out = t->last > head.last_seq ? REGAIN_HEAD_AHEAD
					       : REGAIN_HEAD_FINE;
		if (ok && t->last > 0 && t->last <= head.last_seq)
			ok = outbox_is_ours(db, t->last, t->head, &ours, err);
		if (!ours)
			*out = REGAIN_HEAD_FORK;
	}
	free(t);
	if (!ok || *out == REGAIN_HEAD_NONE || *out == REGAIN_HEAD_FINE)
		return ok;
	return outbox_freeze(db, bytes, len, err);
}
