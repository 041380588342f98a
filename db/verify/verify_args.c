#include "db/verify/verify_args.h"

#include <stddef.h>
#include <string.h>

#include "core/str.h"

/* Options with a value, and where it goes; a roster may come often. */
static const struct valued {
	const char *name;
	size_t at;
} valued[] = {
	{"--keys", offsetof(struct verify_args, keys)},
	{"--checkpoints", offsetof(struct verify_args, checkpoints)},
	{"--receipts", offsetof(struct verify_args, receipts)},
	{"--revlist", offsetof(struct verify_args, revlist)},
	{"--salvage", offsetof(struct verify_args, salvage)},
};

static const struct flag {
	const char *name;
	size_t at;
} flags[] = {
	{"--help", offsetof(struct verify_args, help)},
	{"--checks", offsetof(struct verify_args, checks)},
	{"--json", offsetof(struct verify_args, json)},
	{"--records", offsetof(struct verify_args, records)},
	{"-f", offsetof(struct verify_args, future)},
	{"--progress", offsetof(struct verify_args, progress)},
};

static bool set_flag(struct verify_args *out, const char *word)
{
	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++) {
		if (strcmp(word, flags[i].name) != 0)
			continue;
		*(bool *)((char *)out + flags[i].at) = true;
		return true;
	}
	return false;
}

static bool set_number(const char *word, const char *value, uint64_t *out,
	struct err *err)
{
	int64_t n;

	if (!str_to_int(value, 1, INT64_MAX, &n))
		return err_set(err, ERR_INVALID, 0, "%s wants a record number",
			word);
	*out = (uint64_t)n;
	return true;
}

static bool set_value(struct verify_args *out, const char *word,
	const char *value, struct err *err)
{
	const struct valued *v = valued;

	if (strcmp(word, "--from") == 0)
		return set_number(word, value, &out->from, err);
	if (strcmp(word, "--to") == 0)
		return set_number(word, value, &out->to, err);
	if (strcmp(word, "--roster") == 0) {
		if (out->rosters == VERIFY_ARGS_ROSTERS)
			return err_set(err, ERR_INVALID, 0, "too many rosters");
		out->roster[out->rosters++] = value;
		return true;
	}
	/* It is one of them: takes_value(). */
	while (strcmp(word, v->name) != 0)
		v++;
	*(const char **)((char *)out + v->at) = value;
	return true;
}

static bool takes_value(const char *word)
{
	if (strcmp(word, "--from") == 0 || strcmp(word, "--to") == 0 ||
		strcmp(word, "--roster") == 0)
		return true;
	for (size_t i = 0; i < sizeof(valued) / sizeof(valued[0]); i++)
		if (strcmp(word, valued[i].name) == 0)
			return true;
	return false;
}

/* The first word may be "receipt": then the next is one. */
static bool set_place(struct verify_args *out, const char *word, bool *receipt,
	struct err *err)
{
	const char **to = *receipt ? &out->paper : &out->path;

	if (!*receipt && !out->path && strcmp(word, "receipt") == 0) {
		*receipt = true;
		return true;
	}
	if (*to)
		return err_set(err, ERR_INVALID, 0, "\"%s\" is one too many",
			word);
	*to = word;
	return true;
}

/* Together they must make sense. */
static bool check(const struct verify_args *a, bool receipt, struct err *err)
{
	if (a->help || a->checks)
		return true;
	if (receipt && !a->paper)
		return err_set(err, ERR_INVALID, 0, "which receipt?");
	if (receipt && !a->keys)
		return err_set(err, ERR_INVALID, 0,
			"a receipt is checked with --keys FILE");
	if (!receipt && !a->path)
		return err_set(err, ERR_INVALID, 0, "which journal?");
	if (a->from > a->to)
		return err_set(err, ERR_INVALID, 0, "--from is behind --to");
	if (a->records && !a->json)
		return err_set(err, ERR_INVALID, 0,
			"--records goes with --json");
	return true;
}

bool verify_args_read(int argc, char **argv, struct verify_args *out,
	struct err *err)
{
	bool receipt = false;
	bool options = true;

	*out = (struct verify_args){.from = 1, .to = UINT64_MAX};
	for (int i = 1; i < argc; i++) {
		const char *word = argv[i];

		if (options && strcmp(word, "--") == 0) {
			options = false;
		} else if (!options || word[0] != '-' || !word[1]) {
			if (!set_place(out, word, &receipt, err))
				return false;
		} else if (takes_value(word)) {
			if (++i == argc)
				return err_set(err, ERR_INVALID, 0,
					"%s wants a value", word);
			if (!set_value(out, word, argv[i], err))
				return false;
		} else if (!set_flag(out, word)) {
			return err_set(err, ERR_INVALID, 0, "%s?", word);
		}
	}
	return check(out, receipt, err);
}
