/* papers_unit.c - of which commune a paper is to be: papers.h. */
#include <string.h>

#include "core/str.h"
#include "core/tr.h"
#include "terminal/flows/papers_internal.h"

static const struct binding unit_keys[] = {
	{K_CHOICES, "1-5", TR("Only people of this commune"), TR("Commune"),
		false},
	{'6', "6", TR("People of all communes"), TR("All"), false},
	{K_ACCEPT, "ENTER", TR("As last time; at first all"), TR("As marked"),
		false},
	{'.', ".", TR("Further communes"), TR("Further"), false},
	{'0', "0", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};

const struct binding *papers_unit_bindings(size_t *count)
{
	*count = sizeof(unit_keys) / sizeof(unit_keys[0]);
	return unit_keys;
}

bool papers_of_units(enum flow_paper which)
{
	return which != FLOW_PAPER_LOG && which != FLOW_PAPER_ACCOUNTS &&
	       which != FLOW_PAPER_SAMPLE;
}

const char *papers_unit(const struct papers *p)
{
	return papers_of_units(p->which) ? p->unit.chosen : "";
}

struct effect papers_count_units(struct papers *p)
{
	struct effect fx = effect_of(FX_PAPER_UNITS);

	p->unit.counting = true;
	p->working = true;
	p->done = 0;
	p->all = 0;
	fx.study.number = p->number += 2;
	return fx;
}

/* The page that the chosen one is on comes first. */
static void choose(struct papers *p)
{
	p->step = PAPERS_UNIT;
	p->unit.first = 0;
	for (int i = 0; i < p->unit.all.count; i++)
		if (strcmp(p->unit.all.unit[i].code, p->unit.chosen) == 0)
			p->unit.first = i - i % PAPERS_UNITS;
}

struct effect papers_ask_unit(struct papers *p)
{
	if (!p->unit.known) {
		p->step = PAPERS_COUNTING;
		return p->unit.counting ? effect_of(FX_NONE)
					: papers_count_units(p);
	}
	if (p->unit.all.count > 1)
		choose(p);
	else
		papers_ask_month(p);
	return effect_of(FX_NONE);
}

struct effect papers_hear_units(struct papers *p, const struct event *ev)
{
	p->unit.counting = false;
	p->working = false;
	if (ev->study.units) {
		p->unit.all = *ev->study.units;
		p->unit.known = true;
	}
	return p->step == PAPERS_COUNTING ? papers_ask_unit(p)
					  : effect_of(FX_NONE);
}

int papers_unit_choices(const struct papers *p)
{
	const int left = p->unit.all.count - p->unit.first;

	return left > PAPERS_UNITS ? PAPERS_UNITS : left;
}

struct effect papers_on_unit(struct papers *p, int key)
{
	if (key == '0') {
		p->step = PAPERS_CHOOSE;
	} else if (key == '.') {
		p->unit.first += PAPERS_UNITS;
		if (p->unit.first >= p->unit.all.count)
			p->unit.first = 0;
	} else if (key == K_ACCEPT) {
		papers_ask_month(p);
	} else if (key == '1' + PAPERS_UNITS) {
		p->unit.chosen[0] = '\0';
		papers_ask_month(p);
	} else if (key >= '1' && key < '1' + papers_unit_choices(p)) {
		str_copy(p->unit.chosen, sizeof(p->unit.chosen),
			p->unit.all.unit[p->unit.first + key - '1'].code);
		papers_ask_month(p);
	}
	return effect_of(FX_NONE);
}
