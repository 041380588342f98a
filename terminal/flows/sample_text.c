#include "terminal/flows/sample_text.h"

#include <stdio.h>
#include <string.h>

#include "core/money.h"
#include "core/str.h"
#include "core/tr.h"

enum {
	SHOWN_FRONT = 2,
	SHOWN_END = 3
};

const char *sample_note_text(enum sample_note note)
{
	static const char *const text[SAMPLE_NOTES] = {
		[SAMPLE_NOTE_NONE] = "",
		[SAMPLE_NOTE_SELF] = TR("he spoke himself"),
		[SAMPLE_NOTE_RELATIVE] = TR("a relative spoke"),
		[SAMPLE_NOTE_VISITED] = TR("seen at his door"),
		[SAMPLE_NOTE_NO_ANSWER] = TR("nobody answers"),
		[SAMPLE_NOTE_NUMBER] = TR("wrong number, or none"),
		[SAMPLE_NOTE_LATER] = TR("to be called another time"),
	};

	return text[note][0] ? tr(text[note]) : "";
}

static const char *said_only(const struct sample_word *word,
	char out[SAMPLE_TEXT_SIZE])
{
	char money[MONEY_TEXT_SIZE];
	const char *text = "";

	switch (word->said) {
	case SAMPLE_NOT_CALLED:
		text = tr("not called yet");
		break;
	case SAMPLE_CONFIRMED:
		text = tr("amount confirmed");
		break;
	case SAMPLE_NOT_REACHED:
		text = tr("not reached");
		break;
	case SAMPLE_DIFFERS:
		snprintf(out, SAMPLE_TEXT_SIZE, tr("says it was %s đồng"),
			money_format(word->amount, money));
		return out;
	case SAMPLE_NOT_RECEIVED:
		text = tr("says that he did not receive it");
		break;
	case SAMPLE_SAID_KINDS:
		break;
	}
	str_copy(out, SAMPLE_TEXT_SIZE, text);
	return out;
}

const char *sample_word_text(const struct sample_word *word,
	char out[SAMPLE_TEXT_SIZE])
{
	size_t len;

	said_only(word, out);
	len = strlen(out);
	if (word->note != SAMPLE_NOTE_NONE)
		snprintf(out + len, SAMPLE_TEXT_SIZE - len, "; %s",
			sample_note_text(word->note));
	return out;
}

const char *sample_said_text(const struct sample_item *it,
	char out[SAMPLE_TEXT_SIZE])
{
	const struct sample_word word = {.said = it->said,
		.amount = it->said_amount,
		.note = it->note};

	return sample_word_text(&word, out);
}

const char *sample_seed_text(const uint8_t seed[SAMPLES_SEED],
	char out[SAMPLE_SEED_TEXT])
{
	char hex[2 * SAMPLES_SEED + 1];
	size_t len = 0;

	str_to_hex(seed, SAMPLES_SEED, hex);
	for (size_t i = 0; i < 2 * (size_t)SAMPLES_SEED; i++) {
		if (i > 0 && i % 4 == 0)
			out[len++] = ' ';
		out[len++] = hex[i];
	}
	out[len] = '\0';
	return out;
}

const char *sample_phone(const char *phone, char out[SAMPLE_PHONE_SIZE])
{
	const size_t len = strlen(phone);

	str_copy(out, SAMPLE_PHONE_SIZE, phone);
	for (size_t i = SHOWN_FRONT; i + SHOWN_END < len; i++)
		out[i] = '*';
	return out;
}
