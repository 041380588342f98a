#include "terminal/ui/theme.h"

#include <assert.h>
#include <string.h>

/* Numbers of the palette. The first eight are the same everywhere. */
enum {
	OWN = -1, /* what the terminal writes with by itself */
	YELLOW = 3,
	BLUE = 4,
	CYAN = 6, /* plain blue is hard to read on a black console */
	WHITE = 7,
	SKY = 117,
	AMBER = 220,
	SNOW = 231,
	SILVER = 250
};

/* Never bold and reversed: on a Linux console that is dark grey on grey. */
static const struct look mono[STYLE_COUNT] = {
	[STYLE_NORMAL] = {.colour = OWN},
	[STYLE_DIM] = {.colour = OWN},
	[STYLE_TITLE] = {.bold = true, .colour = OWN},
	[STYLE_FIGURE] = {.bold = true, .colour = OWN},
	[STYLE_KEY] = {.bold = true, .colour = OWN},
	[STYLE_MAIN] = {.bold = true, .colour = OWN},
	[STYLE_FIELD] = {.underline = true, .bold = true, .colour = OWN},
	[STYLE_STATE] = {.bold = true, .colour = OWN},
	[STYLE_NOTE] = {.colour = OWN},
	[STYLE_WARNING] = {.bold = true, .colour = OWN},
	[STYLE_STOP] = {.reverse = true, .colour = OWN},
	[STYLE_DIFFERS] = {.reverse = true, .colour = OWN},
};

static const struct look eight[STYLE_COUNT] = {
	[STYLE_NORMAL] = {.colour = OWN},
	[STYLE_DIM] = {.colour = CYAN},
	[STYLE_TITLE] = {.bold = true, .colour = WHITE},
	[STYLE_FIGURE] = {.bold = true, .colour = WHITE},
	[STYLE_KEY] = {.bold = true, .colour = CYAN},
	[STYLE_MAIN] = {.bold = true, .colour = WHITE},
	[STYLE_FIELD] = {.underline = true, .bold = true, .colour = WHITE},
	[STYLE_STATE] = {.bold = true, .colour = CYAN},
	[STYLE_NOTE] = {.colour = CYAN},
	[STYLE_WARNING] = {.bold = true, .colour = YELLOW},
	[STYLE_STOP] = {.reverse = true, .colour = YELLOW},
	[STYLE_DIFFERS] = {.reverse = true, .colour = WHITE},
};

static const struct look many[STYLE_COUNT] = {
	[STYLE_NORMAL] = {.colour = OWN},
	[STYLE_DIM] = {.colour = SILVER},
	[STYLE_TITLE] = {.bold = true, .colour = SNOW},
	[STYLE_FIGURE] = {.bold = true, .colour = SNOW},
	[STYLE_KEY] = {.bold = true, .colour = SKY},
	[STYLE_MAIN] = {.bold = true, .colour = SNOW},
	[STYLE_FIELD] = {.underline = true, .bold = true, .colour = SNOW},
	[STYLE_STATE] = {.bold = true, .colour = SKY},
	[STYLE_NOTE] = {.colour = SKY},
	[STYLE_WARNING] = {.bold = true, .colour = AMBER},
	[STYLE_STOP] = {.reverse = true, .colour = AMBER},
	[STYLE_DIFFERS] = {.reverse = true, .colour = SNOW},
};

static const struct look contrast[STYLE_COUNT] = {
	[STYLE_NORMAL] = {.bold = true, .colour = OWN},
	[STYLE_DIM] = {.bold = true, .colour = OWN},
	[STYLE_TITLE] = {.bold = true, .underline = true, .colour = OWN},
	[STYLE_FIGURE] = {.bold = true, .colour = OWN},
	[STYLE_KEY] = {.reverse = true, .colour = OWN},
	[STYLE_MAIN] = {.bold = true, .underline = true, .colour = OWN},
	[STYLE_FIELD] = {.reverse = true, .colour = OWN},
	[STYLE_STATE] = {.bold = true, .colour = OWN},
	[STYLE_NOTE] = {.bold = true, .colour = OWN},
	[STYLE_WARNING] = {.bold = true, .underline = true, .colour = OWN},
	[STYLE_STOP] = {.reverse = true, .colour = OWN},
	[STYLE_DIFFERS] = {.reverse = true, .colour = OWN},
};

static const struct {
	const char *name;
	const struct look *look;
	int colours; /* that the terminal must have */
} themes[THEME_COUNT] = {
	[THEME_MONO] = {"mono", mono, 0},
	[THEME_8] = {"8", eight, 8},
	[THEME_256] = {"256", many, 256},
	[THEME_CONTRAST] = {"contrast", contrast, 0},
};

struct look theme_look(enum theme theme, enum style style)
{
	assert((int)theme >= 0 && theme < THEME_COUNT);
	assert((int)style >= 0 && style < STYLE_COUNT);
	return themes[theme].look[style];
}

bool theme_parse(const char *name, enum theme *out)
{
	for (int i = 0; i < THEME_COUNT; i++)
		if (strcmp(themes[i].name, name) == 0) {
			*out = (enum theme)i;
			return true;
		}
	return false;
}

enum theme theme_choose(const char *name, const char *no_color, int colours)
{
	enum theme theme;

	if (no_color && *no_color)
		colours = 0;
	if (!name || !theme_parse(name, &theme))
		theme = THEME_256;
	if (colours < themes[theme].colours)
		theme = THEME_8;
	if (colours < themes[theme].colours)
		theme = THEME_MONO;
	return theme;
}
