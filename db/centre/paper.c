#include "db/centre/paper.h"

#include <string.h>

#include "core/date.h"
#include "core/str.h"
#include "db/centre/daylog.h"
#include "db/centre/entry.h"

enum {
	ID = 2 * BATCH_DEV + 1,
	WHEN = 32,
	KEY_PERIOD = 14,
	KEY_RESULT = 28
};

static const char tag_receipt[] = "CHTRRCP1";

static const struct {
	const char *word;
	const char *sentence;
} verdicts[PAPER_VERDICTS] = {
	[PAPER_TRUE] = {"true", "The payment stands as the paper says."},
	[PAPER_VOIDED] = {"voided",
		"The paper is right, but the payment was taken back later."},
	[PAPER_DOUBLE] = {"double",
		"The paper is right, but the same money was paid before, by"
		" another record."},
	[PAPER_ALTERED] = {"altered",
		"The paper does not say what was recorded, or nobody signed"
		" it: it was changed or made up."},
	[PAPER_FORK] = {"fork",
		"The terminal signed this paper, but the book that it sent has"
		" something else there: it had two books."},
	[PAPER_NOT_YET] = {"unknown_here_yet",
		"This record of the terminal has not come yet: ask again when"
		" it has sent its book."},
	[PAPER_STRANGER] = {"stranger",
		"No terminal of this centre has that id."},
	[PAPER_NO_RECORD] = {"no_record",
		"No payment that is here has this code."},
	[PAPER_UNREADABLE] = {"unreadable",
		"This is no receipt, or a letter of it is wrong: read it"
		" again."},
};

const char *paper_word(enum paper_verdict v)
{
	return verdicts[v].word;
}

const char *paper_sentence(enum paper_verdict v)
{
	return verdicts[v].sentence;
}

/* ---- what became of the payment ------------------------------------------------
 */

static bool later(const struct store_record *r, void *arg)
{
	struct paper_found *f = arg;
	struct entry e;
	uint64_t copy;

	if ((r->kind != ENTRY_HANDED && r->kind != ENTRY_VOID &&
		    r->kind != ENTRY_REPRINT) ||
		entry_read(r->body, r->len, &e) != 0 || e.ref != f->seq)
		return true;
	if (r->kind == ENTRY_HANDED)
		f->handed = r->seq;
	else if (r->kind == ENTRY_VOID)
		f->voided = r->seq;
	else if (entry_number(r->body, r->len, KEY_RESULT, &copy) &&
		 copy > f->copies)
		f->copies = copy;
	return true;
}

/* Each of its items, and whether this payment is the one that stands. */
static bool stands(struct store *s, struct entry *e, struct paper_found *f,
	struct err *err)
{
	for (size_t i = 0; i < e->items; i++) {
		struct store_paid by;
		uint8_t ent[16];

		entry_next_item(e, ent);
		switch (store_paid_by(s, ent, &by, err)) {
		case LOOKUP_FAILED:
			return false;
		case LOOKUP_ABSENT:
			continue;
		case LOOKUP_FOUND:
			break;
		}
		if (by.seq == f->seq &&
			memcmp(by.dev, f->terminal.dev, sizeof(by.dev)) == 0)
			continue;
		f->verdict = PAPER_DOUBLE;
		f->other_seq = by.seq;
		memcpy(f->other_dev, by.dev, sizeof(f->other_dev));
		return true;
	}
	return true;
}

/* The paper is right; what came of the payment. */
static bool follow(struct store *s, struct entry *e, struct paper_found *f,
	struct err *err)
{
	f->verdict = PAPER_TRUE;
	if (!store_records(s, f->terminal.dev, f->seq + 1, f->terminal.last,
		    later, f, err))
		return false;
	if (f->voided != 0) {
		f->verdict = PAPER_VOIDED;
		return true;
	}
	return stands(s, e, f, err);
}

/* ---- its record ------------------------------------------------------------------
 */

/* One record of the book, kept beyond the call that reads it. */
struct kept {
	bool found;
	uint64_t kind;
	uint8_t h[CRYPTO_HASH_SIZE];
	uint8_t body[BATCH_BODY_MAX];
	size_t len;
};

static bool keep(const struct store_record *r, void *arg)
{
	struct kept *k = arg;

	if (r->len > sizeof(k->body))
		return false;
	k->found = true;
	k->kind = r->kind;
	memcpy(k->h, r->h, sizeof(k->h));
	memcpy(k->body, r->body, r->len);
	k->len = r->len;
	return false;
}

/* The record is a payment: what it says goes to f. */
static bool is_payment(const struct kept *k, struct entry *e,
	struct paper_found *f)
{
	if (!k->found || k->kind != ENTRY_PAY ||
		entry_read(k->body, k->len, e) != 0)
		return false;
	f->t = e->t;
	f->amount = e->amount;
	if (!entry_number(k->body, k->len, KEY_PERIOD, &f->period))
		f->period = 0;
	seal_code(k->h, f->code);
	return true;
}

/* ---- by its QR ---------------------------------------------------------------------
 */

static bool is_signed(const struct seal *seal,
	const uint8_t key[CRYPTO_PUBLIC_SIZE])
{
	uint8_t head[SEAL_HEAD_BYTES];

	seal_head(seal, head);
	return crypto_verify_tagged(tag_receipt, head, sizeof(head), key,
		seal->sig);
}

static bool says_the_same(const struct seal *seal, const struct kept *k,
	const struct paper_found *f)
{
	return memcmp(seal->h, k->h, sizeof(seal->h)) == 0 &&
	       (uint64_t)seal->amount == f->amount &&
	       (uint64_t)seal->period == f->period && (uint64_t)seal->t == f->t;
}

