/* cycle_internal.h - what the files of a cycle's papers share. */
#ifndef APP_CYCLE_INTERNAL_H
#define APP_CYCLE_INTERNAL_H

#include "terminal/app/cycle_doc.h"

#define COUNT_OF(a) ((int)(sizeof(a) / sizeof((a)[0])))

enum {
	CYCLE_LINE_SIZE = 600,
	CYCLE_LONG_OPEN = 3, /* lists in a row: suspension is proposed */
	CYCLE_PAYER_SIGNS = 4,
	CYCLE_OFFICE_SIGNS = 2
};

/* A paper that is being written. */
struct cycle_writing {
	struct paper *paper;
	struct cycle_doc_sums *sums;
	struct err *err;
	bool ok;
	int part; /* of the list of changes: the one that is open */
};

/* How one looks, and who fills it. */
struct cycle_kind {
	struct paper_doc doc;
	void (*write)(struct db *db, const struct cycle_doc_asked *a,
		struct cycle_writing *w);
};

/* cycle_people_doc.c */
extern const struct cycle_kind cycle_kind_list;
extern const struct cycle_kind cycle_kind_unpaid;
/* cycle_changes_doc.c */
extern const struct cycle_kind cycle_kind_changes;
extern const struct cycle_kind cycle_kind_cards;
/* cycle_settled_doc.c */
extern const struct cycle_kind cycle_kind_settlement;
void cycle_settled_json(const struct cycle_settlement *s, cJSON *out);

/* Who signs what was paid, and who signs what the office proposes. */
extern const struct paper_sign cycle_payer_signs[CYCLE_PAYER_SIGNS];
extern const struct paper_sign cycle_office_signs[CYCLE_OFFICE_SIGNS];
extern const char cycle_place[];

struct paper_cell cycle_text(const char *text);
struct paper_cell cycle_number(int64_t number);
/* No money is no figure, so that figures can be seen. */
struct paper_cell cycle_money(int64_t money);

/* A row, a line below the rows. False: *w->err, and nothing more is written. */
bool cycle_put(struct cycle_writing *w, const struct paper_cell *cell,
	enum paper_weight weight);
bool cycle_say(struct cycle_writing *w, const char *text,
	enum paper_weight weight);
void cycle_say_words(struct cycle_writing *w, int64_t money);

const char *cycle_number_of(const struct person *p);

#endif
