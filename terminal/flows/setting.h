/*
 * setting.h - what chitra.ini holds, in words for who changes it at the
 * screen: a label, what it means, what it may be.
 *
 * Rows of one table; the file itself, and what is right in it, is
 * app/config.h's. What only a technician should touch is not here: it is in
 * SETTINGS.md. To add one: a row here, in the order of its group, and what it
 * is called in Vietnamese.
 */
#ifndef FLOWS_SETTING_H
#define FLOWS_SETTING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	SETTING_MAX = 48,   /* rows of the table at most */
	SETTING_SIZE = 128, /* bytes of a value */
	SETTING_CHOICES = 8,
	SETTING_TEXT = 160
};

enum setting_group {
	SETTING_PRINTER,
	SETTING_RECEIPT,
	SETTING_SCANNER,
	SETTING_SCREEN,
	SETTING_CONSENT,
	SETTING_REPORTS,
	SETTING_GROUPS,
};

enum setting_kind {
	SETTING_CHOICE,
	SETTING_NUMBER,
	SETTING_WORDS, /* names and sentences: typed by the input method */
	SETTING_PLAIN, /* nodes, ports: as the keys are */
};

struct setting {
	enum setting_group group;
	const char *section; /* of chitra.ini */
	const char *key;
	enum setting_kind kind;
	const char *label; /* give these to tr() */
	const char *means;
	const char *otherwise; /* the default, as people say it */
	int64_t least;         /* NUMBER */
	int64_t most;
	bool at_once; /* else from the next start on */
	struct {
		const char *value; /* as the file has it */
		const char *label; /* tr(), NULL: the value itself */
	} choice[SETTING_CHOICES];
};

/* Row i of all; NULL behind the last. */
const struct setting *setting_at(int i);
int setting_count(void);

/* The rows of a group: the first one and how many. */
void setting_of(enum setting_group g, int *first, int *count);

/* "PRINTER AND DRAWER"; tr() text. */
const char *setting_group_title(enum setting_group g);

/* How many choices it has. */
int setting_choices(const struct setting *s);

/* A value of the file as people say it, "" for none: the default. */
const char *setting_value_text(const struct setting *s, const char *value,
	char out[SETTING_TEXT]);

/* What it may be: "30 to 3600"; "" where the choices say it. */
void setting_range_text(const struct setting *s, char out[SETTING_TEXT]);

#endif
