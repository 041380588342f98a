#include "terminal/ui/enrol_view.h"

#include <stdio.h>
#include <string.h>

#include "core/str.h"
#include "core/tr.h"
#include "terminal/flows/account_text.h"
#include "terminal/ui/figures.h"
#include "terminal/ui/parts.h"

enum {
	NUMBER_COLS = 26,
	NAME_COLS = 40,
	DATE_COLS = 12,
	BIG_ROWS = 24, /* of the screen, for large figures */
	BULLET_SIZE = 3 * ACCOUNT_NUMBER_SIZE
};

/* ---- the account, in words ------------------------------------------------------ */

static bool is_digits(const char *text)
{
	return text[0] && strspn(text, "0123456789") == strlen(text);
}

/* Large, as many groups of four side by side as there is room for. */
static bool large(struct sheet *s, const char *number, int screen_rows)
{
	const int count = (int)strlen(number);
	int beside = count;

	while (beside > 4 && figures_digits_columns(beside) > s->cols)
		beside = (beside - 1) / 4 * 4;
	if (s->spoken || screen_rows < BIG_ROWS || !is_digits(number) ||
		(count + beside - 1) / beside > 2)
		return false;
	for (int at = 0; at < count; at += beside) {
		const int n = count - at < beside ? count - at : beside;
		const int row = sheet_line(s, RANK_MUST);

		for (int i = 1; i < FIGURES_ROWS; i++)
			sheet_line(s, RANK_MUST);
		figures_digits(&s->lines, row, s->margin, number + at, n);
		sheet_space(s);
	}
	return true;
}

static void number(struct sheet *s, const struct account *a, int screen_rows)
{
	char text[ACCOUNT_NUMBER_SIZE * 2];

	if (!large(s, a->number, screen_rows))
		sheet_print(s, RANK_MUST, STYLE_TITLE, "%s",
			enrol_grouped(a->number, text));
}

static void provider(struct sheet *s, enum rank rank, const struct account *a)
{
	char title[ACCOUNT_TITLE_SIZE];

	if (a->bin[0])
		parts_fact(s, rank, tr("Bank or wallet"),
			account_provider(a, title));
}

static void day(struct sheet *s, struct date d)
{
	char date[DATE_TEXT_SIZE];

	parts_fact(s, RANK_MUST, tr("Opens it on"), date_vi(d, date));
}

/* What the book has already. */
static void told(struct sheet *s, const struct account_told *t)
{
	const struct account_held *a = &t->held;
	const struct account_method *m = &t->method;
	char text[ACCOUNT_NUMBER_SIZE * 2];

	sheet_text(s, RANK_MUST, STYLE_NORMAL,
		enrol_standing_text(a->standing));
	if (a->standing == ACCOUNT_STANDS_REFUSED)
		sheet_text(s, RANK_USEFUL, STYLE_WARNING,
			account_answer_text(a->answer));
	if (a->seq != 0 && a->account.number[0]) {
		provider(s, RANK_USEFUL, &a->account);
		sheet_print(s, RANK_USEFUL, STYLE_NORMAL, "%s",
			enrol_grouped(a->account.number, text));
	}
	if (m->pays_from != 0)
		sheet_print(s, RANK_MUST, STYLE_MAIN,
			tr("The account pays from list %02d/%d on"),
			(int)m->pays_from % 100, (int)m->pays_from / 100);
	else if (m->cash_from != 0)
		sheet_print(s, RANK_MUST, STYLE_NORMAL,
			tr("Cash again from list %02d/%d on"),
			(int)m->cash_from % 100, (int)m->cash_from / 100);
	else if (a->standing != ACCOUNT_STANDS_NOT)
		sheet_sign(s, RANK_USEFUL, SIGN_NOTE,
			tr("Cash is paid as before."));
}

static void owner(struct sheet *s, const struct account_take *t)
{
	if (t->whose == PAYEE_SELF)
		return;
	parts_fact(s, RANK_MUST, enrol_whose_text(t->whose), t->owner);
	parts_fact(s, RANK_USEFUL, tr("Paper"), t->paper);
}

static void body_form(struct sheet *s, const struct enrol *e, int rows)
{
	const struct account_take *t = &e->take;

	parts_name(s, e->name);
	if (t->planned) {
		const struct account a = {.bank = bank_by_bin(t->bin)};

		sheet_text(s, RANK_MUST, STYLE_NORMAL,
			enrol_standing_text(ACCOUNT_STANDS_PLANNED));
		if (a.bank)
			parts_fact(s, RANK_MUST, tr("Bank or wallet"),
				a.bank->short_name);
		day(s, t->planned_on);
		return;
	}
	provider(s, RANK_MUST, &e->account);
	number(s, &e->account, rows);
	parts_fact(s, RANK_MUST, tr("Holder"), t->holder);
	owner(s, t);
	if (t->names > ACCOUNT_NAMES_EQUAL)
		sheet_sign(s,
			t->names == ACCOUNT_NAMES_ALIKE ? RANK_USEFUL
							: RANK_MUST,
			SIGN_WARNING, enrol_names_text(t->names));
	for (unsigned note = 1; note <= ACCOUNT_NOTE_NO_PHONE; note <<= 1)
		if (e->account.notes & note)
			sheet_sign(s, RANK_USEFUL, SIGN_WARNING,
				account_note_text((enum account_note)note));
	sheet_sign(s, RANK_USEFUL, SIGN_NOTE,
		tr("Read it out; the person looks at every digit."));
}

