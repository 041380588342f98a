#include "db/verify/receipt_check.h"

#include <string.h>

#include "core/date.h"
#include "core/money.h"
#include "core/str.h"
#include "db/verify/keyring.h"
#include "db/verify/verify_run.h"
#include "db/verify/vpaper.h"

/* NULL: signed by the key of its epoch. */
static const char *judge(const struct vpaper *p, const struct keyring *keys)
{
	const struct keyring_epoch *e = keyring_epoch(keys, p->dev, p->seq);

	if (!e)
		return "the keys file has no key of this device for this "
		       "record";
	if (!vpaper_signed(p, e->key))
		return "the signature is wrong: this is not what the terminal "
		       "printed";
	return NULL;
}

struct said {
	const struct vpaper *paper;
	const char *finding; /* NULL: none */
	char dev[2 * VRECORD_ID + 1];
	char code[VPAPER_CODE_SIZE];
	char time[32];
};

static void fill(struct said *s)
{
	const struct vpaper *p = s->paper;
	uint8_t h[VRECORD_HASH] = {0};

	memcpy(h, p->h, sizeof(p->h));
	vpaper_code(h, s->code);
	str_to_hex(p->dev, sizeof(p->dev), s->dev);
	date_time_iso((int64_t)p->t, s->time);
}

static void json_slip(FILE *out, const struct vpaper *p)
{
	fprintf(out, ",\"shift\":%llu,\"expected\":%llu,\"counted\":%llu",
		(unsigned long long)p->shift, (unsigned long long)p->expected,
		(unsigned long long)p->counted);
	fprintf(out, ",\"paid_gross\":%llu,\"void_gross\":%llu",
		(unsigned long long)p->paid_gross,
		(unsigned long long)p->void_gross);
	fprintf(out, ",\"n_pay\":%llu,\"n_void\":%llu",
		(unsigned long long)p->payments, (unsigned long long)p->voids);
}

static void json(FILE *out, const struct said *s)
{
	const struct vpaper *p = s->paper;

	fprintf(out, "{\"ok\":%s,\"findings\":[",
		s->finding ? "false" : "true");
	if (s->finding) {
		fprintf(out, "{\"seq\":%llu,\"check\":\"V32\",\"message\":",
			(unsigned long long)p->seq);
		vreport_json_text(out, s->finding);
		fputc('}', out);
	}
	fprintf(out, "],\"kind\":\"%s\",\"dev\":\"%s\",\"seq\":%llu",
		p->kind == VPAPER_SLIP ? "slip" : "receipt", s->dev,
		(unsigned long long)p->seq);
	fprintf(out, ",\"t\":%llu,\"time\":\"%s\",\"code\":",
		(unsigned long long)p->t, s->time);
	vreport_json_text(out, s->code);
	if (p->kind == VPAPER_SLIP)
		json_slip(out, p);
	else
		fprintf(out, ",\"amount\":%llu,\"period\":%llu",
			(unsigned long long)p->amount,
			(unsigned long long)p->period);
	fprintf(out, "}\n");
}

static void plain(FILE *out, const struct said *s)
{
	const struct vpaper *p = s->paper;
	char a[MONEY_TEXT_SIZE];
	char b[MONEY_TEXT_SIZE];

	fprintf(out, "%s      %s\n",
		p->kind == VPAPER_SLIP ? "Z slip " : "receipt", s->code);
	fprintf(out, "device       %s\nrecord       %llu\ntime         %s\n",
		s->dev, (unsigned long long)p->seq, s->time);
	if (p->kind == VPAPER_SLIP)
		fprintf(out,
			"shift        %llu\nexpected     %s\n"
			"counted      %s\n",
			(unsigned long long)p->shift,
			money_format((int64_t)p->expected, a),
			money_format((int64_t)p->counted, b));
	else
		fprintf(out, "amount       %s\nperiod       %06llu\n",
			money_format((int64_t)p->amount, a),
			(unsigned long long)p->period);
	if (s->finding)
		fprintf(out, "seq %llu  V32  %s\n", (unsigned long long)p->seq,
			s->finding);
	else
		fprintf(out, "ACCEPTED\n");
}

bool receipt_check(const struct verify_args *args, FILE *out, int *status,
	struct err *err)
{
	struct keyring keys;
	struct vpaper p;
	struct said s = {.paper = &p};
	bool ok;

	keyring_init(&keys);
	ok = keyring_load(&keys, args->keys, err);
	if (ok && (!vpaper_read(args->paper, &p) || p.kind == VPAPER_CODE))
		ok = err_set(err, ERR_INVALID, 0,
			"this is no text of a receipt or a Z slip");
	if (ok) {
		s.finding = judge(&p, &keys);
		fill(&s);
		if (args->json)
			json(out, &s);
		else
			plain(out, &s);
		*status = s.finding ? VERIFY_FINDINGS : VERIFY_ACCEPTED;
	}
	keyring_clear(&keys);
	return ok;
}
