/* Old names and whole addresses to units of today: admin.h. */
#include <string.h>

#include "core/codec/admin_internal.h"
#include "core/str.h"

enum {
	PART_SIZE = 128,
	PARTS = 4 /* from the right: all that says where a commune is */
};

/* ---- what was found ---- */

/* Units of today, by index, in order and each once. */
struct found {
	int unit[ADMIN_MAX_ANSWERS];
	int count;
	bool more; /* others did not fit */
};

static void found_add(struct found *f, int unit)
{
	int at = 0;

	while (at < f->count && f->unit[at] < unit)
		at++;
	if (at < f->count && f->unit[at] == unit)
		return;
	if (f->count == ADMIN_MAX_ANSWERS) {
		f->more = true;
		return;
	}
	memmove(&f->unit[at + 1], &f->unit[at],
		(size_t)(f->count - at) * sizeof(f->unit[0]));
	f->unit[at] = unit;
	f->count++;
}

static void found_add_now(struct found *f, const struct admin_old_row *old)
{
	for (int i = 0; i < old->count; i++)
		found_add(f, admin_now[old->first + i]);
}

static void answer(const struct found *f, bool doubt, struct admin_answer *out)
{
	out->units = f->count;
	for (int i = 0; i < f->count; i++)
		admin_unit_at(f->unit[i], &out->unit[i]);
	out->ask = doubt || f->more || f->count != 1;
}

/* ---- places of a name ---- */

static void pick_old(struct admin_picks *p, const struct admin_name *n,
	enum admin_level level, const struct admin_old_row *rows, int first,
	int count)
{
	for (int i = first; i < first + count; i++)
		admin_pick(p, n, level, admin_text + rows[i].full_name, i);
	admin_pick_nearest(p);
}

/* The communes of a district that fit; an island's only one always does. */
static void add_communes(struct found *f, const struct admin_old_row *district,
	const struct admin_name *commune)
{
	const struct admin_old_row *only = &admin_old_units[district->first];
	struct admin_picks p = {.count = 0};

	if (district->count == 1 && admin_text[only->full_name] == '\0') {
		found_add_now(f, only);
		return;
	}
	pick_old(&p, commune, ADMIN_COMMUNE, admin_old_units, district->first,
		district->count);
	for (int i = 0; i < p.count; i++)
		found_add_now(f, &admin_old_units[p.at[i].row]);
}

/*
 * Communes of before by name, in the districts first..first+count. An empty
 * district is any. True if there is such a district.
 */
static bool add_old(struct found *f, int first, int count,
	const struct admin_name *district, const struct admin_name *commune)
{
	struct admin_picks p = {.count = 0};

	if (!district->whole[0]) {
		for (int i = first; i < first + count; i++)
			add_communes(f, &admin_old_districts[i], commune);
		return true;
	}
	pick_old(&p, district, ADMIN_DISTRICT, admin_old_districts, first,
		count);
	for (int i = 0; i < p.count; i++)
		add_communes(f, &admin_old_districts[p.at[i].row], commune);
	return p.count > 0;
}

/* The same in every old province that fits; an empty one is any. */
static bool add_old_of(struct found *f, const struct admin_name *province,
	const struct admin_name *district, const struct admin_name *commune)
{
	struct admin_picks p = {.count = 0};
	bool known = false;

	if (!province->whole[0])
		return add_old(f, 0, admin_old_districts_count, district,
			commune);
	pick_old(&p, province, ADMIN_PROVINCE, admin_old_provinces, 0,
		admin_old_provinces_count);
	for (int i = 0; i < p.count; i++) {
		const struct admin_old_row *row =
			&admin_old_provinces[p.at[i].row];

		known |= add_old(f, row->first, row->count, district, commune);
	}
	return known;
}

/* Communes of today in every province that fits; an empty one is any. */
static void add_new_of(struct found *f, const struct admin_name *province,
	const struct admin_name *commune)
{
	struct admin_picks in = {.count = 0};
	struct admin_picks p = {.count = 0};

	for (int i = 0; i < admin_provinces_count; i++)
		admin_pick(&in, province, ADMIN_PROVINCE,
			admin_text + admin_provinces[i].full_name, i);
	for (int i = 0; i < admin_units_count; i++)
		if (!province->whole[0] ||
			(in.count > 0 &&
				admin_units[i].province == in.at[0].row))
			admin_pick(&p, commune, ADMIN_COMMUNE,
				admin_text + admin_units[i].full_name, i);
	admin_pick_nearest(&p);
	for (int i = 0; i < p.count; i++)
		found_add(f, p.at[i].row);
}