/* ---- choosing and typing --------------------------------------------------------------- */

static const char *kind_of(const struct bank *b)
{
	switch (b->type) {
	case BANK_TYPE_WALLET:
		return tr(" (wallet)");
	case BANK_TYPE_MOBILE_MONEY:
		return tr(" (mobile money)");
	case BANK_TYPE_BANK:
	case BANK_TYPE_FINANCE:
		break;
	}
	return "";
}

static void body_bank(struct sheet *s, const struct enrol *e)
{
	int first;
	const int rows = enrol_page_rows(e, &first);

	sheet_text(s, RANK_NICE, STYLE_DIM, e->name);
	for (int i = 0; i < rows; i++) {
		const struct bank *b = e->bank[first + i];

		sheet_print(s, RANK_MUST, STYLE_NORMAL, "%d  %s%s", i + 1,
			b->short_name, kind_of(b));
	}
	sheet_space(s);
	sheet_print(s, RANK_USEFUL, STYLE_DIM, tr("Page %d of %d"), e->page + 1,
		(e->banks + ENROL_PAGE - 1) / ENROL_PAGE);
}

/* A dot for each: the second number is typed unseen. */
static const char *dots(const struct entry *e, char out[BULLET_SIZE])
{
	static const char dot[] = "●";
	size_t at = 0;

	for (int i = 0; i < entry_length(e) && at + sizeof(dot) <= BULLET_SIZE;
		i++, at += sizeof(dot) - 1)
		memcpy(out + at, dot, sizeof(dot) - 1);
	out[at] = '\0';
	return out;
}

static void body_number(struct sheet *s, const struct enrol *e)
{
	const struct account a = {.bin = {0}, .bank = bank_by_bin(e->take.bin)};
	char text[BULLET_SIZE];

	parts_name(s, e->name);
	if (a.bank)
		parts_fact(s, RANK_MUST, tr("Bank or wallet"),
			a.bank->short_name);
	sheet_space(s);
	if (e->step == ENROL_NUMBER) {
		sheet_field(s, tr("Number:"), e->typed.text, NUMBER_COLS, true);
		return;
	}
	sheet_text(s, RANK_MUST, STYLE_TITLE,
		tr("Once more, from the card or the app"));
	sheet_secret(s, tr("Number:"), dots(&e->typed, text), NUMBER_COLS,
		true);
}

static void typed(struct sheet *s, const struct enrol *e, const char *label)
{
	parts_typed(s, label, &e->typed,
		s->cols < 53 ? NAME_COLS - 14 : NAME_COLS, true);
}

static void body_typed(struct sheet *s, const struct enrol *e)
{
	char text[ENTRY_SIZE * 3];

	parts_name(s, e->name);
	sheet_space(s);
	switch (e->step) {
	case ENROL_SEARCH:
		typed(s, e, tr("Bank:"));
		break;
	case ENROL_OWNER:
		sheet_text(s, RANK_USEFUL, STYLE_NORMAL,
			enrol_whose_text(e->take.whose));
		typed(s, e, tr("Full name:"));
		sheet_sign(s, RANK_NICE, SIGN_NOTE,
			tr("Or scan that person's card."));
		break;
	case ENROL_PAPER:
		typed(s, e, tr("Paper:"));
		break;
	case ENROL_HOLDER:
		typed(s, e, tr("Holder:"));
		sheet_sign(s, RANK_NICE, SIGN_NOTE,
			tr("As the bank's card or app shows it."));
		break;
	case ENROL_WHY:
		typed(s, e, tr("Reason:"));
		break;
	default:
		sheet_field(s,
			e->step == ENROL_WHEN ? tr("Opens it on:")
					      : tr("From list:"),
			entry_shown(&e->typed, text, sizeof(text)), DATE_COLS,
			true);
	}
}

static void body_choice(struct sheet *s, const struct enrol *e,
	const struct frame *f)
{
	const struct account_take *t = &e->take;

	parts_name(s, e->name);
	if (e->step == ENROL_WHOSE)
		sheet_text(s, RANK_USEFUL, STYLE_NORMAL,
			tr("Whose account is it?"));
	else if (e->step == ENROL_RELATION)
		sheet_print(s, RANK_USEFUL, STYLE_NORMAL,
			tr("%s is to this person:"), t->owner);
	else if (e->step == ENROL_DIFFERS)
		parts_fact(s, RANK_MUST, tr("Holder"), t->holder);
	else if (e->step == ENROL_CASH)
		sheet_text(s, RANK_USEFUL, STYLE_NORMAL, tr("Why cash again?"));
	sheet_space(s);
	parts_choices(s, f->binding, f->bindings);
}

