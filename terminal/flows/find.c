#include "terminal/flows/find.h"

#include <string.h>

#include "core/codec/viet.h"
#include "core/str.h"
#include "core/tr.h"
#include "terminal/flows/err_text.h"

enum {
	QUERY_MAX_CHARS = 40
};

static const struct binding type_keys[] = {
	{K_DIGITS, "0-9", TR("Last 4 digits or more, or the list number"),
		TR("Number"), false},
	{K_LETTERS, "a-z", TR("Name, marks not needed"), TR("Name"), false},
	{K_ACCEPT, "ENTER", TR("Find"), NULL, false},
	{K_ERASE, "<-", TR("Erase"), NULL, false},
	{K_ERASE_WORD, "Del", TR("Erase the whole word (or press * twice)"),
		TR("Erase word"), false},
	{K_BACK, "Esc", TR("Back"), NULL, false},
	{'*', "*", TR("More"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding list_keys[] = {
	{K_CHOICES, "1-9", TR("Choose this person"), TR("Choose"), false},
	{K_ACCEPT, "ENTER", TR("Choose the row with the mark"), TR("Choose"),
		true},
	{K_UP, "Up", TR("The row above"), TR("Up"), false},
	{K_DOWN, "Down", TR("The row below"), TR("Down"), false},
	{'.', ".", TR("Next page"), NULL, false},
	{K_PAGE_UP, "PgUp", TR("Page before"), NULL, false},
	{'0', "0", TR("Back"), NULL, false},
	{'*', "*", TR("More"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};

const struct binding *find_bindings(enum find_step step, size_t *count)
{
	switch (step) {
	case FIND_TYPE:
		*count = sizeof(type_keys) / sizeof(type_keys[0]);
		return type_keys;
	case FIND_LIST:
		*count = sizeof(list_keys) / sizeof(list_keys[0]);
		return list_keys;
	case FIND_LOOKUP:
	case FIND_STEP_COUNT:
		break;
	}
	*count = 0;
	return NULL;
}

void find_init(struct find *f, int first, enum telex_method typing)
{
	memset(f, 0, sizeof(*f));
	entry_init(&f->query, ENTRY_TEXT, QUERY_MAX_CHARS);
	entry_typing(&f->query, typing);
	if (first)
		entry_key(&f->query, first);
}

int find_page_rows(const struct find *f, int *first)
{
	const int left = f->count - f->page * FIND_PAGE;

	*first = f->page * FIND_PAGE;
	return left < FIND_PAGE ? left : FIND_PAGE;
}

/* "129S-RZCJ-BYD8-9": its last sign is the check of the others, so that
 * hardly a name is one; of digits alone it is a number. */
static bool is_receipt(struct find *f)
{
	const char *keys = f->query.typed[0] ? f->query.typed : f->query.text;

	return strpbrk(keys, "0123456789") &&
	       keys[strspn(keys, "0123456789 .-")] != '\0' &&
	       seal_code_parse(keys, f->code);
}

static struct effect search(struct find *f)
{
	struct effect fx = effect_of(FX_FIND);

	f->code[0] = '\0';
	if (f->query.text[strspn(f->query.text, " ")] == '\0')
		return effect_of(FX_NONE);
	if (is_receipt(f)) {
		f->chosen = 0;
		return effect_of(FX_LEAVE);
	}
	f->code[0] = '\0';
	notice_clear(&f->notice);
	str_copy(fx.query, sizeof(fx.query), f->query.text);
	f->as_typed = false;
	f->by_bhyt = false;
	f->step = FIND_LOOKUP;
	return fx;
}

struct effect find_start_bhyt(struct find *f, const char *name,
	struct date birth, enum telex_method typing)
{
	struct effect fx;

	find_init(f, 0, typing);
	entry_set(&f->query, name);
	fx = search(f);
	f->by_bhyt = true;
	f->birth = birth;
	return fx;
}

/* Do the bare keys ask for something else, and was that not tried yet? */
static bool keys_differ(const struct find *f)
{
	char text[ENTRY_SIZE];
	char typed[ENTRY_SIZE];

	return !f->as_typed && viet_fold(f->query.text, text, sizeof(text)) &&
	       viet_fold(f->query.typed, typed, sizeof(typed)) && *typed &&
	       strcmp(text, typed) != 0;
}

static struct effect search_as_typed(struct find *f)
{
	struct effect fx = effect_of(FX_FIND);

	str_copy(fx.query, sizeof(fx.query), f->query.typed);
	f->as_typed = true;
	return fx;
}

static struct effect choose(struct find *f, int64_t person)
{
	f->chosen = person;
	return effect_of(FX_LEAVE);
}

static struct effect on_type_step(struct find *f, const struct event *ev)
{
	if (ev->kind != EV_KEY)
		return effect_of(FX_NONE);
	if (f->in_vain && ev->key < K_NAMED_FIRST)
		entry_clear(&f->query);
	f->in_vain = false;
	switch (entry_key(&f->query, ev->key)) {
	case ENTRY_ACCEPTED:
		return search(f);
	case ENTRY_CANCELLED:
		return choose(f, 0);
	case ENTRY_CHANGED:
		notice_clear(&f->notice);
		break;
	case ENTRY_IGNORED:
	case ENTRY_FULL:
		break;
	}
	return effect_of(FX_NONE);
}

/* Many are listed with the year of birth alone, some without. */
static bool may_be_born(const struct find *f, struct date listed)
{
	const struct date card = f->birth;

	if (!f->by_bhyt || card.year == 0 || listed.year == 0)
		return true;
	if (card.month == 0 || listed.month == 0)
		return card.year == listed.year;
	return date_compare(card, listed) == 0;
}

static void keep_rows(struct find *f, const struct event *ev)
{
	f->count = 0;
	f->more = ev->found.more;
	f->page = 0;
	f->cursor = 0;
	memset(f->row, 0, sizeof(f->row));
	for (int i = 0; i < ev->found.count && i < FLOW_MAX_FOUND; i++)
		if (may_be_born(f, ev->found.row[i].birth))
			f->row[f->count++] = ev->found.row[i];
}

static void say_nobody(struct find *f)
{
	char birth[DATE_TEXT_SIZE];

	f->step = FIND_TYPE;
	f->in_vain = true;
	if (f->by_bhyt)
		notice_say(&f->notice, NOTICE_WARN,
			tr("Nobody with the name and birth of the "
			   "health-insurance card (%s) is on the lists. ENTER "
			   "looks for the name alone."),
			date_vi(f->birth, birth));
	else
		notice_say(&f->notice, NOTICE_WARN, "%s",
			tr("Nobody found. Type the last 4 digits, or the name "
			   "with blanks between the words."));
}

static struct effect on_found(struct find *f, const struct event *ev)
{
	if (ev->found.count <= 0 && keys_differ(f))
		return search_as_typed(f);
	keep_rows(f, ev);
	if (f->count == 0) {
		say_nobody(f);
		return effect_of(FX_NONE);
	}
	if (f->count == 1 && !f->more && !f->by_bhyt) {
		/* Back from this person leads to typing, not to one row. */
		f->step = FIND_TYPE;
		return choose(f, f->row[0].id);
	}
	f->step = FIND_LIST;
	/* A note: where rows are dear, the rows go first; the check warns. */
	if (f->by_bhyt)
		notice_say(&f->notice, NOTICE_NOTE, "%s",
			tr("Found by the health-insurance card: choose only "
			   "who it is for sure"));
	else if (f->more)
		notice_say(&f->notice, NOTICE_NOTE, "%s",
			tr("There are more than shown: type more of the name "
			   "or number"));
	return effect_of(FX_NONE);
}

static struct effect on_lookup_step(struct find *f, const struct event *ev)
{
	if (ev->kind == EV_FOUND)
		return on_found(f, ev);
	if (ev->kind == EV_FAILED) {
		f->step = FIND_TYPE;
		notice_say(&f->notice, NOTICE_STOP, "%s",
			err_text(ev->err.code, ERR_WHILE_READING));
	}
	return effect_of(FX_NONE);
}

static void turn_page(struct find *f, int by)
{
	const int pages = (f->count + FIND_PAGE - 1) / FIND_PAGE;

	f->page = (f->page + by + pages) % pages;
	f->cursor = 0;
}

static void move(struct find *f, int by)
{
	int first;
	const int rows = find_page_rows(f, &first);
	const int to = f->cursor + by;

	if (to >= 0 && to < rows)
		f->cursor = to;
}

static struct effect choose_row(struct find *f, int row)
{
	int first;

	if (row >= find_page_rows(f, &first))
		return effect_of(FX_NONE);
	return choose(f, f->row[first + row].id);
}

static struct effect on_list_step(struct find *f, const struct event *ev)
{
	const int key = binding_key(list_keys,
		sizeof(list_keys) / sizeof(list_keys[0]), ev);

	switch (key) {
	case K_UP:
		move(f, -1);
		break;
	case K_DOWN:
		move(f, 1);
		break;
	case '.':
		turn_page(f, 1);
		break;
	case K_PAGE_UP:
		turn_page(f, -1);
		break;
	case K_ACCEPT:
		return choose_row(f, f->cursor);
	case '0':
		f->step = FIND_TYPE;
		notice_clear(&f->notice);
		break;
	default:
		if (key >= '1' && key <= '9')
			return choose_row(f, key - '1');
	}
	return effect_of(FX_NONE);
}

struct effect find_handle(struct find *f, const struct event *ev)
{
	typedef struct effect (*step_fn)(struct find *, const struct event *);
	static const step_fn on_step[FIND_STEP_COUNT] = {
		[FIND_TYPE] = on_type_step,
		[FIND_LOOKUP] = on_lookup_step,
		[FIND_LIST] = on_list_step,
	};

	f->chosen = 0;
	return on_step[f->step](f, ev);
}
