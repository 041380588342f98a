/* A visit, on the flow's own states. */
#include "support/unit.h"

#include <string.h>

#include "core/str.h"
#include "support/feed.h"
#include "support/sample.h"
#include "support/screens.h"
#include "terminal/ui/visit_view.h"

static struct screens_keys show(const struct visiting *visit, struct canvas *c)
{
	struct screens_keys keys;

	visit_view(visit, sample_info(), c);
	keys.b = visit_bindings(visit, &keys.count);
	return keys;
}

static struct visiting *start(void)
{
	static struct visiting v;

	visit_start(&v, 5, false, 7, TELEX_TELEX);
	v.today = (struct date){2026, 12, 5};
	return &v;
}

static struct event *look(void)
{
	static struct person_due due;
	struct event *ev = feed_answer(EV_VISIT_LOOK);

	sample_due(&due);
	ev->visit_look.person = due.person;
	return ev;
}

static struct visit earlier(enum visit_result r, int days)
{
	struct visit v = {.seq = 40,
		.t = SAMPLE_NOW - (int64_t)days * 86400000,
		.actor = 8,
		.result = r};

	str_copy(v.actor_name, sizeof(v.actor_name), "Trần Thị Hoa");
	return v;
}

static struct visiting *reach(const char *keys)
{
	struct visiting *v = start();

	visit_handle(v, look());
	for (; *keys; keys++)
		visit_handle(v, feed_key(*keys == '\n' ? K_ACCEPT : *keys));
	return v;
}

static struct screens_keys looking(struct canvas *c)
{
	return show(start(), c);
}

static struct screens_keys nobody(struct canvas *c)
{
	struct visiting *v = start();

	visit_handle(v, feed_answer(EV_NO_PERSON));
	return show(v, c);
}

static struct screens_keys person(struct canvas *c)
{
	return show(reach(""), c);
}

static struct screens_keys seen(struct canvas *c)
{
	struct visiting *v = start();
	struct event *ev = look();
	struct visit_seen *s = &ev->visit_look;

	s->visit[0] = earlier(VISIT_THINKS, 20);
	s->visit[0].next = (struct date){2026, 12, 5};
	s->visit[1] = earlier(VISIT_ABSENT, 34);
	s->visit[2] = earlier(VISIT_ABSENT, 50);
	s->visits = 3;
	s->more = true;
	s->planned = 3;
	s->look.has_last = true;
	s->look.by_other = true;
	s->look.last = s->visit[0];
	s->look.appointed = true;
	visit_handle(v, ev);
	return show(v, c);
}

static struct screens_keys warned(struct canvas *c)
{
	struct visiting *v = start();
	struct event *ev = look();
	struct visit_seen *s = &ev->visit_look;

	s->visit[0] = earlier(VISIT_WANTS_CASH, 0);
	s->visits = 1;
	s->look.has_last = true;
	s->look.by_other = true;
	s->look.today = true;
	s->look.last = s->visit[0];
	s->look.begun = 8;
	str_copy(s->look.begun_name, sizeof(s->look.begun_name),
		"Trần Thị Hoa");
	s->look.planned = 8;
	str_copy(s->look.planned_name, sizeof(s->look.planned_name),
		"Trần Thị Hoa");
	visit_handle(v, ev);
	return show(v, c);
}

static struct visiting *drafted(void)
{
	struct visiting *v = start();
	struct event *ev = look();

	ev->visit_look.look.draft = true;
	visit_handle(v, ev);
	return v;
}

static struct screens_keys draft(struct canvas *c)
{
	return show(drafted(), c);
}

static struct screens_keys damaged(struct canvas *c)
{
	struct visiting *v = drafted();

	visit_handle(v, feed_key('1'));
	visit_handle(v, feed_answer(EV_DRAFT));
	return show(v, c);
}

static struct screens_keys drop(struct canvas *c)
{
	struct visiting *v = drafted();

	visit_handle(v, feed_key('3'));
	return show(v, c);
}

static struct screens_keys result(struct canvas *c)
{
	return show(reach("\n"), c);
}

static struct screens_keys why(struct canvas *c)
{
	return show(reach("\n4"), c);
}

static struct screens_keys cannot(struct canvas *c)
{
	return show(reach("\n8"), c);
}

static struct screens_keys died(struct canvas *c)
{
	return show(reach("\n70412"), c);
}

static struct screens_keys when(struct canvas *c)
{
	return show(reach("\n5"), c);
}

static struct screens_keys day(struct canvas *c)
{
	return show(reach("\n5.3002\n"), c);
}

