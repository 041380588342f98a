/* What a status byte says, and which bytes are none. */
#include "support/unit.h"

#include <string.h>

#include "drivers/printer/printer_reply.h"

struct row {
	const char *name;
	int n;
	uint8_t byte;
	struct printer_status says;
};

static struct row rows[] = {
	{"1: on line", 1, 0x12, {.online = true}},
	{"1: the drawer's pin is high", 1, 0x16,
		{.online = true, .drawer_high = true}},
	{"1: off line", 1, 0x1a, {.online = false}},
	{"2: all well", 2, 0x12, {0}},
	{"2: cover open", 2, 0x16, {.cover_open = true}},
	{"2: stopped, no paper", 2, 0x32, {.paper_out = true}},
	{"3: all well", 3, 0x12, {0}},
	{"3: the cutter is stuck", 3, 0x1a, {.broken = true}},
	{"3: beyond recovery", 3, 0x32, {.broken = true}},
	{"3: the head is too hot", 3, 0x52, {.overheated = true}},
	{"4: paper", 4, 0x12, {0}},
	{"4: nearly out", 4, 0x1e, {.paper_low = true}},
	{"4: out", 4, 0x72, {.paper_out = true}},
	{"4: out, and so nearly out", 4, 0x7e,
		{.paper_low = true, .paper_out = true}},
};

static void assert_same(const struct printer_status *got,
	const struct printer_status *says)
{
	assert_int_equal(got->online, says->online);
	assert_int_equal(got->cover_open, says->cover_open);
	assert_int_equal(got->paper_out, says->paper_out);
	assert_int_equal(got->paper_low, says->paper_low);
	assert_int_equal(got->broken, says->broken);
	assert_int_equal(got->overheated, says->overheated);
	assert_int_equal(got->drawer_high, says->drawer_high);
}

struct asb_row {
	const char *name;
	uint8_t bytes[PRINTER_REPLY_ASB];
	bool is_one;
	struct printer_status says;
};

static struct asb_row asb_rows[] = {
	{"ASB: all well", {0x10, 0, 0, 0}, true, {.online = true}},
	{"ASB: cover open", {0x38, 0, 0, 0}, true, {.cover_open = true}},
	{"ASB: the drawer's pin is high", {0x14, 0, 0, 0}, true,
		{.online = true, .drawer_high = true}},
	{"ASB: the cutter is stuck", {0x18, 0x08, 0, 0}, true,
		{.broken = true}},
	{"ASB: too hot", {0x18, 0x40, 0, 0}, true, {.overheated = true}},
	{"ASB: near the end", {0x10, 0, 0x03, 0x0f}, true,
		{.online = true, .paper_low = true}},
	{"ASB: no paper", {0x18, 0, 0x0f, 0}, true,
		{.paper_low = true, .paper_out = true}},
	{"ASB: a DLE EOT answer is none", {0x12, 0, 0, 0}, false, {0}},
	{"ASB: its second byte has a fixed 0", {0x10, 0x10, 0, 0}, false, {0}},
	{"ASB: its last byte has, too", {0x10, 0, 0, 0x80}, false, {0}},
};

static void run_asb_row(void **state)
{
	const struct asb_row *row = *state;
	struct printer_status got = {0};

	assert_int_equal(printer_reply_read_asb(row->bytes, &got), row->is_one);
	assert_int_equal(got.known, row->is_one);
	assert_same(&got, &row->says);
}

static void run_row(void **state)
{
	const struct row *row = *state;
	struct printer_status got = {0};

	assert_true(printer_reply_is_status(row->byte));
	printer_reply_read(row->n, row->byte, &got);
	assert_same(&got, &row->says);
	assert_int_equal(got.drawer_known, row->n == 1);
}

static void only_the_form_0xx1xx10_is_a_status(void **state)
{
	int count = 0;

	(void)state;
	for (int b = 0; b < 256; b++) {
		const int form =
			(b >> 7) == 0 && ((b >> 4) & 1) == 1 && (b & 3) == 2;

		assert_int_equal(printer_reply_is_status((uint8_t)b), form);
		count += form;
	}
	assert_int_equal(count, 16);
}

/* A line that says what the script has for each question. An ASB of zeros
 * cannot be a C string: '~' stands for 0. */
struct script {
	const char *old; /* lies there before the first question */
	const char *answer[4];
	int asked;
	bool talks_for_ever;
	enum err_code send_fails;
};

static bool script_send(void *user, const uint8_t *bytes, size_t len,
	int timeout_ms, struct err *err)
{
	struct script *s = user;

	(void)timeout_ms;
	assert_int_equal(len, 3);
	assert_memory_equal(bytes, "\x10\x04", 2);
	if (s->send_fails)
		return err_set(err, s->send_fails, 0, "told to fail");
	s->old = s->answer[s->asked++];
	return true;
}

static bool script_receive(void *user, uint8_t *bytes, size_t size,
	int timeout_ms, size_t *got, struct err *err)
{
	struct script *s = user;

	(void)timeout_ms;
	(void)err;
	*got = s->old ? strlen(s->old) : 0;
	assert_true(*got <= size);
	for (size_t i = 0; i < *got; i++)
		bytes[i] = s->old[i] == '~' ? 0 : (uint8_t)s->old[i];
	if (!s->talks_for_ever)
		s->old = NULL;
	return true;
}

