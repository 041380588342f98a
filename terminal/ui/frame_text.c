#include "terminal/ui/frame_text.h"

#include <inttypes.h>
#include <stdio.h>

#include "core/buf.h"
#include "core/date.h"
#include "core/tr.h"
#include "terminal/flows/upload_text.h"

void frame_say_unsent(const struct status *s, char *out, size_t size)
{
	const unsigned long long unsent =
		s->made > s->acked + s->acks ? s->made - s->acked - s->acks : 0;

	if (unsent == 0)
		snprintf(out, size, "%s", tr("all sent"));
	else
		snprintf(out, size, tr("%llu to send"), unsent);
}

void frame_say_progress(const struct status *s, char *out, size_t size)
{
	if (s->all == 0)
		out[0] = '\0';
	else
		snprintf(out, size, "%" PRId64 "/%" PRId64, s->done, s->all);
}

static const char *link_text(enum link_state link)
{
	return link == LINK_UP     ? tr("ONLINE")
	       : link == LINK_DOWN ? tr("NO NETWORK")
				   : tr("OFFLINE WORK");
}

void frame_say_link(const struct status *s, bool with_time, char *out,
	size_t size)
{
	const char *text = link_text(s->link);

	if (with_time && s->link == LINK_DOWN && s->link_since > 0) {
		const struct daytime since = date_of_ms(s->link_since);

		snprintf(out, size, tr("%s since %02d:%02d"), text, since.hour,
			since.minute);
		return;
	}
	snprintf(out, size, "%s", text);
}

bool frame_has_trouble(const struct status *s)
{
	return s->clock_unsure || s->disk_low || s->disk_full ||
	       s->disk_read_only || s->paper_trouble || s->paper_low ||
	       s->drawer_open || s->printer_away || s->scanner_away ||
	       s->camera_away || s->draft_lost || s->lease_soon ||
	       s->lease_over || upload_is_alarm(s->upload);
}

/* "Not plugged in: printer, camera"; "" if all are there. */
static const char *say_away(const struct status *s, char *out, size_t size)
{
	const struct {
		bool is;
		const char *name;
	} away[] = {
		{s->printer_away, tr("printer")},
		{s->scanner_away, tr("scanner")},
		{s->camera_away, tr("camera")},
	};
	struct buf b;
	bool any = false;

	buf_init(&b, out, size);
	for (size_t i = 0; i < sizeof(away) / sizeof(away[0]); i++) {
		if (!away[i].is)
			continue;
		buf_printf(&b, "%s%s", any ? ", " : tr("Not plugged in: "),
			away[i].name);
		any = true;
	}
	return buf_text(&b);
}

void frame_troubles(const struct status *s, struct frame_trouble *out)
{
	const struct {
		bool is;
		const char *text;
	} trouble[FRAME_TROUBLES] = {
		{s->disk_full, tr("Disk full: no paying")},
		{s->disk_read_only, tr("Disk read-only: no paying")},
		{s->lease_over, tr("Too long offline: no paying")},
		{s->draft_lost, tr("Visit not kept: finish it now")},
		{say_away(s, out->away, sizeof(out->away))[0], out->away},
		{upload_is_alarm(s->upload), upload_word(s->upload)},
		{s->paper_trouble && !s->printer_away, tr("See the printer")},
		{s->paper_low && !s->paper_trouble && !s->printer_away,
			tr("Paper nearly out")},
		{s->drawer_open, tr("Cash drawer open")},
		{s->lease_soon && !s->lease_over,
			tr("Paying ends soon: go online")},
		{s->clock_unsure, tr("See the clock")},
		{s->disk_low, tr("Disk nearly full")},
	};

	out->count = 0;
	for (int i = 0; i < FRAME_TROUBLES; i++)
		if (trouble[i].is)
			out->text[out->count++] = trouble[i].text;
}
