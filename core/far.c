#include "core/far.h"

enum {
	EARLY_MS = 300, /* nothing is said of what has just begun */
	EARLY_PERMILLE = 10
};

int far_permille(const struct far *f)
{
	const int parts = f->parts > 0 ? f->parts : 1;
	int64_t done = f->done < 0 ? 0 : f->done;
	int64_t of_part = 0;

	if (f->all <= 0 && parts == 1)
		return -1;
	if (f->all > 0) {
		if (done > f->all)
			done = f->all;
		of_part = (int64_t)((double)done * 1000 / (double)f->all);
	}
	return (int)((f->part * INT64_C(1000) + of_part) / parts);
}

int64_t far_left_ms(const struct far *f, int64_t spent_ms)
{
	const int permille = far_permille(f);

	if (spent_ms < EARLY_MS || permille < EARLY_PERMILLE)
		return -1;
	return spent_ms * (1000 - permille) / permille;
}

int64_t far_rate(const struct far *f, int64_t part_ms)
{
	if (part_ms < EARLY_MS || f->done <= 0)
		return 0;
	return (int64_t)((double)f->done * 1000 / (double)part_ms);
}
