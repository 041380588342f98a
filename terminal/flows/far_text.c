#include "terminal/flows/far_text.h"

#include <stdio.h>
#include <string.h>

#include "core/money.h"
#include "core/tr.h"

enum {
	KILOBYTE = 1000,
	MEGABYTE = 1000000,
	MINUTES_FROM_S = 100,
	PIECE_SIZE = 48
};

void far_amount_text(int64_t amount, enum far_unit unit, char *out, size_t size)
{
	const bool small = amount < MEGABYTE;
	char number[MONEY_TEXT_SIZE];

	if (unit == FAR_ROWS) {
		snprintf(out, size, "%s", money_format(amount, number));
		return;
	}
	money_format(amount / (small ? KILOBYTE : MEGABYTE), number);
	snprintf(out, size, small ? "%s kB" : "%s MB", number);
}

void far_time_text(int64_t ms, char *out, size_t size)
{
	const long long s = (ms + 999) / 1000;

	if (s < MINUTES_FROM_S)
		snprintf(out, size, tr("%lld s"), s);
	else
		snprintf(out, size, tr("%lld min"), (s + 59) / 60);
}

/* ", " and the piece, behind what is there. */
static void add(char *out, size_t size, const char *piece)
{
	const size_t len = strlen(out);

	snprintf(out + len, size - len, "%s%s", len > 0 ? ", " : "", piece);
}

static void add_done(const struct far *f, char *out, size_t size)
{
	const int permille = far_permille(f);
	char amount[PIECE_SIZE];
	char piece[FAR_TEXT_SIZE];

	far_amount_text(f->done, f->unit, amount, sizeof(amount));
	if (f->done > 0 && permille > 0)
		snprintf(piece, sizeof(piece),
			f->unit == FAR_ROWS ? tr("Rows done: %s (%d%%)")
					    : tr("Written: %s (%d%%)"),
			amount, permille < 990 ? permille / 10 : 99);
	else if (f->done > 0)
		snprintf(piece, sizeof(piece),
			f->unit == FAR_ROWS ? tr("Rows done: %s")
					    : tr("Written: %s"),
			amount);
	else if (permille > 0)
		snprintf(piece, sizeof(piece), tr("Done: %d%%"),
			permille < 990 ? permille / 10 : 99);
	else
		snprintf(piece, sizeof(piece), "%s", tr("At work"));
	add(out, size, piece);
}

void far_text(const struct far *f, int64_t spent_ms, int64_t part_ms, char *out,
	size_t size)
{
	const int64_t rate = far_rate(f, part_ms);
	const int64_t left = far_left_ms(f, spent_ms);
	char text[PIECE_SIZE];
	char piece[FAR_TEXT_SIZE];

	out[0] = '\0';
	add_done(f, out, size);
	if (rate > 0) {
		far_amount_text(rate, f->unit, text, sizeof(text));
		snprintf(piece, sizeof(piece), tr("%s a second"), text);
		add(out, size, piece);
	}
	far_time_text(left >= 0 ? left : spent_ms, text, sizeof(text));
	snprintf(piece, sizeof(piece), left >= 0 ? tr("%s left") : "%s", text);
	add(out, size, piece);
}
