#include "terminal/flows/notpaid.h"

#include <string.h>

#include "core/str.h"
#include "core/tr.h"
#include "terminal/flows/err_text.h"
#include "terminal/flows/refusal_text.h"

static const struct binding reason_keys[] = {
	{'1', "1", TR("Absent"), NULL, false},
	{'2', "2", TR("Moved away"), NULL, false},
	{'3', "3", TR("Died"), NULL, false},
	{'4', "4", TR("Does not want the money"), TR("Refuses"), false},
	{'5', "5", TR("In prison"), NULL, false},
	{'6', "6", TR("Wrong data on the list"), TR("Wrong data"), false},
	{'9', "9", TR("Another reason"), TR("Other"), false},
	{'0', "0", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding date_keys[] = {
	{K_DIGITS, "0-9", TR("Day of death, for example 02092026"),
		TR("Day of death"), false},
	{K_ACCEPT, "ENTER", TR("Go on"), NULL, false},
	{K_ERASE, "<-", TR("Erase"), NULL, false},
	{K_BACK, "Esc", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding sure_keys[] = {
	{'1', "1", TR("Yes: record that nothing is paid"), TR("Record"), true},
	{'0', "0", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};

#define ROWS(table)                                          \
	do {                                                 \
		*count = sizeof(table) / sizeof((table)[0]); \
		return table;                                \
	} while (0)

const struct binding *notpaid_bindings(enum notpaid_step step, size_t *count)
{
	switch (step) {
	case NOTPAID_REASON:
		ROWS(reason_keys);
	case NOTPAID_DATE:
		ROWS(date_keys);
	case NOTPAID_SURE:
		ROWS(sure_keys);
	case NOTPAID_SAVING:
	case NOTPAID_STEP_COUNT:
		break;
	}
	*count = 0;
	return NULL;
}

const char *notpaid_reason_text(enum not_paid reason)
{
	switch (reason) {
	case NOT_PAID_NONE:
		return "";
	case NOT_PAID_ABSENT:
		return tr("Absent");
	case NOT_PAID_MOVED:
		return tr("Moved away");
	case NOT_PAID_DIED:
		return tr("Died");
	case NOT_PAID_REFUSES:
		return tr("Does not want the money");
	case NOT_PAID_PRISON:
		return tr("In prison");
	case NOT_PAID_WRONG_DATA:
		return tr("Wrong data on the list");
	case NOT_PAID_OTHER:
		return tr("Another reason");
	}
	return "";
}

void notpaid_init(struct notpaid *n, const struct person *person,
	struct date today)
{
	memset(n, 0, sizeof(*n));
	n->person = person->id;
	n->today = today;
	str_copy(n->name, sizeof(n->name), person->name);
	entry_init(&n->typed, ENTRY_DATE, 10);
}

static struct effect leave(struct notpaid *n, bool saved)
{
	n->saved = saved;
	return effect_of(FX_LEAVE);
}

static struct effect on_reason_step(struct notpaid *n, const struct event *ev)
{
	size_t count;
	const struct binding *b = notpaid_bindings(n->step, &count);
	const int key = binding_key(b, count, ev);

	if (key == '0')
		return leave(n, false);
	if (key < '1' || key > '9')
		return effect_of(FX_NONE);
	notice_clear(&n->notice);
	n->reason = (enum not_paid)(key - '0');
	memset(&n->date, 0, sizeof(n->date));
	n->step = n->reason == NOT_PAID_DIED ? NOTPAID_DATE : NOTPAID_SURE;
	return effect_of(FX_NONE);
}

static void accept_date(struct notpaid *n)
{
	struct date d;

	if (!date_parse(n->typed.text, &d) || d.day == 0) {
		notice_say(&n->notice, NOTICE_WARN, "%s",
			tr("This is no day. Type day, month and year: "
			   "02092026"));
	} else if (n->today.year != 0 && date_compare(d, n->today) > 0) {
		notice_say(&n->notice, NOTICE_WARN, "%s",
			tr("This day is still to come"));
	} else {
		n->date = d;
		n->step = NOTPAID_SURE;
	}
}

static struct effect on_date_step(struct notpaid *n, const struct event *ev)
{
	if (ev->kind != EV_KEY)
		return effect_of(FX_NONE);
	switch (entry_key(&n->typed, ev->key)) {
	case ENTRY_ACCEPTED:
		accept_date(n);
		break;
	case ENTRY_CANCELLED:
		entry_clear(&n->typed);
		n->step = NOTPAID_REASON;
		break;
	case ENTRY_CHANGED:
		notice_clear(&n->notice);
		break;
	case ENTRY_IGNORED:
	case ENTRY_FULL:
		break;
	}
	return effect_of(FX_NONE);
}

static struct effect on_sure_step(struct notpaid *n, const struct event *ev)
{
	struct effect fx = effect_of(FX_NOT_PAID);
	size_t count;
	const struct binding *b = notpaid_bindings(n->step, &count);

	switch (binding_key(b, count, ev)) {
	case '1':
		fx.drop_keys = true;
		fx.not_paid.person = n->person;
		fx.not_paid.reason = n->reason;
		fx.not_paid.date = n->date;
		n->step = NOTPAID_SAVING;
		return fx;
	case '0':
		n->step = NOTPAID_REASON;
		break;
	default:
		break;
	}
	return effect_of(FX_NONE);
}

static struct effect on_saving_step(struct notpaid *n, const struct event *ev)
{
	char text[REFUSAL_TEXT_SIZE];

	switch (ev->kind) {
	case EV_NOT_PAID_SAVED:
		notice_say(&n->notice, NOTICE_NOTE,
			tr("Recorded as not paid: %s (%s)"), n->name,
			notpaid_reason_text(n->reason));
		return leave(n, true);
	case EV_REFUSED:
		refusal_text(&ev->refusal, text, sizeof(text));
		notice_say(&n->notice, NOTICE_WARN, "%s", text);
		n->step = NOTPAID_REASON;
		break;
	case EV_FAILED:
		/* Recording a reason twice changes nothing: it may be
		 * repeated without looking first. */
		notice_say(&n->notice, NOTICE_STOP, "%s",
			err_text(ev->err.code, ERR_WHILE_WRITING));
		n->step = NOTPAID_REASON;
		break;
	default:
		break;
	}
	return effect_of(FX_NONE);
}

struct effect notpaid_handle(struct notpaid *n, const struct event *ev)
{
	typedef struct effect (*step_fn)(struct notpaid *,
		const struct event *);
	static const step_fn on_step[NOTPAID_STEP_COUNT] = {
		[NOTPAID_REASON] = on_reason_step,
		[NOTPAID_DATE] = on_date_step,
		[NOTPAID_SURE] = on_sure_step,
		[NOTPAID_SAVING] = on_saving_step,
	};

	return on_step[n->step](n, ev);
}
