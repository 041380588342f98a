#include "db/verify/evidence.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/str.h"

enum {
	LINE_BYTES = 1024,
	HEAD_FIELDS = 5
};

static const char roster_head[] = "list,ent,period,what,amount";

void evidence_init(struct evidence *e)
{
	*e = (struct evidence){0};
}

void evidence_clear(struct evidence *e)
{
	free(e->point);
	free(e->paper);
	free(e->list);
	vrevlist_clear(&e->revlist);
	vmap_clear(&e->code);
	vmap_clear(&e->due);
	evidence_init(e);
}

/* Room for one more; NULL: no memory. */
static void *room(void *list, size_t used, size_t *size, size_t each)
{
	const size_t wider = *size ? *size * 2 : 64;

	if (used < *size)
		return list;
	list = realloc(list, wider * each);
	if (list)
		*size = wider;
	return list;
}

static bool no_memory(struct err *err)
{
	return err_set(err, ERR_NO_MEMORY, 0, "no memory");
}

/* Lines of a file, one at a time; longer ones are cut and never good. */
struct lines {
	FILE *in;
	const char *path;
	uint64_t number;
	char *text; /* LINE_BYTES of the caller's */
};

static bool lines_open(struct lines *l, const char *path, char text[LINE_BYTES],
	struct err *err)
{
	FILE *in = fopen(path, "re");

	if (!in) {
		err_set(err, errno == ENOENT ? ERR_GONE : ERR_IO, errno,
			"%s: %s", path, strerror(errno));
		return false;
	}
	l->in = in;
	l->path = path;
	l->text = text;
	l->number = 0;
	return true;
}

static bool lines_next(struct lines *l)
{
	if (!fgets(l->text, LINE_BYTES, l->in))
		return false;
	l->number++;
	if (!strchr(l->text, '\n'))
		for (int c = getc(l->in); c != EOF && c != '\n';)
			c = getc(l->in);
	l->text[strcspn(l->text, "\r\n")] = '\0';
	return true;
}

static bool lines_close(struct lines *l, struct err *err)
{
	const bool bad = ferror(l->in);

	fclose(l->in);
	return !bad || err_set(err, ERR_IO, 0, "%s: cannot be read", l->path);
}

/* ---- checkpoints -----------------------------------------------------------
 */

static bool add_point(struct evidence *e, const struct vnote *n)
{
	struct evidence_point *list =
		room(e->point, e->points, &e->point_room, sizeof(*list));

	if (!list)
		return false;
	e->point = list;
	e->point[e->points].seq = n->seq;
	memcpy(e->point[e->points++].h, n->h, sizeof(n->h));
	return true;
}

static bool take_point(struct evidence *e, const char *text, size_t len,
	uint64_t line, const struct keyring *keys,
	const uint8_t dev[VRECORD_ID], struct vreport *report)
{
	struct vnote n;

	if (!vnote_read(text, len, &n)) {
		vreport_find(report, 0, 31,
			"checkpoint before line %llu: cannot be read",
			(unsigned long long)line);
		return true;
	}
	if (memcmp(n.dev, dev, sizeof(n.dev)) != 0) {
		vreport_info(report, 31,
			"checkpoints of other devices are "
			"passed over");
		return true;
	}
	switch (vnote_check(&n, keys)) {
	case VNOTE_GOOD:
		break;
	case VNOTE_NO_KEY:
		vreport_find(report, 0, 31,
			"checkpoint of record %llu: no key of \"%s\" is given",
			(unsigned long long)n.seq, n.name);
		return true;
	case VNOTE_FORGED:
		vreport_find(report, 0, 31,
			"checkpoint of record %llu: its signature is wrong",
			(unsigned long long)n.seq);
		return true;
	}
	return add_point(e, &n);
}

static bool load_points(struct evidence *e, const char *path,
	const struct keyring *keys, const uint8_t dev[VRECORD_ID],
	struct vreport *report, struct err *err)
{
	char text[2 * LINE_BYTES] = "";
	char line[LINE_BYTES];
	struct lines l;
	size_t len = 0;
	bool ok = true;
	bool more;

	if (!lines_open(&l, path, line, err))
		return false;
	e->points_given = true;
	do {
		more = lines_next(&l);
		if (more && l.text[0]) {
			const size_t n = strlen(l.text);

			if (len + n + 1 < sizeof(text)) {
				memcpy(text + len, l.text, n);
				text[len + n] = '\n';
				len += n + 1;
			}
			continue;
		}
		if (len > 0)
			ok = take_point(e, text, len, l.number, keys, dev,
				report);
		len = 0;
	} while (ok && more);
	return lines_close(&l, err) && (ok || no_memory(err));
}

/* ---- receipts and slips ----------------------------------------------------
 */

