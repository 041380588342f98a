/* Any text as a number: repair gives 12 digits that fit, or nothing. */
#include <assert.h>
#include <string.h>

#include "core/codec/personid.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* First byte: sex; next two: year; the rest: the text. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char text[32];
	char out[PERSONID_SIZE];
	struct date birth = {0};
	enum sex sex;

	if (size < 3 || size - 3 >= sizeof(text))
		return 0;
	sex = (enum sex)(data[0] % 3);
	birth.year = (int16_t)(1800 + (data[1] * 256 + data[2]) % 400);
	memcpy(text, data + 3, size - 3);
	text[size - 3] = '\0';
	assert(!(personid_is_id12(text) && personid_is_old(text)));
	(void)personid_province(text);
	(void)personid_check(text, sex, birth);
	if (personid_repair(text, sex, birth, out)) {
		assert(personid_is_id12(out));
		assert(personid_check(out, sex, birth) == 0);
		assert(!strcmp(out + 12 - strlen(text), text));
	}
	return 0;
}
