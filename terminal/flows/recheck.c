#include "terminal/flows/recheck.h"

#include <stdio.h>
#include <string.h>

#include "core/date.h"
#include "core/str.h"
#include "core/tr.h"
#include "terminal/flows/dash.h"
#include "terminal/flows/err_text.h"
#include "terminal/flows/refusal_text.h"

enum {
	FIRST_NUMBER = -1000001,
	WHEN_DIGITS = 8,
	SHIFT_DIGITS = 4, /* more are a month, or a day */
	MANY_DIGITS = 3,
	AMOUNT_DIGITS = 11
};

static const struct effect nothing = {.kind = FX_NONE};

/* ---- asking ------------------------------------------------------------------ */

/* Far below those of the board, the papers, the lists. */
static int next_number(int number)
{
	return number ? number - 2 : FIRST_NUMBER;
}

static struct effect ask(struct recheck *r, enum effect_kind kind,
	enum recheck_step step)
{
	struct effect fx = effect_of(kind);

	r->working = true;
	r->done = 0;
	r->all = 0;
	r->first = 0;
	r->step = step;
	fx.study.number = r->number = next_number(r->number);
	return fx;
}

/* Of a draw, seq 0: the list of them alone. What was there goes with it. */
static struct effect look(struct recheck *r, uint64_t seq)
{
	struct effect fx;

	r->told = NULL;
	r->left_only = false;
	fx = ask(r, FX_RECHECK, seq ? RECHECK_LOADING : RECHECK_LISTING);
	fx.study.draw = seq;
	return fx;
}

struct effect recheck_start(struct recheck *r)
{
	const int number = r->number;

	memset(r, 0, sizeof(*r));
	r->number = number;
	return look(r, 0);
}

void recheck_again(struct recheck *r)
{
	r->want = RECHECK_WANTS_NOTHING;
}

static struct effect slip(struct recheck *r)
{
	struct effect fx = effect_of(FX_RECHECK_SLIP);

	fx.seed.seq = r->drawn.seq;
	fx.seed.again = r->again;
	r->paper = (struct pay_paper){.state = PRINT_PRINTING};
	r->step = RECHECK_PRINTING;
	return fx;
}

/* ---- what comes by itself ---------------------------------------------------- */

static void say_failed(struct recheck *r, const struct event *ev)
{
	const struct refusal why = {.code = ev->study.why};
	char text[REFUSAL_TEXT_SIZE];

	if (ev->study.why == REFUSED_NOT_FOUND) {
		notice_say(&r->notice, NOTICE_WARN, "%s",
			tr("Nothing was paid then."));
	} else if (ev->study.why != REFUSED_NOT) {
		refusal_text(&why, text, sizeof(text));
		notice_say(&r->notice, NOTICE_WARN, "%s", text);
	} else {
		notice_say(&r->notice, NOTICE_WARN, "%s",
			err_text(ev->study.code, r->step == RECHECK_DRAWING
							 ? ERR_WHILE_WRITING
							 : ERR_WHILE_READING));
	}
}

static struct effect take_told(struct recheck *r, const struct event *ev)
{
	r->told = ev->study.recheck;
	switch (r->step) {
	case RECHECK_DRAWING:
		r->drawn = r->told->drawn;
		r->again = false;
		return slip(r);
	case RECHECK_LOADING:
		r->drawn = r->told->drawn;
		r->step = RECHECK_SHOWN;
		break;
	default:
		r->step = RECHECK_DRAWS;
		break;
	}
	return nothing;
}

static struct effect on_study(struct recheck *r, const struct event *ev)
{
	if (ev->study.number != r->number || !r->working)
		return nothing;
	switch (ev->study.state) {
	case STUDY_RUNS:
		r->done = ev->study.done;
		r->all = ev->study.all;
		break;
	case STUDY_DONE:
		r->working = false;
		return take_told(r, ev);
	case STUDY_FAILED:
		r->working = false;
		say_failed(r, ev);
		r->step = r->step == RECHECK_DRAWING ? RECHECK_WHEN
						     : RECHECK_FAILED;
		if (r->step == RECHECK_WHEN)
			entry_init(&r->typed, ENTRY_NUMBER, WHEN_DIGITS);
		break;
	}
	return nothing;
}

