#include "support/monthbook.h"

#include <stddef.h>

#include "support/xlsxbook.h"

struct day {
	int year;
	int month;
	int day;
};

static void write_texts(struct xlsxbook *b, uint32_t row,
	const char *const *text)
{
	for (int i = 0; text[i]; i++)
		if (text[i][0])
			xlsxbook_text(b, row, i, text[i]);
}

static void write_date(struct xlsxbook *b, uint32_t row, int column,
	struct day d)
{
	xlsxbook_date(b, row, column, d.year, d.month, d.day, "dd/mm/yyyy");
}

static void write_cover(struct xlsxbook *b)
{
	xlsxbook_sheet(b, "Bìa");
	xlsxbook_title(b, 0, 8, "ỦY BAN NHÂN DÂN XÃ CẨM KHÊ");
	xlsxbook_title(b, 2, 8, "HỒ SƠ CHI TRẢ THÁNG 01 NĂM 2027");
	xlsxbook_text(b, 4, 0, "Người lập");
	xlsxbook_text(b, 4, 4, "Chủ tịch");
}

static void write_register(struct xlsxbook *b)
{
	static const char *const header[] = {"STT", "Mã đơn vị", "Mã đối tượng",
		"Số CCCD", "Họ và tên", "Ngân hàng", "Số tài khoản", NULL};

	xlsxbook_sheet(b, "Hồ sơ");
	write_texts(b, 0, header);
	xlsxbook_number(b, 1, 0, 1);
	xlsxbook_text(b, 1, 1, "08341");
	xlsxbook_text(b, 1, 2, "PT260009");
}

static void write_changes(struct xlsxbook *b)
{
	static const char *const header[] = {"STT", "Biến động", "Từ tháng",
		"Mã đơn vị", "Mã đối tượng", "Số CCCD", "Họ và tên", "Lý do",
		"Ngày chết", "Mức trợ cấp", "Ghi chú", NULL};
	static const char *const left[] = {"", "Giảm", "", "08341", "PT260009",
		"025147954966", "Hà Thị Ty", "Chết", "", "",
		"Giấy báo tử số 12", NULL};
	static const char *const came[] = {"", "Tăng", "", "08341", "PT269001",
		"025145000112", "Nguyễn Thị Thử", "", "", "", "", NULL};

	xlsxbook_sheet(b, "Biến động");
	xlsxbook_title(b, 0, 10, "DANH SÁCH TĂNG, GIẢM, ĐIỀU CHỈNH");
	xlsxbook_title(b, 1, 10, "Kèm theo Công văn số 45/UBND-VX");
	write_texts(b, 3, header);
	write_texts(b, 4, left);
	write_texts(b, 5, came);
	for (uint32_t i = 0; i < 2; i++) {
		xlsxbook_number(b, 4 + i, 0, i + 1);
		xlsxbook_date(b, 4 + i, 2, 2026, 12, 1, "mm/yyyy");
	}
	write_date(b, 4, 8, (struct day){2026, 11, 5});
	xlsxbook_number(b, 5, 9, 540000);
}

static void write_payments(struct xlsxbook *b)
{
	static const char *const header[] = {"STT", "Kỳ", "Mã đơn vị",
		"Số danh sách", "Mã đối tượng", "Số CCCD", "Số CMND",
		"Họ và tên", "Ngày sinh", "Giới tính", "Địa chỉ", "Nhóm",
		"Tổng cộng", NULL};
	static const char *const person[][14] = {
		{"", "", "08341", "CK-2027-01", "PT260009", "025147954966", "",
			"Hà Thị Ty", "", "Nữ", "Thôn 3", "BTXH", NULL},
		{"", "", "08341", "CK-2027-01", "PT260018", "025045601158", "",
			"Lê Quang Lợi", "", "Nam", "Thôn 6", "NCC", NULL},
	};
	static const struct day birth[] = {{1947, 11, 17}, {1945, 4, 20}};
	static const double amount[] = {540000, 3012000};

	xlsxbook_sheet(b, "Chi trả");
	xlsxbook_title(b, 0, 12, "DANH SÁCH CHI TRẢ THÁNG 01/2027");
	write_texts(b, 2, header);
	for (uint32_t i = 0; i < 2; i++) {
		write_texts(b, 3 + i, person[i]);
		xlsxbook_number(b, 3 + i, 0, i + 1);
		xlsxbook_date(b, 3 + i, 1, 2027, 1, 1, "mm/yyyy");
		write_date(b, 3 + i, 8, birth[i]);
		xlsxbook_number(b, 3 + i, 12, amount[i]);
	}
}

static void write_answers(struct xlsxbook *b)
{
	static const char *const header[] = {"Mã đơn vị", "Mã đối tượng",
		"Ngân hàng", "Số tài khoản", "Kết quả", "Thông báo",
		"Ngày trả lời", NULL};
	static const char *const row[] = {"08341", "PT260018", "970405",
		"2700123456", "Sai tên", "Chủ tài khoản là LE QUANG LAI", "",
		NULL};

	xlsxbook_sheet(b, "Trả lời");
	xlsxbook_title(b, 0, 6, "KẾT QUẢ KIỂM TRA TÀI KHOẢN");
	write_texts(b, 1, header);
	write_texts(b, 2, row);
	write_date(b, 2, 6, (struct day){2026, 11, 30});
}

void monthbook_write(const char *path)
{
	struct xlsxbook *b = xlsxbook_new(path, false);

	write_cover(b);
	write_register(b);
	write_changes(b);
	write_payments(b);
	write_answers(b);
	xlsxbook_close(b);
}
