/* What visits say in words: visit.h. */
#include <stdio.h>
#include <string.h>

#include "core/tr.h"
#include "terminal/flows/visit_internal.h"

enum {
	WEEK = 7,
	EPOCH_WEEKDAY = 4 /* 1 January 1970 was a Thursday; 0 is Sunday */
};

static const struct {
	enum visit_result result;
	const char *text;
	const char *word;
} words[] = {
	{VISIT_AGREED, TR("Agrees to be paid by account"), TR("agrees")},
	{VISIT_HAS_ACCOUNT, TR("Has an account and wants it used"),
		TR("has an account")},
	{VISIT_THINKS, TR("Wants to think about it"), TR("thinks")},
	{VISIT_WANTS_CASH, TR("Refuses: wants cash"), TR("refuses")},
	{VISIT_DISTRUSTS, TR("Refuses: does not trust it"), TR("refuses")},
	{VISIT_FAR, TR("Refuses: the bank is far away"), TR("refuses")},
	{VISIT_NO_PHONE, TR("Refuses: no phone, or cannot use one"),
		TR("refuses")},
	{VISIT_FAMILY, TR("Refuses: the family decides"), TR("refuses")},
	{VISIT_REFUSES, TR("Refuses for another reason"), TR("refuses")},
	{VISIT_NO_CARD, TR("Cannot: no ID card"), TR("cannot")},
	{VISIT_CARD_EXPIRED, TR("Cannot: the ID card has expired"),
		TR("cannot")},
	{VISIT_NO_FINGERPRINTS, TR("Cannot: no fingerprints"), TR("cannot")},
	{VISIT_NEEDS_GUARDIAN, TR("Cannot: needs a guardian"), TR("cannot")},
	{VISIT_NO_BIRTH_PAPERS, TR("Cannot: no papers of birth"), TR("cannot")},
	{VISIT_CANNOT_MOVE, TR("Cannot: does not leave the house"),
		TR("cannot")},
	{VISIT_CANNOT, TR("Cannot, for another reason"), TR("cannot")},
	{VISIT_ABSENT, TR("Nobody at home"), TR("nobody home")},
	{VISIT_MOVED, TR("Has moved away"), TR("moved")},
	{VISIT_DIED, TR("Has died"), TR("died")},
	{VISIT_OTHER, TR("Nothing could be done"), TR("nothing done")},
};

const char *visit_result_text(enum visit_result r)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (words[i].result == r)
			return tr(words[i].text);
	return "";
}

const char *visit_result_word(enum visit_result r)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (words[i].result == r)
			return tr(words[i].word);
	return "";
}

static const char *weekday(struct date d)
{
	static const char *const day[WEEK] = {TR("Sun"), TR("Mon"), TR("Tue"),
		TR("Wed"), TR("Thu"), TR("Fri"), TR("Sat")};
	const int64_t n = (date_days(d) + EPOCH_WEEKDAY) % WEEK;

	return tr(day[n < 0 ? n + WEEK : n]);
}

const char *visit_day_text(struct date today, int days, bool brief,
	char out[VISIT_TEXT_SIZE])
{
	const struct date d = date_of_days(date_days(today) + days);

	snprintf(out, VISIT_TEXT_SIZE,
		days == 1 && !brief ? tr("tomorrow, %s %d/%d") : "%s %d/%d",
		weekday(d), d.day, d.month);
	return out;
}

const char *visit_date_text(struct date d, char out[VISIT_TEXT_SIZE])
{
	char date[DATE_TEXT_SIZE];

	out[0] = '\0';
	if (d.year != 0 && d.day != 0)
		snprintf(out, VISIT_TEXT_SIZE, "%s %s", weekday(d),
			date_vi(d, date));
	else if (d.year != 0)
		snprintf(out, VISIT_TEXT_SIZE, "%s", date_vi(d, date));
	return out;
}

const char *visit_line_text(const struct visit *v, char out[VISIT_TEXT_SIZE])
{
	const struct date d = date_of_ms(v->t).date;

	snprintf(out, VISIT_TEXT_SIZE, "%02d/%02d/%d %.*s: %s", d.day, d.month,
		d.year, 60, v->actor_name, visit_result_text(v->result));
	return out;
}
