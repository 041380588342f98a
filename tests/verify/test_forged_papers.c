/*
 * Papers outside of the book, true and forged: receipts and Z slips by the
 * office's keys alone (T39), beside a journal (V32), checkpoints (V31), keys
 * files (V06, V09, V23).
 */
#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/crypto.h"
#include "core/str.h"
#include "db/verify/receipt_check.h"
#include "db/verify/verify_run.h"
#include "support/bookcheck.h"
#include "support/bookgen.h"
#include "support/tmpdir.h"

#define V(n) (UINT64_C(1) << (n))

static struct fixture {
	char dir[256];
	char keys_path[300];
	struct bookgen book;
	struct bookgen_sealed sealed;
	struct bytes file;
	struct bytes keys;
} all;

static int set_up(void **state)
{
	const struct bookgen_shape shape = {.seed = 41,
		.days = 2,
		.shifts = 2,
		.acts = 7};
	struct err err;

	(void)state;
	assert_true(crypto_start(&err));
	tmpdir_make(all.dir, sizeof(all.dir));
	bookgen_make(&shape, &all.book);
	bookgen_seal(&all.book, &all.sealed);
	bookgen_file_whole(&all.book, &all.sealed, true, &all.file);
	bookgen_keys(&all.book, &all.keys);
	bytes_save(&all.keys, tmpdir_path(all.dir, "keys", all.keys_path,
				      sizeof(all.keys_path)));
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	bytes_free(&all.file);
	bytes_free(&all.keys);
	bookgen_sealed_free(&all.sealed);
	bookgen_free(&all.book);
	tmpdir_remove(all.dir);
	return 0;
}

/* ---- receipts and slips, each alone ----------------------------------------*/

/* A record with a paper of its own, and what is changed on the paper. */
struct forgery {
	const char *name;
	uint64_t kind; /* PAY or CLOSE */
	void (*edit)(struct bookgen_rec *r, struct bookgen_raw *raw);
	int status;
};

static void nothing(struct bookgen_rec *r, struct bookgen_raw *raw)
{
	(void)r;
	(void)raw;
}

static void amount(struct bookgen_rec *r, struct bookgen_raw *raw)
{
	(void)raw;
	r->amt += 1000000;
}

static void number(struct bookgen_rec *r, struct bookgen_raw *raw)
{
	(void)raw;
	r->seq++;
}

static void far_number(struct bookgen_rec *r, struct bookgen_raw *raw)
{
	(void)raw;
	r->seq += 1000;
}

static void month(struct bookgen_rec *r, struct bookgen_raw *raw)
{
	(void)raw;
	r->per++;
}

static void time_of(struct bookgen_rec *r, struct bookgen_raw *raw)
{
	(void)raw;
	r->t += 86400000;
}

static void device(struct bookgen_rec *r, struct bookgen_raw *raw)
{
	(void)raw;
	r->dev[0] ^= 1;
}

static void hash(struct bookgen_rec *r, struct bookgen_raw *raw)
{
	(void)r;
	raw->h[3] ^= 4;
}

static void signature(struct bookgen_rec *r, struct bookgen_raw *raw)
{
	(void)r;
	raw->rsig[63] ^= 1;
}

static void record_signature(struct bookgen_rec *r, struct bookgen_raw *raw)
{
	(void)r;
	memcpy(raw->rsig, raw->sig, 64);
}

static void no_signature(struct bookgen_rec *r, struct bookgen_raw *raw)
{
	(void)r;
	memset(raw->rsig, 0, 64);
}

static void shift(struct bookgen_rec *r, struct bookgen_raw *raw)
{
	(void)raw;
	r->shift++;
}

static void counted(struct bookgen_rec *r, struct bookgen_raw *raw)
{
	(void)raw;
	r->cnt[0].pieces--;
}

static void paid(struct bookgen_rec *r, struct bookgen_raw *raw)
{
	(void)raw;
	r->tot[0] -= 1000;
}

