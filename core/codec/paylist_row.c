#include <string.h>

#include "core/codec/paylist_internal.h"
#include "core/codec/viet.h"
#include "core/money.h"
#include "core/str.h"
#include "core/text.h"
#include "core/utf8.h"

enum {
	SEQ_MAX = 1000000000,
	OLD_DIGITS = 9,
	ACCOUNT_MIN = 3, /* "nickname" accounts; banks have 6 to 19 */
	ACCOUNT_MAX = 20
};

static void read_sex(struct paylist_job *j)
{
	static const struct paylist_word words[] = {
		{"nam", SEX_MALE},
		{"nu", SEX_FEMALE},
		{"m", SEX_MALE},
		{"f", SEX_FEMALE},
		{"male", SEX_MALE},
		{"female", SEX_FEMALE},
	};
	const int sex = paylist_word_value(j, COL_SEX, PAYLIST_WORDS(words),
		SEX_UNKNOWN);

	if (sex < 0)
		paylist_say(j, COL_SEX, TROUBLE_BAD_SEX);
	else
		j->out->sex = (enum sex)sex;
}

void paylist_read_group(struct paylist_job *j, bool must)
{
	static const char *const codes[] = {"BTXH", "NCC", "KHAC"};
	static const struct paylist_word words[] = {
		{"btxh", 0},
		{"bao tro xa hoi", 0},
		{"tro giup xa hoi", 0},
		{"tgxh", 0},
		{"ncc", 1},
		{"nguoi co cong", 1},
		{"nguoi co cong voi cach mang", 1},
		{"khac", 2},
	};
	const int group =
		paylist_word_value(j, COL_GROUP, PAYLIST_WORDS(words), 3);

	if (group == 3 && must)
		paylist_say(j, COL_GROUP, TROUBLE_MISSING);
	else if (group == 3)
		j->out->group[0] = '\0';
	else if (group < 0)
		paylist_say(j, COL_GROUP, TROUBLE_BAD_GROUP);
	else
		str_copy(j->out->group, sizeof(j->out->group), codes[group]);
}

/* ---- numbers of people ---- */

/* 9 digits, or the 8 that a spreadsheet left of them. False: neither. */
static bool take_old_id(struct paylist_job *j, enum paylist_column column,
	const char *digits)
{
	char whole[PERSONID_OLD_SIZE] = "0";

	if (strlen(digits) == OLD_DIGITS - 1 && str_is_digits(digits)) {
		memcpy(whole + 1, digits, OLD_DIGITS);
		digits = whole;
		j->out->id_repaired = true;
		paylist_say(j, column, TROUBLE_ID_REPAIRED);
	}
	if (!personid_is_old(digits))
		return false;
	/* Two columns may both have it, but not two of them. */
	if (j->out->old_id[0] && strcmp(j->out->old_id, digits) != 0)
		return false;
	str_copy(j->out->old_id, sizeof(j->out->old_id), digits);
	return true;
}

/* The old number; a 12-digit one in its column is the new one once more. */
static void read_old_id(struct paylist_job *j)
{
	char digits[PAYLIST_CODE_SIZE];

	paylist_take_number(j, COL_CMND9, digits, sizeof(digits));
	if (!digits[0] || take_old_id(j, COL_CMND9, digits))
		return;
	if (personid_is_id12(digits) && !j->out->id12[0])
		str_copy(j->out->id12, sizeof(j->out->id12), digits);
	else if (strcmp(digits, j->out->id12) != 0)
		paylist_say(j, COL_CMND9, TROUBLE_BAD_ID);
}

/* Lists with one column for both kinds have old numbers here too. */
static void read_id12(struct paylist_job *j)
{
	struct paylist_row *row = j->out;
	char digits[PAYLIST_CODE_SIZE];

	paylist_take_number(j, COL_ID12, digits, sizeof(digits));
	if (!digits[0])
		return;
	if (personid_is_id12(digits)) {
		str_copy(row->id12, sizeof(row->id12), digits);
	} else if (personid_repair(digits, row->sex, row->birth, row->id12)) {
		row->id_repaired = true;
		paylist_say(j, COL_ID12, TROUBLE_ID_REPAIRED);
	} else if (str_is_digits(digits) &&
		   (strlen(digits) == 10 || strlen(digits) == 11)) {
		paylist_say(j, COL_ID12, TROUBLE_ID_SHORT);
	} else if (!personid_is_old(digits) ||
		   !take_old_id(j, COL_ID12, digits)) {
		paylist_say(j, COL_ID12, TROUBLE_BAD_ID);
	}
}

