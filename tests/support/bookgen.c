/* bookgen.c - records into bytes: encoding, chain, signatures, the file. */
#include "support/bookgen_internal.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	KEY_LAST = 46,
	KEY_ASIG = 18,
	KEY_COSIG = 19,
	BODY_MAX = 8192
};

uint64_t bookgen_random(uint64_t *state)
{
	uint64_t z = (*state += UINT64_C(0x9e3779b97f4a7c15));

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

void bookgen_sha(const char tag[8], const void *a, size_t a_len, const void *b,
	size_t b_len, uint8_t out[32])
{
	crypto_hash_sha256_state s;

	crypto_hash_sha256_init(&s);
	crypto_hash_sha256_update(&s, (const uint8_t *)tag, 8);
	crypto_hash_sha256_update(&s, a, a_len);
	crypto_hash_sha256_update(&s, b, b_len);
	crypto_hash_sha256_final(&s, out);
}

void bookgen_sign(const char tag[8], const void *message, size_t len,
	const struct bookgen_pair *key, uint8_t sig[64])
{
	uint8_t all[8 + BODY_MAX];

	if (len > BODY_MAX)
		abort();
	memcpy(all, tag, 8);
	memcpy(all + 8, message, len);
	crypto_sign_detached(sig, NULL, all, 8 + len, key->secret);
}

void bookgen_key(uint64_t seed, const char *what, uint64_t n,
	struct bookgen_pair *out)
{
	char name[64];
	uint8_t hash[32];

	if (sodium_init() < 0)
		abort();
	snprintf(name, sizeof(name), "%llu %s %llu", (unsigned long long)seed,
		what, (unsigned long long)n);
	crypto_hash_sha256(hash, (const uint8_t *)name, strlen(name));
	crypto_sign_seed_keypair(out->public, out->secret, hash);
}

const struct bookgen_user *bookgen_user(const struct bookgen *b, uint64_t n)
{
	for (int i = 0; i < GEN_USERS; i++)
		if (b->user[i].number == n)
			return &b->user[i];
	return NULL;
}

/* ---- one body --------------------------------------------------------------*/

static void put_notes(const struct bookgen_rec *r, struct bytes *out)
{
	bytes_head(out, 4, r->cnts);
	for (size_t i = 0; i < r->cnts; i++) {
		bytes_head(out, 4, 2);
		bytes_int(out, r->cnt[i].denomination);
		bytes_int(out, r->cnt[i].pieces);
	}
}

static void put_items(const struct bookgen_rec *r, struct bytes *out)
{
	bytes_head(out, 4, r->items);
	for (size_t i = 0; i < r->items; i++) {
		bytes_head(out, 4, 4);
		bytes_bstr(out, r->item[i].ent, 16);
		bytes_uint(out, r->item[i].per);
		bytes_uint(out, r->item[i].what);
		bytes_int(out, r->item[i].amt);
	}
}

static void put_arrays(const struct bookgen_rec *r, int key, struct bytes *out)
{
	switch (key) {
	case 11:
		bytes_head(out, 4, GEN_TOTALS);
		for (int i = 0; i < GEN_TOTALS; i++)
			bytes_int(out, r->tot[i]);
		break;
	case 19:
		bytes_head(out, 4, 2);
		bytes_uint(out, r->approver);
		bytes_bstr(out, r->cosig, 64);
		break;
	case 26:
		put_notes(r, out);
		break;
	case 27:
		put_items(r, out);
		break;
	case 32:
		bytes_head(out, 4, 2);
		bytes_uint(out, r->until_user);
		bytes_uint(out, r->until);
		break;
	case 33:
		bytes_head(out, 4, r->barreds);
		for (size_t i = 0; i < r->barreds; i++)
			bytes_uint(out, r->barred[i]);
		break;
	case 41:
		bytes_head(out, 4, r->mades);
		for (size_t i = 0; i < r->mades; i++)
			bytes_uint(out, r->made[i]);
		break;
	case 35:
		bytes_head(out, 4, 2);
		bytes_uint(out, r->asked);
		bytes_uint(out, r->yes);
		break;
	}
}

/* Keys that are a number: where it is. */
static uint64_t number_of(const struct bookgen_rec *r, int key)
{
	const uint64_t number[KEY_LAST + 1] = {
		[1] = r->v,
		[3] = r->seq,
		[4] = r->kind,
		[5] = r->t,
		[6] = r->mono,
		[8] = r->tq,
		[9] = r->actor,
		[10] = r->shift,
		[12] = r->ref,
		[14] = r->per,
		[17] = r->rsn,
		[20] = r->fl,
		[21] = r->tev,
		[28] = r->res,
		[29] = r->who,
		[36] = r->expires,
		[37] = r->via,
		[38] = r->names,
		[40] = r->next_day,
		[46] = r->hop,
	};

	return number[key];
}

/* ack: the text of key 25, made by who knows the hashes. */
static void put_value(const struct bookgen_rec *r, int key, struct bytes *ack,
	struct bytes *out)
{
	const struct {
		const uint8_t *at;
		size_t len;
	} string[KEY_LAST + 1] = {
		[2] = {r->dev, 16},
		[7] = {r->boot, 8},
		[15] = {r->ent, 16},
		[16] = {r->pdc, 32},
		[18] = {r->asig, 64},
		[23] = {r->kpub, 32},
		[24] = {r->rsum, 32},
		[25] = {ack->at, ack->len},
		[30] = {r->peer, 16},
	};

	if (string[key].at)
		bytes_bstr(out, string[key].at, string[key].len);
	else if (key == 22)
		bytes_tstr(out, r->pad);
	else if (key == 31)
		bytes_tstr(out, r->line);
	else if (key == 34)
		bytes_tstr(out, r->notice);
	else if (key >= 36 && key != 41)
		bytes_uint(out, number_of(r, key));
	else if (key == 13)
		bytes_int(out, r->amt);
	else if (key == 11 || key == 19 || key == 26 || key == 27 || key > 31)
		put_arrays(r, key, out);
	else
		bytes_uint(out, number_of(r, key));
}

static void encode(const struct bookgen_rec *r, uint64_t has, struct bytes *ack,
	struct bytes *out)
{
	uint64_t pairs = r->foreign != 0;

	for (int key = 1; key <= KEY_LAST; key++)
		pairs += has >> key & 1;
	out->len = 0;
	bytes_head(out, 5, pairs);
	for (int key = 1; key <= KEY_LAST; key++) {
		if (!(has >> key & 1))
			continue;
		bytes_uint(out, (uint64_t)key);
		put_value(r, key, ack, out);
	}
	if (r->foreign) {
		bytes_uint(out, r->foreign);
		bytes_tstr(out, "of a later version");
	}
}

/* ---- chain and signatures --------------------------------------------------*/

static void genesis(const struct bookgen *b, uint8_t h[32])
{
	bookgen_sha("CHTRGEN1", b->dev, 16, b->device.public, 32, h);
}

static void hash_on(const uint8_t before[32], const struct bytes *body,
	uint8_t out[32])
{
	uint8_t h[32];

	bookgen_sha("CHTRREC1", before, 32, body->at, body->len, h);
	memcpy(out, h, 32);
}

/* Keys 18 and 19 of a copy of the record. */
static void sign_acts(const struct bookgen *b, struct bookgen_rec *r,
	struct bytes *ack)
{
	const uint64_t acts = GEN_HAS(KEY_ASIG) | GEN_HAS(KEY_COSIG);
	const uint64_t who[2] = {r->asig_by ? r->act_key : r->actor,
		r->cosig_by ? r->act_key : r->approver};
	const struct bookgen_user *u;
	struct bytes body = {0};
	uint8_t digest[32];

	if (!(r->has & acts))
		return;
	encode(r, r->has & ~acts, ack, &body);
	crypto_hash_sha256(digest, body.at, body.len);
	u = bookgen_user(b, who[0]);
	if (u && r->asig_by != GEN_BY_KEEP)
		bookgen_sign("CHTRACT1", digest, 32, &u->key, r->asig);
	u = bookgen_user(b, who[1]);
	if (u && r->cosig_by != GEN_BY_KEEP)
		bookgen_sign("CHTRACT1", digest, 32, &u->key, r->cosig);
	bytes_free(&body);
}

static void sign_paper(const struct bookgen_rec *r,
	const struct bookgen_pair *key, struct bookgen_raw *raw)
{
	struct bytes head = {0};

	raw->has_rsig = true;
	if (r->kind == GEN_CLOSE) {
		bookgen_slip_head(r, raw->h, &head);
		bookgen_sign("CHTRZSL1", head.at, head.len, key, raw->rsig);
	} else {
		bookgen_receipt_head(r, raw->h, &head);
		bookgen_sign("CHTRRCP1", head.at, head.len, key, raw->rsig);
	}
	bytes_free(&head);
}

static const struct bookgen_pair *key_for(const struct bookgen *b,
	const struct bookgen_rec *r, int epoch)
{
	if (r->sig_by == GEN_BY_OTHER)
		epoch = r->sig_key;
	return epoch < 0 ? &b->device : &b->epoch[epoch];
}

static void seal_one(const struct bookgen *b, struct bookgen_sealed *s,
	size_t i, int epoch)
{
	struct bookgen_rec r = b->rec[i];
	struct bookgen_raw *raw = &s->raw[i];
	const struct bookgen_pair *key = key_for(b, &r, epoch);
	struct bytes ack = {0};

	if (r.has & GEN_HAS(25) && r.ack.seq > 0 && r.ack.seq <= i)
		bookgen_checkpoint(b, s->raw[r.ack.seq - 1].h, &r.ack, &ack);
	else if (r.has & GEN_HAS(25))
		bookgen_checkpoint(b, b->list, &r.ack, &ack);
	if (r.kind == GEN_START || r.kind == GEN_KEYROLL)
		memcpy(r.kpub, b->epoch[r.epoch].public, 32);
	sign_acts(b, &r, &ack);
	encode(&r, r.has, &ack, &raw->body);
	if (r.twist)
		r.twist(&raw->body);
	if (i == 0)
		genesis(b, raw->h);
	hash_on(i == 0 ? raw->h : s->raw[i - 1].h, &raw->body, raw->h);
	raw->has_rsig = false;
	if (r.sig_by == GEN_BY_KEEP) {
		memset(raw->sig, 0, 64);
	} else {
		bookgen_sign("CHTRSIG1", raw->h, 32, key, raw->sig);
		if ((r.kind == GEN_PAY || r.kind == GEN_CLOSE ||
			    r.strange_rsig) &&
			!r.no_receipt)
			sign_paper(&r, key, raw);
	}
	bytes_free(&ack);
}

void bookgen_seal(const struct bookgen *b, struct bookgen_sealed *out)
{
	int epoch = -1;

	*out = (struct bookgen_sealed){.n = b->n};
	out->raw = calloc(b->n, sizeof(*out->raw));
	if (!out->raw)
		abort();
	for (size_t i = 0; i < b->n; i++) {
		seal_one(b, out, i, epoch);
		if (b->rec[i].kind == GEN_START ||
			b->rec[i].kind == GEN_KEYROLL)
			epoch = b->rec[i].epoch;
	}
}

void bookgen_sealed_free(struct bookgen_sealed *s)
{
	for (size_t i = 0; i < s->n; i++)
		bytes_free(&s->raw[i].body);
	free(s->raw);
	*s = (struct bookgen_sealed){0};
}

void bookgen_sealed_copy(const struct bookgen_sealed *s,
	struct bookgen_sealed *out)
{
	out->n = s->n;
	out->raw = malloc((s->n + 1) * sizeof(*out->raw));
	if (!out->raw)
		abort();
	for (size_t i = 0; i < s->n; i++) {
		out->raw[i] = s->raw[i];
		out->raw[i].body = (struct bytes){0};
		bytes_put(&out->raw[i].body, s->raw[i].body.at,
			s->raw[i].body.len);
	}
}

void bookgen_rehash(const struct bookgen *b, struct bookgen_sealed *s)
{
	uint8_t h[32];

	genesis(b, h);
	for (size_t i = 0; i < s->n; i++) {
		hash_on(h, &s->raw[i].body, s->raw[i].h);
		memcpy(h, s->raw[i].h, 32);
	}
}

void bookgen_resign(const struct bookgen *b, struct bookgen_sealed *s,
	uint64_t seq, int epoch)
{
	struct bookgen_raw *raw = &s->raw[seq - 1];
	const struct bookgen_rec *r = &b->rec[seq - 1];
	const struct bookgen_pair *key = &b->epoch[epoch];

	bookgen_sign("CHTRSIG1", raw->h, 32, key, raw->sig);
	if (raw->has_rsig)
		sign_paper(r, key, raw);
}

/* ---- the file --------------------------------------------------------------*/

static int epoch_before(const struct bookgen *b, uint64_t seq)
{
	int epoch = -1;

	for (size_t i = 0; i + 1 < seq && i < b->n; i++)
		if (b->rec[i].kind == GEN_START ||
			b->rec[i].kind == GEN_KEYROLL)
			epoch = b->rec[i].epoch;
	return epoch;
}

static void put_users(const struct bookgen *b, struct bytes *out)
{
	bytes_uint(out, 10);
	bytes_head(out, 4, GEN_USERS);
	for (int i = 0; i < GEN_USERS; i++) {
		bytes_head(out, 4, 3);
		bytes_uint(out, b->user[i].number);
		bytes_uint(out, b->user[i].role);
		bytes_bstr(out, b->user[i].key.public, 32);
	}
}

static void put_head(const struct bookgen *b, const struct bookgen_sealed *s,
	const struct bookgen_export *how, struct bytes *out)
{
	const int64_t *tot = how->first > 1 ? b->rec[how->first - 2].tot : NULL;
	const int epoch = epoch_before(b, how->first);
	uint8_t h[32];

	genesis(b, h);
	bytes_head(out, 5, 12);
	bytes_uint(out, 0);
	bytes_tstr(out, "CHITRA-JOURNAL");
	bytes_uint(out, 1);
	bytes_uint(out, 1);
	bytes_uint(out, 2);
	bytes_bstr(out, b->dev, 16);
	bytes_uint(out, 3);
	bytes_bstr(out, b->device.public, 32);
	bytes_uint(out, 4);
	bytes_uint(out, how->first);
	bytes_uint(out, 5);
	bytes_uint(out, how->last);
	bytes_uint(out, 6);
	bytes_bstr(out, how->first > 1 ? s->raw[how->first - 2].h : h, 32);
	bytes_uint(out, 7);
	bytes_bstr(out, s->raw[how->last - 1].h, 32);
	bytes_uint(out, 8);
	bytes_bstr(out, epoch < 0 ? b->device.public : b->epoch[epoch].public,
		32);
	bytes_uint(out, 9);
	bytes_head(out, 4, GEN_TOTALS);
	for (int i = 0; i < GEN_TOTALS; i++)
		bytes_int(out, tot ? tot[i] : 0);
	put_users(b, out);
	bytes_uint(out, 11);
	bytes_tstr(out, b->point);
}

static void put_record(const struct bookgen_raw *raw, struct bytes *out)
{
	bytes_head(out, 4, 3);
	bytes_bstr(out, raw->body.at, raw->body.len);
	bytes_bstr(out, raw->sig, 64);
	bytes_bstr(out, raw->rsig, raw->has_rsig ? 64 : 0);
}

static void put_end(const struct bookgen *b, const struct bookgen_export *how,
	const uint8_t last[32], struct bytes *out)
{
	const int epoch = epoch_before(b, how->last + 1);
	uint8_t digest[32];
	uint8_t sig[64];

	crypto_hash_sha256(digest, out->at, out->len);
	bookgen_sign("CHTREXP1", digest, 32,
		epoch < 0 ? &b->device : &b->epoch[epoch], sig);
	bytes_head(out, 5, 5);
	bytes_uint(out, 0);
	bytes_tstr(out, "END");
	bytes_uint(out, 1);
	bytes_uint(out, how->last - how->first + 1);
	bytes_uint(out, 2);
	bytes_uint(out, how->last);
	bytes_uint(out, 3);
	bytes_bstr(out, last, 32);
	bytes_uint(out, 4);
	bytes_bstr(out, sig, how->without_end_sig ? 0 : 64);
}

void bookgen_file(const struct bookgen *b, const struct bookgen_sealed *s,
	const struct bookgen_export *how, struct bytes *out,
	struct bookgen_map *map)
{
	struct bookgen_map ignored;

	if (!map)
		map = &ignored;
	out->len = 0;
	put_head(b, s, how, out);
	map->head_len = out->len;
	for (uint64_t seq = how->first; seq <= how->last; seq++)
		put_record(&s->raw[seq - 1], out);
	map->end_at = out->len;
	put_end(b, how, s->raw[how->last - 1].h, out);
}

void bookgen_file_whole(const struct bookgen *b, const struct bookgen_sealed *s,
	bool end_sig, struct bytes *out)
{
	const struct bookgen_export how = {.first = 1,
		.last = s->n,
		.without_end_sig = !end_sig};

	bookgen_file(b, s, &how, out, NULL);
}
