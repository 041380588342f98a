#include "terminal/app/shared_accounts.h"

#include <stdlib.h>
#include <string.h>

#include "core/crypto.h"
#include "core/str.h"

/* Somebody has that account. */
struct use {
	char number[ACCOUNT_NUMBER_SIZE + 3];
	char bin[8]; /* "": his list does not say which bank */
	char id12[PERSONID_SIZE];
	int64_t person;
};

struct shared_accounts {
	struct use *at;
	size_t count;
	size_t room;
	struct db *db;
	bool ok;
	struct err *err; /* of shared_accounts_new() */
};

static bool add(struct shared_accounts *s, const char *bin, const char *number,
	int64_t person, const char *id12)
{
	const size_t room = s->room ? 2 * s->room : 64;
	struct use *u;

	if (s->count == s->room) {
		u = realloc(s->at, room * sizeof(*u));
		if (!u)
			return err_set(s->err, ERR_NO_MEMORY, 0,
				"no memory for the accounts");
		s->at = u;
		s->room = room;
	}
	u = &s->at[s->count++];
	str_copy(u->bin, sizeof(u->bin), bin);
	str_copy(u->number, sizeof(u->number), number);
	str_copy(u->id12, sizeof(u->id12), id12);
	u->person = person;
	return true;
}

static bool add_listed(void *ctx, const struct person *p)
{
	struct shared_accounts *s = ctx;

	if (p->list_account[0])
		s->ok = add(s, p->list_bin, p->list_account, p->id, p->id12);
	return s->ok;
}

static bool add_taken(void *ctx, const struct account_held *a)
{
	struct shared_accounts *s = ctx;
	struct person_due due;

	if (!a->account.number[0] || a->standing == ACCOUNT_STANDS_ENDED)
		return true;
	s->ok = people_get(s->db, a->person, &due, s->err) == LOOKUP_FOUND &&
		add(s, a->account.bin, a->account.number, a->person,
			due.person.id12);
	return s->ok;
}

/* By number, then by person, so that nobody is counted twice. */
static int by_number(const void *a, const void *b)
{
	const struct use *x = a;
	const struct use *y = b;
	const int order = strcmp(x->number, y->number);

	return order ? order
		     : (x->person > y->person) - (x->person < y->person);
}

struct shared_accounts *shared_accounts_new(struct db *db, struct err *err)
{
	struct shared_accounts *s = calloc(1, sizeof(*s));

	if (!s) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory for the accounts");
		return NULL;
	}
	s->db = db;
	s->ok = true;
	s->err = err;
	if (!people_each(db, add_listed, s, err) || !s->ok ||
		!accounts_each(db, add_taken, s, err) || !s->ok) {
		shared_accounts_free(s);
		return NULL;
	}
	if (s->count > 0)
		qsort(s->at, s->count, sizeof(*s->at), by_number);
	return s;
}

static size_t first_of(const struct shared_accounts *s, const char *number)
{
	size_t low = 0;
	size_t high = s->count;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (strcmp(s->at[middle].number, number) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

int shared_accounts_count(const struct shared_accounts *s,
	const struct account *account, int64_t person, const char *id12)
{
	int64_t last = 0;
	int count = 0;

	for (size_t i = first_of(s, account->number);
		i < s->count && strcmp(s->at[i].number, account->number) == 0;
		i++) {
		const struct use *u = &s->at[i];

		if (u->person == person || u->person == last ||
			(u->bin[0] && strcmp(u->bin, account->bin) != 0) ||
			(id12[0] && strcmp(u->id12, id12) == 0))
			continue;
		last = u->person;
		count++;
	}
	return count;
}

void shared_accounts_free(struct shared_accounts *s)
{
	if (!s)
		return;
	if (s->at)
		crypto_wipe(s->at, s->room * sizeof(*s->at));
	free(s->at);
	free(s);
}
