/* receipts.c - see receipts.h. */
#include "support/receipts.h"

#include <string.h>

const struct receipt_doc receipts_full = {
	.unit = "Bưu điện tỉnh Phú Thọ",
	.point = "Điểm chi trả: Nhà văn hoá khu 5, xã Cẩm Khê",
	.dev6 = "a0a1a2",
	.seq = 2,
	.shift = 7,
	.t = INT64_C(1795309920000), /* 22/11/2026 08:12 at UTC+7 */
	.period = 202612,
	.name = "NGUYỄN THỊ BÍCH NGỌC",
	.masked_id = "********4578",
	.group = "Bảo trợ xã hội",
	.address = "Khu 5, xã Cẩm Khê, tỉnh Phú Thọ",
	.payee = "LÒ VĂN TÝ",
	.relation = "Người giám hộ",
	.item = {{"Kỳ 12/2026", 540000}, {"Truy lĩnh 11/2026", 540000}},
	.items = 2,
	.total = 1080000,
	.note = {{500000, 2}, {50000, 1}, {20000, 1}, {10000, 1}},
	.notes = 4,
	.agent = "Lan (số 7)",
	.code = "129S-RZCJ-BYD8-9",
	.qr = "CV1:B90NJK.UKG.KZ8L9KLSVL2/LP5M000200000I/0524I/2C905 "
	      "INQ7Z31BZJVMI3OJ*ZEO$0G6Q5NTUACCS1P49M8F1.CHSO3T57:4T2QN%B87L"
	      "*$0Q%BEB35 U-3T9MPCDMG4NZ6U9DHM7PEM9RPN%J8%Y1ODMBVJ0KMD-LFH7"
	      "KBB",
	.hotline = "1900 0000",
	.words = WORDS_NORTH,
};

/* Words of six letters with marks, up to the end of the field. */
static void fill(char *out, size_t size)
{
	static const char word[] = "Nguyễn ";

	out[0] = '\0';
	for (size_t len = 0; len + sizeof(word) <= size;
		len += sizeof(word) - 1)
		memcpy(out + len, word, sizeof(word));
}

void receipts_longest(struct receipt_doc *out)
{
	*out = receipts_full;
	fill(out->unit, sizeof(out->unit));
	fill(out->point, sizeof(out->point));
	fill(out->name, sizeof(out->name));
	fill(out->address, sizeof(out->address));
	fill(out->payee, sizeof(out->payee));
	fill(out->relation, sizeof(out->relation));
	fill(out->agent, sizeof(out->agent));
	out->items = RECEIPT_MAX_ITEMS;
	out->total = 0;
	for (int i = 0; i < RECEIPT_MAX_ITEMS; i++) {
		memcpy(out->item[i].label, "Truy lĩnh 11/2026", 19);
		out->item[i].amount =
			i == 0 ? INT64_C(999999999999 - 15 * 11) : 11;
		out->total += out->item[i].amount;
	}
	out->notes = RECEIPT_MAX_NOTES;
	for (int i = 0; i < RECEIPT_MAX_NOTES; i++)
		out->note[i] = (struct receipt_note){500000, 1999};
	out->copy = 12;
	out->training = true;
	out->voided = true;
	out->clock_unsure = true;
}
