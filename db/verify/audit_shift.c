/* audit_shift.c - a shift and its drawer: V18, V26, V25 of a difference. */
#include <string.h>

#include "db/verify/audit_internal.h"

enum {
	COUNTED_OVER = 1,
	COUNTED_SHORT = 2
};

const struct audit_shift *audit_shifts(const struct audit *a, size_t *count)
{
	*count = a->money.shift_count;
	return a->money.shifts;
}

const struct audit_epoch *audit_epochs(const struct audit *a, size_t *count)
{
	*count = a->key.epochs;
	return a->key.epoch;
}

static bool only_in_shift(uint64_t kind)
{
	switch (kind) {
	case VKIND_PAY:
	case VKIND_HANDED:
	case VKIND_VOID:
	case VKIND_VOID_RETURNED:
	case VKIND_FLOAT_IN:
	case VKIND_FLOAT_OUT:
	case VKIND_COUNT:
	case VKIND_OVER_SHORT:
	case VKIND_CLOSE:
		return true;
	}
	return false;
}

/* What must be in the drawer; false: not known. */
static bool cash_of(const struct audit_money *m, int64_t *out)
{
	int64_t d[VTOTAL_COUNT];

	if (!m->has_base || !m->has_tot)
		return false;
	for (int i = 0; i < VTOTAL_COUNT; i++)
		d[i] = m->tot[i] - m->base[i];
	*out = d[VTOTAL_IN] - d[VTOTAL_OUT] - d[VTOTAL_PAID] + d[VTOTAL_VOID];
	return true;
}

static void check_shift_number(struct audit *a)
{
	struct audit_money *m = &a->money;
	const bool next = a->r.kind == VKIND_KEYROLL ||
			  (a->r.kind == VKIND_OPEN && !m->roll_numbered);
	const uint64_t want = m->shift + next;

	if (!vrecord_has(&a->r, VKEY_SHIFT))
		return;
	if (m->has_shift && a->r.shift != want)
		audit_find(a, 18, "bears shift %llu in place of %llu",
			(unsigned long long)a->r.shift,
			(unsigned long long)want);
	m->roll_numbered = a->r.kind == VKIND_KEYROLL ||
			   (m->roll_numbered && a->r.kind == VKIND_CLOCK);
	m->shift = a->r.shift;
	m->has_shift = true;
}

/* A new row; NULL: no memory. */
static struct audit_shift *add_shift(struct audit *a)
{
	struct audit_money *m = &a->money;
	struct audit_shift *s;

	if (!audit_room(a, (void **)&m->shifts, m->shift_count, &m->shift_room,
		    sizeof(*m->shifts)))
		return NULL;
	s = &m->shifts[m->shift_count++];
	*s = (struct audit_shift){.number = a->r.shift, .actor = a->r.actor};
	return s;
}

static void open_shift(struct audit *a)
{
	struct audit_money *m = &a->money;
	struct audit_shift *s;

	m->seen_shifts++;
	if (m->bracket == AUDIT_SHIFT_OPEN)
		audit_find(a, 18, "OPEN in an open shift");
	m->bracket = AUDIT_SHIFT_OPEN;
	m->agent = a->r.actor;
	m->counter = 0;
	m->has_base = m->has_tot;
	memcpy(m->base, m->tot, sizeof(m->base));
	m->has_count = false;
	m->has_difference = false;
	m->voids_owed = 0;
	s = add_shift(a);
	if (!s)
		return;
	s->open_seq = a->r.seq;
	s->opened_at = a->r.t;
	s->has_tot = m->has_tot;
	memcpy(s->tot, m->tot, sizeof(s->tot));
}

/* Its Z slip may be printed from now on, wherever its OPEN was. */
static void end_shift(struct audit *a)
{
	struct audit_money *m = &a->money;
	struct audit_shift *s = NULL;

	if (m->shift_count > 0)
		s = &m->shifts[m->shift_count - 1];
	if (!s || s->number != a->r.shift)
		s = add_shift(a);
	if (s)
		s->close_seq = a->r.seq;
}

static void check_counted(struct audit *a)
{
	if (vrecord_has(&a->r, VKEY_CNT) && vrecord_has(&a->r, VKEY_AMT) &&
		a->r.counted != a->r.amt)
		audit_find(a, 26, "its banknotes are not its amount");
}

static void check_difference(struct audit *a)
{
	struct audit_money *m = &a->money;
	int64_t cash;
	int64_t diff;

	if (a->r.res != COUNTED_OVER && a->r.res != COUNTED_SHORT)
		audit_find(a, 3, "key 28: a result that is not known");
	diff = a->r.res == COUNTED_SHORT ? -a->r.amt : a->r.amt;
	if (m->has_count && cash_of(m, &cash) && m->counted - cash != diff)
		audit_find(a, 26,
			"the difference is not that of cash and "
			"count");
	if (!vrecord_has(&a->r, VKEY_COSIG))
		audit_find(a, 25, "a difference without a second person");
	m->has_difference = true;
	m->second_differs = vrecord_has(&a->r, VKEY_COSIG);
	m->difference = diff;
}