/* What is on its way is not wanted any more. */
static struct effect give_up(struct recheck *r)
{
	r->working = false;
	r->number = next_number(r->number);
	if (r->step != RECHECK_DRAWING) {
		r->want = RECHECK_WANTS_NOTHING;
		return effect_of(FX_LEAVE);
	}
	r->step = RECHECK_WHEN;
	entry_init(&r->typed, ENTRY_NUMBER, WHEN_DIGITS);
	return effect_of(FX_STUDY_END);
}

bool recheck_is_slip(const struct recheck *r, const struct event *ev)
{
	return ev->kind == EV_PRINT && ev->print.test && r->drawn.seq != 0 &&
	       ev->print.seq == r->drawn.seq;
}

static void on_slip(struct recheck *r, const struct event *ev)
{
	if (ev->print.state == PRINT_PRINTING)
		return;
	r->paper = pay_paper_of(ev);
	r->again = r->again || ev->print.state != PRINT_FAILED;
	if (r->step == RECHECK_PRINTING)
		r->step = RECHECK_SEED;
}

void recheck_paper_text(const struct recheck *r, struct notice *state,
	struct notice *cure)
{
	notice_clear(state);
	notice_clear(cure);
	switch (r->paper.state) {
	case PRINT_PRINTED:
		notice_say(state, NOTICE_NOTE, "%s", tr("SEED PRINTED"));
		notice_say(cure, NOTICE_NOTE, "%s",
			tr("Keep the slip with the papers of the check."));
		return;
	case PRINT_NONE:
		return;
	case PRINT_PRINTING:
	case PRINT_FAILED:
	case PRINT_UNKNOWN:
		break;
	}
	if (r->paper.no_printer) {
		notice_say(state, NOTICE_WARN, "%s", tr("SEED NOT PRINTED"));
		notice_say(cure, NOTICE_WARN, "%s",
			tr("No printer is ready: write the seed down before "
			   "you look at the receipts."));
		return;
	}
	notice_say(state, NOTICE_WARN, "%s", tr("SEED NOT PRINTED TO THE END"));
	pay_paper_cure(&r->paper, "", cure);
}

/* ---- a new draw -------------------------------------------------------------- */

/* "05122026": "2026-12-05"; "122026": "2026-12"; "12": shift 12; "": today. */
static bool read_when(const char *text, char out[FLOW_WHEN_SIZE])
{
	char iso[DATE_TEXT_SIZE];
	struct date day;
	int32_t period;
	int64_t shift;

	if (strlen(text) <= SHIFT_DIGITS) {
		str_copy(out, FLOW_WHEN_SIZE, text);
		return !*text || str_to_int(text, 1, 9999, &shift);
	}
	if (strlen(text) == WHEN_DIGITS && date_parse(text, &day))
		str_copy(out, FLOW_WHEN_SIZE, date_iso(day, iso));
	else if (strlen(text) < WHEN_DIGITS && dash_read_month(text, &period))
		str_copy(out, FLOW_WHEN_SIZE, period_iso(period, iso));
	else
		return false;
	return true;
}

static struct effect on_when(struct recheck *r, const struct event *ev)
{
	if (ev->kind != EV_KEY || ev->key == '#')
		return nothing;
	switch (entry_key(&r->typed, ev->key)) {
	case ENTRY_ACCEPTED:
		if (!read_when(r->typed.text, r->when)) {
			notice_say(&r->notice, NOTICE_WARN, "%s",
				tr("This is no day, month or shift: type 05 12"
				   " 2026, or 12 2026, or 12."));
			break;
		}
		entry_init(&r->typed, ENTRY_NUMBER, MANY_DIGITS);
		r->step = RECHECK_MANY;
		break;
	case ENTRY_CANCELLED:
		r->step = RECHECK_DRAWS;
		break;
	case ENTRY_IGNORED:
	case ENTRY_CHANGED:
	case ENTRY_FULL:
		break;
	}
	return nothing;
}

static struct effect on_many(struct recheck *r, const struct event *ev)
{
	struct effect fx;
	long long many;

	if (ev->kind != EV_KEY || ev->key == '#')
		return nothing;
	switch (entry_key(&r->typed, ev->key)) {
	case ENTRY_ACCEPTED:
		many = *r->typed.text ? entry_number(&r->typed) : RECHECK_USUAL;
		if (many < 1 || many > SAMPLES_MAX) {
			notice_say(&r->notice, NOTICE_WARN, "%s",
				tr("From 1 to 200 receipts can be drawn."));
			break;
		}
		fx = ask(r, FX_RECHECK_DRAW, RECHECK_DRAWING);
		fx.drop_keys = true;
		fx.study.many = (int)many;
		str_copy(fx.study.when, sizeof(fx.study.when), r->when);
		return fx;
	case ENTRY_CANCELLED:
		entry_init(&r->typed, ENTRY_NUMBER, WHEN_DIGITS);
		r->step = RECHECK_WHEN;
		break;
	case ENTRY_IGNORED:
	case ENTRY_CHANGED:
	case ENTRY_FULL:
		break;
	}
	return nothing;
}

