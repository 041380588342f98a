/* The money step, on the flow's own states. */
#include "support/unit.h"

#include <string.h>

#include "core/str.h"
#include "support/feed.h"
#include "support/sample.h"
#include "support/screens.h"
#include "terminal/ui/pay_view.h"

static struct screens_keys show(const struct pay *pay, struct canvas *c)
{
	struct screens_keys keys;

	pay_view(pay, sample_info(), c);
	keys.b = pay_bindings(pay, &keys.count);
	return keys;
}

static void start(struct pay *pay, enum payee payee)
{
	struct pay_request request;
	struct person_due due;

	sample_due(&due);
	memset(&request, 0, sizeof(request));
	request.person = due.person.id;
	request.payee = payee;
	if (payee != PAYEE_SELF)
		str_copy(request.payee_name, sizeof(request.payee_name),
			"Lê Văn Bình");
	pay_start(pay, &request, &due);
}

static void record(struct pay *pay, enum payee payee)
{
	struct payout payout;

	start(pay, payee);
	sample_payout(&payout);
	payout.payee = payee;
	str_copy(payout.payee_name, sizeof(payout.payee_name),
		pay->request.payee_name);
	pay_handle(pay, feed_payout(EV_PAID, &payout));
	assert_int_equal(pay->step, PAY_HANDING);
}

static struct screens_keys recording(struct canvas *c)
{
	static struct pay pay;

	start(&pay, PAYEE_SELF);
	return show(&pay, c);
}

static struct screens_keys handing(struct canvas *c)
{
	static struct pay pay;

	record(&pay, PAYEE_SELF);
	return show(&pay, c);
}

static struct screens_keys handing_printed(struct canvas *c)
{
	static struct pay pay;

	record(&pay, PAYEE_AUTHORISED);
	pay_handle(&pay, feed_print(412, PRINT_PRINTED, ERR_NONE));
	return show(&pay, c);
}

static struct screens_keys paper_out(struct canvas *c)
{
	static struct pay pay;
	struct event *ev;

	record(&pay, PAYEE_SELF);
	ev = feed_answer(EV_PRINT);
	ev->print.seq = 412;
	ev->print.state = PRINT_UNKNOWN;
	ev->print.code = ERR_TIMEOUT;
	ev->print.trouble = PAPER_OUT;
	pay_handle(&pay, ev);
	return show(&pay, c);
}

/* The longest that a printer can say, and somebody else receives. */
static struct screens_keys cutter_stuck(struct canvas *c)
{
	static struct pay pay;
	struct event *ev;

	record(&pay, PAYEE_AUTHORISED);
	ev = feed_answer(EV_PRINT);
	ev->print.seq = 412;
	ev->print.state = PRINT_FAILED;
	ev->print.code = ERR_IO;
	ev->print.trouble = PAPER_BROKEN;
	pay_handle(&pay, ev);
	return show(&pay, c);
}

static struct screens_keys printer_gone(struct canvas *c)
{
	static struct pay pay;

	record(&pay, PAYEE_SELF);
	pay_handle(&pay, feed_print(412, PRINT_FAILED, ERR_GONE));
	return show(&pay, c);
}

/* What the drawer had to say when it was recorded. */
static void advised(struct pay *pay, const char *notes, bool exact,
	int64_t fetch)
{
	struct payout payout;
	struct event *ev;

	start(pay, PAYEE_SELF);
	sample_payout(&payout);
	payout.amount = 1080000;
	payout.notes = (struct notes){.pieces = {0}};
	assert_true(!exact || notes_parse(notes, &payout.notes));
	ev = feed_answer(EV_PAID);
	ev->payout = payout;
	ev->advice.exact = exact;
	ev->advice.estimate = exact && fetch == 0;
	ev->advice.fetch = fetch;
	pay_handle(pay, ev);
	assert_int_equal(pay->step, PAY_HANDING);
}

