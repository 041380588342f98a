/* Whom to go and see, on the flow's own states. */
#include "support/unit.h"

#include <string.h>

#include "core/str.h"
#include "support/feed.h"
#include "support/sample.h"
#include "support/screens.h"
#include "terminal/ui/visits_view.h"

static struct screens_keys show(const struct visits *visits, struct canvas *c)
{
	struct screens_keys keys;

	visits_view(visits, sample_info(), c);
	keys.b = visits_bindings(visits->step, &keys.count);
	return keys;
}

static const char *const hamlet_names[] = {"Thôn 1", "Thôn 2", "Thôn 3",
	"Thôn 10", "Khu Đồng Tâm", "Tổ dân phố Nguyễn Thị Minh Khai", "Xóm Chợ",
	"Xóm Đình", ""};

static struct visits_page *page(struct event *ev)
{
	struct visits_page *p = &ev->visits;

	p->drafts = 1;
	p->today.visits = 7;
	p->today.target = 20;
	p->today.planned = 4;
	p->counts.people = 1240;
	p->counts.converted = 200;
	p->counts.done = 312;
	p->counts.due = 9;
	return p;
}

static struct visits *hamlets(void)
{
	static struct visits v;
	struct event *ev = feed_answer(EV_VISITS);
	struct visits_page *p = page(ev);

	visits_start(&v, false, TELEX_TELEX);
	p->rows = FLOW_VISIT_ROWS;
	p->after = true;
	for (int i = 0; i < p->rows; i++) {
		str_copy(p->hamlet[i].name, ROUND_HAMLET_SIZE, hamlet_names[i]);
		p->hamlet[i].count.people = 40 + 37 * i;
		p->hamlet[i].count.converted = 5 * i;
		p->hamlet[i].count.done = i == 0 ? 40 : i == 1 ? 0 : 11 * i;
		p->hamlet[i].count.group[VISIT_GROUP_AGREED] = 3 * i;
		p->hamlet[i].count.due = i % 3;
	}
	visits_handle(&v, ev);
	return &v;
}

static void fill(struct round_person *p, int i)
{
	static const enum visit_result result[] = {VISIT_NONE, VISIT_NONE,
		VISIT_ABSENT, VISIT_THINKS, VISIT_AGREED, VISIT_WANTS_CASH,
		VISIT_NO_CARD, VISIT_HAS_ACCOUNT, VISIT_DIED};
	static const char *const name[] = {"Nguyễn Thị Đẹp", "Trần Văn Ba",
		"Lê Thị Hồng Nhung Cẩm Tú", "Phạm Văn Đồng", "Hoàng Thị Bưởi",
		"Vũ Đình Thưởng", "H' Blưn Niê Kđăm", "Đặng Thị Én",
		"Bùi Văn Cỏn"};
	struct person_found found[FLOW_VISIT_ROWS];

	sample_found(found, FLOW_VISIT_ROWS);
	p->id = found[i].id;
	str_copy(p->name, sizeof(p->name), name[i]);
	str_copy(p->address, sizeof(p->address),
		i % 2 ? "Số 12 ngõ 3, Thôn 3, xã Cẩm Khê, tỉnh Phú Thọ"
		      : "Thôn 3, xã Cẩm Khê, tỉnh Phú Thọ");
	p->result = result[i];
	p->draft = i == 1;
	p->planned = i == 0 || i == 2;
	p->done = i > 3;
	if (i == 2 || i == 3)
		p->next = (struct date){2026, 12, (int8_t)(3 + i)};
	p->due = i == 2;
}

static struct visits *people(int rows)
{
	struct visits *v = hamlets();
	struct event *ev;

	visits_handle(v, feed_key('3'));
	ev = feed_answer(EV_VISITS);
	page(ev)->rows = rows;
	ev->visits.after = rows == FLOW_VISIT_ROWS;
	for (int i = 0; i < rows; i++)
		fill(&ev->visits.person[i], i);
	visits_handle(v, ev);
	return v;
}

