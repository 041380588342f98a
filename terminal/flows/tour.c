#include "terminal/flows/tour.h"

#include <stdio.h>
#include <string.h>

#include "core/buf.h"
#include "core/str.h"
#include "core/tr.h"

enum {
	MS = 1000,
	MINUTE = 60,
	MAX_SECONDS = 3600, /* one lesson: more was not learning */
	NAME_SIZE = 24
};

#define COMMON                                                              \
	{'1', "1", TR("From the first lesson again"), TR("From the first"), \
		true},                                                      \
		{'0', "0", TR("Back"), NULL, false},                        \
	{                                                                   \
		'#', "#", TR("Help"), NULL, false                           \
	}

static const struct binding start_keys[] = {
	{K_ACCEPT, "ENTER", TR("Begin, or go on where you stopped"),
		TR("Begin, or go on"), false},
	COMMON,
};
static const struct binding pause_keys[] = {
	{K_ACCEPT, "ENTER", TR("Go on with the lesson"), TR("Go on"), false},
	{'2', "2", TR("Skip this lesson"), TR("Skip"), true},
	{'3', "3", TR("End the tour, go on by myself"), TR("End the tour"),
		true},
	COMMON,
};
static const struct binding over_keys[] = {
	{K_ACCEPT, "ENTER", TR("Done"), NULL, false},
	COMMON,
};

#define ROWS(table)                                          \
	do {                                                 \
		*count = sizeof(table) / sizeof((table)[0]); \
		return table;                                \
	} while (0)

const struct binding *tour_bindings(enum tour_step step, size_t *count)
{
	switch (step) {
	case TOUR_START:
		ROWS(start_keys);
	case TOUR_PAUSE:
		ROWS(pause_keys);
	case TOUR_OVER:
		ROWS(over_keys);
	case TOUR_STEP_COUNT:
		break;
	}
	*count = 0;
	return NULL;
}

static const struct tour_script *script(const struct tour *t)
{
	return strcmp(tr_lang(), "en") == 0 ? &t->en : &t->vi;
}

void tour_init(struct tour *t, const struct signin_demo *users)
{
	memset(t, 0, sizeof(*t));
	t->users = *users;
	t->ended = -1;
	tour_script_find("vi", &t->vi);
	tour_script_find("en", &t->en);
}

void tour_open(struct tour *t)
{
	t->step = t->on ? TOUR_PAUSE : TOUR_START;
}

/* ---- from lesson to lesson ------------------------------------------------ */

static bool is_case(uint64_t facts, enum tour_fact fact)
{
	return fact == TOUR_ANYWHERE || (facts & TOUR_BIT(fact)) != 0;
}

static bool is_learned(const struct tour *t, int lesson)
{
	return t->kept.done >> lesson & 1U;
}

static void begin_lesson(struct tour *t, int lesson)
{
	t->lesson = lesson;
	t->fresh = true;
	t->spent_ms = 0;
	t->cut_at_ms = 0;
	t->over = lesson >= tour_lessons(t);
}

/* The next that is not learned yet; the learned ones are passed over. */
static void next_lesson(struct tour *t, int from)
{
	while (from < tour_lessons(t) && is_learned(t, from))
		from++;
	begin_lesson(t, from);
}

static void learned(struct tour *t)
{
	const long long seconds = (t->spent_ms + MS / 2) / MS;

	t->kept.done |= 1U << t->lesson;
	t->kept.seconds[t->lesson] =
		(uint16_t)(seconds < MAX_SECONDS ? seconds : MAX_SECONDS);
	t->unsaved = true;
	t->ended = t->lesson;
	next_lesson(t, t->lesson + 1);
}

static void from_the_first(struct tour *t)
{
	memset(&t->kept, 0, sizeof(t->kept));
	t->anew = true;
	t->unsaved = true;
	t->ended = -1;
	begin_lesson(t, 0);
}

