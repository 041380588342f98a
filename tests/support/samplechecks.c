#include "support/samplechecks.h"

#include <stdio.h>
#include <string.h>

#include "core/str.h"
#include "support/sample.h"

static const char *const names[] = {"NGUYỄN THỊ ĐẸP", "TRẦN VĂN AN",
	"CÔNG TẰNG TÔN NỮ THỊ HUYỀN TRANG", "LÊ VĂN CHI", "PHẠM THỊ DUNG",
	"VŨ ĐỨC EM", "HOÀNG THỊ GẤM"};

static void fill_draw(struct sample *s, int i)
{
	*s = (struct sample){.seq = (uint64_t)(SAMPLECHECKS_SEQ - 10 * i),
		.t = SAMPLE_NOW - i * INT64_C(86400000),
		.actor = 9,
		.actor_name = "Hùng",
		.first = 3,
		.last = (uint64_t)(SAMPLECHECKS_SEQ - 10 * i - 1),
		.count = 10};
	for (int k = 0; k < SAMPLES_SEED; k++)
		s->seed[k] = (uint8_t)(17 * k + i);
}

static void fill_item(struct sample_item *it, int i)
{
	*it = (struct sample_item){.place = i + 1,
		.pay = (uint64_t)(i + 4),
		.t = SAMPLE_NOW - i * INT64_C(600000),
		.amount = 500000 + 40000 * i,
		.agent = 7,
		.agent_name = "Trần Thị Mai",
		.person = i + 1,
		.hamlet = "Thôn Đông"};
	str_copy(it->name, sizeof(it->name), names[i % 7]);
	snprintf(it->code, sizeof(it->code), "129S-4HJ%c-Q2M8-7", 'A' + i % 26);
	if (i != 1)
		str_copy(it->phone, sizeof(it->phone), "0912345678");
}

static void say(struct sample_item *it, enum sample_said said,
	enum sample_note note, int64_t amount)
{
	it->said = said;
	it->note = note;
	it->said_amount = amount;
	it->said_at = SAMPLE_NOW;
	it->caller = 9;
	str_copy(it->caller_name, sizeof(it->caller_name), "Hùng");
	it->tries = 2;
}

struct recheck_told *samplechecks(int draws, int receipts)
{
	static struct recheck_told t;

	memset(&t, 0, sizeof(t));
	t.draws = draws;
	for (int i = 0; i < draws; i++)
		fill_draw(&t.draw[i], i);
	if (receipts == 0)
		return &t;
	t.drawn = t.draw[0];
	t.count = receipts;
	t.population = 312;
	for (int i = 0; i < receipts; i++)
		fill_item(&t.item[i], i);
	if (receipts > 3) {
		say(&t.item[0], SAMPLE_CONFIRMED, SAMPLE_NOTE_SELF, -1);
		say(&t.item[2], SAMPLE_DIFFERS, SAMPLE_NOTE_RELATIVE, 300000);
		say(&t.item[3], SAMPLE_NOT_REACHED, SAMPLE_NOTE_NUMBER, -1);
	}
	return &t;
}
