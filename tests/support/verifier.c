#include "support/verifier.h"

#include "support/unit.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	PATH_SIZE = 512
};

/* build/debug/tests/app/test_x -> build/debug/chitra-verify */
static bool find(char out[PATH_SIZE])
{
	char self[PATH_SIZE - 32];
	const ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);
	char *tests;

	if (n <= 0)
		return false;
	self[n] = '\0';
	tests = strstr(self, "/tests/");
	for (char *next = tests; next; next = strstr(next + 1, "/tests/"))
		tests = next;
	if (!tests)
		return false;
	*tests = '\0';
	snprintf(out, PATH_SIZE, "%s/chitra-verify", self);
	return access(out, X_OK) == 0;
}

/* What it said about the store in dir; its exit status, 0 where it was not built. */
static int ask(const char *dir, const char *keys, char *said, size_t size)
{
	char command[3 * PATH_SIZE + 64];
	char path[PATH_SIZE];
	FILE *out;
	size_t n;

	said[0] = '\0';
	if (!find(path))
		return 0;
	if (keys)
		snprintf(command, sizeof(command), "'%s' '%s' --keys '%s' 2>&1",
			path, dir, keys);
	else
		snprintf(command, sizeof(command), "'%s' '%s' 2>&1", path, dir);
	out = popen(command, "r");
	assert_non_null(out);
	n = fread(said, 1, size - 1, out);
	said[n] = '\0';
	return pclose(out);
}

void verifier_must_accept(const char *dir)
{
	char said[4096];

	if (ask(dir, NULL, said, sizeof(said)) != 0)
		fail_msg("chitra-verify: %s", said);
}

void verifier_must_accept_but_lists(const char *dir)
{
	char said[4096];

	ask(dir, NULL, said, sizeof(said));
	for (char *line = said; *line;) {
		char *end = strchr(line, '\n');

		if (end)
			*end = '\0';
		if ((strncmp(line, "seq", 3) == 0 ||
			    strncmp(line, "whole", 5) == 0) &&
			!strstr(line, "  V34  ") && !strstr(line, "  V40  "))
			fail_msg("chitra-verify: %s", line);
		if (!end)
			break;
		line = end + 1;
	}
}

void verifier_must_find(const char *dir, const char *words)
{
	char said[4096];
	char path[PATH_SIZE];

	if (find(path) && (ask(dir, NULL, said, sizeof(said)) == 0 ||
				  !strstr(said, words)))
		fail_msg("chitra-verify, for \"%s\": %s", words, said);
}

void verifier_says(const char *dir, const char *keys, char *said, size_t size)
{
	ask(dir, keys, said, size);
}
