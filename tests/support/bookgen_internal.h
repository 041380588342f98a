/*
 * bookgen_internal.h - what the files of the second writer share.
 *
 * bookgen.c writes bytes, bookgen_papers.c what lies outside of the book,
 * bookgen_edit.c changes books; bookgen_day.c lives the days of an office and
 * bookgen_acts.c what happens in a shift.
 */
#ifndef TESTS_SUPPORT_BOOKGEN_INTERNAL_H
#define TESTS_SUPPORT_BOOKGEN_INTERNAL_H

#include "support/bookgen.h"

void bookgen_sha(const char tag[8], const void *a, size_t a_len, const void *b,
	size_t b_len, uint8_t out[32]);

/* Ed25519 over tag and message. */
void bookgen_sign(const char tag[8], const void *message, size_t len,
	const struct bookgen_pair *key, uint8_t sig[64]);

/* The bytes that the receipt's, or the Z slip's, signature covers. */
void bookgen_receipt_head(const struct bookgen_rec *r, const uint8_t h[32],
	struct bytes *out);
void bookgen_slip_head(const struct bookgen_rec *r, const uint8_t h[32],
	struct bytes *out);

/* splitmix64. */
uint64_t bookgen_random(uint64_t *state);

/* Users of every book. */
enum {
	GEN_HOA = 1,  /* supervisor */
	GEN_TUAN = 2, /* supervisor, sent away in the middle of the book */
	GEN_DUNG = 5, /* staff */
	GEN_LAN = 7,  /* agent */
	GEN_MINH = 8, /* agent */
	GEN_KY = 9    /* technician */
};

/* The office while the book is written. */
struct office {
	struct bookgen *b;
	const struct bookgen_shape *shape;
	uint64_t random;
	uint64_t t;
	uint64_t latest; /* t was never higher */
	uint64_t mono;
	uint8_t boot[8];
	int64_t tot[GEN_TOTALS];
	uint64_t shift;
	uint64_t agent;     /* of the shift */
	uint64_t per;       /* YYYYMM of this month */
	int64_t drawer;     /* cash */
	uint64_t acked;     /* number of the last record acknowledged */
	uint64_t server_ms; /* time that the centre last told; 0: never */
	uint64_t set_ms;    /* a supervisor vouched for the clock; 0: never */
	uint64_t revlist;
	uint64_t pads; /* handwritten receipts so far */
	bool sigfail;
	size_t act; /* acts of the table done so far */
	bool has_voided;
	struct bookgen_item voided; /* money that can be paid again */
	uint64_t paid;              /* a payout whose paper is good; 0: none */
	uint64_t copies;            /* of that one */
	uint8_t released[16];       /* entitlement that is with the peer */
	bool has_released;
};

uint64_t office_below(struct office *o, uint64_t n);
bool office_often(struct office *o, unsigned percent);
void office_bytes(struct office *o, void *out, size_t len);
void office_pass(struct office *o, uint64_t least_s, uint64_t most_s);

/* A new record of that kind, stamped; the caller adds keys. */
struct bookgen_rec *office_put(struct office *o, uint64_t kind, uint64_t actor);

/* Keys that several kinds have. */
void office_ref(struct bookgen_rec *r, uint64_t seq);
void office_rsn(struct bookgen_rec *r, uint64_t rsn);
void office_res(struct bookgen_rec *r, uint64_t res);

/* YYYYMMDD at UTC+7, so many days after that time. */
uint64_t office_day(uint64_t t, int days);
void office_flag(struct bookgen_rec *r, uint64_t fl);
void office_pdc(struct office *o, struct bookgen_rec *r);
void office_cosign(struct office *o, struct bookgen_rec *r);
void office_notes(struct bookgen_rec *r, int64_t amt);

/* Money into or out of the drawer, with the notes. */
void office_cash(struct office *o, uint64_t kind, int64_t amt);

/* A new item of the list, on the roster. */
struct bookgen_item office_due(struct office *o, uint64_t what, int64_t amt);

/* A machine that was switched on. */
void office_boot(struct office *o);
void office_upload(struct office *o);

/* bookgen_elsewhere.c: paid marks of another terminal, of two messages; and
 * who says that the receipt of payout seq is wrong. */
void office_paid_elsewhere(struct office *o);
void office_complaint(struct office *o, uint64_t seq, uint64_t actor,
	uint64_t rsn);

/* One act of the agent in an open shift: each of the table once, then as
 * they come. */
void office_act(struct office *o);

#endif
