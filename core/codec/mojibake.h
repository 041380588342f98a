/*
 * mojibake.h - undo UTF-8 that somebody took for CP1252 or Latin-1.
 *
 * Some scanners and clipboards read the bytes of "Nguyễn" one by one as
 * Western letters and write those out as UTF-8 again: "Nguyá»…n". Every such
 * letter stands for one byte, so as long as none was lost there is exactly
 * one text that it can have been. Pure; any thread.
 */
#ifndef CORE_CODEC_MOJIBAKE_H
#define CORE_CODEC_MOJIBAKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Letters, marks and dashes of names and places of this country, the breves
 * of the highlands included; nothing more, so that an honest "Ê’" is never
 * taken for half of a foreign letter. ASCII is always ours.
 */
bool mojibake_is_ours(uint32_t ch);

/*
 * True, and the text before the accident in out, if in[0..len) is good UTF-8
 * of which every character stands for a byte, these bytes are good UTF-8
 * too, and all letters that come out are ones that Vietnamese names and
 * places are written with. False for plain ASCII and for text that is right
 * as it is; out is then scratch. What happened twice is undone twice. The outcome is shorter than the input; out
 * holds at least len bytes and gets no NUL.
 */
bool mojibake_undo(const char *in, size_t len, char *out, size_t *out_len);

#endif
