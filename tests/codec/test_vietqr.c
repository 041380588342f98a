/*
 * VietQR: every payload of tests/data/vietqr_vectors.txt, and rows of our own
 * for what goes wrong. Bodies without a CRC get a right one here.
 */
#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/codec/vietqr.h"
#include "core/str.h"

enum {
	VECTORS = 22, /* payloads of the file; fewer: it was not read */
	LINE_SIZE = 1024
};

/* ---- the file ---- */

struct vector {
	char name[160];
	char payload[512];
	char wanted[256]; /* "bin=… acct=… svc=…; 62=[…]; 54=…" */
};

static struct vector vectors[VECTORS];

/* What the file says of a payload that we refuse, by its CRC. */
static const struct {
	const char *crc;
	const char *code;
} refused[] = {
	{"F4E5", "bad_length"},
	{"95B6", "bad_length"},
	{"32F8", "bad_length"},
	{"7685", "not_transfer"},
};

static const char *crc_of(const struct vector *v)
{
	return v->payload + strlen(v->payload) - 4;
}

static const char *refusal_of(const struct vector *v)
{
	for (size_t i = 0; i < COUNT_OF(refused); i++)
		if (strcmp(crc_of(v), refused[i].crc) == 0)
			return refused[i].code;
	return "";
}

/* "('970405', '1500205123456') 0002…": what is wanted stands in front. */
static void add_built(struct vector *v, const char *line)
{
	char bin[16];
	char number[32];

	if (sscanf(line, "('%15[0-9]', '%31[0-9A-Z]')", bin, number) == 2)
		snprintf(v->wanted, sizeof(v->wanted),
			"bin=%s acct=%s svc=QRIBFTTA", bin, number);
	else if (strstr(line, "bin="))
		str_copy(v->wanted, sizeof(v->wanted), strstr(line, "bin="));
}

static size_t read_vectors(void)
{
	FILE *in = fopen("tests/data/vietqr_vectors.txt", "r");
	char title[LINE_SIZE] = "";
	char line[LINE_SIZE];
	size_t n = 0;

	while (in && fgets(line, sizeof(line), in)) {
		char *at = strstr(line, "000201");
		char name[96];
		struct vector *v = &vectors[n];

		line[strcspn(line, "\n")] = '\0';
		if (at && n < VECTORS) {
			char *end = strstr(at, " (");

			end = end ? end : strstr(at, " True");
			add_built(v, line);
			if (end)
				*end = '\0';
			str_copy(v->payload, sizeof(v->payload), at);
			snprintf(name, sizeof(name), "vector %s: %.60s",
				crc_of(v), v->wanted[0] ? v->wanted : title);
			str_copy(v->name, sizeof(v->name), name);
			n++;
		} else if (n > 0 && strncmp(line, "    ", 4) == 0 &&
			   !vectors[n - 1].wanted[0]) {
			str_copy(vectors[n - 1].wanted, 256, line + 4);
		} else {
			str_copy(title, sizeof(title), line);
		}
	}
	if (in)
		fclose(in);
	return n;
}

/* The text behind key up to mark, "" if there is no key. */
static const char *wanted(const struct vector *v, const char *key, char mark,
	char out[LINE_SIZE])
{
	const char *at = strstr(v->wanted, key);
	size_t len;

	out[0] = '\0';
	if (!at)
		return out;
	at += strlen(key);
	len = strcspn(at, (char[]){mark, '\0'});
	memcpy(out, at, len);
	out[len] = '\0';
	return out;
}

static void is_as_the_file_says(void **state)
{
	const struct vector *v = *state;
	char text[LINE_SIZE];
	struct vietqr got;
	const enum vietqr_verdict verdict =
		vietqr_read(v->payload, strlen(v->payload), &got);

	assert_string_equal(vietqr_code(verdict, got.fault), refusal_of(v));
	if (verdict != VIETQR_OK) {
		assert_string_equal(got.account.number, "");
		return;
	}
	assert_string_equal(got.account.bin, wanted(v, "bin=", ' ', text));
	assert_string_equal(got.account.number, wanted(v, "acct=", ' ', text));
	wanted(v, "svc=", ' ', text);
	text[8] = '\0';
	assert_string_equal(text, got.to_card ? "QRIBFTTC" : "QRIBFTTA");
	assert_int_equal(got.amount,
		strtoll(wanted(v, " 54=", ';', text), NULL, 10));
	assert_string_equal(got.bill, wanted(v, "('01', '", '\'', text));
	assert_string_equal(got.reference, wanted(v, "('05', '", '\'', text));
	assert_string_equal(got.purpose, wanted(v, "('08', '", '\'', text));
	assert_int_equal(got.dynamic, v->payload[11] == '2');
	assert_string_equal(got.name, "");
	assert_int_equal(got.account.notes, 0);
}

