/*
 * escapes.h - undo letters that a program wrote out as HTML or in percents.
 *
 * Some scanners and clipboards hand on "Nguy&#7877;n" or "Nguy%E1%BB%85n".
 * An entity names its letter, and percents name the bytes of one, so there is
 * exactly one text that it can have been. Bare digits ("Nguy7877n") are never
 * read as letters: 272A and KP7889 are real house numbers. Pure; any thread.
 */
#ifndef CORE_CODEC_ESCAPES_H
#define CORE_CODEC_ESCAPES_H

#include <stdbool.h>
#include <stddef.h>

/*
 * True, and the text without escapes in out, if in[0..len) has some, all of
 * them are whole, at least one is a letter with a mark, and all letters that
 * come out are ones that Vietnamese names and places are written with. What
 * was escaped two or three times over is undone as often. False for all other
 * text; out is then scratch. The outcome is shorter than the input; out holds
 * at least len bytes and gets no NUL.
 */
bool escapes_undo(const char *in, size_t len, char *out, size_t *out_len);

#endif
