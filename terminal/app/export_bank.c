#include "terminal/app/export_bank.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/money.h"
#include "core/role.h"
#include "core/str.h"
#include "core/tr.h"
#include "db/accounts.h"
#include "db/journal.h"
#include "terminal/app/json.h"

enum {
	FILE_NAME = 48,
	README_SIZE = 4096,
	LIST_SIZE = 64 * EXPORT_DIR_FILES
};

/* What is being made, and where. */
struct making {
	bool payments; /* else checks */
	int32_t period;
	struct iso20022_debtor debtor;
	struct bank_rows rows;
	size_t max;
	uint64_t seq; /* that the EXPORT record will have */
	int64_t now;
	char path[EXPORT_INTO_PATH_SIZE];
	int messages;
	struct buf list; /* of files, for the README */
	char listed[LIST_SIZE];
};

bool export_bank_is_asked(const struct export_bank_asked *asked)
{
	const bool checks = strcmp(asked->what, "acmt023") == 0;

	if (!asked->to || !asked->to[0])
		return false;
	if (checks)
		return !asked->which && !asked->unit && !asked->day;
	return strcmp(asked->what, "pain001") == 0 && asked->which;
}

/* ---- one message ------------------------------------------------------------ */

/* From rows at first: how many are in the same one. */
static size_t message_of(const struct making *m, size_t first)
{
	const struct bank_row *at = m->rows.at;
	size_t n = 1;

	while (first + n < m->rows.count && n < m->max &&
		(m->payments || strcmp(at[first].account.bin,
					at[first + n].account.bin) == 0))
		n++;
	return n;
}

static bool put(struct export_dir *d, struct buf *piece, struct err *err)
{
	const bool ok =
		piece->full
			? err_set(err, ERR_INVALID, 0, "a piece is too long")
			: export_dir_put(d, piece->data, piece->len, err);

	buf_clear(piece);
	return ok;
}

static bool put_rows(struct export_dir *d, const struct making *m, size_t first,
	size_t count, struct buf *piece, struct err *err)
{
	bool ok = true;

	for (size_t i = first; ok && i < first + count; i++) {
		const struct bank_row *r = &m->rows.at[i];
		struct iso20022_check check = {.owner = r->name,
			.owner_id = r->owner_id,
			.holder = r->holder,
			.account = &r->account};
		struct iso20022_payment pay = {.name = r->name,
			.account = &r->account,
			.amount = r->amount};

		str_copy(check.id, sizeof(check.id), r->id);
		str_copy(pay.id, sizeof(pay.id), r->id);
		if (m->payments)
			iso20022_pain001_one(piece, &m->debtor, &pay);
		else
			iso20022_acmt023_one(piece, &check);
		ok = put(d, piece, err);
	}
	return ok;
}

/* "acmt023_970405_1.xml", or "pain001_1.xml". */
static void name_file(const struct making *m, const char *bin,
	char out[FILE_NAME])
{
	if (m->payments)
		snprintf(out, FILE_NAME, "pain001_%d.xml", m->messages);
	else
		snprintf(out, FILE_NAME, "acmt023_%s_%d.xml", bin, m->messages);
}

static void list_file(struct making *m, const char *name, const char *bin,
	int64_t count, int64_t sum)
{
	const struct bank *bank = bank_by_bin(bin);
	char money[MONEY_TEXT_SIZE];

	if (m->payments)
		buf_printf(&m->list, "- %s: %lld khoản, %s đồng\r\n", name,
			(long long)count, money_format(sum, money));
	else
		buf_printf(&m->list, "- %s: %s, %lld tài khoản\r\n", name,
			bank ? bank->short_name : bin, (long long)count);
}

static bool put_message(struct export_dir *d, struct making *m,
	const struct db_info *info, size_t first, size_t count, struct err *err)
{
	const char *bin = m->rows.at[first].account.bin;
	struct iso20022_head head = {.t = m->now,
		.office = info->unit[0] ? info->unit : info->name,
		.office_id = info->point};
	uint8_t bytes[ISO20022_PIECE];
	char name[FILE_NAME];
	struct buf piece;
	int64_t sum = 0;

	m->messages++;
	for (size_t i = first; i < first + count; i++)
		sum += m->rows.at[i].amount;
	m->debtor.count = (int64_t)count;
	m->debtor.sum = sum;
	iso20022_id(info->dev_hex, m->seq, m->messages, head.id);
	name_file(m, bin, name);
	list_file(m, name, bin, (int64_t)count, sum);
	buf_init(&piece, bytes, sizeof(bytes));
	if (m->payments)
		iso20022_pain001_head(&piece, &head, &m->debtor);
	else
		iso20022_acmt023_head(&piece, &head, bin);
	if (!export_dir_file(d, name, err) || !put(d, &piece, err) ||
		!put_rows(d, m, first, count, &piece, err))
		return false;
	if (m->payments)
		iso20022_pain001_end(&piece);
	else
		iso20022_acmt023_end(&piece);
	return put(d, &piece, err);
}

/* ---- all of them ------------------------------------------------------------- */

