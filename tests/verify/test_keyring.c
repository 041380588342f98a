/* Keys files, checkpoints, the command line and what is said at the end. */
#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/crypto.h"
#include "core/str.h"
#include "db/verify/keyring.h"
#include "db/verify/verify_args.h"
#include "db/verify/vnote.h"
#include "db/verify/vreport.h"
#include "support/bookbytes.h"

#define DEV "a0a1a2a3a4a5a6a7a8a9aaabacadaeaf"
#define KEY "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8"
#define OTHER "13a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8"

static struct line_row {
	const char *name;
	const char *line;
	bool good;
} lines[] = {
	{"a device", "device " DEV " " KEY, true},
	{"an epoch that ended", "epoch " DEV " 2 77 " KEY, true},
	{"an epoch in force", "epoch  " DEV " 78 - " KEY, true},
	{"an agent", "user 7 agent " KEY, true},
	{"a revoked user", "revoked 7 1764550000000", true},
	{"the centre", "centre hanoi " KEY, true},
	{"nothing", "", true},
	{"a comment", "# keys of the office", true},
	{"a comment behind", "user 7 agent " KEY " # Lan", true},
	{"a word that is not known", "devices " DEV " " KEY, false},
	{"a device id that is cut", "device a0a1 " KEY, false},
	{"a key that is cut", "device " DEV " 03a1", false},
	{"a key that is no hex", "user 7 agent x" KEY, false},
	{"a user in no role", "user 7 boss " KEY, false},
	{"a user of number 0", "user 0 agent " KEY, false},
	{"a user beyond numbers", "user 10000000 agent " KEY, false},
	{"an epoch that ends before it begins", "epoch " DEV " 9 8 " KEY,
		false},
	{"a word too many", "device " DEV " " KEY " 1", false},
	{"a word too few", "user 7 agent", false},
	{"no UTF-8", "centre \xff " KEY, false},
};

static void check_line(void **state)
{
	const struct line_row *row = *state;
	struct keyring k;
	struct err err;

	keyring_init(&k);
	assert_int_equal(keyring_line(&k, row->line, &err), row->good);
	keyring_clear(&k);
}

static void test_keys_are_found_by_record_user_and_time(void **state)
{
	static const char *const text[] = {"epoch " DEV " 2 77 " KEY,
		"epoch " DEV " 78 - " OTHER, "user 7 agent " KEY,
		"user 1 supervisor " OTHER, "user 300 staff " KEY,
		"revoked 7 1000"};
	uint8_t dev[VRECORD_ID];
	uint8_t key[VRECORD_HASH];
	struct keyring k;
	struct err err;
	size_t len;

	(void)state;
	assert_true(str_from_hex(DEV, dev, sizeof(dev), &len));
	assert_true(str_from_hex(OTHER, key, sizeof(key), &len));
	keyring_init(&k);
	for (size_t i = 0; i < COUNT_OF(text); i++)
		assert_true(keyring_line(&k, text[i], &err));
	assert_null(keyring_epoch(&k, dev, 1));
	assert_int_equal(keyring_epoch(&k, dev, 77)->first, 2);
	assert_memory_equal(keyring_epoch(&k, dev, 78)->key, key, sizeof(key));
	assert_non_null(keyring_epoch(&k, dev, UINT64_MAX));
	dev[0] ^= 1;
	assert_null(keyring_epoch(&k, dev, 77));
	assert_int_equal(keyring_user(&k, 1)->role, KEYRING_SUPERVISOR);
	assert_int_equal(keyring_user(&k, 300)->role, KEYRING_STAFF);
	assert_null(keyring_user(&k, 8));
	assert_false(keyring_is_revoked(&k, 7, 999));
	assert_true(keyring_is_revoked(&k, 7, 1000));
	assert_false(keyring_is_revoked(&k, 1, 1000));
	assert_int_equal(keyring_add_user(&k, 7, KEYRING_AGENT, key),
		KEYRING_OTHER);
	assert_int_equal(keyring_add_user(&k, 1, KEYRING_SUPERVISOR, key),
		KEYRING_KNOWN);
	assert_int_equal(keyring_add_user(&k, 8, KEYRING_ROLES, key),
		KEYRING_REFUSED);
	keyring_clear(&k);
}

