/*
 * story.h - what happens to a flow, one character an event.
 *
 * Keys	0-9 a-z blank . * #	themselves
 *	\n ENTER   < Esc   \b erase   ] the word   { up   } down   [ page up
 * Scans	@ An's card   ; Binh's card   : a bank account's code
 *	" half a card   ` a receipt   ' An's health-insurance card
 *	\v the terminal pasted text
 * Time	every event comes a second after the one before;
 *	= the next one only 30 ms after, as from a key held down
 *	_ a tick   ~ five minutes, then a tick   , status: own shift is open
 * Answers	S signed in   W wrong PIN   X wrong PIN, wait 4 s   L locked
 *	U no such user   > three users   \r a user is saved   \t number taken
 *	H own shift   O another's shift   N no shift   Z shift closed
 *	E found nobody   F one   G twelve
 *	P person   A paid already   B paid by account   Q nobody
 *	M paid   K not recorded   D handed   C not handed   V paid and handed
 *	/ cancelled after it was handed over
 *	Y an open payout   J none open   R recovered   I not paid is saved
 *	\006 a complaint is in the book   \020 an open payout whose agent is out
 *	\031 what holds of consent: nothing   \032 all four purposes
 *	\034 the text to be read out, of three parts   \035 it is in the book
 *	\021 no account yet, he agreed to one   \022 it is in the book
 *	\023 he did not agree   \024 refused: somebody else has it
 *	\025 refused: no consent   \030 it is in the book, he agrees no more
 *	T preview of what was handed over   ? no receipt
 *	! failed   - refused: paid already   + needs a second person
 *	% count differs   & no open payout   $ no shift
 * Plugs	\a a keyboard is plugged in   \ the printer is pulled out   \f a
 *	camera is plugged in
 * Camera	\001 it sees something   \002 it was pulled out   \003 it reads An's
 *	card   \004 it sees two codes   \005 status: there is one, own shift
 * Paper	( failed, no paper   ) printed   | unknown   ^ printing
 *	\016 the slip of the complaint is printed   \017 it is not
 *	\036 the slip of the consent is printed   \037 it is not
 *	\026 the slip of the account is printed   \027 it is not
 *	\177 a request about data is in the book
 * Doors	\217 two hamlets   \216 a page of people, others behind it
 *	\215 an empty page   \214 An at his door   \213 another was there today
 *	\212 a visit of him is unfinished   \211 the visit is in the book
 *	\210 refused: visited meanwhile   \207 a damaged draft
 *	\206 done, as asked   \205 one of the campaign staff signs in, \204 with
 *	an unfinished visit, as does \203 an agent
 */
#ifndef TESTS_SUPPORT_STORY_H
#define TESTS_SUPPORT_STORY_H

#include "terminal/flows/flow.h"

enum {
	STORY_SEQ = 12,       /* of the payout */
	STORY_PERSON = 5,     /* An's id */
	STORY_AGENT = 7,      /* who signs in */
	STORY_DUE = 1080000,  /* đồng */
	STORY_COMPLAINT = 57, /* its record */
	STORY_CONSENT = 58,
	STORY_ACCOUNT = 59,
	STORY_VISIT = 61 /* a record, too */
};

struct story {
	const char *at;
	long long ms;
};

void story_begin(struct story *s, const char *script);

/* The next event; false at the end. A character that means nothing fails. */
bool story_next(struct story *s, struct event *ev);

/* One event of its own. */
void story_event(char c, long long at_ms, struct event *ev);

#endif
