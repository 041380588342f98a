#include "terminal/ui/visit_view.h"

#include <stdio.h>

#include "core/tr.h"
#include "core/utf8.h"
#include "terminal/ui/layout.h"
#include "terminal/ui/parts.h"

enum {
	DAY_COLS = 12,
	NOTE_COLS = 34,
	DAYS = 9 /* that a digit chooses */
};

static void name(struct sheet *s, const struct visiting *v)
{
	parts_name(s, v->seen.person.name);
}

/* ---- who it is -------------------------------------------------------------- */

/* Somebody was here, is here, or wants to come. */
static void others(struct sheet *s, const struct visit_look *l)
{
	char text[VISIT_TEXT_SIZE + DB_NAME_SIZE];
	char line[VISIT_TEXT_SIZE];

	if (l->by_other && l->today) {
		parts_banner(s, tr("SOMEBODY WAS HERE TODAY"));
		sheet_text(s, RANK_MUST, STYLE_WARNING,
			visit_line_text(&l->last, line));
	}
	if (l->begun) {
		snprintf(text, sizeof(text),
			tr("%s has an unfinished visit of this person"),
			l->begun_name);
		sheet_sign(s, RANK_MUST, SIGN_WARNING, text);
	}
	if (l->planned) {
		snprintf(text, sizeof(text),
			tr("In today's plan of %s as well"), l->planned_name);
		sheet_sign(s, RANK_USEFUL, SIGN_NOTE, text);
	}
	if (l->appointed) {
		snprintf(text, sizeof(text), tr("Arranged to come on %s"),
			visit_date_text(l->last.next, line));
		sheet_sign(s, RANK_USEFUL, SIGN_NOTE, text);
	}
}

static void earlier(struct sheet *s, const struct visit_seen *seen)
{
	char line[VISIT_TEXT_SIZE];

	/* The banner says the newest one already. */
	const int first = seen->look.by_other && seen->look.today;

	if (seen->visits == 0)
		sheet_text(s, RANK_USEFUL, STYLE_NORMAL,
			tr("Nobody has visited this person yet"));
	for (int i = first; i < seen->visits; i++)
		sheet_text(s, i == 0 ? RANK_USEFUL : RANK_NICE, STYLE_NORMAL,
			visit_line_text(&seen->visit[i], line));
	if (seen->more)
		sheet_text(s, RANK_NICE, STYLE_DIM, tr("and earlier ones"));
}

static void body_person(struct sheet *s, const struct visiting *v,
	const struct frame_info *info)
{
	if (v->seen.look.draft) {
		parts_banner(s, tr("THIS VISIT IS NOT FINISHED"));
		name(s, v);
		sheet_text(s, RANK_MUST, STYLE_NORMAL,
			tr("What you typed is still there."));
		return;
	}
	parts_person(s, info, &v->seen.person);
	sheet_space(s);
	others(s, &v->seen.look);
	if (v->seen.planned > 0)
		sheet_print(s, RANK_USEFUL, STYLE_NOTE,
			tr("Number %d in my plan of today"), v->seen.planned);
	earlier(s, &v->seen);
}

/* ---- what is chosen and typed ------------------------------------------------- */

static void body_choices(struct sheet *s, const struct visiting *v,
	const struct frame *f, const char *question)
{
	name(s, v);
	sheet_text(s, RANK_USEFUL, STYLE_NORMAL, question);
	sheet_space(s);
	parts_choices(s, f->binding, f->bindings);
}

static void day_line(struct sheet *s, const struct visiting *v, int row,
	int col, int days)
{
	char text[VISIT_TEXT_SIZE];

	canvas_print(&s->lines, row, col, STYLE_KEY, "%d", days);
	canvas_text(&s->lines, row, col + 3, STYLE_NORMAL,
		visit_day_text(v->today, days, s->tight, text));
}

