#include "terminal/app/export_day.h"

#include <stdio.h>
#include <string.h>

#include "core/clock.h"
#include "core/money.h"
#include "core/str.h"
#include "core/tr.h"
#include "terminal/app/day_doc.h"
#include "terminal/app/export_into.h"
#include "terminal/app/json.h"

enum {
	NAME_SIZE = 128,
	README_SIZE = 4096
};

static const int64_t day_ms = INT64_C(24) * 3600 * 1000;

/* What is exported, and where to. */
struct making {
	struct day_doc doc;
	char name[NAME_SIZE]; /* of the directory */
	char path[EXPORT_INTO_PATH_SIZE];
	struct day_doc_sums sums;
	struct export_done journal;
	bool no_font;
};

/* ---- which records --------------------------------------------------------- */

bool export_day_is_asked(const struct export_day_asked *asked)
{
	const size_t len = asked->to ? strlen(asked->to) : 0;

	if (len == 0)
		return false;
	if (strcmp(asked->what, "shift") != 0)
		return strcmp(asked->what, "day") == 0 ||
		       strcmp(asked->what, "period") == 0;
	return asked->which && (export_into_is_directory(asked->to) ||
				       asked->to[len - 1] == '/');
}

/* Midnight before that day, UTC+7. */
static bool midnight(struct date d, int64_t *ms)
{
	char text[DATE_TEXT_SIZE + 16];
	char iso[DATE_TEXT_SIZE];

	snprintf(text, sizeof(text), "%sT00:00", date_iso(d, iso));
	return date_time_parse(text, ms);
}

/* From the first of a month to that of the next. */
static bool month_of(int32_t period, int64_t *from, int64_t *until)
{
	struct date first;
	struct date next;

	return date_make(period / 100, period % 100, 1, &first) &&
	       date_make(period % 100 == 12 ? period / 100 + 1 : period / 100,
		       period % 100 % 12 + 1, 1, &next) &&
	       midnight(first, from) && midnight(next, until);
}

/* The words of it; false: they are none. */
static bool read_days(const struct export_day_asked *asked, struct making *m,
	int64_t *from, int64_t *until)
{
	struct date day = date_of_ms(clock_wall_ms()).date;
	int32_t period = day.year * 100 + day.month;
	char text[DATE_TEXT_SIZE];

	if (strcmp(asked->what, "day") == 0) {
		if ((asked->which && !date_parse(asked->which, &day)) ||
			day.day == 0 || !midnight(day, from))
			return false;
		*until = *from + day_ms;
		snprintf(m->doc.when, sizeof(m->doc.when), "Ngày %s",
			date_vi(day, text));
		str_copy(m->name, sizeof(m->name), date_iso(day, text));
		return true;
	}
	if ((asked->which && !period_parse(asked->which, &period)) ||
		!month_of(period, from, until))
		return false;
	snprintf(m->doc.when, sizeof(m->doc.when), "Tháng %s",
		period_vi(period, text));
	str_copy(m->name, sizeof(m->name), period_iso(period, text));
	return true;
}

/* Which records: 1 found, 0 none, -1 failed (*err), -2 no such words. */
enum found {
	FOUND_NO_WORDS = -2,
	FOUND_FAILED,
	FOUND_NONE,
	FOUND_SOME
};

static enum found find_records(struct db *db,
	const struct export_day_asked *asked, struct making *m, struct err *err)
{
	int64_t from;
	int64_t until;
	int64_t shift;
	enum lookup got;

	if (strcmp(asked->what, "shift") == 0) {
		if (!asked->which ||
			!str_to_int(asked->which, 1, INT64_MAX, &shift))
			return FOUND_NO_WORDS;
		got = daylog_shift(db, shift, &m->doc.range, err);
		snprintf(m->doc.when, sizeof(m->doc.when), "Ca số %lld",
			(long long)shift);
		snprintf(m->name, sizeof(m->name), "ca-%lld", (long long)shift);
	} else {
		if (!read_days(asked, m, &from, &until))
			return FOUND_NO_WORDS;
		got = daylog_days(db, from, until, &m->doc.range, err);
	}
	if (got == LOOKUP_FAILED)
		return FOUND_FAILED;
	return got == LOOKUP_FOUND ? FOUND_SOME : FOUND_NONE;
}

/* ---- the files ------------------------------------------------------------- */

static bool put_bytes(void *ctx, const void *bytes, size_t len, struct err *err)
{
	return export_dir_put(ctx, bytes, len, err);
}

static bool put_table(struct export_dir *d, struct making *m, const char *name,
	enum paper_kind kind, struct err *err)
{
	const struct paper_sink sink = {d, put_bytes};

	return export_dir_file(d, name, err) &&
	       day_doc_write(&m->doc, kind, &sink, &m->sums, err);
}

static bool put_more(struct export_dir *d, struct making *m,
	enum day_doc_more which, const char *name, struct err *err)
{
	const struct paper_sink sink = {d, put_bytes};

