#include "drivers/printer/printer_lp.h"

#include <assert.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <linux/lp.h>

#include "core/str.h"
#include "drivers/printer/printer_driver.h"
#include "drivers/printer/printer_node.h"
#include "drivers/printer/printer_reply.h"

/* Of usblp; the kernel has them in its own source only (drivers/usb/class). */
#define USBLP_GET_DEVICE_ID(size) _IOC(_IOC_READ, 'P', 1, size)
#define USBLP_SOFT_RESET _IOC(_IOC_NONE, 'P', 7, 0)

enum {
	NODE_SIZE = 128
};

struct printer_lp {
	struct printer base;
	int fd;
	bool one_way; /* it cannot be read from */
	char node[NODE_SIZE];
};

static struct printer_lp *lp_of(struct printer *p)
{
	return (struct printer_lp *)p;
}

/* Throw away a half picture; not every printer can. */
static void soft_reset(const struct printer_lp *l)
{
	(void)ioctl(l->fd, USBLP_SOFT_RESET);
}

static bool lp_begin(struct printer *p, bool after_cut, int timeout_ms,
	struct err *err)
{
	(void)timeout_ms;
	(void)err;
	if (after_cut)
		soft_reset(lp_of(p));
	return true;
}

static bool lp_write(struct printer *p, const void *buf, size_t len,
	int timeout_ms, size_t *done, struct err *err)
{
	const struct printer_lp *l = lp_of(p);

	return printer_node_write(l->fd, l->node, buf, len, timeout_ms, done,
		err);
}

/* Ready for more: the last transfer is over. */
static bool lp_end(struct printer *p, int timeout_ms, struct err *err)
{
	const struct printer_lp *l = lp_of(p);
	bool ready;

	if (!printer_node_ready(l->fd, l->node, timeout_ms, &ready, err))
		return false;
	return ready || err_set(err, ERR_TIMEOUT, 0,
				"the last bytes were not taken in time");
}

static bool line_send(void *user, const uint8_t *bytes, size_t len,
	int timeout_ms, struct err *err)
{
	size_t done = 0;

	if (!lp_write(user, bytes, len, timeout_ms, &done, err))
		return false;
	return done == len ||
	       err_set(err, ERR_TIMEOUT, 0, "status question not taken");
}

static bool line_receive(void *user, uint8_t *bytes, size_t size,
	int timeout_ms, size_t *got, struct err *err)
{
	struct printer_lp *l = lp_of(user);

	struct err why = {0};

	*got = 0;
	if (l->one_way || printer_node_receive(l->fd, l->node, bytes, size,
				  timeout_ms, got, &why))
		return true;
	/* usblp says so of a printer with no way back. */
	l->one_way = why.sys == EINVAL || why.sys == EBADF;
	if (!l->one_way)
		*err = why;
	return l->one_way;
}

/* The port answers even when the printer takes no data. */
static bool ask_port(const struct printer_lp *l, struct printer_status *out,
	struct err *err)
{
	int bits = 0;

	if (ioctl(l->fd, LPGETSTATUS, &bits) != 0)
		return printer_node_failed(err, errno, l->node,
			"port status of");
	out->known = true;
	/* Cheap ones leave the other bits at 0 for ever: only this is news. */
	out->online = true;
	out->paper_out = (bits & LP_POUTPA) != 0;
	return true;
}

static bool lp_status(struct printer *p, struct printer_status *out,
	int timeout_ms, struct err *err)
{
	const struct printer_line line = {line_send, line_receive, p,
		&p->memory.silent};

	if (!ask_port(lp_of(p), out, err))
		return false;
	/* Out of paper it may take no question, and we know enough. */
	if (lp_of(p)->one_way || out->paper_out)
		return true;
	return printer_reply_ask(&line, timeout_ms / 2 + 1, out, err);
}

static void lp_close(struct printer *p)
{
	struct printer_lp *l = lp_of(p);

	if (l->fd >= 0 && p->cut_short)
		soft_reset(l);
	if (l->fd >= 0)
		close(l->fd);
	free(l);
}

static const struct printer_ops lp_ops = {
	.name = "lp",
	.begin = lp_begin,
	.write = lp_write,
	.end = lp_end,
	.status = lp_status,
	.close = lp_close,
};

/* Before a byte goes out: a mouse has such a node, too. */
static bool is_a_printers(const struct printer_lp *l, struct err *err)
{
	int bits;

	if (ioctl(l->fd, LPGETSTATUS, &bits) == 0)
		return true;
	if (errno != ENOTTY && errno != EINVAL)
		return printer_node_failed(err, errno, l->node,
			"port status of");
	return err_set(err, ERR_INVALID, errno, "%.80s is no printer's node",
		l->node);
}

struct printer *printer_lp_open(const char *node, struct err *err)
{
	struct printer_lp *l = calloc(1, sizeof(*l));

	if (!l) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory for a printer");
		return NULL;
	}
	l->base.ops = &lp_ops;
	l->fd = -1;
	if (!str_copy(l->node, sizeof(l->node), node))
		err_set(err, ERR_INVALID, 0, "the name is too long");
	else
		l->fd = printer_node_open(node, err);
	if (l->fd >= 0 && is_a_printers(l, err)) {
		printer_set_identity(&l->base, node);
		return &l->base;
	}
	err_wrap(err, "lp printer");
	lp_close(&l->base);
	return NULL;
}

bool printer_lp_device_id(struct printer *p, char *out, size_t size,
	struct err *err)
{
	const struct printer_lp *l = lp_of(p);
	uint8_t id[PRINTER_LP_ID_SIZE] = {0};
	size_t len;

	assert(p->ops == &lp_ops && size > 0);
	if (ioctl(l->fd, USBLP_GET_DEVICE_ID(PRINTER_LP_ID_SIZE), id) != 0)
		return err_set(err, ERR_INVALID, errno,
			"printer without an id");
	/* Two bytes of length, themselves counted, high byte first. */
	len = (size_t)id[0] << 8 | id[1];
	if (len < 2)
		return err_set(err, ERR_INVALID, 0, "printer without an id");
	len = len > sizeof(id) ? sizeof(id) - 2 : len - 2;
	if (len > size - 1)
		len = size - 1;
	memcpy(out, id + 2, len);
	out[len] = '\0';
	return true;
}
