#include "support/vectors.h"

#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/str.h"

const char *vector_text(const char *file, const char *name,
	char out[VECTOR_SIZE])
{
	char path[256];
	const size_t len = strlen(name);
	FILE *in;

	snprintf(path, sizeof(path), "tests/data/%s", file);
	in = fopen(path, "r");
	if (!in)
		fail_msg("%s is not there", path);
	while (fgets(out, VECTOR_SIZE, in)) {
		out[strcspn(out, "\n")] = '\0';
		if (strncmp(out, name, len) == 0 && out[len] == ' ') {
			fclose(in);
			memmove(out, out + len + 1, strlen(out + len));
			return out;
		}
	}
	fclose(in);
	fail_msg("%s has no %s", path, name);
	return NULL;
}

size_t vector_bytes(const char *file, const char *name, void *out, size_t size)
{
	char text[VECTOR_SIZE];
	size_t len = 0;

	if (!str_from_hex(vector_text(file, name, text), out, size, &len))
		fail_msg("%s of %s is not hex", name, file);
	return len;
}
