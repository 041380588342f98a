#include "terminal/app/unit_list.h"

#include <string.h>

#include "core/codec/viet.h"
#include "core/str.h"
#include "core/text.h"

enum {
	CODE,
	NAME,
	KIND,
	PARENT,
	CELL_SIZE = 256
};

struct word {
	const char *folded; /* as viet_fold() leaves it */
	int value;
};

static const struct word columns[] = {
	{"code", CODE},
	{"unit", CODE},
	{"unit code", CODE},
	{"ma", CODE},
	{"ma so", CODE},
	{"ma don vi", CODE},
	{"ma diem", CODE},
	{"name", NAME},
	{"unit name", NAME},
	{"ten", NAME},
	{"ten don vi", NAME},
	{"ten diem", NAME},
	{"kind", KIND},
	{"type", KIND},
	{"loai", KIND},
	{"loai don vi", KIND},
	{"parent", PARENT},
	{"parent code", PARENT},
	{"truc thuoc", PARENT},
	{"don vi cap tren", PARENT},
	{"ma cap tren", PARENT},
	{"cap tren", PARENT},
};

static const struct word kinds[] = {
	{"office", UNIT_OFFICE},
	{"buu dien", UNIT_OFFICE},
	{"buu cuc", UNIT_OFFICE},
	{"don vi", UNIT_OFFICE},
	{"point", UNIT_POINT},
	{"diem", UNIT_POINT},
	{"diem chi tra", UNIT_POINT},
	{"diem chi", UNIT_POINT},
	{"commune", UNIT_COMMUNE},
	{"xa", UNIT_COMMUNE},
	{"phuong", UNIT_COMMUNE},
	{"dac khu", UNIT_COMMUNE},
	{"xa phuong", UNIT_COMMUNE},
};

/* The cell as clean text; false: it is none, or too long for size. */
static bool cell(const struct cells *row, int column, char *out, size_t size)
{
	out[0] = '\0';
	if (column < 0 || column >= row->count)
		return true;
	return !row->cell[column].too_long &&
	       text_clean(row->cell[column].text, row->cell[column].len, out,
		       size, NULL);
}

/* -1: none of these. */
static int value_of(const char *text, const struct word *words, size_t count)
{
	char folded[CELL_SIZE];

	if (!viet_fold(text, folded, sizeof(folded)))
		return -1;
	for (size_t i = 0; i < count; i++)
		if (strcmp(words[i].folded, folded) == 0)
			return words[i].value;
	return -1;
}

#define VALUE_OF(text, words) \
	value_of(text, words, sizeof(words) / sizeof((words)[0]))

static void find_header(struct unit_list *l, const struct cells *row)
{
	int found[UNIT_LIST_COLUMNS] = {-1, -1, -1, -1};
	char text[CELL_SIZE];

	for (int i = 0; i < row->count; i++) {
		int what;

		if (!cell(row, i, text, sizeof(text)))
			continue;
		what = VALUE_OF(text, columns);
		if (what >= 0 && found[what] < 0)
			found[what] = i;
	}
	l->has_header =
		found[CODE] >= 0 && found[NAME] >= 0 && found[KIND] >= 0;
	memcpy(l->column, found, sizeof(found));
}

static enum unit_trouble read_row(const struct unit_list *l,
	const struct cells *row, struct unit *out)
{
	char text[CELL_SIZE];
	int kind;

	if (!cell(row, l->column[CODE], out->code, sizeof(out->code)))
		return UNIT_NO_CODE;
	if (!cell(row, l->column[NAME], out->name, sizeof(out->name)))
		return UNIT_NO_NAME;
	kind = cell(row, l->column[KIND], text, sizeof(text))
		       ? VALUE_OF(text, kinds)
		       : -1;
	if (kind < 0)
		return UNIT_NO_KIND;
	out->kind = (enum unit_kind)kind;
	return cell(row, l->column[PARENT], out->parent, sizeof(out->parent))
		       ? UNIT_FINE
		       : UNIT_NO_PARENT;
}

void unit_list_row(struct unit_list *l, const struct cells *row)
{
	struct unit_row *r;

	if (!l->has_header) {
		find_header(l, row);
		return;
	}
	if (cells_empty(row))
		return;
	if (l->count == UNITS_MAX) {
		l->too_many = true;
		return;
	}
	r = &l->row[l->count++];
	r->row = row->row;
	r->trouble = read_row(l, row, &r->unit);
}
