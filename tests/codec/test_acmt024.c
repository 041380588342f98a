/*
 * A bank's report of ISO 20022 as rows of a list of answers; what is hostile
 * in XML is refused (T49), what is hostile in texts comes out as text (T48).
 */
#include "support/unit.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/codec/acmt024.h"
#include "core/codec/list_in.h"

#define OPEN                                                          \
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Document xmlns" \
	"=\"urn:iso:std:iso:20022:tech:xsd:acmt.024.001.03\">"
#define HEAD                                                              \
	OPEN "<IdVrfctnRpt><Assgnmt><MsgId>B1</MsgId><CreDtTm>2026-12-03" \
	     "T08:00:00+07:00</CreDtTm></Assgnmt>"
#define END "</IdVrfctnRpt></Document>"
#define RPT(inside) "<Rpt><OrgnlId>dev-57</OrgnlId>" inside "</Rpt>"
#define YES "<Vrfctn>true</Vrfctn>"
#define NO "<Vrfctn>false</Vrfctn>"
#define WHY(code) "<Rsn><Cd>" code "</Cd></Rsn>"

/* Rows as their cells with | between. */
static struct report_case {
	const char *name;
	const char *text;
	const char *want;
} reports[] = {
	{"it is his", HEAD RPT(YES) END, "dev-57|||verified|||2026-12-03\n"},
	{"1 is true", HEAD RPT("<Vrfctn> 1 </Vrfctn>") END,
		"dev-57|||verified|||2026-12-03\n"},
	{"a close match that the bank takes", HEAD RPT(YES WHY("PN02")) END,
		"dev-57|||verified||PN02|2026-12-03\n"},
	{"no such account", HEAD RPT(NO WHY("AC01")) END,
		"dev-57|||not_found||AC01|2026-12-03\n"},
	{"another name", HEAD RPT(NO WHY("PN01")) END,
		"dev-57|||name_differs||PN01|2026-12-03\n"},
	{"a number that is somebody else's", HEAD RPT(NO WHY("PI01")) END,
		"dev-57|||name_differs||PI01|2026-12-03\n"},
	{"closed, blocked, not for deposits", HEAD RPT(NO WHY("AG01")) END,
		"dev-57|||closed||AG01|2026-12-03\n"},
	{"the bank says no more than no", HEAD RPT(NO) END,
		"dev-57|||refused|||2026-12-03\n"},
	{"a reason that nobody knows", HEAD RPT(NO WHY("ZZ99")) END,
		"dev-57|||refused||ZZ99|2026-12-03\n"},
	{"a reason in words",
		HEAD RPT(NO "<Rsn><Prtry>không trả lời</Prtry></Rsn>") END,
		"dev-57|||refused||không trả lời|2026-12-03\n"},
	{"no response in time is no answer", HEAD RPT(NO WHY("NORR")) END,
		"dev-57|||no answer||NORR|2026-12-03\n"},
	{"true with a reason that says no", HEAD RPT(YES WHY("AC01")) END,
		"dev-57|||true AC01||AC01|2026-12-03\n"},
	{"neither true nor false", HEAD RPT("<Vrfctn>yes</Vrfctn>") END,
		"dev-57|||yes |||2026-12-03\n"},
	{"no verdict at all", HEAD RPT("") END, "dev-57||||||2026-12-03\n"},
	{"several, each by itself",
		HEAD RPT(NO WHY("AC01")) "<Rpt><OrgnlId>x</OrgnlId>" YES
					 "</Rpt>" END,
		"dev-57|||not_found||AC01|2026-12-03\n"
		"x|||verified|||2026-12-03\n"},
	{"bank and number as we asked, the name as the bank has it",
		HEAD RPT(NO WHY("PN01") "<OrgnlPtyAndAcctId><Pty><Nm>A</Nm>"
					"</Pty><Acct><Id><Othr><Id>27002</Id>"
					"</Othr></Id></Acct><Agt><FinInstnId>"
					"<ClrSysMmbId><MmbId>970405</MmbId>"
					"</ClrSysMmbId></FinInstnId></Agt>"
					"</OrgnlPtyAndAcctId>"
					"<UpdtdPtyAndAcctId><Pty><Nm>LE AN</Nm>"
					"</Pty></UpdtdPtyAndAcctId>") END,
		"dev-57|970405|27002|name_differs|LE AN|PN01|2026-12-03\n"},
	{"in an envelope, with prefixes",
		"<e:Msg xmlns:e=\"urn:x\"><e:AppHdr>1</e:AppHdr><d:Document"
		" xmlns:d=\"urn:iso:std:iso:20022:tech:xsd:acmt.024.001.02\">"
		"<d:IdVrfctnRpt><d:Rpt><d:OrgnlId>dev-57</d:OrgnlId>"
		"<d:Vrfctn>true</d:Vrfctn></d:Rpt></d:IdVrfctnRpt>"
		"</d:Document></e:Msg>",
		"dev-57|||verified|||\n"},
	{"elements that mean nothing to us are passed over",
		HEAD RPT(YES "<SplmtryData><Vrfctn>false</Vrfctn>"
			     "</SplmtryData>") END,
		"dev-57|||verified|||2026-12-03\n"},
	{"T48: what looks like a formula or markup is text",
		HEAD RPT(NO "<Rsn><Prtry>=cmd|'/c calc'!A1 &lt;b&gt;"
			    "<![CDATA[</Rpt>]]></Prtry></Rsn>") END,
		"dev-57|||refused||=cmd|'/c calc'!A1 <b></Rpt>|2026-12-03\n"},
	{"T49: entities that grow are refused with their DOCTYPE",
		"<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]>"
		"<Document>&b;</Document>",
		"failed: it declares a DOCTYPE"},
	{"T49: so is a DOCTYPE that fetches a file",
		"<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><Document/>",
		"failed: it declares a DOCTYPE"},
	{"T49: an entity that nobody declared", HEAD RPT("&boom;") END,
		"failed: line 2: undefined entity"},
	{"T49: nested without end",
		HEAD "<a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a>"
		     "<a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a>",
		"failed: nested too deeply"},
	{"another message",
		"<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:"
		"pain.002.001.10\"><CstmrPmtStsRpt/></Document>",
		"failed: it is XML, but no acmt.024 of ISO 20022"},
	{"XML of anything else", "<html><body/></html>",
		"failed: it is XML, but no acmt.024 of ISO 20022"},
	{"two messages in one envelope",
		"<m>"
		"<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:"
		"acmt.024.001.03\"/><Document xmlns=\"urn:iso:std:iso:20022:"
		"tech:xsd:acmt.024.001.03\"/></m>",
		"failed: more than one message"},
	{"no report in it", HEAD END, "failed: no report is in it"},
	{"cut off in the middle", HEAD "<Rpt><OrgnlId>dev",
		"failed: line 2: no element found"},
};