struct talk {
	const char *name;
	struct script script;
	bool ok;
	bool known;
	bool paper_out;
};

static struct talk talks[] = {
	{"three good answers", {.answer = {"\x12", "\x12", "\x12"}}, true, true,
		false},
	{"answers inside a picture came before: drained",
		{.old = "\x72\x72", .answer = {"\x12", "\x12", "\x12"}}, true,
		true, false},
	{"out of paper", {.answer = {"\x1a", "\x32", "\x72"}}, true, true,
		true},
	{"never answers", {.answer = {0}}, true, false, false},
	{"stops answering", {.answer = {"\x12", "\x32"}}, true, false, false},
	{"T52 no status byte", {.answer = {"\xff", "\x12", "\x12"}}, true,
		false, false},
	{"T52 an answer that is not alone",
		{.answer = {"\x12\x72", "\x12", "\x12"}}, true, false, false},
	{"T52 talks without end",
		{.old = "\x12\x12\x12\x12", .talks_for_ever = true}, true,
		false, false},
	{"an error is asked about",
		{.answer = {"\x1a", "\x52", "\x1a", "\x12"}}, true, true,
		false},
	{"an error that it does not explain",
		{.answer = {"\x1a", "\x52", NULL, "\x12"}}, true, false, false},
	{"ASB around an answer is set aside",
		{.answer = {"\x10~~~\x12", "\x12\x10~~~", "\x12"}}, true, true,
		false},
	{"ASB alone, and no answer: it is believed", {.answer = {"\x18~\x0f~"}},
		true, true, true},
	{"ASB that came before, and no answer: believed", {.old = "\x18~\x0f~"},
		true, true, true},
	{"T52 half an ASB", {.answer = {"\x18~\x0f"}}, true, false, false},
	{"takes no question: silent, not broken", {.send_fails = ERR_TIMEOUT},
		true, false, false},
	{"gone", {.send_fails = ERR_GONE}, false, false, false},
};

static void run_talk(void **state)
{
	struct talk *talk = *state;
	int silent = 0;
	const struct printer_line line = {script_send, script_receive,
		&talk->script, &silent};
	struct printer_status got = {0};
	struct err err = {0};

	assert_int_equal(printer_reply_ask(&line, 500, &got, &err), talk->ok);
	assert_int_equal(got.known, talk->known);
	assert_int_equal(got.paper_out, talk->paper_out);
}

/* Or every receipt would wait for it. */
static void a_silent_printer_is_not_asked_for_ever(void **state)
{
	struct script script = {0};
	int silent = 0;
	const struct printer_line line = {script_send, script_receive, &script,
		&silent};
	struct printer_status got = {0};
	struct err err = {0};

	(void)state;
	for (int i = 0; i < 5; i++) {
		assert_true(printer_reply_ask(&line, 500, &got, &err));
		assert_false(got.known);
	}
	assert_int_equal(script.asked, PRINTER_REPLY_STRIKES);
}

/* It speaks when it likes: that costs no waiting. */
static void asb_is_heard_where_nothing_is_asked_any_more(void **state)
{
	struct script script = {.old = "\x18~\x0f~"};
	int silent = PRINTER_REPLY_STRIKES;
	const struct printer_line line = {script_send, script_receive, &script,
		&silent};
	struct printer_status got = {0};
	struct err err = {0};

	(void)state;
	assert_true(printer_reply_ask(&line, 500, &got, &err));
	assert_true(got.known && got.unasked && got.paper_out);
	assert_int_equal(script.asked, 0);
	assert_int_equal(silent, PRINTER_REPLY_STRIKES);
}

static void an_answer_makes_up_for_silence(void **state)
{
	struct script script = {.answer = {"\x12", "\x12", "\x12"}};
	int silent = PRINTER_REPLY_STRIKES - 1;
	const struct printer_line line = {script_send, script_receive, &script,
		&silent};
	struct printer_status got = {0};
	struct err err = {0};

	(void)state;
	assert_true(printer_reply_ask(&line, 500, &got, &err));
	assert_true(got.known);
	assert_int_equal(silent, 0);
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows) + COUNT_OF(asb_rows) +
				COUNT_OF(talks) + 4];
	size_t n = 0;

	UNIT_ADD_ROWS(tests, &n, asb_rows, run_asb_row);
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		tests[n++] = (struct CMUnitTest){.name = rows[i].name,
			.test_func = run_row,
			.initial_state = &rows[i]};
	for (size_t i = 0; i < COUNT_OF(talks); i++)
		tests[n++] = (struct CMUnitTest){.name = talks[i].name,
			.test_func = run_talk,
			.initial_state = &talks[i]};
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(only_the_form_0xx1xx10_is_a_status);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(asb_is_heard_where_nothing_is_asked_any_more);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(a_silent_printer_is_not_asked_for_ever);
	tests[n] = (struct CMUnitTest)
		cmocka_unit_test(an_answer_makes_up_for_silence);
	return cmocka_run_group_tests_name("printer_reply", tests, NULL, NULL);
}