/* What we read comes back byte for byte, but for tags of others (80). */
static void comes_back(void **state)
{
	const struct vector *v = *state;
	char made[VIETQR_SIZE];
	struct vietqr got;
	struct err err;

	if (vietqr_read(v->payload, strlen(v->payload), &got) != VIETQR_OK)
		return;
	assert_true(vietqr_make(&got, made, &err));
	if (strcmp(crc_of(v), "EBC8") == 0)
		assert_null(strstr(made, "8003046"));
	else
		assert_string_equal(made, v->payload);
}

/* ---- rows of our own ---- */

#define HEAD "000201010211"
#define ACB "38530010A0000007270123000697041601092576788590208QRIBFTTA"
#define TAIL "53037045802VN"

/* Put tag 63 behind a body. */
static const char *sealed(const char *body, char out[LINE_SIZE])
{
	const int n = snprintf(out, LINE_SIZE, "%s6304", body);

	snprintf(out + n, 5, "%04X", (unsigned)vietqr_crc(out, (size_t)n));
	return out;
}

struct body_row {
	const char *name;
	const char *body;
	enum vietqr_verdict verdict;
	const char *number;
	int64_t amount;
	const char *purpose;
};

#define GOOD VIETQR_OK, "257678859"
#define BAD(verdict) (verdict), "", 0, ""

static struct body_row body_rows[] = {
	{"static", HEAD ACB TAIL, GOOD, 0, ""},
	{"without tag 01", "000201" ACB TAIL, GOOD, 0, ""},
	{"tags in another order", "000201" TAIL ACB "010211", GOOD, 0, ""},
	{"elements of 38 in another order",
		HEAD "38530208QRIBFTTA01230109257678859000697041600"
		     "10A000000727" TAIL,
		GOOD, 0, ""},
	{"an amount", HEAD ACB "5406540000" TAIL, GOOD, 540000, ""},
	{"13 digits of amount", HEAD ACB "54139999999999999" TAIL, GOOD,
		9999999999999, ""},
	{"an amount of nothing", HEAD ACB "54010" TAIL, GOOD, 0, ""},
	{"zeros in front of an amount", HEAD ACB "54040100" TAIL, GOOD, 100,
		""},
	{"a purpose in UTF-8, as long as its bytes",
		HEAD ACB TAIL "62260822Thanh toán hóa đơn", GOOD, 0,
		"Thanh toán hóa đơn"},
	{"a purpose in NFD becomes NFC", HEAD ACB TAIL "62100806Hoa\u0301 ",
		GOOD, 0, "Hoá"},
	{"95 bytes of purpose, all that 62 has room for",
		HEAD ACB TAIL
		"629908951234567890123456789012345678901234567890"
		"1234567890123456789012345678901234567890123456789012345",
		GOOD, 0,
		"123456789012345678901234567890123456789012345678901234567890"
		"12345678901234567890123456789012345"},
	{"a merchant's codes beside", "0002010102112606000212" ACB TAIL, GOOD,
		0, ""},
	{"tags of others behind", HEAD ACB TAIL "8003046", GOOD, 0, ""},
	{"tags of others inside 38",
		HEAD "38590010A0000007270123000697041601092576788590208QRIBFTTA"
		     "0502xx" TAIL,
		GOOD, 0, ""},