/* Two beside each other where rows are dear. */
static void body_when(struct sheet *s, const struct visiting *v)
{
	const int half = (DAYS + 1) / 2;

	name(s, v);
	sheet_text(s, RANK_MUST, STYLE_TITLE, tr("When to come again?"));
	sheet_space(s);
	for (int i = 1; i <= (s->tight ? half : DAYS); i++) {
		const int row = sheet_line(s, RANK_USEFUL);

		day_line(s, v, row, s->margin + 2, i);
		if (s->tight && i + half <= DAYS)
			day_line(s, v, row, s->margin + s->cols / 2 + 1,
				i + half);
	}
}

static void body_field(struct sheet *s, const struct visiting *v,
	const char *label, const char *hint)
{
	name(s, v);
	sheet_space(s);
	sheet_field(s, label, v->day.text, DAY_COLS, true);
	sheet_space(s);
	sheet_sign(s, RANK_USEFUL, SIGN_NOTE, hint);
}

static void body_remark(struct sheet *s, const struct visiting *v)
{
	name(s, v);
	parts_fact(s, RANK_USEFUL, tr("Result"), visit_result_text(v->result));
	sheet_space(s);
	parts_typed(s, tr("Note:"), &v->words, NOTE_COLS, true);
	sheet_space(s);
	sheet_sign(s, RANK_USEFUL, SIGN_NOTE,
		tr("No account numbers, no illnesses: only what helps at the "
		   "next visit"));
}

/* ---- all together ----------------------------------------------------------------- */

static void consent(struct sheet *s, const struct visiting *v)
{
	const struct visit_parts *p = &v->parts;
	char text[64];

	if (p->consent == 0 && v->seen.consent.standing == CONSENT_GIVEN)
		parts_fact(s, RANK_USEFUL, tr("Consent"),
			tr("given earlier, still holds"));
	if (p->consent == 0)
		return;
	snprintf(text, sizeof(text),
		p->refused ? tr("refused, record %llu")
			   : tr("given, record %llu"),
		(unsigned long long)p->consent);
	parts_fact(s, RANK_MUST, tr("Consent"), text);
}

static void lacks(struct sheet *s, const struct visiting *v)
{
	const bool holds = v->parts.consent
				   ? !v->parts.refused
				   : v->seen.consent.standing == CONSENT_GIVEN;
	const enum visit_group group = visit_group(v->result);

	if (group != VISIT_GROUP_AGREED && group != VISIT_GROUP_HAS_ACCOUNT)
		return;
	if (!holds)
		sheet_sign(s, RANK_MUST, SIGN_WARNING,
			tr("No consent yet: key 3"));
	else if (v->parts.account == 0)
		sheet_sign(s, RANK_MUST, SIGN_WARNING,
			tr("No account taken down yet: key 4"));
}

static void facts(struct sheet *s, const struct visiting *v)
{
	char text[VISIT_TEXT_SIZE];

	name(s, v);
	parts_fact(s, RANK_MUST, tr("Result"), visit_result_text(v->result));
	parts_fact(s, RANK_MUST, tr("Died on"), visit_date_text(v->died, text));
	consent(s, v);
	parts_fact(s, RANK_MUST, tr("Account"), v->parts.account_says);
	if (v->parts.answers_len > 0) {
		snprintf(text, sizeof(text), tr("%d of %d answered"),
			v->parts.answered, v->parts.questions);
		parts_fact(s, RANK_USEFUL, tr("Questions"), text);
	}
	parts_fact(s, RANK_MUST, tr("Phone"), v->phone);
	parts_fact(s, RANK_MUST, tr("Come again on"),
		visit_date_text(v->next, text));
	parts_fact(s, RANK_USEFUL, tr("Note"), v->note);
	lacks(s, v);
}

