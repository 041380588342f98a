#include "terminal/flows/exception_text.h"

#include <stdio.h>
#include <string.h>

#include "core/buf.h"
#include "core/str.h"
#include "core/tr.h"
#include "db/complaints.h"
#include "db/drawers.h"
#include "db/faults.h"
#include "terminal/flows/complain.h"
#include "terminal/flows/drawer.h"
#include "terminal/flows/limit_text.h"
#include "terminal/flows/sample_text.h"

enum {
	FLAG_OVERRIDE = 16,
	RESULT_OVER = 1,
	CLOCK_JUMPED = 1,
	CLOCK_VOUCHED = 2,
	FAULT_OF_SIGNER = 1,
	FAULT_OF_TAIL = 5
};

const char *exception_title(enum exception_kind k)
{
	static const char *const title[EXCEPTION_KINDS] = {
		[EXCEPTION_APPROVED] = TR("Paid with approval"),
		[EXCEPTION_ALONE] = TR("Paid without the second person"),
		[EXCEPTION_PAD] = TR("Sheet of the pad"),
		[EXCEPTION_REVIEW] = TR("Difference accepted"),
		[EXCEPTION_VOID] = TR("Payment cancelled"),
		[EXCEPTION_COPY] = TR("Printed again"),
		[EXCEPTION_DRAWER] = TR("Drawer opened"),
		[EXCEPTION_OVER_SHORT] = TR("Cash differs"),
		[EXCEPTION_STAND_IN] = TR("Closed for somebody"),
		[EXCEPTION_NO_SLIP] = TR("Z slip not scanned"),
		[EXCEPTION_LIMIT] = TR("Limit changed"),
		[EXCEPTION_LIST] = TR("List corrected"),
		[EXCEPTION_CASH_AGAIN] = TR("Cash again"),
		[EXCEPTION_OUTAGE] = TR("Outage"),
		[EXCEPTION_CLOCK] = TR("Clock"),
		[EXCEPTION_COMPLAINT] = TR("Complaint"),
		[EXCEPTION_WRONG_PIN] = TR("Wrong PIN"),
		[EXCEPTION_NOT_ALLOWED] = TR("Not his to do"),
		[EXCEPTION_GIVEN] = TR("Approved elsewhere"),
		[EXCEPTION_CALLED] = TR("Says otherwise"),
		[EXCEPTION_UNSIGNED] = TR("Record unsigned"),
	};

	return tr(title[k]);
}

const char *exception_by_text(enum exception_by by)
{
	switch (by) {
	case EXCEPTION_BY_NOBODY:
		break;
	case EXCEPTION_BY_PIN:
		return tr("by PIN");
	case EXCEPTION_BY_QR:
		return tr("by QR");
	}
	return "";
}

static const char *void_text(uint64_t reason)
{
	switch ((enum void_reason)reason) {
	case VOID_NONE:
		break;
	case VOID_NOT_HANDED:
		return tr("the money did not leave the drawer");
	case VOID_RECEIPT_BACK:
		return tr("the money came back, with the receipt");
	case VOID_RECEIPT_LOST:
		return tr("the money came back, the receipt is lost");
	}
	return "";
}

static const char *opened_text(uint64_t reason)
{
	switch ((enum drawer_reason)reason) {
	case DRAWER_CHANGE:
		return tr("to change banknotes");
	case DRAWER_COUNT:
		return tr("to count");
	case DRAWER_STUCK:
		return tr("it was stuck");
	case DRAWER_OTHER:
		break;
	}
	return tr("for something else");
}

static const char *outage_text(uint64_t reason)
{
	switch (reason) {
	case FAULT_OF_SIGNER:
		return tr("the key could not sign");
	case FAULT_PRINTER:
		return tr("the printer did not print");
	case FAULT_DISK:
		return tr("the disk was full");
	case FAULT_CLOCK:
		return tr("the clock was too far behind");
	case FAULT_OF_TAIL:
		return tr("a paper shows records that the book lacks");
	}
	return "";
}

static const char *clock_text(uint64_t reason)
{
	switch (reason) {
	case CLOCK_JUMPED:
		return tr("it went back");
	case CLOCK_VOUCHED:
		return tr("a supervisor says that it is right");
	}
	return tr("it showed no day that can be");
}

