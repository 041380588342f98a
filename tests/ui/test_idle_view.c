/* Between two people, and the header in all its states. */
#include "support/unit.h"

#include "core/str.h"
#include "support/sample.h"
#include "support/screens.h"
#include "terminal/ui/idle_view.h"

static struct screens_keys show(enum idle_step step,
	const struct frame_info *info, struct canvas *c)
{
	struct screens_keys keys;
	struct idle idle;

	idle_init(&idle, step == IDLE_DEMO);
	idle.step = step;
	idle_view(&idle, info, c);
	keys.b = idle_bindings(step, &keys.count);
	return keys;
}

static struct screens_keys ready(struct canvas *c)
{
	return show(IDLE_READY, sample_info(), c);
}

static struct screens_keys demo(struct canvas *c)
{
	struct frame_info info = *sample_info();
	struct status status = *sample_status();

	str_copy(status.printer, sizeof(status.printer),
		"file:/home/lan/.local/share/chitra/demo/receipts");
	info.status = &status;
	info.demo = true;
	return show(IDLE_DEMO, &info, c);
}

static struct screens_keys camera(struct canvas *c)
{
	struct frame_info info = *sample_info();
	struct status status = *sample_status();

	str_copy(status.printer, sizeof(status.printer),
		"serial:/dev/serial/by-id/usb-Prolific-if00:115200:rtscts");
	info.status = &status;
	return show(IDLE_CAMERA, &info, c);
}

/* All sent, online, nothing wrong, nobody paid, no printer. */
static struct screens_keys morning(struct canvas *c)
{
	struct frame_info info = *sample_info();
	struct status status = *sample_status();

	status.made = status.sent = status.acked = 12;
	status.link = LINK_UP;
	status.done = 0;
	status.has_printer = false;
	info.status = &status;
	return show(IDLE_READY, &info, c);
}

/* A list of the centre waits: for who may take it, and for who may not. */
static struct screens_keys list_came(enum idle_step step, struct canvas *c)
{
	struct frame_info info = *sample_info();
	struct status status = *sample_status();

	status.arrived = 1;
	info.status = &status;
	info.role = idle_has_list(step) ? ROLE_SUPERVISOR : ROLE_AGENT;
	return show(step, &info, c);
}

static struct screens_keys arrived(struct canvas *c)
{
	return list_came(IDLE_ARRIVED, c);
}

static struct screens_keys foreign_arrived(struct canvas *c)
{
	return list_came(IDLE_FOREIGN_ARRIVED, c);
}

static struct screens_keys arrived_agent(struct canvas *c)
{
	return list_came(IDLE_READY, c);
}

/* Everything wrong at once, and somebody parked. */
static struct screens_keys troubles(struct canvas *c)
{
	struct frame_info info = *sample_info();
	struct status status = *sample_status();

	status.clock_unsure = status.disk_low = status.paper_trouble = true;
	status.link = LINK_NONE;
	status.done = status.all = 10000;
	status.made = 123456;
	info.status = &status;
	info.user = "Nguyễn Thị Phương Lan";
	info.point = "Bưu điện văn hoá xã Phùng Nguyên, khu 4 · quầy 12";
	info.next = "Trần Thị Bích Ngọc";
	return show(IDLE_READY, &info, c);
}

/* Pulled out, all of it, and the last paper failed for it. */
static struct screens_keys away(struct canvas *c)
{
	struct frame_info info = *sample_info();
	struct status status = *sample_status();

	status.printer_away = status.scanner_away = status.camera_away = true;
	status.paper_trouble = status.clock_unsure = true;
	info.status = &status;
	return show(IDLE_READY, &info, c);
}

/* Too long without the centre, or nearly so. */
static struct screens_keys lease(bool over, struct canvas *c)
{
	struct frame_info info = *sample_info();
	struct status status = *sample_status();

	status.lease_soon = true;
	status.lease_over = over;
	info.status = &status;
	return show(IDLE_READY, &info, c);
}

static struct screens_keys lease_soon(struct canvas *c)
{
	return lease(false, c);
}

static struct screens_keys lease_over(struct canvas *c)
{
	return lease(true, c);
}

/* Some of the people are his own, and he has paid most of those. */
static struct screens_keys assigned(struct canvas *c)
{
	struct frame_info info = *sample_info();
	struct status status = *sample_status();

	status.mine = 60;
	status.mine_left = 14;
	info.status = &status;
	return show(IDLE_READY, &info, c);
}

static struct screens_keys notice(struct canvas *c)
{
	static const struct notice said = {.level = NOTICE_WARN,
		.text = "Mã QR này là của ngân hàng (VietQR), không phải thẻ "
			"căn cước. Quét mã QR trên thẻ căn cước."};
	struct frame_info info = *sample_info();

	info.notice = &said;
	return show(IDLE_READY, &info, c);
}

static struct screens_keys foreign(struct canvas *c)
{
	struct frame_info info = *sample_info();

	info.user = "Hùng";
	return show(IDLE_FOREIGN, &info, c);
}

/* Whose agent may not work here any more: who closes it, and how. */
static struct screens_keys left(struct canvas *c)
{
	struct frame_info info = *sample_info();
	struct status status = *sample_status();

	status.shift.left = SHIFT_LEFT_REVOKED;
	info.status = &status;
	info.user = "Hùng";
	return show(IDLE_FOREIGN, &info, c);
}

static const struct screens_state states[] = {
	{"ready", ready, true},
	{"demo", demo, true},
	{"arrived", arrived, false},
	{"arrived_agent", arrived_agent, false},
	{"foreign_arrived", foreign_arrived, false},
	{"camera", camera, true},
	{"morning", morning, false},
	{"troubles", troubles, true},
	{"away", away, true},
	{"lease_soon", lease_soon, false},
	{"lease_over", lease_over, false},
	{"assigned", assigned, false},
	{"notice", notice, true},
	{"foreign", foreign, true},
	{"left", left, false},
};

int main(void)
{
	return screens_run("idle", states, COUNT_OF(states));
}
