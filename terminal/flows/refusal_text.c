#include "terminal/flows/refusal_text.h"

#include <stdio.h>

#include "core/date.h"
#include "core/money.h"
#include "core/str.h"
#include "core/tr.h"
#include "db/consents.h"
#include "db/users.h"
#include "terminal/flows/limit_text.h"

/* Without facts: what has no text here is in made[]. */
static const struct {
	const char *title;
	const char *text;
} row[REFUSED_COUNT] = {
	[REFUSED_ALREADY_PAID] = {TR("PAID ALREADY"), NULL},
	[REFUSED_OPEN_PAYOUT] = {TR("A PAYMENT IS OPEN"), NULL},
	[REFUSED_NO_OPEN_PAYOUT] = {TR("NOTHING IS OPEN"),
		TR("No payment is open any more. Look at the last receipt "
		   "before you do anything else.")},
	[REFUSED_NO_SHIFT] = {TR("NO SHIFT"),
		TR("No shift is open. Open your drawer first (key *).")},
	[REFUSED_SHIFT_OPEN] = {TR("A SHIFT IS OPEN"), NULL},
	[REFUSED_NOT_YOUR_SHIFT] = {TR("NOT YOUR SHIFT"), NULL},
	[REFUSED_ROLE] = {TR("NOT ALLOWED"), NULL},
	[REFUSED_NOT_FOUND] = {TR("NOT ON THE LIST"),
		TR("This person is on no list of this point. Ask where the "
		   "money was paid before, and call the supervisor.")},
	[REFUSED_NOTHING_DUE] = {TR("NOTHING TO PAY"),
		TR("This person is on the list, but there is nothing to pay. "
		   "Tell the person to ask at the commune office.")},
	[REFUSED_BY_ACCOUNT] = {TR("PAID BY ACCOUNT"), NULL},
	[REFUSED_NOT_ENOUGH_CASH] = {TR("NOT ENOUGH CASH"), NULL},
	[REFUSED_SECOND_PERSON] = {TR("A SECOND PERSON IS NEEDED"),
		TR("A supervisor has to approve this.")},
	[REFUSED_SAME_PERSON] = {TR("THE SAME PERSON"),
		TR("The second person must be somebody else than you.")},
	[REFUSED_LIMIT_COUNT] = {TR("LIMIT OF THE SHIFT"),
		TR("The number of payments of one shift is reached. Close the "
		   "shift and open a new one, or ask a supervisor to raise the "
		   "limit.")},
	[REFUSED_LIMIT_SUM] = {TR("LIMIT OF THE SHIFT"),
		TR("The sum of one shift is reached. Close the shift and open "
		   "a new one, or ask a supervisor to raise the limit.")},
	[REFUSED_DISK] = {TR("THE DISK IS FULL"),
		TR("Less than 32 MiB are free on the disk: nobody is paid "
		   "until there is room. Signing in and closing the shift "
		   "still work; call the technician.")},
	[REFUSED_READ_ONLY] = {TR("THE DISK IS READ-ONLY"),
		TR("Nothing can be recorded on this disk any more. Stop paying "
		   "and call the technician.")},
	[REFUSED_CLOCK] = {TR("THE CLOCK IS WRONG"),
		TR("The clock was set back. Set date and time right, then try "
		   "again.")},
	[REFUSED_NOTES] = {TR("THE NOTES DO NOT ADD UP"),
		TR("The banknotes do not add up to the amount. Count them "
		   "again.")},
	[REFUSED_DIFFERENCE] = {TR("THE COUNT DIFFERS"),
		TR("What you counted is not what the book says. Give a reason "
		   "and call a second person.")},
	[REFUSED_MINOR] = {TR("UNDER 18: THE GUARDIAN RECEIVES"),
		TR("This person is under 18, and the list names a guardian. "
		   "Pay the guardian (key 3). If that cannot be, a supervisor "
		   "has to approve paying the child.")},
	[REFUSED_PAPER_OVER] = {TR("THE AUTHORISATION HAS ENDED"), NULL},
	[REFUSED_VISITED] = {TR("SOMEBODY WAS THERE"), NULL},
	[REFUSED_VISIT_DAY] = {TR("NOT A POSSIBLE DAY"),
		TR("The day to come again is later than today, by half a year "
		   "at most; the day of death is today or before. Enter it "
		   "again.")},
	[REFUSED_VISIT] = {TR("VISIT NOT COMPLETE"),
		TR("What came of the visit is missing, or a reason of its own "
		   "has no note. Go back and enter it.")},
	[REFUSED_PAYEE] = {TR("RECEIVER NOT COMPLETE"),
		TR("Name, number or paper of the receiver is missing. Go back "
		   "and enter them.")},
	[REFUSED_NO_CONSENT] = {TR("NO CONSENT TO AN ACCOUNT"),
		TR("This person has not agreed that the money goes to an "
		   "account. Ask for the consent first. Cash is paid as "
		   "before.")},
	[REFUSED_ACCOUNT] = {TR("ACCOUNT NOT COMPLETE"),
		TR("Bank, number, holder, owner or paper is missing or cannot "
		   "be. Go back and enter it.")},
	[REFUSED_ACCOUNT_NAME] = {TR("ANOTHER NAME"),
		TR("The account bears another name than its owner's. Say why, "
		   "or take down another account.")},
	[REFUSED_ACCOUNT_SHARED] = {TR("SOMEBODY ELSE'S ACCOUNT"), NULL},
	[REFUSED_ACCOUNT_UNVERIFIED] = {TR("NOT CONFIRMED BY THE BANK"),
		TR("The bank has not confirmed an account of this person: "
		   "cash is paid as before.")},
	[REFUSED_CONSENT] = {TR("THE CONSENT IS NOT COMPLETE"), NULL},
	[REFUSED_CONSENT_HOLDS] = {TR("A CONSENT HOLDS"),
		TR("This person has agreed before, and that holds. Who does "
		   "not agree any more takes it back: withdraw it.")},
	[REFUSED_CONSENT_NONE] = {TR("NO CONSENT HOLDS"),
		TR("No consent of this person holds that could be taken "
		   "back.")},
	[REFUSED_REQUEST] = {TR("NO SUCH REQUEST"),
		TR("No such request is open, or that was said of it "
		   "already. To refuse one, write why.")},
	[REFUSED_MARKED_NOT_PAID] = {TR("MARKED AS NOT TO BE PAID"),
		TR("A reason not to pay was recorded for this person. Call "
		   "the supervisor before paying.")},
	[REFUSED_TAIL_LOST] = {TR("RECORDS ARE MISSING"),
		TR("A paper of this terminal shows records that are not in "
		   "its book. Nothing may be paid here; call the "
		   "supervisor.")},
	[REFUSED_SLIP] = {TR("NOT THE LAST Z SLIP"),
		TR("This is not the Z slip of the last shift. Look for the "
		   "right one, or go on without it: that is noted.")},
	[REFUSED_CLOCK_DAY] = {TR("THE CLOCK IS WRONG"),
		TR("The clock shows a day on which no list here is paid. Set "
		   "date and time right; until then you may look, not pay. If "
		   "the day is right, the lists are old: call the "
		   "supervisor.")},
	[REFUSED_LIST_DAY] = {TR("NOT THE TIME OF THIS LIST"), NULL},
	[REFUSED_VOIDED] = {TR("CANCELLED ALREADY"),
		TR("This payment is cancelled already. Look at the list "
		   "before you give or take money.")},
	[REFUSED_PAPER] = {TR("NOT THIS RECEIPT"),
		TR("This is not the receipt of that payment. Scan the QR code "
		   "of the receipt that came back; if it is lost, say so and "
		   "call a supervisor.")},
	[REFUSED_PAD] = {TR("THIS SHEET IS ENTERED"), NULL},
	[REFUSED_LATE] = {TR("NO SUCH SHEET"),
		TR("The number of the sheet has digits only, and its time is "
		   "past and not older than 31 days. Look at the sheet once "
		   "more.")},
	[REFUSED_MOVED] = {TR("ANOTHER MACHINE"),
		TR("This book comes from another machine or another system: "
		   "nothing may be paid from it here. Call a supervisor, who "
		   "has to say whether it is the same terminal.")},
	[REFUSED_LAST_PAPER] = {TR("NOT THE LAST PAPER"),
		TR("The book has to be compared with its last paper: the Z "
		   "slip of the last shift, or a receipt printed after it. "
		   "Scan that one.")},
	[REFUSED_NOBODY] = {TR("NOBODY IS SIGNED IN"),
		TR("Somebody who works here has to sign in first: people's "
		   "data open to nobody else.")},
	[REFUSED_NO_USER] = {TR("NO SUCH USER"),
		TR("Nobody here has this number. Look at the list of users "
		   "for the right one.")},
	[REFUSED_USER] = {TR("USER NOT COMPLETE"),
		TR("A number from 1 to 9999999, a name and a role are "
		   "needed. Enter them again.")},
	[REFUSED_USER_TAKEN] = {TR("NUMBER TAKEN"),
		TR("Somebody has this number already, and none is given "
		   "twice. Choose another one.")},
	[REFUSED_PIN] = {TR("THIS PIN IS NOT SAFE"),
		TR("A PIN has six digits, and no rows like 123456, 111111 or "
		   "121212. Choose another one.")},
	[REFUSED_PIN_SAME] = {TR("THE SAME PIN"),
		TR("The new PIN is the old one. Choose another one.")},
	[REFUSED_WRONG_PIN] = {TR("WRONG PIN"),
		TR("The old PIN is wrong, and the try was counted. Give the "
		   "PIN with which you signed in.")},
	[REFUSED_SELF] = {TR("ANOTHER SUPERVISOR IS NEEDED"),
		TR("Nobody does this for himself: another supervisor has to "
		   "sign in and do it.")},
	[REFUSED_TRAINING] = {TR("THIS IS TRAINING"),
		TR("Nothing of a training leaves the terminal: its people and "
		   "payments are made up. Leave the training first (key * "
		   "before signing in).")},
	[REFUSED_OFFICE_KEY] = {TR("NOT THE KEY OF THIS TERMINAL"),
		TR("The key of the office is taken before the first list, "
		   "once. Ask the office for the key that this terminal has, "
		   "or set up a new terminal.")},
	[REFUSED_LIMIT_RANGE] = {TR("NO SUCH LIMIT"), NULL},
	[REFUSED_REVOKED] = {TR("REVOKED"),
		TR("This user is revoked for good. Who shall work here again "
		   "gets a new number from a supervisor.")},
	[REFUSED_EXPIRED] = {TR("TIME IS OVER"),
		TR("The last day of this user is over. Another supervisor can "
		   "renew it on this terminal.")},
	[REFUSED_RENEW] = {TR("NOT RENEWED"),
		TR("A new last day must be later than the one this user has; "
		   "who has none works until he is revoked.")},
	[REFUSED_REVLIST] = {TR("NO VALID LIST"),
		TR("This is no list of revoked users that the centre signed. "
		   "Ask the centre for it again.")},
	[REFUSED_REVLIST_OLD] = {TR("AN OLD LIST"),
		TR("A newer list of revoked users is here already. Ask the "
		   "centre for the newest one.")},
	[REFUSED_CENTRE] = {TR("THE CENTRE IS NOT KNOWN"),
		TR("This terminal does not know the key that the centre signs "
		   "its lists with. A supervisor can enter it (chitra "
		   "centre).")},
	[REFUSED_PARCEL] = {TR("NOT FROM THE CENTRE"),
		TR("This is nothing that the centre sent, or it is cut off or "
		   "changed. Nothing was kept; fetch it again.")},
	[REFUSED_PARCEL_FORGED] = {TR("SIGNATURE NOT GENUINE"),
		TR("This is not signed by the centre that this terminal knows. "
		   "Nothing was kept; ask the centre about it.")},
	[REFUSED_PARCEL_OTHER] = {TR("SENT FOR ANOTHER TERMINAL"),
		TR("The centre made this for another terminal. Take it there; "
		   "nothing was kept here.")},
	[REFUSED_PARCEL_KIND] = {TR("A NEWER PROGRAM IS NEEDED"),
		TR("The centre sent something that this program does not know "
		   "yet. Ask the technician for the newest program.")},
	[REFUSED_PARCEL_OVER] = {TR("ITS TIME IS OVER"),
		TR("What the centre sent was good up to a day that is over. "
		   "Ask the centre for the new one.")},
	[REFUSED_PARCEL_OLD] = {TR("NOT THE NEWEST"),
		TR("A newer one of the centre is here already. The older one "
		   "changes nothing.")},
	[REFUSED_PARCEL_GAP] = {TR("ONE BEFORE IT IS MISSING"), NULL},
	[REFUSED_PARCEL_TEXT] = {TR("NO TEXT TO READ OUT"),
		TR("The text that the centre sent cannot be read out, or is "
		   "not newer than the one here. The one here stays.")},
	[REFUSED_APPROVAL_WANTED] = {TR("APPROVAL BY QR"),
		TR("A supervisor has to scan the request on his own terminal "
		   "and to show the answer.")},
	[REFUSED_APPROVAL_TEXT] = {TR("NO APPROVAL"),
		TR("This code is no approval, or it was not read whole. Scan "
		   "it once more.")},
	[REFUSED_APPROVAL_OTHER] = {TR("ANOTHER APPROVAL"),
		TR("This answer is of another request. The supervisor has to "
		   "scan the request that stands here now.")},
	[REFUSED_APPROVAL_LATE] = {TR("TOO LATE"),
		TR("This request is older than five minutes. Make a new one "
		   "and let the supervisor scan it.")},
	[REFUSED_APPROVAL_MOVED] = {TR("ASK AGAIN"),
		TR("Something was recorded since the request was made. Make a "
		   "new one and let the supervisor scan it.")},
	[REFUSED_APPROVAL_KEY] = {TR("KEY NOT KNOWN"), NULL},
	[REFUSED_APPROVAL_FORGED] = {TR("NOT HIS SIGNATURE"), NULL},
	[REFUSED_CARD] = {TR("NOT YOUR CARD"),
		TR("This is no card of your own terminal. Sign in there, let "
		   "it show your card, and scan that here.")},
	[REFUSED_ELSEWHERE] = {TR("PAID AT ANOTHER TERMINAL"), NULL},
	[REFUSED_NO_LIST] = {TR("NO SUCH LIST"),
		TR("No list of that month is here, or nothing on it is paid "
		   "in cash.")},
	[REFUSED_MARKS] = {TR("NO PAID MARKS"),
		TR("These codes are no paid marks, or one of them was not read "
		   "whole. Show them once more and scan them again.")},
	[REFUSED_MARKS_OWN] = {TR("OUR OWN PAID MARKS"),
		TR("These paid marks were made on this terminal. Scan them at "
		   "the other one.")},
	[REFUSED_MARKS_PEER] = {TR("TERMINAL NOT KNOWN"), NULL},
	[REFUSED_MARKS_FORGED] = {TR("PAID MARKS NOT GENUINE"), NULL},
	[REFUSED_MARKS_LIST] = {TR("ANOTHER LIST"),
		TR("These paid marks are of a list that is not on this "
		   "terminal. Take the same list file here first.")},
	[REFUSED_MARKS_NAMES] = {TR("THE LISTS DIFFER"),
		TR("The list is here, but it came in with others before it, or "
		   "with another key of the office, so the marks do not fit. "
		   "Nothing was taken; call the supervisor.")},
	[REFUSED_MARKS_OLD] = {TR("OLD PAID MARKS"), NULL},
	[REFUSED_MARKS_SIZE] = {TR("TOO MANY FOR QR CODES"),
		TR("So much of this list is paid that codes cannot hold it. "
		   "Carry it to the other terminal through the centre.")},
	[REFUSED_RELEASED] = {TR("HANDED TO ANOTHER TERMINAL"), NULL},
	[REFUSED_HANDOVER] = {TR("NO HAND-OVER"),
		TR("These codes hand nobody over, or one of them was not read "
		   "whole. Show them once more and scan them again.")},
	[REFUSED_HANDOVER_OTHER] = {TR("FOR ANOTHER TERMINAL"), NULL},
	[REFUSED_HANDOVER_FORGED] = {TR("HAND-OVER NOT GENUINE"), NULL},
	[REFUSED_HANDOVER_LIST] = {TR("NOT ON A LIST HERE"),
		TR("The money that is handed over is on no list of this "
		   "terminal. Take the same list file here first, then scan "
		   "the codes again.")},
	[REFUSED_HANDOVER_USED] = {TR("TAKEN BEFORE"), NULL},
	[REFUSED_LEASE] = {TR("TOO LONG WITHOUT THE CENTRE"), NULL},
	[REFUSED_NOT_ASSIGNED] = {TR("NOT ASSIGNED"), NULL},
	[REFUSED_PEER_GONE] = {TR("TERMINAL TAKEN OUT"), NULL},
	[REFUSED_PEER] = {TR("NOT THE CARD OF ANOTHER TERMINAL"),
		TR("This is the card of this very terminal, or of a terminal "
		   "that is known with another key. Nothing was changed; call "
		   "the office.")},
};

