#include "core/codec/survey_token.h"

#include <string.h>

#include "core/str.h"
#include "core/utf8.h"

static bool is_word(int c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(int c)
{
	return c >= '0' && c <= '9';
}

static bool is_inner(int c)
{
	return is_word(c) || is_digit(c) || c == '-' || c == '.' || c == ':';
}

/* Quotes, straight ones and those that a word processor makes of them: what
 * ends them; 0: it is none. */
static uint32_t quote_of(uint32_t ch)
{
	if (ch == 0x2018 || ch == 0x2019)
		return '\'';
	if (ch == 0x201c || ch == 0x201d)
		return '"';
	return ch == '\'' || ch == '"' ? ch : 0;
}

static void cut_token(struct survey_tokens *in, const char *from, size_t len)
{
	if (len >= sizeof(in->text))
		len = sizeof(in->text) - 1;
	memcpy(in->text, from, len);
	in->text[len] = '\0';
}

static void read_word(struct survey_tokens *in)
{
	const char *from = in->at;

	while (is_inner((unsigned char)*in->at))
		in->at++;
	in->kind = TOKEN_NAME;
	cut_token(in, from, (size_t)(in->at - from));
}

/* Whole numbers; 1.5 and 12abc are none. */
static void read_number(struct survey_tokens *in)
{
	const char *from = in->at;

	while (is_inner((unsigned char)*in->at) && *in->at != '-')
		in->at++;
	cut_token(in, from, (size_t)(in->at - from));
	in->kind = str_to_int(in->text, 0, INT32_MAX, &in->number)
			   ? TOKEN_NUMBER
			   : TOKEN_BAD;
}

static void trim(char *text)
{
	const char *inner = str_trim(text);

	memmove(text, inner, strlen(inner) + 1);
}

static void read_question(struct survey_tokens *in)
{
	const char *from = in->at + 2;
	const size_t len = strcspn(from, "}");

	cut_token(in, from, len);
	in->kind = from[len] == '}' ? TOKEN_QUESTION : TOKEN_BAD;
	in->at = from + len + (from[len] == '}');
	if (in->kind == TOKEN_QUESTION)
		trim(in->text);
}

static void read_text(struct survey_tokens *in, uint32_t quote)
{
	const char *from = in->at;
	const char *end = from;
	uint32_t ch;

	while ((ch = utf8_next(&in->at)) != 0 && quote_of(ch) != quote)
		end = in->at;
	cut_token(in, from, (size_t)(end - from));
	in->kind = ch != 0 ? TOKEN_TEXT : TOKEN_BAD;
}

static void read_sign(struct survey_tokens *in)
{
	const char *from = in->at;
	const bool pair = from[1] == '=' && strchr("!<>", from[0]);

	utf8_next(&in->at);
	if (pair)
		in->at++;
	in->kind = TOKEN_SIGN;
	cut_token(in, from, (size_t)(in->at - from));
}

void survey_token_next(struct survey_tokens *in)
{
	const char *from;
	uint32_t ch;

	while (*in->at == ' ' || *in->at == '\t')
		in->at++;
	from = in->at;
	ch = utf8_next(&in->at);
	in->text[0] = '\0';
	if (ch == 0) {
		in->kind = TOKEN_END;
		in->at = from;
		return;
	}
	if (quote_of(ch)) {
		read_text(in, quote_of(ch));
		return;
	}
	in->at = from;
	if (is_word((int)ch)) {
		read_word(in);
	} else if (is_digit((int)ch)) {
		read_number(in);
	} else if (from[0] == '$' && from[1] == '{') {
		read_question(in);
	} else if (ch == '.' && from[1] != '.' && !is_digit(from[1])) {
		in->kind = TOKEN_DOT;
		in->at++;
	} else {
		read_sign(in);
	}
}
