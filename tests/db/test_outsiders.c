/*
 * T72: who may not work here any more, because he was revoked or because his
 * last day is over, does nothing at all, whatever his role; and is told why.
 */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/clock.h"
#include "core/date.h"
#include "db/approvals.h"
#include "db/revlist.h"
#include "db/roles_internal.h"
#include "support/revlists.h"
#include "support/roleacts.h"

enum {
	OUTSIDER = 21, /* an agent; 22 is staff, 23 supervisor, 24 technician */
	OUTSIDERS = 4,
	OVER_SUPERVISOR = 2
};

static const struct notes none;
static const char outsider_pin[] = "864213";
static const int64_t day = 24 * 3600 * INT64_C(1000);

static void revoke_here(struct bookstore *b)
{
	struct refusal why;
	struct err err;

	for (int i = 0; i < OUTSIDERS; i++)
		assert_int_equal(users_revoke(b->db, &b->hoa, OUTSIDER + i,
					 &why, &err),
			VERDICT_DONE);
}

static void revoke_by_list(struct bookstore *b)
{
	char text[REVLISTS_SIZE];
	struct crypto_pair centre;
	struct revlist_done done;
	struct refusal why;
	struct err err;

	crypto_pair_new(&centre);
	revlists_make(&centre, 1, clock_wall_ms(),
		"user 21 - 1\nuser 22 - 1\nuser 23 - 1\nuser 24 - 1\n", text);
	assert_int_equal(revlist_set_key(b->db, &b->hoa, centre.public, &why,
				 &err),
		VERDICT_DONE);
	assert_int_equal(revlist_take(b->db, &b->hoa, text, strlen(text), &done,
				 &why, &err),
		VERDICT_DONE);
	assert_int_equal(done.barred, OUTSIDERS);
}

static void days_go_by(struct bookstore *b)
{
	(void)b;
	clock_freeze_wall(clock_wall_ms() + 2 * day);
}

static const struct way {
	const char *name;
	void (*out)(struct bookstore *b);
	enum refusal_code code;
	const char *code_name;
	enum sign_in sign_in;
} ways[] = {
	{"revoked here", revoke_here, REFUSED_REVOKED, "revoked",
		SIGN_IN_REVOKED},
	{"on the centre's list", revoke_by_list, REFUSED_REVOKED, "revoked",
		SIGN_IN_REVOKED},
	{"his last day is over", days_go_by, REFUSED_EXPIRED, "expired",
		SIGN_IN_EXPIRED},
};

struct outside {
	struct bookstore b;
	struct session who[OUTSIDERS]; /* signed in before they were out */
};

static void add_outsider(struct outside *o, int i)
{
	const struct user_new n = {OUTSIDER + i, "Mai",
		(enum role)(ROLE_AGENT + i), outsider_pin};
	struct sign_in_result result;
	struct refusal why;
	struct err err;
	int32_t until;
	char iso[32];

	date_time_iso(clock_wall_ms(), iso);
	iso[10] = '\0';
	assert_true(users_day_parse(iso, &until));
	assert_int_equal(users_add_until(o->b.db, &o->b.hoa, &n, until, &why,
				 &err),
		VERDICT_DONE);
	assert_int_equal(users_sign_in(o->b.db, n.number, outsider_pin,
				 &o->who[i], &result, &err),
		SIGN_IN_DONE);
}

/* Ten days ago, so that no day of a test is to come yet. A payout is open. */
static void make_outside(struct outside *o, const struct way *w)
{
	struct payout out;

	clock_freeze_wall(clock_wall_ms() - 10 * day);
	roleacts_store(&o->b);
	bookstore_shift(&o->b, 40);
	bookstore_pay(&o->b, ROLEACTS_PERSON, &out);
	o->b.payout = out.seq;
	for (int i = 0; i < OUTSIDERS; i++)
		add_outsider(o, i);
	w->out(&o->b);
}

static void end_outside(struct outside *o)
{
	bookstore_must_hold(&o->b);
	bookstore_remove(&o->b);
	clock_freeze_wall(-1);
}

static void must_be_out(const struct way *w, const char *what, enum verdict v,
	const struct refusal *why)
{
	if (v != VERDICT_REFUSED || why->code != w->code ||
		strcmp(refusal_code_name(why->code), w->code_name) != 0)
		fail_msg("%s: %s: %d, %s", w->name, what, (int)v,
			refusal_code_name(why->code));
}