/* db/users.c writes this line into its CONFIG record, as a hash. */
static void test_a_users_line_is_the_one_that_config_hashes(void **state)
{
	static const char line[] = "user 7 agent " KEY "\n";
	uint8_t want[VRECORD_HASH];
	struct keyring k;
	struct err err;

	(void)state;
	crypto_sha256(line, strlen(line), want);
	keyring_init(&k);
	assert_true(keyring_line(&k, "user 7 agent " KEY, &err));
	assert_memory_equal(keyring_user(&k, 7)->rsum, want, sizeof(want));
	keyring_clear(&k);
}

/* ---- checkpoints -----------------------------------------------------------
 */

static const char note_text[] = "CHITRA-CHECKPOINT v1\n" DEV "\n42\n"
				"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n"
				"1764550000000 3 1764640000000\n"
				"AAAAAAAAAAAAAAAAAAAAAA==\n";

/* The text with its signature, and the key in *k. */
static void sign_note(struct bytes *out, struct keyring *k)
{
	static const uint8_t seed[CRYPTO_SEED_SIZE] = {9};
	uint8_t all[KEYRING_ID + VRECORD_SIG];
	uint8_t id[VRECORD_HASH];
	char line[128] = "centre hanoi ";
	struct crypto_pair pair;
	struct crypto_hash h;
	struct err err;

	crypto_pair_from_seed(seed, &pair);
	str_to_hex(pair.public, sizeof(pair.public), line + strlen(line));
	keyring_init(k);
	assert_true(keyring_line(k, line, &err));
	crypto_hash_start(&h);
	crypto_hash_add(&h, "hanoi\n\x01", 7);
	crypto_hash_add(&h, pair.public, sizeof(pair.public));
	crypto_hash_end(&h, id);
	memcpy(all, id, KEYRING_ID);
	crypto_sign_tagged("CHTRACK1", note_text, strlen(note_text),
		pair.secret, all + KEYRING_ID);
	bytes_text(out, "%s\xe2\x80\x94 hanoi ", note_text);
	bytes_base64(out, all, sizeof(all));
	bytes_text(out, "\n");
}

static void test_a_checkpoint_is_read_and_verified(void **state)
{
	struct bytes text = {0};
	struct keyring k;
	struct vnote n;

	(void)state;
	sign_note(&text, &k);
	assert_true(vnote_read((const char *)text.at, text.len, &n));
	assert_int_equal(n.seq, 42);
	assert_int_equal(n.h[31], 31);
	assert_true(n.time == UINT64_C(1764550000000));
	assert_int_equal(n.revlist, 3);
	assert_string_equal(n.name, "hanoi");
	assert_int_equal(vnote_check(&n, &k), VNOTE_GOOD);
	n.text[n.len - 3] ^= 1;
	assert_int_equal(vnote_check(&n, &k), VNOTE_FORGED);
	n.id[0] ^= 1;
	assert_int_equal(vnote_check(&n, &k), VNOTE_NO_KEY);
	assert_true(vnote_read((const char *)text.at, text.len - 1, &n));
	keyring_clear(&k);
	bytes_free(&text);
}

/* Nothing may be left out, put in or put behind without being noticed. */
static void test_a_checkpoint_with_any_byte_changed_is_not_good(void **state)
{
	struct bytes text = {0};
	struct keyring k;
	struct vnote n;

	(void)state;
	sign_note(&text, &k);
	for (size_t i = 0; i < text.len - 1; i++) {
		text.at[i] ^= 1;
		assert_false(vnote_read((const char *)text.at, text.len, &n) &&
			     vnote_check(&n, &k) == VNOTE_GOOD);
		text.at[i] ^= 1;
	}
	for (size_t cut = 2; cut < text.len; cut++)
		assert_false(vnote_read((const char *)text.at, text.len - cut,
			&n));
	bytes_text(&text, "more\n");
	assert_false(vnote_read((const char *)text.at, text.len, &n));
	keyring_clear(&k);
	bytes_free(&text);
}

/* ---- the command line ------------------------------------------------------
 */

