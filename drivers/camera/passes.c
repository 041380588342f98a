#include "drivers/camera/passes.h"

#include <assert.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "core/crypto.h"

enum {
	MAX_TAPS = 17,
	WEIGHTS = 256, /* what the weights of a blur add up to */
	/* Beyond both ends of a row, for who looks around a pixel. */
	EDGE = 48,
	/* Larger ones are not enlarged. */
	ENLARGE_MAX_PIXELS = 1100 * 1000
};

/* A blur that goes both ways, one weight after the other. */
struct blur {
	int taps;
	uint8_t weight[MAX_TAPS];
};

/* What one pass does. */
struct recipe {
	/* Not 0: so many rounds of taking back a blur like by, and nothing of
	   smooth and sharpen. */
	int rounds;
	bool enlarge;              /* twice */
	const struct blur *smooth; /* takes noise away first */
	int sharpen;               /* times the difference to what is blurred */
	const struct blur *by;
	int window; /* pixels around one that it is compared with */
};

struct plane {
	uint8_t *at;
	size_t room;
	int width;
	int height;
};

enum {
	SMALL, /* halved */
	LARGE,
	SMOOTH,
	SHARP,
	DONE,
	PLANES
};

struct passes {
	struct plane plane[PLANES];
	/* For a row, with an edge at both ends. */
	uint8_t *row;
	uint16_t *sums;
	uint32_t *columns;
	int columns_room;
};

struct passes *passes_new(struct err *err)
{
	struct passes *p = calloc(1, sizeof(*p));

	if (!p)
		err_set(err, ERR_NO_MEMORY, 0, "no memory for pictures");
	return p;
}

void passes_wipe(struct passes *p)
{
	for (int i = 0; i < PLANES; i++)
		if (p->plane[i].at)
			crypto_wipe(p->plane[i].at, p->plane[i].room);
	if (p->row)
		crypto_wipe(p->row, (size_t)p->columns_room);
}

void passes_free(struct passes *p)
{
	if (!p)
		return;
	passes_wipe(p);
	for (int i = 0; i < PLANES; i++)
		free(p->plane[i].at);
	free(p->row);
	free(p->sums);
	free(p->columns);
	free(p);
}

/* ---- memory ---------------------------------------------------------------- */

static bool make_room(struct plane *plane, int width, int height)
{
	const size_t size = (size_t)width * (size_t)height;

	plane->width = width;
	plane->height = height;
	if (plane->room >= size)
		return true;
	if (plane->at)
		crypto_wipe(plane->at, plane->room);
	free(plane->at);
	plane->at = malloc(size);
	plane->room = plane->at ? size : 0;
	return plane->at != NULL;
}

static bool make_rows(struct passes *p, int width)
{
	const int room = width + 2 * EDGE;

	if (p->columns_room >= room)
		return true;
	free(p->row);
	free(p->sums);
	free(p->columns);
	p->row = malloc((size_t)room);
	p->sums = malloc((size_t)room * sizeof(*p->sums));
	p->columns = malloc((size_t)room * sizeof(*p->columns));
	p->columns_room = p->row && p->sums && p->columns ? room : 0;
	return p->columns_room > 0;
}

/* ---- sizes ------------------------------------------------------------------ */

static int within(int value, int low, int high)
{
	return value < low ? low : value > high ? high : value;
}

static void halve(const uint8_t *from, int stride, struct plane *to)
{
	for (int y = 0; y < to->height; y++) {
		const size_t width = (size_t)to->width;
		const uint8_t *a = from + (size_t)(2 * y) * stride;
		const uint8_t *b = a + stride;
		uint8_t *out = to->at + (size_t)y * width;

		for (size_t x = 0; x < width; x++)
			out[x] = (uint8_t)((a[2 * x] + a[2 * x + 1] + b[2 * x] +
						   b[2 * x + 1] + 2) /
					   4);
	}
}

/* Between two rows, three quarters of a. */
static void mix(const uint8_t *restrict a, const uint8_t *restrict b,
	uint8_t *restrict out, int width)
{
	for (int x = 0; x < width; x++)
		out[x] = (uint8_t)((3 * a[x] + b[x] + 2) / 4);
}

