/* Grey pixels in, the bytes of the codes out, exactly as they were drawn. */
#include "support/unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <qrencode.h>

#include "drivers/camera/decode.h"
#include "support/picture.h"

/* Made-up people. NFC, then the same with marks apart (NFD). */
#define CARD_NFC                                                  \
	"001145000112||Nguyễn Thị Ngọc Ánh|05031945|Nữ|" \
	"Thôn Đoài, Xã Phù Đổng, Huyện Gia Lâm, Hà Nội|25122021"
#define CARD_NFD                                                           \
	"001145000112||Nguye\u0302\u0303n Thi\u0323 Ngo\u0323c A\u0301nh|" \
	"05031945|Nu\u031b\u0303|Tho\u0302n \u0110oa\u0300i|25122021"

struct row {
	const char *name;
	const char *text;
	size_t len; /* 0: of text as a string */
	int scale;  /* pixels a module */
};

static struct row rows[] = {
	{"T43 a card in NFC", CARD_NFC, 0, 3},
	{"T43 a card in NFD", CARD_NFD, 0, 3},
	{"T43 a name that Big5 or Shift-JIS would also fit",
		"001145000112||Đặng Ư Ừ ẤẦẨ|01011940|Nam|Ấp Đất Đỏ|01012022", 0,
		3},
	{"digits only", "001145000112", 0, 3},
	{"one module is two pixels", CARD_NFC, 0, 2},
	{"one module is one pixel", CARD_NFC, 0, 1},
	{"one module is seven pixels", CARD_NFC, 0, 7},
	{"T46 invalid UTF-8 comes out as it is", "\xff\xfe|\xc3\x28|\xed\xa0",
		8, 3},
	{"T41 control bytes come out as they are", "\x1b[2J\x00\x07|x", 8, 3},
	{"Latin-1 is not made UTF-8", "Nguy\xean V\xe3n", 0, 3},
};

static struct decode_result found;

static void scan(const struct picture *p)
{
	struct err err = {0};
	struct decoder *d = decoder_new(&err);

	assert_non_null(d);
	if (!decoder_scan(d, p->grey, p->width, p->height, &found, &err))
		fail_msg("%s", err.text);
	decoder_free(d);
}

static void assert_found(int i, const void *bytes, size_t len)
{
	assert_string_equal(found.code[i].symbology, "QR-Code");
	assert_int_equal(found.code[i].len, len);
	assert_memory_equal(found.code[i].bytes, bytes, len);
	assert_int_equal(found.code[i].bytes[len], 0);
}

static void run_row(void **state)
{
	const struct row *row = *state;
	const size_t len = row->len ? row->len : strlen(row->text);
	struct picture p = picture_of(row->text, len, row->scale);

	scan(&p);
	assert_int_equal(found.count, 1);
	assert_found(0, row->text, len);
	picture_free(&p);
}

static void every_byte_value_comes_through(void **state)
{
	uint8_t all[256];
	struct picture p;

	(void)state;
	for (int i = 0; i < 256; i++)
		all[i] = (uint8_t)i;
	p = picture_of(all, sizeof(all), 3);
	scan(&p);
	assert_int_equal(found.count, 1);
	assert_found(0, all, sizeof(all));
	picture_free(&p);
}

/* The longest there are: they come whole, and are then no card. */
static void T46_the_longest_codes(void **state)
{
	static char text[DECODE_MAX_BYTES + 1];
	static const struct {
		size_t len;
		char digit;
	} longest[] = {{7089, '7'}, {4296, 'A'}, {2953, 'z'}};

	(void)state;
	for (size_t n = 0; n < COUNT_OF(longest); n++) {
		struct picture p = picture_new(185 * 4, 185 * 4);
		QRcode *code;

		memset(text, longest[n].digit, longest[n].len);
		text[longest[n].len] = '\0';
		code = QRcode_encodeString(text, 40, QR_ECLEVEL_L, QR_MODE_8,
			1);
		assert_non_null(code);
		for (int i = 0; i < code->width * 4 * code->width * 4; i++) {
			const int x = i % (code->width * 4);
			const int y = i / (code->width * 4);

			if (code->data[y / 4 * code->width + x / 4] & 1)
				p.grey[(y + 16) * p.width + x + 16] = 0;
		}
		QRcode_free(code);
		scan(&p);
		assert_int_equal(found.count, 1);
		assert_found(0, text, longest[n].len);
		picture_free(&p);
	}
}

