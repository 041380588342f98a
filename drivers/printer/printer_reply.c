#include "drivers/printer/printer_reply.h"

#include "core/clock.h"

enum {
	/* libusb needs room for whole packets of the fastest endpoints. */
	ROOM = 512,
	/* A printer that has said this much unasked talks without end. */
	MAX_OLD_BYTES = 8192,
	/* Of the answer to DLE EOT 2: DLE EOT 3 says which. */
	SOME_ERROR = 0x40,
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
	case 1: /* bit 2: the drawer's pin; bit 3: off-line */
		out->online = (byte & 0x08) == 0;
		out->drawer_high = (byte & 0x04) != 0;
		out->drawer_known = true;
		break;
	case 2: /* why: bit 2 cover open, bit 5 stopped by the end of paper */
		out->cover_open = (byte & 0x04) != 0;
		out->paper_out = out->paper_out || (byte & 0x20) != 0;
		break;
	case 3: /* bits 3, 5: cutter, beyond recovery; bit 6: head too hot */
		out->broken = (byte & 0x28) != 0;
		out->overheated = (byte & 0x40) != 0;
		break;
	case 4: /* paper: bits 2, 3 nearly out; bits 5, 6 out */
		out->paper_low = (byte & 0x0c) != 0;
		out->paper_out = out->paper_out || (byte & 0x60) != 0;
		break;
	}
}

bool printer_reply_read_asb(const uint8_t asb[PRINTER_REPLY_ASB],
	struct printer_status *out)
{
	/* Bits 0, 1, 4 and 7 tell the first from a DLE EOT answer. */
	if ((asb[0] & 0x93) != 0x10)
		return false;
	for (int i = 1; i < PRINTER_REPLY_ASB; i++)
		if (asb[i] & 0x90)
			return false;
	*out = (struct printer_status){
		.known = true,
		.online = (asb[0] & 0x08) == 0,
		.cover_open = (asb[0] & 0x20) != 0,
		.drawer_high = (asb[0] & 0x04) != 0,
		.drawer_known = true,
		.broken = (asb[1] & 0x28) != 0,
		.overheated = (asb[1] & 0x40) != 0,
		.paper_low = (asb[2] & 0x03) != 0,
		.paper_out = (asb[2] & 0x0c) != 0,
	};
	return true;
}

/* One question and what came back. */
struct talk {
	const struct printer_line *line;
	long long deadline;
	struct printer_status unasked; /* the last ASB; known: there was one */
};

/*
 * Take automatic status out of what came; returns how many bytes are left,
 * moved to the front.
 */
static size_t set_asb_aside(struct talk *t, uint8_t *bytes, size_t len)
{
	size_t kept = 0;

	for (size_t i = 0; i < len;) {
		if (len - i >= PRINTER_REPLY_ASB &&
			printer_reply_read_asb(bytes + i, &t->unasked))
			i += PRINTER_REPLY_ASB;
		else
			bytes[kept++] = bytes[i++];
	}
	return kept;
}

/* False on failure; *quiet false if it goes on talking. */
static bool drain(struct talk *t, bool *quiet, struct err *err)
{
	uint8_t old[ROOM];
	size_t total = 0;
	size_t got = 0;

	do {
		if (!t->line->receive(t->line->user, old, sizeof(old), 0, &got,
			    err))
			return false;
		/* Only what came alone can be told from a picture's echoes. */
		if (got == PRINTER_REPLY_ASB)
			set_asb_aside(t, old, got);
		total += got;
	} while (got > 0 && total < MAX_OLD_BYTES && clock_ms() < t->deadline);
	*quiet = got == 0;
	return true;
}

/* Wait for bytes that are no automatic status. */
static bool listen_once(struct talk *t, uint8_t *bytes, size_t *got,
	struct err *err)
{
	size_t came = 0;

	*got = 0;
	do {
		const long long left = t->deadline - clock_ms();

		if (!t->line->receive(t->line->user, bytes, ROOM,
			    left > 0 ? (int)left : 0, &came, err))
			return false;
		*got = set_asb_aside(t, bytes, came);
	} while (came > 0 && *got == 0 && clock_ms() < t->deadline);
	return true;
}

static bool listen_for_one(struct talk *t, uint8_t *byte, bool *heard,
	struct err *err)
{
	uint8_t bytes[ROOM];
	size_t got = 0;
	size_t more = 0;

	if (!listen_once(t, bytes, &got, err))
		return false;
	*byte = bytes[0];
	if (got == 1 && !t->line->receive(t->line->user, bytes, ROOM, ALONE_MS,
				&more, err))
		return false;
	more = set_asb_aside(t, bytes, more);
	*heard = got == 1 && more == 0 && printer_reply_is_status(*byte);
	return true;
}

static bool ask_one(struct talk *t, int n, uint8_t *byte, bool *heard,
	struct err *err)
{
	const uint8_t question[] = {0x10, 0x04, (uint8_t)n};
	bool quiet = false;
	long long left;

	*heard = false;
	if (!drain(t, &quiet, err))
		return false;
	left = t->deadline - clock_ms();
	if (!quiet || left <= 0)
		return true;
	if (!t->line->send(t->line->user, question, sizeof(question), (int)left,
		    err))
		return err->code == ERR_TIMEOUT;
	return listen_for_one(t, byte, heard, err);
}

/* Ask all; *heard false as soon as one has no answer. */
static bool ask_all(struct talk *t, struct printer_status *told, bool *heard,
	struct err *err)
{
	static const int questions[] = {1, 2, 3, 4};
	bool error = false;

	*heard = true;
	for (size_t i = 0; i < sizeof(questions) / sizeof(questions[0]); i++) {
		const int n = questions[i];
		uint8_t byte = 0;

		if (n == 3 && !error)
			continue;
		if (!ask_one(t, n, &byte, heard, err))
			return false;
		if (!*heard)
			return true;
		printer_reply_read(n, byte, told);
		error = n == 2 && (byte & SOME_ERROR);
	}
	return true;
}

bool printer_reply_ask(const struct printer_line *line, int timeout_ms,
	struct printer_status *out, struct err *err)
{
	struct talk t = {.line = line, .deadline = clock_ms() + timeout_ms};
	struct printer_status told = *out;
	bool heard = false;

	if (*line->silent >= PRINTER_REPLY_STRIKES) {
		if (!drain(&t, &heard, err))
			return false;
		heard = false;
	} else {
		++*line->silent;
		if (!ask_all(&t, &told, &heard, err))
			return false;
	}
	if (heard) {
		*line->silent = 0;
		told.known = true;
		*out = told;
	} else if (t.unasked.known) {
		*out = t.unasked;
		out->unasked = true;
	}
	return true;
}
