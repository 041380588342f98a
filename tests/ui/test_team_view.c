/* Users and PINs on the screen, on the flow's own states. */
#include "support/unit.h"

#include "support/feed.h"
#include "support/sample.h"
#include "support/screens.h"
#include "support/story.h"
#include "terminal/ui/team_view.h"

static struct screens_keys show(enum team_task task, const char *script,
	struct canvas *c)
{
	static struct event ev;
	static struct team t;
	struct screens_keys keys;
	struct story story;

	team_start(&t, task);
	entry_typing(&t.name, TELEX_TELEX);
	story_begin(&story, script);
	while (story_next(&story, &ev))
		team_handle(&t, &ev);
	team_view(&t, sample_info(), c);
	keys.b = team_bindings(t.step, &keys.count);
	return keys;
}

static struct screens_keys first_number(struct canvas *c)
{
	return show(TEAM_FIRST, "9", c);
}

static struct screens_keys first_name(struct canvas *c)
{
	return show(TEAM_FIRST, "9\nlee ", c);
}

static struct screens_keys first_easy(struct canvas *c)
{
	return show(TEAM_FIRST, "9\nhung\n121212\n", c);
}

static struct screens_keys again(struct canvas *c)
{
	return show(TEAM_FIRST, "9\nhung\n246810\n246", c);
}

static struct screens_keys list(struct canvas *c)
{
	return show(TEAM_PEOPLE, ">", c);
}

static struct screens_keys user(struct canvas *c)
{
	return show(TEAM_PEOPLE, ">3", c);
}

/* Looked through: when he was here last, and how old his PIN is. */
static struct screens_keys seen(struct canvas *c)
{
	static struct users_seen all;
	static struct event ev;
	static struct team t;
	struct screens_keys keys;
	struct story story;
	struct event *told;

	team_start(&t, TEAM_PEOPLE);
	story_begin(&story, ">3");
	while (story_next(&story, &ev))
		team_handle(&t, &ev);
	all.count = 1;
	all.row[0] = (struct user_seen){.number = t.chosen.number,
		.added = SAMPLE_NOW - INT64_C(400) * 86400000,
		.pin = SAMPLE_NOW - INT64_C(92) * 86400000,
		.login = SAMPLE_NOW - INT64_C(3) * 3600000};
	told = feed_answer(EV_STUDY);
	told->study.number = t.asked;
	told->study.state = STUDY_DONE;
	told->study.seen = &all;
	team_handle(&t, told);
	team_view(&t, sample_info(), c);
	keys.b = team_bindings(t.step, &keys.count);
	return keys;
}

static struct screens_keys sure(struct canvas *c)
{
	return show(TEAM_PEOPLE, ">32", c);
}

static struct screens_keys role(struct canvas *c)
{
	return show(TEAM_PEOPLE, ">912\nan\n", c);
}

static struct screens_keys until(struct canvas *c)
{
	return show(TEAM_PEOPLE, ">912\nan\n13112", c);
}

/* The last day in the list is over, so he is renewed. */
static struct screens_keys over(struct canvas *c)
{
	static struct event ev;
	static struct team t;
	struct screens_keys keys;

	team_start(&t, TEAM_PEOPLE);
	t.now = SAMPLE_NOW;
	story_event('>', 1000, &ev);
	ev.users.row[2].until = 20200131;
	team_handle(&t, &ev);
	team_view(&t, sample_info(), c);
	keys.b = team_bindings(t.step, &keys.count);
	return keys;
}

static struct screens_keys renew(struct canvas *c)
{
	return show(TEAM_PEOPLE, ">333112", c);
}

static struct screens_keys renew_no_day(struct canvas *c)
{
	return show(TEAM_PEOPLE, ">3331\n", c);
}

static struct screens_keys new_pin(struct canvas *c)
{
	return show(TEAM_PEOPLE, ">912\nan\n131122027\n", c);
}

static struct screens_keys own_old(struct canvas *c)
{
	return show(TEAM_OWN_PIN, "246811\n905314\n905314\nW", c);
}

static struct screens_keys working(struct canvas *c)
{
	return show(TEAM_OWN_PIN, "246811\n905314\n905314\n", c);
}

static const struct screens_state states[] = {
	{"first_number", first_number, true},
	{"first_name", first_name, false},
	{"first_easy", first_easy, false},
	{"again", again, false},
	{"list", list, true},
	{"seen", seen, false},
	{"user", user, false},
	{"sure", sure, true},
	{"role", role, false},
	{"until", until, false},
	{"over", over, false},
	{"renew", renew, true},
	{"renew_no_day", renew_no_day, false},
	{"new_pin", new_pin, false},
	{"own_old", own_old, false},
	{"working", working, false},
};

int main(void)
{
	return screens_run("team", states, COUNT_OF(states));
}