	{"a purpose counted in characters",
		HEAD ACB TAIL "62220818Thanh toán hóa đơn",
		BAD(VIETQR_BAD_LENGTH)},
	{"a length of 38.01 that cuts the number",
		HEAD "38530010A0000007270122000697041601092576788590208"
		     "QRIBFTTA" TAIL,
		BAD(VIETQR_BAD_LENGTH)},
	{"a length of the number that cuts it",
		HEAD "38530010A0000007270123000697041601082576788590208"
		     "QRIBFTTA" TAIL,
		BAD(VIETQR_BAD_LENGTH)},
	{"a length of 38.01 that takes in the service",
		HEAD "38530010A0000007270135000697041601092576788590208"
		     "QRIBFTTA" TAIL,
		BAD(VIETQR_BAD_LENGTH)},
	{"a length of 38 that takes in the currency",
		HEAD "38600010A0000007270123000697041601092576788590208"
		     "QRIBFTTA" TAIL,
		BAD(VIETQR_INCOMPLETE)},
	{"an empty element", HEAD ACB TAIL "5900", BAD(VIETQR_BAD_LENGTH)},
	{"a strange element of 38.01",
		HEAD "38590010A000000727012900069704160502xx01092576788590208"
		     "QRIBFTTA" TAIL,
		BAD(VIETQR_BAD_LENGTH)},
	{"two tags 38", HEAD ACB ACB TAIL, BAD(VIETQR_REPEATED)},
	{"two numbers",
		HEAD "38660010A00000072701360006970416010925767885901092576788"
		     "580208QRIBFTTA" TAIL,
		BAD(VIETQR_REPEATED)},
	{"00 is not the first", "010211000201" ACB TAIL,
		BAD(VIETQR_BAD_FORMAT)},
	{"another version", "000202010211" ACB TAIL, BAD(VIETQR_BAD_FORMAT)},
	{"neither static nor dynamic", "000201010213" ACB TAIL,
		BAD(VIETQR_BAD_FORMAT)},
	{"no account at all", HEAD TAIL, BAD(VIETQR_NOT_TRANSFER)},
	{"a merchant of VNPAY in another tag",
		HEAD "27190010A0000007750101x" TAIL, BAD(VIETQR_IS_VNPAY)},
	{"a merchant of VNPAY in tag 38",
		HEAD "38220010A00000077501041234" TAIL, BAD(VIETQR_IS_VNPAY)},
	{"a merchant's code of NAPAS",
		HEAD
		"38520010A00000072701240006970416011010710012340206QRPUSH" TAIL,
		BAD(VIETQR_IS_PUSH)},
	{"a machine's cash without a receiver",
		HEAD "38240010A0000007270206QRCASH" TAIL,
		BAD(VIETQR_NOT_TRANSFER)},
	{"cash from a machine",
		HEAD "38530010A000000727012500069704160111001234567800206QRCAS"
		     "H" TAIL,
		BAD(VIETQR_NOT_TRANSFER)},
	{"a scheme of somebody else", HEAD "38220010A00000012301041234" TAIL,
		BAD(VIETQR_NOT_TRANSFER)},
	{"a card company's tag only", HEAD "02164111111111111111" TAIL,
		BAD(VIETQR_NOT_TRANSFER)},
	{"no service",
		HEAD "38410010A00000072701230006970416010925767"
		     "8859" TAIL,
		BAD(VIETQR_INCOMPLETE)},
	{"no receiver", HEAD "38260010A0000007270208QRIBFTTA" TAIL,
		BAD(VIETQR_INCOMPLETE)},
	{"no number", HEAD "38400010A000000727011000069704160208QRIBFTTA" TAIL,
		BAD(VIETQR_INCOMPLETE)},
	{"no BIN", HEAD "38430010A000000727011301092576788590208QRIBFTTA" TAIL,
		BAD(VIETQR_INCOMPLETE)},
	{"no currency", HEAD ACB "5802VN", BAD(VIETQR_INCOMPLETE)},
	{"no country", HEAD ACB "5303704", BAD(VIETQR_INCOMPLETE)},
	{"dollars", HEAD ACB "53038405802VN", BAD(VIETQR_BAD_CURRENCY)},
	{"Thailand", HEAD ACB "53037045802TH", BAD(VIETQR_BAD_COUNTRY)},
	{"14 digits of amount", HEAD ACB "541412345678901234" TAIL,
		BAD(VIETQR_BAD_AMOUNT)},
	{"an amount with a fraction", HEAD ACB "540710000.5" TAIL,
		BAD(VIETQR_BAD_AMOUNT)},
	{"an amount with a sign", HEAD ACB "5402-1" TAIL,
		BAD(VIETQR_BAD_AMOUNT)},
	{"an amount in letters", HEAD ACB "5403abc" TAIL,
		BAD(VIETQR_BAD_AMOUNT)},
	{"T41 ESC in the purpose", HEAD ACB TAIL "62090805a\x1b[2J",
		BAD(VIETQR_BAD_TEXT)},
	{"T42 a bidirectional mark in the purpose",
		HEAD ACB TAIL "62080804\u202e1", BAD(VIETQR_BAD_TEXT)},
	{"T46 no UTF-8 in the purpose",
		HEAD ACB TAIL "62070803a\xff"
			      "b",
		BAD(VIETQR_BAD_TEXT)},
	{"T46 no UTF-8 in the name",
		HEAD ACB TAIL "5903a\xff"
			      "b",
		BAD(VIETQR_BAD_TEXT)},
	{"wrong lengths in 62", HEAD ACB TAIL "62060805ab",
		BAD(VIETQR_BAD_LENGTH)},
	{"a BIN of five digits",
		HEAD
		"38520010A000000727012200059704101092576788590208QRIBFTTA" TAIL,
		BAD(VIETQR_BAD_ACCOUNT)},
	{"a blank in the number",
		HEAD "38530010A0000007270123000697041601092576 88590208"
		     "QRIBFTTA" TAIL,
		BAD(VIETQR_BAD_ACCOUNT)},
	{"a number of two digits",
		HEAD "38460010A000000727011600069704160102250208QRIBFTTA" TAIL,
		BAD(VIETQR_BAD_ACCOUNT)},
};

