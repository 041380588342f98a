#include "terminal/app/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/str.h"

enum {
	COMMON = 8
};

static const struct option_spec *find(const struct option_spec *specs,
	size_t count, const char *name, size_t len)
{
	for (size_t i = 0; i < count; i++)
		if (strlen(specs[i].name) == len &&
			strncmp(specs[i].name, name, len) == 0)
			return &specs[i];
	return NULL;
}

static bool set_value(const struct option_spec *spec, const char *value,
	struct err *err)
{
	if (spec->kind == OPTION_TEXT) {
		*(const char **)spec->out = value;
		return true;
	}
	if (!str_to_int(value, -1, INT64_MAX, (int64_t *)spec->out))
		return err_set(err, ERR_INVALID, 0, "%s needs a number, not %s",
			spec->name, value);
	return true;
}

/* One "--name[=value]"; moves *i when the value is the next word. */
static bool read_option(const struct option_spec *spec, int argc, char **argv,
	int *i, struct err *err)
{
	const char *equals = strchr(argv[*i], '=');

	if (spec->kind == OPTION_FLAG) {
		*(bool *)spec->out = true;
		return equals == NULL ||
		       err_set(err, ERR_INVALID, 0, "%s takes no value",
			       spec->name);
	}
	if (equals)
		return set_value(spec, equals + 1, err);
	if (*i + 1 >= argc)
		return err_set(err, ERR_INVALID, 0, "%s needs a value",
			spec->name);
	*i += 1;
	return set_value(spec, argv[*i], err);
}

static bool add_word(struct options *o, const char *word, struct err *err)
{
	if (o->words == OPTIONS_MAX_WORDS)
		return err_set(err, ERR_INVALID, 0, "too many words");
	o->word[o->words++] = word;
	return true;
}

bool options_read(struct options *o, int argc, char **argv,
	const struct option_spec *own, size_t count, struct err *err)
{
	const struct option_spec common[COMMON] = {
		{"--data", OPTION_TEXT, &o->data},
		{"--json", OPTION_FLAG, &o->json},
		{"--lang", OPTION_TEXT, &o->lang},
		{"--as", OPTION_INT, &o->as},
		{"--pin-fd", OPTION_INT, &o->pin_fd},
		{"--printer", OPTION_TEXT, &o->printer},
		{"--width", OPTION_INT, &o->width},
		{"--progress", OPTION_FLAG, &o->progress},
	};
	bool only_words = false;

	o->pin_fd = -1;
	for (int i = 0; i < argc; i++) {
		const size_t len = strcspn(argv[i], "=");
		const struct option_spec *spec;

		if (only_words || strncmp(argv[i], "--", 2) != 0) {
			if (!add_word(o, argv[i], err))
				return false;
			continue;
		}
		only_words = argv[i][2] == '\0';
		if (only_words)
			continue;
		spec = find(own, count, argv[i], len);
		if (!spec)
			spec = find(common, COMMON, argv[i], len);
		if (!spec)
			return err_set(err, ERR_INVALID, 0,
				"unknown option %.*s", (int)len, argv[i]);
		if (!read_option(spec, argc, argv, &i, err))
			return false;
	}
	return true;
}

bool options_dir(const struct options *o, const char *suffix, char *out,
	size_t size, struct err *err)
{
	const char *base = getenv("XDG_DATA_HOME");
	const char *home = getenv("HOME");
	int n;

	if (o->data)
		n = snprintf(out, size, "%s", o->data);
	else if (base && *base)
		n = snprintf(out, size, "%s/chitra%s", base, suffix);
	else if (home && *home)
		n = snprintf(out, size, "%s/.local/share/chitra%s", home,
			suffix);
	else
		return err_set(err, ERR_INVALID, 0,
			"no data directory: give --data DIR");
	if (n <= 0 || (size_t)n >= size)
		return err_set(err, ERR_INVALID, 0,
			"the name of the data directory is empty or too long");
	return true;
}

bool options_pin(const struct options *o, char *out, size_t size)
{
	const char *env = getenv("CHITRA_PIN");
	ssize_t n;

	out[0] = '\0';
	if (o->pin_fd < 0)
		return env && str_copy(out, size, env);
	n = read((int)o->pin_fd, out, size - 1);
	if (n <= 0)
		return false;
	out[n] = '\0';
	out[strcspn(out, "\r\n")] = '\0';
	return true;
}
