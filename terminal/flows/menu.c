#include "terminal/flows/menu.h"

#include <string.h>

#include "core/tr.h"

/* The digits of a choice are the same wherever it is offered; those of the
 * drawer mean something else to supervisors, who never have one, and 2 is a
 * sheet of the pad where a drawer is open already. */
#define BACK                                      \
	{'0', "0", TR("Back"), NULL, false},      \
	{                                         \
		'#', "#", TR("Help"), NULL, false \
	}
#define LANGUAGE                                                  \
	{                                                         \
		'8', "8", TR("Tiếng Việt / English"), NULL, false \
	}

#define LAST_RECEIPT                                            \
	{                                                       \
		'1', "1", TR("See and print the last receipt"), \
			TR("Last receipt"), false               \
	}
#define SIGN_OUT                                      \
	{                                             \
		'7', "7", TR("Sign out"), NULL, false \
	}
#define END_PROGRAM                                         \
	{                                                   \
		'9', "9", TR("End the program"), NULL, true \
	}

#define TYPING                                                       \
	{                                                            \
		'6', "6", TR("Typing: Telex / VNI / without marks"), \
			TR("Typing"), false                          \
	}

/* The same digit where a card may be wanted; on the first page of who is
 * idle, it is ENTER of the screen itself. */
#define CAMERA                                                 \
	{                                                      \
		'3', "3", TR("Scan the card with the camera"), \
			TR("By camera"), false                 \
	}

#define VISITS(key, name)                                                  \
	{                                                                  \
		key, name, TR("Visits: whom to go and see"), TR("Visits"), \
			BINDING_NEEDS(ACT_VISIT)                           \
	}

/* A key held down turns the page once. */
#define PEOPLE                                                                 \
	{                                                                      \
		'*', "*", TR("Camera; my PIN; more"), TR("Camera, PIN, more"), \
			true                                                   \
	}

static const struct binding signed_out_keys[] = {
	{'5', "5", TR("Test the scanner"), TR("Scanner"), false},
	LANGUAGE,
	END_PROGRAM,
	BACK,
};
static const struct binding may_train_keys[] = {
	{'1', "1", TR("Training: nobody is really paid"), TR("Training"), true},
	LANGUAGE,
	END_PROGRAM,
	BACK,
};
static const struct binding in_training_keys[] = {
	{'1', "1", TR("Leave the training"), NULL, true},
	{'2', "2", TR("Guided tour: ten minutes"), TR("Guided tour"), true},
	LANGUAGE,
	END_PROGRAM,
	BACK,
};
static const struct binding no_shift_keys[] = {
	LAST_RECEIPT,
	{'2', "2", TR("Open my drawer"), TR("Open"), BINDING_NEEDS(ACT_DRAWER)},
	VISITS('3', "3"),
	TYPING,
	SIGN_OUT,
	LANGUAGE,
	END_PROGRAM,
	PEOPLE,
	BACK,
};
static const struct binding shift_keys[] = {
	LAST_RECEIPT,
	{'2', "2", TR("Enter what was paid by hand"), TR("By hand"),
		BINDING_NEEDS(ACT_PAY)},
	{'3', "3", TR("Put cash into the drawer"), TR("Top up"),
		BINDING_NEEDS(ACT_DRAWER)},
	{'4', "4", TR("Take cash to the safe"), TR("To the safe"),
		BINDING_NEEDS(ACT_DRAWER)},
	{'5', "5", TR("Count and close the drawer"), TR("Close"),
		BINDING_NEEDS(ACT_DRAWER)},
	TYPING,
	SIGN_OUT,
	LANGUAGE,
	END_PROGRAM,
	PEOPLE,
	BACK,
};
static const struct binding supervisor_keys[] = {
	LAST_RECEIPT,
	{'2', "2", TR("Limits of this point"), TR("Limits"),
		BINDING_NEEDS(ACT_LIMIT)},
	{'3', "3", TR("Print the last Z slip again"), TR("Z slip"),
		BINDING_ONCE | BINDING_NEEDS(ACT_REPRINT)},
	{'4', "4", TR("Say that the clock is right"), TR("Clock"),
		BINDING_NEEDS(ACT_CLOCK)},
	{'5', "5", TR("Back up the book"), TR("Backup"),
		BINDING_NEEDS(ACT_BACKUP)},
	TYPING,
	SIGN_OUT,
	LANGUAGE,
	END_PROGRAM,
	PEOPLE,
	{'.', ".", TR("My work: what waits"), TR("My work"), false},
	BACK,
};
static const struct binding person_keys[] = {
	LAST_RECEIPT,
	CAMERA,
	TYPING,
	SIGN_OUT,
	LANGUAGE,
	BACK,
};

