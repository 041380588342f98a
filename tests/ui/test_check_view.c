/* The person and the four checks, on the flow's own states. */
#include "support/unit.h"

#include <string.h>

#include "core/codec/answerlist.h"
#include "core/codec/changelist.h"
#include "core/str.h"
#include "support/feed.h"
#include "support/sample.h"
#include "support/screens.h"
#include "terminal/ui/check_view.h"

static struct screens_keys show(const struct check *check, struct canvas *c)
{
	struct screens_keys keys;

	check_view(check, sample_info(), c);
	keys.b = check_bindings(check->step, &keys.count);
	return keys;
}

static struct screens_keys show_to(enum role role, const struct check *check,
	struct canvas *c)
{
	struct frame_info info = *sample_info();
	const struct binding *b;
	size_t count;

	info.role = role;
	check_view(check, &info, c);
	b = check_bindings(check->step, &count);
	return screens_keys_for(role, b, count);
}

static void scan(struct check *check, const struct idcard *card,
	const struct person_due *due)
{
	check_start_card(check, card);
	check_handle(check, feed_person(due));
}

static void scan_dep(struct check *check)
{
	struct person_due due;
	struct idcard card;

	sample_due(&due);
	sample_card(&card);
	scan(check, &card, &due);
}

static struct screens_keys lookup(struct canvas *c)
{
	static struct check check;

	check_start(&check, 17);
	return show(&check, c);
}

static struct screens_keys ready(struct canvas *c)
{
	static struct check check;

	scan_dep(&check);
	assert_int_equal(check.step, CHECK_READY);
	return show(&check, c);
}

/* He is on somebody else's list: it is said, and stops nothing. */
static struct screens_keys assigned(struct canvas *c)
{
	static struct check check;
	struct person_due due;
	struct event *ev;

	sample_due(&due);
	check_start(&check, 17);
	ev = feed_answer(EV_PERSON);
	ev->person.due = due;
	str_copy(ev->person.whose, sizeof(ev->person.whose), "Lê Văn Dũng");
	check_handle(&check, ev);
	return show(&check, c);
}

/* Who may not pay is not offered to. */
static struct screens_keys ready_supervisor(struct canvas *c)
{
	static struct check check;

	scan_dep(&check);
	return show_to(ROLE_SUPERVISOR, &check, c);
}

static struct screens_keys ready_technician(struct canvas *c)
{
	static struct check check;

	scan_dep(&check);
	return show_to(ROLE_TECHNICIAN, &check, c);
}

static struct screens_keys typed(struct canvas *c)
{
	static struct check check;
	struct person_due due;

	sample_due(&due);
	due.person.has_account = true;
	check_start(&check, 17);
	check_handle(&check, feed_person(&due));
	return show(&check, c);
}

/* The most there can be: many items, a long name, a recorded reason. */
static struct screens_keys crowded(struct canvas *c)
{
	static struct check check;
	struct person_due due;
	struct idcard card;

	sample_due(&due);
	sample_card(&card);
	str_copy(due.person.name, sizeof(due.person.name),
		"HOÀNG NGUYỄN THỊ PHƯƠNG THẢO NGUYÊN KHÁNH");
	str_copy(card.name, sizeof(card.name), due.person.name);
	str_copy(due.person.address, sizeof(due.person.address),
		"Tổ 14, khu dân cư số 4, đường Hùng Vương nối dài, "
		"phường Nông Trang, tỉnh Phú Thọ");
	due.person.not_paid_reason = NOT_PAID_ABSENT;
	due.due = 0;
	for (int i = 0; i < 9; i++) {
		due.item[i] = due.item[i ? 1 : 0];
		due.item[i].period = 202612 - i;
		due.item[i].amount = 1080000;
		due.due += due.item[i].amount;
	}
	due.items = 9;
	str_copy(due.item[1].months, sizeof(due.item[1].months),
		"2026-07,2026-08,2026-09,2026-10");
	scan(&check, &card, &due);
	return show(&check, c);
}

static struct screens_keys differs(struct canvas *c)
{
	static struct check check;
	struct person_due due;
	struct idcard card;

	sample_due(&due);
	sample_other_card(&card);
	scan(&check, &card, &due);
	assert_int_equal(check.step, CHECK_DIFFERS);
	return show(&check, c);
}

static struct screens_keys marks(struct canvas *c)
{
	static struct check check;
	struct person_due due;
	struct idcard card;

	sample_due(&due);
	sample_card(&card);
	str_copy(card.name, sizeof(card.name), "Nguyễn Thị Dẹp");
	scan(&check, &card, &due);
	return show(&check, c);
}

/* The scanner damaged the name: the list's is compared with the card by eye. */
static struct screens_keys unreadable(struct canvas *c)
{
	static struct check check;
	struct person_due due;
	struct idcard card;

