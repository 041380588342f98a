/*
 * err_text.h - what the user reads when something failed.
 *
 * By the code of the error and the situation; the text inside struct err is
 * for the log and in English. Pure.
 */
#ifndef FLOWS_ERR_TEXT_H
#define FLOWS_ERR_TEXT_H

#include "core/err.h"

enum err_situation {
	ERR_WHILE_READING, /* looking something up in the store */
	ERR_WHILE_WRITING, /* writing to the store */
	ERR_WHILE_PRINTING,
	ERR_SITUATION_COUNT,
};

/* A whole sentence, through tr(); lives for ever. Never NULL. */
const char *err_text(enum err_code code, enum err_situation situation);

#endif
