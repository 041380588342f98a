/* A receipt on the screen, wider and narrower than the paper. */
#include "support/unit.h"

#include <string.h>

#include "core/str.h"
#include "support/feed.h"
#include "support/sample.h"
#include "support/screens.h"
#include "terminal/ui/preview_view.h"

/* 48 columns: what 80 mm paper has. */
static const char paper[] = "              BƯU ĐIỆN TỈNH PHÚ THỌ\n"
			    "             Bưu cục Cẩm Khê, quầy 2\n"
			    "               BIÊN NHẬN CHI TIỀN\n"
			    "\n"
			    "Số: a1b2c3-412                     Kỳ 12/2026\n"
			    "Họ tên: NGUYỄN THỊ ĐẸP\n"
			    "Số CCCD: ********4578\n"
			    "Nhóm: Bảo trợ xã hội\n"
			    "\n"
			    "Kỳ 12/2026 ............................. 500.000\n"
			    "Truy lĩnh kỳ 11/2026 ................... 500.000\n"
			    "────────────────────────────────────────────────\n"
			    "CỘNG ................................. 1.000.000\n"
			    "Bằng chữ: Một triệu đồng\n"
			    "\n"
			    "Ngày giờ: 05/12/2026 08:29\n"
			    "Người chi: Lan (số 7)\n"
			    "\n"
			    "Người nhận ký hoặc điểm chỉ:\n"
			    "\n"
			    "\n"
			    "Mã: 129S-RZCJ-BYD8-9\n";

static struct screens_keys show(const struct preview *p, struct canvas *c)
{
	struct screens_keys keys;

	preview_view(p, sample_info(), c);
	keys.b = preview_bindings(p->step, &keys.count);
	return keys;
}

static void load(struct preview *p)
{
	struct event *ev;

	preview_start(p, 412);
	ev = feed_answer(EV_PREVIEW);
	ev->preview.seq = 412;
	str_copy(ev->preview.brief.name, sizeof(ev->preview.brief.name),
		"NGUYỄN THỊ ĐẸP");
	ev->preview.brief.amount = 1000000;
	ev->preview.brief.state = PAYOUT_HANDED;
	str_copy(ev->preview.text, sizeof(ev->preview.text), paper);
	preview_handle(p, ev);
	assert_int_equal(p->step, PREVIEW_GIVEN);
}

static struct screens_keys top(struct canvas *c)
{
	static struct preview p;

	load(&p);
	return show(&p, c);
}

/* Of money that is still open, or cancelled, nothing can be cancelled. */
static struct screens_keys cancelled(struct canvas *c)
{
	static struct preview p;
	struct event *ev;

	load(&p);
	preview_start(&p, 412);
	ev = feed_answer(EV_PREVIEW);
	ev->preview.brief.state = PAYOUT_VOIDED;
	str_copy(ev->preview.text, sizeof(ev->preview.text), paper);
	preview_handle(&p, ev);
	assert_int_equal(p.step, PREVIEW_SHOW);
	return show(&p, c);
}

static struct screens_keys scrolled(struct canvas *c)
{
	static struct preview p;

	load(&p);
	preview_handle(&p, feed_key(K_DOWN));
	return show(&p, c);
}

static struct screens_keys copied(struct canvas *c)
{
	static struct preview p;

	load(&p);
	preview_handle(&p, feed_key('1'));
	return show(&p, c);
}

static struct screens_keys loading(struct canvas *c)
{
	static struct preview p;

	preview_start(&p, 412);
	return show(&p, c);
}

static struct screens_keys none(struct canvas *c)
{
	static struct preview p;

	preview_start_code(&p, "129S-RZCJ-BYD8-8");
	preview_handle(&p, feed_answer(EV_NO_RECEIPT));
	assert_int_equal(p.step, PREVIEW_NONE);
	return show(&p, c);
}

static struct screens_keys no_receipt(enum proof proof, struct canvas *c)
{
	static struct preview p;
	struct event *ev;

	preview_start_code(&p, "CV1:ABC");
	ev = feed_answer(EV_NO_RECEIPT);
	ev->evidence.proof = proof;
	ev->evidence.seq = 1234;
	preview_handle(&p, ev);
	assert_int_equal(p.step, PREVIEW_NONE);
	return show(&p, c);
}

static struct screens_keys unproven(struct canvas *c)
{
	return no_receipt(PROOF_UNPROVEN, c);
}

static struct screens_keys foreign(struct canvas *c)
{
	return no_receipt(PROOF_FOREIGN, c);
}

static struct screens_keys altered(struct canvas *c)
{
	static struct preview p;
	struct event *ev;

	preview_start_code(&p, "CV1:ABC");
	ev = feed_answer(EV_NO_RECEIPT);
	ev->evidence.proof = PROOF_UNPROVEN;
	ev->evidence.seq = 412;
	ev->evidence.last_seq = 500;
	preview_handle(&p, ev);
	return show(&p, c);
}

/* Somebody brings a paper: what it is worth stands above it. */
static struct screens_keys brought(const char *code, enum payout_state state,
	struct canvas *c)
{
	static struct preview p;
	struct event *ev;

	preview_start_code(&p, code);
	ev = feed_answer(EV_PREVIEW);
	ev->preview.seq = 412;
	ev->preview.brief.state = state;
	ev->preview.brief.copies = 2;
	str_copy(ev->preview.text, sizeof(ev->preview.text), paper);
	preview_handle(&p, ev);
	return show(&p, c);
}

static struct screens_keys true_one(struct canvas *c)
{
	return brought("CV1:ABC", PAYOUT_HANDED, c);
}

static struct screens_keys typed(struct canvas *c)
{
	return brought("129S-RZCJ-BYD8-9", PAYOUT_HANDED, c);
}

static struct screens_keys void_one(struct canvas *c)
{
	return brought("CV1:ABC", PAYOUT_VOIDED, c);
}

static const struct screens_state states[] = {
	{"true", true_one, false},
	{"typed", typed, false},
	{"void", void_one, false},
	{"altered", altered, false},
	{"top", top, false},
	{"cancelled", cancelled, false},
	{"scrolled", scrolled, false},
	{"copied", copied, false},
	{"loading", loading, false},
	{"none", none, false},
	{"unproven", unproven, false},
	{"foreign", foreign, false},
};

int main(void)
{
	return screens_run("preview", states, COUNT_OF(states));
}
