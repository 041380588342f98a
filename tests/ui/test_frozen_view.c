/* Nothing may be paid any more, or not yet. */
#include "support/unit.h"

#include "core/str.h"
#include "support/feed.h"
#include "support/sample.h"
#include "support/screens.h"
#include "terminal/ui/frozen_view.h"

static struct screens_keys show(const struct frozen *f, struct canvas *c)
{
	struct screens_keys keys;

	frozen_view(f, sample_info(), c);
	keys.b = frozen_bindings(f->step, &keys.count);
	return keys;
}

static struct screens_keys stopped(struct canvas *c)
{
	static struct frozen f;

	frozen_init(&f, FROZEN_LOST);
	return show(&f, c);
}

static struct screens_keys moved(struct canvas *c)
{
	static struct frozen f;

	frozen_init(&f, FROZEN_MOVED);
	return show(&f, c);
}

static void ask(struct frozen *f)
{
	frozen_init(f, FROZEN_MOVED);
	frozen_handle(f, feed_key('1'));
	assert_int_equal(f->step, FROZEN_SURE);
}

static struct screens_keys sure(struct canvas *c)
{
	static struct frozen f;

	ask(&f);
	return show(&f, c);
}

static void refuse(struct frozen *f, enum refusal_code code)
{
	struct event *ev;

	ask(f);
	frozen_handle(f, feed_key('1'));
	ev = feed_answer(EV_REFUSED);
	ev->refusal.code = code;
	frozen_handle(f, ev);
}

static struct screens_keys agent(struct canvas *c)
{
	static struct frozen f;

	refuse(&f, REFUSED_ROLE);
	assert_int_equal(f.step, FROZEN_MOVED);
	return show(&f, c);
}

static struct screens_keys paper(struct canvas *c)
{
	static struct frozen f;

	refuse(&f, REFUSED_LAST_PAPER);
	assert_int_equal(f.step, FROZEN_PAPER);
	return show(&f, c);
}

static const struct screens_state states[] = {
	{"stopped", stopped, true},
	{"moved", moved, true},
	{"moved_agent", agent, false},
	{"moved_sure", sure, false},
	{"moved_paper", paper, false},
};

int main(void)
{
	return screens_run("frozen", states, COUNT_OF(states));
}