	sample_due(&due);
	sample_card(&card);
	card.name[0] = '\0';
	card.address[0] = '\0';
	card.outcome = CARD_WARN;
	card.note[0] = CARD_NOTE_NAME_DAMAGED;
	card.notes = 1;
	scan(&check, &card, &due);
	assert_int_equal(check.step, CHECK_DIFFERS);
	return show(&check, c);
}

/* The longest that is said about a card, and a receiver on the list. */
static struct screens_keys odd_card(struct canvas *c)
{
	static struct check check;
	struct person_due due;
	struct idcard card;

	sample_due(&due);
	sample_card(&card);
	due.person.payee = LIST_PAYEE_GUARDIAN;
	str_copy(due.person.payee_name, sizeof(due.person.payee_name),
		"Trần Thị Phương Thảo Nguyên");
	card.outcome = CARD_WARN;
	card.note[0] = CARD_NOTE_PROVINCE;
	card.notes = 1;
	scan(&check, &card, &due);
	assert_int_equal(check.step, CHECK_READY);
	return show(&check, c);
}

static struct screens_keys part_paid(struct canvas *c)
{
	static struct check check;
	struct person_due due;
	struct idcard card;

	sample_due(&due);
	sample_card(&card);
	due.item[1].paid_seq = 97;
	due.due = 500000;
	due.paid = 500000;
	scan(&check, &card, &due);
	return show(&check, c);
}

/* Handed over to another terminal: it says where to. */
static struct screens_keys gone(struct canvas *c)
{
	static struct check check;
	struct person_due due;
	struct event *ev;

	sample_due(&due);
	for (int i = 0; i < due.items; i++)
		due.item[i].away = 97;
	due.due = 0;
	check_start(&check, due.person.id);
	ev = feed_answer(EV_PERSON);
	ev->person.due = due;
	ev->person.prior.seq = 97;
	ev->person.prior.t = sample_info()->now;
	str_copy(ev->person.prior.actor_name,
		sizeof(ev->person.prior.actor_name), "Lan");
	str_copy(ev->person.prior.point, sizeof(ev->person.prior.point),
		"9e9e9e");
	check_handle(&check, ev);
	assert_int_equal(check.step, CHECK_NO_CASH);
	return show(&check, c);
}

static struct screens_keys elsewhere(struct canvas *c)
{
	static struct check check;
	struct person_due due;
	struct idcard card;

	sample_due(&due);
	sample_card(&card);
	due.item[1].elsewhere = 97;
	scan(&check, &card, &due);
	return show(&check, c);
}

static struct screens_keys already_paid(struct canvas *c)
{
	static struct check check;
	struct person_due due;
	struct idcard card;
	struct event *ev;

	sample_due(&due);
	sample_card(&card);
	due.item[0].paid_seq = due.item[1].paid_seq = 97;
	due.due = 0;
	due.paid = 1000000;
	due.last_seq = 97;
	check_start_card(&check, &card);
	ev = feed_answer(EV_PERSON);
	ev->person.due = due;
	sample_prior(&ev->person.prior);
	check_handle(&check, ev);
	assert_int_equal(check.step, CHECK_STOP);
	return show(&check, c);
}

/* The account pays from the next list on; this one is cash yet. */
static struct screens_keys pays_later(struct canvas *c)
{
	struct person_due due;
	struct check check = {.step = CHECK_LOOKUP};

	sample_due(&due);
	due.account.standing = ACCOUNT_STANDS_VERIFIED;
	due.account.pays_from = 202701;
	due.person.has_account = true;
	check_start(&check, due.person.id);
	check_handle(&check, feed_person(&due));
	return show(&check, c);
}

/* One was taken down; that changes nothing here. */
static struct screens_keys taken_down(struct canvas *c)
{
	struct person_due due;
	struct check check = {.step = CHECK_LOOKUP};

	sample_due(&due);
	due.account.standing = ACCOUNT_STANDS_SENT;
	check_start(&check, due.person.id);
	check_handle(&check, feed_person(&due));
	return show(&check, c);
}

static struct screens_keys by_account(struct canvas *c)
{
	static struct check check;
	struct person_due due;
	struct idcard card;

	sample_due(&due);
	sample_card(&card);
	due.item[0].by_account = due.item[1].by_account = true;
	due.due = 0;
	due.person.has_account = true;
	scan(&check, &card, &due);
	assert_int_equal(check.step, CHECK_NO_CASH);
	return show(&check, c);
}

/* A bank that refused, in its own words, and a note of the commune. */
static struct screens_keys bank_refused(struct canvas *c)
{
	static struct check check;
	struct person_due due;
	struct idcard card;

