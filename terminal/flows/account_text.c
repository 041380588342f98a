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

/* Codes that are no account, by what they are. */
static const char *other_code(enum vietqr_verdict verdict)
{
	switch (verdict) {
	case VIETQR_IS_CARD:
		return tr("This is the ID card, no account. Ask for the QR of "
			  "the account, or type the number.");
	case VIETQR_IS_BHYT:
		return tr("This is the health-insurance card, no account. Ask "
			  "for the QR of the account, or type the number.");
	case VIETQR_IS_RECEIPT:
		return tr("This is a receipt of this program, no account. Ask "
			  "for the QR of the account, or type the number.");
	case VIETQR_IS_URL:
		return tr("This QR holds a web address, no account. Nothing "
			  "was opened. Ask for the QR of the account.");
	case VIETQR_IS_VNPAY:
		return tr("This is a shop's VNPAY code: a benefit cannot be "
			  "transferred to it. Ask for the person's own QR.");
	case VIETQR_IS_PUSH:
		return tr("This is a shop's payment code: a benefit cannot be "
			  "transferred to it. Ask for the person's own QR.");
	case VIETQR_NOT_TRANSFER:
		return tr("This payment code is not for transfers to an "
			  "account. Ask for the person's own QR, or type the "
			  "number.");
	default:
		return tr("This is no account code. Scan the QR of the "
			  "account, or type the number.");
	}
}

const char *account_qr_text(enum vietqr_verdict verdict,
	enum account_fault fault)
{
	switch (verdict) {
	case VIETQR_OK:
		return "";
	case VIETQR_EMPTY:
		return tr("Nothing was read. Hold the QR of the account under "
			  "the scanner once more.");
	case VIETQR_TOO_LONG:
		return tr("What was read is too long for an account. Scan "
			  "only the QR of the account.");
	case VIETQR_TWO:
		return tr("Two different codes came in one scan. Cover one "
			  "and scan the other alone.");
	case VIETQR_BAD_CRC:
		return tr("The QR of the account was read wrongly or only in "
			  "part. Scan it once more, or type the number.");
	case VIETQR_BAD_LENGTH:
		return tr("The parts of this account code do not fit "
			  "together: its number cannot be trusted. Type the "
			  "number.");
	case VIETQR_REPEATED:
		return tr("This account code says the same thing twice: it is "
			  "not clear which account is meant. Type the "
			  "number.");
	case VIETQR_BAD_FORMAT:
		return tr("This account code is not made as VietQR should be. "
			  "Ask for a new QR, or type the number.");
	case VIETQR_INCOMPLETE:
		return tr("Something is missing in this account code. Ask for "
			  "a new QR, or type the number.");
	case VIETQR_BAD_CURRENCY:
		return tr("This account code is not for Vietnamese đồng. Ask "
			  "for an account in đồng.");
	case VIETQR_BAD_COUNTRY:
		return tr("This account is not in Vietnam. Ask for an account "
			  "in Vietnam.");
	case VIETQR_BAD_AMOUNT:
		return tr("The amount in this account code cannot be read. "
			  "Ask for a QR without an amount, or type the "
			  "number.");
	case VIETQR_BAD_TEXT:
		return tr("This account code holds broken or hidden letters. "
			  "Do not use it; type the number.");
	case VIETQR_BAD_ACCOUNT:
		return account_fault_text(fault);
	case VIETQR_IS_CARD:
	case VIETQR_IS_BHYT:
	case VIETQR_IS_RECEIPT:
	case VIETQR_IS_URL:
	case VIETQR_NOT_PAYMENT:
	case VIETQR_IS_VNPAY:
	case VIETQR_IS_PUSH:
	case VIETQR_NOT_TRANSFER:
	case VIETQR_VERDICT_COUNT:
		break;
	}
	return other_code(verdict);
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
