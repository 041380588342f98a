#include "terminal/ui/viewfinder_view.h"

#include "core/tr.h"

/* By how much of a cell is lit; half blocks and shades are not in the fonts
 * of consoles (devices.md 4). */
static const uint32_t ramp[] = {' ', '.', ':', '-', '=', '+', '*', '#', 0x2588};

enum {
	LEVELS = sizeof(ramp) / sizeof(ramp[0]),
	LEAST_RANGE = 32 /* grey levels; less is only noise */
};

/* Rows and columns of cells that a picture takes. */
struct size {
	int rows;
	int cols;
};

/* A cell is twice as high as it is wide. */
static struct size fit(const struct camera_view *v, int rows, int cols)
{
	struct size s = {rows, rows * 2 * v->width / v->height};

	if (s.cols <= cols)
		return s;
	s.cols = cols;
	s.rows = cols * v->height / (2 * v->width);
	return s;
}

/* The mean of the pixels that a cell stands for, at least one. */
static int cell_light(const struct camera_view *v, struct size s, int row,
	int col)
{
	const int top = row * v->height / s.rows;
	const int left = col * v->width / s.cols;
	const int below = (row + 1) * v->height / s.rows;
	const int right = (col + 1) * v->width / s.cols;
	int sum = 0, count = 0;

	for (int y = top; y == top || y < below; y++)
		for (int x = left; x == left || x < right; x++) {
			sum += v->pixel[y * v->width + x];
			count++;
		}
	return sum / count;
}

/* The darkest and the lightest pixel: all of the ramp is used. */
static void range(const struct camera_view *v, int *low, int *high)
{
	*low = 255;
	*high = 0;
	for (int i = 0; i < v->width * v->height; i++) {
		*low = v->pixel[i] < *low ? v->pixel[i] : *low;
		*high = v->pixel[i] > *high ? v->pixel[i] : *high;
	}
	if (*high - *low < LEAST_RANGE)
		*high = *low + LEAST_RANGE;
}

static void draw(struct sheet *s, const struct camera_view *v, struct size size)
{
	const int first = s->margin + (s->cols - size.cols) / 2;
	int low, high;

	range(v, &low, &high);
	for (int row = 0; row < size.rows; row++) {
		const int line = sheet_line(s, RANK_MUST);

		for (int col = 0; col < size.cols; col++) {
			const int light = cell_light(v, size, row, col) - low;
			const int level = light * LEVELS / (high - low + 1);

			canvas_repeat(&s->lines, line, first + col,
				STYLE_NORMAL,
				ramp[level < LEVELS ? level : LEVELS - 1], 1);
		}
	}
}

/* Over the picture, whose first line is this one of the sheet. */
static void mark_corners(struct sheet *s, const struct camera_view *v,
	struct size size, int first_row)
{
	const int first = s->margin + (s->cols - size.cols) / 2;
	const int top = v->box.y * size.rows / v->height;
	const int left = v->box.x * size.cols / v->width;
	const int bottom =
		(v->box.y + v->box.height) * size.rows / v->height - 1;
	const int right = (v->box.x + v->box.width) * size.cols / v->width - 1;

	canvas_text(&s->lines, first_row + top, first + left, STYLE_KEY, "+");
	canvas_text(&s->lines, first_row + top, first + right, STYLE_KEY, "+");
	canvas_text(&s->lines, first_row + bottom, first + left, STYLE_KEY,
		"+");
	canvas_text(&s->lines, first_row + bottom, first + right, STYLE_KEY,
		"+");
}

static void picture(struct sheet *s, const struct camera_view *v, int rows)
{
	struct size size;

	if (v->width < 1 || v->height < 1 || rows < 1)
		return;
	size = fit(v, rows, s->cols);
	if (size.rows < 1 || size.cols < 1)
		return;
	draw(s, v, size);
	mark_corners(s, v, size, s->lines.rows - size.rows);
}

void viewfinder_view(const struct viewfinder *v, const struct frame_info *info,
	struct canvas *c)
{
	struct frame frame = {.title = tr("SCAN BY CAMERA"),
		.notice = &v->notice};
	struct sheet s;

	sheet_init(&s, c);
	frame.binding = viewfinder_bindings(v->step, &frame.bindings);
	switch (v->step) {
	case VIEWFINDER_OPENING:
		sheet_text(&s, RANK_MUST, STYLE_NORMAL,
			tr("The camera is starting..."));
		break;
	case VIEWFINDER_LOOKING:
		sheet_text(&s, RANK_MUST,
			v->hint == CAMERA_HINT_NONE ? STYLE_MAIN
						    : STYLE_WARNING,
			viewfinder_hint_text(v->hint));
		if (!s.spoken)
			picture(&s, &v->seen,
				frame_body_rows(c, info, &frame) -
					s.lines.rows);
		break;
	case VIEWFINDER_FAILED:
	case VIEWFINDER_TIRED:
	case VIEWFINDER_STEP_COUNT:
		break;
	}
	frame_show(c, info, &frame, &s);
}
