/*
 * print_test.h - which of its ways a printer prints Vietnamese right.
 *
 * The printed test has numbered blocks, each with every letter that has a
 * mark: in the printer's own letters by the code pages that public lists know
 * (assets/quirks.tsv), as UTF-8, and as dots on both papers. A person looks,
 * and says which came out right; that is kept in chitra.ini for this printer
 * (printer_identity()). Nothing is assumed before.
 */
#ifndef APP_PRINT_TEST_H
#define APP_PRINT_TEST_H

#include "terminal/app/receipt_doc.h"
#include "terminal/flows/machine.h"

enum {
	PRINT_TEST_BLOCKS = MACHINE_BLOCKS /* one digit each */
};

struct print_test_block {
	struct escpos_how how;
	int width;
};

/* Number n, from 1; NULL: there is none. Its name: machine_block(). */
const struct print_test_block *print_test_block(int n);

/*
 * The job of all of them. dots: what the printer is taken to have across; the
 * block of 80 mm paper is that wide, if that is no 58 mm paper's.
 */
bool print_test_job(int dots, struct receipt_job *out, struct err *err);

/*
 * The blocks whose digits are in right ("18", "0": none of the letters): the
 * first one of letters counts, and of 7 to 9 those of the paper. Kept in dir's
 * chitra.ini for that printer. ERR_INVALID: no digits, or only a paper's.
 */
struct print_test_choice {
	struct escpos_how how;
	int width; /* mm; 0: not said */
};

bool print_test_choose(const char *right, struct print_test_choice *out);

/* dots: as the job was made with. */
bool print_test_keep(const char *dir, const char *identity,
	const struct print_test_choice *choice, int dots, struct err *err);

#endif
