#include "drivers/net/net_fake.h"

#include <string.h>

#include "core/str.h"

/* Which bit: not the same in each byte. */
static uint8_t turned(size_t at)
{
	return (uint8_t)(1u << at % 8);
}

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

/* What was late is there now; nobody hears the answer. */
static void tell_late(struct net_fake *f)
{
	static uint8_t body[NET_ANSWER_MAX];
	const struct net_question q = {.method = "POST",
		.path = f->held_path,
		.body = f->held,
		.len = f->held_len};
	struct net_answer a = {.body = body, .size = sizeof(body)};

	if (f->held_len == 0)
		return;
	f->held_len = 0;
	f->reached++;
	f->centre(f->arg, &q, &a);
}

static void hold(struct net_fake *f, const struct net_question *q)
{
	memcpy(f->held, q->body, q->len);
	f->held_len = q->len;
	str_copy(f->held_path, sizeof(f->held_path), q->path);
}

static void tell_centre(struct net_fake *f, const struct net_fault *w,
	const struct net_question *q, struct net_answer *a)
{
	static uint8_t altered[NET_BODY_MAX];
	struct net_question its = *q;

	if (w->flip_out > 0 && w->flip_out <= q->len) {
		memcpy(altered, q->body, q->len);
		altered[w->flip_out - 1] ^= turned(w->flip_out);
		its.body = altered;
	}
	if (w->cut_out > 0 && w->cut_out <= q->len)
		its.len = w->cut_out - 1;
	for (int i = 0; i <= w->twice; i++) {
		f->reached++;
		a->len = 0;
		f->centre(f->arg, &its, a);
	}
	f->last_status = a->status;
	f->last_len = a->len < sizeof(f->last) ? a->len : sizeof(f->last);
	memcpy(f->last, a->body, f->last_len);
	tell_late(f);
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
			w.page_len ? w.page_len
			: w.page   ? strlen(w.page)
				   : 0,
			trouble, err);
	}
	if (w.late) {
		hold(f, q);
		return net_failed(trouble, NET_TIMEOUT, err, 0, "as told");
	}
	tell_centre(f, &w, q, a);
	if (w.trouble != NET_FINE)
		return net_failed(trouble, w.trouble, err, 0, "as told");
	if (w.flip_in > 0 && w.flip_in <= a->len)
		a->body[w.flip_in - 1] ^= turned(w.flip_in);
	if (w.cut_in > 0 && w.cut_in <= a->len)
		a->len = w.cut_in - 1;
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
