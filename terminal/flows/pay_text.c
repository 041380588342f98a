#include "terminal/flows/pay_text.h"

#include <stdio.h>
#include <string.h>

#include "core/buf.h"
#include "core/money.h"
#include "core/str.h"
#include "core/tr.h"

enum {
	MAX_MONTHS = 12
};

/* "2026-10,2026-11" to periods; how many there are. */
static int months_of(const char *listed, int32_t period[MAX_MONTHS])
{
	char one[DATE_TEXT_SIZE];
	int n = 0;

	while (*listed && n < MAX_MONTHS) {
		const size_t len = strcspn(listed, ",; ");

		snprintf(one, sizeof(one), "%.*s", (int)(len < 20 ? len : 20),
			listed);
		if (len > 0 && period_parse(one, &period[n]))
			n++;
		listed += len;
		listed += strspn(listed, ",; ");
	}
	return n;
}

/* "10, 11/2026": the year once, behind the last month of it. */
static const char *months_text(const struct due_item *item, char *out,
	size_t size)
{
	int32_t period[MAX_MONTHS];
	int n = months_of(item->months, period);
	struct buf b;

	if (n == 0) {
		period[0] = item->period;
		n = 1;
	}
	buf_init(&b, out, size);
	for (int i = 0; i < n; i++) {
		const bool last =
			i == n - 1 || period[i + 1] / 100 != period[i] / 100;

		buf_printf(&b, "%s%02d", i ? ", " : "", period[i] % 100);
		if (last)
			buf_printf(&b, "/%d", period[i] / 100);
	}
	return buf_text(&b);
}

const char *pay_item_text(const struct due_item *item, char *out, size_t size)
{
	char months[PAY_TEXT_SIZE / 2];
	char period[DATE_TEXT_SIZE];

	switch (item->what) {
	case ENT_MONTH:
		snprintf(out, size, tr("Period %s"),
			period_vi(item->period, period));
		return out;
	case ENT_ARREARS:
		snprintf(out, size, tr("Arrears for %s"),
			months_text(item, months, sizeof(months)));
		return out;
	case ENT_FUNERAL:
		str_copy(out, size, tr("Funeral money"));
		return out;
	case ENT_CARRIED:
		snprintf(out, size, tr("Carried over from %s"),
			months_text(item, months, sizeof(months)));
		return out;
	case ENT_OTHER:
		break;
	}
	snprintf(out, size, tr("Other money, %s"),
		period_vi(item->period, period));
	return out;
}

const char *pay_notes_text(const struct notes *n, char out[PAY_TEXT_SIZE])
{
	char money[MONEY_TEXT_SIZE];
	size_t len = 0;

	out[0] = '\0';
	for (int i = 0; i < NOTES_KINDS; i++) {
		if (n->pieces[i] == 0)
			continue;
		len += (size_t)snprintf(out + len, PAY_TEXT_SIZE - len,
			"%s%dx%s", len > 0 ? " " : "", (int)n->pieces[i],
			money_format(notes_denomination[i], money));
		if (len >= PAY_TEXT_SIZE)
			break;
	}
	return out;
}

const char *pay_payee_text(enum payee payee)
{
	switch (payee) {
	case PAYEE_SELF:
		return tr("The person himself or herself");
	case PAYEE_GUARDIAN:
		return tr("Guardian");
	case PAYEE_AUTHORISED:
		return tr("Authorised person");
	case PAYEE_FUNERAL:
		return tr("Receiver of the funeral money");
	case PAYEE_CARER:
		return tr("Carer");
	}
	return "";
}

const char *pay_relation_text(enum payee_relation relation)
{
	switch (relation) {
	case RELATION_NONE:
		return "";
	case RELATION_CHILD:
		return tr("Son or daughter");
	case RELATION_SPOUSE:
		return tr("Wife or husband");
	case RELATION_PARENT:
		return tr("Father or mother");
	case RELATION_SIBLING:
		return tr("Brother or sister");
	case RELATION_GRANDCHILD:
		return tr("Grandchild");
	case RELATION_OTHER:
		return tr("Another relation, or none");
	}
	return "";
}

const char *pay_group_text(const char *group)
{
	if (strcmp(group, "BTXH") == 0)
		return tr("Social assistance");
	if (strcmp(group, "NCC") == 0)
		return tr("People with merit");
	if (strcmp(group, "KHAC") == 0)
		return tr("Other group");
	return group;
}

const char *pay_state_text(enum payout_state state)
{
	switch (state) {
	case PAYOUT_PAID:
		return tr("Recorded, not yet handed over");
	case PAYOUT_HANDED:
		return tr("Handed over");
	case PAYOUT_VOIDED:
		return tr("Voided");
	}
	return "";
}

const char *pay_print_text(enum print_state state)
{
	switch (state) {
	case PRINT_NONE:
		return tr("Not printed");
	case PRINT_PRINTING:
		return tr("Printing");
	case PRINT_PRINTED:
		return tr("Printed");
	case PRINT_UNKNOWN:
		return tr("Perhaps printed");
	case PRINT_FAILED:
		return tr("Printing failed");
	}
	return "";
}

const char *pay_masked_id(const char *id12, char out[16])
{
	const size_t len = strlen(id12);

	out[0] = '\0';
	if (len < 5 || len > 15)
		return out;
	memset(out, '*', len - 4);
	memcpy(out + len - 4, id12 + len - 4, 5);
	return out;
}

const char *pay_sex_text(enum sex sex)
{
	switch (sex) {
	case SEX_UNKNOWN:
		return "";
	case SEX_MALE:
		return tr("Male");
	case SEX_FEMALE:
		return tr("Female");
	}
	return "";
}
