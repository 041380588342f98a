/* Names: folded, compared, in capitals. */
#include "support/unit.h"

#include <string.h>

#include "core/codec/viet.h"
#include "core/text.h"
#include "core/utf8.h"

/* ---- folding ---- */

struct fold_row {
	const char *name;
	const char *in;
	const char *out;
};

static struct fold_row fold_rows[] = {
	{"fold: tones and hats go", "Nguyễn Thị Thử", "nguyen thi thu"},
	{"fold: đ is d", "ĐẶNG Đình Đô", "dang dinh do"},
	{"fold: an eth that looks like Đ is d", "Ðặng", "dang"},
	{"fold: punctuation parts words", "H' Mẫu Êban", "h mau eban"},
	{"fold: an apostrophe without a blank too", "H’Mẫu", "h mau"},
	{"fold: a hyphen too", "Y-Bhăm", "y bham"},
	{"fold: blanks at the ends and doubled", "  A   B. ", "a b"},
	{"fold: breves and carons of minority names", "Ŏ Ĕč Ñu", "o ec nu"},
	{"fold: NFD as NFC", "Nguye\u0302\u0303n", "nguyen"},
	{"fold: digits stay", "Tổ 12A", "to 12a"},
	{"fold: two letters in one", "Æsop Œuvre Straße Þór",
		"aesop oeuvre strasse thor"},
	{"fold: signs of Latin-1 are no letters", "A×B÷C", "a b c"},
	{"fold: a Cyrillic letter is none of ours", "L\u0430n", "l n"},
	{"fold: nothing", "", ""},
	{"fold: only signs", "-- '", ""},
	{"fold: a with every tone", "aàảãáạăằẳẵắặâầẩẫấậ", "aaaaaaaaaaaaaaaaaa"},
	{"fold: e with every tone", "EÈẺẼÉẸÊỀỂỄẾỆ", "eeeeeeeeeeee"},
	{"fold: i and y with every tone", "iìỉĩíịyỳỷỹýỵ", "iiiiiiyyyyyy"},
	{"fold: o with every tone", "OÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢ", "oooooooooooooooooo"},
	{"fold: u with every tone", "uùủũúụưừửữứự", "uuuuuuuuuuuu"},
};

static void run_fold(void **state)
{
	const struct fold_row *row = *state;
	char out[VIET_NAME_SIZE];
	char twice[VIET_NAME_SIZE];

	assert_true(viet_fold(row->in, out, sizeof(out)));
	assert_string_equal(out, row->out);
	assert_true(viet_fold(out, twice, sizeof(twice)));
	assert_string_equal(twice, out);
}

static void fold_refuses_what_does_not_fit(void **state)
{
	char out[9] = "left";

	(void)state;
	assert_true(viet_fold("Trần Anh", out, 9));
	assert_string_equal(out, "tran anh");
	assert_false(viet_fold("Trần Anh", out, 8));
	assert_string_equal(out, "");
	assert_false(viet_fold("", out, 0));
}

/* Every Latin letter of NFD with an ASCII base folds to that base. */
static void fold_agrees_with_unicode(void **state)
{
	int seen = 0;

	(void)state;
	for (uint32_t ch = 0xc0; ch < 0x1f00; ch++) {
		char text[UTF8_MAX_BYTES + 1];
		char nfd[32];
		char out[8];

		if (ch == 0x250)
			ch = 0x1e00;
		text[utf8_encode(ch, text)] = '\0';
		assert_true(text_nfd(text, nfd, sizeof(nfd)));
		if ((unsigned char)nfd[0] >= 0x80)
			continue;
		seen++;
		assert_true(viet_fold(text, out, sizeof(out)));
		assert_int_equal(strlen(out), 1);
		assert_int_equal(out[0], nfd[0] | 0x20);
	}
	assert_true(seen > 400);
}

/* ---- comparing ---- */

struct compare_row {
	const char *name;
	const char *a;
	const char *b;
	enum viet_verdict verdict;
	const char *differs; /* a letter x for each flag, '.' for none */
};

