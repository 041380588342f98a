#include "support/crashact.h"

#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/clock.h"
#include "db/changes.h"
#include "db/datakey_internal.h"
#include "db/db_internal.h"
#include "db/journal.h"
#include "db/limits.h"
#include "db/lists.h"
#include "db/surveys.h"
#include "support/bookacts_internal.h"
#include "support/oldstore.h"
#include "support/tmpdir.h"

#define CHANGES \
	"kind,period,unit_code,beneficiary_id,id12,name,address,reason\n"
#define LIST                                                               \
	"period,unit_code,list_no,seq,beneficiary_id,id12,cmnd9,name,dob," \
	"sex,address,group,subgroup,monthly_amount,arrears_amount,"        \
	"arrears_months,funeral_amount,carry_over_amount,total,payee,"     \
	"payee_name,payee_id,method,account_bin,account_no,note\n"
#define LAN_PIN "246801"
#define HOA_PIN "135791"

/* In a child cmocka's own fail() would run the parent's tests again. */
static void must_at(bool ok, const char *what, int line)
{
	if (ok)
		return;
	fprintf(stderr, "crashact.c:%d: %s\n", line, what);
	_exit(99);
}
#define must(x) must_at((x), #x, __LINE__)

uint64_t scene_random(struct scene *s, uint64_t n)
{
	s->seed ^= s->seed << 13;
	s->seed ^= s->seed >> 7;
	s->seed ^= s->seed << 17;
	return s->seed % n;
}

static void ready_ports(struct scene *s, struct session *lan)
{
	struct err err;

	memset(&s->ports, 0, sizeof(s->ports));
	s->ports.db = s->db;
	s->ports.session = *lan;
	s->ports.printing = &s->printing;
	s->ports.width = PAGE_58;
	must(printing_open(&s->printing, s->tape, s->dir, false, &err));
}

/* A chip that anybody could be; what counts here is where the key lies. */
static bool chip_seal(void *ctx, const uint8_t key[CRYPTO_KEY_SIZE],
	uint8_t sealed[DB_SEALED_SIZE], struct err *err)
{
	(void)ctx;
	(void)err;
	memset(sealed, 0x5a, DB_SEALED_SIZE);
	for (size_t i = 0; i < CRYPTO_KEY_SIZE; i++)
		sealed[i] = key[i] ^ 0x5a;
	return true;
}

static bool chip_unseal(void *ctx, const uint8_t sealed[DB_SEALED_SIZE],
	uint8_t key[CRYPTO_KEY_SIZE], struct err *err)
{
	(void)ctx;
	(void)err;
	for (size_t i = 0; i < CRYPTO_KEY_SIZE; i++)
		key[i] = sealed[i] ^ 0x5a;
	return true;
}

static const struct db_keeper chip = {.seal = chip_seal, .unseal = chip_unseal};

void scene_open(struct scene *s)
{
	struct sign_in_result result;
	struct session lan;
	struct err err = {0};

	s->db = db_open_kept(s->dir, &chip, &err);
	if (!s->db)
		fprintf(stderr, "%s\n", err.text);
	must(s->db != NULL);
	must(users_check(s->db, 7, LAN_PIN, &lan, &result, &err) ==
		SIGN_IN_DONE);
	must(users_check(s->db, 1, HOA_PIN, &s->hoa, &result, &err) ==
		SIGN_IN_DONE);
	must(datakey_enter(s->db, s->key, &err));
	ready_ports(s, &lan);
}

void scene_close(struct scene *s)
{
	printing_close(&s->printing);
	db_close(s->db);
	s->db = NULL;
}

enum event_kind scene_do(struct scene *s, struct effect *fx, struct event *ev)
{
	struct event *unasked = malloc(sizeof(*unasked));

	ev->kind = EV_KIND_COUNT;
	must(unasked != NULL);
	run_effect(&s->ports, fx, ev);
	while (run_unasked(&s->ports, unasked))
		;
	free(unasked);
	return ev->kind;
}

static enum event_kind pay_by(struct scene *s, int64_t person, int64_t by,
	struct event *ev)
{
	struct effect fx = effect_of(FX_PAY);

