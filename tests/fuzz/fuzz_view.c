/*
 * fuzz_view.c - any events in any order, drawn at any size: no crash, and
 * never a control character in a cell (T41).
 *
 * The input is text, a letter and what belongs to it:
 *
 *	kC	the key C		nC	a named key, 'a' the first
 *	sTEXT\n	a scan of TEXT		aCV	variant V of an answer of kind
 *						C - '@', about made-up people
 *	zRC	a terminal of R * 2 rows and C * 3 columns
 *	tTEXT\n	from now on everybody's name and address is TEXT
 *	dV	variant V of something plugged in or pulled out
 *	l	the other language
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/money.h"
#include "core/str.h"
#include "core/tr.h"
#include "core/utf8.h"
#include "support/feed.h"
#include "support/sample.h"
#include "terminal/ui/desk_view.h"
#include "terminal/ui/lines.h"

enum {
	MAX_EVENTS = 400
};

struct input {
	const uint8_t *at;
	const uint8_t *end;
};

struct world {
	struct desk desk;
	struct canvas canvas;
	struct lines lines;
	char text[256]; /* "" keeps the names of the samples */
	int rows;
	int cols;
};

static int next_byte(struct input *in)
{
	return in->at < in->end ? *in->at++ : 0;
}

/* Up to the end of the line. Returns its bytes; cut at size. */
static size_t next_text(struct input *in, void *out, size_t size)
{
	size_t n = 0;
	int byte;

	while (in->at < in->end && (byte = next_byte(in)) != '\n')
		if (n < size)
			((uint8_t *)out)[n++] = (uint8_t)byte;
	return n;
}

/* What the store gives passed text_clean(); here nothing did. */
static void rename_person(const struct world *w, struct person *p)
{
	if (!*w->text)
		return;
	str_copy(p->name, sizeof(p->name), w->text);
	str_copy(p->address, sizeof(p->address), w->text);
	str_copy(p->group, sizeof(p->group), w->text);
	str_copy(p->payee_name, sizeof(p->payee_name), w->text);
}

static void fill_payout(const struct world *w, struct payout *p)
{
	sample_payout(p);
	rename_person(w, &p->person);
	if (*w->text)
		str_copy(p->payee_name, sizeof(p->payee_name), w->text);
}

static void fill_prior(const struct world *w, struct refusal_prior *p)
{
	sample_prior(p);
	if (*w->text) {
		str_copy(p->point, sizeof(p->point), w->text);
		str_copy(p->actor_name, sizeof(p->actor_name), w->text);
	}
}

/* What comes unasked. Variants make some of them differ, here and below. */
static void fill_unasked(const struct world *w, struct event *ev,
	unsigned variant)
{
	switch (ev->kind) {
	case EV_TICK:
		ev->now = SAMPLE_NOW + (int64_t)variant * 100000;
		break;
	case EV_STATUS:
		ev->status = *sample_status();
		ev->status.link = (enum link_state)(variant % 3);
		ev->status.clock_unsure = variant & 4;
		ev->status.disk_low = variant & 8;
		ev->status.paper_trouble = variant & 16;
		ev->status.printer_away = variant & 32;
		ev->status.scanner_away = variant & 64;
		ev->status.camera_away = variant & 128;
		ev->status.done = (int64_t)variant * variant * 999;
		break;
	case EV_DEVICE:
		ev->device.plug = (enum plug)(variant % PLUG_COUNT);
		ev->device.there = variant & 8;
		str_copy(ev->device.name, sizeof(ev->device.name), w->text);
		break;
	case EV_PRINT:
		ev->print.seq = 412;
		ev->print.state = (enum print_state)(variant % 5);
		ev->print.trouble = (enum paper_trouble)(variant % 6);
		ev->print.low = variant & 8;
		ev->print.code = variant & 16 ? ERR_GONE : ERR_TIMEOUT;
		break;
	default:
		break;
	}
}

static void fill_user(const struct world *w, struct event *ev, unsigned variant)
{
	switch (ev->kind) {
	case EV_SIGNED_IN:
		ev->user.number = 7;
		ev->user.role = ROLE_AGENT;
		str_copy(ev->user.name, sizeof(ev->user.name),
			*w->text ? w->text : "Lan");
		break;
	case EV_SIGN_IN_REFUSED:
		ev->sign_in.how = (enum sign_in)(variant % 3);
		ev->sign_in.wait_seconds = (int)variant;
		break;
	case EV_SHIFT:
		ev->shift = sample_status()->shift;
		ev->shift.actor = variant & 1 ? 7 : 12;
		break;
	case EV_SHIFT_CLOSED:
		ev->slip.shift = sample_status()->shift;
		ev->slip.difference = (int64_t)variant * 1000 - 64000;
		break;
	default:
		break;
	}
}

static void fill_person(const struct world *w, struct event *ev,
	unsigned variant)
{
	if (ev->kind == EV_FOUND) {
		ev->found.count = (int)(variant % (FLOW_MAX_FOUND + 1));
		ev->found.more = variant & 1;
		sample_found(ev->found.row, ev->found.count);
	} else if (ev->kind == EV_PERSON) {
		sample_due(&ev->person.due);
		rename_person(w, &ev->person.due.person);
		if (variant & 1) {
			ev->person.due.item[0].paid_seq = 97;
			ev->person.due.item[1].paid_seq = 97;
			ev->person.due.due = 0;
			ev->person.due.last_seq = 97;
			fill_prior(w, &ev->person.prior);
		}
	}
}

