/*
 * Every event at every step of every flow, and every event after each that
 * did something, three deep. Whatever comes, and in whatever order:
 *
 * - money is moved by a key only, and by none while an answer is out;
 * - what was asked and failed, or was refused, is told to the user, where it
 *   has no screen of its own (pay, recover, takeback);
 * - there is a way on: a key, or an answer that is still out;
 * - ENTER pays and hands over, and destroys nothing;
 * - a key held down moves money once.
 */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/tr.h"
#include "support/story.h"
#include "terminal/flows/desk.h"

#define IN "7\n246810\nSJH"
#define PAID IN "@P\nM"
#define LEFT "7\n246810\nS\020"
#define DOOR "7\n246810\n\205JN\215"
#define VISIT DOOR "_\2171\2161"

static const char all_events[] =
	"0123456789anz "
	".*#\n<\b]{}[@;:\"`'_~,SWXLUHONZEFGPABQMKDCV/YJRIT?!-+%&$("
	")|^>\r\t\v\a\f\\\001\002\003\004\005\006\016\017\020"
	"\217\216\215\214\213\212\211\210\207\206";

/* One for each step there is; test_desk.c says where each of them stands. */
static const char *const steps[] = {"", "7", "7\n", "7\n24", "7\n246810\n",
	"7\n246810\nS", "7\n246810\nSJ", "7\n246810\nSJN", "7\n246810\nSJN4",
	"7\n246810\nSJN\n", "7\n246810\nSJN40\n", "7\n246810\nSJN40\n\n",
	"7\n246810\nSJN40\n1", "7\n246810\nSJN40\n\n\n\n\n\n\n\n\n\n",
	"7\n246810\nSJN40\n\n\n\n\n\n\n\n\n\n\n", "7\n246810\nSY",
	"7\n246810\nSY1", "7\n246810\nSY1R", "7\n246810\nSY2", "7\n246810\nSY!",
	"7\n246810\nS!", "7\n246810\nSJ!", "7\n246810\nSY1!", "7\n246810\nSY1-",
	LEFT, LEFT "1", LEFT "2", LEFT "19\n135790\n", LEFT "29\n135790\nW",
	LEFT "29\n135790\n+", LEFT "19\n135790\nR", "7\n246810\nX",
	"7\n246810\nL", IN, IN "4", IN "n", IN "4578\n", IN "4578\nG",
	IN "4578\nG.", IN "4578\nE", IN "4578\n!", IN "4578\nF", IN "4578\nG3P",
	IN "@", IN "@P", IN "@A", IN "@B", IN "@Q", IN "@!", IN ";P", IN ";P1",
	IN "'", IN "'F", IN "'F1P", IN "@P*", IN "@P1", IN "@P2", IN "@P3",
	IN "@P6", IN "@P61;", IN "@P2;12\n", IN "@P2;12\n31122099\n", IN "@P31",
	IN "@P32", IN "@P3;", IN "@P4", IN "@P41", IN "@P411", IN "@P42",
	IN "@P43", IN "@P44", IN "@P45", IN "@P411-", IN "@P411!", IN "@P5",
	IN "@P6", IN "@P7", IN "@P8", IN "@P9", IN "@P\n", IN "@P\n!",
	IN "@P\n!K", IN "@P\n!!", IN "@P\n-", IN "@P\n+", IN "@P\n+9\n",
	IN "@P\n+9\n13579", IN "@P\n+9\n135790\n", IN "@P\n+9\n135790\nW",
	IN "@P\n+9\n135790\nX", IN "@P\n+9\n135790\nL", IN "@P\n+9\n135790\nU",
	PAID, PAID "9", PAID "91", PAID "91C", PAID "91!", PAID "91-", PAID "1",
	PAID "1!", PAID "1-", PAID "1D", PAID "1D;", PAID ";", PAID "(",
	PAID "|", PAID ")", PAID "^", PAID "(1D", PAID "#", PAID "~",
	PAID "~246810\n", IN "`", IN "`T", IN "`?", IN "`!", IN "`T1", IN "`T9",
	IN "`T91", IN "`T919\n", IN "`T919\n135790\n", IN "`T919\n135790\n/",
	IN "`T919\n135790\n-", IN "`T919\n135790\n!", IN "`T919\n135790\nW",
	IN "@A3T9", IN "@A3T91", IN "`T5", IN "`T51", IN "`T511", IN "`T511!",
	IN "`T511-", IN "`T511\006", IN "`T511\006\016", IN "`T511\006\017",
	IN "`T511\006"
	   "00",
	"*5", "*5@", IN "**4", IN "**4@", IN "**4@1", IN "*", IN "*.", IN "*1",
	IN "*11", IN "*2", IN "*3", IN "*4", IN "*5", IN "*6", IN "*7", IN "*8",
	IN "*9", IN "*1\n\n\n\n\n\n\n\n\n\n", IN "*2\n\n\n\n\n\n\n\n\n\n",
	IN "*3\n\n\n\n\n\n\n\n\n\n", IN "*310\n\n\n\n\n\n\n\n\n\n",
	IN "*310\n\n\n\n\n\n\n\n\n\n\n", IN "*410\n\n\n\n\n\n\n\n\n\n",
	IN "*410\n\n\n\n\n\n\n\n\n\n\n", IN "*5\n\n\n\n\n\n\n\n\n\n",
	IN "*5\n\n\n\n\n\n\n\n\n\n\n", IN "*5\n\n\n\n\n\n\n\n\n\n\n%",
	IN "*5\n\n\n\n\n\n\n\n\n\n\n%1", IN "*5\n\n\n\n\n\n\n\n\n\n\n%19\n",
	IN "*5\n\n\n\n\n\n\n\n\n\n\n%19\n135790\n",
	IN "*5\n\n\n\n\n\n\n\n\n\n\n&", IN "*5\n\n\n\n\n\n\n\n\n\n\nZ", IN "#",
	IN "~", IN "O", IN ",", IN "**", IN "**1", IN "**1246810\n",
	IN "**1246810\n905314\n", IN "**1246810\n905314\n905314\n",
	IN "**1246810\n905314\n905314\nW", IN "**3", IN "**3\001", IN "**3\002",
	IN "@P*3\001", IN "@P*5", IN "@P*5\031", IN "@P*5\0311",
	IN "@P*5\03111", IN "@P*5\03111\034", IN "@P*5\03111\034..",
	IN "@P*5\03111\034..1", IN "@P*5\03111\034..11111",
	IN "@P*5\03111\034..111113", IN "@P*5\03111\034..111113;",
	IN "@P*5\03111\034..111111", IN "@P*5\03111\034..1111112",
	IN "@P*5\03111\034..11111112", IN "@P*5\03111\034..111111121",
	IN "@P*5\03111\034..111111121\035", IN "@P*5\03111\034911", IN "@P5",
	IN "@P5\021", IN "@P5\021:", IN "@P5\0211", IN "@P5\02111",
	IN "@P5\021110986123456\n", IN "@P5\021110986123456\n0986123456\n",
	IN "@P5\021:2an\n", IN "@P5\021:1\n", IN "@P5\021:1\n1",
	IN "@P5\021:1\n1\024", IN "@P5\021:1\n1\022", IN "@P5\02121",
	IN "@P5\02241", IN "@P5\02241012027\n", IN "@P5\02241012027\n1+",
	IN "@P5\023", IN "@P*5\0315", IN "@P*5\03152", IN "@P*5\03152a\n",
	IN "@P*5\03152a\n1", IN "@P*5\0322", IN "@P*5\03222222", PAID "*3\001",
	DOOR, DOOR "\217", DOOR "\2171\216", DOOR "\217n", DOOR "\217*2",
	DOOR "\217*4\215", DOOR "\217*4\216", DOOR "\2171!", VISIT "Q",
	VISIT "\214", VISIT "\213", VISIT "\212", VISIT "\2123", VISIT "\2121",
	VISIT "\2121\207", VISIT "\214\n", VISIT "\214\n4", VISIT "\214\n8",
	VISIT "\214\n5", VISIT "\214\n5.", VISIT "\214\n7", VISIT "\214\n49",
	VISIT "\214\n41", VISIT "\214\n51", VISIT "\214\n6", VISIT "\214\n511",
	VISIT "\214\n511!", VISIT "\214\n511!!", VISIT "\214\n511\210",
	VISIT "\214\n511\210\213", VISIT "\214\n511\211", "7\n246810\n\204JN",
	"7\n246810\n\204JN\216", "7\n246810\n\204JN\2163"};