	fx.pay.by = by;
	snprintf(fx.pay.pin, sizeof(fx.pay.pin), HOA_PIN);
	fx.pay.request.person = person;
	fx.pay.request.payee = PAYEE_SELF;
	fx.pay.request.review = REVIEW_NAME_MARKS;
	payouts_uid(fx.pay.request.uid);
	if (scene_do(s, &fx, ev) == EV_PAID)
		s->open = ev->payout;
	return ev->kind;
}

enum event_kind scene_pay(struct scene *s, int64_t person, struct event *ev)
{
	return pay_by(s, person, 0, ev);
}

enum event_kind scene_pay_by(struct scene *s, int64_t person, struct event *ev)
{
	return pay_by(s, person, 1, ev);
}

void scene_print(struct scene *s, uint64_t seq, bool copy)
{
	struct effect fx = effect_of(FX_PRINT);
	struct event *ev = malloc(sizeof(*ev));

	must(ev != NULL);
	fx.print.seq = seq;
	fx.print.copy = copy;
	scene_do(s, &fx, ev);
	free(ev);
}

static void settle(struct scene *s, enum effect_kind how, uint64_t seq,
	bool handed)
{
	struct effect fx = effect_of(how);
	struct event *ev = malloc(sizeof(*ev));

	must(ev != NULL);
	if (how == FX_RECOVER)
		fx.recover.handed = handed;
	else
		fx.seq = seq;
	scene_do(s, &fx, ev);
	must(ev->kind == EV_HANDED || ev->kind == EV_NOT_HANDED ||
		ev->kind == EV_RECOVERED);
	free(ev);
}

/* ---- the history --------------------------------------------------------- */

static void move_cash(struct scene *s, enum effect_kind how, int32_t pieces)
{
	struct effect fx = effect_of(how);
	struct event *ev = malloc(sizeof(*ev));

	must(ev != NULL);
	fx.shift.notes.pieces[0] = pieces;
	must(scene_do(s, &fx, ev) == EV_SHIFT);
	free(ev);
}

static void pay_somebody(struct scene *s, int64_t person)
{
	struct event *ev = malloc(sizeof(*ev));

	must(ev != NULL);
	if (scene_pay(s, person, ev) == EV_PAID) {
		const uint64_t seq = s->open.seq;

		/* Sometimes the paper is where no paper can be. */
		if (scene_random(s, 4) == 0)
			must(printing_open(&s->printing, "file:/proc/none",
				s->dir, false, &(struct err){0}));
		if (scene_random(s, 4) > 0)
			scene_print(s, seq, false);
		printing_close(&s->printing);
		must(printing_open(&s->printing, s->tape, s->dir, false,
			&(struct err){0}));
		settle(s, scene_random(s, 4) > 0 ? FX_HANDED : FX_NOT_HANDED,
			seq, true);
		if (scene_random(s, 4) == 0)
			scene_print(s, seq, true);
	}
	free(ev);
}

static void some_history(struct scene *s, int64_t people)
{
	const uint64_t steps = scene_random(s, 10);

	for (uint64_t i = 0; i < steps; i++)
		switch (scene_random(s, 6)) {
		case 0:
			move_cash(s, FX_SHIFT_TOP_UP,
				(int32_t)scene_random(s, 5) + 1);
			break;
		case 1:
			move_cash(s, FX_SHIFT_DROP, 1);
			break;
		default:
			pay_somebody(s,
				SCENE_FIRST + (int64_t)scene_random(s,
						      (uint64_t)people));
		}
}

static void import_file(struct scene *s, const char *path)
{
	const struct list_options o = {.count = -1, .sum = -1};
	struct list_result *r = malloc(sizeof(*r));
	struct err err = {0};

	must(r && lists_import(s->db, &s->hoa, path, &o, r, &err));
	must(r->taken);
	free(r);
}

