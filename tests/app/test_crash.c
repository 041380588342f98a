/*
 * Killed at each named point of core/crash.c, with random histories before it
 * (T02 to T06): what was committed is whole, what was not has left no trace,
 * the open payout is asked about, and the day goes on.
 *
 * SEEDS=n plays n histories a point; SEED=n begins with that one.
 */
#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/crash.h"
#include "db/db_internal.h"
#include "db/journal_internal.h"
#include "db/record_internal.h"
#include "support/crashact.h"
#include "support/tmpdir.h"
#include "support/verifier.h"

enum {
	MAX_RECORDS = 64
};

/* How far the original came, as the restart sees it. */
enum paper {
	NO_MATTER,
	NOT_BEGUN, /* the original is still to come */
	UNSURE,    /* somewhere: a copy, if any */
	OUT        /* printed, and said so in the book */
};

/* records: of the act, that are there after the restart; see letter_of(). */
static const struct crash_row {
	const char *point;
	enum crash_act act;
	const char *records;
	enum paper paper;
} rows[] = {
	{"init.part", DO_INIT, "", 0},
	{"init.home", DO_INIT, "", 0},
	{"init.filled", DO_INIT, "", 0},
	{"init.committed", DO_INIT, "", 0},
	{"migrate.begin", DO_MIGRATE, "", 0},
	{"migrate.applied", DO_MIGRATE, "", 0},
	{"migrate.committed", DO_MIGRATE, "", 0},
	{"open.checked", DO_OPEN, "", 0},
	{"mark.written", DO_OPEN, "", 0},
	{"mark.written", DO_CHECKPOINT, "", 0},
	{"checkpoint.begin", DO_CHECKPOINT, "", 0},
	{"checkpoint.logged", DO_CHECKPOINT, "", 0},
	{"login.counted", DO_LOGIN, "", 0},
	{"login.tried", DO_LOGIN, "", 0},
	{"login.appended", DO_LOGIN, "", 0},
	{"login.recorded", DO_LOGIN, "L", 0},
	{"login.counted", DO_LOGIN_WRONG, "", 0},
	{"login.tried", DO_LOGIN_WRONG, "", 0},
	{"login.appended", DO_LOGIN_WRONG, "", 0},
	{"login.recorded", DO_LOGIN_WRONG, "W", 0},
	{"seal.begin", DO_SEAL, "L", 0},
	{"seal.rows", DO_SEAL, "L", 0},
	{"seal.committed", DO_SEAL, "L", 0},
	{"seal.vacuumed", DO_SEAL, "L", 0},
	{"logout.recorded", DO_LOGOUT, "l", 0},
	{"user.added", DO_USER, "", 0},
	{"user.revoked", DO_REVOKE, "", 0},
	{"limit.appended", DO_LIMIT_SET, "", 0},
	{"limit.changed", DO_LIMIT_SET, "U", 0},
	{"pin.written", DO_NEW_PIN, "", 0},
	{"card.written", DO_CARD, "", 0},
	{"card.committed", DO_CARD, "U", 0},
	{"approve.appended", DO_GIVE, "", 0},
	{"approve.committed", DO_GIVE, "A", 0},
	{"revlist.out", DO_REVLIST, "", 0},
	{"revlist.appended", DO_REVLIST, "", 0},
	{"revlist.committed", DO_REVLIST, "D", 0},
	{"shown.appended", DO_SHOW, "", 0},
	{"shown.committed", DO_SHOW, "E", 0},
	{"peer.written", DO_PEER, "", 0},
	{"peer.appended", DO_PEER, "", 0},
	{"peer.committed", DO_PEER, "U", 0},
	{"marks.appended", DO_MARKS, "", 0},
	{"marks.kept", DO_MARKS, "", 0},
	{"marks.marked", DO_MARKS, "", 0},
	{"marks.committed", DO_MARKS, "m", 0},
	{"release.appended", DO_RELEASE, "", 0},
	{"release.committed", DO_RELEASE, "rr", 0},
	{"acquire.appended", DO_ACQUIRE, "", 0},
	{"acquire.committed", DO_ACQUIRE, "qq", 0},
	{"complaint.appended", DO_COMPLAIN, "", 0},
	{"complaint.committed", DO_COMPLAIN, "B", 0},
	{"account.appended", DO_ACCOUNT, "", 0},
	{"account_step.appended", DO_ACCOUNT, "", 0},
	{"account.committed", DO_ACCOUNT, "as", 0},
	{"account_step.appended", DO_CASH, "", 0},
	{"account_step.committed", DO_CASH, "s", 0},
	{"consent.appended", DO_AGREE, "", 0},
	{"consent.committed", DO_AGREE, "G", 0},
	{"request.appended", DO_REQUEST, "", 0},
	{"request.committed", DO_REQUEST, "Q", 0},
	{"visit.appended", DO_VISIT, "", 0},
	{"visit.committed", DO_VISIT, "w", 0},
	{"draft.saved", DO_DRAFT, "", 0},
	{"join.stored", DO_JOIN, "", 0},
	{"ack.appended", DO_ACK, "", 0},
	{"ack.moved", DO_ACK, "", 0},
	{"ack.purged", DO_ACK, "", 0},
	{"ack.committed", DO_ACK, "k", 0},
	{"import.begin", DO_IMPORT, "", 0},
	{"import.rows", DO_IMPORT, "", 0},
	{"import.appended", DO_IMPORT, "", 0},
	{"import.committed", DO_IMPORT, "M", 0},
	{"side.rows", DO_CHANGES, "", 0},
	{"side.appended", DO_CHANGES, "", 0},
	{"side.committed", DO_CHANGES, "cM", 0},
	{"survey.appended", DO_QUESTIONS, "", 0},
	{"survey.committed", DO_QUESTIONS, "M", 0},
	{"shift.begin", DO_SHIFT, "", 0},
	{"keyroll.appended", DO_SHIFT, "", 0},
	{"keyroll.wiped", DO_SHIFT, "", 0},
	{"keyroll.stored", DO_SHIFT, "", 0},
	{"shift.opened", DO_SHIFT, "", 0},
	{"shift.floated", DO_SHIFT, "", 0},
	{"shift.committed", DO_SHIFT, "KOi", 0},
	{"checkpoint.begin", DO_SHIFT, "KOi", 0},
	{"checkpoint.logged", DO_SHIFT, "KOi", 0},
	{"mark.written", DO_SHIFT, "KOi", 0},
	{"float.appended", DO_TOP_UP, "", 0},
	{"float.committed", DO_TOP_UP, "i", 0},
	{"float.appended", DO_DROP, "", 0},
	{"float.committed", DO_DROP, "o", 0},
	{"pay.begin", DO_PAY, "", 0},
	{"pay.reviewed", DO_PAY, "", 0},
	{"pay.appended", DO_PAY, "", 0},
	{"pay.marked", DO_PAY, "", 0},
	{"pay.filed", DO_PAY, "", 0},
	{"pay.committed", DO_PAY, "rP", NOT_BEGUN},
	{"pay.read", DO_PAY, "rP", NOT_BEGUN},
	{"pay.told", DO_PAY, "rP", NOT_BEGUN},
	{"print.begin", DO_PAY, "rP", NOT_BEGUN},
	{"print.noted", DO_PAY, "rP", NOT_BEGUN},
	{"print.begun", DO_PAY, "rP", UNSURE},
	{"print.first", DO_PAY, "rP", UNSURE},
	{"print.half", DO_PAY, "rP", UNSURE},
	{"print.sent", DO_PAY, "rP", UNSURE},
	{"print.appended", DO_PAY, "rP", UNSURE},
	{"print.recorded", DO_PAY, "rPp", OUT},
	{"handed.begin", DO_PAY, "rPp", OUT},
	{"handed.appended", DO_PAY, "rPp", OUT},
	{"handed.marked", DO_PAY, "rPp", OUT},
	{"handed.committed", DO_PAY, "rPpH", OUT},
	{"void.begin", DO_NOT_HANDED, "", NOT_BEGUN},
	{"void.appended", DO_NOT_HANDED, "", NOT_BEGUN},
	{"void.marked", DO_NOT_HANDED, "", NOT_BEGUN},
	{"void.committed", DO_NOT_HANDED, "V", 0},
	{"void.begin", DO_VOID, "", 0},
	{"void.appended", DO_VOID, "", 0},
	{"void.returned", DO_VOID, "", 0},
	{"void.marked", DO_VOID, "", 0},
	{"void.committed", DO_VOID, "Vv", 0},
	{"print.begin", DO_REPRINT, "", 0},
	{"reprint.appended", DO_REPRINT, "", 0},
	{"reprint.committed", DO_REPRINT, "R", 0},
	{"print.half", DO_REPRINT, "R", 0},
	{"print.sent", DO_REPRINT, "R", 0},
	{"recover.begin", DO_RECOVER, "", NOT_BEGUN},
	{"recover.appended", DO_RECOVER, "", NOT_BEGUN},
	{"handed.begin", DO_RECOVER, "", NOT_BEGUN},
	{"handed.appended", DO_RECOVER, "", NOT_BEGUN},
	{"handed.marked", DO_RECOVER, "", NOT_BEGUN},
	{"recover.committed", DO_RECOVER, "yH", 0},
	{"void.marked", DO_RECOVER_NOT, "", NOT_BEGUN},
	{"recover.committed", DO_RECOVER_NOT, "yV", 0},
	{"notpaid.appended", DO_NOT_PAID, "", 0},
	{"notpaid.committed", DO_NOT_PAID, "N", 0},
	{"close.begin", DO_CLOSE, "", 0},
	{"close.counted", DO_CLOSE, "", 0},
	{"close.appended", DO_CLOSE, "", 0},
	{"close.filed", DO_CLOSE, "", 0},
	{"close.committed", DO_CLOSE, "CZ", 0},
	{"close.differs", DO_CLOSE_SHORT, "", 0},
	{"close.appended", DO_CLOSE_SHORT, "", 0},
	{"close.committed", DO_CLOSE_SHORT, "CXZ", 0},
	{"clock.noted", DO_CLOCK, "", 0},
	{"notpaid.committed", DO_CLOCK, "TN", 0},
	{"clock.vouched", DO_VOUCH, "", 0},
	{"boot.noted", DO_BOOT, "", 0},
	{"notpaid.committed", DO_BOOT, "yN", 0},
	{"key.sealed", DO_SEAL_KEY, "", 0},
	{"key.noted", DO_SEAL_KEY, "U", 0},
	{"key.burnt", DO_SEAL_KEY, "U", 0},
	{"key.gone", DO_SEAL_KEY, "U", 0},
};

