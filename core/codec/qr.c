/*
 * qr.c - libqrencode behind qr.h.
 *
 * The library goes to the heap and may run out of it; its codes are copied
 * into the caller's struct and freed at once.
 */
#include "core/codec/qr.h"

#include <assert.h>
#include <errno.h>
#include <qrencode.h>
#include <string.h>

static bool is_alphanumeric(const uint8_t *bytes, size_t len)
{
	static const char set[] =
		"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

	for (size_t i = 0; i < len; i++)
		if (bytes[i] == 0 || !strchr(set, bytes[i]))
			return false;
	return true;
}

static void copy_modules(const QRcode *code, struct qr *out)
{
	const unsigned char *module = code->data;

	assert(code->width <= QR_MAX_MODULES);
	out->size = code->width;
	for (int row = 0; row < code->width; row++)
		for (int col = 0; col < code->width; col++)
			out->dark[row][col] = *module++ & 1;
}

bool qr_make(const void *bytes, size_t len, enum qr_level level, struct qr *out,
	struct err *err)
{
	static const QRecLevel levels[] = {
		[QR_LOW] = QR_ECLEVEL_L,
		[QR_MEDIUM] = QR_ECLEVEL_M,
		[QR_QUARTILE] = QR_ECLEVEL_Q,
		[QR_HIGH] = QR_ECLEVEL_H,
	};
	QRinput *input;
	QRcode *code = NULL;
	int sys = EINVAL;

	if (len == 0 || len > 4296)
		return err_set(err, ERR_INVALID, 0,
			"a QR of %zu bytes is not possible", len);
	input = QRinput_new2(0, levels[level]);
	if (!input)
		return err_set(err, ERR_NO_MEMORY, errno, "no memory for a QR");
	if (QRinput_append(input,
		    is_alphanumeric(bytes, len) ? QR_MODE_AN : QR_MODE_8,
		    (int)len, bytes) == 0) {
		code = QRcode_encodeInput(input);
		sys = errno;
	}
	QRinput_free(input);
	if (!code)
		return err_set(err, sys == ENOMEM ? ERR_NO_MEMORY : ERR_INVALID,
			sys, "%zu bytes do not fit into a QR", len);
	copy_modules(code, out);
	QRcode_free(code);
	return true;
}