	return export_dir_file(d, name, err) &&
	       day_doc_write_more(&m->doc, which, &sink, &m->sums, err);
}

static const char readme[] =
	"NHẬT KÝ CHI TRẢ - %s\r\n"
	"Điểm chi trả: %s (%s). Máy: %s\r\n"
	"Bản ghi số %llu đến %llu của sổ trên máy này.\r\n"
	"\r\n"
	"Đã chi %lld lượt, %s đồng; huỷ %lld lượt, %s đồng; thực chi %s"
	" đồng.\r\n"
	"\r\n"
	"Trong thư mục này có:\r\n"
	"- chi-tra.pdf: bảng chi trả để in và ký, có tổng số bằng số và bằng"
	" chữ.%s\r\n"
	"- chi-tra.xlsx: bảng đó, đủ các cột, các lần đến nhà và tài khoản đã"
	" ghi, để mở bằng Excel hoặc LibreOffice.\r\n"
	"- payments.csv, visits.csv, accounts.csv: cũng các bảng đó, để đưa"
	" vào phần mềm khác (UTF-8, dấu phẩy): %lld lần đến nhà, %lld tài"
	" khoản. Đừng mở bằng Excel: sẽ mất các số 0 ở đầu số định danh và số"
	" tài khoản.\r\n"
	"- journal.chitra: sổ gốc, từng bản ghi có chữ ký điện tử của máy;"
	" không có họ tên ai.\r\n"
	"- SHA256SUMS: mã kiểm của từng tệp.\r\n"
	"\r\n"
	"Dòng \"Huỷ\" có số tiền âm: cộng cả cột thì được số thực chi.\r\n"
	"\r\n"
	"Kiểm tra các tệp còn nguyên:   sha256sum -c SHA256SUMS\r\n"
	"Kiểm tra sổ không bị sửa:      chitra-verify journal.chitra\r\n"
	"\r\n"
	"Các tệp này có dữ liệu cá nhân của người nhận tiền: chỉ giao cho người"
	" có trách nhiệm,\r\n"
	"cất giữ cẩn thận và xoá khỏi thẻ nhớ khi đã nộp xong.\r\n";

static bool put_readme(struct export_dir *d, struct db *db,
	const struct making *m, struct err *err)
{
	const struct db_info *info = db_info(db);
	char text[README_SIZE];
	char paid[MONEY_TEXT_SIZE];
	char back[MONEY_TEXT_SIZE];
	char net[MONEY_TEXT_SIZE];
	int n;

	n = snprintf(text, sizeof(text), readme, m->doc.when, info->name,
		info->point, info->dev_hex,
		(unsigned long long)m->doc.range.first,
		(unsigned long long)m->doc.range.last,
		(long long)m->sums.payments, money_format(m->sums.paid, paid),
		(long long)m->sums.voids, money_format(m->sums.back, back),
		money_format(m->sums.paid - m->sums.back, net),
		m->no_font ? " (Lần này KHÔNG có: máy chưa cài phông chữ"
			     " fonts-liberation2 hoặc libcairo2.)"
			   : "",
		(long long)m->sums.more[DAY_DOC_VISITS],
		(long long)m->sums.more[DAY_DOC_ACCOUNTS]);
	if (n < 0 || (size_t)n >= sizeof(text))
		return err_set(err, ERR_INVALID, 0, "the README is too long");
	return export_dir_file(d, "README.txt", err) &&
	       export_dir_put(d, text, (size_t)n, err);
}

/* Is there a font? Asked before, so that no file is begun in vain. */
static bool null_put(void *ctx, const void *bytes, size_t len, struct err *err)
{
	(void)ctx, (void)bytes, (void)len, (void)err;
	return true;
}

static bool has_font(const struct making *m)
{
	static const struct paper_column column = {10, PAPER_LEFT};
	const struct paper_doc doc = {.title = m->name,
		.sheet = "x",
		.column = &column,
		.columns = 1};
	const struct paper_sink sink = {NULL, null_put};
	struct err err = {0};
	struct paper *p = paper_new(PAPER_PDF, &doc, &sink, &err);

	paper_free(p);
	return p || err.code != ERR_GONE;
}

/* One part of it, for who watches; the paper takes longest. */
enum part {
	PART_JOURNAL,
	PART_CSV,
	PART_XLSX,
	PART_PDF,
	PART_VISITS,
	PART_ACCOUNTS,
	PARTS
};

