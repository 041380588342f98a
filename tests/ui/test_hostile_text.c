/*
 * T41, T42: what stands in names and other texts never reaches the terminal as
 * anything but letters. Everything that a view shows and that came from
 * outside is one hostile text, past text_clean(), on every screen of the desk
 * and through curses on a pseudo-terminal. The bytes that arrive there must be
 * those of the text with its letters alone, one by one; where it is too long
 * for that, they may be nothing that curses does not send by itself.
 */
#include "support/unit.h"

#include <assert.h>
#include <poll.h>
#include <pty.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/str.h"
#include "db/board.h"
#include "db/list_look.h"
#include "support/controls.h"
#include "support/feed.h"
#include "support/sample.h"
#include "support/samplepaper.h"
#include "support/surveytext.h"
#include "terminal/ui/desk_view.h"
#include "terminal/ui/questions_view.h"
#include "terminal/ui/term.h"

enum {
	PATIENCE_MS = 20 * 1000,
	CAPTURE_SIZE = 1 << 20
};

static const uint64_t all_places = (UINT64_C(1) << DESK_PLACE_COUNT) - 1;

/* ---- the child: every screen, full of that text -------------------------- */

struct show {
	const char *text;
	bool named; /* the person, too: then views compare it with the card */
	struct desk desk;
	struct canvas canvas;
	uint64_t places; /* bits: which were drawn */
};

static void draw(struct show *s)
{
	s->places |= UINT64_C(1) << desk_place(&s->desk);
	term_blank(&s->canvas);
	desk_view(&s->desk, &s->canvas);
	term_show(&s->canvas);
}

static void hand(struct show *s, const struct event *ev)
{
	desk_handle(&s->desk, ev);
	draw(s);
}

static void type(struct show *s, const char *keys)
{
	for (; *keys; keys++)
		hand(s, feed_key(*keys == '\n' ? K_ACCEPT
					       : (unsigned char)*keys));
}

#define SAY(s, field) str_copy((field), sizeof(field), (s)->text)

static void fill_person(const struct show *s, struct person *p)
{
	SAY(s, p->unit_code);
	SAY(s, p->beneficiary_id);
	if (s->named)
		SAY(s, p->name);
	SAY(s, p->address);
	SAY(s, p->group);
	SAY(s, p->list_no);
	SAY(s, p->payee_name);
	SAY(s, p->payee_id);
	SAY(s, p->account_no);
	SAY(s, p->account_message);
}

static const struct payout *payout(const struct show *s)
{
	static struct payout p;

	sample_payout(&p);
	fill_person(s, &p.person);
	p.payee = PAYEE_GUARDIAN;
	SAY(s, p.actor_name);
	SAY(s, p.payee_name);
	SAY(s, p.payee_id);
	SAY(s, p.code);
	return &p;
}

static void tell_status(struct show *s, bool frozen)
{
	struct event *ev = feed_answer(EV_STATUS);

	ev->status = *sample_status();
	ev->status.frozen = frozen;
	SAY(s, ev->status.printer);
	SAY(s, ev->status.shift.actor_name);
	hand(s, ev);
}

static void sign_in(struct show *s, enum role role)
{
	struct event *ev;

	type(s, "7\n246810\n");
	ev = feed_answer(EV_SIGNED_IN);
	ev->user.number = 7;
	ev->user.role = role;
	SAY(s, ev->user.name);
	hand(s, ev);
}

static void begin(struct show *s, enum role role)
{
	struct desk_info info = {.demo = false};
	struct event *ev;

	SAY(s, info.point);
	SAY(s, info.unit);
	desk_init(&s->desk, &info);
	ev = feed_answer(EV_TICK);
	ev->now = SAMPLE_NOW;
	hand(s, ev);
	tell_status(s, false);
	sign_in(s, role);
}

static void reach_idle(struct show *s)
{
	struct event *ev;

	begin(s, ROLE_AGENT);
	hand(s, feed_answer(EV_NO_OPEN_PAYOUT));
	ev = feed_answer(EV_SHIFT);
	ev->shift = sample_status()->shift;
	SAY(s, ev->shift.actor_name);
	hand(s, ev);
}

static void scan(struct show *s, const char *bytes)
{
	struct event *ev = feed_answer(EV_SCAN);

	ev->scan.len = strlen(bytes);
	memcpy(ev->scan.bytes, bytes, ev->scan.len);
	hand(s, ev);
}

static const char card[] = "025144004578|131234567|Nguyễn Thị Đẹp|02091944|Nữ|"
			   "Thôn 3, Cẩm Khê, Phú Thọ|14032022";
static const char other_card[] = "025050001111||Trần Văn Ba|01011950|Nam|"
				 "Thôn 5, Cẩm Khê, Phú Thọ|14032022";

enum checked {
	AGREES,  /* it can be paid */
	DIFFERS, /* every text of the person is hostile, but see named */
	PAID     /* and who paid it, where, is on the screen, too */
};

