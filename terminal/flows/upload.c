#include "terminal/flows/upload.h"

#include <string.h>

static const struct {
	const char *name;
	bool alarm;
	bool stop;
} troubles[UPLOAD_TROUBLES] = {
	[UPLOAD_FINE] = {"fine", false, false},
	[UPLOAD_NO_NETWORK] = {"no_network", false, false},
	[UPLOAD_SLOW] = {"slow", false, false},
	[UPLOAD_NOT_OURS] = {"not_our_centre", true, false},
	[UPLOAD_CLOCK] = {"clock", true, false},
	[UPLOAD_BUSY] = {"busy", false, false},
	[UPLOAD_NO_SENSE] = {"no_acknowledgement", false, false},
	[UPLOAD_ROLLED_BACK] = {"server_rollback", true, false},
	[UPLOAD_FORKED] = {"fork", true, true},
	[UPLOAD_TAIL_LOST] = {"tail_lost", true, true},
	[UPLOAD_REFUSED] = {"refused", true, true},
	[UPLOAD_REVOKED] = {"revoked", true, true},
	[UPLOAD_UNKNOWN] = {"unknown_terminal", true, true},
	[UPLOAD_NOT_POSSIBLE] = {"not_possible", false, false},
	[UPLOAD_STORE] = {"store", false, false},
};

bool upload_is_alarm(enum upload_trouble t)
{
	return troubles[t].alarm;
}

bool upload_is_stop(enum upload_trouble t)
{
	return troubles[t].stop;
}

const char *upload_trouble_name(enum upload_trouble t)
{
	return troubles[t].name;
}

int upload_trouble_of(const char *name)
{
	for (int i = 0; i < UPLOAD_TROUBLES; i++)
		if (strcmp(troubles[i].name, name) == 0)
			return i;
	return -1;
}