static struct compare_row compare_rows[] = {
	{"compare: the same", "Nguyễn Thị Thử", "Nguyễn Thị Thử", VIET_EQUAL,
		".............."},
	{"compare: case does not matter", "ĐẶNG THỊ ƯỚC", "Đặng Thị Ước",
		VIET_EQUAL, "............"},
	{"compare: tone on either vowel", "Hòa", "Hoà", VIET_EQUAL, "..."},
	{"compare: tone placement in Thủy", "Thủy", "Thuỷ", VIET_EQUAL, "...."},
	{"compare: tone placement in capitals", "NGUYỄN KHOÁI", "Nguyễn Khóai",
		VIET_EQUAL, "............"},
	{"compare: NFC and NFD", "Nguyễn", "Nguye\u0302\u0303n", VIET_EQUAL,
		"......"},
	{"compare: marks lost", "Nguyễn", "Nguyen", VIET_ALIKE, "....x."},
	{"compare: đ lost", "Đẹp", "Dep", VIET_ALIKE, "xx."},
	{"compare: a mark too many", "Van", "Vân", VIET_ALIKE, ".x."},
	{"compare: another tone, written elsewhere", "Hóa", "Hoà", VIET_ALIKE,
		"..x"},
	{"compare: a tone missing where the other has it", "Hòa", "Hoa",
		VIET_ALIKE, ".x."},
	{"compare: a tone too many is flagged where it stands", "Hoa", "Hòa",
		VIET_ALIKE, ".x."},
	{"compare: hook is not dot", "Thị Bảy", "Thị Bạy", VIET_ALIKE,
		".....x."},
	{"compare: words reordered", "Nguyễn Văn An", "An Nguyễn Văn",
		VIET_ALIKE, "xxx.........."},
	{"compare: a blank more in a minority name", "H'Mẫu", "H' Mẫu",
		VIET_ALIKE, "..x..."},
	{"compare: another apostrophe", "K'Brơi", "K’Brơi", VIET_ALIKE,
		".x...."},
	{"compare: one letter more", "Trần Văn An", "Trần Văn Anh",
		VIET_DIFFERENT, "...........x"},
	{"compare: one letter less", "Trần Văn Anh", "Trần Văn An",
		VIET_DIFFERENT, "..........."},
	{"compare: i is not y", "Lý", "Lí", VIET_DIFFERENT, ".x"},
	{"compare: a middle name more", "Lê Bé", "Lê Thị Bé", VIET_DIFFERENT,
		"..xxxx..."},
	{"compare: the last name of all", "Nguyễn Thị Hoa", "Nguyễn Thị Huệ",
		VIET_DIFFERENT, "............xx"},
	{"compare: a name with a Cyrillic letter is another", "Lan", "L\u0430n",
		VIET_DIFFERENT, ".x."},
	{"compare: a Cyrillic word more is no folding", "Lan", "Lan \u044f",
		VIET_DIFFERENT, "...xx"},
	{"compare: one of both empty", "", "An", VIET_DIFFERENT, "xx"},
	{"compare: signs alone are not alike", "-", "'", VIET_DIFFERENT, "x"},
	{"compare: a mark on no letter", "a", "\u0301a", VIET_ALIKE, "x."},
	{"compare: two tones in one run of vowels", "Yàú", "Yaù\u0301",
		VIET_EQUAL, "...."},
	{"compare: two tones the other way round", "Yàú", "Yáù", VIET_ALIKE,
		"..x"},
	{"compare: both empty", "", "", VIET_EQUAL, ""},
	{"compare: a word twice is not a word once", "An An Bình",
		"An Bình Bình", VIET_DIFFERENT, "...xx.x....."},
};

static void run_compare(void **state)
{
	const struct compare_row *row = *state;
	const size_t n = strlen(row->differs);
	bool flag[64];
	char seen[65] = "";
	size_t raised = 0;

	memset(flag, 0, sizeof(flag));
	assert_int_equal(viet_compare(row->a, row->b, flag, COUNT_OF(flag)),
		row->verdict);
	for (size_t i = 0; i < n; i++)
		seen[i] = flag[i] ? 'x' : '.';
	for (size_t i = 0; i < COUNT_OF(flag); i++)
		raised += flag[i];
	assert_string_equal(seen, row->differs);
	for (size_t i = 0; i < n; i++)
		raised -= flag[i];
	assert_int_equal(raised, 0);
	/* The verdict has no direction, and needs no flags. */
	assert_int_equal(viet_compare(row->b, row->a, NULL, 0), row->verdict);
}

