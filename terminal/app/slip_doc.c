#include "terminal/app/slip_doc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "core/tr.h"
#include "terminal/flows/drawer.h"

static void fill_notes(const struct notes *n, struct slip_doc *out)
{
	for (int i = 0; i < NOTES_KINDS; i++)
		if (n->pieces[i] > 0)
			out->note[out->notes++] =
				(struct receipt_note){.denomination =
							      notes_denomination
								      [i],
					.pieces = n->pieces[i]};
}

void slip_doc_fill(const struct db_info *info, const struct shift_slip *z,
	int copy, struct slip_doc *out)
{
	/* The screen may speak English just now; paper never does. */
	const bool english = strcmp(tr_lang(), "vi") != 0;

	memset(out, 0, sizeof(*out));
	tr_set_lang("vi");
	str_copy(out->unit, sizeof(out->unit), info->unit);
	str_copy(out->point, sizeof(out->point), info->name);
	snprintf(out->dev6, sizeof(out->dev6), "%.6s", info->dev_hex);
	out->seq = z->seq;
	out->shift = (uint64_t)z->shift.number;
	out->opened_at = z->shift.opened_at;
	out->closed_at = z->t;
	out->clock_unsure = z->clock_quality != 1 && z->clock_quality != 2;
	snprintf(out->agent, sizeof(out->agent), "%.*s (số %lld)", 100,
		z->shift.actor_name, (long long)z->shift.actor);
	out->payouts = z->shift.payouts;
	out->float_in = z->shift.float_in;
	out->paid = z->shift.paid;
	out->float_out = z->shift.float_out;
	out->expected = z->shift.expected;
	out->counted = z->counted;
	fill_notes(&z->notes, out);
	str_copy(out->reason, sizeof(out->reason),
		drawer_reason_text(z->reason));
	drawer_differs_text(z, out->differs);
	if (z->second > 0)
		snprintf(out->second, sizeof(out->second), "%.*s (số %lld)",
			100, z->second_name, (long long)z->second);
	if (z->stand_in > 0)
		snprintf(out->stand_in, sizeof(out->stand_in),
			"%.*s (số %lld), người chi không còn làm việc", 90,
			z->stand_in_name, (long long)z->stand_in);
	memcpy(out->code, z->code, sizeof(out->code));
	str_copy(out->qr, sizeof(out->qr), z->qr);
	out->copy = copy;
	out->training = info->demo;
	if (english)
		tr_set_lang("en");
}

bool slip_job_make(const struct db_info *info, const struct shift_slip *z,
	int copy, int width, struct receipt_job *out, struct err *err)
{
	struct slip_doc *doc = calloc(1, sizeof(*doc));
	static const struct escpos_how raster = {.letters = ESCPOS_RASTER};
	bool ok = false;

	out->seq = z->seq;
	out->slip = true;
	out->copy = copy;
	out->width = width;
	out->len = 0;
	if (!doc)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory for a slip");
	slip_doc_fill(info, z, copy, doc);
	ok = slip_page(doc, width, &out->page, err) &&
	     receipt_job_encode(out, &raster, err);
	free(doc);
	return ok || err_wrap(err, "slip %s", z->code);
}
