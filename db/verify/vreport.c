#include "db/verify/vreport.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "core/money.h"
#include "core/str.h"
#include "core/utf8.h"
#include "db/verify/vpaper.h"

enum {
	NEAR = 12 /* findings looked at for one to make longer */
};

bool vreport_init(struct vreport *r, FILE *out)
{
	*r = (struct vreport){.out = out, .to = UINT64_MAX};
	r->list = calloc(VREPORT_LIST, sizeof(*r->list));
	return r->list != NULL;
}

void vreport_clear(struct vreport *r)
{
	free(r->list);
	*r = (struct vreport){0};
}

/* The same as at the record before: one finding that goes on. */
static bool prolong(struct vreport *r, uint64_t seq, int check,
	const char *text)
{
	const size_t from = r->listed > NEAR ? r->listed - NEAR : 0;

	for (size_t i = r->listed; i > from; i--) {
		struct vreport_finding *f = &r->list[i - 1];

		if (f->check != check || f->seq == 0 || f->to + 1 != seq ||
			strcmp(f->text, text) != 0)
			continue;
		f->to = seq;
		return true;
	}
	return false;
}

void vreport_find(struct vreport *r, uint64_t seq, int check, const char *fmt,
	...)
{
	struct vreport_finding f = {.seq = seq, .to = seq, .check = check};
	va_list args;

	if (seq > 0 && (seq < r->from || seq > r->to))
		return;
	va_start(args, fmt);
	vsnprintf(f.text, sizeof(f.text), fmt, args);
	va_end(args);
	r->checks_now |= UINT64_C(1) << check;
	if (prolong(r, seq, check, f.text))
		return;
	r->findings++;
	if (r->listed == VREPORT_LIST || r->of_check[check] == VREPORT_EACH) {
		r->unlisted++;
		return;
	}
	r->of_check[check]++;
	r->list[r->listed++] = f;
}

static void note(struct vreport_note *list, size_t *n, int check,
	const char *text)
{
	for (size_t i = 0; i < *n; i++)
		if (list[i].check == check && strcmp(list[i].text, text) == 0)
			return;
	if (*n == VREPORT_NOTES)
		return;
	list[*n].check = check;
	str_copy(list[*n].text, sizeof(list[*n].text), text);
	(*n)++;
}

void vreport_info(struct vreport *r, int check, const char *fmt, ...)
{
	char text[VREPORT_TEXT];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	note(r->info, &r->infos, check, text);
}

void vreport_skip(struct vreport *r, int check, const char *why)
{
	note(r->skipped, &r->skips, check, why);
}

/* ---- said ------------------------------------------------------------------
 */

void vreport_json_text(FILE *out, const char *text)
{
	const char *at = text;

	fputc('"', out);
	while (*at) {
		char bytes[UTF8_MAX_BYTES];
		const uint32_t ch = utf8_next(&at);
		const size_t n = utf8_encode(ch, bytes);

		if (ch == '"' || ch == '\\')
			fprintf(out, "\\%c", (int)ch);
		else if (ch < 0x20 || (ch >= 0x7f && ch < 0xa0))
			fprintf(out, "\\u%04x", (unsigned)ch);
		else
			fwrite(bytes, 1, n, out);
	}
	fputc('"', out);
}

/* Text of the file shown on a terminal: nothing that steers it. */
static void plain_text(FILE *out, const char *text)
{
	const char *at = text;

	while (*at) {
		char bytes[UTF8_MAX_BYTES];
		const uint32_t ch = utf8_next(&at);
		const size_t n = utf8_encode(ch, bytes);

		if (ch < 0x20 || (ch >= 0x7f && ch < 0xa0))
			fputc('?', out);
		else
			fwrite(bytes, 1, n, out);
	}
}

void vreport_record(struct vreport *r, uint64_t seq, uint64_t kind)
{
	const char *comma = "";

	if (!r->each || !r->json || seq < r->from || seq > r->to) {
		r->checks_now = 0;
		return;
	}
	fprintf(r->out, "{\"seq\":%llu,\"kind\":\"%s\",\"ok\":%s,\"checks\":[",
		(unsigned long long)seq, vrecord_kind_name(kind),
		r->checks_now ? "false" : "true");
	for (int i = 1; i <= 40; i++) {
		if (!(r->checks_now & UINT64_C(1) << i))
			continue;
		fprintf(r->out, "%s\"V%02d\"", comma, i);
		comma = ",";
	}
	fprintf(r->out, "]}\n");
	r->checks_now = 0;
}

static int by_seq(const void *a, const void *b)
{
	const struct vreport_finding *x = a;
	const struct vreport_finding *y = b;

	if (x->seq != y->seq)
		return x->seq < y->seq ? -1 : 1;
	return x->check - y->check;
}

static void json_notes(FILE *out, const char *name, const char *text,
	const struct vreport_note *list, size_t n)
{
	fprintf(out, ",\"%s\":[", name);
	for (size_t i = 0; i < n; i++) {
		fprintf(out, "%s{", i ? "," : "");
		if (list[i].check)
			fprintf(out, "\"check\":\"V%02d\",", list[i].check);
		fprintf(out, "\"%s\":", text);
		vreport_json_text(out, list[i].text);
		fputc('}', out);
	}
	fputc(']', out);
}

static const char *const total_names[VTOTAL_COUNT] = {
	[VTOTAL_PAID] = "paid_gross",
	[VTOTAL_VOID] = "void_gross",
	[VTOTAL_IN] = "float_in",
	[VTOTAL_OUT] = "float_out",
	[VTOTAL_PAYS] = "n_pay",
	[VTOTAL_VOIDS] = "n_void",
};

