#include "support/photo.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

#include "core/str.h"
#include "support/manypeople.h"

enum {
	QUIET = 4,       /* modules around the code that are white */
	FINE = 3,        /* samples a pixel, each way */
	CARD_WIDTH = 150 /* modules: the card around the code */
};

/* What is wrong with one photograph. */
struct mishap {
	float turn;       /* radians */
	float lean;       /* how far it is tilted backwards, radians */
	float lean_angle; /* to which side */
	float tilt_x;     /* perspective, of the size of the code */
	float tilt_y;
	float blur;        /* sigma, pixels */
	float shake;       /* length, pixels */
	float shake_angle; /* radians */
	float noise;       /* sigma, grey levels */
	float contrast;    /* 1: full */
	float light;       /* 1: even; less: how dark the dark corner is */
	float light_angle; /* radians */
	float glare;       /* radius, pixels; 0: none */
	float glare_x;     /* from the middle of the code, pixels */
	float glare_y;
	int scratches;
	int quality; /* of JPEG; 0: not compressed */
};

/* ---- chance: splitmix64, the same on every machine ----------------------- */

static uint64_t next(uint64_t *state)
{
	uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

static float between(uint64_t *state, float low, float high)
{
	return low + (high - low) * (float)(next(state) >> 40) / 16777216.0F;
}

/* About normal: twelve throws of the same die. */
static float normal(uint64_t *state)
{
	float sum = -6.0F;

	for (int i = 0; i < 3; i++) {
		const uint64_t throw = next(state);

		for (int part = 0; part < 4; part++)
			sum += (float)(throw >> (16 * part) & 0xffff) /
			       65536.0F;
	}
	return sum;
}

/* ---- what is on the card ------------------------------------------------- */

static void date_on_card(const char *birth, char out[9])
{
	if (strlen(birth) == 10)
		snprintf(out, 9, "%.2s%.2s%.4s", birth, birth + 3, birth + 6);
	else
		snprintf(out, 9, "0101%.4s", birth);
}

size_t photo_card_text(int64_t i, char out[PHOTO_TEXT_SIZE])
{
	static struct manyperson one;
	static struct manyperson parent;
	char birth[9];
	int len;

	manypeople_get(i, &one);
	manypeople_get(i + 1000, &parent);
	date_on_card(one.birth, birth);
	len = snprintf(out, PHOTO_TEXT_SIZE, "%s|%s|%s|%s|%s|%s|25122021",
		one.id12, one.old_id, one.name, birth,
		one.female ? "Nữ" : "Nam", one.address);
	if (i % 2 == 1)
		len += snprintf(out + len, PHOTO_TEXT_SIZE - (size_t)len,
			"||%s||", parent.name);
	return (size_t)len;
}

/* ---- what went wrong ------------------------------------------------------ */

/* How strong a mishap is: in mixtures each is milder. */
static void add_mishap(struct mishap *m, enum photo_kind kind, float module,
	float strength, uint64_t *dice)
{
	const float much = strength * between(dice, 0.35F, 1.0F);

	switch (kind) {
	case PHOTO_TURNED:
		m->turn = between(dice, 0, 0.785F);
		break;
	case PHOTO_TILTED:
		/* A code of 18 mm seen from 20 cm: it looks less high, and
		 * its far side at most a tenth shorter. */
		m->lean = between(dice, 0, 0.9F) * strength;
		m->lean_angle = between(dice, 0, 3.14159F);
		m->tilt_x = between(dice, -0.1F, 0.1F) * strength;
		m->tilt_y = between(dice, -0.1F, 0.1F) * strength;
		break;
	case PHOTO_BLURRED:
		m->blur = 0.3F + 0.56F * much * module;
		break;
	case PHOTO_SHAKEN:
		m->shake = 1.9F * much * module;
		m->shake_angle = between(dice, 0, 3.14159F);
		break;
	case PHOTO_NOISY:
		m->noise = 42.0F * much;
		break;
	case PHOTO_PALE:
		m->contrast = 1.0F - 0.97F * much;
		break;
	case PHOTO_UNEVEN:
		m->light = 1.0F - 0.99F * much;
		m->light_angle = between(dice, 0, 6.283F);
		break;
	case PHOTO_GLARE:
		m->glare = 11.0F * much * module;
		m->glare_x = between(dice, -20, 20) * module;
		m->glare_y = between(dice, -20, 20) * module;
		break;
	case PHOTO_DAMAGED:
		m->scratches = (int)(9.0F * much);
		break;
	case PHOTO_JPEG:
		m->quality = 6 + (int)(40.0F * (1.0F - much));
		break;
	case PHOTO_PLAIN:
	case PHOTO_MIXED:
	case PHOTO_KINDS:
		break;
	}
}

static struct mishap choose(enum photo_kind kind, float module, uint64_t *dice)
{
	struct mishap m = {.turn = between(dice, -0.12F, 0.12F),
		.blur = between(dice, 0.3F, 0.6F),
		.noise = between(dice, 1.0F, 3.0F),
		.contrast = 1.0F,
		.light = 1.0F};
	int more = 2 + (int)(next(dice) % 3);

	add_mishap(&m, kind, module, 1.0F, dice);
	for (; kind == PHOTO_MIXED && more > 0; more--)
		add_mishap(&m,
			PHOTO_TURNED +
				(enum photo_kind)(next(dice) %
						  (PHOTO_MIXED - PHOTO_TURNED)),
			module, 0.62F, dice);
	return m;
}

/* ---- drawing -------------------------------------------------------------- */

struct scene {
	const struct qr *qr;
	uint8_t hurt[QR_MAX_MODULES][QR_MAX_MODULES]; /* 1 black, 2 white */
	float at[9];    /* picture -> modules, homogeneous */
	uint64_t grain; /* of the table */
	float ink, paper;
};

static void scratch(struct scene *s, int count, uint64_t *dice)
{
	for (int i = 0; i < count; i++) {
		float x = between(dice, 0, (float)s->qr->size);
		float y = between(dice, 0, (float)s->qr->size);
		const float angle = between(dice, 0, 6.283F);
		const uint8_t how = 1 + (uint8_t)(next(dice) % 2);
		const int len = 4 + (int)(next(dice) % 10);

		for (int step = 0; step < len; step++) {
			if (x >= 0 && y >= 0 && x < (float)s->qr->size &&
				y < (float)s->qr->size)
				s->hurt[(int)y][(int)x] = how;
			x += cosf(angle);
			y += sinf(angle);
		}
	}
}

/* Lines of print, a coloured ground: what is around the code on a card. */
static float around(const struct scene *s, float u, float v)
{
	const int line = (int)floorf(v / 3);
	const int letter = (int)floorf(u / 1.3F);
	const unsigned mix = (unsigned)(line * 73 + letter * 151) * 2654435761U;

	if ((line & 1) && (mix >> 28) < 9 && v - 3 * (float)line < 2)
		return s->ink + 30;
	return s->paper - 25 + 10 * sinf(u * 0.2F) * cosf(v * 0.3F);
}

static float on_table(const struct scene *s, float u, float v)
{
	return 95 + 25 * sinf(u * 0.11F + v * 0.04F) +
	       8 * sinf(v * 0.9F + (float)(s->grain & 7));
}

static float sample(const struct scene *s, float x, float y)
{
	const float far = s->at[6] * x + s->at[7] * y + s->at[8];
	const float w = far < 0.1F ? 0.1F : far; /* before the horizon */
	const float u = (s->at[0] * x + s->at[1] * y + s->at[2]) / w;
	const float v = (s->at[3] * x + s->at[4] * y + s->at[5]) / w;
	const float size = (float)s->qr->size;
	const int col = (int)floorf(u), row = (int)floorf(v);

	if (u >= 0 && v >= 0 && u < size && v < size) {
		if (s->hurt[row][col])
			return s->hurt[row][col] == 1 ? s->ink : s->paper;
		return s->qr->dark[row][col] ? s->ink : s->paper;
	}
	if (u >= -QUIET && v >= -QUIET && u < size + QUIET && v < size + QUIET)
		return s->paper;
	if (u > -CARD_WIDTH && v > -25 && u < size + 12 && v < size + 40)
		return around(s, u, v);
	return on_table(s, u, v);
}

static void render(const struct scene *s, float *to, int width, int height)
{
	for (int y = 0; y < height; y++)
		for (int x = 0; x < width; x++) {
			float sum = 0;

			for (int i = 0; i < FINE * FINE; i++)
				sum += sample(s,
					(float)x + ((float)(i % FINE) + 0.5F) /
							   FINE,
					(float)y + ((float)(i / FINE) + 0.5F) /
							   FINE);
			to[(size_t)y * width + x] = sum / (FINE * FINE);
		}
}

/* Modules from pixels: about the code's middle, turned and tilted. */
static void place(struct scene *s, const struct mishap *m, float module,
	float x, float y)
{
	const float half = (float)s->qr->size / 2;
	const float c = cosf(m->turn) / module, n = sinf(m->turn) / module;
	const float lean_c = cosf(m->lean_angle), lean_n = sinf(m->lean_angle);
	const float more = 1 / cosf(m->lean) - 1;
	/* Along the lean the card is shorter: modules go by faster. */
	const float xx = 1 + more * lean_c * lean_c;
	const float xy = more * lean_c * lean_n;
	const float yy = 1 + more * lean_n * lean_n;
	const float px = m->tilt_x / (half * 2 * module);
	const float py = m->tilt_y / (half * 2 * module);
	const float w0 = 1 - px * x - py * y;
	const float a0 = c * xx + n * xy, a1 = c * xy + n * yy;
	const float b0 = c * xy - n * xx, b1 = c * yy - n * xy;

	/* (u, v) = half + A (p - middle) / (1 + tilt . (p - middle)) */
	s->at[6] = px;
	s->at[7] = py;
	s->at[8] = w0;
	s->at[0] = a0 + half * px;
	s->at[1] = a1 + half * py;
	s->at[2] = -(a0 * x + a1 * y) + half * w0;
	s->at[3] = b0 + half * px;
	s->at[4] = b1 + half * py;
	s->at[5] = -(b0 * x + b1 * y) + half * w0;
}

/* ---- the camera ----------------------------------------------------------- */

static float pixel(const float *p, int width, int height, int x, int y)
{
	x = x < 0 ? 0 : x >= width ? width - 1 : x;
	y = y < 0 ? 0 : y >= height ? height - 1 : y;
	return p[(size_t)y * width + x];
}

/* Along (dx, dy), each tap weighed; from and to are different pictures. */
static void smear(const float *from, float *to, int width, int height,
	const float *weight, int taps, float dx, float dy)
{
	for (int y = 0; y < height; y++)
		for (int x = 0; x < width; x++) {
			float sum = 0;

			for (int t = 0; t < taps; t++) {
				const float at = (float)(t - taps / 2);
				const float fx = (float)x + at * dx;
				const float fy = (float)y + at * dy;
				const int ix = (int)floorf(fx);
				const int iy = (int)floorf(fy);
				const float a = fx - (float)ix;
				const float b = fy - (float)iy;
				const float top =
					pixel(from, width, height, ix, iy) *
						(1 - a) +
					pixel(from, width, height, ix + 1, iy) *
						a;
				const float low =
					pixel(from, width, height, ix, iy + 1) *
						(1 - a) +
					pixel(from, width, height, ix + 1,
						iy + 1) *
						a;

				sum += weight[t] * (top * (1 - b) + low * b);
			}
			to[(size_t)y * width + x] = sum;
		}
}

enum {
	MAX_TAPS = 31
};

/* One row or column of it, stride floats from pixel to pixel. */
static void soften(const float *from, float *to, int count, int stride,
	const float *weight, int taps)
{
	for (int i = 0; i < count; i++) {
		float sum = 0;

		for (int t = 0; t < taps; t++) {
			int at = i + t - taps / 2;

			at = at < 0 ? 0 : at >= count ? count - 1 : at;
			sum += weight[t] * from[(size_t)at * stride];
		}
		to[(size_t)i * stride] = sum;
	}
}

static void out_of_focus(float *p, float *other, int width, int height,
	float sigma)
{
	float weight[MAX_TAPS], sum = 0;
	int taps = 2 * (int)ceilf(3 * sigma) + 1;

	taps = taps > MAX_TAPS ? MAX_TAPS : taps;
	for (int t = 0; t < taps; t++) {
		const float at = (float)(t - taps / 2) / sigma;

		weight[t] = expf(-at * at / 2);
		sum += weight[t];
	}
	for (int t = 0; t < taps; t++)
		weight[t] /= sum;
	for (int y = 0; y < height; y++)
		soften(p + (size_t)y * width, other + (size_t)y * width, width,
			1, weight, taps);
	for (int x = 0; x < width; x++)
		soften(other + x, p + x, height, width, weight, taps);
}

static void moved(float *p, float *other, int width, int height,
	const struct mishap *m)
{
	float weight[MAX_TAPS];
	int taps = 2 * (int)ceilf(m->shake / 2) + 1;

	taps = taps > MAX_TAPS ? MAX_TAPS : taps;
	for (int t = 0; t < taps; t++)
		weight[t] = 1.0F / (float)taps;
	smear(p, other, width, height, weight, taps,
		cosf(m->shake_angle) * m->shake / (float)taps,
		sinf(m->shake_angle) * m->shake / (float)taps);
	memcpy(p, other, (size_t)width * height * sizeof(*p));
}

static float lamp(const struct mishap *m, float x, float y)
{
	const float d = (x * x + y * y) / (m->glare * m->glare);

	return 230.0F * expf(-d);
}

/* Light, lamp, paleness and noise; then whole grey levels. */
static void expose(const float *from, struct picture *to,
	const struct mishap *m, float mid_x, float mid_y, uint64_t *dice)
{
	const float far = hypotf((float)to->width, (float)to->height) / 2;
	const float c = cosf(m->light_angle) / far;
	const float n = sinf(m->light_angle) / far;

	for (int y = 0; y < to->height; y++)
		for (int x = 0; x < to->width; x++) {
			const size_t i = (size_t)y * to->width + x;
			const float dx = (float)x - mid_x;
			const float dy = (float)y - mid_y;
			const float slope = 0.5F + 2.0F * (c * dx + n * dy);
			const float share = slope < 0   ? 0
					    : slope > 1 ? 1
							: slope;
			float g = from[i] * (m->light + (1 - m->light) * share);

			g = 120 + (g - 120) * m->contrast;
			if (m->glare > 0)
				g += lamp(m, dx - m->glare_x, dy - m->glare_y);
			g += m->noise * normal(dice);
			to->grey[i] = g < 0     ? 0
				      : g > 255 ? 255
						: (uint8_t)(g + 0.5F);
		}
}

/* There and back: what a cheap camera keeps of it. */
static void compress(struct picture *p, int quality)
{
	struct jpeg_compress_struct out;
	struct jpeg_decompress_struct in;
	struct jpeg_error_mgr errors; /* ends the program: a test */
	unsigned char *bytes = NULL;
	unsigned long len = 0;

	out.err = jpeg_std_error(&errors);
	jpeg_create_compress(&out);
	jpeg_mem_dest(&out, &bytes, &len);
	out.image_width = (JDIMENSION)p->width;
	out.image_height = (JDIMENSION)p->height;
	out.input_components = 1;
	out.in_color_space = JCS_GRAYSCALE;
	jpeg_set_defaults(&out);
	jpeg_set_quality(&out, quality, TRUE);
	jpeg_start_compress(&out, TRUE);
	while (out.next_scanline < out.image_height) {
		JSAMPROW row = p->grey + (size_t)out.next_scanline * p->width;

		jpeg_write_scanlines(&out, &row, 1);
	}
	jpeg_finish_compress(&out);
	jpeg_destroy_compress(&out);
	in.err = jpeg_std_error(&errors);
	jpeg_create_decompress(&in);
	jpeg_mem_src(&in, bytes, len);
	jpeg_read_header(&in, TRUE);
	jpeg_start_decompress(&in);
	while (in.output_scanline < in.output_height) {
		JSAMPROW row = p->grey + (size_t)in.output_scanline * p->width;

		jpeg_read_scanlines(&in, &row, 1);
	}
	jpeg_finish_decompress(&in);
	jpeg_destroy_decompress(&in);
	free(bytes);
}

/* ---- all of it -------------------------------------------------------------- */

static float *plane(const struct picture *p)
{
	float *out =
		malloc((size_t)p->width * (size_t)p->height * sizeof(*out));

	if (!out)
		abort();
	return out;
}

/* The code's size in pixels that still fits, turned as it is. */
static float fitting(const struct picture *p, const struct qr *qr, float module,
	float turn)
{
	const float side =
		(float)(qr->size + 2) * (fabsf(cosf(turn)) + fabsf(sinf(turn)));
	const float most = 0.96F * (float)p->height / side;

	return module > most ? most : module;
}

static void take(struct photo *out, struct scene *s, struct mishap *m,
	uint64_t *dice)
{
	struct picture *p = &out->picture;
	const float reach = (float)s->qr->size * out->module * 0.7F;
	const float room_x = (float)p->width / 2 - reach;
	const float room_y = (float)p->height / 2 - reach;
	const float x = (float)p->width / 2 +
			between(dice, -1, 1) * (room_x > 0 ? room_x : 0);
	const float y = (float)p->height / 2 +
			between(dice, -1, 1) * (room_y > 0 ? room_y : 0);
	float *a = plane(p), *b = plane(p);

	place(s, m, out->module, x, y);
	render(s, a, p->width, p->height);
	if (m->shake > 0)
		moved(a, b, p->width, p->height, m);
	out_of_focus(a, b, p->width, p->height, m->blur);
	expose(a, p, m, x, y, dice);
	if (m->quality > 0)
		compress(p, m->quality);
	free(a);
	free(b);
}

struct photo photo_make(uint64_t seed, int index)
{
	uint64_t dice = seed * UINT64_C(0x2545f4914f6cdd1d) + (uint64_t)index;
	struct photo out = {.kind = (enum photo_kind)(index % PHOTO_KINDS)};
	struct scene *s = calloc(1, sizeof(*s));
	static struct qr qr;
	struct mishap m;
	struct err err;

	if (!s)
		abort();
	out.len = photo_card_text((int64_t)(next(&dice) % 100000), out.text);
	if (!qr_make(out.text, out.len, QR_MEDIUM, &qr, &err))
		abort();
	out.picture = index / PHOTO_KINDS % 2 ? picture_new(1280, 720)
					      : picture_new(640, 480);
	out.module = between(&dice, 2, 6);
	m = choose(out.kind, out.module, &dice);
	out.module = fitting(&out.picture, &qr, out.module, m.turn);
	s->qr = &qr;
	s->grain = next(&dice);
	s->ink = between(&dice, 20, 50);
	s->paper = between(&dice, 195, 235);
	scratch(s, m.scratches, &dice);
	take(&out, s, &m, &dice);
	free(s);
	return out;
}

void photo_free(struct photo *p)
{
	picture_free(&p->picture);
	memset(p, 0, sizeof(*p));
}

const char *photo_kind_name(enum photo_kind kind)
{
	static const char *const name[PHOTO_KINDS] = {
		[PHOTO_PLAIN] = "plain",
		[PHOTO_TURNED] = "turned",
		[PHOTO_TILTED] = "tilted",
		[PHOTO_BLURRED] = "blurred",
		[PHOTO_SHAKEN] = "shaken",
		[PHOTO_NOISY] = "noisy",
		[PHOTO_PALE] = "pale",
		[PHOTO_UNEVEN] = "uneven light",
		[PHOTO_GLARE] = "glare",
		[PHOTO_DAMAGED] = "damaged",
		[PHOTO_JPEG] = "JPEG",
		[PHOTO_MIXED] = "mixed",
	};

	return name[kind];
}