static char letter_of(uint64_t kind)
{
	static const char letter[] = {[JOURNAL_START] = 'S',
		[JOURNAL_KEYROLL] = 'K',
		[JOURNAL_OPEN] = 'O',
		[JOURNAL_CLOSE] = 'Z',
		[JOURNAL_LOGIN] = 'L',
		[JOURNAL_LOGOUT] = 'l',
		[JOURNAL_LOGIN_FAIL] = 'W',
		[JOURNAL_CLOCK] = 'T',
		[JOURNAL_PAY] = 'P',
		[JOURNAL_PRINT] = 'p',
		[JOURNAL_HANDED] = 'H',
		[JOURNAL_VOID] = 'V',
		[JOURNAL_VOID_RETURNED] = 'v',
		[JOURNAL_REPRINT] = 'R',
		[JOURNAL_FLOAT_IN] = 'i',
		[JOURNAL_FLOAT_OUT] = 'o',
		[JOURNAL_COUNT] = 'C',
		[JOURNAL_OVER_SHORT] = 'X',
		[JOURNAL_REVIEW] = 'r',
		[JOURNAL_NOT_PAID] = 'N',
		[JOURNAL_CHANGE] = 'c',
		[JOURNAL_IMPORT] = 'M',
		[JOURNAL_EXPORT] = 'E',
		[JOURNAL_CONFIG] = 'U',
		[JOURNAL_UPLOAD_ACK] = 'k',
		[JOURNAL_APPROVE] = 'A',
		[JOURNAL_MARKS] = 'm',
		[JOURNAL_RELEASE] = 'r',
		[JOURNAL_ACQUIRE] = 'q',
		[JOURNAL_COMPLAINT] = 'B',
		[JOURNAL_ACCOUNT] = 'a',
		[JOURNAL_ACCOUNT_STATE] = 's',
		[JOURNAL_CONSENT] = 'G',
		[JOURNAL_VIEW] = 'Q',
		[JOURNAL_VISIT] = 'w',
		[JOURNAL_REVLIST] = 'D',
		[JOURNAL_RECOVERY] = 'y'};

	return kind < sizeof(letter) && letter[kind] ? letter[kind] : '?';
}