/* ---- the rest ---------------------------------------------------------------------------- */

static void body_start(struct sheet *s, const struct frame_info *info,
	const struct enrol *e, const struct frame *f)
{
	parts_name(s, e->name);
	if (e->step == ENROL_NO_CONSENT)
		sheet_sign(s, RANK_MUST, SIGN_WARNING,
			tr("No account without the person's consent: ask for "
			   "it first."));
	told(s, &e->told);
	sheet_space(s);
	if (e->step == ENROL_START)
		sheet_text(s, RANK_MUST, STYLE_MAIN,
			tr("Scan the VietQR of the account, or:"));
	parts_choices_for(s, info, f->binding, f->bindings);
}

static void body_done(struct sheet *s, const struct enrol *e)
{
	struct states at;
	struct notice state;
	struct notice cure;

	parts_name(s, e->name);
	sheet_print(s, RANK_MUST, STYLE_MAIN, tr("In the book: number %s"),
		e->told.number);
	sheet_text(s, RANK_MUST, STYLE_NORMAL,
		enrol_standing_text(e->told.held.standing));
	sheet_sign(s, RANK_USEFUL, SIGN_NOTE, tr("Cash is paid as before."));
	sheet_space(s);
	if (e->step == ENROL_PRINTING) {
		parts_waiting(s, tr("Its slip is being printed..."));
		return;
	}
	enrol_paper_text(e, &state, &cure);
	at = sheet_states(s);
	sheet_state(s, &at,
		state.level == NOTICE_WARN ? STYLE_WARNING : STYLE_TITLE,
		state.text);
	sheet_text(s, RANK_MUST, STYLE_NORMAL, cure.text);
}

static void body_cash_sure(struct sheet *s, const struct enrol *e)
{
	parts_banner(s, tr("CASH AGAIN?"));
	parts_name(s, e->name);
	sheet_print(s, RANK_MUST, STYLE_NORMAL,
		tr("Cash again from list %02d/%d on"), (int)e->cash_from % 100,
		(int)e->cash_from / 100);
	parts_fact(s, RANK_MUST, tr("Reason"), enrol_back_text(e->back));
	sheet_sign(s, RANK_USEFUL, SIGN_WARNING,
		tr("Be sure that the bank has not paid these lists."));
}

static void body(struct sheet *s, const struct frame_info *info,
	const struct enrol *e, const struct frame *f, int rows)
{
	switch (e->step) {
	case ENROL_LOOKUP:
		parts_waiting(s, tr("Looking at the list..."));
		break;
	case ENROL_NO_CONSENT:
	case ENROL_START:
		body_start(s, info, e, f);
		break;
	case ENROL_BANK:
		body_bank(s, e);
		break;
	case ENROL_NUMBER:
	case ENROL_AGAIN:
		body_number(s, e);
		break;
	case ENROL_WHOSE:
	case ENROL_RELATION:
	case ENROL_DIFFERS:
	case ENROL_SHARED:
	case ENROL_CASH:
		body_choice(s, e, f);
		break;
	case ENROL_SEARCH:
	case ENROL_OWNER:
	case ENROL_PAPER:
	case ENROL_HOLDER:
	case ENROL_WHY:
	case ENROL_WHEN:
	case ENROL_CASH_FROM:
		body_typed(s, e);
		break;
	case ENROL_FORM:
		body_form(s, e, rows);
		break;
	case ENROL_WRITING:
	case ENROL_CASH_WRITING:
		parts_name(s, e->name);
		parts_waiting(s, tr("Writing it into the book..."));
		break;
	case ENROL_PRINTING:
	case ENROL_DONE:
		body_done(s, e);
		break;
	case ENROL_CASH_SURE:
		body_cash_sure(s, e);
		break;
	case ENROL_SECOND:
		parts_second(s, &e->second);
		break;
	case ENROL_STEP_COUNT:
		break;
	}
}

static bool is_choice(enum enrol_step step)
{
	return step == ENROL_NO_CONSENT || step == ENROL_START ||
	       step == ENROL_WHOSE || step == ENROL_RELATION ||
	       step == ENROL_DIFFERS || step == ENROL_SHARED ||
	       step == ENROL_CASH;
}

void enrol_view(const struct enrol *enrol, const struct frame_info *info,
	struct canvas *c)
{
	struct frame frame = {.title = tr("ACCOUNT"),
		.notice = enrol->step == ENROL_SECOND ? &enrol->second.notice
						      : &enrol->notice,
		.choices_in_body = is_choice(enrol->step)};
	struct sheet s;

	sheet_init(&s, c);
	frame.binding = enrol_bindings(enrol, &frame.bindings);
	body(&s, info, enrol, &frame, c->rows);
	frame_show(c, info, &frame, &s);
}
