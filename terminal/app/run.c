#include "terminal/app/run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/crash.h"
#include "core/crypto.h"
#include "core/log.h"
#include "core/str.h"
#include "core/tr.h"
#include "db/assigns.h"
#include "db/down.h"
#include "db/drawers.h"
#include "db/faults.h"
#include "db/handover.h"
#include "db/journal.h"
#include "db/lease.h"
#include "db/moved.h"
#include "db/proof.h"
#include "db/settings.h"
#include "db/slips.h"
#include "terminal/app/demo.h"
#include "terminal/app/run_account.h"
#include "terminal/app/run_arrivals.h"
#include "terminal/app/run_carry.h"
#include "terminal/app/run_complaint.h"
#include "terminal/app/run_consent.h"
#include "terminal/app/run_copies.h"
#include "terminal/app/run_devices.h"
#include "terminal/app/run_handover.h"
#include "terminal/app/run_intake.h"
#include "terminal/app/run_lists.h"
#include "terminal/app/run_machine.h"
#include "terminal/app/run_money.h"
#include "terminal/app/run_office.h"
#include "terminal/app/run_recheck.h"
#include "terminal/app/run_setup.h"
#include "terminal/app/run_study.h"
#include "terminal/app/run_team.h"
#include "terminal/app/run_unusual.h"
#include "terminal/app/run_visits.h"
#include "terminal/app/sender.h"
#include "terminal/app/slip_doc.h"

void run_queue(struct ports *p, const struct event *ev)
{
	if (p->queued < RUN_QUEUE)
		p->queue[p->queued++] = *ev;
}

/* ---- what the header shows --------------------------------------------- */

/* How much room there is, as far as the header shows it. */
static bool look_for_room(struct ports *p)
{
	const struct db_room was = p->room;
	struct err err;

	return db_room(p->db, &p->room, &err) &&
	       (p->room.enough != was.enough || p->room.low != was.low ||
		       p->room.read_only != was.read_only);
}

static bool drawer_too_long(const struct ports *p)
{
	return p->drawer_since_ms > 0 && p->config &&
	       p->config->drawer.warn_s > 0 &&
	       clock_ms() - p->drawer_since_ms >
		       p->config->drawer.warn_s * 1000;
}

void run_tick(struct ports *p)
{
	if (look_for_room(p) || drawer_too_long(p) != p->drawer_warned)
		p->status_due = true;
}

/* Who was given to whoever is signed in. */
static bool ask_mine(struct ports *p, struct status *out, struct err *err)
{
	struct assigned a;

	if (p->session.user.number == 0)
		return true;
	if (!assigns_of(p->db, p->session.user.number, &a, err))
		return false;
	out->mine = a.people;
	out->mine_left = a.left;
	return true;
}

/* What the book says of the day. */
static bool ask_book(struct ports *p, struct status *out, struct err *err)
{
	struct journal_counts counts;
	struct journal_clock clock;
	struct lease lease;
	const enum lookup got = shifts_current(p->db, &out->shift, err);

	/* Counting 100,000 people takes longer than painting the first screen,
	 * and whoever has not signed in need not see how far the day is. */
	if (got == LOOKUP_FAILED ||
		(p->session.user.number != 0 &&
			!people_progress(p->db, &out->done, &out->all, err)) ||
		!ask_mine(p, out, err) ||
		!journal_counts(p->db, &counts, err) ||
		!journal_clock(p->db, &clock, err) ||
		!lease_get(p->db, &lease, err) ||
		!down_lists_waiting(p->db, &out->arrived, err))
		return false;
	out->lease_over = lease_is_over(&lease);
	out->lease_soon = lease_ends_soon(&lease);
	out->has_shift = got == LOOKUP_FOUND;
	out->made = counts.made;
	out->sent = counts.sent;
	out->acked = counts.acked;
	out->has_centre = counts.joined;
	out->contact_at = counts.contact_at;
	out->acks = counts.made - counts.acked - counts.waiting;
	out->clock_unsure = clock.behind > 0 || clock.no_day;
	return true;
}

