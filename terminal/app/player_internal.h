/*
 * player_internal.h - what the two files of the player share.
 */
#ifndef APP_PLAYER_INTERNAL_H
#define APP_PLAYER_INTERNAL_H

#include <stdint.h>

#include "terminal/app/player.h"
#include "terminal/app/stand_ins.h"

enum {
	PLAYER_RUN_MAX = 160 /* keys of a field, more than one holds */
};

/* Where a line is in the text. */
struct player_line {
	size_t at;
	size_t len;
	int number;
};

/* What is being typed into a masked field. */
struct player_typing {
	enum recorded_field field;
	int at;                    /* characters that are there */
	char text[PLAYER_RUN_MAX]; /* PERSON: all of it */
	char user[8];              /* the number that was typed last */
};

struct player {
	char *own; /* the file's text; NULL: it is borrowed */
	const char *text;
	int rows;
	int cols;
	struct player_line *line;
	int lines;
	int at;   /* the line that is next */
	int last; /* number of the line that was taken last */
	struct player_typing typing;
	int people; /* highest number of a person */
	struct stand_wish *wish;
	struct stand_in *stand_in;
	bool cast;
	struct recorded now;   /* the line being played */
	struct recorded ahead; /* one further on, being looked at */
	struct player_score score;
};

/* Read line i, which was found to be good. */
void player_read(const struct player *p, int i, struct recorded *out);

/* The key that was pressed in line i (p->now); 0: none, the field is full. */
int player_key(struct player *p, int i);

#endif
