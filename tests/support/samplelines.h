/*
 * samplelines.h - lines of samples as records have them (key 31), of record
 * 100: book and verifier must say the same of each.
 */
#ifndef TESTS_SUPPORT_SAMPLELINES_H
#define TESTS_SUPPORT_SAMPLELINES_H

#include <stdbool.h>

enum {
	SAMPLELINES_SEQ = 100
};

#define SAMPLELINES_SEED "000102030405060708090a0b0c0d0e0f"

static const struct {
	const char *name;
	const char *line;
	bool good;
} samplelines[] = {
	{"a draw", "sample " SAMPLELINES_SEED " 1 99 5", true},
	{"a draw of one record", "sample " SAMPLELINES_SEED " 99 99 200", true},
	{"a draw of records to come", "sample " SAMPLELINES_SEED " 1 100 5",
		false},
	{"a draw backwards", "sample " SAMPLELINES_SEED " 9 8 5", false},
	{"a draw of nothing", "sample " SAMPLELINES_SEED " 1 99 0", false},
	{"a draw of too many", "sample " SAMPLELINES_SEED " 1 99 201", false},
	{"a short seed", "sample 000102030405060708090a0b0c0d0e 1 99 5", false},
	{"a seed with capitals",
		"sample 000102030405060708090a0b0c0d0e0F 1 99 5", false},
	{"a word more", "sample " SAMPLELINES_SEED " 1 99 5 5", false},
	{"a word less", "sample " SAMPLELINES_SEED " 1 99", false},
	{"two blanks", "sample " SAMPLELINES_SEED "  1 99 5", false},
	{"a number with a zero in front", "sample " SAMPLELINES_SEED " 01 99 5",
		false},
	{"he has it", "called 99 7 confirmed", true},
	{"he was not there", "called 99 7 not_reached", true},
	{"he never had it", "called 99 7 not_received", true},
	{"another amount", "called 99 7 differs 300000", true},
	{"nothing of it", "called 99 7 differs 0", true},
	{"another amount that is not said", "called 99 7 differs", false},
	{"an amount where none belongs", "called 99 7 confirmed 300000", false},
	{"a draw to come", "called 100 7 confirmed", false},
	{"a payment behind the draw", "called 99 99 confirmed", false},
	{"no such word", "called 99 7 maybe", false},
	{"a blank at the end", "called 99 7 confirmed ", false},
	{"himself", "called 99 7 confirmed self", true},
	{"a relative, of another amount", "called 99 7 differs 300000 relative",
		true},
	{"at his door", "called 99 7 not_received visited", true},
	{"nobody answers", "called 99 7 not_reached no_answer", true},
	{"a wrong number", "called 99 7 not_reached wrong_number", true},
	{"another time", "called 99 7 not_reached later", true},
	{"who spoke where nobody did", "called 99 7 not_reached self", false},
	{"no answer, and yet confirmed", "called 99 7 confirmed no_answer",
		false},
	{"a note that there is not", "called 99 7 confirmed neighbour", false},
	{"two notes", "called 99 7 confirmed self self", false},
	{"a note before the amount", "called 99 7 differs self 300000", false},
	{"more than an amount can be",
		"called 99 7 differs 9223372036854775808", false},
	{"the most that it can be", "called 99 7 differs 9223372036854775807",
		true},
	{"a blank behind a note", "called 99 7 confirmed self ", false},
	{"a limit", "limit single 20000000", false},
	{"nothing", "", false},
};

#endif
