/* Header and footer: what always stands there, and what gives way. */
#include "support/unit.h"

#include <string.h>

#include "core/tr.h"
#include "support/sample.h"
#include "terminal/ui/frame.h"

static const struct binding keys[] = {
	{K_ACCEPT, "ENTER", "Pay out", NULL, true},
	{'2', "2", "Somebody with an authorisation", "By proxy", false},
	{K_DOWN, "Down", "More below", "Below", false},
	{'.', ".", "More below", "Below", false},
	{K_ERASE, "<-", "Rub out", NULL, false},
	{K_SCAN, "", "Or scan", NULL, false},
	{'0', "0", "Go back", NULL, false},
	{'#', "#", "Aid", NULL, false},
};

static const struct frame plain = {.title = "TITLE",
	.binding = keys,
	.bindings = COUNT_OF(keys)};

static char drawn[CANVAS_DUMP_SIZE];

static const char *draw(const struct frame_info *info,
	const struct frame *frame, int rows, int cols, int lines)
{
	static struct canvas c;
	static struct sheet s;

	canvas_clear(&c, rows, cols);
	sheet_init(&s, &c);
	for (int i = 0; i < lines; i++)
		sheet_print(&s, RANK_MUST, STYLE_NORMAL, "line %d", i);
	frame_show(&c, info, frame, &s);
	canvas_dump(&c, drawn, sizeof(drawn));
	return drawn;
}

static void has(const char *text)
{
	if (!strstr(drawn, text))
		fail_msg("\"%s\" is not on the screen:\n%s", text, drawn);
}

static void lacks(const char *text)
{
	if (strstr(drawn, text))
		fail_msg("\"%s\" is on the screen:\n%s", text, drawn);
}

static const int size[][2] = {{25, 80}, {30, 53}, {24, 40}, {15, 40}, {15, 80},
	{15, 53}, {128, 256}};

static void who_network_unsent_and_progress_are_on_every_size(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(size); i++) {
		draw(sample_info(), &plain, size[i][0], size[i][1], 1);
		has("TITLE");
		has("Lan");
		has("MẤT MẠNG");
		has("37 chờ gửi");
		has("142/200");
		has("ENTER  Pay out");
	}
}

static void where_is_on_all_but_the_narrow_ones(void **state)
{
	(void)state;
	draw(sample_info(), &plain, 25, 80, 1);
	has("Bưu cục Cẩm Khê · quầy 2 · Lan");
	draw(sample_info(), &plain, 30, 53, 1);
	has("Bưu cục Cẩm Khê · quầy 2");
}

/* The header's first line ends the name before what stands at the right. */
static void first_line(const struct frame_info *info, int rows, int cols,
	const char *title, const char *want)
{
	struct frame frame = plain;
	size_t len;

	frame.title = title;
	draw(info, &frame, rows, cols, 1);
	len = strcspn(drawn, "\n");
	drawn[len] = '\0';
	if (strncmp(drawn, want, strlen(want)) != 0)
		fail_msg("\"%s\" does not begin with \"%s\"", drawn, want);
	assert_null(strstr(drawn, "·  "));
}

static void who_works_is_never_cut(void **state)
{
	struct frame_info info = *sample_info();

	(void)state;
	info.demo = true;
	first_line(&info, 25, 80, "CHI TIỀN",
		"CHI TIỀN [TẬP HUẤN]  Bưu cục Cẩm Khê · Lan ");
	first_line(&info, 25, 80, "KHÔNG CHI ĐƯỢC",
		"KHÔNG CHI ĐƯỢC [TẬP HUẤN]  Bưu cục Cẩm Khê · Lan ");
	first_line(&info, 15, 40, "KHÔNG CHI ĐƯỢC",
		"KHÔNG CHI ĐƯỢC [TẬP HUẤN] · Lan  142/200");
	info.user = "Nguyễn Thị Phương Thảo";
	first_line(&info, 25, 80, "CHI TIỀN",
		"CHI TIỀN [TẬP HUẤN]  Bưu cục Cẩm Khê · Thảo ");
	first_line(&info, 15, 40, "CHI TIỀN", "CHI TIỀN [TẬP HUẤN] · Thảo ");
	/* The title gives way last, and by whole words. */
	first_line(&info, 15, 40, "KHÔNG CHI ĐƯỢC",
		"KHÔNG CHI [TẬP HUẤN] · Thảo ");
}

static void only_acknowledged_counts_as_sent(void **state)
{
	struct frame_info info = *sample_info();
	struct status status = *sample_status();

	(void)state;
	info.status = &status;
	status.sent = status.made;
	draw(&info, &plain, 25, 80, 1);
	has("37 chờ gửi");
	status.acked = status.made;
	draw(&info, &plain, 25, 80, 1);
	has("đã gửi hết");
	/* The centre may know more than a restored store. */
	status.acked = status.made + 5;
	draw(&info, &plain, 25, 80, 1);
	has("đã gửi hết");
}

static void keys_that_mean_the_same_stand_together(void **state)
{
	(void)state;
	draw(sample_info(), &plain, 25, 80, 1);
	has("↓/. More below");
	has("← Rub out");
	has("   Or scan");
}

static void short_texts_where_it_is_narrow(void **state)
{
	(void)state;
	draw(sample_info(), &plain, 25, 80, 1);
	has("2 Somebody with an authorisation");
	has("# Aid");
	draw(sample_info(), &plain, 24, 40, 1);
	has("2 By proxy");
	has("# ?");
}

