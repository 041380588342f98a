/* bookgen_papers.c - what lies outside of the book: keys, receipts, acks. */
#include <sodium.h>
#include <string.h>

#include "support/bookgen_internal.h"

static const char centre_name[] = "vnpost-test";
static const char *const roles[] = {"", "agent", "staff", "supervisor",
	"technician"};

static void put_epochs(const struct bookgen *b, struct bytes *out)
{
	uint64_t first = 0;
	int epoch = -1;

	for (size_t i = 0; i <= b->n; i++) {
		const bool begins =
			i < b->n && (b->rec[i].kind == GEN_START ||
					    b->rec[i].kind == GEN_KEYROLL);

		if (i < b->n && !begins)
			continue;
		if (epoch >= 0) {
			bytes_text(out, "epoch ");
			bytes_hex(out, b->dev, 16);
			bytes_text(out, " %llu ", (unsigned long long)first);
			if (i < b->n)
				bytes_text(out, "%zu ", i + 1);
			else
				bytes_text(out, "- ");
			bytes_hex(out, b->epoch[epoch].public, 32);
			bytes_text(out, "\n");
		}
		if (begins) {
			epoch = b->rec[i].epoch;
			first = i + 2;
		}
	}
}

void bookgen_keys(const struct bookgen *b, struct bytes *out)
{
	out->len = 0;
	bytes_text(out, "# keys of one terminal\ndevice ");
	bytes_hex(out, b->dev, 16);
	bytes_text(out, " ");
	bytes_hex(out, b->device.public, 32);
	bytes_text(out, "\n");
	put_epochs(b, out);
	for (int i = 0; i < GEN_USERS; i++) {
		bytes_text(out, "user %llu %s ",
			(unsigned long long)b->user[i].number,
			roles[b->user[i].role]);
		bytes_hex(out, b->user[i].key.public, 32);
		bytes_text(out, "\n");
	}
	if (b->revoked_user)
		bytes_text(out, "revoked %llu %llu\n",
			(unsigned long long)b->revoked_user,
			(unsigned long long)b->revoked_ms);
	bytes_text(out, "centre %s ", centre_name);
	bytes_hex(out, b->centre.public, 32);
	bytes_text(out, "\n");
}

void bookgen_roster(const struct bookgen *b, struct bytes *out)
{
	out->len = 0;
	bytes_text(out, "list,ent,period,what,amount\n");
	for (size_t i = 0; i < b->dues; i++) {
		const struct bookgen_item *item = &b->due[i].item;

		bytes_hex(out, b->list, 32);
		bytes_text(out, ",");
		bytes_hex(out, item->ent, 16);
		bytes_text(out, ",%llu,%llu,%lld\n",
			(unsigned long long)item->per,
			(unsigned long long)item->what, (long long)item->amt);
	}
}

/* ---- receipts and Z slips --------------------------------------------------*/

void bookgen_receipt_head(const struct bookgen_rec *r, const uint8_t h[32],
	struct bytes *out)
{
	bytes_byte(out, 1);
	bytes_put(out, r->dev, 16);
	bytes_be(out, r->seq, 5);
	bytes_be(out, (uint64_t)r->amt, 5);
	bytes_be(out, r->per, 3);
	bytes_be(out, r->t, 6);
	bytes_put(out, h, 16);
}

static uint64_t counted(const struct bookgen_rec *r)
{
	int64_t sum = 0;

	for (size_t i = 0; i < r->cnts; i++)
		sum += r->cnt[i].denomination * r->cnt[i].pieces;
	return (uint64_t)sum;
}

void bookgen_slip_head(const struct bookgen_rec *r, const uint8_t h[32],
	struct bytes *out)
{
	bytes_byte(out, 1);
	bytes_put(out, r->dev, 16);
	bytes_be(out, r->seq, 5);
	bytes_be(out, r->shift, 4);
	bytes_be(out, r->t, 6);
	bytes_be(out, (uint64_t)r->amt, 5);
	bytes_be(out, counted(r), 5);
	bytes_be(out, (uint64_t)r->tot[0], 7);
	bytes_be(out, (uint64_t)r->tot[1], 7);
	bytes_be(out, (uint64_t)r->tot[4], 5);
	bytes_be(out, (uint64_t)r->tot[5], 5);
	bytes_put(out, h, 16);
}

void bookgen_receipt_text(const struct bookgen_rec *r,
	const struct bookgen_raw *raw, struct bytes *out)
{
	struct bytes all = {0};

	bookgen_receipt_head(r, raw->h, &all);
	bytes_put(&all, raw->rsig, 64);
	bytes_text(out, "CV1:");
	bytes_base45(out, all.at, all.len);
	bytes_free(&all);
}