static void voided(struct bookgen_rec *r, struct bookgen_raw *raw)
{
	(void)raw;
	r->tot[1] += 1000;
}

static void payments(struct bookgen_rec *r, struct bookgen_raw *raw)
{
	(void)raw;
	r->tot[4]--;
}

static void voids(struct bookgen_rec *r, struct bookgen_raw *raw)
{
	(void)raw;
	r->tot[5]++;
}

static const struct forgery forgeries[] = {
	{"T39: a true receipt", GEN_PAY, nothing, VERIFY_ACCEPTED},
	{"T39: a receipt of more money", GEN_PAY, amount, VERIFY_FINDINGS},
	{"T39: a receipt of the next record", GEN_PAY, number, VERIFY_FINDINGS},
	{"T39: a receipt of another shift's record", GEN_PAY, far_number,
		VERIFY_FINDINGS},
	{"T39: a receipt of another month", GEN_PAY, month, VERIFY_FINDINGS},
	{"T39: a receipt of another day", GEN_PAY, time_of, VERIFY_FINDINGS},
	{"T39: a receipt of another device", GEN_PAY, device, VERIFY_FINDINGS},
	{"T39: a receipt of another chain", GEN_PAY, hash, VERIFY_FINDINGS},
	{"T39: a receipt with a wrong signature", GEN_PAY, signature,
		VERIFY_FINDINGS},
	{"T39: a receipt with the record's signature", GEN_PAY,
		record_signature, VERIFY_FINDINGS},
	{"T39: a receipt without a signature", GEN_PAY, no_signature,
		VERIFY_FINDINGS},
	{"T39: a true Z slip", GEN_CLOSE, nothing, VERIFY_ACCEPTED},
	{"T39: a Z slip that expects more", GEN_CLOSE, amount, VERIFY_FINDINGS},
	{"T39: a Z slip of the next record", GEN_CLOSE, number,
		VERIFY_FINDINGS},
	{"T39: a Z slip of another shift", GEN_CLOSE, shift, VERIFY_FINDINGS},
	{"T39: a Z slip of another day", GEN_CLOSE, time_of, VERIFY_FINDINGS},
	{"T39: a Z slip that counts less", GEN_CLOSE, counted, VERIFY_FINDINGS},
	{"T39: a Z slip that paid less", GEN_CLOSE, paid, VERIFY_FINDINGS},
	{"T39: a Z slip that voided more", GEN_CLOSE, voided, VERIFY_FINDINGS},
	{"T39: a Z slip of fewer payments", GEN_CLOSE, payments,
		VERIFY_FINDINGS},
	{"T39: a Z slip of more voids", GEN_CLOSE, voids, VERIFY_FINDINGS},
	{"T39: a Z slip of another chain", GEN_CLOSE, hash, VERIFY_FINDINGS},
	{"T39: a Z slip with a wrong signature", GEN_CLOSE, signature,
		VERIFY_FINDINGS},
};

/* The text of the paper of a record, after the edit. */
static void paper_of(size_t i,
	void (*edit)(struct bookgen_rec *r, struct bookgen_raw *raw),
	struct bytes *out)
{
	struct bookgen_rec r = all.book.rec[i];
	struct bookgen_raw raw = all.sealed.raw[i];

	edit(&r, &raw);
	if (r.kind == GEN_CLOSE)
		bookgen_slip_text(&r, &raw, out);
	else
		bookgen_receipt_text(&r, &raw, out);
}

static int status_as(const char *text, bool json, char *said, size_t size)
{
	const struct verify_args args = {.keys = all.keys_path,
		.paper = text,
		.json = json};
	FILE *out = fmemopen(said, size, "w");
	struct err err;
	int status = VERIFY_CANNOT;

	assert_non_null(out);
	if (!receipt_check(&args, out, &status, &err))
		status = VERIFY_CANNOT;
	fclose(out);
	return status;
}