/* ---- draws ------------------------------------------------------------------- */

static struct effect on_draws(struct recheck *r, int key)
{
	const int draws = r->told ? r->told->draws : 0;
	int row = -1;

	switch (key) {
	case '0':
		r->want = RECHECK_WANTS_NOTHING;
		return effect_of(FX_LEAVE);
	case '7':
		entry_init(&r->typed, ENTRY_NUMBER, WHEN_DIGITS);
		r->step = RECHECK_WHEN;
		return nothing;
	case '.':
		r->first += RECHECK_PAGE;
		if (r->first >= draws)
			r->first = 0;
		return nothing;
	case K_ACCEPT:
		row = 0;
		break;
	default:
		if (key >= '1' && key < '1' + RECHECK_PAGE)
			row = key - '1';
	}
	if (row < 0 || r->first + row >= draws)
		return nothing;
	r->again = true;
	return look(r, r->told->draw[r->first + row].seq);
}

/* ---- receipts ---------------------------------------------------------------- */

static struct effect on_seed(struct recheck *r, int key)
{
	switch (key) {
	case K_ACCEPT:
		/* Those of another time are here already. */
		if (r->told && r->told->count > 0 &&
			r->told->drawn.seq == r->drawn.seq) {
			r->step = RECHECK_SHOWN;
			return nothing;
		}
		return look(r, r->drawn.seq);
	case '5':
		return slip(r);
	case '0':
		return look(r, 0);
	default:
		return nothing;
	}
}

static struct effect on_shown(struct recheck *r, int key)
{
	int row = -1;

	switch (key) {
	case '0':
		return look(r, 0);
	case '.':
		r->first += RECHECK_PAGE;
		if (r->first >= recheck_rows(r))
			r->first = 0;
		break;
	case '7':
		r->left_only = !r->left_only;
		r->first = 0;
		break;
	case '8':
		r->paper = (struct pay_paper){.state = PRINT_NONE};
		r->step = RECHECK_SEED;
		break;
	case '9':
		r->want = RECHECK_WANTS_FILES;
		return effect_of(FX_LEAVE);
	case K_ACCEPT:
		row = 0;
		break;
	default:
		if (key >= '1' && key < '1' + RECHECK_PAGE)
			row = key - '1';
	}
	if (row >= 0 && recheck_row(r, r->first + row) >= 0) {
		r->at = recheck_row(r, r->first + row);
		r->step = RECHECK_ONE;
	}
	return nothing;
}

static void begin_word(struct recheck *r, enum sample_said said)
{
	r->word = (struct sample_word){.pay = r->told->item[r->at].pay,
		.said = said,
		.amount = -1};
	r->step = said == SAMPLE_DIFFERS ? RECHECK_AMOUNT : RECHECK_WHY;
	entry_init(&r->typed, ENTRY_NUMBER, AMOUNT_DIGITS);
}

static struct effect on_one(struct recheck *r, int key)
{
	switch (key) {
	case '1':
		begin_word(r, SAMPLE_CONFIRMED);
		break;
	case '2':
		begin_word(r, SAMPLE_NOT_REACHED);
		break;
	case '3':
		begin_word(r, SAMPLE_DIFFERS);
		break;
	case '4':
		begin_word(r, SAMPLE_NOT_RECEIVED);
		break;
	case '.':
		r->at = (r->at + 1) % r->told->count;
		break;
	case '0':
		r->step = RECHECK_SHOWN;
		break;
	default:
		break;
	}
	return nothing;
}

static struct effect on_amount(struct recheck *r, const struct event *ev)
{
	const struct sample_item *it = &r->told->item[r->at];

