#include <string.h>

#include "core/codec/paylist_internal.h"
#include "core/codec/viet.h"
#include "core/text.h"

enum {
	HEADER_SIZE = 128
};

static const char *const names[COL_ALL] = {
	[COL_PERIOD] = "period",
	[COL_UNIT_CODE] = "unit_code",
	[COL_LIST_NO] = "list_no",
	[COL_SEQ] = "seq",
	[COL_BENEFICIARY_ID] = "beneficiary_id",
	[COL_ID12] = "id12",
	[COL_CMND9] = "cmnd9",
	[COL_NAME] = "name",
	[COL_DOB] = "dob",
	[COL_SEX] = "sex",
	[COL_ADDRESS] = "address",
	[COL_GROUP] = "group",
	[COL_SUBGROUP] = "subgroup",
	[COL_MONTHLY_AMOUNT] = "monthly_amount",
	[COL_ARREARS_AMOUNT] = "arrears_amount",
	[COL_ARREARS_MONTHS] = "arrears_months",
	[COL_FUNERAL_AMOUNT] = "funeral_amount",
	[COL_CARRY_OVER_AMOUNT] = "carry_over_amount",
	[COL_TOTAL] = "total",
	[COL_PAYEE] = "payee",
	[COL_PAYEE_NAME] = "payee_name",
	[COL_PAYEE_ID] = "payee_id",
	[COL_METHOD] = "method",
	[COL_ACCOUNT_BIN] = "account_bin",
	[COL_ACCOUNT_NO] = "account_no",
	[COL_NOTE] = "note",
	[COL_KIND] = "kind",
	[COL_REASON] = "reason",
	[COL_DATE] = "date",
	[COL_HOLDER_NAME] = "holder_name",
	[COL_ANSWER] = "answer",
	[COL_MESSAGE] = "message",
	[COL_ACCOUNT_REF] = "account_ref",
};

/*
 * Header names folded (viet_fold) and with no blanks left, so that "Số
 * CCCD", "SO CCCD" and "so_cccd" are one.
 */
