#include "terminal/ui/tour_view.h"

#include <stdio.h>

#include "core/tr.h"

enum {
	MINUTE = 60,
	TEXT_SIZE = 256
};

static bool is_learned(const struct tour *t, int lesson)
{
	return t->kept.done >> lesson & 1U;
}

/* "0:42" where it was learned, "now" where he is, else a dash. */
static const char *how(const struct tour *t, int lesson, char *out, size_t size)
{
	const int seconds = t->kept.seconds[lesson];

	if (is_learned(t, lesson))
		snprintf(out, size, "%d:%02d", seconds / MINUTE,
			seconds % MINUTE);
	else
		snprintf(out, size, "%s",
			t->on && lesson == t->lesson ? tr("[NOW]") : "-");
	return out;
}

static void lesson(struct sheet *s, const struct tour *t, int i)
{
	char label[TOUR_TITLE_SIZE + 8];
	char title[TOUR_TITLE_SIZE];
	char text[TEXT_SIZE];

	snprintf(label, sizeof(label), "%2d %s", i + 1,
		tour_title(t, i, title));
	sheet_pair(s, RANK_USEFUL, label,
		is_learned(t, i) ? STYLE_STATE : STYLE_NORMAL,
		how(t, i, text, sizeof(text)));
}

/* How far, and how long: also where there is no room for the lessons. */
static void sum(struct sheet *s, const struct tour *t)
{
	const int seconds = tour_seconds(t);

	sheet_print(s, RANK_MUST, STYLE_NORMAL,
		tr("Learned: %d of %d lessons, in %d min %d s"),
		tour_learned(t), tour_lessons(t), seconds / MINUTE,
		seconds % MINUTE);
}

static void headline(struct sheet *s, const struct tour *t)
{
	switch (t->step) {
	case TOUR_START:
		sheet_text(s, RANK_MUST, STYLE_TITLE,
			tr("Ten minutes on the real screens. The people are "
			   "made up, nobody is really paid."));
		break;
	case TOUR_PAUSE:
		sheet_text(s, RANK_MUST, STYLE_TITLE, tr("The tour waits."));
		break;
	case TOUR_OVER:
		sheet_text(s, RANK_MUST, STYLE_TITLE,
			tour_learned(t) == tour_lessons(t)
				? tr("You have learned all of it. Repeat it as "
				     "often as you like.")
				: tr("The tour is over. What you skipped is "
				     "offered again next time."));
		break;
	case TOUR_STEP_COUNT:
		break;
	}
}

void tour_view(const struct tour *tour, const struct frame_info *info,
	struct canvas *c)
{
	struct frame frame = {.title = tr("GUIDED TOUR")};
	struct sheet s;

	sheet_init(&s, c);
	frame.binding = tour_bindings(tour->step, &frame.bindings);
	headline(&s, tour);
	if (tour->step != TOUR_START || tour_learned(tour) > 0)
		sum(&s, tour);
	sheet_space(&s);
	for (int i = 0; i < tour_lessons(tour); i++)
		lesson(&s, tour, i);
	frame_show(c, info, &frame, &s);
}
