/* verb_telex.c - `chitra telex KEYS`, `chitra vni KEYS`: what keys give. */
#include <stdio.h>
#include <string.h>

#include "core/buf.h"
#include "core/codec/telex.h"
#include "core/text.h"
#include "core/tr.h"
#include "terminal/app/json.h"
#include "terminal/app/verb.h"

/* The words of the command line as one clean line. */
static bool read_keys(const struct options *o, char *out, size_t size)
{
	char line[TELEX_LINE_SIZE];
	struct buf b;

	buf_init(&b, line, sizeof(line));
	for (int i = 0; i < o->words; i++) {
		if (i > 0)
			buf_byte(&b, ' ');
		buf_put(&b, o->word[i], strlen(o->word[i]));
	}
	return !b.full && text_clean(line, b.len, out, size, NULL);
}

static enum exit_status run(const char *verb, enum telex_method method,
	int argc, char **argv)
{
	char keys[TELEX_LINE_SIZE];
	char text[TELEX_LINE_SIZE];
	bool new_style = false;
	const struct option_spec own[] = {{"--new", OPTION_FLAG, &new_style}};
	struct options o;
	cJSON *reply;

	if (!verb_options(&o, verb, argc, argv, own, 1))
		return EXIT_USAGE;
	if (o.words == 0)
		return verb_usage(verb);
	if (!read_keys(&o, keys, sizeof(keys)) ||
		!telex_text(method, new_style ? TELEX_NEW : TELEX_OLD, keys,
			text, sizeof(text)))
		return verb_refuse(&o, "bad_text",
			tr("This is no line of text that can be typed."),
			EXIT_REFUSED);
	if (!o.json)
		printf("%s\n", text);
	reply = json_ok();
	cJSON_AddStringToObject(reply, "keys", keys);
	cJSON_AddStringToObject(reply, "text", text);
	return verb_reply(&o, reply, EXIT_DONE);
}

enum exit_status verb_telex(int argc, char **argv)
{
	return run("telex", TELEX_TELEX, argc, argv);
}

enum exit_status verb_vni(int argc, char **argv)
{
	return run("vni", TELEX_VNI, argc, argv);
}
