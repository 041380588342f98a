/*
 * questions_internal.h - between the files of that flow.
 */
#ifndef FLOWS_QUESTIONS_INTERNAL_H
#define FLOWS_QUESTIONS_INTERNAL_H

#include "terminal/flows/questions.h"

enum {
	QUESTIONS_NOTHING = '9' /* the key for no answer */
};

/* Ask that question; -1: all were asked. */
void questions_ask(struct questions *q, int question);

#endif
