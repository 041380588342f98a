/* Questionnaires: what is read, and where it says what is wrong. */
#include "support/unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/asset.h"
#include "core/buf.h"
#include "core/codec/list_in.h"
#include "core/codec/survey_expr.h"
#include "core/codec/survey_in.h"
#include "core/codec/survey_kept.h"
#include "core/codec/survey_out.h"
#include "support/surveytext.h"
#include "support/tmpdir.h"
#include "support/xlsxbook.h"

#define SETTINGS "settings,\n,form_id,version\n,f,1\n"
#define SURVEY "survey,\n,type,name,label,required,relevant,constraint\n"
#define CHOICES "choices,\n,list_name,name,label\n,l,a,A\n,l,b,B\n"

static struct row {
	const char *name;
	const char *csv;
	const char *want;
} rows[] = {
	{"a question", SETTINGS SURVEY ",text,q,Q\n", ""},
	{"sheets in another order", SURVEY ",text,q,Q\n" SETTINGS, ""},
	{"of every kind",
		SETTINGS CHOICES SURVEY
		",text,a,A\n,integer,b,B\n,int,b2,B\n,date,c,C\n"
		",select_one l,d,D\n,select_multiple l,e,E\n,note,f,F\n"
		",barcode,g,G\n",
		""},
	{"yes and no, as spreadsheets have them",
		SETTINGS SURVEY ",text,a,A,yes\n,text,b,B,TRUE\n,text,c,C,no\n"
				",text,d,D,FALSE\n,text,e,E,true()\n",
		""},
	{"labels in two languages",
		SETTINGS "survey,\n,type,name,label::Tiếng Việt "
			 "(vi),label::English (en)\n,text,q,Hỏi,Ask\n",
		""},
	{"a language by its short name",
		SETTINGS "survey,\n,type,name,label::vi,label::en\n"
			 ",text,q,Hỏi,Ask\n",
		""},
	{"what has no meaning here is passed over",
		"settings,\n,form_id,version,default_language\n,f,1,vi\n"
		"survey,\n,type,name,label,appearance,note\n"
		",text,q,Q,multiline,to be asked\n",
		""},
	{"empty rows, and columns nobody filled in",
		SETTINGS "survey,\n,type,name,label,calculation,\n\n,,,,\n"
			 ",text,q,Q,,\n",
		""},
	{"sheets of others", SETTINGS SURVEY ",text,q,Q\nentities,\n,a,b\n",
		""},
	{"nothing", "",
		"survey 0  no_sheet [survey]\n"
		"settings 0  no_sheet [settings]\n"},
	{"a list of people", "period,name\n2026-12,An\n",
		"survey 0  no_sheet [survey]\n"
		"settings 0  no_sheet [settings]\n"},
	{"no settings", SURVEY ",text,q,Q\n",
		"settings 0  no_sheet [settings]\n"},
	{"settings without a row",
		"settings,\n,form_id,version\n" SURVEY ",text,q,Q\n",
		"settings 0 form_id missing []\n"},
	{"no questions", SETTINGS SURVEY, "survey 0  no_questions []\n"},
	{"no version", "settings,\n,form_id\n,f\n" SURVEY ",text,q,Q\n",
		"settings 2 version no_column []\n"
		"settings 3 version missing []\n"},
	{"a column lacks", SETTINGS "survey,\n,type,name\n,text,q\n",
		"survey 5 label no_column []\nsurvey 6 label missing []\n"},
	{"a column twice",
		SETTINGS "survey,\n,type,name,label,label::vi\n,text,q,Q,Q\n",
		"survey 5 label::vi two_columns []\n"},
	{"groups", SETTINGS SURVEY ",begin group,g,G\n,text,q,Q\n,end group,\n",
		"survey 6 type group [begin group]\n"
		"survey 8 type group [end group]\n"
		"survey 8 name missing []\nsurvey 8 label missing []\n"},
	{"repeats", SETTINGS SURVEY ",begin_repeat,g,G\n",
		"survey 6 type group [begin_repeat]\n"},
	{"types that are not read",
		SETTINGS SURVEY ",decimal,a,A\n,geopoint,b,B\n,calculate,c,C\n"
				",image,d,D\n,start,e,E\n,rank l,f,F\n",
		"survey 6 type bad_type [decimal]\n"
		"survey 7 type bad_type [geopoint]\n"
		"survey 8 type bad_type [calculate]\n"
		"survey 9 type bad_type [image]\n"
		"survey 10 type bad_type [start]\n"
		"survey 11 type bad_type [rank l]\n"},
	{"no type", SETTINGS SURVEY ",,q,Q\n", "survey 6 type missing []\n"},
	{"select_one without its list", SETTINGS SURVEY ",select_one,q,Q\n",
		"survey 6 type bad_list []\n"},
	{"a list that is not there",
		SETTINGS CHOICES SURVEY ",select_one x,q,Q\n",
		"survey 10 type bad_list [x]\n"},
	{"or_other", SETTINGS CHOICES SURVEY ",select_one l or_other,q,Q\n",
		"survey 10 type or_other [or_other]\n"},
	{"a name twice", SETTINGS SURVEY ",text,q,Q\n,text,q,Q\n",
		"survey 7 name same_name [q]\n"},
	{"names that are none",
		SETTINGS SURVEY ",text,1a,A\n,text,a b,A\n,text,ă,A\n"
				",text,meta,A\n,text,xmlq,A\n",
		"survey 6 name bad_name [1a]\nsurvey 7 name bad_name [a b]\n"
		"survey 8 name bad_name [ă]\nsurvey 9 name bad_name [meta]\n"
		"survey 10 name bad_name [xmlq]\n"},
	{"a name that is too long",
		SETTINGS SURVEY ",text,a123456789012345678901234567890x,A\n",
		"survey 6 name too_long []\n"},
	{"a choice twice",
		SETTINGS
		"choices,\n,list_name,name,label\n,l,a,A\n,l,a,A\n" SURVEY
		",select_one l,q,Q\n",
		"choices 7 name same_name [a]\n"},
	{"the same choice in two lists",
		SETTINGS "choices,\n,list_name,name,label\n,l,a,A\n,m,a,A\n"
			 ",l,b,B\n" SURVEY
			 ",select_one l,q,Q,,,\"selected(., 'b')\"\n",
		""},
	{"a choice with a blank",
		SETTINGS CHOICES ",l,a b,C\n" SURVEY ",select_one l,q,Q\n",
		"choices 8 name bad_name [a b]\n"},
	{"a column of ODK that would change what is asked",
		SETTINGS "survey,\n,type,name,label,default,calculation\n"
			 ",text,q,Q,x\n,text,r,R,y\n,text,s,S,,1+1\n",
		"survey 6 default bad_column [x]\n"
		"survey 8 calculation bad_column [1+1]\n"},
	{"a column misspelt",
		SETTINGS "survey,\n,type,name,label,relevent\n"
			 ",text,q,Q,${x} = 1\n",
		"survey 6 relevent bad_column [${x} = 1]\n"},
	{"another language",
		SETTINGS "survey,\n,type,name,label::vi,label::Hmong (hmn)\n"
			 ",text,q,Q,Q\n",
		"survey 6 label::Hmong (hmn) bad_column [Q]\n"},
	{"a cell without a column",
		SETTINGS "survey,\n,type,name,label\n"
			 ",text,q,Q,lost\n",
		"survey 6  bad_column [lost]\n"},
	{"choices by a filter",
		SETTINGS CHOICES "survey,\n,type,name,label,choice_filter\n"
				 ",select_one l,q,Q,a = ${b}\n",
		"survey 10 choice_filter bad_column [a = ${b}]\n"},
	{"an answer inside a label", SETTINGS SURVEY ",text,q,Hỏi ${q}\n",
		"survey 6 label name_in_text [Hỏi ${q}]\n"},
	{"a required that is worked out", SETTINGS SURVEY ",text,q,Q,${a}=1\n",
		"survey 6 required bad_required [${a}=1]\n"},
	{"a note that must be answered", SETTINGS SURVEY ",note,q,Q,yes\n",
		"survey 6 required note_asks []\n"},
	{"a note with a constraint", SETTINGS SURVEY ",note,q,Q,,,1=1\n",
		"survey 6 constraint note_asks []\n"},
	{"a condition of a later question",
		SETTINGS SURVEY ",text,a,A,,${b} = 'x'\n,text,b,B\n",
		"survey 6 relevant later_name [b]\n"},
	{"a condition with a function of ODK's",
		SETTINGS SURVEY ",text,a,A,,,\"regex(., 'x')\"\n",
		"survey 6 constraint function [regex]\n"},
	{"a mistake in a column hides none in a condition",
		SETTINGS "survey,\n,type,name,label,relevant,default\n"
			 ",text,q,Q,. = 1,x\n",
		"survey 6 default bad_column [x]\n"
		"survey 6 relevant dot [.]\n"},
	{"a choice with a mistake is not said to lack as well",
		SETTINGS CHOICES ",l,c d,C\n" SURVEY
				 ",select_one l,q,Q,,,. = 'c'\n",
		"choices 8 name bad_name [c d]\n"},
	{"two conditions, two mistakes",
		SETTINGS SURVEY ",text,a,A,,. = 'x',. = 5 div 2\n",
		"survey 6 relevant dot [.]\n"
		"survey 6 constraint operator [div]\n"},
	{"characters that cannot be seen",
		SETTINGS SURVEY ",text,q,Q\xe2\x80\x8b"
				"Q\n",
		"survey 6 label bad_text []\n"},
	{"no UTF-8", SETTINGS SURVEY ",text,q,Q\xff\n",
		"survey 6 label bad_text []\n"},
	{"settings twice", SETTINGS ",g,2\n" SURVEY ",text,q,Q\n",
		"settings 4 form_id too_many []\n"},
};

