#include "terminal/app/second_qr.h"

#include <stdio.h>
#include <string.h>

#include "core/tr.h"
#include "db/journal.h"
#include "terminal/app/json.h"
#include "terminal/flows/refusal_text.h"

/* Is a request of his kept, and the book where it was then? */
static bool is_waited_for(struct db *db, const struct options *o,
	int64_t *actor)
{
	struct journal_head head;
	struct approval a;
	struct err err;
	const bool waits = approvals_kept(db, &a, &err) == LOOKUP_FOUND &&
			   journal_head(db, &head, &err) &&
			   head.last_seq == a.seq &&
			   (o->as == 0 || o->as == a.request.actor);

	*actor = waits ? a.request.actor : 0;
	approvals_clear(&a);
	return waits;
}

bool second_qr_open(const struct options *o, const struct second_words *w,
	struct verb_store *v, enum exit_status *status)
{
	struct options nobody = *o;
	int64_t actor;

	if (!w->answer)
		return verb_open(o, true, v, status);
	nobody.as = 0;
	if (!verb_open(&nobody, false, v, status))
		return false;
	if (is_waited_for(v->db, o, &actor) ? verb_resume(o, v, actor, status)
					    : verb_sign_in(o, v, status))
		return true;
	verb_close(v);
	return false;
}

bool second_qr_kept(struct verb_store *v, const char *answer,
	struct approval *a, struct err *err)
{
	enum lookup got = LOOKUP_ABSENT;

	if (answer)
		got = approvals_kept(v->db, a, err);
	if (got != LOOKUP_FOUND)
		*a = (struct approval){0};
	return got != LOOKUP_FAILED;
}

static bool answered(const struct options *o, struct verb_store *v,
	const struct second_words *w, struct second_qr *q,
	enum exit_status *status)
{
	struct refusal why = {0};
	struct err err = {0};
	enum verdict got = VERDICT_FAILED;

	if (second_qr_kept(v, w->answer, &q->a, &err))
		got = approvals_answer(v->db, &v->session, &q->a, w->answer,
			&q->by, &why, &err);
	if (got == VERDICT_DONE)
		return true;
	approvals_clear(&q->a);
	*status = got == VERDICT_FAILED ? verb_err(o, &err)
					: verb_refusal(o, &why);
	return false;
}

bool second_qr_begin(const struct options *o, struct verb_store *v,
	const struct second_words *w, struct second_qr *q,
	const struct session **by, enum exit_status *status)
{
	struct err err = {0};

	memset(q, 0, sizeof(*q));
	*by = &q->by;
	if (w->answer)
		return answered(o, v, w, q, status);
	if (!w->by_qr) {
		*by = w->by ? &q->by : NULL;
		return verb_second(o, v, w->by, &q->by, status);
	}
	if (approvals_ask(v->db, &v->session, &q->a, &q->by, &err))
		return true;
	*status = verb_err(o, &err);
	return false;
}

enum exit_status second_qr_show(const struct options *o, struct verb_store *v,
	const struct approval *a)
{
	static const struct refusal wanted = {.code = REFUSED_APPROVAL_WANTED};
	char message[512];
	struct err err = {0};
	cJSON *reply;

	if (!approvals_keep(v->db, a, &err))
		return verb_err(o, &err);
	v->stays = true;
	refusal_text(&wanted, message, sizeof(message));
	fprintf(stderr, "%s\n", message);
	if (!o->json)
		printf("%s\n", a->text);
	reply = cJSON_CreateObject();
	cJSON_AddBoolToObject(reply, "ok", false);
	cJSON_AddStringToObject(reply, "code", refusal_code_name(wanted.code));
	cJSON_AddStringToObject(reply, "message", message);
	cJSON_AddStringToObject(reply, "request", a->text);
	return verb_reply(o, reply, EXIT_REFUSED);
}

void second_qr_over(struct verb_store *v, const char *answer,
	struct approval *a)
{
	struct err err;

	/* Cleared by what was done with it: it is good for nothing more. */
	if (answer && !a->asked && !approvals_forget(v->db, &err))
		fprintf(stderr, "(%s)\n", err.text);
	approvals_clear(a);
}

bool second_qr_end(const struct options *o, struct verb_store *v,
	const struct second_words *w, struct second_qr *q, enum verdict *got,
	struct refusal *why, struct err *err, enum exit_status *status)
{
	bool tell = true;

	session_clear(&q->by);
	if (w->answer) {
		*got = approvals_answered(v->db, &q->a, *got, why);
	} else if (w->by_qr) {
		*got = approvals_asked(v->db, &q->a, *got, why, err);
		tell = *got != VERDICT_REFUSED ||
		       why->code != REFUSED_APPROVAL_WANTED;
		if (!tell)
			*status = second_qr_show(o, v, &q->a);
	}
	second_qr_over(v, w->answer, &q->a);
	return tell;
}
