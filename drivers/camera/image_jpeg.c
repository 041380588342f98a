#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>

#include "drivers/camera/image_decode.h"

enum {
	/* For the coefficients of a progressive picture. */
	MAX_MEMORY = 192 * 1024 * 1024,
	/* Each scan goes over the whole picture; cameras write about ten. */
	MAX_SCANS = 64
};

struct jpeg_job {
	struct jpeg_error_mgr errors;
	struct jpeg_progress_mgr progress;
	struct jpeg_source_mgr source;
	struct jpeg_decompress_struct jpeg;
	jmp_buf failed;
	struct image *image;
	struct err *err;
};

static void jpeg_failed(j_common_ptr jpeg)
{
	struct jpeg_job *job = jpeg->client_data;
	char message[JMSG_LENGTH_MAX];

	job->errors.format_message(jpeg, message);
	err_set(job->err, ERR_INVALID, job->errors.msg_code, "JPEG: %s",
		message);
	longjmp(job->failed, 1);
}

/* Warnings are bits that went wrong; the QR has its own protection. */
static void jpeg_warned(j_common_ptr jpeg, int level)
{
	(void)jpeg;
	(void)level;
}

static void jpeg_says_nothing(j_common_ptr jpeg)
{
	(void)jpeg;
}

static void count_scans(j_common_ptr jpeg)
{
	struct jpeg_job *job = jpeg->client_data;

	if (job->jpeg.input_scan_number > MAX_SCANS) {
		err_set(job->err, ERR_INVALID, 0, "JPEG: too many scans");
		longjmp(job->failed, 1);
	}
}

/*
 * The source is all in memory, so a wish for more means that the file is cut
 * off. (libjpeg's own jpeg_mem_src() makes up an end and grey for the rest.)
 */
static boolean no_more(j_decompress_ptr jpeg)
{
	struct jpeg_job *job = jpeg->client_data;

	err_set(job->err, ERR_INVALID, 0, "JPEG: cut off");
	longjmp(job->failed, 1);
}

static void skip(j_decompress_ptr jpeg, long count)
{
	if (count < 0 || (size_t)count > jpeg->src->bytes_in_buffer)
		no_more(jpeg);
	jpeg->src->next_input_byte += count;
	jpeg->src->bytes_in_buffer -= (size_t)count;
}

static void nothing(j_decompress_ptr jpeg)
{
	(void)jpeg;
}

/* May be left by longjmp from anywhere inside. */
static bool read_jpeg(struct jpeg_job *job)
{
	struct jpeg_decompress_struct *jpeg = &job->jpeg;

	jpeg_create_decompress(jpeg);
	jpeg->src = &job->source;
	jpeg->progress = &job->progress;
	jpeg->mem->max_memory_to_use = MAX_MEMORY;
	jpeg_read_header(jpeg, TRUE);
	if (!image_alloc(job->image, jpeg->image_width, jpeg->image_height,
		    job->err))
		return false;
	jpeg->out_color_space = JCS_GRAYSCALE;
	jpeg_start_decompress(jpeg);
	while (jpeg->output_scanline < jpeg->output_height) {
		JSAMPROW row =
			job->image->grey +
			(size_t)jpeg->output_scanline * job->image->width;

		jpeg_read_scanlines(jpeg, &row, 1);
	}
	jpeg_finish_decompress(jpeg);
	return true;
}

static bool run(struct jpeg_job *job)
{
	if (setjmp(job->failed))
		return false;
	return read_jpeg(job);
}

bool image_jpeg_decode(const uint8_t *bytes, size_t len, struct image *out,
	struct err *err)
{
	struct jpeg_job job = {
		.image = out,
		.err = err,
		.source.next_input_byte = bytes,
		.source.bytes_in_buffer = len,
		.source.init_source = nothing,
		.source.fill_input_buffer = no_more,
		.source.skip_input_data = skip,
		.source.resync_to_restart = jpeg_resync_to_restart,
		.source.term_source = nothing,
	};
	bool ok;

	job.jpeg.err = jpeg_std_error(&job.errors);
	job.jpeg.client_data = &job;
	job.errors.error_exit = jpeg_failed;
	job.errors.emit_message = jpeg_warned;
	job.errors.output_message = jpeg_says_nothing;
	job.progress.progress_monitor = count_scans;
	ok = run(&job);
	jpeg_destroy_decompress(&job.jpeg);
	if (!ok)
		image_clear(out);
	return ok;
}
