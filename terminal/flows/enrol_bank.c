/*
 * enrol_bank.c - which bank, wallet or mobile money: those chosen last, then
 * mobile money and wallets, then banks by name; or searched.
 */
#include <string.h>

#include "core/str.h"
#include "core/tr.h"
#include "terminal/flows/enrol_internal.h"

static bool is_listed(const struct enrol *e, const struct bank *b)
{
	for (int i = 0; i < e->banks; i++)
		if (e->bank[i] == b)
			return true;
	return false;
}

static void put(struct enrol *e, const struct bank *b)
{
	if (b && b->type != BANK_TYPE_FINANCE && e->banks < ENROL_MAX_BANKS &&
		!is_listed(e, b))
		e->bank[e->banks++] = b;
}

static void put_type(struct enrol *e, enum bank_type type)
{
	for (size_t i = 0; i < banks_count; i++)
		if (banks[i].type == type)
			put(e, &banks[i]);
}

void enrol_list_banks(struct enrol *e, const char *query)
{
	const struct bank *found[ENROL_MAX_BANKS];
	size_t n;

	e->banks = 0;
	e->page = 0;
	if (!query[0]) {
		for (int i = 0; i < ENROL_RECENT; i++)
			put(e, bank_by_bin(e->recent[i]));
		put_type(e, BANK_TYPE_MOBILE_MONEY);
		put_type(e, BANK_TYPE_WALLET);
		put_type(e, BANK_TYPE_BANK);
		return;
	}
	n = bank_search(query, found, ENROL_MAX_BANKS);
	for (size_t i = 0; i < n; i++)
		put(e, found[i]);
}

int enrol_page_rows(const struct enrol *e, int *first)
{
	const int left = e->banks - e->page * ENROL_PAGE;

	*first = e->page * ENROL_PAGE;
	return left < ENROL_PAGE ? left : ENROL_PAGE;
}

static void remember(struct enrol *e, const char *bin)
{
	int at = 0;

	while (at < ENROL_RECENT - 1 && strcmp(e->recent[at], bin) != 0)
		at++;
	for (; at > 0; at--)
		memcpy(e->recent[at], e->recent[at - 1], BANK_BIN_SIZE);
	str_copy(e->recent[0], BANK_BIN_SIZE, bin);
}

static struct effect choose(struct enrol *e, int row)
{
	int first;

	if (row >= enrol_page_rows(e, &first))
		return effect_of(FX_NONE);
	str_copy(e->take.bin, sizeof(e->take.bin), e->bank[first + row]->bin);
	remember(e, e->take.bin);
	notice_clear(&e->notice);
	enrol_go(e, e->take.planned ? ENROL_WHEN : ENROL_NUMBER);
	return effect_of(FX_NONE);
}

struct effect enrol_on_bank(struct enrol *e, const struct event *ev)
{
	const int key = enrol_key(e, ev);

	if (key >= '1' && key < '1' + ENROL_PAGE)
		return choose(e, key - '1');
	switch (key) {
	case '9':
		enrol_go(e, ENROL_SEARCH);
		break;
	case '.':
		e->page++;
		if (e->page * ENROL_PAGE >= e->banks)
			e->page = 0;
		break;
	case '0':
		enrol_go(e, ENROL_START);
		break;
	default:
		break;
	}
	return effect_of(FX_NONE);
}

struct effect enrol_on_search(struct enrol *e, const struct event *ev)
{
	if (ev->kind != EV_KEY)
		return effect_of(FX_NONE);
	switch (entry_key(&e->typed, ev->key)) {
	case ENTRY_ACCEPTED:
		enrol_list_banks(e, e->typed.text);
		if (e->banks == 0) {
			notice_say(&e->notice, NOTICE_WARN, "%s",
				tr("No bank or wallet of that name is known "
				   "here. Try fewer letters."));
			break;
		}
		notice_clear(&e->notice);
		e->step = ENROL_BANK;
		break;
	case ENTRY_CANCELLED:
		enrol_list_banks(e, "");
		e->step = ENROL_BANK;
		break;
	case ENTRY_CHANGED:
		notice_clear(&e->notice);
		break;
	case ENTRY_IGNORED:
	case ENTRY_FULL:
		break;
	}
	return effect_of(FX_NONE);
}
