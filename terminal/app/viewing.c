#include "terminal/app/viewing.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/crypto.h"
#include "core/log.h"
#include "drivers/camera/camera.h"
#include "drivers/camera/image_reader.h"

enum {
	FRAME_TIMEOUT_MS = 500, /* it may be told to stop meanwhile */
	READ_TIMEOUT_MS = 3000,
	BAD_TIMES = 30, /* frames that could not be read, one by one */
};

_Static_assert((int)FRAME_VIEW_SIDE == (int)FLOW_VIEW_SIDE,
	"the flow's picture is the frame's");
_Static_assert((int)FRAME_HINTS == (int)CAMERA_HINT_NEARER,
	"the flow's hints are the frame's and one more");

struct viewing {
	struct mailbox *box;
	struct viewing_options options;
	pthread_t thread;
	pthread_mutex_t lock; /* guards all below */
	pthread_cond_t wake;
	bool ended;
	bool wanted;
	bool shown;   /* the last picture; the next may be posted */
	unsigned run; /* counts how often it was wanted */

	/* Of the thread alone. */
	struct image_reader *reader; /* kept from run to run */
	struct decode_result found;
	struct frame_look look;
	struct event ev;
	long long posted_ms;
	int bad;
	long long frame_ms; /* when there was one */
};

/* ---- what both threads touch ---------------------------------------------- */

void viewing_want(struct viewing *v, bool wanted)
{
	if (!v)
		return;
	pthread_mutex_lock(&v->lock);
	if (wanted && !v->wanted)
		v->run++;
	v->wanted = wanted;
	v->shown = true;
	pthread_cond_signal(&v->wake);
	pthread_mutex_unlock(&v->lock);
}

static bool still_wanted(struct viewing *v, unsigned run)
{
	bool yes;

	pthread_mutex_lock(&v->lock);
	yes = v->wanted && !v->ended && v->run == run;
	pthread_mutex_unlock(&v->lock);
	return yes;
}

/* Waits for a run other than done. False: the end. */
static bool next_run(struct viewing *v, unsigned *done)
{
	bool more;

	pthread_mutex_lock(&v->lock);
	while (!v->ended && (!v->wanted || v->run == *done))
		pthread_cond_wait(&v->wake, &v->lock);
	more = !v->ended;
	*done = v->run;
	pthread_mutex_unlock(&v->lock);
	return more;
}

/* True once for each picture that was shown. */
static bool take_turn(struct viewing *v)
{
	bool mine;

	pthread_mutex_lock(&v->lock);
	mine = v->shown;
	v->shown = false;
	pthread_mutex_unlock(&v->lock);
	return mine;
}

/* ---- telling ------------------------------------------------------------------ */

enum camera_state viewing_state_of(const struct err *err)
{
	switch (err->code) {
	case ERR_GONE:
		return CAMERA_ABSENT;
	case ERR_BUSY:
		return CAMERA_BUSY;
	case ERR_DENIED:
		return CAMERA_DENIED;
	case ERR_TIMEOUT:
		return CAMERA_STUCK;
	default:
		return CAMERA_FAILED;
	}
}

static void post(struct viewing *v)
{
	v->ev.at_ms = clock_ms();
	if (!mailbox_post(v->box, &v->ev))
		log_line("camera", "the mailbox is full");
	crypto_wipe(&v->ev, sizeof(v->ev));
}

static void post_trouble(struct viewing *v, enum camera_state state,
	const struct err *err)
{
	log_err("camera", err);
	memset(&v->ev, 0, sizeof(v->ev));
	v->ev.kind = EV_CAMERA;
	v->ev.camera.state = state;
	post(v);
}

static void post_picture(struct viewing *v, bool two)
{
	const struct frame_look *look = &v->look;
	const struct frame_box box = frame_box(look->width, look->height);
	struct camera_view *view = &v->ev.camera;

	if (clock_ms() - v->posted_ms < v->options.every_ms || !take_turn(v))
		return;
	v->posted_ms = clock_ms();
	memset(&v->ev, 0, sizeof(v->ev));
	v->ev.kind = EV_CAMERA;
	view->state = two ? CAMERA_TWO_CODES : CAMERA_SEES;
	view->hint = (enum camera_hint)look->hint;
	view->width = look->width;
	view->height = look->height;
	view->box.x = box.x;
	view->box.y = box.y;
	view->box.width = box.width;
	view->box.height = box.height;
	memcpy(view->pixel, look->pixel,
		(size_t)look->width * (size_t)look->height);
	post(v);
}