/* For people and as JSON it is the same. */
static int status_of(const char *text)
{
	static const char *const begins[] = {
		[VERIFY_ACCEPTED] = "{\"ok\":true,\"findings\":[],\"kind\":\"",
		[VERIFY_FINDINGS] = "{\"ok\":false,\"findings\":[{\"seq\":",
		[VERIFY_CANNOT] = "",
	};
	char said[4096] = "";
	const int status = status_as(text, true, said, sizeof(said));
	const char *slip = strstr(said, "\"kind\":\"slip\"");

	assert_int_equal(strncmp(said, begins[status], strlen(begins[status])),
		0);
	if (status != VERIFY_CANNOT) {
		assert_int_equal(slip != NULL, str_starts(text, "CZ1:"));
		assert_int_equal(strstr(said, "\"counted\":") != NULL,
			slip != NULL);
		assert_int_equal(strstr(said, "\"amount\":") != NULL,
			slip == NULL);
		assert_string_equal(said + strlen(said) - 2, "}\n");
	}
	assert_int_equal(status_as(text, false, said, sizeof(said)), status);
	assert_int_equal(strstr(said, "ACCEPTED\n") != NULL,
		status == VERIFY_ACCEPTED);
	return status;
}

static bool has_paper(size_t i, uint64_t kind)
{
	return all.book.rec[i].kind == kind && all.sealed.raw[i].has_rsig;
}

/* By the keys alone, and in a list beside the journal. */
static void judged(void **state)
{
	const struct forgery *f = *state;
	size_t papers = 0;

	for (size_t i = 0; i < all.book.n; i++) {
		struct bytes text = {0};

		if (!has_paper(i, f->kind))
			continue;
		papers++;
		paper_of(i, f->edit, &text);
		assert_int_equal(status_of(bytes_string(&text)), f->status);
		bytes_free(&text);
	}
	assert_true(papers >= 4);
}

static void cut_or_strange_text_is_no_receipt(void **state)
{
	static const char *const texts[] = {"", "CV1:", "CZ1:", "CV2:AAAA",
		"129S-RZCJ-BYD8-9", "hello"};
	struct bytes text = {0};
	size_t i = 0;

	(void)state;
	for (size_t k = 0; k < COUNT_OF(texts); k++)
		assert_int_equal(status_of(texts[k]), VERIFY_CANNOT);
	while (!has_paper(i, GEN_PAY))
		i++;
	paper_of(i, nothing, &text);
	while (text.len-- > 0)
		assert_int_not_equal(status_of(bytes_string(&text)),
			VERIFY_ACCEPTED);
	bytes_free(&text);
}

/* No single character of a receipt can be another one. */
static void T39_any_character_of_a_receipt(void **state)
{
	static const char set[] =
		"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
	struct bytes text = {0};
	size_t i = 0;

	(void)state;
	while (!has_paper(i, GEN_PAY))
		i++;
	paper_of(i, nothing, &text);
	for (size_t k = 0; k < text.len; k++) {
		const uint8_t was = text.at[k];

		text.at[k] = (uint8_t)set[(k * 7 + was) % 45];
		if (text.at[k] != was)
			assert_int_not_equal(status_of(bytes_string(&text)),
				VERIFY_ACCEPTED);
		text.at[k] = was;
	}
	assert_int_equal(status_of(bytes_string(&text)), VERIFY_ACCEPTED);
	bytes_free(&text);
}

/* ---- beside the journal ----------------------------------------------------*/

static void with_list(struct bytes *list, struct bookcheck *out)
{
	char path[300];
	const struct bookcheck_with with = {.keys = &all.keys,
		.receipts = path};

	bytes_save(list, tmpdir_path(all.dir, "receipts", path, sizeof(path)));
	bookcheck_file(&all.file, &with, out);
}

