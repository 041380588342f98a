/*
 * visit_answers.h - answers to the questionnaire from a file, for scripts.
 *
 * A line an answer, "name=answer" in the order of the questions, as
 * survey_answer_set() takes it; empty lines and lines with # are passed over.
 * Checked as on the screen: each answer, and in the end that none lacks.
 */
#ifndef APP_VISIT_ANSWERS_H
#define APP_VISIT_ANSWERS_H

#include "db/surveys.h"
#include "db/visits.h"

struct visit_answers {
	char id[SURVEY_NAME_SIZE]; /* of the questionnaire in force */
	char version[SURVEY_NAME_SIZE];
	size_t len;
	uint8_t bytes[SURVEY_ANSWERS_MAX];
	/* What is wrong; FINE: nothing. NOT_ASKED also for no such question. */
	enum survey_answer_why why;
	char name[SURVEY_NAME_SIZE]; /* of the question */
};

/* False: *err; the file cannot be read, or the questionnaire. */
bool visit_answers_read(struct db *db, const char *path, struct date today,
	struct visit_answers *out, struct err *err);

/* Put them into the request; they are borrowed. */
void visit_answers_give(const struct visit_answers *a, struct visit_request *r);

#endif
