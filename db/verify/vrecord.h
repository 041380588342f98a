/*
 * vrecord.h - one journal record, read with nothing of the writer's code.
 *
 * The keys of journal.md 2 and the table of kinds of db/README.md. What can
 * be read is filled in even where something else is wrong, so that one bad
 * key does not hide the rest of the record. Pure; nothing is borrowed.
 */
#ifndef DB_VERIFY_VRECORD_H
#define DB_VERIFY_VRECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	VRECORD_BODY_MAX = 4096,
	VRECORD_HASH = 32,
	VRECORD_SIG = 64,
	VRECORD_ID = 16, /* device, entitlement */
	VRECORD_BOOT = 8,
	VRECORD_ITEMS = 176, /* more do not fit into a body */
	VRECORD_NOTES = 9,
	VRECORD_ACK_MAX = 1024,
	VRECORD_PAD_MAX = 64,
	VRECORD_LINE_MAX = 96,
	VRECORD_BARRED = 256,
	VRECORD_NOTICE_MAX = 32,
	VRECORD_MADE = 8,
	VRECORD_FAULTS = 12,
};

enum vkind {
	VKIND_START = 1,
	VKIND_KEYROLL = 2,
	VKIND_OPEN = 3,
	VKIND_CLOSE = 4,
	VKIND_NULL = 5,
	VKIND_LOGIN = 6,
	VKIND_LOGOUT = 7,
	VKIND_LOGIN_FAIL = 8,
	VKIND_CLOCK = 9,
	VKIND_PAY = 10,
	VKIND_PRINT = 11,
	VKIND_HANDED = 12,
	VKIND_VOID = 13,
	VKIND_REPRINT = 14,
	VKIND_VOID_RETURNED = 15,
	VKIND_FLOAT_IN = 20,
	VKIND_FLOAT_OUT = 21,
	VKIND_COUNT = 22,
	VKIND_OVER_SHORT = 23,
	VKIND_CONSENT = 30,
	VKIND_ACCOUNT = 31,
	VKIND_CONSENT_REFUSED = 32,
	VKIND_CONSENT_WITHDRAWN = 33,
	VKIND_VIEW = 34,
	VKIND_VISIT = 35,
	VKIND_REVIEW = 36,
	VKIND_NOT_PAID = 37,
	VKIND_ACCOUNT_STATE = 38,
	VKIND_CHANGE = 39,
	VKIND_IMPORT = 40,
	VKIND_EXPORT = 41,
	VKIND_UPLOAD_ACK = 42,
	VKIND_RELEASE = 43,
	VKIND_ACQUIRE = 44,
	VKIND_CONFIG = 45,
	VKIND_REVLIST = 46,
	VKIND_APPROVE = 47,
	VKIND_MARKS = 48,
	VKIND_COMPLAINT = 49,
	VKIND_FAULT_BEGIN = 50,
	VKIND_FAULT_END = 51,
	VKIND_RECOVERY = 52,
	VKIND_END = 60,
};

enum vkey {
	VKEY_V = 1,
	VKEY_DEV,
	VKEY_SEQ,
	VKEY_KIND,
	VKEY_T,
	VKEY_MONO,
	VKEY_BOOT,
	VKEY_TQ,
	VKEY_ACTOR,
	VKEY_SHIFT,
	VKEY_TOT,
	VKEY_REF,
	VKEY_AMT,
	VKEY_PER,
	VKEY_ENT,
	VKEY_PDC,
	VKEY_RSN,
	VKEY_ASIG,
	VKEY_COSIG,
	VKEY_FL,
	VKEY_TEV,
	VKEY_PAD,
	VKEY_KPUB,
	VKEY_RSUM,
	VKEY_ACK,
	VKEY_CNT,
	VKEY_ITEMS,
	VKEY_RES,
	VKEY_WHO,
	VKEY_PEER,
	VKEY_LINE,
	VKEY_UNTIL,
	VKEY_BARRED,
	VKEY_NOTICE,
	VKEY_PURPOSES,
	VKEY_EXPIRES,
	VKEY_VIA = 37,
	VKEY_NAMES = 38,
	VKEY_NEXT = 40,
	VKEY_MADE = 41,
	VKEY_HOP = 46,
	VKEY_LAST = VKEY_HOP,
	VKEY_FREE = 64 /* from here on anything is allowed */
};

