#include "support/story.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/str.h"

enum {
	STEP_MS = 1000,
	HELD_MS = 30,
	LONG_MS = 300000
};

static const char an[] = "001045000112|123456789|Nguyễn Văn An|02091945|Nam|"
			 "Thôn 3, xã Cẩm Khê, Phú Thọ|01052021";
static const char binh[] = "001150000217||Trần Thị Bình|15051950|Nữ|"
			   "Thôn 5, xã Cẩm Khê, Phú Thọ|01052021";
static const char account[] =
	"00020101021138530010A0000007270123000697041601092576788590208QRIBFTTA"
	"53037045802VN6304AE9F";
static const char bhyt[] =
	"HT2250123456789|4e677579e1bb856e2056c4836e20416e|02/09/"
	"1945|1|"
	"5468c3b46e20332c2078c3a32043e1baa96d204b68c3aa2c205068c3ba205468e1bb8d"
	"|25 - 001|01/01/2026|-|"
	"18/12/2025";
static const char receipt[] = "CV1:NOT-A-REAL-SEAL\r\n";

static void scan(struct event *ev, const char *text, size_t len)
{
	ev->kind = EV_SCAN;
	memcpy(ev->scan.bytes, text, len);
	ev->scan.len = len;
}

static void fill_person(struct person *p)
{
	p->id = STORY_PERSON;
	str_copy(p->id12, sizeof(p->id12), "001045000112");
	str_copy(p->old_id, sizeof(p->old_id), "123456789");
	str_copy(p->name, sizeof(p->name), "Nguyễn Văn An");
	str_copy(p->group, sizeof(p->group), "BTXH");
	p->birth = (struct date){1945, 9, 2};
	p->sex = SEX_MALE;
}

static void fill_payout(struct payout *p, enum payout_state state)
{
	p->seq = STORY_SEQ;
	p->state = state;
	p->amount = STORY_DUE;
	p->period = 202612;
	p->payee = PAYEE_SELF;
	str_copy(p->code, sizeof(p->code), "129S-RZCJ-BYD8-9");
	fill_person(&p->person);
}

static void fill_prior(struct refusal_prior *p)
{
	p->seq = 3;
	p->t = INT64_C(1796000000000);
	p->actor = 8;
	p->amount = STORY_DUE;
	p->period = 202612;
	str_copy(p->actor_name, sizeof(p->actor_name), "Hoa");
	str_copy(p->point, sizeof(p->point), "Cẩm Khê");
	str_copy(p->receipt, sizeof(p->receipt), "0000-0000-0000-0");
}

static void fill_shift(struct shift *s, int64_t actor)
{
	s->number = 4;
	s->actor = actor;
	s->float_in = 5000000;
	s->expected = 5000000;
	str_copy(s->actor_name, sizeof(s->actor_name),
		actor == STORY_AGENT ? "Lan" : "Hoa");
}

static bool is_key(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c != '\0' && strchr(" .*#\n<\b]{}[", c));
}

static void key(struct event *ev, char c)
{
	ev->kind = EV_KEY;
	switch (c) {
	case '\n':
		ev->key = K_ACCEPT;
		break;
	case '<':
		ev->key = K_BACK;
		break;
	case '\b':
		ev->key = K_ERASE;
		break;
	case ']':
		ev->key = K_ERASE_WORD;
		break;
	case '{':
		ev->key = K_UP;
		break;
	case '}':
		ev->key = K_DOWN;
		break;
	case '[':
		ev->key = K_PAGE_UP;
		break;
	default:
		ev->key = c;
	}
}

static bool team_answer(struct event *ev, char c)
{
	static const struct user team[] = {
		{.number = 1, .name = "Hoa", .role = ROLE_SUPERVISOR},
		{.number = 7,
			.name = "Lan",
			.role = ROLE_AGENT,
			.locked = true},
		{.number = 8,
			.name = "Minh",
			.role = ROLE_AGENT,
			.until = 20261231},
	};

	switch (c) {
	case '>':
		ev->kind = EV_USERS;
		ev->users.count = 3;
		memcpy(ev->users.row, team, sizeof(team));
		return true;
	case '\r':
		ev->kind = EV_USER_SAVED;
		return true;
	case '\t':
		ev->kind = EV_REFUSED;
		ev->refusal.code = REFUSED_USER_TAKEN;
		return true;
	default:
		return false;
	}
}

