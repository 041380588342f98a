/*
 * Any bytes as a questionnaire in text form, as a condition, and as answers.
 * What is taken is written as text that gives the same questionnaire; answers
 * that are read are written as the same bytes.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/codec/survey_answers.h"
#include "core/codec/survey_expr.h"
#include "core/codec/survey_kept.h"
#include "core/codec/survey_out.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct text {
	size_t len;
	char bytes[1024 * 1024];
};

static bool add(void *ctx, const void *bytes, size_t len)
{
	struct text *t = ctx;

	assert(len <= sizeof(t->bytes) - t->len);
	memcpy(t->bytes + t->len, bytes, len);
	t->len += len;
	return true;
}

static void read_form(const uint8_t *data, size_t size)
{
	static struct survey s;
	static struct survey again;
	static struct survey_answers a;
	static struct text text;
	struct err err = {.code = ERR_NONE};

	if (!survey_kept_read(data, size, &s, &err)) {
		assert(err.code == ERR_INVALID || err.code == ERR_NO_MEMORY);
		return;
	}
	text.len = 0;
	assert(survey_out_write(&s, &text, add));
	assert(survey_kept_read(text.bytes, text.len, &again, &err));
	assert(memcmp(s.sha256, again.sha256, sizeof(s.sha256)) == 0);
	survey_answers_init(&a, &s, (struct date){2026, 12, 5});
	for (int i = 0; i < s.questions; i++)
		survey_answer_set(&s, &a, i, "1");
	survey_wrong(&s, &a, NULL);
}

static const struct survey *builtin(void)
{
	static struct survey s;
	struct err err = {.code = ERR_NONE};

	if (s.questions == 0)
		assert(survey_kept_builtin(&s, &err));
	return &s;
}

static void read_answers(const uint8_t *data, size_t size)
{
	static struct survey_answers a;
	uint8_t again[SURVEY_ANSWERS_MAX];

	if (survey_answers_read(builtin(), data, size, &a)) {
		assert(survey_answers_write(builtin(), &a, again) == size);
		assert(memcmp(again, data, size) == 0);
	}
	if (survey_answers_carry(builtin(), data, size, &a))
		assert(survey_answers_write(builtin(), &a, again) > 0);
}

static void read_expr(const uint8_t *data, size_t size)
{
	static struct survey s;
	static struct survey_answers a;
	char text[SURVEY_EXPR_SIZE + 8];
	struct survey_why why;
	uint16_t top;

	if (size >= sizeof(text))
		return;
	memcpy(text, data, size);
	text[size] = '\0';
	s = *builtin();
	if (!survey_expr_read(&s, s.questions - 1, true, text, &top, &why)) {
		assert(why.trouble > SURVEY_TROUBLE_NONE &&
			why.trouble < SURVEY_TROUBLES);
		return;
	}
	survey_answers_init(&a, &s, (struct date){2026, 12, 5});
	survey_expr_true(&s, top, &a);
	survey_answer_set(&s, &a, survey_find(&s, "who"), "other");
	survey_answer_set(&s, &a, survey_find(&s, "km"), "5");
	survey_answer_set(&s, &a, survey_find(&s, "wish"), "home account");
	survey_expr_true(&s, top, &a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	read_form(data, size);
	read_answers(data, size);
	read_expr(data, size);
	return 0;
}
