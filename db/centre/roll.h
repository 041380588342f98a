/*
 * roll.h - the centre changes its signing key.
 *
 * centre_roll() makes a new one, has the old one sign it (a roll, which goes
 * down to terminals like everything else), and from then on signs with it. A
 * terminal goes on believing the old one for what was signed before, but for
 * one roll only. Killed anywhere in between it is finished by the next call:
 *
 *	1 centre.next   the new pair, NAME.next beside centre.key
 *	2 the roll      into the store, and DIR/roll-N.parcel
 *	3 centre.key    has the new pair; centre.pub lists all there ever were
 *
 * centre_check() says whether keys, store and witness belong together, as
 * they must after a backup was brought back.
 */
#ifndef DB_CENTRE_ROLL_H
#define DB_CENTRE_ROLL_H

#include "db/centre/parcels.h"

/*
 * *number: of the roll. A server that runs has to be told (SIGHUP, serve_reload()). The list
 * of revoked users, whose own signature would get too old, is written again.
 */
bool centre_roll(struct store *s, struct centre_home *h, uint64_t now,
	uint64_t *number, struct err *err);

enum centre_fault {
	CENTRE_FINE,
	CENTRE_ROLL_BEGUN, /* killed in the middle: `rotate` ends it */
	CENTRE_KEY_OLD,    /* the store knows of a newer key than centre.key */
	CENTRE_STORE_OLD,  /* rolls of DIR are not in the store */
	CENTRE_ROLL_LOST,  /* centre.key was rolled to, and nobody knows how */
	CENTRE_ROLL_WRONG, /* a roll that the one before did not sign */
	CENTRE_WITNESS_WRONG /* the store is not the one that it witnessed */
};

struct centre_found {
	enum centre_fault fault;
	uint64_t rolls;  /* in the store */
	uint64_t mended; /* rolls that were put back into the store */
	uint64_t days;   /* of the witness, that are right */
	char day[16];    /* the first that is not */
};

/* mend: CENTRE_STORE_OLD is mended by the files of DIR. */
bool centre_check(struct store *s, struct centre_home *h, bool mend,
	struct centre_found *out, struct err *err);

const char *centre_fault_text(enum centre_fault f);

#endif
