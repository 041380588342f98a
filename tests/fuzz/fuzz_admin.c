/* Any text as an address: every answer is a unit of today, each once. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "core/codec/admin.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_answer(const struct admin_answer *a)
{
	struct admin_unit again;

	assert(a->units >= 0 && a->units <= ADMIN_MAX_ANSWERS);
	assert(a->units == 1 || a->ask);
	for (int i = 0; i < a->units; i++) {
		assert(admin_by_code(a->unit[i].code, &again));
		assert(again.full_name == a->unit[i].full_name);
		assert(i == 0 || strcmp(a->unit[i - 1].code, again.code) < 0);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct admin_answer a;
	struct admin_unit u[4];
	char text[512];

	if (size >= sizeof(text))
		return 0;
	memcpy(text, data, size);
	text[size] = '\0';
	admin_of_address(text, &a);
	check_answer(&a);
	admin_of_old("", "Ba Đình", text, &a);
	check_answer(&a);
	assert(admin_search(text, "01", u, 4) <= 4);
	(void)admin_by_code(text, u);
	return 0;
}
