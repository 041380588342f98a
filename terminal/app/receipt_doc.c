#include "terminal/app/receipt_doc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "core/tr.h"
#include "drivers/printer/paper_png.h"
#include "terminal/flows/pay_text.h"

static void fill_items(const struct payout *p, struct receipt_doc *out)
{
	for (int i = 0; i < p->items && i < RECEIPT_MAX_ITEMS; i++) {
		struct receipt_item *item = &out->item[out->items++];

		pay_item_text(&p->item[i], item->label, sizeof(item->label));
		item->amount = p->item[i].amount;
	}
	for (int i = 0; i < NOTES_KINDS; i++)
		if (p->notes.pieces[i] > 0)
			out->note[out->notes++] =
				(struct receipt_note){.denomination =
							      notes_denomination
								      [i],
					.pieces = p->notes.pieces[i]};
}

void receipt_doc_fill(const struct db_info *info, const struct payout *p,
	int copy, struct receipt_doc *out)
{
	/* The screen may speak English just now; paper never does. */
	const bool english = strcmp(tr_lang(), "vi") != 0;

	memset(out, 0, sizeof(*out));
	tr_set_lang("vi");
	str_copy(out->unit, sizeof(out->unit), info->unit);
	str_copy(out->point, sizeof(out->point), info->name);
	snprintf(out->dev6, sizeof(out->dev6), "%.6s", info->dev_hex);
	out->seq = p->seq;
	out->shift = (uint64_t)p->shift;
	out->t = p->t;
	out->clock_unsure = p->clock_quality != 1 && p->clock_quality != 2;
	out->period = p->period;
	str_copy(out->name, sizeof(out->name), p->person.name);
	pay_masked_id(p->person.id12[0] ? p->person.id12 : p->person.old_id,
		out->masked_id);
	str_copy(out->group, sizeof(out->group),
		pay_group_text(p->person.group));
	str_copy(out->address, sizeof(out->address), p->person.address);
	if (p->payee != PAYEE_SELF) {
		str_copy(out->payee, sizeof(out->payee), p->payee_name);
		snprintf(out->relation, sizeof(out->relation),
			p->payee_relation ? "%s (%s)" : "%s",
			pay_payee_text(p->payee),
			pay_relation_text(p->payee_relation));
	}
	fill_items(p, out);
	out->total = p->amount;
	snprintf(out->agent, sizeof(out->agent), "%.*s (số %lld)", 100,
		p->actor_name, (long long)p->actor);
	memcpy(out->code, p->code, sizeof(out->code));
	memcpy(out->qr, p->qr, sizeof(out->qr));
	out->copy = copy;
	out->training = info->demo;
	out->voided = p->state == PAYOUT_VOIDED;
	if (english)
		tr_set_lang("en");
}

static const struct escpos_how raster = {.letters = ESCPOS_RASTER};

void receipt_job_settings(struct receipt_job *job, const struct config *c)
{
	if (!c) {
		/* Nobody has said that there is a drawer. */
		job->kick = false;
		return;
	}
	job->proved = c->printer.proved;
	memcpy(job->header, c->receipt.header, sizeof(job->header));
	memcpy(job->footer, c->receipt.footer, sizeof(job->footer));
	memcpy(job->hotline, c->receipt.hotline, sizeof(job->hotline));
	job->how_kicked =
		(struct escpos_kick){.connector = c->drawer.pin == 5 ? 1 : 0,
			.on_ms = (int)c->drawer.on_ms,
			.off_ms = (int)c->drawer.off_ms};
	job->sensor = c->drawer.sensor;
	/* Whoever asked for it has said so; here is whether there is one. */
	job->kick = job->kick && c->drawer.pin != 0;
}

bool receipt_job_encode(struct receipt_job *job,
	const struct escpos_how *letters, struct err *err)
{
	/* The drawer first: it opens while the paper runs. */
	const size_t before = job->kick ? ESCPOS_KICK_BYTES : 0;

	job->letters = *letters;
	if (job->kick)
		escpos_drawer_kick(&job->how_kicked, job->bytes);
	if (!escpos_encode_as(&job->page, letters, job->bytes + before,
		    sizeof(job->bytes) - before, &job->len, err))
		return false;
	job->len += before;
	return true;
}

bool receipt_job_make(const struct db_info *info, const struct payout *p,
	int copy, int width, struct receipt_job *out, struct err *err)
{
	struct receipt_doc *doc = calloc(1, sizeof(*doc));
	bool ok = false;

	out->seq = p->seq;
	out->slip = false;
	out->copy = copy;
	out->width = width;
	out->len = 0;
	if (!doc)
		return err_set(err, ERR_NO_MEMORY, 0,
			"no memory for a receipt");
	receipt_doc_fill(info, p, copy, doc);
	for (int i = 0; i < CONFIG_LINES; i++) {
		str_copy(doc->header[i], sizeof(doc->header[i]),
			out->header[i]);
		str_copy(doc->footer[i], sizeof(doc->footer[i]),
			out->footer[i]);
	}
	str_copy(doc->hotline, sizeof(doc->hotline), out->hotline);
	ok = receipt_page(doc, width, &out->page, err) &&
	     receipt_job_encode(out, &raster, err);
	free(doc);
	return ok || err_wrap(err, "receipt %s", p->code);
}

bool receipt_job_say(const struct db_info *info, receipt_say *say,
	const void *what, const char *name, int width, struct receipt_job *out,
	struct err *err)
{
	/* The screen may speak English just now; paper never does. */
	const bool english = strcmp(tr_lang(), "vi") != 0;
	bool ok;

	out->width = width;
	out->test = true; /* of no payment's record */
	out->len = 0;
	page_init(&out->page, width);
	tr_set_lang("vi");
	ok = say(info, what, &out->page, err) &&
	     receipt_job_encode(out, &raster, err);
	if (english)
		tr_set_lang("en");
	return ok || err_wrap(err, "%s", name);
}

static struct escpos_paper *decode(const struct receipt_job *job,
	struct err *err)
{
	struct escpos_paper *paper = calloc(1, sizeof(*paper));

	if (!paper) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory for a preview");
		return NULL;
	}
	if (escpos_decode_as(job->bytes, job->len, job->width, &job->letters,
		    paper, err))
		return paper;
	free(paper);
	return NULL;
}

bool receipt_job_png(const struct receipt_job *job, const char *path,
	struct err *err)
{
	struct escpos_paper *paper = decode(job, err);
	bool ok = paper && paper_png_write(paper, path, err);

	free(paper);
	return ok;
}

bool receipt_job_text(const struct receipt_job *job, char *out, size_t size,
	struct err *err)
{
	struct escpos_paper *paper = decode(job, err);
	bool ok = false;

	if (paper) {
		ok = escpos_paper_text(paper, out, size);
		if (!ok)
			err_set(err, ERR_INVALID, 0, "the preview is too long");
	}
	free(paper);
	return ok;
}
