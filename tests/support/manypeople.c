#include "support/manypeople.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>

#include "core/str.h"

struct choice {
	const char *text;
	int weight; /* of 1000 in its table */
};

static const struct choice families[] = {
	{"Nguyễn", 384},
	{"Trần", 110},
	{"Lê", 95},
	{"Phạm", 71},
	{"Hoàng", 51},
	{"Phan", 45},
	{"Vũ", 39},
	{"Đặng", 21},
	{"Bùi", 20},
	{"Đỗ", 14},
	{"Hồ", 13},
	{"Ngô", 13},
	{"Dương", 10},
	{"Lý", 5},
	{"Đinh", 20},
	{"Hà", 20},
	{"Quách", 5},
	{"Lò", 15},
	{"Giàng", 10},
	{"Tạ", 9},
	{"Cao", 10},
	{"Lương", 10},
	{"Trịnh", 10},
};

static const struct choice middles[2][10] = {
	{{"Văn", 520}, {"Đình", 90}, {"Hữu", 80}, {"Xuân", 70}, {"Quang", 60},
		{"Đức", 60}, {"Ngọc", 50}, {"Bá", 30}, {"Duy", 20}, {"A", 20}},
	{{"Thị", 700}, {"Thị Ngọc", 50}, {"Thị Thu", 50}, {"Thị Kim", 40},
		{"Thị Hồng", 40}, {"Thị Bích", 30}, {"Ngọc", 30}, {"Thanh", 30},
		{"Thuý", 20}, {"Mai", 10}},
};

static const char *const given[] = {"An", "Ánh", "Bảo", "Bình", "Bích", "Cảnh",
	"Chiến", "Chính", "Công", "Cúc", "Cường", "Dần", "Diệp", "Dung", "Dũng",
	"Duyên", "Đào", "Đạt", "Đẹp", "Điểm", "Đoàn", "Đông", "Gấm", "Giang",
	"Hà", "Hải", "Hạnh", "Hằng", "Hiền", "Hiếu", "Hoa", "Hoà", "Hoàn",
	"Hồng", "Huệ", "Hùng", "Hương", "Hường", "Khanh", "Khoa", "Kiên",
	"Kiều", "Lan", "Lâm", "Liên", "Liễu", "Linh", "Loan", "Long", "Lụa",
	"Lý", "Mai", "Mão", "Minh", "Mùi", "My", "Năm", "Nga", "Ngà", "Ngân",
	"Nghĩa", "Nguyệt", "Nhàn", "Nhung", "Oanh", "Phúc", "Phượng", "Quý",
	"Quyên", "Sáu", "Sơn", "Sửu", "Tám", "Tâm", "Thành", "Thảo", "Thắm",
	"Thêm", "Thìn", "Thoa", "Thơm", "Thuận", "Tỉnh", "Tín", "Tuất", "Tư",
	"Tứ", "Út", "Vân", "Vinh", "Xuyến", "Yến"};

static const char *const communes[] = {"xã Cẩm Khê", "xã Phú Khê",
	"xã Hùng Việt", "xã Đồng Lương", "xã Tiên Lương", "xã Vân Bán"};

