#include "terminal/ui/contact_view.h"

#include <stdio.h>

#include "core/tr.h"
#include "terminal/flows/upload_text.h"
#include "terminal/ui/parts.h"

enum {
	NUMBER = 32
};

static void number(struct sheet *s, const char *label, uint64_t n)
{
	char text[NUMBER];

	snprintf(text, sizeof(text), "%llu", (unsigned long long)n);
	sheet_pair(s, RANK_MUST, label, STYLE_NORMAL, text);
}

static void last_contact(struct sheet *s, const struct frame_info *info)
{
	char text[PARTS_AGO_SIZE];

	sheet_pair(s, RANK_MUST, tr("Last contact"), STYLE_NORMAL,
		parts_ago(info, info->status->contact_at, text));
}

static void show(struct sheet *s, const struct frame_info *info)
{
	const struct status *st = info->status;
	const uint64_t waits = st->made > st->acked + st->acks
				       ? st->made - st->acked - st->acks
				       : 0;

	sheet_pair_room(s, tr("Confirmed by the centre"), "0000000");
	number(s, tr("Recorded here"), st->made);
	number(s, tr("Sent"), st->sent);
	number(s, tr("Confirmed by the centre"), st->acked);
	number(s, tr("Still to send"), waits);
	last_contact(s, info);
	sheet_space(s);
	if (st->upload != UPLOAD_FINE)
		sheet_sign(s, RANK_MUST,
			upload_is_alarm(st->upload) ? SIGN_WARNING : SIGN_NOTE,
			upload_says(st->upload));
	else if (waits == 0)
		sheet_sign(s, RANK_USEFUL, SIGN_NOTE, upload_says(UPLOAD_FINE));
	else
		sheet_sign(s, RANK_USEFUL, SIGN_NOTE,
			tr("It is sent by itself, within a minute or two."));
}

void contact_view(const struct contact *contact, const struct frame_info *info,
	struct canvas *c)
{
	struct frame frame = {.title = tr("THE CENTRE"),
		.notice = &contact->notice};
	struct sheet s;

	sheet_init(&s, c);
	frame.binding = contact_bindings(contact->step, &frame.bindings);
	sheet_space(&s);
	if (contact->step == CONTACT_SHOW)
		show(&s, info);
	else
		sheet_text(&s, RANK_MUST, STYLE_NORMAL,
			tr("This terminal belongs to no centre yet: what is"
			   " recorded stays here. The technician joins it with"
			   " the code of the centre."));
	frame_show(c, info, &frame, &s);
}