/* Two of each pixel, each a quarter of the way to the one beside it. */
static void widen(const uint8_t *restrict row, uint8_t *restrict out, int width)
{
	for (ptrdiff_t x = 0; x < width; x++) {
		out[2 * x] = (uint8_t)((3 * row[x] + row[x - 1] + 2) / 4);
		out[2 * x + 1] = (uint8_t)((3 * row[x] + row[x + 1] + 2) / 4);
	}
}

static void enlarge(const struct plane *from, struct plane *to, uint8_t *row)
{
	const int last = from->height - 1;

	for (int y = 0; y < to->height; y++) {
		const int near = y / 2;
		const int far = within(y % 2 ? near + 1 : near - 1, 0, last);

		mix(from->at + (size_t)near * from->width,
			from->at + (size_t)far * from->width, row, from->width);
		row[-1] = row[0];
		row[from->width] = row[from->width - 1];
		widen(row, to->at + (size_t)y * to->width, from->width);
	}
}

/* ---- blur and sharpen --------------------------------------------------------- */

static void add_row(uint16_t *restrict sums, const uint8_t *restrict row,
	unsigned weight, int width)
{
	for (int x = 0; x < width; x++)
		sums[x] = (uint16_t)(sums[x] + weight * row[x]);
}

static void take_row(const uint16_t *restrict sums, uint8_t *restrict row,
	int width)
{
	for (int x = 0; x < width; x++)
		row[x] = (uint8_t)(sums[x] / WEIGHTS);
}

/*
 * Row y of the picture blurred, in p->sums, times WEIGHTS: first the rows
 * around it, then along it. A sum is at most 255 * 256.
 */
static void blur_row(struct passes *p, const struct plane *from, int y,
	const struct blur *by)
{
	const int width = from->width;
	const int half = by->taps / 2;
	uint8_t *mid = p->row + EDGE;

	memset(p->sums, 0, (size_t)width * sizeof(*p->sums));
	for (int t = 0; t < by->taps; t++)
		add_row(p->sums,
			from->at + (size_t)within(y + t - half, 0,
					   from->height - 1) *
					   width,
			by->weight[t], width);
	take_row(p->sums, mid, width);
	memset(mid - half, mid[0], (size_t)half);
	memset(mid + width, mid[width - 1], (size_t)half);
	memset(p->sums, 0, (size_t)width * sizeof(*p->sums));
	for (int t = 0; t < by->taps; t++)
		add_row(p->sums, mid + t - half, by->weight[t], width);
}

static void smooth(struct passes *p, const struct plane *from, struct plane *to,
	const struct blur *by)
{
	for (int y = 0; y < from->height; y++) {
		blur_row(p, from, y, by);
		take_row(p->sums, to->at + (size_t)y * to->width, to->width);
	}
}

static void push_away(const uint8_t *restrict from,
	const uint16_t *restrict blurred, uint8_t *restrict to, int times,
	int width)
{
	for (int x = 0; x < width; x++) {
		const int much =
			from[x] + times * (from[x] - blurred[x] / WEIGHTS);
		const int low = much < 0 ? 0 : much;

		to[x] = (uint8_t)(low > 255 ? 255 : low);
	}
}

/* Unsharp masking: each pixel away from the blur around it. */
static void sharpen(struct passes *p, const struct plane *from,
	struct plane *to, const struct recipe *r)
{
	for (int y = 0; y < from->height; y++) {
		const size_t at = (size_t)y * from->width;

		blur_row(p, from, y, r->by);
		push_away(from->at + at, p->sums, to->at + at, r->sharpen,
			from->width);
	}
}

static void take_back(const uint8_t *restrict picture,
	const uint8_t *restrict now, const uint16_t *restrict blurred,
	uint8_t *restrict to, int width)
{
	for (int x = 0; x < width; x++) {
		const int is = now[x] + picture[x] - blurred[x] / WEIGHTS;
		const int low = is < 0 ? 0 : is;

		to[x] = (uint8_t)(low > 255 ? 255 : low);
	}
}

