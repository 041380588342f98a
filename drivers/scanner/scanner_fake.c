#include "drivers/scanner/scanner_fake.h"

#include <string.h>

static struct scanner_fake *fake_of(struct scanner *s)
{
	return (struct scanner_fake *)s;
}

static enum lookup fake_read(struct scanner *s, struct scanner_piece *out,
	struct err *err)
{
	struct scanner_fake *f = fake_of(s);

	f->reads++;
	if (f->fault.in_reads > 0 && --f->fault.in_reads == 0) {
		err_set(err, f->fault.code, 0, "a fault was asked for");
		return LOOKUP_FAILED;
	}
	if (f->pieces == 0)
		return LOOKUP_ABSENT;
	*out = *f->piece;
	if (f->endless && f->pieces == 1)
		return LOOKUP_FOUND;
	f->piece++;
	f->pieces--;
	return LOOKUP_FOUND;
}

static void fake_close(struct scanner *s)
{
	fake_of(s)->closed++;
}

static const struct scanner_ops fake_ops = {.name = "fake",
	.by = SCANNED_BY_SERIAL,
	.read = fake_read,
	.close = fake_close};

struct scanner *scanner_fake_init(struct scanner_fake *f,
	const struct scanner_settings *settings)
{
	memset(f, 0, sizeof(*f));
	scanner_init(&f->base, &fake_ops, -1, "/dev/fake0", settings);
	return &f->base;
}

void scanner_fake_give(struct scanner_fake *f,
	const struct scanner_piece *pieces, int count)
{
	f->piece = pieces;
	f->pieces = count;
}
