#include "terminal/app/day_doc.h"

#include <stdio.h>
#include <string.h>

#include "core/codec/viet.h"
#include "core/codec/words.h"
#include "core/money.h"
#include "core/str.h"
#include "terminal/app/day_more.h"
#include "terminal/flows/pay_text.h"

#define COUNT_OF(a) ((int)(sizeof(a) / sizeof((a)[0])))

enum {
	LINE_SIZE = 400,
	F_COLUMNS = 23, /* of the file: all there is */
	P_COLUMNS = 10, /* of the paper to sign */
	P_MONEY = 7
};

struct writing {
	struct paper *paper;
	struct day_doc_sums *sums;
	struct err *err;
	bool on_paper;
	struct paper_doc more;
};

static struct paper_cell text_cell(const char *text)
{
	return (struct paper_cell){.text = text};
}

static struct paper_cell number_cell(int64_t number)
{
	return (struct paper_cell){.number = number};
}

/* ---- a payment ------------------------------------------------------------- */

static const char *state_text(const struct daylog_payment *p)
{
	if (p->amount < 0)
		return "Huỷ";
	return p->state == PAYOUT_VOIDED ? "Đã chi, sau đó huỷ"
					 : pay_state_text(p->state);
}

static const struct paper_column f_column[F_COLUMNS] = {
	{10, PAPER_RIGHT},
	{26, PAPER_CENTRE},
	{8, PAPER_RIGHT},
	{10, PAPER_RIGHT},
	{34, PAPER_LEFT},
	{14, PAPER_CENTRE},
	{22, PAPER_LEFT},
	{40, PAPER_LEFT},
	{20, PAPER_CENTRE},
	{26, PAPER_CENTRE},
	{14, PAPER_CENTRE},
	{24, PAPER_LEFT},
	{36, PAPER_LEFT},
	{26, PAPER_CENTRE},
	{20, PAPER_RIGHT},
	{20, PAPER_RIGHT},
	{20, PAPER_RIGHT},
	{20, PAPER_RIGHT},
	{20, PAPER_RIGHT},
	{22, PAPER_RIGHT},
	{30, PAPER_LEFT},
	{24, PAPER_LEFT},
	{18, PAPER_LEFT},
};

static const struct paper_head f_head[] = {
	{0, 0, 1, 1, "Số bản ghi"},
	{0, 1, 1, 1, "Ngày giờ"},
	{0, 2, 1, 1, "Ca"},
	{0, 3, 1, 1, "Số người chi"},
	{0, 4, 1, 1, "Số biên nhận"},
	{0, 5, 1, 1, "Kỳ"},
	{0, 6, 1, 1, "Mã đối tượng"},
	{0, 7, 1, 1, "Họ tên"},
	{0, 8, 1, 1, "Ngày sinh"},
	{0, 9, 1, 1, "Số định danh"},
	{0, 10, 1, 1, "Đối tượng"},
	{0, 11, 1, 1, "Người nhận"},
	{0, 12, 1, 1, "Họ tên người nhận"},
	{0, 13, 1, 1, "Số định danh người nhận"},
	{0, 14, 1, 1, "Kỳ này"},
	{0, 15, 1, 1, "Truy lĩnh"},
	{0, 16, 1, 1, "Mai táng phí"},
	{0, 17, 1, 1, "Kỳ trước chuyển sang"},
	{0, 18, 1, 1, "Khác"},
	{0, 19, 1, 1, "Số tiền"},
	{0, 20, 1, 1, "Trạng thái"},
	{0, 21, 1, 1, "Biên nhận"},
	{0, 22, 1, 1, "Số tờ sổ tay"},
};

/* Texts of one row, which live as long as it is written. */
struct row_texts {
	char time[DATE_TEXT_SIZE];
	char period[DATE_TEXT_SIZE];
	char birth[DATE_TEXT_SIZE];
	char number[32];
	const char *id;
	const char *payee; /* a VOID is of nobody who came */
};

static void say_row(const struct daylog_payment *p, int64_t number,
	struct row_texts *t)
{
	date_time_vi(p->t, t->time);
	t->period[0] = '\0';
	if (p->period)
		period_vi(p->period, t->period);
	date_vi(p->person.birth, t->birth);
	snprintf(t->number, sizeof(t->number), "%lld", (long long)number);
	t->id = p->person.id12[0] ? p->person.id12 : p->person.old_id;
	t->payee = p->amount < 0 ? "" : pay_payee_text(p->payee);
}