static const struct {
	const char *alias;
	enum paylist_column column;
} aliases[] = {
	{"ky", COL_PERIOD},
	{"kychitra", COL_PERIOD},
	{"kytra", COL_PERIOD},
	{"thang", COL_PERIOD},
	{"thangchitra", COL_PERIOD},
	{"madonvi", COL_UNIT_CODE},
	{"madvhc", COL_UNIT_CODE},
	{"madonvihanhchinh", COL_UNIT_CODE},
	{"maxa", COL_UNIT_CODE},
	{"donvi", COL_UNIT_CODE},
	{"sodanhsach", COL_LIST_NO},
	{"madanhsach", COL_LIST_NO},
	{"danhsachso", COL_LIST_NO},
	{"stt", COL_SEQ},
	{"tt", COL_SEQ},
	{"sott", COL_SEQ},
	{"sothutu", COL_SEQ},
	{"madoituong", COL_BENEFICIARY_ID},
	{"mahoso", COL_BENEFICIARY_ID},
	{"sohoso", COL_BENEFICIARY_ID},
	{"manguoihuong", COL_BENEFICIARY_ID},
	{"socccd", COL_ID12},
	{"cccd", COL_ID12},
	{"socancuoc", COL_ID12},
	{"socancuoccongdan", COL_ID12},
	{"cancuoc", COL_ID12},
	{"cancuoccongdan", COL_ID12},
	{"sodinhdanh", COL_ID12},
	{"sodinhdanhcanhan", COL_ID12},
	{"dinhdanh", COL_ID12},
	{"madinhdanh", COL_ID12},
	{"cccddinhdanh", COL_ID12},
	{"socccddinhdanh", COL_ID12},
	{"socccdsodinhdanh", COL_ID12},
	{"sodinhdanhcccd", COL_ID12},
	{"sodinhdanhcmnd", COL_ID12},
	{"socccdcmnd", COL_ID12},
	{"socmndcccd", COL_ID12},
	{"cccdcmnd", COL_ID12},
	{"cmndcccd", COL_ID12},
	{"cmnd", COL_CMND9},
	{"socmnd", COL_CMND9},
	{"cmndcu", COL_CMND9},
	{"socmndcu", COL_CMND9},
	{"cmnd9so", COL_CMND9},
	{"socmnd9so", COL_CMND9},
	{"sochungminh", COL_CMND9},
	{"sochungminhnhandan", COL_CMND9},
	{"hoten", COL_NAME},
	{"hovaten", COL_NAME},
	{"hotendoituong", COL_NAME},
	{"hovatendoituong", COL_NAME},
	{"hotennguoihuong", COL_NAME},
	{"hovatennguoihuong", COL_NAME},
	{"ngaysinh", COL_DOB},
	{"namsinh", COL_DOB},
	{"ngaythangnamsinh", COL_DOB},
	{"ngaynamsinh", COL_DOB},
	{"sinhngay", COL_DOB},
	{"gioitinh", COL_SEX},
	{"phai", COL_SEX},
	{"gender", COL_SEX},
	{"diachi", COL_ADDRESS},
	{"noicutru", COL_ADDRESS},
	{"noio", COL_ADDRESS},
	{"noithuongtru", COL_ADDRESS},
	{"diachithuongtru", COL_ADDRESS},
	{"thuongtru", COL_ADDRESS},
	{"nhom", COL_GROUP},
	{"nhomdoituong", COL_GROUP},
	{"manhom", COL_GROUP},
	{"doituong", COL_GROUP},
	{"loaidoituong", COL_GROUP},
	{"nhomcon", COL_SUBGROUP},
	{"phannhom", COL_SUBGROUP},
	{"nhomchitiet", COL_SUBGROUP},
	{"dangdoituong", COL_SUBGROUP},
	{"muctrocap", COL_MONTHLY_AMOUNT},
	{"muctrocapthang", COL_MONTHLY_AMOUNT},
	{"muchuong", COL_MONTHLY_AMOUNT},
	{"trocapthang", COL_MONTHLY_AMOUNT},
	{"trocaphangthang", COL_MONTHLY_AMOUNT},
	{"sotienthangnay", COL_MONTHLY_AMOUNT},
	{"thangnay", COL_MONTHLY_AMOUNT},
	{"truylinh", COL_ARREARS_AMOUNT},
	{"sotientruylinh", COL_ARREARS_AMOUNT},
	{"tientruylinh", COL_ARREARS_AMOUNT},
	{"thangtruylinh", COL_ARREARS_MONTHS},
	{"cacthangtruylinh", COL_ARREARS_MONTHS},
	{"truylinhthang", COL_ARREARS_MONTHS},
	{"truylinhcacthang", COL_ARREARS_MONTHS},
	{"maitangphi", COL_FUNERAL_AMOUNT},
	{"tienmaitangphi", COL_FUNERAL_AMOUNT},
	{"maitang", COL_FUNERAL_AMOUNT},
	{"kytruocchuanhan", COL_CARRY_OVER_AMOUNT},
	{"thangtruocchuanhan", COL_CARRY_OVER_AMOUNT},
	{"chuanhankytruoc", COL_CARRY_OVER_AMOUNT},
	{"chuanhan", COL_CARRY_OVER_AMOUNT},
	{"kytruocchuyensang", COL_CARRY_OVER_AMOUNT},
	{"tongcong", COL_TOTAL},
	{"cong", COL_TOTAL},
	{"tongtien", COL_TOTAL},
	{"tongsotien", COL_TOTAL},
	{"tongso", COL_TOTAL},
	{"sotien", COL_TOTAL},
	{"thuclinh", COL_TOTAL},
	{"nguoinhan", COL_PAYEE},
	{"loainguoinhan", COL_PAYEE},
	{"tennguoinhan", COL_PAYEE_NAME},
	{"hotennguoinhan", COL_PAYEE_NAME},
	{"hovatennguoinhan", COL_PAYEE_NAME},
	{"hotennguoinhanthay", COL_PAYEE_NAME},
	{"sogiaytonguoinhan", COL_PAYEE_ID},
	{"giaytonguoinhan", COL_PAYEE_ID},
	{"socccdnguoinhan", COL_PAYEE_ID},
	{"cccdnguoinhan", COL_PAYEE_ID},
	{"sodinhdanhnguoinhan", COL_PAYEE_ID},
	{"hinhthucchitra", COL_METHOD},
	{"hinhthuc", COL_METHOD},
	{"phuongthucchitra", COL_METHOD},
	{"manganhang", COL_ACCOUNT_BIN},
	{"nganhang", COL_ACCOUNT_BIN},
	{"bin", COL_ACCOUNT_BIN},
	{"sotaikhoan", COL_ACCOUNT_NO},
	{"taikhoan", COL_ACCOUNT_NO},
	{"sotk", COL_ACCOUNT_NO},
	{"stk", COL_ACCOUNT_NO},
	{"ghichu", COL_NOTE},
	{"loai", COL_KIND},
	{"loaithaydoi", COL_KIND},
	{"loaibiendong", COL_KIND},
	{"biendong", COL_KIND},
	{"tanggiam", COL_KIND},
	{"lydo", COL_REASON},
	{"lydogiam", COL_REASON},
	{"lydothaydoi", COL_REASON},
	{"ngay", COL_DATE},
	{"ngaychet", COL_DATE},
	{"ngaymat", COL_DATE},
	{"ngaytuvong", COL_DATE},
	{"ngaytraloi", COL_DATE},
	{"ngaykiemtra", COL_DATE},
	{"tenchutaikhoan", COL_HOLDER_NAME},
	{"chutaikhoan", COL_HOLDER_NAME},
	{"tentaikhoan", COL_HOLDER_NAME},
	{"traloi", COL_ANSWER},
	{"ketqua", COL_ANSWER},
	{"ketquakiemtra", COL_ANSWER},
	{"thongbao", COL_MESSAGE},
	{"noidungtraloi", COL_MESSAGE},
};