/* A list as it comes from the office: its rows are numbered as the people. */
static void import_people(struct scene *s, int64_t people)
{
	char text[8192] = LIST;
	char path[512];
	size_t len = strlen(text);

	for (int64_t id = 1; id < SCENE_FIRST + people; id++) {
		const bool more = id < SCENE_FIRST || scene_random(s, 2);

		len += (size_t)snprintf(text + len, sizeof(text) - len,
			"2026-12,U1,L1,%lld,B%lld,001145%06lld,,Nguyễn Thị Đẹp,"
			"09/04/1945,Nữ,Thôn 3,BTXH,,500000,%d,%s,0,0,%d,self,,,"
			"cash,,,\n",
			(long long)id, (long long)id, (long long)id,
			more ? SCENE_DUE - 500000 : 0, more ? "2026-11" : "",
			more ? SCENE_DUE : 500000);
	}
	must(len < sizeof(text));
	tmpdir_write(s->dir, "list.csv", text, len);
	import_file(s, tmpdir_path(s->dir, "list.csv", path, sizeof(path)));
}

void scene_make(struct scene *s, uint64_t seed)
{
	struct journal_head head;
	struct bookstore b;
	struct err err;
	int64_t people;

	memset(s, 0, sizeof(*s));
	s->seed = seed * UINT64_C(0x9e3779b97f4a7c15) + 1;
	people = 1 + (int64_t)scene_random(s, 6);
	bookstore_make(&b);
	snprintf(s->dir, sizeof(s->dir), "%s", b.dir);
	snprintf(s->tape, sizeof(s->tape), "file:%s/tape", s->dir);
	s->db = b.db;
	s->hoa = b.hoa;
	memcpy(s->key, b.key, sizeof(s->key));
	import_people(s, people);
	bookstore_shift(&b, 100);
	ready_ports(s, &b.lan);
	some_history(s, people);
	must(journal_head(s->db, &head, &err));
	s->records = head.last_seq;
	scene_close(s);
}

void scene_copy(const struct scene *from, struct scene *to)
{
	*to = *from;
	tmpdir_make(to->dir, sizeof(to->dir));
	tmpdir_copy(from->dir, to->dir);
	snprintf(to->tape, sizeof(to->tape), "file:%s/tape", to->dir);
}

void scene_remove(struct scene *s)
{
	tmpdir_remove(s->dir);
}

int scene_papers(struct scene *s, uint64_t seq, int copy)
{
	struct receipt_job *job = calloc(1, sizeof(*job));
	FILE *in = fopen(s->tape + strlen("file:"), "rb");
	char *tape = NULL;
	struct payout payout;
	struct err err;
	size_t len;
	int n = 0;

	must(job && payouts_get(s->db, seq, &payout, &err) == LOOKUP_FOUND);
	must(receipt_job_make(db_info(s->db), &payout, copy, s->ports.width,
		job, &err));
	if (in) {
		fseek(in, 0, SEEK_END);
		len = (size_t)ftell(in);
		rewind(in);
		tape = malloc(len + 1);
		must(tape && fread(tape, 1, len, in) == len);
		for (char *at = tape;
			(at = memmem(at, len - (size_t)(at - tape), job->bytes,
				 job->len)) != NULL;
			at += job->len)
			n++;
		fclose(in);
	}
	free(tape);
	free(job);
	return n;
}

/* ---- the acts ------------------------------------------------------------- */

static void act_init(struct scene *s)
{
	const struct db_setup setup = {.point = "BD-02",
		.name = "Bưu cục Mới",
		.pin_kibibytes = 8};
	struct err err;

	must(db_create(s->dir, &setup, &err));
}

static void act_open(struct scene *s)
{
	struct err err;

	s->db = db_open(s->dir, &err);
	must(s->db != NULL);
	db_close(s->db);
}

static void act_checkpoint(struct scene *s)
{
	must(db_checkpoint(s->db, &(struct err){0}));
}

static void sign_in(struct scene *s, const char *pin, enum event_kind wanted)
{
	struct effect fx = effect_of(FX_SIGN_IN);
	struct event *ev = malloc(sizeof(*ev));

	must(ev != NULL);
	fx.sign_in.number = 7;
	snprintf(fx.sign_in.pin, sizeof(fx.sign_in.pin), "%s", pin);
	must(scene_do(s, &fx, ev) == wanted);
	free(ev);
}