/* A fixed scatter of i; salt makes independent ones (splitmix64). */
static uint64_t scatter(int64_t i, uint64_t salt)
{
	uint64_t z = (uint64_t)i * UINT64_C(0x9e3779b97f4a7c15) +
		     salt * UINT64_C(0xd1342543de82ef95);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

static const char *choose(const struct choice *from, size_t n, uint64_t at)
{
	int left = (int)(at % 1000);
	size_t i = 0;

	while (i + 1 < n && left >= from[i].weight)
		left -= from[i++].weight;
	return from[i].text;
}

static void set_name(int64_t i, struct manyperson *out)
{
	const char *family = choose(families,
		sizeof(families) / sizeof(families[0]), scatter(i, 1));
	const char *middle = choose(middles[out->female], 10, scatter(i, 2));

	snprintf(out->name, sizeof(out->name), "%s %s %s", family, middle,
		given[scatter(i, 3) % (sizeof(given) / sizeof(given[0]))]);
}

/* Exactly so many digits, and the NUL. */
static void put_digits(char *out, int width, int64_t number)
{
	out[width] = '\0';
	for (int i = width - 1; i >= 0; i--) {
		out[i] = (char)('0' + number % 10);
		number /= 10;
	}
}

/* 7919 has no factor in common with 10, so a million rows differ in six
 * digits; the second million has another province. */
static void set_numbers(int64_t i, int year, struct manyperson *out)
{
	const int64_t head = i < 1000000 ? 25 : 26;

	snprintf(out->beneficiary_id, sizeof(out->beneficiary_id),
		"PT%07" PRId64, i * 7919 % MANYPEOPLE_MAX);
	put_digits(out->id12, 12,
		((head * 10 + out->female) * 100 + year % 100) * 1000000 +
			i * 7919 % 1000000);
	out->old_id[0] = '\0';
	if (i % 3 == 0)
		put_digits(out->old_id, 9, 130000000 + i * 104729 % 10000000);
}

void manypeople_get(int64_t i, struct manyperson *out)
{
	const int year = 1930 + (int)(scatter(i, 4) % 55);
	const int month = 1 + (int)(scatter(i, 5) % 12);
	const int day = 1 + (int)(scatter(i, 6) % 28);
	const size_t n_communes = sizeof(communes) / sizeof(communes[0]);

	assert(i >= 0 && i < MANYPEOPLE_MAX);
	*out = (struct manyperson){.female = scatter(i, 7) % 100 < 60};
	set_name(i, out);
	set_numbers(i, year, out);
	if (scatter(i, 8) % 10 == 0)
		snprintf(out->birth, sizeof(out->birth), "%d", year);
	else
		snprintf(out->birth, sizeof(out->birth), "%02d/%02d/%d", day,
			month, year);
	snprintf(out->address, sizeof(out->address),
		"Thôn %d, %s, tỉnh Phú Thọ", 1 + (int)(scatter(i, 9) % 12),
		communes[scatter(i, 10) % n_communes]);
	out->group = scatter(i, 11) % 10 < 7 ? "BTXH" : "NCC";
	out->monthly = out->group[0] == 'B' ? 540000 : 3012000;
	out->arrears = scatter(i, 12) % 20 == 0 ? out->monthly : 0;
	out->funeral = scatter(i, 13) % 200 == 0 ? 10800000 : 0;
	out->account = scatter(i, 14) % 10 == 0;
}

static void write_amounts(FILE *f, const struct manyperson *p, int32_t period)
{
	const int before = period % 100 == 1 ? period - 89 : period - 1;

	fprintf(f, "%" PRId64 ",", p->monthly);
	if (p->arrears)
		fprintf(f, "%" PRId64 ",%d-%02d,", p->arrears, before / 100,
			before % 100);
	else
		fprintf(f, "0,,");
	fprintf(f, "%" PRId64 ",0,%" PRId64 ",", p->funeral,
		p->monthly + p->arrears + p->funeral);
}

static void write_row(FILE *f, int64_t i, int32_t period)
{
	struct manyperson p;

	manypeople_get(i, &p);
	fprintf(f, "%d-%02d,25.08542,DS-%d,%" PRId64 ",%s,%s,%s,%s,%s,%s,",
		period / 100, period % 100, period, i + 1, p.beneficiary_id,
		p.id12, p.old_id, p.name, p.birth, p.female ? "Nữ" : "Nam");
	fprintf(f, "\"%s\",%s,%s,", p.address, p.group,
		p.group[0] == 'B' ? "" : "5");
	write_amounts(f, &p, period);
	if (p.account)
		fprintf(f, "self,,,account,970405,%013" PRId64 ",\n",
			i * 7919 % 10000000 + 2700000000000);
	else
		fprintf(f, "self,,,cash,,,\n");
}

bool manypeople_write(const char *path, int64_t rows, int32_t period)
{
	FILE *f = fopen(path, "w");
	bool ok;

	if (!f)
		return false;
	fprintf(f, "period,unit_code,list_no,seq,beneficiary_id,id12,cmnd9,"
		   "name,dob,sex,address,group,subgroup,monthly_amount,"
		   "arrears_amount,arrears_months,funeral_amount,"
		   "carry_over_amount,total,payee,payee_name,payee_id,method,"
		   "account_bin,account_no,note\n");
	for (int64_t i = 0; i < rows; i++)
		write_row(f, i, period);
	ok = !ferror(f);
	return fclose(f) == 0 && ok;
}
