/* Signing in, on the flow's own states. */
#include "support/unit.h"

#include "support/feed.h"
#include "support/sample.h"
#include "support/screens.h"
#include "terminal/ui/signin_view.h"

static struct screens_keys show(const struct signin *s, struct canvas *c)
{
	struct frame_info info = *sample_info();
	struct screens_keys keys;

	info.user = "";
	info.demo = s->demo.agent != 0;
	signin_view(s, &info, c);
	keys.b = signin_bindings(s->step, &keys.count);
	return keys;
}

static void type(struct signin *s, const char *keys)
{
	for (; *keys; keys++)
		signin_handle(s,
			feed_key(*keys == '\n' ? K_ACCEPT
					       : (unsigned char)*keys));
}

static struct screens_keys number(struct canvas *c)
{
	static struct signin s;

	signin_init(&s, NULL);
	return show(&s, c);
}

static struct screens_keys demo(struct canvas *c)
{
	const struct signin_demo users = {.agent = 1,
		.supervisor = 9,
		.agent_pin = "246810",
		.supervisor_pin = "135791"};
	static struct signin s;

	signin_init(&s, &users);
	type(&s, "1");
	return show(&s, c);
}

static struct screens_keys pin(struct canvas *c)
{
	static struct signin s;

	signin_init(&s, NULL);
	type(&s, "7\n2468");
	return show(&s, c);
}

static struct screens_keys checking(struct canvas *c)
{
	static struct signin s;

	signin_init(&s, NULL);
	type(&s, "7\n246810\n");
	assert_int_equal(s.step, SIGNIN_CHECKING);
	return show(&s, c);
}

static struct screens_keys refused(struct canvas *c, enum sign_in how, int left,
	int wait)
{
	static struct signin s;
	struct event *ev;

	signin_init(&s, NULL);
	type(&s, "7\n246810\n");
	ev = feed_answer(EV_SIGN_IN_REFUSED);
	ev->sign_in.how = how;
	ev->sign_in.tries_left = left;
	ev->sign_in.wait_seconds = wait;
	signin_handle(&s, ev);
	return show(&s, c);
}

static struct screens_keys wrong(struct canvas *c)
{
	return refused(c, SIGN_IN_WRONG_PIN, 8, 0);
}

static struct screens_keys waiting(struct canvas *c)
{
	return refused(c, SIGN_IN_WRONG_PIN, 5, 8);
}

static struct screens_keys locked(struct canvas *c)
{
	return refused(c, SIGN_IN_LOCKED, 0, 0);
}

static const struct screens_state states[] = {
	{"number", number, true},
	{"demo", demo, false},
	{"pin", pin, true},
	{"checking", checking, false},
	{"wrong", wrong, false},
	{"waiting", waiting, false},
	{"locked", locked, false},
};

int main(void)
{
	return screens_run("signin", states, COUNT_OF(states));
}
