#include "drivers/camera/camera_fake.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <sys/stat.h>

#include "core/clock.h"
#include "core/crypto.h"
#include "drivers/camera/camera_driver.h"
#include "drivers/camera/image_reader.h"

enum {
	PATH_SIZE = 600,
	EVERY_MS = 100
};

struct camera_fake {
	struct camera base;
	struct camera_fake_options options;
	char path[PATH_SIZE];
	bool is_file;
	struct dirent **file; /* sorted by name */
	int files;
	int next;
	int frames; /* taken so far */
	long long due_ms;
	struct image picture[2]; /* one may be lent while the next comes */
	int slot;                /* the newest */
};

static int is_picture(const struct dirent *d)
{
	const char *dot = strrchr(d->d_name, '.');

	return dot && (strcmp(dot, ".pgm") == 0 || strcmp(dot, ".png") == 0 ||
			      strcmp(dot, ".jpg") == 0);
}

static void rest(long long until_ms)
{
	const long long left = until_ms - clock_ms();
	const struct timespec t = {.tv_sec = left / 1000,
		.tv_nsec = left % 1000 * 1000000};

	if (left > 0)
		nanosleep(&t, NULL);
}

static uint8_t *read_all(const char *path, size_t *len)
{
	struct stat info;
	uint8_t *bytes = NULL;
	FILE *in = fopen(path, "rb");

	if (!in)
		return NULL;
	if (fstat(fileno(in), &info) == 0 && info.st_size > 0 &&
		info.st_size <= IMAGE_MAX_FILE)
		bytes = malloc((size_t)info.st_size);
	*len = bytes ? fread(bytes, 1, (size_t)info.st_size, in) : 0;
	fclose(in);
	return bytes;
}

static void drop_picture(struct image *p)
{
	if (p->grey)
		crypto_wipe(p->grey, (size_t)p->width * (size_t)p->height);
	image_clear(p);
}

/* False: it is no picture; then there is none. */
static bool load(const struct camera_fake *f, const char *name,
	struct image *out)
{
	char path[2 * PATH_SIZE];
	struct err err;
	size_t len;
	uint8_t *bytes;
	bool ok;

	if (f->is_file)
		snprintf(path, sizeof(path), "%s", f->path);
	else
		snprintf(path, sizeof(path), "%s/%s", f->path, name);
	bytes = read_all(path, &len);
	ok = bytes && image_decode(bytes, len, out, &err);
	free(bytes);
	return ok;
}

static bool load_next(struct camera_fake *f)
{
	const int at = f->next++ % f->files;
	struct image *to = &f->picture[!f->slot];

	drop_picture(to);
	if (!load(f, f->is_file ? NULL : f->file[at]->d_name, to))
		return false;
	f->slot = !f->slot;
	return true;
}

static bool is_due(const struct camera_fault *fault, int frame)
{
	return fault->at > 0 &&
	       (frame == fault->at || (fault->stays && frame > fault->at));
}

static bool fake_fault(const struct camera_fault *fault, long long deadline,
	struct camera_taken *out, struct err *err)
{
	if (fault->damaged) {
		*out = (struct camera_taken){.slot = -1, .damaged = true};
		return true;
	}
	if (fault->code == ERR_TIMEOUT)
		rest(deadline);
	return err_set(err, fault->code, 0, "as it was told");
}

static bool fake_take(struct camera *c, int timeout_ms,
	struct camera_taken *out, struct err *err)
{
	struct camera_fake *f = (struct camera_fake *)c;
	const long long deadline = clock_ms() + timeout_ms;
	const struct image *now;

	if (f->due_ms > deadline || (f->options.once && f->next >= f->files)) {
		rest(deadline);
		return err_set(err, ERR_TIMEOUT, 0, "no frame in %d ms",
			timeout_ms);
	}
	rest(f->due_ms);
	f->due_ms = clock_ms() + f->options.every_ms;
	if (is_due(&f->options.fault, ++f->frames))
		return fake_fault(&f->options.fault, deadline, out, err);
	if (!load_next(f)) {
		*out = (struct camera_taken){.slot = -1, .damaged = true};
		return true;
	}
	now = &f->picture[f->slot];
	*out = (struct camera_taken){.slot = f->slot};
	out->frame = (struct camera_frame){.shape = {.format = FRAME_GREY,
						   .width = now->width,
						   .height = now->height,
						   .stride = now->width},
		.bytes = now->grey,
		.len = (size_t)now->width * (size_t)now->height};
	return true;
}

static void fake_give_back(struct camera *c, int slot)
{
	struct camera_fake *f = (struct camera_fake *)c;

	drop_picture(&f->picture[slot]);
}

static void fake_close(struct camera *c)
{
	struct camera_fake *f = (struct camera_fake *)c;

	drop_picture(&f->picture[0]);
	drop_picture(&f->picture[1]);
	for (int i = 0; i < f->files && f->file; i++)
		free(f->file[i]);
	free(f->file);
	free(f);
}

static const struct camera_ops ops = {.name = "frames",
	.take = fake_take,
	.give_back = fake_give_back,
	.close = fake_close};

static bool list_files(struct camera_fake *f, struct err *err)
{
	struct stat info;

	if (stat(f->path, &info) != 0)
		return err_set(err, ERR_GONE, errno, "frames %s: %s", f->path,
			strerror(errno));
	f->is_file = S_ISREG(info.st_mode);
	if (f->is_file) {
		f->files = 1;
		return true;
	}
	f->files = scandir(f->path, &f->file, is_picture, alphasort);
	if (f->files > 0)
		return true;
	f->files = 0;
	return err_set(err, ERR_GONE, 0, "no pictures in %s", f->path);
}

struct camera *camera_fake_open(const char *path,
	const struct camera_fake_options *options, struct err *err)
{
	struct camera_fake *f = calloc(1, sizeof(*f));

	if (!f) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory for a camera");
		return NULL;
	}
	f->base = (struct camera){.ops = &ops, .lent = -1};
	if (options)
		f->options = *options;
	if (f->options.every_ms <= 0)
		f->options.every_ms = EVERY_MS;
	snprintf(f->path, sizeof(f->path), "%s", path);
	if (list_files(f, err))
		return &f->base;
	fake_close(&f->base);
	return NULL;
}