static void reach_check(struct show *s, enum checked how)
{
	struct event *ev;
	struct person_due due;

	reach_idle(s);
	scan(s, card);
	sample_due(&due);
	if (how == AGREES)
		SAY(s, due.person.address);
	else
		fill_person(s, &due.person);
	SAY(s, due.change_note);
	if (how == PAID) {
		due.item[0].paid_seq = 97;
		due.item[1].paid_seq = 97;
		due.due = 0;
		due.last_seq = 97;
	}
	ev = feed_answer(EV_PERSON);
	ev->person.due = due;
	sample_prior(&ev->person.prior);
	SAY(s, ev->person.prior.actor_name);
	SAY(s, ev->person.prior.point);
	SAY(s, ev->person.prior.receipt);
	if (how != PAID)
		ev->person.prior.seq = 0;
	hand(s, ev);
}

static void find_somebody(struct show *s)
{
	struct event *ev;

	reach_idle(s);
	type(s, "45\n");
	ev = feed_answer(EV_FOUND);
	ev->found.count = 9;
	sample_found(ev->found.row, 9);
	for (int i = 0; i < 9; i++) {
		SAY(s, ev->found.row[i].name);
		SAY(s, ev->found.row[i].hamlet);
	}
	hand(s, ev);
}

static void pay_and_look(struct show *s)
{
	struct event *ev;

	reach_check(s, AGREES);
	type(s, "\n");
	hand(s, feed_payout(EV_PAID, payout(s)));
	scan(s, other_card);
	type(s, "#");
	hand(s, feed_key(K_BACK));
	type(s, "3");
	ev = feed_answer(EV_PREVIEW);
	ev->preview.seq = 412;
	SAY(s, ev->preview.brief.name);
	SAY(s, ev->preview.brief.code);
	SAY(s, ev->preview.text);
	ev->preview.brief.state = PAYOUT_HANDED;
	hand(s, ev);
	type(s, "92");
	type(s, "0511");
	ev = feed_answer(EV_COMPLAINT);
	ev->complaint.complaint.seq = 57;
	SAY(s, ev->complaint.number);
	hand(s, ev);
}

/* Somebody's account, which another one has, too. */
static void take_account(struct show *s)
{
	struct event *ev;

	reach_check(s, AGREES);
	type(s, "5");
	ev = feed_answer(EV_ACCOUNT);
	ev->account.consent = true;
	ev->account.held.seq = 59;
	ev->account.held.standing = ACCOUNT_STANDS_CAPTURED;
	hand(s, ev);
	type(s, "119agri\n15002051\n15002051\n1\n1");
	ev = feed_answer(EV_REFUSED);
	ev->refusal.code = REFUSED_ACCOUNT_SHARED;
	SAY(s, ev->refusal.prior.actor_name);
	hand(s, ev);
	type(s, "21");
	ev = feed_answer(EV_ACCOUNT);
	ev->account.held.seq = 59;
	SAY(s, ev->account.number);
	hand(s, ev);
}

static void supervise(struct show *s)
{
	struct event *ev;

	begin(s, ROLE_SUPERVISOR);
	hand(s, feed_answer(EV_NO_OPEN_PAYOUT));
	hand(s, feed_answer(EV_NO_SHIFT));
	type(s, "*4");
	hand(s, feed_key(K_BACK));
	type(s, "**2");
	ev = feed_answer(EV_USERS);
	ev->users.count = 1;
	ev->users.row[0] = (struct user){.number = 8,
		.role = ROLE_AGENT,
		.until = 21991231};
	SAY(s, ev->users.row[0].name);
	hand(s, ev);
	type(s, "1320");
	type(s, "33112");
}

/* Hamlets and names of users on the board; anything in a paper. */
static void look_at_month(struct show *s)
{
	static struct board b;
	static struct board_place place;
	struct paper_grid *grid = samplepaper_saying(s->text);
	struct event *ev;

	b = (struct board){.period = 202612,
		.unit = &place,
		.units = 1,
		.hamlet = &place,
		.hamlets = 1,
		.closes = 1,
		.closed = 1};
	SAY(s, place.hamlet);
	SAY(s, place.unit);
	SAY(s, b.close[0].actor_name);
	begin(s, ROLE_SUPERVISOR);
	hand(s, feed_answer(EV_NO_OPEN_PAYOUT));
	hand(s, feed_answer(EV_NO_SHIFT));
	type(s, "**.2");
	ev = feed_answer(EV_STUDY);
	ev->study.number = s->desk.dash.number;
	ev->study.state = STUDY_DONE;
	ev->study.board = &b;
	hand(s, ev);
	type(s, "1234560**.33");
	type(s, "122026\n");
	ev = feed_answer(EV_STUDY);
	ev->study.number = s->desk.papers.number;
	ev->study.state = STUDY_DONE;
	ev->study.grid = grid;
	hand(s, ev);
	type(s, "666\n.080");
	paper_grid_free(grid);
}