/* Whether the centre answers, and what it said. */
static void say_link(const struct ports *p, struct status *out)
{
	struct sender_shows shows;

	sender_look(p->sender, &shows);
	/* Before the first answer nothing is known of the line. */
	out->link = !p->sender || shows.since == 0 ? LINK_NONE
		    : shows.up                     ? LINK_UP
						   : LINK_DOWN;
	out->link_since = shows.since;
	out->upload = shows.trouble;
}

void run_status(struct ports *p, struct status *out)
{
	struct err err;

	memset(out, 0, sizeof(*out));
	/* "All sent" would be a lie; what was known last is not. */
	if (ask_book(p, out, &err))
		p->known = *out;
	else {
		log_err("status", &err);
		*out = p->known;
	}
	say_link(p, out);
	look_for_room(p);
	out->disk_low = p->room.low;
	out->disk_read_only = p->room.read_only;
	out->disk_full = !p->room.enough && !p->room.read_only;
	out->paper_trouble = p->paper_trouble;
	out->paper_low = p->paper_low;
	p->drawer_warned = drawer_too_long(p);
	out->drawer_open = p->drawer_warned;
	run_devices_status(p, out);
	out->last_receipt = p->last_receipt;
	out->draft_lost = p->draft.lost;
	out->frozen = proof_frozen(p->db) > 0;
	out->moved = moved_state(p->db) == MOVED_AWAY;
	if (!shifts_last_closed(p->db, &out->last_closed, &err))
		log_err("status", &err);
}

bool run_unasked(struct ports *p, struct event *ev)
{
	if (p->queued > 0) {
		*ev = p->queue[0];
		p->queued--;
		memmove(p->queue, p->queue + 1,
			(size_t)p->queued * sizeof(p->queue[0]));
		return true;
	}
	if (!p->status_due)
		return false;
	p->status_due = false;
	memset(ev, 0, sizeof(*ev));
	ev->kind = EV_STATUS;
	ev->at_ms = clock_ms();
	run_status(p, &ev->status);
	return true;
}

/* ---- paper --------------------------------------------------------------- */

/* What the printer did, not what was asked of it wrongly. */
static bool is_printers(enum err_code code)
{
	return code == ERR_TIMEOUT || code == ERR_GONE || code == ERR_IO ||
	       code == ERR_BUSY;
}

/* Its outage is in the book, from the first paper to the next good one. */
static void note_printer(struct ports *p, const struct event *ev)
{
	struct err err;
	bool ok = true;

	if (ev->print.no_printer)
		return;
	if (ev->print.state == PRINT_PRINTED)
		ok = faults_end(p->db, &p->session, FAULT_PRINTER, &err);
	else if (p->paper_trouble && is_printers(ev->print.code))
		ok = faults_begin(p->db, &p->session, FAULT_PRINTER, &err);
	if (!ok)
		log_err("printer's outage", &err);
}

/* The diary beside the book, and the warning. */
static void note_drawer(struct ports *p, const struct event *ev)
{
	struct err err;

	p->drawer_since_ms = ev->drawer.open ? ev->at_ms : 0;
	p->status_due = true;
	if (ev->drawer.open)
		return;
	p->written = true;
	if (!drawers_shut(p->db, ev->drawer.seq, ev->drawer.open_ms, &err))
		log_err("drawer", &err);
}

static void report_paper(struct ports *p, struct event *ev)
{
	struct err err;

	run_no_printer(p, ev);
	p->paper_trouble = ev->print.state == PRINT_FAILED ||
			   ev->print.state == PRINT_UNKNOWN;
	if (ev->print.state != PRINT_PRINTING)
		p->paper_low = ev->print.low;
	p->printer_gone = p->paper_trouble && ev->print.code == ERR_GONE;
	p->status_due = true;
	if (ev->print.state == PRINT_PRINTING || ev->print.no_printer ||
		ev->print.test)
		return;
	p->written = true;
	if (ev->print.copy == 0 &&
		!(ev->print.slip ? slips_print_result
				 : payouts_print_result)(p->db, &p->session,
			ev->print.seq, ev->print.state, &err))
		log_err("print result", &err);
	note_printer(p, ev);
}

