#include "core/machine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char file[] = "/etc/machine-id";

enum {
	DIGITS = MACHINE_ID_SIZE - 1
};

/* Set by tests only. */
static const char *pretended;

void machine_pretend(const char *id)
{
	pretended = id;
}

static const char *instead(void)
{
#ifdef CRASH_POINTS
	/* For stories with two machines; a release does not ask. */
	if (!pretended)
		return getenv("CHITRA_MACHINE");
#endif
	return pretended;
}

/* "uninitialized" is what a system image has before its first start. */
static bool is_id(const char *text)
{
	return strspn(text, "0123456789abcdef") == DIGITS &&
	       (text[DIGITS] == '\0' || text[DIGITS] == '\n') &&
	       strspn(text, "0") != DIGITS;
}

bool machine_id(char out[MACHINE_ID_SIZE])
{
	const char *other = instead();
	char text[64] = "";
	FILE *in;

	out[0] = '\0';
	if (other) {
		snprintf(text, sizeof(text), "%s", other);
	} else {
		in = fopen(file, "re");
		if (!in)
			return false;
		if (!fgets(text, sizeof(text), in))
			text[0] = '\0';
		fclose(in);
	}
	if (!is_id(text))
		return false;
	memcpy(out, text, DIGITS);
	out[DIGITS] = '\0';
	return true;
}
