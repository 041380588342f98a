/* A questionnaire, on the flow's own states. */
#include "support/unit.h"

#include <string.h>

#include "core/codec/survey_kept.h"
#include "support/feed.h"
#include "support/sample.h"
#include "support/screens.h"
#include "support/surveytext.h"
#include "terminal/ui/questions_view.h"

static const struct date today = {2026, 12, 5};
static struct questions q;

static struct screens_keys show(struct canvas *c)
{
	struct screens_keys keys;

	questions_view(&q, "NGUYỄN THỊ ĐẸP", sample_info(), c);
	keys.b = questions_bindings(&q, &keys.count);
	return keys;
}

static void type(const char *keys)
{
	for (; *keys; keys++)
		questions_handle(&q,
			feed_key(*keys == '\n' ? K_ACCEPT
					       : (unsigned char)*keys));
}

/* The form that is built in. */
static void begin(const char *keys)
{
	static struct survey s;
	struct err err = {.code = ERR_NONE};

	assert_true(survey_kept_builtin(&s, &err));
	questions_start(&q, &s, today, TELEX_TELEX);
	type(keys);
}

static void begin_with(const char *rows, const char *keys)
{
	questions_start(&q, surveytext(rows), today, TELEX_OFF);
	type(keys);
}

static struct screens_keys note(struct canvas *c)
{
	begin("");
	return show(c);
}

static struct screens_keys one(struct canvas *c)
{
	begin("\n");
	return show(c);
}

static struct screens_keys one_required(struct canvas *c)
{
	begin("\n\n");
	return show(c);
}

static struct screens_keys one_chosen(struct canvas *c)
{
	begin("\n3");
	questions_handle(&q, feed_key(K_BACK));
	return show(c);
}

static struct screens_keys text(struct canvas *c)
{
	begin("\n6hangf xom");
	return show(c);
}

static struct screens_keys number(struct canvas *c)
{
	begin("\n121"
	      "999\n");
	return show(c);
}

static struct screens_keys many(struct canvas *c)
{
	begin("\n121"
	      "5\n15");
	return show(c);
}

static struct screens_keys many_refused(struct canvas *c)
{
	begin("\n121"
	      "5\n156");
	return show(c);
}

static struct screens_keys day(struct canvas *c)
{
	begin_with(",date,d,Ngày được cấp thẻ căn cước,,,,Xem mặt sau của "
		   "thẻ\n",
		"0512");
	return show(c);
}

static struct screens_keys barcode(struct canvas *c)
{
	begin_with(",barcode,b,Mã trên sổ lĩnh tiền\n", "");
	return show(c);
}

static struct screens_keys pages(struct canvas *c)
{
	begin_with(",select_multiple many,m,Những ý nào đúng?\n", "1.2");
	return show(c);
}

/* The longest label, and a choice longer than any line. */
static struct screens_keys longest(struct canvas *c)
{
	static struct survey s;

	assert_string_equal(
		surveytext_troubles("settings,\n,form_id,version\n,f,1\n"
				    "choices,\n,list_name,name,label\n"
				    ",l,a,Có\n"
				    ",l,b,\"Có, nhưng phải nhờ người khác đi "
				    "cùng vì đường xa và "
				    "khó đi lắm\"\n,l,c,Chưa biết\n,l,d,Không "
				    "nói\n,l,e,Để hỏi "
				    "lại người nhà đã\n,l,f,Không\n"
				    "survey,\n,type,name,label\n"
				    ",select_one l,q,\"Nếu nhận tiền qua tài "
				    "khoản thì người hưởng, "
				    "hoặc người thân sống cùng nhà, có tự đi "
				    "rút được tiền ở nơi "
				    "gần nhất trong ngày hôm ấy hay không?\"\n",
			&s),
		"");
	questions_start(&q, &s, today, TELEX_OFF);
	return show(c);
}

static struct screens_keys end(struct canvas *c)
{
	begin("\n6hangf xosm\n2"
	      "12\n"
	      "15\n13\n");
	return show(c);
}

static struct screens_keys end_of_few(struct canvas *c)
{
	begin_with(",select_one who,w,Ai trả lời?\n,integer,n,Mấy người?\n",
		"2"
		"4\n");
	assert_int_equal(q.step, QUESTIONS_END);
	return show(c);
}

static const struct screens_state states[] = {
	{"note", note, false},
	{"one", one, true},
	{"one_required", one_required, false},
	{"one_chosen", one_chosen, true},
	{"text", text, false},
	{"number", number, false},
	{"many", many, true},
	{"many_refused", many_refused, false},
	{"day", day, false},
	{"barcode", barcode, false},
	{"pages", pages, false},
	{"longest", longest, false},
	{"end", end, true},
	{"end_of_few", end_of_few, false},
};

int main(void)
{
	return screens_run("questions", states, COUNT_OF(states));
}