bool run_report(struct ports *p, struct event *ev)
{
	if (ev->kind == EV_STUDY)
		return run_study_report(p, ev);
	if (ev->kind == EV_DRAWER)
		note_drawer(p, ev);
	if (ev->kind == EV_PRINT)
		report_paper(p, ev);
	return true;
}

/* Which paper a report is about. */
struct paper {
	uint64_t seq;
	bool slip;
	int copy;
};

static void report(struct ports *p, struct paper paper, enum print_state state,
	enum err_code code)
{
	struct event ev;

	memset(&ev, 0, sizeof(ev));
	ev.kind = EV_PRINT;
	ev.at_ms = clock_ms();
	ev.print.seq = paper.seq;
	ev.print.slip = paper.slip;
	ev.print.copy = paper.copy;
	ev.print.state = state;
	ev.print.code = code;
	/* With workers it belongs to the printer's thread. */
	if (!p->workers)
		printing_says(p->printing, &ev);
	run_report(p, &ev);
	run_queue(p, &ev);
}

/* The original once; everything after it is a numbered copy of the book. */
static bool number_copy(struct ports *p, const struct payout *payout, bool copy,
	int *number, struct err *err)
{
	struct refusal why;
	bool first = false;

	*number = 0;
	if (!copy && !payouts_print_begin(p->db, payout->seq, &first, err))
		return false;
	p->written = true;
	if (first)
		return true;
	switch (payouts_reprint(p->db, &p->session, payout->seq, 1, number,
		&why, err)) {
	case VERDICT_DONE:
		return true;
	case VERDICT_REFUSED:
		return err_set(err, ERR_INVALID, 0, "no copy: %s",
			refusal_code_name(why.code));
	case VERDICT_FAILED:
		break;
	}
	return false;
}

static bool send_job(struct ports *p, struct receipt_job *job, struct err *err)
{
	const struct paper paper = {job->seq, job->slip, job->copy};
	enum print_state state;

	if (p->workers) {
		report(p, paper, PRINT_PRINTING, ERR_NONE);
		return workers_print(p->workers, job, err);
	}
	state = printing_print(p->printing, job, err);
	crash_point("print.sent");
	report(p, paper, state,
		state == PRINT_PRINTED || state == PRINT_NONE ? ERR_NONE
							      : err->code);
	if (state == PRINT_FAILED || state == PRINT_UNKNOWN)
		log_err("print", err);
	free(job);
	return true;
}

/* The job of one paper: number the copy in the book, then make its bytes. */
static bool receipt_job(struct ports *p, const struct effect *fx,
	struct receipt_job *job, struct err *err)
{
	struct payout payout;
	int number = 0;

	if (payouts_get(p->db, fx->print.seq, &payout, err) != LOOKUP_FOUND ||
		!number_copy(p, &payout, fx->print.copy, &number, err))
		return false;
	job->copy = number;
	/* With the original, while the money is not handed over yet. */
	job->kick = number == 0 && payout.state == PAYOUT_PAID;
	receipt_job_settings(job, p->config);
	return receipt_job_make(db_info(p->db), &payout, number, run_width(p),
		job, err);
}

static bool slip_job(struct ports *p, const struct effect *fx,
	struct receipt_job *job, struct err *err)
{
	struct shift_slip slip;
	struct refusal why;
	enum verdict got;
	int number = 0;

	if (slips_get(p->db, fx->slip, &slip, err) != LOOKUP_FOUND)
		return false;
	job->seq = slip.seq;
	p->written = true;
	got = slips_print_begin(p->db, &p->session, slip.seq, &number, &why,
		err);
	if (got == VERDICT_REFUSED)
		err_set(err, ERR_INVALID, 0, "no slip: %s",
			refusal_code_name(why.code));
	job->copy = number;
	receipt_job_settings(job, p->config);
	return got == VERDICT_DONE && slip_job_make(db_info(p->db), &slip,
					      number, run_width(p), job, err);
}

