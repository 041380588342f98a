#include "terminal/ui/approve_view.h"

#include <stdio.h>

#include "core/date.h"
#include "core/tr.h"
#include "terminal/flows/approve_text.h"
#include "terminal/ui/parts.h"
#include "terminal/ui/qr_view.h"

enum {
	CLOCKS_APART = 10 * 60 * 1000 /* of two terminals: worth a word */
};

static void who_asks(struct sheet *s, const struct approval_request *r,
	const struct frame_info *info)
{
	char when[DATE_TEXT_SIZE];
	char who[64];
	char dev[8];

	snprintf(who, sizeof(who), tr("user %lld, terminal %s"),
		(long long)r->actor, approve_device(r, dev));
	parts_fact(s, RANK_MUST, tr("Asked by"), who);
	parts_fact(s, RANK_MUST, tr("Asked at"), date_time_vi(r->t, when));
	if (info->now > 0 && (r->t - info->now > CLOCKS_APART ||
				     info->now - r->t > CLOCKS_APART))
		sheet_sign(s, RANK_MUST, SIGN_WARNING,
			tr("The clocks of the two terminals differ, or this "
			   "was asked some time ago."));
}

static void ask(struct sheet *s, const struct approve *a,
	const struct frame_info *info, const struct frame *frame)
{
	const struct approval_request *r = &a->request;

	sheet_space(s);
	sheet_text(s, RANK_MUST, STYLE_TITLE, approve_title(r));
	sheet_amount_line(s, r->amount);
	sheet_text(s, RANK_MUST, STYLE_NORMAL, approve_reason(r));
	sheet_space(s);
	if (r->person[0])
		parts_fact(s, RANK_MUST, tr("About"), r->person);
	who_asks(s, r, info);
	sheet_space(s);
	parts_choices(s, frame->binding, frame->bindings);
}

static void take(struct sheet *s, const struct approve *a,
	const struct frame *frame)
{
	sheet_space(s);
	sheet_print(s, RANK_MUST, STYLE_TITLE,
		tr("The card of supervisor %lld for approving by QR"),
		(long long)a->card.number);
	sheet_space(s);
	sheet_text(s, RANK_MUST, STYLE_NORMAL,
		tr("From now on this terminal believes what is approved with "
		   "it from his own terminal. The card before counts no "
		   "more."));
	sheet_space(s);
	parts_choices(s, frame->binding, frame->bindings);
}

static void code(const struct approve *a, const struct frame_info *info,
	struct canvas *c)
{
	struct qr_words w = {.notice = info->notice};

	w.binding = approve_bindings(a->step, &w.bindings);
	w.title = a->step == APPROVE_ANSWER ? tr("THE ANSWER") : tr("MY CARD");
	w.says = a->step == APPROVE_ANSWER
			 ? tr("You approved it. Let the other terminal scan "
			      "this.")
			 : tr("Sign in at the other terminal and scan this "
			      "there.");
	w.instead = tr("This screen is too small for the code. Use one of "
		       "40x24 or more.");
	qr_view(a->text, &w, c);
}

void approve_view(const struct approve *approve, const struct frame_info *info,
	struct canvas *c)
{
	struct frame frame = {.title = tr("APPROVE"),
		.notice = &approve->notice,
		.choices_in_body = true};
	struct sheet s;

	if (approve->step == APPROVE_ANSWER || approve->step == APPROVE_CARD) {
		code(approve, info, c);
		return;
	}
	sheet_init(&s, c);
	frame.binding = approve_bindings(approve->step, &frame.bindings);
	if (approve->step == APPROVE_ASK)
		ask(&s, approve, info, &frame);
	else if (approve->step == APPROVE_TAKE)
		take(&s, approve, &frame);
	else if (approve->step != APPROVE_UNREADABLE)
		parts_waiting(&s, tr("The book is being asked"));
	frame_show(c, info, &frame, &s);
}
