#include "drivers/net/net_fake.h"

#include <string.h>

static bool put(struct net_answer *a, unsigned status, const void *body,
	size_t len, enum net_trouble *trouble, struct err *err)
{
	if (len > a->size)
		return net_failed(trouble, NET_NO_ANSWER, err, 0,
			"the answer is too long");
	memmove(a->body, body, len);
	a->len = len;
	a->status = status;
	return true;
}

static void tell_centre(struct net_fake *f, const struct net_fault *w,
	const struct net_question *q, struct net_answer *a)
{
	static uint8_t altered[NET_BODY_MAX];
	struct net_question its = *q;

	if (w->flip_out > 0 && w->flip_out <= q->len) {
		memcpy(altered, q->body, q->len);
		altered[w->flip_out - 1] ^= 1;
		its.body = altered;
	}
	f->reached++;
	f->centre(f->arg, &its, a);
	f->last_status = a->status;
	f->last_len = a->len < sizeof(f->last) ? a->len : sizeof(f->last);
	memcpy(f->last, a->body, f->last_len);
}

static bool fake_ask(struct net *n, const struct net_question *q,
	struct net_answer *a, enum net_trouble *trouble, struct err *err)
{
	struct net_fake *f = (struct net_fake *)n;
	const struct net_fault w = f->next;

	f->asked++;
	if (f->times > 1)
		f->times--;
	else
		f->next = (struct net_fault){0};
	if (w.replay)
		return put(a, f->last_status, f->last, f->last_len, trouble,
			err);
	if (w.trouble != NET_FINE && !w.after)
		return net_failed(trouble, w.trouble, err, 0, "as told");
	if (w.status > 0) {
		a->retry_s = w.retry_s;
		return put(a, w.status, w.page ? w.page : "",
			w.page ? strlen(w.page) : 0, trouble, err);
	}
	tell_centre(f, &w, q, a);
	if (w.trouble != NET_FINE)
		return net_failed(trouble, w.trouble, err, 0, "as told");
	if (w.flip_in > 0 && w.flip_in <= a->len)
		a->body[w.flip_in - 1] ^= 1;
	return true;
}

static void fake_close(struct net *n)
{
	(void)n;
}

static const struct net_ops ops = {
	.name = "fake",
	.ask = fake_ask,
	.close = fake_close,
};

struct net *net_fake_init(struct net_fake *f,
	void (*centre)(void *arg, const struct net_question *q,
		struct net_answer *a),
	void *arg)
{
	memset(f, 0, sizeof(*f));
	net_init(&f->base, &ops);
	f->centre = centre;
	f->arg = arg;
	return &f->base;
}
