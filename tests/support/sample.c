#include "support/sample.h"

#include <string.h>

#include "core/str.h"

static const struct status morning = {
	.has_shift = true,
	.shift = {.number = 12,
		.actor = 7,
		.actor_name = "Lan",
		.opened_at = SAMPLE_NOW - 5400000,
		.float_in = 120000000,
		.paid = 76500000,
		.payouts = 142,
		.expected = 43500000},
	.done = 142,
	.all = 200,
	.made = 412,
	.sent = 380,
	.acked = 375,
	.link = LINK_DOWN,
	.link_since = SAMPLE_NOW - 1080000,
	.has_printer = true,
	.printer = "Xprinter XP-80 (USB)",
	.last_receipt = 411,
};

static const struct frame_info info = {
	.point = "Bưu cục Cẩm Khê · quầy 2",
	.user = "Lan",
	.status = &morning,
	.now = SAMPLE_NOW,
};

/* What goes wrong besides, and is said on whatever screen it meets. */
static struct {
	bool on;
	struct status status;
	struct notice notice;
	struct frame_info info;
} trouble;

void sample_trouble(const char *text)
{
	trouble.on = text != NULL;
	if (!text)
		return;
	trouble.status = morning;
	trouble.status.paper_trouble = true;
	trouble.status.clock_unsure = true;
	trouble.status.disk_low = true;
	trouble.status.drawer_open = true;
	trouble.info = info;
	trouble.info.status = &trouble.status;
	trouble.info.next = "NGUYỄN THỊ PHƯƠNG THẢO NGUYÊN";
	if (!*text)
		return;
	notice_say(&trouble.notice, NOTICE_WARN, "%s", text);
	trouble.info.notice = &trouble.notice;
}

const struct frame_info *sample_info(void)
{
	return trouble.on ? &trouble.info : &info;
}

const struct status *sample_status(void)
{
	return trouble.on ? &trouble.status : &morning;
}

static const struct person dep = {
	.id = 17,
	.unit_code = "CK",
	.beneficiary_id = "CK-0017",
	.id12 = "025144004578",
	.name = "Nguyễn Thị Đẹp",
	.birth = {1944, 9, 2},
	.sex = SEX_FEMALE,
	.address = "Thôn 3, xã Cẩm Khê",
	.group = "BTXH",
	.list_no = "2026-12",
	.seq = 17,
};

static const struct due_item items[] = {
	{.ent = {1},
		.period = 202612,
		.list_period = 202612,
		.what = ENT_MONTH,
		.amount = 500000},
	{.ent = {2},
		.period = 202611,
		.list_period = 202612,
		.what = ENT_ARREARS,
		.amount = 500000},
};

void sample_due(struct person_due *out)
{
	memset(out, 0, sizeof(*out));
	out->person = dep;
	memcpy(out->item, items, sizeof(items));
	out->items = 2;
	out->due = 1000000;
}

void sample_card(struct idcard *out)
{
	memset(out, 0, sizeof(*out));
	out->kind = CARD_KIND_CCCD;
	str_copy(out->id12, sizeof(out->id12), dep.id12);
	str_copy(out->name, sizeof(out->name), "Nguyễn Thị Đẹp");
	out->birth = dep.birth;
	out->sex = SEX_FEMALE;
	str_copy(out->address, sizeof(out->address),
		"Thôn 3, Cẩm Khê, Phú Thọ");
	out->issued = (struct date){2022, 3, 14};
}

void sample_other_card(struct idcard *out)
{
	sample_card(out);
	str_copy(out->name, sizeof(out->name), "Nguyễn Thị Diệp");
	out->birth = (struct date){1944, 2, 9};
}

void sample_payout(struct payout *out)
{
	memset(out, 0, sizeof(*out));
	out->seq = 412;
	out->state = PAYOUT_PAID;
	out->print = PRINT_PRINTING;
	out->t = SAMPLE_NOW - 60000;
	out->shift = 12;
	out->actor = 7;
	str_copy(out->actor_name, sizeof(out->actor_name), "Lan");
	out->period = 202612;
	out->amount = 1000000;
	memcpy(out->item, items, sizeof(items));
	out->items = 2;
	out->notes = (struct notes){.pieces = {[0] = 1, [1] = 2, [2] = 1}};
	out->payee = PAYEE_SELF;
	out->person = dep;
	str_copy(out->code, sizeof(out->code), "129S-RZCJ-BYD8-9");
}

void sample_prior(struct refusal_prior *out)
{
	memset(out, 0, sizeof(*out));
	out->seq = 97;
	out->t = SAMPLE_NOW - INT64_C(172800000);
	out->actor = 12;
	str_copy(out->actor_name, sizeof(out->actor_name), "Trần Văn Hùng");
	str_copy(out->point, sizeof(out->point), "Bưu cục Sông Thao");
	str_copy(out->receipt, sizeof(out->receipt), "4KTM-9W2P-XE7A-3");
	out->amount = 1000000;
	out->period = 202612;
}

void sample_found(struct person_found *out, int n)
{
	static const char *const names[] = {"NGUYỄN THỊ ĐẸP", "NGUYỄN THỊ ĐẸT",
		"NGUYỄN THỊ DUNG", "NGUYỄN THỊ HỒNG HẠNH", "NGUYỄN VĂN ĐỆ",
		"NGUYỄN THỊ PHƯƠNG THẢO NGUYÊN", "NGUYỄN BÁ"};
	static const char *const hamlets[] = {"Thôn 3", "Thôn 12",
		"Khu dân cư số 4, đường Hùng Vương", "Bản Nà Khoang"};

	for (int i = 0; i < n; i++) {
		struct person_found *p = &out[i];

		memset(p, 0, sizeof(*p));
		p->id = i + 1;
		str_copy(p->id12, sizeof(p->id12), "025140004578");
		p->id12[5] = (char)('0' + i % 10);
		p->id12[9] = (char)('0' + i / 10);
		p->id12[11] = (char)('0' + i % 10);
		str_copy(p->name, sizeof(p->name),
			names[i % (int)(sizeof(names) / sizeof(names[0]))]);
		p->birth = (struct date){(int16_t)(1940 + i), 0, 0};
		str_copy(p->hamlet, sizeof(p->hamlet), hamlets[i % 4]);
		p->due = i % 5 == 3 ? 0 : 500000 + 40000 * i;
		p->paid = i % 5 == 2;
	}
}