static void run_row(void **state)
{
	static struct survey s;
	const struct row *row = *state;

	assert_string_equal(surveytext_troubles(row->csv, &s), row->want);
}

/* ---- what was read ------------------------------------------------------- */

static void what_stands_there_is_there(void **state)
{
	static struct survey s;
	const struct survey_question *q;

	(void)state;
	assert_string_equal(
		surveytext_troubles("survey,\n,type,name,label::vi,label::en,"
				    "hint,required,required_message,relevant,"
				    "constraint,constraint_message::en\n"
				    ",text,a,Hỏi,Ask,,,,,,\n"
				    ",select_multiple l,b,Chọn,,Gợi ý,yes,"
				    "Phải chọn,${a} != '',count-selected(.) < "
				    "2,One only\n"
				    "choices,\n,list name,value,label::en,"
				    "label::vi\n,k,x,X,Ích\n,l,p,P,Pê\n,l,q,,"
				    "Quy\n"
				    "settings,\n,form_title,form_id,version\n"
				    ",Phiếu,f,2026-12\n",
			&s),
		"");
	assert_string_equal(survey_text(&s, s.id), "f");
	assert_string_equal(survey_text(&s, s.version), "2026-12");
	assert_string_equal(survey_text(&s, s.title), "Phiếu");
	assert_int_equal(s.questions, 2);
	assert_int_equal(survey_find(&s, "b"), 1);
	assert_int_equal(survey_find(&s, "c"), -1);
	q = &s.question[1];
	assert_int_equal(q->kind, SURVEY_MANY);
	assert_true(q->required);
	assert_string_equal(survey_words(&s, &q->label, SURVEY_EN), "Chọn");
	assert_string_equal(survey_words(&s, &q->hint, SURVEY_VI), "Gợi ý");
	assert_string_equal(survey_words(&s, &q->constraint_says, SURVEY_VI),
		"One only");
	assert_string_equal(survey_words(&s, &q->required_says, SURVEY_EN),
		"Phải chọn");
	assert_int_equal(s.list[q->list].count, 2);
	assert_string_equal(survey_words(&s,
				    &survey_choice(&s, q->list, 0)->label,
				    SURVEY_VI),
		"Pê");
	assert_int_equal(survey_choice_find(&s, q->list, "q"), 1);
	assert_int_equal(survey_choice_find(&s, q->list, "x"), -1);
	assert_string_equal(survey_words(&s, &s.question[0].label, SURVEY_EN),
		"Ask");
}

