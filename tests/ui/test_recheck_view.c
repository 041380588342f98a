/* The sample check on the screen, at every size. */
#include "support/unit.h"

#include <string.h>

#include "support/feed.h"
#include "support/sample.h"
#include "support/samplechecks.h"
#include "support/screens.h"
#include "terminal/ui/recheck_view.h"

static struct recheck r;

static void told(int draws, int receipts)
{
	struct event *ev = feed_answer(EV_STUDY);

	ev->study.number = r.number;
	ev->study.state = STUDY_DONE;
	ev->study.recheck = samplechecks(draws, receipts);
	recheck_handle(&r, ev);
}

static void paper(enum print_state state, bool no_printer)
{
	struct event *ev = feed_answer(EV_PRINT);

	ev->print.seq = SAMPLECHECKS_SEQ;
	ev->print.test = true;
	ev->print.state = state;
	ev->print.no_printer = no_printer;
	ev->print.code = state == PRINT_FAILED ? ERR_GONE : ERR_NONE;
	recheck_handle(&r, ev);
}

/* D draws are here   L seven receipts   P printed   N no printer
 * S it is in the book */
static struct screens_keys show(const char *keys, struct canvas *c)
{
	struct screens_keys shown;

	memset(&r, 0, sizeof(r));
	recheck_start(&r);
	for (; *keys; keys++)
		switch (*keys) {
		case 'D':
			told(7, 0);
			break;
		case '-':
			told(0, 0);
			break;
		case 'L':
			told(7, 7);
			break;
		case 'P':
			paper(PRINT_PRINTED, false);
			break;
		case 'N':
			paper(PRINT_FAILED, true);
			break;
		case 'S':
			recheck_handle(&r, feed_answer(EV_RECHECK_SAID));
			break;
		default:
			recheck_handle(&r,
				feed_key(*keys == '\n' ? K_ACCEPT : *keys));
		}
	recheck_view(&r, sample_info(), c);
	shown.b = recheck_bindings(&r, &shown.count);
	return shown;
}

#define STATE(name, keys)                                 \
	static struct screens_keys name(struct canvas *c) \
	{                                                 \
		return show(keys, c);                     \
	}
STATE(draws, "D")
STATE(none, "-")
STATE(older, "D.")
STATE(listing, "")
STATE(when, "D705122026")
STATE(no_when, "D7132026\n")
STATE(many, "D7122026\n25")
STATE(printing, "D7\n\nL")
STATE(printed, "D7\n\nLP")
STATE(no_printer, "D7\n\nLN")
STATE(seed, "D1L8")
STATE(receipts, "D1L")
STATE(left, "D1L7.")
STATE(one, "D1L1")
STATE(otherwise, "D1L3")
STATE(no_phone, "D1L2")
STATE(amount, "D1L23300000")
STATE(spoke, "D1L23300000\n")
STATE(silent, "D1L22")
STATE(noted, "D1L211S")

int main(void)
{
	static const struct screens_state states[] = {
		{"draws", draws, false},
		{"none", none, false},
		{"older", older, false},
		{"listing", listing, false},
		{"when", when, false},
		{"no_when", no_when, false},
		{"many", many, false},
		{"printing", printing, false},
		{"printed", printed, false},
		{"no_printer", no_printer, true},
		{"seed", seed, false},
		{"receipts", receipts, true},
		{"left", left, false},
		{"one", one, false},
		{"otherwise", otherwise, false},
		{"no_phone", no_phone, false},
		{"amount", amount, false},
		{"spoke", spoke, false},
		{"silent", silent, false},
		{"noted", noted, false},
	};

	return screens_run("recheck", states, COUNT_OF(states));
}
