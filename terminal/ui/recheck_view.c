#include "terminal/ui/recheck_view.h"

#include <stdio.h>
#include <string.h>

#include "core/date.h"
#include "core/money.h"
#include "core/tr.h"
#include "terminal/flows/sample_text.h"
#include "terminal/ui/parts.h"

enum {
	LINE_SIZE = 400,
	WHEN_COLS = 9,
	MANY_COLS = 4,
	AMOUNT_COLS = 12,
	SHIFT_DIGITS = 4 /* more are a month, or a day */
};

/* ---- draws ------------------------------------------------------------------- */

static void draws(struct sheet *s, const struct recheck *r)
{
	const struct recheck_told *t = r->told;
	char when[DATE_TEXT_SIZE];
	int row;

	if (!t || t->draws == 0) {
		sheet_space(s);
		sheet_text(s, RANK_MUST, STYLE_TITLE,
			tr("Nothing was drawn here yet."));
		sheet_space(s);
		sheet_sign(s, RANK_USEFUL, SIGN_NOTE,
			tr("Key 7 draws some receipts of a day by lot; then "
			   "somebody calls these people and asks whether the "
			   "money came."));
		return;
	}
	sheet_text(s, RANK_USEFUL, STYLE_TITLE,
		tr("Draws so far, the newest first"));
	sheet_space(s);
	for (int i = 0; i < RECHECK_PAGE && r->first + i < t->draws; i++) {
		const struct sample *d = &t->draw[r->first + i];

		row = sheet_line(s, RANK_MUST);
		canvas_print(&s->lines, row, s->margin, STYLE_KEY, "%d", i + 1);
		canvas_print(&s->lines, row, s->margin + 2, STYLE_NORMAL,
			tr("%s: %lld receipts"), date_time_vi(d->t, when),
			(long long)d->count);
		sheet_print(s, RANK_USEFUL, STYLE_DIM, tr("  draw %llu, by %s"),
			(unsigned long long)d->seq, d->actor_name);
	}
	if (t->more)
		sheet_text(s, RANK_USEFUL, STYLE_DIM,
			tr("Older ones: chitra sample list"));
}

/* ---- a new draw -------------------------------------------------------------- */

static void when(struct sheet *s, const struct recheck *r)
{
	sheet_space(s);
	sheet_text(s, RANK_MUST, STYLE_TITLE,
		tr("Receipts of which day, month or shift?"));
	sheet_field(s, tr("Of when"), r->typed.text, WHEN_COLS, true);
	sheet_space(s);
	parts_fact(s, RANK_MUST, tr("A day"), "05 12 2026");
	parts_fact(s, RANK_MUST, tr("A month"), "12 2026");
	parts_fact(s, RANK_MUST, tr("A shift"), tr("its number"));
	parts_fact(s, RANK_MUST, tr("Left empty"), tr("today"));
}

/* "2026-12-05" as people here write it. */
static const char *say_when(const char *when_, char out[LINE_SIZE])
{
	char vi[DATE_TEXT_SIZE];
	struct date day;
	int32_t period;

	if (!when_[0])
		snprintf(out, LINE_SIZE, "%s", tr("today"));
	else if (strlen(when_) <= SHIFT_DIGITS)
		snprintf(out, LINE_SIZE, tr("shift %s"), when_);
	else if (date_parse(when_, &day))
		snprintf(out, LINE_SIZE, "%s", date_vi(day, vi));
	else if (period_parse(when_, &period))
		snprintf(out, LINE_SIZE, "%s", period_vi(period, vi));
	else
		out[0] = '\0';
	return out;
}

static void many(struct sheet *s, const struct recheck *r)
{
	char text[LINE_SIZE];

	sheet_space(s);
	sheet_text(s, RANK_MUST, STYLE_TITLE,
		tr("How many receipts, 1 to 200?"));
	parts_fact(s, RANK_USEFUL, tr("Of when"), say_when(r->when, text));
	sheet_field(s, tr("How many"), r->typed.text, MANY_COLS, true);
	sheet_space(s);
	sheet_sign(s, RANK_USEFUL, SIGN_NOTE,
		tr("The seed of the draw goes into the book and onto paper "
		   "first; then nobody can choose whom to ask."));
}