static void act_login(struct scene *s)
{
	sign_in(s, LAN_PIN, EV_SIGNED_IN);
}

static void act_login_wrong(struct scene *s)
{
	sign_in(s, "864297", EV_SIGN_IN_REFUSED);
}

static void act_logout(struct scene *s)
{
	struct effect fx = effect_of(FX_SIGN_OUT);
	struct event *ev = malloc(sizeof(*ev));

	must(ev != NULL);
	scene_do(s, &fx, ev);
	free(ev);
}

static void act_user(struct scene *s)
{
	const struct user_new n = {33, "Mai", ROLE_AGENT, "583920"};

	must(users_add(s->db, &s->hoa, &n, &(struct refusal){0},
		     &(struct err){0}) == VERDICT_DONE);
}

static void act_revoke(struct scene *s)
{
	must(users_revoke(s->db, &s->hoa, 2, &(struct refusal){0},
		     &(struct err){0}) == VERDICT_DONE);
}

bool scene_seal_key(struct scene *s)
{
	struct err err;

	return db_seal_key(s->db, &s->hoa, &chip, &err);
}

static void act_seal_key(struct scene *s)
{
	must(scene_seal_key(s));
}

static void act_limit(struct scene *s)
{
	must(limits_set(s->db, &s->hoa, LIMIT_SINGLE, 20000000,
		     &(struct refusal){0}, &(struct err){0}) == VERDICT_DONE);
}

/* The acts with papers, by Hoa in this store. */
static struct bookstore book_of(const struct scene *s)
{
	return (struct bookstore){.db = s->db, .hoa = s->hoa};
}

static void act_card(struct scene *s)
{
	struct bookstore b = book_of(s);

	must(bookacts_enrol(&b, &(struct err){0}) == SAID_DONE);
}

static void act_give(struct scene *s)
{
	struct bookstore b = book_of(s);

	must(bookacts_approve(&b, &(struct err){0}) == SAID_DONE);
}

static void know_the_centre(struct scene *s)
{
	struct bookstore b = book_of(s);

	bookacts_centre_key(&b);
}

static void act_revlist(struct scene *s)
{
	struct bookstore b = book_of(s);

	must(bookacts_revlist(&b, &(struct err){0}) == SAID_DONE);
}

static void act_join(struct scene *s)
{
	struct bookstore b = book_of(s);

	bookacts_join(&b);
}

static void act_ack(struct scene *s)
{
	struct bookstore b = book_of(s);

	must(bookacts_send(&b, &(struct err){0}) == SAID_DONE);
}

/* Those of an agent, by Hoa as well. */
static struct bookstore book_alone(const struct scene *s)
{
	struct bookstore b = book_of(s);

	b.lan = s->hoa;
	b.payout = s->open.seq;
	return b;
}

static void act_peer(struct scene *s)
{
	struct bookstore b = book_of(s);

	must(bookacts_know(&b, &(struct err){0}) == SAID_DONE);
}

/* Of somebody whom no test pays afterwards. */
static void peer_shows(struct scene *s)
{
	struct bookstore b = book_of(s);

	bookacts_peer(&b, SCENE_OTHER);
}

static void act_marks(struct scene *s)
{
	struct bookstore b = book_alone(s);

	must(bookacts_marks(&b, &(struct err){0}) == SAID_DONE);
}

static void act_release(struct scene *s)
{
	struct bookstore b = book_alone(s);

	must(bookacts_release(&b, &(struct err){0}) == SAID_DONE);
}

static void act_acquire(struct scene *s)
{
	struct bookstore b = book_alone(s);

	must(bookacts_acquire(&b, &(struct err){0}) == SAID_DONE);
}

static void act_show(struct scene *s)
{
	struct bookstore b = book_alone(s);

	must(bookacts_show(&b, &(struct err){0}) == SAID_DONE);
}

static void act_complain(struct scene *s)
{
	struct bookstore b = book_alone(s);

	must(bookacts_complain(&b, &(struct err){0}) == SAID_DONE);
}

static void ask_consent(struct scene *s)
{
	struct bookstore b = book_alone(s);

	bookacts_agree(&b, 1);
}

