/*
 * verb_questions.h - `import questions FILE`, which is no list.
 */
#ifndef APP_VERB_QUESTIONS_H
#define APP_VERB_QUESTIONS_H

#include "terminal/app/verb.h"

enum exit_status verb_import_questions(const struct options *o,
	const char *path, bool check);

#endif
