/*
 * T72: a key that stands on the screen is for whoever is signed in. The desk
 * is walked through from many places, by every role, with every key that a
 * handheld has: no key leads to an act that core/role.h does not allow him,
 * every row that is offered does something else than to say no, and what a
 * role may do, it is offered.
 */
#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/tr.h"
#include "support/story.h"
#include "terminal/flows/desk.h"
#include "terminal/flows/refusal_text.h"

enum {
	DEPTH = 3, /* keys from where a story left off */
	MAX_KEYS = 32
};

/* What the book asks of who has that done (db/): its act. */
static const struct {
	enum effect_kind effect;
	enum role_act act;
} acts[] = {
	{FX_USERS, ACT_ADD_USER},
	{FX_USER_ADD, ACT_ADD_USER},
	{FX_USER_RENEW, ACT_ADD_USER},
	{FX_USER_UNLOCK, ACT_UNLOCK},
	{FX_USER_REVOKE, ACT_REVOKE},
	{FX_SHIFT_OPEN, ACT_DRAWER},
	{FX_SHIFT_TOP_UP, ACT_DRAWER},
	{FX_SHIFT_DROP, ACT_DRAWER},
	{FX_SHIFT_CLOSE, ACT_DRAWER},
	{FX_PAY, ACT_PAY},
	{FX_HANDED, ACT_PAY},
	{FX_NOT_HANDED, ACT_PAY},
	{FX_RECOVER, ACT_PAY},
	{FX_VOID, ACT_PAY},
	{FX_NOT_PAID, ACT_NOT_PAID},
	{FX_APPROVE, ACT_APPROVE},
	{FX_CARD_SHOW, ACT_APPROVE},
	{FX_CARD_TAKE, ACT_APPROVE},
	{FX_MOVED, ACT_SWEAR},
	{FX_CLOCK, ACT_CLOCK},
	{FX_COPY, ACT_BACKUP},
	{FX_COPY_PLACE, ACT_BACKUP},
	{FX_SHIFT_FILE, ACT_EXPORT},
	{FX_LIMITS, ACT_LIMIT},
	{FX_BOARD, ACT_REPORT},
	{FX_DUTY, ACT_APPROVE},
	{FX_USERS_SEEN, ACT_ADD_USER},
	{FX_PAPER, ACT_REPORT},
	{FX_PAPER_UNITS, ACT_REPORT},
	{FX_ROLLS, ACT_REPORT},
	{FX_ASSIGN, ACT_ASSIGN},
	{FX_RECHECK, ACT_SAMPLE},
	{FX_RECHECK_DRAW, ACT_SAMPLE},
	{FX_RECHECK_SAID, ACT_SAMPLE},
	{FX_INTAKE_FILES, ACT_CORRECT},
	{FX_INTAKE_LOOK, ACT_CORRECT},
	{FX_INTAKE_TAKE, ACT_CORRECT},
	{FX_PAPER_PLACE, ACT_EXPORT},
	{FX_PAPER_WRITE, ACT_EXPORT},
	{FX_LIMIT_SET, ACT_LIMIT},
	{FX_PEER_OUT, ACT_OFFICE_KEY},
	{FX_SLIP, ACT_REPRINT},
	{FX_COMPLAIN, ACT_REPRINT},
	{FX_COMPLAINT_SLIP, ACT_REPRINT},
	{FX_ACCOUNT_ADD, ACT_ACCOUNT},
	{FX_ACCOUNT_CASH, ACT_ACCOUNT},
	{FX_CONSENT_GIVE, ACT_CONSENT},
	{FX_CONSENT_REFUSE, ACT_CONSENT},
	{FX_CONSENT_WITHDRAW, ACT_CONSENT},
	{FX_CONSENT_SLIP, ACT_CONSENT},
	{FX_REQUEST, ACT_CONSENT},
	{FX_EXCEPTIONS, ACT_APPROVE},
	{FX_ARRIVAL_LOOK, ACT_DOWN},
	{FX_ARRIVAL_TAKE, ACT_DOWN},
	{FX_VISITS, ACT_VISIT},
	{FX_VISIT_LOOK, ACT_VISIT},
	{FX_VISIT_CARD, ACT_VISIT},
	{FX_VISIT_PLAN, ACT_VISIT},
	{FX_VISIT, ACT_VISIT},
	{FX_VISIT_SLIP, ACT_VISIT},
	{FX_DRAFT, ACT_VISIT},
	{FX_DRAFT_TAKE, ACT_VISIT},
	{FX_DRAFT_DROP, ACT_VISIT},
};

