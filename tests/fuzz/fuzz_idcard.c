/* Any bytes as a card: what is shown is clean, what is refused is empty. */
#include <assert.h>
#include <string.h>

#include "core/codec/idcard.h"
#include "core/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must_be_clean(const char *text)
{
	char again[IDCARD_ADDRESS_SIZE];
	struct text_report report;

	assert(text_clean(text, strlen(text), again, sizeof(again), &report));
	assert(report.verdict == TEXT_OK);
}

static void check_card(const struct idcard *c)
{
	assert(personid_is_id12(c->id12));
	assert(!c->old_id[0] || personid_is_old(c->old_id));
	assert(date_valid(c->birth));
	assert(c->issued.year == 0 || date_valid(c->issued));
	must_be_clean(c->name);
	must_be_clean(c->address);
	assert(c->extras >= 0 && c->extras <= IDCARD_MAX_EXTRAS);
	for (int i = 0; i < c->extras; i++)
		must_be_clean(c->extra[i]);
	for (int i = 0; i < c->notes; i++)
		assert(c->note[i] < CARD_NOTE_EMPTY);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct idcard card;
	const enum card_outcome outcome = idcard_parse(data, size, &card);

	assert(outcome == card.outcome);
	assert(card.notes >= 0 && card.notes <= IDCARD_MAX_NOTES);
	assert((outcome == CARD_OK) == (card.notes == 0));
	if (outcome != CARD_REJECT) {
		check_card(&card);
		return 0;
	}
	assert(card.notes == 1 && card.note[0] >= CARD_NOTE_EMPTY);
	assert(!card.id12[0] && !card.name[0] && card.extras == 0);
	assert(card.birth.year == 0 && card.sex == SEX_UNKNOWN);
	return 0;
}
