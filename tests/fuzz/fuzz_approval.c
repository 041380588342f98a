/*
 * What a scanner reads as an approval: a request, an answer or a card. And
 * whom a request is about, from any name that a list may have.
 */
#include <assert.h>
#include <string.h>

#include "core/codec/approval.h"
#include "core/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* One text for what was read: it is written the same, but for a line end. */
static void must_be(const char *text, const char *back)
{
	const size_t len = strlen(back);

	assert(len < APPROVAL_TEXT_SIZE && strncmp(text, back, len) == 0);
	assert(text[len + strspn(text + len, "\r\n")] == '\0');
}

static void read_texts(const char *text)
{
	char back[APPROVAL_TEXT_SIZE];
	struct approval_request r;
	struct approval_answer a;
	struct approval_card c;

	if (approval_request_parse(text, &r)) {
		assert(approval_kind_of(text) == 'R');
		approval_request_text(&r, back);
		must_be(text, back);
	}
	if (approval_answer_parse(text, &a)) {
		assert(approval_kind_of(text) == 'A');
		approval_answer_text(&a, back);
		must_be(text, back);
	}
	if (approval_card_parse(text, &c))
		assert(approval_kind_of(text) == 'C' && c.number > 0);
}

/* What one terminal shows of a person, the other one reads. */
static void tell_person(const char *line, const char *id12)
{
	struct approval_request r = {.actor = 1};
	struct approval_request read;
	char text[APPROVAL_TEXT_SIZE];
	char name[256];

	if (!text_clean(line, strlen(line), name, sizeof(name), NULL))
		return;
	approval_person(name, id12, r.person);
	approval_request_text(&r, text);
	assert(approval_request_parse(text, &read));
	assert(strcmp(read.person, r.person) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char text[512];
	char *end;

	if (size >= sizeof(text))
		return 0;
	memcpy(text, data, size);
	text[size] = '\0';
	read_texts(text);
	end = text + strcspn(text, "\n");
	tell_person("", *end ? "001144004578" : "");
	if (*end) {
		*end = '\0';
		tell_person(text, "001144004578");
	} else {
		tell_person(text, "");
	}
	return 0;
}
