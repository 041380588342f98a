/*
 * plain.h - what a character looks like on a terminal that has ASCII only.
 *
 * Old serial terminals show neither Vietnamese nor blocks. term.c puts every
 * cell through here then: letters lose their marks, blocks become '#', the
 * three signs become '*', '!' and '#'. One character stays one column, so
 * the layout does not change. Pure; any thread.
 */
#ifndef TERMINAL_UI_PLAIN_H
#define TERMINAL_UI_PLAIN_H

#include <stdbool.h>
#include <stdint.h>

/* The nearest ASCII character, '?' if there is none. */
char plain_char(uint32_t ch);

/*
 * Is it in the font that we bring for consoles without one: ASCII, the 134
 * Vietnamese letters, lines, blocks, signs and arrows? Views use no other
 * letters of their own.
 */
bool plain_in_font(uint32_t ch);

#endif
