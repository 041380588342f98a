#include "terminal/ui/complain_view.h"

#include "core/tr.h"
#include "terminal/ui/parts.h"

/* Whose receipt, and which. */
static void facts(struct sheet *s, const struct complain *c)
{
	parts_name(s, c->brief.name);
	parts_fact(s, RANK_MUST, tr("Receipt"), c->brief.code);
}

static void body_reason(struct sheet *s, const struct complain *c,
	const struct frame *f)
{
	facts(s, c);
	sheet_text(s, RANK_USEFUL, STYLE_NORMAL,
		tr("What is wrong with this receipt?"));
	sheet_space(s);
	parts_choices(s, f->binding, f->bindings);
}

static void body_sure(struct sheet *s, const struct complain *c)
{
	parts_banner(s, tr("NOTE THIS COMPLAINT?"));
	facts(s, c);
	sheet_amount(s, c->brief.amount);
	parts_fact(s, RANK_MUST, tr("Reason"), complain_reason_text(c->reason));
	sheet_space(s);
	sheet_sign(s, RANK_USEFUL, SIGN_NOTE,
		tr("It is only noted: the payment stays as it is."));
}

/* In the book, whatever becomes of the paper. */
static void body_noted(struct sheet *s, const struct complain *c)
{
	struct states at;
	struct notice state;
	struct notice cure;

	facts(s, c);
	parts_fact(s, RANK_USEFUL, tr("Reason"),
		complain_reason_text(c->reason));
	sheet_space(s);
	sheet_print(s, RANK_MUST, STYLE_MAIN, tr("Complaint noted: number %s"),
		c->noted.number);
	if (c->step == COMPLAIN_PRINTING) {
		parts_waiting(s, tr("Its slip is being printed..."));
		return;
	}
	complain_paper_text(c, &state, &cure);
	at = sheet_states(s);
	sheet_state(s, &at,
		state.level == NOTICE_WARN ? STYLE_WARNING : STYLE_TITLE,
		state.text);
	sheet_text(s, RANK_MUST, STYLE_NORMAL, cure.text);
}

void complain_view(const struct complain *complain,
	const struct frame_info *info, struct canvas *c)
{
	struct frame frame = {.title = tr("COMPLAINT"),
		.notice = &complain->notice,
		.choices_in_body = complain->step == COMPLAIN_REASON};
	struct sheet s;

	sheet_init(&s, c);
	frame.binding = complain_bindings(complain->step, &frame.bindings);
	switch (complain->step) {
	case COMPLAIN_REASON:
		body_reason(&s, complain, &frame);
		break;
	case COMPLAIN_SURE:
		body_sure(&s, complain);
		break;
	case COMPLAIN_WRITING:
		facts(&s, complain);
		parts_waiting(&s, tr("Writing it into the book..."));
		break;
	case COMPLAIN_PRINTING:
	case COMPLAIN_DONE:
		body_noted(&s, complain);
		break;
	case COMPLAIN_STEP_COUNT:
		break;
	}
	frame_show(c, info, &frame, &s);
}
