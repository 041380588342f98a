/*
 * audit_revlist.c - the centre's list of revoked users beside the book: the
 * REVLIST record of it takes out whom it names, and nobody else (V23).
 */
#include <string.h>

#include "db/verify/audit_internal.h"

static bool names(const struct vrevlist_user *l, const struct keyring_user *u)
{
	if (l->number != u->number)
		return false;
	return l->any_key || memcmp(l->key, u->key, VRECORD_HASH) == 0 ||
	       (u->has_approval &&
		       memcmp(l->key, u->approval, VRECORD_HASH) == 0);
}

/* The line that names him; NULL: none does. */
static const struct vrevlist_user *line_of(const struct vrevlist *l,
	const struct keyring_user *u)
{
	for (size_t i = 0; i < l->users; i++)
		if (names(&l->user[i], u))
			return &l->user[i];
	return NULL;
}

static bool is_barred(const struct vrecord *r, uint64_t number)
{
	for (size_t i = 0; i < r->barreds; i++)
		if (r->barred[i] == number)
			return true;
	return false;
}

/* Who was out before is not taken out again; nor is who comes later. */
static void compare(struct audit *a, const struct vrevlist *l)
{
	for (size_t i = 0; i < a->keys->users; i++) {
		const struct keyring_user *u = &a->keys->user[i];
		const bool listed = line_of(l, u) != NULL;
		const bool barred = is_barred(&a->r, u->number);

		if (barred && !listed)
			audit_find(a, 23,
				"takes out user %llu, whom the list does not "
				"name",
				(unsigned long long)u->number);
		if (listed && !barred && u->told && !u->out)
			audit_find(a, 23,
				"does not take out user %llu, whom the list "
				"names",
				(unsigned long long)u->number);
	}
}

void audit_check_revlist(struct audit *a)
{
	struct evidence *e = a->evidence;

	if (e->revlist.version == 0 || a->r.res != e->revlist.version)
		return;
	e->revlist_seen = a->r.seq;
	if (memcmp(e->revlist.sha256, a->r.rsum, VRECORD_HASH) != 0)
		audit_find(a, 23,
			"list of revoked users, version %llu: another one "
			"than was given",
			(unsigned long long)a->r.res);
	else
		compare(a, &e->revlist);
}

/* What he did before the terminal had heard of it: allowed, and worth knowing. */
void audit_check_listed(struct audit *a, const struct keyring_user *u)
{
	const struct vrevlist *l = &a->evidence->revlist;
	const struct vrevlist_user *line = l->version ? line_of(l, u) : NULL;

	if (line && a->r.t >= line->from && !u->out)
		vreport_info(a->report, 23,
			"user %llu works after the time that the centre's "
			"list gives, before the list came",
			(unsigned long long)u->number);
}

void audit_end_revlist(struct audit *a, bool whole)
{
	const struct evidence *e = a->evidence;
	const unsigned long long version = e->revlist.version;

	if (version == 0 || e->revlist_seen)
		return;
	if (a->rest.revlist > e->revlist.version)
		vreport_info(a->report, 23,
			"the list of revoked users given, version %llu, is "
			"older than the newest one in the book",
			version);
	else if (whole)
		vreport_info(a->report, 23,
			"the list of revoked users given, version %llu, never "
			"came to this terminal",
			version);
}
