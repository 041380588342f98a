/*
 * pin.h - is that a PIN at all, and one that nobody guesses at once?
 *
 * Six digits. Refused are those that thieves try first: all the same, a run
 * up or down (123456, 109876), and two or three digits over and over
 * (121212, 123123). Pure.
 */
#ifndef CORE_PIN_H
#define CORE_PIN_H

enum {
	PIN_DIGITS = 6
};

enum pin_fault {
	PIN_GOOD,
	PIN_NOT_SIX, /* not six digits */
	PIN_EASY,
};

enum pin_fault pin_check(const char *pin);

#endif