void bookgen_slip_text(const struct bookgen_rec *r,
	const struct bookgen_raw *raw, struct bytes *out)
{
	struct bytes all = {0};

	bookgen_slip_head(r, raw->h, &all);
	bytes_put(&all, raw->rsig, 64);
	bytes_text(out, "CZ1:");
	bytes_base45(out, all.at, all.len);
	bytes_free(&all);
}

void bookgen_code(const uint8_t h[32], char out[17])
{
	static const char set[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U";
	unsigned sum = 0;
	int at = 0;

	for (int i = 0; i < 12; i++) {
		const int bit = 5 * i;
		const unsigned two = (unsigned)h[bit / 8] << 8 | h[bit / 8 + 1];
		const unsigned v = two >> (11 - bit % 8) & 31;

		sum += (unsigned)(i + 1) * v;
		out[at++] = set[v];
		if (i % 4 == 3)
			out[at++] = '-';
	}
	out[at++] = set[sum % 37];
	out[at] = '\0';
}

/* Every third payout by its code, the others by their QR; every slip. */
void bookgen_receipts(const struct bookgen *b, const struct bookgen_sealed *s,
	struct bytes *out)
{
	char code[17];
	int payouts = 0;

	out->len = 0;
	bytes_text(out, "# receipts that people showed\n\n");
	for (size_t i = 0; i < b->n; i++) {
		const struct bookgen_rec *r = &b->rec[i];

		if (r->kind == GEN_CLOSE) {
			bookgen_slip_text(r, &s->raw[i], out);
		} else if (r->kind != GEN_PAY) {
			continue;
		} else if (++payouts % 3 == 0 || !s->raw[i].has_rsig) {
			bookgen_code(s->raw[i].h, code);
			bytes_text(out, "%s", code);
		} else {
			bookgen_receipt_text(r, &s->raw[i], out);
		}
		bytes_text(out, "\n");
	}
}

/* ---- checkpoints -----------------------------------------------------------*/

static void sign_note(const struct bookgen *b, const struct bytes *text,
	bool wrong_key, struct bytes *out)
{
	struct bookgen_pair other;
	uint8_t id[32];
	uint8_t sig[4 + 64];
	crypto_hash_sha256_state h;

	bookgen_key(b->seed, "not the centre", 0, &other);
	crypto_hash_sha256_init(&h);
	crypto_hash_sha256_update(&h, (const uint8_t *)centre_name,
		strlen(centre_name));
	crypto_hash_sha256_update(&h, (const uint8_t *)"\n\1", 2);
	crypto_hash_sha256_update(&h, b->centre.public, 32);
	crypto_hash_sha256_final(&h, id);
	memcpy(sig, id, 4);
	bookgen_sign("CHTRACK1", text->at, text->len,
		wrong_key ? &other : &b->centre, sig + 4);
	bytes_text(out, "\u2014 %s ", centre_name);
	bytes_base64(out, sig, sizeof(sig));
	bytes_text(out, "\n");
}

void bookgen_checkpoint(const struct bookgen *b, const uint8_t h[32],
	const struct bookgen_ack *ack, struct bytes *out)
{
	struct bytes text = {0};

	bytes_text(&text, "CHITRA-CHECKPOINT v1\n");
	bytes_hex(&text, ack->dev, 16);
	bytes_text(&text, "\n%llu\n", (unsigned long long)ack->seq);
	bytes_base64(&text, ack->wrong_hash ? b->list : h, 32);
	bytes_text(&text, "\n%llu %llu %llu\n",
		(unsigned long long)ack->server_ms,
		(unsigned long long)ack->revlist,
		(unsigned long long)ack->lease_ms);
	bytes_base64(&text, ack->nonce, 16);
	bytes_text(&text, "\n");
	bytes_put(out, text.at, text.len);
	sign_note(b, &text, ack->wrong_key, out);
	bytes_free(&text);
}

/* Those that the book has, and a newer one over the last record. */
void bookgen_checkpoints(const struct bookgen *b,
	const struct bookgen_sealed *s, struct bytes *out)
{
	struct bookgen_ack last = {.seq = b->n,
		.server_ms = b->rec[b->n - 1].t + 60000,
		.revlist = 1,
		.lease_ms = b->rec[b->n - 1].t + 86400000};

	out->len = 0;
	for (size_t i = 0; i < b->n; i++) {
		const struct bookgen_ack *ack = &b->rec[i].ack;

		/* A falsified one may speak of a record that is not there. */
		if (!(b->rec[i].has & GEN_HAS(25)) || ack->seq == 0 ||
			ack->seq > b->n)
			continue;
		bookgen_checkpoint(b, s->raw[ack->seq - 1].h, ack, out);
		bytes_text(out, "\n");
		last.revlist = ack->revlist;
	}
	memcpy(last.dev, b->dev, 16);
	memset(last.nonce, 0xee, sizeof(last.nonce));
	bookgen_checkpoint(b, s->raw[b->n - 1].h, &last, out);
}
