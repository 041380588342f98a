#include "core/codec/changelist.h"

#include "core/codec/sidelist_internal.h"

enum {
	NOT_SAID = 99
};

const char *change_kind_code(enum change_kind kind)
{
	switch (kind) {
	case CHANGE_CAME:
		return "came";
	case CHANGE_LEFT:
		return "left";
	case CHANGE_ALTERED:
		return "altered";
	}
	return "";
}

const char *change_reason_code(enum change_reason reason)
{
	switch (reason) {
	case CHANGE_REASON_NONE:
		return "";
	case CHANGE_MOVED:
		return "moved";
	case CHANGE_DIED:
		return "died";
	case CHANGE_REFUSES:
		return "refuses";
	case CHANGE_PRISON:
		return "prison";
	case CHANGE_OTHER:
		return "other";
	}
	return "";
}

static void read_kind(struct paylist_job *j, struct change_row *out)
{
	static const struct paylist_word words[] = {
		{"came", CHANGE_CAME},
		{"tang", CHANGE_CAME},
		{"tang moi", CHANGE_CAME},
		{"moi", CHANGE_CAME},
		{"bo sung", CHANGE_CAME},
		{"left", CHANGE_LEFT},
		{"giam", CHANGE_LEFT},
		{"cat giam", CHANGE_LEFT},
		{"thoi huong", CHANGE_LEFT},
		{"altered", CHANGE_ALTERED},
		{"dieu chinh", CHANGE_ALTERED},
		{"thay doi", CHANGE_ALTERED},
	};
	const int kind =
		paylist_word_value(j, COL_KIND, PAYLIST_WORDS(words), NOT_SAID);

	if (kind == NOT_SAID)
		paylist_say(j, COL_KIND, TROUBLE_MISSING);
	else if (kind < 0)
		paylist_say(j, COL_KIND, TROUBLE_BAD_KIND);
	else
		out->kind = (enum change_kind)kind;
}

static void read_reason(struct paylist_job *j, struct change_row *out)
{
	static const struct paylist_word words[] = {
		{"died", CHANGE_DIED},
		{"chet", CHANGE_DIED},
		{"da chet", CHANGE_DIED},
		{"mat", CHANGE_DIED},
		{"da mat", CHANGE_DIED},
		{"tu vong", CHANGE_DIED},
		{"qua doi", CHANGE_DIED},
		{"moved", CHANGE_MOVED},
		{"chuyen di", CHANGE_MOVED},
		{"chuyen noi o", CHANGE_MOVED},
		{"chuyen noi cu tru", CHANGE_MOVED},
		{"refuses", CHANGE_REFUSES},
		{"tu choi", CHANGE_REFUSES},
		{"tu choi nhan", CHANGE_REFUSES},
		{"prison", CHANGE_PRISON},
		{"di tu", CHANGE_PRISON},
		{"chap hanh an", CHANGE_PRISON},
		{"chap hanh an phat tu", CHANGE_PRISON},
		{"other", CHANGE_OTHER},
		{"khac", CHANGE_OTHER},
		{"ly do khac", CHANGE_OTHER},
		{"het dieu kien", CHANGE_OTHER},
		{"khong con du dieu kien", CHANGE_OTHER},
	};
	const int reason = paylist_word_value(j, COL_REASON,
		PAYLIST_WORDS(words), CHANGE_REASON_NONE);

	/* Why somebody came or is altered is free text, and not kept. */
	if (out->kind != CHANGE_LEFT)
		return;
	if (reason < 0)
		paylist_say(j, COL_REASON, TROUBLE_BAD_REASON);
	else if (reason == CHANGE_REASON_NONE)
		paylist_say(j, COL_REASON, TROUBLE_MISSING);
	else
		out->reason = (enum change_reason)reason;
}

static void read_place(struct paylist_job *j)
{
	struct paylist_row *row = j->out;
	char text[PAYLIST_CODE_SIZE];

	paylist_need_text(j, COL_PERIOD, text, sizeof(text));
	if (text[0] && !period_parse(text, &row->period))
		paylist_say(j, COL_PERIOD, TROUBLE_BAD_PERIOD);
	paylist_need_text(j, COL_UNIT_CODE, row->unit_code,
		sizeof(row->unit_code));
}

static void read_person(struct paylist_job *j, enum change_kind kind)
{
	struct paylist_row *row = j->out;

	if (kind == CHANGE_CAME)
		paylist_need_name(j, COL_NAME, row->name, sizeof(row->name));
	else
		paylist_take_name(j, COL_NAME, row->name, sizeof(row->name));
	paylist_read_identity(j);
	paylist_take_text(j, COL_ADDRESS, row->address, sizeof(row->address));
	paylist_read_group(j, false);
	if (!paylist_amount(j->in, COL_MONTHLY_AMOUNT, &row->monthly))
		paylist_say(j, COL_MONTHLY_AMOUNT, TROUBLE_BAD_AMOUNT);
	paylist_take_text(j, COL_NOTE, row->note, sizeof(row->note));
}

static bool read_row(const struct sidelist *s, const struct paylist_cells *in,
	struct paylist_judge *judge)
{
	struct change_row row = {.person = {.row = in->row}};
	struct paylist_job j = {in, &row.person, judge};

	read_kind(&j, &row);
	read_place(&j);
	read_person(&j, row.kind);
	read_reason(&j, &row);
	sidelist_date(&j, &row.date);
	return judge->stopped ||
	       s->take.change(s->sink.ctx, &row, judge->errors);
}

static const struct sidelist_form form = {
	.must = SIDELIST_HAS(COL_KIND) | SIDELIST_HAS(COL_PERIOD) |
		SIDELIST_HAS(COL_UNIT_CODE),
	.any = SIDELIST_HAS(COL_BENEFICIARY_ID) | SIDELIST_HAS(COL_ID12) |
	       SIDELIST_HAS(COL_CMND9),
	.may = SIDELIST_HAS(COL_NAME) | SIDELIST_HAS(COL_DOB) |
	       SIDELIST_HAS(COL_SEX) | SIDELIST_HAS(COL_ADDRESS) |
	       SIDELIST_HAS(COL_GROUP) | SIDELIST_HAS(COL_REASON) |
	       SIDELIST_HAS(COL_DATE) | SIDELIST_HAS(COL_NOTE) |
	       SIDELIST_HAS(COL_MONTHLY_AMOUNT),
	.known = 4,
	.row = read_row,
};

enum cells_header changelist_header(const struct cells *row)
{
	return sidelist_header(&form, row);
}

struct sidelist *changelist_new(const struct change_sink *sink, struct err *err)
{
	struct sidelist *s = sidelist_new(&form, sink->ctx, sink->trouble, err);

	if (s)
		s->take.change = sink->row;
	return s;
}