/* splitmix64: every terminal its own row of numbers. */
static uint64_t draw(struct upload *u)
{
	uint64_t z;

	u->chance += UINT64_C(0x9e3779b97f4a7c15);
	z = u->chance;
	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

/* From half of ms to one and a half of it. */
static int64_t around(struct upload *u, int64_t ms)
{
	return ms / 2 + (int64_t)(draw(u) % (uint64_t)(ms + 1));
}

void upload_init(struct upload *u, uint64_t seed)
{
	*u = (struct upload){.size = UPLOAD_FIRST, .chance = seed};
}

void upload_start(struct upload *u, int64_t now)
{
	u->next = now + (int64_t)(draw(u) % UPLOAD_GATHER_MS);
}

void upload_hurry(struct upload *u)
{
	u->next = 0;
	u->stopped = false;
}

struct upload_todo upload_next(const struct upload *u, int64_t now,
	uint64_t waiting, int64_t since)
{
	struct upload_todo todo = {.most = u->size,
		.from = u->resending ? u->resend_from : 0};

	if (u->stopped) {
		todo.wait = -1;
		return todo;
	}
	if (u->next > now) {
		todo.wait = u->next - now;
		return todo;
	}
	if (u->resending) {
		todo.send = true;
		return todo;
	}
	if (waiting == 0) {
		todo.wait = UPLOAD_GATHER_MS;
		return todo;
	}
	if (u->next > 0 && waiting < UPLOAD_ENOUGH &&
		since < UPLOAD_GATHER_MS) {
		todo.wait = UPLOAD_GATHER_MS - since;
		return todo;
	}
	todo.send = true;
	return todo;
}

/* ---- what came ----------------------------------------------------------------
 */

/* Next time more is asked of the line, or less; one record always goes. */
static void grow(struct upload *u)
{
	u->size = u->size * 2 < UPLOAD_MOST ? u->size * 2 : UPLOAD_MOST;
}

static void shrink(struct upload *u, const struct upload_answer *a)
{
	const unsigned of =
		a->sent > 0 && a->sent < u->size ? a->sent : u->size;

	u->size = of > 1 ? of / 2 : 1;
}

static void back_off(struct upload *u, int64_t now)
{
	int64_t ms = UPLOAD_BACK_MS;

	for (unsigned i = 0; i < u->tries && ms < UPLOAD_BACK_MOST_MS; i++)
		ms *= 2;
	ms = around(u, ms);
	u->next = now + (ms < UPLOAD_BACK_MOST_MS ? ms : UPLOAD_BACK_MOST_MS);
	u->tries++;
}

static void failed(struct upload *u, int64_t now, enum upload_trouble t)
{
	u->trouble = t;
	u->stopped = upload_is_stop(t);
	back_off(u, now);
}

/* It said how long; nobody comes before, and not all at the same second. */
static void later(struct upload *u, int64_t now, unsigned retry_s)
{
	failed(u, now, UPLOAD_BUSY);
	if (retry_s > 0) {
		const int64_t ms = (int64_t)retry_s * 1000;

		u->next =
			now + ms + (int64_t)(draw(u) % (uint64_t)(ms / 2 + 1));
	}
}

static void acknowledged(struct upload *u, int64_t now)
{
	/* An alarm stays until the centre has all that it had before. */
	u->trouble = u->resending ? UPLOAD_ROLLED_BACK : UPLOAD_FINE;
	u->tries = 0;
	u->next = now;
	grow(u);
}

/* While it gets back what it lost: it acknowledges what we know to be so. */
static void went_on(struct upload *u, int64_t now,
	const struct upload_answer *a)
{
	if (a->last < u->resend_from) {
		failed(u, now, UPLOAD_NO_SENSE);
		return;
	}
	u->resend_from = a->last + 1;
	u->resending = a->last < a->acked;
	acknowledged(u, now);
}

static void heard_of_gap(struct upload *u, int64_t now,
	const struct upload_answer *a)
{
	const uint64_t from = u->resending ? u->resend_from : a->acked + 1;

	/* It lacks what it acknowledged: all of it goes once more, at once the
	 * first time. If it says the same again, something else is wrong. */
	if (u->resending && a->last + 1 >= from) {
		failed(u, now, UPLOAD_NO_SENSE);
		return;
	}
	u->resending = a->last < a->acked;
	u->resend_from = a->last + 1;
	u->trouble = u->resending ? UPLOAD_ROLLED_BACK : UPLOAD_NO_SENSE;
	if (u->resending && u->tries == 0) {
		u->next = now;
		u->tries++;
	} else {
		back_off(u, now);
	}
}

void upload_answered(struct upload *u, int64_t now,
	const struct upload_answer *a)
{
	switch (a->came) {
	case CAME_ACK:
		u->resending = false;
		acknowledged(u, now);
		break;
	case CAME_OLD_ACK:
		if (u->resending)
			went_on(u, now, a);
		else
			failed(u, now, UPLOAD_NO_SENSE);
		break;
	case CAME_NO_ACK:
	case CAME_STATUS:
	case CAME_NO_ANSWER:
		failed(u, now, UPLOAD_NO_SENSE);
		break;
	case CAME_GAP:
		heard_of_gap(u, now, a);
		break;
	case CAME_FORK:
		failed(u, now, UPLOAD_FORKED);
		break;
	case CAME_AHEAD:
		failed(u, now, UPLOAD_TAIL_LOST);
		break;
	case CAME_TOO_LARGE:
		shrink(u, a);
		failed(u, now, UPLOAD_SLOW);
		if (a->sent > 1)
			u->next = now;
		break;
	case CAME_LATER:
		later(u, now, a->retry_s);
		break;
	case CAME_WRONG:
		u->bad_seq = a->seq;
		u->bad_check = a->check;
		failed(u, now, UPLOAD_REFUSED);
		break;
	case CAME_REVOKED:
		failed(u, now, UPLOAD_REVOKED);
		break;
	case CAME_UNKNOWN:
		failed(u, now, UPLOAD_UNKNOWN);
		break;
	case CAME_NO_NETWORK:
		failed(u, now, UPLOAD_NO_NETWORK);
		break;
	case CAME_NOT_OURS:
		failed(u, now, UPLOAD_NOT_OURS);
		break;
	case CAME_CLOCK:
		failed(u, now, UPLOAD_CLOCK);
		break;
	case CAME_TIMEOUT:
	case CAME_CUT:
		shrink(u, a);
		failed(u, now, UPLOAD_SLOW);
		break;
	case CAME_NOT_POSSIBLE:
		failed(u, now, UPLOAD_NOT_POSSIBLE);
		break;
	case CAME_STOPPED:
		u->next = now;
		break;
	case CAME_STORE:
		failed(u, now, UPLOAD_STORE);
		break;
	}
}