/*
 * What picture would it be that looks like this one when it is blurred? The
 * guess is blurred, and what is lacking is added to it, again and again (van
 * Cittert). Black and white ends keep it from running away.
 */
static void unblur(struct passes *p, const struct plane *picture,
	struct plane *guess, struct plane *next, const struct recipe *r)
{
	memcpy(guess->at, picture->at,
		(size_t)picture->width * (size_t)picture->height);
	for (int i = 0; i < r->rounds; i++) {
		const struct plane now = *guess;

		for (int y = 0; y < now.height; y++) {
			const size_t at = (size_t)y * now.width;

			blur_row(p, &now, y, r->by);
			take_back(picture->at + at, now.at + at, p->sums,
				next->at + at, now.width);
		}
		*guess = *next;
		*next = now;
	}
}

/* ---- threshold ---------------------------------------------------------------- */

static void change_columns(uint32_t *restrict columns,
	const uint8_t *restrict add, const uint8_t *restrict drop, int width)
{
	for (int x = 0; x < width; x++)
		columns[x] += (uint32_t)add[x] - drop[x];
}

/* Once a picture: the sums for its first row. */
static void first_columns(uint32_t *columns, const struct plane *from, int half)
{
	const size_t width = (size_t)from->width;

	for (size_t x = 0; x < width; x++) {
		uint32_t sum = 0;

		for (int y = -half; y <= half; y++)
			sum += from->at[(size_t)within(y, 0, from->height - 1) *
						width +
					x];
		columns[x] = sum;
	}
}

/* White is what is not darker than the mean of the window around it. */
static void compare(const uint8_t *from, uint32_t *columns, uint8_t *to,
	int width, int window)
{
	const int half = window / 2;
	const uint32_t area = (uint32_t)(window * window);
	uint32_t sum = 0;

	for (int i = 1; i <= half + 1; i++) {
		columns[-i] = columns[0];
		columns[width - 1 + i] = columns[width - 1];
	}
	for (int x = -half; x <= half; x++)
		sum += columns[x];
	for (int x = 0; x < width; x++) {
		to[x] = from[x] * area >= sum ? 255 : 0;
		sum += columns[x + half + 1] - columns[x - half];
	}
}

/* The window's sum moves along by what comes in and what goes out. */
static void threshold(struct passes *p, const struct plane *from,
	struct plane *to, const struct recipe *r)
{
	const int half = r->window / 2;
	const int last = from->height - 1;
	uint32_t *columns = p->columns + EDGE;

	first_columns(columns, from, half);
	for (int y = 0; y < from->height; y++) {
		const size_t at = (size_t)y * from->width;
		const int in = within(y + half + 1, 0, last);
		const int out = within(y - half, 0, last);

		compare(from->at + at, columns, to->at + at, from->width,
			r->window);
		change_columns(columns, from->at + (size_t)in * from->width,
			from->at + (size_t)out * from->width, from->width);
	}
}

/* ---- a pass ---------------------------------------------------------------------- */

static const struct blur thin = {.taps = 3, .weight = {64, 128, 64}};
/* The same twice. */
static const struct blur thick = {.taps = 5, .weight = {16, 64, 96, 64, 16}};
/* Gauss, sigma 3 and 4. */
static const struct blur wide = {.taps = 13,
	.weight = {5, 9, 14, 21, 27, 32, 40, 32, 27, 21, 14, 9, 5}};
static const struct blur wider = {.taps = 17,
	.weight = {4, 6, 8, 12, 16, 20, 23, 25, 28, 25, 23, 20, 16, 12, 8, 6,
		4}};

/* Gauss, sigma 1.6 and 2.4: what a lens out of focus does. */
static const struct blur near_focus = {.taps = 9,
	.weight = {3, 11, 29, 53, 64, 53, 29, 11, 3}};
static const struct blur out_of_focus = {.taps = 13,
	.weight = {2, 5, 11, 20, 30, 39, 42, 39, 30, 20, 11, 5, 2}};

