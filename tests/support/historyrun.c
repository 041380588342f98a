#include "support/historyrun.h"

#include "support/unit.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "db/changes.h"
#include "db/datakey_internal.h"
#include "db/db_internal.h"
#include "db/record_internal.h"
#include "support/tmpdir.h"

#define CHANGES \
	"kind,period,unit_code,beneficiary_id,id12,name,address,reason\n"

enum {
	SETS = 6, /* histories that one store serves */
	FIRST_ID = 100,
	ID_STEP = 10
};

/* 2026-11-22 08:00 in Viet Nam. */
static const int64_t morning = INT64_C(1795309200000);

/* Never open; copied. */
static struct bookstore template;

struct historyrun {
	struct bookstore b;
	struct model m;
	int set; /* people of the next history */
	char *why;
};

static bool wrong(struct historyrun *r, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

static bool wrong(struct historyrun *r, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(r->why, HISTORYRUN_WHY, fmt, args);
	va_end(args);
	return false;
}

/* ---- the store ----------------------------------------------------------- */

static int64_t id_of(int set, int person)
{
	return FIRST_ID + set * ID_STEP + person;
}

void historyrun_begin(void)
{
	static struct model m;

	clock_freeze_wall(morning);
	bookstore_make(&template);
	model_begin(&m, 0, morning);
	for (int set = 0; set < SETS; set++)
		for (int i = 0; i < HISTORY_PEOPLE; i++)
			for (int j = 0; j < m.person[i].items; j++) {
				const struct model_item *it =
					&m.person[i].item[j];

				bookstore_due(&template, id_of(set, i),
					it->what, it->period, it->amount,
					it->by_account);
			}
	db_close(template.db);
	template.db = NULL;
}

void historyrun_end(void)
{
	clock_freeze_wall(-1);
	tmpdir_remove(template.dir);
}

static bool fresh(struct historyrun *r)
{
	struct journal_head head;
	struct err err = {0};

	r->b = template;
	tmpdir_make(r->b.dir, sizeof(r->b.dir));
	tmpdir_copy(template.dir, r->b.dir);
	memset(&r->m, 0, sizeof(r->m));
	r->m.now = r->m.last_t = r->m.max_t = morning;
	r->set = 0;
	clock_freeze_wall(morning);
	r->b.db = db_open(r->b.dir, &err);
	/* The sessions of the template go on here. */
	if (!r->b.db || !datakey_enter(r->b.db, r->b.key, &err) ||
		!journal_head(r->b.db, &head, &err))
		return wrong(r, "open: %s", err.text);
	r->m.seq = head.last_seq;
	return true;
}

struct historyrun *historyrun_new(void)
{
	struct historyrun *r = calloc(1, sizeof(*r));

	if (!r)
		abort();
	r->set = SETS;
	return r;
}

void historyrun_free(struct historyrun *r)
{
	if (r->b.dir[0])
		bookstore_remove(&r->b);
	free(r);
}

/* ---- steps --------------------------------------------------------------- */

static const struct session *session(struct historyrun *r, enum actor who)
{
	switch (who) {
	case LAN:
		return &r->b.lan;
	case MINH:
		return &r->b.minh;
	case HOA:
		return &r->b.hoa;
	case NOBODY:
		break;
	}
	return NULL;
}

static struct notes split(int64_t sum)
{
	struct notes n = {.pieces = {0}};

	for (int i = 0; i < NOTES_KINDS; i++) {
		n.pieces[i] = (int32_t)(sum / notes_denomination[i]);
		sum %= notes_denomination[i];
	}
	return n;
}

static enum verdict pay(struct historyrun *r, const struct step *s, int64_t due,
	struct refusal *why, struct err *err)
{
	struct pay_request q = {.person = id_of(r->set, s->person),
		.list_period = step_list_period(s),
		.payee = PAYEE_SELF,
		.approver = session(r, s->by)};
	struct payout out;

	payouts_uid(q.uid);
	if (step_by_guardian(s)) {
		q.payee = PAYEE_GUARDIAN;
		snprintf(q.payee_name, sizeof(q.payee_name), "Trần An");
		if (!step_lacks_number(s))
			snprintf(q.payee_id, sizeof(q.payee_id),
				"001145000112");
	}
	if (step_says_notes(s))
		q.notes = split(due);
	if (step_says_wrong_notes(s))
		q.notes.pieces[NOTES_KINDS - 1]++;
	if (s->kind == STEP_SHEET) {
		snprintf(q.pad, sizeof(q.pad), "%d",
			r->set * HISTORY_SHEETS + step_sheet(s) + 1);
		q.given_at = r->m.now - step_ago_ms(s);
	}
	if (step_reviews(s))
		q.review = REVIEW_NAME_MARKS;
	return payouts_pay(r->b.db, session(r, s->who), &q, &out, why, err);
}

static enum verdict answer(struct historyrun *r, const struct step *s,
	struct refusal *why, struct err *err)
{
	const struct session *who = session(r, s->who);
	const struct session *by = session(r, s->by);
	const uint64_t seq =
		r->m.payouts > 0 ? r->m.payout[r->m.payouts - 1].seq : 1;
	struct payout out;

	if (s->kind == STEP_HANDED)
		return payouts_handed(r->b.db, who, seq, &out, why, err);
	if (s->kind == STEP_NOT_HANDED)
		return payouts_not_handed(r->b.db, who, seq, by, &out, why,
			err);
	return payouts_recover(r->b.db, who, s->arg % 2, by, &out, why, err);
}

static enum verdict take_back(struct historyrun *r, const struct step *s,
	struct refusal *why, struct err *err)
{
	struct void_request q = {.seq = 1,
		.reason = step_void_reason(s),
		.by = session(r, s->by)};
	struct payout p = {.seq = 0};

	if (r->m.payouts > 0)
		q.seq = r->m.payout[step_payout(s, r->m.payouts)].seq;
	if (r->m.payouts > 0 &&
		payouts_get(r->b.db, q.seq, &p, err) != LOOKUP_FOUND)
		return VERDICT_FAILED;
	if (step_shows_paper(s))
		q.paper = p.qr;
	return payouts_void(r->b.db, session(r, s->who), &q, &p, why, err);
}

static enum verdict drawer(struct historyrun *r, const struct step *s,
	struct refusal *why, struct err *err)
{
	const struct session *who = session(r, s->who);
	const struct notes n = {.pieces = {step_pieces(s)}};
	const int64_t expected = r->m.shift ? r->m.expected : 0;
	const struct notes counted =
		split(expected + step_difference(s, expected));
	struct shift_slip slip;
	struct shift shift;

	switch (s->kind) {
	case STEP_OPEN:
		return shifts_open(r->b.db, who, &n, &shift, why, err);
	case STEP_TOP_UP:
		return shifts_top_up(r->b.db, who, &n, &shift, why, err);
	case STEP_DROP:
		return shifts_drop(r->b.db, who, &n, &shift, why, err);
	default:
		return shifts_close(r->b.db, who, &counted,
			step_shift_reason(s), session(r, s->by), &slip, why,
			err);
	}
}

static enum verdict print(struct historyrun *r, const struct step *s,
	struct refusal *why, struct err *err)
{
	const struct session *who = session(r, s->who);
	const enum print_state result = step_print(s);
	bool first = false;
	uint64_t seq;
	int copy;

	if (r->m.payouts == 0)
		return VERDICT_DONE;
	seq = r->m.payout[r->m.payouts - 1].seq;
	if (s->kind == STEP_PRINT &&
		!payouts_print_begin(r->b.db, seq, &first, err))
		return VERDICT_FAILED;
	if (!first)
		return payouts_reprint(r->b.db, who, seq, 1, &copy, why, err);
	if (result != PRINT_PRINTING &&
		!payouts_print_result(r->b.db, who, seq, result, err))
		return VERDICT_FAILED;
	return VERDICT_DONE;
}

static bool leave(struct historyrun *r, struct err *err)
{
	const struct list_options o = {.count = -1, .sum = -1};
	struct list_result *out = malloc(sizeof(*out));
	char path[512];
	char text[256];
	bool ok;

	snprintf(text, sizeof(text), CHANGES "left,2026-12,U1,B%lld,,,,moved\n",
		(long long)id_of(r->set, HISTORY_PEOPLE - 1));
	tmpdir_write(r->b.dir, "side.csv", text, strlen(text));
	tmpdir_path(r->b.dir, "side.csv", path, sizeof(path));
	ok = out && changes_import(r->b.db, &r->b.hoa, path, &o, out, err) &&
	     out->taken;
	free(out);
	return ok;
}

static bool sign_in(struct historyrun *r, bool right, struct err *err)
{
	struct sign_in_result result;
	struct session s;

	return users_sign_in(r->b.db, 5, right ? "975315" : "102938", &s,
		       &result, err) != SIGN_IN_FAILED;
}

static enum verdict act(struct historyrun *r, const struct step *s, int64_t due,
	struct refusal *why, struct err *err)
{
	bool ok = true;

	switch (s->kind) {
	case STEP_OPEN:
	case STEP_CLOSE:
	case STEP_TOP_UP:
	case STEP_DROP:
		return drawer(r, s, why, err);
	case STEP_PAY:
	case STEP_SHEET:
		return pay(r, s, due, why, err);
	case STEP_VOID:
		return take_back(r, s, why, err);
	case STEP_HANDED:
	case STEP_NOT_HANDED:
	case STEP_RECOVER:
		return answer(r, s, why, err);
	case STEP_PRINT:
	case STEP_COPY:
		return print(r, s, why, err);
	case STEP_NOT_PAID:
		return payouts_not_paid(r->b.db, session(r, s->who),
			id_of(r->set, s->person), step_reason(s),
			(struct date){0}, why, err);
	case STEP_LEFT:
		ok = leave(r, err);
		break;
	case STEP_WRONG_PIN:
	case STEP_SIGN_IN:
		ok = sign_in(r, s->kind == STEP_SIGN_IN, err);
		break;
	case STEP_CRASH:
		bookstore_crash(&r->b);
		bookstore_open(&r->b);
		break;
	case STEP_RESTART:
		bookstore_restart(&r->b);
		break;
	case STEP_CLOCK:
		clock_freeze_wall(r->m.now + step_clock_ms(s));
		break;
	case STEP_VOUCH:
		ok = journal_clock_set(r->b.db, session(r, s->who), err) ==
		     (s->who == HOA);
		break;
	case STEP_CHECKPOINT:
		ok = db_checkpoint(r->b.db, err);
		break;
	case STEP_COUNT:
		break;
	}
	return ok ? VERDICT_DONE : VERDICT_FAILED;
}

/* I1: the drawer. I3 in short: as many records as there must be. */
static bool sums_agree(struct historyrun *r)
{
	const struct model *m = &r->m;
	struct shift shift = {0};
	struct journal_head head;
	struct err err = {0};
	enum lookup got = shifts_current(r->b.db, &shift, &err);

	if (got == LOOKUP_FAILED || !journal_head(r->b.db, &head, &err))
		return wrong(r, "look: %s", err.text);
	if ((got == LOOKUP_FOUND) != m->shift)
		return wrong(r, "I1: a shift is open where none may be");
	if (m->shift && shift.expected != m->expected)
		return wrong(r, "I1: drawer %lld, must be %lld",
			(long long)shift.expected, (long long)m->expected);
	if (head.last_seq != m->seq)
		return wrong(r, "I3: the book ends with %llu, must be %llu",
			(unsigned long long)head.last_seq,
			(unsigned long long)m->seq);
	return true;
}

static bool step_once(struct historyrun *r, const struct step *s)
{
	const int64_t due = model_due(&r->m, s->person, step_list_period(s));
	struct refusal why = {0};
	struct err err = {0};
	const enum verdict got = act(r, s, due, &why, &err);
	const enum refusal_code wanted = model_step(&r->m, s);

	if (got == VERDICT_FAILED)
		return wrong(r, "failed: %s (%s)", err.text,
			err.where ? err.where : "");
	if (got == VERDICT_DONE)
		why.code = REFUSED_NOT;
	if (why.code != wanted)
		return wrong(r, "answer '%s', must be '%s'",
			refusal_code_name(why.code), refusal_code_name(wanted));
	return sums_agree(r);
}

/* ---- the book ------------------------------------------------------------ */

/* I8: who acted has signed it with his own key. */
static bool signed_by(struct historyrun *r, const struct record *rec)
{
	const struct session *const all[] = {&r->b.lan, &r->b.minh, &r->b.hoa};
	uint8_t digest[CRYPTO_HASH_SIZE];

	if (!(rec->has & RECORD_HAS(KEY_ASIG)))
		return true;
	record_act_digest(rec, digest);
	for (size_t i = 0; i < COUNT_OF(all); i++)
		if ((uint64_t)all[i]->user.number == rec->actor)
			return crypto_verify_tagged("CHTRACT1", digest,
				sizeof(digest),
				all[i]->secret + CRYPTO_SEED_SIZE, rec->asig);
	return false;
}

static bool record_agrees(struct historyrun *r, const struct record *rec,
	const struct model_record *m, uint64_t seq)
{
	const unsigned long long n = seq;

	if (rec->kind != m->kind)
		return wrong(r, "record %llu is of kind %llu, must be %d", n,
			(unsigned long long)rec->kind, (int)m->kind);
	if ((int64_t)rec->actor != m->actor || !signed_by(r, rec))
		return wrong(r, "I8: record %llu is not by %lld", n,
			(long long)m->actor);
	if ((int64_t)rec->t != m->t)
		return wrong(r, "record %llu has another time", n);
	if (rec->ref != m->ref || (int64_t)rec->amount != m->amount ||
		(m->res > 0 && rec->result != m->res))
		return wrong(r, "record %llu: ref, amount or result", n);
	return true;
}

/* I7, by adding up again. */
static void count(struct journal_totals *tot, const struct model_record *m)
{
	if (m->kind == JOURNAL_PAY) {
		tot->paid_gross += m->amount;
		tot->payments++;
	} else if (m->kind == JOURNAL_VOID) {
		tot->void_gross += m->amount;
		tot->voids++;
	} else if (m->kind == JOURNAL_FLOAT_IN) {
		tot->float_in += m->amount;
	} else if (m->kind == JOURNAL_FLOAT_OUT) {
		tot->float_out += m->amount;
	}
}

/* What is not random of a record: for I10. */
static void add_to(struct crypto_hash *h, struct record rec)
{
	rec.mono = 0;
	memset(rec.pdc, 0, sizeof(rec.pdc));
	memset(rec.asig, 0, sizeof(rec.asig));
	memset(rec.cosig, 0, sizeof(rec.cosig));
	memset(rec.kpub, 0, sizeof(rec.kpub));
	crypto_hash_add(h, &rec, sizeof(rec));
}

static bool book_agrees(struct historyrun *r, uint8_t digest[CRYPTO_HASH_SIZE])
{
	struct journal_totals tot = {0};
	struct journal_row row;
	struct crypto_hash h;
	const char *finding;
	struct err err = {0};
	struct record rec;

	crypto_hash_start(&h);
	for (uint64_t seq = r->m.base; seq <= r->m.seq; seq++) {
		memset(&rec, 0, sizeof(rec));
		if (journal_row(r->b.db, seq, &row, &err) != LOOKUP_FOUND ||
			!record_decode(row.body, row.len, &rec, &finding))
			return wrong(r, "I3: record %llu is not there",
				(unsigned long long)seq);
		if (seq == r->m.base) {
			tot = rec.tot;
			continue;
		}
		if (!record_agrees(r, &rec, &r->m.record[seq - r->m.base - 1],
			    seq))
			return false;
		count(&tot, &r->m.record[seq - r->m.base - 1]);
		if (memcmp(&tot, &rec.tot, sizeof(tot)) != 0)
			return wrong(r, "I7: totals of record %llu",
				(unsigned long long)seq);
		add_to(&h, rec);
	}
	crypto_hash_end(&h, digest);
	return true;
}

/* I2, I4, I6: what people were told is there, once, with its copies. */
static bool payouts_agree(struct historyrun *r)
{
	for (int i = 0; i < r->m.payouts; i++) {
		const struct model_payout *m = &r->m.payout[i];
		struct payout p;
		struct err err;

		if (payouts_get(r->b.db, m->seq, &p, &err) != LOOKUP_FOUND)
			return wrong(r, "I6: payout %llu is lost",
				(unsigned long long)m->seq);
		if ((int)p.state != m->state || p.amount != m->amount ||
			p.copies != m->copies || p.print != m->print)
			return wrong(r,
				"I4: payout %llu: state %d (%d), print %d (%d),"
				" copies %d (%d)",
				(unsigned long long)m->seq, (int)p.state,
				m->state, (int)p.print, (int)m->print, p.copies,
				m->copies);
	}
	return true;
}

/* The day's end, so that the next history finds an empty counter. */
static bool evening(struct historyrun *r)
{
	const enum actor owner = r->m.owner;
	const struct step recover = {.kind = STEP_RECOVER,
		.who = owner,
		.by = NOBODY,
		.arg = 1};
	const struct step leave = {.kind = STEP_CLOSE,
		.who = owner,
		.by = NOBODY};

	if (r->m.now < r->m.max_t) {
		r->m.now = r->m.max_t;
		clock_freeze_wall(r->m.now);
	}
	return (r->m.open < 0 || step_once(r, &recover)) &&
	       (!r->m.shift || step_once(r, &leave));
}

/* I3: dense, chained, signed. Once a store: it reads all of the book. */
static bool checked(struct historyrun *r)
{
	struct err err = {0};

	return db_check(r->b.db, &err) || wrong(r, "I3: check: %s", err.text);
}

static bool play(struct historyrun *r, const struct step *step, int count,
	uint8_t digest[CRYPTO_HASH_SIZE])
{
	model_begin(&r->m, r->m.seq, r->m.now);
	clock_freeze_wall(r->m.now);
	for (int i = 0; i < count; i++)
		if (!step_once(r, &step[i])) {
			char said[HISTORYRUN_WHY / 2];

			snprintf(said, sizeof(said), "%s", r->why);
			return wrong(r, "step %d: %s", i + 1, said);
		}
	return evening(r) && book_agrees(r, digest) && payouts_agree(r);
}

bool historyrun_play(struct historyrun *r, const struct step *step, int count,
	char why[HISTORYRUN_WHY])
{
	uint8_t digest[CRYPTO_HASH_SIZE];

	r->why = why;
	if (r->set == SETS) {
		if (r->b.dir[0])
			bookstore_remove(&r->b);
		if (!fresh(r))
			return false;
	}
	if (!play(r, step, count, digest) ||
		(r->set == SETS - 1 && !checked(r)))
		return false;
	r->set++;
	return true;
}

bool historyrun_alone(const struct step *step, int count,
	uint8_t digest[CRYPTO_HASH_SIZE], char why[HISTORYRUN_WHY])
{
	uint8_t ignored[CRYPTO_HASH_SIZE];
	struct historyrun *r = historyrun_new();
	bool ok;

	r->why = why;
	ok = fresh(r) && play(r, step, count, digest ? digest : ignored) &&
	     checked(r);
	historyrun_free(r);
	return ok;
}

/* ---- that it sees something ---------------------------------------------- */

static const struct step a_day[] = {
	{.kind = STEP_OPEN, .who = LAN, .by = NOBODY, .arg = 40},
	{.kind = STEP_PAY,
		.who = LAN,
		.by = NOBODY,
		.person = 0,
		.arg = 0x1008},
	{.kind = STEP_PRINT, .who = LAN, .by = NOBODY},
	{.kind = STEP_HANDED, .who = LAN, .by = NOBODY},
};

bool historyrun_with_lie(int lie, char why[HISTORYRUN_WHY])
{
	static const char *const sql[HISTORYRUN_LIES] = {
		"UPDATE payout SET copies = 1",
		"UPDATE payout SET state = 4",
		"DELETE FROM paid",
		"UPDATE state SET tot = zeroblob(48)",
	};
	uint8_t digest[CRYPTO_HASH_SIZE];
	struct historyrun *r = historyrun_new();
	bool ok;

	r->why = why;
	ok = fresh(r);
	model_begin(&r->m, r->m.seq, r->m.now);
	for (size_t i = 0; ok && i < COUNT_OF(a_day); i++)
		ok = step_once(r, &a_day[i]);
	if (!ok)
		fail_msg("the day itself: %s", why);
	bookstore_sql(&r->b, sql[lie]);
	ok = sums_agree(r) && book_agrees(r, digest) && payouts_agree(r) &&
	     checked(r);
	historyrun_free(r);
	return ok;
}