static void act_account(struct scene *s)
{
	struct bookstore b = book_alone(s);

	must(bookacts_account(&b, &(struct err){0}) == SAID_DONE);
}

static void act_cash(struct scene *s)
{
	struct bookstore b = book_alone(s);

	must(bookacts_cash(&b, &(struct err){0}) == SAID_DONE);
}

static void act_agree(struct scene *s)
{
	struct bookstore b = book_alone(s);

	must(bookacts_consent(&b, SCENE_OTHER, &(struct err){0}) == SAID_DONE);
}

static void act_request(struct scene *s)
{
	struct bookstore b = book_alone(s);

	must(bookacts_request(&b, SCENE_OTHER, &(struct err){0}) == SAID_DONE);
}

static void act_visit(struct scene *s)
{
	struct bookstore b = book_alone(s);

	must(bookacts_visit(&b, &(struct err){0}) == SAID_DONE);
}

static void act_draft(struct scene *s)
{
	struct bookstore b = book_alone(s);

	must(bookacts_draft(&b, &(struct err){0}) == SAID_DONE);
}

static void act_new_pin(struct scene *s)
{
	struct pin_change c = {.old = "246802", .pin = "905314"};

	must(users_set_pin(s->db, 8, &c, &(struct refusal){0},
		     &(struct err){0}) == VERDICT_DONE);
}

static void act_import(struct scene *s)
{
	import_file(s, "assets/demo/people.csv");
}

static void act_changes(struct scene *s)
{
	static const char text[] = CHANGES "left,2026-12,U1,B3,,,,moved\n";
	const struct list_options o = {.count = -1, .sum = -1};
	struct list_result *r = malloc(sizeof(*r));
	char path[512];
	struct err err = {0};

	tmpdir_write(s->dir, "side.csv", text, strlen(text));
	tmpdir_path(s->dir, "side.csv", path, sizeof(path));
	must(r && changes_import(s->db, &s->hoa, path, &o, r, &err));
	must(r->taken);
	free(r);
}

static void act_questions(struct scene *s)
{
	static const char text[] =
		"settings,\n,form_id,version\n,visit,2026-12\n"
		"survey,\n,type,name,label\n,text,q,Q\n";
	const struct survey_options o = {.check_only = false};
	struct survey_result r;
	char path[512];
	struct err err = {0};

	tmpdir_write(s->dir, "questions.csv", text, strlen(text));
	tmpdir_path(s->dir, "questions.csv", path, sizeof(path));
	must(surveys_import(s->db, &s->hoa, path, &o, &r, &err) && r.taken);
}

static void close_with(struct scene *s, int64_t less, int64_t by)
{
	struct effect fx = effect_of(FX_SHIFT_CLOSE);
	struct event *ev = malloc(sizeof(*ev));
	struct shift shift;
	struct err err;
	int64_t rest;

	must(ev && shifts_current(s->db, &shift, &err) == LOOKUP_FOUND);
	rest = shift.expected - less;
	for (int i = 0; i < NOTES_KINDS; i++) {
		fx.shift.notes.pieces[i] =
			(int32_t)(rest / notes_denomination[i]);
		rest %= notes_denomination[i];
	}
	fx.shift.by = by;
	fx.shift.reason = by ? SHIFT_REASON_MISCOUNT : SHIFT_REASON_NONE;
	snprintf(fx.shift.pin, sizeof(fx.shift.pin), HOA_PIN);
	must(scene_do(s, &fx, ev) == EV_SHIFT_CLOSED);
	free(ev);
}

static void act_close(struct scene *s)
{
	close_with(s, 0, 0);
}

static void act_close_short(struct scene *s)
{
	close_with(s, 200000, 1);
}

static void act_shift(struct scene *s)
{
	move_cash(s, FX_SHIFT_OPEN, 30);
}

static void act_top_up(struct scene *s)
{
	move_cash(s, FX_SHIFT_TOP_UP, 3);
}

static void act_drop(struct scene *s)
{
	move_cash(s, FX_SHIFT_DROP, 2);
}

static void pay_next(struct scene *s)
{
	struct event *ev = malloc(sizeof(*ev));

	must(ev && scene_pay(s, SCENE_NEXT, ev) == EV_PAID);
	free(ev);
}