static bool put_file_row(struct writing *w, const struct daylog_payment *p,
	const struct row_texts *t)
{
	const struct paper_cell cell[F_COLUMNS] = {
		number_cell((int64_t)p->seq),
		text_cell(t->time),
		number_cell(p->shift),
		number_cell(p->actor),
		text_cell(p->code),
		text_cell(t->period),
		text_cell(p->person.beneficiary_id),
		text_cell(p->person.name),
		text_cell(t->birth),
		text_cell(t->id),
		text_cell(p->person.group),
		text_cell(t->payee),
		text_cell(p->payee_name),
		text_cell(p->payee_id),
		number_cell(p->by_kind[ENT_MONTH]),
		number_cell(p->by_kind[ENT_ARREARS]),
		number_cell(p->by_kind[ENT_FUNERAL]),
		number_cell(p->by_kind[ENT_CARRIED]),
		number_cell(p->by_kind[ENT_OTHER]),
		number_cell(p->amount),
		text_cell(state_text(p)),
		text_cell(p->pad[0] ? "" : pay_print_text(p->print)),
		text_cell(p->pad),
	};

	return paper_row(w->paper, cell, PAPER_PLAIN, w->err);
}

static const struct paper_column p_column[P_COLUMNS] = {
	{11, PAPER_CENTRE},
	{29, PAPER_CENTRE},
	{38, PAPER_LEFT},
	{46, PAPER_LEFT},
	{27, PAPER_CENTRE},
	{17, PAPER_CENTRE},
	{38, PAPER_LEFT},
	{25, PAPER_RIGHT},
	{34, PAPER_LEFT},
	{16, PAPER_RIGHT},
};

static const struct paper_head p_head[] = {
	{0, 0, 1, 1, "STT"},
	{0, 1, 1, 1, "Ngày giờ"},
	{0, 2, 1, 1, "Số biên nhận"},
	{0, 3, 1, 1, "Họ tên"},
	{0, 4, 1, 1, "Số định danh"},
	{0, 5, 1, 1, "Kỳ"},
	{0, 6, 1, 1, "Người nhận"},
	{0, 7, 1, 1, "Số tiền (đồng)"},
	{0, 8, 1, 1, "Trạng thái"},
	{0, 9, 1, 1, "Số bản ghi"},
};

static bool put_paper_row(struct writing *w, const struct daylog_payment *p,
	const struct row_texts *t)
{
	char payee[LINE_SIZE];
	const struct paper_cell cell[P_COLUMNS] = {
		text_cell(t->number),
		text_cell(t->time),
		text_cell(p->code),
		text_cell(p->person.name),
		text_cell(t->id),
		text_cell(t->period),
		text_cell(payee),
		number_cell(p->amount),
		text_cell(state_text(p)),
		number_cell((int64_t)p->seq),
	};

	snprintf(payee, sizeof(payee), "%s%s%s", t->payee,
		p->payee_name[0] ? ": " : "", p->payee_name);
	return paper_row(w->paper, cell, PAPER_PLAIN, w->err);
}

static bool put_payment(void *ctx, const struct daylog_payment *p)
{
	struct writing *w = ctx;
	struct row_texts t;

	w->sums->rows++;
	if (p->amount < 0) {
		w->sums->voids++;
		w->sums->back -= p->amount;
	} else {
		w->sums->payments++;
		w->sums->paid += p->amount;
	}
	say_row(p, w->sums->rows, &t);
	return w->on_paper ? put_paper_row(w, p, &t) : put_file_row(w, p, &t);
}

/* ---- totals ---------------------------------------------------------------- */

static bool say_money(struct writing *w, const char *what, int64_t count,
	const char *of, int64_t money)
{
	char figures[MONEY_TEXT_SIZE];
	char words[WORDS_SIZE];
	char line[LINE_SIZE + WORDS_SIZE];

	if (!words_of_amount(money, WORDS_NORTH, words))
		words[0] = '\0';
	snprintf(line, sizeof(line), "%s: %lld %s, %s đồng%s%s%s.", what,
		(long long)count, of, money_format(money, figures),
		words[0] ? " (" : "", words, words[0] ? ")" : "");
	return paper_line(w->paper, line, PAPER_PLAIN, w->err);
}

static bool put_total(struct writing *w)
{
	struct paper_cell cell[P_COLUMNS];
	const struct day_doc_sums *s = w->sums;

	for (int i = 0; i < P_COLUMNS; i++)
		cell[i] = text_cell("");
	cell[0] = text_cell("Tổng cộng (chi trừ huỷ)");
	cell[0].span = P_MONEY;
	cell[P_MONEY] = number_cell(s->paid - s->back);
	return paper_row(w->paper, cell, PAPER_STRONG, w->err) &&
	       say_money(w, "Đã chi", s->payments, "lượt", s->paid) &&
	       say_money(w, "Huỷ, thu lại", s->voids, "lượt", s->back) &&
	       say_money(w, "Thực chi", s->payments - s->voids, "lượt",
		       s->paid - s->back);
}