/* ---- limits -------------------------------------------------------------- */

/* That many rows of a sheet, numbered. */
static const char *many(const char *head, const char *row, int n,
	const char *tail)
{
	static char csv[256 * 1024];
	struct buf b;

	buf_init(&b, csv, sizeof(csv));
	buf_printf(&b, "%s", head);
	for (int i = 0; i < n; i++) {
		buf_printf(&b, ",");
		for (const char *c = row; *c; c++)
			if (*c == '#')
				buf_printf(&b, "%d", i);
			else
				buf_byte(&b, (unsigned char)*c);
		buf_printf(&b, "\n");
	}
	buf_printf(&b, "%s", tail);
	return buf_text(&b);
}

static void the_limits_are_said(void **state)
{
	static struct survey s;
	char words[SURVEY_LABEL_SIZE + 20] = "text,q#,";

	(void)state;
	assert_string_equal(surveytext_troubles(many(SETTINGS SURVEY,
							"text,q#,Q", 200, ""),
				    &s),
		"");
	assert_string_equal(surveytext_troubles(many(SETTINGS SURVEY,
							"text,q#,Q", 201, ""),
				    &s),
		"survey 206 type too_many []\n");
	assert_string_equal(surveytext_troubles(many(SETTINGS CHOICES, "l,c#,C",
							58,
							SURVEY
							",select_one l,q,Q\n"),
				    &s),
		"");
	assert_string_equal(surveytext_troubles(many(SETTINGS CHOICES, "l,c#,C",
							59,
							SURVEY
							",select_one l,q,Q\n"),
				    &s),
		"choices 66 list_name too_many [l]\n");
	assert_string_equal(surveytext_troubles(many(SETTINGS CHOICES, "l#,c,C",
							99,
							SURVEY
							",select_one l,q,Q\n"),
				    &s),
		"");
	assert_string_equal(surveytext_troubles(many(SETTINGS CHOICES, "l#,c,C",
							100,
							SURVEY
							",select_one l,q,Q\n"),
				    &s),
		"choices 107 list_name too_many [l99]\n");
	memset(words + 8, 'x', SURVEY_LABEL_SIZE - 1);
	assert_string_equal(surveytext_troubles(many(SETTINGS SURVEY, words, 1,
							""),
				    &s),
		"");
	words[8 + SURVEY_LABEL_SIZE - 1] = 'x';
	assert_string_equal(surveytext_troubles(many(SETTINGS SURVEY, words, 1,
							""),
				    &s),
		"survey 6 label too_long []\n");
}