static bool user_answer(struct event *ev, char c)
{
	ev->kind = EV_SIGN_IN_REFUSED;
	switch (c) {
	case 'S':
		ev->kind = EV_SIGNED_IN;
		ev->user.number = STORY_AGENT;
		ev->user.role = ROLE_AGENT;
		str_copy(ev->user.name, sizeof(ev->user.name), "Lan");
		ev->typing = TELEX_TELEX;
		return true;
	case 'W':
		ev->sign_in.how = SIGN_IN_WRONG_PIN;
		ev->sign_in.tries_left = 9;
		return true;
	case 'X':
		ev->sign_in.how = SIGN_IN_WRONG_PIN;
		ev->sign_in.tries_left = 6;
		ev->sign_in.wait_seconds = 4;
		return true;
	case 'L':
		ev->sign_in.how = SIGN_IN_LOCKED;
		return true;
	case 'U':
		ev->sign_in.how = SIGN_IN_NO_USER;
		return true;
	default:
		return false;
	}
}

static bool shift_answer(struct event *ev, char c)
{
	switch (c) {
	case 'H':
	case 'O':
		ev->kind = EV_SHIFT;
		fill_shift(&ev->shift, c == 'H' ? STORY_AGENT : 8);
		return true;
	case 'N':
		ev->kind = EV_NO_SHIFT;
		return true;
	case 'Z':
		ev->kind = EV_SHIFT_CLOSED;
		ev->slip.seq = 40;
		fill_shift(&ev->slip.shift, STORY_AGENT);
		return true;
	case ',':
		ev->kind = EV_STATUS;
		ev->status.has_shift = true;
		fill_shift(&ev->status.shift, STORY_AGENT);
		return true;
	default:
		return false;
	}
}

static void found(struct event *ev, int count)
{
	ev->kind = EV_FOUND;
	ev->found.count = count;
	for (int i = 0; i < count; i++) {
		ev->found.row[i].id = STORY_PERSON + i;
		str_copy(ev->found.row[i].name, VIET_NAME_SIZE,
			"Nguyễn Văn An");
	}
}

static void person(struct event *ev, int64_t due)
{
	ev->kind = EV_PERSON;
	fill_person(&ev->person.due.person);
	memset(ev->person.uid, 0xa5, sizeof(ev->person.uid));
	ev->person.due.items = 1;
	ev->person.due.item[0].what = ENT_MONTH;
	ev->person.due.item[0].amount = STORY_DUE;
	ev->person.due.due = due;
}

static bool person_answer(struct event *ev, char c)
{
	switch (c) {
	case 'E':
		found(ev, 0);
		return true;
	case 'F':
		found(ev, 1);
		return true;
	case 'G':
		found(ev, 12);
		return true;
	case 'P':
		person(ev, STORY_DUE);
		return true;
	case 'A':
		person(ev, 0);
		ev->person.due.paid = STORY_DUE;
		ev->person.due.last_seq = 3;
		fill_prior(&ev->person.prior);
		return true;
	case 'B':
		person(ev, 0);
		ev->person.due.item[0].by_account = true;
		return true;
	case 'Q':
		ev->kind = EV_NO_PERSON;
		return true;
	case 'I':
		ev->kind = EV_NOT_PAID_SAVED;
		return true;
	default:
		return false;
	}
}

static bool money_answer(struct event *ev, char c)
{
	static const struct {
		char c;
		enum event_kind kind;
		enum payout_state state;
	} row[] = {
		{'M', EV_PAID, PAYOUT_PAID},
		{'V', EV_PAID, PAYOUT_HANDED},
		{'D', EV_HANDED, PAYOUT_HANDED},
		{'C', EV_NOT_HANDED, PAYOUT_VOIDED},
		{'/', EV_VOIDED, PAYOUT_VOIDED},
		{'R', EV_RECOVERED, PAYOUT_HANDED},
		{'Y', EV_OPEN_PAYOUT, PAYOUT_PAID},
	};

	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		if (row[i].c != c)
			continue;
		ev->kind = row[i].kind;
		fill_payout(&ev->payout, row[i].state);
		return true;
	}
	if (c == '\020') {
		ev->kind = EV_OPEN_PAYOUT;
		fill_payout(&ev->payout, PAYOUT_PAID);
		ev->left = SHIFT_LEFT_REVOKED;
	} else if (c == 'K')
		ev->kind = EV_NOT_RECORDED;
	else if (c == 'J')
		ev->kind = EV_NO_OPEN_PAYOUT;
	else
		return false;
	return true;
}

