/*
 * A terminal's store, the machine and a line that breaks, lies and waits
 * (drivers/net/net_fake.h): whatever the line does to one exchange, in the end
 * the centre has each record once and the book says so (T54 to T58).
 */
#include "support/unit.h"

#include <string.h>

#include "core/clock.h"
#include "db/db_internal.h"
#include "db/proof.h"
#include "drivers/net/net_fake.h"
#include "support/bookstore.h"
#include "support/madecentre.h"
#include "terminal/app/uplink.h"

/* A centre that keeps the hash of each record it has. */
struct centre {
	struct madecentre made;
	uint64_t last;
	uint8_t head[CRYPTO_HASH_SIZE];
	uint64_t records; /* taken, each counted when it is new */
	bool forked;
};

static struct here {
	struct bookstore b;
	struct centre centre;
	struct net_fake net;
	struct uplink *line;
	struct upload machine;
	struct outbox_batch batch;
	struct uplink_reply reply;
	struct upload_answer a;
	struct outbox_state s;
} here;

static struct err err;

#define MUST(call)                                           \
	do {                                                 \
		if (!(call))                                 \
			fail_msg("%s: %s", #call, err.text); \
	} while (0)

/* ---- the centre ------------------------------------------------------------- */

static void answer(struct net_answer *out, const struct batch_answer *a)
{
	struct buf b;

	buf_init(&b, out->body, out->size);
	batch_answer_write(a, &b);
	assert_false(b.full);
	out->len = b.len;
	out->status = (unsigned)a->status;
}

static void take(struct centre *c, struct batch_answer *a)
{
	const struct batch *b = &c->made.batch;

	a->dup = b->to <= c->last;
	if (!a->dup) {
		c->records += b->to - c->last;
		c->last = b->to;
		memcpy(c->head, b->last, sizeof(c->head));
	}
	a->status = BATCH_ACK;
	memcpy(a->note, c->made.note, c->made.len);
	a->note_len = c->made.len;
}

static void be_centre(void *arg, const struct net_question *q,
	struct net_answer *out)
{
	static struct batch_answer a;
	struct centre *c = arg;
	static struct batch b;
	const char *finding;

	memset(&a, 0, sizeof(a));
	a.status = BATCH_NO_BATCH;
	if (batch_read(q->body, q->len, &b, &finding)) {
		madecentre_takes(&c->made, q->body, q->len);
		if (!batch_is_signed(&b, here.b.db->device_public)) {
			a.status = BATCH_WRONG;
		} else if (c->forked || b.from > c->last + 1) {
			a.status = BATCH_CONFLICT;
			a.last = c->last;
			memcpy(a.head, c->head, sizeof(a.head));
			a.fork = c->forked;
		} else {
			take(c, &a);
		}
	}
	answer(out, &a);
}

/* ---- the terminal ------------------------------------------------------------- */

static int setup(void **state)
{
	struct enrol_answer a;
	struct refusal why;
	struct payout p;

	(void)state;
	memset(&here, 0, sizeof(here));
	bookstore_make(&here.b);
	madecentre_make(&here.centre.made, 1);
	madecentre_enrols(&here.centre.made, &a);
	assert_int_equal(outbox_join(here.b.db, &here.b.hoa, "https://c", &a,
				 &why, &err),
		VERDICT_DONE);
	bookstore_due(&here.b, 1, ENT_MONTH, BOOKSTORE_PERIOD, 500000, false);
	bookstore_shift(&here.b, 20);
	bookstore_pay(&here.b, 1, &p);
	bookstore_hand(&here.b, p.seq);
	here.line =
		uplink_over(net_fake_init(&here.net, be_centre, &here.centre));
	upload_init(&here.machine, 1);
	here.machine.size = 8;
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	uplink_close(here.line);
	bookstore_must_hold(&here.b);
	bookstore_remove(&here.b);
	return 0;
}

/* One exchange, if there is anything to send. False: there is nothing. */
static bool once(void)
{
	struct upload_todo todo;

	MUST(outbox_state(here.b.db, &here.s, &err));
	upload_hurry(&here.machine);
	todo = upload_next(&here.machine, 1, here.s.waiting, INT64_MAX);
	if (!todo.send || outbox_next(here.b.db, todo.from, todo.most,
				  &here.batch, &err) != LOOKUP_FOUND)
		return false;
	uplink_ask(here.line, here.batch.bytes, here.batch.len, &here.reply);
	uplink_take(here.b.db, &here.batch, &here.reply, true, clock_wall_ms(),
		&here.a, &err);
	upload_answered(&here.machine, 1, &here.a);
	MUST(uplink_note(here.b.db, &here.machine, here.batch.to,
		clock_wall_ms(), &err));
	return true;
}

static void to_the_end(void)
{
	for (int i = 0; once(); i++)
		if (i == 200)
			fail_msg("it goes on and on");
	MUST(outbox_state(here.b.db, &here.s, &err));
	assert_int_equal(here.s.waiting, 0);
	assert_int_equal(here.centre.last, here.s.acked);
	assert_int_equal(here.machine.trouble, UPLOAD_FINE);
	assert_string_equal(here.s.trouble, "");
}

/* ---- one exchange goes wrong ------------------------------------------------------ */

static struct row {
	const char *name;
	struct net_fault fault;
	enum upload_came came;
	bool reached; /* the centre has it all the same */
} rows[] = {
	{"no network", {.trouble = NET_NO_NETWORK}, CAME_NO_NETWORK, false},
	{"T54 cut before it was there", {.trouble = NET_CUT}, CAME_CUT, false},
	{"T54 cut before the answer was", {.trouble = NET_CUT, .after = true},
		CAME_CUT, true},
	{"T54 the answer came too late",
		{.trouble = NET_TIMEOUT, .after = true}, CAME_TIMEOUT, true},
	{"T55 not our centre", {.trouble = NET_NOT_OURS}, CAME_NOT_OURS, false},
	{"T55 302", {.status = 302, .page = "<html>"}, CAME_STATUS, false},
	{"T55 511", {.status = 511, .page = "<html>"}, CAME_STATUS, false},
	{"T55 200 with a page", {.status = 200, .page = "<html>"}, CAME_NO_ACK,
		false},
	{"T55 200 with nothing", {.status = 200}, CAME_NO_ACK, false},
	{"T56 a bit of the answer's head is another", {.flip_in = 2},
		CAME_NO_ACK, true},
	{"T56 a bit of the checkpoint is another", {.flip_in = 200},
		CAME_NO_ACK, true},
	{"T57 clock", {.trouble = NET_CLOCK}, CAME_CLOCK, false},
	{"413", {.status = 413}, CAME_TOO_LARGE, false},
	{"429", {.status = 429, .retry_s = 60}, CAME_LATER, false},
	{"503", {.status = 503, .retry_s = 60}, CAME_LATER, false},
	{"what is no HTTP", {.trouble = NET_NO_ANSWER}, CAME_NO_ANSWER, false},
};

static void one_exchange_goes_wrong(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct row *r = &rows[i];
		const uint64_t acked = here.s.acked;

		MUST(users_sign_out(here.b.db, &here.b.minh, &err));
		here.net.next = r->fault;
		here.net.reached = 0;
		assert_true(once());
		if (here.a.came != r->came)
			fail_msg("%s: came %d", r->name, (int)here.a.came);
		assert_int_equal(here.net.reached, r->reached);
		MUST(outbox_state(here.b.db, &here.s, &err));
		if (here.s.acked != acked)
			fail_msg("%s: it counts as delivered", r->name);
		to_the_end();
		assert_int_equal(here.centre.records, here.s.acked);
	}
}