static const char in_notes[] =
	"500000x1,200000x2,100000x1,50000x1,20000x1,5000x1,"
	"2000x2,1000x1";

/* All kinds of notes, and one of them runs short. */
static struct screens_keys notes_short(struct canvas *c)
{
	static struct pay pay;

	advised(&pay, in_notes, true, 20000);
	return show(&pay, c);
}

/*
 * All at once: paid in haste, to somebody else, notes run short, the paper
 * ended, and the terminal has troubles of its own.
 */
static struct screens_keys crowded(struct canvas *c)
{
	static struct pay pay;
	struct payout payout;
	struct event *ev;
	struct screens_keys keys;

	start(&pay, PAYEE_AUTHORISED);
	sample_payout(&payout);
	payout.quick = true;
	payout.payee = PAYEE_AUTHORISED;
	str_copy(payout.payee_name, sizeof(payout.payee_name), "Lê Văn Bình");
	assert_true(notes_parse(in_notes, &payout.notes));
	ev = feed_answer(EV_PAID);
	ev->payout = payout;
	ev->advice = (struct notes_advice){.exact = true, .fetch = 20000};
	pay_handle(&pay, ev);
	ev = feed_answer(EV_PRINT);
	ev->print.seq = 412;
	ev->print.state = PRINT_UNKNOWN;
	ev->print.trouble = PAPER_OUT;
	pay_handle(&pay, ev);
	assert_int_equal(pay.step, PAY_HANDING);
	sample_trouble("");
	keys = show(&pay, c);
	sample_trouble(NULL);
	return keys;
}

static struct screens_keys notes_estimated(struct canvas *c)
{
	static struct pay pay;

	advised(&pay, "500000x2,20000x4", true, 0);
	return show(&pay, c);
}

static struct screens_keys notes_none_fit(struct canvas *c)
{
	static struct pay pay;

	advised(&pay, "", false, 20000);
	return show(&pay, c);
}

static struct screens_keys notes_typed(struct canvas *c)
{
	static struct pay pay;

	advised(&pay, "500000x2,20000x4", true, 0);
	pay_handle(&pay, feed_key('4'));
	assert_int_equal(pay.step, PAY_NOTES);
	pay_handle(&pay, feed_key('2'));
	pay_handle(&pay, feed_key(K_ACCEPT));
	pay_handle(&pay, feed_key('.'));
	assert_int_equal(pay.step, PAY_NOTES);
	return show(&pay, c);
}

static struct screens_keys notes_not_counted(struct canvas *c)
{
	static struct pay pay;

	advised(&pay, "500000x2,20000x4", true, 0);
	pay_handle(&pay, feed_key('4'));
	pay_handle(&pay, feed_key('.'));
	assert_int_equal(pay.step, PAY_HANDING);
	return show(&pay, c);
}

static struct screens_keys undo(struct canvas *c)
{
	static struct pay pay;

	record(&pay, PAYEE_SELF);
	pay_handle(&pay, feed_key('9'));
	assert_int_equal(pay.step, PAY_UNDO);
	return show(&pay, c);
}

static void finish(struct pay *pay, enum event_kind kind,
	enum payout_state state)
{
	struct payout payout;

	sample_payout(&payout);
	payout.state = state;
	payout.print = PRINT_PRINTED;
	pay_handle(pay, feed_payout(kind, &payout));
	assert_int_equal(pay->step, PAY_DONE);
}

static struct screens_keys done(struct canvas *c)
{
	static struct pay pay;

	record(&pay, PAYEE_SELF);
	pay_handle(&pay, feed_print(412, PRINT_PRINTED, ERR_NONE));
	pay_handle(&pay, feed_key('1'));
	assert_int_equal(pay.step, PAY_CLOSING);
	finish(&pay, EV_HANDED, PAYOUT_HANDED);
	return show(&pay, c);
}

static struct screens_keys voided(struct canvas *c)
{
	static struct pay pay;