static bool by_record(struct store *s, const struct seal *seal,
	struct paper_found *f, struct err *err)
{
	uint8_t key[CRYPTO_PUBLIC_SIZE];
	struct kept k = {0};
	struct entry e;
	bool ours;

	if (!store_records(s, seal->dev, seal->seq, seal->seq, keep, &k, err))
		return false;
	switch (store_key_at(s, seal->dev, seal->seq, key, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_ABSENT:
		f->verdict = PAPER_ALTERED;
		return true;
	case LOOKUP_FOUND:
		break;
	}
	ours = is_signed(seal, key);
	if (is_payment(&k, &e, f) && says_the_same(seal, &k, f) && ours)
		return follow(s, &e, f, err);
	f->verdict = ours ? PAPER_FORK : PAPER_ALTERED;
	return true;
}

static bool by_qr(struct store *s, const char *text, struct paper_found *f,
	struct err *err)
{
	struct seal seal;

	if (!seal_parse(text, &seal)) {
		f->verdict = PAPER_UNREADABLE;
		return true;
	}
	f->seq = seal.seq;
	switch (store_device_get(s, seal.dev, false, &f->terminal, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_ABSENT:
		memcpy(f->terminal.dev, seal.dev, sizeof(f->terminal.dev));
		f->verdict = PAPER_STRANGER;
		return true;
	case LOOKUP_FOUND:
		break;
	}
	if (seal.seq > f->terminal.last) {
		f->verdict = PAPER_NOT_YET;
		return true;
	}
	return by_record(s, &seal, f, err);
}

/* ---- by its code --------------------------------------------------------------------
 */

struct looking {
	struct store *s;
	const char *code;
	struct paper_found *f;
	struct kept kept;
	struct err *err;
	bool ok;
};

static bool has_code(const struct store_record *r, void *arg)
{
	struct looking *l = arg;
	char code[SEAL_CODE_SIZE];

	if (r->kind != ENTRY_PAY)
		return true;
	seal_code(r->h, code);
	if (strcmp(code, l->code) != 0)
		return true;
	l->f->seq = r->seq;
	return keep(r, &l->kept);
}

static bool look_in(const struct store_device *d, void *arg)
{
	struct looking *l = arg;

	l->ok = store_records(l->s, d->dev, 1, d->last, has_code, l, l->err);
	if (l->kept.found)
		l->f->terminal = *d;
	return l->ok && !l->kept.found;
}

static bool by_code(struct store *s, const char *code, const char *terminal,
	struct paper_found *f, struct err *err)
{
	struct looking l = {.s = s, .code = code, .f = f, .err = err};
	struct store_device d;
	struct entry e;

	l.ok = true;
	if (terminal) {
		switch (daylog_terminal(s, terminal, &d, err)) {
		case LOOKUP_FAILED:
			return false;
		case LOOKUP_ABSENT:
			f->verdict = PAPER_STRANGER;
			return true;
		case LOOKUP_FOUND:
			look_in(&d, &l);
		}
	} else if (!store_devices(s, look_in, &l, err)) {
		return false;
	}
	if (!l.ok)
		return false;
	if (is_payment(&l.kept, &e, f))
		return follow(s, &e, f, err);
	f->verdict = PAPER_NO_RECORD;
	return true;
}

bool paper_check(struct store *s, const char *text, const char *terminal,
	struct paper_found *out, struct err *err)
{
	*out = (struct paper_found){0};
	if (str_starts(text, "CV1:"))
		return by_qr(s, text, out, err);
	if (seal_code_parse(text, out->code))
		return by_code(s, out->code, terminal, out, err);
	out->code[0] = '\0';
	out->verdict = PAPER_UNREADABLE;
	return true;
}

/* ---- telling it ------------------------------------------------------------------------
 */

bool paper_write(const struct paper_found *f, struct rows *out, struct err *err)
{
	static const uint8_t nobody[BATCH_DEV];
	const bool known = memcmp(f->terminal.dev, nobody, BATCH_DEV) != 0;
	const bool has_other = f->other_seq != 0;
	char id[ID];
	char other[ID];
	char at[WHEN];
	char period[DATE_TEXT_SIZE];
	const struct rows_cell cells[] = {
		{.name = "verdict", .text = paper_word(f->verdict)},
		{.name = "says", .text = paper_sentence(f->verdict)},
		{.name = "terminal", .text = id, .empty = !known},
		{.name = "point",
			.text = f->terminal.name,
			.empty = !f->terminal.name[0]},
		{.name = "number", .number = f->seq, .empty = f->seq == 0},
		{.name = "time",
			.text = date_time_iso((int64_t)f->t, at),
			.empty = f->t == 0},
		{.name = "amount", .number = f->amount, .empty = f->t == 0},
		{.name = "period",
			.text = period_iso((int32_t)f->period, period),
			.empty = f->period == 0},
		{.name = "code", .text = f->code, .empty = !f->code[0]},
		{.name = "copies", .number = f->copies, .empty = f->t == 0},
		{.name = "handed",
			.number = f->handed,
			.empty = f->handed == 0},
		{.name = "voided",
			.number = f->voided,
			.empty = f->voided == 0},
		{.name = "other_terminal", .text = other, .empty = !has_other},
		{.name = "other_number",
			.number = f->other_seq,
			.empty = !has_other},
	};

	str_to_hex(f->terminal.dev, BATCH_DEV, id);
	str_to_hex(f->other_dev, BATCH_DEV, other);
	rows_put(out, "receipt", cells, sizeof(cells) / sizeof(cells[0]));
	return rows_end(out, err);
}
