#include "db/verify/checks.h"

#include <assert.h>

static const char *const sentences[CHECKS_LAST + 1] = {
	[1] = "The file or store is whole: its frame, its schema, nothing "
	      "added, nothing cut off.",
	[2] = "Every body is canonical CBOR, byte for byte.",
	[3] = "Every kind is known and carries the keys it must, and no "
	      "others.",
	[4] = "Every record is of one device.",
	[5] = "Record numbers are dense from 1 (or from where the file "
	      "begins).",
	[6] = "The chain begins with this device's id and public key.",
	[7] = "Every hash follows from the one before.",
	[8] = "Every record and every receipt is signed by the key of its "
	      "epoch.",
	[9] = "Each OPEN has exactly one KEYROLL before it; keys are never "
	      "used again.",
	[10] = "Only between FAULT_BEGIN and FAULT_END are records unsigned, "
	       "20 at most; a full disk or wrong clock ends before a PAY.",
	[11] = "START comes first and only there; nothing follows END.",
	[12] = "The totals in every record are the sum of the records.",
	[13] = "No amount is negative; limits and sums of items hold.",
	[14] = "Time does not go back without a CLOCK record.",
	[15] = "Time since boot does not go back; a new boot shows as LOGIN, "
	       "OPEN or RECOVERY.",
	[16] = "The quality of the clock is what the records allow.",
	[17] = "No record is of the future.",
	[18] = "Shifts open and close in turn; money moves only inside, by "
	       "who opened.",
	[19] = "Each PAY is handed over or voided before anything else is "
	       "paid or closed.",
	[20] = "The original receipt is printed once; copies are numbered.",
	[21] = "Each VOID undoes one payment, of the same money.",
	[22] = "No entitlement is paid twice without a VOID between.",
	[23] = "Who acted is known, not revoked, and in a role that may do it.",
	[24] = "The actor signed what he did.",
	[25] = "The second person signed, is a supervisor, and another.",
	[26] = "Cash adds up: float, payments, returns, counted, difference.",
	[27] = "Personal data are committed to; what was erased is counted.",
	[28] = "Late records tell an earlier time; no paper pad is used twice.",
	[29] = "Each working day has its NULL record (information).",
	[30] = "Acknowledgements in the journal are the centre's and true.",
	[31] = "The centre's checkpoints lie on this chain.",
	[32] = "Every receipt and Z slip is in the journal as printed.",
	[33] = "Released entitlements are not paid here until acquired again, "
	       "nor "
	       "by one person what another terminal had paid.",
	[34] = "What was paid is on an imported list, with the same amount.",
	[35] = "Nothing is paid before the time of its list, nor after the "
	       "lease that the centre gave.",
	[36] = "No unknown key below 64; sizes and depth are within bounds.",
	[37] = "No commitment, nonce or request is used twice.",
	[38] = "No record of a training journal is among them.",
	[39] = "Time between payments (information).",
	[40] = "The export ends where it says; the store's tables follow from "
	       "the journal.",
	[41] = "What is taken back was agreed to, once, by the same person; a "
	       "request is answered once.",
	[42] = "A visit follows one that was before, what it made is its "
	       "user's, and its day to come again is possible.",
};

const char *checks_sentence(int check)
{
	assert(check >= 1 && check <= CHECKS_LAST);
	return sentences[check];
}
