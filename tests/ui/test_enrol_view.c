/* Taking an account down, on the flow's own states. */
#include "support/unit.h"

#include <string.h>

#include "core/str.h"
#include "support/feed.h"
#include "support/sample.h"
#include "support/screens.h"
#include "terminal/ui/enrol_view.h"

enum {
	NUMBER = 59
};

#define TYPED "19agri\n1"
#define ACCOUNT "1500205123456"
#define TWICE TYPED ACCOUNT "\n" ACCOUNT "\n"

static const char qr[] =
	"00020101021138530010A0000007270123000697041601092576788590208QRIBFTTA"
	"53037045802VN6304AE9F";

static struct screens_keys show(const struct enrol *e, struct canvas *c)
{
	struct screens_keys keys;

	enrol_view(e, sample_info(), c);
	keys.b = enrol_bindings(e, &keys.count);
	return keys;
}

static struct event *stands(enum account_standing standing)
{
	struct event *ev = feed_answer(EV_ACCOUNT);
	struct account_told *t = &ev->account;

	t->consent = true;
	t->held.standing = standing;
	if (standing == ACCOUNT_STANDS_NOT)
		return ev;
	t->held.seq = NUMBER;
	account_check("970405", ACCOUNT, &t->held.account);
	str_copy(t->number, sizeof(t->number), "3fa2b1-59");
	return ev;
}

static void keys(struct enrol *e, const char *text)
{
	for (; *text; text++)
		enrol_handle(e, feed_key(*text == '\n' ? K_ACCEPT : *text));
}

static struct enrol *begin_as(enum account_standing standing, const char *text)
{
	static struct enrol e;
	struct person_due due;

	memset(&e, 0, sizeof(e));
	sample_due(&due);
	enrol_start(&e, &due.person);
	enrol_handle(&e, stands(standing));
	keys(&e, text);
	return &e;
}

static struct enrol *begin(const char *text)
{
	return begin_as(ACCOUNT_STANDS_NOT, text);
}

static struct enrol *scanned(const char *text)
{
	struct enrol *e = begin("");
	struct event *ev = feed_answer(EV_SCAN);

	ev->scan.len = sizeof(qr) - 1;
	memcpy(ev->scan.bytes, qr, sizeof(qr));
	enrol_handle(e, ev);
	assert_int_equal(e->step, ENROL_WHOSE);
	keys(e, text);
	return e;
}

static struct enrol *in_book(void)
{
	struct enrol *e = begin(TWICE "1\n1");

	enrol_handle(e, stands(ACCOUNT_STANDS_CONFIRMED));
	assert_int_equal(e->step, ENROL_PRINTING);
	return e;
}

static struct screens_keys loading(struct canvas *c)
{
	struct enrol e = {.step = ENROL_LOOKUP};

	return show(&e, c);
}

static struct screens_keys begun(struct canvas *c)
{
	return show(begin(""), c);
}

static struct screens_keys start_verified(struct canvas *c)
{
	struct enrol *e = begin("");
	struct event *ev = stands(ACCOUNT_STANDS_VERIFIED);

	ev->account.method.pays_from = 202701;
	e->step = ENROL_LOOKUP;
	enrol_handle(e, ev);
	return show(e, c);
}

static struct screens_keys start_refused(struct canvas *c)
{
	struct enrol *e = begin("");
	struct event *ev = stands(ACCOUNT_STANDS_REFUSED);

	ev->account.held.answer = ACCOUNT_NAME_DIFFERS;
	e->step = ENROL_LOOKUP;
	enrol_handle(e, ev);
	return show(e, c);
}

static struct screens_keys no_consent(struct canvas *c)
{
	struct enrol *e = begin("");
	struct event *ev = stands(ACCOUNT_STANDS_NOT);

	ev->account.consent = false;
	e->step = ENROL_LOOKUP;
	enrol_handle(e, ev);
	assert_int_equal(e->step, ENROL_NO_CONSENT);
	return show(e, c);
}

static struct screens_keys choose(struct canvas *c)
{
	return show(begin("1"), c);
}

static struct screens_keys search(struct canvas *c)
{
	return show(begin("19agri"), c);
}

static struct screens_keys number(struct canvas *c)
{
	return show(begin(TYPED "15002"), c);
}

static struct screens_keys again(struct canvas *c)
{
	return show(begin(TYPED ACCOUNT "\n150"), c);
}

static struct screens_keys not_the_same(struct canvas *c)
{
	return show(begin(TYPED ACCOUNT "\n1500205123457\n"), c);
}

static struct screens_keys whose(struct canvas *c)
{
	return show(scanned(""), c);
}

static struct screens_keys owner(struct canvas *c)
{
	return show(begin(TWICE "2Tran Van Binh"), c);
}

static struct screens_keys relation(struct canvas *c)
{
	return show(begin(TWICE "2Tran Van Binh\n"), c);
}