static void flags_stop_at_max(void **state)
{
	bool flag[3] = {false, false, true};

	(void)state;
	assert_int_equal(viet_compare("xyz", "abc", flag, 2), VIET_DIFFERENT);
	assert_true(flag[0] && flag[1] && flag[2]);
	flag[2] = false;
	assert_int_equal(viet_compare("xyz", "abc", flag, 2), VIET_DIFFERENT);
	assert_false(flag[2]);
}

static void too_long_is_equal_only_to_itself(void **state)
{
	char a[401];
	char b[401];

	(void)state;
	memset(a, 'a', 400);
	memset(b, 'a', 400);
	a[400] = b[400] = '\0';
	assert_int_equal(viet_compare(a, b, NULL, 0), VIET_EQUAL);
	b[399] = 'A';
	assert_int_equal(viet_compare(a, b, NULL, 0), VIET_DIFFERENT);
	/* Exactly as many as a name may have, and case is as ever. */
	a[160] = b[160] = '\0';
	b[159] = 'A';
	assert_int_equal(viet_compare(a, b, NULL, 0), VIET_EQUAL);
}

/* One syllable of Hangul is three letters when taken apart. */
static void too_many_letters_in_few_characters(void **state)
{
	char a[3 * 60 + 1];
	char b[3 * 60 + 1];

	(void)state;
	for (int i = 0; i < 60; i++)
		memcpy(a + 3 * i, "한", 4);
	memcpy(b, a, sizeof(a));
	assert_int_equal(viet_compare(a, b, NULL, 0), VIET_EQUAL);
	b[3 * 59] = '\0';
	assert_int_equal(viet_compare(a, b, NULL, 0), VIET_DIFFERENT);
}

static void many_marks_on_one_letter_are_no_name(void **state)
{
	char a[64] = "a";

	(void)state;
	for (int i = 0; i < 14; i++)
		memcpy(a + 1 + 2 * i, "\u0302", 3);
	assert_int_equal(viet_compare(a, a, NULL, 0), VIET_EQUAL);
	assert_int_equal(viet_compare(a, "a", NULL, 0), VIET_DIFFERENT);
}

/* ---- capitals, marks, script ---- */

struct upper_row {
	const char *name;
	const char *in;
	const char *out;
};

static struct upper_row upper_rows[] = {
	{"upper: a name", "Nguyễn Thị Đẹp", "NGUYỄN THỊ ĐẸP"},
	{"upper: horns and breves", "ơởợ ưữự ăắặ", "ƠỞỢ ƯỮỰ ĂẮẶ"},
	{"upper: capitals stay", "ĐÊ ƠƯ", "ĐÊ ƠƯ"},
	{"upper: NFD", "e\u0302\u0301", "E\u0302\u0301"},
	{"upper: signs stay", "h' 12 ÷ × ß", "H' 12 ÷ × ß"},
	{"upper: Latin-1 and Extended-A", "éñÿ čžňį", "ÉÑŸ ČŽŇĮ"},
	{"upper: what has no capital", "ŉ ĸ", "ŉ ĸ"},
	{"upper: the pair that is far apart", "ÿŸ", "ŸŸ"},
	{"upper: nothing", "", ""},
};

static void run_upper(void **state)
{
	const struct upper_row *row = *state;
	char out[VIET_NAME_SIZE];

	assert_true(viet_upper(row->in, out, sizeof(out)));
	assert_string_equal(out, row->out);
	assert_false(viet_upper(row->in, out, strlen(row->out)));
	if (*row->out)
		assert_string_equal(out, "");
}

struct case_row {
	const char *name;
	const char *in;
	const char *lower;
	const char *title;
};

static struct case_row case_rows[] = {
	{"case: a name in capitals", "NGUYỄN THỊ ĐẸP", "nguyễn thị đẹp",
		"Nguyễn Thị Đẹp"},
	{"case: a name in small letters", "trần văn ơn", "trần văn ơn",
		"Trần Văn Ơn"},
	{"case: behind an apostrophe and a hyphen", "H'MẪU Y-BHĂM",
		"h'mẫu y-bhăm", "H'Mẫu Y-Bhăm"},
	{"case: NFD", "E\u0302BAN", "e\u0302ban", "E\u0302ban"},
	{"case: a digit begins no word", "TỔ 12A", "tổ 12a", "Tổ 12a"},
	{"case: letters of other names", "ÑU ŎK ŸA", "ñu ŏk ÿa", "Ñu Ŏk Ÿa"},
	{"case: nothing", "", "", ""},
};

