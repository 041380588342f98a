/*
 * verb_compare.c - `chitra compare NAME NAME`: are these one person's names?
 *
 * Status 0 for equal and alike, 1 for different. "differs" has the letters
 * of either name that the other does not have at that place: which name (1
 * or 2), where (characters from 0), and the letter.
 */
#include <stdio.h>
#include <string.h>

#include "core/codec/account.h"
#include "core/text.h"
#include "core/tr.h"
#include "core/utf8.h"
#include "terminal/app/json.h"
#include "terminal/app/verb.h"
#include "terminal/flows/account_text.h"

/* What b has and a has not. */
static void add_letters(cJSON *list, const char *a, const char *b, int which)
{
	bool differs[VIET_NAME_SIZE] = {false};

	account_compare_names(a, b, differs, VIET_NAME_SIZE);
	for (int at = 0; *b; at++) {
		char letter[UTF8_MAX_BYTES + 1];

		letter[utf8_encode(utf8_next(&b), letter)] = '\0';
		if (differs[at]) {
			cJSON *o = cJSON_CreateObject();

			json_int(o, "name", which);
			json_int(o, "at", at);
			cJSON_AddStringToObject(o, "letter", letter);
			cJSON_AddItemToArray(list, o);
		}
	}
}

static const char *verdict_code(enum viet_verdict verdict)
{
	static const char *const code[] = {
		[VIET_EQUAL] = "equal",
		[VIET_ALIKE] = "alike",
		[VIET_DIFFERENT] = "different",
	};

	return code[verdict];
}

enum exit_status verb_compare(int argc, char **argv)
{
	char name[2][VIET_NAME_SIZE];
	enum viet_verdict verdict;
	struct options o;
	cJSON *reply;
	cJSON *list;

	if (!verb_options(&o, "compare", argc, argv, NULL, 0))
		return EXIT_USAGE;
	if (o.words != 2)
		return verb_usage("compare");
	for (int i = 0; i < 2; i++)
		if (!text_clean(o.word[i], strlen(o.word[i]), name[i],
			    sizeof(name[i]), NULL))
			return verb_refuse(&o, "bad_text",
				tr("A name is too long or holds hidden or "
				   "broken letters."),
				EXIT_REFUSED);
	verdict = account_compare_names(name[0], name[1], NULL, 0);
	if (!o.json)
		printf("%s\n", verdict_code(verdict));
	fprintf(stderr, "%s\n", account_names_text(verdict));
	reply = cJSON_CreateObject();
	cJSON_AddStringToObject(reply, "verdict", verdict_code(verdict));
	list = cJSON_AddArrayToObject(reply, "differs");
	if (verdict != VIET_EQUAL) {
		add_letters(list, name[1], name[0], 1);
		add_letters(list, name[0], name[1], 2);
	}
	return verb_reply(&o, reply,
		verdict == VIET_DIFFERENT ? EXIT_REFUSED : EXIT_DONE);
}