const char *refusal_title(enum refusal_code code)
{
	if (code <= REFUSED_NOT || code >= REFUSED_COUNT)
		return "";
	return tr(row[code].title);
}

/* Who may, if the book said it. */
static void wrong_role(const struct refusal *why, char *out, size_t size)
{
	static const char *const who[ROLE_COUNT] = {
		[ROLE_AGENT] = TR("a payout agent"),
		[ROLE_STAFF] = TR("somebody of the campaign staff"),
		[ROLE_SUPERVISOR] = TR("a supervisor"),
		[ROLE_TECHNICIAN] = TR("a technician"),
	};
	char list[160] = "";
	size_t len = 0;

	for (int r = ROLE_AGENT; r < ROLE_COUNT; r++)
		if (why->roles & 1U << r)
			len += (size_t)snprintf(list + len, sizeof(list) - len,
				"%s%s", len > 0 ? tr(" or ") : "", tr(who[r]));
	if (len == 0)
		str_copy(out, size,
			tr("Your role may not do this. Ask somebody whose "
			   "task it is."));
	else
		snprintf(out, size,
			tr("Your role may not do this: %s has to sign in and "
			   "do it."),
			list);
}

static void already_paid(const struct refusal *why, char *out, size_t size)
{
	const struct refusal_prior *p = &why->prior;
	char amount[MONEY_TEXT_SIZE];
	char when[DATE_TEXT_SIZE];

	if (p->seq == 0) {
		str_copy(out, size,
			tr("It is paid already. Give no money; the supervisor "
			   "can say where it was paid."));
		return;
	}
	snprintf(out, size,
		tr("Paid already: %s đồng on %s at %s, by %s, receipt %s. "
		   "Give no money; a copy of the receipt can be printed."),
		money_format(p->amount, amount), date_time_vi(p->t, when),
		p->point, p->actor_name, p->receipt);
}