static const struct binding check_keys[] = {
	LAST_RECEIPT,
	CAMERA,
	{'4', "4", TR("Hand over to another terminal, by QR"),
		TR("Another terminal"), BINDING_NEEDS(ACT_HAND_OVER)},
	{'5', "5", TR("Consent: ask for it, take it back"), TR("Consent"),
		BINDING_NEEDS(ACT_CONSENT)},
	TYPING,
	SIGN_OUT,
	LANGUAGE,
	BACK,
};

/* A key held down opens the menu and shuts it again: it counts once. */
static const struct binding text_keys[] = {
	{'*', "*", TR("Erase the whole word"), NULL, true},
	LAST_RECEIPT,
	CAMERA,
	TYPING,
	SIGN_OUT,
	LANGUAGE,
	BACK,
};

static const struct binding people_keys[] = {
	{'1', "1", TR("Change my PIN"), NULL, false},
	{'2', "2", TR("Users: add, unlock, revoke"), TR("Users"),
		BINDING_NEEDS(ACT_ADD_USER)},
	CAMERA,
	{'4', "4", TR("Test the scanner"), TR("Scanner"), false},
	{'5', "5", TR("My card for approving by QR"), TR("My card"),
		BINDING_NEEDS(ACT_APPROVE)},
	{'6', "6", TR("Test the printer"), TR("Printer"), false},
	{'7', "7", TR("Open the drawer without a payment"), TR("Open drawer"),
		false},
	{'8', "8", TR("Close the drawer of somebody who left"),
		TR("Close a left drawer"), BINDING_NEEDS(ACT_STAND_IN)},
	{'9', "9", TR("Paid marks by QR for another terminal"),
		TR("Paid marks"), BINDING_NEEDS(ACT_EXPORT)},
	{'.', ".", TR("Next page: from door to door"), TR("Door to door"),
		false},
	BACK,
	/* The last row is only for those who learn. */
	{'*', "*", TR("Guided tour: ten minutes"), TR("Guided tour"), true},
};

/* The first rows are only of the supervisor's first screen, the last two only
 * of the page that others turn to. */
