/* Names in dictionary order: each row is a list that is in order already. */
#include "support/unit.h"

#include <stdlib.h>
#include <string.h>

#include "core/codec/viet_sort.h"
#include "core/text.h"

enum {
	MAX_NAMES = 200,
	KEY_SIZE = 256
};

struct row {
	const char *name;
	const char *in_order; /* '<' between, '=' between equals */
};

static struct row rows[] = {
	{"letters of the alphabet",
		"a<ă<â<b<c<d<đ<e<ê<f<g<h<i<j<k<l<m<n<o<ô<ơ<p<q<r<s<t<u<ư<v<w<x<"
		"y<z"},
	{"tones of one letter", "a<à<ả<ã<á<ạ<ă<ằ<ẳ<ẵ<ắ<ặ<â<ầ<ẩ<ẫ<ấ<ậ"},
	{"tones of the others",
		"e<è<ẻ<ẽ<é<ẹ<ê<ề<ể<ễ<ế<ệ<i<ì<ỉ<ĩ<í<ị<o<ò<ỏ<õ<ó<ọ<ô<ồ<ổ<ỗ<ố<ộ<ơ<"
		"ờ<ở<ỡ<ớ<ợ<u<ù<ủ<ũ<ú<ụ<ư<ừ<ử<ữ<ứ<ự<y<ỳ<ỷ<ỹ<ý<ỵ"},
	{"letters before tones", "ang<àng<áng<anh<ảnh<ba<bà<bả<bạ<ban"},
	{"the end of a syllable before its tone matters", "ạc<ách<ba<bá<bac"},
	{"a shorter name first", "Trần<Trần An<Trần Anh<Trần Ân"},
	{"syllable by syllable", "Lê Thị Đào<Lê Thị Đạo<Lế An"},
	{"the tone of the first syllable before the second one",
		"Nguyên Ý<Nguyễn An<Nguyễn Ý<Nguyện An"},
	{"marks are letters", "Tran<Trân<Trần<Trấn"},
	{"a mark later decides before a tone earlier", "hoan<hoàn<hoăn<hoằn"},
	{"case only at the very end", "an<An<AN<an na<An Na<àn<Àn"},
	{"small before capital from the left", "an An<An an<An An"},
	{"where the tone is written makes no difference",
		"Hoa<Hòa=Hoà<Hóa=Hoá<Hoan<Thủy=Thuỷ"},
	{"NFD is NFC", "Nguyên<Nguye\u0302\u0303n=Nguyễn<Nguyến"},
	{"names of the Highlands", "H'Mâu<H'Mẫu=H Mẫu=H’Mẫu=H' Mẫu=H'-Mẫu<Hà<Y "
				   "- Blơ=Y-Blơ=Y Blơ<Y Bơ"},
	{"other marks behind those of the language",
		"Bon<Bôn<Bơn<Bŏn<Bp<Cc<Č<D<e<ê<ĕ<f<n<ñ<o<ơ<ŏ<u<ư<ŭ<v"},
	{"a tone on such a letter", "ŏ<ŏ\u0300<ŏ\u0301<ŏ\u0323"},
	{"digits first", "1<10A<12<2<9<a1<aa"},
	{"other scripts last", "z<л<н<阮<😀"},
	{"foreign letters behind ours", "ad<az<ă<â<æ<b"},
	{"signs are nothing", "=-='<a=(a)=a.=«a»"},
};

static int sign(int n)
{
	return (n > 0) - (n < 0);
}

/* Cut the list into names; rank[i] says how many '<' are before it. */
static size_t cut(char *list, char *name[MAX_NAMES], int rank[MAX_NAMES])
{
	size_t n = 0;
	int r = 0;

	for (;;) {
		const size_t len = strcspn(list, "<=");
		const char mark = list[len];

		assert_true(n < MAX_NAMES);
		list[len] = '\0';
		name[n] = list;
		rank[n++] = r;
		if (!mark)
			return n;
		r += mark == '<';
		list += len + 1;
	}
}

static void check_pair(const char *a, const char *b, int expected)
{
	char left[KEY_SIZE];
	char right[KEY_SIZE];

	assert_true(viet_sort_key(a, left, sizeof(left)));
	assert_true(viet_sort_key(b, right, sizeof(right)));
	if (sign(strcmp(left, right)) != expected)
		fail_msg("%s and %s: %d, not %d", a, b,
			sign(strcmp(left, right)), expected);
	assert_int_equal(sign(viet_compare_order(a, b)), expected);
	for (const char *c = left; *c; c++)
		assert_in_range(*c, ' ', '~');
}

/* Each with each, so that the order is one. */
static void run_row(void **state)
{
	const struct row *row = *state;
	char list[1024];
	char *name[MAX_NAMES];
	int rank[MAX_NAMES];
	size_t n;

	assert_true(strlen(row->in_order) < sizeof(list));
	memcpy(list, row->in_order, strlen(row->in_order) + 1);
	n = cut(list, name, rank);
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++)
			check_pair(name[i], name[j], sign(rank[i] - rank[j]));
}