/* prior.actor took the marks here; who paid there is not in them. */
static void paid_elsewhere(const struct refusal *why, char *out, size_t size)
{
	char amount[MONEY_TEXT_SIZE];
	char period[DATE_TEXT_SIZE];
	char when[DATE_TEXT_SIZE];

	snprintf(out, size,
		tr("Paid already at terminal %s, as its marks say: %s đồng of "
		   "%s. %s took the marks here on %s. Give no money; if it is "
		   "wrong, a supervisor has to approve."),
		why->prior.point, money_format(why->amount, amount),
		period_vi(why->prior.period, period), why->prior.actor_name,
		date_time_vi(why->prior.t, when));
}

/* prior.actor released it here, prior.point is where to. */
static void released(const struct refusal *why, char *out, size_t size)
{
	char when[DATE_TEXT_SIZE];

	snprintf(out, size,
		tr("%s handed this person over to terminal %s on %s: the money "
		   "is paid there. It comes back only if that terminal hands "
		   "it back."),
		why->prior.actor_name, why->prior.point,
		date_time_vi(why->prior.t, when));
}

static void for_other(const struct refusal *why, char *out, size_t size)
{
	snprintf(out, size,
		tr("This person was handed over to terminal %s. Scan the codes "
		   "there, not here."),
		why->prior.point);
}

