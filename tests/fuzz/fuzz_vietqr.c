/*
 * fuzz_vietqr.c - whatever a scanner gives: an account that can be written
 * and read again, or a reason and nothing else. The input is read twice, as
 * it is and with a right CRC behind it, so that lengths are reached too.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/codec/vietqr.h"
#include "core/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must_be_clean(const char *text)
{
	char clean[VIETQR_TEXT_SIZE];
	struct text_report report;

	if (!text_clean(text, strlen(text), clean, sizeof(clean), &report) ||
		report.verdict != TEXT_OK)
		abort();
}

static void must_be_empty(const struct vietqr *q)
{
	struct vietqr nothing = {.fault = q->fault};

	if (memcmp(q, &nothing, sizeof(nothing)) != 0)
		abort();
}

/* What can be written reads as the same account. */
static void must_come_back(const struct vietqr *q)
{
	char made[VIETQR_SIZE];
	struct vietqr again;
	struct err err;

	if (!vietqr_make(q, made, &err))
		return;
	if (vietqr_read(made, strlen(made), &again) != VIETQR_OK ||
		memcmp(&again.account, &q->account, sizeof(q->account)) != 0 ||
		again.amount != q->amount || again.to_card != q->to_card ||
		again.dynamic != q->dynamic)
		abort();
	for (const char *s = made; *s; s++)
		if (*s < ' ' || *s > '~')
			abort();
}

static void read_one(const char *bytes, size_t size)
{
	struct vietqr q;
	const enum vietqr_verdict v = vietqr_read(bytes, size, &q);

	if ((v == VIETQR_OK) != (vietqr_code(v, q.fault)[0] == '\0'))
		abort();
	if (v != VIETQR_OK) {
		must_be_empty(&q);
		return;
	}
	must_be_clean(q.bill);
	must_be_clean(q.reference);
	must_be_clean(q.purpose);
	must_be_clean(q.name);
	if (q.amount < 0 || q.amount > VIETQR_MAX_AMOUNT)
		abort();
	must_come_back(&q);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char sealed[1024];
	int n;

	read_one((const char *)data, size);
	if (size < 8 || size > sizeof(sealed) - 9)
		return 0;
	/* Instead of its own tag 63, if it has one. */
	if (memcmp(data + size - 8, "6304", 4) == 0)
		size -= 8;
	memcpy(sealed, data, size);
	memcpy(sealed + size, "6304", 4);
	n = snprintf(sealed + size + 4, 5, "%04X",
		(unsigned)vietqr_crc(sealed, size + 4));
	read_one(sealed, size + 4 + (size_t)n);
	return 0;
}
