/* Answers as OpenRosa's XML, read back by another parser (expat). */
#include "support/unit.h"

#include <expat.h>
#include <stdio.h>
#include <string.h>

#include "core/buf.h"
#include "core/codec/survey_xml.h"
#include "support/surveytext.h"

static const uint8_t dev[16] = {0x12, 0x34, 0x56};

/* "data[id=test version=1]{orx:meta{...}t{a<b}n{7}}" */
static char heard[8192];
static struct buf said;

static void XMLCALL on_start(void *ctx, const char *name, const char **attrs)
{
	(void)ctx;
	buf_printf(&said, "%s", name);
	if (attrs[0]) {
		buf_printf(&said, "[");
		for (int i = 0; attrs[i]; i += 2)
			buf_printf(&said, "%s%s=%s", i ? " " : "", attrs[i],
				attrs[i + 1]);
		buf_printf(&said, "]");
	}
	buf_printf(&said, "{");
}

static void XMLCALL on_end(void *ctx, const char *name)
{
	(void)ctx;
	(void)name;
	buf_printf(&said, "}");
}

static void XMLCALL on_text(void *ctx, const char *text, int len)
{
	(void)ctx;
	buf_put(&said, text, (size_t)len);
}

static const char *parse(struct buf *xml)
{
	XML_Parser p = XML_ParserCreate(NULL);

	assert_non_null(p);
	buf_init(&said, heard, sizeof(heard));
	XML_SetElementHandler(p, on_start, on_end);
	XML_SetCharacterDataHandler(p, on_text);
	if (XML_Parse(p, (const char *)xml->data, (int)xml->len, 1) !=
		XML_STATUS_OK)
		fail_msg("%s", XML_ErrorString(XML_GetErrorCode(p)));
	XML_ParserFree(p);
	return buf_text(&said);
}

static void set(const struct survey *s, struct survey_answers *a,
	const char *name, const char *text)
{
	assert_int_equal(survey_answer_set(s, a, survey_find(s, name), text),
		SURVEY_FINE);
}

static const struct survey *answered(struct survey_answers *a)
{
	const struct survey *s = surveytext(
		",note,hello,Chào\n,text,t,T\n,integer,n,N\n,date,d,D\n"
		",select_one who,w,W\n,text,more,M,,\"selected(${w}, "
		"'other')\"\n,select_multiple many,m,M\n,barcode,b,B\n");

	survey_answers_init(a, s, (struct date){2026, 12, 5});
	set(s, a, "t", "a<b & \"c\" ]]> ăn");
	set(s, a, "n", "-7");
	set(s, a, "d", "02/09/1945");
	set(s, a, "w", "child");
	set(s, a, "m", "c20 c3");
	return s;
}

static void what_comes_out_is_what_was_answered(void **state)
{
	static struct survey_answers a;
	static char bytes[SURVEY_XML_MAX];
	const struct survey *s = answered(&a);
	struct survey_meta meta = {.device = "chitra:12",
		.start = 1796443925000,
		.end = 1796443985000,
		.user = "7"};
	struct err err = {.code = ERR_NONE};
	struct buf xml;

	(void)state;
	survey_instance(dev, 12, meta.instance);
	buf_init(&xml, bytes, sizeof(bytes));
	assert_true(survey_xml_write(s, &a, &meta, &xml, &err));
	assert_string_equal(parse(&xml),
		"data[id=test version=1 "
		"xmlns:orx=http://openrosa.org/xforms]{orx:meta{"
		"orx:instanceID{uuid:ed7953c6-c30a-87d6-b56f-8d68d956fd57}"
		"orx:deviceID{chitra:12}orx:userID{7}"
		"orx:timeStart{2026-12-05T11:12:05+07:00}"
		"orx:timeEnd{2026-12-05T11:13:05+07:00}}"
		"hello{}t{a<b & \"c\" ]]> ăn}n{-7}d{1945-09-02}w{child}"
		"m{c3 c20}b{}}");
}

static void what_is_not_known_is_not_said(void **state)
{
	static struct survey_answers a;
	static char bytes[SURVEY_XML_MAX];
	const struct survey *s = answered(&a);
	struct survey_meta meta = {.instance = "uuid:x"};
	struct err err = {.code = ERR_NONE};
	struct buf xml;

	(void)state;
	buf_init(&xml, bytes, sizeof(bytes));
	set(s, &a, "t", "");
	assert_true(survey_xml_write(s, &a, &meta, &xml, &err));
	assert_non_null(strstr(parse(&xml),
		"{orx:meta{orx:instanceID{uuid:x}}hello{}t{}n{-7}"));
}

/* The same visit is the same instance, another one is not. */
static void an_instance_has_one_name(void **state)
{
	static const uint8_t other[16] = {0x12, 0x34, 0x57};
	char a[SURVEY_INSTANCE_SIZE];
	char b[SURVEY_INSTANCE_SIZE];

	(void)state;
	survey_instance(dev, 12, a);
	survey_instance(dev, 12, b);
	assert_string_equal(a, b);
	assert_int_equal(strlen(a), 41);
	assert_int_equal(a[19], '8'); /* version */
	assert_non_null(strchr("89ab", a[24]));
	survey_instance(dev, 13, b);
	assert_string_not_equal(a, b);
	survey_instance(other, 12, b);
	assert_string_not_equal(a, b);
}

static void without_room_it_is_an_error(void **state)
{
	static struct survey_answers a;
	const struct survey *s = answered(&a);
	struct survey_meta meta = {.instance = "uuid:x"};
	struct err err = {.code = ERR_NONE};
	char bytes[64];
	struct buf xml;

	(void)state;
	buf_init(&xml, bytes, sizeof(bytes));
	assert_false(survey_xml_write(s, &a, &meta, &xml, &err));
	assert_int_equal(err.code, ERR_FULL);
	assert_int_equal(xml.len, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_comes_out_is_what_was_answered),
		cmocka_unit_test(what_is_not_known_is_not_said),
		cmocka_unit_test(an_instance_has_one_name),
		cmocka_unit_test(without_room_it_is_an_error),
	};

	return cmocka_run_group_tests_name("openrosa", tests, NULL, NULL);
}