static void handover_forged(const struct refusal *why, char *out, size_t size)
{
	snprintf(out, size,
		tr("These codes say that terminal %s hands somebody over, but "
		   "it did not sign them. Nothing was taken; call the "
		   "supervisor."),
		why->prior.point);
}

/* prior is the newest move that is known here. */
static void taken_before(const struct refusal *why, char *out, size_t size)
{
	char when[DATE_TEXT_SIZE];

	snprintf(out, size,
		tr("These codes were taken already, or are older than what is "
		   "recorded here (record %llu of %s, by %s). Codes are good "
		   "once; nothing was changed."),
		(unsigned long long)why->prior.seq,
		date_time_vi(why->prior.t, when), why->prior.actor_name);
}

static void lease_over(const struct refusal *why, char *out, size_t size)
{
	char when[DATE_TEXT_SIZE];

	snprintf(out, size,
		tr("The centre lets this terminal pay until %s without hearing "
		   "from it, and that is over. Connect to the network, or send "
		   "by a stick: once the centre has answered, pay on."),
		date_time_vi(why->amount, when));
}

static void pad_used(const struct refusal *why, char *out, size_t size)
{
	const struct refusal_prior *p = &why->prior;
	char amount[MONEY_TEXT_SIZE];
	char when[DATE_TEXT_SIZE];

	snprintf(out, size,
		tr("This sheet of the pad is entered already: record %llu, %s "
		   "đồng, by %s, on %s. Look at its number once more; never "
		   "enter it twice."),
		(unsigned long long)p->seq, money_format(p->amount, amount),
		p->actor_name, date_time_vi(p->t, when));
}

