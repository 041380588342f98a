#include "terminal/ui/figures.h"

#include "core/money.h"

enum {
	BLOCK = 0x2588
};

static const char *const shape[10][FIGURES_ROWS] = {
	{"###", "# #", "# #", "# #", "###"},
	{" # ", "## ", " # ", " # ", "###"},
	{"###", "  #", "###", "#  ", "###"},
	{"###", "  #", "###", "  #", "###"},
	{"# #", "# #", "###", "  #", "  #"},
	{"###", "#  ", "###", "  #", "###"},
	{"###", "#  ", "###", "# #", "###"},
	{"###", "  #", "  #", "  #", "  #"},
	{"###", "# #", "###", "# #", "###"},
	{"###", "# #", "###", "  #", "###"},
};
static const char *const dot[FIGURES_ROWS] = {" ", " ", " ", " ", "#"};
static const char *const minus[FIGURES_ROWS] = {"   ", "   ", "###", "   ",
	"   "};

static const char *const *shape_of(char ch)
{
	if (ch >= '0' && ch <= '9')
		return shape[ch - '0'];
	return ch == '-' ? minus : dot;
}

static int width_of(char ch)
{
	return ch == '.' ? 1 : 3;
}

int figures_columns(int64_t amount)
{
	char text[MONEY_TEXT_SIZE];
	int columns = -1;

	for (const char *s = money_format(amount, text); *s; s++)
		columns += width_of(*s) + 1;
	return columns;
}

void figures_draw(struct canvas *c, int row, int col, enum style style,
	int64_t amount)
{
	char text[MONEY_TEXT_SIZE];

	for (const char *s = money_format(amount, text); *s; s++) {
		const char *const *line = shape_of(*s);

		for (int y = 0; y < FIGURES_ROWS; y++)
			for (int x = 0; line[y][x]; x++)
				if (line[y][x] == '#')
					canvas_repeat(c, row + y, col + x,
						style, BLOCK, 1);
		col += width_of(*s) + 1;
	}
}

enum {
	DIGIT = 4, /* with the blank behind it */
	GROUP = 4,
	GAP = 2
};

int figures_digits_columns(int digits)
{
	return digits * DIGIT - 1 + (digits - 1) / GROUP * GAP;
}

void figures_digits(struct canvas *c, int row, int col, const char *digits,
	int count)
{
	for (int i = 0; i < count; i++) {
		const char *const *line = shape_of(digits[i]);

		for (int y = 0; y < FIGURES_ROWS; y++)
			for (int x = 0; line[y][x]; x++)
				if (line[y][x] == '#')
					canvas_repeat(c, row + y, col + x,
						STYLE_TITLE, BLOCK, 1);
		col += DIGIT + (i % GROUP == GROUP - 1 ? GAP : 0);
	}
}
