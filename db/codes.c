/* codes.c - words for scripts, and back. Pure; links without the store. */
#include "core/coded.h"
#include "db/payouts.h"

static const char *const refusals[REFUSED_COUNT] = {
	[REFUSED_NOT] = "none",
	[REFUSED_ALREADY_PAID] = "already_paid",
	[REFUSED_OPEN_PAYOUT] = "open_payout",
	[REFUSED_NO_OPEN_PAYOUT] = "no_open_payout",
	[REFUSED_NO_SHIFT] = "no_shift",
	[REFUSED_SHIFT_OPEN] = "shift_open",
	[REFUSED_NOT_YOUR_SHIFT] = "not_your_shift",
	[REFUSED_ROLE] = "role",
	[REFUSED_NOT_FOUND] = "not_found",
	[REFUSED_NOTHING_DUE] = "nothing_due",
	[REFUSED_BY_ACCOUNT] = "by_account",
	[REFUSED_NOT_ENOUGH_CASH] = "not_enough_cash",
	[REFUSED_SECOND_PERSON] = "second_person",
	[REFUSED_SAME_PERSON] = "same_person",
	[REFUSED_LIMIT_COUNT] = "limit_count",
	[REFUSED_LIMIT_SUM] = "limit_sum",
	[REFUSED_DISK] = "disk",
	[REFUSED_READ_ONLY] = "read_only",
	[REFUSED_CLOCK] = "clock",
	[REFUSED_NOTES] = "notes",
	[REFUSED_DIFFERENCE] = "difference",
	[REFUSED_PAYEE] = "payee",
	[REFUSED_MARKED_NOT_PAID] = "marked_not_paid",
	[REFUSED_TAIL_LOST] = "tail_lost",
	[REFUSED_SLIP] = "slip",
	[REFUSED_CLOCK_DAY] = "clock_day",
	[REFUSED_LIST_DAY] = "list_day",
	[REFUSED_VOIDED] = "voided",
	[REFUSED_PAPER] = "receipt_paper",
	[REFUSED_PAD] = "pad_used",
	[REFUSED_LATE] = "late",
	[REFUSED_MOVED] = "moved",
	[REFUSED_LAST_PAPER] = "last_paper",
	[REFUSED_NOBODY] = "no_user",
	[REFUSED_NO_USER] = "unknown_user",
	[REFUSED_USER] = "user",
	[REFUSED_USER_TAKEN] = "user_taken",
	[REFUSED_PIN] = "pin",
	[REFUSED_PIN_SAME] = "pin_same",
	[REFUSED_WRONG_PIN] = "wrong_pin",
	[REFUSED_SELF] = "self",
	[REFUSED_REVOKED] = "revoked",
	[REFUSED_TRAINING] = "training",
	[REFUSED_OFFICE_KEY] = "office_key",
	[REFUSED_LIMIT_RANGE] = "limit_range",
	[REFUSED_EXPIRED] = "expired",
	[REFUSED_RENEW] = "renew",
	[REFUSED_REVLIST] = "revlist",
	[REFUSED_REVLIST_OLD] = "revlist_old",
	[REFUSED_CENTRE] = "no_centre_key",
	[REFUSED_PARCEL] = "parcel",
	[REFUSED_PARCEL_FORGED] = "parcel_forged",
	[REFUSED_PARCEL_OTHER] = "parcel_other",
	[REFUSED_PARCEL_KIND] = "parcel_kind",
	[REFUSED_PARCEL_OVER] = "parcel_over",
	[REFUSED_PARCEL_OLD] = "parcel_old",
	[REFUSED_PARCEL_GAP] = "parcel_gap",
	[REFUSED_PARCEL_TEXT] = "parcel_text",
	[REFUSED_APPROVAL_WANTED] = "approval_needed",
	[REFUSED_APPROVAL_TEXT] = "approval_text",
	[REFUSED_APPROVAL_OTHER] = "approval_other",
	[REFUSED_APPROVAL_LATE] = "approval_late",
	[REFUSED_APPROVAL_MOVED] = "approval_moved",
	[REFUSED_APPROVAL_KEY] = "approval_no_key",
	[REFUSED_APPROVAL_FORGED] = "approval_forged",
	[REFUSED_CARD] = "card",
	[REFUSED_ELSEWHERE] = "elsewhere",
	[REFUSED_NO_LIST] = "no_list",
	[REFUSED_MARKS] = "marks",
	[REFUSED_MARKS_OWN] = "marks_own",
	[REFUSED_MARKS_PEER] = "marks_unknown",
	[REFUSED_MARKS_FORGED] = "marks_forged",
	[REFUSED_MARKS_LIST] = "marks_list",
	[REFUSED_MARKS_NAMES] = "marks_names",
	[REFUSED_MARKS_OLD] = "marks_old",
	[REFUSED_MARKS_SIZE] = "marks_size",
	[REFUSED_PEER_GONE] = "peer_gone",
	[REFUSED_PEER] = "peer",
	[REFUSED_MINOR] = "minor",
	[REFUSED_PAPER_OVER] = "paper_over",
	[REFUSED_VISITED] = "visited",
	[REFUSED_VISIT_DAY] = "visit_day",
	[REFUSED_VISIT] = "visit",
	[REFUSED_CONSENT] = "consent_incomplete",
	[REFUSED_CONSENT_HOLDS] = "consent_holds",
	[REFUSED_CONSENT_NONE] = "no_consent",
	[REFUSED_REQUEST] = "no_request",
	[REFUSED_NO_CONSENT] = "account_consent",
	[REFUSED_ACCOUNT] = "account",
	[REFUSED_ACCOUNT_NAME] = "account_name",
	[REFUSED_ACCOUNT_SHARED] = "account_shared",
	[REFUSED_ACCOUNT_UNVERIFIED] = "account_unverified",
	[REFUSED_RELEASED] = "released",
	[REFUSED_HANDOVER] = "handover",
	[REFUSED_HANDOVER_OTHER] = "handover_other",
	[REFUSED_HANDOVER_FORGED] = "handover_forged",
	[REFUSED_HANDOVER_LIST] = "handover_list",
	[REFUSED_HANDOVER_USED] = "handover_used",
	[REFUSED_LEASE] = "lease",
	[REFUSED_NOT_ASSIGNED] = "not_assigned",
};