static struct screens_keys remark(struct canvas *c)
{
	return show(reach("\n49nhaf cos chos"), c);
}

static struct screens_keys refuses(struct canvas *c)
{
	return show(reach("\n42"), c);
}

static struct screens_keys absent(struct canvas *c)
{
	return show(reach("\n51"), c);
}

static struct screens_keys gone(struct canvas *c)
{
	return show(reach("\n704122026\n"), c);
}

static struct screens_keys no_consent(struct canvas *c)
{
	return show(reach("\n1"), c);
}

/* As much as a visit can be. */
static struct visiting *whole(void)
{
	struct visiting *v = reach("\n1");

	v->parts.consent = 412;
	v->parts.yes = CONSENT_ALL;
	v->parts.account = 413;
	str_copy(v->parts.account_says, sizeof(v->parts.account_says),
		"Agribank 1500205123456, NGUYEN THI DEP");
	v->parts.answers_len = 9;
	v->parts.answered = 5;
	v->parts.questions = 5;
	str_copy(v->phone, sizeof(v->phone), "0912345678");
	str_copy(v->note, sizeof(v->note),
		"Con gái đi làm về sau 17 giờ, nhà cuối ngõ");
	v->next = (struct date){2026, 12, 24};
	visit_go_on(v, VISIT_WANTS_QUESTIONS);
	return v;
}

static struct screens_keys agreed(struct canvas *c)
{
	return show(whole(), c);
}

static struct screens_keys phone(struct canvas *c)
{
	struct visiting *v = whole();

	visit_handle(v, feed_key('6'));
	return show(v, c);
}

static struct screens_keys meanwhile(struct canvas *c)
{
	struct visiting *v = reach("\n421");
	struct event *ev = feed_answer(EV_REFUSED);

	ev->refusal.code = REFUSED_VISITED;
	visit_handle(v, ev);
	ev = look();
	ev->visit_look.look.has_last = true;
	ev->visit_look.look.last = earlier(VISIT_ABSENT, 0);
	visit_handle(v, ev);
	return show(v, c);
}

static struct screens_keys saving(struct canvas *c)
{
	return show(reach("\n421"), c);
}

static struct screens_keys unknown(struct canvas *c)
{
	struct visiting *v = reach("\n421");

	visit_handle(v, feed_failed(ERR_IO));
	visit_handle(v, feed_failed(ERR_IO));
	return show(v, c);
}

static struct visiting *recorded(bool day)
{
	struct visiting *v = reach("\n511");
	struct event *ev = feed_answer(EV_VISIT);

	ev->visit = earlier(VISIT_ABSENT, 0);
	if (day)
		ev->visit.next = (struct date){2026, 12, 6};
	visit_handle(v, ev);
	return v;
}

static struct screens_keys done(struct canvas *c)
{
	return show(recorded(false), c);
}

static struct screens_keys printing(struct canvas *c)
{
	return show(recorded(true), c);
}

static struct screens_keys paper(struct canvas *c, enum print_state state)
{
	struct visiting *v = recorded(true);
	struct event *ev = feed_answer(EV_PRINT);

	ev->print.test = true;
	ev->print.seq = v->noted.seq;
	ev->print.state = state;
	visit_handle(v, ev);
	return show(v, c);
}

static struct screens_keys printed(struct canvas *c)
{
	return paper(c, PRINT_PRINTED);
}

static struct screens_keys no_paper(struct canvas *c)
{
	return paper(c, PRINT_FAILED);
}

static const struct screens_state states[] = {
	{"looking", looking, false},
	{"nobody", nobody, false},
	{"person", person, true},
	{"seen", seen, false},
	{"warned", warned, true},
	{"draft", draft, false},
	{"damaged", damaged, false},
	{"drop", drop, false},
	{"result", result, false},
	{"why", why, false},
	{"cannot", cannot, false},
	{"died", died, false},
	{"when", when, false},
	{"day", day, false},
	{"remark", remark, false},
	{"refuses", refuses, false},
	{"absent", absent, false},
	{"gone", gone, false},
	{"no_consent", no_consent, false},
	{"agreed", agreed, true},
	{"phone", phone, false},
	{"meanwhile", meanwhile, false},
	{"saving", saving, false},
	{"unknown", unknown, false},
	{"done", done, false},
	{"printing", printing, false},
	{"printed", printed, false},
	{"no_paper", no_paper, false},
};

int main(void)
{
	return screens_run("visit", states, COUNT_OF(states));
}
