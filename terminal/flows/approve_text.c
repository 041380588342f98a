#include "terminal/flows/approve_text.h"

#include "core/str.h"
#include "core/tr.h"
#include "db/payouts.h"
#include "terminal/flows/drawer.h"

/* Kinds of records that want a second person (journal.md 2). */
enum {
	KIND_CLOSE = 4,
	KIND_PAY = 10,
	KIND_HANDED = 12,
	KIND_VOID = 13,
	KIND_DIFFERENCE = 23,
	FLAG_OVERRIDE = 16
};

const char *approve_code(const struct approval_request *r)
{
	switch (r->kind) {
	case KIND_CLOSE:
		return "close";
	case KIND_PAY:
		return "pay";
	case KIND_HANDED:
		return "handed";
	case KIND_VOID:
		return "void";
	case KIND_DIFFERENCE:
		return "difference";
	}
	return "other";
}

const char *approve_title(const struct approval_request *r)
{
	switch (r->kind) {
	case KIND_CLOSE:
		return tr("CLOSE THE DRAWER OF WHO LEFT");
	case KIND_PAY:
		return tr("PAY OUT");
	case KIND_HANDED:
		return tr("THE MONEY WAS HANDED OVER");
	case KIND_VOID:
		return r->reason == VOID_NOT_HANDED ? tr("CANCEL A PAYMENT")
						    : tr("TAKE A PAYMENT BACK");
	case KIND_DIFFERENCE:
		return r->reason & APPROVAL_SHORTAGE
			       ? tr("CLOSE WITH MONEY MISSING")
			       : tr("CLOSE WITH MONEY TOO MUCH");
	}
	return tr("SOMETHING THIS TERMINAL DOES NOT KNOW");
}

const char *approve_reason(const struct approval_request *r)
{
	const uint64_t reason = r->reason & ~(uint64_t)APPROVAL_SHORTAGE;

	switch (r->kind) {
	case KIND_PAY:
		return reason & FLAG_OVERRIDE
			       ? tr("outside of the time of its list, or by a "
				    "clock that is behind")
			       : tr("over the limit, or paid once more");
	case KIND_HANDED:
		return tr("its agent may not work there any more, and somebody "
			  "else says so");
	case KIND_VOID:
		if (reason == VOID_RECEIPT_BACK)
			return tr("money and receipt are back");
		return reason == VOID_RECEIPT_LOST
			       ? tr("the money is back, the receipt is lost")
			       : tr("the money never left the drawer");
	case KIND_DIFFERENCE:
		return drawer_reason_text((enum shift_reason)reason);
	}
	return "";
}

const char *approve_device(const struct approval_request *r, char out[8])
{
	str_to_hex(r->dev, 3, out);
	return out;
}
