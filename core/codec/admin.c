#include "core/codec/admin.h"

#include <stdio.h>
#include <string.h>

#include "core/codec/admin_internal.h"
#include "core/codec/viet.h"
#include "core/str.h"

enum {
	FOLDED_SIZE = 128
};

/* How near a name is to what was typed. */
enum nearness {
	SAME,
	BEGINS,
	WORD_BEGINS,
	APART,
};

/* ---- by number and by code ---- */

int admin_province_count(void)
{
	return admin_provinces_count;
}

void admin_province_at(int index, struct admin_province *out)
{
	const struct admin_province_row *row = &admin_provinces[index];

	snprintf(out->code, sizeof(out->code), "%02u", row->code % 100u);
	out->full_name = admin_text + row->full_name;
	out->name = admin_bare(out->full_name);
}

void admin_unit_at(int index, struct admin_unit *out)
{
	const struct admin_unit_row *row = &admin_units[index];

	snprintf(out->code, sizeof(out->code), "%05u", row->code);
	out->full_name = admin_text + row->full_name;
	out->name = admin_bare(out->full_name);
	admin_province_at(row->province, &out->province);
}

static int province_index(const char *code)
{
	if (strlen(code) != ADMIN_PROVINCE_CODE_SIZE - 1 ||
		!str_is_digits(code))
		return -1;
	for (int i = 0; i < admin_provinces_count; i++)
		if (admin_provinces[i].code ==
			(code[0] - '0') * 10 + (code[1] - '0'))
			return i;
	return -1;
}

bool admin_province_by_code(const char *code, struct admin_province *out)
{
	const int index = province_index(code);

	if (index < 0)
		return false;
	admin_province_at(index, out);
	return true;
}

bool admin_by_code(const char *code, struct admin_unit *out)
{
	int first = 0;
	int end = admin_units_count;
	int64_t number;

	if (strlen(code) != ADMIN_CODE_SIZE - 1 || !str_is_digits(code) ||
		!str_to_int(code, 0, UINT16_MAX, &number))
		return false;
	while (first < end) {
		const int middle = (first + end) / 2;

		if (admin_units[middle].code < number)
			first = middle + 1;
		else
			end = middle;
	}
	if (first == admin_units_count || admin_units[first].code != number)
		return false;
	admin_unit_at(first, out);
	return true;
}

/* ---- by name ---- */

static enum nearness nearness(const char *name, const char *typed)
{
	const size_t len = strlen(typed);
	char folded[FOLDED_SIZE];

	if (!viet_fold(name, folded, sizeof(folded)))
		return APART;
	if (strcmp(folded, typed) == 0)
		return SAME;
	for (const char *at = folded; at; at = strchr(at, ' ')) {
		at += *at == ' ';
		if (strncmp(at, typed, len) == 0)
			return at == folded ? BEGINS : WORD_BEGINS;
	}
	return APART;
}

/* With its word only if that was typed: "xã Ô Diên", "phường 1". */
static enum nearness unit_nearness(int index, const char *typed)
{
	const char *full_name = admin_text + admin_units[index].full_name;
	const enum nearness bare = nearness(admin_bare(full_name), typed);

	if (bare != APART || !strchr(typed, ' '))
		return bare;
	return nearness(full_name, typed);
}

size_t admin_search(const char *typed, const char *province,
	struct admin_unit *out, size_t max)
{
	const int only = province ? province_index(province) : -1;
	char folded[FOLDED_SIZE];
	size_t n = 0;

	/* Signs alone are no search for everything. */
	if (!viet_fold(typed, folded, sizeof(folded)) ||
		(*typed && !folded[0]) || (province && only < 0))
		return 0;
	for (enum nearness want = SAME; want < APART && n < max; want++)
		for (int i = 0; i < admin_units_count && n < max; i++)
			if ((only < 0 || admin_units[i].province == only) &&
				unit_nearness(i, folded) == want)
				admin_unit_at(i, &out[n++]);
	return n;
}
