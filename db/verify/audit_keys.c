/* audit_keys.c - who signed: V06, V08, V09, V10. */
#include <string.h>

#include "db/verify/audit_internal.h"
#include "db/verify/vchain.h"
#include "db/verify/vpaper.h"

enum {
	UNSIGNED_MAX = 20,
	FAULT_SIGNER = 1,
	FAULT_REASONS = 5
};

/* ---- where the chain begins ------------------------------------------------
 */

static void begin_at_first(struct audit *a)
{
	const struct audit_begin *b = &a->begin;

	a->money.has_tot = true;
	a->money.has_shift = true;
	a->money.bracket = AUDIT_SHIFT_CLOSED;
	a->key.roll_known = true;
	a->time.max_known = true;
	if (!b->has_device_key)
		return;
	vchain_begin(b->dev, b->device_key, a->h);
	a->has_h = true;
	memcpy(a->key.key, b->device_key, VRECORD_HASH);
	a->key.has_key = true;
}

/* A training journal says whose it is, and is nobody's book. */
static void check_training(struct audit *a)
{
	for (size_t i = 0; i < a->keys->devices; i++) {
		uint8_t dev[VRECORD_ID];

		vchain_training(a->keys->device[i].dev, dev);
		if (memcmp(dev, a->begin.dev, sizeof(dev)) == 0)
			vreport_find(a->report, 0, 38,
				"the training journal of a device");
	}
}

void audit_begin_at(struct audit *a)
{
	struct audit_begin *b = &a->begin;
	const struct keyring_device *d = keyring_device(a->keys, b->dev);

	if (d && b->has_device_key &&
		memcmp(d->key, b->device_key, VRECORD_HASH) != 0)
		vreport_find(a->report, 0, 6,
			"the device's key is not that of the keys file");
	if (d) {
		memcpy(b->device_key, d->key, VRECORD_HASH);
		b->has_device_key = true;
	} else {
		vreport_skip(a->report, 6,
			"no key of this device given: its key is the one the "
			"journal itself brings");
	}
	check_training(a);
	if (b->first == 1) {
		begin_at_first(a);
		return;
	}
	if (!b->has_before)
		return;
	memcpy(a->h, b->h, sizeof(a->h));
	memcpy(a->key.key, b->key, sizeof(a->key.key));
	a->has_h = true;
	a->key.has_key = true;
	a->key.blind = true;
	a->money.has_tot = b->has_tot;
	memcpy(a->money.tot, b->tot, sizeof(a->money.tot));
}

/* ---- signatures ------------------------------------------------------------
 */

static bool all_zero(const uint8_t *bytes, size_t len)
{
	uint8_t any = 0;

	for (size_t i = 0; i < len; i++)
		any |= bytes[i];
	return any == 0;
}

/*
 * After lost records the key may be another one: that of the keys file is
 * tried, too.
 */
static bool verify(struct audit *a, const uint8_t sig[VRECORD_SIG])
{
	const struct keyring_epoch *e;

	if (a->key.has_key && vchain_signed(a->h, a->key.key, sig)) {
		a->key.blind = false;
		return true;
	}
	if (a->key.has_key && !a->key.blind)
		return false;
	e = keyring_epoch(a->keys, a->begin.dev, a->r.seq);
	if (!e || !vchain_signed(a->h, e->key, sig))
		return false;
	memcpy(a->key.key, e->key, sizeof(a->key.key));
	a->key.has_key = true;
	a->key.blind = false;
	return true;
}

static bool never_unsigned(uint64_t kind)
{
	return kind == VKIND_START || kind == VKIND_KEYROLL ||
	       kind == VKIND_UPLOAD_ACK || kind == VKIND_FAULT_END ||
	       kind == VKIND_END;
}

/* T18, T19: only while the signer is out of order, and not for long. */
static void check_unsigned(struct audit *a, const struct audit_row *row)
{
	const bool begins =
		a->r.kind == VKIND_FAULT_BEGIN && a->r.rsn == FAULT_SIGNER;

	if (!begins && a->key.fault[FAULT_SIGNER] == 0 && a->key.roll_known)
		audit_find(a, 10,
			"unsigned, and no fault of the signer is "
			"recorded");
	if (never_unsigned(a->r.kind))
		audit_find(a, 10,
			"a record of this kind may never be "
			"unsigned");
	if (!all_zero(row->sig, VRECORD_SIG) || row->rsig)
		audit_find(a, 10,
			"says that it is unsigned, and bears a "
			"signature");
	if (begins)
		a->key.unsigned_now = 0;
	if (++a->key.unsigned_now == UNSIGNED_MAX + 1)
		audit_find(a, 10, "more than %d unsigned records in one fault",
			UNSIGNED_MAX);
}

static void check_paper(struct audit *a, const struct audit_row *row)
{
	struct vpaper p;

	if (a->r.kind != VKIND_PAY && a->r.kind != VKIND_CLOSE) {
		if (row->rsig)
			audit_find(a, 8,
				"a signature for paper where there "
				"is none");
		return;
	}
	if (!row->rsig) {
		audit_find(a, 8, "the signature for its paper is missing");
		return;
	}
	if (a->quiet || !a->sound)
		return;
	if (a->r.kind == VKIND_PAY)
		vpaper_receipt(&a->r, a->h, &p);
	else
		vpaper_slip(&a->r, a->h, &p);
	memcpy(p.sig, row->rsig, sizeof(p.sig));
	if (!vpaper_signed(&p, a->key.key))
		audit_find(a, 8, "the signature for its paper is wrong");
}