/* Who drew, whom it drew, who called them. */
static void look_at_draws(struct show *s)
{
	static struct recheck_told told;
	struct sample_item *it = &told.item[0];
	struct event *ev;

	told = (struct recheck_told){.draws = 1, .count = 1};
	told.draw[0].seq = 57;
	told.drawn.seq = 57;
	SAY(s, told.draw[0].actor_name);
	it->said = SAMPLE_NOT_REACHED;
	SAY(s, it->name);
	SAY(s, it->hamlet);
	SAY(s, it->code);
	SAY(s, it->agent_name);
	SAY(s, it->caller_name);
	begin(s, ROLE_SUPERVISOR);
	hand(s, feed_answer(EV_NO_OPEN_PAYOUT));
	hand(s, feed_answer(EV_NO_SHIFT));
	type(s, "**.5");
	for (int i = 0; i < 2; i++) {
		ev = feed_answer(EV_STUDY);
		ev->study.number = s->desk.recheck.number;
		ev->study.state = STUDY_DONE;
		ev->study.recheck = &told;
		hand(s, ev);
		type(s, "1");
	}
	type(s, "11");
	ev = feed_answer(EV_RECHECK_SAID);
	SAY(s, ev->said.caller_name);
	hand(s, ev);
	type(s, "1320008000");
}

/* Hamlets of a list, who took it, who was corrected by it. */
static void look_at_lists(struct show *s)
{
	static struct list_shelf shelf;
	static struct list_look look;
	static struct list_hamlet hamlet;
	struct event *ev;

	shelf = (struct list_shelf){.count = 1, .list[0].is.id = 1};
	look = (struct list_look){.hamlet = &hamlet,
		.hamlets = 1,
		.fixes = 1,
		.kept = 1};
	SAY(s, hamlet.hamlet);
	SAY(s, hamlet.unit);
	SAY(s, look.list.actor_name);
	SAY(s, look.fix[0].name);
	begin(s, ROLE_SUPERVISOR);
	hand(s, feed_answer(EV_NO_OPEN_PAYOUT));
	hand(s, feed_answer(EV_NO_SHIFT));
	type(s, "**.6");
	ev = feed_answer(EV_STUDY);
	ev->study.number = s->desk.rolls.number;
	ev->study.state = STUDY_DONE;
	ev->study.shelf = &shelf;
	hand(s, ev);
	type(s, "1");
	ev = feed_answer(EV_STUDY);
	ev->study.number = s->desk.rolls.number;
	ev->study.state = STUDY_DONE;
	ev->study.look = &look;
	hand(s, ev);
	type(s, "200");
}

/* Each step of a limit, and what was refused about it. */
static void change_limits(struct show *s)
{
	struct event *ev;

	begin(s, ROLE_SUPERVISOR);
	hand(s, feed_answer(EV_NO_OPEN_PAYOUT));
	hand(s, feed_answer(EV_NO_SHIFT));
	type(s, "*2");
	ev = feed_answer(EV_LIMITS);
	for (int i = 0; i < LIMIT_COUNT; i++) {
		ev->limits.value[i] = 20000000;
		ev->limits.seq[i] = 5;
		ev->limits.actor[i] = 7;
	}
	hand(s, ev);
	type(s, "1123\n1");
	ev = feed_answer(EV_REFUSED);
	ev->refusal.code = REFUSED_LIMIT_RANGE;
	hand(s, ev);
}

static void tell_settings(struct show *s)
{
	struct event *ev = feed_answer(EV_SETTINGS);

	for (int i = 0; i < setting_count(); i++)
		SAY(s, ev->settings.value[i]);
	SAY(s, ev->settings.point);
	SAY(s, ev->settings.name);
	SAY(s, ev->settings.unit);
	SAY(s, ev->settings.above);
	SAY(s, ev->settings.dev_hex);
	hand(s, ev);
}

/* Every list of the settings, a field, a receipt; files of a stick. */
static void settings_and_copies(struct show *s)
{
	struct event *ev;

	begin(s, ROLE_SUPERVISOR);
	hand(s, feed_answer(EV_NO_OPEN_PAYOUT));
	hand(s, feed_answer(EV_NO_SHIFT));
	type(s, "**.71");
	tell_settings(s);
	type(s, "1");
	hand(s, feed_key(K_BACK));
	type(s, "06");
	tell_settings(s);
	type(s, "02");
	tell_settings(s);
	type(s, "9");
	ev = feed_answer(EV_SAMPLE);
	SAY(s, ev->sample);
	hand(s, ev);
	type(s, "007");
	ev = feed_answer(EV_COPIES);
	memset(&ev->copies, 0, sizeof(ev->copies));
	SAY(s, ev->copies.folder);
	ev->copies.count = 1;
	SAY(s, ev->copies.row[0].name);
	hand(s, ev);
	type(s, "11");
	hand(s, feed_answer(EV_CONFIRMED));
	type(s, "2");
	ev = feed_answer(EV_COPY_PLACE);
	SAY(s, ev->path);
	hand(s, ev);
}

/* Every step of a new user, and the drawer of one who left. */
static void staff(struct show *s)
{
	struct event *ev;

	begin(s, ROLE_SUPERVISOR);
	hand(s, feed_answer(EV_NO_OPEN_PAYOUT));
	hand(s, feed_answer(EV_NO_SHIFT));
	type(s, "**2");
	hand(s, feed_answer(EV_USERS));
	type(s, "912\nan\n131122098\n246810\n246810");
	begin(s, ROLE_SUPERVISOR);
	hand(s, feed_answer(EV_NO_OPEN_PAYOUT));
	ev = feed_answer(EV_SHIFT);
	ev->shift.number = 4;
	ev->shift.actor = 8;
	ev->shift.left = SHIFT_LEFT_REVOKED;
	SAY(s, ev->shift.actor_name);
	hand(s, ev);
	type(s, "**82.1");
	ev = feed_answer(EV_REFUSED);
	ev->refusal.code = REFUSED_SECOND_PERSON;
	hand(s, ev);
}