static void say_review(const struct exception *e, char *out, size_t size)
{
	static const struct {
		unsigned bit;
		const char *text;
	} what[] = {
		{REVIEW_NAME_MARKS, TR("marks of the name")},
		{REVIEW_NAME, TR("the name")},
		{REVIEW_BIRTH, TR("the birth")},
		{REVIEW_SEX, TR("the sex")},
		{REVIEW_OLD_ID, TR("found by the old number")},
		{REVIEW_CARD, TR("the card was read with warnings")},
		{REVIEW_MINOR, TR("a child, or by somebody else")},
	};
	static const char *const why[] = {
		[REVIEW_REASON_LIST] = TR("the list is wrong"),
		[REVIEW_REASON_CARD] = TR("the card is wrong or old"),
		[REVIEW_REASON_PAPER] = TR("another paper shows it"),
	};
	struct buf b;

	buf_init(&b, out, size - 1);
	for (size_t i = 0; i < sizeof(what) / sizeof(what[0]); i++)
		if (e->result & what[i].bit)
			buf_printf(&b, "%s%s", b.len ? ", " : "",
				tr(what[i].text));
	if (e->reason >= 1 && e->reason <= 3)
		buf_printf(&b, "; %s", tr(why[e->reason]));
	out[b.len] = '\0';
}

static void say_limit(const struct exception *e, char *out, size_t size)
{
	static const char word[] = "limit ";
	char says[LIMIT_SAYS_SIZE];
	char name[96];
	int64_t value;

	/* "limit single 20000000" */
	str_copy(name, sizeof(name),
		strncmp(e->line, word, strlen(word)) == 0
			? e->line + strlen(word)
			: e->line);
	for (int l = 0; l < LIMIT_COUNT; l++) {
		const char *key = limit_name((enum limit)l);
		const size_t len = strlen(key);

		if (strncmp(name, key, len) != 0 || name[len] != ' ' ||
			!limit_parse((enum limit)l, name + len + 1, &value))
			continue;
		snprintf(out, size, "%s: %s", limit_title((enum limit)l),
			limit_shown((enum limit)l, value, says));
		return;
	}
	str_copy(out, size, name);
}

static const char *pay_text_of(const struct exception *e)
{
	return e->flags & FLAG_OVERRIDE
		       ? tr("outside of the time of its list, or by a clock "
			    "that is behind")
		       : tr("over the limit, or paid once more");
}

static void with_number(char *out, size_t size, const char *format,
	unsigned long long number)
{
	struct buf b;

	buf_init(&b, out, size - 1);
	buf_printf(&b, "%s %llu", format, number);
	out[b.len] = '\0';
}

const char *exception_why(const struct exception *e,
	char out[EXCEPTION_TEXT_SIZE])
{
	const char *text = "";

	out[0] = '\0';
	switch (e->kind) {
	case EXCEPTION_APPROVED:
	case EXCEPTION_ALONE:
		text = pay_text_of(e);
		break;
	case EXCEPTION_PAD:
		snprintf(out, EXCEPTION_TEXT_SIZE,
			tr("sheet %s, entered later"), e->pad);
		return out;
	case EXCEPTION_REVIEW:
		say_review(e, out, EXCEPTION_TEXT_SIZE);
		return out;
	case EXCEPTION_VOID:
		text = void_text(e->reason);
		break;
	case EXCEPTION_COPY:
		with_number(out, EXCEPTION_TEXT_SIZE, tr("copy"), e->result);
		return out;
	case EXCEPTION_DRAWER:
		text = opened_text(e->reason);
		break;
	case EXCEPTION_OVER_SHORT:
		snprintf(out, EXCEPTION_TEXT_SIZE, "%s; %s",
			e->result == RESULT_OVER ? tr("too much")
						 : tr("missing"),
			drawer_reason_text((enum shift_reason)e->reason));
		return out;
	case EXCEPTION_STAND_IN:
		text = tr("its agent may not work here any more");
		break;
	case EXCEPTION_LIMIT:
		say_limit(e, out, EXCEPTION_TEXT_SIZE);
		return out;
	case EXCEPTION_LIST:
		with_number(out, EXCEPTION_TEXT_SIZE,
			tr("in the place of list"),
			(unsigned long long)e->list);
		return out;
	case EXCEPTION_OUTAGE:
		text = outage_text(e->reason);
		break;
	case EXCEPTION_CLOCK:
		text = clock_text(e->reason);
		break;
	case EXCEPTION_COMPLAINT:
		text = complain_reason_text((enum complaint_reason)e->reason);
		break;
	case EXCEPTION_CALLED:
		return sample_word_text(&e->word, out);
	case EXCEPTION_NO_SLIP:
		text = tr("the slip of the last count was not at hand");
		break;
	case EXCEPTION_CASH_AGAIN:
		text = tr("no payment to the account any more");
		break;
	case EXCEPTION_WRONG_PIN:
		text = tr("somebody tried to sign in with that number");
		break;
	case EXCEPTION_NOT_ALLOWED:
		text = tr("his role may not do what he tried");
		break;
	case EXCEPTION_GIVEN:
		text = tr("signed here, done at another terminal");
		break;
	case EXCEPTION_UNSIGNED:
		text = tr("made while the key could not sign");
		break;
	case EXCEPTION_KINDS:
		break;
	}
	str_copy(out, EXCEPTION_TEXT_SIZE, text);
	return out;
}