static void T72_who_is_out_does_nothing_of_the_book(void **state)
{
	static struct outside o;
	struct refusal why;
	struct err err;

	(void)state;
	for (size_t w = 0; w < COUNT_OF(ways); w++) {
		int64_t before;

		make_outside(&o, &ways[w]);
		before = roleacts_records(&o.b);
		for (size_t i = 0; i < (size_t)roleacts_count * OUTSIDERS;
			i++) {
			const struct roleact *a = &roleacts[i / OUTSIDERS];

			why = (struct refusal){0};
			must_be_out(&ways[w], a->name,
				a->act(&o.b, &o.who[i % OUTSIDERS], &why, &err),
				&why);
		}
		assert_int_equal(roleacts_records(&o.b), before);
		end_outside(&o);
	}
}

/* The table itself; but a clock that went ahead is not to lock everybody out:
 * a supervisor may vouch for it. */
static void T72_who_is_out_may_nothing_of_the_table(void **state)
{
	static struct outside o;
	struct refusal why;

	(void)state;
	for (size_t w = 0; w < COUNT_OF(ways); w++) {
		make_outside(&o, &ways[w]);
		for (int i = 0; i < ACT_COUNT * OUTSIDERS; i++) {
			const struct session *s = &o.who[i % OUTSIDERS];
			const enum role_act act =
				(enum role_act)(i / OUTSIDERS);
			enum verdict v;
			char what[32];

			snprintf(what, sizeof(what), "act %d", (int)act);
			why = (struct refusal){0};
			v = roles_may(o.b.db, s, act, &why);
			if (act != ACT_CLOCK || ways[w].out != days_go_by)
				must_be_out(&ways[w], what, v, &why);
			else if (s == &o.who[OVER_SUPERVISOR])
				assert_int_equal(v, VERDICT_DONE);
			else
				assert_int_equal(why.code, REFUSED_ROLE);
		}
		roles_note(o.b.db);
		end_outside(&o);
	}
}

static void T72_who_is_out_gets_in_by_no_door(void **state)
{
	static struct outside o;
	struct sign_in_result result;
	struct session s;
	struct err err;

	(void)state;
	for (size_t w = 0; w < COUNT_OF(ways); w++) {
		make_outside(&o, &ways[w]);
		for (int i = OUTSIDER; i < OUTSIDER + OUTSIDERS; i++) {
			struct db *db = o.b.db;

			assert_int_equal(users_sign_in(db, i, outsider_pin, &s,
						 &result, &err),
				ways[w].sign_in);
			assert_int_equal(s.user.number, 0);
			assert_int_equal(users_resume(db, i, outsider_pin, &s,
						 &result, &err),
				ways[w].sign_in);
			assert_int_equal(users_check(db, i, outsider_pin, &s,
						 &result, &err),
				ways[w].sign_in);
			assert_int_equal(s.user.number, 0);
		}
		end_outside(&o);
	}
}

/* Not by PIN, as just now, not with a session of before, not by QR. */
static void T72_who_is_out_is_nobodys_second_person(void **state)
{
	static struct outside o;
	const struct session *by = &o.who[OVER_SUPERVISOR];
	char text[APPROVAL_TEXT_SIZE];
	struct shift_slip slip;
	struct refusal why;
	struct payout out;
	struct err err;

	(void)state;
	for (size_t w = 0; w < COUNT_OF(ways); w++) {
		const struct way *way = &ways[w];
		struct bookstore *b = &o.b;

		make_outside(&o, way);
		must_be_out(way, "VOID",
			payouts_not_handed(b->db, &b->lan, b->payout, by, &out,
				&why, &err),
			&why);
		bookstore_hand(b, b->payout);
		must_be_out(way, "VOID of what was handed over",
			payouts_void(b->db, &b->lan,
				&(struct void_request){.seq = b->payout,
					.reason = VOID_RECEIPT_LOST,
					.by = by},
				&out, &why, &err),
			&why);
		must_be_out(way, "CLOSE",
			shifts_close(b->db, &b->lan, &none,
				SHIFT_REASON_UNKNOWN, by, &slip, &why, &err),
			&why);
		must_be_out(way, "card", approvals_card(b->db, by, text, &why),
			&why);
		must_be_out(way, "enrol",
			approvals_enrol(b->db, by, NULL, &why, &err), &why);
		must_be_out(way, "APPROVE",
			approvals_give(b->db, by, "CA1:0", text, &why, &err),
			&why);
		end_outside(&o);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(T72_who_is_out_does_nothing_of_the_book),
		cmocka_unit_test(T72_who_is_out_may_nothing_of_the_table),
		cmocka_unit_test(T72_who_is_out_gets_in_by_no_door),
		cmocka_unit_test(T72_who_is_out_is_nobodys_second_person),
	};

	return cmocka_run_group_tests_name("outsiders", tests, NULL, NULL);
}
