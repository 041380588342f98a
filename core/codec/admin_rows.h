/*
 * admin_rows.h - the tables behind admin.h, as assets/mkadmin.c writes them.
 *
 * Names are offsets into one text, so that the program starts without
 * touching a table: nothing here has to be relocated, indexed or allocated.
 * Only admin.c and admin_address.c read them.
 */
#ifndef CORE_CODEC_ADMIN_ROWS_H
#define CORE_CODEC_ADMIN_ROWS_H

#include <stdint.h>

/* By code. */
struct admin_province_row {
	uint8_t code;
	uint32_t full_name; /* "Thành phố Hà Nội", in admin_text */
};

/* By code. */
struct admin_unit_row {
	uint16_t code;
	uint16_t province;  /* index of admin_provinces */
	uint32_t full_name; /* "Phường Ba Đình" */
};

/*
 * What was before July 2025, and the stretch of the table below that belongs
 * to it: districts of a province, communes of a district, admin_now of a
 * commune. Five island districts had no commune: theirs has the name "".
 */
struct admin_old_row {
	uint32_t full_name;
	uint16_t first;
	uint16_t count;
};

extern const char admin_text[];
extern const struct admin_province_row admin_provinces[];
extern const int admin_provinces_count;
extern const struct admin_unit_row admin_units[];
extern const int admin_units_count;
extern const struct admin_old_row admin_old_provinces[];
extern const int admin_old_provinces_count;
extern const struct admin_old_row admin_old_districts[];
extern const int admin_old_districts_count;
extern const struct admin_old_row admin_old_units[];
extern const uint16_t admin_now[]; /* indices of admin_units */

#endif
