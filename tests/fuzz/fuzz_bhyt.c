/* Any bytes as a health-insurance card: what is shown is clean or "". */
#include <assert.h>
#include <string.h>

#include "core/codec/bhyt.h"
#include "core/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must_be_clean(const char *text)
{
	char again[IDCARD_ADDRESS_SIZE];
	struct text_report report;

	assert(text_clean(text, strlen(text), again, sizeof(again), &report));
	assert(report.verdict == TEXT_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct idcard id;
	struct bhyt card;
	const bool is_one = bhyt_parse(data, size, &card);

	idcard_parse(data, size, &id);
	assert(is_one == (id.kind == CARD_KIND_BHYT));
	if (!is_one) {
		assert(!card.code[0] && !card.name[0] && !card.address[0]);
		return 0;
	}
	assert(strlen(card.code) == 15 || strlen(card.code) == 10);
	assert(id.outcome == CARD_REJECT && !id.id12[0]);
	must_be_clean(card.code);
	must_be_clean(card.name);
	must_be_clean(card.address);
	assert(viet_is_latin(card.name));
	assert(card.birth.year == 0 || date_valid(card.birth));
	assert(card.from.year == 0 || date_valid(card.from));
	assert(card.to.year == 0 || date_valid(card.to));
	assert(card.printed.year == 0 || date_valid(card.printed));
	return 0;
}
