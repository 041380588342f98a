/* The question after a crash, on the flow's own states. */
#include "support/unit.h"

#include "support/feed.h"
#include "support/sample.h"
#include "support/screens.h"
#include "terminal/ui/recover_view.h"

static struct screens_keys show(const struct recover *recover, struct canvas *c)
{
	struct screens_keys keys;

	recover_view(recover, sample_info(), c);
	keys.b = recover_bindings(recover, &keys.count);
	return keys;
}

/* The question as one sees it who may not answer. */
static struct screens_keys show_to(enum role role, const struct recover *r,
	struct canvas *c)
{
	struct frame_info info = *sample_info();
	const struct binding *b;
	size_t count;

	info.role = role;
	recover_view(r, &info, c);
	b = recover_bindings(r, &count);
	return screens_keys_for(role, b, count);
}

static void ask(struct recover *r)
{
	struct payout payout;

	recover_start(r);
	sample_payout(&payout);
	payout.print = PRINT_UNKNOWN;
	recover_handle(r, feed_payout(EV_OPEN_PAYOUT, &payout));
	assert_int_equal(r->step, RECOVER_ASK);
}

static struct screens_keys looking(struct canvas *c)
{
	static struct recover r;

	recover_start(&r);
	return show(&r, c);
}

static struct screens_keys failed(struct canvas *c)
{
	static struct recover r;

	recover_start(&r);
	recover_handle(&r, feed_failed(ERR_IO));
	assert_int_equal(r.step, RECOVER_FAILED);
	return show(&r, c);
}

static struct screens_keys asking(struct canvas *c)
{
	static struct recover r;

	ask(&r);
	return show(&r, c);
}

static struct screens_keys asking_supervisor(struct canvas *c)
{
	static struct recover r;

	ask(&r);
	return show_to(ROLE_SUPERVISOR, &r, c);
}

static void ask_left(struct recover *r)
{
	struct event *ev = feed_answer(EV_OPEN_PAYOUT);

	recover_start(r);
	sample_payout(&ev->payout);
	ev->payout.print = PRINT_UNKNOWN;
	ev->left = SHIFT_LEFT_REVOKED;
	recover_handle(r, ev);
	assert_int_equal(r->step, RECOVER_LEFT);
}

static struct screens_keys left(struct canvas *c)
{
	static struct recover r;

	ask_left(&r);
	return show_to(ROLE_SUPERVISOR, &r, c);
}

static struct screens_keys left_staff(struct canvas *c)
{
	static struct recover r;

	ask_left(&r);
	return show_to(ROLE_STAFF, &r, c);
}

static struct screens_keys left_second(struct canvas *c)
{
	static struct recover r;

	ask_left(&r);
	recover_handle(&r, feed_key('2'));
	recover_handle(&r, feed_key('9'));
	assert_int_equal(r.step, RECOVER_SECOND);
	return show_to(ROLE_SUPERVISOR, &r, c);
}

/* Nobody who may approve: another one. */
static struct screens_keys left_refused(struct canvas *c)
{
	static struct recover r;
	struct event *ev;

	ask_left(&r);
	recover_handle(&r, feed_key('1'));
	for (const char *k = "9\n135790\n"; *k; k++)
		recover_handle(&r,
			feed_key(*k == '\n' ? K_ACCEPT : (unsigned char)*k));
	assert_int_equal(r.step, RECOVER_ANSWERING);
	ev = feed_answer(EV_REFUSED);
	ev->refusal.code = REFUSED_SECOND_PERSON;
	recover_handle(&r, ev);
	assert_int_equal(r.step, RECOVER_SECOND);
	return show_to(ROLE_SUPERVISOR, &r, c);
}

static struct screens_keys answering(struct canvas *c)
{
	static struct recover r;

	ask(&r);
	recover_handle(&r, feed_key('1'));
	assert_int_equal(r.step, RECOVER_ANSWERING);
	return show(&r, c);
}

static struct screens_keys done(struct canvas *c)
{
	static struct recover r;
	struct payout payout;

	ask(&r);
	recover_handle(&r, feed_key('1'));
	payout = r.payout;
	payout.state = PAYOUT_HANDED;
	recover_handle(&r, feed_payout(EV_RECOVERED, &payout));
	assert_int_equal(r.step, RECOVER_DONE);
	return show(&r, c);
}

static struct screens_keys voided(struct canvas *c)
{
	static struct recover r;
	struct payout payout;

	ask(&r);
	recover_handle(&r, feed_key('2'));
	payout = r.payout;
	payout.state = PAYOUT_VOIDED;
	recover_handle(&r, feed_payout(EV_RECOVERED, &payout));
	return show(&r, c);
}

static const struct screens_state states[] = {
	{"ask", asking, true},
	{"ask_supervisor", asking_supervisor, false},
	{"left", left, false},
	{"left_staff", left_staff, false},
	{"left_second", left_second, false},
	{"left_refused", left_refused, false},
	{"looking", looking, false},
	{"failed", failed, false},
	{"answering", answering, false},
	{"done", done, false},
	{"voided", voided, false},
};

int main(void)
{
	return screens_run("recover", states, COUNT_OF(states));
}
