/* qr.h - text -> QR modules. qr.c is the only file that knows <qrencode.h>. */
#ifndef CORE_CODEC_QR_H
#define CORE_CODEC_QR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"

enum {
	QR_MAX_MODULES = 177
};

enum qr_level {
	QR_LOW,
	QR_MEDIUM,
	QR_QUARTILE,
	QR_HIGH,
};

struct qr {
	int size;                                     /* modules a side */
	uint8_t dark[QR_MAX_MODULES][QR_MAX_MODULES]; /* [row][column] 0 or 1 */
};

/*
 * Smallest code that holds the bytes. Text of the QR alphanumeric set only
 * (0-9 A-Z space $%*+-./:) is coded as such, anything else as bytes.
 * ERR_INVALID if it is too long.
 */
bool qr_make(const void *bytes, size_t len, enum qr_level level, struct qr *out,
	struct err *err);

#endif
