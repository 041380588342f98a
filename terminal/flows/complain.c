#include "terminal/flows/complain.h"

#include <string.h>

#include "core/tr.h"
#include "terminal/flows/refusal_text.h"

static const struct binding reason_keys[] = {
	{'1', "1", TR("The money was not received"), TR("Not received"), false},
	{'2', "2", TR("The amount is not what was handed over"),
		TR("Wrong amount"), false},
	{'3', "3", TR("Somebody else received it, or the data are wrong"),
		TR("Wrong person"), false},
	{'9', "9", TR("Another reason to complain"), TR("Other"), false},
	{'0', "0", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding sure_keys[] = {
	{'1', "1", TR("Yes: note the complaint and print its slip"),
		TR("Note it"), BINDING_ONCE | BINDING_NEEDS(ACT_REPRINT)},
	{'0', "0", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
/* The printer may take its time; nobody has to wait for it. */
static const struct binding printing_keys[] = {
	{'0', "0", TR("Back to the receipt"), TR("Back"), false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding done_keys[] = {
	{'1', "1", TR("Print the slip of the complaint again"),
		TR("Slip again"), BINDING_ONCE | BINDING_NEEDS(ACT_REPRINT)},
	{'0', "0", TR("Back to the receipt"), TR("Back"), false},
	{'#', "#", TR("Help"), NULL, false},
};

#define ROWS(table)                                          \
	do {                                                 \
		*count = sizeof(table) / sizeof((table)[0]); \
		return table;                                \
	} while (0)

const struct binding *complain_bindings(enum complain_step step, size_t *count)
{
	switch (step) {
	case COMPLAIN_REASON:
		ROWS(reason_keys);
	case COMPLAIN_SURE:
		ROWS(sure_keys);
	case COMPLAIN_PRINTING:
		ROWS(printing_keys);
	case COMPLAIN_DONE:
		ROWS(done_keys);
	case COMPLAIN_WRITING:
	case COMPLAIN_STEP_COUNT:
		break;
	}
	*count = 0;
	return NULL;
}

const char *complain_reason_text(enum complaint_reason reason)
{
	switch (reason) {
	case COMPLAINT_NOT_RECEIVED:
		return tr("The money was not received");
	case COMPLAINT_AMOUNT:
		return tr("The amount is not what was handed over");
	case COMPLAINT_PERSON:
		return tr("Somebody else received it, or the data are wrong");
	case COMPLAINT_OTHER:
	case COMPLAINT_NONE:
		break;
	}
	return tr("Another reason to complain");
}

void complain_init(struct complain *c, uint64_t seq,
	const struct payout_brief *brief)
{
	memset(c, 0, sizeof(*c));
	c->seq = seq;
	c->brief = *brief;
}

bool complain_is_slip(const struct complain *c, const struct event *ev)
{
	return ev->kind == EV_PRINT && ev->print.test &&
	       c->noted.complaint.seq != 0 &&
	       ev->print.seq == c->noted.complaint.seq;
}

static int key_of(const struct complain *c, const struct event *ev)
{
	size_t count;
	const struct binding *b = complain_bindings(c->step, &count);

	return binding_key(b, count, ev);
}

static struct effect on_reason_step(struct complain *c, const struct event *ev)
{
	const int key = key_of(c, ev);

	if (key == '0')
		return effect_of(FX_LEAVE);
	if (key < '1' || key > '9')
		return effect_of(FX_NONE);
	notice_clear(&c->notice);
	c->reason = (enum complaint_reason)(key - '0');
	c->step = COMPLAIN_SURE;
	return effect_of(FX_NONE);
}

static struct effect on_sure_step(struct complain *c, const struct event *ev)
{
	struct effect fx = effect_of(FX_COMPLAIN);

	switch (key_of(c, ev)) {
	case '1':
		notice_clear(&c->notice);
		fx.drop_keys = true;
		fx.complain.seq = c->seq;
		fx.complain.reason = c->reason;
		c->step = COMPLAIN_WRITING;
		return fx;
	case '0':
		notice_clear(&c->notice);
		c->step = COMPLAIN_REASON;
		break;
	default:
		break;
	}
	return effect_of(FX_NONE);
}

static struct effect print(struct complain *c)
{
	struct effect fx = effect_of(FX_COMPLAINT_SLIP);

	fx.complaint = c->noted.complaint;
	c->step = COMPLAIN_PRINTING;
	return fx;
}

static struct effect on_writing_step(struct complain *c, const struct event *ev)
{
	char text[REFUSAL_TEXT_SIZE];

	switch (ev->kind) {
	case EV_COMPLAINT:
		c->noted = ev->complaint;
		return print(c);
	case EV_REFUSED:
		refusal_text(&ev->refusal, text, sizeof(text));
		notice_say(&c->notice, NOTICE_WARN, "%s", text);
		c->step = COMPLAIN_REASON;
		break;
	case EV_FAILED:
		notice_say(&c->notice, NOTICE_STOP, "%s",
			tr("Not known whether the complaint is in the book. "
			   "Noting it once more does no harm."));
		c->step = COMPLAIN_SURE;
		break;
	default:
		break;
	}
	return effect_of(FX_NONE);
}

/* The slip's report, whether it is waited for or was printed again. */
static void on_slip(struct complain *c, const struct event *ev)
{
	if (ev->print.state == PRINT_PRINTING)
		return;
	c->paper = pay_paper_of(ev);
	c->step = COMPLAIN_DONE;
}

struct effect complain_handle(struct complain *c, const struct event *ev)
{
	if (complain_is_slip(c, ev)) {
		on_slip(c, ev);
		return effect_of(FX_NONE);
	}
	switch (c->step) {
	case COMPLAIN_REASON:
		return on_reason_step(c, ev);
	case COMPLAIN_SURE:
		return on_sure_step(c, ev);
	case COMPLAIN_WRITING:
		return on_writing_step(c, ev);
	case COMPLAIN_PRINTING:
	case COMPLAIN_DONE:
		switch (key_of(c, ev)) {
		case '1':
			return print(c);
		case '0':
			return effect_of(FX_LEAVE);
		default:
			break;
		}
		break;
	case COMPLAIN_STEP_COUNT:
		break;
	}
	return effect_of(FX_NONE);
}

void complain_paper_text(const struct complain *c, struct notice *state,
	struct notice *cure)
{
	notice_clear(state);
	notice_clear(cure);
	switch (c->paper.state) {
	case PRINT_PRINTED:
		notice_say(state, NOTICE_NOTE, "%s", tr("SLIP PRINTED"));
		notice_say(cure, NOTICE_NOTE, "%s",
			tr("Both sign the slip; give it to the person."));
		return;
	case PRINT_NONE:
	case PRINT_PRINTING:
	case PRINT_FAILED:
	case PRINT_UNKNOWN:
		break;
	}
	if (c->paper.no_printer) {
		notice_say(state, NOTICE_WARN, "%s", tr("SLIP NOT PRINTED"));
		notice_say(cure, NOTICE_NOTE, "%s",
			tr("No printer is ready: write the number of the "
			   "complaint down for the person."));
		return;
	}
	notice_say(state, NOTICE_WARN, "%s", tr("SLIP NOT PRINTED TO THE END"));
	pay_paper_cure(&c->paper, "", cure);
}