/* The records after base, a letter each. */
static void records_after(struct db *db, uint64_t base, char out[MAX_RECORDS])
{
	struct journal_row row;
	struct record r;
	const char *finding;
	struct err err;
	int n = 0;

	while (n < MAX_RECORDS - 1 && journal_row(db, base + 1 + (uint64_t)n,
					      &row, &err) == LOOKUP_FOUND) {
		assert_true(record_decode(row.body, row.len, &r, &finding));
		out[n++] = letter_of(r.kind);
	}
	out[n] = '\0';
}

static void must_hold(struct scene *s)
{
	struct err err = {0};

	if (!db_check(s->db, &err))
		fail_msg("%s (%s)", err.text, err.where);
}

static int failures_of_lan(struct scene *s)
{
	struct user u = {0};
	struct err err;

	assert_int_equal(users_get(s->db, 7, &u, &err), LOOKUP_FOUND);
	return u.failures;
}

/* The records that followed a PAY. */
static const char *after_pay(struct scene *s, uint64_t seq)
{
	static char records[MAX_RECORDS];

	records_after(s->db, seq, records);
	return records;
}

/* What the paper is, and that no original comes twice (T03, T04). */
static void paper_after(struct scene *s, const struct payout *open,
	enum paper paper)
{
	static const enum print_state state[] = {[NOT_BEGUN] = PRINT_NONE,
		[UNSURE] = PRINT_UNKNOWN,
		[OUT] = PRINT_PRINTED};
	const int before = scene_papers(s, open->seq, 0);
	struct payout now;
	struct err err;