/* A payment that was left open by somebody who is out. */
static void answer_for_left(struct show *s)
{
	struct event *ev;

	begin(s, ROLE_SUPERVISOR);
	ev = feed_answer(EV_OPEN_PAYOUT);
	ev->payout = *payout(s);
	ev->left = SHIFT_LEFT_REVOKED;
	hand(s, ev);
	type(s, "19\n135790\n");
	ev = feed_answer(EV_REFUSED);
	ev->refusal.code = REFUSED_SECOND_PERSON;
	hand(s, ev);
}

/* Another terminal's words, as if they had come past the reader of codes. */
static void approve(struct show *s)
{
	const struct approval_request r = {.kind = 13, .actor = 7};
	char code[APPROVAL_TEXT_SIZE];

	begin(s, ROLE_SUPERVISOR);
	hand(s, feed_answer(EV_NO_OPEN_PAYOUT));
	hand(s, feed_answer(EV_NO_SHIFT));
	approval_request_text(&r, code);
	scan(s, code);
	SAY(s, s->desk.approve.request.person);
	draw(s);
	type(s, "0");
}

/* Another terminal of the office, and what the book says of it. */
static void carry(struct show *s)
{
	const struct marks_card card_of = {.dev = {1}};
	char code[MARKS_CARD_SIZE];
	struct event *ev;

	begin(s, ROLE_SUPERVISOR);
	hand(s, feed_answer(EV_NO_OPEN_PAYOUT));
	hand(s, feed_answer(EV_NO_SHIFT));
	marks_card_text(&card_of, code);
	scan(s, code);
	type(s, "1");
	ev = feed_answer(EV_REFUSED);
	ev->refusal.code = REFUSED_MARKS_PEER;
	SAY(s, ev->refusal.prior.point);
	hand(s, ev);
}

/* Somebody comes from there; the name is that of the list. */
static void take_over(struct show *s)
{
	static const uint8_t seed[CRYPTO_SEED_SIZE] = {3};
	struct release m = {.to = {2},
		.count = 1,
		.item = {{.ent = {1}, .period = 202612, .hop = 1, .seq = 3}}};
	uint8_t bytes[RELEASE_MAX_BYTES];
	char code[MARKS_TEXT_SIZE];
	struct crypto_pair pair;
	struct event *ev;
	size_t len;

	begin(s, ROLE_SUPERVISOR);
	hand(s, feed_answer(EV_NO_OPEN_PAYOUT));
	hand(s, feed_answer(EV_NO_SHIFT));
	crypto_pair_from_seed(seed, &pair);
	assert_true(release_write(&m, pair.secret, bytes, &len));
	release_piece_text(bytes, len, MARKS_ON_PAPER, 0, code);
	scan(s, code);
	ev = feed_answer(EV_ACQUIRED);
	SAY(s, ev->acquired.name);
	hand(s, ev);
	type(s, "0");
	scan(s, code);
	ev = feed_answer(EV_REFUSED);
	ev->refusal.code = REFUSED_HANDOVER_USED;
	SAY(s, ev->refusal.prior.actor_name);
	hand(s, ev);
}

/* What was not plain in a shift: people's names, users', a limit's line. */
static void exceptions(struct show *s)
{
	struct event *ev;

	begin(s, ROLE_SUPERVISOR);
	hand(s, feed_answer(EV_NO_OPEN_PAYOUT));
	hand(s, feed_answer(EV_NO_SHIFT));
	type(s, "**.4");
	ev = feed_answer(EV_EXCEPTIONS);
	ev->unusual.shift = 1;
	ev->unusual.total = 2;
	ev->unusual.rows = 2;
	for (int i = 0; i < 2; i++) {
		struct exception *e = &ev->unusual.row[i];

		e->kind = i ? EXCEPTION_LIMIT : EXCEPTION_PAD;
		e->seq = 7;
		e->actor = 1;
		e->approver = 2;
		e->by = EXCEPTION_BY_QR;
		SAY(s, e->actor_name);
		SAY(s, e->approver_name);
		SAY(s, e->name);
		SAY(s, e->pad);
		SAY(s, e->code);
		SAY(s, e->line);
	}
	hand(s, ev);
	type(s, "1");
	type(s, ".");
}

/* A list from the centre shows where its errors are, never a cell. */
static void arrivals(struct show *s)
{
	struct event *ev;

	begin(s, ROLE_SUPERVISOR);
	hand(s, feed_answer(EV_NO_OPEN_PAYOUT));
	hand(s, feed_answer(EV_NO_SHIFT));
	ev = feed_answer(EV_STATUS);
	ev->status.has_centre = true;
	ev->status.arrived = 1;
	hand(s, ev);
	type(s, "**.82");
	ev = feed_answer(EV_ARRIVALS);
	ev->arrivals.row.kind = PARCEL_LIST;
	ev->arrivals.row.version = 1;
	ev->arrivals.row.errors = 1;
	ev->arrivals.troubles = 1;
	SAY(s, ev->arrivals.trouble[0].value);
	hand(s, ev);
}

