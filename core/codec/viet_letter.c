#include "core/codec/viet_letter.h"

#include <stddef.h>

struct row {
	char base;
	uint8_t mark; /* enum viet_mark */
	uint16_t tone[VIET_TONE_COUNT];
};

/* The letters beyond a-z, small, in the order of enum viet_tone. */
static const struct row rows[] = {
	{'a', VIET_PLAIN, {'a', 0xe0, 0x1ea3, 0xe3, 0xe1, 0x1ea1}},
	{'a', VIET_BREVE, {0x103, 0x1eb1, 0x1eb3, 0x1eb5, 0x1eaf, 0x1eb7}},
	{'a', VIET_HAT, {0xe2, 0x1ea7, 0x1ea9, 0x1eab, 0x1ea5, 0x1ead}},
	{'d', VIET_BAR, {0x111, 0, 0, 0, 0, 0}},
	{'e', VIET_PLAIN, {'e', 0xe8, 0x1ebb, 0x1ebd, 0xe9, 0x1eb9}},
	{'e', VIET_HAT, {0xea, 0x1ec1, 0x1ec3, 0x1ec5, 0x1ebf, 0x1ec7}},
	{'i', VIET_PLAIN, {'i', 0xec, 0x1ec9, 0x129, 0xed, 0x1ecb}},
	{'o', VIET_PLAIN, {'o', 0xf2, 0x1ecf, 0xf5, 0xf3, 0x1ecd}},
	{'o', VIET_HAT, {0xf4, 0x1ed3, 0x1ed5, 0x1ed7, 0x1ed1, 0x1ed9}},
	{'o', VIET_HORN, {0x1a1, 0x1edd, 0x1edf, 0x1ee1, 0x1edb, 0x1ee3}},
	{'u', VIET_PLAIN, {'u', 0xf9, 0x1ee7, 0x169, 0xfa, 0x1ee5}},
	{'u', VIET_HORN, {0x1b0, 0x1eeb, 0x1eed, 0x1eef, 0x1ee9, 0x1ef1}},
	{'y', VIET_PLAIN, {'y', 0x1ef3, 0x1ef7, 0x1ef9, 0xfd, 0x1ef5}},
};
enum {
	ROWS = sizeof(rows) / sizeof(rows[0])
};

/* The capital of a small letter of the table, or of a-z. */
static uint32_t capital_of(uint32_t small)
{
	return small < 0x100 ? small - 0x20 : small - 1;
}

static bool split_ascii(uint32_t ch, struct viet_letter *out)
{
	const uint32_t small = ch | 0x20;

	if (small < 'a' || small > 'z')
		return false;
	*out = (struct viet_letter){.base = (char)small,
		.upper = small != ch,
		.mark = VIET_PLAIN,
		.tone = VIET_NGANG};
	return true;
}

bool viet_letter_split(uint32_t ch, struct viet_letter *out)
{
	if (ch < 0x80)
		return split_ascii(ch, out);
	for (int i = 0; i < ROWS; i++) {
		for (int t = 0; t < VIET_TONE_COUNT; t++) {
			const uint32_t small = rows[i].tone[t];

			if (small == 0 ||
				(ch != small && ch != capital_of(small)))
				continue;
			*out = (struct viet_letter){.base = rows[i].base,
				.upper = ch != small,
				.mark = (enum viet_mark)rows[i].mark,
				.tone = (enum viet_tone)t};
			return true;
		}
	}
	return false;
}

uint32_t viet_letter_join(const struct viet_letter *l)
{
	uint32_t small = 0;

	if (l->mark == VIET_PLAIN && l->tone == VIET_NGANG)
		small = (uint32_t)l->base;
	for (int i = 0; i < ROWS && small == 0; i++)
		if (rows[i].base == l->base && rows[i].mark == l->mark)
			small = rows[i].tone[l->tone];
	return small != 0 && l->upper ? capital_of(small) : small;
}

bool viet_letter_is_vowel(const struct viet_letter *l)
{
	switch (l->base) {
	case 'a':
	case 'e':
	case 'i':
	case 'o':
	case 'u':
	case 'y':
		return true;
	default:
		return false;
	}
}