struct from {
	const char *text;
	size_t len;
};

static int64_t read_at(void *ctx, int64_t at, void *out, size_t len)
{
	const struct from *f = ctx;

	if ((size_t)at >= f->len)
		return 0;
	/* In small pieces, so that texts come in several. */
	if (len > f->len - (size_t)at)
		len = f->len - (size_t)at;
	if (len > 7 && at > 0)
		len = 7;
	memcpy(out, f->text + at, len);
	return (int64_t)len;
}

struct heard {
	struct buf told;
	int rows;
	int stop_at;
	char text[4096];
};

static bool on_row(void *ctx, const struct cells *row)
{
	struct heard *h = ctx;

	assert_int_equal(row->row, ++h->rows);
	for (int i = 0; h->rows > 1 && i < row->count; i++)
		buf_printf(&h->told, "%s%.*s", i ? "|" : "",
			(int)row->cell[i].len, row->cell[i].text);
	if (h->rows > 1)
		buf_printf(&h->told, "\n");
	return h->rows != h->stop_at;
}

static void hear(struct heard *h, const char *text, struct err *err)
{
	struct from f = {text, strlen(text)};
	const struct cells_file file = {&f, (int64_t)f.len, read_at};
	const struct cells_sink sink = {h, on_row};
	char sheet[SHEET_NAME_SIZE];

	buf_init(&h->told, h->text, sizeof(h->text));
	/* As the child does, which has to see that it is XML. */
	assert_true(acmt024_is(text, f.len));
	list_in_read(&file, LIST_ANSWERS, &sink, sheet, err);
}

static void check_report(void **state)
{
	const struct report_case *row = *state;
	struct heard h = {.rows = 0};
	struct err err = {0};

	hear(&h, row->text, &err);
	if (err.code != ERR_NONE) {
		assert_int_equal(err.code, ERR_INVALID);
		buf_clear(&h.told);
		buf_printf(&h.told, "failed: %s", err.text);
	}
	assert_string_equal(buf_text(&h.told), row->want);
}

static void the_sink_may_stop(void **state)
{
	struct heard h = {.stop_at = 2};
	struct err err = {0};

	(void)state;
	hear(&h, HEAD RPT(YES) RPT(YES) END, &err);
	assert_int_equal(err.code, ERR_BUSY);
	assert_int_equal(h.rows, 2);
}

static void a_text_without_end_is_refused(void **state)
{
	struct heard h = {.rows = 0};
	struct err err = {0};
	char *text = malloc(8192);
	size_t len;

	(void)state;
	assert_non_null(text);
	len = (size_t)snprintf(text, 8192, "%s<Rpt><OrgnlId>", HEAD);
	memset(text + len, 'x', 8191 - len);
	text[8191] = '\0';
	hear(&h, text, &err);
	assert_int_equal(err.code, ERR_INVALID);
	assert_non_null(strstr(err.text, "is too long"));
	free(text);
}

static void only_xml_is_taken_for_it(void **state)
{
	(void)state;
	assert_true(acmt024_is("<", 1));
	assert_true(acmt024_is("\xef\xbb\xbf \r\n<?xml", 11));
	assert_false(acmt024_is("unit_code,answer", 16));
	assert_false(acmt024_is("\xef\xbb\xbf"
				"unit",
		7));
	assert_false(acmt024_is("PK\x03\x04", 4));
	assert_false(acmt024_is("", 0));
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(reports) + 3] = {
		cmocka_unit_test(the_sink_may_stop),
		cmocka_unit_test(a_text_without_end_is_refused),
		cmocka_unit_test(only_xml_is_taken_for_it),
	};
	size_t n = 3;

	UNIT_ADD_ROWS(tests, &n, reports, check_report);
	return cmocka_run_group_tests_name("acmt024", tests, NULL, NULL);
}
