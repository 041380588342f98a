/* Paid marks between terminals, on the flow's own states. */
#include "support/unit.h"

#include <string.h>

#include "core/str.h"
#include "support/feed.h"
#include "support/sample.h"
#include "support/screens.h"
#include "terminal/ui/carry_view.h"

static struct screens_keys draw(const struct carry *y, struct canvas *c)
{
	struct screens_keys keys;

	carry_view(y, sample_info(), c);
	keys.b = carry_bindings(y, &keys.count);
	return keys;
}

/* 200 of 10,000, and a card. */
static void message(struct event *ev)
{
	static const uint8_t seed[CRYPTO_SEED_SIZE] = {3};
	static uint8_t bits[1250];
	struct elsewhere_shown *e = &ev->marks.shown;
	struct marks_card card;
	struct crypto_pair pair;

	crypto_pair_from_seed(seed, &pair);
	*ev = *feed_answer(EV_MARKS);
	e->head = (struct marks){.seq = 412,
		.t = sample_info()->now,
		.count = 10000};
	memset(e->head.dev, 0x1a, sizeof(e->head.dev));
	memset(bits, 0, sizeof(bits));
	for (uint32_t i = 7; i < 10000; i += 50)
		marks_set_bit(bits, i);
	assert_true(marks_write(&e->head, bits, pair.secret, e->bytes,
		&e->len));
	e->period = 202612;
	e->lists = 2;
	e->paid = 200;
	memset(card.dev, 0x1a, sizeof(card.dev));
	memcpy(card.public, pair.public, sizeof(card.public));
	marks_card_text(&card, ev->marks.card);
}

static void begin(struct carry *y)
{
	static struct event ev;

	message(&ev);
	assert_int_equal(carry_start(y).kind, FX_MARKS_SHOW);
	carry_handle(y, &ev);
	assert_int_equal(y->step, CARRY_SHOW);
}

static struct screens_keys asking(struct canvas *c)
{
	static struct carry y;

	carry_start(&y);
	return draw(&y, c);
}

static struct screens_keys show(struct canvas *c)
{
	static struct carry y;

	begin(&y);
	carry_handle(&y, feed_key('.'));
	assert_int_equal(y.piece, 1);
	return draw(&y, c);
}

/* All of 10,000 in no order: five slips, two of them printed. */
static struct carry *on_paper(enum print_state state)
{
	static struct carry y;
	struct event *ev;

	begin(&y);
	y.shown.len = 5 * MARKS_ON_PAPER - 100;
	assert_int_equal(carry_handle(&y, feed_key('3')).kind, FX_MARKS_SLIP);
	for (int i = 1; i <= 3; i++) {
		ev = feed_answer(EV_PRINT);
		ev->print.test = true;
		ev->print.seq = y.shown.head.seq;
		ev->print.piece = i;
		ev->print.state = i < 3 ? PRINT_PRINTED : state;
		ev->print.trouble = i < 3 ? PAPER_FINE : PAPER_OUT;
		assert_true(carry_is_slip(&y, ev));
		carry_on_slip(&y, ev);
	}
	return &y;
}

static struct screens_keys printing(struct canvas *c)
{
	return draw(on_paper(PRINT_PRINTING), c);
}

static struct screens_keys stopped(struct canvas *c)
{
	struct carry *y = on_paper(PRINT_PRINTING);

	carry_handle(y, feed_key('0'));
	assert_int_equal(y->step, CARRY_STOPPED);
	return draw(y, c);
}

static struct screens_keys no_paper(struct canvas *c)
{
	return draw(on_paper(PRINT_FAILED), c);
}

static struct screens_keys no_printer(struct canvas *c)
{
	struct carry *y = on_paper(PRINT_FAILED);

	y->paper.no_printer = true;
	return draw(y, c);
}

static struct screens_keys card(struct canvas *c)
{
	static struct carry y;

	begin(&y);
	carry_handle(&y, feed_key('5'));
	assert_int_equal(y.step, CARRY_CARD);
	return draw(&y, c);
}

/* What y shows, as the other terminal scans it: piece i. */
static void scan_piece(struct carry *other, struct carry *y, int i)
{
	char text[MARKS_TEXT_SIZE];

	y->piece = i;
	carry_code(y, text);
	carry_scan(other, text);
}

static struct screens_keys collect(struct canvas *c)
{
	static struct carry y;
	static struct carry other;

	begin(&y);
	memset(&other, 0, sizeof(other));
	scan_piece(&other, &y, 2);
	scan_piece(&other, &y, 0);
	assert_int_equal(other.step, CARRY_COLLECT);
	return draw(&other, c);
}

/* What the book says of it; also how it took the scanned ones. */
static struct screens_keys takes(int64_t both, bool same, struct canvas *c)
{
	static struct carry y;
	static struct carry other;
	struct event ev = *feed_answer(EV_MARKS_TAKEN);

	begin(&y);
	memset(&other, 0, sizeof(other));
	for (int i = 0; i < 4; i++)
		scan_piece(&other, &y, i);
	assert_int_equal(other.step, CARRY_TAKING);
	ev.taken.head = y.shown.head;
	ev.taken.period = 202612;
	ev.taken.paid = 200;
	ev.taken.fresh = same ? 0 : 37;
	ev.taken.both = both;
	ev.taken.same = same;
	carry_handle(&other, &ev);
	assert_int_equal(other.step, CARRY_TAKEN);
	return draw(&other, c);
}

static struct screens_keys taken(struct canvas *c)
{
	return takes(0, false, c);
}

static struct screens_keys same(struct canvas *c)
{
	return takes(0, true, c);
}

static struct screens_keys both(struct canvas *c)
{
	return takes(2, false, c);
}

static struct screens_keys peer(struct canvas *c)
{
	static struct carry y;
	static struct carry other;

	begin(&y);
	memset(&other, 0, sizeof(other));
	carry_scan(&other, y.card);
	assert_int_equal(other.step, CARRY_PEER);
	return draw(&other, c);
}

static const struct screens_state states[] = {
	{"asking", asking, false},
	{"show", show, false},
	{"card", card, false},
	{"printing", printing, false},
	{"stopped", stopped, false},
	{"no_paper", no_paper, false},
	{"no_printer", no_printer, false},
	{"collect", collect, false},
	{"taken", taken, false},
	{"same", same, false},
	{"both", both, false},
	{"peer", peer, false},
};

int main(void)
{
	return screens_run("carry", states, COUNT_OF(states));
}
