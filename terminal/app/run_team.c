#include "terminal/app/run_team.h"

#include <string.h>

#include "db/approvals.h"

/* One row more than is shown: are there others? */
static void list(struct ports *p, int64_t after, struct event *answer)
{
	struct user row[FLOW_TEAM_ROWS + 1];
	struct err err;
	int count;

	if (!users_list_after(p->db, after, row, FLOW_TEAM_ROWS + 1, &count,
		    &err)) {
		answer->kind = EV_FAILED;
		answer->err = err;
		return;
	}
	answer->kind = EV_USERS;
	answer->users.more = count > FLOW_TEAM_ROWS;
	answer->users.count = count > FLOW_TEAM_ROWS ? FLOW_TEAM_ROWS : count;
	for (int i = 0; i < answer->users.count; i++)
		answer->users.row[i] = row[i];
}

static void said(struct ports *p, enum verdict v, const struct refusal *why,
	const struct err *err, struct event *answer)
{
	p->written = true;
	p->status_due = true;
	switch (v) {
	case VERDICT_DONE:
		answer->kind = EV_USER_SAVED;
		break;
	case VERDICT_REFUSED:
		answer->kind = EV_REFUSED;
		answer->refusal = *why;
		break;
	case VERDICT_FAILED:
		answer->kind = EV_FAILED;
		answer->err = *err;
		break;
	}
}

static void add(struct ports *p, const struct effect *fx, struct event *answer)
{
	const struct user_new n = {fx->user.number, fx->user.name,
		fx->user.role, fx->user.pin};
	struct refusal why;
	struct err err;

	said(p,
		users_add_until(p->db, &p->session, &n, fx->user.until, &why,
			&err),
		&why, &err, answer);
}

static void set_pin(struct ports *p, const struct effect *fx,
	struct event *answer)
{
	struct pin_change c = {.old = fx->user.old, .pin = fx->user.pin};
	struct refusal why;
	struct err err;
	const enum verdict v =
		users_set_pin(p->db, p->session.user.number, &c, &why, &err);

	said(p, v, &why, &err, answer);
	if (v != VERDICT_REFUSED || why.code != REFUSED_WRONG_PIN)
		return;
	answer->kind = EV_SIGN_IN_REFUSED;
	answer->sign_in.how = c.tried;
	answer->sign_in.tries_left = c.result.tries_left;
	answer->sign_in.wait_seconds = c.result.wait_seconds;
}

/* A text for a QR, or why there is none. */
static void text(struct ports *p, enum verdict got, const struct refusal *why,
	const struct err *err, struct event *answer)
{
	said(p, got, why, err, answer);
	if (got == VERDICT_DONE)
		answer->kind = EV_APPROVAL;
}

static void approve(struct ports *p, const struct effect *fx,
	struct event *answer)
{
	char out[APPROVAL_TEXT_SIZE];
	struct refusal why;
	struct err err;
	const enum verdict got = approvals_give(p->db, &p->session,
		fx->approval, out, &why, &err);

	text(p, got, &why, &err, answer);
	if (got == VERDICT_DONE)
		memcpy(answer->approval, out, sizeof(out));
}

static void card_show(struct ports *p, struct event *answer)
{
	const struct err none = {0};
	char out[APPROVAL_TEXT_SIZE];
	struct refusal why;
	const enum verdict got = approvals_card(p->db, &p->session, out, &why);

	text(p, got, &why, &none, answer);
	if (got == VERDICT_DONE)
		memcpy(answer->approval, out, sizeof(out));
}

static void card_take(struct ports *p, const struct effect *fx,
	struct event *answer)
{
	struct refusal why;
	struct err err;
	const enum verdict got =
		approvals_enrol(p->db, &p->session, fx->approval, &why, &err);

	said(p, got, &why, &err, answer);
	if (got == VERDICT_DONE)
		answer->kind = EV_CONFIRMED;
}

bool run_team(struct ports *p, struct effect *fx, struct event *answer)
{
	struct refusal why;
	struct err err;

	switch (fx->kind) {
	case FX_USERS:
		list(p, fx->user.number, answer);
		return true;
	case FX_USER_ADD:
		add(p, fx, answer);
		return true;
	case FX_USER_PIN:
		set_pin(p, fx, answer);
		return true;
	case FX_APPROVE:
		approve(p, fx, answer);
		return true;
	case FX_CARD_SHOW:
		card_show(p, answer);
		return true;
	case FX_CARD_TAKE:
		card_take(p, fx, answer);
		return true;
	case FX_USER_UNLOCK:
		said(p,
			users_unlock(p->db, &p->session, fx->user.number, &why,
				&err),
			&why, &err, answer);
		return true;
	case FX_USER_RENEW:
		said(p,
			users_renew(p->db, &p->session, fx->user.number,
				fx->user.until, &why, &err),
			&why, &err, answer);
		return true;
	case FX_USER_REVOKE:
		said(p,
			users_revoke(p->db, &p->session, fx->user.number, &why,
				&err),
			&why, &err, answer);
		return true;
	default:
		return false;
	}
}