static void reads_body(void **state)
{
	const struct body_row *row = *state;
	char payload[LINE_SIZE];
	struct vietqr got;

	sealed(row->body, payload);
	memset(&got, 0x55, sizeof(got));
	assert_int_equal(vietqr_read(payload, strlen(payload), &got),
		row->verdict);
	assert_string_equal(got.account.number, row->number);
	assert_int_equal(got.amount, row->amount);
	assert_string_equal(got.purpose, row->purpose);
	assert_int_equal(got.fault != ACCOUNT_FINE,
		row->verdict == VIETQR_BAD_ACCOUNT);
}

/* Bytes as they come: frames, two codes, other codes, broken sums. */

#define CODE HEAD ACB TAIL "6304AE9F"
#define OTHER                                                               \
	"00020101021138570010A00000072701270006970405011315002051234560208" \
	"QRIBFTTA53037045802VN6304FE3C"
#define CARD "001145000112|012345678|Nguyễn Thị Thử|02091945|Nữ|Ô Diên|01072024"

struct bytes_row {
	const char *name;
	const char *bytes;
	const char *code; /* for scripts; "" is good */
	enum vietqr_verdict verdict;
};

static struct bytes_row bytes_rows[] = {
	{"as published", CODE, "", VIETQR_OK},
	{"a line end behind", CODE "\r\n", "", VIETQR_OK},
	{"an AIM identifier in front", "]Q1" CODE, "", VIETQR_OK},
	{"a BOM in front", "\xef\xbb\xbf" CODE, "", VIETQR_OK},
	{"scanned twice, a line each", CODE "\r\n" CODE "\r\n", "", VIETQR_OK},
	{"scanned twice with nothing between", CODE CODE, "", VIETQR_OK},
	{"a CRC in small letters", HEAD ACB TAIL "6304ae9f", "", VIETQR_OK},
	{"nothing", "", "empty", VIETQR_EMPTY},
	{"blanks", " \r\n", "empty", VIETQR_EMPTY},
	{"two different codes", CODE "\n" OTHER, "two_codes", VIETQR_TWO},
	{"two different codes, nothing between", CODE OTHER, "bad_crc",
		VIETQR_BAD_CRC},
	{"a digit of the number else",
		HEAD
		"38530010A0000007270123000697041601092576788600208QRIBFTTA" TAIL
		"6304AE9F",
		"bad_crc", VIETQR_BAD_CRC},
	{"a digit of a length else",
		HEAD
		"38530010A0000007270123000697041601082576788590208QRIBFTTA" TAIL
		"6304AE9F",
		"bad_crc", VIETQR_BAD_CRC},
	{"a digit of the CRC else", HEAD ACB TAIL "6304AE9E", "bad_crc",
		VIETQR_BAD_CRC},
	{"a CRC that is no hex", HEAD ACB TAIL "6304AE9G", "bad_crc",
		VIETQR_BAD_CRC},
	{"no CRC", HEAD ACB TAIL, "bad_crc", VIETQR_BAD_CRC},
	{"a CRC of two digits", HEAD ACB TAIL "6302AE", "bad_crc",
		VIETQR_BAD_CRC},
	{"cut off in the middle", HEAD "38530010A00000072701230006970416",
		"bad_length", VIETQR_BAD_LENGTH},
	{"cut off in the CRC", HEAD ACB TAIL "6304AE", "bad_length",
		VIETQR_BAD_LENGTH},
	{"something behind the CRC", CODE "9901x", "bad_crc", VIETQR_BAD_CRC},
	{"a capital letter as small", HEAD ACB "53037045802vN6304AE9F",
		"bad_crc", VIETQR_BAD_CRC},
	{"an ID card", CARD, "is_card", VIETQR_IS_CARD},
	{"an ID card with a line end", CARD "\r\n", "is_card", VIETQR_IS_CARD},
	{"half an ID card", "001145000112|012345678|Nguyễn", "is_card",
		VIETQR_IS_CARD},
	{"a health-insurance card",
		"GD4252512345678|4e677579|02/09/1945|2|Ô Diên|-|-", "is_bhyt",
		VIETQR_IS_BHYT},
	{"one of our receipts", "CV1:ABCDEFG", "is_receipt", VIETQR_IS_RECEIPT},
	{"an address of the web", "https://qr.example.vn/pay?bin=970416",
		"is_url", VIETQR_IS_URL},
	{"words", "Xin chào", "not_payment", VIETQR_NOT_PAYMENT},
	{"an account number alone", "257678859", "not_payment",
		VIETQR_NOT_PAYMENT},
	{"T41 escapes alone", "\x1b[2J\x1b[31m", "not_payment",
		VIETQR_NOT_PAYMENT},
	{"T46 no UTF-8", "\xff\xfe\x80\x80", "not_payment", VIETQR_NOT_PAYMENT},
	{"T46 no UTF-8 behind a good beginning", "000201\xff\xfe\x80\x80",
		"bad_length", VIETQR_BAD_LENGTH},
};