static void fill_money(const struct world *w, struct event *ev,
	unsigned variant)
{
	switch (ev->kind) {
	case EV_PAID:
	case EV_HANDED:
	case EV_NOT_HANDED:
	case EV_RECOVERED:
	case EV_OPEN_PAYOUT:
		fill_payout(w, &ev->payout);
		ev->payout.state = ev->kind == EV_HANDED       ? PAYOUT_HANDED
				   : ev->kind == EV_NOT_HANDED ? PAYOUT_VOIDED
							       : PAYOUT_PAID;
		ev->payout.payee = variant & 1 ? PAYEE_GUARDIAN : PAYEE_SELF;
		if (ev->kind == EV_OPEN_PAYOUT)
			ev->left =
				variant & 4 ? SHIFT_LEFT_OVER : SHIFT_LEFT_NOT;
		if (variant & 2)
			ev->payout.amount = MONEY_MAX;
		break;
	case EV_VOIDED:
		fill_payout(w, &ev->payout);
		ev->payout.state = PAYOUT_VOIDED;
		break;
	case EV_PREVIEW:
		ev->preview.seq = 412;
		ev->preview.brief.state =
			variant & 1 ? PAYOUT_HANDED : PAYOUT_VOIDED;
		if (variant & 2)
			str_copy(ev->preview.brief.pad, PAYOUT_PAD_SIZE,
				"000123");
		str_copy(ev->preview.text, sizeof(ev->preview.text), w->text);
		break;
	case EV_REFUSED:
		ev->refusal.code =
			(enum refusal_code)(1 + variant % (REFUSED_COUNT - 1));
		fill_prior(w, &ev->refusal.prior);
		break;
	case EV_FAILED:
		ev->err.code = (enum err_code)(1 + variant % ERR_NO_MEMORY);
		break;
	default:
		break;
	}
}

/* The line mode says the same, and nothing but text and line feeds. */
static void say(struct world *w)
{
	static char said[LINES_SIZE];

	canvas_for_lines(&w->canvas, w->cols > 40 ? w->cols : 40);
	desk_view(&w->desk, &w->canvas);
	lines_say(&w->lines, &w->canvas, LINES_ANSWER, said, sizeof(said));
	for (const char *at = said; *at; at++)
		if (((unsigned char)*at < 0x20 && *at != '\n') || *at == 0x7f)
			abort();
	if (!utf8_valid(said, strlen(said)))
		abort();
}

static void draw(struct world *w)
{
	say(w);
	canvas_clear(&w->canvas, w->rows, w->cols);
	desk_view(&w->desk, &w->canvas);
	for (int row = 0; row < w->canvas.rows; row++)
		for (int col = 0; col < w->canvas.cols; col++) {
			const uint32_t ch = w->canvas.cell[row][col].ch;

			if (ch == 0 && col > 0)
				continue; /* right half of a wide one */
			if (ch < 0x20 || (ch >= 0x7f && ch < 0xa0) ||
				w->canvas.cell[row][col].style >= STYLE_COUNT)
				abort();
		}
	if (w->canvas.cursor_row >= w->canvas.rows ||
		w->canvas.cursor_col >= w->canvas.cols)
		abort();
}

static void resize(struct world *w, struct input *in)
{
	w->rows = next_byte(in) * 2 % 201;
	w->cols = next_byte(in) * 3 % 301;
}

static void step(struct world *w, struct input *in)
{
	struct event *ev;
	int arg;

	switch (next_byte(in)) {
	case 'k':
		desk_handle(&w->desk, feed_key(next_byte(in)));
		break;
	case 'n':
		arg = (next_byte(in) - 'a') & 7;
		if (arg <= K_PAGE_DOWN - K_NAMED_FIRST)
			desk_handle(&w->desk, feed_key(K_NAMED_FIRST + arg));
		break;
	case 's':
		ev = feed_answer(EV_SCAN);
		ev->scan.len = next_text(in, ev->scan.bytes, IDCARD_MAX_BYTES);
		desk_handle(&w->desk, ev);
		break;
	case 'a':
		arg = next_byte(in);
		ev = feed_answer((enum event_kind)((unsigned)arg % 32 %
						   EV_KIND_COUNT));
		if (ev->kind == EV_KEY || ev->kind == EV_SCAN)
			break;
		arg = next_byte(in);
		fill_unasked(w, ev, (unsigned)arg);
		fill_user(w, ev, (unsigned)arg);
		fill_person(w, ev, (unsigned)arg);
		fill_money(w, ev, (unsigned)arg);
		desk_handle(&w->desk, ev);
		break;
	case 'd':
		ev = feed_answer(EV_DEVICE);
		fill_unasked(w, ev, (unsigned)next_byte(in));
		desk_handle(&w->desk, ev);
		break;
	case 'z':
		resize(w, in);
		break;
	case 't':
		memset(w->text, 0, sizeof(w->text));
		next_text(in, w->text, sizeof(w->text) - 1);
		break;
	case 'l':
		tr_set_lang(strcmp(tr_lang(), "vi") == 0 ? "en" : "vi");
		break;
	default:
		return;
	}
	draw(w);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct world w;
	const struct desk_info info = {.point = "Bưu cục Cẩm Khê",
		.users = {.agent = 1, .agent_pin = "246810"}};
	struct input in = {data, data + size};

	memset(&w, 0, sizeof(w));
	lines_init(&w.lines);
	w.rows = 25;
	w.cols = 80;
	tr_set_lang("vi");
	desk_init(&w.desk, &info);
	for (int i = 0; i < MAX_EVENTS && in.at < in.end; i++)
		step(&w, &in);
	tr_set_lang("vi");
	return 0;
}
