#include "core/codec/personid.h"

#include <stddef.h>
#include <string.h>

#include "core/str.h"

enum {
	ID12_DIGITS = 12,
	OLD_DIGITS = 9,
	SHORTEST_REPAIR = 10, /* the smallest province is 001 */
	FIRST_CENTURY = 1900
};

/*
 * assets/admin/provinces_legacy63.tsv as an array, so that a look-up is an
 * index; a test compares the two row by row.
 */
static const char *const provinces[] = {
	[1] = "Hà Nội",
	[2] = "Hà Giang",
	[4] = "Cao Bằng",
	[6] = "Bắc Kạn",
	[8] = "Tuyên Quang",
	[10] = "Lào Cai",
	[11] = "Điện Biên",
	[12] = "Lai Châu",
	[14] = "Sơn La",
	[15] = "Yên Bái",
	[17] = "Hoà Bình",
	[19] = "Thái Nguyên",
	[20] = "Lạng Sơn",
	[22] = "Quảng Ninh",
	[24] = "Bắc Giang",
	[25] = "Phú Thọ",
	[26] = "Vĩnh Phúc",
	[27] = "Bắc Ninh",
	[30] = "Hải Dương",
	[31] = "Hải Phòng",
	[33] = "Hưng Yên",
	[34] = "Thái Bình",
	[35] = "Hà Nam",
	[36] = "Nam Định",
	[37] = "Ninh Bình",
	[38] = "Thanh Hóa",
	[40] = "Nghệ An",
	[42] = "Hà Tĩnh",
	[44] = "Quảng Bình",
	[45] = "Quảng Trị",
	[46] = "Huế",
	[48] = "Đà Nẵng",
	[49] = "Quảng Nam",
	[51] = "Quảng Ngãi",
	[52] = "Bình Định",
	[54] = "Phú Yên",
	[56] = "Khánh Hòa",
	[58] = "Ninh Thuận",
	[60] = "Bình Thuận",
	[62] = "Kon Tum",
	[64] = "Gia Lai",
	[66] = "Đắk Lắk",
	[67] = "Đắk Nông",
	[68] = "Lâm Đồng",
	[70] = "Bình Phước",
	[72] = "Tây Ninh",
	[74] = "Bình Dương",
	[75] = "Đồng Nai",
	[77] = "Bà Rịa - Vũng Tàu",
	[79] = "Hồ Chí Minh",
	[80] = "Long An",
	[82] = "Tiền Giang",
	[83] = "Bến Tre",
	[84] = "Trà Vinh",
	[86] = "Vĩnh Long",
	[87] = "Đồng Tháp",
	[89] = "An Giang",
	[91] = "Kiên Giang",
	[92] = "Cần Thơ",
	[93] = "Hậu Giang",
	[94] = "Sóc Trăng",
	[95] = "Bạc Liêu",
	[96] = "Cà Mau",
};

bool personid_is_id12(const char *text)
{
	return strlen(text) == ID12_DIGITS && str_is_digits(text);
}

bool personid_is_old(const char *text)
{
	return strlen(text) == OLD_DIGITS && str_is_digits(text);
}

const char *personid_province(const char *id12)
{
	size_t code = 0;

	for (int i = 0; i < 3; i++) {
		if (id12[i] < '0' || id12[i] > '9')
			return NULL;
		code = code * 10 + (size_t)(id12[i] - '0');
	}
	if (code >= sizeof(provinces) / sizeof(provinces[0]))
		return NULL;
	return provinces[code];
}

/* Even is male, odd female; each pair is a century, from 1900 on. */
static enum sex sex_of(const char *id12)
{
	return (id12[3] - '0') % 2 == 0 ? SEX_MALE : SEX_FEMALE;
}

static int birth_year_of(const char *id12)
{
	return FIRST_CENTURY + (id12[3] - '0') / 2 * 100 +
	       (id12[4] - '0') * 10 + (id12[5] - '0');
}

unsigned personid_check(const char *id12, enum sex sex, struct date birth)
{
	unsigned odd = 0;

	if (!personid_is_id12(id12))
		return PERSONID_PROVINCE_UNKNOWN | PERSONID_SEX_DIFFERS |
		       PERSONID_YEAR_DIFFERS;
	if (!personid_province(id12))
		odd |= PERSONID_PROVINCE_UNKNOWN;
	if (sex != SEX_UNKNOWN && sex != sex_of(id12))
		odd |= PERSONID_SEX_DIFFERS;
	if (birth.year != 0 && birth.year != birth_year_of(id12))
		odd |= PERSONID_YEAR_DIFFERS;
	return odd;
}

bool personid_repair(const char *digits, enum sex sex, struct date birth,
	char *out)
{
	const size_t len = strlen(digits);
	char whole[PERSONID_SIZE];

	if (!str_is_digits(digits) || len < SHORTEST_REPAIR ||
		len >= ID12_DIGITS || birth.year == 0)
		return false;
	memset(whole, '0', ID12_DIGITS - len);
	memcpy(whole + ID12_DIGITS - len, digits, len + 1);
	if (personid_check(whole, sex, birth) != 0)
		return false;
	memcpy(out, whole, sizeof(whole));
	return true;
}