static void take_up(struct tour *t, const struct settings_tour *kept)
{
	for (int i = 0; i < tour_lessons(t); i++)
		if ((kept->done >> i & 1U) && !is_learned(t, i)) {
			t->kept.done |= 1U << i;
			t->kept.seconds[i] = kept->seconds[i];
		}
}

void tour_resume(struct tour *t, int64_t user, const struct settings_tour *kept)
{
	const bool other = t->user != 0 && t->user != user;

	if (other)
		memset(&t->kept, 0, sizeof(t->kept));
	if (other || !t->anew)
		take_up(t, kept);
	t->anew = false;
	t->user = user;
	if (other)
		begin_lesson(t, 0);
	if (t->on && !t->over && is_learned(t, t->lesson))
		next_lesson(t, t->lesson);
}

static void pass_time(struct tour *t, long long at_ms, bool touched)
{
	const long long since = at_ms - t->seen_ms;

	if (touched)
		t->touched_ms = at_ms;
	if (t->seen_ms > 0 && since > 0 && at_ms - t->touched_ms < TOUR_AWAY_MS)
		t->spent_ms += since;
	t->seen_ms = at_ms;
}

/* So long after its fact, once in a lesson. */
static void see_cut(struct tour *t, const struct tour_lesson *l)
{
	if (l->cut == TOUR_ANYWHERE || !is_case(t->facts, l->cut)) {
		t->cut_at_ms = 0;
		return;
	}
	if (t->cut_at_ms == 0)
		t->cut_at_ms = t->seen_ms + (long long)l->cut_seconds * MS;
	else if (t->seen_ms >= t->cut_at_ms)
		t->cut = true;
}

/* Is this lesson behind? What was open before it began was not learned. */
static bool is_past(struct tour *t, const struct tour_sight *now)
{
	const struct tour_lesson *l = &script(t)->lesson[t->lesson];

	if (t->fresh && now->waiting)
		return false;
	if (t->fresh && l->skip != TOUR_ANYWHERE &&
		is_case(now->facts, l->skip)) {
		next_lesson(t, t->lesson + 1);
		return true;
	}
	t->fresh = false;
	if (!is_case(now->facts, l->goal))
		return false;
	learned(t);
	return true;
}

/* What a lesson says to what is the case: on its way, or once it has ended. */
static const struct tour_hint *hint_of(const struct tour *t,
	const struct tour_lesson *l, bool then)
{
	const struct tour_script *s = script(t);

	for (int i = l->hint; i < l->hint + l->hints; i++)
		if (s->hint[i].then == then &&
			is_case(t->facts, s->hint[i].fact))
			return &s->hint[i];
	return NULL;
}

static const struct tour_hint *last_word(const struct tour *t)
{
	return t->ended < 0 ? NULL
			    : hint_of(t, &script(t)->lesson[t->ended], true);
}

void tour_see(struct tour *t, const struct tour_sight *now)
{
	t->cut = false;
	if (!now->waiting)
		t->facts = now->facts;
	if (!now->waiting && !last_word(t))
		t->ended = -1;
	if (!t->on || t->over)
		return;
	pass_time(t, now->at_ms, now->touched);
	/* What one event shows may end a lesson and be the next one's, too. */
	while (!t->over && is_past(t, now))
		;
	if (!t->over)
		see_cut(t, &script(t)->lesson[t->lesson]);
}

void tour_paid(struct tour *t, const char *id12)
{
	const size_t len = strlen(id12);

	str_copy(t->paid, sizeof(t->paid), len > 4 ? id12 + len - 4 : id12);
}

bool tour_wants_marks(const struct tour *t)
{
	return t->on && !t->over && script(t)->lesson[t->lesson].marks;
}

/* ---- what is said --------------------------------------------------------- */