/* A receipt or a Z slip. What became of it is reported in any case. */
static void print(struct ports *p, const struct effect *fx)
{
	const bool slip = fx->kind == FX_SLIP;
	struct receipt_job *job = calloc(1, sizeof(*job));
	struct paper paper = {slip ? 0 : fx->print.seq, slip, 0};
	struct err err = {.code = ERR_NO_MEMORY, .text = "a print job"};

	if (!run_has_printer(p)) {
		report(p, paper, PRINT_NONE, ERR_NONE);
		free(job);
		return;
	}
	crash_point("print.begin");
	if (job) {
		if ((slip ? slip_job : receipt_job)(p, fx, job, &err) &&
			send_job(p, job, &err))
			return;
		paper.seq = job->seq ? job->seq : paper.seq;
		paper.copy = job->copy;
	}
	log_err("print", &err);
	report(p, paper, PRINT_FAILED, err.code);
	free(job);
}

static void preview(struct ports *p, const struct payout *payout,
	struct event *answer)
{
	struct receipt_job *job = calloc(1, sizeof(*job));
	struct err err = {.code = ERR_NO_MEMORY, .text = "a preview"};

	answer->kind = EV_PREVIEW;
	answer->preview.seq = payout->seq;
	str_copy(answer->preview.brief.name, sizeof(answer->preview.brief.name),
		payout->person.name);
	memcpy(answer->preview.brief.code, payout->code, SEAL_CODE_SIZE);
	answer->preview.brief.amount = payout->amount;
	answer->preview.brief.state = payout->state;
	answer->preview.brief.copies = payout->copies;
	memcpy(answer->preview.brief.pad, payout->pad, PAYOUT_PAD_SIZE);
	if (job)
		receipt_job_settings(job, p->config);
	if (!job ||
		!receipt_job_make(db_info(p->db), payout, 0, run_width(p), job,
			&err) ||
		!receipt_job_text(job, answer->preview.text, FLOW_PREVIEW_SIZE,
			&err)) {
		answer->kind = EV_FAILED;
		answer->err = err;
	}
	free(job);
}

static void evidence(struct ports *p, const char *text, struct event *answer)
{
	struct err err;

	p->written = true;
	p->status_due = true;
	answer->kind = EV_EVIDENCE;
	if (proof_take(p->db, &p->session, NULL, text, &answer->evidence, &err))
		return;
	answer->kind = EV_FAILED;
	answer->err = err;
}

static void show_receipt(struct ports *p, const struct effect *fx,
	struct event *answer)
{
	struct payout payout;
	struct err err;
	const enum lookup got =
		fx->receipt.seq > 0
			? payouts_get(p->db, fx->receipt.seq, &payout, &err)
			: payouts_by_code(p->db, fx->receipt.code, &payout,
				  &err);

	/* A receipt of our own that the book lacks stops the terminal. */
	if (got != LOOKUP_FAILED && str_starts(fx->receipt.code, "CV1:")) {
		evidence(p, fx->receipt.code, answer);
		if (answer->kind == EV_FAILED)
			return;
	}
	switch (got) {
	case LOOKUP_FOUND:
		preview(p, &payout, answer);
		return;
	case LOOKUP_ABSENT:
		answer->kind = EV_NO_RECEIPT;
		return;
	case LOOKUP_FAILED:
		answer->kind = EV_FAILED;
		answer->err = err;
	}
}

/* ---- people ----------------------------------------------------------------- */

/* The payment a person had last, for "paid already: when, where, by whom". */
static void fill_prior(struct ports *p, uint64_t seq, struct refusal_prior *out)
{
	struct payout last;
	struct err err;

	if (seq == 0 || payouts_get(p->db, seq, &last, &err) != LOOKUP_FOUND)
		return;
	out->seq = last.seq;
	out->t = last.t;
	out->actor = last.actor;
	str_copy(out->actor_name, sizeof(out->actor_name), last.actor_name);
	str_copy(out->point, sizeof(out->point), db_info(p->db)->name);
	memcpy(out->receipt, last.code, sizeof(out->receipt));
	out->amount = last.amount;
	out->period = last.period;
}

/* Where the first of what is due went that is another terminal's to pay. */
static void fill_away(struct ports *p, const struct person_due *due,
	struct refusal_prior *out)
{
	struct refusal_prior away;
	struct err err;