static void reads_bytes(void **state)
{
	const struct bytes_row *row = *state;
	struct vietqr got;
	const enum vietqr_verdict v =
		vietqr_read(row->bytes, strlen(row->bytes), &got);

	assert_int_equal(v, row->verdict);
	assert_string_equal(vietqr_code(v, got.fault), row->code);
	assert_string_equal(got.account.number,
		v == VIETQR_OK ? "257678859" : "");
}

struct long_row {
	const char *name;
	char fill;
	size_t len;
	bool begins; /* with 000201 */
	enum vietqr_verdict verdict;
};

static struct long_row long_rows[] = {
	{"T46 7,089 digits", '7', 7089, false, VIETQR_TOO_LONG},
	{"T46 7,089 digits that begin as a payment code", '0', 7089, true,
		VIETQR_TOO_LONG},
	{"T46 4,296 letters and digits", 'A', 4296, false, VIETQR_TOO_LONG},
	{"T46 2,953 bytes that are no UTF-8", '\xff', 2953, false,
		VIETQR_TOO_LONG},
	{"T46 513 bytes", '7', 513, true, VIETQR_TOO_LONG},
	{"512 bytes are read", 'x', 512, true, VIETQR_BAD_LENGTH},
	{"T41 NUL all over", '\0', 200, true, VIETQR_BAD_LENGTH},
};

