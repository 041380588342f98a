/* verb_words.c - `chitra words N`: an amount in Vietnamese words. */
#include <stdio.h>

#include "core/codec/words.h"
#include "core/money.h"
#include "core/tr.h"
#include "terminal/app/json.h"
#include "terminal/app/verb.h"

enum exit_status verb_words(int argc, char **argv)
{
	char words[WORDS_SIZE];
	char figures[MONEY_TEXT_SIZE];
	bool south = false;
	const struct option_spec own[] = {{"--south", OPTION_FLAG, &south}};
	struct options o;
	int64_t amount;
	cJSON *reply;

	if (!verb_options(&o, "words", argc, argv, own, 1))
		return EXIT_USAGE;
	if (o.words != 1)
		return verb_usage("words");
	if (!money_parse(o.word[0], &amount) ||
		!words_of_amount(amount, south ? WORDS_SOUTH : WORDS_NORTH,
			words))
		return verb_refuse(&o, "bad_amount",
			tr("This is not an amount from 0 to"
			   " 999,999,999,999,999 đồng."),
			EXIT_REFUSED);
	if (!o.json)
		printf("%s\n", words);
	reply = json_ok();
	json_int(reply, "amount", amount);
	cJSON_AddStringToObject(reply, "figures",
		money_format(amount, figures));
	cJSON_AddStringToObject(reply, "words", words);
	return verb_reply(&o, reply, EXIT_DONE);
}
