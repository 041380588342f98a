#include "core/crash.h"

#ifdef CRASH_POINTS

#include <assert.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

const struct crash_place crash_places[] = {
	{"init.part", "a key file is written, not under its name yet"},
	{"init.home", "the directory and its key are made, no store yet"},
	{"init.filled", "all of a new store is written, not committed"},
	{"init.committed", "a new store is committed, its names not synced"},
	{"migrate.begin", "an older schema is about to be brought up to date"},
	{"migrate.applied", "its steps are done, not committed"},
	{"migrate.committed", "the schema is new, nothing was read by it"},
	{"open.checked", "the book was verified at the start"},
	{"mark.written", "how far the book was verified, not committed"},
	{"checkpoint.begin", "the log is about to go into the store"},
	{"checkpoint.logged", "the log is in the store, the mark is not"},
	{"login.counted", "a PIN is counted as tried, not tried yet"},
	{"login.tried", "a PIN was tried, the outcome not recorded"},
	{"login.appended", "LOGIN or LOGIN_FAIL is written, not committed"},
	{"login.recorded", "LOGIN or LOGIN_FAIL is committed"},
	{"seal.begin", "somebody signed in, people's data are bare yet"},
	{"seal.rows", "people's data are sealed, not committed"},
	{"seal.committed", "they are sealed, the file may show them yet"},
	{"seal.vacuumed", "the file is written anew, the note not gone"},
	{"logout.recorded", "LOGOUT is committed"},
	{"import.begin", "a list is about to be read"},
	{"import.rows", "some of its rows are in"},
	{"import.appended", "all rows and IMPORT are in, not committed"},
	{"import.committed", "the list is committed"},
	{"side.rows", "rows of changes or answers are in, IMPORT is not"},
	{"side.appended", "changes or answers and IMPORT, not committed"},
	{"side.committed", "changes or answers are committed"},
	{"survey.appended", "IMPORT of questions is written, its row is not"},
	{"survey.committed", "questions of visits are committed"},
	{"shift.begin", "a shift is about to be opened, nothing written"},
	{"keyroll.appended", "KEYROLL is written, the old key still there"},
	{"keyroll.wiped", "the old key is wiped, the new one not stored"},
	{"keyroll.stored", "the new key is stored, not committed"},
	{"shift.opened", "OPEN is written, the float is not"},
	{"shift.floated", "KEYROLL, OPEN, FLOAT_IN written, not committed"},
	{"shift.committed", "the shift is open, the old key in the log yet"},
	{"float.appended", "a top-up or a drop is written, not committed"},
	{"float.committed", "a top-up or a drop is committed"},
	{"pay.begin", "all rules agree, nothing is written"},
	{"pay.reviewed", "REVIEW is written, PAY is not"},
	{"pay.appended", "PAY is written, nobody is marked as paid"},
	{"pay.marked", "the money is marked as paid, the payout has no row"},
	{"pay.filed", "all of a PAY is written, not committed"},
	{"pay.committed", "PAY is committed, not read back"},
	{"pay.read", "PAY was read back, nobody was told"},
	{"pay.told", "the screen is about to say that it is recorded"},
	{"print.begin", "the receipt is asked for, nothing is noted"},
	{"print.noted", "'printing' is written, not committed"},
	{"print.begun", "'printing' is committed, no byte has gone out"},
	{"print.first", "the printer is ready, no byte has gone out"},
	{"print.half", "half of the bytes are with the printer"},
	{"print.sent", "all bytes are with the printer, PRINT not written"},
	{"print.appended", "PRINT is written, not committed"},
	{"print.recorded", "PRINT is committed"},
	{"reprint.appended", "REPRINT is written, its number is not"},
	{"reprint.committed", "REPRINT is committed, no byte has gone out"},
	{"handed.begin", "'handed over' was pressed, nothing is written"},
	{"handed.appended", "HANDED is written, the tables do not know"},
	{"handed.marked", "all of HANDED is written, not committed"},
	{"handed.committed", "HANDED is committed, nobody was told"},
	{"void.begin", "'not handed over' was pressed, nothing is written"},
	{"void.appended", "VOID is written, the tables do not know"},
	{"void.returned", "VOID and VOID_RETURNED are written, no table knows"},
	{"void.marked", "all of VOID is written, not committed"},
	{"void.committed", "VOID is committed, nobody was told"},
	{"recover.begin", "the question was answered, nothing is written"},
	{"recover.appended", "RECOVERY is written, HANDED or VOID is not"},
	{"recover.committed", "the answer is committed, nobody was told"},
	{"notpaid.appended", "NOT_PAID is written, not committed"},
	{"notpaid.committed", "NOT_PAID is committed"},
	{"close.begin", "the drawer was counted, nothing is written"},
	{"close.counted", "COUNT is written, CLOSE is not"},
	{"close.differs", "COUNT and OVER_SHORT are written, CLOSE is not"},
	{"close.appended", "CLOSE is written, the shift is open in its row"},
	{"close.filed", "all of the end of a shift, not committed"},
	{"close.committed", "the shift is closed, nobody was told"},
	{"clock.noted", "CLOCK is written before a record, that one is not"},
	{"clock.vouched", "a supervisor's CLOCK is written, not committed"},
	{"boot.noted", "RECOVERY after a start of the machine, no more"},
	{"user.added", "a user and CONFIG are written, not committed"},
	{"user.revoked", "a user is revoked, not committed"},
	{"limit.appended", "CONFIG of a limit is written, its row is not"},
	{"limit.changed", "another limit is committed"},
	{"card.written", "the key of a card is in its row, CONFIG is not"},
	{"card.committed", "the key of a card is committed"},
	{"approve.appended", "APPROVE is written, not committed"},
	{"approve.committed", "APPROVE is committed, nobody has the answer"},
	{"revlist.out", "who is listed is taken out, REVLIST is not written"},
	{"revlist.appended", "REVLIST is written, its version is not"},
	{"revlist.committed", "a list is committed, sessions still open"},
	{"shown.appended", "EXPORT of paid marks is written, not committed"},
	{"shown.committed", "EXPORT is committed, no code is on the screen"},
	{"peer.written", "a terminal's key is in its row, CONFIG is not"},
	{"peer.appended", "CONFIG tells of a terminal, not committed"},
	{"peer.committed", "a terminal of the office is known"},
	{"marks.appended", "MARKS is written, its message is not kept"},
	{"marks.kept", "the message of paid marks is kept, nothing marked"},
	{"marks.marked", "all of MARKS is written, not committed"},
	{"marks.committed", "paid marks are committed, nobody was told"},
	{"visit.appended", "VISIT is written, its row is not"},
	{"visit.committed", "VISIT is committed, nobody was told"},
	{"draft.saved", "a draft is committed, nobody was told"},
	{"release.appended", "a RELEASE is written, not committed"},
	{"release.committed", "a hand-over is committed, nobody was told"},
	{"acquire.appended", "an ACQUIRE is written, not committed"},
	{"acquire.committed", "what was handed over is taken, nobody was told"},
	{"complaint.appended", "COMPLAINT is written, not committed"},
	{"complaint.committed", "COMPLAINT is committed, nobody was told"},
	{"consent.appended", "an answer about data is written, its row is not"},
	{"consent.committed", "an answer about data is committed, not read"},
	{"request.appended", "a VIEW is written, its row is not"},
	{"request.committed", "a VIEW is committed, nobody was told"},
	{"account.appended", "ACCOUNT is written, its row is not"},
	{"account.committed", "ACCOUNT is committed, nobody was told"},
	{"account_step.appended", "ACCOUNT_STATE is written, its row is not"},
	{"account_step.committed", "what pays is committed, nobody was told"},
	{"key.sealed", "the device's key is sealed, its file still there"},
	{"key.noted", "CONFIG says that it is sealed, its file still there"},
	{"key.burnt", "the file is overwritten, not removed"},
	{"key.gone", "the file is gone from the directory"},
	{"join.stored", "the centre and its keys are written, not committed"},
	{"ack.appended", "UPLOAD_ACK is written, the tables do not know"},
	{"ack.moved", "it is acknowledged, what is sealed is still there"},
	{"ack.purged", "all of UPLOAD_ACK is written, not committed"},
	{"ack.committed", "UPLOAD_ACK is committed, nobody was told"},
	{"regain.aside", "ours are set aside, nothing else was done"},
	{"regain.removed", "ours are out of the book, nothing is in it"},
	{"regain.appended", "a record is back, its tables do not know"},
	{"regain.followed", "a record is back, and not the end of the book"},
	{"regain.replayed", "all records are back, nobody checked them"},
	{"regain.committed", "the tail is back, nobody was told"},
	{"pin.written", "a key under a new PIN is written, not committed"},
};
const size_t crash_places_count =
	sizeof(crash_places) / sizeof(crash_places[0]);

/* Only to kill by: how often the point that is asked for came by. */
static atomic_long passed;

static bool is_known(const char *name)
{
	for (size_t i = 0; i < crash_places_count; i++)
		if (strcmp(crash_places[i].name, name) == 0)
			return true;
	return false;
}

void crash_point(const char *name)
{
	const char *const asked = getenv("CHITRA_CRASH");
	const size_t len = strlen(name);
	long which = 1;

	assert(is_known(name));
	if (!asked || strncmp(asked, name, len) != 0)
		return;
	if (asked[len] == ':')
		which = strtol(asked + len + 1, NULL, 10);
	else if (asked[len] != '\0')
		return;
	if (atomic_fetch_add(&passed, 1) + 1 == which)
		raise(SIGKILL);
}

#else
/* C wants something in every file. */
_Static_assert(1, "crash.h");
#endif
