/*
 * crashact.h - what a terminal was doing when it died, for tests of crashes.
 *
 * A scene is a store with a random history (the same seed, the same history)
 * and the printer's paper beside it. An act is one thing that a person does,
 * by the same effects as at the screen (app/run.h). It is carried out in a
 * child, which core/crash.h kills on the way; what the child had written by
 * then is looked at by the parent, as after a restart.
 */
#ifndef TESTS_SUPPORT_CRASHACT_H
#define TESTS_SUPPORT_CRASHACT_H

#include "support/bookstore.h"
#include "terminal/app/run.h"

enum {
	SCENE_NEXT = 1,    /* this person is next in line, nothing paid yet */
	SCENE_AFTER = 2,   /* and this one after him */
	SCENE_OTHER = 3,   /* noted as not paid, changed, never paid */
	SCENE_FIRST = 4,   /* from here on they have a history */
	SCENE_DUE = 700000 /* what SCENE_NEXT and SCENE_AFTER get, in đồng */
};

struct scene {
	char dir[256];
	uint64_t seed;
	uint64_t records; /* of the history */
	char tape[300];   /* all that came out of the printer */
	struct db *db;
	struct ports ports;
	struct printing printing;
	struct session hoa;
	uint8_t key[CRYPTO_KEY_SIZE]; /* the store's data key */
	struct payout open;           /* the last that an act paid */
};

/* A number below n, by the seed. */
uint64_t scene_random(struct scene *s, uint64_t n);

/* A new store with a history; not open. An agent's shift is. */
void scene_make(struct scene *s, uint64_t seed);

/* A copy in a directory of its own; from must not be open. */
void scene_copy(const struct scene *from, struct scene *to);
void scene_remove(struct scene *s);

/* Open it with Lan at the screen and Hoa beside her. Never in a parent that
 * still wants to fork. */
void scene_open(struct scene *s);
void scene_close(struct scene *s);

/* One effect; the answer's kind. Reports nobody asked for are thrown away. */
enum event_kind scene_do(struct scene *s, struct effect *fx, struct event *ev);
enum event_kind scene_pay(struct scene *s, int64_t person, struct event *ev);

/* The same with Hoa as the second person. */
enum event_kind scene_pay_by(struct scene *s, int64_t person, struct event *ev);
void scene_print(struct scene *s, uint64_t seq, bool copy);

/* How often these bytes of a receipt are on the tape, whole. */
int scene_papers(struct scene *s, uint64_t seq, int copy);

enum crash_act {
	DO_INIT,
	DO_OPEN,
	DO_MIGRATE,
	DO_CHECKPOINT,
	DO_LOGIN,
	DO_LOGIN_WRONG,
	DO_LOGOUT,
	DO_SEAL, /* sign in to a store from before data were sealed */
	DO_USER,
	DO_REVOKE,
	DO_LIMIT_SET,
	DO_NEW_PIN,
	DO_CARD,
	DO_GIVE, /* the answer to a request */
	DO_REVLIST,
	DO_IMPORT,
	DO_CHANGES,
	DO_QUESTIONS,
	DO_SHIFT,
	DO_TOP_UP,
	DO_DROP,
	DO_PAY,
	DO_NOT_HANDED,
	DO_VOID, /* of what was handed over */
	DO_REPRINT,
	DO_PRINT_OPEN, /* of what an earlier act left open */
	DO_RECOVER,
	DO_RECOVER_NOT,
	DO_NOT_PAID,
	DO_CLOSE,
	DO_CLOSE_SHORT,
	DO_CLOCK,
	DO_VOUCH,
	DO_BOOT,
	DO_SEAL_KEY, /* the device's key, by a chip that is made up */
	DO_PEER,     /* another terminal is let be known */
	DO_MARKS,    /* and what it paid is taken */
	DO_RELEASE,  /* somebody is handed over to it … */
	DO_ACQUIRE,  /* … or by it */
	DO_SHOW,
	DO_COMPLAIN, /* about what an act paid */
	DO_ACCOUNT,  /* one is taken down, with a consent before it */
	DO_CASH,     /* cash again */
	DO_AGREE,    /* to the use of his data */
	DO_REQUEST,  /* to see them */
	DO_VISIT,    /* somebody at home */
	DO_DRAFT,    /* or half of a visit */
	DO_JOIN,     /* a centre */
	DO_ACK,      /* what it takes is acknowledged */
	DO_COUNT
};

struct crash_end {
	bool killed;   /* by the point; else it came to its end */
	uint64_t base; /* last record before the act */
	uint64_t seq;  /* of the payout that the act made, or 0 */
};

/* Seal the device key by the chip of scenes. */
bool scene_seal_key(struct scene *s);

/* Do the act in a child that dies at point ("pay.begin", "pay.begin:2"). */
struct crash_end crash_act(struct scene *s, enum crash_act act,
	const char *point);

#endif