static void paper_over(const struct refusal *why, char *out, size_t size)
{
	const int64_t day = why->amount;
	char text[DATE_TEXT_SIZE];
	struct date d = {0};

	date_make((int)(day / 10000), (int)(day / 100 % 100), (int)(day % 100),
		&d);
	snprintf(out, size,
		tr("This authorisation ended on %s: it allows nobody to "
		   "receive any more."),
		date_vi(d, text));
}

/* prior is the visit. */
static void visited(const struct refusal *why, char *out, size_t size)
{
	char when[DATE_TEXT_SIZE];

	snprintf(out, size,
		tr("%s was at this door on %s. Look at what came of it before "
		   "you record another visit."),
		why->prior.actor_name, date_time_vi(why->prior.t, when));
}

/* prior.period: the list from which on the account pays; 0: not known. */
static void by_account(const struct refusal *why, char *out, size_t size)
{
	const int period = why->prior.period;

	if (period == 0)
		str_copy(out, size,
			tr("The account pays for this period: no cash. The "
			   "person should ask at the bank."));
	else
		snprintf(out, size,
			tr("From list %02d/%d on the account pays: no cash. "
			   "The person should ask at the bank."),
			period % 100, period / 100);
}

static void shared_account(const struct refusal *why, char *out, size_t size)
{
	snprintf(out, size,
		tr("%s has this account too (%lld in all). Say why, or take "
		   "down another account."),
		why->prior.actor_name, (long long)why->amount);
}