/* "{pin}" and the others; what is none stays as it is. */
static bool word_of(const struct tour *t, const char *name, struct buf *b)
{
	if (strcmp(name, "number") == 0)
		buf_printf(b, "%d", t->users.agent);
	else if (strcmp(name, "pin") == 0)
		buf_printf(b, "%s", t->users.agent_pin);
	else if (strcmp(name, "supervisor") == 0)
		buf_printf(b, "%d", t->users.supervisor);
	else if (strcmp(name, "supervisor-pin") == 0)
		buf_printf(b, "%s", t->users.supervisor_pin);
	else if (strcmp(name, "paid") == 0)
		buf_printf(b, "%s", t->paid);
	else
		return false;
	return true;
}

static void fill(const struct tour *t, struct tour_cell c, char *out,
	size_t size)
{
	const char *const end = c.at + c.len;
	char name[NAME_SIZE];
	struct buf b;

	buf_init(&b, out, size);
	for (const char *at = c.at; at < end; at++) {
		const char *stop = memchr(at, '}', (size_t)(end - at));

		if (*at == '{' && stop && stop - at < NAME_SIZE) {
			snprintf(name, sizeof(name), "%.*s",
				(int)(stop - at - 1), at + 1);
			if (word_of(t, name, &b)) {
				at = stop;
				continue;
			}
		}
		buf_printf(&b, "%c", *at);
	}
	buf_text(&b);
}

bool tour_band(const struct tour *t, struct tour_band *out)
{
	const struct tour_script *s = script(t);
	const struct tour_hint *h = last_word(t);

	if (!t->on || s->lessons == 0)
		return false;
	out->lessons = s->lessons;
	out->lesson = h ? t->ended + 1 : t->over ? s->lessons : t->lesson + 1;
	if (!h && !t->over)
		h = hint_of(t, &s->lesson[t->lesson], false);
	if (!h)
		h = hint_of(t, &s->common, false);
	if (!h)
		return false;
	out->minutes = tour_seconds(t) / MINUTE;
	tour_title(t, out->lesson - 1, out->title);
	fill(t, h->text, out->text, sizeof(out->text));
	fill(t, h->brief, out->brief, sizeof(out->brief));
	return true;
}

int tour_lessons(const struct tour *t)
{
	return script(t)->lessons;
}

const char *tour_title(const struct tour *t, int lesson,
	char out[TOUR_TITLE_SIZE])
{
	const struct tour_cell c = script(t)->lesson[lesson].title;

	snprintf(out, TOUR_TITLE_SIZE, "%.*s", c.len, c.at);
	return out;
}

int tour_learned(const struct tour *t)
{
	int n = 0;

	for (int i = 0; i < tour_lessons(t); i++)
		n += is_learned(t, i);
	return n;
}

int tour_seconds(const struct tour *t)
{
	long long seconds = t->over ? 0 : t->spent_ms / MS;

	for (int i = 0; i < tour_lessons(t); i++)
		seconds += t->kept.seconds[i];
	return (int)seconds;
}

/* ---- its own place -------------------------------------------------------- */

static struct effect run(struct tour *t)
{
	t->on = true;
	return effect_of(FX_LEAVE);
}

static struct effect on_accept(struct tour *t)
{
	switch (t->step) {
	case TOUR_START:
		next_lesson(t, 0);
		return run(t);
	case TOUR_PAUSE:
		return run(t);
	case TOUR_OVER:
		t->on = false;
		break;
	case TOUR_STEP_COUNT:
		break;
	}
	return effect_of(FX_LEAVE);
}

struct effect tour_handle(struct tour *t, const struct event *ev)
{
	size_t count;
	const struct binding *b = tour_bindings(t->step, &count);

	switch (binding_key(b, count, ev)) {
	case K_ACCEPT:
		return on_accept(t);
	case '1':
		from_the_first(t);
		return run(t);
	case '2':
		next_lesson(t, t->lesson + 1);
		return run(t);
	case '3':
		t->on = false;
		return effect_of(FX_LEAVE);
	case '0':
		if (t->step == TOUR_OVER)
			t->on = false;
		return effect_of(FX_LEAVE);
	default:
		return effect_of(FX_NONE);
	}
}