const char *refusal_code_name(enum refusal_code code)
{
	return refusals[code];
}

static const struct coded payout_states[] = {
	{PAYOUT_PAID, "paid"},
	{PAYOUT_HANDED, "handed"},
	{PAYOUT_VOIDED, "voided"},
	{0, NULL},
};

static const struct coded print_states[] = {
	{PRINT_NONE, "none"},
	{PRINT_PRINTING, "printing"},
	{PRINT_PRINTED, "printed"},
	{PRINT_UNKNOWN, "unknown"},
	{PRINT_FAILED, "failed"},
	{0, NULL},
};

static const struct coded payees[] = {
	{PAYEE_SELF, "self"},
	{PAYEE_GUARDIAN, "guardian"},
	{PAYEE_AUTHORISED, "authorised"},
	{PAYEE_FUNERAL, "funeral"},
	{PAYEE_CARER, "carer"},
	{0, NULL},
};

static const struct coded review_reasons[] = {
	{REVIEW_REASON_LIST, "list"},
	{REVIEW_REASON_CARD, "card"},
	{REVIEW_REASON_PAPER, "paper"},
	{0, NULL},
};

static const struct coded relations[] = {
	{RELATION_CHILD, "child"},
	{RELATION_SPOUSE, "spouse"},
	{RELATION_PARENT, "parent"},
	{RELATION_SIBLING, "sibling"},
	{RELATION_GRANDCHILD, "grandchild"},
	{RELATION_OTHER, "other"},
	{0, NULL},
};

static const struct coded void_reasons[] = {
	{VOID_NOT_HANDED, "not_handed"},
	{VOID_RECEIPT_BACK, "receipt_back"},
	{VOID_RECEIPT_LOST, "receipt_lost"},
	{0, NULL},
};

static const struct coded not_paid_reasons[] = {
	{NOT_PAID_ABSENT, "absent"},
	{NOT_PAID_MOVED, "moved"},
	{NOT_PAID_DIED, "died"},
	{NOT_PAID_REFUSES, "refuses"},
	{NOT_PAID_PRISON, "prison"},
	{NOT_PAID_WRONG_DATA, "wrong_data"},
	{NOT_PAID_OTHER, "other"},
	{0, NULL},
};

const char *payout_state_name(enum payout_state s)
{
	return coded_name(payout_states, s, "unknown");
}

const char *print_state_name(enum print_state s)
{
	return coded_name(print_states, s, "unknown");
}

const char *payee_name(enum payee p)
{
	return coded_name(payees, p, "unknown");
}

bool payee_parse(const char *name, enum payee *out)
{
	int value;

	if (!coded_parse(payees, name, &value))
		return false;
	*out = (enum payee)value;
	return true;
}

const char *void_reason_name(enum void_reason r)
{
	return coded_name(void_reasons, r, "unknown");
}

bool void_reason_parse(const char *name, enum void_reason *out)
{
	int value;

	if (!coded_parse(void_reasons, name, &value))
		return false;
	*out = (enum void_reason)value;
	return true;
}

const char *review_reason_name(enum review_reason r)
{
	return coded_name(review_reasons, r, "unknown");
}

const char *payee_relation_name(enum payee_relation r)
{
	return coded_name(relations, r, "unknown");
}

bool payee_relation_parse(const char *name, enum payee_relation *out)
{
	int value;

	if (!coded_parse(relations, name, &value))
		return false;
	*out = (enum payee_relation)value;
	return true;
}

const char *not_paid_name(enum not_paid r)
{
	return coded_name(not_paid_reasons, r, "unknown");
}

bool not_paid_parse(const char *name, enum not_paid *out)
{
	int value;

	if (!coded_parse(not_paid_reasons, name, &value))
		return false;
	*out = (enum not_paid)value;
	return true;
}
