#include "support/surveytext.h"

#include "support/unit.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/buf.h"
#include "core/codec/list_in.h"
#include "core/codec/survey_in.h"

static char heard[16 * 1024];
static struct buf told;

struct text {
	const char *bytes;
	size_t len;
};

static int64_t read_at(void *ctx, int64_t at, void *out, size_t len)
{
	const struct text *t = ctx;

	if ((size_t)at >= t->len)
		return 0;
	if (len > t->len - (size_t)at)
		len = t->len - (size_t)at;
	memcpy(out, t->bytes + at, len);
	return (int64_t)len;
}

static bool on_row(void *ctx, const struct cells *row)
{
	struct err err = {.code = ERR_NONE};

	return survey_in_row(ctx, row, &err);
}

static bool on_trouble(void *ctx, const struct survey_error *e)
{
	(void)ctx;
	buf_printf(&told, "%s %" PRId64 " %s %s [%s]\n",
		survey_in_sheets[e->sheet], e->row, e->column,
		survey_trouble_code(e->trouble), e->value);
	return true;
}

const char *surveytext_troubles(const char *csv, struct survey *out)
{
	struct text t = {csv, strlen(csv)};
	const struct cells_file file = {&t, (int64_t)t.len, read_at};
	struct err err = {.code = ERR_NONE};
	struct survey_in *in = survey_in_new(NULL, on_trouble, &err);
	const struct cells_sink sink = {in, on_row};
	const struct survey *s = NULL;

	assert_non_null(in);
	buf_init(&told, heard, sizeof(heard));
	if (!list_in_read_sheets(&file, &sink, &err))
		buf_printf(&told, "!%s\n", err.text);
	else
		s = survey_in_end(in, &err);
	assert_int_equal(s != NULL, told.len == 0);
	if (s)
		*out = *s;
	survey_in_free(in);
	return buf_text(&told);
}

const struct survey *surveytext(const char *rows)
{
	static struct survey s;
	static char csv[32 * 1024];
	struct buf b;
	const char *wrong;

	buf_init(&b, csv, sizeof(csv));
	buf_printf(&b, "settings,\n,form_id,version\n,test,1\n"
		       "choices,\n,list_name,name,label\n"
		       ",who,self,Chính người đó\n,who,child,Con\n"
		       ",who,other,Người khác\n,yn,1,Có\n,yn,0,Không\n");
	for (int i = 1; i <= 20; i++)
		buf_printf(&b, ",many,c%d,Ý %d\n", i, i);
	buf_printf(&b,
		"survey,\n,type,name,label,required,relevant,constraint,"
		"hint\n%s",
		rows);
	wrong = surveytext_troubles(buf_text(&b), &s);
	if (wrong[0])
		fail_msg("%s", wrong);
	return &s;
}
