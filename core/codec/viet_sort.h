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

/*
 * The key of a person's name in lists of people: by the given name, which is
 * the last syllable; among those by the middle names from the left; the
 * family name last, since two of five share one. That is how tables of names
 * are sorted here: "xếp theo tên, rồi chữ lót, rồi họ" (thuthuataccess.com,
 * "Sắp xếp danh sách tiếng Việt Unicode", 15/07/2017). No rule is known for
 * payment lists: their forms have a number (STT) and leave the order open.
 * Names of the Highlands go by their last syllable too, though that may be
 * the clan's. Capitals make no difference: lists are typed in both ways.
 */
bool viet_list_key(const char *name, char *out, size_t size);

/*
 * Its two halves, for whoever makes 100,000 of them and knows the few words
 * that they are made of. The keys of words one behind the other are the key
 * of all of them; turned, it is that of the list. Turned in place it is
 * nonsense.
 */
bool viet_words_key(const char *words, char *out, size_t size);
bool viet_list_turn(const char *key, char *out, size_t size);

/* <0, 0, >0, by the keys; bytes decide between names too long for one. */
int viet_compare_order(const char *a, const char *b);

#endif
