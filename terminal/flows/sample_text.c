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

const char *sample_said_text(const struct sample_item *it,
	char out[SAMPLE_TEXT_SIZE])
{
	char money[MONEY_TEXT_SIZE];
	const char *text = "";

	switch (it->said) {
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
			money_format(it->said_amount, money));
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

const char *sample_phone(const char *phone, char out[SAMPLE_PHONE_SIZE])
{
	const size_t len = strlen(phone);

	str_copy(out, SAMPLE_PHONE_SIZE, phone);
	for (size_t i = SHOWN_FRONT; i + SHOWN_END < len; i++)
		out[i] = '*';
	return out;
}
