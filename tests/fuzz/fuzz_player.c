/*
 * Any file as a recording: refused with a line of it and a sentence, or played
 * to its end; then every line is written as it was read, and a key, a scan or
 * a state is one that the desk may be given.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "terminal/app/masked.h"
#include "terminal/app/player.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
	if (!holds)
		abort();
}

/* Written again it is what was read. */
static void look_at_line(const char *line, size_t len)
{
	static struct recorded r;
	static uint8_t bytes[RECORDING_LINE_MAX + 64];
	static char card[4096];
	struct stand_in who;
	struct buf out;

	if (!recording_line(line, len, &r))
		return;
	buf_init(&out, bytes, sizeof(bytes));
	recording_put(&r, &out);
	must(!out.full && out.len <= len + 64);
	must(recording_line((const char *)bytes, out.len - 1, &r));
	if (r.kind != RECORDED_SCAN)
		return;
	masked_stranger(masked_person(r.scan.text, r.scan.len), &who);
	must(masked_card(r.scan.text, r.scan.len, &who, card, sizeof(card)) <=
		sizeof(card));
}

static void look_at_event(const struct event *ev)
{
	switch (ev->kind) {
	case EV_KEY:
		must(ev->key > 0 && ev->key <= K_NAMED_LAST);
		break;
	case EV_SCAN:
		must(ev->scan.len <= sizeof(ev->scan.bytes));
		break;
	case EV_PRINT:
		must(ev->print.state <= PRINT_FAILED);
		break;
	case EV_DEVICE:
		must(ev->device.plug < PLUG_COUNT);
		break;
	case EV_CAMERA:
		must(ev->camera.state < CAMERA_STATE_COUNT);
		break;
	default:
		must(ev->kind == EV_PASTED || ev->kind == EV_TICK);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct event paid = {.kind = EV_PAID};
	static struct played next;
	const char *text = (const char *)data;
	struct player_fault fault;
	char sentence[256];
	struct player *p;
	struct err err;

	for (size_t at = 0; at < size;) {
		const char *end = memchr(text + at, '\n', size - at);
		const size_t len = end ? (size_t)(end - text) - at : size - at;

		look_at_line(text + at, len);
		at += len + 1;
	}
	p = player_open_text(text, size, &fault, &err);
	if (!p) {
		player_says(&fault, sentence, sizeof(sentence));
		must(fault.wrong != RECORDING_FINE && fault.line > 0);
		must(sentence[0] != '\0');
		return 0;
	}
	while (player_take(p, &next)) {
		must(next.after_ms >= 0);
		look_at_event(&next.ev);
		if (next.ev.kind == EV_KEY && next.ev.key == '1')
			player_heard(p, &paid);
	}
	player_close(p);
	return 0;
}
