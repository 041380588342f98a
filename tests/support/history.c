#include "support/history.h"

#include <stdio.h>

static const struct {
	const char *name;
	unsigned weight;
} kinds[STEP_COUNT] = {
	[STEP_OPEN] = {"open a shift", 5},
	[STEP_CLOSE] = {"close it", 4},
	[STEP_TOP_UP] = {"top up", 3},
	[STEP_DROP] = {"drop", 3},
	[STEP_PAY] = {"pay", 34},
	[STEP_HANDED] = {"handed over", 22},
	[STEP_NOT_HANDED] = {"not handed over", 5},
	[STEP_RECOVER] = {"recover", 4},
	[STEP_SHEET] = {"enter a sheet of the pad", 5},
	[STEP_VOID] = {"take money back", 8},
	[STEP_PRINT] = {"print", 16},
	[STEP_COPY] = {"print a copy", 4},
	[STEP_NOT_PAID] = {"note as not paid", 4},
	[STEP_LEFT] = {"a list says that he left", 1},
	[STEP_WRONG_PIN] = {"a wrong PIN", 3},
	[STEP_SIGN_IN] = {"sign in", 2},
	[STEP_CRASH] = {"crash", 1},
	[STEP_RESTART] = {"restart", 1},
	[STEP_CLOCK] = {"move the clock", 4},
	[STEP_VOUCH] = {"vouch for the clock", 2},
	[STEP_CHECKPOINT] = {"checkpoint", 1},
};

static const int64_t clock_moves[] = {1000, 60000, 3600000, 20000, -300000,
	-3600000, -86400000, 7200000};

static uint64_t next(uint64_t *at)
{
	uint64_t x = *at += UINT64_C(0x9e3779b97f4a7c15);

	x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
	return x ^ x >> 31;
}

static enum step_kind draw_kind(uint64_t *at)
{
	unsigned sum = 0;
	unsigned n;

	for (int i = 0; i < STEP_COUNT; i++)
		sum += kinds[i].weight;
	n = (unsigned)(next(at) % sum);
	for (int i = 0; i < STEP_COUNT; i++) {
		if (n < kinds[i].weight)
			return (enum step_kind)i;
		n -= kinds[i].weight;
	}
	return STEP_CHECKPOINT;
}

int history_draw(uint64_t seed, struct step out[HISTORY_STEPS])
{
	uint64_t at = seed * UINT64_C(0xd1342543de82ef95) + 7;
	const int count = 10 + (int)(next(&at) % (HISTORY_STEPS - 9));

	for (int i = 0; i < count; i++) {
		const unsigned who = (unsigned)(next(&at) % 16);
		const unsigned by = (unsigned)(next(&at) % 8);

		out[i] = (struct step){.kind = draw_kind(&at),
			.who = who == 0  ? HOA
			       : who < 3 ? MINH
					 : LAN,
			.by = by < 3    ? HOA
			      : by == 3 ? MINH
					: NOBODY,
			.person = (int)(next(&at) % HISTORY_PEOPLE),
			.arg = (unsigned)(next(&at) >> 32)};
	}
	out[0].kind = STEP_OPEN;
	return count;
}

void step_text(const struct step *s, char out[HISTORY_TEXT])
{
	static const char *const who[] = {"Lan", "Minh", "Hoa", "nobody"};

	snprintf(out, HISTORY_TEXT, "%s: %s, person %d, by %s, arg %#x",
		who[s->who], kinds[s->kind].name, s->person, who[s->by],
		s->arg);
}

int64_t step_clock_ms(const struct step *s)
{
	return clock_moves[s->arg %
			   (sizeof(clock_moves) / sizeof(clock_moves[0]))];
}

int32_t step_list_period(const struct step *s)
{
	static const int32_t list[] = {0, 0, 0, 202612, 202611, 0, 0, 202610};

	return list[s->arg % 8];
}

bool step_by_guardian(const struct step *s)
{
	return (s->arg >> 3) % 5 == 0;
}

bool step_lacks_number(const struct step *s)
{
	return step_by_guardian(s) && (s->arg >> 6) % 4 == 0;
}

bool step_says_notes(const struct step *s)
{
	return (s->arg >> 8) % 3 == 0;
}

bool step_says_wrong_notes(const struct step *s)
{
	return step_says_notes(s) && (s->arg >> 10) % 4 == 0;
}

bool step_reviews(const struct step *s)
{
	return (s->arg >> 12) % 4 == 0;
}

int step_sheet(const struct step *s)
{
	return (int)((s->arg >> 16) % HISTORY_SHEETS);
}

int64_t step_ago_ms(const struct step *s)
{
	static const int64_t ago[] = {60000, 3600000, 86400000, 1, 0, -60000};

	return ago[(s->arg >> 20) % 6];
}

int step_payout(const struct step *s, int payouts)
{
	return (int)(s->arg % (unsigned)payouts);
}

enum void_reason step_void_reason(const struct step *s)
{
	return (s->arg >> 8) % 3 == 0 ? VOID_RECEIPT_LOST : VOID_RECEIPT_BACK;
}

bool step_shows_paper(const struct step *s)
{
	return (s->arg >> 12) % 5 != 0;
}

int32_t step_pieces(const struct step *s)
{
	if (s->kind == STEP_OPEN)
		return 5 + (int32_t)(s->arg % 50);
	return (int32_t)(s->arg % 12);
}

int64_t step_difference(const struct step *s, int64_t expected)
{
	static const int64_t by[] = {0, 0, 0, 200000, -200000, 5000};
	const int64_t difference = by[s->arg % 6];

	return expected + difference < 0 ? 0 : difference;
}

enum shift_reason step_shift_reason(const struct step *s)
{
	return (s->arg >> 4) % 3 == 0 ? SHIFT_REASON_NONE
				      : SHIFT_REASON_MISCOUNT;
}

enum print_state step_print(const struct step *s)
{
	static const enum print_state state[] = {PRINT_PRINTED, PRINT_PRINTED,
		PRINT_PRINTED, PRINT_FAILED, PRINT_UNKNOWN, PRINT_PRINTING};

	return state[s->arg % 6];
}

enum not_paid step_reason(const struct step *s)
{
	static const enum not_paid reason[] = {NOT_PAID_ABSENT, NOT_PAID_DIED,
		NOT_PAID_NONE, NOT_PAID_REFUSES};

	return reason[s->arg % 4];
}