/* ---- its text ------------------------------------------------------------ */

struct text {
	size_t len;
	char bytes[256 * 1024];
};

static bool add(void *ctx, const void *bytes, size_t len)
{
	struct text *t = ctx;

	assert_true(len < sizeof(t->bytes) - t->len);
	memcpy(t->bytes + t->len, bytes, len);
	t->len += len;
	t->bytes[t->len] = '\0';
	return true;
}

static void its_text_is_read_again_as_the_same(void **state)
{
	static struct survey first;
	static struct survey again;
	static struct text text;
	static struct text second;
	struct err err = {.code = ERR_NONE};

	(void)state;
	first = *surveytext(",text,a,\"A \"\"quoted\"\", with a comma\",yes,,"
			    "string-length(.) < 9,-1 + 2\n"
			    ",select_one who,b,B,,\"${a} != '' and ${a} != "
			    "\"\"x\"\"\",\n,note,c,\"=1+1\",,,,\n");
	text.len = 0;
	second.len = 0;
	assert_true(survey_out_write(&first, &text, add));
	if (!survey_kept_read(text.bytes, text.len, &again, &err))
		fail_msg("%s", err.text);
	assert_true(survey_out_write(&again, &second, add));
	assert_string_equal(text.bytes, second.bytes);
	assert_memory_equal(first.sha256, again.sha256, sizeof(first.sha256));
	/* Another word is another questionnaire. */
	text.bytes[text.len - 30] ^= 1;
	if (survey_kept_read(text.bytes, text.len, &again, &err))
		assert_memory_not_equal(first.sha256, again.sha256,
			sizeof(first.sha256));
}

