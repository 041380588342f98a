#include "terminal/flows/machine.h"

#include <string.h>

#include "core/str.h"
#include "core/tr.h"
#include "terminal/flows/err_text.h"
#include "terminal/flows/pay.h"
#include "terminal/flows/refusal_text.h"

static const struct binding test_keys[] = {
	{'1', "1", TR("Print the test page"), TR("Print"), true},
	{'0', "0", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
/* The printer may take its time; nobody has to wait for it. */
static const struct binding waiting_keys[] = {
	{'0', "0", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding choose_keys[] = {
	{K_CHOICES, "1-9", TR("This number came out right, or not"),
		TR("Came out right"), false},
	{K_ACCEPT, "ENTER", TR("Keep it for this printer"), TR("Keep"), true},
	{'0', "0", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding reason_keys[] = {
	{'1', "1", TR("Small change for banknotes"), TR("Change"), true},
	{'2', "2", TR("To count, taking nothing out"), TR("Count"), true},
	{'3', "3", TR("It did not open, or a note is stuck"), TR("Stuck"),
		true},
	{'9', "9", TR("Another reason"), TR("Other"), true},
	{'0', "0", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};

const char *machine_block(int n)
{
	static const char *const name[MACHINE_BLOCKS] = {"TCVN-3 (30, 31)",
		"CP1258 (52)", "CP1258 (27)", "CP1258 (94)", "CP1258 (35)",
		"CP1258 (32)", "UTF-8", "58 mm", "80 mm"};

	return n >= 1 && n <= MACHINE_BLOCKS ? name[n - 1] : "";
}

#define ROWS(table)                                          \
	do {                                                 \
		*count = sizeof(table) / sizeof((table)[0]); \
		return table;                                \
	} while (0)

const struct binding *machine_bindings(enum machine_step step, size_t *count)
{
	switch (step) {
	case MACHINE_TEST:
		ROWS(test_keys);
	case MACHINE_CHOOSE:
		ROWS(choose_keys);
	case MACHINE_REASON:
		ROWS(reason_keys);
	case MACHINE_PRINTING:
	case MACHINE_OPENING:
		ROWS(waiting_keys);
	case MACHINE_KEEPING:
	case MACHINE_NOTING:
	case MACHINE_STEP_COUNT:
		break;
	}
	*count = 0;
	return NULL;
}

void machine_start_test(struct machine *m)
{
	memset(m, 0, sizeof(*m));
	m->step = MACHINE_TEST;
}

void machine_start_drawer(struct machine *m)
{
	memset(m, 0, sizeof(*m));
	m->step = MACHINE_REASON;
}

static struct effect on_test(struct machine *m, int key)
{
	if (key == '1') {
		m->step = MACHINE_PRINTING;
		return effect_of(FX_PRINT_TEST);
	}
	return effect_of(key == '0' ? FX_LEAVE : FX_NONE);
}

static struct effect on_printing(struct machine *m, const struct event *ev)
{
	const struct pay_paper paper = pay_paper_of(ev);

	/* A slip that was under way before has a number. */
	if (ev->kind != EV_PRINT || !ev->print.test || ev->print.seq != 0 ||
		ev->print.state == PRINT_PRINTING)
		return effect_of(FX_NONE);
	m->step = MACHINE_TEST;
	if (ev->print.state == PRINT_PRINTED) {
		m->step = MACHINE_CHOOSE;
		str_copy(m->printer, sizeof(m->printer), ev->print.printer);
	} else if (ev->print.no_printer) {
		notice_say(&m->notice, NOTICE_WARN, "%s",
			paper.several ? tr("Several printers are plugged in: "
					   "name one in chitra.ini.")
				      : tr("No printer is set up."));
	} else if (paper.rule[0]) {
		notice_say(&m->notice, NOTICE_WARN,
			tr("This program may not use the printer. For the "
			   "technician, in /etc/udev/rules.d: %s"),
			paper.rule);
	} else {
		pay_paper_cure(&paper, "", &m->notice);
		m->notice.level = NOTICE_WARN;
	}
	return effect_of(FX_NONE);
}

static struct effect keep(struct machine *m)
{
	struct effect fx = effect_of(FX_PRINT_KEEP);
	size_t n = 0;

	for (int i = 1; i <= MACHINE_BLOCKS; i++)
		if (m->right[i])
			fx.keep.right[n++] = (char)('0' + i);
	if (n == 0) {
		notice_say(&m->notice, NOTICE_WARN, "%s",
			tr("Press the numbers that came out right."));
		return effect_of(FX_NONE);
	}
	str_copy(fx.keep.printer, sizeof(fx.keep.printer), m->printer);
	m->step = MACHINE_KEEPING;
	return fx;
}

static struct effect on_choose(struct machine *m, int key)
{
	if (key == '0')
		return effect_of(FX_LEAVE);
	if (key == K_ACCEPT)
		return keep(m);
	if (key >= '1' && key <= '9')
		m->right[key - '0'] = !m->right[key - '0'];
	return effect_of(FX_NONE);
}

static struct effect on_keeping(struct machine *m, const struct event *ev)
{
	if (ev->kind == EV_CONFIRMED) {
		notice_say(&m->notice, NOTICE_NOTE, "%s",
			tr("Kept: this printer prints Vietnamese so from now "
			   "on."));
		return effect_of(FX_LEAVE);
	}
	if (ev->kind == EV_FAILED) {
		notice_say(&m->notice, NOTICE_WARN, "%s",
			tr("It could not be kept: see chitra.ini, or call the "
			   "technician."));
		m->step = MACHINE_CHOOSE;
	}
	return effect_of(FX_NONE);
}

static struct effect on_reason(struct machine *m, int key)
{
	struct effect fx = effect_of(FX_DRAWER_OPEN);

	switch (key) {
	case '1':
		fx.drawer = DRAWER_CHANGE;
		break;
	case '2':
		fx.drawer = DRAWER_COUNT;
		break;
	case '3':
		fx.drawer = DRAWER_STUCK;
		break;
	case '9':
		fx.drawer = DRAWER_OTHER;
		break;
	default:
		return effect_of(key == '0' ? FX_LEAVE : FX_NONE);
	}
	m->step = MACHINE_NOTING;
	return fx;
}

static struct effect on_noting(struct machine *m, const struct event *ev)
{
	char text[REFUSAL_TEXT_SIZE];

	switch (ev->kind) {
	case EV_CONFIRMED:
		m->step = MACHINE_OPENING;
		return effect_of(FX_NONE);
	case EV_REFUSED:
		refusal_text(&ev->refusal, text, sizeof(text));
		notice_say(&m->notice, NOTICE_WARN, "%s", text);
		break;
	case EV_FAILED:
		notice_say(&m->notice, NOTICE_WARN, "%s",
			ev->err.code == ERR_GONE
				? tr("No cash drawer is set up in chitra.ini.")
				: err_text(ev->err.code, ERR_WHILE_WRITING));
		break;
	default:
		return effect_of(FX_NONE);
	}
	m->step = MACHINE_REASON;
	return effect_of(FX_NONE);
}

/* The book has it; what the printer does changes nothing in that. */
static struct effect on_opening(struct machine *m, const struct event *ev)
{
	if (ev->kind != EV_PRINT || !ev->print.test ||
		ev->print.state == PRINT_PRINTING)
		return effect_of(FX_NONE);
	if (ev->print.state == PRINT_PRINTED)
		notice_say(&m->notice, NOTICE_NOTE, "%s",
			tr("Recorded; the drawer opens."));
	else
		notice_say(&m->notice, NOTICE_WARN, "%s",
			tr("Recorded, but the printer did not open the "
			   "drawer: open it with its key."));
	return effect_of(FX_LEAVE);
}

struct effect machine_handle(struct machine *m, const struct event *ev)
{
	size_t count;
	const struct binding *b = machine_bindings(m->step, &count);
	const int key = binding_key(b, count, ev);

	if (ev->kind == EV_KEY)
		notice_clear(&m->notice);
	switch (m->step) {
	case MACHINE_TEST:
		return on_test(m, key);
	case MACHINE_PRINTING:
		return key == '0' ? effect_of(FX_LEAVE) : on_printing(m, ev);
	case MACHINE_CHOOSE:
		return on_choose(m, key);
	case MACHINE_KEEPING:
		return on_keeping(m, ev);
	case MACHINE_REASON:
		return on_reason(m, key);
	case MACHINE_NOTING:
		return on_noting(m, ev);
	case MACHINE_OPENING:
		return key == '0' ? effect_of(FX_LEAVE) : on_opening(m, ev);
	case MACHINE_STEP_COUNT:
		break;
	}
	return effect_of(FX_NONE);
}
