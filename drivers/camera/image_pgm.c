/* PGM and PPM (netpbm): "P5 width height maxval", then the pixels. */
#include <string.h>

#include "drivers/camera/image_decode.h"

struct pgm {
	const uint8_t *at;
	const uint8_t *end;
	bool plain;       /* numbers as text: P2, P3 */
	unsigned samples; /* a pixel: 1 grey, 3 colour */
	unsigned max;     /* what is white */
};

static bool is_blank(uint8_t c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static void skip_blanks(struct pgm *p)
{
	while (p->at < p->end && (is_blank(*p->at) || *p->at == '#')) {
		if (*p->at == '#')
			while (p->at < p->end && *p->at != '\n')
				p->at++;
		else
			p->at++;
	}
}

static bool number(struct pgm *p, unsigned *out)
{
	unsigned value = 0;
	const uint8_t *start;

	skip_blanks(p);
	start = p->at;
	while (p->at < p->end && *p->at >= '0' && *p->at <= '9' &&
		p->at - start < 6)
		value = value * 10 + (unsigned)(*p->at++ - '0');
	*out = value;
	return p->at > start &&
	       (p->at == p->end || is_blank(*p->at) || *p->at == '#');
}

static bool sample(struct pgm *p, unsigned *out)
{
	if (p->plain)
		return number(p, out) && *out <= p->max;
	if (p->end - p->at < (p->max > 255 ? 2 : 1))
		return false;
	*out = *p->at++;
	if (p->max > 255)
		*out = *out << 8 | *p->at++;
	return *out <= p->max;
}

static bool pixel(struct pgm *p, uint8_t *out)
{
	unsigned s[3] = {0};

	for (unsigned i = 0; i < p->samples; i++)
		if (!sample(p, &s[i]))
			return false;
	/* ITU-R BT.601 luma in thousandths. */
	if (p->samples == 3)
		s[0] = (s[0] * 299 + s[1] * 587 + s[2] * 114) / 1000;
	*out = (uint8_t)(s[0] * 255 / p->max);
	return true;
}

static bool read_pixels(struct pgm *p, struct image *out, struct err *err)
{
	const size_t count = (size_t)out->width * (size_t)out->height;

	if (!p->plain && p->samples == 1 && p->max == 255) {
		/* As we want it already; that it is all there was checked. */
		memcpy(out->grey, p->at, count);
		return true;
	}
	for (size_t i = 0; i < count; i++)
		if (!pixel(p, &out->grey[i]))
			return err_set(err, ERR_INVALID, 0,
				"PGM: damaged at pixel %zu of %zu", i, count);
	return true;
}

bool image_pgm_decode(const uint8_t *bytes, size_t len, struct image *out,
	struct err *err)
{
	struct pgm p = {.at = bytes + 2, .end = bytes + len};
	unsigned width, height;

	*out = (struct image){0};
	if (len < 2 || bytes[0] != 'P' ||
		!(bytes[1] == '2' || bytes[1] == '3' || bytes[1] == '5' ||
			bytes[1] == '6'))
		return err_set(err, ERR_INVALID, 0,
			"PGM: only P2, P3, P5 and P6");
	p.plain = bytes[1] == '2' || bytes[1] == '3';
	p.samples = bytes[1] == '2' || bytes[1] == '5' ? 1 : 3;
	if (!number(&p, &width) || !number(&p, &height) || !number(&p, &p.max))
		return err_set(err, ERR_INVALID, 0, "PGM: damaged header");
	if (p.max < 1 || p.max > 65535 || p.at == p.end)
		return err_set(err, ERR_INVALID, 0,
			"PGM: cut off or bad white");
	p.at++; /* the one blank before the pixels */
	/* A file too short for its size is refused before memory is taken. */
	if ((uint64_t)width * height * p.samples > (uint64_t)(p.end - p.at))
		return err_set(err, ERR_INVALID, 0, "PGM: cut off");
	if (!image_alloc(out, width, height, err))
		return false;
	if (read_pixels(&p, out, err))
		return true;
	image_clear(out);
	return false;
}
