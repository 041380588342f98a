#include "terminal/flows/setup.h"

#include <string.h>

#include "core/str.h"
#include "core/tr.h"
#include "terminal/flows/err_text.h"
#include "terminal/flows/refusal_text.h"

static const struct binding menu_keys[] = {
	{'1', "1", TR("Printer, paper, cash drawer"), TR("Printer, drawer"),
		false},
	{'2', "2", TR("Receipt: lines at the top and at the end"),
		TR("Receipt"), false},
	{'3', "3", TR("Scanner and camera"), NULL, false},
	{'4', "4", TR("Screen, language, lock"), TR("Screen"), false},
	{'5', "5", TR("Who answers for people's data"), TR("Data controller"),
		false},
	{'6', "6", TR("This terminal and its point"), TR("This terminal"),
		false},
	{'7', "7", TR("Copies of the book: check and restore"), TR("Copies"),
		BINDING_NEEDS(ACT_BACKUP)},
	{'8', "8", TR("Terminals of this office that are believed"),
		TR("Office's terminals"), false},
	{'9', "9", TR("Reports, paying by account, way to the centre"),
		TR("Reports, payer, centre"), false},
	{'0', "0", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding list_keys[] = {
	{K_CHOICES, "1-8", TR("Change that one"), NULL, false},
	{'0', "0", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding receipt_keys[] = {
	{'9', "9", TR("See a receipt as it would be printed"),
		TR("See a receipt"), false},
	{K_CHOICES, "1-7", TR("Change that one"), NULL, false},
	{'0', "0", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding choose_keys[] = {
	{'9', "9", TR("As if nothing were said"), TR("Default"), true},
	{K_CHOICES, "1-8", TR("Take this one"), TR("Take"), true},
	{'0', "0", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding type_keys[] = {
	{K_LETTERS, "a-z", TR("Letters"), TR("Text"), false},
	{K_DIGITS, "0-9", TR("Digits"), NULL, false},
	{K_ACCEPT, "ENTER", TR("Keep it"), TR("Keep"), true},
	{K_ERASE, "<-", TR("Erase"), NULL, false},
	{K_ERASE_WORD, "Del", TR("Erase the whole word (or press * twice)"),
		TR("Erase word"), false},
	{K_BACK, "Esc", TR("Back"), NULL, false},
	{'*', "*", TR("More"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding number_keys[] = {
	{K_DIGITS, "0-9", TR("Digits"), NULL, false},
	{K_ACCEPT, "ENTER", TR("Keep it"), TR("Keep"), true},
	{K_ERASE, "<-", TR("Erase"), NULL, false},
	{K_BACK, "Esc", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding shown_keys[] = {
	{'0', "0", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding office_keys[] = {
	{K_CHOICES, "1-9", TR("Take that terminal out"), TR("Take one out"),
		BINDING_NEEDS(ACT_OFFICE_KEY)},
	{'0', "0", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding out_why_keys[] = {
	{'1', "1", TR("It was lost or stolen"), TR("Lost"), false},
	{'2', "2", TR("Another terminal took its place"), TR("Replaced"),
		false},
	{'3', "3", TR("Its point is closed"), TR("Point closed"), false},
	{'0', "0", TR("No: change nothing"), TR("Do not"), false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding out_sure_keys[] = {
	{'1', "1", TR("Yes: believe it no more, for good"),
		TR("Take it out for good"), BINDING_ONCE},
	{'0', "0", TR("No: change nothing"), TR("Do not"), false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding sample_keys[] = {
	{'.', ".", TR("Further down"), TR("Down"), false},
	{K_DOWN, "Down", TR("Further down"), TR("Down"), false},
	{K_UP, "Up", TR("Further up"), TR("Up"), false},
	{K_PAGE_UP, "PgUp", TR("Further up"), TR("Up"), false},
	{'0', "0", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};

#define ROWS(table)                                          \
	do {                                                 \
		*count = sizeof(table) / sizeof((table)[0]); \
		return table;                                \
	} while (0)

const struct binding *setup_bindings(const struct setup *s, size_t *count)
{
	switch (s->step) {
	case SETUP_MENU:
		ROWS(menu_keys);
	case SETUP_LIST:
		if (s->group == SETTING_RECEIPT)
			ROWS(receipt_keys);
		ROWS(list_keys);
	case SETUP_CHOOSE:
		ROWS(choose_keys);
	case SETUP_TYPE:
		if (setting_at(s->chosen)->kind == SETTING_NUMBER)
			ROWS(number_keys);
		ROWS(type_keys);
	case SETUP_OFFICE:
		if (s->told.peers > 0)
			ROWS(office_keys);
		ROWS(shown_keys);
	case SETUP_TERMINAL:
		ROWS(shown_keys);
	case SETUP_OUT_WHY:
		ROWS(out_why_keys);
	case SETUP_OUT_SURE:
		ROWS(out_sure_keys);
	case SETUP_SAMPLE:
		ROWS(sample_keys);
	case SETUP_ASKED:
	case SETUP_SAVING:
	case SETUP_OUT:
	case SETUP_SAMPLE_ASKED:
	case SETUP_STEP_COUNT:
		break;
	}
	*count = 0;
	return NULL;
}

void setup_start(struct setup *s)
{
	memset(s, 0, sizeof(*s));
	entry_init(&s->typed, ENTRY_TEXT, SETTING_SIZE - 1);
}

bool setup_types_words(const struct setup *s)
{
	return s->step == SETUP_TYPE &&
	       setting_at(s->chosen)->kind == SETTING_WORDS;
}

/* ---- the lists ------------------------------------------------------------ */

static struct effect ask(struct setup *s, enum setup_step then)
{
	s->then = then;
	s->step = SETUP_ASKED;
	return effect_of(FX_SETTINGS);
}

static struct effect on_menu(struct setup *s, int key)
{
	if ((key >= '1' && key < '1' + SETTING_REPORTS) || key == '9') {
		s->group = key == '9' ? SETTING_REPORTS
				      : (enum setting_group)(key - '1');
		return ask(s, SETUP_LIST);
	}
	if (key == '6')
		return ask(s, SETUP_TERMINAL);
	if (key == '8')
		return ask(s, SETUP_OFFICE);
	if (key != '7' && key != '0')
		return effect_of(FX_NONE);
	s->want = key == '7' ? SETUP_WANTS_RESTORE : SETUP_WANTS_BACK;
	return effect_of(FX_LEAVE);
}

static void say_failed(struct setup *s, const struct event *ev,
	enum err_situation doing)
{
	char text[REFUSAL_TEXT_SIZE];

	if (ev->kind == EV_REFUSED)
		refusal_text(&ev->refusal, text, sizeof(text));
	else
		str_copy(text, sizeof(text), err_text(ev->err.code, doing));
	notice_say(&s->notice, NOTICE_WARN, "%s", text);
}

static void on_asked(struct setup *s, const struct event *ev)
{
	if (ev->kind == EV_SETTINGS) {
		s->told = ev->settings;
		s->step = s->then;
	} else if (ev->kind == EV_FAILED || ev->kind == EV_REFUSED) {
		say_failed(s, ev, ERR_WHILE_READING);
		s->step = SETUP_MENU;
	}
}

static struct effect open_row(struct setup *s, int row)
{
	const struct setting *at = setting_at(row);

	s->chosen = row;
	if (at->kind == SETTING_CHOICE) {
		s->step = SETUP_CHOOSE;
		return effect_of(FX_NONE);
	}
	if (at->kind == SETTING_NUMBER)
		entry_init(&s->typed, ENTRY_NUMBER, 5);
	else
		entry_init(&s->typed, ENTRY_TEXT, SETTING_SIZE / 2);
	entry_set(&s->typed, s->told.value[row]);
	s->step = SETUP_TYPE;
	return effect_of(FX_NONE);
}

static struct effect on_list(struct setup *s, int key)
{
	int first;
	int count;

	setting_of(s->group, &first, &count);
	if (key == '0') {
		s->step = SETUP_MENU;
	} else if (key == '9' && s->group == SETTING_RECEIPT) {
		s->step = SETUP_SAMPLE_ASKED;
		return effect_of(FX_SAMPLE);
	} else if (key >= '1' && key < '1' + count) {
		return open_row(s, first + key - '1');
	}
	return effect_of(FX_NONE);
}

/* ---- a new value ---------------------------------------------------------- */

static struct effect put(struct setup *s, const char *value)
{
	struct effect fx = effect_of(FX_SETTING_PUT);

	fx.setting.which = s->chosen;
	str_copy(fx.setting.value, sizeof(fx.setting.value), value);
	s->step = SETUP_SAVING;
	return fx;
}

static struct effect on_choose(struct setup *s, int key)
{
	const struct setting *at = setting_at(s->chosen);

	if (key == '0')
		s->step = SETUP_LIST;
	else if (key == '9')
		return put(s, "");
	else if (key >= '1' && key < '1' + setting_choices(at))
		return put(s, at->choice[key - '1'].value);
	return effect_of(FX_NONE);
}

static bool fits(const struct setup *s)
{
	const struct setting *at = setting_at(s->chosen);
	const long long n = entry_number(&s->typed);

	return at->kind != SETTING_NUMBER || !*s->typed.text ||
	       (n >= at->least && n <= at->most);
}

static struct effect on_type(struct setup *s, const struct event *ev)
{
	char range[SETTING_TEXT];

	if (ev->kind != EV_KEY || ev->key == '*' || ev->key == '#')
		return effect_of(FX_NONE);
	switch (entry_key(&s->typed, ev->key)) {
	case ENTRY_ACCEPTED:
		if (fits(s))
			return put(s, s->typed.text);
		setting_range_text(setting_at(s->chosen), range);
		notice_say(&s->notice, NOTICE_WARN, "%s", range);
		break;
	case ENTRY_CANCELLED:
		s->step = SETUP_LIST;
		break;
	case ENTRY_IGNORED:
	case ENTRY_CHANGED:
	case ENTRY_FULL:
		break;
	}
	return effect_of(FX_NONE);
}

static void on_saving(struct setup *s, const struct event *ev)
{
	const struct setting *at = setting_at(s->chosen);

	switch (ev->kind) {
	case EV_SETTINGS:
		s->told = ev->settings;
		s->step = SETUP_LIST;
		notice_say(&s->notice, NOTICE_NOTE, "%s",
			at->at_once
				? tr("Kept. It holds at once.")
				: tr("Kept. It holds when the program starts "
				     "again."));
		return;
	case EV_FAILED:
	case EV_REFUSED:
		break;
	default:
		return;
	}
	if (ev->kind == EV_FAILED && ev->err.code == ERR_INVALID)
		notice_say(&s->notice, NOTICE_WARN, "%s",
			tr("It cannot be that. Nothing was changed."));
	else
		say_failed(s, ev, ERR_WHILE_WRITING);
	s->step = at->kind == SETTING_CHOICE ? SETUP_CHOOSE : SETUP_TYPE;
}

/* ---- a terminal that is believed no more ----------------------------------- */

static void on_office(struct setup *s, int key)
{
	const int shown =
		s->told.peers < FLOW_PEERS ? s->told.peers : FLOW_PEERS;

	if (key == '0') {
		s->step = SETUP_MENU;
	} else if (key >= '1' && key <= '9' && key - '1' < shown) {
		s->peer = key - '1';
		s->step = SETUP_OUT_WHY;
	}
}

static void on_out_why(struct setup *s, int key)
{
	if (key == '0') {
		s->step = SETUP_OFFICE;
	} else if (key >= '1' && key < '0' + PEER_WHYS) {
		s->why = (enum peer_why)(key - '0');
		s->step = SETUP_OUT_SURE;
	}
}

static struct effect on_out_sure(struct setup *s, int key)
{
	struct effect fx = effect_of(FX_PEER_OUT);

	if (key == '0')
		s->step = SETUP_OFFICE;
	if (key != '1')
		return effect_of(FX_NONE);
	memcpy(fx.out.dev, s->told.peer[s->peer].dev, sizeof(fx.out.dev));
	fx.out.why = s->why;
	s->step = SETUP_OUT;
	return fx;
}

static void on_out(struct setup *s, const struct event *ev)
{
	char dev[2 * MARKS_DEV_SIZE + 1];

	if (ev->kind == EV_SETTINGS) {
		str_to_hex(s->told.peer[s->peer].dev, MARKS_DEV_SIZE, dev);
		s->told = ev->settings;
		notice_say(&s->notice, NOTICE_NOTE,
			tr("Terminal %.6s is out: it is believed no more."),
			dev);
	} else if (ev->kind == EV_FAILED || ev->kind == EV_REFUSED) {
		say_failed(s, ev, ERR_WHILE_WRITING);
	} else {
		return;
	}
	s->step = SETUP_OFFICE;
}

/* ---- a receipt as it would be --------------------------------------------- */

static void on_sample_asked(struct setup *s, const struct event *ev)
{
	if (ev->kind == EV_SAMPLE) {
		memcpy(s->sample, ev->sample, sizeof(s->sample));
		s->sample[sizeof(s->sample) - 1] = '\0';
		s->top = 0;
		s->step = SETUP_SAMPLE;
	} else if (ev->kind == EV_FAILED) {
		notice_say(&s->notice, NOTICE_WARN, "%s",
			tr("Such a receipt cannot be made: shorten the "
			   "lines."));
		s->step = SETUP_LIST;
	}
}

enum {
	SCROLL = 6
};

static void on_sample(struct setup *s, int key)
{
	int lines = 0;

	for (const char *at = s->sample; *at; at++)
		lines += *at == '\n';
	if (key == '0')
		s->step = SETUP_LIST;
	else if ((key == '.' || key == K_DOWN) && s->top + SCROLL < lines)
		s->top += SCROLL;
	else if (key == K_UP || key == K_PAGE_UP)
		s->top = s->top > SCROLL ? s->top - SCROLL : 0;
}

struct effect setup_handle(struct setup *s, const struct event *ev)
{
	size_t count;
	const struct binding *b = setup_bindings(s, &count);
	const int key = binding_key(b, count, ev);

	if (ev->kind == EV_KEY)
		notice_clear(&s->notice);
	switch (s->step) {
	case SETUP_MENU:
		return on_menu(s, key);
	case SETUP_ASKED:
		on_asked(s, ev);
		break;
	case SETUP_LIST:
		return on_list(s, key);
	case SETUP_CHOOSE:
		return on_choose(s, key);
	case SETUP_TYPE:
		return on_type(s, ev);
	case SETUP_SAVING:
		on_saving(s, ev);
		break;
	case SETUP_TERMINAL:
		if (key == '0')
			s->step = SETUP_MENU;
		break;
	case SETUP_OFFICE:
		on_office(s, key);
		break;
	case SETUP_OUT_WHY:
		on_out_why(s, key);
		break;
	case SETUP_OUT_SURE:
		return on_out_sure(s, key);
	case SETUP_OUT:
		on_out(s, ev);
		break;
	case SETUP_SAMPLE_ASKED:
		on_sample_asked(s, ev);
		break;
	case SETUP_SAMPLE:
		on_sample(s, key);
		break;
	case SETUP_STEP_COUNT:
		break;
	}
	return effect_of(FX_NONE);
}