static void read_ids(struct paylist_job *j)
{
	struct paylist_row *row = j->out;
	const int before = j->judge->errors;

	read_id12(j);
	read_old_id(j);
	paylist_take_text(j, COL_BENEFICIARY_ID, row->beneficiary_id,
		sizeof(row->beneficiary_id));
	if (!row->beneficiary_id[0])
		str_copy(row->beneficiary_id, sizeof(row->beneficiary_id),
			row->id12[0] ? row->id12 : row->old_id);
	if (!row->beneficiary_id[0] && j->judge->errors == before)
		paylist_say(j, COL_ID12, TROUBLE_MISSING);
	if (row->id12[0] && personid_check(row->id12, row->sex, row->birth))
		paylist_say(j, COL_ID12, TROUBLE_ID_ODD);
}

/* ---- money ---- */

/* Add up the parts; a list without parts has all in its total. */
static void read_money(struct paylist_job *j)
{
	const struct {
		enum paylist_column column;
		int64_t *out;
	} parts[] = {
		{COL_MONTHLY_AMOUNT, &j->out->monthly},
		{COL_ARREARS_AMOUNT, &j->out->arrears},
		{COL_FUNERAL_AMOUNT, &j->out->funeral},
		{COL_CARRY_OVER_AMOUNT, &j->out->carry_over},
	};
	const int before = j->judge->errors;
	int64_t total;

	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		if (!paylist_amount(j->in, parts[i].column, parts[i].out) ||
			!money_add(j->out->total, *parts[i].out,
				&j->out->total))
			paylist_say(j, parts[i].column, TROUBLE_BAD_AMOUNT);
	if (!paylist_amount(j->in, COL_TOTAL, &total))
		paylist_say(j, COL_TOTAL, TROUBLE_BAD_AMOUNT);
	if (j->judge->errors > before)
		return;
	if (j->out->total == 0)
		j->out->total = j->out->monthly = total;
	if (j->out->total == 0)
		paylist_say(j, COL_TOTAL, TROUBLE_NO_AMOUNT);
	else if (j->in->len[COL_TOTAL] > 0 && total != j->out->total)
		paylist_say(j, COL_TOTAL, TROUBLE_TOTAL);
}

/* "10/2026; 11/2026" to "2026-10,2026-11". */
static void read_arrears_months(struct paylist_job *j)
{
	struct paylist_row *row = j->out;
	char text[PAYLIST_TEXT_SIZE];
	char *rest = text;
	char *month;
	size_t n = 0;

	if (!paylist_take_text(j, COL_ARREARS_MONTHS, text, sizeof(text)))
		return;
	while ((month = strsep(&rest, ",; "))) {
		char iso[DATE_TEXT_SIZE];
		int32_t period;

		if (!*month)
			continue;
		if (!period_parse(month, &period) ||
			n + strlen("2026-10,") >= sizeof(row->arrears_months)) {
			row->arrears_months[0] = '\0';
			paylist_say(j, COL_ARREARS_MONTHS, TROUBLE_BAD_PERIOD);
			return;
		}
		if (n > 0)
			row->arrears_months[n++] = ',';
		period_iso(period, iso);
		str_copy(row->arrears_months + n,
			sizeof(row->arrears_months) - n, iso);
		n += strlen(iso);
	}
}

/* ---- who gets it, and how ---- */

static void read_payee_id(struct paylist_job *j)
{
	char digits[PAYLIST_CODE_SIZE];

	paylist_take_number(j, COL_PAYEE_ID, digits, sizeof(digits));
	if (!digits[0] || personid_is_id12(digits) || personid_is_old(digits))
		str_copy(j->out->payee_id, sizeof(j->out->payee_id), digits);
	else
		/* No birthday to tell which zeros are lost. */
		paylist_say(j, COL_PAYEE_ID,
			str_is_digits(digits) && strlen(digits) < 12
				? TROUBLE_ID_SHORT
				: TROUBLE_BAD_ID);
}

static void read_payee(struct paylist_job *j)
{
	static const struct paylist_word words[] = {
		{"self", LIST_PAYEE_SELF},
		{"chinh chu", LIST_PAYEE_SELF},
		{"ban than", LIST_PAYEE_SELF},
		{"guardian", LIST_PAYEE_GUARDIAN},
		{"nguoi giam ho", LIST_PAYEE_GUARDIAN},
		{"giam ho", LIST_PAYEE_GUARDIAN},
		{"authorised", LIST_PAYEE_AUTHORISED},
		{"authorized", LIST_PAYEE_AUTHORISED},
		{"nguoi duoc uy quyen", LIST_PAYEE_AUTHORISED},
		{"duoc uy quyen", LIST_PAYEE_AUTHORISED},
		{"uy quyen", LIST_PAYEE_AUTHORISED},
	};
	enum {
		NOT_SAID = 9
	};
	struct paylist_row *row = j->out;
	const int payee = paylist_word_value(j, COL_PAYEE, PAYLIST_WORDS(words),
		NOT_SAID);

	paylist_take_name(j, COL_PAYEE_NAME, row->payee_name,
		sizeof(row->payee_name));
	read_payee_id(j);
	if (payee < 0) {
		paylist_say(j, COL_PAYEE, TROUBLE_BAD_PAYEE);
	} else if (payee == NOT_SAID) {
		/* Somebody else is named, but not by what right. */
		if (row->payee_name[0] &&
			viet_compare(row->name, row->payee_name, NULL, 0) !=
				VIET_EQUAL)
			paylist_say(j, COL_PAYEE, TROUBLE_BAD_PAYEE);
	} else {
		row->payee = (enum paylist_payee)payee;
		if (payee != LIST_PAYEE_SELF && !row->payee_name[0])
			paylist_say(j, COL_PAYEE_NAME, TROUBLE_MISSING);
	}
}