/* Tuned on seeds 1 and 201 to 209 of tests/bench/bench_photo.c. */
static const struct recipe recipes[PASS_COUNT] = {
	[PASS_LARGE] = {.enlarge = true,
		.smooth = &thin,
		.sharpen = 4,
		.by = &wider,
		.window = 81},
	[PASS_FOCUS] = {.rounds = 8,
		.enlarge = true,
		.by = &out_of_focus,
		.window = 61},
	[PASS_SHARP] = {.smooth = &thick,
		.sharpen = 4,
		.by = &wide,
		.window = 31},
	[PASS_NEAR] = {.rounds = 8,
		.enlarge = true,
		.by = &near_focus,
		.window = 61},
};

/* ERR_NO_MEMORY in the end, if any of these has no room. */
static struct plane *room(struct passes *p, int which, int width, int height)
{
	struct plane *plane = &p->plane[which];

	return make_room(plane, width, height) ? plane : NULL;
}

/* Small enough for the time there is; *now moves to a plane of p then. */
static bool shrink(struct passes *p, struct plane *now)
{
	while ((int64_t)now->width * now->height > PASSES_MAX_PIXELS) {
		struct plane half = {.width = now->width / 2,
			.height = now->height / 2};

		/* Halved in place the second time: it writes behind itself. */
		if (now->at != p->plane[SMALL].at &&
			!room(p, SMALL, half.width, half.height))
			return false;
		half.at = p->plane[SMALL].at;
		halve(now->at, now->width, &half);
		*now = half;
	}
	return true;
}

static bool enlarged(struct passes *p, const struct recipe *r,
	struct plane *now)
{
	struct plane *to;

	if (!r->enlarge ||
		(int64_t)now->width * now->height > ENLARGE_MAX_PIXELS)
		return true;
	to = room(p, LARGE, 2 * now->width, 2 * now->height);
	if (!to || !make_rows(p, to->width))
		return false;
	enlarge(now, to, p->row + EDGE);
	*now = *to;
	return true;
}

static bool smooth_and_sharp(struct passes *p, const struct recipe *r,
	struct plane *now)
{
	struct plane *to = room(p, SMOOTH, now->width, now->height);

	if (!to || !make_rows(p, now->width))
		return false;
	smooth(p, now, to, r->smooth);
	*now = *to;
	to = room(p, SHARP, now->width, now->height);
	if (!to)
		return false;
	sharpen(p, now, to, r);
	*now = *to;
	return true;
}

static bool unblurred(struct passes *p, const struct recipe *r,
	struct plane *now)
{
	struct plane *guess = room(p, SMOOTH, now->width, now->height);
	struct plane *next = room(p, SHARP, now->width, now->height);

	if (!guess || !next || !make_rows(p, now->width))
		return false;
	unblur(p, now, guess, next, r);
	*now = *guess;
	return true;
}

static bool cook(struct passes *p, const struct recipe *r, struct plane now,
	struct passes_picture *out)
{
	bool ok = shrink(p, &now);

	/* A blur is taken back before it is made larger: a fourth of the work. */
	if (r->rounds > 0)
		ok = ok && unblurred(p, r, &now) && enlarged(p, r, &now);
	else
		ok = ok && enlarged(p, r, &now) && smooth_and_sharp(p, r, &now);
	if (!ok || !room(p, DONE, now.width, now.height) ||
		!make_rows(p, now.width))
		return false;
	assert(now.width > 0 && now.height > 0);
	threshold(p, &now, &p->plane[DONE], r);
	*out = (struct passes_picture){p->plane[DONE].at, now.width,
		now.height};
	return true;
}

bool passes_make(struct passes *p, enum pass pass, const uint8_t *grey,
	int width, int height, struct passes_picture *out, struct err *err)
{
	/* Only read from, whatever a plane may be used for. */
	const struct plane now = {.at = (uint8_t *)(uintptr_t)grey,
		.width = width,
		.height = height};

	assert(pass > PASS_RAW && pass < PASS_COUNT);
	assert(width >= PASSES_MIN_SIDE && height >= PASSES_MIN_SIDE);
	return cook(p, &recipes[pass], now, out) ||
	       err_set(err, ERR_NO_MEMORY, 0, "no memory for a picture");
}
