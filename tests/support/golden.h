/* golden.h - text that is compared with a file under tests/golden/. */
#ifndef TESTS_SUPPORT_GOLDEN_H
#define TESTS_SUPPORT_GOLDEN_H

/* Fails the test at the first difference. GENERATE=1 writes the file first. */
void golden_compare(const char *path, const char *got);

#endif
