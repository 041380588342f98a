#include "drivers/printer/printer_reply.h"

#include "core/clock.h"

enum {
	/* libusb needs room for whole packets of the fastest endpoints. */
	ROOM = 512,
	/* A printer that has said this much unasked talks without end. */
	MAX_OLD_BYTES = 8192,
	/* An answer that is not alone shows within this time. */
	ALONE_MS = 20
};

bool printer_reply_is_status(uint8_t byte)
{
	return (byte & 0x93) == 0x12;
}

void printer_reply_read(int n, uint8_t byte, struct printer_status *out)
{
	switch (n) {
	case 1: /* bit 3: off-line */
		out->online = (byte & 0x08) == 0;
		break;
	case 2: /* why: bit 2 cover open, bit 5 stopped by the end of paper */
		out->cover_open = (byte & 0x04) != 0;
		out->paper_out = out->paper_out || (byte & 0x20) != 0;
		break;
	case 4: /* paper: bits 2, 3 nearly out; bits 5, 6 out */
		out->paper_low = (byte & 0x0c) != 0;
		out->paper_out = out->paper_out || (byte & 0x60) != 0;
		break;
	}
}

/* False on failure; *quiet false if it goes on talking. */
static bool drain(const struct printer_line *line, long long deadline,
	bool *quiet, struct err *err)
{
	uint8_t old[ROOM];
	size_t total = 0;
	size_t got = 0;

	do {
		if (!line->receive(line->user, old, sizeof(old), 0, &got, err))
			return false;
		total += got;
	} while (got > 0 && total < MAX_OLD_BYTES && clock_ms() < deadline);
	*quiet = got == 0;
	return true;
}

static bool listen_for_one(const struct printer_line *line, long long deadline,
	uint8_t *byte, bool *heard, struct err *err)
{
	uint8_t bytes[ROOM];
	size_t got = 0;
	size_t more = 0;
	const long long left = deadline - clock_ms();

	if (!line->receive(line->user, bytes, sizeof(bytes),
		    left > 0 ? (int)left : 0, &got, err))
		return false;
	*byte = bytes[0];
	if (got == 1 && !line->receive(line->user, bytes, sizeof(bytes),
				ALONE_MS, &more, err))
		return false;
	*heard = got == 1 && more == 0 && printer_reply_is_status(*byte);
	return true;
}

static bool ask_one(const struct printer_line *line, int n, long long deadline,
	uint8_t *byte, bool *heard, struct err *err)
{
	const uint8_t question[] = {0x10, 0x04, (uint8_t)n};
	bool quiet = false;
	long long left;

	*heard = false;
	if (!drain(line, deadline, &quiet, err))
		return false;
	left = deadline - clock_ms();
	if (!quiet || left <= 0)
		return true;
	if (!line->send(line->user, question, sizeof(question), (int)left, err))
		return err->code == ERR_TIMEOUT;
	return listen_for_one(line, deadline, byte, heard, err);
}

bool printer_reply_ask(const struct printer_line *line, int timeout_ms,
	struct printer_status *out, struct err *err)
{
	static const int questions[] = {1, 2, 4};
	const long long deadline = clock_ms() + timeout_ms;
	struct printer_status told = *out;

	if (*line->silent >= PRINTER_REPLY_STRIKES)
		return true;
	++*line->silent;
	for (size_t i = 0; i < sizeof(questions) / sizeof(questions[0]); i++) {
		uint8_t byte = 0;
		bool heard = false;

		if (!ask_one(line, questions[i], deadline, &byte, &heard, err))
			return false;
		if (!heard)
			return true;
		printer_reply_read(questions[i], byte, &told);
	}
	*line->silent = 0;
	told.known = true;
	*out = told;
	return true;
}
