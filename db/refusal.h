/*
 * refusal.h - a "no" of the book: nothing failed, a rule says stop.
 *
 * Apart from struct err, because people need the facts of it (when, where,
 * by whom) and scripts the code. The sentence is made in
 * terminal/flows/refusal_text.c.
 */
#ifndef DB_REFUSAL_H
#define DB_REFUSAL_H

#include <stdint.h>

#include "core/codec/seal.h"
#include "core/limit.h"
#include "db/db.h"

enum refusal_code {
	REFUSED_NOT,
	REFUSED_ALREADY_PAID,    /* prior is set */
	REFUSED_OPEN_PAYOUT,     /* answer the open one first; prior is it */
	REFUSED_NO_OPEN_PAYOUT,  /* there is nothing to answer */
	REFUSED_NO_SHIFT,        /* open a shift first */
	REFUSED_SHIFT_OPEN,      /* one is open already; actor is whose */
	REFUSED_NOT_YOUR_SHIFT,  /* actor is whose */
	REFUSED_ROLE,            /* this role may not do that; roles may */
	REFUSED_NOT_FOUND,       /* nobody like that on any list here */
	REFUSED_NOTHING_DUE,     /* on the list, but nothing to pay */
	REFUSED_BY_ACCOUNT,      /* the account pays for that period */
	REFUSED_NOT_ENOUGH_CASH, /* amount is what is in the drawer */
	REFUSED_SECOND_PERSON,   /* needs a supervisor: limit or rule */
	REFUSED_SAME_PERSON,     /* the second person is the first */
	REFUSED_LIMIT_COUNT,     /* payouts in a shift */
	REFUSED_LIMIT_SUM,       /* money in a shift */
	REFUSED_DISK,            /* less than 32 MiB free */
	REFUSED_CLOCK,           /* the clock jumped back: set it first */
	REFUSED_NOTES,           /* banknotes do not add up to the amount */
	REFUSED_DIFFERENCE, /* counted is not expected: reason and second */
	REFUSED_PAYEE,      /* the paper of the receiver is incomplete */
	REFUSED_MARKED_NOT_PAID, /* a reason not to pay was recorded (died …) */
	REFUSED_READ_ONLY,       /* the disk may not be written to any more */
	REFUSED_TAIL_LOST,       /* records are missing: the book is frozen */
	REFUSED_SLIP,            /* not the Z slip of the last shift */
	REFUSED_CLOCK_DAY,  /* the clock shows no day of any list: look only */
	REFUSED_LIST_DAY,   /* not the time of this list; prior.period */
	REFUSED_VOIDED,     /* void: that payment is void already; prior */
	REFUSED_PAPER,      /* void: not the text of that receipt; prior */
	REFUSED_PAD,        /* this number of the pad is entered; prior is it */
	REFUSED_LATE,       /* pad: no such number, or no such time */
	REFUSED_MOVED,      /* on another machine than the store knows */
	REFUSED_LAST_PAPER, /* not the last Z slip, nor a receipt after it */
	REFUSED_NOBODY,     /* users: somebody has to be signed in for that */
	REFUSED_NO_USER,    /* users: nobody has that number */
	REFUSED_USER,       /* users: number, name or role is missing */
	REFUSED_USER_TAKEN, /* users: the number is somebody's already */
	REFUSED_PIN,        /* not six digits, or too easy: pin.h */
	REFUSED_PIN_SAME,   /* the new PIN is the old one */
	REFUSED_WRONG_PIN,
	REFUSED_SELF,        /* another supervisor has to do that for you */
	REFUSED_REVOKED,     /* that user is revoked */
	REFUSED_TRAINING,    /* nothing of a training leaves the terminal */
	REFUSED_OFFICE_KEY,  /* lists are here already, or another key */
	REFUSED_LIMIT_RANGE, /* no value for that limit; limit is which */
	REFUSED_EXPIRED,     /* his last day is over */
	REFUSED_RENEW,       /* he has no last day, or that is not later */
	REFUSED_REVLIST,     /* no list that the centre signed */
	REFUSED_REVLIST_OLD, /* a newer one was seen; amount: its version */
	REFUSED_CENTRE,      /* the centre's signing key is not known here */
	REFUSED_APPROVAL_WANTED, /* a request was made: show it */
	REFUSED_APPROVAL_TEXT,   /* not the text of an approval */
	REFUSED_APPROVAL_OTHER,  /* of another request, or none waits */
	REFUSED_APPROVAL_LATE,   /* asked too long ago */
	REFUSED_APPROVAL_MOVED,  /* the book went on since: ask again */
	REFUSED_APPROVAL_KEY,    /* no key of actor for that is known here */
	REFUSED_APPROVAL_FORGED, /* the signature is not by that key */
	REFUSED_CARD,         /* no card of a key, or of somebody else: actor */
	REFUSED_ELSEWHERE,    /* paid at another terminal, it says; prior */
	REFUSED_NO_LIST,      /* no list of that period is here */
	REFUSED_MARKS,        /* no paid marks, or not as they were written */
	REFUSED_MARKS_OWN,    /* they are our own */
	REFUSED_MARKS_PEER,   /* of a terminal not known here: prior.point */
	REFUSED_MARKS_FORGED, /* not signed by it: prior.point */
	REFUSED_MARKS_LIST,   /* of a list that is not here */
	REFUSED_MARKS_NAMES,  /* that list came in otherwise here */
	REFUSED_MARKS_OLD,    /* a newer one was taken; amount: its time */
	REFUSED_MARKS_SIZE,   /* more than a message holds */
	REFUSED_PEER_GONE,    /* it was taken out: prior.point */
	REFUSED_PEER,         /* no card of another terminal: prior.point */
	REFUSED_MINOR,        /* under 18: the guardian on the list receives */
	REFUSED_PAPER_OVER,   /* the receiver's paper; amount: YYYYMMDD */
	REFUSED_VISITED,      /* a visit that was not shown yet; prior is it */
	REFUSED_VISIT_DAY,    /* no day to come again, or not to die on */
	REFUSED_VISIT,        /* incomplete; amount: a record not its own */
	REFUSED_CONSENT,      /* incomplete; amount: enum consent_lack */
	REFUSED_CONSENT_HOLDS, /* one holds: withdraw it, not refuse */
	REFUSED_CONSENT_NONE,  /* none holds, or nothing is taken back */
	REFUSED_REQUEST,       /* no such request is open */
	REFUSED_NO_CONSENT,    /* accounts: he did not agree that one is used */
	REFUSED_ACCOUNT,      /* no account that money can go to, or no owner */
	REFUSED_ACCOUNT_NAME, /* the holder is somebody else: why? */
	REFUSED_ACCOUNT_SHARED,     /* others have it too: amount; one: prior */
	REFUSED_ACCOUNT_UNVERIFIED, /* the bank did not say that it is his */
	REFUSED_RELEASED,           /* another terminal pays it: prior */
	REFUSED_HANDOVER,           /* no hand-over, or not as it was written */
	REFUSED_HANDOVER_OTHER,     /* for another terminal: prior.point */
	REFUSED_HANDOVER_FORGED,    /* not signed by prior.point */
	REFUSED_HANDOVER_LIST,      /* on no list that is here */
	REFUSED_HANDOVER_USED,      /* not newer than that move: prior */
	REFUSED_PARCEL, /* nothing of the centre's, cut off, or changed */
	REFUSED_PARCEL_FORGED, /* not signed by a key that is believed here */
	REFUSED_PARCEL_OTHER,  /* for another terminal, or another question */
	REFUSED_PARCEL_KIND,   /* not known to this program */
	REFUSED_PARCEL_OVER,   /* its time is over */
	REFUSED_PARCEL_OLD,    /* amount: the version that is here */
	REFUSED_PARCEL_GAP,    /* amount: the version that has to come first */
	REFUSED_PARCEL_TEXT,   /* no text to be read out, or an older one */
	REFUSED_LEASE, /* too long without the centre; amount: until when */
	REFUSED_NOT_ASSIGNED, /* nobody like that on the list; or to actor */
	REFUSED_COUNT,
};

/* The payment that stands in the way. */
struct refusal_prior {
	uint64_t seq;
	int64_t t; /* ms since 1970 UTC */
	int64_t actor;
	char actor_name[DB_NAME_SIZE];
	char point[DB_NAME_SIZE];
	char receipt[SEAL_CODE_SIZE];
	int64_t amount;
	int32_t period;
};

struct refusal {
	enum refusal_code code;
	struct refusal_prior prior;
	int64_t amount;
	int64_t actor;
	unsigned roles; /* bits 1 << enum role: who may */
	enum limit limit;
};

/* What came of asking the book to do something. */
enum verdict {
	VERDICT_FAILED =
		-1, /* *err: unknown to the caller; look, then decide */
	VERDICT_REFUSED = 0, /* *why: nothing was changed */
	VERDICT_DONE = 1,
};

/* "already_paid": the code for scripts. */
const char *refusal_code_name(enum refusal_code code);

#endif
