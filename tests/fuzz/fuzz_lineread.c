/*
 * fuzz_lineread.c - any bytes on any screen of the line mode: what comes out
 * is a key or a scan, and money moves by its digit alone.
 *
 * The first byte chooses a step, the second what stands in its field; then
 * the lines. The screen stays as it is: what a step leads to is the desk's.
 */
#include <stdlib.h>
#include <string.h>

#include "core/utf8.h"
#include "terminal/flows/check.h"
#include "terminal/flows/find.h"
#include "terminal/flows/idle.h"
#include "terminal/flows/lineread.h"
#include "terminal/flows/pay.h"
#include "terminal/flows/recover.h"
#include "terminal/flows/signin.h"

enum {
	STEPS = 9,
	FIELD_MOST = 40,
	EVENTS_MOST = 200000
};

static void must(bool holds)
{
	if (!holds)
		abort();
}

static struct lineread_screen screen_of(unsigned step)
{
	static struct recover recover;
	static struct pay pay;
	struct lineread_screen s = {.role = ROLE_AGENT};

	switch (step) {
	case 0:
		s.b = idle_bindings(IDLE_READY, &s.count);
		break;
	case 1:
		s.b = find_bindings(FIND_TYPE, &s.count);
		break;
	case 2:
		s.b = find_bindings(FIND_LIST, &s.count);
		break;
	case 3:
		s.b = check_bindings(CHECK_READY, &s.count);
		break;
	case 4:
		s.b = check_bindings(CHECK_NAME, &s.count);
		break;
	case 5:
		s.b = signin_bindings(SIGNIN_PIN, &s.count);
		break;
	case 6:
		recover.step = RECOVER_ASK;
		s.b = recover_bindings(&recover, &s.count);
		break;
	case 7:
		s.b = find_bindings(FIND_LOOKUP, &s.count);
		break;
	default:
		pay.step = PAY_HANDING;
		s.b = pay_bindings(&pay, &s.count);
		break;
	}
	return s;
}

static bool is_text_step(unsigned step)
{
	return step < 2 || step == 4 || step == 5;
}

static void check_key(const struct lineread_screen *s, unsigned step,
	const struct event *ev)
{
	const struct binding *row = binding_find(s->b, s->count, ev->key);

	must(ev->key >= ' ' && ev->key <= K_NAMED_LAST);
	must(ev->key != 0x7f && ev->key != UTF8_BAD);
	/* On a screen of choices only what is in its table comes. */
	if (!is_text_step(step))
		must(row != NULL || ev->key == K_BACK);
	must(step != 7); /* an answer is out */
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct lineread l;
	static struct event ev;
	struct lineread_screen s;
	enum lineread_does does;
	bool only_empty = true;
	unsigned step;

	if (size < 2)
		return 0;
	step = data[0] % STEPS;
	s = screen_of(step);
	s.typed = data[1] % FIELD_MOST;
	/* Nothing but empty lines? */
	for (size_t i = 2; i < size; i++)
		only_empty = only_empty && (data[i] == '\n' || data[i] == '\r');
	lineread_init(&l);
	lineread_put(&l, (const char *)data + 2, size - 2);
	for (int i = 0; i < EVENTS_MOST; i++) {
		does = lineread_next(&l, &s, i, &ev);
		if (does == LINEREAD_NOTHING)
			return 0;
		if (does != LINEREAD_EVENT)
			continue;
		must(ev.kind == EV_KEY || ev.kind == EV_SCAN);
		must(ev.at_ms == i);
		if (ev.kind == EV_SCAN) {
			must(ev.scan.len > 0 &&
				ev.scan.len <= IDCARD_MAX_BYTES);
			continue;
		}
		check_key(&s, step, &ev);
		if (ev.key == K_ERASE)
			must(s.typed-- > 0);
		/* Empty lines pay nobody. */
		if (step == 3 || step == 6 || step == 8)
			must(!only_empty);
	}
	abort(); /* it has to come to an end */
}
