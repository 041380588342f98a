/*
 * slips.h - the Z slip of a closed shift, whenever it is wanted, and its
 * paper.
 *
 * The slip is what the CLOSE record says, signed with it (FORMATS.md); here
 * it is read back, so that every copy is the same. What became of the paper
 * is a PRINT record that refers to the CLOSE, and a copy a numbered REPRINT.
 * Paper trouble undoes nothing: the shift is closed all the same.
 */
#ifndef DB_SLIPS_H
#define DB_SLIPS_H

#include "db/payouts.h"
#include "db/shifts.h"

/* The slip of that shift; 0: of the last one closed. ABSENT: not closed. */
enum lookup slips_get(struct db *db, int64_t shift, struct shift_slip *out,
	struct err *err);

/* How far the paper of a CLOSE came. */
struct slip_paper {
	bool printed; /* or nobody knows: what comes next is a copy */
	int copies;
};
bool slips_paper(struct db *db, uint64_t seq, struct slip_paper *out,
	struct err *err);

/* PRINT_PRINTED, PRINT_UNKNOWN or PRINT_FAILED: what became of the original. */
bool slips_print_result(struct db *db, const struct session *s, uint64_t seq,
	enum print_state result, struct err *err);

/*
 * The number to print on what comes next: *copy 0 for the original, else
 * that of a REPRINT record. REFUSED_ROLE: for agents and supervisors.
 */
enum verdict slips_print_begin(struct db *db, const struct session *s,
	uint64_t seq, int *copy, struct refusal *why, struct err *err);

#endif
