#include "terminal/flows/board_text.h"

#include <stdio.h>

#include "core/codec/admin.h"
#include "core/str.h"
#include "core/tr.h"
#include "db/shifts.h"
#include "terminal/flows/drawer.h"
#include "terminal/flows/pay_text.h"

enum {
	DAY_BEGINS = 7,
	DAY_ENDS = 17
};

const char *board_group_name(enum group g)
{
	switch (g) {
	case GROUP_SOCIAL:
		return pay_group_text("BTXH");
	case GROUP_MERIT:
		return pay_group_text("NCC");
	case GROUP_OTHER:
		return pay_group_text("KHAC");
	case GROUP_UNKNOWN:
	case GROUP_COUNT:
		break;
	}
	return tr("Group not known");
}

const char *board_unit_name(const char *code, const char *name, char *out,
	size_t size)
{
	struct admin_unit unit;

	if (name[0])
		str_copy(out, size, name);
	else if (admin_by_code(code, &unit))
		str_copy(out, size, unit.full_name);
	else
		snprintf(out, size, tr("Unit %s"), code);
	return out;
}

const char *board_percent(int share, char out[BOARD_PERCENT_SIZE])
{
	int tenths = (share + 5) / 10;

	if (share < 10000 && tenths == 1000)
		tenths = 999;
	snprintf(out, BOARD_PERCENT_SIZE, "%d,%d%%", tenths / 10, tenths % 10);
	return out;
}

const char *board_age(int64_t ms, char *out, size_t size)
{
	const long long minutes = ms > 0 ? (long long)(ms / 60000) : 0;

	if (minutes < 1)
		str_copy(out, size, tr("just now"));
	else if (minutes < 60)
		snprintf(out, size, tr("%lld minutes ago"), minutes);
	else if (minutes < 48 * 60)
		snprintf(out, size, tr("%lld hours ago"), minutes / 60);
	else
		snprintf(out, size, tr("%lld days ago"), minutes / (24 * 60));
	return out;
}

const char *board_reason_name(uint64_t reason)
{
	return reason == SHIFT_REASON_NONE
		       ? ""
		       : drawer_reason_text((enum shift_reason)reason);
}

void board_hours(const struct board *b, int *first, int *last)
{
	*first = DAY_BEGINS;
	*last = DAY_ENDS;
	for (int h = 0; h < BOARD_HOURS; h++) {
		if (b->hour[h].payments == 0)
			continue;
		if (h < *first)
			*first = h;
		if (h > *last)
			*last = h;
	}
}
