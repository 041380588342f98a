/*
 * evidence.h - what the outside says of a journal: checkpoints of the centre,
 * receipts and Z slips in people's hands, lists that were to be paid.
 *
 * Formats: db/FORMATS.md. Loaded before the journal is walked; the audit
 * marks what it came upon, and evidence_end() says what it did not. One
 * thread.
 */
#ifndef DB_VERIFY_EVIDENCE_H
#define DB_VERIFY_EVIDENCE_H

#include "db/verify/vmap.h"
#include "db/verify/vnote.h"
#include "db/verify/vpaper.h"
#include "db/verify/vreport.h"
#include "db/verify/vrevlist.h"

/* A checkpoint, its signature looked at already. */
struct evidence_point {
	uint64_t seq;
	uint8_t h[VRECORD_HASH];
};

/* A line of the receipts list. */
struct evidence_paper {
	uint64_t line;
	bool seen;
	struct vpaper paper;
};

/* A list of payments, by the hash of its file. */
struct evidence_list {
	uint8_t sha256[VRECORD_HASH];
	uint64_t imported; /* IMPORT record; 0: not seen */
};

/* Where it lies; NULL: not given. */
struct evidence_files {
	const char *points;
	const char *papers;
	const char *const *roster;
	int rosters;
	const char *revlist;
};

struct evidence {
	struct evidence_files files;
	bool points_given;
	struct evidence_point *point; /* by seq */
	size_t points;
	size_t point_room;
	size_t next_point;
	bool papers_given;
	struct evidence_paper *paper; /* codes first, then by seq */
	size_t papers;
	size_t paper_room;
	size_t codes;
	size_t next_paper;
	struct vmap code; /* by the sixty bits; a: index + 1 */
	bool roster_given;
	bool roster_of_store;
	struct evidence_list *list;
	size_t lists;
	size_t list_room;
	struct vmap due; /* by entitlement; a: đồng, b: evidence_due() */
	struct vrevlist revlist; /* version 0: none that holds */
	uint64_t revlist_seen;   /* REVLIST record of that version; 0 */
	bool list_missing;       /* an imported list is not among those given */
};

void evidence_init(struct evidence *e);
void evidence_clear(struct evidence *e);

/*
 * Load the files, now that it is known which device the book is of. What is
 * forged or not readable in them is a finding; papers and checkpoints of
 * other devices are passed over. The errors are those of reading.
 */
bool evidence_load(struct evidence *e, const struct keyring *keys,
	const uint8_t dev[VRECORD_ID], struct vreport *report, struct err *err);

/* One entitlement of one list; false: no memory. */
bool evidence_add_due(struct evidence *e, const uint8_t sha256[VRECORD_HASH],
	const struct vitem *item, struct vreport *report);

/* The list of that hash, made if need be. False: no memory. */
bool evidence_list(struct evidence *e, const uint8_t sha256[VRECORD_HASH],
	size_t *out);

/* Period, kind and list of an entitlement in one number, and back. */
uint64_t evidence_due(uint64_t period, uint64_t what, size_t list);
size_t evidence_due_list(uint64_t due);

#endif