/* The first two have people who were assigned to him. */
static struct screens_keys hamlets_mine(struct canvas *c)
{
	struct visits *v = hamlets();

	v->page.hamlet[0].mine = 12;
	v->page.hamlet[1].mine = 3;
	return show(v, c);
}

static struct screens_keys hamlets_(struct canvas *c)
{
	return show(hamlets(), c);
}

static struct screens_keys no_list(struct canvas *c)
{
	static struct visits v;

	visits_start(&v, false, TELEX_TELEX);
	visits_handle(&v, feed_answer(EV_VISITS));
	return show(&v, c);
}

static struct screens_keys people_(struct canvas *c)
{
	return show(people(FLOW_VISIT_ROWS), c);
}

static struct screens_keys few(struct canvas *c)
{
	struct visits *v = people(3);

	visits_handle(v, feed_key(K_DOWN));
	return show(v, c);
}

static struct screens_keys nobody(struct canvas *c)
{
	return show(people(0), c);
}

static struct screens_keys filter(struct canvas *c)
{
	struct visits *v = people(3);

	visits_task(v, VISITS_TO_FILTER);
	return show(v, c);
}

static struct screens_keys filtered(struct canvas *c)
{
	struct visits *v = people(3);
	struct event *ev;

	visits_task(v, VISITS_TO_FILTER);
	visits_handle(v, feed_key('6'));
	ev = feed_answer(EV_VISITS);
	page(ev)->rows = 1;
	fill(&ev->visits.person[0], 5);
	visits_handle(v, ev);
	return show(v, c);
}

static struct screens_keys type(struct canvas *c)
{
	struct visits *v = hamlets();

	for (const char *k = "ddejp"; *k; k++)
		visits_handle(v, feed_key(*k));
	return show(v, c);
}

static struct screens_keys in_vain(struct canvas *c)
{
	struct visits *v = hamlets();

	for (const char *k = "ba"; *k; k++)
		visits_handle(v, feed_key(*k));
	visits_handle(v, feed_key(K_ACCEPT));
	visits_handle(v, feed_answer(EV_VISITS));
	return show(v, c);
}

static struct screens_keys looking(struct canvas *c)
{
	struct visits *v = hamlets();

	visits_handle(v, feed_key('1'));
	return show(v, c);
}

static struct visits *plan(int rows)
{
	struct visits *v = hamlets();
	struct event *ev;

	visits_task(v, VISITS_TO_PLAN);
	ev = feed_answer(EV_VISITS);
	page(ev)->rows = rows;
	for (int i = 0; i < rows; i++)
		fill(&ev->visits.person[i], i);
	visits_handle(v, ev);
	return v;
}

static struct screens_keys plan_(struct canvas *c)
{
	return show(plan(4), c);
}

static struct screens_keys no_plan(struct canvas *c)
{
	return show(plan(0), c);
}

static struct visits *offer(void)
{
	static struct visits v;
	struct event *ev = feed_answer(EV_VISITS);

	visits_start(&v, true, TELEX_TELEX);
	page(ev)->rows = 1;
	fill(&ev->visits.person[0], 0);
	ev->visits.changed[0] = SAMPLE_NOW - 3600000;
	visits_handle(&v, ev);
	return &v;
}

static struct screens_keys offer_(struct canvas *c)
{
	return show(offer(), c);
}

static struct screens_keys drop(struct canvas *c)
{
	struct visits *v = offer();

	visits_handle(v, feed_key('3'));
	return show(v, c);
}

static const struct screens_state states[] = {
	{"hamlets", hamlets_, true},
	{"hamlets_mine", hamlets_mine, false},
	{"no_list", no_list, false},
	{"people", people_, true},
	{"few", few, false},
	{"nobody", nobody, false},
	{"filter", filter, false},
	{"filtered", filtered, false},
	{"type", type, false},
	{"in_vain", in_vain, false},
	{"looking", looking, false},
	{"plan", plan_, false},
	{"no_plan", no_plan, false},
	{"offer", offer_, true},
	{"drop", drop, false},
};

int main(void)
{
	return screens_run("visits", states, COUNT_OF(states));
}