static void open_payout(const struct refusal *why, char *out, size_t size)
{
	const struct refusal_prior *p = &why->prior;
	char amount[MONEY_TEXT_SIZE];

	snprintf(out, size,
		tr("A payment of %s đồng, receipt %s, is still open. Answer "
		   "first whether its money was handed over."),
		money_format(p->amount, amount), p->receipt);
}

static void no_such_limit(const struct refusal *why, char *out, size_t size)
{
	char range[LIMIT_SAYS_SIZE];

	snprintf(out, size, tr("This limit cannot be that. %s Type it again."),
		limit_range(why->limit, range));
}

static void peer_unknown(const struct refusal *why, char *out, size_t size)
{
	snprintf(out, size,
		tr("Terminal %s is not known here. A supervisor has to "
		   "scan its card first (there: keys * * 9, then "
		   "5)."),
		why->prior.point);
}

static void peer_gone(const struct refusal *why, char *out, size_t size)
{
	snprintf(out, size,
		tr("A supervisor took terminal %s out here: nothing that it "
		   "shows is taken any more. Should it be in use again, it "
		   "needs a new book, and its new card is scanned here."),
		why->prior.point);
}

static void marks_forged(const struct refusal *why, char *out, size_t size)
{
	snprintf(out, size,
		tr("The marks say that they come from terminal %s, but "
		   "are not signed with its key. Nothing was taken; "
		   "call the supervisor."),
		why->prior.point);
}

