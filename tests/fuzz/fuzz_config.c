/*
 * Any settings file: taken or refused with a line of it and a sentence; and
 * what is taken still is after a choice was written into it, which is there.
 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "terminal/app/config_store.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct config_choice choice = {"printer", "width", "58",
		NULL};
	static struct config_fault fault;
	static struct config config;
	static char out[8192];
	char says[1024];

	if (size > sizeof(out) - 64)
		return 0;
	if (!config_parse((const char *)data, size, &config, &fault)) {
		config_says(&fault, says, sizeof(says));
		assert(fault.wrong != CONFIG_FINE && fault.line > 0);
		assert(says[0]);
		return 0;
	}
	assert(fault.wrong == CONFIG_FINE);
	assert(config_with((const char *)data, size, &choice, out,
		sizeof(out)));
	assert(config_parse(out, strlen(out), &config, &fault));
	assert(config.printer.width == 58);
	return 0;
}
