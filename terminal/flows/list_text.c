#include "terminal/flows/list_text.h"

#include "core/codec/sheet_zip.h"
#include "core/tr.h"
#include "db/people.h"

const char *list_trouble_text(enum paylist_trouble trouble)
{
	static const char *const text[TROUBLE_COUNT] = {
		[TROUBLE_NONE] = TR("Nothing is wrong with this row."),
		[TROUBLE_ID_REPAIRED] =
			TR("The number had lost its leading zeros; they were "
			   "given back. Compare with the paper list."),
		[TROUBLE_NO_ANSWER] =
			TR("The bank has checked nothing here: the account "
			   "still waits, and is in the next request again."),
		[TROUBLE_ID_ODD] =
			TR("The number does not fit sex, year of birth or a "
			   "province. It is taken; compare with the papers."),
		[TROUBLE_MISSING] =
			TR("This cell must not be empty. Fill it in and import "
			   "again."),
		[TROUBLE_BAD_TEXT] = TR("This cell holds broken or hidden "
					"characters. Type it "
					"anew and save as CSV UTF-8."),
		[TROUBLE_FOREIGN] =
			TR("This name holds letters of another alphabet, which "
			   "may look like ours. Type it anew."),
		[TROUBLE_TOO_LONG] = TR("This cell is too long. Shorten it and "
					"import again."),
		[TROUBLE_BAD_PERIOD] =
			TR("This is no month. Write it as 2026-12 or 12/2026."),
		[TROUBLE_BAD_NUMBER] = TR("This is no running number. Write a "
					  "whole number from "
					  "1."),
		[TROUBLE_BAD_AMOUNT] =
			TR("This is no amount. Write whole đồng, such as "
			   "1.080.000 or 1080000."),
		[TROUBLE_NO_AMOUNT] = TR("There is no money in this row. Fill "
					 "in an amount, or "
					 "take the row out."),
		[TROUBLE_TOTAL] = TR("The total is not the sum of its amounts. "
				     "Put the row "
				     "right and import again."),
		[TROUBLE_BAD_DATE] = TR("This is no date. Write it as "
					"02/09/1945, or the year "
					"alone."),
		[TROUBLE_BAD_SEX] = TR("This is no sex. Write Nam or Nữ."),
		[TROUBLE_BAD_ID] =
			TR("This is no ID number: 12 digits, or 9 for an old "
			   "one. If it reads like 1.2E+11, set the column to "
			   "text in Excel and type it anew."),
		[TROUBLE_ID_SHORT] =
			TR("The number is short of digits and it is not sure "
			   "which. Type all digits from the papers."),
		[TROUBLE_BAD_GROUP] =
			TR("There is no such group. Write BTXH, NCC or KHAC."),
		[TROUBLE_BAD_PAYEE] =
			TR("It is not clear who receives: write self, guardian "
			   "or authorised beside the payee's name."),
		[TROUBLE_BAD_METHOD] =
			TR("There is no such way of paying. Write cash or "
			   "account."),
		[TROUBLE_BAD_ACCOUNT] =
			TR("This is no account or bank code. Only letters and "
			   "digits, as the bank writes it."),
		[TROUBLE_CELLS] =
			TR("This row has more cells than the header: something "
			   "moved to the right. Put it right and import "
			   "again."),
		[TROUBLE_DUPLICATE] =
			TR("This person is on the list twice for this period, "
			   "or "
			   "with another amount. Ask the commune which one is "
			   "right."),
		[TROUBLE_BAD_KIND] = TR("There is no such change. Write came, "
					"left or altered."),
		[TROUBLE_BAD_REASON] =
			TR("There is no such reason. Write died, moved, "
			   "prison, refuses or other."),
		[TROUBLE_BAD_ANSWER] =
			TR("There is no such answer. Write verified, not "
			   "found, name differs, closed or refused."),
		[TROUBLE_UNKNOWN] =
			TR("Nobody of this number is on a list here, or it is "
			   "not one person's. Compare number and unit with the "
			   "payment list."),
		[TROUBLE_OTHER] =
			TR("This is not what the payment list says of this "
			   "person. Compare name and numbers with the papers."),
		[TROUBLE_NOT_OURS] =
			TR("This terminal asked about no such account. Import "
			   "the answers on the terminal that made the "
			   "request."),
	};

	return tr(text[trouble < TROUBLE_COUNT ? trouble : TROUBLE_NONE]);
}

const char *list_refusal_text(const struct err *err)
{
	static const char *const text[SHEET_WHY_COUNT] = {
		[SHEET_WHY_OLD] = TR("This is an old Excel file (.xls). Open "
				     "it, save it as .xlsx and import that."),
		[SHEET_WHY_LOCKED] =
			TR("This workbook is locked with a password. Open it, "
			   "take the password off, save it and import again."),
		[SHEET_WHY_MACROS] =
			TR("This workbook holds macros (.xlsm), which are not "
			   "taken. Save it as .xlsx without macros."),
		[SHEET_WHY_BINARY] =
			TR("This is a binary workbook (.xlsb). Save it as "
			   ".xlsx and import that."),
		[SHEET_WHY_ODS] =
			TR("This is an OpenDocument file (.ods). Save it as "
			   ".xlsx or CSV and import that."),
		[SHEET_WHY_XML] =
			TR("This is XML, but no answer of a bank to our "
			   "request (acmt.024). Ask the bank for that file, or "
			   "for a list as CSV."),
		[SHEET_WHY_OTHER] =
			TR("This file is no list: neither a workbook (.xlsx) "
			   "nor CSV. Ask for the right file."),
		[SHEET_WHY_HOSTILE] =
			TR("This file is not built as any office program "
			   "would: it may be meant to harm. Nothing was read; "
			   "ask its sender."),
	};

	if (err->code != ERR_INVALID || err->sys <= 0 ||
		err->sys >= SHEET_WHY_COUNT)
		return NULL;
	return tr(text[err->sys]);
}

const char *list_fix_text(enum list_fix_kind kind)
{
	static const char *const text[LIST_FIX_KINDS] = {
		[LIST_ADDED] = TR("New on the list"),
		[LIST_GONE] = TR("No more on the list"),
		[LIST_CHANGED] = TR("Changed"),
		[LIST_KEPT] = TR("Stays as it was"),
	};

	return tr(text[kind]);
}

const char *list_kept_text(enum list_kept kept)
{
	static const char *const text[] = {
		[LIST_KEPT_NOT] = TR("as the new list says"),
		[LIST_KEPT_PAID] = TR("it is paid already"),
		[LIST_KEPT_VOIDED] = TR("its payment was taken back"),
		[LIST_KEPT_ELSEWHERE] = TR("another terminal pays it"),
		[LIST_KEPT_CARRIED] = TR("it is carried to a later list"),
	};

	return tr(text[kept]);
}

const char *list_what_text(int what)
{
	switch (what) {
	case ENT_MONTH:
		return tr("this month");
	case ENT_ARREARS:
		return tr("arrears");
	case ENT_FUNERAL:
		return tr("funeral money");
	case ENT_CARRIED:
		return tr("carried over");
	}
	return tr("other money");
}