static const char readme_checks[] =
	"ĐỀ NGHỊ NGÂN HÀNG KIỂM TRA TÀI KHOẢN (ISO 20022 acmt.023.001.03)\r\n"
	"Điểm chi trả: %s (%s). Máy: %s. Lần xuất số %llu.\r\n"
	"\r\n"
	"Gửi mỗi tệp cho đúng ngân hàng, ví hoặc nhà mạng của tệp đó:\r\n"
	"%s"
	"\r\n"
	"Khi có trả lời (tệp acmt.024), nạp trên chính máy này:\r\n"
	"    chitra import acmt024 TỆP\r\n";

static const char readme_payments[] =
	"LỆNH CHI QUA TÀI KHOẢN (ISO 20022 pain.001.001.09), kỳ %02d/%d\r\n"
	"Điểm chi trả: %s (%s). Máy: %s. Lần xuất số %llu.\r\n"
	"\r\n"
	"Nộp cho ngân hàng giữ tài khoản chi: %s %s.\r\n"
	"%s"
	"Cộng: %lld khoản, %s đồng. Không có trong lệnh: %lld người chưa có tài"
	" khoản dùng được.\r\n"
	"Xuất lại lần nữa thì mỗi khoản vẫn giữ mã cũ (EndToEndId), để ngân"
	" hàng nhận ra khoản đã chi.\r\n";

static const char readme_end[] =
	"\r\n"
	"Kiểm tra các tệp còn nguyên:   sha256sum -c SHA256SUMS\r\n"
	"\r\n"
	"Các tệp này có dữ liệu cá nhân: chỉ giao cho đúng nơi nhận và xoá khỏi"
	" thẻ nhớ khi đã nộp xong.\r\n";

static bool put_readme(struct export_dir *d, struct making *m,
	const struct db_info *info, struct err *err)
{
	static char text[README_SIZE + LIST_SIZE];
	const struct bank *bank = m->debtor.account.bank;
	char money[MONEY_TEXT_SIZE];
	struct buf b;

	buf_init(&b, text, sizeof(text));
	if (m->payments)
		buf_printf(&b, readme_payments, (int)m->period % 100,
			(int)m->period / 100, info->name, info->point,
			info->dev_hex, (unsigned long long)m->seq,
			bank ? bank->short_name : m->debtor.account.bin,
			m->debtor.account.number, buf_text(&m->list),
			(long long)m->rows.count,
			money_format(m->rows.sum, money),
			(long long)m->rows.skipped);
	else
		buf_printf(&b, readme_checks, info->name, info->point,
			info->dev_hex, (unsigned long long)m->seq,
			buf_text(&m->list));
	buf_printf(&b, "%s", readme_end);
	if (b.full)
		return err_set(err, ERR_INVALID, 0, "the README is too long");
	return export_dir_file(d, "README.txt", err) &&
	       export_dir_put(d, b.data, b.len, err);
}

/* More than a directory may hold is not begun. */
static bool fits(const struct making *m, struct err *err)
{
	size_t messages = 0;

	for (size_t i = 0; i < m->rows.count; i += message_of(m, i))
		messages++;
	return messages + 2 <= EXPORT_DIR_FILES ||
	       err_set(err, ERR_INVALID, 0,
		       "%zu messages are too many: more rows in each",
		       messages);
}

static bool put_all(struct export_dir *d, struct verb_store *v,
	struct making *m, struct err *err)
{
	const struct db_info *info = db_info(v->db);
	bool ok = true;
	size_t n;

	buf_init(&m->list, m->listed, sizeof(m->listed));
	for (size_t i = 0; ok && i < m->rows.count; i += n) {
		n = message_of(m, i);
		ok = put_message(d, m, info, i, n, err);
	}
	return ok && put_readme(d, m, info, err);
}

/* ---- the answer ---------------------------------------------------------------- */

static enum exit_status tell(const struct options *o, const struct making *m,
	const struct export_done *done, size_t marked)
{
	char plain[VERB_PLAIN_SIZE];
	char money[MONEY_TEXT_SIZE];
	cJSON *reply = json_ok();

	if (!o->json && m->payments)
		printf(tr("Payments for the bank: %lld, %s đồng. Left out,"
			  " without an account that is fit: %lld.\n"),
			(long long)m->rows.count,
			money_format(m->rows.sum, money),
			(long long)m->rows.skipped);
	else if (!o->json)
		printf(tr("Accounts for the banks' check: %lld. Left out,"
			  " since they wait for nothing or may not be asked"
			  " about: %lld.\n"),
			(long long)m->rows.count, (long long)m->rows.skipped);
	if (!o->json)
		printf(tr("The messages are in %s.\n"),
			verb_plain(m->path, plain));
	cJSON_AddStringToObject(reply, "directory", m->path);
	json_int(reply, "seq", (int64_t)done->seq);
	json_int(reply, "messages", m->messages);
	json_int(reply, "rows", (int64_t)m->rows.count);
	json_int(reply, "skipped", m->rows.skipped);
	if (m->payments)
		json_int(reply, "sum", m->rows.sum);
	else
		json_int(reply, "sent", (int64_t)marked);
	return verb_reply(o, reply, EXIT_DONE);
}