	for (int i = 0; i < due->items; i++) {
		if (!due->item[i].away || due->item[i].paid_seq)
			continue;
		if (handover_prior(p->db, due->item[i].away, &away, &err) ==
			LOOKUP_FOUND)
			*out = away;
		return;
	}
}

/* Of nobody's, one's own, and what cannot be read nothing is said. */
static void fill_whose(struct ports *p, int64_t person, char *out, size_t size)
{
	struct assigned a;
	struct err err;

	if (assigns_person(p->db, person, &a, &err) == LOOKUP_FOUND &&
		a.user != p->session.user.number && !a.out)
		str_copy(out, size, a.name);
}

static void answer_person(struct ports *p, enum lookup got,
	const struct err *err, struct event *answer)
{
	switch (got) {
	case LOOKUP_FAILED:
		answer->kind = EV_FAILED;
		answer->err = *err;
		return;
	case LOOKUP_ABSENT:
		answer->kind = EV_NO_PERSON;
		return;
	case LOOKUP_FOUND:
		break;
	}
	answer->kind = EV_PERSON;
	payouts_uid(answer->person.uid);
	fill_prior(p, answer->person.due.last_seq, &answer->person.prior);
	fill_whose(p, answer->person.due.person.id, answer->person.whose,
		sizeof(answer->person.whose));
	if (answer->person.due.due == 0)
		fill_away(p, &answer->person.due, &answer->person.prior);
}

static void find(struct ports *p, const char *query, struct event *answer)
{
	struct err err;

	answer->kind = EV_FOUND;
	if (people_find(p->db, query, answer->found.row, FLOW_MAX_FOUND,
		    &answer->found.count, &answer->found.more, &err))
		return;
	answer->kind = EV_FAILED;
	answer->err = err;
}

/* ---- who works ---------------------------------------------------------------- */

static void sign_in(struct ports *p, struct effect *fx, struct event *answer)
{
	struct sign_in_result result = {0};
	struct err err;
	const enum sign_in got = users_sign_in(p->db, fx->sign_in.number,
		fx->sign_in.pin, &p->session, &result, &err);

	p->written = true;
	p->status_due = true;
	if (got == SIGN_IN_DONE) {
		answer->kind = EV_SIGNED_IN;
		answer->user = p->session.user;
		if (!settings_typing(p->db, answer->user.number,
			    &answer->typing, &err))
			log_err("sign in", &err);
		if (!settings_tour(p->db, answer->user.number, &answer->tour,
			    &err))
			log_err("sign in", &err);
		answer->drafts = run_drafts_count(p);
		run_visits_forget(p);
		/* Now, so that the first search need not wait for it. */
		if (!people_prepare(p->db, &err))
			log_err("sign in", &err);
	} else if (got == SIGN_IN_FAILED) {
		answer->kind = EV_FAILED;
		answer->err = err;
	} else {
		answer->kind = EV_SIGN_IN_REFUSED;
		answer->sign_in.how = got;
		answer->sign_in.tries_left = result.tries_left;
		answer->sign_in.wait_seconds = result.wait_seconds;
	}
}

static void sign_out(struct ports *p)
{
	struct err err;

	run_study_forget(p);
	if (p->session.user.number != 0 &&
		!users_sign_out(p->db, &p->session, &err))
		log_err("sign out", &err);
	session_clear(&p->session);
	p->status_due = true;
}

/* Not kept is no trouble for today: it is chosen again after a restart. */
static void keep_typing(struct ports *p, enum telex_method method)
{
	struct err err;

	p->written = true;
	if (p->session.user.number != 0 &&
		!settings_set_typing(p->db, p->session.user.number, method,
			&err))
		log_err("settings", &err);
}

/* Nor is this: a lesson is learned again. */
static void keep_tour(struct ports *p, const struct settings_tour *tour)
{
	struct err err;

	p->written = true;
	if (p->session.user.number != 0 &&
		!settings_set_tour(p->db, p->session.user.number, tour, &err))
		log_err("settings", &err);
}

/* ---- the next card of the demo ------------------------------------------------ */

