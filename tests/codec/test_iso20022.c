/*
 * Messages to banks: texts in the characters that all of them take, ids that
 * say whose they are, and the elements in the order of the message
 * definitions (acmt.023.001.03, pain.001.001.09).
 */
#include "support/unit.h"

#include <expat.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/codec/iso20022.h"

#define DEV "0123456789abcdef0123456789abcdef"

/* ---- texts ------------------------------------------------------------------ */

static struct text_case {
	const char *name;
	const char *text;
	const char *want;
} texts[] = {
	{"marks go, letters become capitals", "Nguyễn Thị Đẹp",
		"NGUYEN THI DEP"},
	{"decomposed letters are the same", "Nguye\xcc\x82\xcc\x83n", "NGUYEN"},
	{"a name of the highlands keeps its sign", "H'Mẫu Êban", "H'MAU EBAN"},
	{"signs that banks take stay", "Phòng LĐ-TB/XH (kỳ 12), số 1.2+3?:",
		"PHONG LD-TB/XH (KY 12), SO 1.2+3?:"},
	{"what XML would escape is a blank", "A & B <c> \"d\" e", "A B C D E"},
	{"a formula is only its signs and letters", "=cmd|'/c calc'!A1",
		"CMD'/C CALC'A1"},
	{"tabs, line ends and controls are blanks", "a\tb\r\nc\x1b[1m",
		"A B C 1M"},
	{"another script is left out", "Лан An", "AN"},
	{"no stroke at either end, nor two", "//a//b/", "A/B"},
	{"blanks are single, none at an end", "  a   b  ", "A B"},
	{"nothing is nothing", "", ""},
	{"only what nobody takes is nothing", "*** ###", ""},
};

static void check_text(void **state)
{
	const struct text_case *row = *state;
	char out[ISO20022_NAME_SIZE];

	iso20022_text(row->text, out, sizeof(out));
	assert_string_equal(out, row->want);
}

static void a_long_text_is_cut(void **state)
{
	char out[6];

	(void)state;
	iso20022_text("abcd efgh", out, sizeof(out));
	assert_string_equal(out, "ABCD");
}

/* ---- ids -------------------------------------------------------------------- */

static struct id_case {
	const char *name;
	const char *id;
	bool ours;
	uint64_t seq;
} ids[] = {
	{"an account of this terminal", "0123456789abcdef-57", true, 57},
	{"in capitals, as some banks send it", "0123456789ABCDEF-57", true, 57},
	{"of another terminal", "1123456789abcdef-57", false, 0},
	{"a message is no account", "0123456789abcdef-57-1", false, 0},
	{"a zero in front", "0123456789abcdef-057", false, 0},
	{"record 0", "0123456789abcdef-0", false, 0},
	{"no number", "0123456789abcdef-", false, 0},
	{"no stroke", "0123456789abcdef", false, 0},
	{"nothing", "", false, 0},
};

static void check_id(void **state)
{
	const struct id_case *row = *state;
	uint64_t seq = 0;

	assert_int_equal(iso20022_id_read(row->id, DEV, &seq), row->ours);
	if (row->ours)
		assert_int_equal(seq, row->seq);
}

static void the_longest_id_fits(void **state)
{
	char id[ISO20022_ID_SIZE];

	(void)state;
	iso20022_id(DEV, 1234567890123, 128, id);
	assert_string_equal(id, "0123456789abcdef-1234567890123-128");
	iso20022_id(DEV, 7, 0, id);
	assert_string_equal(id, "0123456789abcdef-7");
}

/* ---- messages, as another parser sees them ----------------------------------- */

/* "Document{GrpHdr{MsgId{x}}}", without blanks between elements. */
static char heard[16384];
static struct buf said;

static void XMLCALL on_start(void *ctx, const char *name, const char **attrs)
{
	(void)ctx;
	buf_printf(&said, "%s", name);
	for (int i = 0; attrs[i]; i += 2)
		buf_printf(&said, "[%s]", attrs[i + 1]);
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
	if (len != 1 || text[0] != '\n')
		buf_put(&said, text, (size_t)len);
}

static const char *parse(struct buf *xml)
{
	XML_Parser p = XML_ParserCreate(NULL);

	assert_non_null(p);
	assert_false(xml->full);
	buf_init(&said, heard, sizeof(heard));
	XML_SetElementHandler(p, on_start, on_end);
	XML_SetCharacterDataHandler(p, on_text);
	if (XML_Parse(p, (const char *)xml->data, (int)xml->len, 1) !=
		XML_STATUS_OK)
		fail_msg("%s", XML_ErrorString(XML_GetErrorCode(p)));
	XML_ParserFree(p);
	return buf_text(&said);
}

static struct account account(const char *bin, const char *number)
{
	struct account a;

	assert_int_equal(account_check(bin, number, &a), ACCOUNT_FINE);
	return a;
}

static const struct iso20022_head head = {.id = "0123456789abcdef-99-1",
	.t = 1796093525000,
	.office = "Bưu điện Cẩm Khê <&>",
	.office_id = "PT/01"};

#define WHEN "2026-12-01T09:52:05+07:00"
#define ORDERER                            \
	"Nm{BUU DIEN CAM KHE}Id{OrgId{Oth" \
	"r{Id{PT/01}}}}"