static bool put_part(struct export_dir *d, struct making *m, enum part part,
	struct err *err)
{
	db_watch_part(m->doc.db, (int)part, PARTS);
	switch (part) {
	case PART_JOURNAL:
		return export_dir_journal(d, "journal.chitra", &m->journal,
			err);
	case PART_CSV:
		return put_table(d, m, "payments.csv", PAPER_CSV, err);
	case PART_XLSX:
		return put_table(d, m, "chi-tra.xlsx", PAPER_XLSX, err);
	case PART_PDF:
		return m->no_font ||
		       put_table(d, m, "chi-tra.pdf", PAPER_PDF, err);
	case PART_VISITS:
		return put_more(d, m, DAY_DOC_VISITS, "visits.csv", err);
	case PART_ACCOUNTS:
		return put_more(d, m, DAY_DOC_ACCOUNTS, "accounts.csv", err);
	case PARTS:
		break;
	}
	return true;
}

static bool put_files(struct export_dir *d, struct db *db, struct making *m,
	struct err *err)
{
	bool ok = true;

	m->journal = (struct export_done){.first = m->doc.range.first,
		.last = m->doc.range.last};
	m->no_font = !has_font(m);
	for (int part = 0; part < PARTS && ok; part++)
		ok = put_part(d, m, (enum part)part, err);
	return ok && put_readme(d, db, m, err);
}

/* ---- the answer ------------------------------------------------------------ */

static enum exit_status tell(const struct options *o, const struct making *m,
	const struct export_done *done)
{
	char hex[2 * CRYPTO_HASH_SIZE + 1];
	char plain[VERB_PLAIN_SIZE];
	char net[MONEY_TEXT_SIZE];
	cJSON *reply = json_ok();

	str_to_hex(done->sha256, sizeof(done->sha256), hex);
	if (!o->json) {
		printf(tr("The daily log is in %s.\n"),
			verb_plain(m->path, plain));
		printf(tr("It holds %lld payments, %lld of them cancelled:"
			  " %s đồng went out; %lld visits, %lld accounts.\n"),
			(long long)m->sums.payments, (long long)m->sums.voids,
			money_format(m->sums.paid - m->sums.back, net),
			(long long)m->sums.more[DAY_DOC_VISITS],
			(long long)m->sums.more[DAY_DOC_ACCOUNTS]);
		printf("SHA256SUMS: %s\n", hex);
	}
	cJSON_AddStringToObject(reply, "directory", m->path);
	json_int(reply, "seq", (int64_t)done->seq);
	json_int(reply, "first", (int64_t)m->journal.first);
	json_int(reply, "last", (int64_t)m->journal.last);
	cJSON_AddBoolToObject(reply, "signed", m->journal.is_signed);
	json_int(reply, "payments", m->sums.payments);
	json_int(reply, "paid", m->sums.paid);
	json_int(reply, "voids", m->sums.voids);
	json_int(reply, "voided", m->sums.back);
	json_int(reply, "visits", m->sums.more[DAY_DOC_VISITS]);
	json_int(reply, "accounts", m->sums.more[DAY_DOC_ACCOUNTS]);
	cJSON_AddBoolToObject(reply, "pdf", !m->no_font);
	json_int(reply, "files", (int64_t)done->rows);
	cJSON_AddStringToObject(reply, "sha256", hex);
	if (m->no_font)
		fprintf(stderr, "%s\n",
			tr("There is no PDF in it: a font for papers"
			   " (fonts-liberation2 or fonts-dejavu-core) or"
			   " libcairo2 is not installed."));
	return verb_reply(o, reply, EXIT_DONE);
}

static enum exit_status make(const struct options *o, struct verb_store *v,
	const char *to, struct making *m)
{
	const bool english = strcmp(tr_lang(), "vi") != 0;
	struct export_done done;
	struct export_dir *d;
	struct refusal why;
	struct err err = {0};
	bool ok;

	switch (export_into(v, to, "chi-tra", m->name, m->path, &d, &why,
		&err)) {
	case VERDICT_FAILED:
		return verb_file_err(o, &err);
	case VERDICT_REFUSED:
		return verb_refusal(o, &why);
	case VERDICT_DONE:
		break;
	}
	verb_watch(o, v);
	/* Papers speak Vietnamese, whatever the screen does. */
	tr_set_lang("vi");
	ok = put_files(d, v->db, m, &err);
	if (english)
		tr_set_lang("en");
	verb_watched(v);
	if (!ok) {
		export_dir_drop(d);
		return verb_file_err(o, &err);
	}
	if (!export_dir_close(d, &done, &err))
		return verb_file_err(o, &err);
	return tell(o, m, &done);
}

enum exit_status export_day(const struct options *o, struct verb_store *v,
	const struct export_day_asked *asked)
{
	struct making m = {.doc = {.db = v->db}};
	struct err err = {0};

	switch (find_records(v->db, asked, &m, &err)) {
	case FOUND_NO_WORDS:
		return verb_usage("export");
	case FOUND_FAILED:
		return verb_err(o, &err);
	case FOUND_NONE:
		return verb_refuse(o, "no_records",
			tr("The book has no such records."), EXIT_REFUSED);
	case FOUND_SOME:
		break;
	}
	return make(o, v, asked->to, &m);
}
