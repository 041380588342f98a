/*
 * player.h - reads a recording and says what happens next.
 *
 * The whole file is looked at before anything is played: a line that no
 * program of ours has written is refused with its number. What is masked in
 * it becomes somebody of the store in use (stand_ins.h): a card, the number
 * or name that was typed. The numbers and PINs of who works are those of the
 * demo: who signed in as an agent is its agent, everybody else, second persons
 * too, its supervisor. Who was refused for a wrong PIN types a wrong one.
 *
 * The answers of the program are compared with the recorded ones.
 */
#ifndef APP_PLAYER_H
#define APP_PLAYER_H

#include "db/db.h"
#include "terminal/app/recording.h"

enum {
	PLAYER_FILE_MAX = 32 * 1024 * 1024
};

struct player_fault {
	enum recording_wrong wrong;
	int line;
};

struct player_score {
	int events;     /* played */
	int answers;    /* as they are in the recording */
	int otherwise;  /* others, too few or too many */
	int first_line; /* of the first such; 0: there is none */
	char recorded[RECORDING_ANSWER_SIZE]; /* there; "" if none was */
	char now[RECORDING_ANSWER_SIZE];      /* "" if there was none */
};

/* One thing that happens. */
struct played {
	long long after_ms; /* since the one before */
	enum recorded_kind kind;
	struct event ev; /* at_ms is not set */
};

struct player;

/*
 * NULL: fault says which line is wrong with it, or *err, if fault->wrong is
 * RECORDING_FINE, why the file cannot be read.
 */
struct player *player_open(const char *path, struct player_fault *fault,
	struct err *err);
/* The same of text in memory, which is borrowed. */
struct player *player_open_text(const char *text, size_t len,
	struct player_fault *fault, struct err *err);
void player_close(struct player *p); /* NULL is allowed */

/* A sentence about a fault. */
void player_says(const struct player_fault *fault, char *out, size_t size);

/* Size of the screen that was recorded. */
void player_screen(const struct player *p, int *rows, int *cols);

/*
 * Choose who of the store stands for the people; call when somebody signed
 * in, and before the next player_take(). Does nothing the second time.
 */
bool player_cast(struct player *p, struct db *db, struct err *err);

/* The next thing that happens; false: that was all. */
bool player_take(struct player *p, struct played *out);

/* The number of the line that was taken last. */
int player_line(const struct player *p);

/* What the program answered, in its order. */
void player_heard(struct player *p, const struct event *answer);

/* The score so far. */
void player_score(const struct player *p, struct player_score *out);

#endif
