/* The words for what the program answered: recording.h. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "terminal/app/recording.h"

static const char *const words[EV_KIND_COUNT] = {
	[EV_SIGNED_IN] = "signed-in",
	[EV_SIGN_IN_REFUSED] = "sign-in-refused",
	[EV_SHIFT] = "shift",
	[EV_NO_SHIFT] = "no-shift",
	[EV_SHIFT_CLOSED] = "shift-closed",
	[EV_FOUND] = "found",
	[EV_PERSON] = "person",
	[EV_NO_PERSON] = "no-person",
	[EV_PAID] = "paid",
	[EV_NOT_RECORDED] = "not-recorded",
	[EV_HANDED] = "handed",
	[EV_NOT_HANDED] = "not-handed",
	[EV_RECOVERED] = "recovered",
	[EV_VOIDED] = "voided",
	[EV_OPEN_PAYOUT] = "open-payout",
	[EV_NO_OPEN_PAYOUT] = "no-open-payout",
	[EV_NOT_PAID_SAVED] = "not-paid-saved",
	[EV_PREVIEW] = "preview",
	[EV_USERS] = "users",
	[EV_USER_SAVED] = "user-saved",
	[EV_EVIDENCE] = "evidence",
	[EV_COPY_PLACE] = "copy-place",
	[EV_COPIED] = "copied",
	[EV_LIMITS] = "limits",
	[EV_SETTINGS] = "settings",
	[EV_SAMPLE] = "sample",
	[EV_COPIES] = "copies",
	[EV_APPROVAL] = "approval",
	[EV_MARKS] = "marks",
	[EV_MARKS_TAKEN] = "marks-taken",
	[EV_HANDOVER] = "handover",
	[EV_EXCEPTIONS] = "exceptions",
	[EV_ARRIVALS] = "arrivals",
	[EV_RECHECK_SAID] = "recheck-said",
	[EV_INTAKE] = "intake",
	[EV_ACQUIRED] = "acquired",
	[EV_CONFIRMED] = "confirmed",
	[EV_COMPLAINT] = "complaint",
	[EV_ACCOUNT] = "account",
	[EV_CONSENT_STATE] = "consent-state",
	[EV_CONSENT_TEXT] = "consent-text",
	[EV_CONSENT] = "consent",
	[EV_REQUEST] = "request",
	[EV_VISITS] = "visits",
	[EV_VISIT_LOOK] = "visit-look",
	[EV_VISIT] = "visit",
	[EV_DRAFT] = "draft",
	[EV_NO_RECEIPT] = "no-receipt",
	[EV_REFUSED] = "refused",
	[EV_FAILED] = "failed",
};

static const char *how_word(enum sign_in how)
{
	switch (how) {
	case SIGN_IN_NO_USER:
		return "no-user";
	case SIGN_IN_WRONG_PIN:
		return "wrong-pin";
	case SIGN_IN_LOCKED:
		return "locked";
	case SIGN_IN_REVOKED:
		return "revoked";
	case SIGN_IN_EXPIRED:
		return "expired";
	case SIGN_IN_FAILED:
	case SIGN_IN_DONE:
		break;
	}
	return "failed";
}

/* Control characters, which no terminal gives to a screen. */
static const int lost[] = {CLASS_DIGIT, CLASS_LETTER, CLASS_BLANK, CLASS_MARK};

enum {
	LOST = sizeof(lost) / sizeof(lost[0])
};

int recording_lost_key(int class)
{
	for (int i = 0; i < LOST; i++)
		if (lost[i] == class)
			return i + 1;
	return LOST;
}

int recording_lost_class(int key)
{
	return key >= 1 && key <= LOST ? lost[key - 1] : 0;
}

void recording_answer(const struct event *ev, int person,
	char out[RECORDING_ANSWER_SIZE])
{
	const char *word = words[ev->kind] ? words[ev->kind] : "?";
	const size_t size = RECORDING_ANSWER_SIZE;

	switch (ev->kind) {
	case EV_SIGNED_IN:
		snprintf(out, size, "%s %s", word,
			users_role_name(ev->user.role));
		break;
	case EV_SIGN_IN_REFUSED:
		snprintf(out, size, "%s %s", word, how_word(ev->sign_in.how));
		break;
	case EV_PERSON:
		snprintf(out, size, "%s %d %s", word, person,
			ev->person.due.due > 0 || ev->person.due.paid > 0
				? "cash"
				: "none");
		break;
	case EV_OPEN_PAYOUT:
		snprintf(out, size, "%s%s", word,
			ev->left == SHIFT_LEFT_NOT ? "" : " left");
		break;
	case EV_FOUND:
		snprintf(out, size, "%s %d", word, ev->found.count);
		break;
	case EV_REFUSED:
		snprintf(out, size, "%s %s", word,
			refusal_code_name(ev->refusal.code));
		break;
	default:
		snprintf(out, size, "%s", word);
	}
}

int recording_answer_person(const char *answer, bool *cash)
{
	char number[8] = "";
	const char *rest;
	int64_t person;
	size_t len;

	if (!str_starts(answer, "person "))
		return 0;
	rest = answer + strlen("person ");
	len = strcspn(rest, " ");
	if (len >= sizeof(number))
		return 0;
	memcpy(number, rest, len);
	if (!str_to_int(number, 1, RECORDING_PEOPLE_MAX, &person))
		return 0;
	*cash = strcmp(rest + len, " cash") == 0;
	return (int)person;
}
