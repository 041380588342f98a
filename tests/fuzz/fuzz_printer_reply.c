/*
 * A printer that answers anything, in any portions: asking it ends, and only
 * good answers to every question in a row are a status, or one that came
 * unasked and whole. The first byte of a portion is
 * its length.
 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "drivers/printer/printer_reply.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct talk {
	const uint8_t *at;
	const uint8_t *end;
	int asked;
};

static bool talk_send(void *user, const uint8_t *bytes, size_t len,
	int timeout_ms, struct err *err)
{
	struct talk *t = user;

	(void)timeout_ms;
	(void)err;
	assert(len == 3 && bytes[0] == 0x10 && bytes[1] == 0x04);
	t->asked++;
	return true;
}

static bool talk_receive(void *user, uint8_t *bytes, size_t size,
	int timeout_ms, size_t *got, struct err *err)
{
	struct talk *t = user;
	size_t n;

	(void)timeout_ms;
	*got = 0;
	if (t->at == t->end)
		return true;
	n = *t->at++;
	if (n == 255)
		return err_set(err, ERR_GONE, 0, "gone");
	if (n > (size_t)(t->end - t->at))
		n = (size_t)(t->end - t->at);
	assert(n <= size);
	memcpy(bytes, t->at, n);
	t->at += n;
	*got = n;
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct talk talk = {data, data + size, 0};
	int silent = 0;
	const struct printer_line line = {talk_send, talk_receive, &talk,
		&silent};
	struct printer_status status = {0};
	struct err err = {0};
	const bool ok = printer_reply_ask(&line, 50, &status, &err);

	assert(talk.asked <= 4);
	assert(silent == (status.known && !status.unasked ? 0 : 1));
	assert(!status.known || status.unasked || (ok && talk.asked >= 3));
	assert(ok || err.code == ERR_GONE);
	return 0;
}
