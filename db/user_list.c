#include "db/user_list.h"

#include <string.h>

#include "core/codec/viet.h"
#include "core/date.h"
#include "core/str.h"
#include "core/text.h"

enum {
	NUMBER,
	NAME,
	ROLE,
	UNTIL,
	CELL_SIZE = 256
};

struct word {
	const char *folded; /* as viet_fold() leaves it */
	int value;
};

static const struct word columns[] = {
	{"number", NUMBER},
	{"so", NUMBER},
	{"ma so", NUMBER},
	{"so nguoi dung", NUMBER},
	{"name", NAME},
	{"ho ten", NAME},
	{"ho va ten", NAME},
	{"role", ROLE},
	{"vai tro", ROLE},
	{"until", UNTIL},
	{"den ngay", UNTIL},
};

static const struct word roles[] = {
	{"agent", ROLE_AGENT},
	{"giao dich vien", ROLE_AGENT},
	{"staff", ROLE_STAFF},
	{"can bo van dong", ROLE_STAFF},
	{"supervisor", ROLE_SUPERVISOR},
	{"kiem soat vien", ROLE_SUPERVISOR},
	{"technician", ROLE_TECHNICIAN},
	{"ky thuat", ROLE_TECHNICIAN},
	{"ky thuat vien", ROLE_TECHNICIAN},
};

/* The cell as clean text; false: it is none, or too long. */
static bool cell(const struct cells *row, int column, char out[CELL_SIZE])
{
	out[0] = '\0';
	if (column < 0 || column >= row->count)
		return true;
	return !row->cell[column].too_long &&
	       text_clean(row->cell[column].text, row->cell[column].len, out,
		       CELL_SIZE, NULL);
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

static void find_header(struct user_list *l, const struct cells *row)
{
	char text[CELL_SIZE];
	int found[USER_LIST_COLUMNS] = {-1, -1, -1, -1};

	for (int i = 0; i < row->count; i++) {
		int what;

		if (!cell(row, i, text))
			continue;
		what = VALUE_OF(text, columns);
		if (what >= 0 && found[what] < 0)
			found[what] = i;
	}
	l->has_header =
		found[NUMBER] >= 0 && found[NAME] >= 0 && found[ROLE] >= 0;
	memcpy(l->column, found, sizeof(found));
}

static bool is_there(const struct user_list *l, int64_t number)
{
	for (int i = 0; i < l->count; i++)
		if (l->row[i].number == number)
			return true;
	return false;
}

static enum user_trouble read_row(const struct user_list *l,
	const struct cells *row, struct user_row *out)
{
	char text[CELL_SIZE];
	int role;

	if (!cell(row, l->column[NUMBER], text) ||
		!str_to_int(text, 1, USERS_NUMBER_MAX, &out->number))
		return USER_NO_NUMBER;
	if (!cell(row, l->column[NAME], text) || !text[0] ||
		!viet_is_latin(text) ||
		!str_copy(out->name, sizeof(out->name), text))
		return USER_NO_NAME;
	if (!cell(row, l->column[ROLE], text))
		return USER_NO_ROLE;
	role = VALUE_OF(text, roles);
	if (role < 0)
		return USER_NO_ROLE;
	out->role = (enum role)role;
	if (!cell(row, l->column[UNTIL], text))
		return USER_NO_DAY;
	if (text[0]) {
		struct date day;

		if (!date_parse(text, &day) || day.day == 0)
			return USER_NO_DAY;
		out->until = date_number(day);
	}
	return is_there(l, out->number) ? USER_TWICE : USER_FINE;
}

void user_list_init(struct user_list *l)
{
	memset(l, 0, sizeof(*l));
}

void user_list_row(struct user_list *l, const struct cells *row)
{
	struct user_row r = {.row = row->row};

	if (!l->has_header) {
		find_header(l, row);
		return;
	}
	if (cells_empty(row))
		return;
	if (l->count == USERS_MAX) {
		l->too_many = true;
		return;
	}
	r.trouble = read_row(l, row, &r);
	l->troubles += r.trouble != USER_FINE;
	l->row[l->count++] = r;
}