static bool is_province(const struct admin_name *n)
{
	struct admin_picks p = {.count = 0};

	for (int i = 0; i < admin_provinces_count; i++)
		admin_pick(&p, n, ADMIN_PROVINCE,
			admin_text + admin_provinces[i].full_name, i);
	pick_old(&p, n, ADMIN_PROVINCE, admin_old_provinces, 0,
		admin_old_provinces_count);
	return p.count > 0;
}

void admin_of_old(const char *province, const char *district,
	const char *commune, struct admin_answer *out)
{
	struct found f = {.count = 0};
	struct admin_name in;
	struct admin_name of;
	struct admin_name name;

	admin_name_read(province, &in);
	admin_name_read(district, &of);
	admin_name_read(commune, &name);
	/* A name of signs only is not the same as none. */
	if ((!*province || in.whole[0]) && (!*district || of.whole[0]))
		add_old_of(&f, &in, &of, &name);
	answer(&f, false, out);
}

/* ---- an address ---- */

/* The last parts that have a letter, the last one first. */
struct parts {
	char text[PARTS][PART_SIZE];
	struct admin_name name[PARTS];
	int count;
};

static bool is_country(const struct admin_name *n)
{
	return strcmp(n->whole, "vietnam") == 0 || strcmp(n->whole, "vn") == 0;
}

static void take_part(struct parts *p, const char *at, size_t len)
{
	char *text = p->text[p->count];

	if (len >= PART_SIZE)
		return;
	memcpy(text, at, len);
	text[len] = '\0';
	if (!admin_name_read(str_trim(text), &p->name[p->count]) ||
		(p->count == 0 && is_country(&p->name[0])))
		return;
	p->count++;
}

static void split(const char *address, struct parts *p)
{
	size_t end = strlen(address);

	p->count = 0;
	while (end > 0 && p->count < PARTS) {
		size_t start = end;

		while (start > 0 && address[start - 1] != ',' &&
			address[start - 1] != ';')
			start--;
		take_part(p, address + start, end - start);
		end = start > 0 ? start - 1 : 0;
	}
	/* Places that are not there are empty names. */
	for (int i = p->count; i < PARTS; i++)
		admin_name_read("", &p->name[i]);
}

static bool says(const struct admin_name *n, enum admin_level level)
{
	return n->sure && n->level == level;
}

/*
 * place is what stands before the province: today's commune or an old
 * district, whose commune would stand in inner.
 */
static void of_province(const struct admin_name *province,
	const struct admin_name *place, const struct admin_name *inner,
	struct admin_answer *out)
{
	const struct admin_name any = {.text = ""};
	struct found old = {.count = 0};
	struct found now = {.count = 0};
	bool doubt;

	doubt = add_old_of(&old, province, place, inner) && old.count == 0;
	/* "Xã A, B": B is a district, even if it is today's commune too. */
	if (!says(inner, ADMIN_COMMUNE))
		add_new_of(&now, province, place);
	/* The word says that it is a commune. */
	if (says(place, ADMIN_COMMUNE))
		doubt = false;
	/* Today's names go before old ones without their district. */
	if (old.count == 0 && now.count == 0 && !doubt &&
		admin_name_may_be(place, ADMIN_COMMUNE)) {
		add_old_of(&old, province, &any, place);
		doubt = true;
	}
	for (int i = 0; i < old.count; i++)
		found_add(&now, old.unit[i]);
	now.more |= old.more;
	answer(&now, doubt, out);
}

/* Nobody wrote the province: whatever fits, and a person looks. */
static void of_nowhere(const struct parts *p, struct admin_answer *out)
{
	const struct admin_name any = {.text = ""};
	struct found f = {.count = 0};

	add_old_of(&f, &any, &p->name[0], &p->name[1]);
	if (f.count == 0)
		add_new_of(&f, &any, &p->name[0]);
	answer(&f, true, out);
}

void admin_of_address(const char *address, struct admin_answer *out)
{
	struct parts p;

	out->units = 0;
	out->ask = true;
	split(address, &p);
	if (p.count == 0)
		return;
	if (!is_province(&p.name[0]))
		of_nowhere(&p, out);
	else if (p.count > 1)
		of_province(&p.name[0], &p.name[1], &p.name[2], out);
}