static bool refuse(void *ctx, const void *bytes, size_t len)
{
	(void)bytes;
	*(size_t *)ctx += len;
	return false;
}

static void writing_stops_where_nobody_takes_more(void **state)
{
	size_t taken = 0;

	(void)state;
	assert_false(survey_out_write(surveytext(",text,a,A\n"), &taken,
		refuse));
	assert_true(taken > 0 && taken < 40);
}

/* The one that is built in: right, its own text, and nobody has to lie. */
static void the_built_in_one_is_good(void **state)
{
	static struct survey s;
	static struct text text;
	struct err err = {.code = ERR_NONE};
	const struct asset *a = NULL;

	(void)state;
	if (!survey_kept_builtin(&s, &err))
		fail_msg("%s", err.text);
	for (size_t i = 0; i < assets_count; i++)
		if (strcmp(assets[i].path, "assets/questions/visit-1.csv") == 0)
			a = &assets[i];
	assert_non_null(a);
	text.len = 0;
	survey_out_write(&s, &text, add);
	assert_string_equal(text.bytes, (const char *)a->data);
	for (int i = 0; i < s.questions; i++)
		for (int lang = 0; lang < SURVEY_LANGS; lang++)
			assert_true(s.question[i].label.at[lang] > 0);
}

static void a_bad_text_names_its_first_mistake(void **state)
{
	static const char bad[] = SETTINGS SURVEY ",text,q,Q\n,x,r,R\n,y,s,S\n";
	static struct survey s;
	struct err err = {.code = ERR_NONE};

	(void)state;
	assert_false(survey_kept_read(bad, sizeof(bad) - 1, &s, &err));
	assert_int_equal(err.code, ERR_INVALID);
	assert_string_equal(err.text, "questions: sheet survey, row 7, column "
				      "type: bad_type [x]");
	assert_false(survey_kept_read("a\"b\n", 4, &s, &err));
	assert_int_equal(err.code, ERR_INVALID);
}

/* ---- stopping ------------------------------------------------------------ */

static bool stop(void *ctx, const struct survey_error *e)
{
	(void)e;
	++*(int *)ctx;
	return false;
}

static void the_sink_can_stop(void **state)
{
	static struct cells row;
	struct err err = {.code = ERR_NONE};
	int told = 0;
	struct survey_in *in = survey_in_new(&told, stop, &err);

	(void)state;
	cells_begin(&row, 1);
	cells_set(&row, 0, "type", 4);
	assert_false(survey_in_row(in, &row, &err));
	assert_int_equal(err.code, ERR_BUSY);
	assert_false(survey_in_row(in, &row, &err));
	assert_null(survey_in_end(in, &err));
	assert_int_equal(err.code, ERR_BUSY);
	assert_int_equal(told, 1);
	assert_true(survey_in_errors(in) >= 1);
	survey_in_free(in);
	survey_in_free(NULL);
}

/* ---- a workbook ---------------------------------------------------------- */

static int64_t read_book_at(void *ctx, int64_t at, void *out, size_t len)
{
	return pread(*(const int *)ctx, out, len, at);
}

static bool take_row(void *ctx, const struct cells *row)
{
	struct err err = {.code = ERR_NONE};

	return survey_in_row(ctx, row, &err);
}

