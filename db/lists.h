/*
 * lists.h - payment lists into the store: preview, then all or nothing.
 *
 * A list is known by the SHA-256 of its file. The same file again changes
 * nothing and says so. Rows already known from another file (same unit,
 * person, period, kind and amount) count as same. A row that would change an
 * amount already on a list, or give one person two rows for a period, is an
 * error. One IMPORT journal record per list taken (rsum = SHA-256).
 *
 * A corrected list says which list it takes the place of. Whatever of that is
 * unpaid is then as the new one says: amounts, people who are new on it, people
 * who are gone from it. What was ever paid here, or at another terminal, or is
 * carried over by a later list, stays as it was, and is named (LIST_KEPT).
 *
 * What the store finds is TROUBLE_DUPLICATE; its column says what is there
 * twice. COL_BENEFICIARY_ID: this person and period, in this file. An amount,
 * COL_TOTAL, COL_ARREARS_MONTHS, COL_METHOD: this person and period, on an
 * earlier list, and different there ("600000 (540000)": here, there).
 * COL_ID12: the number is another beneficiary's. COL_NAME: the code was given
 * to somebody of another number and name.
 */
#ifndef DB_LISTS_H
#define DB_LISTS_H

#include "core/codec/paylist.h"
#include "core/crypto.h"
#include "db/users.h"

enum {
	LISTS_MAX_SHOWN = 200, /* troubles kept for the preview */
	LISTS_MAX_FIXES = 200,
	LISTS_MAX_FIRST = 5, /* rows that a preview shows */
	LISTS_SHEET_SIZE = 128
};

/* What a corrected list does to somebody's money. */
enum list_fix_kind {
	LIST_ADDED,   /* he was not on the list */
	LIST_GONE,    /* he is on it no more */
	LIST_CHANGED, /* another amount, kind of money or way of paying */
	LIST_KEPT,    /* it differs, and stays as it was */
	LIST_FIX_KINDS
};

/* Why it stays; table list_fix. */
enum list_kept {
	LIST_KEPT_NOT = 0,
	LIST_KEPT_PAID,      /* it is paid */
	LIST_KEPT_VOIDED,    /* its payment was taken back */
	LIST_KEPT_ELSEWHERE, /* another terminal paid it, or is to pay it */
	LIST_KEPT_CARRIED    /* it is on a later list now */
};

struct list_fixed {
	enum list_fix_kind kind;
	enum list_kept kept;
	int64_t row; /* of the file; 0: he is not in it */
	int64_t person;
	int32_t period;  /* of the list */
	int what;        /* enum ent_what */
	int64_t was;     /* đồng; 0: there was none */
	int64_t now;     /* what the new list says */
	bool by_account; /* and how it pays */
	char list_no[PAYLIST_CODE_SIZE];
	char name[VIET_NAME_SIZE];
};

/* The corrections of a list, and the first of them. */
struct list_fixes {
	int64_t people[LIST_FIX_KINDS]; /* each once a kind */
	int64_t less; /* đồng that are due no more; what is kept is in none */
	int64_t more;
	int kept;
	struct list_fixed at[LISTS_MAX_FIXES];
};

/* A row as the preview shows it. */
struct list_first {
	int64_t row;
	int64_t seq;
	int32_t period;
	int64_t total;
	char list_no[PAYLIST_CODE_SIZE];
	char name[VIET_NAME_SIZE];
	char address[PAYLIST_TEXT_SIZE];
};

/*
 * What takes a list file apart into rows of cells; the store itself reads
 * its bytes only for their hash. Called in a thread of its own, twice for a
 * list that is read twice. Fails as list_in_read() does (list_in.h); *err.
 */
struct list_source {
	void *ctx;
	/* sheet: LISTS_SHEET_SIZE bytes for which sheet it was, or "". */
	bool (*read)(void *ctx, int fd, enum list_kind kind,
		const struct cells_sink *sink, char *sheet, struct err *err);
};

struct list_options {
	/* NULL: read here, without a child between, which is for files that
	 * are our own (the demo, tests). */
	const struct list_source *source;
	bool check_only;    /* preview: nothing is written */
	int64_t count;      /* declared rows, -1 if not said */
	int64_t sum;        /* declared đồng, -1 if not said */
	const char *sha256; /* declared, hex of either case; NULL if not said */
	/* The list that this one takes the place of: its number in the store;
	 * 0: of none. */
	int64_t corrects;
	/* Called now and then with rows done, and bytes of the file until
	 * there (0: of a workbook nobody knows). NULL if nobody wants to know;
	 * false: stop, and take nothing (ERR_BUSY). A list that names somebody
	 * twice is read twice, from 0 again. */
	bool (*progress)(void *ctx, int64_t rows, int64_t bytes);
	/* Every trouble, also those not kept in the result, as they are met;
	 * NULL for e: the list is read from the beginning, forget all. NULL if
	 * nobody wants them. */
	void (*trouble)(void *ctx, const struct paylist_error *e);
	void *ctx;
};

struct list_result {
	bool taken;    /* it is in the store now (or was: see again) */
	bool again;    /* this very file was imported before */
	int64_t rows;  /* rows of the file */
	int64_t fresh; /* new rows */
	int64_t same;
	int64_t sum;
	int64_t errors; /* all of them, also those not kept */
	int64_t notices;
	int kept;
	struct paylist_error trouble[LISTS_MAX_SHOWN]; /* by row */
	bool count_differs; /* from what was declared: an error */
	bool sum_differs;
	bool hash_differs;
	bool period_differs; /* from that of the list it corrects */
	int firsts;
	struct list_first first[LISTS_MAX_FIRST];
	struct list_fixes fixes; /* all 0 unless it corrects a list */
	char sha256[2 * CRYPTO_HASH_SIZE + 1];
	char sheet[LISTS_SHEET_SIZE]; /* of a workbook; "" for CSV and TSV */
};

/*
 * Read the file and take it if nothing is wrong with it. False only if it
 * could not be read or stored (*err: ERR_GONE no file, ERR_INVALID no list,
 * ERR_IO, ERR_FULL, or the source's error); a list with errors is true with
 * taken false. ERR_IO, too, if the file changed while it was read. ERR_DENIED:
 * the list that it corrects is not there, was replaced already, or paid marks
 * of another terminal were taken for it, which count by its rows.
 *
 * *out holds people's names: wipe it.
 */
bool lists_import(struct db *db, const struct session *s, const char *path,
	const struct list_options *options, struct list_result *out,
	struct err *err);

#endif
