/* Codes and QR texts as anybody may type or scan them. */
#include <stdlib.h>
#include <string.h>

#include "core/codec/seal.h"
#include "core/codec/zseal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char text[512];
	char code[SEAL_CODE_SIZE];
	char again[SEAL_CODE_SIZE];
	char back[SEAL_TEXT_SIZE];
	char slip[ZSEAL_TEXT_SIZE];
	struct zseal z;
	struct seal s;

	if (size >= sizeof(text))
		return 0;
	memcpy(text, data, size);
	text[size] = '\0';
	text[strcspn(text, "\n")] = '\0';
	if (seal_code_parse(text, code) &&
		(!seal_code_parse(code, again) || strcmp(code, again) != 0))
		abort();
	/* One text for one seal: what is read is written the same. */
	if (seal_parse(text, &s)) {
		seal_text(&s, back);
		if (strcmp(text, back) != 0)
			abort();
	}
	if (zseal_parse(text, &z)) {
		zseal_text(&z, slip);
		if (strcmp(text, slip) != 0)
			abort();
	}
	return 0;
}
