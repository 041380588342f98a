/*
 * account_text.h - what the user reads about accounts and holders' names.
 *
 * One sentence for each thing that vietqr.h and account.h can say: what is
 * wrong, and what to do now. Pure.
 */
#ifndef FLOWS_ACCOUNT_TEXT_H
#define FLOWS_ACCOUNT_TEXT_H

#include <stddef.h>

#include "core/codec/answerlist.h"
#include "core/codec/vietqr.h"

enum {
	ACCOUNT_TITLE_SIZE = 96
};

/* Through tr(); live for ever. Never NULL; "" where nothing is wrong. */
const char *account_qr_text(enum vietqr_verdict verdict,
	enum account_fault fault);
const char *account_fault_text(enum account_fault fault);
const char *account_note_text(enum account_note note);

/* How the holder's name fits the card's. */
const char *account_names_text(enum viet_verdict verdict);

/* What the bank says against the account; "" if it says nothing. */
const char *account_answer_text(enum account_answer answer);

/* "Agribank", "MoMo (BVBank)"; the BIN for one that we do not know. */
const char *account_provider(const struct account *a,
	char out[ACCOUNT_TITLE_SIZE]);

#endif
