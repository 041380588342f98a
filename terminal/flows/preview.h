/*
 * preview.h - a receipt on the screen, as it is on paper; print a copy.
 *
 *	LOADING --text--> SHOW, GIVEN --1--> (prints a copy, stays)
 *	    |                 |--5--> (leaves: a complaint about it)
 *	    |                 \--9--> (leaves: its money came back)
 *	    \--none, failed--> NONE
 */
#ifndef FLOWS_PREVIEW_H
#define FLOWS_PREVIEW_H

#include "terminal/flows/flow.h"

enum preview_step {
	PREVIEW_LOADING,
	PREVIEW_SHOW,
	PREVIEW_GIVEN, /* the same, of money that was handed over */
	PREVIEW_NONE,
	PREVIEW_STEP_COUNT,
};

struct preview {
	enum preview_step step;
	uint64_t seq;
	struct payout_brief brief;
	char text[FLOW_PREVIEW_SIZE];
	int lines;
	int top; /* first line shown; PREVIEW_SCROLL lines a key */
	char scanned[SEAL_TEXT_SIZE]; /* the QR that led here; "": none */
	bool typed;                   /* its code was typed */
	struct proof_found proof;     /* NONE: what the scanned text proves */
	bool take_back; /* at FX_LEAVE: the payment is to be cancelled … */
	bool complain;  /* … or somebody says that it is wrong */
	struct notice notice;
};

enum {
	PREVIEW_SCROLL = 8
};

/* By record number, or by the text of a receipt's QR or its typed code. */
struct effect preview_start(struct preview *p, uint64_t seq);
struct effect preview_start_code(struct preview *p, const char *code);

struct effect preview_handle(struct preview *p, const struct event *ev);
const struct binding *preview_bindings(enum preview_step step, size_t *count);

#endif