static void marks_old(const struct refusal *why, char *out, size_t size)
{
	char when[DATE_TEXT_SIZE];

	snprintf(out, size,
		tr("Newer marks of this terminal are here already, of "
		   "%s. Let it show its marks anew."),
		date_time_vi(why->amount, when));
}

static void parcel_gap(const struct refusal *why, char *out, size_t size)
{
	snprintf(out, size,
		tr("The centre sent one before this that is not here: number "
		   "%lld. Fetch that first."),
		(long long)why->amount);
}

static void shift_open(const struct refusal *why, char *out, size_t size)
{
	snprintf(out, size,
		tr("User number %lld has a shift open here. It must "
		   "be closed before another is opened."),
		(long long)why->actor);
}

static void not_your_shift(const struct refusal *why, char *out, size_t size)
{
	snprintf(out, size,
		tr("The open shift belongs to user number %lld. He or "
		   "she has to sign in and close it."),
		(long long)why->actor);
}

static void list_day(const struct refusal *why, char *out, size_t size)
{
	char period[DATE_TEXT_SIZE];

	snprintf(out, size,
		tr("The list of %s is not paid at this time. See "
		   "whether the clock is right; else a supervisor has "
		   "to approve it with number and PIN."),
		period_vi(why->prior.period, period));
}

static void no_card_of_his(const struct refusal *why, char *out, size_t size)
{
	snprintf(out, size,
		tr("Supervisor %lld has no card on this terminal. He "
		   "or "
		   "she can register it here once, or give the PIN."),
		(long long)why->actor);
}

static void not_his_answer(const struct refusal *why, char *out, size_t size)
{
	snprintf(out, size,
		tr("The answer is not by the key of supervisor %lld. "
		   "He or she has to register the card anew, or give "
		   "the PIN."),
		(long long)why->actor);
}

static void too_little_cash(const struct refusal *why, char *out, size_t size)
{
	char amount[MONEY_TEXT_SIZE];

	snprintf(out, size,
		tr("Only %s đồng are in the drawer. Top up first "
		   "(key *)."),
		money_format(why->amount, amount));
}