static void a_desk_notice_goes_before_the_flows(void **state)
{
	const struct notice of_desk = {.level = NOTICE_WARN, .text = "desk"};
	const struct notice of_flow = {.level = NOTICE_STOP, .text = "flow"};
	struct frame_info info = *sample_info();
	struct frame frame = plain;

	(void)state;
	frame.notice = &of_flow;
	draw(&info, &frame, 25, 80, 1);
	has("■ flow");
	info.notice = &of_desk;
	draw(&info, &frame, 25, 80, 1);
	has("▲ desk");
	lacks("flow");
}

static void a_note_gives_way_to_lines_that_must_be_seen(void **state)
{
	struct notice note = {.level = NOTICE_NOTE, .text = "by the way"};
	struct frame frame = plain;

	(void)state;
	frame.notice = &note;
	draw(sample_info(), &frame, 15, 40, 3);
	has("by the way");
	draw(sample_info(), &frame, 15, 40, 9);
	lacks("by the way");
	has("line 8");
	note.level = NOTICE_WARN;
	draw(sample_info(), &frame, 15, 40, 9);
	has("▲ by the way");
	has("line 8");
	draw(sample_info(), &frame, 15, 40, 10);
	has("▲ by the way");
	has("Còn nữa");
}

/*
 * A warning of three rows and the terminal's troubles, at 40x15, around more
 * and more that must be seen: what gives way, and in which order.
 */
static void a_warning_and_troubles_give_way_too(void **state)
{
	static const struct {
		int lines;
		const char *has[3];
		const char *lacks[3];
	} rows[] = {
		{5, {"NO NETWORK", "▲ See the printer", "once."}, {"...#"}},
		{6, {"▲ See the printer", "37 to send", "once."},
			{"NO NETWORK", "...#"}},
		{7, {"▲ See the printer", "takes", "...#"},
			{"NO NETWORK", "once."}},
		{8, {"▲ Something", "...#", "Next is"}, {"takes"}},
		{9, {"─ ▲ Something", "...#", "line 8"},
			{"bigger screen", "Next is"}},
	};

	(void)state;
	tr_set_lang("en");
	sample_trouble("Something happened that has nothing to do with this "
		       "screen, and it takes three rows to say it all at "
		       "once.");
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		draw(sample_info(), &plain, 15, 40, rows[i].lines);
		for (size_t k = 0; k < 3 && rows[i].has[k]; k++)
			has(rows[i].has[k]);
		for (size_t k = 0; k < 3 && rows[i].lacks[k]; k++)
			lacks(rows[i].lacks[k]);
	}
	sample_trouble(NULL);
	tr_set_lang("vi");
}

static void who_is_next_and_the_drawer_share_the_rule(void **state)
{
	struct frame_info info = *sample_info();
	struct frame frame = plain;

	(void)state;
	draw(&info, &frame, 25, 80, 1);
	lacks("Tồn quỹ");
	frame.drawer_shown = true;
	info.next = "Trần Văn Ba";
	draw(&info, &frame, 25, 80, 1);
	has("─ Tồn quỹ 43.500.000 đồng ─");
	has("─ Kế tiếp: Trần Văn Ba ─");
	/* Together they do not fit: who is next stays whole. */
	draw(&info, &frame, 24, 40, 1);
	has("─ Kế tiếp: Trần Văn Ba ─");
	lacks("Tồn quỹ");
}

static void choices_of_the_body_are_not_said_twice(void **state)
{
	struct frame frame = plain;

	(void)state;
	frame.choices_in_body = true;
	draw(sample_info(), &frame, 25, 80, 1);
	lacks("Somebody");
	has("0 Go back");
}

static void too_small_says_only_that(void **state)
{
	(void)state;
	draw(sample_info(), &plain, 14, 40, 1);
	has("Màn hình nhỏ quá: 40 x 14");
	lacks("TITLE");
	lacks("ENTER");
}

static void body_rows_are_what_the_body_gets(void **state)
{
	static struct canvas c;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(size); i++) {
		int rows;

		canvas_clear(&c, size[i][0], size[i][1]);
		rows = frame_body_rows(&c, sample_info(), &plain);
		draw(sample_info(), &plain, size[i][0], size[i][1], rows);
		lacks("Còn nữa");
		draw(sample_info(), &plain, size[i][0], size[i][1], rows + 1);
		has("Còn nữa");
	}
}

static void the_age_needs_a_birth_and_a_clock(void **state)
{
	struct frame_info info = *sample_info();

	(void)state;
	assert_int_equal(frame_age(&info, (struct date){1944, 9, 2}), 82);
	assert_int_equal(frame_age(&info, (struct date){1944, 12, 6}), 81);
	assert_int_equal(frame_age(&info, (struct date){1944, 0, 0}), 82);
	assert_int_equal(frame_age(&info, (struct date){0, 0, 0}), -1);
	info.now = 0;
	assert_int_equal(frame_age(&info, (struct date){1944, 9, 2}), -1);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			who_network_unsent_and_progress_are_on_every_size),
		cmocka_unit_test(where_is_on_all_but_the_narrow_ones),
		cmocka_unit_test(who_works_is_never_cut),
		cmocka_unit_test(only_acknowledged_counts_as_sent),
		cmocka_unit_test(keys_that_mean_the_same_stand_together),
		cmocka_unit_test(short_texts_where_it_is_narrow),
		cmocka_unit_test(a_desk_notice_goes_before_the_flows),
		cmocka_unit_test(a_note_gives_way_to_lines_that_must_be_seen),
		cmocka_unit_test(a_warning_and_troubles_give_way_too),
		cmocka_unit_test(who_is_next_and_the_drawer_share_the_rule),
		cmocka_unit_test(choices_of_the_body_are_not_said_twice),
		cmocka_unit_test(too_small_says_only_that),
		cmocka_unit_test(body_rows_are_what_the_body_gets),
		cmocka_unit_test(the_age_needs_a_birth_and_a_clock),
	};

	return cmocka_run_group_tests_name("frame", tests, NULL, NULL);
}