/* Names in a table of users that came from there. */
static void arrived_users(struct show *s)
{
	struct event *ev;

	begin(s, ROLE_SUPERVISOR);
	hand(s, feed_answer(EV_NO_OPEN_PAYOUT));
	hand(s, feed_answer(EV_NO_SHIFT));
	ev = feed_answer(EV_STATUS);
	ev->status.has_centre = true;
	ev->status.arrived = 1;
	hand(s, ev);
	type(s, "**.82");
	ev = feed_answer(EV_ARRIVALS);
	ev->arrivals.row.kind = PARCEL_USERS;
	ev->arrivals.row.version = 1;
	ev->arrivals.users.pins = 1;
	SAY(s, ev->arrivals.users.pin[0].name);
	SAY(s, ev->arrivals.users.pin[0].pin);
	hand(s, ev);
}

/* Names of files and folders on somebody's stick. */
static void look_at_stick(struct show *s)
{
	static struct list_shelf shelf;
	struct event *ev;

	begin(s, ROLE_SUPERVISOR);
	hand(s, feed_answer(EV_NO_OPEN_PAYOUT));
	hand(s, feed_answer(EV_NO_SHIFT));
	type(s, "**.6");
	ev = feed_answer(EV_STUDY);
	ev->study.number = s->desk.rolls.number;
	ev->study.state = STUDY_DONE;
	ev->study.shelf = &shelf;
	hand(s, ev);
	type(s, "6");
	ev = feed_answer(EV_INTAKE);
	ev->intake.files = 1;
	SAY(s, ev->intake.folder);
	SAY(s, ev->intake.file[0].name);
	hand(s, ev);
	type(s, "1");
	ev = feed_answer(EV_INTAKE);
	ev->intake.errors = 1;
	ev->intake.troubles = 1;
	SAY(s, ev->intake.trouble[0].value);
	hand(s, ev);
	type(s, "20");
}

/* Who speaks, and who was there. */
static void agree(struct show *s)
{
	struct event *ev;

	reach_check(s, AGREES);
	type(s, "*5");
	ev = feed_answer(EV_CONSENT_STATE);
	ev->consent_state.langs.count = 2;
	str_copy(ev->consent_state.langs.lang[0], FLOW_LANG_SIZE, "vi");
	str_copy(ev->consent_state.langs.lang[1], FLOW_LANG_SIZE, "xx");
	hand(s, ev);
	type(s, "11");
	ev = feed_answer(EV_CONSENT_TEXT);
	SAY(s, ev->consent_text.name);
	/* The text itself is clean to the byte (core/codec/readout.c), or it
	 * is none. */
	str_copy(ev->consent_text.text, sizeof(ev->consent_text.text),
		"A\n1. B\nC.\n(a) D\n(b) E\n(c) F\n(d) G\n");
	ev->consent_text.len = strlen(ev->consent_text.text);
	hand(s, ev);
	for (int i = 0; i < 9 && s->desk.agree.step == AGREE_TEXT; i++)
		type(s, ".");
	type(s, "11111");
	SAY(s, s->desk.agree.party.name);
	s->desk.agree.party.by = CONSENT_BY_GUARDIAN;
	type(s, "3");
	s->desk.agree.step = AGREE_HOW;
	type(s, "2");
	SAY(s, s->desk.agree.proof.witness_name);
	s->desk.agree.step = AGREE_COPY;
	type(s, "11");
	ev = feed_answer(EV_CONSENT);
	ev->consent.seq = 58;
	SAY(s, ev->consent.code);
	hand(s, ev);
}

/* What a printer calls itself. */
static void test_printer(struct show *s)
{
	struct event *ev;

	reach_idle(s);
	type(s, "**61");
	ev = feed_answer(EV_PRINT);
	ev->print.test = true;
	ev->print.state = PRINT_PRINTED;
	SAY(s, ev->print.printer);
	hand(s, ev);
	type(s, "1\n");
}

/* In the training: the tour's own place, and its band. */
static void learn(struct show *s)
{
	struct desk_info info = {.demo = true, .training = true, .tour = true};

	SAY(s, info.point);
	SAY(s, info.unit);
	desk_init(&s->desk, &info);
	draw(s);
	type(s, "\n");
	sign_in(s, ROLE_AGENT);
	hand(s, feed_answer(EV_NO_OPEN_PAYOUT));
}