static void seed(struct sheet *s, const struct recheck *r)
{
	char text[SAMPLE_SEED_TEXT];
	char at[DATE_TEXT_SIZE];
	struct notice state;
	struct notice cure;

	recheck_paper_text(r, &state, &cure);
	if (state.text[0] && state.level != NOTICE_NOTE)
		parts_banner(s, state.text);
	else if (state.text[0])
		sheet_sign(s, RANK_MUST, SIGN_NOTE, state.text);
	if (cure.text[0])
		sheet_text(s, RANK_MUST, STYLE_NORMAL, cure.text);
	sheet_space(s);
	sheet_print(s, RANK_MUST, STYLE_NORMAL, tr("Seed of draw %llu:"),
		(unsigned long long)r->drawn.seq);
	sheet_text(s, RANK_MUST, STYLE_TITLE,
		sample_seed_text(r->drawn.seed, text));
	sheet_space(s);
	parts_fact(s, RANK_USEFUL, tr("When"), date_time_vi(r->drawn.t, at));
	sheet_print(s, RANK_USEFUL, STYLE_NORMAL,
		tr("%lld receipts of the records %llu to %llu"),
		(long long)r->drawn.count, (unsigned long long)r->drawn.first,
		(unsigned long long)r->drawn.last);
	sheet_sign(s, RANK_NICE, SIGN_NOTE,
		tr("Whoever has the book and this number draws the same "
		   "receipts."));
}

/* ---- receipts ---------------------------------------------------------------- */

static enum style style_of(const struct sample_item *it)
{
	return sample_said_otherwise(it->said) ? STYLE_WARNING
	       : it->said == SAMPLE_NOT_CALLED ? STYLE_DIM
					       : STYLE_NORMAL;
}

/* In a word or two, so that it stands behind code and money. */
static const char *word_of(enum sample_said said)
{
	static const char *const word[SAMPLE_SAID_KINDS] = {
		[SAMPLE_NOT_CALLED] = TR("not called yet"),
		[SAMPLE_CONFIRMED] = TR("Amount right"),
		[SAMPLE_NOT_REACHED] = TR("Not reached"),
		[SAMPLE_DIFFERS] = TR("Another amount"),
		[SAMPLE_NOT_RECEIVED] = TR("Never had it"),
	};

	return tr(word[said]);
}

static void receipt(struct sheet *s, int number, const struct sample_item *it)
{
	char money[MONEY_TEXT_SIZE];
	const int row = sheet_line(s, RANK_MUST);
	int col;

	canvas_print(&s->lines, row, s->margin, STYLE_KEY, "%d", number);
	col = canvas_print(&s->lines, row, s->margin + 2, STYLE_NORMAL, "%s %s",
		it->code, money_format(it->amount, money));
	canvas_text(&s->lines, row, col + 1, style_of(it), word_of(it->said));
	sheet_print(s, RANK_USEFUL, STYLE_NORMAL, "  %s", it->name);
}

static void shown(struct sheet *s, const struct recheck *r)
{
	const int rows = recheck_rows(r);
	struct recheck_sums sums;

	recheck_count(r->told, &sums);
	sheet_print(s, RANK_MUST, STYLE_TITLE,
		tr("Draw %llu: %d of %lld receipts"),
		(unsigned long long)r->drawn.seq, r->told->count,
		(long long)r->told->population);
	sheet_print(s, RANK_MUST, STYLE_NORMAL,
		tr("Right %d, otherwise %d, still to call %d"), sums.confirmed,
		sums.otherwise, sums.left);
	if (rows == 0)
		sheet_text(s, RANK_MUST, STYLE_NORMAL,
			r->left_only ? tr("Everybody was called.")
				     : tr("None of them was paid."));
	else
		sheet_print(s, RANK_NICE, STYLE_DIM,
			r->left_only ? tr("Still to call: %d to %d of %d")
				     : tr("All of them: %d to %d of %d"),
			r->first + 1,
			r->first + RECHECK_PAGE < rows ? r->first + RECHECK_PAGE
						       : rows,
			rows);
	sheet_space(s);
	for (int i = 0; i < RECHECK_PAGE; i++) {
		const int at = recheck_row(r, r->first + i);

		if (at >= 0)
			receipt(s, i + 1, &r->told->item[at]);
	}
}

static void say_word(struct sheet *s, const struct sample_item *it)
{
	char said[SAMPLE_TEXT_SIZE];
	char when_[DATE_TEXT_SIZE];
	char line[LINE_SIZE];

	parts_fact(s, RANK_MUST, tr("So far"), sample_said_text(it, said));
	if (it->said == SAMPLE_NOT_CALLED)
		return;
	snprintf(line, sizeof(line), tr("%s, %s; calls so far: %d"),
		it->caller_name, date_time_vi(it->said_at, when_), it->tries);
	parts_fact(s, RANK_USEFUL, tr("Called by"), line);
}