	assert_int_equal(open->print, state[paper]);
	if (paper == NOT_BEGUN)
		assert_int_equal(before, 0);
	if (paper == OUT)
		assert_int_equal(before, 1);
	scene_print(s, open->seq, false);
	assert_int_equal(payouts_get(s->db, open->seq, &now, &err),
		LOOKUP_FOUND);
	if (paper == NOT_BEGUN) {
		/* T03: the original, once. */
		assert_int_equal(scene_papers(s, open->seq, 0), 1);
		assert_int_equal(now.copies, 0);
		return;
	}
	/* T04: BẢN SAO 1, and not a second original; the book says why. */
	if (paper == UNSURE)
		assert_string_equal(after_pay(s, open->seq), "pR");
	assert_int_equal(scene_papers(s, open->seq, 0), before);
	assert_int_equal(scene_papers(s, open->seq, 1), 1);
	assert_int_equal(now.copies, 1);
}

/* Rule 2 and T05: no other payout before this one is answered, once. */
static void answer_open(struct scene *s, const struct payout *open, bool handed)
{
	struct event *ev = malloc(sizeof(*ev));
	struct effect fx = effect_of(FX_RECOVER);

	assert_int_equal(scene_pay(s, SCENE_AFTER, ev), EV_REFUSED);
	assert_int_equal(ev->refusal.code, REFUSED_OPEN_PAYOUT);
	fx.recover.handed = handed;
	assert_int_equal(scene_do(s, &fx, ev), EV_RECOVERED);
	assert_int_equal(ev->payout.seq, open->seq);
	fx = effect_of(FX_RECOVER);
	fx.recover.handed = handed;
	assert_int_equal(scene_do(s, &fx, ev), EV_REFUSED);
	assert_int_equal(ev->refusal.code, REFUSED_NO_OPEN_PAYOUT);
	free(ev);
}

