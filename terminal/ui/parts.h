/*
 * parts.h - what several views show alike: a person, amounts, choices.
 *
 * Each writes lines to a sheet. Pure.
 */
#ifndef TERMINAL_UI_PARTS_H
#define TERMINAL_UI_PARTS_H

#include "terminal/flows/entry.h"
#include "terminal/flows/flow.h"
#include "terminal/flows/second.h"
#include "terminal/ui/frame.h"
#include "terminal/ui/sheet.h"

enum {
	PARTS_MASK_SIZE = 64,
	PARTS_AGO_SIZE = 64
};

/* "001145000112" -> "●●●●●●●●0112": all but the last four. */
const char *parts_masked(const char *number, char out[PARTS_MASK_SIZE]);

/* Number, birth, age, sex; name; address and group. */
void parts_person(struct sheet *s, const struct frame_info *info,
	const struct person *p);

/* The name alone, as a heading. */
void parts_name(struct sheet *s, const char *name);

/*
 * One line an item, with its amount; where there are too many the last line
 * sums up the rest. due_only leaves out what is paid or goes by account.
 */
void parts_items(struct sheet *s, const struct due_item *item, int items,
	bool due_only);

/* "Label: text", wrapped; nothing if text is "". */
void parts_fact(struct sheet *s, enum rank rank, const char *label,
	const char *text);

/* "3 hours ago" of wall ms, "never yet" of 0; long ago, or of a clock that is
 * wrong, the time alone. */
const char *parts_ago(const struct frame_info *info, int64_t ms,
	char out[PARTS_AGO_SIZE]);

/* A reversed line across: the flow stops here. */
void parts_banner(struct sheet *s, const char *text);

/* Something is going on: wait. */
void parts_waiting(struct sheet *s, const char *text);

/* How far that is: per cent and a bar; nothing while nobody knows. */
void parts_far(struct sheet *s, int64_t done, int64_t all);

/* The digits of a table of keys, one a line: the body is the choice. */
void parts_choices(struct sheet *s, const struct binding *b, size_t count);

/* Of these only what is for who is signed in. */
void parts_choices_for(struct sheet *s, const struct frame_info *info,
	const struct binding *b, size_t count);

/*
 * A field for text, up to width columns, and behind it, while it is active,
 * the input method: "Telex", "VNI", or "abc" for none. Where both do not fit
 * the field is shorter; the text goes before the method.
 */
void parts_typed(struct sheet *s, const char *label, const struct entry *e,
	int width, bool active);

/* Number and PIN of a second person. */
void parts_second(struct sheet *s, const struct second *second);

/* "Together ........ 540.000 dong": the figure below a table. */
void parts_sum(struct sheet *s, const char *label, int64_t amount);

#endif
