#include "support/twoends.h"

#include <stdio.h>
#include <string.h>

#include "core/clock.h"
#include "db/db_internal.h"
#include "support/tlsclient.h"
#include "support/tmpdir.h"
#include "support/unit.h"
#include "support/verifier.h"

static struct err err;

#define MUST(call)                                           \
	do {                                                 \
		if (!(call))                                 \
			fail_msg("%s: %s", #call, err.text); \
	} while (0)

/* ---- the centre ----------------------------------------------------------- */

static void start_centre(struct twoends *t)
{
	static const char *const host[] = {"localhost"};
	const struct serve_options o = {.home = &t->home,
		.store = t->store,
		.address = "127.0.0.1",
		.metrics = -1,
		.workers = 2,
		.log_fd = -1};

	tmpdir_make(t->dir, sizeof(t->dir));
	snprintf(t->store, sizeof(t->store), "%s/centre.db", t->dir);
	MUST(centre_home_make(t->dir, "centre-1", host, 1, &t->home, &err));
	t->serve = serve_open(&o, &err);
	MUST(t->serve);
	t->books = store_open(t->store, &err);
	MUST(t->books);
	t->receiver = receiver_new(t->books, "centre-1", &t->home.sign, &err);
	MUST(t->receiver);
}

/* As `chitra centre join` does it. */
static void join(struct twoends *t)
{
	struct tlsclient c = {.port = serve_port(t->serve),
		.host = "localhost",
		.patience_s = 60,
		.ca = t->home.ca.cert.text};
	uint8_t request[ENROL_MAX_BYTES];
	uint8_t code[CRYPTO_HASH_SIZE];
	char letters[ENROL_CODE];
	struct bytes answer = {0};
	struct enrol_answer a;
	struct refusal why;
	struct buf out;

	MUST(serve_new_code(t->books, "P1", 1, letters, &err));
	assert_true(enrol_code_hash(letters, code));
	buf_init(&out, request, sizeof(request));
	MUST(outbox_enrol(t->b.db, code, &out, &err));
	assert_int_equal(tlsclient_ask(&c, "POST", "/v1/enrol", request,
				 out.len, &answer),
		200);
	assert_true(enrol_answer_read(answer.at, answer.len, &a));
	assert_int_equal(outbox_join(t->b.db, &t->b.hoa, "https://localhost:1",
				 &a, &why, &err),
		VERDICT_DONE);
	MUST(outbox_centre(t->b.db, &t->centre, &err) == LOOKUP_FOUND);
	MUST(outbox_device_key(t->b.db, t->key, &err));
	bytes_free(&answer);
}

void twoends_make(struct twoends *t)
{
	struct payout p;

	memset(t, 0, sizeof(*t));
	bookstore_make(&t->b);
	start_centre(t);
	join(t);
	bookstore_due(&t->b, 1, ENT_MONTH, BOOKSTORE_PERIOD, 500000, false);
	bookstore_shift(&t->b, 20);
	bookstore_pay(&t->b, 1, &p);
	bookstore_hand(&t->b, p.seq);
	upload_init(&t->machine, 1);
}

void twoends_remove(struct twoends *t)
{
	uplink_close(t->line);
	bookstore_must_hold(&t->b);
	db_close(t->b.db);
	t->b.db = NULL;
	verifier_must_accept_but_lists(t->b.dir);
	bookstore_open(&t->b);
	bookstore_remove(&t->b);
	receiver_free(t->receiver);
	store_close(t->books);
	serve_close(t->serve);
	tmpdir_remove(t->dir);
	crypto_wipe(t->key, sizeof(t->key));
}

void twoends_hears(void *arg, const struct net_question *q,
	struct net_answer *a)
{
	static struct batch_answer said;
	struct twoends *t = arg;
	struct receive_told told;
	struct buf out;

	if (!receive(t->receiver, q->body, q->len, db_info(t->b.db)->dev,
		    (uint64_t)clock_wall_ms(), &said, &told, &err))
		said = (struct batch_answer){.status = BATCH_LATER};
	buf_init(&out, a->body, a->size);
	batch_answer_write(&said, &out);
	assert_false(out.full);
	a->len = out.len;
	a->status = (unsigned)said.status;
}

/* ---- what sends ------------------------------------------------------------- */

void twoends_over(struct twoends *t, struct net *net)
{
	uplink_close(t->line);
	assert_non_null(net);
	t->line = uplink_over(net);
	assert_non_null(t->line);
}

struct net *twoends_curl(struct twoends *t, unsigned port, unsigned low_s,
	unsigned total_s)
{
	struct net_curl_options o = {.url = t->centre.url,
		.ca = t->centre.ca,
		.cert = t->centre.cert,
		.key = t->key,
		.low_s = low_s,
		.total_s = total_s};
	enum net_trouble trouble;
	struct net *net;

	snprintf(t->centre.url, sizeof(t->centre.url), "https://localhost:%u",
		port);
	net = net_curl_open(&o, &trouble, &err);
	MUST(net);
	return net;
}

void twoends_more(struct twoends *t)
{
	struct session again = t->b.minh;

	MUST(users_sign_out(t->b.db, &again, &err));
}

bool twoends_once(struct twoends *t)
{
	struct upload_todo todo;

	MUST(outbox_state(t->b.db, &t->s, &err));
	upload_hurry(&t->machine);
	todo = upload_next(&t->machine, 1, t->s.waiting, INT64_MAX);
	if (!todo.send || outbox_next(t->b.db, todo.from, todo.most, &t->batch,
				  &err) != LOOKUP_FOUND)
		return false;
	uplink_ask(t->line, t->batch.bytes, t->batch.len, &t->reply);
	uplink_take(t->b.db, &t->batch, &t->reply, true, clock_wall_ms(), &t->a,
		&err);
	upload_answered(&t->machine, 1, &t->a);
	MUST(uplink_note(t->b.db, &t->machine, t->batch.to, clock_wall_ms(),
		&err));
	MUST(outbox_state(t->b.db, &t->s, &err));
	return true;
}

void twoends_to_the_end(struct twoends *t)
{
	for (int i = 0; twoends_once(t); i++) {
		if (t->reply.trouble != NET_FINE)
			printf("over a good line: %s\n", t->reply.err.text);
		if (i == 200)
			fail_msg("it goes on and on: came %d, %s",
				(int)t->a.came, t->reply.err.text);
	}
	MUST(outbox_state(t->b.db, &t->s, &err));
	assert_int_equal(t->s.waiting, 0);
	assert_int_equal(twoends_held(t), t->s.acked);
	assert_int_equal(t->machine.trouble, UPLOAD_FINE);
	assert_string_equal(t->s.trouble, "");
	twoends_must_agree(t);
}

/* ---- do they agree? ----------------------------------------------------------- */

static bool is_our_record(const struct store_record *r, void *arg)
{
	struct twoends *t = arg;
	bool ours = false;

	MUST(outbox_is_ours(t->b.db, r->seq, r->h, &ours, &err));
	if (!ours)
		fail_msg("record %llu is another one there",
			(unsigned long long)r->seq);
	return true;
}

uint64_t twoends_held(struct twoends *t)
{
	struct store_device d;

	MUST(store_device_get(t->books, db_info(t->b.db)->dev, false, &d,
		     &err) == LOOKUP_FOUND);
	assert_int_equal(d.state, STORE_ACTIVE);
	return d.last;
}

void twoends_must_agree(struct twoends *t)
{
	const uint64_t held = twoends_held(t);
	struct store_counts counts;

	MUST(store_records(t->books, db_info(t->b.db)->dev, 1, INT64_MAX,
		is_our_record, t, &err));
	MUST(store_counts(t->books, &counts, &err));
	assert_int_equal(counts.records, held);
	assert_int_equal(counts.alerts, 0);
	MUST(outbox_state(t->b.db, &t->s, &err));
	if (t->s.acked > held)
		fail_msg("acknowledged %llu, and the centre has %llu",
			(unsigned long long)t->s.acked,
			(unsigned long long)held);
}