void audit_check_signature(struct audit *a, const struct audit_row *row)
{
	a->signed_well = false;
	if (vrecord_has(&a->r, VKEY_FL) && (a->r.fl & VFLAG_SIGFAIL)) {
		check_unsigned(a, row);
		return;
	}
	if (a->key.fault[FAULT_SIGNER] && a->r.kind != VKIND_FAULT_END)
		audit_find(a, 10,
			"signed before the fault of the signer "
			"ended");
	if (!a->has_h || (!a->key.has_key && a->keys->epochs == 0)) {
		vreport_skip(a->report, 8,
			"signatures of some records: the key in force is not "
			"known");
		return;
	}
	a->signed_well = a->quiet || verify(a, row->sig);
	if (a->signed_well)
		check_paper(a, row);
	else if (all_zero(row->sig, VRECORD_SIG))
		audit_find(a, 8, "its signature is missing");
	else
		audit_find(a, 8,
			"its signature is not by the key of its "
			"epoch");
}

/* ---- keys and faults -------------------------------------------------------
 */

static void take_key(struct audit *a)
{
	const struct keyring_epoch *e =
		keyring_epoch(a->keys, a->begin.dev, a->r.seq + 1);
	struct vmap_slot *s;

	if (!vrecord_has(&a->r, VKEY_KPUB))
		return;
	s = audit_put(a, &a->key.used, a->r.kpub);
	if (s && s->a)
		audit_find(a, 9, "its key was used before, since record %llu",
			(unsigned long long)s->a);
	if (s)
		s->a = a->r.seq;
	memcpy(a->key.key, a->r.kpub, VRECORD_HASH);
	if (e && memcmp(e->key, a->r.kpub, VRECORD_HASH) != 0) {
		audit_find(a, 9,
			"its key is not the one known for the "
			"records after it");
		/* Believe the record only if nobody changed it. */
		if (!a->sound || !a->signed_well)
			memcpy(a->key.key, e->key, VRECORD_HASH);
	}
	a->key.has_key = true;
	a->key.blind = !a->signed_well;
	if (a->r.kind == VKIND_START)
		a->key.number = 1;
	else
		a->key.number += a->key.number > 0;
	if (!audit_room(a, (void **)&a->key.epoch, a->key.epochs,
		    &a->key.epoch_room, sizeof(*a->key.epoch)))
		return;
	a->key.epoch[a->key.epochs].seq = a->r.seq;
	memcpy(a->key.epoch[a->key.epochs++].key, a->r.kpub, VRECORD_HASH);
}

static void begin_fault(struct audit *a)
{
	uint64_t *fault;

	if (a->r.rsn == 0 || a->r.rsn > FAULT_REASONS) {
		audit_find(a, 3, "key 17: a reason that is not known");
		return;
	}
	if (vrecord_has(&a->r, VKEY_RSUM) != (a->r.rsn == AUDIT_FAULT_TAIL))
		audit_find(a, 3,
			"names a paper where there is none, or none "
			"where there must be one");
	fault = &a->key.fault[a->r.rsn];
	if (*fault)
		audit_find(a, 10,
			"a fault begins while the one of record "
			"%llu has not ended",
			(unsigned long long)*fault);
	*fault = a->r.seq;
}

static void end_fault(struct audit *a)
{
	uint64_t *fault;

	if (a->r.rsn == 0 || a->r.rsn > FAULT_REASONS) {
		audit_find(a, 3, "key 17: a reason that is not known");
		return;
	}
	fault = &a->key.fault[a->r.rsn];
	if (*fault != a->r.ref && !audit_unknown(a, a->r.ref))
		audit_find(a, 10, "ends a fault that is not open");
	*fault = 0;
	if (a->r.rsn == FAULT_SIGNER)
		a->key.unsigned_now = 0;
}

/* One KEYROLL right before each OPEN; only the clock may jump between. */
static void check_rolled(struct audit *a)
{
	const uint64_t kind = a->r.kind;

	if (kind == VKIND_CLOCK)
		return;
	if (kind == VKIND_OPEN && !a->key.rolled && a->key.roll_known)
		audit_find(a, 9, "OPEN without a KEYROLL");
	if (kind == VKIND_KEYROLL && a->key.rolled)
		audit_find(a, 9, "a second KEYROLL before the OPEN");
	else if (kind != VKIND_OPEN && a->key.rolled)
		audit_find(a, 9, "KEYROLL without an OPEN");
	a->key.rolled = kind == VKIND_KEYROLL;
	a->key.roll_known = true;
}

void audit_roll(struct audit *a)
{
	check_rolled(a);
	switch (a->r.kind) {
	case VKIND_START:
		if (a->r.seq == 1)
			take_key(a);
		break;
	case VKIND_KEYROLL:
		take_key(a);
		break;
	case VKIND_FAULT_BEGIN:
		begin_fault(a);
		break;
	case VKIND_FAULT_END:
		end_fault(a);
		break;
	}
}