static void act_pay(struct scene *s)
{
	pay_next(s);
	scene_print(s, s->open.seq, false);
	settle(s, FX_HANDED, s->open.seq, true);
}

static void act_not_handed(struct scene *s)
{
	settle(s, FX_NOT_HANDED, s->open.seq, false);
}

static void act_void(struct scene *s)
{
	struct effect fx = effect_of(FX_VOID);
	struct event *ev = malloc(sizeof(*ev));

	must(ev != NULL);
	fx.take_back.seq = s->open.seq;
	fx.take_back.reason = VOID_RECEIPT_BACK;
	fx.take_back.by = 1;
	snprintf(fx.take_back.paper, sizeof(fx.take_back.paper), "%s",
		s->open.qr);
	snprintf(fx.take_back.pin, sizeof(fx.take_back.pin), HOA_PIN);
	must(scene_do(s, &fx, ev) == EV_VOIDED);
	free(ev);
}

static void act_reprint(struct scene *s)
{
	scene_print(s, s->open.seq, true);
}

static void act_print_open(struct scene *s)
{
	must(payouts_open(s->db, &s->open, &(struct err){0}) == LOOKUP_FOUND);
	scene_print(s, s->open.seq, false);
}

static void act_recover(struct scene *s)
{
	settle(s, FX_RECOVER, 0, true);
}

static void act_recover_not(struct scene *s)
{
	settle(s, FX_RECOVER, 0, false);
}

static void act_not_paid(struct scene *s)
{
	struct effect fx = effect_of(FX_NOT_PAID);
	struct event *ev = malloc(sizeof(*ev));

	must(ev != NULL);
	fx.not_paid.person = SCENE_OTHER;
	fx.not_paid.reason = NOT_PAID_ABSENT;
	must(scene_do(s, &fx, ev) == EV_NOT_PAID_SAVED);
	free(ev);
}

static void set_clock_back(struct scene *s)
{
	(void)s;
	clock_freeze_wall(clock_wall_ms() - INT64_C(86400) * 1000);
}

static void act_vouch(struct scene *s)
{
	must(journal_clock_set(s->db, &s->hoa, &(struct err){0}));
}

/* One row of SCENE_OTHER as a migration leaves it (db/schema/0007). */
static void leave_bare(struct scene *s)
{
	must(sqlite3_exec(s->db->handle,
		     "INSERT INTO unsealed VALUES (1, 52, replace("
		     "'52|19450409|2|0|L1|B52|001145000052||Nguyễn Thị Đẹp|"
		     "Thôn 3|BTXH|||||', '|', char(31)))",
		     NULL, NULL, NULL) == SQLITE_OK);
}

static void start_anew(struct scene *s)
{
	s->db->boot[0] ^= 0xff;
}

static void make_old(struct scene *s)
{
	oldstore_from(s->dir, 1);
}

static void empty(struct scene *s)
{
	tmpdir_remove(s->dir);
}

