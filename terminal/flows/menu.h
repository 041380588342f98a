/*
 * menu.h - behind "*": what is not needed for every person.
 *
 * One step for each place it is opened from, because not all is possible
 * everywhere: before signing in only language and the end of the program; in
 * the middle of a person nothing about the drawer. Over a text that is being
 * typed it is also where the key is that handhelds lack: * once more.
 */
#ifndef FLOWS_MENU_H
#define FLOWS_MENU_H

#include "terminal/flows/flow.h"

enum menu_step {
	MENU_SIGNED_OUT,
	MENU_MAY_TRAIN,   /* signed out, where there is a real book … */
	MENU_IN_TRAINING, /* … and in the store for training beside it */
	MENU_NO_SHIFT,    /* signed in, no shift of his own is open */
	MENU_SHIFT,
	MENU_SUPERVISOR, /* signed in as one: he has no drawer */
	MENU_PERSON,     /* a person is being looked at */
	MENU_CHECK,      /* the same, found and on the screen */
	MENU_TEXT,       /* the same, and a name is being typed */
	MENU_PEOPLE,     /* the second page: PIN and users */
	MENU_LEARNING,   /* the same, with the guided tour */
	MENU_DOOR,       /* the third page: visits, and the supervisor's work */
	MENU_DUTY,       /* the same rows as his first screen: duty.h */
	MENU_DUTY_LIST,  /* the same, and a list of the centre waits */
	MENU_ROUND,      /* over a list of whom to see */
	MENU_STEP_COUNT,
};

enum menu_choice {
	MENU_NOTHING, /* back */
	MENU_LAST_RECEIPT,
	MENU_TOP_UP,
	MENU_DROP,
	MENU_CLOSE_SHIFT,
	MENU_OPEN_SHIFT,
	MENU_SHEET, /* enter a sheet of the pad */
	MENU_SIGN_OUT,
	MENU_TYPING, /* the next input method */
	MENU_ERASE_WORD,
	MENU_CAMERA,
	MENU_LAST_SLIP,
	MENU_CLOCK,
	MENU_COPY,
	MENU_LIMITS,
	MENU_SETUP, /* the settings of this terminal */
	MENU_SCANTEST,
	MENU_PRINT_TEST,
	MENU_DRAWER_OPEN,
	MENU_OWN_PIN,
	MENU_USERS,
	MENU_TRAINING, /* there, or back again */
	MENU_TOUR,
	MENU_CARD,
	MENU_STAND_IN,  /* close the drawer of who is out */
	MENU_CARRY,     /* paid marks by QR */
	MENU_HAND_OVER, /* the person on the screen to another terminal */
	MENU_UNUSUAL,   /* approvals and exceptions of a shift */
	MENU_RECHECK,   /* receipts to be called back */
	MENU_TAKE_OVER, /* somebody from there */
	MENU_CONSENT,   /* what may be done with his data */
	MENU_VISITS,    /* whom to see */
	MENU_DASH,      /* how far the list is */
	MENU_PAPERS,    /* of the month */
	MENU_ROLLS,     /* the payment lists */
	MENU_WORK,      /* the supervisor's first screen */
	MENU_ARRIVALS,  /* a list from the centre */
	MENU_CONTACT,   /* what the centre has */
	MENU_FIND,      /* in that list */
	MENU_FILTER,
	MENU_PLAN,
	MENU_DRAFTS,
	MENU_LANGUAGE,
	MENU_QUIT,
};

struct menu {
	enum menu_step step;
	enum menu_choice choice; /* at FX_LEAVE */
	bool tour;               /* the second page has the guided tour */
};

void menu_init(struct menu *m, enum menu_step step);
struct effect menu_handle(struct menu *m, const struct event *ev);
const struct binding *menu_bindings(enum menu_step step, size_t *count);

/* What a digit of MENU_DOOR leads to. */
enum menu_choice menu_door_choice(int key);

#endif