/* Key 20. */
/* Key 28 of IMPORT. */
enum {
	VIMPORT_QUESTIONS = 3
};

enum {
	VFLAG_SIGFAIL = 1,
	VFLAG_LATE = 2,
	VFLAG_HANDWRITTEN = 4,
	VFLAG_NO_PRINTER = 8,
	VFLAG_OVERRIDE = 16,
	VFLAG_ALL = 31
};

enum vtotal {
	VTOTAL_PAID,
	VTOTAL_VOID,
	VTOTAL_IN,
	VTOTAL_OUT,
	VTOTAL_PAYS,
	VTOTAL_VOIDS,
	VTOTAL_COUNT
};

struct vitem {
	uint8_t ent[VRECORD_ID];
	uint64_t period;
	uint64_t what;
	int64_t amount;
};

struct vfault {
	int check;        /* 2: V02 */
	const char *text; /* static */
};

struct vrecord {
	uint64_t has; /* bit by key: it was there and could be read */
	uint8_t dev[VRECORD_ID];
	uint64_t seq;
	uint64_t kind;
	uint64_t t;
	uint64_t mono;
	uint8_t boot[VRECORD_BOOT];
	uint64_t tq;
	uint64_t actor;
	uint64_t shift;
	int64_t tot[VTOTAL_COUNT];
	uint64_t ref;
	int64_t amt;
	uint64_t per;
	uint8_t ent[VRECORD_ID];
	uint8_t pdc[VRECORD_HASH];
	uint64_t rsn;
	uint8_t asig[VRECORD_SIG];
	uint64_t approver;
	uint8_t cosig[VRECORD_SIG];
	uint64_t fl;
	uint64_t tev;
	char pad[VRECORD_PAD_MAX];
	uint8_t kpub[VRECORD_HASH];
	uint8_t rsum[VRECORD_HASH];
	char ack[VRECORD_ACK_MAX + 1];
	size_t ack_len;
	int64_t counted; /* sum of key 26 */
	int64_t pieces[VRECORD_NOTES];
	struct vitem item[VRECORD_ITEMS];
	size_t items;
	uint64_t res;
	uint64_t who;
	uint8_t peer[VRECORD_ID];
	char line[VRECORD_LINE_MAX];
	uint64_t until_user;
	uint64_t until; /* YYYYMMDD */
	uint32_t barred[VRECORD_BARRED];
	size_t barreds;
	char notice[VRECORD_NOTICE_MAX];
	uint64_t asked; /* key 35: purposes, and those with a yes */
	uint64_t yes;
	uint64_t expires; /* YYYYMMDD */
	uint64_t via;
	uint64_t names;
	uint64_t next_day; /* YYYYMMDD */
	uint64_t hop;
	uint64_t made[VRECORD_MADE];
	size_t mades;
	/* Where keys 18 and 19 lie in the body: not part of what is signed. */
	size_t sign_from;
	size_t sign_to;
	unsigned sign_keys;
	uint64_t pairs;
	size_t body_at; /* behind the map's head */
	struct vfault fault[VRECORD_FAULTS];
	size_t faults;
};

/* Đồng of the banknotes that key 26 may count, the highest first. */
extern const int64_t vrecord_notes[VRECORD_NOTES];

bool vrecord_has(const struct vrecord *r, enum vkey key);

/*
 * Read a body. False: it is no canonical CBOR, nothing in *out counts but
 * its faults. Otherwise faults may be there too (V03, V36).
 */
bool vrecord_read(const uint8_t *body, size_t len, struct vrecord *out);

/* SHA-256 of the body without keys 18 and 19: what people sign. */
void vrecord_act_digest(const struct vrecord *r, const uint8_t *body,
	size_t len, uint8_t out[VRECORD_HASH]);

/* "PAY"; "kind 77" never comes out: then it is "unknown". */
const char *vrecord_kind_name(uint64_t kind);

#endif
