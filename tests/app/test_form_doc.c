/* Forms A and B, cell by cell. */
#include "support/unit.h"

#include <stdlib.h>
#include <string.h>

#include "terminal/app/form_doc.h"

static char text[262144];

static bool put(void *ctx, const void *bytes, size_t len, struct err *err)
{
	size_t *used = ctx;

	(void)err;
	assert_true(*used + len < sizeof(text));
	memcpy(text + *used, bytes, len);
	*used += len;
	text[*used] = '\0';
	return true;
}

/* Every number another one, so that none can stand in another's place. */
static struct forms numbers(void)
{
	struct forms f = {.period = 202612, .only = "08341"};
	int64_t n = 100;

	for (int what = 0; what < FORM_WHATS; what++) {
		for (int g = 0; g < GROUP_COUNT; g++)
			f.group[g].n[what] = (struct form_count){n + 1, n + 2},
			n += 2;
		for (int s = 0; s < SUBGROUP_COUNT; s++)
			f.sub[s].n[what] = (struct form_count){n + 1, n + 2},
			n += 2;
	}
	f.group[GROUP_SOCIAL].n[FORM_MONEY] = (struct form_count){1499, 999499};
	f.group[GROUP_MERIT].n[FORM_MONEY] = (struct form_count){1500, 500};
	f.group[GROUP_OTHER].n[FORM_MONEY] = (struct form_count){2500, 499};
	return f;
}

static void write_form(enum form_paper form, const struct forms *f,
	enum paper_kind kind)
{
	size_t used = 0;
	const struct paper_sink sink = {&used, put};
	struct err err = {0};

	if (!form_doc_write(form, f, kind, &sink, &err))
		fail_msg("%s", err.text);
}

static void form_a_has_each_number_in_its_place(void **state)
{
	struct forms f = numbers();

	(void)state;
	memset(f.group, 0, sizeof(f.group));
	for (int g = GROUP_SOCIAL; g < GROUP_COUNT; g++)
		for (int what = 0; what < FORM_MONEY; what++)
			f.group[g].n[what] =
				(struct form_count){100 * (what + 1) + 10 * g,
					100 * (what + 1) + 10 * g + 1};
	f.group[GROUP_SOCIAL].n[FORM_MONEY] = (struct form_count){1499, 999499};
	f.group[GROUP_MERIT].n[FORM_MONEY] = (struct form_count){1500, 500};
	f.group[GROUP_OTHER].n[FORM_MONEY] = (struct form_count){2500, 499};
	write_form(FORM_A, &f, PAPER_CSV);
	assert_non_null(strstr(text,
		"\"I\",\"Tổng số đối tượng hưởng chính sách an sinh xã hội trên"
		" địa bàn\",\"Người\",360,110,111,120,121,130,131\r\n"
		"\"1\",\"Đối tượng Bảo trợ xã hội\",\"Người\",110,110,111,\"\","
		"\"\",\"\",\"\"\r\n"
		"\"2\",\"Đối tượng Người có công\",\"Người\",120,\"\",\"\",120,"
		"121,\"\",\"\"\r\n"
		"\"3\",\"Đối tượng "
		"khác\",\"Người\",130,\"\",\"\",\"\",\"\",130,"
		"131\r\n"
		"\"II\",\"Kết quả thực hiện rà soát đối tượng\",\"\",\"\",\"\","
		"\"\",\"\",\"\",\"\",\"\"\r\n"
		"\"1\",\"Số đối tượng đã thực hiện rà soát\",\"Người\",660,210,"
		"211,220,221,230,231\r\n"
		"\"2\",\"Số đối tượng đã có tài khoản (mong muốn chi trả qua"
		" tài khoản)\",\"Người\",960,310,311,320,321,330,331\r\n"
		"\"III\",\"Kết quả chi trả\",\"\",\"\",\"\",\"\",\"\",\"\","
		"\"\",\"\"\r\n"
		"\"1\",\"Số đối tượng đã được chi trả qua tài "
		"khoản\",\"Người\","
		"1260,410,411,420,421,430,431\r\n"
		/* Each cell rounded; their sum is of rounded ones. */
		"\"2\",\"Số tiền thực hiện chi trả qua tài khoản\",\"1000"
		" đồng\",6,1,999,2,1,3,0\r\n"));
}

static void form_b_has_all_rows(void **state)
{
	struct forms f = {.period = 202612};
	const char *at;
	int rows = 0;

	(void)state;
	for (int s = 0; s < SUBGROUP_COUNT; s++)
		for (int what = 0; what < FORM_WHATS; what++)
			f.sub[s].n[what] =
				(struct form_count){1000 * (what + 1) + s,
					1000 * (what + 1) + 500 + s};
	write_form(FORM_B, &f, PAPER_CSV);
	for (at = text; (at = strstr(at, "\r\n")); at++)
		rows++;
	assert_int_equal(rows, 1 + form_doc_rows(FORM_B));
	/* Part I: of no row, and rows 1 to 12. */
	assert_non_null(strstr(text,
		"\"I\",\"Đối tượng NCC và thân nhân hưởng trợ cấp ưu đãi hàng"
		" tháng\",13078,19578,26078,39078,52078,58578\r\n"));
	assert_non_null(strstr(text,
		"\"5\",\"Thương binh, người hưởng chính sách như thương binh,"
		" thương binh B\",1005,1505,2005,3005,4005,4505\r\n"));
	assert_non_null(strstr(text,
		"\"II\",\"Đối tượng khác\",3051,4551,6051,9051,12051,13551\r\n"
		"\"16\",\"Quân nhân tham gia"));
	assert_null(strstr(text, "\"13\","));
}

static void both_are_made_as_workbook_and_pdf(void **state)
{
	const struct forms f = numbers();

	(void)state;
	for (int form = 0; form < FORM_PAPERS; form++) {
		write_form((enum form_paper)form, &f, PAPER_XLSX);
		assert_memory_equal(text, "PK\x03\x04", 4);
		write_form((enum form_paper)form, &f, PAPER_PDF);
		assert_memory_equal(text, "%PDF-", 5);
	}
}

static void scripts_get_the_same_numbers(void **state)
{
	const struct forms f = numbers();
	cJSON *o = cJSON_CreateObject();
	char *said;

	(void)state;
	form_doc_json(FORM_A, &f, o);
	said = cJSON_PrintUnformatted(o);
	assert_non_null(strstr(said,
		"\"form\":\"a\",\"period\":\"2026-12\",\"unit\":\"08341\""));
	assert_non_null(strstr(said,
		"{\"row\":\"III.2\",\"btxh\":{\"until\":1,\"within\":999},"
		"\"ncc\":{\"until\":2,\"within\":1},\"khac\":{\"until\":3,"
		"\"within\":0},\"total\":6}"));
	free(said);
	cJSON_Delete(o);
	o = cJSON_CreateObject();
	form_doc_json(FORM_B, &f, o);
	assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(o, "lines")),
		form_doc_rows(FORM_B));
	cJSON_Delete(o);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(form_a_has_each_number_in_its_place),
		cmocka_unit_test(form_b_has_all_rows),
		cmocka_unit_test(both_are_made_as_workbook_and_pdf),
		cmocka_unit_test(scripts_get_the_same_numbers),
	};

	return cmocka_run_group_tests_name("form_doc", tests, NULL, NULL);
}