static void several_codes_in_one_image(void **state)
{
	struct picture p = picture_new(640, 480);
	bool first = false, second = false;

	(void)state;
	assert_true(picture_qr(&p, 30, 30, 3, CARD_NFC, strlen(CARD_NFC),
			    QR_MEDIUM) > 0);
	assert_true(picture_qr(&p, 360, 250, 4, "second", 6, QR_MEDIUM) > 0);
	scan(&p);
	assert_int_equal(found.count, 2);
	for (int i = 0; i < 2; i++) {
		const struct decoded *c = &found.code[i];

		first = first || strcmp((char *)c->bytes, CARD_NFC) == 0;
		second = second || strcmp((char *)c->bytes, "second") == 0;
	}
	assert_true(first && second);
	picture_free(&p);
}

static void more_codes_than_room_are_left_out(void **state)
{
	struct picture p = picture_new(640, 480);

	(void)state;
	for (int i = 0; i < 12; i++) {
		char text[12];

		snprintf(text, sizeof(text), "%d", i);
		assert_true(picture_qr(&p, 20 + i % 4 * 150, 20 + i / 4 * 150,
				    4, text, strlen(text), QR_MEDIUM) > 0);
	}
	scan(&p);
	assert_int_equal(found.count, DECODE_MAX_CODES);
	picture_free(&p);
}

/* Cut out at its very edge: there is no quiet zone. */
static void a_code_without_a_margin(void **state)
{
	struct picture wide = picture_of(CARD_NFC, strlen(CARD_NFC), 2);
	struct picture cut = picture_new(wide.width - 16, wide.height - 16);

	(void)state;
	for (int y = 0; y < cut.height; y++)
		memcpy(cut.grey + (size_t)y * cut.width,
			wide.grey + (size_t)(y + 8) * wide.width + 8,
			(size_t)cut.width);
	scan(&cut);
	assert_int_equal(found.count, 1);
	assert_found(0, CARD_NFC, strlen(CARD_NFC));
	picture_free(&wide);
	picture_free(&cut);
}

static void finding_none_is_no_failure(void **state)
{
	struct picture p = picture_new(640, 480);

	(void)state;
	scan(&p);
	assert_int_equal(found.count, 0);
	p.width = 1;
	p.height = 1;
	scan(&p);
	assert_int_equal(found.count, 0);
	picture_free(&p);
}

static void sizes_beyond_reason_are_refused(void **state)
{
	static const int sizes[][2] = {{0, 10}, {10, 0}, {-1, 10},
		{DECODE_MAX_SIDE + 1, 1}, {1, DECODE_MAX_SIDE + 1}};
	struct err err = {0};
	struct decoder *d = decoder_new(&err);
	uint8_t dot = 0;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(sizes); i++) {
		assert_false(decoder_scan(d, &dot, sizes[i][0], sizes[i][1],
			&found, &err));
		assert_int_equal(err.code, ERR_INVALID);
	}
	decoder_free(d);
	decoder_free(NULL);
}

/* A word on the screen would tear it. */
static void nothing_is_written_to_stderr(void **state)
{
	struct picture p = picture_new(640, 480);
	char said[64];
	unsigned dot = 1;
	int pair[2];
	int before;

	(void)state;
	for (int i = 0; i < p.width * p.height; i++) {
		dot = dot * 1103515245u + 12345u;
		p.grey[i] = i % 97 < 40 ? (uint8_t)(dot >> 16)
					: (i % 7 < 3 ? 0 : 255);
	}
	assert_int_equal(pipe2(pair, O_NONBLOCK), 0);
	before = dup(2);
	dup2(pair[1], 2);
	scan(&p);
	dup2(before, 2);
	assert_int_equal(read(pair[0], said, sizeof(said)), -1);
	close(before);
	close(pair[0]);
	close(pair[1]);
	picture_free(&p);
}

static const struct CMUnitTest others[] = {
	cmocka_unit_test(every_byte_value_comes_through),
	cmocka_unit_test(T46_the_longest_codes),
	cmocka_unit_test(several_codes_in_one_image),
	cmocka_unit_test(more_codes_than_room_are_left_out),
	cmocka_unit_test(a_code_without_a_margin),
	cmocka_unit_test(finding_none_is_no_failure),
	cmocka_unit_test(sizes_beyond_reason_are_refused),
	cmocka_unit_test(nothing_is_written_to_stderr),
};

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows) + COUNT_OF(others)];

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		tests[i] = (struct CMUnitTest){.name = rows[i].name,
			.test_func = run_row,
			.initial_state = &rows[i]};
	memcpy(tests + COUNT_OF(rows), others, sizeof(others));
	return cmocka_run_group_tests_name("decode", tests, NULL, NULL);
}
