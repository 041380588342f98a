#include "terminal/flows/papers_internal.h"

#include <string.h>

#include "core/codec/paper_grid.h"
#include "core/date.h"
#include "core/str.h"
#include "core/tr.h"
#include "terminal/flows/dash.h"
#include "terminal/flows/err_text.h"
#include "terminal/flows/refusal_text.h"

static const struct binding choose_keys[] = {
	{'1', "1", TR("Form A: payment without cash"), TR("Form A"), false},
	{'2', "2", TR("Form B: people with merit"), TR("Form B"), false},
	{'3', "3", TR("Payment list to be signed"), TR("Payment list"), false},
	{'4', "4", TR("Who has not collected"), TR("Not collected"), false},
	{'5', "5", TR("Who came, left, was altered"), TR("Changes"), false},
	{'6', "6", TR("Who needs a card or papers of birth"),
		TR("Without card"), false},
	{'7', "7", TR("Settlement of the list"), TR("Settlement"), false},
	{'8', "8", TR("Daily log: payments of a day"), TR("Daily log"), false},
	{'9', "9", TR("Accounts that wait for the bank's check"),
		TR("For the bank"), false},
	{'0', "0", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding month_keys[] = {
	{K_DIGITS, "0-9", TR("Month and year: 12 2026"), TR("Month"), false},
	{K_ACCEPT, "ENTER", TR("Show it; empty: the newest list"), TR("Show"),
		false},
	{K_ERASE, "<-", TR("Erase"), NULL, false},
	{K_BACK, "Esc", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding day_keys[] = {
	{K_DIGITS, "0-9", TR("Day, month, year: 05 12 2026; or a month"),
		TR("Day"), false},
	{K_ACCEPT, "ENTER", TR("Show it; empty: today"), TR("Show"), false},
	{K_ERASE, "<-", TR("Erase"), NULL, false},
	{K_BACK, "Esc", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding busy_keys[] = {
	{'0', "0", TR("Stop, and go back"), TR("Stop"), false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding shown_keys[] = {
	{K_ACCEPT, "ENTER", TR("This row, all of it"), TR("Row"), false},
	{'1', "1", TR("Write it into files: PDF, workbook, CSV"), TR("Files"),
		BINDING_NEEDS(ACT_EXPORT)},
	{'2', "2", TR("Row up"), TR("Up"), false},
	{'8', "8", TR("Row down"), TR("Down"), false},
	{'4', "4", TR("Columns to the left"), TR("Leftward"), false},
	{'6', "6", TR("Columns to the right"), TR("Rightward"), false},
	{'.', ".", TR("Further rows"), TR("Further"), false},
	{'5', "5", TR("To the first row"), TR("Top row"), false},
	{K_UP, "up", TR("Up"), NULL, false},
	{K_DOWN, "down", TR("Down"), NULL, false},
	{'0', "0", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding row_keys[] = {
	{'.', ".", TR("Further columns"), TR("Further"), false},
	{'2', "2", TR("Row up"), TR("Up"), false},
	{'8', "8", TR("Row down"), TR("Down"), false},
	{K_UP, "up", TR("Up"), NULL, false},
	{K_DOWN, "down", TR("Down"), NULL, false},
	{'0', "0", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding path_keys[] = {
	{K_LETTERS, "a-z", TR("Folder and name of the file"), TR("File"),
		false},
	{K_DIGITS, "0-9", TR("Digits"), NULL, false},
	{K_ACCEPT, "ENTER", TR("Write the files"), TR("Write"), true},
	{K_ERASE, "<-", TR("Erase"), NULL, false},
	{K_ERASE_WORD, "Del", TR("Erase the whole word (or press * twice)"),
		TR("Erase word"), false},
	{K_BACK, "Esc", TR("Back"), NULL, false},
	{'*', "*", TR("More"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding written_keys[] = {
	{K_ACCEPT, "ENTER", TR("Done"), NULL, true},
	{'0', "0", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};

#define ROWS(table)                                          \
	do {                                                 \
		*count = sizeof(table) / sizeof((table)[0]); \
		return table;                                \
	} while (0)

const struct binding *papers_bindings(enum papers_step step, size_t *count)
{
	switch (step) {
	case PAPERS_CHOOSE:
		ROWS(choose_keys);
	case PAPERS_UNIT:
		return papers_unit_bindings(count);
	case PAPERS_MONTH:
		ROWS(month_keys);
	case PAPERS_DAY:
		ROWS(day_keys);
	case PAPERS_COUNTING:
	case PAPERS_MAKING:
	case PAPERS_WRITING:
		ROWS(busy_keys);
	case PAPERS_SHOWN:
		ROWS(shown_keys);
	case PAPERS_ROW:
		ROWS(row_keys);
	case PAPERS_PATH:
		ROWS(path_keys);
	case PAPERS_WRITTEN:
		ROWS(written_keys);
	case PAPERS_PLACE:
	case PAPERS_STEP_COUNT:
		break;
	}
	*count = 0;
	return NULL;
}

const char *papers_name(enum flow_paper which)
{
	return which == FLOW_PAPER_SAMPLE ? tr("Sample check")
					  : tr(choose_keys[which].brief);
}

static void begin(struct papers *p)
{
	const int number = p->number;

	memset(p, 0, sizeof(*p));
	/* Odd ones, as those of the board are even. */
	p->number = number | 1;
}

struct effect papers_start(struct papers *p)
{
	begin(p);
	return papers_count_units(p);
}

int papers_stay(const struct papers *p)
{
	const int columns = p->grid ? paper_grid_columns(p->grid) : 0;

	return columns > 2 ? 2 : columns;
}

static struct effect ask(struct papers *p, enum effect_kind kind)
{
	struct effect fx = effect_of(kind);

	p->working = true;
	p->unit.counting = false;
	p->done = 0;
	p->all = 0;
	fx.study.number = p->number += 2;
	fx.study.paper = p->which;
	fx.study.period = kind == FX_PAPER ? p->period : p->shown;
	fx.study.draw = p->draw;
	str_copy(fx.study.unit, sizeof(fx.study.unit), papers_unit(p));
	if (kind == FX_PAPER_WRITE)
		str_copy(fx.study.path, sizeof(fx.study.path), p->path.text);
	return fx;
}

/* What is on its way is not wanted any more. */
static struct effect give_up(struct papers *p, enum papers_step back)
{
	p->step = back;
	p->working = false;
	p->unit.counting = false;
	p->number += 2;
	if (back == PAPERS_CHOOSE)
		p->grid = NULL;
	return effect_of(back == PAPERS_CHOOSE ? FX_STUDY_STOP : FX_STUDY_END);
}

/* ---- what comes by itself -------------------------------------------------- */

static void say_failed(struct papers *p, const struct event *ev)
{
	const struct refusal why = {.code = ev->study.why};
	char text[REFUSAL_TEXT_SIZE];

	if (ev->study.why != REFUSED_NOT) {
		refusal_text(&why, text, sizeof(text));
		notice_say(&p->notice, NOTICE_WARN, "%s", text);
		return;
	}
	notice_say(&p->notice, NOTICE_WARN, "%s",
		ev->study.code == ERR_FULL && p->step == PAPERS_MAKING
			? tr("This paper is too long for the screen. Have it"
			     " written by chitra report.")
		: p->which == FLOW_PAPER_LOG && p->step == PAPERS_MAKING &&
				ev->study.code == ERR_INVALID
			? tr("Nothing was recorded then: there is no log.")
		: p->step == PAPERS_WRITING
			? tr("The files were not written. Is the folder there,"
			     " and is the name free? Choose another one.")
			: err_text(ev->study.code, ERR_WHILE_READING));
}

static void take_paper(struct papers *p, const struct event *ev)
{
	if (p->step == PAPERS_WRITING) {
		p->files = ev->study.files;
		p->sent = ev->study.sent;
		p->no_pdf = ev->study.no_pdf;
		p->step = PAPERS_WRITTEN;
		return;
	}
	p->grid = ev->study.grid;
	p->shown = ev->study.period;
	p->row = 0;
	p->column = 0;
	p->step = PAPERS_SHOWN;
}

static struct effect on_study(struct papers *p, const struct event *ev)
{
	if (ev->study.number != p->number || !p->working)
		return effect_of(FX_NONE);
	switch (ev->study.state) {
	case STUDY_RUNS:
		p->done = ev->study.done;
		p->all = ev->study.all;
		break;
	case STUDY_DONE:
		if (p->unit.counting)
			return papers_hear_units(p, ev);
		p->working = false;
		take_paper(p, ev);
		break;
	case STUDY_FAILED:
		p->working = false;
		if (p->unit.counting && p->step != PAPERS_COUNTING) {
			p->unit.counting = false;
			break;
		}
		p->unit.counting = false;
		say_failed(p, ev);
		p->step =
			p->step == PAPERS_WRITING ? PAPERS_PATH : PAPERS_CHOOSE;
		break;
	}
	return effect_of(FX_NONE);
}

/* ---- choosing --------------------------------------------------------------- */

void papers_ask_month(struct papers *p)
{
	p->step = p->which == FLOW_PAPER_LOG ? PAPERS_DAY : PAPERS_MONTH;
	entry_init(&p->month, ENTRY_NUMBER, p->step == PAPERS_DAY ? 8 : 6);
}

static struct effect on_choose(struct papers *p, int key)
{
	if (key == '0')
		return effect_of(FX_LEAVE);
	if (key < '1' || key >= '1' + FLOW_PAPER_DIGITS)
		return effect_of(FX_NONE);
	p->which = (enum flow_paper)(key - '1');
	p->period = 0;
	if (p->which == FLOW_PAPER_ACCOUNTS) {
		p->step = PAPERS_MAKING;
		return ask(p, FX_PAPER);
	}
	if (papers_of_units(p->which))
		return papers_ask_unit(p);
	papers_ask_month(p);
	return effect_of(FX_NONE);
}

/* "05122026": 20261205; else a month. */
static bool read_when(const struct papers *p, int32_t *out)
{
	const char *text = p->month.text;
	struct date day;

	if (p->step != PAPERS_DAY || strlen(text) != 8)
		return dash_read_month(text, out);
	if (!date_parse(text, &day))
		return false;
	*out = date_number(day);
	return true;
}

static struct effect on_month(struct papers *p, const struct event *ev)
{
	if (ev->kind != EV_KEY || ev->key == '#')
		return effect_of(FX_NONE);
	switch (entry_key(&p->month, ev->key)) {
	case ENTRY_ACCEPTED:
		if (read_when(p, &p->period)) {
			p->step = PAPERS_MAKING;
			return ask(p, FX_PAPER);
		}
		notice_say(&p->notice, NOTICE_WARN, "%s",
			p->step == PAPERS_DAY
				? tr("This is no day: type day, month and year,"
				     " as 05 12 2026.")
				: tr("This is no month: type month and year, as"
				     " 12 2026."));
		break;
	case ENTRY_CANCELLED:
		p->step = PAPERS_CHOOSE;
		if (papers_of_units(p->which) && p->unit.all.count > 1)
			return papers_ask_unit(p);
		break;
	case ENTRY_IGNORED:
	case ENTRY_CHANGED:
	case ENTRY_FULL:
		break;
	}
	return effect_of(FX_NONE);
}

/* ---- looking ---------------------------------------------------------------- */

static void go_row(struct papers *p, int by)
{
	const int rows = paper_grid_rows(p->grid);

	p->row += by;
	if (p->row >= rows)
		p->row = rows - 1;
	if (p->row < 0)
		p->row = 0;
}

static void go_column(struct papers *p, int by)
{
	const int most = paper_grid_columns(p->grid) - papers_stay(p) - 1;

	p->column += by;
	if (p->column > most)
		p->column = most;
	if (p->column < 0)
		p->column = 0;
}

static void move(struct papers *p, int key)
{
	switch (key) {
	case '2':
	case K_UP:
		go_row(p, -1);
		break;
	case '8':
	case K_DOWN:
		go_row(p, 1);
		break;
	case '4':
		go_column(p, -1);
		break;
	case '6':
		go_column(p, 1);
		break;
	case '.':
		go_row(p, PAPERS_PAGE);
		break;
	case '5':
		p->row = 0;
		break;
	default:
		break;
	}
}

static void on_row(struct papers *p, int key)
{
	if (key == '0') {
		p->step = PAPERS_SHOWN;
	} else if (key == '.') {
		p->part += PAPERS_PART;
		if (p->part >= paper_grid_columns(p->grid))
			p->part = 0;
	} else {
		move(p, key);
	}
}

/* Where the files may go. */
static struct effect ask_place(struct papers *p)
{
	struct effect fx = effect_of(FX_PAPER_PLACE);

	fx.study.paper = p->which;
	fx.study.period = p->shown;
	fx.study.draw = p->draw;
	str_copy(fx.study.unit, sizeof(fx.study.unit), papers_unit(p));
	entry_init(&p->path, ENTRY_TEXT, ENTRY_SIZE - 6);
	p->step = PAPERS_PLACE;
	return fx;
}

struct effect papers_start_sample(struct papers *p, uint64_t draw)
{
	begin(p);
	p->which = FLOW_PAPER_SAMPLE;
	p->draw = draw;
	return ask_place(p);
}

/* Behind the files: the table they are of, or whoever asked for them. */
static struct effect to_shown(struct papers *p)
{
	if (p->which == FLOW_PAPER_SAMPLE)
		return effect_of(FX_LEAVE);
	p->step = PAPERS_SHOWN;
	return effect_of(FX_NONE);
}

static struct effect on_shown(struct papers *p, int key)
{
	switch (key) {
	case '0':
		return give_up(p, PAPERS_CHOOSE);
	case K_ACCEPT:
		if (paper_grid_rows(p->grid) > 0)
			p->step = PAPERS_ROW;
		p->part = 0;
		break;
	case '1':
		return ask_place(p);
	default:
		move(p, key);
		break;
	}
	return effect_of(FX_NONE);
}

/* ---- writing ---------------------------------------------------------------- */

static void on_place(struct papers *p, const struct event *ev)
{
	if (ev->kind != EV_COPY_PLACE && ev->kind != EV_FAILED)
		return;
	if (ev->kind == EV_COPY_PLACE)
		entry_set(&p->path, ev->path);
	else
		notice_say(&p->notice, NOTICE_WARN, "%s",
			err_text(ev->err.code, ERR_WHILE_READING));
	p->step = PAPERS_PATH;
}

static struct effect on_path(struct papers *p, const struct event *ev)
{
	if (ev->kind != EV_KEY || ev->key == '*' || ev->key == '#')
		return effect_of(FX_NONE);
	switch (entry_key(&p->path, ev->key)) {
	case ENTRY_ACCEPTED:
		if (p->path.text[0] == '\0')
			break;
		p->step = PAPERS_WRITING;
		return ask(p, FX_PAPER_WRITE);
	case ENTRY_CANCELLED:
		return to_shown(p);
	case ENTRY_IGNORED:
	case ENTRY_CHANGED:
	case ENTRY_FULL:
		break;
	}
	return effect_of(FX_NONE);
}

struct effect papers_handle(struct papers *p, const struct event *ev)
{
	size_t count;
	const struct binding *b = papers_bindings(p->step, &count);
	const int key = binding_key(b, count, ev);

	if (ev->kind == EV_STUDY)
		return on_study(p, ev);
	if (ev->kind == EV_KEY)
		notice_clear(&p->notice);
	switch (p->step) {
	case PAPERS_CHOOSE:
		return on_choose(p, key);
	case PAPERS_MONTH:
	case PAPERS_DAY:
		return on_month(p, ev);
	case PAPERS_UNIT:
		return papers_on_unit(p, key);
	case PAPERS_COUNTING:
	case PAPERS_MAKING:
		if (key == '0')
			return give_up(p, PAPERS_CHOOSE);
		break;
	case PAPERS_SHOWN:
		return on_shown(p, key);
	case PAPERS_ROW:
		on_row(p, key);
		break;
	case PAPERS_PLACE:
		on_place(p, ev);
		break;
	case PAPERS_PATH:
		return on_path(p, ev);
	case PAPERS_WRITING:
		if (key == '0')
			return give_up(p, PAPERS_PATH);
		break;
	case PAPERS_WRITTEN:
		if (key == K_ACCEPT || key == '0')
			return to_shown(p);
		break;
	case PAPERS_STEP_COUNT:
		break;
	}
	return effect_of(FX_NONE);
}