static bool refusal(struct event *ev, char c)
{
	static const struct {
		char c;
		enum refusal_code code;
	} row[] = {
		{'-', REFUSED_ALREADY_PAID},
		{'+', REFUSED_SECOND_PERSON},
		{'%', REFUSED_DIFFERENCE},
		{'&', REFUSED_NO_OPEN_PAYOUT},
		{'$', REFUSED_NO_SHIFT},
	};

	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		if (row[i].c != c)
			continue;
		ev->kind = EV_REFUSED;
		ev->refusal.code = row[i].code;
		if (c == '-')
			fill_prior(&ev->refusal.prior);
		return true;
	}
	return false;
}

static bool paper(struct event *ev, char c)
{
	static const char kinds[] = "()|^";
	static const enum print_state state[] = {PRINT_FAILED, PRINT_PRINTED,
		PRINT_UNKNOWN, PRINT_PRINTING};
	const char *at = strchr(kinds, c);

	if (!at || c == '\0')
		return false;
	ev->kind = EV_PRINT;
	ev->print.seq = STORY_SEQ;
	ev->print.state = state[at - kinds];
	ev->print.trouble = c == '(' ? PAPER_OUT : PAPER_FINE;
	ev->print.code = c == '(' ? ERR_IO : ERR_NONE;
	return true;
}

static bool scanned(struct event *ev, char c)
{
	switch (c) {
	case '@':
		scan(ev, an, sizeof(an) - 1);
		return true;
	case ';':
		scan(ev, binh, sizeof(binh) - 1);
		return true;
	case ':':
		scan(ev, account, sizeof(account) - 1);
		return true;
	case '"':
		scan(ev, an, 20);
		return true;
	case '\'':
		scan(ev, bhyt, sizeof(bhyt) - 1);
		return true;
	case '`':
		scan(ev, receipt, sizeof(receipt) - 1);
		return true;
	default:
		return false;
	}
}

static void consent_text(struct event *ev)
{
	static const char text[] = "THÔNG BÁO\n"
				   "Ai hỏi.\n"
				   "2. ĐỂ LÀM GÌ\n"
				   "(a) Tiền vào tài khoản.\n"
				   "(b) Ngân hàng.\n";

	ev->kind = EV_CONSENT_TEXT;
	str_copy(ev->consent_text.name, sizeof(ev->consent_text.name),
		"consent-vi-1");
	ev->consent_text.len = sizeof(text) - 1;
	memcpy(ev->consent_text.text, text, sizeof(text));
}

/* Where somebody wants his money: db/accounts.h. */
static bool account_of(struct event *ev, char c)
{
	struct account_told *t = &ev->account;

	switch (c) {
	case '\022':
	case '\030':
		t->held.seq = STORY_ACCOUNT;
		t->held.standing = ACCOUNT_STANDS_CONFIRMED;
		str_copy(t->number, sizeof(t->number), "3fa2b1-59");
		/* fallthrough */
	case '\021':
	case '\023':
		t->consent = c == '\021' || c == '\022';
		ev->kind = EV_ACCOUNT;
		return true;
	case '\024':
	case '\025':
		ev->kind = EV_REFUSED;
		ev->refusal.code = c == '\024' ? REFUSED_ACCOUNT_SHARED
					       : REFUSED_NO_CONSENT;
		ev->refusal.amount = 1;
		str_copy(ev->refusal.prior.actor_name,
			sizeof(ev->refusal.prior.actor_name), "Bình");
		return true;
	case '\026':
	case '\027':
		ev->kind = EV_PRINT;
		ev->print.test = true;
		ev->print.seq = STORY_ACCOUNT;
		ev->print.state = c == '\026' ? PRINT_PRINTED : PRINT_FAILED;
		ev->print.code = c == '\026' ? ERR_NONE : ERR_IO;
		return true;
	default:
		return false;
	}
}

