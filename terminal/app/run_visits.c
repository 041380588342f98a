#include "terminal/app/run_visits.h"

#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/crypto.h"
#include "core/log.h"
#include "core/str.h"
#include "db/drafts.h"
#include "db/rounds.h"
#include "db/surveys.h"
#include "terminal/app/run_devices.h"
#include "terminal/app/run_machine.h"
#include "terminal/app/visit_doc.h"

static struct date today(void)
{
	return date_of_ms(clock_wall_ms()).date;
}

static bool no_memory(struct err *err)
{
	return err_set(err, ERR_NO_MEMORY, 0, "a list of visits");
}

/* ---- drafts ---------------------------------------------------------------- */

void run_draft_put(struct ports *p, const struct flow_draft *draft)
{
	if (draft->person == 0 || draft->len > sizeof(p->draft.bytes))
		return;
	p->draft.person = draft->person;
	p->draft.len = draft->len;
	memcpy(p->draft.bytes, draft->bytes, draft->len);
}

void run_draft_flush(struct ports *p)
{
	const bool lost = p->draft.lost;
	struct err err;

	if (p->draft.person == 0)
		return;
	p->draft.lost = false;
	if (p->session.user.number != 0 &&
		!drafts_save(p->db, &p->session, p->draft.person,
			p->draft.bytes, p->draft.len, &err)) {
		log_err("draft", &err);
		p->draft.lost = true;
	}
	p->draft.person = 0;
	crypto_wipe(p->draft.bytes, sizeof(p->draft.bytes));
	p->written = true;
	if (lost != p->draft.lost)
		p->status_due = true;
}

int run_drafts_count(struct ports *p)
{
	struct draft *draft = calloc(DRAFTS_MAX, sizeof(*draft));
	struct err err;
	int count = 0;

	if (draft && !drafts_list(p->db, &p->session, draft, DRAFTS_MAX, &count,
			     &err)) {
		log_err("drafts", &err);
		count = 0;
	}
	free(draft);
	return count;
}

static void take_draft(struct ports *p, int64_t person, struct event *answer)
{
	struct err err;

	answer->kind = EV_DRAFT;
	answer->draft.person = person;
	switch (drafts_get(p->db, &p->session, person, answer->draft.bytes,
		&answer->draft.len, &err)) {
	case LOOKUP_FOUND:
		answer->draft.whole = true;
		break;
	case LOOKUP_ABSENT:
		break;
	case LOOKUP_FAILED:
		if (err.code == ERR_CORRUPT)
			break;
		answer->kind = EV_FAILED;
		answer->err = err;
	}
}

/* ---- pages ------------------------------------------------------------------ */

/* Rows of the whole that stand behind the first so many. */
static int slice(int all, int first, struct visits_page *out)
{
	const int left = all > first ? all - first : 0;

	out->rows = left < FLOW_VISIT_ROWS ? left : FLOW_VISIT_ROWS;
	out->before = first > 0;
	out->after = left > out->rows;
	return out->rows;
}

static bool hamlets(struct ports *p, const struct visits_ask *ask,
	struct visits_page *out, struct err *err)
{
	out->before = ask->first > 0;
	return rounds_hamlets_for(p->db, p->session.user.number, ask->first,
		       out->hamlet, FLOW_VISIT_ROWS, &out->rows, &out->after,
		       err) &&
	       rounds_counts(p->db, "", &out->counts, err);
}

static bool people(struct ports *p, const struct visits_ask *ask,
	struct visits_page *out, struct err *err)
{
	struct round_filter filter = ask->filter;

	filter.query = ask->query;
	return rounds_page(p->db, &p->session, &filter, &ask->from, out->person,
		FLOW_VISIT_ROWS, &out->rows, &out->before, &out->after, err);
}

static bool plan(struct ports *p, const struct visits_ask *ask,
	struct visits_page *out, struct err *err)
{
	struct round_person *all = calloc(ROUND_PLAN_MAX, sizeof(*all));
	bool ok = false;
	int count = 0;

	if (!all)
		return no_memory(err);
	ok = rounds_plan(p->db, &p->session, today(), all, ROUND_PLAN_MAX,
		&count, err);
	if (ok && slice(count, ask->first, out) > 0)
		memcpy(out->person, all + ask->first,
			(size_t)out->rows * sizeof(*all));
	crypto_wipe(all, ROUND_PLAN_MAX * sizeof(*all));
	free(all);
	return ok;
}