static void T56_an_old_answer_once_more_is_none(void **state)
{
	(void)state;
	assert_true(once());
	assert_int_equal(here.a.came, CAME_ACK);
	here.net.next.replay = true;
	assert_true(once());
	assert_int_equal(here.a.came, CAME_NO_ACK);
	to_the_end();
}

static void T58_a_centre_from_a_backup(void **state)
{
	struct centre was;

	(void)state;
	assert_true(once());
	was = here.centre;
	to_the_end();
	here.centre = was;
	MUST(users_sign_out(here.b.db, &here.b.minh, &err));
	assert_true(once());
	assert_int_equal(here.machine.trouble, UPLOAD_ROLLED_BACK);
	MUST(outbox_state(here.b.db, &here.s, &err));
	assert_string_equal(here.s.trouble, "server_rollback");
	assert_true(here.s.resending);
	to_the_end();
	assert_int_equal(here.centre.records, here.s.acked);
}

/* Another run of the program goes on with it. */
static void T58_over_a_restart(void **state)
{
	struct centre was;

	(void)state;
	assert_true(once());
	was = here.centre;
	to_the_end();
	here.centre = was;
	MUST(users_sign_out(here.b.db, &here.b.minh, &err));
	assert_true(once());
	upload_init(&here.machine, 1);
	MUST(outbox_state(here.b.db, &here.s, &err));
	uplink_recall(&here.s, &here.machine);
	assert_true(here.machine.resending);
	to_the_end();
}