static void V32_each_forged_paper_in_a_list(void **state)
{
	(void)state;
	for (size_t k = 0; k < COUNT_OF(forgeries); k++) {
		const struct forgery *f = &forgeries[k];
		struct bytes list = {0};
		struct bookcheck got;
		size_t i = 0;

		/* One of another device is passed over. */
		if (f->edit == device)
			continue;
		while (!has_paper(i, f->kind))
			i++;
		paper_of(i, f->edit, &list);
		bytes_text(&list, "\n");
		with_list(&list, &got);
		if ((got.exit == BOOKCHECK_ACCEPT) !=
				(f->status == VERIFY_ACCEPTED) ||
			(f->status != VERIFY_ACCEPTED && !(got.checks & V(32))))
			fail_msg("%s: %s", f->name, got.text);
		bytes_free(&list);
	}
}

/* One line that is no paper of this book. */
static void list_line(const char *line, bool good)
{
	struct bytes list = {0};
	struct bookcheck got;

	bytes_text(&list, "%s\n", line);
	with_list(&list, &got);
	if ((got.exit == BOOKCHECK_ACCEPT) != good)
		fail_msg("%s: %s", line, got.text);
	if (!good)
		assert_true(got.checks & V(32));
	bytes_free(&list);
}

static void V32_codes(void **state)
{
	char code[17];
	size_t i = 0;

	(void)state;
	while (!has_paper(i, GEN_PAY))
		i++;
	bookgen_code(all.sealed.raw[i].h, code);
	list_line(code, true);
	list_line("# nothing\n", true);
	code[0] = code[0] == '0' ? '1' : '0';
	list_line(code, false);
	/* Right in itself, of no record of this book. */
	list_line("129S-RZCJ-BYD8-9", false);
	/* Of a record that gives no paper. */
	while (all.book.rec[i].kind != GEN_LOGIN)
		i++;
	bookgen_code(all.sealed.raw[i].h, code);
	list_line(code, false);
	list_line("receipt 7", false);
}

/* ---- checkpoints -----------------------------------------------------------*/

struct checkpoint {
	const char *name;
	void (*edit)(struct bookgen_ack *ack);
	bool good;
};

static void as_it_is(struct bookgen_ack *ack)
{
	(void)ack;
}

static void by_another(struct bookgen_ack *ack)
{
	ack->wrong_key = true;
}

static void of_a_fork(struct bookgen_ack *ack)
{
	ack->wrong_hash = true;
}

static void beyond(struct bookgen_ack *ack)
{
	ack->seq += 500;
}

static void of_the_next(struct bookgen_ack *ack)
{
	ack->seq++;
	ack->wrong_hash = true;
}

static void elsewhere(struct bookgen_ack *ack)
{
	ack->dev[5] ^= 1;
}

static const struct checkpoint checkpoints[] = {
	{"V31: a true checkpoint", as_it_is, true},
	{"V31: signed by another in the centre's name", by_another, false},
	{"V31: of a fork of this book", of_a_fork, false},
	{"V31: of records that are not there", beyond, false},
	{"V31: the next record is another", of_the_next, false},
	{"V31: of another device is passed over", elsewhere, true},
};

static void anchored(void **state)
{
	const struct checkpoint *c = *state;
	char path[300];
	const struct bookcheck_with with = {.keys = &all.keys,
		.checkpoints = path};
	struct bookgen_ack ack = {.seq = 40,
		.server_ms = all.book.rec[39].t + 5000,
		.revlist = 1,
		.lease_ms = all.book.rec[39].t + 86400000};
	struct bytes text = {0};
	struct bookcheck got;

	memcpy(ack.dev, all.book.dev, 16);
	c->edit(&ack);
	bookgen_checkpoint(&all.book, all.sealed.raw[39].h, &ack, &text);
	bytes_save(&text,
		tmpdir_path(all.dir, "checkpoints", path, sizeof(path)));
	bookcheck_file(&all.file, &with, &got);
	if ((got.exit == BOOKCHECK_ACCEPT) != c->good ||
		(!c->good && !(got.checks & V(31))))
		fail_msg("%s", got.text);
	bytes_free(&text);
}

