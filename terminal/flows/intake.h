/*
 * intake.h - a payment list from a stick: found, looked at, then taken; also
 * one that takes the place of a list that is here (db/LISTS.md).
 *
 *	LISTING --> FILES --1-8--> READING --> SHOWN --1--> TAKING --> TAKEN
 *	   ^          |9             ^  \--> BAD   |2                  |
 *	   +------ FOLDER            +------- CORRECTS             (leaves)
 *
 * Reading and taking are long work (working.h), which 0 stops: nothing is half
 * taken. Nothing of it is shown by name.
 */
#ifndef FLOWS_INTAKE_H
#define FLOWS_INTAKE_H

#include "terminal/flows/entry.h"
#include "terminal/flows/flow.h"

enum intake_step {
	INTAKE_LISTING,
	INTAKE_FILES,
	INTAKE_FOLDER,
	INTAKE_READING,
	INTAKE_SHOWN,
	INTAKE_BAD,
	INTAKE_CORRECTS, /* which list that is here? */
	INTAKE_TAKING,
	INTAKE_TAKEN,
	INTAKE_STEP_COUNT,
};

struct intake {
	enum intake_step step;
	struct intake_told found; /* the files … */
	struct intake_told told;  /* … and what is in one of them */
	int chosen;
	int64_t corrects; /* 0: none */
	struct entry folder;
	struct entry list;
	struct notice notice;
};

struct effect intake_start(struct intake *i);

struct effect intake_handle(struct intake *i, const struct event *ev);

const struct binding *intake_bindings(const struct intake *i, size_t *count);

#endif
