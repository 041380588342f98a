#include "support/feed.h"

#include <string.h>

#include "core/str.h"

struct event *feed_answer(enum event_kind kind)
{
	static struct event ev;
	static long long now_ms = 1000000;

	now_ms += 1000;
	memset(&ev, 0, sizeof(ev));
	ev.kind = kind;
	ev.at_ms = now_ms;
	return &ev;
}

const struct event *feed_key(int key)
{
	struct event *ev = feed_answer(EV_KEY);

	ev->key = key;
	return ev;
}

const struct event *feed_person(const struct person_due *due)
{
	struct event *ev = feed_answer(EV_PERSON);

	ev->person.due = *due;
	memset(ev->person.uid, 0x5a, sizeof(ev->person.uid));
	return ev;
}

const struct event *feed_payout(enum event_kind kind,
	const struct payout *payout)
{
	struct event *ev = feed_answer(kind);

	ev->payout = *payout;
	return ev;
}

const struct event *feed_print(uint64_t seq, enum print_state state,
	enum err_code code)
{
	struct event *ev = feed_answer(EV_PRINT);

	ev->print.seq = seq;
	ev->print.state = state;
	ev->print.code = code;
	return ev;
}

const struct event *feed_failed(enum err_code code)
{
	struct event *ev = feed_answer(EV_FAILED);

	ev->err.code = code;
	str_copy(ev->err.text, sizeof(ev->err.text), "for the log only");
	return ev;
}