static bool no_trouble(void *ctx, const struct survey_error *e)
{
	(void)ctx;
	fail_msg("row %d, %s: %s", (int)e->row, e->column,
		survey_trouble_code(e->trouble));
	return false;
}

/* The sheets of a workbook are the same as those of the text, whatever stands
 * between them; numbers and TRUE are cells of their own kinds there. */
static void a_workbook_is_read_as_its_text(void **state)
{
	static struct survey text;
	struct err err = {.code = ERR_NONE};
	struct survey_in *in = survey_in_new(NULL, no_trouble, &err);
	const struct cells_sink sink = {in, take_row};
	struct cells_file file = {.read_at = read_book_at};
	const struct survey *s;
	struct xlsxbook *b;
	char dir[256];
	char path[512];
	int fd;

	(void)state;
	tmpdir_make(dir, sizeof(dir));
	b = xlsxbook_new(tmpdir_path(dir, "form.xlsx", path, sizeof(path)),
		false);
	xlsxbook_sheet(b, "survey");
	for (int i = 0; i < 5; i++)
		xlsxbook_text(b, 0, i,
			(const char *const[]){"type", "name", "label::vi",
				"required", "constraint"}[i]);
	xlsxbook_text(b, 1, 0, "select_one l");
	xlsxbook_text(b, 1, 1, "q");
	xlsxbook_text(b, 1, 2, "Hỏi");
	xlsxbook_number(b, 1, 3, 1);
	xlsxbook_text(b, 1, 4, ". = ‘1’");
	xlsxbook_sheet(b, "Ghi chú");
	xlsxbook_text(b, 0, 0, "type");
	xlsxbook_sheet(b, "choices");
	xlsxbook_text(b, 0, 0, "list_name");
	xlsxbook_text(b, 0, 1, "name");
	xlsxbook_text(b, 0, 2, "label");
	xlsxbook_text(b, 1, 0, "l");
	xlsxbook_number(b, 1, 1, 1);
	xlsxbook_text(b, 1, 2, "Có");
	xlsxbook_sheet(b, "settings");
	xlsxbook_text(b, 0, 0, "form_id");
	xlsxbook_text(b, 0, 1, "version");
	xlsxbook_text(b, 1, 0, "f");
	xlsxbook_number(b, 1, 1, 20261201);
	xlsxbook_close(b);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	file.ctx = &fd;
	file.size = lseek(fd, 0, SEEK_END);
	if (!list_in_read_sheets(&file, &sink, &err))
		fail_msg("%s", err.text);
	close(fd);
	tmpdir_remove(dir);
	s = survey_in_end(in, &err);
	assert_non_null(s);
	assert_string_equal(
		surveytext_troubles("settings,\n,form_id,version\n,f,20261201\n"
				    "choices,\n,list_name,name,label\n,l,1,Có\n"
				    "survey,\n,type,name,label,required,"
				    "constraint\n,select_one l,q,Hỏi,yes,. = "
				    "‘1’\n",
			&text),
		"");
	assert_memory_equal(s->sha256, text.sha256, sizeof(text.sha256));
	survey_in_free(in);
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows) + 8];
	const struct CMUnitTest others[] = {
		cmocka_unit_test(what_stands_there_is_there),
		cmocka_unit_test(the_limits_are_said),
		cmocka_unit_test(its_text_is_read_again_as_the_same),
		cmocka_unit_test(writing_stops_where_nobody_takes_more),
		cmocka_unit_test(the_built_in_one_is_good),
		cmocka_unit_test(a_bad_text_names_its_first_mistake),
		cmocka_unit_test(the_sink_can_stop),
		cmocka_unit_test(a_workbook_is_read_as_its_text),
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		tests[i] = (struct CMUnitTest){.name = rows[i].name,
			.test_func = run_row,
			.initial_state = &rows[i]};
	memcpy(tests + COUNT_OF(rows), others, sizeof(others));
	return cmocka_run_group_tests_name("questionnaires", tests, NULL, NULL);
}