/* Who has left the list in between is known by the draft itself. */
static bool draft_row(struct ports *p, const struct draft *d,
	struct round_person *out, struct err *err)
{
	switch (rounds_person(p->db, &p->session, d->person, out, err)) {
	case LOOKUP_FOUND:
		return true;
	case LOOKUP_ABSENT:
		out->id = d->person;
		out->draft = true;
		str_copy(out->name, sizeof(out->name), d->name);
		return true;
	case LOOKUP_FAILED:
		break;
	}
	return false;
}

static bool drafts(struct ports *p, const struct visits_ask *ask,
	struct visits_page *out, struct err *err)
{
	struct draft *all = calloc(DRAFTS_MAX, sizeof(*all));
	bool ok = false;
	int count = 0;

	if (!all)
		return no_memory(err);
	ok = drafts_list(p->db, &p->session, all, DRAFTS_MAX, &count, err);
	slice(count, ask->first, out);
	for (int i = 0; ok && i < out->rows; i++) {
		out->changed[i] = all[ask->first + i].changed;
		ok = draft_row(p, &all[ask->first + i], &out->person[i], err);
	}
	crypto_wipe(all, DRAFTS_MAX * sizeof(*all));
	free(all);
	return ok;
}

static void page(struct ports *p, const struct visits_ask *ask,
	struct event *answer)
{
	struct visits_page *out = &answer->visits;
	struct err err;
	bool ok = false;

	switch (ask->scope) {
	case VISITS_OF_HAMLETS:
		ok = hamlets(p, ask, out, &err);
		break;
	case VISITS_OF_PEOPLE:
		ok = people(p, ask, out, &err);
		break;
	case VISITS_OF_PLAN:
		ok = plan(p, ask, out, &err);
		break;
	case VISITS_OF_DRAFTS:
		ok = drafts(p, ask, out, &err);
		break;
	}
	answer->kind = EV_VISITS;
	if (ok && rounds_today(p->db, p->session.user.number, &out->today,
			  &err)) {
		out->drafts = run_drafts_count(p);
		return;
	}
	answer->kind = EV_FAILED;
	answer->err = err;
}

/* ---- the questionnaire ------------------------------------------------------- */

void run_visits_forget(struct ports *p)
{
	free(p->survey);
	p->survey = NULL;
}

/* NULL: visits go without one. */
static const struct survey *survey(struct ports *p)
{
	struct err err = {.code = ERR_NO_MEMORY, .text = "a questionnaire"};

	if (p->survey)
		return p->survey;
	p->survey = calloc(1, sizeof(*p->survey));
	if (!p->survey || !surveys_in_force(p->db, p->survey, NULL, &err)) {
		log_err("questionnaire", &err);
		run_visits_forget(p);
	}
	return p->survey;
}

/* ---- one person --------------------------------------------------------------- */

static bool place_in_plan(struct ports *p, int64_t person, int *place,
	struct err *err)
{
	struct round_person *all = calloc(ROUND_PLAN_MAX, sizeof(*all));
	int count = 0;
	bool ok;

	if (!all)
		return no_memory(err);
	ok = rounds_plan(p->db, &p->session, today(), all, ROUND_PLAN_MAX,
		&count, err);
	*place = 0;
	for (int i = 0; ok && i < count; i++)
		if (all[i].id == person)
			*place = i + 1;
	crypto_wipe(all, ROUND_PLAN_MAX * sizeof(*all));
	free(all);
	return ok;
}

static void look(struct ports *p, enum lookup got, const struct person *person,
	struct err *err, struct event *answer)
{
	struct visit_seen *out = &answer->visit_look;

	answer->kind = EV_VISIT_LOOK;
	if (got == LOOKUP_ABSENT) {
		answer->kind = EV_NO_PERSON;
		return;
	}
	if (got == LOOKUP_FOUND) {
		out->person = *person;
		out->survey = survey(p);
		if (visits_look(p->db, &p->session, person->id, &out->look,
			    err) &&
			consents_of(p->db, person->id, &out->consent, err) &&
			visits_of(p->db, person->id, out->visit,
				FLOW_VISITS_SEEN, &out->visits, &out->more,
				err) &&
			place_in_plan(p, person->id, &out->planned, err))
			return;
	}
	answer->kind = EV_FAILED;
	answer->err = *err;
}

static void look_for(struct ports *p, const struct effect *fx,
	struct event *answer)
{
	struct person_due due;
	struct err err;
	const enum lookup got =
		fx->kind == FX_VISIT_CARD
			? people_by_card(p->db, &fx->card, &due, &err)
			: people_get(p->db, fx->person, &due, &err);

	look(p, got, &due.person, &err, answer);
	crypto_wipe(&due, sizeof(due));
}

/* ---- the plan of today ----------------------------------------------------------- */