/* Words of a form, and answers, past the reader that refuses such. */
static void ask_questions(struct show *s)
{
	static struct survey f;
	static struct questions q;
	struct survey_words words;

	f.used = sizeof(f.pool);
	str_copy(f.pool + 1, SURVEY_LABEL_SIZE, s->text);
	words = (struct survey_words){.at = {1, 1}};
	f.questions = 2;
	f.lists = 1;
	f.list[0].count = 1;
	f.choice[0].label = words;
	for (int i = 0; i < f.questions; i++)
		f.question[i] = (struct survey_question){.kind = i ? SURVEY_TEXT
								   : SURVEY_ONE,
			.label = words,
			.hint = words,
			.constraint_says = words};
	questions_start(&q, &f, (struct date){2026, 12, 5}, TELEX_OFF);
	for (int i = 0; i < 3; i++) {
		term_blank(&s->canvas);
		questions_view(&q, s->text, sample_info(), &s->canvas);
		term_show(&s->canvas);
		if (q.at == 0)
			q.answers.of[0].number = q.answers.of[0].done = true;
		questions_handle(&q, feed_key(K_ACCEPT));
		if (q.step == QUESTIONS_ASK)
			continue;
		str_copy(q.answers.texts + 1, SURVEY_TEXT_SIZE, s->text);
		q.answers.of[1].text = 1;
		q.answers.of[1].done = true;
	}
	assert(q.step == QUESTIONS_END);
}

static void fill_visit(const struct show *s, struct visit *v)
{
	v->seq = 61;
	v->t = SAMPLE_NOW;
	v->actor = 8;
	v->result = VISIT_ABSENT;
	v->next = (struct date){2026, 12, 6};
	SAY(s, v->actor_name);
	SAY(s, v->note);
}

/* A page of both: what is asked for decides which is drawn. */
static struct event *visits_page(const struct show *s)
{
	struct event *ev = feed_answer(EV_VISITS);

	ev->visits.rows = 1;
	ev->visits.drafts = 1;
	SAY(s, ev->visits.hamlet[0].name);
	ev->visits.person[0].id = 5;
	SAY(s, ev->visits.person[0].name);
	SAY(s, ev->visits.person[0].address);
	return ev;
}

static struct event *visit_look(const struct show *s)
{
	struct event *ev = feed_answer(EV_VISIT_LOOK);
	struct visit_seen *seen = &ev->visit_look;
	struct person_due due;

	sample_due(&due);
	seen->person = due.person;
	fill_person(s, &seen->person);
	SAY(s, seen->person.name);
	fill_visit(s, &seen->look.last);
	seen->look.has_last = true;
	seen->look.by_other = true;
	seen->look.today = true;
	seen->look.planned = 8;
	seen->look.begun = 8;
	SAY(s, seen->look.planned_name);
	SAY(s, seen->look.begun_name);
	fill_visit(s, &seen->visit[0]);
	fill_visit(s, &seen->visit[1]);
	seen->visits = 2;
	seen->survey = surveytext(",text,b,A\n");
	return ev;
}

/* The list, and somebody on it. */
static void reach_door(struct show *s)
{
	begin(s, ROLE_STAFF);
	hand(s, feed_answer(EV_NO_OPEN_PAYOUT));
	hand(s, feed_answer(EV_NO_SHIFT));
	hand(s, visits_page(s));
	type(s, "3");
	type(s, "02");
	hand(s, visits_page(s));
	type(s, "1");
	hand(s, visits_page(s));
	type(s, "1");
	hand(s, visit_look(s));
}

/* From door to door. */
static void visit(struct show *s)
{
	struct event *ev;

	reach_door(s);
	type(s, "11");
	reach_door(s);
	type(s, "1");
	SAY(s, s->desk.visit.note);
	SAY(s, s->desk.visit.parts.account_says);
	type(s, "42");
	type(s, "5");
	hand(s, feed_key(K_BACK));
	type(s, "8");
	hand(s, feed_key(K_BACK));
	type(s, "1");
	ev = feed_answer(EV_REFUSED);
	ev->refusal.code = REFUSED_VISITED;
	hand(s, ev);
	ev = visit_look(s);
	ev->visit_look.look.last.seq++;
	hand(s, ev);
	type(s, "1");
	ev = feed_answer(EV_VISIT);
	fill_visit(s, &ev->visit);
	hand(s, ev);
}

static void show_everything(struct show *s)
{
	visit(s);
	reach_check(s, DIFFERS);
	type(s, "4");
	reach_check(s, PAID);
	find_somebody(s);
	pay_and_look(s);
	take_account(s);
	reach_idle(s);
	type(s, "*");
	reach_idle(s);
	type(s, "**3");
	hand(s, feed_answer(EV_CAMERA));
	reach_idle(s);
	type(s, "*3");
	reach_idle(s);
	/* It writes out what is no letter, so not the same as its letters:
	 * flows/test_scan_says.c. */
	type(s, "**4");
	scan(s, card);
	test_printer(s);
	reach_idle(s);
	type(s, "**.81");
	reach_idle(s);
	type(s, "*2123\n");
	supervise(s);
	change_limits(s);
	look_at_month(s);
	look_at_lists(s);
	look_at_draws(s);
	settings_and_copies(s);
	staff(s);
	approve(s);
	arrivals(s);
	arrived_users(s);
	look_at_stick(s);
	carry(s);
	take_over(s);
	exceptions(s);
	agree(s);
	learn(s);
	begin(s, ROLE_AGENT);
	hand(s, feed_payout(EV_OPEN_PAYOUT, payout(s)));
	answer_for_left(s);
	reach_idle(s);
	tell_status(s, true);
	ask_questions(s);
}