/* The answer that lets a flow go on, as in story.h; 0 for none. */
static const char good[FX_KIND_COUNT] = {
	[FX_USERS] = '>',
	[FX_USER_ADD] = '\r',
	[FX_USER_RENEW] = '\r',
	[FX_USER_UNLOCK] = '\r',
	[FX_USER_REVOKE] = '\r',
	[FX_SHIFT_OPEN] = 'H',
	[FX_SHIFT_TOP_UP] = 'H',
	[FX_SHIFT_DROP] = 'H',
	[FX_SHIFT_CLOSE] = 'Z',
	[FX_FIND] = 'F',
	[FX_PERSON] = 'P',
	[FX_PAY] = 'M',
	[FX_HANDED] = 'D',
	[FX_NOT_HANDED] = 'C',
	[FX_RECOVER] = 'R',
	[FX_NOT_PAID] = 'I',
	[FX_VOID] = '/',
	[FX_COMPLAIN] = '\006',
	[FX_ACCOUNT] = '\021',
	[FX_ACCOUNT_ADD] = '\022',
	[FX_ACCOUNT_CASH] = '\022',
	[FX_CONSENT_STATE] = '\031',
	[FX_CONSENT_TEXT] = '\034',
	[FX_CONSENT_GIVE] = '\035',
	[FX_CONSENT_REFUSE] = '\035',
	[FX_CONSENT_WITHDRAW] = '\035',
	[FX_REQUEST] = '\177',
	[FX_RECEIPT] = 'T',
	[FX_OPEN_PAYOUT] = 'J',
	[FX_VISITS] = '\216',
	[FX_VISIT_LOOK] = '\214',
	[FX_VISIT_CARD] = '\214',
	[FX_VISIT_PLAN] = '\206',
	[FX_VISIT] = '\211',
	[FX_DRAFT_DROP] = '\206',
};

/* Behind the sign-in of a role; drawers are for who may have one. */
static const struct {
	const char *script;
	bool moved;
} begins[] = {
	{"JN", false},
	{"JN<", false},
	{"JH", false},
	{"JO", false},
	{"JN<*", false},
	{"JN<**", false},
	{"JN<**2>3", false},
	{"JN<**2>23", false},
	{"JN<**2>912\nan\n1\n246810\n246810", false},
	{"JH*", false},
	{"JH*5\n\n\n\n\n\n\n\n\n", false},
	{"JN\n\n\n\n\n\n\n\n\n", false},
	{"JH@P", false},
	{"JH@P5\021:1\n", false},
	{"JH@P5\03041012027\n", false},
	{"JN<@P5\021:1\n", false},
	{"JH@A", false},
	{"JH@P\nM", false},
	{"JN<@P", false},
	{"JN<@A", false},
	{"JN<;P", false},
	{"JN<@A3T", false},
	{"JN<@A3T51", false},
	{"JN<@P*5\031", false},
	{"JN<@P*5\03111\034\n\n", false},
	{"JN<@P*5\03111\034\n\n11111112", false},
	{"JN<@P*5\03152\n", false},
	{"JN<@P*5\03111\034911", false},
	{"JN<@P*5\0322222211", false},
	{"JN<@P4", false},
	{"JH@A3T9", false},
	{"JH@A3T9`1", false},
	{"JH45\nF", false},
	{"Y", false},
	{"\020", false},
	{"JN<", true},
	{"JN\215\2170", false},
	{"JN\215\2170*", false},
	{"JN\215\2170**", false},
	{"JN\215\2170**.", false},
	{"JN\215\2170@P4", false},
	{"JN\215\2170@P5\021:1\n", false},
	{"JN\215\2170@P5\03041012027\n", false},
	{"JN\215\2170@P*5\03111\034\n\n11111112", false},
	{"JN\215\2170@P*5\03111\034911", false},
	{"JN\215\217*", false},
	{"JN\2163", false},
	{"JN_\2161\214\n51", false},
	{"JN<_*3\2161\2161\214\n51", false},
	{"JN<*3\2161\2161\213", false},
	{"JN<*3\2161\2161\212", false},
};

