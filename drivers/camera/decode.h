/*
 * decode.h - grey pixels -> the QR codes in them, as bytes.
 *
 * zbar in binary mode always: by default it guesses Big5 or Shift-JIS and
 * mangles one Vietnamese card in six (facts.md 1.7). The bytes come out as
 * printed; whether they are UTF-8 is the caller's question. A picture in which
 * nothing is found is looked at again, made sharper and larger (passes.h).
 * decode.c is the only file that knows <zbar.h>. One decoder belongs to one
 * thread.
 */
#ifndef DRIVERS_CAMERA_DECODE_H
#define DRIVERS_CAMERA_DECODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"

enum {
	/*
	 * Of one QR. Bytes end at 2953 (version 40, level L), but digits go
	 * up to 7089 and capitals to 4296; no card is near either (T46).
	 */
	DECODE_MAX_BYTES = 7089,
	DECODE_MAX_CODES = 8,
	DECODE_MAX_SIDE = 8192 /* pixels */
};

struct decoded {
	char symbology[16]; /* "QR-Code" */
	size_t len;
	uint8_t bytes[DECODE_MAX_BYTES + 1]; /* a NUL follows */
};

struct decode_result {
	int count;
	struct decoded code[DECODE_MAX_CODES];
};

struct decoder;

struct decoder *decoder_new(struct err *err);
void decoder_free(struct decoder *d); /* NULL is allowed */

/* How much is tried on a picture in which nothing is found. */
struct decode_effort {
	int passes;    /* 1: as it is, to PASS_COUNT of passes.h */
	int budget_ms; /* none begins later than this */
};

/*
 * All QR codes of an 8-bit grey image, row by row, width bytes each; codes
 * beyond DECODE_MAX_CODES are left out. Finding none is no failure. A small
 * picture without a code is tried once more, enlarged on a white margin:
 * cut-out codes of 1-2 pixels a module are read that way. ERR_INVALID for a
 * side below 1 or above DECODE_MAX_SIDE; ERR_NO_MEMORY.
 */
bool decoder_scan(struct decoder *d, const uint8_t *grey, int width, int height,
	struct decode_result *out, struct err *err);

/* The same with so much effort and no margin: for one frame of many. */
bool decoder_scan_within(struct decoder *d, const uint8_t *grey, int width,
	int height, const struct decode_effort *effort,
	struct decode_result *out, struct err *err);

/* Two that differ: nobody may guess which one was meant. */
bool decode_differ(const struct decode_result *found);

#endif
