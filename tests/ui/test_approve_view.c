/* Approving by QR, on the flow's own states: both terminals. */
#include "support/unit.h"

#include <string.h>

#include "core/str.h"
#include "support/feed.h"
#include "support/sample.h"
#include "support/screens.h"
#include "terminal/ui/approve_view.h"
#include "terminal/ui/takeback_view.h"

static void request(char out[APPROVAL_TEXT_SIZE], uint64_t kind,
	uint64_t reason, const char *person)
{
	struct approval_request r = {.kind = kind,
		.reason = reason,
		.amount = 1080000,
		.actor = 7,
		.t = sample_info()->now};

	memset(r.dev, 0xa1, sizeof(r.dev));
	memset(r.digest, 0x5a, sizeof(r.digest));
	str_copy(r.person, sizeof(r.person), person);
	approval_request_text(&r, out);
}

static struct screens_keys show(const struct approve *a, struct canvas *c)
{
	struct screens_keys keys;

	approve_view(a, sample_info(), c);
	keys.b = approve_bindings(a->step, &keys.count);
	return keys;
}

static void begin(struct approve *a)
{
	char text[APPROVAL_TEXT_SIZE];

	request(text, 13, VOID_RECEIPT_BACK, "N. T. ĐẸP 4578");
	approve_start(a, text);
	assert_int_equal(a->step, APPROVE_ASK);
}

static struct screens_keys ask(struct canvas *c)
{
	static struct approve a;

	begin(&a);
	return show(&a, c);
}

static struct screens_keys ask_difference(struct canvas *c)
{
	static struct approve a;
	char text[APPROVAL_TEXT_SIZE];

	request(text, 23, SHIFT_REASON_UNKNOWN | APPROVAL_SHORTAGE, "");
	approve_start(&a, text);
	a.request.t -= 3600000;
	return show(&a, c);
}

static struct screens_keys ask_handed(struct canvas *c)
{
	static struct approve a;
	char text[APPROVAL_TEXT_SIZE];

	request(text, 12, 0, "");
	approve_start(&a, text);
	return show(&a, c);
}

static struct screens_keys answer(struct canvas *c)
{
	const struct approval_answer given = {.number = 9};
	struct event ev = {.kind = EV_APPROVAL};
	static struct approve a;

	begin(&a);
	assert_int_equal(approve_handle(&a, feed_key('1')).kind, FX_APPROVE);
	approval_answer_text(&given, ev.approval);
	approve_handle(&a, &ev);
	assert_int_equal(a.step, APPROVE_ANSWER);
	return show(&a, c);
}

static struct screens_keys take(struct canvas *c)
{
	static const uint8_t seed[CRYPTO_SEED_SIZE] = {1};
	struct crypto_pair pair;
	char text[APPROVAL_TEXT_SIZE];
	static struct approve a;

	crypto_pair_from_seed(seed, &pair);
	approval_card_text(9, &pair, text);
	approve_start(&a, text);
	assert_int_equal(a.step, APPROVE_TAKE);
	return show(&a, c);
}

/* On the other terminal: the request stands. */
static void asking(struct takeback *t, struct event *ev)
{
	struct payout_brief b = {.name = "NGUYỄN THỊ ĐẸP",
		.amount = 1080000,
		.state = PAYOUT_HANDED};

	takeback_init(t, 412, &b, "CV1:X");
	takeback_handle(t, feed_key('1'));
	assert_true(takeback_handle(t, feed_key('.')).second.ask);
	takeback_handle(t, ev);
}

static struct screens_keys show_asked(const struct takeback *t,
	struct canvas *c)
{
	struct screens_keys keys;

	assert_int_equal(t->second.step, SECOND_QR);
	takeback_view(t, sample_info(), c);
	keys.b = takeback_bindings(t, &keys.count);
	return keys;
}

/* What was scanned is no answer. */
static struct screens_keys asked(struct canvas *c)
{
	struct event ev = {.kind = EV_APPROVAL};
	struct event scan = {.kind = EV_SCAN, .scan = {.len = 5}};
	static struct takeback t;

	request(ev.approval, 13, VOID_RECEIPT_BACK, "N. T. ĐẸP 4578");
	asking(&t, &ev);
	memcpy(scan.scan.bytes, "CV1:X", 5);
	takeback_handle(&t, &scan);
	return show_asked(&t, c);
}

/* About nobody: a smaller code, and other room below it. */
static struct screens_keys asked_short(struct canvas *c)
{
	struct event ev = {.kind = EV_APPROVAL};
	static struct takeback t;

	request(ev.approval, 23, SHIFT_REASON_UNKNOWN | APPROVAL_SHORTAGE, "");
	asking(&t, &ev);
	return show_asked(&t, c);
}

static const struct screens_state states[] = {
	{"ask", ask, false},
	{"ask_difference", ask_difference, false},
	{"ask_handed", ask_handed, false},
	{"answer", answer, false},
	{"take", take, false},
	{"asked", asked, false},
	{"asked_short", asked_short, false},
};

int main(void)
{
	return screens_run("approve", states, COUNT_OF(states));
}
