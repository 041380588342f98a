#include "drivers/printer/printer_fake.h"

#include <string.h>

static struct printer_fake *fake_of(struct printer *p)
{
	return (struct printer_fake *)p;
}

static bool fault_is_due(struct printer_fault *fault)
{
	if (fault->in_writes == 0)
		return false;
	if (fault->in_writes > 1) {
		fault->in_writes--;
		return false;
	}
	if (!fault->stays)
		fault->in_writes = 0;
	return true;
}

static bool fake_begin(struct printer *p, bool after_cut, int timeout_ms,
	struct err *err)
{
	struct printer_fake *f = fake_of(p);

	(void)timeout_ms;
	(void)err;
	f->jobs++;
	f->resets += after_cut ? 1 : 0;
	f->len = 0;
	return true;
}

static bool fake_write(struct printer *p, const void *buf, size_t len,
	int timeout_ms, size_t *done, struct err *err)
{
	struct printer_fake *f = fake_of(p);

	(void)timeout_ms;
	*done = 0;
	if (fault_is_due(&f->fault))
		return f->fault.code == ERR_TIMEOUT ||
		       err_set(err, f->fault.code, 0, "told to fail");
	if (f->max_transfer && len > f->max_transfer)
		len = f->max_transfer;
	if (len > sizeof(f->paper) - f->len)
		return err_set(err, ERR_FULL, 0, "fake paper is full");
	memcpy(f->paper + f->len, buf, len);
	f->len += len;
	*done = len;
	return true;
}

static bool fake_end(struct printer *p, int timeout_ms, struct err *err)
{
	const struct printer_fake *f = fake_of(p);

	(void)timeout_ms;
	return f->end_fails == ERR_NONE ||
	       err_set(err, f->end_fails, 0, "told to fail at the end");
}

static bool fake_status(struct printer *p, struct printer_status *out,
	int timeout_ms, struct err *err)
{
	struct printer_fake *f = fake_of(p);
	const int last = f->answers - 1;
	const int now = f->asked < last ? f->asked : last;

	(void)timeout_ms;
	f->asked++;
	if (f->asked == f->status_fails_at)
		return err_set(err, ERR_GONE, 0, "told to be gone");
	if (f->answers > 0)
		*out = f->answer[now];
	else
		*out = (struct printer_status){.known = true, .online = true};
	return true;
}

static void fake_close(struct printer *p)
{
	(void)p;
}

static const struct printer_ops fake_ops = {
	.name = "fake",
	.begin = fake_begin,
	.write = fake_write,
	.end = fake_end,
	.status = fake_status,
	.close = fake_close,
};

struct printer *printer_fake_init(struct printer_fake *f)
{
	memset(f, 0, sizeof(*f));
	f->base.ops = &fake_ops;
	printer_set_identity(&f->base, "memory");
	return &f->base;
}