enum {
	LEVELS = 3
};

static bool moves_money(enum effect_kind kind)
{
	switch (kind) {
	case FX_PAY:
	case FX_HANDED:
	case FX_NOT_HANDED:
	case FX_RECOVER:
	case FX_VOID:
	case FX_NOT_PAID:
	case FX_COMPLAIN:
	case FX_ACCOUNT_ADD:
	case FX_ACCOUNT_CASH:
	case FX_CONSENT_GIVE:
	case FX_CONSENT_REFUSE:
	case FX_CONSENT_WITHDRAW:
	case FX_REQUEST:
	case FX_VISIT:
	case FX_SHIFT_OPEN:
	case FX_SHIFT_TOP_UP:
	case FX_SHIFT_DROP:
	case FX_SHIFT_CLOSE:
		return true;
	default:
		return false;
	}
}

static void must(bool holds, const char *script, const char *then,
	const char *rule)
{
	if (!holds)
		fail_msg("\"%s\" and then \"%s\": %s", script, then, rule);
}

/*
 * What takes something away, or cannot be taken back: never by ENTER, but
 * for the one that ends a second person's PIN, which he came for to type.
 */
static bool destroys(enum effect_kind kind)
{
	return kind != FX_PAY && kind != FX_HANDED &&
	       (moves_money(kind) || kind == FX_USER_REVOKE ||
		       kind == FX_CLOCK || kind == FX_MOVED);
}

