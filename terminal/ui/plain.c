#include "terminal/ui/plain.h"

#include <stddef.h>

/* U+1EA0 to U+1EF9: Vietnamese only, upper and lower by turns. */
static const char vietnamese[] = "AaAaAaAaAaAaAaAaAaAaAaAaEeEeEeEeEeEeEeEe"
				 "IiIiOoOoOoOoOoOoOoOoOoOoOoOoUuUuUuUuUuUuUu"
				 "YyYyYyYy";

static const struct {
	uint16_t ch;
	char plain;
	bool in_font;
} others[] = {
	{0x00b7, '-', true}, /* middle dot */
	{0x00c0, 'A', true}, {0x00c1, 'A', true}, {0x00c2, 'A', true},
	{0x00c3, 'A', true}, {0x00c8, 'E', true}, {0x00c9, 'E', true},
	{0x00ca, 'E', true}, {0x00cc, 'I', true}, {0x00cd, 'I', true},
	{0x00d0, 'D', false}, /* Eth, taken for D with stroke */
	{0x00d2, 'O', true}, {0x00d3, 'O', true}, {0x00d4, 'O', true},
	{0x00d5, 'O', true}, {0x00d9, 'U', true}, {0x00da, 'U', true},
	{0x00dd, 'Y', true}, {0x00e0, 'a', true}, {0x00e1, 'a', true},
	{0x00e2, 'a', true}, {0x00e3, 'a', true}, {0x00e8, 'e', true},
	{0x00e9, 'e', true}, {0x00ea, 'e', true}, {0x00ec, 'i', true},
	{0x00ed, 'i', true}, {0x00f2, 'o', true}, {0x00f3, 'o', true},
	{0x00f4, 'o', true}, {0x00f5, 'o', true}, {0x00f9, 'u', true},
	{0x00fa, 'u', true}, {0x00fd, 'y', true}, {0x0102, 'A', true},
	{0x0103, 'a', true}, {0x0110, 'D', true}, {0x0111, 'd', true},
	{0x0128, 'I', true}, {0x0129, 'i', true}, {0x0168, 'U', true},
	{0x0169, 'u', true}, {0x01a0, 'O', true}, {0x01a1, 'o', true},
	{0x01af, 'U', true}, {0x01b0, 'u', true},
	{0x20ab, 'd', true}, /* dong sign */
	{0x2190, '<', true}, {0x2191, '^', true}, {0x2192, '>', true},
	{0x2193, 'v', true}, {0x2500, '-', true}, /* rule */
	{0x2502, '|', true}, {0x2580, '"', true}, /* half blocks, of codes */
	{0x2584, '=', true}, {0x2588, '#', true}, /* full block */
	{0x2581, '.', true}, {0x2582, ':', true}, /* heights of sparklines */
	{0x2583, '-', true}, {0x2585, '+', true}, {0x2586, '*', true},
	{0x2587, '%', true}, {0x258a, '#', true}, /* ends of bars */
	{0x258c, ':', true}, {0x258e, '.', true},
	{0x25a0, '#', true}, /* stop */
	{0x25b2, '!', true}, /* warning */
	{0x25cf, '*', true}, /* note, and the mask of numbers */
};

char plain_char(uint32_t ch)
{
	if (ch >= 0x20 && ch < 0x7f)
		return (char)ch;
	if (ch >= 0x1ea0 && ch <= 0x1ef9)
		return vietnamese[ch - 0x1ea0];
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (others[i].ch == ch)
			return others[i].plain;
	return '?';
}

bool plain_in_font(uint32_t ch)
{
	if (ch >= 0x20 && ch < 0x7f)
		return true;
	if (ch >= 0x1ea0 && ch <= 0x1ef9)
		return true;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (others[i].ch == ch)
			return others[i].in_font;
	return false;
}