/* What may be done with people's data: db/consents.h. */
static bool consent(struct event *ev, char c)
{
	switch (c) {
	case '\032':
		ev->consent_state.now.standing = CONSENT_GIVEN;
		ev->consent_state.now.seq = STORY_CONSENT;
		ev->consent_state.now.consent = STORY_CONSENT;
		ev->consent_state.now.asked = CONSENT_ALL;
		ev->consent_state.now.yes = CONSENT_ALL;
		ev->consent_state.now.day = 20261122;
		/* fallthrough */
	case '\031':
		ev->kind = EV_CONSENT_STATE;
		ev->consent_state.langs =
			(struct consent_langs){2, {"vi", "en"}};
		return true;
	case '\034':
		consent_text(ev);
		return true;
	case '\035':
		ev->kind = EV_CONSENT;
		ev->consent.seq = STORY_CONSENT;
		str_copy(ev->consent.code, sizeof(ev->consent.code),
			"129S-RZCJ-BYD8-9");
		return true;
	case '\177':
		ev->kind = EV_REQUEST;
		ev->request.noted.seq = STORY_CONSENT;
		ev->request.answer_by = 20261202;
		return true;
	case '\036':
	case '\037':
		ev->kind = EV_PRINT;
		ev->print.test = true;
		ev->print.seq = STORY_CONSENT;
		ev->print.state = c == '\036' ? PRINT_PRINTED : PRINT_FAILED;
		ev->print.code = c == '\036' ? ERR_NONE : ERR_IO;
		return true;
	default:
		return false;
	}
}

static void seen_before(struct visit_seen *v, bool today)
{
	struct visit *last = &v->look.last;

	v->look.has_last = true;
	v->look.by_other = true;
	v->look.today = today;
	last->seq = STORY_VISIT - 1;
	last->person = STORY_PERSON;
	last->t = INT64_C(1796000000000);
	last->actor = 8;
	last->result = VISIT_ABSENT;
	str_copy(last->actor_name, sizeof(last->actor_name), "Hoa");
	v->visit[0] = *last;
	v->visits = 1;
}

static void visit_look(struct event *ev, char c)
{
	ev->kind = EV_VISIT_LOOK;
	fill_person(&ev->visit_look.person);
	ev->visit_look.look.draft = c == '\212';
	if (c == '\213')
		seen_before(&ev->visit_look, true);
}

static void fill_rows(struct visits_page *p, int rows)
{
	p->rows = rows;
	p->today.target = 20;
	for (int i = 0; i < rows; i++) {
		p->person[i].id = STORY_PERSON + i;
		str_copy(p->person[i].name, VIET_NAME_SIZE, "Nguyễn Văn An");
		str_copy(p->hamlet[i].name, ROUND_HAMLET_SIZE,
			i == 0 ? "Thôn 3" : "Thôn 5");
		p->hamlet[i].count.people = 20;
	}
}

static bool visits_page(struct event *ev, char c)
{
	ev->kind = EV_VISITS;
	switch (c) {
	case '\217':
		fill_rows(&ev->visits, 2);
		return true;
	case '\216':
		fill_rows(&ev->visits, FLOW_VISIT_ROWS);
		ev->visits.after = true;
		ev->visits.drafts = 2;
		return true;
	case '\215':
		return true;
	default:
		return false;
	}
}

static bool visit_answer(struct event *ev, char c)
{
	switch (c) {
	case '\214':
	case '\213':
	case '\212':
		visit_look(ev, c);
		return true;
	case '\211':
		ev->kind = EV_VISIT;
		ev->visit.seq = STORY_VISIT;
		ev->visit.actor = STORY_AGENT;
		ev->visit.result = VISIT_ABSENT;
		return true;
	case '\210':
		ev->kind = EV_REFUSED;
		ev->refusal.code = REFUSED_VISITED;
		fill_prior(&ev->refusal.prior);
		return true;
	case '\207':
		ev->kind = EV_DRAFT;
		ev->draft.person = STORY_PERSON;
		return true;
	case '\206':
		ev->kind = EV_CONFIRMED;
		return true;
	case '\205':
	case '\204':
	case '\203':
		user_answer(ev, 'S');
		ev->user.role = c == '\203' ? ROLE_AGENT : ROLE_STAFF;
		ev->drafts = c != '\205';
		return true;
	default:
		return visits_page(ev, c);
	}
}