/* The rows must come to what is signed in the book. */
static bool agrees(const struct day_doc *d, const struct day_doc_sums *s,
	struct err *err)
{
	struct journal_totals tot;

	if (!daylog_totals(d->db, &d->range, &tot, err))
		return false;
	return (tot.paid_gross == s->paid && tot.void_gross == s->back &&
		       tot.payments == s->payments && tot.voids == s->voids) ||
	       err_set(err, ERR_CORRUPT, 0,
		       "the payments do not come to the totals of the book");
}

static bool put_drawer(struct writing *w, const struct day_doc *d)
{
	struct journal_totals tot;
	char in[MONEY_TEXT_SIZE];
	char back[MONEY_TEXT_SIZE];
	char line[LINE_SIZE];

	if (!daylog_totals(d->db, &d->range, &tot, w->err))
		return false;
	snprintf(line, sizeof(line),
		"Quỹ tiền mặt (đồng): nhận vào %s, nộp trả %s. Bản ghi số %llu"
		" đến %llu của sổ.",
		money_format(tot.float_in, in),
		money_format(tot.float_out, back),
		(unsigned long long)d->range.first,
		(unsigned long long)d->range.last);
	return paper_line(w->paper, line, PAPER_PLAIN, w->err);
}

/* ---- the papers ------------------------------------------------------------ */

static const struct paper_sign signs[] = {
	{"NGƯỜI CHI TIỀN", "(Ký, ghi rõ họ tên)"},
	{"KIỂM SOÁT VIÊN", "(Ký, ghi rõ họ tên)"},
	{"PHỤ TRÁCH ĐƠN VỊ", "(Ký tên, đóng dấu)"},
};

static const struct paper_doc file_doc = {
	.landscape = true,
	.title = "NHẬT KÝ CHI TRẢ",
	.sheet = "Chi tra",
	.column = f_column,
	.columns = F_COLUMNS,
	.head = f_head,
	.heads = COUNT_OF(f_head),
	.head_rows = 1,
	.many = true,
};

static const struct paper_doc paper_doc_to_sign = {
	.landscape = true,
	.motto = true,
	.title = "NHẬT KÝ CHI TRẢ",
	.unit = "Đơn vị tính: đồng",
	.sheet = "Chi tra",
	.column = p_column,
	.columns = P_COLUMNS,
	.head = p_head,
	.heads = COUNT_OF(p_head),
	.head_rows = 1,
	.carry = P_MONEY,
	.many = true,
	.place = "……………, ngày …… tháng …… năm ………",
	.sign = signs,
	.signs = COUNT_OF(signs),
};

/* Visits and accounts: day_more.c. */
static bool put_more(struct writing *w, const struct day_doc *d)
{
	struct paper_doc doc;
	bool ok = true;

	for (int m = 0; ok && m < DAY_DOC_MORE; m++) {
		day_more_doc((enum day_doc_more)m, d, &doc);
		/* It has to live as long as the sheet is written. */
		w->more = doc;
		ok = paper_next(w->paper, &w->more, w->err) &&
		     day_more_rows((enum day_doc_more)m, d, w->paper,
			     &w->sums->more[m], w->err);
	}
	return ok;
}

bool day_doc_write(const struct day_doc *d, enum paper_kind kind,
	const struct paper_sink *sink, struct day_doc_sums *out,
	struct err *err)
{
	struct writing w = {.sums = out,
		.err = err,
		.on_paper = kind == PAPER_PDF || kind == PAPER_GRID};
	struct paper_doc doc = w.on_paper ? paper_doc_to_sign : file_doc;
	const struct db_info *info = db_info(d->db);
	char office[DB_NAME_SIZE + 64];
	bool ok;

	*out = (struct day_doc_sums){.rows = 0};
	if (!viet_upper(info->name, office, sizeof(office)))
		str_copy(office, sizeof(office), info->name);
	doc.office = office;
	doc.subtitle = d->when;
	w.paper = paper_new(kind, &doc, sink, err);
	ok = w.paper &&
	     daylog_payments(d->db, &d->range, put_payment, &w, err) &&
	     agrees(d, out, err) &&
	     (!w.on_paper || (put_total(&w) && put_drawer(&w, d))) &&
	     (kind != PAPER_XLSX || put_more(&w, d)) && paper_end(w.paper, err);
	paper_free(w.paper);
	return ok;
}

bool day_doc_write_more(const struct day_doc *d, enum day_doc_more which,
	const struct paper_sink *sink, struct day_doc_sums *out,
	struct err *err)
{
	struct paper_doc doc;
	struct paper *p;
	bool ok;

	day_more_doc(which, d, &doc);
	p = paper_new(PAPER_CSV, &doc, sink, err);
	ok = p && day_more_rows(which, d, p, &out->more[which], err) &&
	     paper_end(p, err);
	paper_free(p);
	return ok;
}
