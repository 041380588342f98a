/*
 * monthbook.h - a workbook as a commune sends it: all lists of a month.
 *
 * Sheets: "Bìa" (a title and signatures), "Hồ sơ" (a register: some columns
 * of every list, all of none), "Biến động" (changes), "Chi trả" (payments),
 * "Trả lời" (answers of the account check). Each list has a title in merged
 * cells above its header, cells are texts, numbers and dates as Excel has
 * them. People are those of assets/demo/people.csv, unit 08341, and one new.
 */
#ifndef TESTS_SUPPORT_MONTHBOOK_H
#define TESTS_SUPPORT_MONTHBOOK_H

/* Ends the program if it fails. Link with -lxlsxwriter. */
void monthbook_write(const char *path);

#endif
