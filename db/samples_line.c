/* samples_line.c - the lines of samples.h, written and read. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/str.h"
#include "db/samples_internal.h"

static const char *const said_names[SAMPLE_SAID_KINDS] = {
	[SAMPLE_NOT_CALLED] = "",
	[SAMPLE_CONFIRMED] = "confirmed",
	[SAMPLE_NOT_REACHED] = "not_reached",
	[SAMPLE_DIFFERS] = "differs",
	[SAMPLE_NOT_RECEIVED] = "not_received",
};

const char *sample_said_name(enum sample_said said)
{
	return said_names[said];
}

static const char *const note_names[SAMPLE_NOTES] = {
	[SAMPLE_NOTE_NONE] = "",
	[SAMPLE_NOTE_SELF] = "self",
	[SAMPLE_NOTE_RELATIVE] = "relative",
	[SAMPLE_NOTE_VISITED] = "visited",
	[SAMPLE_NOTE_NO_ANSWER] = "no_answer",
	[SAMPLE_NOTE_NUMBER] = "wrong_number",
	[SAMPLE_NOTE_LATER] = "later",
};

const char *sample_note_name(enum sample_note note)
{
	return note_names[note];
}

bool sample_note_parse(const char *name, enum sample_note *out)
{
	for (int i = 1; i < SAMPLE_NOTES; i++)
		if (strcmp(note_names[i], name) == 0) {
			*out = (enum sample_note)i;
			return true;
		}
	return false;
}

bool sample_note_fits(enum sample_said said, enum sample_note note)
{
	const bool spoke = note == SAMPLE_NOTE_SELF ||
			   note == SAMPLE_NOTE_RELATIVE ||
			   note == SAMPLE_NOTE_VISITED;

	return note == SAMPLE_NOTE_NONE ||
	       spoke == (said != SAMPLE_NOT_REACHED);
}

bool sample_said_parse(const char *name, enum sample_said *out)
{
	for (int i = 1; i < SAMPLE_SAID_KINDS; i++)
		if (strcmp(said_names[i], name) == 0) {
			*out = (enum sample_said)i;
			return true;
		}
	return false;
}

/* The next word of a line, words parted by one blank each. */
static bool word(const char **at, char *out, size_t size)
{
	const size_t len = strcspn(*at, " ");

	if (len == 0 || len >= size)
		return false;
	memcpy(out, *at, len);
	out[len] = '\0';
	*at += len;
	if (**at == ' ' && *++*at == '\0')
		return false;
	return true;
}

static bool number(const char **at, int64_t *out)
{
	char text[24];

	return word(at, text, sizeof(text)) && text[0] != '0' &&
	       str_to_int(text, 1, INT64_MAX, out);
}

/* Behind the first word; NULL: it is no such line. */
static const char *line_of(const struct record *r, const char *first)
{
	uint8_t sum[CRYPTO_HASH_SIZE];
	struct crypto_hash h;

	if (r->kind != JOURNAL_CONFIG || !(r->has & RECORD_HAS(KEY_LINE)) ||
		!(r->has & RECORD_HAS(KEY_ASIG)) ||
		strncmp(r->line, first, strlen(first)) != 0)
		return NULL;
	crypto_hash_start(&h);
	crypto_hash_add(&h, r->line, strlen(r->line));
	crypto_hash_add(&h, "\n", 1);
	crypto_hash_end(&h, sum);
	return memcmp(sum, r->rsum, sizeof(sum)) == 0 ? r->line + strlen(first)
						      : NULL;
}

bool samples_read_draw(const struct record *r, struct sample *out)
{
	const char *at = line_of(r, "sample ");
	char hex[2 * SAMPLES_SEED + 1];
	int64_t first;
	int64_t last;
	size_t len;

	*out = (struct sample){.seq = r->seq,
		.t = (int64_t)r->t,
		.actor = (int64_t)r->actor};
	if (!at || !word(&at, hex, sizeof(hex)) ||
		hex[strspn(hex, "0123456789abcdef")] != '\0' ||
		!str_from_hex(hex, out->seed, sizeof(out->seed), &len) ||
		len != SAMPLES_SEED || !number(&at, &first) ||
		!number(&at, &last) || !number(&at, &out->count) || *at)
		return false;
	out->first = (uint64_t)first;
	out->last = (uint64_t)last;
	return first <= last && out->last < r->seq && out->count <= SAMPLES_MAX;
}

bool samples_read_called(const struct record *r, struct sample_called *out)
{
	const char *at = line_of(r, "called ");
	char said[24];
	int64_t draw;
	int64_t pay;

	if (!at || !number(&at, &draw) || !number(&at, &pay) ||
		!word(&at, said, sizeof(said)) ||
		!sample_said_parse(said, &out->said))
		return false;
	out->draw = (uint64_t)draw;
	out->pay = (uint64_t)pay;
	out->amount = -1;
	out->note = SAMPLE_NOTE_NONE;
	if (out->draw >= r->seq || out->pay >= out->draw)
		return false;
	if (out->said == SAMPLE_DIFFERS &&
		(!word(&at, said, sizeof(said)) ||
			!str_to_int(said, 0, INT64_MAX, &out->amount)))
		return false;
	if (*at == '\0')
		return true;
	return word(&at, said, sizeof(said)) && *at == '\0' &&
	       sample_note_parse(said, &out->note) &&
	       sample_note_fits(out->said, out->note);
}
