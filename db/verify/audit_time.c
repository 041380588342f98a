/* audit_time.c - clocks, late records, days: V14 to V17, V28, V29, V39. */
#include <string.h>

#include "core/crypto.h"
#include "db/verify/audit_internal.h"

enum {
	CLOCK_BEHIND = 1,
	CLOCK_BY_HAND = 2,
	CLOCK_NO_DAY = 3,     /* it showed no day of any list: */
	CLOCK_NO_DAY_PIN = 4, /* somebody looked, or tried a wrong PIN */
	BURST = 50
};

static const uint64_t second = 1000;
static const uint64_t day = UINT64_C(86400) * 1000;
/* The one time zone of Vietnam. */
static const uint64_t zone = UINT64_C(7) * 3600 * 1000;
/* How far two clocks may honestly differ. */
static const uint64_t grace = UINT64_C(600) * 1000;

/* ---- V14, V15 --------------------------------------------------------------
 */

static void check_order(struct audit *a)
{
	struct audit_time *m = &a->time;

	if (a->r.t < m->t && a->r.kind != VKIND_CLOCK) {
		audit_find(a, 14,
			"its time is before that of the record "
			"before");
		m->max_t = a->r.t;
	}
	m->t = a->r.t;
}

static bool shows_boot(uint64_t kind)
{
	return kind == VKIND_LOGIN || kind == VKIND_OPEN ||
	       kind == VKIND_RECOVERY || kind == VKIND_START;
}

/* The kernel did not tell which boot it is. */
static bool no_boot(const uint8_t boot[VRECORD_BOOT])
{
	static const uint8_t zero[VRECORD_BOOT];

	return memcmp(boot, zero, sizeof(zero)) == 0;
}

static void new_boot(struct audit *a)
{
	uint8_t key[VMAP_KEY] = {0};
	struct vmap_slot *s;

	memcpy(key, a->r.boot, VRECORD_BOOT);
	s = audit_put(a, &a->time.boots, key);
	if (s && s->a)
		audit_find(a, 15,
			"a start of the machine that was over comes "
			"again");
	if (s)
		s->a = a->r.seq;
	if (!a->time.has_boot)
		return;
	a->time.boot_owes = a->r.kind == VKIND_CLOCK;
	if (!shows_boot(a->r.kind) && a->r.kind != VKIND_CLOCK)
		audit_find(a, 15,
			"the machine was started anew, and no LOGIN, "
			"OPEN or RECOVERY says so");
}

static void check_boot(struct audit *a)
{
	struct audit_time *m = &a->time;

	if (!vrecord_has(&a->r, VKEY_BOOT) || !vrecord_has(&a->r, VKEY_MONO) ||
		no_boot(a->r.boot))
		return;
	if (!m->has_boot || memcmp(m->boot, a->r.boot, sizeof(m->boot)) != 0) {
		new_boot(a);
	} else {
		if (a->r.mono < m->mono)
			audit_find(a, 15,
				"its time since the start of the "
				"machine goes back");
		if (m->boot_owes && a->r.kind != VKIND_CLOCK) {
			if (!shows_boot(a->r.kind))
				audit_find(a, 15,
					"the machine was started anew, and no "
					"LOGIN, OPEN or RECOVERY says so");
			m->boot_owes = false;
		}
	}
	m->has_boot = true;
	memcpy(m->boot, a->r.boot, sizeof(m->boot));
	m->mono = a->r.mono;
}

/* ---- V16, V17 --------------------------------------------------------------
 */

/* Is t at most so long after that moment? */
static bool within(uint64_t t, uint64_t moment, uint64_t most)
{
	return moment > 0 && t + grace >= moment &&
	       (t < moment || t - moment <= most);
}

/* Nobody believed the clock, and nothing but this was written by it. */
static bool is_unbelieved(const struct vrecord *r)
{
	return r->kind == VKIND_CLOCK &&
	       (r->rsn == CLOCK_NO_DAY || r->rsn == CLOCK_NO_DAY_PIN);
}

static void check_quality(struct audit *a)
{
	const struct audit_time *m = &a->time;
	const uint64_t t = a->r.t;

	if (a->r.tq > 4)
		audit_find(a, 16, "a clock quality that is not known");
	if (is_unbelieved(&a->r)) {
		if (a->r.tq != 0)
			audit_find(a, 16,
				"believes a clock that showed no day");
		return;
	}
	if (!m->max_known)
		return;
	if (t < m->max_t && a->r.tq != 4)
		audit_find(a, 16,
			"the clock is behind the book, and the "
			"record does not say so");
	if (t >= m->max_t && a->r.tq == 4)
		audit_find(a, 16,
			"says that the clock is behind the book, "
			"which it is not");
	if (a->r.tq == 3 && !within(t, m->set_at, 7 * day))
		audit_find(a, 16,
			"nobody vouched for the clock in the 7 days "
			"before");
	if ((a->r.tq == 1 && !within(t, m->ack_time, day)) ||
		(a->r.tq == 2 && !within(t, m->ack_time, 7 * day)))
		audit_find(a, 16, "the centre did not give the time so lately");
}