static void reads_long(void **state)
{
	const struct long_row *row = *state;
	static char bytes[8192];
	struct vietqr got;

	memset(bytes, row->fill, row->len);
	/* Not the same over and over, or it is a code scanned many times. */
	bytes[row->len - 1] = '5';
	if (row->begins)
		memcpy(bytes, "000201", 6);
	assert_int_equal(vietqr_read(bytes, row->len, &got), row->verdict);
	assert_string_equal(vietqr_code(row->verdict, got.fault), "bad_length");
}

static void a_nul_in_the_number_is_refused(void **state)
{
	char bytes[] = CODE;
	char *number = strstr(bytes, "257678859");
	const size_t len = sizeof(bytes) - 1;
	struct vietqr got;

	(void)state;
	number[4] = '\0';
	snprintf(bytes + len - 4, 5, "%04X",
		(unsigned)vietqr_crc(bytes, len - 4));
	assert_int_equal(vietqr_read(bytes, len, &got), VIETQR_BAD_TEXT);
	assert_string_equal(got.account.number, "");
}

/* One wrong byte anywhere is found, and nothing of it is kept. */
static void every_wrong_byte_is_found(void **state)
{
	static const char good[] = CODE;

	(void)state;
	for (size_t i = 0; i + 1 < sizeof(good); i++)
		for (int bit = 0; bit < 8; bit++) {
			char bytes[] = CODE;
			struct vietqr got;

			bytes[i] = (char)(bytes[i] ^ 1 << bit);
			/* The CRC may be in small letters. */
			if (i + 5 >= sizeof(good) && bit == 5 && good[i] >= 'A')
				continue;
			assert_int_not_equal(vietqr_read(bytes,
						     sizeof(bytes) - 1, &got),
				VIETQR_OK);
			assert_string_equal(got.account.number, "");
		}
}

static void the_crc_is_the_published_one(void **state)
{
	(void)state;
	/* The check value of CRC-16/CCITT-FALSE. */
	assert_int_equal(vietqr_crc("123456789", 9), 0x29b1);
	assert_int_equal(vietqr_crc("", 0), 0xffff);
}

static void faults_have_their_own_codes(void **state)
{
	(void)state;
	assert_string_equal(vietqr_code(VIETQR_BAD_ACCOUNT, ACCOUNT_BAD_BIN),
		"bad_bin");
	assert_string_equal(vietqr_code(VIETQR_BAD_ACCOUNT, ACCOUNT_BAD_LENGTH),
		"bad_number");
}

/* ---- writing ---- */

struct make_row {
	const char *name;
	const char *bin;
	const char *number;
	int64_t amount;
	const char *purpose;
	const char *payload; /* without tag 63; NULL: refused */
};

static struct make_row make_rows[] = {
	{"make: static", "970416", "257678859", 0, "", HEAD ACB TAIL},
	{"make: an amount makes it dynamic", "970416", "257678859", 10000,
		"Chuyen tien",
		"000201010212" ACB "53037045405100005802VN62150811Chuyen tien"},
	{"make: a purpose loses its marks, not its case", "970416", "257678859",
		0, "Trợ cấp Đợt 10 đ",
		HEAD ACB TAIL "62200816Tro cap Dot 10 d"},
	{"make: capitals and small letters of the number", "970416", "abc123",
		0, "",
		HEAD "38500010A00000072701200006970416010"
		     "6ABC1230208QRIBFTTA" TAIL},
	{"make: typographic signs", "970416", "257678859", 0, "H’Mẫu – K‐1",
		HEAD ACB TAIL "62150811H'Mau - K-1"},
	{"make: an eth that looks like Đ", "970416", "257678859", 0, "Ðặng ð",
		HEAD ACB TAIL "62100806Dang d"},
	{"make: 25 letters of purpose", "970416", "257678859", 0,
		"Trợ cấp tháng mười hai 12",
		HEAD ACB TAIL "62290825Tro cap thang muoi hai 12"},
	{"make: 26 are too many", "970416", "257678859", 0,
		"Trợ cấp tháng mười hai 123", NULL},
	{"make: 400 are too many", "970416", "257678859", 0, "\1", NULL},
	{"make: a letter that has no ASCII", "970416", "257678859", 0,
		"L\u0430n", NULL},
	{"make: a sign that cannot be seen", "970416", "257678859", 0,
		"Lan\u202e", NULL},
	{"make: no UTF-8", "970416", "257678859", 0, "Lan\xff", NULL},
	{"make: 13 digits of amount", "970416", "257678859", 9999999999999, "",
		"000201010212" ACB "530370454139999999999999"
		"5802VN"},
	{"make: 14 digits", "970416", "257678859", 10000000000000, "", NULL},
	{"make: less than nothing", "970416", "257678859", -1, "", NULL},
	{"make: 19 characters of number", "970416", "1234567890123456789", 0,
		"",
		HEAD "38630010A0000007270133000697041601191234567890123456789"
		     "0208QRIBFTTA" TAIL},
	{"make: 20 are too many", "970416", "12345678901234567890", 0, "",
		NULL},
	{"make: two are too few", "970416", "12", 0, "", NULL},
	{"make: a lender", "977777", "257678859", 0, "", NULL},
	{"make: no BIN", "", "257678859", 0, "", NULL},
};

