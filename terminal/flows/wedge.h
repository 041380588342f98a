/*
 * wedge.h - tells a scanner that plays keyboard from a person who types.
 *
 * Such a scanner ("keyboard wedge") types a card of 100 letters at 1 to 10 ms
 * each and ends it with ENTER. On whatever screen that happens, none of it
 * may land in a field, and its ENTER must not pay. So keys are held for a
 * moment until it is clear what they are:
 *
 *	a key     held WEDGE_GAP_MS; if no other follows, it is a key
 *	more      held as long as they come at a machine's pace; the first one
 *		  at most WEDGE_HOLD_MS unless three came by then, and at
 *		  most WEDGE_LONGEST_MS unless it is sure to be a scan (three
 *		  fingers at once, which few people manage: some 50 ms)
 *	a scan    at least six keys (four, if very fast) read one after the
 *		  other at 0.3 to 17 ms each: nobody types so fast, not even
 *		  WEDGE_GAP_MS apart. What is in it does not matter
 *	by shape  many keys at once, as from a link that packs them or after
 *		  the program was busy: a scan if they look like one of the
 *		  codes of scantext.h, else keys. So input methods that send
 *		  whole words, and keys typed ahead, are keys
 *	a paste   what the terminal marks as pasted is neither; nor is more
 *		  than WEDGE_MAX keys at once
 *
 * A key held down is none of these: it is always the same key.
 *
 * Pure: time is an argument, ms of clock_ms(). The loop gives all keys it
 * finds, takes out what is ready until nothing is, and comes again when
 * wedge_due() says so.
 */
#ifndef FLOWS_WEDGE_H
#define FLOWS_WEDGE_H

#include "terminal/flows/flow.h"

enum {
	WEDGE_GAP_MS = 20,
	WEDGE_HOLD_MS = 35,
	WEDGE_PAUSE_MS = 45, /* three at 6 ms each: so long it may halt */
	WEDGE_LONGEST_MS = 120,
	WEDGE_STALL_MS = 60,  /* sure of a scan: and so long */
	WEDGE_TAIL_MS = 300,  /* a late ENTER still belongs to the scan */
	WEDGE_PASTE_MS = 500, /* a paste without an end is over */
	WEDGE_MAX = IDCARD_MAX_BYTES + 64, /* keys of a burst */
	/* How the terminal marks what is pasted; beside enum key. */
	WEDGE_PASTE = K_NAMED_LAST + 1,
	WEDGE_PASTE_END
};

struct wedge {
	int key[WEDGE_MAX];
	long long at_ms[WEDGE_MAX]; /* when it was read */
	int taken;                  /* of the keys that are ready */
	int ready;                  /* so many are keys; the rest is held */
	int count;
	/* what is held */
	int burst;   /* keys of it, more than count if it is over */
	int reads;   /* it took so many */
	int at_once; /* keys of the first of them */
	int longest; /* ms between two of them */
	bool fresh;  /* the next key begins one */
	bool over;   /* more came than fit */
	long long first_ms;
	long long last_ms; /* of any key */
	/* what is known besides */
	bool off;      /* no scanner types here: every key is a key at once */
	int held_down; /* this key repeats; 0: none does */
	long long tail_until_ms; /* an ENTER until then is of a scan … */
	bool tail_open;          /* … which had no end: letters are, too */
	bool pasting;
	bool pasted;  /* to be said */
	bool scanned; /* the next three are valid */
	struct scanned how;
	size_t len;
	char text[IDCARD_MAX_BYTES + 1];
};

void wedge_init(struct wedge *w);

/*
 * Keys that were read together. now_ms is when they were read; since_ms when
 * it was last seen that none was waiting, for they may have waited since.
 * Everything must have been taken out before.
 */
void wedge_read(struct wedge *w, const int *keys, int n, long long since_ms,
	long long now_ms);

/*
 * The next that is ready as EV_KEY, EV_SCAN or EV_PASTED; false if nothing
 * is. now_ms: no key was waiting at that time.
 */
bool wedge_take(struct wedge *w, long long now_ms, struct event *ev);

/* When to take again though no key has come; -1: nothing is held. */
long long wedge_due(const struct wedge *w);

/* Forget what is held: keys were typed before something changed. */
void wedge_clear(struct wedge *w);

#endif