static const struct {
	bool closed; /* the store is not open when it begins */
	void (*before)(struct scene *s);
	void (*act)(struct scene *s);
} acts[DO_COUNT] = {
	[DO_INIT] = {true, empty, act_init},
	[DO_OPEN] = {true, NULL, act_open},
	[DO_MIGRATE] = {true, make_old, act_open},
	[DO_CHECKPOINT] = {false, NULL, act_checkpoint},
	[DO_LOGIN] = {false, NULL, act_login},
	[DO_LOGIN_WRONG] = {false, NULL, act_login_wrong},
	[DO_LOGOUT] = {false, NULL, act_logout},
	[DO_SEAL] = {false, leave_bare, act_login},
	[DO_USER] = {false, NULL, act_user},
	[DO_REVOKE] = {false, NULL, act_revoke},
	[DO_SEAL_KEY] = {false, NULL, act_seal_key},
	[DO_LIMIT_SET] = {false, NULL, act_limit},
	[DO_NEW_PIN] = {false, NULL, act_new_pin},
	[DO_CARD] = {false, NULL, act_card},
	[DO_GIVE] = {false, NULL, act_give},
	[DO_REVLIST] = {false, know_the_centre, act_revlist},
	[DO_PEER] = {false, NULL, act_peer},
	[DO_MARKS] = {false, peer_shows, act_marks},
	[DO_RELEASE] = {false, peer_shows, act_release},
	[DO_ACQUIRE] = {false, peer_shows, act_acquire},
	[DO_SHOW] = {false, NULL, act_show},
	[DO_COMPLAIN] = {false, act_pay, act_complain},
	[DO_ACCOUNT] = {false, ask_consent, act_account},
	[DO_CASH] = {false, NULL, act_cash},
	[DO_AGREE] = {false, NULL, act_agree},
	[DO_REQUEST] = {false, NULL, act_request},
	[DO_VISIT] = {false, NULL, act_visit},
	[DO_DRAFT] = {false, NULL, act_draft},
	[DO_JOIN] = {false, NULL, act_join},
	[DO_ACK] = {false, act_join, act_ack},
	[DO_IMPORT] = {false, NULL, act_import},
	[DO_CHANGES] = {false, NULL, act_changes},
	[DO_QUESTIONS] = {false, NULL, act_questions},
	[DO_SHIFT] = {false, act_close, act_shift},
	[DO_TOP_UP] = {false, NULL, act_top_up},
	[DO_DROP] = {false, NULL, act_drop},
	[DO_PAY] = {false, NULL, act_pay},
	[DO_NOT_HANDED] = {false, pay_next, act_not_handed},
	[DO_VOID] = {false, act_pay, act_void},
	[DO_REPRINT] = {false, act_pay, act_reprint},
	[DO_PRINT_OPEN] = {false, NULL, act_print_open},
	[DO_RECOVER] = {false, NULL, act_recover},
	[DO_RECOVER_NOT] = {false, NULL, act_recover_not},
	[DO_NOT_PAID] = {false, NULL, act_not_paid},
	[DO_CLOSE] = {false, NULL, act_close},
	[DO_CLOSE_SHORT] = {false, NULL, act_close_short},
	[DO_CLOCK] = {false, set_clock_back, act_not_paid},
	[DO_VOUCH] = {false, NULL, act_vouch},
	[DO_BOOT] = {false, start_anew, act_not_paid},
};

/* What the child tells before it dies. */
struct told {
	uint64_t base;
	uint64_t seq;
};

static void child(struct scene *s, enum crash_act act, const char *point,
	struct told *told)
{
	struct journal_head head;
	struct err err;

	if (!acts[act].closed)
		scene_open(s);
	/* A recovery is of what an earlier act left open. */
	if ((act == DO_RECOVER || act == DO_RECOVER_NOT) &&
		payouts_open(s->db, &s->open, &err) == LOOKUP_ABSENT) {
		pay_next(s);
		s->ports.queued = 0;
	}
	if (acts[act].before)
		acts[act].before(s);
	told->base = s->records;
	if (!acts[act].closed) {
		must(journal_head(s->db, &head, &err));
		told->base = head.last_seq;
	}
	setenv("CHITRA_CRASH", point, 1);
	acts[act].act(s);
	told->seq = s->open.seq;
	/* An act's own end is no crash: the store is closed in order. */
	if (!acts[act].closed)
		scene_close(s);
	_exit(0);
}

struct crash_end crash_act(struct scene *s, enum crash_act act,
	const char *point)
{
	struct told *told = mmap(NULL, sizeof(*told), PROT_READ | PROT_WRITE,
		MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct crash_end end = {0};
	int status = 0;
	pid_t pid;

	must(told != MAP_FAILED);
	fflush(NULL);
	pid = fork();
	must(pid >= 0);
	if (pid == 0)
		child(s, act, point, told);
	must(waitpid(pid, &status, 0) == pid);
	end.killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
	if (!end.killed && (!WIFEXITED(status) || WEXITSTATUS(status) != 0)) {
		fprintf(stderr, "%s: the child ended badly: %x\n", point,
			(unsigned)status);
		abort();
	}
	end.base = told->base;
	end.seq = told->seq;
	munmap(told, sizeof(*told));
	return end;
}