static void two_books_freeze_this_one(void **state)
{
	(void)state;
	to_the_end();
	here.centre.forked = true;
	MUST(users_sign_out(here.b.db, &here.b.minh, &err));
	assert_true(once());
	assert_int_equal(here.a.came, CAME_FORK);
	assert_true(here.machine.stopped);
	assert_true(proof_frozen(here.b.db) > 0);
}

/* The same number, another record: the centre's head tells. */
static void another_head_is_a_fork_too(void **state)
{
	(void)state;
	to_the_end();
	here.centre.last -= 2;
	here.centre.head[0] ^= 1;
	MUST(users_sign_out(here.b.db, &here.b.minh, &err));
	assert_true(once());
	assert_int_equal(here.a.came, CAME_FORK);
	assert_true(proof_frozen(here.b.db) > 0);
}

/* On a stick anybody may write: what nobody signed stops nothing. */
static void by_stick_only_what_is_signed_counts(void **state)
{
	static const struct batch_answer fork = {.status = BATCH_CONFLICT,
		.last = 3,
		.fork = true};
	struct buf b;

	(void)state;
	buf_init(&b, here.reply.body, sizeof(here.reply.body));
	batch_answer_write(&fork, &b);
	here.reply.len = b.len;
	here.reply.status = 409;
	uplink_take(here.b.db, NULL, &here.reply, false, 1, &here.a, &err);
	assert_int_equal(here.a.came, CAME_FORK);
	assert_int_equal(proof_frozen(here.b.db), 0);
}

/* ---- is anything missing here? -------------------------------------------------- */

/* What the centre answers to the question before the first batch. */
static struct uplink_check check;

static void head_of(uint64_t last, const uint8_t head[CRYPTO_HASH_SIZE],
	const struct crypto_pair *key)
{
	static struct tail t;
	struct buf b;

	t = (struct tail){.from = 1, .time = 5, .last = last};
	memcpy(t.dev, here.b.db->info.dev, sizeof(t.dev));
	memcpy(t.nonce, check.nonce, sizeof(t.nonce));
	memcpy(t.head, head, sizeof(t.head));
	buf_init(&b, here.reply.body, sizeof(here.reply.body));
	assert_true(tail_write(&t, key, &b));
	here.reply.len = b.len;
	here.reply.status = 200;
}

static void says_the_same(void)
{
	head_of(here.centre.last, here.centre.head, &here.centre.made.sign);
}

static void says_nothing(void)
{
	static const uint8_t zero[CRYPTO_HASH_SIZE];

	head_of(0, zero, &here.centre.made.sign);
}

static void says_more(void)
{
	head_of(here.centre.last + 50, here.centre.head,
		&here.centre.made.sign);
}

static void says_another(void)
{
	here.centre.head[0] ^= 1;
	says_the_same();
}

static void somebody_says_more(void)
{
	struct crypto_pair other;

	crypto_pair_new(&other);
	head_of(here.centre.last + 50, here.centre.head, &other);
}