static void consent_lacks(const struct refusal *why, char *out, size_t size)
{
	static const char *const lack[] = {
		[CONSENT_LACKS_NOTICE] =
			TR("Nothing can be read out yet: [consent] of "
			   "chitra.ini must say who asks."),
		[CONSENT_LACKS_PURPOSE] =
			TR("Every purpose has to be asked, and one agreed to."),
		[CONSENT_LACKS_PARTY] =
			TR("Name, number or paper of who speaks is missing."),
		[CONSENT_LACKS_HOW] = TR("It is not said how the person "
					 "agreed."),
		[CONSENT_LACKS_WITNESS] =
			TR("A thumbprint needs a witness with name and number "
			   "who is somebody else."),
		[CONSENT_LACKS_REASON] = TR("The reason is missing."),
		[CONSENT_LACKS_UNTIL] =
			TR("The last day of this consent is over already."),
		[CONSENT_LACKS_AGE] =
			TR("This person is under 18: a parent or guardian has "
			   "to speak."),
	};
	const size_t i = (size_t)why->amount;

	str_copy(out, size,
		i < sizeof(lack) / sizeof(lack[0]) && lack[i]
			? tr(lack[i])
			: tr("Something is missing. Go back and enter it."));
}

static void not_assigned(const struct refusal *why, char *out, size_t size)
{
	str_copy(out, size,
		why->actor ? tr("This user neither pays nor visits: people are "
				"assigned to agents and campaign workers.")
			   : tr("Nobody on that list lives there or has such a "
				"number, or a newer list has them. See the "
				"hamlets of the list."));
}

/* Those that say a fact of the refusal. */
static void (*const made[REFUSED_COUNT])(const struct refusal *, char *,
	size_t) = {
	[REFUSED_ROLE] = wrong_role,
	[REFUSED_ALREADY_PAID] = already_paid,
	[REFUSED_ELSEWHERE] = paid_elsewhere,
	[REFUSED_RELEASED] = released,
	[REFUSED_LEASE] = lease_over,
	[REFUSED_NOT_ASSIGNED] = not_assigned,
	[REFUSED_HANDOVER_OTHER] = for_other,
	[REFUSED_HANDOVER_FORGED] = handover_forged,
	[REFUSED_HANDOVER_USED] = taken_before,
	[REFUSED_MARKS_PEER] = peer_unknown,
	[REFUSED_PEER_GONE] = peer_gone,
	[REFUSED_MARKS_FORGED] = marks_forged,
	[REFUSED_MARKS_OLD] = marks_old,
	[REFUSED_PARCEL_GAP] = parcel_gap,
	[REFUSED_BY_ACCOUNT] = by_account,
	[REFUSED_ACCOUNT_SHARED] = shared_account,
	[REFUSED_OPEN_PAYOUT] = open_payout,
	[REFUSED_PAD] = pad_used,
	[REFUSED_SHIFT_OPEN] = shift_open,
	[REFUSED_NOT_YOUR_SHIFT] = not_your_shift,
	[REFUSED_PAPER_OVER] = paper_over,
	[REFUSED_VISITED] = visited,
	[REFUSED_CONSENT] = consent_lacks,
	[REFUSED_LIST_DAY] = list_day,
	[REFUSED_LIMIT_RANGE] = no_such_limit,
	[REFUSED_APPROVAL_KEY] = no_card_of_his,
	[REFUSED_APPROVAL_FORGED] = not_his_answer,
	[REFUSED_NOT_ENOUGH_CASH] = too_little_cash,
};

void refusal_text(const struct refusal *why, char *out, size_t size)
{
	str_copy(out, size, "");
	if (why->code <= REFUSED_NOT || why->code >= REFUSED_COUNT)
		return;
	if (made[why->code])
		made[why->code](why, out, size);
	else if (row[why->code].text)
		str_copy(out, size, tr(row[why->code].text));
}