#define AGRIBANK AGENT("970405", "AGRIBANK")
#define AGENT(bin, name)                                                \
	"{FinInstnId{ClrSysMmbId{ClrSysId{Prtry{NAPAS}}MmbId{" bin "}}" \
	"Nm{" name "}}}"

static void acmt023_is_as_defined(void **state)
{
	const struct account a = account("970405", "1500205123456");
	const struct iso20022_check one = {.id = "0123456789abcdef-57",
		.owner = "Nguyễn Thị Đẹp",
		.owner_id = "025145004578",
		.holder = "NGUYEN THI DEP",
		.account = &a};
	const struct iso20022_check two = {.id = "0123456789abcdef-58",
		.owner = "=cmd|'/c calc'!A1 <Vrfctn>&lt;",
		.owner_id = "",
		.holder = "]]></Nm>",
		.account = &a};
	uint8_t bytes[3 * ISO20022_PIECE];
	struct buf xml;

	(void)state;
	buf_init(&xml, bytes, sizeof(bytes));
	iso20022_acmt023_head(&xml, &head, "970405");
	iso20022_acmt023_one(&xml, &one);
	iso20022_acmt023_one(&xml, &two);
	iso20022_acmt023_end(&xml);
	assert_string_equal(parse(&xml),
		"Document[urn:iso:std:iso:20022:tech:xsd:acmt.023.001.03]{"
		"IdVrfctnReq{Assgnmt{MsgId{0123456789abcdef-99-1}"
		"CreDtTm{" WHEN "}Assgnr{Pty{" ORDERER "}}"
		"Assgne{Agt" AGRIBANK "}}"
		"Vrfctn{Id{0123456789abcdef-57}PtyAndAcctId{"
		"Pty{Nm{NGUYEN THI DEP}Id{PrvtId{Othr{Id{025145004578}"
		"SchmeNm{Cd{NIDN}}}}}}"
		"Acct{Id{Othr{Id{1500205123456}}}Nm{NGUYEN THI DEP}}"
		"Agt" AGRIBANK "}}"
		"Vrfctn{Id{0123456789abcdef-58}PtyAndAcctId{"
		"Pty{Nm{CMD C CALC A1 VRFCTN LT}}"
		"Acct{Id{Othr{Id{1500205123456}}}Nm{NM}}"
		"Agt" AGRIBANK "}}}}");
}

static void pain001_is_as_defined(void **state)
{
	const struct account a = account("970405", "1500205123456");
	struct iso20022_debtor d = {.name = "Kho bạc Cẩm Khê",
		.account = account("970415", "3741"),
		.note = "Trợ cấp kỳ 12/2026",
		.count = 1,
		.sum = 1080000};
	const struct iso20022_payment p = {.id = "202612-00112233",
		.name = "Nguyễn Thị Đẹp",
		.account = &a,
		.amount = 1080000};
	uint8_t bytes[3 * ISO20022_PIECE];
	struct buf xml;

	(void)state;
	assert_true(date_make(2026, 12, 3, &d.day));
	buf_init(&xml, bytes, sizeof(bytes));
	iso20022_pain001_head(&xml, &head, &d);
	iso20022_pain001_one(&xml, &d, &p);
	iso20022_pain001_end(&xml);
	assert_string_equal(parse(&xml),
		"Document[urn:iso:std:iso:20022:tech:xsd:pain.001.001.09]{"
		"CstmrCdtTrfInitn{GrpHdr{MsgId{0123456789abcdef-99-1}"
		"CreDtTm{" WHEN "}NbOfTxs{1}CtrlSum{1080000}"
		"InitgPty{" ORDERER "}}"
		"PmtInf{PmtInfId{0123456789abcdef-99-1}PmtMtd{TRF}"
		"NbOfTxs{1}CtrlSum{1080000}PmtTpInf{CtgyPurp{Cd{SSBE}}}"
		"ReqdExctnDt{Dt{2026-12-03}}Dbtr{Nm{KHO BAC CAM KHE}}"
		"DbtrAcct{Id{Othr{Id{3741}}}Ccy{VND}}"
		"DbtrAgt" AGENT("970415",
			"VIETINBANK") "CdtTrfTxInf{PmtId{EndToEndId{202612-"
				      "00112233}}"
				      "Amt{InstdAmt[VND]{1080000}}"
				      "CdtrAgt" AGRIBANK
				      "Cdtr{Nm{NGUYEN THI DEP}}"
				      "CdtrAcct{Id{Othr{Id{1500205123456}}}}"
				      "RmtInf{Ustrd{TRO CAP KY 12/2026}}}}}}");
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(texts) + COUNT_OF(ids) + 4] = {
		cmocka_unit_test(a_long_text_is_cut),
		cmocka_unit_test(the_longest_id_fits),
		cmocka_unit_test(acmt023_is_as_defined),
		cmocka_unit_test(pain001_is_as_defined),
	};
	size_t n = 4;

	UNIT_ADD_ROWS(tests, &n, texts, check_text);
	UNIT_ADD_ROWS(tests, &n, ids, check_id);
	return cmocka_run_group_tests_name("iso20022", tests, NULL, NULL);
}