static void says_it_to_another(void)
{
	check.nonce[0] ^= 1;
	says_more();
	check.nonce[0] ^= 1;
}

static void does_not_know_it(void)
{
	here.reply.status = 404;
	here.reply.len = 8;
}

static void has_two_books(void)
{
	here.reply.status = 409;
	here.reply.len = 8;
}

static void says_html(void)
{
	memset(here.reply.body, '<', 100);
	here.reply.status = 200;
	here.reply.len = 100;
}

static void nobody_is_there(void)
{
	here.reply.trouble = NET_NO_NETWORK;
}

static const struct head_row {
	const char *name;
	void (*say)(void);
	bool go;
	enum upload_came came;
	bool frozen;
} heads[] = {
	{"R1: the centre has the same: batches go", says_the_same, true,
		CAME_ACK, false},
	{"R1: the centre has nothing: batches go", says_nothing, true, CAME_ACK,
		false},
	{"R1: the centre has more: frozen, nothing goes", says_more, false,
		CAME_AHEAD, true},
	{"R1: the centre has another record: frozen", says_another, false,
		CAME_AHEAD, true},
	{"T56: signed by somebody else: as if unsaid", somebody_says_more, true,
		CAME_ACK, false},
	{"T57: the answer to another question: as if unsaid",
		says_it_to_another, true, CAME_ACK, false},
	{"a centre that does not know the question", does_not_know_it, true,
		CAME_ACK, false},
	{"a centre that froze this terminal: the batch will tell",
		has_two_books, true, CAME_ACK, false},
	{"T55: a login page: the batch will tell", says_html, true, CAME_ACK,
		false},
	{"no network: nothing goes", nobody_is_there, false, CAME_NO_NETWORK,
		false},
};

static void before_the_first_batch(void **state)
{
	const struct head_row *row = *state;
	void *none = NULL;

	setup(&none);
	to_the_end();
	memset(&here.reply, 0, sizeof(here.reply));
	uplink_check_begin(here.b.db, &check);
	assert_non_null(strstr(check.path, "&most=0"));
	row->say();
	assert_int_equal(uplink_check_take(here.b.db, &check, &here.reply,
				 &here.a, &err),
		row->go);
	if (!row->go)
		assert_int_equal(here.a.came, row->came);
	assert_int_equal(proof_frozen(here.b.db) > 0, row->frozen);
	/* A frozen one asks each time. */
	assert_int_equal(uplink_is_to_check(here.b.db, true), row->frozen);
	assert_true(uplink_is_to_check(here.b.db, false));
	upload_answered(&here.machine, 0, &here.a);
	if (row->frozen) {
		assert_int_equal(here.machine.trouble, UPLOAD_TAIL_LOST);
		assert_true(here.machine.stopped);
	}
	teardown(&none);
}

int main(void)
{
	static const struct CMUnitTest own[] = {
		cmocka_unit_test_setup_teardown(one_exchange_goes_wrong, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			T56_an_old_answer_once_more_is_none, setup, teardown),
		cmocka_unit_test_setup_teardown(T58_a_centre_from_a_backup,
			setup, teardown),
		cmocka_unit_test_setup_teardown(T58_over_a_restart, setup,
			teardown),
		cmocka_unit_test_setup_teardown(two_books_freeze_this_one,
			setup, teardown),
		cmocka_unit_test_setup_teardown(another_head_is_a_fork_too,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			by_stick_only_what_is_signed_counts, setup, teardown),
	};
	static struct CMUnitTest tests[COUNT_OF(own) + COUNT_OF(heads)];
	size_t n = 0;

	for (; n < COUNT_OF(own); n++)
		tests[n] = own[n];
	for (size_t i = 0; i < COUNT_OF(heads); i++)
		tests[n++] = (struct CMUnitTest){.name = heads[i].name,
			.test_func = before_the_first_batch,
			.initial_state = (void *)(uintptr_t)&heads[i]};

	return _cmocka_run_group_tests("uplink", tests, n, NULL, NULL);
}
