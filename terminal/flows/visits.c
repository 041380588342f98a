#include "terminal/flows/visits.h"

#include <string.h>

#include "core/str.h"
#include "core/tr.h"
#include "terminal/flows/err_text.h"
#include "terminal/flows/refusal_text.h"

enum {
	QUERY_MAX_CHARS = 40
};

/* ---- asking for a page --------------------------------------------------- */

static struct effect load(struct visits *v)
{
	struct effect fx = effect_of(FX_VISITS);

	fx.visits = v->ask;
	v->step = VISITS_LOADING;
	return fx;
}

/* From the first page on. */
static struct effect load_first(struct visits *v, enum visits_scope scope)
{
	v->ask.scope = scope;
	v->ask.first = 0;
	memset(&v->ask.from, 0, sizeof(v->ask.from));
	v->cursor = 0;
	notice_clear(&v->notice);
	return load(v);
}

/* The hamlets, at the page that was left. */
static struct effect load_home(struct visits *v)
{
	v->ask = v->home;
	v->cursor = 0;
	notice_clear(&v->notice);
	return load(v);
}

/* Everybody, those who were not met first. */
static void no_filter(struct visits *v)
{
	memset(&v->ask.filter, 0, sizeof(v->ask.filter));
	v->ask.filter.undone_first = true;
	v->ask.query[0] = '\0';
}

struct effect visits_start(struct visits *v, bool offer,
	enum telex_method typing)
{
	memset(v, 0, sizeof(*v));
	entry_init(&v->query, ENTRY_TEXT, QUERY_MAX_CHARS);
	entry_typing(&v->query, typing);
	v->home.scope = VISITS_OF_HAMLETS;
	v->ask = v->home;
	v->offer = offer;
	return load_first(v, offer ? VISITS_OF_DRAFTS : VISITS_OF_HAMLETS);
}

struct effect visits_again(struct visits *v, bool next)
{
	v->past = 0;
	if (next && v->ask.scope == VISITS_OF_PEOPLE &&
		v->cursor < v->page.rows)
		v->past = v->page.person[v->cursor].id;
	return load(v);
}

struct effect visits_task(struct visits *v, enum visits_task task)
{
	notice_clear(&v->notice);
	v->offer = false;
	switch (task) {
	case VISITS_TO_TYPE:
		entry_clear(&v->query);
		v->step = VISITS_TYPE;
		break;
	case VISITS_TO_FILTER:
		v->step = VISITS_FILTER;
		break;
	case VISITS_TO_PLAN:
		return load_first(v, VISITS_OF_PLAN);
	case VISITS_TO_DRAFTS:
		return load_first(v, VISITS_OF_DRAFTS);
	}
	return effect_of(FX_NONE);
}

static struct effect leave(struct visits *v, int64_t person)
{
	v->chosen = person;
	return effect_of(FX_LEAVE);
}

/* ---- the answer ------------------------------------------------------------ */

static enum visits_step step_of(const struct visits *v)
{
	switch (v->ask.scope) {
	case VISITS_OF_HAMLETS:
		return VISITS_HAMLETS;
	case VISITS_OF_PLAN:
		return v->page.rows > 0 ? VISITS_PLAN : VISITS_NO_PLAN;
	case VISITS_OF_DRAFTS:
		return v->offer && v->page.rows > 0 ? VISITS_OFFER
						    : VISITS_PEOPLE;
	case VISITS_OF_PEOPLE:
		break;
	}
	return VISITS_PEOPLE;
}

int visits_rows(const struct visits *v)
{
	return v->page.rows;
}

/* By number where there is one, else behind or before a row. */
static struct effect turn_page(struct visits *v, bool forward)
{
	const int last = v->page.rows - 1;

	if (forward ? !v->page.after : !v->page.before)
		return effect_of(FX_NONE);
	v->cursor = 0;
	if (v->ask.scope != VISITS_OF_PEOPLE) {
		v->ask.first += forward ? VISITS_PAGE : -VISITS_PAGE;
		if (v->ask.first < 0)
			v->ask.first = 0;
		return load(v);
	}
	v->ask.from.side = forward ? ROUND_AFTER : ROUND_BEFORE;
	v->ask.from.person = v->page.person[forward ? last : 0].id;
	v->ask.from.done = v->page.person[forward ? last : 0].done;
	return load(v);
}

