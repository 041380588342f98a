/* Who goes to another terminal, or comes, on the flow's own states. */
#include "support/unit.h"

#include <string.h>

#include "core/str.h"
#include "support/feed.h"
#include "support/sample.h"
#include "support/screens.h"
#include "terminal/ui/passing_view.h"

static struct passing p;

static struct screens_keys draw(struct canvas *c)
{
	struct screens_keys keys;

	passing_view(&p, sample_info(), c);
	keys.b = passing_bindings(&p, &keys.count);
	return keys;
}

static void message(struct handover_shown *h)
{
	static const uint8_t seed[CRYPTO_SEED_SIZE] = {3};
	struct crypto_pair pair;

	crypto_pair_from_seed(seed, &pair);
	*h = (struct handover_shown){.person = 5, .amount = 1080000};
	memset(h->message.from, 0x1a, sizeof(h->message.from));
	memset(h->message.to, 0x9e, sizeof(h->message.to));
	h->message.t = sample_info()->now;
	h->message.count = 1;
	h->message.item[0] = (struct release_item){.ent = {7},
		.period = 202612,
		.hop = 1,
		.seq = 345};
	assert_true(release_write(&h->message, pair.secret, h->bytes, &h->len));
}

static void begin(int peers)
{
	static struct person who = {.id = 5};
	struct event *ev;

	str_copy(who.name, sizeof(who.name), "TRẦN THỊ BÌNH");
	assert_int_equal(passing_start(&p, &who, 1080000).kind, FX_HANDOVER);
	ev = feed_answer(EV_HANDOVER);
	ev->handover.peers = peers;
	for (int i = 0; i < peers; i++)
		memset(ev->handover.peer[i], 0x9e + i, MARKS_DEV_SIZE);
	passing_handle(&p, ev);
	assert_int_equal(p.step, PASSING_PICK);
}

static struct screens_keys asking(struct canvas *c)
{
	static const struct person who = {.id = 5};

	passing_start(&p, &who, 1080000);
	return draw(c);
}

static struct screens_keys pick(struct canvas *c)
{
	begin(3);
	return draw(c);
}

static struct screens_keys nowhere(struct canvas *c)
{
	begin(0);
	return draw(c);
}

static struct screens_keys sure(struct canvas *c)
{
	begin(3);
	passing_handle(&p, feed_key('1'));
	assert_int_equal(p.step, PASSING_SURE);
	return draw(c);
}

static void to_show(void)
{
	struct event *ev;

	begin(1);
	passing_handle(&p, feed_key('1'));
	passing_handle(&p, feed_key('1'));
	ev = feed_answer(EV_HANDOVER);
	ev->handover.away = true;
	message(&ev->handover.shown);
	passing_handle(&p, ev);
	assert_int_equal(p.step, PASSING_SHOW);
}

static struct screens_keys show(struct canvas *c)
{
	to_show();
	return draw(c);
}

static struct screens_keys no_paper(struct canvas *c)
{
	struct event *ev;

	to_show();
	passing_handle(&p, feed_key('3'));
	ev = feed_answer(EV_PRINT);
	ev->print.piece = 1;
	ev->print.seq = 345;
	ev->print.state = PRINT_FAILED;
	assert_true(passing_is_slip(&p, ev));
	passing_on_slip(&p, ev);
	return draw(c);
}

static struct screens_keys expect(struct canvas *c)
{
	passing_expect(&p, "9e9e9e");
	return draw(c);
}

static void scan(int i)
{
	struct handover_shown h;
	char text[MARKS_TEXT_SIZE];

	message(&h);
	release_piece_text(h.bytes, h.len, MARKS_ON_SCREEN, i, text);
	passing_scan(&p, text);
}

static struct screens_keys collect(struct canvas *c)
{
	passing_expect(&p, "9e9e9e");
	scan(0);
	return draw(c);
}

static struct screens_keys taken(struct canvas *c)
{
	struct event *ev;

	passing_expect(&p, "9e9e9e");
	scan(0);
	scan(1);
	assert_int_equal(p.step, PASSING_TAKING);
	ev = feed_answer(EV_ACQUIRED);
	memset(ev->acquired.taken.message.from, 0x1a, MARKS_DEV_SIZE);
	ev->acquired.taken.amount = 1080000;
	str_copy(ev->acquired.name, sizeof(ev->acquired.name), "TRẦN THỊ BÌNH");
	passing_handle(&p, ev);
	assert_int_equal(p.step, PASSING_TAKEN);
	return draw(c);
}

static const struct screens_state states[] = {
	{"asking", asking, false},
	{"pick", pick, false},
	{"nowhere", nowhere, false},
	{"sure", sure, false},
	{"show", show, false},
	{"no_paper", no_paper, false},
	{"expect", expect, false},
	{"collect", collect, false},
	{"taken", taken, false},
};

int main(void)
{
	return screens_run("passing", states, COUNT_OF(states));
}