static void one(struct sheet *s, const struct sample_item *it, bool words)
{
	char phone[SAMPLE_PHONE_SIZE];
	char money[MONEY_TEXT_SIZE];
	char paid[DATE_TEXT_SIZE];

	parts_name(s, it->name);
	sheet_print(s, RANK_MUST, STYLE_TITLE, tr("%s đồng"),
		money_format(it->amount, money));
	parts_fact(s, RANK_MUST, tr("Receipt"), it->code);
	parts_fact(s, RANK_MUST, tr("Paid at"), date_time_vi(it->t, paid));
	parts_fact(s, RANK_USEFUL, tr("Paid by"), it->agent_name);
	parts_fact(s, RANK_USEFUL, tr("Hamlet"), it->hamlet);
	parts_fact(s, RANK_MUST, tr("Telephone"),
		it->phone[0] ? sample_phone(it->phone, phone)
			     : tr("not known: go and see him"));
	if (words)
		say_word(s, it);
	if (it->phone[0])
		sheet_sign(s, RANK_NICE, SIGN_NOTE,
			tr("The whole number is on the paper to call from: "
			   "0, 9."));
}

static void amount(struct sheet *s, const struct recheck *r)
{
	const struct sample_item *it = &r->told->item[r->at];
	char money[MONEY_TEXT_SIZE];

	sheet_space(s);
	sheet_text(s, RANK_MUST, STYLE_TITLE,
		tr("How much was it, as he says?"));
	parts_name(s, it->name);
	sheet_print(s, RANK_USEFUL, STYLE_NORMAL, tr("On the receipt: %s đồng"),
		money_format(it->amount, money));
	sheet_field(s, tr("Amount"), r->typed.text, AMOUNT_COLS, true);
	if (r->typed.text[0])
		sheet_print(s, RANK_MUST, STYLE_NORMAL, tr("%s đồng"),
			money_format(entry_number(&r->typed), money));
}

static void why(struct sheet *s, const struct recheck *r,
	const struct binding *b, size_t count)
{
	const struct sample_item *it = &r->told->item[r->at];
	const struct sample_word word = {.said = r->word.said,
		.amount = r->word.amount};
	char said[SAMPLE_TEXT_SIZE];

	sheet_space(s);
	parts_name(s, it->name);
	parts_fact(s, RANK_MUST, tr("Receipt"), it->code);
	parts_fact(s, RANK_MUST, tr("To be noted"),
		sample_word_text(&word, said));
	sheet_space(s);
	sheet_text(s, RANK_USEFUL, STYLE_TITLE,
		word.said == SAMPLE_NOT_REACHED ? tr("Why was nobody reached?")
						: tr("Who spoke?"));
	parts_choices(s, b, count);
}

/* ---- all --------------------------------------------------------------------- */

static void waiting(struct sheet *s, const struct recheck *r)
{
	switch (r->step) {
	case RECHECK_DRAWING:
		parts_waiting(s, tr("Receipts are being drawn..."));
		break;
	case RECHECK_PRINTING:
		parts_waiting(s, tr("The seed is being printed..."));
		sheet_text(s, RANK_USEFUL, STYLE_NORMAL,
			tr("The receipts are shown when it is on paper."));
		return;
	default:
		parts_waiting(s, tr("The book is being asked"));
		break;
	}
	parts_far(s, r->done, r->all);
}

void recheck_view(const struct recheck *r, const struct frame_info *info,
	struct canvas *c)
{
	struct frame frame = {.title = tr("SAMPLE CHECK"),
		.notice = &r->notice};
	struct sheet s;

	sheet_init(&s, c);
	frame.binding = recheck_bindings(r, &frame.bindings);
	frame.choices_in_body = r->step == RECHECK_WHY;
	switch (r->step) {
	case RECHECK_DRAWS:
		draws(&s, r);
		break;
	case RECHECK_WHEN:
		when(&s, r);
		break;
	case RECHECK_MANY:
		many(&s, r);
		break;
	case RECHECK_SEED:
		seed(&s, r);
		break;
	case RECHECK_SHOWN:
		shown(&s, r);
		break;
	case RECHECK_ONE:
		one(&s, &r->told->item[r->at], true);
		break;
	case RECHECK_AMOUNT:
		amount(&s, r);
		break;
	case RECHECK_WHY:
		why(&s, r, frame.binding, frame.bindings);
		break;
	case RECHECK_FAILED:
		sheet_space(&s);
		sheet_text(&s, RANK_MUST, STYLE_NORMAL,
			tr("The draws could not be read."));
		break;
	case RECHECK_LISTING:
	case RECHECK_DRAWING:
	case RECHECK_PRINTING:
	case RECHECK_LOADING:
	case RECHECK_SAYING:
	case RECHECK_STEP_COUNT:
		waiting(&s, r);
		break;
	}
	frame_show(c, info, &frame, &s);
}
