/* Approvals and exceptions of a shift, on the flow's own states. */
#include "support/unit.h"

#include <string.h>

#include "core/str.h"
#include "support/feed.h"
#include "support/sample.h"
#include "support/screens.h"
#include "terminal/ui/unusual_view.h"

static struct unusual u;

static struct screens_keys draw(struct canvas *c)
{
	struct screens_keys keys;

	unusual_view(&u, sample_info(), c);
	keys.b = unusual_bindings(&u, &keys.count);
	return keys;
}

static const struct exception samples[FLOW_UNUSUAL_ROWS] = {
	{.kind = EXCEPTION_VOID,
		.seq = 345,
		.actor = 7,
		.actor_name = "Lan",
		.approver = 1,
		.approver_name = "Hoa",
		.by = EXCEPTION_BY_PIN,
		.has_amount = true,
		.amount = 1080000,
		.reason = VOID_RECEIPT_LOST,
		.code = "129S-RZCJ-BYD8-9",
		.name = "NGUYỄN THỊ ĐẸP"},
	{.kind = EXCEPTION_ALONE,
		.seq = 330,
		.actor = 7,
		.actor_name = "Lan",
		.has_amount = true,
		.amount = 12880000,
		.code = "1AAA-RZCJ-BYD8-9",
		.name = "CÔNG TẰNG TÔN NỮ THỊ HUYỀN TRANG"},
	{.kind = EXCEPTION_REVIEW,
		.seq = 321,
		.actor = 7,
		.actor_name = "Lan",
		.result = REVIEW_NAME | REVIEW_BIRTH,
		.reason = REVIEW_REASON_LIST,
		.name = "TRẦN THỊ BÌNH"},
	{.kind = EXCEPTION_WRONG_PIN,
		.seq = 300,
		.actor = 7,
		.actor_name = "Lan"},
	{.kind = EXCEPTION_LIMIT,
		.seq = 299,
		.actor = 1,
		.actor_name = "Hoa",
		.line = "limit single 20000000"},
	{.kind = EXCEPTION_PAD,
		.seq = 290,
		.actor = 7,
		.actor_name = "Lan",
		.has_amount = true,
		.amount = 540000,
		.pad = "000123",
		.code = "1BBB-RZCJ-BYD8-9",
		.name = "LÊ VĂN CHI"},
};

static void load(int rows, int64_t total)
{
	struct event *ev;

	unusual_start(&u);
	ev = feed_answer(EV_EXCEPTIONS);
	ev->unusual.shift = total < 0 ? 0 : 12;
	ev->unusual.total = total < 0 ? 0 : total;
	ev->unusual.rows = rows;
	if (rows > 0)
		ev->unusual.present = EXCEPTION_BIT(EXCEPTION_VOID);
	for (int i = 0; i < rows; i++) {
		ev->unusual.row[i] = samples[i];
		ev->unusual.row[i].t = sample_info()->now - i * 7 * 60000;
	}
	unusual_handle(&u, ev);
	assert_int_equal(u.step, UNUSUAL_LIST);
}

static struct screens_keys asking(struct canvas *c)
{
	unusual_start(&u);
	return draw(c);
}

static struct screens_keys list(struct canvas *c)
{
	load(FLOW_UNUSUAL_ROWS, 23);
	return draw(c);
}

static struct screens_keys one_kind(struct canvas *c)
{
	load(FLOW_UNUSUAL_ROWS, 23);
	unusual_handle(&u, feed_key('7'));
	u.step = UNUSUAL_LIST;
	u.page.rows = 1;
	u.page.total = 1;
	return draw(c);
}

static struct screens_keys plain(struct canvas *c)
{
	load(0, 0);
	return draw(c);
}

static struct screens_keys no_shift(struct canvas *c)
{
	load(0, -1);
	return draw(c);
}

static struct screens_keys one(struct canvas *c)
{
	load(FLOW_UNUSUAL_ROWS, 23);
	unusual_handle(&u, feed_key('1'));
	return draw(c);
}

static struct screens_keys difference(struct canvas *c)
{
	load(FLOW_UNUSUAL_ROWS, 23);
	unusual_handle(&u, feed_key('3'));
	return draw(c);
}

/* Limits are changed before anybody opens a drawer. */
static struct screens_keys before(struct canvas *c)
{
	load(FLOW_UNUSUAL_ROWS, FLOW_UNUSUAL_ROWS);
	u.page.shift = 0;
	return draw(c);
}

static struct screens_keys called(struct canvas *c)
{
	load(FLOW_UNUSUAL_ROWS, 23);
	u.page.row[0] = (struct exception){.kind = EXCEPTION_CALLED,
		.seq = 471,
		.t = sample_info()->now,
		.actor = 9,
		.actor_name = "Hùng",
		.has_amount = true,
		.amount = 540000,
		.pay = 290,
		.word = {.pay = 290,
			.said = SAMPLE_DIFFERS,
			.amount = 500000,
			.note = SAMPLE_NOTE_RELATIVE},
		.code = "1BBB-RZCJ-BYD8-9",
		.name = "LÊ VĂN CHI"};
	unusual_handle(&u, feed_key('1'));
	return draw(c);
}

static const struct screens_state states[] = {
	{"asking", asking, false},
	{"list", list, false},
	{"one_kind", one_kind, false},
	{"plain", plain, false},
	{"no_shift", no_shift, false},
	{"before", before, false},
	{"one", one, false},
	{"called", called, false},
	{"difference", difference, false},
};

int main(void)
{
	return screens_run("unusual", states, COUNT_OF(states));
}