	sample_due(&due);
	sample_card(&card);
	due.person.account_state = ACCOUNT_NAME_DIFFERS;
	str_copy(due.person.account_message, sizeof(due.person.account_message),
		"Chủ tài khoản là NGUYEN THI DEP, không dấu");
	due.change_kind = CHANGE_ALTERED;
	str_copy(due.change_note, sizeof(due.change_note),
		"Chuyển đến Thôn 4 từ 11/2026");
	scan(&check, &card, &due);
	assert_int_equal(check.step, CHECK_READY);
	return show(&check, c);
}

static struct screens_keys nobody(struct canvas *c)
{
	static struct check check;
	struct idcard card;

	sample_card(&card);
	check_start_card(&check, &card);
	check_handle(&check, feed_answer(EV_NO_PERSON));
	assert_int_equal(check.step, CHECK_NOBODY);
	return show(&check, c);
}

static void type(struct check *check, const char *text)
{
	entry_typing(&check->name, TELEX_TELEX);
	entry_typing(&check->paper, TELEX_TELEX);
	for (; *text; text++)
		check_handle(check, feed_key((unsigned char)*text));
}

static struct screens_keys receiver_name(struct canvas *c)
{
	static struct check check;

	scan_dep(&check);
	check_handle(&check, feed_key('3'));
	assert_int_equal(check.step, CHECK_NAME);
	type(&check, "Lee Vawn");
	return show(&check, c);
}

static struct screens_keys receiver_paper(struct canvas *c)
{
	static struct check check;

	scan_dep(&check);
	check_handle(&check, feed_key('2'));
	type(&check, "Lee Vawn Binhf");
	check_handle(&check, feed_key(K_ACCEPT));
	assert_int_equal(check.step, CHECK_ID);
	type(&check, "025075001234");
	check_handle(&check, feed_key(K_ACCEPT));
	assert_int_equal(check.step, CHECK_PAPER);
	type(&check, "12/2026");
	return show(&check, c);
}

static struct screens_keys receiver_until(struct canvas *c)
{
	static struct check check;

	scan_dep(&check);
	check_handle(&check, feed_key('2'));
	type(&check, "Lee Vawn Binhf");
	check_handle(&check, feed_key(K_ACCEPT));
	type(&check, "025075001234");
	check_handle(&check, feed_key(K_ACCEPT));
	type(&check, "12/2026");
	check_handle(&check, feed_key(K_ACCEPT));
	assert_int_equal(check.step, CHECK_UNTIL);
	check.today = (struct date){2026, 12, 5};
	type(&check, "30112026");
	check_handle(&check, feed_key(K_ACCEPT));
	assert_int_equal(check.step, CHECK_UNTIL);
	return show(&check, c);
}

static struct screens_keys receiver_relation(struct canvas *c)
{
	static struct check check;

	scan_dep(&check);
	check_handle(&check, feed_key('2'));
	type(&check, "Lee Vawn Binhf");
	check_handle(&check, feed_key(K_ACCEPT));
	type(&check, "025075001234");
	check_handle(&check, feed_key(K_ACCEPT));
	type(&check, "12/2026");
	check_handle(&check, feed_key(K_ACCEPT));
	type(&check, "31122026");
	check_handle(&check, feed_key(K_ACCEPT));
	assert_int_equal(check.step, CHECK_RELATION);
	return show(&check, c);
}

static struct screens_keys receiver_who(struct canvas *c)
{
	static struct check check;

	scan_dep(&check);
	check_handle(&check, feed_key('6'));
	assert_int_equal(check.step, CHECK_WHO);
	return show(&check, c);
}

static const struct screens_state states[] = {
	{"lookup", lookup, false},
	{"ready", ready, true},
	{"assigned", assigned, false},
	{"ready_supervisor", ready_supervisor, false},
	{"ready_technician", ready_technician, false},
	{"typed", typed, false},
	{"crowded", crowded, false},
	{"differs", differs, true},
	{"marks", marks, true},
	{"unreadable", unreadable, false},
	{"odd_card", odd_card, false},
	{"part_paid", part_paid, false},
	{"elsewhere", elsewhere, false},
	{"gone", gone, false},
	{"already_paid", already_paid, true},
	{"by_account", by_account, false},
	{"pays_later", pays_later, false},
	{"taken_down", taken_down, false},
	{"bank_refused", bank_refused, false},
	{"nobody", nobody, false},
	{"receiver_name", receiver_name, false},
	{"receiver_paper", receiver_paper, false},
	{"receiver_until", receiver_until, false},
	{"receiver_relation", receiver_relation, false},
	{"receiver_who", receiver_who, false},
};

int main(void)
{
	return screens_run("check", states, COUNT_OF(states));
}