/* Pay him, unless he was paid before: then the book must say so. */
static void pay_or_paid(struct scene *s, int64_t person, bool paid)
{
	struct event *ev = malloc(sizeof(*ev));
	struct effect fx = effect_of(FX_HANDED);

	if (paid) {
		assert_int_equal(scene_pay(s, person, ev), EV_REFUSED);
		assert_int_equal(ev->refusal.code, REFUSED_ALREADY_PAID);
		free(ev);
		return;
	}
	assert_int_equal(scene_pay(s, person, ev), EV_PAID);
	assert_int_equal(s->open.amount, SCENE_DUE);
	scene_print(s, s->open.seq, false);
	assert_int_equal(scene_papers(s, s->open.seq, 0), 1);
	fx.seq = s->open.seq;
	assert_int_equal(scene_do(s, &fx, ev), EV_HANDED);
	free(ev);
	pay_or_paid(s, person, true);
}

/* What came back goes out again, but not by one person alone. */
static void pay_with_second(struct scene *s, int64_t person)
{
	struct event *ev = malloc(sizeof(*ev));
	struct effect fx = effect_of(FX_HANDED);

	assert_int_equal(scene_pay(s, person, ev), EV_REFUSED);
	assert_int_equal(ev->refusal.code, REFUSED_SECOND_PERSON);
	assert_int_equal(scene_pay_by(s, person, ev), EV_PAID);
	fx.seq = s->open.seq;
	assert_int_equal(scene_do(s, &fx, ev), EV_HANDED);
	free(ev);
}

/* The rest of a day: nothing of what happened is in the way. */
static void go_on(struct scene *s, bool next_is_paid, bool same_boot)
{
	struct effect fx = effect_of(FX_SHIFT_OPEN);
	struct event *ev = malloc(sizeof(*ev));
	struct shift shift;
	struct err err;

	if (shifts_current(s->db, &shift, &err) == LOOKUP_ABSENT) {
		fx.shift.notes.pieces[0] = 20;
		assert_int_equal(scene_do(s, &fx, ev), EV_SHIFT);
	}
	free(ev);
	pay_or_paid(s, SCENE_NEXT, next_is_paid);
	pay_or_paid(s, SCENE_AFTER, false);
	must_hold(s);
	scene_close(s);
	/* The boot id that an act made up is not there any more. */
	if (same_boot)
		verifier_must_accept(s->dir);
}

static bool is_paid(const char *records)
{
	return strchr(records, 'H') != NULL;
}

/* After the restart: only what was committed, and the day goes on. */
static void after_restart(struct scene *s, const struct crash_row *row,
	const struct crash_end *end)
{
	const bool handed = scene_random(s, 2) == 0;
	char records[MAX_RECORDS];
	bool paid = is_paid(row->records);
	struct payout open;
	struct err err;
	enum lookup got;

	scene_open(s);
	records_after(s->db, end->base, records);
	assert_string_equal(records, row->records);
	must_hold(s);
	got = payouts_open(s->db, &open, &err);
	if (row->paper == NO_MATTER || paid) {
		assert_int_equal(got, LOOKUP_ABSENT);
	} else {
		assert_int_equal(got, LOOKUP_FOUND);
		paper_after(s, &open, row->paper);
		answer_open(s, &open, handed);
		paid = handed;
	}
	if (row->act == DO_VOID && row->records[0])
		pay_with_second(s, SCENE_NEXT);
	go_on(s,
		paid || row->act == DO_REPRINT || row->act == DO_VOID ||
			row->act == DO_COMPLAIN,
		row->act != DO_BOOT);
}

static void after_init(struct scene *s, const struct crash_row *row)
{
	const struct db_setup setup = {.point = "BD-03",
		.name = "Bưu cục Làm Lại",
		.pin_kibibytes = 8};
	const bool whole = strcmp(row->point, "init.committed") == 0;
	struct err err = {0};

	s->db = db_open(s->dir, &err);
	assert_int_equal(s->db != NULL, whole);
	db_close(s->db);
	if (db_create(s->dir, &setup, &err) == whole)
		fail_msg("%s", whole ? "made twice" : err.text);
	s->db = db_open(s->dir, &err);
	assert_non_null(s->db);
	must_hold(s);
	db_close(s->db);
}