static bool is_account_text(const char *text, size_t min, size_t max)
{
	const size_t len = strlen(text);

	return len >= min && len <= max &&
	       strspn(text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			    "abcdefghijklmnopqrstuvwxyz") == len;
}

void paylist_read_account(struct paylist_job *j)
{
	struct paylist_row *row = j->out;
	char text[PAYLIST_CODE_SIZE];

	paylist_take_number(j, COL_ACCOUNT_BIN, text, sizeof(text));
	if (!text[0] || is_account_text(text, 2, sizeof(row->account_bin) - 1))
		str_copy(row->account_bin, sizeof(row->account_bin), text);
	else
		paylist_say(j, COL_ACCOUNT_BIN, TROUBLE_BAD_ACCOUNT);
	paylist_take_number(j, COL_ACCOUNT_NO, text, sizeof(text));
	if (!text[0] || is_account_text(text, ACCOUNT_MIN, ACCOUNT_MAX))
		str_copy(row->account_no, sizeof(row->account_no), text);
	else
		paylist_say(j, COL_ACCOUNT_NO, TROUBLE_BAD_ACCOUNT);
}

static void read_method(struct paylist_job *j)
{
	static const struct paylist_word words[] = {
		{"cash", METHOD_CASH},
		{"tien mat", METHOD_CASH},
		{"tm", METHOD_CASH},
		{"account", METHOD_ACCOUNT},
		{"tai khoan", METHOD_ACCOUNT},
		{"tk", METHOD_ACCOUNT},
		{"chuyen khoan", METHOD_ACCOUNT},
		{"ck", METHOD_ACCOUNT},
		{"qua tai khoan", METHOD_ACCOUNT},
	};
	const int before = j->judge->errors;
	const int method = paylist_word_value(j, COL_METHOD,
		PAYLIST_WORDS(words), METHOD_CASH);

	paylist_read_account(j);
	if (method < 0) {
		paylist_say(j, COL_METHOD, TROUBLE_BAD_METHOD);
		return;
	}
	j->out->method = (enum paylist_method)method;
	if (method == METHOD_ACCOUNT && !j->out->account_no[0] &&
		j->judge->errors == before)
		paylist_say(j, COL_ACCOUNT_NO, TROUBLE_MISSING);
}

/* ---- the row ---- */

static void read_place(struct paylist_job *j)
{
	struct paylist_row *row = j->out;
	char text[PAYLIST_CODE_SIZE];

	paylist_need_text(j, COL_PERIOD, text, sizeof(text));
	if (text[0] && !period_parse(text, &row->period))
		paylist_say(j, COL_PERIOD, TROUBLE_BAD_PERIOD);
	paylist_need_text(j, COL_UNIT_CODE, row->unit_code,
		sizeof(row->unit_code));
	paylist_need_text(j, COL_LIST_NO, row->list_no, sizeof(row->list_no));
	if (paylist_take_text(j, COL_SEQ, text, sizeof(text)) && text[0] &&
		!str_to_int(text, 1, SEQ_MAX, &row->seq))
		paylist_say(j, COL_SEQ, TROUBLE_BAD_NUMBER);
}

void paylist_read_identity(struct paylist_job *j)
{
	char text[PAYLIST_CODE_SIZE];

	if (paylist_take_text(j, COL_DOB, text, sizeof(text)) && text[0] &&
		!date_parse(text, &j->out->birth))
		paylist_say(j, COL_DOB, TROUBLE_BAD_DATE);
	read_sex(j);
	read_ids(j);
}

static void read_person(struct paylist_job *j)
{
	struct paylist_row *row = j->out;

	paylist_need_name(j, COL_NAME, row->name, sizeof(row->name));
	paylist_read_identity(j);
	paylist_take_text(j, COL_ADDRESS, row->address, sizeof(row->address));
	paylist_read_group(j, true);
	paylist_take_text(j, COL_SUBGROUP, row->subgroup,
		sizeof(row->subgroup));
}

void paylist_row_read(const struct paylist_cells *cells,
	struct paylist_row *out, struct paylist_judge *judge)
{
	struct paylist_job j = {cells, out, judge};

	read_place(&j);
	read_person(&j);
	read_money(&j);
	read_arrears_months(&j);
	read_payee(&j);
	read_method(&j);
	paylist_take_text(&j, COL_NOTE, out->note, sizeof(out->note));
}