/* Any byte of a checkpoint: never accepted but where it is of no device. */
static void V31_any_byte_of_a_checkpoint(void **state)
{
	char path[300];
	const struct bookcheck_with with = {.keys = &all.keys,
		.checkpoints = path};
	struct bookgen_ack ack = {.seq = 40, .server_ms = 5, .lease_ms = 9};
	struct bytes text = {0};

	(void)state;
	tmpdir_path(all.dir, "checkpoints", path, sizeof(path));
	memcpy(ack.dev, all.book.dev, 16);
	bookgen_checkpoint(&all.book, all.sealed.raw[39].h, &ack, &text);
	for (size_t i = 0; i < text.len; i++) {
		struct bookcheck got;

		/* "CHITRA-CHECKPOINT v1", line feed, 32 digits of the device:
		 * another one is another device's. */
		if (i >= 21 && i < 21 + 32)
			continue;
		text.at[i] ^= 2;
		bytes_save(&text, path);
		bookcheck_file(&all.file, &with, &got);
		if (got.exit == BOOKCHECK_ACCEPT)
			fail_msg("byte %zu of the checkpoint", i);
		text.at[i] ^= 2;
	}
	bytes_free(&text);
}

/* ---- keys files ------------------------------------------------------------*/

static void with_keys_of(const struct bookgen *b, uint64_t checks)
{
	struct bytes keys = {0};
	const struct bookcheck_with with = {.keys = &keys};
	struct bookcheck got;

	bookgen_keys(b, &keys);
	bookcheck_file(&all.file, &with, &got);
	if (got.exit == BOOKCHECK_ACCEPT || !(got.checks & checks))
		fail_msg("%s", got.text);
	bytes_free(&keys);
}

static void the_office_has_other_keys(void **state)
{
	struct bookgen b;

	(void)state;
	bookgen_copy(&all.book, &b);
	bookgen_key(7, "device", 0, &b.device);
	with_keys_of(&b, V(6));
	b.device = all.book.device;
	bookgen_key(7, "epoch", 0, &b.epoch[1]);
	with_keys_of(&b, V(9));
	b.epoch[1] = all.book.epoch[1];
	bookgen_key(7, "user", 0, &b.user[3].key);
	with_keys_of(&b, V(23));
	b.user[3] = all.book.user[3];
	b.user[3].role = 2;
	with_keys_of(&b, V(23));
	b.user[3] = all.book.user[3];
	bookgen_key(7, "centre", 0, &b.centre);
	with_keys_of(&b, V(30));
	bookgen_free(&b);
}

int main(void)
{
	struct CMUnitTest tests[64] = {
		cmocka_unit_test(cut_or_strange_text_is_no_receipt),
		cmocka_unit_test(T39_any_character_of_a_receipt),
		cmocka_unit_test(V32_each_forged_paper_in_a_list),
		cmocka_unit_test(V32_codes),
		cmocka_unit_test(V31_any_byte_of_a_checkpoint),
		cmocka_unit_test(the_office_has_other_keys),
	};
	size_t n = 6;

	for (size_t i = 0; i < COUNT_OF(forgeries); i++)
		tests[n++] = (struct CMUnitTest){.name = forgeries[i].name,
			.test_func = judged,
			.initial_state = (void *)(uintptr_t)&forgeries[i]};
	for (size_t i = 0; i < COUNT_OF(checkpoints); i++)
		tests[n++] = (struct CMUnitTest){.name = checkpoints[i].name,
			.test_func = anchored,
			.initial_state = (void *)(uintptr_t)&checkpoints[i]};
	return _cmocka_run_group_tests("papers", tests, n, set_up, tear_down);
}