/* The book is the first schema's no more; its lists were never there. */
static void after_migrate(struct scene *s)
{
	struct journal_head head;
	struct err err;

	scene_open(s);
	assert_true(journal_head(s->db, &head, &err));
	assert_int_equal(head.last_seq, s->records);
	must_hold(s);
	scene_close(s);
}

/* T65: a PIN is counted before it is tried, and a crash takes none back. */
static void after_login(struct scene *s, const struct crash_row *row)
{
	const bool right = strcmp(row->records, "L") == 0;
	struct err err;
	int failures;

	s->db = db_open(s->dir, &err);
	assert_non_null(s->db);
	failures = failures_of_lan(s);
	db_close(s->db);
	assert_int_equal(failures, right ? 0 : 1);
}

static bool lies_there(const struct scene *s, const char *file)
{
	char path[300];
	struct stat st;

	return lstat(tmpdir_path(s->dir, file, path, sizeof(path)), &st) == 0;
}

/* One usable key, and by the next start only where it belongs. */
static void after_seal_key(struct scene *s, const struct crash_row *row)
{
	assert_true(lies_there(s, "device.tpm"));
	assert_false(lies_there(s, "device.key"));
	scene_open(s);
	assert_false(db_info(s->db)->key_left);
	/* Whoever was cut short does it again: the record comes, too. */
	if (!row->records[0])
		assert_int_equal(scene_seal_key(s), true);
	must_hold(s);
	scene_close(s);
}

static void after(struct scene *s, const struct crash_row *row,
	const struct crash_end *end)
{
	if (row->act == DO_INIT) {
		after_init(s, row);
		return;
	}
	if (row->act == DO_MIGRATE) {
		after_migrate(s);
		return;
	}
	if (row->act == DO_LOGIN || row->act == DO_LOGIN_WRONG)
		after_login(s, row);
	after_restart(s, row, end);
	if (row->act == DO_SEAL_KEY)
		after_seal_key(s, row);
}

/* ---- the rows ------------------------------------------------------------ */

static struct {
	struct scene *scene; /* not open; copied for each row */
	long count;
	long first;
	int killed;
} seeds;

static long number_of(const char *name, long otherwise)
{
	const char *text = getenv(name);

	return text && *text ? strtol(text, NULL, 10) : otherwise;
}

static void run_row(void **state)
{
	const struct crash_row *row = *state;

	for (long i = 0; i < seeds.count; i++) {
		struct crash_end end;
		struct scene s;

		print_message("%s, SEED=%ld\n", row->point, seeds.first + i);
		scene_copy(&seeds.scene[i], &s);
		end = crash_act(&s, row->act, row->point);
		if (!end.killed)
			fail_msg("the act never came by");
		after(&s, row, &end);
		seeds.killed++;
		scene_remove(&s);
	}
}

/* "init.part:2" is of "init.part". */
static bool is_point(const char *row, const char *name)
{
	const size_t len = strlen(name);

	return strncmp(row, name, len) == 0 &&
	       (row[len] == '\0' || row[len] == ':');
}

static void every_point_has_its_row(void **state)
{
	(void)state;
	for (size_t i = 0; i < crash_places_count; i++) {
		/* tests/db/test_regain.c has these. */
		bool found = strncmp(crash_places[i].name, "regain.", 7) == 0;

		for (size_t j = 0; j < COUNT_OF(rows); j++)
			found |= is_point(rows[j].point, crash_places[i].name);
		if (!found)
			fail_msg("no row for %s: %s", crash_places[i].name,
				crash_places[i].is);
	}
}

/* ---- crash upon crash ----------------------------------------------------- */

static const struct again {
	enum crash_act act;
	const char *point;
} firsts[] =
	{
		{DO_PAY, "pay.committed"},
		{DO_PAY, "print.half"},
		{DO_PAY, "print.sent"},
		{DO_PAY, "handed.marked"},
},
  seconds[] = {
	  {DO_OPEN, "open.checked"},
	  {DO_PRINT_OPEN, "print.begun"},
	  {DO_PRINT_OPEN, "print.half"},
	  {DO_PRINT_OPEN, "print.sent"},
	  {DO_RECOVER, "recover.begin"},
	  {DO_RECOVER, "recover.appended"},
	  {DO_RECOVER, "handed.appended"},
	  {DO_RECOVER, "handed.marked"},
	  {DO_RECOVER_NOT, "void.appended"},
	  {DO_RECOVER_NOT, "void.marked"},
	  {DO_RECOVER, "recover.committed"},
	  {DO_RECOVER_NOT, "recover.committed"},
};