struct walk {
	enum role role;
	const char *from;
	bool reached[FX_KIND_COUNT];
	bool copied; /* FX_PRINT of a copy */
	char no[REFUSAL_TEXT_SIZE];
	struct desk desk[DEPTH + 1];
	char keys[DEPTH + 1];
};

static bool act_of(const struct effect *fx, enum role_act *out)
{
	if (fx->kind == FX_PRINT && fx->print.copy) {
		*out = ACT_REPRINT;
		return true;
	}
	/* For an agent who is out, by two. */
	if (fx->kind == FX_RECOVER &&
		(fx->recover.by || fx->second.ask || fx->second.answer[0])) {
		*out = ACT_STAND_IN;
		return true;
	}
	/* Where the file of his own shift may go. */
	if (fx->kind == FX_COPY_PLACE && fx->slip) {
		*out = ACT_EXPORT;
		return true;
	}
	for (size_t i = 0; i < COUNT_OF(acts); i++)
		if (acts[i].effect == fx->kind) {
			*out = acts[i].act;
			return true;
		}
	return false;
}

static void check(struct walk *w, const struct desk *d, const struct effect *fx)
{
	enum role_act act;

	w->reached[fx->kind] = true;
	w->copied |= fx->kind == FX_PRINT && fx->print.copy;
	if (act_of(fx, &act) && !role_may(w->role, act))
		fail_msg("role %d: effect %d by \"%s\", then \"%s\"", w->role,
			fx->kind, w->from, w->keys);
	if (strcmp(desk_notice(d)->text, w->no) == 0)
		fail_msg("role %d: told that he may not, by \"%s\", then "
			 "\"%s\"",
			w->role, w->from, w->keys);
}

static void hand(struct walk *w, struct desk *d, char c, long long ms)
{
	static struct event ev;
	struct effect fx;

	story_event(c, ms, &ev);
	if (c == 'S')
		ev.user.role = w->role;
	fx = desk_handle(d, &ev);
	check(w, d, &fx);
	/* Answers of a story are in the story; those of a walk come by
	 * themselves. */
	if (w->keys[0] && good[fx.kind])
		hand(w, d, good[fx.kind], ms);
}

static char typed(int key)
{
	switch (key) {
	case K_ACCEPT:
		return '\n';
	case K_BACK:
		return '<';
	default:
		return key < 0x7f ? (char)key : '\0';
	}
}

/* Each row that is there and for him, and each digit that is not there. */
static size_t keys_of(const struct walk *w, const struct desk *d, char *out)
{
	static const char always[] = "0123456789.*\n<";
	size_t count;
	size_t n = 0;
	const struct binding *b = desk_bindings(d, &count);

	for (size_t i = 0; i < count; i++)
		if (binding_is_for(&b[i], w->role) && typed(b[i].key))
			out[n++] = typed(b[i].key);
	for (const char *c = always; *c && n < MAX_KEYS; c++)
		if (!memchr(out, *c, n))
			out[n++] = *c;
	return n;
}

static void go(struct walk *w, int depth, long long ms)
{
	char keys[MAX_KEYS + 1];
	size_t n;

	if (depth == DEPTH)
		return;
	n = keys_of(w, &w->desk[depth], keys);
	for (size_t i = 0; i < n; i++) {
		w->desk[depth + 1] = w->desk[depth];
		w->keys[depth] = keys[i];
		w->keys[depth + 1] = '\0';
		hand(w, &w->desk[depth + 1], keys[i], ms);
		if (w->desk[depth + 1].user.number != 0)
			go(w, depth + 1, ms + 1000);
		w->keys[depth] = '\0';
	}
}

static void say_no(struct walk *w, enum role_act act)
{
	const struct refusal why = {.code = REFUSED_ROLE,
		.roles = role_who(act)};

	refusal_text(&why, w->no, sizeof(w->no));
}

