#include "support/liststore.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "db/datakey_internal.h"
#include "support/tmpdir.h"

const uint8_t liststore_key[CRYPTO_KEY_SIZE] =
	"the data key of all list stores";

static void must(bool ok, const struct err *err)
{
	if (ok)
		return;
	fprintf(stderr, "%s (%s)\n", err->text, err->where);
	abort();
}

void liststore_reopen(struct liststore *s)
{
	struct err err = {0};

	db_close(s->db);
	s->db = db_open(s->dir, &err);
	must(s->db != NULL, &err);
	/* As if somebody was signed in; nobody is, and nothing is recorded. */
	must(datakey_enter(s->db, liststore_key, &err), &err);
}

void liststore_open(struct liststore *s)
{
	const struct db_setup setup = {.point = "291110",
		.name = "Bưu cục Cẩm Khê",
		.unit = "",
		.list_window = "1200:1200", /* tests run on any day */
		.pin_kibibytes = 8192};
	struct err err = {0};

	*s = (struct liststore){.db = NULL};
	tmpdir_make(s->dir, sizeof(s->dir));
	must(db_create(s->dir, &setup, &err), &err);
	liststore_reopen(s);
}

void liststore_close(struct liststore *s)
{
	db_close(s->db);
	tmpdir_remove(s->dir);
}

static const char * or (const char *text, const char *otherwise)
{
	return text ? text : otherwise;
}

static void put_number(FILE *f, int64_t n, char sep)
{
	if (n)
		fprintf(f, "%" PRId64, n);
	fputc(sep, f);
}

static void put_row(FILE *f, const struct listrow *r, char sep)
{
	const char *text[] = { or (r->period, "2026-12"), or (r->unit, "U1"),
		"DS-1", NULL, or (r->code, "P1"), or (r->id12, ""),
		or (r->old_id, ""), or (r->name, "Nguyễn Thị Đẹp"),
		or (r->birth, "02/09/1945"), "Nữ",
		or (r->address, "Thôn 3, xã Cẩm Khê"), "BTXH"};

	for (size_t i = 0; i < sizeof(text) / sizeof(text[0]); i++)
		if (text[i])
			fprintf(f, "\"%s\"%c", text[i], sep);
		else
			put_number(f, r->seq, sep);
	put_number(f, r->monthly, sep);
	put_number(f, r->arrears, sep);
	fprintf(f, "\"%s\"%c", or (r->months, ""), sep);
	put_number(f, r->funeral, sep);
	put_number(f, r->carry, sep);
	put_number(f, r->total, sep);
	if (r->account)
		fprintf(f, "account%c970405%c2700205123456\n", sep, sep);
	else
		fprintf(f, "cash%c%c\n", sep, sep);
}

const char *liststore_write(const struct liststore *s, const char *name,
	const struct listrow *row, int rows, char sep)
{
	static const char *const header[] = {"period", "unit_code", "list_no",
		"seq", "beneficiary_id", "id12", "cmnd9", "name", "dob", "sex",
		"address", "group", "monthly_amount", "arrears_amount",
		"arrears_months", "funeral_amount", "carry_over_amount",
		"total", "method", "account_bin"};
	static char path[256];
	FILE *f = fopen(tmpdir_path(s->dir, name, path, sizeof(path)), "w");

	if (!f)
		abort();
	for (size_t i = 0; i < sizeof(header) / sizeof(header[0]); i++)
		fprintf(f, "%s%c", header[i], sep);
	fprintf(f, "account_no\n");
	for (int i = 0; i < rows; i++)
		put_row(f, &row[i], sep);
	fclose(f);
	return path;
}

void liststore_import(struct liststore *s, const char *path,
	struct list_result *out)
{
	const struct list_options options = {.count = -1, .sum = -1};
	struct err err = {0};

	must(lists_import(s->db, &s->session, path, &options, out, &err), &err);
}

void liststore_take(struct liststore *s, const struct listrow *row, int rows,
	struct list_result *out)
{
	liststore_import(s, liststore_write(s, "list.csv", row, rows, ','),
		out);
}