/* Whatever was done to it, one original at most, and one answer. */
static void after_all(struct scene *s, bool answered, bool handed)
{
	struct payout open;
	struct err err;
	int papers;

	scene_open(s);
	must_hold(s);
	if (payouts_open(s->db, &open, &err) == LOOKUP_FOUND) {
		assert_false(answered);
		papers = scene_papers(s, open.seq, 0);
		assert_in_range(papers, 0, 1);
		if (open.print == PRINT_NONE)
			assert_int_equal(papers, 0);
		if (open.print == PRINT_PRINTED)
			assert_int_equal(papers, 1);
		scene_print(s, open.seq, false);
		assert_in_range(scene_papers(s, open.seq, 0), papers, 1);
		answer_open(s, &open, handed);
	} else {
		assert_true(answered);
	}
	go_on(s, handed, true);
}

static void crash_thrice(long seed, const struct again *first,
	const struct again *second)
{
	const struct again *third;
	bool answered;
	bool handed;
	struct scene s;

	scene_copy(&seeds.scene[seed], &s);
	s.seed +=
		(uint64_t)(first - firsts) * 64 + (uint64_t)(second - seconds);
	scene_random(&s, 2);
	third = &seconds[scene_random(&s, COUNT_OF(seconds) - 2)];
	print_message("%s, %s, %s, SEED=%ld\n", first->point, second->point,
		third->point, seeds.first + seed);
	assert_true(crash_act(&s, first->act, first->point).killed);
	assert_true(crash_act(&s, second->act, second->point).killed);
	answered = strcmp(second->point, "recover.committed") == 0;
	handed =
		answered ? second->act == DO_RECOVER : scene_random(&s, 2) == 0;
	/* A copy printed half is a copy all the same: it may not come by. */
	if (!answered)
		crash_act(&s, third->act, third->point);
	after_all(&s, answered, handed);
	scene_remove(&s);
}

static void T06_a_crash_in_the_recovery_and_again(void **state)
{
	(void)state;
	for (long seed = 0; seed < seeds.count; seed++)
		for (size_t i = 0; i < COUNT_OF(firsts); i++)
			for (size_t j = 0; j < COUNT_OF(seconds); j++)
				crash_thrice(seed, &firsts[i], &seconds[j]);
}

static int make_scenes(void **state)
{
	(void)state;
	seeds.count = number_of("SEEDS", 2);
	seeds.first = number_of("SEED", 1);
	seeds.scene = calloc((size_t)seeds.count, sizeof(*seeds.scene));
	assert_non_null(seeds.scene);
	for (long i = 0; i < seeds.count; i++)
		scene_make(&seeds.scene[i], (uint64_t)(seeds.first + i));
	return 0;
}

static int remove_scenes(void **state)
{
	(void)state;
	print_message("%d children killed at %zu points, SEEDS=%ld\n",
		seeds.killed, crash_places_count, seeds.count);
	for (long i = 0; i < seeds.count; i++)
		scene_remove(&seeds.scene[i]);
	free(seeds.scene);
	return 0;
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows) + 2];
	char name[COUNT_OF(rows)][80];
	size_t n = 0;

	tmpdir_in_memory();
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		snprintf(name[i], sizeof(name[i]), "T02_%s_in_act_%d",
			rows[i].point, (int)rows[i].act);
		tests[n++] = (struct CMUnitTest){.name = name[i],
			.test_func = run_row,
			.initial_state = (void *)(uintptr_t)&rows[i]};
	}
	tests[n++] =
		(struct CMUnitTest)cmocka_unit_test(every_point_has_its_row);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(T06_a_crash_in_the_recovery_and_again);
	return _cmocka_run_group_tests("crash", tests, n, make_scenes,
		remove_scenes);
}