/* The files are out: what is in them is sent. */
static enum exit_status mark(const struct options *o, struct verb_store *v,
	const struct making *m, const struct export_done *done)
{
	uint64_t *seq = calloc(m->rows.count, sizeof(*seq));
	enum verdict said = VERDICT_FAILED;
	struct refusal why = {0};
	struct err err = {0};
	size_t marked = 0;

	if (!seq) {
		err_set(&err, ERR_NO_MEMORY, 0, "no memory for the accounts");
		return verb_err(o, &err);
	}
	for (size_t i = 0; i < m->rows.count; i++)
		seq[i] = m->rows.at[i].seq;
	said = accounts_sent(v->db, &v->session, seq, m->rows.count, &marked,
		&why, &err);
	free(seq);
	if (said == VERDICT_FAILED)
		return verb_err(o, &err);
	if (said == VERDICT_REFUSED)
		return verb_refusal(o, &why);
	return tell(o, m, done, marked);
}

static enum exit_status make(const struct options *o, struct verb_store *v,
	const char *to, struct making *m)
{
	const char *name = m->payments ? "pain001" : "acmt023";
	char day[DATE_TEXT_SIZE];
	struct export_done done;
	struct journal_head head;
	struct export_dir *d;
	struct refusal why;
	struct err err = {0};

	if (!fits(m, &err) || !journal_head(v->db, &head, &err))
		return verb_err(o, &err);
	m->seq = head.last_seq + 1;
	m->now = clock_wall_ms();
	switch (export_into(v, to, name, date_iso(date_of_ms(m->now).date, day),
		m->path, &d, &why, &err)) {
	case VERDICT_FAILED:
		return verb_file_err(o, &err);
	case VERDICT_REFUSED:
		return verb_refusal(o, &why);
	case VERDICT_DONE:
		break;
	}
	export_dir_is(d, EXPORT_OTHER, m->seq);
	if (!put_all(d, v, m, &err)) {
		export_dir_drop(d);
		return verb_file_err(o, &err);
	}
	if (!export_dir_close(d, &done, &err))
		return verb_file_err(o, &err);
	return m->payments ? tell(o, m, &done, 0) : mark(o, v, m, &done);
}

/* ---- what is asked for ---------------------------------------------------------- */

/* From which account, by chitra.ini; and when. False: *status. */
static bool read_payments(const struct options *o, const struct verb_store *v,
	const struct export_bank_asked *asked, struct making *m,
	enum exit_status *status)
{
	static const struct refusal role = {.code = REFUSED_ROLE};
	const struct config *c = &v->config;

	m->debtor.name = c->payer.name;
	m->debtor.day = date_of_ms(clock_wall_ms()).date;
	if (!period_parse(asked->which, &m->period) ||
		(asked->day && (!date_parse(asked->day, &m->debtor.day) ||
				       m->debtor.day.day == 0)))
		*status = verb_usage("export");
	else if (!role_may(v->session.user.role, ACT_METHOD))
		*status = verb_refusal(o, &role);
	else if (!c->payer.name[0] ||
		 account_check(c->payer.bank, c->payer.account,
			 &m->debtor.account) != ACCOUNT_FINE)
		*status = verb_refuse(o, "no_payer",
			tr("From which account is it to be paid? Name, bank"
			   " (its code of six digits) and account have to"
			   " stand under [payer] in chitra.ini."),
			EXIT_COULD_NOT);
	else
		return true;
	return false;
}

static enum exit_status collect(const struct options *o, struct verb_store *v,
	const struct export_bank_asked *asked, struct making *m)
{
	char note[64];
	char month[DATE_TEXT_SIZE];
	struct err err = {0};
	bool ok;

	snprintf(note, sizeof(note), "Tro cap ky %s",
		m->payments ? period_vi(m->period, month) : "");
	m->debtor.note = note;
	verb_watch(o, v);
	ok = m->payments
		     ? bank_rows_payments(v->db, m->period,
			       asked->unit ? asked->unit : "", &m->rows, &err)
		     : bank_rows_checks(v->db, &m->rows, &err);
	verb_watched(v);
	if (!ok)
		return verb_err(o, &err);
	if (m->rows.count == 0)
		return verb_refuse(o, "nobody",
			tr("There is no account to write about."),
			EXIT_REFUSED);
	return make(o, v, asked->to, m);
}

enum exit_status export_bank(const struct options *o, struct verb_store *v,
	const struct export_bank_asked *asked)
{
	struct making *m = calloc(1, sizeof(*m));
	struct err err = {0};
	enum exit_status status = EXIT_USAGE;

	if (!m) {
		err_set(&err, ERR_NO_MEMORY, 0, "no memory for an export");
		return verb_err(o, &err);
	}
	m->payments = strcmp(asked->what, "pain001") == 0;
	m->max = asked->max ? (size_t)asked->max : EXPORT_BANK_MAX;
	if (asked->max < 0 || asked->max > EXPORT_BANK_MOST)
		status = verb_usage("export");
	else if (!m->payments || read_payments(o, v, asked, m, &status))
		status = collect(o, v, asked, m);
	bank_rows_free(&m->rows);
	free(m);
	return status;
}
