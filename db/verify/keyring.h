/*
 * keyring.h - public keys, and who said so: a keys file, or the journal.
 *
 * Format of the file: db/FORMATS.md. A journal file's head and a store bring
 * keys of their own; those of a keys file come first and are believed. One
 * thread.
 */
#ifndef DB_VERIFY_KEYRING_H
#define DB_VERIFY_KEYRING_H

#include "core/err.h"
#include "db/verify/vrecord.h"

enum {
	KEYRING_NAME = 64,
	KEYRING_ID = 4,
	KEYRING_MAX = 65536 /* lines of one kind */
};

enum keyring_role {
	KEYRING_NOBODY,
	KEYRING_AGENT,
	KEYRING_STAFF,
	KEYRING_SUPERVISOR,
	KEYRING_TECHNICIAN,
	KEYRING_ROLES
};

struct keyring_device {
	uint8_t dev[VRECORD_ID];
	uint8_t key[VRECORD_HASH];
};

struct keyring_epoch {
	uint8_t dev[VRECORD_ID];
	uint64_t first;
	uint64_t last; /* UINT64_MAX: still in force */
	uint8_t key[VRECORD_HASH];
	bool trusted; /* the keys file says so */
};

struct keyring_user {
	uint64_t number;
	enum keyring_role role;
	uint8_t key[VRECORD_HASH];
	uint8_t rsum[VRECORD_HASH];   /* of the CONFIG line that tells of him */
	uint64_t told;                /* that CONFIG record; 0: not seen */
	bool trusted;                 /* the keys file says so */
	bool blamed;                  /* a finding was made of it already */
	uint8_t revoke[VRECORD_HASH]; /* of the line that takes him out */
	uint64_t out;      /* record that took him out; 0: none did */
	uint64_t until;    /* last day, YYYYMMDD, as the book says; 0: no end */
	bool has_approval; /* he approves by QR, too, with this key: */
	uint8_t approval[VRECORD_HASH];
};

struct keyring_revoked {
	uint64_t number;
	uint64_t from; /* ms since 1970 UTC */
};

struct keyring_centre {
	char name[KEYRING_NAME];
	uint8_t key[VRECORD_HASH];
	uint8_t id[KEYRING_ID];
};

struct keyring {
	bool given; /* a keys file was read */
	struct keyring_device *device;
	size_t devices;
	struct keyring_epoch *epoch;
	size_t epochs;
	struct keyring_user *user;
	size_t users;
	struct keyring_revoked *revoked;
	size_t revokeds;
	struct keyring_centre *centre;
	size_t centres;
	bool no_memory; /* for a user: what was said of it is worth nothing */
};

void keyring_init(struct keyring *k);
void keyring_clear(struct keyring *k);

/* One line of a keys file, without its line feed. ERR_INVALID: it is none. */
bool keyring_line(struct keyring *k, const char *line, struct err *err);

/* All of a file. The error names the line. */
bool keyring_load(struct keyring *k, const char *path, struct err *err);

/* What a journal says of a user, beside what is known of him. */
enum keyring_answer {
	KEYRING_NEW,
	KEYRING_KNOWN,
	KEYRING_OTHER,   /* the keys file says something else */
	KEYRING_REFUSED, /* no user at all, or no memory */
};
enum keyring_answer keyring_add_user(struct keyring *k, uint64_t number,
	uint64_t role, const uint8_t key[VRECORD_HASH]);

/*
 * What a store says of an epoch; nothing if the keys file tells of this
 * device. False: no memory.
 */
bool keyring_add_epoch(struct keyring *k, const uint8_t dev[VRECORD_ID],
	uint64_t first, uint64_t last, const uint8_t key[VRECORD_HASH]);

const struct keyring_device *keyring_device(const struct keyring *k,
	const uint8_t dev[VRECORD_ID]);
/* The key that signs record seq of dev. */
const struct keyring_epoch *keyring_epoch(const struct keyring *k,
	const uint8_t dev[VRECORD_ID], uint64_t seq);
struct keyring_user *keyring_user(const struct keyring *k, uint64_t number);
bool keyring_is_revoked(const struct keyring *k, uint64_t number, uint64_t ms);

const char *keyring_role_name(enum keyring_role role);

#endif