/* The month from which a change holds; no column of a payment list. */
static const char *const since[] = {"tuky", "tuthang", "thangapdung",
	"kyapdung", "huongtuthang", "hieuluctu"};

static const char *const codes[TROUBLE_COUNT] = {
	[TROUBLE_NONE] = "none",
	[TROUBLE_ID_REPAIRED] = "id_repaired",
	[TROUBLE_NO_ANSWER] = "no_answer",
	[TROUBLE_ID_ODD] = "id_odd",
	[TROUBLE_MISSING] = "missing",
	[TROUBLE_BAD_TEXT] = "bad_text",
	[TROUBLE_FOREIGN] = "foreign_letters",
	[TROUBLE_TOO_LONG] = "too_long",
	[TROUBLE_BAD_PERIOD] = "bad_period",
	[TROUBLE_BAD_NUMBER] = "bad_number",
	[TROUBLE_BAD_AMOUNT] = "bad_amount",
	[TROUBLE_NO_AMOUNT] = "no_amount",
	[TROUBLE_TOTAL] = "total",
	[TROUBLE_BAD_DATE] = "bad_date",
	[TROUBLE_BAD_SEX] = "bad_sex",
	[TROUBLE_BAD_ID] = "bad_id",
	[TROUBLE_ID_SHORT] = "id_short",
	[TROUBLE_BAD_GROUP] = "bad_group",
	[TROUBLE_BAD_PAYEE] = "bad_payee",
	[TROUBLE_BAD_METHOD] = "bad_method",
	[TROUBLE_BAD_ACCOUNT] = "bad_account",
	[TROUBLE_CELLS] = "cells",
	[TROUBLE_DUPLICATE] = "duplicate",
	[TROUBLE_BAD_KIND] = "bad_kind",
	[TROUBLE_BAD_REASON] = "bad_reason",
	[TROUBLE_BAD_ANSWER] = "bad_answer",
	[TROUBLE_UNKNOWN] = "unknown",
	[TROUBLE_OTHER] = "other_person",
	[TROUBLE_NOT_OURS] = "not_ours",
};

bool paylist_trouble_is_error(enum paylist_trouble t)
{
	return t >= TROUBLE_MISSING;
}

const char *paylist_column_name(enum paylist_column column)
{
	return column < COL_ALL && names[column] ? names[column] : "";
}

const char *paylist_trouble_code(enum paylist_trouble t)
{
	return t < TROUBLE_COUNT ? codes[t] : "unknown";
}

/* Only what stands in front of "(đồng)" or "(1)", without blanks. */
static bool squeeze(const char *header, size_t len, char *out, size_t size)
{
	const char *bracket = memchr(header, '(', len);
	char clean[HEADER_SIZE];
	size_t n = 0;

	if (bracket)
		len = (size_t)(bracket - header);
	if (!text_clean(header, len, clean, sizeof(clean), NULL) ||
		!viet_fold(clean, out, size))
		return false;
	for (const char *s = out; *s; s++)
		if (*s != ' ')
			out[n++] = *s;
	out[n] = '\0';
	return true;
}

/* "monthly_amount" as a header cell reads after squeezing. */
static bool is_squeezed(const char *name, const char *squeezed)
{
	for (; *name; name++) {
		if (*name == '_')
			continue;
		if (*name != *squeezed++)
			return false;
	}
	return !*squeezed;
}

/* Any column of any list. */
static enum paylist_column find(const char *key)
{
	for (int i = 0; i < COL_ALL; i++)
		if (names[i] && is_squeezed(names[i], key))
			return (enum paylist_column)i;
	for (size_t i = 0; i < sizeof(aliases) / sizeof(*aliases); i++)
		if (!strcmp(aliases[i].alias, key))
			return aliases[i].column;
	return COL_COUNT;
}

enum paylist_column paylist_column_find(const char *header, size_t len)
{
	char key[HEADER_SIZE];
	enum paylist_column column;

	if (!squeeze(header, len, key, sizeof(key)))
		return COL_COUNT;
	column = find(key);
	return column < COL_COUNT ? column : COL_COUNT;
}

enum paylist_column paylist_column_find_of(const char *header, size_t len,
	uint64_t columns)
{
	char key[HEADER_SIZE];
	enum paylist_column column;

	if (!squeeze(header, len, key, sizeof(key)))
		return COL_COUNT;
	column = find(key);
	for (size_t i = 0; i < sizeof(since) / sizeof(*since); i++)
		if (!strcmp(since[i], key))
			column = COL_PERIOD;
	return columns >> column & 1 ? column : COL_COUNT;
}