static void note_clock(struct audit *a)
{
	struct audit_time *m = &a->time;

	if (a->r.kind == VKIND_CLOCK && a->r.rsn == CLOCK_BY_HAND) {
		m->max_t = a->r.t;
		m->set_at = a->r.t;
		m->max_known = true;
	} else if (a->r.t > m->max_t && !is_unbelieved(&a->r)) {
		m->max_t = a->r.t;
	}
	if (a->r.kind == VKIND_CLOCK &&
		(a->r.rsn < CLOCK_BEHIND || a->r.rsn > CLOCK_NO_DAY_PIN))
		audit_find(a, 3, "key 17: a reason that is not known");
}

/* ---- V28, V29, V39 ---------------------------------------------------------
 */

static void check_pad(struct audit *a)
{
	uint8_t h[VRECORD_HASH];
	struct vmap_slot *s;

	crypto_sha256(a->r.pad, strlen(a->r.pad), h);
	s = audit_put(a, &a->time.pads, h);
	if (s && s->a)
		audit_find(a, 28, "paper pad %s was used by record %llu",
			a->r.pad, (unsigned long long)s->a);
	if (s)
		s->a = a->r.seq;
}

static void check_late(struct audit *a)
{
	const bool late = (a->r.fl & VFLAG_LATE) != 0;
	const bool hand = (a->r.fl & VFLAG_HANDWRITTEN) != 0;

	if (late != vrecord_has(&a->r, VKEY_TEV))
		audit_find(a, 28,
			late ? "late, and does not say of when"
			     : "of an earlier time, and not late");
	else if (late && a->r.tev >= a->r.t)
		audit_find(a, 28, "late, and of no earlier time");
	if (hand != vrecord_has(&a->r, VKEY_PAD))
		audit_find(a, 28,
			hand ? "handwritten, and no paper pad"
			     : "a paper pad, and not handwritten");
	if (hand && !late)
		audit_find(a, 28, "handwritten, and not late");
	if (vrecord_has(&a->r, VKEY_PAD))
		check_pad(a);
}

/* A day on which a shift opened is over: had it its NULL? */
static void end_day(struct audit_time *m)
{
	if (m->days > 0 && m->null_day != m->open_day)
		m->days_without++;
}

static void note_day(struct audit *a)
{
	const uint64_t today = (a->r.t + zone) / day;
	struct audit_time *m = &a->time;

	if (a->r.kind == VKIND_NULL) {
		m->null_day = today;
		m->any_null = true;
	}
	if (a->r.kind != VKIND_OPEN || (m->days > 0 && m->open_day == today))
		return;
	end_day(m);
	m->open_day = today;
	m->days++;
}

static void note_pace(struct audit *a)
{
	struct audit_time *m = &a->time;
	const uint64_t oldest = m->recent[m->recents % BURST];
	const uint64_t t = a->r.t;

	if (a->r.kind == VKIND_OPEN)
		m->pay_t = 0;
	/* What was paid by hand is only entered here. */
	if (a->r.kind != VKIND_PAY || (a->r.fl & VFLAG_LATE))
		return;
	if (m->recents >= BURST && t >= oldest && t - oldest <= 60 * second)
		m->bursts++;
	m->recent[m->recents++ % BURST] = t;
	if (m->pay_t > 0 && t >= m->pay_t) {
		const uint64_t gap = t - m->pay_t;

		if (m->gaps == 0 || gap < m->gap_least)
			m->gap_least = gap;
		m->gaps++;
		m->gap_sum += gap;
		m->gaps_short +=
			gap < (uint64_t)a->limit[AUDIT_PACE].value * second;
	}
	m->pay_t = t;
}

void audit_check_time(struct audit *a)
{
	if (!vrecord_has(&a->r, VKEY_T))
		return;
	check_order(a);
	check_boot(a);
	check_quality(a);
	note_clock(a);
	if (!a->options.future && a->options.now > 0 &&
		a->r.t > (uint64_t)a->options.now + grace)
		audit_find(a, 17, "its time has not come yet");
	check_late(a);
	note_day(a);
	note_pace(a);
}

void audit_end_time(struct audit *a)
{
	struct audit_time *m = &a->time;

	end_day(m);
	if (!m->any_null)
		vreport_skip(a->report, 29, "this journal has no NULL records");
	else if (m->days_without > 0)
		vreport_info(a->report, 29,
			"%llu of %llu days with a shift have no NULL record",
			(unsigned long long)m->days_without,
			(unsigned long long)m->days);
	if (m->gaps == 0)
		return;
	vreport_info(a->report, 39,
		"time between payments: mean %llu s, least %llu.%llu s; %llu "
		"of %llu too soon after another",
		(unsigned long long)(m->gap_sum / m->gaps / second),
		(unsigned long long)(m->gap_least / second),
		(unsigned long long)(m->gap_least % second / 100),
		(unsigned long long)m->gaps_short, (unsigned long long)m->gaps);
	if (m->bursts > 0)
		vreport_info(a->report, 39,
			"more than 50 payments in 60 s, %llu times",
			(unsigned long long)m->bursts);
}
