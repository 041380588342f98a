#include "terminal/ui/signin_view.h"

#include <stdio.h>

#include "core/tr.h"
#include "terminal/ui/layout.h"
#include "terminal/ui/parts.h"

enum {
	FIELD_COLS = 14
};

static void fields(struct sheet *s, const struct signin *in)
{
	char text[ENTRY_SIZE * 3];

	sheet_field(s, tr("Your number:"),
		entry_shown(&in->number, text, sizeof(text)), FIELD_COLS,
		in->step == SIGNIN_NUMBER);
	sheet_space(s);
	if (in->step == SIGNIN_NUMBER)
		return;
	sheet_secret(s, tr("Your PIN:"),
		entry_shown(&in->pin, text, sizeof(text)), FIELD_COLS,
		in->step == SIGNIN_PIN);
}

static void demo_users(struct sheet *s, const struct signin_demo *demo)
{
	char text[256];

	if (demo->agent == 0)
		return;
	snprintf(text, sizeof(text),
		tr("Demo: agent %d, PIN %s; supervisor %d, PIN %s"),
		demo->agent, demo->agent_pin, demo->supervisor,
		demo->supervisor_pin);
	sheet_sign(s, RANK_USEFUL, SIGN_NOTE, text);
}

void signin_view(const struct signin *signin, const struct frame_info *info,
	struct canvas *c)
{
	struct frame frame = {.title = tr("SIGN IN"),
		.notice = &signin->notice};
	struct sheet s;

	sheet_init(&s, c);
	frame.binding = signin_bindings(signin->step, &frame.bindings);
	sheet_space(&s);
	sheet_text(&s, RANK_MUST, STYLE_TITLE,
		tr("chitra - paying out social allowances"));
	if (layout_width(c) == LAYOUT_NARROW)
		sheet_text(&s, RANK_USEFUL, STYLE_NORMAL, info->point);
	sheet_space(&s);
	fields(&s, signin);
	sheet_space(&s);
	if (signin->step == SIGNIN_CHECKING)
		parts_waiting(&s, tr("Checking..."));
	if (signin->step == SIGNIN_WAIT)
		sheet_print(&s, RANK_MUST, STYLE_WARNING,
			tr("Wait %d seconds, then try again."),
			signin->wait_seconds);
	demo_users(&s, &signin->demo);
	frame_show(c, info, &frame, &s);
}
