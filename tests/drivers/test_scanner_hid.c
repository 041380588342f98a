/*
 * A HID-POS scanner: its hidraw node is a FIFO that the test writes whole
 * reports to, and its descriptor a file, as in sysfs.
 */
#include "support/unit.h"

#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/str.h"
#include "drivers/scanner/scanner_hid.h"
#include "support/tmpdir.h"

enum {
	REPORT = 64,
	DATA = 56
};

struct rig {
	char dir[PATH_MAX];
	char node[PATH_MAX];
	char descriptor[PATH_MAX];
	int far;
	struct scanner *scanner;
};

static void begin(struct rig *r, const char *descriptor)
{
	uint8_t bytes[128];
	size_t len = 0;
	struct err err = {0};

	tmpdir_make(r->dir, sizeof(r->dir));
	tmpdir_path(r->dir, "hidraw3", r->node, sizeof(r->node));
	tmpdir_path(r->dir, "report_descriptor", r->descriptor,
		sizeof(r->descriptor));
	assert_true(str_from_hex(descriptor, bytes, sizeof(bytes), &len));
	tmpdir_write(r->dir, "report_descriptor", bytes, len);
	assert_int_equal(mkfifo(r->node, 0600), 0);
	r->far = open(r->node, O_RDWR | O_CLOEXEC);
	assert_true(r->far >= 0);
	r->scanner = scanner_hid_open(r->node, r->descriptor, NULL, &err);
	if (!r->scanner)
		fail_msg("%s", err.text);
}

static void end(struct rig *r)
{
	scanner_close(r->scanner);
	close(r->far);
	tmpdir_remove(r->dir);
}

static void take(struct rig *r, struct scanner_code *out)
{
	struct err err = {0};

	assert_int_equal(scanner_take(r->scanner, 1000, out, &err),
		LOOKUP_FOUND);
}

/* As the kernel hands them out: one report a read. */
static void send_code(struct rig *r, const char *text, struct scanner_code *out)
{
	size_t left = strlen(text);
	struct err err = {0};

	while (left > 0) {
		const size_t n = left < DATA ? left : DATA;
		uint8_t report[REPORT] = {2, (uint8_t)n, ']', 'Q', '1'};

		memcpy(report + 5, text, n);
		text += n;
		left -= n;
		report[REPORT - 1] = left > 0;
		assert_int_equal(write(r->far, report, sizeof(report)), REPORT);
		if (left > 0) {
			/* The FIFO has no bounds: each alone. */
			assert_int_equal(scanner_take(r->scanner, 1000, out,
						 &err),
				LOOKUP_ABSENT);
		}
	}
}

static void a_long_card_comes_in_three_reports(void **state)
{
	static const char card[] =
		"001145000112|012345678|Nguyễn Thị Thử|02091945|Nữ|"
		"Thôn Mẫu, Xã Ví Dụ, Thanh Oai, Hà Nội|15042021";
	struct scanner_code code;
	struct rig r;

	(void)state;
	begin(&r, "");
	send_code(&r, card, &code);
	take(&r, &code);
	assert_int_equal(code.len, sizeof(card) - 1);
	assert_memory_equal(code.bytes, card, code.len);
	assert_string_equal(code.how.aim, "]Q1");
	assert_string_equal(code.how.device, "hidraw3");
	assert_int_equal(code.how.by, SCANNED_BY_REPORTS);
	assert_int_equal(code.how.end, SCANNED_END_REPORT);
	assert_int_equal(code.how.pieces, 3);
	end(&r);
}

static void the_descriptor_says_where_the_data_are(void **state)
{
	/* The bit, then 30 bytes; no number, no count. */
	static const char report[31] = "\0abc";
	struct scanner_code code;
	struct rig r;

	(void)state;
	begin(&r, "058c0902a1017501950109ff81027507810375"
		  "08951e09fe8102c0");
	assert_int_equal(write(r.far, report, sizeof(report)), 31);
	take(&r, &code);
	assert_int_equal(code.len, 3);
	assert_memory_equal(code.bytes, "abc", 3);
	end(&r);
}

static void T53_a_report_that_lies_is_said_not_to_be_whole(void **state)
{
	uint8_t report[REPORT] = {2, 200, ']', 'Q', '1', 'a'};
	struct scanner_code code;
	struct rig r;

	(void)state;
	begin(&r, "");
	assert_int_equal(write(r.far, report, sizeof(report)), REPORT);
	take(&r, &code);
	assert_int_equal(code.len, 0);
	end(&r);
}

static void T46_a_code_without_end_is_too_long(void **state)
{
	uint8_t report[REPORT] = {2, DATA, ']', 'Q', '1', 'a'};
	struct scanner_code code;
	struct err err = {0};
	enum lookup found = LOOKUP_ABSENT;
	struct rig r;

	(void)state;
	begin(&r, "");
	report[REPORT - 1] = 1;
	for (int i = 0; i < 100 && found == LOOKUP_ABSENT; i++) {
		assert_int_equal(write(r.far, report, sizeof(report)), REPORT);
		found = scanner_take(r.scanner, 1000 + i, &code, &err);
	}
	assert_int_equal(found, LOOKUP_FOUND);
	assert_int_equal(code.len, SCANNER_MAX_BYTES + 1);
	end(&r);
}

static void other_reports_are_passed_over(void **state)
{
	uint8_t report[REPORT] = {3, 1};
	struct scanner_code code;
	struct err err = {0};
	struct rig r;

	(void)state;
	begin(&r, "");
	assert_int_equal(write(r.far, report, sizeof(report)), REPORT);
	assert_int_equal(scanner_take(r.scanner, 1000, &code, &err),
		LOOKUP_ABSENT);
	assert_int_equal(scanner_due(r.scanner), -1);
	end(&r);
}

static void unplugged_is_gone(void **state)
{
	struct scanner_code code;
	struct err err = {0};
	struct rig r;

	(void)state;
	begin(&r, "");
	close(r.far);
	assert_int_equal(scanner_take(r.scanner, 1000, &code, &err),
		LOOKUP_FAILED);
	assert_int_equal(err.code, ERR_GONE);
	r.far = open("/dev/null", O_RDONLY | O_CLOEXEC);
	end(&r);
}

static void only_a_device_is_opened(void **state)
{
	struct err err = {0};
	struct rig r;

	(void)state;
	begin(&r, "");
	assert_null(scanner_hid_open(r.descriptor, NULL, NULL, &err));
	assert_int_equal(err.code, ERR_INVALID);
	assert_null(scanner_hid_open("/dev/hidraw99", NULL, NULL, &err));
	assert_int_equal(err.code, ERR_GONE);
	end(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_long_card_comes_in_three_reports),
		cmocka_unit_test(the_descriptor_says_where_the_data_are),
		cmocka_unit_test(
			T53_a_report_that_lies_is_said_not_to_be_whole),
		cmocka_unit_test(T46_a_code_without_end_is_too_long),
		cmocka_unit_test(other_reports_are_passed_over),
		cmocka_unit_test(unplugged_is_gone),
		cmocka_unit_test(only_a_device_is_opened),
	};

	return cmocka_run_group_tests_name("scanner_hid", tests, NULL, NULL);
}
