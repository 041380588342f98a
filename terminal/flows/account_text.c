#include "terminal/flows/account_text.h"

#include <stdio.h>

#include "core/str.h"
#include "core/tr.h"

const char *account_fault_text(enum account_fault fault)
{
	switch (fault) {
	case ACCOUNT_FINE:
		break;
	case ACCOUNT_BAD_BIN:
		return tr("The number of the bank is not six digits. Choose "
			  "the bank from the list.");
	case ACCOUNT_BAD_LENGTH:
		return tr("An account number has 3 to 20 letters and digits. "
			  "Look at it once more.");
	case ACCOUNT_BAD_LETTERS:
		return tr("An account number has only digits and letters "
			  "without marks. Type it without blanks and signs.");
	case ACCOUNT_NOT_PAYABLE:
		return tr("This is a company that lends money, no bank: no "
			  "benefit is paid there. Ask for another account.");
	case ACCOUNT_FAULT_COUNT:
		break;
	}
	return "";
}

const char *account_answer_text(enum account_answer answer)
{
	switch (answer) {
	case ACCOUNT_NOT_ASKED:
	case ACCOUNT_VERIFIED:
		break;
	case ACCOUNT_NOT_FOUND:
		return tr("The bank does not find the account");
	case ACCOUNT_NAME_DIFFERS:
		return tr("The account bears another name");
	case ACCOUNT_CLOSED:
		return tr("The account is closed");
	case ACCOUNT_REFUSED:
		return tr("The bank refuses the account");
	}
	return "";
}

static const char *const qr_text[VIETQR_VERDICT_COUNT] = {
	[VIETQR_OK] = NULL,
	[VIETQR_EMPTY] = TR("Nothing was read. Hold the QR of the account "
			    "under the scanner once more."),
	[VIETQR_TOO_LONG] = TR("What was read is too long for an account. Scan "
			       "only the QR of the account."),
	[VIETQR_TWO] = TR("Two different codes came in one scan. Cover one and "
			  "scan the other alone."),
	[VIETQR_IS_CARD] = TR("This is the ID card, no account. Ask for the QR "
			      "of the account, or type the number."),
	[VIETQR_IS_BHYT] =
		TR("This is the health-insurance card, no account. Ask for the "
		   "QR of the account, or type the number."),
	[VIETQR_IS_RECEIPT] =
		TR("This is a receipt of this program, no account. Ask for the "
		   "QR of the account, or type the number."),
	[VIETQR_IS_URL] = TR("This QR holds a web address, no account. Nothing "
			     "was opened. Ask for the QR of the account."),
	[VIETQR_NOT_PAYMENT] = TR("This is no account code. Scan the QR of the "
				  "account, or type the number."),
	[VIETQR_BAD_CRC] =
		TR("The QR of the account was read wrongly or only in part. "
		   "Scan it once more, or type the number."),
	[VIETQR_BAD_LENGTH] =
		TR("The parts of this account code do not fit together: its "
		   "number cannot be trusted. Type the number."),
	[VIETQR_REPEATED] =
		TR("This account code says the same thing twice: it is not "
		   "clear which account is meant. Type the number."),
	[VIETQR_BAD_FORMAT] =
		TR("This account code is not made as VietQR should be. Ask for "
		   "a new QR, or type the number."),
	[VIETQR_IS_VNPAY] =
		TR("This is a shop's VNPAY code: a benefit cannot be "
		   "transferred to it. Ask for the person's own QR."),
	[VIETQR_IS_PUSH] =
		TR("This is a shop's payment code: a benefit cannot be "
		   "transferred to it. Ask for the person's own QR."),
	[VIETQR_NOT_TRANSFER] =
		TR("This payment code is not for transfers to an account. Ask "
		   "for the person's own QR, or type the number."),
	[VIETQR_INCOMPLETE] = TR("Something is missing in this account code. "
				 "Ask for a new QR, or type the number."),
	[VIETQR_BAD_CURRENCY] = TR("This account code is not for Vietnamese "
				   "đồng. Ask for an account in đồng."),
	[VIETQR_BAD_COUNTRY] = TR("This account is not in Vietnam. Ask for an "
				  "account in Vietnam."),
	[VIETQR_BAD_AMOUNT] =
		TR("The amount in this account code cannot be read. Ask for a "
		   "QR without an amount, or type the number."),
	[VIETQR_BAD_TEXT] = TR("This account code holds broken or hidden "
			       "letters. Do not use it; type the number."),
	[VIETQR_BAD_ACCOUNT] = NULL, /* by its fault */
};

const char *account_qr_text(enum vietqr_verdict verdict,
	enum account_fault fault)
{
	if (verdict == VIETQR_OK)
		return "";
	if (verdict == VIETQR_BAD_ACCOUNT)
		return account_fault_text(fault);
	return tr(qr_text[verdict < VIETQR_VERDICT_COUNT ? verdict
							 : VIETQR_NOT_PAYMENT]);
}

const char *account_note_text(enum account_note note)
{
	switch (note) {
	case ACCOUNT_NOTE_LENGTH:
		return tr("Few accounts have a number this short or this "
			  "long. Compare it once more.");
	case ACCOUNT_NOTE_PROVIDER:
		return tr("This terminal does not know the bank. Ask which "
			  "bank it is and compare its number.");
	case ACCOUNT_NOTE_NO_PHONE:
		return tr("Mobile money is paid to a phone number, and this "
			  "is none. Compare it once more.");
	}
	return "";
}

const char *account_names_text(enum viet_verdict verdict)
{
	switch (verdict) {
	case VIET_EQUAL:
		return tr("The names are the same.");
	case VIET_ALIKE:
		return tr("The names are alike: only marks, signs, blanks or "
			  "the order of words differ. Look at both.");
	case VIET_DIFFERENT:
		return tr("The names are different. Ask whose account it is.");
	}
	return "";
}

const char *account_provider(const struct account *a,
	char out[ACCOUNT_TITLE_SIZE])
{
	static const char *const wallet[WALLET_COUNT] = {
		[WALLET_NONE] = NULL,
		[WALLET_MOMO] = "MoMo",
		[WALLET_ZALOPAY] = "ZaloPay",
		[WALLET_VIETTEL_MONEY] = "Viettel Money",
		[WALLET_VNPT_MONEY] = "VNPT Money",
	};
	const char *name = wallet[a->wallet];

	if (!a->bank)
		snprintf(out, ACCOUNT_TITLE_SIZE, tr("bank %s"), a->bin);
	else if (!name)
		str_copy(out, ACCOUNT_TITLE_SIZE, a->bank->short_name);
	else if (a->bank->type == BANK_TYPE_BANK)
		snprintf(out, ACCOUNT_TITLE_SIZE, "%s (%s)", name,
			a->bank->short_name);
	else
		str_copy(out, ACCOUNT_TITLE_SIZE, name);
	return out;
}