static bool take_paper(struct evidence *e, const struct lines *l,
	const uint8_t dev[VRECORD_ID], struct vreport *report)
{
	struct evidence_paper p = {.line = l->number};
	struct evidence_paper *list;

	if (!vpaper_read(l->text, &p.paper)) {
		vreport_find(report, 0, 32,
			"receipts, line %llu: no receipt, slip or code",
			(unsigned long long)l->number);
		return true;
	}
	if (p.paper.kind != VPAPER_CODE &&
		memcmp(p.paper.dev, dev, VRECORD_ID) != 0) {
		vreport_info(report, 32,
			"receipts, line %llu: of another device, not looked "
			"for",
			(unsigned long long)l->number);
		return true;
	}
	list = room(e->paper, e->papers, &e->paper_room, sizeof(*list));
	if (!list)
		return false;
	e->paper = list;
	e->paper[e->papers++] = p;
	return true;
}

static bool load_papers(struct evidence *e, const char *path,
	const uint8_t dev[VRECORD_ID], struct vreport *report, struct err *err)
{
	char line[LINE_BYTES];
	struct lines l;
	bool ok = true;

	if (!lines_open(&l, path, line, err))
		return false;
	e->papers_given = true;
	while (ok && lines_next(&l)) {
		/* A blank may be the last character of base45. */
		if (l.text[strspn(l.text, " \t")] && l.text[0] != '#')
			ok = take_paper(e, &l, dev, report);
	}
	return lines_close(&l, err) && (ok || no_memory(err));
}

/* ---- lists -----------------------------------------------------------------
 */

uint64_t evidence_due(uint64_t period, uint64_t what, size_t list)
{
	return (uint64_t)list << 32 | period << 4 | what;
}

size_t evidence_due_list(uint64_t due)
{
	return (size_t)(due >> 32);
}

bool evidence_list(struct evidence *e, const uint8_t sha256[VRECORD_HASH],
	size_t *out)
{
	struct evidence_list *list;

	/* Rows of a list come together: the last one first. */
	for (size_t i = e->lists; i > 0; i--) {
		*out = i - 1;
		if (memcmp(e->list[i - 1].sha256, sha256, VRECORD_HASH) == 0)
			return true;
	}
	list = room(e->list, e->lists, &e->list_room, sizeof(*list));
	if (!list)
		return false;
	e->list = list;
	*out = e->lists++;
	e->list[*out] = (struct evidence_list){0};
	memcpy(e->list[*out].sha256, sha256, VRECORD_HASH);
	return true;
}

bool evidence_add_due(struct evidence *e, const uint8_t sha256[VRECORD_HASH],
	const struct vitem *item, struct vreport *report)
{
	struct vmap_slot *s;
	uint64_t due;
	size_t list;

	if (!evidence_list(e, sha256, &list))
		return false;
	s = vmap_put(&e->due, item->ent);
	if (!s)
		return false;
	due = evidence_due(item->period, item->what, list);
	if (s->a && (s->a != (uint64_t)item->amount ||
			    (uint32_t)s->b != (uint32_t)due))
		vreport_find(report, 0, 34,
			"the lists given say two things of one entitlement");
	if (s->a == 0) {
		s->a = (uint64_t)item->amount;
		s->b = due;
	}
	return true;
}

static bool read_row(char *text, uint8_t sha256[VRECORD_HASH],
	struct vitem *out)
{
	char *field[HEAD_FIELDS] = {text};
	int64_t period;
	int64_t what;
	size_t got;
	int n = 1;

	for (char *at = strchr(text, ','); at; at = strchr(at, ',')) {
		if (n == HEAD_FIELDS)
			return false;
		*at++ = '\0';
		field[n++] = at;
	}
	if (n != HEAD_FIELDS ||
		!str_from_hex(field[0], sha256, VRECORD_HASH, &got) ||
		got != VRECORD_HASH ||
		!str_from_hex(field[1], out->ent, sizeof(out->ent), &got) ||
		got != sizeof(out->ent) ||
		!str_to_int(field[2], 190001, 219912, &period) ||
		!str_to_int(field[3], 1, 5, &what) ||
		!str_to_int(field[4], 1, INT64_C(999999999999999),
			&out->amount))
		return false;
	out->period = (uint64_t)period;
	out->what = (uint64_t)what;
	return true;
}

static bool load_roster(struct evidence *e, const char *path,
	struct vreport *report, struct err *err)
{
	uint8_t sha256[VRECORD_HASH];
	struct vitem item;
	char line[LINE_BYTES];
	struct lines l;
	bool ok = true;

