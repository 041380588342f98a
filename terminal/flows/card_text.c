#include "terminal/flows/card_text.h"

#include "core/tr.h"

const char *card_note_text(enum card_note note)
{
	static const char *const text[CARD_NOTE_COUNT] = {
		[CARD_NOTE_NOT_NFC] =
			TR("The marks on the card were stored apart from their "
			   "letters and were put together. Nothing to do."),
		[CARD_NOTE_SPACES] =
			TR("Extra blanks in the card's text were taken out. "
			   "Nothing to do."),
		[CARD_NOTE_SCANNED_TWICE] = TR("The same card was scanned more "
					       "than once; it counts "
					       "once. Nothing to do."),
		[CARD_NOTE_NO_ISSUE_DATE] =
			TR("The card read has no date of issue but can be "
			   "used: "
			   "look at the date on the card itself."),
		[CARD_NOTE_OLD_ID_DROPPED] =
			TR("The card read has no place for the old 9-digit "
			   "number; if the list has one, compare it by hand."),
		[CARD_NOTE_SEPARATOR] =
			TR("The scanner changed the separators of the card; "
			   "compare name and number with the card, and tell "
			   "the "
			   "technician."),
		[CARD_NOTE_REENCODED] =
			TR("The scanner garbled the letters and they were put "
			   "right; compare the name with the card, and tell "
			   "the "
			   "technician."),
		[CARD_NOTE_MARKS_LOST] = TR("The scanner lost the marks of the "
					    "name; compare the "
					    "name with the card by hand."),
		[CARD_NOTE_NAME_DAMAGED] =
			TR("The scanner damaged name and address; the number "
			   "is "
			   "good. Read the name on the card and compare it by "
			   "hand."),
		[CARD_NOTE_DATE_STYLE] =
			TR("A date on the card is written with separators and "
			   "was understood; compare it with the card."),
		[CARD_NOTE_YEAR_ONLY] =
			TR("The card tells only the year of birth; ask the "
			   "person, and compare with the list."),
		[CARD_NOTE_SEX_DIFFERS] =
			TR("The sex on the card does not fit the 4th digit of "
			   "its number; look at card and person once more."),
		[CARD_NOTE_YEAR_DIFFERS] =
			TR("The year of birth on the card does not fit digits "
			   "5 "
			   "and 6 of its number; look at card and person once "
			   "more."),
		[CARD_NOTE_PROVINCE] = TR(
			"The first three digits of the number are no province "
			"of Vietnam; if the person was born here, look at the "
			"card once more."),
		[CARD_NOTE_ISSUED_EARLY] =
			TR("The card says that it was issued before the person "
			   "was born; look at card and person once more."),
		[CARD_NOTE_EMPTY] =
			TR("Nothing was read. Hold the code under the scanner "
			   "once more."),
		[CARD_NOTE_TOO_LONG] = TR("What was read is too long for a "
					  "card. Scan only the "
					  "QR of the ID card."),
		[CARD_NOTE_TWO_PEOPLE] =
			TR("Two different cards came in one scan. Put one away "
			   "and scan the other alone."),
		[CARD_NOTE_FRAGMENT] = TR("Only a part of the card was read. "
					  "Scan it once more, "
					  "or type the number."),
		[CARD_NOTE_SHIFTED] =
			TR("The card's fields are out of place. Scan it once "
			   "more, or type the number."),
		[CARD_NOTE_BAD_UTF8] =
			TR("Letters of the card came in broken. Scan it once "
			   "more, or type the number."),
		[CARD_NOTE_CONTROL] =
			TR("The code holds hidden characters that no ID card "
			   "has. Do not use it; type the number from the "
			   "card."),
		[CARD_NOTE_ID_11] = TR("The number has 11 digits: its leading "
				       "zero got lost. "
				       "Type the 12 digits from the card."),
		[CARD_NOTE_BAD_ID] =
			TR("The number on the card is not 12 digits. Type the "
			   "number from the card."),
		[CARD_NOTE_BAD_BIRTH] =
			TR("The birthday that was read is in no calendar. Scan "
			   "the card once more, or type the number."),
		[CARD_NOTE_IS_VIETQR] =
			TR("This is a bank account's QR (VietQR), no ID card. "
			   "Ask for the ID card; the account can be noted "
			   "later."),
		[CARD_NOTE_IS_PAYMENT] = TR("This is a shop's payment QR, "
					    "neither an ID card nor "
					    "an account. Ask for the ID card."),
		[CARD_NOTE_IS_BHYT] =
			TR("This is the health-insurance card. Ask for the ID "
			   "card."),
		[CARD_NOTE_IS_RECEIPT] =
			TR("This is a receipt of this program, no ID card. Ask "
			   "for the ID card."),
		[CARD_NOTE_IS_URL] = TR("This QR holds a web address, no ID "
					"card. Nothing was "
					"opened. Ask for the ID card."),
		[CARD_NOTE_NOT_A_CARD] =
			TR("This is no ID card. Scan the QR of the ID card, or "
			   "type the number."),
	};

	return tr(text[note < CARD_NOTE_COUNT ? note : CARD_NOTE_NOT_A_CARD]);
}

const char *card_kind_text(enum card_kind kind)
{
	static const char *const text[CARD_KIND_COUNT] = {
		[CARD_KIND_UNKNOWN] = TR("Unknown code"),
		[CARD_KIND_CCCD] =
			TR("ID card with chip (issued before July 2024)"),
		[CARD_KIND_CAN_CUOC] = TR("ID card (issued since July 2024)"),
		[CARD_KIND_BHYT] = TR("Health-insurance card"),
		[CARD_KIND_VIETQR] = TR("Bank account (VietQR)"),
		[CARD_KIND_PAYMENT] = TR("A shop's payment code"),
		[CARD_KIND_RECEIPT] = TR("Receipt of this program"),
		[CARD_KIND_URL] = TR("Web address"),
	};

	return tr(text[kind < CARD_KIND_COUNT ? kind : CARD_KIND_UNKNOWN]);
}