/* Was he the last of the page, and are there others? */
static bool pass_over(struct visits *v)
{
	const int64_t past = v->past;

	v->past = 0;
	if (past == 0 || v->page.rows == 0 ||
		v->page.person[v->cursor].id != past)
		return false;
	if (v->cursor + 1 < v->page.rows)
		v->cursor++;
	else
		return v->page.after;
	return false;
}

static struct effect on_page(struct visits *v, const struct event *ev)
{
	v->page = ev->visits;
	v->step = step_of(v);
	if (v->cursor >= visits_rows(v))
		v->cursor = 0;
	if (pass_over(v))
		return turn_page(v, true);
	/* Nothing is left unfinished: the list itself. */
	if (v->offer && v->page.rows == 0) {
		v->offer = false;
		return load_home(v);
	}
	if (v->ask.query[0] && v->page.rows == 0) {
		v->step = VISITS_TYPE;
		notice_say(&v->notice, NOTICE_WARN, "%s",
			tr("Nobody found. Type the last 4 digits, or the name "
			   "with blanks between the words."));
	}
	return effect_of(FX_NONE);
}

static struct effect on_loading_step(struct visits *v, const struct event *ev)
{
	char text[REFUSAL_TEXT_SIZE];

	switch (ev->kind) {
	case EV_VISITS:
		return on_page(v, ev);
	case EV_CONFIRMED: /* thrown away, or the plan is made */
		return load(v);
	case EV_REFUSED:
		refusal_text(&ev->refusal, text, sizeof(text));
		notice_say(&v->notice, NOTICE_WARN, "%s", text);
		v->step = step_of(v);
		break;
	case EV_FAILED:
		notice_say(&v->notice, NOTICE_STOP, "%s",
			err_text(ev->err.code, ERR_WHILE_READING));
		v->step = step_of(v);
		break;
	default:
		break;
	}
	return effect_of(FX_NONE);
}

/* ---- keys of all lists ------------------------------------------------------ */

static int key_of(const struct visits *v, const struct event *ev)
{
	size_t count;
	const struct binding *b = visits_bindings(v->step, &count);

	return binding_key(b, count, ev);
}

static void move(struct visits *v, int by)
{
	const int to = v->cursor + by;

	if (to >= 0 && to < visits_rows(v))
		v->cursor = to;
}

/* Behind the last page comes the first. */
static struct effect next_page(struct visits *v)
{
	if (!v->page.after && v->page.before)
		return load_first(v, v->ask.scope);
	return turn_page(v, true);
}

static struct effect begin_typing(struct visits *v, int key)
{
	notice_clear(&v->notice);
	entry_clear(&v->query);
	entry_key(&v->query, key);
	v->step = VISITS_TYPE;
	return effect_of(FX_NONE);
}

/* What all lists have in common; row is the one that a digit means. */
static struct effect on_list(struct visits *v, const struct event *ev,
	struct effect (*choose)(struct visits *, int row))
{
	const int key = key_of(v, ev);

	switch (key) {
	case 0:
	case '*':
	case '#':
		break;
	case K_UP:
		move(v, -1);
		break;
	case K_DOWN:
		move(v, 1);
		break;
	case '.':
		return next_page(v);
	case K_PAGE_UP:
		return turn_page(v, false);
	case '0':
		return v->step == VISITS_HAMLETS ? leave(v, 0) : load_home(v);
	case K_ACCEPT:
		return choose(v, v->cursor);
	default:
		if (key >= '1' && key <= '9')
			return choose(v, key - '1');
		return begin_typing(v, key);
	}
	return effect_of(FX_NONE);
}

static struct effect choose_hamlet(struct visits *v, int row)
{
	if (row >= v->page.rows)
		return effect_of(FX_NONE);
	v->home = v->ask;
	no_filter(v);
	v->ask.filter.in_hamlet = true;
	str_copy(v->ask.filter.unit, sizeof(v->ask.filter.unit),
		v->page.hamlet[row].unit);
	str_copy(v->ask.filter.hamlet, sizeof(v->ask.filter.hamlet),
		v->page.hamlet[row].name);
	return load_first(v, VISITS_OF_PEOPLE);
}

static struct effect choose_person(struct visits *v, int row)
{
	if (row >= v->page.rows)
		return effect_of(FX_NONE);
	v->cursor = row;
	notice_clear(&v->notice);
	return leave(v, v->page.person[row].id);
}

static struct effect on_hamlets_step(struct visits *v, const struct event *ev)
{
	return on_list(v, ev, choose_hamlet);
}

