#include "drivers/camera/camera_open.h"

#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "drivers/camera/camera_fake.h"
#include "drivers/devices/devices.h"

#define FRAMES "frames:"

/* A camera has several nodes, and not each of them gives pictures: that one
 * does not is worth saying only if it is all that there is to say. */
static bool says_more(const struct err *than, const struct err *err)
{
	return than->code == ERR_GONE || than->code == ERR_INVALID ||
	       (err->code == ERR_BUSY && than->code != ERR_BUSY);
}

static struct camera *first_that_works(const struct camera_wish *wish,
	struct err *err)
{
	struct device_list *list = malloc(sizeof(*list));
	struct camera *c = NULL;

	err_set(err, ERR_GONE, 0, "no camera is plugged in");
	if (!list) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory for devices");
		return NULL;
	}
	if (!devices_list(list, err))
		list->count = 0;
	for (int i = 0; i < list->count && !c; i++) {
		const struct device *d = &list->at[i];
		struct err why = {0};

		if (d->class != DEVICE_CAMERA || !d->node[0])
			continue;
		c = camera_v4l2_open(d->node, wish, NULL, &why);
		if (!c && says_more(err, &why))
			*err = why;
	}
	free(list);
	return c;
}

struct camera *camera_open(const char *use, const struct camera_wish *wish,
	struct err *err)
{
	struct camera_wish full = *wish;

	if (full.width <= 0 || full.height <= 0) {
		full.width = CAMERA_WIDTH;
		full.height = CAMERA_HEIGHT;
	}
	full.width = full.width < FRAME_MAX_SIDE ? full.width : FRAME_MAX_SIDE;
	full.height =
		full.height < FRAME_MAX_SIDE ? full.height : FRAME_MAX_SIDE;
	if (str_starts(use, FRAMES))
		return camera_fake_open(use + strlen(FRAMES), NULL, err);
	if (use[0] == '/')
		return camera_v4l2_open(use, &full, NULL, err);
	if (strcmp(use, "auto") == 0)
		return first_that_works(&full, err);
	err_set(err, ERR_GONE, 0, "no camera is to be used: %s", use);
	return NULL;
}
