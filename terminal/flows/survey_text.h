/*
 * survey_text.h - what is wrong with a questionnaire, in a sentence.
 */
#ifndef FLOWS_SURVEY_TEXT_H
#define FLOWS_SURVEY_TEXT_H

#include "core/codec/survey_answers.h"
#include "core/codec/survey_trouble.h"

/* Through tr(): what it is, and what to do. */
const char *survey_trouble_text(enum survey_trouble t);

/* Through tr(): why an answer is not taken. */
const char *survey_why_text(enum survey_answer_why why);

#endif