static void serve(int told, const char *text, bool named)
{
	static struct show s;
	const struct term_options options = {.theme = NULL};
	struct err err = {.code = ERR_NONE};
	uint64_t places;

	s.text = text;
	s.named = named;
	if (!term_start(&options, &err))
		_exit(2);
	show_everything(&s);
	term_stop();
	places = s.places;
	if (write(told, &places, sizeof(places)) != sizeof(places))
		_exit(3);
	_exit(0);
}

/* ---- the parent: what arrives ---------------------------------------------- */

struct capture {
	char bytes[CAPTURE_SIZE];
	size_t len;
	uint64_t places;
};

static void become_child(int slave, const char *term, int told,
	const char *text, bool named)
{
	setsid();
	ioctl(slave, TIOCSCTTY, 0);
	dup2(slave, STDIN_FILENO);
	dup2(slave, STDOUT_FILENO);
	setenv("TERM", term, 1);
	setenv("LC_ALL", "C", 1);
	unsetenv("LINES");
	unsetenv("COLUMNS");
	serve(told, text, named);
}

static bool take(struct capture *c, int master, int wait_ms)
{
	struct pollfd in = {.fd = master, .events = POLLIN};
	ssize_t n;

	if (poll(&in, 1, wait_ms) <= 0)
		return false;
	assert_true(c->len < sizeof(c->bytes));
	n = read(master, c->bytes + c->len, sizeof(c->bytes) - c->len);
	if (n > 0)
		c->len += (size_t)n;
	return n > 0;
}

static void look(struct capture *c, const char *term, const char *text,
	bool named)
{
	struct winsize size = {.ws_row = 40, .ws_col = 100};
	int told[2], master, slave, status = -1;
	pid_t child;

	c->len = 0;
	c->places = 0;
	assert_int_equal(openpty(&master, &slave, NULL, NULL, &size), 0);
	assert_int_equal(pipe(told), 0);
	fflush(stdout);
	child = fork();
	assert_true(child >= 0);
	if (child == 0)
		become_child(slave, term, told[1], text, named);
	close(told[1]);
	/* Since something came: a busy machine draws many screens slowly. */
	for (int waited = 0; waitpid(child, &status, WNOHANG) == 0;) {
		waited = take(c, master, 10) ? 0 : waited + 10;
		if (waited > PATIENCE_MS)
			fail_msg("it hangs");
	}
	while (take(c, master, 0))
		;
	assert_int_equal(status, 0);
	assert_int_equal(read(told[0], &c->places, sizeof(c->places)),
		sizeof(c->places));
	close(told[0]);
	close(slave);
	close(master);
}

/* ---- the rows ---------------------------------------------------------------- */

struct hostile {
	const char *name;
	const char *text;
	const char *letters; /* what is left of it; NULL: too long to tell */
	const char *never;   /* bytes that may not arrive */
};

#define TEN(x) x x x x x x x x x x
#define MARKS "\xcc\x81\xcc\x82\xcc\x83"

static const struct hostile rows[] = {
	{"T41 a screen wiped", "A\x1b[2JB", "A[2JB", NULL},
	{"T41 the cursor moved", "A\x1b[66;66HB", "A[66;66HB", "\x1b[66;66H"},
	{"T41 the terminal asked who it is", "A\x1b[6nB\x1b[c", "A[6nB[c",
		"\x1b[6n"},
	{"T41 a title set",
		"A\x1b]0;own\x07"
		"B",
		"A]0;ownB", "\x1b]"},
	{"T41 a title set, ended by ST", "A\x1b]2;o\x1b\\B", "A]2;o\\B",
		"\x1b]"},
	{"T41 a device string", "A\x1bP$q\x1b\\B", "AP$q\\B", "\x1bP"},
	{"T41 a terminal reset",
		"A\x1b"
		"cB",
		"AcB",
		"\x1b"
		"c"},
	{"T41 the other character set", "A\x0e\x1b(0B", "A(0B", NULL},
	{"T41 CSI as one character",
		"A\xc2\x9b"
		"2JB",
		"A2JB", "\xc2\x9b"},
	{"T41 OSC as one character",
		"A\xc2\x9d"
		"0;x\xc2\x9c",
		"A0;x", "\xc2\x9d"},
	{"T41 CSI as one byte, which is no UTF-8",
		"A\x9b"
		"2JB",
		"A?2JB",
		"\x9b"
		"2J"},
	{"T41 bells, erasing, forms",
		"A\x07\x08\x7f\x0b\x0c"
		"B",
		"AB", "\x7f"},
	{"T41 line ends and tabs", "A\r\n\tB", NULL, "\t"},
	{"T41 an escape at the end", "AB\x1b", "AB", NULL},
	{"T42 right to left",
		"A\xe2\x80\xae"
		"BC",
		"ABC", "\xe2\x80\xae"},
	{"T42 an isolate",
		"A\xe2\x81\xa6"
		"BC\xe2\x81\xa9",
		"ABC", "\xe2\x81\xa6"},
	{"T42 zero width",
		"A\xe2\x80\x8b\xe2\x80\x8d\xef\xbb\xbf"
		"B",
		"AB", "\xe2\x80\x8b"},
	{"T42 marks upon marks", "A" MARKS MARKS "B", "AB", "\xcc"},
	{"T46 broken UTF-8",
		"A\xe1\xba"
		"B\xff",
		"A??B?", NULL},
	{"T46 overlong NUL and ESC",
		"A\xc0\x80\xc0\x9b"
		"B",
		"A????B", "\xc0"},
	{"T46 half of a pair",
		"A\xed\xa0\x80"
		"B",
		"A???B", "\xed\xa0"},
	{"four bytes, two columns",
		"A\xf0\x9f\x98\x80"
		"B",
		"A\xf0\x9f\x98\x80"
		"B",
		NULL},
	{"T41 far too long", TEN(TEN("\x1b[66;66H\x1b]0;x\x07")), NULL,
		"\x1b[66;66H"},
	{"T42 marks without end", "A" TEN(TEN(MARKS)), NULL, "\xcc"},
	{"T42 wide letters without end", TEN(TEN("\xe5\xad\x97")), NULL, NULL},
	{"T46 broken UTF-8 without end", TEN(TEN("\xe1\xba\xff")), NULL,
		"\xff"},
};