	if (!lines_open(&l, path, line, err))
		return false;
	e->roster_given = true;
	if (!lines_next(&l) || strcmp(l.text, roster_head) != 0)
		ok = err_set(err, ERR_INVALID, 0, "%s: no roster file", path);
	while (ok && lines_next(&l)) {
		if (!l.text[0])
			continue;
		if (!read_row(l.text, sha256, &item))
			vreport_find(report, 0, 34,
				"roster, line %llu: no entitlement",
				(unsigned long long)l.number);
		else if (!evidence_add_due(e, sha256, &item, report))
			ok = no_memory(err);
	}
	fclose(l.in);
	return ok;
}

/* ---- in order --------------------------------------------------------------
 */

static int point_order(const void *a, const void *b)
{
	const struct evidence_point *x = a;
	const struct evidence_point *y = b;

	return (x->seq > y->seq) - (x->seq < y->seq);
}

static int paper_order(const void *a, const void *b)
{
	const struct evidence_paper *x = a;
	const struct evidence_paper *y = b;
	const bool code_x = x->paper.kind == VPAPER_CODE;
	const bool code_y = y->paper.kind == VPAPER_CODE;

	if (code_x != code_y)
		return code_x ? -1 : 1;
	if (!code_x && x->paper.seq != y->paper.seq)
		return x->paper.seq < y->paper.seq ? -1 : 1;
	return (x->line > y->line) - (x->line < y->line);
}

static bool sort(struct evidence *e, struct err *err)
{
	if (e->points > 0)
		qsort(e->point, e->points, sizeof(*e->point), point_order);
	if (e->papers > 0)
		qsort(e->paper, e->papers, sizeof(*e->paper), paper_order);
	for (e->codes = 0; e->codes < e->papers; e->codes++) {
		uint8_t key[VMAP_KEY] = {0};
		struct vmap_slot *s;

		if (e->paper[e->codes].paper.kind != VPAPER_CODE)
			break;
		memcpy(key, &e->paper[e->codes].paper.bits, sizeof(uint64_t));
		s = vmap_put(&e->code, key);
		if (!s)
			return no_memory(err);
		if (s->a)
			e->paper[e->codes].seen = true; /* the same again */
		else
			s->a = e->codes + 1;
	}
	e->next_paper = e->codes;
	return true;
}

/* ---- the list of revoked users ----------------------------------------------
 */

static bool is_centres(const struct vrevlist *l, const struct keyring *keys)
{
	for (size_t i = 0; i < keys->centres; i++)
		if (vrevlist_is_by(l, keys->centre[i].key))
			return true;
	return false;
}

/* One that does not hold is a finding, and counts for nothing. */
static bool judge_revlist(struct evidence *e, const struct keyring *keys,
	const char *text, size_t len, struct vreport *report, struct err *err)
{
	bool no_room;
	const char *wrong = vrevlist_read(&e->revlist, text, len, &no_room);

	if (no_room)
		return no_memory(err);
	if (!wrong && keys->centres == 0)
		vreport_skip(report, 23,
			"the list of revoked users: the keys file has no key "
			"of the centre");
	else if (!wrong && !is_centres(&e->revlist, keys))
		wrong = "no centre of the keys file signed it";
	if (wrong)
		vreport_find(report, 0, 23, "list of revoked users: %s", wrong);
	if (wrong || keys->centres == 0)
		vrevlist_clear(&e->revlist);
	return true;
}

static bool load_revlist(struct evidence *e, const char *path,
	const struct keyring *keys, struct vreport *report, struct err *err)
{
	FILE *in = fopen(path, "re");
	char *text = malloc(VREVLIST_MAX + 1);
	size_t len = 0;
	bool ok = true;

	if (!in)
		ok = err_set(err, errno == ENOENT ? ERR_GONE : ERR_IO, errno,
			"%s: %s", path, strerror(errno));
	else if (!text)
		ok = no_memory(err);
	if (ok)
		len = fread(text, 1, VREVLIST_MAX + 1, in);
	if (ok && ferror(in))
		ok = err_set(err, ERR_IO, 0, "%s: cannot be read", path);
	ok = ok && judge_revlist(e, keys, text, len, report, err);
	free(text);
	if (in)
		fclose(in);
	return ok;
}

bool evidence_load(struct evidence *e, const struct keyring *keys,
	const uint8_t dev[VRECORD_ID], struct vreport *report, struct err *err)
{
	const struct evidence_files *f = &e->files;
	bool ok = true;

	if (f->points)
		ok = load_points(e, f->points, keys, dev, report, err);
	if (ok && f->papers)
		ok = load_papers(e, f->papers, dev, report, err);
	for (int i = 0; ok && i < f->rosters; i++)
		ok = load_roster(e, f->roster[i], report, err);
	if (ok && f->revlist)
		ok = load_revlist(e, f->revlist, keys, report, err);
	return ok && sort(e, err);
}
