#include "drivers/net/net_driver.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct {
	const char *name;
	enum err_code code;
} troubles[NET_TROUBLES] = {
	[NET_FINE] = {"fine", ERR_NONE},
	[NET_NO_NETWORK] = {"no_network", ERR_GONE},
	[NET_NOT_OURS] = {"not_ours", ERR_DENIED},
	[NET_CLOCK] = {"clock", ERR_DENIED},
	[NET_TIMEOUT] = {"timeout", ERR_TIMEOUT},
	[NET_CUT] = {"cut", ERR_IO},
	[NET_NO_ANSWER] = {"no_answer", ERR_IO},
	[NET_NO_PART] = {"no_part", ERR_GONE},
	[NET_SETTINGS] = {"settings", ERR_INVALID},
	[NET_STOPPED] = {"stopped", ERR_BUSY},
};

const char *net_trouble_name(enum net_trouble t)
{
	return t >= 0 && t < NET_TROUBLES ? troubles[t].name : "unknown";
}

void net_init(struct net *n, const struct net_ops *ops)
{
	n->ops = ops;
	atomic_init(&n->stopped, false);
}

bool net_failed(enum net_trouble *trouble, enum net_trouble why,
	struct err *err, int sys, const char *fmt, ...)
{
	char text[sizeof(err->text)];
	va_list args;

	*trouble = why;
	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	return err_set(err, troubles[why].code, sys, "%s", text);
}

static bool is_in_order(const struct net_question *q,
	const struct net_answer *a)
{
	return (strcmp(q->method, "GET") == 0 ||
		       strcmp(q->method, "POST") == 0) &&
	       q->path[0] == '/' && q->len <= NET_BODY_MAX &&
	       (q->body || q->len == 0) && a->body && a->size <= NET_ANSWER_MAX;
}

bool net_ask(struct net *n, const struct net_question *q, struct net_answer *a,
	enum net_trouble *trouble, struct err *err)
{
	*trouble = NET_FINE;
	a->status = 0;
	a->retry_s = 0;
	a->len = 0;
	if (!is_in_order(q, a))
		return net_failed(trouble, NET_SETTINGS, err, 0,
			"%s %s: %zu bytes may not be asked", q->method, q->path,
			q->len);
	if (atomic_load(&n->stopped))
		return net_failed(trouble, NET_STOPPED, err, 0, "stopped");
	if (n->ops->ask(n, q, a, trouble, err))
		return true;
	a->status = 0;
	a->len = 0;
	return err_wrap(err, "%s %s", n->ops->name, q->path);
}

void net_stop(struct net *n)
{
	atomic_store(&n->stopped, true);
}

void net_close(struct net *n)
{
	if (n)
		n->ops->close(n);
}
