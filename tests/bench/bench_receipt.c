/*
 * How long a receipt takes from its values to bytes, on both papers, beside
 * libqrencode making the same QR and doing nothing else, and beside the
 * encoder with no QR on the page. A B C, A B C ...; medians of CPU time.
 * Then the same receipts in the printer's own letters (TCVN-3), whose QR is
 * a raster all the same: its bytes are those beyond the receipt without one.
 *
 * Target (budgets.md): bytes ready in 0.5 ms of CPU, under 45 KB of raster,
 * the letters under 2 KiB.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/codec/escpos.h"
#include "core/codec/qr.h"
#include "core/codec/receipt.h"
#include "support/receipts.h"

enum {
	ROUNDS = 401,
	BUDGET_US = 500,
	BUDGET_BYTES = 45 * 1024,
	BUDGET_LETTERS = 2 * 1024
};

static uint8_t bytes[ESCPOS_MAX_BYTES];
static struct page page;
static struct receipt_doc no_qr;

static double cpu_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static size_t make_as(const struct receipt_doc *doc, int width,
	enum escpos_letters letters)
{
	const struct escpos_how how = {letters, 30, 31};
	struct err err = {.code = ERR_NONE};
	size_t len = 0;

	if (!receipt_page(doc, width, &page, &err) ||
		!escpos_encode_as(&page, &how, bytes, sizeof(bytes), &len,
			&err)) {
		fprintf(stderr, "%s\n", err.text);
		exit(1);
	}
	return len;
}

static size_t whole_58(void)
{
	return make_as(&receipts_full, PAGE_58, ESCPOS_RASTER);
}

static size_t whole_80(void)
{
	return make_as(&receipts_full, PAGE_80, ESCPOS_RASTER);
}

static size_t without_qr_80(void)
{
	return make_as(&no_qr, PAGE_80, ESCPOS_RASTER);
}

static size_t letters_58(void)
{
	return make_as(&no_qr, PAGE_58, ESCPOS_TCVN3);
}

static size_t letters_80(void)
{
	return make_as(&no_qr, PAGE_80, ESCPOS_TCVN3);
}

static size_t letters_and_qr_80(void)
{
	return make_as(&receipts_full, PAGE_80, ESCPOS_TCVN3);
}

static size_t qr_alone(void)
{
	static struct qr qr;
	struct err err = {.code = ERR_NONE};

	if (!qr_make(receipts_full.qr, strlen(receipts_full.qr), QR_MEDIUM, &qr,
		    &err)) {
		fprintf(stderr, "%s\n", err.text);
		exit(1);
	}
	return (size_t)qr.size;
}

static struct path {
	const char *name;
	size_t (*run)(void);
	size_t budget; /* bytes; 0: no receipt */
	double us[ROUNDS];
	size_t len;
} paths[] = {
	{.name = "libqrencode, the same QR alone", .run = qr_alone},
	{.name = "receipt 80 mm, no QR", .run = without_qr_80},
	{.name = "receipt 58 mm", .run = whole_58, .budget = BUDGET_BYTES},
	{.name = "receipt 80 mm", .run = whole_80, .budget = BUDGET_BYTES},
	{.name = "letters 58 mm, no QR",
		.run = letters_58,
		.budget = BUDGET_LETTERS},
	{.name = "letters 80 mm, no QR",
		.run = letters_80,
		.budget = BUDGET_LETTERS},
	{.name = "letters 80 mm, the QR as dots",
		.run = letters_and_qr_80,
		.budget = BUDGET_BYTES},
};

enum {
	PATHS = sizeof(paths) / sizeof(paths[0])
};

static int compare(const void *a, const void *b)
{
	const double x = *(const double *)a;
	const double y = *(const double *)b;

	return (x > y) - (x < y);
}

int main(void)
{
	double peer;
	bool kept = true;

	no_qr = receipts_full;
	no_qr.qr[0] = '\0';
	for (int round = 0; round < ROUNDS; round++)
		for (int i = 0; i < PATHS; i++) {
			const double from = cpu_us();

			paths[i].len = paths[i].run();
			paths[i].us[round] = cpu_us() - from;
		}
	for (int i = 0; i < PATHS; i++)
		qsort(paths[i].us, ROUNDS, sizeof(double), compare);
	peer = paths[0].us[ROUNDS / 2];
	printf("receipt bytes ready (CPU, median of %d):\n", ROUNDS);
	for (int i = 0; i < PATHS; i++) {
		const double us = paths[i].us[ROUNDS / 2];

		printf("  %-32s %8.0f us  x %.2f", paths[i].name, us,
			us / peer);
		if (i > 0)
			printf("  %6zu bytes", paths[i].len);
		printf("\n");
		if (paths[i].budget > 0)
			kept = kept && us < BUDGET_US &&
			       paths[i].len < paths[i].budget;
	}
	printf("  budget %d us, %d bytes of raster, %d of letters: %s\n",
		BUDGET_US, BUDGET_BYTES, BUDGET_LETTERS,
		kept ? "kept" : "NOT kept");
	return 0;
}