static void makes(void **state)
{
	const struct make_row *row = *state;
	char made[VIETQR_SIZE] = "left";
	char wanted_text[LINE_SIZE];
	struct vietqr q = {.amount = row->amount, .dynamic = row->amount > 0};
	struct err err = {0};
	struct vietqr got;

	str_copy(q.account.bin, sizeof(q.account.bin), row->bin);
	str_copy(q.account.number, sizeof(q.account.number), row->number);
	str_copy(q.purpose, sizeof(q.purpose), row->purpose);
	if (row->purpose[0] == '\1')
		memset(q.purpose, 'a', sizeof(q.purpose) - 1);
	assert_int_equal(vietqr_make(&q, made, &err), row->payload != NULL);
	if (!row->payload) {
		assert_string_equal(made, "");
		assert_int_equal(err.code, ERR_INVALID);
		return;
	}
	assert_string_equal(made, sealed(row->payload, wanted_text));
	assert_int_equal(vietqr_read(made, strlen(made), &got), VIETQR_OK);
	assert_int_equal(got.amount, row->amount);
}

static void the_fullest_code_has_room(void **state)
{
	static const char text[] = "abcdefghijklmnopqrstuvwxy";
	char made[VIETQR_SIZE];
	struct vietqr q = {.amount = VIETQR_MAX_AMOUNT,
		.dynamic = true,
		.to_card = true};
	struct vietqr got;
	struct err err;

	(void)state;
	assert_int_equal(account_check("970416", "1234567890123456789",
				 &q.account),
		ACCOUNT_FINE);
	str_copy(q.bill, sizeof(q.bill), text);
	str_copy(q.reference, sizeof(q.reference), text);
	str_copy(q.purpose, sizeof(q.purpose), text);
	assert_true(vietqr_make(&q, made, &err));
	assert_int_equal(vietqr_read(made, strlen(made), &got), VIETQR_OK);
	assert_memory_equal(&got, &q, sizeof(q));
}

static struct CMUnitTest tests[2 * VECTORS + COUNT_OF(body_rows) +
			       COUNT_OF(bytes_rows) + COUNT_OF(long_rows) +
			       COUNT_OF(make_rows) + 5];

int main(void)
{
	size_t n = 0;

	if (read_vectors() != VECTORS) {
		fputs("tests/data/vietqr_vectors.txt: wrong number\n", stderr);
		return 1;
	}
	UNIT_ADD_ROWS(tests, &n, vectors, is_as_the_file_says);
	UNIT_ADD_ROWS(tests, &n, vectors, comes_back);
	UNIT_ADD_ROWS(tests, &n, body_rows, reads_body);
	UNIT_ADD_ROWS(tests, &n, bytes_rows, reads_bytes);
	UNIT_ADD_ROWS(tests, &n, long_rows, reads_long);
	UNIT_ADD_ROWS(tests, &n, make_rows, makes);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(a_nul_in_the_number_is_refused);
	tests[n++] =
		(struct CMUnitTest)cmocka_unit_test(every_wrong_byte_is_found);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(the_crc_is_the_published_one);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(faults_have_their_own_codes);
	tests[n++] =
		(struct CMUnitTest)cmocka_unit_test(the_fullest_code_has_room);
	return cmocka_run_group_tests_name("vietqr", tests, NULL, NULL);
}