	if (ev->kind != EV_KEY || ev->key == '#')
		return nothing;
	switch (entry_key(&r->typed, ev->key)) {
	case ENTRY_ACCEPTED:
		if (!*r->typed.text)
			break;
		if (entry_number(&r->typed) == it->amount) {
			notice_say(&r->notice, NOTICE_WARN, "%s",
				tr("That is the amount of the receipt: go back "
				   "and press 1."));
			break;
		}
		r->word.amount = entry_number(&r->typed);
		r->step = RECHECK_WHY;
		break;
	case ENTRY_CANCELLED:
		r->step = RECHECK_ONE;
		break;
	case ENTRY_IGNORED:
	case ENTRY_CHANGED:
	case ENTRY_FULL:
		break;
	}
	return nothing;
}

static struct effect on_why(struct recheck *r, int key)
{
	enum sample_note note[RECHECK_NOTES];
	struct effect fx = effect_of(FX_RECHECK_SAID);

	if (key == '0')
		r->step = RECHECK_ONE;
	if (key < '1' || key >= '1' + RECHECK_NOTES)
		return nothing;
	recheck_notes(r->word.said, note);
	r->word.note = note[key - '1'];
	fx.said.draw = r->drawn;
	fx.said.word = r->word;
	r->step = RECHECK_SAYING;
	return fx;
}

/* The newest word counts. */
static void take_word(struct recheck *r, const struct event *ev)
{
	struct sample_item *it = &r->told->item[r->at];

	it->said = r->word.said;
	it->said_amount = r->word.amount;
	it->note = r->word.note;
	it->said_at = ev->said.t;
	it->caller = ev->said.caller;
	str_copy(it->caller_name, sizeof(it->caller_name),
		ev->said.caller_name);
	it->tries++;
	if (r->first >= recheck_rows(r))
		r->first = 0;
	notice_say(&r->notice, NOTICE_NOTE, tr("Noted: receipt %s"), it->code);
	r->step = RECHECK_SHOWN;
}

static struct effect on_saying(struct recheck *r, const struct event *ev)
{
	char text[REFUSAL_TEXT_SIZE];

	switch (ev->kind) {
	case EV_RECHECK_SAID:
		take_word(r, ev);
		break;
	case EV_REFUSED:
		refusal_text(&ev->refusal, text, sizeof(text));
		notice_say(&r->notice, NOTICE_WARN, "%s", text);
		r->step = RECHECK_ONE;
		break;
	case EV_FAILED:
		notice_say(&r->notice, NOTICE_STOP, "%s",
			tr("Not known whether it is in the book. Noting it "
			   "once more does no harm."));
		r->step = RECHECK_WHY;
		break;
	default:
		break;
	}
	return nothing;
}

/* ---- all --------------------------------------------------------------------- */

static struct effect on_busy(struct recheck *r, int key)
{
	return key == '0' ? give_up(r) : nothing;
}

static struct effect on_printing(struct recheck *r, int key)
{
	return key == '0' ? look(r, 0) : nothing;
}

static struct effect on_failed(struct recheck *r, int key)
{
	if (key == '1')
		return look(r, r->drawn.seq);
	if (key != '0')
		return nothing;
	r->want = RECHECK_WANTS_NOTHING;
	return effect_of(FX_LEAVE);
}

struct effect recheck_handle(struct recheck *r, const struct event *ev)
{
	static struct effect (
			*const on_key[RECHECK_STEP_COUNT])(struct recheck * r,
		int key) = {
		[RECHECK_LISTING] = on_busy,
		[RECHECK_DRAWS] = on_draws,
		[RECHECK_DRAWING] = on_busy,
		[RECHECK_PRINTING] = on_printing,
		[RECHECK_SEED] = on_seed,
		[RECHECK_LOADING] = on_busy,
		[RECHECK_SHOWN] = on_shown,
		[RECHECK_ONE] = on_one,
		[RECHECK_WHY] = on_why,
		[RECHECK_FAILED] = on_failed,
	};
	size_t count;
	const struct binding *b = recheck_bindings(r, &count);

	if (ev->kind == EV_STUDY)
		return on_study(r, ev);
	if (recheck_is_slip(r, ev)) {
		on_slip(r, ev);
		return nothing;
	}
	if (ev->kind == EV_KEY)
		notice_clear(&r->notice);
	if (r->step == RECHECK_WHEN)
		return on_when(r, ev);
	if (r->step == RECHECK_MANY)
		return on_many(r, ev);
	if (r->step == RECHECK_AMOUNT)
		return on_amount(r, ev);
	if (r->step == RECHECK_SAYING)
		return on_saying(r, ev);
	return on_key[r->step](r, binding_key(b, count, ev));
}