	record(&pay, PAYEE_SELF);
	pay_handle(&pay, feed_key('9'));
	pay_handle(&pay, feed_key('1'));
	finish(&pay, EV_NOT_HANDED, PAYOUT_VOIDED);
	return show(&pay, c);
}

static void refuse(struct pay *pay, enum refusal_code code)
{
	struct event *ev;

	start(pay, PAYEE_SELF);
	ev = feed_answer(EV_REFUSED);
	ev->refusal.code = code;
	ev->refusal.amount = 800000;
	sample_prior(&ev->refusal.prior);
	pay_handle(pay, ev);
}

static struct screens_keys refused(struct canvas *c)
{
	static struct pay pay;

	refuse(&pay, REFUSED_NOT_ENOUGH_CASH);
	assert_int_equal(pay.step, PAY_REFUSED);
	return show(&pay, c);
}

static struct screens_keys refused_paid(struct canvas *c)
{
	static struct pay pay;

	refuse(&pay, REFUSED_ALREADY_PAID);
	return show(&pay, c);
}

static struct screens_keys second(struct canvas *c)
{
	static struct pay pay;

	refuse(&pay, REFUSED_SECOND_PERSON);
	assert_int_equal(pay.step, PAY_SECOND);
	pay_handle(&pay, feed_key('1'));
	pay_handle(&pay, feed_key('2'));
	pay_handle(&pay, feed_key(K_ACCEPT));
	pay_handle(&pay, feed_key('4'));
	pay_handle(&pay, feed_key('4'));
	return show(&pay, c);
}

static struct screens_keys looking(struct canvas *c)
{
	static struct pay pay;

	start(&pay, PAYEE_SELF);
	pay_handle(&pay, feed_failed(ERR_IO));
	assert_int_equal(pay.step, PAY_LOOKING);
	return show(&pay, c);
}

static struct screens_keys unknown(struct canvas *c)
{
	static struct pay pay;

	start(&pay, PAYEE_SELF);
	pay_handle(&pay, feed_failed(ERR_IO));
	pay_handle(&pay, feed_failed(ERR_IO));
	assert_int_equal(pay.step, PAY_UNKNOWN);
	return show(&pay, c);
}

static struct screens_keys absent(struct canvas *c)
{
	static struct pay pay;

	start(&pay, PAYEE_SELF);
	pay_handle(&pay, feed_failed(ERR_FULL));
	pay_handle(&pay, feed_answer(EV_NOT_RECORDED));
	assert_int_equal(pay.step, PAY_ABSENT);
	return show(&pay, c);
}

/* From the pad: the money was given before. */
static struct screens_keys entered(struct canvas *c)
{
	static struct pay pay;
	struct payout payout;

	start(&pay, PAYEE_SELF);
	sample_payout(&payout);
	payout.state = PAYOUT_HANDED;
	str_copy(payout.pad, sizeof(payout.pad), "000123");
	pay_handle(&pay, feed_payout(EV_PAID, &payout));
	assert_int_equal(pay.step, PAY_DONE);
	return show(&pay, c);
}

static const struct screens_state states[] = {
	{"handing", handing, true},
	{"recording", recording, false},
	{"entered", entered, false},
	{"handing_printed", handing_printed, false},
	{"paper_out", paper_out, false},
	{"cutter_stuck", cutter_stuck, false},
	{"printer_gone", printer_gone, false},
	{"notes_short", notes_short, false},
	{"crowded", crowded, false},
	{"notes_estimated", notes_estimated, false},
	{"notes_none_fit", notes_none_fit, false},
	{"notes_typed", notes_typed, false},
	{"notes_not_counted", notes_not_counted, false},
	{"undo", undo, true},
	{"done", done, true},
	{"voided", voided, false},
	{"refused", refused, false},
	{"refused_paid", refused_paid, false},
	{"second", second, false},
	{"looking", looking, false},
	{"unknown", unknown, true},
	{"absent", absent, false},
};

int main(void)
{
	return screens_run("pay", states, COUNT_OF(states));
}
