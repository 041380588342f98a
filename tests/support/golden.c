/* golden.c - see golden.h. */
#include "support/golden.h"

#include <stdio.h>
#include <stdlib.h>

#include "support/unit.h"

void golden_compare(const char *path, const char *got)
{
	static char want[65536];
	FILE *file;

	if (getenv("GENERATE")) {
		file = fopen(path, "w");
		assert_non_null(file);
		assert_true(fputs(got, file) >= 0);
		assert_int_equal(fclose(file), 0);
	}
	file = fopen(path, "r");
	if (!file)
		fail_msg("%s is missing; GENERATE=1 makes it", path);
	want[fread(want, 1, sizeof(want) - 1, file)] = '\0';
	fclose(file);
	assert_string_equal(got, want);
}