static bool other(struct event *ev, char c)
{
	switch (c) {
	case '_':
	case '~':
		ev->kind = EV_TICK;
		ev->now = INT64_C(1796000000000) + ev->at_ms;
		return true;
	case 'T':
		ev->kind = EV_PREVIEW;
		ev->preview.seq = STORY_SEQ;
		ev->preview.brief.state = PAYOUT_HANDED;
		str_copy(ev->preview.text, sizeof(ev->preview.text),
			"BIÊN NHẬN\n1\n2\n3\n4\n5\n6\n7\n8\n9\n");
		return true;
	case '\006':
		ev->kind = EV_COMPLAINT;
		ev->complaint.complaint.seq = STORY_COMPLAINT;
		str_copy(ev->complaint.number, sizeof(ev->complaint.number),
			"3fa2b1-57");
		return true;
	case '\016':
	case '\017':
		ev->kind = EV_PRINT;
		ev->print.test = true;
		ev->print.seq = STORY_COMPLAINT;
		ev->print.state = c == '\016' ? PRINT_PRINTED : PRINT_FAILED;
		ev->print.code = c == '\016' ? ERR_NONE : ERR_IO;
		return true;
	case '\v':
		ev->kind = EV_PASTED;
		return true;
	case '?':
		ev->kind = EV_NO_RECEIPT;
		return true;
	case '!':
		ev->kind = EV_FAILED;
		err_set(&ev->err, ERR_IO, 5, "the disk is gone");
		return true;
	default:
		return false;
	}
}

static bool plugged(struct event *ev, char c)
{
	static const struct {
		char c;
		enum plug plug;
		bool there;
		const char *name;
	} row[] = {
		{'\a', PLUG_KEYBOARD, true, "Logitech USB Keyboard"},
		{'\\', PLUG_PRINTER, false, "EPSON TM-T20II"},
		{'\f', PLUG_CAMERA, true, "HD Webcam C270"},
	};

	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		if (row[i].c != c)
			continue;
		ev->kind = EV_DEVICE;
		ev->device.plug = row[i].plug;
		ev->device.there = row[i].there;
		str_copy(ev->device.name, sizeof(ev->device.name), row[i].name);
		return true;
	}
	return false;
}

static bool camera(struct event *ev, char c)
{
	switch (c) {
	case '\001':
	case '\004':
		ev->kind = EV_CAMERA;
		ev->camera.state = c == '\001' ? CAMERA_SEES : CAMERA_TWO_CODES;
		ev->camera.width = 8;
		ev->camera.height = 6;
		return true;
	case '\002':
		ev->kind = EV_CAMERA;
		ev->camera.state = CAMERA_LOST;
		return true;
	case '\003':
		scan(ev, an, sizeof(an) - 1);
		ev->scan.camera = true;
		return true;
	case '\005':
		story_event(',', ev->at_ms, ev);
		ev->status.has_camera = true;
		return true;
	default:
		return false;
	}
}

void story_event(char c, long long at_ms, struct event *ev)
{
	memset(ev, 0, sizeof(*ev));
	ev->at_ms = at_ms;
	if (is_key(c)) {
		key(ev, c);
		return;
	}
	if (shift_answer(ev, c) || person_answer(ev, c) ||
		money_answer(ev, c) || refusal(ev, c) || paper(ev, c) ||
		scanned(ev, c) || other(ev, c) || consent(ev, c) ||
		visit_answer(ev, c) || account_of(ev, c) ||
		team_answer(ev, c) || user_answer(ev, c) || plugged(ev, c) ||
		camera(ev, c))
		return;
	fprintf(stderr, "story: no event has the character '%c'\n", c);
	abort();
}

void story_begin(struct story *s, const char *script)
{
	s->at = script;
	s->ms = 10000;
}

bool story_next(struct story *s, struct event *ev)
{
	long long step = STEP_MS;

	if (*s->at == '=') {
		step = HELD_MS;
		s->at++;
	}
	if (*s->at == '\0')
		return false;
	s->ms += *s->at == '~' ? LONG_MS : step;
	story_event(*s->at++, s->ms, ev);
	return true;
}
