/* mutation_visit.c - visits at people's doors. */
#include "support/bookgen_internal.h"
#include "support/mutation.h"

/* Nobody at home, and a day to come again. */
static struct bookgen_rec *first(struct bookgen *b)
{
	return mutation_first(b, GEN_VISIT);
}

/* Of the same person, who moved; it follows the first. */
static struct bookgen_rec *second(struct bookgen *b)
{
	return mutation_of(b, GEN_VISIT, first(b)->seq);
}

/* ---- V03, V23: the record -----------------------------------------------------*/

static void no_result_there_is(struct bookgen *b)
{
	first(b)->res = 5;
}

static void met_and_nothing_said(struct bookgen *b)
{
	first(b)->res = 1;
}

static void said_what_nobody_says(struct bookgen *b)
{
	struct bookgen_rec *r = first(b);

	r->res = 1;
	office_rsn(r, 25);
}

static void said_by_nobody_at_home(struct bookgen *b)
{
	office_rsn(first(b), 10);
}

static void made_nothing(struct bookgen *b)
{
	second(b)->mades = 0;
}

static void made_in_no_order(struct bookgen *b)
{
	struct bookgen_rec *r = second(b);

	r->made[1] = r->made[0];
	r->mades = 2;
}

static void technician(struct bookgen *b)
{
	first(b)->actor = GEN_KY;
}

static void the_system(struct bookgen *b)
{
	first(b)->actor = 0;
}

/* ---- V42: days -----------------------------------------------------------------*/

static void the_same_day(struct bookgen *b)
{
	struct bookgen_rec *r = first(b);

	r->next_day = office_day(r->t, 0);
}

static void the_day_before(struct bookgen *b)
{
	struct bookgen_rec *r = first(b);

	r->next_day = office_day(r->t, -1);
}

static void too_late(struct bookgen *b)
{
	struct bookgen_rec *r = first(b);

	r->next_day = office_day(r->t, 181);
}

static void the_last_day_there_may_be(struct bookgen *b)
{
	struct bookgen_rec *r = first(b);

	r->next_day = office_day(r->t, 180);
}

static void the_day_after(struct bookgen *b)
{
	struct bookgen_rec *r = first(b);

	r->next_day = office_day(r->t, 1);
}

static void no_such_day(struct bookgen *b)
{
	first(b)->next_day = 20260230;
}

/* ---- V42: what hangs on others ----------------------------------------------------*/

static void follows_a_login(struct bookgen *b)
{
	second(b)->ref = mutation_first(b, GEN_LOGIN)->seq;
}

static void follows_itself(struct bookgen *b)
{
	second(b)->ref = second(b)->seq;
}

static void follows_nothing(struct bookgen *b)
{
	second(b)->ref = 0;
}

static void follows_what_was_followed(struct bookgen *b)
{
	struct bookgen_rec *r = mutation_last(b, GEN_VISIT);

	office_ref(r, first(b)->seq);
}

static void made_a_login(struct bookgen *b)
{
	second(b)->made[0] = mutation_first(b, GEN_LOGIN)->seq;
}

static void made_a_visit(struct bookgen *b)
{
	second(b)->made[0] = first(b)->seq;
}

static void made_what_comes_later(struct bookgen *b)
{
	second(b)->made[0] = second(b)->seq + 1;
}

static void made_by_another(struct bookgen *b)
{
	second(b)->actor = GEN_HOA;
}

static void made_twice(struct bookgen *b)
{
	struct bookgen_rec *r = mutation_last(b, GEN_VISIT);

	r->has |= GEN_HAS(41);
	r->mades = 1;
	r->made[0] = second(b)->made[0];
	r->actor = second(b)->actor;
}

static const struct mutation rows[] = {
	{"V03: a visit of no known result", 3, no_result_there_is, 0},
	{"V03: met, and nothing was said", 3, met_and_nothing_said, 0},
	{"V03: what nobody says", 3, said_what_nobody_says, 0},
	{"V03: said by nobody at home", 3, said_by_nobody_at_home, 0},
	{"V03: a list of nothing made", 3, made_nothing, 0},
	{"V03: made twice in one visit", 3, made_in_no_order, 0},
	{"V23: a technician visits", 23, technician, 0},
	{"V23: the system visits", 23, the_system, 0},
	{"V42: to come again the same day", 42, the_same_day, 0},
	{"V42: to come again the day before", 42, the_day_before, 0},
	{"V42: to come again in 181 days", 42, too_late, 0},
	{"V42: to come again in 180 days is fine", 42,
		the_last_day_there_may_be, MUT_ACCEPT},
	{"V42: to come again the day after is fine", 42, the_day_after,
		MUT_ACCEPT},
	{"V42: to come again on 30 February", 42, no_such_day, 0},
	{"V42: follows a LOGIN", 42, follows_a_login, 0},
	{"V42: follows itself", 42, follows_itself, 0},
	{"V42: follows nothing", 42, follows_nothing, 0},
	{"V42: two visits follow one", 42, follows_what_was_followed, 0},
	{"V42: made a LOGIN", 42, made_a_login, 0},
	{"V42: made a visit", 42, made_a_visit, 0},
	{"V42: made what comes later", 42, made_what_comes_later, 0},
	{"V42: made by another user", 42, made_by_another, 0},
	{"V42: made in two visits", 42, made_twice, 0},
};

const struct mutation_table mutation_visit = {rows,
	sizeof(rows) / sizeof(rows[0])};
