/*
 * verb_decode.c - `chitra decode IMAGE`: the codes in a picture, as bytes;
 * `chitra decode --camera [NODE]`: in what is held before the camera.
 */
#include <stdio.h>

#include "core/clock.h"
#include "core/crypto.h"
#include "core/log.h"
#include "core/tr.h"
#include "drivers/camera/camera.h"
#include "drivers/camera/camera_open.h"
#include "drivers/camera/image_reader.h"
#include "terminal/app/json.h"
#include "terminal/app/scan.h"
#include "terminal/app/verb.h"
#include "terminal/app/viewing.h"
#include "terminal/flows/viewfinder.h"

enum {
	SECONDS = 20,
	FRAME_TIMEOUT_MS = 3000,
	/* A camera that was just switched on may begin with rubbish. */
	BAD_FRAMES = 30
};

/* Frame by frame until there is a code. False: the camera or the child. */
static bool look(struct camera *c, struct image_reader *r, long long deadline,
	struct decode_result *codes, struct err *err)
{
	static struct frame_look seen;
	struct camera_frame frame;
	int bad = 0;

	codes->count = 0;
	while (codes->count == 0 && clock_ms() < deadline) {
		if (!camera_frame(c, FRAME_TIMEOUT_MS, &frame, err))
			return false;
		if (image_reader_frame(r, &frame.shape, frame.bytes, frame.len,
			    FRAME_TIMEOUT_MS, codes, &seen, err))
			bad = 0;
		else if (++bad >= BAD_FRAMES)
			return false;
	}
	crypto_wipe(&seen, sizeof(seen));
	return true;
}

static bool from_camera(const char *use, int64_t seconds,
	struct decode_result *codes, struct err *err)
{
	const struct camera_wish wish = {0};
	struct camera *c = camera_open(use, &wish, err);
	struct image_reader *r = c ? image_reader_open(NULL, err) : NULL;
	const bool ok =
		r && look(c, r, clock_ms() + seconds * 1000, codes, err);

	image_reader_close(r);
	camera_close(c);
	return ok;
}

static enum exit_status say(const struct options *o,
	const struct decode_result *codes)
{
	for (int i = 0; i < codes->count && !o->json; i++)
		scan_print_safe(stdout, codes->code[i].bytes,
			codes->code[i].len);
	return verb_reply(o, json_decoded(codes),
		codes->count > 0 ? EXIT_DONE : EXIT_REFUSED);
}

static enum exit_status by_camera(const struct options *o, int64_t seconds)
{
	static struct decode_result codes;
	struct err err = {0};

	if (!from_camera(o->words == 1 ? o->word[0] : "auto", seconds, &codes,
		    &err)) {
		log_err("camera", &err);
		return verb_refuse(o, verb_err_code(err.code),
			viewfinder_trouble_text(viewing_state_of(&err)),
			EXIT_COULD_NOT);
	}
	if (codes.count == 0)
		fprintf(stderr,
			tr("No code was read by the camera in %lld seconds."),
			(long long)seconds);
	if (codes.count == 0)
		fputc('\n', stderr);
	return say(o, &codes);
}

enum exit_status verb_decode(int argc, char **argv)
{
	static struct decode_result codes;
	bool camera = false;
	int64_t seconds = SECONDS;
	const struct option_spec own[] = {
		{"--camera", OPTION_FLAG, &camera},
		{"--seconds", OPTION_INT, &seconds},
	};
	struct err err = {0};
	struct options o;

	if (!verb_options(&o, "decode", argc, argv, own,
		    sizeof(own) / sizeof(own[0])))
		return EXIT_USAGE;
	if (o.words > 1 || (o.words == 0 && !camera) || seconds < 1 ||
		seconds > 3600)
		return verb_usage("decode");
	if (camera)
		return by_camera(&o, seconds);
	if (!scan_image(o.word[0], &codes, &err))
		return verb_err(&o, &err);
	if (codes.count == 0)
		fprintf(stderr, "%s\n",
			tr("No QR code was found in this picture. Take it "
			   "again,"
			   " nearer and with more light."));
	return say(&o, &codes);
}