static struct screens_keys holder(struct canvas *c)
{
	return show(begin(TWICE "1"), c);
}

static struct screens_keys differs(struct canvas *c)
{
	struct enrol *e = begin(TWICE "1");

	entry_set(&e->typed, "TRAN VAN BINH");
	keys(e, "\n");
	assert_int_equal(e->step, ENROL_DIFFERS);
	return show(e, c);
}

static struct screens_keys form(struct canvas *c)
{
	return show(begin(TWICE "1\n"), c);
}

static struct screens_keys form_scanned(struct canvas *c)
{
	return show(scanned("1\n"), c);
}

static struct screens_keys form_guardian(struct canvas *c)
{
	return show(begin(TWICE "2Tran Van Binh\n1\n"), c);
}

static struct screens_keys form_differs(struct canvas *c)
{
	struct enrol *e = begin(TWICE "1");

	entry_set(&e->typed, "TRAN VAN BINH");
	keys(e, "\n3");
	return show(e, c);
}

static struct screens_keys form_planned(struct canvas *c)
{
	return show(begin("29agri\n120122026\n"), c);
}

static struct screens_keys when(struct canvas *c)
{
	return show(begin("29agri\n12012"), c);
}

static struct screens_keys writing(struct canvas *c)
{
	return show(begin(TWICE "1\n1"), c);
}

static struct screens_keys shared(struct canvas *c)
{
	struct enrol *e = begin(TWICE "1\n1");
	struct event *ev = feed_answer(EV_REFUSED);

	ev->refusal.code = REFUSED_ACCOUNT_SHARED;
	ev->refusal.amount = 1;
	str_copy(ev->refusal.prior.actor_name,
		sizeof(ev->refusal.prior.actor_name), "Trần Thị Bình");
	enrol_handle(e, ev);
	assert_int_equal(e->step, ENROL_SHARED);
	return show(e, c);
}

static struct screens_keys printing(struct canvas *c)
{
	return show(in_book(), c);
}

static struct screens_keys done_as(enum print_state state, bool no_printer,
	struct canvas *c)
{
	struct enrol *e = in_book();
	struct event *ev = feed_answer(EV_PRINT);

	ev->print.test = true;
	ev->print.seq = NUMBER;
	ev->print.state = state;
	ev->print.no_printer = no_printer;
	enrol_handle(e, ev);
	assert_int_equal(e->step, ENROL_DONE);
	return show(e, c);
}

static struct screens_keys printed(struct canvas *c)
{
	return done_as(PRINT_PRINTED, false, c);
}

static struct screens_keys no_printer(struct canvas *c)
{
	return done_as(PRINT_NONE, true, c);
}

static struct screens_keys cash(struct canvas *c)
{
	return show(begin_as(ACCOUNT_STANDS_VERIFIED, "4"), c);
}

static struct screens_keys cash_from(struct canvas *c)
{
	return show(begin_as(ACCOUNT_STANDS_VERIFIED, "42"
						      "0120"),
		c);
}

static struct screens_keys cash_sure(struct canvas *c)
{
	return show(begin_as(ACCOUNT_STANDS_VERIFIED, "42"
						      "012027\n"),
		c);
}

static struct screens_keys cash_second(struct canvas *c)
{
	struct enrol *e = begin_as(ACCOUNT_STANDS_VERIFIED, "42"
							    "012027\n1");
	struct event *ev = feed_answer(EV_REFUSED);

	ev->refusal.code = REFUSED_SECOND_PERSON;
	ev->refusal.amount = 500000;
	enrol_handle(e, ev);
	assert_int_equal(e->step, ENROL_SECOND);
	return show(e, c);
}

static const struct screens_state states[] = {
	{"loading", loading, false},
	{"start", begun, true},
	{"start_verified", start_verified, false},
	{"start_refused", start_refused, false},
	{"no_consent", no_consent, false},
	{"banks", choose, false},
	{"search", search, false},
	{"number", number, false},
	{"again", again, true},
	{"not_the_same", not_the_same, false},
	{"whose", whose, false},
	{"owner", owner, false},
	{"relation", relation, false},
	{"holder", holder, false},
	{"differs", differs, false},
	{"form", form, true},
	{"form_scanned", form_scanned, false},
	{"form_guardian", form_guardian, false},
	{"form_differs", form_differs, false},
	{"form_planned", form_planned, false},
	{"when", when, false},
	{"writing", writing, false},
	{"shared", shared, false},
	{"printing", printing, false},
	{"printed", printed, false},
	{"no_printer", no_printer, false},
	{"cash", cash, false},
	{"cash_from", cash_from, false},
	{"cash_sure", cash_sure, false},
	{"cash_second", cash_second, false},
};

int main(void)
{
	return screens_run("enrol", states, COUNT_OF(states));
}