static struct args_row {
	const char *name;
	const char *words[10];
	bool good;
} args_rows[] = {
	{"a store", {"DIR"}, true},
	{"all that can be given",
		{"--json", "--records", "-f", "--keys", "K", "--from", "2",
			"--to", "9", "FILE"},
		true},
	{"a receipt by the keys", {"receipt", "CV1:X", "--keys", "K"}, true},
	{"options before the receipt",
		{"--json", "receipt", "CV1:X", "--keys", "K"}, true},
	{"the checks", {"--checks"}, true},
	{"a path that begins with a dash", {"--", "-x"}, true},
	{"nothing", {NULL}, false},
	{"two stores", {"A", "B"}, false},
	{"an option that is not there", {"--key", "K", "A"}, false},
	{"an option without its value", {"A", "--keys"}, false},
	{"a number that is none", {"A", "--from", "x"}, false},
	{"from behind to", {"A", "--from", "9", "--to", "2"}, false},
	{"a receipt without keys", {"receipt", "CV1:X"}, false},
	{"no receipt", {"receipt", "--keys", "K"}, false},
	{"records without JSON", {"--records", "A"}, false},
};

static void check_args(void **state)
{
	const struct args_row *row = *state;
	char words[11][32] = {"chitra-verify"};
	char *argv[11] = {words[0]};
	struct verify_args args;
	struct err err;
	int argc = 1;

	for (; argc < 11 && row->words[argc - 1]; argc++) {
		str_copy(words[argc], sizeof(words[argc]),
			row->words[argc - 1]);
		argv[argc] = words[argc];
	}
	assert_int_equal(verify_args_read(argc, argv, &args, &err), row->good);
}

/* ---- what is said ----------------------------------------------------------
 */

static void test_one_fault_in_a_row_is_one_finding(void **state)
{
	struct vreport r;

	(void)state;
	assert_true(vreport_init(&r, stderr));
	for (uint64_t seq = 5; seq < 5000; seq++) {
		vreport_find(&r, seq, 8, "not signed");
		vreport_find(&r, seq, 12, "not the sum");
	}
	vreport_find(&r, 5001, 8, "not signed");
	assert_int_equal(r.findings, 3);
	assert_int_equal(r.list[0].seq, 5);
	assert_int_equal(r.list[0].to, 4999);
	vreport_clear(&r);
}

static void test_one_check_does_not_fill_the_list(void **state)
{
	struct vreport r;

	(void)state;
	assert_true(vreport_init(&r, stderr));
	for (uint64_t seq = 1; seq < 2000; seq += 2)
		vreport_find(&r, seq, 8, "not signed");
	vreport_find(&r, 3000, 22, "paid twice");
	assert_int_equal(r.findings, 1001);
	assert_int_equal(r.listed, VREPORT_EACH + 1);
	assert_int_equal(r.unlisted, 1000 - VREPORT_EACH);
	vreport_clear(&r);
}

static void test_findings_outside_of_the_part_wanted_are_left_out(void **state)
{
	struct vreport r;

	(void)state;
	assert_true(vreport_init(&r, stderr));
	r.from = 10;
	r.to = 20;
	vreport_find(&r, 9, 8, "x");
	vreport_find(&r, 21, 8, "x");
	assert_int_equal(r.findings, 0);
	vreport_find(&r, 0, 1, "of the whole");
	vreport_find(&r, 20, 8, "x");
	assert_int_equal(r.findings, 2);
	vreport_clear(&r);
}

static void test_json_holds_whatever_a_file_says(void **state)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	(void)state;
	vreport_json_text(out, "a\"\\\x1b[0m\nđ\xff");
	fclose(out);
	assert_string_equal(text,
		"\"a\\\"\\\\\\u001b[0m\\u000ađ\xef\xbf\xbd\"");
	free(text);
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(lines) + COUNT_OF(args_rows) + 8] = {
		cmocka_unit_test(test_keys_are_found_by_record_user_and_time),
		cmocka_unit_test(
			test_a_users_line_is_the_one_that_config_hashes),
		cmocka_unit_test(test_a_checkpoint_is_read_and_verified),
		cmocka_unit_test(
			test_a_checkpoint_with_any_byte_changed_is_not_good),
		cmocka_unit_test(test_one_fault_in_a_row_is_one_finding),
		cmocka_unit_test(test_one_check_does_not_fill_the_list),
		cmocka_unit_test(
			test_findings_outside_of_the_part_wanted_are_left_out),
		cmocka_unit_test(test_json_holds_whatever_a_file_says),
	};
	size_t n = 8;
	struct err err;

	if (!crypto_start(&err))
		return 1;
	UNIT_ADD_ROWS(tests, &n, lines, check_line);
	UNIT_ADD_ROWS(tests, &n, args_rows, check_args);
	return cmocka_run_group_tests_name("keyring", tests, NULL, NULL);
}
