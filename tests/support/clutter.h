/*
 * clutter.h - pictures of the kinds that have hurt zbar, drawn from what was
 * wrong in it (test_hostile_pictures.c says what): very many finder patterns,
 * codes in codes, DataBar Expanded. The same ones every time. Free each with
 * picture_free().
 */
#ifndef TESTS_SUPPORT_CLUTTER_H
#define TESTS_SUPPORT_CLUTTER_H

#include "support/picture.h"

/* What can be read in some of them. */
#define CLUTTER_CARD                                              \
	"001145000112||Nguyễn Thị Ngọc Ánh|05031945|Nữ|" \
	"Thôn Đoài, Xã Phù Đổng, Huyện Gia Lâm, Hà Nội|25122021"
#define CLUTTER_OUTER "the code around it"
#define CLUTTER_INNER "inside"
#define CLUTTER_DATABAR "01988987654321063203002345"

/* Finder patterns, and nothing else. */
struct picture clutter_forty_nine(void);
struct picture clutter_thousands(void);
struct picture clutter_smallest(void);
struct picture clutter_nested(void);
struct picture clutter_rings(void);
struct picture clutter_plaid(void);
struct picture clutter_scattered(void);
struct picture clutter_phone(void); /* more pixels than a frame has */

/* Codes among them and around them. */
struct picture clutter_card_among_finders(void);
struct picture clutter_code_in_a_code(void);
struct picture clutter_finders_in_a_code(void);

/* Bars: a good code; it, below very many that promise 22 segments. */
struct picture clutter_databar(void);
struct picture clutter_databars(void);

#endif