static bool ends_a_pin(const struct desk *d)
{
	switch (desk_place(d)) {
	case DESK_RECOVER:
		return d->recover.step == RECOVER_SECOND;
	case DESK_DRAWER:
		return d->drawer.step == DRAWER_SECOND;
	case DESK_TAKEBACK:
		return d->takeback.step == TAKEBACK_SECOND;
	default:
		return false;
	}
}

/* Held down, or pressed twice by a shaking hand: within 150 ms, and ENTER
 * within 700, money is moved once, whatever the answer was. */
static void must_move_once(const struct desk *from, const struct event *ev,
	const char *script, const char *then)
{
	static const char answers[] = "-!MVDCRY/KNZT\r%&\006\211\210";
	static struct desk d;
	static struct event answer;
	struct event again = *ev;

	again.at_ms +=
		ev->key == K_ACCEPT ? FLOW_HELD_MS - 1 : FLOW_REPEAT_MS - 1;
	for (const char *c = answers; *c; c++) {
		d = *from;
		story_event(*c, ev->at_ms + 10, &answer);
		desk_handle(&d, &answer);
		must(!moves_money(desk_handle(&d, &again).kind), script, then,
			"a key held down moves money twice");
	}
}

static bool is_no(enum event_kind kind)
{
	return kind == EV_FAILED || kind == EV_REFUSED ||
	       kind == EV_SIGN_IN_REFUSED;
}

/* A way on, in every state: each key in it once. */
static void must_offer_keys(const struct desk *d, const char *script,
	const char *then)
{
	size_t n = 0;
	const struct binding *b = desk_bindings(d, &n);

	must(n > 0 || d->waiting != FX_NONE, script, then, "no way on");
	for (size_t i = 0; i < n; i++) {
		must(b[i].does && b[i].does[0], script, then,
			"a key of no use");
		for (size_t j = 0; j < i; j++)
			must(b[i].key != b[j].key, script, then, "a key twice");
	}
}

static struct effect take(struct desk *d, const struct event *ev,
	const char *script, const char *then)
{
	const enum effect_kind waiting = d->waiting;
	const enum desk_place place = desk_place(d);
	const bool answers =
		waiting != FX_NONE && flow_answers(waiting, ev->kind);
	const bool pin = ends_a_pin(d);
	const struct effect fx = desk_handle(d, ev);

	if (ev->kind == EV_KEY && ev->key == K_ACCEPT && !pin)
		must(!destroys(fx.kind), script, then, "destroyed by ENTER");
	must(d->depth >= 1 && d->depth <= DESK_DEPTH, script, then, "lost");
	if (moves_money(fx.kind)) {
		must(ev->kind == EV_KEY, script, then,
			"money is moved without a key");
		must(waiting == FX_NONE, script, then,
			"money is moved while an answer is out");
		must(d->user.number > 0, script, then, "money by nobody");
		must_move_once(d, ev, script, then);
	}
	if (answers && is_no(ev->kind) && fx.kind == FX_NONE &&
		desk_place(d) == place)
		must(desk_notice(d)->text[0] || place == DESK_PAY ||
				place == DESK_RECOVER || place == DESK_TAKEBACK,
			script, then, "no word of what went wrong");
	must_offer_keys(d, script, then);
	return fx;
}

static struct story story; /* its time goes on */

static void reach(const char *script, struct desk *d)
{
	const struct desk_info info = {.point = "Cẩm Khê"};
	static struct event ev;

	desk_init(d, &info);
	story_begin(&story, script);
	while (story_next(&story, &ev))
		take(d, &ev, script, "");
}

/* Level by level, as far as something comes of it. */
static void try_all(const struct desk *from, const char *script, int level)
{
	static struct desk desks[LEVELS];
	static struct event ev;
	static char then[LEVELS + 1];
	const enum desk_place place = desk_place(from);
	struct desk *d = &desks[level];

	for (const char *c = all_events; *c; c++) {
		struct effect fx;

		*d = *from;
		then[level] = *c;
		then[level + 1] = '\0';
		story_event(*c, story.ms + 1000 * (level + 1), &ev);
		fx = take(d, &ev, script, then);
		if ((fx.kind != FX_NONE || desk_place(d) != place) &&
			level + 1 < LEVELS)
			try_all(d, script, level + 1);
	}
}

static void every_event(void **state)
{
	static struct desk start;

	reach(*state, &start);
	try_all(&start, *state, 0);
}

int main(void)
{
	static char name[COUNT_OF(steps)][80];
	struct CMUnitTest tests[COUNT_OF(steps)];

	for (size_t i = 0; i < COUNT_OF(steps); i++) {
		snprintf(name[i], sizeof(name[i]), "step %zu", i);
		tests[i] = (struct CMUnitTest){.name = name[i],
			.test_func = every_event,
			.initial_state = (void *)steps[i]};
	}
	tr_set_lang("en");
	return _cmocka_run_group_tests("every event", tests, COUNT_OF(steps),
		NULL, NULL);
}