static struct row list_rows[] = {
	{"by the given name, the last one",
		"Trần Văn An<Lê Thị Anh<Bùi Ánh<Đỗ Thị Ân<Nguyễn Văn Bình"},
	{"the same given name: by the middle name, then by the family's",
		"Nguyễn An<Bùi Thị An<Trần Thị An<Lê Văn An<Bùi Xuân An"},
	{"fewer middle names first, whatever the family",
		"Trần Đẹp<Bùi Thị Đẹp<Trần Thị Đẹp<Bùi Thị An Đẹp"},
	{"middle names from the left",
		"Lê An Thị Hoa<Lê Ngọc Anh Hoa<Lê Ngọc Ánh Hoa<Lê Thị An Hoa"},
	{"a family name alone of all that differs",
		"Đinh Thị Hoa<Đỗ Thị Hoa<Lê Thị Hoa<Nguyễn Thị Hoa"},
	{"a, ă, â", "Lê Thị Ba<Lê Thị Băng<Lê Thị Bân"},
	{"đ behind d", "Lê Văn Dũng<Lê Văn Duy<Lê Văn Đan<Lê Văn Điệp"},
	{"tones", "Lê Hoa<Lê Hòa<Lê Hỏa<Lê Hõa<Lê Hóa<Lê Họa"},
	{"Hòa is Hoà", "Lê Thị Hòa=Lê Thị Hoà<Lê Văn Hòa=Lê Văn Hoà"},
	{"capitals are the same", "LÊ THỊ HÒA=Lê Thị Hoà=lê thị hòa<LÊ HÓA"},
	{"one word, two words, none", "=-<Hoa<Lê Hoa<Lê Thị Hoa"},
	{"names of the Highlands", "H'Hoa<Y Hoa<Lê H'Hoa=Lê H Hoa<H'Mẫu<Y Niê"},
};

static void check_list_pair(const char *a, const char *b, int expected)
{
	char left[KEY_SIZE];
	char right[KEY_SIZE];

	assert_true(viet_list_key(a, left, sizeof(left)));
	assert_true(viet_list_key(b, right, sizeof(right)));
	if (sign(strcmp(left, right)) != expected)
		fail_msg("%s and %s: %d, not %d", a, b,
			sign(strcmp(left, right)), expected);
}

/* The key of a name is made of the keys of its words. */
static void check_words(const char *name)
{
	char words[KEY_SIZE] = "";
	char whole[KEY_SIZE];
	char turned[KEY_SIZE];
	char copy[KEY_SIZE];
	char *save = NULL;

	assert_true(strlen(name) < sizeof(copy));
	memcpy(copy, name, strlen(name) + 1);
	for (char *w = strtok_r(copy, " ", &save); w;
		w = strtok_r(NULL, " ", &save)) {
		const size_t len = strlen(words);

		assert_true(viet_words_key(w, words + len,
			sizeof(words) - len));
	}
	assert_true(viet_list_turn(words, turned, sizeof(turned)));
	assert_true(viet_list_key(name, whole, sizeof(whole)));
	assert_string_equal(turned, whole);
}

static void run_list(void **state)
{
	const struct row *row = *state;
	char list[1024];
	char *name[MAX_NAMES];
	int rank[MAX_NAMES];
	size_t n;

	assert_true(strlen(row->in_order) < sizeof(list));
	memcpy(list, row->in_order, strlen(row->in_order) + 1);
	n = cut(list, name, rank);
	for (size_t i = 0; i < n; i++) {
		check_words(name[i]);
		for (size_t j = 0; j < n; j++)
			check_list_pair(name[i], name[j],
				sign(rank[i] - rank[j]));
	}
}

static void a_list_key_that_does_not_fit(void **state)
{
	char key[16] = "left";

	(void)state;
	assert_true(viet_list_key("Na Ba", key, 8));
	assert_int_equal(strlen(key), 7);
	assert_false(viet_list_key("Na Ba", key, 7));
	assert_string_equal(key, "");
	assert_false(viet_list_key("Na Ba", key, 0));
	assert_false(viet_list_turn("", key, 0));
	assert_true(viet_list_key("", key, 1));
}

static void a_key_that_does_not_fit(void **state)
{
	char key[16] = "left";

	(void)state;
	/* N, a and their tone; the end; two cases; NUL. */
	assert_true(viet_sort_key("Na", key, 7));
	assert_int_equal(strlen(key), 6);
	assert_false(viet_sort_key("Na", key, 6));
	assert_string_equal(key, "");
	assert_false(viet_sort_key("Na", key, 0));
}

static void too_long_names_go_by_bytes(void **state)
{
	static char a[3000];
	static char b[3000];
	char key[KEY_SIZE] = "left";

	(void)state;
	memset(a, 'b', sizeof(a) - 1);
	memset(b, 'b', sizeof(b) - 1);
	assert_false(viet_sort_key(a, key, sizeof(key)));
	assert_string_equal(key, "");
	assert_int_equal(viet_compare_order(a, b), 0);
	b[2000] = 'a';
	assert_true(viet_compare_order(a, b) > 0);
	assert_true(viet_compare_order(b, a) < 0);
}

int main(void)
{
	struct CMUnitTest tests[3 + COUNT_OF(rows) + COUNT_OF(list_rows)] = {
		cmocka_unit_test(a_key_that_does_not_fit),
		cmocka_unit_test(too_long_names_go_by_bytes),
		cmocka_unit_test(a_list_key_that_does_not_fit),
	};
	size_t n = 3;

	UNIT_ADD_ROWS(tests, &n, rows, run_row);
	UNIT_ADD_ROWS(tests, &n, list_rows, run_list);
	return _cmocka_run_group_tests("viet_sort", tests, n, NULL, NULL);
}