static void walk_from(struct walk *w, size_t begin)
{
	static const struct desk_info info = {.point = "Cẩm Khê"};
	long long ms = 1000;

	w->from = begins[begin].script;
	memset(w->keys, 0, sizeof(w->keys));
	desk_init(&w->desk[0], &info);
	for (const char *c = "7\n246810\nS"; *c; c++, ms += 1000)
		hand(w, &w->desk[0], *c, ms);
	for (const char *c = w->from; *c; c++, ms += 1000)
		hand(w, &w->desk[0], *c, ms);
	w->desk[0].status.moved = begins[begin].moved;
	if (begins[begin].moved)
		hand(w, &w->desk[0], '.', ms += 1000);
	go(w, 0, ms + 1000);
}

static struct walk *walk(enum role role)
{
	struct walk *w = calloc(1, sizeof(*w));

	assert_non_null(w);
	tr_set_lang("en");
	w->role = role;
	say_no(w, role == ROLE_SUPERVISOR ? ACT_DRAWER : ACT_LIMIT);
	for (size_t i = 0; i < COUNT_OF(begins); i++)
		walk_from(w, i);
	return w;
}

static void T72_no_key_leads_to_what_the_role_may_not(void **state)
{
	const enum role *role = *state;

	free(walk(*role));
}

/* A screen without keys would pass the row above. */
static void T72_what_the_role_may_do_is_offered(void **state)
{
	static const enum effect_kind agents[] = {FX_SHIFT_OPEN, FX_SHIFT_CLOSE,
		FX_PAY, FX_HANDED, FX_RECOVER, FX_NOT_PAID, FX_COMPLAIN,
		FX_COMPLAINT_SLIP, FX_ACCOUNT_ADD, FX_ACCOUNT_SLIP,
		FX_ACCOUNT_CASH, FX_VISITS, FX_VISIT, FX_CONSENT_GIVE,
		FX_CONSENT_REFUSE, FX_CONSENT_SLIP, FX_NONE};
	static const enum effect_kind staffs[] = {FX_NOT_PAID, FX_ACCOUNT_ADD,
		FX_ACCOUNT_CASH, FX_VISITS, FX_VISIT_LOOK, FX_VISIT_PLAN,
		FX_VISIT, FX_DRAFT, FX_DRAFT_DROP, FX_CONSENT_GIVE,
		FX_CONSENT_REFUSE, FX_CONSENT_SLIP, FX_NONE};
	static const enum effect_kind supervisors[] = {FX_NOT_PAID, FX_USERS,
		FX_USER_ADD, FX_USER_REVOKE, FX_USER_UNLOCK, FX_CARD_SHOW,
		FX_CLOCK, FX_COMPLAIN, FX_COPY_PLACE, FX_LIMITS, FX_MOVED,
		FX_RECOVER, FX_VISITS, FX_NONE};
	static const struct {
		enum role role;
		const enum effect_kind *effect;
		bool copies;
	} row[] = {
		{ROLE_AGENT, agents, true},
		{ROLE_STAFF, staffs, false},
		{ROLE_SUPERVISOR, supervisors, true},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		struct walk *w = walk(row[i].role);

		for (const enum effect_kind *e = row[i].effect; *e; e++)
			if (!w->reached[*e])
				fail_msg("role %d never comes to %d",
					row[i].role, *e);
		assert_int_equal(w->copied, row[i].copies);
		free(w);
	}
}

int main(void)
{
	static enum role role[] = {ROLE_AGENT, ROLE_STAFF, ROLE_SUPERVISOR,
		ROLE_TECHNICIAN};
	static const char *const name[] = {"T72 keys of an agent",
		"T72 keys of the campaign staff", "T72 keys of a supervisor",
		"T72 keys of a technician"};
	struct CMUnitTest tests[COUNT_OF(role) + 1];

	for (size_t i = 0; i < COUNT_OF(role); i++)
		tests[i] = (struct CMUnitTest){.name = name[i],
			.test_func = T72_no_key_leads_to_what_the_role_may_not,
			.initial_state = &role[i]};
	tests[COUNT_OF(role)] = (struct CMUnitTest)
		cmocka_unit_test(T72_what_the_role_may_do_is_offered);
	return cmocka_run_group_tests_name("offered", tests, NULL, NULL);
}