static void demo_scan(struct ports *p, bool marks)
{
	int *const next = marks ? &p->next_marks : &p->next_card;
	char path[600];
	struct err err = {.code = ERR_GONE, .text = "no card images"};

	if (p->cards && p->workers &&
		((marks && demo_card_marks(p->cards, *next, path,
				   sizeof(path))) ||
			demo_card(p->cards, *next, path, sizeof(path))) &&
		workers_scan(p->workers, path, &err)) {
		*next += 1;
		return;
	}
	log_err("demo scan", &err);
}

/* ---- all effects ---------------------------------------------------------------- */

static bool run_people(struct ports *p, struct effect *fx, struct event *answer)
{
	struct err err;

	switch (fx->kind) {
	case FX_FIND:
		find(p, fx->query, answer);
		return true;
	case FX_PERSON:
		answer_person(p,
			people_get(p->db, fx->person, &answer->person.due,
				&err),
			&err, answer);
		return true;
	case FX_CARD:
		answer_person(p,
			people_by_card(p->db, &fx->card, &answer->person.due,
				&err),
			&err, answer);
		return true;
	default:
		return false;
	}
}

static bool run_program(struct ports *p, struct effect *fx,
	struct event *answer)
{
	switch (fx->kind) {
	case FX_SIGN_IN:
		sign_in(p, fx, answer);
		return true;
	case FX_SIGN_OUT:
		sign_out(p);
		return false;
	case FX_PRINT:
	case FX_SLIP:
		print(p, fx);
		return false;
	case FX_EVIDENCE:
		evidence(p, fx->paper, answer);
		return true;
	case FX_RECEIPT:
		show_receipt(p, fx, answer);
		return true;
	case FX_DEMO_SCAN:
		demo_scan(p, fx->other_marks);
		return false;
	case FX_LANGUAGE:
		tr_set_lang(strcmp(tr_lang(), "vi") == 0 ? "en" : "vi");
		return false;
	case FX_TYPING:
		keep_typing(p, fx->typing);
		return false;
	case FX_TOUR:
		keep_tour(p, &fx->tour);
		return false;
	case FX_SEND:
		sender_hurry(p->sender);
		return false;
	case FX_TRAINING:
		p->other_store = true;
		p->quit = true;
		return false;
	case FX_QUIT:
		p->quit = true;
		return false;
	default:
		return false;
	}
}

bool run_effect(struct ports *p, struct effect *fx, struct event *answer)
{
	bool answered;
	bool mine;

	memset(answer, 0, sizeof(*answer));
	run_draft_put(p, &fx->draft);
	if (fx->kind != FX_DRAFT)
		run_draft_flush(p);
	answered = run_visits(p, fx, answer, &mine);
	if (!mine)
		answered = run_study(p, fx, answer, &mine);
	if (!mine)
		answered = run_machine(p, fx, answer, &mine);
	if (!mine)
		answered = run_recheck(p, fx, answer, &mine);
	if (!mine)
		answered = run_setup(p, fx, answer, &mine);
	if (!mine)
		answered = run_copies(p, fx, answer, &mine);
	if (!mine)
		answered = run_complaint(p, fx, answer, &mine);
	if (!mine)
		answered = run_account(p, fx, answer, &mine);
	if (!mine)
		answered = run_consent(p, fx, answer, &mine);
	if (!mine)
		answered =
			run_people(p, fx, answer) || run_money(p, fx, answer) ||
			run_office(p, fx, answer) || run_team(p, fx, answer) ||
			run_carry(p, fx, answer) ||
			run_handover(p, fx, answer) ||
			run_unusual(p, fx, answer) ||
			run_arrivals(p, fx, answer) ||
			run_lists(p, fx, answer) || run_intake(p, fx, answer) ||
			run_program(p, fx, answer);
	/* Nobody waits for ever for what is not carried out here. */
	if (!answered && flow_is_answered(fx->kind)) {
		answer->kind = EV_FAILED;
		err_set(&answer->err, ERR_INVALID, 0, "effect %d is nobody's",
			fx->kind);
		answered = true;
	}
	/* PINs are in some effects; none is needed any more. */
	crypto_wipe(fx, sizeof(*fx));
	answer->at_ms = clock_ms();
	if (answered && answer->kind == EV_FAILED)
		log_err("effect", &answer->err);
	return answered;
}
