#include "drivers/camera/camera.h"

#include "core/clock.h"
#include "drivers/camera/camera_driver.h"

enum {
	/* At 30 frames a second: a second of nothing but rubbish. */
	MAX_DAMAGED = 30,
	/* Of frames that wait a driver has no more; then newer ones come
	 * faster than they are taken, and the last is new enough. */
	MAX_DROPPED = 8
};

/* Does it hold what its shape says? Of a JPEG only decoding tells. */
static bool is_whole(const struct camera_frame *f)
{
	const int pixel = f->shape.format == FRAME_YUYV ? 2 : 1;

	if (!frame_shape_is_sane(&f->shape) || f->len < 1 ||
		f->len > FRAME_MAX_BYTES)
		return false;
	return f->shape.format == FRAME_MJPEG ||
	       f->len >=
		       (size_t)f->shape.stride * (size_t)(f->shape.height - 1) +
			       (size_t)(f->shape.width * pixel);
}

static void give_back(struct camera *c)
{
	if (c->lent >= 0)
		c->ops->give_back(c, c->lent);
	c->lent = -1;
}

/* Take one; *got says whether it is any good, and lent if so. */
static bool take(struct camera *c, int timeout_ms, struct camera_frame *out,
	bool *got, struct err *err)
{
	struct camera_taken taken = {.slot = -1};

	*got = false;
	if (!c->ops->take(c, timeout_ms, &taken, err))
		return false;
	*got = !taken.damaged && is_whole(&taken.frame);
	if (*got) {
		give_back(c);
		c->lent = taken.slot;
		*out = taken.frame;
	} else if (taken.slot >= 0) {
		c->ops->give_back(c, taken.slot);
	}
	return true;
}

/* Newer ones that wait already. What fails here fails again next time. */
static void skip_to_newest(struct camera *c, struct camera_frame *out)
{
	struct err err;
	bool got;

	for (int i = 0; i < MAX_DROPPED; i++)
		if (!take(c, 0, out, &got, &err))
			return;
}

static bool first_frame(struct camera *c, int timeout_ms,
	struct camera_frame *out, struct err *err)
{
	const long long deadline = clock_ms() + timeout_ms;
	int damaged = 0;
	bool got = false;

	while (!got) {
		const long long left = deadline - clock_ms();

		if (left <= 0)
			return err_set(err, ERR_TIMEOUT, 0,
				"no frame in %d ms, %d damaged", timeout_ms,
				damaged);
		if (!take(c, (int)left, out, &got, err))
			return false;
		if (!got && ++damaged >= MAX_DAMAGED)
			return err_set(err, ERR_IO, 0,
				"%d damaged frames one after the other",
				damaged);
	}
	return true;
}

bool camera_frame(struct camera *c, int timeout_ms, struct camera_frame *out,
	struct err *err)
{
	give_back(c);
	if (!first_frame(c, timeout_ms, out, err))
		return err_wrap(err, "%s camera", c->ops->name);
	skip_to_newest(c, out);
	return true;
}

const char *camera_kind(const struct camera *c)
{
	return c->ops->name;
}

void camera_close(struct camera *c)
{
	if (c)
		c->ops->close(c);
}