static bool suggest(struct ports *p, struct err *err)
{
	struct round_person *all = calloc(ROUND_PLAN_MAX, sizeof(*all));
	int64_t target = 0;
	int count = 0;
	bool ok;

	if (!all)
		return no_memory(err);
	ok = rounds_target(p->db, &target, err) &&
	     rounds_suggest(p->db, &p->session, today(), all,
		     target < ROUND_PLAN_MAX ? (int)target : ROUND_PLAN_MAX,
		     &count, err);
	for (int i = 0; ok && i < count; i++)
		ok = rounds_plan_add(p->db, &p->session, today(), all[i].id,
			err);
	crypto_wipe(all, ROUND_PLAN_MAX * sizeof(*all));
	free(all);
	return ok;
}

static void change_plan(struct ports *p, const struct effect *fx,
	struct event *answer)
{
	const int64_t person = fx->visit_plan.person;
	struct err err;
	bool ok = false;

	switch (fx->visit_plan.how) {
	case VISIT_PLAN_ADD:
		ok = rounds_plan_add(p->db, &p->session, today(), person, &err);
		break;
	case VISIT_PLAN_REMOVE:
		ok = rounds_plan_remove(p->db, &p->session, today(), person,
			&err);
		break;
	case VISIT_PLAN_MOVE:
		ok = rounds_plan_move(p->db, &p->session, today(), person,
			fx->visit_plan.place, &err);
		break;
	case VISIT_PLAN_SUGGEST:
		ok = suggest(p, &err);
		break;
	}
	p->written = true;
	answer->kind = EV_CONFIRMED;
	if (ok)
		return;
	answer->kind = EV_FAILED;
	answer->err = err;
}

/* ---- the record and its paper ------------------------------------------------------ */

static void record(struct ports *p, const struct effect *fx,
	struct event *answer)
{
	struct refusal why = {0};
	struct err err;

	p->written = true;
	p->status_due = true;
	switch (visits_record(p->db, &p->session, &fx->visit, &answer->visit,
		&why, &err)) {
	case VERDICT_DONE:
		answer->kind = EV_VISIT;
		return;
	case VERDICT_REFUSED:
		answer->kind = EV_REFUSED;
		answer->refusal = why;
		return;
	case VERDICT_FAILED:
		answer->kind = EV_FAILED;
		answer->err = err;
	}
}

static bool make_slip(struct ports *p, uint64_t seq, struct receipt_job *job,
	struct err *err)
{
	struct visit visit;
	struct person_due due;
	bool ok;

	receipt_job_settings(job, p->config);
	ok = visits_get(p->db, seq, &visit, err) == LOOKUP_FOUND &&
	     people_get(p->db, visit.person, &due, err) == LOOKUP_FOUND &&
	     visit_job_make(db_info(p->db), &visit, due.person.name,
		     run_width(p), job, err);
	crypto_wipe(&visit, sizeof(visit));
	crypto_wipe(&due, sizeof(due));
	return ok;
}

static void print(struct ports *p, uint64_t seq)
{
	const struct run_machine_paper paper = {.seq = seq};
	struct receipt_job *job = calloc(1, sizeof(*job));
	struct err err = {.code = ERR_NO_MEMORY, .text = "a visit's slip"};

	if (job && !make_slip(p, seq, job, &err)) {
		free(job);
		job = NULL;
	}
	run_machine_send(p, job, paper, &err);
}

static void drop_draft(struct ports *p, int64_t person, struct event *answer)
{
	struct err err;

	answer->kind = EV_CONFIRMED;
	if (drafts_drop(p->db, &p->session, person, &err))
		return;
	answer->kind = EV_FAILED;
	answer->err = err;
}

bool run_visits(struct ports *p, const struct effect *fx, struct event *answer,
	bool *mine)
{
	*mine = true;
	switch (fx->kind) {
	case FX_DRAFT:
		return false;
	case FX_VISITS:
		page(p, &fx->visits, answer);
		return true;
	case FX_VISIT_LOOK:
	case FX_VISIT_CARD:
		look_for(p, fx, answer);
		return true;
	case FX_VISIT_PLAN:
		change_plan(p, fx, answer);
		return true;
	case FX_VISIT:
		record(p, fx, answer);
		return true;
	case FX_VISIT_SLIP:
		print(p, fx->seq);
		return false;
	case FX_DRAFT_TAKE:
		take_draft(p, fx->person, answer);
		return true;
	case FX_DRAFT_DROP:
		drop_draft(p, fx->person, answer);
		return true;
	default:
		*mine = false;
		return false;
	}
}