static void json_totals(struct vreport *r)
{
	if (!r->has_totals) {
		fprintf(r->out, ",\"totals\":null");
		return;
	}
	fprintf(r->out, ",\"totals\":{");
	for (int i = 0; i < VTOTAL_COUNT; i++)
		fprintf(r->out, "%s\"%s\":%lld", i ? "," : "", total_names[i],
			(long long)r->tot[i]);
	fputc('}', r->out);
}

static void json_head(struct vreport *r)
{
	char hex[2 * VRECORD_HASH + 1];
	char code[VPAPER_CODE_SIZE];

	if (r->has_dev) {
		str_to_hex(r->dev, sizeof(r->dev), hex);
		fprintf(r->out, ",\"dev\":\"%s\"", hex);
	}
	if (!r->has_head) {
		fprintf(r->out, ",\"head\":null");
		return;
	}
	str_to_hex(r->head, sizeof(r->head), hex);
	vpaper_code(r->head, code);
	fprintf(r->out, ",\"head\":{\"seq\":%llu,\"hash\":\"%s\",\"code\":",
		(unsigned long long)r->last_seq, hex);
	vreport_json_text(r->out, code);
	fputc('}', r->out);
}

static void json_end(struct vreport *r)
{
	fprintf(r->out, "{\"ok\":%s,\"records\":%llu,\"findings\":[",
		r->findings ? "false" : "true", (unsigned long long)r->records);
	for (size_t i = 0; i < r->listed; i++) {
		const struct vreport_finding *f = &r->list[i];

		fprintf(r->out, "%s{\"seq\":%llu,", i ? "," : "",
			(unsigned long long)f->seq);
		if (f->to != f->seq)
			fprintf(r->out, "\"to\":%llu,",
				(unsigned long long)f->to);
		fprintf(r->out, "\"check\":\"V%02d\",\"message\":", f->check);
		vreport_json_text(r->out, f->text);
		fputc('}', r->out);
	}
	fprintf(r->out, "],\"findings_total\":%llu,\"findings_unlisted\":%llu",
		(unsigned long long)r->findings,
		(unsigned long long)r->unlisted);
	json_notes(r->out, "info", "message", r->info, r->infos);
	json_notes(r->out, "skipped", "why", r->skipped, r->skips);
	fprintf(r->out, ",\"shifts\":%llu,\"payouts\":%llu",
		(unsigned long long)r->shifts, (unsigned long long)r->payouts);
	json_totals(r);
	json_head(r);
	fprintf(r->out, "}\n");
}

static void plain_findings(struct vreport *r)
{
	for (size_t i = 0; i < r->listed; i++) {
		const struct vreport_finding *f = &r->list[i];

		if (f->seq == 0)
			fprintf(r->out, "whole");
		else if (f->to == f->seq)
			fprintf(r->out, "seq %llu", (unsigned long long)f->seq);
		else
			fprintf(r->out, "seq %llu-%llu",
				(unsigned long long)f->seq,
				(unsigned long long)f->to);
		fprintf(r->out, "  V%02d  ", f->check);
		plain_text(r->out, f->text);
		fputc('\n', r->out);
	}
	if (r->unlisted)
		fprintf(r->out, "... and %llu more\n",
			(unsigned long long)r->unlisted);
}

static void plain_notes(FILE *out, const char *word,
	const struct vreport_note *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		fprintf(out, "%s  ", word);
		if (list[i].check)
			fprintf(out, "V%02d  ", list[i].check);
		plain_text(out, list[i].text);
		fputc('\n', out);
	}
}

static void plain_totals(struct vreport *r)
{
	char a[MONEY_TEXT_SIZE];
	char b[MONEY_TEXT_SIZE];

	if (!r->has_totals)
		return;
	fprintf(r->out, "paid        %s in %lld\n",
		money_format(r->tot[VTOTAL_PAID], a),
		(long long)r->tot[VTOTAL_PAYS]);
	fprintf(r->out, "voided      %s in %lld\n",
		money_format(r->tot[VTOTAL_VOID], a),
		(long long)r->tot[VTOTAL_VOIDS]);
	fprintf(r->out, "float       in %s, out %s\n",
		money_format(r->tot[VTOTAL_IN], a),
		money_format(r->tot[VTOTAL_OUT], b));
}

static void plain_end(struct vreport *r)
{
	char hex[2 * VRECORD_HASH + 1];
	char code[VPAPER_CODE_SIZE];

	plain_findings(r);
	plain_notes(r->out, "info", r->info, r->infos);
	plain_notes(r->out, "not checked", r->skipped, r->skips);
	if (r->has_dev) {
		str_to_hex(r->dev, sizeof(r->dev), hex);
		fprintf(r->out, "device      %s\n", hex);
	}
	fprintf(r->out, "records     %llu\nshifts      %llu\n",
		(unsigned long long)r->records, (unsigned long long)r->shifts);
	fprintf(r->out, "payouts     %llu\n", (unsigned long long)r->payouts);
	plain_totals(r);
	if (r->has_head) {
		str_to_hex(r->head, sizeof(r->head), hex);
		vpaper_code(r->head, code);
		fprintf(r->out, "head        %llu %s\ncode        %s\n",
			(unsigned long long)r->last_seq, hex, code);
	}
	if (r->findings)
		fprintf(r->out, "FINDINGS    %llu\n",
			(unsigned long long)r->findings);
	else
		fprintf(r->out, "ACCEPTED\n");
}

void vreport_end(struct vreport *r)
{
	qsort(r->list, r->listed, sizeof(*r->list), by_seq);
	if (r->json)
		json_end(r);
	else
		plain_end(r);
	fflush(r->out);
}
