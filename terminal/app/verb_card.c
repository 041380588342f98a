/* verb_card.c - `chitra card`: what the QR of an ID card says. */
#include <stdio.h>

#include "core/codec/bhyt.h"
#include "core/str.h"
#include "terminal/app/json.h"
#include "terminal/app/scan.h"
#include "terminal/app/verb.h"
#include "terminal/flows/card_text.h"

/*
 * A health-insurance card is refused as an ID card, but says who it may be:
 * that is told, for a search.
 */
static void tell_bhyt(const struct scan_bytes *scan, struct idcard *card)
{
	struct bhyt bhyt;

	if (!bhyt_parse(scan->bytes, scan->len, &bhyt))
		return;
	str_copy(card->name, sizeof(card->name), bhyt.name);
	str_copy(card->address, sizeof(card->address), bhyt.address);
	card->birth = bhyt.birth;
	card->sex = bhyt.sex;
	card->issued = bhyt.printed;
}

static void say(const struct idcard *card)
{
	char birth[DATE_TEXT_SIZE];

	if (card->outcome != CARD_REJECT || card->kind == CARD_KIND_BHYT)
		printf("%s  %s  %s\n%s\n", card->id12, card->name,
			date_vi(card->birth, birth), card->address);
	for (int i = 0; i < card->notes; i++)
		fprintf(stderr, "%s\n", card_note_text(card->note[i]));
}

enum exit_status verb_card(int argc, char **argv)
{
	static struct scan_bytes scan;
	struct scan_source from = {0};
	const struct option_spec own[] = {
		{"--hex", OPTION_TEXT, &from.hex},
		{"--text", OPTION_TEXT, &from.text},
		{"--image", OPTION_TEXT, &from.image},
	};
	struct err err = {0};
	struct idcard card;
	struct options o;

	if (!verb_options(&o, "card", argc, argv, own, 3))
		return EXIT_USAGE;
	if (o.words != 0 || scan_sources(&from) != 1)
		return verb_usage("card");
	if (!scan_read(&from, &scan, &err))
		return verb_err(&o, &err);
	idcard_parse(scan.bytes, scan.len, &card);
	tell_bhyt(&scan, &card);
	if (!o.json)
		say(&card);
	return verb_reply(&o, json_card(&card),
		card.outcome == CARD_REJECT ? EXIT_REFUSED : EXIT_DONE);
}
