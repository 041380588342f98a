/*
 * tamper.h - ways to falsify a journal by those who have no key.
 *
 * They work on sealed records: bodies, signatures, their order; then hash
 * everything that can be hashed anew and leave the end of the file without
 * a signature, as the format allows it.
 */
#ifndef TESTS_SUPPORT_TAMPER_H
#define TESTS_SUPPORT_TAMPER_H

#include "support/bookgen.h"

void tamper_delete(struct bookgen_sealed *s, size_t i);
void tamper_swap(struct bookgen_sealed *s, size_t i, size_t k);
/* A copy of from in front of record at. */
void tamper_insert(struct bookgen_sealed *s, size_t at,
	const struct bookgen_raw *from);
void tamper_cut(struct bookgen_sealed *s, size_t n);

/* Change the amount of a PAY: keys 13 and 27 in its body. False: no PAY. */
bool tamper_amount_of(struct bytes *body);
bool tamper_amount(struct bookgen_sealed *s, size_t i);

/* The length of the CBOR value that begins here; 0: there is none. */
size_t tamper_value_len(const uint8_t *at, const uint8_t *end);

/* The file of what is left, numbers first..last as they should be. */
void tamper_file(const struct bookgen *b, struct bookgen_sealed *s,
	struct bytes *out);

/*
 * Do something to the bytes of a file, by the random state: a bit, a byte, a
 * stretch cut, put in, doubled, moved, zeroed, the tail gone.
 */
void tamper_bytes(struct bytes *file, uint64_t *random);

/* Do something to records, by the random state. other: of another book. */
void tamper_records(struct bookgen_sealed *s,
	const struct bookgen_sealed *other, uint64_t *random);

#endif
