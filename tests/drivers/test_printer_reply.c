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
	{"1: off line", 1, 0x1a, {.online = false}},
	{"2: all well", 2, 0x12, {0}},
	{"2: cover open", 2, 0x16, {.cover_open = true}},
	{"2: stopped, no paper", 2, 0x32, {.paper_out = true}},
	{"4: paper", 4, 0x12, {0}},
	{"4: nearly out", 4, 0x1e, {.paper_low = true}},
	{"4: out", 4, 0x72, {.paper_out = true}},
	{"4: out, and so nearly out", 4, 0x7e,
		{.paper_low = true, .paper_out = true}},
};

static void run_row(void **state)
{
	const struct row *row = *state;
	struct printer_status got = {0};

	assert_true(printer_reply_is_status(row->byte));
	printer_reply_read(row->n, row->byte, &got);
	assert_int_equal(got.online, row->says.online);
	assert_int_equal(got.cover_open, row->says.cover_open);
	assert_int_equal(got.paper_out, row->says.paper_out);
	assert_int_equal(got.paper_low, row->says.paper_low);
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

/* A line that says what the script has for each question. */
struct script {
	const char *old; /* lies there before the first question */
	const char *answer[3];
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
	if (*got > 0)
		memcpy(bytes, s->old, *got);
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
	struct CMUnitTest tests[COUNT_OF(rows) + COUNT_OF(talks) + 3];
	size_t n = 0;

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
		cmocka_unit_test(a_silent_printer_is_not_asked_for_ever);
	tests[n] = (struct CMUnitTest)
		cmocka_unit_test(an_answer_makes_up_for_silence);
	return cmocka_run_group_tests_name("printer_reply", tests, NULL, NULL);
}
