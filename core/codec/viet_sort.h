/*
 * viet_sort.h - names in the order of Vietnamese dictionaries.
 *
 * Letters first: a ă â b c d đ e ê f g h i j k l m n o ô ơ p q r s t u ư v w
 * x y z; then the tone: ngang huyền hỏi ngã sắc nặng; syllable by syllable, a
 * shorter one before a longer one that begins with it; small letters before
 * capitals only where all else is the same. So says Vũ Xuân Lương, "Quy tắc
 * sắp xếp đơn vị từ vựng trong từ điển tiếng Việt" (Vietlex), rules 1 to 4.
 * (Older dictionaries put a, ă, â or the tones otherwise; this is the order
 * of Hoàng Phê's, which is taught.)
 *
 * Where a tone is written makes no difference (Hòa, Hoà), nor NFC or NFD,
 * nor what is no letter but between words (H'Mẫu, H' Mẫu, H Mẫu). Digits
 * come before letters, letters with other marks (ŏ, č) behind those of the
 * language, other scripts last. Pure; any thread.
 */
#ifndef CORE_CODEC_VIET_SORT_H
#define CORE_CODEC_VIET_SORT_H

#include <stdbool.h>
#include <stddef.h>

/*
 * A key whose bytes (strcmp, or a BINARY column in SQLite) have the order of
 * the names: printable ASCII, two bytes a letter and one a syllable, and
 * six a letter of another script. False, and out "", if it does not fit.
 */
bool viet_sort_key(const char *name, char *out, size_t size);

/* <0, 0, >0, by the keys; bytes decide between names too long for one. */
int viet_compare_order(const char *a, const char *b);

#endif