enum {
	DUTY_LIST = 1, /* only where one waits */
	DUTY_OWN = 5,
	DOOR_OWN = 2
};
static const struct binding door_keys[] = {
	{K_ACCEPT, "ENTER", TR("Look at the list from the centre"),
		TR("New list"), BINDING_ONCE | BINDING_NEEDS(ACT_DOWN)},
	{'0', "0", TR("To the counter: find people, see receipts"),
		TR("To the counter"), false},
	{K_LETTERS, "a-z", TR("Find by name, marks not needed"), TR("Name"),
		false},
	{'*', "*", TR("More"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
	VISITS('1', "1"),
	{'2', "2", TR("Board: paid, not paid, by account"), TR("Board"),
		BINDING_NEEDS(ACT_REPORT)},
	{'3', "3", TR("Forms and papers of the month"), TR("Papers"),
		BINDING_NEEDS(ACT_REPORT)},
	{'4', "4", TR("Approvals and exceptions of a shift"), TR("Exceptions"),
		BINDING_NEEDS(ACT_APPROVE)},
	{'5', "5", TR("Sample check: receipts to be called back"),
		TR("Sample check"), BINDING_NEEDS(ACT_SAMPLE)},
	{'6', "6", TR("Payment lists: how far, whose, take one"), TR("Lists"),
		BINDING_NEEDS(ACT_REPORT)},
	{'7', "7", TR("Settings of this terminal"), TR("Settings"),
		BINDING_NEEDS(ACT_LIMIT)},
	{'8', "8", TR("What the centre has of this terminal; send now"),
		TR("To the centre"), false},
	{'9', "9", TR("Take over somebody from another terminal, by QR"),
		TR("Take over"), BINDING_NEEDS(ACT_HAND_OVER)},
	BACK,
};

/* Over the list of whom to see; the camera is where it always is. */
static const struct binding round_keys[] = {
	{'1', "1", TR("Find somebody by number or name"), TR("Find"), false},
	{'2', "2", TR("Show only some: not visited, due, refused..."),
		TR("Filter"), false},
	CAMERA,
	{'4', "4", TR("Plan of today"), NULL, false},
	{'5', "5", TR("My unfinished visits"), TR("Unfinished"), false},
	TYPING,
	SIGN_OUT,
	LANGUAGE,
	END_PROGRAM,
	PEOPLE,
	BACK,
};

#define ROWS(table)                                          \
	do {                                                 \
		*count = sizeof(table) / sizeof((table)[0]); \
		return table;                                \
	} while (0)

const struct binding *menu_bindings(enum menu_step step, size_t *count)
{
	switch (step) {
	case MENU_SIGNED_OUT:
		ROWS(signed_out_keys);
	case MENU_MAY_TRAIN:
		ROWS(may_train_keys);
	case MENU_IN_TRAINING:
		ROWS(in_training_keys);
	case MENU_NO_SHIFT:
		ROWS(no_shift_keys);
	case MENU_SHIFT:
		ROWS(shift_keys);
	case MENU_SUPERVISOR:
		ROWS(supervisor_keys);
	case MENU_PERSON:
		ROWS(person_keys);
	case MENU_CHECK:
		ROWS(check_keys);
	case MENU_TEXT:
		ROWS(text_keys);
	case MENU_PEOPLE:
		*count = sizeof(people_keys) / sizeof(people_keys[0]) - 1;
		return people_keys;
	case MENU_LEARNING:
		ROWS(people_keys);
	case MENU_DOOR:
		*count = sizeof(door_keys) / sizeof(door_keys[0]) - DUTY_OWN;
		return door_keys + DUTY_OWN;
	case MENU_DUTY:
		*count = sizeof(door_keys) / sizeof(door_keys[0]) - DUTY_LIST -
			 DOOR_OWN;
		return door_keys + DUTY_LIST;
	case MENU_DUTY_LIST:
		*count = sizeof(door_keys) / sizeof(door_keys[0]) - DOOR_OWN;
		return door_keys;
	case MENU_ROUND:
		ROWS(round_keys);
	case MENU_STEP_COUNT:
		break;
	}
	*count = 0;
	return NULL;
}

void menu_init(struct menu *m, enum menu_step step)
{
	memset(m, 0, sizeof(*m));
	m->step = step;
}

/* The digits that mean the same wherever they are offered. */
#define EVERYWHERE                                                \
	['7' - '0'] = MENU_SIGN_OUT, ['8' - '0'] = MENU_LANGUAGE, \
	       ['9' - '0'] = MENU_QUIT
#define SIGNED_IN \
	['1' - '0'] = MENU_LAST_RECEIPT, ['6' - '0'] = MENU_TYPING, EVERYWHERE
#define SECOND_PAGE                                                         \
	['1' - '0'] = MENU_OWN_PIN, ['2' - '0'] = MENU_USERS,               \
	       ['3' - '0'] = MENU_CAMERA, ['4' - '0'] = MENU_SCANTEST,      \
	       ['5' - '0'] = MENU_CARD, ['6' - '0'] = MENU_PRINT_TEST,      \
	       ['7' - '0'] = MENU_DRAWER_OPEN, ['8' - '0'] = MENU_STAND_IN, \
	       ['9' - '0'] = MENU_CARRY

/* 0 is back, MENU_NOTHING, in each; only digits that are bound come here. */
static const enum menu_choice choice[MENU_STEP_COUNT][10] = {
	[MENU_SIGNED_OUT] = {['5' - '0'] = MENU_SCANTEST, EVERYWHERE},
	[MENU_MAY_TRAIN] = {['1' - '0'] = MENU_TRAINING, EVERYWHERE},
	[MENU_IN_TRAINING] = {['1' - '0'] = MENU_TRAINING,
		['2' - '0'] = MENU_TOUR,
		EVERYWHERE},
	[MENU_NO_SHIFT] = {['2' - '0'] = MENU_OPEN_SHIFT,
		['3' - '0'] = MENU_VISITS,
		SIGNED_IN},
	[MENU_SHIFT] = {['2' - '0'] = MENU_SHEET,
		['3' - '0'] = MENU_TOP_UP,
		['4' - '0'] = MENU_DROP,
		['5' - '0'] = MENU_CLOSE_SHIFT,
		SIGNED_IN},
	[MENU_SUPERVISOR] = {['2' - '0'] = MENU_LIMITS,
		['3' - '0'] = MENU_LAST_SLIP,
		['4' - '0'] = MENU_CLOCK,
		['5' - '0'] = MENU_COPY,
		SIGNED_IN},
	[MENU_PERSON] = {['3' - '0'] = MENU_CAMERA, SIGNED_IN},
	[MENU_CHECK] = {['3' - '0'] = MENU_CAMERA,
		['4' - '0'] = MENU_HAND_OVER,
		['5' - '0'] = MENU_CONSENT,
		SIGNED_IN},
	[MENU_TEXT] = {['3' - '0'] = MENU_CAMERA, SIGNED_IN},
	[MENU_PEOPLE] = {SECOND_PAGE},
	[MENU_LEARNING] = {SECOND_PAGE},
	[MENU_DOOR] = {['1' - '0'] = MENU_VISITS,
		['2' - '0'] = MENU_DASH,
		['3' - '0'] = MENU_PAPERS,
		['4' - '0'] = MENU_UNUSUAL,
		['5' - '0'] = MENU_RECHECK,
		['6' - '0'] = MENU_ROLLS,
		['7' - '0'] = MENU_SETUP,
		['8' - '0'] = MENU_CONTACT,
		['9' - '0'] = MENU_TAKE_OVER},
	[MENU_ROUND] = {['1' - '0'] = MENU_FIND,
		['2' - '0'] = MENU_FILTER,
		['3' - '0'] = MENU_CAMERA,
		['4' - '0'] = MENU_PLAN,
		['5' - '0'] = MENU_DRAFTS,
		['6' - '0'] = MENU_TYPING,
		EVERYWHERE},
};

enum menu_choice menu_door_choice(int key)
{
	return key < '0' || key > '9' ? MENU_NOTHING
				      : choice[MENU_DOOR][key - '0'];
}

static struct effect leave(struct menu *m, enum menu_choice with)
{
	m->choice = with;
	return effect_of(FX_LEAVE);
}

/* * turns the page; on the last one, and over a text, it is a choice. */
static struct effect on_more(struct menu *m)
{
	if (m->step == MENU_LEARNING)
		return leave(m, MENU_TOUR);
	if (m->step == MENU_TEXT)
		return leave(m, MENU_ERASE_WORD);
	m->step = m->tour ? MENU_LEARNING : MENU_PEOPLE;
	return effect_of(FX_NONE);
}

struct effect menu_handle(struct menu *m, const struct event *ev)
{
	size_t count;
	const struct binding *b = menu_bindings(m->step, &count);
	const int key = binding_key(b, count, ev);

	if (key == '*')
		return on_more(m);
	if (key == '.' && m->step == MENU_SUPERVISOR)
		return leave(m, MENU_WORK);
	if (key == '.') {
		m->step = MENU_DOOR;
		return effect_of(FX_NONE);
	}
	if (key < '0' || key > '9')
		return effect_of(FX_NONE);
	return leave(m, choice[m->step][key - '0']);
}
