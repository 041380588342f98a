#include "terminal/ui/team_view.h"

#include <stdio.h>

#include "core/tr.h"
#include "terminal/ui/layout.h"
#include "terminal/ui/parts.h"

enum {
	FIELD_COLS = 14,
	NAME_COLS = 30,
	DAY_MS = 24 * 3600 * 1000
};

static const char *state_of(const struct team *t, const struct user *u)
{
	if (u->revoked)
		return tr(" [REVOKED]");
	if (team_is_over(t, u))
		return tr(" [TIME OVER]");
	return u->locked ? tr(" [LOCKED]") : "";
}

static void body_list(struct sheet *s, const struct team *t)
{
	for (int i = 0; i < t->rows; i++)
		sheet_print(s, RANK_MUST, STYLE_NORMAL, "%d  %s (%lld), %s%s",
			i + 1, t->row[i].name, (long long)t->row[i].number,
			team_role_text(t->row[i].role),
			state_of(t, &t->row[i]));
	if (t->more)
		sheet_sign(s, RANK_USEFUL, SIGN_NOTE,
			tr("There are more: key . shows them"));
}

static void field(struct sheet *s, const char *label, const struct entry *e,
	bool active)
{
	char text[ENTRY_SIZE * 3];

	if (e->kind == ENTRY_SECRET)
		sheet_secret(s, label, entry_shown(e, text, sizeof(text)),
			FIELD_COLS, active);
	else
		sheet_field(s, label, entry_shown(e, text, sizeof(text)),
			FIELD_COLS, active);
}

/* Who was not here for months has perhaps left; an old PIN is known. */
static void seen(struct sheet *s, const struct frame_info *info,
	const struct team *t)
{
	const struct user_seen *u = team_seen_of(t, t->chosen.number);
	char text[PARTS_AGO_SIZE];
	const int64_t days = u ? (info->now - u->pin) / DAY_MS : 0;

	if (!u || t->step != TEAM_USER)
		return;
	parts_fact(s, RANK_USEFUL, tr("Signed in last"),
		parts_ago(info, u->login, text));
	if (u->pin > 0 && info->now > 0 && days >= 0)
		sheet_print(s, RANK_USEFUL, STYLE_NORMAL,
			u->pin == u->added
				? tr("PIN: since he was added, %lld days ago")
				: tr("PIN: changed %lld days ago"),
			(long long)days);
}

static void body_user(struct sheet *s, const struct frame_info *info,
	const struct team *t)
{
	char day[DATE_TEXT_SIZE];

	if (t->step == TEAM_SURE)
		parts_banner(s, tr("REVOKE THIS USER FOR GOOD?"));
	parts_name(s, t->chosen.name);
	sheet_print(s, RANK_MUST, STYLE_NORMAL, "%lld, %s%s",
		(long long)t->chosen.number, team_role_text(t->chosen.role),
		state_of(t, &t->chosen));
	parts_fact(s, RANK_MUST, tr("Last day"),
		team_day_text(t->chosen.until, day));
	seen(s, info, t);
	sheet_space(s);
	if (t->step == TEAM_RENEW)
		field(s, tr("New last day:"), &t->day, true);
	if (t->step == TEAM_SURE)
		sheet_text(s, RANK_USEFUL, STYLE_NORMAL,
			tr("The number is never given again; the records "
			   "signed with it stay."));
	if (t->step == TEAM_USER)
		sheet_sign(s, RANK_NICE, SIGN_NOTE,
			tr("Nobody can give a forgotten PIN back: revoke him "
			   "and add him with another number."));
}

static bool is_number(const struct team *t)
{
	return t->step == TEAM_NUMBER || t->step == TEAM_FIRST_NUMBER;
}

static void body_new(struct sheet *s, const struct team *t)
{
	char day[DATE_TEXT_SIZE];

	if (t->task == TEAM_FIRST)
		sheet_text(s, RANK_USEFUL, STYLE_NORMAL,
			tr("Nobody works here yet. The first user is a "
			   "supervisor, who adds the others."));
	sheet_space(s);
	field(s, tr("Number:"), &t->number, is_number(t));
	if (is_number(t))
		return;
	parts_typed(s, tr("Name of the user:"), &t->name, NAME_COLS,
		t->step == TEAM_NAME);
	if (t->step == TEAM_NAME || t->step == TEAM_ROLE)
		return;
	parts_fact(s, RANK_MUST, tr("Role"), team_role_text(t->role));
	if (t->step == TEAM_UNTIL) {
		field(s, tr("Last day:"), &t->day, true);
		sheet_sign(s, RANK_USEFUL, SIGN_NOTE,
			tr("ENTER alone: no end, until he is revoked"));
	} else {
		parts_fact(s, RANK_USEFUL, tr("Last day"),
			team_day_text(t->until, day));
	}
}

/* The second time blind: only who knows the PIN gets through. */
static void body_pin(struct sheet *s, const struct team *t)
{
	if (t->step != TEAM_PIN && t->step != TEAM_AGAIN)
		return;
	if (t->task == TEAM_PEOPLE)
		sheet_sign(s, RANK_USEFUL, SIGN_NOTE,
			tr("The new user types the PIN now, unseen by "
			   "others."));
	field(s, tr("New PIN:"), &t->pin, t->step == TEAM_PIN);
	if (t->step == TEAM_PIN)
		return;
	sheet_secret(s, tr("PIN again:"), "", FIELD_COLS, true);
	s->lines.typed = entry_length(&t->again);
	sheet_sign(s, RANK_USEFUL, SIGN_NOTE,
		tr("Type it blind: nothing is shown. Then ENTER."));
}

static const char *title_of(const struct team *t)
{
	switch (t->task) {
	case TEAM_FIRST:
		return tr("THE FIRST USER");
	case TEAM_PEOPLE:
		return tr("USERS");
	case TEAM_OWN_PIN:
		return tr("CHANGE MY PIN");
	}
	return "";
}

static void body(struct sheet *s, const struct frame_info *info,
	const struct team *t)
{
	switch (t->step) {
	case TEAM_LOADING:
		parts_waiting(s, tr("Looking it up..."));
		break;
	case TEAM_WORKING:
		parts_waiting(s, tr("Writing it into the book..."));
		break;
	case TEAM_LIST:
		body_list(s, t);
		break;
	case TEAM_USER:
	case TEAM_SURE:
	case TEAM_RENEW:
		body_user(s, info, t);
		break;
	default:
		if (t->task == TEAM_OWN_PIN)
			field(s, tr("Old PIN:"), &t->old, t->step == TEAM_OLD);
		else
			body_new(s, t);
		body_pin(s, t);
	}
}

void team_view(const struct team *team, const struct frame_info *info,
	struct canvas *c)
{
	struct frame frame = {.title = title_of(team),
		.notice = &team->notice,
		.choices_in_body =
			team->step == TEAM_ROLE || team->step == TEAM_USER};
	struct sheet s;

	sheet_init(&s, c);
	frame.binding = team_bindings(team->step, &frame.bindings);
	body(&s, info, team);
	if (frame.choices_in_body) {
		sheet_space(&s);
		parts_choices(&s, frame.binding, frame.bindings);
	}
	frame_show(c, info, &frame, &s);
}
