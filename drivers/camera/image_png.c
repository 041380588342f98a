#include <png.h>
#include <setjmp.h>
#include <string.h>

#include "core/str.h"
#include "drivers/camera/image_decode.h"
#include "drivers/camera/image_reader.h"

enum {
	/* Of ancillary chunks (text, colour profiles): none is needed. */
	MAX_CHUNK = 256 * 1024,
	MAX_CHUNKS = 32
};

struct png_job {
	const uint8_t *bytes;
	size_t len;
	size_t at;
	struct image *image;
	struct err *err;
	png_structp png;
	png_infop info;
	char message[96];
};

static void png_failed(png_structp png, png_const_charp message)
{
	struct png_job *job = png_get_error_ptr(png);

	str_copy(job->message, sizeof(job->message), message);
	png_longjmp(png, 1);
}

static void png_warned(png_structp png, png_const_charp message)
{
	(void)png;
	(void)message;
}

static void png_feed(png_structp png, png_bytep out, size_t len)
{
	struct png_job *job = png_get_io_ptr(png);

	if (len > job->len - job->at)
		png_error(png, "cut off");
	memcpy(out, job->bytes + job->at, len);
	job->at += len;
}

/* Whatever it is stored as, make it one byte of grey a pixel. */
static void ask_for_grey(struct png_job *job)
{
	const png_color_16 white = {.red = 255,
		.green = 255,
		.blue = 255,
		.gray = 255};
	const int colour = png_get_color_type(job->png, job->info);

	png_set_scale_16(job->png);
	png_set_expand(job->png); /* palette, 1-4 bits, tRNS */
	if ((colour & PNG_COLOR_MASK_ALPHA) ||
		png_get_valid(job->png, job->info, PNG_INFO_tRNS))
		png_set_background(job->png, &white,
			PNG_BACKGROUND_GAMMA_SCREEN, 0, 1.0);
	if (colour & PNG_COLOR_MASK_COLOR)
		png_set_rgb_to_gray(job->png, 1, -1, -1);
	png_set_strip_alpha(job->png);
}

/* May be left by longjmp from anywhere inside. */
static bool read_png(struct png_job *job)
{
	const png_structp png = job->png;
	int passes;

	png_read_info(png, job->info);
	if (!image_alloc(job->image, png_get_image_width(png, job->info),
		    png_get_image_height(png, job->info), job->err))
		return false;
	ask_for_grey(job);
	passes = png_set_interlace_handling(png);
	png_read_update_info(png, job->info);
	if (png_get_rowbytes(png, job->info) != (size_t)job->image->width)
		png_error(png, "not made grey");
	for (int pass = 0; pass < passes; pass++)
		for (int y = 0; y < job->image->height; y++)
			png_read_row(png,
				job->image->grey +
					(size_t)y * job->image->width,
				NULL);
	png_read_end(png, NULL);
	return true;
}

static bool run(struct png_job *job)
{
	if (setjmp(png_jmpbuf(job->png)))
		return err_set(job->err, ERR_INVALID, 0, "PNG: %s",
			job->message);
	png_set_read_fn(job->png, job, png_feed);
	/* The pixels are counted by image_alloc(); this stops row buffers. */
	png_set_user_limits(job->png, IMAGE_MAX_SIDE, IMAGE_MAX_SIDE);
	png_set_chunk_malloc_max(job->png, MAX_CHUNK);
	png_set_chunk_cache_max(job->png, MAX_CHUNKS);
	return read_png(job);
}

bool image_png_decode(const uint8_t *bytes, size_t len, struct image *out,
	struct err *err)
{
	struct png_job job = {.bytes = bytes,
		.len = len,
		.image = out,
		.err = err};
	bool ok = false;

	job.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &job,
		png_failed, png_warned);
	job.info = job.png ? png_create_info_struct(job.png) : NULL;
	if (job.info)
		ok = run(&job);
	else
		err_set(err, ERR_NO_MEMORY, 0, "PNG: no memory");
	png_destroy_read_struct(&job.png, &job.info, NULL);
	if (!ok)
		image_clear(out);
	return ok;
}