static struct effect on_people_step(struct visits *v, const struct event *ev)
{
	return on_list(v, ev, choose_person);
}

static struct effect fill_plan(struct visits *v, int row)
{
	struct effect fx = effect_of(FX_VISIT_PLAN);

	(void)row;
	fx.visit_plan.how = VISIT_PLAN_SUGGEST;
	v->step = VISITS_LOADING;
	return fx;
}

static struct effect on_no_plan_step(struct visits *v, const struct event *ev)
{
	return on_list(v, ev, fill_plan);
}

/* ---- the rest ----------------------------------------------------------------- */

static struct effect on_offer_step(struct visits *v, const struct event *ev)
{
	switch (key_of(v, ev)) {
	case '1':
		return leave(v, v->page.person[v->cursor].id);
	case '2':
	case '0':
		v->offer = false;
		return load_home(v);
	case '3':
		v->step = VISITS_DROP;
		break;
	case '.':
		v->cursor = (v->cursor + 1) % v->page.rows;
		break;
	default:
		break;
	}
	return effect_of(FX_NONE);
}

static struct effect on_drop_step(struct visits *v, const struct event *ev)
{
	struct effect fx = effect_of(FX_DRAFT_DROP);

	switch (key_of(v, ev)) {
	case '1':
		fx.person = v->page.person[v->cursor].id;
		v->cursor = 0;
		v->step = VISITS_LOADING;
		return fx;
	case '0':
		v->step = VISITS_OFFER;
		break;
	default:
		break;
	}
	return effect_of(FX_NONE);
}

static struct effect on_type_step(struct visits *v, const struct event *ev)
{
	if (ev->kind != EV_KEY)
		return effect_of(FX_NONE);
	switch (entry_key(&v->query, ev->key)) {
	case ENTRY_ACCEPTED:
		if (v->query.text[strspn(v->query.text, " ")] == '\0')
			break;
		no_filter(v);
		str_copy(v->ask.query, sizeof(v->ask.query), v->query.text);
		return load_first(v, VISITS_OF_PEOPLE);
	case ENTRY_CANCELLED:
		return load_home(v);
	case ENTRY_CHANGED:
		notice_clear(&v->notice);
		break;
	case ENTRY_IGNORED:
	case ENTRY_FULL:
		break;
	}
	return effect_of(FX_NONE);
}

#define GROUP(name) (1U << VISIT_GROUP_##name)

static const struct {
	enum round_which which;
	unsigned groups;
} filters[] = {
	{ROUND_ALL, 0},
	{ROUND_UNDONE, 0},
	{ROUND_DUE, 0},
	{ROUND_ALL, GROUP(AGREED) | GROUP(HAS_ACCOUNT)},
	{ROUND_ALL, GROUP(THINKS)},
	{ROUND_ALL, GROUP(REFUSES)},
	{ROUND_ALL, GROUP(ABSENT) | GROUP(OTHER)},
	{ROUND_ALL, GROUP(CANNOT)},
	{ROUND_ALL, GROUP(MOVED) | GROUP(DIED)},
};

/* Within the hamlet that was on the screen, else of all. */
static struct effect on_filter_step(struct visits *v, const struct event *ev)
{
	const int key = key_of(v, ev);

	if (key == '0')
		return load_home(v);
	if (key < '1' || key > '9')
		return effect_of(FX_NONE);
	if (v->ask.scope != VISITS_OF_PEOPLE || v->ask.query[0])
		no_filter(v);
	v->ask.filter.which = filters[key - '1'].which;
	v->ask.filter.groups = filters[key - '1'].groups;
	return load_first(v, VISITS_OF_PEOPLE);
}

struct effect visits_handle(struct visits *v, const struct event *ev)
{
	typedef struct effect (*step_fn)(struct visits *, const struct event *);
	static const step_fn on_step[VISITS_STEP_COUNT] = {
		[VISITS_LOADING] = on_loading_step,
		[VISITS_OFFER] = on_offer_step,
		[VISITS_DROP] = on_drop_step,
		[VISITS_HAMLETS] = on_hamlets_step,
		[VISITS_PEOPLE] = on_people_step,
		[VISITS_PLAN] = on_people_step,
		[VISITS_NO_PLAN] = on_no_plan_step,
		[VISITS_TYPE] = on_type_step,
		[VISITS_FILTER] = on_filter_step,
	};

	v->chosen = 0;
	return on_step[v->step](v, ev);
}
