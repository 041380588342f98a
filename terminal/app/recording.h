/*
 * recording.h - what went into the desk, as lines of text.
 *
 *	chitra-recording 1 80x25
 *	# how it was made
 *	0 type user 9
 *	310 key ENTER
 *	1200 scan serial 000000000003|000000000|xxxx\x20xxx|00000000|xx|xxx|
 *	0 = person 3 cash
 *
 * A line is the ms since the one before, a word, and what belongs to it.
 * "=" is what the program answered: it is not played, but compared. Nobody
 * can be known from a recording: cards have the number that the person got in
 * this recording (masked.h), of a key that was typed into a field only the
 * field and the class of the character are there.
 *
 * Pure: no file, no clock. Who writes: recorder.h; who reads: player.h.
 */
#ifndef APP_RECORDING_H
#define APP_RECORDING_H

#include <stdbool.h>
#include <stddef.h>

#include "core/buf.h"
#include "terminal/flows/flow.h"

enum {
	RECORDING_VERSION = 1,
	RECORDING_LINE_MAX = 4 * (IDCARD_MAX_BYTES + 1) + 128,
	RECORDING_ANSWER_SIZE = 64,
	RECORDING_LONGEST_MS = 999999999, /* eleven days */
	RECORDING_PEOPLE_MAX = 99999,     /* different people in one */
	RECORDING_SIDE_MAX = 1000         /* rows or columns of a screen */
};

enum recorded_kind {
	RECORDED_KEY,
	RECORDED_SCAN,
	RECORDED_PASTED,
	RECORDED_TICK, /* one that did something, as locking the screen */
	RECORDED_PRINT,
	RECORDED_DEVICE,
	RECORDED_CAMERA, /* its state alone; never a picture */
	RECORDED_SIZE,   /* of the screen, from now on */
	RECORDED_ANSWER,
	RECORDED_KIND_COUNT,
};

/* Where a key went; only of FIELD_NONE it is known which one it was. */
enum recorded_field {
	FIELD_NONE,
	FIELD_USER,   /* the number of who works, or of the second person */
	FIELD_PIN,    /* the PIN that belongs to it */
	FIELD_PERSON, /* number or name of who is looked for */
	FIELD_OTHER,  /* any other field */
	FIELD_LOST,   /* no key of that screen */
	FIELD_COUNT,
};

/* What stands for a character of a class. */
enum {
	CLASS_DIGIT = '9',
	CLASS_LETTER = 'a',
	CLASS_BLANK = ' ',
	CLASS_MARK = '-'
};

/*
 * For a lost key of a class a key that no screen has either, and back: 0 if it
 * is none of these.
 */
int recording_lost_key(int class);
int recording_lost_class(int key);

struct recorded {
	long long after_ms; /* since the line before */
	enum recorded_kind kind;
	union {
		struct {
			enum recorded_field field;
			int key; /* enum key, or CLASS_ */
		} key;
		struct {
			enum scanned_by by;
			bool camera;
			size_t len;
			char text[IDCARD_MAX_BYTES + 1]; /* masked */
		} scan;
		struct {
			enum print_state state;
			enum err_code code;
			enum paper_trouble trouble;
			bool low;
		} print;
		struct {
			enum plug plug;
			bool there;
		} device;
		enum camera_state camera;
		struct {
			int rows;
			int cols;
		} size;
		char answer[RECORDING_ANSWER_SIZE];
	};
};

enum recording_wrong {
	RECORDING_FINE,
	RECORDING_FOREIGN, /* it does not begin like a recording */
	RECORDING_NEWER,   /* of a version that this program does not know */
	RECORDING_DAMAGED, /* a line that no program of ours has written */
	RECORDING_CUT,     /* the last line has no end */
	RECORDING_EMPTY,   /* nothing to be played */
};

/* The first line of a recording, with its end. */
void recording_put_head(int rows, int cols, struct buf *out);

/* What that line says, without its end. */
enum recording_wrong recording_head(const char *line, size_t len, int *rows,
	int *cols);

/* One line, with its end. */
void recording_put(const struct recorded *r, struct buf *out);

/* What a line says, without its end; false: it is damaged. */
bool recording_line(const char *line, size_t len, struct recorded *out);

/* Nothing to be played: a note, or an empty line. */
bool recording_is_note(const char *line, size_t len);

/*
 * The words for an answer of run_effect(); person is who it is about in this
 * recording, 0: nobody of it.
 */
void recording_answer(const struct event *ev, int person,
	char out[RECORDING_ANSWER_SIZE]);

/* "person 3 cash" -> 3, and whether there is or was money for him; 0: no. */
int recording_answer_person(const char *answer, bool *cash);

#endif
