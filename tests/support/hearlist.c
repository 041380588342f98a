#include "support/hearlist.h"

#include <inttypes.h>
#include <string.h>

static bool hear_row(void *ctx, const struct paylist_row *row, int errors)
{
	struct hearlist *s = ctx;

	s->last = *row;
	s->rows++;
	s->sum += row->total;
	buf_printf(&s->told, "%" PRId64 " %s %" PRId64 "%s\n", row->row,
		row->name, row->total, errors ? " bad" : "");
	return s->rows != s->stop_at;
}

static bool hear_trouble(void *ctx, const struct paylist_error *e)
{
	struct hearlist *s = ctx;

	s->troubles++;
	s->errors += paylist_trouble_is_error(e->trouble);
	buf_printf(&s->told, "%" PRId64 " %s %s [%s]\n", e->row,
		paylist_column_name(e->column),
		paylist_trouble_code(e->trouble), e->value);
	return true;
}

void hearlist_init(struct hearlist *s)
{
	memset(s, 0, sizeof(*s));
	buf_init(&s->told, s->text, sizeof(s->text));
}

void hearlist_sink(struct hearlist *s, struct paylist_sink *out)
{
	*out = (struct paylist_sink){s, hear_row, hear_trouble};
}

bool hearlist_read(struct hearlist *s, const char *text, size_t len,
	size_t piece, struct err *err)
{
	const struct paylist_sink sink = {s, hear_row, hear_trouble};
	struct paylist_reader *r = paylist_reader_new(&sink, err);
	bool ok = r != NULL;

	for (size_t at = 0; ok && at < len; at += piece)
		ok = paylist_reader_feed(r, text + at,
			len - at < piece ? len - at : piece, err);
	ok = ok && paylist_reader_end(r, err);
	paylist_reader_free(r);
	return ok;
}
