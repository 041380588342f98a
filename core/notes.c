/* notes.c - banknotes in pieces, and a drawer of them. */
#include "core/notes.h"

#include <stdio.h>
#include <stdlib.h>

const int64_t notes_denomination[NOTES_KINDS] = {500000, 200000, 100000, 50000,
	20000, 10000, 5000, 2000, 1000};

int64_t notes_sum(const struct notes *n)
{
	int64_t sum = 0;

	for (int i = 0; i < NOTES_KINDS; i++)
		sum += notes_denomination[i] * n->pieces[i];
	return sum;
}

bool notes_none(const struct notes *n)
{
	for (int i = 0; i < NOTES_KINDS; i++)
		if (n->pieces[i] != 0)
			return false;
	return true;
}

bool notes_equal(const struct notes *a, const struct notes *b)
{
	for (int i = 0; i < NOTES_KINDS; i++)
		if (a->pieces[i] != b->pieces[i])
			return false;
	return true;
}

/* One of "500000x10"; moves *text past it. */
static bool parse_one(const char **text, struct notes *out)
{
	enum {
		MAX_PIECES = 1000000
	};
	char *end;
	long denomination;
	long pieces;

	if (**text < '0' || **text > '9')
		return false;
	denomination = strtol(*text, &end, 10);
	if (*end != 'x' || end[1] < '0' || end[1] > '9')
		return false;
	pieces = strtol(end + 1, &end, 10);
	*text = end;
	for (int i = 0; i < NOTES_KINDS; i++)
		if (notes_denomination[i] == denomination) {
			if (pieces > MAX_PIECES || out->pieces[i] != 0)
				return false;
			out->pieces[i] = (int32_t)pieces;
			return true;
		}
	return false;
}

bool notes_parse(const char *text, struct notes *out)
{
	struct notes n = {0};

	for (;;) {
		if (!parse_one(&text, &n))
			return false;
		if (*text == '\0')
			break;
		if (*text++ != ',')
			return false;
	}
	*out = n;
	return true;
}

const char *notes_format(const struct notes *n, char out[NOTES_TEXT_SIZE])
{
	size_t len = 0;

	out[0] = '\0';
	for (int i = 0; i < NOTES_KINDS; i++) {
		if (n->pieces[i] == 0)
			continue;
		len += (size_t)snprintf(out + len, NOTES_TEXT_SIZE - len,
			"%s%lldx%d", len > 0 ? "," : "",
			(long long)notes_denomination[i], n->pieces[i]);
	}
	return out;
}

/* ---- a drawer ---------------------------------------------------------- */

/* Pieces are counted, not summed up for ever: a drawer holds no more. */
static int32_t pieces_of(int64_t pieces)
{
	return pieces > INT32_MAX ? INT32_MAX : (int32_t)pieces;
}

void notes_put(struct notes_stock *s, const struct notes *n)
{
	for (int i = 0; i < NOTES_KINDS; i++)
		s->there.pieces[i] =
			pieces_of((int64_t)s->there.pieces[i] + n->pieces[i]);
}

void notes_take(struct notes_stock *s, const struct notes *n)
{
	for (int i = 0; i < NOTES_KINDS; i++) {
		const int64_t left = (int64_t)s->there.pieces[i] - n->pieces[i];

		s->there.pieces[i] = left < 0 ? 0 : pieces_of(left);
		s->estimate = s->estimate || left < 0;
	}
}

/* The largest that fit, none above most: as near as it comes. */
static struct notes nearest(int64_t amount, const struct notes *most)
{
	struct notes n = {0};

	for (int i = 0; i < NOTES_KINDS; i++) {
		int64_t pieces = amount / notes_denomination[i];

		if (most && pieces > most->pieces[i])
			pieces = most->pieces[i];
		n.pieces[i] = pieces_of(pieces);
		amount -= n.pieces[i] * notes_denomination[i];
	}
	return n;
}

void notes_put_unsaid(struct notes_stock *s, int64_t amount)
{
	const struct notes n = nearest(amount, NULL);

	s->estimate = true;
	notes_put(s, &n);
}

void notes_take_unsaid(struct notes_stock *s, int64_t amount)
{
	struct notes n;

	if (!notes_exact(&s->there, amount, &n))
		n = nearest(amount, &s->there);
	s->estimate = true;
	notes_take(s, &n);
}