static void close_shift(struct audit *a)
{
	struct audit_money *m = &a->money;
	const bool known = m->bracket == AUDIT_SHIFT_OPEN;
	int64_t cash;

	if (known && !m->has_count)
		audit_find(a, 26, "closes without a COUNT");
	if (m->has_count && m->counted != a->r.counted)
		audit_find(a, 26,
			"closes with other banknotes than were "
			"counted");
	if (cash_of(m, &cash)) {
		const int64_t diff = a->r.counted - cash;

		if (a->r.amt != cash)
			audit_find(a, 26,
				"expects %lld, the records make it "
				"%lld",
				(long long)a->r.amt, (long long)cash);
		if (known && diff != 0 &&
			(!m->has_difference || m->difference != diff))
			audit_find(a, 26,
				"a difference of %lld that no "
				"OVER_SHORT tells of",
				(long long)diff);
		if (diff == 0 && m->has_difference)
			audit_find(a, 26,
				"OVER_SHORT where there is no "
				"difference");
		/* By QR he signs the OVER_SHORT alone. */
		if (diff != 0 && !vrecord_has(&a->r, VKEY_COSIG) &&
			!m->second_differs)
			audit_find(a, 25,
				"closes with a difference without a "
				"second person");
	}
	if (m->voids_owed)
		audit_find(a, 26,
			"closes while cash of %llu VOIDs was not "
			"taken back",
			(unsigned long long)m->voids_owed);
	m->voids_owed = 0;
	m->bracket = AUDIT_SHIFT_CLOSED;
	m->agent = 0;
	m->has_base = false;
	end_shift(a);
}

/* What stopped the payments has ended before the next one. */
static void check_faults(struct audit *a)
{
	const uint64_t disk = a->key.fault[AUDIT_FAULT_DISK];
	const uint64_t clock = a->key.fault[AUDIT_FAULT_CLOCK];

	if (disk)
		audit_find(a, 10,
			"paid while the disk is full, since record %llu",
			(unsigned long long)disk);
	if (clock && !vrecord_has(&a->r, VKEY_COSIG))
		audit_find(a, 10,
			"paid without a second person while the clock is "
			"wrong, since record %llu",
			(unsigned long long)clock);
}

static void check_place(struct audit *a)
{
	struct audit_money *m = &a->money;

	if (only_in_shift(a->r.kind)) {
		if (m->bracket == AUDIT_SHIFT_CLOSED)
			audit_find(a, 18, "%s outside of a shift",
				vrecord_kind_name(a->r.kind));
		else if (m->agent && a->r.actor != m->agent &&
			 audit_stands_in(a))
			audit_check_stand_in(a);
		else if (m->agent && a->r.actor != m->agent)
			audit_find(a, 18,
				"by user %llu in the shift of user "
				"%llu",
				(unsigned long long)a->r.actor,
				(unsigned long long)m->agent);
	}
	/* R1: the book lacks its newest records; nothing new begins. */
	if ((a->r.kind == VKIND_OPEN || a->r.kind == VKIND_PAY) &&
		a->key.fault[AUDIT_FAULT_TAIL])
		audit_find(a, 18,
			"%s while records are known to be lost, "
			"since record %llu",
			vrecord_kind_name(a->r.kind),
			(unsigned long long)a->key.fault[AUDIT_FAULT_TAIL]);
	if (a->r.kind == VKIND_PAY)
		check_faults(a);
	if (a->r.kind == VKIND_CLOSE && a->r.actor == m->agent)
		audit_check_own_close(a);
	if ((a->r.kind == VKIND_KEYROLL || a->r.kind == VKIND_END) &&
		m->bracket == AUDIT_SHIFT_OPEN)
		audit_find(a, a->r.kind == VKIND_END ? 18 : 9,
			"%s in an open shift", vrecord_kind_name(a->r.kind));
}

void audit_check_shift(struct audit *a)
{
	struct audit_money *m = &a->money;
	int64_t cash;

	check_shift_number(a);
	check_place(a);
	switch (a->r.kind) {
	case VKIND_OPEN:
		open_shift(a);
		break;
	case VKIND_CLOSE:
		close_shift(a);
		break;
	case VKIND_FLOAT_IN:
		check_counted(a);
		break;
	case VKIND_COUNT:
		check_counted(a);
		m->has_count = true;
		m->counted = a->r.counted;
		m->has_difference = false;
		break;
	case VKIND_OVER_SHORT:
		check_difference(a);
		break;
	case VKIND_FLOAT_OUT:
		check_counted(a);
		/* fallthrough */
	case VKIND_PAY:
		if (cash_of(m, &cash) && cash < 0)
			audit_find(a, 26, "more cash goes out than is there");
		break;
	}
}