/* A piece of what arrived, escapes shown. */
static const char *piece(const struct capture *c, size_t at, char out[256])
{
	size_t n = 0;

	for (size_t i = at; i < c->len && i < at + 60; i++) {
		const uint8_t byte = (uint8_t)c->bytes[i];

		n += (size_t)(byte < 0x20
				      ? snprintf(out + n, 256 - n, "\\%02x",
						byte)
				      : snprintf(out + n, 256 - n, "%c", byte));
	}
	return out;
}

static void same_bytes(const struct capture *got, const struct capture *want,
	const char *term)
{
	char a[256] = "", b[256] = "";
	size_t at = 0;

	while (at < got->len && at < want->len &&
		got->bytes[at] == want->bytes[at])
		at++;
	if (at < got->len || at < want->len)
		fail_msg("%s: not what its letters give, from byte %zu on:"
			 "\n%s\nand not\n%s",
			term, at, piece(got, at, a), piece(want, at, b));
}

/* What curses itself sends for harmless texts, short and long. */
static const struct controls *own_controls(void)
{
	static const char *const harmless[] = {"A", "NGUYEN THI DEP",
		TEN(TEN("B C D ")), TEN(TEN("EFGHIJ"))};
	static struct controls all;
	static struct capture c;
	struct controls one;

	if (all.single[0x1b])
		return &all;
	for (size_t i = 0; i < COUNT_OF(harmless); i++) {
		look(&c, "xterm-256color", harmless[i], true);
		controls_read(&one, c.bytes, c.len);
		controls_add(&all, &one);
	}
	assert_false(all.c1 || all.string);
	return &all;
}

/*
 * Where a hostile name is compared with the card's, its signs count before
 * they are dropped and shift a mark; so names are looked at for what they
 * could send, and all else byte by byte.
 */
static void run_row(void **state)
{
	static struct capture got, want;
	const struct hostile *row = *state;
	struct controls k;

	if (row->letters) {
		look(&got, "linux", row->text, false);
		look(&want, "linux", row->letters, false);
		assert_int_equal(got.places, all_places);
		assert_true(want.len > 5000);
		same_bytes(&got, &want, "linux");
	}
	look(&got, "xterm-256color", row->text, true);
	assert_int_equal(got.places, all_places);
	controls_read(&k, got.bytes, got.len);
	if (!controls_within(&k, own_controls()))
		fail_msg("what curses does not send");
	if (row->never &&
		memmem(got.bytes, got.len, row->never, strlen(row->never)))
		fail_msg("it came through");
}

/* The reading itself: what it must see where it is. */
static void controls_are_seen(void **state)
{
	static struct capture c;
	struct controls k;

	(void)state;
	c.len = (size_t)snprintf(c.bytes, sizeof(c.bytes),
		"ế\x1b[?25l\x1b[1;2H\x1b(B\r\x1b]0;x\x07");
	controls_read(&k, c.bytes, c.len);
	assert_true(k.csi[3]['l'] && k.csi[0]['H'] && k.escape['B']);
	assert_true(k.single['\r'] && k.single['\x07'] && k.string);
	assert_false(k.c1);
	c.len = (size_t)snprintf(c.bytes, sizeof(c.bytes), "a\xc2\x9b");
	controls_read(&k, c.bytes, c.len);
	assert_true(k.c1);
	c.len = (size_t)snprintf(c.bytes, sizeof(c.bytes), "a\x9b");
	controls_read(&k, c.bytes, c.len);
	assert_true(k.c1);
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows) + 1] = {
		cmocka_unit_test(controls_are_seen)};
	size_t n = 1;

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		tests[n++] = (struct CMUnitTest){.name = rows[i].name,
			.test_func = run_row,
			.initial_state = (void *)(uintptr_t)&rows[i]};
	return _cmocka_run_group_tests("hostile_text", tests, n, NULL, NULL);
}