static void body_done(struct sheet *s, const struct visiting *v)
{
	char text[VISIT_TEXT_SIZE];
	struct states at;

	name(s, v);
	at = sheet_states(s);
	sheet_state(s, &at, STYLE_TITLE, tr("VISIT RECORDED"));
	sheet_space(s);
	parts_fact(s, RANK_MUST, tr("Result"),
		visit_result_text(v->noted.result));
	parts_fact(s, RANK_MUST, tr("Come again on"),
		visit_date_text(v->noted.next, text));
	sheet_space(s);
	if (!v->slip_asked)
		return;
	if (v->paper.state == PRINT_PRINTING)
		parts_waiting(s, tr("Its slip is being printed..."));
	else if (v->paper.state == PRINT_PRINTED)
		sheet_text(s, RANK_MUST, STYLE_NORMAL,
			tr("The slip is printed: give it to the person."));
	else
		sheet_sign(s, RANK_MUST, SIGN_WARNING,
			tr("The slip is not printed: write the day down for "
			   "the person."));
}

static void body_fields(struct sheet *s, const struct visiting *v,
	const struct frame *f)
{
	switch (v->step) {
	case VISIT_RESULT:
		body_choices(s, v, f, tr("What came of the visit?"));
		break;
	case VISIT_WHY:
		body_choices(s, v, f, tr("Why does this person refuse?"));
		break;
	case VISIT_CANNOT_WHY:
		body_choices(s, v, f, tr("Why can there be no account?"));
		break;
	case VISIT_DIED_ON:
		body_field(s, v, tr("Day of death:"),
			tr("As on the death certificate; empty if nobody "
			   "knows"));
		break;
	case VISIT_WHEN:
		body_when(s, v);
		break;
	case VISIT_DATE:
		body_field(s, v, tr("Day:"),
			tr("Day and month are enough: 0512"));
		break;
	case VISIT_TELEPHONE:
		body_field(s, v, tr("Phone:"),
			tr("A number on which this person may be called"));
		break;
	case VISIT_REMARK:
		body_remark(s, v);
		break;
	default: /* an answer is out */
		name(s, v);
		parts_waiting(s, v->step == VISIT_SAVING
					 ? tr("Writing it into the book...")
					 : tr("Looking into the list..."));
		break;
	}
}

static void body(struct sheet *s, const struct visiting *v,
	const struct frame_info *info, const struct frame *f)
{
	switch (v->step) {
	case VISIT_LOOKING:
		parts_waiting(s, tr("Looking into the list..."));
		break;
	case VISIT_NOBODY:
		parts_banner(s, tr("NOT ON THE LIST OF VISITS"));
		sheet_text(s, RANK_MUST, STYLE_NORMAL,
			tr("Nobody on the lists of this terminal has this "
			   "card."));
		break;
	case VISIT_PERSON:
		body_person(s, v, info);
		break;
	case VISIT_DROP:
		parts_banner(s, tr("THROW AWAY WHAT WAS TYPED?"));
		name(s, v);
		sheet_sign(s, RANK_USEFUL, SIGN_NOTE,
			tr("What was recorded stays in the book: a consent, "
			   "an account."));
		break;
	case VISIT_SUMMARY:
		sheet_text(s, RANK_USEFUL, STYLE_TITLE,
			tr("Record this visit?"));
		facts(s, v);
		break;
	case VISIT_UNKNOWN:
		parts_banner(s, tr("IS THE VISIT IN THE BOOK?"));
		name(s, v);
		sheet_text(s, RANK_MUST, STYLE_NORMAL,
			tr("Nobody knows: look again before recording it."));
		break;
	case VISIT_DONE:
		body_done(s, v);
		break;
	default:
		body_fields(s, v, f);
		break;
	}
}

void visit_view(const struct visiting *visit, const struct frame_info *info,
	struct canvas *c)
{
	struct frame frame = {.title = tr("VISIT"),
		.notice = &visit->notice,
		.choices_in_body = visit->step == VISIT_RESULT ||
				   visit->step == VISIT_WHY ||
				   visit->step == VISIT_CANNOT_WHY};
	struct sheet s;

	sheet_init(&s, c);
	frame.binding = visit_bindings(visit, &frame.bindings);
	body(&s, visit, info, &frame);
	frame_show(c, info, &frame, &s);
}