/* The one code in view. False: none that any card could have. */
static bool post_code(struct viewing *v)
{
	const struct decoded *code = &v->found.code[0];

	if (v->found.count == 0 || decode_differ(&v->found) ||
		code->len > IDCARD_MAX_BYTES)
		return false;
	memset(&v->ev, 0, sizeof(v->ev));
	v->ev.kind = EV_SCAN;
	v->ev.scan.camera = true;
	v->ev.scan.how.by = SCANNED_BY_PICTURE;
	v->ev.scan.len = code->len;
	memcpy(v->ev.scan.bytes, code->bytes, code->len);
	post(v);
	return true;
}

/* ---- looking ------------------------------------------------------------------- */

/* False: this run is over. */
static bool no_frame(struct viewing *v, const struct err *err)
{
	if (err->code == ERR_TIMEOUT &&
		clock_ms() - v->frame_ms < v->options.stuck_ms)
		return true;
	post_trouble(v,
		err->code == ERR_GONE ? CAMERA_LOST : viewing_state_of(err),
		err);
	return false;
}

static bool bad_frame(struct viewing *v, const struct err *err)
{
	if (++v->bad < BAD_TIMES) {
		/* The child was killed by what it saw, or stood still. */
		if (err->code != ERR_INVALID)
			log_err("camera", err);
		return true;
	}
	post_trouble(v, CAMERA_FAILED, err);
	return false;
}

/* One frame. False: this run is over. */
static bool look_once(struct viewing *v, struct camera *c)
{
	struct camera_frame frame;
	struct err err = {0};
	bool read;

	if (!camera_frame(c, FRAME_TIMEOUT_MS, &frame, &err))
		return no_frame(v, &err);
	v->frame_ms = clock_ms();
	if (!image_reader_frame(v->reader, &frame.shape, frame.bytes, frame.len,
		    READ_TIMEOUT_MS, &v->found, &v->look, &err))
		return bad_frame(v, &err);
	v->bad = 0;
	read = post_code(v);
	if (!read)
		post_picture(v, decode_differ(&v->found));
	crypto_wipe(&v->found, sizeof(v->found));
	crypto_wipe(&v->look, sizeof(v->look));
	return !read;
}

static void run_once(struct viewing *v, unsigned run)
{
	struct err err = {0};
	struct camera *c = camera_open(v->options.use, &v->options.wish, &err);

	v->bad = 0;
	v->frame_ms = clock_ms();
	v->posted_ms = 0;
	if (!c) {
		post_trouble(v, viewing_state_of(&err), &err);
		return;
	}
	if (!v->reader)
		v->reader = image_reader_open(NULL, &err);
	if (!v->reader)
		post_trouble(v, CAMERA_FAILED, &err);
	else
		while (still_wanted(v, run) && look_once(v, c))
			;
	camera_close(c);
}

static void *look_all(void *arg)
{
	struct viewing *v = arg;
	unsigned run = 0;

	while (next_run(v, &run))
		run_once(v, run);
	/* The child belongs to this thread. */
	image_reader_close(v->reader);
	v->reader = NULL;
	return NULL;
}

/* ---- life ------------------------------------------------------------------------- */

static void viewing_free(struct viewing *v)
{
	pthread_cond_destroy(&v->wake);
	pthread_mutex_destroy(&v->lock);
	crypto_wipe(v, sizeof(*v));
	free(v);
}

struct viewing *viewing_start(struct mailbox *box,
	const struct viewing_options *options, struct err *err)
{
	struct viewing *v = calloc(1, sizeof(*v));

	if (!v) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory for the camera");
		return NULL;
	}
	v->box = box;
	v->options = *options;
	if (v->options.every_ms <= 0)
		v->options.every_ms = VIEWING_MS;
	if (v->options.stuck_ms <= 0)
		v->options.stuck_ms = VIEWING_STUCK_MS;
	pthread_mutex_init(&v->lock, NULL);
	pthread_cond_init(&v->wake, NULL);
	if (pthread_create(&v->thread, NULL, look_all, v) == 0)
		return v;
	err_set(err, ERR_NO_MEMORY, 0, "no thread for the camera");
	viewing_free(v);
	return NULL;
}

void viewing_stop(struct viewing *v)
{
	if (!v)
		return;
	pthread_mutex_lock(&v->lock);
	v->ended = true;
	pthread_cond_signal(&v->wake);
	pthread_mutex_unlock(&v->lock);
	pthread_join(v->thread, NULL);
	viewing_free(v);
}