static void run_case(void **state)
{
	const struct case_row *row = *state;
	char out[VIET_NAME_SIZE];

	assert_true(viet_lower(row->in, out, sizeof(out)));
	assert_string_equal(out, row->lower);
	assert_true(viet_title(row->in, out, sizeof(out)));
	assert_string_equal(out, row->title);
	assert_false(viet_lower(row->in, out, strlen(row->lower)));
	assert_false(viet_title(row->in, out, strlen(row->title)));
}

struct pad_row {
	const char *name;
	const char *in;
	int columns;
	size_t size;
	const char *out; /* NULL: refused */
};

static struct pad_row pad_rows[] = {
	{"pad: blanks behind it", "Đẹp", 5, 64, "Đẹp  "},
	{"pad: just as long", "Đẹp", 3, 64, "Đẹp"},
	{"pad: cut between letters", "Nguyễn", 5, 64, "Nguyễ"},
	{"pad: a mark stays on its letter", "e\u0302\u0301a", 1, 64,
		"e\u0302\u0301"},
	{"pad: half of a wide character is a blank", "a한", 2, 64, "a "},
	{"pad: to nothing", "Đẹp", 0, 64, ""},
	{"pad: nothing", "", 3, 64, "   "},
	{"pad: less than nothing is refused", "a", -1, 64, NULL},
	{"pad: no room is refused", "Đẹp", 5, 8, NULL},
	{"pad: just room", "Đẹp", 5, 9, "Đẹp  "},
};

static void run_pad(void **state)
{
	const struct pad_row *row = *state;
	char out[64] = "left over";

	assert_int_equal(viet_pad(row->in, row->columns, out, row->size),
		row->out != NULL);
	assert_string_equal(out, row->out ? row->out : "");
	assert_false(viet_pad(row->in, row->columns, out, 0));
}

struct letters_row {
	const char *name;
	const char *in;
	bool has_marks;
	bool is_latin;
};

static struct letters_row letters_rows[] = {
	{"letters: plain", "Nguyen Van An", false, true},
	{"letters: one hat", "Nguyên", true, true},
	{"letters: only đ", "Đan", true, true},
	{"letters: NFD", "Nguye\u0302n", true, true},
	{"letters: an apostrophe is no mark", "H’Mau", false, true},
	{"letters: a degree sign is no mark", "So 2°", false, true},
	{"letters: T42 Cyrillic а", "L\u0430n", false, false},
	{"letters: T42 Greek Ο", "\u039fanh", false, false},
	{"letters: T42 full-width A", "\uff21n", false, false},
	{"letters: Chinese", "\u962e", false, false},
	{"letters: nothing", "", false, true},
};

static void run_letters(void **state)
{
	const struct letters_row *row = *state;

	assert_int_equal(viet_has_marks(row->in), row->has_marks);
	assert_int_equal(viet_is_latin(row->in), row->is_latin);
}

int main(void)
{
	struct CMUnitTest tests[6 + COUNT_OF(fold_rows) +
				COUNT_OF(compare_rows) + COUNT_OF(upper_rows) +
				COUNT_OF(letters_rows) + COUNT_OF(case_rows) +
				COUNT_OF(pad_rows)] = {
		cmocka_unit_test(fold_refuses_what_does_not_fit),
		cmocka_unit_test(fold_agrees_with_unicode),
		cmocka_unit_test(flags_stop_at_max),
		cmocka_unit_test(too_long_is_equal_only_to_itself),
		cmocka_unit_test(too_many_letters_in_few_characters),
		cmocka_unit_test(many_marks_on_one_letter_are_no_name),
	};
	size_t n = 6;

	UNIT_ADD_ROWS(tests, &n, fold_rows, run_fold);
	UNIT_ADD_ROWS(tests, &n, compare_rows, run_compare);
	UNIT_ADD_ROWS(tests, &n, upper_rows, run_upper);
	UNIT_ADD_ROWS(tests, &n, case_rows, run_case);
	UNIT_ADD_ROWS(tests, &n, pad_rows, run_pad);
	UNIT_ADD_ROWS(tests, &n, letters_rows, run_letters);
	return _cmocka_run_group_tests("viet", tests, n, NULL, NULL);
}
